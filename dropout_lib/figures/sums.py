"""What the next layer receives: the exact distribution of a sum under three rules, with its mean."""

import numpy as np

from dropout_lib.figures.palette import INK, KEPT
from dropout_lib.figures.picture import WIDTH, drawing, figure, is_narrow
from dropout_lib.figures.shapes import bar, line, text

TALL, BINS = 60, 48  # of the highest bar; one more bar than steps: a bar's middle is its value


@figure
def sums(rules, *, top, now, width=WIDTH):
    """Draw one histogram a rule. `rules` maps a name to (values, probabilities); `now` to this draw's own value.

    The axis goes from 0 to `top`; what lies beyond is in the last bar. The tall line is the exact mean.
    """
    body, parts, narrow = [], [], is_narrow(width)
    ends = left, right = (16, width - 16) if narrow else (130, width - 150)
    row, floor, up = (122, 32, 74) if narrow else (104, 14, 30)  # names and means stand above the bars, or beside them
    name_at, mean_at = ((left, "start"), (right, "end")) if narrow else ((left - 12, "end"), (right + 12, "start"))
    for name, (values, probabilities) in rules.items():
        floor += row
        mean = float(np.dot(values, probabilities))
        body.append(_histogram(values, probabilities, top, floor, ends))
        words = text(mean_at[0], floor - up, f"mean {mean:z.2f}", anchor=mean_at[1])
        body.append(_mark(mean, top, floor, ends) + words)
        body.append(text(name_at[0], floor - up, name, anchor=name_at[1]))
        body.append(_now(now[name], top, floor, ends))
        spread = float(np.sqrt(np.dot(probabilities, (values - mean) ** 2)))
        parts.append(f"{name}: mean {mean:z.2f}, spread {spread:z.2f}, now {now[name]:z.2f}")
    floor += 48
    last = text(right, floor, f"{top:.3g} and more", anchor="end" if narrow else "middle")
    body.append(text(left, floor, "0") + last)
    floor += 20 * narrow
    body.append(text((left + right) / 2, floor, "what the next neuron receives"))
    legend = "higher: more probable in its row;", "▲ this draw,  ┃ exact mean over all masks"
    lines = legend if narrow else ["  ".join(legend)]
    body += [text(left, 22 + 20 * row, words, anchor="start", size=16) for row, words in enumerate(lines)]
    return drawing("".join(body), height=floor + 14, sentence="; ".join(parts) + ".", width=width)


def _place(value, top, ends):
    left, right = ends
    return left + (right - left) * min(max(value / top, 0), 1)


def _histogram(values, probabilities, top, floor, ends):
    left, right = ends
    half, step = top / BINS / 2, (right - left) / BINS
    shares, _ = np.histogram(np.clip(values, 0, top), bins=BINS + 1, range=(-half, top + half), weights=probabilities)
    bars = [
        bar(left + (index - 0.5) * step + 0.5, floor - tall, step - 1, tall, color=KEPT)
        for index, tall in enumerate(shares / shares.max() * TALL)
        if tall > 0
    ]
    return "".join(bars) + line(left, floor, right, floor)


def _mark(mean, top, floor, ends):
    x = _place(mean, top, ends)
    return line(x, floor + 4, x, floor - TALL - 4, color=INK, width=4)


def _now(value, top, floor, ends):
    x = _place(value, top, ends)
    return f'<path d="M{x - 8:.4g} {floor + 18:.4g}h16l-8 -14z" fill="{INK}"/>'
