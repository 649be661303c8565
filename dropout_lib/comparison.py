"""Paired comparisons over seeds: the difference, its 95% interval, and how many seeds agree."""

from dataclasses import dataclass

import numpy as np

# The 97.5% quantile of Student's t for 1, 2, ... degrees of freedom (any table has it; a test integrates the density).
T_QUANTILES = (
    12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281, 2.2010, 2.1788, 2.1604, 2.1448,
    2.1314, 2.1199, 2.1098, 2.1009, 2.0930, 2.0860, 2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555,
    2.0518, 2.0484, 2.0452,
)  # fmt: skip


HOLDS, IN_PART, NOT_HERE = "holds", "holds in part", "does not hold here"
VERDICTS = {
    HOLDS: "every 95% interval lies wholly beyond the difference that the claim asks for",
    NOT_HERE: "every interval reaches 0, lies on the other side of 0, or ends short of that difference",
    IN_PART: (
        "anything else: there is a clear difference, but perhaps a smaller one than asked; or two comparisons disagree"
    ),
}


@dataclass(frozen=True)
class Comparison:
    """`mean` plus or minus `half_width` is the 95% t interval; `same_sign` of `seeds` have the sign of the mean."""

    mean: float
    half_width: float
    same_sign: int
    seeds: int

    def __str__(self):
        if self.mean == self.half_width == 0:
            return "+0.0 ± 0.0 (no difference in any seed)"
        return f"{self.mean:+z.1f} ± {self.half_width:z.1f} ({self.same_sign} of {self.seeds} seeds)"


def interval(values):
    """Give the mean over seeds (the first axis) and the half width of its 95% t interval.

    Raises ValueError for fewer than 2 or more than 30 seeds, and for results that are not finite.
    """
    values = np.asarray(values, float)
    seeds = len(values) if values.ndim else 1
    if not 2 <= seeds <= len(T_QUANTILES) + 1:
        raise ValueError(f"An interval needs 2 to {len(T_QUANTILES) + 1} seeds, got {seeds}. Train that many.")
    if not np.isfinite(values).all():
        raise ValueError("An interval needs finite results, got NaN or infinity. Look at the seed that gave it.")
    error = values.std(axis=0, ddof=1) / np.sqrt(seeds)
    return values.mean(axis=0), T_QUANTILES[seeds - 2] * error


def compare(one, other):
    """Compare two results seed by seed, `one` minus `other`, in their own unit. Seeds must be the same in both."""
    one, other = np.asarray(one, float), np.asarray(other, float)
    if one.shape != other.shape or one.ndim != 1:
        raise ValueError(f"A paired comparison needs the same seeds in both, got shapes {one.shape} and {other.shape}.")
    mean, half_width = interval(one - other)
    return Comparison(float(mean), float(half_width), int((np.sign(one - other) == np.sign(mean)).sum()), len(one))


@dataclass(frozen=True)
class ClaimJudgement:
    """A claim's verdict in a `word`, with the comparisons that it follows from and what was asked of them."""

    word: str
    comparisons: tuple
    sign: int
    minimum_difference: float

    def __str__(self):
        found = "; ".join(map(str, self.comparisons))
        wanted = f"{self.sign * self.minimum_difference:+g} or {'more' if self.sign > 0 else 'less'}"
        return f"{self.word}: {found}; asked: {wanted}"


def judge_claim(*comparisons, minimum_difference, sign=1):
    """Judge a claim by its comparisons: a word of VERDICTS. `minimum_difference`, above 0, is what the claim asks for.

    The claim says that differences are positive, or with `sign` -1 that they are negative. Raises ValueError for no
    comparison, a `minimum_difference` that is not above 0, or a sign other than 1 and -1.
    """
    if not comparisons or not 0 < minimum_difference < np.inf or sign not in (1, -1):
        raise ValueError(
            f"A verdict needs comparisons, a minimum difference above 0 and a sign of 1 or -1, got {len(comparisons)}, "
            f"{minimum_difference} and {sign}. Fix all three before you look at the results."
        )
    ends = [(sign * found.mean - found.half_width, sign * found.mean + found.half_width) for found in comparisons]
    word = IN_PART
    if all(nearest > minimum_difference for nearest, _ in ends):
        word = HOLDS
    elif all(nearest <= 0 or farthest < minimum_difference for nearest, farthest in ends):
        word = NOT_HERE  # a clear difference, but clearly smaller than what was asked for, is no part of it
    return ClaimJudgement(word, comparisons, sign, minimum_difference)
