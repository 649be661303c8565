"""Results that take too long for a page: made by `python -m experiments.rivals` and read here, a line of JSON each."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass(frozen=True)
class Rival:
    """What a method got on validation and test images, in percent, with each setting of its `knob`.

    `validation` has a row for each seed and a column for each setting; `test` has one number for each seed, that of the
    setting which was best in validation, the first of equals: no other network met the test labels.
    """

    knob: str
    settings: np.ndarray
    seeds: np.ndarray
    validation: np.ndarray
    test: np.ndarray


def fair_rivals(labels):
    """Give each method's `Rival` by name, for training labels that are "clean" or "noisy" (20 % of them wrong).

    Raises ValueError for other labels.
    """
    lines = Path(__file__).with_name("rivals.jsonl").read_text().splitlines()
    found = {one["method"]: _rival(one) for one in map(json.loads, lines) if one["labels"] == labels}
    if not found:
        raise ValueError(f'labels must be "clean" or "noisy", got {labels!r}.')
    return found


def _rival(one):
    in_validation, in_test = one["images"]
    validation, test = 100 * np.array(one["validation"]) / in_validation, 100 * np.array(one["test"]) / in_test
    return Rival(one["knob"], np.array(one["settings"]), np.array(one["seeds"]), validation, test)
