"""Notebooks as a platform gives them to a teacher: which page each is, whose, and why one cannot be marked.

A page is recognised by what is in it, as names of files are changed on the way. A learner's name is what folders and
the file's name say beside the page's name: so two people are never taken for one, though one may be listed twice.
"""

import json
import os
import re
from pathlib import Path
from typing import NamedTuple

from dropout_lib.course import copies, pages

LARGEST = 20_000_000  # bytes of a notebook
CHECKS = re.compile(r"^from dropout_lib\.checks import (\w+) as check$", re.MULTILINE)
PASSED_OVER = ("__MACOSX", ".")  # what systems and Jupyter put beside the files
A_COPY = r"(?:\s*\(\d+\)|-Copy\d*|[ _-]copy(?: \d+)?|-\d+|\.old-\d+)*"


class Page(NamedTuple):
    """A page of the installed edition: name, title, set-up, and for each exercise the source of its stub."""

    name: str
    title: str
    setup: str
    stubs: dict


class Submission(NamedTuple):
    """One file: `page` is None if it cannot be marked, and `note` says why, or what else there is to know."""

    file: str
    learner: str
    learner_by: str
    page: Page | None
    page_by: str
    sources: list
    note: str
    is_counted: bool = False


class Unmarkable(Exception):
    """A file that cannot be marked; its words are what was seen."""


def course_pages():
    """List the pages of the installed edition."""
    found = []
    for path in copies.shipped():
        page = pages.read(path)
        setup = next((cell.source for cell in page.cells if pages.role(cell) == "setup"), "")
        stubs = {exercise.name: page.cells[exercise.place].source for exercise in pages.exercises(page)}
        found.append(Page(path.stem, page.cells[0].source.splitlines()[0], setup, stubs))
    return found


def find(folder, course):
    """List a Submission for every file below `folder`. Of a learner's files of one page the last by name is counted:
    copies come by their number, and what `dropout-course` kept as `.old-1` comes first."""
    folder = Path(folder)
    found = [_submission(path, path.relative_to(folder), course) for path in sorted(_files(folder), key=_by_name)]
    last = {(one.learner, one.page.name): one.file for one in found if one.page}
    return [one._replace(is_counted=bool(one.page) and last[one.learner, one.page.name] == one.file) for one in found]


def _files(folder):
    for here, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(PASSED_OVER)]
        yield from (Path(here, name) for name in names if not name.startswith(PASSED_OVER))


def _by_name(path):
    parts = [[(not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in re.split(r"(\d+)", name)]
             for name in (*path.parent.parts, path.stem)]  # fmt: skip
    return parts[:-1], ".old-" not in path.name, parts[-1]


def _submission(path, below, course):
    learner, learner_by = learner_of(below, course)
    try:
        notebook = read(path)
        page, page_by = recognised(notebook, course)
    except Unmarkable as why:
        return Submission(below.as_posix(), learner, learner_by, None, "", [], str(why))
    return Submission(
        below.as_posix(), learner, learner_by, page, page_by, sources(notebook, "code"), _edition_note(notebook)
    )


def learner_of(below, course):
    """Say whose the file with this path below the folder is, and by what that is known."""
    names = "|".join(re.sub("_", "[ _-]", page.name.split("_", 1)[1]) for page in course)
    a_page = re.compile(rf"(?:(?<!\d)\d\d[ _-])?(?:{names}){A_COPY}", re.IGNORECASE)

    def rest(name):
        return a_page.sub(" ", name.replace("_assignsubmission_file", "")).strip(" _-.")

    folders = [name for name in map(rest, below.parts[:-1]) if name]
    own = rest(below.stem)
    if not folders and not own:
        return below.stem, "the file's name, which has no other name than the page's"
    by = ["the folder"] * bool(folders) + ["the file's name"] * bool(own)
    return " / ".join([*folders, *([own] if own else [])]), " and ".join(by)


def read(path):
    """Read a notebook whatever its state, as JSON with a list of cells; raise Unmarkable saying what it is instead."""
    try:
        if path.is_symlink() or not path.is_file():
            raise Unmarkable("It is a link or no regular file, and is not opened.")
        if path.suffix.lower() in (".zip", ".gz", ".tar", ".rar", ".7z"):
            raise Unmarkable("It is an archive. Unpack it first.")
        if path.suffix.lower() != ".ipynb":
            raise Unmarkable("It is no notebook: its name does not end in .ipynb.")
        size = path.stat().st_size
        if not size:
            raise Unmarkable("The file is empty.")
        if size > LARGEST:
            raise Unmarkable(f"It has {size / 1e6:.0f} MB, and no file of more than {LARGEST / 1e6:.0f} MB is read.")
        notebook = json.loads(path.read_bytes())
    except OSError as error:
        raise Unmarkable(f"It cannot be read: {error.strerror}.") from None
    except (ValueError, RecursionError) as error:
        raise Unmarkable(f"It is not JSON, as notebooks are: {str(error)[:200]}.") from None
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise Unmarkable("It is JSON, but no notebook of format 4: it has no list of cells.")
    return notebook


def sources(notebook, kind):
    """List the sources of a notebook's cells of one kind; a cell that is none is passed over."""
    cells = [cell for cell in notebook["cells"] if isinstance(cell, dict) and cell.get("cell_type") == kind]
    parts = [cell.get("source", "") for cell in cells]
    return ["".join(map(str, part)) if isinstance(part, list) else str(part) for part in parts]


def recognised(notebook, course):
    """Find which page a notebook is, by the checks that it imports, its exercises or its title; and say by which."""
    code = "\n".join(sources(notebook, "code"))
    titles = {source.strip().splitlines()[0] for source in sources(notebook, "markdown") if source.strip()}
    imported = set(CHECKS.findall(code))

    def seen(page):
        here = [name for name in page.stubs if re.search(rf"\bdef {name}\b|\bcheck\.{name}\b", code)]
        return page.name.split("_", 1)[1] in imported, len(here), page.title in titles

    best = max(course, key=seen)
    by_import, by_exercises, by_title = seen(best)
    if not (by_import or by_exercises or by_title):
        also = "It imports dropout_lib, but" if "dropout_lib" in code else "It is of another course:"
        raise Unmarkable(f"{also} no page's checks, exercises or title are in it.")
    if not best.stubs:
        raise Unmarkable(f"It is {best.name}, a page without exercises.")
    return best, "its checks" if by_import else "its exercises" if by_exercises else "its title"


def _edition_note(notebook):
    record = notebook.get("metadata")
    record = record.get(copies.RECORD) if isinstance(record, dict) else None
    edition = record.get("edition") if isinstance(record, dict) else None
    if edition in (None, copies.edition()):
        return ""
    return f"It is of edition {str(edition)[:20]}, and was marked by the checks of {copies.edition()}."
