"""Draws of masks, each with one fault planted, by the look that must find it."""

import numpy as np


def plainly(shape, keep_prob, rng):
    return rng.random(shape) < keep_prob


def first_neuron_kept_more_often(shape, keep_prob, rng):
    mask = plainly(shape, keep_prob, rng)
    mask[..., 0] |= rng.random(shape[:-1]) < 0.3
    return mask


def some_neighbours_alike(shape, keep_prob, rng):
    mask = plainly(shape, keep_prob, rng)
    mask[..., 1:6:2] = mask[..., 0:5:2]
    return mask


def one_example_copied(shape, keep_prob, rng):
    mask = plainly(shape, keep_prob, rng)
    mask[0] = mask[-1]
    return mask


def never_all_silent(shape, keep_prob, rng):
    mask = plainly(shape, keep_prob, rng)
    mask.flat[0] |= not mask.any()
    return mask


def all_but_one_at_most(shape, keep_prob, rng):
    mask = plainly(shape, keep_prob, rng)
    mask.flat[0] &= not mask.all()
    return mask


FAULTS = {
    "source": lambda shape, keep_prob, rng: np.random.rand(*shape) < keep_prob,
    "repeats": lambda shape, keep_prob, rng: plainly(shape, keep_prob, np.random.default_rng(0)),
    "structure": lambda shape, keep_prob, rng: np.broadcast_to(plainly(shape[-1:], keep_prob, rng), shape),
    "share": lambda shape, keep_prob, rng: plainly(shape, 1 - keep_prob, rng),
    "counts": lambda shape, keep_prob, rng: rng.permutation(
        np.arange(np.prod(shape)) < keep_prob * np.prod(shape)
    ).reshape(shape),
    "company": some_neighbours_alike,
    "places": first_neuron_kept_more_often,
    "copies": one_example_copied,
    "again": lambda shape, keep_prob, rng: plainly(shape, keep_prob, np.random.default_rng(rng.bit_generator.seed_seq)),
    "small": never_all_silent,
    "repeatable": lambda shape, keep_prob, rng: plainly(shape, keep_prob, np.random.default_rng()),
    "whole": all_but_one_at_most,
}
