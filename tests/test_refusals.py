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


def ledger(*balances: tuple[str, float, float]) -> Problem:
    rows = [{"organisation": name, "hours_given": given, "hours_received": back} for name, given, back in balances]
    return problem(ledger=rows)


# Rule that is missing, table, rows, column, and a problem in which exactly those rows ask for it.
CASES: list[tuple[str, str, tuple[int, ...], str, Callable[[], Problem]]] = [
    ("reciprocity", "ledger", (1,), "", lambda: ledger(("Town", 1, 2))),
    ("reciprocity", "ledger", (1, 2), "", lambda: ledger(("Town", 0, 0), ("Elsewhere", 3, 0))),
]


@pytest.mark.parametrize(("rule", "table", "rows", "column", "build"), CASES)
def test_what_no_rule_judges_is_refused_with_its_rows(
    rule: str, table: str, rows: tuple[int, ...], column: str, build: Callable[[], Problem]
) -> None:
    case = build()
    for ask in (lambda: check(case, roster({})), lambda: solve(case, workers=1)):
        with pytest.raises(ProblemError) as caught:
            ask()
        assert [(issue.table, issue.rows, issue.column) for issue in caught.value.errors] == [(table, rows, column)]
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
    assert [(item.table, item.rows, item.column) for item in refusals.refusals(case)] == [(table, rows, column)]
    monkeypatch.setattr(refusals, "BUILT", refusals.BUILT | {rule})
    assert not list(refusals.refusals(case))
    assert check(case, roster({})).legal


def test_what_has_a_rule_already_is_no_longer_waited_for() -> None:
    assert not {rule for rule, *_ in CASES} & {rule.id for rule in ALL_RULES}
    assert {rule.id for rule in ALL_RULES} == refusals.BUILT


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
        flexible(),
        problem([meeting(series="course")], spacing=[{"series": "course", "min_days": 2}]),
        problem(duties=[{"duty": f"D{n}", "kind": "coaching", "hours": 2} for n in (1, 2)]),
        problem(facilitators=["F1", "F2"], pairings=[{"first": "F1", "second": "F2", "kind": "avoid"}]),
        problem(published=[{"meeting": "M1", "seat": "lead", "facilitator": "F1"}]),
        problem(facilitators=[facilitator("F1", min_meetings=1), facilitator("F2", roles="co;trainee")]),
        problem(facilitators=["F1", facilitator("F2", external=True, hourly_cost=50)]),
        problem(requirements=[{"meeting": "M1", "skill": "intake", "level": 1}]),
        *(series("none", word) for word in ("prefer", "same", "rotate")),
        seated("lead", required=False),
        seated("trainee"),
        seated("lead", "scribe"),
        seated("lead", "lead"),
        seated("co", "mentor"),
    ],
)
def test_what_rules_do_judge_is_accepted(case: Problem) -> None:
    assert list(refusals.refusals(case)) == []
    assert check(case, roster({})).legal


def test_a_refusal_is_told_beside_what_is_wrong_otherwise() -> None:
    case = ledger(("Town", 1, 2)).replace(stakes=[])
    with pytest.raises(ProblemError) as caught:
        check(case, roster({}))
    assert {issue.table for issue in caught.value.errors} == {"ledger", "meetings"}
