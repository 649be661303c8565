"""What means and spreads over drawn masks are expected to be: the exact values of every rule, and random errors."""

from collections import defaultdict
from functools import cache
from typing import NamedTuple

import numpy as np

from dropout_lib.checks.grading.results import Unusable
from dropout_lib.ensemble import all_masks, mask_probabilities
from dropout_lib.network import softmax

IMAGES, UNITS, CLASSES = 3, 5, 4
DRAWS = 3000
ERRORS = 5  # standard errors
EXACT = 1e-6  # what rounding may do, in a float32 answer too
# Ways with the layer: a name, and, from keep_prob, the probability that a neuron is kept and the factor if it is.
LAYERS = (
    ("", lambda keep_prob: (keep_prob, 1 / keep_prob)),
    ("not scaled: ", lambda keep_prob: (keep_prob, 1)),
    ("not scaled: ", lambda keep_prob: (keep_prob, keep_prob)),
    ("scaled twice: ", lambda keep_prob: (keep_prob, 1 / keep_prob**2)),
    ("exchanged: ", lambda keep_prob: (1 - keep_prob, 1 / keep_prob)),
    ("exchanged: ", lambda keep_prob: (1 - keep_prob, 1 / (1 - keep_prob))),
)
MEAN, DEVIATION = "mean of probabilities", "deviation of probabilities"


class Expected(NamedTuple):
    """What a rule gives over all masks, and the standard error of an estimate from DRAWS of them."""

    value: np.ndarray
    error: np.ndarray

    def fits(self, found):
        return found.shape == self.value.shape and bool(
            (np.abs(found - self.value) <= ERRORS * self.error + EXACT).all()
        )


class Probe:
    """Some activations and weights, and what each rule gives for them at this keep_prob."""

    def __init__(self, seed, number, keep_prob):
        rng = np.random.default_rng([seed, number])
        self.keep_prob = keep_prob
        self.hidden = rng.uniform(0.3, 1.5, (IMAGES, UNITS)).astype(np.float32 if number else float)
        self.weights = rng.normal(size=(UNITS, CLASSES))
        self.off = softmax(self.hidden @ self.weights)
        self.means, self.spreads = defaultdict(list), defaultdict(list)
        for name, layer in LAYERS if keep_prob < 1 else ():
            self._enumerate(name, *layer(keep_prob))

    def _enumerate(self, layer, kept, factor):
        """Take the moments over all masks of the probabilities, their logits, and the labels predicted."""
        masks = all_masks(UNITS)
        chances = mask_probabilities(masks, keep_prob=kept)
        logits = (self.hidden * masks[:, np.newaxis] * factor) @ self.weights
        self._take(layer, {"probabilities": softmax(logits)}, chances)
        if layer:  # in other layers, what follows may be the same
            return
        labels = logits.argmax(axis=-1)
        ties = logits == logits.max(axis=-1, keepdims=True)
        self._take("", {"logits": logits, "votes": np.eye(CLASSES)[labels], "ties": ties, "labels": labels}, chances)
        self.means["softmax of mean logits"] = [_softmaxed(logits, chances)]
        self.means["the other part"], self.spreads["the other part"] = self.spreads[DEVIATION], self.means[MEAN]

    def _take(self, layer, kinds, chances):
        for name, values in kinds.items():
            mean, deviation, variance = _moments(values, chances)
            error = Expected(*(part / np.sqrt(DRAWS) for part in deviation))
            self.means[f"{layer}mean of {name}"].append(mean)
            for kind, expected in {"deviation": deviation, "variance": variance, "error": error}.items():
                self.spreads[f"{layer}{kind} of {name}"].append(expected)


def _moments(values, chances):
    """Give what mean, standard deviation and variance are expected to be, by the fourth moment for their errors."""
    mean = np.tensordot(chances, values, 1)
    second, fourth = (np.tensordot(chances, (values - mean) ** power, 1) for power in (2, 4))
    deviation = np.sqrt(second)
    error = np.sqrt(np.maximum(fourth - second**2, 0) / DRAWS)
    halved = np.divide(error, 2 * deviation, out=np.zeros_like(error), where=deviation > 0)
    return Expected(mean, deviation / np.sqrt(DRAWS)), Expected(deviation, halved), Expected(second, error)


def _softmaxed(logits, chances):
    """Give the softmax of the mean logits; its error follows from theirs by its slopes there."""
    mean = np.tensordot(chances, logits, 1)
    shares = softmax(mean)
    away = logits - mean
    moved = shares * (away - (shares * away).sum(axis=-1, keepdims=True))
    return Expected(shares, np.sqrt(np.tensordot(chances, moved**2, 1) / DRAWS))


@cache
def probe(seed, number, keep_prob):
    """Give a probe, the same for the same numbers."""
    return Probe(seed, number, keep_prob)


def rule(found, rules, right):
    """Name the one rule that the numbers follow; the numbers themselves if there is none, or more than one."""
    if fits(found, rules[right]):
        return "right"
    fitting = [name for name, ways in rules.items() if fits(found, ways)]
    if fitting == ["the other part"]:
        raise Unusable("order", "The parts came back in a different order. Return the mean, and then the spread.")
    return fitting[0] if len(fitting) == 1 else found


def fits(found, ways):
    return any(expected.fits(found) for expected in ways)
