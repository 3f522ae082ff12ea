"""Rule `neutral`: out where a tie is blocked, or waivable without the consent of all parties."""

from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np
import pytest
from tests.builders import PARTY, facilitator, meeting, out, problem, roster

from poolmatch import Problem, ProblemError, check, solve
from poolmatch.arrays import Arrays
from poolmatch.checking import judge
from poolmatch.domain.degree import Degree
from poolmatch.neutrality import INTERNAL, STRICT, Policy, assess
from poolmatch.neutrality.table import degrees
from poolmatch.neutrality.words import path_words
from poolmatch.rules.neutral import NeutralRule
from poolmatch.ruleset import STANDARD_RULES

GRADES = ("decider", "commissioner", "interest", "contributor", "observer")
# The page on neutrality, policy strict: the columns decider, commissioner, interest; contributor; observer.
BY_PARTY = dict(zip(GRADES, ["blocked", "blocked", "blocked", "blocked", "disclose"], strict=True))
IN_GROUP = dict(zip(GRADES, ["blocked", "blocked", "blocked", "waivable", "disclose"], strict=True))
# Policy internal: both rows at waivable for every grade but observer.
AMONG_OURSELVES = dict(zip(GRADES, ["waivable", "waivable", "waivable", "waivable", "disclose"], strict=True))
INTERNAL_RULES = STANDARD_RULES.with_policy(INTERNAL)


def degree(problem: Problem, who: str = "F1", where: str = "M1", policy: Policy = STRICT) -> str:
    """Return the degree of one pair; the one by one assessment and the vectorised one must agree."""
    one = assess(problem, who, where, policy=policy)
    world = Arrays(problem)
    place = np.flatnonzero(world.occasions.meeting == world.meeting_positions[where])
    many = degrees(world.person(world.positions[who]), world.occasions, policy)
    assert [one.degree] * len(place) == many.degree[place].tolist()
    assert [one.waived] * len(place) == many.waived[place].tolist()
    return one.degree.word


def tied(way: str, organisation: str, **dates: str) -> dict[str, Any]:
    """Return the tables of a facilitator tied to an organisation: by the employer column, or by a row of ties."""
    if way == "employer":
        return {"facilitators": [facilitator(organisation=organisation)]}
    return {"ties": [{"facilitator": "F1", "kind": way, "organisation": organisation, **dates}]}


def chain(*links: tuple[str, str]) -> list[dict[str, str]]:
    """Return links from "Org 0" to the town; of each its kind, and whether it is written "forth" or "back"."""
    names = [*(f"Org {n}" for n in range(len(links))), PARTY]
    ends = [(a, b) if way == "forth" else (b, a) for (_, way), a, b in zip(links, names, names[1:], strict=False)]
    return [{"source": a, "target": b, "kind": kind} for (kind, _), (a, b) in zip(links, ends, strict=True)]


LINKS = tuple(product(("controls", "unit_of"), ("forth", "back")))


# --- degrees by grade --------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["employer", "employee", "director", "financial_interest"])
@pytest.mark.parametrize("grade", GRADES)
def test_employed_by_party(way: str, grade: str) -> None:
    case = problem(stakes={"M1": {PARTY: grade}}, **tied(way, PARTY))
    assert degree(case) == BY_PARTY[grade]
    assert out(case) == (set() if grade == "observer" else {"neutral"})
    assert degree(case, policy=INTERNAL) == AMONG_OURSELVES[grade]
    assert out(case, rules=INTERNAL_RULES) == (set() if grade == "observer" else {"neutral"})


@pytest.mark.parametrize("way", ["employer", "employee", "director", "financial_interest"])
@pytest.mark.parametrize("grade", GRADES)
def test_employed_in_group(way: str, grade: str) -> None:
    case = problem(stakes={"M1": {PARTY: grade}}, links=chain(("unit_of", "forth")), **tied(way, "Org 0"))
    assert degree(case) == IN_GROUP[grade]
    assert out(case) == (set() if grade == "observer" else {"neutral"})
    assert degree(case, policy=INTERNAL) == AMONG_OURSELVES[grade]


def test_a_facilitator_without_ties_to_any_party_is_neutral() -> None:
    case = problem(stakes={"M1": {PARTY: "decider", "School": "observer"}})
    assert degree(case) == "neutral"
    assert assess(case, "F1", "M1").paths == ()
    assert out(case) == set()


def test_no_employer_is_told_to_the_parties_and_warned_of() -> None:
    case = problem(facilitators=[facilitator(organisation=None), "F2"])
    assert degree(case) == "disclose"
    assert out(case) == set()
    (warning,) = [issue for issue in case.warnings if issue.column == "organisation"]
    assert (warning.table, warning.rows) == ("facilitators", (1,))


def test_the_worst_path_counts_and_every_path_is_kept() -> None:
    # Observer at the employer itself: disclose. Contributor along one link: waivable. So waivable.
    links = [{"source": "Mill", "target": "Town", "kind": "controls"}]
    case = problem(
        facilitators=[facilitator(organisation="Mill")],
        links=links,
        stakes={"M1": {"Mill": "observer", "Town": "contributor"}},
    )
    found = assess(case, "F1", "M1")
    assert found.degree == Degree.WAIVABLE
    assert [path_words(path).en for path in found.paths] == [
        "works for Mill (observer): disclose, rule employed-by-party",
        "works for Mill → which controls Town (contributor): waivable, rule employed-in-group",
    ]
    assert degree(case) == "waivable"


def test_ties_of_one_facilitator_say_nothing_of_another() -> None:
    case = problem(facilitators=[facilitator("F1", organisation=PARTY), "F2"])
    assert (degree(case, "F1"), degree(case, "F2")) == ("blocked", "neutral")
    assert (out(case, "F1"), out(case, "F2")) == ({"neutral"}, set())


def test_several_ties_are_looked_at() -> None:
    ties = [
        {"facilitator": "F1", "kind": "director", "organisation": "Mill"},
        {"facilitator": "F1", "kind": "financial_interest", "organisation": "School"},
    ]
    case = problem(ties=ties, stakes={"M1": {PARTY: "decider", "Mill": "observer", "School": "contributor"}})
    assert [path.degree for path in assess(case, "F1", "M1").paths] == [Degree.DISCLOSE, Degree.BLOCKED]
    assert out(case) == {"neutral"}


# --- chains ------------------------------------------------------------------------------------------------


def linked(*links: tuple[str, str]) -> Problem:
    return problem(facilitators=[facilitator(organisation="Org 0")], links=chain(*links))


@pytest.mark.parametrize("link", LINKS)
def test_a_link_carries_in_both_directions(link: tuple[str, str]) -> None:
    assert degree(linked(link)) == "blocked"
    assert out(linked(link)) == {"neutral"}


@pytest.mark.parametrize("links", [*product(LINKS, LINKS), *([link] * 3 for link in LINKS), LINKS[:3], LINKS[1:]])
def test_two_and_three_links_are_a_group(links: Sequence[tuple[str, str]]) -> None:
    case = linked(*links)
    assert degree(case) == "blocked"
    assert [len(path.steps) for path in assess(case, "F1", "M1").paths] == [len(links)]
    assert out(case) == {"neutral"}


@pytest.mark.parametrize("links", [LINKS, LINKS[::-1], *([link] * 4 for link in LINKS)])
def test_four_links_are_a_group_like_any_other(links: Sequence[tuple[str, str]]) -> None:
    assert degree(linked(*links)) == "blocked"
    assert out(linked(*links)) == {"neutral"}


@pytest.mark.parametrize(("since", "length"), [("2026-03-05", 3), ("2026-03-06", 4)])
def test_a_short_cut_shortens_a_chain_of_four_once_it_holds(since: str, length: int) -> None:
    # Org 0 → Org 1 → Org 2 → Org 3 → Town; with the short cut Org 0 → Org 2 → Org 3 → Town.
    short_cut = {"source": "Org 2", "target": "Org 0", "kind": "unit_of", "start": since}
    links = [*chain(*[("controls", "forth")] * 4), short_cut]
    case = problem(facilitators=[facilitator(organisation="Org 0")], links=links)
    assert degree(case) == "blocked"
    assert [len(path.steps) for path in assess(case, "F1", "M1").paths] == [length]
    assert out(case) == {"neutral"}


def test_rings_end_and_no_organisation_is_passed_twice() -> None:
    # Mill, Bank and Town control one another in a ring: of Mill → Town and Mill → Bank → Town the shorter is told.
    ring = [("Mill", "Bank"), ("Bank", "Town"), ("Town", "Mill")]
    links = [{"source": a, "target": b, "kind": "controls"} for a, b in ring]
    case = problem(facilitators=[facilitator(organisation="Mill")], links=links)
    assert degree(case) == "blocked"
    assert [path.organisations for path in assess(case, "F1", "M1").paths] == [("Mill", "Town")]
    assert out(case) == {"neutral"}


def test_the_way_there_and_back_is_no_path() -> None:
    # A policy that only knows groups. The employer is the party itself; over its mill and back it is no group.
    policy = STRICT.model_copy(update={"name": "own", "rows": STRICT.rows[1:]})
    links = [{"source": "Mill", "target": PARTY, "kind": "controls"}]
    case = problem(facilitators=[facilitator(organisation=PARTY)], links=links)
    assert degree(case, policy=policy) == "neutral"
    assert out(case, rules=STANDARD_RULES.with_policy(policy)) == set()


def test_a_ring_elsewhere_does_not_hang() -> None:
    ring = [("Mill", "Bank"), ("Bank", "Shop"), ("Shop", "Mill")]
    links = [{"source": a, "target": b, "kind": kind} for a, b in ring for kind in ("controls", "unit_of")]
    case = problem(facilitators=[facilitator(organisation="Mill")], links=links)
    assert degree(case) == "neutral"
    assert out(case) == set()


def test_two_units_of_one_whole_are_two_links_apart() -> None:
    links = [{"source": unit, "target": "Province", "kind": "unit_of"} for unit in ("Roads", PARTY)]
    case = problem(facilitators=[facilitator(organisation="Roads")], links=links)
    (path,) = assess(case, "F1", "M1").paths
    assert path.organisations == ("Roads", "Province", PARTY)
    assert out(case) == {"neutral"}


# --- days --------------------------------------------------------------------------------------------------

# The meeting is on Thursday 5 March. First days: 4 yes, 5 yes, 6 no. Last days: 4 no, 5 yes, 6 yes.
DATES = [
    ({"start": "2026-03-04"}, True),
    ({"start": "2026-03-05"}, True),
    ({"start": "2026-03-06"}, False),
    ({"end": "2026-03-04"}, False),
    ({"end": "2026-03-05"}, True),
    ({"end": "2026-03-06"}, True),
    ({"start": "2026-03-05", "end": "2026-03-05"}, True),
    ({"start": "2026-03-01", "end": "2026-03-04"}, False),
    ({"start": "2026-03-06", "end": "2026-03-31"}, False),
]
# 00:30 on 5 March in Amsterdam is 23:30 on 4 March in UTC; 20:30 on 5 March in New York is 01:30 on 6 March in UTC.
CLOCKS = [
    ("Europe/Amsterdam", "2026-03-05 19:30", "2026-03-05 21:30"),
    ("Europe/Amsterdam", "2026-03-05 00:30", "2026-03-05 02:30"),
    ("America/New_York", "2026-03-05 20:30", "2026-03-05 22:30"),
]


def at(zone: str, start: str, end: str, **tables: Any) -> Problem:
    period = {"name": "March", "start": "2026-03-01", "end": "2026-03-31", "timezone": zone}
    return problem([meeting("M1", start, end)], period=period, **tables)


@pytest.mark.parametrize("clock", CLOCKS)
@pytest.mark.parametrize(("dates", "active"), DATES)
def test_a_tie_counts_on_its_local_days_both_inclusive(
    dates: dict[str, str], active: bool, clock: tuple[str, str, str]
) -> None:
    case = at(*clock, **tied("financial_interest", PARTY, **dates))
    assert degree(case) == ("blocked" if active else "neutral")
    assert out(case) == ({"neutral"} if active else set())


@pytest.mark.parametrize("clock", CLOCKS)
@pytest.mark.parametrize(("dates", "active"), DATES)
def test_a_link_counts_on_its_local_days_both_inclusive(
    dates: dict[str, str], active: bool, clock: tuple[str, str, str]
) -> None:
    links = [{"source": "Mill", "target": PARTY, "kind": "controls", **dates}]
    case = at(*clock, facilitators=[facilitator(organisation="Mill")], links=links)
    assert degree(case) == ("blocked" if active else "neutral")
    assert out(case) == ({"neutral"} if active else set())


@pytest.mark.parametrize("kind", ["employee", "director"])
def test_employment_that_begins_counts_from_its_first_day(kind: str) -> None:
    assert out(problem(**tied(kind, PARTY, start="2026-03-05"))) == {"neutral"}
    assert out(problem(**tied(kind, PARTY, start="2026-03-06"))) == set()


def test_every_link_of_a_chain_must_hold_on_the_day() -> None:
    # The first link until 5 March, the second from 5 March on: together on 5 March only.
    links = [
        {"source": "Org 0", "target": "Org 1", "kind": "controls", "end": "2026-03-05"},
        {"source": "Org 1", "target": PARTY, "kind": "controls", "start": "2026-03-05"},
    ]
    meetings = [meeting(f"M{day}", f"2026-03-0{day} 19:30", f"2026-03-0{day} 21:30") for day in (4, 5, 6)]
    case = problem(meetings, [facilitator(organisation="Org 0")], links=links)
    assert [degree(case, where=f"M{day}") for day in (4, 5, 6)] == ["neutral", "blocked", "neutral"]
    assert [out(case, where=f"M{day}") for day in (4, 5, 6)] == [set(), {"neutral"}, set()]


def test_tie_and_link_must_hold_on_the_same_day() -> None:
    links = [{"source": "Mill", "target": PARTY, "kind": "controls", "start": "2026-03-05"}]
    ties = [{"facilitator": "F1", "kind": "financial_interest", "organisation": "Mill", "end": "2026-03-05"}]
    meetings = [meeting(f"M{day}", f"2026-03-0{day} 19:30", f"2026-03-0{day} 21:30") for day in (4, 5, 6)]
    case = problem(meetings, links=links, ties=ties)
    assert [degree(case, where=f"M{day}") for day in (4, 5, 6)] == ["neutral", "blocked", "neutral"]


def test_the_employer_column_counts_besides_an_interest_that_has_ended() -> None:
    case = problem(
        facilitators=[facilitator(organisation=PARTY)], ties=tied("financial_interest", PARTY, end="2026-03-01")["ties"]
    )
    assert out(case) == {"neutral"}


# --- what may be assigned, and what is told ----------------------------------------------------------------


def test_an_observing_employer_is_disclosed_and_no_obstacle() -> None:
    case = problem(
        facilitators=[facilitator(organisation="School")], stakes={"M1": {PARTY: "decider", "School": "observer"}}
    )
    report = check(case, roster({"M1": "F1"}))
    assert report.legal
    (row,) = report.roster.rows
    assert (row.degree, row.disclosure) == (
        "disclose",
        "works for School (observer): disclose, rule employed-by-party",
    )
    assert solve(case, workers=1).roster.holder("M1", "lead") == "F1"


def test_a_violation_cites_the_path() -> None:
    (finding,) = check(linked(("unit_of", "forth")), roster({"M1": "F1"})).violations
    en = "works for Org 0 → a unit of Town (decider): blocked, rule employed-in-group"
    nl = "werkt bij Org 0 → onderdeel van Town (beslisser): geblokkeerd, regel ‘in dienst in de groep van een partij’"
    assert finding.words.en == f"F1 is not neutral: {en}."
    assert finding.words.nl == f"F1 is niet neutraal: {nl}."


def test_under_internal_an_employee_may_not_act_without_consent() -> None:
    case = problem(facilitators=[facilitator(organisation=PARTY)])
    (row,) = judge(case, roster({"M1": "F1"}), INTERNAL_RULES).roster.rows
    assert row.degree == "waivable"
    assert out(case, rules=INTERNAL_RULES) == {"neutral"}


@pytest.mark.parametrize(
    ("regraded", "expected"),
    [("avoid", set()), ("disclose", set()), ("waivable", {"neutral"}), ("blocked", {"neutral"})],
)
def test_only_waivable_and_blocked_put_out(regraded: str, expected: set[str]) -> None:
    policy = Policy.from_data(
        {"name": "own", "base": "strict", "regrade": {"employed-by-party": {"decider": regraded}}}
    )
    case = problem(facilitators=[facilitator(organisation=PARTY)])
    assert degree(case, policy=policy) == regraded
    assert out(case, rules=STANDARD_RULES.with_policy(policy)) == expected


def test_a_path_that_no_row_matches_is_neutral_and_kept() -> None:
    policy = STRICT.model_copy(update={"name": "own", "rows": STRICT.rows[:1]})
    case = linked(("controls", "forth"))
    (path,) = assess(case, "F1", "M1", policy=policy).paths
    assert (path.degree, path.rule) == (Degree.NEUTRAL, "")
    assert path_words(path).en == "works for Org 0 → which controls Town (decider): neutral, no rule applies"
    assert out(case, rules=STANDARD_RULES.with_policy(policy)) == set()


def test_of_several_rows_the_harshest_counts() -> None:
    mild = STRICT.rows[0].model_copy(update={"rule": "mild", "decider": Degree.AVOID})
    case = problem(facilitators=[facilitator(organisation=PARTY)])
    for rows in [(mild, *STRICT.rows), (*STRICT.rows, mild)]:
        policy = STRICT.model_copy(update={"rows": rows})
        assert degree(case, policy=policy) == "blocked"
        assert assess(case, "F1", "M1", policy=policy).paths[0].rule == "employed-by-party"


def test_of_equally_harsh_rows_the_first_is_cited() -> None:
    twin = STRICT.rows[0].model_copy(update={"rule": "twin"})
    policy = STRICT.model_copy(update={"rows": (twin, *STRICT.rows)})
    case = problem(facilitators=[facilitator(organisation=PARTY)])
    assert assess(case, "F1", "M1", policy=policy).paths[0].rule == "twin"


# --- input that cannot be judged ---------------------------------------------------------------------------


def test_a_meeting_without_parties_is_an_error_for_check_and_solve() -> None:
    meetings = [
        meeting("M1"),
        meeting("M2", "2026-03-06 19:30", "2026-03-06 21:30"),
        meeting("M3", "2026-03-07 19:30", "2026-03-07 21:30"),
    ]
    case = problem(meetings, stakes={"M1": {}, "M3": {}})
    for ask in (lambda: check(case, roster({})), lambda: solve(case, workers=1)):
        with pytest.raises(ProblemError) as caught:
            ask()
        (issue,) = caught.value.issues
        assert (issue.table, issue.rows) == ("meetings", (1, 3))
        assert "has no parties" in str(issue)
        assert "allow_no_parties" in str(issue)


def test_a_meeting_without_parties_binds_nobody_where_it_is_allowed() -> None:
    case = problem(stakes={"M1": {}}, facilitators=[facilitator(organisation=PARTY)])
    rules = STANDARD_RULES.plus(NeutralRule(allow_no_parties=True))
    assert out(case, rules=rules) == set()
    assert solve(case, rules, workers=1).roster.holder("M1", "lead") == "F1"


def test_an_unknown_kind_of_tie_is_an_error_with_a_suggestion() -> None:
    case = problem(ties=[{"facilitator": "F1", "kind": "employe", "organisation": PARTY}])
    with pytest.raises(ProblemError, match=r'ties, row 1, column kind.*did you mean "employee"') as caught:
        check(case, roster({}))
    assert caught.value.errors[0].rows == (1,)
    with pytest.raises(ProblemError, match="ties, row 1"):
        solve(case, workers=1)


@pytest.mark.parametrize("kind", ["employee", "director", "financial_interest"])
@pytest.mark.parametrize("target", ["theme", "meeting", "series"])
def test_a_kind_of_tie_that_no_row_can_match_on_its_target_is_an_error(kind: str, target: str) -> None:
    value = {"theme": "housing", "meeting": "M1", "series": "course"}[target]
    meetings = [meeting(theme="housing", series="course")]
    case = problem(meetings, ties=[{"facilitator": "F1", "kind": kind, target: value}])
    for ask in (lambda: check(case, roster({})), lambda: solve(case, workers=1)):
        with pytest.raises(ProblemError) as caught:
            ask()
        assert [(issue.table, issue.rows, issue.column) for issue in caught.value.errors] == [("ties", (1,), target)]
