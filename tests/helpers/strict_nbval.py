"""Run pages by strict nbval, as a maintainer would: in a process of its own, against the outputs that they store."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from dropout_lib.course import pages

ROOT = Path(__file__).parents[2]
# The time that a page takes is its own: these first, so that the last one to end is a short one.
LONGEST = ("09_ask_how_sure", "05_choose_keep_prob", "08_count_the_subnetworks", "04_train_with_dropout")
LONGEST += ("06_see_why_it_works",)
PAGES = sorted(pages.paths(ROOT / "notebooks"), key=lambda path: (*LONGEST, path.stem).index(path.stem))
QUICK = [path for path in PAGES if path.stem[:2] in ("01", "02", "03")]
SANITIZE = ROOT / "tests" / "helpers" / "nbval_sanitize.cfg"
FAILED = re.compile(r"^FAILED (?:.*/)?(\S+\.ipynb)::Cell \d+", re.MULTILINE)


class Outcome(NamedTuple):
    """pytest's exit code, what it printed, and for each page with a failed cell its number of them."""

    code: int
    report: str
    failed: dict

    @property
    def green(self):
        return self.code == 0

    @property
    def red(self):
        """Cells failed, and nothing else went wrong."""
        return self.code == 1 and bool(self.failed) and not re.search("^ERROR ", self.report, re.MULTILINE)


def nbval(*notebooks, python=sys.executable, folder=ROOT, **environment):
    """Compare every cell of these notebooks or folders with its stored output, from `folder`."""
    command = [python, "-m", "pytest", "-q", "-rfE", "--color=no"]
    command += ["-p", "no:cacheprovider", "-p", "nbval.plugin", "--nbval"]
    command += ["--nbval-current-env", "--nbval-cell-timeout=600", "--nbval-sanitize-with", SANITIZE]
    # A page outside pytest's root would be reported without its name.
    place = Path(folder, notebooks[0])
    command += ["--rootdir", place if place.is_dir() else place.parent, *notebooks]
    # The tests' own plugins would take as long to load as a short page takes to run.
    variables = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    variables |= {name: str(value) for name, value in environment.items()}
    done = subprocess.run(
        list(map(str, command)), cwd=folder, env=variables, capture_output=True, text=True, check=False
    )
    failed = FAILED.findall(done.stdout)
    return Outcome(done.returncode, done.stdout + done.stderr, {page: failed.count(page) for page in failed})


def copied(folder, paths=PAGES):
    """Copy pages, by default all, to another folder; list the copies."""
    return [Path(shutil.copy(path, folder)) for path in paths]
