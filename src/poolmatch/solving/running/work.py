"""Pieces of work on somebody's executor; what a dying worker takes with it is done again."""

from __future__ import annotations

import logging
import os
import pickle
import time
import uuid
from collections import deque
from collections.abc import Callable, Hashable
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from concurrent.futures import wait as first_of
from dataclasses import dataclass
from typing import Any, Self

logger = logging.getLogger("poolmatch")
TRIES = 3
"""How often a piece is begun, when workers die of it."""


@dataclass
class _Piece:
    """A call that is to be made."""

    function: Callable[..., Any]
    args: tuple[Any, ...]
    tag: Hashable
    lost: int = 0
    """How often it went down with a worker."""

    @property
    def alone(self) -> bool:
        """Whether this is the last try. It is made alone: when a worker dies again, it died of this piece."""
        return self.lost == TRIES - 1


class Work:
    """Calls of functions on an executor, of which some are done again.

    When a process of a pool dies, the pool breaks and all that was on it is lost. The pool is replaced by a new one of
    the same kind and size, and what was lost is submitted again, three times in all, the last time with nothing beside
    it. So a piece that kills its worker ends with an error, and the others with their values. A Dask cluster replaces
    workers by itself; a piece that it gave up, or cancelled, is treated alike.

    Functions, arguments, values and errors travel by pickle where the executor has processes. Functions may be called
    more than once for a piece.

    Parameters
    ----------
    executor
        Threads, processes, loky, or ``Client.get_executor()`` of Dask. It is the caller's, and is not shut down.
    at_once
        How many pieces are given to the executor at a time, 1 or more; the others wait here. None is one per processor.

    Attributes
    ----------
    at_once
        The same, as a number.
    here
        Whether pieces are threads of this process, and may be handed what does not travel.

    Raises
    ------
    ValueError
        ``at_once`` is out of range.
    """

    def __init__(self, executor: Executor, at_once: int | None = None) -> None:
        if at_once is not None and (isinstance(at_once, bool) or at_once < 1):
            raise ValueError("at_once must be 1 or more")
        self._executor = executor
        self.here = isinstance(executor, ThreadPoolExecutor)
        self._made: list[Executor] = []
        self.at_once = at_once or os.cpu_count() or 1
        self._waiting: deque[_Piece] = deque()
        self._running: dict[Future[Any], _Piece] = {}
        self._finished: list[tuple[Any, Any]] = []
        self._cancelled = self._came_back = False

    def submit(self, function: Callable[..., Any], *args: Any, tag: Hashable = None) -> None:
        """Add a piece: a call of a function, and a tag by which to know it again."""
        self._waiting.append(_Piece(function, args, tag))
        self._begin()

    @property
    def pending(self) -> int:
        """Number of pieces whose outcome `wait` has not returned yet."""
        return len(self._waiting) + len(self._running) + len(self._finished)

    def wait(self, timeout: float | None = None) -> list[tuple[Any, Any]]:
        """Return tag and outcome of all that has finished, in any order, as soon as there is one.

        Parameters
        ----------
        timeout
            Seconds after which the list is returned empty; None waits for ever.

        Returns
        -------
        list
            Of each piece the tag, and the value or the exception. Empty at once when nothing is pending.
        """
        until = None if timeout is None else time.monotonic() + timeout
        while True:
            self._begin()
            if self._finished or not self._running:
                finished, self._finished = self._finished, []
                return finished
            left = None if until is None else max(0.0, until - time.monotonic())
            done = first_of(self._running, left, FIRST_COMPLETED).done
            if not done:
                return []
            # In the order of submission, so that what is lost together is begun again in that order.
            over = [(future, piece) for future, piece in self._running.items() if future in done]
            lost = [piece for future, piece in over if self._ended(future)]
            self._waiting.extendleft(reversed(lost))

    def values(self, timeout: float | None = None) -> list[tuple[Any, Any]]:
        """Return tag and value of all that has finished; see `wait`. What no worker survived has the value None.

        So has what was lost after the others were cancelled.

        Raises
        ------
        Exception
            That of a piece: its own, or that of an executor on which every piece was lost so far.
        """
        found = self.wait(timeout)
        for place, (tag, answer) in enumerate(found):
            if isinstance(answer, BaseException):
                if not (was_lost(answer) and (self._came_back or self._cancelled)):
                    raise answer
                logger.warning("piece %s is left out: no worker survived it (%s)", tag, answer)
                found[place] = tag, None
        return found

    def cancel(self) -> None:
        """Drop what has not begun. What has can still be waited for, and is not done again when it is lost."""
        self._cancelled = True
        self._waiting.clear()
        self._running = {future: piece for future, piece in self._running.items() if not future.cancel()}

    def drop(self) -> None:
        """Drop what has not begun and forget what has, and go on: what is submitted from now on is another matter."""
        self._waiting.clear()
        for future in self._running:
            future.cancel()
        self._running.clear()
        self._finished.clear()

    def close(self) -> None:
        """Drop what has not begun, forget what has, and shut down the pools that were made here; wait for nothing."""
        self.drop()
        for executor in self._made:
            executor.shutdown(wait=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _begin(self) -> None:
        """Give pieces to the executor, as many as it may have at once."""
        while self._waiting and len(self._running) < self.at_once:
            if self._running and (self._waiting[0].alone or any(piece.alone for piece in self._running.values())):
                return
            piece = self._waiting.popleft()
            try:
                self._running[self._submitted(piece)] = piece
            except Exception as error:  # such as what Dask says at once of arguments that cannot be pickled
                self._finished.append((piece.tag, error))

    def _submitted(self, piece: _Piece) -> Future[Any]:
        # Dask takes two calls with the same arguments for one, whose failure it remembers: the token tells them apart.
        call = (carried, uuid.uuid4().hex, os.getpid(), piece.function, *piece.args)
        try:
            return self._executor.submit(*call)
        except BrokenExecutor:
            fresh = renewed(self._executor)
            if fresh is None:
                raise
            logger.warning("a worker died and broke its pool; going on with a new one")
            self._executor = fresh
            self._made.append(fresh)
            return fresh.submit(*call)

    def _ended(self, future: Future[Any]) -> bool:
        """Take a piece off the running ones; keep its outcome, or tell that it was lost and is to be done again."""
        piece = self._running.pop(future)
        error = CancelledError("the piece was cancelled by its executor") if future.cancelled() else future.exception()
        if error is not None and was_lost(error):
            piece.lost += 1
            logger.warning("piece %s was lost with its worker (%s), %d of %d", piece.tag, error, piece.lost, TRIES)
            if piece.lost < TRIES and not self._cancelled:
                return True
        self._came_back |= error is None
        self._finished.append((piece.tag, future.result() if error is None else error))
        return False


def carried(token: str, home: int, function: Callable[..., Any], *args: Any) -> Any:  # noqa: ARG001 - see `_submitted`
    """Call a function in a worker; raise only what survives the way home.

    An exception that cannot be unpickled would break the pool it comes from, and all that is on it.

    Parameters
    ----------
    token
        Of this try alone.
    home
        Id of the process that asked for it.
    function, args
        The call.
    """
    try:
        return function(*args)
    except Exception as error:
        if os.getpid() == home:
            raise
        try:
            pickle.loads(pickle.dumps(error))
        except Exception:
            raise RuntimeError(f"{type(error).__name__}: {error}") from None
        raise


def was_lost(error: BaseException) -> bool:
    """Tell whether an error says that a worker died or a piece was dropped, and nothing of the piece itself."""
    # distributed is no dependency, and its error derives from nothing that says as much.
    return isinstance(error, BrokenExecutor | CancelledError) or type(error).__name__ == "KilledWorker"


def renewed(broken: Executor) -> Executor | None:
    """Return a new pool of processes as a broken one was made, or None for executors of another kind."""
    # Pools do not tell how they were made; those of loky keep it in the same places.
    kept = vars(broken)
    if isinstance(broken, ProcessPoolExecutor):
        return ProcessPoolExecutor(
            kept["_max_workers"],
            kept["_mp_context"],
            initializer=kept["_initializer"],
            initargs=kept["_initargs"],
            max_tasks_per_child=kept["_max_tasks_per_child"],
        )
    for kind in type(broken).__mro__:
        if (kind.__module__, kind.__name__) == ("loky.process_executor", "ProcessPoolExecutor"):
            made: Executor = kind(
                kept["_max_workers"],
                timeout=kept["_timeout"],
                context=kept["_context"],
                initializer=kept["_initializer"],
                initargs=kept["_initargs"],
                env=kept["_env"],
            )
            return made
    return None
