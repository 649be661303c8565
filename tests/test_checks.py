"""The checks of all pages: what is right, every mistake by its name, every odd answer, and strangers' answers."""

import contextlib
import copy
import functools
import importlib
import inspect
import itertools
import re
import subprocess
import sys
import threading
import time
import types
import warnings
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from helpers import samples
from helpers.faulty_masks import FAULTS, plainly

from dropout_lib import checks
from dropout_lib.checks import draw_the_mask, keep_the_scale, train_with_dropout
from dropout_lib.checks.grading import exercise as exercise_module
from dropout_lib.checks.grading import limits, quiet
from dropout_lib.checks.grading.exercise import Exercise, Verdict, differences
from dropout_lib.checks.grading.recording_rng import recording_rng
from dropout_lib.checks.grading.running import Answer, Finding, run_plainly
from dropout_lib.checks.probes import training_gain
from dropout_lib.checks.probes.mask_draws import observe_mask_draws
from dropout_lib.network import softmax

SEEDS, MORE_SEEDS = range(3), range(3, 12)
over_seeds = pytest.mark.parametrize(
    "seeds", [SEEDS, pytest.param(MORE_SEEDS, marks=pytest.mark.slow)], ids=["few seeds", "many seeds"]
)


def find_exercises():
    """Find the exercises of every page: of each module of checks that has any."""
    found = {}
    for path in sorted(Path(checks.__file__).parent.glob("*.py")):
        module = importlib.import_module(f"dropout_lib.checks.{path.stem}")
        found |= {f"{path.stem}.{name}": each for name, each in vars(module).items() if isinstance(each, Exercise)}
    return found


def unmeasured(exercise):
    """Copy an exercise without the measurement that follows a yes: it takes seconds, and has tests of its own."""
    quick = copy.copy(exercise)
    quick.measure = None
    return quick


def asked_first(exercise):
    """Give the arguments with which an exercise first asks, and what its reference returns for them."""
    seen = []

    def spy(**arguments):
        seen.append((arguments, exercise.references[0](**arguments)))
        return seen[-1][1]

    assert exercise(spy)
    return seen[0]


EXERCISES = {name: unmeasured(exercise) for name, exercise in find_exercises().items()}
ASKED = {name: asked_first(exercise) for name, exercise in EXERCISES.items()}
WITH_PARTS = [name for name, (_, result) in ASKED.items() if isinstance(result, tuple)]
WITH_RNG = [name for name, (given, _) in ASKED.items() if "rng" in given]
WITH_ARRAYS = [name for name, (given, _) in ASKED.items() if any(isinstance(a, np.ndarray) for a in given.values())]
every_exercise = pytest.mark.parametrize("name", EXERCISES)


def test_there_are_exercises_of_every_kind():
    assert len({name.split(".")[0] for name in EXERCISES}) >= 3
    assert WITH_PARTS and WITH_ARRAYS and WITH_RNG


# What the exercises know: their references and their mistakes


@every_exercise
@over_seeds
def test_every_reference_is_a_yes(name, seeds):
    exercise = EXERCISES[name]
    for seed, reference in itertools.product(seeds, exercise.references):
        verdict = exercise(reference, seed)
        assert (verdict.state, verdict.mistake, str(verdict)) == ("yes", None, f"Yes. {exercise.praise}")


@every_exercise
def test_no_reference_raises_nor_returns_what_cannot_be_judged(name):
    """If it did, every answer that fails in the same way would be a yes."""
    exercise = EXERCISES[name]
    for reference in exercise.references:
        found = run_plainly(exercise.observe, Answer(reference), 0)
        assert found and not {"runs", "result", "ends"} & {finding.aspect for finding in found}, found[-1].message


@cache
def seen_of_mistakes(name):
    """Map the name of each mistake to what is seen of it."""
    exercise = EXERCISES[name]
    return {mistake.__name__: run_plainly(exercise.observe, Answer(mistake), 0) for mistake in exercise.mistakes}


@every_exercise
def test_no_mistake_is_known_by_raising_alone(name):
    """If one were, every answer that fails in the same way would get its hint."""
    right = [run_plainly(EXERCISES[name].observe, Answer(reference), 0) for reference in EXERCISES[name].references]
    for mistake, found in seen_of_mistakes(name).items():
        own = [differences(found, reference) for reference in right]
        assert all({"runs"} != {finding.aspect for finding in each} for each in own), (mistake, found[-1].message)


def test_a_right_loop_is_told_what_it_gained_over_the_plain_one(monkeypatch):
    monkeypatch.setattr(training_gain, "SEEDS", 2)
    monkeypatch.setattr(training_gain, "EPOCHS", 3)

    def plain(weights, task, keep_prob, epochs, rng):
        W1, W2 = weights
        for _ in range(epochs):
            for batch in rng.permutation(len(task.labels)).reshape(-1, 25):
                hidden = np.maximum(0, task.inputs[batch] @ W1)
                slope = (softmax(hidden @ W2) - np.eye(10)[task.labels[batch]]) / 25
                back = slope @ W2.T * (hidden > 0)
                W1, W2 = W1 - 0.2 * task.inputs[batch].T @ back, W2 - 0.2 * hidden.T @ slope
        outputs = np.maximum(0, task.test_inputs @ W1) @ W2
        return W1, W2, (outputs.argmax(axis=1) == task.test_labels).mean()

    def told(answer):
        (finding,) = train_with_dropout.train_with_dropout.measure(Answer(answer), 0)
        return [float(number) for number in re.findall(r"(-?[\d.]+)% (?:of the test|without)", finding.message)]

    theirs, without = told(plain)
    assert theirs == without and 30 < without < 99  # the same loop gains nothing
    assert told(lambda **given: (*plain(**given)[:2], given["keep_prob"])) == [50.0, without]
    assert told(lambda **given: (*plain(**given)[:2], 1.0)) == [100.0, without]
    exercise = train_with_dropout.train_with_dropout
    (finding,) = exercise.measure(Answer(exercise.references[0]), 0)
    assert str(exercise(exercise.references[0])) == f"Yes. {exercise.praise} {finding.message}"
    assert "over 2 seeds" in finding.message


@every_exercise
@over_seeds
def test_every_mistake_gets_its_own_name_and_hint(name, seeds):
    exercise = EXERCISES[name]
    for seed, mistake in itertools.product(seeds, exercise.mistakes):
        verdict = exercise(mistake, seed)
        assert (verdict.state, verdict.mistake) == ("not yet", mistake.__name__), (seed, str(verdict))
        assert str(verdict) == f"Not yet. {' '.join(mistake.__doc__.split())}"


@pytest.mark.parametrize("name", WITH_RNG)
def test_no_mistake_is_known_by_its_very_random_numbers(name):
    exercise = EXERCISES[name]
    for way in (*exercise.references, *exercise.mistakes):

        def with_later_numbers(rng=None, way=way, **arguments):
            if rng is not None:
                rng.bit_generator.advance(10**6)
            return way(rng=rng, **arguments)

        verdict = exercise(with_later_numbers)
        assert verdict.mistake == (way.__name__ if way in exercise.mistakes else None), str(verdict)
        assert bool(verdict) == (way in exercise.references), str(verdict)


@every_exercise
def test_an_exercise_knows_two_mistakes_or_more_each_with_a_short_hint(name):
    mistakes = EXERCISES[name].mistakes
    fewest = 0 if EXERCISES[name].only_measures else 2
    assert len({mistake.__name__ for mistake in mistakes}) == len(mistakes) >= fewest
    assert {mistake.__name__: mistake.__doc__ for mistake in mistakes if len((mistake.__doc__ or "").split()) < 8} == {}
    assert {mistake.__name__: mistake.__doc__ for mistake in mistakes if len(mistake.__doc__.split()) > 33} == {}


def takes(function, arguments):
    """Tell whether a function can be called with these arguments by name."""
    try:
        inspect.signature(function).bind(**arguments)
    except TypeError:
        return False
    return True


@pytest.mark.parametrize("page", sorted({name.partition(".")[0] for name in EXERCISES}))
def test_every_hint_of_a_page_file_is_among_the_mistakes_of_an_exercise(page):
    """A function that makes a mistake, and that no list holds, has a hint that nobody would ever read."""
    module = importlib.import_module(f"dropout_lib.checks.{page}")
    here = [name for name in EXERCISES if name.startswith(f"{page}.")]
    held = {way for name in here for way in (*EXERCISES[name].mistakes, *EXERCISES[name].references)}
    forgotten = [
        function.__name__
        for function in vars(module).values()
        if inspect.isfunction(function) and function.__module__ == module.__name__ and function.__doc__
        if not function.__name__.startswith("_") and function not in held
        if any(takes(function, ASKED[name][0]) for name in here)
    ]
    assert forgotten == [], f"Put each into the `mistakes` of its exercise in {page}.py, or delete it."


@every_exercise
def test_the_probes_tell_all_mistakes_apart(name):
    found = seen_of_mistakes(name)
    for one, other in itertools.combinations(found, 2):
        assert differences(found[one], found[other]) or differences(found[other], found[one]), (one, other)


# Odd answers


def each_part(change, result):
    return tuple(change(part) for part in result) if isinstance(result, tuple) else change(result)


def with_one_nan(part):
    return np.where(np.arange(np.size(part)).reshape(np.shape(part)) == 0, np.nan, part)


def right_but(exercise, change):
    """Make an answer that returns what is right, changed."""

    def answer(**arguments):
        return change(exercise.references[0](**arguments))

    return answer


def not_yet(verdict, *words):
    """Assert a kind sentence of its own, with these words in it, and no name of a mistake."""
    assert (verdict.state, verdict.mistake) == ("not yet", None), str(verdict)
    assert re.match(r"Not yet\. \w", str(verdict)), str(verdict)
    assert "Traceback" not in str(verdict)
    for word in words:
        assert word in str(verdict)


@every_exercise
def test_a_stub_is_not_written_yet(name):
    verdict = EXERCISES[name](lambda **arguments: ...)
    assert (verdict.state, verdict.mistake, bool(verdict)) == ("not written", None, False)
    assert "three dots" in str(verdict)


ODD = {  # what comes back in place of the right result, and words of what is said
    "None": (lambda result: None, ["returned None", "return"]),
    "a generator": (lambda result: (number for number in [1, 2]), ["returned a generator"]),
    "generators": (
        lambda result: each_part(lambda part: (entry for entry in [part]), result),
        ["generator", "Round brackets"],
    ),
    "iterators": (lambda result: each_part(lambda part: map(np.copy, [part]), result), ["iterator", "list(...)"]),
    "texts": (lambda result: each_part(lambda part: np.asarray(part).astype(str), result), ["text"]),
    "masked arrays": (lambda result: each_part(np.ma.array, result), ["masked array"]),
    "a word": (lambda result: "dropped", ["str"]),
    "a dictionary": (lambda result: {"mask": 1}, ["dict"]),
    "another shape": (lambda result: each_part(lambda part: np.stack([part, part]), result), ["shape"]),
    "NaN": (lambda result: each_part(lambda part: np.full(np.shape(part), np.nan), result), []),
    "one NaN": (lambda result: each_part(with_one_nan, result), []),
    "infinite": (lambda result: each_part(lambda part: np.full(np.shape(part), np.inf), result), []),
}


@pytest.mark.parametrize("odd", ODD)
@every_exercise
def test_what_is_odd_gets_a_sentence_about_it(name, odd):
    change, words = ODD[odd]
    not_yet(EXERCISES[name](right_but(EXERCISES[name], change)), *words)


@every_exercise
def test_nested_lists_of_the_right_answer_are_right(name):
    exercise = EXERCISES[name]
    assert exercise(right_but(exercise, lambda result: each_part(lambda part: np.asarray(part).tolist(), result)))


@pytest.mark.parametrize("name", WITH_PARTS)
def test_parts_in_another_order_get_a_sentence_about_it(name):
    exercise = EXERCISES[name]
    for order in itertools.permutations(range(len(ASKED[name][1]))):
        verdict = exercise(right_but(exercise, lambda result, order=order: tuple(result[place] for place in order)))
        assert bool(verdict) == (list(order) == sorted(order))
        assert verdict or re.search(r"\border\b|\bthen\b", str(verdict)), str(verdict)


@pytest.mark.parametrize("name", WITH_PARTS)
def test_one_part_alone_and_one_too_many_get_their_sentence(name):
    exercise = EXERCISES[name]
    few = exercise(right_but(exercise, lambda result: result[:1]))
    many = exercise(right_but(exercise, lambda result: (*result, result[0])))
    assert not few and not many
    assert re.search(r"separated by commas|came back, and \w+ were asked for", str(few)), str(few)
    not_yet(many, "separated by commas")


@pytest.mark.parametrize("name", WITH_ARRAYS)
def test_an_answer_that_changes_its_input_is_told_so(name):
    exercise = EXERCISES[name]
    for argument in [key for key, value in ASKED[name][0].items() if isinstance(value, np.ndarray)]:

        def changing(argument=argument, **arguments):
            result = exercise.references[0](
                **{key: value.copy() if isinstance(value, np.ndarray) else value for key, value in arguments.items()}
            )
            arguments[argument].flat[0] = not arguments[argument].flat[0]
            return result

        verdict = exercise(changing)
        assert verdict.state == "not yet"
        assert re.search(r"\bchanged\b|was not what it had been", str(verdict)), str(verdict)


@every_exercise
@pytest.mark.parametrize("thing", [3.5, None, "text", np.ones((3, 4)), [1, 2]], ids=lambda thing: type(thing).__name__)
def test_what_is_no_function_gets_its_sentence(name, thing):
    not_yet(EXERCISES[name](thing), "Give the function itself", type(thing).__name__)


def fails_in_its_own_line(**arguments):
    nothing = 0
    return 1 / nothing


def fails_deeper(**arguments):
    return np.ones(3) @ np.ones(4)


@every_exercise
def test_the_learners_own_error_is_told_with_type_words_and_line(name):
    verdict = EXERCISES[name](fails_in_its_own_line)
    not_yet(verdict, "Your function raised ZeroDivisionError in its line `return 1 / nothing`: division by zero")
    assert "raised ValueError in its line `return np.ones(3) @ np.ones(4)`: matmul" in str(
        EXERCISES[name](fails_deeper)
    )


def test_the_line_told_is_where_the_learners_code_failed_and_not_where_it_was_called():
    def helper(values):
        return values / [1, 0, 0]

    def calls_a_helper(**arguments):
        return helper(np.ones(2))

    said = str(keep_the_scale.scale_survivors(calls_a_helper))
    assert "raised ValueError in its line `return values / [1, 0, 0]`" in said


@every_exercise
def test_an_answer_that_quits_is_told_so(name):
    not_yet(EXERCISES[name](lambda **arguments: sys.exit()), "raised SystemExit in its line")


@every_exercise
def test_other_arguments_than_those_asked_for_are_told(name):
    said = str(EXERCISES[name](lambda something_else: something_else))
    assert re.search(r"(Keep the names of the arguments: \w+.*|Take no arguments)\. Yours are: something_else\.", said)


@every_exercise
def test_printing_is_right_and_silent(name, capsys):
    exercise = EXERCISES[name]
    assert exercise(right_but(exercise, lambda result: [print("Here am I."), result][1]))
    assert capsys.readouterr() == ("", "")
    print("Still here.")
    assert capsys.readouterr().out == "Still here.\n"


@every_exercise
def test_an_answer_is_asked_with_probabilities_and_finite_numbers_alone(name):
    exercise, asked = EXERCISES[name], []
    if exercise.only_measures:
        return
    assert exercise(lambda **given: [asked.append(given), exercise.references[0](**given)][1])
    for given in asked:
        assert np.min(given.get("keep_prob", 1)) > 0 and np.max(given.get("keep_prob", 1)) <= 1
        assert all(np.isfinite(each).all() for each in given.values() if isinstance(each, np.ndarray))


@every_exercise
def test_an_answer_is_called_so_seldom_that_a_twentieth_of_a_second_a_call_is_right(name):
    exercise, calls = EXERCISES[name], []
    assert exercise(right_but(exercise, lambda result: [calls.append(1), result][1]))
    assert len(calls) * 0.05 < 0.85 * limits.SECONDS


@every_exercise
def test_a_busy_machine_refuses_no_right_answer(name, monkeypatch):
    """A clock that runs a hundred times as fast as the processor, as where a hundred wait for it."""
    start, clock = time.monotonic(), time.monotonic
    monkeypatch.setattr(limits, "WALL_SECONDS", 2000)
    monkeypatch.setattr(limits.time, "monotonic", lambda: start + 100 * (clock() - start))
    assert EXERCISES[name](EXERCISES[name].references[0])


# Answers that never end


def never_ends(**arguments):
    while True:
        pass


def swallows_exceptions(**arguments):
    while True:
        with contextlib.suppress(Exception):
            np.sum([1.0])


def verdict_within(seconds, exercise, answer):
    """Ask in a thread, so that a check which hangs fails the test instead of hanging it."""
    verdicts = []
    thread = threading.Thread(target=lambda: verdicts.append(exercise(answer)), daemon=True)
    thread.start()
    thread.join(seconds)
    assert verdicts, f"no verdict within {seconds} s"
    return verdicts[0]


@pytest.fixture
def short(monkeypatch):
    """Let an answer have a fiftieth of a second of processor time."""
    monkeypatch.setattr(limits, "SECONDS", 0.02)


@pytest.fixture
def no_threads(monkeypatch):
    """Let no thread start, as for Python in a browser."""

    def refuses(thread):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuses)


@pytest.mark.parametrize("answer", [never_ends, swallows_exceptions])
def test_an_answer_that_never_ends_is_stopped_and_told_so(answer, short):
    threads = threading.active_count()
    verdict = verdict_within(6, keep_the_scale.scale_survivors, answer)
    not_yet(verdict, "did not end within 0.02 seconds of processor time", "or a loop in it does not end.")
    assert threading.active_count() <= threads


def test_an_answer_that_waits_is_stopped_by_the_clock(monkeypatch):
    """By a clock on which five seconds pass from look to look."""
    ticks, over = itertools.count(0, 5), threading.Event()
    clock = types.SimpleNamespace(**vars(time) | {"monotonic": lambda: next(ticks)})
    monkeypatch.setattr(limits, "time", clock)
    try:
        verdict = verdict_within(6, keep_the_scale.scale_survivors, lambda activations, mask, keep_prob: over.wait())
        not_yet(verdict, "did not end within 20 seconds by the clock")
        assert next(ticks) > limits.WALL_SECONDS
    finally:
        over.set()


def test_the_limits_are_four_seconds_of_the_processor_and_twenty_by_the_clock_and_a_minute_for_a_measurement():
    assert (limits.SECONDS, limits.WALL_SECONDS, exercise_module.MEASURING) == (4, 20, 60)


@every_exercise
def test_every_exercise_stops_an_endless_loop(name, short):
    not_yet(verdict_within(6, EXERCISES[name], never_ends), "did not end")


LEFT_BEHIND = """
import contextlib, os, sys, threading, time
from dropout_lib.checks import keep_the_scale
from dropout_lib.checks.grading import limits, quiet
limits.SECONDS = 0.02
turns = [0]

def swallows_everything(**arguments):
    while True:
        with contextlib.suppress(BaseException):  # as a learner's bare except does
            while True:
                print("LATE")
                turns[0] += 1

verdict = keep_the_scale.scale_survivors(swallows_everything)
before, patience = turns[0], time.monotonic() + 6
while turns[0] == before and time.monotonic() < patience:
    pass
waits_for_none = threading.enumerate()[-1].daemon
print("It runs." if turns[0] > before and waits_for_none else "It ended.", verdict)
sys.stdout.flush()
os._exit(0)  # the loop never ends: it would keep the process
"""


def test_a_loop_that_swallows_everything_is_left_behind_and_stays_silent():
    done = subprocess.run([sys.executable, "-c", LEFT_BEHIND], capture_output=True, text=True, timeout=300, check=True)
    assert done.stdout.startswith("It runs. Not yet. Your function did not end within") and not done.stderr
    assert "LATE" not in done.stdout


def test_a_measurement_that_runs_out_of_time_adds_nothing_to_the_praise(short, monkeypatch):
    exercise = find_exercises()["train_with_dropout.train_with_dropout"]
    monkeypatch.setattr(exercise_module, "MEASURING", 0.02)
    monkeypatch.setattr(exercise, "observe", lambda answer, seed: iter(()))
    monkeypatch.setattr(exercise, "measure", lambda answer, seed: never_ends())
    assert str(exercise(exercise.references[0])) == f"Yes. {exercise.praise}"


@pytest.mark.parametrize("name", [name for name, exercise in EXERCISES.items() if exercise.only_measures])
def test_a_challenge_whose_measurement_does_not_end_is_no_yes(name, short, monkeypatch):
    monkeypatch.setattr(EXERCISES[name], "observe", lambda answer, seed: never_ends())
    not_yet(EXERCISES[name](EXERCISES[name].references[0]), "did not end within")


# Where no thread can be started


def loops(**arguments):
    while True:
        pass


def loops_and_suppresses(**arguments):
    while True:
        with contextlib.suppress(BaseException):
            np.sum([1.0])


SWALLOWS = """
def loops_and_swallows(**arguments):
    while True:
        try:
            sum([1.0])
        except:
            pass
"""
written = {}
exec(SWALLOWS, written)  # a bare except, as a learner writes it and no linter lets it stand


@pytest.mark.parametrize(
    "answer", [loops, loops_and_suppresses, written["loops_and_swallows"], functools.partial(loops)]
)
def test_without_threads_an_endless_loop_is_stopped_all_the_same(answer, short, no_threads):
    before = sys.gettrace()
    not_yet(keep_the_scale.scale_survivors(answer), "did not end within 0.02 seconds of processor time")
    assert sys.gettrace() is before


@every_exercise
def test_without_threads_verdicts_are_the_same(name, no_threads, capsys):
    exercise = EXERCISES[name]
    assert exercise(right_but(exercise, lambda result: [print("Here am I."), result][1]))
    for mistake in exercise.mistakes:
        assert exercise(mistake).mistake == mistake.__name__
    assert capsys.readouterr() == ("", "")


@pytest.mark.filterwarnings("ignore:LOUD")
@pytest.mark.parametrize("where", ["thread", "error stream", "warning"])
def test_what_an_answer_says_in_another_way_is_silent_too(where, capsys):
    exercise = EXERCISES["draw_the_mask.neurons_to_keep"]
    says = {
        "thread": lambda: threading.Thread(target=lambda: print("LOUD")).start(),
        "error stream": lambda: print("LOUD", file=sys.stderr),
        "warning": lambda: warnings.warn("LOUD", stacklevel=1),
    }
    assert exercise(right_but(exercise, lambda result: [says[where](), result][1]))
    assert capsys.readouterr() == ("", "")


def test_what_the_page_itself_says_meanwhile_is_heard(capsys):
    begun, said = threading.Event(), threading.Event()
    page = threading.Thread(target=lambda: (begun.wait(9), print("From the page."), said.set()))
    page.start()
    exercise = EXERCISES["draw_the_mask.chance_of_silence"]
    assert exercise(right_but(exercise, lambda result: [begun.set(), said.wait(9), result][2]))
    page.join()
    assert capsys.readouterr() == ("From the page.\n", "")


def test_what_an_answer_has_started_stays_silent_until_it_ends_and_then_all_is_as_before(monkeypatch, capsys):
    """Its threads, and what IPython displays with: here something in its place."""
    shown, streams, late, goes_on = [], (sys.stdout, sys.stderr), [], threading.Event()

    class Publisher:
        def publish(self, *data):
            shown.append(data)

    display_pub = Publisher()
    monkeypatch.setattr("IPython.get_ipython", lambda: types.SimpleNamespace(display_pub=display_pub))

    def starts(result):
        if not late:
            late.append(threading.Thread(target=lambda: (goes_on.wait(9), print("LATE"), display_pub.publish("late"))))
            late[0].start()
        display_pub.publish("while it runs")
        return result

    exercise = EXERCISES["draw_the_mask.chance_of_silence"]
    assert exercise(right_but(exercise, starts))
    sys.stdout.writelines(["Here", ".\n"])
    display_pub.publish("the page's own")
    goes_on.set()
    late[0].join()
    assert (capsys.readouterr(), shown) == (("Here.\n", ""), [("the page's own",)])
    assert exercise(exercise.references[0])
    assert (sys.stdout, sys.stderr) == streams and vars(display_pub) == {} and not quiet._muted


# The verdict


@pytest.mark.parametrize("state", ["not written", "not yet", "yes"])
def test_a_verdict_shows_as_truth_as_text_and_as_html(state):
    verdict = Verdict(state, "A sentence.")
    assert bool(verdict) == (state == "yes")
    assert str(verdict) == repr(verdict) == "A sentence."
    assert "A sentence." in verdict._repr_html_()
    assert ("solid" in verdict._repr_html_(), "dashed" in verdict._repr_html_()) == (state == "yes", state != "yes")
    assert verdict.mistake is None


def test_what_a_learner_typed_or_raised_is_shown_as_text():
    def raises(**arguments):
        raise ValueError("<script>alert('&')</script>")

    shown = keep_the_scale.scale_survivors(raises)._repr_html_()
    assert "&lt;script&gt;alert(&#x27;&amp;&#x27;)&lt;/script&gt;" in shown
    assert "raise ValueError(&quot;&lt;script" in shown
    assert re.findall(r"<\w+", shown) == ["<p"]


# Sample answers, by people who never saw how the checks recognise them

FEWEST = {"wrong": 10, "right": 5}


def samples_of(name):
    """Give the sample answers of an exercise; those of one without any are none."""
    page, exercise = name.split(".")
    return samples.of_page(page).get(exercise, samples.Samples("()", ""))


@pytest.mark.parametrize("name", [name for name in EXERCISES if not EXERCISES[name].only_measures])
def test_every_exercise_has_enough_sample_answers(name):
    here, (page, exercise) = samples_of(name), name.split(".")
    assert len(here.wrong) >= FEWEST["wrong"] and len(here.right) >= FEWEST["right"], (
        f"{exercise} has {len(here.wrong)} wrong and {len(here.right)} right sample answers: write more into "
        f"tests/sample_answers/{page}.txt, below `exercise {exercise}(...)` and `wrong` or `right`, until there are "
        f"{FEWEST['wrong']} and {FEWEST['right']}; tests/helpers/samples.py says how."
    )


def judged_wrongly(name, seeds):
    """List, each in a sentence, the sample answers that an exercise judges wrongly."""
    here = samples_of(name)
    for seed in seeds:
        for kind, answers, due in (("right", here.right, "yes"), ("wrong", here.wrong, "not yet")):
            for each, answer in answers.items():
                verdict = EXERCISES[name](answer, seed)
                if verdict.state != due:
                    yield f"sample answer {each} is {kind}, and with seed {seed} it now gets: {verdict}"
                if due == "not yet" and verdict.mistake not in here.true_names[each]:
                    yield (
                        f"sample answer {each} with seed {seed} now gets the hint of {verdict.mistake}: if it is true, "
                        "write its name after `wrong`; if it is None, and what is said instead is kind, `?` after "
                        f"{each}. It is: {verdict}"
                    )


@pytest.mark.parametrize(
    "seeds", [range(1), pytest.param(range(1, 3), marks=pytest.mark.slow)], ids=["one seed", "two more"]
)
@every_exercise
def test_sample_answers_are_judged_rightly(name, seeds):
    found = list(judged_wrongly(name, seeds))
    assert not found, "\n".join(found)


@every_exercise
def test_sample_answers_know_every_name_that_they_use(name):
    here = samples_of(name)
    told = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--isolated", "--quiet", "--select", "F821", "-"],
        input="\n".join([here.shared, *here.sources.values()]), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert not told.returncode, told.stdout


def test_a_change_of_a_sample_answer_that_does_not_take_is_an_error():
    text = "exercise add(x)\nright\nplain\n    y = x + 1\n    return y\n{}\n"
    made = samples.parse(text.format("twice < plain\n    y = -> z = 2 * x ; y = z\nother(y): y"))["add"]
    assert [made.right[name](5) for name in ("plain", "twice", "other")] == [6, 10, 5]
    for more in ("w = -> w = 1", "return -> return y"):
        with pytest.raises(AssertionError):
            samples.parse(text.format(f"bad < plain\n    {more}"))
    for more in ("nothing", "plain: 1"):
        with pytest.raises(AssertionError):
            samples.parse(text.format(more))


# How draws are looked at


def test_numbers_are_the_same_to_a_millionth():
    found = [Finding("numbers", np.array([1.0, 2.0]), "")]
    assert not differences(found, [Finding("numbers", np.array([1.0, 2.0 + 1e-6]), "")])
    assert differences(found, [Finding("numbers", np.array([1.0, 2.0 + 1e-5]), "")])
    unknown = [Finding("numbers", np.array([1.0, np.nan]), "")]
    assert differences(found, unknown) and not differences(unknown, unknown)


def test_the_recorder_gives_the_numbers_of_its_generator_and_remembers_the_uniform_ones():
    rng, plain = recording_rng(3, 7), np.random.Generator(np.random.PCG64([3, 7]))
    given = [rng.random((2, 3)), rng.uniform(size=4)]
    np.testing.assert_array_equal(given[0], plain.random((2, 3)))
    np.testing.assert_array_equal(given[1], plain.uniform(size=4))
    np.testing.assert_array_equal(np.concatenate(rng.numbers), np.concatenate([part.ravel() for part in given]))


@pytest.mark.parametrize(
    "draw",
    [
        lambda rng: rng.choice([True, False], size=5, p=[0.3, 0.7]),
        lambda rng: rng.permutation(5),
        lambda rng: rng.permuted(np.arange(5)),
        lambda rng: rng.shuffle(np.arange(5)),
        lambda rng: rng.binomial(1, 0.3, size=5),
    ],
)
def test_the_recorder_remembers_outermost_calls_alone(draw):
    rng = recording_rng(0, 0)
    draw(rng)
    assert rng.numbers == []
    rng.random(4)
    assert [numbers.size for numbers in rng.numbers] == [4]


def test_the_recorder_forgets_no_call_after_one_that_failed():
    rng = recording_rng(0, 0)
    with pytest.raises(ValueError):
        rng.random(-1)
    rng.random(4)
    assert [numbers.size for numbers in rng.numbers] == [4]


def found_in(draw, seed):
    return run_plainly(lambda asked, seed: observe_mask_draws(draw, seed), Answer(draw), seed)


@pytest.mark.parametrize("look", FAULTS)
def test_each_look_at_draws_finds_its_fault(look):
    for seed in range(3):
        found = differences(found_in(FAULTS[look], seed), found_in(plainly, seed))
        assert [finding.aspect for finding in found] == [look]


@pytest.mark.parametrize("look", FAULTS)
def test_with_a_fault_planted_in_the_reference_what_is_right_is_refused(look, monkeypatch):
    exercise = draw_the_mask.neurons_to_keep
    monkeypatch.setattr(draw_the_mask, "draw_mask", FAULTS[look])
    faulty = Exercise(exercise.observe, references=exercise.references, mistakes=exercise.mistakes, praise="")
    assert not faulty(plainly)
    assert exercise(plainly)  # it had run before, with the reference as it is


# What is said of an answer that no mistake explains: what was measured


def inverted(activations, mask, keep_prob):
    return activations * mask / keep_prob


def probes_of(exercise, seed):
    """List all the arguments with which an exercise of page 03 asks a whole batch."""
    seen = []
    exercise(lambda **arguments: [seen.append(arguments), exercise.references[0](**arguments)][1], seed)
    return [arguments for arguments in seen if arguments["mask"].size > 3]


@pytest.mark.parametrize("exercise", [keep_the_scale.scale_survivors, keep_the_scale.whole_layer])
def test_the_probes_of_the_scale_merge_no_two_mistakes(exercise):
    for seed in SEEDS:
        probes = probes_of(exercise, seed)
        assert [probe["keep_prob"] for probe in probes] == [0.3, 0.8, 0.3, 0.8, 1.0]
        assert [probe["activations"].dtype for probe in probes] == [float, float, np.float32, int, float]
        assert probes[-1]["mask"].all()
        for probe in probes[:-1]:
            activations, mask, keep_prob = probe["activations"], probe["mask"], probe["keep_prob"]
            assert abs(mask.mean() - keep_prob) > 0.05
            assert activations.shape[0] != activations.shape[1]
            assert (activations[mask] == 0).sum() == (activations[~mask] == 0).sum() == 1
            assert len(np.unique(activations)) == activations.size - 1
            assert activations.min() < 0
            assert activations.mean() > 0.5


MEASURED = {
    "Over all 8 masks of three neurons at keep_prob 0.3, the mean of the activation 2 becomes 0.9.": (
        lambda activations, mask, keep_prob: activations * mask * 1.5
    ),
    "Over all 8 masks of three neurons at keep_prob 0.8, the mean of the activation 2 becomes 4.": (
        lambda activations, mask, keep_prob: activations * mask / min(keep_prob, 0.4)
    ),
    "Over all 8 masks of three neurons at keep_prob 0.3, the mean of the activation 2 becomes 2.5.": (
        lambda activations, mask, keep_prob: (
            inverted(activations, mask, keep_prob) + (activations == 2) * (activations.shape == (1, 3)) / 2
        )
    ),
    "At keep_prob 0.3, the survivors come out multiplied by 4.": (
        lambda activations, mask, keep_prob: activations * mask * (4 if mask.size > 3 else 1 / keep_prob)
    ),
    "With float32 activations, at keep_prob 0.3, ": (
        lambda activations, mask, keep_prob: inverted(activations, mask, keep_prob).astype(
            np.float16 if activations.dtype == np.float32 else float
        )
    ),
    "With whole-number activations, at keep_prob 0.8, the survivors come out multiplied by 1.": (
        lambda activations, mask, keep_prob: inverted(activations, mask, 1 if activations.dtype == int else keep_prob)
    ),
    "At keep_prob 1.0, ": (
        lambda activations, mask, keep_prob: inverted(activations, mask, keep_prob if keep_prob < 1 else 2)
    ),
}


@pytest.mark.parametrize("sentence", MEASURED)
def test_an_unknown_scale_is_told_by_what_was_measured(sentence):
    verdict = keep_the_scale.scale_survivors(MEASURED[sentence])
    not_yet(verdict, f"Not yet. {sentence}")


def layer(training, inference, backward):
    """Make a layer of three factors, each a function of keep_prob."""
    return lambda activations, gradient, mask, keep_prob: (
        activations * mask * training(keep_prob),
        activations * inference(keep_prob),
        gradient * mask * backward(keep_prob),
    )


MEASURED_LAYERS = {
    "the mean of the activation 2 is 1.095 in training and 1.095 at inference. In inverted dropout it is 2 in both, "
    "in standard dropout 0.6.": layer(lambda k: k**-0.5, lambda k: k**0.5, lambda k: k**-0.5),
    "At keep_prob 0.3, a survivor is multiplied by 3.333 in training, and its gradient by 11.11.": (
        layer(lambda k: 1 / k, lambda k: 1, lambda k: k**-2)
    ),
    "At keep_prob 0.3 and at 0.8 alike, your layer multiplies by 2 in training, by 1 at inference, and by 2 in the ": (
        layer(lambda k: 2, lambda k: 1, lambda k: 2)
    ),
    "At keep_prob 0.8, a survivor is multiplied by 1 in training, and its gradient by 0.8.": (
        layer(lambda k: 1, lambda k: k, lambda k: 1 if k < 0.5 else k)
    ),
    "the mean of the activation 2 is 3 in training and 2 at inference. In inverted dropout it is 2 in both": (
        layer(lambda k: 1.5 / k, lambda k: 1, lambda k: 1.5 / k)
    ),
    "At keep_prob 0.3, training multiplies survivors by 4.333, inference all by 1.": (
        lambda activations, gradient, mask, keep_prob: (
            activations * mask * (1.3 if mask.size > 3 else 1) / keep_prob,
            activations,
            gradient * mask / keep_prob,
        )
    ),
    "At keep_prob 0.3, training multiplies survivors by 1.3, inference all by 0.3.": (
        lambda activations, gradient, mask, keep_prob: (
            activations * mask * (1.3 if mask.size > 3 else 1),
            activations * keep_prob,
            gradient * mask,
        )
    ),
    "At keep_prob 1.0 in training, ": layer(lambda k: 1 / k if k < 1 else 2, lambda k: 1, lambda k: 1 / k),
}


@pytest.mark.parametrize("sentence", MEASURED_LAYERS)
def test_an_unknown_layer_is_told_by_what_was_measured(sentence):
    not_yet(keep_the_scale.whole_layer(MEASURED_LAYERS[sentence]), sentence)


def test_neurons_that_are_amiss_are_told_with_their_numbers():
    seen = []

    def dropped_whisper(activations, mask, keep_prob):
        seen.append((activations, mask))
        return np.where(mask, activations / keep_prob, activations * 0.5)

    def later_examples_louder(activations, mask, keep_prob):
        return inverted(activations, mask, keep_prob) * (1 + (np.arange(len(mask)) > 2))[:, np.newaxis]

    told = str(keep_the_scale.scale_survivors(dropped_whisper))
    before, after, neuron, example = re.search(
        r"At keep_prob 0.3, a dropped neuron is not 0: (\S+) becomes (\S+) \(neuron (\d) of example (\d)\)\.$",
        told,
    ).groups()
    activations, mask = seen[0]
    place = int(example) - 1, int(neuron) - 1
    assert activations[place] == float(before) == 2 * float(after)
    assert not mask[place]
    pairs = re.findall(
        r"(\S+) becomes (\S+) \(neuron \d of example (\d)\)", str(keep_the_scale.scale_survivors(later_examples_louder))
    )
    assert [round(float(after) / float(before) * 0.3, 4) for before, after, _ in pairs] == [1, 2]
    assert pairs[0][2] != pairs[1][2] == "4"
