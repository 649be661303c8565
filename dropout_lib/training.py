"""Minibatch training with fresh masks, of one network or of many seeds at once, and a history to look back on."""

from dataclasses import dataclass
from numbers import Integral

import numpy as np

from dropout_lib.arguments import check_examples, check_number, check_rng, keep_probs_by_layer
from dropout_lib.network import accuracy
from dropout_lib.optimisers import Update

ROWS = 100  # so many examples are scored at once: what a layer passes on then fits into the processor's cache


@dataclass
class History:
    """What happened: `curves[name]` has one entry an epoch, the untrained network first, shape (epochs + 1, ...)."""

    network: object
    curves: dict
    steps: int
    snapshots: list
    stopped: int | None

    def __repr__(self):
        if self.stopped is not None:
            return f"Stopped after step {self.stopped} of {self.steps}: the history ends there."
        return f"Trained for {self.steps} steps."


@dataclass(frozen=True)
class Snapshot:
    """The network after a step, the masks that it was made with, and how it moved each layer's weights.

    `masks` has one entry or None for each layer; `changes` are those before max-norm.
    """

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

    `keep_prob` has one number for each layer but the last, the inputs first; 1.0 is no dropout there; an array of the
    replicas' shape gives each its own. `rng` is a Generator, or a list of them, one for each replica, which orders that
    replica's examples and draws its masks, so that a seed's result does not depend on the other seeds.

    `optimiser` is "momentum" (stochastic gradient descent; `momentum` 0 is plain) or "adam" (Kingma and Ba 2015). The
    learning rate falls linearly to 0, or stays if `falling` is False. `max_norm` limits the length of each neuron's
    incoming weights (Srivastava et al. 2014). `watch` maps a name to (inputs, labels), whose accuracy, or mean loss if
    it is squared, is recorded after every epoch with the masks off. `progress` is called with steps done and in all.

    Raises ValueError or TypeError for data and settings that do not fit, and FloatingPointError, with step and seed, as
    soon as the loss is no longer finite. An interrupt ends the training run, says so, and keeps the history.
    """
    inputs, targets = check_examples(network, inputs, targets)
    watch = {name: check_examples(network, *data, name=f"{name}: ") for name, data in (watch or {}).items()}
    update = Update(
        learning_rate=learning_rate, optimiser=optimiser, momentum=momentum, falling=falling,
        weight_decay=weight_decay, max_norm=max_norm,
    )  # fmt: skip
    check_number("epochs", epochs, lambda n: n >= 1, "a whole number from 1", kind=Integral)
    many = inputs.shape[-2]
    check_number("batch", batch, lambda n: 1 <= n <= many, f"whole, from 1 to the {many} examples", kind=Integral)
    run = _Run(network, inputs, targets, keep_prob=keep_prob, rng=rng, batch=batch)
    steps, stopped = epochs * run.batches, None
    records = [(run.scores(watch), None)]
    try:
        with np.errstate(over="ignore", invalid="ignore"):  # check_finite says it in words
            for _ in range(epochs):
                for batch_rows in run.minibatches():
                    update(run.network, run.gradients(batch_rows), done=run.step / steps)
                    run.step += 1
                    if progress:
                        progress(run.step, steps)
                taken = Snapshot(run.step, run.network.copy(), run.masks, update.last()) if snapshots else None
                records.append((run.scores(watch), taken))
    except KeyboardInterrupt:
        stopped = run.step
    curves = {name: np.array([scores[name] for scores, _ in records]) for name in watch}
    history = History(run.network, curves, steps, [taken for _, taken in records if taken], stopped)
    if stopped is not None:
        print(history)
    return history


class _Run:
    """The network in training, its data and its generators; the network's arrays are its own, changed in place."""

    def __init__(self, network, inputs, targets, *, keep_prob, rng, batch):
        self.examples, self.lead = inputs.shape[-2], network.weights[0].shape[:-2]
        self.rngs = _generators(rng, self.lead)
        self.keep_prob = _by_layer(network, keep_prob)
        self.network = network.copy()
        self.inputs, self.targets, self.batch = inputs, targets, batch
        self.batches = -(-self.examples // batch)
        self.step, self.masks = 0, None

    def minibatches(self):
        """Give the examples of each minibatch of one epoch, shape (..., batch)."""
        order = np.stack([rng.permutation(self.examples) for rng in self.rngs]).reshape(*self.lead, self.examples)
        return np.split(order, range(self.batch, self.examples, self.batch), axis=-1)

    def gradients(self, batch_rows):
        """Draw the masks of one step and give the gradients of all parameters, the weights' first."""
        inputs = self._rows_of(self.inputs, batch_rows, 2)
        targets = self._rows_of(self.targets, batch_rows, 1 if self.network.loss == "softmax" else 2)
        self.masks = [
            None if keep is None else self._mask(keep, (batch_rows.shape[-1], weights.shape[-2]))
            for keep, weights in zip(self.keep_prob, self.network.weights, strict=True)
        ]
        weights, biases, layers = self.network.unchecked_gradients(inputs, targets, self.masks, self.keep_prob)
        self.check_finite(np.square(layers[-1]))  # the squared loss may overflow where its gradient does not
        return [*weights, *biases]

    def _mask(self, keep, shape):
        """Draw a number for every neuron of every example, but none for a replica that keeps all: 0 is always kept."""
        drawn = np.zeros((len(self.rngs), *shape))
        for rng, own, numbers in zip(self.rngs, np.ravel(keep), drawn, strict=True):
            if own < 1:
                rng.random(out=numbers)
        return drawn.reshape(*self.lead, *shape) < keep

    def _rows_of(self, values, batch_rows, axes):
        """Take the chosen examples, for each replica its own; `axes` are those from the examples' axis on."""
        return values[batch_rows] if values.ndim == axes else values[np.arange(len(values))[:, np.newaxis], batch_rows]

    def scores(self, watch):
        """Measure on each of the data sets with the masks off."""
        for parameter in (*self.network.weights, *self.network.biases):
            self.check_finite(parameter)
        return {name: self.score(*data) for name, data in watch.items()}

    def score(self, inputs, targets):
        """Give the accuracy, or the mean loss if it is squared."""
        parts = np.split(inputs, range(ROWS, inputs.shape[-2], ROWS), axis=-2)
        outputs = np.concatenate([self.network.predict(part) for part in parts], axis=-2)
        self.check_finite(outputs)
        if self.network.loss == "softmax":
            return accuracy(outputs, targets)
        return ((outputs - targets) ** 2).sum(axis=-1).mean(axis=-1) / 2

    def check_finite(self, values):
        """Raise FloatingPointError, with step and seed, for a replica whose numbers are no longer finite."""
        finite = np.isfinite(values).all(axis=(-2, -1))
        if not finite.all():
            place = int(np.argmin(finite))
            seed = getattr(self.rngs[place].bit_generator.seed_seq, "entropy", "unknown")
            where = f"step {self.step}, " + (f"replica {place}, " if self.lead else "") + f"seed {seed}"
            raise FloatingPointError(f"The loss is no longer finite after {where}. Take a tenth of the learning rate.")


def _generators(rng, lead):
    """List the generators; raise unless there is one for each replica, or a single one where there is no such axis."""
    several = isinstance(rng, list | tuple)
    for one in rng if several else [rng]:
        check_rng(one)
    if lead != ((len(rng),) if several else ()):
        wanted = (
            f"a list of {lead[0]} generators, one for each replica" if lead else "one Generator: it has no replicas"
        )
        raise ValueError(f"This network needs {wanted}; got {f'a list of {len(rng)}' if several else 'one alone'}.")
    return list(rng) if several else [rng]


def _by_layer(network, keep_prob):
    """Shape each layer's keep_prob to broadcast over (..., examples, neurons), or None where nothing is dropped."""
    lead, result = network.weights[0].shape[:-2], []
    for given in keep_probs_by_layer(network, keep_prob):
        if np.shape(given) not in ((), lead):
            raise ValueError(f"keep_prob of a layer is one number, or of shape {lead}, got shape {np.shape(given)}.")
        shaped = np.broadcast_to(np.asarray(given, float), lead)[..., np.newaxis, np.newaxis]
        result.append(None if (shaped == 1).all() else shaped)
    return result
