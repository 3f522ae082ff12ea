"""The rows of all tables: what a `Problem` and a `Roster` are made of, and what mappings of cells become.

::

    from poolmatch import Problem
    from poolmatch.rows import Facilitator, Period

    Facilitator(facilitator="F1", name="Facilitator 1", organisation="WON")

Each has the columns of its table as attributes, and the table's name as ``table``. A row that is made by itself is
checked by itself; what it refers to is checked by the problem.

Instants of a problem are aware and in UTC, however they were given: the local date of one is
``problem.period.local_day(moment)``, and ``problem.period.local_time(moment)`` is the same instant by the local clock.
Rosters that are made or read for a problem tell local times already.
"""

from __future__ import annotations

from poolmatch.domain.calendar import Availability, Period
from poolmatch.domain.meetings import Duty, Meeting, Pin, Requirement, Seat, Slot, Spacing, Stake
from poolmatch.domain.organisations import LedgerEntry, Link, Organisation
from poolmatch.domain.past import Past, Published
from poolmatch.domain.people import Facilitator, Pairing, Preference, Serves, Skill, Strike, Tie, Waiver
from poolmatch.domain.roster import RosterRow
from poolmatch.domain.row import Row

__all__ = [
    "Availability",
    "Duty",
    "Facilitator",
    "LedgerEntry",
    "Link",
    "Meeting",
    "Organisation",
    "Pairing",
    "Past",
    "Period",
    "Pin",
    "Preference",
    "Published",
    "Requirement",
    "RosterRow",
    "Row",
    "Seat",
    "Serves",
    "Skill",
    "Slot",
    "Spacing",
    "Stake",
    "Strike",
    "Tie",
    "Waiver",
]
