"""What every page keeps to and nbval does not see. `complaints(path)` is the checklist of somebody who adds a page."""

import ast
import importlib
import re

import dropout_lib
from dropout_lib.course import pages

CHOICE = re.compile(r"<details>\s*<summary>[A-Z]\. .+?</summary>.+?</details>", re.DOTALL)
MOST_LINES = {"setup": 6, "code": 15, "picture": 15, "explorer": 15}


def complaints(page, name):
    """List what is amiss in one page, each with the cell's id; an empty list is a clean page."""
    return [*_order(page), *_cells(page), *_outputs(page), *_exercises(page, name), *_predictions(page)]


def _order(page):
    roles = [pages.role(cell) for cell in page.cells]
    if roles[:2] != ["title", "setup"] or roles[-1] != "end":
        yield "the page begins with a title and a set-up cell, and ends with a cell tagged end"
    if roles.count("setup") != 1 or not page.cells[0].source.startswith("# "):
        yield "there is one set-up cell, and the title is a heading"
    if "explorer" not in roles and "no-explorer" not in page.cells[0].metadata.tags:
        yield "the page has no explorer; if it needs none, tag its first cell no-explorer"
    if roles.count("predict") < 1:
        yield "the page asks for no prediction"
    ids = [cell.id for cell in page.cells]
    yield from (f"{twice}: two cells share this id" for twice in sorted({one for one in ids if ids.count(one) > 1}))


def _cells(page):
    number = 0
    for cell in page.cells:
        role = pages.role(cell)
        if role is None:
            yield f"{cell.id}: exactly one role tag of {', '.join(sorted(pages.ROLES))}"
        if set(cell.metadata.tags) - pages.ROLES - {"home", "no-exercises", "no-explorer"}:
            yield f"{cell.id}: unknown tag in {cell.metadata.tags}"
        if "NBVAL" in cell.source:
            yield f"{cell.id}: no comment for nbval"
        if (cell.cell_type == "code") != (role in {"setup", "code", "picture", "explorer", "exercise", "check"}):
            yield f"{cell.id}: a cell of this role has the other type"
        if cell.cell_type == "code":
            number += 1
            lines = [line for line in cell.source.splitlines() if line.strip()]
            if cell.execution_count != number:
                yield f"{cell.id}: not executed in order, number {cell.execution_count} where {number} was due"
            if cell.source.rstrip().endswith(";"):
                yield f"{cell.id}: ends with a semicolon, which nbval does not hide"
            if len(lines) > MOST_LINES.get(role, 15):
                yield f"{cell.id}: {len(lines)} lines, too long for a projector"


def _outputs(page):
    if "widgets" in page.metadata:
        yield "widget state is stored"
    for cell in page.cells:
        stored = cell.get("outputs", [])
        data = [output.get("data", {}) for output in stored]
        if any(output.output_type == "error" for output in stored):
            yield f"{cell.id}: an error is stored"
        if any(output.get("name") == "stderr" for output in stored):
            yield f"{cell.id}: stderr is stored"
        if any(pages.WIDGET_VIEW in kinds for kinds in data):
            yield f"{cell.id}: a widget view is stored"
        images = [image for kinds in data for image in re.findall(r"<img[^>]*>", kinds.get("text/html", ""))]
        if pages.role(cell) in {"picture", "explorer"} and not images:
            yield f"{cell.id}: no still picture is stored"
        if not all(re.search(r'alt="[^"]{10,}"', image) for image in images):
            yield f"{cell.id}: a picture has no alternative text"
        if pages.role(cell) == "check" and not any("Not written yet" in kinds.get("text/plain", "") for kinds in data):
            yield f"{cell.id}: as stored, the check must say that nothing is written yet"


def _exercises(page, name):
    found = pages.exercises(page)
    if not found and "no-exercises" not in page.cells[0].metadata.tags:
        yield "no exercise; if the page needs none, tag its first cell no-exercises"
    if not found:
        return
    try:
        checks = importlib.import_module(f"dropout_lib.checks.{name}")
    except ModuleNotFoundError:
        yield f"there is no dropout_lib/checks/{name}.py"
        return
    for exercise in found:
        yield from _exercise(page, exercise, checks)


def _exercise(page, exercise, checks):
    stub, check, solution = page.cells[exercise.place : exercise.place + 3]
    if [pages.role(check), pages.role(solution)] != ["check", "solution"]:
        yield f"exercise {exercise.name} is not followed by its check and its solution"
    if check.source != f"check.{exercise.name}({exercise.name})":
        yield f"exercise {exercise.name}: its check cell is not check.{exercise.name}({exercise.name})"
    if not hasattr(checks, exercise.name):
        yield f"exercise {exercise.name} has no check in {checks.__name__}"
    if exercise.name in dropout_lib.__all__:
        yield f"exercise {exercise.name} bears a name of the library, so that later cells would use the answer"
    if not exercise.solution:
        yield f"exercise {exercise.name} has no solution below its check"
    elif _head(stub.source) != _head(exercise.solution):
        yield f"exercise {exercise.name}: stub and solution differ in name, arguments or docstring"
    if not stub.source.rstrip().endswith("return ..."):
        yield f"exercise {exercise.name}: its stub does not return ..."
    if exercise.solution and stub.source.strip() == exercise.solution.strip():
        yield f"exercise {exercise.name}: the stub is the solution"


def _head(source):
    function = ast.parse(source).body[0]
    return function.name, ast.unparse(function.args), ast.get_docstring(function)


def _predictions(page):
    for cell in page.cells:
        if pages.role(cell) == "predict":
            choices = len(
                re.findall(r"<details>\s*<summary>[A-Z]\. .+?</summary>.+?</details>", cell.source, re.DOTALL)
            )
            if choices < 2 or choices != cell.source.count("<details>") or "?" not in cell.source.split("<details>")[0]:
                yield f"{cell.id}: a question, and at least two lettered choices, each with its own answer"
