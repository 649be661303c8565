"""A progress bar for work that takes long: shown while it lasts, and gone after it."""

import ipywidgets as widgets
from IPython.display import display

from dropout_lib.figures.picture import widget_view


def progress(label="training"):
    """Show a bar, and give the function of (done, in all) that moves it, for the argument `progress` of long work.

    At the end its output is emptied and the bar closed: a page saved by any program keeps nothing of it.
    """
    bar = widgets.IntProgress(description=label, style={"description_width": "initial"}, layout={"width": "480px"})
    shown = display(widget_view(bar), raw=True, display_id=True)

    def move(done, total):
        bar.value = max(bar.value, done * 100 // total)
        if done == total:
            if shown is not None:  # without a kernel nothing is shown
                shown.update({}, raw=True)
            bar.close()

    return move
