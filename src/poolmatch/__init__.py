"""poolmatch: rosters a shared pool of facilitators over multi-stakeholder meetings, neutrally and with proof.

The shop window: what users call, nothing else. What is slow to import is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Roster
from poolmatch.errors import Issue, MissingExtra, ModelMismatch, PoolmatchError, ProblemError

if TYPE_CHECKING:
    from poolmatch.check import Report, check
    from poolmatch.neutrality import Policy, assess
    from poolmatch.rule import ConstraintRule, EligibilityRule, Finding, PreferenceRule
    from poolmatch.ruleset import STANDARD_RULES, RuleSet
    from poolmatch.solve import Progress, Result, Status, solve
    from poolmatch.tables import read, read_roster, write, write_roster, write_template

_WHERE = {
    "read": "tables",
    "read_roster": "tables",
    "write": "tables",
    "write_roster": "tables",
    "write_template": "tables",
    "solve": "solve",
    "Progress": "solve",
    "Result": "solve",
    "Status": "solve",
    "check": "check",
    "Report": "check",
    "assess": "neutrality",
    "Policy": "neutrality",
    "RuleSet": "ruleset",
    "STANDARD_RULES": "ruleset",
    "EligibilityRule": "rule",
    "ConstraintRule": "rule",
    "PreferenceRule": "rule",
    "Finding": "rule",
}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module 'poolmatch' has no attribute {name!r}")
    value = getattr(import_module(f"poolmatch.{_WHERE[name]}"), name)
    globals()[name] = value  # over the submodule of the same name, which importing it has put there
    return value
