"""Digits as they are, with the label that the network is told."""

import numpy as np

from dropout_lib.figures.picture import drawing
from dropout_lib.figures.shapes import text

PIXEL, GAP = 8, 10


def digit_images(images, told, true):
    """Draw up to ten images, shape (images, 64) from 0 to 1, and below each the label told; a wrong one is crossed."""
    images, side = np.asarray(images), 8 * PIXEL
    body, names = [], []
    for place, (image, label, right) in enumerate(zip(images, told, true, strict=True)):
        left = 6 + place * (side + GAP)
        body += [_pixel(left, index, share) for index, share in enumerate(image) if share > 0]
        wrong = label != right
        words = f"told {label}" + (" ✗" if wrong else "")
        body.append(text(left + side / 2, side + 34, words, size=17, more='font-weight="bold"' if wrong else ""))
        names.append(f"{right} told as {label}" if wrong else f"{right}")
    sentence = f"Handwritten digits and what the network is told: {', '.join(names)}."
    return drawing("".join(body), height=side + 50, sentence=sentence)


def _pixel(left, index, share):
    x, y = left + index % 8 * PIXEL, 8 + index // 8 * PIXEL
    return f'<rect x="{x}" y="{y}" width="{PIXEL}" height="{PIXEL}" opacity="{share:.2f}"/>'
