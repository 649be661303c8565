"""Marks: files recognised whatever their names, answers found, the verdicts of the checks, a safe table and page."""

import csv
import html
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from helpers import lab, samples
from helpers.hostile_answers import DELETING, HOSTILE, RIGHT
from nbformat.v4 import new_code_cell

from dropout_lib.course import command, copies, key, pages
from dropout_lib.course.marking import answers, isolation, landlock, marks, report, submissions

COURSE = submissions.course_pages()
PAGES = {pages.stem(path): path for path in copies.shipped()}
SCALE = next(page for page in COURSE if page.name.endswith("keep_the_scale"))


def notebook(stem="keep_the_scale", **sources):
    """Give a page with these sources in its exercises."""
    return pages.answered(pages.read(PAGES[stem]), sources)


def put(path, page, text=None):
    """Write a page, or a text, where a platform would have put it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text if page is None else nbformat.writes(page), encoding="utf-8")


# Whose a file is, and which page


@pytest.mark.parametrize(
    ("file", "learner"),
    [
        ("Smith_12345_03_keep_the_scale.ipynb", "Smith_12345"),
        ("Smith_12345_03_keep_the_scale (2).ipynb", "Smith_12345"),
        ("smithanna_LATE_12_34_03_keep_the_scale-1.ipynb", "smithanna_LATE_12_34"),
        ("Anna Smith_7_assignsubmission_file_/03_keep_the_scale.ipynb", "Anna Smith_7"),
        ("Anna Smith_7_assignsubmission_file_03_keep_the_scale.ipynb", "Anna Smith_7"),
        ("anna/03_keep_the_scale-Copy1.ipynb", "anna"),
        ("anna/03_keep_the_scale.old-1.ipynb", "anna"),
        ("03_keep_the_scale/anna.ipynb", "anna"),
        ("group a/Keep the scale anna.ipynb", "group a / anna"),
        ("class 45_keep_the_scale.ipynb", "class"),
        ("anna/homework.ipynb", "anna / homework"),
        ("Smith-123.ipynb", "Smith-123"),
        ("李雷_03_keep_the_scale.ipynb", "李雷"),
        ("03_keep_the_scale (2).ipynb", "03_keep_the_scale (2)"),
    ],
)
def test_the_learner_is_what_the_path_says_beside_the_page(file, learner):
    assert submissions.learner_of(Path(file), COURSE)[0] == learner


def test_it_is_said_by_what_the_learner_is_known():
    said = [submissions.learner_of(Path(file), COURSE)[1] for file in ("a/b.ipynb", "a/03_keep_the_scale.ipynb", "b.x")]
    assert said == ["the folder and the file's name", "the folder", "the file's name"]
    assert "no other name" in submissions.learner_of(Path("03_keep_the_scale.ipynb"), COURSE)[1]


@pytest.mark.parametrize("stem", [stem for stem, path in PAGES.items() if pages.exercises(pages.read(path))])
def test_every_page_is_recognised_by_each_sign_alone(stem):
    whole = pages.read(PAGES[stem])
    bare = [cell for cell in whole.cells if "dropout_lib.checks" not in cell.source]
    no_title = [cell for cell in bare if pages.role(cell) != "title"]
    title_alone = [cell for cell in whole.cells if pages.role(cell) == "title"]
    for cells, by in ((whole.cells, "checks"), (no_title, "exercises"), (title_alone, "title")):
        page, said = submissions.recognised({"cells": [dict(cell) for cell in cells]}, COURSE)
        assert (page.name, said) == (PAGES[stem].stem, f"its {by}")


def test_of_a_learners_two_files_the_last_by_name_is_counted(tmp_path):
    names = [f"03_keep_the_scale{end}.ipynb" for end in (".old-1", "", " (2)", " (10)")]
    for name in reversed(names):
        put(tmp_path / "anna" / name, notebook())
    put(tmp_path / "anna" / "01_draw_the_mask.ipynb", notebook("draw_the_mask"))
    found = submissions.find(tmp_path, COURSE)
    assert [one.file for one in found if one.page.name == SCALE.name] == [f"anna/{name}" for name in names]
    assert [one.file for one in found if one.is_counted] == ["anna/01_draw_the_mask.ipynb", f"anna/{names[-1]}"]


BAD = {
    "empty.ipynb": ("", "The file is empty."),
    "broken.ipynb": ("{", "It is not JSON, as notebooks are: Expecting"),
    "deep.ipynb": ("[" * 100_000, "It is not JSON"),
    "list.ipynb": ("[1]", "It is JSON, but no notebook of format 4"),
    "old.ipynb": ('{"worksheets": []}', "no notebook of format 4"),
    "other.ipynb": ('{"cells": [{"cell_type": "code", "source": "import torch"}]}', "It is of another course"),
    "ours.ipynb": ('{"cells": [{"cell_type": "code", "source": ["import dropout_lib"]}, 3]}', "It imports dropout_lib"),
    "essay.pdf": ("%PDF", "It is no notebook: its name does not end in .ipynb."),
    "all.zip": ("PK", "It is an archive. Unpack it first."),
}  # fmt: skip


def test_files_that_cannot_be_marked_are_listed_with_what_was_seen(tmp_path, monkeypatch):
    for name, (text, _) in BAD.items():
        put(tmp_path / name, None, text)
    put(tmp_path / "large.ipynb", None, "x" * 2_000_000)
    put(tmp_path / "00_meet_dropout.ipynb", pages.read(PAGES["meet_dropout"]))
    (tmp_path / "latin.ipynb").write_bytes(b'{"cells": "\xe9"}')
    (tmp_path / "link.ipynb").symlink_to(tmp_path / "nowhere")
    put(tmp_path / "__MACOSX" / "._x.ipynb", None, "x")
    put(tmp_path / ".ipynb_checkpoints" / "x.ipynb", None, "x")
    monkeypatch.setattr(submissions, "LARGEST", 1_000_000)
    found = {one.file: one for one in submissions.find(tmp_path, COURSE)}
    expected = {name: seen for name, (_, seen) in BAD.items()} | {
        "large.ipynb": "It has 2 MB, and no file of more than 1 MB is read.",
        "00_meet_dropout.ipynb": "It is 00_meet_dropout, a page without exercises.",
        "latin.ipynb": "It is not JSON, as notebooks are: 'utf-8' codec",
        "link.ipynb": "It is a link or no regular file, and is not opened.",
    }
    assert set(found) == set(expected)
    for name, seen in expected.items():
        assert seen in found[name].note and found[name].page is None and not found[name].is_counted, found[name]


def test_a_page_of_an_older_edition_is_marked_and_told(tmp_path):
    page = notebook()
    page.metadata[copies.RECORD] = {"edition": "0.0.1", "cells": {}}
    put(tmp_path / "a.ipynb", page)
    (one,) = submissions.find(tmp_path, COURSE)
    assert one.page == SCALE and one.note.startswith("It is of edition 0.0.1, and was marked by the checks of ")


# Which code is the answer


def found(*cells, name="scale_survivors"):
    return answers.answer(name, list(cells), SCALE)


def test_the_stub_is_not_written_and_a_missing_function_is_told():
    stub = SCALE.stubs["scale_survivors"]
    assert found(SCALE.setup, stub + "\n", "check.scale_survivors(scale_survivors)").cells == []
    with pytest.raises(submissions.Unmarkable, match=r"No cell of the file defines scale_survivors\."):
        found(SCALE.setup, "check.scale_survivors(scale_survivors)", "def other():\n    scale_survivors = 3")


def test_what_an_answer_needs_comes_with_it_and_nothing_else():
    helper, wanted = "def scaled(x, q):\n    return math.fsum([x / q])", "import math"
    body = "    masks = 1\n    return np.where(mask, scaled(activations, KEEP), 0)"
    answer = f"def scale_survivors(activations, mask, keep_prob):\n{body}"
    cells = ["tried = train(1)", f"{wanted}\nimport os", answer, f"KEEP = 0.5\nexplorers.show()\n{helper}"]
    taken = found(*cells, "check.scale_survivors(scale_survivors)", "KEEP = 0.7")
    assert taken.cells == [answer]
    assert taken.context == ["import numpy as np", wanted, "KEEP = 0.5", helper]


def test_an_answer_may_be_assigned_or_written_again_below_its_check():
    assert found("scale_survivors = lambda activations, mask, keep_prob: 1").cells != []
    stub = SCALE.stubs["scale_survivors"]
    assert found(stub, "check.scale_survivors(scale_survivors)", RIGHT).cells == [stub, RIGHT]


def test_an_answers_own_cell_is_not_run_twice():
    again = "def scale_survivors(activations):\n    return scale_survivors(activations[1:])"
    assert found(again, again + "  # the end").context == []


def test_lines_of_ipython_are_passed_over_and_broken_code_stays_what_it_is():
    assert answers.plain("%timeit x\nif x:\n    !ls\n") == "pass\nif x:\n    pass\n"
    assert answers.plain("x = '''\n%d'''") == "x = '''\n%d'''"
    assert found("def scale_survivors(:\n  return").cells == ["def scale_survivors(:\n  return"]


# The table and the page


def row(verdict="not yet", mistake="", sentence="Not yet. Hint.", learner="anna", **more):
    first = marks.Row(learner, "f.ipynb", "03_keep_the_scale", "e", verdict, mistake, sentence, "yes")
    return first._replace(**more)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", " =1", "\t=1"])
def test_what_may_be_a_formula_is_quoted(text, tmp_path):
    assert marks.safe(text) == f"'{text}" and marks.safe("a=1") == "a=1"
    marks.write_csv(
        [row(sentence=text, learner=text), row(learner='a "b", c\nd'), row(learner="x\udc80")], tmp_path / "m.csv"
    )
    raw = (tmp_path / "m.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")  # a mark of UTF-8
    heads, first, second, third = csv.reader(raw.decode("utf-8-sig").splitlines())
    assert heads == list(marks.Row._fields)
    assert first[0] == first[6] == f"'{text.strip()}"
    assert second[0] == 'a "b", c d' and len(third) == len(heads)


def test_bars_count_each_mistake_with_its_hint():
    rows = [row("yes", sentence="Yes."), row(mistake="b"), row(mistake="b"), row(mistake="a", sentence="Not yet. A?")]
    rows += [row(), row("could not be run"), row("not written"), *[row(mistake="c")] * 2]
    seen = [(kind, name, hint, len(members)) for kind, name, hint, members in report.bars(rows)]
    assert seen == [
        ("yes", "yes", "", 1),
        ("mistake", "b", "Hint.", 2),
        ("mistake", "c", "Hint.", 2),
        ("mistake", "a", "A?", 1),
        ("other", "no mistake recognised", "", 1),
        ("error", "could not be run", "", 1),
        ("empty", "not written", "", 1),
    ]


EVIL = "<script>alert(1)</script>&\"'<img src=//x>"


def test_the_page_escapes_what_learners_wrote_and_fetches_nothing():
    one = submissions.Submission(EVIL, EVIL, EVIL, None, "", [], EVIL)
    rows = [row(learner=EVIL, mistake=EVIL, sentence=EVIL, exercise=EVIL), row(sentence=EVIL, learner=EVIL)]
    page = report.page([one], rows, EVIL)
    assert page.count(html.escape(EVIL)) >= 9
    assert "<script" not in page and "<img" not in page
    assert not re.search(r"src=|https?:|url\(|@import", page.replace(html.escape(EVIL), ""))
    assert "default-src 'none'" in page


def test_the_page_counts_the_last_file_alone():
    page = report.page([], [row("yes"), row("yes", counted="no"), row("not written")], "")
    assert "2 answers: 1 yes, 0 not yet, 0 could not be run, 1 not written." in page


# The key


def test_the_key_has_every_exercise_and_every_mistake(capsys):
    assert command.main(["key"]) == 0
    text, exercises, mistakes = capsys.readouterr().out, 0, 0
    for path in copies.shipped():
        page = pages.read(path)
        names = {}
        exec(next((cell.source for cell in page.cells if "dropout_lib.checks" in cell.source), "check = None"), names)
        for exercise in pages.exercises(page):
            exercises += 1
            assert f"## {exercise.name}\n\n```python\n{exercise.solution.rstrip()}\n```" in text
            for mistake in getattr(names["check"], exercise.name).mistakes:
                mistakes += 1
                assert f"- `{mistake.__name__}`: {' '.join(mistake.__doc__.split())}" in text
    assert exercises > 20 and mistakes > 180
    assert text.count("\n## ") == exercises and text.count("\n- `") == mistakes


def test_the_key_of_one_page_and_of_none(capsys):
    assert command.main(["key", "03"]) == 0
    assert capsys.readouterr().out == key.of_page(PAGES["keep_the_scale"]) + "\n"
    assert command.main(["key", "meet_dropout"]) == 0 and "has no exercises" in capsys.readouterr().out
    assert command.main(["key", "77"]) == 2 and "There is no page 77." in capsys.readouterr().err


# One answer in its process

JOB = {"check": "from dropout_lib.checks import keep_the_scale as check", "name": "scale_survivors", "context": []}


def judged(*cells, limits=None, **more):
    return isolation.judge(JOB | {"cells": list(cells)} | more, limits or isolation.Limits(), threading.Event())


def test_an_answer_that_waits_is_stopped_by_the_clock():
    state, sentence, _ = judged("import time\ntime.sleep(3600)", limits=isolation.Limits(clock=1))
    assert state == "could not be run" and "did not end within 1 seconds by the clock" in sentence


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="the system does not tell what runs")
def test_where_linux_cuts_nothing_off_an_answers_processes_end_with_it(tmp_path, monkeypatch):
    monkeypatch.setattr(isolation, "apart", list)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    told = judged(f"import os, time\n{RIGHT}\nif os.fork() == 0: time.sleep(999)", context=["import numpy as np"])
    assert told[0] == "yes" and not list(tmp_path.iterdir())
    lab.wait_until(lambda: not processes_under(tmp_path))
    assert "could not be cut off" in isolation.protection() and "may still run" in isolation.protection()


def test_stopped_by_the_keyboard_it_ends_what_runs_and_writes_nothing(tmp_path, monkeypatch, capsys):
    put(tmp_path / "in" / "a.ipynb", notebook(scale_survivors="import time\ntime.sleep(999)"))

    def press(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(marks, "_progress", press)  # of the second exercise, which is not written
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert command.main(["marks", str(tmp_path / "in"), "--into", str(tmp_path / "out"), "--jobs", "2"]) == 130
    assert "Stopped. Nothing was written" in capsys.readouterr().out
    assert not (tmp_path / "out").exists()
    lab.wait_until(lambda: not processes_under(tmp_path))


def test_the_command_says_first_what_it_does_and_what_is_not_there(tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    for name, said in (("nowhere", "There is no folder"), ("empty", "There are no files in")):
        assert command.main(["marks", str(tmp_path / name)]) == 2
        seen = capsys.readouterr()
        assert seen.out.splitlines()[0] == marks.WARNING and said in seen.err


def test_an_old_table_is_kept_and_bad_files_stop_nothing(tmp_path, capsys):
    put(tmp_path / "in" / "a.ipynb", None, "{")
    put(tmp_path / "in" / "b_03_keep_the_scale.ipynb", notebook())
    put(tmp_path / "marks.csv", None, "mine")
    assert command.main(["marks", str(tmp_path / "in"), "--into", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "Not marked: a.ipynb: It is not JSON" in out and "2 files, 1 of them not marked; 2 answers." in out
    assert (tmp_path / "marks.old-1.csv").read_text(encoding="utf-8") == "mine"
    assert "not written" in (tmp_path / "marks.csv").read_text(encoding="utf-8")
    assert str(tmp_path / "marks.html") in out and (tmp_path / "marks.html").is_file()


# Thirty in one go, as a class hands them in

SAMPLED = ("count_the_subnetworks", "draw_the_mask", "keep_the_scale", "multiply_by_the_mask", "use_it_rightly")


def by_samples(stem, number):
    """Give a page with the number-th sample in each exercise, correct ones first, and what the checks say."""
    page, names, said, sources, shared = pages.read(PAGES[stem]), {}, {}, {}, ""
    exec(f"from dropout_lib.checks import {stem} as check", names)
    for exercise in pages.exercises(page):
        here = samples.of_page(stem)[exercise.name]
        tried = [*list(here.right)[:2], *(one for one in here.wrong if "random.seed" not in here.sources[one])]
        one = tried[number % len(tried)]
        sources[exercise.name] = re.sub(rf"\b{one}\b", exercise.name, here.sources[one])
        said[exercise.name] = getattr(names["check"], exercise.name)((here.right | here.wrong)[one])
        shared += here.shared
    made = pages.answered(page, sources)
    made.cells.insert(2, new_code_cell(shared))  # a cell of the learner's own
    return made, said


def processes_under(folder):
    """List the processes whose environment names a folder; none where the system does not tell."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            found += [path] if os.fsencode(folder) in path.read_bytes() else []
        except OSError:
            continue
    return found


@pytest.fixture(scope="module")
def class_of_thirty(tmp_path_factory):
    """Mark a class in one go, by the command; give its rows, what must be in them, what was said, and the folders."""
    root = tmp_path_factory.mktemp("class")
    folder, home, scratch, expected = root / "submitted", root / "home", root / "scratch", {}
    for place in (home, scratch, root / "here"):
        place.mkdir()
    put(home / "secret", None, "the teacher's")
    for number in range(4):
        for stem in SAMPLED:
            page, said = by_samples(stem, number)
            put(folder / f"{stem[:4]} {number}" / f"{PAGES[stem].stem}.ipynb", page)
            for name, verdict in said.items():
                expected[f"{stem[:4]} {number}", name] = (verdict.state, verdict.mistake or "", str(verdict))
    hostile = HOSTILE | (DELETING if landlock.version() else {})
    for name, (source, state, mistake, part) in hostile.items():
        mine = source.replace("ROOT", repr(str(root)))
        put(folder / f"{name}_03_keep_the_scale.ipynb", notebook(scale_survivors=mine))
        expected[name, "scale_survivors"] = (state, mistake, part)
        expected[name, "whole_layer"] = ("not written", "", "Not written yet.")
    deleted = notebook()
    del deleted.cells[pages.exercises(deleted)[0].place]
    put(folder / "deleted_03_keep_the_scale.ipynb", deleted)
    expected["deleted", "scale_survivors"] = ("could not be run", "", "No cell of the file defines scale_survivors.")
    expected["deleted", "whole_layer"] = ("not written", "", "Not written yet.")
    put(folder / "broken.ipynb", None, "{")
    put(folder / "broken-stays.txt", None, "x")
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    done = subprocess.run(
        [sys.executable, "-m", "dropout_lib", "marks", str(folder), "--into", str(root / "out"), "--seconds", "10"],
        cwd=root / "here", env=os.environ | {"HOME": str(home), "TMPDIR": str(scratch)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    with open(root / "out" / "marks.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return rows, expected, done, root, before


@pytest.mark.slow
def test_every_verdict_of_a_class_is_what_the_check_says(class_of_thirty):
    rows, expected, done, _, _ = class_of_thirty
    assert {(one["learner"], one["exercise"]) for one in rows} == set(expected) and len(rows) == len(expected) > 60
    wrong = []
    for one in rows:
        state, mistake, part = expected[one["learner"], one["exercise"]]
        if (one["verdict"], one["mistake"]) != (state, mistake) or " ".join(part.split()) not in one["sentence"]:
            wrong.append((one, expected[one["learner"], one["exercise"]]))
    assert not wrong, json.dumps(wrong, indent=1)
    verdicts = Counter(one["verdict"] for one in rows)
    assert min(verdicts[one] for one in report.KINDS.values()) > 5, verdicts
    assert done.stdout.splitlines()[0] == marks.WARNING and not done.stderr
    assert "Not marked: broken.ipynb" in done.stdout and "Not marked: broken-stays.txt" in done.stdout


@pytest.mark.slow
def test_nothing_outside_was_touched_and_nothing_runs_on(class_of_thirty):
    *_, root, before = class_of_thirty
    after = {path: path.read_bytes() for path in root.rglob("*") if path.is_file() and "out" not in path.parts}
    assert after == before
    assert not list((root / "scratch").iterdir())
    lab.wait_until(lambda: not processes_under(root / "scratch"))


@pytest.mark.slow
def test_the_page_of_a_class_shows_every_bar(class_of_thirty, browser):
    rows, *_, root, _ = class_of_thirty
    tab = lab.context(browser, viewport={"width": 1280, "height": 720}).new_page()
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto((root / "out" / "marks.html").as_uri())
    assert len(asked) == 1
    bars = tab.locator(".row").evaluate_all("all => all.map(one => [one.querySelector('.name').innerText, "
        "one.querySelectorAll('li').length, +one.querySelector('.bar').innerText])")  # fmt: skip
    mistakes = Counter(one["mistake"] for one in rows if one["mistake"])
    seen = Counter(name for name, number, _ in bars for _ in range(number))
    assert mistakes and {name: seen[name] for name in mistakes} == mistakes
    assert all(number == told for _, number, told in bars) and sum(number for _, number, _ in bars) == len(rows)
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    tab.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    for theme in ("light", "dark"):
        tab.emulate_media(color_scheme=theme)
        inks = tab.evaluate("['color', 'backgroundColor'].map(one => getComputedStyle(document.body)[one])")
        dark = [sum(map(int, re.findall(r"\d+", ink)[:3])) < 300 for ink in inks]
        assert dark == [theme == "light", theme == "dark"]
        assert not [(rule["id"], rule["nodes"][0]["html"]) for rule in Axe().run(tab).response["violations"]]
    tab.context.close()
