"""Rule `known-faces`: a series is led by someone its organisations had before, or by someone new to them."""

from collections.abc import Sequence
from typing import Any

import pytest
from tests.builders import Cells, Holders, penalty, problem, roster
from tests.rules.half_over import TODAY, did, on, told

from poolmatch import STANDARD_RULES, Problem, RuleSet, Status, check, solve
from poolmatch.checking import input_issues
from poolmatch.rules.known_faces import KnownFacesRule

RULE = "known-faces"
SERIES = (on("M1", 5, series="course"), on("M2", 6, series="course"))


def had(who: str = "F1", what: str = "P1", organisations: str = "Town", **cells: Any) -> Cells:
    """Return a meeting of February that somebody led, with the town as a party."""
    times = {"start": "2026-02-10 19:30", "end": "2026-02-10 21:30"}
    return did(who, what, organisations=organisations, **times | cells)


def course(history: Sequence[Cells] = (had(),), meetings: Sequence[Cells] = SERIES, **tables: Any) -> Problem:
    """Return a series of two meetings that the town decides, and a history in which F1 led for the town."""
    return problem(meetings, ["F1", "F2"], history=history, **tables)


def points(case: Problem, holders: Holders, **parameters: Any) -> int:
    return penalty(RULE, case, holders, STANDARD_RULES.plus(KnownFacesRule(**parameters)))


# --- who is charged ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("holders", "known", "new"),
    [
        ({}, 0, 0),
        ({"M1": "F1"}, 0, 1),
        ({"M1": "F1", "M2": "F1"}, 0, 1),  # once for a series and person
        ({"M1": "F2"}, 1, 0),
        ({"M1": "F2", "M2": "F2"}, 1, 0),
        ({"M1": "F1", "M2": "F2"}, 1, 1),
    ],
)
def test_who_leads_and_is_not_wanted_so_costs_a_point(holders: Holders, known: int, new: int) -> None:
    assert points(course(), holders) == known
    assert points(course(), holders, wanted="new") == new
    assert points(course(), holders, points=7) == 7 * known
    assert points(course(), holders, points=0) == 0


def test_two_new_faces_cost_two_points_and_two_series_two() -> None:
    assert points(course([]), {"M1": "F1", "M2": "F2"}) == 2
    meetings = (on("M1", 5, series="course"), on("M2", 6, series="other"))
    assert points(course([], meetings), {"M1": "F2", "M2": "F2"}) == 2
    assert points(course(meetings=meetings), {"M1": "F1", "M2": "F1"}, wanted="new") == 2


@pytest.mark.parametrize(
    ("row", "is_known"),
    [
        ({"role": "co"}, True),
        ({"role": "scribe"}, False),
        ({"role": "trainee"}, False),
        ({"organisations": "Mill;Town"}, True),
        ({"organisations": "Mill"}, False),
        ({"organisations": ""}, False),
        ({"start": None, "end": None, "hours": 2}, False),  # a duty
        ({"series": "earlier"}, True),
        ({"what": "M1"}, False),  # it is planned here
    ],
)
def test_who_is_known(row: Cells, is_known: bool) -> None:
    case = course([had(**row), had("F2")])
    assert points(case, {"M1": "F1"}) == (not is_known)
    assert points(case, {"M1": "F1"}, wanted="new") == is_known


def test_who_led_this_series_before_goes_on() -> None:
    case = course([had("F1", series="course"), had("F2")])
    assert points(case, {"M1": "F1"}) == 0
    assert points(case, {"M1": "F1"}, wanted="new") == 0
    assert points(case, {"M1": "F2"}, wanted="new") == 1
    # So does who led it without any party on record, but not who only took notes.
    assert points(course([had("F1", series="course", organisations="")]), {"M1": "F1"}) == 0
    assert points(course([had("F1", series="course", role="scribe")]), {"M1": "F1"}) == 1


@pytest.mark.parametrize(
    ("stakes", "is_known"),
    [
        ({"Town": "decider"}, True),
        ({"Town": "commissioner", "Mill": "decider"}, True),
        ({"Mill": "commissioner", "Town": "decider"}, False),  # it is the mill's
        ({"Mill": "decider", "Town": "interest"}, False),
        ({"Mill": "interest", "Town": "contributor"}, True),
        ({"Mill": "interest", "Town": "observer"}, False),
    ],
)
def test_whose_series_it_is(stakes: dict[str, str], is_known: bool) -> None:
    case = course(stakes={"M1": stakes, "M2": stakes})
    assert points(case, {"M1": "F1"}) == (not is_known)
    assert points(case, {"M1": "F1"}, wanted="new") == is_known


def test_the_organisations_of_all_meetings_of_a_series_are_one() -> None:
    case = course(stakes={"M1": {"Mill": "decider"}, "M2": {"Town": "decider"}})
    assert points(case, {"M1": "F1"}) == 0
    assert points(case, {"M1": "F2"}) == 1


def test_ids_of_one_organisation_on_the_day_are_one() -> None:
    def linked(**days: str) -> Problem:
        link = {"source": "City", "target": "Town", "kind": "same_as", **days}
        return course([had(organisations="City")], links=[link])

    assert points(linked(), {"M1": "F1"}) == 0
    assert points(linked(start="2026-03-01"), {"M1": "F1"}) == 0  # when it was the city, and now both
    assert points(linked(end="2026-02-28"), {"M1": "F1"}) == 0  # when it was both, and now the town
    assert points(linked(end="2026-02-09"), {"M1": "F1"}) == 1
    assert points(linked(start="2026-03-07"), {"M1": "F1"}) == 1


def test_only_lead_seats_of_meetings_in_a_series_count() -> None:
    seats = [{"meeting": "M1", "seat": role, "role": role} for role in ("lead", "co")]
    assert points(course(seats=seats), {("M1", "co"): "F2"}) == 0
    assert points(course(seats=seats), {("M1", "co"): "F2", "M1": "F1"}, wanted="new") == 1
    assert points(course(meetings=[on("M1", 5)]), {"M1": "F2"}) == 0
    duty = {"duty": "D1", "kind": "coaching", "hours": 2, "role": "lead", "series": "course", "organisation": "Town"}
    assert points(course(duties=[duty]), {("D1", "coaching"): "F2"}) == 0


def test_a_series_of_nobody_says_nothing() -> None:
    case = course(stakes={"M1": {"Town": "observer"}, "M2": {"Town": "observer"}})
    assert points(case, {"M1": "F2"}) == 0


def test_slots_and_the_past_of_the_period() -> None:
    slots = [{"meeting": "M2", "start": f"2026-03-{day} 19:30", "end": f"2026-03-{day} 21:30"} for day in ("20", "21")]
    meetings = [on("M1", 5, series="course"), {"meeting": "M2", "series": "course"}]
    case = course(meetings=meetings, slots=slots, published=[told("F2")], period=TODAY)
    assert points(case, {}) == 1  # F2 led M1
    assert points(case, {"M1": "F2"}, wanted="new") == 0
    # Whoever has left since costs nothing.
    gone = course(meetings=meetings, slots=slots, published=[told("F9")], period=TODAY)
    assert points(gone, {}) == 0


# --- what is told ------------------------------------------------------------------------------------------


def test_the_words_name_person_series_and_organisations() -> None:
    stakes = {name: {"Town": "decider", "Mill": "decider"} for name in ("M1", "M2")}
    case, both = course(stakes=stakes), roster({"M1": "F1", "M2": "F2"})
    (new,) = check(case, both, STANDARD_RULES.plus(KnownFacesRule(points=2))).by_rule[RULE]
    assert (new.facilitators, new.meetings, new.organisations, new.points) == (("F2",), ("M2",), ("Town", "Mill"), 2)
    assert new.words.en == "F2 leads series course, and is new to Town, Mill."
    assert new.words.nl == "F2 leidt reeks course en is nieuw bij Town, Mill."
    (known,) = check(case, both, STANDARD_RULES.plus(KnownFacesRule(wanted="new"))).by_rule[RULE]
    assert (known.facilitators, known.meetings, known.organisations) == (("F1",), ("M1",), ("Town",))
    assert known.words.en == "F1 leads series course, and led meetings of Town before."
    assert known.words.nl == "F1 leidt reeks course en leidde al eerder bijeenkomsten van Town."


@pytest.mark.parametrize(
    ("case", "codes"),
    [
        (course(), []),
        (course([]), ["history-without-parties"]),
        (course([had(organisations="")]), ["history-without-parties"]),
        (course([had(role="scribe")]), ["history-without-parties"]),
        (course(meetings=[on("M1", 5)]), ["series-without-lead"]),
        (course([], meetings=[on("M1", 5)]), ["history-without-parties", "series-without-lead"]),
    ],
)
def test_a_rule_that_can_say_nothing_is_told(case: Problem, codes: list[str]) -> None:
    found = input_issues(case, STANDARD_RULES.plus(KnownFacesRule()))
    assert [issue.code for issue in found] == codes
    assert {issue.severity for issue in found} <= {"warning"}
    assert input_issues(case, STANDARD_RULES) == []


# --- in solve ----------------------------------------------------------------------------------------------


def test_it_is_off_unless_it_is_asked_for_and_stands_in_tier_4() -> None:
    assert RULE not in {rule.id for rule in STANDARD_RULES.rules}
    rules = RuleSet.from_toml('[rules.known-faces]\nwanted = "new"')
    assert RULE in {rule.id for rule in rules.in_tier(4)}
    assert rules[RULE] == KnownFacesRule(wanted="new")


@pytest.mark.parametrize(("wanted", "holder"), [("known", "F1"), ("new", "F2")])
def test_the_series_goes_to_who_is_wanted(wanted: str, holder: str) -> None:
    # Fair shares would give each of the two a meeting: they stand in a lower tier.
    rules = STANDARD_RULES.plus(KnownFacesRule.model_validate({"wanted": wanted}))
    result = solve(course(), rules, workers=1)
    assert result.status is Status.OPTIMAL
    assert {row.facilitator for row in result.roster.rows} == {holder}
    without = solve(course(), STANDARD_RULES, workers=1)
    assert {row.facilitator for row in without.roster.rows} == {"F1", "F2"}
