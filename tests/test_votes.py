"""Votes are open until they are closed: in view of a question stands nothing that answers it, until its cell is run."""

import copy
import itertools
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from helpers import lab, votes

from dropout_lib.course import pages

PATHS = pages.paths(Path(__file__).parents[1] / "notebooks")
COURSE = {path: pages.read(path) for path in PATHS}
CHOOSE = next(path for path in PATHS if pages.stem(path) == "choose_keep_prob")
SIZES = [(1280, 800), (1280, 720)]  # a laptop, and a projector of 1920 x 1080 at 150%
each_page = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
AT_THE_START = "document.querySelector('.jp-Notebook .jp-WindowedPanel-outer').scrollTop === 0"
BARS = "[...document.querySelectorAll('.jp-OutputPlaceholder, .jp-Notebook .jp-Cell-outputWrapper .jp-Placeholder')]"


@pytest.fixture(scope="module")
def course(tmp_path_factory, browser):
    """Serve copies of all pages, as they are handed out, to one browser."""
    folder, settings = tmp_path_factory.mktemp("votes"), tmp_path_factory.mktemp("settings")
    for path, page in COURSE.items():
        nbformat.write(page, folder / path.name)
    with lab.server(folder, settings) as address:
        yield SimpleNamespace(browser=browser, address=address, folder=folder)


@pytest.fixture
def tab(course):
    opened = lab.context(course.browser).new_page()
    yield opened
    opened.context.close()


def come_to_rest(tab, place, at):
    """List what is in view once it no longer changes: JupyterLab renders what comes into view, which then grows.

    `at` is where the cell is to be: at the "top" of the view, at its "bottom", or, with None, where it is.
    """
    before = None
    for _ in range(10 * lab.PATIENCE):
        seen = tab.evaluate(votes.IN_VIEW, [place, at])
        is_there = at is None or any(one["place"] == place and abs(one[at]) <= 1 for one in seen)
        # The first cells of a page cannot be at the bottom.
        if seen == before and (is_there or (at == "bottom" and tab.evaluate(AT_THE_START))):
            return seen
        before = seen
        tab.wait_for_timeout(100)
    raise AssertionError(f"Cell {place} does not come to rest at the {at} of the view.")


def told(tab, page, prediction, at):
    return list(votes.told_in_view(page, prediction, come_to_rest(tab, prediction.place, at)))


@pytest.mark.slow
@each_page
def test_no_question_is_answered_by_what_is_in_view_with_it(path, course, tab):
    """At the top of the view, with all below it as stored; and at its bottom, with all above it run.

    In between, where Shift+Enter brings it, less is in view of both.
    """
    page, found = COURSE[path], []
    assert (asked := votes.predictions(page))
    tab.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})
    lab.open_page(tab, course.address, path.name, cells=len(page.cells))
    assert tab.evaluate(f"{BARS}.length") == sum(map(pages.is_folded, page.cells)) > 0
    for prediction in asked:
        lab.unfold(tab, before=prediction.place)
        for (width, height), at in itertools.product(SIZES, ("top", "bottom")):
            tab.set_viewport_size({"width": width, "height": height})
            said = told(tab, page, prediction, at)
            found += [f"{height} px high, cell {prediction.place} at the {at}: {one}" for one in said]
    assert found == [], "\n".join(found)


@pytest.mark.slow
def test_by_shift_and_enter_alone_each_output_unfolds_as_its_cell_runs_and_not_before(course, tab):
    page, found, asked = COURSE[CHOOSE], [], {one.place: one for one in votes.predictions(COURSE[CHOOSE])}
    tab.set_viewport_size({"width": SIZES[1][0], "height": SIZES[1][1]})
    lab.open_page(tab, course.address, CHOOSE.name, cells=len(page.cells))
    folded = sum(map(pages.is_folded, page.cells))
    assert tab.evaluate(f"{BARS}.length") == folded > 0
    lab.cell(tab, 0).click()
    tab.keyboard.press("Escape")
    for place, cell in enumerate(page.cells[:-1]):
        if place in asked:
            tab.wait_for_selector(f".jp-mod-active[data-windowed-list-index='{place}']")
            tab.wait_for_selector(lab.IDLE)
            found += [f"cell {place}: {one}" for one in told(tab, page, asked[place], None)]
        tab.keyboard.press("Shift+Enter")
        if pages.is_folded(cell):
            lab.wait_until(lambda left=folded - 1: tab.evaluate(f"{BARS}.length") == left)
            folded -= 1
    assert found == [] and tab.evaluate(f"{BARS}.length") == 0, "\n".join(found)


# The rules above, each seen to fail


def place_of(page, name):
    return next(place for place, cell in enumerate(page.cells) if cell.id == name)


def _unfold(page):
    page.cells[place_of(page, "picture-01")].metadata = {"tags": ["picture"]}


def _write(name, source):
    return lambda page: page.cells[place_of(page, name)].update(source=source)


def _open_the_explanation(page):
    cell = page.cells[place_of(page, "text-04")]
    cell.source = cell.source.replace("<details>\n<summary>What this shows</summary>", "").replace("</details>", "")
    cell.source += "\n\nAt 0.1 the test accuracy is 9.4%."


# Each in page 05, and what is said of it: in view, and by the rules of pages where these can see it.
FAULTS = {
    "picture-01 shows its output": _unfold,
    "text-02 has the words of the right choice": _write("text-02", "## It rises, and then falls"),
    "picture-01 has the words of the right choice": _write("picture-01", 'plot(title="It rises, and then falls")'),
    "text-04 has numbers of the answer: 9.4": _open_the_explanation,
}


@pytest.mark.slow
@pytest.mark.parametrize("words", FAULTS)
def test_each_answer_in_view_is_seen(words, course, tab):
    page = copy.deepcopy(COURSE[CHOOSE])
    FAULTS[words](page)
    nbformat.write(page, course.folder / "faulty.ipynb")
    tab.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})
    lab.open_page(tab, course.address, "faulty.ipynb", cells=len(page.cells))
    found = told(tab, page, votes.predictions(COURSE[CHOOSE])[0], "top")
    assert [one for one in found if one.startswith(words)], found


@pytest.mark.slow
def test_the_bar_of_a_folded_output_would_show_its_first_line(course, tab):
    """Why an empty output goes before the folded ones: without it the bar tells what it hides."""
    output = nbformat.v4.new_output("stream", text="the mean is 1.6\n")
    page = nbformat.v4.new_notebook(metadata=COURSE[CHOOSE].metadata)
    for outputs in ([output], [nbformat.v4.new_output("display_data"), output]):
        page.cells.append(nbformat.v4.new_code_cell("pass", outputs=outputs))
        page.cells[-1].metadata["jupyter"] = {"outputs_hidden": True}
    nbformat.write(page, course.folder / "bars.ipynb")
    lab.open_page(tab, course.address, "bars.ipynb", cells=2)
    assert [one.strip() for one in tab.evaluate(f"{BARS}.map(bar => bar.textContent)")] == ["the mean is 1.6", ""]


@pytest.mark.slow
def test_what_was_run_or_opened_stays_so_in_the_saved_page_and_the_rest_stays_folded(course, tab):
    page = COURSE[CHOOSE]
    nbformat.write(page, course.folder / "saved.ipynb")
    first, second, *rest = [place for place, cell in enumerate(page.cells) if pages.is_folded(cell)]
    lab.open_page(tab, course.address, "saved.ipynb", cells=len(page.cells))
    lab.cell(tab, 1).click()
    tab.keyboard.press("Control+Enter")  # the set-up
    lab.cell(tab, first).locator(".jp-Placeholder").click()
    lab.cell(tab, second).scroll_into_view_if_needed()
    lab.cell(tab, second).locator(".cm-content").click()
    tab.keyboard.press("Control+Enter")
    lab.cell(tab, second).locator(".jp-Placeholder").wait_for(state="detached")
    tab.wait_for_selector(lab.IDLE)
    lab.save(tab, course.folder / "saved.ipynb")
    saved = pages.read(course.folder / "saved.ipynb")
    assert [place for place, cell in enumerate(saved.cells) if pages.is_folded(cell)] == rest
    assert all(saved.cells[place].outputs[0].data == {} for place in rest)
    lab.shut_down(tab, course.address)
    lab.open_page(tab, course.address, "saved.ipynb", cells=len(page.cells))
    assert tab.evaluate(f"{BARS}.length") == len(rest)


def test_each_prediction_has_a_right_choice_and_numbers_of_its_own():
    found = [one for page in COURSE.values() for one in votes.predictions(page)]
    assert len(found) == sum(pages.role(cell) == "predict" for page in COURSE.values() for cell in page.cells) > 50
    assert all(sum(choice.is_right for choice in one.choices) == 1 for one in found)
    assert sum(bool(one.numbers) for one in found) > 50
