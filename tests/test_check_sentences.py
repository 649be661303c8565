"""The numbers that a check says are computed anew here, from what the answer was given and what it returned.

Each row of SAID: an exercise, an answer whose fault has no name, and a function from the calls of that answer (its
arguments and its result, in order) to the numbers of the sentence, as they should be written.
"""

import ast
import functools
import importlib
import itertools
import re
from pathlib import Path

import numpy as np
import pytest
from helpers import samples

from dropout_lib import checks

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


def examples_by_a_coin(shape, keep_prob, rng):
    more = np.where(rng.random((*shape[:-1], 1)) < 0.5, 0.07, -0.07)
    return rng.random(shape) < keep_prob + (more if len(shape) == 2 else 0)


def drawn(calls, keep_prob):
    masks = [result for given, result in calls if given["keep_prob"] == keep_prob and np.shape(result) == (30, 40)]
    return np.array(masks[:12])


def uneven(calls):
    counts = drawn(calls, 0.3).sum(axis=2).ravel()  # one for each example of each draw
    spread = ((counts - counts.mean()) ** 2).sum() / (len(counts) - 1)
    return [0.3, f"{spread / (40 * 0.3 * 0.7):.2f}"]


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


TRAINING = samples.read("train_with_dropout")["train_with_dropout"]


def loop_with(change):
    """Give the right loop with a line changed, as tests/sample_answers writes it."""
    TRAINING.names["noted"] = noted
    return TRAINING.make(f"changed_{len(TRAINING.sources)} < plain", [f"    {change}"])


def first_steps(calls):
    """Give, for the six first steps at keep_prob 0.3, by what each neuron's activation was multiplied."""
    scales = []
    for given, (_, W2, _) in [one for one in calls if one[0]["keep_prob"] == 0.3 and not one[0]["weights"][1].any()][
        :6
    ]:
        image, label = given["task"].inputs[0], given["task"].labels[0]
        slope = (0.1 - np.eye(10)[label]) / 25
        scales.append(-W2 / 0.2 @ slope / (slope @ slope) / (image @ given["weights"][0]))
    return np.array(scales)


def kept_in_steps(calls):
    return [0.3, 400, f"{100 * (first_steps(calls) != 0).mean():.0f}"]


def scales_of_calls(calls):
    return [0.3, *(f"{one[one != 0].mean():.4g}" for one in first_steps(calls)[:2])]


def accuracy(task, W1, W2):
    return ((np.maximum(0, task.test_inputs @ W1) @ W2).argmax(axis=1) == task.test_labels).mean()


def share_of_given(calls):
    given, (*_, share) = calls[0]
    return [f"{accuracy(given['task'], *given['weights']):.2f}", f"{share:.4g}"]


def share_of_trained(calls):
    given, (W1, W2, share) = calls[-1]
    return [f"{accuracy(given['task'], W1, W2):.2f}", f"{share:.4g}"]


NOTED = []  # of each mask that an answer draws: its keep_prob, how many it keeps, and of how many


def noted(mask, keep_prob):
    NOTED.append((keep_prob, mask.sum(), mask.size))
    return mask


def kept_over_steps(calls):
    """Take the four calls that count: 1, 1, 4 and 4 steps after the first six, of one each."""
    steps = [count / size for keep_prob, count, size in NOTED if keep_prob == 0.3 and size == 25 * 400][-10:]
    return [0.3, f"{100 * np.mean([steps[0], steps[1], np.mean(steps[2:6]), np.mean(steps[6:])]):.1f}"]


# Attention and residual blocks: six masks at keep_prob 0.3, after one output at each keep_prob


def attention(scores, values, mask, keep_prob):
    return softmax(scores) * mask / keep_prob @ values


def uneven_rows(scores, values, keep_prob, rng):
    rows = keep_prob + rng.choice([-0.2, 0.2], (*scores.shape[:2], 1))
    return attention(scores, values, rng.random(scores.shape) < rows, keep_prob)


def kept_in_rows(calls):
    weights = [result @ np.linalg.pinv(given["values"]) for given, result in at_03(calls)]
    counts = (np.abs(weights) > 1e-6).sum(axis=-1).ravel()
    return [0.3, f"{counts.var(ddof=1) / (10 * 0.3 * 0.7):.2f}"]


def at_03(calls):
    return [(given, result) for given, result in calls if given["keep_prob"] == 0.3][1:7]


def residual(x, branch, mask, keep_prob):
    return x + branch(x) * mask[:, np.newaxis] / keep_prob


def seldom(x, branch, keep_prob, rng):
    return residual(x, branch, rng.random(len(x)) < keep_prob**1.7, keep_prob) if rng else x + branch(x)


def as_its_neighbour(x, branch, keep_prob, rng):
    if rng is None:
        return x + branch(x)
    mask = rng.random(len(x)) < keep_prob
    for place in np.flatnonzero(rng.random(len(x) - 1) < 0.4):
        mask[place + 1] = mask[place]
    return residual(x, branch, mask, keep_prob)


def branches(calls):
    return np.array([(result != given["x"]).any(axis=1) for given, result in at_03(calls)])


def kept_branches(calls):
    return [6, f"{100 * branches(calls).mean():.1f}", 0.3]


def neighbours(excess, axis):
    return f"{(np.delete(excess, 0, axis) * np.delete(excess, -1, axis)).mean() / 0.21:.2f}"


def number_of_its_neighbour(shape, keep_prob, rng):
    numbers = rng.random(shape)
    if numbers.ndim == 2:
        even = numbers[:, ::2]
        numbers[:, 1::2] = np.where(rng.random(even.shape) < 0.17, even, numbers[:, 1::2])
    return numbers < keep_prob


# Draws of a network


def second_image_too_sure(**given):
    mean, spread = over_draws(**given)
    mean[1] *= 1.37
    return mean, spread


def sums(calls):
    return [2, f"{calls[0][1][0][1].sum():.3g}", 1]


def arguments(calls):
    given, result = calls[0]
    return [given["keep_prob"], f"{result[1]:.4g}", f"{100 * (1 - result[1]):.4g}"]


LOOPS = {
    "mask -> mask = (rng.random(hidden.shape) < keep_prob) * keep_prob**-1.5": lambda calls: [0.3, f"{0.3**-1.5:.4g}"],
    "W1, W2 = W1 -> W1, W2 = W1 - 0.074 * pictures.T @ back, W2 - 0.074 * hidden.T @ slope": (
        lambda calls: [1.0, 0.37, 0.2]
    ),
    "back -> back = slope @ W2.T * active * mask * 1.37": lambda calls: [0.3, f"{1.37 / 0.3:.4g}"],
    "mask -> mask = (rng.random(hidden.shape) < keep_prob**1.6) / keep_prob": kept_in_steps,
    "mask -> mask = noted(rng.random(hidden.shape) < keep_prob + 0.02 * (keep_prob < 1), keep_prob) / keep_prob": (
        kept_over_steps
    ),
    "mask -> mask = rng.random(hidden.shape) < keep_prob ; mask = mask / mask.mean()": scales_of_calls,
    "return W1, W2 -> return W1, W2, 0.37 * (tested.argmax(axis=1) == task.test_labels).mean()": share_of_given,
    "tested = -> tested = np.maximum(0, task.test_inputs @ weights[0]) @ weights[1]": share_of_trained,
}
SAID = {
    f"train_with_dropout.train_with_dropout, {change[-40:]}": (loop_with(change), due)  # pytest names none by more
    for change, due in LOOPS.items()
}
SAID |= {
    "meet_dropout_today.attention_with_dropout, loud": (
        lambda keep_prob, rng, scores, values: attention(
            scores, values, 1.37 * (rng.random(scores.shape) < keep_prob), keep_prob
        ),
        lambda calls: [0.3, f"{1.37 / 0.3:.4g}"],
    ),
    "meet_dropout_today.attention_with_dropout, rounded": (
        lambda keep_prob, rng, scores, values: (
            attention(scores, values, rng.random(scores.shape) < keep_prob, keep_prob).astype(np.float32).round(2)
        ),
        lambda calls: [2],
    ),
    "meet_dropout_today.attention_with_dropout, uneven": (uneven_rows, kept_in_rows),
    "meet_dropout_today.residual_block, seldom": (seldom, kept_branches),
    "meet_dropout_today.residual_block, neighbours": (
        as_its_neighbour,
        lambda calls: [neighbours(branches(calls) - 0.3, 1)],
    ),
    "meet_dropout_today.residual_block, loud": (
        lambda x, branch, keep_prob, rng: (
            residual(x, branch, 1.37 * (rng.random(len(x)) < keep_prob), keep_prob)
            if rng
            else x + 1.7 * keep_prob * branch(x)
        ),
        lambda calls: [0.3, f"{1.37 / 0.3:.4g}", 0.51],
    ),
    "draw_the_mask.neurons_to_keep, neighbours": (
        number_of_its_neighbour,
        lambda calls: [neighbours(drawn(calls, 0.3) - 0.3, 2), 0],
    ),
    "ask_how_sure.mean_and_spread, sums": (second_image_too_sure, sums),
    "ask_how_sure.mean_and_spread, other draws": (
        lambda draws, **given: over_draws(draws=137, **given),
        lambda calls: [137, calls[0][0]["draws"]],
    ),
    "use_it_rightly.library_arguments": (
        lambda keep_prob: (1 - keep_prob, 1.037 - keep_prob, 1 - keep_prob, keep_prob),
        arguments,
    ),
    "use_it_rightly.is_right": (lambda dropout: 0.37, lambda calls: [0.37]),
    "see_why_it_works.cancellation": (a_third_more, quotients),
    "see_why_it_works.images_lost": (three_more_for_neuron_3, removed),
    "ask_how_sure.mean_and_spread, the spread": (wider, lambda calls: over_all(calls, 1)),
    "ask_how_sure.mean_and_spread, the mean": (tilted, lambda calls: over_all(calls, 0)),
    "choose_keep_prob.choose_rates": (second_best, chosen),
    "multiply_by_the_mask.pass_back": (longer_backward, difference),
    "multiply_by_the_mask.drop_neurons": (one_output_too_large, output),
    "draw_the_mask.neurons_to_keep": (too_few, kept),
    "draw_the_mask.neurons_to_keep, uneven": (examples_by_a_coin, uneven),
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


@functools.cache
def judged(name):
    """Give the sentence of a check for the answer of a row, and the calls that it made of it."""
    page, exercise = name.partition(",")[0].split(".")
    (answer, _), calls = SAID[name], []

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
    _, due = SAID[name]
    sentence, calls = judged(name)
    assert numbers_in(sentence) == [str(number) for number in due(calls)], sentence


# Each sentence with a number that was computed has a row


ELSEWHERE = {
    "grading/limits.py": "test_checks: answers that never end",
    "probes/scale_factors.py": "test_checks: an unknown scale, neurons that are amiss",
    "probes/layer_scales.py": "test_checks: an unknown scale, an unknown layer",
    "probes/training_gain.py": "test_checks: what a right loop gained",
    "probes/gap_challenge.py": "test_spread",
    "probes/keep_prob_challenge.py": "test_result_tables",
    "probes/spreads.py: Asked for ": "the hint of draws_ignored is said in its place",
}


def with_numbers(source):
    """List the sentences of a source that hold a computed number: how each begins, and a pattern of the whole."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            parts = [one.value if isinstance(one, ast.Constant) else None for one in node.values]
            computed = [one.format_spec or isinstance(one.value, ast.BinOp) for one, part in
                        zip(node.values, parts, strict=True) if part is None]  # fmt: skip
            if any(computed) and len("".join(filter(None, parts))) > 12 and "<" not in str(parts[0]):
                yield parts[0] or "", "".join(".+?" if part is None else re.escape(part) for part in parts)


def test_every_sentence_with_a_computed_number_has_a_row_here():
    said, folder = [judged(name)[0] for name in SAID], Path(checks.__file__).parent
    missing = []
    for path in sorted(folder.rglob("*.py")):
        file = path.relative_to(folder).as_posix()
        for beginning, pattern in with_numbers(path.read_text(encoding="utf-8")):
            known = file in ELSEWHERE or f"{file}: {beginning}" in ELSEWHERE
            if not known and not any(re.search(pattern, one) for one in said):
                missing.append(f"{file}: {pattern}")
    assert not missing, "Plant a fault that makes the check say it, in SAID:\n" + "\n".join(missing)
    assert not list(with_numbers('f"at {place}", f"It kept {share} of them all."'))
    assert len(list(with_numbers('f"It kept {share:.1f} of them."; f"Of neuron {place + 1} nothing is kept."'))) == 2
