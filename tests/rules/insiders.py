"""Meetings on which several parties decide, people of theirs, and rules under which these may balance one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.builders import PARTY, Cells, Holders, facilitator, meeting, problem
from tests.neutrality.policies import INSIDERS

from poolmatch import STANDARD_RULES, Problem
from poolmatch.rules.balanced_team import BalancedTeamRule

BALANCED = STANDARD_RULES.plus(BalancedTeamRule()).with_policy(INSIDERS)
EMPLOYERS: Mapping[str, str] = {"F1": PARTY, "F2": "Corp", "F3": "Elsewhere", "F4": PARTY, "F5": "Corp", "F6": "Water"}
GRADES: Mapping[str, str] = {PARTY: "decider", "Corp": "decider", "School": "interest"}


def consent(who: str, party: str = "School", where: str = "M1", **cells: Any) -> Cells:
    """Return the consent of a party, by default the school, to somebody's employer."""
    row = {"facilitator": who, "organisation": EMPLOYERS[who], "meeting": where, "party": party}
    return {**row, "consented_on": "2026-03-01", **cells}


def team(
    roles: Sequence[str] = ("lead", "co"),
    people: Sequence[str] = ("F1", "F2", "F3"),
    grades: Mapping[str, str] = GRADES,
    about: Cells | None = None,
    **tables: Any,
) -> Problem:
    """Return a meeting with a seat s1, s2 … for each role; the town and the corporation decide, the school consents.

    Parameters
    ----------
    roles, people
        Roles of the seats, and ids of who is there.
    grades
        Of the parties.
    about
        More about the meeting.
    tables
        Rows of other tables; without `waivers` the school consents to everybody.
    """
    waivers = [consent(name) for name in people if EMPLOYERS[name] != "Elsewhere"]
    return problem(
        [meeting(**(about or {}))],
        [facilitator(name, organisation=EMPLOYERS[name]) for name in people],
        {"M1": grades},
        seats=[{"meeting": "M1", "seat": f"s{n}", "role": role} for n, role in enumerate(roles, 1)],
        **{"waivers": waivers, **tables},
    )


def holding(*names: str | None) -> Holders:
    """Return that these people hold s1, s2 … in this order."""
    return {("M1", f"s{n}"): name for n, name in enumerate(names, 1)}
