"""Mark a folder of submitted notebooks: one row for each learner and exercise as CSV, and a page to look at.

Each answer is judged by the installed edition's check, in a process of its own: see `isolation` for what that protects
and what it does not.
"""

import argparse
import csv
import os
import re
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from dropout_lib.course import copies
from dropout_lib.course.marking import isolation, report, submissions
from dropout_lib.course.marking.answers import answer
from dropout_lib.course.marking.judging import NOT_RUN

WARNING = (
    "This runs the code that learners wrote, on this machine and with your rights. "
    "Use a machine or a container that may be thrown away."
)
NOT_WRITTEN = "Not written yet."


class Row(NamedTuple):
    """One exercise in one file. `mistake` is the recognised mistake's name, or empty; `counted` is yes or no."""

    learner: str
    file: str
    page: str
    exercise: str
    verdict: str
    mistake: str
    sentence: str
    counted: str


def main(given):
    """Do what `dropout-course marks` says; give the exit code."""
    parser = argparse.ArgumentParser(
        prog="dropout-course marks",
        allow_abbrev=False,
        description=f"Mark a folder of submitted notebooks. {WARNING}",
        epilog="An old marks.csv or marks.html is kept beside the new one.",
    )
    whole = isolation.Limits()
    parser.add_argument("folder", help="the notebooks, in folders or not, under whatever names")
    parser.add_argument("--into", default=".", help="where marks.csv and marks.html go; by default here")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1), help="answers at a time; by default 2")
    parser.add_argument("--seconds", type=int, default=whole.seconds, help="processor time of an answer; by default 75")
    known = parser.parse_args(given)
    print(WARNING, flush=True)
    limits = whole._replace(seconds=max(1, known.seconds), clock=max(whole.clock, 4 * known.seconds))
    try:
        files, rows = mark(known.folder, jobs=max(1, known.jobs), limits=limits, progress=_progress)
    except KeyboardInterrupt:
        print("\nStopped. Nothing was written, and no answer runs any more.")
        return 130
    into = Path(known.into)
    into.mkdir(parents=True, exist_ok=True)
    as_csv, as_html = into / "marks.csv", into / "marks.html"
    for old in (as_csv, as_html):
        if old.exists():
            old.rename(copies.free_name(old))
    write_csv(rows, as_csv)
    as_html.write_text(report.page(files, rows, isolation.protection()), encoding="utf-8", errors="backslashreplace")
    unmarked = [one for one in files if one.page is None]
    for one in unmarked:
        print(f"Not marked: {_one_line(one.file)}: {_one_line(one.note)}")
    print(f"{len(files)} files, {len(unmarked)} of them not marked; {len(rows)} answers. {isolation.protection()}")
    print(f"They are in {as_csv.resolve()} and {as_html.resolve()}.")
    return 0


def mark(folder, *, jobs=1, limits=None, progress=None):
    """Judge every answer below `folder`; give the list of files (Submission) and that of rows (Row).

    `progress` is called with the number of answers that are done, and of all. Raises CopyError if nothing is there.
    """
    if not Path(folder).is_dir():
        raise copies.CopyError(
            f"There is no folder {folder}. Name the one with the notebooks: dropout-course marks FOLDER"
        )
    files = submissions.find(folder, submissions.course_pages())
    if not files:
        raise copies.CopyError(f"There are no files in {folder}. Name the folder with the submitted notebooks.")
    limits, stopping, done = limits or isolation.Limits(), threading.Event(), []
    work = [(one, name) for one in files if one.page for name in one.page.stubs]

    def row(task):
        made = _row(*task, limits, stopping)
        done.append(1)
        if progress:
            progress(len(done), len(work))
        return made

    with ThreadPoolExecutor(jobs) as pool:
        try:
            return files, list(pool.map(row, work))
        except BaseException:  # such as Ctrl+C: what runs is ended, and what waits is not begun
            stopping.set()
            pool.shutdown(cancel_futures=True)
            raise


def _row(one, name, limits, stopping):
    try:
        found = answer(name, one.sources, one.page)
    except submissions.Unmarkable as why:
        told = NOT_RUN, str(why), None
    else:
        job = {"check": submissions.CHECKS.search(one.page.setup)[0], "name": name, **found._asdict()}
        told = isolation.judge(job, limits, stopping) if found.cells else ("not written", NOT_WRITTEN, None)
    verdict, sentence, mistake = told
    counted = "yes" if one.is_counted else "no"
    return Row(one.learner, one.file, one.page.name, name, verdict, mistake or "", _one_line(sentence), counted)


def _one_line(text):
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def safe(text):
    """Give a text that a spreadsheet takes as text, not as a formula: it gets a ' in front where it might be one."""
    return f"'{text}" if re.match(r"\s*[=+\-@]", text) else text


def write_csv(rows, path):
    """Write the rows for a spreadsheet: with a mark of UTF-8, which some need, and no formulas."""
    with open(path, "w", encoding="utf-8-sig", errors="backslashreplace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(Row._fields)
        writer.writerows([safe(_one_line(text)) for text in row] for row in rows)


def _progress(done, count):
    if sys.stdout.isatty():
        print(f"\r{done} of {count} answers", end="\n" if done == count else "", flush=True)
