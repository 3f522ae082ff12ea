"""What the tables are called."""

from __future__ import annotations

from collections.abc import Mapping

from poolmatch.words import Words

TABLES: Mapping[str, Words] = {
    "period": Words("period", "periode"),
    "organisations": Words("organisations", "organisaties"),
    "links": Words("links", "verbindingen"),
    "facilitators": Words("facilitators", "begeleiders"),
    "serves": Words("regions served", "werkgebieden"),
    "skills": Words("skills", "vaardigheden"),
    "ties": Words("ties", "banden"),
    "availability": Words("availability", "beschikbaarheid"),
    "meetings": Words("meetings", "bijeenkomsten"),
    "slots": Words("slots", "tijdstippen"),
    "spacing": Words("spacing", "tussentijd"),
    "duties": Words("duties", "taken"),
    "stakes": Words("stakes", "belangen"),
    "seats": Words("seats", "plaatsen"),
    "requirements": Words("requirements", "eisen"),
    "waivers": Words("waivers", "toestemmingen"),
    "strikes": Words("strikes", "bezwaren"),
    "pairings": Words("pairings", "koppels"),
    "preferences": Words("preferences", "voorkeuren"),
    "pins": Words("pins", "vastgezette plaatsen"),
    "history": Words("history", "eerder werk"),
    "ledger": Words("ledger", "grootboek"),
    "published": Words("published roster", "gepubliceerd rooster"),
    "roster": Words("roster", "rooster"),
}
"""By the name that a file or sheet of it has; at most 31 signs, which is what the name of a sheet may have."""
