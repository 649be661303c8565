"""environment.yml and oldest.txt say the same as pyproject.toml."""

import copy
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
OLDEST = (ROOT / "tests" / "oldest.txt").read_text(encoding="utf-8").splitlines()
CONDA_NAMES = {"matplotlib-base": "matplotlib"}


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
        told.append("environment.yml does not install the package: its last dependency is pip: [-e .]")
    return told


def oldest_differ(project, lines):
    """Tell where the pins of oldest.txt are not the lower bounds of pyproject.toml, one sentence each."""
    pins = dict(line.split("==") for line in lines if not line.startswith("#"))
    bounds = {name: bound.removeprefix(">=") for name, bound in wanted(project).items()}
    return [
        f"{name}: {bounds.get(name, 'absent')} in pyproject.toml, {pins.get(name, 'absent')} in oldest.txt"
        for name in sorted(bounds.keys() | pins.keys())
        if name not in bounds or name not in pins or Version(bounds[name]) != Version(pins[name])
    ]


def test_environment_yml_installs_what_pyproject_toml_says():
    assert environment_differs(PROJECT, ENVIRONMENT) == []


def test_the_oldest_dependencies_are_the_lower_bounds():
    assert oldest_differ(PROJECT, OLDEST) == []


def planted(where, old, new):
    """Copy environment.yml's content with one entry of a list replaced; new None takes it out."""
    environment = copy.deepcopy(ENVIRONMENT)
    place = environment[where].index(old)
    environment[where][place : place + 1] = [] if new is None else [new]
    return environment


@pytest.mark.parametrize(
    ("where", "old", "new", "word"),
    [
        ("dependencies", "numpy>=2.0", "numpy>=1.26", "numpy: >=2.0 in pyproject.toml, >=1.26 in environment.yml"),
        ("dependencies", "numpy>=2.0", None, "numpy: >=2.0 in pyproject.toml, absent in environment.yml"),
        ("dependencies", "nbval>=0.11", "nbval", "nbval: "),
        ("dependencies", "python>=3.11", "python>=3.10", "python: "),
        ("dependencies", "pip", "pandas", "pandas: absent in pyproject.toml"),
        ("dependencies", {"pip": ["-e ."]}, {"pip": ["dropout-lib"]}, "does not install the package"),
        ("channels", "conda-forge", "defaults", "channels: "),
    ],
)
def test_a_difference_of_environment_yml_is_told(where, old, new, word):
    assert any(word in sentence for sentence in environment_differs(PROJECT, planted(where, old, new)))


@pytest.mark.parametrize(("old", "new"), [("numpy==2.0.0", "numpy==2.0.1"), ("numpy==2.0.0", "pandas==2.0.0")])
def test_a_difference_of_the_oldest_is_told(old, new):
    lines = [new if line == old else line for line in OLDEST]
    assert lines != OLDEST
    assert any(sentence.startswith("numpy: 2.0 in pyproject.toml") for sentence in oldest_differ(PROJECT, lines))
