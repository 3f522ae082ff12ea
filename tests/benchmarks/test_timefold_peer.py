"""The Timefold peer: what is handed over says of any roster what `check` says; Timefold's own value is `check`'s."""

import json
import random
import shutil
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from benchmarks.cases.pools import pool
from benchmarks.contenders.peers.timefold.export import Unsupported, export
from tests.builders import facilitator, meeting, problem, roster

from poolmatch import STANDARD_RULES, Problem, Roster, check
from poolmatch.domain.roster import RosterRow
from poolmatch.rules.fair_load import FairLoadRule

PEER = Path(__file__).parents[2] / "benchmarks" / "contenders" / "peers" / "timefold" / "peer.py"
PYTHON = Path(__file__).parents[2] / ".venv-peers" / "timefold" / "bin" / "python"
WEIGHTED = STANDARD_RULES.weighted()


def above(hinges: list[list[int]], amount: int) -> int:
    return sum(rate * max(0, amount - edge) for edge, rate in hinges)


def value(numbers: dict[str, Any], takers: list[int | None]) -> int:
    balance = [row["opening"] for row in numbers["organisations"]]
    load = [0] * len(numbers["facilitators"])
    total = 0
    for seat, taker in zip(numbers["seats"], takers, strict=True):
        if taker is None:
            total += seat["empty"]
            continue
        total += seat["costs"][seat["eligible"].index(taker)]
        load[taker] += seat["ticks"]
        balance[numbers["facilitators"][taker]["organisation"]] += seat["minutes"]
        for party, minutes in seat["receipts"]:
            balance[party] -= minutes
    total += sum(
        above(person["load"], 100 * ticks) for person, ticks in zip(numbers["facilitators"], load, strict=True)
    )
    return total + sum(above(numbers["balance"], abs(minutes)) for minutes in balance)


def legal(numbers: dict[str, Any], takers: list[int | None]) -> bool:
    for place, person in enumerate(numbers["facilitators"]):
        held = [k for k, taker in enumerate(takers) if taker == place]
        seats = [numbers["seats"][k] for k in held]
        days = [seat["day"] for seat in seats]
        weeks = [seat["week"] for seat in seats]
        if any(set(seat["apart"]) & set(held) for seat in seats):
            return False
        if any(days.count(day) > person["per_day"] for day in days):
            return False
        if person["per_week"] is not None and any(weeks.count(week) > person["per_week"][week] for week in weeks):
            return False
        if person["meetings"] is not None and len(held) > person["meetings"]:
            return False
        if person["ticks"] is not None and sum(seat["ticks"] for seat in seats) > person["ticks"]:
            return False
    return True


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_roster_of_eligible_people_is_worth_and_as_legal_as_check_says(seed: int) -> None:
    case = pool(12, 60, 6, seed)
    numbers = export(case, WEIGHTED)
    draw = random.Random(seed)
    verdicts = set()
    for filled in (0.0, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 1.0, 1.0, 1.0):
        takers = [
            draw.choice(seat["eligible"]) if seat["eligible"] and draw.random() < filled else None
            for seat in numbers["seats"]
        ]
        holders: dict[str | tuple[str, str], str | None] = {
            (seat["meeting"], seat["seat"]): numbers["facilitators"][taker]["id"]
            for seat, taker in zip(numbers["seats"], takers, strict=True)
            if taker is not None
        }
        report = check(case, roster(holders), WEIGHTED)
        assert value(numbers, takers) == report.weighted.value
        assert legal(numbers, takers) == report.legal
        verdicts.add(report.legal)
    assert numbers["scale"] == report.weighted.scale
    assert verdicts == {True, False}


def test_one_person_and_one_meeting_by_hand() -> None:
    # Two hours, setup and wrap-up of 15 minutes each: 150 minutes of 1500 ticks, all of them F1's share.
    case = problem([meeting(setup_minutes=15, wrapup_minutes=15, priority=4)])
    numbers = export(case)
    (seat,) = numbers["seats"]
    (person,) = numbers["facilitators"]
    # A point of tier 5 weighs 2, so an hour of load too much costs 2 points of 900,000,000 units: a hundredth of a
    # tick 1,800,000,000 / 9,000,000 = 200.
    assert numbers["scale"] == 900_000_000
    edge = 150 * 1500
    assert person["load"] == [(110 * edge, 200), (125 * edge, 200), (150 * edge, 400), (200 * edge, 800)]
    # A minute of balance costs 1,800,000,000 / 60; from 8 hours on twice, from 24 hours on four times that.
    assert numbers["balance"] == [(0, 30_000_000), (480, 30_000_000), (1440, 60_000_000)]
    assert (seat["ticks"], seat["minutes"], seat["eligible"], seat["costs"]) == (150 * 1500, 150, [0], [0])
    # Priority 4 is 8 points of tier 1, of weight 1000.
    assert seat["empty"] == 8 * 1000 * 900_000_000


def test_a_free_margin_beyond_the_steps_leaves_one_hinge() -> None:
    numbers = export(problem(), STANDARD_RULES.plus(FairLoadRule(tolerance=120)))
    # 120 minutes of target, free to 220 %, then 8 points an hour.
    assert numbers["facilitators"][0]["load"] == [(220 * 120 * 1500, 8 * 200)]


def test_without_a_rule_nothing_is_charged_or_limited() -> None:
    case = problem(facilitators=[facilitator(max_per_week=1, max_meetings=1, max_hours=3)])
    limits = {"max-per-day", "max-per-week", "max-meetings", "max-hours"}
    numbers = export(case, STANDARD_RULES.without("fair-load", "reciprocity", "fill-seats", *limits))
    (person,) = numbers["facilitators"]
    assert [person[name] for name in ("per_day", "per_week", "meetings", "ticks", "load")] == [None] * 4 + [[]]
    assert (numbers["balance"], numbers["seats"][0]["receipts"], numbers["seats"][0]["empty"]) == ([], [], 0)


def test_commissioners_receive_in_equal_parts_and_the_ledger_opens() -> None:
    stakes = {"M1": {"A": "commissioner", "B": "commissioner", "Town": "decider"}}
    ledger = [{"organisation": "B", "hours_given": 3.0, "hours_received": 1.5}]
    numbers = export(problem([meeting(end="2026-03-05 21:40")], stakes=stakes, ledger=ledger))
    names = [row["id"] for row in numbers["organisations"]]
    assert {names[party]: minutes for party, minutes in numbers["seats"][0]["receipts"]} == {"A": 65, "B": 65}
    assert {row["id"]: row["opening"] for row in numbers["organisations"] if row["opening"]} == {"B": 90}


@pytest.mark.parametrize(("start", "together"), [("2026-03-05 21:29", False), ("2026-03-05 21:30", True)])
def test_meetings_that_overlap_are_apart_and_those_that_touch_are_not(start: str, together: bool) -> None:
    numbers = export(problem([meeting(), meeting("M2", start, "2026-03-05 22:30")]))
    assert [seat["apart"] for seat in numbers["seats"]] == ([[], []] if together else [[1], [0]])


@pytest.mark.parametrize(("per_day", "fits"), [(1, True), (2, True), (3, False), (None, True)])
def test_an_online_meeting_on_the_road_is_left_to_the_limit_per_day_or_refused(per_day: int | None, fits: bool) -> None:
    # Of the hour from 21:30 the journey takes 35 minutes and the online meeting half an hour: nobody does all three.
    call = meeting("C1", "2026-03-05 21:40", "2026-03-05 22:10", online=True)
    rows = [
        meeting(lat=53.0, lon=6.0),
        call,
        meeting("M2", "2026-03-05 22:30", "2026-03-05 23:00", lat=52.8271, lon=6.0),
    ]
    case = problem(rows, [facilitator(max_per_day=per_day)])
    if fits:
        assert [seat["apart"] for seat in export(case)["seats"]] == [[], [], []]
    else:
        with pytest.raises(Unsupported, match="travel-gap bears on more than two assignments"):
            export(case)


def test_the_past_takes_of_a_week_and_of_the_rest_after_it() -> None:
    # Sunday 1 March ends the week of Monday 23 February, in which F1 worked until 23:30 on Saturday evening.
    past = {"meeting": "P1", "facilitator": "F1", "role": "lead", "seat": "lead"}
    past |= {"start": "2026-02-28 21:30", "end": "2026-02-28 23:30"}
    early = meeting("M1", "2026-03-01 10:00", "2026-03-01 11:00")
    late = meeting("M2", "2026-03-01 10:30", "2026-03-01 11:30")
    later = meeting("M3", "2026-03-04 10:00", "2026-03-04 11:00")
    numbers = export(problem([early, late, later], [facilitator(max_per_week=2)], history=[past]))
    assert numbers["facilitators"][0]["per_week"] == [1, 2]
    # Eleven hours of rest end at half past ten.
    assert {seat["meeting"]: seat["eligible"] for seat in numbers["seats"]} == {"M1": [], "M2": [0], "M3": [0]}


@pytest.mark.parametrize(
    "case",
    [
        problem(seats=[{"meeting": "M1", "seat": name, "role": name} for name in ("lead", "co")]),
        problem(facilitators=[facilitator(min_meetings=2)]),
        problem(published=[{"meeting": "M1", "seat": "lead", "facilitator": "F1"}]),
        problem(pins=[{"meeting": "M1", "seat": "lead", "facilitator": "F1"}]),
        problem(
            facilitators=[facilitator(organisation=None)],
            ties=[{"facilitator": "F1", "kind": "employee", "organisation": "Mill"}],
        ),
    ],
    ids=["two seats", "practice", "published", "pinned", "employer in ties"],
)
def test_what_the_peer_has_no_constraint_for_is_refused(case: Problem) -> None:
    with pytest.raises(Unsupported):
        export(case)


@pytest.mark.skipif(
    not (PYTHON.exists() and shutil.which("javac")), reason="needs a JDK and the environment of the Timefold peer"
)
def test_timefold_reports_the_value_that_check_finds(tmp_path: Path) -> None:
    case = pool(6, 15, 3, 1)
    document = tmp_path / "numbers.json"
    document.write_text(json.dumps(export(case)), "utf-8")
    subprocess.run([PYTHON, PEER, document, "--limit", "8", "--workers", "1", "--out", tmp_path], check=True)
    rows = [
        RosterRow(**(row | {"start": datetime.fromisoformat(row["start"])}))
        for row in json.loads((tmp_path / "roster.json").read_text("utf-8"))
    ]
    report = check(case, Roster(rows=tuple(rows)), WEIGHTED)
    last = json.loads((tmp_path / "curve.jsonl").read_text("utf-8").splitlines()[-1])
    assert report.legal
    assert report.weighted.value == last["value"]
    assert rows
