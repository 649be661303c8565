"""Long work behind a button: its result, Stop, an error, a second press; and the explorer that trains a choice."""

import threading
from xml.etree import ElementTree

import numpy as np
import pytest
from helpers.explorer_data import GRID, RESULTS, put

from dropout_lib import explorers
from dropout_lib.explorers.background_task import BackgroundTask

BEST = GRID[int(RESULTS.validation.mean(axis=1).argmax())]
NONE, MINE = (1.0, 1.0, 1.0), (0.8, 0.35, 0.9)


class Trial:
    """A task whose steps wait for the test, and what it reported."""

    def __init__(self, steps=100):
        self.steps, self.go_on, self.inside = steps, threading.Event(), threading.Event()
        self.runs, self.reports = 0, []
        self.task = BackgroundTask("Go", self.run, **{name: self.report(name) for name in ("on_result", "on_failure")})

    def report(self, name):
        return lambda given: self.reports.append((name, given))

    def run(self, progress):
        self.runs += 1
        for step in range(1, self.steps + 1):
            if step == 35:
                self.inside.set()
                assert self.go_on.wait(10)
            progress(step, self.steps)
        return self.runs


def half_way():
    trial = Trial()
    trial.task.buttons["start"].click()
    assert trial.inside.wait(10)
    return trial


def stopped_half_way():
    trial = half_way()
    trial.task.buttons["stop"].click()
    trial.go_on.set()
    trial.task.wait()
    return trial


def test_what_comes_of_it_is_passed_on_once():
    trial = half_way()
    trial.go_on.set()
    trial.task.wait()
    assert trial.reports == [("on_result", 1)]


def test_the_bar_moves_while_it_lasts_and_is_empty_afterwards():
    trial = half_way()
    assert trial.task.bar.value == 34
    trial.go_on.set()
    trial.task.wait()
    assert trial.task.bar.value == 0


def test_stop_ends_it_at_the_next_step_and_says_where():
    trial = stopped_half_way()
    assert trial.reports == [("on_failure", "You stopped it at 35%.")]


def test_after_stop_it_can_be_started_again():
    trial = stopped_half_way()
    trial.task.buttons["start"].click()
    trial.task.wait()
    assert trial.reports[1:] == [("on_result", 2)]


def test_a_second_press_starts_nothing_more():
    trial = half_way()
    trial.task.buttons["start"].click()
    trial.go_on.set()
    trial.task.wait()
    assert trial.runs == 1 and trial.reports == [("on_result", 1)]


def test_stop_without_work_does_nothing():
    trial = Trial()
    trial.task.buttons["stop"].click()
    trial.task.wait()
    trial.go_on.set()
    trial.task.buttons["start"].click()
    trial.task.wait()
    assert trial.reports == [("on_result", 1)]


def test_an_error_is_trial_in_words():
    trial = Trial()
    trial.task.work = lambda progress: 1 / 0
    trial.task.buttons["start"].click()
    trial.task.wait()
    assert trial.reports == [("on_failure", "It failed. ZeroDivisionError: division by zero")]


# The explorer


def results_of(settings):
    """Give accuracies, four seeds each, that tell settings apart."""
    return np.array([80 + 10 * np.array(setting) @ [0.3, 0.5, 0.7] + np.array([0, 1, 2, 4]) for setting in settings])


def a_panel(train_anew=lambda settings, progress: results_of(settings)):
    panel = explorers.choice(GRID, RESULTS, train_anew)
    put(panel, dict(zip(panel.controls, MINE, strict=True)))
    return panel


def shown(panel):
    return "".join(ElementTree.fromstring(panel._shown.value).find("p").itertext())


def train_here(panel):
    panel.task.buttons["start"].click()
    panel.task.wait()


def test_the_choice_is_trained_beside_none_and_the_best_and_compared_seed_by_seed():
    asked = []
    panel = a_panel(lambda settings, progress: asked.append(settings) or results_of(settings))
    assert "nearest tried" in shown(panel) and "You chose keep_prob 0.8, 0.35, 0.9." in shown(panel)
    train_here(panel)
    assert asked == [[NONE, BEST, MINE]]
    none, best, mine = results_of([NONE, BEST, MINE])
    half = 3.1824 * mine.std(ddof=1) / 2
    for name, setting, row in [
        ("without dropout", NONE, none),
        ("best tried", BEST, best),
        ("your choice", MINE, mine),
    ]:
        named = ", ".join(f"{keep_prob:g}" for keep_prob in setting)
        assert f"{name} (keep_prob {named}) {row.mean():.1f} ± {half:.1f}%" in shown(panel)
    assert shown(panel).endswith(
        f"Over 4 new seeds. Trained anew. Yours minus the best: {(mine - best).mean():+.1f} ± 0.0 (4 of 4 seeds)."
    )


def test_what_was_trained_is_remembered_and_only_what_is_missing_is_trained():
    asked = []
    panel = a_panel(lambda settings, progress: asked.append(settings) or results_of(settings))
    train_here(panel)
    trained = shown(panel)
    put(panel, {"inputs": 0.6})
    assert "nearest tried" in shown(panel) and "Trained anew" not in shown(panel)
    train_here(panel)
    put(panel, {"inputs": 0.8})
    assert shown(panel).replace("Yours", "Trained anew. Yours") == trained
    train_here(panel)
    assert asked[1:] == [[(0.6, 0.35, 0.9)]]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (ZeroDivisionError("0"), "It failed. ZeroDivisionError: 0 Nothing new was measured."),
        (FloatingPointError("Take a tenth."), "It failed. FloatingPointError: Take a tenth. Nothing new was measured."),
    ],
)
def test_a_training_that_fails_is_trial_in_the_sentence(fault, words):
    def fails(settings, progress):
        raise fault

    panel = a_panel(fails)
    before = panel.picture.svg.replace(panel.picture.sentence, "")
    train_here(panel)
    assert shown(panel).endswith(words) and panel.error == ""
    assert panel.picture.svg.partition("font-family")[2] == before.partition("font-family")[2]
    put(panel, {"inputs": 0.6})
    assert "failed" not in shown(panel)


def test_stop_is_trial_in_the_sentence_and_the_next_training_is_whole():
    waits, inside = threading.Event(), threading.Event()

    def slow(settings, progress):
        for step in range(1, 11):
            progress(step, 10)
            if step == 3 and not waits.is_set():
                inside.set()
                waits.wait(10)
        return results_of(settings)

    panel = a_panel(slow)
    panel.task.buttons["start"].click()
    assert inside.wait(10)
    panel.task.buttons["stop"].click()
    waits.set()
    panel.task.wait()
    assert shown(panel).endswith("You stopped it at 40%. Nothing new was measured.")
    train_here(panel)
    assert "Trained anew." in shown(panel)


def test_a_choice_that_moves_while_it_trains_keeps_its_own_result():
    waits, inside = threading.Event(), threading.Event()

    def slow(settings, progress):
        inside.set()
        waits.wait(10)
        return results_of(settings)

    panel = a_panel(slow)
    panel.task.buttons["start"].click()
    assert inside.wait(10)
    put(panel, {"hidden 1": 0.6})
    waits.set()
    panel.task.wait()
    assert "nearest tried" in shown(panel) and "Trained anew" not in shown(panel)
    put(panel, {"hidden 1": 0.35})
    assert "your choice (keep_prob 0.8, 0.35, 0.9)" in shown(panel)


def test_bar_and_buttons_stand_in_a_row_of_their_own():
    panel = a_panel()
    assert [type(widget).__name__ for widget in panel.more] == ["Button", "Button", "IntProgress"]
    assert panel.more == panel.task.widgets


def test_where_no_thread_can_be_started_the_work_runs_in_place(monkeypatch):
    def refuses(thread):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuses)
    found = []
    task = BackgroundTask(
        "Train", lambda progress: progress(1, 2) or 7, on_result=found.append, on_failure=found.append
    )
    task.start()
    task.wait()
    task.start()
    assert found == [7, 7]
