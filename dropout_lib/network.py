"""A multilayer perceptron whose masks are arguments: predictions and gradients, for one network or many at once.

Every array may have leading axes of replicas: ten seeds, or many settings, are then one batch of matrix products.
"""

from dataclasses import dataclass

import numpy as np

from dropout_lib.arguments import check_labels_of, check_layer_masks, check_rng, keep_probs_by_layer
from dropout_lib.masks import scaled_by_mask


@dataclass(frozen=True)
class Network:
    """ReLU between the layers, the last one linear; `loss` is "softmax" (cross-entropy) or "squared".

    `weights[l]` has the shape (..., neurons in, neurons out), and `biases[l]` (..., 1, neurons out).

    `masks`, wherever it is an argument, has one entry for each layer but the last, the inputs first: a Boolean array of
    that layer's own shape (..., examples, neurons), or None where nothing is dropped. Without masks this is inference.
    `keep_prob` has one number for each of these layers, or an array with axes of replicas; it divides
    the survivors (inverted dropout), and without it they are only multiplied by the mask.
    """

    weights: tuple
    biases: tuple
    loss: str = "softmax"

    def copy(self):
        """Give the same network with arrays of its own, in float64."""
        weights, biases = (tuple(np.array(array, float) for array in arrays) for arrays in (self.weights, self.biases))
        return Network(weights, biases, self.loss)

    def replica(self, place):
        """Give one of the replicas as a network by itself."""
        return Network(
            tuple(each[place] for each in self.weights), tuple(each[place] for each in self.biases), self.loss
        )

    def activations(self, inputs, *, masks=None, keep_prob=None):
        """List what every layer passes on: the inputs, each hidden layer (both after their masks), the outputs.

        The first may be the caller's own array. Raises ValueError or TypeError for masks and keep_prob that do not fit.
        """
        return self.outputs_by_layer(*self._checked(inputs, masks, keep_prob))

    def _checked(self, inputs, masks, keep_prob):
        inputs = np.asarray(inputs, float)
        if masks is not None:
            check_layer_masks(self, inputs, masks)
            keep_prob = keep_prob if keep_prob is None else keep_probs_by_layer(self, keep_prob)
        return inputs, masks, keep_prob

    def outputs_by_layer(self, inputs, masks, keep_prob):
        """Give `activations` without a check, for loops that have checked their arguments."""
        outputs_by_layer = [_masked(np.asarray(inputs, float), 0, masks, keep_prob)]
        for layer, (weights, biases) in enumerate(zip(self.weights, self.biases, strict=True), start=1):
            sums = outputs_by_layer[-1] @ weights + biases
            last = layer == len(self.weights)
            outputs_by_layer.append(sums if last else _masked(np.maximum(sums, 0, out=sums), layer, masks, keep_prob))
        return outputs_by_layer

    def predict(self, inputs, *, masks=None, keep_prob=None):
        """Give the outputs, shape (..., examples, outputs): probabilities of the classes for softmax, else the sums."""
        outputs = self.activations(inputs, masks=masks, keep_prob=keep_prob)[-1]
        return softmax(outputs) if self.loss == "softmax" else outputs

    def gradients(self, inputs, targets, *, masks=None, keep_prob=None):
        """Give the gradients of the mean loss over the examples: by weight, by bias, and by hidden layer.

        `targets` are class numbers, shape (..., examples), for softmax; for the squared loss, half the sum of squares
        of an example, they have the outputs' shape. The masks are those of the forward pass. The gradients by layer,
        the outputs' last, are those before the mask of that layer. Raises ValueError or TypeError for targets, masks
        and keep_prob that do not fit.
        """
        inputs, masks, keep_prob = self._checked(inputs, masks, keep_prob)
        if self.loss == "softmax":
            lead = np.broadcast_shapes(self.weights[0].shape[:-2], inputs.shape[:-2])
            check_labels_of((*lead, inputs.shape[-2]), targets)
        return self.unchecked_gradients(inputs, np.asarray(targets), masks, keep_prob)

    def unchecked_gradients(self, inputs, targets, masks, keep_prob):
        """Give `gradients` without a check, for loops that have checked their arguments."""
        outputs_by_layer = self.outputs_by_layer(inputs, masks, keep_prob)
        gradient = self._output_gradient(outputs_by_layer[-1], targets) / outputs_by_layer[-1].shape[-2]
        by_weight, by_bias, by_layer = [], [], [gradient]
        for layer in reversed(range(len(self.weights))):
            by_weight.insert(0, np.swapaxes(outputs_by_layer[layer], -1, -2) @ gradient)
            by_bias.insert(0, gradient.sum(axis=-2, keepdims=True))
            if layer > 0:
                gradient = gradient @ np.swapaxes(self.weights[layer], -1, -2)
                by_layer.insert(0, _masked(gradient, layer, masks, keep_prob))
                # What is kept and positive here was so before the mask.
                gradient = by_layer[0] * (outputs_by_layer[layer] > 0)
        return by_weight, by_bias, by_layer

    def _output_gradient(self, outputs, targets):
        if self.loss == "squared":
            return outputs - targets
        return softmax(outputs) - np.eye(outputs.shape[-1])[targets]


def draw_network(sizes, *, rng, loss="softmax"):
    """Draw weights after He et al. 2015, normal with variance 2 / neurons in, and biases 0, for layers of these sizes.

    `rng` is a Generator, or a list of them: then each draws one replica, along a leading axis. Raises TypeError for an
    `rng` that is not a Generator, ValueError for a loss other than "softmax" and "squared".
    """
    if isinstance(rng, list | tuple):
        replicas = [draw_network(sizes, rng=one, loss=loss) for one in rng]
        stack = [tuple(map(np.stack, zip(*parts, strict=True))) for parts in _parts(replicas)]
        return Network(*stack, loss)
    check_rng(rng)
    if loss not in ("softmax", "squared"):
        raise ValueError(f'loss must be "softmax" or "squared", got {loss!r}. For classes, take "softmax".')
    pairs = list(zip(sizes[:-1], sizes[1:], strict=True))
    weights = tuple(rng.standard_normal(pair) * np.sqrt(2 / pair[0]) for pair in pairs)
    return Network(weights, tuple(np.zeros((1, outputs)) for _, outputs in pairs), loss)


def _parts(replicas):
    return [network.weights for network in replicas], [network.biases for network in replicas]


def softmax(outputs):
    """Turn the last axis into probabilities; the largest output is subtracted first, so that nothing overflows."""
    powers = np.exp(outputs - outputs.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def cross_entropy(probabilities, labels):
    """Give the mean over the examples of -log of the probability of the correct class, shape (...).

    Raises ValueError for labels whose shape is not the examples'.
    """
    check_labels_of(np.shape(probabilities)[:-1], labels)
    chosen = np.take_along_axis(probabilities, np.asarray(labels)[..., np.newaxis], axis=-1)[..., 0]
    return -np.log(np.maximum(chosen, np.finfo(float).tiny)).mean(axis=-1)


def accuracy(probabilities, labels):
    """Give the share of examples whose most probable class is the correct one, shape (...).

    Raises ValueError for labels whose shape is not the examples'.
    """
    check_labels_of(np.shape(probabilities)[:-1], labels)
    return (probabilities.argmax(axis=-1) == labels).mean(axis=-1)


def _masked(values, layer, masks, keep_prob):
    if masks is None or masks[layer] is None:
        return values
    return scaled_by_mask(values, masks[layer], 1.0 if keep_prob is None else keep_prob[layer])
