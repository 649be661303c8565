"""Every figure: a whole SVG that stays in its frame, a sentence that says which, a still that can be read back.

What its marks show is held to the arrays in test_figure_marks.py.
"""

import base64
import html
import os
import re
import subprocess
import sys
from collections import Counter
from itertools import combinations, product

import ipywidgets
import numpy as np
import pytest
from helpers.svg import HREF, Drawing, says_the_same
from helpers.widget_models import model

from dropout_lib import Comparison, figures, judge_claim
from dropout_lib.figures import shapes
from dropout_lib.figures.palette import INK
from dropout_lib.figures.picture import LETTERS, NARROW, WIDTH, Picture, figure

NASTY = "<b>&\"'"


def neurons(mask, keep_prob=0.8, example=1):
    mask = np.array(mask, bool)
    return figures.neurons(np.where(mask, 0.0, 0.9999), mask, keep_prob=keep_prob, example=example)


def tiles(*masks, titles=(NASTY, "shared", "seed reset", "drawn once")):
    return figures.tiles(dict(zip(titles, np.array(masks, bool), strict=False)))


def wiring(mask, scale=1.0, inputs=3, outputs=2, note=f" {NASTY}"):
    mask, rng = np.array(mask, bool), np.random.default_rng(0)
    values = [scale * rng.normal(size=size) for size in (inputs, len(mask), outputs)]
    edges = [rng.normal(size=(inputs, len(mask))) * mask, rng.normal(size=(len(mask), outputs)) * mask[:, np.newaxis]]
    return figures.wiring(values, edges, mask, note=note)


def sums(now=3.0, names=(NASTY, "inverted", "inference")):
    rule = np.array([0.0, 2.5, 300.0]), np.array([0.5, 0.25, 0.25])
    return figures.sums(dict.fromkeys(names, rule), top=20.0, now=dict.fromkeys(names, now))


def curves(name=NASTY):
    words = {"title": f"{name} title", "xlabel": f"{name} x", "ylabel": f"{name} y"}
    lines = {name: np.array([0.12, 0.1, 0.08]), "without": np.array([0.13, 0.11, 0.1])}
    bands = {name: (lines[name], lines["without"])}
    return figures.curves(
        np.array([0.3, 0.5, 0.8]), lines, bands=bands, sentence=f"{name} is the error at three.", **words
    )


def training_view(epoch=3, units=(64, 128, 128), dropped=0.5, accuracy=0.5, moved=None):
    names, rng = ("test, with dropout", NASTY, "training, with", "training, without"), np.random.default_rng(0)
    curves = {name: (np.full(5, accuracy), place % 2 == 0, place < 2) for place, name in enumerate(names)}
    layers = {f"hidden {number}": rng.random(size) >= dropped for number, size in enumerate(units)}
    moved = (
        {name: moved * rng.random(len(mask)) for name, mask in list(layers.items())[1:]} if moved is not None else None
    )
    return figures.training_view(curves, epoch, layers, moved)


def digit_images(count=10, about=f"{NASTY} and its labels"):
    labels, images = np.arange(count), np.random.default_rng(0).random((count, 64))
    return figures.digit_images(images, labels, labels[::-1], about=about)


def intervals(*means, half=1.0):
    rows = {f"{NASTY} {place}": ("keep_prob 0.8, 0.5, 0.5", mean, half) for place, mean in enumerate(means)}
    return figures.intervals(rows, axis=(70, 95), note=f" {NASTY}")


def claims(*means):
    judged = {
        f"{NASTY} {place}": judge_claim(Comparison(mean, 2.0, 3, 5), minimum_difference=1)
        for place, mean in enumerate(means)
    }
    return figures.claims(judged)


def boundaries(one, other, points=((0.2, 0.3), (0.9, 0.8))):
    maps = {NASTY: np.array(one, bool), "keep_prob 0.8": np.array(other, bool)}
    return figures.boundaries(maps, np.array(points), np.array([0, 1]), corners=(0, 0, 1, 1))


def cloud_of(units, keep_prob, accuracy):
    masks = np.array(list(product([False, True], repeat=units)))
    kept = masks.sum(axis=1)
    chances = keep_prob**kept * (1 - keep_prob) ** (units - kept)
    return masks, chances, np.full(len(masks), accuracy) if accuracy is not None else kept / units


def cloud(units=3, keep_prob=0.8, accuracy=None, right=None):
    masks, chances, accuracies = cloud_of(units, keep_prob, accuracy)
    right = masks[:, 0] if right is None else np.full(len(masks), right)
    return figures.cloud(masks, chances, accuracies, right, about=NASTY)


def ensemble_view(units=3, keep_prob=0.8, accuracy=None, *, chosen=1, label=3):
    cloud = cloud_of(units, keep_prob, accuracy)
    said = np.random.default_rng(0).dirichlet(np.ones(10), len(cloud[0]))
    averages = {name: (said[-1], cloud[2][-1]) for name in ("arithmetic", NASTY, "weight scaling")}
    image = np.random.default_rng(1).random(64)
    return figures.ensemble_view(
        (*cloud, said), averages, chosen, name=f"keep_prob {keep_prob:g}", image=image, label=label
    )


def band(spread=0.1, mean=0.2, gap=(-0.4, 0.4), *, functions=2, points=(0.5, 0.3)):
    x = np.linspace(-2, 2, 21)
    drawn = mean + spread * np.arange(functions)[:, np.newaxis] * np.ones(21)
    return figures.band(
        x,
        np.full(21, mean),
        np.full(21, spread),
        truth=x**2,
        points=points,
        gap=gap,
        functions=drawn,
        about=f"{NASTY} ",
    )


def contours(least=(1.5, 0.4), tilt=0.3, path=((1.5, 0.4), (0.5, 0.2))):
    losses = {NASTY: (np.array(least), np.array([[1, tilt], [tilt, 1]])), "keep_prob 0.8": (np.zeros(2), np.eye(2))}
    return figures.contours(losses, np.array(path), about=NASTY)


def damage(mask, images=5, right=None, still=None):
    right = np.arange(images) % 3 > 0 if right is None else np.full(images, right)
    still = right & (np.arange(images) % 2 > 0) if still is None else np.full(images, still)
    networks = {"without dropout": (1.0, 0.0, right, still), "with dropout": (0.9, 0.85, right, right)}
    return figures.damage(np.array(mask, bool), networks, np.full((images, 64), 0.5), about=NASTY)


def contributions(*values, classes=(3, 8)):
    return figures.contributions(
        np.array(values), name=NASTY, image=np.full(64, 0.5), classes=classes, with_dropout=True
    )


def filters(*weights):
    return figures.filters(dict(zip((NASTY, "row B", "row C"), weights, strict=False)))


def attention_row(weights, means=0.2, keep_prob=0.8):
    weights, count = np.array(weights, float), len(weights)
    given = {"probabilities": np.full(count, 1 / count), "weights": weights, "means": np.full(count, means)}
    kept = np.nan_to_num(weights) > 0
    return figures.attention_row(
        [NASTY, *"bcdef"][:count], np.where(kept, 0.0, 0.9999), kept, **given, keep_prob=keep_prob, way=NASTY
    )


def transformer_block(*masks):
    places = ("embedding", "attention", "after attention", "feed-forward", "after feed-forward")
    return figures.transformer_block(dict(zip(places, (np.array(mask, bool) for mask in masks), strict=True)))


FEW, MANY = np.array([[1, 0, 1], [0, 1, 1]]), np.random.default_rng(0).random((4, 12)) < 0.8
WEIGHTS = np.random.default_rng(0).normal(size=(3, 64, 7))
# The ends of what a figure can be asked for; the first of each figure stands for it where one is enough.
SCENES = {
    "neurons: last example": lambda: neurons(MANY, example=4, keep_prob=0.123456),
    "neurons: all dropped": lambda: neurons(np.zeros((4, 12)), keep_prob=0.05),
    "neurons: one alone": lambda: neurons([[1]], keep_prob=1.0),
    "tiles: four ways": lambda: tiles(*[np.random.default_rng(seed).random((12, 8)) < 0.3 for seed in range(4)]),
    "tiles: one": lambda: tiles([[0]]),
    "wiring: all dropped": lambda: wiring(np.zeros(5)),
    "wiring: one": lambda: wiring([1], inputs=1, outputs=1),
    "wiring: large numbers": lambda: wiring(np.ones(5), scale=50),
    "attention_row: six": lambda: attention_row([0.4, 0, 0.2, 0.1, 0, 0.9], keep_prob=0.123456),
    "attention_row: all dropped": lambda: attention_row(np.zeros(6)),
    "attention_row: no softmax left": lambda: attention_row(np.full(6, np.nan)),
    "attention_row: beyond the axis": lambda: attention_row([100.0, 0], means=50.0, keep_prob=1.0),
    "transformer_block: five places": lambda: transformer_block(MANY, FEW, MANY, MANY, MANY),
    "transformer_block: one of each": lambda: transformer_block(*[[[0]]] * 5),
    "transformer_block: wide": lambda: transformer_block(*[np.ones((6, 40))] * 5),
    "counts: thirty": lambda: figures.counts(np.full(31, 1 / 31), np.eye(31)[30]),
    "counts: one": lambda: figures.counts([0.2, 0.8], [1.0, 0.0]),
    "sums: beyond the axis": lambda: sums(now=1e9),
    "sums: below the axis": lambda: sums(now=-5.0),
    "curves: two": curves,
    "training_view: moved": lambda: training_view(moved=1e-5),
    "training_view: first epoch": lambda: training_view(epoch=0, accuracy=0.0),
    "training_view: all dropped, nothing moved": lambda: training_view(
        4, moved=0.0, units=(64, 64), dropped=1, accuracy=1
    ),
    "training_view: one layer": lambda: training_view(units=(8,), dropped=0.0),
    "digit_images: ten": digit_images,
    "digit_images: one": lambda: digit_images(1),
    "intervals: across its ends": lambda: intervals(70.0, 95.0, half=50.0),
    "intervals: beyond the axis": lambda: intervals(9.4, 99.0, 100.0, half=0.0),
    "results: three": lambda: figures.results(dict.fromkeys([NASTY, "b", "c"], [80, 90.0]), what=NASTY),
    "results: all the same, tiny": lambda: figures.results({"a": [0.5, 0.5], "b": [0.5001, 0.5]}, unit=NASTY),
    "results: all the same": lambda: figures.results({"a": [81.0, 81.0], "b": [81.0, 81.0]}),
    "results: nothing": lambda: figures.results({"a": [0.0, 0.0]}, unit=NASTY),
    "results: hundreds": lambda: figures.results({"a": [-900, 1200.0], "b": [0, 4000.0]}),
    "claims: near and beyond": lambda: claims(0.5, -99.0, 99.0),
    "claims: one": lambda: claims(1.0),
    "boundaries: points beyond": lambda: boundaries(MANY, ~MANY, points=((-9, -9), (9, 9))),
    "boundaries: all and nothing": lambda: boundaries(np.ones((70, 100)), np.zeros((70, 100))),
    "cloud: 1,024": lambda: cloud(10, 0.5),
    "cloud: all at one end": lambda: cloud(10, 0.05, accuracy=0.0, right=True),
    "cloud: one possible, at the other end": lambda: cloud(10, 1.0, accuracy=1.0, right=False),
    "ensemble_view: 1,024": lambda: ensemble_view(10, 0.3, chosen=700),
    "ensemble_view: all at one end": lambda: ensemble_view(10, 0.05, accuracy=0.0, chosen=0),
    "ensemble_view: one possible": lambda: ensemble_view(10, 1.0, accuracy=1.0, chosen=1023),
    "ensemble_view: one unit": lambda: ensemble_view(1, 0.5),
    "band: two functions": band,
    "band: no spread, no gap, no function": lambda: band(spread=0.0, gap=(0.2, 0.2), functions=0),
    "band: beyond the axis": lambda: band(mean=1e6, spread=1e9),
    "band: points beyond, gap to the end": lambda: band(gap=(-0.9, 1.0), points=([-9, 0.5], [0, 99])),
    "contours: two": contours,
    "contours: a long valley, across the frame": lambda: contours((3.0, -1.0), tilt=0.999, path=((3, -1), (99, 0))),
    "contours: steep": lambda: contours((-1.0, 3.0), tilt=-0.95, path=((9, 9), (-9, -9))),
    "damage: three of five": lambda: damage([1, 0, 1, 1, 0]),
    "damage: none of 24, all lost": lambda: damage(np.zeros(24), images=16, right=True, still=False),
    "damage: one alone": lambda: damage([1], images=1),
    "contributions: 24": lambda: contributions(*np.linspace(-1000, 1000.5, 24)),
    "contributions: all against": lambda: contributions(-3.0, -0.5),
    "contributions: silent": lambda: contributions(0.0, 0.0, 0.0),
    "contributions: nothing left": lambda: contributions(1.0, -1.0),
    "filters: nothing": lambda: filters(np.zeros((64, 2))),
    "filters: three rows": lambda: filters(*WEIGHTS),
    "filters: all negative": lambda: filters(-np.ones((64, 2))),
}
FIRST = {name.partition(":")[0]: draw for name, draw in reversed(SCENES.items())}
every_figure = pytest.mark.parametrize("name", figures.__all__)


def image(still):
    """Give the address of a still's image, as a browser reads it, and the SVG that it holds."""
    address = html.unescape(re.search(r'<img [^>]*src="([^"]*)"', still)[1])
    return address, base64.b64decode(address.split(",", 1)[1]).decode()


# The SVG, its frame and its sentence


def outside(drawing):
    """Say what reaches out of the frame by more than half a pixel, strokes included; words in a wide font."""
    left, top, wide, tall = drawing.frame
    edges = np.array([left - 0.5, top - 0.5, -(left + wide + 0.5), -(top + tall + 0.5)])
    return [mark for mark in drawing.marks if (mark.reach() < edges).any()]


@pytest.mark.parametrize("scene", SCENES)
def test_a_picture_is_whole_and_lies_inside_its_frame(scene):
    picture = SCENES[scene]()
    assert outside(Drawing(picture.svg)) == []
    assert picture.svg.startswith("<svg ") and not re.search(r"nan|inf\b", picture.svg.replace("inference", ""))
    root = Drawing(picture.svg).root
    assert root.get("role") == "img" and root.get("aria-label") == picture.sentence and len(picture.sentence) > 20
    words = [element.tag.rpartition("}")[2] for element in root.iter()]
    assert "b" not in words and (picture.is_chart or not {"style", "script", "defs", "use"} & set(words))
    assert picture.is_chart or not any("id" in element.attrib for element in root.iter())
    assert not re.search(r' (r|width|height|font-size|stroke-width)="-', picture.svg)


@pytest.mark.parametrize(
    "planted",
    [
        '<circle cx="5" cy="50" r="9"/>',
        '<text x="95" y="50" text-anchor="start" font-size="18">out</text>',
        '<text x="50" y="5" text-anchor="middle" font-size="18">o</text>',
        '<rect x="50" y="95" width="9" height="9"/>',
        '<line x1="50" y1="-3" x2="50" y2="9" stroke="black" stroke-width="2"/>',
        '<path d="M50 50L101 50"/>',
        '<path d="M50 50h-60l5 5z"/>',
        '<g transform="translate(30 60)"><path d="M50 50h9"/></g>',
    ],
)
def test_what_reaches_out_is_noticed(planted):
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" fill="black">{planted}</svg>'
    assert len(outside(Drawing(svg))) == 1


@pytest.mark.parametrize(
    ("draw", "one", "other"),
    [
        (neurons, [[1, 0, 1]], [[1, 1, 0]]),
        (neurons, [[1, 1, 1], [1, 0, 0]], [[1, 1, 1], [0, 0, 1]]),
        (lambda example: neurons(FEW, example=example), 1, 2),
        (tiles, [[1, 0, 1]], [[1, 1, 0]]),
        (tiles, [[1, 1], [1, 0]], [[1, 1], [0, 1]]),
        (wiring, [1, 0, 1], [1, 1, 0]),
        (attention_row, [0.3, 0.0, 0.2], [0.3, 0.2, 0.0]),
        (lambda means: attention_row([0.3, 0.0], means), 0.2, 0.3),
        (lambda mask: transformer_block(FEW, mask, FEW, FEW, FEW), [[1, 0, 1]], [[1, 1, 0]]),
        (lambda mask: transformer_block(FEW, FEW, FEW, FEW, mask), [[1, 1], [1, 0]], [[1, 1], [1, 1]]),
        (lambda drawn: figures.counts([0.2, 0.3, 0.5], drawn), [0.5, 0.1, 0.4], [0.1, 0.5, 0.4]),
        (sums, 3.0, 3.5),
        (lambda means: intervals(*means), (82.0, 89.8), (89.8, 82.0)),
        (lambda other: boundaries(FEW, other), FEW[::-1], FEW),
        (lambda mean: band(mean=mean), 0.2, 0.25),
        (band, 0.1, 0.11),
        (lambda keep_prob: cloud(3, keep_prob), 0.8, 0.3),
        (lambda accuracy: cloud(accuracy=accuracy), 0.5, 0.6),
        (lambda chosen: ensemble_view(10, chosen=chosen), 6, 5),
        (lambda label: ensemble_view(label=label), 3, 4),
        (contours, (1.5, 0.4), (0.4, 1.5)),
        (damage, [1, 0, 1], [1, 1, 0]),
        (lambda still: damage([1, 0], still=still), None, False),
        (lambda values: contributions(*values), [1.0, 2.0, -0.5], [2.0, 1.0, -0.5]),
        (lambda rival: contributions(1.0, -0.5, classes=(3, rival)), 8, 9),
        (filters, WEIGHTS[0], -WEIGHTS[0]),
        (filters, WEIGHTS[0], WEIGHTS[0][:, ::-1]),
    ],
)
def test_the_sentence_says_which_and_not_only_how_many(draw, one, other):
    assert draw(one).sentence != draw(other).sentence


@pytest.mark.parametrize("draw", [neurons, tiles, lambda mask: tiles(FEW, mask)])
def test_the_sentence_tells_draws_apart(draw):
    masks = [np.random.default_rng(seed).random((2, 24)) < 0.8 for seed in range(60)]
    draw = draw if draw in (neurons, tiles) else lambda mask: tiles(np.zeros((2, 24)), mask)
    assert len({draw(mask).sentence for mask in masks}) == 60


@pytest.mark.parametrize(
    ("picture", "end"),
    [  # The truth is x² at 21 places, the mean 0.2, the band 0.2 wide to each side: it holds the truth up to x² = 0.4.
        (
            band(functions=0),
            "Near data: mean spread 0.100, the true function is inside the band at 50% of the places; in the gap: "
            "0.100, 100%; far away: 0.100, 0%.",
        ),
        (
            band(functions=0, gap=(0.2, 0.2)),
            " inside the band at 64% of the places; in the gap: no place; far away: 0.100, 0%.",
        ),
        (
            band(spread=0.2, functions=0),
            "inside the band at 50% of the places; in the gap: 0.200, 100%; far away: 0.200, 0%.",
        ),
        (band(mean=-0.001, functions=1), "; far away: 0.100, 0%. At 0, 1 sampled function gives 0.00."),
        (
            contributions(1.0, -0.001, -0.0005, 0.0),
            "1 neuron for it, together 1.00; 2 against it, 0.00; sum 1.00. Sum of sizes / size of sum: 1.0. Neuron 1 "
            "adds most, 1.00; neuron 2 adds least, 0.00.",
        ),
        (
            tiles([[1, 0, 0], [1, 1, 0]]),
            ": 2 steps, 2 different rows; step 1 keeps neuron 1; by neuron, kept 2, 1 and 0 times.",
        ),
        (tiles([[0, 0], [0, 0]]), ": 2 steps, all the same; step 1 keeps no neuron; by neuron, kept 0 and 0 times."),
        (band(), " At 0, 2 sampled functions give 0.20, 0.30."),
        (figures.digit_images(np.ones((2, 64)), [1, 7], [1, 1], about="Seen", word="seen"), "Seen: 1, 1 (seen 7)."),
        (
            damage([1, 0, 1]),  # correct at first: images 2, 3 and 5; without dropout 2 is left
            f"{NASTY}. Neurons 1 and 3 of 3 are kept; 1 removed. Without dropout: accuracy 0.0%, with all 100.0%; lost "
            "2 of 5 images: numbers 3 and 5. With dropout: accuracy 85.0%, with all 90.0%; lost none of 5 images.",
        ),
        (
            contributions(1.0, 4.0, -1.0),
            "2 neurons for it, together 5.00; 1 against it, -1.00; sum 4.00. Sum of sizes / size of sum: 1.5. Neuron "
            "2 adds most, 4.00; neuron 3 adds least, -1.00.",
        ),
    ],
    ids=[
        "band",
        "band",
        "band",
        "band",
        "contributions",
        "tiles",
        "tiles",
        "band",
        "digit_images",
        "damage",
        "contributions",
    ],
)
def test_the_sentence_tells_what_was_measured(picture, end):
    assert picture.sentence.endswith(end)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (shapes.kept_words([False] * 3), "No neuron of 3 is kept; 3 dropped"),
        (shapes.kept_words([False, True, False, False], "token"), "Token 2 of 4 is kept; 3 dropped"),
        (shapes.kept_words([True, False, True, True, False]), "Neurons 1, 3 and 4 of 5 are kept; 2 dropped"),
        (shapes.a_digit(8), "an 8"),
        (shapes.a_digit(3), "a 3"),
    ],
)
def test_what_figures_share_is_said_of_none_of_one_and_of_several(words, said):
    assert words == said


def test_what_leaves_the_band_s_axis_is_cut_off():
    cut = Drawing(band().svg).all("path", class_="truth")[0]
    assert len(cut.points) == 19  # x² is above the axis at both ends
    assert not Drawing(band(mean=1e6).svg).all("path", class_="mean")
    assert "without limit" in contributions(1.0, -1.0).sentence


def test_a_figure_draws_the_same_again():
    assert [draw().svg for draw in FIRST.values()] == [draw().svg for draw in FIRST.values()]


# The same pictures at 400 units, as a phone shows them


def narrow_faults(wide):
    """Say what is wrong with a picture's narrow drawing: frame, letters, words on words, marks, the sentence."""
    picture, across = wide.at(NARROW), (0.72 if wide.is_chart else 1) * NARROW  # a chart is in points
    drawings = Drawing(wide.svg), Drawing(picture.svg)
    words, faults = drawings[1].all("text"), ["it is not narrow"] * (drawings[1].frame[2] != across)
    faults += [f"{mark.words or mark.kind} leaves the frame" for mark in outside(drawings[1])]
    sizes = {mark.words: float(mark.look["font-size"].removesuffix("px")) * NARROW / across for mark in words}
    faults += [f"{written} is too small" for written, size in sizes.items() if size < LETTERS]
    faults += [f"{a.words} is on {b.words}" for a, b in combinations(words, 2) if touch(a, b)]
    solid = [m for m in drawings[1].all("circle", "rect") if m.width > 5 and (m.kind == "circle" or m.filled)]
    faults += [f"{a.words} is on a {b.kind}" for a in words for b in solid if touch(a, b)]
    marks = [[mark for mark in drawing.marks if mark.kind != "text"] for drawing in drawings]
    counts = [Counter(map(look_of, some)) for some in marks]
    faults += [f"not as many as wide: {mark}" for mark in (counts[0] - counts[1]) + (counts[1] - counts[0])]
    places = [Counter(look for look, _ in {(look_of(m), (*m.reach(),)) for m in some}) for some in marks]
    faults += [f"one on the other: {mark}" for mark in places[0] - places[1]]
    said = [[p.sentence, p.visible_words, p.is_chart] for p in (wide, picture)]
    labels = [drawing.root.get("aria-label") for drawing in drawings]
    return faults + ["it says something else"] * (said[0] != said[1] or labels[0] != labels[1])


def touch(a, b):
    """Say whether two words are on each other; lines of 16 units are not."""
    wide, tall = (min(a.right, b.right) - max(a.left, b.left)), (min(a.bottom, b.bottom) - max(a.top, b.top))
    return wide > 0.5 and tall > 0.2 * min(a.height, b.height)


def look_of(mark):
    return mark.kind, mark.color, mark.filled, mark.look.get("class"), bool(mark.look.get("stroke-dasharray"))


@pytest.mark.parametrize("scene", SCENES)
def test_a_narrow_drawing_shows_the_same_and_can_be_read(scene):
    assert narrow_faults(SCENES[scene]()) == []


PLANTED = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} 90" aria-label="s" fill="red">{}</svg>'
LINE, WORD = '<line x1="9" y1="9" x2="50" y2="9"/>', '<text x="{}" y="50" font-size="{}">word</text>'


@pytest.mark.parametrize(
    ("svg", "fault"),
    [
        (PLANTED.format(400, LINE + WORD.format(9, 14)), None),
        (PLANTED.format(401, LINE + WORD.format(9, 14)), "it is not narrow"),
        (PLANTED.format(400, LINE + WORD.format(9, 13.5)), "word is too small"),
        (PLANTED.format(400, LINE + WORD.format(380, 14)), "word leaves the frame"),
        (PLANTED.format(400, LINE + WORD.format(9, 14) + WORD.format(30, 14)), "word is on word"),
        (PLANTED.format(400, LINE + LINE + WORD.format(9, 14)), "not as many"),
        (PLANTED.format(400, WORD.format(9, 14)), "not as many"),
        (PLANTED.format(400, LINE.replace("<line", '<line stroke-dasharray="3"')), "not as many"),
        (PLANTED.format(400, LINE + WORD.format(9, 14) + '<circle cx="20" cy="46" r="3"/>'), "word is on a circle"),
        (PLANTED.format(400, LINE).replace('"s"', '"t"'), "it says something else"),
    ],
)
def test_what_is_wrong_with_a_narrow_drawing_is_noticed(svg, fault):
    wide = Picture(PLANTED.format(760, LINE), "s", again=lambda width: Picture(svg, "s"))
    found = narrow_faults(wide)
    assert [words for words in found if fault and fault in words] if fault else found == []


def test_a_mark_that_hides_another_of_its_kind_is_noticed():
    two = LINE + LINE.replace("50", "60")
    for narrow, due in ((two, 0), (LINE * 2, 1)):
        wide = Picture(
            PLANTED.format(760, two), "s", again=lambda width, body=narrow: Picture(PLANTED.format(400, body), "s")
        )
        assert sum("one on the other" in fault for fault in narrow_faults(wide)) == len(narrow_faults(wide)) == due


@every_figure
def test_every_figure_draws_itself_again_at_any_width(name):
    picture = FIRST[name]()
    assert picture.at(NARROW) != picture == picture.at(WIDTH) == picture.at(NARROW).at(WIDTH)
    longer = picture.with_words(f"Now {NASTY}.").with_words("Once more.")
    assert longer.at(NARROW) == picture.at(NARROW).with_words(f"Now {NASTY}.").with_words("Once more.")
    assert longer.at(WIDTH) == longer and longer.at(NARROW).sentence == f"Once more. Now {NASTY}. {picture.sentence}"


def test_what_no_figure_drew_says_that_it_cannot_be_drawn_again():
    for picture in (Picture("<svg></svg>", "s"), Picture("<svg></svg>", "s").with_words("w")):
        with pytest.raises(TypeError, match="it was not made by a function that @figure wraps"):
            picture.at(NARROW)


def test_a_drawing_is_drawn_again_only_when_it_is_asked_for():
    widths = []

    @figure
    def drawn(words, *, width=WIDTH):
        widths.append(width)
        return Picture("<svg></svg>", words)

    picture = drawn("w")
    assert widths == [WIDTH] and picture.at(NARROW).sentence == "w" and widths == [WIDTH, NARROW]


# What enters a picture is shown as text; the still, and the bundle


@every_figure
def test_the_still_and_the_live_picture_say_the_same_as_text(name):
    picture = FIRST[name]()
    address, svg = image(picture.still())
    live, still = Drawing(picture.svg).root, Drawing(svg).root
    assert [element.tag for element in still.iter()] == [element.tag for element in live.iter()]
    assert list(still.itertext()) == list(live.itertext())
    assert INK not in picture.still() + svg and "background:#FFFFFF" in still.get("style").split(";")
    alternative = html.unescape(re.search(r'alt="([^"]*)"', picture.still())[1])
    assert {alternative, live.get("aria-label"), still.get("aria-label")} == {picture.sentence}
    below = html.unescape(re.search("<figcaption>(.*)</figcaption>", picture.still())[1])
    assert below == picture.visible_words and says_the_same(below, picture.sentence)
    if name not in ("neurons", "counts", "transformer_block"):  # which take no words
        assert NASTY in picture.sentence + "".join(live.itertext())
    assert re.fullmatch(r"data:image/svg\+xml;base64,[A-Za-z0-9+/]+=*", address)
    assert ("<img data-chart " in picture.still()) == picture.is_chart == (name == "curves")


@pytest.mark.parametrize("name", ["neurons", "curves"])
def test_a_picture_shows_itself_live_and_still_and_in_words(name):
    picture = FIRST[name]()
    shown = picture._repr_mimebundle_()
    assert set(shown) == {"application/vnd.jupyter.widget-view+json", "text/html", "text/plain"}
    assert shown["text/plain"] == picture.sentence and shown["text/html"] == picture.still()
    view = shown["application/vnd.jupyter.widget-view+json"]
    assert model(view["model_id"]).value == picture.live() and picture.svg in picture.live()


WIDEST = re.compile(r"max-width:(min\(.+?\))\">")
# In px: what of a window's height is left for a picture that is twice as wide as high, and how wide it is then.
LIVE = {
    "a picture alone": ({}, {900: 760, 550: 760, 470: 680, 200: 456}),
    "one row of controls": ({"rows": 1}, {900: 760, 712: 740, 662: 640, 400: 608}),
    "three rows of controls": ({"rows": 3}, {900: 760, 798: 720, 400: 608}),
}


@pytest.mark.parametrize("name", LIVE)
def test_a_live_picture_and_its_controls_are_on_one_screen_and_its_letters_stay_large(name):
    how, widths = LIVE[name]
    live = Picture('<svg viewBox="0 0 760 380"></svg>', "words").live(**how)
    formula = WIDEST.search(live)[1].replace("calc", "").replace("px", "")
    for window, wide in widths.items():
        assert eval(formula.replace("100vh", str(window)), {"min": min, "max": max}) == wide, window
    assert ("display:flex" in live) == bool(how)  # with controls, the words are beside the picture from 1,024 px on
    assert 760 + 24 + int(re.search(r"flex:1 1 (\d+)px", live)[1]) == 1024


def test_a_long_title_of_a_chart_is_broken_on_a_phone_alone():
    title = "What the masks add at keep_prob 0.8, and what is left of it"
    chart = figures.curves([1, 2], {"a": [3, 4]}, title=title, xlabel="x", ylabel="y")
    shown = [[mark.words for mark in Drawing(one.svg).all("text")] for one in (chart, chart.at(NARROW))]
    assert title in shown[0] and "What the masks add at keep_prob" in shown[1] and title not in shown[1]


def test_a_warning_takes_the_place_of_the_sentence_and_is_text():
    picture = FIRST["neurons"]()
    said = [ipywidgets.HTML(html).value for html in (picture.live(), picture.live(NASTY))]
    assert picture.svg in said[0] and picture.svg in said[1]
    assert (
        html.escape(NASTY) in said[1].rpartition("</svg>")[2]
        and picture.sentence not in said[1].rpartition("</svg>")[2]
    )


# A chart


def test_a_chart_is_the_same_in_another_process():
    words = {"title": "t", "xlabel": "x", "ylabel": "y", "sentence": "s"}
    code = f"from dropout_lib import figures; print(figures.curves([0, 1], {{'one': [1, 2]}}, **{words}).svg)"
    one, other = (
        subprocess.check_output([sys.executable, "-c", code], env=os.environ | {"PYTHONHASHSEED": seed})
        for seed in "12"
    )
    assert one and one == other


def test_a_chart_brings_nothing_that_reaches_the_page():
    svg = curves().svg
    root = Drawing(svg).root
    kinds = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert not kinds & {"style", "metadata", "clipPath", "script"} and "text" in kinds
    ids = [element.get("id") for element in root.iter() if "id" in element.attrib]
    used = {element.get(HREF)[1:] for element in root.iter() if HREF in element.attrib}
    assert ids and len(ids) == len(set(ids)) and set(ids) == used | set(re.findall(r"url\(#([^)]*)\)", svg))
    assert INK in svg and "#010203" not in svg and "#000000" not in svg
    other = {element.get("id") for element in Drawing(curves("other").svg).root.iter()}
    assert not set(ids) & other and len(other) > 1


def test_charts_leave_nothing_behind():
    import matplotlib  # noqa: PLC0415
    import matplotlib.pyplot as plt  # noqa: PLC0415

    with matplotlib.rc_context({"font.size": 7}):
        before = dict(matplotlib.rcParams)
        curves()
        assert not plt.get_fignums() and dict(matplotlib.rcParams) == before
