"""Programs that the course did not start: a page that was run, saved and opened again shows its pictures there too.

The save hook comes with the package alone: no configuration of the course is named.
"""

import shutil
from pathlib import Path

import pytest
from helpers import lab

from dropout_lib.course import pages

pytestmark = pytest.mark.slow
NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
PAGE = "00_meet_dropout.ipynb"  # pictures, an explorer and a progress bar
ADDRESSES = {"jupyterlab": "{}/lab/tree/{}?reset", "notebook": "{}/notebooks/{}"}
IDLE = ".jp-Notebook-ExecutionIndicator[data-status='idle']"
LIVE = ".jp-OutputArea-output .widget-html svg"


def open_page(tab, server, address):
    """Open a page, wait until its kernel is idle, and let all of its cells be attached."""
    tab.goto(address, wait_until="domcontentloaded")
    kernels = f"{server}/api/kernels"
    lab.wait_until(lambda: [one["execution_state"] for one in tab.context.request.get(kernels).json()] == ["idle"])
    tab.wait_for_timeout(1000)  # the page's own sign says idle also before there is a kernel
    tab.wait_for_selector(IDLE, state="attached")
    count = len(pages.read(NOTEBOOKS / PAGE).cells)
    tab.wait_for_function(f"document.querySelectorAll('.jp-Notebook .jp-Cell').length >= {count}")


@pytest.mark.parametrize("program", ADDRESSES)
def test_a_page_that_was_run_and_saved_shows_its_pictures_when_it_is_opened_again(program, tmp_path, browser):
    (folder := tmp_path / "a folder 课程").mkdir()
    (settings := tmp_path / "settings").mkdir()
    shutil.copy(NOTEBOOKS / PAGE, folder)
    stored = pages.read(folder / PAGE)
    shown = [cell for cell in stored.cells if "<img" in str(cell.get("outputs"))]
    with lab.server(folder, settings, program=program, config="") as server:
        context = lab.context(browser, viewport={"width": 1280, "height": 800})
        tab, address = context.new_page(), ADDRESSES[program].format(server, PAGE)
        open_page(tab, server, address)
        lab.run_all(tab, idle=IDLE)
        lab.wait_until(lambda: tab.locator(LIVE).count() >= len(shown))
        assert tab.locator(".jp-OutputArea-output figure img").count() == 0  # a still beside a live one
        lab.save(tab, folder / PAGE)
        lab.shut_down(tab, server)
        saved = pages.read(folder / PAGE)
        assert "widget" not in saved.metadata and pages.WIDGET_VIEW not in str(saved)
        assert [len(cell.get("outputs", [])) for cell in pages.clean(saved).cells] == [
            len(cell.get("outputs", [])) for cell in stored.cells
        ]
        open_page(tab, server, address)
        assert tab.locator(".jp-OutputArea-output figure img").count() == len(shown)
        assert "Error displaying widget" not in tab.text_content(".jp-Notebook")
        explorers = [cell for cell in stored.cells if pages.role(cell) == "explorer"]
        assert tab.get_by_text("Run this cell to bring the controls back.").count() == len(explorers) > 0
        lab.run_all(tab, idle=IDLE)
        lab.wait_until(lambda: tab.locator(LIVE).count() >= len(shown))
        context.close()
