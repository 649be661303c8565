"""Take what a learner's function gave as arrays, or say in a sentence what it is instead."""

import types
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from numbers import Real

import numpy as np


class Unusable(Exception):
    """The answer returned something that cannot be judged; its words are the finding's message."""

    def __init__(self, value, message):
        super().__init__(message)
        self.value = value


def as_array(result, what="Your function"):
    """Give a result as an array of numbers, or raise Unusable with the sentence for what it is instead."""
    if result is None:
        raise Unusable("None", f"{what} returned None. Does its last line say `return`?")
    if result is ...:
        raise Unusable("dots", f"{what} still returned three dots. Put a value in their place.")
    if isinstance(result, types.GeneratorType):
        raise Unusable("generator", f"{what} returned a generator. Round brackets around a loop make one: use a list.")
    if isinstance(result, Iterator):
        given = f"an iterator ({type(result).__name__}), which gives its values one by one"
        raise Unusable("iterator", f"{what} returned {given}. Put list(...) around it.")
    if isinstance(result, np.ma.MaskedArray):
        raise Unusable("masked array", f"{what} returned a masked array, which hides entries. Return a plain array.")
    if isinstance(result, dict):
        raise Unusable("dict", f"{what} returned a dict. Return the numbers alone, in order, without their names.")
    if isinstance(result, set | frozenset):
        raise Unusable("set", f"{what} returned a set, which has no order and holds nothing twice. Return a list.")
    try:
        array = np.asarray(result)
    except ValueError:
        raise Unusable("ragged", f"{what} returned {_parts_of(result)}") from None
    if array.dtype.kind == "O":
        array = _as_numbers(array, result, what)
    if array.dtype.kind == "U" and array.size:
        raise Unusable("text", f"{what} returned text (str), such as {str(array.flat[0])!r}. Numbers were asked for.")
    if array.dtype.kind == "c":
        raise Unusable("complex", f"{what} returned complex numbers. Real ones were asked for.")
    if array.dtype.kind not in "biuf":
        raise Unusable("no numbers", f"{what} returned {described(result)}, where an array of numbers was asked for.")
    return array


def _parts_of(result):
    lengths = [len(row) for row in result if hasattr(row, "__len__")]
    if len(lengths) < len(result) or len(set(lengths)) < 2:
        return f"{described(result)} of different shapes. Return one array alone."
    few = ", ".join(map(str, lengths[:4])) + (", ..." if len(lengths) > 4 else "")
    if isinstance(result, tuple):
        return f"{described(result)} of different lengths ({few}). Return one array alone."
    return f"rows of different lengths ({few}). All rows of an array have the same length."


def _as_numbers(array, result, what):
    """Give an array of Python objects as floats, if each is a number, as Fractions and Decimals are."""
    for place, entry in enumerate(array.flat, start=1):
        if isinstance(entry, Real | Decimal):
            continue
        if array.ndim == 0:
            raise Unusable(
                "no numbers", f"{what} returned {described(result)}, where an array of numbers was asked for."
            )
        if entry is ...:
            raise Unusable("dots", f"{what}: entry {place} is still three dots. Put a value in their place.")
        given = "None" if entry is None else f"a {type(entry).__name__}"
        raise Unusable("no numbers", f"{what}: entry {place} of what came back is {given}, not a number.")
    return array.astype(float)


def as_parts(result, names):
    """Take a result apart into the values that were asked for, `names` saying which."""
    wanted = f"Return {joined(names)}, separated by commas."
    if result is None:
        raise Unusable("None", f"Your function returned None. Does its last line say `return`? {wanted}")
    if isinstance(result, dict) and set(result) == set(names):
        raise Unusable("dict", f"Your function returned a dict with the correct names. {wanted}")
    if not isinstance(result, tuple | list) or len(result) != len(names):
        raise Unusable("other parts", f"Your function returned {described(result)}. {wanted}")
    return result


def as_arrays(result, **shapes):
    """Give the parts of a result as arrays, if they have the shapes that were asked for; None is any shape."""
    parts = as_parts(result, list(shapes))
    arrays = [as_array(part, f"For {name} your function") for name, part in zip(shapes, parts, strict=True)]
    wanted, given = list(shapes.values()), [array.shape for array in arrays]
    if wanted != given and Counter(wanted) == Counter(given):
        raise Unusable("order", f"The parts came back in a different order. Return {' and then '.join(shapes)}.")
    for array, (name, shape) in zip(arrays, shapes.items(), strict=True):
        if shape not in (array.shape, None):
            raise Unusable("shape", f"{name} has shape {array.shape}, where {shape} was asked for.")
    return arrays


def as_output(result, wanted):
    """Give a result as floats, if it has the shape that is wanted and its numbers are not rounded."""
    output = as_array(result)
    if output.shape != wanted:
        raise Unusable("shape", f"The output has shape {output.shape}, where {wanted} was asked for.")
    if rounded := decimals_words(output):
        raise Unusable("rounded", rounded)
    return output.astype(float)


def joined(names):
    """Join names for a sentence: 'heads, queries and keys'; one name stays as it is."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def only_rounded(found, right):
    """Say whether numbers are the correct ones, rounded to one to five decimals, and so not correct themselves."""
    if np.allclose(found, right, rtol=1e-6, atol=1e-9):
        return False
    return any(np.allclose(found, np.round(right, places), rtol=1e-6, atol=1e-9) for places in range(1, 6))


def rounding_words(found, right):
    """Give the sentence for one number that is only rounded, or nothing."""
    if only_rounded(found, right):
        return f" It is correct to so many digits: leave the rounding out, and it is {right:z.8g}."
    return ""


def decimals_words(found):
    """Say that all numbers are rounded, to how many places, or nothing; of zeros alone or infinite ones nothing."""
    if not found.any() or not np.isfinite(found).all():
        return ""
    places = next((places for places in range(5) if np.allclose(found, found.round(places), rtol=0, atol=1e-7)), None)
    if places is None:
        return ""
    if places == 0:
        return "All of your numbers are whole. Were they rounded?"
    return f"Your numbers are rounded to {places} place{'s' * (places > 1)}: leave the rounding out."


def refuse_infinite(found):
    """Raise Unusable for numbers among which some are NaN or infinite."""
    if not np.isfinite(found).all():
        raise Unusable("not finite", "Some of your numbers are NaN or infinite: is something divided by 0?")


def described(result):
    """Say in a few words what came back."""
    if isinstance(result, tuple | list):
        return f"{len(result)} values in a {type(result).__name__}"
    if isinstance(result, dict):
        return f"a dict with the keys {', '.join(map(str, result)) or '(none)'}"
    return f"an array of shape {result.shape}" if isinstance(result, np.ndarray) else f"a {type(result).__name__}"
