"""Explorers: `dropout_lib.explorers.<name>()` is a panel that shows itself."""

from dropout_lib.explorers.cancelling_bars import contributions
from dropout_lib.explorers.layer_choice import choice
from dropout_lib.explorers.lost_neurons import damage
from dropout_lib.explorers.network_wiring import wiring
from dropout_lib.explorers.neuron_draws import neurons
from dropout_lib.explorers.next_sums import sums
from dropout_lib.explorers.progress_bar import progress as progress
from dropout_lib.explorers.spread_in_gap import spread
from dropout_lib.explorers.subnetwork_walk import subnetworks
from dropout_lib.explorers.training_history import history

__all__ = ["choice", "contributions", "damage", "history", "neurons", "spread", "subnetworks", "sums", "wiring"]
