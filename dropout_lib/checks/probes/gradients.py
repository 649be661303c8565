"""Look at an answer that passes a gradient back: does it agree with finite differences, the mask fixed?"""

import numpy as np

from dropout_lib.checks.grading.results import Unusable, as_arrays, only_rounded
from dropout_lib.checks.grading.running import Finding
from dropout_lib.checks.probes.mask_and_output import exact_numbers


def _slopes(probe, name):
    """Give the finite difference of the loss (output * gradient).sum() for each number of `name`, the mask fixed."""
    nudges = np.eye(probe[name].size).reshape(-1, *probe[name].shape) / 2

    def loss(nudge):
        moved = probe | {name: probe[name] + nudge}
        return ((moved["hidden"] * moved["mask"]) @ moved["weights"] * moved["gradient"]).sum(axis=(1, 2))

    return (loss(nudges) - loss(-nudges)).reshape(probe[name].shape)


def nudged(**probe):
    return _slopes(probe, "hidden"), _slopes(probe, "weights")


def _probe(seed, number, dtype):
    """Make a batch whose every example has kept and dropped neurons, some of both with hidden 0."""
    rng = np.random.default_rng([seed, number])
    order = rng.permuted(np.tile(np.arange(9), (6, 1)), axis=1)
    hidden = np.where(order % 4 == 0, 0, exact_numbers(rng, (6, 9), 0)).astype(dtype)
    weights, gradient = (exact_numbers(rng, shape, -20).astype(dtype) for shape in ((9, 7), (6, 7)))
    return {"hidden": hidden, "weights": weights, "gradient": gradient, "mask": order < 5}


def _pass(answer, probe):
    shapes = {f"{name}_gradient": probe[name].shape for name in ("hidden", "weights")}
    return as_arrays(answer(**probe), **shapes)


def _followed(values, whole):
    """Give the mask that makes `values` of `whole`, or None."""
    kept = np.isclose(values, whole)
    return kept if (kept | np.isclose(values, 0)).all() else None


def _refuse_unlike_calls(probe, results, whole):
    """Refuse, if calls with the same arguments differ; say whether the gradients of each follow one mask or two."""
    if all(
        np.array_equal(*parts, equal_nan=True) for result in results for parts in zip(results[0], result, strict=True)
    ):
        return
    # What weights_gradient takes for hidden can be read off, because there are fewer examples than outputs.
    counted = [np.linalg.pinv(probe["gradient"].T) @ for_weights.T for _, for_weights in results]
    masks = [
        (_followed(for_hidden, whole), _followed(hidden, probe["hidden"]))
        for (for_hidden, _), hidden in zip(results, counted, strict=True)
    ]
    seen, awake = "no masks", probe["hidden"] > 0
    if all(mask is not None for pair in masks for mask in pair):
        seen = "one mask" if all((one == other)[awake].all() for one, other in masks) else "two masks"
    raise Unusable(seen, f"{len(results)} calls with the same arguments gave different gradients.")


def _refuse_other_zeros(probe, for_hidden, whole):
    """Refuse, if hidden_gradient is 0 where hidden is 0, or 0 for the same neurons in every example."""
    kept, awake, mask = probe["mask"], probe["hidden"] > 0, _followed(for_hidden, whole)
    if mask is not None and mask[kept & awake].all() and not mask[kept & ~awake].any():
        raise Unusable("silent", "hidden_gradient is 0 for the kept neurons whose activation is 0.")
    if mask is not None and (mask == mask[0]).all() and 0 < mask.mean() < 1:
        raise Unusable("same for all", "hidden_gradient is 0 for the same neurons in every example.")


def _compared(probe, number, name, lines, values):
    slopes = _slopes(probe, name)
    place = np.unravel_index(np.argmax(np.abs(values - slopes)), slopes.shape)
    message = (
        f"For {lines[0]} {place[0] + 1}, {lines[1]} {place[1] + 1} of {name}_gradient is {values[place]:z.6g}, "
        f"and the finite difference with the mask fixed is {slopes[place]:z.6g}."
    )
    largest = np.unravel_index(np.argmax(np.abs(slopes)), slopes.shape)
    scale = values[largest] / slopes[largest]
    if scale and np.allclose(values, scale * slopes) and not np.allclose(values, slopes):
        message += f" Every number is {scale:z.4g} times what it should be: nothing is scaled here."
    elif only_rounded(values, slopes):
        message += " It is correct to so many digits: leave the rounding out."
    return Finding(f"{name} {number}", values.astype(float), message)


def look_at_passing(answer, seed):
    probe = _probe(seed, 0, float)
    results, whole = [_pass(answer, probe) for _ in range(4)], probe["gradient"] @ probe["weights"].T
    _refuse_unlike_calls(probe, results, whole)
    _refuse_other_zeros(probe, results[0][0], whole)
    for number, dtype in enumerate((float, np.float32)):  # the second time with a different mask
        probe = _probe(seed, number, dtype)
        for_hidden, for_weights = _pass(answer, probe)
        yield _compared(probe, number, "hidden", ("example", "neuron"), for_hidden)
        yield _compared(probe, number, "weights", ("neuron", "output"), for_weights)
