"""Checks of page 05: choose the setting on the validation images, and a challenge that trains what was chosen."""

import numpy as np

from dropout_lib.checks.grading.exercise import Exercise
from dropout_lib.checks.probes.keep_prob_challenge import BEST, look_at_keep_probs, measure
from dropout_lib.checks.probes.result_tables import LAYERS, best_by_itself, look_at_choice


def _chosen(settings, validation, test):
    return 1 - settings[validation.mean(axis=1).argmax()]


def chosen_on_the_test_set(settings, validation, test):
    """Your setting is the best on the test images. Chosen there, its test accuracy is not a fair forecast for new
    images. Which images were set aside for choosing?"""
    return 1 - settings[test.mean(axis=1).argmax()]


def keep_prob_instead_of_rate(settings, validation, test):
    """You found the setting, and returned its keep_prob. Software that asks for a rate would drop what you want to
    keep. How are the two related?"""
    return settings[validation.mean(axis=1).argmax()]


def another_layers_rate(settings, validation, test):
    """The three rates are correct, but in a different order. In which order does a row of `settings` name the
    layers?"""
    return _chosen(settings, validation, test)[::-1]


def best_single_seed(settings, validation, test):
    """You chose the setting with the highest single number in the table. It had one lucky seed. What do its other
    seeds say?"""
    return 1 - settings[validation.max(axis=1).argmax()]


def lowest_instead_of_highest(settings, validation, test):
    """You chose the setting with the lowest mean on the validation images. Are the numbers errors or accuracies?"""
    return 1 - settings[validation.mean(axis=1).argmin()]


def each_layer_by_itself(settings, validation, test):
    """You chose for each layer the keep_prob with the best mean over all settings that use it. Layers work together:
    which row as a whole is the best?"""
    return 1 - np.array([best_by_itself(settings, validation, layer) for layer in range(LAYERS)])


def row_number_instead_of_rates(settings, validation, test):
    """You returned the number of the row of the correct setting. What does `settings` hold in that row, and is it a
    rate?"""
    return validation.mean(axis=1).argmax()


def one_number_for_all_layers(settings, validation, test):
    """One number came back for all layers. In a row of `settings`, each of the three layers has its own."""
    return _chosen(settings, validation, test).mean()


def averaged_over_settings(settings, validation, test):
    """You took means over the settings, one for each seed, and used the number of a seed as the number of a row. Which
    axis holds the seeds?"""
    return 1 - settings[validation.mean(axis=0).argmax()]


choose_rates = Exercise(
    look_at_choice,
    references=[_chosen],
    mistakes=[
        chosen_on_the_test_set,
        keep_prob_instead_of_rate,
        another_layers_rate,
        best_single_seed,
        lowest_instead_of_highest,
        each_layer_by_itself,
        row_number_instead_of_rates,
        one_number_for_all_layers,
        averaged_over_settings,
    ],
    praise="From every table you took the setting that is best on the validation images, over all seeds.",
)


def _best_known():
    return list(BEST)


my_keep_probs = Exercise(
    look_at_keep_probs,
    references=[_best_known],
    mistakes=[],
    praise="Clearly better than none, and not clearly worse than the best known.",
    measure=measure,
    only_measures=True,
)
