"""Run what a learner wrote: with copies of the arguments, within a time limit, and a kind sentence for each failure."""

import inspect
import linecache
import re
import traceback
from typing import NamedTuple

import numpy as np

from dropout_lib.checks.grading.limits import run_within_limits
from dropout_lib.checks.grading.results import Unusable


class Finding(NamedTuple):
    """What was looked at, the value found there, which is compared, and the message that says it."""

    aspect: str
    value: object
    message: str


class NotWritten(Exception):
    """The answer is still the stub: it returned `...`."""


class Answer:
    """What a learner wrote, to be called with copies of the arguments; raises Unusable for what no check can judge."""

    def __init__(self, function):
        self.function = function

    def __call__(self, **arguments):
        if not callable(self.function):
            given = type(self.function).__name__
            raise Unusable("no function", f"Give the function itself to the check; it got {given}.")
        self._refuse_other_names(arguments)
        given = {name: value.copy() if isinstance(value, np.ndarray) else value for name, value in arguments.items()}
        result = self.function(**given)
        if result is ...:
            raise NotWritten
        changed = [
            name for name, value in arguments.items() if isinstance(value, np.ndarray) and _moved(value, given[name])
        ]
        if changed and result is not None:
            raise Unusable("changed", changed_words(changed[0]))
        return result

    def _refuse_other_names(self, arguments):
        try:
            signature = inspect.signature(self.function)
        except (TypeError, ValueError):  # such as a function of NumPy's own
            return
        try:
            signature.bind(**arguments)
        except TypeError:
            given = f"Yours are: {', '.join(signature.parameters) or 'none'}."
            wanted = f"Keep the names of the arguments: {', '.join(arguments)}." if arguments else "Take no arguments."
            raise Unusable("arguments", f"{wanted} {given}") from None


def changed_words(name):
    """Say of an argument that it was changed, and how that comes about."""
    return (
        f"After the call, {name} was not what it had been before. `-=`, `*=` or `[...] =` on an argument write into "
        "the array that was passed in; make a new one instead."
    )


def _moved(before, after):
    return not np.array_equal(before, after)  # what an answer is asked with is finite


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
    except (Exception, SystemExit) as error:  # noqa: BLE001 - it is the learner's own, and is reported
        found.append(Finding("runs", type(error).__name__, _describe_error(error, answer.function)))
    return found


def run_guarded(observe, answer, seed, *, seconds=None):
    """As run_plainly, for an answer that may print or never end: quietly, and stopped after its time."""
    outcome, message = run_within_limits(lambda: run_plainly(observe, answer, seed), seconds)
    return [Finding("ends", False, message)] if message else outcome


def _describe_error(error, function):
    """Say what the learner's own code raised, in which of its lines, and what helps where that is known."""
    code = getattr(function, "__code__", None)
    lines = [
        frame for frame in traceback.extract_tb(error.__traceback__) if code and frame.filename == code.co_filename
    ]
    where = f" in its line `{(linecache.getline(code.co_filename, lines[-1].lineno)).strip()}`" if lines else ""
    return f"Your function raised {type(error).__name__}{where}: {error}{_advice(error)}"


def _advice(error):
    asked_generator = isinstance(error, AttributeError) and isinstance(error.obj, np.random.Generator)
    if asked_generator or "'Generator' object is not callable" in str(error):
        return ". rng is a Generator; its method is `random`, as in rng.random((3, 8))"
    if re.match(r"Cannot interpret '\d+' as a data type", str(error)):
        return ". A number stands where a dtype belongs: a shape is one argument, in round brackets, as in (3, 8)"
    if "Cannot cast ufunc" in str(error) and "int" in str(error):
        return ". The array holds whole numbers, and cannot keep fractions: make a new array instead of writing into it"
    return ""
