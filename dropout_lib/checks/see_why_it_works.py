"""Checks of page 06: measure how much contributions cancel, and count the pictures lost without each neuron."""

import numpy as np

from dropout_lib.checks.grading.exercise import Exercise
from dropout_lib.checks.grading.running import Finding, Unusable, as_array
from dropout_lib.checks.probes.removals import MISTAKES, look_at_lost, without_each

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
        right, found = float(_median(table)), as_array(answer(contributions=table))
        if answer.changed:
            raise Unusable("changed", "After the call, contributions was not what it had been before.")
        message = f"For {pictures} pictures an array of shape {found.shape} came back, where one number was asked for."
        yield Finding(f"shape of {pictures}", found.shape, message)
        if found.shape == ():
            sizes, sums = np.abs(table).sum(axis=1), np.abs(table.sum(axis=1))
            message = (
                f"For {pictures} pictures and {neurons} neurons your number is {float(found):.4g}. Of the first "
                f"picture, the sizes add up to {sizes[0]:.4g}, and the sum has the size {sums[0]:.4g}: its quotient "
                f"is {sizes[0] / sums[0]:.4g}."
            )
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


def _quotients(contributions, middle=np.median, top=np.sum, below=np.abs):
    sizes = top(np.abs(contributions), axis=1)
    return middle(sizes / below(contributions.sum(axis=1)))


def _median(contributions):
    return _quotients(contributions)


def signed_instead_of_absolute(contributions):
    """Every picture gives 1 or -1, as the same sum stands above and below. In which of the two are sizes added, and in
    which the numbers with their signs?"""
    return np.median(np.abs(contributions.sum(axis=1)) / np.abs(contributions.sum(axis=1)))


def upside_down(contributions):
    """Your quotient is upside down: the size of the sum, divided by the sum of the sizes. Can yours ever be above 1?"""
    return np.median(np.abs(contributions.sum(axis=1)) / np.abs(contributions).sum(axis=1))


def mean_instead_of_median(contributions):
    """This is the mean over the pictures. One sum near 0 makes its quotient huge: which middle does not follow it?"""
    return _quotients(contributions, middle=np.mean)


def over_the_wrong_axis(contributions):
    """You added over the pictures, so there was a quotient for each neuron. Along which axis lies one picture?"""
    return _quotients(contributions.T)


def all_pictures_at_once(contributions):
    """The contributions of all pictures went into one pair of sums. What belongs to one picture, and when does the
    median come?"""
    return np.abs(contributions).sum() / np.abs(contributions.sum())


def all_sums_at_once(contributions):
    """Above and below you added up over all pictures, and divided once. When does the median come, and of what?"""
    return np.abs(contributions).sum() / np.abs(contributions.sum(axis=1)).sum()


def axis_forgotten_above(contributions):
    """Above stands one sum over all pictures, below one for each picture. Where is an axis missing?"""
    return np.median(np.abs(contributions).sum() / np.abs(contributions.sum(axis=1)))


def axis_forgotten_below(contributions):
    """Below stands one sum over all pictures, above one for each picture. Where is an axis missing?"""
    return np.median(np.abs(contributions).sum(axis=1) / np.abs(contributions.sum()))


def every_picture_by_every_other(contributions):
    """The sizes of each picture were divided by the sums of all pictures, so that NumPy made a square of quotients.
    Which shapes have the two?"""
    return np.median(np.abs(contributions).sum(axis=1, keepdims=True) / np.abs(contributions.sum(axis=1)))


def absolute_forgotten_below(contributions):
    """The sum below keeps its sign, so that some quotients are below 0. What of the sum was asked for?"""
    return _quotients(contributions, below=np.positive)


def median_before_dividing(contributions):
    """You divided one median by another. Which picture would that quotient belong to?"""
    return np.median(np.abs(contributions).sum(axis=1)) / np.median(np.abs(contributions.sum(axis=1)))


def average_instead_of_sum(contributions):
    """Above stands the average of the sizes, below a sum. What happens to your number when neurons are added?"""
    return _quotients(contributions, top=np.mean)


def average_below(contributions):
    """Below stands the size of the average, above a sum. What happens to your number when neurons are added?"""
    return _quotients(contributions) * contributions.shape[1]


def squares_instead_of_sizes(contributions):
    """You squared the contributions and the sum. A square is no size: what makes -2 and 2 alike, and leaves 2 a 2?"""
    return np.median((contributions**2).sum(axis=1) / contributions.sum(axis=1) ** 2)


def lengths_instead_of_sums(contributions):
    """Above stands the root of the sum of squares, the length. What is the sum of the sizes?"""
    return np.median(np.sqrt((contributions**2).sum(axis=1)) / np.abs(contributions.sum(axis=1)))


def subtracted_instead_of_divided(contributions):
    """You subtracted the size of the sum from the sum of the sizes. Twice the weights then give twice your number:
    which operation takes the unit away?"""
    return np.median(np.abs(contributions).sum(axis=1) - np.abs(contributions.sum(axis=1)))


def never_took_the_median(contributions):
    """One quotient for each picture came back. They are to become one number: how?"""
    return np.abs(contributions).sum(axis=1) / np.abs(contributions.sum(axis=1))


cancellation = Exercise(
    look_at_cancellation,
    references=[_median],
    mistakes=[
        signed_instead_of_absolute,
        upside_down,
        mean_instead_of_median,
        over_the_wrong_axis,
        all_pictures_at_once,
        all_sums_at_once,
        axis_forgotten_above,
        axis_forgotten_below,
        every_picture_by_every_other,
        absolute_forgotten_below,
        median_before_dividing,
        average_instead_of_sum,
        average_below,
        squares_instead_of_sizes,
        lengths_instead_of_sums,
        subtracted_instead_of_divided,
        never_took_the_median,
    ],
    praise="Sizes first, then the quotient of each picture, and the median last.",
)


pictures_lost = Exercise(
    look_at_lost,
    references=[without_each],
    mistakes=MISTAKES,
    praise="Each neuron by itself, nothing scaled, and only pictures that were right are counted.",
)
