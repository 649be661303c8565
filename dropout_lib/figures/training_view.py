"""A recorded training run: curves up to one epoch, the masks of the step that ended it, and what that step moved."""

import numpy as np

from dropout_lib.figures.palette import INK, KEPT
from dropout_lib.figures.picture import WIDTH, drawing, figure
from dropout_lib.figures.shapes import bar, counted, line, numbers_of, text

LEFT, RIGHT, TOP, BOTTOM = 62, 420, 78, 300
TILES, SIZE, PER_ROW = 470, 13, 16
LOWEST, STRIP = 352, 88  # where the axis' name ends; the height of the bars


@figure
def training_view(curves, epoch, layers, distances=None, *, width=WIDTH):
    """Draw the training run up to `epoch`.

    `curves` maps a name to (accuracies from 0 to 1, one an epoch, masks off; with dropout or not; test or training).
    `layers` maps a layer's name to its mask in one example, Boolean, shape (units,). `distances`, if given, maps some
    of these names to how far the step moved the weights into each neuron, shape (units,).
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
    accuracies = "; ".join(f"{name}: {100 * values[epoch]:.1f}%" for name, (values, _, _) in curves.items())
    dropped = "; ".join(f"{name}: {_some(~mask)}" for name, mask in layers.items())
    sentence = f"Epoch {epoch}, accuracy with the masks off. {accuracies}. Dropped in the first example, {dropped}."
    if distances:
        body += _strip(distances, layers, lowest + 28)
        farthest = " ".join(_farthest(name, lengths, layers[name]) for name, lengths in distances.items())
        sentence += f" How far this step moved the weights into a neuron: {farthest}"
    return drawing("".join(body), height=lowest + (STRIP + 58 if distances else 0), sentence=sentence)


def _x(epoch, epochs):
    return LEFT + (RIGHT - LEFT) * epoch / epochs


def _y(share):
    return BOTTOM - (BOTTOM - TOP) * share


def _axes(epochs):
    ticks = [text(LEFT - 8, _y(share) + 6, f"{100 * share:.0f}%", anchor="end", size=16) for share in (0, 0.5, 1)]
    ticks += [text(_x(at, epochs), BOTTOM + 22, at, size=16) for at in (0, epochs // 2, epochs)]
    names = text((LEFT + RIGHT) / 2, BOTTOM + 44, "epoch", size=16)
    names += text(LEFT, TOP - 8, "accuracy, masks off", anchor="start", size=16)
    return line(LEFT, BOTTOM, RIGHT, BOTTOM) + line(LEFT, TOP, LEFT, BOTTOM) + "".join(ticks) + names


def _tiles(layers):
    """Draw the masks as small tiles, too small for a cross, hollow if dropped; give them and where they end."""
    top, body = 26, []
    for name, mask in layers.items():
        body.append(text(TILES, top, f"{name}: {int((~mask).sum())} of {len(mask)} dropped", anchor="start", size=16))
        top += 10
        for index, kept in enumerate(mask):
            x, y = TILES + index % PER_ROW * SIZE, top + index // PER_ROW * SIZE
            tile = (
                bar(x, y, SIZE - 2, SIZE - 2) if kept else bar(x + 1, y + 1, SIZE - 4, SIZE - 4, color=INK, hollow=True)
            )
            body.append(tile)
        top += SIZE * -(-len(mask) // PER_ROW) + 28
    return body, max(LOWEST, top - 20)


def _strip(distances, layers, top):
    """Draw for each neuron a bar of how far its incoming weights moved, side by side for the layers."""
    most, width = max(lengths.max() for lengths in distances.values()), (WIDTH - LEFT - 20) / len(distances)
    ground = top + STRIP
    body = [text(LEFT, top - 4, "how far this step moved the weights into each neuron", anchor="start", size=16)]
    for place, (name, lengths) in enumerate(distances.items()):
        left, step = LEFT + place * width, (width - 20) / len(lengths)
        for index, (length, kept) in enumerate(zip(lengths, layers[name], strict=True)):
            tall = (STRIP - 12) * length / most if most else 0.0
            x, y = left + index * step, ground - tall
            middle = x + step / 2
            thin = line(middle, ground, middle, y, width=1.5)
            body.append(bar(x, y, step * 0.75, tall) if kept else thin)
        body.append(line(left, ground, left + width - 20, ground))
        body.append(text(left, ground + 22, f"{name} (thin: dropped in the first example)", anchor="start", size=16))
    return body


def _farthest(name, lengths, kept):
    most = int(np.argmax(lengths))
    means = [
        f"{lengths[chosen].mean():.2g} for {word}"
        for word, chosen in (("kept", kept), ("dropped", ~kept))
        if chosen.any()
    ]
    unmoved = int((lengths == 0).sum())
    words = f"most for neuron {most + 1} ({lengths[most]:.2g}), mean {', '.join(means)} neurons"
    return f"{name}: {words}; not at all for {counted(unmoved, 'neuron')}."


def _some(dropped):
    """Name the first few that are dropped, and how many more: enough to tell two draws apart."""
    places = np.flatnonzero(dropped)
    first = np.zeros(len(dropped), bool)
    first[places[:6]] = True
    return numbers_of(first).replace(" and ", ", ") + (f" and {len(places) - 6} more" if len(places) > 6 else "")
