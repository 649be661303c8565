"""Masks as tiles: one panel for each way of drawing, one row for each step or example."""

import math

import numpy as np

from dropout_lib.figures.picture import WIDTH, drawing, figure, is_narrow
from dropout_lib.figures.shapes import listed, numbers_of, text, tile

HEAD, NARROW_TILE = 62, 18


@figure
def tiles(panels, *, rows="step", columns="neuron", width=WIDTH):
    """Draw named Boolean masks, each of shape (rows, columns), side by side. `panels` maps a title to a mask.

    `rows` and `columns` say in words what a row and a column is.
    """
    panels = {title: np.asarray(mask) for title, mask in panels.items()}
    narrow = is_narrow(width)
    start, gap = (30, 16) if narrow else (46, 36)
    lines = _in_lines(panels, width - start, gap) if narrow else [list(panels)]
    most = max(sum(panels[title].shape[1] for title in titles) for titles in lines)
    spare = width - start - gap * (max(map(len, lines)) - 1)
    size, body, top = min(NARROW_TILE if narrow else 30, spare / most), [], 0
    for titles in lines:
        left, tall = start, max(panels[title].shape[0] for title in titles)
        for title in titles:
            body.append(_panel(title, panels[title], left, top, size))
            left += _room(title, panels[title].shape[1] * size, narrow) + gap
        numbers = [(row + 1, top + HEAD + (row + 0.72) * size) for row in range(tall)]
        body += [text(start - 10, y, row, anchor="end", size=15) for row, y in numbers]
        top += HEAD + tall * size + 24
    bottom = top
    body.append(text(start, bottom, f"a row for each {rows}, a column for each {columns}", anchor="start", size=15))
    parts = [_words(title, mask, rows, columns) for title, mask in panels.items()]
    sentence, caption = (" ".join(f"{'; '.join(part[:count])}." for part in parts) for count in (3, 1))
    return drawing("".join(body), height=round(bottom + 8), sentence=sentence, caption=caption, width=width)


def _room(title, across, narrow):
    """Give the width of a panel: that of its tiles, or of a longer title where panels are in several lines."""
    return max(across, len(title) * 10) if narrow else across


def _in_lines(panels, room, gap):
    """Put the titles of the panels into lines of a narrow drawing: side by side as far as they fit."""
    lines, left = [[]], 0
    for title, mask in panels.items():
        across = _room(title, mask.shape[1] * NARROW_TILE, narrow=True)
        if lines[-1] and left + across > room:
            lines, left = [*lines, []], 0
        lines[-1].append(title)
        left += across + gap
    return lines


def _panel(title, mask, left, top, size):
    across = range(0, mask.shape[1], 1 if mask.shape[1] < 10 else math.ceil(21 / size))
    names = [text(left + (column + 0.5) * size, top + HEAD - 8, column + 1, size=15) for column in across]
    entries = [
        tile(left + column * size, top + HEAD + row * size, size, kept)
        for row, line in enumerate(mask)
        for column, kept in enumerate(line)
    ]
    return "".join([text(left, top + 22, title, anchor="start", more='font-weight="bold"'), *names, *entries])


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
