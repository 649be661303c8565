"""Look at what an answer writes into a layer of four libraries, for several keep_probs."""

import numpy as np

from dropout_lib.checks.grading.results import Unusable, as_array
from dropout_lib.checks.grading.running import Finding

KEEP_PROBS = (0.3, 0.8, 0.95, 1.0)  # never 0.5, where rate and keep_prob are the same number
LAYERS = ("torch.nn.Dropout(p={})", "keras.layers.Dropout(rate={})", "flax.linen.Dropout(rate={})",
          "tf.nn.dropout(x, keep_prob={})")  # fmt: skip


def look_at_arguments(answer, seed):
    """Look at the four numbers; the first finding says whether they are the correct ones in a different order."""
    given = {keep_prob: _four(answer(keep_prob=keep_prob)) for keep_prob in KEEP_PROBS}
    moved = all(_moved(numbers, keep_prob) for keep_prob, numbers in given.items())
    yield Finding("order", moved, "These are the correct numbers in a different order. TensorFlow 1 comes last.")
    for keep_prob, numbers in given.items():
        yield Finding(f"keep_prob {keep_prob}", np.round(numbers, 4), _words(numbers, keep_prob))


def _four(result):
    if isinstance(result, dict) and len(result) == 4:
        result = list(result.values())
    numbers = as_array(result).astype(float)
    if numbers.shape != (4,):
        message = f"Your result has shape {numbers.shape}, where four numbers were asked for, one for each library."
        raise Unusable("shape", message)
    return numbers


def _right(keep_prob):
    return np.array([1 - keep_prob] * 3 + [keep_prob])


def _moved(numbers, keep_prob):
    right = _right(keep_prob)
    return bool(np.allclose(np.sort(numbers), np.sort(right)) and not np.allclose(numbers, right))


def _words(numbers, keep_prob):
    """Say of the first number that is wrong what that layer would then keep."""
    place = int((~np.isclose(numbers, _right(keep_prob))).argmax())
    number, layer = numbers[place], LAYERS[place]
    written = f"At keep_prob {keep_prob} you wrote {layer.format(f'{number:z.4g}')}"
    if not 0 <= number <= 1:
        return f"{written}. A layer takes a probability from 0 to 1."
    kept = number if place == 3 else 1 - number
    return f"{written}, which keeps {100 * kept:z.4g}% of the neurons."
