"""Dropout's two parts, each by itself: this makes averaged_masks.jsonl, which page 07 loads.

`python -m experiments.averaged_masks` trains all networks, for the page's seeds and for new ones, and stores a line for
each seed; it takes a few minutes. The gradient under masks is the one without masks, plus what the penalty adds in the
mean, plus the noise of a single draw. The mean over eight draws leaves the penalty, and takes most of the noise away.
One draw minus that mean, added to the gradient without masks, leaves the noise alone. (Wei, Kakade and Ma 2020.)
"""

import json
from dataclasses import dataclass
from pathlib import Path

import dropout_lib
from dropout_lib import Network, accuracy, digits_task, draw_mask, draw_network, generators, train

STORED = Path(dropout_lib.__file__).parent / "course" / "averaged_masks.jsonl"
SEEDS = (*range(10), *range(100, 110))
NOISES = {"clean": 0.0, "noisy": 0.2}
SIZES, EPOCHS, KEEP_PROB, MANY = (64, 64, 64, 10), 60, (0.8, 0.5, 0.5), 8
LEARNING_RATE = 0.01  # at 0.02, as elsewhere, the noise alone grows until a loss is no longer finite
WAYS = {  # how often the gradient without masks counts, that of one draw, and the mean of MANY other draws
    "no masks": (1, 0, 0),
    "one mask": (0, 1, 0),
    "mean of eight": (0, 0, 1),
    "noise alone": (1, 1, -1),
}


@dataclass(frozen=True)
class Averaged(Network):
    """Each gradient in training is a sum of three, each times its number in `shares`; inference is that of `Network`.

    The three are those of `WAYS`. `keep_prob` has one number for each layer but the last, the inputs first; `rng` is a
    Generator. There are no replicas.
    """

    shares: tuple = (0, 1, 0)
    keep_prob: tuple = ()
    rng: object = None

    def copy(self):
        """Give the same network with arrays of its own, in float64; the generator is shared."""
        plain = super().copy()
        return Averaged(plain.weights, plain.biases, plain.loss, self.shares, self.keep_prob, self.rng)

    def unchecked_gradients(self, inputs, targets, masks, keep_prob):
        """Give the gradients as `Network` does, under masks of its own; those given do nothing."""
        draws = [None, *[self._masks(inputs) for _ in range(1 + MANY)]]
        shares = (*self.shares[:2], *[self.shares[2] / MANY] * MANY)
        found = [
            (share, super(Averaged, self).unchecked_gradients(inputs, targets, drawn, self.keep_prob))
            for share, drawn in zip(shares, draws, strict=True)
            if share
        ]
        layers = range(len(self.weights))
        return tuple(
            [sum(share * parts[kind][layer] for share, parts in found) for layer in layers] for kind in range(3)
        )

    def _masks(self, inputs):
        shapes = [(len(inputs), weights.shape[0]) for weights in self.weights]
        drawn = zip(shapes, self.keep_prob, strict=True)
        return [draw_mask(shape, keep_prob=keep, rng=self.rng) for shape, keep in drawn]


def record(labels, seed, epochs=EPOCHS):
    """Train a seed's network in each of the ways; give what the file holds of it, one line."""
    data, weights = generators(0, [seed])[0], generators(1, [seed])[0]
    task = digits_task(rng=data, validation=200, noise=NOISES[labels])
    drawn, correct = draw_network(SIZES, rng=weights), {}
    for way, shares in WAYS.items():
        order, own = generators(2, [seed])[0], generators(3, [seed])[0]
        network = Averaged(drawn.weights, drawn.biases, drawn.loss, shares, KEEP_PROB, own)
        network = train(
            network, task.inputs, task.labels, keep_prob=(1.0, 1.0, 1.0), rng=order, epochs=epochs,
            learning_rate=LEARNING_RATE,
        ).network  # fmt: skip
        correct[way] = round(accuracy(network.predict(task.test_inputs), task.test_labels) * len(task.test_labels))
    return {"labels": labels, "seed": seed, "images": len(task.test_labels), "correct": correct}


def main():
    lines = [json.dumps(record(labels, seed)) for labels in NOISES for seed in SEEDS]
    STORED.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
