"""The key, for a teacher: every exercise with its solution, and the mistakes that its check knows, with their hints."""

import argparse

from dropout_lib.course import copies, pages
from dropout_lib.course.marking import submissions


def main(given):
    """Do what `dropout-course key` says: print the key of one page, or of all; give the exit code."""
    parser = argparse.ArgumentParser(prog="dropout-course key", description=__doc__, allow_abbrev=False)
    parser.add_argument("page", nargs="?", help="its number or its name, as 03 or keep_the_scale; all by default")
    which = parser.parse_args(given).page
    found = [path for path in copies.shipped() if which is None or which in pages.names(path)]
    if not found:
        names = ", ".join(path.stem for path in copies.shipped())
        raise copies.CopyError(f"There is no page {which}. The pages are {names}.")
    print("\n\n".join(text for text in map(of_page, found) if text) or f"{found[0].stem} has no exercises.")
    return 0


def of_page(path):
    """Give the key of the page at `path` as Markdown; empty if it has no exercises."""
    page = pages.read(path)
    exercises = pages.exercises(page)
    if not exercises:
        return ""
    checks = {}
    setup = next(cell.source for cell in page.cells if pages.role(cell) == "setup")
    exec(submissions.CHECKS.search(setup)[0], checks)
    parts = [_exercise(exercise, getattr(checks["check"], exercise.name)) for exercise in exercises]
    return "\n\n".join([f"# {pages.title(page)} ({path.stem[:2]})", *parts])


def _exercise(exercise, check):
    lines = [f"- `{mistake.__name__}`: {' '.join(mistake.__doc__.split())}" for mistake in check.mistakes]
    known = "\n".join(lines) or "Its check only measures, and knows no mistakes by name."
    return f"## {exercise.name}\n\n```python\n{exercise.solution.rstrip()}\n```\n\n{known}"
