"""The museum of page 10: every exhibit has its fault, a naive test passes it, and the test in its answer catches it."""

import contextlib
import html
import io
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from dropout_lib import compare, interval
from dropout_lib.checks.probes.sample_dropouts import SAMPLES
from dropout_lib.course import frameworks, pages

PAGE = pages.read(Path(__file__).parent.parent / "notebooks" / "10_use_it_rightly.ipynb")
CHOICE = re.compile(r"<details>\s*<summary>[A-Z]\. (.+?)</summary>(.+?)</details>", re.DOTALL)
FENCE = re.compile(r"```python\n(.*?)```", re.DOTALL)
RIGHT = "No line: it is correct."


class Exhibit(NamedTuple):
    """Its code, the lines to choose from with their answers, the line at fault, and the test in its answer."""

    source: str
    answers: dict
    faulty_line: str
    test: str


def exhibit(place):
    """Read the exhibit whose heading is at this place: behind it stand its code and its question."""
    found = CHOICE.findall(PAGE.cells[place + 2].source)
    answers = {html.unescape(re.sub("</?code>", "", line)): answer.strip() for line, answer in found}
    ((faulty, test),) = ((line, FENCE.search(answer)[1]) for line, answer in answers.items() if FENCE.search(answer))
    return Exhibit(PAGE.cells[place + 1].source, answers, faulty, test)


HEADINGS = {
    int(found[1]): place
    for place, cell in enumerate(PAGE.cells)
    if (found := re.match(r"### Exhibit (\d+): ", cell.source))
}
MUSEUM = {number: exhibit(place) for number, place in HEADINGS.items()}
FAULTLESS = [number for number, one in MUSEUM.items() if one.faulty_line == RIGHT]
FAULTY = [number for number in MUSEUM if number not in FAULTLESS]

REPAIRS = {
    1: [("rng.normal(size=x.shape)", "rng.random(x.shape)")],
    2: [("W2.T * mask", "W2.T * mask * 2")],
    3: [("rng = np.random.default_rng(3)", "rng = np.random.default_rng()")],
    4: [("key=keys.integers(2**32)):", "key=None):\n    key = keys.integers(2**32) if key is None else key")],
    5: [("mask[order[: round(keep_prob * neurons)]] = True", "mask = rng.random(neurons) < keep_prob")],
    7: [("rng.random(batch.shape[1:])", "rng.random(batch.shape)")],
    8: [("kept = output != 0", "kept = forward.mask"), ("    return x *", "    forward.mask = mask\n    return x *")],
    9: [("return hidden * keep_prob", "return hidden")],
    10: [("trained(int(keep_prob * width), 1.0)", "trained(width, 1.0)")],
    11: [("np.arange(1000, len(images))", "order[1000:]")],
}
# What would be a fault in the exhibit that has none.
PLANTED = {
    "scaled twice": ("return (x * mask) @ W", "return (x * mask) @ W / keep_prob"),
    "keeps the others": ("> 1 - keep_prob", "< 1 - keep_prob"),
    "inference not scaled": ("return keep_prob * (x @ W)", "return x @ W"),
    "one mask for all examples": ("rng.random(x.shape)", "rng.random(x.shape[1:])"),
    "one number for an example": ("rng.random(x.shape)", "rng.random((len(x), 1))"),
}


def repaired(number):
    source = MUSEUM[number].source
    for old, new in REPAIRS[number]:
        assert source.count(old) == 1, old
        source = source.replace(old, new)
    return source


@cache
def run(source):
    """Run the page's set-up and this code: the names that there are then."""
    names = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(PAGE.cells[1].source, names)
        exec(source, names)
    return names


def passes(test, names):
    """Tell whether the test of an answer passes; it runs on names of its own."""
    try:
        exec(test, dict(names))
    except AssertionError:
        return False
    return True


# What each fault is, seen from outside: True of the exhibit, False when it is repaired


def half_gradient(names):
    step, x, target, W1, W2 = (names[name] for name in ("step", "x", "target", "W1", "W2"))
    nudge = np.zeros_like(W1)
    nudge[2] = 1e-6
    errors = [step(x, target, W1 + sign * nudge, W2, np.random.default_rng(4))[0] for sign in (1, -1)]
    claimed = step(x, target, W1, W2, np.random.default_rng(4))[1][2].sum()
    return bool(np.isclose((errors[0] - errors[1]) / 2e-6, 2 * claimed, rtol=1e-4))


def frozen_mask(names):
    return len({mask.tobytes() for mask in names["masks"]}) == 1


def drawn_once(names):
    return len({names["dropout"](np.ones((9, 9)), 0.8).tobytes() for _ in range(20)}) == 1


def bell_curve(names):
    shares = [(names["dropout"](np.ones(50_000), k, np.random.default_rng(0)) != 0).mean() for k in (0.3, 0.8, 1.0)]
    return bool(np.allclose(shares, (0.618, 0.788, 0.841), atol=0.01))


def exact_count(names):
    return set(names["masks"].sum(axis=1)) == {8}


def shared_row(names):
    outputs = names["outputs"]
    return bool((outputs == outputs[:, :1]).all())


def mask_from_zeros(names):
    x = np.array([0.0, 2.0] * 500)
    output = names["forward"](x, 0.8, np.random.default_rng(0))
    passed = names["backward"](np.ones(1000), output, 0.8) != 0
    return bool(not passed[x == 0].any() and abs(passed[x != 0].mean() - 0.8) < 0.05)


def scaled_at_both_ends(names):
    layer, x, W1 = names["hidden_layer"], names["x"], names["W1"]
    rng = np.random.default_rng(0)
    trained = np.mean([layer(x, W1, 0.8, rng) for _ in range(2000)], axis=0)
    return bool(np.allclose(layer(x, W1, 0.8).sum(), 0.8 * trained.sum(), rtol=0.01))


def another_width(names):
    widths = [names[arm].weights[0].shape[-1] for arm in ("with_dropout", "without")]
    _, same_width = names["trained"](10, 1.0)
    fair = compare(names["accuracy_with"], same_width)
    told = compare(names["accuracy_with"], names["accuracy_without"])
    return widths == [10, 5] and told.mean > told.half_width and fair.mean < -fair.half_width


def seen_in_training(names):
    shares = [np.isin(held, seen).mean() for seen, held, _ in names["results"]]
    mean, half = interval([100 * last for *_, last in names["results"]])
    return min(shares) > 0.5 and mean - half > 97.5


FAULTS = {
    1: bell_curve,
    2: half_gradient,
    3: frozen_mask,
    4: drawn_once,
    5: exact_count,
    7: shared_row,
    8: mask_from_zeros,
    9: scaled_at_both_ends,
    10: another_width,
    11: seen_in_training,
}


# What whoever wrote it may have tested: all of it passes, with the fault in it


def error_falls_and_shapes_fit(names):
    error, to_W1, to_W2 = names["step"](*(names[name] for name in ("x", "target", "W1", "W2", "rng")))
    assert np.mean(names["errors"][:200]) > 2 * np.mean(names["errors"][-200:])
    assert to_W1.shape == names["W1"].shape and to_W2.shape == names["W2"].shape and error > 0


def share_and_scale_of_a_layer(names):
    output, mask = names["forward"](np.ones((25, 6)), np.abs(names["W1"]), 0.8)
    assert abs(np.mean(names["masks"]) - 0.8) < 0.03
    assert np.allclose(output[mask], (np.ones((25, 6)) @ np.abs(names["W1"]) / 0.8)[mask])


def share_scale_and_own_keys(names):
    one, other = (names["dropout"](np.ones((100, 50)), 0.8, key=key) for key in (1, 2))
    assert not np.array_equal(one, other)
    output = names["dropout"](np.ones((100, 50)), 0.8)
    assert abs((output != 0).mean() - 0.8) < 0.03 and set(np.unique(output)) == {0, 1.25}


def share_and_scale_at_one_keep_prob(names):
    output = names["dropout"](np.ones((100, 50)), 0.8, np.random.default_rng(0))
    assert abs((output != 0).mean() - 0.8) < 0.03 and set(np.unique(output)) == {0, 1.25}


def every_unit_as_often_and_masks_differ(names):
    assert np.abs(names["masks"].mean(axis=0) - 0.8).max() < 0.05
    assert len(np.unique(names["masks"], axis=0)) > 40


def mean_share_and_calls_of_a_batch(names):
    outputs = names["outputs"]
    assert abs(outputs.mean() - 1) < 0.03 and abs((outputs != 0).mean() - 0.8) < 0.03
    assert not np.array_equal(outputs[0], outputs[1])


def gradient_passes_where_the_output_is(names):
    x = np.random.default_rng(5).uniform(1, 2, (20, 30))
    output = names["forward"](x, 0.3, np.random.default_rng(6))
    gradient = names["backward"](np.ones((20, 30)), output, 0.3)
    assert np.allclose(gradient, output / x)


def same_class_and_a_mean_in_training(names):
    assert names["same"].mean() > 0.95
    layer, x, W1 = names["hidden_layer"], names["x"], names["W1"]
    rng = np.random.default_rng(0)
    trained = np.mean([layer(x, W1, 0.8, rng) for _ in range(2000)], axis=0)
    assert np.allclose(trained, np.maximum(0, x @ W1), atol=0.3)


def both_arms_train_over_ten_seeds(names):
    for arm in ("accuracy_with", "accuracy_without"):
        assert names[arm].shape == (10,) and names[arm].min() > 60


def rows_once_each_and_a_good_accuracy(names):
    for seen, held, right in names["results"]:
        assert len(set(seen)) == 1000 and len(set(held)) == 797 and 0.9 < right < 1


NAIVE = {
    1: share_and_scale_at_one_keep_prob,
    2: error_falls_and_shapes_fit,
    3: share_and_scale_of_a_layer,
    4: share_scale_and_own_keys,
    5: every_unit_as_often_and_masks_differ,
    7: mean_share_and_calls_of_a_batch,
    8: gradient_passes_where_the_output_is,
    9: same_class_and_a_mean_in_training,
    10: both_arms_train_over_ten_seeds,
    11: rows_once_each_and_a_good_accuracy,
}

each_exhibit = pytest.mark.parametrize("number", MUSEUM)
each_faulty_exhibit = pytest.mark.parametrize("number", FAULTY)


def test_there_are_eleven_exhibits_and_one_has_no_fault():
    assert list(MUSEUM) == list(range(1, 12))
    assert len(FAULTLESS) == 1
    assert list(FAULTS) == list(NAIVE) == list(REPAIRS) == FAULTY


@each_exhibit
def test_every_line_to_choose_stands_in_the_exhibit_once(number):
    one = MUSEUM[number]
    assert len(one.answers) == 4 and RIGHT in one.answers
    for line in one.answers.keys() - {RIGHT}:
        assert [written.strip() for written in one.source.splitlines()].count(line) == 1, line
    assert [line for line, answer in one.answers.items() if answer.startswith("Yes")] == [one.faulty_line]


@each_faulty_exhibit
def test_the_line_at_fault_is_the_one_to_repair(number):
    assert REPAIRS[number][0][0] in MUSEUM[number].faulty_line


@each_faulty_exhibit
def test_the_exhibit_has_its_fault_and_a_repaired_one_has_not(number):
    assert FAULTS[number](run(MUSEUM[number].source))
    assert not FAULTS[number](run(repaired(number)))


@each_faulty_exhibit
def test_a_naive_test_passes_the_exhibit_as_it_does_a_repaired_one(number):
    NAIVE[number](run(MUSEUM[number].source))
    NAIVE[number](run(repaired(number)))


@each_faulty_exhibit
def test_the_test_in_the_answer_catches_the_fault_and_passes_a_repaired_one(number):
    assert not passes(MUSEUM[number].test, run(MUSEUM[number].source))
    assert passes(MUSEUM[number].test, run(repaired(number)))


def test_the_exhibit_without_a_fault_passes_its_strong_test():
    (number,) = FAULTLESS
    assert passes(MUSEUM[number].test, run(MUSEUM[number].source))


@pytest.mark.parametrize("planted", PLANTED)
def test_the_strong_test_would_catch_a_fault_in_it(planted):
    one, (old, new) = MUSEUM[FAULTLESS[0]], PLANTED[planted]
    assert one.source.count(old) == 1
    assert not passes(one.test, run(one.source.replace(old, new)))


# The dropouts that the page shows before the exercise are those that its check tries


def shown():
    """Give the dropouts that the page shows, by name."""
    sources = [cell.source for cell in PAGE.cells if re.match(r"def (right|faulty)_", cell.source)]
    return {
        name: value for source in sources for name, value in run(source).items() if re.match("right_|faulty_", name)
    }


def test_the_page_shows_six_of_the_ten_that_the_check_tries():
    names = {suspect.dropout.__name__: suspect for suspect in SAMPLES}
    assert len(SAMPLES) == 10 and len(shown()) == 6 and shown().keys() < names.keys()
    for name, dropout in shown().items():
        assert names[name].right == name.startswith("right")
        for keep_prob in (0.3, 0.8):
            one, other = (
                way(np.arange(12.0).reshape(3, 4), keep_prob, np.random.default_rng(7))
                for way in (dropout, names[name].dropout)
            )
            assert np.array_equal(one, other), name


# The tables of what the libraries say


def test_a_table_shows_every_answer_to_its_questions_as_text_and_in_html():
    shown = frameworks.table(*frameworks.WORDS)
    for question, answers in frameworks.WORDS.items():
        assert question in repr(shown) and html.escape(question) in shown._repr_html_()
        for library, words in answers.items():
            assert f"    {library:12}  {words}\n" in f"{shown!r}\n"
            for part in words.split("  # "):
                assert f">{html.escape(part)}<" in shown._repr_html_()


def test_every_library_is_run_with_a_version_or_has_a_source():
    known = {*frameworks.VERSIONS, *frameworks.SOURCES, frameworks.OURS}
    assert all(set(answers) == known for answers in frameworks.WORDS.values())
    for number in (number for versions in frameworks.VERSIONS.values() for number in versions.values()):
        assert number in repr(frameworks.origins()) and number in frameworks.origins()._repr_html_()
