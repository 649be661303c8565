"""Read the marks of a picture back from its SVG: places, looks and words, by a reader that no figure uses."""

import re
from functools import cache
from xml.etree import ElementTree

import numpy as np
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

HREF = "{http://www.w3.org/1999/xlink}href"
NUMBER = re.compile(r"-?\d+\.?\d*(?:e[-+]?\d+)?|-?\.\d+")
KEPT_WORDS = r"(?:(?:Neuron|Token)s? ([\d, and]+)|No \w+) of (\d+) (?:is|are) kept; (\d+) (?:dropped|removed)\."
ARITY = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Q": 4}


class Mark:
    """A mark as it is seen: its kind, its look (attributes and style, inherited too), its words, its corners."""

    def __init__(self, kind, look, words, parts):
        self.kind, self.look, self.words, self.parts = kind, look, words, parts
        self.points = np.concatenate(parts)
        (self.left, self.top), (self.right, self.bottom) = self.points.min(axis=0), self.points.max(axis=0)
        self.x, self.y = (self.left + self.right) / 2, (self.top + self.bottom) / 2
        self.width, self.height = self.right - self.left, self.bottom - self.top
        self.thick = float(look.get("stroke-width", 1)) if look.get("stroke", "none") != "none" else 0.0
        self.color = look["stroke" if self.thick else "fill"].lower().replace("currentcolor", "currentColor")
        self.filled = look.get("fill") != "none" and kind not in ("line", "text")

    def dash(self):
        """Name the dash of a line by its lengths: matplotlib's and ours are other numbers of the same names."""
        lengths = [float(number) for number in NUMBER.findall(self.look.get("stroke-dasharray", ""))]
        return ("solid", "dotted" if sum(lengths[:1]) <= 2.2 * self.thick else "dashed", "dash-dot")[len(lengths) // 2]

    def reach(self):
        """Give how far it reaches to the left, up, and (as negative numbers) to the right and down, with its stroke."""
        grown = np.full(2, self.thick / 2 * (self.kind != "text"))
        if self.kind == "line":  # a level or upright one does not grow at its ends
            grown *= [self.height > 0, self.width > 0]
        return np.concatenate([[self.left, self.top] - grown, -grown - [self.right, self.bottom]])


class Drawing:
    """All marks of an SVG, in the order in which they are drawn."""

    def __init__(self, svg):
        self.root = ElementTree.fromstring(svg)
        self.frame = [float(number) for number in self.root.get("viewBox").split()]
        self.named = {element.get("id"): element for element in self.root.iter()}
        self.marks = list(self._marks(self.root, {}, np.eye(3)))

    def all(self, *kinds, **look):
        """List the marks of these kinds that look so: `stroke_width="4"`, `class_="cross"`."""
        due = {name.rstrip("_").replace("_", "-"): value for name, value in look.items()}
        return [mark for mark in self.marks if (not kinds or mark.kind in kinds) and due.items() <= mark.look.items()]

    def text(self, words):
        """Give the one text with these words."""
        (found,) = [mark for mark in self.all("text") if mark.words == words]
        return found

    def _marks(self, element, look, turn):
        kind = element.tag.rpartition("}")[2]
        if kind == "defs":
            return
        own = dict(element.attrib)
        own |= dict(part.strip().split(": ", 1) for part in own.pop("style", "").split(";") if ": " in part)
        look, turn = look | own, turn @ _turn(own.get("transform", ""))
        parts = self._parts(kind, element, look)
        if parts:
            turned = [np.column_stack([part, np.ones(len(part))]) @ turn[:2].T for part in parts]
            yield Mark(kind, look, "".join(element.itertext()), turned)
        for child in element:
            yield from self._marks(child, look, turn)

    def _parts(self, kind, element, look):
        def read(names):
            return [float(element.get(name, 0)) for name in names.split()]

        if kind == "path":
            return path_parts(element.get("d"))
        if kind == "use":
            return [np.array(part) + read("x y") for part in path_parts(self.named[element.get(HREF)[1:]].get("d"))]
        if kind == "rect":
            x, y, width, height = read("x y width height")
            return [[(x, y), (x + width, y + height)]]
        if kind == "line":
            return [[read("x1 y1"), read("x2 y2")]]
        x, y, radius = read("cx cy r")
        if kind == "text":
            (x, y), size = read("x y"), float(look["font-size"].removesuffix("px"))
            wide = width_of("".join(element.itertext()), size, look.get("font-weight") in ("bold", "700"))
            left = x - wide * {"start": 0, "middle": 0.5, "end": 1}[look.get("text-anchor", "start")]
            return [[(left, y - 0.9 * size), (left + wide, y + 0.24 * size)]]
        assert kind in ("svg", "g", "circle"), f"this reader knows no <{kind}>: say how far it reaches"
        return [[(x - radius, y - radius), (x + radius, y + radius)]] if kind == "circle" else []


def says_the_same(caption, sentence):
    """Say whether a caption is there, and each of its words is one of the sentence's."""
    said, whole = (set(re.findall(r"[^\s.;,:]+", words.lower())) for words in (caption or "", sentence))
    return bool(said) and said <= whole


@cache
def width_of(words, size, bold=False):
    """Measure words in DejaVu Sans, which is wider than the other usual fonts."""
    font = FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal", size=size)
    return text_to_path.get_text_width_height_descent(words, font, ismath=False)[0]


def _turn(transform):
    """Give the matrix of a transform."""
    turn = np.eye(3)
    for name, given in re.findall(r"(\w+)\(([^)]*)\)", transform):
        assert name in ("translate", "rotate"), f"this reader follows no {name}"
        numbers = [float(number) for number in NUMBER.findall(given)] + [0.0, 0.0]
        x, y = numbers[:2] if name == "translate" else numbers[1:3]
        there, angle = np.array([[1, 0, x], [0, 1, y], [0, 0, 1]]), np.deg2rad(numbers[0])
        turn = turn @ there
        if name == "rotate":
            across, up = np.cos(angle), np.sin(angle)
            turn = turn @ [[across, -up, 0], [up, across, 0], [0, 0, 1]] @ np.linalg.inv(there)
    return turn


def path_parts(path):
    """List the corners of each part of a path; a curve's control points count as corners."""
    parts, at = [], np.zeros(2)
    for command, given in re.findall(r"([A-DF-Za-df-z])([^A-DF-Za-df-z]*)", path):
        kind = command.upper()
        if kind == "Z":
            at = parts[-1][0]
            continue
        assert kind in ARITY, f"this reader cannot follow the path command {command}"
        for numbers in np.reshape(NUMBER.findall(given), (-1, ARITY[kind])).astype(float):
            start = at if command.islower() else np.zeros(2)
            if kind in "HV":
                corners = [np.where([kind == "H", kind == "V"], start + numbers, at)]
            else:
                corners = list(numbers.reshape(-1, 2) + start)
            parts += [[]] if kind == "M" else []
            parts[-1] += corners
            at = corners[-1]
    return parts


def kept_of(words):
    """Read which neurons, counted from 1, a list in words names."""
    assert words == "none" or re.fullmatch(r"\d+((, \d+)* and \d+)?", words), words
    return {int(number) for number in re.findall(r"\d+", words)}


def kept_and_dropped(sentence):
    """Read the neurons that a sentence says are kept, of how many, and how many it says are dropped."""
    found = re.search(KEPT_WORDS, sentence)
    return kept_of(found[1] or "none"), int(found[2]), int(found[3])
