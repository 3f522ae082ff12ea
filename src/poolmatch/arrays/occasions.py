"""The table of occasions: where and when someone could sit, and what is asked of them there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from poolmatch.arrays.columns import Bools, Columns, Floats, Ints, Ragged, bools
from poolmatch.domain.meetings import Meeting, Seat


@dataclass(frozen=True)
class Stakes(Ragged):
    """Parties of each occasion: number of the organisation and position of the grade in ``GRADES``."""

    organisation: Ints
    grade: Ints


@dataclass(frozen=True)
class Demands(Ragged):
    """Skills each seat asks for: number of the skill, least level, and whether it is required (1) or preferred (0)."""

    skill: Ints
    level: Ints
    required: Ints


@dataclass(frozen=True)
class Occasions(Columns):
    """One row for each seat at each slot it can be held in, and for each duty; shape of every column ``(occasions,)``.

    Times are whole seconds since 1970 (UTC), days are ordinals of local dates, weeks count from Monday. A duty has no
    time (``timed`` is false): its day is the first of the period, its times mean nothing.
    """

    seat: Ints
    meeting: Ints
    slot: Ints
    """Which meeting at which time: the seats of a meeting share it, and nothing else does."""
    timed: Bools
    role: Ints
    """Position in ``ROLES``, -1 for any."""
    start: Ints
    opens: Ints
    """Start of the setup."""
    closes: Ints
    """End of the wrap-up."""
    day: Ints
    week: Ints
    ticks: Ints
    """What an assignment takes, travel aside, in ticks of `poolmatch.domain.hours`."""
    online: Bools
    region: Ints
    theme: Ints
    series: Ints
    contention: Ints
    """-1 for low, 0 for normal, 1 for high."""
    lat: Floats
    lon: Floats
    stakes: Stakes
    demands: Demands
    meeting_rows: tuple[Meeting, ...]
    """All meetings and duties; ``meeting`` holds positions in it."""
    seat_rows: tuple[Seat, ...]
    """All seats; ``seat`` holds positions in it."""

    def __len__(self) -> int:
        return len(self.seat)

    def where(self, test: Callable[[Meeting, Seat], bool]) -> Bools:
        """Return for each occasion what a test says of its meeting and seat: slow, simple, for rules of one's own."""
        pairs = zip(self.meeting.tolist(), self.seat.tolist(), strict=True)
        return bools(test(self.meeting_rows[meeting], self.seat_rows[seat]) for meeting, seat in pairs)
