"""From gradients to a change of the parameters: momentum, Adam, weight decay, and a limit to the weights' lengths."""

import math

import numpy as np

from dropout_lib.arguments import check_number


class Momentum:
    """Stochastic gradient descent: the direction is the gradient plus `momentum` times the last direction."""

    def __init__(self, momentum):
        self.momentum, self.speeds = momentum, None

    def __call__(self, gradients):
        for old, gradient in zip(self.speeds or [], gradients, strict=bool(self.speeds)):
            np.add(gradient, np.multiply(old, self.momentum, out=old), out=gradient)
        self.speeds = gradients
        return gradients


class Adam:
    """Kingma and Ba 2015, with their decay rates 0.9 and 0.999 and epsilon 1e-8."""

    def __init__(self):
        self.steps, self.means, self.squares = 0, None, None

    def __call__(self, gradients):
        self.steps += 1
        means, squares = self.means or [0.0] * len(gradients), self.squares or [0.0] * len(gradients)
        self.means = [0.9 * mean + 0.1 * gradient for mean, gradient in zip(means, gradients, strict=True)]
        self.squares = [
            0.999 * square + 0.001 * gradient**2 for square, gradient in zip(squares, gradients, strict=True)
        ]
        first, second = 1 - 0.9**self.steps, 1 - 0.999**self.steps
        return [
            mean / first / (np.sqrt(square / second) + 1e-8)
            for mean, square in zip(self.means, self.squares, strict=True)
        ]


class Update:
    """What is done with the gradients of a step: weight decay, an optimiser's direction, a rate, a limit of lengths.

    Raises ValueError or TypeError for settings out of their range.
    """

    def __init__(self, *, learning_rate, optimiser, momentum, falling, weight_decay, max_norm):
        check_number("learning_rate", learning_rate, lambda n: 0 < n < math.inf, "a positive number")
        check_number("momentum", momentum, lambda n: 0 <= n < 1, "a number from 0 to below 1")
        check_number("weight_decay", weight_decay, lambda n: 0 <= n < math.inf, "0 or a positive number")
        if max_norm is not None:
            check_number("max_norm", max_norm, lambda n: 0 < n < math.inf, "None or a positive number")
        if optimiser not in ("momentum", "adam"):
            raise ValueError(
                f'optimiser must be "momentum" or "adam", got {optimiser!r}. Plain descent is "momentum", momentum=0.'
            )
        self.direction = Adam() if optimiser == "adam" else Momentum(momentum)
        self.learning_rate, self.falling = learning_rate, falling
        self.weight_decay, self.max_norm = weight_decay, max_norm
        self.rate, self.directions = 0.0, []

    def __call__(self, network, gradients, *, done):
        """Change the network in place; `gradients` are by weight, then by bias; `done` is the share of steps made."""
        if self.weight_decay:
            for gradient, weights in zip(gradients, network.weights, strict=False):  # biases do not decay
                gradient[...] += self.weight_decay * weights
        self.rate = self.learning_rate * (1 - done if self.falling else 1)
        self.directions = self.direction(gradients)
        for values, direction in zip((*network.weights, *network.biases), self.directions, strict=True):
            values[...] -= self.rate * direction
        if self.max_norm is not None:
            for weights in network.weights:
                lengths = np.sqrt((weights**2).sum(axis=-2, keepdims=True))
                weights[...] *= self.max_norm / np.maximum(lengths, self.max_norm)

    def last(self):
        """Give what the last step added to each layer's weights, before the limit."""
        weights = self.directions[: len(self.directions) // 2]  # the other half are the biases'
        return tuple(-self.rate * direction for direction in weights)
