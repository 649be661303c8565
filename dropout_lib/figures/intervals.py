"""Results in rows, each a mean and its interval on one axis, so that they can be compared by eye."""

import numpy as np

from dropout_lib.figures.palette import INK, KEPT
from dropout_lib.figures.picture import WIDTH, drawing, figure
from dropout_lib.figures.shapes import level_axis, mean_mark, text

LEFT, RIGHT, TOP, ROW = 250, 590, 34, 54


@figure
def intervals(rows, *, axis, note="", width=WIDTH):
    """Draw one row for each result, in percent: `rows` maps a name to (detail, mean, half width of the interval).

    The first is without dropout, and drawn so. `axis` is (lowest, highest): what lies outside is an arrow at the end.
    `note` ends the sentence.
    """
    bottom = TOP + ROW * len(rows)
    body = level_axis(np.linspace(*axis, 6), LEFT, RIGHT, bottom, place=lambda value: _x(value, axis), unit="%")
    body.append(text((LEFT + RIGHT) / 2, TOP - 14, "test accuracy, 95% interval", size=16))
    for place, (name, (detail, mean, half)) in enumerate(rows.items()):
        y = TOP + ROW * place + ROW / 2
        body.append(text(16, y - 4, name, anchor="start", more='font-weight="bold"'))
        body.append(text(16, y + 18, detail, anchor="start", size=16))
        body.append(_mark(place, y, mean, half, axis))
        body.append(text(WIDTH - 10, y + 6, f"{mean:.1f} ± {half:.1f}%", anchor="end"))
    shown = "; ".join(f"{name} ({detail}) {mean:.1f} ± {half:.1f}%" for name, (detail, mean, half) in rows.items())
    sentence = f"Test accuracy with its 95% interval: {shown}.{note}"
    return drawing("".join(body), height=bottom + 44, sentence=sentence)


def _x(value, axis):
    share = (value - axis[0]) / (axis[1] - axis[0])
    return LEFT + (RIGHT - LEFT) * min(max(share, 0), 1)


def _mark(place, y, mean, half, axis):
    """Draw the interval and its middle, or an arrow at the end of the axis that the middle lies beyond."""
    x, hollow = _x(mean, axis), place == 0
    if not axis[0] <= mean <= axis[1]:
        tip = -14 if mean < axis[0] else 14
        return f'<path class="arrow" d="M{x:.4g} {y - 9:.4g}l{tip} 9l{-tip} 9z" fill="{INK if hollow else KEPT}"/>'
    return mean_mark(x, y, _x(mean - half, axis), _x(mean + half, axis), hollow=hollow)
