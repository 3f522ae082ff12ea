"""Public functions say of a wrong argument what it is, and of an unknown id which one is near; never a bare error."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.builders import MARCH, meeting, problem

import poolmatch
from poolmatch import STANDARD_RULES, ProblemError, Roster, UnknownId, check, solve, solve_many
from poolmatch.domain.roster import RosterRow
from poolmatch.neutrality import Audience
from poolmatch.rules.rest import RestRule
from poolmatch.tables import read_roster, write_roster

CASE = problem([meeting("M1"), meeting("M2", "2026-03-09 10:00", "2026-03-09 12:00")], ["F1", "F2"])
EMPTY = Roster.of(CASE, {})
FULL = Roster.of(CASE, {("M1", "lead"): "F1", ("M2", "lead"): "F2"})


def says(
    error: type[Exception], message: str, call: Callable[..., object], *arguments: object, **named: object
) -> None:
    """Assert that a call raises an error whose text begins with a message."""
    with pytest.raises(error) as raised:
        call(*arguments, **named)
    assert str(raised.value).startswith(message), str(raised.value)


# --- ids of a roster ---------------------------------------------------------------------------------------


def test_an_empty_seat_is_none_and_an_unknown_one_an_error() -> None:
    assert EMPTY.holder("M1", "lead") is None
    assert FULL.holder("M1", "lead") == "F1"
    says(UnknownId, 'meeting "M9" is not in this roster; did you mean "M', FULL.holder, "M9", "lead")
    says(UnknownId, 'meeting "Intake" is not in this roster; correct the id', FULL.holder, "Intake", "lead")
    says(UnknownId, 'seat "leed" is not a seat of M1 in this roster; did you mean "lead"?', FULL.holder, "M1", "leed")
    says(UnknownId, "meeting is no id but of type int; ids are text", FULL.holder, 1, "lead")


def test_an_unknown_id_is_a_key_error_and_can_be_sent_elsewhere() -> None:
    with pytest.raises(KeyError) as raised:
        FULL.holder("M9", "lead")
    again = pickle.loads(pickle.dumps(raised.value))
    assert (type(again), str(again)) == (UnknownId, str(raised.value))
    assert isinstance(again, poolmatch.PoolmatchError)


def test_no_seat_is_made_up_by_giving_it_to_someone() -> None:
    says(UnknownId, 'meeting "M3" is not in this roster', EMPTY.with_holder, "M3", "lead", "F1")
    says(UnknownId, 'seat "co" is not a seat of M1 in this roster', EMPTY.with_holder, "M1", "co", "F1")
    assert EMPTY.with_holder("M1", "lead", "F2").holder("M1", "lead") == "F2"
    assert FULL.with_holder("M1", "lead", None).holder("M1", "lead") is None


def test_who_is_not_in_the_pool_gets_no_seat_of_a_roster_that_knows_it(tmp_path: Path) -> None:
    write_roster(FULL, tmp_path / "roster.csv", CASE)
    for known in (
        FULL,
        FULL.with_holder("M1", "lead", None),
        solve(CASE, time_limit=1, workers=1).roster,
        check(CASE, FULL).roster,
        read_roster(tmp_path / "roster.csv", CASE),
        pickle.loads(pickle.dumps(FULL)),
    ):
        message = 'facilitator "F3" is not in the pool; did you mean "F'
        says(UnknownId, message, known.with_holder, "M1", "lead", "F3")
        assert known.with_holder("M2", "lead", "F1").holder("M2", "lead") == "F1"


def test_who_has_left_and_stands_in_a_roster_may_be_moved_in_it() -> None:
    rows = (RosterRow(meeting="M1", seat="lead", facilitator="F9"), RosterRow(meeting="M2", seat="lead"))
    held = Roster(rows=rows).told_in(CASE)
    assert held.with_holder("M2", "lead", "F9").holder("M2", "lead") == "F9"


def test_of_a_roster_made_by_hand_the_check_says_who_is_unknown() -> None:
    made = Roster(rows=FULL.rows).with_holder("M1", "lead", "F3")
    with pytest.raises(ProblemError, match="roster, row 1, column facilitator: is not in the pool"):
        check(CASE, made)


def test_rosters_are_equal_by_their_rows_alone() -> None:
    by_hand = Roster(rows=FULL.rows)
    assert by_hand == FULL
    assert hash(by_hand) == hash(FULL)
    assert FULL != EMPTY
    assert FULL.rows != FULL
    assert repr(FULL) == "<Roster 2 of 2 seats filled>"


def test_a_roster_of_a_problem_names_its_seats_only() -> None:
    says(UnknownId, 'meeting "M5" is not in the problem', Roster.of, CASE, {("M5", "lead"): "F1"})
    says(UnknownId, 'seat "leed" is not a seat of M1; did you mean "lead"?', Roster.of, CASE, {("M1", "leed"): "F1"})
    says(UnknownId, 'meeting "M5" is not in the problem', Roster.of, CASE, {}, {"M5": datetime(2026, 3, 5, tzinfo=UTC)})


# --- ids of a problem --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (partial(CASE.meeting, "M11"), 'meeting "M11" is not in the problem; did you mean "M1"?'),
        (partial(CASE.facilitator, "f1 "), 'facilitator "f1 " is not in the pool; did you mean "F1"?'),
        (partial(CASE.seat, "M1", "co"), 'seat "co" is not a seat of M1; correct the id'),
        (partial(CASE.seat, "M11", "lead"), 'meeting "M11" is not in the problem'),
        (partial(CASE.ties_of, "F11"), 'facilitator "F11" is not in the pool'),
        (partial(CASE.day, "M11"), 'meeting "M11" is not in the problem'),
        (partial(poolmatch.assess, CASE, "F1", "M11"), 'meeting "M11" is not in the problem'),
        (partial(poolmatch.assess, CASE, "F11", "M1"), 'facilitator "F11" is not in the pool; did you mean "F1"?'),
        (partial(poolmatch.neutral_pool, CASE, "M11"), 'meeting "M11" is not in the problem'),
        (partial(poolmatch.neutral_pool, CASE.replace(facilitators=[]), "M11"), 'meeting "M11" is not in the problem'),
        (partial(check(CASE, FULL).by_seat, "M1", "co"), 'seat "co" is not a seat of M1'),
        (partial(check(CASE, FULL).penalty, "wish"), 'rule "wish" is not in this rule set; did you mean "wishes"?'),
        (partial(STANDARD_RULES.__getitem__, "rust"), 'rule "rust" is not in this rule set; did you mean "rest"?'),
    ],
)
def test_an_unknown_id_is_named_with_the_nearest(call: Callable[[], object], message: str) -> None:
    says(UnknownId, message, call)


@pytest.mark.parametrize("write", [poolmatch.certificate, poolmatch.disclosures])
def test_nobody_reads_what_is_written_for_an_unknown_reader(write: Callable[..., object]) -> None:
    says(UnknownId, 'organisation "Twon" is not in the problem', write, CASE, FULL, audience=Audience.party("Twon"))
    says(UnknownId, 'facilitator "F3" is not in the pool', write, CASE, FULL, audience=Audience.facilitator("F3"))
    assert write(CASE, FULL, audience=Audience.party("Elsewhere")) is not None  # an organisation, though no party


def test_who_has_left_may_read_of_their_past() -> None:
    past = {**MARCH, "today": "2026-03-07"}
    held = {
        "meeting": "M1",
        "facilitator": "F9",
        "role": "lead",
        "start": "2026-03-05 19:30",
        "end": "2026-03-05 21:30",
    }
    case = problem([meeting("M1"), meeting("M2", "2026-03-09 10:00", "2026-03-09 12:00")], period=past, history=[held])
    gone = Audience.facilitator("F9")
    assert [item.facilitator for item in case.departed] == ["F9"]
    assert poolmatch.certificate(case, Roster.of(case, {}), audience=gone).entries == ()
    nobody = Audience.facilitator("F8")
    says(UnknownId, 'facilitator "F8" is not in the pool', poolmatch.certificate, case, FULL, audience=nobody)


# --- kinds of argument -------------------------------------------------------------------------------------

ON_PROBLEMS: dict[str, Callable[[Any], object]] = {
    "solve": solve,
    "frontier": poolmatch.frontier,
    "check": lambda made: check(made, FULL),
    "assess": lambda made: poolmatch.assess(made, "F1", "M1"),
    "neutral_pool": lambda made: poolmatch.neutral_pool(made, "M1"),
    "waivers_that_help": poolmatch.waivers_that_help,
    "empty_seats": lambda made: poolmatch.empty_seats(made, FULL, STANDARD_RULES),
    "outsiders": lambda made: poolmatch.outsiders(made, FULL, STANDARD_RULES),
    "fairness": lambda made: poolmatch.fairness(made, FULL),
    "ledger": lambda made: poolmatch.ledger(made, FULL),
    "next_month": lambda made: poolmatch.next_month(made, FULL, {}),
    "certificate": lambda made: poolmatch.certificate(made, FULL),
    "disclosures": lambda made: poolmatch.disclosures(made, FULL),
    "Roster.of": lambda made: Roster.of(made, {}),
}
ON_ROSTERS: dict[str, Callable[[Any], object]] = {
    "check": lambda made: check(CASE, made),
    "empty_seats": lambda made: poolmatch.empty_seats(CASE, made, STANDARD_RULES),
    "outsiders": lambda made: poolmatch.outsiders(CASE, made, STANDARD_RULES),
    "fairness": lambda made: poolmatch.fairness(CASE, made),
    "ledger": lambda made: poolmatch.ledger(CASE, made),
    "next_month": lambda made: poolmatch.next_month(CASE, made, {}),
    "certificate": lambda made: poolmatch.certificate(CASE, made),
    "disclosures": lambda made: poolmatch.disclosures(CASE, made),
}
ON_RULES: dict[str, Callable[[Any], object]] = {
    "solve": lambda rules: solve(CASE, rules),
    "solve_many": lambda rules: solve_many([CASE], rules),
    "frontier": lambda rules: poolmatch.frontier(CASE, rules),
    "check": lambda rules: check(CASE, FULL, rules),
    "empty_seats": lambda rules: poolmatch.empty_seats(CASE, FULL, rules),
    "outsiders": lambda rules: poolmatch.outsiders(CASE, FULL, rules),
    "waivers_that_help": lambda rules: poolmatch.waivers_that_help(CASE, rules),
}
ON_POLICIES: dict[str, Callable[[Any], object]] = {
    "assess": lambda policy: poolmatch.assess(CASE, "F1", "M1", policy=policy),
    "neutral_pool": lambda policy: poolmatch.neutral_pool(CASE, "M1", policy),
    "certificate": lambda policy: poolmatch.certificate(CASE, FULL, policy),
    "disclosures": lambda policy: poolmatch.disclosures(CASE, FULL, policy),
}


@pytest.mark.parametrize("name", ON_PROBLEMS)
def test_what_is_no_problem_is_told_how_to_become_one(name: str) -> None:
    ask = ON_PROBLEMS[name]
    says(TypeError, "problem is text where a Problem is meant: read it first, by poolmatch.read(path)", ask, "x.xlsx")
    says(TypeError, "problem is a path where a Problem is meant: read it first", ask, Path("x.xlsx"))
    says(TypeError, "problem is a dict where a Problem is meant: write Problem(**tables), or", ask, {"period": {}})
    says(TypeError, "problem is a Roster where a Problem is meant", ask, FULL)
    says(TypeError, "problem is None where a Problem is meant", ask, None)


@pytest.mark.parametrize("name", ON_ROSTERS)
def test_what_is_no_roster_is_told_how_to_become_one(name: str) -> None:
    ask = ON_ROSTERS[name]
    remedy = "read it first, by poolmatch.read_roster(path, problem)"
    says(TypeError, f"roster is text where a Roster is meant: {remedy}", ask, "roster.csv")
    says(TypeError, "roster is a Report where a Roster is meant: take its attribute roster", ask, check(CASE, FULL))
    says(TypeError, "roster is a DataFrame where a Roster is meant: write Roster.from_frame(", ask, FULL.to_frame(CASE))
    says(TypeError, "roster is a dict where a Roster is meant: make one by", ask, {("M1", "lead"): "F1"})


@pytest.mark.parametrize("name", ON_RULES)
def test_what_is_no_rule_set_is_told_how_to_become_one(name: str) -> None:
    ask = ON_RULES[name]
    says(TypeError, "rules is text where a RuleSet is meant: leave it out for the standard rules", ask, "standard")
    says(TypeError, "rules is a RestRule where a RuleSet is meant: add rules to others by STANDARD", ask, RestRule())
    says(TypeError, "rules is a list where a RuleSet is meant: add rules to others by STANDARD", ask, [RestRule()])
    says(TypeError, "rules is a dict where a RuleSet is meant", ask, {"without": ["rest"]})


@pytest.mark.parametrize("name", ON_POLICIES)
def test_what_is_no_policy_is_told_where_there_are_some(name: str) -> None:
    says(
        TypeError,
        "policy is text where a Policy is meant: take one of poolmatch.neutrality",
        ON_POLICIES[name],
        "strict",
    )


NUMBERS: list[tuple[dict[str, Any], type[Exception], str]] = [
    ({"seed": "a"}, TypeError, "seed must be a whole number, 0 or more; it is text"),
    ({"seed": 1.0}, TypeError, "seed must be a whole number, 0 or more; it is a float"),
    ({"seed": None}, TypeError, "seed must be a whole number, 0 or more; it is None"),
    ({"seed": -1}, ValueError, "seed must be 0 or more"),
    ({"time_limit": "60"}, TypeError, "time_limit must be a number of seconds, 0 or more; it is text"),
    ({"time_limit": None}, TypeError, "time_limit must be a number of seconds, 0 or more; it is None"),
    (
        {"time_limit": timedelta(minutes=1)},
        TypeError,
        "time_limit must be a number of seconds, 0 or more; it is a timed",
    ),
    ({"time_limit": 10**400}, ValueError, "time_limit must be a number of seconds, 0 or more"),
    ({"time_limit": np.float64("nan")}, ValueError, "time_limit must be a number of seconds, 0 or more"),
    ({"workers": 2.5}, TypeError, "workers must be a whole number, 1 or more; it is a float"),
    ({"workers": "2"}, TypeError, "workers must be a whole number, 1 or more; it is text"),
    ({"workers": 0}, ValueError, "workers must be 1 or more"),
    ({"deterministic": "no"}, TypeError, "deterministic must be True or False; it is text"),
]


@pytest.mark.parametrize(("arguments", "error", "message"), NUMBERS)
def test_numbers_of_a_search(arguments: dict[str, Any], error: type[Exception], message: str) -> None:
    says(error, message, solve, CASE, **arguments)
    says(error, message, solve_many, [CASE], **arguments)
    if "deterministic" not in arguments:
        says(error, message, poolmatch.frontier, CASE, **arguments)


def test_other_arguments_of_a_search() -> None:
    says(TypeError, "display must be True or False; it is an int", solve, CASE, display=1)
    says(TypeError, "initial_roster is text where a Roster is meant", solve, CASE, initial_roster="roster.csv")
    report = check(CASE, FULL)
    says(TypeError, "initial_roster is a Report where a Roster is meant", solve, CASE, initial_roster=report)
    message = "executor is an int where an Executor is meant: take one of concurrent.futures, or of a Dask client"
    says(TypeError, message, solve, CASE, executor=2)
    says(TypeError, message, solve_many, [CASE], executor=2)
    says(TypeError, "points must be a whole number, 2 or more", poolmatch.frontier, CASE, points=2.5)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (CASE, "problems must be an iterable of problems; it is a Problem: a single one is for solve"),
        ("pool.xlsx", "problems must be an iterable of problems; it is text: write [partial(read, path), ...]"),
        (Path("pool.xlsx"), "problems must be an iterable of problems; it is a path"),
        ({"period": {}}, "problems must be an iterable of problems; it is a dict"),
        (3, "problems must be an iterable of problems; it is an int"),
    ],
)
def test_what_is_no_batch(given: Any, message: str) -> None:
    says(TypeError, message, solve_many, given)


def test_a_path_in_a_batch_costs_its_row_and_says_what_to_write() -> None:
    wrong, right = solve_many(["pool.xlsx", CASE], time_limit=0)  # type: ignore[list-item]
    assert str(wrong.error).endswith("was expected, not str; of a path write partial(read, path)")
    assert right.result is not None


def test_numbers_of_numpy_are_as_good_as_any() -> None:
    for kind in (np.int64, np.int32, np.uint8):
        result = solve(CASE, time_limit=np.float32(1), seed=kind(1), workers=kind(1), display=np.False_)  # type: ignore[arg-type]
        assert result.roster == solve(CASE, time_limit=1, seed=1, workers=1).roster
        assert '"seed": 1' in result.to_json()
    (row,) = solve_many([CASE], time_limit=np.int64(1), seed=np.int64(1), workers=np.int64(1))  # type: ignore[arg-type]
    assert row.result is not None
    with ThreadPoolExecutor(1) as threads:
        (row,) = solve_many([CASE], executor=threads, time_limit=np.float64(0), deterministic=np.False_)  # type: ignore[arg-type]
    assert row.result is not None


def test_no_message_holds_what_was_given() -> None:
    calls: list[Callable[[Any], object]] = [solve, partial(check, CASE), partial(poolmatch.ledger, CASE)]
    for call in calls:
        with pytest.raises(TypeError) as raised:
            call("Jan Jansen.xlsx")
        assert "Jansen" not in str(raised.value)


# --- what help and a prompt show ---------------------------------------------------------------------------


@pytest.mark.parametrize("shown", [STANDARD_RULES, STANDARD_RULES.travel, STANDARD_RULES.policy, CASE, FULL])
def test_whatever_is_an_argument_is_shown_in_a_line(shown: object) -> None:
    assert len(repr(shown)) < 100
    assert "\n" not in repr(shown)


def test_a_rule_set_shows_its_name_its_size_and_its_fingerprint() -> None:
    size, digest = len(STANDARD_RULES.rules), STANDARD_RULES.fingerprint[:12]
    assert repr(STANDARD_RULES) == str(STANDARD_RULES) == f"<RuleSet standard 1, {size} rules, {digest}>"
