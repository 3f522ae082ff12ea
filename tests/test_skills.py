"""Who has a skill at a level on a day: asked of a person, of the columns of a person, and of candidates."""

import random
from datetime import date

import numpy as np
from tests.rings import seeds

from poolmatch import Problem
from poolmatch.arrays import Arrays, Candidates
from poolmatch.testing import random_problem

FROM = date(2026, 3, 28)
"""First day of skills that begin within the days of the problems."""


def has(problem: Problem, name: str, skill: str, level: int, day: date) -> bool:
    """Read the rows plainly."""
    return any(
        (row.facilitator, row.skill) == (name, skill)
        and row.level >= level
        and not (row.valid_from and day < row.valid_from)
        and not (row.valid_until and day > row.valid_until)
        for row in problem.skills
    )


def test_the_ways_to_ask_agree_with_the_rows() -> None:
    answers = set[bool]()
    for seed in seeds(30):
        problem = random_problem(random.Random(seed), people=4, meetings=4, seats=2, teams=True, programme=True)
        begun = [
            {"valid_from": row.valid_until or FROM} if place % 2 else {} for place, row in enumerate(problem.skills)
        ]
        skills = [row.model_copy(update=cells) for row, cells in zip(problem.skills, begun, strict=True)]
        problem = problem.replace(skills=skills)
        world = Arrays(problem, seed)
        occasions, seats = world.occasions, len(world.occasions)
        words = sorted({(row.skill, row.level) for row in problem.requirements} | {("listening", 2), ("unheard", 1)})
        people = np.repeat(np.arange(len(world.people)), seats)
        everyone = Candidates(world, people, np.tile(np.arange(seats), len(world.people)))
        for skill, level in words:
            asked = everyone.masters(np.arange(len(everyone)), [(skill, level)]).tolist()
            for place, (person, day) in enumerate(zip(people.tolist(), everyone.column("day").tolist(), strict=True)):
                name, on = world.people[person].facilitator, date.fromordinal(day)
                expected = has(problem, name, skill, level, on)
                assert problem.masters(name, skill, level, on) == asked[place] == expected
                answers.add(expected)
        demands, days = occasions.demands, occasions.day
        of_code = {code: word for word, code in world.skills.of.items()}
        for position, row in enumerate(world.people):
            met = world.person(position).skills.meet(demands, days)
            assert met.tolist() == [
                has(problem, row.facilitator, of_code[skill], level, date.fromordinal(days[owner]))
                for skill, level, owner in zip(
                    demands.skill.tolist(), demands.level.tolist(), demands.owner.tolist(), strict=True
                )
            ]
            answers.update(met.tolist())
    assert answers == {True, False}
