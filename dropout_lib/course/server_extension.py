"""A Jupyter server's part of the course: a saved page of it shows its pictures when it is opened again.

A live widget ends with its kernel. A file that still holds its view shows an error in its place, so the view is left
out of what is saved, and the still picture beside it remains. Installing the package switches this on, by
`etc/jupyter/jupyter_server_config.d/dropout_lib.json`; other save hooks and other notebooks are left alone.
"""

import re

from dropout_lib.course.pages import WIDGET_VIEW, is_folded

IMPORT = re.compile(r"^\s*(?:from|import)\s+dropout_lib\b", re.MULTILINE)


def _jupyter_server_extension_points():
    return [{"module": "dropout_lib.course.server_extension"}]


def _load_jupyter_server_extension(server):
    server.contents_manager.register_pre_save_hook(forget_widgets)


def forget_widgets(model, **_):
    """Take the widgets, in place, out of a notebook that is about to be saved, if it is one of the course."""
    content = model.get("content")
    if model.get("type") != "notebook" or not content or not _of_the_course(content):
        return
    content.get("metadata", {}).pop("widgets", None)
    for cell in content.get("cells", []):
        for output in cell.get("outputs", []):
            if "text/html" in output.get("data", {}):
                output["data"].pop(WIDGET_VIEW, None)
        if "outputs" in cell:
            first = 1 if is_folded(cell) else 0  # the empty output that keeps the bar of a folded cell from telling
            cell["outputs"][first:] = [output for output in cell["outputs"][first:] if not _is_a_bar(output)]


def _of_the_course(content):
    return any(cell.get("cell_type") == "code" and IMPORT.search(_source(cell)) for cell in content.get("cells", []))


def _source(cell):
    return "".join(cell.get("source", ""))  # a file has lines, a model one string


def _is_a_bar(output):
    """Say whether an output is a progress bar: the view alone, or nothing more once the work is done."""
    return output.get("output_type") == "display_data" and set(output.get("data", {})) <= {WIDGET_VIEW}
