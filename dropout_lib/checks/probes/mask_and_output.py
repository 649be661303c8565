"""Look at an answer that draws a mask and gives the output with it: do the two belong together?"""

import numpy as np

from dropout_lib.checks.grading.recording_rng import as_mask, recording_rng
from dropout_lib.checks.grading.results import Unusable, as_arrays
from dropout_lib.checks.probes.mask_draws import observe_mask_draws


def exact_numbers(rng, shape, lowest):
    """Give numbers that never repeat and are never 0 or 1. As sixteenths they and their sums are exact in float32."""
    return (rng.permutation(int(np.prod(shape))).reshape(shape) + lowest + 0.5) / 8


def _drop(answer, activations, keep_prob, rng):
    """Ask once, and give (output, mask, activations, keep_prob)."""
    result = answer(activations=activations, keep_prob=keep_prob, rng=rng)
    _refuse_one_array(result, activations.shape)
    output, mask = as_arrays(result, output=activations.shape, mask=None)
    if np.isin(output, (0, 1)).all() and not np.isin(mask, (0, 1)).all():
        raise Unusable("order", "The first value holds only 0 and 1, the second does not. Return output, then mask.")
    if mask.shape in ((len(output), 1), (1, output.shape[1]), output.shape[1:]):
        mask = np.broadcast_to(mask, output.shape)  # the draws then show what such a mask does
    if (
        mask.shape == output.shape
        and not np.isin(mask, (0, 1)).all()
        and _equal(output, activations * (mask < keep_prob))
    ):
        raise Unusable(
            "numbers", "The random numbers came back in place of the mask. Return the result of comparing them."
        )
    if np.isin(mask, (0, 1 / keep_prob)).all() and np.allclose(output, activations * mask):
        mask = mask != 0  # a scale inside the mask is found in the output
    return output, as_mask(mask, output.shape, rng), activations, keep_prob


def _equal(output, wanted):
    return np.allclose(output, wanted) and not np.allclose(wanted, 0)


def _refuse_one_array(result, shape):
    if isinstance(result, tuple | list) and len(result) > 0 and all(part is None for part in result[1:]):
        result = result[0]
    if isinstance(result, np.ndarray) and result.shape == shape:
        name = "mask" if np.isin(result, (0, 1)).all() else "output"
        raise Unusable(f"{name} alone", f"The {name} came back alone. Return output and mask, separated by a comma.")


def _refuse_other_outputs(calls):
    """Refuse, unless each output is activations * mask. Calls that are correct by chance do not hide the reason."""
    reasons = [_reason(*call) for call in calls]
    differing = [number for number, reason in enumerate(reasons) if reason]
    if not differing:
        return
    output, mask, activations, keep_prob = calls[differing[0]]
    place = np.unravel_index(np.argmin(np.isclose(output, activations * mask)), mask.shape)
    raise Unusable(
        reasons[differing[0]] if len(set(reasons) - {None}) == 1 else "several reasons",
        f"At keep_prob {keep_prob} your mask {'keeps' if mask[place] else 'drops'} neuron {place[1] + 1} of example "
        f"{place[0] + 1}: its activation is {activations[place]:z.3g}, its output {output[place]:z.3g}.",
    )


def _reason(output, mask, activations, keep_prob):
    if np.allclose(output, activations * mask):
        return None
    if np.allclose(output, activations * mask / keep_prob):
        return "scaled"
    if np.allclose(output, np.maximum(activations, 0) * mask):
        return "negative ones lost"
    zero, passed, active = output == 0, np.isclose(output, activations), activations != 0
    if not (zero | passed).all() or passed.all() or (zero == mask)[active].all():
        return "another number"
    return "another mask"


def _refuse_fixed_zeros(calls):
    """Refuse, if the mask of neurons whose activation is 0 is the same in all draws, and that of the rest is not."""
    masks, zero = np.array([mask for _, mask, *_ in calls]), calls[0][2] == 0
    varies = np.any([(half != half[0]).any(axis=0) for half in np.split(masks, 2)], axis=0)  # a half has one keep_prob
    if not varies[zero].any() and varies[~zero].mean() > 0.5:
        raise Unusable("zeros", "In 12 draws the mask of the neurons whose activation is 0 never changed.")


def look_at_dropping(answer, seed):
    activations = exact_numbers(np.random.default_rng(seed), (6, 8), -15)
    activations.flat[np.random.default_rng(seed).permutation(48)[:6]] = 0
    rngs = (recording_rng(seed, 5000 + number) for number in range(14))
    calls = [_drop(answer, activations, keep_prob, next(rngs)) for keep_prob in [0.3] * 6 + [0.8] * 6]
    if all(np.array_equal(mask, given < keep_prob) for _, mask, given, keep_prob in calls):
        raise Unusable(
            "follows", "Your mask follows the activations, and not random numbers: draw one for each neuron."
        )
    _refuse_other_outputs(calls)
    _refuse_fixed_zeros(calls)
    for other in activations.astype(np.float32), (16 * activations).astype(int):
        _refuse_other_outputs([_drop(answer, other, 0.3, next(rngs))])

    def draw(shape, keep_prob, rng):
        batch = exact_numbers(np.random.default_rng(seed), shape if len(shape) > 1 else (1, *shape), -15)
        call = _drop(answer, batch, keep_prob, rng)
        _refuse_other_outputs([call])
        return call[1].reshape(shape)

    for finding in observe_mask_draws(draw, seed):
        # Here a comparison turned round and a rate in it are one mistake.
        yield finding._replace(value=finding.value[0]) if finding.aspect == "share" else finding
