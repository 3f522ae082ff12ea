"""Anybody's roster of an instance, judged: ``python -m benchmarks verify FILE [--instance NAME] [--by WHO]``.

FILE is a roster as a table (CSV or workbook): columns ``meeting``, ``seat`` and ``facilitator``, and ``start`` for
flexible meetings. It is judged by `poolmatch.check`, which no solver has a part in, and held against what is known.
Exit codes: 0 the roster is legal, 1 it is illegal or below a proven bound, 2 it cannot be judged. With ``--by`` a
roster that is better than the best known takes its place.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.contenders.instances import worth
from benchmarks.library.instances import NAMES, NoInstance, made
from benchmarks.library.records import BEST_KNOWN, Record, contradiction, must_compare, read_record, record, today
from benchmarks.library.table import README, refresh
from benchmarks.measuring.results import Goal
from poolmatch import PoolmatchError, Report, check, read_roster

LABEL = "instance.json"
"""Stands beside the tables that ``python -m benchmarks library NAME --to FOLDER`` writes, and says which they are."""
LEGAL, ILLEGAL, NOT_JUDGED = 0, 1, 2
MOST_SHOWN = 10
"""So many violations are shown."""


def instance_of(file: Path) -> str:
    """Return of which instance a file is a roster: its own name says so, or the label in a folder above it.

    Raises
    ------
    NoInstance
        Neither does.
    """
    if file.stem in NAMES:
        return file.stem
    labels = [folder / LABEL for folder in file.resolve().parents]
    label = next((path for path in labels if path.exists()), None)
    if label is None:
        raise NoInstance(f"nothing says of which instance {file} is a roster: name it by --instance")
    return str(json.loads(label.read_text("utf-8"))["instance"])


def goals_of(report: Report) -> tuple[Goal, ...]:
    """Return what a roster is worth as the judge says, without bounds."""
    return tuple(Goal(item.tier, item.value, None, item.scale, 0) for item in worth(report))


def beside(goals: Sequence[Goal], known: Record | None) -> Iterator[str]:
    """Yield a line for each tier of a roster beside what is known, and a last one that says which is better."""
    if known is None:
        yield from (f"tier {goal.tier:g}: {goal.value / goal.scale:g}" for goal in goals)
        yield "nothing is known of this instance yet"
        return
    for goal, level in zip(goals, known.levels, strict=True):
        best, bound = level.goal.value / goal.scale, level.goal.bound
        proven = "no bound" if bound is None else f"bound {bound / goal.scale:g}"
        yield f"tier {goal.tier:g}: {goal.value / goal.scale:g}; best known {best:g}, {proven}"
    yield verdict(goals, known)


def verdict(goals: Sequence[Goal], known: Record) -> str:
    """Return which is better, a roster or the best known, and by how much in the first tier in which they differ."""
    for goal, best in zip(goals, known.values, strict=True):
        if goal.value != best:
            by = f"by {abs(goal.value - best) / goal.scale:g} in tier {goal.tier:g}"
            which = "better" if goal.value < best else "worse"
            return f"{which} than the best known ({known.by}, {known.on}) {by}"
    proven = all(level.goal.proven for level in known.levels)
    return f"equal to the best known ({known.by}, {known.on})" + (", which is proven to be optimal" if proven else "")


def verify(file: Path, name: str, by: str | None, folder: Path) -> int:
    """Judge a roster and print what it is worth beside what is known; return the exit code.

    Parameters
    ----------
    file
        The roster.
    name
        The instance.
    by
        Who found it; None keeps the best known as it is.
    folder
        Where records are kept.

    Raises
    ------
    NoInstance
        The instance cannot be made here, or it or its rules are no longer what they were.
    PoolmatchError
        The file cannot be read, or is of another problem.
    """
    problem, rules = made(name)
    report = check(problem, read_roster(file, problem), rules)
    known, goals = read_record(name, folder), goals_of(report)
    if known is not None:
        must_compare(known, goals)
    if not report.legal:
        print(f"{name}: ILLEGAL, {len(report.violations)} violations")
        for item in report.violations[:MOST_SHOWN]:
            print(f"  {item.rule}: {item.words.en}")
        return ILLEGAL
    print(f"{name}: legal")
    print("\n".join(beside(goals, known)))
    flaw = None if known is None else contradiction(known, [goal.value for goal in goals])
    if flaw is not None:
        print(f"ALARM: {flaw}. The judge or the proof is wrong; please tell us. Nothing is recorded.")
        return ILLEGAL
    if by is not None:
        found = Record.of(goals, by, today())
        print(record(name, found, report.roster, problem, folder))
    return LEGAL


def main(arguments: Sequence[str], folder: Path = BEST_KNOWN, page: Path = README) -> int:
    """Judge a roster, and return the exit code.

    Parameters
    ----------
    arguments
        Words after ``verify``.
    folder
        Where records are kept.
    page
        The page whose table is brought up to date when something is recorded.
    """
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks verify", description="Judge a roster of an instance of the library."
    )
    parser.add_argument("file", type=Path, help="the roster, a CSV file or workbook")
    parser.add_argument("--instance", metavar="NAME", help="of which instance, where the file does not say so itself")
    parser.add_argument("--by", metavar="WHO", help="keep it as the best known, found by WHO today, if it is better")
    given = parser.parse_args(arguments)
    try:
        code = verify(given.file, given.instance or instance_of(given.file), given.by, folder)
    except (NoInstance, PoolmatchError, OSError) as error:
        print(error, file=sys.stderr)
        return NOT_JUDGED
    if given.by is not None and code == LEGAL:
        refresh(folder, page)
    return code
