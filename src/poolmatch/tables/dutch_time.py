"""Days and times as people write them in Dutch: 29-3-2026, zo 29 maart 2026, 19.30 uur, 19u30.

What can be read in one way only is read. A weekday that is named must be that of the day. What leaves a doubt, such as
3/4/2026 or 29-3-26, is none of these, and is told as such.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from poolmatch.issues import Message
from poolmatch.messages import cells
from poolmatch.messages import notation as said
from poolmatch.tables.schema import Kind

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|mrt|maart|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sept?(?:ember)?|okt(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = (
    rf"(?:(?P<weekday>{'|'.join(WEEKDAYS)}|(?:ma|di|wo|do|vr|za|zo)\.?),?\s+)?"
    rf"(?:(?P<iso>\d{{4}}-\d\d-\d\d)|(?P<day>\d{{1,2}})(?:-(?P<month>\d{{1,2}})-|[\s-]+(?P<name>{_MONTH})[\s-]+)"
    r"(?P<year>\d{4}))"
)
_CLOCK = (
    r"(?:om\s+)?(?P<hour>\d{1,2})"
    r"(?:(?P<sign>[.:u])(?P<minute>\d\d)(?:(?P=sign)(?P<second>\d\d))?(?:\s*(?:uur|u)\b)?|\s*(?:uur|u)\b)\.?"
)
_ONE_DAY = re.compile(_DAY)
_ONE_CLOCK = re.compile(_CLOCK)
_BOTH = re.compile(rf"{_DAY},?\s+{_CLOCK}")
_DOUBTFUL_ORDER = re.compile(r"(?:\w+\.?,?\s+)?\d{1,2}([/.])\d{1,2}\1\d{2,4}\b.*")
_SHORT_YEAR = re.compile(
    rf"(?:\w+\.?,?\s+)?\d{{1,2}}(?:-\d{{1,2}}|[\s-]+{_MONTH})(?:[\s-]+'?\d\d)?(?![\d-])(?:,?\s.*)?"
)


def settled(text: str, kind: Kind) -> tuple[str, Message | None]:
    """Return a day, or a day with a time, as poolmatch writes it, and what is wrong with it.

    Parameters
    ----------
    text
        What stands in the cell, not blank.
    kind
        What the column takes: days, instants, or either.
    """
    bare = " ".join(text.split()).casefold()
    both = None if kind is Kind.DAY else _BOTH.fullmatch(bare)
    found = both or (None if kind is Kind.INSTANT else _ONE_DAY.fullmatch(bare))
    if found is None:
        return text, _fault(bare, kind)
    day = found["iso"] or f"{found['year']}-{_month(found):02}-{int(found['day']):02}"
    meant = day
    if both:
        meant += f" {both['hour']:0>2}:{both['minute'] or '00'}" + (f":{both['second']}" if both["second"] else "")
    try:
        datetime.fromisoformat(meant)
    except ValueError:
        return meant, cells.NO_SUCH_MOMENT if both else cells.NO_SUCH_DATE
    weekday = found["weekday"]
    if weekday and not WEEKDAYS[date.fromisoformat(day).weekday()].startswith(weekday[:2]):
        return meant, said.OTHER_WEEKDAY
    return meant, None


def _month(found: re.Match[str]) -> int:
    if found["month"]:
        return int(found["month"])
    name = found["name"].replace("maart", "mrt")
    return _MONTHS.index(name[:3]) + 1


def _fault(bare: str, kind: Kind) -> Message:
    """Return what is wrong with a text that cannot be read."""
    if _DOUBTFUL_ORDER.fullmatch(bare):
        return said.DOUBTFUL_DATE
    if _SHORT_YEAR.fullmatch(bare) and not _ONE_DAY.match(bare):  # 3 maart 2026 has its year, and no time
        return said.SHORT_YEAR
    if kind is Kind.DAY:
        return said.NO_DUTCH_DATE
    return said.CLOCK_ALONE if _ONE_CLOCK.fullmatch(bare) else said.NO_DUTCH_INSTANT
