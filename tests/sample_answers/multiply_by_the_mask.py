"""Answers to `drop_neurons` and `pass_back` of the page on multiplying by the mask."""

# ruff: noqa: B006, B008, B905, SIM300 (learners do not write for a linter)

import copy
import random

import numpy as np

from sample_answers import right, wrong

# drop_neurons: right


@right("drop_neurons")
def plain(activations, keep_prob, rng):
    mask = rng.random(activations.shape) < keep_prob
    return activations * mask, mask


@right("drop_neurons")
def lists_only(activations, keep_prob, rng):
    mask = [[bool(rng.random() < keep_prob) for _ in row] for row in activations]
    return [[a if m else 0.0 for a, m in zip(row, kept)] for row, kept in zip(activations.tolist(), mask)], mask


@right("drop_neurons")
def drawn_flat(activations, keep_prob, rng):
    dropped = rng.random(activations.size) >= keep_prob
    output = activations.flatten()
    np.put(output, np.flatnonzero(dropped), 0)
    return output.reshape(activations.shape), ~dropped.reshape(activations.shape)


@right("drop_neurons")
def row_by_row(activations, keep_prob, rng):
    mask = np.array([rng.random(len(row)) < keep_prob for row in activations])
    return np.ma.array(activations, mask=~mask).filled(0), mask


@right("drop_neurons")
def one_example_and_the_rest(activations, keep_prob, rng):
    if len(activations) == 0:
        return activations.copy(), np.ones(activations.shape, dtype=bool)
    kept = rng.random(activations.shape[1]) < keep_prob
    output, mask = one_example_and_the_rest(activations[1:], keep_prob, rng)
    return np.vstack([activations[:1] * kept, output]), np.vstack([kept, mask])


# drop_neurons: wrong, a named mistake in disguise


@wrong("drop_neurons", "returned_another_mask")
def tossed_for_each_and_again(activations, keep_prob, rng):
    output = np.array([[a if rng.random() < keep_prob else 0 for a in row] for row in activations])
    mask = np.array([[rng.random() < keep_prob for _ in row] for row in activations])
    return output, mask


@wrong("drop_neurons", "returned_another_mask")
def mask_of_the_call_before(activations, keep_prob, rng, before={}):
    mask = rng.random(activations.shape) < keep_prob
    used = before.get((mask.shape, keep_prob), rng.random(mask.shape) < keep_prob)
    before[mask.shape, keep_prob] = mask
    return activations * used, mask


@wrong("drop_neurons", "returned_another_mask")
def mask_moved_on_by_one(activations, keep_prob, rng):
    mask = rng.random(activations.shape) < keep_prob
    return activations * mask, np.roll(mask, 1, axis=1)


@wrong("drop_neurons", "mask_from_zeros")
def output_over_input(activations, keep_prob, rng):
    output = activations * rng.binomial(1, keep_prob, activations.shape)
    return output, np.divide(output, activations, out=np.zeros(output.shape), where=activations != 0)


@wrong("drop_neurons", "mask_from_zeros")
def output_equals_input(activations, keep_prob, rng):
    """Calls a dropped zero kept."""
    output = activations * (rng.random(activations.shape) < keep_prob)
    return output, output == activations


@wrong("drop_neurons", "mask_from_zeros")
def silent_ones_count_as_dropped(activations, keep_prob, rng):
    mask = rng.random(activations.shape) < keep_prob
    mask[activations == 0] = False
    return activations * mask, mask


@wrong("drop_neurons", "whole_examples_dropped")
def one_toss_for_each_row(activations, keep_prob, rng):
    output, mask = activations.copy(), np.ones(activations.shape, dtype=bool)
    for i in range(len(output)):
        if rng.random() >= keep_prob:
            output[i], mask[i] = 0, False
    return output, mask


@wrong("drop_neurons", "whole_examples_dropped")
def stretched_sideways(activations, keep_prob, rng):
    kept = rng.random(len(activations)) < keep_prob
    return (activations.T * kept).T, np.repeat(kept, activations.shape[1]).reshape(activations.shape)


@wrong("drop_neurons", "whole_examples_dropped")
def diagonal_from_the_left(activations, keep_prob, rng):
    kept = rng.binomial(1, keep_prob, len(activations))
    return np.diag(kept) @ activations, kept[:, None]


@wrong("drop_neurons", "one_mask_for_the_batch")
def diagonal_from_the_right(activations, keep_prob, rng):
    kept = rng.binomial(1, keep_prob, activations.shape[1])
    return activations @ np.diag(kept), kept


@wrong("drop_neurons", "one_mask_for_the_batch")
def one_toss_for_each_column(activations, keep_prob, rng):
    output, mask = activations.copy(), np.ones_like(activations)
    for j in range(activations.shape[1]):
        if rng.random() >= keep_prob:
            output[:, j], mask[:, j] = 0, 0
    return output, mask


@wrong("drop_neurons", "one_mask_for_the_batch")
def rewound_before_each_row(activations, keep_prob, rng):
    start, mask = rng.bit_generator.state, np.empty(activations.shape, dtype=bool)
    for row in mask:
        rng.bit_generator.state = start
        row[:] = rng.random(len(row)) < keep_prob
    return activations * mask, mask


@wrong("drop_neurons", "one_mask_for_the_batch", "scaled_already")
def one_row_and_scaled(activations, keep_prob, rng):
    mask = np.tile(rng.random(activations.shape[1]) < keep_prob, (len(activations), 1))
    return activations * mask / keep_prob, mask


@wrong("drop_neurons", "kept_and_dropped_exchanged")
def coins_for_the_dropped(activations, keep_prob, rng):
    mask = rng.binomial(1, 1 - keep_prob, activations.shape)
    return activations * mask, mask


@wrong("drop_neurons", "kept_and_dropped_exchanged")
def chances_in_the_wrong_order(activations, keep_prob, rng):
    mask = rng.choice([0, 1], size=activations.shape, p=[keep_prob, 1 - keep_prob])
    return activations * mask, mask


@wrong("drop_neurons", "kept_and_dropped_exchanged")
def silenced_below_the_threshold(activations, keep_prob, rng):
    dropped, output = rng.random(activations.shape) < keep_prob, activations.copy()
    output[dropped] = 0
    return output, ~dropped


@wrong("drop_neurons", "scaled_already")
def scaled_in_the_mask(activations, keep_prob, rng):
    mask = (rng.random(activations.shape) < keep_prob) / keep_prob
    return activations * mask, mask


@wrong("drop_neurons", "scaled_already")
def louder_survivors(activations, keep_prob, rng):
    mask = rng.random(activations.shape) < keep_prob
    output = np.zeros(activations.shape)
    output[mask] = activations[mask] * keep_prob**-1
    return output, mask


@wrong("drop_neurons", "returned_only_the_output")
def mask_kept_to_itself(activations, keep_prob, rng):
    mask_kept_to_itself.mask = rng.random(activations.shape) < keep_prob
    return activations * mask_kept_to_itself.mask


@wrong("drop_neurons", "returned_only_the_output")
def no_mask_when_all_stay(activations, keep_prob, rng):
    if keep_prob == 1:
        return activations
    mask = rng.random(activations.shape) < keep_prob
    return activations * mask, mask


@wrong("drop_neurons", "changed_the_input")
def rows_are_views(activations, keep_prob, rng):
    mask = rng.random(activations.shape) < keep_prob
    for row, kept in zip(activations, mask):
        row[~kept] = 0
    return activations.copy(), mask


@wrong("drop_neurons", "changed_the_input")
def copied_the_wrong_one(activations, keep_prob, rng):
    output, mask = activations, rng.random(activations.shape) < keep_prob
    activations = activations.copy()
    np.putmask(output, ~mask, 0)
    return activations * mask, mask


@wrong("drop_neurons", "changed_the_input", "mask_from_zeros")
def written_over_and_read_back(activations, keep_prob, rng):
    activations[rng.random(activations.shape) >= keep_prob] = 0
    return activations, activations != 0


# drop_neurons: wrong, without a name


@wrong("drop_neurons")
def mask_comes_first(activations, keep_prob, rng):
    mask = rng.random(activations.shape) < keep_prob
    return mask, activations * mask


@wrong("drop_neurons")
def in_a_dictionary(activations, keep_prob, rng):
    mask = rng.random(activations.shape) < keep_prob
    return {"output": activations * mask, "mask": mask}


@wrong("drop_neurons")
def exact_number(activations, keep_prob, rng):
    places = rng.permutation(activations.size).reshape(activations.shape)
    mask = places < round(keep_prob * activations.size)
    return activations * mask, mask


@wrong("drop_neurons")
def exact_number_in_each_row(activations, keep_prob, rng):
    ranks = rng.random(activations.shape).argsort(axis=1).argsort(axis=1)
    mask = ranks < round(keep_prob * activations.shape[1])
    return activations * mask, mask


@wrong("drop_neurons")
def seed_inside(activations, keep_prob, rng):
    rng = np.random.default_rng(42)
    mask = rng.random(activations.shape) < keep_prob
    return activations * mask, mask


@wrong("drop_neurons")
def drawn_once_for_all(activations, keep_prob, rng, drawn={}):
    mask = drawn.setdefault((activations.shape, keep_prob), rng.random(activations.shape) < keep_prob)
    return activations * mask, mask.copy()


@wrong("drop_neurons", "own_generator")
def drawn_for_two_calls(activations, keep_prob, rng, drawn={}):
    key = activations.shape, keep_prob
    mask = drawn.pop(key, None)
    if mask is None:
        mask = drawn[key] = rng.random(activations.shape) < keep_prob
    return activations * mask, mask.copy()


@wrong("drop_neurons")
def generator_copied_first(activations, keep_prob, rng):
    mask = copy.deepcopy(rng).random(activations.shape) < keep_prob
    return activations * mask, mask


@wrong("drop_neurons")
def generator_put_back(activations, keep_prob, rng):
    state = rng.bit_generator.state
    mask = rng.random(activations.shape) < keep_prob
    rng.bit_generator.state = state
    return activations * mask, mask


@wrong("drop_neurons")
def bell_curve(activations, keep_prob, rng):
    mask = rng.normal(size=activations.shape) < keep_prob
    return activations * mask, mask


@wrong("drop_neurons")
def fair_coin(activations, keep_prob, rng):
    mask = rng.integers(0, 2, activations.shape, dtype=bool)
    return activations * mask, mask


@wrong("drop_neurons")
def rounded_numbers(activations, keep_prob, rng):
    mask = rng.random(activations.shape).round(1) < keep_prob
    return activations * mask, mask


@wrong("drop_neurons")
def whole_numbers_too_early(activations, keep_prob, rng):
    mask = (rng.random(activations.shape) + keep_prob).round()
    return activations * mask, mask


@wrong("drop_neurons")
def and_for_product(activations, keep_prob, rng):
    mask = rng.random(activations.shape) < keep_prob
    return np.logical_and(activations, mask), mask


@wrong("drop_neurons")
def dropped_taken_out(activations, keep_prob, rng):
    mask = rng.random(activations.shape) < keep_prob
    return activations[mask], mask


@wrong("drop_neurons")
def places_for_a_mask(activations, keep_prob, rng):
    mask = rng.random(activations.shape) < keep_prob
    return activations * mask, np.argwhere(mask)


@wrong("drop_neurons")
def flat_mask(activations, keep_prob, rng):
    mask = rng.random(activations.size) < keep_prob
    return activations * mask.reshape(activations.shape), mask


@wrong("drop_neurons")
def second_name_for_the_mask(activations, keep_prob, rng):
    """`output` is no copy, so the mask is overwritten too."""
    output = mask = (rng.random(activations.shape) < keep_prob).astype(float)
    output *= activations
    return output, mask


@wrong("drop_neurons")
def break_for_continue(activations, keep_prob, rng):
    mask = np.zeros(activations.shape, dtype=bool)
    for row in mask:
        for j in range(len(row)):
            if rng.random() >= keep_prob:
                break
            row[j] = True
    return activations * mask, mask


@wrong("drop_neurons")
def mask_sorted(activations, keep_prob, rng):
    mask = np.sort(rng.random(activations.shape), axis=1) < keep_prob
    return activations * mask, mask


@wrong("drop_neurons")
def neighbours_share(activations, keep_prob, rng):
    rows, columns = activations.shape
    mask = np.repeat(rng.random((rows, columns // 2 + 1)) < keep_prob, 2, axis=1)[:, :columns]
    return activations * mask, mask


@wrong("drop_neurons")
def row_pushed_on(activations, keep_prob, rng):
    row = rng.random(activations.shape[1]) < keep_prob
    mask = np.array([np.roll(row, i) for i in range(len(activations))])
    return activations * mask, mask


@wrong("drop_neurons")
def seven_numbers_for_all(activations, keep_prob, rng):
    mask = np.resize(rng.random(7) < keep_prob, activations.shape)
    return activations * mask, mask


@wrong("drop_neurons")
def last_neuron_forgotten(activations, keep_prob, rng):
    mask = np.zeros(activations.shape, dtype=bool)
    mask[:, :-1] = rng.random(mask[:, :-1].shape) < keep_prob
    return activations * mask, mask


@wrong("drop_neurons")
def cut_to_whole_numbers(activations, keep_prob, rng):
    mask = rng.random(activations.shape) < keep_prob
    output = np.zeros(activations.shape, dtype=int)
    output[mask] = activations[mask]
    return output, mask


@wrong("drop_neurons")
def quiet_ones_dropped(activations, keep_prob, rng):
    mask = activations >= np.quantile(activations, 1 - keep_prob)
    return activations * mask, mask


@wrong("drop_neurons")
def turned_up_by_the_rate(activations, keep_prob, rng):
    """No answer at keep_prob 1."""
    factor = 1 / (1 - float(keep_prob))
    mask = rng.random(activations.shape) < keep_prob
    return activations * mask * factor, mask


wrong("drop_neurons", "returned_only_the_output").each(
    tuple_of_one=lambda activations, keep_prob, rng: (
        np.where(rng.random(activations.shape) < keep_prob, activations, 0),
    ),
    none_for_a_mask=lambda activations, keep_prob, rng: (
        np.where(rng.random(activations.shape) < keep_prob, activations, 0),
        None,
    ),
)
wrong("drop_neurons").each(
    mask_only=lambda activations, keep_prob, rng: rng.random(activations.shape) < keep_prob,
    expected_instead_of_drawn=lambda activations, keep_prob, rng: (
        activations * keep_prob,
        np.full(activations.shape, keep_prob),
    ),
)


# pass_back: right


@right("pass_back")
def without_a_matrix_product(hidden, weights, gradient, mask):
    hidden_gradient = (gradient[:, None, :] * weights * mask[:, :, None]).sum(axis=2)
    return [hidden_gradient, ((hidden * mask)[:, :, None] * gradient[:, None, :]).sum(axis=0)]


@right("pass_back")
def nested_lists(hidden, weights, gradient, mask):
    back = [[float(g @ w) if m else 0.0 for w, m in zip(weights, kept)] for g, kept in zip(gradient, mask)]
    return back, [[float(sum(h[m] * g[m])) for g in gradient.T] for h, m in zip(hidden.T, mask.T)]


@right("pass_back")
def diagonal_masks(hidden, weights, gradient, mask):
    diagonals = mask[:, :, None] * np.eye(mask.shape[1])
    hidden_gradient = np.stack([d @ weights @ g for d, g in zip(diagonals, gradient)])
    return hidden_gradient, np.sum([np.outer(d @ h, g) for d, h, g in zip(diagonals, hidden, gradient)], axis=0)


@right("pass_back")
def masked_twice(hidden, weights, gradient, mask):
    mask = mask.astype(hidden.dtype)
    return mask * (gradient @ weights.T) * mask, (hidden * mask * mask).T @ gradient


right("pass_back").each(
    as_on_paper=lambda hidden, weights, gradient, mask: (gradient @ weights.T * mask, (hidden * mask).T @ gradient),
    chosen_by_where=lambda hidden, weights, gradient, mask: (
        np.where(mask, gradient.dot(weights.T), 0),
        np.where(mask, hidden, 0).T.dot(gradient),
    ),
    lying_down=lambda hidden, weights, gradient, mask: (
        (mask.T * (weights @ gradient.T)).T,
        (gradient.T @ (mask * hidden)).T,
    ),
    # A zero adds nothing to the weights' gradient, so `hidden != 0` does no harm there.
    silent_ones_left_out_of_the_sum=lambda hidden, weights, gradient, mask: (
        mask * (gradient @ weights.T),
        (hidden * (mask & (hidden != 0))).T @ gradient,
    ),
)


# pass_back: wrong, a named mistake in disguise


@wrong("pass_back", "no_mask_for_hidden")
def stopped_before_the_mask(hidden, weights, gradient, mask):
    """The gradient of `hidden * mask`, not of `hidden`."""
    dropped = hidden * mask
    dropped_gradient = gradient @ weights.T
    return dropped_gradient, dropped.T @ gradient


@wrong("pass_back", "no_mask_for_hidden")
def product_thrown_away(hidden, weights, gradient, mask):
    hidden_gradient = np.einsum("eo,uo->eu", gradient, weights)
    np.multiply(hidden_gradient, mask)
    return hidden_gradient, np.einsum("eu,eo->uo", np.where(mask, hidden, 0), gradient)


@wrong("pass_back", "no_mask_for_weights")
def outer_products_of_all(hidden, weights, gradient, mask):
    weights_gradient = sum(np.outer(h, g) for h, g in zip(hidden, gradient))
    return np.where(mask, gradient @ weights.T, 0), weights_gradient


@wrong("pass_back", "no_mask_for_weights")
def masked_too_late(hidden, weights, gradient, mask):
    weights_gradient = np.tensordot(hidden, gradient, axes=(0, 0))
    hidden = hidden * mask
    return gradient @ weights.T * mask, weights_gradient


@wrong("pass_back", "no_mask_anywhere")
def always_true(hidden, weights, gradient, mask):
    mask = mask >= 0
    return gradient @ weights.T * mask, (hidden * mask).T @ gradient


@wrong("pass_back", "no_mask_anywhere")
def same_on_both_sides(hidden, weights, gradient, mask):
    back = gradient @ weights.T
    return np.where(mask, back, back), np.where(mask, hidden, hidden).T @ gradient


@wrong("pass_back", "trained_the_dropped")
def kept_taken_away(hidden, weights, gradient, mask):
    back = gradient @ weights.T
    return back - back * mask, (hidden - hidden * mask).T @ gradient


@wrong("pass_back", "trained_the_dropped")
def zeroed_where_true(hidden, weights, gradient, mask):
    hidden, hidden_gradient = hidden.copy(), gradient @ weights.T
    hidden[mask] = hidden_gradient[mask] = 0
    return hidden_gradient, hidden.T @ gradient


@wrong("pass_back", "trained_the_dropped")
def mask_read_the_other_way(hidden, weights, gradient, mask):
    hidden_gradient, weights_gradient = np.zeros(hidden.shape), np.zeros(weights.shape)
    for e, dropped in enumerate(mask):
        hidden_gradient[e, ~dropped] = weights[~dropped] @ gradient[e]
        weights_gradient[~dropped] += np.outer(hidden[e, ~dropped], gradient[e])
    return hidden_gradient, weights_gradient


@wrong("pass_back", "fresh_mask")
def mask_shuffled(hidden, weights, gradient, mask):
    mask = np.random.permutation(mask.ravel()).reshape(mask.shape)
    return gradient @ weights.T * mask, (hidden * mask).T @ gradient


@wrong("pass_back", "fresh_mask")
def own_generator(hidden, weights, gradient, mask, rng=np.random.default_rng(5)):
    mask = rng.binomial(1, mask.mean(), mask.shape)
    return mask * np.dot(gradient, weights.T), np.dot((mask * hidden).T, gradient)


@wrong("pass_back", "fresh_mask")
def dice_in_a_loop(hidden, weights, gradient, mask):
    mask = np.array([[random.random() < 0.8 for _ in row] for row in mask])
    return gradient @ weights.T * mask, (hidden * mask).T @ gradient


@wrong("pass_back", "fresh_mask")
def same_seed_will_do(hidden, weights, gradient, mask):
    mask = np.random.default_rng(0).random(hidden.shape) < 0.5
    return gradient @ weights.T * mask, (hidden * mask).T @ gradient


@wrong("pass_back", "fresh_mask", "two_masks")
def fresh_for_each_part(hidden, weights, gradient, mask):
    def drop(array):
        return array * (np.random.rand(*array.shape) < mask.mean())

    return drop(gradient @ weights.T), drop(hidden).T @ gradient


@wrong("pass_back", "two_masks")
def shuffled_for_hidden(hidden, weights, gradient, mask):
    other = np.random.default_rng().permuted(mask, axis=1)
    return np.where(other, gradient @ weights.T, 0), np.where(mask, hidden, 0).T @ gradient


@wrong("pass_back", "two_masks")
def fresh_for_weights(hidden, weights, gradient, mask):
    other = [[random.random() < mask.mean() for _ in row] for row in hidden]
    return gradient @ weights.T * mask, np.where(other, hidden, 0).T @ gradient


@wrong("pass_back", "mask_from_zeros")
def hidden_as_truth_values(hidden, weights, gradient, mask):
    awake = hidden.astype(bool)
    return gradient @ weights.T * awake, (hidden * awake).T @ gradient


@wrong("pass_back", "mask_from_zeros")
def zeros_of_what_went_forward(hidden, weights, gradient, mask):
    dropped = hidden * mask
    hidden_gradient = gradient @ weights.T
    hidden_gradient[dropped == 0] = 0
    return hidden_gradient, dropped.T @ gradient


@wrong("pass_back", "masked_the_weights")
def thin_weights_for_all(hidden, weights, gradient, mask):
    kept = mask[-1].nonzero()[0]
    thin = np.zeros_like(weights)
    thin[kept] = weights[kept]
    weights_gradient = hidden.T @ gradient
    return gradient @ thin.T, np.where(mask[-1][:, None], weights_gradient, 0)


@wrong("pass_back", "masked_the_weights")
def one_diagonal(hidden, weights, gradient, mask):
    kept = np.diag(mask[0].astype(float))
    return gradient @ (kept @ weights).T, kept @ hidden.T @ gradient


@wrong("pass_back", "masked_the_weights")
def first_row_for_all(hidden, weights, gradient, mask):
    """The same numbers as with the rows of the weights masked."""
    hidden_gradient, hidden = gradient @ weights.T, hidden.copy()
    hidden_gradient[:, ~mask[0]] = hidden[:, ~mask[0]] = 0
    return hidden_gradient, hidden.T @ gradient


@wrong("pass_back", "masked_the_weights", "fresh_mask")
def single_connections_cut(hidden, weights, gradient, mask):
    connected = np.random.rand(*weights.shape) < mask.mean()
    return gradient @ (weights * connected).T, hidden.T @ gradient * connected


@wrong("pass_back", "swapped_order")
def order_of_the_dictionary(hidden, weights, gradient, mask):
    found = {"weights": (hidden * mask).T @ gradient}
    found["hidden"] = gradient @ weights.T * mask
    return tuple(found.values())


@wrong("pass_back", "swapped_order")
def unpacked_the_wrong_way(hidden, weights, gradient, mask):
    weights_gradient, hidden_gradient = gradient @ weights.T * mask, (hidden * mask).T @ gradient
    return hidden_gradient, weights_gradient


@wrong("pass_back", "changed_the_input")
def rows_of_hidden_are_views(hidden, weights, gradient, mask):
    hidden_gradient = gradient @ weights.T
    for rows in hidden, hidden_gradient:
        for row, kept in zip(rows, mask):
            row[~kept] = 0
    return hidden_gradient, hidden.T @ gradient


@wrong("pass_back", "changed_the_input")
def took_the_step_as_well(hidden, weights, gradient, mask):
    hidden_gradient, weights_gradient = gradient @ weights.T * mask, (hidden * mask).T @ gradient
    weights[...] = weights - 0.1 * weights_gradient
    return hidden_gradient, weights_gradient


@wrong("pass_back", "changed_the_input", "no_mask_for_hidden")
def written_into_hidden(hidden, weights, gradient, mask):
    np.multiply(hidden, mask, out=hidden)
    return gradient @ weights.T, hidden.T @ gradient


# pass_back: wrong, without a name


# Where hidden has no negatives, this gives what `zeros_of_what_went_forward` gives, so they have one name.


@wrong("pass_back")
def scaled_by_the_kept_share(hidden, weights, gradient, mask):
    scaled = mask / mask.mean()
    return gradient @ weights.T * scaled, (hidden * scaled).T @ gradient


@wrong("pass_back")
def last_example_only(hidden, weights, gradient, mask):
    for h, g in zip(hidden * mask, gradient):
        weights_gradient = np.outer(h, g)
    return gradient @ weights.T * mask, weights_gradient


@wrong("pass_back")
def one_example_too_few(hidden, weights, gradient, mask):
    hidden_gradient, weights_gradient = np.zeros(hidden.shape), np.zeros(weights.shape)
    for e in range(len(hidden) - 1):
        hidden_gradient[e] = weights @ gradient[e] * mask[e]
        weights_gradient += np.outer(hidden[e] * mask[e], gradient[e])
    return hidden_gradient, weights_gradient


@wrong("pass_back")
def first_dropped_ends_the_row(hidden, weights, gradient, mask):
    hidden_gradient = np.zeros(hidden.shape)
    for e, row in enumerate(mask):
        for u, kept in enumerate(row):
            if not kept:
                break
            hidden_gradient[e, u] = gradient[e] @ weights[u]
    return hidden_gradient, (hidden * mask).T @ gradient


@wrong("pass_back")
def times_hidden_too(hidden, weights, gradient, mask):
    dropped = hidden * mask
    return gradient @ weights.T * dropped, dropped.T @ gradient


@wrong("pass_back")
def mask_stood_up_badly(hidden, weights, gradient, mask):
    mask = mask.T.reshape(mask.shape)
    return gradient @ weights.T * mask, (hidden * mask).T @ gradient


@wrong("pass_back")
def mask_laid_over_the_outputs(hidden, weights, gradient, mask):
    masked = gradient * np.resize(mask, gradient.shape)
    return masked @ weights.T, hidden.T @ masked


@wrong("pass_back")
def whole_examples_skipped(hidden, weights, gradient, mask):
    complete = mask.all(axis=1, keepdims=True)
    return gradient @ weights.T * complete, (hidden * complete).T @ gradient


@wrong("pass_back")
def cut_to_integers(hidden, weights, gradient, mask):
    hidden_gradient = np.zeros(hidden.shape, dtype=int)
    hidden_gradient[mask] = (gradient @ weights.T)[mask]
    return hidden_gradient, (hidden * mask).T @ gradient


@wrong("pass_back")
def a_little_for_the_dropped(hidden, weights, gradient, mask):
    soft = np.where(mask, 1.0, 0.1)
    return gradient @ weights.T * soft, (hidden * soft).T @ gradient


@wrong("pass_back")
def output_as_the_error(hidden, weights, gradient, mask):
    dropped = hidden * mask
    error = dropped @ weights - gradient
    return error @ weights.T * mask, dropped.T @ error


@wrong("pass_back")
def never_set_to_zero(hidden, weights, gradient, mask, total={}):
    """Adds to the gradient of the call before."""
    total[weights.shape] = total.get(weights.shape, 0) + (hidden * mask).T @ gradient
    return gradient @ weights.T * mask, total[weights.shape]


@wrong("pass_back")
def first_mask_remembered(hidden, weights, gradient, mask, masks={}):
    mask = masks.setdefault(mask.shape, mask.copy())
    return gradient @ weights.T * mask, (hidden * mask).T @ gradient


wrong("pass_back", "no_mask_for_hidden", "trained_the_dropped").each(
    nothing_for_hidden_dropped_for_weights=lambda hidden, weights, gradient, mask: (
        gradient @ weights.T,
        (hidden * ~mask).T @ gradient,
    )
)
wrong("pass_back", "trained_the_dropped").each(
    half_trained_the_dropped=lambda hidden, weights, gradient, mask: (
        gradient @ weights.T * (1 - mask),
        (hidden * mask).T @ gradient,
    )
)
wrong("pass_back", "mask_from_zeros").each(
    sign_of_hidden=lambda hidden, weights, gradient, mask: (
        np.sign(hidden) * (gradient @ weights.T),
        (hidden * mask).T @ gradient,
    )
)
wrong("pass_back", "masked_the_weights").each(
    only_the_second_part_by_rows=lambda hidden, weights, gradient, mask: (
        gradient @ weights.T * mask,
        hidden.T @ gradient * mask[:1].T,
    )
)
wrong("pass_back", "swapped_order", "no_mask_for_weights").each(
    swapped_and_half_masked=lambda hidden, weights, gradient, mask: (gradient @ weights.T * mask, hidden.T @ gradient)[
        ::-1
    ]
)
wrong("pass_back").each(
    mean_over_examples=lambda hidden, weights, gradient, mask: (
        gradient @ weights.T * mask,
        (hidden * mask).T @ gradient / len(hidden),
    ),
    share_kept_for_mask=lambda hidden, weights, gradient, mask: (
        gradient @ weights.T * mask.mean(),
        (hidden * mask.mean()).T @ gradient,
    ),
    downhill=lambda hidden, weights, gradient, mask: (-gradient @ weights.T * mask, -(hidden * mask).T @ gradient),
    outputs_by_units=lambda hidden, weights, gradient, mask: (
        gradient @ weights.T * mask,
        gradient.T @ (hidden * mask),
    ),
    one_line_for_all_examples=lambda hidden, weights, gradient, mask: (
        (gradient @ weights.T * mask).sum(axis=0),
        (hidden * mask).T @ gradient,
    ),
    hidden_gradient_only=lambda hidden, weights, gradient, mask: gradient @ weights.T * mask,
    mask_as_a_third=lambda hidden, weights, gradient, mask: (
        gradient @ weights.T * mask,
        (hidden * mask).T @ gradient,
        mask,
    ),
    mask_upside_down=lambda hidden, weights, gradient, mask: (
        gradient @ weights.T * mask[::-1],
        (hidden * mask[::-1]).T @ gradient,
    ),
    mask_one_neuron_on=lambda hidden, weights, gradient, mask: (
        gradient @ weights.T * np.roll(mask, 1, axis=1),
        (hidden * mask).T @ gradient,
    ),
    blame_with_a_minus=lambda hidden, weights, gradient, mask: (
        np.where(mask, 1, -1) * (gradient @ weights.T),
        (hidden * mask).T @ gradient,
    ),
    forward_again=lambda hidden, weights, gradient, mask: (hidden * mask, hidden * mask @ weights),
    gradients_clipped=lambda hidden, weights, gradient, mask: (
        np.clip(gradient @ weights.T, -1, 1) * mask,
        np.clip((hidden * mask).T @ gradient, -1, 1),
    ),
    small_weights_wanted=lambda hidden, weights, gradient, mask: (
        gradient @ weights.T * mask,
        (hidden * mask).T @ gradient + 0.1 * weights,
    ),
    # Gives back new weights, where their gradient was asked for.
    weights_after_the_step=lambda hidden, weights, gradient, mask: (
        gradient @ weights.T * mask,
        weights - 0.1 * ((hidden * mask).T @ gradient),
    ),
    named_in_a_dictionary=lambda hidden, weights, gradient, mask: {
        "hidden_gradient": gradient @ weights.T * mask,
        "weights_gradient": (hidden * mask).T @ gradient,
    },
)
