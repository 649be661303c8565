"""Try a learner's test on ten dropout layers, several times each, since a test that draws may err by chance."""

import time

import numpy as np

from dropout_lib.checks.grading.results import Unusable, as_array
from dropout_lib.checks.grading.running import Finding
from dropout_lib.checks.probes.sample_dropouts import SAMPLES, CallLog

ROUNDS, MORE = 3, 4  # each is judged three times, and where these disagree, four times more
PATIENCE = 0.8  # seconds, after which no test is repeated: one that takes long draws much, and seldom errs


def look_at_test(answer, seed):
    """Yield for each layer whether the test calls it correct; and then what the test looked at in part only."""
    watched = CallLog()
    start = time.perf_counter()
    votes = {suspect: [_judged(answer, watched(suspect))] for suspect in SAMPLES}
    while (again := _unsettled(votes)) and time.perf_counter() - start < PATIENCE:
        votes[again[0]].append(_judged(answer, watched(again[0])))
    says = {suspect: sum(own) > len(own) / 2 for suspect, own in votes.items()}
    for suspect, said in says.items():
        yield Finding(suspect.described, said, f"Your test says {said} of a dropout layer: {suspect.described}.")
    yield Finding("keep_probs", watched.keep_probs == {0.5}, "Your test tried keep_prob 0.5 alone.")
    yield Finding("rows", watched.most_rows == 1, "Your test gave every dropout layer a single example.")
    # A correct test may do with one call at each of several keep_probs.
    once = watched.once() and any(said != suspect.right for suspect, said in says.items())
    yield Finding("calls", once, "Your test never called a dropout layer twice with the same keep_prob.")


def _unsettled(votes):
    """List the layers to judge again: those judged least often first, and of these the ones judged wrongly."""
    found = [
        suspect
        for suspect, own in votes.items()
        if len(own) < ROUNDS or (len(set(own)) > 1 and len(own) < ROUNDS + MORE)
    ]
    return sorted(found, key=lambda suspect: (len(votes[suspect]), votes[suspect][0] == suspect.right))


def _judged(answer, dropout):
    """Ask once: True or False, also as 1 and 0; anything else is reported."""
    try:
        answer = answer(dropout=dropout)
    except AssertionError as error:
        message = (
            "Your test stopped at an assert. Here it returns False for a faulty dropout layer, True for a correct one."
        )
        raise Unusable("assert", message) from error
    if isinstance(answer, str):
        raise Unusable("text", f"Your test returned text (str), {answer!r}. A single True or False was asked for.")
    answer = as_array(answer, "Your test")
    if answer.shape != ():
        message = f"Your test returned an array of shape {answer.shape}. A single True or False was asked for."
        raise Unusable("shape", message)
    if not np.isin(answer, (0, 1)):
        raise Unusable("a number", f"Your test returned {answer:z.4g}. True or False was asked for: compare it.")
    return bool(answer)
