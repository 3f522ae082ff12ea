"""A rule set: which rules hold, with which parameters. A rule set is data: named, versioned, fingerprinted."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import ValidationError

from poolmatch.differences import differences
from poolmatch.domain.arguments import must_be
from poolmatch.domain.digest import digest
from poolmatch.domain.reciprocity import Split
from poolmatch.domain.steps import LADDER, STEPS, Step
from poolmatch.domain.travel import Travel
from poolmatch.errors import ProblemError, UnknownId, words_of
from poolmatch.hints import meant_by
from poolmatch.messages import ids
from poolmatch.messages import rule_sets as said
from poolmatch.messages.faults import toml_fault
from poolmatch.neutrality.policy import STRICT, Policy, as_policy
from poolmatch.rule import ConstraintRule, EligibilityRule, Limit, PreferenceRule, Rule, Words
from poolmatch.rules import ALL_RULES
from poolmatch.tolerances import Tolerance
from poolmatch.toml_keys import KINDS, unknown_rules, wrong_keys, wrong_parameters
from poolmatch.words import OR, in_a_row

Mode = Literal["tiers", "weighted"]
MODES: tuple[str, ...] = ("tiers", "weighted")
WEIGHTS = (1000, 100, 50, 20, 2, 1)
"""What a point of tiers 1 to 6 counts in the weighted sum."""
SHARED = ("travel", "policy", "steps")
"""Parameters that all rules of a set that have them hold in common."""


@dataclass(frozen=True)
class RuleSet:
    """Rules with their parameters.

    Attributes
    ----------
    name, version
        What reports cite.
    rules
        The rules, in the order in which they are looked at. Ids are unique.
    mode
        ``"tiers"``: a higher tier is never traded for a lower one. ``"weighted"``: one sum of all tiers.
    weights
        Of mode ``"weighted"``: what a point of each tier counts, from tier 1 on; whole numbers. A tier between two
        takes the weight of the one above it.
    tiers_of
        Rule ids with their tier, of preferences that stand in another tier than their own.
    keep
        Of mode ``"tiers"``: tiers with the tolerance by which they are kept, points or a share of the value such as
        "1 %". So much of what a tier has reached the tiers below it may use; of others they use nothing.
    """

    name: str
    version: int
    rules: tuple[Rule, ...]
    mode: Mode = "tiers"
    weights: tuple[int, ...] = WEIGHTS
    tiers_of: tuple[tuple[str, float], ...] = ()
    keep: tuple[tuple[float, float | str], ...] = ()

    def __post_init__(self) -> None:
        ids = [rule.id for rule in self.rules]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        if twice:
            raise ValueError(said.ONE_ID.fill(rules=", ".join(twice)))
        for rule in self.rules:
            missing = [name for name in rule.presumes if name not in ids]
            if missing:
                raise ValueError(said.NEEDS.fill(rule=rule.id, others=in_a_row(missing)))
        if self.mode not in MODES:
            raise ValueError(said.NO_MODE.fill(mode=self.mode, known=", ".join(MODES)))
        if not self.weights or any(type(item) is not int or not 0 < item <= 10**6 for item in self.weights):
            raise ValueError(said.WEIGHTS)
        preferences = [rule.id for rule in self.preferences]
        for name, tier in self.tiers_of:
            if name not in preferences:
                raise ValueError(meant_by(said.TIER_OF_NONE.fill(rule=name), name, preferences))
            if isinstance(tier, bool) or not 1 <= tier <= 9:
                raise ValueError(said.TIER_IS.fill(rule=name, tier=tier))
        if len(dict(self.tiers_of)) < len(self.tiers_of):
            raise ValueError(said.TWO_TIERS)
        for tier, written in self.keep:
            if tier not in self.tiers:
                known = ", ".join(f"{item:g}" for item in self.tiers)
                raise ValueError(said.TOLERANCE_OF_NONE.fill(tier=f"{tier:g}", tiers=known))
            try:
                Tolerance.of(written)
            except ValueError:
                raise ValueError(said.TOLERANCE_IS.fill(tier=f"{tier:g}", written=written)) from None
        if len(dict(self.keep)) < len(self.keep):
            raise ValueError(said.TWO_TOLERANCES)
        for setting in SHARED:
            holders = self._holders(setting)
            if any(getattr(rule, setting) != getattr(holders[0], setting) for rule in holders):
                names = ", ".join(rule.id for rule in holders)
                raise ValueError(said.TWO_SETTINGS.fill(setting=setting, rules=names))
        bent = self.policy.balanced_teams and any(rule.waivable for rule in self.eligibility)
        if bent and not any(rule.balances for rule in self.constraints):
            balancing = next(rule.id for rule in ALL_RULES if issubclass(rule, ConstraintRule) and rule.balances)
            raise ValueError(said.UNBALANCED.fill(policy=self.policy.name, rule=balancing))

    def __repr__(self) -> str:  # the rules with all their parameters and policies go on for pages
        return f"<RuleSet {self.name} {self.version}, {len(self.rules)} rules, {self.fingerprint[:12]}>"

    __str__ = __repr__

    def _holders(self, setting: str) -> list[Rule]:
        return [rule for rule in self.rules if setting in type(rule).model_fields]

    def _with(self, setting: str, value: object) -> Self:
        changed = {rule.id: rule.model_copy(update={setting: value}) for rule in self._holders(setting)}
        return replace(self, rules=tuple(changed.get(rule.id, rule) for rule in self.rules))

    def with_travel(self, travel: Travel) -> Self:
        """Return a rule set in which every rule on travel has these settings."""
        return self._with("travel", travel)

    def with_policy(self, policy: Policy) -> Self:
        """Return a rule set in which every rule on neutrality judges by this policy."""
        return self._with("policy", policy)

    def with_steps(self, steps: tuple[Step, ...]) -> Self:
        """Return a rule set in which every rule on growth has these steps."""
        return self._with("steps", steps)

    @property
    def travel(self) -> Travel:
        """How far and how long travel is, for every rule that asks."""
        return next((rule.travel for rule in self._holders("travel")), Travel())  # type: ignore[attr-defined]

    @cached_property
    def policy(self) -> Policy:
        """What counts as a tie, for every rule that asks."""
        return next((rule.policy for rule in self._holders("policy")), STRICT)  # type: ignore[attr-defined]

    @property
    def steps(self) -> tuple[Step, ...]:
        """How roles are earned, for every rule that asks; no steps where none does."""
        return next((rule.steps for rule in self._holders("steps")), ())  # type: ignore[attr-defined]

    @cached_property
    def eligibility(self) -> tuple[EligibilityRule, ...]:
        """Rules that say who is possible for a seat at all."""
        return tuple(rule for rule in self.rules if isinstance(rule, EligibilityRule))

    @cached_property
    def constraints(self) -> tuple[ConstraintRule, ...]:
        """Rules that a roster never breaks."""
        return tuple(rule for rule in self.rules if isinstance(rule, ConstraintRule))

    @cached_property
    def preferences(self) -> tuple[PreferenceRule, ...]:
        """Rules that cost penalty points."""
        return tuple(rule for rule in self.rules if isinstance(rule, PreferenceRule))

    @cached_property
    def limits(self) -> tuple[Limit, ...]:
        """Rules that a roster never breaks once people are possible by themselves: constraints, then what is a limit.

        A preference is one where a parameter says so.
        """
        return (*self.constraints, *(rule for rule in self.preferences if rule.limits))

    @property
    def keeps_pins(self) -> bool:
        """Whether rosters are held to the pins."""
        return any(rule.keeps_pins for rule in self.constraints)

    @property
    def forces_pins(self) -> bool:
        """Whether pins are kept that break other rules."""
        return any(rule.forces_pins for rule in self.constraints)

    @property
    def without_pins(self) -> Self:
        """The rule set in which pins hold nobody."""
        return self.without(*(rule.id for rule in self.constraints if rule.keeps_pins))

    @property
    def ledger_split(self) -> Split:
        """Among which parties the hours of a meeting are split."""
        return next((rule.ledger_split for rule in self.rules if rule.ledger_split is not None), "commissioner")

    @cached_property
    def tiers(self) -> tuple[float, ...]:
        """Tiers that have a rule, the highest first."""
        return tuple(sorted({self.tier_of(rule) for rule in self.preferences}))

    def tier_of(self, rule: PreferenceRule) -> float:
        """Return the tier in which a preference stands here."""
        return dict(self.tiers_of).get(rule.id, rule.tier)

    def in_tier(self, tier: float) -> tuple[PreferenceRule, ...]:
        """Return the preferences that stand in a tier."""
        return tuple(rule for rule in self.preferences if self.tier_of(rule) == tier)

    def weight_of(self, tier: float) -> int:
        """Return what a point of a tier counts in the weighted sum."""
        return self.weights[min(max(int(tier), 1), len(self.weights)) - 1]

    def tolerance_of(self, tier: float) -> Tolerance:
        """Return how much of a tier those below it may use: nothing where none is below, or all are one sum."""
        written = 0 if self.mode == "weighted" or tier == self.tiers[-1] else dict(self.keep).get(tier, 0)
        return Tolerance.of(written)

    def keeping(self, tolerances: Mapping[float, float | str]) -> Self:
        """Return a rule set whose tiers are kept by these tolerances and no others, as ``{5: "1 %", 4: 0.5}``."""
        return replace(self, keep=tuple(tolerances.items()))

    def weighted(self, weights: Sequence[int] | None = None) -> Self:
        """Return a rule set that merges the tiers into one weighted sum."""
        return replace(self, mode="weighted", weights=self.weights if weights is None else tuple(weights))

    def __getitem__(self, rule: str) -> Rule:
        """Return the rule with that id; raise UnknownId, a KeyError, where there is none."""
        for item in self.rules:
            if item.id == rule:
                return item
        raise UnknownId.of(ids.RULE, rule, [item.id for item in self.rules], ids.NOT_IN_RULES)

    def plus(self, *rules: Rule) -> Self:
        """Return a rule set with these rules; one with the same id is replaced in its place."""
        fresh = {rule.id: rule for rule in rules}
        kept = [fresh.pop(rule.id, rule) for rule in self.rules]
        return replace(self, rules=(*kept, *fresh.values()))

    def without(self, *ids: str) -> Self:
        """Return a rule set without the rules of these ids.

        Raises
        ------
        ValueError
            There is no rule of that id.
        """
        known = {rule.id for rule in self.rules}
        for name in ids:
            if name not in known:
                raise ValueError(meant_by(said.NO_RULE_HERE.fill(rule=name), name, known))
        return replace(self, rules=tuple(rule for rule in self.rules if rule.id not in ids))

    def diff(self, other: RuleSet) -> tuple[Words, ...]:
        """Return what another rule set has otherwise than this one, in sentences; nothing when both say the same."""
        return tuple(differences(self.to_dict(), other.to_dict()))

    def to_dict(self) -> dict[str, Any]:
        """Return the rule set as data: every rule with its parameters."""
        kept = [(tier, Tolerance.of(written)) for tier, written in sorted(self.keep)]
        return {
            "name": self.name,
            "version": self.version,
            "travel": self.travel.description(),
            "policy": self.policy.model_dump(mode="json"),
            **({"steps": [step.model_dump(mode="json") for step in self.steps]} if self.steps else {}),
            "mode": self.mode,
            "weights": list(self.weights),
            "tiers": {rule.id: _plain(self.tier_of(rule)) for rule in self.preferences},
            "keep": {f"{tier:g}": tolerance.written for tier, tolerance in kept if tolerance.amount},
            "rules": {
                rule.id: {name: value for name, value in rule.parameters().items() if name not in SHARED}
                for rule in self.rules
            },
        }

    @cached_property
    def fingerprint(self) -> str:
        """Digest of the content: rules, parameters, policy and travel settings."""
        return digest(self.to_dict())

    @classmethod
    def from_toml(cls, text: str) -> RuleSet:
        """Return the standard rules with the changes that a TOML text describes.

        Keys: ``name`` and ``version`` of the rule set; ``without``, a list of rule ids; ``policy``, the name of a
        policy that comes with poolmatch or a table as of a policy file; a table ``travel``; tables ``steps`` that say
        how roles are earned; ``mode`` and ``weights``; a table ``tiers`` with the tier of each preference that stands
        in another than its own; a table ``keep`` with the tolerance of each tier that has one; and a table ``rules.ID``
        with parameters for each rule that differs from the standard, or is not among the standard rules.

        Raises
        ------
        ProblemError
            The text is not TOML, or names a rule or parameter that there is not.
        """
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise ProblemError([said.NOT_TOML.at("rules", fault=toml_fault(str(error)))]) from error
        return cls.from_data(data)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> RuleSet:
        """Return the rule set that data describe: the keys of `from_toml`, or what `to_dict` returns.

        Raises
        ------
        ProblemError
            The data name a rule or parameter that there is not.
        """
        issues = list(wrong_keys(data))
        if issues:
            raise ProblemError(issues)
        issues = list(unknown_rules(data))
        for name in sorted({*data.get("without", ())} & {*data.get("rules", {})}):
            issues.append(said.BOTH.at("rules", column=f"rules.{name}"))
        named = {*STANDARD_IDS, *data.get("rules", {})} - {*data.get("without", ())}
        rules: dict[str, Rule] = {rule.id: rule() for rule in ALL_RULES if rule.id in named}
        for name, parameters in data.get("rules", {}).items():
            shared = sorted(set(parameters) & set(SHARED))
            if shared:
                issues.append(said.SHARED.at(f"rules.{name}", column=shared[0]))
            elif name in KINDS:
                try:
                    rules[name] = KINDS[name].model_validate(parameters)
                except ValidationError as error:
                    issues += wrong_parameters(f"rules.{name}", error, KINDS[name].model_fields)
        travel, policy, steps = Travel(), STRICT, LADDER
        try:
            travel = Travel.model_validate(data.get("travel", {}))
        except ValidationError as error:
            issues += wrong_parameters("travel", error, Travel.model_fields)
        try:
            policy = as_policy(data.get("policy", STRICT))
        except ProblemError as error:
            issues += error.issues
        try:
            steps = STEPS.validate_python(data.get("steps", LADDER))
        except ValidationError as error:
            issues += wrong_parameters("steps", error, Step.model_fields)
        asking = [rule.id for rule in ALL_RULES if "steps" in rule.model_fields]
        if "steps" in data and rules.keys().isdisjoint(asking):
            issues.append(said.IDLE_STEPS.at("rules", column="steps", rules=in_a_row(asking, OR)))
        if issues:
            raise ProblemError(issues)
        try:
            rule_set = cls(
                data.get("name", "custom"),
                data.get("version", 1),
                tuple(rules.values()),
                data.get("mode", "tiers"),
                tuple(data.get("weights", WEIGHTS)),
                tuple(sorted(data.get("tiers", {}).items())),
                tuple(sorted((float(tier), written) for tier, written in data.get("keep", {}).items())),
            )
            return rule_set.with_travel(travel).with_policy(policy).with_steps(steps)
        except ValueError as error:
            raise ProblemError([said.NOT_TOGETHER.at("rules", fault=words_of(error))]) from error

    @classmethod
    def from_file(cls, path: str | Path) -> RuleSet:
        """Return the rule set that a TOML file describes; see `from_toml`."""
        try:
            text = Path(path).read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            message = said.NOT_UTF8 if isinstance(error, UnicodeDecodeError) else said.UNREADABLE
            raise ProblemError([message.at(Path(path).name)]) from error
        return cls.from_toml(text)


def must_be_rules(value: object) -> None:
    """Raise TypeError where ``rules`` is no rule set."""
    if isinstance(value, str | os.PathLike):
        remedy = "leave it out for the standard rules, or read a file by RuleSet.from_file(path)"
    elif isinstance(value, Rule) or (isinstance(value, Sequence) and all(isinstance(item, Rule) for item in value)):
        remedy = "add rules to others by STANDARD_RULES.plus(rule)"
    else:
        remedy = "leave it out for the standard rules, or change them by STANDARD_RULES.plus and .without"
    must_be(value, RuleSet, "rules", remedy)


def _plain(tier: float) -> float:
    """Return a tier as it is shown and digested: 5 and 5.0 are one."""
    return int(tier) if tier == int(tier) else tier


STANDARD_IDS = frozenset(rule.id for rule in ALL_RULES if rule.standard)
STANDARD_RULES = RuleSet("standard", 1, tuple(rule() for rule in ALL_RULES if rule.standard))
"""The rules as they come."""
