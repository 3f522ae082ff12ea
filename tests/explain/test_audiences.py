"""What is not an audience's to see shows up in no answer that is said to it.

Every id and free word of some problems is a canary, with a board, a leave, an objection and a wish of each second
person planted besides. Whatever is said to somebody may hold those canaries only that are listed here as theirs.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from types import GenericAlias
from typing import Any, get_args, get_type_hints

import pytest
from tests.canaries import canaries, in_canaries
from tests.rings import enough, scaled, seeds
from tests.rule_of_gossip import GOSSIPING
from tests.solving.programmes import lively

from poolmatch import Audience, Problem, Report, assess, explain, read, solve
from poolmatch.domain.organisations import Link, Organisation
from poolmatch.edits import Edit, PersonOut, RoleAdded
from poolmatch.explain.answer import NOT_THEIRS, Answer
from poolmatch.testing import random_problem
from poolmatch.views import COORDINATOR, PUBLIC, View
from poolmatch.words import LANGUAGES

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
SOON = 0.3
"""Seconds of a search: what is found in it is enough to be hidden."""


def with_secrets(problem: Problem) -> Problem:
    """Return a problem with a seat on a board, a leave, an objection, a consent and a wish of each second person."""
    names = [row.facilitator for row in problem.facilitators][::2]
    stake, day = problem.stakes[0], problem.period.start + timedelta(days=1)
    boards = {name: f"board of {name}" for name in names}
    party = stake.organisation
    about: dict[str, list[Mapping[str, Any]]] = {
        "ties": [{"facilitator": name, "kind": "director", "organisation": board} for name, board in boards.items()],
        "availability": [{"facilitator": name, "start": day, "end": day, "kind": "unavailable"} for name in names],
        "strikes": [{"organisation": party, "facilitator": name} for name in names[:1]],
        "preferences": [{"facilitator": name, "theme": f"wish of {name}", "score": 5} for name in names],
        "waivers": [
            {"facilitator": name, "organisation": board, "party": party, "meeting": stake.meeting, "consented_on": day}
            for name, board in boards.items()
        ],
    }
    first = names[0]
    kept = {(row.organisation, row.facilitator) for row in problem.strikes}
    about["strikes"] = [row for row in about["strikes"] if (row["organisation"], row["facilitator"]) not in kept]
    return problem.replace(
        organisations=[*problem.organisations, *(Organisation(organisation=row, name=row) for row in boards.values())],
        links=[*problem.links, Link(source=boards[first], target=party, kind="unit_of")],
        **{name: [*getattr(problem, name), *rows] for name, rows in about.items()},
    )


@dataclass(frozen=True)
class Case:
    """A problem in canaries, with a roster of it."""

    report: Report
    seats: Sequence[tuple[str, str]]
    people: Sequence[str]

    @property
    def problem(self) -> Problem:
        return self.report.problem

    @property
    def held(self) -> Sequence[tuple[str, str, str]]:
        rows = self.report.roster.rows
        frozen = self.problem.frozen
        return [
            (row.meeting, row.seat, row.facilitator) for row in rows if row.facilitator and row.meeting not in frozen
        ]


def case_of(problem: Problem, seed: int, most: int) -> Case:
    """Return a problem in canaries, with a quick roster of it, and as many of its seats and people to ask about."""
    made = in_canaries(with_secrets(problem))
    report = solve(made, GOSSIPING, seed=seed, time_limit=SOON).report
    empty = [(row.meeting, row.seat) for row in report.roster.rows if row.facilitator is None]
    seats = [*empty[:most], *((row.meeting, row.seat) for row in report.roster.rows if row.facilitator is not None)]
    names = [row.facilitator for row in made.facilitators]
    busy = [name for name in names if name in report.plan.of_facilitator]
    return Case(report, seats[: 2 * most], list(dict.fromkeys([*names[:most], *busy[:2]])))


@cache
def drawn(seed: int) -> Case:
    rng = random.Random(seed)
    if seed % 2:
        return case_of(lively(seed), seed, 3)
    return case_of(random_problem(rng, people=6, meetings=4, seats=2, teams=True, pins=False), seed, 3)


@cache
def sample(name: str) -> Case:
    return case_of(read(SAMPLES / name), 0, 2)


# --- what is asked -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """An answer, the meetings that were asked about, and the roster that its view is of."""

    answer: Answer
    meetings: Sequence[str] = ()
    after: Report | None = None


def _why_not(case: Case) -> Iterator[Asked]:
    for seat in case.seats:
        for who in case.people:
            yield Asked(explain.why_not(case.report, *seat, who, time_limit=SOON), seat[:1])


def _why_not_wish(case: Case) -> Iterator[Asked]:
    meetings = [row.meeting for row in case.problem.meetings]
    rivals = [{"facilitator": who, "meeting": name, "score": 5} for name in meetings[-2:] for who in case.people]
    problem = case.problem.replace(preferences=[*case.problem.preferences, *rivals])
    report = solve(problem, case.report.rules, time_limit=SOON).report
    for wish in [row for row in problem.preferences if row.score][-8:]:
        answer = explain.why_not_wish(report, wish.facilitator, wish, most=1, time_limit=10 * SOON)
        yield Asked(answer, [meeting for meeting, _ in answer.open], report)


def _why_these(case: Case) -> Iterator[Asked]:
    for who in case.people:
        yield Asked(explain.why_these(case.report, who, time_limit=SOON))


def _why_empty(case: Case) -> Iterator[Asked]:
    for seat in case.seats:
        yield Asked(explain.why_empty(case.report, *seat, time_limit=SOON), seat[:1])


def _why_empty_all(case: Case) -> Iterator[Asked]:
    for item in explain.why_empty_all(case.report, time_limit=SOON):
        yield Asked(item, [item.meeting])


def _remedies(case: Case) -> Iterator[Asked]:
    for seat in case.seats[:2]:
        yield Asked(explain.remedies(case.report, *seat, time_limit=SOON), seat[:1])


def _substitutes(case: Case) -> Iterator[Asked]:
    for meeting, seat, _ in case.held[:3]:
        yield Asked(explain.substitutes(case.report, meeting, seat, time_limit=SOON), [meeting])


def _substitutes_for(case: Case) -> Iterator[Asked]:
    plan = case.report.plan
    for who in case.people:
        for day in sorted({item.day for item in plan.of_facilitator.get(who, ())})[:1]:
            yield Asked(explain.substitutes_for(case.report, who, day, time_limit=SOON))
        yield Asked(explain.substitutes_for(case.report, who, case.problem.period.end, time_limit=SOON))


def _replan(case: Case) -> Iterator[Asked]:
    for *_, who in case.held[:1]:
        answer = explain.replan(case.problem, case.report, edits=[PersonOut(who)], time_limit=2 * SOON)
        yield Asked(answer, after=answer.report)


def _compare(case: Case) -> Iterator[Asked]:
    for *_, who in case.held[:1]:
        after = explain.replan(case.problem, case.report, edits=[PersonOut(who)], time_limit=2 * SOON).report
        yield Asked(explain.compare(case.report, after), after=after)


def _bottlenecks(case: Case) -> Iterator[Asked]:
    yield Asked(explain.bottlenecks(case.problem, case.report.rules, most=2, time_limit=2 * SOON))


def _resilience(case: Case) -> Iterator[Asked]:
    answer = explain.resilience(case.problem, case.report.roster, case.report.rules, pairs=1, time_limit=SOON / 3)
    yield Asked(answer)


def _what_if_table(case: Case) -> Iterator[Asked]:
    edits: dict[str, list[Edit]] = {"more": [RoleAdded(case.people[0], "lead")], "ill": [PersonOut(case.people[-1])]}
    for row in explain.what_if_table(case.problem, edits, case.report.rules, time_limit=SOON):
        yield Asked(row)


ASKED: Mapping[str, Callable[[Case], Iterable[Asked]]] = {
    "bottlenecks": _bottlenecks,
    "compare": _compare,
    "remedies": _remedies,
    "replan": _replan,
    "resilience": _resilience,
    "substitutes": _substitutes,
    "substitutes_for": _substitutes_for,
    "what_if_table": _what_if_table,
    "why_empty": _why_empty,
    "why_empty_all": _why_empty_all,
    "why_not": _why_not,
    "why_not_wish": _why_not_wish,
    "why_these": _why_these,
}
DATA = {
    "empty_seats",
    "empty_seats_of",
    "explain_objective",
    "neutral_pool",
    "outsiders",
    "outsiders_of",
    "waivers_that_help",
    "wishes_of",
}
"""What returns data without any sentence, and has no door for anybody but the coordinator."""


def audiences(case: Case) -> Iterator[Audience]:
    yield PUBLIC
    yield from (Audience.party(row.organisation) for row in case.problem.organisations)
    yield from (Audience.facilitator(row.facilitator) for row in case.problem.facilitators)


def allowed(case: Case, asked: Asked, audience: Audience) -> set[str]:
    """Return the canaries that an audience may see in an answer, by a reading as plain as it can be."""
    problem, after = case.problem, (asked.after or case.report).roster
    if audience == PUBLIC:
        return set()
    duties = {row.duty: row for row in problem.duties}
    if audience.kind == "party":
        theirs = {row.meeting for row in problem.stakes if row.organisation == audience.id}
        theirs |= {name for name, row in duties.items() if row.organisation == audience.id}
        return {audience.id, *theirs} | {str(row.facilitator) for row in after.rows if row.meeting in theirs}
    held = {row.meeting for row in case.report.roster.rows if row.facilitator == audience.id}
    now = {row.meeting for row in after.rows if row.facilitator == audience.id}
    about = {*held, *now, *asked.meetings}
    tables = ("ties", "strikes", "skills", "serves", "history")
    own = [row for table in tables for row in getattr(problem, table) if row.facilitator == audience.id]
    own += [asked.answer.wish] if isinstance(asked.answer, explain.WhyNotWish) else []
    paths = [assess(problem, audience.id, name).paths for name in asked.meetings]
    of_meetings = [
        (
            duties.get(name) or problem.meeting(name),
            problem.stakes_of(name),
            [row for row in problem.requirements if row.meeting == name],
        )
        for name in about
    ]
    there = {str(row.facilitator) for row in after.rows if row.meeting in now}
    return canaries(audience.id, about, own, paths, of_meetings, problem.facilitator(audience.id)) | there


def said(words: Iterable[Any]) -> str:
    """Return all of some sentences, in each language, and what they are made of."""
    words = tuple(words)
    return "\n".join([repr(words), *(item.say(language) for item in words for language in LANGUAGES)])


def hold(name: str, case: Case) -> tuple[int, int]:
    """Hold what a function answers to what each may see; return how often it was hidden wholly, and in part."""
    wholly = partly = 0
    for asked in ASKED[name](case):
        plan = (asked.after or case.report).plan
        everything = canaries(said(asked.answer.words))
        assert asked.answer.said_to(View(plan, COORDINATOR)) == asked.answer.words
        for audience in audiences(case):
            told = asked.answer.said_to(View(plan, audience))
            assert told
            assert canaries(said(told)) <= allowed(case, asked, audience), (name, audience, said(told))
            assert "gossip" not in said(told)
            if everything - allowed(case, asked, audience):
                wholly += told == (NOT_THEIRS,)
                partly += told != (NOT_THEIRS,)
    return wholly, partly


# --- the proof -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ASKED)
def test_no_answer_holds_what_an_audience_may_not_see(name: str) -> None:
    found = [hold(name, drawn(seed)) for seed in seeds(8, least=2)]
    assert sum(wholly for wholly, _ in found) >= enough(4)
    if name not in (
        "bottlenecks",
        "resilience",
        "what_if_table",
        "why_these",
    ):  # who reads has nothing of these, or all
        assert sum(partly for _, partly in found) >= enough(1)


@pytest.mark.slow
@pytest.mark.parametrize("of", sorted(path.name for path in SAMPLES.iterdir() if path.is_dir())[: scaled(1)])
def test_no_answer_about_a_sample_does_either(of: str) -> None:
    for name in ASKED.keys() - {"bottlenecks", "resilience", "what_if_table"}:  # of which nobody else is told anything
        wholly, _ = hold(name, sample(of))
        assert wholly or name in ("why_empty_all", "remedies"), name  # unless every seat is filled


@pytest.mark.parametrize("seed", seeds(8, least=2))
def test_what_is_sent_to_somebody_says_nothing_of_others(seed: int) -> None:
    case = drawn(seed)
    for asked in _replan(case):
        answer = asked.answer
        assert isinstance(answer, explain.Replan)
        for notice in answer.notices:
            who = notice.facilitator
            rows = [*case.report.roster.rows, *answer.roster.rows]
            assert canaries(said(notice.words), notice.to_dict()) <= {
                who,
                *(row.meeting for row in rows if row.facilitator == who),
            }


def answers_of(function: Callable[..., Any]) -> type | None:
    """Return the kind of answer that a function gives, one or many, or None where it gives data."""
    given = get_type_hints(function)["return"]
    kind = get_args(given)[0] if isinstance(given, GenericAlias) else given
    return kind if isinstance(kind, type) and issubclass(kind, Answer) else None


def test_every_function_that_explains_is_held_to_it() -> None:
    functions = {name for name in explain.__all__ if not isinstance(getattr(explain, name), type)}
    assert functions == {*ASKED, *DATA}
    for name in functions:
        assert (answers_of(getattr(explain, name)) is not None) == (name in ASKED), name


def test_every_kind_of_answer_is_given_by_one_of_them() -> None:
    given = {answers_of(getattr(explain, name)) for name in ASKED}
    assert given == set(Answer.__subclasses__())
    pieces = {
        "Notice",
        "Remedy",
        "Substitute",
        "Mishap",
        "Demand",
        "OneMore",
        "Training",
        "GrantedBy",
        "WishReason",
    }  # come with an answer
    exported = {getattr(explain, name) for name in explain.__all__ if isinstance(getattr(explain, name), type)}
    told = {kind.__name__ for kind in exported - given if "words" in {*dir(kind), *kind.__annotations__}}
    assert told == pieces
