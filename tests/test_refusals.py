"""What no rule judges yet is refused by name and row, by `check` and by `solve`; never ignored.

When the rule of a line is built, its line in `poolmatch.refusals` falls silent, and its case here goes.
"""

from collections.abc import Callable
from typing import Any

import pytest
from tests.builders import facilitator, meeting, problem, roster

from poolmatch import Problem, ProblemError, check, refusals, solve
from poolmatch.rules import ALL_RULES

LATER = meeting("M2", "2026-03-12 19:30", "2026-03-12 21:30")
TWO = (meeting("M1"), LATER)


def seated(*roles: str, **cells: Any) -> Problem:
    """Return a first meeting with one plain lead seat, and a second with a seat of each role."""
    seats = [{"meeting": "M1", "seat": "lead", "role": "lead"}]
    seats += [{"meeting": "M2", "seat": f"s{n}", "role": role, **cells} for n, role in enumerate(roles)]
    return problem(TWO, seats=seats)


def tied(kind: str, **cells: Any) -> Problem:
    plain = {"facilitator": "F1", "kind": "employee", "organisation": "School"}
    return problem(ties=[plain, {"facilitator": "F1", "kind": kind, **cells}])


def flexible(**tables: Any) -> Problem:
    slots = [
        {"meeting": "M2", "start": f"2026-03-12 {clock}:00", "end": f"2026-03-12 {clock}:30"} for clock in (10, 14)
    ]
    return problem([meeting("M1"), {"meeting": "M2"}], slots=slots, **tables)


def linked(kind: str) -> Problem:
    return problem(links=[{"source": "Mill", "target": "Town", "kind": kind}])


def series(*continuity: str) -> Problem:
    rows = [meeting("M1", series="course"), {**LATER, "series": "course"}]
    seats = [
        {"meeting": f"M{n}", "seat": f"s{n}", "role": "lead", "continuity": word}
        for n, word in enumerate(continuity, 1)
    ]
    return problem(rows, seats=seats)


CONSENT = {
    "facilitator": "F1",
    "organisation": "Elsewhere",
    "meeting": "M1",
    "party": "Town",
    "consented_on": "2026-03-01",
}

# Rule that is missing, table, rows, column, and a problem in which exactly those rows ask for it.
CASES: list[tuple[str, str, tuple[int, ...], str, Callable[[], Problem]]] = [
    ("one-slot", "slots", (1, 2), "", flexible),
    (
        "spacing",
        "spacing",
        (1,),
        "",
        lambda: problem([meeting(series="course")], spacing=[{"series": "course", "min_days": 2}]),
    ),
    (
        "one-duty",
        "duties",
        (1, 2),
        "",
        lambda: problem(duties=[{"duty": f"D{n}", "kind": "coaching", "hours": 2} for n in (1, 2)]),
    ),
    (
        "pairing",
        "pairings",
        (1,),
        "",
        lambda: problem(facilitators=["F1", "F2"], pairings=[{"first": "F1", "second": "F2", "kind": "avoid"}]),
    ),
    (
        "keep-published",
        "published",
        (1,),
        "",
        lambda: problem(published=[{"meeting": "M1", "seat": "lead", "facilitator": "F1"}]),
    ),
    (
        "reciprocity",
        "ledger",
        (1,),
        "",
        lambda: problem(ledger=[{"organisation": "Town", "hours_given": 1, "hours_received": 2}]),
    ),
    (
        "practice",
        "facilitators",
        (2,),
        "min_meetings",
        lambda: problem(facilitators=["F1", facilitator("F2", min_meetings=0)]),
    ),
    (
        "practice",
        "facilitators",
        (2,),
        "roles",
        lambda: problem(facilitators=["F1", facilitator("F2", roles="co;trainee")]),
    ),
    (
        "external-last",
        "facilitators",
        (1,),
        "external",
        lambda: problem(facilitators=[facilitator("F1", external=True), facilitator("F2", external=False)]),
    ),
    (
        "cost",
        "facilitators",
        (2,),
        "hourly_cost",
        lambda: problem(facilitators=["F1", facilitator("F2", hourly_cost=0)]),
    ),
    (
        "team-skills",
        "requirements",
        (2,),
        "seat",
        lambda: problem(
            requirements=[
                {"meeting": "M1", "seat": "lead", "skill": "intake", "level": 1},
                {"meeting": "M1", "skill": "intake", "level": 1},
            ]
        ),
    ),
    ("continuity", "seats", (2,), "continuity", lambda: series("none", "prefer")),
    ("continuity", "seats", (1,), "continuity", lambda: series("same", "none")),
    ("continuity", "seats", (2,), "continuity", lambda: series("none", "rotate")),
    ("optional-seats", "seats", (2,), "required", lambda: seated("lead", required=False)),
    ("lead-first", "seats", (2,), "role", lambda: seated("trainee")),
    ("lead-first", "seats", (2, 3), "role", lambda: seated("lead", "scribe")),
    ("team-mix", "seats", (2, 3), "role", lambda: seated("lead", "lead")),
    ("team-mix", "seats", (2, 3), "role", lambda: seated("co", "mentor")),
]


@pytest.mark.parametrize(("rule", "table", "rows", "column", "build"), CASES)
def test_what_no_rule_judges_is_refused_with_its_rows(
    rule: str, table: str, rows: tuple[int, ...], column: str, build: Callable[[], Problem]
) -> None:
    case = build()
    for ask in (lambda: check(case, roster({})), lambda: solve(case, workers=1)):
        with pytest.raises(ProblemError) as caught:
            ask()
        found = {
            (issue.table, issue.rows, issue.column)
            for issue in caught.value.errors
            if f"the rule {rule}," in issue.reason
        }
        assert found == {(table, rows, column)}
        assert f"asks for the rule {rule}, which this version of poolmatch does not have yet" in str(caught.value)


@pytest.mark.parametrize(("rule", "table", "rows", "column", "build"), CASES)
def test_a_refusal_falls_silent_once_its_rule_is_built(
    rule: str,
    table: str,
    rows: tuple[int, ...],
    column: str,
    build: Callable[[], Problem],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = build()
    assert (table, rows, column) in {(item.table, item.rows, item.column) for item in refusals.refusals(case)}
    monkeypatch.setattr(refusals, "BUILT", refusals.BUILT | {rule})
    assert not [item for item in refusals.refusals(case) if f"the rule {rule}," in item.reason]


def test_what_has_a_rule_already_is_no_longer_waited_for() -> None:
    assert not {rule for rule, *_ in CASES} & {rule.id for rule in ALL_RULES}


@pytest.mark.parametrize(
    "case",
    [
        problem(TWO),
        seated("lead"),
        seated("co"),
        seated("scribe", "scribe", "observer"),  # neither two of the team nor a lead among others
        seated("mentor", "scribe"),
        tied("employee", organisation="Town", start="2026-03-10"),
        tied("employee", organisation="Town", end="2026-03-30"),
        tied("director", organisation="Town", end="2020-01-01"),
        tied("financial_interest", organisation="Town", end="2020-01-01"),
        tied("former_employee", organisation="Town", end="2020-01-01"),
        tied("family", organisation="Town"),
        tied("adviser", organisation="Town"),
        tied("resident", organisation="Town"),
        tied("dossier", meeting="M1"),
        tied("position", theme="housing"),
        *(linked(kind) for kind in ("unit_of", "affiliate", "joint_venture", "funds", "member_of")),
        problem([meeting(contention="low"), {**LATER, "contention": "high"}]),
        problem(waivers=[CONSENT]),
        problem([meeting(series="course")], waivers=[{**CONSENT, "meeting": "", "series": "course"}]),
        series("none", "none"),
    ],
)
def test_what_rules_do_judge_is_accepted(case: Problem) -> None:
    assert list(refusals.refusals(case)) == []
    assert check(case, roster({})).legal


def test_all_refusals_are_told_at_once() -> None:
    case = problem(
        [meeting()],
        [facilitator("F1", external=True, hourly_cost=50), facilitator("F2", min_meetings=1)],
        ledger=[{"organisation": "Town", "hours_given": 1, "hours_received": 2}],
    )
    with pytest.raises(ProblemError) as caught:
        check(case, roster({}))
    waited = [
        issue.reason.split("the rule ")[1].split(",")[0] for issue in caught.value.errors if "the rule" in issue.reason
    ]
    assert sorted(waited) == ["cost", "external-last", "practice", "reciprocity"]
