"""The loss over two weights as contours, without dropout and with it, and its minimum on the way as keep_prob falls."""

import numpy as np

from dropout_lib.figures.palette import INK, KEPT
from dropout_lib.figures.picture import WIDTH, drawing, figure
from dropout_lib.figures.shapes import fixed, level_axis, line, text

LEFT, TOP, SIDE, LOWEST, HIGHEST = 76, 14, 340, -1, 3  # the plane is a square, both weights from LOWEST to HIGHEST
LEVELS, CORNERS = (0.1, 0.4, 0.9), 180  # how far above the minimum a contour lies, and of how many corners it is made
WORDS = LEFT + SIDE + 40
ROUTE = f'stroke="{KEPT}" stroke-width="5" stroke-linecap="round" stroke-dasharray="0.1 9"'


@figure
def contours(losses, path, *, about="", width=WIDTH):
    """Draw two quadratic losses: a name -> (the two weights where it is least, the 2 x 2 matrix of its curvature).

    At weights w a loss is (w - least) @ curvature @ (w - least) above its minimum; its contours lie at LEVELS above it.
    The first is dashed, with a hollow square at its minimum; the second solid, with a dot. `path`, shape (places, 2),
    is dotted, from the first minimum to wherever it goes. `about` begins the sentence.
    """
    body, parts = _axes(), []
    points = np.asarray(path, float)
    body.append(_path("path", points, ROUTE))
    looks = {
        True: f'stroke="{INK}" stroke-width="2" stroke-dasharray="6 5"',
        False: f'stroke="{KEPT}" stroke-width="2"',
    }
    for place, (name, (least, curvature)) in enumerate(losses.items()):
        plain = place == 0
        body += [_path("contour", _ellipse(least, curvature, level), looks[plain]) for level in LEVELS]
        body.append(_mark(*_place(least), plain=plain))
        body += _legend(TOP + 30 + 84 * place, name, least, looks[plain], plain=plain)
        parts.append(f"{name} at {fixed(least[0])} and {fixed(least[1])}")
    y = TOP + 30 + 84 * len(losses)
    body.append(f'<path class="sample" d="M{WORDS} {y - 6}h34" fill="none" {ROUTE}/>')
    body.append(text(WORDS + 46, y, "minimum, as keep_prob falls", anchor="start", size=16))
    sentence = f"{about} Weights where the loss is least: {'; '.join(parts)}.".strip()
    return drawing("".join(body), height=TOP + SIDE + 56, sentence=sentence)


def _place(weights):
    """Give the x and the y of two weights; rows of weights give rows of places."""
    share = (np.asarray(weights, float) - LOWEST) / (HIGHEST - LOWEST) * SIDE
    return np.stack([LEFT + share[..., 0], TOP + SIDE - share[..., 1]], axis=-1)


def _axes():
    """List the parts of the two axes, and the lines where a weight is 0."""
    ticks, floor = range(LOWEST, HIGHEST + 1), TOP + SIDE
    body = level_axis(ticks, LEFT, LEFT + SIDE, floor, place=lambda weight: _place((weight, 0))[0])
    body.append(line(LEFT, TOP, LEFT, floor))
    for weight in ticks:
        y = _place((0, weight))[1]
        body += [line(LEFT - 6, y, LEFT, y), text(LEFT - 12, y + 6, f"{weight}", anchor="end", size=16)]
    x, y = _place((0, 0))
    faint = 'opacity="0.3"'
    body += [line(x, TOP, x, floor, width=1, more=faint), line(LEFT, y, LEFT + SIDE, y, width=1, more=faint)]
    body.append(text(LEFT + SIDE / 2, floor + 48, "weight of feature 1", size=16))
    middle = f"{LEFT - 48} {TOP + SIDE / 2}"
    return [
        *body,
        text(LEFT - 48, TOP + SIDE / 2, "weight of feature 2", size=16, more=f'transform="rotate(-90 {middle})"'),
    ]


def _ellipse(least, curvature, level):
    """Give the corners, rows of weights, of the contour that lies `level` above the minimum."""
    turns = np.linspace(0, 2 * np.pi, CORNERS + 1)
    circle = np.sqrt(level) * np.stack([np.cos(turns), np.sin(turns)], axis=-1)
    return least + np.linalg.solve(np.linalg.cholesky(curvature).T, circle.T).T


def _path(kind, weights, paint):
    """Draw a line through these weights, as far as it lies in the plane."""
    inside = (np.abs(weights - (LOWEST + HIGHEST) / 2) <= (HIGHEST - LOWEST) / 2).all(axis=1)
    steps, before = [], False
    for (x, y), within in zip(_place(weights), inside, strict=True):
        if within:
            steps.append(f"{'L' if before else 'M'}{x:.1f} {y:.1f}")
        before = within
    return f'<path class="{kind}" d="{"".join(steps)}" fill="none" {paint}/>' if steps else ""


def _mark(x, y, *, plain):
    if plain:
        place = f'x="{x - 9:.1f}" y="{y - 9:.1f}" width="18" height="18"'
        return f'<rect class="least" {place} fill="none" stroke="{INK}" stroke-width="3"/>'
    return f'<circle class="least" cx="{x:.1f}" cy="{y:.1f}" r="6" fill="{KEPT}"/>'


def _legend(y, name, least, paint, *, plain):
    words = f"minimum at {fixed(least[0])} and {fixed(least[1])}"
    return [
        _mark(WORDS + 17, y - 6, plain=plain),
        text(WORDS + 46, y, name, anchor="start", more='font-weight="bold"'),
        f'<path class="sample" d="M{WORDS} {y + 20}h34" fill="none" {paint}/>',
        text(WORDS + 46, y + 26, words, anchor="start"),
    ]
