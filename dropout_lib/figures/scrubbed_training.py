"""A training looked back on: both networks' curves up to one epoch, and the masks of the iteration that ended it."""

import numpy as np

from dropout_lib.figures.palette import INK, KEPT
from dropout_lib.figures.picture import drawing
from dropout_lib.figures.shapes import bar, line, numbers_of, text

LEFT, RIGHT, TOP, BOTTOM = 62, 420, 70, 300
TILES, SIZE, PER_ROW = 470, 13, 16


def training_view(curves, epoch, layers):
    """Draw the training up to `epoch`.

    `curves` maps a name to (values from 0 to 1, one an epoch; with dropout or not; test or training). `layers` maps a
    layer's name to its mask in one example, Boolean, shape (units,).
    """
    epochs = max(len(values) for values, _, _ in curves.values()) - 1
    body = [_axes(epochs)]
    for row, (name, (values, dropout, test)) in enumerate(curves.items()):
        style = f'stroke="{KEPT if dropout else INK}" stroke-width="{4 if test else 2}"'
        dash = "" if test else ' stroke-dasharray="3 5"'
        path = "L".join(f"{_x(at, epochs):.1f} {_y(value):.1f}" for at, value in enumerate(values[: epoch + 1]))
        body.append(f'<path class="curve" d="M{path}" fill="none" {style}{dash}/>')
        left, top = (LEFT, RIGHT - 160)[row % 2], 20 + 24 * (row // 2)
        body.append(f'<path d="M{left} {top - 6}h34" fill="none" {style}{dash}/>')
        body.append(text(left + 42, top, name, anchor="start", size=16))
    body += _tiles(layers)
    body.append(text(LEFT + 4, BOTTOM - 8, f"epoch {epoch}", anchor="start", size=17, more='font-weight="bold"'))
    shown = "; ".join(f"{name}: {100 * values[epoch]:.1f} %" for name, (values, _, _) in curves.items())
    out = "; ".join(f"{name}: {_some(~mask)}" for name, mask in layers.items())
    return drawing(
        "".join(body),
        height=392,
        sentence=f"Epoch {epoch}. {shown}. Out in the first example, {out}.",
    )


def _x(epoch, epochs):
    return LEFT + (RIGHT - LEFT) * epoch / epochs


def _y(share):
    return BOTTOM - (BOTTOM - TOP) * share


def _axes(epochs):
    ticks = [text(LEFT - 8, _y(share) + 6, f"{100 * share:.0f} %", anchor="end", size=16) for share in (0, 0.5, 1)]
    ticks += [text(_x(at, epochs), BOTTOM + 22, at, size=16) for at in (0, epochs // 2, epochs)]
    named = text((LEFT + RIGHT) / 2, BOTTOM + 44, "epoch", size=16)
    return line(LEFT, BOTTOM, RIGHT, BOTTOM) + line(LEFT, TOP, LEFT, BOTTOM) + "".join(ticks) + named


def _tiles(layers):
    """Draw the masks as small tiles: at this size a dropped one is hollow, and too small for its cross."""
    top, body = 26, []
    for name, mask in layers.items():
        body.append(text(TILES, top, f"{name}: {int((~mask).sum())} of {len(mask)} out", anchor="start", size=16))
        top += 10
        for index, kept in enumerate(mask):
            x, y = TILES + index % PER_ROW * SIZE, top + index // PER_ROW * SIZE
            tile = (
                bar(x, y, SIZE - 2, SIZE - 2) if kept else bar(x + 1, y + 1, SIZE - 4, SIZE - 4, color=INK, hollow=True)
            )
            body.append(tile)
        top += SIZE * -(-len(mask) // PER_ROW) + 28
    return body


def _some(out):
    """Name the first few that are out, and how many more: enough to tell two draws apart."""
    places = np.flatnonzero(out)
    first = np.zeros(len(out), bool)
    first[places[:6]] = True
    return numbers_of(first).replace(" and ", ", ") + (f" and {len(places) - 6} more" if len(places) > 6 else "")
