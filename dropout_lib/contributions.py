"""What each neuron of the last hidden layer adds to the answer, and what is lost without it; for replicas too.

For an image, the margin is the output of its true class minus that of a rival. A neuron contributes its activation
times the difference of its two weights; the contributions and the difference of the biases add up to the margin.
"""

import numpy as np

from dropout_lib.arguments import check_labels_of
from dropout_lib.network import accuracy


def strongest_rivals(network, inputs, labels):
    """Give for each image the class other than its label with the largest output, shape (..., examples)."""
    outputs = network.activations(inputs)[-1]
    check_labels_of(outputs.shape[:-1], labels)
    np.put_along_axis(outputs, np.asarray(labels)[..., np.newaxis], -np.inf, axis=-1)
    return outputs.argmax(axis=-1)


def margin_contributions(network, inputs, labels, rivals=None):
    """Give what each neuron adds to the margin of the labels over the rivals, shape (..., examples, neurons).

    `labels` and `rivals` have a class for each example; without `rivals`, they are the strongest ones.
    """
    rivals = strongest_rivals(network, inputs, labels) if rivals is None else rivals
    to_class = np.swapaxes(network.weights[-1], -1, -2)
    towards, against = (
        np.take_along_axis(to_class, np.asarray(classes)[..., np.newaxis], axis=-2) for classes in (labels, rivals)
    )
    return network.activations(inputs)[-2] * (towards - against)


def median_cancellation(contributions):
    """Give the median over examples of the sum of sizes divided by the size of the sum, shape (...).

    `contributions` has the shape (..., examples, neurons). 1 is no cancellation; an example for which no neuron
    contributes has none either.
    """
    sizes, sums = np.abs(contributions).sum(axis=-1), np.abs(contributions.sum(axis=-1))
    with np.errstate(divide="ignore"):  # what cancels wholly does so infinitely often
        return np.median(np.divide(sizes, sums, out=np.ones_like(sizes), where=sizes > 0), axis=-1)


def most_helpful_first(contributions):
    """Order the neurons by what they add in the mean over the examples, the most first, shape (..., neurons)."""
    return np.argsort(-contributions.mean(axis=-2), axis=-1, kind="stable")


def accuracy_without(network, inputs, labels, order):
    """Give the accuracy with no neuron of the last hidden layer removed, with one, and so on, shape (..., neurons + 1).

    `order` lists the neurons in the order in which they are removed, shape (..., neurons). Nothing is scaled.
    """
    hidden, found = network.activations(inputs)[-2].copy(), []  # without a hidden layer they are the inputs
    for place in range(hidden.shape[-1] + 1):
        found.append(accuracy(hidden @ network.weights[-1] + network.biases[-1], labels))
        if place < hidden.shape[-1]:
            np.put_along_axis(hidden, order[..., np.newaxis, place : place + 1], 0, axis=-1)
    return np.stack(found, axis=-1)


def lost_without_each(network, inputs, labels):
    """Give which correct images each neuron's removal makes wrong: Boolean, shape (..., neurons, examples)."""
    *_, hidden, outputs = network.activations(inputs)
    check_labels_of(outputs.shape[:-1], labels)
    right = outputs.argmax(axis=-1) == labels
    weights = network.weights[-1]
    without = [
        (outputs - hidden[..., [unit]] * weights[..., [unit], :]).argmax(axis=-1) for unit in range(hidden.shape[-1])
    ]
    return np.stack([right & (answer != labels) for answer in without], axis=-2)
