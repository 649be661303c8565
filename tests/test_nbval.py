"""Strict nbval over each page: green here, and red for a fault in a sentence or in a mask."""

import re
import shutil

import nbformat
import pytest
from helpers.strict_nbval import PAGES, QUICK, ROOT, SANITIZE, copied, nbval
from nbval.plugin import get_sanitize_patterns

from dropout_lib.course import pages
from dropout_lib.figures.picture import Picture

each_page = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
each_quick_page = pytest.mark.parametrize("path", QUICK, ids=lambda path: path.stem)


@each_page
def test_the_page_gives_what_it_stores(path):
    """The one run of each page in `make test`. tests/test_installed.py runs it elsewhere, with other dependencies."""
    outcome = nbval(path)
    assert outcome.green, outcome.report


# Planted faults, in the pages that run in no time: which page it is makes no difference


def change_one_letter(page):
    """Change the last letter of the last sentence that a page stores, of a picture or an explorer if it has one."""
    shown = [cell for cell in page.cells if pages.role(cell) in ("picture", "explorer")]
    output = [output for cell in shown or page.cells for output in cell.get("outputs", [])][-1]
    holder, field = (output.data, "text/plain") if "data" in output else (output, "text")
    holder[field] = holder[field].rstrip()[:-1] + "?"
    return page


@pytest.mark.slow
def test_one_changed_letter_of_a_stored_sentence_turns_its_page_red(tmp_path):
    for path in copied(tmp_path, QUICK):
        nbformat.write(change_one_letter(pages.read(path)), path)
    outcome = nbval(tmp_path)
    assert outcome.red and outcome.failed == {path.name: 1 for path in QUICK}, outcome.report


def planted(folder, module, right, wrong):
    """Copy the library into a folder with a fault in one of its modules; give the folder."""
    shutil.copytree(ROOT / "dropout_lib", folder / "dropout_lib", ignore=shutil.ignore_patterns("__pycache__"))
    path = folder / "dropout_lib" / module
    source = path.read_text(encoding="utf-8")
    assert source.count(right) == 1
    path.write_text(source.replace(right, wrong), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def turned(tmp_path_factory):
    """Copy the library with `<` turned to `>` where a mask is drawn; a file `drew` tells that one was."""
    folder = tmp_path_factory.mktemp("turned")
    fault = f"open({str(folder / 'drew')!r}, 'a').close()\n    return rng.random(shape) > keep_prob\n"
    return planted(folder, "masks.py", "return rng.random(shape) < keep_prob\n", fault)


@pytest.mark.slow
def test_a_fault_in_a_diagram_that_no_sentence_tells_turns_its_page_red(tmp_path):
    """Mirrored tiles: a diagram's still is compared letter by letter, in base64 too."""
    mirrored = "left + (mask.shape[1] - 1 - column) * size, top + HEAD + row"
    planted(tmp_path, "figures/tiles.py", "left + column * size, top + HEAD + row", mirrored)
    (path,) = [path for path in QUICK if path.stem == "01_draw_the_mask"]
    outcome = nbval(path, PYTHONPATH=tmp_path)
    assert outcome.red and outcome.failed[path.name] >= 1, outcome.report


@pytest.mark.slow
@each_quick_page
def test_a_turned_comparison_in_the_library_turns_a_page_red_that_draws(path, turned):
    drew = turned / "drew"
    drew.unlink(missing_ok=True)
    outcome = nbval(path, PYTHONPATH=turned)
    assert drew.exists() or path.stem != "01_draw_the_mask", "Page 01 has drawn no mask."
    assert outcome.red if drew.exists() else outcome.green, f"{path.name} draws: {drew.exists()}\n{outcome.report}"


# What is not compared


def test_one_rule_passes_over_the_images_of_charts_and_over_nothing_else():
    ((pattern, replacement),) = get_sanitize_patterns(SANITIZE.read_text(encoding="utf-8"))

    def sanitized(text):
        return re.sub(pattern, replacement, text)

    picture = '<img {}alt="Loss 0.41" src="{}"><figcaption>Loss 0.41</figcaption>'
    image = "data:image/svg+xml;base64,PHN2+/AB=="
    assert sanitized(picture.format("data-chart ", image)) == picture.format("data-chart ", "IMAGE")
    assert sanitized(picture.format("", image)) == picture.format("", image)
    stills = [Picture("<svg></svg>", "a sentence", is_chart=is_chart).still() for is_chart in (False, True)]
    assert [sanitized(still) == still for still in stills] == [True, False]


def marks(page):
    """List the cells of a page that nbval is told to treat otherwise than by strict comparison."""
    return [
        number
        for number, cell in enumerate(page.cells)
        if "nbval" in cell.source.lower() or any("nbval" in tag for tag in cell.metadata.get("tags", []))
    ]


@each_page
def test_no_cell_asks_nbval_to_look_away(path):
    assert marks(pages.read(path)) == []


@pytest.mark.parametrize(
    ("source", "tags"), [("# NBVAL_IGNORE_OUTPUT\n1", []), ("#nbval_skip\n1", []), ("1", ["code", "nbval-skip"])]
)
def test_a_mark_for_nbval_is_noticed(source, tags):
    page = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source, metadata={"tags": tags})])
    assert marks(page) == [0]
