"""Look at what in a training loop would make every other finding mislead, and at what an argmax hides."""

from dataclasses import replace

import numpy as np

from dropout_lib.checks.grading.running import Finding
from dropout_lib.checks.probes.training_probes import (
    BATCH,
    CLASSES,
    RATE,
    UNITS,
    WIDTH,
    back_after_the_change,
    faint_images,
    images_task,
    plain_step,
    positive,
    weights_of,
)

SMALLEST = np.nextafter(0, 1)


def look_at_plain_steps(loop, rng):
    """Look, at keep_prob 1.0, at what makes all else mislead: steps too few or too long, a change too early."""
    task, weights = images_task(rng, BATCH), weights_of(rng, 0.02)
    try:
        steps = _steps_made(loop, rng)
        found = loop(weights, task, 1.0, 1)
    except Exception:  # noqa: BLE001 - what goes wrong at 1.0 is looked at by itself, later
        return
    plain = plain_step(weights, task)
    moved, wanted = ([before - after for before, after in zip(weights, each, strict=False)] for each in (found, plain))
    rate = float((moved[1] * wanted[1]).sum() / (wanted[1] ** 2).sum())
    if rate > 0 and abs(rate - 1) > 1e-6 and all(np.allclose(m, rate * w) for m, w in zip(moved, wanted, strict=True)):
        message = (
            f"At keep_prob 1.0 a step is {rate:z.4g} times as long as in the plain loop: is the learning rate 0.2?"
        )
        yield Finding("learning rate", rate, message), False
        return
    if np.allclose(moved[1], wanted[1]) and np.allclose(found[0], back_after_the_change(weights, task)):
        message = "W2 was changed before the slope went back through it. Compute the way back first, then change both."
        yield Finding("order of changes", False, message), False
        return
    if steps in STEPS_MISSED:
        yield Finding("steps", steps, f"Of 6 steps, 2 in each of 3 epochs, {STEPS_MISSED[steps]}"), False


STEPS_MISSED = {
    0: "none changed the W2 that came back. Is it changed in every step, and are the trained weights returned?",
    1: "your function made 1. At which level is its `return`, or a line that ends the training?",
    2: "your function made 2, those of one epoch. At which level is its `return`, and does its loop use `epochs`?",
    4: "your function made 4, those of two epochs. Where does your loop begin, and where does it end?",
    3: "3 changed the weights, one in each epoch. At which level are the lines of a step?",
}


def _steps_made(loop, rng):
    """Count the steps in 3 epochs of 2 batches, at keep_prob 1.0, from how far the outgoing weights moved."""
    counts = counted(loop, rng, 1.0, (2, 3), 0) / BATCH
    return int(round(counts[0])) if np.allclose(counts, np.rint(counts[0])) else None


def look_at_source(loop, rng):
    """Look whether the masks come from the generator that is given, so that a run can be repeated."""
    task, weights = images_task(rng, BATCH), weights_of(rng, 0.02)
    one, other = (loop(weights, task, 0.3, 1) for _ in range(2))
    message = "The numbers came from a hidden global generator, not from rng."
    yield Finding("source", loop.hidden, message), not loop.hidden
    again = all(map(np.array_equal, one[:2], other[:2]))
    message = "Two calls, with generators made from the same seed, gave different weights."
    yield Finding("repeatable", again, message), again


def look_at_inference(loop, rng):
    """Look for a factor at inference, which an argmax hides: weights so small that a factor rounds a lead away."""
    if np.array(SMALLEST * 3) * 0.3 == 0:  # a machine that knows no such numbers
        return
    task, weights = images_task(rng, 0, BATCH), (np.zeros((WIDTH, UNITS)), np.zeros((UNITS, CLASSES)))
    weights[0][0, 0], weights[1][0, 1:3] = 1.0, np.array([2, 3]) * SMALLEST
    task = replace(task, test_inputs=np.eye(WIDTH)[[0] * 100], test_labels=np.full(100, 1))
    *_, share = loop(weights, task, 0.3, 1)
    message = (
        "At inference something is multiplied by keep_prob, although the kept neurons were divided by it in training. "
        "Which of the two is enough by itself?"
    )
    yield Finding("factor at inference", bool(share == 1), message), share != 1


def counted(loop, rng, keep_prob, shape, number):
    """Train on one faint image, so many batches and epochs: how often was each neuron kept?"""
    task, weights = faint_images(rng, shape[0] * BATCH), positive(rng)
    _, W2, _ = loop(weights, task, keep_prob, shape[1], number)
    move = RATE * (1 - 1 / CLASSES) / BATCH * (task.inputs[0] @ weights[0]) / keep_prob
    return W2[:, task.labels[0]] / move
