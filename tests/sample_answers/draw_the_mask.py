"""Answers to `neurons_to_keep` and `chance_of_silence` of the page on drawing the mask."""

import copy
import functools
import itertools
import math
import random
from fractions import Fraction

import numpy as np

from sample_answers import right, wrong

# neurons_to_keep: right


@right("neurons_to_keep")
def plain(shape, keep_prob, rng):
    return rng.random(shape) < keep_prob


@right("neurons_to_keep")
def upper_end_of_the_line(shape, keep_prob, rng):
    return rng.random(shape) > 1 - keep_prob


@right("neurons_to_keep")
def at_most(shape, keep_prob, rng):
    return np.less_equal(rng.uniform(size=shape), keep_prob)


@right("neurons_to_keep")
def not_dropped(shape, keep_prob, rng):
    drop_rate = 1 - keep_prob
    dropped = rng.random(shape) < drop_rate
    return ~dropped


@right("neurons_to_keep")
def tossed_coins(shape, keep_prob, rng):
    return rng.binomial(1, keep_prob, shape)


@right("neurons_to_keep")
def drops_counted_by_binomial(shape, keep_prob, rng):
    return rng.binomial(n=1, p=1 - keep_prob, size=shape) == 0


@right("neurons_to_keep")
def floor_of_the_sum(shape, keep_prob, rng):
    return np.floor(rng.random(shape) + keep_prob)


@right("neurons_to_keep")
def list_in_list(shape, keep_prob, rng):
    if not shape:
        return rng.random() < keep_prob
    return [list_in_list(shape[1:], keep_prob, rng) for _ in range(shape[0])]


@right("neurons_to_keep")
def chosen(shape, keep_prob, rng):
    return rng.choice([True, False], size=shape, p=[keep_prob, 1 - keep_prob])


@right("neurons_to_keep")
def place_by_place(shape, keep_prob, rng):
    mask = np.zeros(shape, dtype=bool)
    for place in np.ndindex(*shape):
        if rng.random() < keep_prob:
            mask[place] = True
    return mask


@right("neurons_to_keep")
def ones_with_holes(shape, keep_prob, rng):
    mask = np.ones(shape, dtype=np.float32)
    mask[rng.random(shape) >= keep_prob] = 0
    return mask


@right("neurons_to_keep")
def whole_numbers(shape, keep_prob, rng):
    return rng.integers(0, 2**32, size=shape) < keep_prob * 2**32


@right("neurons_to_keep")
def raw_bits(shape, keep_prob, rng):
    bits = rng.bit_generator.random_raw(math.prod(shape)) >> np.uint64(11)
    return (bits * 2.0**-53 < keep_prob).reshape(shape)


@right("neurons_to_keep")
def random_bytes(shape, keep_prob, rng):
    return np.frombuffer(rng.bytes(4 * math.prod(shape)), np.uint32).reshape(shape) < keep_prob * 2**32


@right("neurons_to_keep")
def child_generator(shape, keep_prob, rng):
    return rng.spawn(1)[0].random(shape) < keep_prob


@wrong("neurons_to_keep", "own_generator")
def generator_without_seed(shape, keep_prob, rng):
    return np.random.default_rng().random(shape) < keep_prob


@right("neurons_to_keep")
def salted_seed_from_rng(shape, keep_prob, rng):
    dice = np.random.default_rng([42, rng.integers(2**32)])
    return dice.uniform(0, 1, shape) < keep_prob


@right("neurons_to_keep")
def other_engine(shape, keep_prob, rng):
    dice = np.random.Generator(np.random.MT19937(int(rng.integers(2**63))))
    return dice.random(shape) < keep_prob


@right("neurons_to_keep")
def same_stream_new_coat(shape, keep_prob, rng):
    return np.random.Generator(rng.bit_generator).random(shape) < keep_prob


@right("neurons_to_keep")
def how_many_then_where(shape, keep_prob, rng):
    """The number kept is drawn from the binomial law, so this is no quota."""
    mask = np.zeros(math.prod(shape), dtype=bool)
    mask[: rng.binomial(mask.size, keep_prob)] = True
    return rng.permutation(mask).reshape(shape)


@right("neurons_to_keep")
def sorted_and_put_back(shape, keep_prob, rng):
    numbers = rng.random(shape).ravel()
    order = np.argsort(numbers)
    mask = np.empty(numbers.size, dtype=int)
    mask[order] = np.sort(numbers) < keep_prob
    return mask.reshape(shape)


@right("neurons_to_keep")
def shuffled_numbers(shape, keep_prob, rng):
    return rng.permuted(rng.random(shape), axis=-1) < keep_prob


@right("neurons_to_keep")
def bell_curve_made_flat(shape, keep_prob, rng):
    flat = [0.5 + 0.5 * math.erf(z / math.sqrt(2)) for z in rng.standard_normal(shape).flat]
    return np.reshape(flat, shape) < keep_prob


@right("neurons_to_keep")
def angle_of_two_normals(shape, keep_prob, rng):
    angle = np.arctan2(rng.normal(size=shape), rng.normal(size=shape))  # even between -pi and pi
    return angle <= np.pi * (2 * keep_prob - 1)


@right("neurons_to_keep")
def fair_coins_as_binary_digits(shape, keep_prob, rng):
    return np.tensordot(0.5 ** np.arange(1, 54), rng.integers(0, 2, (53, *shape)), 1) < keep_prob


@right("neurons_to_keep")
def nobody_arrived(shape, keep_prob, rng):
    return rng.poisson(-math.log(keep_prob), shape) == 0


@right("neurons_to_keep")
def first_try_succeeds(shape, keep_prob, rng):
    return (rng.geometric(keep_prob, shape) == 1).astype(int).tolist()


@right("neurons_to_keep")
def urn_with_two_names(shape, keep_prob, rng):
    return rng.multinomial(1, [keep_prob, 1 - keep_prob], size=shape)[..., 0]


@right("neurons_to_keep")
def round_the_clock(shape, keep_prob, rng):
    return (rng.random(shape) + rng.random(shape)) % 1 < keep_prob


@right("neurons_to_keep")
def larger_of_two(shape, keep_prob, rng):
    return rng.random((2, *shape)).max(axis=0) < keep_prob**0.5


@right("neurons_to_keep")
def below_zero(shape, keep_prob, rng):
    return rng.uniform(-keep_prob, 1 - keep_prob, shape) <= 0


@right("neurons_to_keep")
def waiting_times(shape, keep_prob, rng):
    return np.exp(-rng.exponential(size=shape)) < keep_prob


@right("neurons_to_keep")
def step_function(shape, keep_prob, rng):
    return np.heaviside(keep_prob - rng.random(shape), 0.0)


@right("neurons_to_keep")
def turned_over(shape, keep_prob, rng):
    return (rng.random(shape[::-1]) < keep_prob).T


@right("neurons_to_keep")
def own_coin(shape, keep_prob, rng):
    toss = np.vectorize(lambda chance: rng.random() < chance, otypes=[bool])
    return toss(np.full(shape, keep_prob))


@right("neurons_to_keep")
def buffer_of_short_floats(shape, keep_prob, rng):
    buffer = np.empty(shape, dtype=np.float32)
    rng.random(out=buffer, dtype=np.float32)
    return np.where(buffer < keep_prob, 1.0, 0.0)


@right("neurons_to_keep")
def stream_of_tosses(shape, keep_prob, rng):
    count = math.prod(shape)
    return np.fromiter((rng.uniform() <= keep_prob for _ in range(count)), bool, count).reshape(shape)


@right("neurons_to_keep")
def one_page_of_a_larger_block(shape, keep_prob, rng):
    return rng.random((5, *shape))[3] < keep_prob


@right("neurons_to_keep")
def stacked_examples(shape, keep_prob, rng):
    return np.stack([rng.random(shape[1:]) < keep_prob for _ in range(shape[0])])


# neurons_to_keep: named mistakes in disguise


@wrong("neurons_to_keep", "kept_and_dropped_exchanged")
def inverted_at_the_end(shape, keep_prob, rng):
    mask = np.less(rng.random(shape), keep_prob)
    return np.logical_not(mask)


@wrong("neurons_to_keep", "kept_and_dropped_exchanged")
def zero_where_small(shape, keep_prob, rng):
    return np.where(rng.random(shape) < keep_prob, 0, 1)


@wrong("neurons_to_keep", "kept_and_dropped_exchanged")
def loop_that_zeroes_the_wrong_ones(shape, keep_prob, rng):
    mask = np.ones(shape)
    for place in np.ndindex(*shape):
        if rng.random() <= keep_prob:
            mask[place] = 0
    return mask


@wrong("neurons_to_keep", "kept_and_dropped_exchanged", "rate_used_for_keep_prob")
def choice_in_the_wrong_order(shape, keep_prob, rng):
    return rng.choice([False, True], size=shape, p=[keep_prob, 1 - keep_prob])


@wrong("neurons_to_keep", "kept_and_dropped_exchanged", "rate_used_for_keep_prob")
def urn_read_from_the_wrong_side(shape, keep_prob, rng):
    return rng.multinomial(1, [keep_prob, 1 - keep_prob], size=shape).argmax(axis=-1)


@wrong("neurons_to_keep", "kept_and_dropped_exchanged", "rate_used_for_keep_prob")
def mirrored_then_above(shape, keep_prob, rng):
    return 1 - rng.random(shape) > keep_prob


@wrong("neurons_to_keep", "rate_used_for_keep_prob", "kept_and_dropped_exchanged")
def binomial_of_the_rate(shape, keep_prob, rng):
    rate = 1.0 - keep_prob
    return rng.binomial(1, rate, shape).astype(bool)


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


@wrong("neurons_to_keep", "exact_number_dropped")
def shuffled_template(shape, keep_prob, rng):
    mask = (np.arange(math.prod(shape)) < round(keep_prob * math.prod(shape))).tolist()
    rng.shuffle(mask)
    return np.reshape(mask, shape)


@wrong("neurons_to_keep", "exact_number_dropped")
def always_one_victim(shape, keep_prob, rng):
    mask = np.ones(shape, dtype=bool)
    mask.flat[rng.integers(mask.size)] = False
    return mask


@wrong("neurons_to_keep", "exact_number_dropped", "rate_used_for_keep_prob", "kept_and_dropped_exchanged")
def quota_of_the_rate(shape, keep_prob, rng):
    size = math.prod(shape)
    return rng.permutation(size).reshape(shape) < int(round((1 - keep_prob) * size))


@wrong("neurons_to_keep", "one_mask_for_the_batch")
def flat_mask(shape, keep_prob, rng):
    return rng.random(shape[-1]) < keep_prob


@wrong("neurons_to_keep", "one_mask_for_the_batch")
def neuron_by_neuron(shape, keep_prob, rng):
    mask = np.empty(shape, dtype=bool)
    for neuron in range(shape[-1]):
        mask[..., neuron] = rng.random() < keep_prob
    return mask


@wrong("neurons_to_keep", "one_mask_for_the_batch")
def repeated_list(shape, keep_prob, rng):
    mask = [int(rng.random() < keep_prob) for _ in range(shape[-1])]
    return [mask] * shape[0] if len(shape) > 1 else mask


@wrong("neurons_to_keep", "one_mask_for_the_batch")
def same_child_for_every_example(shape, keep_prob, rng):
    seed = rng.integers(2**32)
    rows = [np.random.default_rng(seed).random(shape[-1]) < keep_prob for _ in np.ndindex(*shape[:-1])]
    return np.reshape(rows, shape)


@wrong("neurons_to_keep", "one_mask_for_the_batch")
def first_row_copied_down(shape, keep_prob, rng):
    mask = rng.random(shape) < keep_prob
    return mask if mask.ndim == 1 else mask * 0 + mask[0]


@wrong("neurons_to_keep", "one_mask_for_the_batch", "kept_and_dropped_exchanged")
def shared_and_exchanged(shape, keep_prob, rng):
    return np.broadcast_to(rng.random(shape[-1]) > keep_prob, shape)


@wrong("neurons_to_keep", "whole_examples_dropped")
def row_by_row(shape, keep_prob, rng):
    mask = np.zeros(shape)
    for example in range(shape[0]):
        mask[example] = rng.random() < keep_prob
    return mask


@wrong("neurons_to_keep", "whole_examples_dropped")
def column_stretched(shape, keep_prob, rng):
    return np.ones(shape, bool) & (rng.random((*shape[:-1], 1)) < keep_prob)


@wrong("neurons_to_keep", "whole_examples_dropped")
def outer_product_with_ones(shape, keep_prob, rng):
    kept = rng.binomial(1, keep_prob, shape[0])
    return np.einsum("e,en->en", kept, np.ones(shape)) if len(shape) > 1 else kept


@wrong("neurons_to_keep", "whole_examples_dropped", "one_mask_for_the_batch")
def one_number_for_everything(shape, keep_prob, rng):
    return np.full(shape, rng.random() < keep_prob)


@wrong("neurons_to_keep", "bell_curve")
def bell_around_one_half(shape, keep_prob, rng):
    return rng.normal(0.5, 0.25, size=shape) < keep_prob


@wrong("neurons_to_keep", "bell_curve")
def bell_cut_to_the_interval(shape, keep_prob, rng):
    return np.clip(rng.standard_normal(shape), 0, 1) <= keep_prob


@wrong("neurons_to_keep", "bell_curve")
def folded_bell(shape, keep_prob, rng):
    return np.abs(rng.standard_normal(shape)) < keep_prob


@wrong("neurons_to_keep", "bell_curve")
def average_of_a_dozen(shape, keep_prob, rng):
    return rng.random((12, *shape)).mean(axis=0) < keep_prob


@wrong("neurons_to_keep", "bell_curve", "kept_and_dropped_exchanged")
def bell_from_above(shape, keep_prob, rng):
    return rng.multivariate_normal(np.zeros(shape[-1]), np.eye(shape[-1]), shape[:-1]) > keep_prob


@wrong("neurons_to_keep", "fair_coin")
def below_or_equal_of_two_sides(shape, keep_prob, rng):
    return rng.integers(0, 2, shape) < keep_prob


@wrong("neurons_to_keep", "fair_coin")
def two_uniforms_race(shape, keep_prob, rng):
    return rng.random(shape) < rng.random(shape)


@wrong("neurons_to_keep", "fair_coin")
def rounded(shape, keep_prob, rng):
    return rng.random(shape).round()


@wrong("neurons_to_keep", "fair_coin")
def last_bit(shape, keep_prob, rng):
    return np.reshape([byte & 1 for byte in rng.bytes(math.prod(shape))], shape)


@wrong("neurons_to_keep", "fair_coin", "bell_curve")
def sign_of_a_bell(shape, keep_prob, rng):
    return rng.normal(keep_prob, 0.1, shape) < keep_prob


@wrong("neurons_to_keep", "fair_coin")
def coin_worth_keep_prob(shape, keep_prob, rng):
    return rng.choice([0, keep_prob], size=shape)


@wrong("neurons_to_keep", "fair_coin")
def unweighted_choice(shape, keep_prob, rng):
    return rng.choice((True, False), shape)


@wrong("neurons_to_keep", "global_generator")
def global_binomial(shape, keep_prob, rng):
    return np.random.binomial(1, keep_prob, shape)


@wrong("neurons_to_keep", "global_generator")
def library_random(shape, keep_prob, rng):
    return np.reshape([random.random() < keep_prob for _ in range(math.prod(shape))], shape)


@wrong("neurons_to_keep", "global_generator")
def name_taken_over(shape, keep_prob, rng):
    rng = np.random
    return rng.random(shape) < keep_prob


@wrong("neurons_to_keep", "global_generator")
def global_seeded_from_rng(shape, keep_prob, rng):
    np.random.seed(rng.integers(2**31))
    return np.random.random_sample(shape) < keep_prob


@wrong("neurons_to_keep", "global_generator", "kept_and_dropped_exchanged")
def global_and_exchanged(shape, keep_prob, rng):
    return np.random.uniform(0, 1, shape) >= keep_prob


@wrong("neurons_to_keep", "seed_inside", "global_generator")
def old_seed_and_rand(shape, keep_prob, rng):
    np.random.seed(1)
    return np.random.rand(*shape) < keep_prob


@wrong("neurons_to_keep", "seed_inside")
def private_random_state(shape, keep_prob, rng):
    return np.random.RandomState(0).random_sample(shape) < keep_prob


@wrong("neurons_to_keep", "seed_inside")
def seed_made_of_the_arguments(shape, keep_prob, rng):
    return np.random.default_rng([*shape, int(1000 * keep_prob)]).random(shape) < keep_prob


@wrong("neurons_to_keep", "seed_inside")
def state_put_back_to_start(shape, keep_prob, rng):
    rng.bit_generator.state = type(rng.bit_generator)(11).state
    return rng.random(shape) < keep_prob


@wrong("neurons_to_keep", "seed_inside")
def child_of_a_fixed_parent(shape, keep_prob, rng):
    dice = np.random.default_rng(np.random.SeedSequence(2024).spawn(1)[0])
    return dice.binomial(1, keep_prob, shape)


@wrong("neurons_to_keep", "seed_inside", "rate_used_for_keep_prob")
def private_dice_and_rate(shape, keep_prob, rng):
    dice = random.Random("dropout")
    return np.reshape([dice.random() < 1 - keep_prob for _ in range(math.prod(shape))], shape)


@wrong("neurons_to_keep", "numbers_instead_of_a_mask")
def distance_to_the_threshold(shape, keep_prob, rng):
    return keep_prob - rng.random(shape)


@wrong("neurons_to_keep", "numbers_instead_of_a_mask")
def floor_forgotten(shape, keep_prob, rng):
    return keep_prob + rng.uniform(size=shape)


@wrong("neurons_to_keep", "numbers_instead_of_a_mask")
def numbers_up_to_keep_prob(shape, keep_prob, rng):
    return (rng.random(shape) * keep_prob).tolist()


@wrong("neurons_to_keep", "numbers_instead_of_a_mask")
def comparison_thrown_away(shape, keep_prob, rng):
    mask = rng.random(shape)
    np.less(mask, keep_prob)
    return mask


@wrong("neurons_to_keep", "numbers_instead_of_a_mask", "bell_curve")
def bare_bell(shape, keep_prob, rng):
    return rng.normal(keep_prob, 1, shape)


@wrong("neurons_to_keep", "numbers_instead_of_a_mask")
def numbers_with_holes(shape, keep_prob, rng):
    numbers = rng.random(shape)
    return np.where(numbers < keep_prob, numbers, 0)


# neurons_to_keep: mistakes without a name


@wrong("neurons_to_keep")
def already_scaled(shape, keep_prob, rng):
    return (rng.random(shape) < keep_prob) / keep_prob


@wrong("neurons_to_keep")
def plus_and_minus(shape, keep_prob, rng):
    return np.sign(keep_prob - rng.random(shape))


@wrong("neurons_to_keep")
def not_a_number_for_dropped(shape, keep_prob, rng):
    return np.where(rng.random(shape) < keep_prob, 1.0, np.nan)


@wrong("neurons_to_keep")
def places_of_the_kept(shape, keep_prob, rng):
    return np.argwhere(rng.random(shape) < keep_prob)


@wrong("neurons_to_keep")
def words(shape, keep_prob, rng):
    return np.where(rng.random(shape) < keep_prob, "kept", "dropped")


@wrong("neurons_to_keep")
def mask_and_share(shape, keep_prob, rng):
    mask = rng.random(shape) < keep_prob
    return mask, mask.mean()


@wrong("neurons_to_keep")
def only_the_total(shape, keep_prob, rng):
    return (rng.random(shape) < keep_prob).sum()


@wrong("neurons_to_keep")
def forgotten_return(shape, keep_prob, rng):
    mask = rng.random(shape) < keep_prob
    mask.astype(float)


@wrong("neurons_to_keep")
def examples_and_neurons_swapped(shape, keep_prob, rng):
    return rng.random(shape[::-1]) < keep_prob


@wrong("neurons_to_keep")
def flattened(shape, keep_prob, rng):
    return rng.random(math.prod(shape)) < keep_prob


@wrong("neurons_to_keep")
def square(shape, keep_prob, rng):
    return rng.random((shape[-1], shape[-1])) < keep_prob


@wrong("neurons_to_keep")
def extra_axis(shape, keep_prob, rng):
    return rng.random((*shape, 1)) < keep_prob


@wrong("neurons_to_keep")
def single_coin_returned(shape, keep_prob, rng):
    return rng.choice([True, False], p=[keep_prob, 1 - keep_prob])


@wrong("neurons_to_keep")
def cast_to_bool(shape, keep_prob, rng):
    """Every number but 0.0 counts as True."""
    return rng.random(shape).astype(bool)


@wrong("neurons_to_keep")
def cast_to_int(shape, keep_prob, rng):
    return rng.random(shape).astype(int)


@wrong("neurons_to_keep")
def rounded_threshold(shape, keep_prob, rng):
    return rng.random(shape) < round(keep_prob)


@wrong("neurons_to_keep")
def ten_sided_die_with_equal(shape, keep_prob, rng):
    return rng.integers(0, 10, shape) <= keep_prob * 10


@wrong("neurons_to_keep")
def nine_sided_die(shape, keep_prob, rng):
    return rng.integers(1, 10, shape) <= keep_prob * 10


@wrong("neurons_to_keep")
def percent_against_fraction(shape, keep_prob, rng):
    return rng.integers(0, 100, shape) < keep_prob


@wrong("neurons_to_keep")
def percent_of_a_uniform(shape, keep_prob, rng):
    return rng.random(shape) < 100 * keep_prob


@wrong("neurons_to_keep")
def low_without_high(shape, keep_prob, rng):
    return rng.uniform(1, size=shape) < keep_prob


@wrong("neurons_to_keep")
def minus_one_to_one(shape, keep_prob, rng):
    return rng.uniform(-1, 1, shape) < keep_prob


@wrong("neurons_to_keep")
def range_ends_at_keep_prob(shape, keep_prob, rng):
    return rng.uniform(0, keep_prob, shape) < keep_prob


@wrong("neurons_to_keep")
def bare_exponential(shape, keep_prob, rng):
    return rng.exponential(size=shape) < keep_prob


@wrong("neurons_to_keep")
def somebody_arrived(shape, keep_prob, rng):
    return rng.poisson(keep_prob, shape) > 0


@wrong("neurons_to_keep")
def triangle(shape, keep_prob, rng):
    return rng.triangular(0, 0.5, 1, shape) < keep_prob


@wrong("neurons_to_keep")
def two_chances_to_stay(shape, keep_prob, rng):
    return (rng.random(shape) < keep_prob) | (rng.random(shape) < keep_prob)


@wrong("neurons_to_keep")
def must_pass_twice(shape, keep_prob, rng):
    return rng.binomial(2, keep_prob, shape) == 2


@wrong("neurons_to_keep")
def at_least_half(shape, keep_prob, rng):
    return rng.random(shape) < max(keep_prob, 0.5)


@wrong("neurons_to_keep")
def one_decimal(shape, keep_prob, rng):
    return rng.random(shape).round(1) < keep_prob


@wrong("neurons_to_keep")
def exactly_equal(shape, keep_prob, rng):
    return rng.random(shape) == keep_prob


@wrong("neurons_to_keep")
def counts_of_a_row(shape, keep_prob, rng):
    return rng.binomial(shape[-1], keep_prob, shape) > keep_prob * shape[-1]


@wrong("neurons_to_keep")
def odds(shape, keep_prob, rng):
    """Right, but divides by zero at keep_prob 1.0."""
    numbers = rng.random(shape)
    return numbers / (1 - numbers) < keep_prob / (1 - keep_prob)


@wrong("neurons_to_keep")
def mask_of_rows_and_neurons(shape, keep_prob, rng):
    """Each number stays with chance keep_prob, but a row shares half of its luck."""
    threshold = math.sqrt(keep_prob)
    return (rng.random(shape) < threshold) & (rng.random((*shape[:-1], 1)) < threshold)


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
def sorted_numbers(shape, keep_prob, rng):
    return np.sort(rng.random(shape), axis=-1) < keep_prob


@wrong("neurons_to_keep")
def chain_of_survivors(shape, keep_prob, rng):
    return np.logical_and.accumulate(rng.random(shape) < keep_prob, axis=-1)


@wrong("neurons_to_keep")
def first_come_first_kept(shape, keep_prob, rng):
    """How many stay is drawn well, but always the first ones stay."""
    return np.arange(shape[-1]) < rng.binomial(shape[-1], keep_prob, (*shape[:-1], 1))


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
def victims_with_replacement(shape, keep_prob, rng):
    mask = np.ones(shape)
    mask.flat[rng.integers(0, mask.size, round((1 - keep_prob) * mask.size))] = 0
    return mask


@wrong("neurons_to_keep")
def any_quota(shape, keep_prob, rng):
    size = math.prod(shape)
    return rng.permutation(size).reshape(shape) < rng.integers(0, size + 1)


@wrong("neurons_to_keep")
def last_neuron_forgotten(shape, keep_prob, rng):
    mask = np.zeros(shape, dtype=bool)
    for neuron in range(shape[-1] - 1):
        mask[..., neuron] = rng.random(shape[:-1]) < keep_prob
    return mask


@wrong("neurons_to_keep")
def first_example_only(shape, keep_prob, rng):
    mask = np.ones(shape, dtype=bool)
    mask[0] = rng.random(shape[1:]) < keep_prob
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
def copied_generator(shape, keep_prob, rng):
    """The caller's generator never moves on, so its next mask is the same."""
    return copy.deepcopy(rng).random(shape) < keep_prob


@wrong("neurons_to_keep")
def generator_rewound(shape, keep_prob, rng):
    state = rng.bit_generator.state
    mask = rng.random(shape) < keep_prob
    rng.bit_generator.state = state
    return mask


@wrong("neurons_to_keep")
def drawn_once(shape, keep_prob, rng, seen={}):  # noqa: B006
    if (shape, keep_prob) not in seen:
        seen[shape, keep_prob] = rng.random(shape) < keep_prob
    return seen[shape, keep_prob]


@wrong("neurons_to_keep", "own_generator")
def numbers_used_twice(shape, keep_prob, rng):
    """Every second call uses the numbers of the call before."""
    spare = vars(numbers_used_twice).setdefault("spare", {})
    numbers = spare.pop(shape) if shape in spare else spare.setdefault(shape, rng.random(shape))
    return numbers < keep_prob


@wrong("neurons_to_keep")
def rests_every_second_call(shape, keep_prob, rng, calls=itertools.count()):  # noqa: B008
    return rng.random(shape) < (keep_prob if next(calls) % 2 else 1)


# chance_of_silence: right


@right("chance_of_silence")
def power(units, keep_prob):
    return (1 - keep_prob) ** units


@right("chance_of_silence")
def rate_by_name(units, keep_prob):
    drop_rate = 1.0 - keep_prob
    return math.pow(drop_rate, units)


@right("chance_of_silence")
def factor_by_factor(units, keep_prob):
    chance = 1.0
    for _ in range(units):
        chance *= 1 - keep_prob
    return chance


@right("chance_of_silence")
def share_taken_away_each_time(units, keep_prob):
    chance = 1.0
    for _ in range(units):
        chance -= chance * keep_prob
    return chance


@right("chance_of_silence")
def product_of_an_array(units, keep_prob):
    return np.prod(np.full(units, 1 - keep_prob))


@right("chance_of_silence")
def running_product(units, keep_prob):
    return np.cumprod([1 - keep_prob] * units)[-1]


@right("chance_of_silence")
def reduced(units, keep_prob):
    return functools.reduce(lambda chance, _: chance * (1 - keep_prob), range(units), 1)


@right("chance_of_silence")
def one_neuron_less(units, keep_prob):
    return 1 if units == 0 else (1 - keep_prob) * one_neuron_less(units - 1, keep_prob)


@right("chance_of_silence")
def by_logarithms(units, keep_prob):
    return 0.0 if keep_prob == 1 else math.exp(units * math.log1p(-keep_prob))


@right("chance_of_silence")
def log_of_zero_is_minus_infinity(units, keep_prob):
    with np.errstate(divide="ignore"):
        return np.exp2(units * np.log2(1 - np.float64(keep_prob)))


@right("chance_of_silence")
def binomial_law(units, keep_prob):
    kept = 0
    return math.comb(units, kept) * keep_prob**kept * (1 - keep_prob) ** (units - kept)


@right("chance_of_silence")
def one_minus_somebody(units, keep_prob):
    return 1 - (1 - (1 - keep_prob) ** units)


@right("chance_of_silence")
def first_survivor_is_number_i(units, keep_prob):
    return 1 - math.fsum(keep_prob * (1 - keep_prob) ** i for i in range(units))


@right("chance_of_silence")
def all_masks(units, keep_prob):
    if units > 8:
        return all_masks(8, keep_prob) * all_masks(units - 8, keep_prob)
    masks = np.array(list(itertools.product([False, True], repeat=units)))
    chances = np.where(masks, keep_prob, 1 - keep_prob).prod(axis=1)
    return chances[~masks.any(axis=1)].sum()


@right("chance_of_silence")
def law_of_the_number_kept(units, keep_prob):
    law = np.ones(1)
    for _ in range(units):
        law = np.convolve(law, [1 - keep_prob, keep_prob])
    return law[0]


@right("chance_of_silence")
def fractions(units, keep_prob):
    return float((1 - Fraction(keep_prob)) ** units)


@right("chance_of_silence")
def zero_dimensions(units, keep_prob):
    return np.array((1 - keep_prob) ** units)


@right("chance_of_silence")
def chain_of_states(units, keep_prob):
    step = np.array([[1 - keep_prob, keep_prob], [0.0, 1.0]])  # states: silent so far, not silent
    return np.linalg.matrix_power(step, units)[0, 0]


@right("chance_of_silence")
def determinant(units, keep_prob):
    return np.linalg.det(np.diag([1 - keep_prob] * units))


@right("chance_of_silence")
def halves_of_the_layer(units, keep_prob):
    if units == 1:
        return 1 - keep_prob
    return halves_of_the_layer(units // 2, keep_prob) * halves_of_the_layer(units - units // 2, keep_prob)


@right("chance_of_silence")
def polynomial(units, keep_prob):
    return np.polyval([1] + [0] * units, 1 - keep_prob)


# chance_of_silence: named mistakes in disguise


@wrong("chance_of_silence", "nobody_is_dropped")
def product_of_keep_probs(units, keep_prob):
    return np.multiply.reduce(np.full(units, keep_prob))


@wrong("chance_of_silence", "nobody_is_dropped")
def logarithm_of_keep_prob(units, keep_prob):
    return math.exp(units * math.log(keep_prob))


@wrong("chance_of_silence", "nobody_is_dropped")
def binomial_with_all_kept(units, keep_prob):
    return math.comb(units, units) * keep_prob**units * (1 - keep_prob) ** 0


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


@wrong("chance_of_silence", "somebody_is_dropped")
def minus_before_the_power(units, keep_prob):
    return -(keep_prob**units) + 1


@wrong("chance_of_silence", "somebody_is_dropped")
def first_drop_is_number_i(units, keep_prob):
    return sum(keep_prob**i * (1 - keep_prob) for i in range(units))


@wrong("chance_of_silence", "somebody_is_dropped")
def either_or(units, keep_prob):
    chance, drop = 0.0, 1 - keep_prob
    for _ in range(units):
        chance = chance + drop - chance * drop
    return chance


@wrong("chance_of_silence", "somebody_survives")
def at_least_one_kept(units, keep_prob):
    return sum(math.comb(units, n) * keep_prob**n * (1 - keep_prob) ** (units - n) for n in range(1, units + 1))


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


@wrong("chance_of_silence", "added_instead_of_multiplied")
def sum_cut_at_one(units, keep_prob):
    return min(1.0, np.full(units, 1 - keep_prob).sum())


@wrong("chance_of_silence", "added_instead_of_multiplied")
def expected_number_dropped(units, keep_prob):
    return units - units * keep_prob


@wrong("chance_of_silence", "added_instead_of_multiplied")
def logarithms_without_the_logarithm(units, keep_prob):
    return math.fsum(math.exp(math.log1p(-keep_prob)) if keep_prob < 1 else 0.0 for _ in range(units))


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


@wrong("chance_of_silence", "one_neuron_only")
def average_chance(units, keep_prob):
    return np.mean([1 - keep_prob] * units)


@wrong("chance_of_silence", "half_for_each")
def one_mask_of_all(units, keep_prob):
    return 1 / 2**units


@wrong("chance_of_silence", "half_for_each")
def halved_again_and_again(units, keep_prob):
    chance = 1.0
    for _ in range(units):
        chance /= 2
    return chance


@wrong("chance_of_silence", "half_for_each")
def scaled_by_a_power_of_two(units, keep_prob):
    return math.ldexp(1.0, -units)


@wrong("chance_of_silence", "half_for_each", "somebody_survives")
def coin_and_complement(units, keep_prob):
    return 1 - 0.5**units


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
def growing_exponents(units, keep_prob):
    return math.prod((1 - keep_prob) ** i for i in range(1, units + 1))


@wrong("chance_of_silence")
def powers_added(units, keep_prob):
    return sum((1 - keep_prob) ** i for i in range(1, units + 1))


@wrong("chance_of_silence")
def always_two_neurons(units, keep_prob):
    return (1 - keep_prob) ** 2


@wrong("chance_of_silence")
def base_and_exponent_swapped(units, keep_prob):
    return units ** (1 - keep_prob)


@wrong("chance_of_silence")
def root_instead_of_power(units, keep_prob):
    return (1 - keep_prob) ** (1 / units)


@wrong("chance_of_silence")
def shared_among_the_neurons(units, keep_prob):
    return (1 - keep_prob) / units


@wrong("chance_of_silence")
def expected_number_kept(units, keep_prob):
    return units * keep_prob


@wrong("chance_of_silence")
def what_is_left_of_one(units, keep_prob):
    return max(0.0, 1 - units * keep_prob)


@wrong("chance_of_silence")
def rate_per_neuron(units, keep_prob):
    return (1 - keep_prob / units) ** units


@wrong("chance_of_silence")
def exactly_one_dropped(units, keep_prob):
    return units * (1 - keep_prob) * keep_prob ** (units - 1)


@wrong("chance_of_silence")
def exactly_one_survivor(units, keep_prob):
    return units * keep_prob * (1 - keep_prob) ** (units - 1)


@wrong("chance_of_silence")
def at_most_one_survivor(units, keep_prob):
    return sum(math.comb(units, n) * keep_prob**n * (1 - keep_prob) ** (units - n) for n in (0, 1))


@wrong("chance_of_silence")
def all_the_same(units, keep_prob):
    return keep_prob**units + (1 - keep_prob) ** units


@wrong("chance_of_silence")
def some_dropped_some_kept(units, keep_prob):
    return (1 - keep_prob**units) * (1 - (1 - keep_prob) ** units)


@wrong("chance_of_silence")
def power_of_the_complement(units, keep_prob):
    return (1 - keep_prob**units) ** units


@wrong("chance_of_silence")
def silence_of_every_neuron_but_one(units, keep_prob):
    return (1 - keep_prob) ** units / keep_prob


@wrong("chance_of_silence")
def poisson(units, keep_prob):
    return math.exp(-units * keep_prob)


@wrong("chance_of_silence")
def quota(units, keep_prob):
    """Always the same number stays, so silence is certain or impossible."""
    return float(round(keep_prob * units) == 0)


@wrong("chance_of_silence")
def drawn_from_an_urn(units, keep_prob):
    dropped = units * (1 - keep_prob)
    return math.prod(max(0.0, dropped - i) / (units - i) for i in range(units))


@wrong("chance_of_silence")
def cannot_happen(units, keep_prob):
    return 0.0


@wrong("chance_of_silence")
def certain_in_the_end(units, keep_prob):
    return 1.0


@wrong("chance_of_silence")
def in_percent(units, keep_prob):
    return 100 * (1 - keep_prob) ** units


@wrong("chance_of_silence")
def text(units, keep_prob):
    return f"{(1 - keep_prob) ** units:.4%}"


@wrong("chance_of_silence")
def two_decimals(units, keep_prob):
    return round((1 - keep_prob) ** units, 2)


@wrong("chance_of_silence")
def whole_number(units, keep_prob):
    return int((1 - keep_prob) ** units)


@wrong("chance_of_silence")
def number_of_draws_until_silence(units, keep_prob):
    return math.inf if keep_prob == 1 else 1 / (1 - keep_prob) ** units


@wrong("chance_of_silence")
def logarithm_returned(units, keep_prob):
    return -math.inf if keep_prob == 1 else units * math.log(1 - keep_prob)


@wrong("chance_of_silence")
def logarithm_of_zero(units, keep_prob):
    """Right, but raises at keep_prob 1.0."""
    return math.exp(units * math.log(1 - keep_prob))


@wrong("chance_of_silence")
def whole_running_product(units, keep_prob):
    return np.cumprod(np.full(units, 1 - keep_prob))


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
