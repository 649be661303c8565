"""Exact averages over all sub-networks: time by the number of units, against the plain loop, and the peak of memory."""

import resource

import numpy as np

from benchmarks.race import race
from dropout_lib import all_masks, draw_network, exact_averages, mask_probabilities

IMAGES, KEEP_PROB = 200, (1.0, 0.3)
UNITS = range(8, 19, 2)
MOST_IN_THE_LOOP = 12


def plain_loop(network, inputs):
    """Average as one would write it first: one sub-network after another."""
    masks = all_masks(network.weights[-1].shape[0])
    arithmetic, logarithms = 0.0, 0.0
    for mask, chance in zip(masks, mask_probabilities(masks, keep_prob=KEEP_PROB[1]), strict=True):
        probabilities = network.predict(inputs, masks=[None, mask], keep_prob=KEEP_PROB)
        arithmetic += chance * probabilities
        logarithms += chance * np.log(probabilities)
    geometric = np.exp(logarithms)
    return arithmetic, geometric / geometric.sum(axis=-1, keepdims=True)


def report():
    print(f"exact averages over all sub-networks of a 64-n-10 network, {IMAGES} inputs")
    before = None
    for units in UNITS:
        network = draw_network((64, units, 10), rng=np.random.default_rng(0))
        inputs = np.random.default_rng(1).standard_normal((IMAGES, 64))
        contestants = {"library": lambda: exact_averages(network, inputs, keep_prob=KEEP_PROB)}  # noqa: B023
        if units <= MOST_IN_THE_LOOP:
            contestants["loop"] = lambda: plain_loop(network, inputs)  # noqa: B023
        times = race(contestants, rounds=9 if units <= MOST_IN_THE_LOOP else 1)
        seconds = times["library"]
        slope = (seconds / before) ** 0.5 if before else None  # two more units are two doublings
        said = f"  n = {units:2d}: {seconds:7.3f} s"
        said += f", {slope:.2f} times longer for each further unit" if slope else ""
        said += f"; the plain loop takes {times['loop'] / seconds:.1f} times as long" if "loop" in times else ""
        said += " (aim: at most 5 s)" if units == 16 else ""
        print(said)
        before = seconds
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  peak of this process up to here: {peak:.0f} MB (aim: under 500)\n")
