"""Checks of page 03: the scale of the survivors, and a whole layer: training, inference and backward."""

import numpy as np

from dropout_lib.checks.asking import Finding
from dropout_lib.checks.multiples import THREE, Wanted, averages, averages_of_two, look_at_multiples, over_all
from dropout_lib.checks.verdict import Exercise
from dropout_lib.masks import apply_mask

SURVIVORS = [Wanted("activations", "kept", "", "the scaled activations")]
LAYER = [
    Wanted("activations", "kept", " in training", "what the layer hands on in training"),
    Wanted("activations", "all", " at inference", "what it hands on at inference"),
    Wanted("gradient", "kept", " in the gradient", "the gradient"),
]


def _scaled(activations, mask, keep_prob):
    return apply_mask(activations, mask, keep_prob=keep_prob)


def forgot_to_scale(activations, mask, keep_prob):
    """The right neurons are silent, and the layer got quieter. What would keep its average where it was?"""
    return activations * mask


def multiplied(activations, mask, keep_prob):
    """The survivors come out multiplied by keep_prob. Some neurons are silent already: must the others get louder or
    softer?"""
    return activations * mask * keep_prob


def divided_by_rate(activations, mask, keep_prob):
    """The survivors come out divided by 1 - keep_prob, the share that leaves. Which share of an activation is left, on
    average?"""
    return activations * mask / np.float64(1 - keep_prob)


def divided_by_square_root(activations, mask, keep_prob):
    """The survivors come out divided by the square root of keep_prob. That keeps the average of the squares. Of what
    was the average to stay?"""
    return activations * mask / np.sqrt(keep_prob)


def scaled_twice(activations, mask, keep_prob):
    """The survivors come out divided by keep_prob twice. By which factor does silencing shrink the average, and how
    often?"""
    return activations * mask / keep_prob / keep_prob


def divided_by_kept_fraction(activations, mask, keep_prob):
    """The survivors come out divided by the share that this one mask keeps. The promise is about all masks: which
    number do they have in common?"""
    return activations * mask / mask.mean()


def divided_by_kept_count(activations, mask, keep_prob):
    """The survivors come out divided by how many there are. A wider layer has more: does the average of one neuron
    depend on the width?"""
    return activations * mask / mask.sum()


def forgot_the_mask(activations, mask, keep_prob):
    """Dropped neurons come out as the kept ones do: the mask changed nothing. Which neurons must be silent?"""
    return activations / keep_prob


def kept_the_dropped(activations, mask, keep_prob):
    """The neurons that the mask keeps are silent, and the dropped ones speak. What does True in the mask mean?"""
    return activations * ~mask / keep_prob


def cut_to_whole_numbers(activations, mask, keep_prob):
    """Whole-number activations gave whole numbers only: what stands behind the point was lost. Which dtype has your
    result, and where does it come from?"""
    result = np.zeros_like(activations)
    result[mask] = activations[mask] / keep_prob
    return result


def changed_the_input(activations, mask, keep_prob):
    """An array that came in was changed by the call, and whoever uses it next finds other numbers. Which line writes
    into it?"""
    activations[~mask] = 0
    return activations / keep_prob


def factor_of_two(activations, mask, keep_prob):
    """The survivors are doubled, at keep_prob 0.3 and at 0.8 alike. For which keep_prob would that be right?"""
    return activations * mask * 2


def _scale_of_survivors(asked, calls):
    factors = np.array([call.parts[0].factor for call in calls])
    fine = np.isclose(factors, [1 / call.probe.keep_prob for call in calls], rtol=1e-6)
    words = _how_loud(asked, calls[fine.argmin()].probe, factors[fine.argmin()])
    yield Finding("factors", factors, words), fine.all()


def _how_loud(asked, probe, factor):
    average = averages_of_two(asked, probe.keep_prob, SURVIVORS)[0]
    if np.isnan(average) or np.isclose(average, 2):
        return f"{probe.where}, the survivors come out multiplied by {factor:.4g}."
    return f"{over_all(probe.keep_prob)} 2 becomes {average:.4g}."


def _look_at_scaling(asked, seed):
    fine = yield from look_at_multiples(asked, seed, SURVIVORS, _scale_of_survivors)
    for keep_prob in (0.3, 0.8) if fine else ():
        mean = averages(asked, keep_prob, SURVIVORS)[0]
        worst = np.argmax(np.abs(mean - THREE[0]))
        words = f"{over_all(keep_prob)} {THREE[0, worst]:.4g} becomes {mean[worst]:.4g}."
        yield Finding(f"average at {keep_prob}", mean, words)


scale_survivors = Exercise(
    _look_at_scaling,
    references=[_scaled],
    mistakes=[
        forgot_to_scale,
        multiplied,
        divided_by_rate,
        divided_by_square_root,
        scaled_twice,
        divided_by_kept_fraction,
        divided_by_kept_count,
        forgot_the_mask,
        kept_the_dropped,
        cut_to_whole_numbers,
        changed_the_input,
        factor_of_two,
    ],
    praise="Over all 8 masks of three neurons, the average of each activation stays exactly what it was.",
)


def _inverted(activations, gradient, mask, keep_prob):
    return activations * mask / keep_prob, activations, gradient * mask / keep_prob


def _standard(activations, gradient, mask, keep_prob):
    return activations * mask, activations * keep_prob, gradient * mask


def scaled_at_inference_too(activations, gradient, mask, keep_prob):
    """Training divides by keep_prob, and inference multiplies by it as well. What is the average over all masks in
    training, after the division?"""
    return activations * mask / keep_prob, activations * keep_prob, gradient * mask / keep_prob


def scaled_at_inference_by_rate(activations, gradient, mask, keep_prob):
    """Inference multiplies by 1 - keep_prob, the share that leaves. Which share of an activation does training hand on,
    on average?"""
    return activations * mask, activations * (1 - keep_prob), gradient * mask


def no_scale_anywhere(activations, gradient, mask, keep_prob):
    """Training hands on the survivors as they are, and inference everything as it is. Which of the two is louder, on
    average over all masks?"""
    return activations * mask, activations, gradient * mask


def no_scale_backward(activations, gradient, mask, keep_prob):
    """In training a survivor is divided by keep_prob, and its gradient is not. If its activation grows by 1, by how
    much does what it hands on grow?"""
    return activations * mask / keep_prob, activations, gradient * mask


def no_mask_backward(activations, gradient, mask, keep_prob):
    """Dropped neurons get a gradient as the kept ones do. If you nudge the activation of a dropped one, what happens to
    the loss?"""
    return activations * mask / keep_prob, activations, gradient / keep_prob


def masked_at_inference(activations, gradient, mask, keep_prob):
    """The dropped neurons are silent at inference too. Which neurons are to speak when nothing is trained?"""
    return activations * mask / keep_prob, activations * mask / keep_prob, gradient * mask / keep_prob


def scaled_twice(activations, gradient, mask, keep_prob):
    """In training the survivors come out divided by keep_prob twice, and inference hands on everything as it is. Which
    of the two is louder, on average?"""
    return activations * mask / keep_prob**2, activations, gradient * mask / keep_prob**2


def scale_multiplied(activations, gradient, mask, keep_prob):
    """Training multiplies the survivors by keep_prob, and inference hands on everything as it is. Which of the two is
    louder, on average?"""
    return activations * mask * keep_prob, activations, gradient * mask * keep_prob


def divided_at_inference(activations, gradient, mask, keep_prob):
    """Training hands on the survivors as they are, and inference divides by keep_prob. When all neurons speak, must
    each get louder or softer?"""
    return activations * mask, activations / keep_prob, gradient * mask


def divided_by_kept_fraction(activations, gradient, mask, keep_prob):
    """Training divides by the share that this one mask keeps. Inference stands for all masks: which number do they have
    in common?"""
    return activations * mask / mask.mean(), activations, gradient * mask / mask.mean()


def changed_the_input(activations, gradient, mask, keep_prob):
    """An array that came in was changed by the call, and whoever uses it next finds other numbers. Which line writes
    into it?"""
    activations *= mask
    return activations / keep_prob, activations, gradient * mask / keep_prob


def _scales_of_layer(asked, calls):
    """Find whether the three scales fit together, which those of standard and of inverted dropout do."""
    factors = np.array([[part.factor for part in call.parts] for call in calls])
    if len(calls) > 1:
        yield _blindness(factors)
    fits = [_fits(*scales[:2], call.probe.keep_prob) for scales, call in zip(factors, calls, strict=True)]
    first = int(np.argmin(fits))
    words = _how_unlike(asked, calls[first].probe, *factors[first, :2])
    yield Finding("forward", "fits" if all(fits) else factors[:, :2], words), all(fits)
    follows = np.isclose(factors[:, 2], factors[:, 0], rtol=1e-6)
    first = int(np.argmin(follows))
    words = (
        f"{calls[first].probe.where}, a survivor is multiplied by {factors[first, 0]:.4g} in training, "
        f"and its gradient by {factors[first, 2]:.4g}."
    )
    yield Finding("backward", "follows" if follows.all() else factors[:, ::2], words), follows.all()


def _blindness(factors):
    blind = bool(np.allclose(*factors))
    training, inference, gradient = factors[0]
    words = (
        f"At keep_prob 0.3 and at 0.8 alike, your layer multiplies by {training:.4g} in training, "
        f"by {inference:.4g} at inference, and by {gradient:.4g} in the gradient."
    )
    return Finding("blind to keep_prob", blind, words), not blind


def _fits(training, inference, keep_prob):
    return any(np.allclose((training, inference), pair, rtol=1e-6) for pair in ((1 / keep_prob, 1), (1, keep_prob)))


def _how_unlike(asked, probe, training, inference):
    keep_prob, means = probe.keep_prob, averages_of_two(asked, probe.keep_prob, LAYER)[:2]
    if np.isnan(means).any() or _fits(*means / 2 / (keep_prob, 1), keep_prob):
        return f"{probe.where}, training multiplies survivors by {training:.4g}, inference all by {inference:.4g}."
    return (
        f"{over_all(keep_prob)} 2 is {means[0]:.4g} in training and {means[1]:.4g} at inference. "
        f"In inverted dropout it is 2 in both, in standard dropout {2 * keep_prob:.4g}."
    )


whole_layer = Exercise(
    lambda asked, seed: look_at_multiples(asked, seed, LAYER, _scales_of_layer),
    references=[_inverted, _standard],
    mistakes=[
        scaled_at_inference_too,
        scaled_at_inference_by_rate,
        no_scale_anywhere,
        no_scale_backward,
        no_mask_backward,
        masked_at_inference,
        scaled_twice,
        scale_multiplied,
        divided_at_inference,
        divided_by_kept_fraction,
        changed_the_input,
    ],
    praise="Over all masks, training hands on what inference does, and the gradient has the scale of training.",
)
