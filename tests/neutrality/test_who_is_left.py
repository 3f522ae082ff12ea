"""Who is left for a meeting, and which consents would fill a seat that nobody can take."""

from __future__ import annotations

import random
from typing import Any

import pytest
from tests.builders import PARTY, facilitator, meeting, problem
from tests.neutrality.asking import DAY, link, on, tie
from tests.rings import enough, seeds

from poolmatch import STANDARD_RULES, Problem, neutral_pool, solve, waivers_that_help
from poolmatch.arrays import Arrays
from poolmatch.domain.degree import Degree
from poolmatch.domain.people import Waiver
from poolmatch.eligibility import eligibility
from poolmatch.explain.who_is_left import HelpfulWaiver
from poolmatch.neutrality import INTERNAL, Policy, assess
from poolmatch.ruleset import RuleSet
from poolmatch.testing import random_problem

STAKES = {"M1": {PARTY: "decider", "School": "contributor", "Press": "observer"}}


def possible(case: Problem, help_: HelpfulWaiver, rules: RuleSet) -> bool:
    """Tell whether the facilitator is a candidate for the seat."""
    world = Arrays(case)
    candidates = eligibility(world, rules).candidates
    seat = world.seat_positions[help_.meeting, help_.seat]
    return bool(len(candidates.find(world.positions[help_.facilitator], seat)))


def given(case: Problem, waivers: tuple[Waiver, ...]) -> Problem:
    """Return the problem with consents added; one with the same key is replaced."""
    keys = {row.key_of() for row in waivers}
    return case.replace(waivers=[*(row for row in case.waivers if row.key_of() not in keys), *waivers])


def help_for(case: Problem, rules: RuleSet = STANDARD_RULES) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return who could help with which consents; each set is tried, and every consent in it is needed."""
    found = waivers_that_help(case, rules)
    for item in found:
        assert item.waivers
        assert not possible(case, item, rules)
        assert possible(given(case, item.waivers), item, rules)
        for row in item.waivers:
            short = tuple(other for other in item.waivers if other != row)
            assert not possible(given(case, short), item, rules)
            assert (row.facilitator, row.meeting, row.expires) == (item.facilitator, item.meeting, None)
    return [(item.facilitator, [(row.organisation, row.party) for row in item.waivers]) for item in found]


# --- the pool ------------------------------------------------------------------------------------------------


def pool() -> Problem:
    people = [facilitator("Own", organisation=PARTY), *map(facilitator, ("Kin", "Waived", "Neighbour", "Free", "Too"))]
    ties = [
        {"facilitator": "Kin", "kind": "family", "organisation": PARTY},
        {"facilitator": "Waived", "kind": "family", "organisation": PARTY},
        {"facilitator": "Neighbour", "kind": "resident", "organisation": "School"},
    ]
    consents = [
        {"facilitator": "Waived", "organisation": PARTY, "meeting": "M1", "party": party, "consented_on": DAY}
        for party in (PARTY, "School")
    ]
    rows = [meeting("M1"), meeting("M2", "2026-03-06 19:30", "2026-03-06 21:30")]
    return problem(rows, people, {**STAKES, "M2": {"Elsewhere": "decider"}}, ties=ties, waivers=consents)


def test_the_pool_by_degree() -> None:
    found = neutral_pool(pool(), "M1")
    assert list(found) == list(Degree)
    assert found == {
        Degree.NEUTRAL: ("Free", "Too"),
        Degree.AVOID: ("Neighbour",),
        Degree.DISCLOSE: ("Waived",),
        Degree.WAIVABLE: ("Kin",),
        Degree.BLOCKED: ("Own",),
    }
    # At the second meeting their employer decides.
    assert neutral_pool(pool(), "M2")[Degree.NEUTRAL] == ("Own",)
    assert neutral_pool(pool(), "M2")[Degree.AVOID] == ()
    assert len(neutral_pool(pool(), "M2")[Degree.BLOCKED]) == 5


def test_the_pool_under_another_policy() -> None:
    assert neutral_pool(pool(), "M1", INTERNAL)[Degree.WAIVABLE] == ("Own", "Kin")


def test_a_meeting_nobody_knows() -> None:
    with pytest.raises(KeyError):
        neutral_pool(pool(), "M3")


# --- consents that help --------------------------------------------------------------------------------------


def test_the_consents_of_all_parties_but_observers() -> None:
    assert help_for(on(DAY, [tie("family")], stakes=STAKES)) == [("F1", [(PARTY, PARTY), (PARTY, "School")])]
    (found,) = waivers_that_help(on(DAY, [tie("family")], stakes=STAKES))
    assert (found.meeting, found.seat) == ("M1", "lead")
    assert {row.consented_on for row in found.waivers} == {DAY}


def test_what_is_there_already_is_not_asked_again() -> None:
    consent = {"facilitator": "F1", "organisation": PARTY, "meeting": "M1", "party": "School", "consented_on": DAY}
    case = on(DAY, [tie("family")], stakes=STAKES, waivers=[consent])
    assert help_for(case) == [("F1", [(PARTY, PARTY)])]
    series = on(
        DAY,
        [tie("family")],
        stakes=STAKES,
        waivers=[consent | {"meeting": "", "series": "course"}],
        about={"series": "course"},
    )
    assert help_for(series) == [("F1", [(PARTY, PARTY)])]


@pytest.mark.parametrize(
    "dates", [{"consented_on": "2026-01-01", "expires": "2026-03-04"}, {"consented_on": "2026-03-06"}]
)
def test_a_consent_that_is_out_of_time_is_asked_anew(dates: dict[str, str]) -> None:
    consent = {"facilitator": "F1", "organisation": PARTY, "meeting": "M1", "party": PARTY, **dates}
    case = on(DAY, [tie("family")], waivers=[consent])
    assert help_for(case) == [("F1", [(PARTY, PARTY)])]


def test_every_tied_organisation_needs_its_own() -> None:
    ties, links = [tie("family"), tie("employee", "Works")], [link("Works", "affiliate", PARTY)]
    assert help_for(on(DAY, ties, links=links)) == [("F1", [(PARTY, PARTY), ("Works", PARTY)])]
    # A tie that needs no consent is not asked about.
    ties = [tie("family"), tie("resident", "School")]
    case = on(DAY, ties, stakes={"M1": {PARTY: "decider", "School": "observer"}})
    assert help_for(case) == [("F1", [(PARTY, PARTY)])]


def test_two_ties_to_one_organisation_need_one_waiver() -> None:
    assert help_for(on(DAY, [tie("family"), tie("adviser")])) == [("F1", [(PARTY, PARTY)])]


def test_the_fewest_consents_and_everyone_who_needs_no_more() -> None:
    ties = [
        {"facilitator": name, "kind": "family", "organisation": organisation}
        for name, organisation in [("F1", PARTY), ("F1", "Mill"), ("F2", PARTY), ("F3", "Mill")]
    ]
    stakes = {"M1": {PARTY: "decider", "Mill": "interest"}}
    case = on(DAY, ties, facilitators=["F1", "F2", "F3"], stakes=stakes)
    assert help_for(case) == [
        ("F2", [(PARTY, PARTY), (PARTY, "Mill")]),
        ("F3", [("Mill", PARTY), ("Mill", "Mill")]),
    ]


def test_a_seat_that_someone_can_take_needs_none() -> None:
    assert help_for(on(DAY, [tie("family")], facilitators=["F1", "F2"])) == []
    assert help_for(on(DAY, [])) == []


def test_an_optional_seat_is_not_asked_for() -> None:
    seat = {"meeting": "M1", "seat": "lead", "role": "lead", "required": False}
    assert help_for(on(DAY, [tie("family")], seats=[seat])) == []


def test_nothing_helps_who_is_blocked() -> None:
    assert help_for(on(DAY, [tie("employee")])) == []
    assert help_for(on(DAY, [tie("family"), tie("employee")])) == []
    assert help_for(on(DAY, [tie("family")], about={"contention": "high"})) == []
    assert help_for(on(DAY, [tie("resident")], about={"contention": "high"})) == [("F1", [(PARTY, PARTY)])]


def test_nothing_helps_where_nobody_can_consent() -> None:
    stakes = {"M1": {PARTY: "observer"}}
    assert help_for(on(DAY, [tie("employee")], stakes=stakes, about={"contention": "high"})) == []


def test_nothing_helps_who_is_out_for_another_reason() -> None:
    strikes = [{"organisation": PARTY, "facilitator": "F1"}]
    assert help_for(on(DAY, [tie("family")], strikes=strikes)) == []
    absent = [{"facilitator": "F1", "start": str(DAY), "end": str(DAY), "kind": "unavailable"}]
    assert help_for(on(DAY, [tie("family")], availability=absent)) == []
    assert help_for(on(DAY, [], strikes=strikes)) == []


def test_nothing_helps_against_a_tie_to_the_matter_itself() -> None:
    """A policy may make a dossier waivable; but no organisation is tied, so that no consent can name it."""
    grades = dict.fromkeys(("decider", "commissioner", "interest", "contributor"), "waivable")
    policy = Policy.from_data({"name": "mild", "base": "strict", "regrade": {"worked-on-dossier": grades}})
    rules = STANDARD_RULES.with_policy(policy)
    assert help_for(on(DAY, [tie("dossier", meeting="M1")]), rules) == []
    assert help_for(on(DAY, [tie("dossier", meeting="M1"), tie("family")]), rules) == []
    assert help_for(on(DAY, [tie("family")]), rules) == [("F1", [(PARTY, PARTY)])]


def test_the_policy_of_the_rules_counts() -> None:
    case = on(DAY, [tie("employee")])
    assert help_for(case) == []
    assert help_for(case, STANDARD_RULES.with_policy(INTERNAL)) == [("F1", [(PARTY, PARTY)])]


def test_several_seats_are_answered_in_their_order() -> None:
    rows = [meeting("M2", "2026-03-06 19:30", "2026-03-06 21:30"), meeting("M1")]
    case = problem(rows, ties=[tie("family")])
    assert [(item.meeting, item.seat) for item in waivers_that_help(case)] == [("M2", "lead"), ("M1", "lead")]


def test_after_the_consents_the_seat_is_filled() -> None:
    case = on(DAY, [tie("family")])
    assert solve(case, workers=1).roster.filled == 0
    (item,) = waivers_that_help(case)
    assert solve(given(case, item.waivers), workers=1).roster.holder("M1", "lead") == "F1"


def test_on_random_problems_each_set_is_smallest_and_none_is_missed() -> None:
    helped = 0
    for seed in seeds(150):
        case = random_problem(random.Random(seed), people=3, meetings=3, pins=False)
        case = case.replace(waivers=case.waivers[: len(case.waivers) // 3])
        helped += len(help_for(case))
        for item in waivers_that_help(case):
            assert assess(given(case, item.waivers), item.facilitator, item.meeting).waived
    assert helped >= enough(10)


def test_whoever_one_waiver_of_everyone_would_let_in_is_found() -> None:
    """Seats that would have a candidate if everyone consented to everything are exactly those that are answered."""
    seats = 0
    for seed in seeds(150):
        case = random_problem(random.Random(f"all {seed}"), people=3, meetings=4, pins=False)
        case = case.replace(requirements=(), availability=(), serves=())  # so that more depends on ties
        rows: list[dict[str, Any]] = [
            {
                "facilitator": person.facilitator,
                "organisation": organisation.organisation,
                "meeting": stake.meeting,
                "party": stake.organisation,
                "consented_on": "2026-01-01",
            }
            for person in case.facilitators
            for organisation in case.organisations
            for stake in case.stakes
        ]
        now, then = (
            set(eligibility(Arrays(item), STANDARD_RULES).candidates.seat.tolist())
            for item in (case, case.replace(waivers=rows))
        )
        world = Arrays(case)
        answered = {world.seat_positions[item.meeting, item.seat] for item in waivers_that_help(case)}
        assert answered == then - now
        seats += len(answered)
    assert seats >= enough(10)
