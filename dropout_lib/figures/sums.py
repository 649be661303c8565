"""What the next layer receives: the exact distribution of a sum under three rules, with its mean."""

import numpy as np

from dropout_lib.figures.palette import INK, KEPT
from dropout_lib.figures.picture import WIDTH, drawing
from dropout_lib.figures.shapes import bar, line, text

LEFT, RIGHT, TOP, ROW, BINS = 130, WIDTH - 150, 40, 104, 48  # one more bar than steps: a bar's middle is its value


def sums(rules, *, top, now):
    """Draw one histogram a rule. `rules` maps a name to (values, probabilities); `now` to this draw's own value.

    The axis goes from 0 to `top`; what lies beyond is in the last bar. The tall line is the exact mean.
    """
    body, parts = [], []
    for place, (name, (values, probabilities)) in enumerate(rules.items()):
        floor = TOP + (place + 1) * ROW - 26
        mean = float(np.dot(values, probabilities))
        body.append(_histogram(values, probabilities, top, floor))
        body.append(_mark(mean, top, floor) + text(RIGHT + 12, floor - 30, f"mean {mean:.2f}", anchor="start"))
        body.append(text(LEFT - 12, floor - 30, name, anchor="end"))
        body.append(_now(now[name], top, floor))
        spread = float(np.sqrt(np.dot(probabilities, (values - mean) ** 2)))
        parts.append(f"{name}: mean {mean:.2f}, spread {spread:.2f}, now {now[name]:.2f}")
    floor = TOP + len(rules) * ROW + 22
    body.append(text(LEFT, floor, "0") + text(RIGHT, floor, f"{top:.3g} and more"))
    body.append(text((LEFT + RIGHT) / 2, floor, "what the next neuron receives"))
    legend = "height: probability;  ▲ this draw,  ┃ exact mean over all masks"
    body.append(text(LEFT, 22, legend, anchor="start", size=16))
    return drawing("".join(body), height=floor + 14, sentence="; ".join(parts) + ".")


def _place(value, top):
    return LEFT + (RIGHT - LEFT) * min(max(value / top, 0), 1)


def _histogram(values, probabilities, top, floor):
    half, step = top / BINS / 2, (RIGHT - LEFT) / BINS
    ends = (-half, top + half)
    shares, _ = np.histogram(np.clip(values, 0, top), bins=BINS + 1, range=ends, weights=probabilities)
    bars = [
        bar(LEFT + (index - 0.5) * step + 0.5, floor - tall, step - 1, tall, color=KEPT)
        for index, tall in enumerate(shares / shares.max() * (ROW - 44))
        if tall > 0
    ]
    return "".join(bars) + line(LEFT, floor, RIGHT, floor)


def _mark(mean, top, floor):
    x = _place(mean, top)
    return line(x, floor + 4, x, floor - ROW + 40, color=INK, width=4)


def _now(value, top, floor):
    x = _place(value, top)
    return f'<path d="M{x - 8:.4g} {floor + 18:.4g}h16l-8 -14z" fill="{INK}"/>'
