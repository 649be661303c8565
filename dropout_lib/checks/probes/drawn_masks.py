"""Look at masks found in what an answer returned: are they drawn from its rng, with a number for each entry?"""

import numpy as np

from dropout_lib.checks.grading.recording_rng import hidden_state, recording_rng
from dropout_lib.checks.grading.results import joined
from dropout_lib.checks.grading.running import Finding

KEEP_PROBS, DRAWS, ERRORS = (0.3, 0.8), 6, 5  # standard errors


def observe_drawn_masks(draw, seed, axes):
    """Yield findings on the masks that `draw(keep_prob, rng)` gives, up to the first that is wrong.

    `axes` names what lies along each axis of a mask, in the plural.
    """
    before = hidden_state()
    masks = [
        np.array([draw(keep_prob, recording_rng(seed, 10 * place + number)) for number in range(DRAWS)])
        for place, keep_prob in enumerate(KEEP_PROBS)
    ]
    hidden = before != hidden_state()
    yield Finding("source", hidden, "The numbers came from a hidden global generator, not from rng.")
    if hidden:
        return
    same = bool((draw(0.3, recording_rng(seed, 0)) == masks[0][0]).all())
    yield Finding("repeatable", same, "Two calls, with generators made from the same seed, gave different masks.")
    if not same:
        return
    for look in (_drops, _repeats, _structure, _share, _counts, _company):
        finding, fine = look(masks, axes)
        yield finding
        if not fine:
            return


def _drops(masks, axes):
    dropped = "nothing" if all(each.all() for each in masks) else "some" if any(map(np.any, masks)) else "everything"
    message = f"In {DRAWS} calls at keep_prob 0.3 and at 0.8 {dropped} was dropped."
    return Finding("drops", dropped, message), dropped == "some"


def _repeats(masks, axes):
    """Look whether calls with different generators gave one mask; two alike by chance are no finding."""
    one = any(len({mask.tobytes() for mask in each}) == 1 for each in masks)
    fine = not one or all(mask.all() or not mask.any() for each in masks for mask in each)  # then it is the structure
    return Finding("repeats", not fine, f"{DRAWS} calls, each with a different generator, gave one mask."), fine


def _structure(masks, axes):
    """Name the axes along which all entries are alike."""
    alike = [
        name
        for axis, name in enumerate(axes, start=1)
        if all((each == np.take(each, [0], axis=axis)).all() for each in masks)
    ]
    message = f"All {joined(alike)} were kept and dropped together." if alike else "Every entry has its own number."
    return Finding("structure", tuple(alike), message), not alike


def _share(masks, axes):
    """Name the rule that the kept shares at both keep_probs follow, within 5 standard errors."""
    shares = np.array([each.mean() for each in masks])
    rules = {"keep_prob": np.array(KEEP_PROBS), "rate": 1 - np.array(KEEP_PROBS)}
    rule = next((name for name, wanted in rules.items() if _near(shares, wanted, masks[0].size)), "another")
    place = int(np.abs(shares - KEEP_PROBS).argmax())
    message = f"Over {DRAWS} calls it kept {100 * shares[place]:z.1f}% where keep_prob is {KEEP_PROBS[place]}."
    return Finding("share", rule, message), rule == "keep_prob"


def _near(shares, wanted, size):
    return bool((np.abs(shares - wanted) <= ERRORS * np.sqrt(wanted * (1 - wanted) / size)).all())


def _counts(masks, axes):
    """Look at how much the number kept varies: between calls, and along each axis where there are several."""
    for each, keep_prob in zip(masks, KEEP_PROBS, strict=True):
        totals = each.reshape(DRAWS, -1).sum(axis=1)
        if len(set(totals)) == 1:
            message = f"At keep_prob {keep_prob} it kept {totals[0]} in each of {DRAWS} calls."
            return Finding("counts", "exact", message), False
        for axis in range(1, each.ndim) if each.ndim > 2 else ():
            cells, counts = each.shape[axis], each.sum(axis=axis).ravel()
            ratio = counts.var(ddof=1) / (cells * keep_prob * (1 - keep_prob))
            if abs(ratio - 1) > ERRORS * np.sqrt(2 / counts.size):
                message = (
                    f"At keep_prob {keep_prob} the number of {axes[axis - 1]} kept varies {ratio:z.2f} times as much "
                    "as it would if each had a number of its own."
                )
                return Finding("counts", "too little" if ratio < 1 else "too much", message), False
    return Finding("counts", "binomial", "The number kept varies as it should."), True


def _company(masks, axes):
    """Look whether neighbours along an axis are kept together."""
    for each, keep_prob in zip(masks, KEEP_PROBS, strict=True):
        excess = (each - keep_prob) / np.sqrt(keep_prob * (1 - keep_prob))
        for axis, name in enumerate(axes, start=1):
            together = np.delete(excess, 0, axis) * np.delete(excess, -1, axis)
            if abs(together.mean()) > ERRORS / np.sqrt(together.size):
                message = f"Neighbouring {name} are kept together: their correlation is {together.mean():z.2f}."
                return Finding("company", name, message), False
    return Finding("company", "none", "Neighbours are kept independently."), True
