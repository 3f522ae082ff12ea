"""What is said of outcomes: how a search ended, what a level of the objective is about, how grave a finding is."""

from __future__ import annotations

from collections.abc import Mapping

from poolmatch.words import Words

STATUSES: Mapping[str, Words] = {
    "OPTIMAL": Words("proven: no legal roster is better", "bewezen: geen geldig rooster is beter"),
    "FEASIBLE": Words("a legal roster, not proven to be the best", "een geldig rooster, niet bewezen het beste"),
    "INFEASIBLE": Words(
        "no roster can keep these pins together", "geen rooster kan deze vastgezette plaatsen samen houden"
    ),
    "CANCELLED": Words("stopped; the best roster so far", "gestopt; het beste rooster tot nu toe"),
    "UNKNOWN": Words(
        "time was up before a roster was found that keeps the pins, or a proof that there is none; allow more time",
        "de tijd was om voordat een rooster met de vastgezette plaatsen gevonden was, of bewezen dat er geen is; geef "
        "meer tijd",
    ),
}
UNSETTLED = Words(
    "stopped before a roster was found that keeps the pins, or a proof that there is none",
    "gestopt voordat een rooster met de vastgezette plaatsen gevonden was, of bewezen dat er geen is",
)
"""Said where a search was stopped before it had anything."""

TIERS: Mapping[float, Words] = {
    1: Words("coverage", "bezetting"),
    2: Words("neutrality", "neutraliteit"),
    3: Words("stability", "rust"),
    4: Words("continuity and growth", "continuïteit en groei"),
    5: Words("fairness", "eerlijkheid"),
    5.5: Words("worst served", "minst bedeeld"),
    6: Words("comfort and cost", "gemak en kosten"),
}
WEIGHTED = Words("all, weighted", "alles, gewogen")
"""What tier 0 is called: the weighted sum of the tiers."""

SEVERITIES: Mapping[str, Words] = {
    "violation": Words("violation", "overtreding"),
    "penalty": Words("penalty", "strafpunten"),
    "note": Words("note", "opmerking"),
    "error": Words("error", "fout"),
    "warning": Words("warning", "waarschuwing"),
}


def tier_name(tier: float) -> Words:
    """Return what a tier is called, with its number before it.

    Parameters
    ----------
    tier
        The tier; 0 for the weighted sum.
    """
    if tier == 0:
        return WEIGHTED
    number = _number(tier)
    return Words("{number} {name}", "{number} {name}", number=number, name=TIERS[tier]) if tier in TIERS else number


def tier_within(tier: float) -> Words:
    """Return what a tier is called within a sentence, where a number and a name would read as so many of a thing.

    Parameters
    ----------
    tier
        As of `tier_name`.
    """
    if tier == 0:
        return Words("the weighted sum", "de gewogen som")
    number = _number(tier)
    if tier not in TIERS:
        return Words("tier {number}", "niveau {number}", number=number)
    return Words("tier {number} ({name})", "niveau {number} ({name})", number=number, name=TIERS[tier])


def _number(tier: float) -> Words:
    return Words(f"{tier:g}", f"{tier:g}".replace(".", ","))
