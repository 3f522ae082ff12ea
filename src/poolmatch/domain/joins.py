"""Every join between tables: which columns must stand elsewhere to mean anything, and what is said where they do not.

A rule that looks for what nobody wrote finds nothing, and its silence looks like consent. So each column that names
something is in one of three lists: it refers to ids of a table (`poolmatch.domain.row.references`; an unknown id is an
error), it stands in `JOINS`, or `UNJOINED` says why nothing is matched with it. A test walks through all columns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

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
    reason, remedy
        Of the issue.
    after
        Table that must have rows: where it is empty, that is the cause, and is told.
    severity
        An error, or a warning.
    hint
        Whether the nearest of the values that do stand there is named.
    where
        Whether the join holds in these tables.
    blank
        Column that must be blank for the join to hold.
    """

    asks: str
    stands: tuple[str, ...]
    reason: str
    remedy: str
    after: str = "meetings"
    severity: Literal["error", "warning"] = "warning"
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


_IDLE = "correct it; nothing to do if it is kept for another period"
_NO_EFFECT = "the row has no effect: correct it, or remove it"
_GONE = "nothing to do if that is so"

JOINS = (
    Join(
        "ties.theme",
        ("meetings.theme",),
        "is the theme of no meeting here",
        f"the tie has no effect: {_IDLE}",
        hint=True,
    ),
    *(
        Join(
            f"{table}.series",
            ("meetings.series", "duties.series"),
            "is not the series of any meeting here",
            "nothing to do if it has no session in this period",
            after="",
            hint=True,
        )
        for table in ("ties", "waivers", "spacing")
    ),
    Join(
        "waivers.facilitator+organisation",
        ("relations.facilitator+organisation",),
        "is no organisation that this facilitator is tied to",
        _NO_EFFECT,
        after="",
    ),
    Join("waivers.meeting+party", ("parties.meeting+organisation",), "has no stake there", _NO_EFFECT, after=""),
    Join("waivers.series+party", ("parties.series+organisation",), "has no stake there", _NO_EFFECT, after=""),
    Join(
        "strikes.organisation",
        ("parties.organisation",),
        "has no stake there",
        _NO_EFFECT,
        after="",
        blank="meeting",
    ),
    Join("strikes.meeting+organisation", ("parties.meeting+organisation",), "has no stake there", _NO_EFFECT, after=""),
    Join("preferences.theme", ("meetings.theme",), "is the theme of no meeting here", _IDLE),
    Join("preferences.region", ("meetings.region",), "is the region of no meeting here", _IDLE),
    Join(
        "preferences.organisation",
        ("stakes.organisation", "duties.organisation"),
        "has a stake in no meeting here",
        _IDLE,
    ),
    Join(
        "requirements.skill",
        ("skills.skill",),
        "is a skill that nobody has",
        "correct it, or add it to skills",
        after="facilitators",
        hint=True,
    ),
    Join("skills.skill", ("requirements.skill",), "is a skill that nothing here asks for", _IDLE),
    Join("serves.region", ("meetings.region",), "is the region of no meeting here", _IDLE),
    Join(
        "meetings.region",
        ("serves.region",),
        "is a region that nobody serves",
        "correct it, or add it to serves",
        after="facilitators",
        hint=True,
        where=_everybody_names_regions,
    ),
    *(
        Join(
            f"{table}.role",
            ("facilitators.roles",),
            "is nobody's role",
            "correct it, or give the role to someone",
            after="facilitators",
        )
        for table in ("seats", "duties")
    ),
    *(
        Join(
            f"{table}.meeting+seat",
            ("places.meeting+seat",),
            "is not a seat of that meeting",
            "write one of its seats",
            after="",
            severity="error",
            hint=True,
        )
        for table in ("requirements", "pins")
    ),
    Join("history.facilitator", ("facilitators.facilitator",), "is no longer in the pool", _GONE, after=""),
    Join(
        "history.organisations",
        ("organisations.organisation",),
        "names an unknown organisation",
        "nothing to do if it has gone",
        after="",
    ),
    Join(
        "history.series+seat",
        ("continued.series+seat",),
        "is the name of no seat of that series here",
        "correct it, if that seat goes on here under another name: continuity goes by the name",
    ),
    Join("published.facilitator", ("facilitators.facilitator",), "is no longer in the pool", _GONE, after=""),
    Join("published.meeting", ("places.meeting",), "is no longer planned", _GONE, after=""),
    Join("published.meeting+seat", ("places.meeting+seat",), "is no longer a seat of that meeting", _GONE, after=""),
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
