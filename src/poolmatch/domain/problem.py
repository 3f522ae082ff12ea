"""A planning problem: all tables of one period, read together and consistent."""

from __future__ import annotations

import functools
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self, TypeVar, TypeVarTuple

from pydantic import ConfigDict, ModelWrapValidatorHandler, PrivateAttr, model_validator

from poolmatch.domain.arguments import must_be
from poolmatch.domain.assembly import SCHEMA_VERSION, TABLES, assemble, in_order
from poolmatch.domain.calendar import Availability, Period, Span
from poolmatch.domain.document import parse_document
from poolmatch.domain.frozen import Departed, Frozen, departed_holders, frozen_meetings, past_issues
from poolmatch.domain.grouping import grouped
from poolmatch.domain.lookup import Lookup
from poolmatch.domain.meetings import Duty, Meeting, Pin, Requirement, Seat, Slot, Spacing, Stake
from poolmatch.domain.organisations import LedgerEntry, Link, Organisation
from poolmatch.domain.past import Past, Published
from poolmatch.domain.people import Facilitator, Pairing, Preference, Serves, Skill, Strike, Tie, Waiver
from poolmatch.errors import ProblemError
from poolmatch.issues import Issue, together
from poolmatch.messages.tables import NOT_TABLES

if TYPE_CHECKING:
    from pandas import DataFrame

R = TypeVar("R")
T = TypeVar("T")
Ts = TypeVarTuple("Ts")
Cells = Mapping[str, object]
"""The cells of a row, by column."""
Rows = Sequence[R | Cells]
"""The rows of a table, each as one of its kind or as its cells."""


def kept(function: Callable[[Problem, *Ts], T]) -> Callable[[Problem, *Ts], T]:
    """Let what a function says of a problem be worked out once: a problem never changes, and judges ask it often.

    The answer is shared by all who ask, so nobody may change it.
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @functools.wraps(function)
    def asked(problem: Problem, *about: *Ts) -> T:
        return problem.memo((name, *about), lambda: function(problem, *about))

    return asked


class Problem(Lookup):
    """A planning problem. Frozen; each attribute is a table of rows.

    Made from the rows themselves, from mappings of cells, or by ``Problem.from_frames``, ``Problem.from_json``
    and ``poolmatch.read``. Whatever it is made from is checked in full.

    Raises
    ------
    ProblemError
        With *all* issues, each with table, row, column, reason and remedy.
    """

    model_config = ConfigDict(title="poolmatch problem")

    _warnings: tuple[Issue, ...] = PrivateAttr(default=())

    if TYPE_CHECKING:  # rows are made of cells too; and what is bound in the shop window, because tables lie higher

        def __init__(
            self,
            *,
            period: Period | Cells,
            schema_version: object = SCHEMA_VERSION,
            organisations: Rows[Organisation] = (),
            links: Rows[Link] = (),
            facilitators: Rows[Facilitator] = (),
            serves: Rows[Serves] = (),
            skills: Rows[Skill] = (),
            ties: Rows[Tie] = (),
            availability: Rows[Availability] = (),
            meetings: Rows[Meeting] = (),
            slots: Rows[Slot] = (),
            spacing: Rows[Spacing] = (),
            duties: Rows[Duty] = (),
            stakes: Rows[Stake] = (),
            seats: Rows[Seat] = (),
            requirements: Rows[Requirement] = (),
            waivers: Rows[Waiver] = (),
            strikes: Rows[Strike] = (),
            pairings: Rows[Pairing] = (),
            preferences: Rows[Preference] = (),
            pins: Rows[Pin] = (),
            history: Rows[Past] = (),
            ledger: Rows[LedgerEntry] = (),
            published: Rows[Published] = (),
        ) -> None: ...
        @classmethod
        def from_frames(cls, frames: Mapping[str, DataFrame]) -> Self: ...  # noqa: D102
        def to_frames(self) -> dict[str, DataFrame]: ...  # noqa: D102

    @model_validator(mode="wrap")
    @classmethod
    def _assemble(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if isinstance(data, cls):
            return data
        if not isinstance(data, Mapping):
            raise ProblemError([NOT_TABLES.at("problem")])
        tables, issues = assemble(data)
        if any(issue.severity == "error" for issue in issues):
            raise ProblemError(issues)
        problem = handler(tables)
        problem._warnings = together(in_order([*issues, *past_issues(problem, problem.frozen)]))
        return problem

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Problem):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in TABLES)

    def __repr__(self) -> str:  # counts only: rows hold the names of people
        sizes = f"{len(self.facilitators)} facilitators, {len(self.meetings)} meetings, {len(self.meeting_seats)} seats"
        return f"<Problem {self.period.name}: {sizes}>"

    __str__ = __repr__

    def __hash__(self) -> int:
        return hash((self.period, self.meetings, self.facilitators))

    @property
    def warnings(self) -> tuple[Issue, ...]:
        """What is doubtful in the input, row by row."""
        return self._warnings

    def with_warnings(self, issues: Iterable[Issue]) -> Self:
        """Return a copy that carries these warnings, such as its own as the file calls things it was read from."""
        copy = super().model_copy()  # the tables are the same, and have been checked
        copy._warnings = together(issues)
        return copy

    def replace(self, **tables: Any) -> Self:
        """Return a problem in which the named tables are replaced, checked like any other."""
        return type(self)(**{name: getattr(self, name) for name in TABLES} | tables)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:  # noqa: ARG002
        """Return a copy with other tables; checked, and without what was worked out from the old ones."""
        return self.replace(**(update or {}))

    # --- documents ---------------------------------------------------------------------------------------

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Return the problem that a JSON document describes.

        Raises
        ------
        ProblemError
            The document is not JSON, repeats a key, holds NaN, is nested too deep, or its rows are wrong.
        """
        return cls.model_validate(parse_document(text))

    def to_json(self, indent: int | None = None) -> str:
        """Return the problem as one JSON document; without blank cells and without empty tables that may be absent."""
        document = self.model_dump(mode="json", exclude_none=True)
        kept = {k: v for k, v in document.items() if v != [] or TABLES[k].required_table}
        return json.dumps(kept, ensure_ascii=False, indent=indent)

    @cached_property
    def fingerprint(self) -> str:
        """Digest of the content: equal for equal tables, whatever the order of their rows."""
        document = self.model_dump(mode="json", exclude_none=True)
        for rows in document.values():
            if isinstance(rows, list):
                rows.sort(key=lambda row: json.dumps(row, sort_keys=True))
        text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    # --- times, and the past ------------------------------------------------------------------------------

    def times(self, meeting: Meeting) -> tuple[Span, ...]:
        """Return when a meeting may be held, in order of time: one span, one per slot if flexible, none for a duty.

        Of a past meeting that is when it was held. Slots before today are among those of a flexible meeting that is
        still to come, though no roster may choose them; `open_times` leaves them out.
        """
        was = self.frozen.get(meeting.meeting)
        if was is not None:
            return ((was.start, was.end),)
        if meeting.start is not None and meeting.end is not None:
            return ((meeting.start, meeting.end),)
        return tuple((slot.start, slot.end) for slot in self.slots_of(meeting.meeting))

    def open_times(self, meeting: Meeting) -> tuple[Span, ...]:
        """Return when a meeting may be held as of today; of a past one when it was."""
        times = self.times(meeting)
        if meeting.meeting in self.frozen:
            return times
        return tuple(span for span in times if not self.period.is_past(span[0]))

    def day(self, meeting: str, start: datetime | None = None) -> date:
        """Return the local date a meeting belongs to when it starts then; by default at its first possible start.

        A duty belongs to the first day of the period.
        """
        if start is None:
            times = self.open_times(self.meeting(meeting))
            if not times:
                return self.period.start
            start = times[0][0]
        return self.period.local_day(start)

    @cached_property
    def frozen(self) -> Mapping[str, Frozen]:
        """The meetings planned here that began before today, by id: when they were held, and by whom."""
        return frozen_meetings(self)

    @cached_property
    def departed(self) -> tuple[Departed, ...]:
        """The seats of past meetings that were held by people who are no longer in the pool."""
        return tuple(departed_holders(self, self.frozen))

    @cached_property
    def open_pins(self) -> tuple[Pin, ...]:
        """The pins that bind: those on past meetings do not."""
        return tuple(pin for pin in self.pins if pin.meeting not in self.frozen)

    @cached_property
    def _open_pins_of(self) -> Mapping[str, tuple[Pin, ...]]:
        return grouped(self.open_pins, lambda pin: pin.meeting)

    def open_pins_of(self, meeting: str) -> tuple[Pin, ...]:
        """Return the pins of a meeting or duty that bind."""
        return self._open_pins_of.get(meeting, ())

    def all_past(self, meetings: Iterable[str]) -> bool:
        """Tell whether of some meetings, at least one, none is still to come.

        Meetings that are not planned here are those of history. A duty is never past.
        """
        names = tuple(meetings)
        return bool(names) and all(name in self.frozen or name not in self.occasion_ids for name in names)


def must_be_problem(value: object) -> None:
    """Raise TypeError where ``problem`` is no problem, with what to write instead."""
    if isinstance(value, str | os.PathLike):
        remedy = "read it first, by poolmatch.read(path)"
    elif isinstance(value, Mapping):
        remedy = "write Problem(**tables), or Problem.from_frames(frames)"
    else:
        remedy = "make one by poolmatch.read(path) or Problem(...)"
    must_be(value, Problem, "problem", remedy)
