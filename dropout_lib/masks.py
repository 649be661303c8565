"""Draw a dropout mask, apply it, scale it: the forward and the backward pass."""

import numpy as np

from dropout_lib.arguments import check_keep_prob, check_mask, check_numbers, check_rng


def draw_mask(shape, *, keep_prob, rng):
    """Draw a Bernoulli mask: True where a neuron is kept, with probability `keep_prob`.

    `shape` is the activations' own shape, (examples, neurons) for a batch, so that every neuron of every example has
    a number of its own. Source: Srivastava et al. 2014, section 4. Raises ValueError or TypeError for a `keep_prob`
    outside (0, 1], and TypeError for an `rng` that is not a np.random.Generator.
    """
    check_keep_prob(keep_prob)
    check_rng(rng)
    return rng.random(shape) < keep_prob


def apply_mask(activations, mask, *, keep_prob):
    """Inverted dropout: set dropped neurons to 0, divide the rest by `keep_prob`: activations * mask / keep_prob.

    For a mask of the activations' own shape the result is linear in each activation with the factor mask / keep_prob,
    so the same call is the backward pass: `apply_mask(gradient, mask, keep_prob=keep_prob)`. A mask with more leading
    axes, as (masks, neurons) over (neurons,), gives one result per mask; the backward pass then sums over the masks.

    Floating activations keep their dtype, integers and Booleans become float64, and a new array is returned. A dropped
    infinity or NaN gives NaN (0 times infinity has no value): dropout does not hide a layer that has diverged. Raises
    TypeError for a mask that is not Boolean and ValueError for shapes of which neither is the shape of the result.
    """
    check_keep_prob(keep_prob)
    activations, mask = np.asarray(activations), np.asarray(mask)
    check_mask(activations, mask)
    return scaled_by_mask(activations, mask, float(keep_prob))


def scaled_by_mask(activations, mask, keep_prob):
    """Give the formula alone, for loops that check their arguments; `keep_prob` may be an array that broadcasts."""
    with np.errstate(invalid="ignore"):
        return activations * mask / keep_prob


def apply_dropout(activations, *, keep_prob, rng):
    """Inverted dropout in one call, for when the mask is not needed again: draw_mask, then apply_mask."""
    activations = np.asarray(activations)
    check_numbers(activations)  # before the generator moves
    mask = draw_mask(activations.shape, keep_prob=keep_prob, rng=rng)  # which checks keep_prob and rng
    return scaled_by_mask(activations, mask, float(keep_prob))
