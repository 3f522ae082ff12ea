"""A policy: which ties bear on a meeting, through which links, for how long, and how much. A policy is data."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, ValidationError

from poolmatch.domain.arguments import must_be
from poolmatch.domain.degree import Degree
from poolmatch.domain.meetings import GRADES
from poolmatch.domain.values import wrong
from poolmatch.domain.webs import Form
from poolmatch.errors import Issue, ProblemError, nearest

Target = Literal["organisation", "dossier", "theme", "unknown"]
"""What a tie is to: an organisation, a meeting or series, or a theme; or nobody knows, for want of an employer."""

ENDED = "ended "
MOST_YEARS = 100
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

DEGREES: Mapping[str, Degree] = {degree.word: degree for degree in Degree}


def _degree(value: object) -> object:
    if isinstance(value, Degree):
        return value
    if not isinstance(value, str) or value not in DEGREES:
        raise wrong("is not a degree", f"{nearest(str(value), DEGREES)}write one of: {', '.join(DEGREES)}")
    return DEGREES[value]


def _years(value: object) -> object:
    if value != "unlimited" and (not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_YEARS):
        raise wrong("is not a number of years", f'write a whole number from 0 to {MOST_YEARS}, or "unlimited"')
    return value


DegreeWord = Annotated[Degree, BeforeValidator(_degree), PlainSerializer(lambda degree: degree.word)]


class PolicyRow(BaseModel):
    """One row of a policy: ties of these kinds, along chains of these forms, bear on a meeting by the party's grade.

    Attributes
    ----------
    rule
        Name of the row, as evidence cites it; unique in the policy.
    ties
        Kinds of tie; ``"ended X"`` is a tie of kind X only once it has ended. Empty for target ``"unknown"``.
    chain
        Forms of the chain of links between the tied organisation and the party; empty for other targets.
    target
        What the tie is to. A row of target ``"unknown"`` is about everybody without an employer on record who is
        neither independent nor external: to whom they are tied nobody knows, so it holds for each party.
    look_back
        Years after its end in which an ended tie still counts, to the same calendar day inclusive; or ``"unlimited"``.
    once_ended
        The most that an ended tie counts for; None when it counts in full.
    decider, commissioner, interest, contributor, observer
        Degree for a party of that grade.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: Annotated[str, Field(min_length=1)]
    ties: tuple[str, ...] = ()
    chain: tuple[Form, ...] = ()
    target: Target = "organisation"
    look_back: Annotated[int | Literal["unlimited"], BeforeValidator(_years)] = 0
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
    mixed_teams
        Whether the rule `team-mix` holds: not among in-house mediators, who all have the same employer.
    rows
        The rows.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(min_length=1)]
    version: Annotated[int, Field(ge=1, strict=True)]
    kinds: tuple[str, ...] = ()
    mixed_teams: bool = True
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
        data = _shaped(data, issues)
        base = BUILT_IN.get(data.get("base", ""))
        rows = [*_based(data, issues), *_added(data, issues)]
        try:
            policy = cls(
                name=data.get("name", ""),
                version=data.get("version", 1),
                kinds=data.get("kinds", ()),
                mixed_teams=data.get("mixed_teams", base.mixed_teams if base else True),
                rows=tuple(rows),
            )
        except ValidationError as error:
            raise ProblemError([*issues, *_wrong("", error)]) from error
        if rows or not issues:
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
        try:
            text = Path(path).read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            reason = "is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else "cannot be read"
            raise ProblemError([Issue(Path(path).name, (), "", reason, "give the path of a TOML file")]) from error
        return cls.from_toml(text)

    @property
    def all_kinds(self) -> frozenset[str]:
        """Every kind of tie that is known under this policy."""
        return frozenset(KINDS) | frozenset(self.kinds)

    @property
    def fingerprint(self) -> str:
        """Digest of the content: worked out each time, so that no copy of a policy cites another's."""
        text = json.dumps(self.model_dump(mode="json"), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def matches(self, kind: str, target: Target) -> bool:
        """Tell whether any row can match a tie of a kind to a target."""
        return any(kind in row.kinds and row.target == target for row in self.rows)

    def contradictions(self) -> Iterator[Issue]:
        """Yield what is wrong with rows that are right by themselves, each with its row."""
        if not self.rows:
            yield _issue("rows", "are missing, so that nobody would have a tie", "give rows, or a base")
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
            if row.target == "unknown":
                if row.ties or row.chain or row.look_back != 0 or row.once_ended is not None:
                    reason = "says ties, chain, look_back or once_ended, but is about who has no employer on record"
                    yield _issue(row.rule, reason, "leave them out")
                continue
            if not row.ties:
                yield _issue(row.rule, "names no kind of tie", 'say which, such as ties = ["employee"]')
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
        place = ".".join([row, *map(str, detail["loc"])])
        remedy = detail.get("ctx", {}).get("remedy", "correct it; strict.toml shows every key")
        reason = detail["msg"][:1].lower() + detail["msg"][1:]
        if detail["type"] == "extra_forbidden":
            reason, remedy = "is not a key of a row", nearest(str(detail["loc"][-1]), PolicyRow.model_fields) + remedy
        yield _issue(place.strip("."), reason, remedy)


SHAPES: Mapping[str, tuple[type | tuple[type, ...], str]] = {
    "name": (str, "text"),
    "version": (int, "a whole number"),
    "kinds": ((list, tuple), "a list of words"),
    "mixed_teams": (bool, "true or false"),
    "rows": ((list, tuple), "a list of rows"),
    "base": (str, "the name of a policy"),
    "drop": ((list, tuple), "a list of rows by name"),
    "regrade": (Mapping, "a table by row"),
}
"""What each key of a policy file holds."""


def _shaped(data: Mapping[str, Any], issues: list[Issue]) -> dict[str, Any]:
    """Return the keys that hold what they should; the others are issues."""
    fine = {}
    for key, value in data.items():
        if key not in SHAPES:
            issues.append(_issue(key, "is not a key of a policy", nearest(key, SHAPES) + "leave it out"))
        elif not isinstance(value, SHAPES[key][0]):
            issues.append(_issue(key, "is of the wrong kind", f"give {SHAPES[key][1]}"))
        else:
            fine[key] = value
    return fine


def _based(data: Mapping[str, Any], issues: list[Issue]) -> Iterator[PolicyRow]:
    """Yield the rows of the base, without those that are dropped and with what is regraded."""
    name, regrade = data.get("base"), data.get("regrade", {})
    drop = [str(rule) for rule in data.get("drop", ())]
    if name is None:
        for key in ("drop", "regrade"):
            if data.get(key):
                issues.append(_issue(key, "is given without a base", "name the policy that it changes in base"))
        return
    if name not in BUILT_IN:
        remedy = f"{nearest(name, BUILT_IN)}write one of: {', '.join(BUILT_IN)}"
        issues.append(_issue("base", "is not a policy that comes with poolmatch", remedy))
        return
    rows = {row.rule: row for row in BUILT_IN[name].rows}
    for rule in dict.fromkeys([*drop, *regrade]):
        if rule not in rows:
            issues.append(_issue(str(rule), f"is not a row of {name}", nearest(str(rule), rows) + "correct the name"))
        elif rule in drop and rule in regrade:
            issues.append(_issue(rule, "is dropped and regraded", "do one of the two"))
    for rule, row in rows.items():
        if rule in drop:
            continue
        if not isinstance(regrade.get(rule, {}), Mapping):
            issues.append(_issue(f"regrade.{rule}", "is of the wrong kind", 'give a table, such as decider = "avoid"'))
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


def must_be_policy(value: object) -> None:
    """Raise TypeError where ``policy`` is no policy."""
    remedy = f"take one of poolmatch.neutrality.BUILT_IN ({', '.join(BUILT_IN)}), or make one by Policy.from_data(data)"
    must_be(value, Policy, "policy", remedy)


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
