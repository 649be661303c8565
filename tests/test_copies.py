"""A learner's copies: handed out once, begun again, and carried into a new edition with all that is the learner's."""

import copy
import os
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from dropout_lib.course import command, copies, pages

STUB = 'def {0}(x):\n    """Give {0}."""\n    return ...'
ANSWER = 'def {0}(x):\n    """Give {0}."""\n    return x + 1'


def exercise(name):
    """Give the three cells of an exercise."""
    said = [new_output("display_data", {"text/plain": "Not written yet."})]
    return [
        tagged(new_code_cell(STUB.format(name)), name, "exercise"),
        tagged(new_code_cell(f"check.{name}({name})", outputs=said), f"{name}-check", "check"),
        tagged(
            new_markdown_cell(f"<details>\n\n```python\n{ANSWER.format(name)}\n```\n</details>"),
            f"{name}-s",
            "solution",
        ),
    ]


def tagged(cell, name, role):
    cell.id, cell.metadata = name, {"tags": [role]}
    return cell


def page(*exercises, code="import numpy", sections=("One", "Two")):
    """Give a page with a title, a section for each name, exercises in the first, and an end."""
    one, *others = [tagged(new_markdown_cell(f"## {name}"), f"s-{name}", "text") for name in sections]
    cells = [tagged(new_markdown_cell("# Page"), "title", "title"), tagged(new_code_cell(code), "setup", "setup"), one]
    for name in exercises:
        cells += exercise(name)
    return new_notebook(cells=[*cells, *others, tagged(new_markdown_cell("## Remember"), "end", "end")])


@pytest.fixture
def course(tmp_path, monkeypatch):
    """Give a function that publishes an edition: names of files to pages."""
    folder = tmp_path / "edition"

    def publish(**editions):
        folder.mkdir(exist_ok=True)
        for old in folder.glob("*.ipynb"):
            old.unlink()
        for name, one in editions.items():
            nbformat.write(one, folder / f"{name[1:]}.ipynb")

    monkeypatch.setattr(copies, "shipped", lambda: pages.paths(folder))
    publish(_00_meet=page(), _01_draw=page("first", "second"))
    return publish


@pytest.fixture
def mine(tmp_path, course):
    copies.hand_out(tmp_path / "mine")
    return tmp_path / "mine"


def change(path, act):
    """Open a copy, change its cells, and save it as a notebook program does."""
    learned = pages.read(path)
    act({cell.id: cell for cell in learned.cells}, learned.cells)
    nbformat.write(learned, path)
    return path.read_bytes()


def sources(path):
    return [cell.source for cell in pages.read(path).cells]


def test_pages_are_handed_out_once(tmp_path, course):
    folder = tmp_path / "a folder with blanks" / "课程"
    assert [path.name for path in copies.hand_out(folder)] == ["00_meet.ipynb", "01_draw.ipynb"]
    before = change(folder / "01_draw.ipynb", lambda cells, _: cells["first"].update(source=ANSWER.format("first")))
    (folder / "00_meet.ipynb").unlink()
    assert [path.name for path in copies.hand_out(folder)] == ["00_meet.ipynb"]
    assert (folder / "01_draw.ipynb").read_bytes() == before
    assert copies.hand_out(folder) == copies.outdated(folder) == []
    assert sorted(os.listdir(folder)) == ["00_meet.ipynb", "01_draw.ipynb"]


def test_a_copy_is_the_page_with_a_note_of_its_edition(mine):
    (shipped, *_), (own, *_) = copies.shipped(), sorted(mine.iterdir())
    page, original = pages.read(own), pages.read(shipped)
    assert page.cells == original.cells and page.metadata.pop("dropout_course")["edition"] == copies.edition()
    assert page.metadata == original.metadata


@pytest.mark.parametrize("which", ["01", "draw", "01_draw", "01_draw.ipynb"])
def test_a_page_is_begun_again_and_the_old_one_kept(which, mine):
    first = (mine / "01_draw.ipynb").read_bytes()
    changed = [change(mine / "01_draw.ipynb", lambda cells, _: cells["first"].update(source="x")) for _ in range(1)]
    assert copies.begin_again(mine, which) == (mine / "01_draw.ipynb", mine / "01_draw.old-1.ipynb")
    changed.append(change(mine / "01_draw.ipynb", lambda cells, _: cells["first"].update(source="y")))
    assert copies.begin_again(mine, which)[1].name == "01_draw.old-2.ipynb"
    assert (mine / "01_draw.ipynb").read_bytes() == first
    assert [(mine / f"01_draw.old-{number}.ipynb").read_bytes() for number in (1, 2)] == changed
    assert copies.hand_out(mine) == []


def test_an_edition_that_changed_nothing_changes_no_file(mine):
    before = change(mine / "01_draw.ipynb", lambda cells, _: cells["first"].update(source=ANSWER.format("first")))
    assert copies.update(mine) == [] and (mine / "01_draw.ipynb").read_bytes() == before


def learn(cells, order):
    """Answer one exercise, change a cell of the page, and write two cells of one's own, one of them below the other."""
    cells["second"].source = ANSWER.format("second")
    cells["setup"].source += "\nimport os"
    place = order.index(cells["s-One"]) + 1
    order[place:place] = [new_code_cell("mine = 1"), new_markdown_cell("## My own heading")]
    order.insert(order.index(cells["s-Two"]) + 1, new_code_cell("mine + 1"))


def test_an_update_takes_answers_and_own_cells_over_and_says_what_it_left(mine, course):
    before = change(mine / "01_draw.ipynb", learn)
    course(_00_meet=page(), _02_draw=page("new", "second", code="import numpy as np", sections=("Two", "One", "Three")))
    assert [path.name for path in copies.outdated(mine)] == ["01_draw.ipynb"]
    (done,) = copies.update(mine)
    assert (done.path.name, done.old.name) == ("02_draw.ipynb", "01_draw.old-1.ipynb")
    assert done.notes == ["answers taken over: second", "cells of the page that you had changed, not taken over: 1"]
    assert done.old.read_bytes() == before and not (mine / "01_draw.ipynb").exists()
    found = sources(done.path)
    assert found[:2] == ["# Page", "import numpy as np"]
    assert found[2:4] == ["## Two", "mine + 1"]
    assert ANSWER.format("second") in found and STUB.format("new") in found and STUB.format("second") not in found
    after = found[found.index("## One") :]
    assert after == ["## One", "mine = 1", "## My own heading", "## Three", "## Remember"]
    page_now = pages.read(done.path)
    answered = {cell.id: cell for cell in page_now.cells}
    assert answered["second-check"].outputs == [] and answered["new-check"].outputs != []
    assert all("answer" not in cell.metadata for cell in page_now.cells)
    nbformat.validate(page_now)
    assert copies.update(mine) == []


def test_what_has_no_place_any_more_stands_at_the_end_and_is_told(mine, course):
    change(mine / "01_draw.ipynb", learn)
    course(_00_meet=page(), _01_draw=page("first", sections=("One",)))
    (done,) = copies.update(mine)
    left, *_ = done.notes
    assert (
        left
        == "no longer has a place for the answer second, 1 of your cells: at the end, under “From your earlier copy”"
    )
    assert sources(done.path)[-4:] == [copies.LEFT_OVER, ANSWER.format("second"), "mine + 1", "## Remember"]


def test_a_copy_without_a_note_or_ids_keeps_its_answers_and_own_cells(mine, course):
    """As Colab saves it: no ids, no metadata of ours."""
    change(mine / "01_draw.ipynb", learn)
    bare = pages.read(mine / "01_draw.ipynb")
    bare.metadata, bare.nbformat_minor = {}, 4
    for cell in bare.cells:
        del cell["id"]
    nbformat.write(bare, mine / "01_draw.ipynb")
    course(_00_meet=page(), _01_draw=page("first", "second", "third"))
    (done,) = copies.update(mine)
    found = sources(done.path)
    assert ANSWER.format("second") in found and STUB.format("first") in found
    assert {"mine = 1", "mine + 1", "## My own heading"} <= set(found) and "import numpy\nimport os" not in found


def test_a_broken_file_is_left_as_it_is_and_the_others_are_updated(mine, course):
    (mine / "01_draw.ipynb").write_text("{", encoding="utf-8")
    course(_00_meet=page(code="import sys"), _01_draw=page("first"))
    meet, draw = copies.update(mine)
    assert meet.old and "import sys" in sources(meet.path)
    assert draw.old is None and draw.notes[0].startswith("cannot be read as a notebook (NotJSONError)")
    assert (mine / "01_draw.ipynb").read_text(encoding="utf-8") == "{"


def test_a_write_that_fails_leaves_the_old_page(mine, course, monkeypatch, capsys):
    before = change(mine / "01_draw.ipynb", learn)
    course(_00_meet=page(), _01_draw=page("first", "second", "third"))

    def breaks(page, draft):
        draft.write_text("{", encoding="utf-8")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(copies.nbformat, "write", breaks)
    assert command.main(["update", str(mine)]) == 2
    assert "cannot be read or written: No space left on device. Nothing of yours was lost." in capsys.readouterr().err
    assert (mine / "01_draw.ipynb").read_bytes() == before
    assert [path.name for path in mine.iterdir() if path.name.startswith(".")] == []


def test_the_courses_own_pages_are_nobodys_copy(course):
    own = copies.shipped()[0].parent
    before = {path: path.read_bytes() for path in own.iterdir()}
    for act in (copies.hand_out, copies.update, lambda folder: copies.begin_again(folder, "00")):
        with pytest.raises(copies.CopyError, match="own pages. Name another folder"):
            act(own)
    assert {path: path.read_bytes() for path in own.iterdir()} == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["again", "17"], "There is no page 17. The pages are 00_meet, 01_draw. Their numbers do too."),
        (["again", "01", "file"], "is a file, and a folder is needed"),
        (["update", "nowhere"], "There is no folder"),
        (["file"], "is a file, and a folder is needed"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(arguments, said, mine, monkeypatch, capsys):
    monkeypatch.chdir(mine)
    (mine / "file").write_text("x", encoding="utf-8")
    before = {path: path.read_bytes() for path in mine.iterdir()}
    assert command.main(arguments) == 2
    assert said in capsys.readouterr().err
    assert {path: path.read_bytes() for path in mine.iterdir()} == before


def test_the_command_opens_the_folder_named_or_here_or_a_new_one(tmp_path, course, monkeypatch, capsys):
    opened = []
    assert command.main(["copy", str(tmp_path / "only copied")]) == 0 and opened == []
    assert len(list((tmp_path / "only copied").iterdir())) == 2 and ": 2." in capsys.readouterr().out
    monkeypatch.setattr(command, "start_lab", lambda folder, options: opened.append((folder, options)) or 0)
    monkeypatch.chdir(tmp_path)
    assert command.main(["--no-browser", "--port=8899"]) == 0
    assert opened.pop() == ((tmp_path / "dropout-course").resolve(), ["--no-browser", "--port=8899"])
    assert "New there: 2." in capsys.readouterr().out
    monkeypatch.chdir(tmp_path / "dropout-course")
    assert command.main([]) == 0 and opened.pop() == ((tmp_path / "dropout-course").resolve(), [])
    assert command.main([str(tmp_path / "else where")]) == 0
    assert opened.pop()[0] == (tmp_path / "else where").resolve()
    course(_00_meet=page(), _01_draw=page("other"))
    capsys.readouterr()
    command.main([])
    assert "Of an earlier edition: 1." in capsys.readouterr().out
    assert command.main(["update"]) == 0
    assert "01_draw.ipynb: nothing of yours was in it. The old page is 01_draw.old-1.ipynb." in capsys.readouterr().out
    assert command.main(["update"]) == 0 and "are of this edition" in capsys.readouterr().out
    assert command.main(["again", "1"]) == 2
    assert command.main(["again", "01"]) == 0
    assert "01_draw.ipynb is as on the first day. What you had is in 01_draw.old-2.ipynb." in capsys.readouterr().out


def test_without_jupyterlab_the_command_says_how_to_install_it(mine, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "jupyterlab.labapp", None)
    assert command.main([str(mine)]) == 2
    assert 'JupyterLab is not installed here: pip install "dropout-lib[lab]"' in capsys.readouterr().err


def test_without_the_extra_lab_the_command_says_how_to_install_it():
    code = "import sys; sys.modules['nbformat'] = None; import dropout_lib.__main__"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert 'dropout-course: nbformat is not installed here: pip install "dropout-lib[lab]"' in done.stderr


def test_answering_every_exercise_of_the_course_survives_an_update_of_every_page(tmp_path):
    """With the real pages: solved, each with a cell of one's own below every heading, then a changed edition."""
    for path in copies.shipped():
        fresh = pages.read(path)
        learned = pages.solved(copies._recorded(copy.deepcopy(fresh)))
        for number in range(len(learned.cells) - 1, 1, -1):
            if learned.cells[number].source.startswith("## "):
                learned.cells.insert(number + 1, new_code_cell(f"own_{number} = 1"))
        for cell in fresh.cells:
            cell.source += "\n" if pages.role(cell) == "text" else ""
        after, notes = copies.carried_over(learned, fresh)
        solutions = {one.name: one.solution.rstrip() for one in pages.exercises(fresh)}
        assert {one.name: after.cells[one.place].source for one in pages.exercises(after)} == solutions
        own = [cell.source for cell in learned.cells if cell.source.startswith("own_")]
        assert [cell.source for cell in after.cells if cell.source.startswith("own_")] == own, path
        assert notes == ([f"answers taken over: {', '.join(solutions)}"] if solutions else [])
