"""Checks of page 08: list all masks, give each its probability, and take the geometric mean of all sub-networks."""

from math import comb

import numpy as np

from dropout_lib.checks.grading.exercise import Exercise
from dropout_lib.checks.probes.geometric_means import (
    geometric,
    geometric_mean_of,
    look_at_geometric_means,
    masked_sums,
)
from dropout_lib.checks.probes.mask_lists import look_at_chances, look_at_masks
from dropout_lib.ensemble import all_masks, mask_probabilities
from dropout_lib.network import softmax


def _list_all(neurons):
    return all_masks(neurons)


def one_neuron_each(neurons):
    """As many masks came back as there are neurons, each keeping a single one. May a mask keep two, or none?"""
    return np.eye(neurons, dtype=bool)


def all_but_one_each(neurons):
    """As many masks came back as there are neurons, each dropping a single one. May a mask drop two, or none?"""
    return ~np.eye(neurons, dtype=bool)


def without_the_empty_mask(neurons):
    """One mask is missing, the one that drops all. Can it happen that every neuron is dropped?"""
    return all_masks(neurons)[1:]


def without_the_full_mask(neurons):
    """One mask is missing, the one that keeps all. Where does your count end, and where does it begin?"""
    return all_masks(neurons)[:-1]


def without_both_ends(neurons):
    """Two masks are missing: the one that keeps all and the one that drops all. Is either of them impossible?"""
    return all_masks(neurons)[1:-1]


def drawn_at_random(neurons):
    """Two calls gave different masks. Drawn masks repeat, and leave some out: how can you list all of them, each
    once?"""
    return np.random.default_rng().random((2**neurons, neurons)) < 0.5


def masks_in_columns(neurons):
    """Every mask is there, as a column. What should be a row?"""
    return all_masks(neurons).T


def one_for_each_number_kept(neurons):
    """One mask came back for each number of neurons kept. In how many ways can one neuron of three be kept?"""
    return np.arange(neurons) < np.arange(neurons + 1)[:, np.newaxis]


def half_of_them(neurons):
    """Half of the masks came back, and the same neuron is dropped in all of them. How many choices does each neuron
    have?"""
    return all_masks(neurons)[: 2 ** (neurons - 1)]


def half_with_one_always_kept(neurons):
    """Half of the masks came back, and the same neuron is kept in all of them. How many choices does each neuron
    have?"""
    return all_masks(neurons)[2 ** (neurons - 1) :]


def twice_as_many(neurons):
    """Twice as many rows came back as there are masks, each mask twice. How many numbers can so many binary digits
    write?"""
    return np.tile(all_masks(neurons), (2, 1))


def squared_instead_of_doubled(neurons):
    """The number of rows is the number of neurons, squared. What does each further neuron do to the number of masks?"""
    return all_masks(neurons)[np.arange(neurons**2) % 2**neurons]


every_mask = Exercise(
    look_at_masks,
    references=[_list_all],
    mistakes=[
        one_neuron_each, all_but_one_each, without_the_empty_mask, without_the_full_mask, without_both_ends,
        drawn_at_random, masks_in_columns, one_for_each_number_kept, half_of_them, half_with_one_always_kept,
        twice_as_many, squared_instead_of_doubled,
    ],
    praise="Every mask is there, and none twice: two choices for each neuron, multiplied.",
)  # fmt: skip


def _probabilities(masks, keep_prob):
    return mask_probabilities(masks, keep_prob=keep_prob)


def _each_neuron(masks, keep_prob):
    return np.where(masks, keep_prob, 1 - keep_prob)


def the_same_for_all(masks, keep_prob):
    """All masks came out equally probable: 1 divided by the number of rows. At keep_prob 0.8, is a mask that keeps all
    as rare as one that drops all?"""
    return np.full(len(masks), 1 / len(masks))


def half_for_each_neuron(masks, keep_prob):
    """Each neuron contributed a factor of one half, whatever keep_prob is. For which keep_prob would that be
    correct?"""
    return np.full(len(masks), 0.5 ** masks.shape[1])


def kept_and_dropped_exchanged(masks, keep_prob):
    """Kept neurons contributed 1 - keep_prob, and dropped ones keep_prob. What does True in a mask mean?"""
    return _probabilities(~masks, keep_prob)


def counted_only_the_kept(masks, keep_prob):
    """Each kept neuron contributed a factor of keep_prob, and the dropped ones none. How probable is it that a neuron
    is dropped?"""
    return keep_prob ** masks.sum(axis=1)


def counted_only_the_dropped(masks, keep_prob):
    """Each dropped neuron contributed a factor of 1 - keep_prob, and the kept ones none. How probable is it that a
    neuron is kept?"""
    return (1 - keep_prob) ** (~masks).sum(axis=1)


def all_masks_with_so_many_kept(masks, keep_prob):
    """Each number is the probability of keeping that many neurons, whichever they are. How probable is this one
    mask?"""
    neurons = masks.shape[1]
    return _probabilities(masks, keep_prob) * [comb(neurons, kept) for kept in masks.sum(axis=1)]


def multiplied_over_the_masks(masks, keep_prob):
    """One number came back for each neuron: factors of different masks were multiplied. Along which axis is one
    mask?"""
    return _each_neuron(masks, keep_prob).prod(axis=0)


def multiplied_over_everything(masks, keep_prob):
    """A single number came back: the factors of all masks were multiplied together. Along which axis is one mask?"""
    return _each_neuron(masks, keep_prob).prod()


def never_multiplied(masks, keep_prob):
    """One number came back for each neuron of each mask. How do they become the probability that all of this
    happens?"""
    return _each_neuron(masks, keep_prob)


def added_instead_of_multiplied(masks, keep_prob):
    """The factors of a mask's neurons were added. Two neurons are both dropped: is that more probable than one
    alone?"""
    return _each_neuron(masks, keep_prob).sum(axis=1)


def averaged_instead_of_multiplied(masks, keep_prob):
    """The mean of the factors of a mask's neurons came back. Does a mask of ten neurons have the probability of a mask
    of one?"""
    return _each_neuron(masks, keep_prob).mean(axis=1)


def made_to_sum_to_one(masks, keep_prob):
    """The numbers were divided by their sum. With some of the masks only, what do their probabilities add up to?"""
    return _probabilities(masks, keep_prob) / _probabilities(masks, keep_prob).sum()


def share_kept(masks, keep_prob):
    """Each number is the share of neurons that the mask keeps. Where does keep_prob come in?"""
    return masks.mean(axis=1)


chance_of_each = Exercise(
    look_at_chances,
    references=[_probabilities],
    mistakes=[
        the_same_for_all, half_for_each_neuron, kept_and_dropped_exchanged, counted_only_the_kept,
        counted_only_the_dropped, all_masks_with_so_many_kept, multiplied_over_the_masks,
        multiplied_over_everything, never_multiplied, added_instead_of_multiplied,
        averaged_instead_of_multiplied, made_to_sum_to_one, share_kept,
    ],
    praise="A factor for each neuron, kept or dropped; over all masks of a layer the probabilities sum to 1.",
)  # fmt: skip


def not_normalised(hidden, weights, masks, chances, keep_prob):
    """Your numbers add up to less than 1. The geometric means of probabilities do: which step is left?"""
    return np.exp(chances @ np.log(softmax(masked_sums(hidden, weights, masks, keep_prob))))


def arithmetic_mean(hidden, weights, masks, chances, keep_prob):
    """This is the arithmetic mean of the probabilities. What takes the place of adding in a geometric mean?"""
    return chances @ softmax(masked_sums(hidden, weights, masks, keep_prob))


def arithmetic_with_equal_weights(hidden, weights, masks, chances, keep_prob):
    """This is the arithmetic mean, with equal weights. What takes the place of adding, and where are the mask
    probabilities used?"""
    return softmax(masked_sums(hidden, weights, masks, keep_prob)).mean(axis=0)


def chances_ignored(hidden, weights, masks, chances, keep_prob):
    """All sub-networks have the same weight here. Are they equally probable at keep_prob 0.3?"""
    return geometric(masked_sums(hidden, weights, masks, keep_prob), np.full(len(masks), 1 / len(masks)))


def product_without_a_root(hidden, weights, masks, chances, keep_prob):
    """The probabilities of all networks were multiplied, each in full. To what power does each enter a mean?"""
    return geometric(masked_sums(hidden, weights, masks, keep_prob), np.ones(len(masks)))


def chances_as_factors(hidden, weights, masks, chances, keep_prob):
    """Each probability was multiplied by that of its mask. What does a geometric mean do with the two, instead of
    multiplying?"""
    product = np.prod(softmax(masked_sums(hidden, weights, masks, keep_prob)) * chances[:, np.newaxis], axis=0)
    return product / product.sum()


def no_softmax(hidden, weights, masks, chances, keep_prob):
    """This is the mean of what goes into the softmax. Probabilities were asked for: what turns sums into them?"""
    return chances @ masked_sums(hidden, weights, masks, keep_prob)


def logarithms_left(hidden, weights, masks, chances, keep_prob):
    """This is the mean of the logarithms of the probabilities. How do you undo the logarithm?"""
    return chances @ np.log(softmax(masked_sums(hidden, weights, masks, keep_prob)))


def scaled_twice(hidden, weights, masks, chances, keep_prob):
    """These are the numbers of activations that are too large by a factor of 1 / keep_prob. Was the mask applied, and
    how often was it divided?"""
    return geometric(masked_sums(hidden, weights, masks, keep_prob) / keep_prob, chances)


def not_scaled(hidden, weights, masks, chances, keep_prob):
    """These are the numbers of activations that are too small by a factor of keep_prob. What does inverted dropout do
    to the survivors?"""
    return geometric(masked_sums(hidden, weights, masks, 1.0), chances)


def multiplied_the_survivors(hidden, weights, masks, chances, keep_prob):
    """These are the numbers of activations that are too small by a factor of keep_prob squared. What does inverted
    dropout do to the survivors?"""
    return geometric(masked_sums(hidden, weights, masks, 1 / keep_prob), chances)


def masks_exchanged(hidden, weights, masks, chances, keep_prob):
    """The neurons that the masks keep were dropped, and the dropped ones kept. What does True in a mask mean?"""
    return geometric(masked_sums(hidden, weights, ~masks, keep_prob), chances)


def softmax_over_the_networks(hidden, weights, masks, chances, keep_prob):
    """The softmax went over the networks, so that the probabilities of one class add up to 1. Along which axis are the
    classes?"""
    return softmax(chances @ np.log(softmax(masked_sums(hidden, weights, masks, keep_prob).T).T))


geometric_mean = Exercise(
    look_at_geometric_means,
    references=[geometric_mean_of],
    mistakes=[
        not_normalised,
        arithmetic_mean,
        arithmetic_with_equal_weights,
        chances_ignored,
        product_without_a_root,
        chances_as_factors,
        no_softmax,
        logarithms_left,
        scaled_twice,
        not_scaled,
        multiplied_the_survivors,
        masks_exchanged,
        softmax_over_the_networks,
    ],
    praise="These are the geometric means of 32 sub-networks, normalised.",
)
