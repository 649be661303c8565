"""Read what comes back as a multiple of what went in: for which neurons, and by which factor."""

from typing import NamedTuple

import numpy as np

from dropout_lib.checks.grading.results import Unusable, as_array, as_parts, decimals_words
from dropout_lib.checks.grading.running import Finding
from dropout_lib.ensemble import all_masks, mask_probabilities

SHAPE = (5, 6)
SURVIVORS = {0.3: 12, 0.8: 21, 1.0: 30}  # of 30: not the share keep_prob, or dividing by the share would look correct
THREE = np.array([[1.0, 2.0, -4.0]])


class Wanted(NamedTuple):
    """A part that is to come back: the array that it is a multiple of, for which neurons, and its name."""

    made_of: str
    neurons: str
    when: str
    named: str


class Probe(NamedTuple):
    """The arguments of one call of an answer, and the words for them."""

    where: str
    activations: np.ndarray
    gradient: np.ndarray
    mask: np.ndarray
    keep_prob: float


class Part(NamedTuple):
    """One returned array, as it was read."""

    made_of: str
    neurons: str
    factor: float


class Call(NamedTuple):
    """A probe, the arrays that came back, and how they were read."""

    probe: Probe
    arrays: list
    parts: list


def look_at_factors(answer, seed, wanted, scales):
    """Yield the findings, up to the first step in which one is wrong: the neurons, then `scales(answer, calls)`.

    `scales`, as each step, yields a finding and whether it is fine. An answer that fails on the plain probes, keep_prob
    0.3 and 0.8, is not asked with float32, with whole numbers and with keep_prob 1. Returns whether all that was fine.
    """
    for probes in _stages(seed):
        calls = [_call(answer, probe, wanted) for probe in probes]
        for step in (_neurons(calls, wanted), scales(answer, calls)):
            found = []
            for finding, fine in step:
                yield finding
                found.append(fine)
            if not all(found):
                return False
    probe = _probe(seed, 4, 1.0)
    for part, values in zip(wanted, ask(answer, probe, wanted), strict=True):
        yield Finding(f"whole{part.when}", values.astype(float), _misfit(probe, values, part))
    return True


def _stages(seed):
    yield [_probe(seed, 0, 0.3), _probe(seed, 1, 0.8)]
    yield [_probe(seed, 2, 0.3, "With float32 activations, at", np.float32)]
    yield [_probe(seed, 3, 0.8, "With whole-number activations, at", int)]


def _probe(seed, number, keep_prob, message="At", dtype=float):
    """Make a batch in which a kept and a dropped activation are 0, and all the rest differ and are not whole."""
    rng = np.random.default_rng([seed, number])
    first = keep_prob == 1 or number % 2 == 1  # the first neuron is dropped in one probe and kept in the next
    mask = np.append(first, rng.permutation(np.arange(29) < SURVIVORS[keep_prob] - first)).reshape(SHAPE)
    activations, gradient = ((rng.permutation(30).reshape(SHAPE) - 9.5) / 4 for _ in range(2))
    for group in (mask, ~mask):
        activations[tuple(rng.permutation(np.argwhere(group))[:1].T)] = 0
    stretch = 8 if dtype is int else 1
    activations, gradient = ((stretch * array).astype(dtype) for array in (activations, gradient))
    return Probe(f"{message} keep_prob {keep_prob}", activations, gradient, mask, keep_prob)


def _call(answer, probe, wanted):
    arrays = ask(answer, probe, wanted)
    return Call(probe, arrays, [_read(values, probe) for values in arrays])


def ask(answer, probe, wanted):
    """Ask once, and give the arrays that came back, if they can be judged."""
    given = {"activations": probe.activations, "mask": probe.mask, "keep_prob": probe.keep_prob}
    if len(wanted) == 1:
        arrays = [as_array(answer(**given))]
    else:
        result = answer(gradient=probe.gradient, **given)
        if type(result) is np.ndarray and len(result) == len(wanted):
            result = list(result)
        parts = as_parts(result, [part.named for part in wanted])
        arrays = [as_array(each, f"For {part.named} your function") for each, part in zip(parts, wanted, strict=True)]
    for array in arrays:
        if array.shape != probe.mask.shape:
            raise Unusable(
                "shape", f"For a mask of shape {probe.mask.shape} an array of shape {array.shape} came back."
            )
    return arrays


def _read(values, probe):
    """Read an array as made of the activations or of the gradient, with one factor for kept, and one for dropped."""
    for made_of in ("activations", "gradient"):
        base = getattr(probe, made_of)
        kept, dropped = (
            values[some][0] / base[some][0] for some in (probe.mask & (base != 0), ~probe.mask & (base != 0))
        )
        if np.allclose(values, base * np.where(probe.mask, kept, dropped), rtol=1e-6, atol=1e-9):
            return Part(made_of, _neurons_of(kept, dropped), kept)
    whole = probe.activations.dtype == int and (values == np.rint(values)).all()
    return Part("another array", "whole numbers" if whole else "", np.nan)


def _neurons_of(kept, dropped):
    if kept and np.isclose(kept, dropped, rtol=1e-6):
        return "all"
    seen = abs(kept) > 1e-9, abs(dropped) > 1e-9
    return {(True, False): "kept", (False, True): "dropped"}.get(seen, "others")


def _neurons(calls, wanted):
    """Find, for each part, whether it is made of the correct array, and for the correct neurons."""
    _refuse_another_order(calls[0].parts, wanted)
    for place, part in enumerate(wanted):
        seen = tuple(call.parts[place][:2] for call in calls)
        differing = [
            _misfit(call.probe, call.arrays[place], part) for call in calls if call.parts[place][:2] != part[:2]
        ]
        yield Finding(f"neurons{part.when}", seen, differing[0] if differing else ""), not differing


def _refuse_another_order(parts, wanted):
    kinds, right = [part[:2] for part in parts], [part[:2] for part in wanted]
    if kinds != right and sorted(kinds) == sorted(right):
        order = ", then ".join(part.named for part in wanted)
        raise Unusable("order", f"The parts came back in a different order. Return {order}.")


def _misfit(probe, values, part):
    """Say which dropped neuron is not 0, or which two neurons were not treated alike."""
    base, group = getattr(probe, part.made_of), probe.mask | (part.neurons == "all")

    def change(place):
        row, column = np.unravel_index(place, SHAPE)
        return f"{base.flat[place]:z.6g} becomes {values.flat[place]:z.6g} (neuron {column + 1} of example {row + 1})"

    nonzero = np.flatnonzero(~group & (values != 0))
    if nonzero.size:
        return f"{probe.where}{part.when}, a dropped neuron is not 0: {change(nonzero[0])}."
    one = np.flatnonzero(group & (base != 0))[0]
    differences = group & ~np.isclose(values, base * (values.flat[one] / base.flat[one]), rtol=1e-6)
    others = [place for place in np.flatnonzero(differences) if place != one]
    factors = [f"{values.flat[place] / base.flat[place]:z.4g}" for place in [one, *others[:1]] if base.flat[place]]
    end = f": times {' here, times '.join(factors)} there. One factor was asked for." if len(set(factors)) > 1 else "."
    rounded = decimals_words(values)
    if rounded and np.ptp(np.array(factors, float)) < 0.05:
        end = f". {rounded}"
    return f"{probe.where}{part.when}, {' and '.join(map(change, [one, *others[:1]]))}{end}"


def averages(answer, keep_prob, wanted):
    """Give the mean of each part over all masks of THREE, each called by itself, shape (parts, 3)."""
    masks = all_masks(3)
    parts = [ask(answer, Probe("", THREE, THREE, mask[np.newaxis], keep_prob), wanted) for mask in masks]
    return np.tensordot(mask_probabilities(masks, keep_prob=keep_prob), np.array(parts), 1)[:, 0]


def averages_of_two(answer, keep_prob, wanted):
    """Give the mean of each part for the activation 2, or NaN where a mask that drops all is too much for it."""
    try:
        return averages(answer, keep_prob, wanted)[:, 1]
    except Exception:  # noqa: BLE001 - the answer is wrong anyway, and only the words would say more
        return np.full(len(wanted), np.nan)


def over_all(keep_prob):
    """Begin the sentence about a mean over all masks."""
    return f"Over all 8 masks of three neurons at keep_prob {keep_prob}, the mean of the activation"
