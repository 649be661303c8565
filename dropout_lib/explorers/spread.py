"""Explorer of page 08: a band of predictions with masks on; the gap in the data is set, and Train fits again."""

import numpy as np

from dropout_lib.explorers.background_task import Work
from dropout_lib.explorers.panel import Choice, Number, Panel
from dropout_lib.figures import band as picture
from dropout_lib.monte_carlo import monte_carlo_dropout
from dropout_lib.network import Network

SEED, SAMPLES, DRAWN = 8, (5, 20, 100, 500), 5
PLACES = np.linspace(-2, 2, 121)


def spread(truths, keep_probs, fit, *, gap=(-0.4, 0.4), keep_prob=0.9):
    """Choose a function of `truths` (name to function), keep_prob of `keep_probs`, and how many samples are drawn.

    `fit(gap, progress)` gives inputs and targets, shape (replicas, examples, 1), and the networks trained on them: a
    replica for each function and keep_prob, the first function's first. It is called at once for `gap`, and by the
    button for the gap that the boxes say. The networks have two hidden layers with this keep_prob.
    """
    return _Spread(truths, list(keep_probs), fit, gap, keep_prob).panel


class _Spread:
    def __init__(self, truths, keep_probs, fit, gap, keep_prob):
        self.truths, self.keep_probs, self.fit = truths, keep_probs, fit
        self.fitted = gap, fit(gap, None)
        self.work = Work("Train", self._train, done=self._done, stopped=self._say, failed=self._say)
        controls = {
            "function": Choice("function", list(truths), value=next(iter(truths))),
            "keep_prob": Choice("keep_prob", keep_probs, value=keep_prob),
            "samples": Choice("samples", SAMPLES, value=100),
            "start": Number("gap from", value=gap[0], low=-0.9, high=0.9, step=0.05),
            "stop": Number("gap to", value=gap[1], low=-0.9, high=0.9, step=0.05),
        }
        self.panel = Panel(self._draw, controls, more=self.work.widgets, lines=6)
        self.panel.work = self.work

    def _draw(self, draw, fitted=None, said=(None, ""), **controls):
        function, keep_prob, samples = (controls[name] for name in ("function", "keep_prob", "samples"))
        gap, (inputs, targets, networks) = fitted or self.fitted
        replica = list(self.truths).index(function) * len(self.keep_probs) + self.keep_probs.index(keep_prob)
        arrays = (tuple(array[replica] for array in part) for part in (networks.weights, networks.biases))
        found = monte_carlo_dropout(
            Network(*arrays, networks.loss), PLACES[:, np.newaxis], keep_prob=(1.0, keep_prob, keep_prob),
            samples=samples, rng=np.random.default_rng([SEED, draw]), shared=True,
        )  # fmt: skip
        asked = _gap(controls)
        words = said[1] if said[0] == asked else ""
        words += "" if asked == gap else f"You set the gap {asked[0]:g} to {asked[1]:g}: press Train. Shown: "
        return picture(
            PLACES, found.mean[:, 0], found.spread[:, 0], truth=self.truths[function](PLACES),
            points=(inputs[replica], targets[replica]), gap=gap, functions=found.predictions[:DRAWN, :, 0],
            told=f"{words}{function}, gap {gap[0]:g} to {gap[1]:g}, keep_prob {keep_prob:g}, {samples} samples. ",
        )  # fmt: skip

    def _train(self, progress):
        self._training = _gap(self.panel.values)
        return self._training, self.fit(self._training, progress)

    def _done(self, fitted):
        self.panel.set(fitted=fitted, said=(None, ""))

    def _say(self, words):
        self.panel.set(said=(self._training, f"{words} The networks are those from before. "))


def _gap(values):
    return round(values["start"], 4), round(values["stop"], 4)
