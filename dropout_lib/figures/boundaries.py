"""Decision boundaries beside each other: which class a network gives to every place of the plane."""

import numpy as np

from dropout_lib.figures.palette import INK, KEPT
from dropout_lib.figures.picture import WIDTH, drawing
from dropout_lib.figures.shapes import bar, text

LEFT, TOP, GAP, HEIGHT = 10, 40, 20, 270


def boundaries(maps, points, labels, *, corners):
    """Draw one panel for each of two `maps`: a title to Boolean classes of a grid, shape (rows, columns), lowest first.

    `points`, shape (examples, 2), are marked by the `labels` that the networks were told; `corners` are (left, lowest,
    right, highest) of the grid. The length of a boundary is counted in edges between places of the grid.
    """
    wide, body, said = (WIDTH - 2 * LEFT - GAP) / 2, [], []
    for place, (title, given) in enumerate(maps.items()):
        grid, left = np.asarray(given, bool), LEFT + place * (wide + GAP)
        body.append(text(left + wide / 2, TOP - 14, title, more='font-weight="bold"'))
        body += [_run(row, run, left, wide, grid.shape) for row, line in enumerate(grid) for run in _runs(line)]
        body.append(bar(left, TOP, wide, HEIGHT, color=INK, hollow=True))
        body += [_point(point, label, left, wide, corners) for point, label in zip(points, labels, strict=True)]
        edges = (grid[1:] != grid[:-1]).sum() + (grid[:, 1:] != grid[:, :-1]).sum()
        lower = grid[: len(grid) // 2]
        left_of_it = lower[:, : grid.shape[1] // 2]
        shares = (
            f"{100 * grid.mean():.0f} % of all places, {100 * lower.mean():.0f} % of the lower half and "
            f"{100 * left_of_it.mean():.0f} % of the left half of that"
        )
        said.append(f"{title}: a boundary {edges} edges long, class 1 in {shares}")
    return drawing("".join(body), height=TOP + HEIGHT + 10, sentence=f"Classes of all places: {'; '.join(said)}.")


def _runs(line):
    """List the stretches of True as (first, behind the last)."""
    steps = np.diff(np.concatenate([[0], line, [0]]).astype(int))
    return list(zip(np.flatnonzero(steps == 1), np.flatnonzero(steps == -1), strict=True))


def _run(row, run, left, wide, shape):
    rows, columns = shape
    first, behind = (left + wide * place / columns for place in run)
    top, tall = TOP + HEIGHT * (1 - (row + 1) / rows), HEIGHT / rows
    place = f'x="{first:.2f}" y="{top:.2f}" width="{behind - first:.2f}" height="{tall:.2f}"'
    return f'<rect class="class-1" {place} fill="{KEPT}" opacity="0.3"/>'


def _point(point, label, left, wide, corners):
    """Mark class 1 by a filled dot, class 0 by a ring."""
    lowest, highest = np.array(corners[:2]), np.array(corners[2:])
    across, up = np.clip((point - lowest) / (highest - lowest), 0, 1)
    x, y = left + wide * across, TOP + HEIGHT * (1 - up)
    paint = f'fill="{KEPT}"' if label else f'fill="none" stroke="{INK}" stroke-width="2"'
    return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="4" {paint}/>'
