"""A multilayer perceptron whose masks are arguments: predictions, and gradients of the squared loss."""

from dataclasses import dataclass

import numpy as np

from dropout_lib.masks import apply_mask


@dataclass(frozen=True)
class Network:
    """ReLU between the layers, the last one linear. `weights[l]` has the shape (units in, units out)."""

    weights: tuple
    biases: tuple

    def activations(self, inputs, *, masks=None, keep_prob=1.0):
        """List what every layer hands on: the inputs, each hidden layer after its mask, the outputs.

        `masks` holds one Boolean array for each hidden layer, of that layer's own shape; without it this is inference.
        The survivors are divided by `keep_prob`; 1.0 multiplies by the mask alone.
        """
        handed_on = [np.asarray(inputs, float)]
        for layer, (weights, biases) in enumerate(zip(self.weights, self.biases, strict=True)):
            sums = handed_on[-1] @ weights + biases
            if layer == len(self.weights) - 1:
                return [*handed_on, sums]
            hidden = np.maximum(sums, 0)
            handed_on.append(hidden if masks is None else apply_mask(hidden, masks[layer], keep_prob=keep_prob))
        return handed_on

    def predict(self, inputs, *, masks=None, keep_prob=1.0):
        """Give the outputs, shape (examples, outputs)."""
        return self.activations(inputs, masks=masks, keep_prob=keep_prob)[-1]

    def gradients(self, inputs, targets, *, masks=None, keep_prob=1.0):
        """Give the gradients of sum((outputs - targets)^2) / 2: for every weight, every bias, and every layer.

        The same masks as in the forward pass must be given. A layer's own gradient is the one with respect to its
        activations before the mask.
        """
        handed_on = self.activations(inputs, masks=masks, keep_prob=keep_prob)
        gradient = handed_on[-1] - targets
        by_weight, by_bias, by_layer = [], [], [gradient]
        for layer in reversed(range(len(self.weights))):
            by_weight.insert(0, handed_on[layer].T @ gradient)
            by_bias.insert(0, gradient.sum(axis=0))
            gradient = gradient @ self.weights[layer].T
            if layer > 0:
                if masks is not None:
                    gradient = apply_mask(gradient, masks[layer - 1], keep_prob=keep_prob)
                by_layer.insert(0, gradient)
                gradient = gradient * (handed_on[layer] > 0)
        return by_weight, by_bias, by_layer
