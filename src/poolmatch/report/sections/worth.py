"""How good a roster is, in sentences: what is filled, and of each level whether it could be better."""

from __future__ import annotations

from collections.abc import Iterator

from poolmatch.report.sections.section import Cell, Column, Section
from poolmatch.results import Result, Status, Tier
from poolmatch.views import View
from poolmatch.vocabulary.outcomes import STATUSES, tier_name
from poolmatch.words import Words, decimal, grouped

SUBJECT, VERDICT = Column(Words("what", "wat")), Column(Words("how good it is", "hoe goed het is"))
SEATS = Words("required seats", "verplichte plaatsen")
ALL_FILLED = Words("all {required} are filled", "alle {required} zijn bezet")
SOME_FILLED = Words("{filled} of {required} are filled", "{filled} van de {required} zijn bezet")
SEARCH = Words("the search", "het zoeken")
ONE_POINT = Words("1 penalty point", "1 strafpunt")
POINTS = Words("{points} penalty points", "{points} strafpunten")
NOTHING = Words("nothing to wish for", "niets meer te wensen")
BEST = Words(
    "{points}; it is proven that it cannot be better",
    "{points}; bewezen dat het niet beter kan",
)
WITHIN = Words(
    "{points}, as near to the best possible as the rules ask (proven: at least {bound})",
    "{points}, zo dicht bij het best mogelijke als de regels vragen (bewezen: minstens {bound})",
)
OPEN = Words(
    "{points}; at most {gap} better may be possible (proven: at least {bound})",
    "{points}; hooguit {gap} beter is misschien mogelijk (bewezen: minstens {bound})",
)
UNAVOIDABLE = Words("{verdict}; {points} of it nobody could avoid", "{verdict}; {points} ervan kon niemand vermijden")


def worth_section(result: Result, view: View) -> Section:
    """Return how good a roster is: what is filled, and of each level whether it could be better.

    Parameters
    ----------
    result
        What ``solve`` returned.
    view
        What the reader may see; it names nobody, so that anybody may see all of it.
    """
    del view
    return Section(
        "worth",
        Words("How good the roster is", "Hoe goed het rooster is"),
        (SUBJECT, VERDICT),
        tuple(_rows(result)),
        "run.json",
        Words(
            "Penalty points: what the roster falls short of; fewer is better. Levels go by their order: one higher up "
            "is never given up for one below.",
            "Strafpunten: wat er aan het rooster ontbreekt; minder is beter. De niveaus gaan in volgorde: een hoger "
            "niveau wijkt nooit voor een lager.",
        ),
    )


def _rows(result: Result) -> Iterator[tuple[Cell, ...]]:
    seats = result.seats
    whole = seats["filled"] == seats["required"]
    yield SEATS, (ALL_FILLED if whole else SOME_FILLED).fill(**seats)
    if result.status is not Status.INFEASIBLE:
        for tier in (*result.tiers, *((result.weighted,) if result.weighted else ())):
            yield tier_name(tier.tier), _verdict(tier)
    yield SEARCH, STATUSES[result.status.value]


def _verdict(tier: Tier) -> Words:
    bound = tier.bound / tier.scale
    if tier.value == 0:
        return NOTHING
    words = BEST if tier.value <= tier.bound else WITHIN if tier.proven else OPEN
    worth = points(tier.points)
    worth = ONE_POINT if worth.en == "1" else POINTS.fill(points=worth)
    said = words.fill(points=worth, bound=points(bound), gap=points(tier.absolute_gap))
    unavoidable = tier.unavoidable / tier.scale
    return UNAVOIDABLE.fill(verdict=said, points=points(unavoidable)) if tier.unavoidable > 0 else said


def points(number: float) -> Words:
    """Return a number of points with a decimal at most, as a language writes it."""
    return grouped(round(number)) if f"{number:.1f}".endswith(".0") else decimal(number, 1)
