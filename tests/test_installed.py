"""The wheel, in environments of its own with the newest and the oldest dependencies: the pages give what they store.

With the newest, the pages are run for the second time (`make test` was the first), elsewhere and with two threads.
"""

import os
import shutil
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from helpers.strict_nbval import ROOT, copied, nbval

pytestmark = pytest.mark.slow
OLDEST = ROOT / "tests" / "oldest.txt"


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
    shutil.copytree(ROOT / "dropout_lib", source / "dropout_lib", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE-CODE", "LICENSE-TEXT"):
        shutil.copy(ROOT / name, source)
    run(sys.executable, "-m", "pip", "wheel", "-qq", "--no-deps", "--wheel-dir", source / "dist", source)
    (built,) = (source / "dist").glob("*.whl")
    return built


def install(wheel, folder, *pins):
    """Install the wheel and its extra lab into an environment of its own; give that environment's Python."""
    run(sys.executable, "-m", "venv", folder)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    run(python, "-m", "pip", "install", "-qq", "--no-compile", *pins, f"{wheel}[lab]")
    return python


@pytest.fixture(scope="module")
def pythons(wheel, tmp_path_factory):
    """Make the environments of the newest and the oldest dependencies, both at a time."""
    folders = [tmp_path_factory.mktemp(name) for name in ("newest", "oldest")]
    with ThreadPoolExecutor() as both:
        newest = both.submit(install, wheel, folders[0])
        oldest = both.submit(install, wheel, folders[1], "-c", OLDEST)
    return {"newest": newest.result(), "oldest": oldest.result()}


def test_the_wheel_holds_every_file_of_the_library_and_the_licences(wheel):
    held = zipfile.ZipFile(wheel).namelist()
    files = [path for path in (ROOT / "dropout_lib").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert {path.relative_to(ROOT).as_posix() for path in files} <= set(held)
    assert {"LICENSE-CODE", "LICENSE-TEXT"} <= {Path(name).name for name in held}


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


@pytest.mark.parametrize(("name", "count"), [("newest", 2), ("oldest", 1)])
def test_the_pages_give_what_they_store_with_the_installed_wheel(name, count, pythons, tmp_path):
    python = pythons[name]
    found = Path(run(python, "-c", "import dropout_lib; print(dropout_lib.__file__)", folder=tmp_path).strip())
    assert found.is_relative_to(python.parent.parent)
    copied(tmp_path)
    outcome = nbval(tmp_path, python=python, folder=tmp_path, PYTHONPATH="", **threads(python, count))
    assert outcome.green, outcome.report


def test_the_oldest_dependencies_are_those_that_are_pinned(pythons):
    pins = {line for line in OLDEST.read_text().splitlines() if not line.startswith("#")}
    assert pins <= set(run(pythons["oldest"], "-m", "pip", "freeze").splitlines())
