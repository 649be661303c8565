"""Answers to the exercises, right and wrong, by people who never saw how the checks recognise them.

One module per page. A function is an answer by its decorator; answers of one line stand together in `each`.
`wrong` may list the mistakes whose hint would be *true* of that answer, if it only is a disguise of one; a check must
then give one of those names or none, never another.
"""

import re

WRONG, RIGHT = {}, {}  # exercise -> its answers


class wrong:
    """A decorator of an answer that is wrong; the mistakes named are true of it."""

    def __init__(self, exercise, *true_names):
        self.exercise, self.true_names = exercise, frozenset(true_names)

    def __call__(self, answer):
        WRONG.setdefault(self.exercise, []).append((answer, self.true_names))
        return answer

    def each(self, **answers):
        """Keep several answers, each by its name."""
        for name, answer in answers.items():
            answer.__name__ = answer.__qualname__ = name
            self(answer)


class right(wrong):
    """A decorator of an answer that is right."""

    def __call__(self, answer):
        RIGHT.setdefault(self.exercise, []).append(answer)
        return answer


def changes(source, table, names):
    """Make answers of one source text by lines that change, {name: answer}; `names` is what the text may use.

    A block of the table is an answer: its name, then one `beginning of an old line -> new line` a line. A new line may
    be several, parted by ` ; `. A beginning that fits no line or several, or changes nothing, is an error.
    """
    answers, lines = {}, source.strip().split("\n")
    for block in re.split(r"\n(?=\S)", table.strip()):
        name, *pairs = [line.strip() for line in block.split("\n")]
        changed = dict(enumerate(lines))
        for old, new in (pair.split(" -> ") for pair in pairs):
            places = [place for place, line in enumerate(lines) if line.strip().startswith(old)]
            assert len(places) == 1 and lines[places[0]].strip() != new, (name, old)
            indent = re.match(" *", lines[places[0]])[0]
            changed[places[0]] = "\n".join(indent + part for part in new.split(" ; "))
        assert pairs and name not in answers, name
        written = dict(names)
        exec("\n".join(changed.values()), written)
        answers[name] = written["answer"]
    return answers
