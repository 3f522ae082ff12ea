"""What tunes the search by whole schedules."""

from __future__ import annotations

from dataclasses import dataclass, field

from poolmatch.solving.column_generation.enumeration import EnumerationParams
from poolmatch.solving.column_generation.master import MasterParams
from poolmatch.solving.search.pieces import PieceParams


@dataclass(frozen=True)
class ColumnGenerationParams:
    """How rosters are put together from schedules, and how far proofs reach.

    Attributes
    ----------
    few, many
        Rosters are put together from so many schedules at first and at most.
    listed
        So many schedules are written down at most;
    halvings
        how far that reaches is found out to a factor of two, halved so often.
    enough, slowly
        They are made fewer until there are so few of them, or until more than this part, from 0 to 1, is left of what
        there was before.
    approaching
        Seconds for better rosters before anything else.
    assembling
        Seconds for putting a roster together, as long as there may be better schedules.
    proving
        Seconds for looking at all rosters near the bound; after one that took longer, the double with half as many
        schedules.
    people
        The schedules of so many people are looked at together at first;
    doubles, grows, shrinks, smallest
        of so many times as many when the best was found in a part of the time, when it was found in time, and when not,
        and of this part of all at least, from 0 to 1.
    quick
        That part of the time, from 0 to 1.
    around
        After parts that make so many times all people together, without gain, there have to be more schedules.
    nearest
        Schedules that cost more by the gap over 2 to this power are looked for first.
    master, enumeration
        How prices are found, and how schedules that are written down are made fewer.
    pieces
        How long completing a roster may take.
    """

    few: int = 4_000
    many: int = 50_000
    listed: int = 250_000
    halvings: int = 2
    enough: int = 3_000
    slowly: float = 0.9
    approaching: float = 5.0
    assembling: float = 6.0
    proving: float = 12.0
    people: int = 100
    doubles: float = 2.0
    grows: float = 1.3
    shrinks: float = 0.5
    smallest: float = 0.05
    quick: float = 0.25
    around: int = 3
    nearest: int = 9
    master: MasterParams = field(default_factory=MasterParams)
    enumeration: EnumerationParams = field(default_factory=EnumerationParams)
    pieces: PieceParams = field(default_factory=PieceParams)
