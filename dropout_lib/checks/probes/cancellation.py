"""Look at answers that measure how much the contributions to a margin cancel."""

import numpy as np

from dropout_lib.checks.grading.results import as_array
from dropout_lib.checks.grading.running import Finding

CLOSE = 0.006  # a number rounded to two decimals is correct
# Images, neurons, and how far their contributions lean to one side: the less, the more cancels. So many, as a middle
# is the number of one image, and in a single table two different middles may be the same image's.
TABLES = ((9, 5, 0.4), (7, 11, -0.3), (11, 7, 0.1), (5, 13, -0.1), (8, 4, 0.3))


def look_at_cancellation(answer, seed):
    """Yield the measure of tables with odd numbers of images and neurons; if that is correct, of even ones."""
    fine = True
    for number, (images, neurons, lean) in enumerate(TABLES):
        if images % 2 == 0 and not fine:  # where two are in the middle, a mistake has more than one number
            return
        table = _table(images, neurons, lean, np.random.default_rng([seed, number]))
        right, found = float(median_quotient(table)), as_array(answer(contributions=table))
        message = f"For {images} images an array of shape {found.shape} came back, where one number was asked for."
        yield Finding(f"shape of {images}", found.shape, message)
        if found.shape == ():
            sizes, sums = np.abs(table).sum(axis=1), np.abs(table.sum(axis=1))
            message = (
                f"For {images} images and {neurons} neurons your number is {float(found):z.4g}. Of the first "
                f"image, the sizes add up to {sizes[0]:z.4g}, and the sum has the size {sums[0]:z.4g}: its quotient "
                f"is {sizes[0] / sums[0]:z.4g}. The median of all quotients is {right:z.4g}."
            )
            if images % 2 == 0:
                message += " Of an even number of images, it lies half way between the two in the middle."
            elif np.isclose(found, sizes[0] / sums[0]):
                message += " Yours is the first image's alone: at which level is your `return`?"
            yield Finding(f"number of {images}", _kind(float(found), right), message)
        fine = fine and found.shape == () and abs(found - right) < CLOSE


def _table(images, neurons, lean, rng):
    """Draw contributions; there are sums of both signs, as one pair of sums over all images must be distinguished."""
    table = rng.normal(lean, 1, (images, neurons))
    table[:2] *= [[1], [-1]] * np.sign(table[:2].sum(axis=1, keepdims=True))
    table[rng.integers(images), rng.integers(neurons)] = 0
    return table


def _kind(found, right):
    """Distinguish what is correct, what is 1 whatever the table holds, and any other number."""
    if abs(found - right) < CLOSE:
        return "right"
    return "one" if abs(abs(found) - 1) < 1e-9 else np.array(found)


def quotients(contributions, middle=np.median, top=np.sum, below=np.abs):
    sizes = top(np.abs(contributions), axis=1)
    return middle(sizes / below(contributions.sum(axis=1)))


def median_quotient(contributions):
    return quotients(contributions)
