"""environment.yml and oldest.txt say the same as pyproject.toml, and frameworks.txt the same as page 10's table."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.version import Version

from dropout_lib.course import frameworks

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
OLDEST = (ROOT / "tests" / "oldest.txt").read_text(encoding="utf-8").splitlines()
CONDA_NAMES = {"matplotlib-base": "matplotlib"}
NOT_INSTALLED = "environment.yml does not install the package: among its dependencies is pip: [-e .]"


def wanted(project):
    """Give the range of each dependency that a learner needs: the runtime's and the extra lab's."""
    listed = map(Requirement, project["dependencies"] + project["optional-dependencies"]["lab"])
    return {requirement.name: str(requirement.specifier) for requirement in listed}


def conda_ranges(environment):
    """Give the range of each conda package, under its name in pyproject.toml."""
    split = (re.fullmatch(r"([\w.-]+)(.*)", line) for line in environment["dependencies"] if isinstance(line, str))
    return {CONDA_NAMES.get(found[1], found[1]): found[2] for found in split}


def environment_differs(project, environment):
    """Tell where environment.yml and pyproject.toml disagree, one sentence each."""
    expected = wanted(project) | {"python": project["requires-python"], "pip": ""}
    found = conda_ranges(environment)
    told = [
        f"{name}: {expected.get(name, 'absent')} in pyproject.toml, {found.get(name, 'absent')} in environment.yml"
        for name in sorted(expected.keys() | found.keys())
        if expected.get(name) != found.get(name)
    ]
    if environment["channels"] != ["conda-forge", "nodefaults"]:
        told.append(f"channels: conda-forge alone is used, got {environment['channels']}")
    if {"pip": ["-e ."]} not in environment["dependencies"]:
        told.append(NOT_INSTALLED)
    return told


def oldest_differ(project, lines):
    """Tell where the pins of oldest.txt are not the lower bounds of pyproject.toml, one sentence each."""
    pins = dict(line.split("==") for line in lines if not line.startswith("#"))
    bounds = {name: bound.removeprefix(">=") for name, bound in wanted(project).items() if bound.startswith(">=")}
    return [
        f"{name}: {bounds.get(name, 'absent')} in pyproject.toml, {pins.get(name, 'absent')} in oldest.txt"
        for name in sorted(bounds.keys() | pins.keys())
        if name not in bounds or name not in pins or Version(bounds[name]) != Version(pins[name])
    ]


def test_environment_yml_installs_what_pyproject_toml_says():
    assert environment_differs(PROJECT, ENVIRONMENT) == []


def test_the_oldest_dependencies_are_the_lower_bounds():
    assert oldest_differ(PROJECT, OLDEST) == []


def test_the_frameworks_are_those_that_page_10_names():
    lines = (ROOT / "tests" / "frameworks.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if not line.startswith("#"))
    assert pins == {name: version for of in frameworks.VERSIONS.values() for name, version in of.items()}


# Planted differences, in two small files that agree

AGREED_PROJECT = {
    "requires-python": ">=3.11",
    "dependencies": ["numpy>=2.0", "matplotlib>=3.9"],
    "optional-dependencies": {"lab": ["nbval>=0.11", "jsonschema<4.25"]},
}
AGREED_ENVIRONMENT = {
    "channels": ["conda-forge", "nodefaults"],
    "dependencies": [
        *("python>=3.11", "pip", "numpy>=2.0", "matplotlib-base>=3.9", "nbval>=0.11", "jsonschema<4.25"),
        {"pip": ["-e ."]},
    ],
}
AGREED_OLDEST = ["# The oldest", "numpy==2.0.0", "matplotlib==3.9.0", "nbval==0.11"]


def replaced(entries, old, new):
    """Copy a list with one entry replaced; new None takes it out."""
    return [new if entry == old else entry for entry in entries if entry != old or new is not None]


def test_what_agrees_is_not_called_different():
    assert environment_differs(AGREED_PROJECT, AGREED_ENVIRONMENT) == []
    assert oldest_differ(AGREED_PROJECT, AGREED_OLDEST) == []


@pytest.mark.parametrize(
    ("where", "old", "new", "told"),
    [
        ("dependencies", "numpy>=2.0", "numpy>=1.26", "numpy: >=2.0 in pyproject.toml, >=1.26 in environment.yml"),
        ("dependencies", "numpy>=2.0", None, "numpy: >=2.0 in pyproject.toml, absent in environment.yml"),
        ("dependencies", "nbval>=0.11", "nbval", "nbval: >=0.11 in pyproject.toml,  in environment.yml"),
        ("dependencies", "python>=3.11", "python>=3.10", "python: >=3.11 in pyproject.toml, >=3.10 in environment.yml"),
        (
            "dependencies",
            "matplotlib-base>=3.9",
            None,
            "matplotlib: >=3.9 in pyproject.toml, absent in environment.yml",
        ),
        ("dependencies", "jsonschema<4.25", "jsonschema", "jsonschema: <4.25 in pyproject.toml,  in environment.yml"),
        ("dependencies", "pip", "pandas", "pandas: absent in pyproject.toml,  in environment.yml"),
        ("dependencies", {"pip": ["-e ."]}, {"pip": ["dropout-lib"]}, NOT_INSTALLED),
        ("dependencies", {"pip": ["-e ."]}, None, NOT_INSTALLED),
        ("channels", "conda-forge", "defaults", "channels: conda-forge alone is used, got ['defaults', 'nodefaults']"),
    ],
)
def test_a_difference_of_environment_yml_is_told(where, old, new, told):
    environment = AGREED_ENVIRONMENT | {where: replaced(AGREED_ENVIRONMENT[where], old, new)}
    assert told in environment_differs(AGREED_PROJECT, environment)


@pytest.mark.parametrize(
    ("new", "told"),
    [("numpy==2.0.1", "2.0.1"), ("numpy==1.26.0", "1.26.0"), ("pandas==2.0.0", "absent"), (None, "absent")],
)
def test_a_difference_of_the_oldest_is_told(new, told):
    pins = replaced(AGREED_OLDEST, "numpy==2.0.0", new)
    assert f"numpy: 2.0 in pyproject.toml, {told} in oldest.txt" in oldest_differ(AGREED_PROJECT, pins)
