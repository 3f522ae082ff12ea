"""Rule `wishes`: per meeting, a pair that avoids one another costs 3, and one that likes to be together earns 3."""

import pytest
from pydantic import ValidationError
from tests.builders import Holders, facilitator, penalty, problem, roster
from tests.rules.wished import POINT, RULE, paired, team

from poolmatch import Roster, check, solve
from poolmatch.rules.wishes import WishesRule
from poolmatch.ruleset import STANDARD_RULES, RuleSet


@pytest.mark.parametrize(("kind", "points"), [("avoid", 3), ("prefer", -3), ("require", 0), ("forbid", 0)])
@pytest.mark.parametrize("pair", [("F1", "F2"), ("F2", "F1")])
def test_a_pair_counts_where_both_are(kind: str, points: int, pair: tuple[str, str]) -> None:
    case = paired((*pair, kind))
    for lead, co, together in [
        ("F1", "F2", True),
        ("F2", "F1", True),
        ("F1", "F3", False),
        ("F3", "F2", False),
        ("F1", None, False),
        (None, "F2", False),
        (None, None, False),
    ]:
        assert penalty(RULE, case, team(lead, co)) == points * POINT * together


def test_a_pair_counts_in_each_meeting() -> None:
    for kind, sign in (("avoid", 1), ("prefer", -1)):
        case = paired(("F1", "F2", kind), meetings=2)
        assert penalty(RULE, case, team("F1", "F2") | team("F2", "F1", "M2")) == 6 * POINT * sign
        assert penalty(RULE, case, team("F1", "F2") | team("F1", "F3", "M2")) == 3 * POINT * sign
        # Each in a meeting of their own is not together.
        assert penalty(RULE, case, team("F1", "F3") | team("F2", None, "M2")) == 0


def test_pairs_add_up() -> None:
    seats = [{"meeting": "M1", "seat": name, "role": "lead"} for name in ("a", "b", "c")]
    people = [facilitator(f"F{n}", organisation=f"E{n}") for n in (1, 2, 3)]
    pairs = [("F1", "F2", "avoid"), ("F1", "F3", "avoid"), ("F3", "F2", "prefer")]
    pairings = [{"first": first, "second": second, "kind": kind} for first, second, kind in pairs]
    case = problem(facilitators=people, seats=seats, pairings=pairings)
    for holders, points in (("123", 3), ("12", 3), ("31", 3), ("23", -3), ("2", 0)):
        held: Holders = {("M1", name): f"F{number}" for name, number in zip("abc", holders, strict=False)}
        assert penalty(RULE, case, held) == points * POINT


def test_a_pair_is_together_in_whatever_seat_and_slot() -> None:
    slots = [{"meeting": "M1", "start": f"2026-03-{day} 10:00", "end": f"2026-03-{day} 12:00"} for day in ("05", "06")]
    seats = [{"meeting": "M1", "seat": name, "role": name} for name in ("lead", "co")]
    for kind, points in (("avoid", 3), ("prefer", -3)):
        pairings = [{"first": "F1", "second": "F2", "kind": kind}]
        case = problem([{"meeting": "M1"}], ["F1", "F2"], slots=slots, seats=seats, pairings=pairings)
        penalty(RULE, case, {})  # the model agrees on every roster and slot
        for slot in case.slots:
            held = Roster.of(case, {("M1", "lead"): "F1", ("M1", "co"): "F2"}, {"M1": slot.start})
            assert sum(item.penalty for item in check(case, held).by_rule[RULE]) == points * POINT


def test_two_duties_are_no_meeting_of_a_pair() -> None:
    duties = [{"duty": name, "kind": "coaching", "hours": 2} for name in ("D1", "D2")]
    case = problem(
        facilitators=["F1", "F2"], duties=duties, pairings=[{"first": "F1", "second": "F2", "kind": "avoid"}]
    )
    assert penalty(RULE, case, {("D1", "coaching"): "F1", ("D2", "coaching"): "F2"}) == 0
    assert penalty(RULE, case, {"M1": "F1", ("D1", "coaching"): "F2"}) == 0


def test_the_points_of_a_pair_are_a_parameter() -> None:
    for points in (0, 7, 100):
        rules = STANDARD_RULES.plus(WishesRule(together=points))
        assert penalty(RULE, paired(("F1", "F2", "avoid")), team("F1", "F2"), rules) == points * POINT
        assert penalty(RULE, paired(("F1", "F2", "prefer")), team("F1", "F2"), rules) == -points * POINT
    for wrong in (-1, 101, 2.5):
        with pytest.raises(ValidationError):
            WishesRule(together=wrong)  # type: ignore[arg-type]
    assert RuleSet.from_toml("[rules.wishes]\ntogether = 9")[RULE] == WishesRule(together=9)


def test_solve_keeps_apart_and_brings_together() -> None:
    for kind, expected in (("avoid", 0), ("prefer", -3)):
        for seed in range(3):
            result = solve(paired(("F1", "F2", kind)), seed=seed, workers=1)
            together = {row.facilitator for row in result.roster.rows} == {"F1", "F2"}
            assert (result.tiers[-1].points, together) == (expected, kind == "prefer")


def test_a_pair_is_weighed_against_other_wishes() -> None:
    # F1 and F2 together cost 3; with F3 in the place of either it is what F3 would rather not.
    for score, together, units in ((-2.9999, False, 29_999), (-3.0001, True, 30_000)):
        rows = [{"facilitator": "F3", "meeting": "M1", "score": score}]
        result = solve(paired(("F1", "F2", "avoid"), preferences=rows), workers=1)
        assert ({row.facilitator for row in result.roster.rows} == {"F1", "F2"}) is together
        assert result.tiers[-1].value * POINT == units * result.tiers[-1].scale


def test_findings_name_the_pair() -> None:
    for kind, en, nl, points in (
        ("avoid", "F2 and F1 would rather not be together in M1.", "F2 en F1 zitten liever niet samen in M1.", 3),
        ("prefer", "F2 and F1 like to be together in M1.", "F2 en F1 zitten graag samen in M1.", -3),
    ):
        (finding,) = check(paired(("F2", "F1", kind)), roster(team("F1", "F2"))).by_rule[RULE]
        assert (finding.words.en, finding.words.nl) == (en, nl)
        assert (finding.severity, finding.points, finding.facilitators, finding.meetings, finding.seat) == (
            "penalty",
            points,
            ("F2", "F1"),
            ("M1",),
            None,
        )
