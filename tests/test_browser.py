"""Each page in a real browser, as a learner meets it: opened, run, worked by keyboard alone, saved and opened again.

`make test` visits one, which has all kinds of controls, votes and exercises; `make test-rest` visits the others.
"""

import re
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from helpers import lab
from helpers.contrast import faint
from helpers.learner import (
    Explorer,
    check_live,
    check_still,
    open_choices,
    run_cell,
    still,
    twin,
    violations,
    write_cell,
)

from dropout_lib import explorers
from dropout_lib.course import pages

PAGES = pages.paths(Path(__file__).parents[1] / "notebooks")
IN_SHORT = "02"
EACH_PAGE = [
    pytest.param(path, id=path.stem, marks=[] if path.stem[:2] == IN_SHORT else pytest.mark.slow) for path in PAGES
]
SHOWN = ("picture", "explorer")

# The last cell of each page's scratch copy. Run for the second time it lets every explorer fail, then work, and so on.
FAILURE = """
from dropout_lib.explorers.panel import Panel

set_plainly = globals().setdefault("set_plainly", Panel.set)
failing = not globals().get("failing", True)

def fail(**values):
    raise ValueError("planted <b>fault</b>")

def set_or_fail(self, **values):
    drawing = self.draw
    self.draw = fail if failing else drawing
    set_plainly(self, **values)
    self.draw = drawing

Panel.set = set_or_fail
"""
ONE_LINE = 40  # px of a line of text and the room around it
SMALLEST = """(svg) => Math.min(...[...svg.querySelectorAll("text")].map((words) =>
  parseFloat(getComputedStyle(words).fontSize) * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width))"""
FAULT_SHOWN = "This picture could not be drawn. ValueError: planted <b>fault</b>"


@pytest.fixture(scope="session")
def course(tmp_path_factory, browser):
    """Serve scratch copies of all pages by one JupyterLab, to one browser."""
    folder, settings = tmp_path_factory.mktemp("notebooks"), tmp_path_factory.mktemp("settings")
    for path in PAGES:
        page = pages.read(path)
        page.cells.append(nbformat.v4.new_code_cell(FAILURE, id="failure"))
        nbformat.write(page, folder / path.name)
    with lab.server(folder, settings) as address:
        context = lab.context(browser, viewport={"width": 1280, "height": 800})
        log = settings / "server.log"
        yield SimpleNamespace(browser=browser, context=context, address=address, folder=folder, log=log)
        context.close()


class Visit:
    """One page, open in a tab of its own. `page` is what its file held when it was opened."""

    def __init__(self, course, name):
        self.course, self.name, self.page = course, name, pages.read(course.folder / name)
        self.tab = course.context.new_page()
        self.watch = lab.Watch(self.tab, course.address)
        self.open()

    def open(self):
        lab.open_page(self.tab, self.course.address, self.name, cells=len(self.page.cells))

    def output(self, place):
        return lab.cell(self.tab, place).locator(".jp-Cell-outputArea")

    def save(self):
        lab.save(self.tab, self.course.folder / self.name)

    def shut_down(self):
        lab.shut_down(self.tab, self.course.address)


def places(page, *roles):
    found = [place for place, cell in enumerate(page.cells) if pages.role(cell) in roles]
    known = roles == ("explorer",) and "no-explorer" in page.cells[0].metadata["tags"]
    assert found or known, f"no cell with the role {' or '.join(roles)}"
    return found


def sentences(page):
    """Give the place and the stored sentence of each cell that shows a picture or an explorer."""
    shown = [(place, output) for place in places(page, *SHOWN) for output in page.cells[place].outputs]
    return [(place, output.data["text/plain"]) for place, output in shown if "text/html" in output.get("data", {})]


def faint_in_both_themes(visit, *roles):
    """List what is hard to see in the outputs of these cells, in the dark theme and in the light one."""
    found = []
    for dark in (True, False):
        lab.set_theme(visit.tab, dark)
        for place in places(visit.page, *roles):
            still(visit.output(place))  # brings it into the window
            found += [
                f"{'dark' if dark else 'light'}, cell {place}, {one}"
                for one in dict.fromkeys(faint(visit.output(place)))
            ]
    return found


@pytest.fixture(scope="class", params=EACH_PAGE)
def visit(request, course):
    """Open a page that was never run on this machine, look at it, and run it."""
    visit = Visit(course, request.param.name)
    assert lab.unfold(visit.tab) == sum(map(pages.is_folded, visit.page.cells))
    visit.untrusted = [still(visit.output(place)) for place in places(visit.page, *SHOWN)]
    visit.violations = violations(visit.tab)
    visit.faint = faint_in_both_themes(visit, *SHOWN, "check")
    lab.run_all(visit.tab)
    yield visit
    visit.tab.close()


class TestPage:
    """In the order in which things happen to a page; each test can also be run alone."""

    def test_untrusted_it_shows_every_still_and_its_sentence(self, visit):
        assert f"Notebook {visit.name} is not trusted" in visit.course.log.read_text(encoding="utf-8")
        for seen, (_, sentence) in zip(visit.untrusted, sentences(visit.page), strict=True):
            check_still(seen, sentence)

    def test_axe_finds_nothing_in_the_stills(self, visit):
        assert visit.violations == []

    def test_run_it_shows_every_picture_live_and_no_still_beside_it(self, visit):
        for place in places(visit.page, *SHOWN):
            check_live(visit.output(place))

    def test_on_a_projector_each_explorer_is_on_one_screen_and_its_letters_are_large(self, visit):
        """At 1920x1080 and 150%: 520 px for controls, code line and picture, and for the line that says what to do."""
        visit.tab.set_viewport_size({"width": 1280, "height": 720})
        visit.tab.keyboard.press("Control+b")
        visit.tab.wait_for_timeout(300)
        for place in places(visit.page, "explorer"):
            visit.output(place).scroll_into_view_if_needed()
            assert lab.cell(visit.tab, place).bounding_box()["height"] <= 520 - ONE_LINE
            assert visit.output(place).locator("svg").first.evaluate(SMALLEST) * 1.5 >= 18
        visit.tab.set_viewport_size({"width": 1280, "height": 800})
        visit.tab.keyboard.press("Control+b")

    def test_its_explorers_follow_the_keyboard_and_show_their_errors(self, visit):
        found = [
            Explorer(visit.tab, visit.watch, place, twin(visit.page, place)) for place in places(visit.page, "explorer")
        ]
        for explorer in found:
            explorer.follow()
        run_cell(visit.tab, len(visit.page.cells) - 1)
        for explorer in found:
            explorer.fail(FAULT_SHOWN)
        run_cell(visit.tab, len(visit.page.cells) - 1)
        for explorer in found:
            explorer.move()

    def test_every_still_is_seen_in_both_themes(self, visit):
        assert not visit.faint, "\n".join(visit.faint)

    def test_every_picture_and_verdict_is_seen_in_both_themes(self, visit):
        found = faint_in_both_themes(visit, *SHOWN, "check")
        assert not found, "\n".join(found)

    def test_its_predictions_open_by_keyboard(self, visit):
        for place in places(visit.page, "predict"):
            open_choices(visit.tab, place)

    def test_its_checks_answer_the_stub_and_the_solution(self, visit):
        without = "no-exercises" in visit.page.cells[0].metadata["tags"]
        assert bool(pages.exercises(visit.page)) != without
        for exercise in pages.exercises(visit.page):
            assert "Not written yet" in run_cell(visit.tab, exercise.place + 1)
            write_cell(visit.tab, exercise.place, exercise.solution)
            run_cell(visit.tab, exercise.place)
            assert "Yes." in run_cell(visit.tab, exercise.place + 1)

    def test_axe_finds_nothing_in_the_live_outputs(self, visit):
        assert violations(visit.tab) == []

    def test_saved_and_opened_without_its_kernel_it_shows_the_stills(self, visit):
        visit.save()
        visit.shut_down()
        visit.open()
        for place, sentence in sentences(visit.page):
            check_still(still(visit.output(place)), sentence)
        assert "Error displaying widget" not in visit.tab.text_content(".jp-Notebook")

    def test_nothing_complained_and_no_other_host_was_asked(self, visit):
        assert visit.watch.complaints == []


# --- the rules above, each seen to fail -------------------------------------------------------------------------------

FAULTS_SETUP = """
import importlib
from dataclasses import replace
from unittest.mock import patch

import ipywidgets as widgets
from IPython.display import HTML, display

from dropout_lib import explorers

figure = importlib.import_module("dropout_lib.figures.neurons")

def explorer(change=lambda picture, draw: picture):
    shown = explorers.neurons()
    plainly = shown.draw
    shown.draw = lambda **values: change(plainly(**values), values["draw"])
    return shown
"""
FAULTS = {
    "ignores neuron 2": """
shown, drawn = explorer(), figure.neuron
without_crosses = lambda *place, name="": drawn(*place[:3], place[3] or name == 2, name=name)
shown.draw = patch.object(figure, "neuron", without_crosses)(shown.draw)
shown.set()
shown""",
    "grows": """
explorer(lambda picture, draw: replace(picture, svg=picture.svg.replace('0 0 760 ', f'0 0 760 {draw}')))""",
    "snaps": """
shown = explorer()
number = shown.controls["keep_prob"]
number.slider.observe(lambda change: number.box.set_trait("value", round(change["new"], 2)), "value")
shown""",
    "loses keys": """
import time
shown, latest = explorer(), [0.0]
plainly = shown.set

def in_a_hurry(**values):
    waited, latest[0] = time.monotonic() - latest[0], time.monotonic()
    if waited > 0.5:
        plainly(**values)

shown.set = in_a_hurry
shown""",
    "hides errors": """
shown = explorer()
plainly = shown.set
shown.set = lambda **values: values.get("draw") == 1 or plainly(**values)
shown""",
    "raises": """
button = widgets.Button(description="raise")
button.on_click(lambda _: 1 / 0)
button""",
    "asks elsewhere": """widgets.HTML("<img alt='elsewhere' src='http://elsewhere.invalid/picture.png'>")""",
    "names nothing": """widgets.HTML("<img src='data:image/svg+xml,<svg/>'>")""",
    "shows both": """
display(widgets.HTML("<svg></svg><p></p>"))
display(HTML("<figure><img alt='still' src='data:image/svg+xml,<svg/>'></figure>"))""",
}
IMAGE = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='100' height='100'/>"
WORDS = "A sentence that is long enough."
STILLS = {
    "no still": WORDS,
    "no words for it": f'<figure><img src="{IMAGE}"><figcaption>{WORDS}</figcaption></figure>',
    "another sentence": f'<figure><img alt="{WORDS}" src="{IMAGE}"><figcaption>Another sentence.</figcaption></figure>',
    "an svg, which is taken out": f"<figure><svg width='100'></svg><figcaption>{WORDS}</figcaption></figure>",
    "a broken image": f'<figure><img alt="{WORDS}" src="data:image/png,x"><figcaption>{WORDS}</figcaption></figure>',
}
RIGHT_STILL = f'<figure><img alt="{WORDS}" src="{IMAGE}"><figcaption>{WORDS}</figcaption></figure>'
EMPTY_CHOICES = "<details>\n<summary>A</summary>\n</details>\n<details>\n<summary>B</summary>\n</details>"


@pytest.fixture(scope="module")
def faulty(course):
    """Open a page of planted faults; `stills` are those seen before it was run."""
    cell = nbformat.v4.new_code_cell
    shown = [nbformat.v4.new_output("display_data", {"text/html": html}) for html in (RIGHT_STILL, *STILLS.values())]
    cells = [cell(FAULTS_SETUP), *map(cell, FAULTS.values()), *(cell("pass", outputs=[output]) for output in shown)]
    page = nbformat.v4.new_notebook(cells=[*cells, nbformat.v4.new_markdown_cell(EMPTY_CHOICES)])
    page.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    nbformat.write(page, course.folder / "faults.ipynb")
    visit = Visit(course, "faults.ipynb")
    first = len(FAULTS) + 1
    visit.stills = dict(
        zip(["right", *STILLS], (still(visit.output(first + n)) for n in range(len(shown))), strict=True)
    )
    lab.run_all(visit.tab)
    yield visit
    visit.tab.close()


def place_of(fault):
    return list(FAULTS).index(fault) + 1


@pytest.mark.parametrize(
    ("fault", "action"),
    [
        ("ignores neuron 2", lambda explorer: explorer.agrees()),
        ("grows", lambda explorer: explorer.draw_anew()),
        ("snaps", lambda explorer: explorer.type(0, 0.37)),
        ("loses keys", lambda explorer: explorer.keys(0, *["ArrowLeft"] * 6)),
        ("hides errors", lambda explorer: explorer.fail(FAULT_SHOWN)),
    ],
)
def test_a_fault_in_an_explorer_is_seen(faulty, fault, action):
    explorer = Explorer(faulty.tab, faulty.watch, place_of(fault), explorers.neurons(), patience=2_000)
    if fault != "ignores neuron 2":
        explorer.agrees()
    with pytest.raises(AssertionError):
        action(explorer)


def test_errors_and_requests_to_other_hosts_are_heard(faulty):
    Explorer(faulty.tab, faulty.watch, place_of("raises"), explorers.neurons()).press("raise")
    faulty.watch.wait_for_answers()
    said = "\n".join(faulty.watch.complaints)
    assert re.search("^kernel: .*ZeroDivisionError", said, re.MULTILINE | re.DOTALL)
    assert re.search("^request: http://elsewhere.invalid", said, re.MULTILINE)
    assert re.search("^console: Failed to load", said, re.MULTILINE)


def test_axe_sees_an_image_without_words(faulty):
    assert {rule for rule, _ in violations(faulty.tab)} == {"image-alt"}


def test_a_still_beside_a_live_picture_is_seen(faulty):
    with pytest.raises(AssertionError):
        check_live(faulty.output(place_of("shows both")))


def test_a_right_still_passes_and_each_faulty_one_is_seen(faulty):
    check_still(faulty.stills["right"], WORDS)
    for fault in STILLS:
        with pytest.raises(AssertionError):
            check_still(faulty.stills[fault], WORDS)


def test_an_empty_choice_is_seen(faulty):
    with pytest.raises(AssertionError):
        open_choices(faulty.tab, len(faulty.page.cells) - 1)


def live(body):
    svg = f"<svg viewBox='0 0 760 200' width='760' fill='currentColor'>{body}</svg>"
    return f"<div class='widget-html'>{svg}</div>"


LINE = "<line x1='50' y1='90' x2='400' y2='90' stroke='{}' stroke-width='{}'/>"
LABEL = "<text x='420' y='96'>0.8</text>"
VERDICT = "<p style='color:{};border-left:{}px dashed {}'>Not yet.</p>"
SEEN_WELL = [
    live("<text x='50' y='50'>words</text>"),
    live("<rect x='50' y='50' width='90' height='40' fill='#0072B2'/><text x='95' y='76' fill='#fff'>7</text>"),
    live(LINE.format("#E69F00", 4) + LABEL),
    live("<rect x='50' y='50' width='90' height='40' opacity='0.1'/>"),  # a shade: its strength is the value
    VERDICT.format("#111", 4, "#E69F00"),
]
HARD_TO_SEE = {
    "text 'words' has": live("<text x='50' y='50' fill='#999'>words</text>"),
    "text '7' has": live("<rect x='50' y='50' width='90' height='40' fill='#0072B2'/><text x='90' y='76'>7</text>"),
    "text 'grouped' has": live("<g opacity='0.4'><text x='50' y='50'>grouped</text></g>"),
    "live: line": live(LINE.format("#ccc", 4)),
    "live: circle": live("<rect width='700' height='200'/><circle cx='90' cy='90' r='14' fill='#333'/>"),
    "orange is 2.0 px": live(LINE.format("#E69F00", 2) + LABEL),
    "number: false": live(LINE.format("#E69F00", 4)),
    "p 'Not yet.' has": VERDICT.format("#999", 4, "#E69F00"),
    "the bar of 'Not yet.'": VERDICT.format("#111", 2, "#E69F00"),
    "figcaption 'said'": "<figure><figcaption style='color:#aaa'>said</figcaption></figure>",
    "still: circle": (
        '<figure><img width="100" height="100" src="data:image/svg+xml,'
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><circle cx='5' cy='5' r='3' fill='%23eee'/></svg>"
        '"></figure>'
    ),
}


@pytest.fixture(scope="module")
def blank(course):
    tab = lab.context(course.browser).new_page()
    yield tab
    tab.context.close()


@pytest.mark.parametrize("shown", SEEN_WELL)
def test_what_is_seen_well_passes(shown, blank):
    blank.set_content(f"<main>{shown}</main>")
    assert faint(blank.locator("main")) == []


@pytest.mark.parametrize("words", HARD_TO_SEE)
def test_what_is_hard_to_see_is_told(words, blank):
    blank.set_content(f"<main>{HARD_TO_SEE[words]}</main>")
    found = faint(blank.locator("main"))
    assert any(words in one for one in found), found


def test_what_is_seen_on_a_light_page_is_told_on_a_dark_one(blank):
    blank.set_content(f"<body style='background:#111'><main>{live(LINE.format('#333', 4))}</main></body>")
    (found,) = faint(blank.locator("main"))
    assert "live: line" in found


@pytest.mark.parametrize(
    ("size", "wide"), [((1280, 800), 760), ((1920, 1080), 760), ((960, 540), 735), ((960, 200), 456)]
)
def test_a_picture_is_as_wide_as_it_was_drawn_or_less_in_a_low_window(size, wide, blank):
    blank.set_viewport_size({"width": size[0], "height": size[1]})
    blank.set_content(explorers.neurons().picture.live())
    assert blank.locator("svg").bounding_box()["width"] == pytest.approx(wide, abs=1)


# A page was left while its kernel was still speaking: on a busy machine the server notices a moment later.
LEFT = re.compile(
    r"^Task exception was never retrieved\n(?:(?!\[|Task ).*\n)*?tornado\.websocket\.WebSocketClosedError\n",
    re.MULTILINE,
)


def errors_in(log):
    """Find the lines of JupyterLab's log that tell of an error."""
    log = LEFT.sub("", log)
    return re.findall(r"^(?:\[[EC] .*|.*(?:Traceback|\| ERROR|\| CRITICAL).*)$", log, re.MULTILINE)


def test_the_log_of_the_server_holds_no_error(course):
    assert errors_in("[I 10:00] fine\n[E 10:01 ServerApp] bad\n[IPKernelApp] ERROR | bad\nTraceback (most recent") != []
    left = "Task exception was never retrieved\nTraceback (most\n  File\n\ntornado.websocket.WebSocketClosedError\n"
    assert errors_in(f"[I 10:00] fine\n{left}[I 10:01] fine\n") == []
    assert len(errors_in(f"{left}Task exception was never retrieved\nTraceback (most\nValueError\n{left}")) == 1
    assert "JupyterLab extension loaded" in course.log.read_text(encoding="utf-8")
    assert errors_in(course.log.read_text(encoding="utf-8")) == []
