"""Run what a learner wrote: with copies of the arguments, within a time limit, and a kind sentence for each failure."""

import contextlib
import ctypes
import linecache
import os
import threading
import traceback
import types
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

SECONDS = 4  # an endless loop is stopped within 5


class Finding(NamedTuple):
    """What was looked at, the value found there, which is compared, and the message that says it."""

    aspect: str
    value: object
    message: str


class NotWritten(Exception):
    """The answer is still the stub: it returned `...`."""


class Unusable(Exception):
    """The answer returned something that cannot be judged; its words are the finding's."""

    def __init__(self, value, message):
        super().__init__(message)
        self.value = value


class _Stopped(BaseException):
    pass  # not an Exception, so that a learner's own `except Exception` lets it through


class Answer:
    """An answer that can be asked. Its arguments are copies; `changed` names the one that it last changed, or None."""

    def __init__(self, function):
        self.function, self.changed = function, None

    def __call__(self, **arguments):
        given = {name: value.copy() if isinstance(value, np.ndarray) else value for name, value in arguments.items()}
        if not callable(self.function):
            raise Unusable(
                "no function", f"Give the function itself to the check; it got {type(self.function).__name__}."
            )
        result = self.function(**given)
        if result is ...:
            raise NotWritten
        changed = (
            name for name, value in arguments.items() if isinstance(value, np.ndarray) and _moved(value, given[name])
        )
        self.changed = next(changed, None)
        return result


def _moved(before, after):
    return before.shape != after.shape or not np.array_equal(before, after)


def as_array(result, what="Your function"):
    """Give a result as an array, or raise Unusable with the sentence for what it is instead."""
    if result is None:
        raise Unusable("None", f"{what} returned None. Does its last line say `return`?")
    if isinstance(result, types.GeneratorType):
        raise Unusable("generator", f"{what} returned a generator. Round brackets around a loop make one: use a list.")
    if isinstance(result, Iterator):
        given = f"an iterator ({type(result).__name__}), which hands its values out one by one"
        raise Unusable("iterator", f"{what} returned {given}. Put list(...) around it.")
    if isinstance(result, np.ma.MaskedArray):
        raise Unusable("masked array", f"{what} returned a masked array, which hides entries. Return a plain array.")
    try:
        array = np.asarray(result)
    except ValueError:
        array = np.asarray(None)
    if array.dtype.kind == "U" and array.size:
        raise Unusable("text", f"{what} returned text (str), such as {str(array.flat[0])!r}. Numbers were asked for.")
    if array.dtype.kind not in "biuf":
        raise Unusable("no numbers", f"{what} returned {_described(result)}, where an array of numbers was asked for.")
    return array


def as_parts(result, names):
    """Take a result apart into the values that were asked for, `names` saying which."""
    answer = f"Return {', '.join(names[:-1])} and {names[-1]}, separated by commas."
    if result is None:
        raise Unusable("None", f"Your function returned None. Does its last line say `return`? {answer}")
    if not isinstance(result, tuple | list) or len(result) != len(names):
        raise Unusable("other parts", f"Your function returned {_described(result)}. {answer}")
    return result


def as_arrays(answer, result, **shapes):
    """Give the parts of a result as arrays, if they are those asked for and the arguments were left alone."""
    parts = as_parts(result, list(shapes))
    arrays = [as_array(part, f"For {name} your function") for name, part in zip(shapes, parts, strict=True)]
    if answer.changed:
        raise Unusable("changed", f"After the call, {answer.changed} was not what it had been before.")
    wanted, given = list(shapes.values()), [array.shape for array in arrays]
    if wanted != given and Counter(wanted) == Counter(given):
        raise Unusable("order", f"The parts came back in another order. Return {' and then '.join(shapes)}.")
    for array, (name, shape) in zip(arrays, shapes.items(), strict=True):
        if shape not in (array.shape, None):
            raise Unusable("shape", f"{name} has shape {array.shape}, where {shape} was asked for.")
    return arrays


def _described(result):
    if isinstance(result, tuple | list):
        return f"{len(result)} values in a {type(result).__name__}"
    return f"an array of shape {result.shape}" if isinstance(result, np.ndarray) else f"a {type(result).__name__}"


def run_plainly(observe, answer, seed):
    """List what `observe` finds. Whatever the answer raises becomes a finding of its own, the last."""
    found = []
    try:
        with np.errstate(all="ignore"):
            for finding in observe(answer, seed):
                found.append(finding)  # noqa: PERF402 - what was found before an error stays
    except Unusable as unusable:
        found.append(Finding("result", unusable.value, str(unusable)))
    except NotWritten:
        raise
    except (Exception, SystemExit) as error:  # noqa: BLE001 - it is the learner's own, and is told
        found.append(Finding("runs", type(error).__name__, _told(error, answer.function)))
    return found


def run_guarded(observe, answer, seed, *, seconds=None):
    """As run_plainly, for an answer that may print or never end: after SECONDS, or those given, it is stopped.

    It runs in a thread of its own, the one way that stops a loop or a sleep on every system and in any thread.
    """
    seconds, outcome = seconds or SECONDS, []
    thread = threading.Thread(target=lambda: outcome.append(_outcome(observe, answer, seed)), daemon=True)
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
        thread.start()
        try:
            thread.join(seconds)
        finally:  # also when the learner interrupts the check
            _stop(thread)
    if not outcome or isinstance(outcome[0], _Stopped):
        message = f"Your function did not end within {seconds} seconds, and was stopped. Does a loop in it ever finish?"
        return [Finding("ends", False, message)]
    if isinstance(outcome[0], BaseException):
        raise outcome[0]
    return outcome[0]


def _stop(thread):
    """Throw _Stopped into a thread that still runs, again and again for a loop that swallows what it is thrown."""
    for _ in range(10):
        if thread.is_alive():
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(_Stopped))
            thread.join(0.05)


def _outcome(observe, answer, seed):
    try:
        return run_plainly(observe, answer, seed)
    except BaseException as error:  # noqa: BLE001 - handed on to the thread that waits
        return error


def _told(error, answer):
    """Say what the learner's own code raised, and in which of its lines."""
    code = getattr(answer, "__code__", None)
    lines = [
        frame for frame in traceback.extract_tb(error.__traceback__) if code and frame.filename == code.co_filename
    ]
    where = f" in its line `{(linecache.getline(code.co_filename, lines[-1].lineno)).strip()}`" if lines else ""
    return f"Your function raised {type(error).__name__}{where}: {error}"
