"""What Gaussian noise of dropout's variance does to the network of page 06: this makes gaussian_damage.jsonl.

`python -m experiments.gaussian_damage` trains ten networks and stores a line for each. Noise of mean 1 makes no neuron
absent. So what it has in common with dropout does not come from absence.
"""

import json
from pathlib import Path

import dropout_lib
from experiments.networks import MEASURES, measures, networks

STORED = Path(dropout_lib.__file__).parent / "course" / "gaussian_damage.jsonl"
SEEDS = range(10)


def records(seeds):
    """Train for the seeds; give what the file holds of each, a line for a seed."""
    seeds = list(seeds)
    trained, task = networks(seeds)
    found = measures(trained["Gaussian noise"], task, seeds)
    return [{"seed": seed} | {name: float(found[name][place]) for name in MEASURES} for place, seed in enumerate(seeds)]


def main():
    STORED.write_text("".join(json.dumps(record) + "\n" for record in records(SEEDS)), encoding="utf-8")


if __name__ == "__main__":
    main()
