"""Replanning after an illness, a late tie, a meeting that is moved, added or cancelled; and bad input."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from tests.builders import Cells, facilitator, meeting, problem, roster
from tests.explain.mishaps import added, ill, moved, tied

from poolmatch import STANDARD_RULES, EditRefused, Problem, ProblemError, Roster, UnknownId, check, replan, solve
from poolmatch.edits import MeetingCancelled
from poolmatch.explain import Replan
from poolmatch.rules.pinned import PinnedRule

FIFTH, SIXTH = date(2026, 3, 5), date(2026, 3, 6)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def on(name: str, day: int, clock: int = 19, **cells: Any) -> Cells:
    """Return a meeting of two hours on a day of March."""
    return meeting(name, f"2026-03-{day:02} {clock}:00", f"2026-03-{day:02} {clock + 2}:00", **cells)


def seats(*rows: tuple[str, str]) -> list[Cells]:
    """Return seats by meeting and role, called after their role."""
    return [{"meeting": where, "seat": role, "role": role} for where, role in rows]


def skilled(*people: str, meetings: Sequence[str]) -> dict[str, Any]:
    """Return the tables by which only some people can lead some meetings."""
    return {
        "skills": [{"facilitator": name, "skill": "deep", "level": 3} for name in people],
        "requirements": [{"meeting": name, "seat": "lead", "skill": "deep", "level": 3} for name in meetings],
    }


def apart(count: int) -> list[Cells]:
    """Return people with an employer each, so that any of them can be in one team."""
    return [facilitator(f"F{number}", organisation=f"Employer {number}") for number in range(1, count + 1)]


def holders(answer: Replan) -> dict[tuple[str, str], str | None]:
    return {(row.meeting, row.seat): row.facilitator for row in answer.roster.rows}


def english(answer: Replan) -> list[str]:
    return [item.en for item in answer.words]


# --- what happens ------------------------------------------------------------------------------------------


def test_an_illness_touches_the_seats_of_who_is_ill_and_no_other() -> None:
    # To give F3 the seat of M2 as well, and M3 to F2, would be fairer; but F2 and M3 have nothing to do with it.
    case = problem([on("M1", 5), on("M2", 12), on("M3", 19)], ["F1", "F2", "F3"])
    told = roster({"M1": "F1", "M2": "F2", "M3": "F3"})
    answer = replan(case, told, date(2026, 3, 4), [ill("F1", FIFTH, SIXTH)])
    assert [(item.meeting, item.seat, item.facilitator) for item in answer.given_up] == [("M1", "lead", "F1")]
    assert [(item.meeting, item.before) for item in answer.changes.seats] == [("M1", "F1")]
    assert answer.proven
    assert english(answer)[0] == "F1 cannot keep seat lead of M1: F1 is not available throughout."
    assert answer.words[-1].nl.endswith("Dat is bewezen.")


def test_others_are_touched_where_that_fills_one_more() -> None:
    # Only F1 and F2 can lead M2; F2 is ill. F1 leads M1 at that hour, which F3 can as well.
    case = problem([on("M1", 5), on("M2", 5)], ["F1", "F2", "F3"], **skilled("F1", "F2", meetings=["M2"]))
    answer = replan(case, roster({"M1": "F1", "M2": "F2"}), edits=[ill("F2", FIFTH, FIFTH)])
    assert holders(answer) == {("M1", "lead"): "F3", ("M2", "lead"): "F1"}
    assert [item.facilitator for item in answer.notices] == ["F1", "F2", "F3"]
    assert answer.proven


def test_a_seat_that_only_others_could_be_taken_from_stays_empty_where_that_fills_none() -> None:
    # F2 alone could lead M2 instead of F1, but then nobody would lead M1.
    case = problem([on("M1", 5), on("M2", 5)], ["F1", "F2"])
    answer = replan(case, roster({"M1": "F1", "M2": "F2"}), edits=[ill("F2", FIFTH, FIFTH)])
    assert holders(answer) == {("M1", "lead"): "F1", ("M2", "lead"): None}
    assert english(answer)[1] == "Seat lead of M2 is empty; F2 held it."
    assert answer.proven


def test_few_people_take_over_many_seats() -> None:
    case = problem([on("M1", 5), on("M2", 10), on("M3", 17)], ["F1", "F2", "F3", "F4"])
    answer = replan(case, roster({"M1": "F1", "M2": "F1", "M3": "F1"}), edits=[ill("F1", FIFTH, date(2026, 3, 31))])
    assert len(answer.notices) == 2
    assert len({item.after for item in answer.changes.seats}) == 1
    assert "2 people are told of a change." in english(answer)


def test_of_two_seats_that_nobody_can_hold_both_the_nearer_is_kept() -> None:
    case = problem([on("M1", 6), on("M2", 25)], ["F1", "F2"])

    def less(problem: Problem) -> Problem:
        people = [row.model_copy(update={"max_meetings": 1}) for row in problem.facilitators]
        return problem.replace(facilitators=people)

    answer = replan(case, roster({"M1": "F1", "M2": "F1"}), date(2026, 3, 2), [less])
    assert holders(answer) == {("M1", "lead"): "F1", ("M2", "lead"): "F2"}
    assert [item.rule for item in answer.conflicts] == ["max-meetings"]
    assert answer.proven


def test_nobody_is_taken_from_a_seat_so_that_fewer_have_to_step_in() -> None:
    # F2 could take all that F1 leaves, in the place of M4, six hours, which F3 could take: two people instead of three.
    long = meeting("M4", "2026-03-19 10:00", "2026-03-19 16:00")
    able = ("F1", "F2", "F4", "F5", "F6")
    people = [facilitator("F1"), facilitator("F2", max_hours=6), facilitator("F3")]
    people += [facilitator(name, max_meetings=1) for name in able[2:]]
    case = problem(
        [on("M1", 5), on("M2", 10), on("M3", 12), long], people, **skilled(*able, meetings=["M1", "M2", "M3"])
    )
    told = roster({"M1": "F1", "M2": "F1", "M3": "F1", "M4": "F2"})
    answer = replan(case, told, edits=[ill("F1", FIFTH, date(2026, 3, 12))])
    assert holders(answer)["M4", "lead"] == "F2"
    assert {item.after for item in answer.changes.seats} == {"F4", "F5", "F6"}
    assert answer.proven


def test_a_late_tie_is_told_with_its_evidence() -> None:
    case = problem([on("M1", 5), on("M2", 12)], ["F1", "F2", "F3"])
    answer = replan(case, roster({"M1": "F1", "M2": "F2"}), edits=[tied("F1", "Town")])
    (lost,) = answer.given_up
    assert (lost.meeting, lost.facilitator) == ("M1", "F1")
    assert "director of Town" in lost.words.en
    assert holders(answer)["M2", "lead"] == "F2"
    assert answer.proven


def test_who_can_come_to_a_meeting_that_is_moved_keeps_the_seat_and_is_told_the_time() -> None:
    case = problem([on("M1", 5), on("M2", 12)], ["F1", "F2"])
    told = check(case, roster({"M1": "F1", "M2": "F2"})).roster
    answer = replan(case, told, edits=[moved(case, "M1", DAY)])
    assert answer.changes.seats == ()
    assert [(item.meeting, item.after and item.after.day) for item in answer.changes.times] == [("M1", 6)]
    assert [item.en for item in answer.notice("F1").words] == ["M1 is at 2026-03-06 19:00 instead of 2026-03-05 19:00."]
    assert answer.notice("F2").words == ()
    assert answer.proven


def test_of_two_meetings_that_clash_now_one_is_given_up() -> None:
    case = problem([on("M1", 5), on("M2", 6)], ["F1", "F2"])
    told = check(case, roster({"M1": "F1", "M2": "F1"})).roster
    answer = replan(case, told, edits=[moved(case, "M1", DAY)])
    assert [item.rule for item in answer.conflicts] == ["no-double-booking"]
    assert answer.given_up == ()
    assert sorted(str(who) for who in holders(answer).values()) == ["F1", "F2"]
    assert len(answer.changes.seats) == 1
    assert answer.proven


def test_a_meeting_that_is_added_is_filled_and_one_that_is_cancelled_is_told() -> None:
    case = problem([on("M1", 5), on("M2", 12)], ["F1", "F2"])
    told = check(case, roster({"M1": "F1", "M2": "F2"})).roster
    answer = replan(case, told, edits=[MeetingCancelled("M2"), added(case, "M3", "M1", 14 * DAY)])
    assert holders(answer)["M1", "lead"] == "F1"
    assert holders(answer)["M3", "lead"] == "F2"  # who is told of M2 in any case
    assert [item.words.en for item in answer.given_up] == [
        "F2 cannot keep seat lead of M2: M2 is not held any more.",
    ]
    assert [item.en for item in answer.notice("F2").words] == [
        "F2 no longer has seat lead of M2, 2026-03-12 19:00.",
        "F2 takes seat lead of M3, 2026-03-19 19:00.",
    ]


def test_the_team_of_a_flexible_meeting_goes_to_the_slot_at_which_most_of_it_can_come() -> None:
    slots = [{"meeting": "M1", "start": f"2026-03-{day} 19:00", "end": f"2026-03-{day} 21:00"} for day in (10, 11, 12)]
    busy = [{"facilitator": "F1", "start": "2026-03-11", "end": "2026-03-11", "kind": "unavailable"}]
    case = problem([{"meeting": "M1"}], apart(3), seats=seats(("M1", "lead"), ("M1", "co")), slots=slots)
    told = Roster.of(case, {("M1", "lead"): "F1", ("M1", "co"): "F2"})
    assert told.rows[0].start is not None
    assert told.rows[0].start.day == 10
    answer = replan(case.replace(slots=slots[1:], availability=busy), told)
    assert holders(answer) == {("M1", "lead"): "F1", ("M1", "co"): "F2"}
    assert [item.after and item.after.day for item in answer.changes.times] == [12]
    assert len(answer.notices) == 2


def test_a_duty_is_taken_over() -> None:
    case = problem([on("M1", 5)], ["F1", "F2"], duties=[{"duty": "D1", "kind": "coaching", "hours": 2}])
    told = check(case, roster({"M1": "F1", ("D1", "coaching"): "F2"})).roster
    answer = replan(case.replace(facilitators=case.facilitators[:1]), told)
    assert holders(answer)["D1", "coaching"] == "F1"
    assert [item.en for item in answer.notice("F1").words] == ["F1 takes D1 (coaching)."]
    assert [item.en for item in answer.notice("F2").words] == ["F2 no longer has D1 (coaching)."]


def test_what_was_before_today_is_as_it_was() -> None:
    case = problem([on("M1", 5), on("M2", 12), on("M3", 13)], ["F1", "F2", "F3"])
    told = check(case, roster({"M1": "F1", "M2": "F1", "M3": "F2"})).roster
    answer = replan(case, told, date(2026, 3, 9), [ill("F1", date(2026, 3, 1), date(2026, 3, 31))])
    assert holders(answer)["M1", "lead"] == "F1"
    assert [item.meeting for item in answer.given_up] == ["M2"]
    assert answer.problem.period.today == date(2026, 3, 9)
    assert [row.facilitator for row in answer.problem.published] == ["F1", "F1", "F2"]


def test_history_may_say_otherwise_than_people_were_told_and_nobody_is_told_of_it() -> None:
    did = {"meeting": "M1", "facilitator": "F2", "role": "lead", "start": "2026-03-05 19:00", "end": "2026-03-05 21:00"}
    case, told = case_and_told("F1", "F1")
    answer = replan(case.replace(history=[did]), told, date(2026, 3, 9))
    assert holders(answer)["M1", "lead"] == "F2"
    assert not answer.changes
    assert english(answer)[0] == "Nothing changes."


# --- what people were told ---------------------------------------------------------------------------------


def test_without_edits_the_roster_may_name_what_there_is_no_more() -> None:
    case = problem([on("M1", 5)], ["F1", "F2"])
    told = roster({"M1": "F9", ("M1", "co"): "F1", "M8": "F1"})
    answer = replan(case, told)
    assert [item.words.en for item in answer.given_up] == [
        "F9 cannot keep seat lead of M1: F9 is not in the pool any more.",
        "F1 cannot keep seat co of M1: M1 has no seat co any more.",
        "F1 cannot keep seat lead of M8: M8 is not held any more.",
    ]
    assert holders(answer)["M1", "lead"] == "F1"
    assert answer.notice("F9").words


def test_with_edits_it_must_fit_the_problem_that_it_is_of() -> None:
    case = problem([on("M1", 5)], ["F1", "F2"])
    for told in (roster({"M9": "F1"}), roster({"M1": "F9"}), roster({("M1", "co"): "F1"})):
        with pytest.raises(ProblemError, match="roster"):
            replan(case, told, edits=[ill("F1", FIFTH, FIFTH)])


def test_a_roster_that_breaks_rules_is_told_and_mended() -> None:
    case = problem([on("M1", 5), on("M2", 5)], ["F1", "F2"])
    answer = replan(case, roster({"M1": "F1", "M2": "F1"}))
    assert [item.rule for item in answer.conflicts] == ["no-double-booking"]
    assert answer.report.legal
    assert sorted(str(who) for who in holders(answer).values()) == ["F1", "F2"]


def test_a_team_without_a_lead_is_no_conflict_where_another_leads() -> None:
    case = problem([on("M1", 5)], apart(3), seats=seats(("M1", "lead"), ("M1", "co")))
    answer = replan(case, roster({"M1": "F1", ("M1", "co"): "F2"}), edits=[ill("F1", FIFTH, FIFTH)])
    assert answer.conflicts == ()
    assert holders(answer) == {("M1", "lead"): "F3", ("M1", "co"): "F2"}


def test_a_pin_takes_a_seat_from_who_was_told() -> None:
    pins = [{"meeting": "M1", "seat": "lead", "facilitator": "F2"}]
    case = problem([on("M1", 5), on("M2", 12)], ["F1", "F2"])
    answer = replan(case.replace(pins=pins), roster({"M1": "F1", "M2": "F2"}))
    assert holders(answer) == {("M1", "lead"): "F2", ("M2", "lead"): "F2"}
    (lost,) = answer.given_up
    assert "F2" in lost.words.en


def test_a_notice_says_nothing_of_anybody_else() -> None:
    case = problem([on("M1", 5), on("M2", 5)], ["F1", "F2", "F3"], **skilled("F1", "F2", meetings=["M2"]))
    answer = replan(case, roster({"M1": "F1", "M2": "F2"}), edits=[ill("F2", FIFTH, FIFTH)])
    for item in answer.notices:
        others = {"F1", "F2", "F3"} - {item.facilitator}
        text = json.dumps(item.to_dict())
        assert not any(name in text for name in others)
        assert "available" not in text


# --- the door ----------------------------------------------------------------------------------------------


def case_and_told(first: str = "F1", second: str = "F2") -> tuple[Problem, Roster]:
    case = problem([on("M1", 5), on("M2", 12)], ["F1", "F2"])
    return case, check(case, roster({"M1": first, "M2": second})).roster


def test_the_rules_are_those_of_the_result_and_tiers_are_compared() -> None:
    case, _ = case_and_told()
    rules = STANDARD_RULES.weighted()
    answer = replan(case, solve(case, rules), edits=[ill("F1", FIFTH, FIFTH)])
    assert answer.report.rules == rules
    assert [item.tier for item in answer.changes.tiers] == list(rules.tiers)
    assert answer.proven


def test_it_goes_on_from_what_it_returned() -> None:
    case, told = case_and_told()
    first = replan(case, told, edits=[ill("F1", FIFTH, FIFTH)])
    again = replan(first.problem, first)
    assert not again.changes.seats
    assert again.roster == first.roster


def test_rules_without_preferences_keep_what_can_be_kept() -> None:
    case, told = case_and_told()
    rules = STANDARD_RULES.without(*(rule.id for rule in STANDARD_RULES.preferences))
    answer = replan(case, told, edits=[ill("F1", FIFTH, FIFTH)], rules=rules)
    assert holders(answer) == {("M1", "lead"): None, ("M2", "lead"): "F2"}
    assert answer.proven


def test_without_time_the_roster_is_legal_and_nothing_is_proven() -> None:
    case, told = case_and_told()
    answer = replan(case, told, edits=[ill("F1", FIFTH, FIFTH)], time_limit=0)
    assert answer.report.legal
    assert holders(answer)["M2", "lead"] == "F2"
    assert not answer.fewest
    assert "not ruled out" in english(answer)[-1]


def test_what_is_proven_is_told_for_what_it_is() -> None:
    case, told = case_and_told()
    answer = replan(case, told, edits=[ill("F1", FIFTH, FIFTH)])
    said = {
        (filled, fewest): english(replace(answer, filled=filled, fewest=fewest))[-1]
        for filled in (True, False)
        for fewest in (True, False)
    }
    assert said[True, True].endswith("That is proven.")
    assert said[True, False].startswith("No legal roster fills more: that is proven. That fewer people")
    assert said[False, True].endswith("that is proven. That another roster fills more is not ruled out.")
    assert "proven" not in said[False, False]


def test_an_edit_may_be_any_function_from_a_problem_to_a_problem() -> None:
    case, told = case_and_told()
    answer = replan(case, told, edits=[lambda problem: problem.replace(facilitators=problem.facilitators[1:])])
    assert holders(answer)["M1", "lead"] == "F2"


def test_all_of_it_is_data() -> None:
    case, told = case_and_told()
    answer = replan(case, told, edits=[ill("F1", FIFTH, FIFTH), moved(case, "M2", HOUR)])
    data = json.loads(json.dumps(answer.to_dict()))
    assert data["given_up"][0]["facilitator"] == "F1"
    assert data["notices"][0]["words"][0]["nl"].startswith("F1 heeft plaats lead van M1")
    assert all("{" not in item.nl for item in answer.words)


@pytest.mark.parametrize("today", [date(2026, 2, 28), date(2026, 4, 1), datetime(2026, 4, 1)])  # noqa: DTZ001
def test_today_lies_in_the_period(today: date) -> None:
    case, told = case_and_told()
    with pytest.raises(ValueError, match="must lie in the period, from 2026-03-01 to 2026-03-31"):
        replan(case, told, today)


@pytest.mark.parametrize(
    ("named", "message"),
    [
        ({"today": "2026-03-05"}, "today is text where a date is meant"),
        ({"edits": [3]}, "an edit is an int where a function is meant"),
        ({"edits": [lambda _: None]}, "problem is None where a Problem is meant"),
        ({"rules": "rules.toml"}, "rules is text where a RuleSet is meant"),
        ({"published": 3}, "roster is an int where a Roster is meant"),
        ({"problem": None}, "problem is None where a Problem is meant"),
        ({"time_limit": "long"}, "time_limit must be a number of seconds"),
    ],
)
def test_an_argument_of_the_wrong_kind_is_told(named: dict[str, Any], message: str) -> None:
    case, told = case_and_told()
    with pytest.raises(TypeError, match=message):
        replan(**{"problem": case, "published": told} | named)


def test_what_cannot_be_is_refused() -> None:
    case, told = case_and_told()
    with pytest.raises(ValueError, match="time_limit must be"):
        replan(case, told, time_limit=-1)
    with pytest.raises(ValueError, match="keep pins by force"):
        replan(case, told, rules=STANDARD_RULES.plus(PinnedRule(force=True)))
    answer = replan(case, told)
    with pytest.raises(UnknownId):
        answer.notice("F9")


def test_pins_that_clash_are_named() -> None:
    people: list[str | Cells] = [facilitator("F1", max_per_week=1), "F2"]
    pins = [{"meeting": name, "seat": "lead", "facilitator": "F1"} for name in ("M1", "M2")]
    case = problem([on("M1", 5), on("M2", 6)], people, pins=pins)
    with pytest.raises(ProblemError, match="cannot be kept together"):
        replan(case, roster({"M1": "F1", "M2": "F2"}))


def test_a_pin_that_breaks_a_rule_is_an_error_of_the_input() -> None:
    case = problem([on("M1", 5)], ["F1", "F2"], pins=[{"meeting": "M1", "seat": "lead", "facilitator": "F1"}])
    with pytest.raises(ProblemError, match="breaks the rule neutral"):
        replan(case, roster({"M1": "F1"}), edits=[tied("F1", "Town")])


def test_edits_that_undo_one_another_are_refused() -> None:
    case, told = case_and_told()
    with pytest.raises((EditRefused, UnknownId)):
        replan(case, told, edits=[moved(case, "M1", DAY), MeetingCancelled("M1")])
    with pytest.raises(UnknownId):
        replan(case, told, edits=[ill("F9", FIFTH, FIFTH)])
