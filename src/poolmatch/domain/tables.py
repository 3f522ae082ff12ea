"""The tables of a problem, as they were written: one attribute for each."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cached_property
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict

from poolmatch.domain.assembly import SCHEMA_VERSION
from poolmatch.domain.calendar import Availability, Period
from poolmatch.domain.meetings import Duty, Meeting, Pin, Requirement, Seat, Slot, Spacing, Stake
from poolmatch.domain.organisations import LedgerEntry, Link, Organisation
from poolmatch.domain.past import Past, Published
from poolmatch.domain.people import Facilitator, Pairing, Preference, Serves, Skill, Strike, Tie, Waiver
from poolmatch.domain.row import Row

R = TypeVar("R")


class Tables(BaseModel):
    """All tables of a period, and what was worked out from them: they never change."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal[1] = SCHEMA_VERSION
    period: Period
    organisations: tuple[Organisation, ...] = ()
    links: tuple[Link, ...] = ()
    facilitators: tuple[Facilitator, ...] = ()
    serves: tuple[Serves, ...] = ()
    skills: tuple[Skill, ...] = ()
    ties: tuple[Tie, ...] = ()
    availability: tuple[Availability, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    slots: tuple[Slot, ...] = ()
    spacing: tuple[Spacing, ...] = ()
    duties: tuple[Duty, ...] = ()
    stakes: tuple[Stake, ...] = ()
    seats: tuple[Seat, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    strikes: tuple[Strike, ...] = ()
    pairings: tuple[Pairing, ...] = ()
    preferences: tuple[Preference, ...] = ()
    pins: tuple[Pin, ...] = ()
    history: tuple[Past, ...] = ()
    ledger: tuple[LedgerEntry, ...] = ()
    published: tuple[Published, ...] = ()

    @cached_property
    def _worked_out(self) -> dict[Hashable, Any]:
        return {}

    def memo(self, key: Hashable, build: Callable[[], R]) -> R:
        """Return what was worked out from these tables before, or work it out now."""
        if key not in self._worked_out:
            self._worked_out[key] = build()
        value: R = self._worked_out[key]
        return value

    def row_number(self, row: Row) -> int:
        """Return the data row of a row in its table, counted from 1."""
        return next(n for n, other in enumerate(getattr(self, row.table), 1) if other is row or other == row)
