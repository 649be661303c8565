"""Explorer of page 05: keep_prob by layer, on results that were trained beforehand, and trained anew on demand."""

from dropout_lib.comparison import compare, interval
from dropout_lib.explorers.background_task import BackgroundTask
from dropout_lib.explorers.panel import Number, Panel
from dropout_lib.figures import intervals as picture

AXIS = (70, 95)  # percent; a choice that learns less is an arrow
NONE, START = (1.0, 1.0, 1.0), (0.8, 0.5, 0.5)


def choice(settings, results, train_anew):
    """Set keep_prob of each layer, see the nearest setting of the results, and train exactly this one.

    `settings` are those of `results`, among them one that drops nothing; the best is the one best on validation.
    `train_anew(settings, progress)` gives test accuracies, a row for each setting, a column for each new seed.
    """
    return _Choice([tuple(map(float, setting)) for setting in settings], results, train_anew).panel


class _Choice:
    def __init__(self, settings, results, train_anew):
        self.table, self.train_anew = dict(zip(settings, results.test, strict=True)), train_anew
        self.best = settings[results.validation.mean(axis=1).argmax()]
        self.task = BackgroundTask("Train my choice", self._train, on_result=self._keep, on_failure=self._fail)
        names = ("inputs", "hidden 1", "hidden 2")
        controls = {
            name: Number(name, value=value, low=0.1, high=1.0, step=0.05, drawn=[tenth / 10 for tenth in range(1, 11)])
            for name, value in zip(names, START, strict=True)
        }
        self.panel = Panel(self._draw, controls, redraws=False, more=self.task.widgets)
        self.panel.task = self.task

    def _draw(self, draw, new_results=None, message=(None, ""), **controls):
        mine, new_results = _setting(controls.values()), new_results or {}
        words = f" {message[1]}" if message[0] == mine else ""
        if mine in new_results:
            row, results, seeds = mine, new_results, "new seeds"
            words += self._against_the_best(mine, new_results)
        else:
            row, results, seeds = min(self.table, key=lambda setting: _distance(setting, mine)), self.table, "seeds"
            words = ("" if row == mine else f" You chose {_name(mine)}.") + words
        rows = {
            "without dropout": (_name(NONE), *interval(results[NONE])),
            "best tried": (_name(self.best), *interval(results[self.best])),
            "your choice" if row == mine else "nearest tried": (_name(row), *interval(results[row])),
        }
        return picture(rows, axis=AXIS, note=f" Over {len(results[NONE])} {seeds}.{words}")

    def _against_the_best(self, mine, results):
        if mine == self.best:
            return " Yours is the best tried."
        return f" Yours minus the best: {compare(results[mine], results[self.best])}."

    def _now(self):
        return _setting(self.panel.values[name] for name in self.panel.controls)

    def _train(self, progress):
        """Train the choice of now, the best and no dropout, as far as that was not done before."""
        self._training = mine = self._now()
        done = self.panel.values.get("new_results", {})
        missing = [setting for setting in dict.fromkeys((NONE, self.best, mine)) if setting not in done]
        return dict(zip(missing, self.train_anew(missing, progress), strict=True)) if missing else {}

    def _keep(self, results):
        results, now = self.panel.values.get("new_results", {}) | results, self._now()
        words = (
            "Trained anew." if now == self._training else f"Trained: {_name(self._training)}. Set it again to see it."
        )
        self.panel.set(new_results=results, message=(now, words))

    def _fail(self, words):
        now = self._now()
        of = "" if now == self._training else f"Training {_name(self._training)}: "
        self.panel.set(message=(now, f"{of}{words} Nothing new was measured."))


def _setting(values):
    return tuple(round(value, 4) for value in values)


def _distance(one, other):
    return sum(abs(a - b) for a, b in zip(one, other, strict=True))


def _name(setting):
    return "keep_prob " + ", ".join(f"{keep_prob:g}" for keep_prob in setting)
