"""Look at answers that list all masks, and that give each its probability."""

from itertools import product

import numpy as np

from dropout_lib.checks.grading.results import as_array, only_rounded
from dropout_lib.checks.grading.running import Finding
from dropout_lib.ensemble import all_masks, mask_probabilities


def ask(answer, **arguments):
    """Ask once, and give the array that came back, if it can be judged."""
    return as_array(answer(**arguments))


def look_at_masks(answer, seed):
    """Yield whether two calls agree; then, for some numbers of neurons: shape, entries, repeated rows, missing
    masks."""
    one, other = (ask(answer, neurons=6) for _ in range(2))
    agree = one.shape == other.shape and _sorted(one) == _sorted(other)
    yield Finding("the same again", agree, "Two calls for 6 neurons gave different masks.")
    for neurons in (3, 4, 1, 9) if agree else ():  # 9 are one more than the bits of a byte
        masks = ask(answer, neurons=neurons)
        message = (
            f"For {neurons} neurons an array of shape {masks.shape} came back: rows should be masks, columns neurons."
        )
        yield Finding(f"shape of {neurons}", masks.shape[1:], message)
        if masks.shape[1:] != (neurons,):
            continue
        proper = bool(np.isin(masks, (0, 1)).all())
        yield Finding(
            f"entries of {neurons}", proper, f"For {neurons} neurons, not all entries are True or False, 1 or 0."
        )
        if proper:
            yield from _rows(masks.astype(bool), neurons)


def _sorted(masks):
    return sorted(np.atleast_2d(np.nan_to_num(masks)).tolist())  # NaN is not even itself


def _rows(masks, neurons):
    rows = {tuple(row) for row in masks.tolist()}
    several = f"{len(rows)} different mask{'s' * (len(rows) > 1)}"
    message = f"For {neurons} neurons, {len(masks)} rows came back, and only {several} among them."
    yield Finding(f"repeated of {neurons}", len(rows) < len(masks) and (len(masks), len(rows)), message)
    if len(rows) == len(masks):
        missing = sorted(set(product([False, True], repeat=neurons)) - rows)
        example = f"[{' '.join(str(int(kept)) for kept in missing[0])}]" if missing else ""
        message = f"For {neurons} neurons, {len(masks)} masks came back. This one is not among them: {example}."
        by_number_kept = tuple(np.bincount(masks.sum(axis=1)).tolist())
        yield Finding(f"masks of {neurons}", by_number_kept, message)


def look_at_chances(answer, seed):
    """Yield the probabilities of some masks, and then of all masks of three neurons."""
    for keep_prob, masks in (
        (0.3, _some_masks(seed)),
        (0.8, _some_masks(seed + 1)),
        (0.3, all_masks(3)),
        (1.0, all_masks(3)),
    ):
        chances = ask(answer, masks=masks, keep_prob=keep_prob)
        where = f"of {len(masks)} masks at {keep_prob}"
        message = f"For masks of shape {masks.shape}, an array of shape {chances.shape} came back, not {(len(masks),)}."
        if chances.shape == (len(masks),):
            right = mask_probabilities(masks, keep_prob=keep_prob)
            row = int((~np.isclose(chances, right, rtol=1e-6)).argmax())
            mask, kept = " ".join(str(int(kept)) for kept in masks[row]), int(masks[row].sum())
            message = (
                f"At keep_prob {keep_prob}, the mask [{mask}] came out with the probability {chances[row]:z.6g}. "
                f"{kept} kept, {masks.shape[1] - kept} dropped: which {masks.shape[1]} factors give {right[row]:z.6g}?"
            )
            if only_rounded(chances, right):
                message += " Yours are correct to so many digits: leave the rounding out."
        yield Finding(f"numbers {where}", chances.astype(float), message)


def _some_masks(seed):
    """Take 6 of the masks of four neurons, among them one that keeps 1 and one that keeps 3."""
    some = all_masks(4)
    return some[np.append([1, 7], 8 + np.random.default_rng([seed, 1]).permutation(7)[:4])]
