"""Decision boundaries side by side: which class a network gives to every place of the plane."""

import numpy as np

from dropout_lib.figures.palette import INK, KEPT, SHADE
from dropout_lib.figures.picture import WIDTH, drawing, figure, is_narrow
from dropout_lib.figures.shapes import bar, text

LEFT, TOP, GAP, HEIGHT = 10, 40, 20, 270  # HEIGHT is that of a panel


@figure
def boundaries(maps, points, labels, *, corners, width=WIDTH):
    """Draw one panel for each of two `maps`: a title to Boolean classes of a grid, shape (rows, columns), lowest first.

    `points`, shape (examples, 2), are marked by the `labels`, 0 or 1, that the networks were trained on; `corners` are
    (left, lowest, right, highest) of the grid. The length of a boundary is counted in edges between places of the grid.
    """
    narrow = is_narrow(width)
    wide = (width - 2 * LEFT - GAP * (not narrow)) / (1 if narrow else 2)
    bottom = TOP + HEIGHT + (TOP + HEIGHT) * (len(maps) - 1) * narrow
    body, parts = _legend(bottom + 28, narrow), []
    for place, (title, given) in enumerate(maps.items()):  # one below the other if narrow
        grid, left = np.asarray(given, bool), LEFT + place * (wide + GAP) * (not narrow)
        panel = left, TOP + place * (TOP + HEIGHT) * narrow, wide
        body.append(text(left + wide / 2, panel[1] - 14, title, more='font-weight="bold"'))
        body += [_run(row, run, panel, grid.shape) for row, line in enumerate(grid) for run in _runs(line)]
        body.append(bar(left, panel[1], wide, HEIGHT, color=INK, hollow=True))
        body += [_point(point, label, panel, corners) for point, label in zip(points, labels, strict=True)]
        edges = (grid[1:] != grid[:-1]).sum() + (grid[:, 1:] != grid[:, :-1]).sum()
        quarter = grid[: len(grid) // 2, : grid.shape[1] // 2]
        shares = f"{100 * grid.mean():z.0f}% of the places, {100 * quarter.mean():z.0f}% of the lower left quarter"
        parts.append((f"{title}: class 1 at {shares}", f"the boundary is {edges} edges long"))
    sentence, caption = ("".join(f"{'; '.join(part[:count])}. " for part in parts).strip() for count in (2, 1))
    return drawing("".join(body), height=bottom + 44 + 24 * narrow, sentence=sentence, caption=caption, width=width)


def _legend(y, narrow):
    """Say below the panels what a filled dot, a ring and the shade are."""
    body, shade, down = [], LEFT + 336 * (not narrow), 24 * narrow
    for x, label in ((LEFT + 16, 1), (LEFT + 176, 0)):
        body += [_dot(x, y - 6, label), text(x + 14, y, f"labelled class {label}", anchor="start", size=16)]
    place = f'x="{shade}" y="{y - 15 + down}" width="36" height="18"'
    body.append(f'<rect class="shade" {place} fill="{KEPT}" opacity="{SHADE}"/>')
    return [*body, text(shade + 46, y + down, "the network says class 1", anchor="start", size=16)]


def _runs(line):
    """List the stretches of True as (first, after the last)."""
    steps = np.diff(np.concatenate([[0], line, [0]]).astype(int))
    return list(zip(np.flatnonzero(steps == 1), np.flatnonzero(steps == -1), strict=True))


def _run(row, run, panel, shape):
    (left, above, wide), (rows, columns) = panel, shape
    first, after = (left + wide * place / columns for place in run)
    top, tall = above + HEIGHT * (1 - (row + 1) / rows), HEIGHT / rows
    place = f'x="{first:z.2f}" y="{top:z.2f}" width="{after - first:z.2f}" height="{tall:z.2f}"'
    return f'<rect class="class-1" {place} fill="{KEPT}" opacity="{SHADE}"/>'


def _point(point, label, panel, corners):
    left, top, wide = panel
    lowest, highest = np.array(corners[:2]), np.array(corners[2:])
    across, up = np.clip((point - lowest) / (highest - lowest), 0, 1)
    return _dot(left + wide * across, top + HEIGHT * (1 - up), label)


def _dot(x, y, label):
    """Mark class 1 by a filled dot, class 0 by a ring."""
    paint = f'fill="{KEPT if label else "none"}" stroke="{INK}" stroke-width="{1.5 if label else 2}"'
    return f'<circle cx="{x:z.2f}" cy="{y:z.2f}" r="4" {paint}/>'
