"""Are intervals over seeds too narrow because the seeds' images overlap? Measured once, for pages 00, 04, 05 and 06.

The 1,797 digits are cut into two halves that share no image. In each half, ten random splits (150 images to train on,
400 to test) give ten paired differences, dropout minus none. If overlap made their intervals too narrow, the means of
the two halves would lie farther apart than their standard errors say. `python -m experiments.overlapping_splits`
prints the root mean square of (distance / standard error) over the cuts: about 1 if the intervals are right, and
clearly more if they are too narrow. With ten splits in each half, 1.06 is what exact intervals give.

It printed 1.27 and 1.21 with wrong labels, 1.08 and 1.10 with correct ones (forty cuts each, so about 0.1 is chance).
"""

import numpy as np

from dropout_lib import accuracy, digits, draw_network, generators, train, wrong_labels

KEEP_PROBS = ((0.8, 0.5, 0.5), (1.0, 1.0, 1.0))


def differences(images, labels, noise, first_seed):
    """Give ten paired differences of test accuracy, in points, from ten splits of these images."""
    seeds = range(first_seed, first_seed + 10)
    orders = [rng.permutation(len(labels)) for rng in generators(0, seeds)]
    train_on, test_on = (np.array([order[part] for order in orders]) for part in (slice(150), slice(150, 550)))
    noisy = np.array([wrong_labels(labels[rows], noise, classes=10, rng=rng)
                      for rows, rng in zip(train_on, generators(3, seeds), strict=True)])  # fmt: skip
    tested = []
    for keep_prob in KEEP_PROBS:
        network = draw_network((64, 64, 64, 10), rng=generators(1, seeds))
        network = train(
            network, images[train_on], noisy, keep_prob=keep_prob, rng=generators(2, seeds), epochs=60
        ).network
        tested.append(100 * accuracy(network.predict(images[test_on]), labels[test_on]))
    return tested[0] - tested[1]


def ratio(noise, first_seed, cuts=40):
    """Give the root mean square of (distance of the two halves' means / its standard error)."""
    images, labels = digits()
    found = []
    for cut in range(cuts):
        order = np.random.default_rng([first_seed + cut, 9]).permutation(len(labels))
        halves = [differences(images[half], labels[half], noise, first_seed + 100 * cut)
                  for half in (order[:898], order[898:1796])]  # fmt: skip
        error = np.sqrt(sum(half.var(ddof=1) / len(half) for half in halves))
        found.append((halves[0].mean() - halves[1].mean()) / error)
    return np.sqrt(np.mean(np.square(found)))


def main():
    """Print the ratio with wrong and with correct labels, for two sets of seeds."""
    for first_seed in (0, 10_000):
        for name, noise in (("20% wrong labels", 0.2), ("all labels correct", 0.0)):
            print(f"seeds from {first_seed}, {name}: {ratio(noise, first_seed):.2f}", flush=True)


if __name__ == "__main__":
    main()
