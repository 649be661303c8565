"""Answers to the exercises of the page on why dropout works."""

import math
import statistics

import numpy as np

from dropout_lib import draw_mask, softmax
from sample_answers import right, wrong

# cancellation, right


@right("cancellation")
def one_line(contributions):
    return np.median(np.abs(contributions).sum(axis=1) / np.abs(contributions.sum(axis=1)))


@right("cancellation")
def loop_over_rows(contributions):
    ratios = []
    for row in contributions:
        ratios.append(np.sum(np.abs(row)) / abs(np.sum(row)))
    return np.median(ratios)


@right("cancellation")
def plain_python(contributions):
    rows = contributions.tolist()
    return statistics.median(math.fsum(map(abs, row)) / abs(math.fsum(row)) for row in rows)


@right("cancellation")
def norm_of_order_one(contributions):
    return np.median(
        np.linalg.norm(contributions, ord=1, axis=1)
        / np.linalg.norm(contributions @ np.ones((len(contributions[0]), 1)), axis=1)
    )


@right("cancellation")
def helpers_and_opponents(contributions):
    """What helps and what hinders, each added up by itself."""
    helps = np.where(contributions > 0, contributions, 0).sum(axis=1)
    hinders = -np.where(contributions < 0, contributions, 0).sum(axis=1)
    return np.median((helps + hinders) / np.abs(helps - hinders))


@right("cancellation")
def clipped_parts(contributions):
    up, down = np.clip(contributions, 0, None).sum(-1), np.clip(contributions, None, 0).sum(-1)
    return np.median((up - down) / np.absolute(up + down))


@right("cancellation")
def averages_on_both_sides(contributions):
    """The number of neurons falls out."""
    return np.median(np.abs(contributions).mean(axis=1) / np.abs(contributions.mean(axis=1)))


@right("cancellation")
def percentile_fifty(contributions):
    return np.percentile(np.abs(contributions).sum(1) / np.abs(contributions.sum(1)), 50)


@right("cancellation")
def quantile_of_the_ratio(contributions):
    ratio = np.abs(contributions.sum(axis=1) / np.abs(contributions).sum(axis=1)) ** -1
    return float(np.quantile(ratio, 0.5))


@right("cancellation")
def sorted_by_hand(contributions):
    ratios = sorted(sum(abs(x) for x in row) / abs(sum(row)) for row in contributions)
    middle = len(ratios) // 2
    return ratios[middle] if len(ratios) % 2 else (ratios[middle - 1] + ratios[middle]) / 2


@right("cancellation")
def root_of_squares(contributions):
    sizes, total = np.sqrt(contributions**2), contributions.sum(axis=1)
    return np.median(sizes.sum(axis=1) / np.sqrt(total**2))


@right("cancellation")
def ones_as_a_sum(contributions):
    ones = np.ones(contributions.shape[1])
    return np.median(np.abs(contributions) @ ones / np.abs(contributions @ ones))


@right("cancellation")
def einsum_and_sign(contributions):
    sizes = np.einsum("pn,pn->p", contributions, np.sign(contributions))
    return np.median(sizes / np.abs(np.einsum("pn->p", contributions)))


@right("cancellation")
def along_the_axis(contributions):
    return np.median(np.apply_along_axis(lambda row: np.abs(row).sum() / np.abs(row.sum()), 1, contributions))


@right("cancellation")
def transposed_first(contributions):
    by_neuron = contributions.T
    return np.median(sum(np.abs(by_neuron)) / np.abs(sum(by_neuron)))


@right("cancellation")
def filled_array(contributions):
    ratio = np.zeros(contributions.shape[0])
    for picture in range(contributions.shape[0]):
        above = below = 0.0
        for neuron in range(contributions.shape[1]):
            above += abs(contributions[picture, neuron])
            below += contributions[picture, neuron]
        ratio[picture] = above / abs(below)
    ratio.sort()
    return (ratio[(len(ratio) - 1) // 2] + ratio[len(ratio) // 2]) / 2


@right("cancellation")
def kept_dimensions(contributions):
    above = np.abs(contributions).sum(axis=1, keepdims=True)
    return np.median(above / np.abs(contributions.sum(axis=1, keepdims=True)))


@right("cancellation")
def absolute_after_the_division(contributions):
    return np.median(np.abs(np.abs(contributions).sum(axis=1) / contributions.sum(axis=1)))


@right("cancellation")
def shares_of_the_sum(contributions):
    """Each number divided by its row's sum first; the sizes of these shares added up."""
    return np.median(np.abs(contributions / contributions.sum(axis=1, keepdims=True)).sum(axis=1))


@right("cancellation")
def own_copy_changed(contributions):
    sizes = contributions.copy()
    sizes[sizes < 0] *= -1
    return np.median(sizes.sum(axis=1) / abs(contributions.sum(axis=1)))


@right("cancellation")
def nan_functions(contributions):
    return np.nanmedian(np.nansum(np.fabs(contributions), axis=-1) / np.fabs(np.nansum(contributions, axis=-1)))


# cancellation, wrong: the sum above is of signed numbers


@wrong("cancellation", "signed_instead_of_absolute")
def signs_above(contributions):
    return np.median(contributions.sum(axis=1) / np.abs(contributions.sum(axis=1)))


@wrong("cancellation", "signed_instead_of_absolute")
def absolute_outside_the_sum(contributions):
    return np.median(np.abs(contributions.sum(axis=1)) / np.abs(contributions.sum(axis=1)))


@wrong("cancellation", "signed_instead_of_absolute")
def absolute_outside_in_a_loop(contributions):
    ratios = []
    for row in contributions:
        sizes = abs(sum(row))
        ratios.append(sizes / abs(sum(row)))
    return np.median(ratios)


@wrong("cancellation", "signed_instead_of_absolute")
def sign_of_the_sum(contributions):
    return np.median(np.sign(contributions.sum(axis=1)))


@wrong("cancellation", "signed_instead_of_absolute", "absolute_forgotten_below")
def no_absolute_at_all(contributions):
    return np.median(contributions.sum(axis=1) / contributions.sum(axis=1))


@wrong("cancellation", "signed_instead_of_absolute", "mean_instead_of_median")
def signs_above_and_mean(contributions):
    return np.mean(contributions.sum(axis=1) / np.abs(contributions.sum(axis=1)))


@wrong("cancellation", "signed_instead_of_absolute", "over_the_wrong_axis")
def signs_above_on_axis_zero(contributions):
    return np.median(contributions.sum(axis=0) / np.abs(contributions.sum(axis=0)))


@wrong("cancellation", "signed_instead_of_absolute", "average_instead_of_sum")
def signed_average_above(contributions):
    return np.median(contributions.mean(axis=1) / np.abs(contributions.sum(axis=1)))


# upside down


@wrong("cancellation", "upside_down")
def share_that_is_left(contributions):
    return np.median(np.abs(contributions.sum(axis=1)) / np.abs(contributions).sum(axis=1))


@wrong("cancellation", "upside_down")
def np_divide_exchanged(contributions):
    sizes, total = np.abs(contributions).sum(axis=1), np.abs(contributions.sum(axis=1))
    return np.median(np.divide(total, sizes))


@wrong("cancellation", "upside_down")
def one_over_the_median(contributions):
    return 1 / np.median(np.abs(contributions).sum(1) / np.abs(contributions.sum(1)))


@wrong("cancellation", "upside_down")
def negative_power(contributions):
    return statistics.median(abs(row.sum()) * abs(row).sum() ** -1.0 for row in contributions)


@wrong("cancellation", "upside_down", "mean_instead_of_median")
def share_that_is_left_and_mean(contributions):
    return (np.abs(contributions.sum(axis=1)) / np.abs(contributions).sum(axis=1)).mean()


@wrong("cancellation", "upside_down", "absolute_forgotten_below")
def share_with_its_sign(contributions):
    """The sum that should stand below stands above, and keeps its sign."""
    return np.median(contributions.sum(axis=1) / np.abs(contributions).sum(axis=1))


@wrong("cancellation", "upside_down", "over_the_wrong_axis")
def share_by_neuron(contributions):
    return np.median(np.abs(contributions.sum(axis=0)) / np.abs(contributions).sum(axis=0))


@wrong("cancellation", "upside_down", "all_pictures_at_once")
def share_of_the_table(contributions):
    return abs(contributions.sum()) / np.abs(contributions).sum()


@wrong("cancellation")
def share_that_is_lost(contributions):
    """What cancels, as a share of the sizes."""
    return np.median(1 - np.abs(contributions.sum(axis=1)) / np.abs(contributions).sum(axis=1))


# mean instead of median


@wrong("cancellation", "mean_instead_of_median")
def mean_method(contributions):
    return (np.abs(contributions).sum(axis=1) / np.abs(contributions.sum(axis=1))).mean()


@wrong("cancellation", "mean_instead_of_median")
def sum_over_length(contributions):
    total = 0
    for row in contributions:
        total += np.abs(row).sum() / np.abs(row.sum())
    return total / len(contributions)


@wrong("cancellation", "mean_instead_of_median")
def weighted_average_of_equal_weights(contributions):
    ratio = np.linalg.norm(contributions, 1, axis=1) / np.abs(contributions.sum(axis=1))
    return np.average(ratio, weights=np.ones(len(ratio)))


@wrong("cancellation", "mean_instead_of_median")
def mean_by_statistics(contributions):
    return statistics.fmean([float(np.abs(row).sum() / abs(row.sum())) for row in contributions])


@wrong("cancellation", "mean_instead_of_median", "absolute_forgotten_below")
def mean_of_signed_ratios(contributions):
    return np.mean(np.abs(contributions).sum(axis=1) / contributions.sum(axis=1))


@wrong("cancellation", "mean_instead_of_median", "over_the_wrong_axis")
def mean_over_neurons(contributions):
    return np.mean(np.abs(contributions).sum(axis=0) / np.abs(contributions.sum(axis=0)))


@wrong("cancellation", "mean_instead_of_median")
def geometric_mean_of_ratios(contributions):
    return np.exp(np.mean(np.log(np.abs(contributions).sum(axis=1) / np.abs(contributions.sum(axis=1)))))


@wrong("cancellation", "mean_instead_of_median", "average_instead_of_sum")
def mean_everywhere_it_was_not_asked(contributions):
    return np.mean(np.abs(contributions).mean(axis=1) / np.abs(contributions.sum(axis=1)))


# over the wrong axis


@wrong("cancellation", "over_the_wrong_axis")
def axis_zero(contributions):
    return np.median(np.abs(contributions).sum(axis=0) / np.abs(contributions.sum(axis=0)))


@wrong("cancellation", "over_the_wrong_axis")
def python_sum_of_an_array(contributions):
    """Python's own `sum` adds up the rows."""
    return np.median(sum(np.abs(contributions)) / np.abs(sum(contributions)))


@wrong("cancellation", "over_the_wrong_axis")
def loop_over_columns(contributions):
    ratios = []
    for neuron in range(contributions.shape[1]):
        column = contributions[:, neuron]
        ratios.append(np.abs(column).sum() / np.abs(column.sum()))
    return np.median(ratios)


@wrong("cancellation", "over_the_wrong_axis")
def unzipped(contributions):
    return statistics.median([sum(map(abs, column)) / abs(sum(column)) for column in zip(*contributions, strict=True)])


@wrong("cancellation", "over_the_wrong_axis")
def transposed_by_habit(contributions):
    table = contributions.T
    return np.median(np.abs(table).sum(axis=1) / np.abs(table.sum(axis=1)))


@wrong("cancellation", "over_the_wrong_axis", "absolute_forgotten_below")
def axis_zero_and_signed(contributions):
    return np.median(np.abs(contributions).sum(axis=0) / contributions.sum(axis=0))


@wrong("cancellation")
def two_axes(contributions):
    """One sum runs over the neurons and the other over the pictures."""
    return np.median(np.abs(contributions).sum(axis=1) / np.abs(contributions.sum(axis=0)))


@wrong("cancellation", "every_picture_by_every_other")
def every_row_over_every_row(contributions):
    """A column divided by a row is a table."""
    above = np.abs(contributions).sum(axis=1, keepdims=True)
    return np.median(above / np.abs(contributions.sum(axis=1)))


# all pictures at once


@wrong("cancellation", "all_pictures_at_once")
def no_axis(contributions):
    return np.abs(contributions).sum() / np.abs(contributions.sum())


@wrong("cancellation", "all_pictures_at_once")
def median_of_a_single_number(contributions):
    return np.median(np.sum(np.abs(contributions)) / np.abs(np.sum(contributions)))


@wrong("cancellation", "all_pictures_at_once")
def flat_list(contributions):
    numbers = contributions.ravel().tolist()
    return sum(abs(number) for number in numbers) / abs(sum(numbers))


@wrong("cancellation", "all_pictures_at_once")
def totals_in_a_loop(contributions):
    above = below = 0
    for row in contributions:
        above += np.abs(row).sum()
        below += row.sum()
    return above / abs(below)


@wrong("cancellation", "all_pictures_at_once", "all_sums_at_once")
def sizes_by_picture_then_pooled(contributions):
    return np.abs(contributions).sum() / np.abs(contributions.sum(axis=1)).sum()


@wrong("cancellation", "all_pictures_at_once", "mean_instead_of_median", "all_sums_at_once")
def mean_over_mean(contributions):
    return np.mean(np.abs(contributions).sum(axis=1)) / np.mean(np.abs(contributions.sum(axis=1)))


@wrong("cancellation", "all_pictures_at_once", "absolute_forgotten_below")
def no_axis_and_signed(contributions):
    return np.abs(contributions).sum() / contributions.sum()


@wrong("cancellation")
def totals_never_reset(contributions):
    above, below, ratios = 0, 0, []
    for row in contributions:
        above += np.abs(row).sum()
        below += row.sum()
        ratios.append(above / abs(below))
    return np.median(ratios)


# the sum below keeps its sign


@wrong("cancellation", "absolute_forgotten_below")
def sign_kept_below(contributions):
    return np.median(np.abs(contributions).sum(axis=1) / contributions.sum(axis=1))


@wrong("cancellation", "absolute_forgotten_below")
def sign_kept_in_a_loop(contributions):
    return statistics.median([float(sum(abs(row)) / sum(row)) for row in contributions])


@wrong("cancellation", "absolute_forgotten_below")
def absolute_last_of_all(contributions):
    """The size of the median is taken, and not that of each sum."""
    return abs(np.median(np.abs(contributions).sum(axis=1) / contributions.sum(axis=1)))


@wrong("cancellation", "absolute_forgotten_below")
def helps_minus_hinders(contributions):
    helps = np.maximum(contributions, 0).sum(axis=1)
    hinders = np.maximum(-contributions, 0).sum(axis=1)
    return np.median((helps + hinders) / (helps - hinders))


@wrong("cancellation", "absolute_forgotten_below", "average_instead_of_sum")
def signed_average_below(contributions):
    return np.median(np.abs(contributions).sum(axis=1) / contributions.mean(axis=1))


# the median before the division


@wrong("cancellation", "median_before_dividing")
def median_over_median(contributions):
    return np.median(np.abs(contributions).sum(axis=1)) / np.median(np.abs(contributions.sum(axis=1)))


@wrong("cancellation", "median_before_dividing")
def two_lists_two_medians(contributions):
    sizes = [float(np.abs(row).sum()) for row in contributions]
    totals = [abs(float(row.sum())) for row in contributions]
    return statistics.median(sizes) / statistics.median(totals)


@wrong("cancellation", "median_before_dividing", "absolute_forgotten_below")
def median_over_signed_median(contributions):
    return np.median(np.abs(contributions).sum(axis=1)) / np.median(contributions.sum(axis=1))


@wrong("cancellation", "median_before_dividing", "upside_down")
def medians_exchanged(contributions):
    return np.median(np.abs(contributions.sum(axis=1))) / np.median(np.abs(contributions).sum(axis=1))


@wrong("cancellation", "median_before_dividing", "over_the_wrong_axis")
def medians_over_neurons(contributions):
    return np.median(np.abs(contributions).sum(axis=0)) / np.median(np.abs(contributions.sum(axis=0)))


@wrong("cancellation")
def median_picture_first(contributions):
    """The median of each neuron's column makes one picture, which no one drew."""
    typical = np.median(contributions, axis=0)
    return np.abs(typical).sum() / np.abs(typical.sum())


@wrong("cancellation", "median_before_dividing")
def median_below_alone(contributions):
    return np.median(np.abs(contributions).sum(axis=1) / np.median(np.abs(contributions.sum(axis=1))))


# an average where a sum was asked


@wrong("cancellation", "average_instead_of_sum")
def average_above(contributions):
    return np.median(np.abs(contributions).mean(axis=1) / np.abs(contributions.sum(axis=1)))


@wrong("cancellation", "average_instead_of_sum", "average_below")
def average_below(contributions):
    return np.median(np.abs(contributions).sum(axis=1) / np.abs(contributions.mean(axis=1)))


@wrong("cancellation", "average_instead_of_sum")
def divided_by_the_neurons(contributions):
    return statistics.median([sum(abs(row)) / len(row) / abs(sum(row)) for row in contributions])


@wrong("cancellation", "average_instead_of_sum", "upside_down")
def average_above_and_exchanged(contributions):
    return np.median(np.abs(contributions.mean(axis=1)) / np.abs(contributions).sum(axis=1))


# other


@wrong("cancellation", "signed_instead_of_absolute")
def sizes_above_and_below(contributions):
    """The absolute values are taken once, and then used for both sums: always 1."""
    sizes = np.abs(contributions)
    return np.median(sizes.sum(axis=1) / np.abs(sizes.sum(axis=1)))


@wrong("cancellation")
def absolute_in_place(contributions):
    contributions[contributions < 0] *= -1
    return np.median(contributions.sum(axis=1) / np.abs(contributions.sum(axis=1)))


@wrong("cancellation")
def right_number_and_changed_input(contributions):
    total = np.abs(contributions.sum(axis=1))
    np.abs(contributions, out=contributions)
    return np.median(contributions.sum(axis=1) / total)


@wrong("cancellation")
def rows_sorted_in_place(contributions):
    contributions.sort(axis=1)
    return np.median(np.abs(contributions).sum(axis=1) / np.abs(contributions.sum(axis=1)))


@wrong("cancellation", "never_took_the_median")
def no_median(contributions):
    return np.abs(contributions).sum(axis=1) / np.abs(contributions.sum(axis=1))


@wrong("cancellation")
def half_a_percent(contributions):
    """A percentile is asked for in percent: this is the half-percent point."""
    return np.percentile(np.abs(contributions).sum(axis=1) / np.abs(contributions.sum(axis=1)), 0.5)


@wrong("cancellation")
def middle_without_sorting(contributions):
    ratio = np.abs(contributions).sum(axis=1) / np.abs(contributions.sum(axis=1))
    return ratio[len(ratio) // 2]


@wrong("cancellation")
def largest_picture(contributions):
    return max(np.abs(row).sum() / abs(row.sum()) for row in contributions)


@wrong("cancellation", "lengths_instead_of_sums")
def euclidean_size(contributions):
    return np.median(np.linalg.norm(contributions, axis=1) / np.abs(contributions.sum(axis=1)))


@wrong("cancellation", "squares_instead_of_sizes")
def squares_for_sizes(contributions):
    return np.median((contributions**2).sum(axis=1) / contributions.sum(axis=1) ** 2)


@wrong("cancellation")
def size_as_a_count(contributions):
    """The size of the sum is read as the number of its terms."""
    return np.median(np.abs(contributions).sum(axis=1) / contributions.shape[1])


@wrong("cancellation")
def whole_division(contributions):
    return np.median(np.abs(contributions).sum(axis=1) // np.abs(contributions.sum(axis=1)))


@wrong("cancellation")
def whole_number(contributions):
    return int(np.median(np.abs(contributions).sum(axis=1) / np.abs(contributions.sum(axis=1))))


@wrong("cancellation")
def helpers_alone(contributions):
    return np.median(np.maximum(contributions, 0).sum(axis=1) / np.abs(contributions.sum(axis=1)))


@wrong("cancellation")
def helpers_over_opponents(contributions):
    helps = np.where(contributions > 0, contributions, 0).sum(axis=1)
    return np.median(helps / np.abs(np.where(contributions < 0, contributions, 0).sum(axis=1)))


@wrong("cancellation")
def pictures_that_are_right_alone(contributions):
    sure = contributions[contributions.sum(axis=1) > 0]
    return np.median(np.abs(sure).sum(axis=1) / sure.sum(axis=1))


@wrong("cancellation")
def without_the_last_neuron(contributions):
    above = [sum(abs(row[i]) for i in range(len(row) - 1)) for row in contributions]
    return np.median(above / np.abs(contributions.sum(axis=1)))


@wrong("cancellation")
def without_the_first_picture(contributions):
    ratio = [abs(contributions[i]).sum() / abs(contributions[i].sum()) for i in range(1, len(contributions))]
    return np.median(ratio)


@wrong("cancellation")
def stopped_after_the_first(contributions):
    ratios = []
    for row in contributions:
        ratios.append(np.abs(row).sum() / np.abs(row.sum()))
        break
    return np.median(ratios)


@wrong("cancellation")
def ratio_of_each_number(contributions):
    return np.median(np.abs(contributions) / np.abs(contributions.sum(axis=1, keepdims=True)))


@wrong("cancellation")
def said_and_not_returned(contributions):
    print(np.median(np.abs(contributions).sum(axis=1) / np.abs(contributions.sum(axis=1))))


@wrong("cancellation")
def as_words(contributions):
    return f"{np.median(np.abs(contributions).sum(axis=1) / np.abs(contributions.sum(axis=1))):.1f} times"


@wrong("cancellation", "subtracted_instead_of_divided")
def difference_for_quotient(contributions):
    return np.median(np.abs(contributions).sum(axis=1) - np.abs(contributions.sum(axis=1)))


@wrong("cancellation")
def sum_of_the_next_picture(contributions):
    above = np.abs(contributions).sum(axis=1)
    return np.median(above / np.roll(np.abs(contributions.sum(axis=1)), -1))


@wrong("cancellation")
def upper_middle_of_two(contributions):
    """With an even number of pictures this is no median."""
    ratio = np.sort(np.abs(contributions).sum(axis=1) / np.abs(contributions.sum(axis=1)))
    return ratio[len(ratio) // 2]


# pictures_lost


def answers(hidden, weights, biases):
    return np.argmax(hidden @ weights + biases, axis=1)


def without(hidden, neuron, value=0.0):
    changed = hidden.copy()
    changed[:, neuron] = value
    return changed


def lost_without(hidden, weights, biases, labels, remove=without):
    """Count in the right way what `remove(hidden, neuron)` loses; for answers that err in the removal alone."""
    was_right = answers(hidden, weights, biases) == labels
    now = [answers(remove(hidden, neuron), weights, biases) for neuron in range(hidden.shape[1])]
    return np.array([np.sum(was_right & (after != labels)) for after in now])


# right


@right("pictures_lost")
def copy_and_silence(hidden, weights, biases, labels, keep_prob):
    right_before = (hidden @ weights + biases).argmax(axis=1) == labels
    lost = []
    for neuron in range(hidden.shape[1]):
        silenced = hidden.copy()
        silenced[:, neuron] = 0
        wrong_after = (silenced @ weights + biases).argmax(axis=1) != labels
        lost.append((right_before & wrong_after).sum())
    return np.array(lost)


@right("pictures_lost")
def row_of_the_weights(hidden, weights, biases, labels, keep_prob):
    before, lost = answers(hidden, weights, biases) == labels, np.zeros(len(weights), dtype=int)
    for neuron in range(len(weights)):
        cut = weights.copy()
        cut[neuron] = 0
        lost[neuron] = np.count_nonzero(before & (answers(hidden, cut, biases) != labels))
    return lost


@right("pictures_lost")
def subtracts_its_share(hidden, weights, biases, labels, keep_prob):
    outputs = hidden @ weights + biases
    before = outputs.argmax(axis=1) == labels
    lost = []
    for activation, row in zip(hidden.T, weights, strict=True):
        after = (outputs - np.outer(activation, row)).argmax(axis=1) == labels
        lost.append(int(np.sum(before & ~after)))
    return lost


@right("pictures_lost")
def rest_of_the_sum(hidden, weights, biases, labels, keep_prob):
    before = answers(hidden, weights, biases) == labels
    rest = (answers(np.delete(hidden, j, axis=1), np.delete(weights, j, axis=0), biases) for j in range(len(weights)))
    return [sum(before & (after != labels)) for after in rest]


@right("pictures_lost")
def all_neurons_at_once(hidden, weights, biases, labels, keep_prob):
    masks = 1 - np.eye(hidden.shape[1])
    after = (masks[:, np.newaxis] * hidden @ weights + biases).argmax(axis=-1)
    before = (hidden @ weights + biases).argmax(axis=-1)
    return ((before == labels) & (after != labels)).sum(axis=1)


@right("pictures_lost")
def masked_by_booleans(hidden, weights, biases, labels, keep_prob):
    off = np.identity(len(weights), dtype=bool)
    after = np.argmax(np.where(off[:, None, :], 0, hidden[None]) @ weights + biases, axis=2)
    before = np.argmax(hidden @ weights + biases, axis=1)
    return np.sum((before == labels) & (after != labels), axis=1)


@right("pictures_lost")
def by_einsum(hidden, weights, biases, labels, keep_prob):
    parts = np.einsum("pn,nc->npc", hidden, weights)
    outputs = parts.sum(axis=0) + biases
    still = (outputs - parts).argmax(axis=2) == labels
    return (outputs.argmax(axis=1) == labels).sum() - (still & (outputs.argmax(axis=1) == labels)).sum(axis=1)


@right("pictures_lost")
def with_probabilities(hidden, weights, biases, labels, keep_prob):
    before = softmax(hidden @ weights + biases).argmax(axis=1) == labels
    lost = []
    for neuron in range(hidden.shape[1]):
        mask = np.ones(hidden.shape[1])
        mask[neuron] = 0
        after = softmax((hidden * mask) @ weights + biases).argmax(axis=1) == labels
        lost.append(np.logical_and(before, np.logical_not(after)).sum())
    return np.array(lost, dtype=float)


@right("pictures_lost")
def removed_and_put_back(hidden, weights, biases, labels, keep_prob):
    before, lost = answers(hidden, weights, biases) == labels, []
    for neuron in range(hidden.shape[1]):
        kept = hidden[:, neuron].copy()
        hidden[:, neuron] = 0
        lost.append(np.sum(before & (answers(hidden, weights, biases) != labels)))
        hidden[:, neuron] = kept
    return lost


@right("pictures_lost")
def weights_put_back(hidden, weights, biases, labels, keep_prob):
    before, lost, saved = answers(hidden, weights, biases) == labels, [], weights.copy()
    for neuron in range(len(weights)):
        weights[neuron, :] = 0
        lost.append(np.sum(before & (answers(hidden, weights, biases) != labels)))
        weights[:] = saved
    return np.array(lost)


@right("pictures_lost")
def picture_after_picture(hidden, weights, biases, labels, keep_prob):
    lost = [0] * hidden.shape[1]
    for activations, label in zip(hidden, labels, strict=True):
        if np.argmax(activations @ weights + biases) != label:
            continue
        for neuron in range(hidden.shape[1]):
            now = activations.copy()
            now[neuron] = 0
            lost[neuron] += int(np.argmax(now @ weights + biases) != label)
    return lost


@right("pictures_lost")
def right_ones_selected_first(hidden, weights, biases, labels, keep_prob):
    fine = answers(hidden, weights, biases) == labels
    hidden, labels = hidden[fine], labels[fine]
    return [(answers(without(hidden, j), weights, biases) != labels).sum() for j in range(hidden.shape[1])]


@right("pictures_lost")
def changed_and_had_been_right(hidden, weights, biases, labels, keep_prob):
    """Of the pictures that were right, those whose answer changed are now wrong."""
    before = answers(hidden, weights, biases)
    after = [answers(without(hidden, neuron), weights, biases) for neuron in range(hidden.shape[1])]
    return ((np.array(after) != before) & (before == labels)).sum(axis=1)


@right("pictures_lost")
def sets_of_pictures(hidden, weights, biases, labels, keep_prob):
    def right_ones(hidden):
        return set(np.flatnonzero(answers(hidden, weights, biases) == labels).tolist())

    everything = right_ones(hidden)
    return [len(everything - right_ones(without(hidden, neuron))) for neuron in range(hidden.shape[1])]


@right("pictures_lost")
def setdiff_of_pictures(hidden, weights, biases, labels, keep_prob):
    (before,) = np.where(answers(hidden, weights, biases) == labels)
    lost = np.zeros(hidden.shape[1])
    for neuron in range(hidden.shape[1]):
        (after,) = np.where(answers(without(hidden, neuron), weights, biases) == labels)
        lost[neuron] = np.setdiff1d(before, after).size
    return lost


@right("pictures_lost")
def bits_of_whole_numbers(hidden, weights, biases, labels, keep_prob):
    before = (answers(hidden, weights, biases) == labels).astype(int)
    after = [(answers(without(hidden, j), weights, biases) == labels).astype(int) for j in range(hidden.shape[1])]
    return np.array([(before * (1 - now)).sum() for now in after])


@right("pictures_lost")
def greater_as_truth(hidden, weights, biases, labels, keep_prob):
    """True is greater than False: right before, and not after."""
    before = answers(hidden, weights, biases) == labels
    return np.stack(
        [before > (answers(without(hidden, j), weights, biases) == labels) for j in range(hidden.shape[1])]
    ).sum(axis=1)


@right("pictures_lost")
def margins_of_the_true_class(hidden, weights, biases, labels, keep_prob):
    """Right if no other output is greater than that of the true class."""

    def fine(hidden):
        outputs = hidden @ weights + biases
        rivals = np.where(np.arange(outputs.shape[1]) == labels[:, np.newaxis], -np.inf, outputs).max(axis=1)
        return outputs[np.arange(len(labels)), labels] > rivals

    lost = [fine(hidden) & ~fine(without(hidden, neuron)) for neuron in range(hidden.shape[1])]
    return np.sum(lost, axis=1)


@right("pictures_lost")
def sorted_outputs(hidden, weights, biases, labels, keep_prob):
    before = (hidden.dot(weights) + biases).argsort(axis=1)[:, -1] == labels
    lost = np.empty(hidden.shape[1])
    for neuron, mask in enumerate(~np.eye(hidden.shape[1], dtype=bool)):
        after = (hidden[:, mask].dot(weights[mask]) + biases).argsort(axis=1)[:, -1] == labels
        lost[neuron] = len(labels[before & ~after])
    return lost


@right("pictures_lost")
def scaled_and_scaled_back(hidden, weights, biases, labels, keep_prob):
    """The scale of standard dropout on both sides leaves everything as it was."""
    return lost_without(hidden * keep_prob, weights / keep_prob, biases, labels)


@right("pictures_lost")
def pieces_and_biases_in_one_table(hidden, weights, biases, labels, keep_prob):
    """The biases as the weights of one more neuron, always 1, which is not removed."""
    hidden, weights = np.column_stack([hidden, np.ones(len(hidden))]), np.vstack([weights, biases])
    before, lost = (hidden @ weights).argmax(axis=1) == labels, []
    for neuron in range(len(weights) - 1):
        rest = [other for other in range(len(weights)) if other != neuron]
        lost.append(np.sum(before & ((hidden[:, rest] @ weights[rest]).argmax(axis=1) != labels)))
    return tuple(lost)


# removed without restoring


@wrong("pictures_lost", "removed_without_restoring")
def copy_before_the_loop(hidden, weights, biases, labels, keep_prob):
    before, silenced, lost = answers(hidden, weights, biases) == labels, hidden.copy(), []
    for neuron in range(hidden.shape[1]):
        silenced[:, neuron] = 0
        lost.append(np.sum(before & (answers(silenced, weights, biases) != labels)))
    return np.array(lost)


@wrong("pictures_lost", "removed_without_restoring")
def mask_made_before_the_loop(hidden, weights, biases, labels, keep_prob):
    before, mask, lost = answers(hidden, weights, biases) == labels, np.ones(hidden.shape[1]), []
    for neuron in range(hidden.shape[1]):
        mask[neuron] = 0
        lost.append(np.sum(before & (answers(hidden * mask, weights, biases) != labels)))
    return lost


@wrong("pictures_lost", "removed_without_restoring")
def weights_copied_once(hidden, weights, biases, labels, keep_prob):
    before, cut, lost = answers(hidden, weights, biases) == labels, np.array(weights), []
    for row in cut:
        row[:] = 0
        lost.append(np.sum(before & (answers(hidden, cut, biases) != labels)))
    return lost


@wrong("pictures_lost", "removed_without_restoring")
def outputs_that_shrink(hidden, weights, biases, labels, keep_prob):
    outputs = hidden @ weights + biases
    before, lost = outputs.argmax(axis=1) == labels, []
    for neuron in range(hidden.shape[1]):
        outputs -= hidden[:, [neuron]] * weights[neuron]
        lost.append(np.sum(before & (outputs.argmax(axis=1) != labels)))
    return lost


@wrong("pictures_lost", "removed_without_restoring")
def triangle_for_a_diagonal(hidden, weights, biases, labels, keep_prob):
    masks = np.triu(np.ones((len(weights), len(weights))), 1)
    after = (masks[:, None] * hidden @ weights + biases).argmax(axis=2)
    return ((answers(hidden, weights, biases) == labels) & (after != labels)).sum(axis=1)


@wrong("pictures_lost", "removed_without_restoring")
def slices_from_the_next_on(hidden, weights, biases, labels, keep_prob):
    before = answers(hidden, weights, biases) == labels
    after = [answers(hidden[:, j + 1 :], weights[j + 1 :], biases) for j in range(len(weights))]
    return np.array([np.sum(before & (now != labels)) for now in after])


@wrong("pictures_lost", "removed_without_restoring")
def each_against_the_one_before(hidden, weights, biases, labels, keep_prob):
    """What was right a moment ago, with the neurons before it gone already."""
    silenced, lost = hidden.copy(), []
    for neuron in range(hidden.shape[1]):
        before = answers(silenced, weights, biases) == labels
        silenced[:, neuron] = 0
        lost.append(np.sum(before & (answers(silenced, weights, biases) != labels)))
    return lost


@wrong("pictures_lost", "removed_without_restoring")
def from_the_last_to_the_first(hidden, weights, biases, labels, keep_prob):
    before, silenced, lost = answers(hidden, weights, biases) == labels, hidden.copy(), np.zeros(hidden.shape[1])
    for neuron in reversed(range(hidden.shape[1])):
        silenced[:, neuron] = 0
        lost[neuron] = np.sum(before & (answers(silenced, weights, biases) != labels))
    return lost


@wrong("pictures_lost", "removed_without_restoring", "net_change")
def shrinks_and_differs(hidden, weights, biases, labels, keep_prob):
    silenced, lost, before = hidden.copy(), [], np.sum(answers(hidden, weights, biases) == labels)
    for neuron in range(hidden.shape[1]):
        silenced[:, neuron] = 0
        lost.append(before - np.sum(answers(silenced, weights, biases) == labels))
    return lost


@wrong("pictures_lost", "removed_without_restoring", "wrong_without_it")
def shrinks_and_counts_all_wrong(hidden, weights, biases, labels, keep_prob):
    silenced, lost = hidden.copy(), []
    for neuron in range(hidden.shape[1]):
        silenced[:, neuron] = 0
        lost.append(np.sum(answers(silenced, weights, biases) != labels))
    return lost


# changed the input


@wrong("pictures_lost", "changed_the_input", "removed_without_restoring")
def silenced_for_good(hidden, weights, biases, labels, keep_prob):
    before, lost = answers(hidden, weights, biases) == labels, []
    for neuron in range(hidden.shape[1]):
        hidden[:, neuron] = 0
        lost.append(np.sum(before & (answers(hidden, weights, biases) != labels)))
    return np.array(lost)


@wrong("pictures_lost", "changed_the_input", "removed_without_restoring")
def another_name_is_no_copy(hidden, weights, biases, labels, keep_prob):
    before, lost = answers(hidden, weights, biases) == labels, []
    for neuron in range(hidden.shape[1]):
        silenced = hidden
        silenced[:, neuron] = 0
        lost.append(np.sum(before & (answers(silenced, weights, biases) != labels)))
    return lost


@wrong("pictures_lost", "changed_the_input", "removed_without_restoring")
def view_is_no_copy(hidden, weights, biases, labels, keep_prob):
    before, lost = answers(hidden, weights, biases) == labels, []
    for neuron in range(len(weights)):
        cut = weights[:]
        cut[neuron] *= 0
        lost.append(np.sum(before & (answers(hidden, cut, biases) != labels)))
    return lost


@wrong("pictures_lost", "changed_the_input", "removed_without_restoring")
def put_back_from_a_view(hidden, weights, biases, labels, keep_prob):
    """What was saved is a view, and turns to zeros with the column."""
    before, lost = answers(hidden, weights, biases) == labels, []
    for neuron in range(hidden.shape[1]):
        saved = hidden[:, neuron]
        hidden[:, neuron] = 0
        lost.append(np.sum(before & (answers(hidden, weights, biases) != labels)))
        hidden[:, neuron] = saved
    return lost


@wrong("pictures_lost", "changed_the_input")
def put_back_before_the_next(hidden, weights, biases, labels, keep_prob):
    """The numbers are right; the last neuron is never put back."""
    before, saved, lost = answers(hidden, weights, biases) == labels, hidden.copy(), []
    for neuron in range(hidden.shape[1]):
        hidden[:] = saved
        hidden[:, neuron] = 0
        lost.append(np.sum(before & (answers(hidden, weights, biases) != labels)))
    return lost


@wrong("pictures_lost", "changed_the_input")
def put_back_as_ones(hidden, weights, biases, labels, keep_prob):
    before, lost = answers(hidden, weights, biases) == labels, []
    for neuron in range(hidden.shape[1]):
        hidden[:, neuron] = 0
        lost.append(np.sum(before & (answers(hidden, weights, biases) != labels)))
        hidden[:, neuron] = 1
    return lost


@wrong("pictures_lost", "changed_the_input", "training_scale_still_on")
def divided_in_place(hidden, weights, biases, labels, keep_prob):
    hidden /= keep_prob
    return lost_without(hidden, weights, biases, labels)


@wrong("pictures_lost", "changed_the_input")
def weights_scaled_in_place(hidden, weights, biases, labels, keep_prob):
    """Standard dropout's rule for inference, and in the caller's array."""
    weights *= keep_prob
    return lost_without(hidden, weights, biases, labels)


# the scale of training


@wrong("pictures_lost", "training_scale_still_on")
def survivors_made_louder(hidden, weights, biases, labels, keep_prob):
    return lost_without(hidden, weights, biases, labels, lambda hidden, j: without(hidden, j) / keep_prob)


@wrong("pictures_lost", "training_scale_still_on", "training_scale_everywhere")
def louder_before_and_after(hidden, weights, biases, labels, keep_prob):
    return lost_without(hidden / keep_prob, weights, biases, labels)


@wrong("pictures_lost", "training_scale_still_on")
def louder_weights(hidden, weights, biases, labels, keep_prob):
    before = answers(hidden, weights, biases) == labels
    after = [answers(without(hidden, j), weights / keep_prob, biases) for j in range(len(weights))]
    return [np.sum(before & (now != labels)) for now in after]


@wrong("pictures_lost", "training_scale_still_on")
def mask_with_the_scale(hidden, weights, biases, labels, keep_prob):
    masks = (1 - np.eye(len(weights))) / keep_prob
    after = np.argmax(np.einsum("mn,pn,nc->mpc", masks, hidden, weights) + biases, axis=2)
    return ((answers(hidden, weights, biases) == labels) & (after != labels)).sum(axis=1)


@wrong("pictures_lost", "training_scale_still_on", "share_instead_of_count")
def louder_and_a_share(hidden, weights, biases, labels, keep_prob):
    return lost_without(hidden, weights, biases, labels, lambda hidden, j: without(hidden, j) / keep_prob) / len(labels)


@wrong("pictures_lost", "training_scale_still_on", "net_change")
def louder_and_the_difference(hidden, weights, biases, labels, keep_prob):
    before = np.sum(answers(hidden, weights, biases) == labels)
    return [
        before - np.sum(answers(without(hidden, j) / keep_prob, weights, biases) == labels) for j in range(len(weights))
    ]


@wrong("pictures_lost", "multiplied_by_keep_prob")
def quieter_as_in_standard_dropout(hidden, weights, biases, labels, keep_prob):
    return lost_without(hidden * keep_prob, weights, biases, labels)


@wrong("pictures_lost")
def divided_by_the_rate(hidden, weights, biases, labels, keep_prob):
    return lost_without(hidden, weights, biases, labels, lambda hidden, j: without(hidden, j) / (1 - keep_prob))


@wrong("pictures_lost")
def survivors_make_up_for_one(hidden, weights, biases, labels, keep_prob):
    """Scaled by the share that is left, as if one neuron were dropped of many."""
    many = hidden.shape[1]
    return lost_without(hidden, weights, biases, labels, lambda hidden, j: without(hidden, j) * many / (many - 1))


@wrong("pictures_lost")
def dropout_beside_the_removal(hidden, weights, biases, labels, keep_prob):
    rng = np.random.default_rng(0)

    def remove(hidden, neuron):
        return without(hidden, neuron) * draw_mask(hidden.shape, keep_prob=keep_prob, rng=rng) / keep_prob

    return lost_without(hidden, weights, biases, labels, remove)


@wrong("pictures_lost")
def removed_at_random(hidden, weights, biases, labels, keep_prob):
    rng = np.random.default_rng(1)
    before, lost = answers(hidden, weights, biases) == labels, []
    for _ in range(hidden.shape[1]):
        mask = rng.random(hidden.shape[1]) < keep_prob
        lost.append(np.sum(before & (answers(hidden * mask, weights, biases) != labels)))
    return lost


# net change


@wrong("pictures_lost", "net_change")
def right_ones_less_right_ones(hidden, weights, biases, labels, keep_prob):
    before = (answers(hidden, weights, biases) == labels).sum()
    return np.array(
        [before - (answers(without(hidden, j), weights, biases) == labels).sum() for j in range(hidden.shape[1])]
    )


@wrong("pictures_lost", "net_change")
def lost_less_won(hidden, weights, biases, labels, keep_prob):
    before, result = answers(hidden, weights, biases) == labels, []
    for neuron in range(hidden.shape[1]):
        after = answers(without(hidden, neuron), weights, biases) == labels
        result.append(np.sum(before & ~after) - np.sum(~before & after))
    return result


@wrong("pictures_lost", "net_change")
def truth_as_numbers(hidden, weights, biases, labels, keep_prob):
    def right_ones(hidden):
        return (answers(hidden, weights, biases) == labels).astype(int)

    return [(right_ones(hidden) - right_ones(without(hidden, j))).sum() for j in range(hidden.shape[1])]


@wrong("pictures_lost", "net_change")
def more_errors_than_before(hidden, weights, biases, labels, keep_prob):
    masks = 1 - np.eye(hidden.shape[1])[:, None]
    errors = ((masks * hidden @ weights + biases).argmax(axis=2) != labels).sum(axis=1)
    return errors - np.sum(answers(hidden, weights, biases) != labels)


@wrong("pictures_lost", "net_change")
def difference_not_below_zero(hidden, weights, biases, labels, keep_prob):
    before = sum(answers(hidden, weights, biases) == labels)
    return [
        max(0, before - sum(answers(without(hidden, j), weights, biases) == labels)) for j in range(hidden.shape[1])
    ]


@wrong("pictures_lost", "net_change", "share_instead_of_count")
def accuracy_lost(hidden, weights, biases, labels, keep_prob):
    before = np.mean(answers(hidden, weights, biases) == labels)
    return [before - np.mean(answers(without(hidden, j), weights, biases) == labels) for j in range(hidden.shape[1])]


@wrong("pictures_lost")
def won_less_lost(hidden, weights, biases, labels, keep_prob):
    before = (answers(hidden, weights, biases) == labels).sum()
    return [(answers(without(hidden, j), weights, biases) == labels).sum() - before for j in range(hidden.shape[1])]


@wrong("pictures_lost")
def lost_and_won_together(hidden, weights, biases, labels, keep_prob):
    before = answers(hidden, weights, biases) == labels
    return [np.sum(before != (answers(without(hidden, j), weights, biases) == labels)) for j in range(hidden.shape[1])]


@wrong("pictures_lost", "pictures_won")
def pictures_won(hidden, weights, biases, labels, keep_prob):
    before = answers(hidden, weights, biases) == labels
    return [np.sum(~before & (answers(without(hidden, j), weights, biases) == labels)) for j in range(hidden.shape[1])]


# wrong without it


@wrong("pictures_lost", "wrong_without_it")
def all_that_are_wrong(hidden, weights, biases, labels, keep_prob):
    return np.array([np.sum(answers(without(hidden, j), weights, biases) != labels) for j in range(hidden.shape[1])])


@wrong("pictures_lost", "wrong_without_it")
def all_less_those_still_right(hidden, weights, biases, labels, keep_prob):
    """Sets out from the number of pictures, and not from those that were right."""
    still = [(answers(without(hidden, j), weights, biases) == labels).sum() for j in range(hidden.shape[1])]
    return len(labels) - np.array(still)


@wrong("pictures_lost", "wrong_without_it")
def wrong_now_in_a_loop(hidden, weights, biases, labels, keep_prob):
    lost = np.zeros(hidden.shape[1], dtype=int)
    for neuron in range(hidden.shape[1]):
        for guess, label in zip(answers(without(hidden, neuron), weights, biases), labels, strict=True):
            if guess != label:
                lost[neuron] += 1
    return lost


@wrong("pictures_lost", "wrong_without_it", "share_instead_of_count")
def error_rate_without_it(hidden, weights, biases, labels, keep_prob):
    return [np.mean(answers(without(hidden, j), weights, biases) != labels) for j in range(hidden.shape[1])]


@wrong("pictures_lost", "wrong_without_it", "forgot_the_biases")
def all_wrong_and_no_biases(hidden, weights, biases, labels, keep_prob):
    return [np.sum((without(hidden, j) @ weights).argmax(axis=1) != labels) for j in range(hidden.shape[1])]


@wrong("pictures_lost", "still_right")
def still_right(hidden, weights, biases, labels, keep_prob):
    before = answers(hidden, weights, biases) == labels
    return [np.sum(before & (answers(without(hidden, j), weights, biases) == labels)) for j in range(hidden.shape[1])]


@wrong("pictures_lost", "right_without_it")
def right_without_it(hidden, weights, biases, labels, keep_prob):
    return [np.sum(answers(without(hidden, j), weights, biases) == labels) for j in range(hidden.shape[1])]


# changed answers


@wrong("pictures_lost", "changed_answers")
def any_change(hidden, weights, biases, labels, keep_prob):
    before = answers(hidden, weights, biases)
    return np.array([np.sum(answers(without(hidden, j), weights, biases) != before) for j in range(hidden.shape[1])])


@wrong("pictures_lost", "changed_answers")
def own_answers_as_labels(hidden, weights, biases, labels, keep_prob):
    labels = answers(hidden, weights, biases)
    return lost_without(hidden, weights, biases, labels)


@wrong("pictures_lost", "changed_answers")
def any_change_at_once(hidden, weights, biases, labels, keep_prob):
    outputs = hidden @ weights + biases
    others = outputs - hidden.T[:, :, np.newaxis] * weights[:, np.newaxis, :]
    return np.count_nonzero(others.argmax(axis=2) - outputs.argmax(axis=1), axis=1)


@wrong("pictures_lost", "changed_answers", "share_instead_of_count")
def share_that_changes(hidden, weights, biases, labels, keep_prob):
    before = answers(hidden, weights, biases)
    return [np.mean(answers(without(hidden, j), weights, biases) != before) for j in range(hidden.shape[1])]


@wrong("pictures_lost")
def changed_and_wrong_now(hidden, weights, biases, labels, keep_prob):
    """From one wrong answer to another counts too."""
    before, lost = answers(hidden, weights, biases), []
    for neuron in range(hidden.shape[1]):
        after = answers(without(hidden, neuron), weights, biases)
        lost.append(np.sum((after != before) & (after != labels)))
    return lost


# a share


@wrong("pictures_lost", "share_instead_of_count")
def share_of_all_pictures(hidden, weights, biases, labels, keep_prob):
    before = answers(hidden, weights, biases) == labels
    after = np.array([answers(without(hidden, j), weights, biases) for j in range(hidden.shape[1])])
    return (before & (after != labels)).mean(axis=1)


@wrong("pictures_lost", "share_instead_of_count", "share_of_the_right")
def share_of_the_right_ones(hidden, weights, biases, labels, keep_prob):
    fine = answers(hidden, weights, biases) == labels
    return [np.mean(answers(without(hidden[fine], j), weights, biases) != labels[fine]) for j in range(len(weights))]


@wrong("pictures_lost", "share_instead_of_count")
def share_in_percent(hidden, weights, biases, labels, keep_prob):
    return 100 * lost_without(hidden, weights, biases, labels) / len(labels)


# an output, or a picture, is removed


@wrong("pictures_lost", "removed_an_output")
def column_of_the_weights(hidden, weights, biases, labels, keep_prob):
    before, lost = answers(hidden, weights, biases) == labels, []
    for neuron in range(weights.shape[1]):
        cut = weights.copy()
        cut[:, neuron] = 0
        lost.append(np.sum(before & (answers(hidden, cut, biases) != labels)))
    return np.array(lost)


@wrong("pictures_lost", "removed_an_output")
def column_asked_for_every_neuron(hidden, weights, biases, labels, keep_prob):
    """Raises as soon as there are more neurons than classes."""
    before, lost = answers(hidden, weights, biases) == labels, []
    for neuron in range(hidden.shape[1]):
        cut = weights.copy()
        cut[:, neuron] = 0
        lost.append(np.sum(before & (answers(hidden, cut, biases) != labels)))
    return lost


@wrong("pictures_lost", "removed_an_output")
def output_set_to_zero(hidden, weights, biases, labels, keep_prob):
    outputs = hidden @ weights + biases
    before = outputs.argmax(axis=1) == labels
    after = [without(outputs, j).argmax(axis=1) for j in range(outputs.shape[1])]
    return [np.sum(before & (now != labels)) for now in after]


@wrong("pictures_lost", "removed_an_output")
def output_shut_out(hidden, weights, biases, labels, keep_prob):
    outputs = hidden @ weights + biases
    after = np.array([without(outputs, j, -np.inf).argmax(axis=1) for j in range(len(biases))])
    return ((outputs.argmax(axis=1) == labels) & (after != labels)).sum(axis=1)


@wrong("pictures_lost", "removed_an_output")
def deleted_column(hidden, weights, biases, labels, keep_prob):
    before, lost = answers(hidden, weights, biases) == labels, []
    for neuron in range(weights.shape[1]):
        after = answers(hidden, np.delete(weights, neuron, axis=1), np.delete(biases, neuron))
        lost.append(np.sum(before & (after != labels)))
    return lost


@wrong("pictures_lost", "removed_a_picture")
def row_of_the_pictures(hidden, weights, biases, labels, keep_prob):
    """`hidden[neuron]` is a picture, not a neuron."""
    before, lost = answers(hidden, weights, biases) == labels, []
    for neuron in range(hidden.shape[1]):
        silenced = hidden.copy()
        silenced[neuron] = 0
        lost.append(np.sum(before & (answers(silenced, weights, biases) != labels)))
    return lost


@wrong("pictures_lost", "one_for_each_picture")
def one_number_a_picture(hidden, weights, biases, labels, keep_prob):
    before = answers(hidden, weights, biases) == labels
    after = np.array([answers(without(hidden, j), weights, biases) for j in range(hidden.shape[1])])
    return (before & (after != labels)).sum(axis=0)


@wrong("pictures_lost", "added_up")
def one_number_in_all(hidden, weights, biases, labels, keep_prob):
    return int(lost_without(hidden, weights, biases, labels).sum())


@wrong("pictures_lost")
def table_not_summed(hidden, weights, biases, labels, keep_prob):
    after = np.array([answers(without(hidden, j), weights, biases) for j in range(hidden.shape[1])])
    return (answers(hidden, weights, biases) == labels) & (after != labels)


# the biases


@wrong("pictures_lost", "forgot_the_biases")
def no_biases(hidden, weights, biases, labels, keep_prob):
    return lost_without(hidden, weights, 0, labels)


@wrong("pictures_lost", "forgot_the_biases_without_it")
def no_biases_after(hidden, weights, biases, labels, keep_prob):
    before = (hidden @ weights + biases).argmax(axis=1) == labels
    return [np.sum(before & ((without(hidden, j) @ weights).argmax(axis=1) != labels)) for j in range(len(weights))]


@wrong("pictures_lost", "forgot_the_biases")
def no_biases_before(hidden, weights, biases, labels, keep_prob):
    before, masks = (hidden @ weights).argmax(axis=1) == labels, 1 - np.eye(len(weights))
    after = [(hidden * mask @ weights + biases).argmax(axis=1) for mask in masks]
    return np.array([np.sum(before & (now != labels)) for now in after])


@wrong("pictures_lost", "forgot_the_biases", "net_change")
def no_biases_and_the_difference(hidden, weights, biases, labels, keep_prob):
    before = np.sum((hidden @ weights).argmax(axis=1) == labels)
    return [before - np.sum((without(hidden, j) @ weights).argmax(axis=1) == labels) for j in range(len(weights))]


@wrong("pictures_lost")
def biases_taken_off(hidden, weights, biases, labels, keep_prob):
    return lost_without(hidden, weights, -biases, labels)


# that neuron alone


@wrong("pictures_lost", "kept_only_that_neuron")
def identity_for_a_mask(hidden, weights, biases, labels, keep_prob):
    before = answers(hidden, weights, biases) == labels
    return [np.sum(before & (answers(hidden * mask, weights, biases) != labels)) for mask in np.eye(len(weights))]


@wrong("pictures_lost", "kept_only_that_neuron")
def its_own_column_alone(hidden, weights, biases, labels, keep_prob):
    before, lost = answers(hidden, weights, biases) == labels, []
    for neuron in range(hidden.shape[1]):
        alone = np.outer(hidden[:, neuron], weights[neuron]) + biases
        lost.append(np.sum(before & (alone.argmax(axis=1) != labels)))
    return np.array(lost)


@wrong("pictures_lost", "kept_only_that_neuron")
def zeros_with_a_one(hidden, weights, biases, labels, keep_prob):
    def remove(hidden, neuron):
        mask = np.zeros(hidden.shape[1], dtype=bool)
        mask[neuron] = True
        return np.where(mask, hidden, 0)

    return lost_without(hidden, weights, biases, labels, remove)


@wrong("pictures_lost", "kept_only_that_neuron", "forgot_the_biases")
def its_own_part_of_the_sum(hidden, weights, biases, labels, keep_prob):
    parts = hidden.T[:, :, None] * weights[:, None, :]
    before = answers(hidden, weights, biases) == labels
    return (before & (parts.argmax(axis=2) != labels)).sum(axis=1)


# other


@wrong("pictures_lost")
def averaged_instead_of_silenced(hidden, weights, biases, labels, keep_prob):
    def remove(hidden, neuron):
        return without(hidden, neuron, hidden[:, neuron].mean())

    return lost_without(hidden, weights, biases, labels, remove)


@wrong("pictures_lost")
def set_to_one(hidden, weights, biases, labels, keep_prob):
    return lost_without(hidden, weights, biases, labels, lambda hidden, j: without(hidden, j, 1.0))


@wrong("pictures_lost")
def made_quieter_alone(hidden, weights, biases, labels, keep_prob):
    return lost_without(hidden, weights, biases, labels, lambda hidden, j: without(hidden, j, hidden[:, j] * keep_prob))


@wrong("pictures_lost")
def shuffled_among_the_pictures(hidden, weights, biases, labels, keep_prob):
    rng = np.random.default_rng(2)

    def remove(hidden, neuron):
        return without(hidden, neuron, rng.permutation(hidden[:, neuron]))

    return lost_without(hidden, weights, biases, labels, remove)


@wrong("pictures_lost")
def sign_turned(hidden, weights, biases, labels, keep_prob):
    return lost_without(hidden, weights, biases, labels, lambda hidden, j: without(hidden, j, -hidden[:, j]))


@wrong("pictures_lost")
def counted_from_one(hidden, weights, biases, labels, keep_prob):
    """Neuron 1 is at place 0: each number stands one place too far to the left."""
    neurons = range(1, hidden.shape[1] + 1)
    return lost_without(hidden, weights, biases, labels, lambda hidden, j: without(hidden, neurons[j] % len(neurons)))


@wrong("pictures_lost")
def range_without_the_last(hidden, weights, biases, labels, keep_prob):
    return lost_without(hidden, weights, biases, labels)[:-1]


@wrong("pictures_lost")
def last_left_at_zero(hidden, weights, biases, labels, keep_prob):
    lost = np.zeros(hidden.shape[1])
    for neuron in range(hidden.shape[1] - 1):
        lost[neuron] = lost_without(hidden, weights, biases, labels)[neuron]
    return lost


@wrong("pictures_lost")
def slices_up_to_it(hidden, weights, biases, labels, keep_prob):
    """The neuron goes, and with it all that come after."""
    before = answers(hidden, weights, biases) == labels
    return [np.sum(before & (answers(hidden[:, :j], weights[:j], biases) != labels)) for j in range(len(weights))]


@wrong("pictures_lost")
def brackets_forgotten(hidden, weights, biases, labels, keep_prob):
    """`&` binds before `!=`."""
    before = answers(hidden, weights, biases) == labels
    after = [answers(without(hidden, neuron), weights, biases) for neuron in range(hidden.shape[1])]
    return np.array([np.sum(before & now != labels) for now in after])


@wrong("pictures_lost")
def subtracted_truths(hidden, weights, biases, labels, keep_prob):
    """NumPy refuses to subtract Booleans."""
    before = answers(hidden, weights, biases) == labels
    return [(before - (answers(without(hidden, j), weights, biases) == labels)).sum() for j in range(len(weights))]


@wrong("pictures_lost")
def word_and_for_sign_and(hidden, weights, biases, labels, keep_prob):
    before = answers(hidden, weights, biases) == labels
    return [
        np.sum(before and answers(without(hidden, neuron), weights, biases) != labels) for neuron in range(len(weights))
    ]


@wrong("pictures_lost")
def any_for_sum(hidden, weights, biases, labels, keep_prob):
    before = answers(hidden, weights, biases) == labels
    return [np.any(before & (answers(without(hidden, j), weights, biases) != labels)) for j in range(len(weights))]


@wrong("pictures_lost")
def most_important_first(hidden, weights, biases, labels, keep_prob):
    return sorted(lost_without(hidden, weights, biases, labels), reverse=True)


@wrong("pictures_lost", "added_up")
def place_of_the_largest(hidden, weights, biases, labels, keep_prob):
    return np.argmax(lost_without(hidden, weights, biases, labels))


@wrong("pictures_lost")
def numbers_of_the_pictures(hidden, weights, biases, labels, keep_prob):
    before = answers(hidden, weights, biases) == labels
    return [
        np.flatnonzero(before & (answers(without(hidden, j), weights, biases) != labels)) for j in range(len(weights))
    ]


@wrong("pictures_lost")
def by_name(hidden, weights, biases, labels, keep_prob):
    lost = lost_without(hidden, weights, biases, labels)
    return {f"neuron {place}": int(number) for place, number in enumerate(lost, start=1)}


@wrong("pictures_lost")
def winner_over_the_pictures(hidden, weights, biases, labels, keep_prob):
    """The largest output along the first axis is a picture."""
    before = (hidden @ weights + biases).argmax(axis=0)
    after = np.array([(without(hidden, j) @ weights + biases).argmax(axis=0) for j in range(len(weights))])
    return (after != before).sum(axis=1)


@wrong("pictures_lost")
def likelier_than_all_others_together(hidden, weights, biases, labels, keep_prob):
    """Right only with a probability above one half."""

    def fine(hidden):
        return softmax(hidden @ weights + biases)[np.arange(len(labels)), labels] > 0.5

    return [np.sum(fine(hidden) & ~fine(without(hidden, neuron))) for neuron in range(len(weights))]


@wrong("pictures_lost")
def output_above_zero(hidden, weights, biases, labels, keep_prob):
    places = np.arange(len(labels)), labels
    before = (hidden @ weights + biases)[places] > 0
    return [np.sum(before & ((without(hidden, j) @ weights + biases)[places] <= 0)) for j in range(len(weights))]


@wrong("pictures_lost")
def size_of_the_outputs_change(hidden, weights, biases, labels, keep_prob):
    """How much the true class loses, and not how many pictures."""
    return np.maximum(hidden[:, :, None] * weights, 0)[np.arange(len(labels)), :, labels].sum(axis=0)


@wrong("pictures_lost")
def first_neuron_and_out(hidden, weights, biases, labels, keep_prob):
    lost = []
    for neuron in range(hidden.shape[1]):
        lost.append(lost_without(hidden, weights, biases, labels)[neuron])
        break
    return lost
