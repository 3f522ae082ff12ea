"""Write of each sample a page in Dutch: what happened, and what to do about it: ``python -m tests.sample_pages``.

All of it is what the library says. A month like the sample's is solved; then whoever leads most falls ill, a tie comes
to light, and a meeting is moved, one after the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from poolmatch import Problem, Roster, read, remedies, replan, solve, why_empty_all
from poolmatch.domain.roster import RosterRow
from poolmatch.edits import Edit, MeetingMoved, PersonOut, TieAdded
from poolmatch.words import Words

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
PAGE = "wat-er-gebeurde.md"
HEAD = """# {name}: wat er gebeurde, en wat te doen

Deze pagina wordt uit de code geschreven, door `make sample`: het rooster is dat van `solve(problem, seed=1)`, en elke
zin komt van poolmatch. Mensen en bijeenkomsten zijn verzonnen.
"""
SECONDS = 120.0
"""Far more than any search of a sample takes, so that no clock decides what is written."""


def to_come(roster: Roster, day: date) -> list[RosterRow]:
    """Return what is held from a day on and has a time, in order of time."""
    held = [row for row in roster.rows if row.facilitator and row.start and row.start.date() >= day]
    return sorted(held, key=lambda row: (row.start, row.meeting, row.seat))


def days_of(problem: Problem) -> list[date]:
    """Return the days on which something happens: after a quarter, half and three quarters of the period."""
    period = problem.period
    return [period.start + timedelta(days=(period.end - period.start).days * n // 4) for n in (1, 2, 3)]


def ill(problem: Problem, roster: Roster, day: date) -> Edit:
    """Return that whoever holds most from a day on falls ill."""
    busiest = Counter(row.facilitator for row in to_come(roster, day))
    most = max(busiest.values())
    return PersonOut(min(str(name) for name, count in busiest.items() if count == most), day, problem.period.end)


def tied(problem: Problem, roster: Roster, day: date) -> Edit:
    """Return that the next who meets a party with a stake has family there."""
    heavy = ("decider", "commissioner", "interest")
    party_of = {stake.meeting: stake.organisation for stake in problem.stakes if stake.grade in heavy}
    late = next(row for row in to_come(roster, day + timedelta(days=1)) if row.meeting in party_of)
    return TieAdded(str(late.facilitator), "family", party_of[late.meeting])


def moved(problem: Problem, roster: Roster, day: date) -> Edit:
    """Return that a meeting is a day later, or a day earlier where the period is over."""
    rows = to_come(roster, day)
    last = next((row for row in rows if row.start and row.start.date() > day), rows[-1])
    assert last.start is not None
    assert last.end is not None
    back = timedelta(days=1 if last.start.date() < problem.period.end else -1)
    return MeetingMoved(last.meeting, last.start + back, last.end + back)


def told(sentences: Iterable[Words]) -> str:
    """Return sentences as the lines of a list."""
    return "".join(f"- {words.nl}\n" for words in sentences)


def page(folder: Path) -> str:
    """Return the page of a sample."""
    problem = read(folder)
    result = solve(problem, seed=1, time_limit=SECONDS, workers=1)
    parts = [HEAD.format(name=problem.period.name), "\n## Lege plaatsen\n"]
    empty = why_empty_all(result, time_limit=SECONDS)
    for item in empty:
        parts.append(f"\n### {item.meeting}, {item.seat}\n\n{told(item.words)}")
        helps = remedies(result, item.meeting, item.seat, most=2, time_limit=SECONDS)
        parts.append(f"\nWat zou helpen:\n\n{told(helps.words)}")
    if not empty:
        parts.append("\nGeen.\n")
    now, roster = problem, result.roster
    for day, happens in zip(days_of(problem), (ill, tied, moved), strict=True):
        edit = happens(now, roster, day)
        found = replan(now, roster, day, [edit], result.rules, SECONDS)
        now, roster = found.problem, found.roster
        parts.append(f"\n## {day.day}-{day.month}-{day.year}: {edit.words.nl}\n\n{told(found.words)}")
        for notice in found.notices:
            parts.append(f"\nAan {notice.facilitator}:\n\n{told(notice.words)}")
    return "".join(parts)


def main() -> None:
    """Write the page of every sample."""
    for folder in sorted(path for path in SAMPLES.iterdir() if path.is_dir()):
        (folder / PAGE).write_text(page(folder), "utf-8")


if __name__ == "__main__":
    main()
