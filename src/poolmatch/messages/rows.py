"""What the cells of one row can have against one another."""

from __future__ import annotations

from poolmatch.issues import Message
from poolmatch.words import Words

END_BEFORE_START = Message(
    "end-not-after-start",
    Words("is not after start", "ligt niet na start"),
    Words("correct start or end", "verbeter start of end"),
)
ONE_TIME_BLANK = Message(
    "start-or-end-blank",
    Words("is blank", "is leeg"),
    Words("give both start and end, or neither", "geef start en end allebei, of geen van beide"),
)
LAST_BEFORE_FIRST = Message(
    "last-day-before-first",
    Words("lies before start", "ligt vóór start"),
    Words(
        "swap start and end, or leave one of them blank",
        "verwissel start en end, of laat een van beide leeg",
    ),
)
PERIOD_ENDS_FIRST = Message(
    "period-ends-before-start",
    Words("lies before start", "ligt vóór start"),
    Words("swap start and end; end is the last day", "verwissel start en end; end is de laatste dag"),
)
HALF_A_POINT = Message(
    "point-half-blank",
    Words(
        "is blank while the other half of the point is given", "is leeg terwijl de andere helft van het punt er wel is"
    ),
    Words("give both lat and lon, or neither", "geef lat en lon allebei, of geen van beide"),
)
LINK_TO_ITSELF = Message(
    "link-to-itself",
    Words("is the source itself", "is source zelf"),
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
    Words("name the series, or leave session blank", "noem de reeks, of laat session leeg"),
)
MAX_BELOW_MIN = Message(
    "max-days-below-min-days",
    Words("is less than min_days", "is minder dan min_days"),
    Words("swap the two numbers", "verwissel de twee getallen"),
)
LIMIT_OF_SEAT = Message(
    "limit-of-one-seat",
    Words("is given for a limit on the team", "is ingevuld bij een grens voor het team"),
    Words(
        "leave it blank: at_most counts how many of the team have the skill",
        "laat het leeg: at_most telt hoeveel van het team de vaardigheid hebben",
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
    Words("is given while kind is not at_most", "is ingevuld terwijl kind niet at_most is"),
    Words("write at_most as kind, or leave it blank", "schrijf at_most bij kind, of laat het leeg"),
)

# --- people ----------------------------------------------------------------------------------------------

LEFT_BEFORE_JOINED = Message(
    "left-before-joined",
    Words("lies before joined", "ligt vóór joined"),
    Words(
        "swap the two dates, or leave one of them blank",
        "verwissel de twee datums, of laat een van beide leeg",
    ),
)
INDEPENDENT_EMPLOYED = Message(
    "independent-with-employer",
    Words("is yes beside an employer", "is yes naast een werkgever"),
    Words("leave the employer blank, or write no", "laat de werkgever leeg, of schrijf no"),
)
UNTIL_BEFORE_FROM = Message(
    "valid-until-before-valid-from",
    Words("lies before valid_from", "ligt vóór valid_from"),
    Words("swap the two dates", "verwissel de twee datums"),
)
FORMER_WITHOUT_END = Message(
    "former-employee-without-end",
    Words("is blank for a former employee", "is leeg bij een oud-werknemer"),
    Words("give the last day of the employment", "geef de laatste dag van het dienstverband"),
)
EXPIRES_BEFORE_CONSENT = Message(
    "expires-before-consent",
    Words("lies before consented_on", "ligt vóór consented_on"),
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
        "schrijf die zoals in RFC 5545, bijvoorbeeld FREQ=WEEKLY;BYDAY=FR",
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
