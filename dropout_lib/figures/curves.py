"""Charts by Matplotlib, saved as SVG with the page's own ink: curves with bands, and nothing that reaches the page."""

import io
import math
import re
import textwrap
import zlib

import numpy as np

from dropout_lib.comparison import interval
from dropout_lib.figures.palette import FOURTH, INK, KEPT, THIRD
from dropout_lib.figures.picture import WIDTH, Picture, escape, figure, is_narrow

SENTINEL = "#010203"  # Matplotlib knows no currentColor: this stands for it until the SVG is written
STYLES = [(KEPT, "-", "o"), (SENTINEL, "--", "s"), (THIRD, "-.", "^"), (FOURTH, ":", "D")]


@figure
def curves(x, lines, *, title, xlabel, ylabel, sentence=None, bands=None, ylim=None, dots=True, width=WIDTH):
    """Draw named curves over `x`. `lines` maps a name to its values; `bands` a name to (lower, upper).

    Values of shape (seeds, places) are drawn as their mean, with the 95% interval for a band. `sentence` says what was
    measured, since no test compares a chart's pixels; without one, it is made of up to five places of each line.
    """
    seeds = {name: len(values) for name, values in lines.items() if np.ndim(values) == 2}
    lines, bands = dict(lines), dict(bands or {})
    for name in seeds:
        mean, half = interval(lines[name])
        lines[name], bands[name] = mean, (mean - half, mean + half)
    caption = "" if sentence else _sentence(x, lines, xlabel, ylabel, seeds, most=2)
    sentence = sentence or _sentence(x, lines, xlabel, ylabel, seeds, most=5)
    from matplotlib import rc_context  # noqa: PLC0415 - 0.4 s, paid where a chart is drawn
    from matplotlib.figure import Figure  # noqa: PLC0415

    narrow = is_narrow(width)
    title = "\n".join(textwrap.wrap(title, 32)) if narrow else title
    size, ground, legend = _narrow_layout(width, title, list(lines)) if narrow else _wide_layout(width)
    with rc_context(_style(narrow)):
        chart = Figure(figsize=size)
        axes = chart.add_axes(ground)
        for (name, values), (color, dash, marker) in zip(lines.items(), STYLES, strict=False):
            thick, dot = (2, 4.5) if narrow else (2.5, 6)
            sizes = {"linewidth": thick, "marker": marker if dots else "", "markersize": dot}
            axes.plot(x, values, dash, color=color, label=name, **sizes)
            if name in bands:
                axes.fill_between(x, *bands[name], color=color, alpha=0.25, linewidth=0)
        axes.set(xlabel=xlabel, ylabel=ylabel, title=title)
        axes.set_ylim(ylim)
        axes.spines[["top", "right"]].set_visible(False)
        axes.locator_params(nbins=5)
        axes.legend(frameon=False, **legend)
        saved = io.StringIO()
        chart.savefig(saved, format="svg", transparent=True, metadata={"Date": None})
    return Picture(_plain(saved.getvalue(), sentence, size), sentence, caption, is_chart=True)


def _sentence(x, lines, xlabel, ylabel, seeds, *, most):
    """Say what the lines measure, at the first and the last place and between them, at `most` places in all."""
    places = np.unique(np.linspace(0, len(x) - 1, min(len(x), most)).round().astype(int))
    shown = "; ".join(
        f"{name} " + ", ".join(f"{np.asarray(values)[place]:z.1f}" for place in places)
        for name, values in lines.items()
    )
    over = f" 95% intervals over {min(seeds.values())} seeds." if seeds else ""
    return f"{ylabel} at {xlabel} {', '.join(f'{x[place]:g}' for place in places)}: {shown}.{over}"


def _wide_layout(width):
    """Give the size of a chart in inches, where its ground is in shares of that, and where its legend: beside it."""
    return (width / 100, 3.7), (0.115, 0.19, 0.6, 0.68), {"loc": "center left", "bbox_to_anchor": (1.02, 0.5)}


def _narrow_layout(width, title, names):
    """Give the same of a narrow chart: its legend is below it, in two columns if the names are short."""
    columns = 2 if max(map(len, names)) <= 16 else 1
    above, ground, axis = 10 + 14 * (title.count("\n") + 1), 160, 42  # heights in points, as below
    wide, legend = 0.72 * width, 6 + 16 * math.ceil(len(names) / columns)
    tall = above + ground + axis + legend
    shares = (54 / wide, (axis + legend) / tall, (wide - 66) / wide, ground / tall)
    place = {"loc": "lower left", "bbox_to_anchor": (-54 / (wide - 66), -(axis + legend) / ground)}
    return (wide / 72, tall / 72), shares, place | {"ncols": columns, "borderaxespad": 0.2, "columnspacing": 1}


def _style(narrow):
    letters = {"font.size": 10.5, "axes.titlesize": 11} if narrow else {"font.size": 13.5, "axes.titlesize": 14.5}
    sizes = letters | {"axes.titleweight": "bold", "axes.titlelocation": "left"}
    inks = ("text.color", "axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color")
    return sizes | dict.fromkeys(inks, SENTINEL) | {"svg.fonttype": "none", "svg.hashsalt": "dropout_lib"}


def _plain(svg, sentence, size):
    """Take out of Matplotlib's SVG all that would reach the page, and put the theme's ink in."""
    svg = svg[svg.index("<svg") :]
    for part in ("style", "metadata"):
        svg = re.sub(rf"<{part}\b.*?</{part}>", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<clipPath.*?</clipPath>", "", svg, flags=re.DOTALL)
    svg = re.sub(r' clip-path="[^"]*"', "", svg)
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', svg))
    mine = f"c{zlib.crc32(svg.encode())}"
    svg = re.sub(r' id="([^"]+)"', lambda found: f' id="{mine}{found[1]}"' if found[1] in used else "", svg)
    svg = re.sub(r'(href="#|url\(#)', rf"\1{mine}", svg).replace(SENTINEL, INK)
    frame = f"0 0 {72 * size[0]:g} {72 * size[1]:g}"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="{frame}" '
        f'role="img" aria-label="{escape(sentence)}" style="display:block;width:100%;height:auto;max-width:{WIDTH}px" '
        f'fill="{INK}" stroke-linejoin="round" stroke-linecap="butt">'
    )
    return re.sub(r"<svg\b[^>]*>", lambda _: head, svg, count=1).strip()
