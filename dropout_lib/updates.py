"""From gradients to a change of the parameters: momentum, Adam, weight decay, and a limit to the weights' lengths."""

import numpy as np


class Momentum:
    """Stochastic gradient descent: the direction is the gradient plus `momentum` times the last direction."""

    def __init__(self, momentum):
        self.momentum, self.speeds = momentum, None

    def __call__(self, slopes):
        for old, slope in zip(self.speeds or [], slopes, strict=bool(self.speeds)):
            np.add(slope, np.multiply(old, self.momentum, out=old), out=slope)
        self.speeds = slopes
        return slopes


class Adam:
    """Kingma and Ba 2015, with their decay rates 0.9 and 0.999 and epsilon 1e-8."""

    def __init__(self):
        self.steps, self.means, self.squares = 0, None, None

    def __call__(self, slopes):
        self.steps += 1
        means, squares = self.means or [0.0] * len(slopes), self.squares or [0.0] * len(slopes)
        self.means = [0.9 * mean + 0.1 * slope for mean, slope in zip(means, slopes, strict=True)]
        self.squares = [0.999 * square + 0.001 * slope**2 for square, slope in zip(squares, slopes, strict=True)]
        first, second = 1 - 0.9**self.steps, 1 - 0.999**self.steps
        return [
            mean / first / (np.sqrt(square / second) + 1e-8)
            for mean, square in zip(self.means, self.squares, strict=True)
        ]


def choose_update(optimiser, *, momentum):
    """Give a new Momentum or Adam by its name; raises ValueError for another name."""
    if optimiser == "momentum":
        return Momentum(momentum)
    if optimiser == "adam":
        return Adam()
    raise ValueError(
        f'optimiser must be "momentum" or "adam", got {optimiser!r}. Plain gradient descent is "momentum", momentum=0.'
    )


def decay(slopes, weights, *, weight_decay):
    """Add to the weights' slopes, in place, that of weight_decay / 2 times the squared weights; biases do not decay."""
    if weight_decay:
        for slope, values in zip(slopes, weights, strict=False):
            slope += weight_decay * values


def limit(weights, *, max_norm):
    """Shorten, in place, the incoming weights of every unit whose length is above `max_norm`; None is no limit."""
    if max_norm is not None:
        for values in weights:
            lengths = np.sqrt((values**2).sum(axis=-2, keepdims=True))
            values *= max_norm / np.maximum(lengths, max_norm)
