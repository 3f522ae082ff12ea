"""Making a roster again from the record of its run, and saying what is otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from poolmatch.domain.problem import Problem, must_be_problem
from poolmatch.results import Result
from poolmatch.results.record import RunRecord
from poolmatch.ruleset import RuleSet
from poolmatch.solving.solve import solve
from poolmatch.versions import versions
from poolmatch.words import Words

OTHER_PROBLEM = Words("The problem is not the one of the record.", "Het probleem is niet dat van de vastlegging.")
OTHER_RULES = Words("The rules are not those of the record.", "De regels zijn niet die van de vastlegging.")
OTHER_VERSION = Words("{package} is {now}; it was {then}.", "{package} is {now}; het was {then}.")
STARTED = Words(
    "The run began with a roster that was given, which is not in the record.",
    "Er is begonnen met een gegeven rooster, dat niet is vastgelegd.",
)
BY_THE_CLOCK = Words(
    "Time was up by the clock, so that no two runs need be alike; deterministic=True repeats.",
    "De tijd was om volgens de klok, zodat geen twee keer hetzelfde hoeft te zijn; deterministic=True herhaalt zich.",
)
OTHER_WORTH = Words(
    "Tier {tier:g} is {now:g} points; it was {then:g}.", "Niveau {tier:g} is {now:g} punten; het was {then:g}."
)
OTHER_ROSTER = Words("The roster is another.", "Het rooster is een ander.")
OTHER_CERTIFICATE = Words(
    "The neutrality certificate says something else than that of the record.",
    "De neutraliteitsverklaring zegt iets anders dan die van de vastlegging.",
)


@dataclass(frozen=True)
class Replay:
    """A run that was made again.

    Where roster and problem are the same and the certificate is not, this version judges neutrality otherwise.

    Attributes
    ----------
    result
        What it came to.
    same
        Whether the roster is the same, seat by seat and time by time.
    differences
        What is otherwise: first what may be why, then what came of it.
    """

    result: Result
    same: bool
    differences: tuple[Words, ...]


def replay(record: RunRecord, problem: Problem, *, rules: RuleSet | None = None) -> Replay:
    """Make a roster again as a record says, and tell what is otherwise.

    The same problem, rules and versions give the same roster in deterministic mode, and where a problem is small
    enough to be searched as a whole in the time.

    Parameters
    ----------
    record
        Of the run, such as ``RunRecord.from_file("roster/run.json")``.
    problem
        The problem.
    rules
        The rules, where they hold some that are not poolmatch's own; None is those of the record.

    Raises
    ------
    ProblemError
        The record holds rules that this version does not have.
    """
    must_be_problem(problem)
    rules = record.rules() if rules is None else rules
    settings = record.settings
    result = solve(
        problem,
        rules,
        time_limit=settings["time_limit"],
        seed=record.seed,
        workers=settings["workers"],
        deterministic=settings["deterministic"],
    )
    same = result.roster.fingerprint == record.fingerprints["roster"]
    causes = tuple(_causes(record, problem, rules))
    return Replay(result, same, (*causes, *_effects(record, result, same)))


def _causes(record: RunRecord, problem: Problem, rules: RuleSet) -> Iterator[Words]:
    if problem.fingerprint != record.fingerprints["problem"]:
        yield OTHER_PROBLEM
    if rules.fingerprint != record.fingerprints["rules"]:
        yield OTHER_RULES
    now = versions()
    for package, then in record.versions.items():
        if now.get(package) != then:
            yield OTHER_VERSION.fill(package=package, now=now.get(package, "–"), then=then)
    if record.settings["started"]:
        yield STARTED


def _effects(record: RunRecord, result: Result, same: bool) -> Iterator[Words]:
    if not same:
        yield OTHER_ROSTER
    then = {item["tier"]: item["value"] / item["scale"] for item in record.tiers}
    for tier in result.tiers:  # of the same roster too, where other data or rules charge something else
        if tier.points != then.get(tier.tier, tier.points):
            yield OTHER_WORTH.fill(tier=tier.tier, now=tier.points, then=then[tier.tier])
    if not same and record.status != "OPTIMAL" and not record.settings["deterministic"]:
        yield BY_THE_CLOCK
    if record.fingerprints.get("certificate") not in (None, result.certificate.fingerprint):  # old records have none
        yield OTHER_CERTIFICATE
