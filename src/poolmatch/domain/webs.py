"""The links of a day: which organisations are one, which form a group, and the shortest chain from one to another."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import count
from typing import Literal, NamedTuple

from poolmatch.domain.organisations import Link

Form = Literal["none", "group", "affiliate", "funds", "membership"]
"""Form of a chain: within one organisation, within a group, or with one other link in it."""
SAME = frozenset({"same_as"})
GROUP = SAME | {"controls", "unit_of"}
AFFILIATE = frozenset({"affiliate", "joint_venture"})
FUNDS = frozenset({"funds"})
MEMBER = frozenset({"member_of"})
MOST_WEBS, MOST_STAGES = 512, 2000
"""So many webs, and stages of searches in each, are kept: bounds on memory, not on what is found."""
OPEN = date.max.toordinal()
"""Last day of a link without an end."""


class Step(NamedTuple):
    """A link as it is walked along: forward from source to target, or back."""

    kind: str
    forward: bool


class Chain(NamedTuple):
    """A shortest way from one organisation to another, both included.

    The form is None where it goes on beyond a membership: no row of a policy can name that.
    """

    form: Form | None
    organisations: tuple[str, ...]
    steps: tuple[Step, ...]


Near = Mapping[str, Mapping[str, Step]]
"""From any organisation to those at the other end of its links of some kinds."""


class _Stage(NamedTuple):
    """How many links lead from organisations to a target: along some kinds, then across one link to the next stage."""

    distance: Mapping[str, int]
    along: Near
    across: Near
    then: _Stage | None


class _Side:
    """The links of some kinds, found from their ends; a membership from one end only.

    Parameters
    ----------
    links
        All links.
    kinds
        Kinds of link.
    ways
        Whether they are found from the source, from the target, or from both.
    """

    def __init__(self, links: Iterable[Link], kinds: Collection[str], ways: Collection[bool] = (True, False)) -> None:
        found: defaultdict[str, list[tuple[str, Step, int, int]]] = defaultdict(list)
        for link in links:
            if link.kind in kinds:
                for forward in ways:
                    here, there = (link.source, link.target) if forward else (link.target, link.source)
                    found[here].append((there, Step(link.kind, forward), *span_of(link)))
        self._at = {name: sorted(rows, reverse=True) for name, rows in found.items()}

    def near(self, name: str, day: int) -> Mapping[str, Step]:
        """Return where links lead on a day; of several to one place the first in order of kind."""
        return {there: step for there, step, first, last in self._at.get(name, ()) if first <= day <= last}


def span_of(link: Link) -> tuple[int, int]:
    """Return the first and the last day of a link as ordinals."""
    return (
        0 if link.start is None else link.start.toordinal(),
        OPEN if link.end is None else link.end.toordinal(),
    )


class Web:
    """The links of one day. Only what is asked for is looked at, and looked at once.

    Parameters
    ----------
    sides
        All links, by what they do.
    day
        The day, as an ordinal.
    most_stages
        How many stages of searches are kept at most.
    """

    def __init__(self, sides: _Sides, day: int, most_stages: int) -> None:
        self._most_stages = most_stages
        self._same_near, self._group_near = _On(sides.same, day), _On(sides.group, day)
        self._affiliate_near, self._funds_near = _On(sides.affiliate, day), _On(sides.funds, day)
        self._umbrellas, self._members = _On(sides.umbrellas, day), _On(sides.members, day)
        self._same: dict[str, tuple[str, ...]] = {}
        self._group: dict[str, tuple[str, ...]] = {}
        self._led: dict[tuple[Form | None, str], frozenset[str]] = {}
        self._stages: dict[tuple[str, Form | None], _Stage] = {}

    def ids_of(self, organisation: str) -> tuple[str, ...]:
        """Return all ids under which an organisation stands, in order."""
        return _component(organisation, self._same_near, self._same)

    def same_of(self, organisation: str) -> str:
        """Return the first of the ids under which an organisation stands."""
        return self.ids_of(organisation)[0]

    def group_of(self, organisation: str) -> str:
        """Return the first id in the group of an organisation."""
        return _component(organisation, self._group_near, self._group)[0]

    def forms(self, source: str, target: str) -> tuple[Form | None, ...]:
        """Return the forms of chain that lead from one organisation to another; of one and the same only `none`."""
        same = self.same_of(target)
        if self.same_of(source) == same:
            return ("none",)
        here, there = self.group_of(source), self.group_of(target)
        found: list[Form | None] = ["group"] if here == there else []
        if there in self._leads("affiliate", here):
            found.append("affiliate")
        if there in self._leads("funds", here):
            found.append("funds")
        if same in self._leads("membership", here):
            found.append("membership")
        elif there in self._leads(None, here):
            found.append(None)
        return tuple(found)

    def chain(self, source: str, target: str, form: Form | None) -> Chain:
        """Return a shortest chain of a form that leads there; of equally short ones the first in order of ids.

        Parameters
        ----------
        source, target
            Organisations.
        form
            One of `forms` for the two.
        """
        name, stage = source, self._stage(target, form)
        names, steps = [source], list[Step]()
        while stage.distance[name] or stage.then is not None:
            left = stage.distance[name] - 1
            options = [
                (other, step, after)
                for near, after in ((stage.along, stage), (stage.across, stage.then))
                if after is not None
                for other, step in near[name].items()
                if after.distance.get(other) == left
            ]
            name, step, stage = min(options, key=lambda option: option[:2])
            names.append(name)
            steps.append(step)
        return Chain(form, tuple(names), tuple(steps))

    def _leads(self, form: Form | None, group: str) -> frozenset[str]:
        """Return which groups, or of a membership which organisations, one link joins to a group; each by its first id.

        A membership leads from a member to its umbrella only, the other links in both directions.
        """
        if (form, group) not in self._led:
            near = self._affiliate_near if form == "affiliate" else self._funds_near
            near = near if form in ("affiliate", "funds") else self._umbrellas
            first = self.same_of if form == "membership" else self.group_of
            members = _component(group, self._group_near, self._group)
            self._led[form, group] = frozenset(first(other) for name in members for other in near[name])
        return self._led[form, group]

    def _stage(self, target: str, form: Form | None) -> _Stage:
        """Return the distances from which chains of a form lead to a target."""
        if (target, form) not in self._stages:
            if len(self._stages) >= self._most_stages:
                self._stages.clear()
            self._stages[target, form] = self._searched(target, form)
        return self._stages[target, form]

    def _searched(self, target: str, form: Form | None) -> _Stage:
        if form in ("none", "group"):
            along = self._same_near if form == "none" else self._group_near
            return _Stage(_distances([{target}], along), along, along, None)
        if form in ("affiliate", "funds"):
            across = back = self._affiliate_near if form == "affiliate" else self._funds_near
        else:
            across, back = self._umbrellas, self._members
        then = self._stage(target, "none" if form == "membership" else "group")
        seeds: list[set[str]] = [set() for _ in range(max(then.distance.values()) + 2)]
        for name, away in then.distance.items():
            seeds[away + 1].update(back[name])
        return _Stage(_distances(seeds, self._group_near), self._group_near, across, then)


class _On(dict[str, Mapping[str, Step]]):
    """Where links lead on a day, worked out once for each organisation that is asked about."""

    def __init__(self, side: _Side, day: int) -> None:
        self._side, self._day = side, day

    def __missing__(self, name: str) -> Mapping[str, Step]:
        self[name] = found = self._side.near(name, self._day)
        return found


def _component(name: str, near: Near, known: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return all that links join to an organisation, itself among them, in order; kept for each of them."""
    if name not in known:
        members, waiting = {name}, [name]
        while waiting:
            fresh = near[waiting.pop()].keys() - members
            members |= fresh
            waiting += fresh
        known |= dict.fromkeys(members, tuple(sorted(members)))
    return known[name]


def _distances(seeds: Sequence[Collection[str]], near: Near) -> Mapping[str, int]:
    """Return how many links away organisations are, where those of ``seeds[k]`` are k away at most."""
    found: dict[str, int] = {}
    front: set[str] = set()
    for away in count():
        if not front and away >= len(seeds):
            break
        new = seeds[away] if away < len(seeds) else ()
        front = set(new).union(*map(near.__getitem__, front)) - found.keys()
        found.update(dict.fromkeys(front, away))
    return found


class _Sides:
    """All links, by what they do, whatever the day."""

    def __init__(self, links: Sequence[Link]) -> None:
        self.same, self.group = _Side(links, SAME), _Side(links, GROUP)
        self.affiliate, self.funds = _Side(links, AFFILIATE), _Side(links, FUNDS)
        self.umbrellas, self.members = _Side(links, MEMBER, (True,)), _Side(links, MEMBER, (False,))


class Webs:
    """The webs of all days. Between two days on which a link begins or ends it is one and the same.

    Parameters
    ----------
    links
        All links, with their days.
    most_webs, most_stages
        How many webs, and stages of searches in each, are kept at most; at least 1.
    """

    def __init__(self, links: Iterable[Link], most_webs: int = MOST_WEBS, most_stages: int = MOST_STAGES) -> None:
        self._links = tuple(links)
        self._most_webs, self._most_stages = most_webs, most_stages
        self._sides = _Sides(self._links)
        spans = [span_of(link) for link in self._links]
        self._edges = sorted({day for first, last in spans for day in (first, last + 1)})
        self._webs: dict[int, Web] = {}
        same = [link for link in self._links if link.kind in SAME]
        self._renamed = frozenset(end for link in same for end in (link.source, link.target))

    def __reduce__(self) -> tuple[type[Webs], tuple[tuple[Link, ...], int, int]]:  # what was worked out does not travel
        return Webs, (self._links, self._most_webs, self._most_stages)

    def on(self, day: date) -> Web:
        """Return the web of a day."""
        ordinal = day.toordinal()
        place = bisect_right(self._edges, ordinal)
        if place not in self._webs:
            if len(self._webs) >= self._most_webs:
                self._webs.clear()
            self._webs[place] = Web(self._sides, ordinal, self._most_stages)
        return self._webs[place]

    def one(self, first: str, second: str, day: date) -> bool:
        """Tell whether two ids stand for one organisation on a day."""
        return first == second or self.same_of(first, day) == self.same_of(second, day)

    def same_of(self, organisation: str, day: date) -> str:
        """Return the first of the ids under which an organisation stands on a day."""
        return self.on(day).same_of(organisation) if organisation in self._renamed else organisation

    def ids_of(self, organisation: str, day: date) -> tuple[str, ...]:
        """Return all ids under which an organisation stands on a day, in order."""
        return self.on(day).ids_of(organisation) if organisation in self._renamed else (organisation,)
