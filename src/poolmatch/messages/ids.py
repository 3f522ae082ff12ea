"""What is looked for by an id, and where it is not."""

from __future__ import annotations

from poolmatch.words import Words

MEETING = Words("meeting", "bijeenkomst")
SEAT = Words("seat", "plaats")
FACILITATOR = Words("facilitator", "begeleider")
ORGANISATION = Words("organisation", "organisatie")
RULE = Words("rule", "regel")

NOT_IN_PROBLEM = Words("is not in the problem", "staat niet in het probleem")
NOT_IN_POOL = Words("is not in the pool", "zit niet in de pool")
NOT_IN_ROSTER = Words("is not in this roster", "staat niet in dit rooster")
NOT_IN_RULES = Words("is not in this rule set", "staat niet in deze regelset")
NO_SEAT = Words("is not a seat of {meeting}", "is geen plaats van {meeting}")
NO_SEAT_IN_ROSTER = Words("is not a seat of {meeting} in this roster", "is geen plaats van {meeting} in dit rooster")

CORRECT_THE_ID = Words("correct the id", "verbeter het kenmerk")
NO_ID = Words(
    "{what} is no id but of type {kind}; ids are text",
    "{what} is geen kenmerk maar van type {kind}; een kenmerk is tekst",
)
