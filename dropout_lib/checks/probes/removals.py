"""Look at answers that remove each neuron by itself; what is right there, and every known mistake."""

import numpy as np

from dropout_lib.checks.grading.running import Finding, Unusable, as_array

PICTURES, NEURONS, CLASSES = 60, 6, 7  # with five neurons, 5 / 4 would be 1 / 0.8: two mistakes in one


def look_at_lost(answer, seed):
    """Yield the numbers of lost pictures at keep_prob 0.3, 0.8 and 1."""
    for number, keep_prob in enumerate((0.3, 0.8, 1.0)):
        given = _probe(seed, number)
        lost = as_array(answer(**given, keep_prob=keep_prob))
        if answer.changed:
            seen = "changed" if answer.changed in ("hidden", "weights") else f"changed {answer.changed}"
            raise Unusable(seen, f"After the call, {answer.changed} was not what it had been before.")
        message = f"For {NEURONS} neurons an array of shape {lost.shape} came back: one number for each neuron?"
        yield Finding(f"shape at {keep_prob}", lost.shape, message)
        if lost.shape == (CLASSES,):
            yield Finding(f"lost at {keep_prob}", lost.astype(float), message)
        if lost.shape == (NEURONS,):
            right = without_each(**given, keep_prob=keep_prob)
            place = int((~np.isclose(lost, right)).argmax())
            message = (
                f"At keep_prob {keep_prob}, you count {lost[place]:.4g} for neuron {place + 1}. Of {PICTURES} "
                f"pictures, {int(_right(**given).sum())} are right with all neurons; without this one {right[place]} "
                "of them are wrong."
            )
            yield Finding(f"lost at {keep_prob}", lost.astype(float), message)


def _probe(seed, number):
    """Draw a layer in which some neurons are silent, and labels of which about a third are not what it says."""
    rng = np.random.default_rng([seed, number])
    hidden = np.maximum(rng.normal(0.6, 1, (PICTURES, NEURONS)), 0)
    weights, biases = rng.normal(size=(NEURONS, CLASSES)), 1.5 * rng.normal(size=CLASSES)
    labels = np.where(rng.random(PICTURES) < 0.65, says(hidden, weights, biases), rng.integers(0, CLASSES, PICTURES))
    return {"hidden": hidden, "weights": weights, "biases": biases, "labels": labels}


def says(hidden, weights, biases):
    """Give the class that each picture is taken for."""
    return (hidden @ weights + biases).argmax(axis=-1)


def _right(hidden, weights, biases, labels):
    return says(hidden, weights, biases) == labels


def _silent(hidden, unit):
    return hidden * (np.arange(hidden.shape[1]) != unit)


def _each(hidden, count):
    return np.array([count(unit) for unit in range(hidden.shape[1])])


def _lost(hidden, weights, biases, labels, remove=_silent):
    """Count what was right and is wrong when `remove(hidden, unit)` goes on to the outputs."""
    right = _right(hidden, weights, biases, labels)
    return _each(hidden, lambda unit: (right & ~_right(remove(hidden, unit), weights, biases, labels)).sum())


def without_each(hidden, weights, biases, labels, keep_prob):
    """Give what is right."""
    return _lost(hidden, weights, biases, labels)


def removed_without_restoring(hidden, weights, biases, labels, keep_prob):
    """The counts are those of neurons that pile up: the second goes with the first, the third with both. Which
    neurons are missing when the third is removed by itself?"""
    return _lost(hidden, weights, biases, labels, lambda all_of_it, unit: all_of_it * (np.arange(NEURONS) > unit))


def changed_the_input(hidden, weights, biases, labels, keep_prob):
    """After the call, an array that you were given was changed. On what can you work instead, so that every neuron
    begins with all others in place?"""
    hidden[:, 0] = 0
    return without_each(hidden, weights, biases, labels, keep_prob)


def training_scale_still_on(hidden, weights, biases, labels, keep_prob):
    """The counts are those of survivors divided by keep_prob when a neuron is removed. At inference, is anything
    scaled?"""
    return _lost(hidden, weights, biases, labels, lambda all_of_it, unit: _silent(all_of_it, unit) / keep_prob)


def training_scale_everywhere(hidden, weights, biases, labels, keep_prob):
    """The counts are those of activations divided by keep_prob, with all neurons and without one. At inference, is
    anything scaled?"""
    return without_each(hidden / keep_prob, weights, biases, labels, keep_prob)


def multiplied_by_keep_prob(hidden, weights, biases, labels, keep_prob):
    """The counts are those of activations multiplied by keep_prob. Inverted dropout has scaled in training: what is
    left to do at inference?"""
    return without_each(hidden * keep_prob, weights, biases, labels, keep_prob)


def net_change(hidden, weights, biases, labels, keep_prob):
    """You subtracted: right before, minus right after. A picture that becomes right then hides one that is lost.
    Which pictures are asked for?"""
    right = _right(hidden, weights, biases, labels).sum()
    return _each(hidden, lambda unit: right - _right(_silent(hidden, unit), weights, biases, labels).sum())


def wrong_without_it(hidden, weights, biases, labels, keep_prob):
    """You counted every picture that is wrong without the neuron. Some were wrong before: did they lose anything?"""
    return _each(hidden, lambda unit: (~_right(_silent(hidden, unit), weights, biases, labels)).sum())


def right_without_it(hidden, weights, biases, labels, keep_prob):
    """You counted the pictures that are right without the neuron. Which were right before, and are no longer?"""
    return _each(hidden, lambda unit: _right(_silent(hidden, unit), weights, biases, labels).sum())


def still_right(hidden, weights, biases, labels, keep_prob):
    """You counted the pictures that are right before and after. How many of those that were right are missing?"""
    return _right(hidden, weights, biases, labels).sum() - without_each(hidden, weights, biases, labels, keep_prob)


def changed_answers(hidden, weights, biases, labels, keep_prob):
    """You counted every picture whose answer changes. Is an answer lost that was wrong before? What do the labels
    say?"""
    before = says(hidden, weights, biases)
    return _each(hidden, lambda unit: (says(_silent(hidden, unit), weights, biases) != before).sum())


def pictures_won(hidden, weights, biases, labels, keep_prob):
    """You counted the pictures that were wrong and become right. Which way round is the question?"""
    wrong = ~_right(hidden, weights, biases, labels)
    return _each(hidden, lambda unit: (wrong & _right(_silent(hidden, unit), weights, biases, labels)).sum())


def share_instead_of_count(hidden, weights, biases, labels, keep_prob):
    """You returned shares of all pictures. The number itself was asked for: how many?"""
    return without_each(hidden, weights, biases, labels, keep_prob) / len(labels)


def share_of_the_right(hidden, weights, biases, labels, keep_prob):
    """You returned shares of the pictures that were right. The number itself was asked for: how many?"""
    right = _right(hidden, weights, biases, labels).sum()
    return without_each(hidden, weights, biases, labels, keep_prob) / right


def removed_an_output(hidden, weights, biases, labels, keep_prob):
    """You removed columns of the weights, and one number came back for each class. Which way do the weights of one
    neuron lie: in a row or in a column?"""
    right, columns = _right(hidden, weights, biases, labels), np.arange(weights.shape[1])
    counts = [(right & ~_right(hidden, weights * (columns != one), biases, labels)).sum() for one in columns]
    return np.array(counts)


def one_for_each_picture(hidden, weights, biases, labels, keep_prob):
    """One number for each picture came back. Over which axis is to be counted, so that a number is left for each
    neuron?"""
    return np.zeros(len(labels))


def added_up(hidden, weights, biases, labels, keep_prob):
    """A single number came back. Each neuron is removed by itself: how many numbers does that make?"""
    return without_each(hidden, weights, biases, labels, keep_prob).sum()


def forgot_the_biases(hidden, weights, biases, labels, keep_prob):
    """The counts are those of a network without biases. What else goes into an output, beside the neurons?"""
    return without_each(hidden, weights, np.zeros_like(biases), labels, keep_prob)


def forgot_the_biases_without_it(hidden, weights, biases, labels, keep_prob):
    """The counts are those of biases that go together with the neuron. What still goes into each output without it?"""
    right = _right(hidden, weights, biases, labels)
    return _each(hidden, lambda unit: (right & ~_right(_silent(hidden, unit), weights, 0 * biases, labels)).sum())


def removed_a_picture(hidden, weights, biases, labels, keep_prob):
    """The counts are those of a row of hidden at 0: that is all neurons for one picture. Along which axis lies one
    neuron?"""
    return _lost(hidden, weights, biases, labels, lambda all_of_it, unit: _silent(all_of_it.T, unit).T)


def kept_only_that_neuron(hidden, weights, biases, labels, keep_prob):
    """The counts are those of one neuron left alone, with all others removed. Which are to be silent?"""
    return _lost(hidden, weights, biases, labels, lambda all_of_it, unit: all_of_it * (np.arange(NEURONS) == unit))


MISTAKES = [
    removed_without_restoring,
    changed_the_input,
    training_scale_still_on,
    training_scale_everywhere,
    multiplied_by_keep_prob,
    net_change,
    wrong_without_it,
    right_without_it,
    still_right,
    changed_answers,
    pictures_won,
    share_instead_of_count,
    share_of_the_right,
    removed_an_output,
    one_for_each_picture,
    added_up,
    forgot_the_biases,
    forgot_the_biases_without_it,
    removed_a_picture,
    kept_only_that_neuron,
]
