"""Long work behind a button: its result, Stop, an error, a second press; and the explorer that trains a choice."""

import threading
from xml.etree import ElementTree

import numpy as np
import pytest
from test_explorers import GRID, RESULTS, put

from dropout_lib import explorers
from dropout_lib.explorers.background_task import Work

BEST = GRID[int(RESULTS.validation.mean(axis=1).argmax())]
NONE, MINE = (1.0, 1.0, 1.0), (0.8, 0.35, 0.9)


class Told:
    """Work whose steps wait for the test, and what was told of it."""

    def __init__(self, steps=100):
        self.steps, self.go_on, self.inside = steps, threading.Event(), threading.Event()
        self.runs, self.heard = 0, []
        self.work = Work("Go", self.run, **{name: self.hear(name) for name in ("done", "stopped", "failed")})

    def hear(self, name):
        return lambda given: self.heard.append((name, given))

    def run(self, progress):
        self.runs += 1
        for step in range(1, self.steps + 1):
            if step == 35:
                self.inside.set()
                assert self.go_on.wait(10)
            progress(step, self.steps)
        return self.runs


def half_way():
    told = Told()
    told.work.buttons["start"].click()
    assert told.inside.wait(10)
    return told


def test_what_comes_of_it_is_handed_over_once():
    told = half_way()
    told.go_on.set()
    told.work.wait()
    assert told.heard == [("done", 1)]


def test_the_bar_moves_while_it_lasts_and_is_empty_afterwards():
    told = half_way()
    assert told.work.bar.value == 34
    told.go_on.set()
    told.work.wait()
    assert told.work.bar.value == 0


def test_stop_ends_it_at_the_next_step_and_says_where():
    told = half_way()
    told.work.buttons["stop"].click()
    told.go_on.set()
    told.work.wait()
    assert told.heard == [("stopped", "You stopped it at 35 %.")]


def test_after_stop_it_can_be_started_again():
    told = half_way()
    told.work.buttons["stop"].click()
    told.go_on.set()
    told.work.wait()
    told.work.buttons["start"].click()
    told.work.wait()
    assert told.heard[1:] == [("done", 2)]


def test_a_second_press_starts_nothing_more():
    told = half_way()
    told.work.buttons["start"].click()
    told.go_on.set()
    told.work.wait()
    assert told.runs == 1 and told.heard == [("done", 1)]


def test_stop_without_work_does_nothing():
    told = Told()
    told.work.buttons["stop"].click()
    told.work.wait()
    told.go_on.set()
    told.work.buttons["start"].click()
    told.work.wait()
    assert told.heard == [("done", 1)]


def test_an_error_is_told_in_words():
    told = Told()
    told.work.work = lambda progress: 1 / 0
    told.work.buttons["start"].click()
    told.work.wait()
    assert told.heard == [("failed", "It failed. ZeroDivisionError: division by zero")]


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
    panel.work.buttons["start"].click()
    panel.work.wait()


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
        assert f"{name} (keep_prob {named}) {row.mean():.1f} ± {half:.1f} %" in shown(panel)
    assert shown(panel).endswith(
        f"Over 4 seeds. Trained anew. Yours minus the best: {(mine - best).mean():+.1f} ± 0.0 (4 of 4 seeds)."
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
def test_a_training_that_fails_is_told_in_the_sentence(fault, words):
    def fails(settings, progress):
        raise fault

    panel = a_panel(fails)
    before = panel.picture.svg.replace(panel.picture.sentence, "")
    train_here(panel)
    assert shown(panel).endswith(words) and panel.error == ""
    assert panel.picture.svg.partition("font-family")[2] == before.partition("font-family")[2]
    put(panel, {"inputs": 0.6})
    assert "failed" not in shown(panel)


def test_stop_is_told_in_the_sentence_and_the_next_training_is_whole():
    waits, inside = threading.Event(), threading.Event()

    def slow(settings, progress):
        for step in range(1, 11):
            progress(step, 10)
            if step == 3 and not waits.is_set():
                inside.set()
                waits.wait(10)
        return results_of(settings)

    panel = a_panel(slow)
    panel.work.buttons["start"].click()
    assert inside.wait(10)
    panel.work.buttons["stop"].click()
    waits.set()
    panel.work.wait()
    assert shown(panel).endswith("You stopped it at 40 %. Nothing new was measured.")
    train_here(panel)
    assert "Trained anew." in shown(panel)


def test_a_choice_that_moves_while_it_trains_keeps_its_own_result():
    waits, inside = threading.Event(), threading.Event()

    def slow(settings, progress):
        inside.set()
        waits.wait(10)
        return results_of(settings)

    panel = a_panel(slow)
    panel.work.buttons["start"].click()
    assert inside.wait(10)
    put(panel, {"hidden 1": 0.6})
    waits.set()
    panel.work.wait()
    assert "nearest tried" in shown(panel) and "Trained anew" not in shown(panel)
    put(panel, {"hidden 1": 0.35})
    assert "your choice (keep_prob 0.8, 0.35, 0.9)" in shown(panel)


def test_bar_and_buttons_stand_in_a_row_of_their_own():
    panel = a_panel()
    assert [type(widget).__name__ for widget in panel.more] == ["Button", "Button", "IntProgress"]
    assert panel.more == panel.work.widgets


def test_where_no_thread_can_be_started_the_work_runs_in_place(monkeypatch):
    def refuses(thread):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuses)
    found = []
    task = Work(
        "Train", lambda progress: progress(1, 2) or 7, done=found.append, stopped=found.append, failed=found.append
    )
    task.start()
    task.wait()
    task.start()
    assert found == [7, 7]
