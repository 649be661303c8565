"""Answers to the exercises of the page on why dropout works."""

import math
import statistics

import numpy as np

from dropout_lib import draw_mask, softmax
from strangers import right, wrong

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
    return statistics.median((abs(row.sum()) * abs(row).sum() ** -1.0 for row in contributions))


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


@wrong("cancellation")
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


@wrong("cancellation", "all_pictures_at_once")
def sizes_by_picture_then_pooled(contributions):
    return np.abs(contributions).sum() / np.abs(contributions.sum(axis=1)).sum()


@wrong("cancellation", "all_pictures_at_once", "mean_instead_of_median")
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


@wrong("cancellation")
def median_below_alone(contributions):
    return np.median(np.abs(contributions).sum(axis=1) / np.median(np.abs(contributions.sum(axis=1))))


# an average where a sum was asked


@wrong("cancellation", "average_instead_of_sum")
def average_above(contributions):
    return np.median(np.abs(contributions).mean(axis=1) / np.abs(contributions.sum(axis=1)))


@wrong("cancellation", "average_instead_of_sum")
def average_below(contributions):
    return np.median(np.abs(contributions).sum(axis=1) / np.abs(contributions.mean(axis=1)))


@wrong("cancellation", "average_instead_of_sum")
def divided_by_the_neurons(contributions):
    return statistics.median([sum(abs(row)) / len(row) / abs(sum(row)) for row in contributions])


@wrong("cancellation", "average_instead_of_sum", "upside_down")
def average_above_and_exchanged(contributions):
    return np.median(np.abs(contributions.mean(axis=1)) / np.abs(contributions).sum(axis=1))


# other


@wrong("cancellation")
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


@wrong("cancellation")
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


@wrong("cancellation")
def euclidean_size(contributions):
    return np.median(np.linalg.norm(contributions, axis=1) / np.abs(contributions.sum(axis=1)))


@wrong("cancellation")
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
def returned_in_the_loop(contributions):
    ratios = []
    for row in contributions:
        ratios.append(np.abs(row).sum() / np.abs(row.sum()))
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


@wrong("cancellation")
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
