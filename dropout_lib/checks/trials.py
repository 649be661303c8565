"""Try a learner's test of dropouts: on ten of them, several times each, since a test that draws may err by chance."""

import time

import numpy as np

from dropout_lib.checks.asking import Finding, Unusable, as_array
from dropout_lib.checks.suspects import SUSPECTS, Watched

ROUNDS, MORE = 3, 4  # each is judged three times; where the three disagree, four times more
PATIENCE = 1.0  # a test that takes so many seconds for the ten is asked again only where it was wrong


def look_at_test(asked, seed):
    """Yield what was only looked at in part, and then for each dropout whether it was called right."""
    watched = Watched()
    start = time.perf_counter()
    votes = [[_judged(asked, watched(suspect))] for suspect in SUSPECTS]
    slow = time.perf_counter() - start > PATIENCE
    once = max(watched.calls.values(), default=0) == 1
    yield Finding("keep_probs", watched.keep_probs == {0.5}, "Your test tried keep_prob 0.5 alone.")
    yield Finding("rows", watched.most_rows == 1, "Your test gave every dropout a single example.")
    yield Finding("calls", once, "Your test called each dropout only once.")
    for suspect, own in zip(SUSPECTS, votes, strict=True):
        if not slow or own[0] != suspect.right:
            _vote_again(own, asked, watched(suspect), rounds=2 if slow else ROUNDS)
        says = sum(own) > len(own) / 2
        yield Finding(suspect.described, says, f"Your test says {says} of a dropout: {suspect.described}.")


def _vote_again(votes, asked, dropout, *, rounds):
    while len(votes) < rounds or (len(set(votes)) > 1 and len(votes) < ROUNDS + MORE):
        votes.append(_judged(asked, dropout))


def _judged(asked, dropout):
    """Ask once: True or False, also as 1 and 0; anything else is told."""
    answer = as_array(asked(dropout=dropout), "Your test")
    if answer.shape != ():
        words = f"Your test returned an array of shape {answer.shape}. A single True or False was asked for."
        raise Unusable("shape", words)
    if not np.isin(answer, (0, 1)):
        raise Unusable("a number", f"Your test returned {answer:.4g}. True or False was asked for: compare it.")
    return bool(answer)
