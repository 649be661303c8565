"""What a correct training loop gains: the learner's own, beside the plain one, on digits with noisy labels."""

import numpy as np

from dropout_lib.checks.grading.running import Finding
from dropout_lib.comparison import compare
from dropout_lib.data import digits_task
from dropout_lib.network import softmax

SEEDS, EPOCHS, UNITS = 4, 60, 128


def measure_gain(answer, seed):
    """Train with the learner's own loop and without dropout, from the same weights."""
    shares = []
    for number in range(SEEDS):
        task, start = digits_task(rng=_rng(seed, number, 0), noise=0.2), _rng(seed, number, 1)
        weights = start.normal(size=(64, UNITS)) / np.sqrt(32), start.normal(size=(UNITS, 10)) / np.sqrt(UNITS / 2)
        theirs = answer(weights=weights, task=task, keep_prob=0.5, epochs=EPOCHS, rng=_rng(seed, number, 2))[2]
        shares.append((theirs, _plain(*weights, task, _rng(seed, number, 2))))
    theirs, plain = 100 * np.array(shares).T
    message = (
        f"Trained by your lines at keep_prob 0.5 on noisy digits, over {SEEDS} seeds: {theirs.mean():z.1f}% of the "
        f"test images are correct, {plain.mean():z.1f}% without dropout, a difference of {compare(theirs, plain)}."
    )
    yield Finding("gain", None, message)


def _rng(*numbers):
    return np.random.default_rng(numbers)


def _plain(W1, W2, task, rng):
    for _ in range(EPOCHS):
        for batch in rng.permutation(len(task.labels)).reshape(-1, 25):
            inputs, hidden = task.inputs[batch], np.maximum(0, task.inputs[batch] @ W1)
            slope = (softmax(hidden @ W2) - np.eye(10)[task.labels[batch]]) / 25
            W1, W2 = W1 - 0.2 * inputs.T @ (slope @ W2.T * (hidden > 0)), W2 - 0.2 * hidden.T @ slope
    return ((np.maximum(0, task.test_inputs @ W1) @ W2).argmax(axis=1) == task.test_labels).mean()
