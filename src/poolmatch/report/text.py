"""A roster in plain text for the terminal, in English or Dutch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from poolmatch.checking import Report
from poolmatch.domain.meetings import Meeting
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Plan
from poolmatch.domain.shares import targets
from poolmatch.errors import Issue
from poolmatch.explain.emptiness import empty_seats
from poolmatch.explain.outsiders import outsiders
from poolmatch.neutrality.evidence import disclosures
from poolmatch.neutrality.words import Language
from poolmatch.rule import Finding
from poolmatch.solving.result import Result, Status

WORDS: Mapping[str, tuple[str, str]] = {
    "filled": ("{filled} of {required} required seats filled", "{filled} van {required} verplichte plaatsen bezet"),
    "status": ("Result: {0}, {1:.1f} s, seed {2}", "Uitkomst: {0}, {1:.1f} s, loting {2}"),
    "OPTIMAL": ("proven: no legal roster is better", "bewezen: geen geldig rooster is beter"),
    "FEASIBLE": ("a legal roster, not proven to be the best", "een geldig rooster, niet bewezen het beste"),
    "INFEASIBLE": ("no roster can keep these pins together", "geen rooster kan deze vastgezette plaatsen samen houden"),
    "CANCELLED": ("stopped; the best roster so far", "gestopt; het beste rooster tot nu toe"),
    "unsettled": (
        "ended before a roster was found that keeps the pins, or a proof that there is none",
        "geëindigd voordat een rooster met de vastgezette plaatsen gevonden was, of bewezen dat er geen is",
    ),
    "roster": ("Roster", "Rooster"),
    "empty": (
        "Empty seats, and where the {0} of the pool fell away",
        "Lege plaatsen, en waar de {0} van de pool afvielen",
    ),
    "kept out": ("{1} kept out by {0}", "{1} afgehouden door {0}"),
    "could": ("possible at no gain: {0}", "mogelijk zonder winst: {0}"),
    "duty": ("duty", "taak"),
    "open": ("no date", "geen datum"),
    "gone": ("{0}, no longer in the pool", "{0}, niet meer in de pool"),
    "notes": ("Good to know", "Goed om te weten"),
    "outside": (
        "Externals, {0:.0%} of the hours, and where the pool fell away",
        "Externen, {0:.0%} van de uren, en waar de pool afviel",
    ),
    "tied": ("not neutral: {0}", "niet neutraal: {0}"),
    "neutral": (
        "neutral, but needed elsewhere or at a limit: {0}",
        "neutraal, maar elders nodig of aan een grens: {0}",
    ),
    "short": ("What the roster could not give", "Wat het rooster niet kon geven"),
    "load": ("Load per facilitator", "Belasting per begeleider"),
    "columns": (
        "who|meetings|hours|fair share|above share before|and after",
        "wie|bijeenkomsten|uren|eerlijk deel|eerder boven deel|en hierna",
    ),
    "evenness": (
        "Gini {0:.2f} before, {1:.2f} after; largest difference {2:.1f} h before, {3:.1f} h after",
        "Gini {0:.2f} eerder, {1:.2f} hierna; grootste verschil {2:.1f} u eerder, {3:.1f} u hierna",
    ),
    "ledger": ("Ledger between organisations, hours", "Grootboek tussen organisaties, uren"),
    "ledger columns": (
        "organisation|opening|given|received|from outside|closing",
        "organisatie|begin|gegeven|gekregen|van buiten|eind",
    ),
    "tiers": (
        "How good the roster is (penalty points; lower is better)",
        "Hoe goed het rooster is (strafpunten; lager is beter)",
    ),
    "tier columns": ("tier|value|proven bound|gap", "niveau|waarde|bewezen grens|verschil"),
    "tier 1": ("1 coverage", "1 bezetting"),
    "tier 2": ("2 neutrality", "2 neutraliteit"),
    "tier 3": ("3 stability", "3 rust"),
    "tier 4": ("4 continuity and growth", "4 continuïteit en groei"),
    "tier 5": ("5 fairness", "5 eerlijkheid"),
    "tier 5.5": ("5.5 worst served", "5,5 minst bedeeld"),
    "tier 6": ("6 comfort and cost", "6 gemak en kosten"),
    "tier 0": ("all, weighted", "alles, gewogen"),
    "unavoidable": ("{0:g} of it no roster could avoid", "waarvan {0:g} onvermijdelijk"),
    "disclose": ("To be told to the parties", "Te melden aan de partijen"),
    "doubts": ("Worth a look in the input", "Het bekijken waard in de invoer"),
    "days": ("Mon Tue Wed Thu Fri Sat Sun", "ma di wo do vr za zo"),
    "fell": ("{1} at {0}", "{1} bij {0}"),
    "nobody": ("–", "–"),
    "legal": ("The roster is legal.", "Het rooster is geldig."),
    "illegal": ("The roster is illegal: {0} violations.", "Het rooster is ongeldig: {0} overtredingen."),
    "illegal one": ("The roster is illegal: 1 violation.", "Het rooster is ongeldig: 1 overtreding."),
    "costs": ("penalties", "strafpunten"),
    "problems": (
        "The input cannot be used as it is; nothing was written.",
        "De invoer is zo niet te gebruiken; er is niets geschreven.",
    ),
}


def say(language: Language, key: str, *values: object, **named: object) -> str:
    """Return a phrase in a language."""
    return WORDS[key][0 if language == "en" else 1].format(*values, **named)


def table(rows: Iterable[Iterable[str]], right: Iterable[int] = ()) -> Iterator[str]:
    """Yield rows as lines whose columns stand straight.

    Parameters
    ----------
    rows
        Cells of each row.
    right
        Columns that are set flush right: numbers.
    """
    cells = [list(row) for row in rows]
    numbers = set(right)
    widths = [max(len(cell) for cell in column) for column in zip(*cells, strict=True)]
    for row in cells:
        parts = [
            cell.rjust(width) if place in numbers else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  " + "  ".join(parts).rstrip()


def summary(result: Result, language: Language = "en") -> str:
    """Return what a coordinator wants to know of a result: seats, roster, empty seats, load, tiers with gaps."""
    parts = [_head(result, language)]
    if result.status is not Status.INFEASIBLE:
        parts += [_roster(result, language), _empty(result, language), _outside(result, language)]
        parts += [_short(result, language), _load(result, language), _ledger(result, language)]
    doubts = (*result.problem.warnings, *result.report.warnings)
    parts += [_tiers(result, language), _disclosures(result, language)]
    parts += [_notes(result.report, language), _doubts(doubts, language)]
    return "\n\n".join(part for part in parts if part)


def _head(result: Result, language: Language) -> str:
    period = result.problem.period
    unsettled = result.status is Status.CANCELLED and not result.report.legal and not result.roster.filled
    lines = [
        f"{period.name} – {say(language, 'filled', **result.seats)}",
        say(
            language,
            "status",
            say(language, "unsettled" if unsettled else result.status.value),
            result.runtime,
            result.seed,
        ),
    ]
    lines += [f"  {pin.meeting}, {pin.seat}: {pin.facilitator or '–'}" for pin in result.clash]
    return "\n".join(lines)


def _place(meeting: Meeting) -> str:
    return meeting.title or meeting.region or ""


def _roster(result: Result, language: Language) -> str:
    problem, zone = result.problem, result.problem.period.zone
    never = problem.period.span[1]
    rows = []
    for row in sorted(result.roster.rows, key=lambda row: (row.start or never, row.meeting, row.seat)):
        untimed = say(language, "duty" if problem.is_duty(row.meeting) else "open")
        start = _moment(row.start.astimezone(zone), language) if row.start else untimed
        name = _who(problem, row.facilitator, language)
        rows.append([start, row.meeting, row.seat, name, _place(problem.meeting(row.meeting))[:60]])
    return "\n".join([say(language, "roster"), *table(rows)]) if rows else ""


def _who(problem: Problem, facilitator: str | None, language: Language) -> str:
    if facilitator is None:
        return say(language, "nobody")
    if facilitator not in problem.facilitator_ids:
        return say(language, "gone", facilitator)
    return problem.facilitator(facilitator).name


def _moment(local: datetime, language: Language) -> str:
    return f"{say(language, 'days').split()[local.weekday()]} {local:%d-%m %H:%M}"


def _empty(result: Result, language: Language) -> str:
    seats = empty_seats(result.problem, result.roster, result.rules)
    if not seats:
        return ""
    rows = []
    for seat in seats:
        reasons = [say(language, "fell", rule, count) for rule, count in seat.fell.items()]
        reasons += [say(language, "kept out", rule, count) for rule, count in seat.kept_out.items()]
        left = seat.eligible - sum(seat.kept_out.values())
        if left:
            reasons.append(say(language, "could", left))
        rows.append([seat.meeting, seat.seat, ", ".join(reasons)])
    return "\n".join([say(language, "empty", len(result.problem.facilitators)), *table(rows)])


def _outside(result: Result, language: Language) -> str:
    items = outsiders(result.problem, result.roster, result.rules)
    if not items:
        return ""
    rows = []
    for item in items:
        reasons = [say(language, "fell", rule, count) for rule, count in item.fell.items()]
        neutral = len(item.eligible) - len(item.tied)
        reasons += [say(language, "tied", len(item.tied))] if item.tied else []
        reasons += [say(language, "neutral", neutral)] if neutral else []
        name = result.problem.facilitator(item.facilitator).name
        rows.append([item.meeting, item.seat, name, ", ".join(reasons)])
    return "\n".join([say(language, "outside", result.externals["share"]), *table(rows)])


SHOWN_ELSEWHERE = frozenset({"fill-seats", "neutral-choice", "external-last"})
"""Rules whose findings have a part of their own."""


def _short(result: Result, language: Language) -> str:
    """Return what tiers 1 to 4 cost, sentence by sentence."""
    rules = result.rules
    costly = {rule.id for rule in rules.preferences if rules.tier_of(rule) <= 4} - SHOWN_ELSEWHERE
    items = [item for item in result.report.findings if item.rule in costly and item.penalty > 0]
    lines = [f"  {item.words.en if language == 'en' else item.words.nl}" for item in items]
    return "\n".join([say(language, "short"), *lines]) if lines else ""


def _load(result: Result, language: Language) -> str:
    problem = result.problem
    plan, goals = Plan(problem, result.roster), targets(problem)
    figures = result.fairness
    share = {row.name: row for row in figures.people}
    rows = [say(language, "columns").split("|")]
    for person in problem.facilitators:
        placements = plan.of_facilitator.get(person.facilitator, ())
        hours = sum(item.hours for item in plan.work_of.get(person.facilitator, ()))
        goal = f"{goals[person.facilitator] / 60:.1f}" if person.facilitator in goals else "–"
        mine = share.get(person.facilitator)
        above = [f"{mine.deviation_before:+.1f}", f"{mine.deviation_after:+.1f}"] if mine else ["–", "–"]
        rows.append([person.name, str(len(placements)), f"{hours:.1f}", goal, *above])
    if not problem.facilitators:
        return ""
    spread = figures.gini_before, figures.gini_after, figures.spread_before, figures.spread_after
    foot = "  " + say(language, "evenness", *spread)
    return "\n".join([say(language, "load"), *table(rows, right=(1, 2, 3, 4, 5)), foot])


def _ledger(result: Result, language: Language) -> str:
    accounts = [
        item for item in result.ledger.accounts if any((item.opening, item.given, item.received, item.external))
    ]
    if not accounts:
        return ""
    name = {row.organisation: row.name for row in result.problem.organisations}
    rows = [say(language, "ledger columns").split("|")]
    for item in accounts:
        figures = (item.opening, item.given, item.received, item.external, item.closing)
        title = name.get(item.organisation, say(language, "nobody"))
        rows.append(
            [
                title,
                *(f"{float(hours):+.1f}" if k in (0, 4) else f"{float(hours):.1f}" for k, hours in enumerate(figures)),
            ]
        )
    return "\n".join([say(language, "ledger"), *table(rows, right=range(1, 6))])


def _tiers(result: Result, language: Language) -> str:
    rows = [[*say(language, "tier columns").split("|"), ""]]
    for tier in (*result.tiers, *((result.weighted,) if result.weighted else ())):
        name = _tier_name(tier.tier, language)
        note = say(language, "unavoidable", tier.unavoidable / tier.scale) if tier.unavoidable else ""
        rows.append([name, f"{tier.points:g}", f"{tier.bound / tier.scale:g}", f"{tier.gap:.2%}", note])
    return "\n".join([say(language, "tiers"), *table(rows, right=(1, 2, 3))])


def _tier_name(tier: float, language: Language) -> str:
    key = f"tier {tier:g}"
    number = f"{tier:g}"
    return say(language, key) if key in WORDS else number if language == "en" else number.replace(".", ",")


def _disclosures(result: Result, language: Language) -> str:
    problem = result.problem
    lines = []
    for item in disclosures(problem, result.roster, result.rules.policy):
        name = problem.facilitator(item.facilitator).name
        lines += [f"  {item.meeting}  {name} → {words}" for words in (item.en if language == "en" else item.nl)]
    return "\n".join([say(language, "disclose"), *lines]) if lines else ""


def _notes(report: Report, language: Language) -> str:
    lines = [f"  {sentence(item, language)}" for item in report.findings if item.severity == "note"]
    return "\n".join([say(language, "notes"), *lines]) if lines else ""


def _doubts(issues: Iterable[Issue], language: Language) -> str:
    lines = [f"  {issue.in_full}" for issue in issues if issue.severity == "warning"]
    return "\n".join([say(language, "doubts"), *lines]) if lines else ""


def sentence(finding: Finding, language: Language) -> str:
    """Return a finding's sentence with its rule."""
    return f"{finding.rule}: {finding.words.en if language == 'en' else finding.words.nl}"


def verdict(report: Report, language: Language = "en") -> str:
    """Return whether a checked roster is legal, each violation, and what it costs per rule and tier."""
    violations = report.violations
    if report.legal:
        head = say(language, "legal")
    else:
        head = say(language, "illegal one" if len(violations) == 1 else "illegal", len(violations))
    lines = [head, *(f"  {sentence(item, language)}" for item in violations)]
    costs = Counter({item.rule: 0 for item in report.findings if item.severity == "penalty"})
    scales = {rule.id: rule.scale for rule in report.rules.preferences}
    for item in report.findings:
        costs[item.rule] += item.penalty
    rows = [[rule, f"{units / scales[rule]:g}"] for rule, units in costs.items() if rule in scales]
    rows += [[_tier_name(tier.tier, language), f"{tier.points:g}"] for tier in report.tiers]
    notes = [_notes(report, language), ""] if any(item.severity == "note" for item in report.findings) else []
    return "\n".join([*lines, "", *notes, say(language, "costs"), *table(rows, right=(1,))])


def problems(issues: Iterable[Issue], language: Language = "en") -> str:
    """Return errors in the input, one a line, each with the value it is about: for the screen, not for a log."""
    lines = [f"  {issue.in_full}" for issue in issues if issue.severity == "error"]
    return "\n".join([say(language, "problems"), *lines])
