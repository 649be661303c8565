"""The base setting that the benchmarks train: many seeds at once on noisy digits."""

from dropout_lib import digits_task, draw_network, generators, train

SIZES, KEEP_PROB, EPOCHS, BATCH = (64, 128, 128, 10), (0.8, 0.5, 0.5), 60, 25


def tasks(seeds=10):
    return digits_task(rng=generators(0, range(seeds)), noise=0.2)


def run(sizes=SIZES, keep_prob=KEEP_PROB, *, epochs=EPOCHS, seeds=10):
    """Train so many seeds at once."""
    data, networks = tasks(seeds), draw_network(sizes, rng=generators(1, range(seeds)))
    return train(
        networks, data.inputs, data.labels, keep_prob=keep_prob, rng=generators(2, range(seeds)), epochs=epochs
    )
