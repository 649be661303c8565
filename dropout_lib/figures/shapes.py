"""The few shapes that all diagrams are made of, and the words that name neurons."""

import textwrap

from dropout_lib.figures.palette import INK, KEPT, THRESHOLD
from dropout_lib.figures.picture import LETTERS, escape, is_narrow


def text(x, y, words, *, anchor="middle", size=18, more=""):
    """Write words at (x, y), the baseline."""
    return f'<text x="{x:.4g}" y="{y:.4g}" text-anchor="{anchor}" font-size="{size}" {more}>{escape(words)}</text>'


def line(x1, y1, x2, y2, *, color=INK, width=2, more=""):
    """Draw a straight line."""
    return (
        f'<line x1="{x1:.4g}" y1="{y1:.4g}" x2="{x2:.4g}" y2="{y2:.4g}" stroke="{color}" '
        f'stroke-width="{width:.4g}" {more}/>'
    )


def bar(x, y, width, height, *, color=KEPT, hollow=False):
    """Draw a rectangle, filled or hollow."""
    paint = f'fill="none" stroke="{color}" stroke-width="2"' if hollow else f'fill="{color}"'
    return f'<rect x="{x:.4g}" y="{y:.4g}" width="{width:.4g}" height="{height:.4g}" {paint}/>'


def cross(x, y, reach):
    """Draw the cross that marks what is dropped."""
    path = f"M{x - reach:.4g} {y - reach:.4g}L{x + reach:.4g} {y + reach:.4g}M{x + reach:.4g} {y - reach:.4g}"
    return f'<path class="cross" d="{path}L{x - reach:.4g} {y + reach:.4g}" stroke="{INK}" stroke-width="2"/>'


def neuron(x, y, radius, kept, name=""):
    """Draw one neuron: kept is filled, dropped is hollow with a cross. The small hole marks its centre."""
    label = f'data-neuron="{escape(name)}" ' if name != "" else ""
    if kept:
        centre = f'<circle cx="{x:.4g}" cy="{y:.4g}" r="3" fill="#FFFFFF"/>'
        return f'<g {label}data-kept="1"><circle cx="{x:.4g}" cy="{y:.4g}" r="{radius}" fill="{KEPT}"/>{centre}</g>'
    ring = f'<circle cx="{x:.4g}" cy="{y:.4g}" r="{radius}" fill="none" stroke="{INK}" stroke-width="2"/>'
    return f'<g {label}data-kept="0">{ring}{cross(x, y, radius * 0.6)}</g>'


def threshold(keep_prob, y, left, right, width):
    """Draw keep_prob as a line, its number beside it; its name above the number, or at the top if it is narrow."""
    places = (right + 16, y - 2, "start"), (right + 16, y + 18, "start")
    if is_narrow(width):
        places = (width - 6, 18, "end"), (width - 6, y + 5, "end")
    # Two lines: a wide font would push a typed 0.1235 out of the frame.
    words, bold = ("keep_prob", f"{keep_prob:.4g}"), 'font-weight="bold"'
    label = [text(x, down, word, anchor=side, more=bold) for (x, down, side), word in zip(places, words, strict=True)]
    return line(left - 8, y, right + 8, y, color=THRESHOLD, width=4) + "".join(label)


def mean_mark(x, y, left, right, *, hollow):
    """Draw an interval from left to right and its middle: a hollow square for what the rest is compared with, a dot."""
    color = INK if hollow else KEPT
    reach = line(left, y, right, y, color=color, width=4)
    if hollow:
        paint = f'fill="none" stroke="{color}" stroke-width="3"'
        return reach + f'<rect class="mean" x="{x - 8:.4g}" y="{y - 8:.4g}" width="16" height="16" {paint}/>'
    return reach + f'<circle class="mean" cx="{x:.4g}" cy="{y:.4g}" r="8" fill="{color}"/>'


def level_axis(ticks, left, right, y, *, place, unit=""):
    """List the parts of an axis from left to right at the height y, `place(value)` across for each value of `ticks`."""
    body = [line(left, y, right, y)]
    for value in ticks:
        x = place(value)
        body += [line(x, y, x, y + 6), text(x, y + 26, f"{value:g}{unit}", size=16)]
    return body


def tile(x, y, size, kept):
    """Draw one entry of a mask: kept is filled, dropped is hollow with a cross."""
    if kept:
        return bar(x + 1, y + 1, size - 2, size - 2)
    return bar(x + 2, y + 2, size - 4, size - 4, color=INK, hollow=True) + cross(
        x + size / 2, y + size / 2, size / 2 - 5
    )


def in_lines(words, room, *, bold=False):
    """Break words into lines that fit into so much room of a narrow drawing, in a wide font."""
    return textwrap.wrap(words, int(room / (LETTERS * (0.7 if bold else 0.62))))


def a_digit(label):
    """Name an image by its digit: 'a 3', 'an 8'."""
    return f"{'an' if label == 8 else 'a'} {label}"


def counted(count, name):
    """Say how many: '1 neuron', '2 neurons'."""
    return f"{count} {name}{'' if count == 1 else 's'}"


def listed(names):
    """Join names for a sentence: '1, 2 and 5'; 'none' when there are none."""
    names = [str(name) for name in names]
    if len(names) < 2:
        return names[0] if names else "none"
    return f"{', '.join(names[:-1])} and {names[-1]}"


def numbers_of(mask):
    """Name the True entries of a Boolean row, counted from 1: '1, 2 and 5'."""
    return listed(index + 1 for index, kept in enumerate(mask) if kept)


def kept_words(mask, name="neuron", *, gone="dropped"):
    """Say which neurons of a Boolean row are kept, and how many are `gone`; `name` is what else they may be."""
    kept, units = int(sum(mask)), len(mask)
    if kept == 0:
        return f"No {name} of {units} is kept; {units} {gone}"
    if kept == 1:
        return f"{name.capitalize()} {numbers_of(mask)} of {units} is kept; {units - 1} {gone}"
    return f"{name.capitalize()}s {numbers_of(mask)} of {units} are kept; {units - kept} {gone}"
