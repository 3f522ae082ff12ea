"""A policy: which ties bear on a meeting, through which links, for how long, and how much. A policy is data."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    SerializerFunctionWrapHandler,
    ValidationError,
    model_serializer,
)

from poolmatch.domain.arguments import must_be
from poolmatch.domain.degree import Degree
from poolmatch.domain.digest import digest
from poolmatch.domain.meetings import GRADES
from poolmatch.domain.values import fold, wrong
from poolmatch.domain.webs import Form
from poolmatch.errors import ProblemError
from poolmatch.hints import nearest
from poolmatch.issues import Issue
from poolmatch.messages import policies as said
from poolmatch.messages.faults import fault_of, toml_fault
from poolmatch.vocabulary.closed_words import POLICIES, TIE_KINDS
from poolmatch.words import Words

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
_TAKEN: Mapping[str, str] = {
    fold(said): kind for kind, words in TIE_KINDS.items() for said in (kind, words.en, words.nl)
}
"""The kind that a word in a workbook stands for, folded."""

DEGREES: Mapping[str, Degree] = {degree.word: degree for degree in Degree}


def _degree(value: object) -> object:
    if isinstance(value, Degree):
        return value
    if not isinstance(value, str) or value not in DEGREES:
        raise wrong(said.NOT_A_DEGREE.fill(hint=nearest(str(value), DEGREES), known=", ".join(DEGREES)))
    return DEGREES[value]


def _years(value: object) -> object:
    if value != "unlimited" and (not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_YEARS):
        raise wrong(said.NOT_YEARS.fill(most=MOST_YEARS))
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
    balanced_teams
        Whether what is waivable may be balanced by as many people of each other party that decides: the rule
        `balanced-team`. A policy that starts from another says so itself.
    rows
        The rows.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(min_length=1)]
    version: Annotated[int, Field(ge=1, strict=True)]
    kinds: tuple[str, ...] = ()
    mixed_teams: bool = True
    balanced_teams: bool = False
    rows: tuple[PolicyRow, ...]

    @model_serializer(mode="wrap")
    def _data(self, usual: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Return the policy as data: balanced teams only where it has them, so that no other one is another by it."""
        return {key: value for key, value in usual(self).items() if key != "balanced_teams" or value}

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
        base = built_in(data.get("base", ""))
        rows = [*_based(data, issues), *_added(data, issues)]
        try:
            policy = cls(
                name=data.get("name", ""),
                version=data.get("version", 1),
                kinds=data.get("kinds", ()),
                mixed_teams=data.get("mixed_teams", base.mixed_teams if base else True),
                balanced_teams=data.get("balanced_teams", False),
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
            raise ProblemError([said.NOT_TOML.at("policy", fault=toml_fault(str(error)))]) from error
        return cls.from_data(data)

    @classmethod
    def from_file(cls, path: str | Path) -> Self:
        """Return the policy that a TOML file describes; see `from_data`."""
        try:
            text = Path(path).read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            message = said.NOT_UTF8 if isinstance(error, UnicodeDecodeError) else said.UNREADABLE
            raise ProblemError([message.at(Path(path).name)]) from error
        return cls.from_toml(text)

    @property
    def all_kinds(self) -> frozenset[str]:
        """Every kind of tie that is known under this policy."""
        return frozenset(KINDS) | frozenset(self.kinds)

    @property
    def fingerprint(self) -> str:
        """Digest of the content: worked out each time, so that no copy of a policy cites another's."""
        return digest(self.model_dump(mode="json"))

    def matches(self, kind: str, target: Target) -> bool:
        """Tell whether any row can match a tie of a kind to a target."""
        return any(kind in row.kinds and row.target == target for row in self.rows)

    def contradictions(self) -> Iterator[Issue]:
        """Yield what is wrong with rows that are right by themselves, each with its row."""
        if not self.rows:
            yield said.NO_ROWS.at("policy", column="rows")
        if self.balanced_teams and built_in(self.name):
            yield said.BALANCED_BUILT_IN.at("policy", column="balanced_teams", name=self.name)
        for kind in self.kinds:
            known = _TAKEN.get(fold(kind), kind)
            if known != kind:
                yield said.KIND_TAKEN.at("policy", column="kinds", kind=kind, known=known)
        seen: dict[str, int] = {}
        for number, row in enumerate(self.rows, 1):
            first = seen.setdefault(row.rule, number)
            if first != number:
                yield said.ROW_TWICE.at("policy", column=row.rule, first=first, second=number)
            for kind in row.kinds:
                if kind not in self.all_kinds:
                    hint = nearest(kind, self.all_kinds)
                    yield said.NO_KIND.at("policy", column=row.rule, kind=kind, hint=hint)
            if row.target == "organisation" and not row.chain:
                yield said.NO_CHAIN.at("policy", column=row.rule)
            if row.target == "unknown":
                if row.ties or row.chain or row.look_back != 0 or row.once_ended is not None:
                    yield said.UNKNOWN_SAYS.at("policy", column=row.rule)
                continue
            if not row.ties:
                yield said.NO_TIES.at("policy", column=row.rule)
            if row.target != "organisation" and row.chain:
                yield said.HAS_CHAIN.at("policy", column=row.rule, target=row.target)
            worst = max(row.degree(grade) for grade in GRADES)
            if row.target == "theme" and worst > Degree.DISCLOSE:
                yield said.THEME_TOO_HARSH.at("policy", column=row.rule, degree=worst.word)
            ended = [kind for kind in row.ties if kind.startswith(ENDED) or kind == "former_employee"]
            if ended and row.look_back == 0:
                yield said.ENDED_FOR_NOTHING.at("policy", column=row.rule, kind=ended[0])
            if row.once_ended is not None and row.look_back == 0:
                yield said.NO_LOOK_BACK.at("policy", column=row.rule)
            both = {kind for kind in row.ties if ENDED + kind in row.ties}
            if both:
                yield said.ACTIVE_AND_ENDED.at("policy", column=row.rule, kind=min(both))


def _wrong(row: str, error: ValidationError) -> Iterator[Issue]:
    for detail in error.errors(include_url=False, include_input=False):
        place, context = ".".join([row, *map(str, detail["loc"])]).strip("."), detail.get("ctx", {})
        match detail["type"]:
            case "poolmatch":
                yield context["message"].at("policy", column=place)
            case "extra_forbidden":
                hint = nearest(str(detail["loc"][-1]), PolicyRow.model_fields)
                yield said.NO_KEY_OF_ROW.at("policy", column=place, hint=hint)
            case _:
                yield said.WRONG_VALUE.at("policy", column=place, fault=fault_of(detail), hint=None)


SHAPES: Mapping[str, tuple[type | tuple[type, ...], Words]] = {
    "name": (str, said.TEXT),
    "version": (int, said.WHOLE_NUMBER),
    "kinds": ((list, tuple), said.LIST_OF_WORDS),
    "mixed_teams": (bool, said.TRUTH),
    "balanced_teams": (bool, said.TRUTH),
    "rows": ((list, tuple), said.LIST_OF_ROWS),
    "base": (str, said.POLICY_NAME),
    "drop": ((list, tuple), said.ROW_NAMES),
    "regrade": (Mapping, said.TABLE_BY_ROW),
}
"""What each key of a policy file holds."""


def _shaped(data: Mapping[str, Any], issues: list[Issue]) -> dict[str, Any]:
    """Return the keys that hold what they should; the others are issues."""
    fine = {}
    for key, value in data.items():
        if key not in SHAPES:
            issues.append(said.NO_KEY.at("policy", column=key, hint=nearest(key, SHAPES)))
        elif not isinstance(value, SHAPES[key][0]):
            issues.append(said.WRONG_KIND.at("policy", column=key, what=SHAPES[key][1]))
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
                issues.append(said.WITHOUT_BASE.at("policy", column=key))
        return
    base = built_in(name)
    if base is None:
        hint, known = nearest(name, BUILT_IN), ", ".join(BUILT_IN)
        issues.append(said.NOT_BUILT_IN.at("policy", column="base", hint=hint, known=known))
        return
    rows = {row.rule: row for row in base.rows}
    for rule in dict.fromkeys([*drop, *regrade]):
        if rule not in rows:
            issues.append(said.NOT_IN_BASE.at("policy", column=str(rule), base=name, hint=nearest(str(rule), rows)))
        elif rule in drop and rule in regrade:
            issues.append(said.DROPPED_AND_REGRADED.at("policy", column=rule))
    for rule, row in rows.items():
        if rule in drop:
            continue
        if not isinstance(regrade.get(rule, {}), Mapping):
            issues.append(said.WRONG_KIND.at("policy", column=f"regrade.{rule}", what=said.REGRADING))
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
            issues += _wrong(str(name or f"rows.{number}"), error)


BUILT_IN: dict[str, Policy] = {}
"""The policies that come with poolmatch, by name."""


def built_in(name: str) -> Policy | None:
    """Return the policy that comes with poolmatch and is called so, in whatever language; None where none is."""
    called = {fold(said): key for key, words in POLICIES.items() for said in (key, *words.templates)}
    return BUILT_IN.get(called.get(fold(name), ""))


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
        found = built_in(value)
        if found is None:
            hint, known = nearest(value, BUILT_IN), ", ".join(BUILT_IN)
            raise ProblemError([said.NOT_BUILT_IN.at("policy", column="policy", hint=hint, known=known)])
        return found
    if isinstance(value, Mapping):
        return Policy.from_data(value)
    if not isinstance(value, Policy):
        raise ProblemError([said.NO_POLICY.at("policy", column="policy")])
    return value
