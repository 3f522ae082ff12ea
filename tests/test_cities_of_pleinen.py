"""Made-up cities of Pleinen: valid, of the size asked for, with large teams and many deciders."""

from collections import Counter, defaultdict
from datetime import datetime
from pathlib import Path

import pytest
from benchmarks.cases import pleinen, pools
from benchmarks.cases.pleinen_meetings import team
from tests.rings import seeds

from poolmatch import STANDARD_RULES, Problem, check, read
from poolmatch.checking import input_issues, pins_alone

SMALL, MIDDLE = (14, 20, 18), (40, 120, 24)


@pytest.fixture(scope="module")
def middle() -> Problem:
    return pleinen.city(*MIDDLE, seed=1)


@pytest.mark.parametrize("size", [(1, 1, 1), (3, 5, 2), SMALL, MIDDLE])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_city_has_the_size_asked_for(size: tuple[int, int, int], seed: int) -> None:
    problem = pleinen.city(*size, seed)
    assert (len(problem.facilitators), len(problem.meetings), len(problem.organisations)) == size


def test_the_same_seed_gives_the_same_city_and_another_seed_another() -> None:
    assert pleinen.tables(*SMALL, 7) == pleinen.tables(*SMALL, 7)
    assert len({pleinen.city(*SMALL, seed).fingerprint for seed in range(3)}) == 3


def test_an_empty_city_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        pleinen.city(0, 1, 1, 1)


def test_every_table_of_a_problem_has_rows(middle: Problem) -> None:
    assert {name for name in type(middle).model_fields if not getattr(middle, name)} == set()


@pytest.mark.parametrize(
    ("participants", "seats"),
    [
        (40, ("lead", "scribe", "trainee")),
        (41, ("lead", "co", "scribe", "trainee")),
        (81, ("lead", "co", "co 2", "scribe", "trainee")),
    ],
)
def test_the_larger_a_plein_the_larger_is_its_team(participants: int, seats: tuple[str, ...]) -> None:
    assert team("plein", participants) == seats
    assert team("intake", participants) == ("lead",)


def test_of_pleinen_many_decide_and_methods_are_asked_of_the_team(middle: Problem) -> None:
    large = [row.meeting for row in middle.meetings if len(middle.seats_of(row.meeting)) > 1]
    deciders = Counter(row.meeting for row in middle.stakes if row.grade == "decider")
    assert len(large) > len(middle.meetings) / 3
    assert {deciders[meeting] for meeting in large} == {2, 3, 4}
    of_teams = {row.meeting for row in middle.requirements if row.seat is None and row.kind == "required"}
    assert of_teams - {row.duty for row in middle.duties} == set(large)


def test_who_does_the_intake_leads_the_plein(middle: Problem) -> None:
    series = Counter(row.series for row in middle.meetings if row.series and row.series != "management")
    assert max(series.values()) > 2
    leads = [row for row in middle.seats if row.role == "lead" and middle.meeting(row.meeting).series in series]
    assert leads
    assert {row.continuity for row in leads} == {"same"}
    assert {row.continuity for row in middle.seats} == {"none", "prefer", "same", "rotate"}


def test_sessions_of_a_series_are_numbered_in_the_order_of_their_days(middle: Problem) -> None:
    starts: defaultdict[str, list[tuple[int | None, datetime]]] = defaultdict(list)
    for row in middle.meetings:
        if row.series and row.start:
            starts[row.series].append((row.session, row.start))
    assert any(len(held) > 2 for held in starts.values())
    assert all(sorted(held) == sorted(held, key=lambda item: item[1]) for held in starts.values())


@pytest.mark.parametrize("size", [SMALL, MIDDLE])
@pytest.mark.parametrize("seed", seeds(3, first=1))
def test_what_rules_ask_of_the_input_holds_and_pins_break_nothing(size: tuple[int, int, int], seed: int) -> None:
    problem = pleinen.city(*size, seed)
    assert [item for item in input_issues(problem, STANDARD_RULES) if item.severity == "error"] == []
    curable = {rule.id for rule in STANDARD_RULES.constraints if rule.curable}
    assert {item.rule for item in check(problem, pins_alone(problem)).violations} <= curable


def test_a_city_can_be_planned_anew_in_the_middle_of_the_month() -> None:
    before, after = pleinen.city(*SMALL, 1), pleinen.city(*SMALL, 1, today="2026-05-13")
    assert not before.frozen
    assert 0 < len(after.frozen) < len(after.meetings)


def test_the_folder_reads_back(tmp_path: Path) -> None:
    told = [*map(str, SMALL), "--seed", "3", "--today", "2026-05-13", "--out", str(tmp_path)]
    pools.main(told, make=pleinen.tables, module="pleinen", period="2026-05")
    assert read(tmp_path) == pleinen.city(*SMALL, 3, today="2026-05-13")
