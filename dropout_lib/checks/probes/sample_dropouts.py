"""Ten dropout layers, correct and faulty, to try a learner's test on: six that the page shows, and four unseen."""

from collections import Counter
from typing import NamedTuple

import numpy as np

# The six of the page; a test compares them with its cells.


def right_below(activations, keep_prob, rng):
    mask = rng.random(activations.shape) < keep_prob
    return activations * mask / keep_prob


def right_above(activations, keep_prob, rng):
    mask = rng.random(activations.shape) > 1 - keep_prob
    return mask * (activations / keep_prob)


def right_binomial(activations, keep_prob, rng):
    factors = rng.binomial(1, keep_prob, activations.shape) / keep_prob
    return factors * activations


def faulty_exchanged(activations, keep_prob, rng):
    mask = rng.random(activations.shape) < 1 - keep_prob
    return activations * mask / (1 - keep_prob)


def faulty_shared(activations, keep_prob, rng):
    mask = rng.random(activations.shape[-1]) < keep_prob
    return activations * mask / keep_prob


def faulty_seeded(activations, keep_prob, rng):
    rng = np.random.default_rng(1)
    mask = rng.random(activations.shape) < keep_prob
    return activations * mask / keep_prob


# The four unseen ones


def unseen_choice(activations, keep_prob, rng):
    factors = rng.choice([1 / keep_prob, 0.0], size=activations.shape, p=[keep_prob, 1 - keep_prob])
    return activations * factors


def unseen_root(activations, keep_prob, rng):
    mask = rng.random(activations.shape) < keep_prob
    return activations * mask / np.sqrt(keep_prob)


def unseen_bell(activations, keep_prob, rng):
    mask = rng.standard_normal(activations.shape) < keep_prob
    return activations * mask / keep_prob


def unseen_count(activations, keep_prob, rng):
    """Keep the same number in every example, as close to keep_prob of its neurons as a whole number can be."""
    quota = np.arange(activations.shape[-1]) < np.round(keep_prob * activations.shape[-1])
    mask = rng.permuted(np.broadcast_to(quota, activations.shape), axis=-1)
    return activations * mask / keep_prob


class Sample(NamedTuple):
    """A dropout layer, whether it is correct, and its plain description, which ends a sentence."""

    dropout: object
    right: bool
    described: str


SAMPLES = (
    Sample(faulty_exchanged, False, "the one that keeps with probability 1 - keep_prob, and divides by that"),
    Sample(faulty_shared, False, "the one that gives all examples the same mask"),
    Sample(faulty_seeded, False, "the one that seeds a generator of its own in every call"),
    Sample(right_below, True, "the one that keeps where a number is below keep_prob"),
    Sample(right_above, True, "the one that keeps where a number is above 1 - keep_prob"),
    Sample(right_binomial, True, "the one that draws its mask with rng.binomial"),
    Sample(unseen_root, False, "an unseen one that divides the survivors by the root of keep_prob"),
    Sample(unseen_bell, False, "an unseen one that takes its numbers from a bell curve"),
    Sample(unseen_count, False, "an unseen one that keeps the same number of neurons in every example"),
    Sample(unseen_choice, True, "an unseen one that draws its factors with rng.choice"),
)


class CallLog:
    """Dropout layers as a test gets them, with a record of its calls: keep_probs, rows, and how often for each."""

    def __init__(self):
        self.keep_probs, self.most_rows, self._calls = set(), 0, Counter()

    def __call__(self, suspect):
        """Give the dropout layer for one trial of the test."""
        trial = object()

        def dropout(activations, keep_prob, rng):
            activations = np.asarray(activations)
            self.keep_probs.add(float(keep_prob))
            self.most_rows = max(self.most_rows, activations.size // max(1, activations.shape[-1]))
            self._calls[trial, float(keep_prob)] += 1
            return suspect.dropout(activations, keep_prob, rng)

        return dropout

    def once(self):
        """Say whether no trial called its layer twice with the same keep_prob, and at least one called it."""
        return max(self._calls.values(), default=0) == 1
