"""A mini-batch of neurons: each draws its own number, and those below keep_prob are kept."""

from dropout_lib.figures.palette import THRESHOLD
from dropout_lib.figures.picture import WIDTH, drawing
from dropout_lib.figures.shapes import kept_words, line, neuron, numbers_of, text, tile

LEFT, RIGHT, TOP, BOTTOM = 110, WIDTH - 150, 22, 222  # the ground of the numbers from 0 to 1
NUMBERS, TILES, ROW = 256, 292, 32


def neurons(numbers, mask, *, keep_prob, example=1):
    """Draw the neurons of one example at the height of their numbers, the threshold, and below it the batch's masks.

    `numbers` in [0, 1) and the Boolean `mask` have the shape (examples, units); `example` counts from 1.
    """
    examples, units = mask.shape
    shown, kept = numbers[example - 1], mask[example - 1]
    step = (RIGHT - LEFT) / units
    centres = [LEFT + step * (index + 0.5) for index in range(units)]
    body = [_axis(), _threshold(keep_prob)]
    for index, x in enumerate(centres):
        body.append(neuron(x, height_of(shown[index]), 14, kept[index], name=index + 1))
        # Cut, not rounded: 0.799 must not read 0.80 where keep_prob is 0.8.
        words = f"{int(shown[index] * 100) / 100:.2f}"
        body.append(text(x, NUMBERS, words, size=17, more=f'data-number="{float(shown[index])!r}"'))
    body.append(text(LEFT - 16, NUMBERS, "its number", anchor="end", size=17))
    for row in range(examples):
        y = TILES + row * ROW
        here = row == example - 1
        body.append(text(LEFT - 4, y + 20, f"{'▸ ' if here else ''}example {row + 1}", anchor="end", size=17))
        body.extend(tile(x - 13, y, 26, mask[row, index]) for index, x in enumerate(centres))
        body.append(text(RIGHT + 16, y + 20, f"{int(mask[row].sum())} kept", anchor="start", size=17))
    others = "; ".join(f"example {row + 1}: {numbers_of(mask[row])}" for row in range(examples) if row != example - 1)
    sentence = f"keep_prob {keep_prob:g}, example {example}: {kept_words(kept)}."
    return drawing("".join(body), height=TILES + examples * ROW + 4, sentence=_and_others(sentence, others))


def _and_others(sentence, others):
    return f"{sentence} Kept in {others}." if others else sentence


def height_of(number):
    """Give the y of a number from 0 (bottom) to 1 (top)."""
    return BOTTOM - number * (BOTTOM - TOP)


def _axis():
    ticks = [text(LEFT - 16, height_of(tick) + 6, f"{tick:g}", anchor="end") for tick in (0, 0.5, 1)]
    return "".join(ticks) + line(LEFT - 8, TOP, LEFT - 8, BOTTOM, width=2)


def _threshold(keep_prob):
    y = height_of(keep_prob)
    # Two lines: a wide font would push a typed 0.1235 out of the frame.
    words = ((-2, "keep_prob"), (18, f"{keep_prob:.4g}"))
    label = [text(RIGHT + 16, y + down, word, anchor="start", more='font-weight="bold"') for down, word in words]
    return line(LEFT - 8, y, RIGHT + 8, y, color=THRESHOLD, width=4) + "".join(label)
