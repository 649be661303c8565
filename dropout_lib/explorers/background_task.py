"""Long work in a thread of its own, with a bar and a Stop button: the kernel's Interrupt does not reach callbacks."""

import threading

import ipywidgets as widgets

from dropout_lib.explorers.panel import button


class Stopped(Exception):
    """The learner pressed Stop; its words say how far the work had come."""


class BackgroundTask:
    """A button that starts `work(progress)`, a bar, and Stop. What comes of it is given to one of two callables.

    `progress` is a callable of done and total. `on_result` takes the result; `on_failure` takes a sentence, also where
    Stop ended the work. While it runs, or while the start button is disabled, nothing new is started.
    """

    def __init__(self, label, work, *, on_result, on_failure):
        self.work, self.on_result, self.on_failure = work, on_result, on_failure
        self.bar = widgets.IntProgress(layout={"width": "240px"})
        self.buttons = {"start": button(label, self.start, width="160px"), "stop": button("Stop", self.stop)}
        self.widgets = [*self.buttons.values(), self.bar]
        self._lock, self._stop, self._thread = threading.Lock(), threading.Event(), None

    def start(self):
        """Begin the work, unless it is running or cannot be started now."""
        with self._lock:  # two presses may come in two threads
            if self.buttons["start"].disabled or (self._thread and self._thread.is_alive()):
                return
            self._stop.clear()
            self._thread = threading.Thread(target=self._run, daemon=True)
            try:
                self._thread.start()
            except RuntimeError:  # no thread can be started here, as in a browser's Python: it runs in place
                self._thread = None
        if self._thread is None:
            self._run()

    def stop(self):
        """End the work at its next step."""
        self._stop.set()

    def wait(self):
        """Wait until nothing is running."""
        if self._thread:
            self._thread.join()

    def _progress(self, done, total):
        if self._stop.is_set():
            raise Stopped(f"You stopped it at {100 * done // total}%.")
        self.bar.value = 100 * done // total  # the same value again is no message

    def _run(self):
        self.bar.value = 0
        try:
            self.on_result(self.work(self._progress))
        except Stopped as stop:
            self.on_failure(str(stop))
        except Exception as error:  # noqa: BLE001 - whatever it is, the learner must see it
            self.on_failure(f"It failed. {type(error).__name__}: {error}")
        finally:
            self.bar.value = 0
