"""Results that pages load: `make rivals` makes them, by code in experiments/, and they are read here line by line."""

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

    @property
    def chosen(self):
        """The knob, and the lowest and the highest setting that a seed chose, in words."""
        settings = self.settings[self.validation.argmax(axis=1)]
        return f"{self.knob} {settings.min():g} to {settings.max():g}"


def fair_rivals(labels):
    """Give each method's `Rival` by name, for training labels that are "clean" or "noisy" (20% of them wrong).

    Raises ValueError for other labels.
    """
    found = {one["method"]: _rival(one) for one in _lines("rivals.jsonl") if one["labels"] == labels}
    if not found:
        raise ValueError(f'labels must be "clean" or "noisy", got {labels!r}.')
    return found


def gaussian_damage(seeds):
    """Give what Gaussian noise of dropout's variance did to the network of page 06: a name -> one number a seed.

    The names are those of `experiments.networks.MEASURES`: accuracy and zeros in percent, losses in points. Raises
    ValueError for a seed that is not stored.
    """
    stored = {one.pop("seed"): one for one in _lines("gaussian_damage.jsonl")}
    if missing := [seed for seed in seeds if seed not in stored]:
        raise ValueError(
            f"Of Gaussian noise the seeds {min(stored)} to {max(stored)} are stored, got {missing}. Take those."
        )
    return {name: np.array([stored[seed][name] for seed in seeds]) for name in stored[min(stored)]}


def averaged_masks(labels, seeds):
    """Give the test accuracy of each way to train with masks in `experiments.averaged_masks`: a name -> one a seed.

    Accuracies are in percent, for training labels that are "clean" or "noisy" (20% of them wrong). Raises ValueError
    for other labels, and for a seed that is not stored.
    """
    stored = {one["seed"]: one for one in _lines("averaged_masks.jsonl") if one["labels"] == labels}
    if not stored:
        raise ValueError(f'labels must be "clean" or "noisy", got {labels!r}.')
    if missing := [seed for seed in seeds if seed not in stored]:
        raise ValueError(f"Stored are the seeds 0 to 9 and 100 to 109, got {missing}. Take those.")
    ways = next(iter(stored.values()))["correct"]
    return {
        way: np.array([100 * stored[seed]["correct"][way] / stored[seed]["images"] for seed in seeds]) for way in ways
    }


def _lines(name):
    return [json.loads(line) for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()]


def _rival(one):
    in_validation, in_test = one["images"]
    validation, test = 100 * np.array(one["validation"]) / in_validation, 100 * np.array(one["test"]) / in_test
    return Rival(one["knob"], np.array(one["settings"]), np.array(one["seeds"]), validation, test)
