"""Checks of page 07: the mean squared loss over all masks, and the keep_prob whose penalty is that of a given ridge."""

import numpy as np

from dropout_lib.checks.grading.exercise import Exercise
from dropout_lib.checks.probes.averaged_losses import (
    factor,
    look_at_keep_probs,
    look_at_losses,
    over_masks,
    penalised,
    plain_loss,
)
from dropout_lib.ensemble import mask_probabilities


def square_of_the_mean(x, y, weights, keep_prob):
    """This is the loss without masks. The mean of the output stays, but the mean of a square is not the square of the
    mean: what is missing?"""
    return plain_loss(x, y, weights, keep_prob)


def factor_upside_down(x, y, weights, keep_prob):
    """Your factor is keep_prob / (1 - keep_prob). Is it upside down, or is keep_prob taken for the rate? How large
    should it be when nearly everything is kept?"""
    return penalised(x, y, weights, keep_prob, times=lambda keep_prob: keep_prob / (1 - keep_prob))


def rate_as_factor(x, y, weights, keep_prob):
    """Your factor is the rate, 1 - keep_prob. Survivors are also divided by keep_prob: what does that do to the
    variance?"""
    return penalised(x, y, weights, keep_prob, times=lambda keep_prob: 1 - keep_prob)


def variance_of_the_mask(x, y, weights, keep_prob):
    """Your factor is keep_prob * (1 - keep_prob), the variance of the mask. Here the mask is divided by keep_prob: what
    does that do to its variance?"""
    return penalised(x, y, weights, keep_prob, times=lambda keep_prob: keep_prob * (1 - keep_prob))


def mean_square_of_the_mask(x, y, weights, keep_prob):
    """Your factor is 1 / keep_prob, the mean square of mask / keep_prob. Its variance is asked for: what has to be
    taken off?"""
    return penalised(x, y, weights, keep_prob, times=lambda keep_prob: 1 / keep_prob)


def factor_forgotten(x, y, weights, keep_prob):
    """What you added is the same at every keep_prob. Which factor makes it 0 when nothing is dropped?"""
    return penalised(x, y, weights, keep_prob, times=lambda keep_prob: 1)


def scale_forgotten(x, y, weights, keep_prob):
    """You added the squares of the weights alone, as L2 does. A mask takes away weight times feature: where is the
    feature?"""
    return penalised(x, y, weights, keep_prob, added=lambda x, weights: weights @ weights)


def mean_squared_for_mean_square(x, y, weights, keep_prob):
    """You squared the mean of each feature. What would be added for a feature with mean 0, which is dropped like any
    other?"""
    return penalised(x, y, weights, keep_prob, added=lambda x, weights: x.mean(axis=0) ** 2 @ weights**2)


def variance_of_the_feature(x, y, weights, keep_prob):
    """You took the variance of each feature, so its mean is left out. Does a mask drop only what differs from the
    mean?"""
    return penalised(x, y, weights, keep_prob, added=lambda x, weights: x.var(axis=0) @ weights**2)


def square_of_the_sum(x, y, weights, keep_prob):
    """You added the square of the whole output. Every term has a mask of its own: which squares are added?"""
    return penalised(x, y, weights, keep_prob, added=lambda x, weights: np.mean((x @ weights) ** 2))


def weights_not_squared(x, y, weights, keep_prob):
    """The weights are not squared in what you added. Could it be negative?"""
    return penalised(x, y, weights, keep_prob, added=lambda x, weights: np.mean(x**2, axis=0) @ weights)


def sizes_for_squares(x, y, weights, keep_prob):
    """You added the sizes of the terms. A variance is made of squares: which?"""
    return penalised(x, y, weights, keep_prob, added=lambda x, weights: np.mean(np.abs(x), axis=0) @ np.abs(weights))


def mean_over_the_features(x, y, weights, keep_prob):
    """You took the mean of the penalty over the features. Each of them adds its own noise to one sum: what happens to
    their variances?"""
    return penalised(x, y, weights, keep_prob, added=lambda x, weights: np.mean(x**2 * weights**2))


def penalty_summed(x, y, weights, keep_prob):
    """The penalty is added up over the examples, and the loss is their mean. Take the mean of both."""
    return penalised(x, y, weights, keep_prob, added=lambda x, weights: np.sum(x**2, axis=0) @ weights**2)


def all_summed(x, y, weights, keep_prob):
    """This is the sum over the examples. Their mean was asked for."""
    return len(y) * penalised(x, y, weights, keep_prob)


def half_of_it(x, y, weights, keep_prob):
    """Everything is half as large. The loss is the squared error here, without a factor of 1/2."""
    return penalised(x, y, weights, keep_prob) / 2


def penalty_alone(x, y, weights, keep_prob):
    """This is what the masks add. To which loss do they add it?"""
    return penalised(x, y, weights, keep_prob) - plain_loss(x, y, weights, keep_prob)


def subtracted(x, y, weights, keep_prob):
    """You took the penalty off. Can noise make a mean squared error smaller, if the mean of the output stays?"""
    return penalised(x, y, weights, keep_prob, times=lambda keep_prob: -factor(keep_prob))


def not_divided(x, y, weights, keep_prob):
    """This is the mean for masks that nothing is divided by. What does inverted dropout do with the survivors?"""
    return over_masks(x, y, weights, keep_prob, divisor=1)


def every_mask_alike(x, y, weights, keep_prob):
    """You took the plain mean over the masks. Which of them are drawn more often than others?"""
    return over_masks(x, y, weights, keep_prob, chances=lambda masks, keep_prob: np.full(len(masks), 1 / len(masks)))


def kept_and_dropped_exchanged(x, y, weights, keep_prob):
    """Your masks keep with probability 1 - keep_prob, and survivors are divided by keep_prob. What is keep_prob the
    probability of?"""
    return over_masks(
        x, y, weights, keep_prob, chances=lambda masks, keep_prob: mask_probabilities(~masks, keep_prob=keep_prob)
    )


averaged_loss = Exercise(
    look_at_losses,
    references=[over_masks],
    mistakes=[
        square_of_the_mean,
        factor_upside_down,
        rate_as_factor,
        variance_of_the_mask,
        mean_square_of_the_mask,
        factor_forgotten,
        scale_forgotten,
        mean_squared_for_mean_square,
        variance_of_the_feature,
        square_of_the_sum,
        weights_not_squared,
        sizes_for_squares,
        mean_over_the_features,
        penalty_summed,
        all_summed,
        half_of_it,
        penalty_alone,
        subtracted,
        not_divided,
        every_mask_alike,
        kept_and_dropped_exchanged,
    ],
    praise="It agrees with the list of all masks.",
)


def _keep_prob(strength, mean_square):
    return mean_square / (mean_square + strength)


def rate_returned(strength, mean_square):
    """This is 1 - keep_prob. Is it the rate, or is your factor upside down? A strength of 0 must keep everything."""
    return strength / (mean_square + strength)


def mean_square_forgotten(strength, mean_square):
    """The mean square changes nothing in your result. Dropout multiplies the squared weight by it, and L2 does not."""
    return 1 / (1 + strength)


def multiplied_instead_of_divided(strength, mean_square):
    """You multiplied the strength by the mean square. Which of the two penalties has the mean square in it: dropout's,
    or that of L2?"""
    return 1 / (1 + strength * mean_square)


def root_mean_square(strength, mean_square):
    """You took the root of the mean square. It is already the mean of x², as the penalty has it."""
    return _keep_prob(strength, mean_square**0.5)


def squared_again(strength, mean_square):
    """You squared the mean square. It is already the mean of x²."""
    return _keep_prob(strength, mean_square**2)


def rate_alone_is_the_factor(strength, mean_square):
    """You took 1 - keep_prob for the factor. It is (1 - keep_prob) / keep_prob."""
    return 1 - strength / mean_square


def mask_variance_is_the_factor(strength, mean_square):
    """You took keep_prob * (1 - keep_prob) for the factor. That is the variance of the mask before it is divided by
    keep_prob."""
    return 0.5 + np.sqrt(np.maximum(0.25 - strength / mean_square, 0))


def scale_factor_returned(strength, mean_square):
    """This is 1 / keep_prob, by which survivors are multiplied. Which number of at most 1 belongs to it?"""
    return 1 / _keep_prob(strength, mean_square)


def half_strength(strength, mean_square):
    """Your penalty is half of what was asked for. Is there a factor of 1/2 in it, as some books write L2?"""
    return _keep_prob(strength / 2, mean_square)


def double_strength(strength, mean_square):
    """Your penalty is twice what was asked for. Is there a factor of 2 in it, as in a gradient?"""
    return _keep_prob(strength * 2, mean_square)


same_penalty = Exercise(
    look_at_keep_probs,
    references=[_keep_prob],
    mistakes=[
        rate_returned,
        mean_square_forgotten,
        multiplied_instead_of_divided,
        root_mean_square,
        squared_again,
        rate_alone_is_the_factor,
        mask_variance_is_the_factor,
        scale_factor_returned,
        half_strength,
        double_strength,
    ],
    praise="At this keep_prob, dropout and L2 add the same for this feature.",
)
