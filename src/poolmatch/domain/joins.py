"""Every join between tables: which columns must stand elsewhere to mean anything, and what is said where they do not.

A rule that looks for what nobody wrote finds nothing, and its silence looks like consent. So each column that names
something is in one of three lists: it refers to ids of a table (`poolmatch.domain.row.references`; an unknown id is an
error), it stands in `JOINS`, or `UNJOINED` says why nothing is matched with it. A test walks through all columns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from poolmatch.issues import Message
from poolmatch.messages import joins as said

NumberedRows = Sequence[tuple[int, Any]]
NumberedTables = Mapping[str, NumberedRows]


@dataclass(frozen=True)
class Join:
    """Columns whose values must stand in columns of another table.

    Attributes
    ----------
    asks
        Table and columns that are looked at, such as ``pins.meeting+seat``. Of several columns the last is at fault;
        where the others stand nowhere there, that is told by another join.
    stands
        Tables or views, and as many columns, in any of which the values may stand.
    message
        What is said.
    after
        Table that must have rows: where it is empty, that is the cause, and is told.
    hint
        Whether the nearest of the values that do stand there is named.
    where
        Whether the join holds in these tables.
    blank
        Column that must be blank for the join to hold.
    """

    asks: str
    stands: tuple[str, ...]
    message: Message
    after: str = "meetings"
    hint: bool = False
    where: Callable[[NumberedTables], bool] = lambda _: True
    blank: str = ""

    @property
    def table(self) -> str:
        """Table that is looked at."""
        return self.asks.partition(".")[0]

    @property
    def column(self) -> str:
        """Column that is at fault."""
        return columns_of(self.asks)[-1]


def columns_of(side: str) -> tuple[str, ...]:
    """Return the columns of one side of a join, such as ``pins.meeting+seat``."""
    return tuple(side.partition(".")[2].split("+"))


def _everybody_names_regions(tables: NumberedTables) -> bool:
    people, serving = (
        {getattr(row, "facilitator", None) for _, row in tables[name]} for name in ("facilitators", "serves")
    )
    return people <= serving


JOINS = (
    Join(
        "ties.theme",
        ("meetings.theme",),
        said.THEME_OF_TIE,
        hint=True,
    ),
    *(
        Join(
            f"{table}.series",
            ("meetings.series", "duties.series"),
            said.NO_SERIES,
            after="",
            hint=True,
        )
        for table in ("ties", "waivers", "spacing")
    ),
    Join(
        "waivers.facilitator+organisation",
        ("relations.facilitator+organisation",),
        said.NOT_TIED,
        after="",
    ),
    Join("waivers.meeting+party", ("parties.meeting+organisation",), said.NO_STAKE_OF_WAIVER, after=""),
    Join("waivers.series+party", ("parties.series+organisation",), said.NO_STAKE_OF_WAIVER, after=""),
    Join(
        "strikes.organisation",
        ("parties.organisation",),
        said.NO_STAKE_OF_STRIKE,
        after="",
        blank="meeting",
    ),
    Join("strikes.meeting+organisation", ("parties.meeting+organisation",), said.NO_STAKE_OF_STRIKE, after=""),
    Join("preferences.theme", ("meetings.theme",), said.PREFERRED_THEME),
    Join("preferences.region", ("meetings.region",), said.PREFERRED_REGION),
    Join(
        "preferences.organisation",
        ("stakes.organisation", "duties.organisation"),
        said.PREFERRED_ORGANISATION,
    ),
    Join(
        "requirements.skill",
        ("skills.skill",),
        said.NOBODY_HAS_SKILL,
        after="facilitators",
        hint=True,
    ),
    Join("skills.skill", ("requirements.skill",), said.NOTHING_ASKS_SKILL),
    Join("serves.region", ("meetings.region",), said.SERVED_REGION),
    Join(
        "meetings.region",
        ("serves.region",),
        said.NOBODY_SERVES,
        after="facilitators",
        hint=True,
        where=_everybody_names_regions,
    ),
    *(
        Join(
            f"{table}.role",
            ("facilitators.roles",),
            said.NOBODYS_ROLE,
            after="facilitators",
        )
        for table in ("seats", "duties")
    ),
    *(
        Join(
            f"{table}.meeting+seat",
            ("places.meeting+seat",),
            said.NO_SUCH_SEAT,
            after="",
            hint=True,
        )
        for table in ("requirements", "pins")
    ),
    Join("history.facilitator", ("facilitators.facilitator",), said.HISTORY_PERSON, after=""),
    Join(
        "history.organisations",
        ("organisations.organisation",),
        said.HISTORY_PARTY,
        after="",
    ),
    Join(
        "history.series+seat",
        ("continued.series+seat",),
        said.HISTORY_SEAT,
        hint=True,
    ),
    Join("published.facilitator", ("facilitators.facilitator",), said.TOLD_PERSON, after=""),
    Join("published.meeting", ("places.meeting",), said.TOLD_MEETING, after=""),
    Join("published.meeting+seat", ("places.meeting+seat",), said.TOLD_SEAT, after=""),
)

UNJOINED: Mapping[str, str] = {
    "period.name": "for people to read",
    "period.timezone": "a name of the IANA list",
    "organisations.name": "for people to read",
    "organisations.kind": "for people to read",
    "organisations.region": "for people to read",
    "facilitators.name": "for people to read",
    "facilitators.region": "stands for a place where a home has no point; unlike other regions it is a usual thing",
    "meetings.title": "for people to read",
    "availability.rrule": "a rule of its own",
    "availability.except": "days",
    "ties.kind": "the policy says which kinds there are",
    "history.meeting": "past, so that it stands nowhere here",
    "history.series": "may have ended",
}
"""Columns of text that need stand nowhere else, and why."""
