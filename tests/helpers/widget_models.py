"""The live widgets by their model's id, under ipywidgets 7 and 8."""

import ipywidgets


def model(model_id):
    """Give the widget of a view."""
    registry = getattr(ipywidgets.widgets.widget, "_instances", None)
    return (ipywidgets.Widget.widgets if registry is None else registry)[model_id]
