"""A progress bar for work that takes long: shown while it lasts, and not stored in the page."""

import ipywidgets as widgets
from IPython.display import display

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def progress(label="training"):
    """Show a bar, and give the function of (done, in all) that moves it, for the argument `progress` of long work."""
    bar = widgets.IntProgress(description=label, style={"description_width": "initial"}, layout={"width": "480px"})
    # The live view alone, without text: there is nothing to store, and the cleaner drops the output.
    display({WIDGET_VIEW: bar._repr_mimebundle_()[WIDGET_VIEW]}, raw=True)

    def move(done, total):
        if done == total or done * 100 // total > bar.value:
            bar.value = done * 100 // total

    return move
