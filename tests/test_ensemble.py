"""All masks of a few units and how probable each is; all sub-networks, their exact averages, and Monte Carlo."""

import re
import tracemalloc
from functools import cache
from itertools import product
from math import comb, prod

import numpy as np
import pytest

from dropout_lib import (
    MonteCarlo,
    Network,
    all_masks,
    batched_prediction,
    digits_task,
    draw_mask,
    draw_network,
    every_subnetwork,
    exact_averages,
    mask_probabilities,
    masked_predictions,
    monte_carlo_dropout,
    train,
)

KEEP_PROBS = [0.1, 0.3, 0.8, 1.0]


@pytest.mark.parametrize("units", range(9))
def test_all_masks_are_the_binary_numbers_in_order_each_once(units):
    masks = all_masks(units)
    assert masks.dtype == bool and masks.shape == (2**units, units)
    np.testing.assert_array_equal(masks, np.array(list(product([False, True], repeat=units))).reshape(masks.shape))
    assert len({row.tobytes() for row in masks}) == 2**units


def test_the_most_that_is_listed():
    masks = all_masks(20)
    assert masks.nbytes == 20 * 2**20
    np.testing.assert_array_equal(masks.sum(axis=0), 2**19)
    assert not masks[0].any() and masks[-1].all() and masks[1].nonzero()[0] == [19]


@pytest.mark.parametrize(("units", "megabytes"), [(21, "44"), (24, "403"), (30, "32,212"), (67, "10^16")])
def test_more_is_refused_with_the_memory_that_it_would_take(units, megabytes):
    with pytest.raises(ValueError) as refused:
        all_masks(units)
    words = f"units must be from 0 to 20, got {units}. All 2^{units} masks would take {megabytes} MB; draw some of them"
    assert str(refused.value).startswith(words)


@pytest.mark.parametrize("units", [128, 1000, 4096, 10**6])
def test_a_whole_layer_is_refused_in_words_too(units):
    with pytest.raises(ValueError, match=rf"got {units}\. All 2\^{units} masks would take .* draw some of them"):
        all_masks(units)


def test_fewer_than_none_is_refused():
    with pytest.raises(ValueError, match=r"units must be from 0 to 20, got -1\. A layer has no fewer than 0 neurons\."):
        all_masks(-1)


@pytest.mark.parametrize("units", [3.0, "3", None, (2, 3)])
def test_units_that_are_no_whole_number_are_refused(units):
    with pytest.raises(TypeError, match=re.escape(f"units must be a whole number, got {units!r}. For a layer of 3")):
        all_masks(units)


def test_a_numpy_integer_is_a_number_of_units():
    np.testing.assert_array_equal(all_masks(np.uint8(5)), all_masks(5))


@pytest.mark.parametrize("keep_prob", KEEP_PROBS)
@pytest.mark.parametrize("units", [0, 1, 2, 3, 7, 12])
def test_the_probabilities_of_all_masks_sum_to_one(units, keep_prob):
    assert mask_probabilities(all_masks(units), keep_prob=keep_prob).sum() == pytest.approx(1, rel=1e-12)


@pytest.mark.parametrize("keep_prob", KEEP_PROBS)
def test_each_probability_is_the_product_over_its_units(keep_prob):
    masks = all_masks(5)
    expected = [prod(keep_prob if kept else 1 - keep_prob for kept in mask) for mask in masks.tolist()]
    np.testing.assert_allclose(mask_probabilities(masks, keep_prob=keep_prob), expected, rtol=1e-12)


@pytest.mark.parametrize("keep_prob", KEEP_PROBS)
def test_the_number_kept_is_binomial_with_mean_n_times_keep_prob(keep_prob):
    masks = all_masks(6)
    chances = mask_probabilities(masks, keep_prob=keep_prob)
    assert chances @ masks.sum(axis=1) == pytest.approx(6 * keep_prob)
    for kept in range(7):
        binomial = comb(6, kept) * keep_prob**kept * (1 - keep_prob) ** (6 - kept)
        assert chances[masks.sum(axis=1) == kept].sum() == pytest.approx(binomial, abs=1e-15)


def test_masks_may_have_any_leading_axes():
    masks = all_masks(3)
    chances = mask_probabilities(masks, keep_prob=0.3)
    assert mask_probabilities(masks[5], keep_prob=0.3) == chances[5]
    np.testing.assert_array_equal(mask_probabilities(masks.reshape(2, 4, 3), keep_prob=0.3), chances.reshape(2, 4))
    assert mask_probabilities(np.empty((0, 3), bool), keep_prob=0.3).shape == (0,)


def test_the_masks_given_stay_as_they_were():
    masks = all_masks(3)
    mask_probabilities(masks, keep_prob=0.3)
    np.testing.assert_array_equal(masks, all_masks(3))


@pytest.mark.parametrize("masks", [[[1, 0, 1]], np.ones((2, 3)), np.ones((2, 3), int), None, True, "abc"])
def test_masks_that_are_not_boolean_rows_are_refused_in_words(masks):
    with pytest.raises(TypeError, match=r"masks must be a Boolean array, one mask a row, got \S+ of shape \("):
        mask_probabilities(masks, keep_prob=0.8)


@pytest.mark.parametrize(("keep_prob", "error"), [(0, ValueError), (80, ValueError), ("0.5", TypeError)])
def test_a_probability_that_is_none_is_refused(keep_prob, error):
    with pytest.raises(error, match="keep_prob must be "):
        mask_probabilities(all_masks(3), keep_prob=keep_prob)


# The ensemble: theorems

DEPTHS = {1: (6, 7, 4), 2: (6, 5, 7, 4)}
LAST = {1: (1.0,), 2: (1.0, 1.0)}


def drawn(sizes, *, loss="softmax", replicas=0, scale=1.0):
    """Draw a network with biases and inputs for it, larger ones with `scale`."""
    rng = np.random.default_rng([len(sizes), replicas])
    rngs = [np.random.default_rng(seed) for seed in range(replicas)] if replicas else rng
    network = draw_network(sizes, rng=rngs, loss=loss)
    biases = tuple(rng.standard_normal(one.shape) for one in network.biases)
    weights = tuple(scale * one for one in network.weights)
    return Network(weights, biases, loss), rng.standard_normal((5, sizes[0]))


@cache
def trained(keep_prob):
    """Train a small network on the digits with masks on the inputs' and the hidden layers given."""
    rng = np.random.default_rng(3)
    task = digits_task(rng=rng, training=100, test=60)
    network = draw_network((64, 8, 8, 10), rng=rng)
    history = train(network, task.inputs, task.labels, keep_prob=keep_prob, rng=rng, epochs=15, learning_rate=0.05)
    return history.network, task.test_inputs


def by_the_plainest_loop(network, inputs, keep_prob):
    """Give all predictions and their chances, one sub-network after another, layer by layer, without the library."""
    layers = [weights.shape[0] if keep < 1 else 0 for weights, keep in zip(network.weights, keep_prob, strict=True)]
    predictions, chances = [], []
    for mask in product([False, True], repeat=sum(layers)):
        values, left, chance = inputs, list(mask), 1.0
        for place, (weights, biases) in enumerate(zip(network.weights, network.biases, strict=True)):
            values = np.maximum(values, 0) if place else values
            if layers[place]:
                own, left, keep = left[: layers[place]], left[layers[place] :], keep_prob[place]
                values = np.where(own, values / keep, 0)
                chance *= prod(keep if kept else 1 - keep for kept in own)
            values = values @ weights + biases
        powers = np.exp(values - values.max(axis=1, keepdims=True))
        predictions.append(powers / powers.sum(axis=1, keepdims=True) if network.loss == "softmax" else values)
        chances.append(chance)
    return np.array(predictions), np.array(chances)


@pytest.mark.parametrize("keep_prob", [0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 1.0])
@pytest.mark.parametrize("depth", DEPTHS)
def test_masks_on_the_last_layer_alone_make_weight_scaling_the_geometric_mean(depth, keep_prob):
    network, inputs = drawn(DEPTHS[depth])
    averages = exact_averages(network, inputs, keep_prob=(*LAST[depth], keep_prob))
    np.testing.assert_allclose(averages.geometric, averages.weight_scaling, rtol=0, atol=1e-12)
    np.testing.assert_array_equal(averages.weight_scaling, network.predict(inputs))
    apart = np.abs(averages.arithmetic - averages.weight_scaling).max()
    assert apart < 1e-12 if keep_prob == 1 else apart > 1e-3


@pytest.mark.parametrize("keep_prob", [0.1, 0.3, 0.8])
def test_masks_on_the_inputs_of_a_single_layer_do_so_too(keep_prob):
    network, inputs = drawn((6, 4))
    averages = exact_averages(network, inputs, keep_prob=(keep_prob,))
    np.testing.assert_allclose(averages.geometric, averages.weight_scaling, rtol=0, atol=1e-12)


@pytest.mark.parametrize("keep_prob", [0.3, 0.8])
def test_masks_on_two_layers_of_a_trained_network_do_not(keep_prob):
    network, inputs = trained((1.0, 0.8, 0.8))
    averages = exact_averages(network, inputs, keep_prob=(1.0, keep_prob, keep_prob))
    assert np.abs(averages.geometric - averages.weight_scaling).max() > 1e-3


@pytest.mark.parametrize("keep_prob", [0.3, 0.8])
def test_with_linear_outputs_the_arithmetic_mean_is_weight_scaling(keep_prob):
    network, inputs = drawn((6, 5, 7, 2), loss="squared")
    averages = exact_averages(network, inputs, keep_prob=(1.0, 1.0, keep_prob))
    np.testing.assert_allclose(averages.arithmetic, averages.weight_scaling, rtol=1e-12, atol=1e-12)
    assert averages.geometric is None
    deeper = exact_averages(network, inputs, keep_prob=(1.0, keep_prob, 1.0))
    assert np.abs(deeper.arithmetic - deeper.weight_scaling).max() > 1e-3


@pytest.mark.parametrize("keep_prob", [(1.0, 0.3, 1.0), (1.0, 0.8, 0.3), (0.3, 1.0, 0.8), (0.8, 0.3, 0.5)])
@pytest.mark.parametrize("loss", ["softmax", "squared"])
def test_predictions_and_averages_are_those_of_the_plainest_loop(keep_prob, loss):
    network, inputs = drawn((3, 4, 3, 2), loss=loss)
    predictions, chances = by_the_plainest_loop(network, inputs, keep_prob)
    found = every_subnetwork(network, inputs, keep_prob=keep_prob)
    np.testing.assert_allclose(found.predictions, predictions, rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(found.chances, chances, rtol=1e-12)
    averages = exact_averages(network, inputs, keep_prob=keep_prob)
    np.testing.assert_allclose(averages.arithmetic, np.tensordot(chances, predictions, 1), rtol=1e-12, atol=1e-14)
    if loss == "softmax":
        geometric = np.exp(np.tensordot(chances, np.log(predictions), 1))
        expected = geometric / geometric.sum(axis=-1, keepdims=True)
        np.testing.assert_allclose(averages.geometric, expected, rtol=1e-11, atol=1e-14)
    assert [mask is None for mask in found.masks] == [keep == 1 for keep in keep_prob]
    together = np.concatenate([mask for mask in found.masks if mask is not None], axis=1)
    np.testing.assert_array_equal(together, all_masks(together.shape[1]))


def test_confident_sub_networks_do_not_overflow():
    network, inputs = drawn((6, 7, 4), scale=40)
    averages = exact_averages(network, inputs, keep_prob=(1.0, 0.3))
    np.testing.assert_allclose(averages.geometric, averages.weight_scaling, rtol=0, atol=1e-12)
    np.testing.assert_allclose(averages.arithmetic.sum(axis=-1), 1, rtol=1e-12)


def test_with_nothing_dropped_there_is_one_sub_network():
    network, inputs = drawn((6, 7, 4))
    found = every_subnetwork(network, inputs, keep_prob=(1.0, 1.0))
    assert found.masks == [None, None] and found.chances.tolist() == [1.0]
    np.testing.assert_array_equal(found.predictions, network.predict(inputs)[np.newaxis])


def test_replicas_are_the_single_networks():
    network, inputs = drawn((6, 5, 4), replicas=3)
    averages = exact_averages(network, inputs, keep_prob=(1.0, 0.3))
    every = every_subnetwork(network, inputs, keep_prob=(1.0, 0.3))
    for place in range(3):
        one = Network(*([array[place] for array in arrays] for arrays in (network.weights, network.biases)))
        alone = exact_averages(one, inputs, keep_prob=(1.0, 0.3))
        np.testing.assert_allclose(averages.arithmetic[place], alone.arithmetic, rtol=1e-12)
        np.testing.assert_allclose(averages.geometric[place], alone.geometric, rtol=1e-12)
        predictions = every_subnetwork(one, inputs, keep_prob=(1.0, 0.3)).predictions
        np.testing.assert_allclose(every.predictions[:, place], predictions, rtol=1e-12)


# The ensemble: blocks, memory, refusals


@pytest.mark.parametrize("block", [1, 50, 700])
def test_blocks_change_nothing_and_report_progress(block, monkeypatch):
    network, inputs = drawn((3, 4, 3, 2))
    keep_prob = (0.8, 1.0, 0.3)
    whole, every = (call(network, inputs, keep_prob=keep_prob) for call in (exact_averages, every_subnetwork))
    monkeypatch.setattr(batched_prediction, "BLOCK", block)
    seen = {exact_averages: [], every_subnetwork: []}
    for call, calls in seen.items():
        result = call(network, inputs, keep_prob=keep_prob, progress=lambda *at, calls=calls: calls.append(at))
        if call is exact_averages:
            np.testing.assert_allclose(result.arithmetic, whole.arithmetic, rtol=1e-12)
            np.testing.assert_allclose(result.geometric, whole.geometric, rtol=1e-12)
        else:
            np.testing.assert_allclose(result.predictions, every.predictions, rtol=1e-12)
        done = [at for at, _ in calls]
        assert done == sorted(set(done)) and done[0] < done[-1] == 64 and {total for _, total in calls} == {64}


@pytest.mark.parametrize("units", [12, 16])
def test_the_memory_of_exact_averages_does_not_grow_with_the_number_of_units(units):
    network, inputs = drawn((6, units, 10))
    inputs = np.repeat(inputs, 2, axis=0)
    tracemalloc.start()
    exact_averages(network, inputs, keep_prob=(1.0, 0.5))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * 4.2e6 and 8 * batched_prediction.BLOCK < 4.2e6  # what docstrings promise


@pytest.mark.parametrize("call", [exact_averages, every_subnetwork])
def test_too_many_units_are_refused_with_time_and_memory_and_the_way_out(call):
    network, inputs = drawn((6, 24, 10))
    words = (
        "24 neurons have 2^24 sub-networks. All of them would take about 29 seconds, and their predictions 6,711 MB. "
    )
    with pytest.raises(ValueError, match=re.escape(words + "Draw some instead: monte_carlo_dropout.")):
        call(network, inputs, keep_prob=(1.0, 0.5))
    wide, _ = drawn((6, 1000, 10))
    with pytest.raises(ValueError, match=r"about 10\^297 seconds, and their predictions 10\^298 MB"):
        call(wide, inputs, keep_prob=(1.0, 0.5))


@pytest.mark.parametrize(("units", "megabytes"), [(18, "2,097"), (20, "8,389")])
def test_predictions_that_are_too_large_to_hold_are_refused_and_averages_named(units, megabytes):
    network, inputs = drawn((6, units, 10))
    inputs = np.repeat(inputs, 20, axis=0)
    with pytest.raises(ValueError, match=rf"about \d+ seconds, .* {megabytes} MB\. Draw some .*exact_averages\."):
        every_subnetwork(network, inputs, keep_prob=(1.0, 0.5))


def test_more_than_a_gigabyte_is_refused_and_averages_need_none(monkeypatch):
    network, inputs = drawn((6, 13, 3))
    monkeypatch.setattr("dropout_lib.ensemble.masked_predictions", lambda *given, **named: "held")
    every_subnetwork(network, np.ones((5086, 6)), keep_prob=(1.0, 0.5))  # 8192 masks x 5086 x 3 x 8 bytes: 999.95 MB
    with pytest.raises(ValueError, match="their predictions 1,000 MB"):
        every_subnetwork(network, np.ones((5087, 6)), keep_prob=(1.0, 0.5))
    monkeypatch.setattr("dropout_lib.ensemble.MAX_MEGABYTES", 0)
    assert exact_averages(network, inputs, keep_prob=(1.0, 0.5)).arithmetic.shape == (5, 3)


def test_what_replicas_would_take_is_that_of_all_of_them():
    network, inputs = drawn((6, 24, 10), replicas=3)  # 2^24 x 3 x 5 x 34 activations, at 100 million a second
    with pytest.raises(ValueError, match="about 86 seconds, and their predictions 20,133 MB"):
        exact_averages(network, inputs, keep_prob=(1.0, 0.5))


NETWORK, INPUTS = drawn((6, 7, 4))
MASKS = all_masks(7)


@pytest.mark.parametrize(
    ("call", "arguments", "error", "words"),
    [
        (exact_averages, {"keep_prob": 0.5}, ValueError, "for each of the 2 layers .* got 0.5. .*: (1.0, 0.5)"),
        (exact_averages, {"keep_prob": (0.5,)}, ValueError, "for each of the 2 layers"),
        (every_subnetwork, {"keep_prob": (1.0, 50)}, ValueError, "keep_prob must be in (0, 1], got 50"),
        (every_subnetwork, {"keep_prob": (1.0, None)}, TypeError, "keep_prob must be one number"),
        (exact_averages, {"keep_prob": (1.0, 0.5), "inputs": INPUTS[0]}, ValueError, "(examples, 6), got (6,)"),
        (exact_averages, {"keep_prob": (1.0, 0.5), "inputs": INPUTS.T}, ValueError, "(examples, 6), got (6, 5)"),
        (exact_averages, {"keep_prob": (1.0, 0.5), "inputs": INPUTS[np.newaxis]}, ValueError, "got (1, 5, 6)"),
        (masked_predictions, {"masks": MASKS}, ValueError, "masks needs an entry, which may be None, for each"),
        (masked_predictions, {"masks": [None, None]}, TypeError, "Boolean, True = kept, in one layer at least"),
        (masked_predictions, {"masks": [None, MASKS * 1]}, TypeError, "Boolean"),
        (masked_predictions, {"masks": [MASKS, None]}, ValueError, "got [(128, 7)] for layers of [6, 7] neurons"),
        (masked_predictions, {"masks": [None, MASKS[0]]}, ValueError, "got [(7,)]"),
        (masked_predictions, {"masks": [all_masks(6), MASKS]}, ValueError, "got [(64, 6), (128, 7)]"),
        (masked_predictions, {"masks": [None, MASKS], "keep_prob": (1.0, [0.5, 0.4])}, TypeError, "one number in (0"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_in_words(call, arguments, error, words):
    arguments = {"inputs": INPUTS, "keep_prob": (1.0, 0.5)} | arguments
    with pytest.raises(error, match=re.escape(words).replace(r"\.\*", ".*")):
        call(NETWORK, **arguments)


def test_every_example_may_have_masks_of_its_own():
    masks = np.random.default_rng(6).random((9, 5, 7)) < 0.5
    found = masked_predictions(NETWORK, INPUTS, masks=[None, masks], keep_prob=(1.0, 0.5))
    for mask, prediction in zip(masks, found, strict=True):
        alone = NETWORK.predict(INPUTS, masks=[None, mask], keep_prob=(1.0, 0.5))
        np.testing.assert_allclose(prediction, alone, rtol=1e-12)


def test_the_arguments_stay_as_they_were():
    inputs, masks = INPUTS.copy(), MASKS.copy()
    exact_averages(NETWORK, inputs, keep_prob=(0.8, 0.5))
    masked_predictions(NETWORK, inputs, masks=[None, masks], keep_prob=(1.0, 0.5))
    np.testing.assert_array_equal(inputs, INPUTS)
    np.testing.assert_array_equal(masks, MASKS)


# Monte Carlo


def errors_from(exact, estimate):
    """Give the largest distance from the exact mean, in standard errors."""
    return (np.abs(estimate.mean - exact) / (estimate.error + 1e-12 / 4)).max()


@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("keep_prob", [(1.0, 0.3), (1.0, 0.8), (0.8, 0.5)])
def test_monte_carlo_lies_within_four_standard_errors_of_the_exact_mean(keep_prob, shared):
    exact = exact_averages(NETWORK, INPUTS, keep_prob=keep_prob).arithmetic
    for seed in range(3):
        rng = np.random.default_rng(seed)
        drawn = monte_carlo_dropout(NETWORK, INPUTS, keep_prob=keep_prob, samples=2000, rng=rng, shared=shared)
        assert errors_from(exact, drawn) < 4


@pytest.mark.parametrize("keep_prob", [(1.0, 0.3), (1.0, 0.8), (0.8, 0.5)])
def test_an_estimate_that_forgot_to_scale_does_not(keep_prob):
    exact = exact_averages(NETWORK, INPUTS, keep_prob=keep_prob).arithmetic
    rng, layers = np.random.default_rng(0), zip(keep_prob, (6, 7), strict=True)
    masks = [draw_mask((2000, units), keep_prob=keep, rng=rng) for keep, units in layers]
    unscaled = MonteCarlo(masked_predictions(NETWORK, INPUTS, masks=masks, keep_prob=(1.0, 1.0)))
    assert errors_from(exact, unscaled) > 4


def test_mean_spread_and_error_are_those_of_the_samples():
    predictions = np.array([[[1.0, 0.0]], [[0.0, 1.0]], [[0.5, 0.5]], [[0.5, 0.5]]])
    drawn = MonteCarlo(predictions)
    np.testing.assert_allclose(drawn.mean, [[0.5, 0.5]])
    np.testing.assert_allclose(drawn.spread, [[np.sqrt(1 / 6)] * 2])
    np.testing.assert_allclose(drawn.error, drawn.spread / 2)
    np.testing.assert_allclose(MonteCarlo(predictions[:2]).spread, [[np.sqrt(0.5)] * 2])
    with pytest.raises(ValueError, match="A spread needs 2 samples or more, got 1"):
        _ = MonteCarlo(predictions[:1]).spread


def test_the_spread_is_that_of_all_sub_networks():
    every = every_subnetwork(NETWORK, INPUTS, keep_prob=(1.0, 0.3))
    mean = np.tensordot(every.chances, every.predictions, 1)
    exact = np.sqrt(np.tensordot(every.chances, (every.predictions - mean) ** 2, 1))
    for shared in (False, True):
        drawn = monte_carlo_dropout(
            NETWORK, INPUTS, keep_prob=(1.0, 0.3), samples=4000, rng=np.random.default_rng(1), shared=shared
        )
        np.testing.assert_allclose(drawn.spread, exact, rtol=0.1)


def test_a_shared_mask_is_one_for_all_examples_and_else_each_has_its_own():
    twice = np.repeat(INPUTS[:1], 2, axis=0)
    for shared in ({}, {"shared": False}, {"shared": True}):
        rng = np.random.default_rng(0)
        drawn = monte_carlo_dropout(NETWORK, twice, keep_prob=(1.0, 0.5), samples=40, rng=rng, **shared)
        one, other = np.moveaxis(drawn.predictions, 1, 0)
        assert np.allclose(one, other) == shared.get("shared", False)


def test_the_first_samples_are_those_drawn_alone_in_whatever_blocks(monkeypatch):
    def drawn(samples):
        rng, seen = np.random.default_rng(4), []
        found = monte_carlo_dropout(
            NETWORK, INPUTS, keep_prob=(0.8, 0.5), samples=samples, rng=rng, progress=lambda *at: seen.append(at)
        )
        return found.predictions, seen

    whole, _ = drawn(50)
    np.testing.assert_allclose(drawn(10)[0], whole[:10], rtol=1e-12)
    monkeypatch.setattr(batched_prediction, "BLOCK", 35 * 20)
    in_blocks, seen = drawn(50)
    np.testing.assert_allclose(in_blocks, whole, rtol=1e-12)
    assert seen == [(20, 50), (40, 50), (50, 50)]


def test_with_nothing_dropped_all_samples_are_alike():
    drawn = monte_carlo_dropout(NETWORK, INPUTS, keep_prob=(1.0, 1.0), samples=3, rng=np.random.default_rng(0))
    np.testing.assert_array_equal(drawn.predictions, [NETWORK.predict(INPUTS)] * 3)


@pytest.mark.parametrize("samples", [0, -1, 2.0, True, None])
def test_samples_that_are_no_number_of_samples_are_refused(samples):
    with pytest.raises(ValueError, match=re.escape(f"samples must be a whole number from 1, got {samples!r}.")):
        monte_carlo_dropout(NETWORK, INPUTS, keep_prob=(1.0, 0.5), samples=samples, rng=np.random.default_rng(0))


@pytest.mark.parametrize("keep_prob", [(1.0, 0.5), (1.0, 1.0)])
def test_monte_carlo_takes_a_generator_and_no_seed(keep_prob):
    with pytest.raises(TypeError, match="got the seed 3"):
        monte_carlo_dropout(NETWORK, INPUTS, keep_prob=keep_prob, samples=2, rng=3)


# No examples, one sample, many replicas


def test_without_examples_all_ways_give_an_empty_result_of_their_shape():
    none, keep_prob = np.empty((0, 6)), (1.0, 0.5)
    averages = exact_averages(NETWORK, none, keep_prob=keep_prob)
    assert averages.arithmetic.shape == averages.geometric.shape == averages.weight_scaling.shape == (0, 4)
    assert every_subnetwork(NETWORK, none, keep_prob=keep_prob).predictions.shape == (128, 0, 4)
    assert masked_predictions(NETWORK, none, masks=[None, MASKS], keep_prob=keep_prob).shape == (128, 0, 4)
    drawn = monte_carlo_dropout(NETWORK, none, keep_prob=keep_prob, samples=3, rng=np.random.default_rng(0))
    assert drawn.predictions.shape == (3, 0, 4)
    with pytest.raises(ValueError, match=re.escape("24 neurons have 2^24 sub-networks")):
        exact_averages(drawn_wide(), none, keep_prob=keep_prob)


def drawn_wide():
    return drawn((6, 24, 10))[0]


@pytest.mark.parametrize("samples", [1, 20])
@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("replicas", [0, 3])
@pytest.mark.parametrize("keep_prob", [(1.0, 0.3), (0.8, 1.0), (0.8, 0.3), (1.0, 1.0)])
def test_a_sample_is_a_prediction_under_masks_drawn_layer_by_layer_where_something_drops(
    keep_prob, replicas, shared, samples
):
    network, inputs = drawn((6, 7, 4), replicas=replicas)
    rng, independent = np.random.default_rng(5), np.random.default_rng(5)
    found = monte_carlo_dropout(network, inputs, keep_prob=keep_prob, samples=samples, rng=rng, shared=shared)
    whole = (replicas, 5) if replicas else (5,)
    assert found.predictions.shape == (samples, *whole, 4)
    for prediction in found.predictions:
        masks = [
            np.broadcast_to(
                independent.random(((1,) * len(whole) if shared else whole) + (units,)) < keep, whole + (units,)
            )
            if keep < 1
            else None
            for keep, units in zip(keep_prob, (6, 7), strict=True)
        ]
        np.testing.assert_allclose(prediction, network.predict(inputs, masks=masks, keep_prob=keep_prob), rtol=1e-12)
    assert rng.bit_generator.state == independent.bit_generator.state  # nothing else was drawn


# Memory: the largest array of a forward pass


class Measuring(Network):
    """A network that notes the size of the largest array of each forward pass."""

    seen = []

    def outputs_by_layer(self, inputs, masks, keep_prob):
        found = super().outputs_by_layer(inputs, masks, keep_prob)
        self.seen.append(max(array.size for array in found))
        return found


@pytest.mark.parametrize("sizes", [(64, 11, 4), (6, 11, 4), (6, 11, 64), (6, 11, 40, 4)])
@pytest.mark.parametrize("replicas", [0, 2, 70])
def test_the_largest_array_fills_a_block_and_no_more(sizes, replicas, monkeypatch):
    monkeypatch.setattr(batched_prediction, "BLOCK", 2**15)
    network, inputs = drawn(sizes, replicas=replicas)
    network = Measuring(network.weights, network.biases)
    keep_prob = (1.0, 0.5, 1.0)[: len(sizes) - 1]
    masks = [None, all_masks(11), None][: len(sizes) - 1]
    calls = {
        "exact": lambda: exact_averages(network, inputs, keep_prob=keep_prob),
        "masked": lambda: masked_predictions(network, inputs, masks=masks, keep_prob=keep_prob),
        "drawn": lambda: monte_carlo_dropout(
            network, inputs, keep_prob=keep_prob, samples=2048, rng=np.random.default_rng(0)
        ),
    }
    for name, call in calls.items():
        Measuring.seen.clear()
        call()
        assert max(Measuring.seen) <= 2**15, name
        # The widest layer, if only the inputs', is counted although one copy of it serves all masks.
        assert max(Measuring.seen) > 2**14 or sizes[0] == 64, name
