"""JupyterLab in a headless browser, as `make lab` starts it, for the tests and for `make screenshots`."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from importlib.resources import files

from playwright.sync_api import sync_playwright

QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


def executable():
    """Find the system's Chromium or Chrome; None lets Playwright use the one it has fetched."""
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome", "chrome"))
    return next((path for path in found if path), None)


@contextlib.contextmanager
def browser():
    """Give a headless browser."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable(), args=QUIET)
        yield started
        started.close()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def server(folder, settings):
    """Serve `folder` by JupyterLab with the course's own configuration; give its address. `settings` is scratch."""
    port = free_port()
    config = str(files("dropout_lib") / "labconfig")
    scratch = {name: str(settings / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "HOME")}
    scratch["IPYTHONDIR"] = str(settings / "ipython")
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", f"--port={port}"]
    command += ["--ServerApp.port_retries=0", "--IdentityProvider.token=", "--ServerApp.password="]
    command += ["--allow-root", f"--ServerApp.root_dir={folder}"]
    environment = os.environ | scratch | {"JUPYTER_CONFIG_PATH": config}
    log = open(settings / "server.log", "w")  # noqa: SIM115 - closed with the process
    process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait_for(f"http://127.0.0.1:{port}/api", process, settings / "server.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def _wait_for(address, process, log):
    for _ in range(300):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(address).close()
            return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()[-2000:]}")


def open_page(page, address, name):
    """Open a notebook alone and wait until its kernel is there."""
    page.goto(f"{address}/lab/workspaces/{name.replace('.', '-')}/tree/{name}?reset", wait_until="domcontentloaded")
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    page.wait_for_selector(".jp-NotebookPanel-toolbar [data-status='idle']", timeout=60_000)


def run_all(page):
    """Run all cells from the menu, and wait until the last of them has its number."""
    page.click("text=Run >> nth=0")
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_selector(".jp-NotebookPanel-toolbar [data-status='busy']", timeout=10_000)
    page.wait_for_selector(".jp-NotebookPanel-toolbar [data-status='idle']", timeout=120_000)
