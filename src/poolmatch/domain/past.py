"""What went before: work done, and the last roster that people were told."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from poolmatch.domain.meetings import check_times
from poolmatch.domain.people import Role
from poolmatch.domain.row import Row
from poolmatch.domain.values import Count, Hours, Id, Ids, Instant, SeatId, SeriesId, wrong
from poolmatch.messages import rows


class Past(Row):
    """Past work of one facilitator at one meeting or duty. People and organisations may have left since."""

    table: ClassVar[str] = "history"

    meeting: Annotated[Id, Field(description="Meeting or duty.")]
    facilitator: Annotated[Id, Field(description="Who did it.")]
    role: Annotated[Role, Field(description="In which role.")]
    start: Annotated[Instant | None, Field(description="Start; blank for a duty.")] = None
    end: Annotated[Instant | None, Field(description="End; blank for a duty.")] = None
    seat: Annotated[SeatId | None, Field(description="Which seat.")] = None
    organisations: Annotated[Ids, Field(description="Parties other than observers, separated by ;.")] = ()
    series: Annotated[SeriesId | None, Field(description="Series it belonged to.")] = None
    session: Annotated[Count | None, Field(description="Place in the series.")] = None
    hours: Annotated[Hours | None, Field(description="Hours; blank = end minus start. Needed for a duty.")] = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.start is None) != (self.end is None):
            raise wrong(rows.ONE_TIME_BLANK, "start" if self.start is None else "end")
        check_times(self.start, self.end)
        if self.start is None and self.hours is None:
            raise wrong(rows.HOURS_BLANK, "hours")
        return self


class Published(Row):
    """A seat of the last roster that people were told. Blank facilitator = published as empty."""

    table: ClassVar[str] = "published"
    key: ClassVar[tuple[str, ...]] = ("meeting", "seat")

    meeting: Annotated[Id, Field(description="Meeting or duty.")]
    seat: Annotated[SeatId, Field(description="Seat.")]
    facilitator: Annotated[Id | None, Field(description="Who was told to come; blank = nobody.")] = None
    slot_start: Annotated[Instant | None, Field(description="Start that people were told.")] = None
