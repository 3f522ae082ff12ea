"""Policies of one's own, as text and as data, and what is said of wrong ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from tests.neutrality.asking import GRADES

from poolmatch import ProblemError
from poolmatch.neutrality import Policy

HEAD = 'name = "own"\nversion = 3\n'
ROW = """
[[rows]]
rule = "volunteers"
ties = ["employee"]
chain = ["none"]
decider = "blocked"
commissioner = "blocked"
interest = "waivable"
contributor = "disclose"
observer = "avoid"
"""

STRICTLY = HEAD + 'base = "strict"\n'


def row(**cells: Any) -> dict[str, Any]:
    return {"rule": "mine", "ties": ["employee"], "chain": ["none"], **dict.fromkeys(GRADES, "disclose"), **cells}


def own(*rows: Mapping[str, Any], **keys: Any) -> Policy:
    return Policy.from_data({"name": "own", "version": 1, "rows": list(rows), **keys})


def issues(data: str | Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return place, reason and remedy of everything that is wrong with a policy."""
    with pytest.raises(ProblemError) as caught:
        Policy.from_toml(data) if isinstance(data, str) else Policy.from_data(data)
    assert {(issue.table, issue.rows) for issue in caught.value.issues} == {("policy", ())}
    return [(issue.column, issue.reason, issue.remedy) for issue in caught.value.issues]


INSIDERS = Policy.from_data({"name": "insiders", "version": 1, "base": "internal", "balanced_teams": True})
"""Two insiders may act together, each of another party that decides."""
