"""Run an answer in a process of its own: in an empty folder, with hardly any environment, for a limited time.

Where Linux allows it, the process has no network, can write nowhere else, and whatever it has started ends with it. It
still runs as you: it can read what you can read, and elsewhere change what you can change.
"""

import contextlib
import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
from functools import cache
from typing import NamedTuple

from dropout_lib.course.marking import landlock
from dropout_lib.course.marking.judging import NOT_RUN

LONGEST_REPLY = 100_000  # bytes
APART = ["-rnp", "--fork", "--kill-child"], ["-rn"]  # no network, and processes that end with the first; no network


class Limits(NamedTuple):
    """Of one process: seconds of processor time, seconds by the clock, megabytes of memory.

    A check gives a correct answer a minute of processor time for what it measures.
    """

    seconds: int = 75
    clock: int = 300
    megabytes: int = 2000


@cache
def apart():
    """Give the command that cuts a process off, or an empty list where there is none; tried once."""
    for options in APART if sys.platform == "linux" else ():
        command = ["unshare", *options]
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            subprocess.run([*command, sys.executable, "-c", ""], capture_output=True, timeout=60, check=True)
            return command
    return []


def protection():
    """Say in sentences what the answers could not do here, and what they could."""
    said = "without network" if apart() else "with this machine's network, which could not be cut off here"
    written = "nowhere but in an empty folder" if landlock.version() else "wherever you can write"
    left = "" if "--kill-child" in apart() else " What they have started may still run."
    return f"The answers ran {said}, and could write {written}.{left}"


def judge(job, limits, stopping):
    """Give (state, sentence, mistake) of a job: check, name, context and cells. `stopping` is an Event that ends it."""
    token, reply = secrets.token_hex(16), []
    job = job | {"token": token, "seconds": limits.seconds, "megabytes": limits.megabytes}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        process = subprocess.Popen(
            [*apart(), sys.executable, "-P", "-s", "-m", "dropout_lib.course.marking.judging"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            cwd=folder, env=_environment(folder), start_new_session=True,
        )  # fmt: skip
        listener = threading.Thread(target=_listen, args=(process.stdout, token, reply), daemon=True)
        listener.start()
        try:
            with contextlib.suppress(OSError), process.stdin:
                process.stdin.write(json.dumps(job).encode())
            is_late = _wait(process, listener, limits, stopping)
            if not is_late and not reply:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(1)
            code = process.poll()
        finally:
            _end(process)
    if reply:
        return tuple(reply[0])
    late = f"It did not end within {limits.clock} seconds by the clock, and was stopped."
    return NOT_RUN, late if is_late else _how_it_ended(code, limits), None


def _environment(folder):
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ}
    places = {name: folder for name in ("HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP", "MPLCONFIGDIR")}
    path = os.pathsep.join(os.path.abspath(place) for place in sys.path if place)
    return kept | places | {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1"}


def _listen(stream, token, reply):
    """Take the first line that begins with the token, of no more than so many bytes."""
    with contextlib.suppress(OSError, ValueError):
        left = LONGEST_REPLY
        while left > 0 and (line := stream.readline(left)):
            left -= len(line)
            with contextlib.suppress(ValueError, TypeError):
                given, state, sentence, mistake = json.loads(line)
                if given == token:
                    reply.append((str(state), str(sentence), mistake and str(mistake)))
                    return


def _wait(process, listener, limits, stopping):
    """Wait until there is a reply, the process is over or its time is; say whether it was the time."""
    end = time.monotonic() + limits.clock
    while listener.is_alive():
        listener.join(0.05)
        if process.poll() is not None:
            listener.join(1)  # what it has written; a process that it started may hold the stream open
            return False
        if stopping.is_set() or time.monotonic() > end:
            return True
    return False


def _end(process):
    """End the process and all of its group, whether it has ended itself or not."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()


def _how_it_ended(code, limits):
    number = -code if code and code < 0 else code - 128 if code and code > 128 else 0
    if number == getattr(signal, "SIGXCPU", None):
        return f"It did not end within {limits.seconds} seconds of processor time, and was stopped."
    if code is None:
        return "It closed or filled the way by which the verdict is said, and was stopped."
    with contextlib.suppress(ValueError):
        return f"Its process was ended by {signal.Signals(number).name} before there was a verdict."
    return f"Its process ended itself, with exit code {code}, before there was a verdict."
