"""Organisations, and people, that were probably entered twice: their names are equal or nearly so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from poolmatch.domain.nearness import Gist, gist_of, near_pairs
from poolmatch.domain.organisations import one_organisation
from poolmatch.errors import Issue

LEGAL_FORMS = frozenset(
    (
        "stichting", "st", "vereniging", "ver", "gemeente", "gem", "cooperatie", "cooperatieve", "coop", "bv",
        "nv", "cv", "vof", "ua", "ba", "wa", "maatschap", "foundation", "association", "municipality", "ltd",
        "inc", "gmbh", "vzw", "de", "het", "the", "van",
    )
)  # fmt: skip
"""What an organisation is by law, and articles: one list writes them and the next leaves them out."""
TITLES = frozenset(
    (
        "dhr", "mw", "mevr", "mr", "drs", "dr", "ir", "ing", "prof", "de", "het", "van", "der", "den", "ten",
        "ter", "te",
    )
)  # fmt: skip
"""What stands before the name of a person, and particles."""
SHOWN = 5
"""Ids that a warning names."""


def alike_names(tables: Mapping[str, Sequence[tuple[int, Any]]]) -> Iterator[Issue]:
    """Warn of organisations, and of people, whose names are equal or nearly equal. The ids are told, never the names.

    Organisations that a link of kind `same_as` joins, directly or by way of others, are known to be one.

    Parameters
    ----------
    tables
        Rows with their numbers.
    """
    one = one_organisation(row for _, row in tables["links"])
    remedy = "if they are one organisation, add a link of kind same_as between them, or use one id"
    found = [(number, row.organisation, row.name) for number, row in tables["organisations"]]
    yield from _alike("organisations", found, one, LEGAL_FORMS, remedy)
    people = [(number, row.facilitator, row.name) for number, row in tables["facilitators"]]
    yield from _alike("facilitators", people, {}, TITLES, "if they are one person, use one id")


def _alike(
    table: str,
    named: Sequence[tuple[int, str, str]],
    one: Mapping[str, str],
    without: frozenset[str],
    remedy: str,
) -> Iterator[Issue]:
    """Yield what is told of one table.

    Parameters
    ----------
    table
        Its name.
    named
        Row, id and name.
    one
        The id that stands for others which are known to be the same.
    without
        Words that count for nothing.
    remedy
        What to do.
    """
    members: dict[tuple[tuple[str, ...], str], dict[str, tuple[int, str]]] = defaultdict(dict)
    gists: dict[tuple[tuple[str, ...], str], Gist] = {}
    for number, name, text in named:
        gist = gist_of(text, without)
        key = tuple(sorted(gist.parts)), gist.labels  # whatever the order of first and last name
        gists.setdefault(key, gist)
        members[key].setdefault(one.get(name, name), (number, name))

    def issue(group: Sequence[tuple[int, str]], what: str) -> Issue:
        ordered = sorted(group)
        ids = [name for _, name in ordered]
        more = f" and {len(ids) - SHOWN} more" if len(ids) > SHOWN else ""
        told = ", ".join(ids[:SHOWN]) + more if more or len(ids) > 2 else " and ".join(ids)
        return Issue(table, tuple(number for number, _ in ordered), "name", f"is {what} {told}", remedy, "warning")

    for group in members.values():
        if len(group) > 1:
            yield issue(list(group.values()), "the same for")
    keys = list(gists)
    for first, second in near_pairs([gists[key] for key in keys]):
        here, there = members[keys[first]], members[keys[second]]
        if not (here.keys() <= there.keys() or there.keys() <= here.keys()):  # else one, or told as the same name
            pair = next([a, b] for x, a in here.items() for y, b in there.items() if x != y)
            yield issue(pair, "nearly the same for")
