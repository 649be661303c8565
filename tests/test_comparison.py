"""Intervals over seeds and paired comparisons, against the density itself, a direct computation, and a simulation."""

import statistics

import numpy as np
import pytest

from dropout_lib import VERDICTS, Comparison, compare, interval, judge_claim
from dropout_lib.comparison import T_QUANTILES


def below(quantile, freedom):
    """Integrate Student's density up to a quantile above 0: over angles, t = sqrt(freedom) tan, a cosine's power."""
    angles = np.linspace(0, np.pi / 2, 20_001)
    part = np.linspace(0, np.arctan(quantile / np.sqrt(freedom)), 20_001)
    whole = np.trapezoid(np.cos(angles) ** (freedom - 1), angles)
    return 0.5 + np.trapezoid(np.cos(part) ** (freedom - 1), part) / whole / 2


@pytest.mark.parametrize("freedom", range(1, 30))
def test_each_quantile_is_that_of_the_density_to_four_decimals(freedom):
    quantile = T_QUANTILES[freedom - 1]
    assert below(quantile - 5.1e-5, freedom) < 0.975 < below(quantile + 5.1e-5, freedom)


def test_there_are_quantiles_for_two_to_thirty_seeds():
    assert len(T_QUANTILES) == 29


@pytest.mark.parametrize(("seeds", "quantile"), [(2, 12.7062), (5, 2.7764), (10, 2.2622), (20, 2.0930), (30, 2.0452)])
def test_an_interval_is_the_direct_computation(seeds, quantile):
    values = np.random.default_rng(seeds).normal(3, 2, seeds)
    mean, half_width = interval(values)
    assert mean == pytest.approx(statistics.mean(values), rel=1e-12)
    assert half_width == pytest.approx(quantile * statistics.stdev(values) / seeds**0.5, rel=1e-12)


def test_an_interval_is_taken_over_the_first_axis():
    values = np.random.default_rng(0).normal(size=(6, 3, 2))
    means, half_widths = interval(values)
    assert means.shape == half_widths.shape == (3, 2)
    for place in np.ndindex(3, 2):
        np.testing.assert_allclose((means[place], half_widths[place]), interval(values[(slice(None), *place)]))


@pytest.mark.parametrize("seeds", [3, 10, 30])
def test_nineteen_of_twenty_intervals_hold_the_truth(seeds):
    means, half_widths = interval(np.random.default_rng(7).normal(1.5, 4, (seeds, 20_000)))
    # 20,000 intervals hold the truth 95 % of the time within 0.6 points, four standard errors.
    assert np.mean(np.abs(means - 1.5) <= half_widths) == pytest.approx(0.95, abs=0.006)


def test_a_comparison_is_the_interval_of_the_differences_and_counts_those_that_agree():
    one, other = np.array([91.0, 92.5, 90.0, 88.0]), np.array([90.0, 90.0, 90.5, 85.0])
    found = compare(one, other)
    differences = [1.0, 2.5, -0.5, 3.0]
    assert (found.mean, found.same_sign, found.seeds) == (1.5, 3, 4)
    assert found.half_width == pytest.approx(3.1824 * statistics.stdev(differences) / 2, rel=1e-12)
    assert str(found) == "+1.5 ± 2.5 (3 of 4 seeds)"


def test_a_loss_is_negative_and_a_tie_agrees_with_no_sign():
    worse = compare([1, 2, 3], [2, 2, 5])
    assert (worse.mean, worse.same_sign, str(worse)) == (-1.0, 2, "-1.0 ± 2.5 (2 of 3 seeds)")
    assert str(compare([1.0, 2.0], [1.0, 2.0])) == "+0.0 ± 0.0 (no difference in any seed)"


def test_pairing_narrows_the_interval_where_seeds_differ_more_than_arms():
    rng = np.random.default_rng(0)
    seeds, noise = rng.normal(90, 5, 10), rng.normal(0, 0.3, 10)
    assert compare(seeds + 1 + noise, seeds).half_width < 0.1 * interval(seeds)[1]


@pytest.mark.parametrize(("values", "seeds"), [([], 0), ([1.0], 1), (3.0, 1), (np.zeros(31), 31)])
def test_too_few_or_too_many_seeds_are_refused(values, seeds):
    with pytest.raises(ValueError, match=f"An interval needs 2 to 30 seeds, got {seeds}. Train that many."):
        interval(values)


@pytest.mark.parametrize("strange", [np.nan, np.inf])
def test_results_that_are_not_finite_are_refused(strange):
    with pytest.raises(ValueError, match="An interval needs finite results, got NaN or infinity."):
        interval([1.0, strange, 2.0])
    with pytest.raises(ValueError, match="finite"):
        compare([1.0, strange, 2.0], [1.0, 1.0, 1.0])


@pytest.mark.parametrize(
    ("one", "other"), [([1, 2, 3], [1, 2]), ([1, 2], 1), (3, 3), ([[1, 2], [3, 4]], [[1, 2], [3, 4]])]
)
def test_a_comparison_without_pairs_is_refused(one, other):
    with pytest.raises(ValueError, match=r"A paired comparison needs the same seeds in both, got shapes \("):
        compare(one, other)


def found(mean, half_width):
    return Comparison(mean, half_width, 10, 10)


CLEAR, SMALL, UNSURE, AGAINST = found(9.0, 2.0), found(3.0, 1.0), found(3.0, 3.0), found(-9.0, 2.0)


@pytest.mark.parametrize(
    ("comparisons", "word"),
    [
        ([CLEAR], "holds"),
        ([CLEAR, found(5.1, 0.05)], "holds"),
        ([found(7.0, 2.0)], "holds in part"),  # its end lies on what was asked for, not beyond
        ([found(5.0, 1.0)], "holds in part"),
        ([found(3.0, 2.0)], "holds in part"),  # its far end is just what was asked for: that may be so
        ([SMALL, found(4.5, 1.0)], "holds in part"),
        ([CLEAR, SMALL], "holds in part"),
        ([CLEAR, UNSURE], "holds in part"),
        ([CLEAR, AGAINST], "holds in part"),
        ([SMALL], "does not hold here"),  # sure, and surely less than was asked for
        ([UNSURE], "does not hold here"),  # its end lies on 0
        ([found(30.0, 31.0)], "does not hold here"),
        ([AGAINST, UNSURE], "does not hold here"),
    ],
)
def test_a_verdict_follows_from_the_intervals_and_the_minimum_difference(comparisons, word):
    assert judge_claim(*comparisons, minimum_difference=5).word == word
    turned = [found(-one.mean, one.half_width) for one in comparisons]
    assert judge_claim(*turned, minimum_difference=5, sign=-1).word == word
    assert word in VERDICTS


def test_a_verdict_says_what_it_follows_from():
    words = str(judge_claim(SMALL, CLEAR, minimum_difference=5))  # the two do not agree
    assert words == "holds in part: +3.0 ± 1.0 (10 of 10 seeds); +9.0 ± 2.0 (10 of 10 seeds); asked: +5 or more"
    assert (
        str(judge_claim(AGAINST, minimum_difference=0.5, sign=-1))
        == "holds: -9.0 ± 2.0 (10 of 10 seeds); asked: -0.5 or less"
    )


@pytest.mark.parametrize(
    ("count", "options"),
    [(0, {"minimum_difference": 5}), (1, {"minimum_difference": 0}), (1, {"minimum_difference": 5, "sign": 0})],
)
def test_a_verdict_without_a_comparison_a_difference_or_a_sign_is_refused(count, options):
    with pytest.raises(ValueError, match=f"A verdict needs comparisons, .* got {count}, .* Fix all three"):
        judge_claim(*[CLEAR] * count, **options)
