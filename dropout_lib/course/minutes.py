"""How long the class path of a page takes by the clock: what is read aloud, voted on, written, run and looked at."""

import re
import sys

from dropout_lib.course import pages

WORDS = 150  # a minute, read aloud
# Minutes for a vote by show of hands, an exercise, a cell that is run, a picture that is looked at, an explorer.
EACH = {"predict": 1, "exercise": 4, "code": 0.25, "setup": 0.25, "picture": 0.25 + 1 / 3, "explorer": 0.25 + 1.5}
# Plans for a class: the pages that it has time for, with so many minutes each for questions, after so many to begin.
PLANS = {
    "45": ("00", "03", "04"),
    "90": ("00", "01", "02", "03", "04", "05"),
    "2 x 90, the second": ("06", "07", "08", "09", "10", "11"),
}
BEGIN, SLACK = 5, 3
# Rows of tables are not read aloud.
UNREAD = re.compile(r"^\|.*$", re.MULTILINE)
FOLDED = re.compile(r"<details>(.*?)</details>", re.DOTALL)


def in_class(page):
    """Give the minutes of each section of a page in class: the heading -> minutes; of the title first."""
    found, heading = {}, pages.title(page)
    for cell in page.cells:
        named = re.match(r"## (.*)", cell.source) if cell.cell_type == "markdown" else None
        heading = named[1] if named else heading
        if not pages.is_home(cell):
            found[heading] = found.get(heading, 0) + _minutes(cell)
    return found


def _minutes(cell):
    """What is folded is opened and read out, of the answers to a vote half; solutions take the exercise's time."""
    role, text = pages.role(cell), UNREAD.sub("", cell.source) if cell.cell_type == "markdown" else ""
    folded = sum(len(part.split()) for part in FOLDED.findall(text)) * (0.5 if role == "predict" else 1)
    words = 0 if role == "solution" else len(FOLDED.sub("", text).split()) + folded
    return words / WORDS + EACH.get(role, 0)


def promised(page):
    """Give the minutes in class that the title cell promises."""
    return int(re.search(r"(\d+) minutes in class", page.cells[0].source)[1])


def counted(page):
    """Give the minutes that the class path takes by the clock, to the nearest one."""
    return round(sum(in_class(page).values()))


def plan(numbers, course):
    """List the pages of a plan as (clock, page's number, minutes by the clock); the last is the end: (clock, "", 0).

    `course` maps every path to its page.
    """
    rows, clock, named = [], BEGIN, {path.name[:2]: page for path, page in course.items()}
    for number in numbers:
        rows.append((f"{clock // 60}:{clock % 60:02d}", number, counted(named[number])))
        clock += counted(named[number]) + SLACK
    return [*rows, (f"{clock // 60}:{clock % 60:02d}", "", 0)]


if __name__ == "__main__":
    course = {path: pages.read(path) for path in pages.paths()}
    for path, page in course.items():
        print(f"{path.stem}: {sum(in_class(page).values()):.1f} by the clock, {promised(page)} promised")
        if "--sections" in sys.argv:
            for heading, minutes in in_class(page).items():
                print(f"    {minutes:4.1f}  {heading}")
    for name, numbers in PLANS.items():
        print(f"{name} minutes: " + ", ".join(" ".join(map(str, row)).strip() for row in plan(numbers, course)))
