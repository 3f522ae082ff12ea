"""What stands on a page, for whom, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from poolmatch.figures import ledger_of
from poolmatch.report.page.bars import Bar, bar_of_load, bar_of_tier
from poolmatch.report.page.cells import number
from poolmatch.report.page.part import Part, Reader, Vacancy
from poolmatch.report.sections.agenda import agenda_sections
from poolmatch.report.sections.by_rule import rule_sections
from poolmatch.report.sections.changes import changes_section, notices_section
from poolmatch.report.sections.degrees import degrees_section
from poolmatch.report.sections.disclosing import telling_section
from poolmatch.report.sections.findings import costs_section, doubts_section
from poolmatch.report.sections.months import Month, Week, months_of
from poolmatch.report.sections.of_result import clash_section
from poolmatch.report.sections.openings import openings_of
from poolmatch.report.sections.people import person_sections
from poolmatch.report.sections.quality import short_section, tiers_section
from poolmatch.report.sections.seats import outside_section
from poolmatch.report.sections.section import Cell, Kind
from poolmatch.report.sections.settlement import settlement_section
from poolmatch.report.sections.work import ledger_section, load_section
from poolmatch.report.sections.worth import worth_section
from poolmatch.results import Result
from poolmatch.vocabulary.closed_words import POLICIES
from poolmatch.vocabulary.outcomes import tier_name
from poolmatch.words import Words

LOOKING = 0.5
"""Seconds for looking what could fill empty seats that nobody searched for."""
CROWDED = 6
"""On a day with more meetings a calendar says how many there are, and the list below it which."""


def parts_of(reader: Reader) -> tuple[Part, ...]:
    """Return the parts of a page that have something to say to its reader."""
    makers = (_calendar, _empty, _outside, _neutrality, _load, _ledger, _changes, _worth, _rules, _doubts)
    return tuple(part for part in (make(reader) for make in makers) if part.says_something or part.none)


def _calendar(reader: Reader) -> Part:
    report, view = reader.report, reader.view
    agenda, people = agenda_sections(report, view), person_sections(report, view)
    months = _busy(months_of(report, view))
    days = chain.from_iterable(week.days for month in months for week in month.weeks)
    crowded = any(len(day.occasions) > CROWDED for day in days)
    lead = Words(
        "What is held when, and who comes. A dashed edge means that somebody is still missing. Where little is held, "
        "weeks without anything are left out.",
        "Wat er wanneer is, en wie er komt. Een gestippelde rand betekent dat er nog iemand ontbreekt. Is er weinig, "
        "dan blijven lege weken weg.",
    )
    if reader.own:
        heading = Words("Your calendar", "Uw kalender")
        return Part("calendar", heading, lead, months, crowded, tables=reader.tables(*people))
    listed = reader.fold(Words("The same as a list", "Hetzelfde als lijst"), agenda)
    each = reader.fold(Words("For each facilitator", "Per begeleider"), people)
    return Part("calendar", Words("Calendar", "Kalender"), lead, months, crowded, folds=(*listed, *each))


def _busy(months: Sequence[Month]) -> tuple[Month, ...]:
    """Return months without the weeks in which nothing is held, where most are such; and without empty months."""

    def held(week: Week) -> bool:
        return any(day.occasions for day in week.days)

    weeks = [held(week) for month in months for week in month.weeks]
    if 2 * sum(weeks) >= len(weeks):
        return tuple(months)
    kept = (replace(month, weeks=tuple(filter(held, month.weeks))) for month in months)
    return tuple(month for month in kept if month.weeks)


def _empty(reader: Reader) -> Part:
    report, view, known = reader.report, reader.view, reader.explored
    lead = Words(
        "Required seats that nobody takes: by which rule everybody fell away, and what would help.",
        "Verplichte plaatsen waar niemand zit: door welke regel iedereen afviel, en wat zou helpen.",
    )
    openings = openings_of(report, view, known.remedies, most_seconds=LOOKING)
    vacancies = tuple(Vacancy(item, known.verdict(item.occasion.id, item.post.seat)) for item in openings)
    clash = reader.tables(clash_section(reader.result, view)) if reader.result else ()
    none = Words("All required seats are filled.", "Alle verplichte plaatsen zijn bezet.") if view.whole else None
    heading = Words("Empty seats", "Lege plaatsen")
    return Part("empty", heading, lead, vacancies=vacancies, tables=clash, none=none)


def _outside(reader: Reader) -> Part:
    lead = Words(
        "Who comes from outside the pool, and by which rule its members fell away.",
        "Wie er van buiten de pool komt, en door welke regel de leden ervan afvielen.",
    )
    tables = reader.tables(outside_section(reader.report)) if reader.view.whole else ()
    return Part("outside", Words("Externals", "Externen"), lead, tables=tables)


def _neutrality(reader: Reader) -> Part:
    policy = reader.report.rules.policy
    lead = Words(
        "What the parties of a meeting are to be told about who comes. Judged by policy {policy}, version {version}, "
        "on what is on record, not on what nobody wrote down.",
        "Wat de partijen van een bijeenkomst moeten weten over wie er komt. Beoordeeld volgens beleid {policy}, versie "
        "{version}, op grond van wat bekend is, niet van wat niemand heeft opgeschreven.",
        policy=POLICIES.get(policy.name, policy.name),
        version=policy.version,
    )
    told = telling_section(reader.report, reader.view)
    tables = reader.tables(told, degrees_section(reader.report, reader.view))
    none = (
        None if reader.view.audience.kind == "public" else Words("There is nothing to tell.", "Er is niets te melden.")
    )
    return Part("neutrality", Words("Neutrality", "Neutraliteit"), lead, tables=tables, none=none)


def _load(reader: Reader) -> Part:
    section = load_section(reader.report, reader.view)
    lead = Words(
        "Hours of work, preparation included, beside the part that would be fair by contract hours, presence and what "
        "went before. The stroke in a bar is that part.",
        "Uren werk, met voorbereiding, naast het deel dat eerlijk zou zijn naar contracturen, aanwezigheid en wat er "
        "eerder was. De streep in een balk is dat deel.",
    )
    own, all_ = Words("Your load", "Uw belasting"), Words("Load and fairness", "Belasting en eerlijkheid")
    places = [column.kind for column in section.columns].index(Kind.HOURS)
    pairs = [(_hours(row[places]), _hours(row[places + 1])) for row in section.rows]
    most = max(chain.from_iterable(pairs), default=0.0)
    bars = [_load_bar(reader, hours, share, most) for hours, share in pairs]
    tables = (reader.table(section, bars=bars),) if section.rows else ()
    return Part("load", own if reader.own else all_, lead, tables=tables)


def _hours(cell: Cell) -> float:
    return float(cell) if isinstance(cell, int | float) else 0.0


def _load_bar(reader: Reader, hours: float, share: float, most: float) -> Bar:
    said = Words("{hours} hours; {share} would be fair", "{hours} uur; {share} zou eerlijk zijn")
    told = {"hours": number(hours, Kind.HOURS, reader.language), "share": number(share, Kind.HOURS, reader.language)}
    return bar_of_load(hours, share, most, said.fill(**told).say(reader.language))


def _ledger(reader: Reader) -> Part:
    report, view = reader.report, reader.view
    lead = Words(
        "Hours that organisations give to meetings of one another, and receive for their own.",
        "Uren die organisaties geven aan bijeenkomsten van elkaar, en krijgen voor die van henzelf.",
    )
    tables = reader.tables(ledger_section(report, view), settlement_section(report.problem, ledger_of(report), view))
    return Part("ledger", Words("Ledger", "Grootboek"), lead, tables=tables)


def _changes(reader: Reader) -> Part:
    report, view = reader.report, reader.view
    lead = Words(
        "What is otherwise than in the roster that was published before.",
        "Wat anders is dan in het rooster dat eerder is gepubliceerd.",
    )
    tables = reader.tables(changes_section(report, view), notices_section(report, view))
    told = bool(report.problem.published) and (view.whole or reader.own)
    none = Words("Nothing has changed.", "Er is niets veranderd.") if told else None
    return Part("changes", Words("What changed", "Wat er veranderd is"), lead, tables=tables, none=none)


def _worth(reader: Reader) -> Part:
    heading, result = Words("How good it is", "Hoe goed het is"), reader.result
    if result is None:
        lead = Words(
            "What the roster costs, by rule and by level. Nothing is proven of it here: it was checked, not made.",
            "Wat het rooster kost, per regel en per niveau. Hier is niets bewezen: het is gecontroleerd, niet gemaakt.",
        )
        return Part("worth", heading, lead, tables=reader.tables(costs_section(reader.report)))
    lead = Words(
        "The full part of a bar is proven: no legal roster has less. What is dashed could still be won, at most.",
        "Het volle deel van een balk is bewezen: geen geldig rooster heeft minder. Wat gestippeld is, valt hooguit nog "
        "te winnen.",
    )
    section, bars = worth_section(result, reader.view), _tier_bars(reader, result)
    table = reader.table(
        section, bars=[bars.get(row[0]) if isinstance(row[0], Words) else None for row in section.rows]
    )
    short = reader.tables(short_section(result.report)) if reader.view.whole else ()
    figures = reader.fold(Words("The figures", "De getallen"), [tiers_section(result)])
    return Part("worth", heading, lead, tables=(table, *short), folds=figures)


def _tier_bars(reader: Reader, result: Result) -> dict[Words, Bar]:
    said = Words("{points} penalty points, of which {bound} proven", "{points} strafpunten, waarvan {bound} bewezen")
    bars = {}
    for tier in (*result.tiers, *((result.weighted,) if result.weighted else ())):
        figures = {"points": tier.points, "bound": tier.bound / tier.scale}
        told = {name: number(value, Kind.POINTS, reader.language) for name, value in figures.items()}
        bars[tier_name(tier.tier)] = bar_of_tier(tier, said.fill(**told).say(reader.language))
    return bars


def _rules(reader: Reader) -> Part:
    sections = rule_sections(reader.report, reader.view)
    lead = Words("Everything the rules found, rule by rule.", "Alles wat de regels vonden, regel voor regel.")
    folds = chain.from_iterable(reader.fold(section.heading, [section]) for section in sections)
    return Part("rules", Words("What the rules say", "Wat de regels zeggen"), lead, folds=tuple(folds))


def _doubts(reader: Reader) -> Part:
    report = reader.report
    section = doubts_section((*report.problem.warnings, *report.warnings))
    lead = Words(
        "What was read as it stands, and may be meant otherwise.",
        "Wat gelezen is zoals het er staat, en misschien anders bedoeld is.",
    )
    return Part("doubts", section.heading, lead, tables=reader.tables(section) if reader.view.whole else ())
