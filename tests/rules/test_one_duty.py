"""Rule `one-duty`: a facilitator has at most one duty of a kind; and what makes someone eligible for a duty."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.builders import PARTY, Cells, breaks, facilitator, meeting, out, problem, roster

from poolmatch import Problem, ProblemError, Status, check, solve

RULE = "one-duty"


def duty(name: str, kind: str = "coaching", hours: float = 2, **cells: Any) -> Cells:
    return {"duty": name, "kind": kind, "hours": hours, **cells}


def pool(*duties: Cells, people: Sequence[str | Cells] = ("F1", "F2"), **tables: Any) -> Problem:
    return problem((), people, duties=duties, **tables)


def wrong(case: Problem, holders: Mapping[str, str | None]) -> bool:
    """Tell whether it is illegal that these people have the duties."""
    kinds = {row.duty: row.kind for row in case.duties}
    return breaks(RULE, case, {(name, kinds[name]): who for name, who in holders.items()})


def test_one_person_has_one_duty_of_a_kind() -> None:
    case = pool(duty("D1"), duty("D2"))
    assert wrong(case, {"D1": "F1", "D2": "F1"})
    assert wrong(case, {"D1": "F2", "D2": "F2"})
    assert not wrong(case, {"D1": "F1", "D2": "F2"})
    assert not wrong(case, {"D1": "F1", "D2": None})
    assert not wrong(case, {})


def test_kinds_are_counted_apart() -> None:
    case = pool(duty("D1"), duty("D2", "report"), duty("D3"), duty("D4", "report"))
    assert not wrong(case, {"D1": "F1", "D2": "F1"})
    assert not wrong(case, {"D1": "F1", "D2": "F1", "D3": "F2", "D4": "F2"})
    assert wrong(case, {"D1": "F1", "D2": "F2", "D3": "F1"})
    assert wrong(case, {"D2": "F2", "D4": "F2"})


@pytest.mark.parametrize("cells", [{"series": "other"}, {"role": "co"}, {"organisation": PARTY}, {"hours": 0}])
def test_whatever_else_differs_it_is_one_kind(cells: dict[str, Any]) -> None:
    assert wrong(pool(duty("D1"), duty("D2", **cells)), {"D1": "F1", "D2": "F1"})


def test_of_three_any_two_are_too_many() -> None:
    case = pool(duty("D1"), duty("D2"), duty("D3"))
    for held in (("D1", "D2"), ("D1", "D3"), ("D2", "D3"), ("D1", "D2", "D3")):
        assert wrong(case, dict.fromkeys(held, "F1"))
    for name in ("D1", "D2", "D3"):
        assert not wrong(case, {name: "F1"})


def test_a_seat_of_that_name_and_past_duties_do_not_count() -> None:
    history = [{"meeting": "P1", "facilitator": "F1", "role": "lead", "seat": "coaching", "hours": 2}]
    seats = [{"meeting": "M1", "seat": "coaching", "role": "lead"}]
    case = problem([meeting()], ["F1", "F2"], seats=seats, duties=[duty("D1"), duty("D2")], history=history)
    assert not breaks(RULE, case, {("M1", "coaching"): "F1", ("D1", "coaching"): "F1"})
    assert breaks(RULE, case, {("D2", "coaching"): "F1", ("D1", "coaching"): "F1"})


def test_without_duties_nothing_is_asked() -> None:
    rows = [meeting("M1"), meeting("M2", "2026-03-06 19:30", "2026-03-06 21:30")]
    assert not breaks(RULE, problem(rows), {"M1": "F1", "M2": "F1"})


def test_the_words_name_the_duties_and_their_kind() -> None:
    case = pool(duty("D1"), duty("D2", "report"), duty("D3"))
    held: dict[str | tuple[str, str], str | None] = {("D1", "coaching"): "F1", ("D3", "coaching"): "F1"}
    (finding,) = check(case, roster(held | {("D2", "report"): "F1"})).by_rule[RULE]
    assert finding.words.en == "F1 has 2 duties of kind coaching: D1, D3."
    assert finding.words.nl == "F1 heeft 2 taken van soort coaching: D1, D3."
    assert (finding.facilitators, finding.meetings) == (("F1",), ("D1", "D3"))


def test_pins_of_two_duties_of_a_kind_clash() -> None:
    pins = [{"meeting": name, "seat": "coaching", "facilitator": "F1"} for name in ("D1", "D2")]
    found = solve(pool(duty("D1"), duty("D2"), duty("D3"), pins=pins), workers=1)
    assert found.status is Status.INFEASIBLE
    assert [pin.meeting for pin in found.clash] == ["D1", "D2"]


# --- who is eligible for a duty ------------------------------------------------------------------------------


def out_of(case: Problem, who: str = "F1") -> set[str]:
    return out(case, who, "D1", "coaching")


def test_a_role_binds_where_one_is_asked() -> None:
    people = [facilitator("F1", roles="trainee"), facilitator("F2", roles="co")]
    assert [out_of(pool(duty("D1", role="co"), people=people), who) for who in ("F1", "F2")] == [{"role"}, set()]
    assert [out_of(pool(duty("D1"), people=people), who) for who in ("F1", "F2")] == [set(), set()]


@pytest.mark.parametrize("seat", [None, "coaching"])
def test_requirements_bind_the_holder_on_the_first_day_of_the_period(seat: str | None) -> None:
    asked = [{"meeting": "D1", "seat": seat, "skill": "coach", "level": 3}]
    for days, level, expected in (
        ({}, 3, set()),
        ({}, 2, {"skilled"}),
        ({"valid_until": "2026-03-01"}, 3, set()),
        ({"valid_until": "2026-02-28"}, 3, {"skilled"}),
        ({"valid_from": "2026-03-01"}, 3, set()),
        ({"valid_from": "2026-03-02"}, 3, {"skilled"}),
    ):
        skills = [{"facilitator": "F1", "skill": "coach", "level": level, **days}]
        assert out_of(pool(duty("D1"), requirements=asked, skills=skills)) == expected
    assert out_of(pool(duty("D1"), requirements=[asked[0] | {"kind": "preferred"}])) == set()


def test_the_organisation_of_a_duty_is_a_party_on_the_first_day_of_the_period() -> None:
    people = [facilitator("F1", organisation=PARTY), facilitator("F2")]
    assert out_of(pool(duty("D1", organisation=PARTY), people=people)) == {"neutral"}
    assert out_of(pool(duty("D1", organisation=PARTY), people=people), "F2") == set()
    assert out_of(pool(duty("D1"), people=people)) == set()
    for first, expected in (("2026-03-01", {"neutral"}), ("2026-03-02", set())):
        tie = {"facilitator": "F1", "kind": "director", "organisation": PARTY, "start": first}
        assert out_of(pool(duty("D1", organisation=PARTY), ties=[tie])) == expected


def test_the_party_of_a_duty_has_the_grade_interest() -> None:
    # A funder discloses to whoever has an interest, and that is no bar; an affiliate needs a consent.
    people = [facilitator("F1", organisation="Fund")]
    for kind, expected in (("funds", set()), ("affiliate", {"neutral"})):
        links = [{"source": "Fund", "target": PARTY, "kind": kind}]
        case = pool(duty("D1", organisation=PARTY), people=people, links=links)
        assert out_of(case) == expected
    (row,) = check(
        pool(
            duty("D1", organisation=PARTY),
            people=people,
            links=[{"source": "Fund", "target": PARTY, "kind": "funds"}],
        ),
        roster({("D1", "coaching"): "F1"}),
    ).roster.rows
    assert row.degree == "disclose"


def test_being_away_the_region_and_travel_are_nothing_to_a_duty() -> None:
    person = facilitator("F1", lat=53.0, lon=6.0, max_travel_km=0, region="north")
    away = [{"facilitator": "F1", "start": "2026-03-01", "end": "2026-03-31", "kind": "unavailable"}]
    serves = [{"facilitator": "F1", "region": "south"}]
    assert out_of(pool(duty("D1"), people=[person], availability=away, serves=serves)) == set()


def test_only_hours_are_limited_not_meetings_of_a_day_or_a_week() -> None:
    limits = {"max_per_day": 0, "max_per_week": 0, "max_meetings": 0}
    held: dict[str | tuple[str, str], str | None] = {("D1", "coaching"): "F1"}
    for hours, legal in ((2, True), (1.99, False)):
        case = pool(duty("D1"), people=[facilitator("F1", max_hours=hours, **limits)])
        assert check(case, roster(held)).legal is legal
        assert breaks("max-hours", case, held) is not legal


# --- input ---------------------------------------------------------------------------------------------------


def test_ids_are_unique_across_meetings_and_duties() -> None:
    for name in ("M1", "m1"):
        with pytest.raises(ProblemError, match="duties, row 1, column duty: is also the id of a meeting"):
            problem([meeting("M1")], duties=[duty(name)])
    with pytest.raises(ProblemError, match="duties, rows 1, 2, column duty: repeats duty"):
        pool(duty("D1"), duty("D1", "report"))


def test_a_duty_has_no_time() -> None:
    held = roster({("D1", "coaching"): "F1"})
    timed = held.with_rows(lambda _: {"start": datetime(2026, 3, 5, 10, tzinfo=UTC)})
    with pytest.raises(ProblemError, match="roster, row 1, column start: is given for a duty, which has no time"):
        check(pool(duty("D1")), timed)
    (row,) = check(pool(duty("D1")), held).roster.rows
    assert (row.start, row.end, row.role) == (None, None, None)
