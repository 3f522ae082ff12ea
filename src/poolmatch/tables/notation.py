"""How numbers, dates, times and yes or no are written as text: as poolmatch does, or as Dutch people and programs do.

Either becomes the text that the domain takes. What is written in the other way than the declared one is an error
whose remedy names the argument under which it is read. A Dutch workbook declares itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from poolmatch.domain.values import tidy
from poolmatch.issues import Message
from poolmatch.messages import files
from poolmatch.messages import notation as said
from poolmatch.tables.dutch_recurrence import RECURRENCE, rule_of
from poolmatch.tables.dutch_time import settled
from poolmatch.tables.schema import Column, Kind
from poolmatch.vocabulary.closed_words import SPREADSHEET_TRUTH, TRUTH

DECIMAL_SIGNS = (".", ",")
LOCALES = ("nl",)
"""Ways of writing that can be declared, besides poolmatch's own."""

_WITH_COMMA = re.compile(r"[+-]?\d+,\d+")
_DUTCH_NUMBER = re.compile(r"[+-]?\d{1,18}([,.]\d{1,400})?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(\.\d{3})+")
_OWN = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?")
_TRUTH = {words.nl: TRUTH[truth].en for table in (TRUTH, SPREADSHEET_TRUTH) for truth, words in table.items()}
"""From what people write in Dutch, and what Dutch spreadsheet programs make of truth values, to yes and no."""
_MARKS = {"j": TRUTH[True].en, "x": TRUTH[True].en, "n": TRUTH[False].en}
"""From what people write for short in Dutch: a letter, or a cross where yes is meant."""


@dataclass(frozen=True)
class Notation:
    """The declared way of writing.

    Attributes
    ----------
    decimal
        Decimal sign of numbers; None for that of the locale.
    locale
        ``nl`` for Dutch: decimal comma, dd-mm-yyyy, 19.30, ja and nee; dates as poolmatch writes them are read too.
    lenient
        Whether numbers may have either decimal sign.
    by_file
        Whether it is the file that says it is Dutch. Then there is no argument to name, and numbers may have a point
        where that cannot part thousands.
    spoken
        Whether yes and no may be written in any language, as in a workbook.
    """

    decimal: str | None = None
    locale: str | None = None
    lenient: bool = False
    by_file: bool = False
    spoken: bool = False

    def __post_init__(self) -> None:
        if self.decimal not in (None, *DECIMAL_SIGNS):
            raise ValueError(files.NO_DECIMAL)
        if self.locale not in (None, *LOCALES):
            raise ValueError(files.NO_LOCALE)

    @property
    def dutch(self) -> bool:
        """Whether Dutch was declared."""
        return self.locale == "nl"

    def between(self, separator: str) -> Notation:
        """Return the way of writing in a CSV file with that separator.

        No Dutch program writes commas between cells, so that numbers there have a decimal point, as poolmatch writes
        them, unless they are quoted: in such a file either sign is unmistakable.
        """
        return replace(self, lenient=self.dutch and self.decimal is None and separator == ",")

    def of_dutch_file(self) -> Notation:
        """Return the way of writing in a file that is Dutch by itself."""
        return replace(self, locale="nl", by_file=True)

    def native(self, value: object, column: Column) -> Message | None:
        """Return what is wrong in a Dutch file with a value that is no text: the cell has another format than meant."""
        number = isinstance(value, int | float) and not isinstance(value, bool)
        match column.kind:
            case Kind.NUMBER | Kind.WHOLE if isinstance(value, date | time):
                return said.DATE_FOR_NUMBER
            case Kind.DAY | Kind.DAYS | Kind.MOMENT | Kind.INSTANT if number:
                return said.NUMBER_FOR_DATE
            case Kind.DAY if isinstance(value, datetime | time):
                return said.NO_DUTCH_DATE
            case Kind.INSTANT | Kind.MOMENT if isinstance(value, time):
                return said.CLOCK_ALONE
            case Kind.INSTANT if not isinstance(value, datetime):
                return said.NO_DUTCH_INSTANT
            case _:
                return None

    def settled(self, text: str, column: Column) -> tuple[str, Message | None]:
        """Return a text as the domain takes it, and what is wrong with the way in which it is written.

        Parameters
        ----------
        text
            Content of a cell, not blank.
        column
            The column it stands in.
        """
        match column.kind:
            case Kind.NUMBER:
                return self._number(text)
            case Kind.DAY | Kind.INSTANT | Kind.MOMENT:
                return self._time(text, column.kind)
            case Kind.DAYS:
                days = [self._time(day, Kind.DAY) for day in text.split(";")]
                return ";".join(day for day, _ in days), next((found for _, found in days if found), None)
            case Kind.YES_NO:
                word = tidy(text).casefold()
                if self.dutch or self.spoken:
                    return _MARKS.get(word) or _TRUTH.get(word, text), None
                return _TRUTH.get(word, text), said.NOT_YES_OR_NO if word in _TRUTH else None
            case Kind.TEXT if column.name == RECURRENCE and (self.dutch or self.spoken):
                return rule_of(text) or text, None
            case _:
                return text, None

    def _number(self, text: str) -> tuple[str, Message | None]:
        comma = _WITH_COMMA.fullmatch(tidy(text)) is not None
        meant = text.replace(",", ".") if comma else text
        if self.lenient:
            return meant, None
        if self.by_file and self.decimal is None:
            if not _DUTCH_NUMBER.fullmatch(tidy(text)):
                return text, said.NOT_A_DUTCH_NUMBER
            return meant, said.POINT_OR_THOUSANDS if _THOUSANDS.fullmatch(tidy(text)) else None
        if self.decimal == "," or (self.dutch and self.decimal is None):
            message = said.POINT_WITH_COMMA_DECIMAL if self.decimal else said.POINT_IN_DUTCH
            return meant, message if "." in text else None
        return meant, said.COMMA_WITH_POINT_DECIMAL if comma else None

    def _time(self, text: str, kind: Kind) -> tuple[str, Message | None]:
        """Return a date or an instant as poolmatch writes it, where it is written in the Dutch way."""
        bare = tidy(text)
        if _OWN.fullmatch(bare):
            return text, None
        meant, message = settled(bare, kind)
        if self.dutch:
            return meant, message
        if meant == bare:  # in no way that is known
            return text, None
        return meant, said.DUTCH_DATE if len(meant) == len("2026-03-29") else said.DUTCH_INSTANT
