"""Facilitators and what is known of them: regions, skills, ties, preferences, pairings, consents, objections."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from poolmatch.domain.organisations import check_point, check_span
from poolmatch.domain.row import Row
from poolmatch.domain.values import (
    Amount,
    Closed,
    Count,
    Day,
    FacilitatorId,
    Hours,
    Id,
    Latitude,
    Listed,
    Longitude,
    MeetingId,
    OrganisationId,
    Region,
    Score,
    SeriesId,
    SkillWord,
    Text,
    Theme,
    Whole,
    YesNo,
    split_items,
    wrong,
)
from poolmatch.messages import rows
from poolmatch.vocabulary.terms import column_term
from poolmatch.words import in_a_row, joined

Role = Annotated[Literal["lead", "co", "trainee", "observer", "scribe", "mentor"], Closed]
ROLES: tuple[str, ...] = ("lead", "co", "trainee", "observer", "scribe", "mentor")
ANY_ROLE = ""
"""Role of the seat of a duty that asks for none."""
Level = Annotated[Whole, Field(ge=1, le=5)]


def check_one_of(row: Row, columns: tuple[str, ...]) -> None:
    """Raise unless exactly one of the columns is filled."""
    filled = [name for name in columns if getattr(row, name) is not None]
    if len(filled) != 1:
        names = joined(", ", (column_term(row.table, name) for name in columns))
        if not filled:
            raise wrong(rows.ONE_OF_NONE.fill(columns=names), columns[0])
        raise wrong(
            rows.ONE_OF_SEVERAL.fill(columns=names, filled=in_a_row([column_term(row.table, name) for name in filled])),
            filled[-1],
        )


class Facilitator(Row):
    """A member of the pool (procesbegeleider)."""

    table: ClassVar[str] = "facilitators"
    key: ClassVar[tuple[str, ...]] = ("facilitator",)
    required_table: ClassVar[bool] = True

    facilitator: Annotated[Id, Field(description="Id of the facilitator.")]
    name: Annotated[Text, Field(description="Name, for people to read.")]
    organisation: Annotated[
        OrganisationId | None,
        Field(description="Employer; blank = unknown, unless independent says that there is none."),
    ] = None
    independent: Annotated[YesNo, Field(description="Has no employer: retired or self-employed. Default no.")] = False
    joined: Annotated[Day | None, Field(description="First day in the pool; blank = always.")] = None
    left: Annotated[Day | None, Field(description="Last day in the pool, inclusive; blank = still.")] = None
    region: Annotated[Region | None, Field(description="Region of the home.")] = None
    lat: Annotated[Latitude | None, Field(description="Latitude of the home in degrees (WGS84).")] = None
    lon: Annotated[Longitude | None, Field(description="Longitude of the home in degrees (WGS84).")] = None
    roles: Annotated[
        tuple[Role, ...],
        BeforeValidator(split_items),
        Listed(),
        Field(description="Roles, separated by ;. Default lead;co."),
    ] = ("lead", "co")
    max_meetings: Annotated[Count | None, Field(description="Most meetings in the period; blank = no limit.")] = None
    max_hours: Annotated[Hours | None, Field(description="Most hours in the period; blank = no limit.")] = None
    max_per_day: Annotated[Count, Field(description="Most meetings on one day. Default 2.")] = 2
    max_per_week: Annotated[Count | None, Field(description="Most meetings in one ISO week; blank = no limit.")] = None
    max_evenings_per_week: Annotated[
        Count | None, Field(description="Most evening meetings in one ISO week; blank = no limit.")
    ] = None
    contract_hours: Annotated[
        Hours | None, Field(description="Contract hours per week; blank = the mean of those given.")
    ] = None
    min_meetings: Annotated[Count | None, Field(description="Meetings needed in the period to stay in practice.")] = (
        None
    )
    max_travel_km: Annotated[Hours | None, Field(description="Farthest meeting, km one way; blank = no limit.")] = None
    max_km: Annotated[Hours | None, Field(description="Most kilometres of travel in the period; blank = no limit.")] = (
        None
    )
    external: Annotated[YesNo, Field(description="From outside the pool, asked last. Default no.")] = False
    hourly_cost: Annotated[Amount | None, Field(description="Cost per hour, for externals.")] = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        check_point(self.lat, self.lon)
        if self.joined is not None and self.left is not None and self.left < self.joined:
            raise wrong(rows.LEFT_BEFORE_JOINED, "left")
        if self.independent and self.organisation is not None:
            raise wrong(rows.INDEPENDENT_EMPLOYED, "independent")
        return self

    def member(self, first: date, last: date | None = None) -> bool:
        """Tell whether they are in the pool on a day, or on any day up to a last one; on leave they still are."""
        last = first if last is None else last
        return (self.joined is None or self.joined <= last) and (self.left is None or first <= self.left)


class Serves(Row):
    """A region that a facilitator serves. A facilitator with no row serves every region."""

    table: ClassVar[str] = "serves"
    key: ClassVar[tuple[str, ...]] = ("facilitator", "region")

    facilitator: Annotated[FacilitatorId, Field(description="Facilitator.")]
    region: Annotated[Region, Field(description="Region served.")]


class Skill(Row):
    """A skill of a facilitator, with the days it holds."""

    table: ClassVar[str] = "skills"
    key: ClassVar[tuple[str, ...]] = ("facilitator", "skill", "valid_from")

    facilitator: Annotated[FacilitatorId, Field(description="Facilitator.")]
    skill: Annotated[SkillWord, Field(description="Skill, such as deep democracy.")]
    level: Annotated[Level, Field(description="Level, 1 (begun) to 5 (teaches others).")]
    valid_from: Annotated[Day | None, Field(description="First day it holds; blank = always.")] = None
    valid_until: Annotated[Day | None, Field(description="Last day it holds, inclusive; blank = no end.")] = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise wrong(rows.UNTIL_BEFORE_FROM, "valid_until")
        return self

    @property
    def days(self) -> tuple[int, int]:
        """Ordinals of the first and the last day on which it holds; open ends are those of the calendar."""
        first, last = self.valid_from or date.min, self.valid_until or date.max
        return first.toordinal(), last.toordinal()


class Tie(Row):
    """A dated relation of a facilitator that may cost neutrality."""

    table: ClassVar[str] = "ties"
    key: ClassVar[tuple[str, ...]] = ("facilitator", "kind", "organisation", "theme", "meeting", "series", "start")

    facilitator: Annotated[FacilitatorId, Field(description="Facilitator.")]
    kind: Annotated[
        Id,
        Field(
            description="employee, director, financial_interest, former_employee, family, adviser, resident, dossier "
            "or position."
        ),
    ]
    organisation: Annotated[OrganisationId | None, Field(description="The tie is to this organisation.")] = None
    theme: Annotated[Theme | None, Field(description="The tie is to this theme.")] = None
    meeting: Annotated[MeetingId | None, Field(description="The tie is to this meeting.")] = None
    series: Annotated[SeriesId | None, Field(description="The tie is to this series.")] = None
    start: Annotated[Day | None, Field(description="First day; blank = always.")] = None
    end: Annotated[Day | None, Field(description="Last day, inclusive; blank = still.")] = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        check_one_of(self, ("organisation", "theme", "meeting", "series"))
        check_span(self.start, self.end)
        if self.kind == "former_employee" and self.end is None:
            raise wrong(rows.FORMER_WITHOUT_END, "end")
        return self

    def active(self, day: date) -> bool:
        """Tell whether the tie holds on a day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def employs(self, first: date, last: date) -> bool:
        """Tell whether the tie is an employment on any of the days from first to last.

        A former employee whose last day is still to come is an employee.
        """
        meets = (self.start is None or self.start <= last) and (self.end is None or first <= self.end)
        return meets and self.organisation is not None and self.kind in ("employee", "former_employee")


class Waiver(Row):
    """One party's consent to one facilitator's tie."""

    table: ClassVar[str] = "waivers"
    key: ClassVar[tuple[str, ...]] = ("facilitator", "organisation", "meeting", "series", "party")

    facilitator: Annotated[FacilitatorId, Field(description="Facilitator the consent is for.")]
    organisation: Annotated[OrganisationId, Field(description="Organisation the facilitator is tied to.")]
    meeting: Annotated[MeetingId | None, Field(description="The consent is for this meeting.")] = None
    series: Annotated[SeriesId | None, Field(description="The consent is for this series.")] = None
    party: Annotated[OrganisationId, Field(description="Party that consents.")]
    consented_on: Annotated[Day, Field(description="Day of the consent.")]
    expires: Annotated[Day | None, Field(description="Last day it holds, inclusive; blank = no end.")] = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        check_one_of(self, ("meeting", "series"))
        if self.expires is not None and self.expires < self.consented_on:
            raise wrong(rows.EXPIRES_BEFORE_CONSENT, "expires")
        return self


class Strike(Row):
    """A party's objection to a facilitator."""

    table: ClassVar[str] = "strikes"
    key: ClassVar[tuple[str, ...]] = ("organisation", "facilitator", "meeting")

    organisation: Annotated[OrganisationId, Field(description="Party that objects.")]
    facilitator: Annotated[FacilitatorId, Field(description="Facilitator it objects to.")]
    meeting: Annotated[MeetingId | None, Field(description="Only this meeting; blank = all its meetings.")] = None


class Pairing(Row):
    """Two facilitators who must, would like to, would rather not, or must not be in one team."""

    table: ClassVar[str] = "pairings"
    key: ClassVar[tuple[str, ...]] = ("first", "second")

    first: Annotated[FacilitatorId, Field(description="One facilitator.")]
    second: Annotated[FacilitatorId, Field(description="The other facilitator.")]
    kind: Annotated[
        Literal["require", "prefer", "avoid", "forbid"], Closed, Field(description="What is asked of the pair.")
    ]

    @model_validator(mode="after")
    def _two_people(self) -> Self:
        if self.first == self.second:
            raise wrong(rows.PAIR_OF_ONE, "second")
        return self

    def key_of(self) -> tuple[object, ...]:
        """Return the pair regardless of its order."""
        return tuple(sorted((self.first, self.second)))


class Preference(Row):
    """How much a facilitator likes a meeting, theme, region or organisation. Rows that match add up."""

    table: ClassVar[str] = "preferences"

    facilitator: Annotated[FacilitatorId, Field(description="Facilitator.")]
    meeting: Annotated[MeetingId | None, Field(description="About this meeting.")] = None
    theme: Annotated[Theme | None, Field(description="About meetings on this theme.")] = None
    region: Annotated[Region | None, Field(description="About meetings in this region.")] = None
    organisation: Annotated[OrganisationId | None, Field(description="About meetings with this party.")] = None
    score: Annotated[Score, Field(description="-10 (not at all) to 10 (gladly), at most four decimals.")]

    @model_validator(mode="after")
    def _one_target(self) -> Self:
        check_one_of(self, ("meeting", "theme", "region", "organisation"))
        return self
