"""Checks of page 03: the scale of the survivors, and a whole layer: training, inference and backward."""

import numpy as np

from dropout_lib.checks.grading.exercise import Exercise
from dropout_lib.checks.probes.layer_scales import look_at_layer, look_at_scaling
from dropout_lib.masks import apply_mask


def _scaled(activations, mask, keep_prob):
    return apply_mask(activations, mask, keep_prob=keep_prob)


def forgot_to_scale(activations, mask, keep_prob):
    """The correct neurons are dropped, and the survivors come out as they were. What would keep the mean over all masks
    the same?"""
    return activations * mask


def multiplied(activations, mask, keep_prob):
    """The survivors come out multiplied by keep_prob. Some neurons are 0 already: must the survivors become larger or
    smaller?"""
    return activations * mask * keep_prob


def divided_by_rate(activations, mask, keep_prob):
    """The survivors come out divided by 1 - keep_prob, the probability of being dropped. In the mean over all masks,
    which share of an activation is left?"""
    return activations * mask / np.float64(1 - keep_prob)


def divided_by_square_root(activations, mask, keep_prob):
    """The survivors come out divided by the square root of keep_prob. That keeps the mean of the squares. The mean of
    what should stay the same?"""
    return activations * mask / np.sqrt(keep_prob)


def scaled_twice(activations, mask, keep_prob):
    """The survivors come out divided by keep_prob twice. By which factor does the mask shrink the mean, and how
    often?"""
    return activations * mask / keep_prob / keep_prob


def divided_by_kept_fraction(activations, mask, keep_prob):
    """The survivors come out divided by the share that this one mask keeps. The promise is about all masks: which
    number do they have in common?"""
    return activations * mask / mask.mean()


def divided_by_kept_count(activations, mask, keep_prob):
    """The survivors come out divided by how many there are. A wider layer has more: does the mean of one neuron depend
    on the width?"""
    return activations * mask / mask.sum()


def forgot_the_mask(activations, mask, keep_prob):
    """Dropped neurons come out as the kept ones do: the mask changed nothing. Which neurons must come out as 0?"""
    return activations / keep_prob


def kept_the_dropped(activations, mask, keep_prob):
    """The neurons that the mask keeps come out as 0, and the dropped ones do not. What does True in the mask mean?"""
    return activations * ~mask / keep_prob


def cut_to_whole_numbers(activations, mask, keep_prob):
    """Whole-number activations gave whole numbers only: what comes after the decimal point was lost. Which dtype does
    your result have, and where does it come from?"""
    result = np.zeros_like(activations)
    result[mask] = activations[mask] / keep_prob
    return result


def changed_the_input(activations, mask, keep_prob):
    """An array passed in was changed by the call, and code that uses it next finds different numbers. Which line writes
    into it?"""
    activations[~mask] = 0
    return activations / keep_prob


def factor_of_two(activations, mask, keep_prob):
    """The survivors are doubled, at keep_prob 0.3 and at 0.8 alike. For which keep_prob would that be correct?"""
    return activations * mask * 2


scale_survivors = Exercise(
    look_at_scaling,
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
    praise="Over all 8 masks of three neurons, the mean of each activation stays exactly what it was.",
)


def _inverted(activations, gradient, mask, keep_prob):
    return activations * mask / keep_prob, activations, gradient * mask / keep_prob


def _standard(activations, gradient, mask, keep_prob):
    return activations * mask, activations * keep_prob, gradient * mask


def scaled_at_inference_too(activations, gradient, mask, keep_prob):
    """Training divides by keep_prob, and inference multiplies by it as well. What is the mean over all masks in
    training, after the division?"""
    return activations * mask / keep_prob, activations * keep_prob, gradient * mask / keep_prob


def scaled_at_inference_by_rate(activations, gradient, mask, keep_prob):
    """Inference multiplies by 1 - keep_prob, the probability of being dropped. In the mean over all masks, which share
    of an activation does training pass on?"""
    return activations * mask, activations * (1 - keep_prob), gradient * mask


def no_scale_anywhere(activations, gradient, mask, keep_prob):
    """Training passes on the survivors as they are, and inference everything as it is. Which of the two passes on more,
    in the mean over all masks?"""
    return activations * mask, activations, gradient * mask


def no_scale_backward(activations, gradient, mask, keep_prob):
    """In training a survivor is divided by keep_prob, and its gradient is not. If its activation grows by 1, by how
    much does what it passes on grow?"""
    return activations * mask / keep_prob, activations, gradient * mask


def no_mask_backward(activations, gradient, mask, keep_prob):
    """Dropped neurons get a gradient as the kept ones do. If you nudge the activation of a dropped one, what happens to
    the loss?"""
    return activations * mask / keep_prob, activations, gradient / keep_prob


def masked_at_inference(activations, gradient, mask, keep_prob):
    """The dropped neurons are 0 at inference too. Which neurons should pass something on when nothing is trained?"""
    return activations * mask / keep_prob, activations * mask / keep_prob, gradient * mask / keep_prob


def scaled_twice(activations, gradient, mask, keep_prob):
    """In training the survivors come out divided by keep_prob twice, and inference passes on everything as it is. Which
    of the two passes on more, in the mean over all masks?"""
    return activations * mask / keep_prob**2, activations, gradient * mask / keep_prob**2


def scale_multiplied(activations, gradient, mask, keep_prob):
    """Training multiplies the survivors by keep_prob, and inference passes on everything as it is. Which of the two
    passes on more, in the mean over all masks?"""
    return activations * mask * keep_prob, activations, gradient * mask * keep_prob


def divided_at_inference(activations, gradient, mask, keep_prob):
    """Training passes on the survivors as they are, and inference divides by keep_prob. When all neurons are kept, must
    each become larger or smaller?"""
    return activations * mask, activations / keep_prob, gradient * mask


def divided_by_kept_fraction(activations, gradient, mask, keep_prob):
    """Training divides by the share that this one mask keeps. Inference is one pass for all masks: which number do they
    have in common?"""
    return activations * mask / mask.mean(), activations, gradient * mask / mask.mean()


def changed_the_input(activations, gradient, mask, keep_prob):
    """An array passed in was changed by the call, and code that uses it next finds different numbers. Which line writes
    into it?"""
    activations *= mask
    return activations / keep_prob, activations, gradient * mask / keep_prob


whole_layer = Exercise(
    look_at_layer,
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
    praise="Over all masks, training passes on the same mean as inference, and the gradient has the scale of training.",
)
