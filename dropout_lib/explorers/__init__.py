"""Explorers: `dropout_lib.explorers.<name>()` is a panel that shows itself."""

from dropout_lib.explorers.attention_row import attention_row
from dropout_lib.explorers.choice import choice
from dropout_lib.explorers.contributions import contributions
from dropout_lib.explorers.damage import damage
from dropout_lib.explorers.history import history
from dropout_lib.explorers.neurons import neurons
from dropout_lib.explorers.progress import progress as progress
from dropout_lib.explorers.ridge import ridge
from dropout_lib.explorers.spread import spread
from dropout_lib.explorers.subnetworks import subnetworks
from dropout_lib.explorers.sums import sums
from dropout_lib.explorers.wiring import wiring

__all__ = [
    "attention_row",
    "choice",
    "contributions",
    "damage",
    "history",
    "neurons",
    "ridge",
    "spread",
    "subnetworks",
    "sums",
    "wiring",
]
