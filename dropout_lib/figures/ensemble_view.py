"""The cloud of sub-networks beside one image, the three means over all of them, and one sub-network by itself."""

import numpy as np

from dropout_lib.figures.cloud import ROW, ground_of, marks, place
from dropout_lib.figures.digit_images import digit
from dropout_lib.figures.palette import INK, KEPT
from dropout_lib.figures.picture import WIDTH, drawing, figure, is_narrow
from dropout_lib.figures.shapes import a_digit, bar, kept_words, line, listed, neuron, text

SIDE = 372  # the height of what stands beside the cloud, or below it


@figure
def ensemble_view(cloud, ensemble, chosen, *, name, image, label, width=WIDTH):
    """Draw the cloud of all sub-networks, and beside it an image, the ensemble's answers and the sub-network `chosen`.

    `cloud` holds masks (sub-networks, units), probabilities and accuracies (sub-networks,), and the predictions for
    the image (sub-networks, classes). `ensemble` maps the name of each way to combine all sub-networks to
    (probabilities of the classes, accuracy). `name` says in words which keep_prob and image; `image` has 64 shares of
    ink from 0 to 1; `label` is the digit that it shows.
    """
    masks, probabilities, accuracies, predictions = cloud
    says = predictions.argmax(axis=1)
    narrow = is_narrow(width)
    ground = ground_of(width) if narrow else (70, 44, width - 308)
    below = ground[1] + ROW * (masks.shape[1] + 1) + 78  # the cloud
    left, top, right = (10, below, width - 8) if narrow else (width - 274, 0, width - 6)
    body = marks(masks, probabilities, accuracies, says == label, ground=ground)
    x, y = (float(at[chosen]) for at in place(masks, accuracies, ground=ground))
    body.append(f'<circle cx="{x:.4g}" cy="{y:.4g}" r="11" fill="none" stroke="{INK}" stroke-width="3"/>')
    body += _whole(ensemble, ground, below - 78)
    body += [digit(image, left, top + 6, 7), text(left + 74, top + 40, a_digit(label), anchor="start", size=20)]
    body += _answers(ensemble, label, (left, right), top) + _alone(masks[chosen], predictions[chosen], left, top)
    together = probabilities[says == label].sum()
    answers = ", ".join(f"{way} {shares[label]:z.3f}" for way, (shares, _) in ensemble.items())
    scores = listed(f"{100 * accuracy:z.1f}%" for _, accuracy in ensemble.values())
    sentence = (
        f"{name}, {a_digit(label)}: {(says == label).sum():,} of {len(masks):,} sub-networks say so, with probability "
        f"{together:z.3f} together. Probability given to the digit {label}: {answers}; accuracy {scores}; mean "
        f"accuracy of a sub-network {100 * probabilities @ accuracies:z.1f}%. {kept_words(masks[chosen])}. This "
        f"sub-network says {says[chosen]}, has accuracy {100 * accuracies[chosen]:z.1f}% and probability "
        f"{probabilities[chosen]:.2g}."
    )
    return drawing("".join(body), height=max(below, top + SIDE), sentence=sentence, width=width)


def _whole(ensemble, ground, floor):
    """Mark the accuracy of the arithmetic mean of all, and say it below the axis, where no mark can be."""
    (left, top, right), score = ground, ensemble["arithmetic"][1]
    x = left + score * (right - left)
    words = text((left + right) / 2, floor + 66, f"┆ arithmetic mean of all: {100 * score:z.1f}%", size=16)
    return [line(x, top, x, floor, more='stroke-dasharray="8 6"'), words]


def _answers(ensemble, label, ends, top):
    left, right = ends
    long = right - left - 68
    body = [text(left, top + 94, f"probability given to the digit {label}", anchor="start", size=16)]
    for row, (name, (shares, _)) in enumerate(ensemble.items()):
        y = top + 118 + 44 * row
        body.append(text(left, y, name, anchor="start", size=16))
        body.append(text(right, y + 19, f"{shares[label]:z.3f}", anchor="end", size=16))
        body.append(
            bar(left, y + 6, long * shares[label], 14, color=KEPT) + line(left, y + 21, left + long, y + 21, width=1)
        )
    return body


def _alone(mask, shares, left, top):
    body = [text(left, top + 266, "one sub-network (ringed)", anchor="start", size=16)]
    half = -(-len(mask) // 2)
    for index, kept in enumerate(mask):
        x, y = left + 14 + index % half * 30, top + 288 + index // half * 30
        body.append(neuron(x, y, 12, kept, name=index + 1))
    says = int(np.argmax(shares))
    body.append(text(left, top + 358, f"says {says}, with probability {shares[says]:z.2f}", anchor="start", size=16))
    return body
