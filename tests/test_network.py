"""The network: gradients against finite differences, replicas against single networks, expectations over all masks."""

import numpy as np
import pytest

from dropout_lib import (
    Network,
    accuracy,
    all_masks,
    cross_entropy,
    draw_network,
    lost_without_each,
    mask_probabilities,
    softmax,
)
from dropout_lib.contributions import strongest_rivals

SIZES = {1: (4, 3), 2: (4, 5, 3), 3: (4, 6, 5, 3)}
KEEP_PROBS = {"none": None, "0.8": (0.8, 0.8, 0.8), "0.3": (0.3, 0.3, 0.3), "mixed": (1.0, 0.3, 0.8)}
STEP = 1e-6


def generators(replicas):
    return [np.random.default_rng(seed) for seed in range(replicas)] if replicas else np.random.default_rng(0)


def problem(*, depth, loss, replicas=0, examples=7):
    """Draw a network with biases, inputs and targets; without a replica axis if `replicas` is 0."""
    rng, lead = np.random.default_rng([depth, replicas]), (replicas,) if replicas else ()
    drawn = draw_network(SIZES[depth], rng=generators(replicas), loss=loss)
    network = Network(drawn.weights, tuple(rng.standard_normal(biases.shape) for biases in drawn.biases), loss)
    inputs = rng.standard_normal((*lead, examples, 4))
    labels, numbers = rng.integers(0, 3, (*lead, examples)), rng.standard_normal((*lead, examples, 3))
    return network, inputs, labels if loss == "softmax" else numbers


def draw_masks(network, inputs, keep_prob):
    """Draw one mask for each layer that hands on, None where keep_prob is 1; nothing for no dropout."""
    if keep_prob is None:
        return None
    rng, shapes = np.random.default_rng(5), [(*inputs.shape[:-1], weights.shape[-2]) for weights in network.weights]
    pairs = zip(keep_prob, shapes, strict=False)
    return [None if keep == 1 else rng.random(shape) < keep for keep, shape in pairs]


def total_loss(network, bumps, inputs, targets, *, masks, keep_prob):
    """Compute the loss, summed over the replicas, in the plainest way; `bumps` are added before each layer's mask."""
    values = inputs
    for layer, (weight, bias, bump) in enumerate(zip(network.weights, network.biases, bumps, strict=True)):
        if masks is not None and masks[layer] is not None:
            values = np.where(masks[layer], values, 0) / keep_prob[layer]
        values = values @ weight + bias
        values = (np.maximum(values, 0) if layer < len(bumps) - 1 else values) + bump
    if network.loss == "squared":
        return ((values - targets) ** 2 / 2).sum() / inputs.shape[-2]
    right = np.take_along_axis(values, targets[..., np.newaxis], axis=-1)[..., 0]
    return (np.log(np.exp(values).sum(axis=-1)) - right).sum() / inputs.shape[-2]


def difference(array, loss):
    """Take the central difference of a loss by every entry of an array, which is moved in place and put back."""
    slopes = np.empty_like(array)
    for place in np.ndindex(array.shape):
        held, ends = array[place], []
        for array[place] in (held + STEP, held - STEP):
            ends.append(loss())
        array[place] = held
        slopes[place] = (ends[0] - ends[1]) / (2 * STEP)
    return slopes


@pytest.mark.parametrize("replicas", [0, 2])
@pytest.mark.parametrize("keep_prob", KEEP_PROBS.values(), ids=KEEP_PROBS)
@pytest.mark.parametrize("loss", ["softmax", "squared"])
@pytest.mark.parametrize("depth", SIZES)
def test_gradients_are_finite_differences_with_the_masks_held(depth, loss, keep_prob, replicas):
    network, inputs, targets = problem(depth=depth, loss=loss, replicas=replicas)
    keep_prob = keep_prob and keep_prob[:depth]
    masks = draw_masks(network, inputs, keep_prob)
    moved = network.copy()
    bumps = [np.zeros((*inputs.shape[:-1], weights.shape[-1])) for weights in network.weights]

    def loss_now():
        return total_loss(moved, bumps, inputs, targets, masks=masks, keep_prob=keep_prob)

    rounding = 1e-8 * max(1, loss_now())
    found = network.gradients(inputs, targets, masks=masks, keep_prob=keep_prob)
    for gradients, arrays in zip(found, (moved.weights, moved.biases, bumps), strict=True):
        for gradient, array in zip(gradients, arrays, strict=True):
            np.testing.assert_allclose(gradient, difference(array, loss_now), rtol=1e-6, atol=rounding)


def test_without_keep_prob_the_survivors_are_not_scaled():
    network, inputs, targets = problem(depth=3, loss="softmax")
    masks = draw_masks(network, inputs, (0.8, 0.3, 0.8))
    for plain, ones in zip(
        network.gradients(inputs, targets, masks=masks),
        network.gradients(inputs, targets, masks=masks, keep_prob=(1.0, 1.0, 1.0)),
        strict=True,
    ):
        for one, other in zip(plain, ones, strict=True):
            np.testing.assert_array_equal(one, other)
    by_hand = np.maximum((inputs * masks[0]) @ network.weights[0] + network.biases[0], 0) * masks[1]
    np.testing.assert_array_equal(network.activations(inputs, masks=masks)[1], by_hand)


@pytest.mark.parametrize("loss", ["softmax", "squared"])
@pytest.mark.parametrize("keep_prob", KEEP_PROBS.values(), ids=KEEP_PROBS)
def test_replicas_are_the_single_networks_side_by_side(keep_prob, loss):
    network, inputs, targets = problem(depth=3, loss=loss, replicas=3)
    masks = draw_masks(network, inputs, keep_prob)
    together = network.gradients(inputs, targets, masks=masks, keep_prob=keep_prob)
    outputs = network.predict(inputs, masks=masks, keep_prob=keep_prob)
    for place in range(3):
        one = Network(*(tuple(array[place] for array in part) for part in (network.weights, network.biases)), loss)
        own = masks and [None if mask is None else mask[place] for mask in masks]
        alone = one.gradients(inputs[place], targets[place], masks=own, keep_prob=keep_prob)
        for gradients, single in zip(together, alone, strict=True):
            for gradient, expected in zip(gradients, single, strict=True):
                np.testing.assert_allclose(gradient[place], expected, rtol=1e-12, atol=1e-14)
        np.testing.assert_allclose(
            outputs[place], one.predict(inputs[place], masks=own, keep_prob=keep_prob), rtol=1e-12
        )


def test_each_replica_may_have_its_own_keep_prob():
    network, inputs, _ = problem(depth=2, loss="squared", replicas=2)
    masks = draw_masks(network, inputs, (0.8, 0.3))
    each = [np.array([0.8, 0.5]).reshape(2, 1, 1), np.array([0.3, 0.9]).reshape(2, 1, 1)]
    outputs = network.predict(inputs, masks=masks, keep_prob=each)
    for place, keep_prob in enumerate([(0.8, 0.3), (0.5, 0.9)]):
        expected = network.predict(inputs, masks=masks, keep_prob=keep_prob)[place]
        np.testing.assert_allclose(outputs[place], expected, rtol=1e-14)


@pytest.mark.parametrize("loss", ["softmax", "squared"])
def test_everything_is_float64_and_nothing_given_is_changed(loss):
    network, inputs, targets = problem(depth=3, loss=loss)
    small = np.round(inputs * 10).astype(np.int8)
    masks = draw_masks(network, inputs, (0.8, 0.3, 0.8))
    for array in (*network.weights, *network.biases, small, targets, *masks):
        array.flags.writeable = False
    for given in (small, small.astype(np.float32), small.tolist()):
        for gradients in network.gradients(given, targets, masks=masks, keep_prob=(0.8, 0.3, 0.8)):
            assert {gradient.dtype for gradient in gradients} == {np.dtype(float)}
        assert network.predict(given).dtype == float
    np.testing.assert_array_equal(network.predict(small.astype(np.float32)), network.predict(small.astype(float)))


def test_a_copy_has_arrays_of_its_own():
    network, _, _ = problem(depth=2, loss="squared")
    copy = network.copy()
    assert copy.loss == "squared"
    for one, other in zip((*network.weights, *network.biases), (*copy.weights, *copy.biases), strict=True):
        np.testing.assert_array_equal(one, other)
        assert not np.shares_memory(one, other)


# Over all masks


@pytest.mark.parametrize("keep_prob", [0.1, 0.3, 0.8])
def test_the_mean_gradient_over_all_masks_is_that_of_a_ridge_weighted_by_the_data(keep_prob):
    """With one linear layer and squared loss, as in Srivastava et al. 2014, section 9.1."""
    rng, masks = np.random.default_rng(1), all_masks(5)
    inputs, target, weights = rng.standard_normal(5), rng.standard_normal((1, 2)), rng.standard_normal((5, 2))
    network = Network((weights,), (np.zeros((1, 2)),), "squared")
    # Every mask is an example, so the gradient is taken of each alone, as a replica.
    many = Network((np.stack([weights] * 32),), (np.zeros((32, 1, 2)),), "squared")
    by_weight, _, _ = many.gradients(
        np.stack([inputs[np.newaxis]] * 32),
        np.stack([target] * 32),
        masks=[masks[:, np.newaxis]],
        keep_prob=(keep_prob,),
    )
    mean = np.tensordot(mask_probabilities(masks, keep_prob=keep_prob), by_weight[0], axes=1)
    plain = network.gradients(inputs[np.newaxis], target)[0][0]
    penalty = (1 - keep_prob) / keep_prob * inputs[:, np.newaxis] ** 2 * weights
    np.testing.assert_allclose(mean, plain + penalty, rtol=1e-12)


@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_standard_and_inverted_dropout_train_alike_once_rescaled(momentum):
    """Standard: initial weights divided by keep_prob, their rate by its square; biases and their rate stay."""
    inverted, inputs, targets = problem(depth=3, loss="softmax", examples=20)
    keep_prob, rng, rate = (0.8, 0.5, 0.3), np.random.default_rng(3), 0.03
    drawn = [
        [rng.random((20, len(w))) < keep for w, keep in zip(inverted.weights, keep_prob, strict=True)]
        for _ in range(60)
    ]

    def trained(network, rates, keep):
        network, speeds = network.copy(), [0.0] * 6
        for masks in drawn:
            by_weight, by_bias, _ = network.gradients(inputs, targets, masks=masks, keep_prob=keep)
            for place, slope in enumerate([*by_weight, *by_bias]):
                speeds[place] = momentum * speeds[place] + slope
                (*network.weights, *network.biases)[place][...] -= rates[place] * speeds[place]
        return network

    scaled = [weights / keep for weights, keep in zip(inverted.weights, keep_prob, strict=True)]
    standard = Network(tuple(scaled), inverted.biases)
    standard = trained(standard, [rate / keep**2 for keep in keep_prob] + [rate] * 3, None)
    end = trained(inverted, [rate] * 6, keep_prob)
    for place, keep in enumerate(keep_prob):
        np.testing.assert_allclose(standard.weights[place] * keep, end.weights[place], rtol=0, atol=1e-12)
        np.testing.assert_allclose(standard.biases[place], end.biases[place], rtol=0, atol=1e-12)
        assert np.abs(end.weights[place] - inverted.weights[place]).max() > 0.05


# Drawing a network


def test_weights_have_the_variance_of_he_and_biases_are_zero():
    network = draw_network((64, 300, 200, 10), rng=np.random.default_rng(0))
    assert [weights.shape for weights in network.weights] == [(64, 300), (300, 200), (200, 10)]
    assert [biases.shape for biases in network.biases] == [(1, 300), (1, 200), (1, 10)]
    for weights, tolerance in zip(network.weights, (0.04, 0.03, 0.12), strict=True):
        assert weights.var() == pytest.approx(2 / len(weights), rel=tolerance)
        assert abs(weights.mean()) < 4 * np.sqrt(2 / len(weights) / weights.size)
    assert not any(biases.any() for biases in network.biases) and network.loss == "softmax"


@pytest.mark.parametrize("kind", [list, tuple])
def test_several_generators_draw_what_each_draws_alone(kind):
    together = draw_network((4, 5, 3), rng=kind(generators(3)), loss="squared")
    assert together.loss == "squared"
    for place, rng in enumerate(generators(3)):
        alone = draw_network((4, 5, 3), rng=rng)
        for one, other in zip((*together.weights, *together.biases), (*alone.weights, *alone.biases), strict=True):
            np.testing.assert_array_equal(one[place], other)


@pytest.mark.parametrize("rng", [7, [np.random.default_rng(0), 7]])
def test_a_network_is_not_drawn_from_a_seed(rng):
    with pytest.raises(TypeError, match=r"rng must be a np.random.Generator, got the seed 7\. .*default_rng\(7\)"):
        draw_network((4, 3), rng=rng)


def test_a_loss_of_another_name_is_refused():
    for rng in (generators(0), generators(2)):
        with pytest.raises(ValueError, match=r"""loss must be "softmax" or "squared", got 'mse'"""):
            draw_network((4, 3), rng=rng, loss="mse")


# Probabilities


def test_softmax_gives_probabilities_and_does_not_overflow():
    outputs = np.array([[0.0, np.log(3), 0.0], [1e4, 1e4, -1e4], [-1e4, 0.0, 0.0]])
    expected = [[0.2, 0.6, 0.2], [0.5, 0.5, 0], [0, 0.5, 0.5]]
    np.testing.assert_allclose(softmax(outputs), expected, rtol=1e-14)
    np.testing.assert_allclose(softmax(outputs[:1] + 100), expected[:1], rtol=1e-12)


def test_cross_entropy_and_accuracy_are_means_over_the_examples():
    probabilities = np.array([[[0.5, 0.25, 0.25], [0.1, 0.1, 0.8]], [[1.0, 0.0, 0.0], [0.2, 0.6, 0.2]]])
    labels = np.array([[1, 2], [0, 0]])
    expected = [-(np.log(0.25) + np.log(0.8)) / 2, -np.log(0.2) / 2]
    np.testing.assert_allclose(cross_entropy(probabilities, labels), expected, rtol=1e-14, strict=True)
    np.testing.assert_array_equal(accuracy(probabilities, labels), [0.5, 0.5])
    np.testing.assert_array_equal(accuracy(probabilities[:, :1], labels[:, :1]), [0, 1])
    assert accuracy(probabilities[1], labels[1]) == 0.5
    assert (
        700 < cross_entropy(probabilities[1, :1], [2]) < 720
    )  # a probability of 0 is a large loss, not an infinite one


def test_a_replica_is_that_network_by_itself():
    networks = draw_network((5, 4, 3), rng=[np.random.default_rng(seed) for seed in (4, 9)], loss="squared")
    alone = draw_network((5, 4, 3), rng=np.random.default_rng(9), loss="squared")
    inputs = np.random.default_rng(0).normal(size=(6, 5))
    np.testing.assert_array_equal(networks.replica(1).predict(inputs), alone.predict(inputs))
    np.testing.assert_allclose(networks.replica(1).predict(inputs), networks.predict(inputs)[1], rtol=1e-12)


# What is refused, in words, and leaves all as it was

MASK = np.ones((4, 6), bool)


@pytest.mark.parametrize("call", ["predict", "activations", "gradients"])
@pytest.mark.parametrize(
    ("masks", "keep_prob", "error", "words"),
    [
        ([None, MASK], (1, 0), ValueError, "keep_prob must be in (0, 1], got 0."),
        ([None, MASK], (1, 80), ValueError, "got 80. Is it in percent? Then keep_prob = 0.8."),
        ([None, MASK], (1, -0.1), ValueError, "keep_prob must be in (0, 1], got -0.1."),
        ([None, MASK], (1, np.float64("nan")), ValueError, "got nan. It is not a number"),
        ([None, MASK], (1, True), TypeError, "keep_prob must be one number in (0, 1], got True."),
        ([None, MASK], 0.5, ValueError, "for each of the 2 layers but the last, inputs first, got 0.5."),
        ([None, MASK], (0.5,), ValueError, "for each of the 2 layers but the last, inputs first, got (0.5,)."),
        ([None, MASK * 1.0], (1, 0.5), TypeError, "masks must be Boolean, True = kept, got float64 for layer 1."),
        ([None, MASK[0]], (1, 0.5), ValueError, "the mask of layer 1 must have the shape (4, 6), one entry for every"),
        ([None, MASK[:1]], (1, 0.5), ValueError, "got (1, 6). Draw it with draw_mask((4, 6), "),
        ([None, MASK[:, :1]], (1, 0.5), ValueError, "got (4, 1). Draw it with draw_mask((4, 6), "),
        ([MASK], (1, 0.5), ValueError, "masks needs an entry, which may be None, for each of the 2 layers"),
        (MASK, (1, 0.5), ValueError, "got a ndarray."),
    ],
)
def test_masks_and_keep_probs_that_do_not_fit_are_refused_at_every_entrance(call, masks, keep_prob, error, words):
    network = draw_network((3, 6, 5), rng=np.random.default_rng(0))
    inputs, labels = np.random.default_rng(1).normal(size=(4, 3)), np.array([0, 1, 2, 3])
    given = (inputs, labels) if call == "gradients" else (inputs,)
    with pytest.raises(error) as raised:
        getattr(network, call)(*given, masks=masks, keep_prob=keep_prob)
    assert words in str(raised.value)


def test_many_masks_at_once_have_leading_axes_and_may_be_shared_by_the_examples():
    network, inputs = draw_network((3, 6, 5), rng=np.random.default_rng(0)), np.ones((4, 3))
    masks = np.random.default_rng(1).random((9, 1, 6)) < 0.5
    outputs = network.predict(inputs, masks=[None, masks], keep_prob=(1, 0.5))
    assert outputs.shape == (9, 4, 5)
    for mask, output in zip(masks, outputs, strict=True):
        alone = network.predict(inputs, masks=[None, np.repeat(mask, 4, axis=0)], keep_prob=(1, 0.5))
        np.testing.assert_allclose(output, alone, rtol=1e-12)


def test_a_mask_that_does_not_fit_the_replicas_is_refused_with_their_shape():
    network = draw_network((3, 6, 5), rng=generators(2))
    with pytest.raises(ValueError, match=r"must have the shape \(2, 4, 6\)"):
        network.predict(np.ones((4, 3)), masks=[None, np.ones((3, 4, 6), bool)])
    with pytest.raises(ValueError, match=r"must have the shape \(2, 4, 6\)"):  # replicas of the inputs alone
        network.replica(0).predict(np.ones((2, 4, 3)), masks=[None, np.ones((3, 4, 6), bool)])


def test_masks_shared_by_the_examples_may_be_shared_by_the_replicas_too():
    network, inputs = draw_network((3, 6, 5), rng=generators(2)), np.ones((4, 3))
    masks = np.random.default_rng(1).random((9, 1, 1, 6)) < 0.5
    outputs = network.predict(inputs, masks=[None, masks], keep_prob=(1, 0.5))
    for place in range(2):
        alone = network.replica(place).predict(inputs, masks=[None, masks[:, 0]], keep_prob=(1, 0.5))
        np.testing.assert_allclose(outputs[:, place], alone, rtol=1e-12)


def test_predictions_are_probabilities_for_softmax_and_sums_for_the_squared_loss():
    network, inputs, _ = problem(depth=2, loss="softmax")
    sums = network.activations(inputs)[-1]
    np.testing.assert_array_equal(network.predict(inputs), softmax(sums))
    np.testing.assert_array_equal(Network(network.weights, network.biases, "squared").predict(inputs), sums)


def test_the_labels_of_replicas_are_one_for_each_of_their_examples():
    network, inputs, labels = problem(depth=2, loss="softmax", replicas=3)
    own = network.gradients(inputs, labels)[0][0]
    for place in range(3):
        same_inputs = network.gradients(inputs[place], labels)[0][0]
        same_network = network.replica(place).gradients(inputs, labels)[0][0]
        np.testing.assert_allclose(same_inputs[place], own[place], rtol=1e-12)
        np.testing.assert_allclose(same_network[place], own[place], rtol=1e-12)


@pytest.mark.parametrize("labels", [np.zeros((4, 1), int), np.zeros(3, int), 0], ids=["column", "too few", "one"])
def test_labels_of_another_shape_are_not_broadcast(labels):
    network = draw_network((3, 6, 5), rng=np.random.default_rng(0))
    inputs = np.random.default_rng(1).normal(size=(4, 3))
    probabilities = network.predict(inputs)
    for ask in (
        lambda: accuracy(probabilities, labels),
        lambda: cross_entropy(probabilities, labels),
        lambda: network.gradients(inputs, labels),
        lambda: lost_without_each(network, inputs, labels),
        lambda: strongest_rivals(network, inputs, labels),
    ):
        with pytest.raises(ValueError, match=r"labels must have the shape \(4,\), one for each example, got"):
            ask()
