"""Look at many masks that an answer draws, and stop at the first thing wrong, so that nothing after it confuses."""

import numpy as np

from dropout_lib.checks.grading.recording_rng import hidden_state, recording_rng
from dropout_lib.checks.grading.running import Finding

SHAPE, DRAWS = (30, 40), 12
KEEP_PROBS = (0.3, 0.8)
BELL = (0.61791142, 0.78814460)  # the normal distribution function at 0.3 and at 0.8
ERRORS = 5  # standard errors


class Drawn:
    """The masks of DRAWS calls for each keep_prob, with what shows how they were drawn."""

    def __init__(self, draw, seed):
        before = hidden_state()
        self.masks, self.how = [], []
        for place, keep_prob in enumerate(KEEP_PROBS):
            rngs = [recording_rng(seed, DRAWS * place + number) for number in range(DRAWS)]
            masks = np.array([draw(SHAPE, keep_prob, rng) for rng in rngs])
            self.masks.append(masks)
            self.how.append(_comparison(masks[0], rngs[0].numbers, keep_prob))
        self.hidden = before != hidden_state()
        self.repeatable = bool((draw(SHAPE, 0.3, recording_rng(seed, 0)) == self.masks[0][0]).all())


def _comparison(mask, numbers, keep_prob):
    """Say which comparison of the recorded numbers makes this mask, if they can be matched with it one by one."""
    numbers = np.concatenate(numbers) if numbers else np.empty(0)
    if numbers.size != mask.size:
        return "unknown"
    numbers = numbers.reshape(mask.shape)
    ways = {
        "above keep_prob": numbers > keep_prob,
        "below the rate": numbers < 1 - keep_prob,
    }
    return next((name for name, way in ways.items() if np.array_equal(way, mask)), "unknown")


def observe_mask_draws(draw, seed):
    """Yield the findings on masks that `draw(shape, keep_prob, rng)` gives, up to the first that is wrong."""
    drawn = Drawn(draw, seed)
    for look in (_source, _repeatable, _repeats, _structure, _share, _places, _counts, _company, _copies):
        finding, fine = look(drawn)
        yield finding
        if not fine:
            return
    for look in (_again, _small, _whole):
        yield look(draw, seed)


def _source(drawn):
    message = "The numbers came from a hidden global generator, not from rng."
    return Finding("source", drawn.hidden, message), not drawn.hidden


def _repeatable(drawn):
    """Look whether two generators with one seed give one mask."""
    message = "Two calls, with generators made from the same seed, gave different masks."
    return Finding("repeatable", drawn.repeatable, message), drawn.repeatable


def _repeats(drawn):
    """Look whether calls with different generators gave the same mask."""
    different = [len({mask.tobytes() for mask in masks}) for masks in drawn.masks]
    few, many = (masks[0] for masks in drawn.masks)
    if all((masks == masks[:, :1, :1]).all() for masks in drawn.masks):
        shares = " and ".join(f"{100 * masks.mean():z.0f}%" for masks in drawn.masks)
        message = f"Every mask is all one value: it kept {shares} of the neurons at keep_prob 0.3 and 0.8."
        return Finding("repeats", "all one value", message), False
    if different == [1, 1] and all((masks == masks[0, 0]).all() and _is_sorted(masks[0, 0]) for masks in drawn.masks):
        message = f"{DRAWS} calls with {DRAWS} generators kept the same neurons, side by side: was a number drawn?"
        return Finding("repeats", "side by side", message), False
    if different == [1, 1] and (few <= many).all() and (few != many).any():
        message = f"{DRAWS} calls, each with a different generator, gave one mask. Do its numbers come from rng?"
        return Finding("repeats", "same numbers", message), False
    message = f"{DRAWS} calls, each with a different generator, gave no more than {min(different)} different masks."
    return Finding("repeats", "none" if min(different) == DRAWS else "some", message), min(different) == DRAWS


def _is_sorted(row):
    return np.count_nonzero(np.diff(row.astype(int))) <= 1


def _structure(drawn):
    """Look whether all rows, or all columns, of each mask are equal."""
    if all((masks == masks[:, :1]).all() for masks in drawn.masks):
        return Finding("structure", "rows", "In every example the same neurons are dropped."), False
    if all((masks == masks[:, :, :1]).all() for masks in drawn.masks):
        return Finding("structure", "columns", "Whole examples were kept or dropped."), False
    return Finding("structure", "none", "Every example has a mask of its own."), True


def _copies(drawn):
    """Look whether some examples, or some neurons, share their draws."""
    for masks in drawn.masks:
        for axis, name in ((0, "examples"), (1, "neurons")):
            if all(np.unique(mask, axis=axis).shape != mask.shape for mask in masks[:3]):
                return Finding("copies", name, f"Some {name} were kept and dropped exactly as others were."), False
    return Finding("copies", "none", "No example and no neuron copies another."), True


def _share(drawn):
    """Name the rule that the kept shares at both keep_probs follow, within 5 standard errors."""
    shares = [masks.mean() for masks in drawn.masks]
    rules = {
        "keep_prob": KEEP_PROBS,
        "rate": tuple(1 - keep_prob for keep_prob in KEEP_PROBS),
        "bell": BELL,
        "half": (0.5, 0.5),
    }
    each = [masks.mean(axis=(1, 2)) for masks in drawn.masks]
    followed = (name for name, expected in rules.items() if _near(shares, expected))
    # A wrong rule is named only if every draw follows it, and not the mean of the draws by chance.
    rule = next((name for name in followed if name == "keep_prob" or _near(each, rules[name], draws=1)), "another")
    seen = (rule, drawn.how[0] if rule == "rate" else "")
    place = max(range(2), key=lambda index: abs(shares[index] - KEEP_PROBS[index]))
    message = (
        f"Over {DRAWS} draws of {SHAPE[0]} x {SHAPE[1]} it kept {100 * shares[place]:z.1f}% "
        f"where keep_prob is {KEEP_PROBS[place]}."
    )
    return Finding("share", seen, message), rule == "keep_prob"


def _near(shares, expected, *, draws=DRAWS):
    size = draws * SHAPE[0] * SHAPE[1]
    errors = [ERRORS * np.sqrt(wanted * (1 - wanted) / size) for wanted in expected]
    pairs = zip(shares, expected, errors, strict=True)
    return all((np.abs(share - wanted) <= error).all() for share, wanted, error in pairs)


def _counts(drawn):
    """Look at how much the number kept varies, in the whole draw and in its rows and columns."""
    worst = None
    for masks, keep_prob in zip(drawn.masks, KEEP_PROBS, strict=True):
        for axes, lines, cells in (((1, 2), "draws", 1200), ((2,), "examples", 40), ((1,), "neurons", 30)):
            counts = masks.sum(axis=axes).ravel()
            if (counts == counts[0]).all():
                message = (
                    f"In {counts.size} {lines} it kept {counts[0]} of {cells} every time, at keep_prob {keep_prob}."
                )
                return Finding("counts", "exact", message), False
            ratio = counts.var(ddof=1) / (cells * keep_prob * (1 - keep_prob))
            if lines != "draws" and abs(ratio - 1) > ERRORS * np.sqrt(2 / counts.size):
                worst = worst or (ratio, lines, keep_prob)
    if worst is None:
        return Finding("counts", "binomial", "The number kept varies as it should."), True
    ratio, lines, keep_prob = worst
    message = (
        f"At keep_prob {keep_prob} the number kept varies between {lines} {ratio:z.2f} times as much as it would if "
        "every neuron of every example had a number of its own."
    )
    return Finding("counts", "too little" if ratio < 1 else "too much", message), False


def _company(drawn):
    """Look whether neighbours, in a row, in a column or in calls one after another, are kept together."""
    for masks, keep_prob in zip(drawn.masks, KEEP_PROBS, strict=True):
        excess = masks - keep_prob
        variance = keep_prob * (1 - keep_prob)
        for axis, neighbours in ((2, "neurons"), (1, "examples"), (0, "calls")):
            one, other = np.delete(excess, 0, axis), np.delete(excess, -1, axis)
            together = (one * other).mean() / variance
            if abs(together) > ERRORS / np.sqrt(one.size):
                message = (
                    f"Neighbouring {neighbours} are kept together: "
                    f"their correlation is {together:z.2f}; it should be 0."
                )
                return Finding("company", neighbours, message), False
    return Finding("company", "none", "Neighbours are kept independently."), True


def _places(drawn):
    """Look whether all neurons, and all examples, are kept equally often."""
    for masks, keep_prob in zip(drawn.masks, KEEP_PROBS, strict=True):
        for axes, name in (((0, 1), "neuron"), ((0, 2), "example")):
            shares = masks.mean(axis=axes)
            error = np.sqrt(keep_prob * (1 - keep_prob) * shares.size / masks.size)
            worst = int(np.abs(shares - keep_prob).argmax())
            if abs(shares[worst] - keep_prob) > (ERRORS + 0.5) * error:
                message = (
                    f"At keep_prob {keep_prob}, {name} {worst + 1} is kept {100 * shares[worst]:z.0f}% of the time."
                )
                return Finding("places", name, message), False
    return Finding("places", "equal", "All neurons are kept equally often."), True


def _again(draw, seed):
    """Look whether one generator, asked twice, gives two masks."""
    rng = recording_rng(seed, 1000)
    same = bool((draw(SHAPE, 0.8, rng) == draw(SHAPE, 0.8, rng)).all())
    return Finding("again", same, "Two calls with the same generator gave the same mask.")


def _small(draw, seed):
    """Look whether both neurons of a layer of two are ever dropped, as they should be in half of the draws."""
    masks = [draw((2,), 0.3, recording_rng(seed, 2000 + number)) for number in range(24)]
    never = all(mask.any() for mask in masks)
    return Finding("small", never, "In 24 draws at keep_prob 0.3, the 2 neurons of a layer were never both dropped.")


def _whole(draw, seed):
    """Look at keep_prob 1, where everything is kept."""
    share = draw(SHAPE, 1.0, recording_rng(seed, 3000)).mean()
    message = f"At keep_prob 1.0 it kept {100 * share:z.1f}%, where none should be dropped."
    return Finding("whole", bool(share == 1), message)
