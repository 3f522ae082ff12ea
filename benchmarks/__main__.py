"""Measures poolmatch beside others: ``python -m benchmarks [CASE …] [--seeds 1 2 3] [--peers …] [--limit SECONDS]``.

A case is solved in the default mode, or in mode ``weighted`` where its name says so, by poolmatch on the command line
and by others, each in a process of its own from the files of the problem to those of the roster. Writes
``benchmarks/results/latest.json``, a picture of each case and README's table, prints all tables, and says what is
better or worse than in the last committed results. ``smoke`` runs tiny cases in less than a minute and leaves the
results alone; ``table`` shows what was measured last; ``library`` and ``verify`` are commands of `benchmarks.library`.
Figures of different machines do not compare; ratios within one run do.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.cases.registry import CASES, OF_POOLS, SMOKE, WEIGHTED, Case, case_of, sized
from benchmarks.contenders.instances import SCRATCH, Instance
from benchmarks.contenders.registry import CONTENDERS, run, together
from benchmarks.library import command, verify
from benchmarks.measuring import results
from benchmarks.measuring.changes import changes
from benchmarks.measuring.comparison import beside
from benchmarks.measuring.pictures import pictures
from benchmarks.measuring.processes import watched
from benchmarks.measuring.promised import promised
from benchmarks.measuring.readme import README, with_results
from benchmarks.measuring.results import Results, Run
from benchmarks.measuring.sample import importing, sample
from benchmarks.measuring.table import tables

WARM_UP = Case(sized("pools", 3, 4, 2), 1, OF_POOLS, WEIGHTED)
MOST_PHASES = 1800.0
"""Seconds that the phases of a case may take altogether."""


def of_process(module: str) -> Callable[[], dict[str, Any]]:
    """Return what runs a module that prints figures as JSON, in a process of its own."""

    def figures() -> dict[str, Any]:
        log = SCRATCH / f"{module}.txt"
        ended = watched([sys.executable, "-m", module], log, MOST_PHASES)
        if ended.code != 0:
            return {"error": ended.words}
        return dict(json.loads(log.read_text("utf-8").splitlines()[-1]))

    return figures


OTHERS: dict[str, Callable[[], dict[str, Any]]] = {
    "import": importing,
    "sample, files to checked roster and files": sample,
    "memory of 200 solves in one process": of_process("benchmarks.measuring.memory"),
}


LIBRARY: dict[str, Callable[[Sequence[str]], int]] = {"library": command.main, "verify": verify.main}
"""Commands of the library of instances."""


def phases_of(instance: Instance, ours: Run) -> dict[str, dict[str, float]]:
    """Return by case the seconds of each phase of poolmatch, and the most memory of all but solving."""
    out = instance.folder / "phases.json"
    command = [sys.executable, "-m", "benchmarks.measuring.phases", str(instance.problem_folder)]
    command += ["--case", instance.name, "--seed", str(instance.seed), "--out", str(out)]
    ended = watched(command, instance.folder / "phases.txt", MOST_PHASES)
    if ended.code != 0:
        print(f"the phases of {instance.name} cannot be measured: {ended.words}", file=sys.stderr)
        return {}
    found: dict[str, float] = json.loads(out.read_text("utf-8"))
    if ours.spent is not None:
        found["solve"] = ours.spent
    if ended.mib is not None:
        found["MiB"] = round(ended.mib, 1)
    return {instance.name: found}


def measured(
    names: Sequence[str],
    seeds: Sequence[int] | None,
    peers: Sequence[str] | None,
    limit: float | None,
    scratch: Path = SCRATCH,
    phases: bool = True,
) -> Results:
    """Run cases, and measure the phases with the first seed of each.

    Parameters
    ----------
    names
        Cases.
    seeds, peers, limit
        What to run otherwise than the case says; None is what it says.
    scratch
        Folder for what contenders read and write.
    phases
        Whether phases are measured; what fails there is told and left out.
    """
    found = Results(origin=results.origin())
    for name in names:
        case = case_of(name)
        for number, seed in enumerate(seeds or case.seeds):
            instance, runs = Instance(name, case, seed, scratch), []
            for contender in ("poolmatch", *wanted(case, peers)):
                runs.append(run(instance, contender, limit))
                _tell(runs[-1])
            found.runs += together(runs)
            if number == 0 and phases:
                found.phases |= phases_of(instance, runs[0])
    return found


def warm_up(cases: Iterable[str], peers: Sequence[str] | None, scratch: Path = SCRATCH) -> None:
    """Run all that are wanted on next to nothing: then environments are there, and what is imported is compiled."""
    instance = Instance("warm up", WARM_UP, 1, scratch)
    for name in {"poolmatch"}.union(*(wanted(case_of(case), peers) for case in cases)):
        run(instance, name)


def wanted(case: Case, peers: Sequence[str] | None) -> list[str]:
    """Return which peers run on a case: those that it has and that are asked for."""
    return [name for name in case.peers if peers is None or name in peers]


def _tell(done: Run) -> None:
    """Say on standard error how a run went."""
    bounds = ("–" if goal.bound is None else f"{goal.bound / goal.scale:g}" for goal in done.goals)
    ends = ", ".join(f"{goal.value / goal.scale:g} ≥ {bound}" for goal, bound in zip(done.goals, bounds, strict=True))
    took = "" if done.seconds is None else f" {done.seconds:.1f} s"
    print(f"{done.case}, seed {done.seed}, {done.contender}: {done.outcome}{took} {ends}{done.reason}", file=sys.stderr)


def smoke(scratch: Path = SCRATCH) -> Results:
    """Run the tiny cases, write tables and pictures into the folder ``smoke-results``, and return the results."""
    folder = scratch / "smoke-results"
    warm_up(SMOKE, None, scratch)
    found = measured(list(SMOKE), None, None, None, scratch)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "latest.json").write_text(found.to_json(), "utf-8")
    again = results.read(folder / "latest.json")
    pictures(again, folder)
    print(beside(again, SMOKE))
    print(tables(again))
    return again


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write, show and compare; return 1 when a run had an error."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    if words[:1] and words[0] in LIBRARY:
        return LIBRARY[words[0]](words[1:])
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("cases", nargs="*", metavar="CASE", help=f"smoke, table, or some of: {', '.join(CASES)}")
    parser.add_argument("--seeds", nargs="+", type=int)
    parser.add_argument(
        "--peers", nargs="*", choices=[name for name in CONTENDERS if name != "poolmatch"], default=None
    )
    parser.add_argument("--limit", type=float, help="seconds for every contender")
    parser.add_argument("--no-phases", action="store_true", help="leave out the phases of poolmatch")
    given = parser.parse_args(words)
    if given.cases == ["smoke"]:
        return any(item.outcome == "error" for item in smoke().runs)
    before = results.committed()
    latest = results.read()
    if given.cases != ["table"]:
        unknown = [name for name in given.cases if name not in CASES]
        if unknown:
            parser.error(f"no case {unknown[0]!r}; there are: {', '.join(CASES)}")
        results.LATEST.parent.mkdir(exist_ok=True)
        names = given.cases or list(CASES)
        warm_up(names, given.peers)
        for name in names:  # written after each: some take an hour
            phases = not given.no_phases
            latest = latest.with_later(measured([name], given.seeds, given.peers, given.limit, phases=phases))
            results.LATEST.write_text(latest.to_json(), "utf-8")
        if not given.cases:
            latest.others |= {name: figures() for name, figures in OTHERS.items()}
            results.LATEST.write_text(latest.to_json(), "utf-8")
            ended = watched(
                [sys.executable, "-m", "benchmarks.simulation.more_workers"], SCRATCH / "more-workers.txt", MOST_PHASES
            )
            if ended.code != 0:
                raise RuntimeError(f"more workers cannot be simulated: {ended.words}")
            latest = results.read()
    pictures(latest, results.LATEST.parent)
    README.write_text(with_results(README.read_text("utf-8"), latest), "utf-8")
    print(promised(latest), end="\n\n")
    print(beside(latest))
    print(tables(latest))
    print(changes(latest, before))
    return any(item.outcome == "error" for item in latest.runs)


if __name__ == "__main__":
    sys.exit(main())
