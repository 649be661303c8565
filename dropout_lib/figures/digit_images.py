"""Digits as they are, and below each the label that the network trains on."""

import numpy as np

from dropout_lib.figures.picture import WIDTH, drawing, figure, is_narrow
from dropout_lib.figures.shapes import text

PIXEL, GAP, ROW = 8, 10, 118


@figure
def digit_images(
    images, labels, true_labels, *, about="Handwritten digits and the labels trained on", word="label", width=WIDTH
):
    """Draw up to ten images, shape (images, 64) from 0 to 1, and below each its label; a wrong one is crossed.

    `about` and `word` say, in the sentence and below the images, what the labels are.
    """
    images, side, left = np.asarray(images), 8 * PIXEL, 15
    step = max(side + GAP, 10 * len(word) + 24) if is_narrow(width) else side + GAP  # room for the words below
    in_a_row = (width - left) // step
    body, names = [], []
    for place, (image, label, true) in enumerate(zip(images, labels, true_labels, strict=True)):
        x, y = left + place % in_a_row * step, place // in_a_row * ROW
        body.append(digit(image, x, y + 8, PIXEL))
        wrong = label != true
        words = f"{word} {label}" + (" ✗" if wrong else "")
        body.append(text(x + side / 2, y + side + 34, words, size=15, more='font-weight="bold"' if wrong else ""))
        names.append(f"{true} ({word} {label})" if wrong else f"{true}")
    sentence = f"{about}: {', '.join(names)}."
    height = side + 50 + (len(images) - 1) // in_a_row * ROW
    return drawing("".join(body), height=height, sentence=sentence, width=width)


def digit(image, left, top, pixel):
    """Draw one image, 64 shares of ink from 0 to 1, with its corner at (left, top)."""
    return "".join(
        f'<rect x="{left + index % 8 * pixel}" y="{top + index // 8 * pixel}" width="{pixel}" height="{pixel}" '
        f'opacity="{share:z.2f}"/>'
        for index, share in enumerate(image)
        if share > 0
    )
