"""Two ways to turn gradients into a direction to move against: momentum, and Adam."""

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
