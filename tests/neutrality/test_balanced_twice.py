"""Whose side somebody takes where others can balance it: the assessment, the table and the page spelled out agree."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date

import numpy as np
import pytest
from tests.neutrality.naive import (
    POLICY,
    all_consent,
    day_of,
    forms_on_either_day,
    naive_assessment,
    nobody_knows,
    raised,
    rows_for,
    same,
    stakes,
    thing,
    ties_to_organisations,
    ties_to_the_matter,
)
from tests.neutrality.policies import INSIDERS
from tests.neutrality.worlds import EVERY, rich_problem
from tests.rings import enough, seeds

from poolmatch import InternalError, Problem
from poolmatch.arrays import Arrays, Occasions, Person
from poolmatch.domain.degree import Degree
from poolmatch.neutrality import INTERNAL, Policy, assess
from poolmatch.neutrality import second_look as module
from poolmatch.neutrality.second_look import second_look
from poolmatch.neutrality.table import NO_SIDE, Degrees, degrees

NEEDS_CONSENT = {"waivable", "blocked"}


def decided(problem: Problem, rng: random.Random) -> Problem:
    """Return a problem in which most meetings have several parties, most of which decide."""
    rows = []
    for meeting in problem.meetings:
        parties = [row.organisation for row in problem.stakes if row.meeting == meeting.meeting]
        parties = list(dict.fromkeys([*parties, *rng.sample(EVERY, 2)]))
        grades = rng.choices(("decider", "interest", "contributor", "observer"), (6, 1, 1, 1), k=len(parties))
        for party, grade in zip(parties, grades, strict=True):
            rows.append({"meeting": meeting.meeting, "organisation": party, "grade": grade})
    return problem.replace(stakes=rows)


# --- the page spelled out ------------------------------------------------------------------------------------


def naive_side(problem: Problem, facilitator: str, occasion: str, slot: int) -> set[str]:
    """Return all ids of the party whose side somebody takes by the rows of `internal`; nothing where they take none."""
    day, parties = day_of(problem, occasion, slot), stakes(problem, occasion)
    deciding = {frozenset(same(problem, party, day)) for party, grade in parties.items() if grade == "decider"}
    if len(deciding) < 2 or waits_for_nobody(problem, facilitator, occasion, day):
        return set()
    leans: dict[str, set[frozenset[str]]] = {}
    for organisation, kind in ties_to_organisations(problem, facilitator, day):
        for party, grade in parties.items():
            for form in forms_on_either_day(problem, organisation, party, kind):
                for _, written in rows_for("internal", kind, form, grade):
                    degree = raised(problem, occasion, written)
                    if degree == "blocked":
                        return set()
                    if degree == "waivable" and not all_consent(problem, facilitator, organisation, occasion, day):
                        reached = {ids for ids in deciding if party in ids}
                        leans[organisation] = leans.get(organisation, set()) | reached
    sides = set().union(*leans.values())
    for organisation, reached in leans.items():
        if len(reached) != 1 or not others_consent(problem, facilitator, organisation, occasion, day):
            return set()
    return set(*sides) if len(sides) == 1 else set()


def waits_for_nobody(problem: Problem, facilitator: str, occasion: str, day: date) -> bool:
    """Tell whether a tie to the matter, or an unknown employer, asks for a consent that nobody can give."""
    found = []
    for grade in stakes(problem, occasion).values():
        for form, kind in ties_to_the_matter(problem, facilitator, occasion, day):
            rows = rows_for("internal", kind, form, grade) if form != "theme" else []
            found += [raised(problem, occasion, word) for _, word in rows]
        if nobody_knows(problem, facilitator, day):
            row = next(row for row in POLICY["internal"] if row[0] == "unknown-employer")
            column = {"contributor": 1, "observer": 2}.get(grade, 0)
            found.append(raised(problem, occasion, row[3][column]))
    return bool(NEEDS_CONSENT & set(found))


def others_consent(problem: Problem, facilitator: str, organisation: str, occasion: str, day: date) -> bool:
    """Tell whether every party but observers, and those who decide under any id, has consented in time."""
    parties, series = stakes(problem, occasion), thing(problem, occasion).series
    deciding = set().union(*(same(problem, party, day) for party, grade in parties.items() if grade == "decider"))
    needed = {party for party, grade in parties.items() if grade != "observer"} - deciding
    for row in problem.waivers:
        here = row.meeting == occasion or (row.series is not None and row.series == series)
        in_time = row.consented_on <= day and (row.expires is None or day <= row.expires)
        if row.facilitator == facilitator and row.organisation in same(problem, organisation, day) and here and in_time:
            needed -= same(problem, row.party, day)
    return not needed


# --- three ways ----------------------------------------------------------------------------------------------


def test_three_implementations_agree_on_every_pair() -> None:
    seen: Counter[str] = Counter()
    for seed in seeds(60):
        rng = random.Random(f"insiders {seed}")
        problem = decided(rich_problem(rng), rng)
        world = Arrays(problem, seed)
        names = list(world.organisations.of)
        for position, person in enumerate(world.people):
            found = degrees(world.person(position), world.occasions, INSIDERS)
            for row, place in enumerate(world.occasions.meeting.tolist()):
                meeting, who = world.meetings[place], person.facilitator
                starts = [start for start, _ in problem.times(meeting)]
                slot = next(n for n, start in enumerate(starts) if start.timestamp() == world.occasions.start[row])
                one = assess(problem, who, meeting.meeting, starts[slot], policy=INSIDERS)
                page = naive_assessment(problem, who, meeting.meeting, slot, "internal")
                side = naive_side(problem, who, meeting.meeting, slot) if page.degree == "waivable" else set()
                word = "disclose" if side else page.degree
                by_waiver = word == "disclose" and any(item.waived for item in page.found)
                assert (one.degree.word, one.waived) == (word, by_waiver), (seed, who, meeting.meeting)
                assert one.balanced == min(side, default=""), (seed, who, meeting.meeting)
                table = names[found.side[row]] if found.side[row] != NO_SIDE else ""
                assert (Degree(int(found.degree[row])).word, bool(found.waived[row])) == (word, by_waiver)
                assert (table in side) if side else not table
                seen[f"{word}{' balanced' * bool(side)}{' waived' * by_waiver}"] += 1
                seen["under two ids"] += len(side) > 1
                seen["refused"] += word == "waivable"
        assert second_look(world, INSIDERS, seed) > 0
    words = ("disclose balanced", "disclose waived", "under two ids", "refused", "blocked")
    assert min(seen[word] for word in words) >= enough(4), seen


def test_what_the_table_says_of_a_row_does_not_depend_on_the_rows_beside_it_nor_on_who_asked_before() -> None:
    people, sides = list[Person](), 0
    for seed in range(4):
        rng = random.Random(f"beside insiders {seed}")
        world = Arrays(decided(rich_problem(rng), rng))
        people += map(world.person, range(len(world.people)))
    for person in people:
        world = person.world
        found, again = (degrees(person, world.occasions, INSIDERS) for _ in range(2))
        assert found.side.tolist() == again.side.tolist()
        for row in range(len(world.occasions)):
            alone = degrees(person, world.occasions.take(np.array([row])), INSIDERS)
            assert (alone.degree[0], alone.side[0]) == (found.degree[row], found.side[row])
        sides += int((found.side != NO_SIDE).sum())
        assert degrees(person, world.occasions, INTERNAL).sides is None
    assert sides > 0


def test_a_side_that_the_table_forgets_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(person: Person, occasions: Occasions, policy: Policy) -> Degrees:
        found = degrees(person, occasions, policy)
        return Degrees(found.degree, found.waived, np.full_like(found.side, NO_SIDE))

    world = Arrays(one_side())
    assert second_look(world, INSIDERS, 0) == 1
    monkeypatch.setattr(module, "degrees", forgetful)
    with pytest.raises(InternalError) as caught:
        second_look(world, INSIDERS, 0)
    words = "disclose in the table, disclose (balanced, Town) when assessed alone"
    assert str(caught.value) == f"F1 at M1 is {words}"


def one_side() -> Problem:
    """Return somebody who takes a side at a meeting with one seat."""
    return Problem(
        period={"name": "p", "start": "2026-03-01", "end": "2026-03-31", "timezone": "Europe/Amsterdam"},
        organisations=[{"organisation": name, "name": name} for name in ("Town", "Corp")],
        facilitators=[{"facilitator": "F1", "name": "F1", "organisation": "Town"}],
        meetings=[{"meeting": "M1", "start": "2026-03-05 10:00", "end": "2026-03-05 12:00"}],
        stakes=[{"meeting": "M1", "organisation": name, "grade": "decider"} for name in ("Town", "Corp")],
    )
