"""Training: against a loop by hand, replica by replica, its masks, its history, its interrupts and its refusals."""

import os
import subprocess
import sys
import warnings

import numpy as np
import pytest
from helpers.instructions import narrow
from helpers.networks import arrays, generator, same

from dropout_lib import Network, accuracy, cross_entropy, draw_network, train

KEEP_PROB = (0.8, 0.5, 0.3)


class Recording(np.random.Generator):
    """A generator that keeps what it was asked for."""

    def __init__(self, seed):
        super().__init__(np.random.PCG64(seed))
        self.numbers, self.orders = [], []

    def random(self, *args, **kwargs):
        drawn = super().random(*args, **kwargs)
        self.numbers.append(np.array(drawn))
        return drawn

    def permutation(self, *args, **kwargs):
        self.orders.append(super().permutation(*args, **kwargs))
        return self.orders[-1]


def problem(*, loss="softmax", examples=23, replicas=None):
    """Draw a network of two hidden layers, inputs and targets: 4 inputs, 3 outputs."""
    rng = [generator(seed) for seed in range(replicas)] if replicas else generator(1)
    lead = (replicas,) if replicas else ()
    network, numbers = draw_network((4, 6, 5, 3), rng=rng, loss=loss), generator(2)
    inputs = numbers.standard_normal((*lead, examples, 4))
    if loss == "squared":
        return network, inputs, numbers.standard_normal((*lead, examples, 3))
    return network, inputs, numbers.integers(0, 3, (*lead, examples))


# Against a loop by hand


def momentum_by_hand(factor):
    speed = 0

    def direction(slope):
        nonlocal speed
        speed = factor * speed + slope
        return speed

    return direction


def adam_by_hand():
    mean = square = step = 0

    def direction(slope):
        nonlocal mean, square, step
        mean, square, step = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope * slope, step + 1
        return mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)

    return direction


def train_by_hand(
    network, inputs, labels, *, rng, new_direction, epochs, batch, weight_decay=0.0, max_norm=None, keep_prob=KEEP_PROB
):
    """Train as a learner would write it: one network, all parameters as one vector, and a rate that falls from 0.05."""
    weights, biases = [w.copy() for w in network.weights], [b.copy() for b in network.biases]
    direction, step, steps = new_direction(), 0, epochs * -(-len(inputs) // batch)
    for _ in range(epochs):
        order = rng.permutation(len(inputs))
        for start in range(0, len(inputs), batch):
            chosen = order[start : start + batch]
            masks = [
                rng.random((len(chosen), w.shape[0])) < q if q < 1 else np.True_
                for w, q in zip(weights, keep_prob, strict=True)
            ]
            values = [inputs[chosen] * masks[0] / keep_prob[0]]
            for layer in (0, 1):
                hidden = np.maximum(values[-1] @ weights[layer] + biases[layer], 0)
                values.append(hidden * masks[layer + 1] / keep_prob[layer + 1])
            powers = np.exp(values[-1] @ weights[2] + biases[2])
            gradient = powers / powers.sum(axis=1, keepdims=True)
            gradient[np.arange(len(chosen)), labels[chosen]] -= 1
            gradient /= len(chosen)
            slopes = []
            for layer in (2, 1, 0):
                decayed = values[layer].T @ gradient + weight_decay * weights[layer]
                slopes = [decayed, *slopes, gradient.sum(axis=0, keepdims=True)]
                gradient = gradient @ weights[layer].T * (values[layer] > 0) / keep_prob[layer]
            slopes[3:] = slopes[:2:-1]  # the biases' came last layer first
            moved = direction(np.concatenate([slope.ravel() for slope in slopes])) * 0.05 * (1 - step / steps)
            for array in (*weights, *biases):
                array[...] -= moved[: array.size].reshape(array.shape)
                moved = moved[array.size :]
            for w in weights if max_norm else ():
                lengths = np.linalg.norm(w, axis=0)
                w[:, lengths > max_norm] *= max_norm / lengths[lengths > max_norm]
            step += 1
    return Network(tuple(weights), tuple(biases))


@pytest.mark.parametrize(
    ("new_direction", "settings"),
    [
        (lambda: momentum_by_hand(0), {"momentum": 0}),
        (lambda: momentum_by_hand(0.9), {}),
        (lambda: momentum_by_hand(0.5), {"momentum": 0.5}),
        (adam_by_hand, {"optimiser": "adam"}),
    ],
    ids=["plain", "momentum", "half the momentum", "adam"],
)
@pytest.mark.parametrize(
    "rest",
    [{}, {"weight_decay": 0.1}, {"max_norm": 1.0}, {"weight_decay": 0.01, "max_norm": 0.5}, {"batch": 23}]
    + [{"batch": 1, "epochs": 1}, {"keep_prob": (0.8, 1.0, 0.3)}, {"keep_prob": (1.0, 1.0, 0.5)}],
    ids=str,
)
def test_training_is_the_loop_that_a_learner_would_write(new_direction, settings, rest):
    network, inputs, labels = problem()
    common = {"epochs": 4, "batch": 10, "keep_prob": KEEP_PROB} | rest
    rngs = generator(), generator()
    history = train(network, inputs, labels, rng=rngs[0], learning_rate=0.05, **settings, **common)
    by_hand = train_by_hand(network, inputs, labels, rng=rngs[1], new_direction=new_direction, **common)
    same(history.network, by_hand)
    assert max(np.abs(new - old).max() for new, old in zip(by_hand.weights, network.weights, strict=True)) > 0.02
    assert rngs[0].random() == rngs[1].random()  # nothing else was drawn


def test_a_rate_that_does_not_fall_stays():
    network, inputs, labels = problem()

    def trained(epochs, falling):
        common = {"keep_prob": KEEP_PROB, "rng": generator(), "momentum": 0, "batch": 23}
        return train(network, inputs, labels, epochs=epochs, falling=falling, **common).network

    same(trained(1, True), trained(1, False), tolerance=0)  # the first step has the whole rate
    kept, fell = trained(2, False), trained(2, True)
    half = [(one + two) / 2 for one, two in zip(arrays(trained(1, True)), arrays(kept), strict=True)]
    same(fell, Network(tuple(half[:3]), tuple(half[3:])))  # the second of two steps has half of it


def test_max_norm_shortens_the_long_and_leaves_the_short():
    network, inputs, labels = problem()
    common = {"keep_prob": (1.0, 1.0, 1.0), "epochs": 1, "batch": 23, "learning_rate": 1e-9}
    limited, seen = train(network, inputs, labels, rng=generator(), max_norm=0.9, **common).network, []
    for before, after in zip(network.weights, limited.weights, strict=True):
        lengths = np.linalg.norm(before, axis=0)
        seen.extend(lengths)
        np.testing.assert_allclose(np.linalg.norm(after, axis=0), np.minimum(lengths, 0.9), rtol=1e-7)
        np.testing.assert_allclose(after / np.linalg.norm(after, axis=0), before / lengths, atol=1e-7)
    assert min(seen) < 0.8 and max(seen) > 1.0


def test_training_lowers_the_loss_of_a_regression_too():
    network, inputs, targets = problem(loss="squared")
    common = {"epochs": 60, "optimiser": "adam", "learning_rate": 0.01, "watch": {"all": (inputs, targets)}}
    losses = train(network, inputs, targets, keep_prob=(1.0,) * 3, rng=generator(), **common | {"batch": 5}).curves
    assert losses["all"].shape == (61,) and losses["all"][-1] < 0.5 * losses["all"][0]
    expected = ((network.predict(inputs) - targets) ** 2).sum(axis=1).mean() / 2
    assert losses["all"][0] == pytest.approx(expected, rel=1e-12)


def test_what_is_not_given_is_what_the_signature_says():
    network, inputs, labels = problem(examples=60)
    common = {"keep_prob": KEEP_PROB, "epochs": 3}
    usual = {"batch": 25, "learning_rate": 0.02, "optimiser": "momentum", "momentum": 0.9, "falling": True}
    rest = {"weight_decay": 0.0, "max_norm": None, "watch": None, "snapshots": False, "progress": None}
    one = train(network, inputs, labels, rng=generator(), **common)
    same(one.network, train(network, inputs, labels, rng=generator(), **common, **usual, **rest).network, tolerance=0)
    assert one.curves == {} and one.snapshots == []


@pytest.mark.parametrize("kind", [list, tuple])
def test_generators_come_in_a_list_or_a_tuple(kind):
    networks, inputs, labels = problem(replicas=2)
    given = {"keep_prob": KEEP_PROB, "epochs": 1, "batch": 10}
    together = train(networks, inputs, labels, rng=kind([generator(1), generator(2)]), **given).network
    same(together.replica(1), train(networks.replica(1), inputs[1], labels[1], rng=generator(2), **given).network)


# Replicas


def replica(network, place):
    return Network(*(tuple(array[place] for array in part) for part in (network.weights, network.biases)), network.loss)


@pytest.mark.parametrize("loss", ["softmax", "squared"])
@pytest.mark.parametrize("shared", ["nothing", "inputs", "targets", "both"])
@pytest.mark.parametrize(
    "keep_prob", [KEEP_PROB, (1.0, np.array([1.0, 0.3, 0.8]), 0.5), ([1.0, 0.8, 1.0], [1.0, 0.5, 1.0], 1.0)], ids=str
)
def test_a_replica_trains_as_it_would_alone(keep_prob, shared, loss):
    networks, inputs, targets = problem(loss=loss, replicas=3)
    inputs = inputs[0] if shared in ("inputs", "both") else inputs
    targets = targets[0] if shared in ("targets", "both") else targets

    def own(values, axes, place):
        return values if np.ndim(values) == axes else values[place]

    def run(network, inputs, targets, keep_prob, rng):
        watch = {"all": (inputs, targets), "some": (inputs[..., :5, :], np.take(targets, range(5), axis=axis))}
        return train(
            network, inputs, targets, keep_prob=keep_prob, rng=rng, epochs=3, batch=10, watch=watch, max_norm=1.0
        )

    axis, rngs = -1 if loss == "softmax" else -2, [generator(seed) for seed in range(3)]
    together = run(networks, inputs, targets, keep_prob, rngs)
    for place in range(3):
        rng, keeps = generator(place), [own(keep, 0, place) for keep in keep_prob]
        alone = run(
            replica(networks, place), own(inputs, 2, place), own(targets, -axis, place), [float(k) for k in keeps], rng
        )
        same(replica(together.network, place), alone.network)
        for name, curve in alone.curves.items():
            assert together.curves[name].shape == (4, 3) and curve.shape == (4,)
            np.testing.assert_allclose(together.curves[name][:, place], curve, rtol=0, atol=1e-12)
        assert rng.random() == rngs[place].random()


def test_a_large_data_set_is_scored_in_parts_and_whole():
    network, inputs, labels = problem(examples=457)
    common = {"keep_prob": KEEP_PROB, "rng": generator(), "epochs": 2, "watch": {"all": (inputs, labels)}}
    history = train(network, inputs, labels, **common)
    ends = [accuracy(net.predict(inputs), labels) for net in (network, history.network)]
    np.testing.assert_array_equal(history.curves["all"][[0, -1]], ends)


def test_a_large_data_set_of_replicas_is_scored_in_parts_too():
    networks, inputs, labels = problem(examples=257, replicas=2)
    common = {"keep_prob": KEEP_PROB, "rng": [generator(1), generator(2)], "epochs": 1}
    history = train(networks, inputs, labels, **common, watch={"all": (inputs, labels)})
    ends = [accuracy(net.predict(inputs), labels) for net in (networks, history.network)]
    np.testing.assert_array_equal(history.curves["all"], ends)


# Masks


def test_masks_are_fresh_in_every_step_and_for_every_example():
    network, inputs, labels = problem(examples=200)
    rng = Recording(7)
    history = train(network, inputs, labels, keep_prob=KEEP_PROB, rng=rng, epochs=4, batch=50, snapshots=True)
    # One number for every unit of every example, in each of the 16 steps.
    assert [drawn.shape for drawn in rng.numbers] == [(50, 4), (50, 6), (50, 5)] * 16
    assert all(sorted(order) == list(range(200)) for order in rng.orders) and len(rng.orders) == 4
    assert len({order.tobytes() for order in rng.orders}) == 4
    rows = np.concatenate([drawn for drawn in rng.numbers if drawn.shape[1] == 6])
    assert len(np.unique(rows)) == rows.size  # no number came twice
    for epoch, snapshot in enumerate(history.snapshots):
        last = rng.numbers[12 * epoch + 9 : 12 * epoch + 12]
        for mask, numbers, keep in zip(snapshot.masks, last, KEEP_PROB, strict=True):
            np.testing.assert_array_equal(mask, numbers < keep)


def test_nothing_is_drawn_where_all_are_kept():
    network, inputs, labels = problem()
    rng = Recording(7)
    history = train(network, inputs, labels, keep_prob=(1.0, 1, 1.0), rng=rng, epochs=2, snapshots=True, batch=10)
    assert rng.numbers == [] and len(rng.orders) == 2
    assert [snapshot.masks for snapshot in history.snapshots] == [[None] * 3] * 2


def test_nothing_is_drawn_for_a_replica_that_keeps_all():
    networks, inputs, labels = problem(replicas=2)
    rngs = [Recording(1), Recording(2)]
    keep_prob = (1.0, [1.0, 0.5], 1.0)
    history = train(networks, inputs, labels, keep_prob=keep_prob, rng=rngs, epochs=1, batch=10, snapshots=True)
    assert rngs[0].numbers == [] and [drawn.shape for drawn in rngs[1].numbers] == [(10, 6), (10, 6), (3, 6)]
    (snapshot,) = history.snapshots
    assert snapshot.masks[1][0].all()
    np.testing.assert_array_equal(snapshot.masks[1][1], rngs[1].numbers[-1] < 0.5)


def test_the_masks_of_a_training_run_can_be_drawn_again_without_it():
    """Page 08 counts them so: in each epoch an order, and then a mask for each example."""
    network, inputs = draw_network((3, 7, 2), rng=generator()), np.ones((40, 3))
    again, layers = np.random.default_rng(2), (1.0, 0.3)
    history = train(
        network, inputs, np.arange(40) % 2, keep_prob=layers, rng=np.random.default_rng(2), epochs=3, snapshots=True
    )
    for snapshot in history.snapshots:
        again.permutation(40)
        masks = again.random((40, 7)) < 0.3
        np.testing.assert_array_equal(snapshot.masks[1], masks[25:])


def test_curves_are_measured_with_the_masks_off():
    network, inputs, labels = problem()
    watch = {"all": (inputs, labels)}
    history = train(network, inputs, labels, keep_prob=(0.1, 0.1, 0.1), rng=generator(), epochs=1, batch=9, watch=watch)
    assert history.curves["all"][0] == accuracy(network.predict(inputs), labels)
    assert history.curves["all"][1] == accuracy(history.network.predict(inputs), labels)


# History and snapshots


def test_a_history_says_what_happened():
    network, inputs, labels = problem()
    calls, watch = [], {"training": (inputs, labels), "first ten": (inputs[:10], labels[:10])}
    history = train(
        network,
        inputs,
        labels,
        keep_prob=KEEP_PROB,
        rng=generator(),
        epochs=3,
        batch=10,
        watch=watch,
        progress=lambda *done: calls.append(done),
    )
    assert calls == [(step, 9) for step in range(1, 10)]
    assert list(history.curves) == ["training", "first ten"]
    assert {curve.shape for curve in history.curves.values()} == {(4,)}
    assert repr(history) == "Trained for 9 steps." and history.stopped is None and history.snapshots == []


def test_snapshots_are_copies_that_later_steps_do_not_change():
    network, inputs, labels = problem()
    common = {"keep_prob": KEEP_PROB, "batch": 10, "snapshots": True, "falling": False}
    history = train(network, inputs, labels, rng=generator(), epochs=5, **common)
    assert [snapshot.step for snapshot in history.snapshots] == [3, 6, 9, 12, 15]
    for epochs, snapshot in enumerate(history.snapshots, start=1):
        shorter = train(network, inputs, labels, rng=generator(), epochs=epochs, **common)
        same(snapshot.network, shorter.network, tolerance=0)
        for mask, other in zip(snapshot.masks, shorter.snapshots[-1].masks, strict=True):
            np.testing.assert_array_equal(mask, other)
    everything = [array for snapshot in history.snapshots for array in (*arrays(snapshot.network), *snapshot.masks)]
    everything += [*arrays(history.network), *arrays(network)]
    assert not any(np.shares_memory(one, two) for one in everything for two in everything if one is not two)


def test_the_changes_of_a_snapshot_are_those_of_its_step():
    network, inputs, labels = problem()
    history = train(network, inputs, labels, keep_prob=KEEP_PROB, rng=generator(), epochs=4, batch=23, snapshots=True)
    before = network
    for snapshot in history.snapshots:
        for old, new, change in zip(before.weights, snapshot.network.weights, snapshot.changes, strict=True):
            np.testing.assert_allclose(new - old, change, rtol=0, atol=1e-15)
        before = snapshot.network
    assert np.abs(history.snapshots[-1].changes[0]).max() > 0


def test_training_changes_nothing_that_it_was_given():
    network, inputs, labels = problem()
    for array in (*arrays(network), inputs, labels):
        array.flags.writeable = False
    common = {"keep_prob": KEEP_PROB, "epochs": 2, "batch": 10, "max_norm": 0.5, "weight_decay": 0.1}
    history = train(network, inputs, labels, rng=generator(), watch={"all": (inputs, labels)}, **common)
    assert not any(np.shares_memory(one, two) for one in arrays(network) for two in (*arrays(history.network), inputs))
    one, other = (train(network, inputs, labels, rng=generator(3), **common).network for _ in range(2))
    same(one, other, tolerance=0)


def test_lists_and_float32_train_as_their_float64():
    network, inputs, labels = problem()
    small = inputs.astype(np.float32)
    common = {"keep_prob": KEEP_PROB, "epochs": 2, "batch": 10}
    results = [
        train(network, given, told, rng=generator(), **common).network
        for given, told in [
            (small.astype(float), labels),
            (small, labels.astype(np.uint8)),
            (small.tolist(), [*labels]),
        ]
    ]
    for result in results[1:]:
        same(result, results[0], tolerance=0)
    assert {array.dtype for array in arrays(results[1])} == {np.dtype(float)}


# Interrupts


def interrupt_at(wanted):
    def progress(done, _):
        if done == wanted:
            raise KeyboardInterrupt

    return progress


@pytest.mark.parametrize(("step", "whole_epochs"), [(1, 0), (3, 0), (4, 1), (7, 2), (15, 4)])
def test_an_interrupt_keeps_the_history_up_to_there_and_says_so(step, whole_epochs, capsys):
    network, inputs, labels = problem()
    watch = {"training": (inputs, labels), "first ten": (inputs[:10], labels[:10])}
    common = {"keep_prob": KEEP_PROB, "epochs": 5, "batch": 10, "watch": watch, "snapshots": True}
    whole = train(network, inputs, labels, rng=generator(), **common)
    capsys.readouterr()
    history = train(network, inputs, labels, rng=generator(), progress=interrupt_at(step), **common)
    said = f"Stopped after step {step} of 15: the history ends there."
    assert repr(history) == said and capsys.readouterr().out == said + "\n"
    assert history.stopped == step and len(history.snapshots) == whole_epochs
    for name, curve in history.curves.items():
        np.testing.assert_array_equal(curve, whole.curves[name][: whole_epochs + 1])


def test_the_network_of_an_interrupted_training_is_the_one_after_its_last_step():
    network, inputs, labels = problem()
    common = {"keep_prob": KEEP_PROB, "batch": 10, "falling": False}
    stopped = train(network, inputs, labels, rng=generator(), epochs=5, progress=interrupt_at(6), **common)
    same(stopped.network, train(network, inputs, labels, rng=generator(), epochs=2, **common).network, tolerance=0)


@pytest.mark.parametrize("call", [3, 4, 5, 6])
def test_an_interrupt_between_two_curves_leaves_them_of_equal_length(call, monkeypatch):
    network, inputs, labels = problem()
    calls = []

    def interrupted(outputs, labels):
        calls.append(1)
        if len(calls) == call:
            raise KeyboardInterrupt
        return accuracy(outputs, labels)

    monkeypatch.setattr("dropout_lib.training.accuracy", interrupted)
    watch = {"training": (inputs, labels), "first ten": (inputs[:10], labels[:10])}
    history = train(
        network, inputs, labels, keep_prob=KEEP_PROB, rng=generator(), epochs=5, batch=10, watch=watch, snapshots=True
    )
    lengths = {len(curve) for curve in history.curves.values()}
    assert lengths == {(call - 1) // 2} == {len(history.snapshots) + 1} and history.stopped is not None


# Divergence


@pytest.mark.parametrize("optimiser", ["momentum", "adam"])
@pytest.mark.parametrize("loss", ["softmax", "squared"])
def test_a_loss_that_is_no_longer_finite_is_told_as_soon_as_it_happens(loss, optimiser):
    network, inputs, targets = problem(loss=loss)
    # The batch is all of the data and nothing is dropped, so the loss of a step is that of the network before it.
    common = {"keep_prob": (1.0, 1.0, 1.0), "batch": 23, "optimiser": optimiser, "falling": False, "epochs": 400}
    rate, made = 1e60 if optimiser == "momentum" else 1e110, []
    with warnings.catch_warnings(), pytest.raises(FloatingPointError) as told:
        warnings.simplefilter("error")
        train(
            network,
            inputs,
            targets,
            rng=generator(7),
            learning_rate=rate,
            progress=lambda done, _: made.append(done),
            **common,
        )
    step = made[-1]
    assert str(told.value) == (
        f"The loss is no longer finite after step {step}, seed 7. Take a tenth of the learning rate."
    )

    def loss_after(steps):
        rest = {"rng": generator(7), "learning_rate": rate, "progress": interrupt_at(steps)}
        net = train(network, inputs, targets, **rest, **common).network
        if not all(np.isfinite(array).all() for array in arrays(net)):
            return np.inf
        with np.errstate(over="ignore", invalid="ignore"):
            outputs = net.predict(inputs)
            return cross_entropy(outputs, targets) if loss == "softmax" else np.square(outputs - targets).mean()

    assert not np.isfinite(loss_after(step))
    assert step == 1 or np.isfinite(loss_after(step - 1))


@pytest.mark.parametrize(("larger", "watched"), [(1, True), (1e6, False)], ids=["in what is watched", "in the weights"])
def test_divergence_in_the_last_step_is_told_too(larger, watched):
    network, inputs, labels = problem()
    inputs = inputs * larger
    common = {"keep_prob": (1.0,) * 3, "rng": generator(3), "epochs": 1, "batch": 23, "learning_rate": 1e308}
    watch = {"all": (inputs, labels)} if watched else None
    with warnings.catch_warnings(), pytest.raises(FloatingPointError, match=r"after step 1, seed 3\."):
        warnings.simplefilter("error")
        train(network, inputs, labels, watch=watch, **common)


def test_outputs_whose_squares_are_no_longer_finite_are_told_with_one_layer_too():
    network, ones = Network([np.full((1, 1), 1e160)], [np.zeros((1, 1))], loss="squared"), np.ones((4, 1))
    with pytest.raises(FloatingPointError, match=r"after step 0, seed 3\."):
        train(network, ones, 0 * ones, keep_prob=(1.0,), rng=generator(3), epochs=1, batch=4)


def test_the_replica_that_diverged_is_named():
    networks, inputs, labels = problem(replicas=3)
    inputs[1] *= 1e120
    rngs = [generator(seed) for seed in (11, 12, 13)]
    with pytest.raises(FloatingPointError, match=r"after step \d, replica 1, seed 12\. Take a tenth"):
        train(networks, inputs, labels, keep_prob=(1.0,) * 3, rng=rngs, epochs=3, batch=10, learning_rate=1.0)


def test_a_generator_whose_seed_is_not_known_is_told_as_such():
    network, inputs, labels = problem()
    rng = np.random.Generator(np.random.RandomState(5)._bit_generator)
    with pytest.raises(FloatingPointError, match="seed unknown"):
        train(network, inputs, labels, keep_prob=KEEP_PROB, rng=rng, epochs=9, batch=10, learning_rate=1e100)


# Refusals


def spoilt(values, number):
    changed = np.array(values, float)
    changed[3] = number
    return changed


def spoilt_watch(inputs, targets):
    return {"test": (spoilt(inputs, np.nan), targets)}


VALUES = {
    "a label too large": ("targets", lambda t: t + 1, "whole numbers from 0 to 2, got 1 to 3. Count the"),
    "a negative label": ("targets", lambda t: t - 1, "whole numbers from 0 to 2, got -1 to 1. Count the"),
    "labels as floats": ("targets", lambda t: t * 1.0, "whole numbers from 0 to 2, got an array of float64"),
    "labels with NaN": ("targets", lambda t: spoilt(t, np.nan), "got an array of float64. Convert them with labels.as"),
    "labels as words": ("targets", lambda t: t.astype("U3"), "got an array of <U3. Convert them"),
    "one-hot labels": ("targets", lambda t: np.eye(3, dtype=int)[t], "targets must have the shape (23,), got (23, 3)."),
    "fewer labels": ("targets", lambda t: t[:20], "targets must have the shape (23,), got (20,). Give one target for"),
    "more labels": ("targets", lambda t: [*t, 0], "targets must have the shape (23,), got (24,). Give one target for"),
    "inputs turned": ("inputs", lambda x: x.T, "the shape (examples, 4), got (4, 23). Put examples in"),
    "one example": ("inputs", lambda x: x[0], "the shape (examples, 4), got (4,). Put examples in"),
    "two replicas": ("inputs", lambda x: np.stack([x, x]), "the shape (examples, 4), got (2, 23, 4)."),
    "NaN": ("inputs", lambda x: spoilt(x, np.nan), "inputs must be finite, got NaN or infinity. Look at the"),
    "infinity": ("inputs", lambda x: spoilt(x, -np.inf), "inputs must be finite, got NaN or infinity. Look at the"),
    "one keep_prob": ("keep_prob", 0.5, "To drop half of the hidden neurons: (1.0, 0.5, 0.5)."),
    "few keep_probs": ("keep_prob", (0.8, 0.5), "for each of the 3 layers but the last, inputs first, got (0.8, 0.5)."),
    "many keep_probs": ("keep_prob", (0.8, 0.5, 0.5, 1), "for each of the 3 layers but the last, inputs first, got (0"),
    "keep_prob in words": ("keep_prob", "0.5", "for each of the 3 layers but the last, inputs first, got 0.5."),
    "no keep_prob": ("keep_prob", None, "for each of the 3 layers but the last, inputs first, got None."),
    "keep_prob 0": ("keep_prob", (0.8, 0.0, 0.5), "keep_prob must be in (0, 1], got 0"),
    "keep_prob in percent": ("keep_prob", (0.8, 80, 0.5), "keep_prob must be in (0, 1], got 80. Is it in percent?"),
    "keep_prob below 0": ("keep_prob", (0.8, -0.5, 0.5), "keep_prob must be in (0, 1], got -0.5."),
    "keep_prob NaN": ("keep_prob", (0.8, np.nan, 0.5), "keep_prob must be in (0, 1], got nan."),
    "keep_prob of replicas": ("keep_prob", (0.8, [0.5, 0.4], 0.5), "is one number, or of shape (), got shape (2,)."),
    "a large batch": ("batch", 24, "batch must be whole, from 1 to the 23 examples, got 24."),
    "batch 0": ("batch", 0, "batch must be whole, from 1 to the 23 examples, got 0."),
    "half a batch": ("batch", 2.5, "batch must be whole, from 1 to the 23 examples, got 2.5."),
    "epochs 0": ("epochs", 0, "epochs must be a whole number from 1, got 0."),
    "epochs below 0": ("epochs", -3, "epochs must be a whole number from 1, got -3."),
    "half an epoch": ("epochs", 2.5, "epochs must be a whole number from 1, got 2.5."),
    "sgd": (
        "optimiser",
        "sgd",
        """optimiser must be "momentum" or "adam", got 'sgd'. Plain descent is "momentum", mom""",
    ),
    "no optimiser": ("optimiser", None, 'optimiser must be "momentum" or "adam", got None.'),
    "rate 0": ("learning_rate", 0, "learning_rate must be a positive number, got 0."),
    "rate below 0": ("learning_rate", -0.1, "learning_rate must be a positive number, got -0.1."),
    "rate NaN": ("learning_rate", np.nan, "learning_rate must be a positive number, got nan."),
    "rate infinite": ("learning_rate", np.inf, "learning_rate must be a positive number, got inf."),
    "momentum 1": ("momentum", 1, "momentum must be a number from 0 to below 1, got 1."),
    "momentum below 0": ("momentum", -0.1, "momentum must be a number from 0 to below 1, got -0.1."),
    "decay below 0": ("weight_decay", -0.1, "weight_decay must be 0 or a positive number, got -0.1."),
    "max_norm 0": ("max_norm", 0, "max_norm must be None or a positive number, got 0."),
    "max_norm infinite": ("max_norm", np.inf, "max_norm must be None or a positive number, got inf."),
    "max_norm below 0": ("max_norm", -1.0, "max_norm must be None or a positive number, got -1.0."),
    "a short watch": ("watch", lambda x, t: {"test": (x, t[:3])}, "test: targets must have the shape (23,), got (3,)."),
    "a strange watch": ("watch", lambda x, t: {"test": (x, t + 9)}, "test: labels must be whole numbers from 0 to 2"),
    "a watch with NaN": ("watch", spoilt_watch, "test: inputs must be finite, got NaN or infinity."),
}
TYPES = {
    "None among keep_probs": ("keep_prob", (0.8, None, 0.5), "keep_prob must be one number in (0, 1], got None."),
    "a word among keep_probs": ("keep_prob", ("0.8", 0.5, 0.5), "keep_prob must be one number in (0, 1], got '0.8'."),
    "epochs in words": ("epochs", "5", "epochs must be a whole number from 1, got '5'."),
    "a batch in words": ("batch", "5", "batch must be whole, from 1 to the 23 examples, got '5'."),
    "a rate in words": ("learning_rate", "0.1", "learning_rate must be a positive number, got '0.1'."),
    "no rate": ("learning_rate", None, "learning_rate must be a positive number, got None."),
    "no momentum": ("momentum", None, "momentum must be a number from 0 to below 1, got None."),
}


@pytest.mark.parametrize(
    ("error", "name", "value", "words"),
    [(ValueError, *case) for case in VALUES.values()] + [(TypeError, *case) for case in TYPES.values()],
    ids=[*VALUES, *TYPES],
)
def test_what_does_not_fit_is_refused_in_words_and_nothing_is_changed(error, name, value, words):
    network, inputs, targets = problem()
    given = {"inputs": inputs, "targets": targets, "keep_prob": KEEP_PROB, "epochs": 2, "batch": 10}
    if callable(value):
        value = value(inputs, targets) if name == "watch" else value(given[name])
    held, rng = network.copy(), generator()
    with warnings.catch_warnings(), pytest.raises(error) as refused:
        warnings.simplefilter("error")
        train(network, rng=rng, **given | {name: value})
    assert words in str(refused.value)
    assert rng.bit_generator.state == generator().bit_generator.state
    same(network, held, tolerance=0)


def test_labels_may_all_be_of_one_class():
    network, inputs, labels = problem()
    for label in (0, 2):
        train(network, inputs, np.full_like(labels, label), keep_prob=KEEP_PROB, rng=generator(), epochs=1, batch=10)


def test_data_without_examples_are_refused():
    network, inputs, labels = problem()
    with pytest.raises(ValueError, match=r"inputs have no example, shape \(0, "):
        train(network, inputs[:0], labels[:0], keep_prob=KEEP_PROB, rng=generator(), epochs=1)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda t: t[:, :2], r"targets must have the shape \(23, 3\), got \(23, 2\)"),
        (lambda t: t[:9], r"targets must have the shape \(23, 3\), got \(9, 3\)"),
        (lambda t: t[:, 0], r"targets must have the shape \(23, 3\), got \(23,\)"),
        (lambda t: spoilt(t, np.nan), "targets must be finite, got NaN or infinity"),
    ],
)
def test_targets_of_a_regression_that_do_not_fit_are_refused(change, words):
    network, inputs, targets = problem(loss="squared")
    with pytest.raises(ValueError, match=words):
        train(network, inputs, change(targets), keep_prob=KEEP_PROB, rng=generator(), epochs=1, batch=5)


@pytest.mark.parametrize(
    ("rng", "error", "words"),
    [
        (0, TypeError, r"got the seed 0\. Make one, once, with rng = np\.random\.default_rng\(0\)"),
        (np.random, TypeError, "got the global np.random"),
        (np.random.RandomState(0), TypeError, "rng must be a np.random.Generator, got RandomState"),
        ([generator(), 5], TypeError, "got the seed 5"),
        ([generator()], ValueError, "This network needs one Generator: it has no replicas; got a list of 1."),
    ],
)
def test_no_generator_or_too_many_are_refused(rng, error, words):
    network, inputs, labels = problem()
    with pytest.raises(error, match=words):
        train(network, inputs, labels, keep_prob=KEEP_PROB, rng=rng, epochs=1, batch=5)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("rng", [generator(), generator()], "needs a list of 3 generators, one for each replica; got a list of 2."),
        ("rng", generator(), "needs a list of 3 generators, one for each replica; got one alone."),
        ("keep_prob", (0.8, [0.5, 0.4], 0.5), "is one number, or of shape (3,), got shape (2,)."),
        ("inputs", np.zeros((2, 23, 4)), "the shape (examples, 4) or (3, examples, 4), got (2, 23, 4)."),
        ("targets", np.zeros((2, 23), int), "targets must have the shape (23,) or (3, 23), got (2, 23)."),
    ],
)
def test_what_does_not_fit_the_replicas_is_refused(name, value, words):
    networks, inputs, targets = problem(replicas=3)
    given = {"inputs": inputs, "targets": targets, "keep_prob": KEEP_PROB, "rng": [generator() for _ in range(3)]}
    with pytest.raises(ValueError) as refused:
        train(networks, **given | {name: value}, epochs=1, batch=5)
    assert words in str(refused.value)


# The same printed numbers everywhere

PRINTED = """
import numpy as np
from dropout_lib import cross_entropy, digits_task, draw_network, train
def generators(purpose):
    return [np.random.default_rng([seed, purpose]) for seed in range(3)]
task = digits_task(rng=generators(0), noise=0.2)
network = draw_network((64, 128, 128, 10), rng=generators(1))
for keep_prob in [(1.0, 1.0, 1.0), (0.8, 0.5, 0.5)]:
    history = train(network, task.inputs, task.labels, keep_prob=keep_prob, rng=generators(2), epochs=30,
                    watch={"test": (task.test_inputs, task.test_labels)})
    print(*(f"{accuracy:.1f}" for accuracy in 100 * history.curves["test"].ravel()))
    print(*(f"{loss:.4f}" for loss in cross_entropy(history.network.predict(task.test_inputs), task.test_labels)))
"""


def printed(**environment):
    done = subprocess.run(
        [sys.executable, "-c", PRINTED], env=os.environ | environment, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return done.stdout


@pytest.mark.slow
def test_one_thread_or_two_and_without_wide_vectors_the_same_is_printed():
    one = printed(OPENBLAS_NUM_THREADS="1")
    assert len(one.split()) == 2 * (31 * 3 + 3)
    assert printed(OPENBLAS_NUM_THREADS="2") == one
    assert printed(OPENBLAS_NUM_THREADS="1", **narrow()) == one
