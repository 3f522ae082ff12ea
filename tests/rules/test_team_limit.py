"""Rule `team-limit`: of the team of a meeting only so many people have a skill at a level."""

from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from tests.builders import Cells, Holders, breaks, facilitator, meeting, out, penalty, problem, roster
from tests.rules.half_over import did, half, notes, on, violated

from poolmatch import STANDARD_RULES, Problem, ProblemError, Status, check, solve
from poolmatch.rules.team_limit import TeamLimitRule
from poolmatch.testing import check_rule

RULE = "team-limit"
ROLES = "lead;co;trainee;observer;scribe;mentor"


def seat(name: str, role: str | None = None, where: str = "M1", **cells: Any) -> Cells:
    return {"meeting": where, "seat": name, "role": role or name, **cells}


def limit(number: int, skill: str = "guidance", level: int = 1, where: str = "M1") -> Cells:
    return {"meeting": where, "skill": skill, "level": level, "kind": "at_most", "number": number}


def has(who: str, level: int = 1, skill: str = "guidance", **dates: str) -> Cells:
    return {"facilitator": who, "skill": skill, "level": level, **dates}


def team(
    requirements: Sequence[Cells],
    skills: Iterable[Cells] = (),
    seats: Sequence[Cells] = (seat("lead"), seat("co")),
    people: int = 2,
    **cells: Any,
) -> Problem:
    """Return a meeting whose people may take any role, each with an employer of their own."""
    pool = [facilitator(f"F{n}", roles=ROLES, organisation=f"E{n}") for n in range(1, people + 1)]
    return problem([meeting(**cells)], pool, seats=seats, requirements=requirements, skills=list(skills))


BOTH: Holders = {("M1", "lead"): "F1", ("M1", "co"): "F2"}
FIRST: Holders = {("M1", "lead"): "F1"}


@pytest.mark.parametrize(
    ("number", "able", "broken"),
    [(1, ["F1", "F2"], True), (1, ["F1"], False), (1, [], False), (2, ["F1", "F2"], False), (0, ["F2"], True)],
)
def test_a_limit_is_inclusive(number: int, able: list[str], broken: bool) -> None:
    case = team([limit(number)], [has(name) for name in able])
    assert breaks(RULE, case, BOTH) == broken
    assert not breaks(RULE, case, {})


def test_the_example_of_the_rule() -> None:
    case = team([limit(1)], [has("F1"), has("F2", 3)])
    (finding,) = check(case, roster(BOTH)).by_rule[RULE]
    assert finding.severity == "violation"
    assert (finding.facilitators, finding.meetings, str(finding.day)) == (("F1", "F2"), ("M1",), "2026-03-05")
    assert finding.words.en == (
        "Too many of the team of M1 have guidance at level 1 or higher (F1, F2), the limit is 1."
    )
    assert finding.words.nl == (
        "Te veel van het team van M1 hebben guidance op niveau 1 of hoger (F1, F2), de grens is 1."
    )


@pytest.mark.parametrize(("level", "broken"), [(1, False), (2, False), (3, True), (4, True)])
def test_who_is_below_the_level_does_not_count(level: int, broken: bool) -> None:
    assert breaks(RULE, team([limit(1, level=3)], [has("F1", 3), has("F2", level)]), BOTH) == broken


@pytest.mark.parametrize(
    ("dates", "broken"),
    [
        ({"valid_until": "2026-03-04"}, False),
        ({"valid_until": "2026-03-05"}, True),
        ({"valid_from": "2026-03-05"}, True),
        ({"valid_from": "2026-03-06"}, False),
    ],
)
def test_a_skill_counts_on_its_days_only(dates: dict[str, Any], broken: bool) -> None:
    assert breaks(RULE, team([limit(0)], [has("F1", **dates)]), BOTH) == broken


def test_the_day_is_the_local_day_of_the_start() -> None:
    # 00:30 on the 6th is 23:30 on the 5th in UTC.
    night: dict[str, Any] = {"start": "2026-03-06 00:30", "end": "2026-03-06 02:00"}
    assert not breaks(RULE, team([limit(0)], [has("F1", valid_until="2026-03-05")], **night), BOTH)
    assert breaks(RULE, team([limit(0)], [has("F1", valid_until="2026-03-06")], **night), BOTH)


@pytest.mark.parametrize(
    ("role", "broken"),
    [("co", True), ("mentor", True), ("scribe", True), ("trainee", False), ("observer", False)],
)
def test_who_is_of_the_team(role: str, broken: bool) -> None:
    case = team([limit(1)], [has("F1"), has("F2")], [seat("lead"), seat("place", role)])
    assert breaks(RULE, case, {("M1", "lead"): "F1", ("M1", "place"): "F2"}) == broken


def test_each_limit_counts_by_itself() -> None:
    rows = [limit(1), limit(0, "drawing", 4)]
    skills = [has("F1"), has("F2"), has("F3", 4, "drawing")]
    case = team(rows, skills, people=3)
    assert breaks(RULE, case, BOTH)
    assert breaks(RULE, case, {("M1", "lead"): "F1", ("M1", "co"): "F3"})
    assert not breaks(RULE, case, FIRST)
    # What is said of one meeting says nothing of another.
    later = meeting("M2", "2026-03-12 19:30", "2026-03-12 21:30")
    seats = [seat("lead"), seat("co"), seat("lead", where="M2"), seat("co", where="M2")]
    case = problem([meeting(), later], ["F1", "F2"], seats=seats, requirements=[limit(1)], skills=skills[:2])
    assert not breaks(RULE, case, {("M2", "lead"): "F1", ("M2", "co"): "F2", ("M1", "co"): "F1"})


def test_exactly_one_is_required_and_at_most_one() -> None:
    asked = {"meeting": "M1", "skill": "guidance", "level": 1}
    case = team([asked, limit(1)], [has("F1"), has("F2")], people=4)
    for first, second, points, broken in [("F1", "F2", 0, True), ("F1", "F3", 0, False), ("F3", "F4", 4, False)]:
        holders: Holders = {("M1", "lead"): first, ("M1", "co"): second}
        assert breaks(RULE, case, holders) == broken
        assert penalty("team-skills", case, holders) == points
    found = solve(case, time_limit=10)
    assert found.status is Status.OPTIMAL
    assert sum(row.facilitator in ("F1", "F2") for row in found.roster.rows) == 1


def test_a_slot_counts_by_its_own_day() -> None:
    slots = [{"meeting": "M1", "start": f"2026-03-{day:02} 19:30", "end": f"2026-03-{day:02} 21:30"} for day in (5, 9)]
    skills = [has("F1"), has("F2", valid_until="2026-03-08")]
    pool = [facilitator(name, organisation=name) for name in ("F1", "F2")]
    seats = [seat("lead"), seat("co")]
    case = problem([{"meeting": "M1"}], pool, seats=seats, slots=slots, requirements=[limit(1)], skills=skills)
    assert check_rule(TeamLimitRule(), case) == 1 + 2 * 4 + 2 * 4
    found = solve(case, time_limit=10)
    assert {str(case.day("M1", row.start)) for row in found.roster.rows} == {"2026-03-09"}
    assert all(row.facilitator for row in found.roster.rows)


def test_without_the_rule_the_team_is_another() -> None:
    # F1 and F2 both like to come; only one may.
    wishes = [{"facilitator": name, "meeting": "M1", "score": 5} for name in ("F1", "F2")]
    case = team([limit(1)], [has("F1"), has("F2")], people=3).replace(preferences=wishes)

    def who(rules: Any) -> set[str | None]:
        return {row.facilitator for row in solve(case, rules, time_limit=10).roster.rows}

    assert who(STANDARD_RULES.without(RULE)) == {"F1", "F2"}
    assert len(who(STANDARD_RULES) & {"F1", "F2"}) == 1
    assert None not in who(STANDARD_RULES)


def test_nobody_there_may_have_it() -> None:
    case = team([limit(0)], [has("F1"), has("F2")])
    assert [row.facilitator for row in solve(case, time_limit=10).roster.rows] == [None, None]


# --- the past ----------------------------------------------------------------------------------------------


def test_a_team_of_the_past_is_a_note() -> None:
    rows = [did("F1"), did("F2", role="co")]
    seats = [seat("lead"), seat("co"), seat("lead", where="M2"), seat("co", where="M2")]
    limits = [limit(1), limit(1, where="M2")]
    people = [facilitator(name, organisation=name) for name in ("F1", "F2")]
    tables: Any = {"history": rows, "seats": seats, "requirements": limits, "skills": [has("F1"), has("F2")]}
    case = half(people=people, **tables)
    check_rule(TeamLimitRule(), case)
    assert [item.meetings for item in notes(case, roster({})) if item.rule == RULE] == [("M1",)]
    assert violated(case, roster({("M2", "lead"): "F1", ("M2", "co"): "F2"})) == {RULE}
    found = solve(case, time_limit=10)
    assert found.status is Status.OPTIMAL


def test_who_has_left_is_not_counted() -> None:
    rows = [did("F1"), did("F9", role="co")]
    case = half([on("M1", 10)], history=rows, seats=[seat("lead"), seat("co")], requirements=[limit(0)])
    assert not notes(case, roster({}))


# --- pins --------------------------------------------------------------------------------------------------


def test_a_pin_beyond_the_limit_is_an_error_and_two_together_clash() -> None:
    pins = [{"meeting": "M1", "seat": name, "facilitator": who} for name, who in (("lead", "F1"), ("co", "F2"))]
    alone = team([limit(0)], [has("F1")]).replace(pins=pins[:1])
    with pytest.raises(ProblemError, match="team-limit"):
        solve(alone)
    clash = team([limit(1)], [has("F1"), has("F2")]).replace(pins=pins)
    found = solve(clash, time_limit=10)
    assert found.status is Status.INFEASIBLE


# --- the rows ----------------------------------------------------------------------------------------------


def refused(requirements: Sequence[Cells], **tables: Any) -> list[tuple[str, tuple[int, ...], str]]:
    with pytest.raises(ProblemError) as caught:
        problem([meeting()], ["F1"], requirements=requirements, **tables)
    return [(issue.code, issue.rows, issue.column) for issue in caught.value.errors]


def test_what_is_wrong_with_a_row() -> None:
    assert refused([{**limit(1), "seat": "lead"}]) == [("limit-of-one-seat", (1,), "seat")]
    assert refused([{**limit(1), "number": None}]) == [("limit-without-number", (1,), "number")]
    assert refused([{**limit(-1)}]) == [("number-too-small", (1,), "number")]
    assert refused([{**limit(1), "kind": "preferred"}]) == [("number-without-limit", (1,), "number")]
    assert refused([{**limit(1), "kind": None}]) == [("number-without-limit", (1,), "number")]
    duties = [{"duty": "D1", "kind": "coaching", "hours": 2}]
    assert refused([limit(1, where="D1")], duties=duties) == [("limit-of-duty", (1,), "kind")]


def test_the_key_tells_limits_from_what_is_asked() -> None:
    asked = {"meeting": "M1", "skill": "guidance", "level": 3}
    skills = [has("F1")]
    case = problem([meeting()], ["F1"], requirements=[asked, limit(1)], skills=skills)
    assert [row.kind for row in case.requirements_of("M1", None)] == ["required"]
    assert [row.number for row in case.limits_of("M1")] == [1]
    assert refused([limit(1), limit(2)], skills=skills) == [("key-twice", (1, 2), "")]
    assert refused([limit(1), limit(1, level=3)], skills=skills) == [("key-twice", (1, 2), "")]
    assert refused([asked, {**asked, "kind": "preferred"}], skills=skills) == [("key-twice", (1, 2), "")]


def test_a_limit_on_what_nobody_has_is_told() -> None:
    case = problem([meeting()], ["F1"], requirements=[limit(1)])
    assert [issue.code for issue in case.warnings if issue.table == "requirements"] == ["skill-of-nobody"]


def test_a_blank_number_leaves_the_fingerprint_as_it_was() -> None:
    asked = {"meeting": "M1", "seat": "lead", "skill": "intake", "level": 3}
    skills = [has("F1", 3, "intake")]
    case = problem([meeting()], ["F1"], requirements=[asked], skills=skills)
    assert '"number"' not in case.to_json()
    blank = problem([meeting()], ["F1"], requirements=[{**asked, "number": ""}], skills=skills)
    assert case.fingerprint == blank.fingerprint


# --- nothing else reads a limit ----------------------------------------------------------------------------


def test_a_limit_puts_nobody_out_and_asks_for_nothing() -> None:
    seats = [seat("lead"), seat("learner", "trainee")]
    case = team([limit(1, level=3)], [has("F2", 3)], seats)
    holders: Holders = {("M1", "lead"): "F1", ("M1", "learner"): "F2"}
    assert out(case) == set()
    for rule in ("team-skills", "wishes"):
        assert penalty(rule, case, holders) == 0
    # It is no skill that the meeting requires, so that any team will do for a trainee.
    assert not breaks("lead-first", case, holders)
    assert check(case, roster(holders)).legal
