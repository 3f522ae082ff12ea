"""Which employers count as one: those that control one another, or are units of one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from poolmatch.domain.problem import Problem


def employer_groups(problem: Problem, day: date) -> Mapping[str, str]:
    """Return for each organisation the group it belongs to on a day, named by its first member in order of id.

    A group is a connected component over the links of kind `controls` and `unit_of` that are active on the day,
    whatever the length of the chain.
    """
    beside: defaultdict[str, list[str]] = defaultdict(list)
    for link in problem.links:
        if link.kind in ("controls", "unit_of") and link.active(day):
            beside[link.source].append(link.target)
            beside[link.target].append(link.source)
    group: dict[str, str] = {}
    for name in sorted(row.organisation for row in problem.organisations):
        waiting = [] if name in group else [name]
        while waiting:
            member = waiting.pop()
            if member not in group:
                group[member] = name
                waiting += beside[member]
    return group


def employers(problem: Problem, facilitator: str, day: date) -> tuple[str, ...]:
    """Return for whom a facilitator works on a day, so far as is on record: the column, else ties in order of id.

    A tie counts when it is of kind `employee` and active on the day; one of kind `former_employee` whose last day is
    still to come is an `employee` too. Nothing for who is independent, and for who has told nothing.
    """
    column = problem.facilitator(facilitator).organisation
    if column is not None:
        return (column,)
    kinds = ("employee", "former_employee")
    found = {tie.organisation for tie in problem.about(facilitator, "ties") if tie.kind in kinds and tie.active(day)}
    return tuple(sorted(name for name in found if name is not None))
