"""What is known of an instance: the values of the best roster, and below what no roster can be.

The best roster is the one whose values, tier by tier from the highest, are least at the first tier in which rosters
differ. A **bound of a tier** says: of all legal rosters that are worth no more in the tiers above than this record
says, none is worth less in this tier. The bound of the highest tier holds for all. So when a better roster comes, a
bound stays where the new values above it are no larger than those that it was proven for, and is dropped elsewhere.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.library.instances import LIBRARY, NoInstance
from benchmarks.measuring.results import Goal
from poolmatch import Problem, Roster

BEST_KNOWN = LIBRARY / "best_known"
"""Of each instance ``NAME.json`` is the record, and ``NAME.csv`` the roster."""


def today() -> str:
    """Return the day on which something is recorded, in UTC."""
    return f"{datetime.now(tz=UTC):%Y-%m-%d}"


class Contradiction(Exception):
    """A roster that is better than a bound says: the judge, the proof or the record is wrong."""


@dataclass(frozen=True)
class Level:
    """What is known of one tier.

    Attributes
    ----------
    goal
        Value of the best roster and proven bound, None without one.
    by, on
        Who proved the bound, and when; blank without one.
    """

    goal: Goal
    by: str = ""
    on: str = ""


@dataclass(frozen=True)
class Record:
    """What is known of an instance.

    Attributes
    ----------
    by, on
        Who found the best roster, and when (YYYY-MM-DD).
    levels
        Its tiers, the highest first; or the one of the weighted sum.
    """

    by: str
    on: str
    levels: tuple[Level, ...]

    @classmethod
    def of(cls, goals: Sequence[Goal], by: str, on: str) -> Record:
        """Return what someone found and proved at once."""
        levels = (Level(goal) if goal.bound is None else Level(goal, by, on) for goal in goals)
        return cls(by, on, tuple(levels))

    @property
    def values(self) -> tuple[int, ...]:
        """Value of each tier, in units; records of one instance are compared by them."""
        return tuple(level.goal.value for level in self.levels)


def must_compare(known: Record, goals: Sequence[Goal]) -> None:
    """Raise NoInstance where a record and a roster are not of the same tiers in the same units."""
    if [(level.goal.tier, level.goal.scale) for level in known.levels] != [(goal.tier, goal.scale) for goal in goals]:
        raise NoInstance("the rules are not those under which the best known was found: delete its record")


def contradiction(record: Record, values: Sequence[int]) -> str | None:
    """Return which bound a roster of these values is below; None when there is none."""
    for number, level in enumerate(record.levels):
        if level.goal.bound is not None and values[number] < level.goal.bound:
            return (
                f"tier {level.goal.tier:g} is worth {values[number] / level.goal.scale:g}, below the bound "
                f"{level.goal.bound / level.goal.scale:g} that {level.by} proved on {level.on}"
            )
        if values[number] > level.goal.value:
            return None  # of rosters that are worse in this tier nothing is said below it
    return None


def merged(known: Record | None, found: Record) -> Record:
    """Return the better roster of two records, with the highest bounds of both that hold for it.

    Raises
    ------
    Contradiction
        The roster of one is below a bound of the other.
    NoInstance
        They were made under different rules.
    """
    if known is None:
        return found
    must_compare(known, [level.goal for level in found.levels])
    for bounds, roster in ((known, found), (found, known)):
        flaw = contradiction(bounds, roster.values)
        if flaw is not None:
            raise Contradiction(f"the roster of {roster.by}: {flaw}")
    best, other = (found, known) if found.values < known.values else (known, found)
    levels = []
    for number, (level, beside) in enumerate(zip(best.levels, other.levels, strict=True)):
        kept, bound = level, beside.goal.bound
        if bound is not None and _holds(other, best, number) and (kept.goal.bound is None or bound > kept.goal.bound):
            kept = Level(replace(kept.goal, bound=bound), beside.by, beside.on)
        unavoidable = level.goal.unavoidable or beside.goal.unavoidable  # the same for all who say it
        levels.append(replace(kept, goal=replace(kept.goal, unavoidable=unavoidable)))
    return replace(best, levels=tuple(levels))


def _holds(bounds: Record, roster: Record, number: int) -> bool:
    """Tell whether the bound of a tier holds for a roster: it is worth no more in any tier above."""
    return all(mine <= theirs for mine, theirs in zip(roster.values[:number], bounds.values[:number], strict=True))


# --- files -------------------------------------------------------------------------------------------------


def read_record(name: str, folder: Path = BEST_KNOWN) -> Record | None:
    """Return what is known of an instance; None when nothing is."""
    path = folder / f"{name}.json"
    if not path.exists():
        return None
    data = json.loads(path.read_text("utf-8"))
    levels = tuple(Level(Goal(**row["goal"]), row["by"], row["on"]) for row in data["levels"])
    return Record(data["by"], data["on"], levels)


def write_record(name: str, record: Record, folder: Path = BEST_KNOWN) -> None:
    """Write what is known of an instance, a line for each tier."""
    lines = ",\n".join(f"  {json.dumps(asdict(level), ensure_ascii=False)}" for level in record.levels)
    head = f'"by": {json.dumps(record.by, ensure_ascii=False)}, "on": {json.dumps(record.on)}'
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(f'{{{head}, "levels": [\n{lines}\n]}}\n', "utf-8")


def write_holders(name: str, roster: Roster, problem: Problem, folder: Path = BEST_KNOWN) -> None:
    """Write the seats of a roster that are filled, and of flexible meetings when they are: all that a roster needs."""
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("meeting", "seat", "facilitator", "start"))
        for row in roster.rows:
            if row.facilitator is not None:
                start = row.start.isoformat() if row.start is not None and problem.slots_of(row.meeting) else ""
                writer.writerow((row.meeting, row.seat, row.facilitator, start))


def record(name: str, found: Record, roster: Roster, problem: Problem, folder: Path = BEST_KNOWN) -> str:
    """Keep what someone found and proved where it is better than what is known, and return what was kept, in words.

    Parameters
    ----------
    name
        The instance.
    found
        Values of the roster as judged, and the bounds that come with it.
    roster, problem
        The roster, and the problem it is one of.
    folder
        Where records are kept.

    Raises
    ------
    Contradiction, NoInstance
        As of `merged`; then nothing is kept.
    """
    known = read_record(name, folder)
    best = merged(known, found)
    if best == known:
        return "nothing better than what is known"
    write_record(name, best, folder)
    if known is not None and best.values == known.values:
        return "better bounds are kept"
    write_holders(name, roster, problem, folder)
    return "the best known roster is kept"
