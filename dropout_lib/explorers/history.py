"""Explorer of pages 00 and 04: step through a training run that has been recorded, with dropout and without."""

import numpy as np

from dropout_lib.explorers.panel import LINES, Number, Panel
from dropout_lib.figures import training_view as picture


def history(with_dropout, plain, *, updates=False):
    """Step through two recorded training runs, each a History with snapshots of one network (no replicas).

    Both must have watched "training" and "test" data. With `updates` it shows how far each step moved the weights.
    """
    epochs = len(with_dropout.snapshots)
    controls = {"epoch": Number("epoch", value=epochs, low=1, high=epochs, step=1, slider=True)}

    def draw(epoch, draw):
        snapshot = with_dropout.snapshots[epoch - 1]
        names = ["inputs", *(f"hidden {number}" for number in range(1, len(snapshot.masks)))]
        layers = {name: mask[0] for name, mask in zip(names, snapshot.masks, strict=True) if mask is not None}
        distances = {
            name: np.linalg.norm(change, axis=0)
            for name, change in zip(names[1:], snapshot.changes, strict=False)
            if updates and name in layers
        }
        return picture(_curves(with_dropout, plain), epoch, layers, distances)

    return Panel(draw, controls, redraws=False, lines=LINES + 3 * updates)


def _curves(with_dropout, plain):
    return {
        "test, with dropout": (with_dropout.curves["test"], True, True),
        "test, without": (plain.curves["test"], False, True),
        "training, with": (with_dropout.curves["training"], True, False),
        "training, without": (plain.curves["training"], False, False),
    }
