"""Long work in a thread of its own, with a bar and a Stop button: the kernel's Interrupt does not reach callbacks."""

import threading

import ipywidgets as widgets

from dropout_lib.explorers.panel import button


class Stopped(Exception):
    """The learner pressed Stop; its words say how far the work was."""


class Work:
    """A button that starts `work(progress)`, a bar, and Stop. What comes of it is given to one of three callables.

    `progress` is a callable of done and total. `done` takes the result, `stopped` and `failed` a sentence. While one
    work is going on, the button starts no other.
    """

    def __init__(self, label, work, *, done, stopped, failed):
        self.work, self.done, self.stopped, self.failed = work, done, stopped, failed
        self.bar = widgets.IntProgress(layout={"width": "240px"})
        self.buttons = {"start": button(label, self.start, width="160px"), "stop": button("Stop", self.stop)}
        self.widgets = [*self.buttons.values(), self.bar]
        self._lock, self._stop, self._thread = threading.Lock(), threading.Event(), None

    def start(self):
        """Begin the work, unless it is going on."""
        with self._lock:  # two presses may come in two threads
            if self._thread and self._thread.is_alive():
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
        """Wait until nothing is going on."""
        if self._thread:
            self._thread.join()

    def _progress(self, done, total):
        if self._stop.is_set():
            raise Stopped(f"You stopped it at {100 * done // total} %.")
        self.bar.value = 100 * done // total  # the same value again is no message

    def _run(self):
        self.bar.value = 0
        try:
            self.done(self.work(self._progress))
        except Stopped as stop:
            self.stopped(str(stop))
        except Exception as error:  # noqa: BLE001 - whatever it is, the learner must see it
            self.failed(f"It failed. {type(error).__name__}: {error}")
        finally:
            self.bar.value = 0
