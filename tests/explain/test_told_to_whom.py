"""What each audience is told, answer by answer: worked examples, with everything that is theirs and nothing more."""

from datetime import date

import pytest
from tests.builders import Cells, facilitator, meeting, problem, roster
from tests.rule_of_gossip import GOSSIPING, GossipOnWork, Whisper

from poolmatch import (
    STANDARD_RULES,
    Audience,
    Problem,
    Roster,
    UnknownId,
    bottlenecks,
    check,
    compare,
    remedies,
    replan,
    resilience,
    substitutes,
    substitutes_for,
    what_if_table,
    why_empty,
    why_not,
    why_these,
)
from poolmatch.checking import Report
from poolmatch.domain.plan import Plan
from poolmatch.edits import PersonOut, RoleAdded
from poolmatch.explain import Comparison, Remedies, Remedy
from poolmatch.explain.answer import Answer, to_themselves
from poolmatch.explain.comparison import SeatChange, TierChange
from poolmatch.views import COORDINATOR, PUBLIC, View
from poolmatch.words import Words

EVENING = meeting("M1", "2026-03-05 19:00", "2026-03-05 21:00")
SAME_EVENING = meeting("M2", "2026-03-05 20:00", "2026-03-05 22:00")
NOT_THEIRS = ["Only the coordinator may see this; please ask the coordinator."]
TOWN, ELSEWHERE = Audience.party("Town"), Audience.party("Elsewhere")
DAY = date(2026, 3, 5)


def said(answer: Answer, report: Report, audience: Audience | str) -> list[str]:
    """Return the English of what somebody is told; a facilitator by their id."""
    reader = Audience.facilitator(audience) if isinstance(audience, str) else audience
    return [item.en for item in answer.said_to(View(report.plan, reader))]


def checked(case: Problem, held: Roster) -> Report:
    return check(case, held)


# --- why not -------------------------------------------------------------------------------------------------


def tied() -> Report:
    """F2 works for the town, and is on leave; F1 leads M1."""
    people: list[str | Cells] = ["F1", facilitator("F2", organisation="Town"), "F3"]
    away = {"facilitator": "F2", "start": "2026-03-05", "end": "2026-03-05", "kind": "unavailable"}
    return checked(problem(facilitators=people, availability=[away]), roster({"M1": "F1"}))


def test_who_asks_about_themselves_reads_the_evidence_and_nobody_else_does() -> None:
    report = tied()
    answer = why_not(report, "M1", "lead", "F2")
    evidence = [
        "F2 is not neutral: works for Town (decider): blocked, rule employed-by-party.",
        "F2 is not available throughout.",
    ]
    assert said(answer, report, COORDINATOR) == evidence
    assert said(answer, report, "F2") == evidence
    for other in ("F1", "F3", TOWN, ELSEWHERE, PUBLIC):
        assert said(answer, report, other) == NOT_THEIRS
    assert [item.nl for item in answer.said_to(View(report.plan, PUBLIC))] == [
        "Alleen de coördinator mag dit inzien; vraag het de coördinator."
    ]


def test_what_also_says_something_of_others_is_told_by_the_name_of_the_rule() -> None:
    seats = [{"meeting": "M1", "seat": role, "role": role} for role in ("lead", "co")]
    case = problem(
        [EVENING],
        [facilitator("F1", organisation="One"), facilitator("F2", organisation="Two")],
        seats=seats,
        pairings=[{"first": "F1", "second": "F2", "kind": "forbid"}],
    )
    report = checked(case, roster({("M1", "lead"): "F1"}))
    answer = why_not(report, "M1", "co", "F2", time_limit=0)
    assert said(answer, report, COORDINATOR)[0] == "F1 and F2 are together in M1, which is ruled out."
    assert said(answer, report, "F2")[0] == 'The rule "pairs" stands in the way.'


def test_a_rule_of_ones_own_hides_what_it_says_unless_it_says_that_it_may_be_read() -> None:
    report = check(problem(facilitators=["F1", "F2", "F3"]), roster({"M1": "F3"}), GOSSIPING)
    for who, rule in (("F1", "on-people"), ("F2", "on-work")):
        answer = why_not(report, "M1", "lead", who)
        assert said(answer, report, COORDINATOR)[0].startswith("gossip")
        assert said(answer, report, who)[0] == f'The rule "{rule}" stands in the way.'
        assert len(said(answer, report, who)) == (1 if who == "F1" else 2)


class Discreet(GossipOnWork):
    discreet = True


@pytest.mark.parametrize(
    ("rule", "about", "read"),
    [
        (Discreet(), ("F1",), True),
        (Discreet(), ("F1", "F2"), False),
        (Discreet(), ("F2",), False),
        (Discreet(), (), False),
        (GossipOnWork(), ("F1",), False),
    ],
)
def test_what_a_rule_says_is_read_where_it_is_discreet_and_about_nobody_else(
    rule: GossipOnWork, about: tuple[str, ...], read: bool
) -> None:
    told = to_themselves(rule, Words("all of it", "alles"), about, "F1")
    assert told.nl == ("alles" if read else 'De regel "on-work" staat in de weg.')


# --- why these, why empty, remedies --------------------------------------------------------------------------


def test_why_these_is_for_the_person_alone() -> None:
    report = tied()
    answer = why_these(report, "F1")
    assert said(answer, report, "F1") == said(answer, report, COORDINATOR)
    assert said(answer, report, "F3") == NOT_THEIRS
    nobodys = why_these(checked(problem(facilitators=["F1", facilitator("X", external=True)]), roster({})), "X")
    assert said(nobodys, checked(problem(facilitators=["X"]), roster({})), "X") == [
        "X has no seat that is still to come."
    ]


def test_who_sits_there_is_told_to_the_parties_and_to_who_sits_beside() -> None:
    report = tied()
    answer = why_empty(report, "M1", "lead")
    for reader in (COORDINATOR, TOWN, "F1"):
        assert said(answer, report, reader) == ["F1 holds it."]
    assert said(answer, report, "F2") == ["Somebody holds it."]
    for other in (ELSEWHERE, PUBLIC):
        assert said(answer, report, other) == NOT_THEIRS


def test_of_an_empty_seat_everybody_reads_what_is_on_record_of_themselves() -> None:
    people: list[str | Cells] = [facilitator("F1", roles="co"), facilitator("F2", organisation="Town")]
    report = checked(problem(facilitators=people), roster({}))
    answer = why_empty(report, "M1", "lead")
    assert said(answer, report, COORDINATOR)[:2] == [
        "Not possible, by neutral: F2.",
        "Not possible, by role: F1.",
    ]
    assert said(answer, report, "F1") == [
        "Not possible, by role: F1.",
        "F1 does not take the role lead (roles: co).",
        "In every legal roster it is empty.",
    ]
    assert said(answer, report, "F2")[0] == "Not possible, by neutral: F2."
    assert said(answer, report, TOWN) == ["Nobody holds it; ask the coordinator why."]


def test_a_remedy_is_told_to_whom_alone_it_asks_something() -> None:
    people: list[str | Cells] = [facilitator("F1", roles="co"), facilitator("F2", max_meetings=0)]
    report = checked(problem(facilitators=people), roster({}))
    answer = remedies(report, "M1", "lead", most=9)
    assert any("F2" in item for item in said(answer, report, COORDINATOR))
    told = said(answer, report, "F1")
    assert told[:2] == ["Let F1 take the role lead.", "F1 takes seat lead of M1."]
    assert not any("F2" in item for item in told)
    assert said(answer, report, TOWN) == NOT_THEIRS


def test_of_a_remedy_nobody_reads_who_else_moves_nor_what_an_edit_may_say_of_others() -> None:
    report = checked(problem(facilitators=["F1", "F2"]), roster({}))
    others = Comparison((SeatChange("M2", "lead", "F2", None),), (), (), tiers=(TierChange(1, 8, 4),))
    moves = Remedy((), (("M1", "lead", "F1"),), others)
    gossips = Remedy((Whisper("F1", Words("F2 is ill", "F2 is ziek")),), (("M1", "lead", "F1"),), others)
    asks_another = Remedy((RoleAdded("F2", "lead"),), (("M1", "lead", "F1"),), others)
    answer = Remedies((("M1", "lead"),), (moves, gossips, asks_another), True)
    assert "Seat lead of M2 is empty; F2 held it." in said(answer, report, COORDINATOR)
    assert said(answer, report, "F1") == [
        "F1 takes seat lead of M1.",
        "1 coverage: 4 points instead of 8.",
    ]


def test_whom_no_remedy_asks_anything_is_not_told_that_there_is_none() -> None:
    report = checked(problem(facilitators=[facilitator("F1", roles="co"), facilitator("F2", roles="co")]), roster({}))
    answer = remedies(report, "M1", "lead", most=1)
    (other,) = {"F1", "F2"} - {who for item in answer.remedies for *_, who in item.holders}
    assert said(answer, report, other) == [f"Nothing is known that {other} alone could do about it."]


# --- stepping in, replanning, comparing ----------------------------------------------------------------------


def two_at_once() -> Report:
    """M1 and M2 overlap; F1 and F2 lead them, F3 could step in, F4 is on leave."""
    away = {"facilitator": "F4", "start": "2026-03-05", "end": "2026-03-05", "kind": "unavailable"}
    case = problem([EVENING, SAME_EVENING], ["F1", "F2", "F3", "F4"], availability=[away])
    return checked(case, roster({"M1": "F1", "M2": "F2"}))


def test_who_could_step_in_is_told_to_each_of_themselves() -> None:
    report = two_at_once()
    answer = substitutes(report, "M1", "lead")
    assert said(answer, report, "F1") == ["People who can take seat lead of M1: 2."]
    assert said(answer, report, "F3")[0] == "F3 can take seat lead of M1; nobody has to move."
    assert said(answer, report, "F2")[0] == "F2 can take seat lead of M1; people who would have to move for it: 2."
    assert said(answer, report, "F4") == ["F4 cannot take seat lead of M1."]
    assert said(answer, report, TOWN) == NOT_THEIRS


def test_that_somebody_falls_out_is_told_to_nobody_else() -> None:
    report = two_at_once()
    answer = substitutes_for(report, "F1", DAY)
    assert said(answer, report, "F1") == ["People who can take seat lead of M1: 2."]
    for other in ("F2", "F3", TOWN, PUBLIC):
        assert said(answer, report, other) == NOT_THEIRS


def test_after_an_illness_nobody_is_told_who_is_ill() -> None:
    report = two_at_once()
    answer = replan(report.problem, report, edits=[PersonOut("F1")])
    assert said(answer, answer.report, COORDINATOR)[0].startswith("F1 cannot keep seat lead of M1: ")
    assert said(answer, answer.report, "F1") == ["F1 no longer has seat lead of M1, 2026-03-05 19:00."]
    assert said(answer, answer.report, "F3") == ["F3 takes seat lead of M1, 2026-03-05 19:00."]
    assert said(answer, answer.report, "F2") == ["Nothing changes in the meetings of F2 that go on."]
    assert said(answer, answer.report, TOWN) == ["F3 comes into seat lead of M1."]
    assert said(answer, answer.report, PUBLIC) == NOT_THEIRS


def test_what_differs_is_told_to_those_it_concerns() -> None:
    seats = [{"meeting": "M1", "seat": role, "role": role} for role in ("lead", "co")]
    people: list[str | Cells] = [facilitator(f"F{n}", organisation=f"E{n}") for n in (1, 2, 3)]
    case = problem([EVENING, SAME_EVENING], people, {"M2": {"Elsewhere": "decider"}}, seats=seats)
    before = checked(case, roster({("M1", "lead"): "F1", ("M1", "co"): "F2"}))
    after = checked(case, roster({("M1", "lead"): "F1", ("M1", "co"): "F3"}))
    answer = compare(before, after)
    assert said(answer, after, COORDINATOR)[0] == "Seat co of M1: F3 instead of F2."
    assert said(answer, after, "F1") == ["F3 comes into seat co of M1."]
    assert said(answer, after, "F2") == ["F2 leaves seat co of M1."]
    assert said(answer, after, "F3") == ["F3 comes into seat co of M1."]
    assert said(answer, after, TOWN) == ["F3 comes into seat co of M1."]
    assert said(answer, after, ELSEWHERE) == ["Nothing changes in the meetings of Elsewhere that go on."]
    emptied = compare(before, checked(case, roster({("M1", "lead"): "F1"})))
    assert said(emptied, after, TOWN) == ["Seat co of M1 is empty."]


# --- the whole pool ------------------------------------------------------------------------------------------


def test_what_is_about_the_whole_pool_is_for_the_coordinator() -> None:
    report = two_at_once()
    table = what_if_table(report.problem, {"F1 ill": [PersonOut("F1")]}, time_limit=1)
    answers: list[Answer] = [
        bottlenecks(report.problem, most=0),
        resilience(report.problem, report.roster, STANDARD_RULES, pairs=0),
        *table,
    ]
    for answer in answers:
        assert said(answer, report, COORDINATOR)
        for other in ("F1", TOWN, PUBLIC):
            assert said(answer, report, other) == NOT_THEIRS
    assert said(table[0], report, COORDINATOR) == ["As it is: 2 of 2 required seats filled."]
    assert said(table[1], report, COORDINATOR)[0] == "F1 ill: 2 of 2 required seats filled."


def test_a_scenario_that_fails_says_why() -> None:
    case = problem(facilitators=["F1"])
    row = what_if_table(case, {"gone": [PersonOut("F9")]}, time_limit=1)[1]
    assert row.words[0].en.startswith("gone: ")
    assert "F9" in row.words[0].nl


def test_an_answer_is_for_the_coordinator_unless_it_says_otherwise() -> None:
    class Rumour(Answer):
        words = ()

    plan = Plan(problem(), roster({}))
    with pytest.raises(UnknownId):
        View(plan, Audience.facilitator("F9"))
    assert [item.en for item in Rumour().said_to(View(plan, Audience.facilitator("F1")))] == NOT_THEIRS
