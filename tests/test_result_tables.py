"""The checks of page 05: tables on which every way of choosing differs, and a challenge that trains what was chosen."""

import re

import numpy as np
import pytest

from dropout_lib import compare, interval, try_settings
from dropout_lib.checks.choose_keep_prob import choose_rates, my_keep_probs
from dropout_lib.checks.probes import keep_prob_challenge
from dropout_lib.checks.probes.result_tables import tables

SEEDS = range(12)


# The tables


@pytest.mark.parametrize("seed", SEEDS)
def test_the_tables_leave_no_doubt_about_what_is_right(seed):
    for table in tables(seed):
        rows, seeds = table.validation.shape
        assert table.settings.shape == (rows, 3) and table.test.shape == (rows, seeds) and rows != seeds
        means = table.validation.mean(axis=1)
        assert means.argmax() == table.row > 1 and np.diff(np.sort(means))[-1] > 0.005
        assert table.validation.min() > 0 and table.validation.max() < 1 and table.test.max() < 1
        np.testing.assert_array_equal(table.rates, 1 - table.settings[table.row])
        assert len(np.unique(means)) == rows


@pytest.mark.parametrize("seed", SEEDS)
def test_every_way_of_choosing_gives_other_rates(seed):
    for table in tables(seed):
        given = (table.settings, table.validation, table.test)
        rates = [tuple(table.rates), tuple(table.rates[::-1])]
        for mistake in choose_rates.mistakes:
            if mistake.__name__ != "averaged_over_settings" or table.validation.shape[1] <= len(table.settings):
                rates.append(tuple(np.ravel(mistake(*given))))
        assert len(set(rates)) == len(rates) - 1  # the reversed rates are there twice


RIGHT = {
    "list": lambda settings, validation, test: [1 - k for k in settings[validation.mean(axis=1).argmax()]],
    "tuple of float32": lambda settings, validation, test: tuple(
        np.float32(1 - settings[validation.sum(axis=1).argmax()])
    ),
    "sorted": lambda settings, validation, test: (1 - settings)[np.argsort(validation.mean(axis=1))][-1],
    "rounded": lambda settings, validation, test: np.round(1 - settings[validation.mean(axis=1).argmax()], 2),
}


@pytest.mark.parametrize("way", RIGHT)
def test_what_is_right_in_another_way_is_right(way):
    for seed in SEEDS:
        assert choose_rates(RIGHT[way], seed)


MEASURED = {
    r"From a table of 7 settings and 4 seeds, you chose the setting in row \d\. Its mean on the validation images is "
    r"\d\d\.\d%, and that of another setting is \d\d\.\d%\.": lambda settings, validation, test: (
        1 - settings[validation.mean(axis=1).argsort()[-2]]
    ),
    r"From a table of 7 settings and 4 seeds, your rates [\d., ]+ are not those of any setting in it\.": (
        lambda settings, validation, test: 1 - settings.mean(axis=0)
    ),
    r"From a table of 7 settings and 4 seeds, your numbers are the keep_probs of row \d, and not its rates\.": (
        lambda settings, validation, test: settings[test.mean(axis=1).argmax()]
    ),
    r"Your result has shape \(2,\), where \(3,\) was asked for: three layers\.": lambda settings, validation, test: [
        0.2,
        0.3,
    ],
}


OTHER_WAYS = {
    "median": lambda validation: np.median(validation, axis=1),
    "worst seed": lambda validation: validation.min(axis=1),
    "first seed": lambda validation: validation[:, 0],
    "last seed": lambda validation: validation[:, -1],
    "all but the first seed": lambda validation: validation[:, 1:].mean(axis=1),
    "all but the last seed": lambda validation: validation[:, :-1].mean(axis=1),
    "mean less the spread": lambda validation: validation.mean(axis=1) - 2 * validation.std(axis=1),
    "steadiest": lambda validation: -validation.std(axis=1),
}


@pytest.mark.parametrize("way", OTHER_WAYS)
def test_the_mean_over_all_seeds_decides_and_nothing_else(way):
    for seed in SEEDS:
        verdict = choose_rates(
            lambda settings, validation, test: 1 - settings[OTHER_WAYS[way](validation).argmax()], seed
        )
        assert (verdict.state, verdict.mistake) == ("not yet", None), str(verdict)
        assert "you chose the setting in row" in str(verdict)


@pytest.mark.parametrize("sentence", MEASURED)
def test_an_unknown_choice_is_told_by_what_was_measured(sentence):
    verdict = choose_rates(MEASURED[sentence])
    assert verdict.mistake is None and re.fullmatch(f"Not yet. {sentence}", str(verdict)), str(verdict)


# The challenge


def with_accuracies(monkeypatch, mine, none, best):
    """Let these be the accuracies, over ten seeds, of any choice, of none and of the best known."""
    known = {keep_prob_challenge.NONE: none, keep_prob_challenge.BEST: best}
    monkeypatch.setattr(keep_prob_challenge, "_accuracies", lambda setting: np.array(known.get(setting, mine)))


STEADY = np.linspace(79, 81, 10)
WILD = np.linspace(-8, 8, 10)


@pytest.mark.parametrize(
    ("mine", "best", "said"),
    [
        (STEADY + 5, STEADY + 5.5 + WILD, ""),
        (STEADY + 5, STEADY + 4, ""),
        (STEADY + 5, STEADY + 6, "the interval against the best must not lie below 0."),
        (STEADY + 1 + WILD, STEADY + 1, "the interval against none must lie above 0."),
        (STEADY - 5, STEADY + 6, "the interval against none must lie above 0."),
        (STEADY, STEADY, "the interval against none must lie above 0."),
    ],
)
def test_yes_is_clearly_better_than_none_and_not_clearly_worse_than_the_best(mine, best, said, monkeypatch):
    with_accuracies(monkeypatch, mine, STEADY, best)
    verdict = my_keep_probs(lambda: [0.9, 0.5, 0.5])
    assert (verdict.state, verdict.mistake) == ("not yet" if said else "yes", None)
    assert str(verdict).endswith(said) and ("For a yes" in str(verdict)) == bool(said)
    mean, half = interval(mine)
    assert f"(0.9, 0.5, 0.5) has {mean:.1f} ± {half:.1f}% on the test images." in str(verdict)
    assert f"against none: {compare(mine, STEADY)};" in str(verdict)
    assert f"against the best known, (0.8, 0.7, 0.9): {compare(mine, best)}." in str(verdict)


def test_a_choice_far_below_none_is_asked_whether_it_is_rates(monkeypatch):
    with_accuracies(monkeypatch, STEADY - 30, STEADY, STEADY + 6)
    assert str(my_keep_probs(lambda: [0.2, 0.3, 0.1])).endswith(
        "Are these dropout rates? A keep_prob is the probability of being kept."
    )


def test_the_challenge_measures_what_training_gives():
    accuracies = try_settings(
        [keep_prob_challenge.BEST, keep_prob_challenge.NONE, (1.0, 1.0, 0.9)], seeds=keep_prob_challenge.SEEDS
    ).test
    assert my_keep_probs(lambda: keep_prob_challenge.BEST)
    verdict = my_keep_probs(lambda: (1, 1, 0.9))
    assert f"against none: {compare(accuracies[2], accuracies[1])}; against the best known, (0.8, 0.7, 0.9): " in str(
        verdict
    )
    assert str(compare(accuracies[2], accuracies[0])) in str(verdict)


def test_a_training_that_breaks_down_is_told(monkeypatch):
    def breaks(setting):
        raise FloatingPointError("The loss is no longer finite after step 3.")

    monkeypatch.setattr(keep_prob_challenge, "_accuracies", breaks)
    told = "Not yet. With your keep_probs, training broke down. The loss is no longer finite after step 3."
    assert str(my_keep_probs(lambda: [0.1, 0.1, 0.1])) == told


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ([80, 70, 90], "You returned (80, 70, 90). A keep_prob is at most 1. Is it in percent?"),
        ([0, 0.3, 0.1], "You returned (0, 0.3, 0.1). A keep_prob of 0 keeps no neuron, and 1 keeps all. Are these"),
        ([-0.2, 0.3, 0.1], "A keep_prob of 0 keeps no neuron"),
        ([0.8, 0.7, 0.9, 1.0], "Your result has shape (4,), where three numbers, shape (3,), were asked for"),
        ([[0.8, 0.7, 0.9]], "Your result has shape (1, 3)"),
        (0.7, "Your result has shape (), where three numbers"),
        ([0.8, np.nan, 0.9], "You returned (0.8, nan, 0.9). Each keep_prob is above 0, and at most 1."),
        ("0.8", "Your function returned text (str)"),
        (["0.8", "0.7", "0.9"], "Your function returned text (str), such as '0.8'. Numbers were asked for."),
        ({"inputs": 0.8}, "Your function returned a dict"),
        (None, "Your function returned None"),
    ],
)
def test_unusable_numbers_get_a_kind_sentence_and_train_nothing(given, words, monkeypatch):
    monkeypatch.setattr(keep_prob_challenge, "_accuracies", lambda setting: pytest.fail("it was trained"))
    verdict = my_keep_probs(lambda: given)
    assert (verdict.state, verdict.mistake) == ("not yet", None)
    assert str(verdict).startswith("Not yet. ") and words in str(verdict)


def test_numbers_that_change_from_call_to_call_are_judged_each_time(monkeypatch):
    with_accuracies(monkeypatch, STEADY + 5, STEADY, STEADY)
    answers = iter([[0.8, 0.7, 0.9], "now words"])
    verdict = my_keep_probs(lambda: next(answers))
    assert verdict.state == "not yet" and "returned text (str)" in str(verdict)
