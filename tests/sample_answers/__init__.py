"""Answers to the exercises, right and wrong, by people who never saw how the checks recognise them.

One module per page, one function per answer. `wrong` may list the mistakes whose hint would be *true* of that answer,
if it only is a disguise of one; a check must then give one of those names or none, never another.
"""

WRONG, RIGHT = {}, {}  # exercise -> its answers


def wrong(exercise, *true_names):
    def keep(answer):
        WRONG.setdefault(exercise, []).append((answer, frozenset(true_names)))
        return answer

    return keep


def right(exercise):
    def keep(answer):
        RIGHT.setdefault(exercise, []).append(answer)
        return answer

    return keep
