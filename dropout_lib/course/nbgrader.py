"""Write pages as an nbgrader assignment: an exercise is a solution cell, and its check's cell is a graded test.

nbgrader makes of it the learners' version, which is the page with its stubs and without solutions. There a check shows
its verdict as ever; that a wrong answer fails is in a hidden test, which nbgrader puts back when it grades.
"""

import ast
import sys
from pathlib import Path

import nbformat

from dropout_lib.course import copies, pages

ASSIGNMENT = "dropout"
CONFIG = 'c = get_config()\nc.ClearSolutions.code_stub = {"python": "# Your answer:"}\n'
HIDDEN = "### BEGIN HIDDEN TESTS\nverdict = {0}\nassert verdict, verdict\n### END HIDDEN TESTS\n{0}"


def assignment(page, name):
    """Give a copy of a page, called `name` in nbgrader's ids, as the source that nbgrader reads."""
    made = nbformat.from_dict(page)
    for exercise in pages.exercises(made):
        stub, check = made.cells[exercise.place], made.cells[exercise.place + 1]
        stub.source = _with_solution(stub.source, exercise.solution)
        check.source, check.outputs = HIDDEN.format(check.source), []
        stub.metadata["nbgrader"] = _metadata(f"{name}-{exercise.name}", solution=True)
        check.metadata["nbgrader"] = _metadata(f"{name}-{exercise.name}-check", grade=True, locked=True, points=1)
    made.cells = [cell for cell in made.cells if pages.role(cell) != "solution"]
    return made


def _with_solution(stub, solution):
    """Put the solution's lines after the docstring of the stub; what follows there is then never reached."""
    first, second = _body(stub), _body(solution)
    lines = stub.splitlines()
    answer = solution.rstrip().splitlines()[second:]
    return "\n".join([*lines[:first], "    ### BEGIN SOLUTION", *answer, "    ### END SOLUTION", *lines[first:]])


def _body(source):
    """Give the number of the line in which the docstring of a source's function ends."""
    function = next(node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef))
    return function.body[0].end_lineno


def _metadata(grade_id, *, grade=False, solution=False, locked=False, **points):
    kind = {"grade": grade, "solution": solution, "locked": locked, "task": False}
    return {"schema_version": 3, "grade_id": grade_id, **kind, **points}


def write(folder, which):
    """Write the pages named, or all with exercises, into an nbgrader course's folder; list the new files.

    A configuration that is already there is left as it is.
    """
    target, written = Path(folder, "source", ASSIGNMENT), []
    target.mkdir(parents=True, exist_ok=True)
    for path in copies.shipped():
        page = pages.read(path)
        if pages.exercises(page) if not which else pages.names(path) & set(which):
            nbformat.write(assignment(page, pages.stem(path)), target / path.name)
            written.append(target / path.name)
    config = Path(folder, "nbgrader_config.py")
    if not config.exists():
        config.write_text(CONFIG, encoding="utf-8")
    return written


if __name__ == "__main__":
    for new in write(sys.argv[1], sys.argv[2:]):
        print(f"wrote {new}")
