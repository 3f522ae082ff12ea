"""What the columns of the tables are called."""

from __future__ import annotations

from collections.abc import Mapping

from poolmatch.words import Words

COLUMNS: Mapping[str, Words] = {
    "contention": Words("contention", "spanning"),
    "continuity": Words("continuity", "continuïteit"),
    "contract_hours": Words("contract hours per week", "contracturen per week"),
    "degree": Words("degree", "graad"),
    "disclosure": Words("disclosure", "te melden"),
    "duty": Words("duty", "taak"),
    "end": Words("end", "einde"),
    "except": Words("except on", "behalve op"),
    "external": Words("external", "extern"),
    "facilitator": Words("facilitator", "begeleider"),
    "grade": Words("grade", "soort belang"),
    "hourly_cost": Words("cost per hour", "kosten per uur"),
    "hours": Words("hours", "uren"),
    "hours_given": Words("hours given", "gegeven uren"),
    "hours_received": Words("hours received", "gekregen uren"),
    "independent": Words("independent", "zelfstandig"),
    "joined": Words("in the pool from", "in de pool vanaf"),
    "kind": Words("kind", "soort"),
    "lat": Words("latitude", "breedtegraad"),
    "left": Words("in the pool until", "in de pool tot en met"),
    "level": Words("level", "niveau"),
    "lon": Words("longitude", "lengtegraad"),
    "max_evenings_per_week": Words("most evenings a week", "hoogste aantal avonden per week"),
    "max_hours": Words("most hours", "hoogste aantal uren"),
    "max_km": Words("most km in the period", "hoogste aantal km in de periode"),
    "max_meetings": Words("most meetings", "hoogste aantal bijeenkomsten"),
    "max_per_day": Words("most meetings a day", "hoogste aantal per dag"),
    "max_per_week": Words("most meetings a week", "hoogste aantal per week"),
    "max_travel_km": Words("farthest journey in km", "verste reis in km"),
    "meeting": Words("meeting", "bijeenkomst"),
    "min_meetings": Words("fewest meetings", "laagste aantal bijeenkomsten"),
    "name": Words("name", "naam"),
    "number": Words("number", "aantal"),
    "online": Words("online", "online"),
    "organisation": Words("organisation", "organisatie"),
    "participants": Words("participants", "deelnemers"),
    "pin": Words("pinned", "vast"),
    "preparation_hours": Words("hours of preparation", "uren voorbereiding"),
    "priority": Words("priority", "prioriteit"),
    "region": Words("region", "regio"),
    "required": Words("required", "verplicht"),
    "role": Words("role", "rol"),
    "roles": Words("roles", "rollen"),
    "rrule": Words("recurrence", "herhaling"),
    "score": Words("score", "score"),
    "seat": Words("seat", "plaats"),
    "series": Words("series", "reeks"),
    "session": Words("session", "sessie"),
    "setup_minutes": Words("minutes of setup", "minuten opbouwen"),
    "skill": Words("skill", "vaardigheid"),
    "start": Words("start", "begin"),
    "theme": Words("theme", "thema"),
    "timezone": Words("time zone", "tijdzone"),
    "title": Words("title", "titel"),
    "today": Words("today", "vandaag"),
    "valid_from": Words("valid from", "geldig vanaf"),
    "valid_until": Words("valid until", "geldig tot en met"),
    "wrapup_minutes": Words("minutes of wrap-up", "minuten opruimen"),
}
"""By the name that stands in the header of a file, for all tables in which it means the same."""

OF_TABLE: Mapping[tuple[str, str], Words] = {
    ("duties", "organisation"): Words("party", "partij"),
    ("facilitators", "organisation"): Words("employer", "werkgever"),
    ("history", "organisations"): Words("parties", "partijen"),
    ("links", "source"): Words("from organisation", "van organisatie"),
    ("links", "target"): Words("to organisation", "naar organisatie"),
    ("pairings", "first"): Words("first facilitator", "eerste begeleider"),
    ("pairings", "second"): Words("second facilitator", "tweede begeleider"),
    ("period", "end"): Words("last day", "laatste dag"),
    ("period", "start"): Words("first day", "eerste dag"),
    ("pins", "slot_start"): Words("start of the slot", "begin van het tijdstip"),
    ("published", "slot_start"): Words("start that was told", "gemeld begin"),
    ("slots", "cost"): Words("penalty points", "strafpunten"),
    ("spacing", "max_days"): Words("most days in between", "hoogste aantal dagen ertussen"),
    ("spacing", "min_days"): Words("fewest days in between", "laagste aantal dagen ertussen"),
    ("stakes", "organisation"): Words("party", "partij"),
    ("strikes", "organisation"): Words("party", "partij"),
    ("waivers", "consented_on"): Words("consented on", "toestemming op"),
    ("waivers", "expires"): Words("valid until", "geldig tot en met"),
    ("waivers", "organisation"): Words("tied to", "band met"),
    ("waivers", "party"): Words("party that consents", "partij die toestemt"),
}
"""By table and column: columns of one table, and those that mean something of their own in it."""

FOR_PEOPLE: Mapping[str, Words] = {
    "title": COLUMNS["title"],
    "where": Words("where", "waar"),
    "with": Words("together with", "samen met"),
}
"""Columns that a roster has besides in a workbook of results: to read, and passed over when it is read back."""


def column_name(table: str, column: str) -> Words:
    """Return what a column is called.

    Parameters
    ----------
    table, column
        As files have them.

    Raises
    ------
    KeyError
        No table has such a column.
    """
    return OF_TABLE.get((table, column)) or COLUMNS[column]
