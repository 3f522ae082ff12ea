"""Rule `pinned`: a pinned seat is held by who is pinned there, or stays empty."""

import pytest
from tests.builders import Cells, breaks, facilitator, meeting, problem, roster

from poolmatch import Problem, ProblemError, Roster, check, solve
from poolmatch.arrays import Arrays
from poolmatch.domain.roster import RosterRow
from poolmatch.eligibility import eligibility
from poolmatch.rules.pinned import PinnedRule
from poolmatch.ruleset import STANDARD_RULES
from poolmatch.solving.blocks import Blocks

TWO = (meeting("M1"), meeting("M2", "2026-03-12 19:30", "2026-03-12 21:30"))
FORCE = STANDARD_RULES.plus(PinnedRule(force=True))


def pinned(*pins: Cells) -> Problem:
    people = [facilitator("F1"), facilitator("F2"), facilitator("F3", organisation="Town")]
    return problem(TWO, people, pins=[{"seat": "lead", **pin} for pin in pins])


@pytest.mark.parametrize(("holder", "expected"), [("F1", False), ("F2", True), (None, True)])
def test_a_pinned_seat_is_held_by_who_is_pinned(holder: str | None, expected: bool) -> None:
    assert breaks("pinned", pinned({"meeting": "M1", "facilitator": "F1"}), {"M1": holder}) is expected


def test_a_pinned_seat_without_a_row_is_empty() -> None:
    assert breaks("pinned", pinned({"meeting": "M1", "facilitator": "F1"}), {"M2": "F1"})
    assert breaks("pinned", pinned({"meeting": "M1", "facilitator": "F1"}), {})


@pytest.mark.parametrize(("holder", "expected"), [(None, False), ("F1", True), ("F2", True)])
def test_a_blank_pin_keeps_the_seat_empty(holder: str | None, expected: bool) -> None:
    case = pinned({"meeting": "M1", "facilitator": None})
    assert breaks("pinned", case, {"M1": holder}) is expected
    assert not breaks("pinned", case, {"M2": "F1"})


def test_a_second_person_in_a_pinned_seat_breaks_the_pin() -> None:
    case = pinned({"meeting": "M1", "facilitator": "F1"})
    rows = tuple(RosterRow(meeting="M1", seat="lead", facilitator=name) for name in ("F1", "F2"))
    (finding,) = check(case, Roster(rows=rows)).by_rule["pinned"]
    assert finding.facilitators == ("F1", "F2")


def test_other_seats_are_free() -> None:
    case = pinned({"meeting": "M1", "facilitator": "F1"})
    for holder in ("F1", "F2", None):
        assert not breaks("pinned", case, {"M1": "F1", "M2": holder})


def test_the_words_name_both() -> None:
    report = check(pinned({"meeting": "M1", "facilitator": "F1"}), roster({"M1": "F2"}))
    (finding,) = report.violations
    assert finding.words.en == "M1, seat lead is pinned to F1, but held by F2."
    assert finding.words.nl == "M1, plaats lead is vastgezet op F1, maar bezet door F2."
    assert (finding.facilitators, finding.meetings, finding.seat) == (("F1", "F2"), ("M1",), "lead")


def test_solve_keeps_pins() -> None:
    case = pinned({"meeting": "M1", "facilitator": "F2"}, {"meeting": "M2", "facilitator": None})
    found = solve(case, workers=1)
    assert found.roster.holder("M1", "lead") == "F2"
    assert found.roster.holder("M2", "lead") is None
    assert found.report.legal


def test_a_pin_that_breaks_a_rule_by_itself_is_an_error_with_the_rule() -> None:
    case = pinned({"meeting": "M2", "facilitator": "F1"}, {"meeting": "M1", "facilitator": "F3"})
    with pytest.raises(ProblemError, match="pins, row 2, column facilitator: breaks the rule neutral") as caught:
        check(case, roster({}))
    assert [issue.rows for issue in caught.value.errors] == [(2,)]
    with pytest.raises(ProblemError, match="breaks the rule neutral"):
        solve(case, workers=1)


def test_force_keeps_the_pin_and_reports_the_violation() -> None:
    case = pinned({"meeting": "M1", "facilitator": "F3"})
    found = solve(case, FORCE, workers=1)
    assert found.roster.holder("M1", "lead") == "F3"
    assert [item.rule for item in found.report.violations] == ["neutral"]
    assert [item.rule for item in check(case, roster({"M1": "F1"}), FORCE).violations] == ["pinned"]


def test_a_forced_pin_to_someone_who_is_not_eligible_binds_like_any_other() -> None:
    assert breaks("pinned", pinned({"meeting": "M1", "facilitator": "F3"}), {"M1": "F1"}, FORCE)
    assert not breaks("pinned", pinned({"meeting": "M1", "facilitator": "F3"}), {"M1": "F3"}, FORCE)


def test_the_model_accepts_no_roster_where_the_one_who_is_pinned_is_no_candidate() -> None:
    case = pinned({"meeting": "M1", "facilitator": "F3"})
    candidates = eligibility(Arrays(case), STANDARD_RULES).candidates
    for rules, impossible in [(STANDARD_RULES, True), (STANDARD_RULES.without("pinned"), False)]:
        assert bool(Blocks.of(candidates, rules).contradictory.any()) is impossible


def test_pins_that_put_one_person_in_two_places_are_an_error_with_both_rows() -> None:
    rows = (meeting("M1"), meeting("M2"))
    pins = [{"meeting": name, "seat": "lead", "facilitator": "F1"} for name in ("M1", "M2")]
    with pytest.raises(ProblemError, match="pins, rows 1, 2, column facilitator: break the rule no-double-booking"):
        check(problem(rows, pins=pins), roster({}))


def test_without_the_rule_pins_are_not_kept() -> None:
    case = pinned({"meeting": "M1", "facilitator": "F3"})
    assert check(case, roster({"M1": "F1"}), STANDARD_RULES.without("pinned")).legal
