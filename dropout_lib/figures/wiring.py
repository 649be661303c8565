"""A small network drawn with its edges: inputs below, one hidden layer that has a mask, outputs above."""

import numpy as np

from dropout_lib.figures.palette import INK
from dropout_lib.figures.picture import WIDTH, drawing
from dropout_lib.figures.shapes import fixed, kept_words, line, listed, neuron, text

ROWS = {"outputs": 52, "hidden": 188, "inputs": 324}
RADIUS = 19


def wiring(values, edges, mask, *, backward=False, note=""):
    """Draw the network under `mask`, Boolean, shape (hidden,).

    `values` are three arrays, for inputs, hidden neurons and outputs: what each passes on, or its gradient. `edges` are
    two matrices, (inputs, hidden) and (hidden, outputs): the size is how thick a line is, a negative one is dashed, 0
    is a thin dotted line. `note` ends the sentence.
    """
    inputs, hidden, outputs = values
    places = [_places(len(row)) for row in values]
    body = _lines(edges[0], places[0], places[1], "inputs", "hidden")
    body += _lines(edges[1], places[1], places[2], "hidden", "outputs")
    for x, value in zip(places[0], inputs, strict=True):
        body.append(_plain(x, ROWS["inputs"], value))
    for index, (x, value) in enumerate(zip(places[1], hidden, strict=True)):
        body.append(neuron(x, ROWS["hidden"], RADIUS, mask[index], name=index + 1))
        body.append(text(x - RADIUS - 8, ROWS["hidden"] + 6, index + 1, anchor="end", more='font-weight="bold"'))
        body.append(text(x + RADIUS + 6, ROWS["hidden"] + 6, fixed(value), anchor="start", size=17))
    for x, value in zip(places[2], outputs, strict=True):
        body.append(_plain(x, ROWS["outputs"], value))
    names = ("inputs", "hidden", "outputs")
    body += [text(8, ROWS[name] + 6, name, anchor="start", size=17) for name in names]
    legend = f"dashed: negative {'gradient' if backward else 'weight'}, dotted: plays no part"
    body.append(text(WIDTH - 10, 22, legend, anchor="end", size=15))
    words = "Gradients at the outputs" if backward else "Outputs"
    sentence = f"{kept_words(mask)}. {words}: {listed(map(fixed, outputs))}. {_without_part(edges)}{note}"
    return drawing("".join(body), height=360, sentence=sentence)


def _places(count):
    left, right = 130, WIDTH - 30
    step = (right - left) / count
    return [left + step * (index + 0.5) - 14 for index in range(count)]


def _lines(weights, starts, ends, below, above):
    largest = max(float(np.abs(weights).max()), 1e-12)
    return [
        _edge(x1, ROWS[below] - RADIUS, x2, ROWS[above] + RADIUS, float(weights[i, j]) / largest)
        for i, x1 in enumerate(starts)
        for j, x2 in enumerate(ends)
    ]


def _edge(x1, y1, x2, y2, strength):
    if strength == 0:
        return line(x1, y1, x2, y2, width=1, more='stroke-dasharray="2 7" opacity="0.6"')
    width = 1 + 5 * abs(strength)
    dash = f' stroke-dasharray="{max(9, 3 * width):.3g} {max(5, 1.5 * width):.3g}"' if strength < 0 else ""
    return line(x1, y1, x2, y2, width=width, more=f'opacity="0.75"{dash}')


def _plain(x, y, value):
    ring = f'<circle cx="{x:.4g}" cy="{y}" r="{RADIUS}" fill="none" stroke="{INK}" stroke-width="3"/>'
    return ring + text(x + RADIUS + 6, y + 6, fixed(value), anchor="start", size=17)


def _without_part(edges):
    zeros = sum(int((np.asarray(matrix) == 0).sum()) for matrix in edges)
    return f"{zeros} of {sum(np.size(matrix) for matrix in edges)} lines play no part."
