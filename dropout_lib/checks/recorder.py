"""A generator that remembers what it gave, so that a mask can be computed again from its numbers."""

import numpy as np


class Recorder(np.random.Generator):
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


for _method in ("random", "uniform", "choice", "permutation", "permuted", "shuffle"):
    setattr(Recorder, _method, _recording(_method))


def recorder(seed, number):
    """Make a fresh Recorder for one draw."""
    return Recorder(np.random.PCG64([seed, number]))
