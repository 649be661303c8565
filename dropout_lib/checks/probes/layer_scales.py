"""Look at the factors of what comes back: does one scale keep the mean, and do a layer's three fit together?"""

import numpy as np

from dropout_lib.checks.grading.running import Finding
from dropout_lib.checks.probes.scale_factors import THREE, Wanted, averages, averages_of_two, look_at_factors, over_all

SURVIVORS = [Wanted("activations", "kept", "", "the scaled activations")]
LAYER = [
    Wanted("activations", "kept", " in training", "what the layer passes on in training"),
    Wanted("activations", "all", " at inference", "what it passes on at inference"),
    Wanted("gradient", "kept", " in the gradient", "the gradient"),
]


def _scale_of_survivors(answer, calls):
    factors = np.array([call.parts[0].factor for call in calls])
    fine = np.isclose(factors, [1 / call.probe.keep_prob for call in calls], rtol=1e-6)
    message = _how_large(answer, calls[fine.argmin()].probe, factors[fine.argmin()])
    yield Finding("factors", factors, message), fine.all()


def _how_large(answer, probe, factor):
    average = averages_of_two(answer, probe.keep_prob, SURVIVORS)[0]
    if np.isnan(average) or np.isclose(average, 2):
        return f"{probe.where}, the survivors come out multiplied by {factor:z.4g}."
    return f"{over_all(probe.keep_prob)} 2 becomes {average:z.4g}."


def look_at_scaling(answer, seed):
    fine = yield from look_at_factors(answer, seed, SURVIVORS, _scale_of_survivors)
    for keep_prob in (0.3, 0.8) if fine else ():
        mean = averages(answer, keep_prob, SURVIVORS)[0]
        worst = np.argmax(np.abs(mean - THREE[0]))
        message = f"{over_all(keep_prob)} {THREE[0, worst]:z.4g} becomes {mean[worst]:z.4g}."
        yield Finding(f"average at {keep_prob}", mean, message)


def look_at_layer(answer, seed):
    """Look at training, inference and gradient together."""
    return look_at_factors(answer, seed, LAYER, _scales_of_layer)


def _scales_of_layer(answer, calls):
    """Find whether the three scales fit together, which those of standard and of inverted dropout do."""
    factors = np.array([[part.factor for part in call.parts] for call in calls])
    if len(calls) > 1:
        yield _blindness(factors)
    fits = [_fits(*scales[:2], call.probe.keep_prob) for scales, call in zip(factors, calls, strict=True)]
    first = int(np.argmin(fits))
    message = _how_different(answer, calls[first].probe, *factors[first, :2])
    yield Finding("forward", "fits" if all(fits) else factors[:, :2], message), all(fits)
    follows = np.isclose(factors[:, 2], factors[:, 0], rtol=1e-6)
    first = int(np.argmin(follows))
    message = (
        f"{calls[first].probe.where}, a survivor is multiplied by {factors[first, 0]:z.4g} in training, "
        f"and its gradient by {factors[first, 2]:z.4g}."
    )
    yield Finding("backward", "follows" if follows.all() else factors[:, ::2], message), follows.all()


def _blindness(factors):
    blind = bool(np.allclose(*factors))
    training, inference, gradient = factors[0]
    message = (
        f"At keep_prob 0.3 and at 0.8 alike, your layer multiplies by {training:z.4g} in training, "
        f"by {inference:z.4g} at inference, and by {gradient:z.4g} in the gradient."
    )
    return Finding("blind to keep_prob", blind, message), not blind


def _fits(training, inference, keep_prob):
    return any(np.allclose((training, inference), pair, rtol=1e-6) for pair in ((1 / keep_prob, 1), (1, keep_prob)))


def _how_different(answer, probe, training, inference):
    keep_prob, means = probe.keep_prob, averages_of_two(answer, probe.keep_prob, LAYER)[:2]
    if np.isnan(means).any() or _fits(*means / 2 / (keep_prob, 1), keep_prob):
        return f"{probe.where}, training multiplies survivors by {training:z.4g}, inference all by {inference:z.4g}."
    return (
        f"{over_all(keep_prob)} 2 is {means[0]:z.4g} in training and {means[1]:z.4g} at inference. "
        f"In inverted dropout it is 2 in both, in standard dropout {2 * keep_prob:z.4g}."
    )
