"""What the sheets of a workbook are called that are no table."""

from __future__ import annotations

from collections.abc import Mapping

from poolmatch.words import Words

SHEETS: Mapping[str, Words] = {
    "mistakes": Words("mistakes", "fouten"),
    "start": Words("start here", "begin hier"),
    "grid": Words("who can when", "wie kan wanneer"),
    "explanation": Words("explanation", "uitleg"),
    "lists": Words("lists", "lijsten"),
    "per person": Words("per facilitator", "per begeleider"),
    "per meeting": Words("per meeting", "per bijeenkomst"),
    "openings": Words("empty seats", "lege plaatsen"),
    "disclosures": Words("to be told to parties", "te melden aan partijen"),
    "load": Words("load", "belasting"),
    "settlement": Words("hours of organisations", "uren van organisaties"),
    "changes": Words("changes", "veranderingen"),
    "notices": Words("whom to tell what", "wie wat te vertellen"),
    "worth": Words("how good it is", "hoe goed het is"),
    "costs": Words("penalties", "strafpunten"),
    "findings": Words("findings", "bevindingen"),
}
"""By what they are for; no name is that of a table, and each may be the name of a sheet."""
