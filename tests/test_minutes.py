"""The clock of the class path: what it counts, and that the README's sum is that of the pages."""

import re
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from dropout_lib.course import minutes, pages

ROOT = Path(__file__).parent.parent


def page(*cells):
    """Give a page of (role, source), each a cell; a role that ends in * is also for home."""
    made = [new_notebook()]
    for role, source in cells:
        cell = (new_code_cell if role.strip("*") in ("code", "picture", "explorer", "exercise") else new_markdown_cell)(
            source
        )
        cell.metadata.tags = [role.strip("*")] + ["home"] * role.endswith("*")
        made[0].cells.append(cell)
    return made[0]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([("text", "word " * 300)], 2),
        ([("text*", "word " * 300)], 0),
        ([("text", "word " * 150 + "\n\n| a | table |\n|---|---|\n| of | many words |")], 1),
        ([("predict", "word " * 75 + "<details>\n" + "word " * 150 + "</details>")], 1 + 0.5 + 0.5),
        ([("solution", "<details>" + "word " * 150 + "</details>")], 0),
        ([("exercise", "def x(): ..."), ("code", "1 " * 99)], 4.25),
        ([("picture", "x"), ("explorer", "y")], 0.25 + 1 / 3 + 1.75),
    ],
)
def test_what_is_counted(cells, expected):
    found = minutes.in_class(page(("title", "# T"), *cells))
    assert sum(found.values()) == pytest.approx(expected, abs=0.03)


def test_minutes_stand_by_section():
    found = minutes.in_class(
        page(("title", "# One"), ("text", "## Two\n\n" + "w " * 149), ("text*", "## Three"), ("code", "x"))
    )
    assert found == {"One": pytest.approx(2 / 150), "Two": pytest.approx(151 / 150), "Three": 0.25}


def test_the_readme_gives_the_minutes_of_both_classes():
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    first, second = re.search(
        r"Pages 00 to 05 take (\d+) minutes by the clock .*? a class of 90; 06 to 11 take (\d+),", readme
    ).groups()
    course = {path.name[:2]: minutes.counted(pages.read(path)) for path in pages.paths(ROOT / "notebooks")}
    assert sum(course[number] for number in minutes.PLANS["90"]) == int(first) <= 80 - 6 * minutes.SLACK
    assert sum(course[number] for number in minutes.PLANS["2 x 90, the second"]) == int(second)
    assert {*minutes.PLANS["90"], *minutes.PLANS["2 x 90, the second"]} == set(course)


def test_a_plan_is_told_by_the_clock():
    course = {
        ROOT / f"{number}_x.ipynb": page(("title", "# T"), ("text", "word " * 150 * 4)) for number in ("00", "01")
    }
    assert minutes.plan(["01", "00"], course) == [("0:05", "01", 4), ("0:12", "00", 4), ("0:19", "", 0)]
