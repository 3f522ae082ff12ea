"""Organisations, and people, that were probably entered twice: their names are equal or nearly so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from poolmatch.domain.nearness import Gist, gist_of, near_pairs
from poolmatch.domain.organisations import one_organisation
from poolmatch.issues import Issue, Message
from poolmatch.messages import between_rows as between
from poolmatch.words import first_few, in_a_row

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
    found = [(number, row.organisation, row.name) for number, row in tables["organisations"]]
    yield from _alike("organisations", found, one, LEGAL_FORMS)
    people = [(number, row.facilitator, row.name) for number, row in tables["facilitators"]]
    yield from _alike("facilitators", people, {}, TITLES)


def _alike(
    table: str,
    named: Sequence[tuple[int, str, str]],
    one: Mapping[str, str],
    without: frozenset[str],
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
    """
    members: dict[tuple[tuple[str, ...], str], dict[str, tuple[int, str]]] = defaultdict(dict)
    gists: dict[tuple[tuple[str, ...], str], Gist] = {}
    for number, name, text in named:
        gist = gist_of(text, without)
        key = tuple(sorted(gist.parts)), gist.labels  # whatever the order of first and last name
        gists.setdefault(key, gist)
        members[key].setdefault(one.get(name, name), (number, name))

    def issue(group: Sequence[tuple[int, str]], message: Message) -> Issue:
        ordered = sorted(group)
        ids = [name for _, name in ordered]
        told = in_a_row(ids) if len(ids) == 2 else first_few(ids, SHOWN)
        return message.at(table, (number for number, _ in ordered), "name", ids=told)

    for group in members.values():
        if len(group) > 1:
            yield issue(list(group.values()), between.SAME_NAME[table])
    keys = list(gists)
    for first, second in near_pairs([gists[key] for key in keys]):
        here, there = members[keys[first]], members[keys[second]]
        if not (here.keys() <= there.keys() or there.keys() <= here.keys()):  # else one, or told as the same name
            pair = next([a, b] for x, a in here.items() for y, b in there.items() if x != y)
            yield issue(pair, between.NEAR_NAME[table])
