"""What was measured, as data: runs with their curves, and the JSON document that keeps them."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from benchmarks.measuring.processes import ROOT
from poolmatch.versions import versions

LATEST = ROOT / "benchmarks" / "results" / "latest.json"
DENSITY = 1.03
"""Of the points of a curve that lie closer in time than by this factor, the last is kept."""
Outcome = Literal["done", "nothing", "absent", "error"]


@dataclass(frozen=True)
class Point:
    """A moment of a run.

    Attributes
    ----------
    seconds
        Since the contender was started.
    tier
        What was minimised; 0 is the weighted sum.
    value, bound
        Best value and bound so far, in units of 1/scale points; None as long as there is none.
    """

    seconds: float
    tier: float
    value: int | None
    bound: int | None


@dataclass(frozen=True)
class Goal:
    """How one goal of a run ended.

    Attributes
    ----------
    tier
        Its tier; 0 is the weighted sum.
    value
        What the judge says the roster is worth, in units of 1/scale points.
    bound
        What was proven, in units; None when nothing was.
    scale
        Units per point.
    unavoidable
        What every roster costs, in units.
    """

    tier: float
    value: int
    bound: int | None
    scale: int
    unavoidable: int

    @property
    def gap(self) -> float | None:
        """(value − bound) / max(1, value) in points, after taking from both what cannot be avoided."""
        return gap(self.value, self.bound, self)

    @property
    def proven(self) -> bool:
        """Whether nothing can be better."""
        return self.value == self.bound


def gap(value: int | None, bound: int | None, goal: Goal) -> float | None:
    """Return the gap between a value and a bound of a goal, as a part of 1; None without the one or the other."""
    if value is None or bound is None:
        return None
    return (value - bound) / goal.scale / max(1.0, abs(value - goal.unavoidable) / goal.scale)


@dataclass(frozen=True)
class Run:
    """One contender on one case with one seed.

    Attributes
    ----------
    case, seed, contender, limit
        What was run, and for how many seconds at most.
    outcome
        ``done``; ``nothing`` was found in time; it was ``absent``; or there was an ``error``.
    reason
        Why, unless it is done.
    seconds
        From files to files: of the whole process.
    reading, solving
        Seconds until the problem was there, and from then until the roster was.
    mib
        Most memory held, in MiB.
    goals
        How it ended.
    curve
        How it came there.
    commit
        Of what it was measured.
    clock
        What seconds count from: ``files``, the start of the process; of earlier results ``problem``, the problem in
        memory, and ``seconds`` are those of building and solving alone.
    """

    case: str
    seed: int
    contender: str
    limit: float
    outcome: Outcome
    reason: str = ""
    seconds: float | None = None
    mib: float | None = None
    goals: tuple[Goal, ...] = ()
    curve: tuple[Point, ...] = ()
    commit: str = ""
    reading: float | None = None
    solving: float | None = None
    clock: Literal["files", "problem"] = "files"

    @property
    def key(self) -> tuple[str, str, int]:
        """What tells it from other runs."""
        return self.case, self.contender, self.seed

    @property
    def bound(self) -> int | None:
        """What it proved of the weighted sum, also when it found no roster."""
        return next((item.bound for item in reversed(self.curve) if item.tier == 0), None)

    @property
    def spent(self) -> float | None:
        """Seconds of building and solving, which the limit is for."""
        return self.seconds if self.solving is None else self.solving

    @property
    def in_time(self) -> bool:
        """Whether it kept to its limit, but for a little."""
        return self.spent is not None and self.spent <= self.limit + late(self.limit)

    def at(self, seconds: float, tier: float = 0) -> Point | None:
        """Return where the run was with a tier after so many seconds; None before there was anything."""
        return next((item for item in reversed(self.curve) if item.tier == tier and item.seconds <= seconds), None)

    def standing(self, tier: float, moment: float) -> tuple[int | None, int | None]:
        """Return value and bound of a tier at a moment, None for what was not there.

        From the limit on, and when the run had ended, it is what its files say: whoever waits that long has them. A run
        that ended far beyond its limit is taken as it was at the moment. A value counts when a roster was judged.
        """
        over = self.seconds is not None and self.seconds <= moment
        goal = next((item for item in self.goals if item.tier == tier), None)
        if goal is not None and (over or (moment >= self.limit and self.in_time)):
            return goal.value, goal.bound
        point = self.at(moment, tier)
        return (None, None) if point is None else (point.value if self.goals else None, point.bound)

    def proven_after(self) -> float | None:
        """Return the seconds until everything was proven; None if it is not."""
        if not self.goals or not all(goal.proven for goal in self.goals):
            return None
        moments = [self._proven(goal.tier) for goal in self.goals if any(item.tier == goal.tier for item in self.curve)]
        return max((self.seconds or 0.0 if item is None else item for item in moments), default=self.seconds)

    def _proven(self, tier: float) -> float | None:
        """Return when value and bound of a tier met, as far as it was told."""
        mine = (item for item in self.curve if item.tier == tier and item.value == item.bound is not None)
        return next((item.seconds for item in mine), None)


def late(limit: float) -> float:
    """Return how many seconds more than its limit a run may take: one, or a twentieth."""
    return max(1.0, limit / 20)


def thinned(curve: Iterable[Point]) -> tuple[Point, ...]:
    """Return a curve without points that lie too close to be seen; the first and the last of each tier stay."""
    kept: list[Point] = []
    for item in curve:
        close = (
            len(kept) > 1
            and kept[-1].tier == kept[-2].tier == item.tier
            and item.seconds < DENSITY * kept[-2].seconds
            and kept[-2].value is not None
        )
        if close:
            kept[-1] = item
        else:
            kept.append(item)
    return tuple(kept)


@dataclass
class Results:
    """All that was measured.

    Attributes
    ----------
    runs
        Contenders on cases.
    phases
        By case, the seconds of each phase of poolmatch and its most memory.
    others
        Other measurements: figures by name.
    origin
        Versions, and what kind of machine it was.
    """

    runs: list[Run] = field(default_factory=list)
    phases: dict[str, dict[str, float]] = field(default_factory=dict)
    others: dict[str, dict[str, Any]] = field(default_factory=dict)
    origin: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def from_json(cls, text: str) -> Results:
        """Return the results of a JSON document."""
        data = json.loads(text)
        runs = [
            Run(
                **{"clock": "problem"}
                | row
                | {
                    "goals": tuple(Goal(**goal) for goal in row["goals"]),
                    "curve": tuple(Point(*point) for point in row["curve"]),
                }
            )
            for row in data["runs"]
        ]
        return cls(runs, data["phases"], data["others"], data["origin"])

    def to_json(self) -> str:
        """Return the results as a JSON document with a line for each run."""
        runs = []
        for run in sorted(self.runs, key=lambda item: item.key):
            curve = [[item.seconds, item.tier, item.value, item.bound] for item in run.curve]
            runs.append(json.dumps(asdict(run) | {"curve": curve}, ensure_ascii=False))
        parts = {"origin": self.origin, "others": self.others, "phases": self.phases}
        head = json.dumps(parts, indent=1, ensure_ascii=False).removesuffix("\n}")
        return head + ',\n "runs": [\n  ' + ",\n  ".join(runs) + "\n ]\n}\n"

    def with_later(self, later: Results) -> Results:
        """Return these results, with later ones in the place of those of the same case, contender and seed."""
        runs = {run.key: run for run in (*self.runs, *later.runs)}
        return Results(
            list(runs.values()), self.phases | later.phases, self.others | later.others, later.origin or self.origin
        )

    def of(self, case: str, contender: str) -> list[Run]:
        """Return the runs of a contender on a case."""
        return [run for run in self.runs if (run.case, run.contender) == (case, contender)]

    def best_bound(self, case: str, seed: int) -> int | None:
        """Return the best bound that anyone proved of a weighted sum; None when there is none."""
        mine = (run.bound for run in self.runs if (run.case, run.seed) == (case, seed) and run.outcome != "error")
        return max((bound for bound in mine if bound is not None), default=None)


def commit() -> str:
    """Return the commit that is checked out, with a + when files are other than in it; nothing outside a repository."""
    told = ["git", "describe", "--always", "--abbrev=7", "--dirty=+", "--exclude=*"]
    done = subprocess.run(told, cwd=Path(__file__).parent, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def origin() -> dict[str, Any]:
    """Return what the figures stand on: versions, and what kind of machine this is."""
    machine = {"system": platform.system(), "machine": platform.machine(), "processors": os.cpu_count()}
    return {"versions": dict(versions()), "machine": machine}


def read(path: Path = LATEST) -> Results:
    """Return the results that a file holds; none when there is no file."""
    return Results.from_json(path.read_text("utf-8")) if path.exists() else Results()


def committed(path: Path = LATEST) -> Results:
    """Return the results that were last committed; outside a repository, those of the file."""
    show = ["git", "show", f"HEAD:./{path.name}"]
    if not path.parent.exists():
        return Results()
    done = subprocess.run(show, cwd=path.parent, capture_output=True, text=True, check=False)
    return Results.from_json(done.stdout) if done.returncode == 0 else read(path)
