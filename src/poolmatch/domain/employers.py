"""For whom a facilitator works, so far as is on record, and to which groups that ties them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from poolmatch.domain.grouping import grouped
from poolmatch.domain.problem import Problem


def employers(problem: Problem, facilitator: str, day: date) -> tuple[str, ...]:
    """Return for whom a facilitator works on a day, so far as is on record: the column, else ties in order of id.

    A tie counts when it is of kind `employee` and active on the day; one of kind `former_employee` whose last day is
    still to come is an `employee` too. Nothing for who is independent, and for who has told nothing.
    """
    column = problem.facilitator(facilitator).organisation
    if column is not None:
        return (column,)
    found = {tie.organisation for tie in problem.about(facilitator, "ties") if tie.employs(day, day)}
    return tuple(sorted(name for name in found if name is not None))


def employer_unknown(problem: Problem, facilitator: str, day: date) -> bool:
    """Tell whether nobody wrote down for whom a facilitator works on a day, nor that it is for nobody.

    An external without an employer counts as independent. A directorship is no employment.
    """
    row = problem.facilitator(facilitator)
    return not (row.independent or row.external or employers(problem, facilitator, day))


def team_groups(problem: Problem, facilitator: str, day: date) -> Mapping[str, tuple[str, ...]]:
    """Return for which organisations a facilitator stands in a team on a day, by their group.

    Those of the employer column, and of ties of kind `employee` (or judged as such) or `director` that are active. A
    group is named by its first id: it is what links of kind `controls`, `unit_of` and `same_as` join on the day,
    however many there are between.
    """
    web = problem.webs.on(day)
    ties = problem.ties_of(facilitator)
    stands = (tie for tie in ties if tie.employs(day, day) or (tie.kind == "director" and tie.active(day)))
    names = sorted({tie.organisation for tie in stands if tie.organisation is not None})
    return grouped(names, web.group_of)
