"""A network with a different noise than dropout in training: Gaussian noise on neurons, or DropConnect."""

from dataclasses import dataclass

import numpy as np

from dropout_lib import Network


@dataclass(frozen=True)
class Disturbed(Network):
    """In every step each layer's sums are made by `sums`, with random numbers; inference is that of `Network`.

    `sums` is `gaussian_noise` or `drop_connect`; `keep_prob` has one number for each layer but the last, the inputs
    first; `rng` is a Generator. There are no replicas.
    """

    sums: object = None
    keep_prob: tuple = ()
    rng: object = None

    def copy(self):
        """Give the same network with arrays of its own, in float64; the generator is shared."""
        plain = super().copy()
        return Disturbed(plain.weights, plain.biases, plain.loss, self.sums, self.keep_prob, self.rng)

    def unchecked_gradients(self, inputs, targets, masks, keep_prob):
        """Give the gradients of the mean loss by weight, by bias and by layer, as `Network` does; masks do nothing."""
        outputs_by_layer, layers = inputs, []
        for weights, biases, keep in zip(self.weights, self.biases, self.keep_prob, strict=True):
            sums, back = self.sums(outputs_by_layer, weights, keep, self.rng)
            layers.append((sums + biases, back))
            outputs_by_layer = np.maximum(layers[-1][0], 0)
        gradient = self._output_gradient(layers[-1][0], targets) / len(inputs)
        by_weight, by_bias, by_layer = [], [], [gradient]
        for place, (_, back) in reversed(list(enumerate(layers))):
            by_bias.insert(0, gradient.sum(axis=0, keepdims=True))
            slope, before = back(gradient)
            by_weight.insert(0, slope)
            if place > 0:
                by_layer.insert(0, before)
                gradient = before * (layers[place - 1][0] > 0)
        return by_weight, by_bias, by_layer


def gaussian_noise(outputs_by_layer, weights, keep, rng):
    """Multiply the neurons by normal noise with mean 1 and dropout's variance (1 - keep) / keep, then sum.

    Give the sums, and the function that takes their gradient back to the weights and to what was passed on. Source:
    Srivastava et al. 2014, section 10.
    """
    noise = 1 + np.sqrt((1 - keep) / keep) * rng.standard_normal(outputs_by_layer.shape)
    noisy = outputs_by_layer * noise

    def back(gradient):
        return noisy.T @ gradient, gradient @ weights.T * noise

    return noisy @ weights, back


def drop_connect(outputs_by_layer, weights, keep, rng):
    """Keep each weight with probability `keep`, for each example anew, divide it by `keep`, then sum.

    Gives what `gaussian_noise` gives. Source: Wan et al. 2013, whose inference draws samples; here it is one pass with
    the weights as they are.
    """
    kept = rng.random((len(outputs_by_layer), *weights.shape)) < keep
    thinned = weights / keep * kept

    def back(gradient):
        slope = np.einsum("bi,bo,bio->io", outputs_by_layer, gradient, kept) / keep
        return slope, (gradient[:, np.newaxis] @ np.swapaxes(thinned, 1, 2))[:, 0]

    return (outputs_by_layer[:, np.newaxis] @ thinned)[:, 0], back
