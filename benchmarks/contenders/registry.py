"""Who solves the cases, each in a process of its own; a further contender is one line in ``CONTENDERS``."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from benchmarks.contenders.environments import Absent, python_of
from benchmarks.contenders.instances import BadAnswer, Instance, disagreement
from benchmarks.measuring.processes import Ended, watched
from benchmarks.measuring.results import Goal, Point, Run, commit, thinned

WORKERS = 2
PATIENCE = 60.0
"""A contender is stopped when it takes so many seconds longer than twice its limit: reading and imports are in it."""


@dataclass(frozen=True)
class Contender:
    """A program that solves a case.

    Attributes
    ----------
    title
        What tables call it.
    module
        Run with ``python -m``.
    reads
        A problem as a JSON document, or the model that poolmatch builds.
    environment
        The environment of its own that it runs in; None is the one of poolmatch.
    needs
        Programs that must be there.
    prepares
        Module that is run with the problem in the environment of poolmatch beforehand, outside all measurement.
    """

    title: str
    module: str
    reads: Literal["problem", "model"]
    environment: str | None = None
    needs: tuple[str, ...] = ()
    prepares: str | None = None


CONTENDERS: dict[str, Contender] = {
    "poolmatch": Contender("poolmatch", "benchmarks.contenders.ours", "problem"),
    "hand-written": Contender("CP-SAT, model by hand", "benchmarks.contenders.peers.hand_written.peer", "problem"),
    "cpsat": Contender("CP-SAT, our model", "benchmarks.contenders.peers.cpsat_defaults", "model"),
    "highs": Contender("HiGHS", "benchmarks.contenders.peers.highs", "model", "highs"),
    "scip": Contender("SCIP", "benchmarks.contenders.peers.scip", "model", "scip"),
    "timefold": Contender(
        "Timefold",
        "benchmarks.contenders.peers.timefold.peer",
        "problem",
        "timefold",
        ("java", "javac"),
        "benchmarks.contenders.peers.timefold.export",
    ),
}


def run(
    instance: Instance,
    name: str,
    limit: float | None = None,
    workers: int = WORKERS,
    contenders: Mapping[str, Contender] = CONTENDERS,
) -> Run:
    """Let a contender solve an instance, and judge what it returns.

    Parameters
    ----------
    instance
        The case with its seed.
    name
        The contender.
    limit
        Seconds; None is what the case says.
    workers
        Threads.
    contenders
        All there are.
    """
    limit = instance.case.limit_of(name) if limit is None else limit
    empty = Run(instance.name, instance.seed, name, limit, "absent", commit=commit())
    folder = instance.folder / name
    try:
        command = _command(instance, contenders[name])
    except Absent as reason:
        return replace(empty, reason=str(reason))
    if name == "poolmatch":
        command += ["--case", instance.name]
    settings = ["--limit", str(limit), "--seed", str(instance.seed), "--workers", str(workers), "--out", str(folder)]
    ended = watched([*command, *settings], folder / "log.txt", 2 * limit + PATIENCE)
    return _judged(instance, replace(empty, mib=ended.mib), folder, ended)


def _command(instance: Instance, contender: Contender) -> list[str]:
    """Return the command of a contender without its settings.

    Raises
    ------
    Absent
        It cannot take part.
    """
    if find_spec(contender.module) is None:
        raise Absent(f"there is no {contender.module.replace('.', '/')}.py")
    missing = [program for program in contender.needs if shutil.which(program) is None]
    if missing:
        raise Absent(f"{' and '.join(missing)} not found")
    python = sys.executable if contender.environment is None else str(python_of(contender.environment))
    if contender.prepares is not None:
        command = [sys.executable, "-m", contender.prepares, str(instance.problem_file)]
        prepared = watched(command, instance.folder / "prepare.txt", 10 * PATIENCE)
        if prepared.code != 0:
            raise Absent(f"{contender.prepares} failed: {prepared.words}")
    file = instance.problem_file if contender.reads == "problem" else instance.model_file
    return [python, "-m", contender.module, str(file)]


def _judged(instance: Instance, run: Run, folder: Path, ended: Ended) -> Run:
    """Return the run with what came of it."""
    curve = curve_of(folder / "curve.jsonl")
    times = _times(folder)
    seconds = round(sum(times[name] for name in ("build", "solve") if name in times) or ended.seconds, 3)
    run = replace(run, seconds=seconds, curve=thinned(curve))
    if ended.code != 0:
        what = "did not end in time" if ended.code is None else f"ended with code {ended.code}"
        return replace(run, outcome="error", reason=f"{what}: {ended.words}")
    try:
        roster = instance.roster(folder)
        if roster is None:
            return replace(run, outcome="nothing", reason="found no roster in time")
        values = instance.judged(roster)
    except (BadAnswer, KeyError, ValueError) as wrong:
        return replace(run, outcome="error", reason=str(wrong))
    said: list[dict[str, Any]] = times.get("goals") or [_last(curve)]
    goals = []
    for value, known in zip(values, said, strict=True):
        flaw = disagreement(value.value, known["value"], known["bound"])
        if flaw is not None:
            return replace(run, outcome="error", reason=flaw)
        goals.append(Goal(value.tier, value.value, known["bound"], value.scale, known.get("unavoidable", 0)))
    end = Point(seconds, goals[-1].tier, goals[-1].value, goals[-1].bound)
    return replace(run, outcome="done", goals=tuple(goals), curve=thinned([*curve, end]))


def _last(curve: Sequence[Point]) -> dict[str, Any]:
    """Return what a contender claimed at last of the weighted sum."""
    return {"value": curve[-1].value, "bound": curve[-1].bound} if curve else {"value": None, "bound": None}


def _times(folder: Path) -> dict[str, Any]:
    path = folder / "times.json"
    return dict(json.loads(path.read_text("utf-8"))) if path.exists() else {}


def curve_of(path: Path) -> list[Point]:
    """Return the points of a curve that a contender wrote; a last line that was cut off is left out."""
    points = []
    for line in path.read_text("utf-8").splitlines() if path.exists() else []:
        try:
            row = json.loads(line)
        except ValueError:
            break
        points.append(Point(round(row["seconds"], 3), row.get("tier", 0), row["value"], row["bound"]))
    return points


def together(runs: Sequence[Run]) -> list[Run]:
    """Return the runs of one instance, held against one another.

    What cannot be avoided is the same for all, and poolmatch says it; a bound above a roster that somebody found is an
    error.
    """
    ours = next((item for item in runs if item.contender == "poolmatch" and item.goals), None)
    known = {goal.tier: goal.unavoidable for goal in ours.goals} if ours else {}
    # Of tiers nothing is compared: their bounds hold for rosters that are as good in the tiers above.
    best = min((goal.value for item in runs for goal in item.goals if goal.tier == 0), default=None)
    checked = []
    for item in runs:
        goals = tuple(replace(goal, unavoidable=known.get(goal.tier, goal.unavoidable)) for goal in item.goals)
        fresh = replace(item, goals=goals)
        if best is not None and item.bound is not None and item.bound > best:
            fresh = replace(fresh, outcome="error", reason=f"proved a bound of {item.bound}; a roster is worth {best}")
        checked.append(fresh)
    return checked
