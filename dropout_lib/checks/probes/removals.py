"""Look at answers that remove each neuron by itself, and say what is correct there."""

import numpy as np

from dropout_lib.checks.grading.results import as_array
from dropout_lib.checks.grading.running import Finding

IMAGES, NEURONS, CLASSES = 60, 6, 7  # with five neurons, 5 / 4 would be 1 / 0.8: two mistakes in one


def look_at_lost(answer, seed):
    """Yield the numbers of lost images at keep_prob 0.3, 0.8 and 1."""
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
                f"At keep_prob {keep_prob}, you count {lost[place]:z.4g} for neuron {place + 1}. Of {IMAGES} "
                f"images, {int(are_correct(**given).sum())} are correct with all neurons; without this one "
                f"{right[place]} of them are wrong."
            )
            yield Finding(f"lost at {keep_prob}", lost.astype(float), message)


def _probe(seed, number):
    """Draw a layer in which some activations are 0, and labels of which about a third differ from its answers."""
    rng = np.random.default_rng([seed, number])
    hidden = np.maximum(rng.normal(0.6, 1, (IMAGES, NEURONS)), 0)
    weights, biases = rng.normal(size=(NEURONS, CLASSES)), 1.5 * rng.normal(size=CLASSES)
    labels = np.where(rng.random(IMAGES) < 0.65, says(hidden, weights, biases), rng.integers(0, CLASSES, IMAGES))
    return {"hidden": hidden, "weights": weights, "biases": biases, "labels": labels}


def says(hidden, weights, biases):
    """Give the class with the largest output for each image."""
    return (hidden @ weights + biases).argmax(axis=-1)


def are_correct(hidden, weights, biases, labels):
    return says(hidden, weights, biases) == labels


def without(hidden, neuron):
    return hidden * (np.arange(hidden.shape[1]) != neuron)


def each_neuron(hidden, count):
    return np.array([count(neuron) for neuron in range(hidden.shape[1])])


def lost_when(hidden, weights, biases, labels, remove=without):
    """Count what was correct and is wrong when `remove(hidden, neuron)` is passed on to the outputs."""
    correct = are_correct(hidden, weights, biases, labels)
    return each_neuron(
        hidden, lambda neuron: (correct & ~are_correct(remove(hidden, neuron), weights, biases, labels)).sum()
    )


def without_each(hidden, weights, biases, labels, keep_prob):
    """Give what is correct."""
    return lost_when(hidden, weights, biases, labels)
