"""What one rule set has otherwise than another, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from poolmatch.rule import Words

SETTINGS = {"name": "name", "version": "version", "mode": "mode", "weights": "weights"}
DUTCH = {"name": "naam", "version": "versie", "mode": "werkwijze", "weights": "gewichten"}


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Words]:
    """Yield a sentence for each difference between two rule sets given as data, as of `RuleSet.to_dict`."""
    for key, name in SETTINGS.items():
        yield from _changed(name, DUTCH[key], before[key], after[key])
    for name, new in after["tiers"].items():
        old = before["tiers"].get(name, new)
        if old != new:
            yield Words(
                f"{name} stands in tier {new}; before it stood in tier {old}.",
                f"{name} staat op niveau {new}; eerder op niveau {old}.",
            )
    for name in before["rules"]:
        if name not in after["rules"]:
            yield Words(f"The rule {name} no longer holds.", f"De regel {name} geldt niet meer.")
    for name, parameters in after["rules"].items():
        if name not in before["rules"]:
            yield Words(f"The rule {name} holds now.", f"De regel {name} geldt nu.")
            continue
        old_parameters = before["rules"][name]
        for key in dict.fromkeys([*old_parameters, *parameters]):
            values = old_parameters.get(key), parameters.get(key)
            yield from _changed(f"{key} of {name}", f"{key} van {name}", *values)
    for key in sorted({*before["travel"], *after["travel"]}):
        yield from _changed(f"travel {key}", f"reizen {key}", before["travel"].get(key), after["travel"].get(key))
    yield from _policies(before["policy"], after["policy"])


def _policies(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Words]:
    for key, dutch in (
        ("name", "naam"),
        ("version", "versie"),
        ("kinds", "soorten"),
        ("mixed_teams", "gemengde teams"),
    ):
        yield from _changed(f"{key} of the policy", f"{dutch} van het beleid", before[key], after[key])
    old, new = ({row["rule"]: row for row in policy["rows"]} for policy in (before, after))
    for name in old:
        if name not in new:
            yield Words(f"The policy no longer has the row {name}.", f"Het beleid heeft de rij {name} niet meer.")
    if [name for name in old if name in new] != [name for name in new if name in old]:
        yield Words("The policy has its rows in another order.", "Het beleid heeft de rijen in een andere volgorde.")
    for name, row in new.items():
        if name not in old:
            yield Words(f"The policy has the row {name} now.", f"Het beleid heeft nu de rij {name}.")
            continue
        for key, value in row.items():
            yield from _changed(f"{key} of policy row {name}", f"{key} van beleidsrij {name}", old[name][key], value)


def _changed(en: str, nl: str, before: object, after: object) -> Iterator[Words]:
    if before != after:
        yield Words(
            f"{en} is {_shown(after, 'yes no')}; before it was {_shown(before, 'yes no')}.",
            f"{nl} is {_shown(after, 'ja nee')}; eerder {_shown(before, 'ja nee')}.",
        )


def _shown(value: object, truth: str) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return truth.split()[0 if value else 1]
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "–"
    return str(value)
