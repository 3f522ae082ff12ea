"""What refers to nothing."""

from __future__ import annotations

from poolmatch.issues import Message
from poolmatch.words import Words

UNKNOWN_ID = Message(
    "id-unknown",
    Words("is not in {tables}", "staat niet in {tables}"),
    Words("{hint}correct it, or add it to {tables}", "{hint}verbeter het, of voeg het toe aan {tables}"),
)

NAME_OF_SEVERAL = Message(
    "name-of-several",
    Words("is the name of {ids}", "is de naam van {ids}"),
    Words("write the id that is meant", "schrijf het kenmerk dat u bedoelt"),
)
NAME_AND_ID = Message(
    "name-and-id",
    Words(
        "is the id of one and the name of another: {ids}", "is het kenmerk van de een en de naam van een ander: {ids}"
    ),
    Words(
        "write the id with the name behind it, or change that name",
        "schrijf het kenmerk met de naam erachter, of verander die naam",
    ),
)
NAME_OF_ANOTHER = Message(
    "name-of-another-id",
    Words("names the id {id} with the name of {other}", "noemt het kenmerk {id} met de naam van {other}"),
    Words("choose it again, or write the id alone", "kies opnieuw, of schrijf alleen het kenmerk"),
)
ID_WITH_NAME = Message(
    "id-with-a-name-behind-it",
    Words("is the id {id} with something behind it", "is het kenmerk {id} met iets erachter"),
    Words(
        "give the row a short id of its own, or remove it if {id} is meant",
        "geef de rij een eigen kort kenmerk, of haal die weg als {id} bedoeld is",
    ),
)
NAME_OR_GONE = Message(
    "name-or-id-of-the-past",
    Words("is read as {id}, which has that name", "is gelezen als {id}, met die naam"),
    Words(
        "write {id} if that is meant; if it is an id that is no longer in use, change the name of {id}",
        "schrijf {id} als dat bedoeld is; is het een kenmerk dat niet meer bestaat, verander dan de naam van {id}",
    ),
    "warning",
)
OTHER_NAME = Message(
    "name-beside-id-differs",
    Words(
        "has another name behind the id than stands in {tables}",
        "heeft achter het kenmerk een andere naam dan in {tables} staat",
    ),
    Words(
        "the id counts: choose it again if another is meant", "het kenmerk telt: kies opnieuw als een ander bedoeld is"
    ),
    "warning",
)

_IDLE = Words(
    "{hint}correct it; nothing to do if it is kept for another period",
    "{hint}verbeter het; niets te doen als het voor een andere periode bewaard wordt",
)
_NO_EFFECT = Words(
    "{hint}the row has no effect: correct it, or remove it",
    "{hint}de rij heeft geen gevolg: verbeter die, of haal die weg",
)
_GONE = Words("{hint}nothing to do if that is so", "{hint}niets te doen als dat zo is")
_NO_THEME = Words("is the theme of no meeting here", "is hier van geen bijeenkomst het thema")
_NO_REGION = Words("is the region of no meeting here", "is hier van geen bijeenkomst de regio")
_NO_STAKE = Words("has no stake there", "heeft daar geen belang")

THEME_OF_TIE = Message(
    "tie-theme-unused",
    _NO_THEME,
    Words(
        "{hint}the tie has no effect: correct it; nothing to do if it is kept for another period",
        "{hint}de band heeft geen gevolg: verbeter het; niets te doen als het voor een andere periode bewaard wordt",
    ),
    "warning",
)
NO_SERIES = Message(
    "series-unused",
    Words("is not the series of any meeting here", "is hier van geen bijeenkomst de reeks"),
    Words(
        "{hint}nothing to do if it has no session in this period",
        "{hint}niets te doen als zij in deze periode geen sessie heeft",
    ),
    "warning",
)
NOT_TIED = Message(
    "waiver-without-tie",
    Words(
        "is no organisation that this facilitator is tied to",
        "is geen organisatie waarmee deze begeleider een band heeft",
    ),
    _NO_EFFECT,
    "warning",
)
NO_STAKE_OF_WAIVER = Message("waiver-party-without-stake", _NO_STAKE, _NO_EFFECT, "warning")
NO_STAKE_OF_STRIKE = Message("strike-without-stake", _NO_STAKE, _NO_EFFECT, "warning")
PREFERRED_THEME = Message("preferred-theme-unused", _NO_THEME, _IDLE, "warning")
PREFERRED_REGION = Message("preferred-region-unused", _NO_REGION, _IDLE, "warning")
PREFERRED_ORGANISATION = Message(
    "preferred-organisation-unused",
    Words("has a stake in no meeting here", "heeft hier in geen bijeenkomst een belang"),
    _IDLE,
    "warning",
)
NOBODY_HAS_SKILL = Message(
    "skill-of-nobody",
    Words("is a skill that nobody has", "is een vaardigheid die niemand heeft"),
    Words("{hint}correct it, or add it to {table_skills}", "{hint}verbeter het, of voeg het toe aan {table_skills}"),
    "warning",
)
NOTHING_ASKS_SKILL = Message(
    "skill-unused",
    Words("is a skill that nothing here asks for", "is een vaardigheid waar hier niets om vraagt"),
    _IDLE,
    "warning",
)
SERVED_REGION = Message("served-region-unused", _NO_REGION, _IDLE, "warning")
NOBODY_SERVES = Message(
    "region-of-nobody",
    Words("is a region that nobody serves", "is een regio die niemand bedient"),
    Words("{hint}correct it, or add it to {table_serves}", "{hint}verbeter het, of voeg het toe aan {table_serves}"),
    "warning",
)
NOBODYS_ROLE = Message(
    "role-of-nobody",
    Words("is nobody's role", "is van niemand de rol"),
    Words("{hint}correct it, or give the role to someone", "{hint}verbeter het, of geef iemand die rol"),
    "warning",
)
NO_SUCH_SEAT = Message(
    "seat-unknown",
    Words("is not a seat of that meeting", "is geen plaats van die bijeenkomst"),
    Words("{hint}write one of its seats", "{hint}schrijf een van haar plaatsen"),
)
HISTORY_PERSON = Message(
    "history-facilitator-gone",
    Words("is no longer in the pool", "zit niet meer in de pool"),
    _GONE,
    "warning",
)
HISTORY_PARTY = Message(
    "history-organisation-gone",
    Words("names an unknown organisation", "noemt een onbekende organisatie"),
    Words("{hint}nothing to do if it has gone", "{hint}niets te doen als die er niet meer is"),
    "warning",
)
HISTORY_SEAT = Message(
    "history-seat-unknown",
    Words("is the name of no seat of that series here", "is hier van geen plaats van die reeks de naam"),
    Words(
        "{hint}correct it, if that seat goes on here under another name: continuity goes by the name",
        "{hint}verbeter het, als die plaats hier onder een andere naam doorgaat: continuïteit gaat op naam",
    ),
    "warning",
)
TOLD_PERSON = Message(
    "published-facilitator-gone",
    Words("is no longer in the pool", "zit niet meer in de pool"),
    _GONE,
    "warning",
)
TOLD_MEETING = Message(
    "published-meeting-gone",
    Words("is no longer planned", "is niet meer gepland"),
    _GONE,
    "warning",
)
TOLD_SEAT = Message(
    "published-seat-gone",
    Words("is no longer a seat of that meeting", "is geen plaats meer van die bijeenkomst"),
    _GONE,
    "warning",
)
