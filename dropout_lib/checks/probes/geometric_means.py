"""Look at geometric means over all thinned networks; what is right there, and every known mistake."""

import numpy as np

from dropout_lib.checks.grading.running import Finding
from dropout_lib.checks.probes.mask_lists import ask
from dropout_lib.ensemble import all_masks, mask_probabilities
from dropout_lib.network import softmax


def look_at_geometric_means(answer, seed):
    """Yield the means of a layer of five units and four classes at keep_prob 0.3, 0.8 and 1."""
    for number, keep_prob in enumerate((0.3, 0.8, 1.0)):
        rng = np.random.default_rng([seed, number])
        hidden, weights = np.append(0.0, rng.uniform(0.2, 1.5, 4)), rng.normal(size=(5, 4))
        weights *= 0.3 / np.ptp(hidden @ weights)  # so small that no wrong mean ends at 0 and 1, where all look alike
        masks = rng.permutation(all_masks(5))
        chances = mask_probabilities(masks, keep_prob=keep_prob)
        mean = ask(answer, hidden=hidden, weights=weights, masks=masks, chances=chances, keep_prob=keep_prob)
        message = f"For 4 classes an array of shape {mean.shape} came back, where (4,) was asked for."
        yield Finding(f"shape at {keep_prob}", mean.shape, message)
        if mean.shape == (4,):
            told = ", ".join(f"{one:.4g}" for one in mean)
            message = (
                f"At keep_prob {keep_prob}, your numbers for the 4 classes are {told}. They add up to {mean.sum():.4g}."
            )
            yield Finding(f"mean at {keep_prob}", mean.astype(float), message)


def _sums(hidden, weights, masks, keep_prob):
    return hidden * masks / keep_prob @ weights


def _geometric(sums, chances):
    return softmax(chances @ np.log(softmax(sums)))


def mean(hidden, weights, masks, chances, keep_prob):
    """Give what is right."""
    return _geometric(_sums(hidden, weights, masks, keep_prob), chances)


def not_normalised(hidden, weights, masks, chances, keep_prob):
    """Your numbers add up to less than 1. The geometric mean of probabilities does so: what is still to be done?"""
    return np.exp(chances @ np.log(softmax(_sums(hidden, weights, masks, keep_prob))))


def arithmetic_mean(hidden, weights, masks, chances, keep_prob):
    """This is the arithmetic mean of the probabilities. What takes the place of adding in a geometric mean?"""
    return chances @ softmax(_sums(hidden, weights, masks, keep_prob))


def arithmetic_with_equal_weights(hidden, weights, masks, chances, keep_prob):
    """This is the arithmetic mean, with equal weights. What takes the place of adding, and where do the chances come
    in?"""
    return softmax(_sums(hidden, weights, masks, keep_prob)).mean(axis=0)


def chances_ignored(hidden, weights, masks, chances, keep_prob):
    """All thinned networks count the same here. Are they equally probable at keep_prob 0.3?"""
    return _geometric(_sums(hidden, weights, masks, keep_prob), np.full(len(masks), 1 / len(masks)))


def product_without_a_root(hidden, weights, masks, chances, keep_prob):
    """The probabilities of all networks were multiplied, each in full. Which power of each belongs into a mean?"""
    return _geometric(_sums(hidden, weights, masks, keep_prob), np.ones(len(masks)))


def chances_as_factors(hidden, weights, masks, chances, keep_prob):
    """The chances stand beside the probabilities as factors. What does a geometric mean do with a probability, instead
    of multiplying it by its chance?"""
    product = np.prod(softmax(_sums(hidden, weights, masks, keep_prob)) * chances[:, np.newaxis], axis=0)
    return product / product.sum()


def no_softmax(hidden, weights, masks, chances, keep_prob):
    """This is the average of what goes into the softmax. Probabilities are asked for: what turns sums into them?"""
    return chances @ _sums(hidden, weights, masks, keep_prob)


def logarithms_left(hidden, weights, masks, chances, keep_prob):
    """This is the average of the logarithms of the probabilities. How do you come back from logarithms?"""
    return chances @ np.log(softmax(_sums(hidden, weights, masks, keep_prob)))


def scaled_twice(hidden, weights, masks, chances, keep_prob):
    """These are the numbers of activations that are 1 / keep_prob times too large. How often was it divided?"""
    return _geometric(_sums(hidden, weights, masks, keep_prob) / keep_prob, chances)


def not_scaled(hidden, weights, masks, chances, keep_prob):
    """These are the numbers of activations that are keep_prob times too small. What does inverted dropout do to the
    survivors?"""
    return _geometric(_sums(hidden, weights, masks, 1.0), chances)


def multiplied_the_survivors(hidden, weights, masks, chances, keep_prob):
    """These are the numbers of activations that are keep_prob squared times too small. What does inverted dropout do to
    the survivors?"""
    return _geometric(_sums(hidden, weights, masks, 1 / keep_prob), chances)


def kept_and_dropped_exchanged(hidden, weights, masks, chances, keep_prob):
    """The neurons that the masks keep were silent, and the dropped ones spoke. What does True in a mask mean?"""
    return _geometric(_sums(hidden, weights, ~masks, keep_prob), chances)


def softmax_over_the_networks(hidden, weights, masks, chances, keep_prob):
    """The softmax went over the networks, so that the probabilities of one class add up to 1. Along which axis lie the
    classes?"""
    return softmax(chances @ np.log(softmax(_sums(hidden, weights, masks, keep_prob).T).T))


MISTAKES = [
    not_normalised,
    arithmetic_mean,
    arithmetic_with_equal_weights,
    chances_ignored,
    product_without_a_root,
    chances_as_factors,
    no_softmax,
    logarithms_left,
    scaled_twice,
    not_scaled,
    multiplied_the_survivors,
    kept_and_dropped_exchanged,
    softmax_over_the_networks,
]
