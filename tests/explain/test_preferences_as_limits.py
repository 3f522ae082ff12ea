"""Preferences that are limits by a parameter keep people out of seats, and explanations say so."""

from collections.abc import Iterator
from typing import ClassVar

import pytest
from tests.builders import Cells, facilitator, meeting, problem, roster

from poolmatch import (
    STANDARD_RULES,
    PreferenceRule,
    Problem,
    RuleSet,
    Words,
    bottlenecks,
    check,
    empty_seats,
    replan,
    why_empty,
    why_not,
)
from poolmatch.arrays import Candidates
from poolmatch.domain.plan import Plan
from poolmatch.explain.funnel import Fallen
from poolmatch.rule import Finding, Model
from poolmatch.rules.external_last import ExternalLastRule
from poolmatch.rules.quid_pro_quo import QuidProQuoRule

NO_OUTSIDER = STANDARD_RULES.plus(ExternalLastRule(hard=True))
NO_FAVOURS = STANDARD_RULES.plus(QuidProQuoRule(most=0))
SAME_EVENING = [
    meeting("M1", "2026-03-05 19:00", "2026-03-05 21:00"),
    meeting("M2", "2026-03-05 20:00", "2026-03-05 22:00"),
]


def outsider() -> Problem:
    """Return two meetings of one evening, F1 of the pool, and X from outside."""
    return problem(SAME_EVENING, ["F1", facilitator("X", organisation="Bureau", external=True)])


def favours() -> Problem:
    """Return a contested meeting of A and one of B, a day each, with F1 of A, F2 of B, and F3 of neither."""
    days = [
        meeting("M1", "2026-03-05 10:00", "2026-03-05 12:00", contention="high"),
        meeting("M2", "2026-03-06 10:00", "2026-03-06 12:00", contention="high"),
    ]
    people: list[Cells] = [facilitator(f"F{n}", organisation=name) for n, name in enumerate("ABC", 1)]
    return problem(days, people, {"M1": {"A": "decider"}, "M2": {"B": "decider"}})


def test_an_external_whom_the_pool_could_replace_is_kept_out_by_the_limit() -> None:
    # F1 leads M2; at M1 F1 would be in two places, and X is not wanted while F1 is eligible.
    (seat,) = empty_seats(outsider(), roster({"M2": "F1"}), NO_OUTSIDER)
    assert (seat.eligible, seat.kept_out, seat.addable) == (2, {"no-double-booking": 1, "external-last": 1}, 0)
    (charged,) = empty_seats(outsider(), roster({"M2": "F1"}), STANDARD_RULES)
    assert (charged.kept_out, charged.addable) == ({"no-double-booking": 1}, 1)


def test_an_external_whom_nobody_could_replace_is_not() -> None:
    case = outsider().replace(
        requirements=[{"meeting": "M1", "seat": "lead", "skill": "deep", "level": 3}],
        skills=[{"facilitator": "X", "skill": "deep", "level": 3}],
    )
    (seat,) = empty_seats(case, roster({"M2": "F1"}), NO_OUTSIDER)
    assert (seat.eligible, seat.kept_out, seat.addable) == (1, {}, 1)


def test_who_would_return_a_favour_is_kept_out_by_the_limit() -> None:
    # F2 of B leads where A decides; F1 of A would lead where B decides, elsewhere and on another day.
    (seat,) = empty_seats(favours(), roster({"M1": "F2"}), NO_FAVOURS)
    assert (dict(seat.fell), seat.eligible, seat.kept_out) == ({"neutral": 1}, 2, {"quid-pro-quo": 1})
    assert seat.addable == 1  # F3
    (free,) = empty_seats(favours(), roster({"M1": "F3"}), NO_FAVOURS)
    assert free.kept_out == {}


@pytest.mark.parametrize(
    ("case", "rules", "held", "who", "rule"),
    [
        (outsider(), NO_OUTSIDER, ("M2", "F1", "M1"), "X", "external-last"),
        (favours(), NO_FAVOURS, ("M1", "F2", "M2"), "F1", "quid-pro-quo"),
    ],
)
def test_why_empty_and_why_not_say_the_same(
    case: Problem, rules: RuleSet, held: tuple[str, str, str], who: str, rule: str
) -> None:
    where, holder, empty = held
    report = check(case, roster({where: holder}), rules)
    assert Fallen(rule, (who,)) in why_empty(report, empty, "lead", time_limit=0).kept_out
    assert rule in {item.rule for item in why_not(report, empty, "lead", who, time_limit=0).conflicts}


class NotOnThursdays(PreferenceRule):
    """A limit of one's own: nobody works on Thursdays. No constraint of poolmatch says so."""

    id: ClassVar[str] = "own-thursdays"
    sentence: ClassVar[Words] = Words("Nobody works on Thursdays.", "Niemand werkt op donderdag.")
    tier: ClassVar[int] = 6

    @property
    def limits(self) -> bool:
        return True

    def post(self, candidates: Candidates, model: Model) -> None:
        days = candidates.column("day")
        model.fix([n for n in range(len(candidates)) if days[n] % 7 == 4], 0)

    def penalty(self, candidates: Candidates, model: Model) -> None:
        pass

    def judge(self, plan: Plan) -> Iterator[Finding]:
        for item in plan.placements:
            if item.day.isoweekday() == 4:
                words = Words(
                    "{who} works on a Thursday.", "{who} werkt op donderdag.", who=item.facilitator.facilitator
                )
                where = (item.meeting.meeting,)
                yield Finding(self.id, "violation", words, (item.facilitator.facilitator,), where, item.seat.seat)


def test_a_limit_of_ones_own_is_told_by_its_trait() -> None:
    rules = STANDARD_RULES.plus(NotOnThursdays())
    (seat,) = empty_seats(problem(), roster({}), rules)  # 5 March is a Thursday
    assert (seat.eligible, seat.kept_out) == (1, {"own-thursdays": 1})
    assert [rule.id for rule in rules.limits if isinstance(rule, PreferenceRule)] == ["own-thursdays"]
    assert not any(isinstance(rule, PreferenceRule) for rule in STANDARD_RULES.limits)


def test_a_pool_hangs_on_them_too() -> None:
    # F1 of A can lead where B decides, and F2 of B where A does, but not both: that would be a favour returned.
    case = favours()
    pair = case.replace(facilitators=[row for row in case.facilitators if row.facilitator != "F3"])
    assert bottlenecks(pair).fillable == 2
    answer = bottlenecks(pair, NO_FAVOURS)
    assert (answer.fillable, answer.settled, answer.needed) == (1, True, (1, 1))
    assert [(item.role, item.gain) for item in answer.one_more] == [("lead", 1)]  # who works for neither


def test_who_was_told_a_seat_that_they_forbid_is_told_why() -> None:
    answer = replan(outsider(), roster({"M1": "X"}), rules=NO_OUTSIDER)
    assert [item.words.en for item in answer.given_up] == [
        "X cannot keep seat lead of M1: X is external in seat lead of M1; possible of the pool: 1."
    ]
    assert [item.words.nl for item in answer.given_up] == [
        "X kan plaats lead van M1 niet houden: X is extern op plaats lead van M1; mogelijk uit de pool: 1."
    ]
