"""Training runs with many keep_probs at once on the same digits, over seeds, and networks for the points of a curve."""

from dataclasses import dataclass, field

import numpy as np

from dropout_lib.arguments import check_keep_prob
from dropout_lib.data import Task, digits_task
from dropout_lib.network import Network, accuracy, draw_network
from dropout_lib.training import train

VALIDATION = 200  # images to choose on: neither those for training nor the test images


@dataclass(frozen=True)
class SettingResults:
    """Accuracies in percent with the masks off, a row for each setting, a column for each seed.

    `training` is against the labels used in training, some of them wrong if there is noise. `networks` has one Network
    for each setting, with a replica for each seed, and `task` has the data of all of them.
    """

    training: np.ndarray
    validation: np.ndarray
    test: np.ndarray
    networks: list = field(repr=False)
    task: Task = field(repr=False)


def try_settings(
    settings,
    *,
    sizes=(64, 32, 32, 10),
    seeds=range(10),
    images=300,
    noise=0.2,
    epochs=40,
    learning_rate=0.02,
    falling=True,
    weight_decay=0.0,
    max_norm=None,
    progress=None,
):
    """Train a network for each setting and each seed, all as one batch of replicas: `SettingResults`.

    A setting is one keep_prob for each layer but the last, the inputs first. All settings share a seed's images, wrong
    labels and initial weights, so rows can be compared seed by seed. `images` are for training; the other arguments
    are those of `digits_task`, `draw_network` and `train`, and so is what is raised.
    """
    settings, seeds = _checked(settings, len(sizes) - 1), list(seeds)
    task = digits_task(rng=generators(0, seeds), training=images, validation=VALIDATION, noise=noise)
    networks = draw_network(sizes, rng=generators(1, seeds))
    history = train(
        _changed(networks, lambda array: np.concatenate([array] * len(settings))),
        np.concatenate([task.inputs] * len(settings)),
        np.concatenate([task.labels] * len(settings)),
        keep_prob=[np.repeat(layer, len(seeds)) for layer in zip(*settings, strict=True)],
        rng=[generator for _ in settings for generator in generators(2, seeds)],
        epochs=epochs,
        learning_rate=learning_rate,
        falling=falling,
        weight_decay=weight_decay,
        max_norm=max_norm,
        progress=progress,
    )
    rows = [_rows(history.network, place * len(seeds), len(seeds)) for place in range(len(settings))]
    return SettingResults(
        _accuracies(rows, task.inputs, task.labels),
        _accuracies(rows, task.validation_inputs, task.validation_labels),
        _accuracies(rows, task.test_inputs, task.test_labels),
        rows,
        task,
    )


def _checked(settings, layers):
    """Give the settings as tuples; raise unless each is one keep_prob in (0, 1] for each layer but the last."""
    example = f"To try dropout and none: [{(1.0, *[0.5] * (layers - 1))}, {(1.0,) * layers}]."
    if not np.iterable(settings) or len(settings) == 0 or not all(np.iterable(setting) for setting in settings):
        raise ValueError(
            f"settings must be a list of settings, each with {layers} keep_probs, got {settings!r}. {example}"
        )
    for setting in settings:
        if len(setting) != layers:
            raise ValueError(f"A setting needs {layers} keep_probs, inputs first, got {setting!r}. {example}")
        for keep_prob in setting:
            check_keep_prob(keep_prob)
    return [tuple(setting) for setting in settings]


def fit_curve(inputs, targets, *, keep_prob, rng, progress=None):
    """Train a network with two hidden layers of 50 neurons on the points of a curve, and give that Network.

    `inputs` and `targets` are those of `curve_points`, (..., examples, 1). Both hidden layers have `keep_prob`, one
    number or one for each replica. `rng`, a Generator or a list of them, draws the weights, and then orders and masks.
    However many the examples, from 40 to 32,000, it takes about 800 steps of Adam with 40 of them each. Raises what
    `draw_network` and `train` raise.
    """
    examples = np.shape(inputs)[-2]
    if not 40 <= examples <= 32_000:
        raise ValueError(
            f"fit_curve needs 40 to 32,000 examples, got {examples}. With fewer or more, use draw_network and train."
        )
    network = draw_network((1, 50, 50, 1), rng=rng, loss="squared")
    return train(
        network, inputs, targets, keep_prob=(1.0, keep_prob, keep_prob), rng=rng, progress=progress,
        epochs=32_000 // examples, batch=40, learning_rate=0.01, optimiser="adam", falling=False,
    ).network  # fmt: skip


def generators(purpose, seeds=range(10)):
    """Give one Generator for each seed, the same whenever `purpose` (a whole number) and seed are the same."""
    return [np.random.default_rng([seed, purpose]) for seed in seeds]


def _rows(networks, first, count):
    return _changed(networks, lambda array: array[first : first + count])


def _changed(networks, change):
    return Network(tuple(map(change, networks.weights)), tuple(map(change, networks.biases)), networks.loss)


def _accuracies(rows, inputs, labels):
    return np.array([100 * accuracy(row.predict(inputs), labels) for row in rows])
