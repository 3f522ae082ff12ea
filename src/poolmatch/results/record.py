"""The record of a run: all that it takes to make a roster again, and to answer for it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from poolmatch.checking import Report
from poolmatch.errors import ProblemError
from poolmatch.messages import records as said
from poolmatch.results.result import Result
from poolmatch.results.status import Status
from poolmatch.results.tier import Tier
from poolmatch.ruleset import STANDARD_IDS, RuleSet
from poolmatch.toml_keys import KINDS
from poolmatch.words import Language

KEYS = ("status", "seconds", "seed", "settings", "versions", "fingerprints", "rule_set", "tiers", "weighted", "seats")
"""What a record holds at least."""
INSIDE = {
    "settings": ("time_limit", "workers", "deterministic", "started"),
    "fingerprints": ("problem", "rules", "roster"),
    "rule_set": ("rules",),
    "tiers": tuple(field.name for field in fields(Tier)),
}
"""And what some of that holds at least; of tiers each."""


@dataclass(frozen=True)
class RunRecord:
    """What ``run.json`` says of a run.

    Attributes
    ----------
    status
        How solving ended.
    seconds
        How long it took.
    seed, settings
        Seed, and how it was searched: ``time_limit``, ``workers``, ``deterministic``, ``started``.
    versions
        Version of poolmatch and of what it stands on.
    fingerprints
        Digests of ``problem``, ``rules``, ``policy``, ``roster`` and ``certificate``: that of the coordinator.
    rule_set
        The rules with all parameters, policy and travel settings, as data.
    tiers
        Value, bound and scale of each tier, as of `Tier.to_dict`.
    weighted
        The same of their weighted sum, where that was minimised.
    seats
        How many seats are ``required``, and how many of them ``filled``.
    """

    status: str
    seconds: float
    seed: int
    settings: Mapping[str, Any]
    versions: Mapping[str, str]
    fingerprints: Mapping[str, str]
    rule_set: Mapping[str, Any]
    tiers: tuple[Mapping[str, Any], ...]
    weighted: Mapping[str, Any] | None
    seats: Mapping[str, int]

    @classmethod
    def of(cls, result: Result) -> RunRecord:
        """Return the record of a result."""
        return cls.from_dict(result.run_dict())

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> RunRecord:
        """Return the record that data hold, such as the content of ``run.json``; other keys are left aside.

        Raises
        ------
        ProblemError
            A key is missing, or holds something else than it should.
        """
        shapes: dict[str, Any] = dict.fromkeys(KEYS, Mapping) | {"status": str, "seconds": float | int, "seed": int}
        shapes |= {"tiers": list | tuple, "weighted": Mapping | None}
        issues = [said.NO_RECORD.at("run", column=key) for key in KEYS if not isinstance(data.get(key), shapes[key])]
        issues = issues or [said.NO_RECORD.at("run", column=column) for column in dict.fromkeys(_wanting(data))]
        if issues:
            raise ProblemError(issues)
        known: dict[str, Any] = {key: data.get(key) for key in KEYS}
        return cls(**known | {"tiers": tuple(data["tiers"])})

    @classmethod
    def from_file(cls, path: str | os.PathLike[str]) -> RunRecord:
        """Return the record of a ``run.json``; see `from_dict`."""
        try:
            data = json.loads(Path(path).read_text("utf-8"))
        except (OSError, UnicodeDecodeError, ValueError) as error:
            raise ProblemError([said.UNREADABLE.at(Path(path).name)]) from error
        return cls.from_dict(data if isinstance(data, dict) else {})

    def result(self, report: Report) -> Result | None:
        """Return a roster that was judged as the result of the run, with what the run proved; None where it is not.

        Parameters
        ----------
        report
            What ``check`` said of a roster. Its problem, rules and roster must be those of the run.
        """
        now = (report.problem.fingerprint, report.rules.fingerprint, report.roster.fingerprint)
        if now != tuple(self.fingerprints.get(name) for name in ("problem", "rules", "roster")):
            return None
        return Result(
            status=Status(self.status),
            report=report,
            tiers=tuple(Tier.from_dict(item) for item in self.tiers),
            runtime=self.seconds,
            seed=self.seed,
            versions=self.versions,
            weighted=None if self.weighted is None else Tier.from_dict(self.weighted),
            settings=self.settings,
        )

    def rules(self) -> RuleSet:
        """Return the rules of the run.

        Raises
        ------
        ProblemError
            They hold rules that are not poolmatch's own, or that this version reads otherwise.
        """
        named = self.rule_set["rules"]
        foreign = [name for name in named if name not in KINDS]
        if foreign:
            raise ProblemError([said.OWN_RULES.at("run", column="rule_set", rules=", ".join(foreign))])
        without = sorted(STANDARD_IDS - set(named))
        return RuleSet.from_data({**self.rule_set, "without": without})

    def register_fields(self, language: Language = "nl") -> dict[str, str]:
        """Return the fields of the Dutch register of algorithms, as far as poolmatch knows them.

        A public body fills in what is blank and changes what it does otherwise. Keys are those of version 1.0 of the
        register's standard for publications.

        Parameters
        ----------
        language
            In which the texts are.

        Source: Algoritmeregister, publicatiestandaard 1.0 (Ministerie van Binnenlandse Zaken en Koninkrijksrelaties,
        github.com/MinBZK/Algoritmeregister-Publicatiestandaard).
        """
        rules, policy = self.rule_set, self.rule_set["policy"]
        values = {
            "rules": f"{rules['name']} {rules['version']}",
            "policy": f"{policy['name']} {policy['version']}",
            "digest": self.fingerprints["rules"][:12],
            "version": self.versions.get("poolmatch", ""),
        }
        filled = {key: words.fill(**values).say(language) for key, words in said.REGISTER.items()}
        return {key: filled.get(key, "") for key in said.REGISTER_FIELDS}

    def to_dict(self) -> dict[str, Any]:
        """Return the record as data for a JSON document."""
        return {key: list(self.tiers) if key == "tiers" else getattr(self, key) for key in KEYS}


def _wanting(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is missing within the keys of a record, or is something else than it should be."""
    if data["status"] not in [item.value for item in Status]:
        yield "status"
    for key, names in INSIDE.items():
        for part in data[key] if key == "tiers" else [data[key]]:
            held = part if isinstance(part, Mapping) else {}
            yield from (f"{key}.{name}" for name in names if name not in held)
    if not isinstance(data["rule_set"].get("rules", {}), Mapping):
        yield "rule_set.rules"
