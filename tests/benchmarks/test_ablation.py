"""What a setting costs is told, and parameters come from text."""

from __future__ import annotations

import importlib
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from benchmarks.cases.registry import sized
from benchmarks.contenders import ours
from benchmarks.contenders.tweaks import params_of
from benchmarks.measuring import ablation
from benchmarks.measuring.ablation import FULL, loss, table, variants
from benchmarks.measuring.results import Goal, Point, Run

from poolmatch import RuleSet, write
from poolmatch.solving.params import Params


def ran(value: int, bound: int, proven: float = 5, **more: Any) -> Run:
    """Return a run of two tiers, of which the first is proven from the start."""
    curve = (Point(1, 1, 7, 7), Point(proven, 2, value, bound))
    goals = (Goal(1, 7, 7, 1, 0), Goal(2, value, bound, 1, 0))
    done = Run("a", 1, FULL, 10, "done", seconds=10.5, solving=10.0, goals=goals, curve=curve)
    return replace(done, **more)


def test_parameters_are_set_by_their_path() -> None:
    assert params_of([]) == Params()
    found = params_of(["portfolio.direct=0", "root.starts=False"])
    assert (found.portfolio.direct, found.root.starts) == (0, False)
    assert found.portfolio.large == Params().portfolio.large


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("portfolio.direct", "sets nothing: write PATH=VALUE"),
        ("portfolio.derict=0", "no parameter 'derict'; there are: direct"),
        ("portfolio.direct.more=0", "no parameter 'more'; there are: none"),
        ("root.starts=1", "starts cannot be 1: it is True"),
        ("portfolio=1", "portfolio cannot be 1"),
    ],
)
def test_what_cannot_be_set_is_told(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        variants([text])


def test_what_is_lost_is_said_in_words() -> None:
    def lost(*others: Run) -> str:
        return loss({FULL: [ran(3, 3)] * len(others), "x": others}, "x")

    assert lost(ran(3, 3)) == ""
    assert lost(ran(3, 3, proven=5.4)) == ""
    assert lost(ran(3, 3, proven=9)) == "proven after 9.00 s instead of 5.00 s"
    assert lost(ran(4, 3)) == "value of tier 2 at 10 s; proven after – instead of 5.00 s"
    assert lost(ran(4, 3), ran(3, 3), ran(3, 3)) == ""  # one seed of three
    assert lost(ran(3, 3), Run("a", 1, "x", 10, "error", "ended with code 1")) == "no roster: ended with code 1"
    with pytest.raises(RuntimeError, match="poolmatch itself failed: why"):
        loss({FULL: [ran(3, 3, outcome="error", reason="why")], "x": [ran(3, 3)]}, "x")


def test_what_no_case_is_worse_without_is_not_needed() -> None:
    easy = {FULL: [ran(3, 3)], "x": [ran(3, 3)], "y": [ran(3, 3)]}
    hard = {FULL: [ran(3, 2)], "x": [ran(3, 1)], "y": [ran(2, 2)]}
    rows = table({"easy": easy, "hard": hard}).splitlines()[2:]
    assert rows == ["| x | no worse | bound of tier 2 at 10 s | yes |", "| y | no worse | no worse | **no** |"]


@pytest.mark.slow
def test_the_command_runs_every_variant(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ablation.main(["smoke", "--set", "portfolio.direct=0", "--limit", "3"], tmp_path)
    told = capsys.readouterr().out
    assert "| set otherwise | smoke | needed as it is |" in told
    assert "| portfolio.direct=0 | " in told
    assert (tmp_path / "smoke-ablation" / "1" / "portfolio.direct=0" / "run.json").exists()
    with pytest.raises(SystemExit):
        ablation.main(["nowhere"], tmp_path)


def test_settings_and_limits_reach_the_search(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: dict[str, Any] = {}

    def listen(_: object, rules: RuleSet, **settings: Any) -> None:
        heard.update(settings, rules=rules.mode)
        raise OSError("heard")

    write(sized("pools", 3, 4, 2)(1), tmp_path / "problem")
    (tmp_path / "rules.toml").write_text('mode = "weighted"', "utf-8")
    words = [str(tmp_path / "problem"), "--rules", str(tmp_path / "rules.toml"), "--set", "portfolio.direct=0"]
    words += ["--limit", "7", "--seed", "3", "--workers", "2", "--out", str(tmp_path / "out")]
    monkeypatch.setattr(importlib.import_module("poolmatch.solving.solve"), "solve", listen)
    monkeypatch.setattr(sys, "argv", ["ours", *words])
    assert ours.main() == 2
    assert heard["params"].portfolio.direct == 0
    assert (heard["rules"], heard["time_limit"], heard["seed"], heard["workers"]) == ("weighted", 7, 3, 2)
