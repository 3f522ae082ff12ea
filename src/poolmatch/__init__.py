"""poolmatch: rosters a shared pool of facilitators over multi-stakeholder meetings, neutrally and with proof.

The shop window: what users call, nothing else. What is slow to import is imported when it is first used.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Roster
from poolmatch.errors import (
    EditRefused,
    InternalError,
    Issue,
    MissingExtra,
    ModelMismatch,
    NotWritten,
    PoolmatchError,
    ProblemError,
    UnknownId,
    WouldOverwrite,
)
from poolmatch.on_use import exported

if TYPE_CHECKING:
    from pandas import DataFrame

    from poolmatch.checking import Report, check
    from poolmatch.domain.roster_pins import pinned
    from poolmatch.edits import edit_from_dict, scenario
    from poolmatch.explain import (
        bottlenecks,
        compare,
        empty_seats,
        explain_objective,
        neutral_pool,
        outsiders,
        remedies,
        replan,
        resilience,
        substitutes,
        substitutes_for,
        waivers_that_help,
        what_if_table,
        why_empty,
        why_empty_all,
        why_not,
        why_not_wish,
        why_these,
        wishes_of,
    )
    from poolmatch.figures import fairness, ledger, next_month
    from poolmatch.neutrality import Policy, assess, certificate, disclosures
    from poolmatch.report import calendar_of, report_page, write_calendar, write_calendars, write_page, write_result
    from poolmatch.results import Progress, Result, RunRecord, Solved, Status
    from poolmatch.rule import ConstraintRule, EligibilityRule, Finding, PreferenceRule
    from poolmatch.ruleset import STANDARD_RULES, RuleSet
    from poolmatch.solving.frontier import frontier
    from poolmatch.solving.many import solve_many
    from poolmatch.solving.replay import replay
    from poolmatch.solving.solve import solve
    from poolmatch.tables import (
        public_holiday_rows,
        read,
        read_busy,
        read_roster,
        school_holiday_rows,
        write,
        write_roster,
        write_template,
    )
    from poolmatch.versions import show_versions
    from poolmatch.views import Audience
    from poolmatch.words import Words

    __version__: str

__all__ = [
    "STANDARD_RULES",
    "Audience",
    "ConstraintRule",
    "EditRefused",
    "EligibilityRule",
    "Finding",
    "InternalError",
    "Issue",
    "MissingExtra",
    "ModelMismatch",
    "NotWritten",
    "Policy",
    "PoolmatchError",
    "PreferenceRule",
    "Problem",
    "ProblemError",
    "Progress",
    "Report",
    "Result",
    "Roster",
    "RuleSet",
    "RunRecord",
    "Solved",
    "Status",
    "UnknownId",
    "Words",
    "WouldOverwrite",
    "__version__",
    "assess",
    "bottlenecks",
    "calendar_of",
    "certificate",
    "check",
    "compare",
    "disclosures",
    "edit_from_dict",
    "empty_seats",
    "explain_objective",
    "fairness",
    "frontier",
    "ledger",
    "neutral_pool",
    "next_month",
    "outsiders",
    "pinned",
    "public_holiday_rows",
    "read",
    "read_busy",
    "read_roster",
    "remedies",
    "replan",
    "replay",
    "report_page",
    "resilience",
    "scenario",
    "school_holiday_rows",
    "show_versions",
    "solve",
    "solve_many",
    "substitutes",
    "substitutes_for",
    "waivers_that_help",
    "what_if_table",
    "why_empty",
    "why_empty_all",
    "why_not",
    "why_not_wish",
    "why_these",
    "wishes_of",
    "write",
    "write_calendar",
    "write_calendars",
    "write_page",
    "write_result",
    "write_roster",
    "write_template",
]

_WHERE = {
    "read": "tables",
    "read_busy": "tables",
    "public_holiday_rows": "tables",
    "school_holiday_rows": "tables",
    "read_roster": "tables",
    "write": "tables",
    "write_roster": "tables",
    "write_template": "tables",
    "report_page": "report",
    "write_page": "report",
    "write_result": "report",
    "calendar_of": "report",
    "write_calendar": "report",
    "write_calendars": "report",
    "solve": "solving.solve",
    "solve_many": "solving.many",
    "replay": "solving.replay",
    "Solved": "results",
    "Progress": "results",
    "Result": "results",
    "RunRecord": "results",
    "Status": "results",
    "check": "checking",
    "Report": "checking",
    "assess": "neutrality",
    "certificate": "neutrality",
    "disclosures": "neutrality",
    "Audience": "views",
    "Policy": "neutrality",
    "neutral_pool": "explain",
    "waivers_that_help": "explain",
    "why_not": "explain",
    "why_not_wish": "explain",
    "wishes_of": "explain",
    "bottlenecks": "explain",
    "resilience": "explain",
    "why_these": "explain",
    "remedies": "explain",
    "what_if_table": "explain",
    "scenario": "edits",
    "edit_from_dict": "edits",
    "replan": "explain",
    "substitutes": "explain",
    "substitutes_for": "explain",
    "why_empty": "explain",
    "why_empty_all": "explain",
    "compare": "explain",
    "empty_seats": "explain",
    "outsiders": "explain",
    "explain_objective": "explain",
    "fairness": "figures",
    "ledger": "figures",
    "next_month": "figures",
    "pinned": "domain.roster_pins",
    "frontier": "solving.frontier",
    "RuleSet": "ruleset",
    "STANDARD_RULES": "ruleset",
    "EligibilityRule": "rule",
    "ConstraintRule": "rule",
    "PreferenceRule": "rule",
    "Finding": "rule",
    "Words": "words",
    "show_versions": "versions",
}


def _from_frames(kind: type[Problem], frames: Mapping[str, DataFrame]) -> Problem:
    """Return the problem that DataFrames hold, one per table; see `poolmatch.tables.read_frames`."""
    return kind.model_validate(import_module("poolmatch.tables").read_frames(frames))


def _to_frames(problem: Problem) -> dict[str, DataFrame]:
    """Return the problem as DataFrames, one per table; see `poolmatch.tables.to_frames`."""
    frames: dict[str, DataFrame] = import_module("poolmatch.tables").to_frames(problem)
    return frames


def _to_frame(roster: Roster, problem: Problem | None = None) -> DataFrame:
    """Return the roster as a DataFrame; see `poolmatch.tables.roster_to_frame`."""
    frame: DataFrame = import_module("poolmatch.tables").roster_to_frame(roster, problem)
    return frame


def _from_frame(kind: type[Roster], frame: DataFrame, problem: Problem | None = None) -> Roster:
    """Return the roster that a DataFrame holds; see `poolmatch.tables.roster_from_frame`."""
    return kind.model_validate(import_module("poolmatch.tables").roster_from_frame(frame, problem))


# What reads well as a method but lives higher is bound here, once.
Problem.from_frames = classmethod(_from_frames)  # type: ignore[assignment, method-assign]
Problem.to_frames = _to_frames  # type: ignore[assignment, method-assign]
Roster.to_frame = _to_frame  # type: ignore[assignment, method-assign]
Roster.from_frame = classmethod(_from_frame)  # type: ignore[assignment, method-assign]


_exported = exported(__name__, _WHERE)


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return import_module("poolmatch.versions").versions()["poolmatch"]
    return import_module("poolmatch.rows") if name == "rows" else _exported(name)
