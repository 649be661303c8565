"""The answers to the exercises in `tests/sample_answers`, right and wrong, by people who never saw a check.

One text per page. What a line at its margin says:

    exercise NAME(PARAMETERS)   answers to this exercise follow; before them, in Python, what they share
    right                       the answers below are right
    wrong NAME, NAME            they are wrong; the hints of these mistakes would be *true* of them, if they only are a
                                disguise of one: a check must give one of these hints
    NAME                        an answer; its lines follow, indented
    NAME?                       one that the check may also tell without a hint, by what was measured
    NAME: EXPRESSION            an answer that is one expression
    NAME(PARAMETERS)            one with parameters of its own, then as above
    NAME < OTHER                the answer OTHER with lines changed: `beginning of an old line -> new line` follow

A new line may be several, parted by ` ; `. A beginning that fits no line or several, or changes nothing, is an error.
What stands before the first exercise all exercises of the page share.
"""

import functools
import re
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "sample_answers"
PARENTHESES = r"\((?:[^()]|\([^()]*\))*\)"
EXERCISE = re.compile(rf"exercise (\w+)({PARENTHESES})")
GROUP = re.compile(r"(right|wrong)(?: (\w+(?:, \w+)*))?")
ANSWER = re.compile(rf"(\w+)(\??)({PARENTHESES})?(?: < (\w+))?(?:: (.+))?(?:\s*#.*)?")


@dataclass
class Samples:
    """The answers to one exercise, {name: function}, and what a check may say of the wrong ones, {name: mistakes}."""

    parameters: str
    shared: str  # code
    right: dict = field(default_factory=dict)
    wrong: dict = field(default_factory=dict)
    true_names: dict = field(default_factory=dict)
    sources: dict = field(default_factory=dict)  # as a learner would write them

    @functools.cached_property
    def names(self):
        """Give what the answers may use."""
        names = {}
        exec(self.shared, names)
        return names

    def make(self, heading, lines, place=0, file="an answer"):
        """Give an answer by its heading and lines; `place` is how many lines of the file are above it."""
        name, _, own, other, value = ANSWER.fullmatch(heading).groups()
        assert name not in self.sources and bool(lines) != bool(value), f"{name}, line {place + 1} of {file}"
        if value:
            lines = [f"    return {value}"]
        elif other:
            lines = changed(self.sources[other].split("\n")[1:], lines)
        self.sources[name] = "\n".join([f"def {name}{own or self.parameters}:", *lines])
        exec(compile("\n" * place + self.sources[name], file, "exec"), self.names)
        return self.names[name]


def changed(lines, changes):
    """Give the lines of an answer, some of them changed."""
    made = list(lines)
    for beginning, new in (change.strip().split(" -> ") for change in changes):
        places = [place for place, line in enumerate(lines) if line.strip().startswith(beginning)]
        assert len(places) == 1 and lines[places[0]].strip() != new, f"{beginning} -> {new}"
        indent = re.match(" *", lines[places[0]])[0]
        made[places[0]] = "\n".join(indent + part for part in new.split(" ; "))
    return "\n".join(made).split("\n")


def parse(text, file="a text"):
    """Give {exercise: samples} of a text."""
    found, common, here, group = {}, "", None, None
    for block in re.finditer(r"(\S.*)\n((?:(?:[ \t].*)?\n)*)", text):
        heading, lines, place = block[1], block[2].rstrip().split("\n"), text.count("\n", 0, block.start())
        if start := EXERCISE.fullmatch(heading):
            group, here = None, found.setdefault(start[1], Samples(start[2], common))
        elif here and (start := GROUP.fullmatch(heading)):
            group = start
        elif group:
            answer = here.make(heading, [line for line in lines if line], place, file)
            getattr(here, group[1])[answer.__name__] = answer
            names = here.true_names[answer.__name__] = set(re.findall(r"\w+", group[2] or ""))
            if not names or ANSWER.fullmatch(heading)[2]:
                names.add(None)
        elif here:
            here.shared += block[0]
        else:
            common += block[0]
    return found


def read(stem):
    """Give {exercise: samples} of a page; nothing of a page that has no text."""
    path = FOLDER / f"{stem}.txt"
    return parse(path.read_text(encoding="utf-8"), str(path)) if path.exists() else {}


of_page = functools.cache(read)  # for those who change nothing
