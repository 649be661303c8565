"""The README is true: its picture, its map of the pages, its commands."""

import re
from pathlib import Path

import pytest

from dropout_lib import explorers
from dropout_lib.course import pages

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_picture_is_what_its_command_draws():
    assert (ROOT / "picture.svg").read_text() == explorers.neurons().picture.still_svg() + "\n"
    assert "](picture.svg)" in README


@pytest.mark.parametrize("path", pages.paths(ROOT / "notebooks"), ids=lambda path: path.stem)
def test_the_map_gives_every_page_with_the_minutes_that_it_names(path):
    title = pages.read(path).cells[0].source
    minutes = re.search(r"In class (\d+) minutes", title)[1]
    heading = title.splitlines()[0].removeprefix("# ")
    row = f"| [{path.stem[:2]} {heading}](notebooks/{path.name}) | {minutes} min |"
    assert row in README


def test_the_map_names_no_page_that_is_not_there():
    linked = re.findall(r"\(notebooks/([^)]+\.ipynb)\)", README)
    assert sorted(linked) == [path.name for path in pages.paths(ROOT / "notebooks")]


def test_every_command_is_a_target():
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"\bmake ([\w-]+)", README))
    assert {"lab", "test", "test-all"} <= named <= targets
