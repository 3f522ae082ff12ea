"""What closed words are called: those that columns take, and yes and no."""

from __future__ import annotations

from collections.abc import Mapping

from poolmatch.words import Words, untranslated

TRUTH: Mapping[bool, Words] = {True: Words("yes", "ja"), False: Words("no", "nee")}
"""What people write and read."""
SPREADSHEET_TRUTH: Mapping[bool, Words] = {True: Words("true", "waar"), False: Words("false", "onwaar")}
"""What spreadsheet programs make of truth values; it is read too."""

LINK_KINDS: Mapping[str, Words] = {
    "controls": Words("controls", "zeggenschap over"),
    "unit_of": Words("unit of", "onderdeel van"),
    "member_of": Words("member of", "lid van"),
    "funds": Words("funds", "financier van"),
    "affiliate": Words("affiliated with", "gelieerd aan"),
    "joint_venture": Words("in a joint venture with", "in een samenwerkingsverband met"),
    "same_as": Words("same organisation as", "dezelfde organisatie als"),
}
ROLES: Mapping[str, Words] = {
    "lead": Words("lead", "leider"),
    "co": Words("co", "medebegeleider"),
    "trainee": Words("trainee", "leerling"),
    "observer": Words("observer", "waarnemer"),
    "scribe": Words("scribe", "verslaglegger"),
    "mentor": Words("mentor", "mentor"),
}
TIE_KINDS: Mapping[str, Words] = {
    "employee": Words("employee", "werknemer"),
    "director": Words("director", "bestuurder"),
    "financial_interest": Words("financial interest", "financieel belang"),
    "former_employee": Words("former employee", "oud-werknemer"),
    "family": Words("family", "familie"),
    "adviser": Words("adviser", "adviseur"),
    "resident": Words("resident", "inwoner"),
    "dossier": Words("dossier", "dossier"),
    "position": Words("public position", "openbare functie"),
}
"""Kinds of the built-in policies; a policy of one's own may know others, which are called what it calls them."""
AVAILABILITY_KINDS: Mapping[str, Words] = {
    "available": Words("available", "beschikbaar"),
    "unavailable": Words("unavailable", "niet beschikbaar"),
    "prefer": Words("gladly", "graag"),
    "avoid": Words("rather not", "liever niet"),
}
CONTENTION: Mapping[str, Words] = {
    "low": Words("low", "laag"),
    "normal": Words("normal", "normaal"),
    "high": Words("high", "hoog"),
}
GRADES: Mapping[str, Words] = {
    "decider": Words("decider", "beslisser"),
    "commissioner": Words("commissioner", "opdrachtgever"),
    "interest": Words("interest", "belanghebbende"),
    "contributor": Words("contributor", "meedenker"),
    "observer": Words("observer", "toehoorder"),
}
CONTINUITY: Mapping[str, Words] = {
    "none": Words("none", "geen"),
    "prefer": Words("same person if possible", "liefst dezelfde"),
    "same": Words("same person", "dezelfde"),
    "rotate": Words("another person each time", "telkens een ander"),
}
REQUIREMENT_KINDS: Mapping[str, Words] = {
    "required": Words("required", "vereist"),
    "preferred": Words("preferred", "gewenst"),
    "at_most": Words("at most", "hoogstens"),
}
PAIRING_KINDS: Mapping[str, Words] = {
    "require": Words("together", "samen"),
    "prefer": Words("gladly together", "graag samen"),
    "avoid": Words("rather not together", "liever niet samen"),
    "forbid": Words("not together", "niet samen"),
}
DEGREES: Mapping[str, Words] = {
    "neutral": Words("neutral", "neutraal"),
    "avoid": Words("avoid", "liever niet"),
    "disclose": Words("disclose", "melden"),
    "waivable": Words("waivable", "alleen met toestemming"),
    "blocked": Words("blocked", "geblokkeerd"),
}

POLICIES: Mapping[str, Words] = {
    "strict": Words("strict", "streng"),
    "internal": Words("internal", "intern"),
}
"""Policies that come with poolmatch; one of somebody's own is called what they call it."""
MODES: Mapping[str, Words] = {
    "tiers": Words("tier by tier", "niveau voor niveau"),
    "weighted": Words("weighted", "gewogen"),
}
"""How a rule set weighs its tiers."""
VALUE_KINDS: Mapping[str, Words] = {
    "text": Words("text", "tekst"),
    "one of the words": Words("one of the words", "een van de woorden"),
    "whole number": Words("whole number", "geheel getal"),
    "number": Words("number", "getal"),
    "yes or no": Words("yes or no", "ja of nee"),
    "date": Words("date", "datum"),
    "date and time": Words("date and time", "datum en tijd"),
    "date, or date and time": Words("date, or date and time", "datum, of datum en tijd"),
    "list, separated by ;": Words("list, separated by ;", "lijst, gescheiden door ;"),
    "list of dates, separated by ;": Words("list of dates, separated by ;", "lijst van datums, gescheiden door ;"),
}
"""Kinds of value that columns hold."""
AUDIENCES: Mapping[str, Words] = {
    "coordinator": Words("coordinator", "coördinator"),
    "party": Words("party", "partij"),
    "facilitator": Words("facilitator", "begeleider"),
    "public": Words("the public", "iedereen"),
}
"""For whom something is written."""

SEAT_BESIDE = Words("{role}, seat {seat}", "{role}, plaats {seat}")
"""A role with the seat that it is of; without brackets, so that it can stand in some."""

_BY_COLUMN: Mapping[str, Mapping[str, Words]] = {
    "contention": CONTENTION,
    "continuity": CONTINUITY,
    "degree": DEGREES,
    "grade": GRADES,
    "role": ROLES,
    "roles": ROLES,
}
_KINDS: Mapping[str, Mapping[str, Words]] = {
    "availability": AVAILABILITY_KINDS,
    "links": LINK_KINDS,
    "pairings": PAIRING_KINDS,
    "requirements": REQUIREMENT_KINDS,
    "ties": TIE_KINDS,
}
"""By table: what its column ``kind`` takes."""


def words_of_column(table: str, column: str) -> Mapping[str, Words]:
    """Return the words that a column takes, by what files have; nothing where anything may stand in it.

    Parameters
    ----------
    table, column
        As files have them.
    """
    return _KINDS.get(table, {}) if column == "kind" else _BY_COLUMN.get(column, {})


def seat_name(seat: str, role: str) -> Words:
    """Return what is done in a seat: the role, with the seat behind it where that is called otherwise in any language.

    Parameters
    ----------
    seat
        Id of the seat.
    role
        The role it asks for, as files have it; "" for any.
    """
    words = ROLES.get(role)
    if words is None:
        return untranslated(seat)
    alike = {role, *(name.casefold() for name in words.templates)}
    return words if seat.casefold() in alike else SEAT_BESIDE.fill(role=words, seat=seat)
