"""A policy: which ties bear on a meeting, through which links, and how much. A policy is data."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from functools import cached_property
from importlib.resources import files
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from poolmatch.domain.degree import Degree

Chain = Literal["none", "group"]
"""Form of the links a tie carries along: none at all, or one to three of `controls` and `unit_of`."""


def _degree(value: object) -> object:
    return Degree[value.upper()] if isinstance(value, str) and value.upper() in Degree.__members__ else value


DegreeWord = Annotated[Degree, BeforeValidator(_degree), PlainSerializer(lambda degree: degree.word)]


class PolicyRow(BaseModel):
    """One row of a policy: ties of these kinds, along chains of this form, bear on a meeting by the party's grade.

    Attributes
    ----------
    rule
        Name of the row, as evidence cites it.
    kinds
        Kinds of tie.
    chain
        Form of the chain of links between the tied organisation and the party.
    decider, commissioner, interest, contributor, observer
        Degree for a party of that grade.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str
    kinds: tuple[str, ...]
    chain: Chain
    decider: DegreeWord
    commissioner: DegreeWord
    interest: DegreeWord
    contributor: DegreeWord
    observer: DegreeWord

    def degree(self, grade: str) -> Degree:
        """Return the degree for a party of that grade."""
        degree: Degree = getattr(self, grade)
        return degree


class Policy(BaseModel):
    """A named, versioned list of rows. Of several rows that fit a path the harshest counts.

    Attributes
    ----------
    name, version
        What a certificate cites.
    rows
        The rows.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    version: Annotated[int, Field(ge=1)]
    rows: tuple[PolicyRow, ...]

    @classmethod
    def from_toml(cls, text: str) -> Self:
        """Return the policy that a TOML text describes."""
        return cls.model_validate(tomllib.loads(text))

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Every kind of tie that some row knows."""
        return frozenset(kind for row in self.rows for kind in row.kinds)

    @cached_property
    def fingerprint(self) -> str:
        """Digest of the content."""
        text = json.dumps(self.model_dump(mode="json"), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def with_degrees(self, name: str, degrees: Mapping[str, Mapping[str, Any]]) -> Policy:
        """Return a policy of another name in which some rows have other degrees.

        Parameters
        ----------
        name
            Name of the new policy.
        degrees
            Degree by grade, by name of the row.
        """
        rows = tuple(PolicyRow.model_validate(row.model_dump() | dict(degrees.get(row.rule, {}))) for row in self.rows)
        return Policy(name=name, version=self.version, rows=rows)


STRICT = Policy.from_toml((files(__package__) / "strict.toml").read_text("utf-8"))
"""The default policy."""

_BUT_OBSERVER = dict.fromkeys(("decider", "commissioner", "interest", "contributor"), "waivable")
INTERNAL = STRICT.with_degrees("internal", {"employed-by-party": _BUT_OBSERVER, "employed-in-group": _BUT_OBSERVER})
"""For in-house mediators, who may act when all parties agree."""
