"""How something recurs, as people write it in Dutch: elke vrijdag, om de week op ma en do, elke werkdag.

What can be read in one way only is read, as the rule of RFC 5545 that it stands for; everything else is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from poolmatch.tables.dutch_time import WEEKDAYS, settled
from poolmatch.tables.schema import Kind

RECURRENCE = "rrule"
"""The column of availability that holds how a row recurs."""
_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WORKDAYS = _CODES[:5]
_NUMBERS = {"twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6}
_PLACES: Mapping[str, int] = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "laatste": -1}
_UNITS: Mapping[str, tuple[str, str, str]] = {
    "DAILY": ("dag", "dagen", "dagelijks"),
    "WEEKLY": ("week", "weken", "wekelijks"),
    "MONTHLY": ("maand", "maanden", "maandelijks"),
    "YEARLY": ("jaar", "jaar", "jaarlijks"),
}
"""How often, by how RFC 5545 says it: one, several, and the word for each of them."""

_DAY = rf"(?:(?:{'|'.join(WEEKDAYS)})(?:en)?|(?:ma|di|wo|do|vr|za|zo)\.?)"
_SOME_DAYS = rf"(?P<days>{_DAY}(?:(?:\s*,\s*|\s+en\s+|\s*&\s*){_DAY})*)"
_EACH = r"(?:elke|elk|iedere|ieder)"
_MANY = rf"(?P<number>[2-9]|1[0-2]|{'|'.join(_NUMBERS)})"
_ONE, _SEVERAL, _LY = ("|".join(names) for names in zip(*_UNITS.values(), strict=True))
_STEP = (
    rf"(?:{_EACH}\s+(?P<one>{_ONE})|(?P<other>om\s+de(?:\s+andere)?\s+week)|(?P<ly>{_LY})"
    rf"|(?:{_EACH}|om\s+de)\s+{_MANY}\s+(?P<several>{_SEVERAL}))(?:\s+op\s+{_SOME_DAYS})?"
)
_PLACED = rf"{_EACH}\s+(?P<place>{'|'.join(_PLACES)})\s+(?P<day>{_DAY})\s+van\s+(?:de|elke|iedere)\s+maand"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?:{_EACH}\s+|op\s+)?{_SOME_DAYS}",
        rf"(?:{_EACH}\s+|op\s+)(?P<work>werkdag(?:en)?)",
        _STEP,
        _PLACED,
    )
)
_END = re.compile(r"(?P<what>.+?),?\s+(?:(?:tot\s+en\s+met|t/m)\s+(?P<last>\S.*)|(?P<count>\d{1,4})\s*(?:keer|maal|x))")


def rule_of(text: str) -> str | None:
    """Return the rule of RFC 5545 that a text stands for; None where it is not known to stand for one.

    Parameters
    ----------
    text
        What stands in the cell.
    """
    bare = " ".join(text.split()).casefold()
    end, ends = _END.fullmatch(bare), ""
    if end:
        bare = end["what"]
        ends = f";COUNT={int(end['count'])}" if end["count"] else ""
        if end["last"]:
            last, wrong = settled(end["last"], Kind.DAY)
            if wrong is not None:
                return None
            ends = f";UNTIL={last.replace('-', '')}"
    found = next(filter(None, (form.fullmatch(bare) for form in _FORMS)), None)
    rule = None if found is None else _rule(found.groupdict())
    return None if rule is None else rule + ends


def _rule(said: Mapping[str, str | None]) -> str | None:
    """Return a rule without an end, of the parts of a text."""
    if said.get("work"):
        return f"FREQ=WEEKLY;BYDAY={','.join(_WORKDAYS)}"
    if place := said.get("place"):
        return f"FREQ=MONTHLY;BYDAY={_PLACES[place]}{_code(said['day'] or '')}"
    unit = said.get("one") or said.get("several") or said.get("ly")
    often = next((code for code, names in _UNITS.items() if unit in names), "WEEKLY")
    number = said.get("number") or ("2" if said.get("other") else "1")
    step = _NUMBERS.get(number) or int(number)
    days = [_code(day) for day in re.findall(_DAY, said.get("days") or "")]
    if days and often != "WEEKLY":
        return None
    interval = f";INTERVAL={step}" if step > 1 else ""
    in_order = [code for code in _CODES if code in days]
    return f"FREQ={often}{interval}" + (f";BYDAY={','.join(in_order)}" if days else "")


def _code(day: str) -> str:
    return next(code for code, name in zip(_CODES, WEEKDAYS, strict=True) if name.startswith(day[:2]))


def told(rule: str) -> str:
    """Return a rule as people write it in Dutch, where it is read back as the same; else the rule.

    Parameters
    ----------
    rule
        As RFC 5545 has it.
    """
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    text = _text(parts)
    return text if text is not None and rule_of(text) == rule else rule


def _text(parts: Mapping[str, str]) -> str | None:
    """Return what parts of a rule say, as far as it can be said; whether that is all is for the reader of it to see."""
    often, step = parts.get("FREQ", ""), parts.get("INTERVAL", "1")
    if often not in _UNITS:
        return None
    one, several, _ = _UNITS[often]
    text = f"elk{'' if one == 'jaar' and step == '1' else 'e'} {one if step == '1' else f'{step} {several}'}"
    days = parts.get("BYDAY", "")
    place = next((word for word, number in _PLACES.items() if days[:-2] == str(number)), None)
    if place and days[-2:] in _CODES:
        text = f"elke {place} {_name(days[-2:])} van de maand"
    elif days == ",".join(_WORKDAYS) and step == "1":
        text = "elke werkdag"
    elif days and all(day in _CODES for day in days.split(",")):
        *first, last = map(_name, days.split(","))
        listed = f"{', '.join(first)} en {last}" if first else last
        text = f"elke {listed}" if step == "1" else f"{text} op {listed}"
    if "UNTIL" in parts:
        year, month, day = parts["UNTIL"][:4], parts["UNTIL"][4:6], parts["UNTIL"][6:]
        text += f" tot en met {day.removeprefix('0')}-{month.removeprefix('0')}-{year}"
    return f"{text}, {parts['COUNT']} keer" if "COUNT" in parts else text


def _name(code: str) -> str:
    return WEEKDAYS[_CODES.index(code)]
