"""What sections at home of pages 05, 08 and 09 measure, with their own seeds 0 to 9 and again with 100 to 109.

`python -m experiments.at_home` prints it; nothing is stored.
"""

import numpy as np

from dropout_lib import (
    accuracy,
    compare,
    cross_entropy,
    curve_points,
    digits_task,
    draw_network,
    fit_curve,
    generators,
    interval,
    monte_carlo_dropout,
    softmax,
    train,
    try_settings,
)
from dropout_lib.figures.band import regions

SEED_SETS = {"the pages' seeds": range(10), "new seeds": range(100, 110)}
X, GAP = np.linspace(-2, 2, 121), (-0.4, 0.4)
PLACES = X[:, np.newaxis]
FUNCTIONS = {"sin 4x": lambda x: np.sin(4 * x), "x²": np.square}


def show(rows, against=None):
    """Print each result with its interval, and its difference from the first or from the one named."""
    against = next(iter(rows)) if against is None else against
    for name, values in rows.items():
        mean, half = interval(values)
        minus = "" if name == against else f"; minus {against}: {compare(values, rows[against])}"
        print(f"    {name}: {mean:.2f} ± {half:.2f}{minus}")


# Page 05: n / keep_prob neurons


def widths(seeds):
    for noise in (0.2, 0.0):
        rows = {}
        for width in (32, 64):
            tried = try_settings([(1.0, 1.0, 1.0), (1.0, 0.5, 0.5)], sizes=(64, width, width, 10),
                                 seeds=seeds, noise=noise)  # fmt: skip
            rows[f"{width}, none"], rows[f"{width}, 0.5"] = tried.test
        print(f"  widths, {100 * noise:.0f}% wrong labels")
        show(rows)
        print(f"    64, 0.5 minus 32, 0.5: {compare(rows['64, 0.5'], rows['32, 0.5'])}")
        print(f"    64, 0.5 minus 64, none: {compare(rows['64, 0.5'], rows['64, none'])}")


# Page 08: bagging, and the masks that training draws


def pair_rng(pairs, purpose):
    return [np.random.default_rng([*pair, purpose]) for pair in pairs]


def bagging(seeds, neurons, noise=0.0):
    """Print one network, five on the same data, five on bootstrap samples, and one with dropout."""
    pairs = [(seed, place) for seed in seeds for place in range(5)]
    own = [np.random.default_rng([seed, 0]) for seed, _ in pairs]
    tasks = digits_task(rng=own, training=300, noise=noise)
    images, labels = tasks.test_inputs[::5], tasks.test_labels[::5]
    drawn = draw_network((64, neurons, 10), rng=pair_rng(pairs, 1))

    def five(inputs, targets):
        network = train(drawn, inputs, targets, keep_prob=(1.0, 1.0), rng=pair_rng(pairs, 2), epochs=60).network
        outputs = network.predict(tasks.test_inputs)
        single = 100 * accuracy(outputs, tasks.test_labels).reshape(-1, 5).mean(axis=1)
        return single, 100 * accuracy(outputs.reshape(-1, 5, *outputs.shape[1:]).mean(axis=1), labels)

    rows = np.stack([rng.integers(300, size=300) for rng in pair_rng(pairs, 3)])
    places = np.arange(len(pairs))[:, np.newaxis]
    same, bootstrap = five(tasks.inputs, tasks.labels), five(tasks.inputs[places, rows], tasks.labels[places, rows])
    first, last = ([np.random.default_rng([seed, 9, purpose]) for seed in seeds] for purpose in (1, 2))
    one = train(draw_network((64, neurons, 10), rng=first), tasks.inputs[::5], tasks.labels[::5],
                keep_prob=(1.0, 0.5), rng=last, epochs=60).network  # fmt: skip
    print(f"  bagging, {neurons} neurons, {100 * noise:.0f}% wrong labels")
    found = {"five, same data": same[1], "five, bootstrap": bootstrap[1], "one with dropout": None,
             "one network": same[0], "one on a bootstrap sample": bootstrap[0]}  # fmt: skip
    show(found | {"one with dropout": 100 * accuracy(one.predict(images), labels)})
    print(f"    distinct images in a sample: {np.mean([len(set(row)) for row in rows]):.1f} of 300")


def masks_drawn(seeds):
    for neurons, keep_prob in ((10, 0.5), (64, 0.5), (64, 0.9)):
        counts = [_times_drawn(rng, neurons, keep_prob) for rng in generators(2, seeds)]
        again = [100 * times[times > 1].sum() / 60_000 for times in counts]
        most, fewest = (f([len(times) for times in counts]) for f in (max, min))
        print(
            f"  {neurons} neurons, {keep_prob}: {fewest} to {most} different masks of 60,000; "
            f"drawn more than once: {min(again):.2f} to {max(again):.2f}%"
        )


def _times_drawn(rng, neurons, keep_prob):
    """Draw orders and masks as `train` does in 60 epochs of 1,000 images; say how often each mask came."""
    masks = []
    for _ in range(60):
        rng.permutation(1000)
        masks.append(rng.random((1000, neurons)) < keep_prob)
    return np.unique(np.packbits(np.concatenate(masks), axis=1), axis=0, return_counts=True)[1]


# Page 09: one hidden layer, weight decay and 1/tau, conformal prediction, temperature


def one_layer(seeds):
    for name, function in FUNCTIONS.items():
        points = curve_points(function, gap=GAP, rng=generators(0, seeds))
        for depth in ((50,), (50, 50)):
            drawn = draw_network((1, *depth, 1), rng=generators(1, seeds), loss="squared")
            last_only = (1.0,) * len(depth) + (0.9,)
            network = fitted(drawn, points, (1.0,) + (0.9,) * len(depth), generators(2, seeds))
            h, w = network.activations(PLACES)[-2], network.weights[-1]
            variance = (0.1 / 0.9 * (h**2 @ w**2))[..., 0]
            there = np.abs(X) <= 0.4 + 1e-9
            ends = np.sqrt(variance[:, there][:, [0, -1]]).max(axis=1)
            ratio = np.sqrt(variance[:, there]).max(axis=1) / ends
            bends = np.diff(variance, 2, axis=1).min(axis=1)
            print(f"  {name}, hidden layers {depth}, masks {last_only}: smallest bend {bends.min():.1e}, "
                  f"negative in {(bends < -1e-12).sum()}; largest / larger end {np.round(ratio, 2)}")  # fmt: skip


def fitted(network, points, keep_prob, rng, weight_decay=0.0):
    return train(network, *points, keep_prob=keep_prob, rng=rng, epochs=800, batch=40, learning_rate=0.01,
                 optimiser="adam", falling=False, weight_decay=weight_decay).network  # fmt: skip


def decay(seeds):
    """Print the spread and what it covers, without weight decay and with those that belong to the noise 0.1."""
    noise = 0.1 * np.random.default_rng(4).normal(size=(len(seeds), len(X)))
    for name, function in FUNCTIONS.items():
        points, rises = curve_points(function, gap=GAP, rng=generators(0, seeds)), {}
        for length in (0.0, 0.5, 1.0, 2.0):
            rng = generators(1, seeds)
            drawn = draw_network((1, 50, 50, 1), rng=rng, loss="squared")
            network = fitted(drawn, points, (1.0, 0.9, 0.9), rng, length**2 / (0.9 * 40 * 100))
            found, where = answers(network, PLACES), regions(X, GAP)
            spread, apart = found.spread[..., 0], np.abs(found.mean[..., 0] - function(X) - noise)
            near, inside = (100 * spread[:, where[key]].mean(axis=1) for key in ("near data", "in the gap"))
            rises[f"length {length}, gap minus near"] = inside - near
            for words, total in (("masks", spread), ("masks and 1/tau", np.sqrt(spread**2 + 0.01))):
                hit = {key: 100 * (apart <= 2 * total)[:, there].mean(axis=1) for key, there in where.items()}
                shown = ", ".join(f"{key} {row.min():.0f} {row.mean():.0f} {row.max():.0f}" for key, row in hit.items())
                print(f"    {name}, length {length}, new observation, {words}: {shown}")
        show(rises)


def answers(networks, places):
    return monte_carlo_dropout(networks, places, keep_prob=(1.0, 0.9, 0.9), samples=100, rng=np.random.default_rng(3))


def conformal(seeds):
    for name, function in FUNCTIONS.items():
        training, held_out, new = (
            curve_points(function, gap=GAP, rng=generators(purpose, seeds), examples=examples)
            for purpose, examples in ((0, 40), (5, 99), (6, 400))
        )
        networks = fit_curve(*training, keep_prob=0.9, rng=generators(1, seeds))
        places = X[np.abs(X) < 0.39, np.newaxis]
        in_gap = function(places) + 0.1 * np.random.default_rng(7).normal(size=(len(seeds), len(places), 1))
        reach = np.sort(distances(networks, *held_out))[:, [89]]
        far, in_gap = distances(networks, *new), distances(networks, places, in_gap)
        print(f"  {name}: the reach in spreads: {np.round(reach[:, 0], 1)}")
        inside = {"two spreads": far <= 2, "conformal": far <= reach, "conformal, gap": in_gap <= reach}
        show({key: 100 * one.mean(axis=1) for key, one in inside.items()})


def distances(networks, places, targets):
    """Give how many spreads each target is away from the mean; a spread of 0 is infinitely many."""
    found = answers(networks, places)
    with np.errstate(divide="ignore"):
        return (np.abs(targets - found.mean) / found.spread)[..., 0]


def calibration_error(probabilities, labels):
    confidence = probabilities.max(axis=-1)
    correct = probabilities.argmax(axis=-1) == labels
    group = np.minimum((10 * confidence).astype(int), 9)
    return 100 * sum(np.abs((correct - confidence)[group == n].sum()) for n in range(10)) / len(labels)


def temperatures(seeds):
    settings = [(1.0, 1.0, 1.0), (0.8, 0.5, 0.5)]
    grid = np.geomspace(0.1, 10, 101)
    for noise in (0.0, 0.2):
        tried = try_settings(settings, sizes=(64, 64, 64, 10), seeds=seeds, noise=noise, epochs=60)
        task = tried.task

        def drawn(images, network=tried.networks[1]):
            return monte_carlo_dropout(network, images, keep_prob=settings[1], samples=50,
                                       rng=np.random.default_rng(3)).mean  # fmt: skip

        ways = {"without": tried.networks[0].predict, "with dropout": tried.networks[1].predict, "Monte Carlo": drawn}
        for name, way in ways.items():
            held_out, new = np.log(way(task.validation_inputs)), np.log(way(task.test_inputs))
            losses = [cross_entropy(softmax(held_out / one), task.validation_labels) for one in grid]
            chosen = grid[np.argmin(losses, axis=0)][:, np.newaxis, np.newaxis]
            before, after = np.exp(new), softmax(new / chosen)
            assert (before.argmax(-1) == after.argmax(-1)).all()
            print(f"  {name}, {100 * noise:.0f}% wrong labels: temperatures {np.round(np.ravel(chosen), 2)}")
            for what, score in (("calibration error", calibration_error), ("log loss", cross_entropy)):
                print(f"   {what}")
                show({when: [score(*pair) for pair in zip(one, task.test_labels, strict=True)]
                      for when, one in (("before", before), ("after", after))})  # fmt: skip


def main():
    for name, seeds in SEED_SETS.items():
        print(f"{name}, {seeds[0]} to {seeds[-1]}")
        widths(seeds)
        for neurons, noise in ((10, 0.0), (64, 0.0), (64, 0.2)):
            bagging(seeds, neurons, noise)
        for part in (masks_drawn, one_layer, decay, conformal, temperatures):
            part(seeds)


if __name__ == "__main__":
    main()
