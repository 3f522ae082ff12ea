"""Names beside ids, for those who may read them: findings and explanations hold ids only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from poolmatch.domain.problem import Problem, kept
from poolmatch.report.sections.findings import RULE
from poolmatch.report.sections.section import Cell, Column, Content, Section
from poolmatch.vocabulary import rule_name
from poolmatch.vocabulary.closed_words import ROLES
from poolmatch.words import Words, joined

GONE = Words("{who}, no longer in the pool", "{who}, niet meer in de pool")


def person_name(problem: Problem, facilitator: str) -> str | Words:
    """Return the name of somebody; of who has left the pool the id, and that they have."""
    if facilitator not in problem.facilitator_ids:
        return GONE.fill(who=facilitator)
    return problem.facilitator(facilitator).name


def organisation_name(problem: Problem, organisation: str) -> str:
    """Return the name of an organisation, its id where the problem does not have it."""
    return _organisations(problem).get(organisation, organisation)


def named_words(problem: Problem, words: Words) -> Words:
    """Return words with the name behind each id: for a coordinator, who knows people by their names.

    Parameters
    ----------
    problem
        Its people, organisations and meetings are named.
    words
        What is said. A value that is an id, or several with commas between them, gets names.
    """
    return _with_names(words, _names(problem))


def named_section(problem: Problem, section: Section) -> Section:
    """Return a section with names behind the ids in its sentences, and rules by their names."""
    return _named_section(section, _names(problem))


def named_content(problem: Problem, content: Content) -> Content:
    """Return all there is to say of something with names behind the ids in it, and rules by their names."""
    return _named_content(content, _names(problem))


def content_of_ids(problem: Problem, content: Content) -> Content:
    """Return all there is to say of something to who knows nobody by name: seats by roles, rules by their names."""
    return _named_content(content, _roles(problem))


def _named_content(content: Content, names: Mapping[str, str | Words]) -> Content:
    verdict = _with_names(content.verdict, names)
    details, *sections = (_named_section(section, names) for section in (content.details, *content.sections))
    return Content(content.title, verdict, details, tuple(sections))


def _named_section(section: Section, names: Mapping[str, str | Words]) -> Section:
    def named(cell: Cell, column: Column) -> Cell:
        if column == RULE and isinstance(cell, str):
            return rule_name(cell)
        return _with_names(cell, names) if isinstance(cell, Words) else cell

    rows = (tuple(map(named, row, section.columns)) for row in section.rows)
    return replace(section, heading=_with_names(section.heading, names), rows=tuple(rows))


def _with_names(words: Words, names: Mapping[str, str | Words]) -> Words:
    values = {name: _value(value, names) for name, value in words.values}
    return type(words)(*words.templates, **values)


def _value(value: object, names: Mapping[str, str | Words]) -> object:
    if isinstance(value, Words):
        return _with_names(value, names)
    if not isinstance(value, str):
        return value
    if value in names:
        return names[value]
    parts = value.split(", ")
    return joined(", ", [names[part] for part in parts]) if all(part in names for part in parts) else value


@kept
def _organisations(problem: Problem) -> Mapping[str, str]:
    return {row.organisation: row.name for row in problem.organisations}


@kept
def _names(problem: Problem) -> Mapping[str, str | Words]:
    """Return ids with the names of what they are; without those that mean two things, or what a seat is called too."""
    pairs = [
        *((row.facilitator, row.name) for row in problem.facilitators),
        *((row.organisation, row.name) for row in problem.organisations),
        *((row.meeting, row.title) for row in problem.meetings if row.title),
    ]
    found: dict[str, str] = {}
    twice = {seat.seat for seat in problem.all_seats}
    for name, called in pairs:
        twice |= {name} & found.keys()
        found[name] = name if name == called else f"{called} ({name})"
    return {**{name: called for name, called in found.items() if name not in twice}, **_roles(problem)}


@kept
def _roles(problem: Problem) -> Mapping[str, str | Words]:
    """Return seats that are called as their role is, such as lead, with its name; none that is the id of another."""
    ids = {
        *(row.facilitator for row in problem.facilitators),
        *(row.organisation for row in problem.organisations),
        *(row.meeting for row in problem.meetings),
    }
    odd = {seat.seat for seat in problem.all_seats if seat.seat != seat.role} | ids
    seats = {seat.seat for seat in problem.all_seats if seat.seat == seat.role} - odd
    return {seat: ROLES[seat] for seat in seats & ROLES.keys()}
