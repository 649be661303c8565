"""Answers to `train_with_dropout` of the page on training: most are its plain loop with one line or two changed."""

# ruff: noqa: B006, B007, B905, PLR0917, PLW2901, SIM300 (learners do not write for a linter)

import copy
import functools
import itertools
import math

import numpy as np

from dropout_lib import apply_dropout, softmax
from sample_answers import changes, right, wrong

LOOP = """
def answer(weights, task, keep_prob, epochs, rng):
    W1, W2 = weights
    for epoch in range(epochs):
        order = rng.permutation(len(task.labels)).reshape(-1, 25)
        for step, batch in enumerate(order):
            pictures, labels = task.inputs[batch], task.labels[batch]
            hidden = np.maximum(0, pictures @ W1)
            active = hidden > 0
            mask = (rng.random(hidden.shape) < keep_prob) / keep_prob
            hidden = hidden * mask
            outputs = hidden @ W2
            slope = (softmax(outputs) - np.eye(10)[labels]) / 25
            back = slope @ W2.T * active * mask
            W1, W2 = W1 - 0.2 * pictures.T @ back, W2 - 0.2 * hidden.T @ slope
    tested = np.maximum(0, task.test_inputs @ W1) @ W2
    return W1, W2, (tested.argmax(axis=1) == task.test_labels).mean()
"""


def loud(shape, keep_prob, rng):
    return (rng.random(shape) < keep_prob) / keep_prob


LEARNER = {"apply_dropout": apply_dropout, "copy": copy, "loud": loud, "math": math, "np": np, "softmax": softmax}


def of_the_loop(table):
    return changes(LOOP, table, LEARNER)


plain = changes(LOOP, "plain\n active -> active = hidden > 0.0", LEARNER)["plain"]

right("train_with_dropout").each(
    **of_the_loop("""
masks_of_an_epoch_in_one_draw
    for step -> masks = loud((len(order), 25, W1.shape[1]), keep_prob, rng) ; for step, batch in enumerate(order):
    mask -> mask = masks[step]
factor_with_the_outer_weights
    mask -> mask = rng.random(hidden.shape) < keep_prob
    outputs -> outputs = hidden @ (W2 / keep_prob)
    back -> back = slope @ (W2 / keep_prob).T * (hidden > 0)
    W1, W2 = W1 -> W1, W2 = W1 - 0.2 * pictures.T @ back, W2 - 0.2 * (hidden.T @ slope) / keep_prob
whole_numbers_below
    mask -> mask = np.where(rng.integers(0, 2**32, hidden.shape) < keep_prob * 2**32, 1 / keep_prob, 0)
chosen_with_chances
    mask -> mask = rng.choice([0, 1 / keep_prob], hidden.shape, p=[1 - keep_prob, keep_prob])
child_generator
    W1, W2 = weights -> W1, W2, child = *weights, np.random.default_rng(rng.integers(2**63))
    mask -> mask = (child.random(hidden.T.shape).T < keep_prob) / keep_prob
""")
)


@right("train_with_dropout")
def only_the_living_compute(weights, task, keep_prob, epochs, rng):
    """Each picture trains a smaller network of its own, cut out of the big one."""
    W1, W2 = weights
    for _ in range(epochs):
        for batch in rng.permutation(len(task.labels)).reshape(-1, 25):
            down1, down2 = np.zeros(W1.shape), np.zeros(W2.shape)
            for picture, label in zip(task.inputs[batch], task.labels[batch]):
                alive = np.flatnonzero(rng.random(W1.shape[1]) < keep_prob)
                hidden = np.maximum(0, picture @ W1[:, alive]) / keep_prob
                slope = softmax(hidden @ W2[alive])
                slope[label] -= 1
                down2[alive] += np.outer(hidden, slope)
                down1[:, alive] += np.outer(picture, W2[alive] @ slope * (hidden > 0) / keep_prob)
            W1, W2 = W1 - 0.2 * down1 / 25, W2 - 0.2 * down2 / 25
    outputs = np.maximum(0, task.test_inputs @ W1) @ W2
    return W1, W2, np.mean(outputs.argmax(axis=1) == task.test_labels)


@right("train_with_dropout")
def one_step_after_the_other_by_reduce(weights, task, keep_prob, epochs, rng):
    def step(nets, batch):
        W1, W2 = nets
        hidden = np.maximum(0, task.inputs[batch] @ W1)
        mask = np.full(hidden.shape, 1 / keep_prob) * (1 - (rng.random(hidden.shape) >= keep_prob))
        slope = (softmax(hidden * mask @ W2) - np.eye(10)[task.labels[batch]]) / 25
        down = task.inputs[batch].T @ (slope @ W2.T * (hidden > 0) * mask)
        return W1 - 0.2 * down, W2 - 0.2 * (hidden * mask).T @ slope

    orders = (rng.permutation(len(task.labels)).reshape(-1, 25) for _ in range(epochs))
    W1, W2 = functools.reduce(step, itertools.chain.from_iterable(orders), weights)
    hits = sum(int(np.argmax(np.maximum(0, x @ W1) @ W2)) == y for x, y in zip(task.test_inputs, task.test_labels))
    return W1, W2, hits / len(task.test_labels)


# wrong: disguises of named mistakes

wrong("train_with_dropout", "drawn_once").each(
    **of_the_loop("""
kept_in_a_dictionary
    W1, W2 = weights -> W1, W2, masks = *weights, {}
    mask -> mask = masks[25] = masks[25] if masks else rng.binomial(1, keep_prob, hidden.shape) / keep_prob
photograph_of_the_generator
    W1, W2 = weights -> W1, W2, frozen = *weights, copy.deepcopy(rng)
    mask -> mask = (copy.deepcopy(frozen).random(hidden.shape) < keep_prob) / keep_prob
a_mask_for_life_of_each_picture
    W1, W2 = weights -> W1, W2, masks = *weights, loud((len(task.labels), weights[0].shape[1]), keep_prob, rng)
    mask -> mask = masks[batch]
""")
)
wrong("train_with_dropout", "one_mask_for_an_epoch").each(
    **of_the_loop("""
chosen_before_the_inner_loop
    order -> order = rng.permutation(len(task.labels)).reshape(-1, 25) ; mask = loud((25, W1.shape[1]), keep_prob, rng)
    mask -> pass
copy_of_the_generator_in_each_step
    mask -> mask = loud(hidden.shape, keep_prob, copy.deepcopy(rng))
""")
)


@wrong("train_with_dropout", "one_mask_for_an_epoch", "one_mask_for_the_batch")
def one_team_an_epoch(weights, task, keep_prob, epochs, rng):
    W1, W2 = weights
    for epoch in range(epochs):
        team = np.flatnonzero(rng.random(W1.shape[1]) < keep_prob)
        for batch in rng.permutation(len(task.labels)).reshape(-1, 25):
            A, B = W1[:, team], W2[team]
            hidden = np.maximum(0, task.inputs[batch] @ A) / keep_prob
            slope = (softmax(hidden @ B) - np.eye(10)[task.labels[batch]]) / 25
            back = slope @ B.T * (hidden > 0) / keep_prob
            W1, W2 = W1.copy(), W2.copy()
            W1[:, team] -= 0.2 * task.inputs[batch].T @ back
            W2[team] -= 0.2 * hidden.T @ slope
    outputs = np.maximum(0, task.test_inputs @ W1) @ W2
    return W1, W2, (outputs.argmax(axis=1) == task.test_labels).mean()


wrong("train_with_dropout", "seed_inside").each(
    **of_the_loop("""
sown_by_the_calendar
    mask -> mask = loud(hidden.shape, keep_prob, np.random.default_rng([epoch, step]))
bit_generator_by_hand
    W1, W2 = weights -> W1, W2, dice = *weights, np.random.Generator(np.random.PCG64(2014))
    mask -> mask = np.where(dice.random(hidden.shape) >= keep_prob, 0, 1 / keep_prob)
""")
)
wrong("train_with_dropout", "seed_inside", "drawn_once").each(
    **of_the_loop("""
old_dice_thrown_anew
    mask -> mask = (np.random.RandomState(42).rand(*hidden.shape) < keep_prob) / keep_prob
""")
)
wrong("train_with_dropout", "own_generator").each(
    **of_the_loop("""
generator_without_a_seed
    W1, W2 = weights -> W1, W2, dice = *weights, np.random.default_rng()
    mask -> mask = (dice.random(hidden.shape) < keep_prob) / keep_prob
new_generator_in_each_step
    mask -> mask = loud(hidden.shape, keep_prob, np.random.default_rng())
""")
)
wrong("train_with_dropout", "result_discarded").each(
    **of_the_loop("""
product_nobody_takes
    hidden = hidden -> np.multiply(hidden, mask)
    back -> back = slope @ W2.T * active
rows_renamed
    mask -> for row in hidden: row = row * loud(len(row), keep_prob, rng)
    hidden = hidden -> pass
    back -> back = slope @ W2.T * active
""")
)
wrong("train_with_dropout", "dropout_at_evaluation").each(
    **of_the_loop("""
mean_of_five_passes
    tested -> seen = np.maximum(0, task.test_inputs @ W1) ; tested = sum(softmax(seen * loud(seen.shape, keep_prob, rng) @ W2) for _ in range(5))
last_team_plays_the_match
    tested -> tested = np.maximum(0, task.test_inputs @ W1) * mask[0] @ W2
""")  # noqa: E501
)
wrong("train_with_dropout", "dropout_at_evaluation", "one_mask_for_the_batch", "not_scaled").each(
    **of_the_loop("""
forward_used_for_both
    mask -> mask = rng.random(W1.shape[1]) < keep_prob
    tested -> tested = np.maximum(0, task.test_inputs @ W1 * (rng.random(W1.shape[1]) < keep_prob)) @ W2
""")
)
wrong("train_with_dropout", "dropout_on_the_output").each(
    **of_the_loop("""
classes_forbidden
    mask -> allowed = rng.random((len(hidden), 10)) < keep_prob
    hidden = hidden -> pass
    slope -> slope = (softmax(np.where(allowed, outputs / keep_prob, -50)) - np.eye(10)[labels]) / 25 * allowed / keep_prob
    back -> back = slope @ W2.T * active
""")  # noqa: E501
)
wrong("train_with_dropout", "scaled_twice").each(
    **of_the_loop("""
helper_that_divides_already
    hidden = hidden -> pass
    mask -> hidden = apply_dropout(hidden, keep_prob=keep_prob, rng=rng) / keep_prob
    back -> back = slope @ W2.T * (hidden > 0) / keep_prob**2
dropped_in_two_rounds
    mask -> mask = loud(hidden.shape, keep_prob, rng) * loud(hidden.shape, keep_prob, rng)
""")
)
wrong("train_with_dropout", "keep_prob_and_rate_exchanged").each(
    **of_the_loop("""
winners_are_sent_home
    mask -> mask = np.where(rng.binomial(1, keep_prob, hidden.shape), 0, 1 / keep_prob)
""")
)
wrong("train_with_dropout", "keep_prob_and_rate_exchanged", "not_scaled").each(
    **of_the_loop("""
above_and_as_they_are
    mask -> mask = rng.random(hidden.shape) > keep_prob
""")
)
wrong("train_with_dropout", "evaluated_on_the_training_set", "dropout_at_evaluation").each(
    **of_the_loop("""
hits_counted_while_training
    order -> order, hits = rng.permutation(len(task.labels)).reshape(-1, 25), []
    outputs -> outputs = hidden @ W2 ; hits.extend(outputs.argmax(axis=1) == labels)
    return -> return W1, W2, np.mean(hits)
""")
)
wrong("train_with_dropout", "evaluated_on_the_training_set").each(
    **of_the_loop("""
training_pictures_and_their_true_labels
    tested -> tested = softmax(np.maximum(0, task.inputs @ W1) @ W2)
    return -> return W1, W2, np.mean([row.argmax() == label for row, label in zip(tested, task.true_labels)])
""")
)
wrong("train_with_dropout", "one_mask_for_the_batch").each(
    **of_the_loop("""
row_copied_25_times
    mask -> mask = np.tile([rng.random() < keep_prob for _ in range(hidden.shape[1])], (len(hidden), 1)) / keep_prob
columns_of_the_weights_switched_off
    mask -> mask = 1
    pictures -> pictures, labels = task.inputs[batch], task.labels[batch] ; on = np.diag(loud(W1.shape[1], keep_prob, rng))
    hidden = np -> hidden = np.maximum(0, pictures @ (W1 @ on))
    back -> back = slope @ W2.T @ on * active
all_or_nobody
    mask -> mask = (rng.random() < keep_prob) / keep_prob
""")  # noqa: E501
)
wrong("train_with_dropout", "not_scaled").each(
    **of_the_loop("""
factor_lost_in_a_comparison
    hidden = hidden -> mask = (mask > 0).astype(float) ; hidden = hidden * mask
turned_down_at_the_test
    mask -> mask = rng.random(hidden.shape) < keep_prob
    tested -> W2 = W2 * keep_prob ; tested = np.maximum(0, task.test_inputs @ W1) @ W2
only_the_backward_pass_is_louder
    mask -> mask = rng.random(hidden.shape) < keep_prob
    back -> back = slope @ W2.T * active * mask / keep_prob
""")
)
wrong("train_with_dropout", "gradient_without_the_factor").each(
    **of_the_loop("""
backward_line_left_as_it_was
    back -> back = slope @ W2.T * (hidden > 0)
sign_of_the_mask
    back -> back = slope @ W2.T * active * np.sign(mask)
""")
)
wrong("train_with_dropout", "gradient_without_the_mask").each(
    **of_the_loop("""
slope_of_the_whole_layer
    back -> back = slope @ W2.T / keep_prob * active
mask_of_the_step_before
    W1, W2 = weights -> W1, W2, masks = *weights, [1.0]
    back -> back = slope @ W2.T * active * masks[-1] ; masks.append(mask)
lesson_for_the_absent
    back -> back = slope @ W2.T * active * (mask == 0) / keep_prob
""")
)
wrong("train_with_dropout", "another_mask_on_the_way_back").each(
    **of_the_loop("""
dice_thrown_on_the_way_back
    back -> back = slope @ W2.T * active * loud(hidden.shape, keep_prob, rng)
""")
)
wrong("train_with_dropout", "not_scaled", "gradient_without_the_mask").each(
    **of_the_loop("""
half_of_everything_forgotten
    mask -> mask = rng.random(hidden.shape) < keep_prob
    back -> back = slope @ W2.T * active
""")
)
wrong("train_with_dropout", "dropout_on_the_inputs").each(
    **of_the_loop("""
pixels_of_the_whole_set
    order -> noisy = apply_dropout(task.inputs, keep_prob=keep_prob, rng=rng) ; order = rng.permutation(len(noisy)).reshape(-1, 25)
    pictures -> pictures, labels = noisy[batch], task.labels[batch]
    mask -> mask = 1
every_layer_that_hands_on
    hidden = np -> pictures = pictures * loud(pictures.shape, keep_prob, rng) ; hidden = np.maximum(0, pictures @ W1)
""")  # noqa: E501
)

# wrong: no name says it

wrong("train_with_dropout").each(
    **of_the_loop("""
whole_pictures_dropped
    mask -> mask = loud((len(hidden), 1), keep_prob, rng)
first_epoch_only
    mask -> mask = 1 if epoch else loud(hidden.shape, keep_prob, rng)
every_second_batch
    mask -> mask = 1.0 if step % 2 else loud(hidden.shape, keep_prob, rng)
mask_rolled_on
    W1, W2 = weights -> W1, W2, first = *weights, loud((25, weights[0].shape[1]), keep_prob, rng)
    mask -> mask = np.roll(first, step, axis=1)
mask_for_two_steps
    mask -> mask = mask if step % 2 else loud(hidden.shape, keep_prob, rng)
groups_of_five
    mask -> mask = np.tile(loud((5, W1.shape[1]), keep_prob, rng), (5, 1))
neighbours_share_their_fate_and_an_odd_number_fails
    mask -> mask = np.repeat(loud((25, W1.shape[1] // 2), keep_prob, rng), 2, axis=1)
bell_curve_below
    mask -> mask = (rng.normal(size=hidden.shape) < keep_prob) / keep_prob
fair_coins
    mask -> mask = rng.integers(0, 2, hidden.shape) / keep_prob
nine_sided_die_for_one_of_ten_sides
    mask -> mask = (rng.integers(1, 10, hidden.shape) <= keep_prob * 10) / keep_prob
noise_of_a_bell_curve
    mask -> mask = rng.normal(1, math.sqrt((1 - keep_prob) / keep_prob), hidden.shape)
loudest_go
    mask -> mask = (hidden <= np.quantile(hidden, keep_prob, axis=1, keepdims=True)) / keep_prob
first_ten_neurons_only
    mask -> mask = np.ones(hidden.shape) ; mask[:, :10] = loud(mask[:, :10].shape, keep_prob, rng)
less_and_less
    mask -> keep_prob *= 0.97 ; mask = loud(hidden.shape, keep_prob, rng)
divided_by_those_who_came
    mask -> mask = rng.random(hidden.shape) < keep_prob ; mask = mask / np.maximum(mask.mean(axis=1, keepdims=True), 1e-9)
divided_by_the_rate_which_may_be_none
    mask -> mask = (rng.random(hidden.shape) < keep_prob) / np.float64(1 - keep_prob)
quieter_not_louder
    mask -> mask = (rng.random(hidden.shape) < keep_prob) * keep_prob
square_root_of_the_factor
    mask -> mask = (rng.random(hidden.shape) < keep_prob) / keep_prob**0.5
factor_twice_on_the_way_back
    back -> back = slope @ (W2 / keep_prob).T * active * mask
learns_only_in_parts
    hidden = hidden -> pass
full_layer_in_the_last_product
    outputs -> outputs = hidden @ W2 ; hidden = np.maximum(0, pictures @ W1)
mask_takes_the_place_of_the_relu
    back -> back = slope @ W2.T * mask
outer_weights_first_and_read_after_their_step
    back -> W2 = W2 - 0.2 * hidden.T @ slope
    W1, W2 = W1 -> W1 = W1 - 0.2 * pictures.T @ (slope @ W2.T * active * mask)
mask_added
    hidden = hidden -> hidden = hidden + mask
    back -> back = slope @ W2.T * (hidden > 0)
numbers_cut_to_whole
    hidden = hidden -> hidden = (hidden * mask).astype(int)
each_batch_twice_with_and_without
    order -> order = np.repeat(rng.permutation(len(task.labels)).reshape(-1, 25), 2, axis=0)
    mask -> mask = np.ones(hidden.shape) if step % 2 else loud(hidden.shape, keep_prob, rng)
last_batch_left_out
    for step -> for step, batch in enumerate(order[:-1]):
one_epoch_more
    for epoch -> for epoch in range(epochs + 1):
return_too_far_to_the_right
    for step -> for step, batch in enumerate(order[:1]):
    for epoch -> for epoch in range(1):
quieter_weights_in_the_end
    return -> return W1, W2 * keep_prob, (tested.argmax(axis=1) == task.test_labels).mean()
share_of_the_errors
    return -> return W1, W2, (tested.argmax(axis=1) != task.test_labels).mean()
hits_not_their_share
    return -> return W1, W2, (tested.argmax(axis=1) == task.test_labels).sum()
relu_forgotten_at_the_test
    tested -> tested = task.test_inputs @ W1 @ W2
always_a_half
    W1, W2 = weights -> W1, W2 = weights ; keep_prob = 0.5
sorted_dice_so_that_the_first_stay_more_often
    mask -> mask = (np.sort(rng.random(hidden.shape)) < keep_prob) / keep_prob
weights_in_a_list
    return -> return [W1, W2], (tested.argmax(axis=1) == task.test_labels).mean()
""")  # noqa: E501
)


@wrong("train_with_dropout", "own_generator")
def goes_on_where_it_stopped(weights, task, keep_prob, epochs, rng, before={}):
    """The second call starts from the weights of the first one."""
    trained = plain(before.get(weights[0].shape, weights), task, keep_prob, epochs, rng)
    before[weights[0].shape] = trained[:2]
    return trained


@wrong("train_with_dropout")
def mean_over_the_epochs(weights, task, keep_prob, epochs, rng):
    nets, shares = weights, []
    for _ in range(epochs):
        *nets, accuracy = plain(nets, task, keep_prob, 1, rng)
        shares.append(accuracy)
    return *nets, np.mean(shares)
