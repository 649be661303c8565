"""Answers to `mean_and_spread` of the page on asking a network how sure it is."""

import copy
import math
import statistics

import numpy as np

from dropout_lib import apply_dropout, softmax
from sample_answers import right, wrong


def draw_all(
    hidden, weights, keep_prob, draws, rng, *, mask=None, loud=lambda kept, k: kept / k, last=softmax, shape=None
):
    """Collect all draws, shape (draws, images, classes); `mask(shape)`, `loud` and `last` may be replaced."""
    mask = mask or (lambda shape: rng.random(shape) < keep_prob)
    return np.array([last(hidden * loud(mask(shape or hidden.shape), keep_prob) @ weights) for _ in range(draws)])


def mean_and_std(values, axis=0):
    return values.mean(axis=axis), values.std(axis=axis)


# right


@right("mean_and_spread")
def all_draws_at_once(hidden, weights, keep_prob, draws, rng):
    masks = rng.uniform(size=(draws, *hidden.shape)) < keep_prob
    return mean_and_std(softmax(masks * hidden / keep_prob @ weights))


@right("mean_and_spread")
def pure_python_at_the_end(hidden, weights, keep_prob, draws, rng):
    table = draw_all(hidden, weights, keep_prob, draws, rng).transpose(1, 2, 0).tolist()
    mean = [[math.fsum(numbers) / draws for numbers in row] for row in table]
    return mean, [[statistics.pstdev(numbers) for numbers in row] for row in table]


@right("mean_and_spread")
def draws_on_the_last_axis(hidden, weights, keep_prob, draws, rng):
    store = np.empty((len(hidden), weights.shape[1], draws))
    for draw in range(draws):
        store[..., draw] = softmax(hidden * rng.binomial(1, keep_prob, hidden.shape) @ weights / keep_prob)
    return mean_and_std(store, axis=-1)


@right("mean_and_spread")
def a_generator_for_each_draw(hidden, weights, keep_prob, draws, rng):
    """The seeds of the new ones come from the generator that was given."""
    others = [np.random.default_rng(int(seed)) for seed in rng.integers(2**40, size=draws)]
    answers = [softmax(apply_dropout(hidden, keep_prob=keep_prob, rng=other) @ weights) for other in others]
    return np.mean(answers, axis=0), np.std(answers, axis=0)


@right("mean_and_spread")
def flat_and_folded(hidden, weights, keep_prob, draws, rng):
    """A batch of all images, again and again."""
    batch = np.tile(hidden, (draws, 1))
    answers = softmax(batch * (rng.random(batch.shape) < keep_prob) / keep_prob @ weights)
    answers = answers.reshape(draws, len(hidden), -1)
    return answers.sum(axis=0) / draws, np.linalg.norm(answers - answers.mean(axis=0), axis=0) / np.sqrt(draws)


# named mistakes in a guise


@wrong("mean_and_spread", "spread_over_the_wrong_axis")
def stored_by_image(hidden, weights, keep_prob, draws, rng):
    """The first axis is that of the images here."""
    answers = np.swapaxes(draw_all(hidden, weights, keep_prob, draws, rng), 0, 1)
    return answers.mean(axis=1), np.broadcast_to(answers.std(axis=0).mean(axis=0), answers.shape[::2])


@wrong("mean_and_spread", "spread_over_the_wrong_axis")
def between_images_shape_kept(hidden, weights, keep_prob, draws, rng):
    answers = draw_all(hidden, weights, keep_prob, draws, rng)
    return answers.mean(axis=0), (answers.std(axis=1, keepdims=True) + 0 * answers).mean(axis=0)


@wrong("mean_and_spread", "spread_over_the_wrong_axis")
def between_classes(hidden, weights, keep_prob, draws, rng):
    mean = draw_all(hidden, weights, keep_prob, draws, rng).mean(axis=0)
    return mean, np.repeat(np.std(mean, axis=-1)[:, None], weights.shape[1], axis=1)


@wrong("mean_and_spread", "variance_instead_of_standard_deviation")
def mean_square_minus_square(hidden, weights, keep_prob, draws, rng):
    answers = draw_all(hidden, weights, keep_prob, draws, rng)
    return answers.mean(axis=0), (answers**2).mean(axis=0) - answers.mean(axis=0) ** 2


@wrong("mean_and_spread", "variance_instead_of_standard_deviation")
def diagonal_of_the_covariance(hidden, weights, keep_prob, draws, rng):
    answers = draw_all(hidden, weights, keep_prob, draws, rng)
    spread = [np.diag(np.cov(answers[:, image].T)) for image in range(len(hidden))]
    return answers.mean(axis=0), np.array(spread)


@wrong("mean_and_spread", "variance_instead_of_standard_deviation", "not_scaled")
def not_divided_and_no_root(hidden, weights, keep_prob, draws, rng):
    answers = softmax((rng.random((draws, *hidden.shape)) < keep_prob) * hidden @ weights)
    return answers.mean(axis=0), answers.var(axis=0)


@wrong("mean_and_spread", "spread_of_labels")
def spread_of_votes(hidden, weights, keep_prob, draws, rng):
    """The deviation of ones and zeros: was this class the most likely?"""
    answers = draw_all(hidden, weights, keep_prob, draws, rng)
    votes = answers == answers.max(axis=-1, keepdims=True)
    return answers.mean(axis=0), votes.std(axis=0)


@wrong("mean_and_spread", "spread_of_labels")
def digits_as_numbers(hidden, weights, keep_prob, draws, rng):
    answers = draw_all(hidden, weights, keep_prob, draws, rng)
    return answers.mean(axis=0), np.std(np.argmax(answers, axis=2), axis=0)


@wrong("mean_and_spread", "masks_off")
def drawn_and_forgotten(hidden, weights, keep_prob, draws, rng):
    answers = []
    for _ in range(draws):
        apply_dropout(hidden, keep_prob=keep_prob, rng=rng)
        answers.append(softmax(hidden @ weights))
    return mean_and_std(np.array(answers))


@wrong("mean_and_spread", "masks_off")
def flag_that_stays_off(hidden, weights, keep_prob, draws, rng):
    training = False
    keep = keep_prob if training else 1.0
    return mean_and_std(draw_all(hidden, weights, keep, draws, rng))


@wrong("mean_and_spread", "one_draw_repeated")
def mask_before_the_loop(hidden, weights, keep_prob, draws, rng):
    thinned = apply_dropout(hidden, keep_prob=keep_prob, rng=rng)
    return mean_and_std(np.array([softmax(thinned @ weights) for _ in range(draws)]))


@wrong("mean_and_spread", "one_draw_repeated")
def seed_in_the_loop(hidden, weights, keep_prob, draws, rng):
    def mask(shape):
        return np.random.default_rng(42).random(shape) < keep_prob

    return mean_and_std(draw_all(hidden, weights, keep_prob, draws, rng, mask=mask))


@wrong("mean_and_spread", "one_draw_repeated")
def copied_generator(hidden, weights, keep_prob, draws, rng):
    def mask(shape):
        return copy.deepcopy(rng).random(shape) < keep_prob

    return mean_and_std(draw_all(hidden, weights, keep_prob, draws, rng, mask=mask))


known = {}


@wrong("mean_and_spread", "one_draw_repeated")
def masks_kept_for_next_time(hidden, weights, keep_prob, draws, rng):
    key = (draws, hidden.shape, keep_prob)
    if key not in known:
        known[key] = rng.random((draws, *hidden.shape)) < keep_prob
    return mean_and_std(softmax(hidden * known[key] / keep_prob @ weights))


@wrong("mean_and_spread", "one_draw_repeated")
def list_times_draws(hidden, weights, keep_prob, draws, rng):
    """`[x] * draws` holds one array, many times."""
    answers = [softmax(hidden * (rng.random(hidden.shape) < keep_prob) / keep_prob @ weights)] * draws
    return np.mean(answers, axis=0), np.std(answers, axis=0)


@wrong("mean_and_spread", "one_draw_repeated")
def array_overwritten(hidden, weights, keep_prob, draws, rng):
    """All entries of the list are the same array, which holds the last draw."""
    now, answers = np.empty((len(hidden), weights.shape[1])), []
    for _ in range(draws):
        now[:] = softmax(apply_dropout(hidden, keep_prob=keep_prob, rng=rng) @ weights)
        answers.append(now)
    return mean_and_std(np.array(answers))


@wrong("mean_and_spread", "spread_of_logits")
def softmax_only_for_the_mean(hidden, weights, keep_prob, draws, rng):
    sums = hidden * (rng.random((draws, *hidden.shape)) < keep_prob) / keep_prob @ weights
    return softmax(sums).mean(axis=0), sums.std(axis=0)


@wrong("mean_and_spread", "spread_of_logits", "mean_of_logits_then_softmax")
def softmax_last_of_all(hidden, weights, keep_prob, draws, rng):
    mean, spread = mean_and_std(draw_all(hidden, weights, keep_prob, draws, rng, last=lambda sums: sums))
    return softmax(mean), spread


@wrong("mean_and_spread", "spread_of_logits")
def spread_by_formula(hidden, weights, keep_prob, draws, rng):
    """The exact deviation of the sums, without any draw."""
    variance = hidden**2 @ weights**2 * (1 - keep_prob) / keep_prob
    return draw_all(hidden, weights, keep_prob, draws, rng).mean(axis=0), np.sqrt(variance)


@wrong("mean_and_spread", "not_scaled")
def neurons_taken_out(hidden, weights, keep_prob, draws, rng):
    answers = []
    for _ in range(draws):
        kept = np.flatnonzero(rng.random(hidden.shape[1]) < keep_prob)
        answers.append(softmax(hidden[:, kept] @ weights[kept]))
    return mean_and_std(np.array(answers))


@wrong("mean_and_spread", "scaled_twice")
def divided_here_and_there(hidden, weights, keep_prob, draws, rng):
    answers = [softmax(apply_dropout(hidden, keep_prob=keep_prob, rng=rng) @ weights / keep_prob) for _ in range(draws)]
    return mean_and_std(np.array(answers))


@wrong("mean_and_spread", "mean_of_logits_then_softmax")
def mean_of_thinned_activations(hidden, weights, keep_prob, draws, rng):
    thinned = np.array([apply_dropout(hidden, keep_prob=keep_prob, rng=rng) for _ in range(draws)])
    return softmax(thinned.mean(axis=0) @ weights), softmax(thinned @ weights).std(axis=0)


@wrong("mean_and_spread", "kept_and_dropped_exchanged")
def binomial_of_the_rate(hidden, weights, keep_prob, draws, rng):
    masks = rng.binomial(1, 1 - keep_prob, size=(draws, *hidden.shape))
    return mean_and_std(softmax(hidden * masks / keep_prob @ weights))


@wrong("mean_and_spread", "kept_and_dropped_exchanged", "not_scaled")
def silenced_where_below(hidden, weights, keep_prob, draws, rng):
    answers = []
    for _ in range(draws):
        thinned = hidden.copy()
        thinned[rng.random(hidden.shape) < keep_prob] = 0
        answers.append(softmax(thinned @ weights))
    return mean_and_std(np.array(answers))


@wrong("mean_and_spread", "standard_error_instead_of_spread")
def norm_over_draws(hidden, weights, keep_prob, draws, rng):
    answers = draw_all(hidden, weights, keep_prob, draws, rng)
    return answers.mean(axis=0), np.linalg.norm(answers - answers.mean(axis=0), axis=0) / draws


@wrong("mean_and_spread", "standard_error_instead_of_spread")
def spread_of_resampled_means(hidden, weights, keep_prob, draws, rng):
    """A bootstrap of the mean."""
    answers = draw_all(hidden, weights, keep_prob, draws, rng)
    shares = rng.multinomial(draws, np.full(draws, 1 / draws), size=60) / draws
    return answers.mean(axis=0), np.tensordot(shares, answers, 1).std(axis=0)


# mistakes without a name


@wrong("mean_and_spread")
def mean_absolute_deviation(hidden, weights, keep_prob, draws, rng):
    answers = draw_all(hidden, weights, keep_prob, draws, rng)
    return answers.mean(axis=0), np.abs(answers - answers.mean(axis=0)).mean(axis=0)


@wrong("mean_and_spread")
def lowest_to_highest(hidden, weights, keep_prob, draws, rng):
    answers = draw_all(hidden, weights, keep_prob, draws, rng)
    return answers.mean(axis=0), np.ptp(answers, axis=0)


@wrong("mean_and_spread")
def median_and_quartiles(hidden, weights, keep_prob, draws, rng):
    low, middle, high = np.percentile(draw_all(hidden, weights, keep_prob, draws, rng), [25, 50, 75], axis=0)
    return middle, high - low


@wrong("mean_and_spread")
def half_width_of_an_interval(hidden, weights, keep_prob, draws, rng):
    mean, spread = mean_and_std(draw_all(hidden, weights, keep_prob, draws, rng))
    return mean, 1.96 * spread


@wrong("mean_and_spread")
def relative_spread(hidden, weights, keep_prob, draws, rng):
    mean, spread = mean_and_std(draw_all(hidden, weights, keep_prob, draws, rng))
    return mean, spread / mean


@wrong("mean_and_spread")
def root_of_the_spread(hidden, weights, keep_prob, draws, rng):
    mean, spread = mean_and_std(draw_all(hidden, weights, keep_prob, draws, rng))
    return mean, np.sqrt(spread)


@wrong("mean_and_spread")
def binary_formula(hidden, weights, keep_prob, draws, rng):
    """The deviation of a coin with this probability of heads."""
    mean = draw_all(hidden, weights, keep_prob, draws, rng).mean(axis=0)
    return mean, np.sqrt(mean * (1 - mean))


@wrong("mean_and_spread")
def entropy_of_the_mean(hidden, weights, keep_prob, draws, rng):
    mean = draw_all(hidden, weights, keep_prob, draws, rng).mean(axis=0)
    return mean, -(mean * np.log(mean)).sum(axis=1)


@wrong("mean_and_spread")
def weights_dropped_one_by_one(hidden, weights, keep_prob, draws, rng):
    masks = rng.random((draws, *weights.shape)) < keep_prob
    return mean_and_std(softmax(hidden @ (weights * masks / keep_prob)))


@wrong("mean_and_spread")
def outputs_dropped(hidden, weights, keep_prob, draws, rng):
    sums = hidden @ weights
    masks = rng.random((draws, *sums.shape)) < keep_prob
    return mean_and_std(softmax(sums * masks / keep_prob))


@wrong("mean_and_spread")
def probabilities_dropped(hidden, weights, keep_prob, draws, rng):
    answers = [apply_dropout(softmax(hidden @ weights), keep_prob=keep_prob, rng=rng) for _ in range(draws)]
    return mean_and_std(np.array(answers))


@wrong("mean_and_spread")
def thinner_in_every_draw(hidden, weights, keep_prob, draws, rng):
    """Masks what the draw before has left."""
    answers = []
    for _ in range(draws):
        hidden = apply_dropout(hidden, keep_prob=keep_prob, rng=rng) * keep_prob
        answers.append(softmax(hidden / keep_prob @ weights))
    return mean_and_std(np.array(answers))


@wrong("mean_and_spread")
def normal_numbers_below(hidden, weights, keep_prob, draws, rng):
    def mask(shape):
        return rng.standard_normal(shape) < keep_prob

    return mean_and_std(draw_all(hidden, weights, keep_prob, draws, rng, mask=mask))


@wrong("mean_and_spread")
def fair_coin(hidden, weights, keep_prob, draws, rng):
    masks = rng.integers(0, 2, size=(draws, *hidden.shape))
    return mean_and_std(softmax(hidden * masks / keep_prob @ weights))


@wrong("mean_and_spread")
def zeros_for_the_first_draw(hidden, weights, keep_prob, draws, rng):
    answers = np.zeros((draws, len(hidden), weights.shape[1]))
    for draw in range(1, draws):
        answers[draw] = softmax(apply_dropout(hidden, keep_prob=keep_prob, rng=rng) @ weights)
    return mean_and_std(answers)


@wrong("mean_and_spread")
def last_draw_for_the_mean(hidden, weights, keep_prob, draws, rng):
    answers = draw_all(hidden, weights, keep_prob, draws, rng)
    return answers[-1], answers.std(axis=0)


@wrong("mean_and_spread")
def moving_average(hidden, weights, keep_prob, draws, rng):
    """The latest draws count most."""
    mean, square = softmax(hidden @ weights), 0
    for now in draw_all(hidden, weights, keep_prob, draws, rng):
        mean, square = 0.5 * mean + 0.5 * now, 0.5 * square + 0.5 * (now - mean) ** 2
    return mean, np.sqrt(square)


@wrong("mean_and_spread")
def from_draw_to_draw(hidden, weights, keep_prob, draws, rng):
    """The differences of neighbouring draws vary more than the draws."""
    answers = draw_all(hidden, weights, keep_prob, draws, rng)
    return answers.mean(axis=0), np.diff(answers, axis=0).std(axis=0)


@wrong("mean_and_spread")
def squares_never_averaged(hidden, weights, keep_prob, draws, rng):
    answers = draw_all(hidden, weights, keep_prob, draws, rng)
    return answers.mean(axis=0), np.sqrt(((answers - answers.mean(axis=0)) ** 2).sum(axis=0))


@wrong("mean_and_spread")
def root_mean_square(hidden, weights, keep_prob, draws, rng):
    """The mean was not taken off."""
    answers = draw_all(hidden, weights, keep_prob, draws, rng)
    return answers.mean(axis=0), np.sqrt((answers**2).mean(axis=0))


@wrong("mean_and_spread")
def mean_over_images_too(hidden, weights, keep_prob, draws, rng):
    answers = draw_all(hidden, weights, keep_prob, draws, rng)
    spread = answers.std(axis=0)
    return answers.mean(axis=(0, 1)) + 0 * spread, spread


@wrong("mean_and_spread")
def all_draws_returned(hidden, weights, keep_prob, draws, rng):
    answers = draw_all(hidden, weights, keep_prob, draws, rng)
    return answers, answers.std(axis=0)


@wrong("mean_and_spread")
def only_the_most_likely_class(hidden, weights, keep_prob, draws, rng):
    mean, spread = mean_and_std(draw_all(hidden, weights, keep_prob, draws, rng))
    best = mean.argmax(axis=1)[:, None]
    return np.take_along_axis(mean, best, axis=1), np.take_along_axis(spread, best, axis=1)


@wrong("mean_and_spread")
def one_decimal(hidden, weights, keep_prob, draws, rng):
    mean, spread = mean_and_std(draw_all(hidden, weights, keep_prob, draws, rng))
    return mean.round(1), spread.round(1)


@wrong("mean_and_spread")
def transposed(hidden, weights, keep_prob, draws, rng):
    mean, spread = mean_and_std(draw_all(hidden, weights, keep_prob, draws, rng))
    return mean.T, spread.T


@wrong("mean_and_spread")
def masks_from_the_activations(hidden, weights, keep_prob, draws, rng):
    """Keeps the largest activations, and shakes them a little."""
    border = np.quantile(hidden, 1 - keep_prob, axis=1, keepdims=True)
    return mean_and_std(
        draw_all(hidden, weights, keep_prob, draws, rng, mask=lambda shape: hidden + rng.normal(0, 0.1, shape) > border)
    )


wrong("mean_and_spread", "masks_off").each(
    inference_again_and_again=lambda hidden, weights, keep_prob, draws, rng: mean_and_std(
        np.tile(softmax(hidden @ weights), (draws, 1, 1))
    )
)
# Fresh masks in each draw, but the same ones whatever generator is given.
wrong("mean_and_spread", "one_draw_repeated").each(
    own_generator_with_a_seed=lambda hidden, weights, keep_prob, draws, rng: mean_and_std(
        draw_all(hidden, weights, keep_prob, draws, np.random.default_rng(0))
    )
)
wrong("mean_and_spread", "not_scaled").each(
    only_the_mask=lambda hidden, weights, keep_prob, draws, rng: mean_and_std(
        draw_all(hidden, weights, keep_prob, draws, rng, loud=lambda kept, k: kept)
    ),
    multiplied_by_keep_prob=lambda hidden, weights, keep_prob, draws, rng: mean_and_std(
        draw_all(hidden, weights, keep_prob, draws, rng, loud=lambda kept, k: kept * k)
    ),
)
# What the mean of the sums comes to in the end.
wrong("mean_and_spread", "mean_of_logits_then_softmax").each(
    inference_for_the_mean=lambda hidden, weights, keep_prob, draws, rng: (
        softmax(hidden @ weights),
        draw_all(hidden, weights, keep_prob, draws, rng).std(axis=0),
    )
)
wrong("mean_and_spread", "kept_and_dropped_exchanged").each(
    rate_throughout=lambda hidden, weights, keep_prob, draws, rng: mean_and_std(
        draw_all(hidden, weights, 1 - keep_prob, draws, rng)
    )
)
wrong("mean_and_spread").each(
    spread_comes_first=lambda hidden, weights, keep_prob, draws, rng: mean_and_std(
        draw_all(hidden, weights, keep_prob, draws, rng)
    )[::-1],
    whole_images_dropped=lambda hidden, weights, keep_prob, draws, rng: mean_and_std(
        draw_all(hidden, weights, keep_prob, draws, rng, shape=(len(hidden), 1))
    ),
    divided_by_the_rate=lambda hidden, weights, keep_prob, draws, rng: mean_and_std(
        draw_all(hidden, weights, keep_prob, draws, rng, loud=lambda kept, k: kept / (1 - k))
    ),
    divided_by_the_root=lambda hidden, weights, keep_prob, draws, rng: mean_and_std(
        draw_all(hidden, weights, keep_prob, draws, rng, loud=lambda kept, k: kept / k**0.5)
    ),
    softmax_over_the_images=lambda hidden, weights, keep_prob, draws, rng: mean_and_std(
        draw_all(hidden, weights, keep_prob, draws, rng, last=lambda sums: softmax(sums.T).T)
    ),
    two_draws_are_enough=lambda hidden, weights, keep_prob, draws, rng: mean_and_std(
        draw_all(hidden, weights, keep_prob, 2, rng)
    ),
    mean_only=lambda hidden, weights, keep_prob, draws, rng: draw_all(hidden, weights, keep_prob, draws, rng).mean(
        axis=0
    ),
)
