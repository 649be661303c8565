"""Look at geometric means over all sub-networks."""

import numpy as np

from dropout_lib.checks.grading.results import only_rounded
from dropout_lib.checks.grading.running import Finding
from dropout_lib.checks.probes.mask_lists import ask
from dropout_lib.ensemble import all_masks, mask_probabilities
from dropout_lib.network import softmax


def look_at_geometric_means(answer, seed):
    """Yield the means of a layer of five neurons and four classes at keep_prob 0.3, 0.8 and 1."""
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
            right = geometric_mean_of(hidden, weights, masks, chances, keep_prob)
            worst = int(np.abs(mean - right).argmax())
            shown = ", ".join(f"{one:z.4g}" for one in mean)
            message = (
                f"At keep_prob {keep_prob}, your numbers for the 4 classes are {shown}. They add up to "
                f"{mean.sum():z.4g}. For class {worst + 1}, {right[worst]:z.6g} is correct."
            )
            if only_rounded(mean, right):
                message += " Yours are correct to so many digits: leave the rounding out."
            yield Finding(f"mean at {keep_prob}", mean.astype(float), message)


def masked_sums(hidden, weights, masks, keep_prob):
    return hidden * masks / keep_prob @ weights


def geometric(sums, chances):
    return softmax(chances @ np.log(softmax(sums)))


def geometric_mean_of(hidden, weights, masks, chances, keep_prob):
    """Give what is correct."""
    return geometric(masked_sums(hidden, weights, masks, keep_prob), chances)
