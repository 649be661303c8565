"""All masks of a few units, and how probable each is."""

import re
from itertools import product
from math import comb, prod

import numpy as np
import pytest

from dropout_lib import all_masks, mask_probabilities

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


@pytest.mark.parametrize(("units", "megabytes"), [(21, "44"), (24, "403"), (30, "32,212")])
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
    with pytest.raises(ValueError, match=r"units must be from 0 to 20, got -1\. A layer has no fewer than 0 units\."):
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
    masks.flags.writeable = False
    mask_probabilities(masks, keep_prob=0.3)
    np.testing.assert_array_equal(masks, all_masks(3))


@pytest.mark.parametrize("masks", [[[1, 0, 1]], np.ones((2, 3)), np.ones((2, 3), int), None, True, "abc"])
def test_masks_that_are_not_boolean_rows_are_refused_in_words(masks):
    with pytest.raises(TypeError, match=r"masks must be a Boolean array, one mask a row, got \S+ of shape \("):
        mask_probabilities(masks, keep_prob=0.8)
