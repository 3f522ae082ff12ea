"""Rule `one-duty`: one duty of a kind per person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from poolmatch.arrays import Candidates, Codes, ints
from poolmatch.domain.plan import Plan
from poolmatch.rule import ConstraintRule, Finding, Model, Words


class OneDutyRule(ConstraintRule):
    """A facilitator has at most one duty of a kind.

    Example: two participants of a course to coach, both by the same trainer.
    """

    id: ClassVar[str] = "one-duty"
    sentence: ClassVar[Words] = Words(
        "A facilitator has at most one duty of a kind.", "Een begeleider heeft van elke soort hoogstens één taak."
    )
    looks_wide: ClassVar[bool] = False
    discreet: ClassVar[bool] = True

    def post(self, candidates: Candidates, model: Model) -> None:
        """At most one of a person's candidates for duties of a kind."""
        column = np.flatnonzero(~candidates.column("timed"))
        kinds = Codes()
        kind = ints(kinds.add(candidates.world.seats[seat].seat) for seat in candidates.seat[column].tolist())
        model.at_most_one(candidates.person[column] * max(1, len(kinds)) + kind, column)

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield each person with several duties of a kind."""
        for name, work in plan.work_of.items():
            duties: defaultdict[str, list[str]] = defaultdict(list)
            for item in work:
                if item.start is None:
                    duties[item.seat.seat].append(item.meeting.meeting)
            for kind, found in duties.items():
                if len(found) > 1:
                    listed = ", ".join(found)
                    words = Words(
                        "{who} has {count} duties of kind {kind}: {listed}.",
                        "{who} heeft {count} taken van soort {kind}: {listed}.",
                        who=name,
                        count=len(found),
                        kind=kind,
                        listed=listed,
                    )
                    yield Finding(self.id, "violation", words, (name,), tuple(found))
