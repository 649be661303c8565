"""The networks of page 06, trained for any seeds: without dropout, with L2, with Gaussian noise and with dropout."""

import numpy as np

from dropout_lib import (
    Network,
    accuracy_without,
    digits_task,
    draw_network,
    generators,
    margin_contributions,
    median_cancellation,
    most_helpful_first,
    train,
    try_settings,
)
from experiments.disturbed import Disturbed, gaussian_noise

SIZES, EPOCHS, KEEP_PROB, L2 = (64, 64, 24, 10), 60, (0.8, 0.5, 0.5), 0.02
NEURONS, REMOVED, ORDERS = 24, 12, 8
MEASURES = (
    "accuracy",
    "cancelling",
    "lost at random",
    "lost, most helpful first",
    "zeros in layer 1",
    "zeros in layer 2",
)


def networks(seeds):
    """Give each method's networks by name, one Network with a replica for each seed, and the task that they share.

    All are those of page 06: 300 digits, 20% of the labels wrong, and a seed's images and initial weights the same in
    every method.
    """
    plain = (1.0, 1.0, 1.0)
    two = try_settings([plain, KEEP_PROB], sizes=SIZES, seeds=seeds, epochs=EPOCHS)
    decayed = try_settings([plain], sizes=SIZES, seeds=seeds, epochs=EPOCHS, weight_decay=L2)
    found = {"without": two.networks[0], "L2": decayed.networks[0], "Gaussian noise": _noisy(seeds)}
    return found | {"dropout": two.networks[1]}, two.task


def _noisy(seeds):
    """Train one network after the other with Gaussian noise of dropout's variance: no neuron is ever absent."""
    trained = [_noisy_one(seed) for seed in seeds]
    layers = [[getattr(network, name) for network in trained] for name in ("weights", "biases")]
    return Network(*(tuple(map(np.stack, zip(*arrays, strict=True))) for arrays in layers))


def _noisy_one(seed):
    data, weights, order, noise = (generators(purpose, [seed])[0] for purpose in range(4))
    task, drawn = digits_task(rng=data, validation=200, noise=0.2), draw_network(SIZES, rng=weights)
    noisy = Disturbed(drawn.weights, drawn.biases, drawn.loss, gaussian_noise, KEEP_PROB, noise)
    return train(noisy, task.inputs, task.labels, keep_prob=(1.0, 1.0, 1.0), rng=order, epochs=EPOCHS).network


def measures(network, task, seeds):
    """Give what page 06 measures of a network, by the names of `MEASURES`: an array with one number for each seed.

    Accuracy, and what the removal of 12 of 24 neurons costs, are in percent and in points; zeros are percent of a
    layer's activations on the test images.
    """
    images, labels = task.test_inputs, task.test_labels
    contributions = margin_contributions(network, images, labels)
    at_random = np.mean([accuracy_without(network, images, labels, order) for order in orders(seeds)], axis=0)
    helpful = accuracy_without(network, images, labels, most_helpful_first(contributions))
    zeros = [100 * (layer == 0).mean(axis=(-2, -1)) for layer in network.activations(images)[1:3]]
    values = (100 * helpful[:, 0], median_cancellation(contributions), _lost(at_random), _lost(helpful), *zeros)
    return dict(zip(MEASURES, values, strict=True))


def orders(seeds):
    """Give the eight random orders of page 06 in which each seed's neurons are removed."""
    return np.array([[rng.permutation(NEURONS) for rng in generators(number, seeds)] for number in range(ORDERS)])


def _lost(curve):
    return 100 * (curve[:, 0] - curve[:, REMOVED])
