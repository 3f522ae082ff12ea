"""What a rule has to say about a roster: one thing at a time, in words, with who and what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from poolmatch.domain.plan import Plan
from poolmatch.words import Words

Severity = Literal["violation", "penalty", "note"]


@dataclass(frozen=True)
class Finding:
    """One thing a rule has to say about a roster.

    Attributes
    ----------
    rule
        Id of the rule.
    severity
        ``"violation"``: a roster must never do this. ``"penalty"``: it costs points. ``"note"``: it is as well to know,
        such as what was broken in the past.
    words
        The sentence, in English and Dutch.
    facilitators, meetings, organisations
        Ids of who and what it is about.
    seat
        Id of the seat, when it is about one.
    day
        Local date, when it is about one.
    penalty
        Penalty in units of 1/scale points; negative for a wish that is met.
    scale
        Units per point.
    """

    rule: str
    severity: Severity
    words: Words
    facilitators: tuple[str, ...] = ()
    meetings: tuple[str, ...] = ()
    seat: str | None = None
    day: date | None = None
    penalty: int = 0
    scale: int = 1
    organisations: tuple[str, ...] = ()

    @property
    def points(self) -> float:
        """Penalty in points."""
        return self.penalty / self.scale

    def to_dict(self) -> dict[str, Any]:
        """Return the finding as data for a JSON document."""
        return {
            "rule": self.rule,
            "severity": self.severity,
            "en": self.words.en,
            "nl": self.words.nl,
            "facilitators": list(self.facilitators),
            "meetings": list(self.meetings),
            "organisations": list(self.organisations),
            "seat": self.seat,
            "day": self.day.isoformat() if self.day else None,
            "penalty": self.penalty,
            "scale": self.scale,
        }


def told(plan: Plan, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield what rules say of a roster; a violation in which only past work takes part as a note, told as of the past.

    So the past makes no roster illegal, and a limit is broken only where work that is still to come is part of it: all
    the work that takes part is what `Finding.meetings` names.
    """
    for item in findings:
        if item.severity == "violation" and plan.problem.all_past(item.meetings):
            words = Words("In the past: {finding}", "In het verleden: {finding}", finding=item.words)
            yield replace(item, severity="note", words=words)
        else:
            yield item
