"""A peer: Timefold on the same rules.

``python benchmarks/contenders/peers/timefold/peer.py NUMBERS.json --limit 60 --seed 1 --workers 2 --out FOLDER``

needs an environment with ``requirements/timefold.txt`` and a JDK from 17 on. It reads what
`benchmarks.contenders.peers.timefold.export` makes of a problem where poolmatch is installed, and writes to FOLDER:

- ``curve.jsonl``: ``{"seconds", "tier", "value", "bound"}`` for each better roster that breaks no rule, in units of
  ``Report.weighted``, over the seconds since ``--began``. Timefold proves no bounds.
- ``roster.json``: ``[{"meeting", "seat", "facilitator", "start"}]`` of the seats that are taken.

It minimises the weighted sum alone, of pools in which every meeting has one seat: tiers would need a score of as many
levels, and teams, series and slots constraints that are not written.

Timefold is written in Java, and so is the model (``PoolModel.java``). The package on PyPI brings the solver's jars; its
interface for Python, which turns Python's bytecode into Java's, starts slower and evaluates fewer moves per second, so
it is left aside. The solver runs as it comes. Its free edition searches with one thread, so each worker is a solver
with a seed of its own, and the best roster of all counts.

The limit includes building, as in ``poolmatch.solve``. Compiling the model and starting Java come before, like
imports.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Any

import jpype  # type: ignore[import-not-found]

MODEL = Path(__file__).with_name("PoolModel.java")
NO_LIMIT = 2**31 - 1
NO_HOURS = 2**62


def start_java(classes: Path) -> None:
    """Compile the model into a folder and start Java with it.

    Raises
    ------
    SystemExit
        There is no JDK, or no Timefold.
    """
    compiler = shutil.which("javac")
    package = importlib.util.find_spec("timefold.solver") if importlib.util.find_spec("timefold") else None
    if compiler is None or package is None or package.origin is None:
        raise SystemExit("this peer needs a JDK from 17 on (javac) and the package timefold")
    jars = [str(jar) for jar in Path(package.origin).parent.glob("jars/*.jar")]
    subprocess.run([compiler, "-cp", ":".join(jars), "-d", str(classes), str(MODEL)], check=True)
    jpype.startJVM(classpath=[str(classes), *jars])
    # The package's log is made for its interface for Python, which is not started here.
    jpype.JClass("org.slf4j.LoggerFactory").getLogger("ROOT").setLevel(jpype.JClass("ch.qos.logback.classic.Level").OFF)


def long_array(values: Sequence[int]) -> Any:
    return jpype.JArray(jpype.JLong)(values)


def int_array(values: Sequence[int]) -> Any:
    return jpype.JArray(jpype.JInt)(values)


def pool(numbers: dict[str, Any]) -> Any:
    """Return what ``export`` wrote as a planning problem of Java."""
    java: dict[str, Any] = {
        name: jpype.JClass(f"PoolModel${name}")
        for name in ("Hinges", "Organisation", "Facilitator", "Receipt", "Seat", "Pool")
    }

    def hinges(steps: list[list[int]]) -> Any:
        return java["Hinges"](long_array([edge for edge, _ in steps]), long_array([rate for _, rate in steps]))

    def limit(given: int | None, none: int = NO_LIMIT) -> int:
        return none if given is None else given

    weeks = 1 + max((row["week"] for row in numbers["seats"]), default=0)
    balance = hinges(numbers["balance"])
    organisations = [java["Organisation"](row["opening"], balance) for row in numbers["organisations"]]
    people = [
        java["Facilitator"](
            place,
            None if row["organisation"] is None else organisations[row["organisation"]],
            limit(row["per_day"]),
            int_array(row["per_week"] or [NO_LIMIT] * weeks),
            limit(row["meetings"]),
            limit(row["ticks"], NO_HOURS),
            hinges(row["load"]),
        )
        for place, row in enumerate(numbers["facilitators"])
    ]
    receipts = [
        java["Receipt"](place, organisations[party], minutes)
        for place, row in enumerate(numbers["seats"])
        for party, minutes in row["receipts"]
    ]
    seats = [
        java["Seat"](
            place,
            row["day"],
            row["week"],
            row["ticks"],
            row["minutes"],
            row["empty"],
            jpype.JArray(java["Facilitator"])([people[k] for k in row["eligible"]]),
            long_array(row["costs"]),
            int_array(row["apart"]),
        )
        for place, row in enumerate(numbers["seats"])
    ]

    def array(name: str, rows: list[Any]) -> Any:
        return jpype.JArray(java[name])(rows)

    return java["Pool"](array("Organisation", organisations), array("Receipt", receipts), array("Seat", seats))


def factory(seed: int) -> Any:
    """Return what makes a solver with default phases and a seed."""
    config = jpype.JClass("ai.timefold.solver.core.config.solver.SolverConfig")()
    config = (
        config.withSolutionClass(jpype.JClass("PoolModel$Pool").class_)
        .withEntityClasses(jpype.JClass("PoolModel$Seat").class_)
        .withConstraintProviderClass(jpype.JClass("PoolModel$Rules").class_)
        .withRandomSeed(jpype.JLong(seed))
    )
    return jpype.JClass("ai.timefold.solver.core.api.solver.SolverFactory").create(config)


def ending_after(seconds: float) -> Any:
    """Return settings of a solver that ends after so many seconds of solving."""
    time_spent = jpype.JClass("java.time.Duration").ofMillis(max(1, int(1000 * seconds)))
    end = jpype.JClass("ai.timefold.solver.core.config.solver.termination.TerminationConfig")()
    override = jpype.JClass("ai.timefold.solver.core.api.solver.SolverConfigOverride")()
    return override.withTerminationConfig(end.withSpentLimit(time_spent))


class Curve:
    """Writes each roster that breaks no rule and is better than all before, of any worker.

    Parameters
    ----------
    path
        Where the lines go.
    began
        Moment from which seconds count, of ``time.time``.
    """

    def __init__(self, path: Path, began: float) -> None:
        self._file = path.open("w", encoding="utf-8")
        self._began = began
        self._lock = Lock()
        self.best: int | None = None

    def note(self, hard: int, soft: int) -> None:
        """Take a new best score of a worker."""
        with self._lock:
            if hard == 0 and (self.best is None or -soft < self.best):
                self.best = -soft
                line = {"seconds": round(time.time() - self._began, 3), "tier": 0, "value": -soft, "bound": None}
                self._file.write(json.dumps(line) + "\n")
                self._file.flush()

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def listener(curve: Curve) -> Any:
    """Return a listener of a solver that tells a curve of better rosters."""

    @jpype.JImplements("ai.timefold.solver.core.api.solver.event.SolverEventListener")
    class Listener:
        @jpype.JOverride  # type: ignore[untyped-decorator]
        def bestSolutionChanged(self, event: Any) -> None:  # noqa: N802 - as Java has it
            if event.isNewBestSolutionInitialized():
                score = event.getNewBestScore()
                curve.note(int(score.hardScore()), int(score.softScore()))

    return Listener()


def main(arguments: Sequence[str] | None = None) -> None:
    """Plan a pool with Timefold."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("numbers", type=Path, help="the problem as numbers")
    parser.add_argument("--began", type=float, default=time.time(), help="moment from which the curve counts")
    parser.add_argument("--limit", type=float, default=60.0, help="seconds, building included")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    given = parser.parse_args(arguments)
    given.out.mkdir(parents=True, exist_ok=True)
    numbers = json.loads(given.numbers.read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        start_java(Path(folder))
        began = time.perf_counter()
        problem = pool(numbers)
        # Runs with different seeds have no worker in common.
        factories = [factory(given.seed * given.workers + place) for place in range(given.workers)]
        end = ending_after(given.limit - (time.perf_counter() - began))
        solvers = [item.buildSolver(end) for item in factories]
        curve = Curve(given.out / "curve.jsonl", given.began)
        for item in solvers:
            item.addEventListener(listener(curve))
        with ThreadPoolExecutor(given.workers) as threads:
            answers = list(threads.map(lambda item: item.solve(problem), solvers))
        curve.close()
        best = max(answers, key=lambda answer: (answer.getScore().hardScore(), answer.getScore().softScore()))
        takers = [int(place) for place in best.takers()]
    people = numbers["facilitators"]
    roster = [
        {name: seat[name] for name in ("meeting", "seat", "start")} | {"facilitator": people[place]["id"]}
        for seat, place in zip(numbers["seats"], takers, strict=True)
        if place >= 0
    ]
    (given.out / "roster.json").write_text(json.dumps(roster, indent=1), "utf-8")


if __name__ == "__main__":
    main()
