"""Small problems, readably: March 2026 in Amsterdam, one deciding party, one lead seat per meeting, nobody tied to it.

1 March 2026 is a Sunday; ISO week 10 runs from Monday 2 to Sunday 8 March. The clock goes from 02:00 to 03:00 on
Sunday 29 March: local time is one hour ahead of UTC before, two hours after.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from poolmatch import Problem, Roster
from poolmatch.arrays import Arrays
from poolmatch.checking import check
from poolmatch.domain.roster import RosterRow
from poolmatch.eligibility import eligibility
from poolmatch.ruleset import STANDARD_RULES, RuleSet
from poolmatch.testing import check_rule

Cells = Mapping[str, Any]
Holders = Mapping[str | tuple[str, str], str | None]

MARCH = {"name": "March 2026", "start": "2026-03-01", "end": "2026-03-31", "timezone": "Europe/Amsterdam"}
PARTY, EMPLOYER = "Town", "Elsewhere"


def meeting(name: str = "M1", start: str = "2026-03-05 19:30", end: str = "2026-03-05 21:30", **cells: Any) -> Cells:
    """Return a meeting; by default Thursday evening 5 March, two hours."""
    return {"meeting": name, "start": start, "end": end, **cells}


def facilitator(name: str = "F1", **cells: Any) -> Cells:
    """Return a facilitator who works for an organisation that has no stake."""
    return {"facilitator": name, "name": name, "organisation": EMPLOYER, **cells}


def problem(
    meetings: Sequence[Cells] = (meeting(),),
    facilitators: Sequence[str | Cells] = ("F1",),
    stakes: Mapping[str, Mapping[str, str]] | None = None,
    seats: Sequence[Cells] = (),
    period: Cells = MARCH,
    **tables: Any,
) -> Problem:
    """Return a problem.

    Parameters
    ----------
    meetings, facilitators
        Rows; of a facilitator the id is enough.
    stakes
        By meeting: grade by organisation. A meeting that is not named is decided by the town.
    seats
        Rows. A meeting that is not named has one required seat "lead" with role lead.
    tables
        Rows of other tables. Organisations that are named anywhere are added.
    """
    stakes = stakes or {}
    people = [facilitator(row) if isinstance(row, str) else row for row in facilitators]
    seated = {row["meeting"] for row in seats}
    names = [row["meeting"] for row in meetings]
    rows: dict[str, Any] = {
        "meetings": meetings,
        "facilitators": people,
        "stakes": [
            {"meeting": name, "organisation": party, "grade": grade}
            for name in names
            for party, grade in stakes.get(name, {PARTY: "decider"}).items()
        ],
        "seats": [*seats, *({"meeting": name, "seat": "lead", "role": "lead"} for name in names if name not in seated)],
        **tables,
    }
    rows["organisations"] = [{"organisation": name, "name": name} for name in dict.fromkeys(_organisations(rows))]
    return Problem(period=period, **rows)


def _organisations(tables: Mapping[str, Iterable[Cells]]) -> Iterator[str]:
    yield from (PARTY, EMPLOYER)
    for rows in tables.values():
        for row in rows:
            yield from (row[column] for column in ("organisation", "source", "target", "party") if row.get(column))


def roster(holders: Holders) -> Roster:
    """Return a roster; a key is a meeting (its seat "lead") or a meeting and a seat."""
    keys = {key if isinstance(key, tuple) else (key, "lead"): name for key, name in holders.items()}
    return Roster(rows=tuple(RosterRow(meeting=m, seat=s, facilitator=name) for (m, s), name in keys.items()))


# --- asking rules through every door -----------------------------------------------------------------------


def out(
    problem: Problem, who: str = "F1", where: str = "M1", seat: str = "lead", rules: RuleSet = STANDARD_RULES
) -> set[str]:
    """Return the eligibility rules that put someone out for a seat; `check` and the candidates must say the same."""
    ids = {rule.id for rule in rules.eligibility}
    found = {item.rule for item in check(problem, roster({(where, seat): who}), rules).violations} & ids
    world = Arrays(problem)
    candidates = eligibility(world, rules).candidates
    possible = bool(len(candidates.find(world.positions[who], world.seat_positions[where, seat])))
    assert possible == (not found), f"check says {found or 'nothing'}, but candidate: {possible}"
    for rule in rules.eligibility:
        check_rule(rule, problem)
    return found


def breaks(rule: str, problem: Problem, holders: Holders, rules: RuleSet = STANDARD_RULES) -> bool:
    """Tell whether `check` says that a roster breaks a constraint; the rule's model must agree, on every roster."""
    check_rule(rules[rule], problem)
    return bool(check(problem, roster(holders), rules).by_rule[rule])


def penalty(rule: str, problem: Problem, holders: Holders, rules: RuleSet = STANDARD_RULES) -> int:
    """Return what a roster costs by a preference, in the rule's units; the rule's model must agree, on every roster."""
    check_rule(rules[rule], problem)
    return sum(item.penalty for item in check(problem, roster(holders), rules).by_rule[rule])
