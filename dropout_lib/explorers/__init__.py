"""Explorers: `dropout_lib.explorers.<name>()` is a panel that shows itself."""

from dropout_lib.explorers.network_wiring import wiring
from dropout_lib.explorers.neuron_draws import neurons
from dropout_lib.explorers.next_sums import sums

__all__ = ["neurons", "sums", "wiring"]
