"""What learners typed and what was said to them: no yes for a wrong answer, no cause that was not seen, no bare number.

Each row is an answer to an exercise, as the lines of its function, with the mistake's name or None, and words that the
sentence must hold. `not` begins words that it must not hold. They stand for kinds; each kind has two rows or more.
"""

# ruff: noqa: E501 (one row for each answer)

import copy
import decimal
import fractions
import importlib
import itertools
import random
import re

import numpy as np
import pytest

from dropout_lib import softmax

TRAIN = """
W1, W2 = weights
for epoch in range(epochs):
    for batch in rng.permutation(len(task.labels)).reshape(-1, 25):
        x = task.inputs[batch]
        h = np.maximum(0, x @ W1)
        mask = (rng.random(h.shape) < keep_prob) / keep_prob
        h = h * mask
        slope = (softmax(h @ W2) - np.eye(10)[task.labels[batch]]) / 25
        back = slope @ W2.T * (h > 0) * mask
        W1 = W1 - 0.2 * x.T @ back
        W2 = W2 - 0.2 * h.T @ slope
return W1, W2, ((np.maximum(0, task.test_inputs @ W1) @ W2).argmax(axis=1) == task.test_labels).mean()
"""
DRAWN = "        mask = (rng.random(h.shape) < keep_prob) / keep_prob\n"
SPREAD = """
p = np.array([softmax(hidden * (rng.random(hidden.shape) < keep_prob) / keep_prob @ weights) for _ in range(draws)])
return p.mean(axis=0), p.std(axis=0)
"""
ATTENTION = "return softmax(scores) * (rng.random(scores.shape) < keep_prob) / keep_prob @ values"
BLOCK = "return x + branch(x) * (1 if rng is None else (rng.random((len(x), 1)) < keep_prob) / keep_prob)"


def train(old, new):
    """Give the right loop with some of its lines changed."""
    assert TRAIN.count(old) == 1
    return TRAIN.replace(old, new)


def spread(old, new):
    assert SPREAD.count(old) == 1
    return SPREAD.replace(old, new)


def drawn(line):
    return train(DRAWN, f"        {line}\n")


QUOTA = "np.array([rng.permutation(np.arange(h.shape[1]) < round(keep_prob * h.shape[1])) for _ in h])"
ONES = "        mask = 1\n"
FATE = "fate = rng.random((26, 400))[1:] < keep_prob"
CASES = {
    "draw_the_mask.neurons_to_keep": [
        ("return np.random.default_rng().random(shape) < keep_prob", "own_generator", ["equal generators"]),
        ("return np.array([random.SystemRandom().random() for _ in range(int(np.prod(shape)))]).reshape(shape) < keep_prob",
         "own_generator", ["not global"]),
        ("return np.random.rand(*shape) < keep_prob", "global_generator", []),
        ("return np.full(shape, keep_prob > 0.5)", None, ["it kept 0% and 100% of the neurons at keep_prob 0.3 and 0.8."]),
        ("mask = rng.random(shape) < keep_prob\nmask[..., -2] = True\nreturn mask", None, ["neuron 39 is kept 100% of"]),
        ("mask = rng.random(shape) < keep_prob\nmask[..., 3] &= rng.random(shape[:-1]) < 0.7\nreturn mask", None,
         ["At keep_prob 0.8, neuron 4 is kept 64% of the time."]),
        ("fair = rng.random((*shape[:-1], 1)) < 0.5\nreturn rng.random(shape) < keep_prob + np.where(fair, 0.05, -0.05)", None,
         ["At keep_prob 0.3 the number kept varies between examples 1."]),
        ("return rng.spawn(1)[0].random(shape) < keep_prob", "yes", []),
        ("return np.random.default_rng(rng.integers(2**32)).random(shape) < keep_prob", "yes", []),
        ("return np.random.default_rng([rng.integers(9**9), 5]).random(shape) < keep_prob", "yes", []),
        ("return np.broadcast_to(np.arange(shape[-1]) < keep_prob * shape[-1], shape)", None, ["was a number drawn?"]),
        ("return np.broadcast_to(np.arange(shape[-1])[::-1] < keep_prob * shape[-1], shape)", None, ["not seed"]),
        ("return np.random.default_rng(0).random(shape) < keep_prob", "seed_inside", ["or from a seed inside"]),
        ("return rng.rand(*shape) < keep_prob", None, ["its method is `random`", "not Recording"]),
        ("return rng.random(*shape) < keep_prob", None, ["a shape is one argument, in round brackets, as in (3, 8)"]),
        ("return rng(shape) < keep_prob", None, ["rng is a Generator; its method is `random`"]),
        ("rows, columns = shape[0], shape[1]\nreturn rng.random(shape) < keep_prob", None, ["For the shape (2,)"]),
        ("return rng.random(shape).tolist()", "numbers_instead_of_a_mask", []),
        ("return np.arange(np.prod(shape)).reshape(shape)", None, ["yours holds 0, 1, 2, ..."]),
        ("import time\nwhile True:\n    time.sleep(0.001)", None, ["It may be slow, or a loop in it does not end."]),
    ],
    "draw_the_mask.chance_of_silence": [
        ("return round((1 - keep_prob) ** units, 4)", None, ["correct to so many digits", "0.117649"]),
        ("return round((1 - keep_prob) ** units, 3)", None, ["leave the rounding out"]),
        ("return 1.001 * (1 - keep_prob) ** units", None, ["not rounding"]),
        ("return fractions.Fraction(1 - fractions.Fraction(str(keep_prob))) ** units", "yes", []),
        ("return decimal.Decimal(1 - keep_prob) ** units", "yes", []),
        ("return [(1 - keep_prob) ** units]", None, ["where one number was asked for"]),
        ("return (1 - round(keep_prob, 1)) ** units", None, ["0.65"]),
    ],
    "multiply_by_the_mask.drop_neurons": [
        ("mask = activations < keep_prob\nreturn activations * mask, mask", None, ["follows the activations"]),
        ("mask = rng.random(activations.shape)\nreturn activations * (mask < keep_prob), mask", None,
         ["came back in place of the mask"]),
        ("mask = np.random.default_rng().random(activations.shape) < keep_prob\nreturn activations * mask, mask",
         "own_generator", []),
        ("mask = rng.random(activations.shape) < keep_prob\nreturn np.maximum(activations, 0) * mask, mask", None,
         ["not the one that made the output"]),
        ("mask = rng.random(activations.shape) < keep_prob\nreturn np.where(mask, 1, 0.5) * activations, mask", None,
         ["At keep_prob 0.3 your mask drops neuron "]),
        ("mask = rng.random(activations.shape) < keep_prob\nreturn 1.5 * activations * mask, mask", None,
         ["At keep_prob 0.3 your mask keeps neuron "]),
        ("mask = rng.random(activations.shape) < keep_prob\nreturn activations * mask, ...", None,
         ["For mask your function still returned three dots"]),
        ("mask = rng.random(activations.shape) < keep_prob\nreturn {'output': activations * mask, 'mask': mask}", None,
         ["a dict with the correct names"]),
    ],
    "multiply_by_the_mask.pass_back": [
        ("return gradient @ weights.T * mask / len(hidden), (hidden * mask).T @ gradient / len(hidden)", None,
         ["0.1667 times what it should be: nothing is scaled here"]),
        ("return gradient @ weights.T * mask / 0.8, (hidden * mask).T @ gradient / 0.8", None, ["1.25 times"]),
        ("return -gradient @ weights.T * mask, -(hidden * mask).T @ gradient", None, ["is -1 times"]),
        ("return gradient @ weights.T * ~mask, -(hidden * ~mask).T @ gradient", None, ["not times", "not -0"]),
        ("return (gradient @ weights.T * mask).round(2), ((hidden * mask).T @ gradient).round(2)", None,
         ["leave the rounding out"]),
        ("back = gradient @ weights.T * mask\nback[2, 3] += 0.5\nreturn back, (hidden * mask).T @ gradient", None,
         ["For example 3, neuron 4 of hidden_gradient is "]),
        ("return gradient @ weights.T * mask * np.nan, (hidden * mask).T @ gradient", None, ["is nan", "not different"]),
        ("return gradient @ weights.T * mask, (hidden * mask).T @ gradient + 0.3 * np.arange(weights.size).reshape(weights.shape)",
         None, ["For neuron ", ", output ", "finite difference", "not rounding", "not nothing is scaled"]),
        ("return (gradient @ weights.T + 0.004) * mask, (hidden * mask).T @ gradient", None,
         ["For example ", ", neuron ", "not rounding"]),
    ],
    "keep_the_scale.whole_layer": [
        ("return activations * mask", None, ["Return what the layer passes on in training, what it passes on at "
         "inference and the gradient, separated by commas."]),
        ("return activations * mask, activations * keep_prob, gradient * mask", "yes", []),
        ("return activations * mask, 1.5 * activations * keep_prob, gradient * mask", None, ["at inference"]),
        ("return activations * mask / keep_prob, activations, 1.5 * gradient * mask", None,
         ["is multiplied by 3.333 in training, and its gradient by 1.5"]),
    ],
    "keep_the_scale.scale_survivors": [
        ("return activations * mask / mask.mean(axis=1, keepdims=True)", None, ["One factor was asked for"]),
        ("return activations * mask / np.maximum(mask.mean(axis=0), 0.1)", None, ["One factor was asked for"]),
        ("out = activations.copy()\nout[~mask] = 0\nout[mask] /= keep_prob\nreturn out", None, ["whole numbers"]),
        ("activations *= mask\nreturn activations / keep_prob", "changed_the_input", []),
        ("return (activations * mask / keep_prob).round(3)", None, ["rounded to 3 places: leave the rounding out."]),
        ("return np.float32(activations * mask / keep_prob).round(1)", None, ["rounded to 1 place: leave the rounding out."]),
        ("return activations * mask / keep_prob + mask * (activations == 0)", None, [" and 0 becomes 1 (neuron ", "not times"]),
        ("return 0 * activations", None, [" becomes 0 (neuron ", "not rounded"]),
        ("return [[0.0] * n for n in range(1, 7)]", None, ["rows of different lengths (1, 2, 3, 4, ...)."]),
        ("return [[0.0] * n for n in range(1, 5)]", None, ["rows of different lengths (1, 2, 3, 4)."]),
        ("return activations, keep_prob", None, ["2 values in a tuple of different shapes. Return one array alone."]),
        ("return activations[0], mask[0, 1:]", None, ["2 values in a tuple of different lengths ("]),
        ("return lambda x: x", None, ["returned a function, where an array of numbers was asked for."]),
        ("return [[None, 1.0]]", None, ["entry 1 of what came back is None, not a number."]),
        ("return [[1.0, 'a', ...]]", None, ["is a str, not a number"]),
    ],
    "train_with_dropout.train_with_dropout": [
        (TRAIN, "yes", []),
        (drawn("mask = (np.random.rand(*h.shape) < keep_prob) / keep_prob"), "global_generator", []),
        (drawn("mask = np.array([random.random() < keep_prob for _ in h.flat]).reshape(h.shape) / keep_prob"),
         "global_generator", []),
        (drawn("mask = (np.random.default_rng().random(h.shape) < keep_prob) / keep_prob"), "own_generator", []),
        (drawn(f"mask = {QUOTA} / keep_prob"), "exact_number_kept", []),
        (drawn("mask = (rng.permuted(np.tile(np.arange(h.shape[1]) < round(keep_prob * h.shape[1]), (len(h), 1)), axis=1)"
               " / keep_prob)"), "exact_number_kept", []),
        (train("task.test_inputs @ W1) @", "task.test_inputs @ W1) * keep_prob @"), "scaled_at_inference", []),
        (train("task.test_inputs @ W1) @ W2)", "task.test_inputs @ (W1 * keep_prob)) @ W2)"), "scaled_at_inference", []),
        (train("@ W1) @ W2).argmax", "@ W1) @ W2 * keep_prob).argmax"), "scaled_at_inference", []),
        (train("(np.maximum(0, task.test_inputs @ W1) @ W2).argmax", "softmax(np.maximum(0, task.test_inputs @ W1) @ W2)"
               ".argmax"), "yes", []),
        (train("        x = task.inputs[batch]\n", "        x = task.inputs[batch]\n        x = x / x.max()\n"), None,
         ["Some of your numbers are NaN or infinite: is something divided by 0?"]),
        (train("\nreturn W1", "\n    return W1"), None, ["2 in each of 3 epochs, your function made 2"]),
        (train("\nreturn W1", "\n        return W1"), None, ["your function made 1"]),
        (train("range(epochs)", "range(1, epochs)"), None, ["two epochs"]),
        (train("        W1 = W1 - 0.2 * x.T @ back\n        W2 = W2 - 0.2 * h.T @ slope\n",
               "    W1 = W1 - 0.2 * x.T @ back\n    W2 = W2 - 0.2 * h.T @ slope\n"), None, ["one in each epoch"]),
        (train("        back = slope @ W2.T * (h > 0) * mask\n        W1 = W1 - 0.2 * x.T @ back\n        W2 = W2 - 0.2 "
               "* h.T @ slope\n", "        W2 = W2 - 0.2 * h.T @ slope\n        back = slope @ W2.T * (h > 0) * mask\n   "
               "     W1 = W1 - 0.2 * x.T @ back\n"), None, ["W2 was changed before the slope went back through it"]),
        (TRAIN.replace("0.2 *", "0.1 *"), None, ["0.5 times as long", "is the learning rate 0.2?"]),
        (TRAIN.replace("0.2 *", "0.4 *"), None, ["2 times as long"]),
        (TRAIN.replace("0.2 *", "0.2 / keep_prob *"), None, ["a step is 1 / keep_prob times as long", "not squared"]),
        (train("        x = task.inputs[batch]\n", "        x = task.inputs[batch]\n        x = x * (rng.random(x.shape) < "
               "keep_prob) / keep_prob\n"), None, ["pixels were masked as well as hidden neurons"]),
        (drawn("mask = rng.random(h.shape) < keep_prob\n        mask = mask / mask.mean()"), None,
         ["in one call the kept neurons were multiplied by", "not pixels"]),
        (TRAIN.replace("W1 = W1 -", "W1 -=").replace("W2 = W2 -", "W2 -="), None, ["`-=`", "write into the array"]),
        (train("softmax(h @ W2)", "softmax(h @ W2 * (rng.random(10) < keep_prob) / keep_prob)").replace(DRAWN, ONES),
         "dropout_on_the_output", []),
        (train("softmax(h @ W2)", "softmax(h @ W2 * (rng.random((25, 10)) < keep_prob))").replace(DRAWN, ONES),
         "dropout_on_the_output", []),
        (train("softmax(h @ W2)", "softmax(h @ W2 * (rng.random(10) < keep_prob))"), None, ["outputs were masked as well"]),
        (drawn("mask = (rng.random(h.shape) < keep_prob) * (1 + (keep_prob < 1) * rng.random(h.shape))"), None,
         ["the kept neurons were not all scaled by one factor."]),
        (drawn("mask = float(keep_prob == 1)"), None, ["the outgoing weights did not move at all."]),
        (drawn("mask = (rng.random() < keep_prob) / keep_prob"), None, ["an image lost all of its neurons or none each time"]),
        (train("        W2 = W2 - 0.2 * h.T @ slope\n", ""), None, ["Of 6 steps, 2 in each of 3 epochs, none changed the W2 that came"]),
        (train("        h = h * mask\n", "        full, h = h, h * mask\n").replace("h.T @ slope", "full.T @ slope"), None,
         ["the weights out of every neuron moved as if none were dropped"]),
        (train("- 0.2 * h.T @ slope", "- 0.2 * h.T @ (slope - 1e-3)"), None, ["did not all move as the loss says"]),
        (train(" * (h > 0)", ""), None, ["weights moved into neurons with a negative sum"]),
        (drawn("mask = fate / keep_prob").replace("epochs):\n", f"epochs):\n    {FATE}\n"), "one_mask_for_an_epoch", []),
        (drawn("mask = fate / keep_prob").replace("for epoch", f"{FATE}\nfor epoch"), "drawn_once", []),
        (drawn("mask = (rng.random(500)[:400] < keep_prob) / keep_prob"), "one_mask_for_the_batch", []),
        (train("((np.maximum(0, task.test_inputs @ W1) @ W2).argmax(axis=1) == task.test_labels).mean()", "..."), None,
         ["For share your function still returned three dots"]),
    ],
    "count_the_subnetworks.every_mask": [
        ("return [[int(c) for c in bin(i)[2:]] for i in range(2**neurons)]", None, ["rows of different lengths"]),
        ("return np.zeros((2**neurons, neurons))", None, ["8 rows came back, and only 1 different mask among them."]),
        ("m = np.array(list(itertools.product([0, 1], repeat=neurons)))\nm[0] = m[1]\nreturn m", None,
         ["8 rows came back, and only 7 different masks among them."]),
        ("return np.full((2**neurons, neurons), np.nan)", None, ["entries are True or False", "not different"]),
        ("return [[True] * i for i in range(2**neurons)]", None, ["rows of different lengths"]),
        ("masks = [[bool(i >> j & 1) for j in range(neurons)] for i in range(2**neurons)]\nreturn masks[:2] + masks[3:]",
         None, ["For 3 neurons, 7 masks came back. This one is not among them: [0 1 0]."]),
    ],
    "count_the_subnetworks.chance_of_each": [
        ("return (keep_prob ** masks.sum(1) * (1 - keep_prob) ** (~masks).sum(1)).round(3)", None, ["so many digits"]),
        ("return 1.0002 * keep_prob ** masks.sum(1) * (1 - keep_prob) ** (~masks).sum(1)", None, ["not rounding"]),
        ("return (keep_prob ** masks.sum(1) * (1 - keep_prob) ** (~masks).sum(1))[:, None]", None,
         ["For masks of shape (6, 4), an array of shape (6, 1) came back, not (6,)."]),
        ("return keep_prob ** masks.sum(1) * 1 - keep_prob ** (~masks).sum(1)", None,
         ["1 kept, 3 dropped: which 4 factors give 0.1029?"]),
    ],
    "count_the_subnetworks.geometric_mean": [
        ("return softmax(chances @ np.log(softmax(hidden / keep_prob @ weights + 0 * masks[:, :1])))", "scaled_twice",
         ["Was the mask applied, and how often was it divided?"]),
        ("p = softmax(hidden * masks / keep_prob @ weights)\nm = 1 / (chances @ (1 / p))\nreturn m / m.sum()", None,
         ["is correct."]),
        ("return softmax(chances @ np.log(softmax(hidden * masks / keep_prob @ weights))).round(4)", None, ["so many digits"]),
        ("p = softmax(chances @ np.log(softmax(hidden * masks / keep_prob @ weights)))\nreturn p + 3e-4 * np.array([1, -1, 1, -1])",
         None, ["is correct.", "not rounding"]),
    ],
    "ask_how_sure.mean_and_spread": [
        (SPREAD, "yes", []),
        (spread("return p.mean(axis=0), p.std(axis=0)", "return p.mean(axis=0).round(3), p.std(axis=0).round(3)"), None,
         ["rounded to 3 places", "not softmax"]),
        (spread("p.mean(axis=0)", "np.median(p, axis=0)"), None, ["not over which axis"]),
        (spread("/ keep_prob @", "/ 0.0 @"), None, ["NaN", "not over which axis"]),
        (spread("softmax(hidden", "(lambda z: np.exp(z) / np.exp(z).sum(axis=0))(hidden"), None,
         ["the probabilities of its classes add up to 1. Over the images, they do add up to 1: over which axis does"]),
        (spread("p.mean(axis=0)", "1.2 * p.mean(axis=0)"), None, ["For image ", " your means add up to 1.2;", "not axis"]),
        (spread("p.mean(axis=0)", "p[-1]"), None, ["over 3000 draws, the mean for image "]),
        (spread("p.std(axis=0)", "3 * p.std(axis=1)"), None, ["Your spread has shape (3000, 4), where (3, 4) was asked for."]),
        (spread("p.std(axis=0)", "p.std(axis=(0, 2))[:, None]"), "spread_over_the_wrong_axis", []),
        (spread("p.std(axis=0)", "p.std(axis=(0, 1))[None]"), "spread_over_the_wrong_axis", []),
        (spread("p.std(axis=0)", "p.std(axis=1, keepdims=True)"), "spread_over_the_wrong_axis", []),
        (spread("p.std(axis=0)", "p.std(axis=2, keepdims=True)"), "spread_over_the_wrong_axis", []),
        (spread("range(draws)", "range(100)"), None, ["You made 100 draws, where 3000 were asked for."]),
        (spread("range(draws)", "range(2)"), None, ["You made 2 draws"]),
        ("for _ in range(draws):\n    p = softmax(hidden * (rng.random(hidden.shape) < keep_prob) / keep_prob @ weights)\n"
         "    return p, 0 * p", "one_draw_repeated", ["is your `return` inside it?"]),
        (spread("rng.random(", "np.random.default_rng().random("), "own_generator", []),
        (spread("return p.mean(axis=0), p.std(axis=0)", "return {'mean': p.mean(axis=0), 'spread': p.std(axis=0)}"), None,
         ["a dict with the correct names"]),
    ],
    "see_why_it_works.cancellation": [
        ("for row in contributions:\n    return np.abs(row).sum() / abs(row.sum())", None, ["the first image's alone"]),
        ("q = np.abs(contributions).sum(1) / np.abs(contributions.sum(1))\nreturn sorted(q)[len(q) // 2]", None,
         ["half way between the two in the middle"]),
    ],
    "see_why_it_works.images_lost": [
        ("return np.bincount(labels, minlength=weights.shape[1])", None, ["an array of shape (7,) came back: one number fo"]),
        ("return 0 * labels", "one_for_each_image", []),
    ],
    "see_the_penalty.averaged_loss": [
        ("return np.mean((y - x @ weights) ** 2) + (1 / keep_prob - 1) * np.sum((x * weights) ** 2) / len(y)", "yes", []),
        ("return np.mean((y - x @ weights) ** 2 + (1 / keep_prob - 1) * np.sum((x * weights) ** 2))", "penalty_summed", []),
        ("return np.nan", None, ["it gives nan.", "not different"]),
        ("loss = np.mean((y - x @ weights) ** 2) + (1 / keep_prob - 1) * np.sum((x * weights) ** 2) / len(y)\n"
         "return loss + (keep_prob == 1)", None, ["at keep_prob 1 it gives", " of which 0 is added by the masks."]),
        ("return np.mean((y - x @ weights / keep_prob) ** 2)", None, ["is added by the masks", "not without masks"]),
        ("keep = 1 - keep_prob\nmasks = np.array(list(itertools.product([0, 1], repeat=len(weights))))\n"
         "chances = np.where(masks, keep, 1 - keep).prod(axis=1)\nassert keep > 0\n"
         "return chances @ np.mean((y - masks * weights / keep @ x.T) ** 2, axis=1)", "factor_upside_down", []),
        ("return round(np.mean((y - x @ weights) ** 2 + (1 / keep_prob - 1) * ((x * weights) ** 2).sum(axis=1)))", None,
         ["leave the rounding out"]),
        ("mask = np.random.random(x.shape) < keep_prob\nreturn np.mean((y - x * mask / keep_prob @ weights) ** 2)", None,
         ["different results", "List all masks"]),
        ("rng = np.random.default_rng(0)\nmask = rng.random((5000, 1, len(weights))) < keep_prob\n"
         "return np.mean((y - x * mask / keep_prob @ weights) ** 2)", None, ["Over the list of all 8 masks", "not rounding"]),
        ("return np.mean((y - x @ weights) ** 2) + (1 / keep_prob - 1) * np.mean((x * weights) ** 2, axis=0)", None,
         ["an array of shape (3,) came back"]),
    ],
    "see_the_penalty.same_penalty": [
        ("return 1 / (1 + strength / mean_square)", "yes", []),
        ("return strength / (strength + mean_square)", "rate_returned", ["A strength of 0 must keep everything."]),
        ("return mean_square / strength", None, ["4, which is no keep_prob"]),
        ("return 1.5 - strength / 4", None, ["1.375, which is no keep_prob"]),
        ("return round(mean_square / (mean_square + strength), 2)", None, ["leave the rounding out"]),
        ("return 0.0", None, ["it gives 0, which is no keep_prob"]),
        ("return 1.0", None, ["it gives 1, where dropout adds 0 times the squared weight"]),
        ("return np.sqrt(1 / (1 + strength / mean_square))", None, ["L2 adds 0.5 times", "not rounding"]),
    ],
    "use_it_rightly.is_right": [
        ("return 'True'", None, ["Your test returned text (str), 'True'. A single True or False was asked for."]),
        ("return [True, False]", None, ["an array of shape (2,)"]),
    ],
    "use_it_rightly.library_arguments": [
        ("return {}", None, ["dict"]),
        ("return 1, 1, 1, 1", None, ["torch.nn.Dropout(p=1), which keeps 0% of the neurons."]),
        ("return 1.5, 1 - keep_prob, 1 - keep_prob, keep_prob", None, ["p=1.5). A layer takes a probability from 0 to 1."]),
    ],
    "meet_dropout_today.attention_with_dropout": [
        (ATTENTION, "yes", []),
        (ATTENTION.replace("rng.random(", "np.random.default_rng().random("), None, ["from the same seed, gave different"]),
        (ATTENTION.replace("/ keep_prob", "/ keep_prob * (1 + (keep_prob == 1))"), None, ["At keep_prob 1.0 the output is"]),
        (ATTENTION.replace("return", "return np.inf +"), None, ["Some of your numbers are NaN or infinite"]),
        (ATTENTION.replace("return", "return 1e-3 +"), None, ["The weights of the tokens are not the probabilities"]),
        (ATTENTION.replace("/ keep_prob", "/ keep_prob * np.array([1, 1.3, 1])[:, None, None]"), None,
         ["each 0 or multiplied by one number for all rows."]),
        (ATTENTION.replace(") < keep_prob", ") < np.where(scores > 0, 0.5, keep_prob)"), None, ["% where keep_prob is"]),
        ("return softmax(np.where(rng.random(scores.shape) < keep_prob, 1.5 * scores, -1e9)) @ values", None,
         ["The weights of the tokens are not the probabilities"]),
        ("p = softmax(scores)\nreturn p * (p > np.quantile(p, 1 - keep_prob, axis=2, keepdims=True)) / keep_prob @ values",
         None, ["What is dropped follows the probabilities"]),
        ("return softmax(scores) * (rng.random(scores.shape) < keep_prob) / keep_prob", None,
         ["The output has shape (3, 14, 10), where (3, 14, 12) was asked for."]),
        (f"{ATTENTION[:7]}({ATTENTION[7:]}).round(1)", None, ["rounded to 1 place: leave the rounding out"]),
        (f"{ATTENTION[:7]}np.float32(({ATTENTION[7:]}).round(4))", None, ["rounded to 4 places: leave the rounding out"]),
        (f"{ATTENTION[:7]}({ATTENTION[7:]}).astype(int)", None, ["All of your numbers are whole. Were they rounded?"]),
        ("return softmax(scores / np.sqrt(scores.shape[-1])) @ values", None, ["is the same at keep_prob 0.3 and at 0.8."]),
        ("return 0 * scores @ values", None, ["is the same at keep_prob 0.3 and at 0.8."]),
    ],
    "meet_dropout_today.residual_block": [
        (BLOCK, "yes", []),
        (BLOCK.replace("rng.random(", "np.random.default_rng().random("), None, ["from the same seed, gave different"]),
        (BLOCK.replace("/ keep_prob", "/ keep_prob * (1 + (keep_prob == 1))"), None, ["At keep_prob 1.0 the output in tr"]),
        (BLOCK.replace("return", "return np.inf +"), None, ["Some of your numbers are NaN or infinite"]),
        (BLOCK.replace("return", "return 1e-3 +"), None, ["The output is not x and branch(x), added up with any two"]),
        (BLOCK.replace("len(x), 1", "x.shape").replace("((x.shape))", "(x.shape)").replace(" < keep_prob", ""), None,
         ["The output is not x and branch(x), added up with any two factors"]),
        (BLOCK.replace("return x", "return x * (1 if rng is None else 1.5)"), None,
         ["it is multiplied by one number in all examples"]),
        (BLOCK.replace("return x", "return x * (1 if rng is None else rng.random((len(x), 1)))"), None,
         ["different factors in different examples"]),
        (BLOCK.replace("/ keep_prob", "/ (keep_prob if keep_prob < 0.5 else 1)"), None, ["multiplied by 3.333 in training"]),
        (BLOCK.replace("1 if rng is None", "np.arange(len(x))[:, None] if rng is None"), None,
         ["At inference the output is not x and branch(x)"]),
        (BLOCK.replace("return x", "return x * (-1 if rng is None else 1)"), None, ["At inference the output is not x and"]),
        ("return 1.37 * (x + branch(x))", None, ["multiplied by one number in all examples", "not gone"]),
        ("return x + 0 * branch(x)", None, ["In 6 calls at keep_prob 0.3 and at 0.8 everything was dropped."]),
        ("return (x + branch(x)).round(3)", None, ["rounded to 3 places"]),
        ("return (x + branch(x))[1:]", None, ["The output has shape (119, 6), where (120, 6) was asked for."]),
    ],
    "choose_keep_prob.choose_rates": [
        ("return np.argmax(validation.mean(axis=1)) + 1", "row_number_instead_of_rates", []),
        ("return settings[validation.mean(axis=1).argsort()[-2]]", None, ["are the keep_probs of row", "not its validation"]),
        ("return 1 - settings[validation.mean(axis=1).argmax()][:1]", "one_number_for_all_layers", []),
        ("return 1", None, ["Your result has shape (), where (3,) was asked for: three layers."]),
        ("return 1.05 - settings[validation.mean(axis=1).argmax()]", None, ["those of any setting in it"]),
    ],
    "choose_keep_prob.my_keep_probs": [
        ("return 0,8, 0,7, 0,9", None, ["a decimal point, not a comma"]),
        ("return [0.8, None, 0.9]", None, ["entry 2", "None"]),
        ("return 2, 1, 1", None, ["a scale, 1 / keep_prob", "not percent"]),
    ],
}  # fmt: skip
NAMES = {
    "np": np,
    "random": random,
    "softmax": softmax,
    "fractions": fractions,
    "decimal": decimal,
    "itertools": itertools,
}


def exercise_named(name):
    page, short = name.split(".")
    exercise = copy.copy(getattr(importlib.import_module(f"dropout_lib.checks.{page}"), short))
    exercise.measure = None if not exercise.only_measures else exercise.measure
    return exercise


def arguments_of(exercise):
    """List the arguments with which an exercise calls an answer."""
    said = str(exercise(lambda no_such_name: no_such_name))
    return re.search(r"Keep the names of the arguments: (.*?)\.", said)[1].split(", ")


def written(exercise, lines):
    """Make a learner's function of these lines, with the exercise's own arguments."""
    names = [] if exercise.only_measures else arguments_of(exercise)
    source = f"def answer({', '.join(names)}):\n" + "".join(f"    {line}\n" for line in lines.strip().splitlines())
    made = dict(NAMES)
    exec(source, made)
    return made["answer"]


@pytest.mark.parametrize(
    ("name", "lines", "expected", "words"),
    [
        pytest.param(name, *case, id=f"{name}-{place}")
        for name, cases in CASES.items()
        for place, case in enumerate(cases)
    ],
)
def test_what_is_said_is_true_of_what_was_typed(name, lines, expected, words, monkeypatch):
    monkeypatch.setattr("dropout_lib.checks.grading.limits.SECONDS", 2)
    if "sleep" in lines:  # by the clock, others would be refused on a busy machine
        monkeypatch.setattr("dropout_lib.checks.grading.limits.WALL_SECONDS", 2)
    exercise = exercise_named(name)
    verdict = exercise(written(exercise, lines))
    assert (verdict.state == "yes", verdict.mistake) == (expected == "yes", None if expected == "yes" else expected), (
        verdict
    )
    for said in words:
        assert (said.removeprefix("not ") in str(verdict)) != said.startswith("not "), str(verdict)


@pytest.mark.parametrize("name", [name for name in CASES if "my_keep" not in name])
def test_renamed_arguments_are_said_to_be_that(name):
    said = str(exercise_named(name)(lambda a, b, c=0: a))
    assert "Keep the names of the arguments: " in said and "Yours are: a, b, c." in said
