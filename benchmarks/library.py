"""`apply_dropout` against the code of the five-step posts and against its random numbers alone; the import."""

import subprocess
import sys
from statistics import median

import numpy as np

from benchmarks.race import against, race
from dropout_lib import apply_dropout

KEEP_PROB = 0.8
IMPORT = "import time; start = time.perf_counter(); import {}; print(time.perf_counter() - start)"


def five_steps(activations):
    """Drop as the posts do: the global generator, two dimensions, in place."""
    mask = np.random.rand(activations.shape[0], activations.shape[1]) < KEEP_PROB
    activations *= mask
    activations /= KEEP_PROB
    return activations


def report():
    print("apply_dropout, time as a ratio to")
    print(f"{'':32}  {'the five-step post':26}  the random numbers alone")
    for shape, rounds in (((32, 128), 2000), ((1000, 1000), 100)):
        for dtype in (np.float32, np.float64):
            _report_dropout(shape, dtype, rounds)
    _report_import()


def _report_dropout(shape, dtype, rounds):
    rng = np.random.default_rng(0)
    activations = rng.random(shape).astype(dtype)
    # The post's code changes what it is given, and so works on an array of its own, whose copy is not timed: it starts
    # each round where the last one ended. Nearly all of it is zero soon; zeros take as long.
    changed = activations.copy()
    times = race(
        {
            "library": lambda: apply_dropout(activations, keep_prob=KEEP_PROB, rng=rng),
            "post": lambda: five_steps(changed),
            "numbers": lambda: rng.random(shape),
        },
        rounds=rounds,
    )
    to_post, to_numbers = times["library"] / times["post"], times["library"] / times["numbers"]
    name = f"{shape}, {np.dtype(dtype).name}, {1e6 * times['library']:.0f} us"
    if shape == (1000, 1000):
        print(f"{name:32}  {against(to_post, 0.65):26}  {against(to_numbers, 1.5)}")
    else:
        print(f"{name:32}  {to_post:5.2f}{'':21}  {to_numbers:5.2f}")


def _report_import():
    taken = {"numpy": [], "dropout_lib": []}
    for _ in range(11):
        for name, times in taken.items():
            done = subprocess.run([sys.executable, "-c", IMPORT.format(name)], capture_output=True, check=True)
            times.append(1000 * float(done.stdout))
    numpy, library = (median(times) for times in taken.values())
    print(f"importing dropout_lib: {library:.0f} ms, numpy: {numpy:.0f} ms, ", end="")
    print(f"difference {library - numpy:.0f} ms (aim: at most 30)\n")
