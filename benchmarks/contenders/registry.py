"""Who solves the cases, each in a process of its own; a further contender is one line in ``CONTENDERS``."""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from benchmarks.contenders.clock import CURVE, TIMES
from benchmarks.contenders.environments import Absent, python_of
from benchmarks.contenders.instances import BadAnswer, Instance, disagreement
from benchmarks.measuring.processes import Ended, watched
from benchmarks.measuring.results import Goal, Point, Run, commit, thinned
from poolmatch import ProblemError

WORKERS = 2
PATIENCE = 60.0
"""A contender is stopped when it takes so many seconds longer than twice its limit: reading and imports are in it."""

COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}
"""What is imported is compiled once, whatever this process was told."""


@dataclass(frozen=True)
class Contender:
    """A program that solves a case.

    Attributes
    ----------
    title
        What tables call it.
    module
        What it is, run with ``python -m`` if it reads the problem by itself.
    reads
        The problem; or, by way of `benchmarks.contenders.theirs`, the model or the numbers that are made of it.
    environment
        The environment of its own that it runs in; None is the one of poolmatch.
    needs
        Programs that must be there.
    settings
        What it is told besides.
    """

    title: str
    module: str
    reads: Literal["problem", "model", "numbers"]
    environment: str | None = None
    needs: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()


PEERS = "benchmarks.contenders.peers"
CONTENDERS: dict[str, Contender] = {
    "poolmatch": Contender("poolmatch", "benchmarks.contenders.ours", "problem"),
    "hand-written": Contender("CP-SAT, model by hand", f"{PEERS}.hand_written.peer", "problem"),
    "cpsat-whole": Contender("CP-SAT, our model, set for it", f"{PEERS}.cpsat_whole", "model"),
    "cpsat": Contender("CP-SAT, our model, as it comes", f"{PEERS}.cpsat", "model"),
    "highs": Contender("HiGHS", f"{PEERS}.highs", "model", "highs"),
    "scip": Contender("SCIP", f"{PEERS}.scip", "model", "scip"),
    "timefold": Contender("Timefold", f"{PEERS}.timefold.peer", "numbers", "timefold", ("java", "javac")),
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
    command += ["--limit", str(limit), "--seed", str(instance.seed), "--workers", str(workers)]
    # The moment comes last but for the folder: all that is made for the contender is there before its clock starts.
    command += ["--began", str(time.time()), "--out", str(folder)]
    ended = watched(command, folder / "log.txt", 2 * limit + PATIENCE, COMPILED)
    return _judged(instance, replace(empty, seconds=round(ended.seconds, 3), mib=ended.mib), folder, ended)


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
    python = None if contender.environment is None else str(python_of(contender.environment))
    files = [str(instance.problem_folder), *(["--rules", str(instance.rules_file)] if instance.rules_file else [])]
    if contender.reads == "problem":
        return [python or sys.executable, "-m", contender.module, *files, *contender.settings]
    command = [sys.executable, "-m", "benchmarks.contenders.theirs", *files, "--module", contender.module]
    command += ["--python", python] if python else []
    return command + (["--numbers"] if contender.reads == "numbers" else [])


def _judged(instance: Instance, run: Run, folder: Path, ended: Ended) -> Run:
    """Return the run with what came of it."""
    curve = curve_of(folder / CURVE)
    run = replace(run, **_times(folder), curve=thinned(curve))
    if ended.code != 0:
        what = "did not end in time" if ended.code is None else f"ended with code {ended.code}"
        return replace(run, outcome="error", reason=f"{what}: {ended.words}")
    try:
        roster = instance.roster(folder)
        if roster is None:
            return replace(run, outcome="nothing", reason="found no roster in time")
        values = instance.judged(roster)
    except (BadAnswer, ProblemError, KeyError, ValueError) as wrong:
        return replace(run, outcome="error", reason=str(wrong))
    said = _said(folder) or {point.tier: asdict(point) for point in curve}
    goals = []
    for value in values:
        known = said.get(value.tier, {"value": None, "bound": None})  # a tier that was not begun
        flaw = disagreement(value.value, known["value"], known["bound"])
        if flaw is not None:
            return replace(run, outcome="error", reason=f"tier {value.tier:g}: {flaw}")
        goals.append(Goal(value.tier, value.value, known["bound"], value.scale, known.get("unavoidable", 0)))
    return replace(run, outcome="done", goals=tuple(goals))


def _said(folder: Path) -> dict[float, dict[str, Any]]:
    """Return what poolmatch says of value and bound of each tier in its own file; nothing of others."""
    path = folder / "run.json"
    if not path.exists():
        return {}
    found = json.loads(path.read_text("utf-8"))
    goals = [found["weighted"]] if found["weighted"] else found["tiers"]
    return {goal["tier"]: goal for goal in goals}


def _times(folder: Path) -> dict[str, Any]:
    path = folder / TIMES
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
    error. The bound of a tier holds for rosters that are as good in the tiers above as its own, and only they are held
    against it.
    """
    ours = next((item for item in runs if item.contender == "poolmatch" and item.goals), None)
    known = {goal.tier: goal.unavoidable for goal in ours.goals} if ours else {}
    checked = []
    for item in runs:
        goals = tuple(replace(goal, unavoidable=known.get(goal.tier, goal.unavoidable)) for goal in item.goals)
        fresh = replace(item, goals=goals)
        flaw = next((words for other in runs if (words := beaten(item, other))), None)
        checked.append(fresh if flaw is None else replace(fresh, outcome="error", reason=flaw))
    return checked


def beaten(run: Run, other: Run) -> str | None:
    """Return which bound of a run the roster of another is below; None when there is none."""
    bounds = {goal.tier: goal.bound for goal in run.goals} or {0.0: run.bound}
    kept = {goal.tier: goal.value for goal in run.goals}
    for goal in other.goals:
        bound = bounds.get(goal.tier)
        if bound is not None and bound > goal.value:
            return f"tier {goal.tier:g}: proved a bound of {bound}; a roster of {other.contender} is worth {goal.value}"
        if goal.value > kept.get(goal.tier, goal.value - 1):
            return None  # not as good in this tier: nothing is said of it below
    return None
