"""Look at means and spreads over masks that an answer draws: which rule do they follow, within random errors?"""

import numpy as np

from dropout_lib.checks.grading.recording_rng import hidden_state, recording_rng
from dropout_lib.checks.grading.results import as_arrays, as_parts, decimals_words
from dropout_lib.checks.grading.running import Finding
from dropout_lib.checks.probes.expected_spreads import (
    CLASSES,
    DEVIATION,
    DRAWS,
    EXACT,
    IMAGES,
    MEAN,
    fits,
    probe,
    rule,
)

FEW, CALLS = 4, 24


def look_at_spreads(answer, seed):
    """Yield what is seen with masks drawn by the answer, up to the first thing that is wrong; the spread first."""
    before = hidden_state()
    for number, keep_prob in enumerate((0.3, 0.8, 1.0)):
        one = probe(seed, number, keep_prob)
        mean, spread = _ask(answer, one, DRAWS, [seed, number])
        hidden = before != hidden_state()
        kind = _kind(spread, one)
        again = number or _equal((mean, spread), _ask(answer, one, DRAWS, [seed, number]))
        yield Finding("source", hidden, "The numbers came from a hidden global generator, not from rng.")
        if not hidden and not again:
            yield Finding(
                "repeatable", False, "Two calls, with generators made from the same seed, gave different numbers."
            )
            return
        yield Finding(f"kind at {keep_prob}", kind, _about(spread))
        if hidden:
            return
        made = _other_number_of_draws(_numbers_drawn(answer, one, [seed, number]), one) if number == 0 else None
        if made:
            yield Finding("draws made", made, f"You made {made} draw{'s' * (made > 1)}, where {DRAWS} were asked for.")
            return
        if kind != "of probabilities":  # numbers may follow a rule by chance: look once more
            other = probe(seed, 1, 0.8)
            yield Finding("kind again", _kind(_ask(answer, other, DRAWS, [seed, 8])[1], other), "")
            return
        seen = _spread(spread, one), _mean(mean, one)
        sums = _about_sums(mean)
        yield Finding(f"spread at {keep_prob}", seen[0], sums or _deviating("spread", spread, one))
        yield Finding(f"mean at {keep_prob}", seen[1], sums or _deviating("mean", mean, one))
        if seen != ("right", "right"):
            return
    yield from _look_at_few_draws(answer, probe(seed, 0, 0.3), seed)


def _equal(one, other):
    return all(np.array_equal(*parts, equal_nan=True) for parts in zip(one, other, strict=True))


def _numbers_drawn(answer, one, seeds):
    """Count the uniform numbers that an answer asks for."""
    rng = recording_rng(*seeds)
    answer(hidden=one.hidden, weights=one.weights, keep_prob=one.keep_prob, draws=DRAWS, rng=rng)
    return sum(numbers.size for numbers in rng.numbers)


def _other_number_of_draws(numbers, one):
    """Give the number of draws that so many numbers make, if it is not the one that was asked for."""
    made, rest = divmod(numbers, one.hidden.size)
    shared = DRAWS // len(one.hidden), DRAWS // one.hidden.shape[1]  # one number for all images, or for all neurons
    return made if numbers and not rest and made != DRAWS and made not in shared and made < DRAWS else None


def _about(spread):
    if spread.shape == (IMAGES, CLASSES):
        return "Your spread is not that of the probabilities over the draws."
    return f"Your spread has shape {spread.shape}, where {(IMAGES, CLASSES)} was asked for."


def _ask(answer, one, draws, seeds):
    """Ask once. A spread of the wrong shape is looked at, a mean of the wrong shape is reported."""
    arguments = {"hidden": one.hidden, "weights": one.weights, "keep_prob": one.keep_prob, "draws": draws}
    result = answer(**arguments, rng=np.random.default_rng(seeds))
    parts = tuple(result) if isinstance(result, np.ndarray) and result.ndim == 3 and len(result) == 2 else result
    size = (IMAGES, CLASSES)
    parts = as_parts(parts, ["mean", "spread"])
    odd = np.shape(parts[1]) if np.shape(parts[1]) in _other_shapes(draws) else size
    mean, spread = as_arrays(parts, mean=size, spread=odd)
    return mean.astype(float), spread.astype(float)


def _other_shapes(draws):
    """List the shapes of a spread over another axis, or over two."""
    once = [(draws, CLASSES), (draws, IMAGES), (CLASSES,), (IMAGES,), (draws,), ()]
    return [*once, (1, CLASSES), (IMAGES, 1), (draws, 1, CLASSES), (draws, IMAGES, 1)]


def _kind(spread, one):
    """Say whether labels were chosen before, or images or classes taken together: by values and by shape."""
    if one.keep_prob == 1 or fits(spread, one.spreads[DEVIATION]) or np.abs(spread).max() < EXACT:
        return "of probabilities"
    columns = spread.reshape(IMAGES, -1) if spread.size == IMAGES else spread
    equal = [spread.ndim == 2 and np.ptp(spread, axis=axis).max() < EXACT for axis in (0, 1)]
    looks = {
        "votes": spread,
        "ties": spread,
        "labels": columns[:, 0] if equal[1] or columns.shape[1:] == (1,) else None,
    }
    if any(_follows(found, name, one) for name, found in looks.items() if found is not None):
        return "of labels"
    if spread.shape != (IMAGES, CLASSES):
        return "another axis" if spread.min() >= 0 and spread.max() <= 0.5 + EXACT else spread
    by_rounding = decimals_words(spread)  # then rows may be equal by chance
    return "another axis" if any(equal) and not by_rounding else "of probabilities"


def _follows(found, name, one):
    return any(fits(found, one.spreads[f"{what} of {name}"]) for what in ("deviation", "variance"))


def _spread(spread, one):
    if one.keep_prob == 1:
        return "right" if np.abs(spread).max() < EXACT else spread
    if np.abs(spread).max() < EXACT:
        return "zero"
    return rule(spread, one.spreads, DEVIATION)


def _mean(mean, one):
    if np.abs(mean - one.off).max() < EXACT:
        return "right" if one.keep_prob == 1 else "softmax of mean logits"
    if one.keep_prob == 1:
        return mean
    return rule(mean, one.means, MEAN)


def _about_sums(mean):
    """Say of an image that its means do not add up to 1, or nothing."""
    sums = mean.sum(axis=1)
    image = int(np.abs(sums - 1).argmax())
    if np.isnan(mean).any():
        return "Some of your means are NaN, not a number: is something divided by 0, such as a number of survivors?"
    if abs(sums[image] - 1) < 5e-3:
        return ""
    message = (
        f"For image {image + 1} your means add up to {sums[image]:z.3g}; the probabilities of its classes add up to 1."
    )
    if np.allclose(mean.sum(axis=0), 1, atol=5e-3):
        message += " Over the images, they do add up to 1: over which axis does your softmax go?"
    return message


def _deviating(what, found, one):
    if one.keep_prob == 1:
        wanted = one.off if what == "mean" else np.zeros_like(one.off)
    else:
        wanted = (one.means[MEAN] if what == "mean" else one.spreads[DEVIATION])[0].value
    image, label = np.unravel_index(np.abs(found - wanted).argmax(), found.shape)
    message = (
        f"At keep_prob {one.keep_prob}, over {DRAWS} draws, the {what} for image {image + 1} and class {label + 1} "
        f"is {found[image, label]:z.4f}; over all masks it is {wanted[image, label]:z.4f}."
    )
    return f"{message} {decimals_words(found)}".rstrip()


def _look_at_few_draws(answer, one, seed):
    """Look whether means of few draws differ from call to call, and as much as they should."""
    means = np.array([_ask(answer, one, FEW, [seed, 9, number])[0] for number in range(CALLS)])
    same = bool((means == means[0]).all())
    message = (
        f"{CALLS} calls, each with a different generator, gave exactly the same mean. Do its numbers come from rng?"
    )
    yield Finding("again", same, message)
    ratio = float(((means - one.means[MEAN][0].value) ** 2).mean(axis=0).sum())
    ratio /= float((one.spreads["variance of probabilities"][0].value / FEW).sum())
    message = f"Asked for {FEW} draws, your means vary {ratio:z.2f} times as much as means of {FEW} draws should."
    yield Finding("draws", ratio < 0.3, message)
