"""Checks of page 04: a training loop that the learner gives its dropout."""

import numpy as np

from dropout_lib.checks.grading.exercise import Exercise
from dropout_lib.checks.probes.training_gain import measure_gain
from dropout_lib.checks.probes.training_steps import look_at_training
from dropout_lib.network import softmax


def _drop(values, keep_prob, rng):
    """Give what is passed on, and the factor for the way back."""
    factor = (rng.random(values.shape) < keep_prob) / keep_prob
    return values * factor, factor


def _factored(values, factor):
    return values * factor, factor


def _none(values, keep_prob, rng):
    return values, 1.0


def _score(weights, inputs, labels):
    return ((np.maximum(0, inputs @ weights[0]) @ weights[1]).argmax(axis=1) == labels).mean()


def _fit(*, weights, task, keep_prob, epochs, rng, pixels=_none, hidden=_drop, outputs=_none, each_epoch=None):
    """Train as the page does, with dropout at the places named; `each_epoch` is called as an epoch begins."""
    W1, W2 = weights
    for _ in range(epochs):
        order = rng.permutation(len(task.labels)).reshape(-1, 25)
        if each_epoch:
            each_epoch()
        for batch in order:
            x, _ = pixels(task.inputs[batch], keep_prob, rng)
            h, back = hidden(np.maximum(0, x @ W1), keep_prob, rng)
            z, through = outputs(h @ W2, keep_prob, rng)
            slope = (softmax(z) - np.eye(10)[task.labels[batch]]) / 25 * through
            W1, W2 = W1 - 0.2 * x.T @ (slope @ W2.T * (x @ W1 > 0) * back), W2 - 0.2 * h.T @ slope
    return W1, W2


def _trained(*, task, **given):
    trained = _fit(task=task, **given)
    return *trained, _score(trained, task.test_inputs, task.test_labels)


def drawn_once(**given):
    """In every step the same neurons are dropped: the rest are simply a smaller network. Where in the loops must a mask
    be drawn to be new each time?"""
    return _trained(**given, hidden=_remembered({}))


def one_mask_for_an_epoch(**given):
    """Within an epoch all steps have the same masks. Which of the two loops goes from step to step?"""
    held = {}
    return _trained(**given, hidden=_remembered(held), each_epoch=held.clear)


def _remembered(held):
    def drop(values, keep_prob, rng):
        factor = held.setdefault("factor", _drop(np.ones(values.shape), keep_prob, rng)[1])
        return values * factor, factor

    return drop


def seed_inside(**given):
    """Different generators were passed in, and the same neurons were dropped. Where do your masks come from, if not
    from the rng that is given?"""
    return _trained(**given, hidden=lambda h, keep, _: _drop(h, keep, np.random.default_rng(0)))


def global_generator(**given):
    """The numbers came from a hidden global generator, which any other code can advance. Draw them from the rng that is
    given."""
    return _trained(**given, hidden=lambda h, keep, _: _factored(h, (np.random.rand(*h.shape) < keep) / keep))


def own_generator(**given):
    """Two calls with equal generators gave different weights, so the same seed would not repeat the run. Do all of your
    numbers come from the rng that is given?"""
    return _trained(**given, hidden=lambda h, keep, _: _drop(h, keep, np.random.default_rng()))


def exact_number_kept(**given):
    """The same number of neurons is kept in every image. keep_prob is a probability for each neuron, not a quota: the
    number kept has to vary."""

    def drop(values, keep_prob, rng):
        units = values.shape[1]
        quota = np.tile(np.arange(units) < round(keep_prob * units), (len(values), 1))
        return _factored(values, rng.permuted(quota, axis=1) / keep_prob)

    return _trained(**given, hidden=drop)


def one_mask_for_the_batch(**given):
    """In all images of a batch the same neurons are dropped. How many numbers must be drawn for one step?"""

    def drop(values, keep_prob, rng):
        factor = _drop(np.ones((1, values.shape[1])), keep_prob, rng)[1]
        return values * factor, factor

    return _trained(**given, hidden=drop)


def result_discarded(**given):
    """The weights come out as without dropout. Is a mask drawn in each step, and does the next layer read the masked
    activations?"""
    return _trained(**given, hidden=lambda h, *rest: (h, _drop(h, *rest)[1] ** 0))


def keep_prob_and_rate_exchanged(**given):
    """About 70% of the neurons are kept where keep_prob is 0.3. Is keep_prob the probability of being kept, or of being
    dropped?"""
    return _trained(**given | {"keep_prob": 1 - given["keep_prob"]})


def not_scaled(**given):
    """The kept neurons are passed on as they are, and with the dropped ones at 0 the mean gets smaller. What would keep
    it the same?"""
    return _trained(**given, hidden=_powered(1))


def scaled_twice(**given):
    """The kept neurons are divided by keep_prob squared. At how many places does your loop divide?"""
    return _trained(**given, hidden=_powered(-1))


def _powered(power):
    def drop(values, keep_prob, rng):
        factor = _drop(values, keep_prob, rng)[1] * keep_prob**power
        return values * factor, factor

    return drop


def gradient_without_the_factor(**given):
    """Forward, the kept neurons are divided by keep_prob; their gradients on the way back are not. Which line passes
    the slope back?"""
    return _trained(**given, hidden=lambda h, keep, rng: _back_by(h, keep, rng, lambda f: f > 0))


def gradient_without_the_mask(**given):
    """Weights into dropped neurons change, although the loss did not depend on them. What does the mask do on the way
    back?"""
    return _trained(**given, hidden=lambda h, keep, rng: _back_by(h, keep, rng, lambda f: f**0))


def another_mask_on_the_way_back(**given):
    """Some of the kept neurons got no gradient. How many masks does one step draw?"""
    return _trained(**given, hidden=lambda *layer: (_drop(*layer)[0], _drop(*layer)[1]))


def _back_by(values, keep_prob, rng, change):
    outputs_by_layer, factor = _drop(values, keep_prob, rng)
    return outputs_by_layer, change(factor)


def dropout_on_the_output(**given):
    """Outputs were masked. An output is the answer itself: which layer has neurons that may be dropped?"""
    return _trained(**given, hidden=_none, outputs=_drop)


def dropout_on_the_inputs(**given):
    """Pixels were masked, and no hidden neuron. Here the hidden layer should have dropout."""
    return _trained(**given, hidden=_none, pixels=_drop)


def dropout_at_evaluation(**given):
    """The same weights on the same images give a different share with each generator. Which neurons are kept at
    inference?"""
    (W1, W2), task = _fit(**given), given["task"]
    hidden, _ = _drop(np.maximum(0, task.test_inputs @ W1), given["keep_prob"], given["rng"])
    return W1, W2, ((hidden @ W2).argmax(axis=1) == task.test_labels).mean()


def scaled_at_inference(**given):
    """In training the kept neurons are divided by keep_prob, and at inference something is multiplied by it again. What
    does inverted dropout leave to be done at inference?"""
    (W1, W2), task = _fit(**given), given["task"]
    return W1, W2, _score((W1, W2 * given["keep_prob"]), task.test_inputs, task.test_labels)


def evaluated_on_the_training_set(**given):
    """The share returned is that of the training images. Which images has the network never seen?"""
    trained, task = _fit(**given), given["task"]
    return *trained, _score(trained, task.inputs, task.labels)


train_with_dropout = Exercise(
    look_at_training,
    references=[_trained],
    mistakes=[
        drawn_once,
        one_mask_for_an_epoch,
        seed_inside,
        global_generator,
        own_generator,
        exact_number_kept,
        one_mask_for_the_batch,
        result_discarded,
        keep_prob_and_rate_exchanged,
        not_scaled,
        scaled_twice,
        gradient_without_the_factor,
        gradient_without_the_mask,
        another_mask_on_the_way_back,
        dropout_on_the_output,
        dropout_on_the_inputs,
        dropout_at_evaluation,
        scaled_at_inference,
        evaluated_on_the_training_set,
    ],
    praise="Every step and every image had a mask of its own, forward and backward, and inference had none.",
    measure=measure_gain,
)
