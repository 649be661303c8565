"""What several tests ask of networks: a generator by its seed, all arrays, and whether two are the same."""

import numpy as np


def generator(seed=7):
    return np.random.default_rng(seed)


def arrays(network):
    return [*network.weights, *network.biases]


def same(one, other, tolerance=1e-12):
    """Say that two networks agree to a tolerance."""
    for array, expected in zip(arrays(one), arrays(other), strict=True):
        np.testing.assert_allclose(array, expected, rtol=0, atol=tolerance)
