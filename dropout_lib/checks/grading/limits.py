"""Run a learner's code quietly and for a limited time: in a thread of its own, or in place where none can start."""

import ctypes
import sys
import threading
import time

from dropout_lib.checks.grading.quiet import quiet

SECONDS = 4  # of the code's own processor time: a busy machine is no reason to refuse a correct answer
WALL_SECONDS = 20  # by the clock, for code that waits
OWN_FILES = __file__.partition("grading")[0]


class Stopped(BaseException):
    """Thrown into code whose time is over; not an Exception, so that an `except Exception` lets it through."""


def run_within_limits(work, seconds=None):
    """Give (what `work()` gives, ""), or (None, the sentence) if its time was over. What it raises is raised here."""
    seconds, outcome = seconds or SECONDS, []
    thread = threading.Thread(target=lambda: outcome.append(_outcome(work)), daemon=True)
    with quiet(thread):
        try:
            thread.start()
        except RuntimeError:  # no thread can be started here
            thread = None
        if thread:
            try:
                over = _wait(thread, seconds)
            finally:  # also when the learner interrupts the check
                _stop(thread)
    if thread is None:
        over = _run_in_place(work, seconds, outcome)
    if not outcome or isinstance(outcome[0], Stopped):
        return None, (
            f"Your function did not end within {over}, and was stopped. It may be slow, or a loop in it does not end."
        )
    if isinstance(outcome[0], BaseException):
        raise outcome[0]
    return outcome[0], ""


def _outcome(work):
    try:
        return work()
    except BaseException as error:  # noqa: BLE001 - passed to the thread that waits
        return error


def _wait(thread, seconds):
    """Wait for the thread to end, or until one of its times is over; say which."""
    started, spent = time.monotonic(), _clock_of(thread)
    wall = max(WALL_SECONDS, seconds)
    while thread.is_alive():
        thread.join(0.02)
        if spent() > seconds:
            return f"{seconds:g} seconds of processor time"
        if time.monotonic() - started > wall:
            return f"{wall:g} seconds by the clock"
    return ""


def _clock_of(thread):
    """Give a function that gives the thread's own processor time, or that of the process where the system has none."""
    try:
        clock = time.pthread_getcpuclockid(thread.ident)
        first = time.clock_gettime(clock)
    except (AttributeError, OSError):
        first = time.process_time()
        return lambda: time.process_time() - first

    def spent():
        try:
            return time.clock_gettime(clock) - first
        except OSError:  # it has just ended
            return 0.0

    return spent


def _stop(thread):
    """Throw Stopped into a thread that still runs, again and again for a loop that swallows what it is thrown."""
    for _ in range(10):
        if thread.is_alive():
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(Stopped))
            thread.join(0.05)


def _is_ours(frame):
    return frame.f_code.co_filename.startswith(OWN_FILES)


def _run_in_place(work, seconds, outcome):
    """Run without a thread, as Python in a browser must: a trace of the code's lines throws when its time is over.

    Python ends a trace that throws, and a bare `except` in a loop may swallow what it threw. So the trace begins anew
    when such a handler is done and lets its exception go: the next line is most often outside of the `try`.
    """
    started, before = time.thread_time(), sys.gettrace()

    def trace(frame, event, argument):
        if _is_ours(frame):
            return None
        if time.thread_time() - started > seconds:
            raise _Thrown(again)
        return trace

    def again():
        frame = sys._getframe(1)
        if outcome:  # it has ended
            return
        while frame:
            frame.f_trace = None if _is_ours(frame) else trace
            frame = frame.f_back
        sys.settrace(trace)

    with quiet(threading.current_thread()):
        sys.settrace(trace)
        try:
            outcome.append(_outcome(work))
        finally:
            sys.settrace(before)
    return f"{seconds:g} seconds of processor time"


class _Thrown(Stopped):
    def __init__(self, let_go):
        super().__init__()
        self.let_go = let_go

    def __del__(self):
        self.let_go()
