"""The harness: it runs what it says, judges what comes back, and tells better from worse."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks.__main__ import main, measured, smoke
from benchmarks.cases import registry as cases
from benchmarks.cases import reviewers, smptsp
from benchmarks.cases.registry import CASES, SMOKE, Case, case_of, sized
from benchmarks.cases.rule_files import toml_of
from benchmarks.contenders import registry as contenders
from benchmarks.contenders.environments import Absent, python_of
from benchmarks.contenders.instances import BadAnswer, Instance, disagreement
from benchmarks.contenders.registry import Contender, run, together
from benchmarks.measuring import table
from benchmarks.measuring.changes import changes, verdict
from benchmarks.measuring.phases import PHASES
from benchmarks.measuring.phases import measured as phases
from benchmarks.measuring.processes import PROC, watched
from benchmarks.measuring.results import Goal, Point, Results, Run, read, thinned

from poolmatch import STANDARD_RULES, Roster, RuleSet, write
from poolmatch import read as read_problem
from poolmatch.domain.travel import Travel

WEIGHTED = cases.WEIGHTED
TINY = Case(sized("pools", 3, 4, 2), 5, ("cpsat",), WEIGHTED, seeds=(1,))


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    return tmp_path / "scratch"


def ran(value: int, bound: int | None, curve: Sequence[Point] = (), **others: object) -> Run:
    """Return a run of poolmatch on the case of 12 × 40 that ended so, in units of a tenth of a point."""
    goal = Goal(0, value, bound, 10, 0)
    known = Run("pool 12x40, weighted", 1, "poolmatch", 10, "done", "", 8.0, 100.0, (goal,), tuple(curve))
    return replace(known, **others)  # type: ignore[arg-type]


# --- everything together -------------------------------------------------------------------------------


@pytest.mark.slow
def test_smoke_runs_judges_and_draws_without_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = smoke(tmp_path)
    outcomes = {(item.case, item.contender): item.outcome for item in found.runs}
    assert set(outcomes) == {(case, name) for case, what in SMOKE.items() for name in ("poolmatch", *what.peers)}
    assert set(outcomes.values()) == {"done"}
    for case, tiers in (("smoke", 6), ("smoke, weighted", 1)):
        runs = [item for item in found.runs if item.case == case]
        ends = {tuple((goal.value, goal.proven) for goal in item.goals) for item in runs}
        assert len(ends) == 1  # each proved the same optimum by itself, tier by tier
        assert [proven for _, proven in ends.pop()] == [True] * tiers
        assert all(item.reading and item.solving and item.seconds for item in runs)
        assert all({point.tier for point in item.curve} <= {goal.tier for goal in item.goals} for item in runs)
        picture = tmp_path / "smoke-results" / f"{case.replace(', ', '-')}.png"
        assert picture.read_bytes().startswith(b"\x89PNG")
    assert set(found.phases["smoke"]) >= set(PHASES)
    told = capsys.readouterr().out
    assert "| smoke | proven after" in told
    assert "| smoke | CP-SAT, our model, as it comes | the same | the same | the same |" in told


@pytest.mark.slow
def test_only_what_is_asked_for_is_measured(tmp_path: Path) -> None:
    found = measured(["smoke"], [2], [], 1, tmp_path, phases=False)
    assert [(item.contender, item.seed, item.limit) for item in found.runs] == [("poolmatch", 2, 1)]
    assert found.phases == {}


def test_phases_of_rules_without_neutrality_are_measured_too(tmp_path: Path) -> None:
    """Those of published instances are such."""
    case = replace(TINY, rules=WEIGHTED.without("neutral"))
    write(case.make(1), tmp_path / "problem")
    found = phases(tmp_path / "problem", case, 1)
    assert set(found) == set(PHASES) - {"solve"}
    assert found["assess"] < found["eligibility"]


# --- the judge -------------------------------------------------------------------------------------------


def test_a_problem_and_its_rules_come_back_from_their_files(scratch: Path) -> None:
    instance = Instance("teams, plain", replace(SMOKE["smoke"], rules=cases.plain(WEIGHTED)), 1, scratch)
    assert read_problem(instance.problem_folder).to_json() == instance.problem.to_json()
    assert instance.rules_file is not None
    assert RuleSet.from_file(instance.rules_file).fingerprint == cases.plain(WEIGHTED).fingerprint
    assert Instance("teams", SMOKE["smoke"], 1, scratch).rules_file is None  # the defaults need no file


@pytest.mark.parametrize("rules", [*reviewers.ORDERS.values(), smptsp.WEIGHTED, WEIGHTED.weighted((9, 5, 1))])
def test_a_file_says_what_a_rule_set_says(rules: RuleSet) -> None:
    assert RuleSet.from_toml(toml_of(rules)).fingerprint == rules.fingerprint


def test_what_a_file_of_rules_cannot_say_is_told() -> None:
    with pytest.raises(ValueError, match="cannot say what the rule set standard says"):
        toml_of(STANDARD_RULES.with_travel(Travel(speed_kmh=30)))


def test_an_illegal_roster_is_no_answer(scratch: Path) -> None:
    instance = Instance("tiny", TINY, 1, scratch)
    instance.judged(Roster.of(instance.problem, {}))
    person = instance.problem.facilitators[0].facilitator
    everywhere = {(seat.meeting, seat.seat): person for seat in instance.problem.all_seats}
    with pytest.raises(BadAnswer, match="illegal"):
        instance.judged(Roster.of(instance.problem, everywhere))


def test_a_value_that_was_not_reached_or_cannot_be_is_told() -> None:
    assert disagreement(10, 10, 10) is None
    assert disagreement(10, 12, 8) is None  # the model may count more than the judge, never less
    assert disagreement(10, 9, None) == "the roster is worth 10, and not 9 as was claimed"
    assert disagreement(10, 10, 11) == "the roster is worth 10, below the bound 11"


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("import sys; sys.exit('no licence')", "ended with code 1: no licence"),
        ("pass", "found no roster in time"),
        (
            "import sys, pathlib; out = pathlib.Path(sys.argv[-1])\n"
            "(out / 'roster.csv').write_text('meeting,seat,facilitator,start,end')\n"
            'point = \'{"seconds": 1, "tier": 0, "value": 1, "bound": null}\'; (out / "curve.jsonl").write_text(point)',
            "and not 1 as was claimed",
        ),
    ],
)
def test_what_goes_wrong_with_a_contender_is_told(
    script: str, reason: str, tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "strange.py").write_text(script, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.syspath_prepend(tmp_path)
    strange = {"strange": Contender("Strange", "strange", "problem")}
    done = run(Instance("tiny", TINY, 1, scratch), "strange", limit=1, contenders=strange)
    assert reason in done.reason
    assert done.outcome == ("nothing" if script == "pass" else "error")


def test_a_bound_above_a_roster_that_another_found_is_an_error() -> None:
    ours, theirs = ran(700, 650), ran(710, 705, [Point(1, 0, 710, 705)], contender="highs")
    assert [item.outcome for item in together([ours, theirs])] == ["done", "error"]
    honest = ran(710, 700, [Point(1, 0, 710, 700)], contender="highs")
    assert [item.outcome for item in together([ours, honest])] == ["done", "done"]


def test_what_cannot_be_avoided_is_the_same_for_all() -> None:
    ours = ran(700, 700, goals=(Goal(0, 700, 700, 10, 200),))
    assert [item.goals[0].unavoidable for item in together([ran(710, 700, contender="highs"), ours])] == [200, 200]


# --- processes and environments ----------------------------------------------------------------------------


@pytest.mark.slow
def test_a_process_that_does_not_end_is_stopped(tmp_path: Path) -> None:
    ended = watched(
        [sys.executable, "-c", "import time; print('so far', flush=True); time.sleep(60)"], tmp_path / "l", 2
    )
    assert (ended.code, ended.words) == (None, "so far")
    assert ended.seconds < 30


@pytest.mark.slow
@pytest.mark.skipif(not PROC.exists(), reason="the system has no /proc")
def test_memory_of_children_counts(tmp_path: Path) -> None:
    child = "import time; held = bytearray(100 * 2**20); time.sleep(1)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    held = watched([sys.executable, "-c", parent], tmp_path / "log", 60).mib
    assert held is not None
    assert 100 < held < 200


def test_a_contender_without_script_program_or_environment_is_absent(scratch: Path) -> None:
    unknown = {
        "no-script": Contender("A", "benchmarks.contenders.peers.nobody", "problem"),
        "no-program": Contender("B", "benchmarks.contenders.ours", "problem", needs=("no-such-program",)),
        "no-environment": Contender("C", "benchmarks.contenders.ours", "problem", environment="no-such-peer"),
    }
    instance = Instance("tiny", TINY, 1, scratch)
    found = {name: run(instance, name, contenders=unknown) for name in unknown}
    assert {item.outcome for item in found.values()} == {"absent"}
    assert found["no-script"].reason == "there is no benchmarks/contenders/peers/nobody.py"
    assert found["no-program"].reason == "no-such-program not found"
    with pytest.raises(Absent, match=r"no-such-peer\.txt"):
        python_of("no-such-peer")


# --- figures -----------------------------------------------------------------------------------------------


def test_a_gap_is_taken_after_what_cannot_be_avoided() -> None:
    # 70 points, 66 proven, 30 unavoidable: 4 of 40.
    assert Goal(0, 700, 660, 10, 300).gap == pytest.approx(0.1)
    assert Goal(0, 5, 1, 10, 0).gap == pytest.approx(0.4)  # half a point above 0.1: divided by 1, not by 0.5
    assert Goal(0, 700, None, 10, 0).gap is None


def test_gaps_and_distances_at_a_moment_are_those_before_it() -> None:
    mine = ran(500, 400, [Point(1, 0, 800, 200), Point(5, 0, 500, 250), Point(8, 0, 500, 400)])
    assert table.gap_of(mine, 0.5) is None
    assert table.gap_of(mine, 4.9) == pytest.approx(0.75)
    assert table.gap_of(mine, 5) == pytest.approx(0.5)
    assert table.gap_of(mine) == pytest.approx(0.2)
    assert table.distance_of(mine, 450) == pytest.approx(0.1)
    assert table.first_roster(mine) == 1


def test_the_time_to_proof_is_when_value_and_bound_met() -> None:
    assert ran(5, 5, [Point(1, 0, 5, 3), Point(2, 0, 5, 5), Point(4, 0, 5, 5)]).proven_after() == 2
    assert ran(5, 4, [Point(1, 0, 5, 4)]).proven_after() is None


def test_a_seed_without_a_proof_counts_as_infinitely_slow() -> None:
    proven, open_ = ran(5, 5, [Point(2, 0, 5, 5)]), ran(5, 4)
    assert table.middle([proven, proven, open_], Run.proven_after) == 2
    assert table.middle([proven, open_, open_], Run.proven_after) == float("inf")


def test_thinning_keeps_the_first_and_the_last() -> None:
    curve = [Point(1, 0, 100, None), *(Point(10 + k / 1000, 0, 90 - k, 1) for k in range(50)), Point(20, 0, 5, 5)]
    kept = thinned(curve)
    assert (kept[0], kept[-1]) == (curve[0], curve[-1])
    assert kept[-2].value == 41
    assert len(kept) == 4


def test_results_come_back_from_json_and_later_ones_take_their_place() -> None:
    first = Results(
        [ran(5, 4, [Point(1, 0, 5, 4)]), ran(9, None, seed=2)], {"smoke": {"read": 0.1}}, {}, {"machine": 1}
    )
    assert Results.from_json(first.to_json()).runs == first.runs
    later = first.with_later(Results([ran(5, 5)], {"smoke": {"read": 0.2}}))
    assert [(item.seed, item.goals[0].bound) for item in later.runs] == [(1, 5), (2, None)]
    assert later.phases == {"smoke": {"read": 0.2}}


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        (0.02, 0.01, ("0.50", "better")),
        (0.01, 0.02, ("2.00", "worse")),
        (0.01, 0.0105, ("1.05", "same")),
        (0.0, 0.00005, ("1.00", "same")),  # both as good as closed
        (float("inf"), 3.0, ("–", "better")),
        (3.0, float("inf"), ("–", "worse")),
    ],
)
def test_changes_are_better_worse_or_the_same(old: float, new: float, word: tuple[str, str]) -> None:
    assert verdict(old, new, 1e-4) == word


def test_only_runs_with_the_same_seed_and_limit_are_compared() -> None:
    before = Results([ran(500, 400, [Point(8, 0, 500, 400)]), ran(900, 1, seed=2), ran(900, 1, seed=3, limit=5.0)])
    now = Results([ran(500, 450, [Point(8, 0, 500, 450)]), ran(1, 1, seed=3)])
    assert "| pool 12x40, weighted | gap | 20 % | 10 % | 0.50 | better |" in changes(now, before)
    assert changes(before, before) == ""


def test_the_table_says_how_many_times_as_far_others_are() -> None:
    ours = ran(500, 450, [Point(8, 0, 500, 450)])
    theirs = ran(900, 100, [Point(9, 0, 900, 100)], contender="highs")
    nobody = ran(0, None, contender="scip", outcome="absent", reason="no wheel", goals=())
    text = table.tables(Results([ours, theirs, nobody]))
    # 45 points are proven: 5 of 50 above against 45 of 90.
    assert "gap 10 % after 8.00 s" in text
    assert "HiGHS: 50 % above the best bound (5 ×), gap 89 %" in text
    assert "SCIP: absent, no wheel" in text
    assert "Measured at commit" not in text


def test_the_table_says_at_which_commits_a_case_was_measured() -> None:
    ours, theirs = ran(500, 450, commit="abc"), ran(900, 100, contender="highs")
    text = table.tables(Results([ours, theirs]))
    assert "Measured at commit: poolmatch abc; HiGHS an earlier one." in text


def test_moments_after_the_limit_say_nothing_unless_all_is_proven() -> None:
    def row(run: Run) -> list[str]:
        line = next(line for line in table.tables(Results([run])).splitlines() if line.startswith("| poolmatch |"))
        return line.split(" | ")[2:6]

    open_ = [Point(8, 0, 500, 400)]
    assert row(ran(500, 400, open_, limit=10)) == ["20 %", "–", "–", "20 %"]
    assert row(ran(500, 400, open_, limit=30)) == ["20 %", "20 %", "–", "20 %"]
    assert row(ran(500, 500, [Point(8, 0, 500, 500)], limit=10)) == ["0 %", "0 %", "0 %", "0 %"]


def test_percentages_have_two_digits_that_count() -> None:
    found = [table.percent(part) for part in (None, 0.0, 0.00123, 0.0567, 0.5, 734.0)]
    assert found == ["–", "0 %", "0.12 %", "5.7 %", "50 %", "> 1000 %"]


def test_who_knows_one_sum_alone_takes_no_part_in_tiers() -> None:
    Case(sized("pools", 3, 4, 2), 5, cases.OF_MODELS)
    with pytest.raises(ValueError, match="hand-written and timefold know the weighted sum alone"):
        Case(sized("pools", 3, 4, 2), 5, cases.OF_POOLS)


def test_every_peer_of_a_case_is_known_and_no_name_is_unknown() -> None:
    assert {peer for case in (CASES | SMOKE).values() for peer in case.peers} < set(contenders.CONTENDERS)
    with pytest.raises(ValueError, match="no case 'nation'; there are: teams 12x40"):
        case_of("nation")
    with pytest.raises(SystemExit):
        main(["nation"])


def test_there_are_no_results_without_a_file(tmp_path: Path) -> None:
    assert read(tmp_path / "latest.json").runs == []
