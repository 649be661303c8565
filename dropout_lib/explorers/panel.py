"""The one base of all explorers: controls, a pure function from their values to a Picture, and the picture."""

import threading
from functools import partial

import ipywidgets as widgets
import numpy as np

from dropout_lib.figures.picture import bundle

LINES = 4  # room for the sentence of most explorers, and for an error
DRAWN = 5  # draws of an explorer that a page without a kernel has
POINT = ", with a decimal point, not a comma"
GONE = "Run this cell to bring the controls back."  # stored with the still, which alone is shown without a kernel
NAMED = {"description_width": "initial"}


class Number:
    """A number box, which has a real label and is the control; a slider follows where it is continuous or asked for.

    `drawn` are the values that a page without a kernel has pictures of: all of them, if not said otherwise.
    """

    def __init__(self, label, *, value, low, high, step, slider=None, drawn=None):
        every = np.arange(round((high - low) / step) + 1) * step + low
        self.drawn = np.round(every if drawn is None else drawn, 10).tolist()
        box = widgets.BoundedIntText if isinstance(step, int) else widgets.BoundedFloatText
        limits = {"value": value, "min": low, "max": high, "step": step}
        self.box = self.widget = box(**limits, description=label, style=NAMED, layout={"width": "150px"})
        self._sliding = False
        if isinstance(step, float) if slider is None else slider:
            self.step = step
            kind = widgets.FloatSlider if isinstance(step, float) else widgets.IntSlider
            self.slider = kind(**limits, readout=False, layout={"width": "200px"})
            self.slider.observe(self._slid, "value")
            self.box.observe(self._typed, "value")
            self.widget = widgets.HBox([self.box, self.slider])

    def _typed(self, change):
        # 0.85 for the slider's own 0.8500000000000001 would be news to the browser, and take back keys just pressed.
        if abs(change["new"] - self.slider.value) > 1e-9:
            self.slider.value = change["new"]

    def _slid(self, change):
        # The browser snaps the slider to its steps and reports that: half a step or less is no move of the learner's.
        if abs(change["new"] - self.box.value) > self.step / 2 + 1e-9:
            self._sliding = True
            self.box.value = round(change["new"], 2)
            self._sliding = False

    def hint(self):
        """Say what can be typed, where a typed value is at an end.

        The browser takes a value from beyond to the end without a word: 0,7 is read as 7, and 1.5 as 15.
        """
        if self._sliding or self.box.min < self.box.value < self.box.max:
            return ""
        whole = isinstance(self.box.value, int)
        limits = f"number from {self.box.min:g} to {self.box.max:g}"
        return f"{self.box.description}: a {'whole ' if whole else ''}{limits}{'' if whole else POINT}."


class Choice:
    """One of a few named options, all of which are drawn for a page without a kernel."""

    def __init__(self, label, options, *, value):
        self.drawn = list(options)
        self.box = self.widget = widgets.Dropdown(
            options=options, value=value, description=label, style=NAMED, layout={"width": "max-content"}
        )

    def hint(self):
        """Say nothing: only options can be chosen."""
        return ""


class Panel:
    """Controls over a picture, which is `draw(**values)`: the same values always give the same Picture.

    `values` holds one value for each of `controls`, the number `draw` that "New draw" counts up, and, if `states` says
    which neurons are kept, `by_hand`: neuron to state, as set with the neurons' buttons until "New draw" or "Reset".
    Without `redraws` there is nothing random to draw anew. `more` are widgets for a row of their own;
    `lines` is the room kept for the sentence. A page without a kernel has the pictures of the first `drawn`
    draws; with `drawn_by_hand` also of neurons set by hand, which must follow from the mask, the draw, the choices and
    who was switched last, and from no number.
    """

    def __init__(
        self, draw, controls, *, states=None, redraws=True, more=(), lines=LINES, drawn=DRAWN, drawn_by_hand=False
    ):
        self.draw, self.controls, self.states, self.more, self.lines = draw, controls, states, more, lines
        self.drawn, self.drawn_by_hand = drawn if redraws else 1, drawn_by_hand
        self.values = {name: control.box.value for name, control in controls.items()} | {"draw": 0}
        self.values |= {"by_hand": {}} if states else {}
        self.error = ""
        self._lock = threading.RLock()  # callbacks run in another thread than cells
        self.picture = draw(**self.values)
        self.buttons = {"draw": button("New draw", self.draw_anew)} if redraws else {}
        self.buttons |= {"reset": button("Reset", lambda: self.set(by_hand={}))} if states else {}
        self.switches = [
            button("", partial(self.switch, neuron), width="86px", padding="0")
            for neuron in range(1, len(states(**self.values)) + 1 if states else 1)
        ]
        self._name_switches()
        self._shown = widgets.HTML(self._live())
        for name, control in controls.items():
            control.box.observe(partial(self._read, name), "value")

    def set(self, **values):
        """Take new values and redraw at once. An error takes the sentence's place; the picture stays as it was."""
        with self._lock:
            self.values = self.values | values
            hint = " ".join(self.controls[name].hint() for name in values if name in self.controls)
            try:
                picture = self.draw(**self.values)
                self.picture, self.error = picture.with_words(hint) if hint else picture, ""
                self._name_switches()
            except Exception as error:  # noqa: BLE001 - whatever it is, the learner must see it
                self.error = f"This picture could not be drawn. {type(error).__name__}: {error}"
            self._shown.value = self._live()

    def _live(self):
        rows = 1 + (len(self.controls) > 3) + -(-len(self.switches) // 12) + bool(self.more)
        return self.picture.live(self.error, lines=self.lines, rows=rows)

    def _read(self, name, _):
        with self._lock:  # two threads' changes may arrive in the wrong order: what the box shows by now counts
            self.set(**{name: self.controls[name].box.value})

    def draw_anew(self):
        """Take the next draw, and forget what was set by hand."""
        with self._lock:
            self.set(draw=self.values["draw"] + 1, **({"by_hand": {}} if self.states else {}))

    def switch(self, neuron):
        """Switch one neuron, counted from 1, by hand."""
        with self._lock:
            kept = self.states(**self.values)[neuron - 1]
            others = {name: state for name, state in self.values["by_hand"].items() if name != neuron}
            self.set(by_hand=others | {neuron: not kept})  # the last in the dictionary is the one last switched

    def _name_switches(self):
        kept = self.states(**self.values) if self.states else []
        for neuron, (switch, state) in enumerate(zip(self.switches, kept, strict=True), start=1):
            switch.description = f"{neuron} {'kept' if state else 'dropped'}"

    def _repr_mimebundle_(self, include=None, exclude=None):
        controls = [control.widget for control in self.controls.values()]
        rows = [_row([*controls, *self.buttons.values()])]
        rows += [_row(children) for children in (self.switches, self.more) if children]
        return bundle(widgets.VBox([*rows, self._shown]), self.picture, hint=GONE)


def button(label, action, *, width="110px", **layout):
    """Make a button, high enough for a finger, that calls `action`."""
    made = widgets.Button(description=label, layout={"width": width, "height": "44px"} | layout)
    made.on_click(lambda _: action())
    return made


def _row(children):
    return widgets.HBox(children, layout={"flex_flow": "row wrap", "align_items": "center"})
