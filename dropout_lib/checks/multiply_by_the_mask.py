"""Checks of page 02: the mask in the forward pass, and the same mask in the backward pass."""

import numpy as np

from dropout_lib.checks.grading.exercise import Exercise
from dropout_lib.checks.probes.gradients import look_at_passing, nudged
from dropout_lib.checks.probes.mask_and_output import look_at_dropping
from dropout_lib.masks import draw_mask


def _dropped(activations, keep_prob, rng):
    mask = draw_mask(activations.shape, keep_prob=keep_prob, rng=rng)
    return activations * mask, mask


def returned_another_mask(activations, keep_prob, rng):
    """The mask you return is not the one that made the output. Which of them will the backward pass need?"""
    return _dropped(activations, keep_prob, rng)[0], _dropped(activations, keep_prob, rng)[1]


def mask_from_zeros(activations, keep_prob, rng):
    """Where an activation is 0 anyway, your mask never changes. Does a zero tell whether a neuron was dropped?"""
    output, _ = _dropped(activations, keep_prob, rng)
    return output, output != 0


def whole_examples_dropped(activations, keep_prob, rng):
    """Whole examples are kept or dropped, never single neurons. How many numbers must be drawn for one example?"""
    mask = draw_mask((len(activations), 1), keep_prob=keep_prob, rng=rng)
    return activations * mask, mask


def one_mask_for_the_batch(activations, keep_prob, rng):
    """In every example the same neurons are dropped. How many numbers must be drawn if each is to have a mask of its
    own?"""
    mask = draw_mask(activations.shape[-1], keep_prob=keep_prob, rng=rng)
    return activations * mask, mask


def changed_the_input(activations, keep_prob, rng):
    """The activations passed in were changed: run twice, the cell drops twice. Which line writes into them?"""
    mask = draw_mask(activations.shape, keep_prob=keep_prob, rng=rng)
    activations *= mask
    return activations, mask


def global_generator(activations, keep_prob, rng):
    """The numbers came from a hidden global generator, which any other code can advance. Use the rng that you were
    given."""
    mask = np.random.rand(*activations.shape) < keep_prob
    return activations * mask, mask


def own_generator(activations, keep_prob, rng):
    """Two calls with equal generators gave different masks, so the same seed would not repeat a run. Do all of your
    numbers come from the rng that you were given?"""
    mask = np.random.default_rng().random(activations.shape) < keep_prob
    return activations * mask, mask


def kept_and_dropped_exchanged(activations, keep_prob, rng):
    """At keep_prob 0.3 about 70% of the neurons are kept, at 0.8 about 20%. Is keep_prob the probability of being kept,
    or of being dropped?"""
    mask = rng.random(activations.shape) > keep_prob
    return activations * mask, mask


def scaled_already(activations, keep_prob, rng):
    """The kept neurons come out divided by keep_prob. That is page 03: here a kept activation stays as it is."""
    output, mask = _dropped(activations, keep_prob, rng)
    return output / keep_prob, mask


def returned_only_the_output(activations, keep_prob, rng):
    """One array came back, and two were asked for. How will the backward pass know which neurons were dropped?"""
    return _dropped(activations, keep_prob, rng)[0]


drop_neurons = Exercise(
    look_at_dropping,
    references=[_dropped],
    mistakes=[
        returned_another_mask,
        mask_from_zeros,
        whole_examples_dropped,
        one_mask_for_the_batch,
        own_generator,
        global_generator,
        changed_the_input,
        kept_and_dropped_exchanged,
        scaled_already,
        returned_only_the_output,
    ],
    praise="In every draw the output was the activations times the mask that came back with it.",
)


def _back(hidden, weights, gradient, for_hidden, for_weights):
    return gradient @ weights.T * for_hidden, (hidden * for_weights).T @ gradient


def _another(mask):
    return draw_mask(mask.shape, keep_prob=0.5, rng=np.random.default_rng())


def no_mask_for_hidden(hidden, weights, gradient, mask):
    """hidden_gradient is not 0 for dropped neurons. With the mask does nudging one change the output?"""
    return _back(hidden, weights, gradient, 1, mask)


def no_mask_for_weights(hidden, weights, gradient, mask):
    """In weights_gradient dropped neurons count too. What did such a neuron pass on to the output of its example?"""
    return _back(hidden, weights, gradient, mask, 1)


def no_mask_anywhere(hidden, weights, gradient, mask):
    """Both gradients are those of a network that drops no neuron. Where in the forward pass did the mask act?"""
    return _back(hidden, weights, gradient, 1, 1)


def trained_the_dropped(hidden, weights, gradient, mask):
    """Both gradients reach the dropped neurons, and none that was kept. What does True in the mask mean?"""
    return _back(hidden, weights, gradient, ~mask, ~mask)


def fresh_mask(hidden, weights, gradient, mask):
    """The same arguments gave different gradients in another call, by a different mask. Which mask made the output?"""
    other = _another(mask)
    return _back(hidden, weights, gradient, other, other)


def two_masks(hidden, weights, gradient, mask):
    """The two gradients follow two masks, and change from call to call. How many masks does the forward pass have?"""
    return _back(hidden, weights, gradient, _another(mask), _another(mask))


def mask_from_zeros(hidden, weights, gradient, mask):
    """Kept neurons whose activation is 0 get no gradient. With the mask would nudging one change the output?"""
    return _back(hidden, weights, gradient, hidden != 0, hidden != 0)


def masked_the_weights(hidden, weights, gradient, mask):
    """hidden_gradient is 0 for the same neurons in all examples, as with masked weights. How many rows does mask
    have?"""
    thin = mask[:1].T
    return gradient @ (weights * thin).T, hidden.T @ gradient * thin


def swapped_order(hidden, weights, gradient, mask):
    """The first result has the shape of weights, the second that of hidden. In which order were they asked for?"""
    return _back(hidden, weights, gradient, mask, mask)[::-1]


def changed_the_input(hidden, weights, gradient, mask):
    """An array passed in was changed by the call, and the next step begins from it. Which line writes into it?"""
    hidden *= mask
    return _back(hidden, weights, gradient, mask, mask)


pass_back = Exercise(
    look_at_passing,
    references=[nudged],
    mistakes=[
        no_mask_for_hidden,
        no_mask_for_weights,
        no_mask_anywhere,
        trained_the_dropped,
        fresh_mask,
        two_masks,
        mask_from_zeros,
        masked_the_weights,
        swapped_order,
        changed_the_input,
    ],
    praise="Both gradients agree with finite differences taken with the mask fixed.",
)
