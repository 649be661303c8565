"""Run, clean and store a page, and take its exercises apart: what make, the tests and a learner's copies use alike."""

import re
import sys
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbclient import NotebookClient

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
ROLES = {"title", "setup", "text", "predict", "code", "picture", "explorer", "exercise", "check", "solution", "end"}
SOLUTION = re.compile(r"<details>.*?```python\n(.*?)```.*?</details>", re.DOTALL)


class Exercise(NamedTuple):
    """The place of an exercise's stub in its page, its function's name, and the source of its solution."""

    place: int
    name: str
    solution: str


def paths(folder="notebooks"):
    """Find all pages in reading order. An empty folder is an error: nothing would be checked."""
    found = sorted(Path(folder).glob("[0-9][0-9]_*.ipynb"))
    if not found:
        raise FileNotFoundError(
            f"No page NN_verb_object.ipynb in {Path(folder).resolve()}. Run this beside notebooks/."
        )
    return found


def read(path):
    """Read one page as the file has it."""
    return nbformat.read(path, as_version=4)


def stem(path):
    """Give a page's name: its file's name without the number and the ending."""
    return Path(path).stem.split("_", 1)[1]


def names(path):
    """Give the names by which a page may be asked for: its number, its name, and both."""
    return {Path(path).stem[:2], stem(path), Path(path).stem}


def title(page):
    """Give a page's title, in Markdown."""
    return page.cells[0].source.splitlines()[0].removeprefix("# ")


def is_home(cell):
    """Say whether a cell is for home, and skipped in class."""
    return "home" in cell.metadata.get("tags", [])


def run(page, *, folder="notebooks"):
    """Execute a page top to bottom in a fresh kernel, in place, and return it. A cell that raises ends it.

    A cell has as long as it takes: on a busy machine one that records an explorer for the website takes minutes.
    """
    client = NotebookClient(
        page, kernel_name="python3", record_timing=False, resources={"metadata": {"path": str(folder)}}
    )
    return client.execute()


def clean(page):
    """Bring an executed page, in place, to the one form in which it is stored: the same on every run and machine.

    From a prediction to the next heading all outputs are folded, as each may answer it, and further down those of a
    cell tagged folded; what a check says is not. JupyterLab unfolds a cell that is run, also in the copy that it saves.
    """
    page.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    page.metadata["language_info"] = {"name": "python"}
    code, asked = 0, False
    for number, cell in enumerate(page.cells):
        cell.id = cell.get("id") or f"cell-{number:02d}"
        cell.metadata = {"tags": list(cell.metadata.get("tags", []))}
        if cell.cell_type == "code":
            code += 1
            _clean_code(cell, code)
            if cell.outputs and (asked or "folded" in cell.metadata["tags"]) and role(cell) != "check":
                _fold(cell)
        elif role(cell) == "predict" or cell.source.startswith("#"):
            asked = role(cell) == "predict"
    nbformat.validate(page)
    return page


def _clean_code(cell, number):
    cell.execution_count = number
    cell.outputs = _merged(output for output in map(_without_widget, cell.outputs) if output)
    for output in cell.outputs:
        if output.output_type == "execute_result":
            output.execution_count = number


def _fold(cell):
    """Have the outputs wait until the cell is run. The bar in their place shows the first output's first line, so an
    empty one goes before them."""
    cell.metadata["jupyter"] = {"outputs_hidden": True}
    cell.outputs.insert(0, nbformat.v4.new_output("display_data"))


def shown(cell):
    """List a cell's outputs, without the empty one that goes before folded ones."""
    return [output for output in cell.get("outputs", []) if output.get("data") != {}]


def is_folded(cell):
    """Say whether a cell's outputs, of a stored page or of a notebook as a server has it, are folded."""
    return cell.get("metadata", {}).get("jupyter", {}).get("outputs_hidden", False)


def _without_widget(output):
    """Drop the widget view from an output, and the whole output if nothing else is left, as of a progress bar."""
    if "data" in output:
        data = {kind: value for kind, value in output["data"].items() if kind != WIDGET_VIEW}
        if not data or (data != output["data"] and set(data) == {"text/plain"}):
            return None
        output["data"] = data
    if "metadata" in output:
        output["metadata"] = {}
    return output


def _merged(outputs):
    """Join neighbouring chunks of one stream, whose number depends on timing."""
    kept = []
    for output in outputs:
        if kept and output.output_type == "stream" == kept[-1].output_type and output.name == kept[-1].name:
            kept[-1].text += output.text
        else:
            kept.append(output)
    return kept


def role(cell):
    """Give a cell's role: the one of its tags that is in the closed list, or None."""
    roles = ROLES & set(cell.metadata.get("tags", []))
    return roles.pop() if len(roles) == 1 else None


def exercises(page):
    """List a page's exercises. The solution is what is in the folded cell below the check, and nowhere else."""
    found = []
    for place, cell in enumerate(page.cells):
        if role(cell) == "exercise":
            name = re.search(r"^def (\w+)\(", cell.source, re.MULTILINE)
            folded = SOLUTION.findall(page.cells[place + 2].source) if place + 2 < len(page.cells) else []
            found.append(Exercise(place, name[1] if name else "", folded[0] if len(folded) == 1 else ""))
    return found


def answered(page, sources):
    """Copy a page with other sources in the exercises named: the solutions, or anything a learner might write."""
    copy = nbformat.from_dict(page)
    for exercise in exercises(copy):
        if exercise.name in sources:
            copy.cells[exercise.place].source = sources[exercise.name].rstrip()
    return copy


def solved(page):
    """Copy a page with the solution in every exercise."""
    return answered(page, {exercise.name: exercise.solution for exercise in exercises(page)})


def store(path):
    """Execute, clean and write one page."""
    nbformat.write(clean(run(read(path), folder=Path(path).parent)), path)


if __name__ == "__main__":
    for page_path in map(Path, sys.argv[1:] or paths()):
        store(page_path)
        print(f"stored {page_path}")
