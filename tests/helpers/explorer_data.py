"""What explorers are given in tests, and how their boxes are set."""

import threading
from itertools import product

import numpy as np

from dropout_lib import draw_network, generators
from dropout_lib.seeded_training import SettingResults

GRID = list(product((0.8, 1.0), (0.5, 0.7, 1.0), (0.5, 1.0)))
# Some means lie below the axis.
RESULTS = SettingResults(*np.random.default_rng(0).uniform(50, 95, (3, len(GRID), 4)), networks=[], task=None)
TRUTHS, KEEP_PROBS = {"x²": np.square, "|x|": np.abs}, (0.5, 0.9, 1.0)


def put(panel, values):
    for name, value in values.items():
        panel.controls[name].box.value = value


def fit_nothing(gap, progress):
    """Give a network for each function and keep_prob, as drawn, and points outside the gap."""
    inputs, targets = np.random.default_rng(0).uniform(-1, 1, (2, 6, 10, 1))
    inputs = np.where((inputs > gap[0]) & (inputs < gap[1]), -1.0, inputs)
    return inputs, targets, draw_network((1, 7, 7, 1), rng=generators(6, range(6)), loss="squared")


def slowly(work, done=37, of=100):
    """Make work that waits for the test when so much of it is done; give it, and the events before and after."""
    inside, go_on = threading.Event(), threading.Event()

    def slow(given, progress):
        if progress:
            inside.set()
            assert go_on.wait(10)
            progress(done, of)
        return work(given)

    return slow, inside, go_on


def train_and_put(panel, values, inside, go_on, press="start"):
    """Press Train, put other values into the boxes while it trains (and press Stop, if asked), and wait."""
    panel.task.buttons["start"].click()
    assert inside.wait(10)
    put(panel, values)
    if press == "stop":
        panel.task.buttons["stop"].click()
    go_on.set()
    panel.task.wait()
