"""What somebody more could do, or somebody who learns: problems in which they are there, to be tried one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from poolmatch.domain.people import ROLES, Facilitator, Serves, Skill
from poolmatch.domain.problem import Problem
from poolmatch.explain.explanation import Explanation
from poolmatch.vocabulary import counts, words_of_column
from poolmatch.words import Words, joined, pattern, untranslated

NAME = "new"
"""How the id of somebody who is not there yet begins."""
GAIN = Words("{what}: {count} more can be filled.", "{what}: {count} meer te bezetten.")
AT_LEAST = Words("{what}: {count} more can be filled at least.", "{what}: ten minste {count} meer te bezetten.")
SOMEBODY = Words("One more facilitator ({what})", "Eén begeleider meer ({what})")
OF = Words("employed by {organisation}", "in dienst van {organisation}")
ANYTHING = Words("who can do everything, everywhere", "die alles kan, overal")
IN = Words("in {region}", "in {region}")
LEARNS = Words("{who} with {skill} at level {level}", "{who} met {skill} op niveau {level}")


@dataclass(frozen=True)
class OneMore(Explanation):
    """What one more facilitator would add, who is always available and tied to nobody but an employer.

    Attributes
    ----------
    organisation
        Whom they work for; None is nobody.
    role
        Their only role; None is every role, every skill that is asked, and every region.
    skills
        Skills and levels that they have, when they have only one role.
    region
        The only region they serve; None is every region.
    gain
        How many required seats more can be filled. The judge says so of a roster.
    settled
        Whether it is proven that it is no more.
    """

    organisation: str | None = None
    role: str | None = None
    skills: tuple[tuple[str, int], ...] = ()
    region: str | None = None
    gain: int = 0
    settled: bool = False

    @property
    def words(self) -> Words:
        """The gain as a sentence."""
        parts: list[Words] = []
        if self.role is None:
            parts.append(ANYTHING)
        else:
            parts.append(words_of_column("seats", "role").get(self.role) or untranslated(self.role))
        parts += [pattern("{skill} {level}", skill=skill, level=level) for skill, level in self.skills]
        if self.region is not None:
            parts.append(IN.fill(region=self.region))
        if self.organisation is not None:
            parts.append(OF.fill(organisation=self.organisation))
        return _said(SOMEBODY.fill(what=joined(", ", parts)), self.gain, self.settled)

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as data for a JSON document."""
        return {**super().to_dict(), "skills": [list(item) for item in self.skills]}

    def joining(self, problem: Problem, name: str) -> Problem:
        """Return a problem in which they are in the pool under a name."""
        return with_people(problem, {name: self})


def with_people(problem: Problem, people: Mapping[str, OneMore]) -> Problem:
    """Return a problem in which some people more are in the pool, by their names."""
    every = highest(problem)
    rows = [
        Facilitator.model_validate(
            {
                "facilitator": name,
                "name": name,
                "organisation": person.organisation,
                "independent": person.organisation is None,
                "roles": ROLES if person.role is None else (person.role,),
            }
        )
        for name, person in people.items()
    ]
    asked = {name: every if person.role is None else dict(person.skills) for name, person in people.items()}
    skills = [
        Skill(facilitator=name, skill=skill, level=level) for name in people for skill, level in asked[name].items()
    ]
    served = [Serves(facilitator=name, region=row.region) for name, row in people.items() if row.region is not None]
    return problem.replace(
        facilitators=[*problem.facilitators, *rows],
        skills=[*problem.skills, *skills],
        serves=[*problem.serves, *served],
    )


@dataclass(frozen=True)
class Training(Explanation):
    """What somebody would add who learned something.

    Attributes
    ----------
    facilitator, skill, level
        Who, what, and to which level.
    gain
        How many required seats more can be filled. The judge says so of a roster.
    settled
        Whether it is proven that it is no more.
    """

    facilitator: str
    skill: str
    level: int
    gain: int = 0
    settled: bool = False

    @property
    def words(self) -> Words:
        """The gain as a sentence."""
        what = LEARNS.fill(who=self.facilitator, skill=self.skill, level=self.level)
        return _said(what, self.gain, self.settled)

    def learned(self, problem: Problem) -> Problem:
        """Return a problem in which they have the skill."""
        return taught(problem, {self.facilitator}, {self.skill: self.level})


def _said(what: Words, gain: int, settled: bool) -> Words:
    return (GAIN if settled else AT_LEAST).fill(what=what, count=counts.seats(gain))


def highest(problem: Problem) -> dict[str, int]:
    """Return the skills that seats and teams require, and the highest level that is asked of each."""
    levels: dict[str, int] = {}
    for row in problem.requirements:
        if row.kind == "required":
            levels[row.skill] = max(row.level, levels.get(row.skill, 0))
    return levels


def taught(problem: Problem, names: Iterable[str], levels: Mapping[str, int]) -> Problem:
    """Return a problem in which some people have some skills, at these levels or the higher ones they have."""
    names = set(names)
    known = {(row.facilitator, row.skill): row.level for row in sorted(problem.skills, key=lambda row: row.level)}
    kept = [row for row in problem.skills if row.facilitator not in names or row.skill not in levels]
    fresh = [
        Skill(facilitator=name, skill=skill, level=max(level, known.get((name, skill), 0)))
        for name in sorted(names)
        for skill, level in levels.items()
    ]
    return problem.replace(skills=[*kept, *fresh])


@dataclass(frozen=True)
class Joined:
    """A problem in which all are there who could join.

    Attributes
    ----------
    problem
        The problem.
    names
        The id of each who joined, in their order.
    """

    problem: Problem
    names: tuple[str, ...]

    @classmethod
    def of(cls, problem: Problem, people: Sequence[OneMore]) -> Joined:
        """Return a problem with some people more."""
        prefix = NAME
        while any(name.startswith(prefix) for name in problem.facilitator_ids):
            prefix += "-"
        names = tuple(f"{prefix}{number}" for number in range(1, len(people) + 1))
        return cls(with_people(problem, dict(zip(names, people, strict=True))), names)
