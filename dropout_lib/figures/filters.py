"""The weights into a neuron from the pixels: squares filled for positive ones, hollow for negative ones."""

import numpy as np

from dropout_lib.figures.palette import INK, KEPT
from dropout_lib.figures.picture import WIDTH, drawing, figure, is_narrow
from dropout_lib.figures.shapes import text

PIXEL, GAP = 10, 12


@figure
def filters(rows, *, width=WIDTH):
    """Draw neurons' weights from 8x8 pixels; `rows` maps a name to weights, shape (64, neurons), at most seven each.

    The side of a square follows the size of its weight, in every neuron against its own largest one.
    """
    body, parts, side, top, narrow = [], [], 8 * PIXEL, 8, is_narrow(width)
    left, name_at = (14, 14) if narrow else (100, side / 2 + 6)  # a name stands above its row, or beside it
    across = (width - left + GAP - 2) // (side + GAP)
    for name, weights in rows.items():
        body.append(text(8, top + name_at, name, anchor="start", size=17))
        top += 26 * narrow
        for place, one in enumerate(np.transpose(weights)):
            x, y = left + place % across * (side + GAP), top + place // across * (side + GAP)
            body.append(_filter(one / (np.abs(one).max() or 1), x, y))
        top += (side + GAP) * -(-np.shape(weights)[1] // across)
        largest = np.abs(weights).argmax(axis=0)
        places = ", ".join(f"{pixel // 8 + 1}/{pixel % 8 + 1}" for pixel in largest)
        positive = ", ".join(map(str, (np.asarray(weights) > 0).sum(axis=0)))
        parts.append((f"{name}: {positive}", f"largest at {places}"))
    head = "How many of the 64 weights are positive, by neuron, and where the largest is."
    sentence = f"{head} {'. '.join('; '.join(part) for part in parts)}."
    caption = f"How many of the 64 weights are positive, by neuron. {'. '.join(part[0] for part in parts)}."
    return drawing("".join(body), height=top, sentence=sentence, caption=caption, width=width)


def _filter(weights, left, top):
    """Draw one neuron's weights as two paths: thousands of elements are slow to draw."""
    squares = {True: "", False: ""}
    for pixel, weight in enumerate(weights):
        size = round(float(np.sqrt(abs(weight)) * (PIXEL - 1)), 1)
        x, y = left + pixel % 8 * PIXEL + (PIXEL - size) / 2, top + pixel // 8 * PIXEL + (PIXEL - size) / 2
        squares[bool(weight > 0)] += f"M{x:z.1f} {y:z.1f}h{size}v{size}h-{size}z"
    frame = f'<rect x="{left - 2}" y="{top - 2}" width="{8 * PIXEL + 4}" height="{8 * PIXEL + 4}" fill="none" '
    body = f'{frame}stroke="{INK}" stroke-width="1"/>'
    if squares[True]:
        body += f'<path class="positive" d="{squares[True]}" fill="{KEPT}"/>'
    if squares[False]:
        body += f'<path class="negative" d="{squares[False]}" fill="none" stroke="{INK}" stroke-width="1"/>'
    return body
