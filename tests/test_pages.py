"""Every page against the rules that nbval does not see, solved, and answered wrongly."""

import contextlib
import copy
import importlib
import io
import re
from functools import cache

import nbformat
import pytest
from helpers.page_rules import README, complaints

from dropout_lib.course import pages

PATHS = pages.paths()
COURSE = {path: pages.read(path) for path in PATHS}
FIRST, ONE, LAST = PATHS[0], PATHS[1], PATHS[-1]
WITH_EXERCISES = [path for path in PATHS if pages.exercises(COURSE[path])]
each_page = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
each_page_with_exercises = pytest.mark.parametrize("path", WITH_EXERCISES, ids=lambda path: path.stem)


def checklist(found):
    return "\n".join(f"  - {complaint}" for complaint in found)


@each_page
def test_the_page_keeps_the_rules(path):
    found = complaints(pages.read(path), path)
    assert not found, f"{path.name}:\n{checklist(found)}"


@each_page
def test_the_stored_page_is_clean(path):
    page = pages.read(path)
    assert pages.clean(copy.deepcopy(page)) == page


@each_page_with_exercises
def test_the_substitution_takes(path):
    page = pages.read(path)
    taken = pages.solved(page)
    places = [exercise.place for exercise in pages.exercises(page)]
    assert places
    for place, (before, after) in enumerate(zip(page.cells, taken.cells, strict=True)):
        assert (before.source != after.source) == (place in places)


# Set-up, exercises and checks alone, here: what stands between them is compared by nbval


@cache
def set_up(path):
    """Run a page's set-up cell once, and give the names that it makes."""
    names = {}
    exec(compile(pages.read(path).cells[1].source, path.name, "exec"), names)
    return names


def verdicts(path, write):
    """Yield each exercise, and what its check cell says after `write(exercise, names)` has written the answer."""
    page = pages.read(path)
    for exercise in pages.exercises(page):
        names = dict(set_up(path))
        with contextlib.redirect_stdout(io.StringIO()):
            write(exercise, names)
            yield exercise.name, eval(page.cells[exercise.place + 1].source, names)


@each_page_with_exercises
def test_solved_every_check_says_yes(path):
    found = dict(verdicts(path, lambda exercise, names: exec(exercise.solution, names)))
    assert found
    assert {name: str(verdict) for name, verdict in found.items() if not str(verdict).startswith("Yes.")} == {}


@each_page_with_exercises
def test_answered_wrongly_every_check_names_that_mistake(path):
    checks = importlib.import_module(f"dropout_lib.checks.{pages.stem(path)}")
    for exercise in pages.exercises(pages.read(path)):
        mistakes = getattr(checks, exercise.name).mistakes
        named = [
            verdict.mistake
            for mistake in mistakes
            for name, verdict in verdicts(path, lambda one, names, wrong=mistake: names.update({one.name: wrong}))
            if name == exercise.name
        ]
        assert named == [mistake.__name__ for mistake in mistakes]


# The rules, each seen to fail


def _first(page, role):
    return next(cell for cell in page.cells if pages.role(cell) == role)


def _write(role, source):
    """Make a fault: the first cell of this role gets another source, made from its own."""
    return lambda page: _first(page, role).update(source=source(_first(page, role).source))


def _everywhere(old, new):
    return lambda page: [cell.update(source=cell.source.replace(old, new)) for cell in page.cells]


def _give(role, **fields):
    return lambda page: _first(page, role).update(**fields)


def _store(*outputs):
    return lambda page: page.cells[1].update(outputs=list(outputs))


def _tag(place, *tags):
    return lambda page: page.cells[place].metadata.update(tags=list(tags))


def _show(role, kind, value):
    return lambda page: _first(page, role).outputs[0].data.update({kind: value})


def _without(role, *, but=0):
    """Make a fault: only the first `but` cells of this role stay."""

    def fault(page):
        of_role = [cell for cell in page.cells if pages.role(cell) == role]
        page.cells = [cell for cell in page.cells if not any(cell is one for one in of_role[but:])]

    return fault


FAULTS = {
    "only cells: 1": lambda page: page.update(cells=page.cells[:1]),
    "two cells share": lambda page: page.cells[3].update(id=page.cells[2].id),
    "explorer, picture, predict, setup, solution, text, title; it has none": _tag(2),
    "title; it has code and text": _tag(2, "code", "text"),
    "unknown tag nbval-skip": _tag(2, "text", "nbval-skip"),
    "comment for nbval": _write("code", "{}  # NBVAL_SKIP".format),
    "other type": _tag(2, "code"),
    "not executed": _give("code", execution_count=None),
    "semicolon": _write("code", "{};".format),
    "too long": _write("setup", "{}\n1\n2\n3\n4\n5\n6".format),
    "wrap its lines": _write(
        "setup", "{}  # wide, wide, wide, wide, wide, wide, wide, wide, wide, wide, wide, wide, wide".format
    ),
    "mend its Python": _write("code", "{} = = 1".format),
    "widget state": lambda page: page.metadata.update(widgets={}),
    "widget view": _show("explorer", pages.WIDGET_VIEW, {}),
    "no still": _give("explorer", outputs=[]),
    "alternative": _show("picture", "text/html", "<img>"),
    "an error is stored": _store(nbformat.v4.new_output("error", ename="E", evalue="", traceback=[])),
    "stderr is stored": _store(nbformat.v4.new_output("stream", name="stderr", text="!")),
    "nothing is written": _give("check", outputs=[]),
    "the page has 0, 2 are due": _without("exercise"),
    "solution: the page has 1, 2 are due": _without("exercise", but=1),
    "only the first page goes without": _tag(0, "title", "no-exercises"),
    "no exercise uses it": _without("exercise", but=1),
    "add an explorer": _without("explorer"),
    "prediction: the page has 1, 2 are due": _without("predict", but=1),
    "by headings '## '": _everywhere("## ", ""),
    "end it with a cell": lambda page: page.cells.pop(),
    "'# '": lambda page: page.cells[0].update(source="Draw"),
    "NN minutes in class": lambda page: page.cells[0].update(source="# Draw the mask"),
    "this row into README.md's table": lambda page: page.cells[0].update(source="# Draw\n\n16 minutes in class."),
    "one cell setup": _without("setup"),
    "into its check cell": _give("check", source="check"),
    "not followed": _without("solution"),
    "it has no check": _everywhere("neurons_to_keep", "neurons_to_lose"),
    "bears a name of the library": _everywhere("neurons_to_keep", "draw_mask"),
    "begin the exercise with def": _write("exercise", "answer = {!r}".format),
    "no solution": _give("solution", source="<details></details>"),
    "differ in name": _write("exercise", lambda source: source.replace("rng)", "generator)")),
    "end its stub": _write("exercise", "{}\n    # ?".format),
    "the stub is the solution": _write("solution", lambda source: re.sub(r"return .*", "return ...", source)),
    "its output is not folded, and may answer predict-01": _give("explorer", metadata={"tags": ["explorer"]}),
    "it answers predict-01 before the vote": _write(
        "explorer", "{}  # kept neurons are dropped one after another, none comes back".format
    ),
    "right choice with Yes": _everywhere("\n\nYes", "\n\nTrue"),
    "lettered": _give("predict", source="Guess?"),
    "make numbers_of_another in this section or in the set-up cell, before it is used: nothing": _write(
        "code", "numbers_of_another\n{}".format
    ),
}


@pytest.mark.parametrize("words", FAULTS)
def test_each_rule_is_seen_to_fail(words):
    page = pages.read(ONE)
    FAULTS[words](page)
    found = complaints(page, ONE, course=COURSE | {ONE: page})
    assert any(words in complaint for complaint in found), checklist(found)


@pytest.mark.parametrize("cells", range(len(COURSE[ONE].cells)))
def test_a_page_that_breaks_off_anywhere_is_told_so_and_nothing_crashes(cells):
    page = pages.read(ONE)
    page.cells = page.cells[:cells]
    assert complaints(page, ONE, course=COURSE | {ONE: page})


def test_all_faults_of_a_page_are_told_at_once():
    """Those that leave the cells where they are; none hides another."""
    page, planted = pages.read(ONE), ["semicolon", "widget state", "no still", "lettered", "end its stub", "'# '"]
    for words in planted:
        FAULTS[words](page)
    found = checklist(complaints(page, ONE, course=COURSE))
    assert [words for words in planted if words not in found] == []


def test_a_page_without_its_check_file_is_told(tmp_path):
    path = tmp_path / "01_no_such_page.ipynb"
    assert "write dropout_lib/checks/no_such_page.py: there is none" in complaints(pages.read(ONE), path, course=COURSE)


@pytest.mark.parametrize(
    ("unlinked", "path", "words"),
    [
        (FIRST, PATHS[4], f"in the map at the end of {FIRST.name}"),
        (PATHS[3], PATHS[4], f"link this page at the end of {PATHS[3].name}"),
        (LAST, LAST, "end the last page with a link to the first"),
    ],
)
def test_a_page_that_nobody_links_is_told(unlinked, path, words):
    course = COURSE | {unlinked: copy.deepcopy(COURSE[unlinked])}
    course[unlinked].cells[-1].source = "The end."
    (found,) = complaints(course[path], path, course=course)
    assert words in found


def test_a_page_that_the_readme_does_not_list_is_told():
    without = README.read_text(encoding="utf-8").replace(ONE.name, "")
    (found,) = complaints(COURSE[ONE], ONE, course=COURSE, readme=without)
    assert found.endswith(f"[01 Draw the mask](notebooks/{ONE.name}) | 16 min | ... |")


# Each section needs only the set-up: names are compared, and no section is run for it

SECTIONS = {
    "uses what another section made": ("x = 1", "print(x)", "make x in this section .* another section makes it"),
    "in a loop": ("x = 1", "for one in x:\n    print(one)", "make x "),
    "in a loop's body": ("x = 1", "for one in [1]:\n    one + x", "make x "),
    "in a function": ("x = 1", "def f(a):\n    return a + x", "make x "),
    "in a comprehension": ("x = 1", "[one + x for one in range(3)]", "make x "),
    "in a lambda": ("x = 1", "f = lambda a: a + x", "make x "),
    "in an f-string": ("x = 1", "print(f'{x:.1f}')", "make x "),
    "adds to it": ("x = 1", "x += 1", "make x "),
    "uses it before it makes it": ("x = 1", "y = x\nx = 2", "make x "),
    "uses an import": ("import json", "json.dumps(1)", "make json "),
    "uses a function": ("def f():\n    return 1", "f()", "make f "),
    "uses an entry": ("table['a'] = 1", "print(table['a'])", r"make table\['a'\] "),
    "makes it": ("x = 1", "x = 2\nprint(x)", None),
    "makes it in a function's section, later": ("x = 1", "def f():\n    return x\nx = 2\nf()", None),
    "makes it by a loop, with, import and unpacking": (
        "x = y = z = json = 1",
        "import json\nfor x, (y, *z) in []:\n    print(x, y, z)\nwith open('f') as f:\n    print(f, json)",
        None,
    ),
    "has names of its own": ("a = one = e = 1", "f = lambda a: [one for one in a]\ndef g(e):\n    return e", None),
    "fills its own entries": ("table['a'] = 1", "table['a'] = 2\ntable['a']", None),
    "uses the set-up": ("x = 1", "print(table, np.ones(1))", None),
}


@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_that_needs_another_is_told_and_no_other(name):
    one, other, words = SECTIONS[name]
    page = copy.deepcopy(COURSE[ONE])
    setup = nbformat.v4.new_code_cell("import numpy as np\ntable = {}")
    heading = nbformat.v4.new_markdown_cell
    sources = [heading("## One"), nbformat.v4.new_code_cell(one), heading("## Two"), nbformat.v4.new_code_cell(other)]
    page.cells = [page.cells[0], setup, *sources, page.cells[-1]]
    found = [
        complaint
        for complaint in complaints(page, ONE, course=COURSE)
        if ": make " in complaint and "used" in complaint
    ]
    assert [bool(re.search(words, complaint)) for complaint in found] == [True] if words else found == []


@each_page_with_exercises
def test_every_page_has_a_section_that_would_be_told(path):
    """A planted fault on the page itself: its last code cell needs what only an earlier section has made."""
    page = pages.read(path)
    code = [cell for cell in page.cells if pages.role(cell) == "code"]
    code[0].source = f"only_here = 1\n{code[0].source}"
    code[-1].source = f"only_here\n{code[-1].source}"
    assert any("make only_here in this section" in one for one in complaints(page, path, course=COURSE))


def test_no_page_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError, match="No page"):
        pages.paths(tmp_path)


def test_the_cleaner_brings_a_saved_page_back():
    """What JupyterLab adds on saving goes, and what a run leaves to chance is settled."""
    page = pages.read(ONE)
    saved = copy.deepcopy(page)
    saved.metadata["widgets"] = {"state": {}}
    saved.metadata["language_info"]["version"] = "3.99"
    place = next(place for place, cell in enumerate(saved.cells) if pages.role(cell) == "explorer")
    saved.cells[place].outputs[0].data[pages.WIDGET_VIEW] = {"model_id": "1"}
    saved.cells[place].metadata["execution"] = {"iopub.status.busy": "now"}
    saved.cells[place].outputs.append(
        nbformat.v4.new_output("display_data", {pages.WIDGET_VIEW: {"model_id": "2"}, "text/plain": "IntProgress()"})
    )
    saved.cells[place].outputs.append(nbformat.v4.new_output("display_data", {}))  # a bar whose work is done
    first = next(cell for cell in saved.cells if cell.get("outputs") and cell.outputs[0].output_type == "stream")
    text = first.outputs[0].text
    first.outputs = [nbformat.v4.new_output("stream", text=part) for part in (text[:3], text[3:])]
    assert pages.clean(saved) == page
