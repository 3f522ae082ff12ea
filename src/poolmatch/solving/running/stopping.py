"""Stopping from outside: Ctrl-C, SIGTERM, or an event that another thread sets."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

POLL_SECONDS = 0.05
"""How often it is asked."""


class Stop:
    """Whether solving should stop: by a signal, or by the caller's event."""

    def __init__(self, event: threading.Event | None) -> None:
        self._event = event
        self._signalled = threading.Event()

    def asked(self) -> bool:
        """Tell whether someone asked to stop."""
        return self._signalled.is_set() or (self._event is not None and self._event.is_set())

    def also(self, condition: Callable[[], bool]) -> Stop:
        """Return a stop that is asked for when this one is, or when a condition holds, such as that an event is set."""
        return _Also(self, condition)

    @contextmanager
    def listening(self) -> Iterator[Stop]:
        """Listen to SIGINT and SIGTERM meanwhile; only the main thread can, in others the event alone counts."""
        if threading.current_thread() is not threading.main_thread():
            yield self
            return

        def asked(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the signal module calls it so
            self._signalled.set()

        # What a program around Python listens with could not be put back, and stays.
        ours = (number for number in (signal.SIGINT, signal.SIGTERM) if signal.getsignal(number) is not None)
        before = {number: signal.signal(number, asked) for number in ours}
        try:
            yield self
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


class _Also(Stop):
    def __init__(self, first: Stop, condition: Callable[[], bool]) -> None:
        super().__init__(None)
        self._first, self._condition = first, condition

    def asked(self) -> bool:
        return self._first.asked() or self._condition()
