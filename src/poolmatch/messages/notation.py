"""What can be wrong with how numbers, dates and yes or no are written in files."""

from __future__ import annotations

from poolmatch.issues import Message
from poolmatch.words import Words

NOT_YES_OR_NO = Message(
    "dutch-truth",
    Words("is neither yes nor no", "is geen yes en geen no"),
    Words('write yes or no, or read it with locale="nl"', 'schrijf yes of no, of lees het met locale="nl"'),
)
POINT_WITH_COMMA_DECIMAL = Message(
    "point-though-decimal-comma",
    Words("has a point although the decimal sign is a comma", "heeft een punt terwijl het decimaalteken een komma is"),
    Words(
        'write a decimal comma, or read it without decimal=","',
        'schrijf een decimale komma, of lees het zonder decimal=","',
    ),
)
POINT_IN_DUTCH = Message(
    "point-though-dutch",
    Words("has a point although the decimal sign is a comma", "heeft een punt terwijl het decimaalteken een komma is"),
    Words(
        'write a decimal comma, or read it without locale="nl"',
        'schrijf een decimale komma, of lees het zonder locale="nl"',
    ),
)
COMMA_WITH_POINT_DECIMAL = Message(
    "comma-though-decimal-point",
    Words("has a comma although the decimal sign is a point", "heeft een komma terwijl het decimaalteken een punt is"),
    Words(
        'write a decimal point, or read it with locale="nl" or decimal=","',
        'schrijf een decimale punt, of lees het met locale="nl" of decimal=","',
    ),
)
DUTCH_INSTANT = Message(
    "dutch-date-with-time",
    Words("is not a date with a time", "is geen datum met een tijd"),
    Words(
        'write it as YYYY-MM-DD HH:MM, or read it with locale="nl"',
        'schrijf dat als JJJJ-MM-DD UU:MM, of lees het met locale="nl"',
    ),
)
DUTCH_DATE = Message(
    "dutch-date",
    Words("is not a date", "is geen datum"),
    Words(
        'write it as YYYY-MM-DD, or read it with locale="nl"',
        'schrijf een datum als JJJJ-MM-DD, of lees het met locale="nl"',
    ),
)

# --- as Dutch people write ---------------------------------------------------------------------------------

NOT_A_DUTCH_NUMBER = Message(
    "not-a-number-in-dutch",
    Words("is not a number", "is geen getal"),
    Words(
        "write digits with a decimal comma, such as 1,5, without thousands marks",
        "schrijf cijfers met een komma, zoals 1,5, zonder tekens voor duizendtallen",
    ),
)
DATE_FOR_NUMBER = Message(
    "date-in-place-of-number",
    Words("is a date and not a number", "is een datum en geen getal"),
    Words(
        "give the cell the format Number, and type the number again",
        "geef de cel de opmaak Getal, en typ het getal opnieuw",
    ),
)
PERCENTAGE = Message(
    "percentage-in-place-of-number",
    Words("is a percentage and not a number", "is een percentage en geen getal"),
    Words(
        "give the cell the format Number, and type the number again",
        "geef de cel de opmaak Getal, en typ het getal opnieuw",
    ),
)
NUMBER_FOR_DATE = Message(
    "number-in-place-of-date",
    Words("is a number and not a date", "is een getal en geen datum"),
    Words(
        "give the cell the format Date, or type the date again, such as 29-3-2026",
        "geef de cel de opmaak Datum, of typ de datum opnieuw, zoals 29-3-2026",
    ),
)
POINT_OR_THOUSANDS = Message(
    "point-may-be-thousands",
    Words(
        "has a point that may be a decimal sign or part thousands",
        "heeft een punt die een komma kan zijn of duizendtallen kan scheiden",
    ),
    Words("write a decimal comma, or leave the point out", "schrijf een komma, of laat de punt weg"),
)
NO_DUTCH_DATE = Message(
    "not-a-date-in-dutch",
    Words("is not a date", "is geen datum"),
    Words("write it as 29-3-2026", "schrijf een datum als 29-3-2026"),
)
NO_DUTCH_INSTANT = Message(
    "not-a-date-with-time-in-dutch",
    Words("is not a date with a time", "is geen datum met een tijd"),
    Words("write it as 29-3-2026 19.30", "schrijf dat als 29-3-2026 19.30"),
)
CLOCK_ALONE = Message(
    "time-without-date",
    Words("is a time without a date", "is een tijd zonder datum"),
    Words("write the date before it, as in 29-3-2026 19.30", "schrijf de datum ervoor, zoals 29-3-2026 19.30"),
)
DOUBTFUL_DATE = Message(
    "date-with-strokes",
    Words("may be read in two ways", "is op twee manieren te lezen"),
    Words("write the day first, with hyphens: 29-3-2026", "schrijf eerst de dag, met streepjes: 29-3-2026"),
)
SHORT_YEAR = Message(
    "year-not-in-full",
    Words("has no year of four digits", "heeft geen jaar van vier cijfers"),
    Words("write the year in full: 29-3-2026", "schrijf het jaar voluit: 29-3-2026"),
)
OTHER_WEEKDAY = Message(
    "weekday-differs",
    Words("falls on another day of the week", "valt op een andere dag van de week"),
    Words("correct the date, or the day of the week", "verbeter de datum, of de dag van de week"),
)
