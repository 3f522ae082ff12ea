"""The kinds of value that cells hold, each accepted as text or as a native value and never guessed.

Text is what a CSV file holds; native values are what JSON, a workbook or a DataFrame hold. Both arrive at the
same type, so that a rule about a kind of value is written once.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from poolmatch.issues import Message
from poolmatch.messages import cells
from poolmatch.vocabulary.closed_words import SPREADSHEET_TRUTH, TRUTH
from poolmatch.vocabulary.terms import with_terms

MAX_TEXT = 2_000
MAX_NUMBER = 10**9
FIRST_YEAR, LAST_YEAR = 1900, 2199

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?")
_WHOLE = re.compile(r"[+-]?\d{1,18}")
_DECIMAL = re.compile(r"[+-]?\d{1,18}(\.\d{1,400})?")
"""With as many decimals as the smallest number needs: every number that JSON can hold can be written as text."""


def wrong(message: Message, column: str = "") -> PydanticCustomError:
    """Build a validation error that carries a message and, where a row validator raises it, its column."""
    text = with_terms(message.reason, "").en
    return PydanticCustomError("poolmatch", text, {"message": message, "column": column})


@dataclass(frozen=True)
class Ref:
    """Marks a column whose values are ids of another table."""

    tables: tuple[str, ...]


@dataclass(frozen=True)
class Named:
    """Marks a column whose values name things that have no table of their own.

    Attributes
    ----------
    what
        What they name, such as a theme: all columns of a kind name the same things.
    free
        A free word is compared without regard to case, compatibility form and runs of white space, and shown in one
        spelling; an id as it is written.
    """

    what: str
    free: bool = True


@dataclass(frozen=True)
class Listed:
    """Marks a column that text writes as a ``;``-separated list."""


# --- text ------------------------------------------------------------------------------------------------


def _hidden(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"} and character not in "\n\t"


def tidy(text: str) -> str:
    """Return the text trimmed, in Unicode NFC."""
    text = text.strip()
    return text if text.isascii() else unicodedata.normalize("NFC", text)


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """Return what is compared of a free word: without regard to case, compatibility form and runs of white space."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    folded = plain.casefold()
    return " ".join((folded if folded.isascii() else unicodedata.normalize("NFKC", folded)).split())


def has_hidden(text: str) -> bool:
    """Tell whether the text holds characters that cannot be seen: controls, bidi marks, zero-width signs."""
    return not text.isprintable() and any(_hidden(character) for character in text)


def without_hidden(text: str) -> str:
    """Return the text without characters that cannot be seen."""
    return "".join(character for character in text if not _hidden(character))


def _text(value: object) -> object:
    if not isinstance(value, str):
        raise wrong(cells.NOT_TEXT)
    text = tidy(value)
    if len(text) > MAX_TEXT:
        raise wrong(cells.TOO_LONG.fill(most=MAX_TEXT))
    return text


def _plain(value: object) -> object:
    text = _text(value)
    if isinstance(text, str) and has_hidden(text):
        text = tidy(without_hidden(text))
        if not text:
            raise wrong(cells.ONLY_HIDDEN)
    return text


def _identifier(value: object) -> object:
    text = _text(value)
    if isinstance(text, str):
        if has_hidden(text) or "\n" in text or "\t" in text:
            raise wrong(cells.HIDDEN_IN_ID)
        if ";" in text:
            raise wrong(cells.SEMICOLON_IN_ID)
    return text


Id = Annotated[str, BeforeValidator(_identifier), Field(min_length=1)]
Region = Annotated[Id, Named("region")]
Theme = Annotated[Id, Named("theme")]
SkillWord = Annotated[Id, Named("skill")]
DutyKind = Annotated[Id, Named("kind of duty")]
"""Also the name of the one seat of the duty."""
SeriesId = Annotated[Id, Named("series", free=False)]
SeatId = Annotated[Id, Named("seat", free=False)]
"""The id of a seat in its meeting; of a duty its kind."""
Text = Annotated[str, BeforeValidator(_plain)]
"""Words for people: a name or title. Characters that cannot be seen are taken out."""

FacilitatorId = Annotated[Id, Ref(("facilitators",))]
OrganisationId = Annotated[Id, Ref(("organisations",))]
MeetingId = Annotated[Id, Ref(("meetings",))]
OccasionId = Annotated[Id, Ref(("meetings", "duties"))]
"""The id of a meeting or of a duty."""


def split_items(value: object) -> object:
    """Return the items of a list, or of text that separates them with ";"."""
    if isinstance(value, str):
        value = value.split(";")
    if not isinstance(value, list | tuple):
        raise wrong(cells.NOT_A_LIST)
    items = tuple(tidy(item) if isinstance(item, str) else item for item in value)
    items = tuple(item for item in items if item != "")
    if len(set(items)) < len(items):
        raise wrong(cells.ITEM_TWICE)
    return items


Ids = Annotated[tuple[Id, ...], BeforeValidator(split_items), Listed()]

# --- closed words and yes/no -----------------------------------------------------------------------------


def _word(value: object) -> object:
    return tidy(value) if isinstance(value, str) else value


Closed = BeforeValidator(_word)
"""Goes with a ``Literal``: the word is compared after trimming."""

_TRUTH = {words.en: truth for table in (TRUTH, SPREADSHEET_TRUTH) for truth, words in table.items()}


def _truth(value: object) -> object:
    if isinstance(value, str):
        truth = _TRUTH.get(tidy(value).casefold())
        if truth is None:
            raise wrong(cells.NOT_YES_OR_NO)
        return truth
    return value


YesNo = Annotated[bool, BeforeValidator(_truth)]

# --- numbers ---------------------------------------------------------------------------------------------


def _native(value: object) -> Any:
    """Turn a numpy scalar into the Python value it stands for."""
    item = getattr(value, "item", None)
    return item() if callable(item) and not isinstance(value, int | float | str) else value


def _whole(value: object) -> object:
    value = _native(value)
    if isinstance(value, str):
        if not _WHOLE.fullmatch(tidy(value)):
            raise wrong(cells.NOT_WHOLE)
        return int(tidy(value))
    if isinstance(value, bool) or not isinstance(value, int):
        raise wrong(cells.NOT_WHOLE)
    return value


def _decimal(value: object) -> object:
    value = _native(value)
    if isinstance(value, str):
        if not _DECIMAL.fullmatch(tidy(value)):
            raise wrong(cells.NOT_A_NUMBER_AS_TEXT)
        value = float(tidy(value))
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise wrong(cells.NOT_A_NUMBER)
    return value or 0.0  # minus nothing is nothing: equal numbers are written alike


def _four_decimals(value: float) -> float:
    if round(value, 4) != value:
        raise wrong(cells.TOO_MANY_DECIMALS)
    return value


Whole = Annotated[int, BeforeValidator(_whole)]
Number = Annotated[float, BeforeValidator(_decimal)]
Count = Annotated[Whole, Field(ge=0, le=MAX_NUMBER)]
Minutes = Annotated[Whole, Field(ge=0, le=100_000)]
Hours = Annotated[Number, Field(ge=0, le=100_000)]
Amount = Annotated[Number, Field(ge=0, le=MAX_NUMBER)]
Score = Annotated[Number, Field(ge=-10, le=10), AfterValidator(_four_decimals)]
Latitude = Annotated[Number, Field(ge=-90, le=90)]
Longitude = Annotated[Number, Field(ge=-180, le=180)]

# --- time ------------------------------------------------------------------------------------------------


def _in_range(day: date) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise wrong(cells.OUT_OF_YEARS.fill(first=FIRST_YEAR, last=LAST_YEAR))


def _day(value: object) -> object:
    if isinstance(value, str):
        text = tidy(value)
        if not _DAY.fullmatch(text):
            raise wrong(cells.NOT_A_DATE)
        try:
            value = date.fromisoformat(text)
        except ValueError:
            raise wrong(cells.NO_SUCH_DATE) from None
    if isinstance(value, datetime) or not isinstance(value, date):
        raise wrong(cells.NOT_A_DATE)
    _in_range(value)
    return value


def localize(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant of a local clock time, in UTC.

    Parameters
    ----------
    moment
        Naive local time.
    zone
        Time zone of the clock.

    Raises
    ------
    pydantic_core.PydanticCustomError
        The clock never showed that time, or showed it twice.
    """
    first, second = moment.replace(tzinfo=zone, fold=0), moment.replace(tzinfo=zone, fold=1)
    before, after = first.utcoffset(), second.utcoffset()
    if before != after and before is not None and after is not None:
        if before > after:
            raise wrong(cells.TIME_TWICE)
        raise wrong(cells.TIME_SKIPPED)
    return first.astimezone(UTC)


def _instant(value: object, info: ValidationInfo) -> object:
    if isinstance(value, str):
        text = tidy(value)
        if not _INSTANT.fullmatch(text):
            raise wrong(cells.NOT_AN_INSTANT)
        try:
            value = datetime.fromisoformat(text)
        except ValueError:
            raise wrong(cells.NO_SUCH_MOMENT) from None
    if not isinstance(value, datetime):
        raise wrong(cells.NOT_AN_INSTANT)
    if value.microsecond:
        raise wrong(cells.NOT_A_WHOLE_SECOND)
    zone: Any = (info.context or {}).get("zone")
    if value.tzinfo is None and zone is None:
        raise wrong(cells.NO_OFFSET)
    with suppress(OverflowError):  # at either end of the calendar, where the year tells
        value = localize(value, zone) if value.tzinfo is None else value.astimezone(UTC)
    _in_range(value)  # in UTC, whatever the offset it was given with: what is kept must read back
    return value


def _moment(value: object, info: ValidationInfo) -> object:
    if isinstance(value, datetime) or (isinstance(value, str) and not _DAY.fullmatch(tidy(value))):
        return _instant(value, info)
    return _day(value)


Day = Annotated[date, BeforeValidator(_day)]


def _one_or_more(value: object) -> object:
    return split_items((value,) if isinstance(value, date) else value)


Days = Annotated[tuple[Day, ...], BeforeValidator(_one_or_more), Listed()]
Instant = Annotated[AwareDatetime, BeforeValidator(_instant)]
"""A point in time at a whole second. Kept in UTC; text without an offset is local time of the period."""
Moment = Annotated[AwareDatetime | date, BeforeValidator(_moment)]
"""A whole day or a point in time."""


def _zone(value: object) -> object:
    if not isinstance(value, str):
        raise wrong(cells.ZONE_NOT_TEXT)
    name = tidy(value)
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise wrong(cells.NO_SUCH_ZONE) from None
    return name


ZoneName = Annotated[str, BeforeValidator(_zone)]


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return the instant at which a local day begins, in UTC.

    Where the clock skips midnight the day begins at the first time it does show.
    """
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def days_later(day: date, days: int) -> date:
    """Return the date a number of days later."""
    return day + timedelta(days=days)
