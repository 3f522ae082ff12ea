"""Write docs/regels.md, the rules for who reads Dutch: ``python -m tests.regenerate_rules_in_dutch``.

The page is committed; a test compares it with the code.
"""

from __future__ import annotations

import json
from pathlib import Path

from poolmatch.rule import ConstraintRule, EligibilityRule, PreferenceRule, Rule
from poolmatch.rules import ALL_RULES
from poolmatch.ruleset import SHARED
from poolmatch.vocabulary import rule_name
from poolmatch.vocabulary.outcomes import tier_name

PAGE = Path(__file__).parent.parent / "docs" / "regels.md"
HEAD = """# De regels

Een regel heeft een vaste naam, die in bestanden en meldingen staat. *Wie kan* zegt of een begeleider op een plaats
mogelijk is. Een *grens* wordt door geen rooster overschreden. Een *voorkeur* kost strafpunten, in een laag; een hogere
laag gaat altijd voor. Regels die niet standaard zijn, gelden pas als een regelbestand ze noemt, zoals
`[rules.few-people]`; zo krijgen ook instellingen een andere waarde. Voorbeelden en bronnen staan bij
[de regels in het Engels](rules.md). Deze pagina wordt uit de code geschreven, door `make schema`.
"""
KINDS = (
    ("Wie kan", EligibilityRule),
    ("Grenzen", ConstraintRule),
    ("Voorkeuren", PreferenceRule),
)


def page() -> str:
    """Return the page as it should be."""
    parts = [HEAD]
    for title, kind in KINDS:
        tiers = kind is PreferenceRule
        headings = ["regel", "heet", *(["laag"] if tiers else []), "zegt", "standaard", "instellingen"]
        parts += [f"\n## {title}\n\n| {' | '.join(headings)} |\n|{'---|' * len(headings)}\n"]
        parts += [f"| {' | '.join(cells(rule))} |\n" for rule in ALL_RULES if issubclass(rule, kind)]
    return "".join(parts)


def cells(rule: type[Rule]) -> list[str]:
    """Return the cells of a rule's row."""
    tier = [tier_name(rule.tier).nl] if issubclass(rule, PreferenceRule) else []
    own = {name: value for name, value in rule().parameters().items() if name not in SHARED}
    settings = [f"`{name}`" if value is None else f"`{name} = {json.dumps(value)}`" for name, value in own.items()]
    standard = "ja" if rule.standard else "nee"
    return [f"`{rule.id}`", rule_name(rule.id).nl, *tier, rule.sentence.nl, standard, " · ".join(settings) or "–"]


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
