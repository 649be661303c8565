"""Look at answers that remove each neuron by itself, and say what is right there."""

import numpy as np

from dropout_lib.checks.grading.results import as_array
from dropout_lib.checks.grading.running import Finding

PICTURES, NEURONS, CLASSES = 60, 6, 7  # with five neurons, 5 / 4 would be 1 / 0.8: two mistakes in one


def look_at_lost(answer, seed):
    """Yield the numbers of lost pictures at keep_prob 0.3, 0.8 and 1."""
    for number, keep_prob in enumerate((0.3, 0.8, 1.0)):
        given = _probe(seed, number)
        lost = as_array(answer(**given, keep_prob=keep_prob))
        message = f"For {NEURONS} neurons an array of shape {lost.shape} came back: one number for each neuron?"
        yield Finding(f"shape at {keep_prob}", lost.shape, message)
        if lost.shape == (CLASSES,):
            yield Finding(f"lost at {keep_prob}", lost.astype(float), message)
        if lost.shape == (NEURONS,):
            right = without_each(**given, keep_prob=keep_prob)
            place = int((~np.isclose(lost, right)).argmax())
            message = (
                f"At keep_prob {keep_prob}, you count {lost[place]:.4g} for neuron {place + 1}. Of {PICTURES} "
                f"pictures, {int(are_right(**given).sum())} are right with all neurons; without this one "
                f"{right[place]} of them are wrong."
            )
            yield Finding(f"lost at {keep_prob}", lost.astype(float), message)


def _probe(seed, number):
    """Draw a layer in which some neurons are silent, and labels of which about a third are not what it says."""
    rng = np.random.default_rng([seed, number])
    hidden = np.maximum(rng.normal(0.6, 1, (PICTURES, NEURONS)), 0)
    weights, biases = rng.normal(size=(NEURONS, CLASSES)), 1.5 * rng.normal(size=CLASSES)
    labels = np.where(rng.random(PICTURES) < 0.65, says(hidden, weights, biases), rng.integers(0, CLASSES, PICTURES))
    return {"hidden": hidden, "weights": weights, "biases": biases, "labels": labels}


def says(hidden, weights, biases):
    """Give the class that each picture is taken for."""
    return (hidden @ weights + biases).argmax(axis=-1)


def are_right(hidden, weights, biases, labels):
    return says(hidden, weights, biases) == labels


def without(hidden, unit):
    return hidden * (np.arange(hidden.shape[1]) != unit)


def each_neuron(hidden, count):
    return np.array([count(unit) for unit in range(hidden.shape[1])])


def lost_when(hidden, weights, biases, labels, remove=without):
    """Count what was right and is wrong when `remove(hidden, unit)` goes on to the outputs."""
    right = are_right(hidden, weights, biases, labels)
    return each_neuron(hidden, lambda unit: (right & ~are_right(remove(hidden, unit), weights, biases, labels)).sum())


def without_each(hidden, weights, biases, labels, keep_prob):
    """Give what is right."""
    return lost_when(hidden, weights, biases, labels)
