"""The loss over two weights as contours, without dropout and with it, and its minimum on the way as keep_prob falls."""

import numpy as np

from dropout_lib.figures.palette import INK, KEPT
from dropout_lib.figures.picture import WIDTH, drawing, figure, is_narrow
from dropout_lib.figures.shapes import level_axis, line, text

TOP, LOWEST, HIGHEST = 14, -1, 3  # the plane is a square, both weights from LOWEST to HIGHEST
LEVELS, CORNERS = (0.1, 0.4, 0.9), 72  # how far above the minimum a contour lies, and of how many corners it is made
ROUTE = f'stroke="{KEPT}" stroke-width="5" stroke-linecap="round" stroke-dasharray="0.1 9"'


@figure
def contours(losses, path, *, about="", width=WIDTH):
    """Draw two quadratic losses: a name -> (the two weights where it is least, the 2 x 2 matrix of its curvature).

    At weights w a loss is (w - least) @ curvature @ (w - least) above its minimum; its contours lie at LEVELS above it.
    The first is dashed, with a hollow square at its minimum; the second solid, with a dot. `path`, shape (places, 2),
    is dotted, from the first minimum to wherever it goes. `about` begins the sentence.
    """
    narrow = is_narrow(width)
    plane = left, side = (64, width - 74) if narrow else (76, 340)
    x, y = (10, TOP + side + 90) if narrow else (left + side + 40, TOP + 30)  # of the legend
    body, parts = _axes(plane), []
    points = np.asarray(path, float)
    body.append(_path("path", points, ROUTE, plane))
    looks = {
        True: f'stroke="{INK}" stroke-width="2" stroke-dasharray="6 5"',
        False: f'stroke="{KEPT}" stroke-width="2"',
    }
    for place, (name, (least, curvature)) in enumerate(losses.items()):
        plain = place == 0
        body += [_path("contour", _ellipse(least, curvature, level), looks[plain], plane) for level in LEVELS]
        body.append(_mark(*_place(least, plane), plain=plain))
        body += _legend((x, y), name, least, looks[plain], plain=plain)
        y += 64 if narrow else 84
        parts.append(f"{name} at {least[0]:z.2f} and {least[1]:z.2f}")
    body.append(f'<path class="sample" d="M{x} {y - 6}h34" fill="none" {ROUTE}/>')
    body.append(text(x + 46, y, "minimum, as keep_prob falls", anchor="start", size=16))
    sentence = f"{about} Weights where the loss is least: {'; '.join(parts)}.".strip()
    return drawing("".join(body), height=y + 16 if narrow else TOP + side + 56, sentence=sentence, width=width)


def _place(weights, plane):
    """Give the x and the y of two weights; rows of weights give rows of places."""
    left, side = plane
    share = (np.asarray(weights, float) - LOWEST) / (HIGHEST - LOWEST) * side
    return np.stack([left + share[..., 0], TOP + side - share[..., 1]], axis=-1)


def _axes(plane):
    """List the parts of the two axes, and the lines where a weight is 0."""
    left, side = plane
    ticks, floor = range(LOWEST, HIGHEST + 1), TOP + side
    body = level_axis(ticks, left, left + side, floor, place=lambda weight: _place((weight, 0), plane)[0])
    body.append(line(left, TOP, left, floor))
    for weight in ticks:
        y = _place((0, weight), plane)[1]
        body += [line(left - 6, y, left, y), text(left - 12, y + 6, f"{weight}", anchor="end", size=16)]
    x, y = _place((0, 0), plane)
    faint = 'opacity="0.3"'
    body += [line(x, TOP, x, floor, width=1, more=faint), line(left, y, left + side, y, width=1, more=faint)]
    body.append(text(left + side / 2, floor + 48, "weight of feature 1", size=16))
    middle = f"{left - 48} {TOP + side / 2}"
    return [
        *body,
        text(left - 48, TOP + side / 2, "weight of feature 2", size=16, more=f'transform="rotate(-90 {middle})"'),
    ]


def _ellipse(least, curvature, level):
    """Give the corners, rows of weights, of the contour that lies `level` above the minimum."""
    turns = np.linspace(0, 2 * np.pi, CORNERS + 1)
    circle = np.sqrt(level) * np.stack([np.cos(turns), np.sin(turns)], axis=-1)
    return least + np.linalg.solve(np.linalg.cholesky(curvature).T, circle.T).T


def _path(kind, weights, paint, plane):
    """Draw a line through these weights, as far as it lies in the plane."""
    inside = (np.abs(weights - (LOWEST + HIGHEST) / 2) <= (HIGHEST - LOWEST) / 2).all(axis=1)
    steps, before = [], False
    for (x, y), within in zip(_place(weights, plane), inside, strict=True):
        if within:
            steps.append(f"{'L' if before else 'M'}{x:z.1f} {y:z.1f}")
        before = within
    return f'<path class="{kind}" d="{"".join(steps)}" fill="none" {paint}/>' if steps else ""


def _mark(x, y, *, plain):
    if plain:
        place = f'x="{x - 9:z.1f}" y="{y - 9:z.1f}" width="18" height="18"'
        return f'<rect class="least" {place} fill="none" stroke="{INK}" stroke-width="3"/>'
    return f'<circle class="least" cx="{x:z.1f}" cy="{y:z.1f}" r="6" fill="{KEPT}"/>'


def _legend(at, name, least, paint, *, plain):
    x, y = at
    words = f"minimum at {least[0]:z.2f} and {least[1]:z.2f}"
    return [
        _mark(x + 17, y - 6, plain=plain),
        text(x + 46, y, name, anchor="start", more='font-weight="bold"'),
        f'<path class="sample" d="M{x} {y + 20}h34" fill="none" {paint}/>',
        text(x + 46, y + 26, words, anchor="start"),
    ]
