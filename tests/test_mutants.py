"""Mutation testing itself: mutants differ, a tested fault is killed, a survivor is told, and the real tree stays."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import mutants
import pytest

LIBRARY = '''"""A small library."""


def larger(one, other=3):
    """Say which is larger."""
    if one > other:
        return one
    return other


def untested(values):
    return values[1:]
'''
SMALL = """
def larger(one, other):
    return one if one > other else other


def untested(one):
    return one
"""
TESTS = """
from dropout_lib import larger


def test_larger():
    assert (larger(5, 9), larger(9, 5)) == (9, 9)
"""


def test_mutants_differ_from_the_source_and_from_each_other_and_say_where_they_are():
    found = mutants.mutants(LIBRARY)
    assert len({ast.unparse(ast.parse(one.source)) for one in found} | {ast.unparse(ast.parse(LIBRARY))}) > len(found)
    for one in found:
        assert LIBRARY.splitlines()[one.line - 1].strip() == one.text
    changes = {one.change for one in found}
    assert {"one > other -> one >= other", "one > other -> not one > other", "return one -> return"} <= changes
    assert {"values[1:] -> values[2:]", "values[1:] -> values[:]", "3 -> 4"} <= changes
    assert len({(one.text, one.change) for one in found}) == len(found)


@pytest.mark.parametrize(
    "source",
    [
        "TABLE = ((3, -0.5), (4, 1))",
        "SHAPE, SIZE = (3, 4), size",
        "x = rng.normal(6, 1, n), np.random.default_rng([seed, 8]).random(9), recording_rng(seed, 10), _rng(2)",
        "x = ask(answer, 3), answer(0.5), all_masks(4)",
        "for keep_prob in (0.3, 0.8):\n    x = keep_prob",
        "x = Finding('drops', not whole, message)",
    ],
)
def test_what_a_probe_asks_with_stays(source):
    assert mutants.mutants(source) and not mutants.mutants(source, asked=True)


@pytest.mark.parametrize(
    ("source", "change"),
    [
        ("CLOSE = 5", "5 -> 6"),
        ("TABLE, ERRORS = (0.3, 0.8), 5", "((0.3, 0.8), 5) -> ((0.3, 0.8), 6)"),
        ("y = recording_rng(seed, 10)[0] > 11", "recording_rng(seed, 10)[0] > 11 -> recording_rng(seed, 10)[0] > 12"),
        ("for axis in range(1, 3):\n    x = 1", "range(1, 3) -> range(2, 3)"),
        ("x = not y", "not y -> y"),
    ],
)
def test_how_a_probe_judges_does_not(source, change):
    assert change in {one.change for one in mutants.mutants(source, asked=True)}


@pytest.mark.parametrize(
    ("source", "change"),
    [
        ("x = a + b * c", "b * c -> b / c"),
        ("x = a and not b", "not b -> b"),
        ("x = f(a, axis=-1)", "f(a, axis=-1) -> f(a)"),
        ("x -= 2", "x -= 2 -> pass"),
        ("x.y = 2", "x.y = 2 -> pass"),
        ("x = f'{a + 1:.1f} of b'", "a + 1 -> a - 1"),
        ("x = 1 if a else 2", "a -> not a"),
    ],
)
def test_each_kind_of_fault_is_planted(source, change):
    assert change in {one.change for one in mutants.mutants(source)}


def test_the_second_of_two_is_not_turned_to_the_last():
    changes = {one.change for one in mutants.mutants("x = a[1] + b.sum(axis=1) + a[2] + f(1)")}
    assert {"a[1] -> a[2]", "b.sum(axis=1) -> b.sum(axis=2)", "a[2] -> a[-2]", "f(1) -> f(-1)"} <= changes
    assert not {"a[1] -> a[-1]", "b.sum(axis=1) -> b.sum(axis=-1)"} & changes


def test_a_number_of_pixels_grows_so_that_it_is_seen():
    changes = {one.change for one in mutants.mutants("x = f(3, 16, 0.5)", drawn=True)}
    assert {f"f(3, 16, 0.5) -> f({new})" for new in ("4, 16, 0.5", "3, 24, 0.5", "3, 16, 1.5")} <= changes


def test_a_survivor_is_told_and_the_real_tree_stays_as_it_was(tmp_path):
    (tmp_path / "dropout_lib").mkdir()
    (tmp_path / "tests").mkdir()
    (tmp_path / "dropout_lib" / "__init__.py").write_text(SMALL)
    (tmp_path / "tests" / "test_small.py").write_text(TESTS)
    code = (
        "import pathlib, mutants; root = pathlib.Path(__import__('sys').argv[1])\n"
        "tried, alive = mutants.survivors('dropout_lib/__init__.py', ['tests/test_small.py'], root=root)\n"
        "print(tried, *sorted(one.change for one in alive), sep='|')"
    )
    here = str(Path(mutants.__file__).parent)
    done = subprocess.run([sys.executable, "-c", code, tmp_path], cwd=here, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    tried, *alive = done.stdout.strip().split("|")
    assert (int(tried), alive) == (5, ["one > other -> one >= other", "return one -> return"])
    assert (tmp_path / "dropout_lib" / "__init__.py").read_text(encoding="utf-8") == SMALL


def test_every_equivalent_mutant_has_a_reason_and_is_a_mutant():
    listed = tomllib.loads(mutants.EQUIVALENT.read_text(encoding="utf-8"))["mutant"]
    for module in {one["module"] for one in listed}:
        here = [one for one in listed if one["module"] == module]
        found = {(each.text, each.change) for each in mutants.mutants_of(module, texts=[one["line"] for one in here])}
        for one in here:
            assert len(one["reason"].split()) > 3, f"Say in four words or more why this changes nothing: {one}"
            assert (one["line"], one["change"]) in found, f"This is no mutant any more: delete it. {one}"


def test_every_module_has_tests():
    for patterns, _ in mutants.GROUPS.values():
        for pattern in patterns.split():
            for path in mutants.ROOT.glob(pattern):
                if "def " in path.read_text(encoding="utf-8"):
                    *files, _, _ = mutants.tests_of(str(path.relative_to(mutants.ROOT)))
                    assert files and all((mutants.ROOT / file).exists() for file in files), path


def test_a_figure_has_the_tests_of_figures_also_where_the_mathematics_has_its_name():
    assert "tests/test_figure_marks.py" in mutants.tests_of("dropout_lib/figures/contributions.py")
    assert "tests/test_contributions.py" in mutants.tests_of("dropout_lib/contributions.py")
