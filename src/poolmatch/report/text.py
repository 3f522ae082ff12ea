"""A roster in plain text for the terminal, in English or Dutch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from poolmatch.checking import Report
from poolmatch.domain.meetings import Meeting
from poolmatch.domain.problem import Problem
from poolmatch.domain.shares import targets
from poolmatch.errors import Issue
from poolmatch.explain.emptiness import empty_seats_of
from poolmatch.explain.outsiders import outsiders_of
from poolmatch.neutrality.evidence import disclosures
from poolmatch.results import Result, Status
from poolmatch.rule import Finding
from poolmatch.words import Language

WORDS: Mapping[str, tuple[str, str]] = {
    "filled": ("{filled} of {required} required seats filled", "{filled} van {required} verplichte plaatsen bezet"),
    "status": ("Result: {0}, {1:.1f} s, seed {2}", "Uitkomst: {0}, {1:.1f} s, loting {2}"),
    "OPTIMAL": ("proven: no legal roster is better", "bewezen: geen geldig rooster is beter"),
    "FEASIBLE": ("a legal roster, not proven to be the best", "een geldig rooster, niet bewezen het beste"),
    "INFEASIBLE": ("no roster can keep these pins together", "geen rooster kan deze vastgezette plaatsen samen houden"),
    "CANCELLED": ("stopped; the best roster so far", "gestopt; het beste rooster tot nu toe"),
    "unsettled": (
        "stopped before a roster was found that keeps the pins, or a proof that there is none",
        "gestopt voordat een rooster met de vastgezette plaatsen gevonden was, of bewezen dat er geen is",
    ),
    "UNKNOWN": (
        "time was up before a roster was found that keeps the pins, or a proof that there is none; allow more time",
        "de tijd was om voordat een rooster met de vastgezette plaatsen gevonden was, of bewezen dat er geen is; geef "
        "meer tijd",
    ),
    "roster": ("Roster", "Rooster"),
    "empty": (
        "Empty seats, and where the {0} of the pool fell away",
        "Lege plaatsen, en waar de {0} van de pool afvielen",
    ),
    "kept out": ("{1} kept out by {0}", "{1} afgehouden door {0}"),
    "could": ("possible at no gain: {0}", "mogelijk zonder winst: {0}"),
    "untried": ("not tried: {0}", "niet geprobeerd: {0}"),
    "more": ("  and {0} more: see {1}", "  en nog {0}: zie {1}"),
    "more of rules": ("  and {0} more: {1}", "  en nog {0}: {1}"),
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


MOST_LINES = 190
"""Lines of a summary or a verdict; with the paths of the files a terminal of 200 holds it."""


@dataclass(frozen=True)
class Part:
    """A part of the summary.

    Attributes
    ----------
    head
        Its heading, of one line or more.
    rows
        A line each, of which the last may be left out.
    file
        Which file has them all.
    foot
        A last line that always stands, if there is one.
    """

    head: str
    rows: Sequence[str]
    file: str
    foot: str = ""

    @property
    def least(self) -> int:
        """Lines besides the rows: the heading, the foot, how many rows were left out, and a blank one."""
        return self.head.count("\n") + 3 + bool(self.foot)

    def text(self, most: int, language: Language) -> str:
        """Return the part with so many rows at most, and how many there are besides."""
        hidden = len(self.rows) - most
        more = [say(language, "more", _count(hidden, language), self.file)] if hidden > 0 else []
        return "\n".join([self.head, *self.rows[:most], *more, *([self.foot] if self.foot else ())])


def _fitting(sizes: Sequence[int], room: int) -> int:
    """Return how many rows a part may have for all parts to fit together: the longest are cut to one length."""
    for left, size in zip(range(len(sizes), 0, -1), sorted(sizes), strict=True):
        if size > room // left:
            return max(0, room // left)
        room -= size
    return max(sizes, default=0)


def _count(number: int, language: Language) -> str:
    return f"{number:,}" if language == "en" else f"{number:,}".replace(",", ".")


def summary(result: Result, language: Language = "en") -> str:
    """Return what a coordinator wants to know of a result: seats, roster, empty seats, load, tiers with gaps.

    At most ``MOST_LINES`` lines: the longest parts are cut, and say how many rows they leave out and which file has
    them.
    """
    head = _head(result, language)
    found: list[Part | None] = []
    if result.status is not Status.INFEASIBLE:
        found += [_roster(result, language), _empty(result, language), _outside(result, language)]
        found += [_short(result, language), _load(result, language), _ledger(result, language)]
    doubts = (*result.problem.warnings, *result.report.warnings)
    found += [_tiers(result, language), _disclosures(result, language)]
    found += [_notes(result.report, language), _doubts(doubts, language)]
    parts = [part for part in found if part is not None and (part.rows or part.foot)]
    room = MOST_LINES - head.count("\n") - 2 - sum(part.least for part in parts)
    most = _fitting([len(part.rows) for part in parts], room)
    return "\n\n".join([head, *(part.text(most, language) for part in parts)])


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


def _roster(result: Result, language: Language) -> Part:
    problem, zone = result.problem, result.problem.period.zone
    never = problem.period.span[1]
    rows = []
    for row in sorted(result.roster.rows, key=lambda row: (row.start or never, row.meeting, row.seat)):
        untimed = say(language, "duty" if problem.is_duty(row.meeting) else "open")
        start = _moment(row.start.astimezone(zone), language) if row.start else untimed
        name = _who(problem, row.facilitator, language)
        rows.append([start, row.meeting, row.seat, name, _place(problem.meeting(row.meeting))[:60]])
    return Part(say(language, "roster"), list(table(rows)), "roster.csv")


def _who(problem: Problem, facilitator: str | None, language: Language) -> str:
    if facilitator is None:
        return say(language, "nobody")
    if facilitator not in problem.facilitator_ids:
        return say(language, "gone", facilitator)
    return problem.facilitator(facilitator).name


def _moment(local: datetime, language: Language) -> str:
    return f"{say(language, 'days').split()[local.weekday()]} {local:%d-%m %H:%M}"


def _empty(result: Result, language: Language) -> Part:
    rows = []
    for seat in empty_seats_of(result):
        reasons = [say(language, "fell", rule, count) for rule, count in seat.fell.items()]
        reasons += [say(language, "kept out", rule, count) for rule, count in seat.kept_out.items()]
        reasons += [say(language, "could", seat.addable)] if seat.addable else []
        reasons += [say(language, "untried", seat.untried)] if seat.untried else []
        rows.append([seat.meeting, seat.seat, ", ".join(reasons)])
    return Part(say(language, "empty", len(result.problem.facilitators)), list(table(rows)), "report.json")


def _outside(result: Result, language: Language) -> Part:
    rows = []
    for item in outsiders_of(result):
        reasons = [say(language, "fell", rule, count) for rule, count in item.fell.items()]
        neutral = len(item.eligible) - len(item.tied)
        reasons += [say(language, "tied", len(item.tied))] if item.tied else []
        reasons += [say(language, "neutral", neutral)] if neutral else []
        name = result.problem.facilitator(item.facilitator).name
        rows.append([item.meeting, item.seat, name, ", ".join(reasons)])
    return Part(say(language, "outside", result.externals["share"]), list(table(rows)), "report.json")


SHOWN_ELSEWHERE = frozenset({"fill-seats", "neutral-choice", "external-last"})
"""Rules whose findings have a part of their own."""


def _short(result: Result, language: Language) -> Part:
    """Return what tiers 1 to 4 cost, sentence by sentence."""
    rules = result.rules
    costly = {rule.id for rule in rules.preferences if rules.tier_of(rule) <= 4} - SHOWN_ELSEWHERE
    items = [item for item in result.report.findings if item.rule in costly and item.penalty > 0]
    lines = [f"  {item.words.en if language == 'en' else item.words.nl}" for item in items]
    return Part(say(language, "short"), lines, "report.json")


def _load(result: Result, language: Language) -> Part | None:
    problem, plan, figures = result.problem, result.report.plan, result.fairness
    goals = targets(problem)
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
        return None
    spread = figures.gini_before, figures.gini_after, figures.spread_before, figures.spread_after
    foot = "  " + say(language, "evenness", *spread)
    columns, *lines = table(rows, right=(1, 2, 3, 4, 5))
    return Part(f"{say(language, 'load')}\n{columns}", lines, "report.json", foot)


def _ledger(result: Result, language: Language) -> Part:
    accounts = [
        item for item in result.ledger.accounts if any((item.opening, item.given, item.received, item.external))
    ]
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
    columns, *lines = table(rows, right=range(1, 6))
    return Part(f"{say(language, 'ledger')}\n{columns}", lines, "report.json")


def _tiers(result: Result, language: Language) -> Part:
    rows = [[*say(language, "tier columns").split("|"), ""]]
    for tier in (*result.tiers, *((result.weighted,) if result.weighted else ())):
        name = _tier_name(tier.tier, language)
        note = say(language, "unavoidable", tier.unavoidable / tier.scale) if tier.unavoidable else ""
        rows.append([name, f"{tier.points:g}", f"{tier.bound / tier.scale:g}", f"{tier.gap:.2%}", note])
    columns, *lines = table(rows, right=(1, 2, 3))
    return Part(f"{say(language, 'tiers')}\n{columns}", lines, "run.json")


def _tier_name(tier: float, language: Language) -> str:
    key = f"tier {tier:g}"
    number = f"{tier:g}"
    return say(language, key) if key in WORDS else number if language == "en" else number.replace(".", ",")


def _disclosures(result: Result, language: Language) -> Part:
    problem = result.problem
    lines = []
    for item in disclosures(problem, result.roster, result.rules.policy):
        name = problem.facilitator(item.facilitator).name
        lines += [f"  {item.meeting}  {name} → {words}" for words in (words.say(language) for words in item.words)]
    return Part(say(language, "disclose"), lines, "certificate.txt")


def _notes(report: Report, language: Language) -> Part:
    lines = [f"  {sentence(item, language)}" for item in report.notes]
    return Part(say(language, "notes"), lines, "report.json")


def _doubts(issues: Iterable[Issue], language: Language) -> Part:
    lines = [f"  {issue.in_full}" for issue in issues if issue.severity == "warning"]
    return Part(say(language, "doubts"), lines, "report.json")


def sentence(finding: Finding, language: Language) -> str:
    """Return a finding's sentence with its rule."""
    return f"{finding.rule}: {finding.words.en if language == 'en' else finding.words.nl}"


MOST_VIOLATIONS, MOST_NOTES = 120, 20
"""Violations and notes that a verdict tells one by one; of the others it says how many there are of which rule."""


def _some(findings: Sequence[Finding], most: int, language: Language) -> Iterator[str]:
    """Yield so many findings, and how many more there are of which rule."""
    yield from (f"  {sentence(item, language)}" for item in findings[:most])
    hidden = Counter(item.rule for item in findings[most:])
    if hidden:
        rules = ", ".join(f"{rule} {_count(count, language)}" for rule, count in hidden.items())
        yield say(language, "more of rules", _count(hidden.total(), language), rules)


def verdict(report: Report, language: Language = "en") -> str:
    """Return whether a checked roster is legal, its violations, and what it costs per rule and tier."""
    violations = report.violations
    if report.legal:
        head = say(language, "legal")
    else:
        head = say(language, "illegal one" if len(violations) == 1 else "illegal", len(violations))
    lines = [head, *_some(violations, MOST_VIOLATIONS, language)]
    costs = Counter({item.rule: 0 for item in report.findings if item.severity == "penalty"})
    scales = {rule.id: rule.scale for rule in report.rules.preferences}
    for item in report.findings:
        costs[item.rule] += item.penalty
    rows = [[rule, f"{units / scales[rule]:g}"] for rule, units in costs.items() if rule in scales]
    rows += [[_tier_name(tier.tier, language), f"{tier.points:g}"] for tier in report.tiers]
    notes = list(_some(report.notes, MOST_NOTES, language))
    notes = [say(language, "notes"), *notes, ""] if notes else []
    return "\n".join([*lines, "", *notes, say(language, "costs"), *table(rows, right=(1,))])


def problems(issues: Iterable[Issue], language: Language = "en") -> str:
    """Return errors in the input, one a line, each with the value it is about: for the screen, not for a log."""
    lines = [f"  {issue.in_full}" for issue in issues if issue.severity == "error"]
    return "\n".join([say(language, "problems"), *lines])
