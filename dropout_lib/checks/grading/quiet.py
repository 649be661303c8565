"""Keep out of the page what an answer prints, warns or displays: in its thread, in those it starts, and afterwards."""

import contextlib
import sys
import threading

_muted = set()  # threads whose output is dropped
_answering = []  # while an answer runs: the threads that were there before it


def _is_muted():
    thread = threading.current_thread()
    return thread in _muted or bool(_answering and thread not in _answering[-1])


class _Filtered:
    """A stream that drops what muted threads write, and is the stream itself for all the rest."""

    def __init__(self, stream):
        self._stream = stream

    def write(self, text):
        return len(text) if _is_muted() else self._stream.write(text)

    def writelines(self, lines):
        for text in lines:
            self.write(text)

    def __getattr__(self, name):
        return getattr(self._stream, name)


@contextlib.contextmanager
def quiet(thread):
    """Mute a thread, and every thread that is started meanwhile; those still alive at the end stay muted."""
    before = set(threading.enumerate()) - {thread}
    _muted.add(thread)
    _answering.append(before)
    _install()
    try:
        yield
    finally:
        _muted.update(set(threading.enumerate()) - before)
        _answering.pop()
        _muted.discard(threading.current_thread())
        _muted.intersection_update(threading.enumerate())
        if not _muted and not _answering:
            _remove()


def _install():
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is not None and not isinstance(stream, _Filtered):
            setattr(sys, name, _Filtered(stream))
    publisher = _publisher()
    if publisher is not None and "publish" not in vars(publisher):
        loud = publisher.publish
        publisher.publish = lambda *data, **more: None if _is_muted() else loud(*data, **more)


def _remove():
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, _Filtered):
            setattr(sys, name, stream._stream)
    publisher = _publisher()
    if publisher is not None:
        vars(publisher).pop("publish", None)


def _publisher():
    """Give what IPython displays with, if there is an IPython."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return getattr(shell, "display_pub", None)
