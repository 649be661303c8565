"""The mathematics of dropout by name; figures, explorers and checks are imported where they are used."""

from dropout_lib.ensemble import all_masks, mask_probabilities
from dropout_lib.masks import apply_dropout, apply_mask, draw_mask

__all__ = ["all_masks", "apply_dropout", "apply_mask", "draw_mask", "mask_probabilities"]
