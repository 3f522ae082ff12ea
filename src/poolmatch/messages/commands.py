"""What is said of arguments of the command line that do not fit."""

from __future__ import annotations

from poolmatch.words import Words

NO_SEAT = Words(
    "{given} is no seat; write MEETING/SEAT, such as M14/lead",
    "{given} is geen plaats; schrijf BIJEENKOMST/PLAATS, zoals M14/lead",
)
NO_DAY = Words("{given} is no day; write it as 2026-03-05", "{given} is geen dag; schrijf die als 2026-03-05")
SEAT_OR_PERSON = Words(
    "give --seat MEETING/SEAT, or --facilitator ID with --day",
    "geef --seat BIJEENKOMST/PLAATS, of --facilitator ID met --day",
)
