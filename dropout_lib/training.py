"""Minibatch training with fresh masks, of one network or of many seeds at once, and a history to look back on."""

from dataclasses import dataclass, field, replace

import numpy as np

from dropout_lib.masks import check_keep_prob, check_rng
from dropout_lib.network import accuracy
from dropout_lib.updates import Adam, Momentum


@dataclass
class History:
    """What happened: `curves[name]` has one entry an epoch, the untrained network first, shape (epochs + 1, ...)."""

    network: object
    curves: dict
    steps: int
    snapshots: list = field(default_factory=list)
    stopped: int | None = None

    def __repr__(self):
        if self.stopped is not None:
            return f"Stopped after step {self.stopped} of {self.steps}: the history ends there."
        return f"Trained for {self.steps} steps."


@dataclass(frozen=True)
class Snapshot:
    """The network after a step, the masks that it was made with, and how each layer's weights changed in it."""

    step: int
    network: object
    masks: list
    changes: tuple


def train(
    network,
    inputs,
    targets,
    *,
    keep_prob,
    rng,
    epochs,
    batch=25,
    learning_rate=0.02,
    optimiser="momentum",
    momentum=0.9,
    falling=True,
    weight_decay=0.0,
    max_norm=None,
    watch=None,
    snapshots=False,
    progress=None,
):
    """Train a copy of `network` on minibatches, with fresh masks in every step and for every example.

    `keep_prob` holds one number for each layer that hands on, the inputs first; 1.0 is no dropout there; an array of
    the replicas' shape gives each its own. `rng` is a Generator, or a list of them, one a replica, which orders that
    replica's examples and draws its masks, so that a seed's result does not depend on the others.

    `optimiser` is "momentum" (stochastic gradient descent; `momentum` 0 is plain) or "adam" (Kingma and Ba 2015). The
    learning rate falls linearly to 0, or stays if `falling` is False. `max_norm` limits the length of each unit's
    incoming weights (Srivastava et al. 2014). `watch` maps a name to (inputs, labels), whose accuracy, or mean loss if
    it is squared, is noted after every epoch with the masks off. `progress` is called with steps done and in all.

    Raises ValueError or TypeError for data and settings that do not fit, and FloatingPointError, with step and seed, as
    soon as the loss is no longer finite. An interrupt ends the training and keeps the history.
    """
    run = _Run(network, inputs, targets, keep_prob=keep_prob, rng=rng, batch=batch)
    steps = epochs * run.batches
    update = {"momentum": Momentum(momentum), "adam": Adam()}[optimiser]
    history = History(run.network, {name: [run.score(*data)] for name, data in (watch or {}).items()}, steps)
    step = 0
    try:
        for _ in range(epochs):
            for chosen in run.orders():
                masks, slopes = run.slopes(chosen, step)
                rate = learning_rate * (1 - step / steps if falling else 1)
                changes = run.move(update(run.decayed(slopes, weight_decay)), rate, max_norm)
                step += 1
                if progress:
                    progress(step, steps)
            for name, data in (watch or {}).items():
                history.curves[name].append(run.score(*data))
            if snapshots:
                history.snapshots.append(Snapshot(step, run.copy(), masks, changes))
    except KeyboardInterrupt:
        history.stopped = step
    history.curves = {name: np.array(values) for name, values in history.curves.items()}
    return history


class _Run:
    """The network in training, its data and its generators; the arrays are its own and are changed in place."""

    def __init__(self, network, inputs, targets, *, keep_prob, rng, batch):
        self.rngs = rng if isinstance(rng, list | tuple) else [rng]
        for one in self.rngs:
            check_rng(one)
        replicas = (len(self.rngs),) if isinstance(rng, list | tuple) else ()
        self.lead = replicas
        self.network = replace(network, weights=_copies(network.weights), biases=_copies(network.biases))
        self.parameters = [*self.network.weights, *self.network.biases]
        self.inputs, self.targets, self.batch = np.asarray(inputs, float), np.asarray(targets), batch
        _check_data(self.network, self.inputs, self.targets, batch, replicas)
        self.examples = self.inputs.shape[-2]
        self.batches = -(-self.examples // batch)
        self.keep_prob = _by_layer(keep_prob, len(network.weights), replicas)

    def orders(self):
        """Give the examples of each minibatch of one epoch, shape (..., batch)."""
        order = self._each(lambda rng: rng.permutation(self.examples))
        return np.split(order, range(self.batch, self.examples, self.batch), axis=-1)

    def _each(self, draw):
        drawn = [draw(rng) for rng in self.rngs]
        return np.stack(drawn) if self.lead else drawn[0]

    def slopes(self, chosen, step):
        """Draw the masks of one step and give them with the gradients of all parameters."""
        inputs = _taken(self.inputs, chosen, 2)
        targets = _taken(self.targets, chosen, self.targets.ndim - self.inputs.ndim + 2)
        units = [weights.shape[-2] for weights in self.network.weights]
        masks = [
            None if keep is None else self._each(lambda rng, many=many: rng.random((inputs.shape[-2], many))) < keep
            for keep, many in zip(self.keep_prob, units, strict=True)
        ]
        with np.errstate(over="ignore", invalid="ignore"):
            by_weight, by_bias, by_layer = self.network.gradients(
                inputs, targets, masks=masks, keep_prob=self.keep_prob
            )
        finite = np.isfinite(by_layer[-1]).all(axis=(-2, -1))
        if not finite.all():
            seed = self.rngs[int(np.argmin(finite))].bit_generator.seed_seq.entropy
            raise FloatingPointError(
                f"The loss is no longer finite in step {step + 1}, seed {seed}. Take a tenth of the learning rate."
            )
        return masks, [*by_weight, *by_bias]

    def decayed(self, slopes, weight_decay):
        """Add the slope of weight_decay / 2 times the squared weights; biases do not decay."""
        for slope, weights in zip(slopes, self.network.weights if weight_decay else (), strict=False):
            slope[...] += weight_decay * weights
        return slopes

    def move(self, directions, rate, max_norm):
        """Change the parameters in place, and give the changes of the weights."""
        changes = [-rate * direction for direction in directions]
        for parameter, change in zip(self.parameters, changes, strict=True):
            parameter[...] += change
        if max_norm is not None:
            for weights in self.network.weights:
                lengths = np.sqrt((weights**2).sum(axis=-2, keepdims=True))
                weights[...] *= np.minimum(1, max_norm / np.maximum(lengths, max_norm * 1e-9))
        return tuple(changes[: len(self.network.weights)])

    def score(self, inputs, targets):
        """Measure with the masks off: the accuracy, or the mean loss if it is squared."""
        outputs = self.network.predict(inputs)
        if self.network.loss == "softmax":
            return accuracy(outputs, targets)
        return ((outputs - targets) ** 2).sum(axis=-1).mean(axis=-1) / 2

    def copy(self):
        """Give the network as it is now."""
        return replace(self.network, weights=_copies(self.network.weights), biases=_copies(self.network.biases))


def _copies(arrays):
    return tuple(np.array(array, float) for array in arrays)


def _taken(values, chosen, axes):
    """Take the chosen examples, of each replica its own; `axes` are those from the examples' axis on."""
    if values.ndim == axes:
        return values[chosen]
    return np.take_along_axis(values, chosen.reshape(chosen.shape + (1,) * (axes - 1)), axis=-axes)


def _by_layer(keep_prob, layers, lead):
    """Shape each layer's keep_prob to broadcast over (..., examples, units), or None where nothing is dropped."""
    if np.ndim(keep_prob) == 0 or len(keep_prob) != layers:
        raise ValueError(
            f"keep_prob needs a number for each of the {layers} layers that hand on, inputs first, got {keep_prob}. "
            f"To drop half of the hidden units: {(1.0, *[0.5] * (layers - 1))}."
        )
    result = []
    for given in keep_prob:
        for one in np.ravel(given):
            check_keep_prob(one.item())
        shaped = np.broadcast_to(np.asarray(given, float), lead)[..., np.newaxis, np.newaxis]
        result.append(None if (shaped == 1).all() else shaped)
    return result


def _check_data(network, inputs, targets, batch, lead):
    """Raise ValueError for data that do not fit the network, the replicas or each other."""
    wanted = network.weights[0].shape[-2]
    if inputs.ndim not in (2, 2 + len(lead)) or inputs.shape[-1] != wanted:
        raise ValueError(
            f"inputs must have the shape (..., examples, {wanted}), got {inputs.shape}. Put examples in rows."
        )
    if not np.isfinite(inputs).all():
        raise ValueError("inputs must be finite, got NaN or infinity. Look at the computation that made them.")
    if network.weights[0].shape[:-2] != lead:
        raise ValueError(
            f"network has replicas {network.weights[0].shape[:-2]}, got generators for {lead}. Give one to each."
        )
    if not 1 <= batch <= inputs.shape[-2]:
        raise ValueError(f"batch must be from 1 to the {inputs.shape[-2]} examples, got {batch}. Take a smaller batch.")
    rows = inputs.shape[:-1] if network.loss == "softmax" else (*inputs.shape[:-1], network.weights[-1].shape[-1])
    if targets.shape[-len(rows) :][-1] != rows[-1] or targets.ndim not in (len(rows), len(rows) + len(lead)):
        raise ValueError(f"targets must have the shape {rows}, got {targets.shape}. Give one target for each example.")
    if network.loss == "softmax":
        classes = network.weights[-1].shape[-1]
        if targets.dtype.kind not in "iu" or targets.min() < 0 or targets.max() >= classes:
            raise ValueError(
                f"labels must be whole numbers from 0 to {classes - 1}, got {targets.min()} to {targets.max()} of "
                f"{targets.dtype}. Count the classes from 0."
            )
