"""Explorer of page 09: a band of predictions with masks on; the gap in the data is set, and Train fits again."""

import numpy as np

from dropout_lib.explorers.background_task import BackgroundTask
from dropout_lib.explorers.panel import Choice, Number, Panel
from dropout_lib.figures import band as picture
from dropout_lib.monte_carlo import monte_carlo_dropout
from dropout_lib.network import Network

SEED, SAMPLES, CURVES = 8, (5, 20, 100, 500), 5
PLACES = np.linspace(-2, 2, 121)


def spread(truths, keep_probs, fit, *, gap=(-0.4, 0.4), keep_prob=0.9):
    """Choose a function of `truths` (name to function), keep_prob of `keep_probs`, and how many samples are drawn.

    `fit(gap, progress)` gives inputs and targets, shape (replicas, examples, 1), and the networks trained on them: a
    replica for each function and keep_prob, the first function's first. It is called at once for `gap`, and by the
    button for the gap in the boxes, if that goes up. The networks have two hidden layers with this keep_prob.
    """
    return _Spread(truths, list(keep_probs), fit, gap, keep_prob).panel


class _Spread:
    def __init__(self, truths, keep_probs, fit, gap, keep_prob):
        self.truths, self.keep_probs, self.fit = truths, keep_probs, fit
        self.start = gap, fit(gap, None)
        self.task = BackgroundTask("Train", self._train, on_result=self._keep, on_failure=self._fail)
        controls = {
            "function": Choice("function", list(truths), value=next(iter(truths))),
            "keep_prob": Choice("keep_prob", keep_probs, value=keep_prob),
            "samples": Choice("samples", SAMPLES, value=100),
            "start": Number("gap from", value=gap[0], low=-0.9, high=0.9, step=0.05, slider=False, drawn=gap[:1]),
            "stop": Number("gap to", value=gap[1], low=-0.9, high=0.9, step=0.05, slider=False, drawn=gap[1:]),
        }
        self.panel = Panel(self._draw, controls, more=self.task.widgets, lines=6, drawn=2)
        self.panel.task = self.task
        for name in ("start", "stop"):
            controls[name].box.observe(self._allow, "value")

    def _allow(self, _):
        """Let Train be pressed only for a gap that goes up."""
        start, stop = (self.panel.controls[name].box.value for name in ("start", "stop"))
        self.task.buttons["start"].disabled = not start < stop

    def _draw(self, draw, fit=None, message=(None, ""), **controls):
        function, keep_prob, samples = (controls[name] for name in ("function", "keep_prob", "samples"))
        gap, (inputs, targets, networks) = fit or self.start
        replica = list(self.truths).index(function) * len(self.keep_probs) + self.keep_probs.index(keep_prob)
        arrays = (tuple(array[replica] for array in part) for part in (networks.weights, networks.biases))
        answers = monte_carlo_dropout(
            Network(*arrays, networks.loss), PLACES[:, np.newaxis], keep_prob=(1.0, keep_prob, keep_prob),
            samples=samples, rng=np.random.default_rng([SEED, draw]), shared=True,
        )  # fmt: skip
        boxes = _gap(controls)
        words = message[1] if message[0] == boxes else ""
        words += "" if boxes == gap else f"{_request(*boxes)} Shown: "
        return picture(
            PLACES, answers.mean[:, 0], answers.spread[:, 0], truth=self.truths[function](PLACES),
            points=(inputs[replica], targets[replica]), gap=gap, functions=answers.predictions[:CURVES, :, 0],
            about=f"{words}{function}, gap {gap[0]:g} to {gap[1]:g}, keep_prob {keep_prob:g}, {samples} samples. ",
        )  # fmt: skip

    def _train(self, progress):
        self._training = _gap(self.panel.values)
        return self._training, self.fit(self._training, progress)

    def _keep(self, fit):
        self.panel.set(fit=fit, message=(None, ""))

    def _fail(self, words):
        boxes = _gap(self.panel.values)
        of = "" if boxes == self._training else f"Training with the gap {_words(*self._training)}: "
        self.panel.set(message=(boxes, f"{of}{words} The networks are those from before. "))


def _gap(values):
    return tuple(round(values[name], 4) + 0.0 for name in ("start", "stop"))  # + 0.0: no minus before a zero


def _words(start, stop):
    return f"{start:g} to {stop:g}"


def _request(start, stop):
    if start < stop:
        return f"You set the gap {_words(start, stop)}: press Train."
    return f"A gap must go from a smaller number to a larger one, and {_words(start, stop)} does not: set it again."
