"""Organisations, how they are linked, and what they owe one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from poolmatch.domain.row import Row
from poolmatch.domain.values import Closed, Day, Hours, Id, Latitude, Longitude, OrganisationId, Region, Text, wrong
from poolmatch.messages import rows

LinkKind = Annotated[
    Literal["controls", "unit_of", "member_of", "funds", "affiliate", "joint_venture", "same_as"],
    Closed,
]


def check_span(start: object, end: object) -> None:
    """Raise when the last day of a span lies before its first."""
    if start is not None and end is not None and end < start:  # type: ignore[operator]
        raise wrong(rows.LAST_BEFORE_FIRST, "end")


def check_point(lat: float | None, lon: float | None) -> None:
    """Raise when one half of a point is blank."""
    if (lat is None) != (lon is None):
        raise wrong(rows.HALF_A_POINT, "lat" if lat is None else "lon")


class Organisation(Row):
    """An organisation that may employ facilitators, or have a stake in meetings."""

    table: ClassVar[str] = "organisations"
    key: ClassVar[tuple[str, ...]] = ("organisation",)
    required_table: ClassVar[bool] = True

    organisation: Annotated[Id, Field(description="Id of the organisation.")]
    name: Annotated[Text, Field(description="Name, as people know it.")]
    kind: Annotated[Id | None, Field(description="What it is: municipality, school, housing corporation …")] = None
    region: Annotated[Region | None, Field(description="Region it lies in.")] = None
    lat: Annotated[Latitude | None, Field(description="Latitude in degrees (WGS84).")] = None
    lon: Annotated[Longitude | None, Field(description="Longitude in degrees (WGS84).")] = None

    @model_validator(mode="after")
    def _whole_point(self) -> Self:
        check_point(self.lat, self.lon)
        return self


class Link(Row):
    """A dated relation between two organisations along which a tie carries over."""

    table: ClassVar[str] = "links"
    key: ClassVar[tuple[str, ...]] = ("source", "target", "kind", "start")

    source: Annotated[OrganisationId, Field(description="Organisation the link starts from.")]
    target: Annotated[OrganisationId, Field(description="Organisation the link leads to.")]
    kind: Annotated[
        LinkKind,
        Field(
            description="controls: source controls target · unit_of: source is a unit of target · member_of: source is "
            "a member of target · funds: source funds target · affiliate, joint_venture: in both directions · "
            "same_as: one organisation under two ids, or its successor."
        ),
    ]
    start: Annotated[Day | None, Field(description="First day of the link; blank = always.")] = None
    end: Annotated[Day | None, Field(description="Last day of the link, inclusive; blank = still.")] = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        check_span(self.start, self.end)
        if self.source == self.target:
            raise wrong(rows.LINK_TO_ITSELF, "target")
        return self

    def active(self, day: date) -> bool:
        """Tell whether the link holds on a day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


class LedgerEntry(Row):
    """Opening balance of an organisation: hours its people gave, hours its meetings received."""

    table: ClassVar[str] = "ledger"
    key: ClassVar[tuple[str, ...]] = ("organisation",)

    organisation: Annotated[OrganisationId, Field(description="Organisation.")]
    hours_given: Annotated[Hours, Field(description="Hours its people gave, before this period.")]
    hours_received: Annotated[Hours, Field(description="Hours its meetings received, before this period.")]


def one_organisation(links: Iterable[Link]) -> Mapping[str, str]:
    """Return the first id, in order, of every organisation that stands under several, by any of them.

    Parameters
    ----------
    links
        Links, of which those of kind `same_as` count, whatever their days.
    """
    beside: defaultdict[str, list[str]] = defaultdict(list)
    for link in links:
        if link.kind == "same_as":
            beside[link.source].append(link.target)
            beside[link.target].append(link.source)
    first: dict[str, str] = {}
    for name in sorted(beside):
        waiting = [] if name in first else [name]
        while waiting:
            member = waiting.pop()
            if member not in first:
                first[member] = name
                waiting += beside[member]
    return first
