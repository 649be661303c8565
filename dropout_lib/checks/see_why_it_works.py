"""Checks of page 06: measure how much contributions cancel, and count the pictures lost without each neuron."""

import numpy as np

from dropout_lib.checks.grading.exercise import Exercise
from dropout_lib.checks.probes.cancellation import look_at_cancellation, median_quotient, quotients
from dropout_lib.checks.probes.removals import (
    NEURONS,
    are_right,
    each_neuron,
    look_at_lost,
    lost_when,
    says,
    without,
    without_each,
)


def signed_instead_of_absolute(contributions):
    """Every picture gives 1 or -1, as the same sum stands above and below. In which of the two are sizes added, and in
    which the numbers with their signs?"""
    return np.median(np.abs(contributions.sum(axis=1)) / np.abs(contributions.sum(axis=1)))


def upside_down(contributions):
    """Your quotient is upside down: the size of the sum, divided by the sum of the sizes. Can yours ever be above 1?"""
    return np.median(np.abs(contributions.sum(axis=1)) / np.abs(contributions).sum(axis=1))


def mean_instead_of_median(contributions):
    """This is the mean over the pictures. One sum near 0 makes its quotient huge: which middle does not follow it?"""
    return quotients(contributions, middle=np.mean)


def over_the_wrong_axis(contributions):
    """You added over the pictures, so there was a quotient for each neuron. Along which axis lies one picture?"""
    return quotients(contributions.T)


def all_pictures_at_once(contributions):
    """The contributions of all pictures went into one pair of sums. What belongs to one picture, and when does the
    median come?"""
    return np.abs(contributions).sum() / np.abs(contributions.sum())


def all_sums_at_once(contributions):
    """Above and below you added up over all pictures, and divided once. When does the median come, and of what?"""
    return np.abs(contributions).sum() / np.abs(contributions.sum(axis=1)).sum()


def axis_forgotten_above(contributions):
    """Above stands one sum over all pictures, below one for each picture. Where is an axis missing?"""
    return np.median(np.abs(contributions).sum() / np.abs(contributions.sum(axis=1)))


def axis_forgotten_below(contributions):
    """Below stands one sum over all pictures, above one for each picture. Where is an axis missing?"""
    return np.median(np.abs(contributions).sum(axis=1) / np.abs(contributions.sum()))


def every_picture_by_every_other(contributions):
    """The sizes of each picture were divided by the sums of all pictures, so that NumPy made a square of quotients.
    Which shapes have the two?"""
    return np.median(np.abs(contributions).sum(axis=1, keepdims=True) / np.abs(contributions.sum(axis=1)))


def absolute_forgotten_below(contributions):
    """The sum below keeps its sign, so that some quotients are below 0. What of the sum was asked for?"""
    return quotients(contributions, below=np.positive)


def median_before_dividing(contributions):
    """You divided one median by another. Which picture would that quotient belong to?"""
    return np.median(np.abs(contributions).sum(axis=1)) / np.median(np.abs(contributions.sum(axis=1)))


def average_instead_of_sum(contributions):
    """Above stands the average of the sizes, below a sum. What happens to your number when neurons are added?"""
    return quotients(contributions, top=np.mean)


def average_below(contributions):
    """Below stands the size of the average, above a sum. What happens to your number when neurons are added?"""
    return quotients(contributions) * contributions.shape[1]


def squares_instead_of_sizes(contributions):
    """You squared the contributions and the sum. A square is no size: what makes -2 and 2 alike, and leaves 2 a 2?"""
    return np.median((contributions**2).sum(axis=1) / contributions.sum(axis=1) ** 2)


def lengths_instead_of_sums(contributions):
    """Above stands the root of the sum of squares, the length. What is the sum of the sizes?"""
    return np.median(np.sqrt((contributions**2).sum(axis=1)) / np.abs(contributions.sum(axis=1)))


def subtracted_instead_of_divided(contributions):
    """You subtracted the size of the sum from the sum of the sizes. Twice the weights then give twice your number:
    which operation takes the unit away?"""
    return np.median(np.abs(contributions).sum(axis=1) - np.abs(contributions.sum(axis=1)))


def never_took_the_median(contributions):
    """One quotient for each picture came back. They are to become one number: how?"""
    return np.abs(contributions).sum(axis=1) / np.abs(contributions.sum(axis=1))


cancellation = Exercise(
    look_at_cancellation,
    references=[median_quotient],
    mistakes=[
        signed_instead_of_absolute,
        upside_down,
        mean_instead_of_median,
        over_the_wrong_axis,
        all_pictures_at_once,
        all_sums_at_once,
        axis_forgotten_above,
        axis_forgotten_below,
        every_picture_by_every_other,
        absolute_forgotten_below,
        median_before_dividing,
        average_instead_of_sum,
        average_below,
        squares_instead_of_sizes,
        lengths_instead_of_sums,
        subtracted_instead_of_divided,
        never_took_the_median,
    ],
    praise="Sizes first, then the quotient of each picture, and the median last.",
)


def removed_without_restoring(hidden, weights, biases, labels, keep_prob):
    """The counts are those of neurons that pile up: the second goes with the first, the third with both. Which
    neurons are missing when the third is removed by itself?"""
    return lost_when(hidden, weights, biases, labels, lambda all_of_it, unit: all_of_it * (np.arange(NEURONS) > unit))


def changed_the_input(hidden, weights, biases, labels, keep_prob):
    """After the call, an array that you were given was changed. On what can you work instead, so that every neuron
    begins with all others in place?"""
    hidden[:, 0] = 0
    return without_each(hidden, weights, biases, labels, keep_prob)


def training_scale_still_on(hidden, weights, biases, labels, keep_prob):
    """The counts are those of survivors divided by keep_prob when a neuron is removed. At inference, is anything
    scaled?"""
    return lost_when(hidden, weights, biases, labels, lambda all_of_it, unit: without(all_of_it, unit) / keep_prob)


def training_scale_everywhere(hidden, weights, biases, labels, keep_prob):
    """The counts are those of activations divided by keep_prob, with all neurons and without one. At inference, is
    anything scaled?"""
    return without_each(hidden / keep_prob, weights, biases, labels, keep_prob)


def multiplied_by_keep_prob(hidden, weights, biases, labels, keep_prob):
    """The counts are those of activations multiplied by keep_prob. Inverted dropout has scaled in training: what is
    left to do at inference?"""
    return without_each(hidden * keep_prob, weights, biases, labels, keep_prob)


def net_change(hidden, weights, biases, labels, keep_prob):
    """You subtracted: right before, minus right after. A picture that becomes right then hides one that is lost.
    Which pictures are asked for?"""
    right = are_right(hidden, weights, biases, labels).sum()
    return each_neuron(hidden, lambda unit: right - are_right(without(hidden, unit), weights, biases, labels).sum())


def wrong_without_it(hidden, weights, biases, labels, keep_prob):
    """You counted every picture that is wrong without the neuron. Some were wrong before: did they lose anything?"""
    return each_neuron(hidden, lambda unit: (~are_right(without(hidden, unit), weights, biases, labels)).sum())


def right_without_it(hidden, weights, biases, labels, keep_prob):
    """You counted the pictures that are right without the neuron. Which were right before, and are no longer?"""
    return each_neuron(hidden, lambda unit: are_right(without(hidden, unit), weights, biases, labels).sum())


def still_right(hidden, weights, biases, labels, keep_prob):
    """You counted the pictures that are right before and after. How many of those that were right are missing?"""
    return are_right(hidden, weights, biases, labels).sum() - without_each(hidden, weights, biases, labels, keep_prob)


def changed_answers(hidden, weights, biases, labels, keep_prob):
    """You counted every picture whose answer changes. Is an answer lost that was wrong before? What do the labels
    say?"""
    before = says(hidden, weights, biases)
    return each_neuron(hidden, lambda unit: (says(without(hidden, unit), weights, biases) != before).sum())


def pictures_won(hidden, weights, biases, labels, keep_prob):
    """You counted the pictures that were wrong and become right. Which way round is the question?"""
    wrong = ~are_right(hidden, weights, biases, labels)
    return each_neuron(hidden, lambda unit: (wrong & are_right(without(hidden, unit), weights, biases, labels)).sum())


def share_instead_of_count(hidden, weights, biases, labels, keep_prob):
    """You returned shares of all pictures. The number itself was asked for: how many?"""
    return without_each(hidden, weights, biases, labels, keep_prob) / len(labels)


def share_of_the_right(hidden, weights, biases, labels, keep_prob):
    """You returned shares of the pictures that were right. The number itself was asked for: how many?"""
    right = are_right(hidden, weights, biases, labels).sum()
    return without_each(hidden, weights, biases, labels, keep_prob) / right


def removed_an_output(hidden, weights, biases, labels, keep_prob):
    """You removed columns of the weights, and one number came back for each class. Which way do the weights of one
    neuron lie: in a row or in a column?"""
    right, columns = are_right(hidden, weights, biases, labels), np.arange(weights.shape[1])
    counts = [(right & ~are_right(hidden, weights * (columns != one), biases, labels)).sum() for one in columns]
    return np.array(counts)


def one_for_each_picture(hidden, weights, biases, labels, keep_prob):
    """One number for each picture came back. Over which axis is to be counted, so that a number is left for each
    neuron?"""
    return np.zeros(len(labels))


def added_up(hidden, weights, biases, labels, keep_prob):
    """A single number came back. Each neuron is removed by itself: how many numbers does that make?"""
    return without_each(hidden, weights, biases, labels, keep_prob).sum()


def forgot_the_biases(hidden, weights, biases, labels, keep_prob):
    """The counts are those of a network without biases. What else goes into an output, beside the neurons?"""
    return without_each(hidden, weights, np.zeros_like(biases), labels, keep_prob)


def forgot_the_biases_without_it(hidden, weights, biases, labels, keep_prob):
    """The counts are those of biases that go together with the neuron. What still goes into each output without it?"""
    right = are_right(hidden, weights, biases, labels)
    return each_neuron(
        hidden, lambda unit: (right & ~are_right(without(hidden, unit), weights, 0 * biases, labels)).sum()
    )


def removed_a_picture(hidden, weights, biases, labels, keep_prob):
    """The counts are those of a row of hidden at 0: that is all neurons for one picture. Along which axis lies one
    neuron?"""
    return lost_when(hidden, weights, biases, labels, lambda all_of_it, unit: without(all_of_it.T, unit).T)


def kept_only_that_neuron(hidden, weights, biases, labels, keep_prob):
    """The counts are those of one neuron left alone, with all others removed. Which are to be silent?"""
    return lost_when(hidden, weights, biases, labels, lambda all_of_it, unit: all_of_it * (np.arange(NEURONS) == unit))


pictures_lost = Exercise(
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
        right_without_it,
        still_right,
        changed_answers,
        pictures_won,
        share_instead_of_count,
        share_of_the_right,
        removed_an_output,
        one_for_each_picture,
        added_up,
        forgot_the_biases,
        forgot_the_biases_without_it,
        removed_a_picture,
        kept_only_that_neuron,
    ],
    praise="Each neuron by itself, nothing scaled, and only pictures that were right are counted.",
)
