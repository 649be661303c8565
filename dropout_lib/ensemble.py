"""The 2^n sub-networks of n neurons: their masks, the probability of each, their predictions and exact averages."""

import math
import numbers
from dataclasses import dataclass

import numpy as np

from dropout_lib.arguments import check_keep_prob, one_keep_prob_by_layer
from dropout_lib.batched_prediction import blocks, masked_outputs, masked_predictions, output_shape
from dropout_lib.network import softmax

MAX_UNITS = 20  # 2^20 masks of 20 neurons are 21 MB
MAX_MEGABYTES = 1000
ACTIVATIONS_PER_SECOND = 1e8  # activations on one core: from which the time of a refused enumeration is computed


def all_masks(units):
    """List all 2^units masks, one a row, shape (2^units, units): the binary numbers from 0 (all dropped) up.

    Raises TypeError for a `units` that is not a whole number, ValueError below 0 or above 20.
    """
    if not isinstance(units, numbers.Integral) or isinstance(units, bool):
        raise TypeError(f"units must be a whole number, got {units!r}. For a layer of 3 neurons, units = 3.")
    if not 0 <= units <= MAX_UNITS:
        raise ValueError(f"units must be from 0 to {MAX_UNITS}, got {units}. {_too_many(units)}")
    return _masks(0, 2**units, units)


def _masks(start, stop, units):
    places = 1 << np.arange(units, dtype=np.uint32)[::-1]
    return np.arange(start, stop, dtype=np.uint32)[:, np.newaxis] & places != 0


def _too_many(units):
    if units < 0:
        return "A layer has no fewer than 0 neurons."
    # One byte for each mask entry. A whole layer's number of bytes is too large for a float, so its logarithm is taken.
    megabytes = _large(units * math.log10(2) + math.log10(units) - 6)
    return f"All 2^{units} masks would take {megabytes} MB; draw some of them instead, with draw_mask."


def _large(power):
    return f"{10**power:z,.0f}" if power < 15 else f"10^{power:z.0f}"


def mask_probabilities(masks, *, keep_prob):
    """Give the probability of each mask: keep_prob for each neuron kept, times 1 - keep_prob for each neuron dropped.

    `masks` is Boolean, shape (..., neurons); the result has shape (...). Over `all_masks(units)` it sums to 1. Raises
    TypeError for masks that are not Boolean, and as `draw_mask` for keep_prob.
    """
    check_keep_prob(keep_prob)
    masks = np.asarray(masks)
    if masks.dtype != bool or masks.ndim == 0:
        raise TypeError(f"masks must be a Boolean array, one mask a row, got {masks.dtype} of shape {masks.shape}.")
    kept = masks.sum(axis=-1)
    return float(keep_prob) ** kept * (1 - float(keep_prob)) ** (masks.shape[-1] - kept)


@dataclass(frozen=True)
class Subnetworks:
    """Every sub-network, in the order of `all_masks` over the neurons of all layers with dropout, the inputs first.

    `masks` has one entry for each layer but the last, shape (sub-networks, neurons), or None where nothing is dropped;
    `chances` has the shape (sub-networks,), `predictions` the shape (sub-networks, ..., examples, outputs).
    """

    masks: list
    chances: np.ndarray
    predictions: np.ndarray


@dataclass(frozen=True)
class Averages:
    """Three averages over all sub-networks, each weighted by its probability: shape (..., examples, outputs).

    `weight_scaling` is the one network without masks. `geometric` is the normalised geometric mean of probabilities,
    after Warde-Farley et al. 2013; it is None for the squared loss, whose outputs are not probabilities.
    """

    arithmetic: np.ndarray
    geometric: np.ndarray | None
    weight_scaling: np.ndarray


def every_subnetwork(network, inputs, *, keep_prob, progress=None):
    """Predict with each of the 2^n sub-networks of the n neurons in layers whose keep_prob is below 1: `Subnetworks`.

    `keep_prob` is one number for each layer but the last, the inputs first. All predictions are stored; memory beside
    them and `progress` are those of `masked_predictions`. Raises ValueError for more than 20 neurons, or predictions of
    more than 1 GB, with the time and the memory that they would take.
    """
    units = _dropped_units(network, keep_prob)
    _check_size(network, inputs, sum(units), held=True)
    masks = _by_layer(all_masks(sum(units)), units)
    chances = _chances(masks, keep_prob)
    if not any(units):
        return Subnetworks(masks, chances, network.predict(inputs)[np.newaxis])
    predictions = masked_predictions(network, inputs, masks=masks, keep_prob=keep_prob, progress=progress)
    return Subnetworks(masks, chances, predictions)


def exact_averages(network, inputs, *, keep_prob, progress=None):
    """Average the predictions of all sub-networks exactly, without storing them: `Averages`.

    Arguments are those of `every_subnetwork`. Memory: at most 8 arrays of 4 MB, or of one forward pass's largest layer
    if that is more. Raises ValueError for more than 20 neurons, with the time that they would take.
    """
    units = _dropped_units(network, keep_prob)
    _check_size(network, inputs, sum(units), held=False)
    arithmetic = logarithms = 0.0
    for part in blocks(network, inputs, 2 ** sum(units), progress=progress):
        masks = _by_layer(_masks(part.start, part.stop, sum(units)), units)
        chances = _chances(masks, keep_prob)
        probabilities, logs = _probabilities(network, inputs, masks, keep_prob, len(chances))
        arithmetic = arithmetic + _weighted_sum(probabilities, chances)
        logarithms = logarithms + _weighted_sum(logs, chances)
    arithmetic, logarithms = np.moveaxis(arithmetic, 0, -1), np.moveaxis(logarithms, 0, -1)
    is_softmax = network.loss == "softmax"
    return Averages(arithmetic, softmax(logarithms) if is_softmax else None, network.predict(inputs))


def _probabilities(network, inputs, masks, keep_prob, total):
    """Give probabilities and, up to what all classes share, their logarithms; the outputs' axis comes first.

    What all classes share goes when the geometric mean is normalised. Of the squared loss, both are the outputs.
    """
    sums = masked_outputs(network, inputs, masks, keep_prob)
    sums = sums.reshape(total, *output_shape(network, inputs))  # a masks' axis also where nothing is dropped
    values = np.ascontiguousarray(np.moveaxis(sums, -1, 0))  # so that largest and total are found ten times faster
    if network.loss != "softmax":
        return values, values
    values -= values.max(axis=0)
    powers = np.exp(values)
    powers /= powers.sum(axis=0)
    return powers, values


def _weighted_sum(values, chances):
    """Sum over the second axis, the sub-networks', each weighted by its probability."""
    return (chances @ values.reshape(*values.shape[:2], -1)).reshape(values.shape[0], *values.shape[2:])


def _dropped_units(network, keep_prob):
    keep_prob = one_keep_prob_by_layer(network, keep_prob)
    return [weights.shape[-2] if keep < 1 else 0 for weights, keep in zip(network.weights, keep_prob, strict=True)]


def _check_size(network, inputs, units, *, held):
    """Raise ValueError, with what it would take, for more sub-networks than can be run, or stored."""
    shape = output_shape(network, inputs)
    rows, outputs = math.prod(shape[:-1]), shape[-1]
    power = units * math.log10(2)
    megabytes = power + math.log10(max(1, rows * outputs * 8)) - 6
    if units <= MAX_UNITS and not (held and 10**megabytes > MAX_MEGABYTES):
        return
    outputs_by_layer = rows * sum(weights.shape[-1] for weights in network.weights)
    seconds = power + math.log10(max(1, outputs_by_layer) / ACTIVATIONS_PER_SECOND)
    less = " For averages alone, nothing is stored: exact_averages." if units <= MAX_UNITS else ""
    raise ValueError(
        f"{units} neurons have 2^{units} sub-networks. All of them would take about {_large(seconds)} seconds, and "
        f"their predictions {_large(megabytes)} MB. Draw some instead: monte_carlo_dropout.{less}"
    )


def _by_layer(masks, units):
    """Take the columns of masks apart, layer by layer; None where a layer drops nothing."""
    parts = np.split(masks, np.cumsum(units)[:-1], axis=-1)
    return [part if part.shape[-1] else None for part in parts]


def _chances(masks, keep_prob):
    given = [(mask, keep) for mask, keep in zip(masks, keep_prob, strict=True) if mask is not None]
    return math.prod((mask_probabilities(mask, keep_prob=keep) for mask, keep in given), start=np.ones(1))
