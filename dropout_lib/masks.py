"""Draw a dropout mask, apply it, scale it: the forward and the backward pass."""

import numbers
import types

import numpy as np


def draw_mask(shape, *, keep_prob, rng):
    """Draw a Bernoulli mask: True where a unit is kept, with probability `keep_prob`.

    `shape` is the activations' own shape, (examples, units) for a batch, so that every unit of every example has a
    number of its own. Source: Srivastava et al. 2014, section 4. Raises ValueError or TypeError for a `keep_prob`
    outside (0, 1], and TypeError for an `rng` that is not a np.random.Generator.
    """
    check_keep_prob(keep_prob)
    check_rng(rng)
    return rng.random(shape) < keep_prob


def apply_mask(activations, mask, *, keep_prob):
    """Inverted dropout: silence the dropped units, divide the others by `keep_prob`: activations * mask / keep_prob.

    For a mask of the activations' own shape the result is linear in each activation with the factor mask / keep_prob,
    so the same call is the backward pass: `apply_mask(gradient, mask, keep_prob=keep_prob)`. A mask with more leading
    axes, as (masks, units) over (units,), gives one result per mask; the backward pass is then summed over the masks.

    Floating activations keep their dtype, integers and Booleans become float64, and a new array is returned. A dropped
    infinity or NaN gives NaN (0 times infinity has no value): dropout does not hide a layer that has diverged. Raises
    TypeError for a mask that is not Boolean and ValueError for shapes of which neither is the shape of the result.
    """
    check_keep_prob(keep_prob)
    activations, mask = np.asarray(activations), np.asarray(mask)
    check_mask(activations, mask)
    return scaled_by_mask(activations, mask, float(keep_prob))


def scaled_by_mask(activations, mask, keep_prob):
    """Give the formula alone, for loops that have checked what goes in; `keep_prob` may be an array that broadcasts."""
    with np.errstate(invalid="ignore"):
        return activations * mask / keep_prob


def apply_dropout(activations, *, keep_prob, rng):
    """Inverted dropout in one call, for when the mask is not needed again: draw_mask, then apply_mask."""
    activations = np.asarray(activations)
    check_numbers(activations)  # before the generator moves
    return apply_mask(activations, draw_mask(activations.shape, keep_prob=keep_prob, rng=rng), keep_prob=keep_prob)


def check_keep_prob(keep_prob):
    """Raise unless `keep_prob` is one real number in (0, 1]."""
    if isinstance(keep_prob, bool) or not isinstance(keep_prob, numbers.Real):
        raise TypeError(
            f"keep_prob must be one number in (0, 1], got {keep_prob!r}. To drop 20 % of the units, keep_prob = 0.8."
        )
    if not 0 < keep_prob <= 1:
        raise ValueError(f"keep_prob must be in (0, 1], got {keep_prob}. {_advice(keep_prob)}")


def _advice(keep_prob):
    if keep_prob == 0:
        return "With 0 nobody is left to scale up; to drop 80 % of the units, keep_prob = 0.2."
    if 2 <= keep_prob <= 100:
        return f"Is it in percent? Then keep_prob = {float(keep_prob) / 100:g}."
    if str(keep_prob) == "nan":
        return "It is not a number: look at the computation that made it."
    return "To drop 20 % of the units, keep_prob = 0.8."


def check_rng(rng):
    """Raise unless `rng` is a np.random.Generator."""
    if isinstance(rng, np.random.Generator):
        return
    if isinstance(rng, numbers.Integral) and not isinstance(rng, bool):
        given, advice = f"the seed {rng}", f"Make one, once, with rng = np.random.default_rng({rng}), and pass it on."
    else:
        given = "the global np.random" if isinstance(rng, types.ModuleType) else f"{type(rng).__name__} {rng!r}"
        advice = "Make one, once, with rng = np.random.default_rng(0), and pass it on."
    raise TypeError(f"rng must be a np.random.Generator, got {given}. {advice}")


def check_numbers(activations):
    """Raise unless the array holds numbers, or Booleans."""
    if not np.issubdtype(activations.dtype, np.number) and activations.dtype != bool:
        raise TypeError(f"activations must be numbers, got an array of {activations.dtype}. Convert it first.")


def check_mask(activations, mask):
    """Raise unless `mask` is Boolean and the product has the shape of `mask` or of `activations`, which are numbers."""
    check_numbers(activations)
    if mask.dtype != bool:
        raise TypeError(f"mask must be Boolean, True = kept, got {mask.dtype}. Compare: rng.random(shape) < keep_prob.")
    try:
        fits = np.broadcast_shapes(activations.shape, mask.shape) in (activations.shape, mask.shape)
    except ValueError:
        fits = False
    if not fits:
        raise ValueError(
            f"mask of shape {mask.shape} does not fit activations of shape {activations.shape}. "
            f"Draw it with draw_mask({activations.shape}, keep_prob=..., rng=...)."
        )
