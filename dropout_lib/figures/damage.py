"""Two networks that lose the same neurons: which are left, the accuracy of each, and which pictures are lost."""

from dropout_lib.figures.digit_images import digit
from dropout_lib.figures.palette import INK, KEPT
from dropout_lib.figures.picture import WIDTH, drawing
from dropout_lib.figures.shapes import bar, kept_words, listed, neuron, text

LEFT, RIGHT, IMAGES, MARKS = 180, 570, 196, 270  # where bars begin and end; where images and their marks begin


def damage(mask, networks, images, *, about):
    """Draw the neurons that are kept, and what each network still can.

    `mask` is Boolean, shape (units,). `networks` maps a name to (accuracy with all neurons, accuracy now, which of the
    images were right with all, which are right now); the first is the one without dropout. `images` has the shape
    (images, 64), from 0 to 1; `about` says in words how the neurons were chosen.
    """
    body = [text(10, 24, "last hidden layer, the most helpful neuron first", anchor="start", size=16)]
    step = (WIDTH - 20) / len(mask)
    body += [
        neuron(10 + (place + 0.5) * step, 52, round(min(13, 0.44 * step), 1), kept, name=place + 1)
        for place, kept in enumerate(mask)
    ]
    told = []
    for row, (name, (before, now, _, _)) in enumerate(networks.items()):
        body += _accuracy(name, before, now, 84 + 48 * row, INK if row == 0 else KEPT)
    for row, (name, (before, now, right, still)) in enumerate(networks.items()):
        lost = [place + 1 for place in range(len(images)) if right[place] and not still[place]]
        words = f"accuracy {100 * now:.1f} %, with all {100 * before:.1f} %; of {len(images)} pictures lost"
        told.append(f"{name[:1].upper()}{name[1:]}: {words}: {listed(lost)}")
        body += _marks(name, right, still, MARKS + 30 * row)
    side = _side(images)
    body += [
        digit(image, round(LEFT + place * side + 2, 1), IMAGES, round((side - 4) / 8, 2))
        for place, image in enumerate(images)
    ]
    body.append(text(LEFT, MARKS + 66, "✓ right   ✗ lost   · wrong with all neurons", anchor="start", size=16))
    sentence = f"{about}. {kept_words(mask)}. {'. '.join(told)}."
    return drawing("".join(body), height=MARKS + 78, sentence=sentence)


def _accuracy(name, before, now, y, color):
    """Draw what was there as a hollow bar, and what is left inside it."""
    wide = RIGHT - LEFT
    return [
        text(10, y + 24, name, anchor="start"),
        bar(LEFT, y + 4, wide * before, 28, color=INK, hollow=True),
        bar(LEFT, y + 9, wide * now, 18, color=color),
        text(RIGHT + 8, y + 24, f"{100 * now:.1f} % of {100 * before:.1f} %", anchor="start", size=17),
    ]


def _marks(name, right, still, y):
    body, side = [text(10, y, name, anchor="start")], _side(right)
    for place, (before, now) in enumerate(zip(right, still, strict=True)):
        mark = ("✓" if now else "✗") if before else "·"
        body.append(text(LEFT + (place + 0.5) * side, y, mark, more='font-weight="bold"' if mark == "✗" else ""))
    return body


def _side(images):
    """Give the room for one image, across: not so much that it reaches down to the marks."""
    return min((WIDTH - LEFT) / len(images), 48)
