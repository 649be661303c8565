"""Every mark of a figure is held to the array that it shows: read back from the SVG, and compared with numbers.

A row of MARKS says: this mark of this scene has this attribute; so it is due, and so it is read. The arrays are not
square, not symmetric, and their values all differ, so that what is mirrored, exchanged, turned or left out shows.
Numbers are read by the picture's own ticks and by proportions, never by the constants of the figure.
"""

import copy
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from helpers.svg import Drawing, Mark

from dropout_lib import Comparison, figures, judge_claim

BLUE, ORANGE, VERMILION, GREEN, INK = "#0072b2", "#e69f00", "#d55e00", "#009e73", "currentColor"
RNG = np.random.default_rng(5)

NUMBERS = np.array([[0.11, 0.92, 0.45, 0.27, 0.83], [0.05, 0.62, 0.296, 0.74, 0.38], [0.97, 0.15, 0.21, 0.08, 0.55]])
BATCH = NUMBERS < 0.3
PANELS = {"one": np.array([[1, 0, 0], [1, 1, 0]], bool), "two": np.array([[0, 1], [0, 0], [1, 1]], bool)}
HIDDEN = np.array([1, 0, 1, 1], bool)
EDGES = [np.arange(1.0, 13).reshape(3, 4) * HIDDEN, np.array([[0.5, -2.0], [0, 0], [1.5, 0.25], [-1.0, 0.75]])]
HANDED = [np.array([0.1, 0.2, 0.3]), np.array([1.1, 0.0, -1.3, 1.4]), np.array([2.5, -2.75])]
EXACT, DRAWN = np.array([0.1, 0.3, 0.25, 0.15, 0.2]), np.array([0.05, 0.22, 0.4, 0.17, 0.16])
RULES = {
    "unscaled": (np.array([0.0, 3.0, 4.5]), np.array([0.3, 0.6, 0.1])),
    "inverted": (np.array([2.0, 7.0, 11.0]), np.array([0.5, 0.2, 0.3])),
}
X = np.array([0.2, 0.3, 0.7, 1.0])
LINES = {"first": [1.0, 4.0, 2.0, 8.0], "second": [3, 5, 7, 6], "third": [9, 10.5, 11, 9.5], "fourth": [2, 1.5, 0.5, 3]}
BANDS = {"second": ([2.0, 4.5, 6, 4], [3.5, 6, 9, 6.5]), "third": ([8, 10, 9, 9], [9.5, 11, 11.5, 10])}
WORDS = {"title": "the title", "xlabel": "across", "ylabel": "up", "sentence": "a sentence"}
RESULTS = {"none": ("a", 81.0, 2.0), "half": ("b", 90.5, 1.0), "low": ("c", 72.0, 1.5), "end": ("d", 94.0, 3.0)}
SEEDS = {"one": [1.0, 3.0, 5.0, 4.0], "two": [12.0, 14.0, 13.0, 15.5], "three": [7.0, 7.5, 9.0, 6.0]}
JUDGED = {
    "far": judge_claim(Comparison(6.0, 3.0, 4, 4), Comparison(29.0, 1.0, 4, 4), minimum_difference=2),
    "down": judge_claim(Comparison(-1.5, 0.75, 3, 4), minimum_difference=3, sign=-1),
    "back": judge_claim(Comparison(-2.4, 4.0, 3, 4), minimum_difference=1.5),
}
IMAGES, WEIGHTS = RNG.uniform(0.05, 0.99, (4, 64)), RNG.normal(size=(2, 64, 3)) * [1.0, 7.0, 0.1]
WEIGHTS[1, :, 1] = -np.abs(WEIGHTS[1, :, 1])  # a neuron without a positive one
FOR, AGAINST = np.array([0.5, -1.25, 2.0, -0.25, 1.0]), np.array([-2.0, 1.0, -0.5])
GRIDS = {
    "plain": np.array([[1, 0, 0, 1], [0, 1, 1, 0], [0, 0, 1, 1]], bool),
    "dropped": np.array([[0, 0, 1, 0], [1, 0, 0, 0], [0, 1, 1, 0]], bool),
}
PLACES = np.array([[-0.5, 0.3], [2.25, 1.5], [0.5, 1.9]])
UNITS = np.array([[n >> 2 & 1, n >> 1 & 1, n & 1] for n in range(8)], bool)
CHANCES = np.array([0.05, 0.2, 0.09, 0.13, 0.07, 0.11, 0.25, 0.1])
ACCURACIES = np.array([0.1, 0.35, 0.22, 0.61, 0.48, 0.74, 0.87, 0.95])
RIGHT = np.array([0, 1, 0, 1, 1, 0, 1, 0], bool)
SAID = np.eye(10)[np.where(RIGHT, 3, 8)] * 0.5 + RNG.dirichlet(np.ones(10), 8) * 0.5
AVERAGES = {  # the second gives another class the most
    name: (np.eye(10)[3] * share + np.eye(10)[8] * 0.5, score)
    for name, share, score in (("arithmetic", 0.7, 0.8), ("geometric", 0.45, 0.83), ("scaled", 0.9, 0.64))
}
AT = np.linspace(-1.6, 2.4, 17)
MEAN, SPREAD, TRUTH = 0.2 + 0.5 * AT, 0.1 + 0.2 * (AT + 1.6) ** 0.5, 0.3 * AT**2 - 1
FUNCTIONS, POINTS = np.array([MEAN + 0.1 * AT, MEAN - 0.3]), (np.array([-0.8, 0.1, 0.9]), np.array([-1.5, 0.5, 1.2]))
LEFT_OVER = np.array([1, 0, 1, 1, 0], bool)
LOSERS = {
    "without dropout": (0.96, 0.31, np.array([1, 1, 0, 1], bool), np.array([0, 1, 1, 0], bool)),
    "with dropout": (0.85, 0.72, np.array([1, 0, 1, 1], bool), np.array([1, 0, 1, 0], bool)),
}
HISTORY = {
    "test, with": ([0.1, 0.4, 0.6, 0.7, 0.1], True, True),
    "test, without": ([0.15, 0.5, 0.55, 0.65, 0.9], False, True),
    "training, with": ([0.05, 0.3, 0.8, 0.75, 0.3], True, False),
    "training, without": ([0.2, 0.25, 0.9, 1.0, 0.8], False, False),
}
LAYERS = {"hidden 1": np.arange(20) % 7 > 1, "hidden 2": np.array([1, 0, 0, 1, 0, 0, 0], bool)}
MOVED = {"hidden 1": np.arange(1.0, 21), "hidden 2": np.array([9.0, 25, 13, 4, 17, 6, 2])}
TOKENS, OWN = ("a", "to", "of", "in"), np.array([0.15, 0.72, 0.93, 0.4])
CHANCE, WEIGHT, AVERAGE = np.array([0.1, 0.5, 0.15, 0.25]), np.array([0.2, 1.0, 0, 0.5]), np.array([0.3, 0.6, 0.2, 0.4])
ATTENDED = {"probabilities": CHANCE, "weights": WEIGHT, "means": AVERAGE, "keep_prob": 0.8, "way": "here"}
PLACED = {
    "embedding": np.array([[1, 0, 0, 1], [1, 1, 0, 1]], bool),
    "attention": np.array([[0, 1], [1, 1]], bool),
    "after attention": np.array([[1, 1, 1, 0], [0, 1, 0, 0]], bool),
    "feed-forward": np.array([[1, 1, 0, 1, 0, 1], [0, 0, 1, 1, 1, 1]], bool),
    "after feed-forward": np.array([[0, 0, 0, 0], [1, 0, 1, 1]], bool),
}

BOWLS = {
    "plain": (np.array([1.5, 0.4]), np.array([[2.0, 0.6], [0.6, 0.9]])),
    "masked": (np.array([0.7, -0.2]), np.array([[3.0, -0.5], [-0.5, 1.6]])),
}
BOWLS_BEYOND = {"plain": (np.array([2.8, 0.4]), BOWLS["plain"][1]), "masked": (np.array([0.6, 2.5]), np.eye(2) * 0.7)}
ROUTE = np.array([[1.5, 0.4], [1.2, 0.45], [0.9, 0.1], [0.7, -0.2], [0.3, -0.15]])

SCENES = {
    "attention_row": lambda: figures.attention_row(TOKENS, OWN, OWN < 0.8, **ATTENDED),
    "attention_row beyond": lambda: figures.attention_row(
        TOKENS, OWN, OWN < 0.8, **(ATTENDED | {"weights": np.array([0.2, 3.0, 0.0, 1.39])})
    ),
    "transformer_block": lambda: figures.transformer_block(PLACED),
    "neurons": lambda: figures.neurons(NUMBERS, BATCH, keep_prob=0.3, example=2),
    "tiles": lambda: figures.tiles(PANELS),
    "tiles alike": lambda: figures.tiles(
        {"one": np.array([[1, 1], [0, 1], [0, 1]], bool), "two": np.zeros((2, 2), bool)},
        rows="example",
        columns="output",
    ),
    "wiring": lambda: figures.wiring(HANDED, EDGES, HIDDEN),
    "wiring backward": lambda: figures.wiring(HANDED, EDGES, HIDDEN, backward=True),
    "counts": lambda: figures.counts(EXACT, DRAWN),
    "sums": lambda: figures.sums(RULES, top=8.0, now={"unscaled": 3.0, "inverted": 6.5}),
    "sums beyond": lambda: figures.sums(RULES, top=8.0, now={"unscaled": -1.0, "inverted": 9.0}),
    "curves": lambda: figures.curves(X, LINES, bands=BANDS, ylim=(0, 12.6), **WORDS),
    "curves plain": lambda: figures.curves(X, LINES, dots=False, **WORDS),
    "intervals": lambda: figures.intervals(RESULTS, axis=(75, 95)),
    "results": lambda: figures.results(SEEDS, unit="points", what="gained", against="two"),
    "claims": lambda: figures.claims(JUDGED),
    "digit_images": lambda: figures.digit_images(IMAGES[:3], [4, 7, 2], [4, 9, 2]),
    "digit_images seen": lambda: figures.digit_images(IMAGES[:2], [1, 7], [1, 1], about="x", word="seen"),
    "filters": lambda: figures.filters({"row A": WEIGHTS[0], "row B": WEIGHTS[1][:, :2]}),
    "contributions": lambda: figures.contributions(FOR, name="x", image=IMAGES[0], classes=(3, 8), with_dropout=True),
    "contributions less": lambda: figures.contributions(
        AGAINST, name="x", image=IMAGES[0], classes=(3, 8), with_dropout=False
    ),
    "boundaries": lambda: figures.boundaries(GRIDS, PLACES, [0, 1, 0], corners=(-1, 0, 3, 2)),
    "cloud": lambda: figures.cloud(UNITS, CHANCES, ACCURACIES, RIGHT, about="x"),
    "cloud few": lambda: figures.cloud(UNITS, CHANCES, ACCURACIES, UNITS[:, 0] & UNITS[:, 1], about="x"),
    "ensemble_view": lambda: figures.ensemble_view(
        (UNITS, CHANCES, ACCURACIES, SAID), AVERAGES, 6, name="x", image=IMAGES[0], label=3
    ),
    "band": lambda: figures.band(
        AT, MEAN, SPREAD, truth=TRUTH, points=POINTS, gap=(-0.4, 0.6), functions=FUNCTIONS
    ),
    "band alone": lambda: figures.band(AT, MEAN, SPREAD, truth=TRUTH, points=POINTS, gap=(-0.4, 1.0)),
    "contours": lambda: figures.contours(BOWLS, ROUTE, about="x."),
    "contours beyond": lambda: figures.contours(BOWLS_BEYOND, [[3.0, 0.4], [2.9, 3.4], [0.6, 2.5]]),
    "damage": lambda: figures.damage(LEFT_OVER, LOSERS, IMAGES, about="x"),
    "training_view": lambda: figures.training_view(HISTORY, 3, LAYERS, MOVED),
    "training_view still": lambda: figures.training_view(HISTORY, 3, LAYERS),
}  # fmt: skip


@cache
def drawn(scene):
    return Drawing(SCENES[scene]().svg)


@cache
def drawn_narrow(scene):
    return Drawing(SCENES[scene]().at(400).svg)


# How marks are read


def across(marks):
    return sorted(marks, key=lambda mark: mark.x)


def rows(marks, apart=6):
    """Put marks into rows, from the top, each from the left: what is near to a row's last mark is in it."""
    found = []
    for mark in sorted(marks, key=lambda mark: mark.y):
        if not found or mark.y - found[-1][-1].y > apart:
            found.append([])
        found[-1].append(mark)
    return [across(row) for row in found]


def flat(marks):
    """List marks as they are read: from the top, and each row from the left."""
    return [mark for row in rows(marks) for mark in row]


def apart(ones, others):
    return [one.x - other.x for one, other in zip(ones, others, strict=True)]


def scale(places, values):
    """Give the function from places on a straight axis to values, by two places."""
    return lambda place: values[0] + (place - places[0]) * (values[1] - values[0]) / (places[1] - places[0])


def axis(p, side, one, other):
    """Give the scale of an axis by two of its ticks' words, which may have a unit."""
    ticks = [getattr(p.text(words), side) for words in (one, other)]
    assert (ticks[0] < ticks[1]) == (side == "x"), "an axis goes to the right, or up"
    return scale(ticks, [float(words.rstrip("%")) for words in (one, other)])


def on(scale, *places):
    return [scale(place) for place in np.ravel(places)]


def share(values):
    """Put values into proportion: the smallest 0, the largest 1."""
    values = np.asarray(values, float)
    return (values - values.min()) / (values.max() - values.min())


def states(p, marks):
    """Name what each mark says: filled blue without a cross, or hollow grey with one cross inside."""
    crosses = p.all("path", class_="cross")
    names = {(True, BLUE, 0): "kept", (False, INK, 1): "dropped"}
    looks = [(m.filled, m.color, sum(inside(m, cross) for cross in crosses)) for m in marks]
    return [names.get(look, look) for look in looks]


def due_states(mask):
    return [["dropped", "kept"][int(kept)] for kept in np.ravel(mask)]


def inside(outer, inner):
    return all((outer.left <= inner.left, inner.right <= outer.right, outer.top <= inner.top,
                inner.bottom <= outer.bottom, abs(outer.x - inner.x) < 1, abs(outer.y - inner.y) < 1))  # fmt: skip


def beside(p, words, *kinds):
    """Give the mark of a legend: the nearest to the left of its words, at their height."""
    word = p.text(words)
    marks = [mark for mark in p.all(*kinds) if mark.right < word.left and abs(mark.y - word.y) < 8]
    return max(marks, key=lambda mark: mark.right)


def look(mark):
    return [mark.kind, mark.color, mark.dash() if mark.thick else "", mark.filled]


def words(marks):
    return [mark.words for mark in marks]


def labels(p, marks, reach=30, *, above=False):
    """Give the words that stand straight below each mark, or straight above it, at most so far from its edge."""
    found = []
    for m in marks:
        gaps = [(m.top - t.y if above else t.y - m.bottom, t) for t in p.all("text") if abs(t.x - m.x) < 2]
        found.append(" ".join(t.words for gap, t in gaps if 0 < gap < reach))
    return found


def words_at(p, there, reach=4):
    """Give all words that stand at the height of a mark, from the left."""
    return [mark.words for mark in across(p.all("text")) if abs(mark.y - there.y) < reach]


def row_of(p, words):
    return words_at(p, p.text(words))


def pixels(p, count):
    """Read digits back: images of 8 x 8 pixels beside each other, every one with ink."""
    found = rows([mark for mark in p.all("rect") if "opacity" in mark.look], apart=2)
    touch = [[b.left - a.right, a.width - a.height] for row in found for a, b in zip(row, row[1:], strict=False)
             if b.left - a.right < 1.5]  # fmt: skip
    assert len(found) == 8 and np.allclose(touch, 0, atol=0.01) and len(touch) == 56 * count
    ink = [[float(mark.look["opacity"]) for mark in row] for row in found]
    return np.reshape(ink, (8, count, 8)).swapaxes(0, 1).reshape(count, 64)


def images(p, count):
    """Give each of the digits beside each other as one mark."""
    found = across(m for m in p.all("rect") if "opacity" in m.look)
    each = np.array_split(np.arange(len(found)), count)
    return [Mark("image", found[0].look, "", [found[place].points for place in places]) for places in each]


def curve(p, mark, x, y):
    return np.array([[x(a), y(b)] for a, b in mark.points])


# neurons and wiring


def rings(p, radius=10):
    return across(mark for mark in p.all("circle") if mark.width > 2 * radius)


def up(p):
    (upright,) = [line for line in p.all("line") if line.width == 0 and line.height > 100]
    return scale((upright.bottom, upright.top), (0, 1))


def threshold(p):
    (line,) = [mark for mark in p.all("line") if mark.color == ORANGE]
    return line


def layers(p):
    return rows(mark for mark in p.all("circle") if mark.width > 20)[::-1]


def edges(p, layer):
    """List the edges above a layer, from the left below and then from the left above, each by its two ends."""
    below, above = layers(p)[layer : layer + 2]
    found = []
    for line in p.all("line"):
        (x1, y1), (x2, y2) = sorted(line.points.tolist(), key=lambda end: -end[1])
        if below[0].y > y1 > y2 > above[0].y:
            ends = [int(np.argmin([abs(m.x - x) for m in row])) for row, x in ((below, x1), (above, x2))]
            assert abs(below[ends[0]].x - x1) < 1 and abs(above[ends[1]].x - x2) < 1
            found.append((*ends, line))
    return sorted(found, key=lambda edge: edge[:2])


# contours


def plane(p):
    """Give the scales of the two weights, by the ticks of the axes and the words at them, which are read in order."""
    short = [mark for mark in p.all("line") if max(mark.width, mark.height) < 10]
    below, beside = across(m for m in short if m.height), sorted((m for m in short if m.width), key=lambda m: -m.y)
    at = [[near(p, tick, 0, 20).words for tick in below], [near(p, tick, -14, 0).words for tick in beside]]
    x = scale((below[0].x, below[-1].x), [float(at[0][0]), float(at[0][-1])])
    return x, scale((beside[0].y, beside[-1].y), [float(at[1][0]), float(at[1][-1])]), at


def near(p, mark, right, down):
    """Give the text nearest to a place beside a mark."""
    return min(p.all("text"), key=lambda text: np.hypot(text.x - mark.x - right, text.y - mark.y - down))


def weights_of(p, mark):
    x, y, _ = plane(p)
    return np.array([[x(a), y(b)] for a, b in mark.points])


def least_of(p):
    x, y, _ = plane(p)
    return [[x(mark.x), y(mark.y)] for mark in p.all(class_="least") if mark.x < 440]


def keys_of(p):
    """List the legend's rows from the top, each from the left: marks and words to the right of the plane."""
    edge = max(mark.right for mark in p.all("line"))
    return rows([mark for mark in p.marks if mark.left > edge and mark.kind != "svg"], apart=12)


def levels_of(p, bowls):
    """Read how far above its least each contour lies, at the lowest and at the highest of its corners."""
    found = []
    for place, mark in enumerate(p.all("path", class_="contour")):
        least, curvature = list(bowls.values())[place // 3]
        away = weights_of(p, mark) - least
        heights = [one @ curvature @ one for one in away]
        found.append([min(heights).round(2), max(heights).round(2), len(mark.parts), len(heights) == 73])
    return found


# attention_row and transformer_block


def weight_bars(p, *, filled):
    return across(m for m in p.all("rect") if m.filled == filled)


def grounds(p):
    """Give the scales of the two upright axes, from the top: by the places of their ticks 0 and 1."""
    ticks = {word: [mark.y for mark in p.all("text") if mark.words == word] for word in ("0", "1")}
    return [scale((low, high), (0, 1)) for low, high in zip(sorted(ticks["0"]), sorted(ticks["1"]), strict=True)]


def bar_values(p, marks):
    return [grounds(p)[1](m.top) - grounds(p)[1](m.bottom) for m in marks]


def mask_tiles(p):
    """Read the tiles of each place, from the top: states row by row, found between its words and the next."""
    heads = sorted((m for m in p.all("text") if m.words.startswith("rows: ")), key=lambda m: m.y)
    ends = [m.y for m in heads[1:]] + [1e9]
    small = [m for m in p.all("rect") if m.width < 30]
    return [[m for m in small if head.y < m.y < end] for head, end in zip(heads, ends, strict=True)]


def branch_ends(p):
    """Name the boxes at whose height the trunk has a plus."""
    return [row_of(p, near.words)[0] for near in boxes(p) if any(abs(near.y - m.y) < 6 for m in p.all("circle"))]


def boxes(p):
    named = [m for m in p.all("text") if m.look.get("font-weight") == "bold"]
    return sorted(named, key=lambda m: m.y)


# counts, sums, intervals, contributions, damage


def count_bars(p, *, filled):
    return across(mark for mark in p.all("rect") if mark.bottom > 200 and mark.filled == filled)


def heights(p, marks, one="0%", other="40%"):
    up = axis(p, "y", one, other)
    return [up(mark.top) - up(mark.bottom) for mark in marks]


def sum_x(p):
    return scale([p.text("0").x, p.text("8 and more").x], [0, 8])


def sum_rows(p, *kinds):
    """List the marks of these kinds by rule: by the ground line next below their middle."""
    grounds = [line.y for line in p.all("line") if line.height == 0]
    marks = [mark for mark in p.all(*kinds) if mark.height]
    return [[m for m in marks if -20 < ground - m.y < 70] for ground in grounds]


def sum_bars(p):
    return [m for word in ("for", "against", "sum") for m in p.all("rect") if abs(m.y - p.text(word).y) < 6]


def taken_back(p):
    """Read the three sums: what each row's bar begins and ends with, on the scale of the upright line's zero."""
    (zero,) = [m.x for m in p.all("line") if m.width == 0]
    unit = sum_bars(p)[0].width / values_of_sums(p)[0]
    return [[(bar.left - zero) / unit, (bar.right - zero) / unit] for bar in sum_bars(p)]


def values_of_sums(p):
    return [float(row_of(p, word)[-1]) for word in ("for", "against", "sum")]


def sum_looks(p):
    return [[bar.filled, bar.color] for bar in sum_bars(p)]


def adding(p):
    """List the neurons' bars, from the left."""
    return across(m for m in p.all("rect") if "opacity" not in m.look and m.bottom < p.text("for").top - 10)


def signed(p):
    """Read the neurons' bars as heights above (or below) the zero line, the largest height for its own number."""
    (zero,) = [line.y for line in p.all("line") if line.height == 0]
    return [zero - (m.top if abs(m.bottom - zero) < 0.5 else m.bottom) for m in adding(p)]


def middles(p):
    return [mark for mark in p.all() if mark.look.get("class") in ("mean", "arrow")]


def reaches(p):
    return [mark for mark in p.all("line") if mark.thick >= 4]


def t_interval(values):
    """Give both ends of the 95% t interval of four numbers."""
    mean = sum(values) / 4
    half = 3.1824463 * (sum((one - mean) ** 2 for one in values) / 3 / 4) ** 0.5
    return [mean - half, mean + half]


def written(values):
    low, high = t_interval(values)
    return f"{(low + high) / 2:.1f} ± {(high - low) / 2:.1f}"


def claim_axis(p):
    """Give the scale on which the thin line is at 0, and the thick one at 1."""
    upright = [m for m in p.all("line") if m.height]
    return scale([min(m.x for m in upright), max(m.x for m in upright)], [0, 1])


def accuracy_bars(p, *, filled):
    return [m for m in p.all("rect") if m.width > 60 and m.filled == filled]


def ticked(p, row):
    """Give the marks of a network's row below the images, from the left."""
    return rows(t for t in p.all("text") if t.words in ("✓", "✗", "·"))[row]


# filters, boundaries, clouds, bands, trainings


def frames(p):
    return flat(m for m in p.all("rect") if not m.filled)


def weights(p, frame):
    """Read the weights of one neuron back: the sign by the fill, the size by the area, on the frame's own 8 x 8."""
    found = np.zeros(64)
    for mark in p.all("path"):
        for part in np.array(mark.parts):
            (left, top), (right, bottom) = part.min(axis=0), part.max(axis=0)
            across, down = (left + right) / 2 - frame.left, (top + bottom) / 2 - frame.top
            if 0 < across < frame.width and 0 < down < frame.height:
                pixel = int(down / frame.height * 8) * 8 + int(across / frame.width * 8)
                found[pixel] += (1 if mark.filled else -1) * (right - left) * (bottom - top)
    return found / np.abs(found).max()


def grid(p, panel, shape):
    """Read which places of a panel are class 1: those whose centre is under a blue rectangle, lowest row first."""
    frame, found = frames(p)[panel], np.zeros(shape, bool)
    for row, column in np.ndindex(shape):
        x = frame.left + (column + 0.5) / shape[1] * frame.width
        y = frame.bottom - (row + 0.5) / shape[0] * frame.height
        found[row, column] = any(m.left < x < m.right and m.top < y < m.bottom for m in p.all("rect") if m.filled)
    return found


def dots(p, panel):
    frame = frames(p)[panel]
    return [m for m in p.all("circle") if frame.left <= m.x <= frame.right and frame.top <= m.y <= frame.bottom]


def subnetworks(p, kind):
    """List the marks of one kind as (accuracy, kept, width): the dots' ends are round, the dashes' are not."""
    accuracy, kept = axis(p, "x", "0%", "100%"), axis(p, "y", "0", "3")
    found = []
    for mark in p.all("path", class_=kind):
        for part in np.array(mark.parts):
            x, y = part.mean(axis=0)
            length = np.ptp(part[:, 0])
            area = length * mark.thick if length else np.pi / 4 * mark.thick**2
            if y > p.text("correct").bottom + 10:  # below the legend
                found.append((accuracy(x) / 100, kept(y), area, [mark.color, bool(length > 0)]))
                assert length or mark.look["stroke-linecap"] == "round", "a line of no length shows by its round ends"
    return sorted(found)


def in_order(values, kind):
    chosen = RIGHT if kind == "correct" else ~RIGHT
    return values[chosen][np.argsort(ACCURACIES[chosen])]


def diameters(areas):
    return np.round(np.sqrt(np.divide(areas, np.mean(areas))), 1)  # the figure rounds, to 0.05 of 3 pixels


def of_cloud(figure):
    """Give the rows that the cloud alone and the cloud beside the averages share."""
    for kind, due_look in (("correct", [BLUE, False]), ("wrong", [INK, True])):

        def part(p, place, kind=kind):
            return [mark[place] for mark in subnetworks(p, kind)]

        chances, kept = in_order(CHANCES, kind), in_order(UNITS.sum(axis=1), kind)
        yield figure, kind, "accuracy", in_order(ACCURACIES, kind), lambda p, part=part: part(p, 0)
        yield figure, kind, "number kept", kept, lambda p, part=part: np.round(part(p, 1))
        yield (
            figure,
            kind,
            "near its row",
            [True] * 4,
            lambda p, part=part: [abs(n - round(n)) < 0.36 for n in part(p, 1)],
        )
        yield figure, kind, "area", diameters(chances), lambda p, part=part: diameters(part(p, 2))
        yield figure, kind, "look", [due_look] * 4, lambda p, part=part: part(p, 3)
    yield (figure, "correct and wrong", "areas alike", True, lambda p: 0.8 < subnetworks(p, "wrong")[2][2] / 0.11 / (
        subnetworks(p, "correct")[3][2] / 0.25) < 1.2)  # fmt: skip
    yield figure, "tick", "place", [0, 1, 2, 3], lambda p: on(axis(p, "y", "0", "3"), [p.text(w).y for w in "0123"])
    yield figure, "tick", "half", [50], lambda p: on(axis(p, "x", "0%", "100%"), p.text("50%").x)
    yield (figure, "legend", "dot and dash", [[BLUE, False], [INK, True]],
           lambda p: [[m.color, m.width > 0] for m in (beside(p, "correct", "path"),
                                                        beside(p, "wrong about this image", "path"))])  # fmt: skip


def average_bars(p):
    """List the bars of the averages, each with the thin line below it, which stands for 1."""
    return list(
        zip((m for m in p.all("rect") if "opacity" not in m.look), p.all("line", stroke_width="1"), strict=True)
    )


def band_axes(p):
    return axis(p, "x", "-1.6", "2.4"), axis(p, "y", "-2", "2")


def band_curves(p, kind):
    return np.concatenate([curve(p, mark, *band_axes(p)) for mark in p.all("path", class_=kind)])


def under(p):
    """Read the thick lines below the axis, which say where the data lie."""
    return on(band_axes(p)[0], [m.points[:, 0] for m in p.all("line") if m.thick >= 5])


def chart_line(p, name):
    """Give the line of a chart that looks as the legend's beside this name."""
    sample = beside(p, name, "path")
    (line,) = [m for m in p.all("path") if m.color == sample.color and m.dash() == sample.dash()
               and m.right < p.text(name).left - 40 and len(m.points) == len(X)]  # fmt: skip
    return line


def chart_axes(p):
    up = words(p.all("text", text_anchor="end"))
    return axis(p, "x", "0.2", "1.0"), axis(p, "y", up[0], up[-1])


def chart_bands(p, name):
    """Read the ground of a chart's band with this name as (lower, upper) at each place of X."""
    x, y = chart_axes(p)
    found = [m for m in p.all("use") if 0.1 <= float(m.look.get("fill-opacity", 0)) <= 0.6
             and m.look["fill"].lower() == chart_line(p, name).color.lower()]  # fmt: skip
    ends = [[b for a, b in curve(p, mark, x, y) if abs(a - place) < 0.005] for mark in found for place in X]
    return np.transpose([(min(values), max(values)) for values in ends]) if ends else []


def dots_on(p, name):
    line = chart_line(p, name)
    found = [m for m in p.all("use") if m.color == line.color and m.width < 12 and m.right < line.right + 10
             and m.width > 4]  # fmt: skip
    return [min(abs(m.x - x) + abs(m.y - y) for m in found) < 0.1 for x, y in line.points] if found else []


def spine(p):
    """Give the values at the two ends of a chart's upright axis."""
    (upright,) = [m for m in p.all("path") if m.width < 0.1 and m.height > 100]
    return on(chart_axes(p)[1], upright.bottom, upright.top)


def history(p, name):
    percent, epoch = axis(p, "y", "0%", "100%"), axis(p, "x", "0", "4")
    sample = beside(p, name, "path")
    (found,) = [m for m in p.all("path", class_="curve") if look(m) == look(sample) and m.thick == sample.thick]
    return curve(p, found, epoch, percent)


def layer_tiles(p, name):
    """Give the small tiles below a layer's name and above the next."""
    heads = [mark for mark in p.all("text") if mark.words.endswith(" dropped")]
    tops = sorted(mark.y for mark in heads) + [np.inf]
    (top,) = [mark.y for mark in heads if mark.words.startswith(name)]
    tiles = [m for m in p.all("rect") if m.left > heads[0].left - 2 and m.width < 14 and m.height < 14]
    until = min(tops[tops.index(top) + 1], p.text("epoch").bottom + 10)
    return flat(m for m in tiles if top < m.y < until)


def steps(p, name):
    """Give the bars of how far weights moved above a layer's name, thin or not, from the left."""
    heads = {m.words.split(" (")[0]: m for m in p.all("text") if "(thin" in m.words}
    head, ends = heads[name], sorted(m.left for m in heads.values()) + [np.inf]
    top = p.text("how far this step moved the weights into each neuron").bottom
    bars = [m for m in p.all("rect", "line") if top - 5 < m.y < head.top and m.height > 0]
    return across(m for m in bars if head.left - 1 <= m.left < ends[ends.index(head.left) + 1])


def ends_with(p, end):
    return [mark.words for mark in p.all("text") if mark.words.endswith(end)]


# fmt: off
MARKS = [
    ("attention_row", "token", "height is its number", OWN, lambda p: on(grounds(p)[0], *[m.y for m in rings(p)])),
    ("attention_row", "token", "order and names", [*TOKENS], lambda p: labels(p, weight_bars(p, filled=False))),
    ("attention_row", "token", "state", due_states(OWN < 0.8), lambda p: states(p, rings(p))),
    ("attention_row", "threshold", "height", [0.8], lambda p: on(grounds(p)[0], threshold(p).y)),
    ("attention_row", "threshold", "thick, with its number", [4, "0.8"],
     lambda p: [threshold(p).thick, p.text("0.8").words]),
    ("attention_row", "hollow bar", "undropped", CHANCE, lambda p: bar_values(p, weight_bars(p, filled=False))),
    ("attention_row", "filled bar", "weight", WEIGHT[WEIGHT > 0],
     lambda p: bar_values(p, weight_bars(p, filled=True))),
    ("attention_row", "filled bar", "below its token's number", [0, 1, 3], lambda p: [
        int(np.argmin([abs(m.x - ring.x) for ring in rings(p)])) for m in weight_bars(p, filled=True)]),
    ("attention_row", "bars", "colours", [[INK] * 4, [BLUE] * 3], lambda p: [
        [m.color for m in weight_bars(p, filled=filled)] for filled in (False, True)]),
    ("attention_row", "arrow", "none where all is on the axis", [0], lambda p: [len(p.all("path", class_="arrow"))]),
    ("attention_row beyond", "arrow", "above the bar that is cut, blue", [[1, True, BLUE]], lambda p: [
        [int(np.argmin([abs(m.x - ring.x) for ring in rings(p)])), bool(m.bottom < min(
        one.top for one in weight_bars(p, filled=True))), m.color] for m in p.all("path", class_="arrow")]),
    ("attention_row", "mean", "height", AVERAGE, lambda p: on(grounds(p)[1], *[
        m.y for m in across(p.all("line", class_="mean"))])),
    ("attention_row", "mean", "place", [True], lambda p: [
        np.allclose(apart(across(p.all("line", class_="mean")), rings(p)), 0, atol=0.5)]),
    ("attention_row", "words", "weights and their sum", ["weight", "0.20", "1.00", "0.00", "0.50", "sum 1.70"],
     lambda p: row_of(p, "weight")),
    ("attention_row", "legend", "all there", [True], lambda p: [
        {"hollow: undropped", "filled: now", "line: mean over", "all masks"} <= set(words(p.all("text")))]),
    ("transformer_block", "tile", "state", [due_states(mask) for mask in PLACED.values()],
     lambda p: [states(p, flat(each)) for each in mask_tiles(p)]),
    ("transformer_block", "tile", "rows and columns", [list(mask.shape) for mask in PLACED.values()],
     lambda p: [[len(rows(each)), len(rows(each)[0])] for each in mask_tiles(p)]),
    ("transformer_block", "place", "names from the top", [*PLACED], lambda p: words(boxes(p))),
    ("transformer_block", "place", "words of its axes", [
        f"rows: {row}; columns: {column}" for row, column in (("tokens", "numbers"), ("queries", "keys"),
        ("tokens", "numbers"), ("tokens", "neurons"), ("tokens", "numbers"))], lambda p: words(
        sorted((m for m in p.all("text") if m.words.startswith("rows: ")), key=lambda m: m.y))),
    ("transformer_block", "mask", "at the height of its box", [True], lambda p: [all(
        abs((each[0].top + each[-1].bottom) / 2 - box.y) < 1 for each, box in zip(map(flat, mask_tiles(p)),
        sorted((m for m in p.all("rect") if m.width > 100), key=lambda m: m.y), strict=True))]),
    ("transformer_block", "plus", "where a branch ends", ["after attention", "after feed-forward"], branch_ends),
    ("transformer_block", "trunk", "passes every place by, unmasked", [1, True], lambda p: [
        len(p.all("line", class_="trunk")), all(trunk.top <= m.y <= trunk.bottom and trunk.right < m.left
        for trunk in p.all("line", class_="trunk") for m in p.all("rect"))]),
    ("transformer_block", "within", "from a place to the end of its branch", [
        ["attention", "after attention"], ["feed-forward", "after feed-forward"]], lambda p: [
        [min(boxes(p), key=lambda m, y=y: abs(m.y - y)).words for y in (line.top - 20, line.bottom + 20)]
        for line in p.all("line", class_="within")]),
    # figure, mark, attribute, what is due, how it is read
    ("neurons", "neuron", "height", NUMBERS[1], lambda p: on(up(p), [m.y for m in rings(p)])),
    ("neurons", "neuron", "kept or crossed", due_states(BATCH[1]), lambda p: states(p, rings(p))),
    ("neurons", "neuron", "name", list("12345"), lambda p: [m.look["data-neuron"] for m in rings(p)]),
    ("neurons", "neuron", "hole at its centre", [(m, 1) for m in np.flatnonzero(BATCH[1])], lambda p: [
        (place, sum(inside(m, hole) for hole in p.all("circle") if hole.width < 10 and hole.color == "#ffffff"))
        for place, m in enumerate(rings(p)) if m.filled]),
    ("neurons", "threshold", "height", [0.3], lambda p: on(up(p), threshold(p).y)),
    ("neurons", "threshold", "thick, and over all", [True, True, True], lambda p: [
        threshold(p).thick >= 4, threshold(p).left < rings(p)[0].left, threshold(p).right > rings(p)[-1].right]),
    ("neurons", "threshold", "number beside it", [True, True], lambda p: [
        abs(p.text(w).y - threshold(p).y) < 20 and p.text(w).left > threshold(p).right for w in ("keep_prob", "0.3")]),
    ("neurons", "tick", "place", [0, 0.5, 1], lambda p: on(up(p), [p.text(w).y for w in ("0", "0.5", "1")])),
    ("neurons", "number", "label", ["0.05", "0.62", "0.29", "0.74", "0.38"], lambda p: row_of(p, "its number")[1:]),
    ("neurons", "number", "below its neuron", [0] * 5, lambda p: [
        *apart(rings(p), across(t for t in p.all("text") if "data-number" in t.look))]),
    ("neurons", "tile", "kept or crossed", due_states(BATCH), lambda p: states(p, flat(p.all("rect")))),
    ("neurons", "tile", "below its neuron", [[0] * 5] * 3, lambda p: [apart(r, rings(p)) for r in rows(p.all("rect"))]),
    ("neurons", "row", "number kept and name", [["example 1", "2 kept"], ["▸ example 2", "2 kept"],
        ["example 3", "3 kept"]], lambda p: [words_at(p, r[0]) for r in rows(p.all("rect"))]),

    ("tiles", "tile", "kept or crossed", [due_states([1, 0, 0, 0, 1]), due_states([1, 1, 0, 0, 0]), due_states([1, 1])],
     lambda p: [states(p, r) for r in rows(p.all("rect"))]),
    ("tiles", "title", "at its panel's left", [True, True], lambda p: [
        abs(p.text(w).left - rows(p.all("rect"))[0][place].left) < 4 for w, place in (("one", 0), ("two", 3))]),
    ("tiles", "column", "number above its tile", ["1", "2", "3", "1", "2"], lambda p: labels(
        p, rows(p.all("rect"))[0], above=True)),
    ("tiles", "row", "number beside it", [["1"], ["2"], ["3"]], lambda p: [
        words_at(p, r[0], 6) for r in rows(p.all("rect"))]),
    ("tiles", "words", "what rows and columns are", [True], lambda p: [
        p.text("a row for each step, a column for each neuron").top > max(m.bottom for m in p.all("rect"))]),
    ("tiles", "panel", "gap", [True], lambda p: [b.left - a.right > 20 for a, b in [rows(p.all("rect"))[0][2:4]]]),

    ("wiring", "line", "from neuron to neuron", [list(np.ndindex(3, 4)), list(np.ndindex(4, 2))],
     lambda p: [[e[:2] for e in edges(p, layer)] for layer in (0, 1)]),
    ("wiring", "line below", "width as its weight", share(np.abs(EDGES[0])[:, HIDDEN]),
     lambda p: share([e[2].thick for e in edges(p, 0) if e[2].dash() != "dotted"]).reshape(3, 3)),
    ("wiring", "line above", "width as its weight", share(np.abs(EDGES[1])[HIDDEN]),
     lambda p: share([e[2].thick for e in edges(p, 1) if e[2].dash() != "dotted"]).reshape(3, 2)),
    ("wiring", "line", "width at most and least", [True, True], lambda p: [
        4 <= max(m.thick for m in p.all("line")) <= 8, min(m.thick for m in p.all("line")) >= 1]),
    ("wiring", "line", "dotted where 0, dashed where negative", [
        [{0: "dotted", 1: "solid", -1: "dashed"}[np.sign(v)] for v in e.ravel()] for e in EDGES],
     lambda p: [[e[2].dash() for e in edges(p, layer)] for layer in (0, 1)]),
    ("wiring", "neuron", "kept or crossed", due_states(HIDDEN), lambda p: states(p, layers(p)[1])),
    ("wiring", "neuron", "number and value", ["1", "1.10", "2", "0.00", "3", "-1.30", "4", "1.40"],
     lambda p: row_of(p, "hidden")[1:]),
    ("wiring", "neuron", "value to its right", [True] * 9, lambda p: [
        any(0 < t.left - m.right < 12 and abs(t.y - m.y) < 4 and t.words == f"{v:.2f}" for t in p.all("text"))
        for row, values in zip(layers(p), HANDED, strict=True) for m, v in zip(row, values, strict=True)]),
    ("wiring", "input and output", "values", [["inputs", "0.10", "0.20", "0.30"], ["outputs", "2.50", "-2.75"]],
     lambda p: [row_of(p, "inputs"), row_of(p, "outputs")]),
    ("wiring", "row", "name beside it, inputs lowest", [0, 0, 0], lambda p: [
        round((p.text(w).y - r[0].y) / 10) for w, r in zip(("inputs", "hidden", "outputs"), layers(p), strict=True)]),

    ("counts", "exact bar", "height", 100 * EXACT, lambda p: heights(p, count_bars(p, filled=False))),
    ("counts", "drawn bar", "height", 100 * DRAWN, lambda p: heights(p, count_bars(p, filled=True))),
    ("counts", "tick", "place", [0, 20, 0], lambda p: on(axis(p, "y", "0%", "40%"), [
        count_bars(p, filled=True)[0].bottom, p.text("20%").y, count_bars(p, filled=False)[1].bottom])),
    ("counts", "drawn bar", "inside the exact one", [True] * 5, lambda p: [
        a.left < b.left < b.right < a.right and abs(a.x - b.x) < 1 and abs(a.bottom - b.bottom) < 0.2 for a, b in zip(
            count_bars(p, filled=False), count_bars(p, filled=True), strict=True)]),
    ("counts", "bar", "count below it", list("01234"), lambda p: labels(p, count_bars(p, filled=False))),
    ("counts", "legend", "hollow is exact", [["rect", INK, "solid", False], ["rect", BLUE, "", True]],
     lambda p: [look(beside(p, w, "rect")) for w in ("exact", "drawn")]),

    ("sums", "bar", "place", [0, 3, 4.5, 2, 7, 8], lambda p: on(sum_x(p), [
        m.x for r in sum_rows(p, "rect") for m in r])),
    ("sums", "bar", "height", np.array([0.3, 0.6, 0.1, 0.5, 0.2, 0.3]) / [0.6, 0.6, 0.6, 0.5, 0.5, 0.5], lambda p: [
        m.height / max(other.height for other in r) for r in sum_rows(p, "rect") for m in r]),
    ("sums", "bar", "on its ground, as high as the row lets", [True] * 2, lambda p: [
        np.ptp([m.bottom for m in r]) < 0.2 and max(m.height for m in r) > 40 for r in sum_rows(p, "rect")]),
    ("sums", "mean", "place", [2.25, 5.7], lambda p: on(sum_x(p), [m.x for m in p.all("line") if m.width == 0])),
    ("sums", "mean", "thick, and over the bars", [[True, INK]] * 2, lambda p: [
        [m.thick >= 4 and m.top < min(b.top for b in r), m.color] for (m,), r in zip(
            sum_rows(p, "line"), sum_rows(p, "rect"), strict=True)]),
    ("sums", "now", "place", [3.0, 6.5], lambda p: on(sum_x(p), [m.x for r in sum_rows(p, "path") for m in r])),
    ("sums", "now", "points up, below its ground", [True] * 2, lambda p: [
        m.top > b[0].bottom and sum(m.points[:, 1] < m.y) == 1 for (m,), b in zip(
            sum_rows(p, "path"), sum_rows(p, "rect"), strict=True)]),
    ("sums beyond", "now", "at the ends", [0, 8], lambda p: on(sum_x(p), [m.x for m in p.all("path")])),
    ("sums", "row", "name and mean", [["unscaled", "mean 2.25"], ["inverted", "mean 5.70"]],
     lambda p: [row_of(p, w) for w in RULES]),
    ("sums", "row", "name at its bars", [True] * 2, lambda p: [
        0 < r[0].bottom - p.text(w).y < 60 for w, r in zip(RULES, sum_rows(p, "rect"), strict=True)]),

    ("contours", "least", "place", [[1.5, 0.4], [0.7, -0.2]], least_of),
    ("contours", "least", "look", [["rect", INK, "solid", False], ["circle", BLUE, "", True]], lambda p: [
        look(m) for m in p.all(class_="least") if m.x < 440]),
    ("contours", "contour", "so far above its least, all around", [
        [0.1, 0.1, 1, True], [0.4, 0.4, 1, True], [0.9, 0.9, 1, True]] * 2, lambda p: levels_of(p, BOWLS)),
    ("contours", "contour", "closed", [True] * 6, lambda p: [
        np.allclose(m.points[0], m.points[-1]) for m in p.all("path", class_="contour")]),
    ("contours", "contour", "look", [["path", INK, "dashed", False]] * 3 + [["path", BLUE, "solid", False]] * 3,
     lambda p: [look(m) for m in p.all("path", class_="contour")]),
    ("contours beyond", "contour", "none of them outside", [True] * 2, lambda p: [
        all((np.abs(weights_of(p, m)[:, axis] - 1) < 2.001).all() for m in p.all("path", class_="contour"))
        for axis in (0, 1)]),
    ("contours beyond", "contour", "levels", [[0.1, 0.4, 0.9], [0.1, 0.4, 0.9]], lambda p: [
        [low for low, *_ in levels_of(p, BOWLS_BEYOND)][first : first + 3] for first in (0, 3)]),
    ("contours", "path", "places", ROUTE, lambda p: weights_of(p, p.all("path", class_="path")[0])),
    ("contours beyond", "path", "cut where it leaves", [[[3.0, 0.4]], [[0.6, 2.5]]], lambda p: [
        [[plane(p)[0](a), plane(p)[1](b)] for a, b in part] for part in p.all("path", class_="path")[0].parts]),
    ("contours", "path", "look", [["path", BLUE, "dotted", False], True], lambda p: [
        look(p.all("path", class_="path")[0]), p.all("path", class_="path")[0].thick >= 4]),
    ("contours", "axis", "ticks", [["-1", "0", "1", "2", "3"]] * 2, lambda p: plane(p)[2]),
    ("contours", "axis", "the same scale on both", [True], lambda p: [
        abs((plane(p)[0](1) - plane(p)[0](0)) + (plane(p)[1](1) - plane(p)[1](0))) < 1e-9]),
    ("contours", "axis", "where a weight is 0", [[0], [0]], lambda p: [
        on(plane(p)[0], *[m.x for m in p.all("line", opacity="0.3") if m.height]),
        on(plane(p)[1], *[m.y for m in p.all("line", opacity="0.3") if m.width])]),
    ("contours", "axis", "names", [True] * 2, lambda p: [
        p.text("weight of feature 1").y > max(m.y for m in p.all("line")) + 30,
        p.text("weight of feature 2").x < min(m.left for m in p.all("line"))]),
    ("contours", "axis", "lines", [[[-1, -1], [3, -1]], [[-1, 3], [-1, -1]]], lambda p: [
        weights_of(p, m) for m in p.all("line") if max(m.width, m.height) > 99 and m.thick == 2]),
    ("contours", "axis", "lines of 0, thin and whole", [[[0, 3], [0, -1]], [[-1, 0], [3, 0]]], lambda p: [
        weights_of(p, m) for m in p.all("line", opacity="0.3") if m.thick == 1]),
    ("contours", "axis", "ticks at the plane, outside of it", [True] * 2, lambda p: [
        [m.right for m in p.all("line") if 0 < m.width < 10] == [p.all("line", opacity="0.3")[1].left] * 5
        and {m.width for m in p.all("line") if 0 < m.width < 10} == {6},
        {m.top for m in p.all("line") if 0 < m.height < 10} == {p.all("line", opacity="0.3")[0].bottom}]),
    ("contours", "axis", "words end at the ticks, at their height", [[6.0] * 5, [True] * 5], lambda p: [
        [tick.left - near(p, tick, -14, 0).right for tick in p.all("line") if 0 < tick.width < 10],
        [abs(tick.y - near(p, tick, -14, 0).y) < 1 for tick in p.all("line") if 0 < tick.width < 10]]),
    ("contours", "axis", "names in the middle, one turned", [[1, 1], True, [48, 48]], lambda p: [
        [plane(p)[0](p.text("weight of feature 1").x), plane(p)[1](p.text("weight of feature 2").y)],
        p.text("weight of feature 2").height > 3 * p.text("weight of feature 2").width,
        [p.text("weight of feature 1").bottom - 0.24 * 16 - max(m.bottom for m in p.all("line", opacity="0.3")),
         min(m.left for m in p.all("line", opacity="0.3")) - p.text("weight of feature 2").right + 0.24 * 16]]),
    ("contours", "words", "sizes", [["16"] * 13, ["18"] * 4], lambda p: [
        [m.look["font-size"] for m in p.all("text") if m.look["font-size"] == size] for size in ("16", "18")]),
    ("contours", "least", "size", [[18, 18], [12, 12]], lambda p: [
        [m.width, m.height] for m in p.all(class_="least") if m.x < 440]),
    ("contours", "legend", "rows", [["plain"], ["minimum at 1.50 and 0.40"], ["masked"], ["minimum at 0.70 and -0.20"],
        ["minimum, as keep_prob falls"]], lambda p: [words(m for m in row if m.kind == "text") for row in keys_of(p)]),
    ("contours", "legend", "words begin in line", [46.0] * 5, lambda p: [
        row[-1].left - keys_of(p)[1][0].left for row in keys_of(p)]),
    ("contours", "legend", "marks in the middle of their lines", [17.0] * 5, lambda p: [
        row[0].x - keys_of(p)[1][0].left for row in keys_of(p)]),
    ("contours", "legend", "marks at the height of their words", [True] * 5, lambda p: [
        abs(row[0].y - row[-1].y) < 0.9 for row in keys_of(p)]),
    ("contours", "legend", "rows apart", [26.0, 58.0, 26.0, 58.0], lambda p: np.diff([
        row[-1].bottom - 0.24 * float(row[-1].look["font-size"]) for row in keys_of(p)])),
    ("contours", "legend", "names stand out", ["plain", "masked"], lambda p: [
        m.words for m in p.all("text", font_weight="bold")]),
    ("contours", "legend", "mark of each least", [["rect", INK, "solid", False], ["circle", BLUE, "", True]],
     lambda p: [look(beside(p, word, "rect", "circle")) for word in BOWLS]),
    ("contours", "legend", "line of each contour", [["path", INK, "dashed", False], ["path", BLUE, "solid", False]],
     lambda p: [look(beside(p, f"minimum at {one}", "path")) for one in ("1.50 and 0.40", "0.70 and -0.20")]),
    ("contours", "legend", "numbers below the name", [True] * 2, lambda p: [
        0 < p.text(f"minimum at {one}").y - p.text(word).y < 40
        for word, one in (("plain", "1.50 and 0.40"), ("masked", "0.70 and -0.20"))]),
    ("contours", "legend", "line of the path", [["path", BLUE, "dotted", False]],
     lambda p: [look(beside(p, "minimum, as keep_prob falls", "path"))]),

    ("curves", "line", "values", list(LINES.values()), lambda p: [
        curve(p, chart_line(p, name), *chart_axes(p))[:, 1] for name in LINES]),
    ("curves", "line", "places", [X] * 4, lambda p: [curve(p, chart_line(p, n), *chart_axes(p))[:, 0] for n in LINES]),
    ("curves", "line", "look by order", [["path", BLUE, "solid", False], ["path", INK, "dashed", False],
        ["path", VERMILION, "dash-dot", False], ["path", GREEN, "dotted", False]], lambda p: [
            look(chart_line(p, n)) for n in LINES]),
    ("curves", "line", "thick enough", [True] * 4, lambda p: [chart_line(p, n).thick >= 2 for n in LINES]),
    ("curves", "dot", "at every value", [[True] * 4] * 4, lambda p: [dots_on(p, n) for n in LINES]),
    ("curves", "dot", "a shape for each line", [4], lambda p: [len({
        tuple((m.points - [m.x, m.y]).round(1).ravel()) for m in p.all("use") if 4 < m.width < 12})]),
    ("curves plain", "dot", "none where not asked for", [[]] * 4, lambda p: [dots_on(p, n) for n in LINES]),
    ("curves", "band", "lower and upper", list(BANDS.values()), lambda p: [chart_bands(p, n) for n in BANDS]),
    ("curves", "band", "only where given", [[], []], lambda p: [chart_bands(p, n) for n in ("first", "fourth")]),
    ("curves plain", "band", "only where given", [[]] * 4, lambda p: [chart_bands(p, n) for n in LINES]),
    ("curves", "axis", "range", [0, 12.6], spine),
    ("curves plain", "axis", "range of the values", [True] * 2, lambda p: [
        -0.5 < spine(p)[0] < 0.5, 11 < spine(p)[1] < 12]),
    ("curves", "axis", "names and title", [True] * 3, lambda p: [
        p.text("across").y > p.text("0.2").y,
        p.text("up").height > p.text("up").width and p.text("up").right <= p.text("10").left,
        p.text("the title").bottom < min(m.top for m in p.all("path") if m.thick)]),
    ("curves", "axis", "top and right are open", [1, 1], lambda p: [
        len([m for m in p.all("path") if m.thick and m.width < 0.1 and m.height > 100]),
        len([m for m in p.all("path") if m.thick and m.height < 0.1 and m.width > 200])]),

    ("intervals", "interval", "ends", [79, 83, 89.5, 91.5, 91, 95], lambda p: on(
        axis(p, "x", "75%", "95%"), [m.points[:, 0] for m in reaches(p)])),
    ("intervals", "middle", "place", [81, 90.5, 94], lambda p: on(
        axis(p, "x", "75%", "95%"), [m.x for m in middles(p) if m.look["class"] == "mean"])),
    ("intervals", "middle", "shape and colour", [["rect", INK, "solid", False], ["circle", BLUE, "", True],
        ["path", BLUE, "", True], ["circle", BLUE, "", True]], lambda p: [look(m) for m in middles(p)]),
    ("intervals", "interval", "colour, at its middle", [[INK, True], [BLUE, True], [BLUE, True]], lambda p: [
        [m.color, any(abs(m.y - other.y) < 1 for other in middles(p))] for m in reaches(p)]),
    ("intervals", "arrow", "at the end, and points out of it", [True, True], lambda p: [
        [abs(m.right - p.text("75%").x) < 1, sum(m.points[:, 0] < m.x) == 1] for m in middles(p)[2:3]][0]),
    ("intervals", "row", "number and name", [[f"{m:.1f} ± {h:.1f}%", n, d] for n, (d, m, h) in RESULTS.items()],
     lambda p: [[words_at(p, m)[-1], *words(sorted((t for t in p.all("text") if t.x < 200 and abs(t.y - m.y) < 25),
                                                   key=lambda t: t.y))] for m in middles(p)]),
    ("intervals", "tick", "place", [79, 83, 87, 91], lambda p: on(
        axis(p, "x", "75%", "95%"), [p.text(f"{value}%").x for value in (79, 83, 87, 91)])),
    ("intervals", "tick", "line above its words", [True] * 6, lambda p: [
        abs(line.x - t.x) < 1 for line, t in zip(across(m for m in p.all("line") if m.width == 0), across(
            t for t in p.all("text") if t.words.endswith("%") and "±" not in t.words), strict=True)]),

    ("results", "interval", "ends", [e for v in SEEDS.values() for e in t_interval(v)], lambda p: on(
        axis(p, "x", "0", "15"), [m.points[:, 0] for m in reaches(p)])),
    ("results", "middle", "place", [3.25, 13.625, 7.375], lambda p: on(axis(p, "x", "0", "15"), [
        m.x for m in middles(p)])),
    ("results", "middle", "shape and colour", [["circle", BLUE, "", True], ["rect", INK, "solid", False],
        ["circle", BLUE, "", True]], lambda p: [look(m) for m in middles(p)]),
    ("results", "row", "name and number", [[n, written(v)] for n, v in SEEDS.items()],
     lambda p: [words_at(p, m) for m in middles(p)]),
    ("results", "tick", "place", [0, 5, 10, 15, 20], lambda p: on(axis(p, "x", "0", "15"), [
        p.text(w).x for w in ("0", "5", "10", "15", "20")])),
    ("results", "tick", "round numbers", ["0 10 20 30", "1 2 3 4 5 6", "0.59 0.595 0.6 0.605 0.61", "0 2 4 6 8",
                                          "0 0.2 0.4 0.6", "2.96 2.98 3 3.02 3.04"],
     lambda _: [" ".join(t for t in words(Drawing(figures.results({"a": [a] * 2, "b": [b] * 2}).svg).all("text"))
                         if t.replace(".", "").isdigit())
                for a, b in ((0, 30), (1, 5.5), (0.6, 0.6001), (0, 8), (0, 0), (3, 3))]),
    ("results", "axis", "name", [True], lambda p: [p.text("gained, points, 95% interval").y < middles(p)[0].y]),

    ("claims", "interval", "ends by the difference asked for", [1.5, 4.5, 8, 8, 0.25, 0.75, -2, 1.6 / 1.5],
     lambda p: on(claim_axis(p), [sorted(m.points[:, 0]) for m in reaches(p) if m.width or m.thick == 4 == m.reach()[0]
                                  or m.height == 0])),
    ("claims", "middle", "place", [3, 0.5, -1.6], lambda p: on(claim_axis(p), [
        m.x for m in middles(p) if m.look["class"] == "mean"])),
    ("claims", "arrow", "at the end, out of it", [[8, True], [-2, False]], lambda p: [
        [round(claim_axis(p)(m.left if m.right - m.left and m.points[1][0] > m.points[0][0] else m.right), 2),
         m.points[1][0] > m.points[0][0]] for m in middles(p) if m.look["class"] == "arrow"]),
    ("claims", "line", "asked for, and none", [[ORANGE, 4.0], [INK, 2.0]] * 3, lambda p: [
        [m.color, m.thick] for m in sorted(p.all("line"), key=lambda m: (round(m.y), -m.x)) if m.height]),
    ("claims", "row", "name above its lines, word beside", [["far", "holds"], ["down", "does not hold here"],
        ["back", "does not hold here"]], lambda p: [
            [name, next(m.words for m in p.all("text") if "hold" in m.words and 0 < m.y - p.text(name).y < 40)]
            for name in JUDGED]),

    ("digit_images", "pixel", "place and ink", IMAGES[:3], lambda p: pixels(p, 3)),
    ("digit_images", "label", "in order, a wrong one crossed", ["label 4", "label 7 ✗", "label 2"],
     lambda p: words(across(p.all("text")))),
    ("digit_images seen", "label", "verb", ["seen 1", "seen 7 ✗"], lambda p: words(p.all("text"))),
    ("digit_images", "label", "below its image", [0] * 3, lambda p: apart(images(p, 3), across(p.all("text")))),
    ("digit_images", "label", "bold where wrong", [False, True, False], lambda p: [
        t.look.get("font-weight") == "bold" for t in across(p.all("text"))]),

    ("filters", "square", "sign, size and place", [w / np.abs(w).max() for w in (*WEIGHTS[0].T, *WEIGHTS[1].T[:2])],
     lambda p: [weights(p, frame) for frame in frames(p)]),
    ("filters", "square", "colour by sign", [[BLUE, True], [INK, False]], lambda p: [
        [m.color, m.filled] for m in p.all("path")[:2]]),
    ("filters", "row", "name beside it", [True, True], lambda p: [
        words_at(p, r[0], 8) == [w] and p.text(w).right < r[0].left
        for w, r in zip(("row A", "row B"), rows(frames(p)), strict=True)]),

    ("contributions", "bar", "height and sign", [2.0, 1.0, 0.5, -0.25, -1.25],
     lambda p: np.array(signed(p)) * 2 / signed(p)[0]),
    ("contributions less", "bar", "height and sign", [1.0, -0.5, -2.0], lambda p: np.array(signed(p)) / signed(p)[0]),
    ("contributions", "bar", "filled for, hollow against", [[True, BLUE]] * 3 + [[False, BLUE]] * 2,
     lambda p: [[m.filled, m.color] for m in adding(p)]),
    ("contributions less", "bar", "grey without dropout", [[True, INK]] + [[False, INK]] * 2,
     lambda p: [[m.filled, m.color] for m in adding(p)]),
    ("contributions", "bar", "number below", ["3", "5", "1", "4", "2"], lambda p: labels(p, adding(p), 250)),
    ("contributions", "sum", "begin and end", [[0, 3.5], [2.0, 3.5], [0, 2.0]], taken_back),
    ("contributions less", "sum", "begin and end", [[0, 1], [-1.5, 1], [-1.5, 0]], taken_back),
    ("contributions", "sum", "number", [3.5, -1.5, 2.0], values_of_sums),
    ("contributions less", "sum", "number", [1.0, -2.5, -1.5], values_of_sums),
    ("contributions", "sum", "hollow against", [[True, BLUE], [False, BLUE], [True, BLUE]], sum_looks),
    ("contributions less", "sum", "hollow against", [[True, INK], [False, INK], [True, INK]], sum_looks),
    ("contributions", "image", "ink", IMAGES[:1], lambda p: pixels(p, 1)),
    ("contributions", "image", "classes", [True], lambda p: [
        p.text("3 against 8").y > images(p, 1)[0].bottom]),

    ("boundaries", "place", "class", list(GRIDS.values()), lambda p: [grid(p, panel, (3, 4)) for panel in (0, 1)]),
    ("boundaries", "place", "colour", [[BLUE, True]], lambda p: [
        list(look) for look in {(m.color, 0.1 < float(m.look["opacity"]) < 0.6) for m in p.all("rect") if m.filled}]),
    ("boundaries", "point", "place", [PLACES] * 2, lambda p: [
        [[scale((f.left, f.right), (-1, 3))(m.x), scale((f.bottom, f.top), (0, 2))(m.y)] for m in dots(p, n)]
        for n, f in enumerate(frames(p))]),
    ("boundaries", "point", "shape by label, rimmed", [[["none", INK], [BLUE, INK], ["none", INK]]] * 2,
     lambda p: [[[m.look["fill"].lower(), m.color] for m in dots(p, panel)] for panel in (0, 1)]),
    ("boundaries", "legend", "as the points and the shade", [[BLUE, INK], ["none", INK], [BLUE, BLUE]], lambda p: [
        [m.look["fill"].lower(), m.color] for m in (beside(p, "labelled class 1", "circle"), beside(
            p, "labelled class 0", "circle"), beside(p, "the network says class 1", "rect"))]),
    ("boundaries", "title", "above its panel", ["plain", "dropped"], lambda p: labels(p, frames(p), above=True)),

    *of_cloud("cloud"),
    *of_cloud("ensemble_view"),
    ("ensemble_view", "ring", "around the chosen one", [True], lambda p: [any(
        abs(x - ring.x) < 1 and abs(y - ring.y) < 1 for ring in p.all("circle") if not ring.filled and ring.left < 480
        for m in p.all("path", class_="correct") for (x, y) in m.points if abs(
            axis(p, "x", "0%", "100%")(x) - 87) < 1)]),
    ("ensemble_view", "mean of all", "place and dash", [80, "dashed"], lambda p: [
        [axis(p, "x", "0%", "100%")(m.x), m.dash()] for m in p.all("line") if m.width == 0][0]),
    ("ensemble_view", "mean of all", "words", ["┆ arithmetic mean of all: 80.0%"], lambda p: ends_with(p, "80.0%")),
    ("ensemble_view", "average", "bar", [[0, 0.7], [0, 0.45], [0, 0.9]], lambda p: [
        on(scale((line.left, line.right), (0, 1)), m.left, m.right) for m, line in average_bars(p)]),
    ("ensemble_view", "average", "title", [True], lambda p: [
        p.text("probability given to the digit 3").y < average_bars(p)[0][0].top]),
    ("ensemble_view", "average", "name and number", [[n, f"{s[3]:.3f}"] for n, (s, _) in AVERAGES.items()],
     lambda p: [[t.words for t in p.all("text") if t.left >= m.left - 1 and -26 < t.y - m.y < 10]
                for m, _ in average_bars(p)]),
    ("ensemble_view", "image", "ink", IMAGES[:1], lambda p: pixels(p, 1)),
    ("ensemble_view", "image", "label", [True], lambda p: [p.text("a 3").left > images(p, 1)[0].right]),
    ("ensemble_view", "alone", "kept or crossed", due_states(UNITS[6]), lambda p: states(
        p, flat(m for m in p.all("circle") if "data-neuron" in m.look and m.width > 12))),
    ("ensemble_view", "alone", "what it says", [f"says 3, with probability {SAID[6, 3]:.2f}"], lambda p: [
        w for w in words(p.all("text")) if w.startswith("says")]),

    ("band", "band", "upper and lower", [np.maximum(MEAN - 2 * SPREAD, -2.5), np.minimum(MEAN + 2 * SPREAD, 3.5)],
     lambda p: [[end(b for a, b in band_curves(p, "band") if abs(a - x) < 0.02) for x in AT] for end in (min, max)]),
    ("band", "band", "places and colour", [-1.6, 2.4, [BLUE, True]], lambda p: [
        *(end(band_curves(p, "band")[:, 0]) for end in (min, max)),
        [[m.color, 0.1 < float(m.look["fill-opacity"]) < 0.6] for m in p.all("path", class_="band")][0]]),
    ("band", "mean", "values", np.column_stack([AT, MEAN]), lambda p: band_curves(p, "mean")),
    ("band", "true function", "values", np.column_stack([AT, TRUTH]), lambda p: band_curves(p, "truth")),
    ("band", "sample", "values", np.concatenate([np.column_stack([AT, one]) for one in FUNCTIONS]),
     lambda p: band_curves(p, "sample")),
    ("band", "curve", "look", [["path", BLUE, "solid", False], ["path", INK, "dashed", False],
        ["path", INK, "solid", False]],
     lambda p: [look(p.all("path", class_=kind)[0]) for kind in ("mean", "truth", "sample")]),
    ("band", "curve", "mean thicker than the samples", [True, True], lambda p: [
        p.all("path", class_="mean")[0].thick >= 2 * m.thick for m in p.all("path", class_="sample")]),
    ("band", "legend", "as the curves", [["line", BLUE, "solid"], ["line", INK, "dashed"], ["line", INK, "solid"],
        ["rect", BLUE, "solid"], ["circle", INK, ""]], lambda p: [
            look(beside(p, w, "line", "rect", "circle"))[:3] for w in (
                "mean", "true function", "sampled functions", "± 2 spreads", "data")]),
    ("band", "legend", "mean thicker than the samples", [True], lambda p: [
        beside(p, "mean", "line").thick >= 2 * beside(p, "sampled functions", "line").thick]),
    ("band alone", "legend", "samples only where there are", [], lambda p: ends_with(p, "sampled functions")),
    ("band", "point", "place", np.transpose(POINTS), lambda p: [
        [band_axes(p)[0](m.x), band_axes(p)[1](m.y)] for m in p.all("circle", class_="point")]),
    ("band", "data line", "ends", [-1, -0.4, 0.6, 1], under),
    ("band alone", "data line", "ends, where the gap goes to the end", [-1, -0.4], under),
    ("band", "tick", "place", [-0.6, 0.4, 1.4, 0], lambda p: [
        *on(band_axes(p)[0], [p.text(w).x for w in ("-0.6", "0.4", "1.4")]), band_axes(p)[1](p.text("0").y)]),

    ("damage", "neuron", "kept or crossed", due_states(LEFT_OVER), lambda p: states(p, rings(p, 6))),
    ("damage", "bar before", "length", [0.96, 0.85], lambda p: [
        0.96 * m.width / accuracy_bars(p, filled=False)[0].width for m in accuracy_bars(p, filled=False)]),
    ("damage", "bar now", "length", [0.31, 0.72], lambda p: [
        0.96 * m.width / accuracy_bars(p, filled=False)[0].width for m in accuracy_bars(p, filled=True)]),
    ("damage", "bar", "colour by name", [["without dropout", INK], ["with dropout", BLUE]], lambda p: [
        [words_at(p, m, 8)[0], m.color]
        for m in accuracy_bars(p, filled=True)]),
    ("damage", "bar", "number", [
        ["without dropout", "31.0%, with all 96.0%"], ["with dropout", "72.0%, with all 85.0%"]],
     lambda p: [words_at(p, m, 8) for m in accuracy_bars(p, filled=False)]),
    ("damage", "bar", "begin, inside", [True, True], lambda p: [
        now.left == before.left and before.top < now.top < now.bottom < before.bottom
        for now, before in zip(accuracy_bars(p, filled=True), accuracy_bars(p, filled=False), strict=True)]),
    ("damage", "image", "ink", IMAGES, lambda p: pixels(p, 4)),
    ("damage", "mark", "by network", ["✗✓·✗", "✓·✓✗"], lambda p: ["".join(words(ticked(p, row))) for row in (0, 1)]),
    ("damage", "mark", "below its image", [True] * 8, lambda p: [
        abs(offset) < 2 for row in (0, 1) for offset in apart(ticked(p, row), images(p, 4))]),
    ("damage", "mark", "name of its row", ["without dropout", "with dropout"], lambda p: [
        words_at(p, ticked(p, row)[0])[0] for row in (0, 1)]),

    ("training_view", "curve", "values up to the epoch", [
        np.column_stack([range(4), v[:4]]) * [1, 100] for v, *_ in HISTORY.values()],
     lambda p: [history(p, name) for name in HISTORY]),
    ("training_view", "curve", "look by name", [["path", BLUE, "solid"], ["path", INK, "solid"],
        ["path", BLUE, "dotted"], ["path", INK, "dotted"]],
     lambda p: [look(beside(p, name, "path"))[:3] for name in HISTORY]),
    ("training_view", "tick", "place", [50, 2], lambda p: [
        axis(p, "y", "0%", "100%")(p.text("50%").y), axis(p, "x", "0", "4")(p.text("2").x)]),
    ("training_view", "axis", "ends at its ticks", [0, 100], lambda p: on(axis(p, "y", "0%", "100%"), [
        [m.bottom, m.top] for m in p.all("line") if m.width == 0 and m.height > 150])),
    ("training_view", "axis", "name above it", [True], lambda p: [
        0 < p.text("100%").y - p.text("accuracy, masks off").y < 30]),
    ("training_view", "tile", "kept or hollow", [
        [[BLUE, True] if k else [INK, False] for k in m] for m in LAYERS.values()],
     lambda p: [[[m.color, m.filled] for m in layer_tiles(p, name)] for name in LAYERS]),
    ("training_view", "layer", "number out", [f"{n}: {(~m).sum()} of {len(m)} dropped" for n, m in LAYERS.items()],
     lambda p: ends_with(p, " dropped")),
    ("training_view", "step", "length", np.concatenate(list(MOVED.values())) / 25, lambda p: np.divide(
        [m.height for n in MOVED for m in steps(p, n)], max(m.height for n in MOVED for m in steps(p, n)))),
    ("training_view", "step", "thin where dropped", [[["line", "rect"][int(k)] for k in m] for m in LAYERS.values()],
     lambda p: [[m.kind for m in steps(p, name)] for name in MOVED]),
    ("training_view", "step", "stands on the ground", [True], lambda p: [
        np.ptp([m.bottom for n in MOVED for m in steps(p, n)]) < 0.2]),
    ("training_view still", "step", "none where none is given", [0], lambda p: [sum(
        "thin" in w or "how far" in w for w in words(p.all("text")))]),
]
# fmt: on


def same(read, due):
    """Compare words as they are, and numbers to 1.5 % of the range of those beside them."""
    try:
        numbers = np.array(due)
    except ValueError:  # rows of different lengths
        numbers = np.array("no numbers")
    if numbers.dtype.kind in "if":
        reach = np.ptp(numbers) if numbers.size > 1 else np.abs(numbers).max(initial=0.0)
        return np.shape(read) == numbers.shape and np.allclose(read, numbers, rtol=0, atol=0.015 * reach or 0.05)
    if isinstance(due, list | tuple | np.ndarray):
        return len(read) == len(due) and all(map(same, read, due))
    return read == due


@pytest.mark.parametrize("row", MARKS, ids=lambda row: "-".join(row[:3]).replace(" ", "-"))
def test_the_mark_shows_what_the_arrays_say(row):
    scene, _, _, due, read = row
    found = read(drawn(scene))
    assert same(found, due), f"read {found}, due {due}"


@pytest.mark.parametrize("name", figures.__all__)
def test_every_figure_has_rows(name):
    assert name in {row[0] for row in MARKS}, f"figure {name} has no row in MARKS: add what its marks must show"


# Where all is


LAYOUTS = Path(__file__).with_name("figure_layouts.txt")
AGAIN = "If that is meant, look at the figure, run `python tests/test_figure_marks.py`, and read what it changed."


def layout(p):
    """Say where each word stands, and of the marks of each look how many there are, where, how large and how thick.

    A line is `what: numbers`; the numbers are a count, places and sizes in pixels, and hundredths of opaqueness.
    """
    found = []
    for mark in p.all("text"):
        anchor, size = mark.look.get("text-anchor", "start"), float(mark.look["font-size"].removesuffix("px"))
        side = {"start": mark.left, "middle": mark.x, "end": mark.right}[anchor]
        bold = " bold" * (mark.look.get("font-weight") in ("bold", "700"))
        found.append((f"{mark.words!r} {anchor}{bold}", [1, side, mark.bottom - 0.24 * size, size]))
    kinds = {}  # in the order in which they are drawn, that is, from the lowest
    for mark in (m for m in p.marks if m.kind != "text"):
        kinds.setdefault(" ".join(filter(None, [*look(mark)[:3], "filled" * mark.filled])), []).append(mark)
    for kind, marks in kinds.items():
        seen = [[m.x, m.y, m.width, m.height, 4 * m.thick, 100 * float(m.look.get("opacity", 1))] for m in marks]
        box = [min(m.left for m in marks), min(m.top for m in marks), max(m.right for m in marks)]
        found.append((kind, [len(marks), *box, max(m.bottom for m in marks), *np.mean(seen, axis=0)]))
    found.append(("frame", p.frame))
    return [f"{what}: {' '.join(f'{number:.0f}' for number in numbers)}" for what, numbers in found]


LAID_OUT = {scene: (drawn, scene) for scene in SCENES}
LAID_OUT |= {f"narrow {scene}": (drawn_narrow, scene) for scene in SCENES}


def layout_of(name):
    draw, scene = LAID_OUT[name]
    return layout(draw(scene))


@cache
def layouts():
    parts = LAYOUTS.read_text(encoding="utf-8").strip().split("\n\n")
    return {part.splitlines()[0]: part.splitlines()[1:] for part in parts}


@pytest.mark.parametrize("name", LAID_OUT)
def test_all_is_where_it_was_looked_at(name):
    parts = [[line.rpartition(": ") for line in lines] for lines in (layout_of(name), layouts().get(name, []))]
    assert [what for what, *_ in parts[0]] == [what for what, *_ in parts[1]], AGAIN
    far = 4 if "curves" in name else 1  # Matplotlib's own letters differ by version
    for (what, _, found), (_, _, due) in zip(*parts, strict=True):
        moved = np.abs(np.array(found.split(), float) - np.array(due.split(), float))
        assert moved[0] == 0 and moved.max() <= far, f"{what} is at {found}, and was at {due}. {AGAIN}"


def test_no_figure_changes_its_arrays():
    given = [NUMBERS, BATCH, PANELS, HANDED, EDGES, HIDDEN, EXACT, DRAWN, RULES, X, LINES, BANDS, IMAGES, WEIGHTS, FOR,
             GRIDS, PLACES, UNITS, CHANCES, ACCURACIES, RIGHT, SAID, AVERAGES, AT, MEAN, SPREAD, TRUTH, FUNCTIONS,
             POINTS, LEFT_OVER, LOSERS, HISTORY, LAYERS, MOVED, BOWLS, BOWLS_BEYOND, ROUTE, OWN, ATTENDED,
             PLACED]  # fmt: skip
    before = copy.deepcopy(given)
    for draw in SCENES.values():
        draw()
    np.testing.assert_equal(given, before)


# The sentences of figures that no explorer's sweep holds to numbers


def edge_count(grid):
    """Count the edges between places of different classes, place by place."""
    ends = [(r, c, r + down, c + 1 - down) for r, c in np.ndindex(grid.shape) for down in (0, 1)]
    inside = [(r, c, q, d) for r, c, q, d in ends if q < grid.shape[0] and d < grid.shape[1]]
    return sum(grid[r, c] != grid[q, d] for r, c, q, d in inside)


def boundary_words(name):
    grid = GRIDS[name]
    quarter = [grid[0, 0], grid[0, 1]]
    return (
        f"{name}: class 1 at {100 * sum(grid.ravel().tolist()) / 12:.0f}% of the places, {50 * sum(quarter)}% of the "
        f"lower left quarter; the boundary is {edge_count(grid)} edges long."
    )


def cloud_words(count):
    rows = [row for row in range(8) if bin(row).count("1") == count]
    mean = sum(100 * ACCURACIES[row] for row in rows) / len(rows)
    return f"{count} kept: {sum(CHANCES[row] for row in rows):.3f}, {mean:.0f}%"


def filter_words(name, weights):
    positive = [sum(one > 0 for one in neuron) for neuron in weights.T]
    largest = [max(range(64), key=lambda pixel, neuron=neuron: abs(neuron[pixel])) for neuron in weights.T]
    places = ", ".join("/".join(str(part + 1) for part in divmod(pixel, 8)) for pixel in largest)
    return f"{name}: {', '.join(map(str, positive))}; largest at {places}."


def sum_words(name):
    pairs = list(zip(*RULES[name], strict=True))
    mean = sum(value * probability for value, probability in pairs)
    variance = sum((value - mean) * (value - mean) * probability for value, probability in pairs)
    return f"{name}: mean {mean:.2f}, spread {variance**0.5:.2f}"


def shares(values):
    return ", ".join(f"{count}: {value:.3f}" for count, value in enumerate(values))


SENTENCES = {
    "attention_row": "keep_prob 0.8, dropped here: Tokens 1, 2 and 4 of 4 are kept; 1 dropped. Weights 0.20, 1.00, "
    + "0.00 and 0.50, which sum to 1.70. Undropped: 0.10, 0.50, 0.15 and 0.25; mean over all masks: 0.30, 0.60, 0.20 "
    + "and 0.40.",
    "transformer_block": "Five places and their masks: embedding 2 x 4, 5 of 8 kept, in row 1 numbers 1 and 4; "
    + "attention 2 x 2, 3 of 4 kept, in row 1 keys 2; after attention 2 x 4, 4 of 8 kept, in row 1 numbers 1, 2 and 3; "
    + "feed-forward 2 x 6, 8 of 12 kept, in row 1 neurons 1, 2, 4 and 6; after feed-forward 2 x 4, 3 of 8 kept, in row "
    + "1 numbers none.",
    "results": "gained: one 3.2 ± 2.7 points; two 13.6 ± 2.4 points; three 7.4 ± 2.0 points. 95% intervals over 4 "
    + "seeds. Against two, seed by seed: one -10.4 ± 2.5 (4 of 4 seeds); three -6.2 ± 3.8 (4 of 4 seeds).",
    "claims": "3 claims. Holds: 1; does not hold here: 2. far: holds: +6.0 ± 3.0 (4 of 4 seeds); +29.0 ± 1.0 (4 of 4 "
    + "seeds); asked: +2 or more; down: does not hold here: -1.5 ± 0.8 (3 of 4 seeds); asked: -3 or less; back: does "
    + "not hold here: -2.4 ± 4.0 (3 of 4 seeds); asked: +1.5 or more.",
    "boundaries": " ".join(map(boundary_words, GRIDS)),
    "cloud": "x 4 of 8 sub-networks are correct about it. Probability and mean accuracy by the number of neurons kept: "
    + "; ".join(map(cloud_words, range(4))) + ".",
    "cloud few": "x 2 of 8 sub-networks are correct about it. Probability and mean accuracy by the number of neurons "
    + "kept: " + "; ".join(map(cloud_words, range(4))) + ".",
    "filters": "How many of the 64 weights are positive, by neuron, and where the largest is. "
    + filter_words("row A", WEIGHTS[0]) + " " + filter_words("row B", WEIGHTS[1][:, :2]),
    "contours": "x. Weights where the loss is least: plain at 1.50 and 0.40; masked at 0.70 and -0.20.",
    "contours beyond": "Weights where the loss is least: plain at 2.80 and 0.40; masked at 0.60 and 2.50.",
    "counts": "Most likely is 1 of 4, with probability 0.300; drawn in a share of 0.220. Exact probabilities: "
    + f"{shares(EXACT)}. Drawn: {shares(DRAWN)}.",
    "intervals": "Test accuracy with its 95% interval: none (a) 81.0 ± 2.0%; half (b) 90.5 ± 1.0%; low (c) 72.0 ± "
    + "1.5%; end (d) 94.0 ± 3.0%.",
    "digit_images": "Handwritten digits and the labels trained on: 4, 9 (label 7), 2.",
    "tiles": "One: 2 steps, 2 different rows; step 1 keeps neuron 1; by neuron, kept 2, 1 and 0 times. "
    + "Two: 3 steps, 3 different rows; step 1 keeps neuron 2; by neuron, kept 1 and 2 times.",
    "tiles alike": "One: 3 examples, 2 different rows; example 1 keeps outputs 1 and 2; by output, kept 1 and 3 times. "
    + "Two: 2 examples, all the same; example 1 keeps no output; by output, kept 0 and 0 times.",
    "sums": f"{sum_words('unscaled')}, now 3.00; {sum_words('inverted')}, now 6.50.",
    "wiring": "Neurons 1, 3 and 4 of 4 are kept; 1 dropped. Outputs: 2.50 and -2.75. 5 of 20 lines play no part.",
    "wiring backward": "Neurons 1, 3 and 4 of 4 are kept; 1 dropped. Gradients at the outputs: 2.50 and -2.75. 5 of 20 "
    + "lines play no part.",
    "neurons": "keep_prob 0.3, example 2: Neurons 1 and 3 of 5 are kept; 3 dropped. Kept in example 1: 1 and 4; "
    + "example 3: 2, 3 and 4.",
    "training_view": "Epoch 3, accuracy with the masks off. test, with: 70.0%; test, without: 65.0%; training, with: "
    + "75.0%; training, without: 100.0%. Dropped in the first example, hidden 1: 1, 2, 8, 9, 15, 16; hidden 2: 2, 3, "
    + "5, 6, 7. How far this step moved the weights into a neuron: hidden 1: most for neuron 20 (20), mean 11 for "
    + "kept, 8.5 for dropped neurons; not at all for 0 neurons. hidden 2: most for neuron 2 (25), mean 6.5 for "
    + "kept, 13 for dropped neurons; not at all for 0 neurons.",
    "damage": "x. Neurons 1, 3 and 4 of 5 are kept; 2 removed. Without dropout: accuracy 31.0%, with all 96.0%; lost 2 "
    + "of 4 images: numbers 1 and 4. With dropout: accuracy 72.0%, with all 85.0%; lost 1 of 4 images: number 4.",
    "contributions": "x, 3 against 8: 3 neurons for it, together 3.50; 2 against it, -1.50; sum 2.00. Sum of sizes / "
    + "size of sum: 2.5. Neuron 3 adds most, 2.00; neuron 2 adds least, -1.25.",
    "contributions less": "x, 3 against 8: 1 neuron for it, together 1.00; 2 against it, -2.50; sum -1.50. Sum of "
    + "sizes / size of sum: 2.3. Neuron 2 adds most, 1.00; neuron 1 adds least, -2.00.",
}  # fmt: skip


@pytest.mark.parametrize("scene", SENTENCES)
def test_the_sentence_says_what_the_arrays_say(scene):
    assert SCENES[scene]().sentence == SENTENCES[scene]


CAPTIONS = {
    "transformer_block": "Five places and their masks: embedding 5 of 8 kept; attention 3 of 4 kept; after attention 4 "
    + "of 8 kept; feed-forward 8 of 12 kept; after feed-forward 3 of 8 kept.",
    "results": "95% intervals over 4 seeds. Against two, seed by seed: one -10.4 ± 2.5 (4 of 4 seeds); three "
    + "-6.2 ± 3.8 (4 of 4 seeds).",
    "claims": "3 claims. Holds: 1; does not hold here: 2.",
    "boundaries": " ".join(f"{boundary_words(name).split('; the')[0]}." for name in GRIDS),
    "cloud": "x 4 of 8 sub-networks are correct about it.",
    "filters": "How many of the 64 weights are positive, by neuron. "
    + " ".join(f"{filter_words(*row).split(';')[0]}." for row in (("row A", WEIGHTS[0]), ("row B", WEIGHTS[1][:, :2]))),
    "counts": "Most likely is 1 of 4, with probability 0.300; drawn in a share of 0.220.",
    "tiles": "One: 2 steps, 2 different rows. Two: 3 steps, 3 different rows.",
    "tiles alike": "One: 3 examples, 2 different rows. Two: 2 examples, all the same.",
    "cloud few": "x 2 of 8 sub-networks are correct about it.",
}  # fmt: skip


@pytest.mark.parametrize("scene", SCENES)
def test_the_words_below_are_the_sentence_or_its_short_form(scene):
    assert SCENES[scene]().visible_words == CAPTIONS.get(scene, SCENES[scene]().sentence)


def test_one_claim_says_its_numbers_below_the_picture():
    judged = {"far": JUDGED["far"]}
    expected = "far: holds: +6.0 ± 3.0 (4 of 4 seeds); +29.0 ± 1.0 (4 of 4 seeds); asked: +2 or more."
    assert figures.claims(judged).visible_words == figures.claims(judged).sentence == expected


def test_a_caption_of_many_results_leaves_out_the_counts_of_seeds_first():
    values = {"a way with a long name": [1, 3, 8]} | {f"way {n} with a long name": [1, 3, 8 - n] for n in range(1, 6)}
    few, many = (figures.results(dict(list(values.items())[:count])).visible_words for count in (2, 6))
    assert few.endswith(": way 1 with a long name -0.3 ± 1.4 (1 of 3 seeds).") and "seeds)" not in many
    assert many.startswith("95% intervals over 3 seeds. Against a way with a long name, seed by seed: way 1 with a ")
    assert many.endswith("; way 5 with a long name -1.7 ± 7.2.") and many.count(";") == 4


def test_a_chart_without_words_of_its_own_says_where_each_line_begins_and_ends():
    picture = figures.curves([1, 2, 4], {"up": [3, 5, 9], "down": [[2, 1, 0], [4, 1, 2]]}, **WORDS | {"sentence": None})
    assert picture.visible_words == "up at across 1, 4: up 3.0, 9.0; down 3.0, 1.0. 95% intervals over 2 seeds."
    assert picture.sentence == "up at across 1, 2, 4: up 3.0, 5.0, 9.0; down 3.0, 1.0, 1.0. 95% intervals over 2 seeds."


def test_every_figure_has_a_sentence_here_or_in_the_sweep_of_its_explorer():
    swept = {"ensemble_view", "band", "curves"}  # subnetworks, spread; a chart's sentence is its caller's
    assert {scene.split()[0] for scene in SENTENCES} | swept == set(figures.__all__)


if __name__ == "__main__":
    LAYOUTS.write_text("\n\n".join("\n".join([name, *layout_of(name)]) for name in LAID_OUT) + "\n", encoding="utf-8")
