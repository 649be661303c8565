"""Look at the masks of a training loop by counts: how often each neuron is kept in a batch, an epoch, over epochs."""

import numpy as np

from dropout_lib.checks.grading.running import Finding
from dropout_lib.checks.probes.training_basics import counted
from dropout_lib.checks.probes.training_probes import BATCH, KEEP_PROBS, UNITS

BOUNDS = (0.65, 1.5)  # of a variance over UNITS neurons, as a ratio: 5 standard errors and more


def look_at_masks(loop, rng):
    """Count how often each neuron was kept: within a batch, over the batches of an epoch, and over epochs."""
    shapes = ((1, 1), (1, 1), (4, 1), (1, 4))
    trials = BATCH * np.prod(shapes, axis=1)
    for keep_prob in KEEP_PROBS:
        counts = np.array([counted(loop, rng, keep_prob, shape, number) for number, shape in enumerate(shapes)])
        seen, message = _read_counts(counts, trials, keep_prob)
        yield Finding(f"masks at {keep_prob}", seen, f"At keep_prob {keep_prob}: {message}"), seen == "fresh"


def _read_counts(counts, trials, keep_prob):
    """Compare each count's variance with that of independent masks: shared ones have 25 times as much, or 4."""
    variance, most = keep_prob * (1 - keep_prob), BOUNDS[1]
    _, in_batch, in_epoch, over_epochs = ratios = counts.var(axis=1) / trials / variance
    share = float((counts.sum(axis=1) / trials).mean() / UNITS)
    shared = np.allclose(counts[0], BATCH * (counts[0] > 1))
    four = [3 < ratio < 5 for ratio in (in_epoch, over_epochs)]
    off = abs(share - keep_prob) > 5 * np.sqrt(variance / (10 * BATCH * UNITS))
    different = len(np.unique(counts.round(), axis=1).T)
    again = "the same masks came back in later steps."
    cases = [
        (np.allclose(*counts[:2]), "same", "different generators were passed in, and the same neurons were dropped."),
        (
            in_batch > most,
            "batch" if shared else float(in_batch),
            "in a batch the same neurons were dropped in all images.",
        ),
        (four == [True, True], "step", again),
        (four[0] and over_epochs < most, "epoch", again),
        (max(ratios) > most, float(max(ratios)), again),
        (off, round(share, 2), f"over several steps {100 * share:z.1f}% of the neurons were kept."),
        (min(ratios) < BOUNDS[0], "calm", "the number of times that a neuron was kept varied too little over steps."),
        (different < 0.9 * UNITS, "twins", "some neurons were dropped exactly when others were."),
        (True, "fresh", "every step and every image had masks of its own."),
    ]
    return next((seen, message) for holds, seen, message in cases if holds)
