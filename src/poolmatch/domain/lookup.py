"""Looking things up in the tables of a problem: by id, by meeting, by person, by series."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from poolmatch.domain.grouping import grouped
from poolmatch.domain.meetings import LEAD, Duty, Meeting, Requirement, Seat, Slot, Stake
from poolmatch.domain.past import Past
from poolmatch.domain.people import Facilitator, Tie
from poolmatch.domain.tables import Tables
from poolmatch.domain.webs import Webs
from poolmatch.errors import UnknownId
from poolmatch.messages import ids


class Lookup(Tables):
    """The tables, and what is looked up in them; nothing here knows what is past."""

    @cached_property
    def all_meetings(self) -> tuple[Meeting, ...]:
        """The meetings, then the duties: each as a meeting without a time."""
        return (*self.meetings, *(duty.as_meeting for duty in self.duties))

    @cached_property
    def meeting_seats(self) -> tuple[Seat, ...]:
        """The seats of the meetings; one that has no row in the table has one required seat, `lead`.

        Such a seat has the continuity of the seats of that name in its series.
        """
        seated = {row.meeting for row in self.seats}
        series = {row.meeting: row.series for row in self.meetings if row.series is not None}
        asked = {
            series[row.meeting]: row.continuity for row in self.seats if row.seat == LEAD and row.meeting in series
        }
        bare = (row for row in self.meetings if row.meeting not in seated)
        return (
            *self.seats,
            *(
                Seat(meeting=row.meeting, seat=LEAD, role="lead", continuity=asked.get(row.series or "", "none"))
                for row in bare
            ),
        )

    @cached_property
    def all_seats(self) -> tuple[Seat, ...]:
        """The seats of the meetings, then the one seat of each duty."""
        return (*self.meeting_seats, *(duty.as_seat for duty in self.duties))

    @cached_property
    def _duties(self) -> Mapping[str, Duty]:
        return {row.duty: row for row in self.duties}

    @cached_property
    def kind_of_duty(self) -> Mapping[str, str]:
        """The kind of each duty, which is also the name of its seat."""
        return {row.duty: row.kind for row in self.duties}

    @cached_property
    def _meetings(self) -> Mapping[str, Meeting]:
        return {row.meeting: row for row in self.all_meetings}

    @cached_property
    def _facilitators(self) -> Mapping[str, Facilitator]:
        return {row.facilitator: row for row in self.facilitators}

    @cached_property
    def _seats(self) -> Mapping[tuple[str, str], Seat]:
        return {(row.meeting, row.seat): row for row in self.all_seats}

    @cached_property
    def _seats_of(self) -> Mapping[str, tuple[Seat, ...]]:
        return grouped(self.all_seats, lambda row: row.meeting)

    @cached_property
    def _stakes_of(self) -> Mapping[str, tuple[Stake, ...]]:
        return grouped((*self.stakes, *(row for duty in self.duties for row in duty.stakes)), lambda row: row.meeting)

    @cached_property
    def _slots_of(self) -> Mapping[str, tuple[Slot, ...]]:
        return grouped(sorted(self.slots, key=lambda row: row.start), lambda row: row.meeting)

    @cached_property
    def _requirements_of(self) -> Mapping[tuple[str, str | None], tuple[Requirement, ...]]:
        """What is asked, by meeting and seat, without limits; of a duty all is asked of who takes it."""

        def place(row: Requirement) -> tuple[str, str | None]:
            duty = self._duties.get(row.meeting)
            return row.meeting, row.seat if duty is None else duty.kind

        return grouped((row for row in self.requirements if row.kind != "at_most"), place)

    @cached_property
    def _limits_of(self) -> Mapping[str, tuple[Requirement, ...]]:
        return grouped((row for row in self.requirements if row.kind == "at_most"), lambda row: row.meeting)

    def meeting(self, meeting: str) -> Meeting:
        """Return the meeting with that id; a duty as a meeting without a time.

        Raises
        ------
        UnknownId
            There is none; a KeyError.
        """
        try:
            return self._meetings[meeting]
        except (KeyError, TypeError):
            raise UnknownId.of(ids.MEETING, meeting, self._meetings) from None

    def facilitator(self, facilitator: str) -> Facilitator:
        """Return the facilitator with that id.

        Raises
        ------
        UnknownId
            There is none; a KeyError.
        """
        try:
            return self._facilitators[facilitator]
        except (KeyError, TypeError):
            raise UnknownId.of(ids.FACILITATOR, facilitator, self._facilitators, ids.NOT_IN_POOL) from None

    def seat(self, meeting: str, seat: str) -> Seat:
        """Return the seat of a meeting.

        Raises
        ------
        UnknownId
            There is no such meeting, or it has no such seat; a KeyError.
        """
        try:
            return self._seats[meeting, seat]
        except (KeyError, TypeError):
            known = [row.seat for row in self.seats_of(self.meeting(meeting).meeting)]
            raise UnknownId.of(ids.SEAT, seat, known, ids.NO_SEAT.fill(meeting=meeting)) from None

    def seats_of(self, meeting: str) -> tuple[Seat, ...]:
        """Return the seats of a meeting."""
        return self._seats_of.get(meeting, ())

    def stakes_of(self, meeting: str) -> tuple[Stake, ...]:
        """Return the parties of a meeting with their grades."""
        return self._stakes_of.get(meeting, ())

    def requirements_of(self, meeting: str, seat: str | None) -> tuple[Requirement, ...]:
        """Return what a seat asks for, or with None what the team as a whole must bring."""
        return self._requirements_of.get((meeting, seat), ())

    def limits_of(self, meeting: str) -> tuple[Requirement, ...]:
        """Return the skills that only so many people of the team of a meeting may have."""
        return self._limits_of.get(meeting, ())

    def is_duty(self, meeting: str) -> bool:
        """Tell whether that is the id of a duty: work without a time."""
        return meeting in self._duties

    def slots_of(self, meeting: str) -> tuple[Slot, ...]:
        """Return the slots of a flexible meeting in order of time; none of any other."""
        return self._slots_of.get(meeting, ())

    @cached_property
    def _series(self) -> Mapping[str, tuple[Meeting, ...]]:
        def order(row: Meeting) -> tuple[int, datetime, str]:
            start = row.start or self.slots_of(row.meeting)[0].start
            return row.session or 0, start, row.meeting

        members = sorted((row for row in self.meetings if row.series is not None), key=order)
        return grouped(members, lambda row: row.series or "")

    @property
    def series(self) -> Mapping[str, tuple[Meeting, ...]]:
        """The meetings of each series, in order of session; without sessions by their start or first slot."""
        return self._series

    def holding(self, series: str, seat: str) -> tuple[Meeting, ...]:
        """Return the meetings of a series that have a seat of that name, in order."""
        return tuple(row for row in self._series.get(series, ()) if (row.meeting, seat) in self._seats)

    @cached_property
    def continued(self) -> Mapping[tuple[str, str], tuple[Seat, ...]]:
        """Seats that ask for continuity, by series and name, in the order of their meetings."""
        asked = {
            (series, seat.seat)
            for series, members in self._series.items()
            for row in members
            for seat in self.seats_of(row.meeting)
            if seat.continuity != "none"
        }
        return {
            (series, name): tuple(self._seats[row.meeting, name] for row in self.holding(series, name))
            for series, name in sorted(asked)
        }

    @cached_property
    def _past_of_seat(self) -> Mapping[tuple[str | None, str | None], tuple[Past, ...]]:
        return grouped(self.past, lambda row: (row.series, row.seat))

    def past_sessions(self, series: str, seat: str) -> tuple[Past, ...]:
        """Return who held a seat of a series in history, the latest first; also who has left since.

        What began at one moment is ordered by the ids of meeting and person, whatever the order of the rows.
        """
        rows = list(self._past_of_seat.get((series, seat), ()))
        never = datetime.min.replace(tzinfo=UTC)
        rows.sort(key=lambda row: (row.start or never, row.meeting, row.facilitator), reverse=True)
        return tuple(rows)

    @cached_property
    def webs(self) -> Webs:
        """The links between organisations, day by day."""
        return Webs(self.links)

    @cached_property
    def _of_person(self) -> Mapping[str, Mapping[str, tuple[Any, ...]]]:
        tables = (self.skills, self.serves, self.availability, self.strikes, self.preferences, self.ties, self.waivers)
        return {rows[0].table: grouped(rows, lambda row: row.facilitator) for rows in tables if rows}

    def about(self, facilitator: str, table: str) -> tuple[Any, ...]:
        """Return the rows about a facilitator of a table: skills, serves, availability, strikes, ties and the like."""
        return self._of_person.get(table, {}).get(facilitator, ())

    @cached_property
    def _pairings_of(self) -> Mapping[str, tuple[int, ...]]:
        ends = [(name, number) for number, row in enumerate(self.pairings) for name in (row.first, row.second)]
        return {name: tuple(n for _, n in found) for name, found in grouped(ends, lambda end: end[0]).items()}

    def pairings_of(self, facilitator: str) -> tuple[int, ...]:
        """Return the positions of the pairs that a facilitator is part of, from 0."""
        return self._pairings_of.get(facilitator, ())

    @cached_property
    def _ties_of(self) -> Mapping[str, tuple[Tie, ...]]:
        def employer(row: Facilitator) -> tuple[Tie, ...]:
            if row.organisation is None:
                return ()
            return (Tie(facilitator=row.facilitator, kind="employee", organisation=row.organisation),)

        return {row.facilitator: employer(row) + self.about(row.facilitator, "ties") for row in self.facilitators}

    def ties_of(self, facilitator: str) -> tuple[Tie, ...]:
        """Return the ties of a facilitator: first the employer's, then the rows of the table in their order."""
        return self._ties_of[self.facilitator(facilitator).facilitator]

    def days_mastered(self, skill: str, level: int) -> Mapping[str, tuple[tuple[int, int], ...]]:
        """Return when people have a skill at a level: ordinals of first and last days, by facilitator."""

        def build() -> Mapping[str, tuple[tuple[int, int], ...]]:
            rows = (row for row in self.skills if row.skill == skill and row.level >= level)
            found = grouped(rows, lambda row: row.facilitator)
            return {name: tuple(row.days for row in mine) for name, mine in found.items()}

        return self.memo(("days mastered", skill, level), build)

    def masters(self, facilitator: str, skill: str, level: int, day: date) -> bool:
        """Tell whether a facilitator has a skill at a level on a day."""
        spans = self.days_mastered(skill, level).get(facilitator, ())
        return any(first <= day.toordinal() <= last for first, last in spans)

    @cached_property
    def occasion_ids(self) -> frozenset[str]:
        """Ids of all meetings and duties."""
        return frozenset(self._meetings)

    @cached_property
    def seat_keys(self) -> frozenset[tuple[str, str]]:
        """Every (meeting, seat), and every (duty, kind)."""
        return frozenset(self._seats)

    @cached_property
    def facilitator_ids(self) -> frozenset[str]:
        """Ids of all facilitators."""
        return frozenset(self._facilitators)

    @cached_property
    def past(self) -> tuple[Past, ...]:
        """History without the rows of meetings that are planned here; of those `frozen` tells."""
        return tuple(row for row in self.history if row.meeting not in self.occasion_ids)
