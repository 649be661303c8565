"""Mutation testing: plant one small fault at a time in a copy of the library, and see whether a module's tests fail.

`make mutants` tries all; `make mutants MUTANTS="--sample 25 --seed 3 masks network"` some. A fault that changes nothing
which counts stands in equivalent_mutants.toml, with its reason. One pixel more in a figure is not seen: there a
whole number from 4 on grows by half. What a probe asks with, numbers of a table or of a draw, stays as it is: another
question of the same kind is as good. Nothing is written outside a temporary folder.
"""

import argparse
import ast
import copy
import importlib.util
import multiprocessing
import os
import random
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
import tomllib
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

import hypothesis.extra.numpy  # noqa: F401 - so that a fork has what takes long to import
import ipywidgets  # noqa: F401
import matplotlib.figure  # noqa: F401
import nbformat  # noqa: F401
import pytest

HERE = Path(__file__).resolve().parent
ROOT, EQUIVALENT = HERE.parent, HERE / "equivalent_mutants.toml"
COPIED = ("dropout_lib", "tests", "experiments", "notebooks", "pyproject.toml")
MEMORY = 6 * 2**30  # bytes; what asks for more is dead
GROUPS = {
    "mathematics": ("dropout_lib/*.py", 97),
    "figures": ("dropout_lib/figures/*.py", 90),
    "panel": ("dropout_lib/explorers/panel.py", 90),
    "checks": ("dropout_lib/checks/grading/*.py dropout_lib/checks/probes/*.py", 90),
}
# The tests of a module are tests/test_<module>.py, but for these; of tests of all figures or checks, those of one.
TESTS = {
    "arguments": "masks network training ensemble data",
    "batched_prediction": "ensemble",
    "contributions": "contributions network",
    "monte_carlo": "ensemble",
    "optimisers": "training",
    "figures": "figure_marks figures",
    "checks": "checks check_sentences verdict_cases",
    "cancellation": "checks contributions check_sentences verdict_cases",
    "drawn_masks": "drawn_masks checks check_sentences verdict_cases",
    "expected_spreads": "checks spread check_sentences verdict_cases",
    "gap_challenge": "spread checks verdict_cases",
    "keep_prob_challenge": "result_tables checks verdict_cases",
    "library_arguments": "checks sample_dropouts check_sentences verdict_cases",
    "result_tables": "checks result_tables check_sentences verdict_cases",
    "sample_dropouts": "sample_dropouts checks",
    "spreads": "checks spread check_sentences verdict_cases",
    "test_of_dropout": "sample_dropouts checks check_sentences verdict_cases",
}
ASKING = r"(\w*rng|np\.random)\.|(\w*_rng|all_masks|exact_numbers|_?ask|_?probe|answer)$"  # what draws or asks
SWAPS = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,), ast.Add: (ast.Sub,), ast.Sub: (ast.Add,), ast.Mult: (ast.Div,), ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,), ast.Mod: (ast.Mult,), ast.Pow: (ast.Mult,), ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,), ast.LShift: (ast.RShift,), ast.And: (ast.Or,), ast.Or: (ast.And,),
}  # fmt: skip


class Mutant(NamedTuple):
    line: int
    text: str  # the line as it stands, so that the key does not move with it
    change: str
    source: str


def mutants(source, *, drawn=False, asked=False, texts=None):
    """List every mutant of a source, each a whole source of its own; those of the lines with these `texts` alone.

    `drawn` where its numbers are pixels, `asked` where its tables and draws are questions.
    """
    tree, lines, found = ast.parse(source), source.splitlines(), {}
    original, parents = ast.unparse(tree), {}
    for node in ast.walk(tree):
        for field, child in ast.iter_fields(node):
            for place, one in enumerate(child) if isinstance(child, list) else [(None, child)]:
                if isinstance(one, ast.AST):
                    parents[one] = (node, field, place)
    for node, (parent, field, place) in parents.items():
        line = line_of(node, parents)
        text = lines[line - 1].strip()
        if texts is not None and text not in texts:
            continue
        if asked and is_question(node, parents):
            continue
        for new in replacements(node, parent, field, drawn=drawn):
            shown = whole(node if new else parent, parents)
            before = ast.unparse(shown)
            put(parent, field, place, new)
            changed = ast.unparse(ast.fix_missing_locations(tree))
            after = ast.unparse(new if shown is node else shown)
            put(parent, field, place, node, removed=new is None)
            if changed != original:
                change = f"{before} -> {after}"
                twins = [one for one in found.values() if one.text == text and one.change.startswith(change)]
                if changed not in found:
                    change += f" ({len(twins) + 1})" if twins else ""
                    found[changed] = Mutant(line, text, change, changed)
    return sorted(found.values())


def line_of(node, parents):
    """Give the line that a node stands on; inside an f-string, Python 3.11 counts its own lines."""
    while not hasattr(node, "lineno") or isinstance(parents[node][0], ast.FormattedValue | ast.JoinedStr):
        node = parents[node][0]
    return node.lineno


def whole(node, parents):
    """Give the expression that a number or a sign stands in, which tells which of them it is."""
    signs = ast.Constant | ast.operator | ast.boolop | ast.cmpop | ast.keyword | ast.Slice
    while isinstance(node, signs) or (isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant)):
        if not isinstance(parents[node][0], ast.expr | ast.keyword | ast.Slice | ast.AugAssign):
            break
        node = parents[node][0]
    return node


def is_question(node, parents):
    """Say whether a node is a number of what is asked: in a table of capitals or of a loop, in a draw, in a call.

    Nor does the sign of what is found count, since it is compared with what is found of a correct answer.
    """
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return ast.unparse(getattr(parents[node][0], "func", node)) == "Finding"
    if not isinstance(node.operand if isinstance(node, ast.UnaryOp) else node, ast.Constant):
        return False
    tables = 0
    while node in parents:
        node, field, _ = parents[node]
        tables += isinstance(node, ast.Tuple | ast.List | ast.Dict)
        if isinstance(node, ast.Call) and re.match(ASKING, ast.unparse(node.func)):
            return True
        if isinstance(node, ast.For) and field == "iter":
            return tables > 0
        if isinstance(node, ast.Assign):
            several = isinstance(node.targets[0], ast.Tuple)
            names = ast.unparse(node.targets[0])
            return names.isupper() and field == "value" and tables > several
    return False


def put(parent, field, place, new, *, removed=False):
    if place is None:
        setattr(parent, field, new)
    elif removed:
        getattr(parent, field).insert(place, new)
    elif new is None:
        del getattr(parent, field)[place]
    else:
        getattr(parent, field)[place] = new


def replacements(node, parent, field, *, drawn=False):
    """Give what may stand in a node's place; None takes it out. `strict` and `frozen` guard against our own faults.

    An index or axis of 1 becomes 2 and not -1: where there are two, the second is the last.
    """
    if {"strict", "frozen"} & {getattr(node, "arg", None), getattr(parent, "arg", None)}:
        return
    changed = [(kind, other) for kind, others in SWAPS.items() if isinstance(node, kind) for other in others]
    if changed and not (isinstance(parent, ast.BinOp) and isinstance(parent.left, ast.JoinedStr | ast.List)):
        yield from (other() for _, other in changed)
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield ast.Constant(node.value + (node.value // 2 if drawn and node.value >= 4 else 1))
        of_two = node.value == 1 and (field == "slice" or getattr(parent, "arg", None) == "axis")
        if node.value and not isinstance(parent, ast.UnaryOp) and not of_two:
            yield ast.UnaryOp(ast.USub(), ast.Constant(node.value))
    if isinstance(node, ast.UnaryOp):
        yield node.operand
    if field == "test" and not isinstance(parent, ast.comprehension):
        yield ast.UnaryOp(ast.Not(), copy.deepcopy(node))
    if isinstance(node, ast.Return) and node.value is not None:
        yield ast.Return(None)
    is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Expr | ast.AugAssign | ast.Raise) and not is_docstring:
        yield ast.Pass()
    if isinstance(node, ast.Assign) and not isinstance(node.targets[0], ast.Name | ast.Tuple):
        yield ast.Pass()
    if isinstance(node, ast.keyword) and isinstance(parent, ast.Call) and node.arg:
        yield None
    if isinstance(parent, ast.Slice):
        yield None


def mutants_of(module, root=ROOT, **only):
    """List every mutant of one of the library's modules."""
    source = (root / module).read_text(encoding="utf-8")
    return mutants(source, drawn="figures/" in module, asked="probes/" in module, **only)


# Running


def tests_of(module):
    """Give pytest's arguments for the tests of a module."""
    path = ROOT / module
    part = path.relative_to(ROOT / "dropout_lib").parts[0].removesuffix(".py")
    files = TESTS["figures"] if part == "figures" else TESTS.get(path.stem) or TESTS.get(part, path.stem)
    named = "curves or chart" if path.stem == "curves" else path.stem
    words = {"figure_marks": named, "figures": named} if part == "figures" else {}
    if path.stem in ("palette", "picture", "shapes"):
        words = {}  # what all figures share
    if path.parent.name == "probes":
        pages = " or ".join(pages_with(path.stem))
        words = {
            "checks": f"{pages} or look or planted or unknown or amiss or gained or merge",
            "check_sentences": pages,
            "verdict_cases": pages,
        }
    if path.parent.name == "grading":  # the exercises of any page do: here of two, where an answer is quick
        others = {one.stem for one in (ROOT / "dropout_lib" / "checks").glob("[a-z]*.py")}
        left_out = sorted(others - {"draw_the_mask", "keep_the_scale"})
        words = dict.fromkeys(TESTS["checks"].split(), f"not ({' or '.join(left_out)})")
    chosen = [f"(test_{name} and ({words[name]}))" if name in words else f"test_{name}" for name in files.split()]
    return [*(f"tests/test_{name}.py" for name in files.split()), "-k", " or ".join(chosen)]


def pages_with(probe):
    """Name the pages whose checks use a probe, if need be by way of another."""
    users, folder = {probe}, ROOT / "dropout_lib" / "checks"
    for _ in range(3):
        users |= {
            p.stem
            for p in folder.rglob("*.py")
            if any(f"probes.{one} import" in p.read_text(encoding="utf-8") for one in users)
        }
    return sorted(users & {p.stem for p in folder.glob("*.py")})


def run(folder, arguments, limit=1000.0):
    """Run tests in a copy, in a process of its own; say whether they pass, and how long they took."""
    started, pid = time.monotonic(), os.fork()  # what takes long to import is here already
    if not pid:
        try:
            os.setsid()
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            log = os.open(folder / "log", os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
            os.dup2(log, 1), os.dup2(log, 2)
            os.chdir(folder)
            # Here alone: what imports this module keeps its plugins. No process of a test keeps a mutant's bytecode.
            os.environ |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONDONTWRITEBYTECODE": "1"}
            sys.path[:] = [str(folder), *(entry for entry in sys.path if entry not in ("", str(ROOT), str(HERE)))]
            spec = importlib.util.find_spec("dropout_lib")
            wrong = folder not in Path(spec.origin).parents
            os._exit(99 if wrong else pytest.main(["-x", "-q", "-p", "no:cacheprovider", *arguments]))
        except BaseException:  # noqa: BLE001 - SystemExit and a fault in a plugin too: never go on as a second parent
            os._exit(3)
    while time.monotonic() < started + limit:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            code = os.waitstatus_to_exitcode(status)
            if code in (4, 5, 99):  # the command line, no tests, another library
                raise RuntimeError(
                    f"{arguments} cannot be run in {folder}:\n{(folder / 'log').read_text(encoding='utf-8')}"
                )
            return code == 0, time.monotonic() - started
        time.sleep(0.01)
    os.killpg(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return False, limit


def survivors(module, arguments, *, sample=None, seed=0, root=ROOT):
    """Try the mutants of one module, or a sample: how many, and which survive."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made).resolve()
        for name in COPIED:
            if (root / name).is_dir():
                shutil.copytree(root / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
            elif (root / name).exists():
                shutil.copy(root / name, folder)
        source, target = (root / module).read_text(encoding="utf-8"), folder / module
        target.write_text(ast.unparse(ast.parse(source)))
        passes, seconds = run(folder, arguments)
        if not passes:
            raise RuntimeError(
                f"{module}: its tests fail without a mutant.\n{(folder / 'log').read_text(encoding='utf-8')[-3000:]}"
            )
        sys.dont_write_bytecode = True  # a mutant as long as the last one would be taken for it
        shutil.rmtree(target.parent / "__pycache__", ignore_errors=True)
        every = [one for one in mutants_of(module, root) if (module, one.text, one.change) not in known()]
        chosen = every if sample is None else random.Random(seed).sample(every, min(sample, len(every)))
        limit, alive = 3 * seconds + 5, []
        for mutant in sorted(chosen):
            target.write_text(mutant.source)
            if run(folder, arguments, limit)[0]:
                alive.append(mutant)
        sys.dont_write_bytecode = False
        return len(chosen), alive


def known():
    """Give the keys of the mutants that change nothing which counts."""
    return {
        (one["module"], one["line"], one["change"])
        for one in tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))["mutant"]
    }


def trial(module, sample, seed):
    """Try one module; where its tests fail by themselves, say so, and let the other modules have their turn."""
    started = time.monotonic()
    try:
        tried, alive = survivors(module, tests_of(module), sample=sample, seed=seed)
    except RuntimeError as error:
        return module, None, str(error), time.monotonic() - started
    return module, tried, alive, time.monotonic() - started


def main(given=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("modules", nargs="*", help="names of modules or groups: " + ", ".join(GROUPS))
    parser.add_argument("--sample", type=int, help="so many mutants of each module, drawn by the seed")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1, help="so many modules at a time")
    asked, failed = parser.parse_args(given), False
    print(f"{'module':<50} {'mutants':>7} {'killed':>6} {'score':>6} {'time':>7}")
    with ProcessPoolExecutor(asked.jobs, multiprocessing.get_context("fork")) as pool:
        for group, (patterns, aim) in GROUPS.items():
            paths = sorted(path for pattern in patterns.split() for path in ROOT.glob(pattern))
            if asked.modules:
                paths = [path for path in paths if {path.stem, group} & {*asked.modules}]
            modules = [str(path.relative_to(ROOT)) for path in paths if "def " in path.read_text(encoding="utf-8")]
            made = pool.map(trial, modules, [asked.sample] * len(modules), [asked.seed] * len(modules))
            tried = lived = 0
            for module, count, alive, seconds in made:
                if count is None:
                    print(alive, flush=True)
                    failed = True
                    continue
                found = [f"  {module}:{mutant.line}: {mutant.change}" for mutant in alive]
                print(f"{row(module, count, len(alive))} {seconds:5.0f} s", *found, sep="\n", flush=True)
                tried, lived = tried + count, lived + len(alive)
            if tried:
                print(row(f"{group}, aim {aim} %", tried, lived))
                failed |= 100 * (tried - lived) < aim * tried
    sys.exit(failed)


def row(name, tried, lived):
    return f"{name:<50} {tried:7} {tried - lived:6} {100 * (tried - lived) / max(1, tried):4.0f} %"


if __name__ == "__main__":
    main()
