"""A panel of each explorer, on small networks that are trained in a second."""

import numpy as np

from dropout_lib import digits_task, draw_network, explorers, train
from helpers.explorer_data import GRID, KEEP_PROBS, RESULTS, TRUTHS, fit_nothing


def recorded():
    """Train a small network a few epochs long, with dropout and without, as page 00 does."""
    task = digits_task(rng=np.random.default_rng(0), training=100, test=200, noise=0.2)
    net = draw_network((64, 20, 12, 10), rng=np.random.default_rng(1))
    watch = {"training": (task.inputs, task.labels), "test": (task.test_inputs, task.test_labels)}

    def run(keep_prob):
        rng = np.random.default_rng(2)
        options = {"rng": rng, "epochs": 14, "watch": watch, "snapshots": True}
        return train(net, task.inputs, task.labels, keep_prob=keep_prob, **options)

    return task, run((0.8, 0.5, 0.5)), run((1.0, 1.0, 1.0))


TASK, DROPPED, PLAIN = recorded()


COUNTED = train(
    draw_network((64, 6, 10), rng=np.random.default_rng(4)), TASK.inputs, TASK.labels,
    keep_prob=(1.0, 0.5), rng=np.random.default_rng(5), epochs=20,
).network  # fmt: skip
IMAGES, LABELS = TASK.test_inputs[:60], TASK.test_labels[:60]
UNDROPPED = train(
    draw_network((64, 6, 10), rng=np.random.default_rng(4)), TASK.inputs, TASK.labels,
    keep_prob=(1.0, 1.0), rng=np.random.default_rng(5), epochs=20,
).network  # fmt: skip


def panel_of(name):
    """Make the panel of the explorer with this name."""
    given = {"history": (DROPPED, PLAIN), "choice": (GRID, RESULTS, None), "subnetworks": (COUNTED, IMAGES, LABELS)}
    given["spread"] = (TRUTHS, KEEP_PROBS, fit_nothing)
    given["damage"] = given["contributions"] = (UNDROPPED, COUNTED, IMAGES, LABELS)
    return getattr(explorers, name)(*given.get(name, ()))
