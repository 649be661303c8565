"""A learner's own copies of the pages: handed out once, begun again, and carried over into a new edition.

A copy remembers, in its metadata, the edition and a digest of each cell as it was handed out: so an update can tell an
answer, a cell of the learner's own and a changed cell of the page apart. What was there stays beside it as `.old-1`.
"""

import hashlib
import os
import re
import shutil
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

import nbformat

from dropout_lib.course import pages

RECORD = "dropout_course"
PACKAGE = Path(__file__).resolve().parents[1]
LEFT_OVER = "## From your earlier copy"


class CopyError(Exception):
    """What a learner asked for cannot be done; the message says why and what to do. Nothing was changed."""


class Update(NamedTuple):
    """What became of one page: its file, the old one beside it (or None), and what to tell about both."""

    path: Path
    old: Path | None
    notes: list


def edition():
    """Give the version of the course that is installed."""
    try:
        return version("dropout-lib")
    except PackageNotFoundError:  # a checkout that was never installed
        return "unknown"


def shipped():
    """List the course's own pages: those in the installed package, or beside it in a checkout."""
    inside = PACKAGE / "notebooks"
    return pages.paths(inside if inside.is_dir() else PACKAGE.parent / "notebooks")


def hand_out(folder):
    """Copy each page into `folder` that is not there yet, under whatever number; list the new files."""
    folder = _own(folder)
    folder.mkdir(parents=True, exist_ok=True)
    missing = [path for path in shipped() if copy_of(path, folder) is None]
    return [_write(_recorded(pages.read(path)), folder / path.name) for path in missing]


def begin_again(folder, which):
    """Put a fresh copy in place of one page, given by number, name or file; give its path and that of the old one."""
    folder, wanted = _own(folder), Path(which).name.removesuffix(".ipynb")
    found = [path for path in shipped() if wanted in pages.names(path)]
    if not found:
        names = ", ".join(path.stem for path in shipped())
        raise CopyError(f"There is no page {which}. The pages are {names}. Their numbers do too.")
    path, mine = found[0], copy_of(found[0], folder)
    folder.mkdir(parents=True, exist_ok=True)
    old = _keep(mine) if mine else None
    return _replace(mine, _recorded(pages.read(path)), folder / path.name), old


def outdated(folder):
    """List the copies in `folder` that are of another edition than the installed pages."""
    folder = _own(folder)
    mine = {path: copy_of(path, folder) for path in shipped()}
    return [copy for path, copy in mine.items() if copy and _is_outdated(copy, pages.read(path))]


def update(folder):
    """Bring every page in `folder` to this edition, with the learner's answers and own cells; give an Update each."""
    folder, done = _own(folder), []
    if not folder.is_dir():
        raise CopyError(f"There is no folder {folder}. Name the one with your pages: dropout-course update FOLDER")
    for path in shipped():
        mine, target = copy_of(path, folder), folder / path.name
        if mine is None:
            done.append(Update(_write(_recorded(pages.read(path)), target), None, ["new"]))
            continue
        try:
            learned = pages.read(mine)
        except Exception as error:  # noqa: BLE001 - nbformat raises many kinds; whichever it is, the file stays
            kind = type(error).__name__
            done.append(Update(mine, None, [f"cannot be read as a notebook ({kind}), and is left as it is"]))
            continue
        fresh = pages.read(path)
        if _differs(learned, fresh) or mine.name != path.name:
            page, notes = carried_over(learned, fresh)
            old = _keep(mine)
            done.append(Update(_replace(mine, page, target), old, notes))
    return done


def carried_over(learned, fresh):
    """Copy the fresh page with the answers and own cells of a learned one; give it and notes on what was done."""
    page = _recorded(nbformat.from_dict(fresh))
    known = learned.metadata.get(RECORD, {}).get("cells", {})
    taken, lost = _take_answers(learned, page, known)
    left = _take_own_cells(learned, page, known)
    notes = [f"answers taken over: {', '.join(taken)}"] if taken else []
    if lost or left:
        place = len(page.cells) - 1
        heading = nbformat.v4.new_markdown_cell(LEFT_OVER)
        page.cells[place:place] = [heading, *(nbformat.v4.new_code_cell(source) for source in lost.values()), *left]
        told = [f"the answer {name}" for name in lost] + [f"{len(left)} of your cells"] * bool(left)
        notes.append(f"no longer has a place for {', '.join(told)}: at the end, under “{LEFT_OVER[3:]}”")
    changed = sum(_changed(cell, known) for cell in learned.cells)
    if changed:
        notes.append(f"cells of the page that you had changed, not taken over: {changed}")
    return page, notes


def _take_answers(learned, page, known):
    """Put each answer in its exercise's cell, in place; give their names, and name -> source of those without one."""
    places, taken, lost = {exercise.name: exercise.place for exercise in pages.exercises(page)}, [], {}
    for exercise in pages.exercises(learned):
        cell = learned.cells[exercise.place]
        stub = page.cells[places[exercise.name]].source if exercise.name in places else None
        if not _is_answer(cell, stub, known):
            continue
        if stub is None:
            lost[exercise.name or "without a name"] = cell.source
            continue
        place = places[exercise.name]
        page.cells[place].source = cell.source
        page.cells[place].outputs = page.cells[place + 1].outputs = []
        taken.append(exercise.name)
    return taken, lost


def _is_answer(cell, stub, known):
    if cell.get("id") in known:
        return _digest(cell.source) != known[cell.id]
    written = re.sub(r'"""[\s\S]*?"""|^\s*#.*$', "", cell.source, flags=re.MULTILINE).split()
    return cell.source != stub and written[-2:] != ["return", "..."]


def _take_own_cells(learned, page, known):
    """Put the learner's own cells after the cell that they followed or at the end of their section; give the rest."""
    left, ids, heading, before = [], {cell.get("id") for cell in page.cells}, None, None
    for cell in learned.cells:
        if _is_own(cell, learned, known):
            own = nbformat.from_dict(cell | {"metadata": {}})
            own.id = nbformat.v4.new_raw_cell().id if cell.get("id") in ids | {None} else cell.id
            place = _place(page, heading, before)
            if place is None:
                left.append(own)
            else:
                page.cells.insert(place, own)
                before = own.id
        else:
            heading, before = _heading(cell) or heading, cell.get("id")
    return left


def _place(page, heading, before):
    """Give where a cell goes that stood under `heading`, after the cell `before`; None if there is neither."""
    sections, current = [], None
    for cell in page.cells:
        current = _heading(cell) or current
        sections.append(current)
    after = [place for place, cell in enumerate(page.cells) if cell.get("id") == before and before]
    if after and sections[after[0]] == heading:
        return min(after[0] + 1, len(page.cells))
    places = [place for place, section in enumerate(sections) if section == heading]
    return places[-1] + 1 if places and heading else None


def _heading(cell):
    found = re.search(r"^#+ .*$", cell.source, re.MULTILINE) if cell.cell_type == "markdown" else None
    return found and found[0]


def _is_own(cell, learned, known):
    """Say whether a cell is the learner's. A program may have dropped all ids: then the page's cells have a role."""
    if _digest(cell.source) in known.values() or not cell.source.strip():
        return False
    if any(one.get("id") in known for one in learned.cells):
        return cell.get("id") not in known
    return pages.role(cell) is None


def _changed(cell, known):
    is_kept = pages.role(cell) not in (None, "exercise") and cell.get("id") in known
    return bool(is_kept and _digest(cell.source) != known[cell.id])


def _recorded(page):
    """Note in a page, in place, what it is a copy of."""
    page.metadata[RECORD] = {"edition": edition(), "cells": _digests(page)}
    return page


def _digests(page):
    return {cell.id: _digest(cell.source) for cell in page.cells}


def _digest(source):
    return hashlib.sha256(source.encode()).hexdigest()[:12]


def _is_outdated(mine, fresh):
    try:
        return _differs(pages.read(mine), fresh)
    except Exception:  # noqa: BLE001 - a file that cannot be read is told of by update
        return True


def _differs(learned, fresh):
    return learned.metadata.get(RECORD, {}).get("cells") != _digests(fresh)


def _own(folder):
    """Give the folder, absolute. The course's own pages are no copies."""
    folder = Path(folder).resolve()
    if folder == shipped()[0].parent:
        raise CopyError(f"{folder} holds the course's own pages. Name another folder for yours.")
    if folder.exists() and not folder.is_dir():
        raise CopyError(f"{folder} is a file, and a folder is needed for the pages. Name another one.")
    return folder


def copy_of(path, folder):
    """Find the copy of a page in `folder`, which another edition may have numbered otherwise; None if there is none."""
    found = [mine for mine in folder.glob(f"[0-9][0-9]_{pages.stem(path)}.ipynb") if mine.is_file()]
    return min(found, default=None)


def free_name(path):
    """Give the first name beside a file under which nothing is kept yet: `.old-1`, `.old-2` and so on."""
    number = 1
    while (old := path.with_name(f"{path.stem}.old-{number}{path.suffix}")).exists():
        number += 1
    return old


def _keep(path):
    """Copy a file beside itself under a free name."""
    return Path(shutil.copy2(path, free_name(path)))


def _replace(mine, page, target):
    _write(page, target)
    if mine and mine != target:
        mine.unlink()
    return target


def _write(page, target):
    """Write a notebook whole or not at all."""
    draft = target.with_name(f".{target.name}.new")
    try:
        nbformat.write(page, draft)
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)
    return target
