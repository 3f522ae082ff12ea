"""Executors for the tests: real ones, and one that does what it is told; and until when they may take."""

from __future__ import annotations

import ipaddress
import multiprocessing
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest

from poolmatch.solving.running.work import carried


class Manual(Executor):
    """An executor that keeps its calls, until the test says what becomes of them.

    Attributes
    ----------
    calls
        Those that it has, with what makes them.
    pieces
        The function and the arguments of each piece that `Work` has submitted.
    """

    def __init__(self) -> None:
        self.calls: list[tuple[Future[Any], Callable[[], Any]]] = []
        self.pieces = list[tuple[Callable[..., Any], tuple[Any, ...]]]()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.pieces += [piece_of(args)] if fn is carried else []
        future: Future[Any] = Future()
        self.calls.append((future, lambda: fn(*args, **kwargs)))
        return future

    def run(self, place: int = 0) -> None:
        """Make a call."""
        future, call = self.calls.pop(place)
        future.set_running_or_notify_cancel()
        future.set_result(call())

    def fail(self, error: BaseException, place: int = 0) -> None:
        """Let a call end with an error, without making it."""
        self.calls.pop(place)[0].set_exception(error)


class Watched(ThreadPoolExecutor):
    """Threads of which a test hears what `Work` asks of them: the function of each piece and its arguments.

    Parameters
    ----------
    number
        How many threads.
    on_piece
        Called before each piece is begun, in the thread that submits it.
    """

    def __init__(self, number: int, on_piece: Callable[[Callable[..., Any], tuple[Any, ...]], None]) -> None:
        super().__init__(number)
        self._on_piece = on_piece

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        if fn is carried:
            self._on_piece(*piece_of(args))
        return super().submit(fn, *args, **kwargs)


def piece_of(args: tuple[Any, ...]) -> tuple[Callable[..., Any], tuple[Any, ...]]:
    """Return the function and the arguments of a piece, of the arguments of `carried`."""
    _, _, function, *more = args
    return function, tuple(more)


@contextmanager
def threads(number: int = 2) -> Iterator[Executor]:
    with ThreadPoolExecutor(number) as pool:
        yield pool


@contextmanager
def processes(number: int = 2, method: str = "spawn") -> Iterator[Executor]:
    with ProcessPoolExecutor(number, multiprocessing.get_context(method)) as pool:
        yield pool


@contextmanager
def loky(number: int = 2) -> Iterator[Executor]:
    from loky import ProcessPoolExecutor as Pool  # type: ignore[import-untyped]

    pool = Pool(number)
    try:
        yield pool
    finally:
        pool.shutdown(kill_workers=True)


@contextmanager
def dask(number: int = 2) -> Iterator[Executor]:
    """Open a cluster of worker processes on this machine, which gives a piece up when one worker dies of it."""
    import dask as library
    from distributed import Client, LocalCluster

    with (
        library.config.set({"distributed.scheduler.allowed-failures": 0}),
        LocalCluster(n_workers=number, threads_per_worker=1, processes=True, dashboard_address=":0") as cluster,  # type: ignore[no-untyped-call]
        Client(cluster) as client,  # type: ignore[no-untyped-call]
    ):
        executor: Executor = client.get_executor()
        yield executor


@pytest.fixture
def loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let processes of this machine speak with each other; everything else stays out of reach."""
    monkeypatch.undo()  # what `no_network` refuses
    connect = socket.socket.connect

    def near(plug: socket.socket, address: Any) -> None:
        if plug.family != socket.AF_UNIX and not ipaddress.ip_address(address[0]).is_loopback:
            raise OSError("poolmatch must not use the network")
        connect(plug, address)

    monkeypatch.setattr(socket.socket, "connect", near)


def soon() -> float:
    return time.monotonic() + 30
