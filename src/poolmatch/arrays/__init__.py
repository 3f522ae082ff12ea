"""A problem as numbers: positions, whole seconds, read-only columns.

Three column tables carry the work: people, *occasions* (a seat at a slot: where and when someone could sit) and
*candidates* (a facilitator who is eligible for an occasion: the unit of decision). Nothing here has the shape
facilitators × meetings: people are looked at one by one, candidates are sparse.
"""

from poolmatch.arrays.candidates import Candidates
from poolmatch.arrays.columns import (
    Bools,
    Codes,
    Columns,
    Floats,
    Ints,
    Ragged,
    bools,
    bounds,
    distinct,
    expand_ranges,
    floats,
    ints,
    second,
)
from poolmatch.arrays.occasions import Demands, Occasions, Stakes
from poolmatch.arrays.people import FIRST_DAY, LAST_DAY, Learned, Spans
from poolmatch.arrays.world import NOBODY, OPEN, Arrays, Person
from poolmatch.domain.meetings import GRADES
from poolmatch.domain.people import ROLES

__all__ = [
    "FIRST_DAY",
    "GRADES",
    "LAST_DAY",
    "NOBODY",
    "OPEN",
    "ROLES",
    "Arrays",
    "Bools",
    "Candidates",
    "Codes",
    "Columns",
    "Demands",
    "Floats",
    "Ints",
    "Learned",
    "Occasions",
    "Person",
    "Ragged",
    "Spans",
    "Stakes",
    "bools",
    "bounds",
    "distinct",
    "expand_ranges",
    "floats",
    "ints",
    "second",
]
