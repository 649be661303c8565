"""Look at answers that measure how much the contributions to a margin cancel."""

import numpy as np

from dropout_lib.checks.grading.results import as_array
from dropout_lib.checks.grading.running import Finding

CLOSE = 0.006  # a number rounded to two decimals is right
# Pictures, neurons, and how far their contributions lean to one side: the less, the more cancels. So many, as a middle
# is the number of one picture, and in a single table two different middles may be the same picture's.
TABLES = ((9, 5, 0.4), (7, 11, -0.3), (11, 7, 0.1), (5, 13, -0.1), (8, 4, 0.3))


def look_at_cancellation(answer, seed):
    """Yield the measure of tables with odd numbers of pictures and neurons; if that is right, of even ones."""
    fine = True
    for number, (pictures, neurons, lean) in enumerate(TABLES):
        if pictures % 2 == 0 and not fine:  # where two stand in the middle, a mistake has more than one number
            return
        table = _table(pictures, neurons, lean, np.random.default_rng([seed, number]))
        right, found = float(median_quotient(table)), as_array(answer(contributions=table))
        message = f"For {pictures} pictures an array of shape {found.shape} came back, where one number was asked for."
        yield Finding(f"shape of {pictures}", found.shape, message)
        if found.shape == ():
            sizes, sums = np.abs(table).sum(axis=1), np.abs(table.sum(axis=1))
            message = (
                f"For {pictures} pictures and {neurons} neurons your number is {float(found):.4g}. Of the first "
                f"picture, the sizes add up to {sizes[0]:.4g}, and the sum has the size {sums[0]:.4g}: its quotient "
                f"is {sizes[0] / sums[0]:.4g}. The median of all quotients is {right:.4g}."
            )
            if pictures % 2 == 0:
                message += " Of an even number of pictures, it lies half way between the two in the middle."
            elif np.isclose(found, sizes[0] / sums[0]):
                message += " Yours is the first picture's alone: where does your `return` stand?"
            yield Finding(f"number of {pictures}", _kind(float(found), right), message)
        fine = fine and found.shape == () and abs(found - right) < CLOSE


def _table(pictures, neurons, lean, rng):
    """Draw contributions; there are sums of both signs, as one pair of sums over all pictures must be told apart."""
    table = rng.normal(lean, 1, (pictures, neurons))
    table[:2] *= [[1], [-1]] * np.sign(table[:2].sum(axis=1, keepdims=True))
    table[rng.integers(pictures), rng.integers(neurons)] = 0
    return table


def _kind(found, right):
    """Tell apart what is right, what is 1 whatever the table holds, and any other number."""
    if abs(found - right) < CLOSE:
        return "right"
    return "one" if abs(abs(found) - 1) < 1e-9 else np.array(found)


def quotients(contributions, middle=np.median, top=np.sum, below=np.abs):
    sizes = top(np.abs(contributions), axis=1)
    return middle(sizes / below(contributions.sum(axis=1)))


def median_quotient(contributions):
    return quotients(contributions)
