"""What the cells of one row can have against one another."""

from __future__ import annotations

from poolmatch.issues import Message
from poolmatch.words import Words

END_BEFORE_START = Message(
    "end-not-after-start",
    Words("is not after {column_start}", "ligt niet na {column_start}"),
    Words("correct {column_start} or {column_end}", "verbeter {column_start} of {column_end}"),
)
ONE_TIME_BLANK = Message(
    "start-or-end-blank",
    Words("is blank", "is leeg"),
    Words(
        "give both {column_start} and {column_end}, or neither",
        "geef {column_start} en {column_end} allebei, of geen van beide",
    ),
)
LAST_BEFORE_FIRST = Message(
    "last-day-before-first",
    Words("lies before {column_start}", "ligt vóór {column_start}"),
    Words(
        "swap {column_start} and {column_end}, or leave one of them blank",
        "verwissel {column_start} en {column_end}, of laat een van beide leeg",
    ),
)
PERIOD_ENDS_FIRST = Message(
    "period-ends-before-start",
    Words("lies before {column_start}", "ligt vóór {column_start}"),
    Words(
        "swap {column_start} and {column_end}; the period ends with its last day",
        "verwissel {column_start} en {column_end}; de periode eindigt met haar laatste dag",
    ),
)
HALF_A_POINT = Message(
    "point-half-blank",
    Words(
        "is blank while the other half of the point is given", "is leeg terwijl de andere helft van het punt er wel is"
    ),
    Words(
        "give both {column_lat} and {column_lon}, or neither",
        "geef {column_lat} en {column_lon} allebei, of geen van beide",
    ),
)
LINK_TO_ITSELF = Message(
    "link-to-itself",
    Words("is {column_source} itself", "is {column_source} zelf"),
    Words(
        "name two different organisations, or remove the row",
        "noem twee verschillende organisaties, of haal de rij weg",
    ),
)
ONE_OF_NONE = Message(
    "one-of-columns-blank",
    Words("needs one of {columns}", "heeft een van {columns} nodig"),
    Words("fill exactly one of {columns}", "vul precies een van {columns} in"),
)
ONE_OF_SEVERAL = Message(
    "several-of-columns-filled",
    Words("fills {filled}", "vult {filled} in"),
    Words("fill exactly one of {columns}", "vul precies een van {columns} in"),
)

# --- meetings --------------------------------------------------------------------------------------------

SESSION_WITHOUT_SERIES = Message(
    "session-without-series",
    Words("is given without a series", "is ingevuld zonder reeks"),
    Words("name the series, or leave {column_session} blank", "noem de reeks, of laat {column_session} leeg"),
)
MAX_BELOW_MIN = Message(
    "max-days-below-min-days",
    Words("is less than {column_min_days}", "is minder dan {column_min_days}"),
    Words("swap the two numbers", "verwissel de twee getallen"),
)
LIMIT_OF_SEAT = Message(
    "limit-of-one-seat",
    Words("is given for a limit on the team", "is ingevuld bij een grens voor het team"),
    Words(
        "leave it blank: {word_at_most} counts how many of the team have the skill",
        "laat het leeg: {word_at_most} telt hoeveel van het team de vaardigheid hebben",
    ),
)
LIMIT_WITHOUT_NUMBER = Message(
    "limit-without-number",
    Words("is blank for a limit on the team", "is leeg bij een grens voor het team"),
    Words(
        "say how many of the team may have the skill, 0 for nobody",
        "zeg hoeveel van het team de vaardigheid mogen hebben, 0 voor niemand",
    ),
)
NUMBER_WITHOUT_LIMIT = Message(
    "number-without-limit",
    Words(
        "is given while {column_kind} is not {word_at_most}", "is ingevuld terwijl {column_kind} niet {word_at_most} is"
    ),
    Words(
        "write {word_at_most} as {column_kind}, or leave it blank",
        "schrijf {word_at_most} bij {column_kind}, of laat het leeg",
    ),
)

# --- people ----------------------------------------------------------------------------------------------

LEFT_BEFORE_JOINED = Message(
    "left-before-joined",
    Words("lies before {column_joined}", "ligt vóór {column_joined}"),
    Words(
        "swap the two dates, or leave one of them blank",
        "verwissel de twee datums, of laat een van beide leeg",
    ),
)
INDEPENDENT_EMPLOYED = Message(
    "independent-with-employer",
    Words("is {word_yes} beside an employer", "is {word_yes} naast een werkgever"),
    Words("leave the employer blank, or write {word_no}", "laat de werkgever leeg, of schrijf {word_no}"),
)
UNTIL_BEFORE_FROM = Message(
    "valid-until-before-valid-from",
    Words("lies before {column_valid_from}", "ligt vóór {column_valid_from}"),
    Words("swap the two dates", "verwissel de twee datums"),
)
FORMER_WITHOUT_END = Message(
    "former-employee-without-end",
    Words("is blank for a former employee", "is leeg bij een oud-werknemer"),
    Words("give the last day of the employment", "geef de laatste dag van het dienstverband"),
)
EXPIRES_BEFORE_CONSENT = Message(
    "expires-before-consent",
    Words("lies before {column_consented_on}", "ligt vóór {column_consented_on}"),
    Words("correct one of the two dates", "verbeter een van de twee datums"),
)
PAIR_OF_ONE = Message(
    "pairing-of-one-person",
    Words("is the first person again", "is weer de eerste persoon"),
    Words("name two different facilitators", "noem twee verschillende begeleiders"),
)

# --- recurrence ------------------------------------------------------------------------------------------

EXCEPT_WITHOUT_RULE = Message(
    "except-without-recurrence",
    Words("is given without a recurrence", "is ingevuld zonder herhaling"),
    Words("give the recurrence, or leave it blank", "geef de herhaling, of laat het leeg"),
)
TOO_MANY_TIMES = Message(
    "recurs-too-often",
    Words(
        "recurs more than {most} times in the period or {steps} times since its start",
        "komt meer dan {most} keer terug in de periode of {steps} keer sinds het begin",
    ),
    Words("use a coarser rule, or a later start", "neem een grovere regel, of een later begin"),
)
NOT_A_RECURRENCE = Message(
    "not-a-recurrence-rule",
    Words("is not a recurrence rule", "is geen herhalingsregel"),
    Words(
        "write it as RFC 5545 does, such as FREQ=WEEKLY;BYDAY=FR",
        "schrijf bijvoorbeeld elke vrijdag, elke 2 weken op maandag, of een andere regel zoals in RFC 5545",
    ),
)
WRONG_UNTIL = Message(
    "recurrence-until-unreadable",
    Words(
        "has an UNTIL that is neither a date nor an instant",
        "heeft een UNTIL die geen datum is en geen tijdstip",
    ),
    Words(
        "write a date, such as UNTIL=20260331, or an instant, such as UNTIL=20260331T215959Z",
        "schrijf een datum, zoals UNTIL=20260331, of een tijdstip, zoals UNTIL=20260331T215959Z",
    ),
)

# --- past work -------------------------------------------------------------------------------------------

HOURS_BLANK = Message(
    "past-work-without-hours",
    Words("is blank for work without times", "is leeg bij werk zonder tijden"),
    Words("give the hours", "geef de uren"),
)
