"""The pages as an nbgrader assignment: nbgrader itself validates, makes the learners' version, and grades."""

import csv
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from dropout_lib.course import copies, nbgrader, pages

ROOT = Path(__file__).parent.parent
GRADED = [path for path in copies.shipped() if pages.exercises(pages.read(path))]


@pytest.mark.parametrize("path", GRADED, ids=lambda path: path.stem)
def test_without_the_regions_a_source_is_the_page_without_solutions(path):
    """What nbgrader takes out, taken out here: so nothing of the page is lost, and no solution is left."""
    page = pages.read(path)
    made = nbgrader.assignment(page, pages.stem(path))
    region = re.compile(r"^ *### BEGIN (SOLUTION|HIDDEN TESTS)\n.*?^ *### END \1\n", re.DOTALL | re.MULTILINE)
    left = [region.sub("", cell.source) for cell in made.cells]
    assert left == [cell.source for cell in page.cells if pages.role(cell) != "solution"]
    ids = [cell.metadata.nbgrader.grade_id for cell in made.cells if "nbgrader" in cell.metadata]
    assert len(set(ids)) == len(ids) == 2 * len(pages.exercises(page)) > 0
    nbformat.validate(made)


def test_a_configuration_that_is_there_is_left(tmp_path):
    (tmp_path / "nbgrader_config.py").write_text("mine = 1\n", encoding="utf-8")
    assert [path.name for path in nbgrader.write(tmp_path, ["03"])] == ["03_keep_the_scale.ipynb"]
    assert (tmp_path / "nbgrader_config.py").read_text(encoding="utf-8") == "mine = 1\n"
    assert len(nbgrader.write(tmp_path, [])) == len(GRADED)


@pytest.fixture(scope="module")
def python(tmp_path_factory):
    """Give the Python of an environment with nbgrader, the one that NBGRADER_PYTHON names or a new one."""
    if named := os.environ.get("NBGRADER_PYTHON"):
        return Path(named)
    folder = tmp_path_factory.mktemp("nbgrader")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    found = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    wanted = ["nbgrader>=0.9.5", "numpy>=2.0", "matplotlib>=3.9", "ipywidgets>=8.1"]
    subprocess.run([found, "-m", "pip", "install", "-qq", "--no-compile", *wanted], check=True)
    return found


@pytest.mark.slow
def test_nbgrader_validates_releases_and_grades_as_the_checks_do(python, tmp_path):
    nbgrader.write(tmp_path, ["03"])
    places = {"HOME": str(tmp_path), "JUPYTER_DATA_DIR": str(tmp_path / "data"), "PYTHONPATH": str(ROOT)}
    places["PATH"] = os.pathsep.join([str(python.parent), os.environ["PATH"]])  # nbgrader calls alembic by its name

    def run(*options):
        done = subprocess.run(
            [python, "-m", "nbgrader", *options],
            cwd=tmp_path, env=os.environ | places, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    name = GRADED[2].name
    assert name == "03_keep_the_scale.ipynb"
    assert "Success! Your notebook passes all the tests." in run("validate", f"source/dropout/{name}")
    run("generate_assignment", "dropout")
    released = pages.read(tmp_path / "release" / "dropout" / name)
    page = pages.read(GRADED[2])
    left = [cell.source.replace("    # Your answer:\n", "") for cell in released.cells]
    assert left == [cell.source for cell in page.cells if pages.role(cell) != "solution"]
    solutions = {exercise.name: exercise.solution for exercise in pages.exercises(page)}
    wrong = solutions | {
        "scale_survivors": "def scale_survivors(activations, mask, keep_prob):\n    return activations"
    }
    for learner, answers in {"anna": solutions, "ben": wrong, "cleo": {}}.items():
        folder = tmp_path / "submitted" / learner / "dropout"
        folder.mkdir(parents=True)
        nbformat.write(pages.answered(released, answers), folder / name)
    run("autograde", "dropout", "--create")
    run("export", "--to", "grades.csv")
    with open(tmp_path / "grades.csv", encoding="utf-8", newline="") as file:
        grades = {one["student_id"]: (float(one["score"]), float(one["max_score"])) for one in csv.DictReader(file)}
    assert grades == {"anna": (2, 2), "ben": (1, 2), "cleo": (0, 2)}
    graded = nbformat.read(tmp_path / "autograded" / "ben" / "dropout" / name, as_version=4)
    errors = [
        output for cell in graded.cells if cell.cell_type == "code" for output in cell.outputs if "ename" in output
    ]
    assert [error.ename for error in errors] == ["AssertionError"] and "Not yet." in errors[0].evalue
