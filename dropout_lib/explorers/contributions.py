"""Explorer of page 06: the contributions of the neurons to one image's margin, and their sums."""

import numpy as np

from dropout_lib.contributions import margin_contributions, most_helpful_first
from dropout_lib.explorers.panel import Choice, Number, Panel
from dropout_lib.figures import contributions as picture

IMAGES = 30
PLAIN, WITH_DROPOUT = "without dropout", "with dropout"


def contributions(plain, with_dropout, inputs, labels):
    """Choose an image, one of the nine rivals of its class, and the network; the networks have no replicas.

    Rival 1 is the class with the largest output except the true one, rival 9 that with the smallest. Neurons have the
    numbers of the explorer `damage`: neuron 1 is each network's own most helpful one over all `inputs`. Of these, shape
    (examples, 64), the first 30 can be chosen.
    """
    networks, pixels = {PLAIN: plain, WITH_DROPOUT: with_dropout}, (inputs - inputs.min(axis=0)) / 2
    order = {
        name: most_helpful_first(margin_contributions(network, inputs, labels)) for name, network in networks.items()
    }
    choices, labels = inputs[:IMAGES], labels[:IMAGES]
    by_strength = {}
    for name, network in networks.items():
        outputs = network.activations(choices)[-1]
        np.put_along_axis(outputs, labels[:, np.newaxis], np.inf, axis=1)  # the true class is at place 0
        by_strength[name] = np.argsort(-outputs, axis=1, kind="stable")

    def show(network, image, rival, draw):
        place = image - 1
        classes = by_strength[network][place, [0, rival]]
        one = slice(place, image)
        values = margin_contributions(networks[network], choices[one], classes[:1], classes[1:])[0][order[network]]
        name = f"{network[:1].upper()}{network[1:]}, image {image}"
        return picture(values, name=name, image=pixels[place], classes=classes, with_dropout=network == WITH_DROPOUT)

    controls = {
        "network": Choice("network", (PLAIN, WITH_DROPOUT), value=PLAIN),
        "image": Number("image", value=1, low=1, high=len(choices), step=1, slider=True),
        "rival": Number("rival", value=1, low=1, high=plain.weights[-1].shape[-1] - 1, step=1),
    }
    return Panel(show, controls, redraws=False)
