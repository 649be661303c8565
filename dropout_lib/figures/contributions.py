"""What each neuron adds to the margin of one class over another: bars for and against, and their sums."""

import numpy as np

from dropout_lib.figures.digit_images import digit
from dropout_lib.figures.palette import INK, KEPT
from dropout_lib.figures.picture import WIDTH, drawing, figure
from dropout_lib.figures.shapes import bar, counted, fixed, line, text

LEFT, RIGHT, TOP, FLOOR = 10, 596, 44, 236  # the ground of the neurons' bars
START, END, ROWS = 150, 640, 284  # that of the three sums


@figure
def contributions(values, *, name, image, classes, with_dropout, width=WIDTH):
    """Draw the contributions of all neurons, shape (units,), the largest first, then their sums.

    `values` are in the order of what the neurons add over many images: neuron 1 is the most helpful one of all, and
    need not be it here. `name` says in words which network and image; `image` has 64 shares of ink from 0 to 1;
    `classes` are the true class and its rival. `with_dropout` says how the network was trained.
    """
    values, color = np.asarray(values, float), KEPT if with_dropout else INK
    gain, loss = values[values > 0].sum(), values[values < 0].sum()
    total = gain + loss
    title = "what each neuron adds; number 1 is the most helpful over all images"
    body = [text(LEFT, 24, title, anchor="start", size=16), *_bars(values, color)]
    body += [digit(image, 630, 40, 12), text(678, 160, f"{classes[0]} against {classes[1]}", size=17)]
    body += _sums(gain, loss, total, color)
    order = np.argsort(-values, kind="stable")
    quotient = f"{(gain - loss) / abs(total):.1f}" if abs(total) > 1e-9 else "without limit"
    sentence = (
        f"{name}, {classes[0]} against {classes[1]}: {counted((values > 0).sum(), 'neuron')} for it, together "
        f"{fixed(gain)}; {(values < 0).sum()} against it, {fixed(loss)}; sum {fixed(total)}. Sum of sizes / size of "
        f"sum: {quotient}. Neuron {order[0] + 1} adds most, {fixed(values[order[0]])}; neuron {order[-1] + 1} adds "
        f"least, {fixed(values[order[-1]])}."
    )
    return drawing("".join(body), height=ROWS + 118, sentence=sentence)


def _bars(values, color):
    """Draw bars up for the class, filled, and down against it, hollow; each with its neuron's number at the foot."""
    order, step = np.argsort(-values, kind="stable"), (RIGHT - LEFT) / len(values)
    above, below = max(values.max(), 0), min(values.min(), 0)
    scale = (FLOOR - TOP) / (above - below) if above > below else 0
    zero = TOP + above * scale
    body = [line(LEFT, zero, RIGHT, zero)]
    for place, unit in enumerate(order):
        tall, x = abs(values[unit]) * scale, LEFT + (place + 0.15) * step
        if values[unit] > 0:
            body.append(bar(x, zero - tall, 0.7 * step, tall, color=color))
        elif values[unit] < 0:
            body.append(bar(x, zero, 0.7 * step, tall, color=color, hollow=True))
        body.append(text(LEFT + (place + 0.5) * step, FLOOR + 22, unit + 1, size=13))
    return body


def _sums(gain, loss, total, color):
    """Draw what is for the class, what is against it, and the sum, on one scale."""
    lowest = min(total, 0)
    scale = (END - START) / (gain - lowest) if gain > lowest else 0
    body = []
    rows = [("for", 0, gain, False), ("against", total, gain, True), ("sum", min(total, 0), max(total, 0), False)]
    for row, (words, start, end, hollow) in enumerate(rows):
        y, number = ROWS + 38 * row, (gain, loss, total)[row]
        body.append(text(START - 12, y + 20, words, anchor="end"))
        if end > start:
            body.append(bar(START + (start - lowest) * scale, y, (end - start) * scale, 26, color=color, hollow=hollow))
        body.append(text(END + 12, y + 20, fixed(number, sign="+"), anchor="start"))
    zero = START - lowest * scale
    return [*body, line(zero, ROWS - 8, zero, ROWS + 110)]
