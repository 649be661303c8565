"""The README's lines for a JupyterHub, on a real one: three learners at once, each with pages of their own."""

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from helpers import lab

from dropout_lib.course import copies, pages

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parent.parent
TOKEN = "a-token-for-this-test-alone"
LEARNERS = ("ada", "grace", "kofi")
# What only the test needs: everybody may come in, homes are in its own folder, and it may ask the hub by a token.
TEST_ONLY = """
c.JupyterHub.authenticator_class, c.Authenticator.allow_all = "dummy", True
c.JupyterHub.spawner_class, c.SimpleLocalProcessSpawner.home_dir_template = "simple", "{folder}/home of {{username}}"
c.Spawner.args, c.Spawner.http_timeout = ["--allow-root"], 120
c.JupyterHub.bind_url, c.JupyterHub.hub_port = "http://127.0.0.1:{port}", {hub_port}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{proxy_port}"
c.ConfigurableHTTPProxy.command = ["{proxy}"]
c.JupyterHub.services = [dict(name="test", api_token="{token}")]
c.JupyterHub.load_roles = [
    dict(name="test", services=["test"], scopes=["admin:users", "admin:servers", "access:servers"])
]
"""


def snippet():
    """Give the README's lines for jupyterhub_config.py."""
    (found,) = re.findall(r"```python\n(c\.Spawner.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    return found


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    """Run a hub with the README's lines, in an environment of its own that the README's line installs."""
    folder = tmp_path_factory.mktemp("hub")
    run = partial(subprocess.run, cwd=folder, check=True, capture_output=True)
    run([sys.executable, "-m", "venv", folder / "env"])
    python = folder / "env" / "bin" / "python"
    run([python, "-m", "pip", "install", "-qq", "--no-compile", "jupyterhub>=5", f"{ROOT}[lab]"])
    run([shutil.which("npm"), "install", "--silent", "--no-fund", "--no-audit", "configurable-http-proxy"])
    ports = dict(zip(("port", "hub_port", "proxy_port"), (lab.free_port() for _ in range(3)), strict=True))
    proxy = folder / "node_modules" / ".bin" / "configurable-http-proxy"
    config = snippet() + TEST_ONLY.format(folder=folder, proxy=proxy, token=TOKEN, **ports)
    (folder / "jupyterhub_config.py").write_text(config, encoding="utf-8")
    for name in LEARNERS:
        (folder / f"home of {name}").mkdir()
    kept = {name: value for name, value in os.environ.items() if name not in ("OPENBLAS_NUM_THREADS", "PYTHONPATH")}
    environment = kept | {"PATH": os.pathsep.join([str(python.parent), os.environ["PATH"]])}
    address = f"http://127.0.0.1:{ports['port']}"
    command = [python, "-m", "jupyterhub"]
    with lab.running(command, folder / "log", environment, f"{address}/hub/api", folder=folder):
        yield address, folder


def ask(address, method="GET", **body):
    request = urllib.request.Request(address, json.dumps(body).encode() if body else None, method=method)
    request.add_header("Authorization", f"token {TOKEN}")
    with urllib.request.urlopen(request, timeout=lab.PATIENCE) as answer:
        return json.loads(answer.read() or b"null")


def learn(hub, name):
    """Start a learner's server, save a page with a live widget, and start a kernel; give what is in the folder."""
    address, folder = hub
    ask(f"{address}/hub/api/users/{name}", "POST")
    ask(f"{address}/hub/api/users/{name}/server", "POST")
    lab.wait_until(lambda: ask(f"{address}/hub/api/users/{name}")["servers"].get("", {}).get("ready"))
    page = pages.read(folder / f"home of {name}" / "dropout-course" / "01_draw_the_mask.ipynb")
    page.cells[1].source += f"\nlearner = {name!r}"
    cell = next(cell for cell in page.cells if pages.role(cell) == "explorer")
    cell.outputs[-1].data[pages.WIDGET_VIEW] = {"model_id": "1"}
    contents = f"{address}/user/{name}/api/contents/dropout-course"
    ask(f"{contents}/01_draw_the_mask.ipynb", "PUT", type="notebook", format="json", content=page)
    kernel = ask(f"{address}/user/{name}/api/kernels", "POST", name="python3")
    assert kernel["id"]
    return {one["name"] for one in ask(contents)["content"]}


def test_three_learners_at_once_have_pages_of_their_own_that_keep_their_pictures(hub):
    with ThreadPoolExecutor() as three:
        found = list(three.map(lambda name: learn(hub, name), LEARNERS))
    assert found == [{path.name for path in copies.shipped()}] * 3
    for name in LEARNERS:
        saved = (hub[1] / f"home of {name}" / "dropout-course" / "01_draw_the_mask.ipynb").read_text(encoding="utf-8")
        assert f"learner = '{name}'" in saved and "widget-view" not in saved
        assert not any(f"learner = '{other}'" in saved for other in LEARNERS if other != name)


def test_their_kernels_use_one_thread(hub):
    servers = [path for path in Path("/proc").glob("[0-9]*") if is_a_learners(path, hub[1])]
    assert len(servers) >= 3
    assert all(b"OPENBLAS_NUM_THREADS=1\0" in (path / "environ").read_bytes() for path in servers)


def is_a_learners(path, folder):
    try:
        command, home = (path / "cmdline").read_bytes(), (path / "environ").read_bytes()
    except OSError:
        return False
    return b"jupyterhub-singleuser" in command and f"HOME={folder}".encode() in home
