"""What a search does on an executor, noted while it runs: every task, and the time of the thread that submits them.

Nothing of the search is changed for it. It speaks of itself at four places that anyone can listen to: the executor, the
progress, the event that would stop it, which it asks for between any two things that it does, and its log. The progress
is told on another thread, some hundredths of a second later.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from poolmatch.solving.running.work import carried

Kind = Literal["began", "submitted", "taken", "dropped", "told", "asked", "logged"]


@dataclass
class Call:
    """A call on an executor, in seconds since the recording began.

    Attributes
    ----------
    function
        Name of what was called.
    submitted
        When it was given to the executor.
    begun, ended
        When a worker really began and ended it; None until it has.
    returned
        When its value was back; None until it is.
    """

    function: str
    submitted: float
    begun: float | None = None
    ended: float | None = None
    returned: float | None = None


@dataclass(frozen=True)
class Mark:
    """A moment at which the submitting thread was at a known place.

    Attributes
    ----------
    kind
        ``began`` is the first. A call was ``submitted``, its value ``taken``, or it was ``dropped`` before; value and
        bound were ``told``; the event was ``asked`` for, or a line was ``logged``: what was under way is over.
    seconds
        Since the recording began.
    own
        Seconds that were worked so far, waiting left out.
    call
        Position of the call.
    value, bound
        What was told, in units.
    """

    kind: Kind
    seconds: float
    own: float
    call: int = -1
    value: int = 0
    bound: int = 0


class Recording(Executor):
    """Another executor, all calls on which are noted.

    The clock of `time.monotonic` is one for all processes of a machine, so workers must be on this one. What the
    submitting side works by itself is the processor time of its whole process, with the threads of its solvers and
    those that pickle; where workers are threads of the same process, that of the submitting thread alone. Until
    something is submitted that is the thread that made the recording.

    Parameters
    ----------
    inner
        Where calls are made. It is the caller's, and is not shut down.

    Attributes
    ----------
    calls
        In the order of submission.
    marks
        In the order of time.
    stop
        An event to give to the search.
    """

    def __init__(self, inner: Executor) -> None:
        self._inner, self._thread, self._began = inner, threading.current_thread(), time.monotonic()
        self._lock, self._own, self._own_began = threading.RLock(), 0.0, 0.0
        self._own_began = self._worked()
        self.calls: list[Call] = []
        self.marks: list[Mark] = []
        self.stop = _Asked(lambda: self.mark("asked"))
        self.mark("began")

    def mark(self, kind: Kind, call: int = -1, value: int = 0, bound: int = 0) -> None:
        """Note where the submitting thread is; of other threads only what they tell."""
        with self._lock:
            if kind == "told" or threading.current_thread() is self._thread:
                self.marks.append(Mark(kind, self.now(), self._own_so_far(), call, value, bound))

    def _own_so_far(self) -> float:
        """Return what was worked so far; that of a thread that has ended no longer rises."""
        if self._thread.is_alive():
            self._own = self._worked() - self._own_began
        return self._own

    def _worked(self) -> float:
        if not isinstance(self._inner, ThreadPoolExecutor):
            return time.process_time()
        assert self._thread.ident is not None
        return time.clock_gettime(time.pthread_getcpuclockid(self._thread.ident))

    def _follow(self) -> None:
        """Follow the thread that submits from now on, if it is another one."""
        with self._lock:
            if threading.current_thread() is not self._thread:
                own, self._thread = self._own_so_far(), threading.current_thread()
                self._own_began = self._worked() - own

    def now(self) -> float:
        """Return the seconds since the recording began."""
        return time.monotonic() - self._began

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Make a call in a worker, and note when it began and ended there."""
        self._follow()
        function = args[2] if fn is carried else fn
        number, handed = len(self.calls), _Handed(self, len(self.calls))
        self.calls.append(Call(function.__name__, self.now()))
        self.mark("submitted", number)
        handed.inner = self._inner.submit(timed, fn, *args, **kwargs)
        handed.inner.add_done_callback(handed.settle)
        return handed

    def returned(self, number: int, begun: float, ended: float) -> None:
        """Note that the value of a call is back, and when it was begun and ended, by the monotonic clock."""
        call = self.calls[number]
        call.begun, call.ended, call.returned = begun - self._began, ended - self._began, self.now()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Listen to the log of poolmatch meanwhile."""
        logger, handler = logging.getLogger("poolmatch"), _Logged(lambda: self.mark("logged"))
        level = logger.level
        logger.setLevel(logging.INFO)
        logger.addHandler(handler)
        try:
            yield
        finally:
            logger.removeHandler(handler)
            logger.setLevel(level)


def timed(fn: Callable[..., Any], *args: Any, **kwargs: Any) -> tuple[float, float, Any]:
    """Call a function in a worker; return when it began and ended by the monotonic clock, and its value."""
    begun = time.monotonic()
    value = fn(*args, **kwargs)
    return begun, time.monotonic(), value


class _Handed(Future[Any]):
    """What the submitting thread gets: the value alone, and taking or dropping it is noted."""

    inner: Future[Any]

    def __init__(self, recording: Recording, number: int) -> None:
        super().__init__()
        self._recording, self._number = recording, number

    def settle(self, inner: Future[Any]) -> None:
        """End as the call did."""
        if inner.cancelled():
            super().cancel()
            self.set_running_or_notify_cancel()
            return
        error = inner.exception()
        if error is not None:
            self.set_exception(error)
            return
        begun, ended, value = inner.result()
        self._recording.returned(self._number, begun, ended)
        self.set_result(value)

    def result(self, timeout: float | None = None) -> Any:
        value = super().result(timeout)
        self._recording.mark("taken", self._number)
        return value

    def cancel(self) -> bool:
        self._recording.mark("dropped", self._number)
        return self.inner.cancel()


class _Asked(threading.Event):
    def __init__(self, note: Callable[[], None]) -> None:
        super().__init__()
        self._note = note

    def is_set(self) -> bool:
        self._note()
        return super().is_set()


class _Logged(logging.Handler):
    def __init__(self, note: Callable[[], None]) -> None:
        super().__init__()
        self._note = note

    def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002 - that something was said is enough
        self._note()
