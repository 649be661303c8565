"""The 2^n sub-networks of n units: their masks and the probability of each."""

import math
import numbers

import numpy as np

from dropout_lib.masks import check_keep_prob

MOST_UNITS = 20  # 2^20 masks of 20 units are 21 MB


def all_masks(units):
    """List all 2^units masks, one a row, shape (2^units, units): the binary numbers from 0 (all dropped) up.

    Raises TypeError for a `units` that is not a whole number, ValueError below 0 or above 20.
    """
    if not isinstance(units, numbers.Integral) or isinstance(units, bool):
        raise TypeError(f"units must be a whole number, got {units!r}. For a layer of 3 units, units = 3.")
    if not 0 <= units <= MOST_UNITS:
        raise ValueError(f"units must be from 0 to {MOST_UNITS}, got {units}. {_too_many(units)}")
    binary = np.arange(2**units, dtype=np.uint32)
    places = 1 << np.arange(units, dtype=np.uint32)[::-1]
    return binary[:, np.newaxis] & places != 0


def _too_many(units):
    if units < 0:
        return "A layer has no fewer than 0 units."
    # One byte for each mask entry. A whole layer's number of bytes is too large for a float, so its logarithm is taken.
    bytes_as_power = units * math.log10(2) + math.log10(units)
    megabytes = f"{10**bytes_as_power / 1e6:,.0f}" if units <= 60 else f"10^{bytes_as_power - 6:.0f}"
    return f"All 2^{units} masks would take {megabytes} MB; draw some of them instead, with draw_mask."


def mask_probabilities(masks, *, keep_prob):
    """Give the probability of each mask: keep_prob for every unit kept, times 1 - keep_prob for every unit dropped.

    `masks` is Boolean, shape (..., units); the result has shape (...). Over `all_masks(units)` it sums to 1. Raises
    TypeError for masks that are not Boolean, and as `draw_mask` for keep_prob.
    """
    check_keep_prob(keep_prob)
    masks = np.asarray(masks)
    if masks.dtype != bool or masks.ndim == 0:
        raise TypeError(f"masks must be a Boolean array, one mask a row, got {masks.dtype} of shape {masks.shape}.")
    kept = masks.sum(axis=-1)
    return float(keep_prob) ** kept * (1 - float(keep_prob)) ** (masks.shape[-1] - kept)
