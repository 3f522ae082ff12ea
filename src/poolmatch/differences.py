"""What one rule set has otherwise than another, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from poolmatch.vocabulary.closed_words import TRUTH
from poolmatch.words import Words, joined

SETTINGS = {
    "name": Words("name", "naam"),
    "version": Words("version", "versie"),
    "mode": Words("mode", "werkwijze"),
    "weights": Words("weights", "gewichten"),
}
POLICY_SETTINGS = {
    "name": Words("name of the policy", "naam van het beleid"),
    "version": Words("version of the policy", "versie van het beleid"),
    "kinds": Words("kinds of the policy", "soorten van het beleid"),
    "mixed_teams": Words("mixed_teams of the policy", "gemengde teams van het beleid"),
    "balanced_teams": Words("balanced_teams of the policy", "teams in evenwicht van het beleid"),
}
PARAMETER = Words("{key} of {rule}", "{key} van {rule}")
TOLERANCE = Words("the tolerance of tier {tier}", "de tolerantie van niveau {tier}")
POINTS = Words("{points} points", "{points} punten")
TRAVEL = Words("travel {key}", "reizen {key}")
STEPS = Words("the steps to roles", "de stappen naar rollen")
POLICY_ROW = Words("{key} of policy row {row}", "{key} van beleidsrij {row}")


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Words]:
    """Yield a sentence for each difference between two rule sets given as data, as of `RuleSet.to_dict`."""
    for key, what in SETTINGS.items():
        yield from _changed(what, before[key], after[key])
    for name, new in after["tiers"].items():
        old = before["tiers"].get(name, new)
        if old != new:
            yield Words(
                "{name} stands in tier {new}; before it stood in tier {old}.",
                "{name} staat op niveau {new}; eerder op niveau {old}.",
                name=name,
                new=new,
                old=old,
            )
    for tier in sorted({*before["keep"], *after["keep"]}, key=float):
        tolerances = (_tolerance(rules["keep"].get(tier, 0)) for rules in (before, after))
        yield from _changed(TOLERANCE.fill(tier=tier), *tolerances)
    for name in before["rules"]:
        if name not in after["rules"]:
            yield Words("The rule {name} no longer holds.", "De regel {name} geldt niet meer.", name=name)
    for name, parameters in after["rules"].items():
        if name not in before["rules"]:
            yield Words("The rule {name} holds now.", "De regel {name} geldt nu.", name=name)
            continue
        old_parameters = before["rules"][name]
        for key in dict.fromkeys([*old_parameters, *parameters]):
            values = old_parameters.get(key), parameters.get(key)
            yield from _changed(PARAMETER.fill(key=key, rule=name), *values)
    for key in sorted({*before["travel"], *after["travel"]}):
        yield from _changed(TRAVEL.fill(key=key), before["travel"].get(key), after["travel"].get(key))
    yield from _changed(STEPS, before.get("steps"), after.get("steps"))
    yield from _policies(before["policy"], after["policy"])


def _policies(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Words]:
    for key, what in POLICY_SETTINGS.items():
        yield from _changed(what, before.get(key, False), after.get(key, False))
    old, new = ({row["rule"]: row for row in policy["rows"]} for policy in (before, after))
    for name in old:
        if name not in new:
            yield Words(
                "The policy no longer has the row {name}.", "Het beleid heeft de rij {name} niet meer.", name=name
            )
    if [name for name in old if name in new] != [name for name in new if name in old]:
        yield Words("The policy has its rows in another order.", "Het beleid heeft de rijen in een andere volgorde.")
    for name, row in new.items():
        if name not in old:
            yield Words("The policy has the row {name} now.", "Het beleid heeft nu de rij {name}.", name=name)
            continue
        for key, value in row.items():
            yield from _changed(POLICY_ROW.fill(key=key, row=name), old[name][key], value)


def _tolerance(written: float | str) -> object:
    return written if isinstance(written, str) else POINTS.fill(points=written)


def _changed(what: Words, before: object, after: object) -> Iterator[Words]:
    if before != after:
        yield Words(
            "{what} is {new}; before it was {old}.",
            "{what} is {new}; eerder {old}.",
            what=what,
            new=_shown(after),
            old=_shown(before),
        )


def _shown(value: object) -> object:
    """Return a setting as it is told: words, or what `str` makes of it."""
    if isinstance(value, bool):
        return TRUTH[value]
    if isinstance(value, Words):
        return value
    if isinstance(value, Mapping):
        return joined(" ", (f"{key}={item}" for key, item in value.items() if item is not None))
    if isinstance(value, list | tuple):
        return joined(", ", map(_shown, value)) if value else "–"
    return "–" if value is None else str(value)
