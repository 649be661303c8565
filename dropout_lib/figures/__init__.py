"""Pictures of dropout: `figures.<name>(arrays)` is a `Picture`. Matplotlib is loaded when the first chart is drawn."""

from dropout_lib.figures.boundary_maps import boundaries
from dropout_lib.figures.contribution_bars import contributions
from dropout_lib.figures.count_bars import counts
from dropout_lib.figures.damage_view import damage
from dropout_lib.figures.digit_images import digit_images
from dropout_lib.figures.ensemble_view import ensemble_view
from dropout_lib.figures.filter_tiles import filters
from dropout_lib.figures.interval_rows import intervals
from dropout_lib.figures.line_chart import curves
from dropout_lib.figures.mask_tiles import tiles
from dropout_lib.figures.neuron_row import neurons
from dropout_lib.figures.scrubbed_training import training_view
from dropout_lib.figures.small_network import wiring
from dropout_lib.figures.spread_band import band
from dropout_lib.figures.subnetwork_cloud import cloud
from dropout_lib.figures.sum_bars import sums

__all__ = [
    "band",
    "boundaries",
    "cloud",
    "contributions",
    "counts",
    "curves",
    "damage",
    "digit_images",
    "ensemble_view",
    "filters",
    "intervals",
    "neurons",
    "sums",
    "tiles",
    "training_view",
    "wiring",
]
