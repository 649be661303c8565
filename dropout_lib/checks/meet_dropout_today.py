"""Checks of page 11: attention whose probabilities are dropped, and a residual branch that is dropped as a whole."""

import numpy as np

from dropout_lib.checks.grading.exercise import Exercise
from dropout_lib.checks.probes.attention_masks import look_at_attention
from dropout_lib.checks.probes.residual_masks import look_at_residual
from dropout_lib.masks import apply_dropout, draw_mask
from dropout_lib.network import softmax


def _weighted(scores, values, keep_prob, rng, *, shape=None):
    """Give attention with one number for each entry of `shape`, which is that of the scores unless it is given."""
    mask = draw_mask(shape or scores.shape, keep_prob=keep_prob, rng=rng)
    return softmax(scores) * mask / keep_prob @ values


def _attention(scores, values, keep_prob, rng):
    return _weighted(scores, values, keep_prob, rng)


def dropped_the_scores(scores, values, keep_prob, rng):
    """A score of 0 is no absence: every token kept some weight, and each row sums to 1. What is dropped, a score or a
    probability?"""
    return softmax(apply_dropout(scores, keep_prob=keep_prob, rng=rng)) @ values


def renormalised(scores, values, keep_prob, rng):
    """Each row of weights still sums to 1, so what is kept grows by a different number in each row. By which number,
    the same for all rows, does dropout divide?"""
    probabilities = softmax(scores) * draw_mask(scores.shape, keep_prob=keep_prob, rng=rng)
    return probabilities / np.maximum(probabilities.sum(axis=-1, keepdims=True), 1e-300) @ values


def forgot_to_scale(scores, values, keep_prob, rng):
    """The correct probabilities are dropped, and the rest come out as they were. What keeps the mean over all masks the
    same?"""
    return _weighted(scores, values, keep_prob, rng) * keep_prob


def scaled_twice(scores, values, keep_prob, rng):
    """What is kept comes out divided by keep_prob twice. How often does the mask make the mean smaller?"""
    return _weighted(scores, values, keep_prob, rng) / keep_prob


def one_mask_for_all_heads(scores, values, keep_prob, rng):
    """All heads drop the same pairs of query and key. How many numbers must be drawn for each head to have its own?"""
    return _weighted(scores, values, keep_prob, rng, shape=(1, *scores.shape[1:]))


def whole_rows_dropped(scores, values, keep_prob, rng):
    """A query loses all its keys or none. How many numbers must be drawn for one row of probabilities?"""
    return _weighted(scores, values, keep_prob, rng, shape=(*scores.shape[:2], 1))


def whole_keys_dropped(scores, values, keep_prob, rng):
    """Within a head, all queries lose the same keys. How many numbers must be drawn for each query to lose its own?"""
    return _weighted(scores, values, keep_prob, rng, shape=(len(scores), 1, scores.shape[2]))


def dropped_the_output(scores, values, keep_prob, rng):
    """Single numbers of the output are 0: the mask came after the sum. Before which product must it act?"""
    return apply_dropout(softmax(scores) @ values, keep_prob=keep_prob, rng=rng)


def dropped_the_values(scores, values, keep_prob, rng):
    """Every token has its whole probability; single numbers of the values are 0. Which of the two does attention
    dropout mask?"""
    return softmax(scores) @ apply_dropout(values, keep_prob=keep_prob, rng=rng)


def kept_and_dropped_exchanged(scores, values, keep_prob, rng):
    """At keep_prob 0.3 about 70% of the probabilities are kept, at 0.8 about 20%. Is keep_prob the probability of being
    kept, or of being dropped?"""
    mask = rng.random(scores.shape) > keep_prob
    return softmax(scores) * mask / keep_prob @ values


def forgot_the_mask(scores, values, keep_prob, rng):
    """The output is that of attention without dropout. Does a mask change the probabilities before they meet the
    values?"""
    return softmax(scores) @ values


def global_generator(scores, values, keep_prob, rng):
    """The numbers came from a hidden global generator, which any other code can advance. Use the rng that you were
    given."""
    mask = np.random.rand(*scores.shape) < keep_prob
    return softmax(scores) * mask / keep_prob @ values


def own_generator(scores, values, keep_prob, rng):
    """Calls with different generators gave the same mask. Do your numbers come from the rng that you were given?"""
    return _weighted(scores, values, keep_prob, np.random.default_rng(0))


attention_with_dropout = Exercise(
    look_at_attention,
    references=[_attention],
    mistakes=[
        dropped_the_scores,
        renormalised,
        forgot_to_scale,
        scaled_twice,
        one_mask_for_all_heads,
        whole_rows_dropped,
        whole_keys_dropped,
        dropped_the_output,
        dropped_the_values,
        kept_and_dropped_exchanged,
        forgot_the_mask,
        global_generator,
        own_generator,
    ],
    praise="Each head, query and key has a number of its own, and the mean over all masks is the undropped output.",
)


def _gate(x, keep_prob, rng, *, shape=None):
    """Give what a branch is multiplied by: 1 at inference; in training 0 or 1 / keep_prob."""
    if rng is None:
        return np.ones((len(x), 1))
    return draw_mask(shape or (len(x), 1), keep_prob=keep_prob, rng=rng) / keep_prob


def _inverted(x, branch, keep_prob, rng=None):
    return x + branch(x) * _gate(x, keep_prob, rng)


def _standard(x, branch, keep_prob, rng=None):
    return x + branch(x) * _gate(x, keep_prob, rng) * keep_prob


def dropped_the_skip_too(x, branch, keep_prob, rng=None):
    """Where the branch is dropped, x is gone too, and no later block can bring it back. What must always pass?"""
    return (x + branch(x)) * _gate(x, keep_prob, rng)


def forgot_the_skip(x, branch, keep_prob, rng=None):
    """The branch comes out alone. To what is it added?"""
    return branch(x) * _gate(x, keep_prob, rng)


def scaled_the_skip_too(x, branch, keep_prob, rng=None):
    """x comes out divided by keep_prob in every example. Which of the two is ever dropped, x or the branch?"""
    return x + branch(x) if rng is None else x / keep_prob + branch(x) * _gate(x, keep_prob, rng)


def a_number_for_each_element(x, branch, keep_prob, rng=None):
    """Within one example some numbers of the branch are added and some are not. How many numbers must be drawn for an
    example, if its branch is dropped as a whole?"""
    return x + branch(x) * _gate(x, keep_prob, rng, shape=x.shape)


def one_number_for_the_batch(x, branch, keep_prob, rng=None):
    """All examples lose the branch together. How many numbers must be drawn for each example to have its own?"""
    return x + branch(x) * _gate(x, keep_prob, rng, shape=(1, 1))


def no_scale_anywhere(x, branch, keep_prob, rng=None):
    """A kept branch counts once in training, and the branch counts once at inference. It is not always kept: what is
    its mean in training?"""
    return x + branch(x) * (_gate(x, keep_prob, rng) > 0)


def scales_in_both(x, branch, keep_prob, rng=None):
    """Training divides by keep_prob, and inference multiplies by it. One of the two is enough: which do you keep?"""
    return x + branch(x) * _gate(x, keep_prob, rng) * (keep_prob if rng is None else 1)


def branch_kept_and_dropped_exchanged(x, branch, keep_prob, rng=None):
    """At keep_prob 0.3 about 70% of the branches are kept, at 0.8 about 20%. Is keep_prob the probability of being
    kept, or of being dropped?"""
    return x + branch(x) * (1 if rng is None else (rng.random((len(x), 1)) > keep_prob) / keep_prob)


def never_dropped(x, branch, keep_prob, rng=None):
    """In training, with a generator, every branch is added. Which examples go without it?"""
    return x + branch(x)


def numbers_from_elsewhere(x, branch, keep_prob, rng=None):
    """In training the numbers came from a hidden global generator. Use the rng that you were given."""
    return x + branch(x) * (1 if rng is None else (np.random.rand(len(x), 1) < keep_prob) / keep_prob)


def seeded_inside(x, branch, keep_prob, rng=None):
    """Calls with different generators dropped the same branches. Do your numbers come from the rng that you were
    given?"""
    return x + branch(x) * _gate(x, keep_prob, rng and np.random.default_rng(0))


residual_block = Exercise(
    look_at_residual,
    references=[_inverted, _standard],
    mistakes=[
        dropped_the_skip_too,
        forgot_the_skip,
        scaled_the_skip_too,
        a_number_for_each_element,
        one_number_for_the_batch,
        no_scale_anywhere,
        scales_in_both,
        branch_kept_and_dropped_exchanged,
        never_dropped,
        numbers_from_elsewhere,
        seeded_inside,
    ],
    praise="The input always passes, each example has a number of its own, and the branch's mean is the same in both.",
)
