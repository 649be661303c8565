"""The command dropout-course: open the course on a folder of one's own, begin a page again, update it, mark."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

try:
    from dropout_lib.course import class_edition, copies, key
    from dropout_lib.course.marking import marks
except ModuleNotFoundError as missing:
    told = f'dropout-course: {missing.name} is not installed here: pip install "dropout-lib[lab]"'
    raise SystemExit(told) from None

FOLDER = "dropout-course"


def main(arguments=None):
    """Do what the command line says; give the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a folder's name may have letters that a console has not
    given = list(sys.argv[1:] if arguments is None else arguments)
    actions = {"again": _again, "update": _update, "copy": _copy, "teach": _teach, "marks": marks.main, "key": key.main}
    try:
        if given and given[0] in actions:
            return actions[given[0]](given[1:])
        return _open(given)
    except copies.CopyError as error:
        told = str(error)
    except OSError as error:
        told = f"{error.filename or 'a file'} cannot be read or written: {error.strerror}. Nothing of yours was lost."
    print(f"dropout-course: {told}", file=sys.stderr)
    return 2


def _parser(name="", **more):
    parser = argparse.ArgumentParser(prog=f"dropout-course {name}".strip(), allow_abbrev=False, **more)
    where = "where your pages are; by default dropout-course in the current folder, or this one if they are here"
    return parser, lambda: parser.add_argument("folder", nargs="?", help=where)


def _open(given):
    more = (
        "dropout-course again PAGE begins a page anew, dropout-course update takes your answers into a new edition, "
        "dropout-course copy only copies the pages. For teachers: dropout-course teach opens the class edition, "
        "dropout-course marks FOLDER marks submitted pages, dropout-course key [PAGE] prints solutions and mistakes."
    )
    parser, add_folder = _parser(
        description="Open the course in JupyterLab, on copies of the pages that are yours.",
        epilog=f"{more} An old file is kept beside the new one. Further options go to JupyterLab.",
    )
    add_folder()
    known, further = parser.parse_known_args(given)
    folder = _folder(known.folder)
    new = copies.hand_out(folder)
    print(f"Your pages are in {folder.resolve()}.{f' New there: {len(new)}.' if new else ''}")
    if old := copies.outdated(folder):
        print(f"Of an earlier edition: {len(old)}. To bring them up to date with your answers: dropout-course update")
    return start_lab(folder.resolve(), further)


def _teach(given):
    """Open the class edition from a folder that is gone afterwards: what is typed in class is not kept."""
    parser = argparse.ArgumentParser(
        prog="dropout-course teach", allow_abbrev=False, epilog="Further options go to JupyterLab.",
        description="Open the class edition: no sections at home, large letters, one page at a time. It is not kept.",
    )  # fmt: skip
    _, further = parser.parse_known_args(given)
    with tempfile.TemporaryDirectory(prefix="dropout-class-") as pages, tempfile.TemporaryDirectory() as settings:
        class_edition.write(pages)
        class_edition.write_settings(settings)
        os.environ["JUPYTERLAB_SETTINGS_DIR"] = settings
        print("The class edition is made anew each time: what you type in it is not kept.")
        return start_lab(Path(pages), further, mode="doc")


def _again(given):
    parser, add_folder = _parser("again", description="Begin a page anew. The old one is kept beside it.")
    parser.add_argument("page", help="its number or its name, as 03 or keep_the_scale")
    add_folder()
    known = parser.parse_args(given)
    path, old = copies.begin_again(_folder(known.folder), known.page)
    print(f"{path.name} is as on the first day." + (f" What you had is in {old.name}." if old else ""))
    return 0


def _update(given):
    parser, add_folder = _parser("update", description="Take your answers and cells into the installed edition.")
    add_folder()
    folder = _folder(parser.parse_args(given).folder)
    done = copies.update(folder)
    for page in done:
        kept = f" The old page is {page.old.name}." if page.old else ""
        print(f"{page.path.name}: {'; '.join(page.notes) or 'nothing of yours was in it'}.{kept}")
    if not done:
        print(f"The pages in {folder.resolve()} are of this edition, {copies.edition()}.")
    return 0


def _copy(given):
    parser, add_folder = _parser("copy", description="Copy the pages that are missing, and open nothing.")
    add_folder()
    folder = _folder(parser.parse_args(given).folder)
    print(f"New in {folder.resolve()}: {len(copies.hand_out(folder))}.")
    return 0


def _folder(named):
    if named is not None:
        return Path(named)
    return Path() if any(copies.copy_of(path, Path()) for path in copies.shipped()) else Path(FOLDER)


def start_lab(folder, options, *, mode="lab"):
    """Run JupyterLab on `folder` until it is closed, with the course's settings; give the exit code.

    `mode` is "lab", or "doc" for one document at a time, without the list of files.
    """
    try:
        from jupyterlab.labapp import LabApp  # noqa: PLC0415 - the one part of the course that needs it
    except ImportError as error:
        raise copies.CopyError('JupyterLab is not installed here: pip install "dropout-lib[lab]"') from error
    settings = str(copies.PACKAGE / "course" / "labconfig")
    others = os.environ.get("JUPYTER_CONFIG_PATH")
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join([settings, *([others] if others else [])])
    # Small matrices gain nothing from threads, and on a busy machine threads that wait for each other cost much.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    start = f"/{mode}/tree/{copies.shipped()[0].name}"
    LabApp.launch_instance(
        [f"--ServerApp.root_dir={folder}", f"--LabApp.default_url={start}", *["--allow-root"] * is_root, *options]
    )
    return 0
