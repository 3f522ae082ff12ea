"""From a tie along dated links to the parties of a meeting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from poolmatch.domain.people import Tie
from poolmatch.domain.problem import Problem
from poolmatch.neutrality.policy import ENDED, Form, PolicyRow

MAX_LINKS = 3
GROUP_KINDS = frozenset({"controls", "unit_of"})
ONCE_KINDS = frozenset({"affiliate", "joint_venture", "funds", "member_of"})
"""Kinds of link of which a chain holds at most one."""
OPEN, CLOSED = date.min, date.max
"""Days that stand for an open start and an open end."""


class Step(NamedTuple):
    """A link as it is walked along: forward from source to target, or back."""

    kind: str
    forward: bool


class Chain(NamedTuple):
    """Where links lead from an organisation: the organisations in order, the steps, and the days on which all hold."""

    organisations: tuple[str, ...]
    steps: tuple[Step, ...]
    first: date
    last: date


def form_of(steps: Sequence[Step]) -> Form | None:
    """Return the form of a chain, None for one that no policy row can name: a membership that is not its end."""
    once = [place for place, step in enumerate(steps) if step.kind in ONCE_KINDS]
    if not once:
        return "group" if steps else "none"
    kind = steps[once[0]].kind
    if kind == "member_of":
        return "membership" if once[0] == len(steps) - 1 else None
    return "funds" if kind == "funds" else "affiliate"


def chains(problem: Problem, organisation: str, day: date | None = None) -> Iterator[Chain]:
    """Yield every chain from an organisation: itself first, then along at most three links, no organisation twice.

    Parameters
    ----------
    problem
        The problem whose links are followed.
    organisation
        The tied organisation.
    day
        Only chains that hold on this day; None is any chain that holds on some day.
    """

    def follow(chain: Chain) -> Iterator[Chain]:
        yield chain
        if len(chain.steps) == MAX_LINKS:
            return
        here = chain.organisations[-1]
        spent = any(step.kind in ONCE_KINDS for step in chain.steps)
        for link in problem.links_at(here):
            forward = link.source == here
            if (spent and link.kind in ONCE_KINDS) or (link.kind == "member_of" and not forward):
                continue  # a membership carries from the member to the umbrella only
            there = link.target if forward else link.source
            first, last = max(chain.first, link.start or OPEN), min(chain.last, link.end or CLOSED)
            if there not in chain.organisations and first <= last and (day is None or first <= day <= last):
                yield from follow(
                    Chain((*chain.organisations, there), (*chain.steps, Step(link.kind, forward)), first, last)
                )

    return follow(Chain((organisation,), (), OPEN, CLOSED))


class Window(NamedTuple):
    """Days on which a policy row counts a tie, and whether the tie has ended by then."""

    first: date
    last: date
    ended: bool


def years_later(day: date, years: int) -> date:
    """Return the same calendar day a number of years later; 29 February becomes 28 where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def windows(row: PolicyRow, tie: Tie) -> Iterator[Window]:
    """Yield the days on which a row counts a tie: while it is active, and for the row's look-back after its end.

    A `former_employee` whose last day is still to come is an employee.
    """
    kind = "employee" if tie.kind == "former_employee" else tie.kind
    if kind in row.ties:
        yield Window(tie.start or OPEN, tie.end or CLOSED, False)
    counted = kind in row.ties or ENDED + kind in row.ties or tie.kind in row.ties
    if tie.end is None or not counted or row.look_back == 0:
        return
    last = CLOSED if row.look_back == "unlimited" else years_later(tie.end, row.look_back)
    yield Window(tie.end + timedelta(days=1), last, True)
