"""Explorer of page 01: a mini-batch of neurons, their numbers and the threshold."""

import numpy as np

from dropout_lib.explorers.panel import Number, Panel
from dropout_lib.figures import neurons as picture
from dropout_lib.masks import draw_mask

EXAMPLES, MOST, SEED = 4, 12, 1


def neurons():
    """Slide keep_prob over a mini-batch whose numbers are fixed: neurons are dropped one after another."""
    controls = {
        "keep_prob": Number("keep_prob", value=0.8, low=0.05, high=1.0, step=0.05),
        "units": Number("neurons", value=8, low=1, high=MOST, step=1, drawn=(4, 8, 12)),
        "example": Number("example", value=1, low=1, high=EXAMPLES, step=1),
    }
    return Panel(_draw, controls)


def _draw(keep_prob, units, example, draw):
    shape = (EXAMPLES, MOST)  # drawn for the widest layer and cut, so that a neuron has its number at every width
    numbers = np.random.default_rng([SEED, draw]).random(shape)
    mask = draw_mask(shape, keep_prob=keep_prob, rng=np.random.default_rng([SEED, draw]))
    return picture(numbers[:, :units], mask[:, :units], keep_prob=keep_prob, example=example)
