"""What can be wrong with a roster, with pins, and with the next period, held against the problem."""

from __future__ import annotations

from poolmatch.issues import Message
from poolmatch.words import Words

_CORRECT_ID = Words("{hint}correct the id", "{hint}verbeter het kenmerk")
_COPY = Words("copy it from the problem, or leave it blank", "neem het over uit het probleem, of laat het leeg")

NO_MEETING = Message(
    "roster-meeting-unknown", Words("is not in the problem", "staat niet in het probleem"), _CORRECT_ID
)
NO_SEAT = Message(
    "roster-seat-unknown", Words("is not a seat of that meeting", "is geen plaats van die bijeenkomst"), _CORRECT_ID
)
NO_PERSON = Message("roster-facilitator-unknown", Words("is not in the pool", "zit niet in de pool"), _CORRECT_ID)
OTHER_ROLE = Message(
    "roster-role-differs",
    Words("is not the role of that seat", "is niet de rol van die plaats"),
    Words("write {role}, or leave it blank", "schrijf {role}, of laat het leeg"),
)
NO_ROLE = Message(
    "roster-role-of-seat-without",
    Words("is not the role of that seat", "is niet de rol van die plaats"),
    Words("leave it blank", "laat het leeg"),
)
TIMED_DUTY = Message(
    "roster-duty-with-time",
    Words("is given for a duty, which has no time", "is ingevuld bij een taak, die geen tijd heeft"),
    Words("leave {column_start} and {column_end} blank", "laat {column_start} en {column_end} leeg"),
)
NO_SLOT = Message(
    "roster-slot-blank",
    Words(
        "is blank though the meeting can be held at several times",
        "is leeg terwijl de bijeenkomst op verschillende tijden kan zijn",
    ),
    Words("copy the start of one of its slots", "neem het begin over van een van haar tijdstippen"),
)
OTHER_START = Message(
    "roster-start-differs",
    Words("is not when the meeting is held", "is niet wanneer de bijeenkomst is"),
    _COPY,
)
OTHER_END = Message(
    "roster-end-differs",
    Words("is not when the meeting ends", "is niet wanneer de bijeenkomst eindigt"),
    _COPY,
)

# --- pins ------------------------------------------------------------------------------------------------

_CHANGE_PIN = Words(
    "change the pin, or set the parameter force of the rule pinned",
    "verander de vastgezette plaats, of haal haar weg",  # a coordinator has nowhere to set a parameter
)
PIN_BREAKS = Message(
    "pin-breaks-rule", Words("breaks the rule {rule}: {finding}", "overtreedt de regel {rule}: {finding}"), _CHANGE_PIN
)
PINS_BREAK = Message(
    "pins-break-rule-together",
    Words("break the rule {rule} together: {finding}", "overtreden samen de regel {rule}: {finding}"),
    _CHANGE_PIN,
)
PINS_CLASH = Message(
    "pins-clash",
    Words("cannot be kept together", "zijn niet samen te houden"),
    Words("change one", "verander er een"),
)

# --- the next period -------------------------------------------------------------------------------------

TABLE_NEEDED = Message(
    "next-period-table-missing",
    Words("is needed for the next period and missing", "is nodig voor de volgende periode en ontbreekt"),
    Words(
        "give the table of the next period; it may be empty", "geef de tabel van de volgende periode; zij mag leeg zijn"
    ),
)
PERIOD_NOT_NEXT = Message(
    "next-period-too-early",
    Words(
        "does not lie after the period that is closed, which ends on {end}",
        "ligt niet na de periode die afgesloten wordt, die eindigt op {end}",
    ),
    Words("give the days of the next period", "geef de dagen van de volgende periode"),
)
