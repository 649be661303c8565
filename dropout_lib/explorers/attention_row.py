"""Explorer of page 11: one row of attention, its mask after or before the softmax."""

import numpy as np

from dropout_lib.ensemble import all_masks, mask_probabilities
from dropout_lib.explorers.panel import Choice, Number, Panel
from dropout_lib.figures import attention_row as picture
from dropout_lib.masks import apply_mask, draw_mask
from dropout_lib.network import softmax

TOKENS = ("the", "cat", "sat", "on", "the", "mat")
SCORES = np.array([0.2, 1.4, 0.9, -0.8, -0.3, 0.6])
AFTER, BEFORE = "after the softmax", "before the softmax"
SEED = 4


def attention_row():
    """Slide keep_prob over one row of attention whose numbers are fixed; drop after or before the softmax."""
    controls = {
        "keep_prob": Number("keep_prob", value=0.8, low=0.05, high=1.0, step=0.05),
        "way": Choice("dropped", (AFTER, BEFORE), value=AFTER),
    }
    return Panel(_draw, controls)


def _draw(keep_prob, way, draw):
    numbers = np.random.default_rng([SEED, draw]).random(len(TOKENS))
    mask = draw_mask((len(TOKENS),), keep_prob=keep_prob, rng=np.random.default_rng([SEED, draw]))
    masks = all_masks(len(TOKENS))[1:]  # without the one that leaves no token: its weights are 0, or none
    chances = mask_probabilities(masks, keep_prob=keep_prob)
    chances = chances / (chances.sum() if way == BEFORE else 1)
    weights, means = _weights(mask, keep_prob, way), chances @ _weights(masks, keep_prob, way)
    shown = {"probabilities": softmax(SCORES), "weights": weights, "means": means}
    return picture(TOKENS, numbers, mask, **shown, keep_prob=keep_prob, way=way)


def _weights(masks, keep_prob, way):
    """Give the weights under one mask or many: minus infinity before the softmax gives a token no weight."""
    if way == AFTER:
        return apply_mask(softmax(SCORES), masks, keep_prob=keep_prob)
    if not masks.any():
        return np.full(len(TOKENS), np.nan)
    return softmax(np.where(masks, SCORES, -np.inf))
