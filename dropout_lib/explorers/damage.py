"""Explorer of page 06: two networks lose neurons of their last hidden layer, in an order, at random or by hand."""

import numpy as np

from dropout_lib.contributions import margin_contributions, most_helpful_first
from dropout_lib.explorers.panel import Choice, Number, Panel
from dropout_lib.figures import damage as picture
from dropout_lib.network import accuracy

SEED, IMAGES = 6, 16
RANDOM, HELPFUL = "at random", "most helpful first"


def damage(plain, with_dropout, inputs, labels):
    """Remove neurons from a network trained without dropout and from one trained with it; no replicas.

    Neuron 1 is each network's own most helpful one on these images, and so on: both lose the same ranks. New draw
    changes only the order at random; pressed with the other order, it says so. Of `inputs`, shape (examples, 64), the
    first 16 are shown, and all count for the accuracy.
    """
    networks = {
        "without dropout": _Ranked(plain, inputs, labels),
        "with dropout": _Ranked(with_dropout, inputs, labels),
    }
    units = plain.weights[-1].shape[-2]
    pixels = (inputs - inputs.min(axis=0))[:IMAGES] / 2  # undoes the centring: every pixel is black in some image

    def states(removed, order, draw, by_hand):
        ranks = np.random.default_rng([SEED, draw]).permutation(units) if order == RANDOM else np.arange(units)
        removed_first = set(ranks[:removed].tolist())
        return [by_hand.get(unit + 1, unit not in removed_first) for unit in range(units)]

    def show(removed, order, draw, by_hand):
        mask = np.array(states(removed, order, draw, by_hand))
        results = {name: network.results(mask) for name, network in networks.items()}
        about = order.capitalize() + (", then changed by hand" if by_hand else "")
        about += "; New draw changes only the order at random" if draw and order == HELPFUL else ""
        return picture(mask, results, pixels, about=about)

    controls = {
        "removed": Number("removed", value=min(6, units), low=0, high=units, step=1, slider=True),
        "order": Choice("order", (HELPFUL, RANDOM), value=HELPFUL),
    }
    return Panel(show, controls, states=states, lines=6)


class _Ranked:
    """A network's last hidden layer, with the neurons in the order of what they add to the margins, the most first."""

    def __init__(self, network, inputs, labels):
        order = most_helpful_first(margin_contributions(network, inputs, labels))
        self.hidden, self.weights = network.activations(inputs)[-2][:, order], network.weights[-1][order]
        self.biases, self.labels = network.biases[-1], labels
        self.before = self._outputs(True)

    def _outputs(self, mask):
        return (self.hidden * mask) @ self.weights + self.biases

    def results(self, mask):
        """Give the accuracies and which of the shown images are correct, with all neurons and with these."""
        pairs = [self.before, self._outputs(mask)]
        correct = [outputs[:IMAGES].argmax(axis=1) == self.labels[:IMAGES] for outputs in pairs]
        return (*(accuracy(outputs, self.labels) for outputs in pairs), *correct)
