"""What the rows of one problem can have against one another, and what is doubtful between them."""

from __future__ import annotations

from collections.abc import Mapping

from poolmatch.issues import Message
from poolmatch.words import Words

_CHANGE_KEY = Words(
    "remove one of the rows or change its key", "haal een van de rijen weg, of verander wat er dubbel staat"
)

KEY_TWICE = Message("key-twice", Words("repeats {key}", "herhaalt {key}"), _CHANGE_KEY)
KEY_TWICE_BUT_CAPITALS = Message(
    "key-twice-but-for-capitals",
    Words(
        "has an id that differs from another only in capitals ({key})",
        "heeft een kenmerk dat alleen in hoofdletters van een ander verschilt ({key})",
    ),
    _CHANGE_KEY,
)
ROW_TWICE = Message(
    "row-twice",
    Words("is the same as another row", "is hetzelfde als een andere rij"),
    Words(
        "it counts twice: remove one of the rows, if that is a slip",
        "zij telt dubbel: haal er een weg, als dat een vergissing is",
    ),
    "warning",
)
DUTY_LIKE_MEETING = Message(
    "duty-id-of-a-meeting",
    Words("is also the id of a meeting", "is ook het kenmerk van een bijeenkomst"),
    Words(
        "rename it: a meeting of {table_meetings} has the same id",
        "geef het een andere naam: een bijeenkomst van {table_meetings} heeft hetzelfde kenmerk",
    ),
)

# --- time ------------------------------------------------------------------------------------------------

OUTSIDE_PERIOD = Message(
    "start-outside-period",
    Words("lies outside the period", "valt buiten de periode"),
    Words("correct the start, or the period", "verbeter het begin, of de periode"),
)
OVER_A_DAY = Message(
    "longer-than-a-day",
    Words("is more than 24 hours after {column_start}", "ligt meer dan 24 uur na {column_start}"),
    Words("check the dates", "kijk de datums na"),
    "warning",
)
AT_MIDNIGHT = Message(
    "starts-at-midnight",
    Words("is midnight", "is middernacht"),
    Words(
        "give the time too, if only the date was typed",
        "geef ook de tijd, als alleen de datum is ingetypt",
    ),
    "warning",
)
UNTIL_MIDNIGHT = Message(
    "ends-at-midnight",
    Words("is midnight, so that this day itself does not count", "is middernacht, zodat die dag zelf niet meetelt"),
    Words(
        "if it does, write the date without a time, in a cell that shows dates alone",
        "telt die wel mee, schrijf dan de datum zonder tijd, in een cel die alleen datums toont",
    ),
    "warning",
)
TIME_AND_SLOTS = Message(
    "start-beside-slots",
    Words(
        "is given although the meeting has rows in {table_slots}",
        "is ingevuld terwijl de bijeenkomst rijen in {table_slots} heeft",
    ),
    Words(
        "remove {column_start} and {column_end}, or the rows in {table_slots}",
        "haal {column_start} en {column_end} weg, of de rijen in {table_slots}",
    ),
)
NO_TIME = Message(
    "meeting-without-time",
    Words("is blank", "is leeg"),
    Words(
        "give {column_start} and {column_end}, or rows in {table_slots}",
        "geef {column_start} en {column_end}, of rijen in {table_slots}",
    ),
)
IDLE_EXCEPTION = Message(
    "except-without-occurrence",
    Words("names a day on which it does not recur", "noemt een dag waarop het niet terugkomt"),
    Words("correct the day, or remove it", "verbeter de dag, of haal die weg"),
    "warning",
)
SLOT_OF_FIXED = Message(
    "pin-slot-of-fixed-meeting",
    Words(
        "is given for a meeting without rows in {table_slots}",
        "is ingevuld bij een bijeenkomst zonder rijen in {table_slots}",
    ),
    Words(
        "leave it blank: only flexible meetings have rows in {table_slots}",
        "laat het leeg: alleen bijeenkomsten zonder vaste tijd hebben rijen in {table_slots}",
    ),
)
NO_SUCH_SLOT = Message(
    "pin-slot-unknown",
    Words("is not the start of a slot of that meeting", "is niet het begin van een tijdstip van die bijeenkomst"),
    Words(
        "copy the start of one of its rows in {table_slots}",
        "neem het begin over van een van haar rijen in {table_slots}",
    ),
)

LIMIT_OF_DUTY = Message(
    "limit-of-duty",
    Words("is a limit on a team, and a duty has none", "is een grens voor een team, en een taak heeft er geen"),
    Words(
        "write another kind without a number, or remove the row",
        "kies een ander woord zonder aantal, of haal de rij weg",
    ),
)

# --- rows without effect ---------------------------------------------------------------------------------

_NO_EFFECT_YET = Words(
    "check the date: the tie has no effect yet",
    "kijk de datum na: de band heeft nog geen gevolg",
)
TIE_AFTER: Mapping[str, Message] = {
    "meeting": Message(
        "tie-after-meeting",
        Words("lies after the meeting", "ligt na de bijeenkomst"),
        _NO_EFFECT_YET,
        "warning",
    ),
    "all": Message(
        "tie-after-all",
        Words("lies after all that it could bear on", "ligt na alles waar de band over kan gaan"),
        _NO_EFFECT_YET,
        "warning",
    ),
    "period": Message(
        "tie-after-period",
        Words("lies after the period", "ligt na de periode"),
        _NO_EFFECT_YET,
        "warning",
    ),
}
"""Of a tie that starts too late, by what it starts after."""
_CONSENT_COUNTS = Words(
    "check the date: a consent counts from the day it is given",
    "kijk de datum na: een toestemming telt vanaf de dag waarop zij is gegeven",
)
_ASK_AGAIN = Words("check the date, or ask for it again", "kijk de datum na, of vraag er opnieuw om")
CONSENT_AFTER: Mapping[str, Message] = {
    "meeting": Message(
        "consent-after-meeting",
        Words("lies after the meeting", "ligt na de bijeenkomst"),
        _CONSENT_COUNTS,
        "warning",
    ),
    "series": Message(
        "consent-after-series",
        Words("lies after the series", "ligt na de reeks"),
        _CONSENT_COUNTS,
        "warning",
    ),
}
"""Of a consent that is given too late, by what it is for."""
CONSENT_BEFORE: Mapping[str, Message] = {
    "meeting": Message(
        "consent-expires-before-meeting",
        Words("lies before the meeting", "ligt vóór de bijeenkomst"),
        _ASK_AGAIN,
        "warning",
    ),
    "series": Message(
        "consent-expires-before-series",
        Words("lies before the series", "ligt vóór de reeks"),
        _ASK_AGAIN,
        "warning",
    ),
}
"""Of a consent that expires too soon, by what it is for."""

# --- doubtful content ------------------------------------------------------------------------------------

NO_EMPLOYER = Message(
    "employer-unknown",
    Words("is blank for someone of the pool", "is leeg bij iemand van de pool"),
    Words(
        "fill in the employer, or write {word_yes} under {column_independent}: unknown is not neutral "
        "(rule unknown-employer)",
        "vul de werkgever in, of schrijf {word_yes} onder {column_independent}: onbekend is niet neutraal "
        "(regel ‘werkgever onbekend’)",
    ),
    "warning",
)
INDEPENDENT_EMPLOYED = Message(
    "independent-with-tie",
    Words(
        "is {word_yes} beside a tie of kind {word_employee}", "is {word_yes} naast een band van soort {word_employee}"
    ),
    Words(
        "write {word_no}, or correct the tie: who is independent has no employer",
        "schrijf {word_no}, of verbeter de band: wie zelfstandig is, heeft geen werkgever",
    ),
)
RING = Message(
    "links-in-a-ring",
    Words("form a ring of organisations", "vormen een kring van organisaties"),
    Words(
        "check the direction of the links; a ring is allowed",
        "kijk de richting van de verbindingen na; een kring mag",
    ),
    "warning",
)
NOBODY = Message(
    "no-facilitators",
    Words("is empty", "is leeg"),
    Words("add the members of the pool", "voeg de leden van de pool toe"),
    "warning",
)
NO_MEETINGS = Message(
    "no-meetings",
    Words("is empty", "is leeg"),
    Words("add the meetings of the period", "voeg de bijeenkomsten van de periode toe"),
    "warning",
)
_GIVE_POINT = Words(
    "give {column_lat} and {column_lon}, if travel matters: without them no travel limit applies",
    "geef {column_lat} en {column_lon}, als reizen ertoe doet: zonder die twee geldt er geen reisgrens",
)
WITHOUT_POINT: Mapping[str, Message] = {
    "facilitators": Message(
        "home-without-point",
        Words("is blank: a home without a point", "is leeg: van de woning is niet bekend waar ze op de kaart ligt"),
        _GIVE_POINT,
        "warning",
    ),
    "meetings": Message(
        "place-without-point",
        Words("is blank: a place without a point", "is leeg: van de plek is niet bekend waar ze op de kaart ligt"),
        _GIVE_POINT,
        "warning",
    ),
}
"""By table."""
SWAPPED_POINT = Message(
    "point-swapped",
    Words(
        "looks swapped with {column_lon}: only the other way round it is near the others",
        "lijkt verwisseld met {column_lon}: alleen andersom ligt het bij de andere",
    ),
    Words("swap {column_lat} and {column_lon}", "verwissel {column_lat} en {column_lon}"),
    "warning",
)
FAR_POINT = Message(
    "point-far-away",
    Words("is {km} km or more from all others", "ligt {km} km of meer van alle andere"),
    Words(
        "correct {column_lat} and {column_lon}, or do nothing if that is so",
        "verbeter {column_lat} en {column_lon}, of doe niets als dat zo is",
    ),
    "warning",
)

# --- words and names -------------------------------------------------------------------------------------

OTHER_SPELLING = Message(
    "word-in-other-spelling",
    Words("is a word in another spelling", "is een woord in een andere spelling"),
    Words(
        'nothing to do: it is shown as "{word}", as it is written most often',
        'niets te doen: het wordt getoond als "{word}", zoals het het vaakst geschreven is',
    ),
    "warning",
)
OTHER_SPELLINGS = Message(
    "words-in-other-spelling",
    Words("is a word in another spelling", "is een woord in een andere spelling"),
    Words(
        "nothing to do: each is shown, as it is written most often",
        "niets te doen: elk wordt getoond zoals het het vaakst geschreven is",
    ),
    "warning",
)
CLOSE_WORD = Message(
    "word-close-to-another",
    Words("stands {times} and is close to {other}", "staat er {times} en lijkt op {other}"),
    Words(
        'did you mean "{word}", which stands {often}? write one of the two throughout, or do nothing if they differ',
        'bedoelt u "{word}", die er {often} staat? schrijf overal een van de twee, of doe niets als ze verschillen',
    ),
    "warning",
)
OTHER: Mapping[str, Words] = {
    "region": Words("another region", "een andere regio"),
    "theme": Words("another theme", "een ander thema"),
    "skill": Words("another skill", "een andere vaardigheid"),
    "kind of duty": Words("another kind of duty", "een andere soort taak"),
    "series": Words("another series", "een andere reeks"),
}
"""What a word is close to, by what it names."""
_ONE_ORGANISATION = Words(
    "if they are one organisation, add a link of kind {word_same_as} between them, or use one id",
    "als het één organisatie is, leg er een verbinding van soort {word_same_as} tussen, of gebruik één kenmerk",
)
_ONE_PERSON = Words("if they are one person, use one id", "als het één persoon is, gebruik één kenmerk")
_SAME_NAME = Words("is the same for {ids}", "is hetzelfde bij {ids}")
_NEAR_NAME = Words("is nearly the same for {ids}", "is bijna hetzelfde bij {ids}")
SAME_NAME: Mapping[str, Message] = {
    "organisations": Message("organisations-of-one-name", _SAME_NAME, _ONE_ORGANISATION, "warning"),
    "facilitators": Message("facilitators-of-one-name", _SAME_NAME, _ONE_PERSON, "warning"),
}
NEAR_NAME: Mapping[str, Message] = {
    "organisations": Message("organisations-of-close-names", _NEAR_NAME, _ONE_ORGANISATION, "warning"),
    "facilitators": Message("facilitators-of-close-names", _NEAR_NAME, _ONE_PERSON, "warning"),
}
"""By table."""

# --- the past --------------------------------------------------------------------------------------------

PAST_UNKNOWN = Message(
    "past-meeting-unknown",
    Words(
        "began before today and is neither in {table_history} nor in {table_published}",
        "begon vóór vandaag en staat niet in {table_history} en niet in {table_published}",
    ),
    Words(
        "it counts as held by nobody: say in {table_history} who did",
        "zij telt als door niemand begeleid: zeg in {table_history} wie dat deed",
    ),
    "warning",
)
HISTORY_PLANNED = Message(
    "history-of-planned-meeting",
    Words("is also planned in this period", "is ook gepland in deze periode"),
    Words("the row in {table_history} is ignored", "de rij in {table_history} telt niet mee"),
    "warning",
)
HISTORY_MOVED = Message(
    "history-at-another-time",
    Words("is not when the meeting was held", "is niet wanneer de bijeenkomst was"),
    Words(
        "its holder counts, at the time of the meeting; if it is another meeting, give that another id",
        "wie erbij was telt, op de tijd van de bijeenkomst; geef een andere bijeenkomst een ander kenmerk",
    ),
    "warning",
)
HISTORY_WITHOUT_SEAT = Message(
    "history-without-seat",
    Words(
        "finds no seat of that meeting, or one that another row has",
        "vindt geen plaats van die bijeenkomst, of een die een andere rij heeft",
    ),
    Words(
        "the row counts for nothing: name the seat that was held, one row for each",
        "de rij telt nergens voor: noem de plaats die bezet was, één rij per plaats",
    ),
    "warning",
)
