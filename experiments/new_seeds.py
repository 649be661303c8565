"""What pages 06, 07 and 08 measure, with their own seeds 0 to 9 and again with 100 to 109.

`python -m experiments.new_seeds` prints it; nothing is stored. It says which of the pages' sentences hold for seeds
that nobody looked at while writing them.
"""

import numpy as np

from dropout_lib import (
    accuracy,
    all_masks,
    compare,
    digits_task,
    draw_network,
    dropout_ridge,
    every_subnetwork,
    exact_averages,
    generators,
    interval,
    margin_contributions,
    mask_probabilities,
    median_cancellation,
    train,
)
from dropout_lib.course.stored_results import averaged_masks
from experiments.networks import MEASURES, SIZES, measures, networks

SEED_SETS = {"the page's seeds": range(10), "new seeds": range(100, 110)}
FAIR = ((300, 0.0), (300, 0.2), (1000, 0.2))  # training images, and the share of wrong labels
SMALL, HALVES = (64, 10, 10), (1.0, 0.5)
JUDGED = 500  # test images on which page 08 judges; the other 297 choose the best sub-network


def said(values):
    mean, half = interval(values)
    return f"{mean:.2f} ± {half:.2f}"


# Page 06: damage and cancelling


def damage(seeds):
    """Print what page 06 measures of its four networks, and each minus the one with dropout."""
    trained, task = networks(seeds)
    found = {method: measures(network, task, seeds) for method, network in trained.items()}
    for measure in MEASURES:
        print(f"  {measure}")
        for method, values in found.items():
            difference = (
                "" if method == "dropout" else f"; minus dropout {compare(values[measure], found['dropout'][measure])}"
            )
            print(f"    {method:14} {said(values[measure])}{difference}")
    drawn = draw_network(SIZES, rng=generators(1, seeds))
    before = median_cancellation(margin_contributions(drawn, task.test_inputs, task.test_labels))
    print(f"  cancelling before training: {said(before)}")


# Page 07: shares of features and copies, the second order, and lengths


def features(rng, noises, examples=200):
    y = np.where(np.arange(examples) % 2, 1.0, -1.0)
    return y[:, np.newaxis] + np.array(noises) * rng.standard_normal((examples, len(noises))), y


def softmax_minimum(x, y, q):
    """Give the weights of least mean cross-entropy over all masks, and the length of the gradient there."""
    masks = all_masks(x.shape[1])
    chances = np.repeat(mask_probabilities(masks, keep_prob=q), len(x))
    signed = (y[:, np.newaxis] * x * masks[:, np.newaxis] / q).reshape(-1, x.shape[1])
    weights = np.zeros(x.shape[1])
    for _ in range(20):
        wrong = 1 / (1 + np.exp(signed @ weights))
        curvature = (signed.T * (chances * wrong * (1 - wrong))) @ signed
        weights += np.linalg.solve(curvature, signed.T @ (chances * wrong))
    return weights, np.linalg.norm(signed.T @ (chances / (1 + np.exp(signed @ weights))))


def softmax_shares(seeds):
    """Print the strong feature's share where the mean loss over all masks is least."""
    for noises, keep_probs in (((1, 2, 2, 2, 2), (1.0, 0.8, 0.5)), ((0.5, 1, 1, 1, 1), (0.8, 0.5))):
        drawn = [features(rng, noises) for rng in generators(0, seeds)]
        shares = {}
        for q in keep_probs:
            found = [softmax_minimum(x, y, q) for x, y in drawn]
            weights = np.abs([one for one, _ in found])
            shares[q] = 100 * weights[:, 0] / weights.sum(axis=1)
            largest = max(gradient for _, gradient in found)
            print(
                f"  noise {noises[0]} and {noises[1]}, keep_prob {q}: {said(shares[q])} (gradient below {largest:.0e})"
            )
        first, last = keep_probs[0], keep_probs[-1]
        print(f"    {last} minus {first}: {compare(shares[last], shares[first])}")
        separable = sum(bool((y * (x @ softmax_minimum(x, y, 0.99)[0]) > 0).all()) for x, y in drawn)
        print(f"    a line without one error, seen in {separable} of {len(drawn)} seeds")


def squared_shares(seeds):
    """Print the strong feature's share for the squared loss, at the least of the mean over all masks."""
    for noises in ((1, 2, 2, 2, 2), (0.5, 1, 1, 1, 1)):
        drawn = [features(rng, noises) for rng in generators(0, seeds)]
        shares = {}
        for q in (1.0, 0.8, 0.5):
            weights = np.abs([dropout_ridge(x.T @ x, x.T @ y, keep_prob=q)[0] for x, y in drawn])
            shares[q] = 100 * weights[:, 0] / weights.sum(axis=1)
        print(f"  squared loss, noise {noises[0]} and {noises[1]}, 0.5 minus 1.0: {compare(shares[0.5], shares[1.0])}")


def copies(seeds):
    """Print how far the share of a feature beside its half is from 50%, for both losses."""
    drawn = [features(rng, [1.0]) for rng in generators(0, seeds)]
    x, y = np.stack([x * [1, 0.5] for x, _ in drawn]), np.stack([y for _, y in drawn])
    kinds = {"squared": ([1.0], y[..., np.newaxis]), "softmax": ([-1.0, 1.0], (y > 0).astype(int))}
    for loss, (outputs, targets) in kinds.items():
        far = {1.0: [], 0.5: []}
        for q, start in ((q, start) for q in far for start in (1, 11, 12, 13)):
            drawn = draw_network((2, len(outputs)), rng=generators(start, seeds), loss=loss)
            layer = train(drawn, x, targets, keep_prob=[q], rng=generators(2, seeds), batch=50, epochs=100).network
            parts = np.abs(layer.weights[0] @ outputs * [1, 0.5])
            far[q].append(np.abs(100 * parts[:, 0] / parts.sum(axis=1) - 50))
        means = {q: np.mean(found, axis=0) for q, found in far.items()}
        print(f"  copies, {loss}: {said(means[1.0])}, {said(means[0.5])}; {compare(means[0.5], means[1.0])}")


def second_order(seeds):
    """Print what the second order gives of what the masks add to cross-entropy, in percent."""
    masks, shape = all_masks(5), np.array([1, 0.25, 0.25, 0.25, 0.25])
    for q in (0.95, 0.8, 0.5):
        chances, shown = mask_probabilities(masks, keep_prob=q), []
        for size in 2.0 ** np.arange(-3, 4):
            w, percent = size * shape, []
            for x, _ in (features(rng, (1, 2, 2, 2, 2)) for rng in generators(0, seeds)):
                z = x @ w
                exact = chances @ np.logaddexp(0, masks * w / q @ x.T) - np.logaddexp(0, z)
                p = 1 / (1 + np.exp(-z))
                percent.append(100 * np.mean((1 - q) / q / 2 * p * (1 - p) * (x**2 @ w**2)) / exact.mean())
            shown.append(said(percent))
        print(f"  second order, keep_prob {q}, sizes 1/8 to 8: {', '.join(shown)}")


def lengths(seeds):
    """Print the least and the largest product of lengths in two linear layers, over all neurons and seeds."""
    target = np.random.default_rng(0).standard_normal((5, 3))
    for q in (1.0, 0.8, 0.5):
        found = [_lengths(q, rng, target) for rng in generators(1, seeds)]
        print(f"  incoming times outgoing length, keep_prob {q}: {np.min(found):.4f} to {np.max(found):.4f}")


def _lengths(q, rng, target):
    into, out = 0.5 * rng.standard_normal((5, 8)), 0.5 * rng.standard_normal((8, 3))
    for _ in range(4000):
        error, a, b = into @ out - target, (into**2).sum(axis=0), (out**2).sum(axis=1)
        by_into, by_out = error @ out.T + (1 - q) / q * into * b, into.T @ error + (1 - q) / q * (out.T * a).T
        into, out = into - 0.05 * by_into, out - 0.05 * by_out
    return np.linalg.norm(into, axis=0) * np.linalg.norm(out, axis=1)


def parts_of_dropout(seeds):
    """Print each way of training with masks minus dropout, from what `experiments.averaged_masks` has stored."""
    for labels in ("noisy", "clean"):
        found = averaged_masks(labels, seeds)
        for way, values in found.items():
            minus = "" if way == "one mask" else f"; minus one mask {compare(values, found['one mask'])}"
            print(f"  {labels} labels, {way}: {said(values)}{minus}")


# Page 08: the best sub-network, chosen on images that do not judge it


def members(seeds):
    """Print weight scaling minus the best sub-network, chosen on the judged images and on others."""
    for training, noise in FAIR:
        tasks = digits_task(rng=generators(0, seeds), training=training, noise=noise)
        drawn = draw_network(SMALL, rng=generators(1, seeds))
        trained = train(
            drawn, tasks.inputs, tasks.labels, keep_prob=HALVES, rng=generators(2, seeds), epochs=60
        ).network
        rows = np.array([_scores(trained, tasks, place) for place in range(len(seeds))]).T
        print(f"  {training} images, {100 * noise:.0f}% wrong labels: weight scaling {said(rows[0])}")
        for name, row in zip(("best on the judged images", "best on other images", "keeps all"), rows[1:], strict=True):
            print(f"    minus {name}: {compare(rows[0], row)}")


def _scores(trained, tasks, place):
    network = trained.replica(place)
    images, labels = tasks.test_inputs[place], tasks.test_labels[place]
    predictions = every_subnetwork(network, images, keep_prob=HALVES).predictions
    judged, chosen = (
        100 * accuracy(predictions[:, part], labels[part]) for part in (slice(JUDGED), slice(JUDGED, None))
    )
    scaling = 100 * accuracy(network.predict(images[:JUDGED]), labels[:JUDGED])
    return scaling, judged.max(), judged[chosen.argmax()], judged[-1]


def distances(seeds):
    """Print how far weight scaling is from the geometric mean where no exact theorem holds, for three seeds."""
    cases = {
        "both hidden layers, 0.8": ((64, 7, 7, 10), (1.0, 0.8, 0.8)),
        "the first, 0.8": ((64, 12, 10, 10), (1.0, 0.8, 1.0)),
        "the first, 0.5": ((64, 12, 10, 10), (1.0, 0.5, 1.0)),
    }
    for name, (sizes, keep_prob) in cases.items():
        apart = [_distance(sizes, keep_prob, seed) for seed in seeds]
        print(f"  masks on {name}: " + ", ".join(f"mean {mean:.4f}, largest {most:.2f}" for mean, most in apart))


def _distance(sizes, keep_prob, seed):
    data, weights, rng = (generators(purpose, [seed])[0] for purpose in range(3))
    task, drawn = digits_task(rng=data, training=1000), draw_network(sizes, rng=weights)
    network = train(drawn, task.inputs, task.labels, keep_prob=keep_prob, rng=rng, epochs=60).network
    averages = exact_averages(network, task.test_inputs[:40], keep_prob=keep_prob)
    apart = np.abs(averages.geometric - averages.weight_scaling)
    return apart.mean(), apart.max()


PENALTY = (squared_shares, softmax_shares, copies, second_order, lengths, parts_of_dropout)  # page 07


def main():
    for name, seeds in SEED_SETS.items():
        print(f"{name}, {seeds[0]} to {seeds[-1]}")
        for part in (damage, *PENALTY, members):
            part(seeds)
        distances(seeds[:3])


if __name__ == "__main__":
    main()
