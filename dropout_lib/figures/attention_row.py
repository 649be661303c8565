"""One row of attention: each token's number and the threshold, and below it how much weight each token is given."""

import numpy as np

from dropout_lib.figures.palette import INK, KEPT, THRESHOLD
from dropout_lib.figures.picture import WIDTH, drawing, figure
from dropout_lib.figures.shapes import bar, fixed, kept_words, line, listed, neuron, text

LEFT, RIGHT = 120, WIDTH - 150
NUMBERS, FLOOR = (22, 150), 330  # the ground of the numbers from 0 to 1, top and bottom; the floor of the bars
TOP, TALL = 1.4, 154  # the weight at the top of the bars' ground, and how high that is


@figure
def attention_row(tokens, numbers, mask, *, probabilities, weights, means, keep_prob, way, width=WIDTH):
    """Draw the tokens of one row: numbers and threshold, the undropped probability hollow, the weight filled.

    `tokens` are words; the arrays have an entry for each. `weights` is NaN where no softmax is left; `means` are the
    mean weights over all masks, a thick line. What is higher than the axis ends in an arrow. `way` says in words where
    the mask acts.
    """
    step = (RIGHT - LEFT) / len(tokens)
    body = [_ground(), _threshold(keep_prob)]
    for place, token in enumerate(tokens):
        x = LEFT + step * (place + 0.5)
        body.append(neuron(x, height_of(numbers[place]), 13, mask[place], name=place + 1))
        body.append(_bars(x, step, probabilities[place], weights[place], means[place]))
        body.append(text(x, FLOOR + 22, token, size=17))
        body.append(text(x, FLOOR + 44, "none" if np.isnan(weights[place]) else fixed(weights[place]), size=17))
    shown = "no sum" if np.isnan(weights).any() else f"sum {fixed(np.sum(weights))}"
    body.append(text(LEFT - 14, FLOOR + 44, "weight", anchor="end", size=17))
    body.append(text(RIGHT + 16, FLOOR + 44, shown, anchor="start", more='font-weight="bold"'))
    legend = ("hollow: undropped", "filled: now", "line: mean over", "all masks")
    body += [text(RIGHT + 16, 214 + 22 * row, words, anchor="start", size=14) for row, words in enumerate(legend)]
    sentence = f"keep_prob {keep_prob:g}, dropped {way}: {kept_words(mask, 'token')}. {_weights(weights)}"
    sentence += f" Undropped: {_listed(probabilities)}; mean over all masks: {_listed(means)}."
    return drawing("".join(body), height=FLOOR + 56, sentence=sentence)


def height_of(number):
    """Give the y of a number from 0 (bottom) to 1 (top)."""
    top, bottom = NUMBERS
    return bottom - number * (bottom - top)


def _ground():
    ticks = [text(LEFT - 18, height_of(tick) + 6, f"{tick:g}", anchor="end") for tick in (0, 0.5, 1)]
    levels = [text(LEFT - 18, FLOOR - TALL * tick / TOP + 6, f"{tick:g}", anchor="end") for tick in (0, 0.5, 1)]
    lines = line(LEFT - 8, NUMBERS[0], LEFT - 8, NUMBERS[1]) + line(LEFT - 8, FLOOR - TALL, LEFT - 8, FLOOR)
    return "".join([*ticks, *levels, lines, line(LEFT - 8, FLOOR, RIGHT + 8, FLOOR)])


def _threshold(keep_prob):
    y = height_of(keep_prob)
    words = ((-2, "keep_prob"), (18, f"{keep_prob:.4g}"))
    label = [text(RIGHT + 16, y + down, word, anchor="start", more='font-weight="bold"') for down, word in words]
    return line(LEFT - 8, y, RIGHT + 8, y, color=THRESHOLD, width=4) + "".join(label)


def _bars(x, step, probability, weight, mean):
    wide = step * 0.6
    hollow = TALL * min(probability, TOP) / TOP
    body = [bar(x - wide / 2, FLOOR - hollow, wide, hollow, color=INK, hollow=True)]
    if weight > 0:
        tall = TALL * min(weight, TOP) / TOP
        body.append(bar(x - wide / 4, FLOOR - tall, wide / 2, tall, color=KEPT))
    if weight > TOP:
        path = f"M{x - 12:.4g} {FLOOR - TALL - 4:.4g}h24l-12 -12z"
        body.append(f'<path class="arrow" d="{path}" fill="{KEPT}"/>')
    level = FLOOR - TALL * min(mean, TOP) / TOP
    body.append(line(x - wide / 2 - 8, level, x + wide / 2 + 8, level, width=4, more='class="mean"'))
    return "".join(body)


def _weights(weights):
    if np.isnan(weights).any():
        return "Nothing is left to divide by: there are no weights."
    return f"Weights {_listed(weights)}, which sum to {fixed(np.sum(weights))}."


def _listed(values):
    return listed(fixed(value) for value in values)
