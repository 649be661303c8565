"""What masks add to a loss, over all masks: the theorems of page 07, to 12 decimals, and where they stop."""

from itertools import product

import numpy as np
import pytest

from dropout_lib import Network, all_masks, dropout_ridge, mask_probabilities
from dropout_lib.course import pages

each_keep_prob = pytest.mark.parametrize("keep_prob", [0.1, 0.3, 0.8, 1.0])
PAGE = pages.read(next(path for path in pages.paths() if pages.stem(path) == "see_the_penalty"))


def layer(examples=7, features=5, seed=0):
    rng = np.random.default_rng(seed)
    x = rng.normal(0.5, 1, (examples, features)) * np.array([1, 2.5, 0.3, 1.7, 0.6])[:features]
    return x, rng.normal(1, 1, examples), rng.normal(0, 1, features)


def over_masks(loss, x, w, keep_prob):
    """Give the mean over all masks, each by its own probability, of the mean of `loss` of the masked output."""
    total = 0
    for mask in product([0, 1], repeat=len(w)):
        chance = np.prod([keep_prob if kept else 1 - keep_prob for kept in mask])
        total += chance * np.mean(loss((x * mask / keep_prob) @ w))
    return total


# The squared loss


@each_keep_prob
def test_the_mean_squared_loss_is_the_loss_plus_a_ridge_of_the_terms(keep_prob):
    x, y, w = layer()
    mean = over_masks(lambda z: (y - z) ** 2, x, w, keep_prob)
    ridge = (1 - keep_prob) / keep_prob * np.mean(x**2, axis=0) @ w**2
    np.testing.assert_allclose(mean, np.mean((y - x @ w) ** 2) + ridge, rtol=1e-12)


@each_keep_prob
def test_any_noise_of_this_mean_and_variance_has_the_same_mean_squared_loss(keep_prob):
    """Here a coin around 1, and a normal distribution by three places (Gauss and Hermite), exact for squares."""
    x, y, w = layer(features=3)
    reach, mean = np.sqrt((1 - keep_prob) / keep_prob), over_masks(lambda z: (y - z) ** 2, x, w, keep_prob)
    places, weights = np.polynomial.hermite_e.hermegauss(3)
    for noise, chances in (([-1, 1], [0.5, 0.5]), (places, weights / weights.sum())):
        total = 0
        for drawn in product(range(len(noise)), repeat=3):
            factors = 1 + reach * np.array([noise[one] for one in drawn])
            total += np.prod([chances[one] for one in drawn]) * np.mean((y - x @ (w * factors)) ** 2)
        np.testing.assert_allclose(total, mean, rtol=1e-12)


@each_keep_prob
def test_the_least_is_that_of_least_squares_over_all_masked_examples(keep_prob):
    x, y, _ = layer(examples=20)
    masks = all_masks(5)
    root = np.sqrt(mask_probabilities(masks, keep_prob=keep_prob))
    rows = np.concatenate([one * x * mask / keep_prob for one, mask in zip(root, masks, strict=True)])
    least = np.linalg.lstsq(rows, np.outer(root, y).ravel())[0]
    found, _ = dropout_ridge(x.T @ x, x.T @ y, keep_prob=keep_prob)
    np.testing.assert_allclose(found, least, rtol=1e-10)


@each_keep_prob
def test_the_curvature_says_how_far_above_its_least_the_mean_loss_is(keep_prob):
    x, y, w = layer(examples=20)
    least, curvature = dropout_ridge(x.T @ x / 20, x.T @ y / 20, keep_prob=keep_prob)
    above = over_masks(lambda z: (y - z) ** 2, x, w, keep_prob) - over_masks(
        lambda z: (y - z) ** 2, x, least, keep_prob
    )
    np.testing.assert_allclose((w - least) @ curvature @ (w - least), above, rtol=1e-9)


@pytest.mark.parametrize("keep_prob", [0.1, 0.5, 0.8])
def test_a_unit_changes_no_prediction_with_dropout_and_does_with_l2(keep_prob):
    x, y, _ = layer(examples=20)
    units = np.array([2.0, 1, 100, 0.1, 1])
    one, _ = dropout_ridge(x.T @ x, x.T @ y, keep_prob=keep_prob)
    scaled = x * units
    other, _ = dropout_ridge(scaled.T @ scaled, scaled.T @ y, keep_prob=keep_prob)
    np.testing.assert_allclose(scaled @ other, x @ one, rtol=1e-9)
    by_l2 = [np.linalg.solve(each.T @ each + np.eye(5), each.T @ y) for each in (x, scaled)]
    assert np.abs(scaled @ by_l2[1] - x @ by_l2[0]).max() > 0.05


@pytest.mark.parametrize("scale", [0.5, 1.0, 7.0])
def test_copies_get_equal_terms_whatever_their_scale(scale):
    x, y, _ = layer(examples=20, features=1)
    both = np.hstack([x, scale * x])
    weights, _ = dropout_ridge(both.T @ both, both.T @ y, keep_prob=0.6)
    np.testing.assert_allclose(weights[0], scale * weights[1], rtol=1e-12)


def test_copies_have_no_single_least_without_dropout():
    with pytest.raises(np.linalg.LinAlgError):
        dropout_ridge(np.ones((2, 2)), np.ones(2), keep_prob=1.0)


@pytest.mark.parametrize("keep_prob", [0.0, 1.5, np.nan])
def test_a_keep_prob_outside_is_refused(keep_prob):
    with pytest.raises(ValueError, match="keep_prob must be in"):
        dropout_ridge(np.eye(2), np.ones(2), keep_prob=keep_prob)


def test_nothing_that_is_given_is_changed():
    products, sums = np.array([[2.0, 0.5], [0.5, 1.0]]), np.array([1.0, -1.0])
    dropout_ridge(products, sums, keep_prob=0.5)
    assert products.tolist() == [[2.0, 0.5], [0.5, 1.0]] and sums.tolist() == [1.0, -1.0]


# Cross-entropy


def added(x, w, keep_prob, sign=1):
    """Give what the masks add to the cross-entropy of one class, or with sign -1 of the other."""
    loss = lambda z: np.logaddexp(0, -sign * z)  # noqa: E731
    return over_masks(loss, x, w, keep_prob) - np.mean(loss(x @ w))


def second_order(x, w, keep_prob):
    p = 1 / (1 + np.exp(-(x @ w)))
    return (1 - keep_prob) / keep_prob / 2 * np.mean(p * (1 - p) * (x**2 @ w**2))


@each_keep_prob
def test_what_masks_add_to_cross_entropy_is_the_same_for_both_classes(keep_prob):
    x, _, w = layer()
    np.testing.assert_allclose(added(x, w, keep_prob), added(x, w, keep_prob, sign=-1), atol=1e-12)


@pytest.mark.parametrize("keep_prob", [0.5, 0.8, 0.95, 0.9999])
def test_the_second_order_is_reached_as_weights_get_small_and_not_as_keep_prob_gets_near_1(keep_prob):
    """The features' terms have both signs, so what is left over is of the second order in their size."""
    x, _, w = layer()
    off = [second_order(x, size * w, keep_prob) / added(x, size * w, keep_prob) - 1 for size in (1.0, 0.1, 0.01)]
    assert abs(off[0]) > 0.15 and abs(off[1]) < 0.02 and abs(off[2]) < 2e-4


def test_it_may_fall_as_a_weight_grows_and_the_ridge_of_the_squared_loss_may_not():
    x = np.ones((1, 2))
    found = [added(x, np.array([first, 2.0]), 0.8) for first in (0.0, 1.0, 2.0)]
    assert found[0] > 1.5 * found[1] > 1.7 * found[2]
    squared = [
        over_masks(lambda z: z**2, x, np.array([first, 2.0]), 0.8) - (first + 2) ** 2 for first in (0.0, 1.0, 2.0)
    ]
    np.testing.assert_allclose(squared, [1.0, 1.25, 2.0])


# Two linear layers


def test_masks_between_two_linear_layers_add_the_squared_products_of_lengths():
    """By all 64 masks of six neurons; the inputs have mean 0, mean square 1, and are uncorrelated."""
    rng = np.random.default_rng(0)
    inputs = np.linalg.qr(rng.normal(size=(12, 4)))[0] * np.sqrt(12)
    into, out, targets = rng.normal(size=(4, 6)), rng.normal(size=(6, 3)), rng.normal(size=(12, 3))
    for keep_prob in (0.3, 0.8):
        masks = all_masks(6)
        losses = [np.mean(np.sum((inputs @ (into * mask / keep_prob) @ out - targets) ** 2, axis=1)) for mask in masks]
        mean = mask_probabilities(masks, keep_prob=keep_prob) @ losses
        lengths = np.linalg.norm(into, axis=0) * np.linalg.norm(out, axis=1)
        plain = np.mean(np.sum((inputs @ into @ out - targets) ** 2, axis=1))
        np.testing.assert_allclose(mean, plain + (1 - keep_prob) / keep_prob * np.sum(lengths**2), rtol=1e-12)


def of_the_page(cell_id):
    """Run the set-up and one cell; give the names."""
    names = {}
    exec(PAGE.cells[1].source, names)
    exec(next(cell.source for cell in PAGE.cells if cell.id == cell_id), names)
    return names


@pytest.mark.parametrize(("keep_prob", "length"), [(0.8, 0.5937), (0.5, 0.4860)])
def test_the_page_descends_to_equal_products_of_the_length_that_theory_gives(keep_prob, length):
    """The least over a matrix M of |M - target|² + (1 - q) / q × (nuclear norm of M)² / 8 has this norm / 8."""
    names = of_the_page("code-62")
    values = np.linalg.svd(names["target"])[1]
    norm = values.sum()
    for _ in range(2000):
        norm = 0.9 * norm + 0.1 * np.maximum(values - (1 - keep_prob) / keep_prob / 8 * norm, 0).sum()
    assert norm / 8 == pytest.approx(length, abs=1e-4)
    for seed in (0, 100):
        np.testing.assert_allclose(names["lengths"](keep_prob, np.random.default_rng(seed)), norm / 8, rtol=2e-3)


@pytest.mark.parametrize("keep_prob", [0.3, 0.8])
def test_the_page_adds_to_cross_entropy_what_all_masks_add(keep_prob):
    x, _, w = layer()
    exact, to_second_order = of_the_page("code-60")["added"](w, x, keep_prob)
    np.testing.assert_allclose(exact, added(x, w, keep_prob), rtol=1e-10)
    np.testing.assert_allclose(to_second_order, second_order(x, w, keep_prob), rtol=1e-12)


# One layer of the library in the mean


@pytest.mark.parametrize("keep_prob", [0.3, 0.8])
def test_at_the_least_the_mean_of_the_librarys_gradients_over_all_masks_is_0(keep_prob):
    x, y, _ = layer(examples=20)
    least, _ = dropout_ridge(x.T @ x, x.T @ y, keep_prob=keep_prob)
    network, masks = Network((least[:, np.newaxis],), (np.zeros((1, 1)),), "squared"), all_masks(5)
    found = [
        network.gradients(x, y[:, np.newaxis], masks=[np.tile(mask, (20, 1))], keep_prob=(keep_prob,))[0][0]
        for mask in masks
    ]
    mean = np.tensordot(mask_probabilities(masks, keep_prob=keep_prob), found, axes=1)
    np.testing.assert_allclose(mean, 0, atol=1e-12)
