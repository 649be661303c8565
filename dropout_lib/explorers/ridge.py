"""Explorer of page 07: two features, and how the minimum of their loss moves when masks are averaged over."""

import numpy as np

from dropout_lib.explorers.panel import Number, Panel
from dropout_lib.figures import contours as picture
from dropout_lib.penalty import dropout_ridge

TERMS = np.array([1.5, 0.5])  # weight x scale of both features without dropout: the targets are their sum
FALLING = np.append(np.arange(100, 4, -1), [3, 2, 1]) / 100


def ridge():
    """Set the scales of two features, their correlation and keep_prob; see the loss over their two weights."""
    controls = {
        "scale_1": Number("scale 1", value=1.0, low=0.5, high=2.0, step=0.05, drawn=(0.5, 1.0, 2.0)),
        "scale_2": Number("scale 2", value=1.0, low=0.5, high=2.0, step=0.05, drawn=(1.0, 2.0)),
        "correlation": Number("correlation", value=0.0, low=-0.9, high=0.9, step=0.1, drawn=(-0.9, 0, 0.5, 0.9)),
        "keep_prob": Number("keep_prob", value=0.5, low=0.1, high=1.0, step=0.05, drawn=np.arange(1, 11) / 10),
    }
    return Panel(_draw, controls, redraws=False)


def _draw(draw, scale_1, scale_2, correlation, keep_prob):
    scales = np.array([scale_1, scale_2])
    alike = np.array([[1, correlation], [correlation, 1]])  # of the features before they are scaled
    products, sums = alike * np.outer(scales, scales), scales * (alike @ TERMS)
    losses = {
        "without dropout": dropout_ridge(products, sums, keep_prob=1.0),
        f"keep_prob {keep_prob:g}": dropout_ridge(products, sums, keep_prob=keep_prob),
    }
    path = np.array([dropout_ridge(products, sums, keep_prob=each)[0] for each in FALLING])
    terms = scales * losses[f"keep_prob {keep_prob:g}"][0]
    about = (
        f"Scales {scale_1:g} and {scale_2:g}, correlation {correlation:g}, keep_prob {keep_prob:g}: "
        f"weight times scale is {terms[0]:z.2f} and {terms[1]:z.2f}."
    )
    return picture(losses, path, about=about)
