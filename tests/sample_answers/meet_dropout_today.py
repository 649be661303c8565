"""Answers to `attention_with_dropout` and `residual_block` of the page on dropout today."""

# ruff: noqa: NPY002 (learners do not write for a linter)

import numpy as np

from dropout_lib import apply_dropout, softmax
from sample_answers import right, wrong

# attention_with_dropout: right


@right("attention_with_dropout")
def three_lines(scores, values, keep_prob, rng):
    probs = softmax(scores)
    mask = rng.random(probs.shape) < keep_prob
    return probs * mask / keep_prob @ values


@right("attention_with_dropout")
def row_by_row(scores, values, keep_prob, rng):
    out = np.zeros((scores.shape[0], scores.shape[1], values.shape[2]))
    for h in range(scores.shape[0]):
        for q in range(scores.shape[1]):
            e = np.exp(scores[h, q] - scores[h, q].max())
            p = e / e.sum()
            for k in range(len(p)):
                if rng.random() < keep_prob:
                    out[h, q] += p[k] / keep_prob * values[h, k]
    return out


@right("attention_with_dropout")
def numbers_above_the_rate(scores, values, keep_prob, rng):
    e = np.exp(scores)
    weights = e / e.sum(axis=-1, keepdims=True)
    weights[rng.random(scores.shape) < 1 - keep_prob] = 0
    return np.einsum("hqk,hkd->hqd", weights, values) / keep_prob


@right("attention_with_dropout")
def the_output_is_divided(scores, values, keep_prob, rng):
    mask = rng.binomial(1, keep_prob, scores.shape)
    return (softmax(scores) * mask) @ (values / keep_prob)


@right("attention_with_dropout")
def heads_in_a_list(scores, values, keep_prob, rng):
    return [apply_dropout(softmax(s), keep_prob=keep_prob, rng=rng) @ v for s, v in zip(scores, values, strict=True)]


@right("attention_with_dropout")
def minus_infinity_and_the_old_total(scores, values, keep_prob, rng):
    e = np.exp(scores)
    mask = rng.random(scores.shape) >= 1 - keep_prob
    gone = np.where(mask, scores, -np.inf)
    return np.exp(gone) / e.sum(axis=-1, keepdims=True) / keep_prob @ values


@right("attention_with_dropout")
def in_single_precision(scores, values, keep_prob, rng):
    p = softmax(scores).astype(np.float32)
    mask = rng.random(p.shape, dtype=np.float32) < keep_prob
    return p * mask / np.float32(keep_prob) @ values.astype(np.float32)


# attention_with_dropout: guises of the named mistakes


@wrong("attention_with_dropout", "renormalised")
def minus_infinity_first(scores, values, keep_prob, rng):
    mask = rng.random(scores.shape) < keep_prob
    return softmax(np.where(mask, scores, -1e9)) @ values


@wrong("attention_with_dropout", "renormalised")
def minus_infinity_in_place(scores, values, keep_prob, rng):
    s = scores.copy()
    s[rng.random(scores.shape) > keep_prob] = -np.inf
    return softmax(s) @ values


@wrong("attention_with_dropout", "renormalised")
def divided_by_what_is_left(scores, values, keep_prob, rng):
    p = softmax(scores) * (rng.random(scores.shape) < keep_prob) / keep_prob
    return p / p.sum(axis=-1, keepdims=True) @ values


@wrong("attention_with_dropout", "dropped_the_scores")
def scores_through_dropout(scores, values, keep_prob, rng):
    return softmax(apply_dropout(scores, keep_prob=keep_prob, rng=rng)) @ values


@wrong("attention_with_dropout", "dropped_the_scores")
def scores_set_to_zero(scores, values, keep_prob, rng):
    return softmax(np.where(rng.random(scores.shape) < keep_prob, scores, 0)) @ values


@wrong("attention_with_dropout", "forgot_to_scale")
def no_division(scores, values, keep_prob, rng):
    p = softmax(scores)
    p[rng.random(p.shape) >= keep_prob] = 0
    return p @ values


@wrong("attention_with_dropout", "one_mask_for_all_heads")
def heads_share(scores, values, keep_prob, rng):
    mask = rng.random(scores.shape[1:]) < keep_prob
    return np.stack([softmax(s) * mask / keep_prob @ v for s, v in zip(scores, values, strict=True)])


@wrong("attention_with_dropout", "whole_rows_dropped")
def a_number_for_each_query(scores, values, keep_prob, rng):
    mask = rng.random(scores.shape[:2]) < keep_prob
    return (softmax(scores) @ values) * mask[:, :, None] / keep_prob


@wrong("attention_with_dropout", "whole_keys_dropped")
def a_number_for_each_key(scores, values, keep_prob, rng):
    mask = rng.random(values.shape[:2]) < keep_prob
    return softmax(scores) @ (values * mask[..., None] / keep_prob)


@wrong("attention_with_dropout", "whole_keys_dropped", "one_mask_for_all_heads")
def a_number_for_each_key_of_all_heads(scores, values, keep_prob, rng):
    mask = rng.random(scores.shape[-1]) < keep_prob
    return softmax(scores) * mask / keep_prob @ values


@wrong("attention_with_dropout", "dropped_the_output")
def dropout_as_the_last_step(scores, values, keep_prob, rng):
    return apply_dropout(softmax(scores) @ values, keep_prob=keep_prob, rng=rng)


@wrong("attention_with_dropout", "dropped_the_values")
def dropout_of_the_values(scores, values, keep_prob, rng):
    mask = rng.random(values.shape) < keep_prob
    return softmax(scores) @ (values * mask / keep_prob)


@wrong("attention_with_dropout", "dropped_the_values")
def columns_of_the_values(scores, values, keep_prob, rng):
    return softmax(scores) @ (values * (rng.random((1, 1, values.shape[2])) < keep_prob) / keep_prob)


@wrong("attention_with_dropout", "kept_and_dropped_exchanged")
def keeps_what_is_above(scores, values, keep_prob, rng):
    mask = rng.random(scores.shape) > keep_prob
    return softmax(scores) * mask / keep_prob @ values


@wrong("attention_with_dropout", "forgot_the_mask")
def the_mask_is_never_used(scores, values, keep_prob, rng):
    mask = rng.random(scores.shape) < keep_prob
    weights = softmax(scores)
    weights * mask / keep_prob
    return weights @ values


@wrong("attention_with_dropout", "global_generator")
def numbers_of_numpy_itself(scores, values, keep_prob, rng):
    mask = np.random.rand(*scores.shape) < keep_prob
    return softmax(scores) * mask / keep_prob @ values


@wrong("attention_with_dropout", "own_generator")
def a_seed_inside(scores, values, keep_prob, rng):
    rng = np.random.default_rng(42)
    return apply_dropout(softmax(scores), keep_prob=keep_prob, rng=rng) @ values


# attention_with_dropout: wrong in a way that nobody foresaw


@wrong("attention_with_dropout")
def softmax_over_the_queries(scores, values, keep_prob, rng):
    e = np.exp(scores)
    p = e / e.sum(axis=1, keepdims=True)
    return p * (rng.random(p.shape) < keep_prob) / keep_prob @ values


@wrong("attention_with_dropout")
def a_fixed_number_of_keys(scores, values, keep_prob, rng):
    p = softmax(scores)
    keys = p.shape[-1]
    order = rng.permuted(np.tile(np.arange(keys), (*p.shape[:2], 1)), axis=-1)
    return p * (order < round(keep_prob * keys)) / keep_prob @ values


@wrong("attention_with_dropout")
def the_weakest_are_dropped(scores, values, keep_prob, rng):
    p = softmax(scores)
    return p * (p >= np.quantile(p, 1 - keep_prob, axis=-1, keepdims=True)) / keep_prob @ values


@wrong("attention_with_dropout")
def dropped_twice(scores, values, keep_prob, rng):
    p = apply_dropout(softmax(scores), keep_prob=keep_prob, rng=rng)
    return apply_dropout(p, keep_prob=keep_prob, rng=rng) @ values


@wrong("attention_with_dropout")
def divided_by_the_share_kept(scores, values, keep_prob, rng):
    mask = rng.random(scores.shape) < keep_prob
    return softmax(scores) * mask / mask.mean() @ values


@wrong("attention_with_dropout")
def numbers_of_the_bell_curve(scores, values, keep_prob, rng):
    return softmax(scores) * (rng.normal(size=scores.shape) < keep_prob) / keep_prob @ values


@wrong("attention_with_dropout")
def divided_by_the_root(scores, values, keep_prob, rng):
    return softmax(scores) * (rng.random(scores.shape) < keep_prob) / np.sqrt(keep_prob) @ values


@wrong("attention_with_dropout", "kept_and_dropped_exchanged")
def the_rate_in_both_places(scores, values, keep_prob, rng):
    rate = 1 - keep_prob
    return softmax(scores) * (rng.random(scores.shape) < rate) / (rate + 1e-12) @ values


@wrong("attention_with_dropout")
def divided_by_the_rate(scores, values, keep_prob, rng):
    mask = rng.random(scores.shape) < keep_prob
    return softmax(scores) * mask / max(1 - keep_prob, 1e-3) @ values


@wrong("attention_with_dropout")
def weights_and_no_output(scores, values, keep_prob, rng):
    return softmax(scores) * (rng.random(scores.shape) < keep_prob) / keep_prob


@wrong("attention_with_dropout")
def a_mask_that_is_the_same_for_two_queries(scores, values, keep_prob, rng):
    mask = np.repeat(rng.random((scores.shape[0], -(-scores.shape[1] // 2), scores.shape[2])), 2, axis=1)
    return softmax(scores) * (mask[:, : scores.shape[1]] < keep_prob) / keep_prob @ values


# residual_block: right


@right("residual_block")
def a_number_for_each_example(x, branch, keep_prob, rng=None):
    if rng is None:
        return x + branch(x)
    mask = rng.random((len(x), 1)) < keep_prob
    return x + branch(x) * mask / keep_prob


@right("residual_block")
def as_in_the_paper(x, branch, keep_prob, rng=None):
    if rng is None:
        return x + keep_prob * branch(x)
    kept = rng.random(x.shape[0]) < keep_prob
    return x + np.where(kept[:, None], branch(x), 0)


@right("residual_block")
def only_the_kept_go_through(x, branch, keep_prob, rng=None):
    if rng is None:
        return branch(x) + x
    out = np.array(x, float)
    kept = rng.random(len(x)) < keep_prob
    if kept.any():
        out[kept] += branch(x[kept]) / keep_prob
    return out


@right("residual_block")
def example_by_example(x, branch, keep_prob, rng=None):
    rows = []
    for row in x:
        gate = 1.0 if rng is None else (rng.random() < keep_prob) / keep_prob
        rows.append(row + gate * branch(row[None])[0])
    return np.array(rows)


@right("residual_block")
def factors_by_binomial(x, branch, keep_prob, rng=None):
    factor = 1 if rng is None else rng.binomial(1, keep_prob, size=(len(x), 1)) / keep_prob
    return x + factor * branch(x)


@right("residual_block")
def above_the_rate(x, branch, keep_prob, rng=None):
    change = branch(x)
    if rng is not None:
        change = change / keep_prob
        change[rng.random(len(x)) <= 1 - keep_prob] = 0
    return x + change


@right("residual_block")
def in_single_precision_too(x, branch, keep_prob, rng=None):
    x = x.astype(np.float32)
    gate = 1 if rng is None else (rng.random((len(x), 1)) < keep_prob) / np.float32(keep_prob)
    return (x + branch(x) * gate).astype(np.float32)


# residual_block: guises of the named mistakes


@wrong("residual_block", "dropped_the_skip_too")
def whole_block_dropped(x, branch, keep_prob, rng=None):
    out = x + branch(x)
    return out if rng is None else out * (rng.random((len(x), 1)) < keep_prob) / keep_prob


@wrong("residual_block", "a_number_for_each_element")
def ordinary_dropout(x, branch, keep_prob, rng=None):
    return x + (branch(x) if rng is None else apply_dropout(branch(x), keep_prob=keep_prob, rng=rng))


@wrong("residual_block", "one_number_for_the_batch")
def branch_skipped_by_an_if(x, branch, keep_prob, rng=None):
    if rng is None:
        return x + branch(x)
    if rng.random() < keep_prob:
        return x + branch(x) / keep_prob
    return x + 0


@wrong("residual_block", "no_scale_anywhere")
def no_scale_anywhere(x, branch, keep_prob, rng=None):
    gate = np.ones((len(x), 1)) if rng is None else rng.random((len(x), 1)) < keep_prob
    return x + gate * branch(x)


@wrong("residual_block", "scales_in_both")
def both_scales(x, branch, keep_prob, rng=None):
    if rng is None:
        return x + branch(x) * keep_prob
    return x + branch(x) * (rng.random((len(x), 1)) < keep_prob) / keep_prob


@wrong("residual_block", "scaled_the_skip_too")
def brackets_too_wide(x, branch, keep_prob, rng=None):
    if rng is None:
        return x + branch(x)
    return (x + branch(x) * (rng.random((len(x), 1)) < keep_prob)) / keep_prob


@wrong("residual_block", "forgot_the_skip")
def the_branch_alone(x, branch, keep_prob, rng=None):
    if rng is None:
        return branch(x)
    return branch(x) * (rng.random((len(x), 1)) < keep_prob) / keep_prob


@wrong("residual_block", "branch_kept_and_dropped_exchanged")
def kept_above_keep_prob(x, branch, keep_prob, rng=None):
    if rng is None:
        return x + branch(x)
    mask = rng.random((len(x), 1)) > keep_prob
    return x + branch(x) * mask / keep_prob


@wrong("residual_block", "never_dropped")
def never_dropped(x, branch, keep_prob, rng=None):
    return x + branch(x)


@wrong("residual_block", "numbers_from_elsewhere")
def numpys_own_numbers(x, branch, keep_prob, rng=None):
    if rng is None:
        return x + branch(x)
    return x + branch(x) * (np.random.rand(len(x), 1) < keep_prob) / keep_prob


@wrong("residual_block", "seeded_inside")
def a_seed_in_the_block(x, branch, keep_prob, rng=None):
    if rng is None:
        return x + branch(x)
    return x + branch(x) * (np.random.default_rng(0).random((len(x), 1)) < keep_prob) / keep_prob


# residual_block: wrong in a way that nobody foresaw


@wrong("residual_block")
def divided_by_the_rate_instead(x, branch, keep_prob, rng=None):
    if rng is None:
        return x + branch(x)
    return x + branch(x) * (rng.random((len(x), 1)) < keep_prob) / max(1 - keep_prob, 0.01)


@wrong("residual_block")
def the_branch_of_the_dropped_input(x, branch, keep_prob, rng=None):
    if rng is None:
        return x + branch(x)
    return x + branch(x * (rng.random((len(x), 1)) < keep_prob) / keep_prob)


@wrong("residual_block", "a_number_for_each_element")
def a_number_for_each_column(x, branch, keep_prob, rng=None):
    if rng is None:
        return x + branch(x)
    return x + branch(x) * (rng.random(x.shape[1]) < keep_prob) / keep_prob


@wrong("residual_block")
def half_of_the_batch_exactly(x, branch, keep_prob, rng=None):
    if rng is None:
        return x + branch(x)
    kept = rng.permutation(len(x)) < round(keep_prob * len(x))
    return x + branch(x) * kept[:, None] / keep_prob


@wrong("residual_block")
def the_skip_when_the_branch_is_dropped(x, branch, keep_prob, rng=None):
    if rng is None:
        return x + branch(x)
    return np.where(rng.random((len(x), 1)) < keep_prob, branch(x) / keep_prob, x)


@wrong("residual_block")
def inference_divides(x, branch, keep_prob, rng=None):
    if rng is None:
        return x + branch(x) / keep_prob
    return x + branch(x) * (rng.random((len(x), 1)) < keep_prob)


@wrong("residual_block")
def drops_at_inference_too(x, branch, keep_prob, rng=None):
    rng = rng or np.random.default_rng(1)
    return x + branch(x) * (rng.random((len(x), 1)) < keep_prob) / keep_prob


@wrong("residual_block")
def drops_the_input_instead(x, branch, keep_prob, rng=None):
    if rng is None:
        return x + branch(x)
    return x * (rng.random((len(x), 1)) < keep_prob) / keep_prob + branch(x)


@wrong("residual_block")
def nothing_of_the_branch_at_inference(x, branch, keep_prob, rng=None):
    return x + 0 if rng is None else x + branch(x) * (rng.random((len(x), 1)) < keep_prob) / keep_prob
