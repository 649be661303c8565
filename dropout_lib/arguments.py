"""Every rule about an argument, once: a message says what was wrong, what was given and what to do."""

import types
from numbers import Integral, Real

import numpy as np


def shown(value):
    """Write a value into a message as Python has it: -1.0 for np.float64(-1.0)."""
    return repr(value.item() if isinstance(value, np.generic) else value)


def check_keep_prob(keep_prob):
    """Raise unless `keep_prob` is one real number in (0, 1]."""
    if isinstance(keep_prob, bool) or not isinstance(keep_prob, Real):
        raise TypeError(
            f"keep_prob must be one number in (0, 1], got {shown(keep_prob)}. "
            "To drop 20% of the neurons, keep_prob = 0.8."
        )
    if not 0 < keep_prob <= 1:
        raise ValueError(f"keep_prob must be in (0, 1], got {shown(keep_prob)}. {_advice(keep_prob)}")


def _advice(keep_prob):
    if keep_prob == 0:
        return "At 0 no neuron is left to scale up. To drop 80% of the neurons, keep_prob = 0.2."
    if 2 <= keep_prob <= 100:
        return f"Is it in percent? Then keep_prob = {float(keep_prob) / 100:g}."
    if str(keep_prob) == "nan":
        return "It is not a number: look at the computation that made it."
    return "To drop 20% of the neurons, keep_prob = 0.8."


def check_rng(rng):
    """Raise unless `rng` is a np.random.Generator."""
    if isinstance(rng, np.random.Generator):
        return
    if isinstance(rng, Integral) and not isinstance(rng, bool):
        given, advice = f"the seed {rng}", f"Make one, once, with rng = np.random.default_rng({rng}), and pass it on."
    else:
        given = "the global np.random" if isinstance(rng, types.ModuleType) else f"{type(rng).__name__} {rng!r}"
        advice = "Make one, once, with rng = np.random.default_rng(0), and pass it on."
    raise TypeError(f"rng must be a np.random.Generator, got {given}. {advice}")


def check_numbers(activations):
    """Raise unless the array holds numbers, or Booleans."""
    if not np.issubdtype(activations.dtype, np.number) and activations.dtype != bool:
        raise TypeError(f"activations must be numbers, got an array of {activations.dtype}. Convert it first.")


def check_mask(activations, mask):
    """Raise unless `mask` is Boolean and the product has the shape of `mask` or of `activations`, which are numbers."""
    check_numbers(activations)
    if mask.dtype != bool:
        raise TypeError(f"mask must be Boolean, True = kept, got {mask.dtype}. Compare: rng.random(shape) < keep_prob.")
    try:
        fits = np.broadcast_shapes(activations.shape, mask.shape) in (activations.shape, mask.shape)
    except ValueError:
        fits = False
    if not fits:
        raise ValueError(
            f"mask of shape {mask.shape} does not fit activations of shape {activations.shape}. "
            f"Draw it with draw_mask({activations.shape}, keep_prob=..., rng=...)."
        )


def check_number(name, given, fits, wanted, *, kind=Real):
    """Raise TypeError unless `given` is a number of this kind, ValueError unless it fits."""
    if not isinstance(given, kind) or not fits(given):
        error = ValueError if isinstance(given, Real) else TypeError
        raise error(f"{name} must be {wanted}, got {shown(given)}.")


def keep_probs_by_layer(network, keep_prob):
    """Give keep_prob as a list with one entry, a number or an array, for each layer but the last; raise otherwise."""
    layers = len(network.weights)
    if not isinstance(keep_prob, list | tuple | np.ndarray) or len(keep_prob) != layers:
        raise ValueError(
            f"keep_prob needs a number for each of the {layers} layers but the last, inputs first, got {keep_prob}. "
            f"To drop half of the hidden neurons: {(1.0, *[0.5] * (layers - 1))}."
        )
    for given in keep_prob:
        for one in np.ravel(given).tolist():
            check_keep_prob(one)
    return list(keep_prob)


def check_inputs(network, inputs, *, name=""):
    """Give inputs as an array; raise ValueError unless they are finite and fit the network and its replicas."""
    inputs = np.asarray(inputs, float)
    *lead, features, _ = network.weights[0].shape
    if inputs.ndim < 2 or inputs.shape[-1] != features or inputs.shape[:-2] not in ((), tuple(lead)):
        raise ValueError(
            f"{name}inputs must have the shape {_shape(tuple(lead), 'examples', features)}, got {inputs.shape}. "
            "Put examples in rows."
        )
    if not np.isfinite(inputs).all():
        raise ValueError(f"{name}inputs must be finite, got NaN or infinity. Look at the computation that made them.")
    return inputs


def check_examples(network, inputs, targets, *, name=""):
    """Give inputs and targets as arrays; raise ValueError unless they fit the network, its replicas and each other.

    With replicas, both may have their axes, or be shared. `name` says in the message which data they are.
    """
    inputs, targets = check_inputs(network, inputs, name=name), np.asarray(targets)
    if inputs.shape[-2] == 0:
        raise ValueError(f"{name}inputs have no example, shape {inputs.shape}. Give one row for each.")
    lead, outputs = network.weights[0].shape[:-2], network.weights[-1].shape[-1]
    rows = (inputs.shape[-2],) if network.loss == "softmax" else (inputs.shape[-2], outputs)
    if targets.shape not in (rows, lead + rows):
        raise ValueError(
            f"{name}targets must have the shape {_shape(lead, *rows)}, got {targets.shape}. "
            "Give one target for each example."
        )
    if network.loss == "softmax":
        _check_labels(targets, outputs, name)
    elif not np.isfinite(targets).all():
        raise ValueError(f"{name}targets must be finite, got NaN or infinity. Look at the computation that made them.")
    return inputs, targets


def _check_labels(labels, classes, name):
    if labels.dtype.kind not in "iu":
        got, advice = f"an array of {labels.dtype}", "Convert them with labels.astype(int)."
    elif labels.size and not 0 <= labels.min() <= labels.max() < classes:
        got, advice = f"{labels.min()} to {labels.max()}", "Count the classes from 0."
    else:
        return
    raise ValueError(f"{name}labels must be whole numbers from 0 to {classes - 1}, got {got}. {advice}")


def _shape(lead, *rest):
    one = f"({', '.join(map(str, rest))}{',' if len(rest) == 1 else ''})"
    return f"{one} or ({', '.join(map(str, lead + rest))})" if lead else one


def one_keep_prob_by_layer(network, keep_prob):
    """Give keep_prob as a list of one number for each layer but the last; raise for anything else."""
    for one in keep_probs_by_layer(network, keep_prob):
        check_keep_prob(one)  # an array, as training may have one for each replica, would not do here
    return list(keep_prob)


def check_layer_masks(network, inputs, masks):
    """Raise unless masks has None, or a Boolean array of that layer's own shape, for each layer but the last.

    With leading axes, as for many masks at once, the examples' axis may have length 1.
    """
    layers = [weights.shape[-2] for weights in network.weights]
    if not isinstance(masks, list | tuple) or len(masks) != len(layers):
        given = f"{len(masks)} entries" if isinstance(masks, list | tuple) else f"a {type(masks).__name__}"
        raise ValueError(
            f"masks needs an entry, which may be None, for each of the {len(layers)} layers but the last, inputs "
            f"first, got {given}. To mask the hidden layers alone: masks=[None, ...]."
        )
    lead = np.broadcast_shapes(network.weights[0].shape[:-2], inputs.shape[:-2])
    given = [(layer, np.asarray(mask)) for layer, mask in enumerate(masks) if mask is not None]
    for layer, mask in given:
        wanted = (*lead, inputs.shape[-2], layers[layer])
        if mask.dtype != bool:
            advice = "Compare: rng.random(shape) < keep_prob."
            raise TypeError(f"masks must be Boolean, True = kept, got {mask.dtype} for layer {layer}. {advice}")
        if not _fits(mask.shape, wanted):
            raise ValueError(
                f"the mask of layer {layer} must have the shape {wanted}, one entry for every neuron of every example, "
                f"got {mask.shape}. Draw it with draw_mask({wanted}, keep_prob=..., rng=...)."
            )


def _fits(shape, wanted):
    """Say whether a mask has the shape wanted, perhaps with more leading axes, and then 1 for the examples."""
    own = shape[-2:] == wanted[-2:] or (len(shape) > 2 and shape[-2:] == (1, wanted[-1]))
    try:
        return own and len(np.broadcast_shapes(shape[:-2], wanted[:-2])) >= 0
    except ValueError:
        return False


def check_labels_of(examples, labels):
    """Raise ValueError unless there is one label for each example; `examples` is their shape, with leading axes."""
    given = np.shape(labels)
    if not given or given != examples[len(examples) - len(given) :]:
        raise ValueError(
            f"labels must have the shape {examples}, one for each example, got {given}. A column of labels would be "
            "compared with every example: take labels.ravel()."
        )
