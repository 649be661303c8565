"""Explorer of page 08: all sub-networks of a trained network, weighted by keep_prob, and a walk through them."""

from functools import lru_cache

import numpy as np

from dropout_lib.batched_prediction import masked_predictions
from dropout_lib.ensemble import all_masks, exact_averages, mask_probabilities
from dropout_lib.explorers.panel import Number, Panel
from dropout_lib.figures import ensemble_view as picture
from dropout_lib.masks import draw_mask
from dropout_lib.network import accuracy

SEED, IMAGES = 7, 12


def subnetworks(network, inputs, labels):
    """Choose an image and keep_prob, and walk through the sub-networks of a trained network with one hidden layer.

    The network stays as it was trained; probabilities and the scale 1/keep_prob follow keep_prob. Accuracies are those
    on `inputs`, shape (examples, 64), of which the first twelve can be chosen.
    """
    units = network.weights[-1].shape[-2]
    masks = all_masks(units)
    pixels = (inputs - inputs.min(axis=0)) / 2  # undoes the centring: among many images every pixel is black in one

    @lru_cache(maxsize=200)
    def results_at(keep_prob):
        predictions = masked_predictions(network, inputs, masks=[None, masks], keep_prob=(1.0, keep_prob))
        averages = exact_averages(network, inputs, keep_prob=(1.0, keep_prob))
        ways = {"arithmetic": averages.arithmetic, "geometric": averages.geometric}
        ways |= {"weight scaling": averages.weight_scaling}
        answers = {name: (shares[:IMAGES], accuracy(shares, labels)) for name, shares in ways.items()}
        return predictions[:, :IMAGES].copy(), accuracy(predictions, labels), answers

    def states(image, keep_prob, draw, by_hand):
        mask = draw_mask((units,), keep_prob=keep_prob, rng=np.random.default_rng([SEED, draw]))
        return [by_hand.get(neuron + 1, bool(kept)) for neuron, kept in enumerate(mask)]

    def show(image, keep_prob, draw, by_hand):
        predictions, accuracies, answers = results_at(keep_prob)
        probabilities = mask_probabilities(masks, keep_prob=keep_prob)
        chosen = (masks == states(image, keep_prob, draw, by_hand)).all(axis=1).argmax()
        ensemble = {way: (shares[image - 1], score) for way, (shares, score) in answers.items()}
        cloud = (masks, probabilities, accuracies, predictions[:, image - 1])
        name = f"keep_prob {keep_prob:g}, image {image}"
        return picture(cloud, ensemble, chosen, name=name, image=pixels[image - 1], label=labels[image - 1])

    images = range(1, min(IMAGES, len(inputs)) + 1)
    controls = {
        "keep_prob": Number("keep_prob", value=0.5, low=0.05, high=1.0, step=0.05, drawn=np.arange(1, 11) / 10),
        "image": Number("image", value=1, low=1, high=images[-1], step=1, drawn=images[:8]),
    }
    return Panel(show, controls, states=states, lines=6)
