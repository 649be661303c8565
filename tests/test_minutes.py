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


def test_the_readme_gives_the_minutes_of_the_class_path():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (told,) = re.findall(r"Pages 00 to 06 and 08 take (\d+) minutes by the clock", readme)
    course = {path.name[:2]: pages.read(path) for path in pages.paths(ROOT / "notebooks")}
    longer = {number for number, page in course.items() if "if time is left" in page.cells[0].source}
    assert longer == {"07", "09", "10", "11"}
    assert abs(sum(minutes.counted(page) for number, page in course.items() if number not in longer) - int(told)) <= 1
    assert int(told) <= 85
