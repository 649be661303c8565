"""The README and CONTRIBUTING are true: picture, map of the pages, commands, files. A page's row is a rule of pages."""

import re
from pathlib import Path

import numpy as np

from dropout_lib import explorers
from dropout_lib.checks.grading.exercise import Exercise
from dropout_lib.checks.grading.results import Unusable, as_array
from dropout_lib.checks.grading.running import Finding
from dropout_lib.course import pages

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_picture_is_what_its_command_draws():
    assert (ROOT / "picture.svg").read_text(encoding="utf-8") == explorers.neurons().picture.still_svg() + "\n"
    assert "](picture.svg)" in README


def test_the_map_names_no_page_that_is_not_there():
    linked = re.findall(r"\(notebooks/([^)]+\.ipynb)\)", README)
    assert sorted(linked) == [path.name for path in pages.paths(ROOT / "notebooks")]


def test_every_command_is_a_target():
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"\bmake ([\w-]+)", README))
    assert {"lab", "test", "test-all"} <= named <= targets


CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_contributing_fits_a_screen_and_is_linked():
    assert len(CONTRIBUTING.splitlines()) <= 60
    assert "](CONTRIBUTING.md)" in README


def test_contributing_names_every_role_and_files_that_are_there():
    for role in sorted(pages.ROLES):
        assert re.search(rf"\b{role}\b", CONTRIBUTING), role
    for name in re.findall(r"(?:dropout_lib|tests|notebooks)/[\w./]+", CONTRIBUTING):
        path = re.sub(r"NN_.*|verb_object\.\w+|\bname\.py", "", name)
        assert (ROOT / path).exists(), name


def test_the_check_in_contributing_works():
    """Its example is run as it stands, with the imports of a page's file of checks."""
    (example,) = re.findall(r"```python\n(.*?)\n```\n", CONTRIBUTING, re.DOTALL)
    names = {"np": np, "Exercise": Exercise, "Finding": Finding, "Unusable": Unusable, "as_array": as_array}
    exec(example, names)
    as_loud = names["as_loud"]
    assert as_loud(lambda activations: activations)
    assert as_loud(lambda activations: 2 * activations).mistake == "twice_as_loud"
    assert "sum" in str(as_loud(lambda activations: 3 * activations))
    assert "shape" in str(as_loud(lambda activations: activations[:3]))
    assert as_loud(lambda activations: ...).state == "not written"
    assert "not what it had been" in str(as_loud(lambda activations: np.multiply(activations, 1.5, out=activations)))
