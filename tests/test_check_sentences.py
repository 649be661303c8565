"""The numbers that a check says are computed anew here, from what the answer was given and what it returned.

Each row of SAID: an exercise, an answer whose fault has no name, and a function from the calls of that answer (its
arguments and its result, in order) to the numbers of the sentence, as they should be written.
"""

import importlib
import itertools
import re

import numpy as np
import pytest
from helpers import samples

SEED = 3


def softmax(sums):
    powers = np.exp(sums - sums.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def masks_of(neurons, keep_prob):
    """List every mask of so many neurons, and the probability of each."""
    masks = np.array(list(itertools.product([0, 1], repeat=neurons)))
    return masks, np.prod(np.where(masks, keep_prob, 1 - keep_prob), axis=1)


# The answers: each nearly right, in a way of its own


def a_third_more(contributions):
    return 1.37 * np.median(abs(contributions).sum(axis=1) / abs(contributions.sum(axis=1)))


def quotients(calls):
    given, result = calls[0]
    sizes, sums = abs(given["contributions"]).sum(axis=1), abs(given["contributions"].sum(axis=1))
    return [*given["contributions"].shape, *map("{:.4g}".format, [result, sizes[0], sums[0], sizes[0] / sums[0],
                                                                   np.median(sizes / sums)])]  # fmt: skip


def three_more_for_neuron_3(hidden, weights, biases, labels, keep_prob):
    fine = (hidden @ weights + biases).argmax(axis=1) == labels
    without = [hidden * (np.arange(hidden.shape[1]) != neuron) for neuron in range(hidden.shape[1])]
    lost = [(fine & ((each @ weights + biases).argmax(axis=1) != labels)).sum() for each in without]
    return [count + 3 * (neuron == 2) for neuron, count in enumerate(lost)]


def removed(calls):
    given, result = calls[0]
    fine = (given["hidden"] @ given["weights"] + given["biases"]).argmax(axis=1) == given["labels"]
    return [given["keep_prob"], result[2], 3, len(fine), fine.sum(), result[2] - 3]


def longer_backward(hidden, weights, gradient, mask):
    return 1.37 * (gradient @ weights.T * mask), (hidden * mask).T @ gradient


def difference(calls):
    given, (hidden_gradient, _) = calls[0]
    slopes = given["gradient"] @ given["weights"].T * given["mask"]
    row, column = np.unravel_index(abs(hidden_gradient - slopes).argmax(), slopes.shape)
    return [row + 1, column + 1, f"{hidden_gradient[row, column]:.6g}", f"{slopes[row, column]:.6g}", "1.37"]


def one_output_too_large(activations, keep_prob, rng):
    mask = rng.random(activations.shape) < keep_prob
    output = activations * mask
    output[1, 2] += 0.37
    return output, mask


def output(calls):
    given, (result, _) = calls[0]
    return [given["keep_prob"], 3, 2, f"{given['activations'][1, 2]:.3g}", f"{result[1, 2]:.3g}"]


def too_few(shape, keep_prob, rng):
    return rng.random(shape) < keep_prob**1.3


def kept(calls):
    masks = [result for given, result in calls[:12] if given["keep_prob"] == 0.3 and np.ndim(result) == 2]
    return [len(masks), *masks[0].shape, f"{100 * np.mean(masks):.1f}", 0.3]


def column_4_is_a_coin(shape, keep_prob, rng):
    mask = rng.random(shape) < keep_prob
    if mask.ndim == 2:
        mask[:, 3] = rng.random(len(mask)) < 0.5
    return mask


def drawn(calls, keep_prob):
    masks = [result for given, result in calls if given["keep_prob"] == keep_prob and np.shape(result) == (30, 40)]
    return np.array(masks[:12])


def column(calls):
    counts = drawn(calls, 0.8).sum(axis=1).ravel()  # one for each neuron of each draw
    spread = ((counts - counts.mean()) ** 2).sum() / (len(counts) - 1)
    return [0.8, f"{spread / (30 * 0.8 * 0.2):.2f}"]


def neuron_4_more_often(shape, keep_prob, rng):
    mask = rng.random(shape) < keep_prob
    if mask.ndim == 2:
        mask[:, 3] |= rng.random(len(mask)) < 0.3
    return mask


def often(calls):
    return [0.3, 4, f"{100 * drawn(calls, 0.3)[:, :, 3].mean():.0f}"]


def a_few_at_one(shape, keep_prob, rng):
    return rng.random(shape) < min(keep_prob, 0.97)


def at_one(calls):
    (mask,) = [result for given, result in calls if given["keep_prob"] == 1]
    return [1.0, f"{100 * mask.mean():.1f}"]


def silence_too_likely(units, keep_prob):
    return 1.37 * (1 - keep_prob) ** units


def silence(calls):
    given, result = calls[0]
    units, keep_prob = given["units"], given["keep_prob"]
    return [units, keep_prob, f"{result:.4g}", 2**units, f"{(1 - keep_prob) ** units:.4g}"]


def one_mask_twice(neurons):
    masks = masks_of(neurons, 0.5)[0]
    masks[1] = masks[2]
    return masks


def twice(calls):
    neurons = calls[2][0]["neurons"]  # the first two are compared with each other
    return [neurons, 2**neurons, 2**neurons - 1]


def last_too_likely(masks, keep_prob):
    chances = np.prod(np.where(masks, keep_prob, 1 - keep_prob), axis=1)
    chances[-1] *= 1.37
    return chances


def chance(calls):
    given, result = calls[0]
    mask, keep_prob = np.asarray(given["masks"])[-1].astype(int), given["keep_prob"]
    count = mask.sum()
    due = keep_prob**count * (1 - keep_prob) ** (len(mask) - count)
    return [keep_prob, *mask, f"{result[-1]:.6g}", count, len(mask) - count, len(mask), f"{due:.6g}"]


def first_class_favoured(hidden, weights, masks, chances, keep_prob):
    mean = np.exp(chances @ np.log(softmax(hidden * masks / keep_prob @ weights)))
    return mean / mean.sum() + np.eye(len(mean))[0] * 0.037


def geometric(calls):
    given, result = calls[0]
    due = np.asarray(result) - np.eye(4)[0] * 0.037
    return [given["keep_prob"], 4, *map("{:.4g}".format, [*result, sum(result)]), 1, f"{due[0]:.6g}"]


def noise_too_large(x, y, weights, keep_prob):
    return np.mean((y - x @ weights) ** 2) + 1.37 * (1 - keep_prob) / keep_prob * np.mean(x**2, axis=0) @ weights**2


def averaged(calls):
    given, result = calls[0]
    (examples, features), keep_prob = given["x"].shape, given["keep_prob"]
    masks, chances = masks_of(features, keep_prob)
    errors = [given["y"] - given["x"] * mask / keep_prob @ given["weights"] for mask in masks]
    mean = chances @ [np.mean(error**2) for error in errors]
    added = mean - np.mean((given["y"] - given["x"] @ given["weights"]) ** 2)
    return [examples, features, keep_prob, f"{result:.4g}", len(masks), f"{mean:.4g}", f"{added:.4g}"]


def averaged_and_rounded(x, y, weights, keep_prob):
    return np.round(noise_too_large(x, y, weights, keep_prob / (keep_prob + (1 - keep_prob) / 1.37)), 2)


def rounded_loss(calls):
    given, _ = calls[0]
    masks, chances = masks_of(given["x"].shape[1], given["keep_prob"])
    errors = [given["y"] - given["x"] * mask / given["keep_prob"] @ given["weights"] for mask in masks]
    return [*averaged(calls), f"{chances @ [np.mean(error**2) for error in errors]:.8g}"]


def a_third_more_kept(strength, mean_square):
    return mean_square / (mean_square + strength / 1.37)


def same_for_l2(calls):
    given, result = calls[0]
    adds = (1 / result - 1) * given["mean_square"]
    strength = f"{given['strength']:g}"
    return [strength, f"{given['mean_square']:g}", f"{result:.4g}", f"{adds:.4g}", 2, strength]


def over_draws(hidden, weights, keep_prob, draws, rng):
    found = softmax(hidden * (rng.random((draws, *hidden.shape)) < keep_prob) / keep_prob @ weights)
    return found.mean(axis=0), found.std(axis=0)


def wider(**given):
    mean, spread = over_draws(**given)
    return mean, 1.37 * spread


def tilted(**given):
    mean, spread = over_draws(**given)
    return mean + [0.074, 0, -0.074, 0], spread


def over_all(calls, part):
    given, result = calls[0]
    masks, chances = masks_of(given["hidden"].shape[1], given["keep_prob"])
    each = softmax(given["hidden"] * masks[:, np.newaxis] / given["keep_prob"] @ given["weights"])
    mean = np.tensordot(chances, each, 1)
    due = (mean, np.sqrt(np.tensordot(chances, (each - mean) ** 2, 1)))[part]
    image, label = np.unravel_index(abs(result[part] - due).argmax(), due.shape)
    found = [f"{values[image, label]:.4f}" for values in (result[part], due)]
    return [given["keep_prob"], given["draws"], image + 1, label + 1, *found]


def second_best(settings, validation, test):
    return 1 - settings[validation.mean(axis=1).argsort()[-2]]


def chosen(calls):
    given, _ = calls[0]
    means = given["validation"].sum(axis=1) / given["validation"].shape[1]
    second, best = np.argsort(means)[-2:]
    return [len(means), given["validation"].shape[1], second, *(f"{100 * means[row]:.1f}" for row in (second, best))]


def loop_with(change):
    loops = samples.of_page("train_with_dropout")["train_with_dropout"]
    return loops.make(f"changed_{len(loops.sources)} < plain", [change])


TOO_LOUD = "    mask -> mask = (rng.random(hidden.shape) < keep_prob) * keep_prob**-1.5"
SMALL_STEPS = "    W1, W2 = W1 -> W1, W2 = W1 - 0.074 * pictures.T @ back, W2 - 0.074 * hidden.T @ slope"


SAID = {
    "train_with_dropout.train_with_dropout, loud": (
        loop_with(TOO_LOUD),
        lambda calls: [0.3, f"{0.3**-1.5:.4g}"],
    ),
    "train_with_dropout.train_with_dropout, slow": (
        loop_with(SMALL_STEPS),
        lambda calls: [1.0, 0.37, 0.2],
    ),
    "see_why_it_works.cancellation": (a_third_more, quotients),
    "see_why_it_works.images_lost": (three_more_for_neuron_3, removed),
    "ask_how_sure.mean_and_spread, the spread": (wider, lambda calls: over_all(calls, 1)),
    "ask_how_sure.mean_and_spread, the mean": (tilted, lambda calls: over_all(calls, 0)),
    "choose_keep_prob.choose_rates": (second_best, chosen),
    "multiply_by_the_mask.pass_back": (longer_backward, difference),
    "multiply_by_the_mask.drop_neurons": (one_output_too_large, output),
    "draw_the_mask.neurons_to_keep": (too_few, kept),
    "draw_the_mask.neurons_to_keep, a column": (column_4_is_a_coin, column),
    "draw_the_mask.neurons_to_keep, often": (neuron_4_more_often, often),
    "draw_the_mask.neurons_to_keep, at 1": (a_few_at_one, at_one),
    "draw_the_mask.chance_of_silence": (silence_too_likely, silence),
    "count_the_subnetworks.every_mask": (one_mask_twice, twice),
    "count_the_subnetworks.chance_of_each": (last_too_likely, chance),
    "see_the_penalty.averaged_loss": (noise_too_large, averaged),
    "see_the_penalty.averaged_loss, rounded": (averaged_and_rounded, rounded_loss),
    "see_the_penalty.same_penalty": (a_third_more_kept, same_for_l2),
    "count_the_subnetworks.geometric_mean": (first_class_favoured, geometric),
}


def judged(name, answer):
    """Give the sentence of a check for an answer, and the calls that it made of it."""
    page, exercise = name.partition(",")[0].split(".")
    calls = []

    def watched(**given):
        kept = {name: np.copy(value) if isinstance(value, np.ndarray) else value for name, value in given.items()}
        result = answer(**given)
        calls.append((kept, result))
        return result

    verdict = getattr(importlib.import_module(f"dropout_lib.checks.{page}"), exercise)(watched, SEED)
    assert verdict.state == "not yet" and verdict.mistake is None, str(verdict)
    return str(verdict), calls


def numbers_in(sentence):
    return re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", sentence)


@pytest.mark.parametrize("name", SAID)
def test_the_numbers_of_a_sentence_are_those_of_the_answer(name):
    answer, due = SAID[name]
    sentence, calls = judged(name, answer)
    assert numbers_in(sentence) == [str(number) for number in due(calls)], sentence
