"""How a learner's test of dropouts is tried: what the ten dropouts are, and fairness to tests that err or take long."""

import itertools

import numpy as np
import pytest

from dropout_lib.checks.grading.running import Answer
from dropout_lib.checks.probes import test_of_dropout
from dropout_lib.checks.probes.library_arguments import look_at_arguments
from dropout_lib.checks.probes.sample_dropouts import SAMPLES, CallLog
from dropout_lib.checks.use_it_rightly import is_right, library_arguments

REFERENCE = is_right.references[0]
SHAPE = (60, 50)


def drawn(dropout, keep_prob, calls=40):
    """Give what ones become in calls with one generator, shape (calls, *SHAPE)."""
    rng = np.random.default_rng(0)
    return np.array([dropout(np.ones(SHAPE), keep_prob, rng) for _ in range(calls)])


def claims(dropout, keep_prob):
    """Say which claims hold: chance, scale, and that the number kept, the examples and the calls differ."""
    factors = drawn(dropout, keep_prob)
    kept = factors != 0
    counts = kept.sum(axis=2)
    return {
        "chance": abs(kept.mean() - keep_prob) < 0.02,
        "scale": np.allclose(factors[kept], 1 / keep_prob),
        "units": counts.std() > 0,
        "examples": not (kept == kept[:, :1]).all(),
        "calls": not (kept == kept[:1]).all(),
    }


BROKEN = {
    "faulty_exchanged": {"chance", "scale"},
    "faulty_shared": {"examples"},
    "faulty_seeded": {"calls"},
    "unseen_root": {"scale"},
    "unseen_bell": {"chance"},
    "unseen_count": {"units"},
}


@pytest.mark.parametrize("suspect", SAMPLES, ids=lambda suspect: suspect.dropout.__name__)
def test_each_dropout_breaks_just_the_claims_that_it_is_there_for(suspect):
    wanted = BROKEN.get(suspect.dropout.__name__, set())
    for keep_prob in (0.3, 0.7):
        assert {claim for claim, holds in claims(suspect.dropout, keep_prob).items() if not holds} == wanted
    assert suspect.right == (not wanted)


@pytest.mark.parametrize("suspect", SAMPLES, ids=lambda suspect: suspect.dropout.__name__)
def test_no_dropout_changes_its_input(suspect):
    activations = np.arange(12.0).reshape(3, 4)
    result = suspect.dropout(activations, 0.3, np.random.default_rng(0))
    assert result.shape == (3, 4) and np.array_equal(activations, np.arange(12.0).reshape(3, 4))


def test_a_test_that_errs_now_and_then_is_a_yes():
    numbers = itertools.count(1)

    def errs_at_times(dropout):
        return REFERENCE(dropout) != (next(numbers) % 7 == 0)  # in the first round too

    assert is_right(errs_at_times)
    assert next(numbers) > 31  # where its answers disagreed it was asked again


def test_guessing_is_a_yes_no_oftener_than_ten_coins_agree():
    coins = [np.random.default_rng(seed) for seed in range(500)]
    lucky = sum(bool(is_right(lambda dropout, coin=coin: coin.random() < 0.5)) for coin in coins)
    assert lucky <= 3  # one in 1,024 is expected


def test_a_test_that_takes_long_is_asked_once_for_each(monkeypatch):
    monkeypatch.setattr(test_of_dropout, "PATIENCE", 0)
    asked = []

    def slow(dropout):
        asked.append(dropout)
        return REFERENCE(dropout)

    assert is_right(slow)
    assert len(asked) == len(SAMPLES)


@pytest.mark.parametrize("truth", [bool, int, float, np.bool_, np.array])
def test_true_and_false_may_be_of_any_kind(truth):
    assert is_right(lambda dropout: truth(REFERENCE(dropout)))


def test_another_answer_than_true_or_false_gets_its_sentence():
    assert "returned 0.97. True or False" in str(is_right(lambda dropout: 0.97))
    assert "array of shape (3,). A single True or False" in str(is_right(lambda dropout: np.array([True] * 3)))
    assert "returned None" in str(is_right(lambda dropout: None))


@pytest.mark.parametrize("suspect", SAMPLES, ids=lambda suspect: suspect.dropout.__name__)
def test_the_hint_says_which_dropout_was_misjudged(suspect):
    """Without the names of mistakes, and for a test that is wrong about this one alone."""
    position = SAMPLES.index(suspect)

    def wrong_once(dropout):
        return REFERENCE(dropout) != is_the_one(dropout)

    def is_the_one(dropout):
        ours, theirs = (way(np.ones((4, 9)), 0.3, np.random.default_rng(5)) for way in (suspect.dropout, dropout))
        return np.array_equal(ours, theirs)

    found = [
        finding for finding in test_of_dropout.look_at_test(Answer(wrong_once), 0) if isinstance(finding.value, bool)
    ]
    assert found[position].value != suspect.right
    assert found[position].message == f"Your test says {not suspect.right} of a dropout layer: {suspect.described}."


def test_how_a_test_asked_is_told():
    def at_one_half(dropout):
        return REFERENCE(lambda activations, keep_prob, rng: dropout(activations, 0.5, rng))

    told = {finding.aspect: finding.value for finding in test_of_dropout.look_at_test(Answer(at_one_half), 0)}
    assert told["keep_probs"] is True and told["rows"] is False and told["calls"] is False
    right = {finding.aspect: finding.value for finding in test_of_dropout.look_at_test(Answer(REFERENCE), 0)}
    assert (right["keep_probs"], right["rows"], right["calls"]) == (False, False, False)


def test_a_right_test_that_never_repeats_a_keep_prob_is_a_yes():
    """A seed inside is seen in two keep_probs as well: nearly the same units are kept."""

    def never_repeats(dropout):
        near = (0.30, 0.31)
        one, other = (dropout(np.ones((40, 25)), near[seed], np.random.default_rng(seed)) for seed in (0, 1))
        return bool(
            abs((one != 0).mean() - 0.3) < 0.06
            and np.allclose(one[one != 0], 1 / 0.3)
            and (one != 0).sum(axis=1).std() > 0
            and not (one == one[:1]).all()
            and ((one != 0) == (other != 0)).mean() < 0.9
        )

    assert is_right(never_repeats)


def test_once_is_for_each_keep_prob_and_each_trial():
    watched = CallLog()
    assert not watched.once()
    for keep_prob in (0.3, 0.8):
        watched(SAMPLES[0])(np.ones((2, 3)), keep_prob, np.random.default_rng(0))
        watched(SAMPLES[0])(np.ones((2, 3)), keep_prob, np.random.default_rng(0))
    assert watched.once()
    again = watched(SAMPLES[0])
    for _ in range(2):
        again(np.ones(3), 0.3, np.random.default_rng(0))
    assert not watched.once()


# The arguments of a layer


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (
            lambda keep_prob: [1 - keep_prob, 1 - keep_prob, keep_prob, keep_prob],
            "At keep_prob 0.3 you wrote flax.linen.Dropout(rate=0.3), which keeps 70%",
        ),
        (
            lambda keep_prob: [1 - keep_prob, 1 - keep_prob, 1 - keep_prob, 0.8],
            "you wrote tf.nn.dropout(x, keep_prob=0.8), which keeps 80%",
        ),
        (
            lambda keep_prob: [keep_prob - 1, 1 - keep_prob, 1 - keep_prob, keep_prob],
            "p=-0.7). A layer takes a probability from 0 to 1.",
        ),
        (
            lambda keep_prob: [1 - keep_prob, 1 - keep_prob, keep_prob, 1 - keep_prob],
            "the correct numbers in a different order",
        ),
        (lambda keep_prob: [1 - keep_prob] * 3, "has shape (3,), where four numbers"),
        (lambda keep_prob: {"p": 1 - keep_prob}, "returned a dict"),
    ],
)
def test_unknown_arguments_are_told_by_what_the_layer_would_keep(answer, sentence):
    verdict = library_arguments(answer)
    assert verdict.mistake is None and sentence in str(verdict), str(verdict)


@pytest.mark.parametrize("kind", [list, tuple, np.float32, np.array])
def test_the_four_numbers_may_come_in_any_form(kind):
    assert library_arguments(lambda keep_prob: kind([1 - keep_prob] * 3 + [keep_prob]))


def test_a_dictionary_of_four_is_read_in_its_order():
    names = ("torch", "keras", "flax", "tf1")
    assert library_arguments(lambda keep_prob: dict(zip(names, [1 - keep_prob] * 3 + [keep_prob], strict=True)))
    assert not library_arguments(lambda keep_prob: dict(zip(names, [keep_prob] + [1 - keep_prob] * 3, strict=True)))


def test_no_keep_prob_is_asked_for_where_it_is_the_rate():
    asked = []
    list(look_at_arguments(Answer(lambda keep_prob: asked.append(keep_prob) or [0, 0, 0, 0]), 0))
    assert len(asked) > 2 and 0.5 not in asked
