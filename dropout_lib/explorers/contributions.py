"""Explorer of page 06: the contributions of the neurons to one picture's margin, and what is left of them."""

import numpy as np

from dropout_lib.contributions import margin_contributions
from dropout_lib.explorers.panel import Choice, Number, Panel
from dropout_lib.figures import contributions as picture

IMAGES = 30
PLAIN, DROPPED = "without dropout", "with dropout"


def contributions(plain, dropped, inputs, labels):
    """Choose a picture, one of the nine rivals of its class, and the network; the networks have no replicas.

    Rival 1 is the class with the largest output beside the true one, rival 9 that with the smallest. Of `inputs`, shape
    (examples, 64), the first 30 can be chosen; all are needed to see how dark a pixel can be.
    """
    networks, pixels = {PLAIN: plain, DROPPED: dropped}, (inputs - inputs.min(axis=0)) / 2
    shown, labels = inputs[:IMAGES], labels[:IMAGES]
    by_strength = {}
    for name, network in networks.items():
        outputs = network.activations(shown)[-1]
        np.put_along_axis(outputs, labels[:, np.newaxis], np.inf, axis=1)  # the true class stands at place 0
        by_strength[name] = np.argsort(-outputs, axis=1, kind="stable")

    def show(network, image, rival, draw):
        place = image - 1
        classes = by_strength[network][place, [0, rival]]
        one = slice(place, image)
        values = margin_contributions(networks[network], shown[one], classes[:1], classes[1:])[0]
        name = f"{network[:1].upper()}{network[1:]}, picture {image}"
        return picture(values, name=name, image=pixels[place], classes=classes, dropped=network == DROPPED)

    controls = {
        "network": Choice("network", (PLAIN, DROPPED), value=PLAIN),
        "image": Number("picture", value=1, low=1, high=len(shown), step=1, slider=True),
        "rival": Number("rival", value=1, low=1, high=plain.weights[-1].shape[-1] - 1, step=1),
    }
    return Panel(show, controls, redraws=False)
