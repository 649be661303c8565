"""What Binder would build, asked of repo2docker's own classes, and that it is the course's environment."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from repo2docker.buildpacks import CondaBuildPack

ROOT = Path(__file__).parent.parent
BINDER, COURSE = (
    yaml.safe_load((ROOT / path).read_text(encoding="utf-8")) for path in ("binder/environment.yml", "environment.yml")
)


def pack(folder, monkeypatch):
    """Give what repo2docker finds in a folder."""
    monkeypatch.chdir(folder)
    found = CondaBuildPack("an image")
    assert found.detect()
    return found


def packages(environment):
    return {line for line in environment["dependencies"] if isinstance(line, str) and not line.startswith("python")}


def test_binder_reads_one_python_that_the_course_supports(monkeypatch):
    found = pack(ROOT, monkeypatch)
    assert found.binder_dir == "binder" and re.fullmatch(r"3\.1[1-9]", found.python_version)
    assert found.get_post_build_scripts() == ["binder/postBuild"]
    assert found.get_start_script() == "${REPO_DIR}/binder/start"


def test_a_range_of_pythons_is_one_that_binder_does_not_read(monkeypatch, tmp_path):
    """The fault that was there: without an exact Python it takes its own default, which may be too old."""
    shutil.copytree(ROOT / "binder", tmp_path / "binder")
    path = tmp_path / "binder" / "environment.yml"
    path.write_text(re.sub(r"python=3\.\d+", "python>=3.11", path.read_text(encoding="utf-8")), encoding="utf-8")
    found = pack(tmp_path, monkeypatch)
    assert found.python_version == found.major_pythons["3"]


def test_binder_installs_what_environment_yml_does():
    assert packages(BINDER) == packages(COURSE) and BINDER["channels"] == COURSE["channels"]
    assert "pip install --no-deps .\n" in (ROOT / "binder" / "postBuild").read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="Binder's scripts are for its own Linux")
def test_the_start_script_limits_threads_and_starts_what_it_is_given():
    told = subprocess.run(
        [ROOT / "binder" / "start", "printenv", "OPENBLAS_NUM_THREADS"],
        env={name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert told.stdout == "1\n" and os.access(ROOT / "binder" / "postBuild", os.X_OK)
