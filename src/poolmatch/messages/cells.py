"""What can be wrong with one cell, whatever else stands in its row."""

from __future__ import annotations

from collections.abc import Mapping

from poolmatch.issues import Message
from poolmatch.words import Words

BLANK = Message("cell-blank", Words("is required and blank", "is verplicht en leeg"), Words("fill it in", "vul het in"))
ID_BLANK = Message(
    "id-blank",
    Words("is required and blank", "is verplicht en leeg"),
    Words(
        "think of a short id that nothing else has, such as X12, and keep it every month",
        "bedenk een kort kenmerk dat verder niets heeft, zoals X12, en houd dat elke maand",
    ),
)
UNKNOWN_WORD = Message(
    "word-unknown",
    Words("is not a word this column knows", "is geen woord dat deze kolom kent"),
    Words("{hint}write one of: {known}", "{hint}schrijf een van: {known}"),
)
NOT_A_ROW = Message(
    "row-not-an-object",
    Words("is not a row", "is geen rij"),
    Words("give an object with a value per column", "geef een object met een waarde per kolom"),
)
HIDDEN = Message(
    "cell-hidden-signs",
    Words("holds characters that cannot be seen", "bevat tekens die niet te zien zijn"),
    Words("they are taken out", "die worden eruit gehaald"),
    "warning",
)

# --- text ------------------------------------------------------------------------------------------------

NOT_TEXT = Message(
    "not-text",
    Words("must be text", "moet tekst zijn"),
    Words(
        "write it as text; a number may have lost its leading zeros",
        "schrijf het als tekst; van een getal kunnen de nullen vooraan weg zijn",
    ),
)
TOO_LONG = Message(
    "text-too-long",
    Words("is longer than {most} characters", "is langer dan {most} tekens"),
    Words("shorten it", "maak het korter"),
)
ONLY_HIDDEN = Message(
    "text-only-hidden-signs",
    Words("holds only characters that cannot be seen", "bevat alleen tekens die niet te zien zijn"),
    Words("type it again, or leave the cell blank", "typ het opnieuw, of laat de cel leeg"),
)
HIDDEN_IN_ID = Message(
    "id-hidden-sign",
    Words("holds a character that cannot be seen", "bevat een teken dat niet te zien is"),
    Words("type the id again", "typ het kenmerk opnieuw"),
)
SEMICOLON_IN_ID = Message(
    "id-semicolon",
    Words('holds a ";"', 'bevat een ";"'),
    Words(
        'choose an id without ";", which separates the items of a list',
        'kies een kenmerk zonder ";", want dat scheidt de delen van een lijst',
    ),
)
NOT_A_LIST = Message(
    "not-a-list",
    Words("must be a list", "moet een lijst zijn"),
    Words('separate the items with ";"', 'scheid de delen met ";"'),
)
ITEM_TWICE = Message(
    "list-item-twice",
    Words("names an item twice", "noemt iets twee keer"),
    Words("name each item once", "noem alles één keer"),
)

# --- yes or no, and numbers ------------------------------------------------------------------------------

NOT_YES_OR_NO = Message(
    "not-yes-or-no",
    Words("is neither {word_yes} nor {word_no}", "is geen {word_yes} en geen {word_no}"),
    Words("write {word_yes} or {word_no}", "schrijf {word_yes} of {word_no}"),
)
NOT_WHOLE = Message(
    "not-a-whole-number",
    Words("is not a whole number", "is geen geheel getal"),
    Words("write digits only, such as 3", "schrijf alleen cijfers, zoals 3"),
)
NOT_A_NUMBER_AS_TEXT = Message(
    "not-a-number",
    Words("is not a number", "is geen getal"),
    Words(
        "write digits with a decimal point, such as 1.5, without thousands marks",
        "schrijf cijfers met een decimale punt, zoals 1.5, zonder tekens voor duizendtallen",
    ),
)
NOT_A_NUMBER = Message(
    "not-a-number-value",
    Words("is not a number", "is geen getal"),
    Words(
        "write digits with a decimal point, such as 1.5",
        "schrijf cijfers met een decimale punt, zoals 1.5",
    ),
)
TOO_MANY_DECIMALS = Message(
    "too-many-decimals",
    Words("has more than four decimals", "heeft meer dan vier decimalen"),
    Words("round it to four decimals", "rond het af op vier decimalen"),
)

# --- time ------------------------------------------------------------------------------------------------

OUT_OF_YEARS = Message(
    "year-out-of-range",
    Words("lies outside the years {first} to {last}", "valt buiten de jaren {first} tot en met {last}"),
    Words(
        "correct it, or leave it blank where no limit is meant",
        "verbeter het, of laat het leeg als er geen grens is",
    ),
)
NOT_A_DATE = Message(
    "not-a-date",
    Words("is not a date", "is geen datum"),
    Words("write it as YYYY-MM-DD, such as 2026-03-29", "schrijf een datum als JJJJ-MM-DD, zoals 2026-03-29"),
)
NO_SUCH_DATE = Message(
    "no-such-date",
    Words("is a date that does not exist", "is een datum die niet bestaat"),
    Words("look it up in the calendar", "zoek het op in de kalender"),
)
NOT_AN_INSTANT = Message(
    "not-a-date-with-time",
    Words("is not a date with a time", "is geen datum met een tijd"),
    Words(
        "write it as YYYY-MM-DD HH:MM, such as 2026-03-29 19:30",
        "schrijf dat als JJJJ-MM-DD UU:MM, zoals 2026-03-29 19:30",
    ),
)
NO_SUCH_MOMENT = Message(
    "no-such-moment",
    Words("is a moment that does not exist", "is een tijdstip dat niet bestaat"),
    Words("look it up in the calendar", "zoek het op in de kalender"),
)
NOT_A_WHOLE_SECOND = Message(
    "not-at-a-whole-second",
    Words("is not at a whole second", "ligt niet op een hele seconde"),
    Words("write it as YYYY-MM-DD HH:MM[:SS]", "schrijf het als JJJJ-MM-DD UU:MM[:SS]"),
)
NO_OFFSET = Message(
    "no-offset",
    Words(
        "has no offset, and the time zone of the period is not known",
        "heeft geen verschil met UTC, en de tijdzone van de periode is niet bekend",
    ),
    Words("add the offset, such as +01:00", "zet het verschil erbij, zoals +01:00"),
)
TIME_TWICE = Message(
    "clock-time-twice",
    Words("is a clock time that occurs twice that day", "is een kloktijd die er die dag twee keer is"),
    Words("add the offset, such as +02:00", "zet het verschil met UTC erbij, zoals +02:00"),
)
TIME_SKIPPED = Message(
    "clock-time-skipped",
    Words(
        "is a clock time that does not exist that day, because the clock is moved forward",
        "is een kloktijd die er die dag niet is, omdat de klok vooruitgaat",
    ),
    Words("correct the time", "verbeter de tijd"),
)
ZONE_NOT_TEXT = Message(
    "time-zone-not-text",
    Words("must be text", "moet tekst zijn"),
    Words("name a time zone such as Europe/Amsterdam", "noem een tijdzone, zoals Europe/Amsterdam"),
)
NO_SUCH_ZONE = Message(
    "time-zone-unknown",
    Words("is not the name of a time zone", "is niet de naam van een tijdzone"),
    Words(
        "name one of the IANA list, such as Europe/Amsterdam",
        "noem er een uit de lijst van IANA, zoals Europe/Amsterdam",
    ),
)

# --- bounds ----------------------------------------------------------------------------------------------

BY_BOUND: Mapping[str, Message] = {
    "greater_than_equal": Message(
        "number-too-small",
        Words("input should be greater than or equal to {ge}", "moet {ge} of meer zijn"),
        Words("write a number of {ge} or more", "schrijf een getal van {ge} of meer"),
    ),
    "less_than_equal": Message(
        "number-too-large",
        Words("input should be less than or equal to {le}", "mag hoogstens {le} zijn"),
        Words("write a number of {le} or less", "schrijf een getal van {le} of minder"),
    ),
    "finite_number": Message(
        "number-not-finite",
        Words("input should be a finite number", "moet een eindig getal zijn"),
        Words("write a number, or leave the cell blank", "schrijf een getal, of laat de cel leeg"),
    ),
    "bool_type": Message(
        "truth-not-yes-or-no",
        Words("input should be a valid boolean", "moet ja of nee zijn"),
        Words("write {word_yes} or {word_no}", "schrijf {word_yes} of {word_no}"),
    ),
}
"""What a column that takes the value as such does not take, by what pydantic calls it."""
NOT_TAKEN = Message(
    "value-not-taken",
    Words("{fault}", "{fault}"),
    Words("correct the value", "verbeter de waarde"),
)
