"""Look at an answer that computes attention with dropout: which weights did it give, and which mask made them?"""

import numpy as np

from dropout_lib.checks.grading.recording_rng import recording_rng
from dropout_lib.checks.grading.results import Unusable, as_output, refuse_infinite
from dropout_lib.checks.grading.running import Finding
from dropout_lib.checks.probes.drawn_masks import KEEP_PROBS, observe_drawn_masks
from dropout_lib.network import softmax

SHAPE, SIZE = (3, 14, 10), 12  # heads, queries, keys; numbers of a value
AXES = ("heads", "queries", "keys")
ROUNDING = 2e-6  # an answer in float32 is right


class _Probe:
    """Scores, and values of full rank: from the output, the weights can be computed back."""

    def __init__(self, answer, seed):
        rng = np.random.default_rng(seed)
        self.answer, self.scores = answer, rng.normal(0.3, 1, SHAPE)
        self.values = np.linalg.qr(rng.normal(size=(SHAPE[0], SIZE, SHAPE[2])))[0].swapaxes(1, 2) + 0.1
        self.probabilities = softmax(self.scores)

    def output(self, keep_prob, rng):
        result = self.answer(scores=self.scores, values=self.values, keep_prob=keep_prob, rng=rng)
        return as_output(result, (*SHAPE[:2], SIZE))

    def factors(self, output):
        """Give each weight divided by its undropped probability; what is 0 up to rounding is 0."""
        weights = output @ np.linalg.pinv(self.values)
        return np.where(np.abs(weights) < ROUNDING, 0, weights) / self.probabilities

    def mask(self, keep_prob, rng):
        mask = self.factors(self.output(keep_prob, rng)) != 0
        mixed, probabilities = mask.any(axis=-1) & ~mask.all(axis=-1), self.probabilities
        above = np.where(mask, probabilities, 2).min(axis=-1) > np.where(mask, 0, probabilities).max(axis=-1)
        if mixed.sum() > SHAPE[1] and above[mixed].all():
            raise Unusable("follows", "What is dropped follows the probabilities, and not random numbers.")
        return mask


def look_at_attention(answer, seed):
    probe = _Probe(answer, seed)
    outputs = [probe.output(keep_prob, recording_rng(seed, 100 + place)) for place, keep_prob in enumerate(KEEP_PROBS)]
    kind = next((name for name, (holds, _) in KINDS.items() if holds(probe, outputs)), "another")
    if kind == "another":
        refuse_infinite(np.array(outputs))
    yield Finding("kind", kind, KINDS[kind][1] if kind in KINDS else ANOTHER)
    if kind != "masked":
        return
    last = None
    for last in observe_drawn_masks(probe.mask, seed, AXES):
        yield last
    if (last.aspect, last.value) == ("company", "none"):
        scales = np.array([_scale(probe.factors(output)) for output in outputs])
        message = f"At keep_prob {KEEP_PROBS[0]} what is kept comes out multiplied by {scales[0]:z.4g}."
        yield Finding("scales", scales, message)
        same = _untouched(probe, [probe.output(1.0, recording_rng(seed, 200))])
        yield Finding("whole", same, "At keep_prob 1.0 the output is not that of attention without dropout.")


# What became of the probabilities, at both keep_probs


def _untouched(probe, outputs):
    return all(np.allclose(each, probe.probabilities @ probe.values, atol=ROUNDING) for each in outputs)


def _alike(probe, outputs):
    return np.abs(outputs[0] - outputs[1]).max() < ROUNDING


def _output_masked(probe, outputs):
    """Tell whether single numbers are 0, and not only whole rows or columns."""
    zeros = [output == 0 for output in outputs]
    single = [zero & ~zero.all(axis=1, keepdims=True) & ~zero.all(axis=2, keepdims=True) for zero in zeros]
    return all(each.mean() > 0.1 for each in single)


def _values_masked(probe, outputs):
    """Tell whether the outputs are those of values that are 0, or multiplied by one number."""
    found = [np.linalg.pinv(probe.probabilities) @ output / probe.values for output in outputs]
    return not _weights_fit(probe, outputs) and all(map(_one_factor, found))


def _weights_fit(probe, outputs):
    """Tell whether any weights at all, with the values as they are, give the outputs."""
    weights = [probe.factors(output) * probe.probabilities for output in outputs]
    return all(
        np.allclose(each @ probe.values, output, atol=50 * ROUNDING)
        for each, output in zip(weights, outputs, strict=True)
    )


def _no_token_dropped(probe, outputs):
    """Tell whether rows sum to 1 and nearly all weights are above 0; a large score may leave others too little."""
    kept = [(probe.factors(output) != 0).mean() for output in outputs]
    return _renormalised(probe, outputs, alike=False) and min(kept) > 0.9


def _renormalised(probe, outputs, *, alike=True):
    """Tell whether nine rows of ten sum to 1, and if `alike`, all that is kept in one grew by the same factor.

    The other rows may have lost all their tokens, and then hold anything.
    """
    rows = [row for output in outputs for row in probe.factors(output).reshape(-1, SHAPE[2])]
    chances = [row for _ in outputs for row in probe.probabilities.reshape(-1, SHAPE[2])]
    fine = [
        np.isclose(row @ chance, 1, atol=50 * ROUNDING) and (not alike or _one_factor(row))
        for row, chance in zip(rows, chances, strict=True)
    ]
    return np.mean(fine) > 0.9


def _masked(probe, outputs):
    return _weights_fit(probe, outputs) and all(_one_factor(probe.factors(output)) for output in outputs)


def _one_factor(factors):
    """Tell whether all that is not 0, up to rounding, is one number."""
    kept = factors[np.abs(factors) > ROUNDING]
    return bool(np.isfinite(factors).all() and (not kept.size or np.allclose(kept, np.median(kept), rtol=5e-3)))


def _scale(factors):
    return np.round(np.median(factors[factors != 0]), 4)


KINDS = {
    "untouched": (_untouched, "The output is that of attention without dropout."),
    "the same": (_alike, "The output is the same at keep_prob 0.3 and at 0.8."),
    "output": (_output_masked, "Single numbers of the output are 0, which no mask of probabilities makes."),
    "values": (_values_masked, "The output is that of values of which single numbers are 0."),
    "all tokens": (_no_token_dropped, "Every token kept some weight, and each row sums to 1."),
    "renormalised": (_renormalised, "Each row of weights still sums to 1."),
    "masked": (_masked, "Each probability is 0, or multiplied by one number."),
}
ANOTHER = "The weights of the tokens are not the probabilities, each 0 or multiplied by one number for all rows."
