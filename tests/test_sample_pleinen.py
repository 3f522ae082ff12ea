"""The sample pleinen, and its roster, are what its README says they are."""

import re
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from tests.rings import seeds

from poolmatch import Problem, Report, Result, Roster, Status, assess, check, read, read_roster, solve
from poolmatch.domain.roster import RosterRow
from poolmatch.explain import empty_seats

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
SAMPLE = SAMPLES / "pleinen-2026-05"
PLEINEN = ["M05", "M10", "M11", "M13", "M14", "M15", "M19", "M20", "M22", "M23"]
INTAKES = ["M01", "M03", "M04", "M07", "M08", "M09", "M12", "M17"]
MANAGEMENT = ["M02", "M18"]
MASTERCLASSES = ["M06", "M16", "M21"]
METHODS = {"deep-democracy", "appreciative-inquiry", "collective-sensemaking"}
BRINGING = {"lead", "co", "mentor", "scribe"}


@pytest.fixture(scope="module")
def sample() -> Problem:
    return read(SAMPLE)


@pytest.fixture(scope="module", params=seeds(3))
def result(sample: Problem, request: pytest.FixtureRequest) -> Result:
    return solve(sample, seed=request.param)


def people(problem: Problem, role: str = "") -> list[str]:
    return [row.facilitator for row in problem.facilitators if not role or role in row.roles]


def degree(problem: Problem, who: str, meeting: str) -> str:
    return assess(problem, who, meeting).degree.word


def out(problem: Problem, who: str, meeting: str, seat: str) -> set[str]:
    """Return the rules that keep someone out of a seat, but for those about who else must be there."""
    alone = Roster(rows=(RosterRow(meeting=meeting, seat=seat, facilitator=who),))
    return {item.rule for item in check(problem, alone).violations} - {"lead-first"}


def possible(problem: Problem, meeting: str, seat: str) -> set[str]:
    return {who for who in people(problem) if not out(problem, who, meeting, seat)}


def able(problem: Problem, skill: str, level: int, meeting: str) -> set[str]:
    return {who for who in people(problem) if problem.masters(who, skill, level, problem.day(meeting))}


def team(roster: Roster, meeting: str, roles: set[str] = BRINGING) -> set[str]:
    return {row.facilitator for row in roster.rows if row.meeting == meeting and row.role in roles and row.facilitator}


def points(report: Report) -> tuple[Fraction, ...]:
    return tuple(Fraction(tier.value, tier.scale) for tier in report.tiers)


def with_holders(result: Result, holders: dict[tuple[str, str], str | None]) -> Report:
    roster = result.roster
    for (meeting, seat), who in holders.items():
        roster = roster.with_holder(meeting, seat, who)
    return check(result.problem, roster)


# --- the tables ------------------------------------------------------------------------------------------


def test_it_reads_without_a_doubt(sample: Problem) -> None:
    assert sample.warnings == ()


def test_nineteen_facilitators_without_names_four_of_them_trainees(sample: Problem) -> None:
    assert people(sample) == [f"F{number:02d}" for number in range(1, 20)]
    assert all(re.fullmatch(r"Facilitator \d\d", person.name) for person in sample.facilitators)
    assert people(sample, "trainee") == ["F16", "F17", "F18", "F19"]


def test_twenty_three_meetings_of_four_kinds(sample: Problem) -> None:
    kinds = {
        "plein": PLEINEN,
        "intake: ": INTAKES,
        "regieoverleg": MANAGEMENT,
        "masterclass": MASTERCLASSES,
    }
    for word, names in kinds.items():
        found = [row.meeting for row in sample.meetings if word in (row.title or "").casefold()]
        assert [name for name in found if word != "plein" or name not in MANAGEMENT] == names
    assert sorted(name for names in kinds.values() for name in names) == [row.meeting for row in sample.meetings]
    assert len(sample.meetings) == 23


def test_the_team_of_a_plein_goes_by_the_number_of_participants(sample: Problem) -> None:
    for name in PLEINEN:
        number = sample.meeting(name).participants or 0
        co = 0 if number <= 40 else 1 if number <= 80 else 2
        roles = [seat.role for seat in sample.seats_of(name) if seat.required]
        assert roles == ["lead", *["co"] * co, "scribe"]
        (need,) = [row for row in sample.requirements_of(name, "lead") if row.kind == "required"]
        assert (need.skill, need.level) == ("large-groups", co + 2)
    assert {sample.meeting(name).participants for name in ("M10", "M14")} == {78, 95}  # either side of 80


def test_methods_are_asked_of_teams_and_masterclasses_of_the_mentor(sample: Problem) -> None:
    for row in sample.requirements:
        if row.skill in METHODS and row.kind == "required":
            assert (row.seat is None) == (row.meeting in PLEINEN)
            assert row.meeting in PLEINEN or (row.meeting in MASTERCLASSES and row.seat == "mentor")
    for name in MASTERCLASSES:
        assert [seat.role for seat in sample.seats_of(name)] == ["mentor"]
        assert {row.organisation: row.grade for row in sample.stakes_of(name)}["OPL"] == "commissioner"


def test_an_intake_is_session_0_of_its_plein(sample: Problem) -> None:
    for name in INTAKES:
        intake = sample.meeting(name)
        assert intake.session == 0
        others = [row for row in sample.series[str(intake.series)] if row.meeting != name]
        assert [row.session for row in others] == ([] if name == "M17" else [1])
    first = [row for row in sample.history if row.series == "ontmoeten-diezerpoort"]
    assert [(row.facilitator, row.session, row.seat) for row in first] == [("F06", 0, "lead")]
    assert (sample.meeting("M10").series, sample.meeting("M10").session) == ("ontmoeten-diezerpoort", 1)
    assert [name for name in PLEINEN if sample.meeting(name).series is None] == ["M05", "M11"]


def test_nothing_is_planned_on_the_holidays(sample: Problem) -> None:
    days = {sample.day(row.meeting) for row in sample.meetings}
    liberation_day, ascension, whit_monday = date(2026, 5, 5), date(2026, 5, 14), date(2026, 5, 25)
    assert ascension - date(2026, 4, 5) == timedelta(days=39)  # Easter 2026 is on 5 April
    assert not days & {liberation_day, ascension, ascension + timedelta(days=1), whit_monday}
    assert ascension - timedelta(days=1) in days


def test_the_licence_of_the_points_is_named() -> None:
    line = "Contains data from GeoNames (geonames.org), licensed under CC BY 4.0; modified by poolmatch."
    assert line in (SAMPLE / "README.md").read_text(encoding="utf-8")


# --- what to look at -------------------------------------------------------------------------------------


def test_what_cannot_be_had(sample: Problem, result: Result) -> None:
    assert result.status is Status.OPTIMAL
    assert result.seats == {"required": 41, "filled": 39}
    empty = {(item.meeting, item.seat): item.eligible for item in empty_seats(sample, result.roster, result.rules)}
    assert empty == {("M06", "mentor"): 0, ("M11", "scribe"): 0}
    assert [item.meetings for item in result.report.by_rule["team-skills"]] == [("M10",)]
    assert points(result.report)[0] == 2 + 4 + 8  # priorities 2, 3 and 4


def test_the_masterclass_waits_for_who_is_on_leave(sample: Problem) -> None:
    assert able(sample, "deep-democracy", 5, "M06") == {"F02"}
    assert out(sample, "F02", "M06", "mentor") == {"available"}


def test_on_the_eve_of_ascension_day_there_is_no_scribe(sample: Problem) -> None:
    assert sample.day("M11") == date(2026, 5, 13)
    reasons = {who: out(sample, who, "M11", "scribe") for who in people(sample, "scribe")}
    assert all("available" in reasons[who] for who in ("F07", "F12", "F13", "F15"))
    assert {"F07", "F12", "F13", "F14", "F15"} == set(reasons)
    assert reasons["F14"] == {"neutral"}
    assert sample.facilitator("F14").organisation == "GEM-WIJK"


def test_who_would_bring_the_skill_of_m10_is_away(sample: Problem) -> None:
    assert able(sample, "collective-sensemaking", 4, "M10") == {"F03", "F05"}
    assert all("available" in out(sample, who, "M10", "co") for who in ("F03", "F05"))


def test_who_does_the_intake_leads_the_plein(sample: Problem, result: Result) -> None:
    holder = result.roster.holder
    for name in INTAKES:
        leads = {holder(row.meeting, "lead") for row in sample.series[str(sample.meeting(name).series)]}
        assert len(leads) == 1
        assert None not in leads
    assert holder("M01", "lead") == holder("M14", "lead") == "F01"
    assert able(sample, "large-groups", 4, "M14") == {"F01", "F02", "F04", "F05"}
    assert all(out(sample, who, "M01", "lead") == {"available"} for who in ("F02", "F04", "F05"))
    assert holder("M10", "lead") == "F06"
    assert out(sample, "F01", "M10", "lead") == {"same-team"}


def test_a_team_has_the_methods_that_no_one_has(sample: Problem, result: Result) -> None:
    for name, number in (("M14", 3), ("M15", 2), ("M23", 2)):
        asked = sample.requirements_of(name, None)
        assert len(asked) == number
        holders = [able(sample, row.skill, row.level, name) for row in asked]
        assert not set.intersection(*holders)
        assert all(team(result.roster, name) & having for having in holders)


def test_a_public_position_gives_way_where_it_can(sample: Problem, result: Result) -> None:
    assert sample.meeting("M13").theme == sample.meeting("M23").theme == "energie"
    assert able(sample, "collective-sensemaking", 4, "M13") == {"F03", "F05"}
    assert degree(sample, "F03", "M13") == "disclose"
    assert degree(sample, "F05", "M13") == "neutral"
    there = team(result.roster, "M13")
    assert "F05" in there
    assert "F03" not in there


def test_a_public_position_is_told_where_nobody_else_brings_the_skill(sample: Problem, result: Result) -> None:
    assert able(sample, "collective-sensemaking", 4, "M23") == {"F03", "F05"}
    assert degree(sample, "F05", "M23") == "blocked"
    assert result.roster.holder("M23", "co") == "F03"
    told = {(row.meeting, row.facilitator) for row in result.roster.rows if row.disclosure}
    assert told == {("M23", "F03")}
    assert points(result.report)[1] == 4
    assert possible(sample, "M23", "lead") >= {"F03"}
    leads = {(name, "lead"): "F03" for name in ("M12", "M23")}
    as_lead = with_holders(result, {**leads, ("M23", "co"): result.roster.holder("M23", "lead")})
    assert not as_lead.by_rule["same-team"]
    assert points(as_lead)[1] == 8


def test_each_trainee_practises_but_one(sample: Problem, result: Result) -> None:
    practised = {row.facilitator for row in result.roster.rows if row.role == "trainee"}
    assert practised == {"F16", "F17", "F18"}
    assert [item.facilitators for item in result.report.by_rule["practice"]] == [("F19",)]
    assert not result.report.by_rule["optional-seats"]
    assert points(result.report)[3] == 1
    for row in result.roster.rows:
        if row.role == "trainee":
            asked = {need.skill for seat in (None, "lead") for need in sample.requirements_of(row.meeting, seat)}
            taught = set[str]().union(*(able(sample, skill, 3, row.meeting) for skill in asked))
            assert team(result.roster, row.meeting, {"lead", "co"}) & taught


def test_a_disclosure_outweighs_practice(sample: Problem, result: Result) -> None:
    assert sample.facilitator("F19").organisation == "GEM"
    reasons = {
        seat.meeting: out(sample, "F19", seat.meeting, seat.seat) for seat in sample.seats if seat.role == "trainee"
    }
    assert reasons == {"M05": {"available"}, "M13": {"neutral"}, "M19": set(), "M20": {"neutral"}}
    assert degree(sample, "F19", "M19") == "disclose"
    changed = with_holders(result, {("M19", "trainee"): "F19"})
    assert changed.legal
    assert points(changed)[1] == 4 + 4


def test_masterclasses_are_not_given_by_the_institutes_own_people(sample: Problem, result: Result) -> None:
    assert able(sample, "appreciative-inquiry", 5, "M16") == {"F01", "F04"}
    assert sample.facilitator("F04").organisation == "OPL"
    assert out(sample, "F04", "M16", "mentor") == {"neutral"}
    assert result.roster.holder("M16", "mentor") == "F01"


def test_nobody_gives_a_masterclass_after_too_short_a_night(sample: Problem, result: Result) -> None:
    nights = (("F01", "M15", "co1", "M16"), ("F05", "M20", "co", "M21"))
    for who, evening, seat, morning in nights:
        assert result.roster.holder(morning, "mentor") == who
        assert who not in team(result.roster, evening)
        assert not out(sample, who, evening, seat)
        both = [(evening, seat), (morning, "mentor")]
        rows = tuple(RosterRow(meeting=meeting, seat=name, facilitator=who) for meeting, name in both)
        assert "rest" in {item.rule for item in check(sample, Roster(rows=rows)).violations}


def test_one_person_is_left_to_lead_the_plein_about_the_dike(sample: Problem, result: Result) -> None:
    assert possible(sample, "M15", "lead") == {"F01", "F02", "F04"}
    assert out(sample, "F02", "M03", "lead") == {"available"}
    assert result.roster.holder("M03", "lead") == result.roster.holder("M15", "lead") == "F04"


def test_the_management_is_led_by_others_each_time_and_by_no_member(sample: Problem, result: Result) -> None:
    first, second = (result.roster.holder(name, "lead") for name in MANAGEMENT)
    assert None not in (first, second)
    assert first != second
    past = {row.session: row.facilitator for row in sample.history if row.series == "regieoverleg"}
    assert past == {3: "F05", 4: "F01"}
    assert [sample.meeting(name).session for name in MANAGEMENT] == [5, 6]
    assert first != "F01"
    assert not result.report.by_rule["continuity"]
    members = {row.source for row in sample.links if (row.kind, row.target) == ("member_of", "TAFEL")}
    for name in MANAGEMENT:
        employed = {row.facilitator for row in sample.facilitators if row.organisation in members - {"GEM"}}
        assert {degree(sample, who, name) for who in employed} == {"disclose"}
        assert not employed & team(result.roster, name)
    assert points(with_holders(result, {("M02", "lead"): "F01"}))[3] > points(result.report)[3]


def test_pairs(sample: Problem, result: Result) -> None:
    kinds = {(row.first, row.second): row.kind for row in sample.pairings}
    assert kinds == {("F01", "F12"): "prefer", ("F02", "F06"): "forbid", ("F04", "F15"): "avoid"}
    every: set[str] = {row.role for row in sample.seats}
    assert not any({"F02", "F06"} <= team(result.roster, row.meeting, every) for row in sample.meetings)


def test_the_hand_made_roster_is_as_good_down_to_tier_4(sample: Problem, result: Result) -> None:
    made = check(sample, read_roster(SAMPLES / "pleinen-2026-05.hand-made.csv", sample))
    assert made.legal
    assert points(made)[:4] == points(result.report)[:4]
    assert points(made)[4] > points(result.report)[4]
    assert made.penalty("fair-load") > result.report.penalty("fair-load")  # several are on leave for a week or more
    assert made.penalty("reciprocity") > result.report.penalty("reciprocity")
