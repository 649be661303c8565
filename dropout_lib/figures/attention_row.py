"""One row of attention: each token's number and the threshold, and below it how much weight each token is given."""

import numpy as np

from dropout_lib.figures.palette import INK, KEPT
from dropout_lib.figures.picture import WIDTH, drawing, figure, is_narrow
from dropout_lib.figures.shapes import bar, kept_words, line, listed, neuron, text, threshold

NUMBERS, FLOOR = 128, 308  # the height of the ground of numbers from 0 to 1; how far below its top the bars end
TOP, TALL = 1.4, 154  # the weight at the top of the bars' ground, and how high that is
LEGEND = ("hollow: undropped", "filled: now", "line: mean over", "all masks")


@figure
def attention_row(tokens, numbers, mask, *, probabilities, weights, means, keep_prob, way, width=WIDTH):
    """Draw the tokens of one row: numbers and threshold, the undropped probability hollow, the weight filled.

    `tokens` are words; the arrays have an entry for each. `weights` is NaN where no softmax is left; `means` are the
    mean weights over all masks, a thick line. What is higher than the axis ends in an arrow. `way` says in words where
    the mask acts.
    """
    narrow = is_narrow(width)
    left, right, top = (42, width - 66, 44) if narrow else (120, width - 150, 22)
    step, floor = (right - left) / len(tokens), top + FLOOR
    body = [_ground(left, right, top), threshold(keep_prob, height_of(keep_prob, top), left, right, width)]
    for place, token in enumerate(tokens):
        x = left + step * (place + 0.5)
        body.append(neuron(x, height_of(numbers[place], top), 13, mask[place], name=place + 1))
        shares = {"probability": probabilities[place], "weight": weights[place], "mean": means[place]}
        body.append(_bars(x, step, floor, **shares))
        body.append(text(x, floor + 22, token, size=17))
        body.append(text(x, floor + 44, "none" if np.isnan(weights[place]) else f"{weights[place]:z.2f}", size=17))
    shown = "no sum" if np.isnan(weights).any() else f"sum {np.sum(weights):z.2f}"
    weight, whole = ((54, 68), (right, 68)) if narrow else ((left - 14, 44), (right + 16, 44))
    body.append(text(weight[0], floor + weight[1], "weight", anchor="end", size=17))
    side = "end" if narrow else "start"
    body.append(text(whole[0], floor + whole[1], shown, anchor=side, more='font-weight="bold"'))
    legend, x, y = LEGEND, right + 16, 214
    if narrow:
        legend, x, y = (", ".join(LEGEND[:2]) + ",", " ".join(LEGEND[2:])), 8, floor + 98
    body += [text(x, y + 22 * row, words, anchor="start", size=14) for row, words in enumerate(legend)]
    sentence = f"keep_prob {keep_prob:g}, dropped {way}: {kept_words(mask, 'token')}. {_weights(weights)}"
    sentence += f" Undropped: {_listed(probabilities)}; mean over all masks: {_listed(means)}."
    return drawing("".join(body), height=floor + (128 if narrow else 56), sentence=sentence, width=width)


def height_of(number, top):
    """Give the y of a number from 0 (bottom) to 1 (top)."""
    return top + NUMBERS - number * NUMBERS


def _ground(left, right, top):
    floor = top + FLOOR
    ticks = [text(left - 18, height_of(tick, top) + 6, f"{tick:g}", anchor="end") for tick in (0, 0.5, 1)]
    levels = [text(left - 18, floor - TALL * tick / TOP + 6, f"{tick:g}", anchor="end") for tick in (0, 0.5, 1)]
    lines = line(left - 8, top, left - 8, top + NUMBERS) + line(left - 8, floor - TALL, left - 8, floor)
    return "".join([*ticks, *levels, lines, line(left - 8, floor, right + 8, floor)])


def _bars(x, step, floor, *, probability, weight, mean):
    wide = step * 0.6
    hollow = TALL * min(probability, TOP) / TOP
    body = [bar(x - wide / 2, floor - hollow, wide, hollow, color=INK, hollow=True)]
    if weight > 0:
        tall = TALL * min(weight, TOP) / TOP
        body.append(bar(x - wide / 4, floor - tall, wide / 2, tall, color=KEPT))
    if weight > TOP:
        path = f"M{x - 12:.4g} {floor - TALL - 4:.4g}h24l-12 -12z"
        body.append(f'<path class="arrow" d="{path}" fill="{KEPT}"/>')
    level = floor - TALL * min(mean, TOP) / TOP
    body.append(line(x - wide / 2 - 8, level, x + wide / 2 + 8, level, width=4, more='class="mean"'))
    return "".join(body)


def _weights(weights):
    if np.isnan(weights).any():
        return "Nothing is left to divide by: there are no weights."
    return f"Weights {_listed(weights)}, which sum to {np.sum(weights):z.2f}."


def _listed(values):
    return listed(f"{value:z.2f}" for value in values)
