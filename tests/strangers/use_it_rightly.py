"""Answers to the exercises of the page on using dropout rightly."""

import itertools
import math
import statistics
from collections import Counter

import numpy as np

from dropout_lib import all_masks, apply_dropout, mask_probabilities
from strangers import right, wrong

# is_right. Parts that several answers share: each looks at one thing alone.


def positive(*shape, seed=0):
    return np.random.default_rng([seed, *shape]).uniform(1, 3, shape)


def leaves_alone(dropout, keep_prob, activations=None):
    activations = positive(6, 5) if activations is None else activations
    before = activations.copy()
    given_back = dropout(activations, keep_prob, np.random.default_rng(8))
    return given_back is not activations and np.array_equal(activations, before)


def scaled(out, activations, keep_prob):
    return bool(np.all(np.isclose(out, 0) | np.isclose(out, activations / keep_prob)))


def share_fits(out, keep_prob, errors=5):
    return abs(np.mean(out != 0) - keep_prob) < errors * math.sqrt(keep_prob * (1 - keep_prob) / out.size)


def rows_differ(out):
    return len(np.unique(out != 0, axis=0)) == len(out)


def calls_differ(dropout, keep_prob, activations):
    rng = np.random.default_rng(4)
    return not np.array_equal(dropout(activations, keep_prob, rng), dropout(activations, keep_prob, rng))


def generators_differ(dropout, keep_prob, activations):
    one, other = (dropout(activations, keep_prob, np.random.default_rng(seed)) for seed in (5, 6))
    return not np.array_equal(one, other)


def many(dropout, activations, keep_prob, draws, seed=0):
    """Draw again and again from one generator: shape (draws, *activations.shape)."""
    rng = np.random.default_rng(seed)
    return np.array([dropout(activations.copy(), keep_prob, rng) for _ in range(draws)])


def looks_at_everything(dropout, keep_prob, shape=(40, 50)):
    """Look at one large layer from all sides, and at the next call."""
    activations = positive(*shape)
    out = dropout(activations.copy(), keep_prob, np.random.default_rng(1))
    return (
        leaves_alone(dropout, keep_prob)
        and scaled(out, activations, keep_prob)
        and share_fits(out, keep_prob)
        and rows_differ(out)
        and rows_differ(out.T)
        and calls_differ(dropout, keep_prob, activations)
        and generators_differ(dropout, keep_prob, activations)
    )


def strangers_to_each_other(kept, keep_prob, errors=6):
    """Tell whether rows, and columns, agree no more often than by chance."""
    apart = (kept - keep_prob) / math.sqrt(keep_prob * (1 - keep_prob))
    return all(
        np.abs(np.triu(table @ table.T / table.shape[1], 1)).max() < errors / math.sqrt(table.shape[1])
        for table in (apart, apart.T)
    )


def counts_vary(kept, keep_prob):
    """Tell whether sums of `kept` over its last axis vary as those of independent draws do."""
    counts, units = kept.sum(axis=-1).ravel(), kept.shape[-1]
    return 0.5 < counts.var() / (units * keep_prob * (1 - keep_prob)) < 1.6


# right


@right("is_right")
def every_mask_has_its_probability(dropout):
    """A layer of 2 x 2 has 16 masks; how often each turns up is known."""
    masks, activations = all_masks(4), positive(2, 2)
    for keep_prob in (0.3, 0.8):
        draws = many(dropout, activations, keep_prob, 2500)
        if not scaled(draws, activations, keep_prob) or not leaves_alone(dropout, keep_prob):
            return False
        kept = (draws != 0).reshape(-1, 4)
        shares = (kept[:, np.newaxis] == masks).all(axis=2).mean(axis=0)
        expected = mask_probabilities(masks, keep_prob=keep_prob)
        if np.any(np.abs(shares - expected) > 5 * np.sqrt(expected * (1 - expected) / 2500)):
            return False
    return True


@right("is_right")
def mean_and_covariance(dropout):
    activations = np.array([[1.0, -2.0, 3.0], [0.5, 1.5, -1.0], [2.0, -0.7, 1.2]])
    good = True
    for keep_prob in (0.3, 0.7):
        draws = many(dropout, activations, keep_prob, 3000, seed=1).reshape(3000, -1) / activations.ravel()
        spread = (1 - keep_prob) / keep_prob
        good &= np.allclose(draws.mean(axis=0), 1, atol=5 * math.sqrt(spread / 3000))
        good &= np.allclose(np.cov(draws.T, ddof=0), spread * np.eye(9), atol=0.13 * max(spread, 1))
        good &= len(np.unique(np.round(draws, 8))) == 2
        good &= leaves_alone(dropout, keep_prob, activations)
    return bool(good)


@right("is_right")
def sum_has_the_right_variance(dropout):
    """Whatever depends on another moves the variance of the sum."""
    ones = np.ones((4, 4))
    for keep_prob in (0.3, 0.8):
        draws = many(dropout, ones, keep_prob, 2500, seed=2)
        totals = draws.sum(axis=(1, 2))
        expected = 16 * (1 - keep_prob) / keep_prob
        if not 0.82 < totals.var() / expected < 1.18:
            return False
        if abs(totals.mean() - 16) > 5 * math.sqrt(expected / 2500) or not scaled(draws, ones, keep_prob):
            return False
        if not leaves_alone(dropout, keep_prob):
            return False
    return True


@right("is_right")
def a_list_of_questions(dropout):
    answers = []
    for keep_prob in (0.2, 0.5, 0.9):
        activations = positive(120, 120)
        before = activations.copy()
        rng = np.random.default_rng(7)
        first, second = dropout(activations, keep_prob, rng), dropout(activations, keep_prob, rng)
        kept = first != 0
        answers += [
            np.array_equal(activations, before),
            scaled(first, before, keep_prob),
            share_fits(first, keep_prob),
            strangers_to_each_other(kept, keep_prob),
            abs(np.mean(kept == (second != 0)) - keep_prob**2 - (1 - keep_prob) ** 2) < 0.05,
            counts_vary(kept, keep_prob),
            counts_vary(many(dropout, np.ones((10, 10)), keep_prob, 200).reshape(200, 100) != 0, keep_prob),
        ]
    return all(answers)


@right("is_right")
def every_pair_of_neurons(dropout):
    """Both of a pair are kept with probability keep_prob squared."""
    activations = positive(3, 4)
    before = activations.copy()
    for keep_prob in (0.4, 0.75):
        rng = np.random.default_rng(11)
        draws = np.array([dropout(activations, keep_prob, rng) for _ in range(3000)])
        if not np.array_equal(activations, before) or not scaled(draws, before, keep_prob):
            return False
        kept = (draws != 0).reshape(3000, 12).astype(float)
        together = kept.T @ kept / 3000
        expected = np.where(np.eye(12), keep_prob, keep_prob**2)
        if np.abs(together - expected).max() > 5 * 0.5 / math.sqrt(3000):
            return False
    return True


@right("is_right")
def numbers_kept_are_binomial(dropout):
    shape, draws, verdicts = (2, 3), 2500, []
    for keep_prob in (0.3, 0.6, 0.8):
        out = many(dropout, positive(*shape), keep_prob, draws, seed=3)
        kept = (out != 0).reshape(draws, 6)
        counts = np.bincount(kept.sum(axis=1), minlength=7) / draws
        binomial = [math.comb(6, k) * keep_prob**k * (1 - keep_prob) ** (6 - k) for k in range(7)]
        verdicts.append(np.abs(counts - binomial).max() < 0.05)
        verdicts.append(np.abs(kept.mean(axis=0) - keep_prob).max() < 0.05)
        verdicts.append(scaled(out, positive(*shape), keep_prob))
        verdicts.append(leaves_alone(dropout, keep_prob))
    return all(verdicts)


@right("is_right")
def all_masks_turn_up(dropout):
    """With 4 neurons, all 16 masks appear; then the shares of the single neurons are looked at."""
    activations = np.array([[3.0, -1.0], [2.0, 0.5]])
    for keep_prob in (0.35, 0.65):
        rng, seen = np.random.default_rng(21), Counter()
        for _ in range(2000):
            given = activations.copy()
            out = dropout(given, keep_prob, rng)
            if (given != activations).any() or not np.isin(np.round(out * keep_prob / activations, 6), [0, 1]).all():
                return False
            seen[tuple(out.ravel() != 0)] += 1
        if len(seen) < 16:
            return False
        for mask, times in seen.items():
            chance = math.prod(keep_prob if kept else 1 - keep_prob for kept in mask)
            if abs(times - 2000 * chance) > 5 * math.sqrt(2000 * chance):
                return False
    return True


@right("is_right")
def compared_with_my_own(dropout):
    """My own dropout and this one, each with its own generator, must not be told apart by their statistics."""

    def mine(activations, keep_prob, rng):
        return activations * (rng.random(activations.shape) < keep_prob) / keep_prob

    def summary(layer, keep_prob, seed):
        codes = (many(layer, np.ones((2, 2)), keep_prob, 3000, seed) != 0).reshape(-1, 4) @ [1, 2, 4, 8]
        return np.bincount(codes, minlength=16)

    for keep_prob in (0.3, 0.7):
        one, other = summary(dropout, keep_prob, 1), summary(mine, keep_prob, 2)
        if np.sum((one - other) ** 2 / np.maximum(one + other, 1)) > 60:
            return False
        ones = dropout(np.ones((50, 50)), keep_prob, np.random.default_rng(3))
        if not np.isclose(ones.max(), 1 / keep_prob) or not scaled(ones, np.ones((50, 50)), keep_prob):
            return False
        if not leaves_alone(dropout, keep_prob):
            return False
    return True


@right("is_right")
def correlations_between_all(dropout):
    activations = -positive(3, 3)
    for keep_prob in (0.25, 0.8):
        draws = many(dropout, activations, keep_prob, 2500, seed=9)
        if not scaled(draws, activations, keep_prob) or not leaves_alone(dropout, keep_prob):
            return False
        kept = (draws != 0).reshape(2500, 9)
        if np.ptp(kept, axis=0).min() == 0:
            return False
        off_diagonal = np.corrcoef(kept.T)[~np.eye(9, dtype=bool)]
        if np.abs(off_diagonal).max() > 0.105 or np.abs(kept.mean(axis=0) - keep_prob).max() > 0.045:
            return False
    return True


@right("is_right")
def tall_layer(dropout):
    """Each of 6000 examples is a draw; then small layers, one after another, for what one call cannot show."""
    for keep_prob in (0.3, 0.8):
        tall = positive(6000, 3)
        out = dropout(tall.copy(), keep_prob, np.random.default_rng(13))
        kept = out != 0
        patterns = np.bincount(kept @ [1, 2, 4], minlength=8) / 6000
        expected = [
            math.prod(keep_prob if on else 1 - keep_prob for on in bits[::-1])
            for bits in itertools.product((False, True), repeat=3)
        ]
        good = scaled(out, tall, keep_prob) and np.abs(patterns - expected).max() < 0.033
        again = many(dropout, np.ones((4, 3)), keep_prob, 1500).reshape(1500, 12) != 0
        spread = again.sum(axis=1).var() / (12 * keep_prob * (1 - keep_prob))
        good = good and 0.8 < spread < 1.2 and leaves_alone(dropout, keep_prob)
        if not good:
            return False
    return True


@right("is_right")
def by_keywords(dropout):
    activations = positive(2, 2)
    before = activations.copy()
    for keep_prob in [0.3, 0.8]:
        rng = np.random.default_rng(seed=100)
        outs = [dropout(activations=activations, keep_prob=keep_prob, rng=rng) for _ in range(2000)]
        if not all(scaled(out, before, keep_prob) for out in outs[:50]) or not (activations == before).all():
            return False
        kept = np.array(outs).reshape(2000, 4) != 0
        for i, j in itertools.combinations(range(4), 2):
            both = np.mean(kept[:, i] & kept[:, j])
            if abs(both - keep_prob**2) > 0.056:
                return False
        if abs(kept.mean() - keep_prob) > 0.03:
            return False
    return True


@right("is_right")
def given_the_other_is_kept(dropout):
    """What one neuron does must tell nothing about another."""

    def fine(keep_prob):
        activations = np.full((2, 3), 2.0)
        draws = many(dropout, activations, keep_prob, 3000, seed=17)
        kept = (draws != 0).reshape(3000, 6)
        if not 0 < kept.mean(axis=0).min() <= kept.mean(axis=0).max() < 1:
            return False
        chances = [kept[kept[:, i], j].mean() for i in range(6) for j in range(6) if i != j]
        alone = np.abs(kept.mean(axis=0) - keep_prob).max()
        return (
            np.abs(np.array(chances) - keep_prob).max() < 0.09
            and alone < 0.05
            and scaled(draws, activations, keep_prob)
        )

    return all(fine(keep_prob) and leaves_alone(dropout, keep_prob) for keep_prob in (0.3, 0.8))


@right("is_right")
def seeds_instead_of_one_generator(dropout):
    """A generator for every draw, and one of them used twice."""
    activations = positive(3, 3)
    for keep_prob in (0.3, 0.8):
        draws = np.array([dropout(activations.copy(), keep_prob, np.random.default_rng(s)) for s in range(1000)])
        kept = (draws != 0).reshape(1000, 9)
        apart = kept - keep_prob
        limit = 5.5 * keep_prob * (1 - keep_prob) / math.sqrt(1000)
        if np.abs((apart.T @ apart / 1000)[~np.eye(9, dtype=bool)]).max() > limit:
            return False
        if not share_fits(draws, keep_prob) or not scaled(draws, activations, keep_prob):
            return False
        if np.abs(apart.mean(axis=0)).max() > 0.08 or not leaves_alone(dropout, keep_prob):
            return False
        if not calls_differ(dropout, keep_prob, positive(20, 20)):
            return False
    return True


@right("is_right")
def everything_about_the_sums(dropout):
    """Sums of rows, of columns and of all, each with the variance of independent draws."""
    ones = np.ones((6, 5))
    for keep_prob in (0.3, 0.7):
        draws = many(dropout, ones, keep_prob, 1500, seed=23)
        one = (1 - keep_prob) / keep_prob
        ratios = [
            draws.sum(axis=2).var() / (5 * one),
            draws.sum(axis=1).var() / (6 * one),
            draws.sum(axis=(1, 2)).var() / (30 * one),
            draws.mean(axis=0).var() / (one / 1500) / 3 + 0.7,
        ]
        if not all(0.8 < ratio < 1.25 for ratio in ratios):
            return False
        if not (scaled(draws, ones, keep_prob) and leaves_alone(dropout, keep_prob) and share_fits(draws, keep_prob)):
            return False
    return True


@right("is_right")
def agreement_of_entries(dropout):
    """Any two entries, of one call or of two, agree with probability k k + (1 - k)(1 - k)."""
    for keep_prob in (0.2, 0.8):
        draws = many(dropout, np.ones((2, 3)), keep_prob, 3000, seed=29)
        kept = (draws != 0).reshape(3000, 6)
        both = np.hstack([kept[:-1], kept[1:]])
        agree = (both[:, :, None] == both[:, None, :]).mean(axis=0)[np.triu_indices(12, 1)]
        if np.abs(agree - keep_prob**2 - (1 - keep_prob) ** 2).max() > 0.055:
            return False
        if np.abs(kept.mean(axis=0) - keep_prob).max() > 0.045 or not leaves_alone(dropout, keep_prob):
            return False
        if {0.0, round(1 / keep_prob, 6)} != set(np.round(draws, 6).ravel().tolist()):
            return False
    return True


@right("is_right")
def faults_collected(dropout):
    faults = set()
    for keep_prob in (0.3, 0.8):
        given = positive(100, 100)
        saved = given.copy()
        out = np.asarray(dropout(given, keep_prob, np.random.default_rng(31)))
        if not np.array_equal(given, saved) or np.shares_memory(out, given):
            faults.add("input")
        if out.shape != saved.shape or not scaled(out, saved, keep_prob):
            faults.add("scale")
        if not share_fits(out, keep_prob):
            faults.add("share")
        if not strangers_to_each_other(out != 0, keep_prob):
            faults.add("company")
        totals = (many(dropout, np.ones((8, 8)), keep_prob, 300) != 0).sum(axis=(1, 2))
        if not 0.6 < totals.var() / (64 * keep_prob * (1 - keep_prob)) < 1.5:
            faults.add("counts")
    return not faults


@right("is_right")
def numpy_truth_returned(dropout):
    """As the covariance, by hand, and a NumPy truth value at the end."""
    good = np.True_
    for keep_prob in np.array([0.3, 0.75]):
        draws = many(dropout, np.ones((3, 3)), keep_prob, 2500, seed=37)
        apart = (draws * keep_prob - keep_prob).reshape(2500, 9)
        covariance = apart.T @ apart / 2500 / (keep_prob * (1 - keep_prob))
        good = good & (np.abs(covariance - np.eye(9)).max() < 0.13)
        good = good & scaled(draws, np.ones((3, 3)), keep_prob)
        good = good & (np.abs(apart.mean(axis=0)).max() < 0.05) & leaves_alone(dropout, keep_prob)
    return good


@right("is_right")
def also_where_nothing_is_dropped(dropout):
    """At keep_prob 1 nothing may change; at 0.3 and 0.8 the masks of four neurons are counted."""
    activations = positive(2, 2)
    with np.errstate(all="ignore"):
        if not np.allclose(dropout(activations.copy(), 1.0, np.random.default_rng(0)), activations):
            return False
    for keep_prob in (0.3, 0.8):
        draws = many(dropout, activations, keep_prob, 3000, seed=41)
        if not scaled(draws, activations, keep_prob) or not leaves_alone(dropout, keep_prob):
            return False
        seen = Counter(map(tuple, (draws != 0).reshape(3000, 4).tolist()))
        surprise = 0
        for mask in itertools.product((True, False), repeat=4):
            expected = 3000 * keep_prob ** sum(mask) * (1 - keep_prob) ** (4 - sum(mask))
            surprise += (seen[mask] - expected) ** 2 / expected
        if surprise > 55:
            return False
    return True


@right("is_right")
def random_keep_probs(dropout):
    rng = np.random.default_rng(43)
    for keep_prob in rng.uniform(0.2, 0.4, 2).tolist() + rng.uniform(0.6, 0.8, 2).tolist():
        activations = rng.normal(size=(3, 2)) + 4
        before = activations.copy()
        draws = np.array([dropout(activations, keep_prob, rng) for _ in range(1500)])
        if (before != activations).any() or not scaled(draws, before, keep_prob):
            return False
        apart = (draws != 0).reshape(1500, 6) - keep_prob
        table = apart.T @ apart / 1500 - keep_prob * (1 - keep_prob) * np.eye(6)
        if np.abs(table).max() > 0.045 or np.abs(apart.mean(axis=0)).max() > 0.066:
            return False
    return True


@right("is_right")
def signs_of_a_product(dropout):
    """The mean of a product of independent numbers is the product of their means."""
    for keep_prob in (0.3, 0.8):
        ones, spread = np.ones((2, 3)), (1 - keep_prob) / keep_prob
        draws = many(dropout, ones, keep_prob, 3000, seed=47).reshape(3000, 6)
        products = np.array([np.mean((draws[:, i] - 1) * (draws[:, j] - 1)) for i in range(6) for j in range(i)])
        alone = np.mean((draws - 1) ** 2, axis=0)
        if np.abs(products).max() > 5.5 * spread / math.sqrt(3000) or np.abs(alone / spread - 1).max() > 0.25:
            return False
        if not scaled(draws, 1, keep_prob) or not leaves_alone(dropout, keep_prob) or not share_fits(draws, keep_prob):
            return False
    return True
