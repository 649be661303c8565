"""Checks of page 06: measure how much contributions cancel, and count the images lost without each neuron."""

import numpy as np

from dropout_lib.checks.grading.exercise import Exercise
from dropout_lib.checks.probes.cancellation import look_at_cancellation, median_quotient, quotients
from dropout_lib.checks.probes.removals import (
    NEURONS,
    are_correct,
    each_neuron,
    look_at_lost,
    lost_when,
    says,
    without,
    without_each,
)


def signed_instead_of_absolute(contributions):
    """Every image gives 1 or -1, as the same sum is numerator and denominator. In which of the two are sizes added, and
    in which signed numbers?"""
    return np.median(np.abs(contributions.sum(axis=1)) / np.abs(contributions.sum(axis=1)))


def upside_down(contributions):
    """Your quotient is upside down: the size of the sum, divided by the sum of the sizes. Can yours ever be above 1?"""
    return np.median(np.abs(contributions.sum(axis=1)) / np.abs(contributions).sum(axis=1))


def mean_instead_of_median(contributions):
    """This is the mean over the images. One sum near 0 makes its quotient huge: which kind of average is not pulled
    along by it?"""
    return quotients(contributions, middle=np.mean)


def over_the_wrong_axis(contributions):
    """You added over the images, so there was a quotient for each neuron. Along which axis are the numbers of one
    image?"""
    return quotients(contributions.T)


def all_images_at_once(contributions):
    """The contributions of all images went into one pair of sums. What belongs to one image, and when is the median
    taken?"""
    return np.abs(contributions).sum() / np.abs(contributions.sum())


def all_sums_at_once(contributions):
    """Numerator and denominator were both added up over all images, and divided once. When is the median taken, and of
    what?"""
    return np.abs(contributions).sum() / np.abs(contributions.sum(axis=1)).sum()


def axis_forgotten_above(contributions):
    """The numerator is one sum over all images, the denominator one for each image. Where is an axis missing?"""
    return np.median(np.abs(contributions).sum() / np.abs(contributions.sum(axis=1)))


def axis_forgotten_below(contributions):
    """The denominator is one sum over all images, the numerator one for each image. Where is an axis missing?"""
    return np.median(np.abs(contributions).sum(axis=1) / np.abs(contributions.sum()))


def every_image_by_every_other(contributions):
    """The sizes of each image were divided by the sums of all images, so that NumPy made a square of quotients. What
    shapes do the two have?"""
    return np.median(np.abs(contributions).sum(axis=1, keepdims=True) / np.abs(contributions.sum(axis=1)))


def absolute_forgotten_below(contributions):
    """The sum in the denominator keeps its sign, so some quotients are below 0. What about the sum was asked for?"""
    return quotients(contributions, below=np.positive)


def median_before_dividing(contributions):
    """You divided one median by another. Which image would that quotient belong to?"""
    return np.median(np.abs(contributions).sum(axis=1)) / np.median(np.abs(contributions.sum(axis=1)))


def average_instead_of_sum(contributions):
    """The numerator is the mean of the sizes, the denominator a sum. What happens to your number when neurons are
    added?"""
    return quotients(contributions, top=np.mean)


def average_below(contributions):
    """The denominator is the size of the mean, the numerator a sum. What happens to your number when neurons are
    added?"""
    return quotients(contributions) * contributions.shape[1]


def squares_instead_of_sizes(contributions):
    """You squared the contributions and the sum. A square is not a size: what gives 2 for both -2 and 2?"""
    return np.median((contributions**2).sum(axis=1) / contributions.sum(axis=1) ** 2)


def lengths_instead_of_sums(contributions):
    """The numerator is the root of the sum of squares, the length. What is the sum of the sizes?"""
    return np.median(np.sqrt((contributions**2).sum(axis=1)) / np.abs(contributions.sum(axis=1)))


def subtracted_instead_of_divided(contributions):
    """You subtracted the size of the sum from the sum of the sizes; the quotient was asked for. With weights twice as
    large, which of the two stays the same?"""
    return np.median(np.abs(contributions).sum(axis=1) - np.abs(contributions.sum(axis=1)))


def never_took_the_median(contributions):
    """One quotient for each image came back. How do they become one number?"""
    return np.abs(contributions).sum(axis=1) / np.abs(contributions.sum(axis=1))


cancellation = Exercise(
    look_at_cancellation,
    references=[median_quotient],
    mistakes=[
        signed_instead_of_absolute,
        upside_down,
        mean_instead_of_median,
        over_the_wrong_axis,
        all_images_at_once,
        all_sums_at_once,
        axis_forgotten_above,
        axis_forgotten_below,
        every_image_by_every_other,
        absolute_forgotten_below,
        median_before_dividing,
        average_instead_of_sum,
        average_below,
        squares_instead_of_sizes,
        lengths_instead_of_sums,
        subtracted_instead_of_divided,
        never_took_the_median,
    ],
    praise="Sizes first, then the quotient of each image, and the median last.",
)


def removed_without_restoring(hidden, weights, biases, labels, keep_prob):
    """The counts are those of removals that add up: the second neuron is removed with the first, the third with both.
    Which neurons are missing when the third is removed by itself?"""
    return lost_when(hidden, weights, biases, labels, lambda hidden, neuron: hidden * (np.arange(NEURONS) > neuron))


def changed_the_input(hidden, weights, biases, labels, keep_prob):
    """After the call, an array that you were given was changed. What could you work on instead, so that every removal
    starts with all neurons in place?"""
    hidden[:, 0] = 0
    return without_each(hidden, weights, biases, labels, keep_prob)


def training_scale_still_on(hidden, weights, biases, labels, keep_prob):
    """The counts are those of remaining neurons divided by keep_prob when one is removed. At inference, is anything
    scaled?"""
    return lost_when(hidden, weights, biases, labels, lambda hidden, neuron: without(hidden, neuron) / keep_prob)


def training_scale_everywhere(hidden, weights, biases, labels, keep_prob):
    """The counts are those of activations divided by keep_prob, with all neurons and without one. At inference, is
    anything scaled?"""
    return without_each(hidden / keep_prob, weights, biases, labels, keep_prob)


def multiplied_by_keep_prob(hidden, weights, biases, labels, keep_prob):
    """The counts are those of activations multiplied by keep_prob. Inverted dropout scales in training: what is left to
    do at inference?"""
    return without_each(hidden * keep_prob, weights, biases, labels, keep_prob)


def net_change(hidden, weights, biases, labels, keep_prob):
    """You subtracted: correct before, minus correct after. An image that becomes correct then hides one that is lost.
    Which images are asked for?"""
    correct = are_correct(hidden, weights, biases, labels).sum()
    return each_neuron(
        hidden, lambda neuron: correct - are_correct(without(hidden, neuron), weights, biases, labels).sum()
    )


def wrong_without_it(hidden, weights, biases, labels, keep_prob):
    """You counted every image that is wrong without the neuron. Some were wrong before: did they lose anything?"""
    return each_neuron(hidden, lambda neuron: (~are_correct(without(hidden, neuron), weights, biases, labels)).sum())


def correct_without_it(hidden, weights, biases, labels, keep_prob):
    """You counted the images that are correct without the neuron. Which were correct before, and are no longer?"""
    return each_neuron(hidden, lambda neuron: are_correct(without(hidden, neuron), weights, biases, labels).sum())


def still_correct(hidden, weights, biases, labels, keep_prob):
    """You counted the images that are correct before and after. How many of those that were correct are missing?"""
    return are_correct(hidden, weights, biases, labels).sum() - without_each(hidden, weights, biases, labels, keep_prob)


def changed_answers(hidden, weights, biases, labels, keep_prob):
    """You counted every image whose answer changes. Is an answer lost if it was wrong before? What do the labels
    say?"""
    before = says(hidden, weights, biases)
    return each_neuron(hidden, lambda neuron: (says(without(hidden, neuron), weights, biases) != before).sum())


def images_won(hidden, weights, biases, labels, keep_prob):
    """You counted the images that were wrong and become correct. Which way round is the question?"""
    wrong = ~are_correct(hidden, weights, biases, labels)
    return each_neuron(
        hidden, lambda neuron: (wrong & are_correct(without(hidden, neuron), weights, biases, labels)).sum()
    )


def share_instead_of_count(hidden, weights, biases, labels, keep_prob):
    """You returned shares of all images. The number itself was asked for: how many?"""
    return without_each(hidden, weights, biases, labels, keep_prob) / len(labels)


def share_of_the_correct(hidden, weights, biases, labels, keep_prob):
    """You returned shares of the images that were correct. The number itself was asked for: how many?"""
    correct = are_correct(hidden, weights, biases, labels).sum()
    return without_each(hidden, weights, biases, labels, keep_prob) / correct


def removed_an_output(hidden, weights, biases, labels, keep_prob):
    """You removed columns of the weights, and one number came back for each class. Are the weights of one neuron a row
    or a column?"""
    correct, columns = are_correct(hidden, weights, biases, labels), np.arange(weights.shape[1])
    counts = [(correct & ~are_correct(hidden, weights * (columns != one), biases, labels)).sum() for one in columns]
    return np.array(counts)


def one_for_each_image(hidden, weights, biases, labels, keep_prob):
    """One number for each image came back. Over which axis should you count to get one number for each neuron?"""
    return np.zeros(len(labels))


def added_up(hidden, weights, biases, labels, keep_prob):
    """A single number came back. Each neuron is removed by itself: how many numbers does that make?"""
    return without_each(hidden, weights, biases, labels, keep_prob).sum()


def forgot_the_biases(hidden, weights, biases, labels, keep_prob):
    """The counts are those of a network without biases. What else goes into an output, besides the neurons?"""
    return without_each(hidden, weights, np.zeros_like(biases), labels, keep_prob)


def forgot_the_biases_without_it(hidden, weights, biases, labels, keep_prob):
    """The counts are those you get when the biases are removed together with the neuron. What still goes into each
    output without it?"""
    correct = are_correct(hidden, weights, biases, labels)
    return each_neuron(
        hidden, lambda neuron: (correct & ~are_correct(without(hidden, neuron), weights, 0 * biases, labels)).sum()
    )


def removed_an_image(hidden, weights, biases, labels, keep_prob):
    """The counts are those of a row of hidden set to 0: that is all neurons for one image. Along which axis is one
    neuron?"""
    return lost_when(hidden, weights, biases, labels, lambda hidden, neuron: without(hidden.T, neuron).T)


def kept_only_that_neuron(hidden, weights, biases, labels, keep_prob):
    """The counts are those of one neuron kept, with all others removed. Which one should be removed?"""
    return lost_when(hidden, weights, biases, labels, lambda hidden, neuron: hidden * (np.arange(NEURONS) == neuron))


images_lost = Exercise(
    look_at_lost,
    references=[without_each],
    mistakes=[
        removed_without_restoring,
        changed_the_input,
        training_scale_still_on,
        training_scale_everywhere,
        multiplied_by_keep_prob,
        net_change,
        wrong_without_it,
        correct_without_it,
        still_correct,
        changed_answers,
        images_won,
        share_instead_of_count,
        share_of_the_correct,
        removed_an_output,
        one_for_each_image,
        added_up,
        forgot_the_biases,
        forgot_the_biases_without_it,
        removed_an_image,
        kept_only_that_neuron,
    ],
    praise="Each neuron by itself, nothing scaled, and only images that were correct are counted.",
)
