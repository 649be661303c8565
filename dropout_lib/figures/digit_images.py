"""Digits as they are, with the label that the network is told."""

import numpy as np

from dropout_lib.figures.picture import drawing
from dropout_lib.figures.shapes import text

PIXEL, GAP = 8, 10


def digit_images(images, told, true, *, about="Handwritten digits and what the network is told", verb="told"):
    """Draw up to ten images, shape (images, 64) from 0 to 1, and below each the label told; a wrong one is crossed.

    `about` and `verb` say, in the sentence and below the images, what else the labels are than told.
    """
    images, side = np.asarray(images), 8 * PIXEL
    body, names = [], []
    for place, (image, label, right) in enumerate(zip(images, told, true, strict=True)):
        left = 6 + place * (side + GAP)
        body.append(digit(image, left, 8, PIXEL))
        wrong = label != right
        words = f"{verb} {label}" + (" ✗" if wrong else "")
        body.append(text(left + side / 2, side + 34, words, size=17, more='font-weight="bold"' if wrong else ""))
        names.append(f"{right} {verb} as {label}" if wrong else f"{right}")
    sentence = f"{about}: {', '.join(names)}."
    return drawing("".join(body), height=side + 50, sentence=sentence)


def digit(image, left, top, pixel):
    """Draw one image, 64 shares of ink from 0 to 1, with its corner at (left, top)."""
    return "".join(
        f'<rect x="{left + index % 8 * pixel}" y="{top + index // 8 * pixel}" width="{pixel}" height="{pixel}" '
        f'opacity="{share:.2f}"/>'
        for index, share in enumerate(image)
        if share > 0
    )
