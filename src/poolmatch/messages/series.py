"""What the sessions of a series can have against one another."""

from __future__ import annotations

from poolmatch.issues import Message
from poolmatch.words import Words

SESSION_BLANK = Message(
    "session-blank-among-numbered",
    Words("is blank while other sessions are numbered", "is leeg terwijl andere sessies genummerd zijn"),
    Words("number all sessions of the series, or none", "nummer alle sessies van de reeks, of geen"),
)
SESSION_TWICE = Message(
    "session-twice",
    Words("stands twice in the series", "staat twee keer in de reeks"),
    Words("number the sessions anew", "nummer de sessies opnieuw"),
)
SESSION_OUT_OF_ORDER = Message(
    "session-out-of-order",
    Words("falls while time rises", "daalt terwijl de tijd oploopt"),
    Words("number the sessions in order of time", "nummer de sessies op volgorde van tijd"),
)
CONTINUITY_WITHOUT_SERIES = Message(
    "continuity-without-series",
    Words("is asked for a meeting without a series", "wordt gevraagd bij een bijeenkomst zonder reeks"),
    Words(
        "name the series of the meeting, or write {word_none}",
        "noem de reeks van de bijeenkomst, of schrijf {word_none}",
    ),
)
CONTINUITY_DIFFERS = Message(
    "continuity-differs",
    Words("differs within the series", "verschilt binnen de reeks"),
    Words(
        "write one word for all seats of that name in the series",
        "schrijf één woord bij alle plaatsen met die naam in de reeks",
    ),
)
_BY_NAME = Words(
    "{hint}continuity goes by the name: call a seat alike in all sessions of the series, or do nothing if they differ",
    "{hint}continuïteit gaat op naam: noem een plaats in alle sessies van de reeks hetzelfde, of doe niets als ze "
    "verschillen",
)
SEAT_OF_ONE_SESSION = Message(
    "continuity-of-one-session",
    Words(
        "asks for continuity, and no other session of the series has a seat of that name",
        "vraagt continuïteit, en geen andere sessie van de reeks heeft een plaats met die naam",
    ),
    _BY_NAME,
    "warning",
)
SEAT_CALLED_OTHERWISE = Message(
    "seat-named-otherwise-in-series",
    Words(
        'asks for no continuity; other sessions of the series ask for it on seat "{seat}" of that role',
        'vraagt geen continuïteit; andere sessies van de reeks vragen die op plaats "{seat}" met die rol',
    ),
    _BY_NAME,
    "warning",
)
SEAT_NOT_NAMED = Message(
    "seat-not-named-in-series",
    Words(
        'asks for continuity on seat "{seat}"; this meeting names no seats, and has a lead alone',
        'vraagt continuïteit op plaats "{seat}"; deze bijeenkomst noemt geen plaatsen en heeft alleen een leider',
    ),
    Words(
        "add its seats to {table_seats} under the names that the series has, or do nothing if they differ",
        "zet haar plaatsen in {table_seats} onder de namen die de reeks heeft, of doe niets als ze verschillen",
    ),
    "warning",
)
