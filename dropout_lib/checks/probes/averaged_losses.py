"""Look at answers that average a squared loss over all masks, or find the keep_prob of a given penalty."""

import numpy as np

from dropout_lib.checks.grading.results import as_array, rounding_words
from dropout_lib.checks.grading.running import Finding
from dropout_lib.ensemble import all_masks, mask_probabilities

# Examples, features and keep_prob: at 1 nothing is added.
LAYERS = ((7, 3, 0.3), (5, 4, 0.8), (6, 2, 0.65), (4, 3, 1.0))
# Strength, mean square: at strength 0 nothing is dropped.
STRENGTHS = ((0.5, 2.0), (3.0, 0.75), (0.2, 0.09), (0.7, 5.0), (0.0, 1.3))


def plain_loss(x, y, weights, keep_prob):
    return np.mean((y - x @ weights) ** 2)


def factor(keep_prob):
    return (1 - keep_prob) / keep_prob


def penalised(x, y, weights, keep_prob, *, times=factor, added=lambda x, weights: np.mean(x**2, axis=0) @ weights**2):
    return plain_loss(x, y, weights, keep_prob) + times(keep_prob) * added(x, weights)


def over_masks(x, y, weights, keep_prob, *, chances=mask_probabilities, divisor=None):
    """Give the mean loss by the list of all masks, each weighted by its probability."""
    masks, divisor = all_masks(x.shape[1]), keep_prob if divisor is None else divisor
    losses = np.mean((y - masks * weights / divisor @ x.T) ** 2, axis=1)
    return chances(masks, keep_prob=keep_prob) @ losses


def look_at_losses(answer, seed):
    """Yield the loss of each layer, that at keep_prob 1 if the others are correct; first, whether two calls agree."""
    given = _layer(seed, 0)
    one, other = as_array(answer(**given)), as_array(answer(**given))
    same = np.array_equal(one, other, equal_nan=True)
    message = "Two calls with the same arguments gave different results. List all masks instead of drawing some."
    yield Finding("repeatable", same, message)
    if not same:
        return
    fine = True
    for number, (examples, features, keep_prob) in enumerate(LAYERS):
        if keep_prob == 1 and not fine:  # a mistake may raise there
            return
        given = _layer(seed, number)
        found, right = as_array(answer(**given)), over_masks(**given)
        where = f"For {examples} examples of {features} features at keep_prob {keep_prob:g}"
        if found.shape != ():
            message = f"{where} an array of shape {found.shape} came back, where one number was asked for."
            yield Finding(f"layer {number}", np.array(found.shape, float), message)
            return
        message = (
            f"{where} it gives {float(found):z.4g}. Over the list of all {2**features} masks the mean loss is "
            f"{right:z.4g}, of which {right - plain_loss(**given):z.4g} is added by the masks."
        )
        yield Finding(f"layer {number}", found.astype(float), message + rounding_words(found, right))
        fine = fine and np.isclose(found, right, rtol=1e-6)


def _layer(seed, number):
    """Draw a layer whose features differ in scale and have means that are not 0; one input is 0."""
    examples, features, keep_prob = LAYERS[number]
    rng = np.random.default_rng([seed, number, 11])
    scales = np.array([1.0, 2.5, 0.4, 1.6])[:features]
    x = scales * rng.normal(0.6, 1, (examples, features))
    x[rng.integers(examples), 0] = 0
    return {"x": x, "y": rng.normal(1, 1, examples), "weights": rng.normal(0, 1, features), "keep_prob": keep_prob}


def look_at_keep_probs(answer, seed):
    """Yield the keep_prob that is found for each strength and mean square."""
    for strength, mean_square in STRENGTHS:
        found, right = (
            as_array(answer(strength=strength, mean_square=mean_square)),
            mean_square / (mean_square + strength),
        )
        where = f"For strength {strength:g} and mean square {mean_square:g}"
        if found.shape != ():
            message = f"{where} an array of shape {found.shape} came back, where one number was asked for."
            yield Finding(f"{strength} at {mean_square}", np.array(found.shape, float), message)
            return
        value = float(found)
        message = f"{where} it gives {value:z.4g}"
        if 0 < value <= 1:
            message += f", where dropout adds {factor(value) * mean_square:z.4g} times the squared weight; L2 adds "
            message += f"{strength:g} times."
        else:
            message += ", which is no keep_prob: that is above 0 and at most 1."
        yield Finding(f"{strength} at {mean_square}", found.astype(float), message + rounding_words(found, right))
