"""Rule `team-mix`: at most so many lead, co and mentor seats of a meeting go to one group of employers."""

import random
from collections.abc import Mapping, Sequence
from itertools import pairwise, permutations
from typing import Any

import pytest
from pydantic import ValidationError
from tests.builders import Cells, breaks, facilitator, meeting, problem, roster
from tests.neutrality.worlds import rich_problem
from tests.rings import enough, seeds

from poolmatch import STANDARD_RULES, Problem, Roster, RuleSet, check, solve
from poolmatch.domain.plan import Plan
from poolmatch.domain.roster import RosterRow
from poolmatch.neutrality.policy import INTERNAL
from poolmatch.rules.team_mix import TeamMixRule
from poolmatch.testing import check_rule

RULE = "team-mix"
TWO = STANDARD_RULES.plus(TeamMixRule(most=2))


def team(
    employers: Sequence[str | None],
    roles: Sequence[str] = ("lead", "co"),
    start: str = "2026-03-05 19:30",
    end: str = "2026-03-05 21:30",
    **tables: Any,
) -> Problem:
    """Return F1, F2 … of these employers, and a meeting with a seat s1, s2 … for each role."""
    people = [facilitator(f"F{n}", organisation=name) for n, name in enumerate(employers, 1)]
    seats = [{"meeting": "M1", "seat": f"s{n}", "role": role} for n, role in enumerate(roles, 1)]
    return problem([meeting("M1", start, end)], people, seats=seats, **tables)


def together(case: Problem, *who: int, rules: RuleSet = STANDARD_RULES) -> bool:
    """Tell whether it is illegal that these people hold s1, s2 … in this order; by default everyone."""
    chosen = who or range(1, len(case.facilitators) + 1)
    holders: Mapping[str | tuple[str, str], str | None] = {("M1", f"s{n}"): f"F{k}" for n, k in enumerate(chosen, 1)}
    return breaks(RULE, case, holders, rules)


# --- whom it counts ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("second", "expected"), [("Mill", True), ("School", False)])
def test_lead_and_co_of_one_employer(second: str, expected: bool) -> None:
    case = team(["Mill", second])
    assert together(case) is expected
    assert together(case, 2, 1) is expected


@pytest.mark.parametrize("one", ["lead", "co", "mentor"])
@pytest.mark.parametrize("other", ["lead", "co", "mentor", "scribe", "observer", "trainee"])
def test_lead_co_and_mentor_seats_count_and_no_others(one: str, other: str) -> None:
    expected = other in ("lead", "co", "mentor")
    assert together(team(["Mill", "Mill"], [one, other])) is expected
    assert together(team(["Mill", "Mill"], [other, one])) is expected


def test_an_optional_seat_counts_like_any_other() -> None:
    seats = [
        {"meeting": "M1", "seat": "s1", "role": "lead"},
        {"meeting": "M1", "seat": "s2", "role": "co", "required": "no"},
    ]
    people = [facilitator(name, organisation="Mill") for name in ("F1", "F2")]
    assert breaks(RULE, problem([meeting()], people, seats=seats), {("M1", "s1"): "F1", ("M1", "s2"): "F2"})


def test_the_role_of_the_seat_counts_not_what_the_person_can_do() -> None:
    people = [facilitator(name, organisation="Mill", roles="lead;co;scribe") for name in ("F1", "F2")]
    seats = [{"meeting": "M1", "seat": f"s{n}", "role": "scribe"} for n in (1, 2)]
    assert not breaks(RULE, problem([meeting()], people, seats=seats), {("M1", "s1"): "F1", ("M1", "s2"): "F2"})


def test_the_empty_team_and_a_team_of_one_are_legal() -> None:
    case = team(["Mill", "Mill", "School"], ["lead", "co", "mentor"])
    assert not breaks(RULE, case, {})
    for seat in ("s1", "s2", "s3"):
        for name in ("F1", "F2", "F3"):
            assert not breaks(RULE, case, {("M1", seat): name})


def test_a_seat_that_stays_empty_takes_nothing_from_the_others() -> None:
    case = team(["Mill", "Mill", "School"], ["lead", "co", "mentor"])
    assert not breaks(RULE, case, {("M1", "s2"): "F1", ("M1", "s3"): "F3"})
    assert breaks(RULE, case, {("M1", "s1"): "F1", ("M1", "s3"): "F2"})
    assert breaks(RULE, case, {("M1", "s1"): "F1", ("M1", "s2"): "F3", ("M1", "s3"): "F2"})


def test_each_meeting_has_a_team_of_its_own() -> None:
    rows = [meeting("M1"), meeting("M2", "2026-03-05 19:30", "2026-03-05 21:30")]  # at one and the same time
    people = [facilitator(name, organisation="Mill") for name in ("F1", "F2")]
    assert not breaks(RULE, problem(rows, people), {"M1": "F1", "M2": "F2"})


def test_who_has_no_employer_is_a_group_of_their_own() -> None:
    assert not together(team([None, None]))
    assert not together(team([None, "Mill"]))
    case = team([None, None, "Mill", "Mill"], ["lead", "co", "mentor"])
    assert not together(case, 1, 2, 3)
    assert together(case, 1, 3, 4)


def test_externals_have_an_employer_too() -> None:
    people = [facilitator("F1", organisation="Bureau", external="yes"), facilitator("F2", organisation="Bureau")]
    seats = [{"meeting": "M1", "seat": f"s{n}", "role": role} for n, role in ((1, "lead"), (2, "co"))]
    assert together(problem([meeting()], people, seats=seats))


# --- groups of employers -------------------------------------------------------------------------------------


def link(source: str, target: str, kind: str = "controls", **dates: str) -> Cells:
    return {"source": source, "target": target, "kind": kind, **dates}


@pytest.mark.parametrize("kind", ["controls", "unit_of", "member_of", "funds", "affiliate", "joint_venture"])
def test_control_and_units_join_employers_and_no_other_links(kind: str) -> None:
    expected = kind in ("controls", "unit_of")
    assert together(team(["Mill", "Works"], links=[link("Mill", "Works", kind)])) is expected
    assert together(team(["Works", "Mill"], links=[link("Mill", "Works", kind)])) is expected


@pytest.mark.parametrize(
    "links",
    [
        [link("Province", "Mill"), link("Province", "Works")],  # two that one controls
        [link("Mill", "Province"), link("Works", "Province")],  # two that control one
        [link("Mill", "Province", "unit_of"), link("Province", "Works")],
        [link("Mill", "A"), link("B", "A", "unit_of"), link("B", "C"), link("D", "C"), link("D", "Works", "unit_of")],
    ],
)
def test_a_group_is_whatever_hangs_together_however_long_the_chain(links: Sequence[Cells]) -> None:
    assert together(team(["Mill", "Works"], links=links))
    assert together(team(["Mill", "Works"], links=links[::-1]))
    assert not together(team(["Mill", "Works"], links=links[1:]))
    assert not together(team(["Mill", "Works"], links=links[:-1]))


def test_a_chain_of_thirty_links() -> None:
    names = [f"O{n:02}" for n in range(31)]
    links = [link(a, b) for a, b in pairwise(names)]
    assert together(team(["O00", "O30"], links=links))
    assert not together(team(["O00", "O30"], links=[row for row in links if row["source"] != "O15"]))


def test_a_link_of_another_kind_does_not_carry_a_chain_on() -> None:
    links = [link("Mill", "Province"), link("Province", "Works", "funds")]
    assert not together(team(["Mill", "Works"], links=links))


def test_a_ring_of_organisations_is_one_group() -> None:
    links = [link("Mill", "Works"), link("Works", "School"), link("School", "Mill")]
    assert together(team(["Mill", "School"], links=links))
    assert not together(team(["Mill", "Other"], links=[*links, link("Other", "Another")]))


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({"start": "2026-03-05"}, True),
        ({"start": "2026-03-06"}, False),
        ({"end": "2026-03-05"}, True),
        ({"end": "2026-03-04"}, False),
        ({"start": "2026-03-05", "end": "2026-03-05"}, True),
    ],
)
def test_a_link_counts_on_its_first_and_its_last_day(dates: dict[str, str], expected: bool) -> None:
    assert together(team(["Mill", "Works"], links=[link("Mill", "Works", **dates)])) is expected
    # The same in the middle of a chain.
    chain = [link("Mill", "A"), link("A", "B", **dates), link("B", "Works")]
    assert together(team(["Mill", "Works"], links=chain)) is expected


@pytest.mark.parametrize(("last", "expected"), [("2026-03-06", True), ("2026-03-05", False)])
def test_the_day_is_the_local_date_of_the_start(last: str, expected: bool) -> None:
    # 00:30 on 6 March in Amsterdam is still 5 March in UTC.
    case = team(
        ["Mill", "Works"],
        start="2026-03-06 00:30",
        end="2026-03-06 01:30",
        links=[link("Mill", "Works", end=last)],
    )
    assert together(case) is expected


def test_two_rows_about_one_link_count_each_in_its_time() -> None:
    old, new = link("Mill", "Works", end="2026-03-04"), link("Mill", "Works", start="2026-03-05")
    assert together(team(["Mill", "Works"], links=[old, new]))
    assert not together(team(["Mill", "Works"], links=[old]))


def test_a_link_that_ends_between_two_meetings_joins_in_the_first_only() -> None:
    seats = [{"meeting": f"M{m}", "seat": f"s{n}", "role": r} for m in (1, 2) for n, r in ((1, "lead"), (2, "co"))]
    rows = [meeting("M1"), meeting("M2", "2026-03-06 19:30", "2026-03-06 21:30")]
    people = [facilitator("F1", organisation="Mill"), facilitator("F2", organisation="Works")]
    case = problem(rows, people, seats=seats, links=[link("Mill", "Works", end="2026-03-05")])
    assert breaks(RULE, case, {("M1", "s1"): "F1", ("M1", "s2"): "F2"})
    assert not breaks(RULE, case, {("M2", "s1"): "F1", ("M2", "s2"): "F2"})


# --- the parameters ------------------------------------------------------------------------------------------


def test_two_may_be_let_and_three_are_too_many() -> None:
    case = team(["Mill", "Mill", "Works", "School"], ["lead", "co", "mentor"], links=[link("Mill", "Works")])
    assert not together(case, 1, 2, 4, rules=TWO)
    assert together(case, 1, 2, 3, rules=TWO)
    assert not breaks(RULE, case, {("M1", "s2"): "F1", ("M1", "s3"): "F3"}, TWO)
    assert together(case, 1, 2, 4)


def test_the_least_that_can_be_let_is_one() -> None:
    with pytest.raises(ValidationError):
        TeamMixRule(most=0)
    assert RuleSet.from_toml("[rules.team-mix]\nmost = 3\n")[RULE] == TeamMixRule(most=3)


def test_policy_internal_turns_it_off() -> None:
    case = team(["Mill", "Mill"])
    internal = STANDARD_RULES.with_policy(INTERNAL)
    assert not together(case, rules=internal)
    assert not together(case, rules=RuleSet.from_toml('policy = "internal"'))
    assert together(case, rules=RuleSet.from_toml('policy = "strict"'))
    assert solve(case, internal, workers=1).roster.filled == 2
    assert solve(case, workers=1).roster.filled == 1


# --- slots, duties -------------------------------------------------------------------------------------------


def flexible(link_starts: str) -> Problem:
    """Return a lead and a co of linked employers, and a meeting on 5 or 12 March."""
    slots = [{"meeting": "M1", "start": f"2026-03-{d} 10:00", "end": f"2026-03-{d} 12:00"} for d in ("05", "12")]
    return problem(
        [{"meeting": "M1"}],
        [facilitator("F1", organisation="Mill"), facilitator("F2", organisation="Works")],
        seats=[{"meeting": "M1", "seat": role, "role": role} for role in ("lead", "co")],
        slots=slots,
        links=[link("Mill", "Works", start=link_starts)],
    )


@pytest.mark.parametrize(
    ("link_starts", "expected"),
    [("2026-03-05", [True, True]), ("2026-03-06", [False, True]), ("2026-03-13", [False, False])],
)
def test_links_are_looked_up_on_the_day_of_the_slot(link_starts: str, expected: list[bool]) -> None:
    case = flexible(link_starts)
    check_rule(TeamMixRule(), case)
    verdicts = []
    for start, _ in case.times(case.meeting("M1")):
        pairs = (("lead", "F1"), ("co", "F2"))
        rows = tuple(RosterRow(meeting="M1", seat=seat, facilitator=name, start=start) for seat, name in pairs)
        verdicts.append(bool(check(case, Roster(rows=rows)).by_rule[RULE]))
    assert verdicts == expected


def test_duties_are_no_meetings() -> None:
    people = [facilitator(name, organisation="Mill") for name in ("F1", "F2")]
    duties = [{"duty": f"D{n}", "kind": "coaching", "hours": 2, "role": "lead"} for n in (1, 2)]
    case = problem([meeting()], people, duties=duties)
    assert not breaks(RULE, case, {("D1", "coaching"): "F1", ("D2", "coaching"): "F2", "M1": "F1"})


def test_meetings_without_a_seat_of_the_team_ask_nothing() -> None:
    assert not together(team(["Mill", "Mill"], ["scribe", "observer"]))


# --- words, solving ------------------------------------------------------------------------------------------


def test_the_words_name_people_and_employers() -> None:
    case = team(["Mill", "Works"], links=[link("Mill", "Works")])
    (finding,) = check(case, roster({("M1", "s1"): "F1", ("M1", "s2"): "F2"})).by_rule[RULE]
    assert finding.words.en == "F1, F2 of Mill, Works are together in the team of M1, at most 1 may be."
    assert finding.words.nl == "F1, F2 van Mill, Works zitten samen in het team van M1, hoogstens 1 mag."
    assert (finding.facilitators, finding.meetings) == (("F1", "F2"), ("M1",))


def test_each_group_is_named_by_itself() -> None:
    case = team(["Mill", "Mill", "School", "School"], ["lead", "co", "mentor", "mentor"])
    holders: dict[str | tuple[str, str], str | None] = {("M1", f"s{n}"): f"F{n}" for n in (1, 2, 3, 4)}
    words = [item.words.en for item in check(case, roster(holders)).by_rule[RULE]]
    assert words == [
        "F1, F2 of Mill are together in the team of M1, at most 1 may be.",
        "F3, F4 of School are together in the team of M1, at most 1 may be.",
    ]


def test_solve_mixes_the_team() -> None:
    # Two of the mill and one of the school for lead and co: the school takes one of the seats.
    found = solve(team(["Mill", "Mill", "School"]), workers=1)
    assert found.roster.filled == 2
    assert "F3" in {row.facilitator for row in found.roster.rows}


# --- by ties, and under several ids --------------------------------------------------------------------------


def tied(kind: str, organisation: str = "Mill", who: str = "F2", **dates: str) -> dict[str, str]:
    return {"facilitator": who, "kind": kind, "organisation": organisation, **dates}


@pytest.mark.parametrize(
    ("kind", "dates", "expected"),
    [
        ("employee", {}, True),
        ("employee", {"start": "2026-03-05", "end": "2026-03-05"}, True),
        ("employee", {"end": "2026-03-04"}, False),
        ("employee", {"start": "2026-03-06"}, False),
        ("director", {}, True),
        ("director", {"end": "2026-03-04"}, False),
        ("former_employee", {"end": "2026-03-05"}, True),  # still an employee on the day
        ("former_employee", {"end": "2026-03-04"}, False),
        ("financial_interest", {}, False),
        ("adviser", {}, False),
        ("family", {}, False),
    ],
)
@pytest.mark.parametrize("employer", [None, "School"])
def test_ties_that_make_someone_one_of_a_group(
    employer: str | None, kind: str, dates: dict[str, str], expected: bool
) -> None:
    assert together(team(["Mill", employer], ties=[tied(kind, **dates)])) is expected
    assert together(team(["Mill", employer], ties=[tied(kind, **dates)]), 2, 1) is expected


def test_the_employer_column_counts_beside_ties() -> None:
    case = team(["Mill", "School"], ties=[tied("employee", "Bank")])
    assert not together(case)
    assert together(team(["School", "School"], ties=[tied("employee", "Bank")]))


def test_people_without_an_employer_column_who_are_tied_to_one_group() -> None:
    ties = [tied("director", "Mill", "F1"), tied("employee", "Works", "F2")]
    assert not together(team([None, None], ties=ties))
    assert together(team([None, None], ties=ties, links=[link("Mill", "Works")]))


def test_a_person_counts_once_in_a_group_however_many_ties_lead_there() -> None:
    case = team(
        ["Mill", "School"],
        ties=[tied("director", who="F1"), tied("employee", "Works", who="F1")],
        links=[link("Mill", "Works")],
    )
    assert not together(case)


def test_someone_may_be_one_of_two_groups() -> None:
    case = team(["Mill", "School", "Bank"], ["lead", "co", "mentor"], ties=[tied("director", "Bank", who="F1")])
    assert not together(case, 1, 2)
    assert together(case, 1, 2, 3)
    both = team(["Mill", "Bank"], ties=[tied("director", "Bank", who="F1"), tied("director", "Mill", who="F2")])
    found = check(both, Roster.of(both, {("M1", "s1"): "F1", ("M1", "s2"): "F2"})).by_rule[RULE]
    assert len(found) == 2  # one for each group


def test_who_changes_employer_belongs_to_that_of_the_day() -> None:
    ties = [tied("employee", "Mill", end="2026-03-14"), tied("employee", "Bank", start="2026-03-15")]
    for day, expected in (("05", True), ("25", False)):
        case = team(["Mill", None], start=f"2026-03-{day} 10:00", end=f"2026-03-{day} 12:00", ties=ties)
        assert together(case) is expected


def test_ids_of_one_organisation_are_one_group() -> None:
    same = link("Mill", "Works", "same_as")
    assert together(team(["Mill", "Works"], links=[same]))
    assert together(team(["Mill", "School"], links=[same, link("Works", "School")]))
    assert not together(team(["Mill", "Works"], links=[link("Mill", "Works", "same_as", end="2026-03-04")]))


def test_a_flexible_meeting_by_slot() -> None:
    case = team(["Mill", None], ties=[tied("employee", "Mill", end="2026-03-05")])
    slots = [{"meeting": "M1", "start": f"2026-03-0{day} 10:00", "end": f"2026-03-0{day} 12:00"} for day in (5, 6)]
    case = case.replace(meetings=[{"meeting": "M1"}], slots=slots)
    check_rule(TeamMixRule(), case)
    for slot, expected in zip(case.slots, (True, False), strict=True):
        plan = Roster.of(case, {("M1", "s1"): "F1", ("M1", "s2"): "F2"}).with_rows(
            lambda _, slot=slot: {"start": slot.start, "end": slot.end}  # type: ignore[misc]
        )
        assert bool(check(case, plan).by_rule[RULE]) is expected


def test_both_doors_agree_on_random_webs_with_ties() -> None:
    found = 0
    for seed in seeds(120):
        case = rich_problem(random.Random(f"mix {seed}"), people=3, meetings=1)
        seats = [{"meeting": row.meeting, "seat": seat, "role": "co"} for row in case.meetings for seat in ("a", "b")]
        case = case.replace(seats=seats)
        check_rule(TeamMixRule(), case)
        for row in case.meetings:
            pairs = permutations([person.facilitator for person in case.facilitators], 2)
            for one, other in pairs:
                plan = Roster.of(case, {(row.meeting, "a"): one, (row.meeting, "b"): other})
                found += bool(list(TeamMixRule().judge(Plan(case, plan))))
    assert found >= enough(20)
