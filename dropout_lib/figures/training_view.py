"""A training looked back on: curves up to one epoch, the masks of the iteration that ended it, and what it moved."""

import numpy as np

from dropout_lib.figures.palette import INK, KEPT
from dropout_lib.figures.picture import drawing
from dropout_lib.figures.shapes import bar, line, numbers_of, text

LEFT, RIGHT, TOP, BOTTOM = 62, 420, 70, 300
TILES, SIZE, PER_ROW = 470, 13, 16
LOWEST, STRIP = 352, 88  # where the axis' name ends; the height of the bars


def training_view(curves, epoch, layers, moved=None):
    """Draw the training up to `epoch`.

    `curves` maps a name to (values from 0 to 1, one an epoch; with dropout or not; test or training). `layers` maps a
    layer's name to its mask in one example, Boolean, shape (units,). `moved`, if given, maps some of these names to how
    far the iteration moved the weights into each neuron, shape (units,).
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
    tiles, lowest = _tiles(layers)
    body += tiles
    body.append(text(LEFT + 4, BOTTOM - 8, f"epoch {epoch}", anchor="start", size=17, more='font-weight="bold"'))
    shown = "; ".join(f"{name}: {100 * values[epoch]:.1f} %" for name, (values, _, _) in curves.items())
    out = "; ".join(f"{name}: {_some(~mask)}" for name, mask in layers.items())
    sentence = f"Epoch {epoch}. {shown}. Out in the first example, {out}."
    if moved:
        body += _strip(moved, layers, lowest + 28)
        sentence += " Moved, " + " ".join(_farthest(name, lengths, layers[name]) for name, lengths in moved.items())
    return drawing("".join(body), height=lowest + (STRIP + 58 if moved else 0), sentence=sentence)


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
    """Draw the masks as small tiles, too small for a cross, hollow if dropped; give them and where they end."""
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
    return body, max(LOWEST, top - 20)


def _strip(moved, layers, top):
    """Draw for each neuron a bar of how far its incoming weights moved, side by side for the layers."""
    most, width = max(lengths.max() for lengths in moved.values()), (760 - LEFT - 20) / len(moved)
    ground = top + STRIP
    body = [text(LEFT, top - 4, "how far this step moved the weights into each neuron", anchor="start", size=16)]
    for place, (name, lengths) in enumerate(moved.items()):
        left, step = LEFT + place * width, (width - 20) / len(lengths)
        for index, (length, kept) in enumerate(zip(lengths, layers[name], strict=True)):
            tall = (STRIP - 12) * length / most if most else 0.0
            x, y = left + index * step, ground - tall
            middle = x + step / 2
            thin = line(middle, ground, middle, y, width=1.5)
            body.append(bar(x, y, step * 0.75, tall) if kept else thin)
        body.append(line(left, ground, left + width - 20, ground))
        body.append(text(left, ground + 22, f"{name} (thin: out in the first example)", anchor="start", size=16))
    return body


def _farthest(name, lengths, kept):
    most = int(np.argmax(lengths))
    means = [
        f"{lengths[chosen].mean():.2g} {word}" for word, chosen in (("kept", kept), ("dropped", ~kept)) if chosen.any()
    ]
    still = int((lengths == 0).sum())
    return f"{name}: neuron {most + 1} moved most ({lengths[most]:.2g}), mean {', '.join(means)}; {still} stood still."


def _some(out):
    """Name the first few that are out, and how many more: enough to tell two draws apart."""
    places = np.flatnonzero(out)
    first = np.zeros(len(out), bool)
    first[places[:6]] = True
    return numbers_of(first).replace(" and ", ", ") + (f" and {len(places) - 6} more" if len(places) > 6 else "")
