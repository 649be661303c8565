"""What is said of masks that were drawn: with masks planted by exact counts, each bound is met from both sides."""

import itertools

import numpy as np
import pytest

from dropout_lib.checks.grading.recording_rng import recording_rng
from dropout_lib.checks.probes.drawn_masks import observe_drawn_masks

SHAPE, AXES = (4, 10, 50), ("heads", "queries", "keys")
CALLS, ENTRIES = 6, np.prod(SHAPE)


def drawn(keep_prob, rng, shape=SHAPE):
    return rng.random(shape) < keep_prob


def found(draw, seed=0, axes=AXES):
    return list(observe_drawn_masks(draw, seed, axes))


@pytest.mark.parametrize("shape", [(1000,), (40, 60), SHAPE, (2, 3, 4)])
def test_nothing_is_found_in_masks_with_a_number_for_each_entry(shape):
    for seed in range(40):
        seen = found(lambda keep_prob, rng: drawn(keep_prob, rng, shape), seed, AXES[: len(shape)])
        assert [finding.aspect for finding in seen] == [
            "source", "repeatable", "drops", "repeats", "structure", "share", "counts", "company"
        ]  # fmt: skip
        assert (seen[-1].value, seen[-2].value, seen[-3].value) == ("none", "binomial", "keep_prob")


def exactly(shift, errors):
    """Draw masks that keep an exact share: at one keep_prob so many standard errors, over all calls, off."""

    def draw(keep_prob, rng):
        off = errors * np.sqrt(keep_prob * (1 - keep_prob) / (CALLS * ENTRIES)) * (keep_prob == shift)
        return rng.permutation(np.arange(ENTRIES) < round(ENTRIES * (keep_prob + off))).reshape(SHAPE)

    return draw


@pytest.mark.parametrize(("shift", "sign"), list(itertools.product([0.3, 0.8], [-1, 1])))
def test_a_share_is_refused_from_five_standard_errors_on(shift, sign):
    assert found(exactly(shift, sign * 4.8))[-1].aspect == "counts"
    last = found(exactly(shift, sign * 5.2))[-1]
    kept = exactly(shift, sign * 5.2)(shift, np.random.default_rng(0)).mean()
    assert last[:2] == ("share", "another")
    assert last.message == f"Over 6 calls it kept {100 * kept:.1f}% where keep_prob is {shift}."


def alike(*axes):
    """Draw masks whose entries are alike along these axes."""
    return lambda keep_prob, rng: np.broadcast_to(
        drawn(keep_prob, rng, tuple(1 if axis in axes else size for axis, size in enumerate(SHAPE))), SHAPE
    )


def by_rows(more):
    """Draw masks that keep in each head and query so many keys more than they should, or so many fewer."""

    def draw(keep_prob, rng):
        kept = SHAPE[2] * keep_prob + rng.choice([-more, more], (*SHAPE[:2], 1))
        return rng.random(SHAPE).argsort(axis=2).argsort(axis=2) < kept

    return draw


def in_company(axis, chance=0.075):
    """Draw masks that repeat, at some entries, what stands before along an axis."""

    def draw(keep_prob, rng):
        mask = drawn(keep_prob, rng).swapaxes(0, axis).copy()
        for one, other in zip(mask, mask[1:], strict=False):
            other[:] = np.where(rng.random(other.shape) < chance, one, other)
        return mask.swapaxes(0, axis)

    return draw


def by_calls(draw, seed, keep_prob):
    place = [0.3, 0.8].index(keep_prob)
    return np.array([draw(keep_prob, recording_rng(seed, 10 * place + call)) for call in range(CALLS)])


@pytest.mark.parametrize(("more", "value"), [(2, "too little"), (3, None), (4, "too much")])
def test_the_number_kept_in_a_row_varies_within_five_standard_errors(more, value):
    last = found(by_rows(more))[-1]
    counts = by_calls(by_rows(more), 0, 0.3).sum(axis=3).ravel()
    ratio = ((counts - counts.mean()) ** 2).sum() / (len(counts) - 1) / (50 * 0.3 * 0.7)
    assert (abs(ratio - 1) > 5 * np.sqrt(2 / len(counts))) == (value is not None)
    assert last[:2] == (("counts", value) if value else ("company", "none"))
    assert not value or last.message == (
        f"At keep_prob 0.3 the number of keys kept varies {ratio:.2f} times as much as it would if each had a number "
        "of its own."
    )


@pytest.mark.parametrize("axis", range(3))
def test_neighbours_along_every_axis_are_told_with_their_correlation(axis):
    last = found(in_company(axis))[-1]
    excess = np.moveaxis(by_calls(in_company(axis), 0, 0.3), axis + 1, 0) - 0.3
    correlation = (excess[1:] * excess[:-1]).mean() / 0.21
    assert last[:2] == ("company", AXES[axis])
    assert last.message == f"Neighbouring {AXES[axis]} are kept together: their correlation is {correlation:.2f}."
    assert found(in_company(axis, 0.02))[-1].value == "none"


def test_one_mask_in_all_calls_by_chance_is_told_by_what_is_alike():
    """A number for each call: six of them keep all at 0.8 in a quarter of cases."""
    all_alike = 0
    for seed in range(40):
        last = found(lambda keep_prob, rng: np.full(SHAPE, rng.random() < keep_prob), seed)[-1]
        all_alike += last.aspect == "structure" and len(set(by_calls(lambda k, r: r.random() < k, seed, 0.8))) == 1
        assert last.aspect in ("structure", "drops")
    assert all_alike > 3


FAULTS = {
    "numpy's own": (lambda keep_prob, rng: np.random.random(SHAPE) < keep_prob, "source", True, "a hidden global"),
    "no seed": (lambda keep_prob, rng: drawn(keep_prob, np.random.default_rng()), "repeatable", False, "the same seed"),
    "none dropped": (lambda keep_prob, rng: np.ones(SHAPE, bool), "drops", "nothing",
                     "In 6 calls at keep_prob 0.3 and at 0.8 nothing was dropped."),
    "all dropped": (lambda keep_prob, rng: np.zeros(SHAPE, bool), "drops", "everything", "0.8 everything was dropped."),
    "one mask": (lambda keep_prob, rng: drawn(keep_prob, recording_rng(0, 0)), "repeats", True,
                 "6 calls, each with a different generator, gave one mask."),
    "one mask at 0.8": (lambda keep_prob, rng: drawn(keep_prob, recording_rng(0, 0) if keep_prob > 0.5 else rng),
                        "repeats", True, "gave one mask."),
    "heads": (alike(0), "structure", ("heads",), "All heads were kept and dropped together."),
    "queries": (alike(1), "structure", ("queries",), "All queries were"),
    "keys": (alike(2), "structure", ("keys",), "All keys were"),
    "a key": (alike(0, 1), "structure", ("heads", "queries"), "All heads and queries were"),
    "all alike": (alike(0, 1, 2), "structure", AXES, "All heads, queries and keys were kept and dropped together."),
    "the rate": (lambda keep_prob, rng: drawn(1 - keep_prob, rng), "share", "rate", "% where keep_prob is "),
    "a number": (exactly(1, 0), "counts", "exact", "At keep_prob 0.3 it kept 600 in each of 6 calls."),
    "a number at 0.8": (lambda keep_prob, rng: (exactly(1, 0) if keep_prob > 0.5 else drawn)(keep_prob, rng), "counts",
                        "exact", "At keep_prob 0.8 it kept 1600 in each of 6 calls."),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_of_drawn_masks_is_found_and_told(fault):
    draw, aspect, value, words = FAULTS[fault]
    for seed in range(3):
        last = found(draw, seed)[-1]
        assert last[:2] == (aspect, value) and words in last.message, last
