"""The record of a run: what it holds, what a register takes from it, and the same roster once more."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from tests.builders import facilitator, meeting, problem
from tests.rings import seeds
from tests.rule_sets import standing
from tests.solving.programmes import lively

from poolmatch import (
    STANDARD_RULES,
    ProblemError,
    Roster,
    RuleSet,
    RunRecord,
    certificate,
    read,
    replay,
    solve,
    write_result,
)
from poolmatch.domain.travel import Travel
from poolmatch.messages.records import REGISTER, REGISTER_FIELDS
from poolmatch.neutrality.policy import INTERNAL

TWO = problem([meeting("M1"), meeting("M2", "2026-03-12 19:00", "2026-03-12 21:00")], ["F1", "F2", "F3"])
SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "samenspel-2026-10"


def test_what_is_written_beside_a_roster_is_its_record(tmp_path: Path) -> None:
    result = solve(TWO, seed=3, time_limit=20, workers=1)
    write_result(result, tmp_path)
    record = RunRecord.from_file(tmp_path / "run.json")
    assert record == RunRecord.of(result) == RunRecord.from_dict(json.loads(json.dumps(record.to_dict())))
    assert record.settings == {"time_limit": 20, "workers": 1, "deterministic": False, "started": False}
    assert record.fingerprints == {
        "problem": TWO.fingerprint,
        "rules": STANDARD_RULES.fingerprint,
        "policy": STANDARD_RULES.policy.fingerprint,
        "roster": result.roster.fingerprint,
        "certificate": certificate(TWO, result.roster, STANDARD_RULES.policy).fingerprint,
    }
    written = json.loads((tmp_path / "certificate.json").read_text("utf-8"))
    text = json.dumps(written, sort_keys=True, separators=(",", ":"))
    assert record.fingerprints["certificate"] == hashlib.sha256(text.encode()).hexdigest()


RULE_SETS = (
    STANDARD_RULES,
    STANDARD_RULES.weighted((9, 8, 7, 6, 5, 4)),
    STANDARD_RULES.keeping({5: "1 %", 4: 0.5}),
    standing(cost=5.5),
    STANDARD_RULES.without("rest", "short-travel").with_policy(INTERNAL).with_travel(Travel(speed_kmh=50)),
    RuleSet.from_file(Path(__file__).parents[2] / "docs" / "rules.toml"),
)


@pytest.mark.parametrize("rules", RULE_SETS, ids=range(len(RULE_SETS)))
def test_the_rules_come_back_from_the_record(rules: RuleSet) -> None:
    assert RunRecord.of(solve(TWO, rules)).rules().fingerprint == rules.fingerprint


@pytest.mark.parametrize("seed", seeds(10))
@pytest.mark.parametrize("deterministic", [True, False])
def test_the_same_roster_comes_out_again(seed: int, deterministic: bool) -> None:
    case = lively(seed)
    result = solve(case, seed=seed, time_limit=20, deterministic=deterministic)
    again = replay(RunRecord.of(result), case)
    assert (again.same, again.differences) == (True, ())
    assert again.result.roster == result.roster


def test_a_sample_comes_out_again_from_its_file(tmp_path: Path) -> None:
    case = read(SAMPLE)
    write_result(solve(case, time_limit=30, seed=1, workers=1, deterministic=True), tmp_path)
    assert replay(RunRecord.from_file(tmp_path / "run.json"), case).same


def test_what_is_otherwise_is_told_with_what_may_be_why() -> None:
    result = solve(TWO, seed=1)
    record = RunRecord.of(result)
    old = RunRecord.from_dict(record.to_dict() | {"versions": {**record.versions, "ortools": "9.1"}})
    smaller = TWO.replace(facilitators=[row for row in TWO.facilitators if row.facilitator == "F1"])
    again = replay(old, smaller)
    told = [words.en for words in again.differences]
    assert not again.same
    assert told[0] == "The problem is not the one of the record."
    assert told[1].endswith("it was 9.1.")
    assert "The roster is another." in told
    assert any(words.startswith("Tier 5 is") for words in told)


def test_what_the_same_roster_is_worth_is_told_where_that_is_otherwise() -> None:
    # Nobody else can lead M1; what the drive of 13 km costs is told, and there was none before.
    one = problem([meeting("M1", lat=53.2, lon=6.5)], [facilitator("F1", lat=53.2, lon=6.5)])
    moved = problem([meeting("M1", lat=53.2, lon=6.5)], [facilitator("F1", lat=53.2, lon=6.65)])
    again = replay(RunRecord.of(solve(one)), moved)
    assert again.same
    told = [words.en for words in again.differences]
    assert told[:2] == ["The problem is not the one of the record.", "Tier 6 is 13 points; it was 0."]
    assert "The roster is another." not in told


def test_a_certificate_that_says_something_else_is_told_though_the_roster_is_the_same() -> None:
    record = RunRecord.of(solve(TWO, seed=1))
    other = RunRecord.from_dict(record.to_dict() | {"fingerprints": {**record.fingerprints, "certificate": "0" * 64}})
    again = replay(other, TWO)
    assert again.same
    assert [words.en for words in again.differences] == [
        "The neutrality certificate says something else than that of the record."
    ]


def test_a_record_without_a_certificate_is_not_held_against_one() -> None:
    record = RunRecord.of(solve(TWO, seed=1))
    known = {name: digest for name, digest in record.fingerprints.items() if name != "certificate"}
    again = replay(RunRecord.from_dict(record.to_dict() | {"fingerprints": known}), TWO)
    assert (again.same, again.differences) == (True, ())


def test_a_run_that_began_with_a_roster_says_so() -> None:
    result = solve(TWO, initial_roster=Roster.of(TWO, {("M1", "lead"): "F1"}))
    assert [words.en[:18] for words in replay(RunRecord.of(result), TWO).differences[:1]] == ["The run began with"]


@pytest.mark.parametrize(
    ("change", "columns"),
    [
        ({"seed": None}, ["seed"]),
        ({"tiers": 1, "seats": []}, ["tiers", "seats"]),
        ({"status": "DONE"}, ["status"]),
        ({"settings": {"workers": 1, "time_limit": 1}}, ["settings.deterministic", "settings.started"]),
        ({"fingerprints": {}}, ["fingerprints.problem", "fingerprints.roster", "fingerprints.rules"]),
        ({"rule_set": {"rules": 1}}, ["rule_set.rules"]),
        ({"rule_set": {}}, ["rule_set.rules"]),
        ({"tiers": [dict.fromkeys(("tier", "value", "bound", "scale", "unavoidable"), 1)]}, ["tiers.tolerance"]),
    ],
)
def test_what_is_no_record_is_told_by_its_keys(change: dict[str, Any], columns: list[str]) -> None:
    data = RunRecord.of(solve(TWO)).to_dict() | change
    with pytest.raises(ProblemError) as caught:
        RunRecord.from_dict(data)
    assert sorted(str(issue.column) for issue in caught.value.issues) == sorted(columns)


@pytest.mark.parametrize("text", ["", "[]", "{", "\xff"])
def test_a_file_that_is_no_record_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "run.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(ProblemError):
        RunRecord.from_file(tmp_path / "run.json")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_register_gets_what_poolmatch_knows_and_blanks_for_the_rest(language: str) -> None:
    fields = RunRecord.of(solve(TWO)).register_fields(language)
    assert tuple(fields) == REGISTER_FIELDS
    assert {name for name, text in fields.items() if text} == set(REGISTER)
    assert f"{STANDARD_RULES.policy.name} {STANDARD_RULES.policy.version}" in fields["methods_and_models"]
    assert STANDARD_RULES.fingerprint[:12] in fields["methods_and_models"]
