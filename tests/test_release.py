"""A release: version, change log and citation agree, and its workflow runs on the tag of that version."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def newest(changelog):
    """Give the version of the topmost heading that has entries below it."""
    found = re.search(r"^## (\S+)\n\n- ", changelog, re.MULTILINE)
    return found and found[1]


def test_the_change_log_begins_with_this_version():
    assert newest((ROOT / "CHANGELOG.md").read_text(encoding="utf-8")) == VERSION


@pytest.mark.parametrize("text", ["# Changes\n", "## 0.2.0\n\n## 0.1.0\n\n- x\n"])
def test_a_version_without_an_entry_is_noticed(text):
    assert newest(text) != "0.2.0"


def test_the_citation_names_this_version_and_the_licences():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == VERSION and citation["cff-version"] == "1.2.0"
    assert citation["title"] and citation["authors"] and citation["message"]
    licences = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["license"]
    assert set(citation["license"]) == set(licences.split(" AND "))


def test_the_workflow_makes_the_release_of_a_tag():
    workflow = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8"))
    (job,) = workflow["jobs"].values()
    steps = [step.get("run", "") for step in job["steps"]]
    assert workflow[True] == {"push": {"tags": ["v*"]}}  # YAML reads `on` as true
    assert any("make release" in step for step in steps) and any("GITHUB_REF_NAME" in step for step in steps)


if __name__ == "__main__":
    print(VERSION)
