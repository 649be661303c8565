"""Answers to `choose_rates` of the page on choosing keep_prob."""

# ruff: noqa: B006, B905 (learners do not write for a linter)

import statistics
from collections import defaultdict
from functools import reduce

import numpy as np

from sample_answers import right, wrong

# right


@right("choose_rates")
def sums_are_as_good_as_means(settings, validation, test):
    best = np.argmax(validation.sum(axis=1))
    return np.ones(3) - settings[best]


@right("choose_rates")
def max_of_pairs(settings, validation, test):
    inputs, first, second = max(zip(settings, validation), key=lambda pair: statistics.fmean(pair[1]))[0]
    return 1 - inputs, 1 - first, 1 - second


@right("choose_rates")
def product_with_a_vector(settings, validation, test):
    seeds = validation.shape[1]
    means = validation @ np.full(seeds, 1 / seeds)
    return -(settings[means.argsort()[-1]] - 1)


@right("choose_rates")
def duel_after_duel(settings, validation, test):
    def better(i, j):
        return i if np.mean(validation[i] - validation[j]) >= 0 else j

    return 1 - settings[reduce(better, range(len(settings)))]


@right("choose_rates")
def looked_up_in_a_dictionary(settings, validation, test):
    mean_of = {tuple(row): np.mean(accuracies) for row, accuracies in zip(settings.tolist(), validation)}
    return tuple(round(1 - keep_prob, 10) for keep_prob in max(mean_of, key=mean_of.get))


# wrong: disguises of named mistakes


@wrong("choose_rates", "chosen_on_the_test_set")
def names_exchanged(settings, validation, test):
    test, validation = validation, test
    return 1 - settings[validation.mean(axis=1).argmax()]


@wrong("choose_rates", "chosen_on_the_test_set")
def fewest_errors_in_the_final(settings, validation, test):
    errors = [sum(1 - accuracy for accuracy in row) for row in test]
    return 1 - settings[errors.index(min(errors))]


@wrong("choose_rates", "chosen_on_the_test_set")
def final_of_the_best_three(settings, validation, test):
    """The validation set names three, and the test set decides."""
    three = np.argsort(validation.mean(axis=1))[-3:]
    return 1 - settings[three[test[three].mean(axis=1).argmax()]]


@wrong("choose_rates", "keep_prob_instead_of_rate")
def rate_of_the_rate(settings, validation, test):
    rates = 1 - settings
    return 1 - rates[validation.mean(axis=1).argmax()]


@wrong("choose_rates", "keep_prob_instead_of_rate")
def rate_is_only_a_name(settings, validation, test):
    means = [sum(row) / len(row) for row in validation]
    return [float(rate) for rate in settings[means.index(max(means))]]


@wrong("choose_rates", "another_layers_rate")
def from_the_output_backwards(settings, validation, test):
    hidden2, hidden1, inputs = 1 - settings[validation.mean(axis=1).argmax()]
    return inputs, hidden1, hidden2


@wrong("choose_rates", "best_single_seed")
def place_in_the_whole_table(settings, validation, test):
    row, seed = np.unravel_index(validation.argmax(), validation.shape)
    return 1 - settings[row]


@wrong("choose_rates", "lowest_instead_of_highest")
def first_of_the_sorted(settings, validation, test):
    order = sorted(range(len(settings)), key=lambda row: validation[row].mean())
    return 1 - settings[order[0]]


@wrong("choose_rates", "lowest_instead_of_highest")
def most_errors(settings, validation, test):
    errors = 1 - validation.mean(axis=1)
    return 1 - settings[errors.argmax()]


@wrong("choose_rates", "each_layer_by_itself")
def diary_of_each_layer(settings, validation, test):
    rates = []
    for layer in range(3):
        diary = defaultdict(list)
        for row, accuracies in zip(settings, validation):
            diary[row[layer]].extend(accuracies)
        rates.append(1 - max(diary, key=lambda keep_prob: np.mean(diary[keep_prob])))
    return rates


@wrong("choose_rates", "each_layer_by_itself")
def only_the_sums_of_each_layer(settings, validation, test):
    """Favours what was tried more often."""
    out = []
    for column in settings.T:
        values, group = np.unique(column, return_inverse=True)
        out.append(1 - values[np.bincount(group, weights=validation.sum(axis=1)).argmax()])
    return np.array(out)


@wrong("choose_rates", "row_number_instead_of_rates")
def counted_from_one(settings, validation, test):
    means = [row.mean() for row in validation]
    return next(number for number, mean in enumerate(means, start=1) if mean == max(means))


@wrong("choose_rates", "one_number_for_all_layers")
def total_of_the_rates(settings, validation, test):
    """The share that gets through all three layers, taken from 1."""
    through = 1
    for keep_prob in settings[validation.mean(axis=1).argmax()]:
        through *= keep_prob
    return 1 - through


@wrong("choose_rates", "averaged_over_settings")
def turned_table(settings, validation, test):
    means = [column.mean() for column in validation.T]
    return 1 - settings[means.index(max(means)) % len(settings)]


# wrong: no name says it


@wrong("choose_rates")
def last_seed_forgotten(settings, validation, test):
    sums = [sum(row[i] for i in range(len(row) - 1)) for row in validation]
    return 1 - settings[np.argmax(sums)]


@wrong("choose_rates")
def most_victories(settings, validation, test):
    winners = validation.argmax(axis=0)
    return 1 - settings[np.bincount(winners, minlength=len(settings)).argmax()]


@wrong("choose_rates")
def best_never_updated(settings, validation, test):
    best = validation[0].mean()
    rates = 1 - settings[0]
    for row, accuracies in zip(settings, validation):
        if accuracies.mean() > best:
            rates = 1 - row
    return rates


@wrong("choose_rates")
def first_that_is_better_than_its_neighbour(settings, validation, test):
    row, means = 0, validation.mean(axis=1)
    while row + 1 < len(means) and means[row + 1] > means[row]:
        row += 1
    return 1 - settings[row]


@wrong("choose_rates")
def most_dropout_that_is_still_good(settings, validation, test):
    means = validation.mean(axis=1)
    good = np.flatnonzero(means >= means.max() - 0.05)
    return 1 - settings[good[settings[good].sum(axis=1).argmin()]]


@wrong("choose_rates")
def dropped_to_kept(settings, validation, test):
    best = settings[validation.mean(axis=1).argmax()]
    return (1 - best) / best


@wrong("choose_rates")
def rates_of_all_settings(settings, validation, test):
    best_first = np.argsort(-validation.mean(axis=1))
    return 1 - settings[best_first]


@wrong("choose_rates")
def rates_and_accuracy(settings, validation, test):
    best = validation.mean(axis=1).argmax()
    return 1 - settings[best], validation[best].mean()


@wrong("choose_rates")
def inputs_left_as_keep_prob(settings, validation, test):
    rates = np.array(settings[validation.mean(axis=1).argmax()])
    rates[1:] = 1 - rates[1:]
    return rates


@wrong("choose_rates")
def best_of_all_calls(settings, validation, test, best=[-1, None]):
    """Keeps the best setting of the calls before."""
    means = validation.mean(axis=1)
    if means.max() > best[0]:
        best[:] = means.max(), 1 - settings[means.argmax()]
    return best[1]


wrong("choose_rates", "chosen_on_the_test_set").each(
    all_accuracies_together=lambda settings, validation, test: (
        1 - settings[np.hstack([validation, test]).mean(axis=1).argmax()]
    ),
    smallest_gap=lambda settings, validation, test: (
        1 - settings[np.abs(validation.mean(axis=1) - test.mean(axis=1)).argmin()]
    ),
)
wrong("choose_rates", "chosen_on_the_test_set", "keep_prob_instead_of_rate").each(
    two_slips=lambda settings, validation, test: max(zip(test.mean(axis=1), settings.tolist()))[1]
)
wrong("choose_rates", "another_layers_rate").each(
    inputs_last=lambda settings, validation, test: np.roll(1 - settings[validation.mean(axis=1).argmax()], -1),
    sorted_by_size=lambda settings, validation, test: sorted(1 - settings[validation.mean(axis=1).argmax()]),
)
wrong("choose_rates", "another_layers_rate", "keep_prob_instead_of_rate").each(
    flipped_not_subtracted=lambda settings, validation, test: settings[validation.mean(axis=1).argmax()][::-1]
)
wrong("choose_rates", "best_single_seed").each(
    each_row_by_its_maximum=lambda settings, validation, test: [
        1 - k for k in max(zip(settings, validation), key=lambda pair: max(pair[1]))[0]
    ]
)
wrong("choose_rates", "lowest_instead_of_highest", "keep_prob_instead_of_rate").each(
    sorted_and_not_subtracted=lambda settings, validation, test: settings[np.argsort(validation.sum(axis=1))][0]
)
wrong("choose_rates", "row_number_instead_of_rates").each(
    number_in_a_list=lambda settings, validation, test: [int(np.argmax(validation.mean(axis=1)))]
)
wrong("choose_rates", "one_number_for_all_layers").each(
    mean_rate=lambda settings, validation, test: np.full(3, (1 - settings[validation.mean(axis=1).argmax()]).mean()),
    only_the_inputs=lambda settings, validation, test: 1 - settings[validation.mean(axis=1).argmax(), 0],
)
wrong("choose_rates", "averaged_over_settings", "keep_prob_instead_of_rate").each(
    both_at_once=lambda settings, validation, test: settings[np.mean(validation, 0).argmax() % len(settings)]
)
wrong("choose_rates").each(
    best_median=lambda settings, validation, test: 1 - settings[np.median(validation, axis=1).argmax()],
    best_worst_seed=lambda settings, validation, test: 1 - settings[validation.min(axis=1).argmax()],
    first_seed_only=lambda settings, validation, test: 1 - settings[validation[:, 0].argmax()],
    steadiest=lambda settings, validation, test: 1 - settings[validation.std(axis=1).argmin()],
    mean_less_the_spread=lambda settings, validation, test: (
        1 - settings[(validation.mean(axis=1) - 2 * validation.std(axis=1)).argmax()]
    ),
    second_best=lambda settings, validation, test: 1 - settings[np.argsort(validation.mean(axis=1))[-2]],
    one_row_too_far=lambda settings, validation, test: (
        1 - settings[(validation.mean(axis=1).argmax() + 1) % len(settings)]
    ),
    first_row_taken_for_a_header=lambda settings, validation, test: 1 - settings[validation[1:].mean(axis=1).argmax()],
    average_of_the_best_three=lambda settings, validation, test: (
        1 - settings[np.argsort(validation.mean(axis=1))[-3:]].mean(axis=0)
    ),
    weighted_by_accuracy=lambda settings, validation, test: (
        1 - np.average(settings, axis=0, weights=validation.mean(axis=1))
    ),
    factors_of_the_survivors=lambda settings, validation, test: 1 / settings[validation.mean(axis=1).argmax()],
    below_zero=lambda settings, validation, test: settings[validation.mean(axis=1).argmax()] - 1,
    in_percent=lambda settings, validation, test: 100 * (1 - settings[validation.mean(axis=1).argmax()]),
    hidden_layers_only=lambda settings, validation, test: 1 - settings[validation.mean(axis=1).argmax(), 1:],
    accuracy_taken_from_one=lambda settings, validation, test: 1 - validation[validation.mean(axis=1).argmax(), :3],
    cut_to_whole_numbers=lambda settings, validation, test: (1 - settings[validation.mean(axis=1).argmax()]).astype(
        int
    ),
    smoothed_over_neighbours=lambda settings, validation, test: (
        1 - settings[np.convolve(validation.mean(axis=1), [1, 1, 1], mode="same").argmax()]
    ),
)
