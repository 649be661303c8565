"""A recorded training run: curves up to one epoch, the masks of the step that ended it, and what that step moved."""

import numpy as np

from dropout_lib.figures.palette import INK, KEPT
from dropout_lib.figures.picture import WIDTH, drawing, figure, is_narrow
from dropout_lib.figures.shapes import bar, counted, line, numbers_of, text

TALL, STRIP = 222, 88  # the ground of the curves; the height of the bars


@figure
def training_view(curves, epoch, layers, distances=None, *, width=WIDTH):
    """Draw the training run up to `epoch`.

    `curves` maps a name to (accuracies from 0 to 1, one an epoch, masks off; with dropout or not; test or training).
    `layers` maps a layer's name to its mask in one example, Boolean, shape (units,). `distances`, if given, maps some
    of these names to how far the step moved the weights into each neuron, shape (units,).
    """
    epochs = max(len(values) for values, _, _ in curves.values()) - 1
    narrow = is_narrow(width)
    frame = left, right, top = (54, width - 14, 82) if narrow else (62, 420, 78)
    body = [_axes(epochs, frame)]
    for row, (name, (values, dropout, test)) in enumerate(curves.items()):
        style = f'stroke="{KEPT if dropout else INK}" stroke-width="{4 if test else 2}"'
        dash = "" if test else ' stroke-dasharray="3 5"'
        path = "L".join(
            f"{_x(at, epochs, frame):z.1f} {_y(value, top):z.1f}" for at, value in enumerate(values[: epoch + 1])
        )
        body.append(f'<path class="curve" d="M{path}" fill="none" {style}{dash}/>')
        x, y = ((4, 216) if narrow else (left, right - 160))[row % 2], 20 + 24 * (row // 2)
        body.append(f'<path d="M{x} {y - 6}h34" fill="none" {style}{dash}/>')
        body.append(text(x + 42, y, name, anchor="start", size=16))
    below = top + TALL + 52  # the axis' name; the tiles are there, or beside the curves
    tiles, lowest = _tiles(layers, (10, below + 24), 11.8, 32) if narrow else _tiles(layers, (470, 26), 13, 16)
    body += tiles
    lowest = max(below, lowest)
    body.append(text(left + 4, top + TALL - 8, f"epoch {epoch}", anchor="start", size=17, more='font-weight="bold"'))
    accuracies = "; ".join(f"{name}: {100 * values[epoch]:z.1f}%" for name, (values, _, _) in curves.items())
    dropped = "; ".join(f"{name}: {_some(~mask)}" for name, mask in layers.items())
    sentence = f"Epoch {epoch}, accuracy with the masks off. {accuracies}. Dropped in the first example, {dropped}."
    if distances:
        strip, ends = _strip(distances, layers, lowest + 28, width)
        body += strip
        farthest = " ".join(_farthest(name, lengths, layers[name]) for name, lengths in distances.items())
        sentence += f" How far this step moved the weights into a neuron: {farthest}"
    return drawing("".join(body), height=ends if distances else lowest, sentence=sentence, width=width)


def _x(epoch, epochs, frame):
    left, right, _ = frame
    return left + (right - left) * epoch / epochs


def _y(share, top):
    return top + TALL - TALL * share


def _axes(epochs, frame):
    left, right, top = frame
    bottom = top + TALL
    ticks = [text(left - 8, _y(share, top) + 6, f"{100 * share:z.0f}%", anchor="end", size=16) for share in (0, 0.5, 1)]
    ticks += [text(_x(at, epochs, frame), bottom + 22, at, size=16) for at in (0, epochs // 2, epochs)]
    names = text((left + right) / 2, bottom + 44, "epoch", size=16)
    names += text(left, top - 8, "accuracy, masks off", anchor="start", size=16)
    return line(left, bottom, right, bottom) + line(left, top, left, bottom) + "".join(ticks) + names


def _tiles(layers, corner, size, per_row):
    """Draw the masks as small tiles, too small for a cross, hollow if dropped; give them and where they end."""
    (left, top), body = corner, []
    for name, mask in layers.items():
        body.append(text(left, top, f"{name}: {int((~mask).sum())} of {len(mask)} dropped", anchor="start", size=16))
        top += 10
        for index, kept in enumerate(mask):
            x, y = left + index % per_row * size, top + index // per_row * size
            tile = (
                bar(x, y, size - 2, size - 2) if kept else bar(x + 1, y + 1, size - 4, size - 4, color=INK, hollow=True)
            )
            body.append(tile)
        top += size * -(-len(mask) // per_row) + 28
    return body, round(top - 20)


def _strip(distances, layers, top, width):
    """Draw for each neuron a bar of how far its weights moved, side by side for the layers; give where all ends, too.

    A narrow drawing has the layers one below the other.
    """
    most, narrow = max(lengths.max() for lengths in distances.values()), is_narrow(width)
    start, wide = (10, width - 20) if narrow else (62, (width - 82) / len(distances) - 20)
    title = ["how far this step moved the weights", "into each neuron"]
    title = title if narrow else [" ".join(title)]
    body = [text(start, top - 4 + 18 * row, words, anchor="start", size=16) for row, words in enumerate(title)]
    ground = top + STRIP + 18 * narrow
    for place, (name, lengths) in enumerate(distances.items()):
        left, step = start + place * (wide + 20) * (not narrow), wide / len(lengths)
        ground += (STRIP + 34) * narrow * (place > 0)
        for index, (length, kept) in enumerate(zip(lengths, layers[name], strict=True)):
            tall = (STRIP - 12) * length / most if most else 0.0
            x, y = left + index * step, ground - tall
            middle = x + step / 2
            thin = line(middle, ground, middle, y, width=1.5)
            body.append(bar(x, y, step * 0.75, tall) if kept else thin)
        body.append(line(left, ground, left + wide, ground))
        body.append(text(left, ground + 22, f"{name} (thin: dropped in the first example)", anchor="start", size=16))
    return body, ground + 30


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
