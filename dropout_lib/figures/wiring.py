"""A small network drawn with its edges: inputs below, one hidden layer that has a mask, outputs above."""

import numpy as np

from dropout_lib.figures.palette import INK
from dropout_lib.figures.picture import WIDTH, drawing, figure, is_narrow
from dropout_lib.figures.shapes import kept_words, line, listed, neuron, text

ROWS = {"outputs": 52, "hidden": 188, "inputs": 324}
BELOW = 20  # how much lower an edge ends in a narrow drawing, which has each value below its neuron


@figure
def wiring(values, edges, mask, *, backward=False, note="", width=WIDTH):
    """Draw the network under `mask`, Boolean, shape (hidden,).

    `values` are three arrays, for inputs, hidden neurons and outputs: what each passes on, or its gradient. `edges` are
    two matrices, (inputs, hidden) and (hidden, outputs): the size is how thick a line is, a negative one is dashed, 0
    is a thin dotted line. `note` ends the sentence.
    """
    narrow, outputs = is_narrow(width), values[2]
    radius, rows = (16, {name: y + 24 for name, y in ROWS.items()}) if narrow else (19, ROWS)
    places = [_places(len(row), width) for row in values]
    body = []
    for matrix, layer, below, above in ((edges[0], 0, "inputs", "hidden"), (edges[1], 1, "hidden", "outputs")):
        ends = rows[below] - radius, rows[above] + radius + BELOW * narrow
        body += _lines(matrix, places[layer], places[layer + 1], *ends)
    for name, xs, layer in zip(("inputs", "hidden", "outputs"), places, values, strict=True):
        y = rows[name]
        for index, (x, value) in enumerate(zip(xs, layer, strict=True)):
            if name == "hidden":
                body.append(neuron(x, y, radius, mask[index], name=index + 1))
                body.append(text(x - radius - 8, y + 6, index + 1, anchor="end", more='font-weight="bold"'))
            else:
                ring = f'<circle cx="{x:.4g}" cy="{y}" r="{radius}" fill="none" stroke="{INK}" stroke-width="3"/>'
                body.append(ring)
            place = {"y": y + radius + 15, "anchor": "middle"} if narrow else {"y": y + 6, "anchor": "start"}
            body.append(text(x + (radius + 6) * (not narrow), words=f"{value:z.2f}", size=17, **place))

    names = ("inputs", "hidden", "outputs")
    for name in names:
        turn = (
            {"anchor": "middle", "more": f'transform="rotate(-90 14 {rows[name]})"'} if narrow else {"anchor": "start"}
        )
        body.append(text(14 if narrow else 8, rows[name] + 6 * (not narrow), name, size=17, **turn))
    legend = f"dashed: negative {'gradient' if backward else 'weight'},", "dotted: plays no part"
    lines = legend if narrow else [" ".join(legend)]
    body += [text(width - 10, 22 + 18 * row, words, anchor="end", size=15) for row, words in enumerate(lines)]
    words = "Gradients at the outputs" if backward else "Outputs"
    sentence = (
        f"{kept_words(mask)}. {words}: {listed(f'{value:z.2f}' for value in outputs)}. {_without_part(edges)}{note}"
    )
    return drawing("".join(body), height=360 + 30 * narrow, sentence=sentence, width=width)


def _places(count, width):
    left, right = (30, width) if is_narrow(width) else (116, width - 44)
    step = (right - left) / count
    return [left + step * (index + 0.5) for index in range(count)]


def _lines(weights, starts, ends, below, above):
    largest = max(float(np.abs(weights).max()), 1e-12)
    return [
        _edge(x1, below, x2, above, float(weights[i, j]) / largest)
        for i, x1 in enumerate(starts)
        for j, x2 in enumerate(ends)
    ]


def _edge(x1, y1, x2, y2, strength):
    if strength == 0:
        return line(x1, y1, x2, y2, width=1, more='stroke-dasharray="2 7" opacity="0.6"')
    width = 1 + 5 * abs(strength)
    dash = f' stroke-dasharray="{max(9, 3 * width):.3g} {max(5, 1.5 * width):.3g}"' if strength < 0 else ""
    return line(x1, y1, x2, y2, width=width, more=f'opacity="0.75"{dash}')


def _without_part(edges):
    zeros = sum(int((np.asarray(matrix) == 0).sum()) for matrix in edges)
    return f"{zeros} of {sum(np.size(matrix) for matrix in edges)} lines play no part."
