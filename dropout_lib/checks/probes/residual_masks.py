"""Look at an answer that drops a residual branch: how much of the input and of the branch is in each row?"""

import numpy as np

from dropout_lib.checks.grading.recording_rng import recording_rng
from dropout_lib.checks.grading.results import as_output, refuse_infinite
from dropout_lib.checks.grading.running import Finding
from dropout_lib.checks.probes.drawn_masks import KEEP_PROBS, observe_drawn_masks

EXAMPLES, SIZE = 120, 6
ROUNDING = 1e-3  # an answer in float32 is right


class _Probe:
    def __init__(self, answer, seed):
        rng = np.random.default_rng(seed)
        self.answer, self.x, mix = answer, rng.normal(0.5, 1, (EXAMPLES, SIZE)), rng.normal(size=(SIZE, SIZE))
        self.branch = lambda x: np.tanh(np.asarray(x) @ mix) + 0.3
        self.added = self.branch(self.x)

    def output(self, keep_prob, rng):
        result = self.answer(x=self.x, branch=self.branch, keep_prob=keep_prob, rng=rng)
        return as_output(result, self.x.shape)

    def parts(self, output):
        """Give, for each example, how often the input and the branch are in the output, and whether that is all."""
        both = np.stack([self.x, self.added], axis=-1)
        parts = (np.linalg.pinv(both) @ output[..., np.newaxis])[..., 0]
        rest = np.abs((both @ parts[..., np.newaxis])[..., 0] - output).max()
        return np.where(np.abs(parts) < ROUNDING, 0, parts), rest < ROUNDING / 10

    def mask(self, keep_prob, rng):
        return self.parts(self.output(keep_prob, rng))[0][:, 1] != 0


def look_at_residual(answer, seed):
    probe = _Probe(answer, seed)
    outputs = [probe.output(keep_prob, recording_rng(seed, 100 + place)) for place, keep_prob in enumerate(KEEP_PROBS)]
    refuse_infinite(np.array(outputs))
    found = [probe.parts(output) for output in outputs]
    if not all(complete for _, complete in found):
        yield Finding("kind", *_elements(probe, outputs))
        return
    skips, branches = ([parts[:, place] for parts, _ in found] for place in (0, 1))
    kind = next(name for name, (holds, _) in KINDS.items() if holds(skips, branches))
    yield Finding("kind", kind, KINDS[kind][1])
    last = None
    for last in observe_drawn_masks(probe.mask, seed, ("examples",)):
        yield last
    if (last.aspect, last.value) == ("company", "none"):
        yield from _scales(probe, branches)
        same = bool(np.allclose(probe.output(1.0, recording_rng(seed, 200)), probe.x + probe.added, atol=ROUNDING))
        yield Finding("whole", same, "At keep_prob 1.0 the output in training is not x + branch(x).")


def _elements(probe, outputs):
    """Say whether single numbers of the branch were added and others were not."""
    factors = [(output - probe.x) / probe.added for output in outputs]
    kept = [each[np.abs(each) > ROUNDING] for each in factors]
    if all(each.size and np.allclose(each, np.median(each), rtol=5e-3) for each in kept):
        return "elements", "Within one example, some numbers of the branch were added and some were not."
    return "another", "The output is not x and branch(x), added up with any two factors for each example."


# What became of the input, which should pass unchanged: its factor in each example, and that of the branch
KINDS = {
    "passes": (
        lambda skips, _: all(np.allclose(skip, 1) for skip in skips),
        "The input always passes unchanged.",
    ),
    "none": (lambda skips, _: not np.any(skips), "The input is not in the output."),
    "dropped": (
        lambda skips, branches: not np.all(skips) and np.array_equal(np.equal(skips, 0), np.equal(branches, 0)),
        "Where the branch is dropped, the input is gone too.",
    ),
    "divided": (
        lambda skips, _: all(np.allclose(skip, 1 / keep) for skip, keep in zip(skips, KEEP_PROBS, strict=True)),
        "The input is divided by keep_prob in all examples.",
    ),
    "scaled": (
        lambda skips, _: all(np.allclose(skip, skip[0]) for skip in skips),
        "The input does not pass unchanged: it is multiplied by one number in all examples.",
    ),
    "several": (lambda *_: True, "The input comes out with different factors in different examples."),
}


def _scales(probe, branches):
    """Look whether the branch has the same mean in training as at inference."""
    training = [np.median(branch[branch != 0]) for branch in branches]
    at_inference = [probe.parts(probe.output(keep_prob, None)) for keep_prob in KEEP_PROBS]
    plain = all(
        complete and np.allclose(parts[:, 0], 1) and np.allclose(parts, parts[0]) for parts, complete in at_inference
    )
    message = "At inference the output is not x and branch(x), added up with the same factor for every example."
    yield Finding("inference", plain, message)
    if not plain:
        return
    inference = [np.median(parts[:, 1]) for parts, _ in at_inference]
    message = (
        f"At keep_prob {KEEP_PROBS[0]} a kept branch is multiplied by {training[0]:z.4g} in training, and by "
        f"{inference[0]:z.4g} at inference. What is its mean in training?"
    )
    yield Finding("scales", np.round([training, inference], 4), message)
