"""A month of a small pool, to see how a workbook is filled in: all people and organisations are made up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from poolmatch.domain.problem import Problem
from poolmatch.tables.form import Content, Marks
from poolmatch.words import Language, Words

_Cells = Sequence[Mapping[str, Any]]

_PERIOD: Mapping[str, Any] = {
    "name": Words("September 2026", "september 2026"),
    "start": "2026-09-01",
    "end": "2026-09-30",
    "timezone": "Europe/Amsterdam",
}
_ORGANISATIONS: Sequence[tuple[str, Words, Words]] = (
    ("GEM", Words("Municipality of Madeup", "Gemeente Verzonnen"), Words("municipality", "gemeente")),
    ("WAT", Words("Water Board Notreal", "Waterschap Denkbeeld"), Words("water board", "waterschap")),
    ("WON", Words("Housing Storyhome", "Woningstichting Sprookje"), Words("housing corporation", "woningcorporatie")),
    ("SCH", Words("School The Fable", "School De Fabel"), Words("school", "school")),
    (
        "NAT",
        Words("Nature Society Tale", "Natuurvereniging Vertelsel"),
        Words("nature organisation", "natuurorganisatie"),
    ),
    ("DOR", Words("Village Council Fiction", "Dorpsraad Bedenksel"), Words("residents' group", "bewonersgroep")),
)
_FACILITATORS: Sequence[tuple[str, str, str | None]] = (
    ("F01", "Anna {name}", "GEM"),
    ("F02", "Bram {name}", "WAT"),
    ("F03", "Carla {name}", "WON"),
    ("F04", "Dirk {name}", "SCH"),
    ("F05", "Esra {name}", "NAT"),
    ("F06", "Fenna {name}", "DOR"),
    ("F07", "Gijs {name}", "GEM"),
    ("F08", "Harm {name}", None),
)
_SURNAME = Words("Example", "Voorbeeld")
_MEETINGS: Sequence[tuple[str, Words, str, str, Mapping[str, str]]] = (
    (
        "M01",
        Words("Village evening about the bicycle path", "Dorpsavond over het fietspad"),
        "2026-09-03 19:30",
        "2026-09-03 21:30",
        {"GEM": "commissioner", "DOR": "interest"},
    ),
    (
        "M02",
        Words("Intake: a meeting place in the old school", "Intake: ontmoetingsplek in de oude school"),
        "2026-09-08 14:00",
        "2026-09-08 16:00",
        {"SCH": "decider", "WON": "interest"},
    ),
    (
        "M03",
        Words("Kitchen-table talk about water in the garden", "Keukentafelgesprek over water in de tuin"),
        "2026-09-10 19:30",
        "2026-09-10 21:00",
        {"WAT": "commissioner", "DOR": "interest"},
    ),
    (
        "M04",
        Words("Walk: what do we want to keep in the woods?", "Wandeling: wat willen we bewaren in het bos?"),
        "2026-09-16 10:00",
        "2026-09-16 12:00",
        {"NAT": "commissioner", "GEM": "interest"},
    ),
    (
        "M05",
        Words("Neighbourhood talk about the renovation", "Buurtgesprek over de renovatie"),
        "2026-09-22 19:30",
        "2026-09-22 21:30",
        {"WON": "decider", "GEM": "contributor"},
    ),
    (
        "M06",
        Words("Plein: the village of tomorrow", "Plein: het dorp van morgen"),
        "2026-09-29 19:00",
        "2026-09-29 22:00",
        {"DOR": "commissioner", "GEM": "decider", "NAT": "interest"},
    ),
)
_AVAILABILITY: _Cells = (
    {
        "facilitator": "F05",
        "start": "2026-09-04",
        "end": "2026-09-04",
        "kind": "unavailable",
        "rrule": "FREQ=WEEKLY;BYDAY=FR",
    },
    {"facilitator": "F03", "start": "2026-09-14", "end": "2026-09-18", "kind": "unavailable"},
)
_MARKS: Marks = {
    "F02": {
        **{(date(2026, 9, day), "evening"): "unavailable" for day in (1, 8, 15, 22, 29)},
        (date(2026, 9, 16), "morning"): "prefer",
    },
    "F04": {(date(2026, 9, day), half): "unavailable" for day in (7, 8, 9) for half in ("morning", "afternoon")},
    "F06": {(date(2026, 9, 22), "evening"): "prefer", (date(2026, 9, 8), "afternoon"): "avoid"},
}


def example_month(language: Language) -> Content:
    """Return the month, with names in a language.

    Parameters
    ----------
    language
        The language.
    """
    problem = Problem.model_validate(_tables(language))
    tables = {
        name: getattr(problem, name) for name in ("organisations", "facilitators", "meetings", "stakes", "availability")
    }
    return Content({"period": (problem.period,), **tables}, problem.period.zone, _MARKS, made_up=True)


def _tables(language: Language) -> Mapping[str, _Cells]:
    surname = _SURNAME.say(language)
    return {
        "period": [{**_PERIOD, "name": _PERIOD["name"].say(language)}],
        "organisations": [
            {"organisation": key, "name": name.say(language), "kind": kind.say(language)}
            for key, name, kind in _ORGANISATIONS
        ],
        "facilitators": [
            {
                "facilitator": key,
                "name": name.format(name=surname),
                "organisation": employer,
                "independent": "no" if employer else "yes",
            }
            for key, name, employer in _FACILITATORS
        ],
        "meetings": [
            {"meeting": key, "title": title.say(language), "start": start, "end": end}
            for key, title, start, end, _ in _MEETINGS
        ],
        "stakes": [
            {"meeting": key, "organisation": party, "grade": grade}
            for key, _, _, _, parties in _MEETINGS
            for party, grade in parties.items()
        ],
        "availability": _AVAILABILITY,
    }
