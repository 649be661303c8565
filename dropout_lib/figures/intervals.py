"""Results in rows, each a mean and its interval on one axis, so that they can be compared by eye."""

import numpy as np

from dropout_lib.figures.palette import INK, KEPT
from dropout_lib.figures.picture import WIDTH, drawing, figure, is_narrow
from dropout_lib.figures.shapes import level_axis, mean_mark, text

TOP, ROW = 34, 54


@figure
def intervals(rows, *, axis, note="", width=WIDTH):
    """Draw one row for each result, in percent: `rows` maps a name to (detail, mean, half width of the interval).

    The first is without dropout, and drawn so. `axis` is (lowest, highest): what lies outside is an arrow at the end.
    `note` ends the sentence.
    """
    narrow = is_narrow(width)
    left, right, row = (24, width - 24, 84) if narrow else (250, width - 170, ROW)
    bottom, up = TOP + row * len(rows), 40 * narrow  # how far above its interval a name stands

    def across(value):
        return left + (right - left) * min(max((value - axis[0]) / (axis[1] - axis[0]), 0), 1)

    body = level_axis(np.linspace(*axis, 6), left, right, bottom, place=across, unit="%")
    body.append(text((left + right) / 2, TOP - 14, "test accuracy, 95% interval", size=16))
    for place, (name, (detail, mean, half)) in enumerate(rows.items()):
        y = TOP + row * (place + 1) - ROW / 2 + 6 * narrow
        body.append(text(16, y - 4 - up, name, anchor="start", more='font-weight="bold"'))
        body.append(text(16, y + 18 - up, detail, anchor="start", size=16))
        places = [across(value) for value in (mean, mean - half, mean + half)]
        beyond = int(mean > axis[1]) - int(mean < axis[0])
        body.append(_mark(y, places, beyond=beyond, hollow=place == 0))
        body.append(text(width - 10, y - 4 - up if narrow else y + 6, f"{mean:z.1f} ± {half:z.1f}%", anchor="end"))
    shown = "; ".join(f"{name} ({detail}) {mean:z.1f} ± {half:z.1f}%" for name, (detail, mean, half) in rows.items())
    sentence = f"Test accuracy with its 95% interval: {shown}.{note}"
    return drawing("".join(body), height=bottom + 44, sentence=sentence, width=width)


def _mark(y, places, *, beyond, hollow):
    """Draw the interval and its middle, or an arrow at the end of the axis that the middle lies `beyond` (-1 or 1)."""
    x, start, end = places
    if beyond:
        tip, color = 14 * beyond, INK if hollow else KEPT
        return f'<path class="arrow" d="M{x:.4g} {y - 9:.4g}l{tip} 9l{-tip} 9z" fill="{color}"/>'
    return mean_mark(x, y, start, end, hollow=hollow)
