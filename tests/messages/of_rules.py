"""A problem for each kind of message of rules that are not standard, and what they say of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tests.builders import meeting, problem
from tests.rules.insiders import BALANCED

from poolmatch import Problem
from poolmatch.issues import Issue
from poolmatch.rule import Rule
from poolmatch.rules.balanced_team import BalancedTeamRule
from poolmatch.rules.evenings import EveningsRule
from poolmatch.rules.growth import GrowthRule
from poolmatch.rules.max_on_end import MaxOnEndRule
from poolmatch.rules.practice_window import PracticeWindowRule
from poolmatch.rules.quid_pro_quo import QuidProQuoRule
from poolmatch.rules.weekend import WeekendRule

BY_DAY = problem([meeting("M1", "2026-03-05 10:00", "2026-03-05 12:00")])
"""One meeting, on a Thursday morning, and no history."""


def said(rule: Rule, case: Problem) -> Callable[[], Sequence[Issue]]:
    """Return a function that asks a rule what is doubtful in a problem."""
    return lambda: list(rule.issues(case))


RULES: Mapping[str, Callable[[], Sequence[Issue]]] = {
    "balanced-team-without-policy": said(BalancedTeamRule(), problem()),
    "balanced-team-nowhere": said(BALANCED["balanced-team"], problem()),
    "quid-pro-quo-nowhere": said(QuidProQuoRule(), problem()),
    "no-meeting-in-a-weekend": said(WeekendRule(), BY_DAY),
    "no-meeting-in-the-evening": said(EveningsRule(), BY_DAY),
    "history-begins-late": said(MaxOnEndRule(), BY_DAY),
    "step-without-role": said(GrowthRule(), BY_DAY),
    "history-shorter-than-steps": said(GrowthRule(), BY_DAY),
    "practice-window-without-number": said(PracticeWindowRule(), BY_DAY),
    "history-shorter-than-window": said(PracticeWindowRule(meetings=9), BY_DAY),
}
