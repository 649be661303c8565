"""Page 11: its theorems hold over all masks, its other sentences for its own seeds and for new ones."""

import re
from pathlib import Path

import numpy as np
import pytest

from dropout_lib import all_masks, apply_mask, draw_mask, mask_probabilities, softmax
from dropout_lib.course import pages
from experiments.today import OVER_SEEDS, PAGE, cells_of, measured

EXACT = {"rtol": 0, "atol": 1e-12}
SCORES = np.array([1.7, -0.4, 0.9, 0.1, -2.3])
VALUES = np.random.default_rng(0).normal(2.0, 1.0, (5, 3))
keep_probs = pytest.mark.parametrize("keep_prob", [0.1, 0.3, 0.8, 1.0])


def mean_over(masks, keep_prob, results):
    return np.tensordot(mask_probabilities(masks, keep_prob=keep_prob), results, axes=1)


# Attention


@keep_probs
def test_the_mean_output_of_attention_dropped_after_the_softmax_is_the_undropped_one(keep_prob):
    masks, probabilities = all_masks(5), softmax(SCORES)
    weights = apply_mask(probabilities, masks, keep_prob=keep_prob)
    np.testing.assert_allclose(mean_over(masks, keep_prob, weights @ VALUES), probabilities @ VALUES, **EXACT)
    sums = weights.sum(axis=1)
    np.testing.assert_allclose([sums.min(), sums.max()], [0, 1 / keep_prob], **EXACT)
    np.testing.assert_allclose(mean_over(masks, keep_prob, sums), 1, **EXACT)


@keep_probs
def test_minus_infinity_before_the_softmax_is_division_by_what_is_left(keep_prob):
    left, probabilities = all_masks(5)[1:], softmax(SCORES)
    before = softmax(np.where(left, SCORES, -np.inf))
    after = apply_mask(probabilities, left, keep_prob=keep_prob)
    np.testing.assert_allclose(before, after / after.sum(axis=1, keepdims=True), **EXACT)


@pytest.mark.parametrize("keep_prob", [0.1, 0.3, 0.8])
def test_before_the_softmax_the_mean_is_flatter(keep_prob):
    """The strongest token loses, the weakest gains; at keep_prob 1 nothing changes."""
    left, probabilities = all_masks(5)[1:], softmax(SCORES)
    mean = mean_over(left, keep_prob, softmax(np.where(left, SCORES, -np.inf))) / (1 - (1 - keep_prob) ** 5)
    order = probabilities.argsort()
    assert mean[order[-1]] < probabilities[order[-1]] and mean[order[0]] > probabilities[order[0]]
    np.testing.assert_allclose(mean.sum(), 1, **EXACT)


# Branches and blocks


def through(branches, x, kept, scale, activation=lambda values: values):
    for weights, one in zip(branches, kept, strict=True):
        x = x + one * scale * activation(x @ weights)
    return x


@keep_probs
def test_the_mean_over_all_depths_of_linear_branches_is_the_whole_network(keep_prob):
    rng, masks = np.random.default_rng(1), all_masks(8)
    x, branches = rng.normal(size=(4, 5)), 0.2 * rng.normal(size=(8, 5, 5))
    results = np.array([through(branches, x, kept, 1 / keep_prob) for kept in masks])
    whole = through(branches, x, np.ones(8), 1)
    mean = mean_over(masks, keep_prob, results)
    np.testing.assert_allclose(mean, whole, rtol=0, atol=1e-12 * np.abs(results).max())
    standard = np.array([through(branches, x, kept, 1) for kept in masks])  # and scaled at inference instead
    np.testing.assert_allclose(
        mean_over(masks, keep_prob, standard), through(branches, x, np.ones(8), keep_prob), **EXACT
    )


def test_with_a_relu_it_is_not_exact():
    rng, masks = np.random.default_rng(1), all_masks(8)
    x, branches = rng.normal(size=(4, 5)), 0.2 * rng.normal(size=(8, 5, 5))
    results = np.array([through(branches, x, kept, 1 / 0.8, lambda v: np.maximum(v, 0)) for kept in masks])
    whole = through(branches, x, np.ones(8), 1, lambda v: np.maximum(v, 0))
    assert np.abs(mean_over(masks, 0.8, results) - whole).max() > 1e-3


def test_the_share_that_overlapping_blocks_keep_is_that_of_each_pixel_s_blocks():
    """A pixel is kept if none of the blocks that reach it begins: an independent count of these."""
    printed = outputs("blocks that overlap")[0]
    reach = np.array([sum(start <= at < start + 3 for start in range(4)) for at in range(6)])
    shares = (1 - 0.05) ** np.outer(reach, reach)
    assert f"kept, in percent: {100 * shares.mean():.2f}" in printed
    quarter = [[float(number) for number in re.findall(r"\d+\.", row)] for row in printed.splitlines()[-3:]]
    np.testing.assert_allclose(quarter, 100 * shares[:3, :3], atol=0.501)


# What was measured over seeds: stored in the page, and once more with new seeds


def outputs(title):
    """Give what the cells of a section printed or showed, as the page stores it."""
    stored = [output for cell in cells_of(title) for output in pages.shown(cell)]
    return [(one.get("text") or one["data"]["text/plain"]).strip() for one in stored]


def differences(sentence):
    """Read the paired differences of a sentence: name -> (lowest, highest) of the interval."""
    pairs = re.findall(r"(?:^|[:;] )([^:;]+?):? ([+-][\d.]+) ± ([\d.]+) \(", sentence, re.MULTILINE)
    return {name.strip(): (float(mean) - float(half), float(mean) + float(half)) for name, mean, half in pairs}


def ends(sentence):
    """Read where each line of a chart ends, with those before it: name -> numbers."""
    found = re.findall(r"(?:: |; )([a-z_. \d]+?) ((?:-?\d+\.\d, )+-?\d+\.\d)", sentence)
    return {name: [float(number) for number in numbers.split(", ")] for name, numbers in found}


def many_depths(said):
    half, whole = (differences(line) for line in said[0].splitlines())
    assert next(iter(half.values()))[0] > 4  # far ahead with four blocks
    low, high = next(iter(whole.values()))
    assert low > -0.5 and high < 2  # with all eight, little and no harm


def seen_once(said):
    once, four = map(differences, said)
    for found in once, four:
        assert found["mild"][1] < 1.5 and found["mild"][0] < 0 < found["mild"][1]  # no clear difference
        assert found["strong"][1] < -1  # costs
    assert once["strong"][1] < four["strong"][0]  # more in one pass than in four


def schedule(said):
    found, early = map(differences, said)
    assert found["second half"][0] < 0 < found["second half"][1] and found["second half"][0] > -2.5
    assert found["first half"][1] < -3 and found["none"][1] < -7
    assert found["all but the last quarter"][0] > -3.5 and found["all but the last quarter"][1] < 0
    assert early["mild at first"][0] < 0 and early["mild at first"][1] < 2  # no gain shows
    assert early["strong at first"][1] < -3


def memory(said):
    slow, far = map(ends, said)
    assert 88 < slow["zoneout"][-1] < 95 and 45 < slow["fixed mask"][-1] < 56 and 7 < slow["fresh masks"][-1] < 12
    assert far["zoneout"][-1] < 2 and 23 < far["fixed mask"][-1] < 33
    assert abs(far["fresh masks"][-1] - slow["fresh masks"][-1]) < 1
    np.testing.assert_allclose([slow["fresh masks"][-1], far["fresh masks"][-1]], 100 * 0.8**10, atol=2.5)


CLAIMS = dict(zip(OVER_SEEDS, (many_depths, seen_once, schedule, memory), strict=True))


@pytest.mark.parametrize("title", OVER_SEEDS)
def test_what_the_page_says_is_true_of_what_it_stores(title):
    said = outputs(title)
    assert said
    CLAIMS[title](said if title != "one network, many depths" else said[:1])


@pytest.mark.slow
@pytest.mark.parametrize("title", OVER_SEEDS)
def test_it_is_true_for_new_seeds_too(title):
    said, _ = measured(title, range(100, 110))
    assert said != outputs(title)
    CLAIMS[title](said)


@pytest.mark.slow
def test_the_experiment_measures_what_the_page_measures():
    assert measured("a memory", range(10))[0] == outputs("a memory")


def test_the_gradients_of_the_residual_network_are_finite_differences():
    """The page's own `step` against a small change of each parameter, with the masks fixed."""
    names = {}
    cells = [cell.source for cell in pages.read(PAGE).cells if pages.role(cell) in ("setup", "code")]
    for source in [cells[0], *(one for one in cells if one.startswith(("def states", "def step")))]:
        exec(source, names)
    rng = np.random.default_rng(0)
    network = [rng.normal(size=(64, 4)) / 8, *(rng.normal(size=(3, 4, 4)) / 2), rng.normal(size=(4, 10))]
    x, labels = rng.normal(size=(6, 64)), rng.integers(0, 10, 6)
    kept = draw_mask((3, 6, 1), keep_prob=0.6, rng=rng) / 0.6

    def loss(parameters):
        probabilities = softmax(names["states"](x, parameters, kept)[-1] @ parameters[-1])
        return -np.log(probabilities[np.arange(6), labels]).mean()

    moved = [each.copy() for each in network]
    names["step"](moved, x, labels, kept, 1e-3)
    for place, (before, after) in enumerate(zip(network, moved, strict=True)):
        at = np.unravel_index(np.abs(after - before).argmax(), before.shape)
        up, down = ([each.copy() for each in network] for _ in range(2))
        up[place][at] += 1e-5
        down[place][at] -= 1e-5
        np.testing.assert_allclose((before - after)[at] / 1e-3, (loss(up) - loss(down)) / 2e-5, rtol=1e-4)


# The table


def test_every_row_of_the_table_has_a_rate_and_a_source():
    (table,) = [cell.source for cell in pages.read(Path(PAGE)).cells if "| model | rate | source |" in cell.source]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("|")][2:]
    assert len(rows) >= 8 and all(len(row) == 3 and all(map(str.strip, row)) for row in rows)
