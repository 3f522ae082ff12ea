"""What every peer that minimises a model shares: the model file, the curve, the way from tier to tier, the answer.

It needs numpy alone. A peer with an environment of its own is called as
``PEER MODEL.npz --began MOMENT --ends MOMENT --seed N --workers N --out FOLDER`` and writes to FOLDER

- ``curve.jsonl``: ``{"seconds", "tier", "value", "bound"}`` whenever one of them improves, null as long as there is
  none; values in whole units of 1/scale points, the constant included; seconds since the moment at which the contender
  began, before anything was read;
- ``columns.npz``: ``values``, the whole value of every column, if it found a solution.

Peers have no tiers. Each is minimised by itself, with all the time that is left; what it has reached becomes a row, and
the solution the start of the next.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Protocol

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
class Objective:
    """One of the things to minimise: ``constant + unit × weights of columns``, in units of 1/scale points.

    Attributes
    ----------
    tier
        Its tier; 0 is the weighted sum of all.
    column, weight
        Columns with a weight, and their weights.
    constant, unit, scale
        What makes units of the weights, and units per penalty point.
    """

    tier: float
    column: Ints
    weight: Ints
    constant: int
    unit: int
    scale: int

    def weights(self, values: Ints) -> int:
        """Return what the weights add up to for values of all columns."""
        return int((self.weight * values[self.column]).sum())

    def value(self, weights: float) -> int:
        """Return the value in units of a solution whose weights add up to so much."""
        return self.constant + self.unit * round(weights)

    def bound(self, weights: float, wrong_by: float) -> int:
        """Return the bound in units when weights add up to so much at least: they are whole, so it is rounded up."""
        return self.constant + self.unit * math.ceil(weights - wrong_by * max(1000.0, abs(weights)))


@dataclass(frozen=True)
class Model:
    """Whole numbers between bounds, rows and groups, and what is minimised of them, one objective after the other.

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
    objectives
        The tiers, the highest first, or their weighted sum.
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
    objectives: tuple[Objective, ...]

    @classmethod
    def read(cls, path: Path) -> Model:
        """Read a model that `write` wrote."""
        with np.load(path) as file:
            cells: dict[str, Any] = {name: file[name] if file[name].ndim else file[name].item() for name in file}
        count = cells.pop("objectives")
        objectives = tuple(
            Objective(**{item.name: cells.pop(f"{item.name} {place}") for item in fields(Objective)})
            for place in range(count)
        )
        return cls(**cells, objectives=objectives)

    def write(self, path: Path) -> None:
        """Write the model as a file of numpy arrays."""
        cells: dict[str, Any] = {item.name: getattr(self, item.name) for item in fields(self)}
        cells["objectives"] = np.array(len(self.objectives))
        for place, objective in enumerate(self.objectives):
            cells |= {f"{item.name} {place}": np.asarray(getattr(objective, item.name)) for item in fields(objective)}
        np.savez(path, **cells)

    @property
    def groups(self) -> int:
        """Number of groups."""
        return int(self.group[-1]) + 1 if len(self.group) else 0

    def as_rows(self) -> tuple[tuple[Ints, Ints, Ints], tuple[Floats, Floats]]:
        """Return entries (row, column, factor) and sides of all rows, groups as rows of at most 1, for MIP solvers.

        Entries are sorted by row, and a column occurs in a row once: not all solvers add up what comes twice.
        """
        height, width = len(self.row_lower), len(self.lower)
        row, column = np.concatenate([self.row, self.group + height]), np.concatenate([self.column, self.member])
        places, of_place = np.unique(row * width + column, return_inverse=True)
        factor = np.zeros(len(places), np.int64)
        np.add.at(factor, of_place, np.concatenate([self.factor, np.ones(len(self.group), np.int64)]))
        entries = places // width, places % width, factor
        low = np.where(self.row_lower <= -UNBOUNDED, -math.inf, self.row_lower)
        high = np.where(self.row_upper >= UNBOUNDED, math.inf, self.row_upper)
        low = np.append(low, np.full(self.groups, -math.inf))
        return entries, (low, np.append(high, np.ones(self.groups)))

    def cost(self, objective: Objective) -> Ints:
        """Return the weight of every column in an objective."""
        cost = np.zeros(len(self.lower), np.int64)
        cost[objective.column] = objective.weight
        return cost


class Curve:
    """Writes ``curve.jsonl`` as value or bound improve.

    Parameters
    ----------
    path
        The file.
    began
        Moment from which seconds count, of ``time.time``.
    wrong_by
        What bounds may be wrong by, relatively; 0 of a solver that counts in whole numbers.
    """

    def __init__(self, path: Path, began: float, wrong_by: float = CLOSE) -> None:
        self._began, self._wrong_by = began, wrong_by
        self._file = path.open("w", encoding="utf-8", buffering=1)
        self._objective: Objective | None = None
        self._value: int | None = None
        self._bound: int | None = None

    def begin(self, objective: Objective) -> None:
        """Begin with an objective."""
        self._objective, self._value, self._bound = objective, None, None

    def note(self, weights: float | None, least: float | None, proven: bool = False) -> None:
        """Note how far the solver is with the objective.

        Parameters
        ----------
        weights
            What the weights of its best solution add up to; None without one.
        least
            What they add up to at least in any; None without a bound.
        proven
            Whether the solver says that none is better: then its word is taken for what lies within ``wrong_by``.
        """
        if self._objective is None:
            raise RuntimeError("no objective was begun")
        before = self._value, self._bound
        if weights is not None and abs(weights) < ABSENT:
            value = self._objective.value(weights)
            self._value = value if self._value is None else min(self._value, value)
        if least is not None and abs(least) < ABSENT:
            bound = self._objective.bound(least, self._wrong_by)
            self._bound = bound if self._bound is None else max(self._bound, bound)
        if proven:
            self._bound = self._value
        if (self._value, self._bound) != before:
            point = {"seconds": round(time.time() - self._began, 3), "tier": self._objective.tier}
            self._file.write(json.dumps(point | {"value": self._value, "bound": self._bound}) + "\n")

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
    ends
        Moment at which its time is up, of ``time.time``.
    seed, workers
        Seed and threads of the solver.
    """

    model: Model
    ends: float
    seed: int
    workers: int

    @property
    def seconds(self) -> float:
        """Seconds that are left."""
        return max(0.0, self.ends - time.time())


Note = Callable[..., None]
"""`Curve.note`."""


class Peer(Protocol):
    """A solver with a model in it: made of a task, which builds the model."""

    def minimise(self, objective: Objective, start: Ints | None, note: Note) -> NDArray[Any] | None:
        """Minimise an objective from a solution, if there is one, in the time that is left; None without a solution."""
        ...

    def keep(self, objective: Objective, most: int) -> None:
        """Keep the weights of an objective at so much at most from now on."""
        ...


@dataclass(frozen=True)
class Maker:
    """What makes a peer.

    Attributes
    ----------
    make
        Builds the model of a task.
    wrong_by
        What its bounds may be wrong by, relatively; 0 if it counts in whole numbers.
    """

    make: Callable[[Task], Peer]
    wrong_by: float = CLOSE

    def solve(self, task: Task, out: Path, began: float) -> Ints | None:
        """Build and solve, tier by tier; return the values of the columns, None without a solution.

        Parameters
        ----------
        task
            What is to be done.
        out
            Folder that takes the curve.
        began
            Moment from which its seconds count.
        """
        curve = Curve(out / "curve.jsonl", began, self.wrong_by)
        best: Ints | None = None
        peer = self.make(task)
        for objective in task.model.objectives:
            if not task.seconds:
                break
            curve.begin(objective)
            if best is not None:
                curve.note(objective.weights(best), None)
            if best is None or len(objective.column):
                found = peer.minimise(objective, best, curve.note)
                if found is None:
                    break
                best = better(objective, np.rint(found).astype(np.int64), best)
            else:  # no choice changes it
                curve.note(0, 0, proven=True)
            peer.keep(objective, objective.weights(best))
        curve.close()
        return best


def better(objective: Objective, found: Ints, start: Ints | None) -> Ints:
    """Return what was found, or the start where that is better."""
    return found if start is None or objective.weights(found) <= objective.weights(start) else start


def run(maker: Maker) -> None:
    """Be a peer: read the arguments and the model, solve, and write what came out."""
    parser = argparse.ArgumentParser()
    parser.add_argument("model", type=Path)
    parser.add_argument("--began", type=float, default=time.time(), help="moment from which the curve counts")
    parser.add_argument("--ends", type=float, default=time.time() + 60.0, help="moment at which time is up")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    task = Task(Model.read(given.model), given.ends, given.seed, given.workers)
    values = maker.solve(task, given.out, given.began)
    if values is not None:
        np.savez_compressed(given.out / "columns.npz", values=values)
