"""The data sets of the course, seeded, with no download: 8x8 digits, two moons, and points of a curve.

Digits: Alpaydin and Kaynak, "Optical Recognition of Handwritten Digits", UCI Machine Learning Repository, 1998, licence
CC BY 4.0; its 1,797 test images. The file was made from the copy that scikit-learn ships (digits.csv.gz, 64 pixels from
0 to 16 and the label in each line) by `np.savez_compressed("digits.npz", images=table[:, :64], labels=table[:, 64])`,
both as uint8.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dropout_lib.arguments import check_rng


@dataclass(frozen=True)
class Task:
    """Training, test and validation data; with several seeds every array has a leading axis of replicas.

    `labels` are for training, some of them wrong if there is noise; `true_labels` are all correct. Settings are
    chosen on the validation data, of which there is none unless it was asked for.
    """

    inputs: np.ndarray
    labels: np.ndarray
    true_labels: np.ndarray
    test_inputs: np.ndarray
    test_labels: np.ndarray
    validation_inputs: np.ndarray | None = None
    validation_labels: np.ndarray | None = None


def digits():
    """Give all images, shape (1797, 64) from 0 to 1, and their labels, shape (1797,) from 0 to 9."""
    with np.load(Path(__file__).with_name("digits.npz"), allow_pickle=False) as stored:
        return stored["images"] / 16.0, stored["labels"].astype(int)


def digits_task(*, rng, training=300, validation=0, test=797, noise=0.0):
    """Split the digits at random, subtract the training images' mean, double, and make `noise` of the labels wrong.

    `rng` is a Generator, or a list of them, one for each replica. Exactly round(noise * training) training labels are
    replaced by a different class. The test images are the last of the shuffled ones, those for validation come just
    before: equal seeds share them, whatever the number of training images. Raises ValueError for more than 1,797
    images, or a noise outside [0, 1], TypeError for an `rng` that is not a Generator.
    """
    if isinstance(rng, list | tuple):
        parts = {"training": training, "validation": validation, "test": test}
        tasks = [digits_task(rng=one, **parts, noise=noise) for one in rng]
        return Task(*(np.stack([getattr(task, name) for task in tasks]) for name in Task.__annotations__))
    check_rng(rng)
    images, labels = digits()
    if min(training, test) < 1 or validation < 0 or training + validation + test > len(images):
        raise ValueError(
            f"training + validation + test must fit into {len(images)} images, "
            f"got {training} + {validation} + {test}. Ask for fewer."
        )
    order = rng.permutation(len(images))
    last = len(images) - test
    chosen, validated, tested = order[:training], order[last - validation : last], order[last:]
    centre = images[chosen].mean(axis=0)
    noisy = wrong_labels(labels[chosen], noise, classes=10, rng=rng)
    inputs, validation_inputs, test_inputs = ((images[part] - centre) * 2 for part in (chosen, validated, tested))
    return Task(inputs, noisy, labels[chosen], test_inputs, labels[tested], validation_inputs, labels[validated])


def wrong_labels(labels, noise, *, classes, rng):
    """Replace exactly round(noise * len(labels)) labels, chosen at random, by a different class; give a new array."""
    check_rng(rng)
    if not 0 <= noise <= 1:
        raise ValueError(f"noise must be from 0 to 1, got {noise}. To make 20% of the labels wrong, noise = 0.2.")
    labels = np.array(labels)
    if labels.dtype.kind not in "iu" or (labels.size and not 0 <= labels.min() <= labels.max() < classes):
        raise ValueError(
            f"labels must be whole numbers from 0 to {classes - 1}, got {labels}. Count the classes from 0."
        )
    spoilt = rng.permutation(len(labels))[: round(noise * len(labels))]
    labels[spoilt] = (labels[spoilt] + rng.integers(1, classes, len(spoilt))) % classes
    return labels


def moons(examples, *, noise, rng):
    """Draw two interlocking half circles, with normal noise of this standard deviation: points, and classes 0 and 1."""
    check_rng(rng)
    if examples < 1 or not 0 <= noise < np.inf:
        raise ValueError(f"moons need at least 1 example and a noise from 0, got {examples} and {noise}.")
    angles = np.pi * rng.random(examples)
    labels = np.arange(examples) % 2
    points = np.stack([np.cos(angles), np.sin(angles)], axis=-1)
    points[labels == 1] = [1.0, 0.5] - points[labels == 1]
    return points + noise * rng.standard_normal(points.shape), labels


def curve_points(truth, *, gap, rng, examples=40, noise=0.1):
    """Draw places evenly from -1 to 1 outside a gap, and a function there with normal noise; each (examples, 1).

    `truth` takes an array of places; `gap` is (from, to), where no example lies; the noise is a standard deviation.
    `rng` is a Generator, or a list of them, one for each replica: then both have a leading axis. Raises ValueError for
    a gap that does not go up between -1 and 1 or leaves no place, for no example or a noise below 0; TypeError for an
    `rng` that is not a Generator.
    """
    if isinstance(rng, list | tuple):
        drawn = [curve_points(truth, gap=gap, rng=one, examples=examples, noise=noise) for one in rng]
        return tuple(map(np.stack, zip(*drawn, strict=True)))
    check_rng(rng)
    if examples < 1 or not 0 <= noise < np.inf:
        raise ValueError(f"A curve needs at least 1 example and a noise from 0, got {examples} and {noise}.")
    start, stop = gap
    if not -1 <= start <= stop <= 1 or stop - start == 2:
        raise ValueError(f"A gap must go up, from -1 or more to 1 or less, and leave a place; got {start} to {stop}.")
    places = -1 + (2 - (stop - start)) * rng.random((examples, 1))
    places = np.where(places >= start, places + (stop - start), places)
    return places, truth(places) + noise * rng.standard_normal(places.shape)
