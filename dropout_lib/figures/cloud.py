"""Every sub-network as a mark: across its accuracy, up how many neurons it keeps, its area its probability."""

import numpy as np

from dropout_lib.figures.palette import INK, KEPT
from dropout_lib.figures.picture import WIDTH, drawing, figure, is_narrow
from dropout_lib.figures.shapes import line, text

ROW = 27
# A mark's diameter is DOT where all are equally probable; the one mark that would be wider than LARGEST is cut.
DOT, SMALLEST, LARGEST = 3.6, 0.8, 36


@figure
def cloud(masks, probabilities, accuracies, correct, *, about, width=WIDTH):
    """Draw all sub-networks, a dot for each that is correct about one image and a dash for each that is wrong.

    `masks` is Boolean, shape (sub-networks, units); `probabilities`, `accuracies` (from 0 to 1) and the Boolean
    `correct` have the shape (sub-networks,). `about` says in words which image and which keep_prob.
    """
    ground = ground_of(width)
    body = marks(masks, probabilities, accuracies, correct, ground=ground)
    kept, counts = masks.sum(axis=1), range(masks.shape[1] + 1)
    rows = [f"{count} kept: {_row_words(kept == count, probabilities, accuracies)}" for count in counts]
    caption = f"{about} {correct.sum():,} of {len(masks):,} sub-networks are correct about it."
    sentence = f"{caption} Probability and mean accuracy by the number of neurons kept: {'; '.join(rows)}."
    height = ground[1] + ROW * (masks.shape[1] + 1) + 58
    return drawing("".join(body), height=height, sentence=sentence, caption=caption, width=width)


def ground_of(width):
    """Give where all marks lie: its left, top and right edge. A narrow one has the legend in a line of its own."""
    return (40, 66, width - 38) if is_narrow(width) else (70, 44, width - 40)


def _row_words(chosen, probabilities, accuracies):
    return f"{probabilities[chosen].sum():z.3f}, {100 * accuracies[chosen].mean():z.0f}%"


def marks(masks, probabilities, accuracies, correct, *, ground):
    """List the SVG of the axes and of all marks; few paths, as a thousand elements are slow to draw."""
    units, (left, top, right) = masks.shape[1], ground
    floor = top + ROW * (units + 1)
    body = [text(8, top - 20, "neurons kept", anchor="start", size=16), line(left, floor, right, floor)]
    body += [
        text(left - 14, top + ROW * (units - kept + 0.5) + 6, kept, anchor="end", size=16) for kept in range(units + 1)
    ]
    for share in (0, 0.5, 1):
        x = left + share * (right - left)
        body.append(text(x, floor + 22, f"{100 * share:z.0f}%", size=16))
    body.append(text((left + right) / 2, floor + 44, "accuracy of the sub-network", size=16))
    legend = [(right - 266, "correct", True), (right - 150, "wrong about this image", False)]
    for x, words, state in legend:
        body += [_path([(x, 18)], 8, state), text(x + 12, 24, words, anchor="start", size=15)]
    across, up = place(masks, accuracies, ground=ground)
    wide = np.clip(DOT * np.sqrt(len(masks) * np.asarray(probabilities)), SMALLEST, LARGEST).round(1)
    for size in np.unique(wide):
        for state in (False, True):
            chosen = (wide == size) & (np.asarray(correct) == state)
            if chosen.any():
                body.append(_path(list(zip(across[chosen], up[chosen], strict=True)), float(size), state))
    return body


def place(masks, accuracies, *, ground):
    """Give the x and the y of every mark; within its row, a mark's height only keeps it apart from its neighbours."""
    left, top, right = ground
    order = np.arange(len(masks))
    apart = (order * 0.618034 % 1 - 0.5) * 0.62 * ROW
    apart = np.where(np.isin(masks.sum(axis=1), (0, masks.shape[1])), 0, apart)
    across = left + np.asarray(accuracies) * (right - left)
    return across.round(1), (top + ROW * (masks.shape[1] - masks.sum(axis=1) + 0.5) + apart).round(1)


def _path(places, size, correct):
    """Draw dots, or dashes of nearly the same area, as one path."""
    if correct:
        points = "".join(f"M{x:g} {y:g}h0" for x, y in places)
        paint = f'stroke="{KEPT}" stroke-width="{size:g}" stroke-linecap="round" opacity="0.8"'
        return f'<path class="correct" d="{points}" {paint}/>'
    points = "".join(f"M{x - 0.8 * size:z.1f} {y:g}h{1.6 * size:z.1f}" for x, y in places)
    return (
        f'<path class="wrong" d="{points}" stroke="{INK}" stroke-width="{max(0.45 * size, 0.6):.3g}" opacity="0.75"/>'
    )
