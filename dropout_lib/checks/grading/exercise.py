"""A check observes: it runs the reference, the answer and every mistake on the same probes, and compares what is seen.

A mistake is a function that makes it, and its docstring is the hint.
"""

import html
from dataclasses import dataclass
from functools import cache

import numpy as np

from dropout_lib.checks.grading.running import Answer, NotWritten, run_guarded, run_plainly

MEASURING = 60  # seconds for what a correct answer is worth


@dataclass(frozen=True)
class Verdict:
    """`state` is "not written", "not yet" or "yes"; only yes is true. `mistake` is its name, or None."""

    state: str
    sentence: str
    mistake: str | None = None

    def __bool__(self):
        return self.state == "yes"

    def __str__(self):
        return self.sentence

    __repr__ = __str__

    def _repr_html_(self):
        line = "4px solid #0072B2" if self else "4px dashed #E69F00"
        return f'<p style="border-left:{line};padding-left:12px;font-size:16px">{html.escape(self.sentence)}</p>'


class Exercise:
    """A check: `exercise(answer)` is a Verdict.

    `observe(answer, seed)` yields findings, the gravest first, by calling `answer(**arguments)`. It may stop at the
    first one that is wrong. `references` are the correct ways that differ in what is seen; `praise` is said of a
    correct answer, and after it the messages of `measure(answer, seed)`, if it is given: that may take longer. A
    challenge that `only_measures` knows no mistakes: it is a yes if every finding that was measured is True.
    """

    def __init__(self, observe, *, references, mistakes, praise, measure=None, only_measures=False):
        self.observe, self.references, self.mistakes = observe, references, mistakes
        self.praise, self.measure, self.only_measures = praise, measure, only_measures
        self._known = cache(lambda function, seed: run_plainly(observe, Answer(function), seed))

    def __call__(self, answer, seed=0):
        known = [self._known(way, seed) for way in self.references]  # before the answer, whose time is limited
        try:
            findings = run_guarded(self.observe, Answer(answer), seed)
        except NotWritten:
            return Verdict("not written", "Not written yet. Replace the three dots, run that cell, then this one.")
        # Of several correct ways, the answer is measured against the one that it comes nearest to.
        reference = min(known, key=lambda way: len(differences(findings, way)))
        differing = differences(findings, reference)
        if not differing:
            return self._measured(answer, seed)
        mistake = self._recognise(findings, differing, reference, seed)
        if mistake:
            return Verdict("not yet", f"Not yet. {' '.join(mistake.__doc__.split())}", mistake.__name__)
        return Verdict("not yet", f"Not yet. {differing[0].message}")

    def _measured(self, answer, seed):
        found = run_guarded(self.measure, Answer(answer), seed, seconds=MEASURING) if self.measure else []
        if not self.only_measures:
            found = [finding for finding in found if finding.aspect not in ("ends", "runs", "result")]
        message = " ".join(finding.message for finding in found)
        if self.only_measures and not all(finding.value is True for finding in found):
            return Verdict("not yet", f"Not yet. {message}")
        return Verdict("yes", f"Yes. {self.praise} {message}".rstrip())

    def _recognise(self, findings, differing, reference, seed):
        """Find the mistake all of whose differences, the answer's first among them, are the answer's own too."""
        best, most = None, 0
        for mistake in self.mistakes:
            own = differences(self._known(mistake, seed), reference)
            if differing[0] in shared(own, findings) and len(shared(own, findings)) == len(own) > most:
                best, most = mistake, len(own)
        return best


def differences(findings, reference):
    """List the findings that are not the reference's."""
    return [finding for finding in findings if not any(_same(finding, other) for other in reference)]


def shared(own, findings):
    """List those of `findings` that are also among `own`."""
    return [finding for finding in findings if any(_same(finding, other) for other in own)]


def _same(one, other):
    if one.aspect != other.aspect:
        return False
    if isinstance(one.value, np.ndarray) and isinstance(other.value, np.ndarray):
        return one.value.shape == other.value.shape and np.allclose(
            one.value, other.value, rtol=1e-6, atol=1e-9, equal_nan=True
        )
    return type(one.value) is type(other.value) and one.value == other.value
