"""The mathematics of dropout by name; figures, explorers and checks are imported where they are used."""

from dropout_lib.comparison import Comparison, compare, interval
from dropout_lib.data import digits, digits_task, moons, wrong_labels
from dropout_lib.ensemble import all_masks, mask_probabilities
from dropout_lib.masks import apply_dropout, apply_mask, draw_mask
from dropout_lib.network import Network, accuracy, cross_entropy, draw_network, softmax
from dropout_lib.training import History, train

__all__ = [
    "Comparison",
    "History",
    "Network",
    "accuracy",
    "all_masks",
    "apply_dropout",
    "apply_mask",
    "compare",
    "cross_entropy",
    "digits",
    "digits_task",
    "draw_mask",
    "draw_network",
    "interval",
    "mask_probabilities",
    "moons",
    "softmax",
    "train",
    "wrong_labels",
]
