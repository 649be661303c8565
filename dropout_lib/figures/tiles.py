"""Masks as tiles: one panel for each way of drawing, one row for each step or example."""

import numpy as np

from dropout_lib.figures.picture import WIDTH, drawing, figure
from dropout_lib.figures.shapes import listed, numbers_of, text, tile

GAP, HEAD, LEFT = 36, 62, 46


@figure
def tiles(panels, *, rows="step", columns="neuron", width=WIDTH):
    """Draw named Boolean masks, each of shape (rows, columns), side by side. `panels` maps a title to a mask.

    `rows` and `columns` say in words what a row and a column is.
    """
    panels = {title: np.asarray(mask) for title, mask in panels.items()}
    wide = sum(mask.shape[1] for mask in panels.values())
    size = min(30, (WIDTH - LEFT - GAP * (len(panels) - 1)) / wide)
    body, left = [], LEFT
    for title, mask in panels.items():
        body.append(_panel(title, mask, left, size, columns))
        left += mask.shape[1] * size + GAP
    tall = max(mask.shape[0] for mask in panels.values())
    body += [text(LEFT - 10, HEAD + (row + 0.72) * size, row + 1, anchor="end", size=15) for row in range(tall)]
    bottom = HEAD + tall * size + 24
    body.append(text(LEFT, bottom, f"a row for each {rows}, a column for each {columns}", anchor="start", size=15))
    parts = [_words(title, mask, rows, columns) for title, mask in panels.items()]
    sentence, caption = (" ".join(f"{'; '.join(part[:count])}." for part in parts) for count in (3, 1))
    return drawing("".join(body), height=round(bottom + 8), sentence=sentence, caption=caption)


def _panel(title, mask, left, size, columns):
    names = [text(left + (column + 0.5) * size, HEAD - 8, column + 1, size=15) for column in range(0, mask.shape[1], 1)]
    entries = [
        tile(left + column * size, HEAD + row * size, size, kept)
        for row, line in enumerate(mask)
        for column, kept in enumerate(line)
    ]
    return "".join([text(left, 22, title, anchor="start", more='font-weight="bold"'), *names, *entries])


def _words(title, mask, rows, columns):
    """Give how many rows differ, what the first one keeps, and how often each column is kept."""
    different = len(np.unique(mask, axis=0))
    versions = "all the same" if different == 1 else f"{different} different rows"
    return (
        f"{title[:1].upper()}{title[1:]}: {len(mask)} {rows}s, {versions}",
        f"{rows} 1 keeps {_which(mask[0], columns)}",
        f"by {columns}, kept {listed(mask.sum(axis=0))} times",
    )


def _which(row, columns):
    return f"{columns}{'' if row.sum() == 1 else 's'} {numbers_of(row)}" if row.any() else f"no {columns}"
