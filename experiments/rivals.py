"""Dropout against its rivals, with as many trials for each: `python -m experiments.rivals` makes rivals.jsonl.

A trial is one setting of a method's one knob. For each seed the best is chosen on the validation images; the test
labels are read once, after that, for the network that was chosen. The settings were placed with other seeds.
"""

import json
from pathlib import Path

import numpy as np

import dropout_lib
from dropout_lib import accuracy, digits_task, draw_network, train
from experiments.disturbed import Disturbed, drop_connect, gaussian_noise

STORED = Path(dropout_lib.__file__).parent / "course" / "rivals.jsonl"
SEEDS, SIZES, EPOCHS = range(10), (64, 64, 64, 10), 60
VALIDATION, TEST = 200, 797  # images
NOISES = {"clean": 0.0, "noisy": 0.2}
KEEP_PROBS = (0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3)
TRIALS = {  # a method -> its knob, and the settings of it that are tried
    "none": ("learning rate", (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.15)),
    "early stopping": ("epoch", (2, 4, 5, 6, 8, 12, 20, 40)),
    "L2": ("strength", (0.001, 0.002, 0.005, 0.01, 0.02, 0.04, 0.06, 0.1)),
    "Gaussian noise": ("keep_prob", KEEP_PROBS),
    "DropConnect": ("keep_prob", KEEP_PROBS),
    "dropout": ("keep_prob", KEEP_PROBS),
}


def generator(seed, purpose):
    return np.random.default_rng([seed, purpose])


def task(noise, seed):
    return digits_task(rng=generator(seed, 0), validation=VALIDATION, test=TEST, noise=noise)


def networks(method, data, seed):
    """Train one network for each of the method's settings."""
    if method == "early stopping":
        snapshots = _trained(data, seed, snapshots=True).snapshots
        return [snapshots[epoch - 1].network for epoch in TRIALS[method][1]]
    return [_trained(data, seed, **_knob(method, setting, seed)).network for setting in TRIALS[method][1]]


def _knob(method, setting, seed):
    """Give the arguments of `_trained` that a setting stands for; the inputs are disturbed at half the rate."""
    if method == "none":
        return {"learning_rate": setting}
    if method == "L2":
        return {"weight_decay": setting}
    by_layer = ((1 + setting) / 2, setting, setting)
    if method == "dropout":
        return {"keep_prob": by_layer}
    sums = {"DropConnect": drop_connect, "Gaussian noise": gaussian_noise}[method]
    return {"disturbance": (sums, by_layer, generator(seed, 3))}


def _trained(data, seed, *, keep_prob=(1.0, 1.0, 1.0), disturbance=None, **settings):
    network = draw_network(SIZES, rng=generator(seed, 1))
    if disturbance:
        network = Disturbed(network.weights, network.biases, network.loss, *disturbance)
    rng = generator(seed, 2)
    return train(network, data.inputs, data.labels, keep_prob=keep_prob, rng=rng, epochs=EPOCHS, **settings)


def correct(network, inputs, labels):
    """Count the images that the network classifies correctly."""
    return round(accuracy(network.predict(inputs), labels) * len(labels))


def run(method, noise, seed):
    """Try all settings of a method; count the correct images: of validation for each, of the test for the best one."""
    data = task(noise, seed)
    trained = networks(method, data, seed)
    validation = [correct(network, data.validation_inputs, data.validation_labels) for network in trained]
    chosen = trained[int(np.argmax(validation))]
    return validation, correct(chosen, data.test_inputs, data.test_labels)


def record(labels, method):
    """Run a method for every seed; give what the file holds of it, one line."""
    knob, settings = TRIALS[method]
    validation, test = zip(*[run(method, NOISES[labels], seed) for seed in SEEDS], strict=True)
    counts = {"seeds": list(SEEDS), "validation": validation, "test": test, "images": [VALIDATION, TEST]}
    return {"labels": labels, "method": method, "knob": knob, "settings": settings} | counts


def main():
    lines = [json.dumps(record(labels, method)) for labels in NOISES for method in TRIALS]
    STORED.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
