"""Explorers: `dropout_lib.explorers.<name>()` is a panel that shows itself."""

from dropout_lib.explorers.drawing import neurons

__all__ = ["neurons"]
