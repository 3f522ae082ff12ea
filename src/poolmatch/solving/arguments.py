"""Arguments that `solve`, `solve_many` and `frontier` share."""

from __future__ import annotations

from concurrent.futures import Executor
from typing import NamedTuple

from poolmatch.domain.arguments import must_be, seconds, whole_number


class Limits(NamedTuple):
    """Time limit, workers and seed, as numbers of Python."""

    time_limit: float
    workers: int | None
    seed: int


def limits(time_limit: object, workers: object, seed: object) -> Limits:
    """Return three arguments of `solve` as numbers of Python, also where they were numbers of numpy.

    Raises
    ------
    TypeError, ValueError
        One is no number, or out of range.
    """
    most = None if workers is None else whole_number(workers, "workers", 1)
    return Limits(seconds(time_limit, "time_limit"), most, whole_number(seed, "seed", 0))


def must_be_executor(value: object) -> None:
    """Raise TypeError where ``executor`` is no executor."""
    remedy = "take one of concurrent.futures, or of a Dask client client.get_executor()"
    must_be(value, Executor, "executor", remedy)
