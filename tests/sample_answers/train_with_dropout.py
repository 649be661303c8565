"""Answers to `train_with_dropout` of the page on training."""

# ruff: noqa: B006, B007, B905, PLR0917, PLW2901, SIM300 (learners do not write for a linter)

import copy
import functools
import itertools
import math

import numpy as np

from dropout_lib import apply_dropout, draw_mask, softmax
from dropout_lib.masks import apply_mask
from sample_answers import right, wrong


def share(task, W1, W2):
    return ((np.maximum(0, task.test_inputs @ W1) @ W2).argmax(axis=1) == task.test_labels).mean()


def batches(task, rng):
    for batch in rng.permutation(len(task.labels)).reshape(-1, 25):
        yield task.inputs[batch], task.labels[batch]


def descend(W1, W2, pictures, labels, hidden, forward, backward):
    """One step; `forward` multiplies what the hidden layer hands on, `backward` what it gets back."""
    on = hidden * forward
    slope = (softmax(on @ W2) - np.eye(10)[labels]) / 25
    back = slope @ W2.T * (hidden > 0) * backward
    return W1 - 0.2 * pictures.T @ back, W2 - 0.2 * on.T @ slope


def loop(weights, task, epochs, rng, factors, evaluate=share):
    """The plain loop. `factors(hidden, epoch, step)` gives one array for both ways, or a pair (forward, backward)."""
    W1, W2 = weights
    for epoch in range(epochs):
        for step, (pictures, labels) in enumerate(batches(task, rng)):
            hidden = np.maximum(0, pictures @ W1)
            both = factors(hidden, epoch, step)
            forward, backward = both if isinstance(both, tuple) else (both, both)
            W1, W2 = descend(W1, W2, pictures, labels, hidden, forward, backward)
    return W1, W2, evaluate(task, W1, W2)


def kept(hidden, keep_prob, rng):
    return rng.random(hidden.shape) < keep_prob


def loud(hidden, keep_prob, rng):
    return kept(hidden, keep_prob, rng) / keep_prob


# right


@right("train_with_dropout")
def coins_from_binomial(weights, task, keep_prob, epochs, rng):
    W1, W2 = weights
    for epoch in range(epochs):
        for batch in rng.permutation(len(task.labels)).reshape(-1, 25):
            pictures, labels = task.inputs[batch], task.labels[batch]
            hidden = np.maximum(0, pictures @ W1)
            coins = rng.binomial(1, keep_prob, size=hidden.shape)
            active = hidden > 0
            hidden = hidden * coins / keep_prob
            slope = (softmax(hidden @ W2) - np.eye(10)[labels]) / 25
            back = slope @ W2.T * active * coins / keep_prob
            W1, W2 = W1 - 0.2 * pictures.T @ back, W2 - 0.2 * hidden.T @ slope
    outputs = np.maximum(0, task.test_inputs @ W1) @ W2
    return W1, W2, (outputs.argmax(axis=1) == task.test_labels).mean()


@right("train_with_dropout")
def layer_of_my_own(weights, task, keep_prob, epochs, rng):
    class Dropout:
        training = True

        def forward(self, values):
            self.factors = np.where(rng.random(values.shape) < keep_prob, 1 / keep_prob, 0.0)
            return values * self.factors if self.training else values

        def backward(self, gradient):
            return gradient * self.factors

    W1, W2 = weights
    layer = Dropout()
    for _ in range(epochs):
        for pictures, labels in batches(task, rng):
            sums = pictures @ W1
            hidden = layer.forward(np.maximum(0, sums))
            slope = (softmax(hidden @ W2) - np.eye(10)[labels]) / 25
            back = layer.backward(slope @ W2.T) * (sums > 0)
            W1, W2 = W1 - 0.2 * pictures.T @ back, W2 - 0.2 * hidden.T @ slope
    layer.training = False
    outputs = layer.forward(np.maximum(0, task.test_inputs @ W1)) @ W2
    return W1, W2, np.mean(outputs.argmax(axis=1) == task.test_labels)


@right("train_with_dropout")
def only_the_living_compute(weights, task, keep_prob, epochs, rng):
    """Each picture trains a smaller network of its own, cut out of the big one."""
    W1, W2 = weights
    for _ in range(epochs):
        for pictures, labels in batches(task, rng):
            down1, down2 = np.zeros(W1.shape), np.zeros(W2.shape)
            for picture, label in zip(pictures, labels):
                alive = np.flatnonzero(rng.random(W1.shape[1]) < keep_prob)
                hidden = np.maximum(0, picture @ W1[:, alive]) / keep_prob
                slope = softmax(hidden @ W2[alive])
                slope[label] -= 1
                down2[alive] += np.outer(hidden, slope)
                down1[:, alive] += np.outer(picture, W2[alive] @ slope * (hidden > 0) / keep_prob)
            W1, W2 = W1 - 0.2 * down1 / 25, W2 - 0.2 * down2 / 25
    return W1, W2, share(task, W1, W2)


@right("train_with_dropout")
def masks_of_an_epoch_in_one_draw(weights, task, keep_prob, epochs, rng):
    W1, W2 = weights
    n, units = len(task.labels), W1.shape[1]
    for _ in range(epochs):
        order = rng.permutation(n).reshape(-1, 25)
        masks = (rng.random((n // 25, 25, units)) < keep_prob) / keep_prob
        for batch, mask in zip(order, masks):
            pictures, labels = task.inputs[batch], task.labels[batch]
            hidden = np.maximum(0, pictures @ W1)
            W1, W2 = descend(W1, W2, pictures, labels, hidden, mask, mask)
    return W1, W2, share(task, W1, W2)


@right("train_with_dropout")
def everything_drawn_before_the_loop(weights, task, keep_prob, epochs, rng):
    """A mask for each picture in each epoch, so none is used twice."""
    W1, W2 = weights
    masks = rng.random((epochs, len(task.labels), W1.shape[1])) < keep_prob
    for epoch in range(epochs):
        for batch in rng.permutation(len(task.labels)).reshape(-1, 25):
            pictures, labels, mask = task.inputs[batch], task.labels[batch], masks[epoch][batch]
            hidden = np.maximum(0, pictures @ W1)
            W1, W2 = descend(W1, W2, pictures, labels, hidden, mask / keep_prob, mask / keep_prob)
    return W1, W2, share(task, W1, W2)


@right("train_with_dropout")
def relu_of_the_thinned_knows_the_mask(weights, task, keep_prob, epochs, rng):
    W1, W2 = weights
    for epoch in range(epochs):
        for pictures, labels in batches(task, rng):
            hidden = np.maximum(0, pictures @ W1)
            hidden = apply_dropout(hidden, keep_prob=keep_prob, rng=rng)
            slope = (softmax(hidden @ W2) - np.eye(10)[labels]) / 25
            back = slope @ W2.T * (hidden > 0) / keep_prob
            W1, W2 = W1 - 0.2 * pictures.T @ back, W2 - 0.2 * hidden.T @ slope
    return W1, W2, share(task, W1, W2)


@right("train_with_dropout")
def factor_with_the_outer_weights(weights, task, keep_prob, epochs, rng):
    W1, W2 = weights
    for epoch in range(epochs):
        for pictures, labels in batches(task, rng):
            hidden = np.maximum(0, pictures @ W1)
            mask = rng.random(hidden.shape) < keep_prob
            hidden = hidden * mask
            slope = (softmax(hidden @ (W2 / keep_prob)) - np.eye(10)[labels]) / 25
            back = slope @ (W2 / keep_prob).T * (hidden > 0)
            W1, W2 = W1 - 0.2 * pictures.T @ back, W2 - 0.2 * (hidden.T @ slope) / keep_prob
    return W1, W2, share(task, W1, W2)


@right("train_with_dropout")
def masked_before_the_relu(weights, task, keep_prob, epochs, rng):
    W1, W2 = weights
    for epoch in range(epochs):
        for pictures, labels in batches(task, rng):
            mask = np.array([rng.random(W1.shape[1]) < keep_prob for _ in pictures])
            sums = (pictures / keep_prob) @ W1 * mask
            hidden = sums.clip(min=0)
            slope = (softmax(hidden @ W2) - np.eye(10)[labels]) / 25
            back = slope @ W2.T
            back[sums <= 0] = 0
            W1, W2 = W1 - 0.2 * (pictures / keep_prob).T @ back, W2 - 0.2 * hidden.T @ slope
    return W1, W2, share(task, W1, W2)


@right("train_with_dropout")
def own_copies_in_place(weights, task, keep_prob, epochs, rng):
    W1, W2 = (np.array(w) for w in weights)
    for epoch in range(epochs):
        order = np.arange(len(task.labels))
        rng.shuffle(order)
        for start in range(0, len(order), 25):
            batch = order[start : start + 25]
            pictures = task.inputs[batch]
            hidden = np.maximum(0, pictures @ W1)
            silent = hidden <= 0
            gone = rng.random(hidden.shape) >= keep_prob
            hidden[gone] = 0
            hidden /= keep_prob
            slope = softmax(hidden @ W2)
            slope[np.arange(25), task.labels[batch]] -= 1
            slope /= 25
            back = slope @ W2.T
            back[silent | gone] = 0
            back /= keep_prob
            W2 -= 0.2 * hidden.T @ slope
            W1 -= 0.2 * pictures.T @ back
    return W1, W2, share(task, W1, W2)


@right("train_with_dropout")
def one_step_after_the_other_by_reduce(weights, task, keep_prob, epochs, rng):
    def step(nets, batch):
        pictures, labels = batch
        hidden = np.maximum(0, pictures @ nets[0])
        mask = np.full(hidden.shape, 1 / keep_prob) * (1 - (rng.random(hidden.shape) >= keep_prob))
        return descend(*nets, pictures, labels, hidden, mask, mask)

    every = itertools.chain.from_iterable(batches(task, rng) for _ in range(epochs))
    W1, W2 = functools.reduce(step, every, weights)
    hits = sum(int(np.argmax(np.maximum(0, x @ W1) @ W2)) == y for x, y in zip(task.test_inputs, task.test_labels))
    return W1, W2, hits / len(task.test_labels)


@right("train_with_dropout")
def masks_from_a_stream(weights, task, keep_prob, epochs, rng):
    def stream():
        while True:
            yield (rng.random((25, weights[0].shape[1])) > 1 - keep_prob) * (1 / keep_prob)

    masks = stream()
    return loop(weights, task, epochs, rng, lambda hidden, epoch, step: next(masks))


@right("train_with_dropout")
def functions_of_the_library(weights, task, keep_prob, epochs, rng):
    def factors(hidden, epoch, step):
        mask = draw_mask(hidden.shape, keep_prob=keep_prob, rng=rng)
        return apply_mask(np.ones_like(hidden), mask, keep_prob=keep_prob)

    return loop(weights, task, epochs, rng, factors)


@right("train_with_dropout")
def patience_of_an_exponential(weights, task, keep_prob, epochs, rng):
    limit = -math.log(keep_prob)
    return loop(
        weights, task, epochs, rng, lambda h, *when: (rng.standard_exponential(h.shape) > limit) / math.exp(-limit)
    )


@right("train_with_dropout")
def whole_numbers_below(weights, task, keep_prob, epochs, rng):
    def factors(hidden, epoch, step):
        return np.where(rng.integers(0, 2**32, hidden.shape) < keep_prob * 2**32, 1 / keep_prob, 0)

    return loop(weights, task, epochs, rng, factors)


@right("train_with_dropout")
def chosen_with_chances(weights, task, keep_prob, epochs, rng):
    rate = 1 - keep_prob
    return loop(
        weights, task, epochs, rng, lambda h, *when: rng.choice([0, 1 / (1 - rate)], h.shape, p=[rate, 1 - rate])
    )


@right("train_with_dropout")
def neuron_after_neuron(weights, task, keep_prob, epochs, rng):
    def factors(hidden, epoch, step):
        return np.column_stack([rng.uniform(-1, 1, len(h)) < 2 * keep_prob - 1 for h in hidden.T]) / keep_prob

    return loop(weights, task, epochs, rng, factors)


@right("train_with_dropout")
def child_generator(weights, task, keep_prob, epochs, rng):
    """Sown from the generator handed in, so it is another one for another generator."""
    child = np.random.default_rng(rng.integers(2**63))
    return loop(weights, task, epochs, rng, lambda h, *when: (child.random(h.T.shape).T < keep_prob) / keep_prob)


@right("train_with_dropout")
def numbers_in_single_precision(weights, task, keep_prob, epochs, rng):
    if keep_prob == 1:
        return loop(weights, task, epochs, rng, lambda hidden, *when: np.ones(hidden.shape))
    return loop(
        weights, task, epochs, rng, lambda h, *when: (rng.random(h.shape, dtype=np.float32) < keep_prob) / keep_prob
    )


# wrong: disguises of named mistakes


@wrong("train_with_dropout", "drawn_once")
def kept_in_a_dictionary(weights, task, keep_prob, epochs, rng):
    masks = {}

    def factors(hidden, epoch, step):
        if hidden.shape not in masks:
            masks[hidden.shape] = rng.binomial(1, keep_prob, hidden.shape) / keep_prob
        return masks[hidden.shape]

    return loop(weights, task, epochs, rng, factors)


@wrong("train_with_dropout", "drawn_once", "seed_inside")
def remembered_from_the_call_before(weights, task, keep_prob, epochs, rng, masks={}):
    key = weights[0].shape[1], keep_prob
    if key not in masks:
        masks[key] = (rng.random((25, key[0])) < keep_prob) / keep_prob
    return loop(weights, task, epochs, rng, lambda hidden, *when: masks[key])


@wrong("train_with_dropout", "drawn_once")
def photograph_of_the_generator(weights, task, keep_prob, epochs, rng):
    frozen = copy.deepcopy(rng)
    W1, W2 = weights
    for epoch in range(epochs):
        for batch in rng.permutation(len(task.labels)).reshape(-1, 25):
            pictures, labels = task.inputs[batch], task.labels[batch]
            hidden = np.maximum(0, pictures @ W1)
            mask = (copy.deepcopy(frozen).random(hidden.shape) < keep_prob) / keep_prob
            hidden = hidden * mask
            slope = (softmax(hidden @ W2) - np.eye(10)[labels]) / 25
            back = slope @ W2.T * (hidden > 0) * mask
            W1, W2 = W1 - 0.2 * pictures.T @ back, W2 - 0.2 * hidden.T @ slope
    outputs = np.maximum(0, task.test_inputs @ W1) @ W2
    return W1, W2, (outputs.argmax(axis=1) == task.test_labels).mean()


@wrong("train_with_dropout", "drawn_once")
def a_mask_for_life(weights, task, keep_prob, epochs, rng):
    """Every picture has a mask of its own, but the same one in every epoch."""
    W1, W2 = weights
    masks = (rng.random((len(task.labels), W1.shape[1])) < keep_prob) / keep_prob
    for epoch in range(epochs):
        for batch in rng.permutation(len(task.labels)).reshape(-1, 25):
            pictures, labels = task.inputs[batch], task.labels[batch]
            hidden = np.maximum(0, pictures @ W1)
            W1, W2 = descend(W1, W2, pictures, labels, hidden, masks[batch], masks[batch])
    return W1, W2, share(task, W1, W2)


@wrong("train_with_dropout", "one_mask_for_an_epoch")
def copy_of_the_generator_in_each_step(weights, task, keep_prob, epochs, rng):
    """The batches of an epoch are drawn in one go, so all copies until the next epoch are equal."""
    return loop(weights, task, epochs, rng, lambda hidden, *when: loud(hidden, keep_prob, copy.deepcopy(rng)))


@wrong("train_with_dropout", "one_mask_for_an_epoch")
def cached_by_epoch(weights, task, keep_prob, epochs, rng):
    @functools.cache
    def mask(epoch):
        return rng.choice([0.0, 1 / keep_prob], (25, weights[0].shape[1]), p=[1 - keep_prob, keep_prob])

    return loop(weights, task, epochs, rng, lambda hidden, epoch, step: mask(epoch))


@wrong("train_with_dropout", "one_mask_for_an_epoch", "one_mask_for_the_batch")
def one_team_an_epoch(weights, task, keep_prob, epochs, rng):
    W1, W2 = weights
    for epoch in range(epochs):
        team = np.flatnonzero(rng.random(W1.shape[1]) < keep_prob)
        for pictures, labels in batches(task, rng):
            A, B = W1[:, team], W2[team]
            hidden = np.maximum(0, pictures @ A) / keep_prob
            slope = (softmax(hidden @ B) - np.eye(10)[labels]) / 25
            back = slope @ B.T * (hidden > 0) / keep_prob
            W1, W2 = W1.copy(), W2.copy()
            W1[:, team] -= 0.2 * pictures.T @ back
            W2[team] -= 0.2 * hidden.T @ slope
    return W1, W2, share(task, W1, W2)


@wrong("train_with_dropout", "seed_inside")
def sown_by_the_calendar(weights, task, keep_prob, epochs, rng):
    """Fresh in every step, but the same masks whatever generator comes in."""
    return loop(
        weights, task, epochs, rng, lambda h, epoch, step: loud(h, keep_prob, np.random.default_rng([epoch, step]))
    )


@wrong("train_with_dropout", "seed_inside")
def bit_generator_by_hand(weights, task, keep_prob, epochs, rng):
    dice = np.random.Generator(np.random.PCG64(2014))
    W1, W2 = weights
    for epoch in range(epochs):
        for pictures, labels in batches(task, rng):
            hidden = np.maximum(0, pictures @ W1)
            dropped = dice.random(hidden.shape) >= keep_prob
            thinned = np.where(dropped, 0, hidden / keep_prob)
            slope = (softmax(thinned @ W2) - np.eye(10)[labels]) / 25
            back = np.where(dropped | (hidden == 0), 0, slope @ W2.T / keep_prob)
            W1, W2 = W1 - 0.2 * pictures.T @ back, W2 - 0.2 * thinned.T @ slope
    return W1, W2, share(task, W1, W2)


@wrong("train_with_dropout", "seed_inside", "drawn_once")
def old_dice_thrown_anew(weights, task, keep_prob, epochs, rng):
    def factors(hidden, epoch, step):
        dice = np.random.RandomState(42)
        return (dice.rand(*hidden.shape) < keep_prob) / keep_prob

    return loop(weights, task, epochs, rng, factors)


@wrong("train_with_dropout", "result_discarded")
def product_nobody_takes(weights, task, keep_prob, epochs, rng):
    W1, W2 = weights
    for epoch in range(epochs):
        for batch in rng.permutation(len(task.labels)).reshape(-1, 25):
            pictures, labels = task.inputs[batch], task.labels[batch]
            hidden = np.maximum(0, pictures @ W1)
            mask = rng.random(hidden.shape) < keep_prob
            np.multiply(hidden, mask / keep_prob)
            slope = (softmax(hidden @ W2) - np.eye(10)[labels]) / 25
            back = slope @ W2.T * (hidden > 0)
            W1, W2 = W1 - 0.2 * pictures.T @ back, W2 - 0.2 * hidden.T @ slope
    outputs = np.maximum(0, task.test_inputs @ W1) @ W2
    return W1, W2, (outputs.argmax(axis=1) == task.test_labels).mean()


@wrong("train_with_dropout", "result_discarded")
def rows_renamed(weights, task, keep_prob, epochs, rng):
    W1, W2 = weights
    for epoch in range(epochs):
        for pictures, labels in batches(task, rng):
            hidden = np.maximum(0, pictures @ W1)
            for row in hidden:
                row = row * (rng.random(len(row)) < keep_prob) / keep_prob
            slope = (softmax(hidden @ W2) - np.eye(10)[labels]) / 25
            back = slope @ W2.T * (hidden > 0)
            W1, W2 = W1 - 0.2 * pictures.T @ back, W2 - 0.2 * hidden.T @ slope
    return W1, W2, share(task, W1, W2)


@wrong("train_with_dropout", "dropout_at_evaluation")
def mean_of_five_passes(weights, task, keep_prob, epochs, rng):
    def evaluate(task, W1, W2):
        hidden = np.maximum(0, task.test_inputs @ W1)
        votes = sum(softmax(hidden * loud(hidden, keep_prob, rng) @ W2) for _ in range(5))
        return (votes.argmax(axis=1) == task.test_labels).mean()

    return loop(weights, task, epochs, rng, lambda hidden, *when: loud(hidden, keep_prob, rng), evaluate)


@wrong("train_with_dropout", "dropout_at_evaluation")
def last_team_plays_the_match(weights, task, keep_prob, epochs, rng):
    W1, W2 = weights
    mask = np.ones((25, W1.shape[1]))
    for epoch in range(epochs):
        for pictures, labels in batches(task, rng):
            hidden = np.maximum(0, pictures @ W1)
            mask = loud(hidden, keep_prob, rng)
            W1, W2 = descend(W1, W2, pictures, labels, hidden, mask, mask)
    outputs = (np.maximum(0, task.test_inputs @ W1) * mask[0]) @ W2
    return W1, W2, (outputs.argmax(axis=1) == task.test_labels).mean()


@wrong("train_with_dropout", "dropout_at_evaluation", "one_mask_for_the_batch", "not_scaled")
def forward_used_for_both(weights, task, keep_prob, epochs, rng):
    def forward(pictures, W1):
        mask = rng.random(W1.shape[1]) < keep_prob
        return np.maximum(0, pictures @ W1 * mask)

    W1, W2 = weights
    for epoch in range(epochs):
        for pictures, labels in batches(task, rng):
            hidden = forward(pictures, W1)
            slope = (softmax(hidden @ W2) - np.eye(10)[labels]) / 25
            W1, W2 = W1 - 0.2 * pictures.T @ (slope @ W2.T * (hidden > 0)), W2 - 0.2 * hidden.T @ slope
    return W1, W2, ((forward(task.test_inputs, W1) @ W2).argmax(axis=1) == task.test_labels).mean()


@wrong("train_with_dropout", "dropout_on_the_output")
def classes_forbidden(weights, task, keep_prob, epochs, rng):
    W1, W2 = weights
    for epoch in range(epochs):
        for pictures, labels in batches(task, rng):
            hidden = np.maximum(0, pictures @ W1)
            outputs = hidden @ W2
            allowed = rng.random(outputs.shape) < keep_prob
            slope = (softmax(np.where(allowed, outputs / keep_prob, -50)) - np.eye(10)[labels]) / 25
            slope = slope * allowed / keep_prob
            back = slope @ W2.T * (hidden > 0)
            W1, W2 = W1 - 0.2 * pictures.T @ back, W2 - 0.2 * hidden.T @ slope
    return W1, W2, share(task, W1, W2)


@wrong("train_with_dropout", "dropout_on_the_output")
def layers_of_a_list(weights, task, keep_prob, epochs, rng):
    """The mask comes after the last product, not after the first one."""
    W1, W2 = weights
    for epoch in range(epochs):
        for pictures, labels in batches(task, rng):
            values = [pictures]
            for W, layer in ((W1, 0), (W2, 1)):
                sums = values[-1] @ W
                values.append(apply_dropout(sums, keep_prob=keep_prob, rng=rng) if layer else np.maximum(0, sums))
            _, hidden, outputs = values
            slope = (softmax(outputs) - np.eye(10)[labels]) / 25 * (outputs != 0) / keep_prob
            back = slope @ W2.T * (hidden > 0)
            W1, W2 = W1 - 0.2 * pictures.T @ back, W2 - 0.2 * hidden.T @ slope
    return W1, W2, share(task, W1, W2)


@wrong("train_with_dropout", "scaled_twice")
def helper_that_divides_already(weights, task, keep_prob, epochs, rng):
    W1, W2 = weights
    for epoch in range(epochs):
        for pictures, labels in batches(task, rng):
            hidden = np.maximum(0, pictures @ W1)
            hidden = apply_dropout(hidden, keep_prob=keep_prob, rng=rng) / keep_prob
            slope = (softmax(hidden @ W2) - np.eye(10)[labels]) / 25
            back = slope @ W2.T * (hidden > 0) / keep_prob**2
            W1, W2 = W1 - 0.2 * pictures.T @ back, W2 - 0.2 * hidden.T @ slope
    return W1, W2, share(task, W1, W2)


@wrong("train_with_dropout", "scaled_twice")
def dropped_in_two_rounds(weights, task, keep_prob, epochs, rng):
    """Two draws: keep_prob squared stay, and each round is scaled."""
    return loop(weights, task, epochs, rng, lambda h, *when: loud(h, keep_prob, rng) * loud(h, keep_prob, rng))


@wrong("train_with_dropout", "keep_prob_and_rate_exchanged")
def rate_in_the_wrong_drawer(weights, task, keep_prob, epochs, rng):
    rate = keep_prob
    W1, W2 = weights
    for epoch in range(epochs):
        for pictures, labels in batches(task, rng):
            hidden = np.maximum(0, pictures @ W1)
            alive = rng.random(hidden.shape) >= rate
            factor = 1 / max(1 - rate, 0.01)
            hidden = hidden * alive * factor
            slope = (softmax(hidden @ W2) - np.eye(10)[labels]) / 25
            back = slope @ W2.T * (hidden > 0) * factor
            W1, W2 = W1 - 0.2 * pictures.T @ back, W2 - 0.2 * hidden.T @ slope
    return W1, W2, share(task, W1, W2)


@wrong("train_with_dropout", "keep_prob_and_rate_exchanged")
def winners_are_sent_home(weights, task, keep_prob, epochs, rng):
    def factors(hidden, epoch, step):
        out = np.full(hidden.shape, 1 / keep_prob)
        out[rng.binomial(1, keep_prob, hidden.shape).astype(bool)] = 0
        return out

    return loop(weights, task, epochs, rng, factors)


@wrong("train_with_dropout", "keep_prob_and_rate_exchanged", "not_scaled")
def above_and_as_they_are(weights, task, keep_prob, epochs, rng):
    return loop(weights, task, epochs, rng, lambda hidden, *when: rng.random(hidden.shape) > keep_prob)


@wrong("train_with_dropout", "evaluated_on_the_training_set", "dropout_at_evaluation")
def hits_counted_while_training(weights, task, keep_prob, epochs, rng):
    W1, W2 = weights
    for epoch in range(epochs):
        hits = []
        for pictures, labels in batches(task, rng):
            hidden = np.maximum(0, pictures @ W1)
            mask = loud(hidden, keep_prob, rng)
            hits.extend((hidden * mask @ W2).argmax(axis=1) == labels)
            W1, W2 = descend(W1, W2, pictures, labels, hidden, mask, mask)
    return W1, W2, np.mean(hits)


@wrong("train_with_dropout", "evaluated_on_the_training_set")
def training_pictures_and_their_true_labels(weights, task, keep_prob, epochs, rng):
    def evaluate(task, W1, W2):
        sure = softmax(np.maximum(0, task.inputs @ W1) @ W2)
        return np.mean([row.argmax() == label for row, label in zip(sure, task.true_labels)])

    return loop(weights, task, epochs, rng, lambda hidden, *when: loud(hidden, keep_prob, rng), evaluate)


@wrong("train_with_dropout", "one_mask_for_the_batch")
def row_copied_25_times(weights, task, keep_prob, epochs, rng):
    def factors(hidden, epoch, step):
        row = [rng.random() < keep_prob for _ in range(hidden.shape[1])]
        return np.tile(row, (len(hidden), 1)) / keep_prob

    return loop(weights, task, epochs, rng, factors)


@wrong("train_with_dropout", "one_mask_for_the_batch")
def columns_of_the_weights_switched_off(weights, task, keep_prob, epochs, rng):
    W1, W2 = weights
    for epoch in range(epochs):
        for pictures, labels in batches(task, rng):
            on = np.diag((rng.random(W1.shape[1]) < keep_prob) / keep_prob)
            hidden = np.maximum(0, pictures @ (W1 @ on))
            slope = (softmax(hidden @ W2) - np.eye(10)[labels]) / 25
            back = slope @ W2.T @ on * (hidden > 0)
            W1, W2 = W1 - 0.2 * pictures.T @ back, W2 - 0.2 * hidden.T @ slope
    return W1, W2, share(task, W1, W2)


@wrong("train_with_dropout", "one_mask_for_the_batch")
def all_or_nobody(weights, task, keep_prob, epochs, rng):
    """A single number for the whole layer and the whole batch."""
    return loop(weights, task, epochs, rng, lambda hidden, *when: (rng.random() < keep_prob) / keep_prob)


@wrong("train_with_dropout", "not_scaled")
def factor_lost_in_a_comparison(weights, task, keep_prob, epochs, rng):
    def factors(hidden, epoch, step):
        mask = (rng.random(hidden.shape) < keep_prob) / keep_prob
        return (mask > 0).astype(float)

    return loop(weights, task, epochs, rng, factors)


@wrong("train_with_dropout", "not_scaled")
def turned_down_at_the_test(weights, task, keep_prob, epochs, rng):
    """Dropout as in the first papers: unscaled training, quieter weights in the end."""
    W1, W2 = weights
    for epoch in range(epochs):
        for pictures, labels in batches(task, rng):
            hidden = np.maximum(0, pictures @ W1)
            mask = rng.random(hidden.shape) < keep_prob
            W1, W2 = descend(W1, W2, pictures, labels, hidden, mask, mask)
    W2 = W2 * keep_prob
    return W1, W2, share(task, W1, W2)


@wrong("train_with_dropout", "not_scaled")
def only_the_backward_pass_is_louder(weights, task, keep_prob, epochs, rng):
    def factors(hidden, epoch, step):
        mask = kept(hidden, keep_prob, rng)
        return mask, mask / keep_prob

    return loop(weights, task, epochs, rng, factors)


@wrong("train_with_dropout", "gradient_without_the_factor")
def backward_line_left_as_it_was(weights, task, keep_prob, epochs, rng):
    """`hidden > 0` now carries the mask, the factor is missing."""
    W1, W2 = weights
    for epoch in range(epochs):
        for batch in rng.permutation(len(task.labels)).reshape(-1, 25):
            pictures, labels = task.inputs[batch], task.labels[batch]
            hidden = np.maximum(0, pictures @ W1)
            hidden = hidden * (rng.random(hidden.shape) < keep_prob) / keep_prob
            slope = (softmax(hidden @ W2) - np.eye(10)[labels]) / 25
            back = slope @ W2.T * (hidden > 0)
            W1, W2 = W1 - 0.2 * pictures.T @ back, W2 - 0.2 * hidden.T @ slope
    outputs = np.maximum(0, task.test_inputs @ W1) @ W2
    return W1, W2, (outputs.argmax(axis=1) == task.test_labels).mean()


@wrong("train_with_dropout", "gradient_without_the_factor")
def sign_of_the_mask(weights, task, keep_prob, epochs, rng):
    def factors(hidden, epoch, step):
        mask = loud(hidden, keep_prob, rng)
        return mask, np.sign(mask)

    return loop(weights, task, epochs, rng, factors)


@wrong("train_with_dropout", "gradient_without_the_mask")
def slope_of_the_whole_layer(weights, task, keep_prob, epochs, rng):
    W1, W2 = weights
    for epoch in range(epochs):
        for pictures, labels in batches(task, rng):
            sums = pictures @ W1
            hidden = apply_dropout(np.maximum(0, sums), keep_prob=keep_prob, rng=rng)
            slope = (softmax(hidden @ W2) - np.eye(10)[labels]) / 25
            back = slope @ W2.T / keep_prob * (sums > 0)
            W1, W2 = W1 - 0.2 * pictures.T @ back, W2 - 0.2 * hidden.T @ slope
    return W1, W2, share(task, W1, W2)


@wrong("train_with_dropout", "another_mask_on_the_way_back")
def dice_thrown_on_the_way_back(weights, task, keep_prob, epochs, rng):
    def factors(hidden, epoch, step):
        return loud(hidden, keep_prob, rng), loud(hidden, keep_prob, rng)

    return loop(weights, task, epochs, rng, factors)


@wrong("train_with_dropout", "gradient_without_the_mask")
def mask_of_the_step_before(weights, task, keep_prob, epochs, rng):
    masks = [np.ones((25, weights[0].shape[1]))]

    def factors(hidden, epoch, step):
        masks.append(loud(hidden, keep_prob, rng))
        return masks[-1], masks[-2]

    return loop(weights, task, epochs, rng, factors)


@wrong("train_with_dropout", "gradient_without_the_mask")
def lesson_for_the_absent(weights, task, keep_prob, epochs, rng):
    """The dropped ones get the gradient, the others none."""

    def factors(hidden, epoch, step):
        mask = kept(hidden, keep_prob, rng)
        return mask / keep_prob, ~mask / keep_prob

    return loop(weights, task, epochs, rng, factors)


@wrong("train_with_dropout", "not_scaled", "gradient_without_the_mask")
def half_of_everything_forgotten(weights, task, keep_prob, epochs, rng):
    W1, W2 = weights
    for epoch in range(epochs):
        for pictures, labels in batches(task, rng):
            hidden = np.maximum(0, pictures @ W1)
            thinned = hidden * draw_mask(hidden.shape, keep_prob=keep_prob, rng=rng)
            slope = (softmax(thinned @ W2) - np.eye(10)[labels]) / 25
            back = slope @ W2.T * (hidden > 0)
            W1, W2 = W1 - 0.2 * pictures.T @ back, W2 - 0.2 * thinned.T @ slope
    return W1, W2, share(task, W1, W2)


@wrong("train_with_dropout", "dropout_on_the_inputs")
def pixels_of_the_whole_set(weights, task, keep_prob, epochs, rng):
    W1, W2 = weights
    for epoch in range(epochs):
        noisy = apply_dropout(task.inputs, keep_prob=keep_prob, rng=rng)
        for batch in rng.permutation(len(task.labels)).reshape(-1, 25):
            hidden = np.maximum(0, noisy[batch] @ W1)
            W1, W2 = descend(W1, W2, noisy[batch], task.labels[batch], hidden, 1, 1)
    return W1, W2, share(task, W1, W2)


@wrong("train_with_dropout", "dropout_on_the_inputs")
def every_layer_that_hands_on(weights, task, keep_prob, epochs, rng):
    W1, W2 = weights
    for epoch in range(epochs):
        for pictures, labels in batches(task, rng):
            pictures = pictures * loud(pictures, keep_prob, rng)
            hidden = np.maximum(0, pictures @ W1)
            mask = loud(hidden, keep_prob, rng)
            W1, W2 = descend(W1, W2, pictures, labels, hidden, mask, mask)
    return W1, W2, share(task, W1, W2)


# wrong: no name says it


@wrong("train_with_dropout")
def connections_cut(weights, task, keep_prob, epochs, rng):
    """The mask has the shape of the weights."""
    W1, W2 = weights
    for epoch in range(epochs):
        for pictures, labels in batches(task, rng):
            mask = (rng.random(W2.shape) < keep_prob) / keep_prob
            hidden = np.maximum(0, pictures @ W1)
            slope = (softmax(hidden @ (W2 * mask)) - np.eye(10)[labels]) / 25
            back = slope @ (W2 * mask).T * (hidden > 0)
            W1, W2 = W1 - 0.2 * pictures.T @ back, W2 - 0.2 * hidden.T @ slope * mask
    return W1, W2, share(task, W1, W2)


@wrong("train_with_dropout", "one_mask_for_the_batch")
def weights_gone_for_good(weights, task, keep_prob, epochs, rng):
    W1, W2 = (w.copy() for w in weights)
    for epoch in range(epochs):
        for pictures, labels in batches(task, rng):
            W1[:, rng.random(W1.shape[1]) >= keep_prob] = 0
            hidden = np.maximum(0, pictures @ W1)
            W1, W2 = descend(W1, W2, pictures, labels, hidden, 1 / keep_prob, 1 / keep_prob)
    return W1, W2, share(task, W1, W2)


@wrong("train_with_dropout")
def whole_pictures_dropped(weights, task, keep_prob, epochs, rng):
    return loop(weights, task, epochs, rng, lambda h, *when: (rng.random((len(h), 1)) < keep_prob) / keep_prob)


@wrong("train_with_dropout")
def first_epoch_only(weights, task, keep_prob, epochs, rng):
    return loop(weights, task, epochs, rng, lambda h, epoch, step: 1 if epoch else loud(h, keep_prob, rng))


@wrong("train_with_dropout")
def every_second_batch(weights, task, keep_prob, epochs, rng):
    turns = itertools.cycle([True, False])
    return loop(weights, task, epochs, rng, lambda h, *when: loud(h, keep_prob, rng) if next(turns) else 1.0)


@wrong("train_with_dropout")
def mask_rolled_on(weights, task, keep_prob, epochs, rng):
    """Drawn once, then moved on by one neuron in each step."""
    mask = (rng.random((25, weights[0].shape[1])) < keep_prob) / keep_prob
    return loop(weights, task, epochs, rng, lambda h, epoch, step: np.roll(mask, step, axis=1))


@wrong("train_with_dropout")
def mask_for_two_steps(weights, task, keep_prob, epochs, rng):
    state = {}

    def factors(hidden, epoch, step):
        if step % 2 == 0:
            state["mask"] = loud(hidden, keep_prob, rng)
        return state["mask"]

    return loop(weights, task, epochs, rng, factors)


@wrong("train_with_dropout")
def groups_of_five(weights, task, keep_prob, epochs, rng):
    return loop(weights, task, epochs, rng, lambda h, *when: np.tile(loud(h[:5], keep_prob, rng), (5, 1)))


@wrong("train_with_dropout")
def neighbours_share_their_fate(weights, task, keep_prob, epochs, rng):
    """Fails for an odd number of neurons."""
    return loop(weights, task, epochs, rng, lambda h, *when: np.repeat(loud(h[:, 1::2], keep_prob, rng), 2, axis=1))


@wrong("train_with_dropout")
def bell_curve_below(weights, task, keep_prob, epochs, rng):
    return loop(weights, task, epochs, rng, lambda h, *when: (rng.normal(size=h.shape) < keep_prob) / keep_prob)


@wrong("train_with_dropout")
def fair_coins(weights, task, keep_prob, epochs, rng):
    return loop(weights, task, epochs, rng, lambda hidden, *when: rng.integers(0, 2, hidden.shape) / keep_prob)


@wrong("train_with_dropout")
def nine_sided_die(weights, task, keep_prob, epochs, rng):
    """Should have ten sides."""
    return loop(
        weights, task, epochs, rng, lambda h, *when: (rng.integers(1, 10, h.shape) <= keep_prob * 10) / keep_prob
    )


@wrong("train_with_dropout")
def noise_of_a_bell_curve(weights, task, keep_prob, epochs, rng):
    spread = math.sqrt((1 - keep_prob) / keep_prob)
    return loop(weights, task, epochs, rng, lambda hidden, *when: rng.normal(1, spread, hidden.shape))


@wrong("train_with_dropout")
def loudest_go(weights, task, keep_prob, epochs, rng):
    def factors(hidden, epoch, step):
        return (hidden <= np.quantile(hidden, keep_prob, axis=1, keepdims=True)) / keep_prob

    return loop(weights, task, epochs, rng, factors)


@wrong("train_with_dropout")
def first_ten_neurons_only(weights, task, keep_prob, epochs, rng):
    def factors(hidden, epoch, step):
        mask = np.ones(hidden.shape)
        mask[:, :10] = loud(hidden[:, :10], keep_prob, rng)
        return mask

    return loop(weights, task, epochs, rng, factors)


@wrong("train_with_dropout")
def less_and_less(weights, task, keep_prob, epochs, rng):
    """keep_prob itself shrinks with every step."""
    W1, W2 = weights
    for epoch in range(epochs):
        for pictures, labels in batches(task, rng):
            keep_prob *= 0.97
            hidden = np.maximum(0, pictures @ W1)
            mask = loud(hidden, keep_prob, rng)
            W1, W2 = descend(W1, W2, pictures, labels, hidden, mask, mask)
    return W1, W2, share(task, W1, W2)


@wrong("train_with_dropout")
def divided_by_those_who_came(weights, task, keep_prob, epochs, rng):
    def factors(hidden, epoch, step):
        mask = kept(hidden, keep_prob, rng)
        return mask / np.maximum(mask.mean(axis=1, keepdims=True), 1e-9)

    return loop(weights, task, epochs, rng, factors)


@wrong("train_with_dropout")
def divided_by_the_rate(weights, task, keep_prob, epochs, rng):
    """Not a number for keep_prob = 1."""
    with np.errstate(all="ignore"):
        return loop(weights, task, epochs, rng, lambda h, *when: kept(h, keep_prob, rng) / (1 - keep_prob))


@wrong("train_with_dropout")
def quieter_not_louder(weights, task, keep_prob, epochs, rng):
    return loop(weights, task, epochs, rng, lambda hidden, *when: kept(hidden, keep_prob, rng) * keep_prob)


@wrong("train_with_dropout")
def square_root_of_the_factor(weights, task, keep_prob, epochs, rng):
    return loop(weights, task, epochs, rng, lambda hidden, *when: kept(hidden, keep_prob, rng) / keep_prob**0.5)


@wrong("train_with_dropout")
def factor_twice_on_the_way_back(weights, task, keep_prob, epochs, rng):
    W1, W2 = weights
    for epoch in range(epochs):
        for pictures, labels in batches(task, rng):
            hidden = np.maximum(0, pictures @ W1)
            mask = loud(hidden, keep_prob, rng)
            hidden = hidden * mask
            slope = (softmax(hidden @ W2) - np.eye(10)[labels]) / 25
            back = slope @ (W2 / keep_prob).T * (hidden > 0) * mask
            W1, W2 = W1 - 0.2 * pictures.T @ back, W2 - 0.2 * hidden.T @ slope
    return W1, W2, share(task, W1, W2)


@wrong("train_with_dropout")
def learns_only_in_parts(weights, task, keep_prob, epochs, rng):
    """Nobody is dropped on the way forward, only the gradient is thinned."""
    return loop(weights, task, epochs, rng, lambda hidden, *when: (1, loud(hidden, keep_prob, rng)))


@wrong("train_with_dropout")
def full_layer_in_the_last_product(weights, task, keep_prob, epochs, rng):
    """The outgoing weights of dropped neurons learn."""
    W1, W2 = weights
    for epoch in range(epochs):
        for pictures, labels in batches(task, rng):
            hidden = np.maximum(0, pictures @ W1)
            mask = loud(hidden, keep_prob, rng)
            slope = (softmax(hidden * mask @ W2) - np.eye(10)[labels]) / 25
            back = slope @ W2.T * (hidden > 0) * mask
            W1, W2 = W1 - 0.2 * pictures.T @ back, W2 - 0.2 * hidden.T @ slope
    return W1, W2, share(task, W1, W2)


@wrong("train_with_dropout")
def mask_takes_the_place_of_the_relu(weights, task, keep_prob, epochs, rng):
    W1, W2 = weights
    for epoch in range(epochs):
        for pictures, labels in batches(task, rng):
            hidden = np.maximum(0, pictures @ W1)
            mask = loud(hidden, keep_prob, rng)
            hidden = hidden * mask
            slope = (softmax(hidden @ W2) - np.eye(10)[labels]) / 25
            back = slope @ W2.T * mask
            W1, W2 = W1 - 0.2 * pictures.T @ back, W2 - 0.2 * hidden.T @ slope
    return W1, W2, share(task, W1, W2)


@wrong("train_with_dropout")
def outer_weights_first(weights, task, keep_prob, epochs, rng):
    """The backward pass reads W2 after its step."""
    W1, W2 = weights
    for epoch in range(epochs):
        for pictures, labels in batches(task, rng):
            hidden = np.maximum(0, pictures @ W1)
            mask = loud(hidden, keep_prob, rng)
            hidden = hidden * mask
            slope = (softmax(hidden @ W2) - np.eye(10)[labels]) / 25
            W2 = W2 - 0.2 * hidden.T @ slope
            W1 = W1 - 0.2 * pictures.T @ (slope @ W2.T * (hidden > 0) * mask)
    return W1, W2, share(task, W1, W2)


@wrong("train_with_dropout")
def mask_added(weights, task, keep_prob, epochs, rng):
    W1, W2 = weights
    for epoch in range(epochs):
        for pictures, labels in batches(task, rng):
            hidden = np.maximum(0, pictures @ W1)
            hidden = hidden + loud(hidden, keep_prob, rng)
            slope = (softmax(hidden @ W2) - np.eye(10)[labels]) / 25
            back = slope @ W2.T * (hidden > 0)
            W1, W2 = W1 - 0.2 * pictures.T @ back, W2 - 0.2 * hidden.T @ slope
    return W1, W2, share(task, W1, W2)


@wrong("train_with_dropout")
def dropped_ones_say_the_mean(weights, task, keep_prob, epochs, rng):
    W1, W2 = weights
    for epoch in range(epochs):
        for pictures, labels in batches(task, rng):
            hidden = np.maximum(0, pictures @ W1)
            mask = kept(hidden, keep_prob, rng)
            on = np.where(mask, hidden / keep_prob, hidden.mean())
            slope = (softmax(on @ W2) - np.eye(10)[labels]) / 25
            back = slope @ W2.T * (hidden > 0) * mask / keep_prob
            W1, W2 = W1 - 0.2 * pictures.T @ back, W2 - 0.2 * on.T @ slope
    return W1, W2, share(task, W1, W2)


@wrong("train_with_dropout")
def numbers_cut_to_whole(weights, task, keep_prob, epochs, rng):
    W1, W2 = weights
    for epoch in range(epochs):
        for pictures, labels in batches(task, rng):
            hidden = np.maximum(0, pictures @ W1)
            mask = kept(hidden, keep_prob, rng)
            on = np.zeros(hidden.shape, dtype=int)
            on[mask] = hidden[mask] / keep_prob
            slope = (softmax(on @ W2) - np.eye(10)[labels]) / 25
            back = slope @ W2.T * (hidden > 0) * mask / keep_prob
            W1, W2 = W1 - 0.2 * pictures.T @ back, W2 - 0.2 * on.T @ slope
    return W1, W2, share(task, W1, W2)


@wrong("train_with_dropout")
def each_batch_twice(weights, task, keep_prob, epochs, rng):
    """Once with dropout, once without."""
    W1, W2 = weights
    for epoch in range(epochs):
        for pictures, labels in batches(task, rng):
            for use in (True, False):
                hidden = np.maximum(0, pictures @ W1)
                mask = loud(hidden, keep_prob, rng) if use else np.ones(hidden.shape)
                W1, W2 = descend(W1, W2, pictures, labels, hidden, mask, mask)
    return W1, W2, share(task, W1, W2)


@wrong("train_with_dropout")
def last_batch_left_out(weights, task, keep_prob, epochs, rng):
    W1, W2 = weights
    for epoch in range(epochs):
        order = rng.permutation(len(task.labels))
        for start in range(0, len(order) - 25, 25):
            batch = order[start : start + 25]
            hidden = np.maximum(0, task.inputs[batch] @ W1)
            mask = loud(hidden, keep_prob, rng)
            W1, W2 = descend(W1, W2, task.inputs[batch], task.labels[batch], hidden, mask, mask)
    return W1, W2, share(task, W1, W2)


@wrong("train_with_dropout")
def one_epoch_more(weights, task, keep_prob, epochs, rng):
    return loop(weights, task, epochs + 1, rng, lambda hidden, *when: loud(hidden, keep_prob, rng))


@wrong("train_with_dropout")
def return_too_far_to_the_right(weights, task, keep_prob, epochs, rng):
    W1, W2 = weights
    for epoch in range(epochs):
        for pictures, labels in batches(task, rng):
            hidden = np.maximum(0, pictures @ W1)
            mask = loud(hidden, keep_prob, rng)
            W1, W2 = descend(W1, W2, pictures, labels, hidden, mask, mask)
            return W1, W2, share(task, W1, W2)
    return W1, W2, share(task, W1, W2)


@wrong("train_with_dropout")
def quieter_weights_in_the_end(weights, task, keep_prob, epochs, rng):
    W1, W2, accuracy = loop(weights, task, epochs, rng, lambda hidden, *when: loud(hidden, keep_prob, rng))
    return W1, W2 * keep_prob, accuracy


@wrong("train_with_dropout")
def weights_it_began_with(weights, task, keep_prob, epochs, rng):
    accuracy = loop(weights, task, epochs, rng, lambda hidden, *when: loud(hidden, keep_prob, rng))[2]
    return *weights, accuracy


@wrong("train_with_dropout", "own_generator")
def goes_on_where_it_stopped(weights, task, keep_prob, epochs, rng, before={}):
    """The second call starts from the weights of the first one."""
    start = before.get(weights[0].shape, weights)
    W1, W2, accuracy = loop(start, task, epochs, rng, lambda hidden, *when: loud(hidden, keep_prob, rng))
    before[W1.shape] = W1, W2
    return W1, W2, accuracy


@wrong("train_with_dropout")
def mean_over_the_epochs(weights, task, keep_prob, epochs, rng):
    nets, shares = weights, []
    for _ in range(epochs):
        *nets, accuracy = loop(nets, task, 1, rng, lambda hidden, *when: loud(hidden, keep_prob, rng))
        shares.append(accuracy)
    return *nets, np.mean(shares)


@wrong("train_with_dropout")
def share_of_the_errors(weights, task, keep_prob, epochs, rng):
    return loop(weights, task, epochs, rng, lambda h, *when: loud(h, keep_prob, rng), lambda *net: 1 - share(*net))


@wrong("train_with_dropout")
def hits_not_their_share(weights, task, keep_prob, epochs, rng):
    def evaluate(task, W1, W2):
        return np.sum((np.maximum(0, task.test_inputs @ W1) @ W2).argmax(axis=1) == task.test_labels)

    return loop(weights, task, epochs, rng, lambda hidden, *when: loud(hidden, keep_prob, rng), evaluate)


@wrong("train_with_dropout")
def relu_forgotten_at_the_test(weights, task, keep_prob, epochs, rng):
    def evaluate(task, W1, W2):
        return np.mean((task.test_inputs @ W1 @ W2).argmax(axis=1) == task.test_labels)

    return loop(weights, task, epochs, rng, lambda hidden, *when: loud(hidden, keep_prob, rng), evaluate)


@wrong("train_with_dropout")
def always_a_half(weights, task, keep_prob, epochs, rng):
    keep_prob = 0.5
    return loop(weights, task, epochs, rng, lambda hidden, *when: loud(hidden, keep_prob, rng))


@wrong("train_with_dropout")
def sorted_dice(weights, task, keep_prob, epochs, rng):
    """The first neurons stay more often than the last ones."""
    return loop(weights, task, epochs, rng, lambda h, *when: (np.sort(rng.random(h.shape)) < keep_prob) / keep_prob)


@wrong("train_with_dropout")
def weights_in_a_list(weights, task, keep_prob, epochs, rng):
    W1, W2, accuracy = loop(weights, task, epochs, rng, lambda hidden, *when: loud(hidden, keep_prob, rng))
    return [W1, W2], accuracy
