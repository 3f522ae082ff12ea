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
