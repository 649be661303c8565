"""Contributions to the margin and the loss of neurons, against networks whose weights were taken away by hand."""

import numpy as np
import pytest

from dropout_lib import (
    Network,
    accuracy_without,
    draw_network,
    lost_without_each,
    margin_contributions,
    median_cancellation,
    most_helpful_first,
)
from dropout_lib.contributions import strongest_rivals

SEEDS, UNITS = (0, 1, 2), 7


def networks():
    """Draw three networks with biases, images for each, and labels of which some are what the network says."""
    drawn = draw_network((5, 9, UNITS, 4), rng=[np.random.default_rng([seed, 1]) for seed in SEEDS])
    rng = np.random.default_rng(2)
    drawn = Network(drawn.weights, tuple(rng.normal(size=bias.shape) / 2 for bias in drawn.biases))
    inputs = rng.normal(size=(3, 40, 5))
    says = drawn.predict(inputs).argmax(axis=-1)
    return drawn, inputs, np.where(rng.random((3, 40)) < 0.6, says, rng.integers(0, 4, (3, 40)))


DRAWN, INPUTS, LABELS = networks()


def removed(network, units):
    """Take away the weights that lead on from some neurons of the last hidden layer."""
    last = network.weights[-1].copy()
    last[list(units)] = 0
    return Network((*network.weights[:-1], last), network.biases)


def answers(seed, units=()):
    return removed(DRAWN.replica(seed), units).predict(INPUTS[seed]).argmax(axis=-1)


def test_contributions_and_the_biases_add_up_to_the_margin():
    rivals = strongest_rivals(DRAWN, INPUTS, LABELS)
    found = margin_contributions(DRAWN, INPUTS, LABELS)
    outputs = DRAWN.activations(INPUTS)[-1]
    for seed, image in np.ndindex(3, 40):
        true, sums = LABELS[seed, image], outputs[seed, image]
        rival = max((digit for digit in range(4) if digit != true), key=lambda digit: sums[digit])
        assert rivals[seed, image] == rival
        biases = DRAWN.biases[-1][seed, 0]
        rest = sums[true] - sums[rival] - (biases[true] - biases[rival])
        assert found[seed, image].sum() == pytest.approx(rest, abs=1e-12)


def test_a_contribution_is_what_the_margin_falls_by_without_the_neuron():
    rivals = np.full((3, 40), 2)
    found = margin_contributions(DRAWN, INPUTS, np.full((3, 40), 1), rivals)
    for seed in SEEDS:
        with_all = DRAWN.replica(seed).activations(INPUTS[seed])[-1]
        for unit in range(UNITS):
            without = removed(DRAWN.replica(seed), [unit]).activations(INPUTS[seed])[-1]
            fall = (with_all[:, 1] - with_all[:, 2]) - (without[:, 1] - without[:, 2])
            np.testing.assert_allclose(found[seed, :, unit], fall, atol=1e-12)


def test_with_one_hidden_layer_and_fewer_images_than_neurons_it_is_the_same():
    network = draw_network((5, UNITS, 4), rng=np.random.default_rng(0))
    inputs, labels, rivals = INPUTS[0, :3], np.array([0, 1, 2]), np.array([3, 0, 1])
    outputs = network.activations(inputs)[-1]
    margins = outputs[range(3), labels] - outputs[range(3), rivals]
    np.testing.assert_allclose(margin_contributions(network, inputs, labels, rivals).sum(axis=-1), margins)
    found = accuracy_without(network, inputs, labels, np.arange(UNITS))
    assert len(found) == UNITS + 1
    for count in range(UNITS + 1):
        without = removed(network, range(count)).predict(inputs).argmax(axis=-1)
        assert found[count] == pytest.approx((without == labels).mean())


def test_one_network_gives_what_it_gives_among_others():
    alone = margin_contributions(DRAWN.replica(1), INPUTS[1], LABELS[1])
    np.testing.assert_allclose(alone, margin_contributions(DRAWN, INPUTS, LABELS)[1], rtol=1e-12)
    lost = lost_without_each(DRAWN.replica(1), INPUTS[1], LABELS[1])
    np.testing.assert_array_equal(lost, lost_without_each(DRAWN, INPUTS, LABELS)[1])


def test_cancellation_is_the_median_quotient():
    table = np.array([[3.0, -1.0, 0.0], [2.0, 2.0, 0.5], [-5.0, 1.0, 1.0]])  # 4 / 2, 4.5 / 4.5, 7 / 3
    assert median_cancellation(table) == 2
    np.testing.assert_allclose(median_cancellation(np.stack([table, -3 * table, table[::-1]])), [2, 2, 2])
    assert median_cancellation(table[1:]) == pytest.approx((1 + 7 / 3) / 2)
    assert median_cancellation(table / 100) == pytest.approx(2)
    np.testing.assert_allclose(median_cancellation(np.stack([table, table[:, [1, 1, 1]]])), [2, 1])


def test_a_silent_picture_cancels_nothing_and_a_whole_cancelling_has_no_limit():
    assert median_cancellation(np.zeros((1, 3))) == 1
    assert median_cancellation(np.array([[1.0, -1.0]])) == np.inf


def test_the_most_helpful_is_first_by_its_average():
    table = np.array([[1.0, 5.0, -2.0], [1.0, -6.0, 4.0]])
    np.testing.assert_array_equal(most_helpful_first(table), [0, 2, 1])  # averages 1, -0.5, 1: ties as they stand
    np.testing.assert_array_equal(most_helpful_first(np.stack([table, -table])), [[0, 2, 1], [1, 0, 2]])


def test_of_many_neurons_ties_keep_their_order():
    table = np.tile(np.random.default_rng(0).integers(0, 4, 200).astype(float), (3, 1))
    np.testing.assert_array_equal(most_helpful_first(table), sorted(range(200), key=lambda unit: -table[0, unit]))


def test_accuracies_are_those_of_networks_without_the_neurons_removed_so_far():
    order = np.array([np.random.default_rng(seed).permutation(UNITS) for seed in SEEDS])
    found = accuracy_without(DRAWN, INPUTS, LABELS, order)
    assert found.shape == (3, UNITS + 1)
    for seed, count in np.ndindex(3, UNITS + 1):
        right = (answers(seed, order[seed, :count]) == LABELS[seed]).mean()
        assert found[seed, count] == pytest.approx(right)
    assert len(np.unique(found)) > 6


def test_lost_pictures_are_right_with_all_and_wrong_without_the_one():
    found = lost_without_each(DRAWN, INPUTS, LABELS)
    for seed, unit in np.ndindex(3, UNITS):
        expected = (answers(seed) == LABELS[seed]) & (answers(seed, [unit]) != LABELS[seed])
        np.testing.assert_array_equal(found[seed, unit], expected)
    assert found.any() and not found.all(axis=-1).any()


def test_the_networks_are_left_as_they_were():
    before = [array.copy() for array in (*DRAWN.weights, *DRAWN.biases, INPUTS, LABELS)]
    accuracy_without(DRAWN, INPUTS, LABELS, np.tile(np.arange(UNITS), (3, 1)))
    lost_without_each(DRAWN, INPUTS, LABELS)
    margin_contributions(DRAWN, INPUTS, LABELS)
    after = (*DRAWN.weights, *DRAWN.biases, INPUTS, LABELS)
    assert all(np.array_equal(one, other) for one, other in zip(before, after, strict=True))


def test_without_a_hidden_layer_the_inputs_are_removed_from_a_copy():
    network, inputs = draw_network((3, 4), rng=np.random.default_rng(0)), np.random.default_rng(1).random((5, 3))
    before = inputs.copy()
    accuracy_without(network, inputs, np.arange(5) % 4, np.arange(3))
    np.testing.assert_array_equal(inputs, before)
