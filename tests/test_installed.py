"""The wheel, in environments of its own with the newest dependencies, the oldest, and those of Google Colab.

Pages give what they store, in a folder of another kind: with Colab's all of them, solved and without wide vector
instructions, and every explorer is moved too; with the oldest, and by two threads with the newest, with which make test
runs all in the checkout, three short ones and one that trains. The command of the wheel hands its own pages out.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from helpers import lab
from helpers.instructions import narrow
from helpers.strict_nbval import PAGES, QUICK, ROOT, copied, nbval

from dropout_lib.course import pages

pytestmark = pytest.mark.slow
OLDEST, COLAB = ROOT / "tests" / "oldest.txt", ROOT / "tests" / "colab.txt"
TRAINING = next(path for path in PAGES if path.stem == "04_train_with_dropout")
PINS = {"oldest": OLDEST, "colab": COLAB}


def run(*command, folder=ROOT):
    """Run a command that must succeed; give what it printed."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        list(map(str, command)), cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel from a copy of what it is made of, so that nothing left in the checkout gets in."""
    source = tmp_path_factory.mktemp("source")
    for folder in ("dropout_lib", "notebooks"):
        shutil.copytree(ROOT / folder, source / folder, ignore=shutil.ignore_patterns("__pycache__", ".ipynb*"))
    for name in ("pyproject.toml", "README.md", "LICENSE-CODE", "LICENSE-TEXT"):
        shutil.copy(ROOT / name, source)
    run(sys.executable, "-m", "build", source)  # the source archive, and the wheel from that alone
    (built,) = (source / "dist").glob("*.whl")
    return built


def install(folder, *wanted):
    """Install what is wanted into an environment of its own; give that environment's Python."""
    run(sys.executable, "-m", "venv", folder)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    run(python, "-m", "pip", "install", "-qq", "--no-compile", *wanted)
    return python


@pytest.fixture(scope="module")
def pythons(wheel, tmp_path_factory):
    """Make the environments of the newest dependencies, the oldest and Colab's, at the same time."""
    wanted = {
        "newest": [f"{wheel}[lab]"],
        "oldest": ["-c", OLDEST, f"{wheel}[lab]"],
        "colab": ["-c", COLAB, wheel, "ipykernel", "ipython", "nbval", "hypothesis"],  # Colab has no JupyterLab
    }
    with ThreadPoolExecutor(2) as two:
        made = {name: two.submit(install, tmp_path_factory.mktemp(name), *what) for name, what in wanted.items()}
    return {name: one.result() for name, one in made.items()}


def test_the_wheel_holds_every_file_of_the_library_and_the_licences(wheel):
    held = zipfile.ZipFile(wheel).namelist()
    assert {f"dropout_lib/notebooks/{path.name}" for path in PAGES} <= set(held)
    files = [path for path in (ROOT / "dropout_lib").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert {path.relative_to(ROOT).as_posix() for path in files} <= set(held)
    assert {"LICENSE-CODE", "LICENSE-TEXT"} <= {Path(name).name for name in held}


def test_wheel_and_source_archive_can_be_published(wheel):
    said = run(sys.executable, "-m", "twine", "check", "--strict", *wheel.parent.iterdir())
    assert said.count("PASSED") == 2


def blas_threads(python, **environment):
    """Count the threads of a fresh process that has multiplied matrices; None on a system that does not tell."""
    code = "import os, numpy as np; np.ones((600, 600)) @ np.ones((600, 600))\n"
    code += "print(len(os.listdir('/proc/self/task')) if os.path.isdir('/proc/self/task') else '')"
    done = subprocess.run(
        [python, "-c", code], env=os.environ | environment, capture_output=True, text=True, check=True
    )
    return int(done.stdout) if done.stdout.strip() else None


def threads(python, count):
    """Give the environment in which NumPy multiplies with so many threads, after seeing that it does."""
    chosen = {"OPENBLAS_NUM_THREADS": str(count)}
    assert blas_threads(python, **chosen) in {None, count}
    return chosen


def solve(path):
    """Write the solutions into a copy of a page: each check must say yes, and nothing else change. Count the checks."""
    page = pages.solved(pages.read(path))
    checks = [cell for cell in page.cells if pages.role(cell) == "check"]
    for cell in checks:
        cell.source, cell.outputs = f"said = str({cell.source})\nassert said.startswith('Yes.'), said", []
    nbformat.write(page, path)
    return len(checks)


@pytest.mark.parametrize("name", ["newest", "oldest", "colab"])
def test_the_pages_give_what_they_store_with_the_installed_wheel(name, pythons, tmp_path):
    python = pythons[name]
    found = Path(run(python, "-c", "import dropout_lib; print(dropout_lib.__file__)", folder=tmp_path).strip())
    assert found.is_relative_to(python.parent.parent)
    copies = copied(tmp_path, PAGES if name == "colab" else [*QUICK, TRAINING])
    if name == "colab":
        assert sum(map(solve, copies)) > 15
    environment = threads(python, 2 if name == "newest" else 1) | (narrow(python) if name == "colab" else {})
    outcome = nbval(tmp_path, python=python, folder=tmp_path, PYTHONPATH="", **environment)
    assert outcome.green, outcome.report


@pytest.mark.parametrize("name", PINS)
def test_the_dependencies_are_those_that_are_pinned(name, pythons):
    pins = {line for line in PINS[name].read_text(encoding="utf-8").splitlines() if not line.startswith("#")}
    assert pins <= set(run(pythons[name], "-m", "pip", "freeze").splitlines())


def test_every_explorer_moves_under_colabs_ipywidgets(pythons, tmp_path):
    shutil.copytree(ROOT / "tests", tmp_path / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    said = run(
        *(pythons["colab"], "-P", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "ignore"),
        *("tests/test_explorers.py", "tests/test_panel.py"), folder=tmp_path,
    )  # fmt: skip
    assert int(re.search(r"(\d+) passed", said)[1]) > 80 and "skipped" not in said


def test_the_command_of_the_wheel_hands_its_own_pages_out(pythons, tmp_path):
    """Installed read-only, for a learner in a folder with blanks and letters that are not Latin."""
    folder = tmp_path / "a folder 课程"
    folder.mkdir()
    command = pythons["newest"].parent / "dropout-course"
    assert (
        "There is no page 99"
        in subprocess.run([command, "again", "99"], capture_output=True, text=True, check=False).stderr
    )
    run(command, "again", "03", folder=folder)
    run(pythons["newest"], "-m", "dropout_lib", "update", folder=folder)
    handed_out = sorted(path.name for path in (folder / "dropout-course").glob("*.ipynb"))
    assert handed_out == sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))


def test_the_command_of_the_wheel_opens_the_course_with_its_save_hook(pythons, tmp_path):
    """In a folder with blanks: served, saved without its live widgets."""
    folder, port = tmp_path / "a folder 课程", lab.free_port()
    command = [pythons["newest"], "-m", "dropout_lib", folder, "--no-browser", f"--port={port}"]
    command += ["--IdentityProvider.token=", "--ServerApp.disable_check_xsrf=True"]
    clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "OPENBLAS_NUM_THREADS")}
    scratch = {"HOME": str(tmp_path), "JUPYTER_CONFIG_DIR": str(tmp_path / "config"), "JUPYTER_DATA_DIR": str(tmp_path)}
    with lab.running(command, tmp_path / "log", clean | scratch, f"http://127.0.0.1:{port}/api"):
        page = pages.read(folder / "01_draw_the_mask.ipynb")
        cell = next(cell for cell in page.cells if pages.role(cell) == "explorer")
        cell.outputs[-1].data[pages.WIDGET_VIEW] = {"model_id": "1"}
        address = f"http://127.0.0.1:{port}/api/contents/01_draw_the_mask.ipynb"
        saved = json.dumps({"type": "notebook", "format": "json", "content": page}).encode()
        urllib.request.urlopen(urllib.request.Request(address, saved, method="PUT")).close()
    assert "widget-view" not in (folder / "01_draw_the_mask.ipynb").read_text(encoding="utf-8")


# A learner's whole way, in one folder: install, answer wrong, answer right, take a changed edition over, begin anew.

PAGE = "03_keep_the_scale.ipynb"


def said_by_check(path, name):
    """Give the stored words of an exercise's check."""
    page = pages.read(path)
    (place,) = [exercise.place for exercise in pages.exercises(page) if exercise.name == name]
    return "".join(output.data["text/plain"] for output in page.cells[place + 1].outputs)


def answer(path, name, source, python):
    """Write an answer into a page and run the page, as a learner does."""
    nbformat.write(pages.answered(pages.read(path), {name: source}), path)
    run(python, "-m", "nbconvert", "--to", "notebook", "--execute", "--inplace", path.name, folder=path.parent)
    return said_by_check(path, name)


@pytest.fixture(scope="module")
def changed_wheel(wheel, tmp_path_factory):
    """Build the next edition: another version, a page with a sentence more in each text, one renumbered."""
    source = tmp_path_factory.mktemp("next") / "source"
    shutil.copytree(wheel.parent.parent, source, ignore=shutil.ignore_patterns("dist"))
    project = source / "pyproject.toml"
    project.write_text(
        re.sub(r'^version = ".*"', 'version = "99.0"', project.read_text(encoding="utf-8"), flags=re.MULTILINE),
        encoding="utf-8",
    )
    page = pages.read(source / "notebooks" / PAGE)
    for cell in page.cells:
        cell.source += "\n\nA new sentence." * (pages.role(cell) == "text")
    nbformat.write(page, source / "notebooks" / PAGE)
    (source / "notebooks" / "10_use_it_rightly.ipynb").rename(source / "notebooks" / "20_use_it_rightly.ipynb")
    run(sys.executable, "-m", "build", "--wheel", source)
    return next((source / "dist").glob("*.whl"))


def test_a_learners_way_through_two_editions(wheel, changed_wheel, pythons, tmp_path):
    python, page = pythons["newest"], tmp_path / "dropout-course" / PAGE
    run(python, "-m", "dropout_lib", "copy", folder=tmp_path)
    exercise = pages.exercises(pages.read(page))[0]
    wrong = re.sub(r"return \.\.\.", "return 0", pages.read(page).cells[exercise.place].source)
    assert "Not written yet" in said_by_check(page, exercise.name)
    assert "Not written yet" not in (first := answer(page, exercise.name, wrong, python))
    second = answer(page, exercise.name, exercise.solution, python)
    assert second.startswith("Yes") and not first.startswith("Yes")
    learned = page.read_bytes()
    try:
        run(python, "-m", "pip", "install", "-qq", "--no-deps", changed_wheel)
        told = run(python, "-m", "dropout_lib", "update", folder=tmp_path)
        assert f"{PAGE}: answers taken over: {exercise.name}. The old page is 03_keep_the_scale.old-1.ipynb." in told
        assert "20_use_it_rightly.ipynb" in told
        assert (page.parent / "03_keep_the_scale.old-1.ipynb").read_bytes() == learned
        updated = pages.read(page)
        assert sum(cell.source.endswith("A new sentence.") for cell in updated.cells) > 5
        assert updated.cells[pages.exercises(updated)[0].place].source == exercise.solution.rstrip()
        run(python, "-m", "dropout_lib", "again", "03", folder=tmp_path)
        assert "Not written yet" in said_by_check(page, exercise.name)
        assert "of this edition, 99.0" in run(python, "-m", "dropout_lib", "update", folder=tmp_path)
    finally:
        run(python, "-m", "pip", "install", "-qq", "--no-deps", "--force-reinstall", wheel)


@pytest.mark.skipif(sys.platform != "linux", reason="rights are taken away by Linux's setpriv")
def test_the_installation_may_be_read_only(pythons, tmp_path):
    """Also root is somebody without rights here: it gives up the right to write where nobody may."""
    python = pythons["oldest"]
    site = Path(run(python, "-c", "import dropout_lib; print(dropout_lib.__path__[0])", folder=tmp_path).strip())
    run("chmod", "-R", "a-w", site)
    try:
        without = ["setpriv", "--bounding-set", "-all", "--inh-caps", "-all"] if os.geteuid() == 0 else []
        probe = [*without, python, "-c", f"open({str(site / 'x')!r}, 'w')"]
        assert "PermissionError" in subprocess.run(probe, capture_output=True, text=True, check=False).stderr
        run(*without, python, "-m", "dropout_lib", "copy", folder=tmp_path)
        run(*without, python, "-m", "dropout_lib", "again", "03", folder=tmp_path)
        own = tmp_path / "dropout-course" / PAGE
        own.write_text(own.read_text(encoding="utf-8"), encoding="utf-8")  # a copy is not read-only itself
        assert os.access(own, os.W_OK) and own.stat().st_mode & 0o200
    finally:
        run("chmod", "-R", "u+w", site)
