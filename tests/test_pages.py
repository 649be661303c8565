"""Every page as shipped, solved, answered wrongly, cut short, and against the rules that nbval does not see."""

import contextlib
import copy
import importlib
import io
import json
import re

import nbformat
import pytest
from helpers.page_rules import complaints

from dropout_lib.checks.grading.exercise import Exercise
from dropout_lib.course import pages

PATHS = pages.paths()
WITH_EXERCISES = [path for path in PATHS if "no-exercises" not in pages.read(path).cells[0].metadata.tags]
each_page = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
each_page_with_exercises = pytest.mark.parametrize("path", WITH_EXERCISES, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def solved():
    """Run each page once with its solutions put in; path to executed page."""
    return {path: pages.run(pages.solved(pages.read(path))) for path in WITH_EXERCISES}


@each_page
def test_the_page_keeps_the_rules(path):
    assert complaints(pages.read(path), pages.stem(path)) == []


@each_page
def test_the_stored_page_is_clean(path):
    page = pages.read(path)
    assert pages.clean(copy.deepcopy(page)) == page


def test_only_the_opener_has_no_exercises():
    assert [path.stem for path in PATHS if path not in WITH_EXERCISES] == ["00_meet_dropout"]


@each_page_with_exercises
def test_a_page_with_exercises_has_enough_to_do(path):
    page = pages.read(path)
    roles, explorers = [pages.role(cell) for cell in page.cells], "no-explorer" not in page.cells[0].metadata.tags
    fewest = 1 if pages.stem(path) == "train_with_dropout" else 2
    wanted = {"explorer": int(explorers), "predict": 2, "exercise": fewest}
    assert {role: min(roles.count(role), number) for role, number in wanted.items()} == wanted


@each_page_with_exercises
def test_the_substitution_takes(path):
    page = pages.read(path)
    taken = pages.solved(page)
    places = [exercise.place for exercise in pages.exercises(page)]
    assert places
    for place, (before, after) in enumerate(zip(page.cells, taken.cells, strict=True)):
        assert (before.source != after.source) == (place in places)


@each_page_with_exercises
def test_solved_every_check_says_yes_and_nothing_else_changes(path, solved):
    page, done = pages.read(path), pages.clean(copy.deepcopy(solved[path]))
    checks = 0
    for before, after in zip(page.cells, done.cells, strict=True):
        if pages.role(before) == "check":
            checks += 1
            assert after.outputs[0]["data"]["text/plain"].startswith("Yes."), after.source
        elif before.cell_type == "code":
            assert _compared(before) == _compared(after), before.id
    assert checks == len(pages.exercises(page))


def _compared(cell):
    """Give a cell's outputs without the pixels of charts, which differ between versions of Matplotlib."""
    kept = json.loads(json.dumps(cell.outputs))
    for output in kept:
        if "base64" in output.get("data", {}).get("text/html", ""):
            del output["data"]["text/html"]
    return kept


@each_page_with_exercises
def test_answered_wrongly_every_check_names_that_mistake(path):
    """In the page's own kernel: set-up, and each exercise once for every mistake."""
    page = pages.read(path)
    checks = importlib.import_module(f"dropout_lib.checks.{pages.stem(path)}")
    cells, expected = [page.cells[1]], []
    for exercise in pages.exercises(page):
        for number, mistake in enumerate(getattr(checks, exercise.name).mistakes):
            asked = page.cells[exercise.place + 1].source
            source = f"{exercise.name} = check.{exercise.name}.mistakes[{number}]\nprint({asked}.mistake)"
            cells.append(nbformat.v4.new_code_cell(source))
            expected.append(mistake.__name__)
    done = pages.run(nbformat.v4.new_notebook(cells=cells))
    assert expected
    assert [cell.outputs[0].text.strip() for cell in done.cells[1:]] == expected


@each_page
def test_each_section_needs_only_the_set_up_cell(path):
    page = pages.read(path)
    sections = [[]]
    for cell in page.cells[2:]:
        if cell.source.startswith("## "):
            sections.append([])
        if cell.cell_type == "code":
            sections[-1].append(cell.source)
    assert len(sections) > 3
    for section in sections:
        namespace = {}
        with contextlib.redirect_stdout(io.StringIO()):
            for source in [page.cells[1].source, *section]:
                exec(compile(source, path.name, "exec"), namespace)


@each_page_with_exercises
def test_every_check_file_belongs_to_its_page(path):
    module = importlib.import_module(f"dropout_lib.checks.{pages.stem(path)}")
    checked = {name for name, value in vars(module).items() if isinstance(value, Exercise)}
    assert checked == {exercise.name for exercise in pages.exercises(pages.read(path))}


def _first(page, role):
    return next(cell for cell in page.cells if pages.role(cell) == role)


def _write(role, source):
    """Make a fault: the first cell of this role gets another source, made from its own."""
    return lambda page: _first(page, role).update(source=source(_first(page, role).source))


def _give(role, **fields):
    return lambda page: _first(page, role).update(**fields)


def _show(role, kind, value):
    return lambda page: _first(page, role).outputs[0].data.update({kind: value})


def _without(role):
    return lambda page: page.update(cells=[cell for cell in page.cells if pages.role(cell) != role])


FAULTS = {
    "two cells share": lambda page: page.cells[3].update(id=page.cells[2].id),
    "role tag": lambda page: page.cells[2].metadata.update(tags=[]),
    "unknown tag": lambda page: page.cells[2].metadata.tags.append("nbval-skip"),
    "nbval": _write("code", "{}  # NBVAL_SKIP".format),
    "other type": lambda page: page.cells[2].metadata.update(tags=["code"]),
    "not executed": _give("code", execution_count=None),
    "semicolon": _write("code", "{};".format),
    "too long": _write("setup", "{}\n1\n2\n3\n4\n5\n6".format),
    "widget state": lambda page: page.metadata.update(widgets={}),
    "widget view": _show("explorer", pages.WIDGET_VIEW, {}),
    "no still": _give("explorer", outputs=[]),
    "alternative": _show("picture", "text/html", "<img>"),
    "nothing is written": _give("check", outputs=[]),
    "no exercise": _without("exercise"),
    "no explorer": _without("explorer"),
    "no prediction": _without("predict"),
    "ends with a cell": lambda page: page.cells.pop(),
    "one set-up": lambda page: page.cells[0].update(source="Draw"),
    "its check cell": _give("check", source="check"),
    "not followed": _without("solution"),
    "no solution": _give("solution", source="<details></details>"),
    "differ in name": _write("exercise", lambda source: source.replace("rng)", "generator)")),
    "does not return": _write("exercise", "{}\n    # ?".format),
    "the stub is the solution": _write("solution", lambda source: re.sub(r"return .*", "return ...", source)),
    "lettered": _give("predict", source="Guess?"),
}


@pytest.mark.parametrize("words", FAULTS)
def test_each_rule_is_seen_to_fail(words):
    page = pages.read(WITH_EXERCISES[0])
    FAULTS[words](page)
    assert any(words in complaint for complaint in complaints(page, pages.stem(WITH_EXERCISES[0]))), words


def test_a_stored_error_and_stderr_are_seen():
    page = pages.read(WITH_EXERCISES[0])
    page.cells[1].outputs = [
        nbformat.v4.new_output("error", ename="E", evalue="", traceback=[]),
        nbformat.v4.new_output("stream", name="stderr", text="!"),
    ]
    words = " ".join(complaints(page, pages.stem(WITH_EXERCISES[0])))
    assert "an error is stored" in words
    assert "stderr is stored" in words


def test_a_page_without_its_check_file_is_told():
    assert complaints(pages.read(WITH_EXERCISES[0]), "no_such_page") == [
        "there is no dropout_lib/checks/no_such_page.py"
    ]


def test_an_exercise_with_a_name_of_the_library_is_told():
    page = pages.read(WITH_EXERCISES[0])
    for cell in page.cells:
        cell.source = cell.source.replace("neurons_to_keep", "draw_mask")
    words = " ".join(complaints(page, pages.stem(WITH_EXERCISES[0])))
    assert (
        "exercise draw_mask has no check" in words.replace(" in dropout_lib.checks.draw_the_mask", "")
        or "bears a name" in words
    )
    assert "exercise draw_mask bears a name of the library" in words


def test_no_page_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError, match="No page"):
        pages.paths(tmp_path)


def test_the_cleaner_brings_a_saved_page_back():
    """What JupyterLab adds on saving goes, and what a run leaves to chance is settled."""
    page = pages.read(WITH_EXERCISES[0])
    saved = copy.deepcopy(page)
    saved.metadata["widgets"] = {"state": {}}
    saved.metadata["language_info"]["version"] = "3.99"
    place = next(place for place, cell in enumerate(saved.cells) if pages.role(cell) == "explorer")
    saved.cells[place].outputs[0].data[pages.WIDGET_VIEW] = {"model_id": "1"}
    saved.cells[place].metadata["execution"] = {"iopub.status.busy": "now"}
    saved.cells[place].outputs.append(
        nbformat.v4.new_output("display_data", {pages.WIDGET_VIEW: {"model_id": "2"}, "text/plain": "IntProgress()"})
    )
    first = next(cell for cell in saved.cells if cell.get("outputs") and cell.outputs[0].output_type == "stream")
    text = first.outputs[0].text
    first.outputs = [nbformat.v4.new_output("stream", text=part) for part in (text[:3], text[3:])]
    assert pages.clean(saved) == page


def test_the_save_hook_keeps_live_widgets_out_of_the_file():
    page = pages.read(WITH_EXERCISES[0])
    live = copy.deepcopy(page)
    live.metadata["widgets"] = {"state": {}}
    cell = next(cell for cell in live.cells if pages.role(cell) == "explorer")
    cell.outputs[0].data[pages.WIDGET_VIEW] = {"model_id": "1"}
    pages.forget_widgets({"type": "notebook", "content": live}, path="x", contents_manager=None)
    assert live == page
    bare = {"cells": [{"outputs": [{"data": {pages.WIDGET_VIEW: {}, "text/plain": "IntSlider()"}}]}], "metadata": {}}
    before = copy.deepcopy(bare)
    pages.forget_widgets({"type": "notebook", "content": bare})
    assert bare == before  # a learner's own slider has no still: it stays
    pages.forget_widgets({"type": "directory", "content": None})


def test_the_save_hook_drops_a_progress_bar():
    said = {"output_type": "stream", "name": "stdout", "text": "done"}
    bar = {"output_type": "display_data", "data": {pages.WIDGET_VIEW: {}}}
    saved = {"cells": [{"outputs": [bar, said]}, {"source": "text"}], "metadata": {}}
    pages.forget_widgets({"type": "notebook", "content": saved})
    assert saved["cells"] == [{"outputs": [said]}, {"source": "text"}]
