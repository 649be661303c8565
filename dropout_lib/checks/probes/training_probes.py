"""A training loop that is asked to train on a few images, and what a correct step would do with them."""

from dataclasses import replace

import numpy as np

from dropout_lib.checks.grading.recording_rng import hidden_state, recording_rng
from dropout_lib.checks.grading.results import Unusable, as_arrays, refuse_infinite
from dropout_lib.checks.grading.running import changed_words
from dropout_lib.data import Task
from dropout_lib.ensemble import all_masks
from dropout_lib.network import softmax

UNITS, BATCH, CLASSES, RATE, WIDTH = 400, 25, 10, 0.2, 30
KEEP_PROBS = (0.3, 0.8)


class Loop:
    """An answer that is asked to train; it looks whether what went in was left alone."""

    def __init__(self, answer, seed):
        self.answer, self.seed, self.hidden = answer, seed, False

    def __call__(self, weights, task, keep_prob, epochs, number=0):
        given, copied = tuple(array.copy() for array in weights), _arrays(task)
        rng, before = recording_rng(self.seed, number), hidden_state()
        result = self.answer(weights=given, task=Task(**copied), keep_prob=keep_prob, epochs=epochs, rng=rng)
        W1, W2, share = as_arrays(result, W1=weights[0].shape, W2=weights[1].shape, share=())
        self.hidden = self.hidden or before != hidden_state()
        ours, theirs = (*weights, *_arrays(task).values()), (*given, *copied.values())
        if not all(map(np.array_equal, ours, theirs)):
            raise Unusable("changed", changed_words("one of the arrays, weights or images,"))
        refuse_infinite(np.append(W1, W2))
        return W1.astype(float), W2.astype(float), share


def _arrays(task):
    return {name: array.copy() for name, array in vars(task).items() if array is not None}


def images_task(rng, lit, black=0, width=WIDTH):
    """Make a task of `lit` images, and others that are black: 0 in every pixel, they teach nothing."""
    inputs = np.concatenate([rng.uniform(0.5, 1.5, (lit, width)), np.zeros((black, width))])
    labels, true = rng.integers(0, CLASSES, (2, lit + black))
    labels[1::2] = true[1::3] = 0  # so that no share of them is by chance that of the test images
    return Task(inputs, labels, true, rng.normal(size=(100, width)), rng.integers(0, CLASSES, 100))


def faint_images(rng, many):
    """Make a task of one image over and over, so faint that what it teaches changes no output."""
    task = images_task(rng, 1)
    labels = np.repeat(task.labels, many)
    return replace(task, inputs=np.repeat(task.inputs * 1e-6, many, axis=0), labels=labels, true_labels=labels)


def weights_of(rng, size=1.0):
    """Draw weights of both layers, those of the outputs of this size."""
    return rng.normal(size=(WIDTH, UNITS)), rng.normal(size=(UNITS, CLASSES)) * size


def positive(rng):
    """Draw weights with which every neuron is active, and outgoing weights of 0."""
    return rng.uniform(0.1, 1, (WIDTH, UNITS)), np.zeros((UNITS, CLASSES))


def share_right(inputs, weights, labels):
    return float(((np.maximum(0, inputs @ weights[0]) @ weights[1]).argmax(axis=1) == labels).mean())


def plain_step(weights, task):
    """Give the weights after a step without dropout on all images of a task."""
    hidden = np.maximum(0, task.inputs @ weights[0])
    slope = (softmax(hidden @ weights[1]) - np.eye(CLASSES)[task.labels]) / BATCH
    back = slope @ weights[1].T * (hidden > 0)
    return weights[0] - RATE * task.inputs.T @ back, weights[1] - RATE * hidden.T @ slope


def back_after_the_change(weights, task):
    """Give the incoming weights after a step whose slope went back through outgoing weights already changed."""
    hidden = np.maximum(0, task.inputs @ weights[0])
    slope = (softmax(hidden @ weights[1]) - np.eye(CLASSES)[task.labels]) / BATCH
    return weights[0] - RATE * task.inputs.T @ (slope @ plain_step(weights, task)[1].T * (hidden > 0))


def masked_both(outputs_by_layer, kept, layer):
    """Say whether masks of the pixels explain what the kept neurons passed on, each call by itself."""
    inputs, W1 = layer
    silenced = 0
    for passed_on, mask in zip(outputs_by_layer, kept, strict=True):
        pixels = np.linalg.lstsq(W1[:, mask].T, passed_on[mask], rcond=None)[0]
        silent = np.abs(pixels) < 1e-6
        scales = (pixels / inputs)[~silent]
        if silent.all() or not np.allclose(scales, scales[0]) or not np.allclose(pixels @ W1[:, mask], passed_on[mask]):
            return False
        silenced += silent.sum()
    return silenced > 0


def masked_inputs(outputs_by_layer, layer, keep_prob):
    """Say whether some mask of the pixels, each scaled alike, explains what all neurons passed on."""
    inputs, W1 = layer
    pixels = np.linalg.lstsq(W1.T, outputs_by_layer.T, rcond=None)[0].T / inputs
    silent = np.abs(pixels) < 1e-6
    return bool(0 < silent.mean() < 1 and np.allclose(pixels[~silent], pixels[~silent][0]))


def masked_outputs(step, hidden, weights, task, keep_prob):
    """Say whether some mask of the ten outputs explains the step."""
    masks = all_masks(CLASSES)[:-1]  # the last one keeps all
    slopes = [
        softmax(hidden @ weights[1] * masks * scale) - np.eye(CLASSES)[task.labels[0]] for scale in (1, 1 / keep_prob)
    ]
    slope = hidden @ step / (hidden @ hidden) * BATCH
    return any(np.isclose(each, slope).all(axis=-1).any() for each in slopes)


def masked_columns(step, hidden, slope):
    """Say whether each output's weights did not move in a step or moved by one factor: a mask may drop all, or none."""
    moved = hidden @ step / (hidden @ hidden) / slope
    still = np.abs(moved) < 1e-9
    one_factor = still.all() or np.allclose(moved[~still], moved[~still][0])
    return bool(one_factor and np.allclose(step, np.outer(hidden, moved * slope)))


def read_back(back, whole, awake, mask, keep_prob):
    """Say by what the gradient was multiplied on its way back, where neurons are active and where they were kept."""
    scales = back / whole
    if not np.allclose(scales[~awake], 0):
        return "relu", "weights moved into neurons with a negative sum, although nudging those weights changes nothing."
    stopped = np.isclose(scales[mask], 0)
    if stopped.any() and not stopped.all():
        return "another mask", "of the kept neurons, some got a gradient and some got none."
    if not np.allclose(scales[awake & ~mask], 0):
        return "dropped learn", "weights into dropped neurons moved."
    scale = float(np.median(scales[mask]))
    if np.allclose(scales[mask], 1 / keep_prob):
        return "fine", "the weights into kept neurons moved as they should."
    seen = "no factor" if np.allclose(scales[mask], 1) else scale
    return seen, f"the gradient of kept neurons was multiplied by {scale:z.4g} on its way back."
