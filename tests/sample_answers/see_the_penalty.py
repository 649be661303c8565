"""Answers to the exercises of the page on the penalty: the mean squared loss over all masks, and the same penalty."""

import itertools
import math
from fractions import Fraction

import numpy as np

from dropout_lib import all_masks, apply_mask, dropout_ridge, mask_probabilities
from sample_answers import right, wrong

# averaged_loss, right


@right("averaged_loss")
def loop_over_product(x, y, weights, keep_prob):
    total = 0.0
    for mask in itertools.product([0, 1], repeat=len(weights)):
        kept = sum(mask)
        chance = keep_prob**kept * (1 - keep_prob) ** (len(mask) - kept)
        total += chance * np.mean((y - (x * np.array(mask) / keep_prob) @ weights) ** 2)
    return total


@right("averaged_loss")
def with_the_library(x, y, weights, keep_prob):
    masks = all_masks(x.shape[1])
    masked = apply_mask(x, np.repeat(masks[:, None], len(x), axis=1), keep_prob=keep_prob)
    losses = ((masked @ weights - y) ** 2).mean(axis=1)
    return float(np.dot(mask_probabilities(masks, keep_prob=keep_prob), losses))


@right("averaged_loss")
def second_moment_matrix(x, y, weights, keep_prob):
    """Off the diagonal the mean of m m' / q² is 1; on it, 1 / q."""
    moments = x.T @ x / len(x)
    moments[np.diag_indices(len(weights))] /= keep_prob
    return np.mean(y**2) - 2 * weights @ x.T @ y / len(x) + weights @ moments @ weights


@right("averaged_loss")
def example_by_example(x, y, weights, keep_prob):
    losses = []
    for row, target in zip(x.tolist(), y.tolist(), strict=True):
        terms = [a * b for a, b in zip(row, weights.tolist(), strict=True)]
        losses.append((target - sum(terms)) ** 2 + (1 / keep_prob - 1) * sum(term * term for term in terms))
    return sum(losses) / len(losses)


@right("averaged_loss")
def from_the_curvature(x, y, weights, keep_prob):
    least, curvature = dropout_ridge(x.T @ x, x.T @ y, keep_prob=keep_prob)
    away = weights - least
    return (away @ curvature @ away + y @ y - least @ curvature @ least) / len(y)


@right("averaged_loss")
def gaussian_places(x, y, weights, keep_prob):
    """Any noise of this mean and variance will do: a fair coin around 1."""
    reach, total = math.sqrt((1 - keep_prob) / keep_prob), 0
    signs = list(itertools.product([-1, 1], repeat=len(weights)))
    for sign in signs:
        total += np.mean((y - x @ (weights * (1 + reach * np.array(sign)))) ** 2)
    return np.array(total / len(signs))


# averaged_loss, wrong


@wrong("averaged_loss", "square_of_the_mean")
def mean_output_first(x, y, weights, keep_prob):
    masks = all_masks(x.shape[1])
    outputs = mask_probabilities(masks, keep_prob=keep_prob) @ (masks * weights / keep_prob @ x.T)
    return np.mean((y - outputs) ** 2)


@wrong("averaged_loss", "square_of_the_mean")
def inference(x, y, weights, keep_prob):
    error = x @ weights - y
    return error @ error / error.size


@wrong("averaged_loss", "factor_upside_down")
def rate_named_keep(x, y, weights, keep_prob):
    rate = keep_prob
    return np.mean((y - x @ weights) ** 2) + rate / (1 - rate) * np.mean((x * weights) ** 2, axis=0).sum()


@wrong("averaged_loss", "factor_upside_down")
def drops_with_keep_prob(x, y, weights, keep_prob):
    masks, keep = all_masks(x.shape[1]), 1 - keep_prob
    chances = mask_probabilities(masks, keep_prob=keep)
    return chances @ np.mean((y - masks * weights / keep @ x.T) ** 2, axis=1)


@wrong("averaged_loss", "scale_forgotten")
def weight_decay(x, y, weights, keep_prob):
    return ((y - x @ weights) ** 2).mean() + (1 / keep_prob - 1) * np.linalg.norm(weights) ** 2


@wrong("averaged_loss", "mean_squared_for_mean_square")
def mean_term_squared(x, y, weights, keep_prob):
    terms = (x * weights).mean(axis=0)
    return ((y - x @ weights) ** 2).mean() + (1 - keep_prob) / keep_prob * (terms**2).sum()


@wrong("averaged_loss", "variance_of_the_feature")
def np_var_of_terms(x, y, weights, keep_prob):
    return ((y - x @ weights) ** 2).mean() + (1 - keep_prob) / keep_prob * np.var(x * weights, axis=0).sum()


@wrong("averaged_loss", "square_of_the_sum")
def output_squared(x, y, weights, keep_prob):
    output = x @ weights
    return ((y - output) ** 2 + (1 - keep_prob) / keep_prob * output**2).mean()


@wrong("averaged_loss", "penalty_summed")
def sum_where_mean_is_due(x, y, weights, keep_prob):
    return ((y - x @ weights) ** 2).mean() + (1 - keep_prob) / keep_prob * ((x * weights) ** 2).sum()


@wrong("averaged_loss", "all_summed")
def squared_norm(x, y, weights, keep_prob):
    loss = np.linalg.norm(y - x @ weights) ** 2
    return loss + (1 - keep_prob) / keep_prob * np.linalg.norm(x * weights) ** 2


@wrong("averaged_loss", "half_of_it")
def as_in_a_gradient(x, y, weights, keep_prob):
    penalty = (1 - keep_prob) / keep_prob * (x**2).mean(axis=0) @ weights**2
    return 0.5 * ((y - x @ weights) ** 2).mean() + 0.5 * penalty


@wrong("averaged_loss", "penalty_alone")
def variance_of_the_output(x, y, weights, keep_prob):
    return (1 - keep_prob) / keep_prob * ((x * weights) ** 2).sum(axis=1).mean()


@wrong("averaged_loss", "not_divided")
def standard_dropout(x, y, weights, keep_prob):
    masks = all_masks(x.shape[1])
    return mask_probabilities(masks, keep_prob=keep_prob) @ np.mean((y - masks * weights @ x.T) ** 2, axis=1)


@wrong("averaged_loss", "every_mask_alike")
def mean_over_all_masks(x, y, weights, keep_prob):
    return np.mean([np.mean((y - x * mask / keep_prob @ weights) ** 2) for mask in all_masks(x.shape[1])])


@wrong("averaged_loss", "kept_and_dropped_exchanged")
def chances_of_the_opposite(x, y, weights, keep_prob):
    total = 0
    for mask in itertools.product([False, True], repeat=len(weights)):
        chance = np.prod([1 - keep_prob if kept else keep_prob for kept in mask])
        total += chance * np.mean((y - x[:, list(mask)] @ weights[list(mask)] / keep_prob) ** 2)
    return total


@wrong("averaged_loss", "rate_as_factor")
def forgot_to_divide_the_variance(x, y, weights, keep_prob):
    rate = 1 - keep_prob
    return np.mean((y - x @ weights) ** 2) + rate * np.mean((x * weights) ** 2 @ np.ones(len(weights)))


@wrong("averaged_loss", "variance_of_the_mask")
def variance_of_a_coin(x, y, weights, keep_prob):
    return np.mean((y - x @ weights) ** 2) + keep_prob * (1 - keep_prob) * np.mean(x**2, axis=0) @ weights**2


@wrong("averaged_loss", "mean_over_the_features")
def mean_of_everything(x, y, weights, keep_prob):
    return ((y - x @ weights) ** 2).mean() + (1 - keep_prob) / keep_prob * ((x * weights) ** 2).mean()


@wrong("averaged_loss", "sizes_for_squares")
def lasso(x, y, weights, keep_prob):
    return ((y - x @ weights) ** 2).mean() + (1 - keep_prob) / keep_prob * np.abs(x * weights).sum(axis=1).mean()


@wrong("averaged_loss", "weights_not_squared")
def square_forgotten(x, y, weights, keep_prob):
    return ((y - x @ weights) ** 2).mean() + (1 - keep_prob) / keep_prob * (x**2 @ weights).mean()


@wrong("averaged_loss", "mean_square_of_the_mask")
def second_moment_for_variance(x, y, weights, keep_prob):
    return ((y - x @ weights) ** 2).mean() + ((x * weights) ** 2).sum(axis=1).mean() / keep_prob


@wrong("averaged_loss", "subtracted")
def noise_helps(x, y, weights, keep_prob):
    return ((y - x @ weights) ** 2).mean() - (1 / keep_prob - 1) * ((x * weights) ** 2).sum(axis=1).mean()


@wrong("averaged_loss", "factor_forgotten")
def penalty_without_a_factor(x, y, weights, keep_prob):
    return ((y - x @ weights) ** 2).mean() + ((x * weights) ** 2).sum(axis=1).mean()


@wrong("averaged_loss")
def a_few_draws(x, y, weights, keep_prob):
    masks = np.random.default_rng().random((200, len(weights))) < keep_prob
    return np.mean((y - masks * weights / keep_prob @ x.T) ** 2)


@wrong("averaged_loss")
def always_the_same_draws(x, y, weights, keep_prob):
    masks = np.random.default_rng(0).random((5000, len(weights))) < keep_prob
    return np.mean((y - masks * weights / keep_prob @ x.T) ** 2)


@wrong("averaged_loss")
def factor_squared(x, y, weights, keep_prob):
    return ((y - x @ weights) ** 2).mean() + ((1 - keep_prob) / keep_prob) ** 2 * (x**2).mean(axis=0) @ weights**2


@wrong("averaged_loss")
def root_of_the_factor(x, y, weights, keep_prob):
    return ((y - x @ weights) ** 2).mean() + math.sqrt((1 - keep_prob) / keep_prob) * (x**2).mean(axis=0) @ weights**2


@wrong("averaged_loss")
def root_of_the_loss(x, y, weights, keep_prob):
    return math.sqrt(loop_over_product(x, y, weights, keep_prob))


@wrong("averaged_loss")
def twice_the_penalty(x, y, weights, keep_prob):
    return ((y - x @ weights) ** 2).mean() + 2 * (1 - keep_prob) / keep_prob * (x**2).mean(axis=0) @ weights**2


@wrong("averaged_loss")
def rounded(x, y, weights, keep_prob):
    return round(float(loop_over_product(x, y, weights, keep_prob)), 2)


@wrong("averaged_loss")
def one_for_each_example(x, y, weights, keep_prob):
    return (y - x @ weights) ** 2 + (1 - keep_prob) / keep_prob * (x * weights) ** 2 @ np.ones(len(weights))


@wrong("averaged_loss")
def one_for_each_mask(x, y, weights, keep_prob):
    return np.mean((y - all_masks(x.shape[1]) * weights / keep_prob @ x.T) ** 2, axis=1)


# same_penalty, right

right("same_penalty").each(
    as_derived=lambda strength, mean_square: mean_square / (mean_square + strength),
    one_over_one_plus=lambda strength, mean_square: 1 / (1 + strength / mean_square),
    by_the_rate=lambda strength, mean_square: 1 - strength / (strength + mean_square),
    by_logarithms=lambda strength, mean_square: math.exp(math.log(mean_square) - math.log(mean_square + strength)),
    as_an_array=lambda strength, mean_square: np.reciprocal(np.add(1.0, np.divide(strength, mean_square))),
    as_a_fraction=lambda strength, mean_square: Fraction(mean_square) / (Fraction(mean_square) + Fraction(strength)),
)


@right("same_penalty")
def by_bisection(strength, mean_square):
    low, high = 1e-9, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if (1 - middle) / middle * mean_square > strength:
            low = middle
        else:
            high = middle
    return high


# same_penalty, wrong

wrong("same_penalty", "rate_returned").each(
    one_minus=lambda strength, mean_square: 1 - mean_square / (mean_square + strength),
    odds_upside_down=lambda strength, mean_square: 1 / (1 + mean_square / strength) if strength else 0,
)
wrong("same_penalty", "mean_square_forgotten").each(
    plain_ridge=lambda strength, mean_square: (1 + strength) ** -1,
    by_the_odds=lambda strength, mean_square: 1 - strength / (1 + strength),
)
wrong("same_penalty", "multiplied_instead_of_divided").each(
    scaled_up=lambda strength, mean_square: 1 / (1 + mean_square * strength),
)
wrong("same_penalty", "root_mean_square").each(
    scale_for_square=lambda strength, mean_square: 1 / (1 + strength / math.sqrt(mean_square)),
)
wrong("same_penalty", "squared_again").each(
    scale_squared=lambda strength, mean_square: 1 / (1 + strength / mean_square**2),
)
wrong("same_penalty", "rate_alone_is_the_factor").each(
    first_order=lambda strength, mean_square: (mean_square - strength) / mean_square,
)
wrong("same_penalty", "scale_factor_returned").each(
    the_divisor=lambda strength, mean_square: 1 + strength / mean_square,
)
wrong("same_penalty", "half_strength").each(
    one_half=lambda strength, mean_square: 2 * mean_square / (2 * mean_square + strength),
)
wrong("same_penalty", "double_strength").each(
    both_halves=lambda strength, mean_square: mean_square / (mean_square + 2 * strength),
)
wrong("same_penalty").each(
    decays=lambda strength, mean_square: math.exp(-strength / mean_square),
    strength_itself=lambda strength, mean_square: strength,
    the_odds=lambda strength, mean_square: strength / mean_square,
    inverse_odds=lambda strength, mean_square: mean_square / strength if strength else 1.0,
    root_of_it=lambda strength, mean_square: math.sqrt(mean_square / (mean_square + strength)),
    three_places=lambda strength, mean_square: round(mean_square / (mean_square + strength), 3),
    clipped_too_soon=lambda strength, mean_square: max(0.5, mean_square / (mean_square + strength)),
    in_percent=lambda strength, mean_square: 100 * mean_square / (mean_square + strength),
    a_pair=lambda strength, mean_square: (mean_square, mean_square + strength),
    always_a_half=lambda strength, mean_square: 0.5,
)
