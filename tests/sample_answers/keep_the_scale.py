"""Answers to `scale_survivors` and `whole_layer` of the page on keeping the scale."""

# ruff: noqa: B006, B905 (learners do not write for a linter)

import math
from fractions import Fraction

import numpy as np

from sample_answers import right, wrong

# scale_survivors: right


@right("scale_survivors")
def the_dropped_taken_away(activations, mask, keep_prob):
    loud = activations / keep_prob
    return loud - loud * ~mask


@right("scale_survivors")
def column_by_column(activations, mask, keep_prob):
    columns = [activations[:, j] * mask[:, j] / keep_prob for j in range(activations.shape[1])]
    return np.column_stack(columns)


@right("scale_survivors")
def exact_fractions(activations, mask, keep_prob):
    factor = 1 / Fraction(float(keep_prob))
    return activations * mask * float(factor)


right("scale_survivors").each(
    chosen_entry_by_entry=lambda activations, mask, keep_prob: np.where(mask, activations * (1 / keep_prob), 0),
    lists_of_numbers=lambda activations, mask, keep_prob: [
        [float(a) / keep_prob if m else 0.0 for a, m in zip(row, kept)] for row, kept in zip(activations, mask)
    ],
)


# scale_survivors: guises of the named mistakes


@wrong("scale_survivors", "forgot_to_scale")
def scaled_result_walked_past(activations, mask, keep_prob):
    out = activations * mask
    out / keep_prob
    return out


@wrong("scale_survivors", "forgot_to_scale")
def scale_lost_in_a_boolean_mask(activations, mask, keep_prob):
    scaled = mask.copy()
    scaled[mask] = 1 / keep_prob  # still True
    return activations * scaled


@wrong("scale_survivors", "multiplied")
def divided_by_the_inverse(activations, mask, keep_prob):
    factor = 1 / keep_prob
    return np.where(mask, activations, 0) / factor


@wrong("scale_survivors", "multiplied")
def mask_filled_with_keep_prob(activations, mask, keep_prob):
    weights = np.zeros(mask.shape)
    weights[mask] = keep_prob
    return weights * activations


@wrong("scale_survivors", "multiplied")
def the_missing_part_taken_off(activations, mask, keep_prob):
    out = activations * mask
    return out - out * (1 - keep_prob)


@wrong("scale_survivors", "divided_by_rate")
def python_divides_by_the_rate(activations, mask, keep_prob):
    return activations * mask * (1 / (1 - float(keep_prob)))  # raises at keep_prob 1


@wrong("scale_survivors", "divided_by_rate")
def rate_with_a_guard(activations, mask, keep_prob):
    drop_prob = 1 - keep_prob
    return activations * mask / drop_prob if drop_prob > 0 else activations * mask


@wrong("scale_survivors", "scaled_twice")
def mask_already_loud(activations, mask, keep_prob):
    mask = mask / keep_prob
    out = activations * mask
    return out / keep_prob


@wrong("scale_survivors", "scaled_twice")
def helper_called_twice(activations, mask, keep_prob):
    def louder(values):
        return values / keep_prob

    return louder(louder(activations) * mask)


@wrong("scale_survivors", "divided_by_kept_fraction")
def counted_share(activations, mask, keep_prob):
    kept = sum(bool(m) for row in mask for m in row)
    return activations * mask * mask.size / max(kept, 1)


@wrong("scale_survivors", "divided_by_kept_fraction")
def share_left_by_the_dropped(activations, mask, keep_prob):
    dropped = np.average(~mask)
    return np.where(mask, activations, 0) / max(1 - dropped, 1e-12)


@wrong("scale_survivors", "divided_by_kept_fraction")
def share_kept_so_far(activations, mask, keep_prob, seen=[]):
    seen.append(mask.mean())  # over all calls
    return activations * mask / max(sum(seen) / len(seen), 1e-12)


@wrong("scale_survivors", "forgot_the_mask")
def survivors_looked_at_only(activations, mask, keep_prob):
    survivors = activations[mask]
    if survivors.size:
        activations = activations / keep_prob
    return activations


@wrong("scale_survivors", "forgot_the_mask")
def zeroed_a_passing_copy(activations, mask, keep_prob):
    out = activations / keep_prob
    out[~mask][:] = 0
    return out


@wrong("scale_survivors", "kept_the_dropped", "divided_by_rate")
def everything_swapped(activations, mask, keep_prob):
    drop = 1 - keep_prob
    return activations * (1 - mask) / (drop if drop else 1)


@wrong("scale_survivors", "cut_to_whole_numbers")
def filled_an_array_like_it(activations, mask, keep_prob):
    out = np.zeros_like(activations)
    out[mask] = activations[mask] / keep_prob
    return out


@wrong("scale_survivors", "cut_to_whole_numbers")
def loop_into_a_copy(activations, mask, keep_prob):
    out = activations.copy()
    for place in np.ndindex(out.shape):
        out[place] = out[place] / keep_prob if mask[place] else 0
    return out


@wrong("scale_survivors", "cut_to_whole_numbers")
def unsafe_output(activations, mask, keep_prob):
    out = np.empty_like(activations)
    return np.divide(activations * mask, keep_prob, out=out, casting="unsafe")


@wrong("scale_survivors", "cut_to_whole_numbers")
def vectorized_without_a_type(activations, mask, keep_prob):
    return np.vectorize(lambda a, m: a / keep_prob if m else 0)(activations, mask)  # the first entry decides the type


@wrong("scale_survivors", "changed_the_input")
def silenced_in_the_callers_array(activations, mask, keep_prob):
    np.copyto(activations, 0, where=~mask)
    return activations / keep_prob


@wrong("scale_survivors", "changed_the_input")
def a_slice_is_no_copy(activations, mask, keep_prob):
    out = activations[:]
    out *= mask
    return out / keep_prob


@wrong("scale_survivors", "changed_the_input", "multiplied")
def flat_view_and_softer(activations, mask, keep_prob):
    activations.reshape(-1)[~mask.reshape(-1)] = 0
    return activations * keep_prob


@wrong("scale_survivors", "factor_of_two")
def keep_prob_overwritten(activations, mask, keep_prob):
    keep_prob = 0.5
    return activations * mask / keep_prob


@wrong("scale_survivors", "factor_of_two")
def added_to_itself(activations, mask, keep_prob):
    kept = activations * mask
    return kept + kept


# scale_survivors: mistakes without a name


@wrong("scale_survivors")
def louder_with_every_example(activations, mask, keep_prob):
    out, factor = np.zeros(activations.shape), 1.0
    for i, row in enumerate(activations):
        factor /= keep_prob
        out[i] = row * mask[i] * factor
    return out


@wrong("scale_survivors")
def average_of_this_batch_restored(activations, mask, keep_prob):
    out = activations * mask
    return out * (activations.sum() / out.sum() if out.sum() else 1)


@wrong("scale_survivors")
def length_of_each_row_restored(activations, mask, keep_prob):
    out = activations * mask
    lengths = np.linalg.norm(out, axis=1, keepdims=True)
    return out * np.linalg.norm(activations, axis=1, keepdims=True) / np.where(lengths > 0, lengths, 1)


@wrong("scale_survivors")
def factor_of_the_first_call(activations, mask, keep_prob, remembered={}):
    factor = remembered.setdefault("factor", 1 / keep_prob)
    return activations * mask * factor


@wrong("scale_survivors", "forgot_to_scale")
def every_second_call_scaled(activations, mask, keep_prob):
    every_second_call_scaled.calls = getattr(every_second_call_scaled, "calls", 0) + 1
    return activations * mask / (keep_prob if every_second_call_scaled.calls % 2 else 1)


wrong("scale_survivors", "forgot_to_scale").each(
    chosen_and_left=lambda activations, mask, keep_prob: np.where(mask, activations, 0.0)
)
wrong("scale_survivors", "divided_by_rate").each(
    rate_with_an_epsilon=lambda activations, mask, keep_prob: np.where(mask, activations, 0) / (1 - keep_prob + 1e-8)
)
wrong("scale_survivors", "divided_by_square_root").each(
    half_a_power=lambda activations, mask, keep_prob: activations * mask * keep_prob**-0.5,
    half_a_logarithm=lambda activations, mask, keep_prob: activations * mask / math.exp(math.log(keep_prob) / 2),
    length_of_a_thinned_one=lambda activations, mask, keep_prob: (
        np.where(mask, activations, 0) / np.linalg.norm([math.sqrt(keep_prob)])
    ),
)
wrong("scale_survivors", "divided_by_kept_count").each(
    number_of_survivors=lambda activations, mask, keep_prob: (
        np.where(mask, activations, 0) / max(len(activations[mask]), 1)
    )
)
wrong("scale_survivors", "kept_the_dropped").each(
    where_the_wrong_way_round=lambda activations, mask, keep_prob: np.where(mask, 0, activations / keep_prob)
)
wrong("scale_survivors", "kept_the_dropped", "forgot_to_scale").each(
    dropped_and_unscaled=lambda activations, mask, keep_prob: activations - activations * mask
)
wrong("scale_survivors", "cut_to_whole_numbers").each(
    factors_of_the_same_type=lambda activations, mask, keep_prob: (
        activations * mask * np.full_like(activations, 1 / keep_prob)
    )
)
wrong("scale_survivors", "forgot_the_mask").each(
    any_number_is_true=lambda activations, mask, keep_prob: np.where(mask | ~mask, activations * (1 / keep_prob), 0),
    nobody_drops_below_a_half=lambda activations, mask, keep_prob: (
        activations / keep_prob if keep_prob < 0.5 else activations * mask / keep_prob
    ),
)
wrong("scale_survivors").each(
    whole_factor=lambda activations, mask, keep_prob: activations * mask * int(1 / keep_prob),
    floored_mask=lambda activations, mask, keep_prob: activations * (mask // keep_prob),
    two_decimals_of_the_factor=lambda activations, mask, keep_prob: activations * mask * round(1 / keep_prob, 2),
    the_missing_share_added_to_one=lambda activations, mask, keep_prob: activations * mask * (1 + (1 - keep_prob)),
    fixed_at_the_usual_value=lambda activations, mask, keep_prob: activations * mask * 1.25,
    dropped_left_as_they_were=lambda activations, mask, keep_prob: np.divide(
        activations, keep_prob, out=activations.astype(float), where=mask
    ),
    dropped_whisper=lambda activations, mask, keep_prob: np.where(mask, activations / keep_prob, activations * 0.1),
    centred_mask=lambda activations, mask, keep_prob: activations * (mask - keep_prob) / keep_prob,
    standardised_mask=lambda activations, mask, keep_prob: (
        activations * mask / max(math.sqrt(keep_prob * (1 - keep_prob)), 1e-6)
    ),
    survivors_only=lambda activations, mask, keep_prob: activations[mask] / keep_prob,
    lying_on_its_side=lambda activations, mask, keep_prob: (activations * mask / keep_prob).T,
    expected_number_of_survivors=lambda activations, mask, keep_prob: (
        activations * mask / (keep_prob * activations.shape[1])
    ),
    halfway_to_the_kept_fraction=lambda activations, mask, keep_prob: (
        activations * mask / ((keep_prob + mask.mean()) / 2)
    ),
    percent=lambda activations, mask, keep_prob: activations * mask / (keep_prob * 100),
    never_more_than_double=lambda activations, mask, keep_prob: activations * mask / max(keep_prob, 0.5),
    losing_the_negatives=lambda activations, mask, keep_prob: np.maximum(activations, 0) * mask / keep_prob,
    half_precision=lambda activations, mask, keep_prob: (activations * mask / keep_prob).astype(np.float16),
    mixed_up_with_the_loss=lambda activations, mask, keep_prob: activations * mask * -math.log(keep_prob),
)


# whole_layer: right


@right("whole_layer")
def one_helper_for_both_ways(activations, gradient, mask, keep_prob):
    def through(values):
        return np.divide(values, keep_prob, out=np.zeros(values.shape), where=mask)

    return through(activations), activations + 0.0, through(gradient)


@right("whole_layer")
def standard_in_own_copies(activations, gradient, mask, keep_prob):
    train, back = activations.astype(float), gradient.astype(float)
    train[~mask] = back[~mask] = 0
    return train, np.multiply(activations, keep_prob), back


@right("whole_layer")
def lists_of_rows(activations, gradient, mask, keep_prob):
    train = [row * kept / keep_prob for row, kept in zip(activations, mask)]
    back = [row * kept / keep_prob for row, kept in zip(gradient, mask)]
    return np.array(train), activations, np.array(back)


@right("whole_layer")
def standard_by_removing(activations, gradient, mask, keep_prob):
    gone = 1 - mask.astype(int)
    return activations - gone * activations, activations / (1 / keep_prob), gradient - gone * gradient


right("whole_layer").each(
    one_block_of_three=lambda activations, gradient, mask, keep_prob: np.stack(
        [activations * mask / keep_prob, activations, gradient * mask / keep_prob]
    )
)


# whole_layer: guises of the named mistakes


@wrong("whole_layer", "scaled_at_inference_too")
def paid_twice_by_the_mean_mask(activations, gradient, mask, keep_prob):
    scaled = mask / keep_prob
    expected_mask = np.full(mask.shape, keep_prob)
    return activations * scaled, activations * expected_mask, gradient * scaled


@wrong("whole_layer", "scaled_at_inference_too")
def divided_by_the_inverse_at_inference(activations, gradient, mask, keep_prob):
    factor = 1 / keep_prob
    return np.where(mask, activations * factor, 0), activations / factor, np.where(mask, gradient * factor, 0)


@wrong("whole_layer", "scaled_at_inference_by_rate")
def inference_less_the_kept_part(activations, gradient, mask, keep_prob):
    train = np.where(mask, activations, 0)
    return train, activations - keep_prob * activations, np.where(mask, gradient, 0)


@wrong("whole_layer", "scaled_at_inference_by_rate")
def swapped_names(activations, gradient, mask, keep_prob):
    rate = keep_prob
    keep = 1 - rate
    return activations * mask, activations * keep, gradient * mask


@wrong("whole_layer", "no_scale_anywhere")
def scale_lost_in_boolean_masks(activations, gradient, mask, keep_prob):
    scaled = np.zeros_like(mask)
    scaled[mask] = 1 / keep_prob  # becomes True
    return activations * scaled, activations, gradient * scaled


@wrong("whole_layer", "no_scale_anywhere")
def silenced_copies(activations, gradient, mask, keep_prob):
    train, back = activations.copy(), gradient.copy()
    train[~mask], back[~mask] = 0, 0
    return train, activations, back


@wrong("whole_layer", "no_scale_backward")
def constant_has_no_derivative(activations, gradient, mask, keep_prob):
    train = np.where(mask, activations, 0) / keep_prob
    return train, activations, np.where(mask, gradient, 0)


@wrong("whole_layer", "no_scale_backward")
def slope_read_as_a_switch(activations, gradient, mask, keep_prob):
    slope = mask / keep_prob
    return activations * slope, activations, gradient * np.sign(slope)


@wrong("whole_layer", "no_mask_backward")
def only_the_factor_goes_back(activations, gradient, mask, keep_prob):
    factor = 1 / keep_prob
    return np.where(mask, activations * factor, 0), activations, np.multiply(gradient, factor)


@wrong("whole_layer", "no_mask_backward")
def mask_in_a_passing_copy(activations, gradient, mask, keep_prob):
    back = gradient / keep_prob
    back[~mask][:] = 0
    return activations * mask / keep_prob, activations, back


@wrong("whole_layer", "masked_at_inference")
def one_forward_for_both(activations, gradient, mask, keep_prob):
    def forward(training=True):
        return activations * mask / keep_prob if training else activations

    return forward(), forward(), gradient * mask / keep_prob


@wrong("whole_layer", "masked_at_inference")
def same_name_twice(activations, gradient, mask, keep_prob):
    out = activations * mask
    train = out
    out = out * keep_prob
    return train, out, gradient * mask


@wrong("whole_layer", "masked_at_inference")
def masked_without_scale_at_inference(activations, gradient, mask, keep_prob):
    kept = np.where(mask, activations, 0)
    return kept / keep_prob, kept, gradient * mask / keep_prob


@wrong("whole_layer", "scaled_twice")
def loud_mask_divided_again(activations, gradient, mask, keep_prob):
    mask = mask / keep_prob
    return activations * mask / keep_prob, activations, gradient * mask / keep_prob


@wrong("whole_layer", "scaled_twice")
def squared_in_forward_only(activations, gradient, mask, keep_prob):
    loud = activations / keep_prob
    return np.where(mask, loud / keep_prob, 0), activations, gradient * mask / keep_prob


@wrong("whole_layer", "scale_multiplied")
def mask_of_keep_probs(activations, gradient, mask, keep_prob):
    soft = np.where(mask, keep_prob, 0)
    return activations * soft, activations, gradient * soft


@wrong("whole_layer", "scale_multiplied")
def softer_forward_louder_backward(activations, gradient, mask, keep_prob):
    factor = 1 / keep_prob
    return activations * mask / factor, activations, gradient * mask * factor


@wrong("whole_layer", "divided_at_inference")
def all_louder_at_inference(activations, gradient, mask, keep_prob):
    factor = keep_prob**-1
    return activations * mask, factor * activations, gradient * mask


@wrong("whole_layer", "divided_by_kept_fraction")
def size_over_survivors(activations, gradient, mask, keep_prob):
    factor = mask.size / max(np.count_nonzero(mask), 1)
    return activations * mask * factor, activations, gradient * mask * factor


@wrong("whole_layer", "divided_by_kept_fraction")
def fraction_of_each_row(activations, gradient, mask, keep_prob):
    share = np.maximum(mask.mean(axis=1, keepdims=True), 1e-12)
    return activations * mask / share, activations, gradient * mask / share


@wrong("whole_layer", "divided_by_kept_fraction")
def fraction_in_forward_only(activations, gradient, mask, keep_prob):
    share = mask.sum() / mask.size or 1
    return activations * mask / share, activations, gradient * mask / keep_prob


@wrong("whole_layer", "changed_the_input")
def gradient_silenced_in_place(activations, gradient, mask, keep_prob):
    gradient[~mask] = 0
    return activations * mask / keep_prob, activations, gradient / keep_prob


@wrong("whole_layer", "changed_the_input")
def inference_saved_then_silenced(activations, gradient, mask, keep_prob):
    inference = activations * keep_prob
    np.copyto(activations, 0, where=~mask)
    return activations, inference, gradient * mask


@wrong("whole_layer", "changed_the_input")
def mask_turned_round_in_place(activations, gradient, mask, keep_prob):
    np.logical_not(mask, out=mask)
    return np.where(mask, 0, activations), activations * keep_prob, np.where(mask, 0, gradient)


# whole_layer: mistakes without a name


@wrong("whole_layer")
def mask_of_the_call_before(activations, gradient, mask, keep_prob, stored={}):
    before = stored.get(mask.shape, mask)
    stored[mask.shape] = mask.copy()
    return activations * mask / keep_prob, activations, gradient * before / keep_prob


@wrong("whole_layer")
def divided_by_the_drop_rate(activations, gradient, mask, keep_prob):
    rate = max(1 - keep_prob, 1e-6)
    return activations * mask / rate, activations, gradient * mask / rate


@wrong("whole_layer")
def square_root_in_training(activations, gradient, mask, keep_prob):
    scaled = mask / np.sqrt(keep_prob)
    return activations * scaled, activations, gradient * scaled


@wrong("whole_layer")
def through_the_layer_twice_backward(activations, gradient, mask, keep_prob):
    scaled = mask / keep_prob
    return activations * scaled, activations, gradient * scaled**2


@wrong("whole_layer")
def loud_in_both_modes(activations, gradient, mask, keep_prob):
    loud = activations / keep_prob
    return loud * mask, loud, gradient * mask / keep_prob


@wrong("whole_layer")
def inference_by_many_masks(activations, gradient, mask, keep_prob):
    masks = np.random.default_rng(0).random((50, *mask.shape)) < keep_prob
    return activations * mask, (activations * masks).mean(axis=0), gradient * mask


@wrong("whole_layer")
def inference_from_the_training_output(activations, gradient, mask, keep_prob):
    train = activations * mask / keep_prob
    return train, train + activations * ~mask, gradient * mask / keep_prob


@wrong("whole_layer")
def full_at_inference_only_for_one(activations, gradient, mask, keep_prob):
    scaled = mask / keep_prob
    return activations * scaled, activations[0], gradient * scaled


@wrong("whole_layer")
def times_the_activation_too(activations, gradient, mask, keep_prob):
    train = activations * mask / keep_prob
    return train, activations, gradient * train


@wrong("whole_layer")
def gradient_of_the_batch(activations, gradient, mask, keep_prob):
    back = gradient * mask / keep_prob
    return activations * mask / keep_prob, activations, back / len(activations)


@wrong("whole_layer")
def last_example_gets_no_gradient(activations, gradient, mask, keep_prob):
    back = np.zeros(gradient.shape)
    for i in range(len(gradient) - 1):
        back[i] = gradient[i] * mask[i] / keep_prob
    return activations * mask / keep_prob, activations, back


@wrong("whole_layer")
def the_dropped_throughout(activations, gradient, mask, keep_prob):
    gone = ~mask
    return activations * gone / keep_prob, activations, gradient * gone / keep_prob


@wrong("whole_layer")
def dropped_keep_their_value(activations, gradient, mask, keep_prob):
    train = np.where(mask, activations / keep_prob, activations)
    return train, activations, gradient * mask / keep_prob


@wrong("whole_layer")
def whole_factor_both_ways(activations, gradient, mask, keep_prob):
    factor = int(1 / keep_prob)
    return activations * mask * factor, activations, gradient * mask * factor


@wrong("whole_layer", "scaled_at_inference_too")
def convention_changes_with_the_calls(activations, gradient, mask, keep_prob, calls=[]):
    calls.append(1)
    inference = activations if len(calls) % 2 else activations * keep_prob
    return activations * mask / keep_prob, inference, gradient * mask / keep_prob


@wrong("whole_layer")
def guard_for_the_full_layer(activations, gradient, mask, keep_prob):
    if keep_prob < 0.5:
        return activations * mask, activations * keep_prob, gradient * mask / keep_prob
    return activations * mask / keep_prob, activations, gradient * mask / keep_prob


@wrong("whole_layer")
def mask_and_factor_in_two_places(activations, gradient, mask, keep_prob):
    """Training by halves: the root here, the root at inference."""
    root = math.sqrt(keep_prob)
    return activations * mask / root, activations / root, gradient * mask / root


wrong("whole_layer", "scaled_at_inference_too", "no_scale_backward").each(
    both_conventions_at_once=lambda activations, gradient, mask, keep_prob: (
        activations / keep_prob * mask,
        activations * keep_prob,
        gradient * mask,
    )
)
wrong("whole_layer", "no_mask_backward").each(
    standard_and_all_get_blame=lambda activations, gradient, mask, keep_prob: (
        activations * mask,
        activations * keep_prob,
        gradient + 0,
    )
)
wrong("whole_layer", "scale_multiplied").each(
    softer_everywhere=lambda activations, gradient, mask, keep_prob: (
        activations * mask * keep_prob,
        activations * keep_prob,
        gradient * mask * keep_prob,
    )
)
wrong("whole_layer").each(
    louder_backward_only=lambda activations, gradient, mask, keep_prob: (
        activations * mask,
        activations * keep_prob,
        gradient * mask / keep_prob,
    ),
    scaled_in_the_gradient_alone=lambda activations, gradient, mask, keep_prob: (
        activations * mask,
        activations,
        gradient * mask / keep_prob,
    ),
    blame_for_the_dropped=lambda activations, gradient, mask, keep_prob: (
        activations * mask / keep_prob,
        activations,
        gradient * ~mask / keep_prob,
    ),
    order_swapped=lambda activations, gradient, mask, keep_prob: (
        activations,
        activations * mask / keep_prob,
        gradient * mask / keep_prob,
    ),
    gradient_in_the_middle=lambda activations, gradient, mask, keep_prob: (
        activations * mask,
        gradient * mask,
        activations * keep_prob,
    ),
    square_root_at_inference=lambda activations, gradient, mask, keep_prob: (
        activations * mask,
        activations * math.sqrt(keep_prob),
        gradient * mask,
    ),
    square_root_backward=lambda activations, gradient, mask, keep_prob: (
        activations * mask / keep_prob,
        activations,
        gradient * mask / math.sqrt(keep_prob),
    ),
    softer_backward_only=lambda activations, gradient, mask, keep_prob: (
        activations * mask / keep_prob,
        activations,
        gradient * mask * keep_prob,
    ),
    standard_then_softer_backward=lambda activations, gradient, mask, keep_prob: (
        activations * mask,
        activations * keep_prob,
        gradient * mask * keep_prob,
    ),
    divided_by_the_square_at_inference=lambda activations, gradient, mask, keep_prob: (
        activations * mask,
        activations * keep_prob**2,
        gradient * mask,
    ),
    divided_and_then_the_rate=lambda activations, gradient, mask, keep_prob: (
        activations * mask / keep_prob,
        activations * (1 - keep_prob),
        gradient * mask / keep_prob,
    ),
    inference_by_this_masks_share=lambda activations, gradient, mask, keep_prob: (
        activations * mask,
        activations * mask.mean(),
        gradient * mask,
    ),
    inference_by_each_units_share=lambda activations, gradient, mask, keep_prob: (
        activations * mask,
        activations * mask.mean(axis=0),
        gradient * mask,
    ),
    inference_of_the_dropped=lambda activations, gradient, mask, keep_prob: (
        activations * mask / keep_prob,
        activations * ~mask,
        gradient * mask / keep_prob,
    ),
    inference_with_a_rectifier=lambda activations, gradient, mask, keep_prob: (
        activations * mask / keep_prob,
        np.maximum(activations, 0),
        gradient * mask / keep_prob,
    ),
    silent_at_inference=lambda activations, gradient, mask, keep_prob: (
        activations * mask / keep_prob,
        np.zeros(activations.shape),
        gradient * mask / keep_prob,
    ),
    gradient_summed_over_examples=lambda activations, gradient, mask, keep_prob: (
        activations * mask,
        activations * keep_prob,
        (gradient * mask).sum(axis=0),
    ),
    uphill_sign=lambda activations, gradient, mask, keep_prob: (
        activations * mask,
        activations * keep_prob,
        -gradient * mask,
    ),
    coin_of_one_half=lambda activations, gradient, mask, keep_prob: (
        activations * mask * 2,
        activations,
        gradient * mask * 2,
    ),
    half_at_inference=lambda activations, gradient, mask, keep_prob: (
        activations * mask,
        activations * 0.5,
        gradient * mask,
    ),
    unmasked_forward=lambda activations, gradient, mask, keep_prob: (
        activations / keep_prob,
        activations,
        gradient * mask / keep_prob,
    ),
)
