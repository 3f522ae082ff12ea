"""A small rule set or policy for each kind of message about them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from poolmatch import Policy, RuleSet
from poolmatch.neutrality.policy import as_policy

RULE_SETS: Mapping[str, str] = {
    "rules-not-toml": "name = ",
    "rules-not-together": 'mode = "weihgted"',
    "rule-given-and-left-out": 'without = ["rest"]\n[rules.rest]',
    "setting-of-all-rules": "[rules.travel-limit.travel]\ndetour = 2",
    "rules-key-unknown": "wieghts = [3]",
    "rules-key-of-wrong-kind": "weights = 3",
    "rule-not-a-table": "[rules]\nrest = 12",
    "tier-of-no-preference": "[tiers]\nrest = 2",
    "tier-out-of-range": "[tiers]\ncost = 0.9",
    "tolerance-wrong": '[keep]\n5 = "a bit"',
    "rule-unknown": "[rules.few-poeple]",
    "steps-without-rule": "[[steps]]\nrole = 'co'\nneeds = 'observer'\ntimes = 2",
    "rule-parameter-wrong": "[rules.rest]\nhours = -1.0",
}
"""TOML."""

GRADES = dict.fromkeys(("decider", "commissioner", "interest", "contributor", "observer"), "avoid")
ROW: Mapping[str, Any] = {"rule": "mine", "ties": ["employee"], "chain": ["none"], **GRADES}


def row(**cells: Any) -> Mapping[str, Any]:
    """A policy of one row."""
    return {"name": "own", "rows": [{**ROW, **cells}]}


POLICIES: Mapping[str, Mapping[str, Any]] = {
    "policy-key-unknown": {**row(), "versio": 1},
    "policy-key-of-wrong-kind": {"name": "own", "rows": 5},
    "policy-unknown": {"name": "own", "base": "strickt"},
    "policy-changes-no-base": {**row(), "drop": ["resident"]},
    "policy-base-row-unknown": {"name": "own", "base": "strict", "drop": ["rezident"]},
    "policy-row-dropped-and-regraded": {
        "name": "own",
        "base": "strict",
        "drop": ["resident"],
        "regrade": {"resident": {"decider": "avoid"}},
    },
    "policy-degree-unknown": row(decider="never"),
    "policy-years-wrong": row(look_back=-1),
    "policy-row-key-unknown": row(chian=["none"]),
    "policy-value-wrong": row(target="themes"),
    "policy-without-rows": {"name": "own"},
    "policy-built-in-balanced": {"name": "strict", "base": "strict", "balanced_teams": True},
    "policy-row-twice": {"name": "own", "rows": [ROW, ROW]},
    "policy-kind-unknown": row(ties=["employe"]),
    "policy-kind-taken": {"name": "own", "kinds": ["adviseur"], "rows": [ROW]},
    "policy-row-without-chain": row(chain=[]),
    "policy-unknown-row-with-ties": row(target="unknown", chain=[]),
    "policy-row-without-ties": row(ties=[]),
    "policy-row-chain-unneeded": row(target="dossier", ties=["dossier"]),
    "policy-theme-too-harsh": row(target="theme", chain=[], observer="waivable"),
    "policy-ended-tie-for-no-time": row(ties=["former_employee"]),
    "policy-once-ended-without-look-back": row(once_ended="avoid"),
    "policy-tie-active-and-ended": row(ties=["employee", "ended employee"], look_back=1),
}
"""Data of a policy."""


def _file(read: Callable[[Path], object], text: bytes) -> Callable[[Path], object]:
    def call(folder: Path) -> object:
        path = folder / "rules.toml"
        path.write_bytes(text)
        return read(path)

    return call


CALLS: Mapping[str, Callable[[Path], object]] = {
    "rules-file-not-utf-8": _file(RuleSet.from_file, b"\xff"),
    "rules-file-unreadable": lambda folder: RuleSet.from_file(folder / "nowhere.toml"),
    "policy-file-not-utf-8": _file(Policy.from_file, b"\xff"),
    "policy-file-unreadable": lambda folder: Policy.from_file(folder / "nowhere.toml"),
    "policy-not-toml": lambda _: Policy.from_toml("name = "),
    "policy-of-wrong-kind": lambda _: as_policy(5),
}
"""What raises, given a folder."""
