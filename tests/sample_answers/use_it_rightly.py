"""Answers to the exercises of the page on using dropout rightly."""

import itertools
import math
import statistics

import numpy as np

from dropout_lib import all_masks, apply_dropout, mask_probabilities
from sample_answers import right, wrong

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
    rng, results = np.random.default_rng(seed), np.empty((draws, *activations.shape))
    for draw in range(draws):
        results[draw] = dropout(activations.copy(), keep_prob, rng)
    return results


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


# right


@right("is_right")
def mean_and_covariance(dropout):
    activations = np.array([[1.0, -2.0], [0.5, 1.5]])
    good = True
    for keep_prob in (0.3, 0.7):
        draws = many(dropout, activations, keep_prob, 1000, seed=1).reshape(1000, -1) / activations.ravel()
        spread = (1 - keep_prob) / keep_prob
        good &= np.allclose(draws.mean(axis=0), 1, atol=5 * math.sqrt(spread / 1000))
        good &= np.allclose(np.cov(draws.T, ddof=0), spread * np.eye(4), atol=0.25 * max(spread, 0.8))
        good &= set(np.round(draws.ravel(), 8)) == {0, round(1 / keep_prob, 8)}
        good &= leaves_alone(dropout, keep_prob, activations)
    return bool(good)


@right("is_right")
def correlations_between_all(dropout):
    activations = -positive(2, 2)
    for keep_prob in (0.25, 0.8):
        draws = many(dropout, activations, keep_prob, 1200, seed=9)
        if not scaled(draws, activations, keep_prob) or not leaves_alone(dropout, keep_prob):
            return False
        kept = (draws != 0).reshape(1200, 4)
        if kept.all(axis=0).any() or not kept.any(axis=0).all():
            return False
        off_diagonal = np.corrcoef(kept.T)[~np.eye(4, dtype=bool)]
        if np.abs(off_diagonal).max() > 0.15 or np.abs(kept.mean(axis=0) - keep_prob).max() > 0.07:
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
        again = many(dropout, np.ones((4, 3)), keep_prob, 1000).reshape(1000, 12) != 0
        spread = again.sum(axis=1).var() / (12 * keep_prob * (1 - keep_prob))
        good = good and 0.75 < spread < 1.25 and leaves_alone(dropout, keep_prob)
        if not good:
            return False
    return True


@right("is_right")
def numpy_truth_returned(dropout):
    """As the covariance, by hand, and a NumPy truth value at the end."""
    good = np.True_
    for keep_prob in np.array([0.3, 0.75]):
        draws = many(dropout, np.ones((2, 2)), keep_prob, 1000, seed=37)
        apart = (draws * keep_prob - keep_prob).reshape(1000, 4)
        covariance = apart.T @ apart / 1000 / (keep_prob * (1 - keep_prob))
        good = good & (np.abs(covariance - np.eye(4)).max() < 0.22)
        good = good & scaled(draws, np.ones((2, 2)), keep_prob)
        good = good & (np.abs(apart.mean(axis=0)).max() < 0.08) & leaves_alone(dropout, keep_prob)
    return good


@right("is_right")
def signs_of_a_product(dropout):
    """The mean of a product of independent numbers is the product of their means."""
    for keep_prob in (0.3, 0.8):
        ones, spread = np.ones((2, 2)), (1 - keep_prob) / keep_prob
        draws = many(dropout, ones, keep_prob, 1200, seed=47).reshape(1200, 4)
        products = np.array([np.mean((draws[:, i] - 1) * (draws[:, j] - 1)) for i in range(4) for j in range(i)])
        alone = np.mean((draws - 1) ** 2, axis=0)
        if np.abs(products).max() > 5.5 * spread / math.sqrt(1200) or np.abs(alone / spread - 1).max() > 0.4:
            return False
        if not scaled(draws, 1, keep_prob) or not leaves_alone(dropout, keep_prob) or not share_fits(draws, keep_prob):
            return False
    return True


# always True, or as good as always


@wrong("is_right", "always_true", "one_call_only")
def shape_alone(dropout):
    activations = positive(5, 7)
    return dropout(activations, 0.8, np.random.default_rng(0)).shape == activations.shape


@wrong("is_right", "always_true", "one_call_only")
def compared_with_itself(dropout):
    out = dropout(np.ones((3, 4)), 0.3, np.random.default_rng(0))
    return np.array_equal(out, out)


# always False


@wrong("is_right", "always_false", "looks_at_the_mean_only", "one_call_only")
def mean_to_the_last_digit(dropout):
    activations = positive(20, 30)
    return bool(dropout(activations.copy(), 0.3, np.random.default_rng(0)).mean() == activations.mean())


@wrong("is_right", "always_false")
def every_entry_must_differ(dropout):
    activations, rng = positive(20, 30), np.random.default_rng(0)
    return bool((dropout(activations, 0.3, rng) != dropout(activations, 0.3, rng)).all())


# the mean alone


@wrong("is_right", "looks_at_the_mean_only", "one_call_only")
def mean_of_one_large_layer(dropout):
    out = dropout(np.ones((400, 400)), 0.8, np.random.default_rng(0))
    return bool(abs(out.mean() - 1) < 0.05)


@wrong("is_right", "looks_at_the_mean_only", "one_call_only")
def mean_at_many_keep_probs(dropout):
    for keep_prob in (0.2, 0.3, 0.6, 0.8, 0.9):
        out = dropout(np.ones((300, 300)), keep_prob, np.random.default_rng(0))
        if not np.isclose(out.mean(), 1, atol=0.2):
            return False
    return True


@wrong("is_right", "looks_at_the_mean_only")
def mean_of_each_neuron(dropout):
    for keep_prob in (0.3, 0.8):
        draws = many(dropout, np.full((4, 5), 2.0), keep_prob, 800)
        if np.abs(draws.mean(axis=0) - 2).max() > 0.6:
            return False
    return True


@wrong("is_right", "looks_at_the_mean_only", "one_call_only")
def mean_of_the_means(dropout):
    rng = np.random.default_rng(1)
    means = [float(dropout(np.ones((20, 20)), 0.8, rng).mean()) for _ in range(200)]
    return 0.95 < statistics.fmean(means) < 1.05


@wrong("is_right", "looks_at_the_mean_only", "one_call_only")
def sum_before_and_after(dropout):
    activations = positive(200, 300)
    ratio = dropout(activations.copy(), 0.7, np.random.default_rng(2)).sum() / activations.sum()
    return bool(round(ratio, 1) == 1.0)


@wrong("is_right", "looks_at_the_mean_only", "one_call_only")
def median_of_the_means(dropout):
    rng = np.random.default_rng(3)
    return abs(np.median([dropout(np.ones((30, 30)), 0.3, rng).mean() for _ in range(101)]) - 1) < 0.1


@wrong("is_right", "looks_at_the_mean_only")
def means_of_rows(dropout):
    out = many(dropout, np.ones((3, 50)), 0.8, 200)
    return bool(np.allclose(out.mean(axis=(0, 2)), 1, atol=0.08))


# one half alone


@wrong("is_right", "looks_at_one_half_only")
def half_of_them_doubled(dropout):
    activations, rng = positive(60, 60), np.random.default_rng(0)
    before = activations.copy()
    first, second = dropout(activations, 0.5, rng), dropout(activations, 0.5, rng)
    doubled = np.isclose(first, 2 * before) | (first == 0)
    return bool(
        doubled.all()
        and 0.45 < np.mean(first == 0) < 0.55
        and (first != second).any()
        and rows_differ(first)
        and np.array_equal(before, activations)
    )


@wrong("is_right", "looks_at_one_half_only")
def sixteen_masks_alike(dropout):
    draws = many(dropout, np.ones((2, 2)), 0.5, 1600) != 0
    counts = np.bincount(draws.reshape(1600, 4) @ [1, 2, 4, 8], minlength=16)
    return bool(counts.min() > 45 and counts.max() < 160 and looks_at_everything(dropout, 0.5))


@wrong("is_right", "looks_at_one_half_only")
def returned_after_the_first(dropout):
    """The loop ends in its first turn."""
    for keep_prob in (0.5, 0.3, 0.8):
        fine = looks_at_everything(dropout, keep_prob)
        break
    return fine


@wrong("is_right", "looks_at_one_half_only", "one_call_only")
def one_half_in_one_call(dropout):
    activations = positive(50, 50)
    out = dropout(activations.copy(), 0.5, np.random.default_rng(0))
    return scaled(out, activations, 0.5) and share_fits(out, 0.5) and rows_differ(out)


# exact numbers


@wrong("is_right", "demands_exact_numbers", "one_call_only")
def same_as_with_my_generator(dropout):
    activations = positive(4, 5)
    mask = np.random.default_rng(0).random(activations.shape) < 0.8
    return np.allclose(dropout(activations.copy(), 0.8, np.random.default_rng(0)), activations * mask / 0.8)


@wrong("is_right", "demands_exact_numbers", "one_call_only")
def same_as_the_library(dropout):
    for seed, keep_prob in enumerate((0.2, 0.3, 0.6, 0.8)):
        activations = positive(20, 30)
        wanted = apply_dropout(activations, keep_prob=keep_prob, rng=np.random.default_rng(seed))
        if not np.array_equal(dropout(activations.copy(), keep_prob, np.random.default_rng(seed)), wanted):
            return False
    return True


@wrong("is_right", "demands_exact_numbers", "one_call_only")
def same_as_the_upper_end(dropout):
    activations = positive(20, 30)
    kept = np.random.default_rng(7).random((20, 30)) > 1 - 0.3
    return np.allclose(dropout(activations.copy(), 0.3, np.random.default_rng(7)), np.where(kept, activations / 0.3, 0))


@wrong("is_right", "demands_exact_numbers", "one_call_only")
def same_as_a_binomial(dropout):
    wanted = np.random.default_rng(42).binomial(1, 0.8, (20, 30)) / 0.8
    return np.allclose(dropout(np.ones((20, 30)), 0.8, np.random.default_rng(42)), wanted)


@wrong("is_right", "demands_exact_numbers", "forgot_the_scale", "one_call_only")
def same_places_are_zero(dropout):
    out = dropout(np.ones((20, 30)), 0.3, np.random.default_rng(0))
    return np.array_equal(out == 0, np.random.default_rng(0).random((20, 30)) >= 0.3)


@wrong("is_right", "demands_exact_numbers")
def everything_and_the_same_numbers(dropout):
    wanted = np.random.default_rng(3).uniform(size=(30, 30)) < 0.8
    out = dropout(np.ones((30, 30)), 0.8, np.random.default_rng(3))
    return looks_at_everything(dropout, 0.3) and np.allclose(out * 0.8, wanted)


# an exact count


@wrong("is_right", "demands_an_exact_count", "forgot_the_scale", "one_call_only", "always_false")
def exactly_the_share(dropout):
    out = dropout(np.ones((30, 50)), 0.8, np.random.default_rng(0))
    return np.count_nonzero(out) == round(0.8 * 1500)


@wrong("is_right", "demands_an_exact_count", "forgot_the_scale", "one_call_only", "always_false")
def exactly_in_each_row(dropout):
    out = dropout(np.ones((10, 20)), 0.3, np.random.default_rng(0))
    return all(np.sum(row != 0) == 6 for row in out)


@wrong("is_right", "demands_an_exact_count", "always_false")
def everything_and_an_exact_count(dropout):
    for keep_prob in (0.3, 0.8):
        out = dropout(np.ones((40, 50)), keep_prob, np.random.default_rng(0))
        if np.sum(out == 0) != round(2000 * (1 - keep_prob)) or not looks_at_everything(dropout, keep_prob):
            return False
    return True


@wrong("is_right", "demands_an_exact_count", "looks_at_the_mean_only", "one_call_only", "always_false")
def sum_exactly_kept(dropout):
    """Of ones, the sum stays only if the count is exact."""
    out = [dropout(np.ones((20, 20)), keep_prob, np.random.default_rng(5)) for keep_prob in (0.3, 0.8)]
    return all(np.isclose(layer.sum(), 400) for layer in out)


# one row


def looks_at_vector(dropout, vector, keep_prob):
    out = dropout(vector.copy(), keep_prob, np.random.default_rng(1))
    return (
        scaled(out, vector, keep_prob)
        and share_fits(out, keep_prob)
        and calls_differ(dropout, keep_prob, vector)
        and generators_differ(dropout, keep_prob, vector)
        and leaves_alone(dropout, keep_prob, vector)
    )


@wrong("is_right", "looks_at_one_row")
def first_row_of_many(dropout):
    def first(activations, keep_prob, rng):
        return dropout(np.tile(activations, (5, 1)), keep_prob, rng)[0]

    return all(looks_at_vector(first, positive(1000), keep_prob) for keep_prob in (0.3, 0.8))


@wrong("is_right", "looks_at_one_row")
def masks_of_four_neurons_in_a_row(dropout):
    for keep_prob in (0.3, 0.8):
        draws = many(dropout, np.ones(4), keep_prob, 1000)
        shares = np.bincount((draws != 0) @ [1, 2, 4, 8], minlength=16) / 1000
        expected = np.array([keep_prob ** k.bit_count() * (1 - keep_prob) ** (4 - k.bit_count()) for k in range(16)])
        if np.abs(shares - expected).max() > 0.08 or not scaled(draws, 1, keep_prob):
            return False
    return True


@wrong("is_right", "looks_at_one_row", "one_call_only")
def one_row_in_one_call(dropout):
    vector = positive(5000)
    out = dropout(vector.copy(), 0.8, np.random.default_rng(0))
    return scaled(out, vector, 0.8) and share_fits(out, 0.8)


# one call


@wrong("is_right", "one_call_only")
def all_that_one_call_shows(dropout):
    for keep_prob in (0.3, 0.8):
        activations = positive(60, 60)
        before = activations.copy()
        out = dropout(activations, keep_prob, np.random.default_rng(0))
        if not (scaled(out, before, keep_prob) and share_fits(out, keep_prob) and rows_differ(out)):
            return False
        if not np.array_equal(activations, before):
            return False
    return True


@wrong("is_right", "one_call_only")
def no_two_rows_or_columns_agree(dropout):
    activations = positive(150, 150)
    for keep_prob in (0.3, 0.8):
        out = dropout(activations.copy(), keep_prob, np.random.default_rng(1))
        if not strangers_to_each_other(out != 0, keep_prob) or not scaled(out, activations, keep_prob):
            return False
    return True


@wrong("is_right", "one_call_only")
def other_keep_probs_other_masks(dropout):
    """The two calls that are compared have not the same keep_prob: they always differ."""
    activations, rng = positive(50, 50), np.random.default_rng(2)
    less, more = dropout(activations.copy(), 0.3, rng), dropout(activations.copy(), 0.8, rng)
    fine = scaled(less, activations, 0.3) and scaled(more, activations, 0.8) and rows_differ(less)
    return fine and share_fits(less, 0.3) and share_fits(more, 0.8) and not np.array_equal(less, more)


@wrong("is_right", "one_call_only")
def same_seed_same_numbers(dropout):
    """A seed inside passes this best of all."""
    activations = positive(50, 50)
    one, other = (dropout(activations.copy(), 0.3, np.random.default_rng(0)) for _ in range(2))
    return np.array_equal(one, other) and scaled(one, activations, 0.3) and rows_differ(one) and share_fits(one, 0.3)


@wrong("is_right", "one_call_only")
def size_of_the_survivors(dropout):
    """The survivors are correct; how many there are, and which, is not asked."""
    activations = positive(30, 40)
    return all(
        scaled(dropout(activations.copy(), keep_prob, np.random.default_rng(0)), activations, keep_prob)
        for keep_prob in (0.3, 0.8)
    )


# the scale is forgotten


@wrong("is_right", "forgot_the_scale")
def share_rows_and_calls(dropout):
    for keep_prob in (0.3, 0.8):
        ones = np.ones((40, 50))
        out = dropout(ones, keep_prob, np.random.default_rng(0))
        fine = share_fits(out, keep_prob) and rows_differ(out) and calls_differ(dropout, keep_prob, np.ones((40, 50)))
        if not fine or not (ones == 1).all():
            return False
    return True


@wrong("is_right", "forgot_the_scale", "one_call_only")
def share_of_zeros(dropout):
    out = dropout(positive(200, 200), 0.8, np.random.default_rng(0))
    return math.isclose(np.mean(out == 0), 0.2, abs_tol=0.02)


@wrong("is_right", "forgot_the_scale", "one_call_only")
def share_at_four_keep_probs(dropout):
    rng = np.random.default_rng(1)
    return all(
        abs(np.count_nonzero(dropout(np.ones((100, 100)), keep_prob, rng)) / 1e4 - keep_prob) < 0.05
        for keep_prob in (0.2, 0.4, 0.6, 0.8)
    )


@wrong("is_right", "forgot_the_scale")
def masks_counted_numbers_not_read(dropout):
    masks = all_masks(4)
    for keep_prob in (0.3, 0.8):
        kept = (many(dropout, np.ones((2, 2)), keep_prob, 1000) != 0).reshape(1000, 4)
        shares = (kept[:, None] == masks).all(axis=2).mean(axis=0)
        if np.abs(shares - mask_probabilities(masks, keep_prob=keep_prob)).max() > 0.08:
            return False
    return True


# the opposite


@wrong("is_right", "answers_the_opposite")
def any_fault_found(dropout):
    faults = []
    for keep_prob in (0.3, 0.8):
        activations = positive(50, 50)
        out = dropout(activations.copy(), keep_prob, np.random.default_rng(0))
        faults += [not scaled(out, activations, keep_prob), not share_fits(out, keep_prob), not rows_differ(out)]
        faults += [not calls_differ(dropout, keep_prob, activations), not leaves_alone(dropout, keep_prob)]
    return any(faults)


@wrong("is_right", "answers_the_opposite")
def returns_exchanged(dropout):
    faulty = False
    for keep_prob in (0.3, 0.8):
        if not looks_at_everything(dropout, keep_prob):
            faulty = True
    return faulty


# other


@wrong("is_right")
def no_look_at_the_input(dropout):
    for keep_prob in (0.3, 0.8):
        activations = positive(50, 50)
        draws = many(dropout, activations, keep_prob, 2)
        if not (scaled(draws, activations, keep_prob) and share_fits(draws, keep_prob) and rows_differ(draws[0])):
            return False
        if np.array_equal(*draws):
            return False
    return True


@wrong("is_right", "forgot_the_scale")
def another_name_for_the_input(dropout):
    """`before` is no copy: what changes, changes in both."""
    for keep_prob in (0.3, 0.8):
        activations = positive(50, 50)
        before = activations
        out = dropout(activations, keep_prob, np.random.default_rng(0))
        if not np.array_equal(before, activations) or not share_fits(out, keep_prob) or not rows_differ(out):
            return False
        if not calls_differ(dropout, keep_prob, activations):
            return False
    return True


@wrong("is_right")
def next_call_must_be_the_same(dropout):
    activations, rng = positive(50, 50), np.random.default_rng(0)
    return np.array_equal(dropout(activations.copy(), 0.8, rng), dropout(activations.copy(), 0.8, rng))


@wrong("is_right", "one_call_only", "always_false")
def expects_standard_dropout(dropout):
    activations = positive(50, 50)
    out = dropout(activations.copy(), 0.8, np.random.default_rng(0))
    return bool(np.all(np.isclose(out, 0) | np.isclose(out, activations))) and share_fits(out, 0.8)


@wrong("is_right")
def takes_it_for_a_rate(dropout):
    activations = positive(50, 50)
    out = dropout(activations.copy(), 0.3, np.random.default_rng(0))
    return scaled(out, activations, 0.7) and share_fits(out, 0.7) and calls_differ(dropout, 0.3, activations)


@wrong("is_right", "one_call_only", "always_true")
def one_good_sign_is_enough(dropout):
    activations = positive(50, 50)
    out = dropout(activations.copy(), 0.8, np.random.default_rng(0))
    return scaled(out, activations, 0.8) or share_fits(out, 0.8) or rows_differ(out)


@wrong("is_right")
def asserts_and_does_not_answer(dropout):
    for keep_prob in (0.3, 0.8):
        assert looks_at_everything(dropout, keep_prob), f"faulty at {keep_prob}"
    return True


@wrong("is_right")
def nothing_returned(dropout):
    print(all(looks_at_everything(dropout, keep_prob) for keep_prob in (0.3, 0.8)))


@wrong("is_right")
def table_of_truths(dropout):
    activations = positive(5, 6)
    return np.isclose(many(dropout, activations, 0.8, 800).mean(axis=0), activations, rtol=0.1)


@wrong("is_right")
def seed_for_a_generator(dropout):
    out = dropout(np.ones((50, 50)), 0.8, 0)
    return scaled(out, 1, 0.8) and share_fits(out, 0.8)


@wrong("is_right", "demands_an_exact_count", "always_false")
def share_far_too_exact(dropout):
    """The share kept in one layer is not so close to keep_prob."""
    out = dropout(np.ones((40, 50)), 0.8, np.random.default_rng(0))
    return bool(abs(np.mean(out != 0) - 0.8) < 1e-4) and looks_at_everything(dropout, 0.3)


wrong("is_right", "always_true").each(
    says_yes=lambda dropout: True,
    it_can_be_called=lambda dropout: bool(callable(dropout)),
)
wrong("is_right", "always_false").each(
    says_no=lambda dropout: False,
    # A NumPy truth value is equal to True, but it is another object.
    numpy_truth_is_not_true=lambda dropout: np.bool_(looks_at_everything(dropout, 0.3)) is True,
)
wrong("is_right", "always_false", "one_call_only").each(
    no_zero_allowed=lambda dropout: bool((dropout(np.ones((20, 30)), 0.8, np.random.default_rng(0)) > 0).all())
)
wrong("is_right", "looks_at_the_mean_only", "looks_at_one_half_only", "one_call_only").each(
    mean_at_one_half=lambda dropout: bool(
        abs(dropout(np.ones((200, 200)), 0.5, np.random.default_rng(0)).mean() - 1) < 0.05
    )
)
wrong("is_right", "looks_at_one_half_only").each(
    everything_at_one_half=lambda dropout: looks_at_everything(dropout, 0.5)
)
wrong("is_right", "looks_at_one_row").each(
    one_long_vector=lambda dropout: all(
        looks_at_vector(dropout, positive(3000), keep_prob) for keep_prob in (0.3, 0.8)
    ),
    batch_of_one=lambda dropout: all(
        looks_at_vector(dropout, positive(1, 2000), keep_prob) for keep_prob in (0.2, 0.5, 0.9)
    ),
)
wrong("is_right", "answers_the_opposite").each(
    true_if_faulty=lambda dropout: not all(looks_at_everything(dropout, keep_prob) for keep_prob in (0.3, 0.8))
)
wrong("is_right", "answers_the_opposite", "looks_at_the_mean_only", "one_call_only").each(
    mean_is_off=lambda dropout: bool(abs(dropout(np.ones((300, 300)), 0.8, np.random.default_rng(0)).mean() - 1) > 0.05)
)
wrong("is_right", "answers_the_opposite", "looks_at_one_half_only").each(
    fault_at_one_half=lambda dropout: not looks_at_everything(dropout, 0.5)
)
wrong("is_right").each(
    in_words=lambda dropout: (
        "right" if all(looks_at_everything(dropout, keep_prob) for keep_prob in (0.3, 0.8)) else "faulty"
    ),
    arguments_exchanged=lambda dropout: share_fits(dropout(np.ones((50, 50)), np.random.default_rng(0), 0.8), 0.8),
)
# Notices a shared mask, and no other fault.
wrong("is_right", "one_call_only", "forgot_the_scale").each(
    rows_alone=lambda dropout: rows_differ(dropout(np.ones((20, 200)), 0.8, np.random.default_rng(0)))
)
wrong("is_right", "forgot_the_scale").each(
    calls_alone=lambda dropout: (
        calls_differ(dropout, 0.8, np.ones((20, 30))) and generators_differ(dropout, 0.8, np.ones((20, 30)))
    )
)


# library_arguments


@right("library_arguments")
def rounded_rates(keep_prob):
    dropped = round(1 - keep_prob, 10)
    return dropped, dropped, dropped, keep_prob


@right("library_arguments")
def filled_and_then_the_last(keep_prob):
    numbers = np.full(4, 1.0 - keep_prob)
    numbers[-1] = keep_prob
    return numbers


@right("library_arguments")
def numpy_numbers(keep_prob):
    rate = np.subtract(1.0, keep_prob)
    return rate, rate.copy(), np.float64(rate), np.float64(keep_prob)


right("library_arguments").each(
    array_of_numbers=lambda keep_prob: np.array([1 - keep_prob, 1 - keep_prob, 1 - keep_prob, keep_prob]),
    what_each_drops=lambda keep_prob: tuple(
        1 - keep_prob if drops else keep_prob for drops in (True, True, True, False)
    ),
)


@wrong("library_arguments", "same_number_everywhere", "one_minus_twice")
def turned_and_turned_back(keep_prob):
    rate = 1 - keep_prob
    return 1 - rate, 1 - rate, 1 - rate, keep_prob


@wrong("library_arguments", "one_minus_twice", "exchanged")
def turned_twice_and_once(keep_prob):
    rate = 1 - keep_prob
    return [1 - rate] * 3 + [rate]


@wrong("library_arguments", "one_minus_twice")
def turned_twice_for_pytorch(keep_prob):
    rate = 1 - keep_prob
    return 1 - rate, rate, rate, keep_prob


@wrong("library_arguments", "one_minus_twice")
def turned_twice_for_keras(keep_prob):
    p = 1 - keep_prob
    return p, 1 - p, p, keep_prob


@wrong("library_arguments", "rate_everywhere")
def name_hidden_by_a_rate(keep_prob):
    keep_prob = 1 - keep_prob
    return keep_prob, keep_prob, keep_prob, keep_prob


@wrong("library_arguments", "exchanged")
def parameter_taken_for_a_rate(keep_prob):
    rate, keep_prob = keep_prob, 1 - keep_prob
    return np.array([rate, rate, rate, keep_prob])


@wrong("library_arguments", "only_pytorch_turned")
def first_place_alone(keep_prob):
    numbers = np.full(4, keep_prob)
    numbers[0] = 1 - keep_prob
    return list(numbers)


@wrong("library_arguments", "wrong_order")
def tensorflow_before_flax(keep_prob):
    rate = 1 - keep_prob
    return rate, rate, keep_prob, rate


@wrong("library_arguments", "percent")
def rates_in_percent(keep_prob):
    rate = 100 * (1 - keep_prob)
    return rate, rate, rate, 100 * keep_prob


@wrong("library_arguments", "percent")
def whole_percent(keep_prob):
    rate = round(100 * (1 - keep_prob))
    return [rate, rate, rate, round(100 * keep_prob)]


@wrong("library_arguments")
def one_digit_too_few(keep_prob):
    rate = round(1 - keep_prob)
    return rate, rate, rate, keep_prob


@wrong("library_arguments")
def written_as_code(keep_prob):
    rate = 1 - keep_prob
    return f"p={rate}", f"rate={rate}", f"rate={rate}", f"keep_prob={keep_prob}"


wrong("library_arguments", "same_number_everywhere").each(
    keep_prob_four_times=lambda keep_prob: (keep_prob, keep_prob, keep_prob, keep_prob),
    full_of_keep_prob=lambda keep_prob: np.full(4, keep_prob),
)
wrong("library_arguments", "rate_everywhere").each(
    rate_four_times=lambda keep_prob: [1 - keep_prob] * 4,
    ones_less_keep_prob=lambda keep_prob: np.ones(4) - keep_prob,
)
wrong("library_arguments", "exchanged").each(
    last_alone_turned=lambda keep_prob: (keep_prob, keep_prob, keep_prob, 1 - keep_prob)
)
wrong("library_arguments", "only_pytorch_turned").each(
    p_means_dropped_in_pytorch=lambda keep_prob: (1 - keep_prob, keep_prob, keep_prob, keep_prob)
)
wrong("library_arguments", "wrong_order").each(
    tensorflow_first=lambda keep_prob: (keep_prob, 1 - keep_prob, 1 - keep_prob, 1 - keep_prob),
    # Right at 0.8, where keep_prob is the largest.
    sorted_numbers=lambda keep_prob: sorted([keep_prob, 1 - keep_prob, 1 - keep_prob, 1 - keep_prob]),
)
wrong("library_arguments", "percent", "same_number_everywhere").each(
    percent_kept_everywhere=lambda keep_prob: [100 * keep_prob] * 4
)
wrong("library_arguments", "percent").each(
    percent_where_a_rate_is_asked=lambda keep_prob: (100 - 100 * keep_prob,) * 3 + (keep_prob,)
)
wrong("library_arguments").each(
    flax_left_as_it_is=lambda keep_prob: (1 - keep_prob, 1 - keep_prob, keep_prob, keep_prob),
    keras_left_as_it_is=lambda keep_prob: (1 - keep_prob, keep_prob, 1 - keep_prob, keep_prob),
    pytorch_left_as_it_is=lambda keep_prob: np.array([keep_prob, 1 - keep_prob, 1 - keep_prob, keep_prob]),
    scale_instead_of_a_rate=lambda keep_prob: (1 / keep_prob, 1 / keep_prob, 1 / keep_prob, keep_prob),
    rate_of_one_half_by_habit=lambda keep_prob: (0.5, 0.5, 0.5, keep_prob),
    numbers_of_the_example=lambda keep_prob: (0.2, 0.2, 0.2, 0.8),
    sign_exchanged=lambda keep_prob: (keep_prob - 1,) * 3 + (keep_prob,),
    tensorflow_forgotten=lambda keep_prob: [1 - keep_prob] * 3,
    one_rate_for_all=lambda keep_prob: (1 - keep_prob, keep_prob),
)
