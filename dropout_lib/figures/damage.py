"""Two networks that lose the same neurons: which are left, the accuracy of each, and which images are lost."""

from dropout_lib.figures.digit_images import digit
from dropout_lib.figures.palette import INK, KEPT
from dropout_lib.figures.picture import WIDTH, drawing, figure
from dropout_lib.figures.shapes import bar, counted, kept_words, listed, neuron, text

LEFT, RIGHT, IMAGES, MARKS = 180, 540, 196, 270  # where bars begin and end; where images and their marks begin


@figure
def damage(mask, networks, images, *, about, width=WIDTH):
    """Draw the neurons that are kept, and what each network still gets right.

    `mask` is Boolean, shape (units,). `networks` maps a name to (accuracy with all neurons, accuracy now, Boolean for
    each image: correct with all, correct now); the first is the one without dropout. `images` has the shape
    (images, 64), from 0 to 1; `about` says in words how the neurons were chosen.
    """
    body = [text(10, 24, "last hidden layer, the most helpful neuron first", anchor="start", size=16)]
    step = (WIDTH - 20) / len(mask)
    body += [
        neuron(10 + (place + 0.5) * step, 52, round(min(13, 0.44 * step), 1), kept, name=place + 1)
        for place, kept in enumerate(mask)
    ]
    parts = []
    for row, (name, (before, now, _, _)) in enumerate(networks.items()):
        body += _accuracy(name, before, now, 84 + 48 * row, INK if row == 0 else KEPT)
    for row, (name, (before, now, correct_before, correct_now)) in enumerate(networks.items()):
        lost = [place + 1 for place in range(len(images)) if correct_before[place] and not correct_now[place]]
        words = f"accuracy {_percents(before, now)}; of {counted(len(images), 'image')} lost"
        parts.append(f"{name[:1].upper()}{name[1:]}: {words}: {listed(lost)}")
        body += _marks(name, correct_before, correct_now, MARKS + 30 * row)
    side = _side(images)
    body += [
        digit(image, round(LEFT + place * side + 2, 1), IMAGES, round((side - 4) / 8, 2))
        for place, image in enumerate(images)
    ]
    body.append(text(LEFT, MARKS + 66, "✓ correct   ✗ lost   · wrong with all neurons", anchor="start", size=16))
    sentence = f"{about}. {kept_words(mask)}. {'. '.join(parts)}."
    return drawing("".join(body), height=MARKS + 78, sentence=sentence)


def _accuracy(name, before, now, y, color):
    """Draw the accuracy with all neurons as a hollow bar, and that of now inside it."""
    wide = RIGHT - LEFT
    return [
        text(10, y + 24, name, anchor="start"),
        bar(LEFT, y + 4, wide * before, 28, color=INK, hollow=True),
        bar(LEFT, y + 9, wide * now, 18, color=color),
        text(RIGHT + 8, y + 24, _percents(before, now), anchor="start", size=17),
    ]


def _percents(before, now):
    return f"{100 * now:.1f}%, with all {100 * before:.1f}%"


def _marks(name, correct_before, correct_now, y):
    body, side = [text(10, y, name, anchor="start")], _side(correct_before)
    for place, (before, now) in enumerate(zip(correct_before, correct_now, strict=True)):
        mark = ("✓" if now else "✗") if before else "·"
        body.append(text(LEFT + (place + 0.5) * side, y, mark, more='font-weight="bold"' if mark == "✗" else ""))
    return body


def _side(images):
    """Give the room for one image, across: not so much that it reaches down to the marks."""
    return min((WIDTH - LEFT) / len(images), 48)
