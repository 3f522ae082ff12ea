"""Rule `practice`: everyone keeps in practice, and trainees get a place to learn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from poolmatch.arrays import ROLES, Candidates
from poolmatch.domain.plan import Plan
from poolmatch.rule import Finding, Model, PreferenceRule, Words

TRAINEE = ROLES.index("trainee")

FEW = Words(
    "{who} has {count} of the {least} meetings needed to keep in practice.",
    "{who} heeft {count} van de {least} bijeenkomsten die nodig zijn om geoefend te blijven.",
)
NONE = Words(
    "{who} has no meeting, and needs 1 to keep in practice.",
    "{who} heeft geen bijeenkomst, en er is er 1 nodig om geoefend te blijven.",
)


class PracticeRule(PreferenceRule):
    """Each meeting that someone is short of `min_meetings` costs 1 point; so does a trainee without a trainee seat.

    Duties are no meetings. Who is not in the pool on any day of the period costs nothing.

    Example: `min_meetings` 2 and one meeting in the period; someone with role trainee who holds no trainee seat.
    """

    id: ClassVar[str] = "practice"
    sentence: ClassVar[Words] = Words(
        "Everyone keeps in practice, and every trainee practises.",
        "Ieder blijft geoefend, en elke leerling oefent.",
    )
    tier: ClassVar[int] = 4

    def penalty(self, candidates: Candidates, model: Model) -> None:
        """Let a column per person take up what is missing."""
        role, timed = candidates.column("role"), candidates.column("timed")
        period = candidates.world.problem.period
        for position, person in enumerate(candidates.world.people):
            if not person.member(period.start, period.end):
                continue
            mine = candidates.of_person(position)
            column = np.arange(mine.start, mine.stop)[timed[mine]]
            if person.min_meetings:
                self._require(model, column, person.min_meetings)
            if "trainee" in person.roles:
                self._require(model, column[role[column] == TRAINEE], 1)

    def _require(self, model: Model, column: np.ndarray, least: int) -> None:
        """Charge each meeting that the candidates are short of a number."""
        short = model.columns([max(0, least - len(column))], [least])
        entries = np.append(column, short)
        model.rows(np.zeros(len(entries), np.int64), entries, 1, lower=[least])
        model.cost(short, [1])

    def judge(self, plan: Plan) -> Iterator[Finding]:
        """Yield who has too few meetings, and each trainee without a trainee seat."""
        period = plan.problem.period
        for person in plan.problem.facilitators:
            if not person.member(period.start, period.end):
                continue
            name = person.facilitator
            mine = plan.of_facilitator.get(name, ())
            least = person.min_meetings or 0
            if len(mine) < least:
                words = (FEW if least > 1 else NONE).fill(who=name, count=len(mine), least=least)
                yield self.found(least - len(mine), words, facilitators=(name,))
            if "trainee" in person.roles and not any(item.seat.role == "trainee" for item in mine):
                words = Words(
                    "{who} is a trainee and gets no meeting to practise in.",
                    "{who} is leerling en krijgt geen bijeenkomst om in te oefenen.",
                    who=name,
                )
                yield self.found(1, words, facilitators=(name,))
