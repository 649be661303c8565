"""What each neuron adds to the margin of one class over another: bars for and against, and what is left of them."""

import numpy as np

from dropout_lib.figures.digit_images import digit
from dropout_lib.figures.palette import INK, KEPT
from dropout_lib.figures.picture import drawing
from dropout_lib.figures.shapes import bar, line, text

LEFT, RIGHT, TOP, FLOOR = 10, 596, 44, 236  # the ground of the neurons' bars
START, END, ROWS = 150, 640, 284  # that of the three sums


def contributions(values, *, name, image, classes, dropped):
    """Draw the contributions of all neurons, shape (units,), the largest first, then their sums.

    `name` says in words which network and picture; `image` has 64 shares of ink from 0 to 1; `classes` are the true
    class and its rival. `dropped` says whether the network was trained with dropout.
    """
    values, color = np.asarray(values, float), KEPT if dropped else INK
    helped, harmed = values[values > 0].sum(), values[values < 0].sum()
    total = helped + harmed
    body = [text(LEFT, 24, "what each neuron adds, by its number", anchor="start", size=16), *_bars(values, color)]
    body += [digit(image, 630, 40, 12), text(678, 160, f"{classes[0]} against {classes[1]}", size=17)]
    body += _sums(helped, harmed, total, color)
    order = np.argsort(-values, kind="stable")
    cancelled = f"{(helped - harmed) / abs(total):.1f}" if abs(total) > 1e-9 else "without limit"
    sentence = (
        f"{name}, {classes[0]} against {classes[1]}: {(values > 0).sum()} neurons for it, together {helped:.2f}; "
        f"{(values < 0).sum()} against it, {harmed + 0.0:.2f}; sum {total:.2f}. Sum of sizes / size of sum: "
        f"{cancelled}. The most helpful, neuron {order[0] + 1}, adds {values[order[0]]:.2f}, the most harmful, neuron "
        f"{order[-1] + 1}, {values[order[-1]]:.2f}."
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


def _sums(helped, harmed, total, color):
    """Draw what is for the class, what is taken back, and what is left, on one scale."""
    lowest = min(total, 0)
    scale = (END - START) / (helped - lowest) if helped > lowest else 0
    body = []
    rows = [("for", 0, helped, False), ("against", total, helped, True), ("sum", min(total, 0), max(total, 0), False)]
    for row, (words, start, end, hollow) in enumerate(rows):
        y, number = ROWS + 38 * row, (helped, harmed + 0.0, total)[row]
        body.append(text(START - 12, y + 20, words, anchor="end"))
        if end > start:
            body.append(bar(START + (start - lowest) * scale, y, (end - start) * scale, 26, color=color, hollow=hollow))
        body.append(text(END + 12, y + 20, f"{number:+.2f}", anchor="start"))
    zero = START - lowest * scale
    return [*body, line(zero, ROWS - 8, zero, ROWS + 110)]
