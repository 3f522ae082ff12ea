"""A policy: which ties bear on a meeting, through which links, for how long, and how much. A policy is data."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, ValidationError

from poolmatch.domain.degree import Degree
from poolmatch.errors import Issue, ProblemError, nearest

Form = Literal["none", "group", "affiliate", "funds", "membership"]
"""Form of the chain of links that a tie carries along."""
Target = Literal["organisation", "dossier", "theme"]
"""What a tie is to: an organisation, a meeting or series, or a theme."""

ENDED = "ended "
KINDS = (
    "employee",
    "director",
    "financial_interest",
    "former_employee",
    "family",
    "adviser",
    "resident",
    "dossier",
    "position",
)
"""Kinds of tie that every policy knows; a policy may name more in ``kinds``."""
GRADES: tuple[str, ...] = ("decider", "commissioner", "interest", "contributor", "observer")


def _degree(value: object) -> object:
    return Degree[value.upper()] if isinstance(value, str) and value.upper() in Degree.__members__ else value


DegreeWord = Annotated[Degree, BeforeValidator(_degree), PlainSerializer(lambda degree: degree.word)]


class PolicyRow(BaseModel):
    """One row of a policy: ties of these kinds, along chains of these forms, bear on a meeting by the party's grade.

    Attributes
    ----------
    rule
        Name of the row, as evidence cites it; unique in the policy.
    ties
        Kinds of tie; ``"ended X"`` is a tie of kind X only once it has ended.
    chain
        Forms of the chain of links between the tied organisation and the party; empty for other targets.
    target
        What the tie is to.
    look_back
        Years after its end in which an ended tie still counts, to the same calendar day inclusive; or ``"unlimited"``.
    once_ended
        The most that an ended tie counts for; None when it counts in full.
    decider, commissioner, interest, contributor, observer
        Degree for a party of that grade.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: Annotated[str, Field(min_length=1)]
    ties: Annotated[tuple[str, ...], Field(min_length=1)]
    chain: tuple[Form, ...] = ()
    target: Target = "organisation"
    look_back: Annotated[int, Field(ge=0, le=100)] | Literal["unlimited"] = 0
    once_ended: DegreeWord | None = None
    decider: DegreeWord
    commissioner: DegreeWord
    interest: DegreeWord
    contributor: DegreeWord
    observer: DegreeWord

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of tie, without the word that says they have ended."""
        return tuple(kind.removeprefix(ENDED) for kind in self.ties)

    def degree(self, grade: str, ended: bool = False) -> Degree:
        """Return the degree for a party of a grade, for a tie that is active or has ended."""
        degree: Degree = getattr(self, grade)
        return min(degree, self.once_ended) if ended and self.once_ended is not None else degree


class Policy(BaseModel):
    """A named, versioned list of rows. Of several rows that fit a path the harshest counts, then the first.

    Attributes
    ----------
    name, version
        What a certificate cites.
    kinds
        Kinds of tie that this policy adds to those every policy knows.
    rows
        The rows.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(min_length=1)]
    version: Annotated[int, Field(ge=1)]
    kinds: tuple[str, ...] = ()
    rows: tuple[PolicyRow, ...]

    def __repr__(self) -> str:
        return f"<Policy {self.name} {self.version}, {len(self.rows)} rows, {self.fingerprint[:12]}>"

    __str__ = __repr__

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Return the policy that data describe, as a policy file holds them.

        Either all rows, or changes to a policy that comes with poolmatch: ``base`` is its name, ``drop`` names rows
        to leave out, ``regrade`` gives other degrees or look-backs to rows by name, ``rows`` are added.

        Raises
        ------
        ProblemError
            The data name a row, kind, degree or form that there is not, or contradict themselves; each with its row.
        """
        issues: list[Issue] = []
        rows = [*_based(data, issues), *_added(data, issues)]
        known = {"name", "version", "kinds", "rows", "base", "drop", "regrade"}
        for key in data:
            if key not in known:
                issues.append(_issue(key, "is not a key of a policy", nearest(key, known) + "leave it out"))
        try:
            policy = cls(
                name=data.get("name", ""), version=data.get("version", 1), kinds=data.get("kinds", ()), rows=rows
            )
        except ValidationError as error:
            raise ProblemError([*issues, *_wrong("", error)]) from error
        issues += policy.contradictions()
        if issues:
            raise ProblemError(issues)
        return policy

    @classmethod
    def from_toml(cls, text: str) -> Self:
        """Return the policy that a TOML text describes; see `from_data`."""
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise ProblemError([_issue("", f"is not TOML: {error}", "correct it there")]) from error
        return cls.from_data(data)

    @classmethod
    def from_file(cls, path: str | Path) -> Self:
        """Return the policy that a TOML file describes; see `from_data`."""
        return cls.from_toml(Path(path).read_text("utf-8-sig"))

    @cached_property
    def all_kinds(self) -> frozenset[str]:
        """Every kind of tie that is known under this policy."""
        return frozenset(KINDS) | frozenset(self.kinds)

    @cached_property
    def fingerprint(self) -> str:
        """Digest of the content."""
        text = json.dumps(self.model_dump(mode="json"), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def matches(self, kind: str, target: Target) -> bool:
        """Tell whether any row can match a tie of a kind to a target."""
        return any(kind in row.kinds and row.target == target for row in self.rows)

    def contradictions(self) -> Iterator[Issue]:
        """Yield what is wrong with rows that are right by themselves, each with its row."""
        seen: dict[str, int] = {}
        for number, row in enumerate(self.rows, 1):
            first = seen.setdefault(row.rule, number)
            if first != number:
                yield _issue(row.rule, f"stands twice, in rows {first} and {number}", "give each row a name of its own")
            for kind in row.kinds:
                if kind not in self.all_kinds:
                    remedy = nearest(kind, self.all_kinds) + "correct it, or name it in kinds"
                    yield _issue(row.rule, f"names the kind of tie {kind!r}, which is not known", remedy)
            if row.target == "organisation" and not row.chain:
                yield _issue(row.rule, "has no chain", 'say how the tie reaches the party, such as chain = ["none"]')
            if row.target != "organisation" and row.chain:
                yield _issue(row.rule, f"has a chain, but a tie to a {row.target} has none", "leave chain out")
            worst = max(row.degree(grade) for grade in GRADES)
            if row.target == "theme" and worst > Degree.DISCLOSE:
                remedy = "grade it disclose at most: there is no one who could consent"
                yield _issue(row.rule, f"grades a tie to a theme {worst.word}", remedy)
            ended = [kind for kind in row.ties if kind.startswith(ENDED) or kind == "former_employee"]
            if ended and row.look_back == 0:
                remedy = "give look_back in years, or leave the ended ties out"
                yield _issue(row.rule, f"counts the tie {ended[0]!r} for no time at all", remedy)
            if row.once_ended is not None and row.look_back == 0:
                yield _issue(row.rule, "says once_ended, but looks back for no time at all", "give look_back in years")
            both = {kind for kind in row.ties if ENDED + kind in row.ties}
            if both:
                yield _issue(row.rule, f"names {min(both)!r} both active and ended", "keep one of the two")


def _issue(row: str, reason: str, remedy: str) -> Issue:
    return Issue("policy", (), row, reason, remedy)


def _wrong(row: str, error: ValidationError) -> Iterator[Issue]:
    for detail in error.errors(include_url=False, include_input=False):
        place = ".".join([row, *(str(part) for part in detail["loc"] if not str(part).startswith(("literal", "int")))])
        reason = detail["msg"][:1].lower() + detail["msg"][1:]
        yield _issue(place.strip("."), reason, "correct it; strict.toml shows every key")


def _based(data: Mapping[str, Any], issues: list[Issue]) -> Iterator[PolicyRow]:
    """Yield the rows of the base, without those that are dropped and with what is regraded."""
    name, drop, regrade = data.get("base"), data.get("drop", ()), data.get("regrade", {})
    if name is None:
        for key in ("drop", "regrade"):
            if data.get(key):
                issues.append(_issue(key, "is given without a base", "name the policy that it changes in base"))
        return
    if name not in BUILT_IN:
        issues.append(
            _issue("base", "is not a policy that comes with poolmatch", f"write one of: {', '.join(BUILT_IN)}")
        )
        return
    rows = {row.rule: row for row in BUILT_IN[name].rows}
    for rule in [*drop, *regrade]:
        if rule not in rows:
            issues.append(_issue(str(rule), f"is not a row of {name}", nearest(str(rule), rows) + "correct the name"))
    for rule, row in rows.items():
        if rule in drop:
            continue
        try:
            yield PolicyRow.model_validate(row.model_dump() | dict(regrade.get(rule, {})))
        except ValidationError as error:
            issues += _wrong(f"regrade.{rule}", error)


def _added(data: Mapping[str, Any], issues: list[Issue]) -> Iterator[PolicyRow]:
    for number, row in enumerate(data.get("rows", ()), 1):
        try:
            yield PolicyRow.model_validate(row)
        except ValidationError as error:
            name = row.get("rule") if isinstance(row, Mapping) else None
            issues += _wrong(str(name or f"row {number}"), error)


BUILT_IN: dict[str, Policy] = {}
"""The policies that come with poolmatch, by name."""
for _name in ("strict", "internal"):
    BUILT_IN[_name] = Policy.from_toml((files(__package__) / f"{_name}.toml").read_text("utf-8"))

STRICT = BUILT_IN["strict"]
"""The default policy."""
INTERNAL = BUILT_IN["internal"]
"""For in-house mediators, who may act when all parties agree."""


def as_policy(value: object) -> Policy:
    """Return the policy that a name, or data of a policy file, stand for; a policy as it is.

    Raises
    ------
    ProblemError
        The data are wrong.
    """
    if isinstance(value, str):
        if value not in BUILT_IN:
            raise ProblemError(
                [_issue("policy", "is not a policy that comes with poolmatch", f"write one of: {', '.join(BUILT_IN)}")]
            )
        return BUILT_IN[value]
    if isinstance(value, Mapping):
        return Policy.from_data(value)
    if not isinstance(value, Policy):
        raise ProblemError([_issue("policy", "is neither a name nor a policy", "give a name, a policy or its data")])
    return value
