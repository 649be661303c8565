"""The import directions of the library, in its source and in a fresh process; and that a breach would be noticed."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LIBRARY = Path(__file__).parent.parent / "dropout_lib"
MATHEMATICS = {
    "(package)", "arguments", "batched_prediction", "comparison", "contributions", "data", "ensemble", "masks",
    "monte_carlo", "network", "optimisers", "penalty", "seeded_training", "training",
}  # fmt: skip

# For each part of the library, what it may import beside the standard library. A part that is not here fails.
MAY_IMPORT = {
    "(package)": MATHEMATICS - {"(package)"},
    "arguments": {"numpy"},
    "masks": {"numpy", "arguments"},
    "data": {"numpy", "arguments"},
    "optimisers": {"numpy", "arguments"},
    "comparison": {"numpy"},
    "penalty": {"numpy", "arguments"},
    "network": {"numpy", "arguments", "data", "masks"},
    "training": {"numpy", "arguments", "data", "masks", "network", "optimisers"},
    "contributions": {"numpy", "arguments", "network"},
    "seeded_training": {"numpy", "arguments", "data", "network", "training"},
    "batched_prediction": {"numpy", "arguments", "masks", "network"},
    "ensemble": {"numpy", "arguments", "masks", "network", "batched_prediction"},
    "monte_carlo": {"numpy", "arguments", "masks", "batched_prediction"},
    "figures": {"numpy", "comparison", "figures", "matplotlib", "ipywidgets"},
    "explorers": {"numpy", "ipywidgets", "IPython", "explorers", "figures"} | MATHEMATICS,
    "checks": {"numpy", "checks"} | MATHEMATICS,
    "course": {"numpy", "nbformat", "nbclient", "jupyterlab", "course"},
    "__main__": {"course"},
}
# What is only imported inside a function: where a chart is drawn, a picture is shown, or JupyterLab is opened.
LATE = {"figures": {"matplotlib", "ipywidgets"}, "course": {"jupyterlab"}}
# What is asked of np.random. Randomness is always an explicit Generator; checks look for the learner's other ways.
MAY_DRAW_WITH = {part: {"Generator", "default_rng"} for part in MAY_IMPORT} | {"figures": set(), "checks": None}


def modules(library=LIBRARY):
    """Find every module of the library: its dotted name -> its file."""
    found = {}
    for path in sorted(library.rglob("*.py")):
        parts = path.relative_to(library.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def part_of(module):
    """Give the part of the library that a module belongs to, or the root of a module from elsewhere."""
    root, *inside = module.split(".")
    if root != "dropout_lib":
        return root
    return inside[0] if inside else "(package)"


def imports(module, source, known):
    """List what a source imports: (module, whether that happens at once, when the source itself is imported)."""
    tree = ast.parse(source)
    late = {
        node for scope in ast.walk(tree) if isinstance(scope, ast.FunctionDef | ast.Lambda) for node in ast.walk(scope)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, node not in late) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(node, module, known)
            # `from package import name` imports a module where the name is one.
            inner = [f"{base}.{alias.name}" for alias in node.names]
            found += [(name if name in known else base, node not in late) for name in inner]
    return found


def _absolute(node, module, known):
    if not node.level:
        return node.module
    is_package = module in known and known[module].name == "__init__.py"
    parents = module.split(".") if is_package else module.split(".")[:-1]
    parents = parents[: len(parents) - node.level + 1]
    return ".".join(parents + ([node.module] if node.module else []))


def breaches(module, source, known):
    """Say, in words, what is against the directions in the source of one module."""
    part = part_of(module)
    if part not in MAY_IMPORT:
        return [f"{module}: nobody has said what `{part}` may import"]
    said = []
    for imported, at_once in imports(module, source, known):
        root = part_of(imported)
        if root == "random" and part != "checks":
            said.append(f"{module} imports random, a hidden global generator")
        elif root not in MAY_IMPORT[part] and root not in sys.stdlib_module_names:
            said.append(f"{module} imports {imported}")
        elif at_once and root in LATE.get(part, ()):
            said.append(f"{module} imports {imported} outside a function")
    return said + _hidden(module, source) + _drawn_with(module, source) + _unencoded(module, source)


def _unencoded(module, source):
    """Find files that are read or written in whatever encoding the system has: Windows has another."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [
        f"{module}, line {call.lineno}: name the encoding"
        for call in calls
        if getattr(call.func, "attr", getattr(call.func, "id", "")) in {"read_text", "write_text", "open"}
        and ast.unparse(call.func) != "os.open"  # which gives a number, and no text
        and "encoding" not in {keyword.arg for keyword in call.keywords}
    ]


def _hidden(module, source):
    """Find imports by name, which this test cannot follow."""
    words = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    words |= {node.attr for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute)}
    return [f"{module} uses {word}" for word in sorted(words & {"__import__", "import_module"})]


def _drawn_with(module, source):
    allowed = MAY_DRAW_WITH[part_of(module)]
    used = {
        node.attr
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in ("np.random", "numpy.random")
    }
    return [f"{module} uses np.random.{name}" for name in sorted(used - allowed)] if allowed is not None else []


KNOWN = modules()


def test_the_walk_finds_the_library():
    assert {"dropout_lib", "dropout_lib.masks", "dropout_lib.figures.picture", "dropout_lib.course.pages"} <= set(KNOWN)
    assert ("numpy", True) in imports(
        "dropout_lib.masks", KNOWN["dropout_lib.masks"].read_text(encoding="utf-8"), KNOWN
    )


@pytest.mark.parametrize("module", KNOWN)
def test_every_module_keeps_the_directions(module):
    assert breaches(module, KNOWN[module].read_text(encoding="utf-8"), KNOWN) == []


@pytest.mark.parametrize(
    ("module", "planted"),
    [
        ("dropout_lib.masks", "import matplotlib"),
        ("dropout_lib.masks", "def draw():\n    from matplotlib.figure import Figure"),
        ("dropout_lib.masks", "from dropout_lib.ensemble import all_masks"),
        ("dropout_lib.masks", "from dropout_lib import ensemble"),
        ("dropout_lib.masks", "from . import ensemble"),
        ("dropout_lib.masks", "from .ensemble import all_masks"),
        ("dropout_lib.masks", "from dropout_lib import all_masks"),
        ("dropout_lib.masks", "import random"),
        ("dropout_lib.masks", "import numpy as np\n\nnp.random.rand(3)"),
        ("dropout_lib.masks", "import importlib\n\nimportlib.import_module('matplotlib')"),
        ("dropout_lib.masks", "__import__('matplotlib')"),
        ("dropout_lib.network", "from dropout_lib.training import train"),
        ("dropout_lib.ensemble", "import scipy.stats"),
        ("dropout_lib.data", "from dropout_lib.masks import draw_mask"),
        ("dropout_lib", "from dropout_lib import explorers"),
        ("dropout_lib", "from dropout_lib.course.pages import run"),
        ("dropout_lib", "import matplotlib.pyplot"),
        ("dropout_lib.figures.neurons", "import matplotlib"),
        ("dropout_lib.figures.neurons", "if True:\n    from matplotlib.figure import Figure"),
        ("dropout_lib.figures.neurons", "class Chart:\n    from matplotlib.figure import Figure"),
        ("dropout_lib.figures.picture", "from ipywidgets import HTML"),
        ("dropout_lib.figures.neurons", "from dropout_lib.masks import draw_mask"),
        ("dropout_lib.figures.neurons", "from dropout_lib import draw_mask"),
        ("dropout_lib.figures.neurons", "from ..masks import draw_mask"),
        ("dropout_lib.figures.neurons", "def draw():\n    from dropout_lib.explorers import panel"),
        ("dropout_lib.figures.neurons", "import numpy as np\n\nnp.random.default_rng(0)"),
        ("dropout_lib.figures", "from .. import masks"),
        ("dropout_lib.explorers.drawing", "from dropout_lib.checks import draw_the_mask"),
        ("dropout_lib.explorers.drawing", "import matplotlib"),
        ("dropout_lib.explorers.drawing", "from nbformat import read"),
        ("dropout_lib.explorers.drawing", "import dropout_lib.course.pages"),
        ("dropout_lib.explorers.drawing", "import numpy as np\n\nnp.random.seed(0)"),
        ("dropout_lib.checks.draw_the_mask", "from dropout_lib.figures.neurons import neurons"),
        ("dropout_lib.checks.draw_the_mask", "from dropout_lib import explorers"),
        ("dropout_lib.checks.draw_the_mask", "def show():\n    import ipywidgets"),
        ("dropout_lib.course.pages", "from dropout_lib import draw_mask"),
        ("dropout_lib.course.pages", "import matplotlib"),
        ("dropout_lib.course.pages", "import jupyterlab"),
        ("dropout_lib.course.pages", "def read(path):\n    return path.read_text()"),
        ("dropout_lib.course.pages", "def read(path):\n    return open(path)"),
        ("dropout_lib.unheard_of", "import math"),
    ],
)
def test_a_breach_is_noticed(module, planted):
    assert len(breaches(module, planted, KNOWN)) == 1


@pytest.mark.parametrize(
    ("module", "allowed"),
    [
        ("dropout_lib.masks", "import math\n\nimport numpy as np\n\nnp.random.Generator"),
        ("dropout_lib.ensemble", "from .masks import draw_mask"),
        ("dropout_lib.figures.neurons", "def draw():\n    from matplotlib.figure import Figure"),
        ("dropout_lib.figures", "from . import picture"),
        ("dropout_lib.course.pages", "import os\n\nos.open('x', os.O_RDONLY)"),
        ("dropout_lib.explorers.drawing", "from dropout_lib import all_masks, draw_mask"),
        ("dropout_lib.checks.draw_the_mask", "import random\n\nimport numpy as np\n\nnp.random.rand(3)"),
    ],
)
def test_what_is_allowed_is_not_called_a_breach(module, allowed):
    assert breaches(module, allowed, KNOWN) == []


# In a fresh process


def loaded(code, folder=LIBRARY.parent):
    """Run code in a fresh process that finds the library in `folder`; give the parts and roots that it has loaded."""
    report = "import sys; print('loaded:', *sys.modules)"
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(folder)!r})\n{code}\n{report}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {part_of(name) for name in done.stdout.rpartition("loaded:")[2].split()} - set(sys.stdlib_module_names)


def importing(part):
    """Write the import of every module of one part of the library."""
    return "import " + ", ".join(module for module in KNOWN if part_of(module) == part)


@pytest.fixture(scope="module")
def numpy_alone():
    return loaded("import numpy.random")


def test_the_package_loads_the_mathematics_and_numpy_alone(numpy_alone):
    assert loaded("import dropout_lib") - numpy_alone <= MATHEMATICS


def test_figures_and_a_diagram_load_neither_matplotlib_nor_widgets(numpy_alone):
    drawn = """
import numpy
dropout_lib.figures.neurons(numpy.array([[0.1, 0.9]]), numpy.array([[True, False]]), keep_prob=0.8).still()
"""
    assert loaded(importing("figures") + drawn) - numpy_alone <= MATHEMATICS | {"figures"}


def test_checks_load_the_mathematics_and_numpy_alone(numpy_alone):
    assert loaded(importing("checks")) - numpy_alone <= MATHEMATICS | {"checks"}


def test_matplotlib_is_loaded_by_the_first_chart_and_not_before():
    shown = (
        "\nimport inspect\nfor name in dropout_lib.explorers.__all__:\n"
        "    make = getattr(dropout_lib.explorers, name)\n"
        "    if not inspect.signature(make).parameters:  # the others need a training to show\n"
        "        make()._repr_mimebundle_()"
    )
    found = loaded(importing("explorers") + shown)
    assert {"ipywidgets", "explorers"} <= found and not found & {"matplotlib", "checks", "course"}
    chart = ".figures.curves([0, 1], {'one': [1, 2]}, title='t', xlabel='x', ylabel='y', sentence='s')"
    assert "matplotlib" in loaded(f"import dropout_lib.figures\ndropout_lib{chart}")


@pytest.mark.parametrize("planted", ["import matplotlib", "import ipywidgets", "import dropout_lib.figures"])
def test_a_fresh_process_notices_what_is_planted(planted, numpy_alone, tmp_path):
    shutil.copytree(LIBRARY, tmp_path / "dropout_lib", ignore=shutil.ignore_patterns("__pycache__"))
    with open(tmp_path / "dropout_lib" / "masks.py", "a") as masks:
        masks.write(planted)
    assert loaded("import dropout_lib", folder=tmp_path) - numpy_alone - MATHEMATICS


# What several tests use stands once, in tests/helpers


def imports_of_tests(source):
    """List the test modules that a source imports."""
    found = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = [
        [node.module] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names] for node in found
    ]
    return [name for each in names for name in each if name and name.split(".")[-1].startswith("test_")]


@pytest.mark.parametrize("path", sorted(Path(__file__).parent.glob("test_*.py")), ids=lambda path: path.name)
def test_no_test_module_imports_another(path):
    found = imports_of_tests(path.read_text(encoding="utf-8"))
    assert not found, f"{path.name} imports {found}: move what both need into tests/helpers/"


@pytest.mark.parametrize("source", ["from test_masks import same", "import test_masks", "def f():\n    import test_x"])
def test_an_import_of_a_test_module_is_seen(source):
    assert imports_of_tests(source)
