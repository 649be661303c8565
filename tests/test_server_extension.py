"""The save hook: it keeps live widgets out of the course's pages, leaves other notebooks alone, and comes by itself."""

import copy
import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from jupyter_server.services.contents.filemanager import FileContentsManager

from dropout_lib.course import pages, server_extension
from dropout_lib.course.pages import WIDGET_VIEW

ROOT = Path(__file__).parent.parent
PAGE = pages.read(ROOT / "notebooks" / "01_draw_the_mask.ipynb")
SAID = {"output_type": "stream", "name": "stdout", "text": "done"}
VIEW = {"output_type": "display_data", "data": {WIDGET_VIEW: {"model_id": "1"}, "text/html": "still"}, "metadata": {}}
BARS = [{"output_type": "display_data", "data": data, "metadata": {}} for data in ({WIDGET_VIEW: {}}, {})]
SLIDER = {"output_type": "display_data", "data": {WIDGET_VIEW: {}, "text/plain": "IntSlider()"}, "metadata": {}}


def notebook(source, *outputs):
    """Give a notebook's content as a server has it before it is saved."""
    cell = {"cell_type": "code", "source": source, "outputs": copy.deepcopy([*outputs])}
    return {"cells": [cell, {"cell_type": "markdown", "source": "text"}], "metadata": {"widgets": {"state": {}}}}


def saved(content):
    server_extension.forget_widgets({"type": "notebook", "content": content}, path="x", contents_manager=None)
    return content


def test_a_page_that_was_run_is_saved_without_its_live_widgets():
    live = copy.deepcopy(PAGE)
    live.metadata["widgets"] = {"state": {}}
    cell = next(cell for cell in live.cells if pages.role(cell) == "explorer")
    cell.outputs[-1].data[WIDGET_VIEW] = {"model_id": "1"}
    assert saved(live) == PAGE


def test_the_empty_output_before_folded_ones_stays_and_goes_with_the_fold():
    """Without it the bar of a folded cell shows the first line of what it hides."""
    empty, folded = BARS[1], {"jupyter": {"outputs_hidden": True}, "collapsed": True}
    content = notebook("import dropout_lib", empty, SAID, *BARS)
    content["cells"][0]["metadata"] = folded
    assert saved(copy.deepcopy(content))["cells"][0]["outputs"] == [empty, SAID]
    content["cells"][0]["metadata"] = {}  # opened by a click, and saved
    assert saved(content)["cells"][0]["outputs"] == [SAID]


@pytest.mark.parametrize("source", ["import dropout_lib", "x = 1\nfrom dropout_lib.figures import tiles"])
def test_views_and_bars_go_and_what_has_no_still_stays(source):
    after = saved(notebook(source, VIEW, *BARS, SAID, SLIDER))
    still = VIEW | {"data": {"text/html": "still"}}
    assert after["cells"][0]["outputs"] == [still, SAID, SLIDER] and after["metadata"] == {}


@pytest.mark.parametrize("source", ["import numpy", "# import dropout_lib", "import dropout_library", ""])
def test_a_notebook_of_something_else_is_left_as_it_is(source):
    before = notebook(source, VIEW, *BARS)
    assert saved(copy.deepcopy(before)) == before


def test_what_is_no_notebook_is_left_as_it_is():
    for model in ({"type": "directory", "content": None}, {"type": "file", "content": "text"}, {"type": "notebook"}):
        before = copy.deepcopy(model)
        server_extension.forget_widgets(model)
        assert model == before


def test_it_is_added_to_the_hooks_that_are_there(tmp_path):
    manager, seen = FileContentsManager(root_dir=str(tmp_path)), []
    manager.register_pre_save_hook(lambda model, **_: seen.append(model["type"]))

    class Server:
        contents_manager = manager

    (point,) = server_extension._jupyter_server_extension_points()
    sys.modules[point["module"]]._load_jupyter_server_extension(Server)
    shown = nbformat.from_dict(VIEW)
    cell = nbformat.v4.new_code_cell("import dropout_lib", outputs=[shown])
    manager.save({"type": "notebook", "content": nbformat.v4.new_notebook(cells=[cell])}, "page.ipynb")
    stored = json.loads((tmp_path / "page.ipynb").read_text(encoding="utf-8"))
    assert "widget" not in json.dumps(stored) and seen == ["notebook"]


def test_installing_the_package_has_switched_it_on():
    done = subprocess.run(
        [sys.executable, "-m", "jupyter", "server", "extension", "list"], capture_output=True, text=True, check=True
    )
    (line,) = [line for line in (done.stdout + done.stderr).splitlines() if "dropout_lib" in line and "enabled" in line]
    assert "dropout_lib.course.server_extension" in line
