"""Checks of page 01: a mask that the learner draws, and the probability that a whole layer is dropped."""

import numpy as np

from dropout_lib.checks.grading.exercise import Exercise
from dropout_lib.checks.grading.recording_rng import as_mask
from dropout_lib.checks.grading.results import Unusable, as_array, rounding_words
from dropout_lib.checks.grading.running import Finding
from dropout_lib.checks.probes.mask_draws import observe_mask_draws
from dropout_lib.ensemble import all_masks, mask_probabilities
from dropout_lib.masks import draw_mask


def _mask(shape, keep_prob, rng):
    return draw_mask(shape, keep_prob=keep_prob, rng=rng)


def kept_and_dropped_exchanged(shape, keep_prob, rng):
    """Your mask keeps the neurons whose number is above keep_prob. Which numbers between 0 and 1 turn up with
    probability keep_prob: those above it, or those below it?"""
    return rng.random(shape) > keep_prob


def rate_used_for_keep_prob(shape, keep_prob, rng):
    """A rate is the probability of being dropped, keep_prob that of being kept. Which of the two did your comparison
    use?"""
    return rng.random(shape) < 1 - keep_prob


def exact_number_dropped(shape, keep_prob, rng):
    """The same number of neurons is kept every time. keep_prob is a probability for each neuron, not a quota: the
    number kept has to vary from draw to draw."""
    size = int(np.prod(shape))
    return rng.permutation(np.arange(size) < round(keep_prob * size)).reshape(shape)


def one_mask_for_the_batch(shape, keep_prob, rng):
    """In every example the same neurons are dropped. Draw one number for each entry, so that each example has its own
    mask."""
    return np.broadcast_to(rng.random(shape[-1]) < keep_prob, shape)


def whole_examples_dropped(shape, keep_prob, rng):
    """Whole rows are dropped: that removes training examples, not neurons. Draw a number for every entry of the
    shape."""
    return np.broadcast_to(rng.random((*shape[:-1], 1)) < keep_prob, shape)


def bell_curve(shape, keep_prob, rng):
    """At keep_prob 0.3 it kept about 62%, at 0.8 about 79%, as numbers from a bell curve would. Which method of rng
    spreads its numbers evenly from 0 to 1?"""
    return rng.standard_normal(shape) < keep_prob


def fair_coin(shape, keep_prob, rng):
    """Half of the neurons are kept whatever keep_prob says. Let keep_prob decide how often a neuron is kept."""
    return rng.random(shape) < 0.5


def global_generator(shape, keep_prob, rng):
    """The numbers came from a hidden global generator, which any other code can advance. Use the rng that you were
    given."""
    return np.random.rand(*shape) < keep_prob


def own_generator(shape, keep_prob, rng):
    """Two calls with equal generators gave different masks, so the same seed would not repeat a run. Do all of your
    numbers come from the rng that you were given?"""
    return np.random.default_rng().random(shape) < keep_prob


def seed_inside(shape, keep_prob, rng):
    """Different generators were passed in, and the same mask came back. Do your numbers come from the rng that you were
    given, or from a seed inside the function?"""
    return np.random.default_rng(0).random(shape) < keep_prob


def numbers_instead_of_a_mask(shape, keep_prob, rng):
    """These are the random numbers themselves. A mask is the answer to a question about each: is it below keep_prob?"""
    return rng.random(shape)


def _look_at_masks(answer, seed):
    def draw(shape, keep_prob, rng):
        try:
            result = answer(shape=shape, keep_prob=keep_prob, rng=rng)
        except IndexError as error:
            if len(shape) > 1:
                raise
            raise Unusable("one layer", f"For the shape {shape}, one layer, it raised IndexError: {error}.") from error
        if len(shape) == 2 and np.shape(result) in ((1, shape[1]), (shape[0], 1), shape[1:]):
            result = np.broadcast_to(result, shape)  # what NumPy would do to it, so that its mistake has a name
        return as_mask(result, shape, rng)

    yield from observe_mask_draws(draw, seed)


neurons_to_keep = Exercise(
    _look_at_masks,
    references=[_mask],
    mistakes=[
        kept_and_dropped_exchanged,
        rate_used_for_keep_prob,
        exact_number_dropped,
        one_mask_for_the_batch,
        whole_examples_dropped,
        bell_curve,
        fair_coin,
        global_generator,
        own_generator,
        seed_inside,
        numbers_instead_of_a_mask,
    ],
    praise="Each neuron of each example has a number of its own, and the share kept follows keep_prob.",
)


def _silence(units, keep_prob):
    return (1 - keep_prob) ** units


def nobody_is_dropped(units, keep_prob):
    """That is the probability that no neuron is dropped. Here all are: with what probability is one neuron dropped?"""
    return keep_prob**units


def somebody_is_dropped(units, keep_prob):
    """That is the probability that at least one neuron is dropped. Here every one of them is."""
    return 1 - keep_prob**units


def somebody_survives(units, keep_prob):
    """That is the probability of the opposite: that at least one neuron is kept."""
    return 1 - (1 - keep_prob) ** units


def added_instead_of_multiplied(units, keep_prob):
    """You added the probabilities, and such a sum can exceed 1. When independent things must all happen, multiply."""
    return units * (1 - keep_prob)


def one_neuron_only(units, keep_prob):
    """That is the probability for one neuron. It must happen to all of them in the same draw."""
    return 1 - keep_prob


def half_for_each(units, keep_prob):
    """You took 1/2 for every neuron whatever keep_prob says. A neuron is dropped with probability 1 - keep_prob."""
    return 0.5**units


def _look_at_chances(answer, seed):
    for units, keep_prob in ((3, 0.3), (3, 0.8), (1, 0.8), (6, 0.3), (4, 0.65), (3, 1.0)):
        number = as_array(answer(units=units, keep_prob=keep_prob))
        right = float(mask_probabilities(all_masks(units), keep_prob=keep_prob)[0])
        message = (
            f"For {units} neurons at keep_prob {keep_prob} it gives {_shown(number)}. "
            f"In the list of all {2**units} masks the one that drops every neuron has probability {right:z.4g}."
        )
        if number.ndim == 0:
            message += rounding_words(number, right)
        yield Finding(f"{units} at {keep_prob}", np.round(number.astype(float), 9), message)


def _shown(number):
    return f"{number:z.4g}" if number.ndim == 0 else f"an array of shape {number.shape}, where one number was asked for"


chance_of_silence = Exercise(
    _look_at_chances,
    references=[_silence],
    mistakes=[
        nobody_is_dropped,
        somebody_is_dropped,
        somebody_survives,
        added_instead_of_multiplied,
        one_neuron_only,
        half_for_each,
    ],
    praise="It agrees with the list of all masks.",
)
