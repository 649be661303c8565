"""Answers to `choose_rates` of the page on choosing keep_prob."""

# ruff: noqa: B006, B905 (learners do not write for a linter)

import math
import statistics
from collections import defaultdict
from functools import reduce

import numpy as np

from sample_answers import right, wrong

# right


@right("choose_rates")
def sums_are_as_good_as_means(tried, validation, test):
    best = np.argmax(validation.sum(axis=1))
    return np.ones(3) - tried[best]


@right("choose_rates")
def loop_with_the_best_so_far(tried, validation, test):
    best, where = -1, None
    for i in range(len(validation)):
        total = 0
        for accuracy in validation[i]:
            total += accuracy
        if total / len(validation[i]) > best:
            best, where = total / len(validation[i]), i
    return [1 - keep_prob for keep_prob in tried[where]]


@right("choose_rates")
def smallest_error(tried, validation, test):
    errors = 1 - validation
    return (1 - tried)[np.argmin(errors.mean(-1))]


@right("choose_rates")
def max_of_pairs(tried, validation, test):
    inputs, first, second = max(zip(tried, validation), key=lambda pair: statistics.fmean(pair[1]))[0]
    return 1 - inputs, 1 - first, 1 - second


@right("choose_rates")
def last_of_the_sorted(tried, validation, test):
    order = sorted(range(len(tried)), key=lambda row: math.fsum(validation[row]))
    return np.array([1.0, 1.0, 1.0]) - tried[order[-1], :]


@right("choose_rates")
def product_with_a_vector(tried, validation, test):
    seeds = validation.shape[1]
    means = validation @ np.full(seeds, 1 / seeds)
    return -(tried[means.argsort()[-1]] - 1)


@right("choose_rates")
def one_hot_row(tried, validation, test):
    means = np.einsum("ij->i", validation)
    chosen = np.zeros(len(tried))
    chosen[means.argmax()] = 1
    return 1 - chosen @ tried


@right("choose_rates")
def duel_after_duel(tried, validation, test):
    def better(i, j):
        return i if np.mean(validation[i] - validation[j]) >= 0 else j

    return 1 - tried[reduce(better, range(len(tried)))]


@right("choose_rates")
def columns_added_up(tried, validation, test):
    means = np.average(np.transpose(validation), axis=0)
    return np.subtract(1, np.compress(means == means.max(), tried, axis=0)[0])


@right("choose_rates")
def looked_up_in_a_dictionary(tried, validation, test):
    mean_of = {tuple(row): np.mean(accuracies) for row, accuracies in zip(tried.tolist(), validation)}
    return tuple(round(1 - keep_prob, 10) for keep_prob in max(mean_of, key=mean_of.get))


@right("choose_rates")
def everything_in_one_table(tried, validation, test):
    table = np.hstack([validation.mean(axis=1, keepdims=True), 1 - tried, test])
    return table[np.lexsort(table.T[:1])][-1, 1:4]


@right("choose_rates")
def test_only_reported(tried, validation, test):
    """Computes the test accuracy of the chosen setting, and does not choose by it."""
    row = int(np.nanargmax(validation.mean(axis=1)))
    report = {"rates": 1 - tried[row], "accuracy": test[row].mean()}
    return report["rates"]


@right("choose_rates")
def without_the_losers(tried, validation, test):
    """Strikes out the worst setting until one is left."""
    rows = list(range(len(tried)))
    while len(rows) > 1:
        rows.remove(min(rows, key=lambda row: validation[row].mean()))
    return np.array([(100 - 100 * keep_prob) / 100 for keep_prob in tried[rows[0]]])


# wrong: disguises of named mistakes


@wrong("choose_rates", "chosen_on_the_test_set")
def names_exchanged(tried, validation, test):
    test, validation = validation, test
    return 1 - tried[validation.mean(axis=1).argmax()]


@wrong("choose_rates", "chosen_on_the_test_set")
def fewest_errors_in_the_final(tried, validation, test):
    errors = [sum(1 - accuracy for accuracy in row) for row in test]
    return 1 - tried[errors.index(min(errors))]


@wrong("choose_rates", "chosen_on_the_test_set")
def final_of_the_best_three(tried, validation, test):
    """The validation set names three, and the test set decides."""
    three = np.argsort(validation.mean(axis=1))[-3:]
    return 1 - tried[three[test[three].mean(axis=1).argmax()]]


@wrong("choose_rates", "chosen_on_the_test_set")
def all_accuracies_together(tried, validation, test):
    return 1 - tried[np.hstack([validation, test]).mean(axis=1).argmax()]


@wrong("choose_rates", "chosen_on_the_test_set")
def smallest_gap(tried, validation, test):
    return 1 - tried[np.abs(validation.mean(axis=1) - test.mean(axis=1)).argmin()]


@wrong("choose_rates", "chosen_on_the_test_set", "keep_prob_instead_of_rate")
def two_slips(tried, validation, test):
    return max(zip(test.mean(axis=1), tried.tolist()))[1]


@wrong("choose_rates", "keep_prob_instead_of_rate")
def rate_of_the_rate(tried, validation, test):
    rates = 1 - tried
    return 1 - rates[validation.mean(axis=1).argmax()]


@wrong("choose_rates", "keep_prob_instead_of_rate")
def rate_is_only_a_name(tried, validation, test):
    means = [sum(row) / len(row) for row in validation]
    return [float(rate) for rate in tried[means.index(max(means))]]


@wrong("choose_rates", "another_layers_rate")
def from_the_output_backwards(tried, validation, test):
    hidden2, hidden1, inputs = 1 - tried[validation.mean(axis=1).argmax()]
    return inputs, hidden1, hidden2


@wrong("choose_rates", "another_layers_rate")
def inputs_last(tried, validation, test):
    return np.roll(1 - tried[validation.mean(axis=1).argmax()], -1)


@wrong("choose_rates", "another_layers_rate")
def sorted_by_size(tried, validation, test):
    return sorted(1 - tried[validation.mean(axis=1).argmax()])


@wrong("choose_rates", "another_layers_rate", "keep_prob_instead_of_rate")
def flipped_not_subtracted(tried, validation, test):
    return tried[validation.mean(axis=1).argmax()][::-1]


@wrong("choose_rates", "best_single_seed")
def place_in_the_whole_table(tried, validation, test):
    row, seed = np.unravel_index(validation.argmax(), validation.shape)
    return 1 - tried[row]


@wrong("choose_rates", "best_single_seed")
def each_row_by_its_maximum(tried, validation, test):
    return [1 - k for k in max(zip(tried, validation), key=lambda pair: max(pair[1]))[0]]


@wrong("choose_rates", "lowest_instead_of_highest")
def first_of_the_sorted(tried, validation, test):
    order = sorted(range(len(tried)), key=lambda row: validation[row].mean())
    return 1 - tried[order[0]]


@wrong("choose_rates", "lowest_instead_of_highest")
def most_errors(tried, validation, test):
    errors = 1 - validation.mean(axis=1)
    return 1 - tried[errors.argmax()]


@wrong("choose_rates", "lowest_instead_of_highest", "keep_prob_instead_of_rate")
def sorted_and_not_subtracted(tried, validation, test):
    return tried[np.argsort(validation.sum(axis=1))][0]


@wrong("choose_rates", "each_layer_by_itself")
def diary_of_each_layer(tried, validation, test):
    rates = []
    for layer in range(3):
        diary = defaultdict(list)
        for row, accuracies in zip(tried, validation):
            diary[row[layer]].extend(accuracies)
        rates.append(1 - max(diary, key=lambda keep_prob: np.mean(diary[keep_prob])))
    return rates


@wrong("choose_rates", "each_layer_by_itself")
def only_the_sums_of_each_layer(tried, validation, test):
    """Favours what was tried more often."""
    out = []
    for column in tried.T:
        values, group = np.unique(column, return_inverse=True)
        out.append(1 - values[np.bincount(group, weights=validation.sum(axis=1)).argmax()])
    return np.array(out)


@wrong("choose_rates", "row_number_instead_of_rates")
def number_in_a_list(tried, validation, test):
    return [int(np.argmax(validation.mean(axis=1)))]


@wrong("choose_rates", "row_number_instead_of_rates")
def counted_from_one(tried, validation, test):
    means = [row.mean() for row in validation]
    return next(number for number, mean in enumerate(means, start=1) if mean == max(means))


@wrong("choose_rates", "one_number_for_all_layers")
def mean_rate(tried, validation, test):
    return np.full(3, (1 - tried[validation.mean(axis=1).argmax()]).mean())


@wrong("choose_rates", "one_number_for_all_layers")
def only_the_inputs(tried, validation, test):
    return 1 - tried[validation.mean(axis=1).argmax(), 0]


@wrong("choose_rates", "one_number_for_all_layers")
def total_of_the_rates(tried, validation, test):
    """The share that gets through all three layers, taken from 1."""
    through = 1
    for keep_prob in tried[validation.mean(axis=1).argmax()]:
        through *= keep_prob
    return 1 - through


@wrong("choose_rates", "averaged_over_settings")
def turned_table(tried, validation, test):
    means = [column.mean() for column in validation.T]
    return 1 - tried[means.index(max(means)) % len(tried)]


@wrong("choose_rates", "averaged_over_settings", "keep_prob_instead_of_rate")
def both_at_once(tried, validation, test):
    return tried[np.mean(validation, 0).argmax() % len(tried)]


# wrong: no name says it


@wrong("choose_rates")
def best_median(tried, validation, test):
    return 1 - tried[np.median(validation, axis=1).argmax()]


@wrong("choose_rates")
def best_worst_seed(tried, validation, test):
    return 1 - tried[validation.min(axis=1).argmax()]


@wrong("choose_rates")
def first_seed_only(tried, validation, test):
    return 1 - tried[validation[:, 0].argmax()]


@wrong("choose_rates")
def last_seed_forgotten(tried, validation, test):
    sums = [sum(row[i] for i in range(len(row) - 1)) for row in validation]
    return 1 - tried[np.argmax(sums)]


@wrong("choose_rates")
def most_victories(tried, validation, test):
    winners = validation.argmax(axis=0)
    return 1 - tried[np.bincount(winners, minlength=len(tried)).argmax()]


@wrong("choose_rates")
def steadiest(tried, validation, test):
    return 1 - tried[validation.std(axis=1).argmin()]


@wrong("choose_rates")
def mean_less_the_spread(tried, validation, test):
    return 1 - tried[(validation.mean(axis=1) - 2 * validation.std(axis=1)).argmax()]


@wrong("choose_rates")
def second_best(tried, validation, test):
    return 1 - tried[np.argsort(validation.mean(axis=1))[-2]]


@wrong("choose_rates")
def one_row_too_far(tried, validation, test):
    return 1 - tried[(validation.mean(axis=1).argmax() + 1) % len(tried)]


@wrong("choose_rates")
def first_row_taken_for_a_header(tried, validation, test):
    return 1 - tried[validation[1:].mean(axis=1).argmax()]


@wrong("choose_rates")
def best_never_updated(tried, validation, test):
    best = validation[0].mean()
    rates = 1 - tried[0]
    for row, accuracies in zip(tried, validation):
        if accuracies.mean() > best:
            rates = 1 - row
    return rates


@wrong("choose_rates")
def first_that_is_better_than_its_neighbour(tried, validation, test):
    row, means = 0, validation.mean(axis=1)
    while row + 1 < len(means) and means[row + 1] > means[row]:
        row += 1
    return 1 - tried[row]


@wrong("choose_rates")
def average_of_the_best_three(tried, validation, test):
    return 1 - tried[np.argsort(validation.mean(axis=1))[-3:]].mean(axis=0)


@wrong("choose_rates")
def weighted_by_accuracy(tried, validation, test):
    return 1 - np.average(tried, axis=0, weights=validation.mean(axis=1))


@wrong("choose_rates")
def most_dropout_that_is_still_good(tried, validation, test):
    means = validation.mean(axis=1)
    good = np.flatnonzero(means >= means.max() - 0.05)
    return 1 - tried[good[tried[good].sum(axis=1).argmin()]]


@wrong("choose_rates")
def dropped_to_kept(tried, validation, test):
    best = tried[validation.mean(axis=1).argmax()]
    return (1 - best) / best


@wrong("choose_rates")
def factors_of_the_survivors(tried, validation, test):
    return 1 / tried[validation.mean(axis=1).argmax()]


@wrong("choose_rates")
def below_zero(tried, validation, test):
    return tried[validation.mean(axis=1).argmax()] - 1


@wrong("choose_rates")
def in_percent(tried, validation, test):
    return 100 * (1 - tried[validation.mean(axis=1).argmax()])


@wrong("choose_rates")
def rates_of_all_settings(tried, validation, test):
    best_first = np.argsort(-validation.mean(axis=1))
    return 1 - tried[best_first]


@wrong("choose_rates")
def rates_and_accuracy(tried, validation, test):
    best = validation.mean(axis=1).argmax()
    return 1 - tried[best], validation[best].mean()


@wrong("choose_rates")
def hidden_layers_only(tried, validation, test):
    return 1 - tried[validation.mean(axis=1).argmax(), 1:]


@wrong("choose_rates")
def inputs_left_as_keep_prob(tried, validation, test):
    rates = np.array(tried[validation.mean(axis=1).argmax()])
    rates[1:] = 1 - rates[1:]
    return rates


@wrong("choose_rates")
def accuracy_taken_from_one(tried, validation, test):
    return 1 - validation[validation.mean(axis=1).argmax(), :3]


@wrong("choose_rates")
def cut_to_whole_numbers(tried, validation, test):
    return (1 - tried[validation.mean(axis=1).argmax()]).astype(int)


@wrong("choose_rates")
def best_of_all_calls(tried, validation, test, best=[-1, None]):
    """Keeps the best setting of the calls before."""
    means = validation.mean(axis=1)
    if means.max() > best[0]:
        best[:] = means.max(), 1 - tried[means.argmax()]
    return best[1]


@wrong("choose_rates")
def smoothed_over_neighbours(tried, validation, test):
    return 1 - tried[np.convolve(validation.mean(axis=1), [1, 1, 1], mode="same").argmax()]
