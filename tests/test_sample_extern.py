"""The sample extern, and its roster, are what its README says they are."""

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from tests.rings import seeds

from poolmatch import Problem, Report, Result, Roster, Status, assess, check, read, read_roster, solve
from poolmatch.domain.degree import Degree
from poolmatch.domain.hours import ticks_of_meeting
from poolmatch.domain.roster import RosterRow
from poolmatch.explain import Outsider, outsiders
from poolmatch.report import summary
from poolmatch.rule import Finding

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
SAMPLE = SAMPLES / "extern-2026-06"
OF_THE_MUNICIPALITY = [f"F{number:02d}" for number in range(1, 7)]
OTHERS = ["F07", "F08", "F09", "F10"]
OUTSIDE = {"M03": "F13", "M05": "F11", "M07": "F11", "M09": "F12", "M13": "F13"}


@pytest.fixture(scope="module")
def sample() -> Problem:
    return read(SAMPLE)


@pytest.fixture(scope="module", params=seeds(3))
def result(sample: Problem, request: pytest.FixtureRequest) -> Result:
    return solve(sample, seed=request.param)


@pytest.fixture(scope="module")
def reasons(result: Result) -> dict[str, Outsider]:
    return {item.meeting: item for item in outsiders(result.problem, result.roster, result.rules)}


def where_it_decides(problem: Problem) -> list[str]:
    """Return the meetings where the municipality is a party, not an onlooker."""
    return [row.meeting for row in problem.stakes if row.organisation == "GEM" and row.grade != "observer"]


def degree(problem: Problem, who: str, meeting: str) -> str:
    return assess(problem, who, meeting).degree.word


def out(problem: Problem, who: str, meeting: str) -> set[str]:
    """Return the rules that keep someone out of the lead seat of a meeting, whoever sits elsewhere."""
    alone = Roster(rows=(RosterRow(meeting=meeting, seat="lead", facilitator=who),))
    return {item.rule for item in check(problem, alone).violations}


def possible(problem: Problem, meeting: str) -> set[str]:
    return {row.facilitator for row in problem.facilitators if not out(problem, row.facilitator, meeting)}


def able(problem: Problem, skill: str, level: int, meeting: str) -> set[str]:
    day = problem.day(meeting)
    people = [row.facilitator for row in problem.facilitators]
    return {who for who in people if problem.masters(who, skill, level, day)}


def points(report: Report) -> tuple[Fraction, ...]:
    return tuple(Fraction(tier.value, tier.scale) for tier in report.tiers)


def with_leads(result: Result, leads: dict[str, str]) -> Report:
    roster = result.roster
    for meeting, who in leads.items():
        roster = roster.with_holder(meeting, "lead", who)
    return check(result.problem, roster)


def about(findings: tuple[Finding, ...]) -> Iterator[tuple[str, int]]:
    """Yield the meeting and the penalty of each finding about one meeting."""
    for item in findings:
        (meeting,) = item.meetings
        yield meeting, item.penalty // item.scale


# --- the tables ------------------------------------------------------------------------------------------


def test_it_reads_without_a_doubt(sample: Problem) -> None:
    assert sample.warnings == ()


def test_ten_of_the_pool_and_three_externals_without_names(sample: Problem) -> None:
    assert [person.facilitator for person in sample.facilitators] == [f"F{number:02d}" for number in range(1, 14)]
    assert all(re.fullmatch(r"Facilitator \d\d", person.name) for person in sample.facilitators)
    costs = {row.facilitator: row.hourly_cost for row in sample.facilitators if row.external}
    assert costs == {"F11": 90, "F12": 115, "F13": 140}


def test_fifteen_meetings_three_with_lead_and_co(sample: Problem) -> None:
    seats = {row.meeting: [seat.seat for seat in sample.seats_of(row.meeting)] for row in sample.meetings}
    assert len(seats) == 15
    assert {name for name, of_meeting in seats.items() if of_meeting == ["lead", "co"]} == {"M05", "M09", "M13"}
    assert sum(of_meeting == ["lead"] for of_meeting in seats.values()) == 12


def test_the_licence_of_the_points_is_named() -> None:
    line = "Contains data from GeoNames (geonames.org), licensed under CC BY 4.0; modified by poolmatch."
    assert line in (SAMPLE / "README.md").read_text(encoding="utf-8")


# --- what to look at -------------------------------------------------------------------------------------


def test_seventeen_of_eighteen_seats_are_filled_five_by_externals(result: Result) -> None:
    assert result.status is Status.OPTIMAL
    assert result.seats == {"required": 18, "filled": 17}
    external = {row.facilitator for row in result.problem.facilitators if row.external}
    held = {row.meeting: row.facilitator for row in result.roster.rows if row.facilitator in external}
    assert held == OUTSIDE
    assert [row.seat for row in result.roster.rows if row.facilitator in external] == ["lead"] * 5


def test_the_external_share_and_what_they_cost(sample: Problem, result: Result) -> None:
    hours = {row.meeting: Fraction(ticks_of_meeting(row, row.start, row.end), 90_000) for row in sample.meetings}
    # M03 2.5 + 1 + 0.5, M05 2.5 + 1.25 + 2, M07 2.5 + 1 + 1.5, M09 as M05, M13 2.5 + 1 + 2
    assert [hours[name] for name in OUTSIDE] == [4, Fraction(23, 4), 5, Fraction(23, 4), Fraction(11, 2)]
    every = sum(hours[row.meeting] for row in result.roster.rows if row.facilitator)
    assert every == 71
    assert result.externals["assignments"] == 5
    assert result.externals["hours"] == pytest.approx(26)
    assert result.externals["share"] == pytest.approx(26 / 71)
    assert result.to_dict()["externals"] == result.externals
    # 140 × (4 + 5.5) + 90 × (5.75 + 5) + 115 × 5.75
    paid = sum(item.penalty / item.scale for item in result.report.by_rule["cost"])
    assert paid == pytest.approx(2958.75)


def test_the_reasons_are_printed(result: Result) -> None:
    text = summary(result)
    assert "37%" in text
    for meeting, who in OUTSIDE.items():
        assert re.search(rf"^ *{meeting} +lead +Facilitator {who[1:]} .*\d at neutral", text, re.MULTILINE)


def test_why_nobody_of_the_pool_comes_instead(sample: Problem, reasons: dict[str, Outsider]) -> None:
    assert set(reasons) == set(OUTSIDE)
    could = {meeting: item.eligible for meeting, item in reasons.items()}
    assert could == {"M03": ("F07",), "M05": (), "M07": ("F09",), "M09": (), "M13": ()}
    assert {meeting: item.tied for meeting, item in reasons.items() if item.tied} == {"M07": ("F09",)}
    members = {*OF_THE_MUNICIPALITY, *OTHERS}
    for meeting in ("M05", "M09"):
        assert able(sample, "deep-democracy", 4, meeting) & members == {"F02", "F04"}
        assert {degree(sample, who, meeting) for who in ("F02", "F04")} == {"blocked"}
    assert able(sample, "mediation", 4, "M13") & members == {"F05", "F08"}
    assert sample.facilitator("F05").organisation == "GEM-VAST"
    assert sample.facilitator("F08").organisation == "WON"
    assert {"GEM", "WON"} <= {row.organisation for row in sample.stakes_of("M13") if row.grade == "decider"}
    assert {degree(sample, who, "M13") for who in ("F05", "F08")} == {"blocked"}


def test_m03_waits_for_an_outsider_because_m04_has_nobody_else(sample: Problem, result: Result) -> None:
    assert possible(sample, "M04") == {"F07"}
    assert result.roster.holder("M04", "lead") == "F07"
    assert possible(sample, "M03") == {"F07", "F11", "F13"}
    both = with_leads(result, {"M03": "F07"})
    assert both.by_rule["no-double-booking"]


def test_at_m09_the_cheapest_is_struck_and_the_dearest_away(sample: Problem) -> None:
    assert out(sample, "F11", "M09") == {"struck"}
    assert out(sample, "F13", "M09") == {"available"}
    assert possible(sample, "M09") == {"F12"}


def test_nobody_of_the_municipality_can_lead_where_it_is_a_party(sample: Problem, result: Result) -> None:
    meetings = where_it_decides(sample)
    assert len(meetings) == 11
    for meeting in meetings:
        assert {degree(sample, who, meeting) for who in OF_THE_MUNICIPALITY} == {"blocked"}
    found = assess(sample, "F06", "M10")  # a meeting at which the swimming pool is no party
    assert {path.organisations for path in found.worst} == {("ZWEM", "GEM-VAST", "GEM")}
    assert not {row.facilitator for row in result.roster.rows if row.meeting in meetings} & set(OF_THE_MUNICIPALITY)


def test_its_people_can_lead_where_it_has_no_stake(sample: Problem, result: Result) -> None:
    apart = {row.meeting for row in sample.meetings} - {
        row.meeting for row in sample.stakes if row.organisation == "GEM"
    }
    assert apart == {"M02", "M06", "M15"}
    for meeting in apart:
        assert {degree(sample, who, meeting) for who in OF_THE_MUNICIPALITY} == {"neutral"}
        assert possible(sample, meeting) & set(OF_THE_MUNICIPALITY)
    assert possible(sample, "M02") == {"F01", "F03", "F13"}
    assert result.roster.holder("M02", "lead") in ("F01", "F03")


def test_where_it_just_watches_someone_neutral_goes(sample: Problem, result: Result) -> None:
    assert {degree(sample, who, "M11") for who in OF_THE_MUNICIPALITY} == {"disclose"}
    assert possible(sample, "M11") & set(OF_THE_MUNICIPALITY) == {"F01", "F03"}
    assert result.roster.holder("M11", "lead") in ("F08", "F09", "F10")
    assert {degree(sample, who, "M11") for who in ("F08", "F09", "F10")} == {"neutral"}


def test_an_outsider_costs_less_than_a_disclosure_and_more_than_a_tie_to_avoid(sample: Problem, result: Result) -> None:
    assert degree(sample, "F09", "M07") == "disclose"
    assert degree(sample, "F10", "M12") == "avoid"
    assert possible(sample, "M12") == {"F10", "F13"}
    assert result.roster.holder("M12", "lead") == "F10"
    assert dict(about(result.report.by_rule["external-last"])) == {"M03": 3, "M07": 3}
    assert dict(about(result.report.by_rule["neutral-choice"])) == {"M12": 2}
    assert points(result.report)[1] == 3 + 3 + 2
    assert points(with_leads(result, {"M07": "F09"}))[1] == 8 - 3 + 4
    assert points(with_leads(result, {"M12": "F13"}))[1] == 8 - 2 + 3


def test_one_seat_nobody_can_take(sample: Problem, result: Result) -> None:
    empty = [(row.meeting, row.seat) for row in result.roster.rows if row.facilitator is None]
    assert empty == [("M14", "lead")]
    assert points(result.report)[0] == 16  # priority 5
    assert able(sample, "deep-democracy", 5, "M14") == {"F02", "F12", "F13"}
    assert degree(sample, "F02", "M14") == "blocked"
    assert out(sample, "F12", "M14") == {"neutral", "available"}
    assert {path.rule for path in assess(sample, "F12", "M14").worst} == {"adviser-to-party"}
    assert out(sample, "F13", "M14") == {"available"}


def test_contested_raises_what_is_to_disclose_to_what_needs_consent(sample: Problem) -> None:
    assert {degree(sample, "F09", meeting) for meeting in ("M07", "M08", "M10")} == {"disclose"}
    assert assess(sample, "F09", "M14").degree == Degree.WAIVABLE


def test_the_cheapest_goes_to_the_longest(sample: Problem, result: Result) -> None:
    cheapest = sample.facilitator("F11")
    assert (cheapest.max_meetings, cheapest.hourly_cost) == (2, 90)
    asked = [row.meeting for row in sample.meetings if "F11" in possible(sample, row.meeting)]
    assert asked == ["M03", "M05", "M07"]
    other_way = with_leads(result, {"M03": "F11", "M07": "F13"})  # an hour more at 140, one fewer at 90
    assert other_way.legal
    assert points(other_way)[:5] == points(result.report)[:5]
    dearer = sum(item.penalty / item.scale for item in other_way.by_rule["cost"])
    assert dearer == pytest.approx(2958.75 + 140 - 90)
    assert points(other_way)[5] > points(result.report)[5]


def test_who_left_long_enough_ago_is_neutral(sample: Problem) -> None:
    (tie,) = [row for row in sample.ties if row.facilitator == "F08"]
    assert (tie.kind, tie.organisation) == ("former_employee", "GEM")
    assert degree(sample, "F08", "M01") == "neutral"
    later = tie.model_copy(update={"end": tie.end.replace(year=2023)})  # type: ignore[union-attr]
    less_long = sample.replace(ties=[later if row == tie else row for row in sample.ties])
    assert degree(less_long, "F08", "M01") == "disclose"


def test_what_the_municipality_can_give_it_gives(sample: Problem, result: Result) -> None:
    assert {result.roster.holder(meeting, "lead") for meeting in ("M02", "M06")} == {"F01"}
    assert sample.facilitator("F01").organisation == "GEM"
    account = result.ledger.of("GEM")
    # M02: 2 hours, half an hour around it, half of preparation; M06: 2, a quarter and a half
    assert account.given == 3 + Fraction(11, 4)
    taken = account.received + account.external
    assert all(item.received + item.external < taken for item in result.ledger.accounts if item is not account)
    shared = with_leads(result, {"M06": "F05"})  # as by hand: another unit of the municipality gives those hours
    assert shared.legal
    assert points(shared)[:4] == points(result.report)[:4]
    assert shared.penalty("reciprocity") > result.report.penalty("reciprocity")
    assert shared.penalty("fair-load") < result.report.penalty("fair-load")


def test_the_hand_made_roster_is_fair_to_people_not_to_organisations_and_dearer(
    sample: Problem, result: Result
) -> None:
    made = check(sample, read_roster(SAMPLES / "extern-2026-06.hand-made.csv", sample))
    assert made.legal
    assert points(made)[:4] == points(result.report)[:4]
    assert not made.by_rule["fair-load"]
    assert made.penalty("reciprocity") > result.report.penalty("reciprocity")
    assert points(made)[4] > points(result.report)[4]
    assert made.roster.holder("M03", "lead") == made.roster.holder("M05", "lead") == "F11"
    assert sum(item.penalty / item.scale for item in made.by_rule["cost"]) == pytest.approx(2958.75 + 50)
