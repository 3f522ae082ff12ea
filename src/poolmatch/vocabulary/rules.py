"""What the rules are called: short, where their sentence would be too long."""

from __future__ import annotations

from collections.abc import Mapping

from poolmatch.words import Words, untranslated

RULES: Mapping[str, Words] = {
    "neutral": Words("neutral", "neutraal"),
    "struck": Words("objections", "bezwaren"),
    "role": Words("role", "rol"),
    "skilled": Words("skilled", "vaardig"),
    "available": Words("available", "beschikbaar"),
    "region": Words("region", "regio"),
    "travel-limit": Words("farthest journey", "verste reis"),
    "past": Words("the past", "het verleden"),
    "one-per-seat": Words("one per seat", "één per plaats"),
    "no-double-booking": Words("no double booking", "niet dubbel geboekt"),
    "travel-gap": Words("time to travel", "tijd om te reizen"),
    "max-per-day": Words("most meetings a day", "hoogste aantal per dag"),
    "max-per-week": Words("most meetings a week", "hoogste aantal per week"),
    "max-evenings": Words("most evenings a week", "hoogste aantal avonden per week"),
    "max-meetings": Words("most meetings", "hoogste aantal bijeenkomsten"),
    "max-hours": Words("most hours", "hoogste aantal uren"),
    "travel-budget": Words("most kilometres", "hoogste aantal kilometers"),
    "rest": Words("daily rest", "dagelijkse rust"),
    "max-on-end": Words("days on end", "dagen achter elkaar"),
    "team-mix": Words("mixed team", "gemengd team"),
    "balanced-team": Words("balanced team", "team in evenwicht"),
    "team-limit": Words("most with a skill", "hoogste aantal met een vaardigheid"),
    "lead-first": Words("a lead first", "eerst een leider"),
    "pairing": Words("pairs", "koppels"),
    "same-team": Words("same person throughout", "steeds dezelfde persoon"),
    "growth": Words("roles are earned", "rollen worden verdiend"),
    "exposure-cap": Words("not too often with one party", "niet te vaak bij één partij"),
    "one-slot": Words("one slot", "één tijdstip"),
    "one-duty": Words("one duty of a kind", "één taak van een soort"),
    "pinned": Words("pinned seats", "vastgezette plaatsen"),
    "fill-seats": Words("required seats", "verplichte plaatsen"),
    "team-skills": Words("skills of the team", "vaardigheden van het team"),
    "neutral-choice": Words("most neutral", "zo neutraal mogelijk"),
    "external-last": Words("externals last", "externen het laatst"),
    "quid-pro-quo": Words("quid pro quo", "voor wat hoort wat"),
    "keep-published": Words("what people were told", "wat mensen is verteld"),
    "continuity": Words("continuity", "continuïteit"),
    "known-faces": Words("known faces", "bekende gezichten"),
    "practice": Words("practice", "oefening"),
    "growth-step": Words("a step to a role", "een stap naar een rol"),
    "practice-window": Words("practice over the years", "oefening over de jaren"),
    "optional-seats": Words("optional seats", "optionele plaatsen"),
    "fair-load": Words("fair load", "eerlijke belasting"),
    "weekend": Words("weekends and holidays", "weekenden en feestdagen"),
    "evenings": Words("evenings", "avonden"),
    "reciprocity": Words("reciprocity", "wederkerigheid"),
    "travel-share": Words("kilometres shared fairly", "kilometers eerlijk verdeeld"),
    "worst-served": Words("worst served", "minst bedeeld"),
    "short-travel": Words("short journeys", "korte reizen"),
    "one-trip": Words("one trip", "één reis"),
    "cost": Words("cost", "kosten"),
    "wishes": Words("wishes", "wensen"),
    "few-people": Words("few people", "weinig mensen"),
}
"""By the id that files and findings have."""


def rule_name(rule: str) -> Words:
    """Return what a rule is called; a rule of somebody's own by its id.

    Parameters
    ----------
    rule
        Its id.
    """
    return RULES.get(rule) or untranslated(rule)
