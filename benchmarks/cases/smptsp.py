"""Published instances of the shift minimisation personnel task scheduling problem.

Every task is done by one qualified worker, a worker does one task at a time, and the fewest workers are wanted
(Krishnamoorthy, Ernst and Baatar, "Algorithms for large scale shift minimisation personnel task scheduling problems",
European Journal of Operational Research 219, 2012). Here a task is a meeting with one lead seat and a worker is a
facilitator. A qualification is a region that someone serves: every task is held in a region of its own. That is the
smallest table there is for it, and the rule that reads it looks at all tasks of a person at once.

A file names the tasks as ``start end`` lines after ``Jobs = n``, then after ``Qualifications = m`` a line
``k: task task …`` for each worker, tasks counted from 0. Lines with ``#`` are comments.

``python -m benchmarks.cases.smptsp FOLDER --limit 60 --seeds 1`` solves every ``.dat`` file of a folder and prints a
table.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from poolmatch.domain.people import Serves
from poolmatch.domain.problem import Problem
from poolmatch.rules.few_people import FewPeopleRule
from poolmatch.rules.fill_seats import FillSeatsRule
from poolmatch.rules.no_double_booking import NoDoubleBookingRule
from poolmatch.rules.one_per_seat import OnePerSeatRule
from poolmatch.rules.region import RegionRule
from poolmatch.ruleset import RuleSet

RULES = RuleSet("smptsp", 1, (RegionRule(), OnePerSeatRule(), NoDoubleBookingRule(), FillSeatsRule(), FewPeopleRule()))
"""Tiers: every task is done, and then by few people."""
WEIGHTED = RULES.weighted()
"""One sum: a task that is not done costs as much as four thousand people."""
BEST_KNOWN: Mapping[str, int] = {
    "data_1_23_40_66": 20,
    "data_12_49_119_33": 40,
    "data_23_74_180_66": 60,
    "data_34_152_240_33": 120,
    "data_45_67_420_33": 61,
    "data_56_163_500_66": 141,
    "data_67_371_600_66": 300,
    "data_78_199_688_66": 163,
    "data_89_88_788_33": 75,
    "data_100_194_956_66": 162,
    "data_111_155_1211_33": 145,
    "data_133_211_1647_33": 196,
}
"""Workers by instance: the best of a SAT approach after 1,800 s (V. Mayer-Eichberger, github.com/vale1410/SMPTSP)."""
DAY = datetime(2026, 1, 1)  # noqa: DTZ001  (local time of the period)
PLACE = {"lat": 52.0, "lon": 5.0}
"""Everyone and everything is at one place: nobody travels."""
NOTHING = "nothing"
"""Region of a worker without a qualification: who serves no region at all would serve every one."""


@dataclass(frozen=True)
class Instance:
    """What a file holds.

    Attributes
    ----------
    tasks
        Start and end of each task, in minutes.
    qualified
        The tasks, counted from 0, that each worker can do.
    """

    tasks: list[tuple[int, int]]
    qualified: list[list[int]]

    @property
    def lower_bound(self) -> int:
        """Largest number of simultaneous tasks; tasks that touch are not simultaneous."""
        steps = sorted([(end, -1) for _, end in self.tasks] + [(start, 1) for start, _ in self.tasks])
        most = now = 0
        for _, step in steps:
            now += step
            most = max(most, now)
        return most


def parse(path: str | Path) -> Instance:
    """Return what a file holds.

    Raises
    ------
    ValueError
        A heading or a line is missing, a line holds something else, or a task ends before it begins.
    """
    text = Path(path).read_text(encoding="utf-8")
    lines = iter([line for line in text.splitlines() if line.strip() and not line.startswith("#")])
    tasks = []
    for _ in range(_heading(lines, "Jobs")):
        start, end = map(int, _line(lines, "a task").split())
        if end <= start:
            raise ValueError(f"a task from {start} to {end} takes no time")
        tasks.append((start, end))
    qualified = []
    for worker in range(_heading(lines, "Qualifications")):
        count, _, listed = _line(lines, "a worker").partition(":")
        mine = [int(task) for task in listed.split()]
        if len(set(mine)) != int(count) or not all(0 <= task < len(tasks) for task in mine):
            raise ValueError(
                f"worker {worker} does not have {int(count)} different tasks of the {len(tasks)} there are"
            )
        qualified.append(mine)
    return Instance(tasks, qualified)


def _line(lines: Iterator[str], what: str) -> str:
    line = next(lines, None)
    if line is None:
        raise ValueError(f"the file ends where {what} was expected")
    return line


def _heading(lines: Iterator[str], name: str) -> int:
    """Return the number of a heading, such as 40 of ``Jobs = 40``; other headings before it are passed over."""
    while True:
        key, _, number = _line(lines, f"{name} =").partition("=")
        if key.strip() == name:
            return int(number)


def task_id(task: int) -> str:
    """Return the id of the meeting that a task is: ``t0012``."""
    return f"t{task:04}"


def worker_id(worker: int) -> str:
    """Return the id of the facilitator that a worker is: ``w0012``."""
    return f"w{worker:04}"


def problem(instance: Instance) -> Problem:
    """Return an instance as a problem; minutes are counted from midnight of the first day of the period."""
    days = max((end for _, end in instance.tasks), default=0) // (24 * 60) + 1
    tasks = [task_id(task) for task in range(len(instance.tasks))]
    cells: dict[str, Any] = {
        "period": {
            "name": "SMPTSP",
            "start": f"{DAY:%Y-%m-%d}",
            "end": f"{DAY + timedelta(days=days - 1):%Y-%m-%d}",
            "timezone": "UTC",
        },
        "organisations": [{"organisation": "pool", "name": "pool"}],
        "facilitators": [
            {"facilitator": worker_id(worker), "name": worker_id(worker), "organisation": "pool", **PLACE}
            for worker in range(len(instance.qualified))
        ],
        "serves": list(_serves(instance, tasks)),
        "meetings": [
            {"meeting": name, "start": _clock(start), "end": _clock(end), "region": name, **PLACE}
            for name, (start, end) in zip(tasks, instance.tasks, strict=True)
        ],
        "stakes": [],
        "seats": [{"meeting": name, "seat": "lead", "role": "lead"} for name in tasks],
    }
    return Problem.model_validate(cells)


def _serves(instance: Instance, regions: Sequence[str]) -> Iterator[Serves]:
    """Yield a row for each qualification, ready made: judging so many cells takes longer than all else.

    What that would find is known here: the ids are our own, and `parse` has seen that the tasks are there.
    """
    for worker, mine in enumerate(instance.qualified):
        name = worker_id(worker)
        for region in [regions[task] for task in mine] or [NOTHING]:
            yield Serves.model_construct({"facilitator", "region"}, facilitator=name, region=region)


def _clock(minute: int) -> str:
    return f"{DAY + timedelta(minutes=minute):%Y-%m-%d %H:%M}"


def read(path: str | Path) -> Problem:
    """Return the instance in a file as a problem. Raises as `parse`."""
    return problem(parse(path))


# --- the table ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """What one run of `solve` gave.

    Attributes
    ----------
    workers
        How many people the roster needs.
    empty
        How many tasks are not done.
    seconds
        When the roster was found, from the start of `solve` on; the whole run where nothing was told on the way.
    status
        OPTIMAL or FEASIBLE, of the sum.
    legal
        Whether `check` finds nothing wrong with the roster, and every task is done by who can do it.
    """

    workers: int
    empty: int
    seconds: float
    status: str
    legal: bool


def run(instance: Instance, case: Problem, limit: float, seed: int) -> Outcome:
    """Solve an instance once, with two threads, and look at the roster again without the rules.

    Parameters
    ----------
    instance
        What the file holds.
    case
        The same as a problem; see `problem`.
    limit
        Seconds.
    seed
        Of `solve`.
    """
    from poolmatch import check, solve

    moments: list[float] = []
    least = float("inf")

    def note(progress: Any) -> None:
        nonlocal least
        if progress.value < least:
            least = progress.value
            moments.append(progress.seconds)

    result = solve(case, WEIGHTED, time_limit=limit, seed=seed, workers=2, on_progress=note)
    done = {row.meeting: row.facilitator for row in result.roster.rows if row.facilitator}
    legal = check(case, result.roster, WEIGHTED).legal and fits(instance, done)
    seconds = moments[-1] if moments else result.runtime
    return Outcome(len({*done.values()}), len(instance.tasks) - len(done), seconds, result.status.value, legal)


def fits(instance: Instance, done: Mapping[str, str]) -> bool:
    """Tell whether who does a task can do it, and nobody does two tasks at a time.

    Parameters
    ----------
    instance
        What the file holds.
    done
        Worker by task, as ids.
    """
    workers = {worker_id(worker): worker for worker in range(len(instance.qualified))}
    at: dict[str, list[tuple[int, int]]] = {}
    for task, span in enumerate(instance.tasks):
        name = done.get(task_id(task))
        if name is None:
            continue
        if task not in instance.qualified[workers[name]]:
            return False
        at.setdefault(name, []).append(span)
    return all(before[1] <= after[0] for spans in at.values() for before, after in pairwise(sorted(spans)))


def table(folder: Path, limit: float, seeds: Sequence[int]) -> Iterator[str]:
    """Yield the lines of the table, each when it is known: a file is solved once for each seed."""
    yield f"{'file':24} {'workers × tasks':>15} {'candidates':>10} {'bound':>5} {'best known':>10}  seed: poolmatch"
    against: Counter[str] = Counter()
    for path in sorted(folder.glob("*.dat"), key=lambda path: path.stat().st_size):
        instance = parse(path)
        case = problem(instance)
        candidates = sum(map(len, instance.qualified))
        known = BEST_KNOWN.get(path.stem)
        size = f"{len(instance.qualified)} × {len(instance.tasks)}"
        head = f"{path.stem:24} {size:>15} {candidates:10,} {instance.lower_bound:5} {known or '–':>10}"
        for seed in seeds:
            found = run(instance, case, limit, seed)
            empty = f", {found.empty} tasks not done" if found.empty else ""
            legal = "legal" if found.legal else "ILLEGAL"
            yield f"{head}  {seed}: {found.workers}{empty} at {found.seconds:.1f} s, {found.status}, {legal}"
            best = known or instance.lower_bound  # where no roster is known, the bound
            whole = found.legal and not found.empty
            against["at the best known or better"] += whole and found.workers <= best
            against["within 3 %"] += whole and found.workers <= 1.03 * best
            against["runs"] += 1
    yield ", ".join(f"{name}: {count}" for name, count in against.items())


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cases.smptsp", description="Solve published instances.")
    parser.add_argument("folder", type=Path, help="folder with .dat files")
    parser.add_argument("--limit", type=float, default=60.0, help="seconds for each run; default 60")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1], help="one run for each; default 1")
    given = parser.parse_args(arguments)
    for line in table(given.folder, given.limit, given.seeds):
        print(line, flush=True)


if __name__ == "__main__":
    main()
