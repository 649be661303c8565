"""Two networks that lose the same neurons: which are left, the accuracy of each, and which images are lost."""

import math

from dropout_lib.figures.digit_images import digit
from dropout_lib.figures.palette import INK, KEPT
from dropout_lib.figures.picture import WIDTH, drawing, figure, is_narrow
from dropout_lib.figures.shapes import bar, counted, kept_words, listed, neuron, text

ROOM = 24  # that a neuron needs across


@figure
def damage(mask, networks, images, *, about, width=WIDTH):
    """Draw the neurons that are kept, and what each network still gets right.

    `mask` is Boolean, shape (units,). `networks` maps a name to (accuracy with all neurons, accuracy now, Boolean for
    each image: correct with all, correct now); the first is the one without dropout. `images` has the shape
    (images, 64), from 0 to 1; `about` says in words how the neurons were chosen.
    """
    narrow = is_narrow(width)  # then names are above their bars and marks, not beside them
    ends = left, right = (10, width - 10) if narrow else (180, width - 220)
    body = [text(10, 24, "last hidden layer, the most helpful neuron first", anchor="start", size=16)]
    neurons, down = _neurons(mask, width)
    body += neurons
    parts = []
    for row, (name, (before, now, _, _)) in enumerate(networks.items()):
        places = {"y": down + (56 if narrow else 48) * row, "ends": ends, "narrow": narrow}
        body += _accuracy(name, before, now, color=INK if row == 0 else KEPT, **places)
    side = min(((right if narrow else width) - left) / len(images), 48)  # not down to the marks
    top = down + (122 if narrow else 112)
    first, apart = (top + round(side) + 40, 44) if narrow else (top + 74, 30)
    for row, (name, (before, now, correct_before, correct_now)) in enumerate(networks.items()):
        lost = [place + 1 for place in range(len(images)) if correct_before[place] and not correct_now[place]]
        numbers = f": number{'s' * (len(lost) > 1)} {listed(lost)}" if lost else ""
        words = f"accuracy {_percents(before, now)}; lost {len(lost) or 'none'} of {counted(len(images), 'image')}"
        parts.append(f"{name[:1].upper()}{name[1:]}: {words}{numbers}")
        y = first + apart * row
        body.append(text(10, y - 18 * narrow, name, anchor="start"))
        body += _marks(correct_before, correct_now, left, y, side)
    body += [
        digit(image, round(left + place * side + 2, 1), top, round((side - 4) / 8, 2))
        for place, image in enumerate(images)
    ]
    y = first + apart + (30 if narrow else 36)
    body.append(text(left, y, "✓ correct   ✗ lost   · wrong with all neurons", anchor="start", size=16))
    sentence = f"{about}. {kept_words(mask, gone='removed')}. {'. '.join(parts)}."
    return drawing("".join(body), height=y + 12, sentence=sentence, width=width)


def _neurons(mask, width):
    """List the neurons, in as many lines as they need, and give where they end."""
    lines = math.ceil(len(mask) * ROOM / (width - 20))
    across = math.ceil(len(mask) / lines)
    step, body = (width - 20) / across, []
    for place, kept in enumerate(mask):
        x, y = 10 + (place % across + 0.5) * step, 52 + 32 * (place // across)
        body.append(neuron(x, y, round(min(13, 0.44 * step), 1), kept, name=place + 1))
    return body, 52 + 32 * lines


def _accuracy(name, before, now, *, y, color, ends, narrow):
    """Draw the accuracy with all neurons as a hollow bar, and that of now inside it."""
    (left, right), words, top = ends, _percents(before, now), y + 18 * narrow
    return [
        text(10, y + (16 if narrow else 24), name, anchor="start"),
        bar(left, top + 4, (right - left) * before, 28, color=INK, hollow=True),
        bar(left, top + 9, (right - left) * now, 18, color=color),
        text(right, y + 16, words, anchor="end") if narrow else text(right + 8, y + 24, words, anchor="start", size=17),
    ]


def _percents(before, now):
    return f"{100 * now:z.1f}%, with all {100 * before:z.1f}%"


def _marks(correct_before, correct_now, left, y, side):
    body = []
    for place, (before, now) in enumerate(zip(correct_before, correct_now, strict=True)):
        mark = ("✓" if now else "✗") if before else "·"
        body.append(text(left + (place + 0.5) * side, y, mark, more='font-weight="bold"' if mark == "✗" else ""))
    return body
