"""Hypothesis strategies for small valid problems that use every table and every kind of cell, and for rosters."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from tests.drawn_cells import (
    COUNTS,
    DAYS,
    GRADES,
    HOURS,
    INSTANTS,
    LEVEL,
    LINK_KINDS,
    ROLE,
    TITLES,
    TWICE,
    WORDS,
    ZONES,
    Cells,
    Draw,
    blank_or,
)

from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Roster, RosterRow
from poolmatch.domain.values import fold

Cell = st.SearchStrategy[Any]


def unique(rows: Sequence[Cells], *key: str) -> list[Cells]:
    """Return the rows without those that repeat a key, in whatever capitals."""

    def fold(value: object) -> Hashable:
        return value.casefold() if isinstance(value, str) else value

    return list({tuple(fold(row.get(name)) for name in key): row for row in rows}.values())


def drop_blank(row: Cells) -> Cells:
    return {name: value for name, value in row.items() if value is not None}


def ordered(row: Cells, start: str, end: str) -> Cells:
    """Swap two dates that stand the wrong way round."""
    if start in row and end in row and row[end] < row[start]:
        row[start], row[end] = row[end], row[start]
    return row


class Tables:
    """Draws the tables of one problem. What a table refers to is drawn before it, and kept here."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        zone = draw(st.sampled_from(ZONES))
        october = st.just((date(2026, 10, 1), 31))
        anywhere = st.tuples(st.dates(date(1900, 1, 5), date(2199, 11, 1)), st.integers(1, 40))
        self.first, self.length = draw(october | anywhere)
        last = self.first + timedelta(days=self.length - 1)
        self.period = {"start": self.first, "end": last, "timezone": zone} | self.row(name=TITLES, today=blank_or(DAYS))
        midnight = datetime(self.first.year, self.first.month, self.first.day, tzinfo=ZoneInfo(zone))
        self.opens = midnight.astimezone(UTC) + timedelta(hours=3)
        seconds = st.integers(0, (self.length - 1) * 86_400 + 60_000)  # clear of clock changes at either end
        self.inside: Cell = seconds.map(lambda n: self.opens + timedelta(seconds=n))
        if self.first <= date(2026, 10, 25) < last:
            self.inside |= st.sampled_from(TWICE)

        self.organisation_ids, self.people, occasions = self.ids(3), self.ids(3), self.ids(5, least=2)
        self.meeting_ids, self.duty_ids = occasions[:-1], occasions[-1:]
        self.series = self.ids(2)
        self.organisation, self.person = st.sampled_from(self.organisation_ids), st.sampled_from(self.people)
        self.meeting = st.sampled_from(self.meeting_ids)
        self.region, self.theme, self.skill, self.seat = (st.sampled_from(self.ids(2)) for _ in range(4))

    # --- ways to draw --------------------------------------------------------------------------------------

    def ids(self, most: int, least: int = 1) -> list[str]:
        words = st.lists(WORDS, min_size=least, max_size=most, unique_by=fold)  # one in every spelling
        found: list[str] = self.draw(words)
        return found

    def row(self, **cells: Cell) -> Cells:
        """Draw one row; blanks are left out."""
        return drop_blank(self.draw(st.fixed_dictionaries(cells)))

    def some(self, most: int, **cells: Cell) -> list[Cells]:
        """Draw rows, at most so many."""
        return [drop_blank(row) for row in self.draw(st.lists(st.fixed_dictionaries(cells), max_size=most))]

    def point(self) -> Cells:
        return self.row(lat=st.floats(-90, 90), lon=st.floats(-180, 180)) if self.draw(st.booleans()) else {}

    def target(self, *columns: str) -> Cells:
        """Fill exactly one of the columns."""
        options: dict[str, Cell] = {
            "organisation": self.organisation,
            "theme": self.theme,
            "meeting": self.meeting,
            "region": self.region,
        }
        if self.used_series:
            options["series"] = st.sampled_from(self.used_series)
        column = self.draw(st.sampled_from([name for name in columns if name in options]))
        return self.row(**{column: options[column]})

    # --- who and where -------------------------------------------------------------------------------------

    def organisations(self) -> list[Cells]:
        return [
            {"organisation": name}
            | self.row(name=TITLES, kind=blank_or(WORDS), region=blank_or(self.region))
            | self.point()
            for name in self.organisation_ids
        ]

    def links(self) -> list[Cells]:
        days = {"start": blank_or(DAYS), "end": blank_or(DAYS)}
        ends = {"source": self.organisation, "target": self.organisation}
        rows = self.some(2, **ends, kind=st.sampled_from(LINK_KINDS), **days)
        rows = [ordered(row, "start", "end") for row in rows if row["source"] != row["target"]]
        return unique(rows, "source", "target", "kind", "start")

    def facilitators(self) -> list[Cells]:
        rows = []
        for name in self.people:
            row: Cells = {"facilitator": name} | self.point()
            row |= ordered(self.row(joined=blank_or(DAYS), left=blank_or(DAYS)), "joined", "left")
            row |= self.row(
                name=TITLES,
                organisation=blank_or(self.organisation),
                region=blank_or(self.region),
                roles=blank_or(st.lists(ROLE, unique=True, max_size=3)),
                max_meetings=blank_or(COUNTS),
                max_hours=blank_or(HOURS),
                max_per_day=blank_or(COUNTS),
                max_per_week=blank_or(COUNTS),
                max_evenings_per_week=blank_or(COUNTS),
                contract_hours=blank_or(HOURS),
                min_meetings=blank_or(COUNTS),
                max_travel_km=blank_or(HOURS),
                max_km=blank_or(HOURS),
                external=st.booleans(),
                hourly_cost=blank_or(st.floats(0, 10**9)),
            )
            row["independent"] = "organisation" not in row and self.draw(st.booleans())
            rows.append(row)
        return rows

    def skills(self) -> list[Cells]:
        days = {"valid_from": blank_or(DAYS), "valid_until": blank_or(DAYS)}
        rows = self.some(2, facilitator=self.person, skill=self.skill, level=LEVEL, **days)
        return unique([ordered(row, *days) for row in rows], "facilitator", "skill", "valid_from")

    def ties(self) -> list[Cells]:
        rows = [
            ordered(row | self.target("organisation", "theme", "meeting", "series"), "start", "end")
            for row in self.some(2, facilitator=self.person, kind=WORDS, start=blank_or(DAYS), end=DAYS)
        ]
        return unique(rows, "facilitator", "kind", "organisation", "theme", "meeting", "series", "start")

    def availability(self) -> list[Cells]:
        rows = self.some(
            3,
            facilitator=self.person,
            start=self.inside | self.inside.map(lambda moment: moment.date()),
            kind=st.sampled_from(("available", "unavailable", "prefer", "avoid")),
            rrule=blank_or(st.sampled_from(("FREQ=WEEKLY;BYDAY=FR", "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3"))),
        )
        for row in rows:
            row["end"] = row["start"] + timedelta(days=self.draw(st.integers(1, 3)))
            if "rrule" in row:
                left_out = self.draw(st.lists(st.integers(0, self.length - 1), unique=True, max_size=3))
                row["except"] = [self.first + timedelta(days=n) for n in left_out]
        return rows

    def pairings(self) -> list[Cells]:
        if len(self.people) == 1 or not self.draw(st.booleans()):
            return []
        first, second = self.draw(st.lists(self.person, min_size=2, max_size=2, unique=True))
        kind = st.sampled_from(("require", "prefer", "avoid", "forbid"))
        return [{"first": first, "second": second} | self.row(kind=kind)]

    def preferences(self) -> list[Cells]:
        score = st.integers(-100_000, 100_000).map(lambda n: n / 10_000)
        return [
            row | self.target("meeting", "theme", "region", "organisation")
            for row in self.some(2, facilitator=self.person, score=score)
        ]

    # --- what is to be done --------------------------------------------------------------------------------

    def meetings(self) -> list[Cells]:
        """Draw meetings, with or without a time, and what hangs together with them: slots, and series in order."""
        rows, self.slots = [], []
        for name in self.meeting_ids:
            row: Cells = {"meeting": name} | self.point()
            row |= self.row(
                title=blank_or(TITLES),
                region=blank_or(self.region),
                online=st.booleans(),
                priority=blank_or(LEVEL),
                theme=blank_or(self.theme),
                series=blank_or(st.sampled_from(self.series)),
                contention=blank_or(st.sampled_from(("low", "normal", "high"))),
                setup_minutes=blank_or(st.integers(0, 100_000)),
                wrapup_minutes=blank_or(st.integers(0, 100_000)),
                preparation_hours=blank_or(HOURS),
                participants=blank_or(COUNTS),
            )
            if self.draw(st.booleans()):
                row["start"] = self.draw(self.inside)
                row["end"] = row["start"] + timedelta(seconds=self.draw(st.integers(1, 90_000)))
            else:
                for start in self.draw(st.lists(self.inside, min_size=1, max_size=2, unique=True)):
                    end = start + timedelta(minutes=self.draw(st.integers(1, 600)))
                    self.slots.append({"meeting": name, "start": start, "end": end} | self.row(cost=blank_or(HOURS)))
            rows.append(row)
        self.series_of = {row["meeting"]: row.get("series") for row in rows}
        self.used_series = [name for name in self.series if name in self.series_of.values()]
        for name in self.used_series:
            if self.draw(st.booleans()):
                members = [row for row in rows if row.get("series") == name]
                in_order = sorted(members, key=lambda row: row.get("start", self.opens))
                for number, row in enumerate(in_order, self.draw(st.integers(0, 9))):
                    row["session"] = number
        return rows

    def spacing(self) -> list[Cells]:
        days = {"min_days": blank_or(st.integers(0, 9)), "max_days": blank_or(st.integers(9, 99))}
        return [{"series": name} | self.row(**days) for name in self.used_series]

    def duties(self) -> list[Cells]:
        rows = [
            {"duty": name}
            | self.row(
                kind=self.seat,
                hours=HOURS,
                role=blank_or(ROLE),
                organisation=blank_or(self.organisation),
                series=blank_or(st.sampled_from(self.series)),
                priority=blank_or(LEVEL),
            )
            for name in self.duty_ids
        ]
        self.places = [(row["duty"], row["kind"]) for row in rows]
        return rows

    def seats(self) -> list[Cells]:
        rows = self.some(4, meeting=self.meeting, seat=self.seat, role=ROLE, required=blank_or(st.booleans()))
        rows = unique(rows, "meeting", "seat")
        continuity: dict[tuple[str, str], str] = {}
        for row in rows:
            series = self.series_of[row["meeting"]]
            if series is not None:
                word = self.draw(st.sampled_from(("none", "prefer", "same", "rotate")))
                row["continuity"] = continuity.setdefault((series, row["seat"]), word)
        self.places += [(row["meeting"], row["seat"]) for row in rows]
        return rows

    def requirements(self) -> list[Cells]:
        rows = []
        kind = blank_or(st.sampled_from(("required", "preferred")))
        for row in self.some(2, skill=self.skill, level=LEVEL, kind=kind):
            occasion, seat = self.draw(st.sampled_from(self.places))
            rows.append(row | {"meeting": occasion} | ({"seat": seat} if self.draw(st.booleans()) else {}))
        limits = [
            row | {"meeting": self.draw(self.meeting), "kind": "at_most"}
            for row in self.some(2, skill=self.skill, level=LEVEL, number=COUNTS)
        ]
        return unique(rows, "meeting", "seat", "skill") + unique(limits, "meeting", "skill")

    def pins(self) -> list[Cells]:
        rows = []
        for row in self.some(2, facilitator=blank_or(self.person)):
            occasion, seat = self.draw(st.sampled_from(self.places))
            starts = [slot["start"] for slot in self.slots if slot["meeting"] == occasion]
            when = {"slot_start": self.draw(st.sampled_from(starts))} if starts and self.draw(st.booleans()) else {}
            rows.append(row | {"meeting": occasion, "seat": seat} | when)
        return unique(rows, "meeting", "seat")

    # --- who decides, and what was -------------------------------------------------------------------------

    def stakes(self) -> list[Cells]:
        rows = self.some(4, meeting=self.meeting, organisation=self.organisation, grade=st.sampled_from(GRADES))
        return unique(rows, "meeting", "organisation")

    def waivers(self) -> list[Cells]:
        days = {"consented_on": DAYS, "expires": blank_or(DAYS)}
        parties = {"organisation": self.organisation, "party": self.organisation}
        rows = [
            ordered(row | self.target("meeting", "series"), *days)
            for row in self.some(2, facilitator=self.person, **parties, **days)
        ]
        return unique(rows, "facilitator", "organisation", "meeting", "series", "party")

    def strikes(self) -> list[Cells]:
        rows = self.some(2, organisation=self.organisation, facilitator=self.person, meeting=blank_or(self.meeting))
        return unique(rows, "organisation", "facilitator", "meeting")

    def history(self) -> list[Cells]:
        rows = self.some(
            3,
            meeting=WORDS,
            facilitator=WORDS,
            role=ROLE,
            start=blank_or(INSTANTS.filter(lambda moment: moment.year < 2199)),
            seat=blank_or(WORDS),
            organisations=blank_or(st.lists(WORDS, unique=True, max_size=3)),
            series=blank_or(WORDS),
            session=blank_or(COUNTS),
            hours=HOURS,
        )
        for row in rows:
            if "start" in row:
                row["end"] = row["start"] + timedelta(seconds=self.draw(st.integers(1, 10**6)))
        return rows

    def serves(self) -> list[Cells]:
        return unique(self.some(2, facilitator=self.person, region=self.region), "facilitator", "region")

    def ledger(self) -> list[Cells]:
        rows = self.some(2, organisation=self.organisation, hours_given=HOURS, hours_received=HOURS)
        return unique(rows, "organisation")

    def published(self) -> list[Cells]:
        rows = self.some(2, meeting=WORDS, seat=WORDS, facilitator=blank_or(WORDS), slot_start=blank_or(INSTANTS))
        return unique(rows, "meeting", "seat")


@st.composite
def problems(draw: Draw) -> Problem:
    """Small valid problems; nearly every cell is drawn."""
    tables = Tables(draw)
    rows: dict[str, Any] = {"period": tables.period, "meetings": tables.meetings(), "slots": tables.slots}
    rows |= {"duties": tables.duties(), "seats": tables.seats()}
    others = (
        tables.organisations, tables.links, tables.facilitators, tables.serves, tables.skills, tables.ties,
        tables.availability, tables.spacing, tables.stakes, tables.requirements, tables.waivers, tables.strikes,
        tables.pairings, tables.preferences, tables.pins, tables.history, tables.ledger, tables.published,
    )  # fmt: skip
    return Problem.model_validate(rows | {table.__name__: table() for table in others})


ROSTERS = st.lists(
    st.fixed_dictionaries(
        {
            "meeting": WORDS,
            "seat": WORDS,
            "role": blank_or(ROLE),
            "facilitator": blank_or(WORDS),
            "start": blank_or(INSTANTS),
            "end": blank_or(INSTANTS),
            "degree": blank_or(st.sampled_from(("neutral", "avoid", "disclose", "waivable", "blocked"))),
            "disclosure": blank_or(TITLES),
        }
    ),
    max_size=5,
).map(lambda rows: Roster(rows=tuple(RosterRow.model_validate(row) for row in rows)))
"""Rosters whose rows are right by themselves."""
