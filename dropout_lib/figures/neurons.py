"""A mini-batch of neurons: each draws its own number, and those below keep_prob are kept."""

from dropout_lib.figures.picture import WIDTH, drawing, figure, is_narrow
from dropout_lib.figures.shapes import kept_words, line, neuron, numbers_of, text, threshold, tile

TALL = 200  # the ground of the numbers from 0 to 1


@figure
def neurons(numbers, mask, *, keep_prob, example=1, width=WIDTH):
    """Draw the neurons of one example at the height of their numbers, the threshold, and below it the batch's masks.

    `numbers` in [0, 1) and the Boolean `mask` have the shape (examples, units); `example` counts from 1.
    """
    examples, units = mask.shape
    kept, narrow = mask[example - 1], is_narrow(width)
    left, right, top = (42, width - 66, 44) if narrow else (110, width - 150, 22)
    step = (right - left) / units
    centres = [left + step * (index + 0.5) for index in range(units)]
    body = [_axis(left, top), threshold(keep_prob, height_of(keep_prob, top), left, right, width)]
    tiles = top + TALL + (86 if narrow else 70)
    for index, (x, number) in enumerate(zip(centres, numbers[example - 1], strict=True)):
        radius = min(14, round(0.45 * step, 1))
        body.append(neuron(x, height_of(number, top), radius, kept[index], name=index + 1))
        words = f"{int(number * 100) / 100:z.2f}"  # cut, not rounded: 0.799 must not read 0.80 where keep_prob is 0.8
        down = 18 * (index % 2) * (step < 36)  # every other one lower, where they would touch
        body.append(text(x, tiles - 36 + down, words, size=17, more=f'data-number="{float(number)!r}"'))
    body.append(text(*((98, tiles - 60) if narrow else (left - 16, tiles - 36)), "its number", anchor="end", size=17))
    for row in range(examples):
        y = tiles + row * (52 if narrow else 32) + 24 * narrow  # the names of a row stand above it, or beside it
        ends = ((112, y - 6), (width - 8, y - 6)) if narrow else ((left - 4, y + 20), (right + 16, y + 20))
        here = row == example - 1
        body.append(text(*ends[0], f"{'▸ ' if here else ''}example {row + 1}", anchor="end", size=17))
        body.extend(_tiles(mask[row], centres, step, y))
        words = f"{int(mask[row].sum())} kept"
        body.append(text(*ends[1], words, anchor="end" if narrow else "start", size=17))
    others = "; ".join(f"example {row + 1}: {numbers_of(mask[row])}" for row in range(examples) if row != example - 1)
    sentence = f"keep_prob {keep_prob:g}, example {example}: {kept_words(kept)}."
    height = tiles + examples * (52 if narrow else 32) + 4
    return drawing("".join(body), height=height, sentence=_and_others(sentence, others), width=width)


def _and_others(sentence, others):
    return f"{sentence} Kept in {others}." if others else sentence


def height_of(number, top):
    """Give the y of a number from 0 (bottom) to 1 (top)."""
    return top + TALL - number * TALL


def _tiles(mask, centres, step, y):
    side = min(26, round(step - 1, 1))
    return [tile(x - side / 2, y, side, kept) for x, kept in zip(centres, mask, strict=True)]


def _axis(left, top):
    ticks = [text(left - 16, height_of(tick, top) + 6, f"{tick:g}", anchor="end") for tick in (0, 0.5, 1)]
    return "".join(ticks) + line(left - 8, top, left - 8, top + TALL, width=2)
