"""Tables of settings on which every way of choosing gives something else; and a look at what was chosen."""

from functools import cache
from typing import NamedTuple

import numpy as np

from dropout_lib.checks.grading.results import Unusable, as_array
from dropout_lib.checks.grading.running import Finding

LAYERS = 3
SIZES = ((7, 4), (5, 6), (8, 5), (6, 9), (7, 5))  # settings and seeds of each table: never as many
VALUES = np.array([[0.25, 0.7], [0.4, 0.9], [0.35, 0.6]])  # for each layer; none of its rates is one of its keep_probs


class Table(NamedTuple):
    """A table of results, and the row of the setting to use."""

    settings: np.ndarray
    validation: np.ndarray
    test: np.ndarray
    row: int

    @property
    def rates(self):
        return 1 - self.settings[self.row]


@cache
def tables(seed):
    """Draw one table of each size. On each, or on one of them, every other way of choosing takes a different row.

    Accuracies are shares. In the second table a rival has the better median and a broken last seed, in the third the
    correct setting has the wider spread, in the fifth a rival has a broken first seed: the mean of all seeds is best
    in all of them.
    """
    rng, found = np.random.default_rng([seed, 5]), []
    shapes = (_clear, _rival_with_a_broken_seed, _wide_spread, _clear, _rival_with_a_broken_first_seed)
    for size, shape in zip(SIZES, shapes, strict=True):
        found.append(_table(*size, shape, rng, [table.rates.tolist() for table in found]))
    return found


def _clear(seeds, rng):
    return 89 + rng.uniform(-1, 1, seeds), 86 + rng.uniform(-1, 1, seeds)


def _rival_with_a_broken_seed(seeds, rng):
    right = 85 + rng.uniform(-1, 1, seeds)
    return right, right + np.where(np.arange(seeds) < seeds - 1, 0.8, -3 * seeds)


def _rival_with_a_broken_first_seed(seeds, rng):
    right, rival = _rival_with_a_broken_seed(seeds, rng)
    return right, rival[::-1]


def _wide_spread(seeds, rng):
    return 85 + 4 * np.linspace(-1, 1, seeds) + rng.uniform(-0.2, 0.2, seeds), 83.5 + rng.uniform(-1, 1, seeds)


def _table(rows, seeds, shape, rng, taken):
    """Draw tables until one distinguishes all ways, and its correct rates are not yet those of another table."""
    while True:
        every = np.stack(np.meshgrid(*VALUES), axis=-1).reshape(-1, LAYERS)
        settings = rng.permutation(every)[:rows]
        validation, test = (
            rng.uniform(70, 80, rows)[:, np.newaxis] + rng.uniform(-1, 1, (rows, seeds)) for _ in range(2)
        )
        right, rival, best_in_test, lucky, worst = rng.permutation(rows)[:5]
        validation[[right, rival]] = shape(seeds, rng)
        test[best_in_test] += 97 - test[best_in_test].mean()
        validation[lucky, -1 if shape is _clear else rng.integers(seeds - 1)] = 93  # so no one seed alone will do
        validation[worst] -= 6
        table = Table(settings, (validation / 100).round(4), (test / 100).round(4), int(right))
        if shape is _clear and lucky == _last_above_the_first(table.validation.mean(axis=1)):
            continue
        if table.rates.tolist() not in taken and _tells_apart(table, int(rival), int(lucky)):
            return table


def _last_above_the_first(means):
    return int(np.flatnonzero(means >= means[0])[-1])


def _tells_apart(table, rival, lucky):
    """Say whether the other ways of choosing take different rows, the rival's being the second best."""
    validation, test = table.validation.mean(axis=1), table.test.mean(axis=1)
    others = [lucky, int(validation.argmin()), int(test.argmax())]
    by_seed = int(table.validation.mean(axis=0).argmax() % len(validation))
    smoothed = int(np.convolve(validation, [1, 1, 1], "same").argmax())
    alone = [best_by_itself(table.settings, table.validation, layer) for layer in range(LAYERS)]
    return (
        validation.argsort()[-2:].tolist() == [rival, table.row]
        and table.row > 1
        and (validation + test).argmax() == test.argmax()
        and len({*others, by_seed, table.row}) == 5
        and table.row not in (smoothed, _last_above_the_first(validation))
        and (np.diff(validation[: table.row + 1]) < 0).any()
        and table.settings[rival].sum() < table.settings[table.row].sum()
        and not any(np.allclose(alone, row) for row in table.settings[[table.row, by_seed, *others]])
    )


def best_by_itself(settings, validation, layer):
    """Give the keep_prob of one layer that has the best mean over all settings that use it."""
    means = validation.mean(axis=1)
    return max(np.unique(settings[:, layer]), key=lambda keep_prob: means[settings[:, layer] == keep_prob].mean())


def look_at_choice(answer, seed):
    """Look at the rates that are chosen from each table; what is not three numbers is reported at once."""
    for number, table in enumerate(tables(seed)):
        result = answer(settings=table.settings, validation=table.validation, test=table.test)
        rates = as_array(result).astype(float)
        kind = _kind(rates, table)
        yield Finding("kind", kind, f"You returned {_short(rates)}, where the rate of each layer was asked for.")
        if kind != "three rates":
            return
        where = f"From a table of {len(table.settings)} settings and {table.validation.shape[1]} seeds"
        seen = np.round(rates, 3)
        yield Finding(f"rates {number}", seen, f"{where}, {_described(seen, table)}")


def _kind(rates, table):
    if rates.size == 1 and rates.reshape(-1)[0] in (table.row, table.row + 1):
        return "row"
    if rates.shape in ((), (1,), (LAYERS,)) and np.ptp(rates) < 1e-6 and 0 < rates.reshape(-1)[0] < 1:
        return "one for all"
    if rates.shape != (LAYERS,):
        raise Unusable("shape", f"Your result has shape {rates.shape}, where {(LAYERS,)} was asked for: three layers.")
    if np.allclose(np.sort(rates), np.sort(table.rates), atol=2e-3) and not np.allclose(rates, table.rates, atol=2e-3):
        return "other order"
    return "three rates"


def _described(rates, table):
    means = 100 * table.validation.mean(axis=1)
    rows, kept = (
        np.isclose(each, rates, atol=2e-3).all(axis=1).nonzero()[0] for each in (1 - table.settings, table.settings)
    )
    if len(rows) == 0:
        if len(kept):
            return f"your numbers are the keep_probs of row {kept[0]}, and not its rates."
        return f"your rates {_short(rates)} are not those of any setting in it."
    return (
        f"you chose the setting in row {rows[0]}. Its mean on the validation images is {means[rows[0]]:z.1f}%, "
        f"and that of another setting is {means.max():z.1f}%."
    )


def _short(rates):
    return ", ".join(f"{rate:z.4g}" for rate in rates.reshape(-1)[:4])
