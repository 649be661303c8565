"""Answers to the exercises of the page on why dropout works."""

import math
import statistics

import numpy as np

from dropout_lib import draw_mask, softmax
from sample_answers import changes, right, wrong

# cancellation, right


@right("cancellation")
def plain_python(contributions):
    rows = contributions.tolist()
    return statistics.median(math.fsum(map(abs, row)) / abs(math.fsum(row)) for row in rows)


@right("cancellation")
def clipped_parts(contributions):
    up, down = np.clip(contributions, 0, None).sum(-1), np.clip(contributions, None, 0).sum(-1)
    return np.median((up - down) / np.absolute(up + down))


@right("cancellation")
def sorted_by_hand(contributions):
    ratios = sorted(sum(abs(x) for x in row) / abs(sum(row)) for row in contributions)
    middle = len(ratios) // 2
    return ratios[middle] if len(ratios) % 2 else (ratios[middle - 1] + ratios[middle]) / 2


@right("cancellation")
def root_of_squares(contributions):
    sizes, total = np.sqrt(contributions**2), contributions.sum(axis=1)
    return np.median(sizes.sum(axis=1) / np.sqrt(total**2))


right("cancellation").each(
    one_line=lambda contributions: np.median(np.abs(contributions).sum(axis=1) / np.abs(contributions.sum(axis=1)))
)


# cancellation, wrong: the sum above is of signed numbers


@wrong("cancellation", "signed_instead_of_absolute")
def absolute_outside_in_a_loop(contributions):
    ratios = []
    for row in contributions:
        sizes = abs(sum(row))
        ratios.append(sizes / abs(sum(row)))
    return np.median(ratios)


# upside down


@wrong("cancellation", "upside_down")
def np_divide_exchanged(contributions):
    sizes, total = np.abs(contributions).sum(axis=1), np.abs(contributions.sum(axis=1))
    return np.median(np.divide(total, sizes))


# mean instead of median


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


# over the wrong axis


@wrong("cancellation", "over_the_wrong_axis")
def loop_over_columns(contributions):
    ratios = []
    for neuron in range(contributions.shape[1]):
        column = contributions[:, neuron]
        ratios.append(np.abs(column).sum() / np.abs(column.sum()))
    return np.median(ratios)


@wrong("cancellation", "every_image_by_every_other")
def every_row_over_every_row(contributions):
    """A column divided by a row is a table."""
    above = np.abs(contributions).sum(axis=1, keepdims=True)
    return np.median(above / np.abs(contributions.sum(axis=1)))


# all images at once


@wrong("cancellation", "all_images_at_once")
def flat_list(contributions):
    numbers = contributions.ravel().tolist()
    return sum(abs(number) for number in numbers) / abs(sum(numbers))


@wrong("cancellation", "all_images_at_once")
def totals_in_a_loop(contributions):
    above = below = 0
    for row in contributions:
        above += np.abs(row).sum()
        below += row.sum()
    return above / abs(below)


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
def helps_minus_hinders(contributions):
    helps = np.maximum(contributions, 0).sum(axis=1)
    hinders = np.maximum(-contributions, 0).sum(axis=1)
    return np.median((helps + hinders) / (helps - hinders))


# the median before the division


@wrong("cancellation", "median_before_dividing")
def two_lists_two_medians(contributions):
    sizes = [float(np.abs(row).sum()) for row in contributions]
    totals = [abs(float(row.sum())) for row in contributions]
    return statistics.median(sizes) / statistics.median(totals)


@wrong("cancellation")
def median_image_first(contributions):
    """The median of each neuron's column makes one image, which no one drew."""
    typical = np.median(contributions, axis=0)
    return np.abs(typical).sum() / np.abs(typical.sum())


# an average where a sum was asked


# other


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
def middle_without_sorting(contributions):
    ratio = np.abs(contributions).sum(axis=1) / np.abs(contributions.sum(axis=1))
    return ratio[len(ratio) // 2]


@wrong("cancellation")
def helpers_over_opponents(contributions):
    helps = np.where(contributions > 0, contributions, 0).sum(axis=1)
    return np.median(helps / np.abs(np.where(contributions < 0, contributions, 0).sum(axis=1)))


@wrong("cancellation")
def images_that_are_right_alone(contributions):
    sure = contributions[contributions.sum(axis=1) > 0]
    return np.median(np.abs(sure).sum(axis=1) / sure.sum(axis=1))


@wrong("cancellation")
def without_the_last_neuron(contributions):
    above = [sum(abs(row[i]) for i in range(len(row) - 1)) for row in contributions]
    return np.median(above / np.abs(contributions.sum(axis=1)))


@wrong("cancellation")
def without_the_first_image(contributions):
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
def said_and_not_returned(contributions):
    print(np.median(np.abs(contributions).sum(axis=1) / np.abs(contributions.sum(axis=1))))


@wrong("cancellation")
def sum_of_the_next_image(contributions):
    above = np.abs(contributions).sum(axis=1)
    return np.median(above / np.roll(np.abs(contributions.sum(axis=1)), -1))


@wrong("cancellation")
def upper_middle_of_two(contributions):
    """With an even number of images this is no median."""
    ratio = np.sort(np.abs(contributions).sum(axis=1) / np.abs(contributions.sum(axis=1)))
    return ratio[len(ratio) // 2]


wrong("cancellation", "signed_instead_of_absolute").each(
    signs_above=lambda contributions: np.median(contributions.sum(axis=1) / np.abs(contributions.sum(axis=1))),
    sign_of_the_sum=lambda contributions: np.median(np.sign(contributions.sum(axis=1))),
)
wrong("cancellation", "signed_instead_of_absolute", "mean_instead_of_median").each(
    signs_above_and_mean=lambda contributions: np.mean(contributions.sum(axis=1) / np.abs(contributions.sum(axis=1)))
)
wrong("cancellation", "signed_instead_of_absolute", "average_instead_of_sum").each(
    signed_average_above=lambda contributions: np.median(contributions.mean(axis=1) / np.abs(contributions.sum(axis=1)))
)
wrong("cancellation", "upside_down").each(
    share_that_is_left=lambda contributions: np.median(
        np.abs(contributions.sum(axis=1)) / np.abs(contributions).sum(axis=1)
    ),
    negative_power=lambda contributions: statistics.median(
        abs(row.sum()) * abs(row).sum() ** -1.0 for row in contributions
    ),
)
wrong("cancellation", "upside_down", "mean_instead_of_median").each(
    share_that_is_left_and_mean=lambda contributions: (
        np.abs(contributions.sum(axis=1)) / np.abs(contributions).sum(axis=1)
    ).mean()
)
# The sum that should stand below stands above, and keeps its sign.
wrong("cancellation", "upside_down", "absolute_forgotten_below").each(
    share_with_its_sign=lambda contributions: np.median(contributions.sum(axis=1) / np.abs(contributions).sum(axis=1))
)
wrong("cancellation", "upside_down", "over_the_wrong_axis").each(
    share_by_neuron=lambda contributions: np.median(
        np.abs(contributions.sum(axis=0)) / np.abs(contributions).sum(axis=0)
    )
)
wrong("cancellation", "upside_down", "all_images_at_once").each(
    share_of_the_table=lambda contributions: abs(contributions.sum()) / np.abs(contributions).sum()
)
wrong("cancellation", "mean_instead_of_median", "absolute_forgotten_below").each(
    mean_of_signed_ratios=lambda contributions: np.mean(np.abs(contributions).sum(axis=1) / contributions.sum(axis=1))
)
wrong("cancellation", "mean_instead_of_median", "over_the_wrong_axis").each(
    mean_over_neurons=lambda contributions: np.mean(
        np.abs(contributions).sum(axis=0) / np.abs(contributions.sum(axis=0))
    )
)
wrong("cancellation", "mean_instead_of_median").each(
    mean_method=lambda contributions: (np.abs(contributions).sum(axis=1) / np.abs(contributions.sum(axis=1))).mean(),
    geometric_mean_of_ratios=lambda contributions: np.exp(
        np.mean(np.log(np.abs(contributions).sum(axis=1) / np.abs(contributions.sum(axis=1))))
    ),
)
wrong("cancellation", "mean_instead_of_median", "average_instead_of_sum").each(
    mean_everywhere_it_was_not_asked=lambda contributions: np.mean(
        np.abs(contributions).mean(axis=1) / np.abs(contributions.sum(axis=1))
    )
)
wrong("cancellation", "over_the_wrong_axis").each(
    # Python's own `sum` adds up the rows.
    python_sum_of_an_array=lambda contributions: np.median(sum(np.abs(contributions)) / np.abs(sum(contributions))),
    unzipped=lambda contributions: statistics.median(
        [sum(map(abs, column)) / abs(sum(column)) for column in zip(*contributions, strict=True)]
    ),
)
wrong("cancellation", "over_the_wrong_axis", "absolute_forgotten_below").each(
    axis_zero_and_signed=lambda contributions: np.median(np.abs(contributions).sum(axis=0) / contributions.sum(axis=0))
)
wrong("cancellation", "all_images_at_once").each(
    no_axis=lambda contributions: np.abs(contributions).sum() / np.abs(contributions.sum())
)
wrong("cancellation", "all_images_at_once", "all_sums_at_once").each(
    sizes_by_image_then_pooled=lambda contributions: (
        np.abs(contributions).sum() / np.abs(contributions.sum(axis=1)).sum()
    )
)
wrong("cancellation", "all_images_at_once", "mean_instead_of_median", "all_sums_at_once").each(
    mean_over_mean=lambda contributions: (
        np.mean(np.abs(contributions).sum(axis=1)) / np.mean(np.abs(contributions.sum(axis=1)))
    )
)
wrong("cancellation", "all_images_at_once", "absolute_forgotten_below").each(
    no_axis_and_signed=lambda contributions: np.abs(contributions).sum() / contributions.sum()
)
wrong("cancellation", "absolute_forgotten_below").each(
    sign_kept_below=lambda contributions: np.median(np.abs(contributions).sum(axis=1) / contributions.sum(axis=1)),
    sign_kept_in_a_loop=lambda contributions: statistics.median(
        [float(sum(abs(row)) / sum(row)) for row in contributions]
    ),
    # The size of the median is taken, and not that of each sum.
    absolute_last_of_all=lambda contributions: abs(
        np.median(np.abs(contributions).sum(axis=1) / contributions.sum(axis=1))
    ),
)
wrong("cancellation", "absolute_forgotten_below", "average_instead_of_sum").each(
    signed_average_below=lambda contributions: np.median(np.abs(contributions).sum(axis=1) / contributions.mean(axis=1))
)
wrong("cancellation", "median_before_dividing", "absolute_forgotten_below").each(
    median_over_signed_median=lambda contributions: (
        np.median(np.abs(contributions).sum(axis=1)) / np.median(contributions.sum(axis=1))
    )
)
wrong("cancellation", "median_before_dividing", "upside_down").each(
    medians_exchanged=lambda contributions: (
        np.median(np.abs(contributions.sum(axis=1))) / np.median(np.abs(contributions).sum(axis=1))
    )
)
wrong("cancellation", "median_before_dividing", "over_the_wrong_axis").each(
    medians_over_neurons=lambda contributions: (
        np.median(np.abs(contributions).sum(axis=0)) / np.median(np.abs(contributions.sum(axis=0)))
    )
)
wrong("cancellation", "median_before_dividing").each(
    median_over_median=lambda contributions: (
        np.median(np.abs(contributions).sum(axis=1)) / np.median(np.abs(contributions.sum(axis=1)))
    ),
    median_below_alone=lambda contributions: np.median(
        np.abs(contributions).sum(axis=1) / np.median(np.abs(contributions.sum(axis=1)))
    ),
)
wrong("cancellation", "average_instead_of_sum", "average_below").each(
    average_below=lambda contributions: np.median(
        np.abs(contributions).sum(axis=1) / np.abs(contributions.mean(axis=1))
    )
)
wrong("cancellation", "average_instead_of_sum").each(
    average_above=lambda contributions: np.median(
        np.abs(contributions).mean(axis=1) / np.abs(contributions.sum(axis=1))
    ),
    divided_by_the_neurons=lambda contributions: statistics.median(
        [sum(abs(row)) / len(row) / abs(sum(row)) for row in contributions]
    ),
)
wrong("cancellation", "average_instead_of_sum", "upside_down").each(
    average_above_and_exchanged=lambda contributions: np.median(
        np.abs(contributions.mean(axis=1)) / np.abs(contributions).sum(axis=1)
    )
)
wrong("cancellation", "never_took_the_median").each(
    no_median=lambda contributions: np.abs(contributions).sum(axis=1) / np.abs(contributions.sum(axis=1))
)
wrong("cancellation", "lengths_instead_of_sums").each(
    euclidean_size=lambda contributions: np.median(
        np.linalg.norm(contributions, axis=1) / np.abs(contributions.sum(axis=1))
    )
)
wrong("cancellation", "squares_instead_of_sizes").each(
    squares_for_sizes=lambda contributions: np.median((contributions**2).sum(axis=1) / contributions.sum(axis=1) ** 2)
)
wrong("cancellation").each(
    # What cancels, as a share of the sizes.
    share_that_is_lost=lambda contributions: np.median(
        1 - np.abs(contributions.sum(axis=1)) / np.abs(contributions).sum(axis=1)
    ),
    # One sum runs over the neurons and the other over the images.
    two_axes=lambda contributions: np.median(np.abs(contributions).sum(axis=1) / np.abs(contributions.sum(axis=0))),
    # A percentile is asked for in percent: this is the half-percent point.
    half_a_percent=lambda contributions: np.percentile(
        np.abs(contributions).sum(axis=1) / np.abs(contributions.sum(axis=1)), 0.5
    ),
    largest_image=lambda contributions: max(np.abs(row).sum() / abs(row.sum()) for row in contributions),
    # The size of the sum is read as the number of its terms.
    size_as_a_count=lambda contributions: np.median(np.abs(contributions).sum(axis=1) / contributions.shape[1]),
    whole_division=lambda contributions: np.median(
        np.abs(contributions).sum(axis=1) // np.abs(contributions.sum(axis=1))
    ),
    whole_number=lambda contributions: int(
        np.median(np.abs(contributions).sum(axis=1) / np.abs(contributions.sum(axis=1)))
    ),
    helpers_alone=lambda contributions: np.median(
        np.maximum(contributions, 0).sum(axis=1) / np.abs(contributions.sum(axis=1))
    ),
    ratio_of_each_number=lambda contributions: np.median(
        np.abs(contributions) / np.abs(contributions.sum(axis=1, keepdims=True))
    ),
    as_words=lambda contributions: (
        f"{np.median(np.abs(contributions).sum(axis=1) / np.abs(contributions.sum(axis=1))):.1f} times"
    ),
)
wrong("cancellation", "subtracted_instead_of_divided").each(
    difference_for_quotient=lambda contributions: np.median(
        np.abs(contributions).sum(axis=1) - np.abs(contributions.sum(axis=1))
    )
)


# images_lost


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


@right("images_lost")
def masked_by_booleans(hidden, weights, biases, labels, keep_prob):
    off = np.identity(len(weights), dtype=bool)
    after = np.argmax(np.where(off[:, None, :], 0, hidden[None]) @ weights + biases, axis=2)
    before = np.argmax(hidden @ weights + biases, axis=1)
    return np.sum((before == labels) & (after != labels), axis=1)


@right("images_lost")
def by_einsum(hidden, weights, biases, labels, keep_prob):
    parts = np.einsum("pn,nc->npc", hidden, weights)
    outputs = parts.sum(axis=0) + biases
    still = (outputs - parts).argmax(axis=2) == labels
    return (outputs.argmax(axis=1) == labels).sum() - (still & (outputs.argmax(axis=1) == labels)).sum(axis=1)


@right("images_lost")
def greater_as_truth(hidden, weights, biases, labels, keep_prob):
    """True is greater than False: right before, and not after."""
    before = answers(hidden, weights, biases) == labels
    return np.stack(
        [before > (answers(without(hidden, j), weights, biases) == labels) for j in range(hidden.shape[1])]
    ).sum(axis=1)


@right("images_lost")
def pieces_and_biases_in_one_table(hidden, weights, biases, labels, keep_prob):
    """The biases as the weights of one more neuron, always 1, which is not removed."""
    hidden, weights = np.column_stack([hidden, np.ones(len(hidden))]), np.vstack([weights, biases])
    before, lost = (hidden @ weights).argmax(axis=1) == labels, []
    for neuron in range(len(weights) - 1):
        rest = [other for other in range(len(weights)) if other != neuron]
        lost.append(np.sum(before & ((hidden[:, rest] @ weights[rest]).argmax(axis=1) != labels)))
    return tuple(lost)


# The scale of standard dropout on both sides leaves everything as it was.
right("images_lost").each(
    scaled_and_scaled_back=lambda hidden, weights, biases, labels, keep_prob: lost_without(
        hidden * keep_prob, weights / keep_prob, biases, labels
    )
)


# wrong: the loop of the page with a line or two changed, and what no such line makes

LOST = """
def answer(hidden, weights, biases, labels, keep_prob):
    before = answers(hidden, weights, biases)
    right = before == labels
    lost = []
    for neuron in range(hidden.shape[1]):
        silenced = hidden.copy()
        silenced[:, neuron] = 0
        after = answers(silenced, weights, biases)
        lost.append(np.sum(right & (after != labels)))
    return lost
"""


def of_the_loop(table):
    return changes(LOST, table, {"answers": answers, "draw_mask": draw_mask, "np": np, "softmax": softmax})


wrong("images_lost", "removed_without_restoring").each(
    **of_the_loop("""
mask_made_before_the_loop
    lost = -> lost, mask = [], np.ones(hidden.shape[1])
    silenced[ -> mask[neuron] = 0
    after -> after = answers(hidden * mask, weights, biases)
slices_from_the_next_on
    after -> after = answers(hidden[:, neuron + 1 :], weights[neuron + 1 :], biases)
each_against_the_one_before
    lost = -> lost, silenced = [], hidden.copy()
    silenced = -> right = answers(silenced, weights, biases) == labels
from_the_last_to_the_first
    lost = -> lost, silenced = [], hidden.copy()
    for -> for neuron in reversed(range(hidden.shape[1])):
    silenced = -> pass
    return -> return lost[::-1]
""")
)


@wrong("images_lost", "removed_without_restoring")
def triangle_for_a_diagonal(hidden, weights, biases, labels, keep_prob):
    masks = np.triu(np.ones((len(weights), len(weights))), 1)
    after = (masks[:, None] * hidden @ weights + biases).argmax(axis=2)
    return ((answers(hidden, weights, biases) == labels) & (after != labels)).sum(axis=1)


wrong("images_lost", "removed_without_restoring", "net_change").each(
    **of_the_loop("""
shrinks_and_differs
    lost = -> lost, silenced = [], hidden.copy()
    silenced = -> pass
    lost.append -> lost.append(np.sum(right) - np.sum(after == labels))
""")
)
wrong("images_lost", "removed_without_restoring", "wrong_without_it").each(
    **of_the_loop("""
shrinks_and_counts_all_wrong
    lost = -> lost, silenced = [], hidden.copy()
    silenced = -> pass
    lost.append -> lost.append(np.sum(after != labels))
""")
)
wrong("images_lost", "changed_the_input", "removed_without_restoring").each(
    **of_the_loop("""
another_name_is_no_copy
    silenced = -> silenced = hidden
view_is_no_copy
    silenced = -> cut = weights[:]
    silenced[ -> cut[neuron] *= 0
    after -> after = answers(hidden, cut, biases)
""")
)
wrong("images_lost", "changed_the_input", "training_scale_still_on").each(
    **of_the_loop("""
divided_in_place
    before -> hidden /= keep_prob ; before = answers(hidden, weights, biases)
""")
)
wrong("images_lost", "training_scale_still_on").each(
    **of_the_loop("""
louder_weights
    after -> after = answers(silenced, weights / keep_prob, biases)
survivors_made_louder
    after -> after = answers(silenced / keep_prob, weights, biases)
mask_with_the_scale
    silenced = -> mask = (np.arange(len(weights)) != neuron) / keep_prob
    silenced[ -> silenced = np.einsum("pn,n->pn", hidden, mask)
""")
)
wrong("images_lost", "training_scale_still_on", "net_change").each(
    **of_the_loop("""
louder_and_the_difference
    after -> after = answers(silenced / keep_prob, weights, biases)
    lost.append -> lost.append(right.sum() - (after == labels).sum())
""")
)
wrong("images_lost", "training_scale_still_on", "training_scale_everywhere").each(
    **of_the_loop("""
louder_before_and_after
    before -> hidden = hidden / keep_prob ; before = answers(hidden, weights, biases)
""")
)
wrong("images_lost", "training_scale_still_on", "share_instead_of_count").each(
    **of_the_loop("""
louder_and_a_share
    after -> after = answers(silenced / keep_prob, weights, biases)
    return -> return np.divide(lost, len(labels))
""")
)
wrong("images_lost", "multiplied_by_keep_prob").each(
    **of_the_loop("""
quieter_as_in_standard_dropout
    before -> hidden = hidden * keep_prob ; before = answers(hidden, weights, biases)
""")
)
wrong("images_lost", "net_change").each(
    **of_the_loop("""
right_ones_less_right_ones
    lost.append -> lost.append(right.sum() - (after == labels).sum())
lost_less_won
    lost.append -> lost.append(np.sum(right & (after != labels)) - np.sum(~right & (after == labels)))
more_errors_than_before
    lost.append -> lost.append(np.count_nonzero(after != labels) - np.count_nonzero(before != labels))
""")
)
wrong("images_lost", "net_change", "share_instead_of_count").each(
    **of_the_loop("""
accuracy_lost
    lost.append -> lost.append(np.mean(right) - np.mean(after == labels))
""")
)
wrong("images_lost", "images_won").each(
    **of_the_loop("""
images_won
    lost.append -> lost.append(np.sum(~right & (after == labels)))
""")
)
wrong("images_lost", "wrong_without_it").each(
    **of_the_loop("""
all_less_those_still_right
    lost.append -> lost.append(len(labels) - (after == labels).sum())
wrong_now_one_by_one
    lost.append -> lost.append(sum(guess != label for guess, label in zip(after, labels, strict=True)))
all_that_are_wrong
    lost.append -> lost.append(np.sum(after != labels))
""")
)
wrong("images_lost", "wrong_without_it", "share_instead_of_count").each(
    **of_the_loop("""
error_rate_without_it
    lost.append -> lost.append(np.mean(after != labels))
""")
)
wrong("images_lost", "wrong_without_it", "forgot_the_biases").each(
    **of_the_loop("""
all_wrong_and_no_biases
    after -> after = answers(silenced, weights, 0)
    lost.append -> lost.append(np.sum(after != labels))
""")
)
wrong("images_lost", "correct_without_it").each(
    **of_the_loop("""
correct_without_it
    lost.append -> lost.append(np.sum(after == labels))
""")
)
wrong("images_lost", "still_correct").each(
    **of_the_loop("""
still_correct
    lost.append -> lost.append(np.sum(right & (after == labels)))
""")
)
wrong("images_lost", "changed_answers").each(
    **of_the_loop("""
any_change
    lost.append -> lost.append(np.sum(after != before))
own_answers_as_labels
    right -> labels = before ; right = before == labels
""")
)


@wrong("images_lost", "changed_answers")
def any_change_at_once(hidden, weights, biases, labels, keep_prob):
    outputs = hidden @ weights + biases
    others = outputs - hidden.T[:, :, np.newaxis] * weights[:, np.newaxis, :]
    return np.count_nonzero(others.argmax(axis=2) - outputs.argmax(axis=1), axis=1)


wrong("images_lost", "changed_answers", "share_instead_of_count").each(
    **of_the_loop("""
share_that_changes
    lost.append -> lost.append(np.mean(after != before))
""")
)
wrong("images_lost", "share_instead_of_count").each(
    **of_the_loop("""
share_of_all_images
    lost.append -> lost.append((right & (after != labels)).mean())
share_in_percent
    return -> return 100 * np.array(lost) / len(labels)
""")
)
wrong("images_lost", "share_instead_of_count", "share_of_the_correct").each(
    **of_the_loop("""
share_of_the_right_ones
    lost.append -> lost.append(np.mean(after[right] != labels[right]))
""")
)
wrong("images_lost", "removed_an_output").each(
    **of_the_loop("""
column_of_the_weights
    for -> for neuron in range(weights.shape[1]):
    silenced = -> cut = weights.copy()
    silenced[ -> cut[:, neuron] = 0
    after -> after = answers(hidden, cut, biases)
column_asked_for_every_neuron_though_there_may_be_fewer
    silenced = -> cut = weights.copy()
    silenced[ -> cut[:, neuron] = 0
    after -> after = answers(hidden, cut, biases)
output_set_to_zero
    for -> for neuron in range(len(biases)):
    silenced = -> silenced = hidden @ weights + biases
    after -> after = silenced.argmax(axis=1)
output_shut_out
    for -> for neuron in range(len(biases)):
    silenced = -> silenced = hidden @ weights + biases
    silenced[ -> silenced[:, neuron] = -np.inf
    after -> after = silenced.argmax(axis=1)
deleted_column
    for -> for neuron in range(weights.shape[1]):
    silenced[ -> pass
    after -> after = answers(hidden, np.delete(weights, neuron, axis=1), np.delete(biases, neuron))
""")
)
wrong("images_lost", "removed_an_image").each(
    **of_the_loop("""
row_of_the_images
    silenced[ -> silenced[neuron] = 0
""")
)
wrong("images_lost", "one_for_each_image").each(
    **of_the_loop("""
one_number_an_image
    lost.append -> lost.append(right & (after != labels))
    return -> return np.array(lost).sum(axis=0)
""")
)
wrong("images_lost", "forgot_the_biases_without_it").each(
    **of_the_loop("""
no_biases_after
    after -> after = (silenced @ weights).argmax(axis=1)
""")
)
wrong("images_lost", "forgot_the_biases").each(
    **of_the_loop("""
no_biases_before
    before -> before = (hidden @ weights).argmax(axis=1)
no_biases
    before -> biases = 0 ; before = answers(hidden, weights, biases)
""")
)
wrong("images_lost", "forgot_the_biases", "net_change").each(
    **of_the_loop("""
no_biases_and_the_difference
    before -> biases = 0 ; before = answers(hidden, weights, biases)
    lost.append -> lost.append(np.sum(right) - np.sum(after == labels))
""")
)
wrong("images_lost", "kept_only_that_neuron").each(
    **of_the_loop("""
identity_for_a_mask
    silenced[ -> silenced = hidden * np.eye(len(weights))[neuron]
its_own_column_alone
    after -> after = (np.outer(hidden[:, neuron], weights[neuron]) + biases).argmax(axis=1)
zeros_with_a_one
    silenced[ -> mask = np.zeros(hidden.shape[1], dtype=bool) ; mask[neuron] = True
    after -> after = answers(np.where(mask, hidden, 0), weights, biases)
""")
)
wrong("images_lost", "kept_only_that_neuron", "forgot_the_biases").each(
    **of_the_loop("""
its_own_part_of_the_sum
    after -> after = (hidden[:, [neuron]] * weights[neuron]).argmax(axis=1)
""")
)
wrong("images_lost", "added_up").each(
    **of_the_loop("""
one_number_in_all
    return -> return int(sum(lost))
place_of_the_largest
    return -> return np.argmax(lost)
""")
)
wrong("images_lost").each(
    **of_the_loop("""
survivors_make_up_for_one
    silenced = -> silenced = hidden * len(weights) / (len(weights) - 1)
dropout_beside_the_removal
    lost = -> lost, rng = [], np.random.default_rng(0)
    silenced = -> silenced = hidden * draw_mask(hidden.shape, keep_prob=keep_prob, rng=rng) / keep_prob
removed_at_random
    lost = -> lost, rng = [], np.random.default_rng(1)
    silenced[ -> silenced = hidden * (rng.random(hidden.shape[1]) < keep_prob)
won_less_lost
    lost.append -> lost.append((after == labels).sum() - right.sum())
lost_and_won_together
    lost.append -> lost.append(np.sum(right != (after == labels)))
changed_and_wrong_now_though_wrong_before
    lost.append -> lost.append(np.sum((after != before) & (after != labels)))
table_not_summed
    lost.append -> lost.append(right & (after != labels))
divided_by_the_rate
    after -> after = answers(silenced / (1 - keep_prob), weights, biases)
biases_taken_off
    before -> biases = -biases ; before = answers(hidden, weights, biases)
averaged_instead_of_silenced
    silenced[ -> silenced[:, neuron] = hidden[:, neuron].mean()
shuffled_among_the_images
    lost = -> lost, rng = [], np.random.default_rng(2)
    silenced[ -> silenced[:, neuron] = rng.permutation(hidden[:, neuron])
set_to_one
    silenced[ -> silenced[:, neuron] = 1.0
made_quieter_alone
    silenced[ -> silenced[:, neuron] *= keep_prob
sign_turned
    silenced[ -> silenced[:, neuron] *= -1
counted_from_one
    silenced[ -> silenced[:, (neuron + 1) % len(weights)] = 0
last_left_at_zero
    for -> for neuron in range(hidden.shape[1] - 1):
    return -> return [*lost, 0.0]
range_without_the_last
    for -> for neuron in range(hidden.shape[1] - 1):
slices_up_to_it
    after -> after = answers(hidden[:, :neuron], weights[:neuron], biases)
brackets_forgotten
    lost.append -> lost.append(np.sum(right & after != labels))
subtracted_truths
    lost.append -> lost.append((right - (after == labels)).sum())
word_and_for_sign_and
    lost.append -> lost.append(np.sum(right and after != labels))
any_for_sum
    lost.append -> lost.append(np.any(right & (after != labels)))
numbers_of_the_images
    lost.append -> lost.append(np.flatnonzero(right & (after != labels)))
by_name
    return -> return {f"neuron {place}": int(number) for place, number in enumerate(lost, start=1)}
most_important_first
    return -> return sorted(lost, reverse=True)
winner_over_the_images
    before -> before = (hidden @ weights + biases).argmax(axis=0)
    right -> pass
    after -> after = (silenced @ weights + biases).argmax(axis=0)
    lost.append -> lost.append((after != before).sum())
likelier_than_all_others_together
    before -> fine = lambda hidden: softmax(hidden @ weights + biases)[np.arange(len(labels)), labels] > 0.5
    right -> right = fine(hidden)
    lost.append -> lost.append(np.sum(right & ~fine(silenced)))
output_above_zero
    right -> places = np.arange(len(labels)), labels ; right = (hidden @ weights + biases)[places] > 0
    lost.append -> lost.append(np.sum(right & ((silenced @ weights + biases)[places] <= 0)))
first_neuron_and_out
    for -> for neuron in [0]:
how_much_the_true_class_loses
    lost.append -> lost.append(np.maximum(hidden[:, neuron, None] * weights[neuron], 0)[range(len(labels)), labels].sum())
""")  # noqa: E501
)
