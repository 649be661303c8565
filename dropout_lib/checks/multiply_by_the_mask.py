"""Checks of page 02: the mask in the forward pass, and the same mask in the backward pass."""

import numpy as np

from dropout_lib.checks.asking import Finding, Unusable, as_array, as_parts
from dropout_lib.checks.draws import as_mask, looks_at_draws
from dropout_lib.checks.recorder import recorder
from dropout_lib.checks.verdict import Exercise
from dropout_lib.masks import draw_mask


def _dropped(activations, keep_prob, rng):
    mask = draw_mask(activations.shape, keep_prob=keep_prob, rng=rng)
    return activations * mask, mask


def returned_another_mask(activations, keep_prob, rng):
    """The mask you return is not the one that silenced the output. Which of them will the backward pass need?"""
    return _dropped(activations, keep_prob, rng)[0], _dropped(activations, keep_prob, rng)[1]


def mask_from_zeros(activations, keep_prob, rng):
    """Where an activation is 0 anyway, your mask never changes. Does a zero tell whether a neuron was dropped?"""
    output, _ = _dropped(activations, keep_prob, rng)
    return output, output != 0


def whole_examples_dropped(activations, keep_prob, rng):
    """Whole examples are kept or silent, never single neurons. How many numbers must be drawn for one example?"""
    mask = draw_mask((len(activations), 1), keep_prob=keep_prob, rng=rng)
    return activations * mask, mask


def one_mask_for_the_batch(activations, keep_prob, rng):
    """Every example lost the same neurons. How many numbers must be drawn if each is to have a mask of its own?"""
    mask = draw_mask(activations.shape[-1], keep_prob=keep_prob, rng=rng)
    return activations * mask, mask


def changed_the_input(activations, keep_prob, rng):
    """The activations that came in were changed: run twice, the cell drops twice. Which line writes into them?"""
    mask = draw_mask(activations.shape, keep_prob=keep_prob, rng=rng)
    activations *= mask
    return activations, mask


def kept_and_dropped_exchanged(activations, keep_prob, rng):
    """At keep_prob 0.3 about 70 % of the neurons stay, at 0.8 about 20 %. Is keep_prob the chance to stay or to go?"""
    mask = rng.random(activations.shape) > keep_prob
    return activations * mask, mask


def scaled_already(activations, keep_prob, rng):
    """The kept neurons come out divided by keep_prob. That is the next page: here a kept activation stays as it is."""
    output, mask = _dropped(activations, keep_prob, rng)
    return output / keep_prob, mask


def returned_only_the_output(activations, keep_prob, rng):
    """One array came back, and two are asked for. How will the backward pass know which neurons were dropped?"""
    return _dropped(activations, keep_prob, rng)[0]


def _numbers(rng, shape, lowest):
    """Give numbers that never repeat and are never 0 or 1. As sixteenths they and their sums are exact in float32."""
    return (rng.permutation(int(np.prod(shape))).reshape(shape) + lowest + 0.5) / 8


def _arrays(asked, result, **shapes):
    """Give the parts of a result as arrays, if they are those asked for and the arguments were left alone."""
    parts = as_parts(result, list(shapes))
    arrays = [as_array(part, f"For {name} your function") for name, part in zip(shapes, parts, strict=True)]
    if asked.changed:
        raise Unusable("changed", f"After the call, {asked.changed} was not what it had been before.")
    if list(shapes.values()) == [array.shape for array in arrays[::-1]] != [array.shape for array in arrays]:
        raise Unusable("order", f"The parts came back in another order. Return {' and then '.join(shapes)}.")
    for array, (name, shape) in zip(arrays, shapes.items(), strict=True):
        if shape not in (array.shape, None):
            raise Unusable("shape", f"{name} has shape {array.shape}, where {shape} was asked for.")
    return arrays


def _drop(asked, activations, keep_prob, rng):
    """Ask once, and give (output, mask, activations, keep_prob)."""
    result = asked(activations=activations, keep_prob=keep_prob, rng=rng)
    _refuse_one_array(result, activations.shape)
    output, mask = _arrays(asked, result, output=activations.shape, mask=None)
    if np.isin(output, (0, 1)).all() and not np.isin(mask, (0, 1)).all():
        raise Unusable("order", "The first value holds only 0 and 1, the second does not. Return output, then mask.")
    if mask.shape in ((len(output), 1), (1, output.shape[1]), output.shape[1:]):
        mask = np.broadcast_to(mask, output.shape)  # the draws then show what such a mask does
    if np.isin(mask, (0, 1 / keep_prob)).all() and np.allclose(output, activations * mask):
        mask = mask != 0  # a scale inside the mask is found in the output
    return output, as_mask(mask, output.shape, rng), activations, keep_prob


def _refuse_one_array(result, shape):
    if isinstance(result, tuple | list) and len(result) > 0 and all(part is None for part in result[1:]):
        result = result[0]
    if isinstance(result, np.ndarray) and result.shape == shape:
        name = "mask" if np.isin(result, (0, 1)).all() else "output"
        raise Unusable(f"{name} alone", f"The {name} came back alone. Return output and mask, separated by a comma.")


def _refuse_other_outputs(calls):
    """Refuse, unless each output is activations * mask. Calls that are right by chance do not hide the reason."""
    reasons = [_reason(*call) for call in calls]
    amiss = [number for number, reason in enumerate(reasons) if reason]
    if not amiss:
        return
    output, mask, activations, keep_prob = calls[amiss[0]]
    place = np.unravel_index(np.argmin(np.isclose(output, activations * mask)), mask.shape)
    raise Unusable(
        reasons[amiss[0]] if len(set(reasons) - {None}) == 1 else "several reasons",
        f"At keep_prob {keep_prob} your mask {'keeps' if mask[place] else 'drops'} neuron {place[1] + 1} of example "
        f"{place[0] + 1}: its activation is {activations[place]:.3g}, its output {output[place] + 0.0:.3g}.",
    )


def _reason(output, mask, activations, keep_prob):
    if np.allclose(output, activations * mask):
        return None
    if np.allclose(output, activations * mask / keep_prob):
        return "scaled"
    silent, heard, told = output == 0, np.isclose(output, activations), activations != 0
    if not (silent | heard).all() or heard.all() or (silent == mask)[told].all():
        return "another number"
    return "another mask"


def _refuse_fixed_zeros(calls):
    """Refuse, if the mask of silent neurons is the same in all draws and that of others is not."""
    masks, silent = np.array([mask for _, mask, *_ in calls]), calls[0][2] == 0
    varies = np.any([(half != half[0]).any(axis=0) for half in np.split(masks, 2)], axis=0)  # a half has one keep_prob
    if not varies[silent].any() and varies[~silent].mean() > 0.5:
        raise Unusable("zeros", "In 12 draws the mask of the neurons whose activation is 0 never changed.")


def _look_at_dropping(asked, seed):
    activations = _numbers(np.random.default_rng(seed), (6, 8), -15)
    activations.flat[np.random.default_rng(seed).permutation(48)[:6]] = 0
    rngs = (recorder(seed, 5000 + number) for number in range(14))
    calls = [_drop(asked, activations, keep_prob, next(rngs)) for keep_prob in [0.3] * 6 + [0.8] * 6]
    _refuse_other_outputs(calls)
    _refuse_fixed_zeros(calls)
    for other in activations.astype(np.float32), (16 * activations).astype(int):
        _refuse_other_outputs([_drop(asked, other, 0.3, next(rngs))])

    def draw(shape, keep_prob, rng):
        batch = _numbers(np.random.default_rng(seed), shape if len(shape) > 1 else (1, *shape), -15)
        call = _drop(asked, batch, keep_prob, rng)
        _refuse_other_outputs([call])
        return call[1].reshape(shape)

    for finding in looks_at_draws(draw, seed):
        # Here a comparison turned round and a rate in it are one mistake.
        yield finding._replace(seen=finding.seen[0]) if finding.looked_at == "share" else finding


drop_neurons = Exercise(
    _look_at_dropping,
    references=[_dropped],
    mistakes=[
        returned_another_mask,
        mask_from_zeros,
        whole_examples_dropped,
        one_mask_for_the_batch,
        changed_the_input,
        kept_and_dropped_exchanged,
        scaled_already,
        returned_only_the_output,
    ],
    praise="In every draw the output was the activations times the mask that came back with it.",
)


def _slopes(probe, name):
    """Give the finite difference of the loss (output * gradient).sum() for each number of `name`, the mask held."""
    nudges = np.eye(probe[name].size).reshape(-1, *probe[name].shape) / 2

    def loss(nudge):
        moved = probe | {name: probe[name] + nudge}
        return ((moved["hidden"] * moved["mask"]) @ moved["weights"] * moved["gradient"]).sum(axis=(1, 2))

    return (loss(nudges) - loss(-nudges)).reshape(probe[name].shape)


def _nudged(**probe):
    return _slopes(probe, "hidden"), _slopes(probe, "weights")


def _back(hidden, weights, gradient, for_hidden, for_weights):
    return gradient @ weights.T * for_hidden, (hidden * for_weights).T @ gradient


def _another(mask):
    return draw_mask(mask.shape, keep_prob=0.5, rng=np.random.default_rng())


def no_mask_for_hidden(hidden, weights, gradient, mask):
    """hidden_gradient is not 0 for dropped neurons. With the mask held, does nudging one change the output?"""
    return _back(hidden, weights, gradient, 1, mask)


def no_mask_for_weights(hidden, weights, gradient, mask):
    """In weights_gradient dropped neurons count too. What did such a neuron pass on to the output of its example?"""
    return _back(hidden, weights, gradient, mask, 1)


def no_mask_anywhere(hidden, weights, gradient, mask):
    """Both gradients are those of a network that drops nobody. Where in the forward pass did the mask act?"""
    return _back(hidden, weights, gradient, 1, 1)


def trained_the_dropped(hidden, weights, gradient, mask):
    """Both gradients reach the dropped neurons, and none that was kept. What does True in the mask stand for?"""
    return _back(hidden, weights, gradient, ~mask, ~mask)


def fresh_mask(hidden, weights, gradient, mask):
    """The same arguments gave other gradients in another call, by a mask of their own. Which mask made the output?"""
    other = _another(mask)
    return _back(hidden, weights, gradient, other, other)


def two_masks(hidden, weights, gradient, mask):
    """The two gradients follow two masks, and change from call to call. How many masks had the forward pass?"""
    return _back(hidden, weights, gradient, _another(mask), _another(mask))


def mask_from_zeros(hidden, weights, gradient, mask):
    """Kept neurons whose activation is 0 get no gradient. With the mask held, would nudging one change the output?"""
    return _back(hidden, weights, gradient, hidden != 0, hidden != 0)


def masked_the_weights(hidden, weights, gradient, mask):
    """hidden_gradient leaves out the same neurons for all examples, as masked weights do. How many rows has mask?"""
    thin = mask[:1].T
    return gradient @ (weights * thin).T, hidden.T @ gradient * thin


def swapped_order(hidden, weights, gradient, mask):
    """The first result has the shape of weights, the second that of hidden. In which order were they asked for?"""
    return _back(hidden, weights, gradient, mask, mask)[::-1]


def changed_the_input(hidden, weights, gradient, mask):
    """An array that came in was changed by the call, and the next step begins from it. Which line writes into it?"""
    hidden *= mask
    return _back(hidden, weights, gradient, mask, mask)


def _probe(seed, number, dtype):
    """Make a batch whose every example has kept and dropped neurons, and silent ones (hidden is 0) among both."""
    rng = np.random.default_rng([seed, number])
    order = rng.permuted(np.tile(np.arange(9), (6, 1)), axis=1)
    hidden = np.where(order % 4 == 0, 0, _numbers(rng, (6, 9), 0)).astype(dtype)
    weights, gradient = (_numbers(rng, shape, -20).astype(dtype) for shape in ((9, 7), (6, 7)))
    return {"hidden": hidden, "weights": weights, "gradient": gradient, "mask": order < 5}


def _pass(asked, probe):
    shapes = {f"{name}_gradient": probe[name].shape for name in ("hidden", "weights")}
    return _arrays(asked, asked(**probe), **shapes)


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
    """Refuse, if hidden_gradient is silent where hidden is, or silent for the same neurons in every example."""
    kept, awake, mask = probe["mask"], probe["hidden"] > 0, _followed(for_hidden, whole)
    if mask is not None and mask[kept & awake].all() and not mask[kept & ~awake].any():
        raise Unusable("silent", "hidden_gradient is 0 for the kept neurons whose activation is 0.")
    if mask is not None and (mask == mask[0]).all() and 0 < mask.mean() < 1:
        raise Unusable("same for all", "hidden_gradient is 0 for the same neurons in every example.")


def _compared(probe, number, name, lines, values):
    slopes = _slopes(probe, name)
    place = np.unravel_index(np.argmax(np.abs(values - slopes)), slopes.shape)
    words = (
        f"For {lines[0]} {place[0] + 1}, {lines[1]} {place[1] + 1} of {name}_gradient is {values[place] + 0.0:.3g}, "
        f"and the finite difference with the mask held is {slopes[place] + 0.0:.3g}."
    )
    return Finding(f"{name} {number}", values.astype(float), words)


def _look_at_passing(asked, seed):
    probe = _probe(seed, 0, float)
    results, whole = [_pass(asked, probe) for _ in range(4)], probe["gradient"] @ probe["weights"].T
    _refuse_unlike_calls(probe, results, whole)
    _refuse_other_zeros(probe, results[0][0], whole)
    for number, dtype in enumerate((float, np.float32)):  # the second time with another mask
        probe = _probe(seed, number, dtype)
        for_hidden, for_weights = _pass(asked, probe)
        yield _compared(probe, number, "hidden", ("example", "neuron"), for_hidden)
        yield _compared(probe, number, "weights", ("neuron", "output"), for_weights)


pass_back = Exercise(
    _look_at_passing,
    references=[_nudged],
    mistakes=[
        no_mask_for_hidden,
        no_mask_for_weights,
        no_mask_anywhere,
        trained_the_dropped,
        fresh_mask,
        two_masks,
        mask_from_zeros,
        masked_the_weights,
        swapped_order,
        changed_the_input,
    ],
    praise="Both gradients agree with finite differences taken with the mask held.",
)
