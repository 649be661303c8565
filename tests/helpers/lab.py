"""JupyterLab in a headless browser, as `make lab` starts it."""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from importlib.resources import files
from urllib.parse import urlsplit

from playwright.sync_api import TimeoutError, sync_playwright

QUIET = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
QUIET += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
PATIENCE = 300  # seconds for what always comes, however busy the machine is: only what never comes takes so long
# JupyterLab asks each fresh kernel for its widgets, and the kernel, which has not imported ipywidgets yet, says so.
KERNEL_NOISE = (b"No such comm",)


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


def context(browser, **more):
    """Open a context of the browser, in which all is waited for with patience."""
    made = browser.new_context(**more)
    made.set_default_timeout(1000 * PATIENCE)
    return made


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def server(folder, settings, *, program="jupyterlab", config=None, **environment):
    """Serve `folder` by JupyterLab, or another program; give its address. `settings` is scratch.

    `config` is a folder of configuration: by default the course's own, as the command opens it; "" is none.
    `environment` are further variables of its environment.
    """
    port = free_port()
    config = str(files("dropout_lib.course") / "labconfig") if config is None else config
    scratch = {name: str(settings / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "HOME")}
    scratch["IPYTHONDIR"] = str(settings / "ipython")
    scratch["MPLCONFIGDIR"] = _fonts()
    command = [sys.executable, "-m", program, "--no-browser", "--ip=127.0.0.1", f"--port={port}"]
    command += ["--ServerApp.port_retries=0", "--IdentityProvider.token=", "--ServerApp.password="]
    command += ["--allow-root", f"--ServerApp.root_dir={folder}"]
    environment = os.environ | scratch | {"JUPYTER_CONFIG_PATH": config} | environment
    with running(command, settings / "server.log", environment, f"http://127.0.0.1:{port}/api"):
        yield f"http://127.0.0.1:{port}"


@contextlib.contextmanager
def running(command, log, environment, address, folder=None):
    """Run a server in `folder` until the block ends, once its address answers; it writes to `log`."""
    with open(log, "w", encoding="utf-8") as said:
        process = subprocess.Popen(
            list(map(str, command)), env=environment, cwd=folder, stdout=said, stderr=subprocess.STDOUT
        )
        try:
            _wait_for(address, process, log)
            yield process
        finally:
            process.terminate()
            process.wait(20)


def wait_until(is_so):
    """Wait until something is so, or fail."""
    for _ in range(10 * PATIENCE):
        if is_so():
            return
        time.sleep(0.1)
    raise AssertionError(f"It did not come to be in {PATIENCE} seconds.")


def _fonts():
    """Have Matplotlib list its fonts here: a kernel that does it for the first time, slowly, says so on stderr."""
    import matplotlib.font_manager  # noqa: PLC0415 - only a server needs it

    return matplotlib.get_cachedir()


def _wait_for(address, process, log):
    for _ in range(10 * PATIENCE):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(address).close()
            return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"The server did not start:\n{log.read_text(encoding='utf-8')[-2000:]}")


class Watch:
    """Listens to a tab: `.complaints` are errors of the console and the kernel, and requests to another host."""

    def __init__(self, tab, address):
        self.tab, self.host = tab, urlsplit(address).netloc
        self.complaints, self.unanswered = [], set()
        tab.on("console", lambda said: said.type == "error" and self.complaints.append(f"console: {said.text}"))
        tab.on("pageerror", lambda error: self.complaints.append(f"page: {error}"))
        tab.on("request", lambda request: self._asked(request.url))
        tab.on("websocket", self._connected)

    def wait_for_answers(self):
        """Wait until the kernel has finished all that the page asked of it, and the page asks nothing more."""
        quiet = 0
        for _ in range(20 * PATIENCE):
            self.tab.wait_for_timeout(50)
            quiet = 0 if self.unanswered else quiet + 1
            if quiet == 3:
                return
        raise AssertionError("the kernel does not come to rest")

    def _asked(self, url):
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob", "about") and parts.netloc != self.host:
            self.complaints.append(f"request: {url}")

    def _connected(self, socket):
        self._asked(socket.url)
        if "/channels" in socket.url:
            self.unanswered.clear()
            socket.on("framesent", lambda frame: self.unanswered.update(_message_ids(frame)[:1]))
            socket.on("framereceived", self._heard)

    def _heard(self, frame):
        """Hear what the kernel says: the log console of JupyterLab, where errors of callbacks end, shows the same."""
        said = _as_bytes(frame)
        if b'"execution_state": "idle"' in said:
            self.unanswered.difference_update(_message_ids(said))
        bad = b'"name": "stderr"' in said or b'"ename"' in said
        if bad and not any(noise in said for noise in KERNEL_NOISE):
            self.complaints.append(f"kernel: {said[-2000:].decode(errors='replace')}")


def _as_bytes(frame):
    return frame if isinstance(frame, bytes) else frame.encode()


def _message_ids(frame):
    """Find the ids in a message to or from a kernel: its own, then that of the message it belongs to."""
    return re.findall(rb'"msg_id": ?"([^"]+)"', _as_bytes(frame))


def cell(tab, index):
    """Locate a cell by its place in the file, counted from 0."""
    return tab.locator(f".jp-Notebook .jp-Cell[data-windowed-list-index='{index}']")


def open_page(tab, address, name, *, cells=1):
    """Open a notebook alone; wait until its kernel is there and its `cells` are attached, which JupyterLab puts off."""
    tab.goto(f"{address}/lab/workspaces/{name.replace('.', '-')}/tree/{name}?reset", wait_until="domcontentloaded")
    tab.wait_for_selector(IDLE)
    tab.wait_for_function(f"document.querySelectorAll('.jp-Notebook .jp-Cell').length >= {cells}")


def unfold(tab, *, before=10**6):
    """Open the folded outputs of the cells before this one by a click on their bars, and give how many there were."""
    bars = "[...document.querySelectorAll('.jp-Cell-outputWrapper .jp-Placeholder')]"
    bars += f".filter(bar => bar.closest('.jp-Cell').dataset.windowedListIndex < {before})"
    count = tab.evaluate(f"{bars}.map(bar => bar.querySelector('.jp-Placeholder-content').click()).length")
    tab.wait_for_function(f"{bars}.length === 0")
    return count


# The notebook's own sign says idle also when there is no kernel yet.
IDLE = "#jp-main-statusbar :text('| Idle')"
PROMPTS = "[...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')]"
# JupyterLab shows tracebacks and all else that was written to stderr by the same kind of output.
ERRORS = "[...document.querySelectorAll('.jp-OutputArea [data-mime-type=\"application/vnd.jupyter.stderr\"]')]"


def run_all(tab, *, idle=IDLE):
    """Run all cells from the menu, and wait until each has its number. A cell that raises or warns is an error.

    `idle` finds the sign that a program shows while its kernel rests: by default JupyterLab's.
    """
    # Stored numbers would look like those of this run: take them away first.
    tab.evaluate(f"{PROMPTS}.forEach(prompt => {{ prompt.textContent = '[?]:' }})")
    choose(tab, "Run", "Run All Cells")
    with contextlib.suppress(TimeoutError):
        tab.wait_for_function(
            f"{ERRORS}.length || {PROMPTS}.every(prompt => /\\d/.test(prompt.textContent))", timeout=4000 * PATIENCE
        )
    tab.wait_for_selector(idle, state="attached")
    prompts, errors = (tab.evaluate(f"{found}.map(one => one.textContent)") for found in (PROMPTS, ERRORS))
    if errors or not all(re.search(r"\d", prompt) for prompt in prompts):
        raise RuntimeError(f"Not all cells ran: {prompts}\n{errors}")


def save(tab, path):
    """Save the page from the keyboard, and wait until its file is another, and whole: the server empties it first."""
    before = path.stat().st_mtime_ns
    tab.keyboard.press("Control+s")
    wait_until(lambda: path.stat().st_mtime_ns != before and path.read_bytes().rstrip().endswith(b"}"))


def shut_down(tab, address):
    """Leave the page, and end all kernels of its server."""
    tab.goto("about:blank")
    asked, kernels = tab.context.request, f"{address}/api/kernels"
    token = next(cookie["value"] for cookie in tab.context.cookies() if cookie["name"] == "_xsrf")
    for kernel in asked.get(kernels).json():
        assert asked.delete(f"{kernels}/{kernel['id']}", headers={"X-XSRFToken": token}).ok
    assert asked.get(kernels).json() == []


def choose(tab, *path):
    """Choose from JupyterLab's menus: the menu's name, then one item for each level."""
    tab.click(f".lm-MenuBar-itemLabel:text-is('{path[0]}')")
    for name in path[1:]:
        tab.click(f".lm-Menu-itemLabel:text-is('{name}')")


def set_theme(tab, dark=True):
    """Choose JupyterLab's dark or light theme, as a learner would, and wait until it is there."""
    wanted = "JupyterLab Dark" if dark else "JupyterLab Light"
    if tab.get_attribute("body", "data-jp-theme-name") != wanted:
        choose(tab, "Settings", "Theme", wanted)
        tab.wait_for_selector(f"body[data-jp-theme-name='{wanted}']", state="attached")
