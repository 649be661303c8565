"""The final challenge: train what the learner chose, without dropout, and the best known; say how they compare."""

from functools import cache

import numpy as np

from dropout_lib.checks.grading.results import Unusable, as_array
from dropout_lib.checks.grading.running import Finding
from dropout_lib.comparison import compare, interval
from dropout_lib.seeded_training import try_settings

NONE = (1.0, 1.0, 1.0)
BEST = (0.8, 0.7, 0.9)  # of 75 settings, the best on the validation images of seeds 10 to 19
SEEDS = range(100, 110)  # not those of the page: nothing was chosen on them


def usable(result):
    """Give three numbers as a tuple, or raise Unusable with the sentence for what they are instead."""
    given = as_array(result).astype(float)
    if given.shape != (3,):
        message = "where three numbers, shape (3,), were asked for: inputs, hidden layer 1, hidden layer 2."
        more = " Write a decimal point, not a comma." if given.shape == (6,) else " The outputs are never dropped."
        raise Unusable("shape", f"Your result has shape {given.shape}, {message}{more}")
    if not np.isfinite(given).all():
        raise Unusable("not finite", f"You returned {_named(given)}. Each keep_prob is above 0, and at most 1.")
    if (given > 1).any():
        asked = "Is it in percent?" if given.max() > 10 else "Is it a scale, 1 / keep_prob?"
        raise Unusable("above 1", f"You returned {_named(given)}. A keep_prob is at most 1. {asked}")
    if (given <= 0).any():
        message = "A keep_prob of 0 keeps no neuron, and 1 keeps all. Are these dropout rates?"
        raise Unusable("not above 0", f"You returned {_named(given)}. {message}")
    return tuple(given.tolist())


def look_at_keep_probs(answer, seed):
    """Look whether there are three keep_probs; any of them may be correct."""
    usable(answer())
    yield Finding("usable", True, "")


@cache
def _accuracies(setting):
    return try_settings([setting], seeds=SEEDS).test[0]


def measure(answer, seed):
    """Train over SEEDS. It is a yes if the choice is clearly better than none, and not clearly worse than the best."""
    mine = usable(answer())
    try:
        chosen, none, best = (_accuracies(setting) for setting in (mine, NONE, BEST))
    except FloatingPointError as error:
        yield Finding("trains", False, f"With your keep_probs, training broke down. {error}")
        return
    gain, gap = compare(chosen, none), compare(chosen, best)
    mean, half = interval(chosen)
    message = (
        f"Over {len(SEEDS)} new seeds, {_named(mine)} has {mean:z.1f} ± {half:z.1f}% on the test images. In points, "
        f"against none: {gain}; against the best known, {_named(BEST)}: {gap}."
    )
    better, worse = gain.mean - gain.half_width > 0, gap.mean + gap.half_width < 0
    yield Finding("compared", bool(better and not worse), message + _missing(better, worse, gain.mean))


def _missing(better, worse, gain):
    if gain < -20:
        return " Are these dropout rates? A keep_prob is the probability of being kept."
    if not better:
        return " For a yes, the interval against none must lie above 0."
    return " For a yes, the interval against the best must not lie below 0." if worse else ""


def _named(keep_probs):
    return f"({', '.join(f'{keep_prob:zg}' for keep_prob in keep_probs)})"
