"""Explorer of page 05: keep_prob by layer, on results that were trained beforehand, and trained anew on demand."""

from dropout_lib.comparison import compare, interval
from dropout_lib.explorers.background_task import Work
from dropout_lib.explorers.panel import Number, Panel
from dropout_lib.figures import intervals as picture

AXIS = (70, 95)  # percent; a choice that learns less is an arrow
NONE, START = (1.0, 1.0, 1.0), (0.8, 0.5, 0.5)


def choice(settings, tried, train_anew):
    """Set keep_prob of each layer, see the nearest setting that was tried, and train exactly this one.

    `settings` are those of `tried`, among them one that drops nothing; the best is the one best on validation.
    `train_anew(settings, progress)` gives test accuracies, a row for each setting, a column for each seed.
    """
    return _Choice([tuple(map(float, setting)) for setting in settings], tried, train_anew).panel


class _Choice:
    def __init__(self, settings, tried, train_anew):
        self.table, self.train_anew = dict(zip(settings, tried.test, strict=True)), train_anew
        self.best = settings[tried.validation.mean(axis=1).argmax()]
        self.work = Work("Train my choice", self._train, done=self._done, stopped=self._say, failed=self._say)
        names = ("inputs", "hidden 1", "hidden 2")
        controls = {
            name: Number(name, value=value, low=0.1, high=1.0, step=0.05)
            for name, value in zip(names, START, strict=True)
        }
        self.panel = Panel(self._draw, controls, redraws=False, more=self.work.widgets)
        self.panel.work = self.work

    def _draw(self, draw, trained=None, said=(None, ""), **controls):
        mine, trained = tuple(round(value, 4) for value in controls.values()), trained or {}
        words = f" {said[1]}" if said[0] == mine else ""
        if mine in trained:
            shown, results = mine, trained
            words += f" Yours minus the best: {compare(trained[mine], trained[self.best])}."
        else:
            shown, results = min(self.table, key=lambda tried: _distance(tried, mine)), self.table
            words = ("" if shown == mine else f" You chose {_named(mine)}.") + words
        rows = {
            "without dropout": (_named(NONE), *interval(results[NONE])),
            "best tried": (_named(self.best), *interval(results[self.best])),
            "your choice" if shown == mine else "nearest tried": (_named(shown), *interval(results[shown])),
        }
        return picture(rows, axis=AXIS, told=f" Over {len(results[NONE])} seeds.{words}")

    def _train(self, progress):
        """Train the choice of now against the best and none, as far as that was not done before."""
        values = self.panel.values
        mine = tuple(round(values[name], 4) for name in self.panel.controls)
        self._training = mine
        trained = values.get("trained", {})
        missing = [setting for setting in dict.fromkeys((NONE, self.best, mine)) if setting not in trained]
        return dict(zip(missing, self.train_anew(missing, progress), strict=True)) if missing else {}

    def _done(self, results):
        trained = self.panel.values.get("trained", {}) | results
        self.panel.set(trained=trained, said=(self._training, "Trained anew."))

    def _say(self, words):
        self.panel.set(said=(self._training, f"{words} Nothing new was measured."))


def _distance(one, other):
    return sum(abs(a - b) for a, b in zip(one, other, strict=True))


def _named(setting):
    return "keep_prob " + ", ".join(f"{keep_prob:g}" for keep_prob in setting)
