"""How numbers, dates, times and yes or no are written as text: as poolmatch does, or as Dutch programs do.

Either becomes the text that the domain takes. What is written in the other way than the declared one is an error
whose remedy names the argument under which it is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from poolmatch.domain.values import tidy
from poolmatch.issues import Message
from poolmatch.messages import cells, files
from poolmatch.tables.schema import Column, Kind
from poolmatch.vocabulary.closed_words import SPREADSHEET_TRUTH, TRUTH

DECIMAL_SIGNS = (".", ",")
LOCALES = ("nl",)
"""Ways of writing that can be declared, besides poolmatch's own."""

_WITH_COMMA = re.compile(r"[+-]?\d+,\d+")
_DUTCH_DAY = r"(?P<day>\d{1,2})-(?P<month>\d{1,2})-(?P<year>\d{4})"
_ISO_DAY = r"\d{4}-\d\d-\d\d"
_DAY = re.compile(_DUTCH_DAY)
_INSTANT = re.compile(
    rf"(?:{_DUTCH_DAY}|(?P<iso>{_ISO_DAY}))\s+(?P<hour>\d{{1,2}})(?P<sign>[.:])(?P<minute>\d\d)((?P=sign)(?P<second>\d\d))?"
)
_OWN = re.compile(rf"{_ISO_DAY}([T ]\d\d:\d\d.*)?")
_TRUTH = {words.nl: TRUTH[truth].en for table in (TRUTH, SPREADSHEET_TRUTH) for truth, words in table.items()}
"""From what people write in Dutch, and what Dutch spreadsheet programs make of truth values, to yes and no."""


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
    """

    decimal: str | None = None
    locale: str | None = None
    lenient: bool = False

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
        return Notation(self.decimal, self.locale, self.dutch and self.decimal is None and separator == ",")

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
                meant = _TRUTH.get(tidy(text).casefold(), text)
                wrong = meant != text and not self.dutch
                return meant, files.NOT_YES_OR_NO if wrong else None
            case _:
                return text, None

    def _number(self, text: str) -> tuple[str, Message | None]:
        comma = _WITH_COMMA.fullmatch(tidy(text)) is not None
        meant = text.replace(",", ".") if comma else text
        if self.lenient:
            return meant, None
        if self.decimal == "," or (self.dutch and self.decimal is None):
            message = files.POINT_WITH_COMMA_DECIMAL if self.decimal else files.POINT_IN_DUTCH
            return meant, message if "." in text else None
        return meant, files.COMMA_WITH_POINT_DECIMAL if comma else None

    def _time(self, text: str, kind: Kind) -> tuple[str, Message | None]:
        """Return a date or an instant as poolmatch writes it, where it is written in the Dutch way."""
        bare = tidy(text)
        if _OWN.fullmatch(bare):
            return text, None
        instant = None if kind is Kind.DAY else _INSTANT.fullmatch(bare)
        day = None if kind is Kind.INSTANT else _DAY.fullmatch(bare)
        found = instant or day
        if found is None:
            return text, None
        meant = found["iso"] if instant and found["iso"] else f"{found['year']}-{found['month']:0>2}-{found['day']:0>2}"
        if instant:
            meant += f" {found['hour']:0>2}:{found['minute']}" + (f":{found['second']}" if found["second"] else "")
        if not self.dutch:
            if instant:
                return meant, files.DUTCH_INSTANT
            return meant, files.DUTCH_DATE
        try:
            datetime.fromisoformat(meant)
        except ValueError:
            return meant, cells.NO_SUCH_MOMENT if instant else cells.NO_SUCH_DATE
        return meant, None
