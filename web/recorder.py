"""Runs inside a page's kernel: pictures and explorers hand over their drawings, wide and narrow, instead of widgets.

Every state of an explorer that a reader can reach is drawn here, by the explorer's own `draw`.
"""

import itertools
import re

from dropout_lib.explorers.panel import Panel
from dropout_lib.figures.picture import NARROW, Picture

MIME = "application/vnd.dropout-course+json"
WIDTHS = {"wide": lambda picture: picture, "narrow": lambda picture: picture.at(NARROW)}
SPOKEN = re.compile(r'role="img" aria-label="[^"]*"')


def record():
    """Make this kernel show pictures and panels as data for the website."""
    formatter = get_ipython().display_formatter.mimebundle_formatter  # noqa: F821 - the kernel's own
    formatter.for_type(Picture, lambda picture, **_: _bundle(picture, drawings(picture)))
    formatter.for_type(Panel, lambda panel, **_: _bundle(panel.picture, drawings(panel.picture) | moving(panel)))


def _bundle(picture, data):
    return {"text/plain": picture.sentence, MIME: data}


def drawings(picture):
    """Give a picture's words, and its SVG by width; the words stand beside it, so the SVG itself says nothing."""
    words = {"sentence": picture.sentence, "caption": picture.visible_words}
    return words | {name: silent(drawn(picture)) for name, drawn in WIDTHS.items()}


def silent(picture):
    """Give a picture's SVG without its words."""
    return SPOKEN.sub('aria-hidden="true"', picture.svg, count=1)


def moving(panel):
    """Give an explorer's controls, and every state that they reach: a number for each into lists of pieces.

    The states are in the order of the controls, the last one fastest, then the draws. Where neurons are drawn by hand
    too, `kept` has the mask of each of these, and the states by hand follow: by choices, draw, mask, last switched.
    """
    controls = {name: control for name, control in panel.controls.items() if len(control.drawn) > 1}
    fixed = {name: control.box.value for name, control in panel.controls.items()}
    draws = range(panel.drawn)
    hand = {"by_hand": {}} if panel.states else {}
    reached = [
        fixed | dict(zip(controls, chosen, strict=True)) | {"draw": draw} | hand
        for *chosen, draw in itertools.product(*(control.drawn for control in controls.values()), draws)
    ]
    switches = len(panel.switches) if panel.drawn_by_hand else 0
    kept = [_number(panel.states(**values)) for values in reached] if switches else []
    if switches:
        reached += list(_by_hand(controls, fixed, draws, switches))
    pictures = [panel.draw(**values) for values in reached]
    return {
        "controls": [
            {
                "label": control.box.description,
                "kind": "range" if hasattr(control.box, "step") else "select",
                "values": control.drawn,
                "start": control.drawn.index(fixed[name]),
            }
            for name, control in controls.items()
        ],
        "draws": len(draws),
        "switches": switches,
        "left_out": ["switches"] * bool(panel.switches and not switches) + ["training"] * bool(panel.more),
        "states": {"kept": kept} | _words(pictures) | {
            name: packed([silent(drawn(picture)) for picture in pictures], "(?=<)") for name, drawn in WIDTHS.items()
        },
    }  # fmt: skip


def _by_hand(controls, fixed, draws, switches):
    """Yield the values of the states by hand. keep_prob plays no part in them: every neuron is set."""
    names = [name for name, control in controls.items() if not hasattr(control.box, "step")]
    options = itertools.product(*(controls[name].drawn for name in names), draws)
    for (*chosen, draw), mask, last in itertools.product(list(options), range(2**switches), range(1, switches + 1)):
        order = [neuron for neuron in range(1, switches + 1) if neuron != last] + [last]
        by_hand = {neuron: bool(mask >> (neuron - 1) & 1) for neuron in order}
        yield fixed | dict(zip(names, chosen, strict=True)) | {"draw": draw, "by_hand": by_hand}


def _number(states):
    """Give a mask as a whole number: neuron 1 is the lowest bit."""
    return sum(int(kept) << place for place, kept in enumerate(states))


def _words(pictures):
    found = {"captions": packed([picture.visible_words for picture in pictures], r"(?<= )")}
    if any(picture.caption for picture in pictures):
        found["sentences"] = packed([picture.sentence for picture in pictures], r"(?<= )")
    return found


def packed(texts, between):
    """Give the different pieces of many texts, and each text as the places of its pieces, or of its equal before it."""
    pieces, rows, seen = {}, [], {}
    for place, text in enumerate(texts):
        if text in seen:
            rows.append(seen[text])
            continue
        seen[text] = place
        rows.append([pieces.setdefault(piece, len(pieces)) for piece in re.split(between, text) if piece])
    return {"pieces": list(pieces), "rows": rows}
