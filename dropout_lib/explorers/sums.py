"""Explorer of page 03: what the next neuron receives, unscaled, inverted and at inference."""

import numpy as np

from dropout_lib.ensemble import all_masks, mask_probabilities
from dropout_lib.explorers.panel import Number, Panel
from dropout_lib.figures import sums as picture
from dropout_lib.masks import apply_mask, draw_mask

SEED = 3


def sums():
    """Slide keep_prob and the width of the layer: the exact distribution of one sum over all masks."""
    controls = {
        "keep_prob": Number("keep_prob", value=0.8, low=0.05, high=1.0, step=0.05),
        "units": Number("neurons", value=6, low=1, high=10, step=1),
    }
    return Panel(_draw, controls)


def _draw(keep_prob, units, draw):
    activations = np.random.default_rng(SEED).uniform(0.5, 1.5, units)
    activations *= 6 / activations.sum()  # the same sum at every width
    masks = all_masks(units)
    probabilities = mask_probabilities(masks, keep_prob=keep_prob)
    mask = draw_mask((units,), keep_prob=keep_prob, rng=np.random.default_rng([SEED, draw]))
    everything = activations.sum()
    rules = {
        "unscaled": (apply_mask(activations, masks, keep_prob=1.0).sum(axis=-1), probabilities),
        "inverted": (apply_mask(activations, masks, keep_prob=keep_prob).sum(axis=-1), probabilities),
        "inference": (np.array([everything]), np.array([1.0])),
    }
    now = {
        "unscaled": apply_mask(activations, mask, keep_prob=1.0).sum(),
        "inverted": apply_mask(activations, mask, keep_prob=keep_prob).sum(),
        "inference": everything,
    }
    return picture(rules, top=16.0, now=now)
