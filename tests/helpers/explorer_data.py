"""What explorers are given in tests, and how their boxes are set."""

from itertools import product

import numpy as np

from dropout_lib import draw_network
from dropout_lib.seeded_training import SettingResults

GRID = list(product((0.8, 1.0), (0.5, 0.7, 1.0), (0.5, 1.0)))
RESULTS = SettingResults(*np.random.default_rng(0).uniform(50, 95, (3, len(GRID), 4)))  # some means lie below the axis
TRUTHS, KEEP_PROBS = {"x²": np.square, "|x|": np.abs}, (0.5, 0.9, 1.0)


def put(panel, values):
    for name, value in values.items():
        panel.controls[name].box.value = value


def fit_nothing(gap, progress):
    """Give a network for each function and keep_prob, as drawn, and points outside the gap."""
    inputs, targets = np.random.default_rng(0).uniform(-1, 1, (2, 6, 10, 1))
    inputs = np.where((inputs > gap[0]) & (inputs < gap[1]), -1.0, inputs)
    rngs = [np.random.default_rng([place, 6]) for place in range(6)]
    return inputs, targets, draw_network((1, 7, 7, 1), rng=rngs, loss="squared")
