"""Every figure: a whole SVG that stays in its frame, a sentence that says which, a still that can be read back."""

import base64
import copy
import html
import os
import re
import subprocess
import sys
from functools import cache
from itertools import product
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree

import ipywidgets
import numpy as np
import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from dropout_lib import figures
from dropout_lib.figures import picture as pictures
from dropout_lib.figures.palette import INK

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
NASTY = "<b>&\"'"


class Scene(NamedTuple):
    """A call of a figure, and how many crosses it must show."""

    figure: str
    arguments: tuple
    options: dict
    crosses: int = 0

    def draw(self):
        return getattr(figures, self.figure)(*self.arguments, **self.options)


def neurons(mask, keep_prob=0.8, example=1, numbers=None):
    mask = np.array(mask, bool)
    numbers = np.where(mask, 0.0, 0.9999) if numbers is None else numbers
    crosses = int((~mask).sum() + (~mask[example - 1]).sum())
    return Scene("neurons", (numbers, mask), {"keep_prob": keep_prob, "example": example}, crosses)


def tiles(*masks, titles=("fresh", "shared", "seed reset", "drawn once")):
    panels = dict(zip(titles, [np.array(mask, bool) for mask in masks], strict=False))
    return Scene("tiles", (panels,), {}, sum(int((~mask).sum()) for mask in panels.values()))


def wiring(mask, scale=1.0, inputs=3, outputs=2, told=""):
    mask, rng = np.array(mask, bool), np.random.default_rng(0)
    sizes = (inputs, len(mask), outputs)
    values = [scale * rng.normal(size=size) for size in sizes]
    edges = [scale * rng.normal(size=(below, above)) for below, above in zip(sizes, sizes[1:], strict=False)]
    edges = [edges[0] * mask, edges[1] * mask[:, np.newaxis]]
    return Scene("wiring", (values, edges, mask), {"told": told}, int((~mask).sum()))


def counts(exact, drawn):
    return Scene("counts", (np.array(exact), np.array(drawn)), {})


def sums(top=20.0, now=3.0, names=("unscaled", "inverted", "inference")):
    values, chances = np.array([0.0, 2.5, 300.0]), np.array([0.5, 0.25, 0.25])
    return Scene("sums", ({name: (values, chances) for name in names},), {"top": top, "now": dict.fromkeys(names, now)})


def curves(name="with dropout", sentence="At keep_prob 0.3 the error is 0.12, at 0.8 it is 0.08."):
    x, values = np.array([0.3, 0.5, 0.8]), np.array([0.12, 0.1, 0.08])
    words = {"title": f"{name} title", "xlabel": f"{name} x", "ylabel": f"{name} y", "sentence": sentence}
    return Scene("curves", (x, {name: values, "without": values + 0.01}), words | {"bands": {name: (values, values)}})


def training_view(epoch=3, units=(64, 128, 128), dropped=0.5, accuracy=0.5, moved=None):
    values = np.full(5, accuracy)
    names = ("test, with dropout", "test, without", "training, with", "training, without")
    curves = {name: (values, number % 2 == 0, number < 2) for number, name in enumerate(names)}
    rng = np.random.default_rng(0)
    layers = {f"hidden {number}": rng.random(size) >= dropped for number, size in enumerate(units)}
    moved = {
        f"hidden {number}": moved * rng.random(units[number]) for number in range(1, len(units)) if moved is not None
    }
    return Scene("training_view", (curves, epoch, layers), {"moved": moved})


def digit_images(count=10, wrong=True):
    told = np.arange(count)
    images = np.random.default_rng(0).random((count, 64))
    return Scene("digit_images", (images, told, told[::-1] if wrong else told), {})


def intervals(*means, half=1.0, told="", name="result"):
    rows = {f"{name} {number}": ("keep_prob 0.8, 0.5, 0.5", mean, half) for number, mean in enumerate(means)}
    return Scene("intervals", (rows,), {"axis": (70, 95), "told": told})


def boundaries(one, other, points=((0.2, 0.3), (0.9, 0.8)), titles=("without dropout", "keep_prob 0.8")):
    maps = dict(zip(titles, [np.array(one, bool), np.array(other, bool)], strict=True))
    return Scene("boundaries", (maps, np.array(points), np.array([0, 1])), {"corners": (0, 0, 1, 1)})


def cloud_of(units, keep_prob, accuracy):
    masks = np.array(list(product([False, True], repeat=units)))
    kept = masks.sum(axis=1)
    chances = keep_prob**kept * (1 - keep_prob) ** (units - kept)
    return masks, chances, np.full(len(masks), accuracy) if accuracy is not None else kept / units


def cloud(units=3, keep_prob=0.8, accuracy=None, right=None, about="keep_prob 0.8, a 3."):
    masks, chances, accuracies = cloud_of(units, keep_prob, accuracy)
    right = masks[:, 0] if right is None else np.full(len(masks), right)
    return Scene("cloud", (masks, chances, accuracies, right), {"about": about})


def ensemble_view(units=3, keep_prob=0.8, accuracy=None, *, chosen=1, label=3, name="geometric"):
    masks, chances, accuracies = cloud_of(units, keep_prob, accuracy)
    predictions = np.random.default_rng(0).dirichlet(np.ones(10), len(masks))
    averages = {each: (predictions[-1], accuracies[-1]) for each in ("arithmetic", name, "weight scaling")}
    options = {"image": np.random.default_rng(1).random(64), "label": label, "keep_prob": keep_prob}
    crosses = int((~masks[chosen]).sum())
    return Scene("ensemble_view", ((masks, chances, accuracies, predictions), averages, chosen), options, crosses)


def band(spread=0.1, mean=0.2, gap=(-0.4, 0.4), *, functions=2, told="", points=(0.5, 0.3)):
    x = np.linspace(-2, 2, 21)
    drawn = mean + spread * np.arange(functions)[:, np.newaxis] * np.ones(21)
    options = {"truth": x**2, "points": points, "gap": gap, "functions": drawn, "told": told}
    return Scene("band", (x, np.full(21, mean), np.full(21, spread)), options)


def damage(mask, images=5, right=None, still=None, about="2 removed at random"):
    mask = np.array(mask, bool)
    right = np.arange(images) % 3 > 0 if right is None else np.full(images, right)
    still = right & (np.arange(images) % 2 > 0) if still is None else np.full(images, still)
    networks = {"without dropout": (1.0, 0.0, right, still), "with dropout": (0.9, 0.85, right, right)}
    options = {"about": about}
    return Scene("damage", (mask, networks, np.full((images, 64), 0.5)), options, int((~mask).sum()))


def contributions(values, name="With dropout, picture 1", classes=(3, 8), dropped=True):
    options = {"name": name, "image": np.full(64, 0.5), "classes": classes, "dropped": dropped}
    return Scene("contributions", (np.array(values),), options)


def filters(*weights, names=("row A", "row B", "row C")):
    return Scene("filters", (dict(zip(names, weights, strict=False)),), {})


FEW, MANY = np.array([[1, 0, 1], [0, 1, 1]]), np.random.default_rng(0).random((4, 12)) < 0.8
WEIGHTS = np.random.default_rng(0).normal(size=(3, 64, 7))
SCENES = {
    "damage: three of five": damage([1, 0, 1, 1, 0]),
    "damage: none of 24, all lost": damage(np.zeros(24), images=16, right=True, still=False),
    "damage: all of 24": damage(np.ones(24), images=16, right=False),
    "damage: one alone": damage([1], images=1),
    "contributions: both signs": contributions([1.5, -0.5, 0.0, 2.0], dropped=False),
    "contributions: 24": contributions(np.linspace(-1000, 1000.5, 24)),
    "contributions: all against": contributions([-3.0, -0.5]),
    "contributions: all for": contributions([3.0, 0.5, 0.25]),
    "contributions: silent": contributions(np.zeros(3)),
    "contributions: nothing left": contributions([1.0, -1.0]),
    "contributions: more against": contributions([1.0, -3.0]),
    "filters: three rows": filters(*WEIGHTS),
    "filters: one": filters(WEIGHTS[0][:, :1]),
    "filters: all negative": filters(-np.ones((64, 2))),
    "band: two functions": band(),
    "band: no spread, no gap, no function": band(spread=0.0, gap=(0.2, 0.2), functions=0),
    "band: beyond the axis": band(mean=1e6, spread=1e9),
    "band: points beyond, gap to the end": band(gap=(-0.9, 1.0), points=([-9, 0.5], [0, 99])),
    "training_view: first epoch": training_view(epoch=0, accuracy=0.0),
    "training_view: last epoch, all dropped": training_view(epoch=4, dropped=1.0, accuracy=1.0),
    "training_view: one layer, none dropped": training_view(units=(8,), dropped=0.0),
    "training_view: moved": training_view(moved=1e-5),
    "training_view: nothing moved, all dropped": training_view(moved=0.0, units=(64, 64), dropped=1.0),
    "digit_images: ten": digit_images(),
    "digit_images: one": digit_images(1, wrong=False),
    "neurons: two examples": neurons(FEW),
    "neurons: one alone": neurons([[1]]),
    "neurons: all dropped": neurons(np.zeros((4, 12)), keep_prob=0.05),
    "neurons: all kept": neurons(np.ones((4, 12)), keep_prob=1.0),
    "neurons: last example": neurons(MANY, example=4, keep_prob=0.123456),
    "tiles: two ways": tiles(FEW, FEW[::-1]),
    "tiles: one": tiles([[0]]),
    "tiles: four ways": tiles(*[np.random.default_rng(seed).random((12, 8)) < 0.3 for seed in range(4)]),
    "wiring: three": wiring([1, 0, 1]),
    "wiring: one": wiring([1], inputs=1, outputs=1),
    "wiring: all dropped": wiring(np.zeros(5), told=" Neuron 2, set by hand."),
    "wiring: large numbers": wiring(np.ones(5), scale=50),
    "counts: eight": counts(np.full(9, 1 / 9), np.eye(9)[3]),
    "counts: one": counts([0.2, 0.8], [1.0, 0.0]),
    "counts: thirty": counts(np.full(31, 1 / 31), np.eye(31)[30]),
    "sums: usual": sums(),
    "sums: beyond the axis": sums(now=1e9),
    "sums: below the axis": sums(now=-5.0),
    "curves: two": curves(),
    "intervals: three": intervals(82.0, 89.8, 87.3, told=" Over 5 seeds."),
    "intervals: beyond the axis": intervals(9.4, 99.0, 100.0, half=0.0),
    "intervals: across its ends": intervals(70.0, 95.0, half=50.0),
    "cloud: eight": cloud(),
    "cloud: 1,024": cloud(10, 0.5),
    "cloud: all at one end": cloud(10, 0.05, accuracy=0.0, right=True),
    "cloud: one possible, at the other end": cloud(10, 1.0, accuracy=1.0, right=False),
    "ensemble_view: eight": ensemble_view(),
    "ensemble_view: 1,024": ensemble_view(10, 0.3, chosen=700),
    "ensemble_view: all at one end": ensemble_view(10, 0.05, accuracy=0.0, chosen=0),
    "ensemble_view: one possible, at the other end": ensemble_view(10, 1.0, accuracy=1.0, chosen=1023),
    "ensemble_view: one unit": ensemble_view(1, 0.5),
    "boundaries: two": boundaries(FEW, FEW[::-1]),
    "boundaries: all and nothing": boundaries(np.ones((70, 100)), np.zeros((70, 100))),
    "boundaries: points beyond": boundaries(MANY, ~MANY, points=((-9, -9), (9, 9))),
}
DIAGRAMS = [name for name, scene in SCENES.items() if scene.figure != "curves"]
every_scene = pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
every_diagram = pytest.mark.parametrize("scene", [SCENES[name] for name in DIAGRAMS], ids=DIAGRAMS)


def parsed(svg):
    return ElementTree.fromstring(svg)


def source(still):
    """Give the address of a still's image, as a browser reads it."""
    return html.unescape(re.search(r'<img [^>]*src="([^"]*)"', still)[1])


def image(still):
    """Give the SVG that a still's image holds."""
    kind, data = source(still).split(",", 1)
    return base64.b64decode(data).decode() if kind.endswith(";base64") else unquote(data, errors="strict")


def test_every_figure_has_its_scenes():
    assert {scene.figure for scene in SCENES.values()} == set(figures.__all__)


# The SVG and its sentence


@every_scene
def test_the_svg_is_whole_and_says_its_sentence(scene):
    picture = scene.draw()
    root = parsed(picture.svg)
    assert root.tag == f"{SVG}svg" and root.get("role") == "img"
    assert root.get("aria-label") == picture.sentence and len(picture.sentence) > 20
    assert "width:100%" in root.get("style") and float(root.get("viewBox").split()[2]) > 0
    assert not re.search(r"nan|inf\b", picture.svg.replace("inference", ""))


@every_diagram
def test_a_diagram_has_no_ids_and_no_style_sheet(scene):
    for element in parsed(scene.draw().svg).iter():
        assert "id" not in element.attrib and element.tag.removeprefix(SVG) not in ("style", "script", "defs", "use")


@every_diagram
def test_there_are_as_many_crosses_as_were_dropped(scene):
    assert crosses(scene.draw().svg) == scene.crosses


def crosses(svg):
    return sum(element.get("class") == "cross" for element in parsed(svg).iter())


@every_scene
def test_a_figure_is_pure(scene):
    before = copy.deepcopy((scene.arguments, scene.options))
    assert scene.draw() == scene.draw()
    np.testing.assert_equal((scene.arguments, scene.options), before)


def test_a_chart_is_the_same_in_another_process():
    words = {"title": "t", "xlabel": "x", "ylabel": "y", "sentence": "s"}
    code = f"from dropout_lib import figures; print(figures.curves([0, 1], {{'one': [1, 2]}}, **{words}).svg)"
    svgs = [
        subprocess.run(
            [sys.executable, "-c", code], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in "12"
    ]
    assert svgs[0] and svgs[0] == svgs[1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (neurons([[1, 0, 1]]), neurons([[1, 1, 0]])),
        (neurons([[1, 1, 1], [1, 0, 0]]), neurons([[1, 1, 1], [0, 0, 1]])),
        (neurons(FEW, example=1), neurons(FEW, example=2)),
        (tiles([[1, 0, 1]]), tiles([[1, 1, 0]])),
        (tiles([[1, 1], [1, 0]]), tiles([[1, 1], [0, 1]])),
        (wiring([1, 0, 1]), wiring([1, 1, 0])),
        (counts([0.5, 0.5], [0.3, 0.7]), counts([0.5, 0.5], [0.7, 0.3])),
        (counts([0.2, 0.3, 0.5], [0.5, 0.1, 0.4]), counts([0.2, 0.3, 0.5], [0.1, 0.5, 0.4])),
        (sums(now=3.0), sums(now=3.5)),
        (intervals(82.0, 89.8), intervals(89.8, 82.0)),
        (boundaries(FEW, FEW[::-1]), boundaries(FEW, FEW)),
        (band(mean=0.2), band(mean=0.25)),
        (band(spread=0.1), band(spread=0.11)),
        (cloud(keep_prob=0.8), cloud(keep_prob=0.3)),
        (cloud(accuracy=0.5), cloud(accuracy=0.6)),
        (ensemble_view(10, chosen=6), ensemble_view(10, chosen=5)),
        (ensemble_view(label=3), ensemble_view(label=4)),
        (damage([1, 0, 1]), damage([1, 1, 0])),
        (damage([1, 0]), damage([1, 0], still=False)),
        (contributions([1.0, 2.0, -0.5]), contributions([2.0, 1.0, -0.5])),
        (contributions([1.0, -0.5]), contributions([1.0, -0.5], classes=(3, 9))),
        (filters(WEIGHTS[0]), filters(-WEIGHTS[0])),
        (filters(WEIGHTS[0]), filters(WEIGHTS[0][:, ::-1])),
    ],
)
def test_the_sentence_says_which_and_not_only_how_many(one, other):
    assert one.draw().sentence != other.draw().sentence


@pytest.mark.parametrize("draw", [neurons, tiles, lambda mask: tiles(FEW, mask)])
def test_the_sentence_tells_draws_apart(draw):
    masks = [np.random.default_rng(seed).random((6, 8)) < 0.8 for seed in range(60)]
    assert len({draw(mask).draw().sentence for mask in masks}) == 60


def test_means_stand_at_their_places_and_what_is_outside_is_an_arrow():
    marks = [el for el in parsed(intervals(70.0, 82.5, 95.0, 9.4).draw().svg).iter() if el.get("class")]
    assert [el.get("class") for el in marks] == ["mean", "mean", "mean", "arrow"]
    first, middle, last = (float(el.get("cx") or float(el.get("x")) + 8) for el in marks[:3])
    assert first < middle < last and middle - first == last - middle


def test_a_map_has_its_highest_row_on_top():
    root = parsed(boundaries([[0, 0], [1, 0]], [[0, 1], [0, 0]]).draw().svg)
    one, other = ([float(el.get(side)) for side in ("x", "y")] for el in root.iter() if el.get("class") == "class-1")
    assert one[1] < other[1] and other[0] - one[0] > 380
    points = [(float(el.get("cx")), float(el.get("cy"))) for el in root.iter(f"{SVG}circle")]
    assert points[0][0] < points[1][0] and points[0][1] > points[1][1]  # at (0.2, 0.3) and (0.9, 0.8)


# What enters a picture is shown as text


@pytest.mark.parametrize(
    "scene",
    [
        tiles(FEW, titles=[NASTY]),
        wiring([1, 0], told=f" {NASTY}"),
        sums(names=[NASTY]),
        intervals(80.0, told=f" {NASTY}", name=NASTY),
        boundaries(FEW, FEW, titles=(NASTY, "other")),
        band(told=f"{NASTY} "),
        cloud(about=NASTY),
        ensemble_view(name=NASTY),
        damage([1, 0], about=NASTY),
        contributions([1.0, -0.5], name=NASTY),
        filters(WEIGHTS[0], names=[NASTY]),
        curves(name=NASTY, sentence=f"{NASTY} is the error at keep_prob 0.3."),
    ],
    ids=lambda scene: scene.figure,
)
def test_any_text_is_shown_as_text(scene):
    picture = scene.draw()
    for svg in (picture.svg, image(picture.still())):
        root = parsed(svg)
        assert NASTY in root.get("aria-label") == picture.sentence
        assert not [element for element in root.iter() if element.tag.rpartition("}")[2] == "b"]
    if scene.figure not in ("wiring", "cloud", "band", "damage", "contributions"):
        assert [words for words in parsed(picture.svg).itertext() if NASTY in words]
    assert html.unescape(re.search(r'alt="([^"]*)"', picture.still())[1]) == picture.sentence
    assert html.unescape(re.search(r"<figcaption>(.*)</figcaption>", picture.still())[1]) == picture.sentence


def test_a_warning_takes_the_place_of_the_sentence_and_is_text():
    picture = SCENES["neurons: two examples"].draw()
    plain, warned = parsed(picture.live()), parsed(picture.live(NASTY))
    assert "".join(plain.find("p").itertext()) == picture.sentence
    assert "".join(warned.find("p").itertext()) == NASTY
    assert plain.find("p").get("style") == warned.find("p").get("style")
    assert picture.svg in picture.live() and picture.svg in picture.live(NASTY)


def test_all_text_is_escaped_by_one_function(monkeypatch):
    """Where that function marks what it was given, no text is without the mark."""
    own = pictures.escape
    modules = [module for name, module in sys.modules.items() if name.startswith("dropout_lib.figures.")]
    for module in modules:
        if hasattr(module, "escape"):
            assert module.escape is own
            monkeypatch.setattr(module, "escape", lambda text: f"*{own(text)}")
    for scene in SCENES.values():
        picture = scene.draw()
        root = parsed(picture.svg)
        assert root.get("aria-label").startswith("*") and "<figcaption>*" in picture.still()
        assert picture.is_chart or all(element.text.startswith("*") for element in root.iter(f"{SVG}text"))


# The still, and the bundle


@every_scene
def test_the_still_can_be_read_back_in_fixed_greys_on_white(scene):
    picture = scene.draw()
    still = parsed(image(picture.still()))
    assert INK not in picture.still() and INK not in image(picture.still())
    assert "background:#FFFFFF" in still.get("style").split(";")
    live = parsed(picture.svg)
    assert [element.tag for element in still.iter()] == [element.tag for element in live.iter()]
    assert list(still.itertext()) == list(live.itertext())
    assert still.get("aria-label") == picture.sentence


@every_diagram
def test_a_diagrams_address_is_percent_encoded_and_readable(scene):
    address = source(scene.draw().still())
    assert address.startswith("data:image/svg+xml,%3Csvg xmlns=")
    # What ends an attribute or an address, or starts a fragment, must not stand there as it is.
    assert not set(address) & set("#\"<>'\n\t") and not re.search(r"%(?![0-9A-F]{2})", address)
    assert address.isascii()


def test_a_charts_address_is_base64():
    address = source(SCENES["curves: two"].draw().still())
    assert re.fullmatch(r"data:image/svg\+xml;base64,[A-Za-z0-9+/]+=*", address)


@every_scene
def test_a_picture_shows_itself_live_and_still_and_in_words(scene):
    picture = scene.draw()
    shown = picture._repr_mimebundle_()
    assert set(shown) == {"application/vnd.jupyter.widget-view+json", "text/html", "text/plain"}
    assert shown["text/plain"] == picture.sentence and shown["text/html"] == picture.still()
    assert live_value(shown) == picture.live()


def live_value(shown):
    """Give the value of the widget that a bundle shows, as its front end would be told it."""
    model = shown["application/vnd.jupyter.widget-view+json"]["model_id"]
    return ipywidgets.widgets.widget._instances[model].value


# A chart


def test_a_chart_brings_nothing_that_reaches_the_page():
    root = parsed(SCENES["curves: two"].draw().svg)
    kinds = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert not kinds & {"style", "metadata", "clipPath", "script"} and "text" in kinds
    ids = [element.get("id") for element in root.iter() if "id" in element.attrib]
    used = {element.get(HREF)[1:] for element in root.iter() if HREF in element.attrib}
    used |= set(re.findall(r"url\(#([^)]*)\)", SCENES["curves: two"].draw().svg))
    assert ids and len(ids) == len(set(ids)) and set(ids) == used


def test_two_charts_share_no_ids():
    one, other = ({el.get("id") for el in parsed(curves(name).draw().svg).iter()} - {None} for name in ("one", "other"))
    assert one and other and not one & other


def test_a_charts_ink_follows_the_theme():
    svg = SCENES["curves: two"].draw().svg
    assert INK in svg and "#010203" not in svg and "#000000" not in svg


def test_charts_leave_nothing_behind():
    import matplotlib  # noqa: PLC0415
    import matplotlib.pyplot as plt  # noqa: PLC0415

    with matplotlib.rc_context({"font.size": 7}):
        before = dict(matplotlib.rcParams)
        SCENES["curves: two"].draw()
        assert not plt.get_fignums() and dict(matplotlib.rcParams) == before


# All words and marks lie inside the frame


@cache
def width_of(words, size, bold):
    """Measure words in DejaVu Sans, which is wider than the other usual fonts."""
    font = FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal", size=size)
    return text_to_path.get_text_width_height_descent(words, font, ismath=False)[0]


def box(element):
    """Give the left, top, right and bottom of a shape, its stroke included; None for what has no extent."""
    kind = element.tag.removeprefix(SVG)
    at = {name: float(value) for name, value in element.items() if re.fullmatch(r"-?[\d.]+(e[-+]?\d+)?", value)}
    reach = at.get("stroke-width", 0) / 2 if element.get("stroke") else 0
    if kind in ("svg", "g"):
        return None
    if kind == "text":
        wide = width_of(element.text, at["font-size"], element.get("font-weight") == "bold")
        left = at["x"] - wide * {"start": 0, "middle": 0.5, "end": 1}[element.get("text-anchor")]
        return left, at["y"] - 0.76 * at["font-size"], left + wide, at["y"] + 0.24 * at["font-size"]
    if kind == "circle":
        reach += at["r"]
        corners = [(at["cx"], at["cy"])]
    elif kind == "rect":
        corners = [(at["x"], at["y"]), (at["x"] + at["width"], at["y"] + at["height"])]
        assert at["width"] >= 0 and at["height"] >= 0
    elif kind == "line":
        corners = [(at["x1"], at["y1"]), (at["x2"], at["y2"])]
        # A level or upright line does not grow at its ends.
        growth = (reach * (at["y1"] != at["y2"]), reach * (at["x1"] != at["x2"]))
        return _around(corners, *growth)
    else:
        assert kind == "path", f"this test knows no <{kind}>: say how far it reaches"
        corners = _corners(element.get("d"))
    return _around(corners, reach, reach)


def _around(corners, wide, tall):
    xs, ys = zip(*corners, strict=True)
    return min(xs) - wide, min(ys) - tall, max(xs) + wide, max(ys) + tall


def _corners(path):
    """Follow a path of straight lines."""
    x = y = 0.0
    corners = []
    for command, given in re.findall(r"([a-zA-Z])([^a-zA-Z]*)", re.sub(r"e([-+]\d)", r"E\1", path)):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", given)]
        assert command in "MLlhvHVzZm", f"this test cannot follow the path command {command}"
        for step in _steps(command, numbers):
            x, y = step(x, y)
            corners.append((x, y))
    return corners


def _steps(command, numbers):
    pairs = list(zip(numbers[::2], numbers[1::2], strict=False))
    return {
        "M": [lambda x, y, to=to: to for to in pairs],
        "m": [lambda x, y, by=by: (x + by[0], y + by[1]) for by in pairs],
        "h": [lambda x, y, by=by: (x + by, y) for by in numbers],
        "v": [lambda x, y, by=by: (x, y + by) for by in numbers],
        "H": [lambda x, y, to=to: (to, y) for to in numbers],
        "V": [lambda x, y, to=to: (x, to) for to in numbers],
        "z": [],
    }[{"L": "M", "l": "m", "Z": "z"}.get(command, command)]


def outside(svg):
    """Say what reaches out of the frame by more than half a pixel."""
    root = parsed(svg)
    left, top, wide, tall = map(float, root.get("viewBox").split())
    said = []
    for element in root.iter():
        assert "transform" not in element.attrib, "this test follows no transforms"
        reached = box(element)
        if reached and (
            reached[0] < left - 0.5
            or reached[1] < top - 0.5
            or reached[2] > left + wide + 0.5
            or reached[3] > top + tall + 0.5
        ):
            said.append(f"{ElementTree.tostring(element, 'unicode')} reaches {[round(edge) for edge in reached]}")
    return said


@every_diagram
def test_all_words_and_marks_lie_inside_the_frame(scene):
    assert outside(scene.draw().svg) == []


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
    ],
)
def test_what_reaches_out_is_noticed(planted):
    assert len(outside(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{planted}</svg>')) == 1


def marks_of(svg, kind):
    """Give the places (x, y) and the sizes of a cloud's marks of one kind; those of the legend are left out."""
    places = []
    for element in parsed(svg).iter():
        if element.get("class") == kind:
            wide = float(element.get("stroke-width"))
            places += [
                (float(x) + float(dash) / 2, float(y), wide)
                for x, y, dash in re.findall(r"M([\d.-]+) ([\d.]+)h([\d.]+)", element.get("d"))
            ]
    return [place for place in places if place[1] > 44]


@pytest.mark.parametrize("keep_prob", [0.3, 0.5, 0.8])
def test_a_cloud_puts_every_sub_network_where_it_belongs(keep_prob):
    """Across: its accuracy; up: the number kept; the area of a dot: its probability."""
    scene = cloud(6, keep_prob, right=True)
    masks, chances, accuracies, _ = scene.arguments
    marks = np.array(sorted(marks_of(scene.draw().svg, "right")))
    across = np.array(sorted(accuracies))
    np.testing.assert_allclose(marks[:, 0], 70 + across * (720 - 70), atol=0.1)
    kept = masks.sum(axis=1)[np.argsort(accuracies, kind="stable")]
    np.testing.assert_array_equal(np.floor((marks[:, 1] - 44) / 27), 6 - kept)
    expected = 3.6 * np.sqrt(64 * chances[np.argsort(accuracies, kind="stable")])
    np.testing.assert_allclose(marks[:, 2], np.clip(expected, 0.8, 36), atol=0.06)
    assert not marks_of(scene.draw().svg, "wrong") and len(marks_of(cloud(6, right=False).draw().svg, "wrong")) == 64


def drawn_in(svg, kind):
    """Give the ends of the parts of the path of this class, as (parts, corners)."""
    path = next(el.get("d") for el in parsed(svg).iter() if el.get("class") == kind)
    return path.count("M"), len(re.findall("[ML]", path))


def test_the_band_tells_spread_and_coverage_by_region():
    """The truth is x² at 21 places, the mean 0.2, the band 0.2 wide to each side: it holds the truth up to x² = 0.4."""
    sentence = band(spread=0.1, mean=0.2, functions=0).draw().sentence
    near, gap, far = "near data 0.100, 50 %", "in the gap 0.100, 100 %", "far away 0.100, 0 %"  # near: of 0.4 to 1
    assert sentence.endswith(f"covers the true function: {near}; {gap}; {far}.")
    assert "in the gap" not in band(gap=(0.2, 0.2)).draw().sentence
    assert band(told="Told. ").draw().sentence.startswith("Told. Mean spread")


def test_the_band_and_each_function_are_drawn_and_cut_off_at_the_axis():
    svg = band(functions=3).draw().svg
    assert [svg.count(f'class="{kind}"') for kind in ("band", "mean", "truth", "drawn", "point")] == [1, 1, 1, 3, 1]
    assert drawn_in(svg, "band") == (1, 42) and drawn_in(svg, "mean") == (1, 21)
    assert drawn_in(svg, "truth") == (1, 19)  # x² is above the axis at both ends
    corners = _corners(next(el.get("d") for el in parsed(svg).iter() if el.get("class") == "band").replace("z", ""))
    assert corners[0][0] == 54 and max(x for x, _ in corners) == 744
    upper, lower = corners[0][1], corners[-1][1]
    assert upper < lower and lower - upper == pytest.approx(0.4 * (330 - 64) / 6, abs=0.11)
    assert 'class="mean"' not in band(mean=1e6).draw().svg


def test_digit_images_say_what_the_labels_are():
    options = {"about": "What was seen", "verb": "seen"}
    picture = figures.digit_images(np.ones((2, 64)), np.array([1, 7]), np.array([1, 1]), **options)
    assert picture.sentence == "What was seen: 1, 1 seen as 7."
    assert "seen 7" in picture.svg and "told" not in picture.svg


def test_the_damage_marks_what_is_right_lost_and_was_wrong_before():
    picture = damage([1, 0, 1], images=5).draw()  # right at first: pictures 2, 3 and 5; without dropout 2 is left
    marks = [el.text for el in parsed(picture.svg).iter(f"{SVG}text") if el.text in ("✓", "✗", "·")]
    assert "".join(marks) == "·✓✗·✗" + "·✓✓·✓"
    assert "Without dropout: accuracy 0.0 %, with all 100.0 %; of 5 pictures lost: 3 and 5." in picture.sentence
    assert picture.sentence.endswith("With dropout: accuracy 85.0 %, with all 90.0 %; of 5 pictures lost: none.")
    assert picture.sentence.startswith("2 removed at random. Neurons 1 and 3 of 3 are kept; 1 dropped.")


def rectangles(svg, hollow):
    """List x, y, width and height of the bars that are hollow, or of those that are filled and no pixel."""
    found = [el for el in parsed(svg).iter(f"{SVG}rect") if (el.get("fill") == "none") == hollow]
    sides = ("x", "y", "width", "height")
    return [[float(el.get(side)) for side in sides] for el in found if el.get("opacity") is None]


def test_contributions_are_drawn_by_size_and_what_is_against_is_taken_back():
    svg = contributions([1.0, -3.0, 4.0, 0.0]).draw().svg
    filled, hollow = rectangles(svg, False), rectangles(svg, True)
    assert len(filled) == 2 + 2 and len(hollow) == 1 + 1
    (first, second, whole, left), (down, taken) = filled, hollow
    assert first[0] < second[0] < down[0] and first[3] == pytest.approx(4 * second[3], rel=0.01)
    assert down[3] == pytest.approx(0.75 * first[3], rel=0.01) and down[1] == first[1] + first[3]
    assert left[2] == pytest.approx(0.4 * whole[2], rel=0.01) and taken[2] == pytest.approx(0.6 * whole[2], rel=0.01)
    assert left[0] + left[2] == pytest.approx(taken[0], abs=1) and whole[0] == left[0]
    numbers = [el.text for el in parsed(svg).iter(f"{SVG}text") if el.get("font-size") == "13"]
    assert numbers == ["3", "1", "4", "2"]


def test_contributions_without_a_rest_cancel_without_limit():
    assert "Sum of sizes / size of sum: without limit." in contributions([1.0, -1.0]).draw().sentence
    assert "2 neurons for it, together 5.00; 1 against it, -1.00; sum 4.00. Sum of sizes / size of sum: 1.5." in (
        contributions([1.0, 4.0, -1.0]).draw().sentence
    )


def test_filters_fill_positive_weights_and_leave_negative_ones_hollow():
    weights = np.full((64, 1), -0.25)
    weights[9] = 1.0
    svg = filters(weights).draw().svg
    positive, negative = (next(el.get("d") for el in parsed(svg).iter() if el.get("class") == kind)
                          for kind in ("positive", "negative"))  # fmt: skip
    sides = [{float(side) for side in re.findall(r"h([\d.]+)", path)} for path in (positive, negative)]
    assert positive.count("M") == 1 and negative.count("M") == 63 and sides == [{9.0}, {4.5}]
    x, y = map(float, re.match(r"M([\d.]+) ([\d.]+)", positive).groups())
    frame = next(el for el in parsed(svg).iter(f"{SVG}rect"))
    assert 10 < x - float(frame.get("x")) < 20 and 10 < y - float(frame.get("y")) < 20  # row 2, column 2
