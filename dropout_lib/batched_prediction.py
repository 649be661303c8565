"""Predictions of many sub-networks, in blocks: what the exact ensemble and Monte Carlo dropout share."""

import math

import numpy as np

from dropout_lib.arguments import check_inputs, one_keep_prob_by_layer
from dropout_lib.network import softmax

BLOCK = 2**19  # numbers in the largest array of a block: 4 MB. Smaller blocks repeat the first layer's work more often


def masked_predictions(network, inputs, *, masks, keep_prob, progress=None):
    """Predict with one sub-network after another: shape (masks, ..., examples, outputs).

    `masks` has one entry for each layer but the last, the inputs first: None, or Boolean, with as many masks in every
    layer. Of shape (masks, neurons) each is shared by all examples; with the shape (masks, ..., examples, neurons)
    every example has its own. `keep_prob` is one number for each layer; it divides the survivors where there is a mask.

    Memory beside the result: at most 5 arrays of 4 MB, or of one forward pass's largest layer if that is more.
    `progress` is called with the masks done and in all. Raises ValueError or TypeError for what does not fit.
    """
    keep_prob, shape = one_keep_prob_by_layer(network, keep_prob), output_shape(network, inputs)
    masks = _checked(network, masks)
    total = next(len(mask) for mask in masks if mask is not None)
    predictions = np.empty((total, *shape))
    for part in blocks(network, inputs, total, progress=progress):
        chosen = [mask if mask is None else mask[part] for mask in masks]
        predictions[part] = predict_masked(network, inputs, chosen, keep_prob)
    return predictions


def predict_masked(network, inputs, masks, keep_prob):
    """Give the predictions under each mask in one pass, from arguments that have been checked."""
    outputs = masked_outputs(network, inputs, masks, keep_prob)
    return softmax(outputs) if network.loss == "softmax" else outputs


def masked_outputs(network, inputs, masks, keep_prob):
    """Give the sums of the last layer under each mask, shape (masks, ..., examples, outputs), in one pass."""
    axes = len(output_shape(network, inputs)) + 1
    shaped = [mask if mask is None else _for_examples(mask, axes) for mask in masks]
    return network.outputs_by_layer(inputs, shaped, keep_prob)[-1]


def _for_examples(mask, axes):
    """Give masks of shape (masks, neurons) axes of length 1 for replicas and examples."""
    return mask.reshape(len(mask), *[1] * (axes - 2), mask.shape[-1]) if mask.ndim == 2 else mask


def blocks(network, inputs, total, *, progress=None):
    """Cut `total` masks into slices whose largest array has BLOCK numbers, and one mask at least; report each done."""
    widest = max(max(weights.shape[-2:]) for weights in network.weights)
    size = max(1, BLOCK // max(1, math.prod(output_shape(network, inputs)[:-1]) * widest))
    for start in range(0, total, size):
        stop = min(start + size, total)
        yield slice(start, stop)
        if progress:
            progress(stop, total)


def output_shape(network, inputs):
    """Give the shape of one prediction, (..., examples, outputs); raise ValueError for inputs that do not fit."""
    inputs = check_inputs(network, inputs)
    return (*network.weights[0].shape[:-2], inputs.shape[-2], network.weights[-1].shape[-1])


def _checked(network, masks):
    """Give the masks as arrays; raise unless they are Boolean, and fit the layers and each other."""
    layers = [weights.shape[-2] for weights in network.weights]
    if not isinstance(masks, list | tuple) or len(masks) != len(layers):
        raise ValueError(f"masks needs an entry, which may be None, for each of the {len(layers)} layers but the last.")
    masks = [mask if mask is None else np.asarray(mask) for mask in masks]
    given = [(mask, units) for mask, units in zip(masks, layers, strict=True) if mask is not None]
    if not given or any(mask.dtype != bool for mask, _ in given):
        raise TypeError("masks must be Boolean, True = kept, in one layer at least. Take all_masks or draw_mask.")
    if any(mask.ndim < 2 or mask.shape[-1] != units or len(mask) != len(given[0][0]) for mask, units in given):
        raise ValueError(
            f"masks must have the shape (masks, neurons), with as many masks in every layer, got "
            f"{[mask.shape for mask, _ in given]} for layers of {layers} neurons."
        )
    return masks
