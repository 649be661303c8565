"""The pages as a class sees them: without the sections at home. They are made for one lesson, and stored nowhere."""

import json
from pathlib import Path

import nbformat

from dropout_lib.course import copies, pages

KEYS = (
    "On a projector: *Ctrl+Enter* runs a cell and stays on it, so that its picture remains in view. "
    "*Shift+Enter* runs it and goes on."
)
# JupyterLab takes larger letters from a user's settings alone; its Presentation Mode cannot be asked for at the start.
LARGE = {"overrides": {"code-font-size": "17px", "content-font-size1": "18px", "ui-font-size1": "15px"}}


def class_edition(page):
    """Copy a page without the cells that are for home."""
    copy = nbformat.from_dict(page)
    copy.cells = [cell for cell in copy.cells if not pages.is_home(cell)]
    return copy


def write(folder):
    """Write the class edition of every page into `folder`; the first one says, once, how to keep a picture in view."""
    for place, path in enumerate(copies.shipped()):
        page = class_edition(pages.read(path))
        if place == 0:
            page.cells[0].source += f"\n\n{KEYS}"
        nbformat.write(page, Path(folder, path.name))


def write_settings(folder):
    """Write a user's settings for a projector into `folder`, which JupyterLab is told of as its settings."""
    target = Path(folder, "@jupyterlab", "apputils-extension", "themes.jupyterlab-settings")
    target.parent.mkdir(parents=True)
    target.write_text(json.dumps(LARGE), encoding="utf-8")
