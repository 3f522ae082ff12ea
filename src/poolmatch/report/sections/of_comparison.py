"""What there is to say of two rosters: what the second has otherwise, for whom, and what that costs."""

from __future__ import annotations

from poolmatch.explain import Comparison
from poolmatch.report.sections.findings import violations_section
from poolmatch.report.sections.section import Column, Content, Kind, Section
from poolmatch.vocabulary import rule_name
from poolmatch.vocabulary.outcomes import tier_name
from poolmatch.words import Words

WHAT = Column(Words("what", "wat"))
BEFORE, AFTER = Column(Words("before", "eerst"), Kind.POINTS), Column(Words("after", "daarna"), Kind.POINTS)
BROKEN = Words("Breaks the rules after, and not before", "Overtreedt daarna de regels, en eerst niet")
MENDED = Words("Broke the rules before, and no longer", "Overtrad eerst de regels, en daarna niet meer")
SAME = Words("The rosters are the same.", "De roosters zijn gelijk.")
ONE = Words("1 seat or meeting changes, for {people}.", "Er verandert 1 plaats of bijeenkomst, voor {people}.")
MANY = Words(
    "{count} seats or meetings change, for {people}.", "Er veranderen {count} plaatsen of bijeenkomsten, voor {people}."
)
PERSON, PEOPLE = Words("1 person", "1 persoon"), Words("{count} people", "{count} mensen")


def content_of_comparison(comparison: Comparison) -> Content:
    """Return how much two rosters differ, each change, what one alone breaks, what to tell whom, and costs."""
    changes = [item.words for item in comparison.seats] + [item.words for item in comparison.times]
    told = len(comparison.people)
    people = PERSON if told == 1 else PEOPLE.fill(count=told)
    verdict = (ONE if len(changes) == 1 else MANY.fill(count=len(changes))).fill(count=len(changes), people=people)
    details = Section("changes", Words("Changes", "Veranderingen"), (WHAT,), tuple((words,) for words in changes))
    per_person = tuple((words,) for person in comparison.people for words in person.words)
    charged = [item for item in comparison.rules if item.before != item.after and not item.breaks]
    rules = [(rule_name(item.rule), item.before, item.after) for item in charged]
    tiers = [(tier_name(item.tier), item.before, item.after) for item in comparison.tiers]
    judged = ((comparison.broken, BROKEN), (comparison.mended, MENDED))
    sections = [violations_section(found, heading) for found, heading in judged if found]
    sections += (
        [Section("people", Words("For each person", "Voor iedereen"), (WHAT,), per_person)] if per_person else []
    )
    if tiers:
        points = Words("penalties", "strafpunten")
        sections.append(Section("costs", points, (Column(points), BEFORE, AFTER), (*rules, *tiers)))
    return Content(None, verdict if changes else SAME, details, tuple(sections))
