"""Answers to `every_mask`, `chance_of_each` and `geometric_mean` of the page on counting the sub-networks."""

# ruff: noqa: B006, B905, RET503 (learners do not write for a linter)

import itertools
import math
from collections import Counter
from fractions import Fraction
from functools import reduce

import numpy as np

from dropout_lib import softmax
from sample_answers import right, wrong

# every_mask: right


def binary(numbers, neurons):
    """Write each number as its last binary digits, one number a row."""
    return np.array(list(numbers)).reshape(-1, 1) >> np.arange(neurons)[::-1] & 1 == 1


@right("every_mask")
def recursion_on_lists(neurons):
    if neurons == 0:
        return [[]]
    return [[first, *rest] for first in (True, False) for rest in recursion_on_lists(neurons - 1)]


@right("every_mask")
def doubled_column_by_column(neurons):
    masks = np.zeros((1, 0), dtype=bool)
    for _ in range(neurons):
        kept, dropped = np.ones((len(masks), 1), bool), np.zeros((len(masks), 1), bool)
        masks = np.vstack([np.hstack([kept, masks]), np.hstack([dropped, masks])])
    return masks


@right("every_mask")
def repeated_and_tiled(neurons):
    columns = [np.tile(np.repeat([0, 1], 2**i), 2 ** (neurons - i - 1)) for i in range(neurons)]
    return np.column_stack(columns).astype(np.int8)


right("every_mask").each(
    indices_of_a_cube=lambda neurons: np.indices((2,) * neurons).reshape(neurons, -1).T,
    gray_code=lambda neurons: [
        [bool((n ^ n >> 1) >> neuron & 1) for neuron in range(neurons)] for n in range(2**neurons)
    ],
)


# every_mask: named mistakes in a guise


@wrong("every_mask", "all_but_one_each")
def pairs_by_combinations(neurons):
    masks = np.zeros((neurons, neurons))
    for row, kept in enumerate(itertools.combinations(range(neurons), neurons - 1)):
        masks[row, list(kept)] = 1
    return masks


@wrong("every_mask", "without_the_full_mask")
def ends_one_early(neurons):
    rows, number = [], 0
    while number < 2**neurons - 1:
        rows.append([number >> neuron & 1 for neuron in range(neurons)])
        number += 1
    return rows


@wrong("every_mask", "without_both_ends")
def some_kept_some_dropped(neurons):
    masks = np.indices((2,) * neurons).reshape(neurons, -1).T
    return masks[(masks.max(axis=1) == 1) & (masks.min(axis=1) == 0)]


@wrong("every_mask", "half_of_them")
def last_unit_forgotten(neurons):
    masks = np.zeros((2 ** (neurons - 1), neurons), dtype=bool)
    for row, mask in enumerate(itertools.product([True, False], repeat=neurons - 1)):
        masks[row, : neurons - 1] = mask
    return masks


@wrong("every_mask", "twice_as_many")
def list_and_its_complement(neurons):
    masks = binary(range(2**neurons), neurons)
    return np.concatenate([masks, ~masks])


# every_mask: mistakes without a name


@wrong("every_mask")
def the_same_row_again_and_again(neurons):
    """The list holds one row, 2^neurons times over."""
    row, rows = [False] * neurons, []
    for number in range(2**neurons):
        for neuron in range(neurons):
            row[neuron] = bool(number >> neuron & 1)
        rows.append(row)
    return rows


@wrong("every_mask")
def one_kept_and_one_dropped(neurons):
    one = np.eye(neurons, dtype=bool)
    return np.vstack([one, ~one])


@wrong("every_mask")
def double_draws_taken_out(neurons):
    drawn = np.random.default_rng(7).random((2**neurons, neurons)) < 0.5
    return np.unique(drawn, axis=0)[: 2**neurons - 1]


@wrong("every_mask")
def unit_numbers_of_the_kept(neurons):
    subsets = [kept for count in range(neurons + 1) for kept in itertools.combinations(range(neurons), count)]
    return [list(kept) + [0] * (neurons - len(kept)) for kept in subsets]


wrong("every_mask", "one_neuron_each").each(
    all_orders_of_one_kept=lambda neurons: np.array(
        sorted(set(itertools.permutations([True] + [False] * (neurons - 1))))
    ),
    powers_of_two=lambda neurons: binary([2**neuron for neuron in range(neurons)], neurons),
)
wrong("every_mask", "all_but_one_each").each(
    leave_one_out=lambda neurons: [[other != neuron for other in range(neurons)] for neuron in range(neurons)]
)
wrong("every_mask", "without_the_empty_mask").each(
    counted_from_one=lambda neurons: binary(range(1, 2**neurons), neurons),
    rows_with_someone_left=lambda neurons: [
        mask for mask in itertools.product([True, False], repeat=neurons) if any(mask)
    ],
)
wrong("every_mask", "drawn_at_random").each(
    enough_random_integers=lambda neurons: np.random.RandomState(3).randint(0, 2, size=(2**neurons, neurons)),
    random_numbers_in_binary=lambda neurons: binary(
        np.random.default_rng(neurons + 5).integers(2**neurons, size=2**neurons), neurons
    ),
)
wrong("every_mask", "masks_in_columns").each(
    indices_not_turned=lambda neurons: np.indices((2,) * neurons, dtype=float).reshape(neurons, 2**neurons),
    zipped_lists=lambda neurons: [list(column) for column in zip(*itertools.product([False, True], repeat=neurons))],
)
wrong("every_mask", "one_for_each_number_kept").each(
    with_replacement=lambda neurons: list(itertools.combinations_with_replacement([False, True], neurons)),
    order_does_not_matter=lambda neurons: np.unique(np.sort(binary(range(2**neurons), neurons), axis=1), axis=0),
    lower_triangle=lambda neurons: np.tril(np.ones((neurons + 1, neurons), dtype=int), -1),
)
wrong("every_mask", "half_with_one_always_kept").each(
    python_prefix_one=lambda neurons: [
        [int(digit) for digit in bin(number)[2:]] for number in range(2 ** (neurons - 1), 2**neurons)
    ]
)
wrong("every_mask", "twice_as_many").each(one_digit_too_many=lambda neurons: binary(range(2 ** (neurons + 1)), neurons))
wrong("every_mask", "squared_instead_of_doubled").each(
    digits_up_to_the_square=lambda neurons: [
        [number >> neuron & 1 == 1 for neuron in range(neurons)] for number in range(neurons**2)
    ]
)
wrong("every_mask", "half_of_them").each(
    one_power_too_few=lambda neurons: binary(range(2 ** (neurons - 1)), neurons),
    precedence_of_the_power=lambda neurons: binary(range(2 * neurons), neurons),
)
wrong("every_mask").each(
    digits_not_filled_up=lambda neurons: [[int(digit) for digit in bin(number)[2:]] for number in range(2**neurons)],
    numbers_of_the_masks=lambda neurons: np.arange(2**neurons),
    text_is_always_true=lambda neurons: np.array(
        [[bool(digit) for digit in format(number, f"0{neurons}b")] for number in range(2**neurons)]
    ),
    plus_and_minus_one=lambda neurons: np.array(list(itertools.product([-1, 1], repeat=neurons))),
    only_for_three=lambda neurons: [[a, b, c] for a in (True, False) for b in (True, False) for c in (True, False)],
    pairs_only=lambda neurons: list(itertools.product([True, False], repeat=2)),
    digits_and_units_exchanged=lambda neurons: np.array(list(itertools.product(range(neurons), repeat=2))),
    a_single_draw=lambda neurons: np.random.default_rng(0).random(neurons) < 0.5,
    # The last neuron is a parity bit.
    even_number_kept=lambda neurons: [
        [*mask, sum(mask) % 2 == 1] for mask in itertools.product([False, True], repeat=neurons - 1)
    ],
    no_two_neighbours_dropped=lambda neurons: [
        row for row in itertools.product([0, 1], repeat=neurons) if all(a or b for a, b in zip(row, row[1:]))
    ],
    cube_left_as_it_is=lambda neurons: np.stack(np.meshgrid(*[[True, False]] * neurons, indexing="ij"), axis=-1),
    gray_code_cut_short=lambda neurons: binary([n ^ n >> 1 for n in range(2**neurons - 1)], neurons),
    # Each two neighbouring neurons share one binary digit.
    neighbours_in_step=lambda neurons: np.arange(2**neurons)[:, None] >> np.arange(neurons) // 2 & 1,
    three_choices=lambda neurons: np.array(list(itertools.product([0, 0.5, 1], repeat=neurons))),
    # The masks of the first layer ever asked about come back for every other.
    the_first_layer_remembered=lambda neurons, known={}: known.setdefault("masks", binary(range(2**neurons), neurons)),
    moving_window=lambda neurons: [
        [low <= neuron < high for neuron in range(neurons)]
        for low in range(neurons)
        for high in range(low, neurons + 1)
    ],
)


# chance_of_each: right


def factors(masks, keep_prob):
    return np.where(masks, keep_prob, 1 - keep_prob)


def one_by_one(masks, keep_prob, *, kept=lambda k: k, dropped=lambda k: 1 - k, step=lambda a, b: a * b, start=1.0):
    """Go through the rows and the neurons in plain loops."""
    out = []
    for row in masks:
        value = start
        for stays in row:
            value = step(value, kept(keep_prob) if stays else dropped(keep_prob))
        out.append(value)
    return out


@right("chance_of_each")
def exact_fractions(masks, keep_prob):
    keep = Fraction(keep_prob).limit_denominator(1000)
    return [float(math.prod((keep if stays else 1 - keep for stays in row), start=Fraction(1))) for row in masks]


@right("chance_of_each")
def binomial_shared_out(masks, keep_prob):
    n = masks.shape[1]
    so_many = [math.comb(n, c) * keep_prob**c * (1 - keep_prob) ** (n - c) for c in range(n + 1)]
    return np.array([so_many[int(row.sum())] / math.comb(n, int(row.sum())) for row in masks])


@right("chance_of_each")
def filled_in_by_index(masks, keep_prob):
    each = np.empty(masks.shape)
    each[masks] = keep_prob
    each[~masks] = 1 - keep_prob
    return tuple(map(math.prod, each.tolist()))


right("chance_of_each").each(
    distance_from_the_rate=lambda masks, keep_prob: abs(masks - (1 - keep_prob)).prod(axis=1),
    columns_reduced=lambda masks, keep_prob: reduce(
        np.multiply, [np.where(column, keep_prob, 1 - keep_prob) for column in masks.T]
    ),
)


# chance_of_each: named mistakes in a guise


@wrong("chance_of_each", "the_same_for_all", "half_for_each_neuron")
def share_of_the_rows(masks, keep_prob):
    counted = Counter(map(tuple, masks.tolist()))
    return np.array([counted[tuple(row)] / len(masks) for row in masks.tolist()])


@wrong("chance_of_each", "kept_and_dropped_exchanged")
def rate_taken_for_keep(masks, keep_prob):
    rate = keep_prob
    return np.where(masks, 1 - rate, rate).prod(axis=1)


@wrong("chance_of_each", "kept_and_dropped_exchanged")
def counts_in_the_wrong_powers(masks, keep_prob):
    kept = masks.sum(axis=1)
    return (1 - keep_prob) ** kept * keep_prob ** (masks.shape[1] - kept)


@wrong("chance_of_each", "all_masks_with_so_many_kept")
def coefficients_of_a_polynomial(masks, keep_prob):
    so_many = reduce(np.convolve, [[1 - keep_prob, keep_prob]] * masks.shape[1])
    return so_many[masks.sum(axis=1)]


@wrong("chance_of_each", "all_masks_with_so_many_kept", "kept_and_dropped_exchanged")
def binomial_of_the_dropped(masks, keep_prob):
    so_many = reduce(np.convolve, [[1 - keep_prob, keep_prob]] * masks.shape[1])
    return so_many[(~masks).sum(axis=1)]


@wrong("chance_of_each", "multiplied_over_everything")
def one_variable_for_all(masks, keep_prob):
    chance = 1
    for row in masks:
        for stays in row:
            chance *= keep_prob if stays else 1 - keep_prob
    return chance


@wrong("chance_of_each", "added_instead_of_multiplied")
def counts_times_chances(masks, keep_prob):
    kept = masks.sum(axis=1)
    return keep_prob * kept + (1 - keep_prob) * (masks.shape[1] - kept)


@wrong("chance_of_each", "averaged_instead_of_multiplied")
def shares_weighed(masks, keep_prob):
    share = masks.mean(axis=1)
    return share * keep_prob + (1 - share) * (1 - keep_prob)


@wrong("chance_of_each", "made_to_sum_to_one", "counted_only_the_kept")
def kept_only_and_made_to_fit(masks, keep_prob):
    chances = np.array(one_by_one(masks, keep_prob, dropped=lambda k: 1))
    return chances / chances.sum()


# chance_of_each: mistakes without a name


@wrong("chance_of_each")
def last_unit_left_out(masks, keep_prob):
    chances = np.ones(len(masks))
    for neuron in range(masks.shape[1] - 1):
        chances *= np.where(masks[:, neuron], keep_prob, 1 - keep_prob)
    return chances


@wrong("chance_of_each")
def returns_in_the_loop(masks, keep_prob):
    for row in masks:
        return math.prod(keep_prob if stays else 1 - keep_prob for stays in row)


@wrong("chance_of_each")
def chance_not_begun_anew(masks, keep_prob):
    chance, chances = 1, []
    for row in masks:
        for stays in row:
            chance *= keep_prob if stays else 1 - keep_prob
        chances.append(chance)
    return chances


@wrong("chance_of_each")
def whole_numbers_only(masks, keep_prob):
    chances = np.zeros(len(masks), dtype=int)
    chances[:] = factors(masks, keep_prob).prod(axis=1)
    return chances


@wrong("chance_of_each")
def boolean_array_filled(masks, keep_prob):
    out = np.zeros_like(masks[:, 0])
    for row, mask in enumerate(masks):
        out[row] = np.where(mask, keep_prob, 1 - keep_prob).prod()
    return out


@wrong("chance_of_each")
def counted_in_draws(masks, keep_prob):
    drawn = np.random.default_rng(0).random((200, masks.shape[1])) < keep_prob
    return (drawn[:, None, :] == masks).all(axis=2).mean(axis=0)


@wrong("chance_of_each")
def so_many_or_fewer(masks, keep_prob):
    so_many = reduce(np.convolve, [[1 - keep_prob, keep_prob]] * masks.shape[1])
    return np.cumsum(so_many)[masks.sum(axis=1)]


@wrong("chance_of_each")
def one_call_late(masks, keep_prob, known={}):
    """Uses the keep_prob of the call before."""
    before, known["keep_prob"] = known.get("keep_prob", keep_prob), keep_prob
    return factors(masks, before).prod(axis=1)


wrong("chance_of_each", "the_same_for_all", "half_for_each_neuron").each(
    one_in_so_many=lambda masks, keep_prob: [1 / 2 ** len(mask) for mask in masks]
)
wrong("chance_of_each", "half_for_each_neuron", "the_same_for_all").each(
    coin_for_each_unit=lambda masks, keep_prob: one_by_one(masks, 0.5)
)
wrong("chance_of_each", "counted_only_the_kept").each(
    ones_for_the_dropped=lambda masks, keep_prob: [math.prod([keep_prob] * sum(row)) for row in masks.tolist()],
    power_of_the_mask=lambda masks, keep_prob: np.prod(float(keep_prob) ** masks.astype(int), axis=1),
)
wrong("chance_of_each", "counted_only_the_dropped").each(
    skips_the_kept=lambda masks, keep_prob: one_by_one(masks, keep_prob, kept=lambda k: 1.0)
)
wrong("chance_of_each", "multiplied_over_the_masks").each(
    rows_multiplied_together=lambda masks, keep_prob: reduce(
        lambda above, below: above * below, factors(masks, keep_prob)
    )
)
wrong("chance_of_each", "never_multiplied").each(
    one_number_a_unit=lambda masks, keep_prob: [
        [keep_prob if stays else 1 - keep_prob for stays in row] for row in masks
    ]
)
wrong("chance_of_each", "added_instead_of_multiplied", "kept_and_dropped_exchanged").each(
    exchanged_and_added=lambda masks, keep_prob: one_by_one(~masks, keep_prob, step=lambda a, b: a + b, start=0.0)
)
wrong("chance_of_each", "added_instead_of_multiplied", "counted_only_the_kept").each(
    kept_times_keep_prob=lambda masks, keep_prob: masks.astype(float) @ np.full(masks.shape[1], keep_prob)
)
# Right as long as all masks are in the list.
wrong("chance_of_each", "made_to_sum_to_one").each(
    softmax_of_logarithms=lambda masks, keep_prob: softmax(np.log(factors(masks, keep_prob)).sum(axis=1))
)
wrong("chance_of_each", "share_kept").each(
    counted_over_width=lambda masks, keep_prob: [row.count(True) / len(row) for row in masks.tolist()]
)
wrong("chance_of_each").each(
    share_times_keep_prob=lambda masks, keep_prob: keep_prob * masks.mean(axis=1),
    logarithm_left=lambda masks, keep_prob: np.log(factors(masks, keep_prob)).sum(axis=1),
    root_taken=lambda masks, keep_prob: factors(masks, keep_prob).prod(axis=1) ** (1 / masks.shape[1]),
    everyone_is_kept=lambda masks, keep_prob: np.full(len(masks), keep_prob ** masks.shape[1]),
    dropped_counted_as_all=lambda masks, keep_prob: keep_prob ** masks.sum(axis=1) * (1 - keep_prob) ** masks.shape[1],
    powers_added=lambda masks, keep_prob: keep_prob ** masks.sum(axis=1) + (1 - keep_prob) ** (~masks).sum(axis=1),
    first_unit_skipped=lambda masks, keep_prob: factors(masks, keep_prob)[:, 1:].prod(axis=1),
    dropped_bring_zero=lambda masks, keep_prob: (masks * keep_prob).prod(axis=1),
    one_decision_for_the_row=lambda masks, keep_prob: np.where(masks.any(axis=1), keep_prob, 1 - keep_prob),
    off_by_one_row=lambda masks, keep_prob: np.roll(factors(masks, keep_prob).prod(axis=1), 1),
    one_row_short=lambda masks, keep_prob: [factors(masks[row], keep_prob).prod() for row in range(len(masks) - 1)],
    complement_of_the_chance=lambda masks, keep_prob: 1 - factors(masks, keep_prob).prod(axis=1),
    variance_for_each_unit=lambda masks, keep_prob: [(keep_prob * (1 - keep_prob)) ** len(row) for row in masks],
    in_percent=lambda masks, keep_prob: 100 * factors(masks, keep_prob).prod(axis=1),
    survivors_scaled_up=lambda masks, keep_prob: np.where(masks, 1 / keep_prob, 1 - keep_prob).prod(axis=1),
)


# geometric_mean: right


def scaled(hidden, masks, keep_prob):
    return hidden * masks / keep_prob


def all_probabilities(hidden, weights, masks, keep_prob):
    return softmax(hidden * masks / keep_prob @ weights)


def to_one(values):
    return values / values.sum()


def weighed_geometric(probabilities, chances):
    """Give the normalised geometric mean over the rows."""
    return to_one(np.exp(chances @ np.log(probabilities)))


@right("geometric_mean")
def einstein(hidden, weights, masks, chances, keep_prob):
    sums = np.einsum("mu,u,uc->mc", masks.astype(float), hidden / keep_prob, weights)
    return weighed_geometric(softmax(sums), chances)


@right("geometric_mean")
def weights_masked_and_scaled(hidden, weights, masks, chances, keep_prob):
    each = [softmax(hidden @ (np.diag(mask / keep_prob) @ weights)) for mask in masks]
    logs = [chance * np.log(one) for chance, one in zip(chances, each)]
    mean = np.exp(sum(logs))
    return mean / np.linalg.norm(mean, ord=1)


@right("geometric_mean")
def own_list_of_masks(hidden, weights, masks, chances, keep_prob):
    """Does not trust the masks and chances that it is given."""
    mean = 1
    for mask in itertools.product([0, 1], repeat=len(hidden)):
        chance = math.prod(keep_prob if stays else 1 - keep_prob for stays in mask)
        mean = mean * softmax(hidden * np.array(mask) / keep_prob @ weights) ** chance
    return mean / mean.sum()


@right("geometric_mean")
def class_against_class(hidden, weights, masks, chances, keep_prob):
    """The mean of each class, from the differences to all others."""
    apart = weights[:, :, None] - weights[:, None, :]
    return 1 / np.exp(-np.einsum("u,uij->ij", hidden, apart)).sum(axis=1)


right("geometric_mean").each(
    softmax_of_mean_sums=lambda hidden, weights, masks, chances, keep_prob: softmax(
        chances @ (scaled(hidden, masks, keep_prob) @ weights)
    )
)


# geometric_mean: named mistakes in a guise. Their names stand here once, as long as the list of names is not final.

ARITHMETIC = "arithmetic_mean"  # probabilities averaged, not multiplied
NOT_WEIGHED = "chances_ignored"  # each thinned network counts the same
NOT_NORMALISED = "not_normalised"  # does not sum to 1
NOT_SCALED = "not_scaled"  # survivors not divided by keep_prob
SCALED_TWICE = "scaled_twice"
EXCHANGED = "masks_exchanged"
KEEPS_ALL = "the_one_that_keeps_all"  # the thinned network whose mask keeps every neuron
SUMS_LEFT = "no_softmax"  # what goes into the softmax, not probabilities
LOGARITHMS_LEFT = "logarithms_left"  # exp forgotten


@wrong("geometric_mean", ARITHMETIC)
def votes_weighed(hidden, weights, masks, chances, keep_prob):
    mean = 0
    for mask, chance in zip(masks, chances):
        mean = mean + chance * softmax(hidden[mask] @ weights[mask] / keep_prob)
    return mean


@wrong("geometric_mean", ARITHMETIC)
def mean_then_logarithm_and_back(hidden, weights, masks, chances, keep_prob):
    probabilities = all_probabilities(hidden, weights, masks, keep_prob)
    return softmax(np.log(np.average(probabilities, axis=0, weights=chances)))


@wrong("geometric_mean", NOT_WEIGHED)
def root_of_the_product(hidden, weights, masks, chances, keep_prob):
    probabilities = all_probabilities(hidden, weights, masks, keep_prob)
    return to_one(np.prod(probabilities ** (1 / len(masks)), axis=0))


@wrong("geometric_mean", NOT_NORMALISED)
def powers_multiplied_in_a_loop(hidden, weights, masks, chances, keep_prob):
    mean = np.ones(weights.shape[1])
    for i in range(len(masks)):
        mean *= softmax(masks[i] * hidden / keep_prob @ weights) ** chances[i]
    return mean


@wrong("geometric_mean", NOT_NORMALISED)
def divided_by_the_sum_of_chances(hidden, weights, masks, chances, keep_prob):
    logs = np.log(all_probabilities(hidden, weights, masks, keep_prob))
    return np.exp(chances @ logs / chances.sum())


@wrong("geometric_mean", NOT_SCALED)
def weights_of_the_kept(hidden, weights, masks, chances, keep_prob):
    each = np.array([softmax(hidden[mask] @ weights[mask]) for mask in masks])
    return weighed_geometric(each, chances)


@wrong("geometric_mean", SCALED_TWICE, KEEPS_ALL)
def loud_units_loud_weights(hidden, weights, masks, chances, keep_prob):
    each = softmax((masks / keep_prob * hidden) @ (weights / keep_prob))
    return weighed_geometric(each, chances)


# geometric_mean: mistakes without a name


@wrong("geometric_mean", "chances_as_factors")
def chance_as_a_factor(hidden, weights, masks, chances, keep_prob):
    """Multiplies each probability by the chance, so that the powers are all 1."""
    logs = np.log(chances[:, None] * all_probabilities(hidden, weights, masks, keep_prob))
    return softmax(logs.sum(axis=0))


@wrong("geometric_mean", ARITHMETIC)
def softmax_over_the_networks(hidden, weights, masks, chances, keep_prob):
    each = softmax((scaled(hidden, masks, keep_prob) @ weights).T).T
    return to_one(chances @ each)


@wrong("geometric_mean")
def first_mask_lost(hidden, weights, masks, chances, keep_prob):
    each = all_probabilities(hidden, weights, masks, keep_prob)
    first = masks.sum(axis=1).argmax()
    return weighed_geometric(np.delete(each, first, axis=0), np.delete(chances, first))


@wrong("geometric_mean")
def share_of_the_votes(hidden, weights, masks, chances, keep_prob):
    votes = all_probabilities(hidden, weights, masks, keep_prob).argmax(axis=1)
    return np.bincount(votes, weights=chances, minlength=weights.shape[1])


@wrong("geometric_mean")
def one_digit_only(hidden, weights, masks, chances, keep_prob):
    label = np.zeros(weights.shape[1])
    label[np.argmax(hidden @ weights)] = 1
    return label


@wrong("geometric_mean", NOT_NORMALISED)
def by_its_largest(hidden, weights, masks, chances, keep_prob):
    mean = np.exp(chances @ np.log(all_probabilities(hidden, weights, masks, keep_prob)))
    return mean / mean.max()


@wrong("geometric_mean")
def whole_number_activations(hidden, weights, masks, chances, keep_prob):
    each = softmax(np.floor(hidden * masks / keep_prob) @ weights)
    return weighed_geometric(each, chances)


@wrong("geometric_mean")
def masks_on_the_classes(hidden, weights, masks, chances, keep_prob):
    """Drops outputs, not hidden neurons."""
    drop = np.resize(masks, (len(masks), weights.shape[1]))
    return weighed_geometric(softmax(hidden @ weights * drop / keep_prob), chances)


@wrong("geometric_mean", ARITHMETIC)
def powers_averaged_before_the_sum(hidden, weights, masks, chances, keep_prob):
    powers = np.exp(scaled(hidden, masks, keep_prob) @ weights)
    return to_one(chances @ powers)


total_so_far = [0.0]


@wrong("geometric_mean", NOT_NORMALISED)
def total_never_set_back(hidden, weights, masks, chances, keep_prob):
    """Divides by the sum over all classes of all calls; only the first call is right."""
    powers = softmax(hidden @ weights) * 2
    total_so_far[0] += powers.sum()
    return powers / total_so_far[0]


wrong("geometric_mean", ARITHMETIC, NOT_WEIGHED, "arithmetic_with_equal_weights").each(
    plain_average=lambda hidden, weights, masks, chances, keep_prob: all_probabilities(
        hidden, weights, masks, keep_prob
    ).mean(axis=0)
)
wrong("geometric_mean", NOT_WEIGHED, NOT_NORMALISED).each(
    mean_of_logarithms_only=lambda hidden, weights, masks, chances, keep_prob: np.exp(
        np.log(all_probabilities(hidden, weights, masks, keep_prob)).mean(axis=0)
    )
)
wrong("geometric_mean", NOT_SCALED).each(
    original_dropout_at_test=lambda hidden, weights, masks, chances, keep_prob: softmax(hidden @ (keep_prob * weights))
)
wrong("geometric_mean", NOT_SCALED, ARITHMETIC).each(
    arithmetic_and_not_scaled=lambda hidden, weights, masks, chances, keep_prob: (
        chances @ softmax(masks * hidden @ weights)
    )
)
wrong("geometric_mean", NOT_SCALED, NOT_WEIGHED).each(
    half_of_everyone_not_divided=lambda hidden, weights, masks, chances, keep_prob: softmax(
        (hidden * masks @ weights).mean(axis=0)
    )
)
wrong("geometric_mean", SCALED_TWICE, KEEPS_ALL).each(
    divided_at_inference=lambda hidden, weights, masks, chances, keep_prob: softmax(hidden @ weights / keep_prob)
)
wrong("geometric_mean", EXCHANGED).each(
    silences_where_true=lambda hidden, weights, masks, chances, keep_prob: weighed_geometric(
        softmax(np.where(masks, 0, hidden / keep_prob) @ weights), chances
    ),
    mean_mask_of_the_dropped=lambda hidden, weights, masks, chances, keep_prob: softmax(
        (1 - chances @ masks) / keep_prob * hidden @ weights
    ),
)
wrong("geometric_mean", EXCHANGED, ARITHMETIC).each(
    exchanged_and_arithmetic=lambda hidden, weights, masks, chances, keep_prob: (
        chances @ all_probabilities(hidden, weights, ~masks, keep_prob)
    )
)
wrong("geometric_mean", SUMS_LEFT).each(
    sums_of_the_theorem=lambda hidden, weights, masks, chances, keep_prob: hidden @ weights,
    mean_of_sums=lambda hidden, weights, masks, chances, keep_prob: sum(
        chance * (hidden * mask / keep_prob @ weights) for chance, mask in zip(chances, masks)
    ),
)
wrong("geometric_mean", LOGARITHMS_LEFT).each(
    log_of_the_right_one=lambda hidden, weights, masks, chances, keep_prob: np.log(softmax(hidden @ weights))
)
wrong("geometric_mean", LOGARITHMS_LEFT, NOT_NORMALISED).each(
    weighed_logarithms=lambda hidden, weights, masks, chances, keep_prob: (
        chances @ np.log(all_probabilities(hidden, weights, masks, keep_prob))
    )
)
wrong("geometric_mean", ARITHMETIC).each(
    softmax_of_the_mean_probabilities=lambda hidden, weights, masks, chances, keep_prob: softmax(
        chances @ all_probabilities(hidden, weights, masks, keep_prob)
    )
)
wrong("geometric_mean", NOT_WEIGHED, "product_without_a_root").each(
    product_without_a_root=lambda hidden, weights, masks, chances, keep_prob: softmax(
        np.log(all_probabilities(hidden, weights, masks, keep_prob)).sum(axis=0)
    )
)
wrong("geometric_mean", KEEPS_ALL, SCALED_TWICE).each(
    the_largest_mask=lambda hidden, weights, masks, chances, keep_prob: all_probabilities(
        hidden, weights, masks, keep_prob
    )[masks.sum(axis=1).argmax()],
    # From keep_prob 0.5 up, it keeps all; below, nobody.
    most_probable_network=lambda hidden, weights, masks, chances, keep_prob: softmax(
        hidden * masks[chances.argmax()] / keep_prob @ weights
    ),
)
wrong("geometric_mean", NOT_WEIGHED).each(
    # By the theorem, for masks that all count the same.
    half_of_everyone=lambda hidden, weights, masks, chances, keep_prob: softmax(hidden / 2 / keep_prob @ weights),
    median_of_the_networks=lambda hidden, weights, masks, chances, keep_prob: to_one(
        np.median(all_probabilities(hidden, weights, masks, keep_prob), axis=0)
    ),
    mean_over_the_classes=lambda hidden, weights, masks, chances, keep_prob: to_one(
        np.exp(np.log(all_probabilities(hidden, weights, masks, keep_prob)).mean(axis=1))
    ),
)
wrong("geometric_mean", NOT_NORMALISED).each(
    exponentials_without_the_sum=lambda hidden, weights, masks, chances, keep_prob: np.exp(hidden @ weights)
)
wrong("geometric_mean").each(
    harmonic=lambda hidden, weights, masks, chances, keep_prob: to_one(
        1 / (chances @ (1 / all_probabilities(hidden, weights, masks, keep_prob)))
    ),
    root_mean_square=lambda hidden, weights, masks, chances, keep_prob: to_one(
        np.sqrt(chances @ all_probabilities(hidden, weights, masks, keep_prob) ** 2)
    ),
    softmax_twice=lambda hidden, weights, masks, chances, keep_prob: softmax(softmax(hidden @ weights)),
    rate_as_divisor=lambda hidden, weights, masks, chances, keep_prob: weighed_geometric(
        softmax(hidden * masks / (1 - keep_prob) @ weights), chances
    ),
    all_networks_returned=lambda hidden, weights, masks, chances, keep_prob: (
        all_probabilities(hidden, weights, masks, keep_prob) ** chances[:, None]
    ),
    shares_of_the_sums=lambda hidden, weights, masks, chances, keep_prob: (
        np.abs(hidden @ weights) / np.abs(hidden @ weights).sum()
    ),
    chances_of_the_neighbour=lambda hidden, weights, masks, chances, keep_prob: weighed_geometric(
        all_probabilities(hidden, weights, masks, keep_prob), np.roll(chances, 1)
    ),
)
