"""How good a result is, what it could not give, and what of it must be told to the parties."""

from __future__ import annotations

from poolmatch.checking import Report
from poolmatch.neutrality.evidence import disclosures_of
from poolmatch.report.sections.findings import SENTENCE
from poolmatch.report.sections.section import Cell, Column, Kind, Section
from poolmatch.results import Result
from poolmatch.views import View
from poolmatch.vocabulary.columns import column_name
from poolmatch.vocabulary.outcomes import tier_name
from poolmatch.words import Words, joined, untranslated

TIER_COLUMNS = (
    Column(Words("tier", "niveau")),
    Column(Words("value", "waarde"), Kind.POINTS),
    Column(Words("proven bound", "bewezen grens"), Kind.POINTS),
    Column(Words("gap", "verschil"), Kind.SHARE),
    Column(untranslated("")),
)
UNAVOIDABLE = Words("{points:g} of it no roster could avoid", "waarvan {points:g} onvermijdelijk")
TOLERANCE = Words(
    "up to {points:g} above the bound is left to the tiers below",
    "tot {points:g} boven de grens is voor de niveaus eronder",
)


def tiers_section(result: Result) -> Section:
    """Return what each tier costs, what is proven of it, and how far the two lie apart."""
    rows: list[tuple[Cell, ...]] = []
    for tier in (*result.tiers, *((result.weighted,) if result.weighted else ())):
        told = (UNAVOIDABLE, tier.unavoidable), (TOLERANCE, tier.tolerance)
        notes = [words.fill(points=units / tier.scale) for words, units in told if units]
        note = joined("; ", notes) if notes else ""
        rows.append((tier_name(tier.tier), tier.points, tier.bound / tier.scale, tier.gap, note))
    heading = Words(
        "How good the roster is (penalty points; lower is better)",
        "Hoe goed het rooster is (strafpunten; lager is beter)",
    )
    return Section("tiers", heading, TIER_COLUMNS, tuple(rows), "run.json")


def short_section(report: Report) -> Section:
    """Return what tiers 1 to 4 cost, sentence by sentence."""
    rules = report.rules
    costly = {rule.id for rule in rules.preferences if rules.tier_of(rule) <= 4 and not rule.told_elsewhere}
    items = [item for item in report.findings if item.rule in costly and item.penalty > 0]
    heading = Words("What the roster could not give", "Wat het rooster niet kon geven")
    return Section("short", heading, (SENTENCE,), tuple((item.words,) for item in items), "report.json")


def disclosures_section(report: Report, view: View) -> Section:
    """Return what must be told to the parties of each meeting of a view, a row for each tie."""
    problem = report.problem
    rows = tuple(
        (item.meeting, problem.facilitator(item.facilitator).name, words)
        for item in disclosures_of(view, report.rules.policy)
        for words in item.words
    )
    heading = Words("To be told to the parties", "Te melden aan de partijen")
    columns = tuple(Column(column_name("roster", name)) for name in ("meeting", "facilitator", "disclosure"))
    return Section("disclosures", heading, columns, rows, "certificate.txt")
