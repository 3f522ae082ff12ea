"""What every peer that reads a model shares: the model file, the curve, the answer. It needs numpy alone.

A peer is called as ``PEER MODEL.npz --limit SECONDS --seed N --workers N --out FOLDER`` and writes to FOLDER

- ``curve.jsonl``: ``{"seconds", "value", "bound"}`` whenever one of them improves, null as long as there is none;
  values in whole units of 1/scale points, the constant included; seconds from the start of building its model;
- ``columns.npz``: ``values``, the whole value of every column, if it found a solution;
- ``times.json``: seconds of building and of solving.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
UNBOUNDED = 2**62
"""A side of a row from this size on is none."""
CLOSE = 1e-9
"""What solvers in floating-point numbers may be wrong by, relatively; so much is taken off their bounds."""
ABSENT = 1e19
"""Solvers write a value or a bound that they do not have yet as this or more."""


@dataclass(frozen=True)
class Model:
    """Minimise ``constant + unit × weights of columns`` over whole numbers.

    Attributes
    ----------
    lower, upper
        Bounds of each column.
    row, column, factor
        Entries of the linear rows, sorted by row.
    row_lower, row_upper
        Sides of each row; from ``UNBOUNDED`` on there is none.
    group, member
        Entries of the groups, sorted by group: of the columns of a group one at most is 1.
    objective_column, objective_weight, constant, unit
        What is minimised, in units of 1/scale points.
    scale
        Units per penalty point.
    unavoidable
        Part of the value that no legal roster could avoid, constant included.
    """

    lower: Ints
    upper: Ints
    row: Ints
    column: Ints
    factor: Ints
    row_lower: Ints
    row_upper: Ints
    group: Ints
    member: Ints
    objective_column: Ints
    objective_weight: Ints
    constant: int
    unit: int
    scale: int
    unavoidable: int

    @classmethod
    def read(cls, path: Path) -> Model:
        """Read a model that `write` wrote."""
        with np.load(path) as file:
            cells: dict[str, Any] = {name: file[name] if file[name].ndim else int(file[name]) for name in file}
        return cls(**cells)

    def write(self, path: Path) -> None:
        """Write the model as a file of numpy arrays."""
        cells: dict[str, Any] = {item.name: np.asarray(getattr(self, item.name)) for item in fields(self)}
        np.savez(path, **cells)

    @property
    def groups(self) -> int:
        """Number of groups."""
        return int(self.group[-1]) + 1 if len(self.group) else 0

    def as_rows(self) -> tuple[tuple[Ints, Ints, Ints], tuple[Floats, Floats]]:
        """Return entries (row, column, factor) and sides of all rows, groups as rows of at most 1, for MIP solvers."""
        height = len(self.row_lower)
        entries = (
            np.concatenate([self.row, self.group + height]),
            np.concatenate([self.column, self.member]),
            np.concatenate([self.factor, np.ones(len(self.group), np.int64)]),
        )
        low = np.where(self.row_lower <= -UNBOUNDED, -math.inf, self.row_lower)
        high = np.where(self.row_upper >= UNBOUNDED, math.inf, self.row_upper)
        low = np.append(low, np.full(self.groups, -math.inf))
        return entries, (low, np.append(high, np.ones(self.groups)))

    @property
    def cost(self) -> Ints:
        """The weight of every column."""
        cost = np.zeros(len(self.lower), np.int64)
        cost[self.objective_column] = self.objective_weight
        return cost

    def value(self, weights: float) -> int:
        """Return the value in units of a solution whose weights add up to so much."""
        return self.constant + self.unit * round(weights)

    def bound(self, weights: float, wrong_by: float) -> int:
        """Return the bound in units when weights add up to so much at least: they are whole, so it is rounded up."""
        return self.constant + self.unit * math.ceil(weights - wrong_by * max(1000.0, abs(weights)))


class Curve:
    """Writes ``curve.jsonl`` as value or bound improve.

    Parameters
    ----------
    model
        The model, whose units the curve is in.
    path
        The file.
    wrong_by
        What bounds may be wrong by, relatively.
    """

    def __init__(self, model: Model, path: Path, wrong_by: float = CLOSE) -> None:
        self._model, self._wrong_by = model, wrong_by
        self._file = path.open("w", encoding="utf-8", buffering=1)
        self._began = time.perf_counter()
        self._value: int | None = None
        self._bound: int | None = None

    @property
    def seconds(self) -> float:
        """Seconds since the curve was opened."""
        return time.perf_counter() - self._began

    def note(self, weights: float | None, least: float | None, proven: bool = False) -> None:
        """Note how far the solver is.

        Parameters
        ----------
        weights
            What the weights of its best solution add up to; None without one.
        least
            What they add up to at least in any; None without a bound.
        proven
            Whether the solver says that none is better: then its word is taken for what lies within ``wrong_by``.
        """
        before = self._value, self._bound
        if weights is not None and abs(weights) < ABSENT:
            value = self._model.value(weights)
            self._value = value if self._value is None else min(self._value, value)
        if least is not None and abs(least) < ABSENT:
            bound = self._model.bound(least, self._wrong_by)
            self._bound = bound if self._bound is None else max(self._bound, bound)
        if proven:
            self._bound = self._value
        if (self._value, self._bound) != before:
            point = {"seconds": round(self.seconds, 3), "value": self._value, "bound": self._bound}
            self._file.write(json.dumps(point) + "\n")

    def close(self) -> None:
        """Close the file."""
        self._file.close()


@dataclass(frozen=True)
class Task:
    """What a peer is to do.

    Attributes
    ----------
    model
        The model.
    limit
        Seconds for building and solving together.
    seed, workers
        Seed and threads of the solver.
    """

    model: Model
    limit: float
    seed: int
    workers: int


Solver = Callable[[Task, Curve], tuple[NDArray[Any] | None, float]]
"""Builds and solves; returns the values of the columns, None without a solution, and the seconds of building."""


def run(solve: Solver, wrong_by: float = CLOSE) -> None:
    """Be a peer: read the arguments and the model, solve, and write what came out.

    Parameters
    ----------
    solve
        The solver.
    wrong_by
        What its bounds may be wrong by, relatively; 0 if it counts in whole numbers.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("model", type=Path)
    parser.add_argument("--limit", type=float, default=60.0, help="seconds of building and solving")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    given = parser.parse_args()
    model = Model.read(given.model)
    given.out.mkdir(parents=True, exist_ok=True)
    curve = Curve(model, given.out / "curve.jsonl", wrong_by)
    values, building = solve(Task(model, given.limit, given.seed, given.workers), curve)
    seconds = curve.seconds
    curve.close()
    if values is not None:
        np.savez_compressed(given.out / "columns.npz", values=np.rint(values).astype(np.int64))
    times = {"build": round(building, 3), "solve": round(seconds - building, 3)}
    (given.out / "times.json").write_text(json.dumps(times) + "\n", "utf-8")
