"""The website: explorers that move by drawn states, votes that wait, and a folder that asks nobody for anything."""

import contextlib
import functools
import gzip
import http.server
import os
import re
import threading
from html import unescape
from pathlib import Path

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from helpers import lab
from helpers.explorer_panels import panel_of
from helpers.site_page import WORDS, write_page
from nbformat.v4 import new_markdown_cell, new_notebook
from playwright.sync_api import Error

from dropout_lib import explorers
from dropout_lib.course import pages
from dropout_lib.figures.picture import NARROW
from web import building, reading, recorder

ROOT = Path(__file__).parent.parent
PAGES = pages.paths(ROOT / "notebooks")
ADDRESS = os.environ.get("ADDRESS", "https://example.org/dropout/")
LINKS = {"repository": os.environ.get("REPOSITORY", "owner/name"), "address": ADDRESS}
SIZES = {"wide": (1280, 800), "narrow": (390, 844)}


def unpacked(part, place):
    row = part["rows"][place]
    return "".join(part["pieces"][piece] for piece in (part["rows"][row] if isinstance(row, int) else row))


# Explorers


@pytest.fixture(scope="module")
def moving(tmp_path_factory):
    """Give the folder of a page that has every explorer, on small networks, and the panels by their names."""
    folder, panels = tmp_path_factory.mktemp("moving"), {name: panel_of(name) for name in explorers.__all__}
    write_page(folder, panels.values())
    return folder, panels


def test_states_are_as_their_panel_draws_them_and_a_repeated_one_is_stored_once():
    texts = ["<a>1</a>", "<a>2</a>", "<a>1</a>"]
    part = recorder.packed(texts, "(?=<)")
    assert [unpacked(part, place) for place in range(3)] == texts
    assert part["rows"][2] == 0 and len(part["pieces"]) == 3


@pytest.mark.slow
def test_what_an_explorer_cannot_do_here_is_named(moving):
    _, panels = moving
    told = {name: recorder.moving(panel)["left_out"] for name, panel in panels.items() if name != "neurons"}
    assert {name for name, what in told.items() if what == ["switches"]} == {"subnetworks", "damage"}
    assert {name for name, what in told.items() if what == ["training"]} == {"choice", "spread"}
    assert told["wiring"] == []


class Act:
    """Values of a panel, changed as a reader changes them, and the same acts on the page."""

    def __init__(self, panel, root, rng):
        self.panel, self.root, self.rng = panel, root, rng
        self.values = {name: control.box.value for name, control in panel.controls.items()} | {"draw": 0}
        self.values |= {"by_hand": {}} if panel.states else {}
        self.moved = [name for name, control in panel.controls.items() if len(control.drawn) > 1]

    def once(self):
        acts = [*self.moved, *["draw"] * (self.panel.drawn > 1), *["hand", "hand", "reset"] * self.panel.drawn_by_hand]
        act = acts[self.rng.integers(len(acts))]
        getattr(self, f"_{act}", lambda: self._control(act))()

    def _control(self, name):
        drawn = self.panel.controls[name].drawn
        place = int(self.rng.integers(len(drawn)))
        self.values[name] = drawn[place]
        box = self.root.locator("input, select").nth(self.moved.index(name))
        box.evaluate(
            "(box, place) => { box.tagName == 'SELECT' ? box.selectedIndex = place : box.value = place;"
            "box.dispatchEvent(new Event('input', {bubbles: true})) }",
            place,
        )

    def _draw(self):
        self.root.locator(".draw").click()
        self.values["draw"] = (self.values["draw"] + 1) % self.panel.drawn
        self.values |= {"by_hand": {}} if self.panel.states else {}

    def _hand(self):
        neuron = int(self.rng.integers(len(self.panel.switches)))
        state = self.panel.states(**self.values)[neuron]
        self.root.locator(".switch").nth(neuron).click()
        others = {name: on for name, on in self.values["by_hand"].items() if name != neuron + 1}
        self.values["by_hand"] = others | {neuron + 1: not state}

    def _reset(self):
        self.root.locator(".reset").click()
        self.values["by_hand"] = {}


EQUAL = """(shown, svg) => {
  const due = document.createElement("div");
  due.innerHTML = svg;
  return shown.isEqualNode(due.firstElementChild);
}"""


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
def test_every_explorer_shows_what_its_panel_draws_by_random_acts(size, moving, browser):
    folder, panels = moving
    width, height = SIZES[size]
    tab, errors = lab.context(browser, viewport={"width": width, "height": height}).new_page(), []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.goto((folder / "99.html").as_uri())
    for number, (name, panel) in enumerate(panels.items(), start=1):
        root = tab.locator(f"[id='99-{number}']")
        root.scroll_into_view_if_needed()
        tab.wait_for_function(
            "source => document.querySelector(`script[src='${source}']`)", arg=f"data/99-{number}.{size}.js"
        )
        acts = Act(panel, root, np.random.default_rng([8, number]))
        for count in range(25):
            acts.once()
            picture = panel.draw(**acts.values)
            due = recorder.silent(picture if size == "wide" else picture.at(NARROW))
            shown = root.locator(f".{size} svg")
            tab.wait_for_function(
                "([root, words]) => document.getElementById(root).querySelector('.seen').textContent == words",
                arg=[f"99-{number}", picture.visible_words],
            )
            assert shown.evaluate(EQUAL, due), (name, count, acts.values)
        tab.wait_for_function(
            "([root, words]) => document.getElementById(root).querySelector('.heard').textContent == words",
            arg=[f"99-{number}", panel.draw(**acts.values).sentence],
        )
        if panel.drawn > 1:
            assert root.locator(".of").text_content() == f"draw {acts.values['draw'] + 1} of {panel.drawn}"
    assert errors == []
    tab.context.close()


# What waits for a vote


CHOICES = "Which?\n\n<details><summary>A. This</summary>Yes.</details>"


def test_what_answers_a_vote_waits_to_the_next_section_and_what_is_folded_farther_down_too():
    cells = [
        ("title", "# Title\n\nGoals"), ("text", "## One\n\nbefore"), ("predict", f"### Predict\n\n{CHOICES}"),
        ("text", "told"), ("text", "### Smaller\n\nstill"), ("predict", f"### Predict\n\n{CHOICES}"), ("text", "again"),
        ("text", "## Two\n\nafter"), ("text folded", "far"), ("text home", "## At home: three\n\nhome"), ("end", "end"),
    ]  # fmt: skip
    page = new_notebook(cells=[new_markdown_cell(source, metadata={"tags": tags.split()}) for tags, source in cells])
    found = reading.sections(page, page)
    waiting = {
        reading.plain(b.body): run.vote for one in found for run in one.runs for b in run.blocks if b.kind == "text"
    }
    assert waiting == {"before": 0, "told": 1, "still": 1, "again": 2, "after": 0, "far": 2, "home": 0}
    assert [one.text for one in found] == [[], ["before"], ["after"], ["home", "end"]]
    assert [one.home for one in found] == [False, False, False, True]


# The whole site


def test_a_folder_with_other_files_is_left_as_it_is(tmp_path):
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(FileExistsError, match="holds other files, which would be lost"):
        building.build(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Give the folder named by SITE, as the workflow has built it, or build one."""
    if "SITE" in os.environ:
        return Path(os.environ["SITE"]).resolve()
    folder = tmp_path_factory.mktemp("site") / "dropout"
    building.build(folder, **LINKS)
    return folder


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def links(text):
    return re.findall(r'(?:href|src)="([^"]*)"', text)


@pytest.mark.slow
class TestTheFolder:
    def test_every_link_leads_to_a_file_and_to_an_id(self, site):
        texts = {path.name: path.read_text(encoding="utf-8") for path in site.glob("*.html")}
        assert len(texts) == len(PAGES) + 1
        for name, text in texts.items():
            ids = re.findall(r' id="([^"]+)"', text)
            assert len(ids) == len(set(ids)), name
            for link in links(text):
                if link.startswith("https://"):
                    assert link.startswith(
                        (ADDRESS, "https://colab.research.google.com/github/", "https://mybinder.org/")
                    ), link
                    continue
                file, _, place = link.partition("#")
                assert not file or (site / file).is_file(), (name, link)
                assert not place or f' id="{place}"' in texts[file or name], (name, link)

    @pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
    def test_the_page_has_all_that_is_stored(self, path, site):
        text, page = (site / f"{path.stem}.html").read_text(encoding="utf-8"), pages.read(path)
        outputs = [output for cell in page.cells for output in pages.shown(cell) if pages.role(cell) != "check"]
        figures = [one for one in outputs if "<figure" in one.get("data", {}).get("text/html", "")]
        assert text.count("<figure>") == len(figures) > 0
        for figure in figures:
            assert reading.plain(figure.data["text/plain"]) in reading.plain(text)
        shown = [unescape(part) for part in re.findall('<pre class="output"[^>]*>(.*?)</pre>', text, re.DOTALL)]
        told = [one.text if one.output_type == "stream" else one.data["text/plain"] for one in outputs
                if one.output_type == "stream" or "text/html" not in one.data]  # fmt: skip
        assert [words.strip() for words in shown[:-1]] == [words.strip() for words in told]
        assert text.count(' name="vote-') == sum(
            c.source.count("<details>") for c in page.cells if pages.role(c) == "predict"
        )
        assert '<span></span><span class="n">explorers</span>' not in text  # a call whose explorer has moved already
        headings = [int(level) for level in re.findall(r"<h(\d)", text)]
        assert headings[0] == 1 and headings.count(1) == 1
        assert all(later <= earlier + 1 for earlier, later in zip(headings, headings[1:], strict=False))

    def test_it_tells_search_engines_and_chats_what_it_is(self, site):
        for path in site.glob("*.html"):
            text = path.read_text(encoding="utf-8")
            assert '<html lang="en">' in text
            described = re.search(r'<meta name="description" content="([^"]+)"', text)[1]
            assert 15 < len(described) < 200
            assert f'<meta property="og:url" content="{ADDRESS}{path.name}">' in text
            picture = re.search(rf'<meta property="og:image" content="{re.escape(ADDRESS)}([^"]+)"', text)[1]
            assert (site / picture).is_file()

    def test_it_is_light_enough_for_a_phone(self, site):
        weights = {name: len(gzip.compress(data, mtime=0)) for name, data in files(site).items()}
        assert sum(weights.values()) < 3_000_000
        for page in (name for name in weights if name.endswith(".html")):
            for size in SIZES:
                own = [f"data/{source}.{size}.js" for source in sources(site / page)]
                assert sum(weights[name] for name in {page, "site.js", "site.css", *own[:1]}) < 300_000, page

    def test_built_twice_it_is_the_same(self, site, tmp_path):
        building.build(tmp_path / "again", **LINKS)
        assert files(tmp_path / "again") == files(site)

    def test_a_page_that_is_run_again_gives_the_same_drawings(self, monkeypatch, tmp_path):
        path = next(path for path in PAGES if path.stem == "03_keep_the_scale")
        _, kept = building.executed(path)
        monkeypatch.setattr(building, "CACHE", tmp_path)
        assert building.executed(path)[1] == kept


def sources(path):
    return re.findall(r'<div class="explorer" id="([^"]+)"', path.read_text(encoding="utf-8"))


def test_a_drawing_that_is_not_the_stored_one_is_refused():
    given = pages.read(PAGES[0])
    output = next(o for c in given.cells for o in pages.shown(c) if "<figure" in o.get("data", {}).get("text/html", ""))
    drawn = {"output_type": "display_data", "data": {"text/plain": "Another sentence.", recorder.MIME: {}}}
    with pytest.raises(ValueError, match="Run make pages"):
        list(reading._output(output, drawn))


@pytest.fixture
def visit(site, browser, request):
    """Give a function that opens a page of the site; what it asked others for, and its errors, are told at the end."""
    opened, amiss = [], []

    def visited(name, size=(1280, 800), theme="light", address=None, **more):
        context = lab.context(browser, viewport={"width": size[0], "height": size[1]}, color_scheme=theme, **more)
        opened.append(context)
        tab = context.new_page()
        home = address or f"{site.as_uri()}/"
        tab.on("request", lambda asked: amiss.append(asked.url) if not asked.url.startswith(home) else None)
        tab.on("pageerror", lambda error: amiss.append(str(error)))
        tab.on("console", lambda said: amiss.append(said.text) if said.type in ("error", "warning") else None)
        tab.goto(f"{home}{name}")
        return tab

    yield visited
    for context in opened:
        context.close()
    assert amiss == []


@pytest.mark.slow
def test_a_request_would_be_noticed(tmp_path, browser):
    (tmp_path / "page.html").write_text('<img src="http://elsewhere.invalid/x.png">', encoding="utf-8")
    tab, asked = browser.new_page(), []
    tab.on("request", lambda request: asked.append(request.url))
    with contextlib.suppress(Error):
        tab.goto((tmp_path / "page.html").as_uri())
    assert "http://elsewhere.invalid/x.png" in asked
    tab.close()


TOO_SMALL = """() => [...document.querySelectorAll(".narrow svg")].flatMap((svg) => {
  const times = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  return [...svg.querySelectorAll("text")].filter((words) => times &&
    parseFloat(getComputedStyle(words).fontSize) * times < 12).map((words) => words.textContent);
})"""
OPEN_ALL = """() => {
  for (const button of document.querySelectorAll(".waits button")) button.click();
  for (const one of document.querySelectorAll("details")) { one.removeAttribute("name"); one.open = true; }
}"""
NAMES = ["index.html", *(f"{path.stem}.html" for path in PAGES)]


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_page_fits_every_width_and_axe_finds_nothing(name, visit):
    for theme, wide in (("light", 1280), ("dark", 390)):  # each rule meets both themes, and both widths
        tab = visit(name, theme=theme)
        tab.evaluate(OPEN_ALL)
        for width in (1280, 768, 390, 360):
            tab.set_viewport_size({"width": width, "height": 800})
            assert tab.evaluate("document.documentElement.scrollWidth") == width
            if width == wide:
                found = [
                    (one["id"], one["nodes"][0]["html"])
                    for one in Axe().run(tab, options={"preload": False}).response["violations"]
                ]
                assert found == [], (theme, width)
            if width == 390:
                assert tab.evaluate(TOO_SMALL) == []


MASK = "01_draw_the_mask.html"


@pytest.mark.slow
class TestAVote:
    def test_what_answers_it_waits_until_a_choice_is_opened_and_one_is_open_at_a_time(self, visit):
        tab = visit(MASK)
        explorer, choices = tab.locator(".explorer"), tab.locator("details[name=vote-1]")
        assert not seen(explorer)
        choices.nth(1).locator("summary").focus()
        tab.keyboard.press("Enter")
        explorer.wait_for()
        assert seen(explorer)
        choices.nth(0).locator("summary").click()
        tab.wait_for_function("document.querySelectorAll('details[name=vote-1][open]').length == 1")
        assert tab.locator(".waits").count() == tab.locator(".predict").count() - 1

    def test_it_is_shown_without_choosing_too_and_the_focus_goes_there(self, visit):
        tab = visit(MASK)
        tab.locator(".waits button").first.click()
        assert seen(tab.locator(".explorer"))
        assert tab.evaluate("document.activeElement.className") == "after"

    def test_find_in_page_opens_it(self, visit):
        tab = visit(MASK)
        part = tab.locator(".after").first
        assert part.get_attribute("hidden") == "until-found"
        part.evaluate("part => part.dispatchEvent(new Event('beforematch'))")
        assert seen(tab.locator(".explorer"))

    def test_without_javascript_and_in_print_all_is_visible(self, visit):
        plain = visit(MASK, java_script_enabled=False)
        assert seen(plain.locator(".explorer figure")) and not seen(plain.locator(".controls"))
        assert plain.locator(".after[hidden]").count() == plain.locator(".waits").count() == 0
        printed = visit(MASK)
        printed.emulate_media(media="print")
        assert seen(printed.locator(".explorer figure")) and not seen(printed.locator(".waits").first)
        assert not seen(printed.locator(".controls"))


def seen(locator):
    """Say whether it is drawn: what waits has a place, and no content."""
    return locator.evaluate("one => one.checkVisibility({contentVisibilityAuto: true})")


# What waits for its time waits for the test instead: {number: [what is to be done, after how long]}.
OWN_CLOCK = """() => {
  let last = 0;
  window.waiting = {};
  window.setTimeout = (run, time) => { waiting[++last] = [run, time]; return last; };
  window.clearTimeout = (number) => delete waiting[number];
}"""


@pytest.mark.slow
class TestAnExplorer:
    def test_keys_move_it_the_focus_stays_and_only_its_own_data_are_loaded_when_it_comes_near(self, visit):
        tab = visit("03_keep_the_scale.html")
        loaded = "() => [...document.querySelectorAll('script[src^=data]')].map((one) => one.getAttribute('src'))"
        assert tab.evaluate(loaded) == []
        tab.evaluate(OPEN_ALL)  # it waits for a vote
        slider, seen = tab.locator(".explorer input").first, "document.querySelector('.explorer .seen').textContent"
        slider.focus()
        tab.wait_for_function(f"({loaded})().length == 1")
        assert tab.evaluate(loaded) == ["data/03_keep_the_scale-1.wide.js"]
        told = [tab.evaluate(seen)]
        for key, value in {"ArrowLeft": "0.75", "Home": "0.05", "End": "1", "PageDown": "0.9"}.items():
            tab.keyboard.press(key)
            assert slider.evaluate("box => box.nextElementSibling.textContent") == value
            assert slider.get_attribute("aria-valuetext") == value
            assert slider.evaluate("box => box === document.activeElement")
            tab.wait_for_function(f"before => {seen} != before", arg=told[-1])
            told.append(tab.evaluate(seen))
        assert len(set(told)) == 5

    def test_the_live_region_waits_until_the_hand_rests(self, visit):
        tab = visit("index.html")
        tab.evaluate(OWN_CLOCK)
        heard, seen = tab.locator(".explorer .heard"), "document.querySelector('.explorer .seen').textContent"
        told, shown = heard.text_content(), tab.evaluate(seen)
        tab.locator(".explorer input").first.focus()
        for _ in range(2):
            tab.keyboard.press("ArrowLeft")
            tab.wait_for_function(f"before => {seen} != before", arg=shown)
            shown = tab.evaluate(seen)
        assert heard.text_content() == told
        assert tab.evaluate("Object.values(waiting).map(([run, time]) => (run(), time))") == [500]
        assert heard.text_content() == shown and heard.get_attribute("aria-live") == "polite"

    def test_everything_is_large_enough_for_a_finger(self, visit):
        tab = visit("02_multiply_by_the_mask.html", size=(390, 844))
        tab.evaluate(OPEN_ALL)
        for box in tab.locator(".controls :is(input, select, button)").all():
            box.scroll_into_view_if_needed()
            assert box.bounding_box()["height"] >= 44


@pytest.mark.slow
class TestTheRest:
    def test_the_theme_stays_after_a_reload(self, visit):
        tab = visit("index.html")
        ground = "getComputedStyle(document.body).backgroundColor"
        light = tab.evaluate(ground)
        tab.locator("#theme").click()
        dark = tab.evaluate(ground)
        tab.reload()
        assert tab.evaluate(ground) == dark != light

    def test_search_leads_to_a_section_and_does_not_find_what_waits(self, visit):
        tab = visit("index.html")
        tab.locator("#search").fill("dropout rate")
        first = tab.locator("#found a").first
        first.wait_for()
        assert first.get_attribute("href") == "01_draw_the_mask.html#two-numbers-for-one-choice"
        first.click()
        tab.wait_for_function("location.hash == '#two-numbers-for-one-choice'")
        tab = visit("index.html")
        tab.locator("#search").fill("Srivastava TensorFlow")  # in the table that answers page 01's second vote
        tab.wait_for_function("document.querySelector('#found').textContent")
        assert "Two numbers" not in tab.locator("#found").text_content()

    def test_the_sections_at_home_fold_and_stay_folded(self, visit):
        tab = visit("03_keep_the_scale.html")
        parts, button = tab.locator("details.home"), tab.locator("#fold")
        assert tab.locator("details.home[open]").count() == parts.count() > 3
        button.click()
        assert tab.locator("details.home[open]").count() == 0 and button.text_content() == WORDS["home_open"]
        tab.goto(tab.url.replace("03_keep_the_scale", "01_draw_the_mask"))
        assert tab.locator("details.home").count() > 2 and tab.locator("details.home[open]").count() == 0

    def test_it_works_from_a_folder_of_a_server(self, site, visit):
        handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=site.parent)
        handler.log_message = lambda *_: None
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        tab = visit("index.html", address=f"http://127.0.0.1:{server.server_port}/{site.name}/")
        slider = tab.locator(".explorer input").first
        slider.focus()
        tab.wait_for_function("document.querySelector('script[src^=data]')")
        tab.keyboard.press("Home")
        tab.wait_for_function("document.querySelector('.seen').textContent.startsWith('keep_prob 0.05')")
        server.shutdown()
