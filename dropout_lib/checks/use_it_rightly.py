"""Checks of page 10: a test that tells correct dropout layers from faulty ones, and one layer in four libraries."""

import numpy as np

from dropout_lib.checks.grading.exercise import Exercise
from dropout_lib.checks.probes.library_arguments import look_at_arguments
from dropout_lib.checks.probes.test_of_dropout import look_at_test

ONES = np.ones((40, 25))


def _factors(dropout, keep_prob=0.3, calls=2, shape=ONES.shape):
    """Give what ones become in several calls, each with another generator: shape (calls, examples, neurons)."""
    return np.array([dropout(np.ones(shape), keep_prob, np.random.default_rng(seed)) for seed in range(calls)])


def _differs(factors):
    """Tell whether two calls, and two examples, got different masks."""
    return not (factors[0] == factors[-1]).all() and not (factors[:, 0] == factors[:, 1]).all()


def _varies(factors):
    """Tell whether the number kept differs between examples."""
    return len(set((factors != 0).sum(axis=-1).ravel())) > 1


def _share(factors, keep_prob=0.3):
    """Tell whether the share kept is keep_prob."""
    return abs((factors != 0).mean() - keep_prob) < 0.06


def _scaled(factors, keep_prob=0.3):
    return np.allclose(factors[factors != 0], 1 / keep_prob)


def _right(dropout):
    factors = _factors(dropout)
    return _share(factors) and _scaled(factors) and _differs(factors) and _varies(factors)


def always_true(dropout):
    """Your test accepts all six faulty layers. What does a faulty one do that a correct one never does?"""
    return True


def always_false(dropout):
    """Your test refuses all four correct layers. What does it demand that they need not give: an exact share, or two
    masks that differ though both generators have the same seed?"""
    return False


def answers_the_opposite(dropout):
    """Your test refuses every correct layer, and accepts the faulty ones that the page shows. What should True mean?"""
    factors = _factors(dropout)
    return not (_share(factors) and _scaled(factors) and _differs(factors))


def looks_at_the_mean_only(dropout):
    """Four faulty layers passed your test, and their mean is correct. Which claims of dropout does a mean not show?"""
    return abs(_factors(dropout).mean() - 1) < 0.3


def looks_at_one_half_only(dropout):
    """Your test tried only keep_prob 0.5, and accepted a layer that exchanges keep_prob and rate. Where do the two
    differ?"""
    factors = _factors(dropout, 0.5)
    return _share(factors, 0.5) and _scaled(factors, 0.5) and _differs(factors) and _varies(factors)


def demands_exact_numbers(dropout):
    """Your test accepts a layer that keeps numbers below keep_prob, and refuses other correct ones. Does it ask for the
    same numbers, or for a share nearer to keep_prob than random draws give?"""
    factors, rng = _factors(dropout), np.random.default_rng(0)
    return np.allclose(factors[0], (rng.random(ONES.shape) < 0.3) / 0.3) and _differs(factors)


def demands_an_exact_count(dropout):
    """Your test refuses correct layers, and accepts one that keeps the same number in every example. How often is the
    number kept exactly keep_prob of the neurons?"""
    factors = _factors(dropout, 0.8)
    return (np.count_nonzero(factors, axis=-1) == 20).all() and _scaled(factors, 0.8) and _differs(factors)


def looks_at_one_row(dropout):
    """Your test gave every layer a single example, and accepted one whose examples share a mask. What can one example
    not show?"""
    factors = _factors(dropout, calls=40, shape=(1, 40))
    return _share(factors) and _scaled(factors) and not (factors[0] == factors[-1]).all() and _varies(factors)


def one_call_only(dropout):
    """Your test never called a layer twice with one keep_prob, and accepted one that always drops the same neurons.
    What must two calls show?"""
    factors = _factors(dropout, calls=1)
    return _share(factors) and _scaled(factors) and not (factors[0, 0] == factors[0, 1]).all() and _varies(factors)


def forgot_the_scale(dropout):
    """Your test accepted a layer that draws its mask correctly, and divides by the root of keep_prob. How large must a
    survivor be?"""
    factors = _factors(dropout)
    return _share(factors) and _differs(factors) and _varies(factors)


is_right = Exercise(
    look_at_test,
    references=[_right],
    mistakes=[
        always_true,
        always_false,
        answers_the_opposite,
        looks_at_the_mean_only,
        looks_at_one_half_only,
        demands_exact_numbers,
        demands_an_exact_count,
        looks_at_one_row,
        one_call_only,
        forgot_the_scale,
    ],
    praise="Your test tells all ten apart, four of which you had never seen.",
)


def _arguments(keep_prob):
    return np.array([1 - keep_prob] * 3 + [keep_prob])


def same_number_everywhere(keep_prob):
    """You wrote keep_prob four times. Three of these libraries ask for the probability of dropping: which number is
    that?"""
    return np.full(4, keep_prob)


def one_minus_twice(keep_prob):
    """Some rates were subtracted from 1 once more, and 1 - rate is keep_prob again. From which number does every rate
    come?"""
    p = 1 - (1 - keep_prob)
    return np.array([p, 1 - p, 1 - (1 - p), keep_prob])


def rate_everywhere(keep_prob):
    """You wrote the rate four times. One of these libraries asks for the probability of keeping. What is its argument
    called?"""
    return np.full(4, 1 - keep_prob)


def exchanged(keep_prob):
    """You wrote keep_prob where a library asks for the rate, and the rate for TensorFlow 1. Which of them ask for the
    probability of dropping?"""
    return 1 - _arguments(keep_prob)


def only_pytorch_turned(keep_prob):
    """PyTorch is correct. Keras and Flax got keep_prob, and their argument is called rate: of what is a rate the
    probability?"""
    return np.array([1 - keep_prob] + [keep_prob] * 3)


def wrong_order(keep_prob):
    """These are the correct numbers in a different order. TensorFlow 1 comes last: which of the four is its own?"""
    return _arguments(keep_prob)[::-1]


def percent(keep_prob):
    """These are the correct numbers times 100. A layer takes a share from 0 to 1: what is 20% as a share?"""
    return 100 * _arguments(keep_prob)


def scale_instead_of_rate(keep_prob):
    """These are the factors by which survivors grow. The library computes them itself: for which probability does it
    ask?"""
    return 1 / np.array([keep_prob] * 4)


library_arguments = Exercise(
    look_at_arguments,
    references=[_arguments],
    mistakes=[
        same_number_everywhere,
        one_minus_twice,
        rate_everywhere,
        exchanged,
        only_pytorch_turned,
        wrong_order,
        percent,
        scale_instead_of_rate,
    ],
    praise="Three libraries ask for the probability of dropping, TensorFlow 1 asked for that of keeping. "
    "With its name, a number says which.",
)
