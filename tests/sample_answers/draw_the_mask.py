"""Answers to `neurons_to_keep` and `chance_of_silence` of the page on drawing the mask."""

import copy
import itertools
import math
import random

import numpy as np

from sample_answers import right, wrong

# neurons_to_keep: right


@right("neurons_to_keep")
def sorted_and_put_back(shape, keep_prob, rng):
    numbers = rng.random(shape).ravel()
    order = np.argsort(numbers)
    mask = np.empty(numbers.size, dtype=int)
    mask[order] = np.sort(numbers) < keep_prob
    return mask.reshape(shape)


@right("neurons_to_keep")
def bell_curve_made_flat(shape, keep_prob, rng):
    flat = [0.5 + 0.5 * math.erf(z / math.sqrt(2)) for z in rng.standard_normal(shape).flat]
    return np.reshape(flat, shape) < keep_prob


@right("neurons_to_keep")
def angle_of_two_normals(shape, keep_prob, rng):
    angle = np.arctan2(rng.normal(size=shape), rng.normal(size=shape))  # even between -pi and pi
    return angle <= np.pi * (2 * keep_prob - 1)


@right("neurons_to_keep")
def stream_of_tosses(shape, keep_prob, rng):
    count = math.prod(shape)
    return np.fromiter((rng.uniform() <= keep_prob for _ in range(count)), bool, count).reshape(shape)


right("neurons_to_keep").each(plain=lambda shape, keep_prob, rng: rng.random(shape) < keep_prob)


# neurons_to_keep: named mistakes in disguise


@wrong("neurons_to_keep", "kept_and_dropped_exchanged")
def inverted_at_the_end(shape, keep_prob, rng):
    mask = np.less(rng.random(shape), keep_prob)
    return np.logical_not(mask)


@wrong("neurons_to_keep", "kept_and_dropped_exchanged")
def loop_that_zeroes_the_wrong_ones(shape, keep_prob, rng):
    mask = np.ones(shape)
    for place in np.ndindex(*shape):
        if rng.random() <= keep_prob:
            mask[place] = 0
    return mask


@wrong("neurons_to_keep", "rate_used_for_keep_prob")
def helper_wants_a_keep_prob(shape, keep_prob, rng):
    def bernoulli(p):
        return [bool(number < p) for number in rng.random(math.prod(shape))]

    return np.reshape(bernoulli(1 - keep_prob), shape)


@wrong("neurons_to_keep", "exact_number_dropped")
def quantile_as_threshold(shape, keep_prob, rng):
    numbers = rng.random(shape)
    return numbers <= np.quantile(numbers, keep_prob)


@wrong("neurons_to_keep", "exact_number_dropped")
def ranks_instead_of_numbers(shape, keep_prob, rng):
    ranks = rng.random(shape).argsort(axis=-1).argsort(axis=-1)
    return ranks < keep_prob * shape[-1]


@wrong("neurons_to_keep", "exact_number_dropped")
def drawn_without_replacement(shape, keep_prob, rng):
    size = math.prod(shape)
    mask = np.ones(size)
    mask[rng.choice(size, size - math.floor(keep_prob * size), replace=False)] = 0
    return mask.reshape(shape)


@wrong("neurons_to_keep", "exact_number_dropped", "rate_used_for_keep_prob", "kept_and_dropped_exchanged")
def quota_of_the_rate(shape, keep_prob, rng):
    size = math.prod(shape)
    return rng.permutation(size).reshape(shape) < int(round((1 - keep_prob) * size))


@wrong("neurons_to_keep", "one_mask_for_the_batch")
def repeated_list(shape, keep_prob, rng):
    mask = [int(rng.random() < keep_prob) for _ in range(shape[-1])]
    return [mask] * shape[0] if len(shape) > 1 else mask


@wrong("neurons_to_keep", "one_mask_for_the_batch")
def same_child_for_every_example(shape, keep_prob, rng):
    seed = rng.integers(2**32)
    rows = [np.random.default_rng(seed).random(shape[-1]) < keep_prob for _ in np.ndindex(*shape[:-1])]
    return np.reshape(rows, shape)


@wrong("neurons_to_keep", "whole_examples_dropped")
def row_by_row(shape, keep_prob, rng):
    mask = np.zeros(shape)
    for example in range(shape[0]):
        mask[example] = rng.random() < keep_prob
    return mask


@wrong("neurons_to_keep", "whole_examples_dropped")
def outer_product_with_ones(shape, keep_prob, rng):
    kept = rng.binomial(1, keep_prob, shape[0])
    return np.einsum("e,en->en", kept, np.ones(shape)) if len(shape) > 1 else kept


@wrong("neurons_to_keep", "global_generator")
def global_seeded_from_rng(shape, keep_prob, rng):
    np.random.seed(rng.integers(2**31))
    return np.random.random_sample(shape) < keep_prob


@wrong("neurons_to_keep", "seed_inside", "global_generator")
def old_seed_and_rand(shape, keep_prob, rng):
    np.random.seed(1)
    return np.random.rand(*shape) < keep_prob


@wrong("neurons_to_keep", "seed_inside")
def state_put_back_to_start(shape, keep_prob, rng):
    rng.bit_generator.state = type(rng.bit_generator)(11).state
    return rng.random(shape) < keep_prob


@wrong("neurons_to_keep", "seed_inside", "rate_used_for_keep_prob")
def private_dice_and_rate(shape, keep_prob, rng):
    dice = random.Random("dropout")
    return np.reshape([dice.random() < 1 - keep_prob for _ in range(math.prod(shape))], shape)


@wrong("neurons_to_keep", "numbers_instead_of_a_mask")
def comparison_thrown_away(shape, keep_prob, rng):
    mask = rng.random(shape)
    np.less(mask, keep_prob)
    return mask


@wrong("neurons_to_keep", "numbers_instead_of_a_mask")
def numbers_with_holes(shape, keep_prob, rng):
    numbers = rng.random(shape)
    return np.where(numbers < keep_prob, numbers, 0)


# neurons_to_keep: mistakes without a name


@wrong("neurons_to_keep")
def mask_and_share(shape, keep_prob, rng):
    mask = rng.random(shape) < keep_prob
    return mask, mask.mean()


@wrong("neurons_to_keep")
def forgotten_return(shape, keep_prob, rng):
    mask = rng.random(shape) < keep_prob
    mask.astype(float)


@wrong("neurons_to_keep")
def odds(shape, keep_prob, rng):
    """Right, but divides by zero at keep_prob 1.0."""
    numbers = rng.random(shape)
    return numbers / (1 - numbers) < keep_prob / (1 - keep_prob)


@wrong("neurons_to_keep")
def rolled_rows(shape, keep_prob, rng):
    row = rng.random(shape[-1]) < keep_prob
    rows = [np.roll(row, shift) for shift in range(math.prod(shape[:-1]))]
    return np.reshape(rows, shape)


@wrong("neurons_to_keep")
def neighbours_share_a_number(shape, keep_prob, rng):
    half = rng.random((*shape[:-1], shape[-1] // 2 + 1))
    return np.repeat(half, 2, axis=-1)[..., : shape[-1]] < keep_prob


@wrong("neurons_to_keep")
def mirrored_neurons(shape, keep_prob, rng):
    numbers = rng.random(shape)
    numbers[..., 1::2] = 1 - numbers[..., : shape[-1] - 1 : 2]
    return numbers < keep_prob


@wrong("neurons_to_keep")
def nobody_left_is_repaired(shape, keep_prob, rng):
    mask = rng.random(shape) < keep_prob
    mask[..., 0] |= ~mask.any(axis=-1)
    return mask


@wrong("neurons_to_keep")
def drawn_again_if_a_row_is_empty(shape, keep_prob, rng):
    for _ in range(1000):
        mask = rng.random(shape) < keep_prob
        if mask.any(axis=-1).all():
            break
    return mask


@wrong("neurons_to_keep")
def last_neuron_forgotten(shape, keep_prob, rng):
    mask = np.zeros(shape, dtype=bool)
    for neuron in range(shape[-1] - 1):
        mask[..., neuron] = rng.random(shape[:-1]) < keep_prob
    return mask


@wrong("neurons_to_keep")
def loop_renames_the_row(shape, keep_prob, rng):
    """The rows are meant to be replaced, but only a name in the loop is."""
    mask = np.zeros(shape)
    for row in mask:
        row = rng.random(row.shape) < keep_prob  # noqa: PLW2901
    return mask


@wrong("neurons_to_keep")
def weaker_for_every_example(shape, keep_prob, rng):
    chance = keep_prob ** np.arange(1, shape[0] + 1)
    return rng.random(shape) < chance.reshape(-1, *[1] * (len(shape) - 1))


@wrong("neurons_to_keep")
def generator_rewound(shape, keep_prob, rng):
    state = rng.bit_generator.state
    mask = rng.random(shape) < keep_prob
    rng.bit_generator.state = state
    return mask


@wrong("neurons_to_keep", "own_generator")
def numbers_used_twice(shape, keep_prob, rng):
    """Every second call uses the numbers of the call before."""
    spare = vars(numbers_used_twice).setdefault("spare", {})
    numbers = spare.pop(shape) if shape in spare else spare.setdefault(shape, rng.random(shape))
    return numbers < keep_prob


@wrong("neurons_to_keep")
def rests_every_second_call(shape, keep_prob, rng, calls=itertools.count()):  # noqa: B008
    return rng.random(shape) < (keep_prob if next(calls) % 2 else 1)


wrong("neurons_to_keep", "own_generator").each(
    generator_without_seed=lambda shape, keep_prob, rng: np.random.default_rng().random(shape) < keep_prob
)
wrong("neurons_to_keep", "kept_and_dropped_exchanged").each(
    zero_where_small=lambda shape, keep_prob, rng: np.where(rng.random(shape) < keep_prob, 0, 1)
)
wrong("neurons_to_keep", "kept_and_dropped_exchanged", "rate_used_for_keep_prob").each(
    choice_in_the_wrong_order=lambda shape, keep_prob, rng: rng.choice(
        [False, True], size=shape, p=[keep_prob, 1 - keep_prob]
    ),
    urn_read_from_the_wrong_side=lambda shape, keep_prob, rng: rng.multinomial(
        1, [keep_prob, 1 - keep_prob], size=shape
    ).argmax(axis=-1),
    mirrored_then_above=lambda shape, keep_prob, rng: 1 - rng.random(shape) > keep_prob,
)
wrong("neurons_to_keep", "one_mask_for_the_batch").each(
    flat_mask=lambda shape, keep_prob, rng: rng.random(shape[-1]) < keep_prob
)
wrong("neurons_to_keep", "whole_examples_dropped").each(
    column_stretched=lambda shape, keep_prob, rng: np.ones(shape, bool) & (rng.random((*shape[:-1], 1)) < keep_prob)
)
wrong("neurons_to_keep", "bell_curve").each(
    bell_cut_to_the_interval=lambda shape, keep_prob, rng: np.clip(rng.standard_normal(shape), 0, 1) <= keep_prob
)
wrong("neurons_to_keep", "fair_coin").each(
    below_or_equal_of_two_sides=lambda shape, keep_prob, rng: rng.integers(0, 2, shape) < keep_prob,
    two_uniforms_race=lambda shape, keep_prob, rng: rng.random(shape) < rng.random(shape),
    last_bit=lambda shape, keep_prob, rng: np.reshape([byte & 1 for byte in rng.bytes(math.prod(shape))], shape),
)
wrong("neurons_to_keep", "global_generator").each(
    global_binomial=lambda shape, keep_prob, rng: np.random.binomial(1, keep_prob, shape),
    library_random=lambda shape, keep_prob, rng: np.reshape(
        [random.random() < keep_prob for _ in range(math.prod(shape))], shape
    ),
)
wrong("neurons_to_keep", "seed_inside").each(
    private_random_state=lambda shape, keep_prob, rng: np.random.RandomState(0).random_sample(shape) < keep_prob,
    seed_made_of_the_arguments=lambda shape, keep_prob, rng: (
        np.random.default_rng([*shape, int(1000 * keep_prob)]).random(shape) < keep_prob
    ),
)
wrong("neurons_to_keep", "numbers_instead_of_a_mask").each(
    distance_to_the_threshold=lambda shape, keep_prob, rng: keep_prob - rng.random(shape)
)
wrong("neurons_to_keep").each(
    not_a_number_for_dropped=lambda shape, keep_prob, rng: np.where(rng.random(shape) < keep_prob, 1.0, np.nan),
    words=lambda shape, keep_prob, rng: np.where(rng.random(shape) < keep_prob, "kept", "dropped"),
    only_the_total=lambda shape, keep_prob, rng: (rng.random(shape) < keep_prob).sum(),
    extra_axis=lambda shape, keep_prob, rng: rng.random((*shape, 1)) < keep_prob,
    single_coin_returned=lambda shape, keep_prob, rng: rng.choice([True, False], p=[keep_prob, 1 - keep_prob]),
    rounded_threshold=lambda shape, keep_prob, rng: rng.random(shape) < round(keep_prob),
    percent_against_fraction=lambda shape, keep_prob, rng: rng.integers(0, 100, shape) < keep_prob,
    low_without_high=lambda shape, keep_prob, rng: rng.uniform(1, size=shape) < keep_prob,
    sorted_numbers=lambda shape, keep_prob, rng: np.sort(rng.random(shape), axis=-1) < keep_prob,
    # The caller's generator never moves on, so its next mask is the same.
    copied_generator=lambda shape, keep_prob, rng: copy.deepcopy(rng).random(shape) < keep_prob,
)


# chance_of_silence: right


@right("chance_of_silence")
def share_taken_away_each_time(units, keep_prob):
    chance = 1.0
    for _ in range(units):
        chance -= chance * keep_prob
    return chance


@right("chance_of_silence")
def chain_of_states(units, keep_prob):
    step = np.array([[1 - keep_prob, keep_prob], [0.0, 1.0]])  # states: silent so far, not silent
    return np.linalg.matrix_power(step, units)[0, 0]


@right("chance_of_silence")
def halves_of_the_layer(units, keep_prob):
    if units == 1:
        return 1 - keep_prob
    return halves_of_the_layer(units // 2, keep_prob) * halves_of_the_layer(units - units // 2, keep_prob)


right("chance_of_silence").each(
    by_logarithms=lambda units, keep_prob: 0.0 if keep_prob == 1 else math.exp(units * math.log1p(-keep_prob)),
    zero_dimensions=lambda units, keep_prob: np.array((1 - keep_prob) ** units),
)


# chance_of_silence: named mistakes in disguise


@wrong("chance_of_silence", "nobody_is_dropped")
def rate_of_the_rate(units, keep_prob):
    keep_prob = 1 - keep_prob
    return (1 - keep_prob) ** units


@wrong("chance_of_silence", "somebody_is_dropped")
def complement_of_all_kept(units, keep_prob):
    chance = 1
    for _ in range(units):
        chance *= keep_prob
    return np.float64(1 - chance)


@wrong("chance_of_silence", "somebody_survives")
def complement_of_the_answer(units, keep_prob):
    silent = math.prod([1 - keep_prob] * units)
    return 1 - silent


@wrong("chance_of_silence", "added_instead_of_multiplied")
def growing_sum(units, keep_prob):
    chance = 0
    for _ in range(units):
        chance += 1 - keep_prob
    return chance


@wrong("chance_of_silence", "one_neuron_only")
def left_the_loop_early(units, keep_prob):
    chance = 1.0
    for _ in range(units):
        chance *= 1 - keep_prob
        break
    return chance


@wrong("chance_of_silence", "one_neuron_only")
def loop_overwrites(units, keep_prob):
    for _ in range(units):
        chance = 1.0 * (1 - keep_prob)
    return chance


@wrong("chance_of_silence", "half_for_each")
def halved_again_and_again(units, keep_prob):
    chance = 1.0
    for _ in range(units):
        chance /= 2
    return chance


# chance_of_silence: mistakes without a name


@wrong("chance_of_silence")
def one_factor_too_few(units, keep_prob):
    chance = 1.0
    for _ in range(1, units):
        chance *= 1 - keep_prob
    return chance


@wrong("chance_of_silence")
def one_factor_too_many(units, keep_prob):
    chance = 1 - keep_prob
    for _ in range(units):
        chance *= 1 - keep_prob
    return chance


@wrong("chance_of_silence")
def product_starts_at_zero(units, keep_prob):
    chance = 0
    for _ in range(units):
        chance *= 1 - keep_prob
    return chance


@wrong("chance_of_silence")
def product_starts_at_keep_prob(units, keep_prob):
    chance = keep_prob
    for _ in range(units):
        chance *= 1 - keep_prob
    return chance


@wrong("chance_of_silence")
def squared_each_round(units, keep_prob):
    chance = 1 - keep_prob
    for _ in range(units):
        chance *= chance
    return chance


@wrong("chance_of_silence")
def drawn_from_an_urn(units, keep_prob):
    dropped = units * (1 - keep_prob)
    return math.prod(max(0.0, dropped - i) / (units - i) for i in range(units))


@wrong("chance_of_silence")
def forgot_to_return(units, keep_prob):
    chance = 1.0
    for _ in range(units):
        chance *= 1 - keep_prob


@wrong("chance_of_silence")
def tried_out(units, keep_prob):
    masks = np.random.default_rng(0).random((20_000, units)) < keep_prob
    return np.mean(~masks.any(axis=1))


@wrong("chance_of_silence")
def tried_out_in_a_loop(units, keep_prob):
    rng = np.random.default_rng()
    return sum(rng.binomial(units, keep_prob) == 0 for _ in range(1000)) / 1000


@wrong("chance_of_silence")
def list_that_keeps_growing(units, keep_prob, chances=[]):  # noqa: B006
    """Right only the first time."""
    chances += [1 - keep_prob] * units
    return math.prod(chances)


@wrong("chance_of_silence")
def remembers_too_much(units, keep_prob, known={}):  # noqa: B006
    """The first keep_prob asked for is the only one."""
    return known.setdefault(units, (1 - keep_prob) ** units)


wrong("chance_of_silence", "nobody_is_dropped").each(
    product_of_keep_probs=lambda units, keep_prob: np.multiply.reduce(np.full(units, keep_prob)),
    logarithm_of_keep_prob=lambda units, keep_prob: math.exp(units * math.log(keep_prob)),
)
wrong("chance_of_silence", "somebody_is_dropped").each(
    minus_before_the_power=lambda units, keep_prob: -(keep_prob**units) + 1,
    first_drop_is_number_i=lambda units, keep_prob: sum(keep_prob**i * (1 - keep_prob) for i in range(units)),
)
wrong("chance_of_silence", "somebody_survives").each(
    at_least_one_kept=lambda units, keep_prob: sum(
        math.comb(units, n) * keep_prob**n * (1 - keep_prob) ** (units - n) for n in range(1, units + 1)
    )
)
wrong("chance_of_silence", "added_instead_of_multiplied").each(
    sum_cut_at_one=lambda units, keep_prob: min(1.0, np.full(units, 1 - keep_prob).sum()),
    expected_number_dropped=lambda units, keep_prob: units - units * keep_prob,
    logarithms_without_the_logarithm=lambda units, keep_prob: math.fsum(
        math.exp(math.log1p(-keep_prob)) if keep_prob < 1 else 0.0 for _ in range(units)
    ),
)
wrong("chance_of_silence", "one_neuron_only").each(
    average_chance=lambda units, keep_prob: np.mean([1 - keep_prob] * units)
)
wrong("chance_of_silence", "half_for_each").each(
    one_mask_of_all=lambda units, keep_prob: 1 / 2**units,
    scaled_by_a_power_of_two=lambda units, keep_prob: math.ldexp(1.0, -units),
)
wrong("chance_of_silence", "half_for_each", "somebody_survives").each(
    coin_and_complement=lambda units, keep_prob: 1 - 0.5**units
)
wrong("chance_of_silence").each(
    growing_exponents=lambda units, keep_prob: math.prod((1 - keep_prob) ** i for i in range(1, units + 1)),
    powers_added=lambda units, keep_prob: sum((1 - keep_prob) ** i for i in range(1, units + 1)),
    always_two_neurons=lambda units, keep_prob: (1 - keep_prob) ** 2,
    base_and_exponent_swapped=lambda units, keep_prob: units ** (1 - keep_prob),
    root_instead_of_power=lambda units, keep_prob: (1 - keep_prob) ** (1 / units),
    shared_among_the_neurons=lambda units, keep_prob: (1 - keep_prob) / units,
    expected_number_kept=lambda units, keep_prob: units * keep_prob,
    what_is_left_of_one=lambda units, keep_prob: max(0.0, 1 - units * keep_prob),
    rate_per_neuron=lambda units, keep_prob: (1 - keep_prob / units) ** units,
    exactly_one_dropped=lambda units, keep_prob: units * (1 - keep_prob) * keep_prob ** (units - 1),
    exactly_one_survivor=lambda units, keep_prob: units * keep_prob * (1 - keep_prob) ** (units - 1),
    at_most_one_survivor=lambda units, keep_prob: sum(
        math.comb(units, n) * keep_prob**n * (1 - keep_prob) ** (units - n) for n in (0, 1)
    ),
    all_the_same=lambda units, keep_prob: keep_prob**units + (1 - keep_prob) ** units,
    some_dropped_some_kept=lambda units, keep_prob: (1 - keep_prob**units) * (1 - (1 - keep_prob) ** units),
    power_of_the_complement=lambda units, keep_prob: (1 - keep_prob**units) ** units,
    silence_of_every_neuron_but_one=lambda units, keep_prob: (1 - keep_prob) ** units / keep_prob,
    poisson=lambda units, keep_prob: math.exp(-units * keep_prob),
    certain_in_the_end=lambda units, keep_prob: 1.0,
    in_percent=lambda units, keep_prob: 100 * (1 - keep_prob) ** units,
    text=lambda units, keep_prob: f"{(1 - keep_prob) ** units:.4%}",
    two_decimals=lambda units, keep_prob: round((1 - keep_prob) ** units, 2),
    whole_number=lambda units, keep_prob: int((1 - keep_prob) ** units),
    number_of_draws_until_silence=lambda units, keep_prob: math.inf if keep_prob == 1 else 1 / (1 - keep_prob) ** units,
    logarithm_returned=lambda units, keep_prob: -math.inf if keep_prob == 1 else units * math.log(1 - keep_prob),
    # Right, but raises at keep_prob 1.0.
    logarithm_of_zero=lambda units, keep_prob: math.exp(units * math.log(1 - keep_prob)),
    whole_running_product=lambda units, keep_prob: np.cumprod(np.full(units, 1 - keep_prob)),
)
