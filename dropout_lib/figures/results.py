"""Results over seeds, one row for each way: the mean and its 95% interval, and what differs from the first row."""

import numpy as np

from dropout_lib.comparison import compare, interval
from dropout_lib.figures.picture import TWO_LINES, WIDTH, drawing, figure, is_narrow
from dropout_lib.figures.shapes import counted, in_lines, level_axis, mean_mark, text

TOP, ROW = 34, 46


@figure
def results(rows, *, unit="%", what="", against=None, width=WIDTH):
    """Draw one row for each result: `rows` maps a name to one number a seed, in `unit`.

    The sentence gives each mean with its 95% interval, and the paired difference from the first row, or from the row
    named `against`, which is drawn hollow. `what` names the quantity. Raises what `interval` raises.
    """
    rows = {name: np.asarray(values, float) for name, values in rows.items()}
    against = next(iter(rows)) if against is None else against
    found = {name: interval(values) for name, values in rows.items()}
    axis, narrow = _axis(found.values()), is_narrow(width)
    decimals = max(1, -int(np.floor(np.log10(axis[1] - axis[0]))))
    written = {name: f"{mean:z.{decimals}f} ± {half:z.{decimals}f}" for name, (mean, half) in found.items()}
    left, right = (28, width - 28) if narrow else (250, width - 170)
    row, up = (60, 24) if narrow else (ROW, 0)  # the height of a row; how far above its interval its name stands
    title = f"{what}{', ' * bool(what)}{unit}, 95% interval"
    titles = [title]
    if narrow and len(in_lines(title, width - 16)) > 1:
        titles = [*in_lines(title.removesuffix(" 95% interval"), width - 16), "95% interval"]
    top = TOP + 18 * (len(titles) - 1)
    bottom = top + row * len(rows)

    def across(value):
        return left + (right - left) * (value - axis[0]) / (axis[-1] - axis[0])

    body = level_axis(axis, left, right, bottom, place=across)
    body += [text((left + right) / 2, 20 + 18 * number, words, size=16) for number, words in enumerate(titles)]
    for place, (name, (mean, half)) in enumerate(found.items()):
        y = top + row * (place + 1) - ROW / 2 + 6 * narrow
        body.append(text(16, y + 6 - up, name, anchor="start", more='font-weight="bold"'))
        body.append(mean_mark(across(mean), y, across(mean - half), across(mean + half), hollow=name == against))
        body.append(text(width - 10, y + 6 - up, written[name], anchor="end"))
    head = (f"{what}: " if what else "") + "; ".join(
        f"{name} {words}{'' if unit == '%' else ' '}{unit}" for name, words in written.items()
    )
    tail = f"95% intervals over {counted(len(rows[against]), 'seed')}."
    minus = {name: str(compare(values, rows[against])) for name, values in rows.items() if name != against}
    caption = tail + _differences(against, minus)
    if len(caption) > TWO_LINES:
        caption = tail + _differences(against, {name: words.split(" (")[0] for name, words in minus.items()})
    sentence = f"{head}. {tail}{_differences(against, minus)}"
    return drawing("".join(body), height=bottom + 40, sentence=sentence, caption=caption, width=width)


def _differences(against, minus):
    found = "; ".join(f"{name} {words}" for name, words in minus.items())
    return f" Against {against}, seed by seed: {found}." if minus else ""


def _axis(found):
    """Give about five round numbers, and room for every interval between the first and the last."""
    low, high = min(mean - half for mean, half in found), max(mean + half for mean, half in found)
    wide = max(high - low, 0.02 * max(abs(low), abs(high))) or 1.0
    room = (wide - (high - low)) / 2
    low, high = low - room, high + room
    step = 10 ** np.floor(np.log10(wide / 4))
    step *= next(times for times in (1, 2, 5, 10) if times * step * 5 >= wide)
    return np.round(np.arange(np.floor(low / step), np.ceil(high / step) + 1) * step, 10)
