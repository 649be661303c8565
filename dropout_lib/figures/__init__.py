"""Pictures of dropout: `figures.<name>(arrays)` is a `Picture`. Matplotlib is loaded when the first chart is drawn."""

from dropout_lib.figures.attention_row import attention_row
from dropout_lib.figures.band import band
from dropout_lib.figures.boundaries import boundaries
from dropout_lib.figures.claims import claims
from dropout_lib.figures.cloud import cloud
from dropout_lib.figures.contours import contours
from dropout_lib.figures.contributions import contributions
from dropout_lib.figures.counts import counts
from dropout_lib.figures.curves import curves
from dropout_lib.figures.damage import damage
from dropout_lib.figures.digit_images import digit_images
from dropout_lib.figures.ensemble_view import ensemble_view
from dropout_lib.figures.filters import filters
from dropout_lib.figures.intervals import intervals
from dropout_lib.figures.neurons import neurons
from dropout_lib.figures.results import results
from dropout_lib.figures.sums import sums
from dropout_lib.figures.tiles import tiles
from dropout_lib.figures.training_view import training_view
from dropout_lib.figures.transformer_block import transformer_block
from dropout_lib.figures.wiring import wiring

__all__ = [
    "attention_row",
    "band",
    "boundaries",
    "claims",
    "cloud",
    "contours",
    "contributions",
    "counts",
    "curves",
    "damage",
    "digit_images",
    "ensemble_view",
    "filters",
    "intervals",
    "neurons",
    "results",
    "sums",
    "tiles",
    "training_view",
    "transformer_block",
    "wiring",
]
