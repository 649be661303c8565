"""The mathematics of one mask: identities over all masks, properties over shapes and dtypes, and every bad input."""

import random
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from dropout_lib import all_masks, apply_dropout, apply_mask, draw_mask, mask_probabilities
from dropout_lib.masks import scaled_by_mask

KEEP_PROBS = [0.1, 0.3, 0.8, 1.0]
FLOATS = [np.float16, np.float32, np.float64]
WHOLE = [bool, np.int8, np.uint8, np.int32, np.int64, np.uint64]
LAYOUTS = {
    "C": np.ascontiguousarray,
    "Fortran": np.asfortranarray,
    "backwards": lambda array: np.ascontiguousarray(array[::-1])[::-1] if array.ndim else array,
    "every second": lambda array: np.repeat(array, 2, axis=-1)[..., ::2] if array.ndim else array,
    "turned": lambda array: np.ascontiguousarray(array.T).T,
}

# The same examples in every run, and no time limit for one of them: a shared machine stalls now and then.
properties = settings(max_examples=60, deadline=None, derandomize=True, database=None)
shapes = array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4)
keep_probs = st.floats(0.01, 1)
seeds = st.integers(0, 2**32)


def generator(seed=0):
    return np.random.default_rng(seed)


def activations_of(dtype):
    """Make activations of any shape, of moderate size, so that no dtype overflows when divided by a small keep_prob."""
    whole = np.dtype(dtype).kind in "biu"
    low = 0 if np.dtype(dtype).kind in "bu" else -100
    elements = st.booleans() if dtype is bool else st.integers(low, 100) if whole else st.floats(-100, 100, width=16)
    return arrays(dtype, shapes, elements=elements)


# Identities, over all masks


@pytest.mark.parametrize("keep_prob", KEEP_PROBS)
def test_inverted_dropout_keeps_the_mean_exactly(keep_prob):
    activations = np.array([1.0, -2.0, 3.0])
    masks = all_masks(3)
    mean = mask_probabilities(masks, keep_prob=keep_prob) @ apply_mask(activations, masks, keep_prob=keep_prob)
    np.testing.assert_allclose(mean, activations)


@pytest.mark.parametrize("keep_prob", KEEP_PROBS)
def test_the_variance_is_exact_and_neurons_are_independent(keep_prob):
    activations = np.array([1.0, -2.0, 3.0, 0.5])
    masks = all_masks(4)
    chances = mask_probabilities(masks, keep_prob=keep_prob)
    away = apply_mask(activations, masks, keep_prob=keep_prob) - activations
    covariance = away.T * chances @ away
    np.testing.assert_allclose(covariance, np.diag(activations**2 * (1 - keep_prob) / keep_prob), atol=1e-12)


@pytest.mark.parametrize("keep_prob", [0.3, 0.8])
def test_the_backward_pass_is_the_finite_difference_with_the_mask_held(keep_prob):
    activations, step = np.array([1.0, -2.0, 3.0, 0.5]), 1e-5

    def loss(activations):
        return (apply_mask(activations, mask, keep_prob=keep_prob) ** 3 / 3).sum()

    for mask in all_masks(4):
        arriving = apply_mask(activations, mask, keep_prob=keep_prob) ** 2
        moves = step * np.eye(4)
        differences = [(loss(activations + move) - loss(activations - move)) / (2 * step) for move in moves]
        np.testing.assert_allclose(apply_mask(arriving, mask, keep_prob=keep_prob), differences, rtol=1e-6, atol=1e-9)


def test_the_backward_pass_through_many_masks_is_summed_over_them():
    activations, masks, step = np.array([1.0, -2.0, 3.0]), all_masks(3), 1e-5

    def loss(activations):
        return (apply_mask(activations, masks, keep_prob=0.3) ** 3 / 3).sum()

    arriving = apply_mask(activations, masks, keep_prob=0.3) ** 2
    differences = [(loss(activations + move) - loss(activations - move)) / (2 * step) for move in step * np.eye(3)]
    np.testing.assert_allclose(apply_mask(arriving, masks, keep_prob=0.3).sum(axis=0), differences, rtol=1e-6)


# Properties, over shapes, dtypes and memory orders


@properties
@given(shape=shapes, keep_prob=keep_probs, seed=seeds)
def test_a_mask_is_one_uniform_number_a_unit_below_keep_prob(shape, keep_prob, seed):
    rng, independent = generator(seed), generator(seed)
    mask = draw_mask(shape, keep_prob=keep_prob, rng=rng)
    assert mask.dtype == bool and mask.shape == shape
    np.testing.assert_array_equal(mask, independent.random(shape) < keep_prob)
    assert rng.bit_generator.state == independent.bit_generator.state


def test_a_number_equal_to_keep_prob_is_not_below_it():
    for number in generator().random(20):
        numbers_below = generator().random(20) < number
        np.testing.assert_array_equal(draw_mask(20, keep_prob=number, rng=generator()), numbers_below)
        numbers_up_to = generator().random(20) <= number
        np.testing.assert_array_equal(draw_mask(20, keep_prob=np.nextafter(number, 1), rng=generator()), numbers_up_to)


@properties
@given(shape=shapes, seed=seeds, one=keep_probs, other=keep_probs)
def test_a_falling_keep_prob_drops_more_and_brings_nobody_back(shape, seed, one, other):
    fewer = draw_mask(shape, keep_prob=min(one, other), rng=generator(seed))
    more = draw_mask(shape, keep_prob=max(one, other), rng=generator(seed))
    assert not (fewer & ~more).any()


@pytest.mark.parametrize("shape", [5, [2, 3], (np.int64(2), 3)])
def test_a_shape_may_be_given_as_for_numpy(shape):
    assert draw_mask(shape, keep_prob=0.3, rng=generator()).shape == generator().random(shape).shape


@properties
@given(data=st.data(), dtype=st.sampled_from(FLOATS), layout=st.sampled_from(sorted(LAYOUTS)), keep_prob=keep_probs)
def test_floats_keep_their_dtype_in_any_shape_and_memory_order(data, dtype, layout, keep_prob):
    activations = LAYOUTS[layout](data.draw(activations_of(dtype)))
    mask = LAYOUTS[layout](data.draw(arrays(bool, activations.shape)))
    result = apply_mask(activations, mask, keep_prob=keep_prob)
    assert result.dtype == dtype and result.shape == activations.shape
    expected = np.where(mask, activations.astype(float) / keep_prob, 0)
    np.testing.assert_allclose(result, expected, rtol=2 * np.finfo(dtype).eps, atol=np.finfo(dtype).smallest_normal)


@properties
@given(data=st.data(), dtype=st.sampled_from(WHOLE), keep_prob=keep_probs)
def test_integers_and_booleans_become_float64(data, dtype, keep_prob):
    activations = data.draw(activations_of(dtype))
    mask = data.draw(arrays(bool, activations.shape))
    result = apply_mask(activations, mask, keep_prob=keep_prob)
    assert result.dtype == np.float64 and result.shape == activations.shape
    np.testing.assert_allclose(result, np.where(mask, activations / keep_prob, 0))


@pytest.mark.parametrize("scalar", [np.float16, np.float32, np.float64, np.longdouble])
@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("shape", [(), (3,)])
def test_a_numpy_scalar_as_keep_prob_changes_no_dtype(shape, dtype, scalar):
    activations = np.ones(shape, dtype)
    result = apply_mask(activations, activations > 0, keep_prob=scalar(0.5))
    assert result.dtype == dtype and (result == 2).all()
    assert apply_dropout(activations, keep_prob=scalar(0.8), rng=generator()).dtype == dtype


@properties
@given(data=st.data(), dtype=st.sampled_from(FLOATS + WHOLE), layout=st.sampled_from(sorted(LAYOUTS)), seed=seeds)
def test_read_only_input_will_do_and_shares_no_memory_with_the_result(data, dtype, layout, seed):
    activations = LAYOUTS[layout](data.draw(activations_of(dtype)))
    mask = data.draw(arrays(bool, activations.shape))
    activations.flags.writeable = mask.flags.writeable = False
    for keep_prob in (0.3, 1.0):
        for result in (
            apply_mask(activations, mask, keep_prob=keep_prob),
            apply_dropout(activations, keep_prob=keep_prob, rng=generator(seed)),
        ):
            assert result is not activations and not np.shares_memory(result, activations)
            assert not np.shares_memory(result, mask)


def test_writable_input_is_not_written_to():
    activations, mask = np.arange(6.0).reshape(2, 3), np.array([[True, False, True], [False, True, False]])
    before = activations.copy(), mask.copy()
    apply_mask(activations, mask, keep_prob=0.3)
    apply_dropout(activations, keep_prob=0.3, rng=generator())
    np.testing.assert_array_equal(activations, before[0])
    np.testing.assert_array_equal(mask, before[1])


@properties
@given(data=st.data(), seed=seeds)
def test_keep_prob_1_is_the_identity(data, seed):
    activations = data.draw(activations_of(np.float32))
    assert draw_mask(activations.shape, keep_prob=1, rng=generator(seed)).all()
    np.testing.assert_array_equal(apply_dropout(activations, keep_prob=1, rng=generator(seed)), activations)


@properties
@given(shape=shapes, keep_prob=keep_probs, seed=seeds)
def test_apply_dropout_is_a_mask_drawn_and_applied(shape, keep_prob, seed):
    activations = generator(seed + 1).normal(size=shape)
    mask = generator(seed).random(shape) < keep_prob
    once = apply_dropout(activations, keep_prob=keep_prob, rng=generator(seed))
    np.testing.assert_array_equal(once, apply_mask(activations, mask, keep_prob=keep_prob))


def test_two_calls_with_one_generator_draw_two_masks():
    rng = generator()
    first, second = (draw_mask((20, 30), keep_prob=0.5, rng=rng) for _ in range(2))
    assert (first != second).any()


def test_no_global_generator_is_read_or_moved():
    numpys, pythons = np.random.get_state(), random.getstate()
    apply_dropout(np.ones((3, 4)), keep_prob=0.3, rng=generator())
    np.testing.assert_equal(np.random.get_state(), numpys)
    assert random.getstate() == pythons


def test_lists_are_activations_and_masks_too():
    np.testing.assert_allclose(apply_mask([1, 2, 3], [True, False, True], keep_prob=0.5), [2, 0, 6])


# What is not finite


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("value", [np.inf, -np.inf, np.nan])
@pytest.mark.parametrize("shape", [(), (1,), (2, 3)])
def test_what_is_not_finite_makes_no_warning_and_is_not_hidden_by_being_dropped(shape, value, dtype):
    activations = np.full(shape, value, dtype)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        dropped = apply_mask(activations, np.zeros(shape, bool), keep_prob=0.3)
        kept = apply_mask(activations, np.ones(shape, bool), keep_prob=0.3)
        apply_dropout(activations, keep_prob=0.3, rng=generator())
    assert np.isnan(dropped).all() and dropped.dtype == dtype
    np.testing.assert_array_equal(kept, activations)


def test_numpys_error_settings_are_as_before():
    with np.errstate(invalid="raise"):
        apply_mask(np.array([np.inf]), np.array([False]), keep_prob=0.3)
        assert np.geterr()["invalid"] == "raise"


# Masks of other shapes


def test_a_mask_with_more_leading_axes_gives_one_result_for_each_mask():
    activations = generator().normal(size=(4, 3))
    masks = generator(1).random((2, 5, 4, 3)) < 0.3
    results = apply_mask(activations, masks, keep_prob=0.3)
    assert results.shape == masks.shape
    for place in np.ndindex(2, 5):
        np.testing.assert_array_equal(results[place], apply_mask(activations, masks[place], keep_prob=0.3))


@pytest.mark.parametrize("shape", [(3,), (1, 3), (4, 1), (1, 1), ()])
def test_a_mask_can_be_shared(shape):
    activations = generator().normal(size=(4, 3))
    mask = generator(1).random(shape) < 0.5
    whole = np.broadcast_to(mask, (4, 3))
    np.testing.assert_array_equal(
        apply_mask(activations, mask, keep_prob=0.3), apply_mask(activations, whole, keep_prob=0.3)
    )


def test_the_formula_alone_takes_a_keep_prob_for_each_replica():
    activations, keep_probs = generator().normal(size=(2, 4, 3)), [0.3, 0.8]
    masks = generator(1).random((2, 4, 3)) < 0.5
    both = scaled_by_mask(activations, masks, np.reshape(keep_probs, (2, 1, 1)))
    for replica, keep_prob in enumerate(keep_probs):
        alone = apply_mask(activations[replica], masks[replica], keep_prob=keep_prob)
        np.testing.assert_array_equal(both[replica], alone)


@pytest.mark.parametrize(
    ("units", "masks"),
    [((5,), (5, 1)), ((5, 1), (5,)), ((3,), (4,)), ((4, 3), (3, 4)), ((4, 3), (4,)), ((2, 1, 3), (4, 1)), ((3,), (0,))],
)
def test_a_mask_that_does_not_fit_is_refused_with_both_shapes_and_the_call_that_fits(units, masks):
    with pytest.raises(ValueError) as refused:
        apply_mask(np.ones(units), np.ones(masks, bool), keep_prob=0.8)
    words = f"mask of shape {masks} does not fit activations of shape {units}. Draw it with draw_mask({units}"
    assert str(refused.value).startswith(words)


# Bad input: what was wrong, what was given, what to do

BAD_KEEP_PROBS = [
    (0, ValueError, "keep_prob must be in (0, 1], got 0. ", "keep_prob = 0.2"),
    (0.0, ValueError, "keep_prob must be in (0, 1], got 0.0. ", "keep_prob = 0.2"),
    (-0.2, ValueError, "keep_prob must be in (0, 1], got -0.2. ", "To drop 20% of the neurons, keep_prob = 0.8."),
    (1.5, ValueError, "keep_prob must be in (0, 1], got 1.5. ", "To drop 20% of the neurons, keep_prob = 0.8."),
    (80, ValueError, "keep_prob must be in (0, 1], got 80. ", "percent? Then keep_prob = 0.8."),
    (2, ValueError, "keep_prob must be in (0, 1], got 2. ", "percent? Then keep_prob = 0.02."),
    (100, ValueError, "keep_prob must be in (0, 1], got 100. ", "percent? Then keep_prob = 1."),
    (1.99, ValueError, "keep_prob must be in (0, 1], got 1.99. ", "To drop 20"),
    (100.5, ValueError, "keep_prob must be in (0, 1], got 100.5. ", "To drop 20"),
    (np.float64(30), ValueError, "keep_prob must be in (0, 1], got 30.0. ", "percent? Then keep_prob = 0.3."),
    (np.nan, ValueError, "keep_prob must be in (0, 1], got nan. ", "look at the computation"),
    (np.inf, ValueError, "keep_prob must be in (0, 1], got inf. ", "keep_prob = 0.8"),
    ("0.8", TypeError, "keep_prob must be one number in (0, 1], got '0.8'. ", "keep_prob = 0.8"),
    (None, TypeError, "keep_prob must be one number in (0, 1], got None. ", "keep_prob = 0.8"),
    (True, TypeError, "keep_prob must be one number in (0, 1], got True. ", "keep_prob = 0.8"),
    (np.True_, TypeError, "keep_prob must be one number in (0, 1], got True. ", "keep_prob = 0.8"),
    (0.8j, TypeError, "keep_prob must be one number in (0, 1], got 0.8j. ", "keep_prob = 0.8"),
    (np.array([0.8, 0.3]), TypeError, "keep_prob must be one number in (0, 1], got array([0.8, 0.3]). ", "0.8"),
    (np.array(0.8), TypeError, "keep_prob must be one number in (0, 1], got array(0.8). ", "0.8"),
    ([0.8], TypeError, "keep_prob must be one number in (0, 1], got [0.8]. ", "0.8"),
]
TAKES_KEEP_PROB = {
    "draw_mask": lambda keep_prob, rng: draw_mask((3,), keep_prob=keep_prob, rng=rng),
    "apply_mask": lambda keep_prob, rng: apply_mask(np.ones(3), np.ones(3, bool), keep_prob=keep_prob),
    "apply_dropout": lambda keep_prob, rng: apply_dropout(np.ones(3), keep_prob=keep_prob, rng=rng),
    "mask_probabilities": lambda keep_prob, rng: mask_probabilities(all_masks(3), keep_prob=keep_prob),
}
BAD_RNGS = [
    (0, "the seed 0", "rng = np.random.default_rng(0)"),
    (np.int64(7), "the seed 7", "rng = np.random.default_rng(7)"),
    (np.random, "the global np.random", "rng = np.random.default_rng(0)"),
    (0.0, "float 0.0", "rng = np.random.default_rng(0)"),
    (np.random.RandomState(0), "RandomState", "rng = np.random.default_rng(0)"),
    (np.random.PCG64(0), "PCG64", "rng = np.random.default_rng(0)"),
    (np.random.default_rng, type(np.random.default_rng).__name__, "rng = np.random.default_rng(0)"),
    (None, "NoneType None", "rng = np.random.default_rng(0)"),
    (True, "bool True", "rng = np.random.default_rng(0)"),
]


@pytest.mark.parametrize("function", TAKES_KEEP_PROB)
@pytest.mark.parametrize(("keep_prob", "kind", "given", "advice"), BAD_KEEP_PROBS)
def test_a_bad_keep_prob_is_refused_in_words_and_draws_nothing(function, keep_prob, kind, given, advice):
    rng = generator()
    with pytest.raises(kind) as refused:
        TAKES_KEEP_PROB[function](keep_prob, rng)
    assert type(refused.value) is kind
    assert str(refused.value).startswith(given) and advice in str(refused.value)[len(given) :]
    assert rng.bit_generator.state == generator().bit_generator.state


@pytest.mark.parametrize("function", [draw_mask, apply_dropout])
@pytest.mark.parametrize(("rng", "given", "advice"), BAD_RNGS)
def test_a_bad_rng_is_refused_in_words_and_the_global_generator_stays(function, rng, given, advice):
    before = np.random.get_state()
    with pytest.raises(TypeError) as refused:
        function((2, 3), keep_prob=0.8, rng=rng)
    what_was_given = f"rng must be a np.random.Generator, got {given}"
    assert str(refused.value).startswith(what_was_given) and advice in str(refused.value)[len(what_was_given) :]
    np.testing.assert_equal(np.random.get_state(), before)


@pytest.mark.parametrize("mask", [np.ones(3), np.ones(3, int), [1, 0, 1], [0.5, 0.2, 0.9], None, "abc"])
def test_a_mask_that_is_not_boolean_is_refused_in_words(mask):
    with pytest.raises(TypeError, match=r"mask must be Boolean, True = kept, got \S+\. Compare: rng.random\(shape\) <"):
        apply_mask(np.ones(3), mask, keep_prob=0.8)


@pytest.mark.parametrize("activations", [["a", "b"], [None, 1.0], np.array(["2020"], "datetime64[Y]")])
def test_activations_that_are_no_numbers_are_refused_in_words(activations):
    with pytest.raises(TypeError, match=r"activations must be numbers, got an array of \S+\. Convert it first\."):
        apply_mask(activations, np.ones(len(activations), bool), keep_prob=0.8)


@pytest.mark.parametrize(
    "call",
    [
        lambda: draw_mask((3,), 0.8, generator()),
        lambda: apply_mask(np.ones(3), np.ones(3, bool), 0.8),
        lambda: apply_dropout(np.ones(3), 0.8, generator()),
        lambda: mask_probabilities(all_masks(3), 0.8),
    ],
)
def test_keep_prob_and_rng_are_named(call):
    with pytest.raises(TypeError, match="positional argument"):
        call()


def test_activations_that_are_no_numbers_are_refused_before_anything_is_drawn():
    rng = generator()
    with pytest.raises(TypeError, match="activations must be numbers"):
        apply_dropout(["a", "b"], keep_prob=0.8, rng=rng)
    assert rng.bit_generator.state == generator().bit_generator.state
