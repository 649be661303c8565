"""Checks of page 09: mean and spread of answers while masks are drawn, and a gap in which the spread is small."""

import numpy as np

from dropout_lib.checks.grading.exercise import Exercise
from dropout_lib.checks.probes.gap_challenge import KNOWN, look_at_gap, measure
from dropout_lib.checks.probes.spreads import look_at_spreads
from dropout_lib.network import softmax


def _logits(hidden, weights, keep_prob, draws, rng):
    masks = rng.random((draws, *hidden.shape)) < keep_prob
    return hidden * masks / keep_prob @ weights


def _summary(probabilities):
    return probabilities.mean(axis=0), probabilities.std(axis=0)


def _right(hidden, weights, keep_prob, draws, rng):
    return _summary(softmax(_logits(hidden, weights, keep_prob, draws, rng)))


def spread_over_the_wrong_axis(hidden, weights, keep_prob, draws, rng):
    """Your spread says how much images or classes differ from each other. For one image and one class, which axis
    holds the repeated answers?"""
    probabilities = softmax(_logits(hidden, weights, keep_prob, draws, rng))
    return probabilities.mean(axis=0), probabilities.std(axis=1)


def variance_instead_of_standard_deviation(hidden, weights, keep_prob, draws, rng):
    """Your spread is the mean *squared* distance from the mean. What turns it back into a distance between
    probabilities?"""
    probabilities = softmax(_logits(hidden, weights, keep_prob, draws, rng))
    return probabilities.mean(axis=0), probabilities.var(axis=0)


def standard_error_instead_of_spread(hidden, weights, keep_prob, draws, rng):
    """Your spread was divided by the root of the number of draws. That says how exact the mean is: should more draws
    make the network itself surer?"""
    mean, spread = _right(hidden, weights, keep_prob, draws, rng)
    return mean, spread / np.sqrt(draws)


def spread_of_labels(hidden, weights, keep_prob, draws, rng):
    """Your spread is that of the labels chosen, or of the votes for a class. What did each draw give before a class was
    chosen?"""
    labels = _logits(hidden, weights, keep_prob, draws, rng).argmax(axis=-1)
    return _right(hidden, weights, keep_prob, draws, rng)[0], labels.var(axis=0)


def spread_of_logits(hidden, weights, keep_prob, draws, rng):
    """Your spread is that of the sums before the softmax. Of which numbers does the exercise ask for the spread?"""
    logits = _logits(hidden, weights, keep_prob, draws, rng)
    return softmax(logits).mean(axis=0), logits.std(axis=0)


def mean_of_logits_then_softmax(hidden, weights, keep_prob, draws, rng):
    """Your mean is the softmax of the mean sums: what the network gives without masks. What should be averaged, and
    does the softmax come before or after?"""
    logits = _logits(hidden, weights, keep_prob, draws, rng)
    return softmax(logits.mean(axis=0)), softmax(logits).std(axis=0)


def masks_off(hidden, weights, keep_prob, draws, rng):
    """Every draw gave the answer of the network without masks, and the spread is 0. What should differ from draw to
    draw?"""
    return softmax(hidden @ weights), np.zeros((len(hidden), weights.shape[1]))


def one_draw_repeated(hidden, weights, keep_prob, draws, rng):
    """Only one mask was drawn for all of the draws, and the spread is 0. Is the mask drawn before the loop, or is
    your `return` inside it?"""
    mean, _ = _right(hidden, weights, keep_prob, 1, rng)
    return mean, np.zeros_like(mean)


def not_scaled(hidden, weights, keep_prob, draws, rng):
    """These are the numbers you get when survivors are not scaled up. What does inverted dropout do to the neurons
    that it keeps?"""
    return _summary(softmax(_logits(hidden, weights, keep_prob, draws, rng) * keep_prob))


def scaled_twice(hidden, weights, keep_prob, draws, rng):
    """These are the numbers you get when survivors are divided by keep_prob twice. How often does inverted dropout
    divide?"""
    return _summary(softmax(_logits(hidden, weights, keep_prob, draws, rng) / keep_prob))


def kept_and_dropped_exchanged(hidden, weights, keep_prob, draws, rng):
    """Neurons were kept as often as they should be dropped. Which random numbers turn up with probability keep_prob?"""
    return _summary(softmax(_logits(hidden / keep_prob, weights, 1 - keep_prob, draws, rng) * (1 - keep_prob)))


def global_generator(hidden, weights, keep_prob, draws, rng):
    """The numbers came from a hidden global generator, which any other code can advance. Use the rng that you were
    given."""
    masks = np.random.rand(draws, *hidden.shape) < keep_prob
    return _summary(softmax(hidden * masks / keep_prob @ weights))


def own_generator(hidden, weights, keep_prob, draws, rng):
    """Two calls with equal generators gave different numbers, so a seed would not repeat a run. Do all of your
    numbers come from the rng that you were given?"""
    return _right(hidden, weights, keep_prob, draws, np.random.default_rng())


def draws_ignored(hidden, weights, keep_prob, draws, rng):
    """Asked for 4 draws, your means vary as little as those of many more. Does the number of draws come from the
    argument?"""
    return _right(hidden, weights, keep_prob, 4000, rng)


mean_and_spread = Exercise(
    look_at_spreads,
    references=[_right],
    mistakes=[
        spread_over_the_wrong_axis,
        variance_instead_of_standard_deviation,
        standard_error_instead_of_spread,
        spread_of_labels,
        spread_of_logits,
        mean_of_logits_then_softmax,
        masks_off,
        one_draw_repeated,
        not_scaled,
        scaled_twice,
        kept_and_dropped_exchanged,
        global_generator,
        own_generator,
        draws_ignored,
    ],
    praise="Fresh masks in every draw, the softmax inside it, and then mean and spread over the draws.",
)


def _known_gap():
    return list(KNOWN)


gap_to_fool = Exercise(
    look_at_gap,
    references=[_known_gap],
    mistakes=[],
    praise="Without any data there, the spread is clearly smaller than near data.",
    measure=measure,
    only_measures=True,
)
