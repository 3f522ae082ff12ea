"""Why a wish was not granted: by hand, with the reasons, their evidence, and what would have granted it."""

from typing import Any, ClassVar

import numpy as np
import pytest
from tests.builders import Cells, facilitator, meeting, problem, roster

from poolmatch import (
    STANDARD_RULES,
    Audience,
    EligibilityRule,
    Problem,
    UnknownId,
    Words,
    check,
    solve,
    why_not_wish,
    wishes_of,
)
from poolmatch.arrays import Bools, Occasions, Person
from poolmatch.domain.meetings import Meeting, Seat
from poolmatch.domain.people import Facilitator
from poolmatch.edits import PinReleased, TimeGiven
from poolmatch.explain import WhyNotWish
from poolmatch.views import View

EVENING = meeting("M1", "2026-03-05 19:00", "2026-03-05 21:00", region="West")
SAME_EVENING = meeting("M2", "2026-03-05 20:00", "2026-03-05 22:00")
LIKES: Cells = {"facilitator": "F1", "meeting": "M1", "score": 5}
ONLY_F1: dict[str, Any] = {
    "skills": [{"facilitator": "F1", "skill": "deep", "level": 3}],
    "requirements": [{"meeting": "M2", "seat": "lead", "skill": "deep", "level": 3}],
}


def asked(case: Problem, number: int = 0, **options: Any) -> WhyNotWish:
    return why_not_wish(solve(case), "F1", wishes_of(case, "F1")[number], **options)


def english(answer: WhyNotWish) -> list[str]:
    return [words.en for words in answer.words]


# --- what a wish is ----------------------------------------------------------------------------------------


def test_wishes_are_scores_and_times_in_the_order_of_the_tables() -> None:
    times = [
        {"facilitator": "F1", "start": "2026-03-05", "end": "2026-03-05", "kind": kind}
        for kind in ("available", "avoid", "prefer", "unavailable")
    ]
    scores = [{"facilitator": "F1", "region": "West", "score": score} for score in (0, 3)]
    case = problem([EVENING], ["F1", "F2"], preferences=scores, availability=times)
    assert wishes_of(case, "F1") == (case.preferences[1], case.availability[1], case.availability[2])
    assert wishes_of(case, "F2") == ()


@pytest.mark.parametrize(
    ("preference", "held", "granted"),
    [
        ({"meeting": "M1", "score": 1}, "F1", True),
        ({"meeting": "M1", "score": 1}, "F2", False),
        ({"meeting": "M1", "score": -1}, "F1", False),
        ({"meeting": "M1", "score": -1}, "F2", True),
        ({"region": "west", "score": 2}, "F1", True),
        ({"region": "East", "score": 2}, "F1", False),
        ({"organisation": "Town", "score": 2}, "F1", True),
        ({"organisation": "Elsewhere", "score": -2}, "F1", True),
    ],
)
def test_what_likes_is_granted_by_a_seat_and_what_does_not_by_none(preference: Cells, held: str, granted: bool) -> None:
    case = problem([EVENING], ["F1", "F2"], preferences=[{"facilitator": "F1", **preference}])
    answer = why_not_wish(check(case, roster({"M1": held})), "F1", case.preferences[0], time_limit=0)
    assert answer.granted == granted


@pytest.mark.parametrize(
    ("kind", "start", "end", "granted"),
    [
        ("prefer", "2026-03-05 19:00", "2026-03-05 21:00", True),
        ("prefer", "2026-03-05 19:30", "2026-03-05 23:00", False),
        ("avoid", "2026-03-05 20:59", "2026-03-05 23:00", False),
        ("avoid", "2026-03-05 21:00", "2026-03-05 23:00", True),
    ],
)
def test_a_preferred_time_holds_the_whole_meeting_and_one_to_avoid_none_of_it(
    kind: str, start: str, end: str, granted: bool
) -> None:
    times = [{"facilitator": "F1", "start": start, "end": end, "kind": kind}]
    case = problem([EVENING], availability=times)
    answer = why_not_wish(check(case, roster({"M1": "F1"})), "F1", case.availability[0], time_limit=0)
    assert answer.granted == granted


def test_a_wish_that_is_granted_is_told_so() -> None:
    case = problem([EVENING], ["F1", "F2"], preferences=[LIKES])
    answer = asked(case)
    assert (answer.granted, answer.held, answer.changes) == (True, (("M1", "lead"),), ())
    assert english(answer) == ["The wish of F1 (M1, score 5) is granted: M1/lead."]
    none = asked(case.replace(preferences=[{**LIKES, "score": -5}]))
    assert [words.nl for words in none.words] == ["De wens van F1 (M1, score -5) is vervuld: dat werk is er niet bij."]


@pytest.mark.parametrize(
    ("cells", "en", "nl"),
    [
        (
            {"start": "2026-07-06 18:00", "end": "2026-07-06 23:00"},
            "2026-07-06 18:00 to 2026-07-06 23:00, preferred",
            "6-7-2026 18:00 tot 6-7-2026 23:00, graag",
        ),
        ({"start": "2026-07-06", "end": "2026-07-06"}, "2026-07-06, preferred", "6-7-2026, graag"),
        (
            {"start": "2026-07-06", "end": "2026-07-08", "kind": "avoid"},
            "2026-07-06 up to and including 2026-07-08, to be avoided",
            "6-7-2026 tot en met 8-7-2026, liever niet",
        ),
        (
            {"start": "2026-07-06", "end": "2026-07-06", "rrule": "FREQ=WEEKLY"},
            "2026-07-06, recurring, preferred",
            "6-7-2026, herhaald, graag",
        ),
    ],
)
def test_the_times_of_a_wish_are_told_by_the_clock_of_the_period(cells: Cells, en: str, nl: str) -> None:
    july = {"name": "July", "start": "2026-07-01", "end": "2026-07-31", "timezone": "Europe/Amsterdam"}
    times = [{"facilitator": "F1", "kind": "prefer", **cells}]
    case = problem([meeting("M1", "2026-07-09 19:00", "2026-07-09 21:00")], period=july, availability=times)
    answer = why_not_wish(check(case, roster({"M1": "F1"})), "F1", case.availability[0], time_limit=0)
    assert (answer.called.en, answer.called.nl) == (en, nl)
    assert en in english(answer)[0]


# --- reasons and changes -----------------------------------------------------------------------------------


def test_a_tier_that_would_be_worse_is_the_reason_with_what_would_be_lost() -> None:
    # Only F1 can lead M2, on the same evening: M2 would stay empty, 4 points.
    answer = asked(problem([EVENING, SAME_EVENING], ["F1", "F2"], preferences=[LIKES], **ONLY_F1))
    (reason,) = answer.reasons
    assert (reason.rule, reason.tier, reason.before, reason.after) == (None, 1, 0, 4)
    assert (answer.grantable, answer.settled, answer.whole) == (True, True, True)
    assert english(answer) == [
        "If the wish of F1 (M1, score 5) is granted, tier 1 (coverage) becomes 4 points instead of 0.",
        "M2, seat lead is empty.",
    ]
    assert answer.instead is not None
    assert {(item.meeting, item.after) for item in answer.instead.seats} == {("M1", "F1"), ("M2", None)}


def test_who_is_put_out_is_told_by_which_rule_with_evidence_and_what_would_help() -> None:
    leave = [{"facilitator": "F1", "start": "2026-03-05", "end": "2026-03-05", "kind": "unavailable"}]
    case = problem([EVENING], ["F1", "F2"], preferences=[LIKES], availability=leave)
    answer = asked(case)
    assert [item.rule for item in answer.reasons] == ["available"]
    assert (answer.grantable, answer.settled) == (False, True)
    (change,) = answer.changes
    (edit,) = change.edits
    assert isinstance(edit, TimeGiven)
    assert english(answer) == [
        "In no legal roster is the wish of F1 granted (M1, score 5), by this rule alone: available.",
        "F1 is not available throughout.",
        "It would have been granted with this: Ask F1 to be available from 2026-03-05 19:00 to 2026-03-05 21:00.",
    ]
    assert solve(edit.apply(case)).roster.holder("M1", "lead") == "F1"


def test_a_change_that_would_only_let_it_be_is_none_where_another_wishes_more() -> None:
    # Given the time, F1 could sit there; but F2 likes it better, so that no best roster has F1.
    leave = [{"facilitator": "F1", "start": "2026-03-05", "end": "2026-03-05", "kind": "unavailable"}]
    more = {**LIKES, "facilitator": "F2", "score": 9}
    answer = asked(problem([EVENING], ["F1", "F2"], preferences=[LIKES, more], availability=leave))
    assert (answer.changes, answer.whole) == ((), True)


def test_rules_and_tiers_are_told_together_where_it_takes_both() -> None:
    # M1 and M2 are in West: of M1 F1's employer decides, and at M2 nobody else could lead M3 at that hour.
    west = meeting("M2", "2026-03-06 19:00", "2026-03-06 21:00", region="West")
    at_once = meeting("M3", "2026-03-06 19:00", "2026-03-06 21:00")
    tables: dict[str, Any] = {
        "skills": [{"facilitator": "F1", "skill": "deep", "level": 3}],
        "requirements": [{"meeting": "M3", "seat": "lead", "skill": "deep", "level": 3}],
        "preferences": [{"facilitator": "F1", "region": "West", "score": 5}],
    }
    people = [facilitator("F1", organisation="Own"), facilitator("F2")]
    answer = asked(problem([EVENING, west, at_once], people, {"M1": {"Own": "decider"}}, **tables))
    assert [(item.rule, item.tier) for item in answer.reasons] == [("neutral", None), (None, 1)]
    assert english(answer)[:2] == [
        "If the wish of F1 (West, score 5) is granted, tier 1 (coverage) becomes 4 points instead of 0.",
        "No legal roster grants it that keeps all of this: neutral, tier 1 (coverage) no worse than 0 points.",
    ]
    assert answer.words[1].nl == (
        "Geen geldig rooster vervult de wens en houdt dit alles: neutraal, niveau 1 (bezetting) niet slechter dan "
        "0 punten."
    )


def test_a_pin_is_the_reason_whatever_the_wish_is() -> None:
    pin = {"meeting": "M1", "seat": "lead", "facilitator": "F1"}
    case = problem([EVENING], ["F1", "F2"], pins=[pin], preferences=[{**LIKES, "score": -5}])
    for answer in (asked(case), asked(case.replace(pins=[{**pin, "facilitator": "F2"}], preferences=[LIKES]))):
        assert [item.rule for item in answer.reasons] == ["pinned"]
        assert [item.edits for item in answer.changes] == [(PinReleased("M1", "lead"),)]


def test_what_another_would_lose_is_told_and_not_to_who_wishes() -> None:
    case = problem([EVENING], ["F1", "F2"], preferences=[LIKES, {**LIKES, "facilitator": "F2", "score": 7}])
    answer = asked(case)
    assert english(answer)[1:] == ["No more: F2 at M1: score 7 for M1."]
    view = View(solve(case).report.plan, Audience.facilitator("F1"))
    assert [words.en for words in answer.said_to(view)] == [
        "If the wish of F1 (M1, score 5) is granted, tier 6 (comfort and cost) becomes -5 points instead of -7."
    ]


def test_what_is_asked_of_others_is_not_told_to_who_wishes() -> None:
    # Were F2 there, F1 could stay away.
    leave = [{"facilitator": "F2", "start": "2026-03-05", "end": "2026-03-05", "kind": "unavailable"}]
    case = problem([EVENING], ["F1", "F2"], preferences=[{**LIKES, "score": -5}], availability=leave)
    answer = asked(case)
    assert any(edit.about == ("F2",) for change in answer.changes for edit in change.edits)
    for who, told in (("F1", 2), ("F2", 1)):
        view = View(solve(case).report.plan, Audience.facilitator(who))
        said = [words.en for words in answer.said_to(view)]
        assert "F2" not in " ".join(said)
        assert len(said) <= told


def test_a_roster_that_could_as_well_grant_it_is_told() -> None:
    case = problem([EVENING], ["F1", "F2"], preferences=[LIKES])
    rules = STANDARD_RULES.without("wishes")
    answer = why_not_wish(check(case, roster({"M1": "F2"}), rules), "F1", case.preferences[0])
    assert (answer.grantable, answer.reasons) == (True, ())
    assert english(answer)[0] == "The wish of F1 (M1, score 5) could be granted as well; the roster would be as good."


def test_where_all_tiers_are_one_sum_that_is_the_reason() -> None:
    case = problem([EVENING, SAME_EVENING], ["F1", "F2"], preferences=[LIKES], **ONLY_F1)
    answer = why_not_wish(solve(case, STANDARD_RULES.weighted()), "F1", case.preferences[0])
    assert [item.tier for item in answer.reasons] == [0]
    assert "the weighted sum" in english(answer)[0]


def test_a_wish_about_nothing_that_is_to_come_is_told() -> None:
    case = problem([EVENING], ["F1", "F2"], preferences=[{"facilitator": "F1", "region": "Nowhere", "score": 5}])
    answer = asked(case)
    assert (answer.grantable, answer.reasons, answer.open) == (False, (), ())
    assert english(answer) == ["No seat that is still to come is what F1 wishes for (Nowhere, score 5)."]


def test_without_time_only_whether_it_is_granted_is_told() -> None:
    answer = asked(problem([EVENING, SAME_EVENING], ["F1", "F2"], preferences=[LIKES], **ONLY_F1), time_limit=0)
    assert (answer.grantable, answer.settled, answer.whole) == (None, False, False)
    assert english(answer) == ["Whether the wish of F1 (M1, score 5) can be granted was not found out in time."]


class NotThere(EligibilityRule):
    """A rule of one's own: F1 is never at M1."""

    id: ClassVar[str] = "own-not-there"
    sentence: ClassVar[Words] = Words("F1 is never at M1.", "F1 is nooit bij M1.")

    def out(self, person: Person, occasions: Occasions) -> Bools:
        is_f1 = person.row.facilitator == "F1"
        return np.asarray((occasions.meeting == person.world.meeting_positions["M1"]) & is_f1)

    def words(self, problem: Problem, facilitator: Facilitator, meeting: Meeting, seat: Seat) -> Words:  # noqa: ARG002
        return Words("{who} is never there.", "{who} is daar nooit.", who=facilitator.facilitator)


def test_a_rule_of_ones_own_is_a_reason_like_any_other() -> None:
    case = problem([EVENING], ["F1", "F2"], preferences=[LIKES])
    answer = why_not_wish(solve(case, STANDARD_RULES.plus(NotThere())), "F1", case.preferences[0])
    assert [item.rule for item in answer.reasons] == ["own-not-there"]
    assert english(answer)[1:] == ["F1 is never there."]


# --- bad input ---------------------------------------------------------------------------------------------


LIKED = problem([EVENING], ["F1", "F2"], preferences=[LIKES])
WRONG: list[tuple[str, Any, dict[str, Any], type[Exception]]] = [
    ("F9", LIKED.preferences[0], {}, UnknownId),
    ("F2", LIKED.preferences[0], {}, ValueError),
    ("F1", "M1", {}, ValueError),
    ("F1", LIKED.preferences[0], {"time_limit": -1}, ValueError),
    ("F1", LIKED.preferences[0], {"time_limit": "1"}, TypeError),
    ("F1", LIKED.preferences[0], {"most": -1}, ValueError),
]


@pytest.mark.parametrize(("who", "wish", "options", "error"), WRONG)
def test_what_is_wrong_is_refused(who: str, wish: Any, options: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        why_not_wish(check(LIKED, roster({"M1": "F2"})), who, wish, **options)
