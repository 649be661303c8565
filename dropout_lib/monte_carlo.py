"""Monte Carlo dropout: the masks stay on at inference, and many predictions are averaged and compared."""

from dataclasses import dataclass
from numbers import Integral

import numpy as np

from dropout_lib.arguments import check_rng, one_keep_prob_by_layer
from dropout_lib.batched_prediction import blocks, output_shape, predict_masked
from dropout_lib.masks import draw_mask


@dataclass(frozen=True)
class MonteCarlo:
    """Predictions under drawn masks, shape (samples, ..., examples, outputs), and what they say together."""

    predictions: np.ndarray

    @property
    def mean(self):
        """Give the predictive mean, which estimates the arithmetic mean over all masks: (..., examples, outputs)."""
        return self.predictions.mean(axis=0)

    @property
    def spread(self):
        """Give the standard deviation over the samples. Raises ValueError for a single sample, which has none."""
        if len(self.predictions) < 2:
            raise ValueError("A spread needs 2 samples or more, got 1. Draw more of them.")
        return self.predictions.std(axis=0, ddof=1)

    @property
    def error(self):
        """Give the standard error of the mean: the spread, divided by the square root of the number of samples."""
        return self.spread / np.sqrt(len(self.predictions))


def monte_carlo_dropout(network, inputs, *, keep_prob, samples, rng, shared=False, progress=None):
    """Predict `samples` times, each time under masks of its own, drawn in layers whose keep_prob is below 1.

    Every example has its own mask, or, if `shared`, all share one in a sample: mean and spread at each example mean the
    same, but only a shared mask draws one function. `keep_prob` is one number for each layer but the last, the inputs
    first. Sources: Srivastava et al. 2014, section 7.5; Gal and Ghahramani 2016.

    With keep_prob 1 in every layer nothing is dropped: all predictions are equal, and their spread is 0.

    Memory is that of `masked_predictions`: all predictions are stored, but only one block's masks. `progress` is called
    with the samples done and in all. Raises ValueError or TypeError for arguments that do not fit.
    """
    keep_prob, shape = one_keep_prob_by_layer(network, keep_prob), output_shape(network, inputs)
    check_rng(rng)
    if not isinstance(samples, Integral) or isinstance(samples, bool) or samples < 1:
        raise ValueError(f"samples must be a whole number from 1, got {samples!r}. Fifty are a good start.")
    examples = (1,) * (len(shape) - 1) if shared else shape[:-1]
    sizes = [(*examples, weights.shape[-2]) for weights in network.weights]
    predictions = np.empty((samples, *shape))
    for part in blocks(network, inputs, samples, progress=progress):
        masks = _draw(part.stop - part.start, sizes, keep_prob, rng)
        predictions[part] = predict_masked(network, inputs, masks, keep_prob)
    return MonteCarlo(predictions)


def _draw(samples, sizes, keep_prob, rng):
    """Draw masks sample by sample, so that the first ten of fifty are the ten drawn alone; None where all are kept."""
    drawn = [
        [
            draw_mask(size, keep_prob=keep, rng=rng) if keep < 1 else None
            for size, keep in zip(sizes, keep_prob, strict=True)
        ]
        for _ in range(samples)
    ]
    return [None if masks[0] is None else np.stack(masks) for masks in zip(*drawn, strict=True)]
