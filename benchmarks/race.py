"""Contestants that take turns, so that a busy moment of the machine meets them all."""

import time
from statistics import median


def race(contestants, *, rounds):
    """Call each of the named functions once a round; give the median seconds of each."""
    for run in contestants.values():
        run()
    times = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, run in contestants.items():
            start = time.perf_counter()
            run()
            times[name].append(time.perf_counter() - start)
    return {name: median(taken) for name, taken in times.items()}


def against(ratio, aim):
    """Write a ratio beside its aim."""
    return f"{ratio:5.2f} (aim: at most {aim})"
