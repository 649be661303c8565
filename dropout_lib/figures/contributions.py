"""What each neuron adds to the margin of one class over another: bars for and against, and their sums."""

import numpy as np

from dropout_lib.figures.digit_images import digit
from dropout_lib.figures.palette import INK, KEPT
from dropout_lib.figures.picture import WIDTH, drawing, figure, is_narrow
from dropout_lib.figures.shapes import bar, counted, line, text

TALL = 192  # the ground of the neurons' bars
TITLE = "what each neuron adds;", "number 1 is the most helpful over all images"


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
    narrow = is_narrow(width)
    title = TITLE if narrow else [" ".join(TITLE)]
    body = [text(10, 24 + 18 * row, words, anchor="start", size=16) for row, words in enumerate(title)]
    top = 152 if narrow else 44
    body += _bars(values, color, top, width - 10 if narrow else width - 164)
    against = f"{classes[0]} against {classes[1]}"
    if narrow:  # the image stands above the bars, not beside them
        body += [digit(image, 10, 56, 10), text(106, 100, against, anchor="start")]
    else:
        body += [digit(image, 630, 40, 12), text(678, 160, against, size=17)]
    rows = top + TALL + (62 if narrow else 48)
    body += _sums((gain, loss, total), color, (78, width - 88) if narrow else (150, width - 120), rows)
    order = np.argsort(-values, kind="stable")
    quotient = f"{(gain - loss) / abs(total):z.1f}" if abs(total) > 1e-9 else "without limit"
    sentence = (
        f"{name}, {classes[0]} against {classes[1]}: {counted((values > 0).sum(), 'neuron')} for it, together "
        f"{gain:z.2f}; {(values < 0).sum()} against it, {loss:z.2f}; sum {total:z.2f}. Sum of sizes / size of "
        f"sum: {quotient}. Neuron {order[0] + 1} adds most, {values[order[0]]:z.2f}; neuron {order[-1] + 1} adds "
        f"least, {values[order[-1]]:z.2f}."
    )
    return drawing("".join(body), height=rows + 118, sentence=sentence, width=width)


def _bars(values, color, top, right):
    """Draw bars up for the class, filled, and down against it, hollow; each with its neuron's number at the foot."""
    left, floor = 10, top + TALL
    order, step = np.argsort(-values, kind="stable"), (right - left) / len(values)
    above, below = max(values.max(), 0), min(values.min(), 0)
    scale = TALL / (above - below) if above > below else 0
    zero = top + above * scale
    body = [line(left, zero, right, zero)]
    for place, unit in enumerate(order):
        tall, x = abs(values[unit]) * scale, left + (place + 0.15) * step
        if values[unit] > 0:
            body.append(bar(x, zero - tall, 0.7 * step, tall, color=color))
        elif values[unit] < 0:
            body.append(bar(x, zero, 0.7 * step, tall, color=color, hollow=True))
        down = 22 + 16 * (place % 2) * (step < 20)  # every other one lower, where they would touch
        body.append(text(left + (place + 0.5) * step, floor + down, unit + 1, size=13))
    return body


def _sums(numbers, color, ends, top):
    """Draw what is for the class, what is against it, and the sum, on one scale."""
    (gain, _, total), (left, right) = numbers, ends
    lowest = min(total, 0)
    scale = (right - left) / (gain - lowest) if gain > lowest else 0
    body = []
    rows = [("for", 0, gain, False), ("against", total, gain, True), ("sum", min(total, 0), max(total, 0), False)]
    for row, (words, start, end, hollow) in enumerate(rows):
        y, number = top + 38 * row, numbers[row]
        body.append(text(left - 12, y + 20, words, anchor="end"))
        if end > start:
            body.append(bar(left + (start - lowest) * scale, y, (end - start) * scale, 26, color=color, hollow=hollow))
        body.append(text(right + 12, y + 20, f"{number:+z.2f}", anchor="start"))
    zero = left - lowest * scale
    return [*body, line(zero, top - 8, zero, top + 110)]
