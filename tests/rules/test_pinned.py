"""Rule `pinned`: a pinned seat is held by who is pinned there, or stays empty; a pinned slot is kept."""

import random
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from tests.builders import Cells, breaks, facilitator, meeting, problem, roster
from tests.rings import enough, seeds

from poolmatch import Problem, ProblemError, Roster, check, solve
from poolmatch.arrays import Arrays, Candidates
from poolmatch.checking import Report, judge, pin_issues
from poolmatch.checking import pins as pins_that_break
from poolmatch.domain.plan import Plan
from poolmatch.domain.roster import RosterRow
from poolmatch.eligibility import eligibility
from poolmatch.rule import ConstraintRule, Finding, Model, Words
from poolmatch.rules.pinned import PinnedRule
from poolmatch.ruleset import STANDARD_RULES, RuleSet
from poolmatch.solving.model.blocks import Blocks
from poolmatch.testing import check_rule, random_problem

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


def alone(case: Problem, rules: RuleSet = STANDARD_RULES) -> set[int]:
    """Return the rows of the pins that are said to break a rule by themselves."""
    found = [issue for issue in pin_issues(case, rules) if issue.reason.startswith("breaks the rule")]
    return {issue.rows[0] for issue in found}


@pytest.mark.parametrize("programme", [False, True])
def test_who_breaks_a_rule_alone_is_found_among_many(programme: bool) -> None:
    """Against a look at each pin as if there were no other."""
    several = 0
    for seed in seeds(50):
        rng = random.Random(seed)
        case = random_problem(rng, 4, 4, 2, pins=False, teams=seed % 2 == 0, programme=programme)
        people = [row.facilitator for row in case.facilitators]
        pins = [
            {"meeting": seat.meeting, "seat": seat.seat, "facilitator": rng.choice(people)}
            for seat in case.all_seats
            if rng.random() < 0.7
        ]
        expected = {number for number, pin in enumerate(pins, 1) if alone(case.replace(pins=[pin]))}
        assert alone(case.replace(pins=pins)) == expected, seed
        several += 0 < len(expected) < len(pins)
    assert several >= enough(6)


class Blaming(ConstraintRule):
    """F1 may do nothing, but the rule names nobody."""

    id: ClassVar[str] = "blaming"
    sentence: ClassVar[Words] = Words("Not F1.", "Niet F1.")

    def post(self, candidates: Candidates, model: Model) -> None: ...

    def judge(self, plan: Plan) -> Iterator[Finding]:
        if "F1" in plan.work_of:
            yield Finding(self.id, "violation", self.sentence)


def test_a_rule_that_does_not_say_who_is_asked_of_each_pin() -> None:
    case = pinned({"meeting": "M1", "facilitator": "F2"}, {"meeting": "M2", "facilitator": "F1"})
    assert alone(case) == set()
    assert alone(case, STANDARD_RULES.plus(Blaming())) == {2}


def test_pins_that_break_nothing_are_judged_together(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [meeting(f"M{day}", f"2026-03-{day:02} 10:00", f"2026-03-{day:02} 11:00") for day in range(2, 30)]
    people = [f"F{number}" for number in range(2, 30)]
    pins = [{"meeting": row["meeting"], "seat": "lead", "facilitator": f"F{row['meeting'][1:]}"} for row in rows]
    judged = list[Roster]()

    def counted(case: Problem, held: Roster, *given: Any) -> Report:
        judged.append(held)
        return judge(case, held, *given)

    monkeypatch.setattr(pins_that_break, "judge", counted)
    assert list(pin_issues(problem(rows, people, pins=pins), STANDARD_RULES)) == []
    assert [len(held.rows) for held in judged] == [28]


def test_without_the_rule_pins_are_not_kept() -> None:
    case = pinned({"meeting": "M1", "facilitator": "F3"})
    assert check(case, roster({"M1": "F1"}), STANDARD_RULES.without("pinned")).legal


# --- pins with slots -------------------------------------------------------------------------------------------

DAYS = ("05", "06", "12")


def flexible(*pins: Cells, **tables: Any) -> Problem:
    """Return a meeting with two scribes on 5, 6 or 12 March at ten."""
    return problem(
        [{"meeting": "M1"}],
        [facilitator(name, roles="scribe") for name in ("F1", "F2")],
        seats=[{"meeting": "M1", "seat": seat, "role": "scribe"} for seat in ("s1", "s2")],
        slots=[{"meeting": "M1", "start": f"2026-03-{d} 10:00", "end": f"2026-03-{d} 12:00"} for d in DAYS],
        pins=[{"meeting": "M1", **pin} for pin in pins],
        **tables,
    )


def against(case: Problem, *rows: tuple[str, str, int]) -> int:
    """Return how much of a roster of seats, people and slots differs from the pins."""
    check_rule(PinnedRule(), case)
    times = case.times(case.meeting("M1"))
    held = [RosterRow(meeting="M1", seat=seat, facilitator=name, start=times[n][0]) for seat, name, n in rows]
    return len(check(case, Roster(rows=tuple(held))).by_rule["pinned"])


def slot(day: str) -> str:
    return f"2026-03-{day} 10:00"


def test_a_pin_without_a_slot_leaves_the_choice() -> None:
    case = flexible({"seat": "s1", "facilitator": "F1"})
    for place in range(3):
        assert not against(case, ("s1", "F1", place))
        assert not against(case, ("s1", "F1", place), ("s2", "F2", place))
        assert against(case, ("s1", "F2", place))
        assert against(case, ("s2", "F2", place))


def test_a_pin_with_a_slot_fixes_the_slot_of_everyone() -> None:
    case = flexible({"seat": "s1", "facilitator": "F1", "slot_start": slot("06")})
    assert [against(case, ("s1", "F1", place)) for place in range(3)] == [1, 0, 1]
    assert [against(case, ("s1", "F1", place), ("s2", "F2", place)) for place in range(3)] == [2, 0, 2]
    assert against(case, ("s1", "F1", 1), ("s2", "F2", 0)) == 1
    assert against(case) == 1  # the seat is empty
    assert against(case, ("s2", "F2", 1)) == 1


def test_a_blank_pin_with_a_slot_fixes_the_slot_and_keeps_the_seat_empty() -> None:
    case = flexible({"seat": "s1", "slot_start": slot("12")})
    assert [against(case, ("s2", "F2", place)) for place in range(3)] == [1, 1, 0]
    assert [against(case, ("s1", "F1", place)) for place in range(3)] == [2, 2, 1]
    assert against(case) == 0


def test_a_pinned_slot_is_an_instant_however_it_is_written() -> None:
    for text in ("2026-03-06T09:00Z", "2026-03-06 04:00-05:00", "2026-03-06 10:00:00"):
        case = flexible({"seat": "s1", "facilitator": "F1", "slot_start": text})
        assert [against(case, ("s1", "F1", place)) for place in range(3)] == [1, 0, 1]


def test_the_words_say_that_the_slot_is_another() -> None:
    case = flexible({"seat": "s1", "slot_start": slot("12")})
    start, _ = case.times(case.meeting("M1"))[0]
    row = RosterRow(meeting="M1", seat="s2", facilitator="F2", start=start)
    (finding,) = check(case, Roster(rows=(row,))).violations
    assert finding.words.en == "F2 sits in M1 in another slot than the one it is pinned to."
    assert finding.words.nl == "F2 zit in M1 op een ander tijdstip dan is vastgezet."
    assert (finding.facilitators, finding.meetings, finding.seat) == (("F2",), ("M1",), "s2")


def test_a_slot_that_is_none_of_the_meeting_is_an_error() -> None:
    with pytest.raises(ProblemError, match="pins, row 1, column slot_start: is not the start of a slot of that"):
        flexible({"seat": "s1", "facilitator": "F1", "slot_start": slot("07")})
    pin = {"meeting": "M1", "seat": "lead", "facilitator": "F1", "slot_start": "2026-03-05 19:30"}
    with pytest.raises(ProblemError, match="pins, row 1, column slot_start: is given for a meeting without rows in"):
        problem(pins=[pin])  # though that is when the meeting starts
    with pytest.raises(ProblemError, match="pins, row 1, column slot_start: is given for a meeting without rows in"):
        problem(pins=[pin | {"meeting": "D1", "seat": "coaching"}], duties=[DUTY])


def away(*days: str) -> list[Cells]:
    return [{"facilitator": "F1", "start": f"2026-03-{d}", "end": f"2026-03-{d}", "kind": "unavailable"} for d in days]


def test_a_pin_breaks_a_rule_by_itself_if_it_does_in_its_slot_or_in_every_slot() -> None:
    there = {"seat": "s1", "facilitator": "F1", "slot_start": slot("06")}
    anywhere = {"seat": "s1", "facilitator": "F1"}
    for pin, days, wrong in (
        (there, ("06",), True),
        (there, ("05", "12"), False),
        (anywhere, ("05", "06"), False),
        (anywhere, DAYS, True),
    ):
        case = flexible(pin, availability=away(*days))
        if wrong:
            with pytest.raises(ProblemError, match="pins, row 1, column facilitator: breaks the rule available"):
                solve(case, workers=1)
        else:
            assert solve(case, workers=1).roster.holder("M1", "s1") == "F1"


def test_force_keeps_the_pin_in_its_slot() -> None:
    case = flexible({"seat": "s1", "facilitator": "F1", "slot_start": slot("06")}, availability=away("06"))
    found = solve(case, FORCE, workers=1)
    start, _ = case.times(case.meeting("M1"))[1]
    assert [(row.facilitator, row.start) for row in found.roster.rows] == [("F1", start), ("F2", start)]
    assert [item.rule for item in found.report.violations] == ["available"]


def test_pins_of_one_meeting_to_two_slots_clash() -> None:
    pins = [
        {"seat": "s1", "facilitator": "F1", "slot_start": slot("05")},
        {"seat": "s2", "facilitator": "F2", "slot_start": slot("06")},
    ]
    found = solve(flexible(*pins), workers=1)
    assert [pin.seat for pin in found.clash] == ["s1", "s2"]
    # A seat that must stay empty fixes the slot just as well.
    found = solve(flexible(pins[0], {"seat": "s2", "slot_start": slot("06")}), workers=1)
    assert [pin.seat for pin in found.clash] == ["s1", "s2"]
    assert solve(flexible(pins[0], {"seat": "s2", "slot_start": slot("05")}), workers=1).report.legal


# --- pins on duties --------------------------------------------------------------------------------------------

DUTY: dict[str, Any] = {"duty": "D1", "kind": "coaching", "hours": 2}


def coached(*pins: Cells, **tables: Any) -> Problem:
    """Return three people and two duties of a kind; F3 works for the party of the second."""
    people = [facilitator("F1"), facilitator("F2"), facilitator("F3", organisation="Town")]
    duties = [DUTY, DUTY | {"duty": "D2", "organisation": "Town"}]
    return problem((), people, duties=duties, pins=[{"seat": "coaching", **pin} for pin in pins], **tables)


@pytest.mark.parametrize(("holder", "expected"), [("F1", False), ("F2", True), (None, True)])
def test_a_pinned_duty_is_done_by_who_is_pinned(holder: str | None, expected: bool) -> None:
    case = coached({"meeting": "D1", "facilitator": "F1"})
    assert breaks("pinned", case, {("D1", "coaching"): holder}) is expected
    assert breaks("pinned", case, {("D1", "coaching"): holder, ("D2", "coaching"): "F3"}) is expected


def test_a_blank_pin_keeps_a_duty_undone() -> None:
    case = coached({"meeting": "D1", "facilitator": None})
    assert not breaks("pinned", case, {("D2", "coaching"): "F1"})
    assert breaks("pinned", case, {("D1", "coaching"): "F1"})
    found = solve(case, workers=1)
    assert found.roster.holder("D1", "coaching") is None
    assert found.roster.holder("D2", "coaching") in {"F1", "F2"}


def test_the_words_of_a_duty_are_those_of_a_seat() -> None:
    report = check(coached({"meeting": "D1", "facilitator": "F1"}), roster({}))
    (finding,) = report.violations
    assert finding.words.en == "D1, seat coaching is pinned to F1, but held by –."
    assert finding.words.nl == "D1, plaats coaching is vastgezet op F1, maar bezet door –."


def test_a_pin_on_a_duty_that_breaks_a_rule_is_an_error_with_the_rule() -> None:
    with pytest.raises(ProblemError, match="pins, row 2, column facilitator: breaks the rule neutral"):
        solve(coached({"meeting": "D1", "facilitator": "F1"}, {"meeting": "D2", "facilitator": "F3"}))
    case = coached({"meeting": "D2", "facilitator": "F3"})
    found = solve(case, FORCE, workers=1)
    assert found.roster.holder("D2", "coaching") == "F3"
    assert [item.rule for item in found.report.violations] == ["neutral"]


def test_a_pin_names_the_kind_of_the_duty_as_its_seat() -> None:
    with pytest.raises(ProblemError, match="pins, row 1, column seat: is not a seat of that meeting"):
        problem((), duties=[DUTY], pins=[{"meeting": "D1", "seat": "lead", "facilitator": "F1"}])
