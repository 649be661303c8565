"""A curve with its spread: the data, the predictive mean, a band of two spreads, the true function, sampled ones."""

import numpy as np

from dropout_lib.figures.palette import INK, KEPT, SHADE
from dropout_lib.figures.picture import WIDTH, drawing, figure, is_narrow
from dropout_lib.figures.shapes import counted, line, text

TALL = 266  # the ground of the values
AREA = f'fill="{KEPT}" fill-opacity="{SHADE}" stroke="{KEPT}" stroke-width="1"'
AXIS = (-2.5, 3.5)  # what lies outside is cut off


@figure
def band(x, mean, spread, *, truth, points, gap, functions=(), about="", width=WIDTH):
    """Draw mean plus and minus two spreads over the places `x`, and the true function; all of shape (places,).

    `points` are (inputs, targets), which lie from -1 to 1 outside the `gap` (from, to); `functions` are sampled ones,
    thin curves of shape (functions, places). `about` opens the sentence, which gives spread and coverage near data, in
    the gap and far away.
    """
    x, mean, spread, truth = (np.asarray(values, float) for values in (x, mean, spread, truth))
    frame = (36, width - 14, 88) if is_narrow(width) else (54, width - 16, 64)  # its left, right and top edge
    body = [_band(x, mean - 2 * spread, mean + 2 * spread, frame), *_axes(x, gap, frame)]
    body += [_curve(x, one, frame, f'stroke="{INK}" stroke-width="1.5" class="sample"') for one in functions]
    body.append(_curve(x, truth, frame, f'stroke="{INK}" stroke-width="3" stroke-dasharray="8 6" class="truth"'))
    body.append(_curve(x, mean, frame, f'stroke="{KEPT}" stroke-width="3.5" class="mean"'))
    body += [_point(*point, x, frame) for point in zip(*map(np.ravel, points), strict=True)]
    body += _legend(len(functions), frame)
    sentence = f"{about}{_measured(x, mean, spread, truth, gap)}{_sampled(x, functions)}"
    return drawing("".join(body), height=frame[2] + TALL + 66, sentence=sentence, width=width)


def regions(x, gap):
    """Say which places lie near data, in the gap, and far away: names to Boolean arrays of the places' shape."""
    rounding = 1e-9  # a place at an end is near data, however it was rounded
    inside, within = (x > gap[0] + rounding) & (x < gap[1] - rounding), np.abs(x) <= 1 + rounding
    return {"near data": within & ~inside, "in the gap": inside, "far away": ~within}


def _measured(x, mean, spread, truth, gap):
    inside, parts = np.abs(mean - truth) <= 2 * spread, []
    words = "mean spread {:z.3f}, the true function is inside the band at {:z.0f}% of the places"
    for name, there in regions(x, gap).items():
        if not there.any():
            parts.append(f"{name}: no place")
            continue
        parts.append(f"{name}: {words.format(spread[there].mean(), 100 * inside[there].mean())}")
        words = "{:z.3f}, {:z.0f}%"  # said in full once
    sentence = f"{'; '.join(parts)}."
    return sentence[:1].upper() + sentence[1:]


def _sampled(x, functions):
    if not len(functions):
        return ""
    place = np.abs(x).argmin()
    values = ", ".join(f"{one[place]:z.2f}" for one in functions)
    number = counted(len(functions), "sampled function")
    return f" At {x[place]:zg}, {number} give{'s' if len(functions) == 1 else ''} {values}."


def _across(value, x, frame):
    left, right, _ = frame
    return left + (right - left) * (value - x[0]) / (x[-1] - x[0])


def _up(value, frame):
    return frame[2] + TALL - TALL * (value - AXIS[0]) / (AXIS[1] - AXIS[0])


def _axes(x, gap, frame):
    left, right, top = frame
    bottom = top + TALL
    body = [line(left, bottom, right, bottom)]
    for value in np.linspace(x[0], x[-1], 5):
        body.append(text(_across(value, x, frame), bottom + 24, f"{value:g}", size=16))
    body += [text(left - 10, _up(value, frame) + 6, f"{value:g}", anchor="end", size=16) for value in (-2, 0, 2)]
    for start, stop in ((-1, gap[0]), (gap[1], 1)):
        if stop > start:
            ends = _across(start, x, frame), _across(stop, x, frame)
            body.append(line(ends[0], bottom + 36, ends[1], bottom + 36, width=6))
    body.append(text((left + right) / 2 - 19, bottom + 60, "data only above the thick lines", size=16))
    return body


def _band(x, lower, upper, frame):
    lower, upper = (np.clip(edge, *AXIS) for edge in (lower, upper))
    corners = [*zip(x, upper, strict=True), *zip(x[::-1], lower[::-1], strict=True)]
    path = "L".join(f"{_across(place, x, frame):z.1f} {_up(value, frame):z.1f}" for place, value in corners)
    return f'<path class="band" d="M{path}z" {AREA}/>'


def _curve(x, values, frame, paint):
    """Draw a line, cut off where it leaves the axis: every stretch inside begins anew."""
    inside, path, pen = (values >= AXIS[0]) & (values <= AXIS[1]), "", "M"
    for place, value, shown in zip(x, values, inside, strict=True):
        path += f"{pen}{_across(place, x, frame):z.1f} {_up(value, frame):z.1f}" if shown else ""
        pen = "L" if shown else "M"
    return f'<path d="{path}" fill="none" {paint}/>' if path else ""


def _point(place, value, x, frame):
    if not (AXIS[0] <= value <= AXIS[1] and x[0] <= place <= x[-1]):
        return ""
    return (
        f'<circle class="point" cx="{_across(place, x, frame):z.1f}" cy="{_up(value, frame):z.1f}" r="4" fill="{INK}"/>'
    )


def _legend(functions, frame):
    start, right, _ = frame
    names = [("mean", 3.5, KEPT, ""), ("true function", 3, INK, 'stroke-dasharray="8 6"')]
    names += [("sampled functions", 1.5, INK, "")] if functions else []
    body = [
        f'<circle cx="{start + 8}" cy="24" r="4" fill="{INK}"/>',
        text(start + 20, 30, "data", anchor="start", size=16),
    ]
    left, y = start + 80, 24
    for name, width, color, dash in names:
        if left + 44 + 8 * len(name) > right + 14:  # what has no room goes on in the next line
            left, y = start, y + 24
        body.append(line(left, y, left + 36, y, color=color, width=width, more=dash))
        body.append(text(left + 44, y + 6, name, anchor="start", size=16))
        left += 70 + 8 * len(name)
    if left + 44 + 8 * len("± 2 spreads") > right + 14:
        left, y = start, y + 24
    body.append(f'<rect x="{left}" y="{y - 10}" width="36" height="20" {AREA}/>')
    return [*body, text(left + 44, y + 6, "± 2 spreads", anchor="start", size=16)]
