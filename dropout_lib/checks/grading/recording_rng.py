"""A generator that remembers what it gave, so that a mask can be computed again from its numbers; and masks read."""

import random

import numpy as np

from dropout_lib.checks.grading.results import Unusable, as_array


class RecordingGenerator(np.random.Generator):
    """A Generator that remembers the uniform numbers it gave. Outermost calls only: `choice` calls `random` itself."""

    def __init__(self, bit_generator):
        super().__init__(bit_generator)
        self.numbers, self._inside = [], False

    def _kept(self, method, arguments, options):
        inside, self._inside = self._inside, True
        try:
            values = getattr(np.random.Generator, method)(self, *arguments, **options)
        finally:
            self._inside = inside
        if not inside and method in ("random", "uniform"):
            self.numbers.append(np.ravel(values).copy())
        return values


def _recording(method):
    return lambda self, *arguments, **options: self._kept(method, arguments, options)


RecordingGenerator.__name__ = RecordingGenerator.__qualname__ = "Generator"  # as errors of the learner's name it
for _method in ("random", "uniform", "choice", "permutation", "permuted", "shuffle"):
    setattr(RecordingGenerator, _method, _recording(_method))


def hidden_state():
    """Give the state of the two global generators, which an answer's own draws would advance."""
    kind, keys, place, *_ = np.random.get_state()
    return kind, keys.tobytes(), place, random.getstate()


def recording_rng(seed, number):
    """Make a fresh RecordingGenerator for one draw."""
    return RecordingGenerator(np.random.PCG64([seed, number]))


def as_mask(result, shape, rng=None):
    """Give a result as a Boolean mask of this shape, or raise Unusable saying what it is instead."""
    array = as_array(result)
    if array.shape != shape:
        raise Unusable("shape", f"A mask of shape {shape} was asked for, and one of shape {array.shape} came back.")
    if not np.isin(array, (0, 1)).all():
        drawn = np.concatenate(rng.numbers) if rng is not None and rng.numbers else np.empty(0)
        if drawn.size == array.size and np.array_equal(drawn, array.ravel()):
            raise Unusable("the numbers", "The random numbers themselves came back; compare each with keep_prob.")
        few = np.unique(array)[:3]
        raise Unusable(
            "values", f"A mask holds True and False; yours holds {', '.join(f'{value:z.3g}' for value in few)}, ..."
        )
    return array.astype(bool)
