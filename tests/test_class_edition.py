"""The class edition: what is for home is not in it, it still runs, and it opens as a projector needs it."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from helpers import lab
from helpers.learner import run_cell
from helpers.page_rules import section_complaints

from dropout_lib.course import class_edition, command, copies, minutes, pages

PAGES = pages.paths(Path(__file__).parent.parent / "notebooks")
TEACHING = (Path(__file__).parent.parent / "TEACHING.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_what_is_for_home_is_gone_and_the_rest_still_has_what_it_needs(path):
    page = pages.read(path)
    shown = class_edition.class_edition(page)
    home = [cell for cell in page.cells if pages.is_home(cell)]
    assert home or path == PAGES[0]
    assert [cell for cell in page.cells if cell not in home] == shown.cells
    assert list(section_complaints(shown)) == []
    assert minutes.in_class(shown) == {name: spent for name, spent in minutes.in_class(page).items() if spent}


def test_the_command_opens_it_from_a_folder_that_is_gone_afterwards(monkeypatch):
    seen = SimpleNamespace()

    def start_lab(folder, options, **how):
        seen.folder, seen.options, seen.how = folder, options, how
        seen.pages = {path.name: pages.read(path) for path in pages.paths(folder)}
        return 0

    monkeypatch.setattr(command, "start_lab", start_lab)
    monkeypatch.setenv("JUPYTERLAB_SETTINGS_DIR", "")  # and as it was, afterwards
    assert command.main(["teach", "--port=8899"]) == 0
    assert list(seen.pages) == [path.name for path in PAGES] and not seen.folder.exists()
    assert seen.options == ["--port=8899"] and seen.how == {"mode": "doc"}
    told = [name for name, page in seen.pages.items() if any("Ctrl+Enter" in cell.source for cell in page.cells)]
    assert told == [PAGES[0].name]


@pytest.mark.slow
def test_it_opens_large_and_alone_and_a_picture_stays_in_view(tmp_path, browser):
    folder, settings = tmp_path / "pages", tmp_path / "settings"
    folder.mkdir()
    settings.mkdir()
    class_edition.write(folder)
    class_edition.write_settings(settings / "large")
    name = "01_draw_the_mask.ipynb"
    place = next(n for n, cell in enumerate(pages.read(folder / name).cells) if pages.role(cell) == "explorer")
    with lab.server(folder, settings, JUPYTERLAB_SETTINGS_DIR=str(settings / "large")) as address:
        tab = lab.context(browser, viewport={"width": 1280, "height": 720}).new_page()
        tab.goto(f"{address}/doc/tree/{name}?reset", wait_until="domcontentloaded")
        tab.wait_for_selector(lab.IDLE, state="attached")
        assert not tab.locator(".jp-FileBrowser").first.is_visible()
        lab.run_all(tab)
        explorer = lab.cell(tab, place)
        explorer.locator(".jp-Editor").click()
        size = "one => parseFloat(getComputedStyle(one).fontSize)"
        assert explorer.locator(".cm-content").evaluate(size) >= 17
        assert lab.cell(tab, place - 1).locator("p").first.evaluate(size) >= 17
        explorer.evaluate("one => one.scrollIntoView({block: 'start'})")
        run_cell(tab, place)
        explorer.locator(".widget-html svg").wait_for()
        box = explorer.bounding_box()
        view = tab.locator(".jp-WindowedPanel-outer").first.bounding_box()
        assert box["height"] <= 520 and box["y"] + box["height"] <= view["y"] + view["height"] + 1
        tab.context.close()


# TEACHING.md


def rows(text):
    """Read the plans of the text: (clock, number of the page) wherever both stand together."""
    return re.findall(r"(\d:\d\d) (?:\| |page )(\d\d)\b", text)


def test_the_plans_are_those_of_the_clock():
    course = {path: pages.read(path) for path in PAGES}
    due = [minutes.plan(numbers, course) for numbers in (minutes.PLANS["90"], minutes.PLANS["45"])]
    due.append(minutes.plan(minutes.PLANS["2 x 90, the second"], course))
    assert rows(TEACHING) == [row[:2] for plan in due for row in plan[:-1]]
    for plan in due:
        assert f"{plan[-1][0]} " in TEACHING
    told = re.findall(r"^\| \d:\d\d \| (\d\d) (.*?) \| (\d+) \|", TEACHING, re.MULTILINE)
    titles = {path.name[:2]: pages.title(page) for path, page in course.items()}
    assert told == [(number, titles[number], str(spent)) for _, number, spent in due[0][:-1]]
    spent = sum(row[2] for row in due[0])
    assert spent + minutes.SLACK * len(due[0][:-1]) <= 80  # and five to begin, and an exit ticket


def test_what_it_names_is_there():
    sections = {
        line.removeprefix("## ").removeprefix("### ")
        for path in PAGES for cell in class_edition.class_edition(pages.read(path)).cells
        for line in cell.source.splitlines() if line.startswith("## ")
    }  # fmt: skip
    late = re.findall(r"\| ([^|]+) \|$", TEACHING.partition("| clock |")[2].partition("**45 minutes")[0], re.MULTILINE)
    told = {words if words in sections else words.partition(":")[0] for words in late}
    assert told - sections == {"if late, leave out", "the explorer", "the page"}
    exercises = {e.name: (path, e) for path in PAGES for e in pages.exercises(pages.read(path))}
    for number, name in re.findall(r"(\d\d) `(\w+)`", TEACHING):
        assert exercises[name][0].name.startswith(number)
    for name in ("neurons_to_keep", "scale_survivors"):
        _, exercise = exercises[name]
        row = next(line for line in TEACHING.splitlines() if f"`{name}`" in line)
        assert re.search(r"return (.*)", exercise.solution)[1] in row


def test_it_is_two_screens_and_its_commands_exist():
    assert len(TEACHING.split()) < 1200
    makefile = (Path(__file__).parent.parent / "Makefile").read_text(encoding="utf-8")
    assert all(f"\n{name}:" in makefile for name in re.findall(r"^make (\w+)", TEACHING, re.MULTILINE))
    for action in re.findall(r"^dropout-course (\w+)", TEACHING, re.MULTILINE):
        with pytest.raises(SystemExit) as ended:
            command.main([action, "--help"])
        assert ended.value.code == 0
    assert copies.shipped() == PAGES
