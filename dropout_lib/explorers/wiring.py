"""Explorer of page 02: a small network whose neurons can be switched off, forward and backward."""

import numpy as np

from dropout_lib.explorers.panel import Choice, Number, Panel
from dropout_lib.figures import wiring as picture
from dropout_lib.masks import draw_mask
from dropout_lib.network import Network

SEED, HIDDEN = 2, 5
INPUTS, TARGETS = np.array([[1.0, 0.5, -1.0]]), np.array([[1.0, 0.0]])
FORWARD, BACKWARD = "forward: activations", "backward: gradients"


def wiring():
    """Slide keep_prob, draw anew, or switch neurons by hand, and follow what reaches the outputs and comes back."""
    controls = {
        "keep_prob": Number("keep_prob", value=0.8, low=0.05, high=1.0, step=0.05),
        "show": Choice("show", [FORWARD, BACKWARD], value=FORWARD),
    }
    return Panel(_draw, controls, states=_states, drawn_by_hand=True)


def network():
    """Make the explorer's network: always the same weights, and hidden neurons that are all active for INPUTS."""
    rng = np.random.default_rng(7)
    first = rng.uniform(0.2, 1.0, (3, HIDDEN)) * np.sign(INPUTS).T
    return Network((first, rng.uniform(-1, 1, (HIDDEN, 2))), (np.zeros(HIDDEN), np.zeros(2)), "squared")


def _states(keep_prob, show, draw, by_hand):
    mask = draw_mask((HIDDEN,), keep_prob=keep_prob, rng=np.random.default_rng([SEED, draw]))
    return [by_hand.get(neuron + 1, bool(kept)) for neuron, kept in enumerate(mask)]


def _draw(keep_prob, show, draw, by_hand):
    mask = np.array(_states(keep_prob, show, draw, by_hand))
    net, masks = network(), [None, mask[np.newaxis]]
    outputs_by_layer = [layer[0] for layer in net.activations(INPUTS, masks=masks)]
    by_weight, _, gradients = net.gradients(INPUTS, TARGETS, masks=masks)
    hidden = net.activations(INPUTS)[1][0]
    backward = show == BACKWARD
    note = _last_switched(list(by_hand)[-1:], draw, mask, hidden, gradients[0][0] if backward else None)
    if backward:
        return picture((INPUTS[0], gradients[0][0], gradients[1][0]), by_weight, mask, backward=True, note=note)
    edges = (net.weights[0] * mask, net.weights[1] * mask[:, np.newaxis])
    return picture(outputs_by_layer, edges, mask, note=note)


def _last_switched(last, draw, mask, hidden, gradient):
    """Say of the neuron last switched its number, mask entry and activation, and its gradient if it is given."""
    if not last:
        return ""
    index = last[0] - 1
    number = np.random.default_rng([SEED, draw]).random(HIDDEN)[index]
    returned = "" if gradient is None else f", gradient {gradient[index]:z.2f}"
    return (
        f" Neuron {last[0]}, set by hand: its number {number:z.2f}, mask {int(mask[index])}, "
        f"activation {hidden[index]:z.2f} before the mask{returned}."
    )
