"""The challenge of page 09: train with the gap that the learner chose, and compare the spread there and near data."""

from functools import cache

import numpy as np

from dropout_lib.checks.grading.results import Unusable, as_array
from dropout_lib.checks.grading.running import Finding
from dropout_lib.comparison import compare
from dropout_lib.data import curve_points
from dropout_lib.monte_carlo import monte_carlo_dropout
from dropout_lib.seeded_training import fit_curve, generators

NARROWEST = 0.3
KNOWN = (0.0, 0.8)
SEEDS = range(100, 110)  # not those of the page
PLACES = np.linspace(-1, 1, 201)


def usable(result):
    """Give two numbers as a tuple, or raise Unusable with the sentence for what they are instead."""
    given = as_array(result).astype(float)
    if given.shape != (2,):
        raise Unusable("shape", f"Your result has shape {given.shape}, where two numbers, shape (2,), were asked for.")
    start, stop = given.round(9).tolist()
    if not -0.9 <= start <= stop <= 0.9:
        raise Unusable("outside", f"You returned {start:zg} and {stop:zg}. A gap goes up, from -0.9 to 0.9.")
    if stop - start < NARROWEST - 1e-9:
        raise Unusable("narrow", f"Your gap from {start:zg} to {stop:zg} is narrower than {NARROWEST}. Make it wider.")
    return start, stop


def look_at_gap(answer, seed):
    """Look whether there is a gap."""
    usable(answer())
    yield Finding("usable", True, "")


@cache
def _spreads(gap):
    """Give the mean spread in the gap and near data, for each of SEEDS."""
    inputs, targets = curve_points(lambda x: np.sin(4 * x), gap=gap, rng=generators(0, SEEDS))
    networks = fit_curve(inputs, targets, keep_prob=0.9, rng=generators(1, SEEDS))
    rng = np.random.default_rng(SEEDS[0])
    spread = monte_carlo_dropout(
        networks, PLACES[:, np.newaxis], keep_prob=(1.0, 0.9, 0.9), samples=100, rng=rng
    ).spread
    inside = (gap[0] < PLACES) & (gap[1] > PLACES)
    return spread[:, inside, 0].mean(axis=1), spread[:, ~inside, 0].mean(axis=1)


def measure(answer, seed):
    """Train over SEEDS. It is a yes if the spread is clearly smaller in the gap than near data."""
    gap = usable(answer())
    inside, near = (100 * spread for spread in _spreads(gap))
    difference = compare(inside, near)
    message = (
        f"Over {len(SEEDS)} new seeds, gap {gap[0]:g} to {gap[1]:g}: spread in hundredths {inside.mean():z.1f} in the "
        f"gap, {near.mean():z.1f} near data; difference {difference}."
    )
    smaller = difference.mean + difference.half_width < 0
    missing = "" if smaller else " For a yes, the interval of the difference must lie below 0."
    yield Finding("compared", bool(smaller), message + missing)
