"""What runs in an answer's own process: limits, the answer's cells, its check, and one line that says the verdict.

The line goes through a copy of the first standard output, with a token that was read before any code of the learner's;
what the answer prints goes nowhere. The exercise comes from the installed checks, and is fetched before the answer
runs. Code that looks for the token in this process finds it: that is no protection against somebody who wants to cheat.
"""

import builtins
import contextlib
import json
import linecache
import os
import sys

import numpy as np

from dropout_lib.course.marking import landlock

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None

NOT_RUN = "could not be run"
LONGEST = 1000  # letters of a sentence


def main():
    """Read a job from the standard input, judge its answer, and write one line: token, state, sentence, mistake."""
    _leave_the_first_place()
    job = json.loads(sys.stdin.buffer.read())
    channel, nowhere = os.dup(1), os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    write, dumps, leave = os.write, json.dumps, os._exit
    _limit(job["seconds"], job["megabytes"])
    landlock.write_only_below(os.getcwd())
    state, sentence, mistake = _judged(job)
    write(channel, dumps([job["token"], state, sentence[:LONGEST], mistake]).encode() + b"\n")
    leave(0)  # whatever threads the answer has left


def _leave_the_first_place():
    """Go on in a second process if this is the first of its own set: Linux keeps signals of limits from that one."""
    if os.getpid() == 1 and (second := os.fork()):
        code = os.waitstatus_to_exitcode(os.waitpid(second, 0)[1])
        os._exit(code if code >= 0 else 128 - code)


def _limit(seconds, megabytes):
    if resource is None:
        return
    limits = {"RLIMIT_CPU": (seconds, seconds + 2), "RLIMIT_AS": (megabytes * 10**6,) * 2}
    limits |= {"RLIMIT_FSIZE": (10**7, 10**7), "RLIMIT_NOFILE": (256, 256), "RLIMIT_CORE": (0, 0)}
    for name, limit in limits.items():
        with contextlib.suppress(AttributeError, OSError, ValueError):  # a system may lack one, or allow less already
            resource.setrlimit(getattr(resource, name), limit)


def _judged(job):
    names = {}
    exec(job["check"], names)
    exercise = getattr(names["check"], job["name"])
    before = _parts_of_checks(exercise)
    page, error = {"__name__": "__main__"}, ""
    for statement in job["context"]:
        _run(statement, "a cell", page)
    for number, cell in enumerate(job["cells"]):
        error = _run(cell, f"the answer, cell {number + 1}", page) or error
    if job["name"] not in page:
        return NOT_RUN, f"The answer's cell raised {error}" if error else f"Its cell defines no {job['name']}.", None
    try:
        verdict = exercise(page[job["name"]])
    except BaseException as raised:  # noqa: BLE001 - the answer's own, such as KeyboardInterrupt
        return NOT_RUN, f"The answer raised {_described(raised)}", None
    now = _parts_of_checks(exercise)
    changed = sorted(name for name, part in before.items() if name not in now or now[name][1:] != part[1:])
    if changed:
        return NOT_RUN, f"The answer changed what judges it: {', '.join(changed[:3])}.", None
    return verdict.state, str(verdict), verdict.mistake


def _run(source, name, page):
    """Run a source in the page's names; give what it raised, in words, or an empty string."""
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)  # a verdict may quote a line
    try:
        exec(compile(source, name, "exec"), page)
    except BaseException as error:  # noqa: BLE001 - also sys.exit: a check is made all the same
        return _described(error)
    return ""


def _described(error):
    line = f" in line {error.lineno}" if isinstance(error, SyntaxError) else ""
    words = error.msg if isinstance(error, SyntaxError) else str(error)
    return f"{type(error).__name__}{line}{f': {words}' if words else '.'}"


def _parts_of_checks(exercise):
    """Give what judges an answer, by name, each with what it is: the values of checks, NumPy and Python's own names.

    The values are kept alive, so that no new one can have the number of an old one.
    """
    ours = [module for name, module in sys.modules.items() if name.startswith("dropout_lib")]
    holders = {module.__name__: module for module in (*ours, np, builtins, json, os)} | {"the exercise": exercise}
    for module in ours:
        classes = [value for value in vars(module).values() if isinstance(value, type)]
        holders |= {f"{one.__module__}.{one.__name__}": one for one in classes if one.__module__ == module.__name__}
    return {
        f"{holder}.{name}": (value, id(value), id(getattr(value, "__code__", None)))
        for holder, thing in holders.items()
        for name, value in list(vars(thing).items())
        if name != "__warningregistry__"
    }


if __name__ == "__main__":
    main()
