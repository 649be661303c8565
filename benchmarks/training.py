"""Training at once against training one after the other, a sweep, and a step of the explorer that looks back."""

import numpy as np

from benchmarks.race import race
from benchmarks.setting import KEEP_PROB, run
from dropout_lib import digits_task, draw_network, explorers, generators, train


def report():
    times = race(
        {"one": lambda: run(seeds=1), "ten": run},
        rounds=5,
    )
    print(
        f"ten seeds of the base setting at once: {times['ten']:.1f} s, {times['ten'] / times['one']:.1f} times one seed"
    )
    values = np.repeat(np.linspace(0.1, 1, 10), 10)
    sweep = race({"sweep": lambda: run((64, 64, 64, 10), (1.0, values, values), epochs=40, seeds=100)}, rounds=3)
    print(f"10 values of keep_prob by 10 seeds at once: {sweep['sweep']:.1f} s")
    _report_scrubbing()


def _report_scrubbing():
    data, weights = (generators(purpose, [0])[0] for purpose in range(2))
    task, start = digits_task(rng=data, noise=0.2), draw_network((64, 64, 64, 10), rng=weights)
    watch = {"training": (task.inputs, task.labels), "test": (task.test_inputs, task.test_labels)}
    settings = {"epochs": 20, "watch": watch, "snapshots": True}
    dropped, plain = (
        train(start, task.inputs, task.labels, keep_prob=keep_prob, rng=generators(2, [0])[0], **settings)
        for keep_prob in (KEEP_PROB, (1.0, 1.0, 1.0))
    )
    steps = {}
    for name, updates in (("without updates", False), ("with updates", True)):
        panel = explorers.history(dropped, plain, updates=updates)
        epochs = iter(np.resize(np.arange(1, 21), 1000).tolist())
        steps[name] = lambda panel=panel, epochs=epochs: panel.set(epoch=next(epochs))
    times = race(steps, rounds=200)
    told = ", ".join(f"{1000 * taken:.1f} ms {name}" for name, taken in times.items())
    print(f"one step of the explorer that looks back, in the kernel: {told}\n")
