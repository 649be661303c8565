"""Look at a training loop by the weights that come back: which neurons were dropped, the scale of the rest, what moved.

The probes are made so that the weights show it exactly. In a batch with one image that is not black, and with
outgoing weights of 0, each row of outgoing weights moves by its neuron's activation, mask and scale. In batches of one
image over and over, so faint that no step disturbs the next, it moves by a count: how often the neuron was kept.
"""

import numpy as np

from dropout_lib.checks.grading.results import Unusable
from dropout_lib.checks.grading.running import Finding
from dropout_lib.checks.probes.training_basics import look_at_inference, look_at_plain_steps, look_at_source
from dropout_lib.checks.probes.training_masks import look_at_masks
from dropout_lib.checks.probes.training_probes import (
    BATCH,
    CLASSES,
    KEEP_PROBS,
    RATE,
    UNITS,
    Loop,
    images_task,
    masked_both,
    masked_columns,
    masked_inputs,
    masked_outputs,
    plain_step,
    positive,
    read_back,
    share_right,
    weights_of,
)
from dropout_lib.network import softmax


def look_at_training(answer, seed):
    """Yield the findings, up to the first that is wrong."""
    loop, rng = Loop(answer, seed), np.random.default_rng([seed, 4])
    for look in (
        _evaluation,
        look_at_plain_steps,
        look_at_source,
        _first_step,
        look_at_masks,
        _backward,
        _without,
        _in_the_end,
        look_at_inference,
    ):
        for finding, fine in look(loop, rng):
            yield finding
            if not fine:
                return


def _evaluation(loop, rng):
    """Train on black images, which teach nothing: the share of correct test images is that of the weights given."""
    task, weights = images_task(rng, 0, BATCH), weights_of(rng)
    calls = [loop(weights, task, 0.3, 1, number) for number in range(6)]
    if not all(np.array_equal(*pair) for call in calls for pair in zip(call, weights, strict=False)):
        raise Unusable("moved", "All images were black, which teaches nothing, and yet the weights changed.")
    given = np.array([share for *_, share in calls])
    right = share_right(task.test_inputs, weights, task.test_labels)
    noisy, true = (share_right(task.inputs, weights, labels) for labels in (task.labels, task.true_labels))
    seen = "training" if np.allclose(given, noisy) or np.allclose(given, true) else given
    seen = "right" if np.allclose(given, right) else seen
    if np.isfinite(given).all() and len(set(given.tolist())) > 1:
        seen = "varies"
    message = f"These weights get {right:z.2f} of the test images correct, and your function returned {given[0]:z.4g}."
    yield Finding("evaluation", seen, message), seen == "right"


def _first_step(loop, rng):
    """Read from one step which neurons were dropped, and by how much the rest were scaled."""
    task, weights = images_task(rng, 1, BATCH - 1), positive(rng)
    slope = (np.full(CLASSES, 1 / CLASSES) - np.eye(CLASSES)[task.labels[0]]) / BATCH
    hidden = task.inputs[0] @ weights[0]
    for keep_prob in KEEP_PROBS:
        steps = [-loop(weights, task, keep_prob, 1, number)[1] / RATE for number in range(6)]
        outputs_by_layer = np.array([step @ slope / (slope @ slope) for step in steps])
        if all(np.allclose(step, np.outer(on, slope)) for step, on in zip(steps, outputs_by_layer, strict=True)):
            seen, message = _read_scales(
                outputs_by_layer, outputs_by_layer / hidden, (task.inputs[0], weights[0]), keep_prob
            )
        else:
            seen = "outputs" if all(masked_columns(step, hidden, slope) for step in steps) else "other"
            message = "the outgoing weights of a neuron did not all move as the loss says."
        if seen == "none dropped":
            seen, message = _none_dropped(loop, rng, keep_prob)
        if seen == "twice" and _has_longer_steps(loop, rng, keep_prob):
            seen, message = (
                "longer",
                "a step is 1 / keep_prob times as long: was the learning rate, or the slope, divided as well?",
            )
        yield Finding(f"first step at {keep_prob}", seen, f"At keep_prob {keep_prob}: {message}"), seen == "fine"


def _has_longer_steps(loop, rng, keep_prob):
    """Say whether the step is 1 / keep_prob times that of neurons scaled once; scaling twice shows in the outputs."""
    task, weights = images_task(rng, 1, BATCH - 1), weights_of(rng, 0.02)
    step = (weights[1] - loop(weights, task, keep_prob, 1)[1]) / RATE
    passed_on = np.maximum(0, task.inputs[0] @ weights[0]) * (np.abs(step).max(axis=1) > 1e-12) / keep_prob
    slope = (softmax(passed_on @ weights[1]) - np.eye(CLASSES)[task.labels[0]]) / BATCH
    return np.allclose(step, np.outer(passed_on, slope) / keep_prob)


def _none_dropped(loop, rng, keep_prob):
    """Where no hidden neuron was dropped, look whether outputs were."""
    task, weights = images_task(rng, 1, BATCH - 1), weights_of(rng, 0.02)
    found, plain = loop(weights, task, keep_prob, 1), plain_step(weights, task)
    if all(map(np.allclose, found, plain)):
        return "none dropped", "the weights came out as those of the loop without dropout."
    step, hidden = (weights[1] - found[1]) / RATE, np.maximum(0, task.inputs[0] @ weights[0])
    seen = "outputs" if masked_outputs(step, hidden, weights, task, keep_prob) else "other"
    message = (
        "the weights out of every neuron moved as if none were dropped, and yet not as without dropout. Does every "
        "line after the mask read the masked layer?"
    )
    return seen, message


def _read_scales(outputs_by_layer, scales, layer, keep_prob):
    kept = np.abs(scales) > 1e-9
    share = kept.mean()
    message = f"of {UNITS} neurons, {100 * share:z.0f}% were kept in the first step."
    if kept.all():
        if np.allclose(scales, 1):
            return "none dropped", "in the first step the weights moved as without dropout."
        return ("inputs" if masked_inputs(outputs_by_layer, layer, keep_prob) else "all"), message
    whole = np.isin(kept.mean(axis=1), (0, 1)).all()
    if whole or (kept == kept[0]).all():
        return _read_one_value(kept, whole)
    numbers = kept.sum(axis=1)
    if (numbers == numbers[0]).all():
        return (
            "exact",
            f"in six calls exactly {numbers[0]} of {UNITS} neurons were kept each time: a quota, not a draw.",
        )
    error = 5 * np.sqrt(keep_prob * (1 - keep_prob) / kept.size)
    if abs(share - keep_prob) > error:
        return ("rate" if abs(share - 1 + keep_prob) <= error else round(float(share), 1)), message
    return _read_factor(outputs_by_layer, scales, kept, layer, keep_prob)


def _read_one_value(kept, whole):
    if not kept.any():
        return "unmoved", "in six calls, each with one epoch of one batch, the outgoing weights did not move at all."
    lost = "all of its neurons or none" if whole else "the same neurons"
    return "whole" if whole else "always", f"six generators were passed in, and an image lost {lost} each time."


def _read_factor(outputs_by_layer, scales, kept, layer, keep_prob):
    """Say by what the kept neurons were multiplied."""
    scale = np.median(scales[kept])
    if not np.allclose(scales[kept], scale):
        if masked_both(outputs_by_layer, kept, layer):
            return (
                "inputs too",
                "pixels were masked as well as hidden neurons. Here the hidden layer alone has dropout.",
            )
        each = [float(np.median(row[of])) for row, of in zip(scales, kept, strict=True)]
        if all(np.allclose(row[of], one) for row, of, one in zip(scales, kept, each, strict=True)):
            return (
                "a scale a call",
                f"in one call the kept neurons were multiplied by {each[0]:z.4g}, in another by {each[1]:z.4g}.",
            )
        return "several scales", "the kept neurons were not all scaled by one factor."
    names = {1.0: "not scaled", keep_prob**-2: "twice", 1 / keep_prob: "fine"}
    seen = next((name for wanted, name in names.items() if np.isclose(scale, wanted)), float(scale))
    return seen, f"the kept neurons were multiplied by {scale:z.4g}."


def _backward(loop, rng):
    """Look which incoming weights moved, and by how much, in a step whose forward pass the outgoing ones show."""
    task, weights = images_task(rng, 1, BATCH - 1), weights_of(rng, 0.02)
    inputs, hidden = task.inputs[0], np.maximum(0, task.inputs[0] @ weights[0])
    for keep_prob in KEEP_PROBS:
        W1, W2, _ = loop(weights, task, keep_prob, 1)
        step = (weights[1] - W2) / RATE
        mask = np.abs(step).max(axis=1) > 1e-12
        slope = (softmax(hidden * mask / keep_prob @ weights[1]) - np.eye(CLASSES)[task.labels[0]]) / BATCH
        if not np.allclose(step, np.outer(hidden * mask / keep_prob, slope)):
            seen, message = (
                "other",
                "the outgoing weights did not move as the loss says. Do the outputs and the last line read the same, "
                "masked layer?",
            )
            if masked_outputs(step, hidden * mask / keep_prob, weights, task, keep_prob):
                seen = "outputs"
                message = "outputs were masked as well as hidden neurons. Here the hidden layer alone has dropout."
            yield Finding(f"backward at {keep_prob}", seen, f"At keep_prob {keep_prob}, {message}"), False
            return
        back = inputs @ (weights[0] - W1) / RATE / (inputs @ inputs)
        seen, message = read_back(back, slope @ weights[1].T, hidden > 0, mask, keep_prob)
        yield Finding(f"backward at {keep_prob}", seen, f"At keep_prob {keep_prob}, {message}"), seen == "fine"


def _without(loop, rng):
    """At keep_prob 1.0 no neuron is dropped, and the loop is the plain one."""
    task, weights = images_task(rng, BATCH), weights_of(rng, 0.02)
    fine = all(map(np.allclose, loop(weights, task, 1.0, 1), plain_step(weights, task)))
    message = "At keep_prob 1.0 the weights did not come out as those of the loop without dropout."
    yield Finding("at 1.0", fine, message), fine


def _in_the_end(loop, rng):
    """After real steps, the share returned is that of the weights returned; once more, as it may stay for an epoch."""
    for epochs in (2, 3, 4):
        task = images_task(rng, 2 * BATCH)
        *trained, share = loop(weights_of(rng), task, 0.3, epochs)
        right = share_right(task.test_inputs, trained, task.test_labels)
        fine = bool(np.isclose(share, right))
        message = (
            f"The weights returned get {right:z.2f} of the test images correct; the share returned is {share:z.4g}."
        )
        yield Finding(f"share after {epochs} epochs", fine, message), fine
