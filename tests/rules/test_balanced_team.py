"""Rule `balanced-team`: in a team of insiders each party that decides has as many of its own."""

from __future__ import annotations

import random
from typing import Any

import pytest
from tests.builders import PARTY, breaks, facilitator, meeting, out, penalty, problem, roster
from tests.neutrality.policies import INSIDERS
from tests.rings import enough, seeds
from tests.rules.insiders import BALANCED, EMPLOYERS, GRADES, consent, holding, team

from poolmatch import STANDARD_RULES, Problem, ProblemError, Roster, RuleSet, Status, check, solve
from poolmatch.arrays import Arrays
from poolmatch.checking import input_issues, judge
from poolmatch.domain.roster import RosterRow
from poolmatch.neutrality import INTERNAL, STRICT, Policy, assess
from poolmatch.rules.balanced_team import BalancedTeamRule
from poolmatch.rules.pinned import PinnedRule
from poolmatch.testing import check_rule, every_roster

RULE = "balanced-team"
FOUR = ("lead", "co", "mentor", "mentor")
DECIDERS = (PARTY, "Corp", "Water")


def wrong(case: Problem, *names: str | None) -> bool:
    """Tell whether it is illegal that these people hold s1, s2 … in this order."""
    return breaks(RULE, case, holding(*names), BALANCED)


def side(case: Problem, who: str = "F1", policy: Policy = INSIDERS) -> str:
    """Return the degree of somebody at the meeting, and whose side they take."""
    found = assess(case, who, "M1", policy=policy)
    return " ".join(filter(None, [found.degree.word, found.balanced]))


# --- the team ------------------------------------------------------------------------------------------------


def test_one_of_each_party_that_decides() -> None:
    case = team()
    assert not wrong(case, "F1", "F2")
    assert not wrong(case, "F2", "F1")
    assert not wrong(case, None, None)
    assert not wrong(case, "F3", None)
    for alone in (("F1", None), (None, "F1"), ("F2", None), ("F1", "F3"), ("F3", "F2")):
        assert wrong(case, *alone)


def test_as_many_of_each() -> None:
    case = team(FOUR, ("F1", "F2", "F3", "F4", "F5"))
    assert not wrong(case, "F1", "F2", "F4", "F5")
    assert not wrong(case, "F1", "F2", "F3", None)
    assert not wrong(case, None, "F1", None, "F5")
    assert wrong(case, "F1", "F2", "F4", None)
    assert wrong(case, "F1", "F2", "F4", "F3")
    assert wrong(case, "F1", "F4", None, None)


def test_three_that_decide_need_three() -> None:
    grades = {PARTY: "decider", "Corp": "decider", "Water": "decider"}
    case = team(("lead", "co", "mentor"), ("F1", "F2", "F6", "F4"), grades, waivers=[])
    assert not wrong(case, "F1", "F2", "F6")
    assert not wrong(case, "F6", "F4", "F2")
    assert wrong(case, "F1", "F2", None)
    assert wrong(case, "F1", "F2", "F4")
    assert wrong(case, None, "F2", "F6")


@pytest.mark.parametrize("role", ["scribe", "observer", "trainee"])
def test_who_takes_a_side_sits_in_the_team_or_nowhere(role: str) -> None:
    case = team(("lead", "co", role), ("F1", "F2", "F3", "F4"))
    assert not wrong(case, "F1", "F2", "F3")
    assert wrong(case, "F1", "F2", "F4")
    assert wrong(case, "F3", None, "F1")
    assert wrong(team(("lead", role), ("F1", "F2")), "F1", "F2")


def test_one_party_has_nobody_here() -> None:
    case = team(people=("F1", "F4", "F3"))
    assert wrong(case, "F1", "F4")
    assert wrong(case, "F1", None)
    assert not wrong(case, None, "F3")


def test_each_meeting_has_a_balance_of_its_own() -> None:
    rows = [meeting("M1"), meeting("M2", "2026-03-06 19:30", "2026-03-06 21:30")]
    seats = [{"meeting": f"M{m}", "seat": f"s{n}", "role": r} for m in (1, 2) for n, r in ((1, "lead"), (2, "co"))]
    people = [facilitator(name, organisation=EMPLOYERS[name]) for name in ("F1", "F2")]
    both = {PARTY: "decider", "Corp": "decider"}
    case = problem(rows, people, {"M1": both, "M2": both}, seats)
    assert breaks(RULE, case, {("M1", "s1"): "F1", ("M2", "s1"): "F2"}, BALANCED)
    assert not breaks(RULE, case, {("M2", "s2"): "F1", ("M2", "s1"): "F2"}, BALANCED)


# --- who takes a side ----------------------------------------------------------------------------------------


def test_each_other_party_must_consent_and_who_decides_need_not() -> None:
    assert side(team()) == f"disclose {PARTY}"
    assert side(team(), "F2") == "disclose Corp"
    assert out(team(), "F1", seat="s1", rules=BALANCED) == set()
    for waivers in (
        [],
        [consent("F1", party="Corp")],
        [{**consent("F1"), "meeting": None, "series": "other"}],
        [consent("F1", consented_on="2026-03-06")],
        [consent("F1", expires="2026-03-04")],
        [consent("F2")],
    ):
        case = team(waivers=waivers)
        assert side(case) == "waivable"
        assert out(case, "F1", seat="s1", rules=BALANCED) == {"neutral"}
    assert side(team(waivers=[consent("F1", consented_on="2026-03-05", expires="2026-03-05")])) == f"disclose {PARTY}"
    both = {PARTY: "decider", "Corp": "decider"}
    assert side(team(grades=both, waivers=[])) == f"disclose {PARTY}"
    assert side(team(grades={**both, "School": "observer"}, waivers=[])) == f"disclose {PARTY}"
    for grade in ("commissioner", "interest", "contributor"):
        assert side(team(grades={**both, "School": grade}, waivers=[])) == "waivable"
        assert side(team(grades={**both, "School": grade})) == f"disclose {PARTY}"


def test_never_under_strict_nor_without_the_word() -> None:
    assert side(team(), policy=STRICT) == "blocked"
    assert side(team(), policy=INTERNAL) == "waivable"
    strictly = Policy.from_data({"name": "own", "base": "strict", "balanced_teams": True})
    assert side(team(), policy=strictly) == "blocked"
    family = [{"facilitator": "F3", "kind": "family", "organisation": PARTY}]
    case = team(ties=family, waivers=[{**consent("F3"), "organisation": PARTY}])
    assert side(case, "F3", strictly) == f"disclose {PARTY}"
    assert side(case, "F3", STRICT) == "waivable"


def test_one_party_that_decides_is_balanced_by_nobody() -> None:
    assert side(team(grades={PARTY: "decider", "Corp": "commissioner", "School": "interest"})) == "waivable"
    link = {"source": "Corp", "target": PARTY, "kind": "same_as"}
    assert side(team(links=[link])) == "waivable"
    assert side(team(links=[{**link, "end": "2026-03-04"}])) == f"disclose {PARTY}"


def test_who_is_tied_to_two_that_decide_takes_no_side() -> None:
    # The town controls the corporation: whoever works for the one is in the group of the other.
    group = [{"source": PARTY, "target": "Corp", "kind": "controls"}]
    assert [side(team(links=group), who) for who in ("F1", "F2")] == ["waivable", "waivable"]
    family = {"facilitator": "F1", "kind": "family"}
    assert side(team(ties=[{**family, "organisation": "Corp"}])) == "waivable"
    consents = [consent("F1"), {**consent("F1"), "organisation": "Corp"}]
    assert side(team(ties=[{**family, "organisation": "Corp"}], waivers=consents)) == "waivable"
    assert side(team(ties=[{**family, "organisation": PARTY}])) == f"disclose {PARTY}"
    # A tie to a party that only has an interest leans to nobody, unless every party consents to it.
    school = [{**family, "organisation": "School"}]
    given = [{**consent("F1", party=party), "organisation": "School"} for party in (PARTY, "Corp", "School")]
    assert side(team(ties=school)) == "waivable"
    assert side(team(ties=school, waivers=[consent("F1"), *given])) == f"disclose {PARTY}"


def test_an_employer_under_two_ids_is_one() -> None:
    link = {"source": "Aldermen", "target": PARTY, "kind": "same_as"}
    case = team(grades={"Aldermen": "decider", "Corp": "decider", "School": "interest"}, links=[link])
    assert side(case) == "disclose Aldermen"
    assert not wrong(case, "F1", "F2")
    assert wrong(case, "F1", "F3")
    # Two grades of one organisation: it decides, and its other id need not consent by itself.
    grades = {PARTY: "decider", "Corp": "decider", "Aldermen": "interest"}
    assert side(team(grades=grades, links=[link], waivers=[])) == "disclose Aldermen"


def test_contention_raises_what_could_be_balanced_to_blocked() -> None:
    hot = {"contention": "high"}
    assert side(team(about=hot)) == "blocked"
    # What had to be told needs consent then, and can be balanced.
    resident = [{"facilitator": "F3", "kind": "resident", "organisation": PARTY}]
    case = team(about=hot, ties=resident, waivers=[{**consent("F3"), "organisation": PARTY}])
    assert side(case, "F3") == f"disclose {PARTY}"


def test_what_no_organisation_is_behind_is_balanced_by_nobody() -> None:
    grades = dict.fromkeys(("decider", "commissioner", "interest", "contributor", "observer"), "waivable")
    data: dict[str, Any] = {"name": "own", "base": "internal", "balanced_teams": True}
    policy = Policy.from_data({**data, "regrade": {"worked-on-dossier": grades, "unknown-employer": grades}})
    dossier = [{"facilitator": "F1", "kind": "dossier", "meeting": "M1"}]
    assert side(team(), policy=policy) == f"disclose {PARTY}"
    assert side(team(ties=dossier), policy=policy) == "waivable"
    case = team().replace(facilitators=[facilitator("F1", organisation=None)], waivers=[])
    assert side(case, policy=policy) == "waivable"


def test_who_has_the_consent_of_every_party_needs_no_balance() -> None:
    given = [consent("F1", party=party) for party in (PARTY, "Corp", "School")]
    case = team(waivers=[*given, consent("F2")])
    found = assess(case, "F1", "M1", policy=INSIDERS)
    assert (found.degree.word, found.waived, found.balanced) == ("disclose", True, "")
    assert not wrong(case, "F1", None)
    assert wrong(case, "F1", "F2")  # F1 counts for nobody


# --- slots, the past, duties ---------------------------------------------------------------------------------


def test_of_a_flexible_meeting_the_chosen_slot_counts() -> None:
    slots = [{"meeting": "M1", "start": f"2026-03-{d} 10:00", "end": f"2026-03-{d} 12:00"} for d in ("05", "12")]
    # From the 10th on the corporation and the town are one: then nobody can be balanced.
    link = {"source": "Corp", "target": PARTY, "kind": "same_as", "start": "2026-03-10"}
    case = team(links=[link]).replace(meetings=[{"meeting": "M1"}], slots=slots)
    check_rule(BALANCED[RULE], case)
    for slot, names, legal in (
        (0, ("F1", "F2"), True),
        (0, ("F1", None), False),
        (1, ("F1", "F2"), False),
        (1, ("F3", None), True),
    ):
        start = case.slots[slot].start
        rows = (RosterRow(meeting="M1", seat=f"s{n}", facilitator=who, start=start) for n, who in enumerate(names, 1))
        assert check(case, Roster(rows=tuple(rows)), BALANCED).legal is legal
    found = solve(case, BALANCED, workers=1)
    assert {row.start for row in found.roster.rows} == {case.slots[0].start}
    assert found.roster.filled == 2


def test_the_past_alone_is_told_and_makes_no_roster_illegal() -> None:
    period = {"name": "p", "start": "2026-03-01", "end": "2026-03-31", "timezone": "Europe/Amsterdam"}
    told = [{"meeting": "M1", "seat": "s1", "facilitator": "F1"}]
    case = team(period={**period, "today": "2026-03-10"}, published=told)
    check_rule(BALANCED[RULE], case)
    report = check(case, Roster(rows=()), BALANCED)
    assert report.legal
    assert [item.severity for item in report.by_rule[RULE]] == ["note"]
    assert solve(case, BALANCED, workers=1).status is Status.OPTIMAL


def test_duties_are_decided_by_nobody() -> None:
    duties = [{"duty": "D1", "kind": "coaching", "hours": 2, "organisation": PARTY}]
    case = team(duties=duties)
    assert assess(case, "F1", "D1", policy=INSIDERS).degree.word == "waivable"
    assert not breaks(RULE, case, {("D1", "coaching"): "F1"}, BALANCED)


# --- other rules ---------------------------------------------------------------------------------------------


def test_a_balanced_assignment_costs_as_much_as_a_waived_one() -> None:
    case = team()
    assert penalty("neutral-choice", case, holding("F1", "F2"), BALANCED) == 16
    assert penalty("neutral-choice", case, holding("F3", None), BALANCED) == 0
    (first, _) = check(case, roster(holding("F1", "F2")), BALANCED).by_rule["neutral-choice"]
    assert first.words.en == "F1 at M1: disclose (only in balance)."
    assert first.words.nl == "F1 bij M1: melden (alleen in evenwicht)."


# --- rule sets -----------------------------------------------------------------------------------------------

TOML = '[policy]\nname = "own"\nbase = "internal"\nbalanced_teams = true\n'


def test_a_policy_with_balanced_teams_needs_the_rule() -> None:
    with pytest.raises(ValueError, match="the policy insiders has balanced teams, and so needs the rule balanced-team"):
        STANDARD_RULES.with_policy(INSIDERS)
    with pytest.raises(ValueError, match="needs the rule balanced-team"):
        BALANCED.without(RULE)
    with pytest.raises(ProblemError, match="needs the rule balanced-team"):
        RuleSet.from_toml(TOML)
    rules = RuleSet.from_toml(f"{TOML}[rules.balanced-team]\n")
    assert rules[RULE] == BalancedTeamRule(policy=rules.policy)
    assert rules.policy.balanced_teams
    # Without the rule that keeps out who is not neutral nothing is bent.
    assert BALANCED.without("neutral").without(RULE).policy == INSIDERS


@pytest.mark.parametrize("policy", [STRICT, INTERNAL])
def test_the_rule_needs_a_policy_with_balanced_teams(policy: Policy) -> None:
    rules = STANDARD_RULES.plus(BalancedTeamRule()).with_policy(policy)
    for ask in (lambda: solve(team(), rules), lambda: check(team(), Roster(rows=()), rules)):
        with pytest.raises(ProblemError) as caught:
            ask()
        assert [issue.code for issue in caught.value.issues] == ["balanced-team-without-policy"]
    assert check_rule(rules[RULE], team()) == 13


def test_a_rule_that_matches_no_meeting_is_told() -> None:
    codes = [issue.code for issue in input_issues(team(), BALANCED)]
    assert "balanced-team-nowhere" not in codes
    one = {PARTY: "decider", "Corp": "commissioner"}
    three = {**GRADES, "Water": "decider"}
    for case in (team(grades=one), team(("lead",)), team(("lead", "scribe")), team(grades=three)):
        (issue,) = [issue for issue in input_issues(case, BALANCED) if issue.code == "balanced-team-nowhere"]
        assert (issue.severity, issue.table, issue.column) == ("warning", "rules", "rules.balanced-team")


# --- solving -------------------------------------------------------------------------------------------------


def test_solve_seats_two_insiders_together_and_prefers_who_is_neutral() -> None:
    pair = team(people=("F1", "F2"))
    assert solve(pair, BALANCED, workers=1).roster.filled == 2
    assert solve(pair, STANDARD_RULES.with_policy(INTERNAL), workers=1).roster.filled == 0
    # F3 alone fills one of two seats; F1 and F2 fill both.
    found = solve(team(), BALANCED, workers=1)
    assert {row.facilitator for row in found.roster.rows} == {"F1", "F2"}
    assert found.status is Status.OPTIMAL
    assert [tier.value for tier in found.tiers[:2]] == [0, 16]
    # F6 works for somebody who has no stake.
    neutral = team(people=("F1", "F2", "F3", "F6"))
    assert {row.facilitator for row in solve(neutral, BALANCED, workers=1).roster.rows} == {"F3", "F6"}


def test_a_pin_waits_for_the_other_side() -> None:
    pins = [{"meeting": "M1", "seat": "s1", "facilitator": "F1"}]
    found = solve(team(pins=pins), BALANCED, workers=1)
    assert [row.facilitator for row in found.roster.rows] == ["F1", "F2"]
    both = [{"meeting": "M1", "seat": f"s{n}", "facilitator": name} for n, name in ((1, "F3"), (2, "F1"))]
    clash = solve(team(pins=both), BALANCED, workers=1)
    assert clash.status is Status.INFEASIBLE
    assert [pin.facilitator for pin in clash.clash] == ["F3", "F1"]
    forced = solve(team(people=("F1", "F3"), pins=pins), BALANCED.plus(PinnedRule(force=True)), workers=1)
    assert forced.roster.holder("M1", "s1") == "F1"
    assert {item.rule for item in forced.report.violations} == {RULE}


def drawn(rng: random.Random) -> Problem:
    """Return two meetings on which two or three parties decide, and people of theirs, of whom some take little work."""
    names = [f"F{n}" for n in (1, 2, 3, 4)]
    people = [
        facilitator(
            name, organisation=rng.choice([*DECIDERS, *DECIDERS, "Elsewhere"]), max_meetings=rng.choice([None, 1])
        )
        for name in names
    ]
    rows = [meeting("M1"), meeting("M2", "2026-03-12 19:30", "2026-03-12 21:30")]
    stakes, seats, waivers = {}, [], []
    for row in rows:
        grades = dict.fromkeys(rng.sample(DECIDERS, rng.choice([2, 2, 3])), "decider")
        stakes[row["meeting"]] = {**grades, "School": "interest"}
        for n, role in ((1, "lead"), (2, rng.choice(["co", "co", "mentor", "scribe"]))):
            seats.append({"meeting": row["meeting"], "seat": f"s{n}", "role": role, "required": rng.random() < 0.8})
        for person in people:
            if rng.random() < 0.9:
                about = {"facilitator": person["facilitator"], "organisation": person["organisation"]}
                waivers.append({**about, "meeting": row["meeting"], "party": "School", "consented_on": "2026-03-01"})
    return problem(rows, people, stakes, seats, waivers=waivers)


def test_solve_finds_the_best_of_all_rosters() -> None:
    in_balance = 0
    for seed in seeds(6):
        case = drawn(random.Random(seed))
        found = solve(case, BALANCED, workers=1, time_limit=20)
        assert found.status is Status.OPTIMAL
        world = Arrays(case)
        reports = (judge(case, item, BALANCED, world) for item in every_roster(case))
        best = min([tier.value for tier in report.tiers] for report in reports if report.legal)
        assert [tier.value for tier in found.tiers] == best
        in_balance += any("(only in balance)" in item.words.en for item in found.report.by_rule["neutral-choice"])
    assert in_balance >= enough(1)


# --- words ---------------------------------------------------------------------------------------------------


def test_the_words_name_each_side() -> None:
    (finding,) = check(team(), roster(holding("F1", "F3")), BALANCED).by_rule[RULE]
    assert finding.words.en == (
        f"In the team of M1 not every party that decides has as many of its own: Corp: nobody; {PARTY}: F1."
    )
    assert finding.words.nl == (
        f"In het team van M1 heeft niet elke partij die beslist evenveel eigen mensen: Corp: niemand; {PARTY}: F1."
    )
    assert (finding.facilitators, finding.meetings, finding.organisations) == (("F1",), ("M1",), ("Corp", PARTY))
    (outside,) = check(team(("lead", "scribe")), roster(holding("F3", "F1")), BALANCED).by_rule[RULE]
    assert outside.words.en == f"F1 takes the side of {PARTY} in M1 on s2: only a lead, co or mentor can be balanced."
    assert outside.words.nl == (
        f"F1 staat in M1 op s2 aan de kant van {PARTY}: alleen een leider, medebegeleider of mentor kan in evenwicht "
        "zijn."
    )
    assert (outside.facilitators, outside.seat, outside.organisations) == (("F1",), "s2", (PARTY,))
