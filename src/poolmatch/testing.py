"""For users' own rules: the contract that every rule must pass, and problems to try it on.

`check_rule` holds a rule's two doors against one another on *all* rosters of small problems; `random_problem` and
`tiny_problems` make such problems.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from poolmatch.arrays import Arrays, Candidates, Ints
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Plan, Roster, RosterRow
from poolmatch.rule import ConstraintRule, EligibilityRule, Finding, PreferenceRule, Rule, told
from poolmatch.rules.past import PastRule
from poolmatch.ruleset import KINDS, RuleSet
from poolmatch.solving.backends.cpsat import Search, Settings
from poolmatch.solving.model.blocks import UNBOUNDED, Blocks, System
from poolmatch.solving.model.decoding import columns_of
from poolmatch.solving.running.stopping import Stop

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

MOST_ROSTERS = 4096
OTHER_SEEDS = (1, 2, 3)
"""Other orders of the rows in which an eligibility rule must say the same."""


def every_roster(problem: Problem, crowded: bool = False) -> Iterator[Roster]:
    """Yield every roster of a small problem, legal or not: duties, and each slot of a flexible meeting, included.

    Parameters
    ----------
    problem
        The problem; at most 4096 rosters.
    crowded
        Also rosters with several people in one seat, or one person in several seats of a meeting: only `one-per-seat`
        judges those.

    Raises
    ------
    ValueError
        There are too many rosters.
    """
    people = [row.facilitator for row in problem.facilitators]
    sizes = range(len(people) + 1 if crowded else 2)
    holders = [chosen for size in sizes for chosen in itertools.combinations(people, size)]
    seats = problem.all_seats
    times = [problem.times(problem.meeting(seat.meeting)) or ((None, None),) for seat in seats]
    choices = [
        [(chosen, start) for chosen in holders for start, _ in (slots if chosen else ((None, None),))]
        for slots in times
    ]
    if math.prod(len(item) for item in choices) > MOST_ROSTERS:
        raise ValueError(f"more than {MOST_ROSTERS} rosters; take a smaller problem")
    for choice in itertools.product(*choices):
        rows = tuple(
            RosterRow(meeting=seat.meeting, seat=seat.seat, facilitator=name, start=start)
            for seat, (chosen, start) in zip(seats, choice, strict=True)
            for name in chosen or (None,)
        )
        held = [(row.meeting, row.facilitator) for row in rows if row.facilitator is not None]
        if crowded or len(set(held)) == len(held):
            yield Roster(rows=rows)


def check_rule(rule: Rule, problem: Problem, crowded: bool = False) -> int:
    """Hold the doors of a rule against one another, on every roster of a small problem.

    Rosters that contradict the past of the problem are tried by the rule `past` alone.

    Of an eligibility rule: the answer for an occasion does not depend on the rows beside it, nor on the order of the
    problem's rows, and there are words for every objection. Of a constraint: the empty roster is legal (pins aside),
    and the model accepts a roster exactly if the judge is silent, but for rosters that break what the rule leans on: it
    may refuse those. Of a preference: the least the model charges for a roster is what the judge charges. Of all:
    judging and building change nothing, and findings name the rule.

    Parameters
    ----------
    rule
        The rule, with its parameters.
    problem
        A small problem; only this rule is asked about it.
    crowded
        Also try rosters with several people in one seat.

    Returns
    -------
    int
        Number of rosters, or of pairs of person and occasion, that were tried.

    Raises
    ------
    AssertionError
        The rule contradicts itself; the message says where.
    """
    before = problem.to_json()
    world = Arrays(problem)
    if isinstance(rule, EligibilityRule):
        tried = _check_eligibility(rule, world)
    elif isinstance(rule, ConstraintRule | PreferenceRule):
        tried = _check_doors(rule, world, crowded)
    else:
        raise TypeError(f"{type(rule).__name__} is neither an eligibility rule, a constraint nor a preference")
    _must(problem.to_json() == before, rule, "changes the problem")
    return tried


def _must(holds: bool, rule: Rule, what: str) -> None:
    if not holds:
        raise AssertionError(f"rule {rule.id}: {what}")


def _check_eligibility(rule: EligibilityRule, world: Arrays) -> int:
    occasions = world.occasions
    shuffled = [Arrays(world.problem, seed) for seed in OTHER_SEEDS]
    for position, row in enumerate(world.people):
        person = world.person(position)
        out = rule.out(person, occasions)
        right = out.shape == (len(occasions),) and out.dtype == np.bool_
        _must(right, rule, "does not return a truth value per occasion")
        answers = {key: bool(answer) for key, answer in zip(_keys(world), out, strict=True)}
        for other in shuffled:
            again = rule.out(other.person(other.positions[row.facilitator]), other.occasions)
            for key, answer in zip(_keys(other), again, strict=True):
                where = f"{row.facilitator} at {key[0]}, {key[1]}"
                _must(bool(answer) == answers[key], rule, f"depends on the order of rows: {where}")
        for place, key in enumerate(_keys(world)):
            where = f"{row.facilitator} at {key[0]}, {key[1]}"
            alone = rule.out(person, occasions.take(np.array([place])))
            _must(bool(alone[0]) == bool(out[place]), rule, f"depends on other rows: {where}")
            if out[place]:
                meeting, seat = world.meetings[occasions.meeting[place]], world.seats[occasions.seat[place]]
                words = rule.words(world.problem, row, meeting, seat)
                _must(bool(words.en and words.nl), rule, f"has no words for {where}")
    return len(world.people) * len(occasions)


def _keys(world: Arrays) -> list[tuple[str, str, int]]:
    """Return meeting, seat and start of each occasion: what it is, wherever it stands."""
    seats = [world.seats[place] for place in world.occasions.seat.tolist()]
    starts = world.occasions.start.tolist()
    return [(seat.meeting, seat.seat, start) for seat, start in zip(seats, starts, strict=True)]


def _check_doors(rule: ConstraintRule | PreferenceRule, world: Arrays, crowded: bool) -> int:
    problem = world.problem
    people, seats = len(world.people), len(world.occasions)
    everyone = Candidates(world, np.repeat(np.arange(people), seats), np.tile(np.arange(seats), people))
    presumed = [KINDS[name]() for name in rule.presumes]
    rules = RuleSet("one rule", 1, (*presumed, rule))
    charging = _Charging(Blocks.of(everyone, rules), rules)
    leaned_on = [other for name in rule.leans_on if isinstance(other := KINDS[name](), ConstraintRule)]
    assumed: list[ConstraintRule] = [other for other in presumed if isinstance(other, ConstraintRule)]
    if not isinstance(rule, PastRule):  # the past is as it was before any other rule is asked
        assumed.append(PastRule())
    tried = 0
    for roster in every_roster(problem, crowded):
        plan = Plan(problem, roster)
        if any(item.severity == "violation" for other in assumed for item in _said(other, plan)):
            continue
        tried += 1
        findings = list(_said(rule, plan))
        shown = ", ".join(f"{row.meeting}/{row.seat}={row.facilitator}" for row in roster.rows if row.facilitator)
        violations = [item for item in findings if item.severity == "violation"]
        for finding in findings:
            _must(finding.rule == rule.id, rule, f"signs a finding as {finding.rule}")
            _must(bool(finding.words.en and finding.words.nl), rule, "has a finding without words")
        if not shown and isinstance(rule, ConstraintRule) and not problem.pins:
            _must(not violations, rule, "forbids the empty roster")
        modelled = charging.of(columns_of(everyone, plan.roster))
        if modelled is None and any(item.severity == "violation" for other in leaned_on for item in _said(other, plan)):
            continue
        if isinstance(rule, ConstraintRule) or violations:
            verdict = "accepts" if modelled is not None else "refuses"
            agree = (modelled is not None) == (not violations)
            what = f"what the judge says {len(violations)} things about"
            _must(agree, rule, f"the model {verdict} {what}: {shown or 'empty'}")
        else:
            charged = sum(finding.penalty for finding in findings)
            _must(modelled == charged, rule, f"the model charges {modelled}, the judge {charged}: {shown or 'empty'}")
    return tried


def _said(rule: ConstraintRule | PreferenceRule, plan: Plan) -> Iterable[Finding]:
    """Return what a rule says of a roster; what the past alone breaks is no violation."""
    findings = rule.judge(plan)
    return findings if isinstance(rule, ConstraintRule) and rule.binds_past else told(plan, findings)


class _Charging:
    """What the model of one rule makes of rosters.

    With the candidates given, what is left is a small search over the rule's own columns. Many rosters leave the same
    one; each is done once.
    """

    def __init__(self, blocks: Blocks, rules: RuleSet) -> None:
        self._width = len(blocks.candidates)
        self._system = blocks.system
        self._objectives = blocks.objectives(rules)
        row, column, _ = self._system.matrix
        own = column >= self._width
        self._own_rows = np.unique(row[own])
        group, member = self._system.groups
        self._groups = int(group.max()) + 1 if len(group) else 0
        self._own_groups = np.unique(group[member >= self._width])
        self._known: dict[tuple[bytes, bytes], int | None] = {}

    def of(self, taken: Ints) -> int | None:
        """Return the least that the model charges when these candidates are taken, None when it refuses them."""
        lower, upper = self._system.bounds
        if (lower > upper).any() or (lower[: self._width] > taken).any() or (upper[: self._width] < taken).any():
            return None
        row, column, factor = self._system.matrix
        mine = column < self._width
        low, high = self._system.row_bounds
        activity = np.zeros(len(high), np.int64)
        np.add.at(activity, row[mine], (factor[mine] * taken[column[mine]]))
        alone = np.ones(len(high), np.bool_)
        alone[self._own_rows] = False
        group, member = self._system.groups
        inside = member < self._width
        crowd = np.bincount(group[inside], weights=taken[member[inside]], minlength=self._groups).astype(np.int64)
        if (crowd > 1).any() or ((activity > high) & alone).any() or ((activity < low) & alone).any():
            return None
        key = activity[self._own_rows].tobytes(), crowd[self._own_groups].tobytes()
        if key not in self._known:
            self._known[key] = self._rest(activity, crowd)
        rest = self._known[key]
        own = np.append(taken, np.zeros(len(lower) - self._width, np.int64))
        return None if rest is None else rest + sum(item.value(own) for item in self._objectives)

    def _rest(self, activity: Ints, crowd: Ints) -> int | None:
        """Return the least that the rule's own columns add, None when they have no values."""
        lower, upper = (bound[self._width :].copy() for bound in self._system.bounds)
        if not len(lower):
            return 0
        row, column, factor = self._system.matrix
        own = column >= self._width
        low, high = self._system.row_bounds
        room = np.where(low == -UNBOUNDED, low, low - activity), np.where(high == UNBOUNDED, high, high - activity)
        group, member = self._system.groups
        ours = member >= self._width
        upper[member[ours][crowd[group[ours]] > 0] - self._width] = 0
        if (lower > upper).any():
            return None
        rest = System(
            (lower, upper),
            (row[own], column[own] - self._width, factor[own]),
            room,
            (group[ours], member[ours] - self._width),
        )
        parts = []
        for item in self._objectives:
            kept = item.column >= self._width
            parts.append(replace(item, column=item.column[kept] - self._width, weight=item.weight[kept], constant=0))
        settings = Settings(workers=1, seed=0, deterministic=True)
        answer = Search(rest, settings).minimise(parts[0] if parts else None, 10.0, Stop(None))
        return None if answer.values is None else sum(item.value(answer.values) for item in parts)


# --- problems to try rules on ----------------------------------------------------------------------------

PLACES: tuple[Mapping[str, Any], ...] = (
    {"region": "north", "lat": 53.25, "lon": 6.40},
    {"region": "north", "lat": 53.16, "lon": 6.38},
    {"region": "south", "lat": 53.05, "lon": 6.76},
    {"region": "south"},
    {},
)
STAKEHOLDERS = ("A", "B", "C", "D")
LINKS = ("controls", "unit_of", "funds", "affiliate", "joint_venture", "member_of")
FIRST = date(2026, 3, 27)
FIRST_MOMENT = datetime(2026, 3, 27, 9, tzinfo=UTC)


def random_problem(
    rng: random.Random,
    people: int = 3,
    meetings: int = 3,
    seats: int = 1,
    pins: bool = True,
    teams: bool = False,
    programme: bool = False,
    past: bool = False,
) -> Problem:
    """Return a small problem that makes rules bind: a few days around the clock change of 29 March 2026.

    Parameters
    ----------
    rng
        Where chance comes from.
    people, meetings, seats
        Most facilitators, meetings, and seats per meeting.
    pins
        Whether seats may be pinned, wisely or not.
    teams
        Whether meetings may have seats of several roles.
    programme
        Whether there may be flexible meetings, numbered series, duties, pairs, trainees, externals, and a published
        roster.
    past
        Whether some of it lies before today: told by history or by a published roster, and not always by the book.
    """

    def some(chance: float, value: Any) -> Any:
        return value if rng.random() < chance else None

    def moment(days: int = 4) -> datetime:
        return datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC) + timedelta(
            days=rng.randrange(days), hours=rng.randrange(4, 23), minutes=rng.choice([0, 0, 30])
        )

    names = [f"F{n}" for n in range(rng.randint(1, people))]
    ids = [f"M{n}" for n in range(rng.randint(1, meetings))]
    roles = ("lead", "co", "scribe", "mentor") if teams else ("lead",)
    tables: dict[str, list[dict[str, Any]]] = {
        "organisations": [{"organisation": name, "name": name} for name in STAKEHOLDERS],
        "links": [
            {
                "source": source,
                "target": target,
                "kind": rng.choice(LINKS),
                "start": some(0.3, FIRST + timedelta(days=rng.randrange(4))),
                "end": some(0.3, FIRST + timedelta(days=rng.randrange(3, 5))),
            }
            for source, target in rng.sample(list(itertools.permutations(STAKEHOLDERS, 2)), rng.randrange(4))
        ],
        "facilitators": [
            {
                "facilitator": name,
                "name": name,
                "organisation": rng.choice(STAKEHOLDERS),
                "roles": ";".join(sorted(set(rng.choices(["lead", "co", "scribe", "mentor"], k=3)) | {"lead"})),
                "max_per_day": rng.choice([0, 1, 1, 2, 2]),
                "max_per_week": some(0.4, rng.randrange(3)),
                "max_meetings": some(0.3, rng.randrange(3)),
                "max_hours": some(0.3, rng.choice([0, 2.5, 4, 6])),
                "contract_hours": some(0.7, rng.choice([0, 4, 8, 8, 12.5])),
                "max_travel_km": some(0.3, rng.choice([0, 10, 15, 40])),
                **rng.choice(PLACES),
            }
            for name in names
        ],
        "serves": [
            {"facilitator": name, "region": rng.choice(["north", "south"])} for name in names if rng.random() < 0.2
        ],
        "skills": [
            {
                "facilitator": name,
                "skill": skill,
                "level": rng.randint(1, 4),
                "valid_until": some(0.2, FIRST + timedelta(days=rng.randrange(4))),
            }
            for name in names
            for skill in ("intake", "listening")
            if rng.random() < 0.7
        ],
        "ties": [],
        "waivers": [],
        "meetings": [],
        "stakes": [],
        "seats": [],
        "requirements": [],
        "availability": [],
        "preferences": [],
        "history": [],
        "strikes": [],
        "pins": [],
    }
    for name in ids:
        start = moment()
        tables["meetings"].append(
            {
                "meeting": name,
                "start": start,
                "end": start + timedelta(minutes=rng.choice([60, 90, 120, 300])),
                "online": rng.random() < 0.15,
                "priority": rng.randint(1, 5),
                "theme": some(0.4, "housing"),
                "series": some(0.4, "course"),
                "contention": rng.choice(["low", "normal", "normal", "high"]),
                "setup_minutes": rng.choice([0, 0, 15, 60]),
                "wrapup_minutes": rng.choice([0, 0, 30]),
                "preparation_hours": rng.choice([0, 0, 1, 0.33]),
                **rng.choice(PLACES),
            }
        )
        parties = rng.sample(STAKEHOLDERS, rng.randint(1, 2))
        grades = ("decider", "commissioner", "interest", "contributor", "observer", "observer")
        tables["stakes"] += [{"meeting": name, "organisation": party, "grade": rng.choice(grades)} for party in parties]
        for place in range(rng.randint(1, seats)):
            seat = f"s{place}"
            tables["seats"].append(
                {"meeting": name, "seat": seat, "role": rng.choice(roles), "required": not teams or rng.random() < 0.8}
            )
            if rng.random() < 0.4:
                tables["requirements"].append(
                    {
                        "meeting": name,
                        "seat": seat,
                        "skill": rng.choice(["intake", "listening"]),
                        "level": rng.randint(1, 4),
                        "kind": rng.choice(["required", "preferred"]),
                    }
                )
            if pins and rng.random() < 0.15:
                tables["pins"].append({"meeting": name, "seat": seat, "facilitator": some(0.8, rng.choice(names))})
    for person in tables["facilitators"]:
        if rng.random() < 0.5:
            tables["ties"].append(_random_tie(rng, person["facilitator"], ids))
        tables["waivers"] += _random_waivers(rng, person, tables)
    for name in names:
        for kind in ("available", "unavailable", "prefer", "avoid"):
            if rng.random() < (0.15 if kind == "available" else 0.25):
                day = FIRST + timedelta(days=rng.randrange(4))
                last = day + timedelta(days=rng.randrange(3))
                tables["availability"].append({"facilitator": name, "start": day, "end": last, "kind": kind})
        if rng.random() < 0.5:
            target = rng.choice(
                [{"meeting": rng.choice(ids)}, {"theme": "housing"}, {"region": "north"}, {"organisation": "A"}]
            )
            tables["preferences"].append(
                {"facilitator": name, "score": rng.choice([-10, -2.5, 0.0001, 3, 10]), **target}
            )
        if rng.random() < 0.4:
            start = datetime(2026, 3, rng.choice([23, 26, 26]), rng.randrange(8, 22), tzinfo=UTC)
            times = {"start": start, "end": start + timedelta(hours=rng.choice([2, 6]))}
            met = {"organisations": rng.sample(STAKEHOLDERS, rng.randrange(3)), "series": some(0.3, "course")}
            tables["history"].append({"meeting": f"past {name}", "facilitator": name, "role": "lead", **times, **met})
        if rng.random() < 0.15:
            tables["strikes"].append({"organisation": rng.choice(STAKEHOLDERS), "facilitator": name})
    if programme:
        _add_programme(rng, tables, names, MOST_ROSTERS)
    _add_membership(rng, tables)  # last, so that what was drawn before stays as it was
    period = {"name": "test", "start": FIRST, "end": date(2026, 3, 31), "timezone": "Europe/Amsterdam"}
    if past:
        period["today"] = FIRST + timedelta(days=rng.choice([2, 2, 3, 3, 5]))
        _add_past(rng, tables, names)
    return Problem(period=period, **tables)


def _add_past(rng: random.Random, tables: dict[str, list[dict[str, Any]]], names: list[str]) -> None:
    """Add what was done and told of the meetings that are planned, also by and to people who have left."""
    people = [*names, *names, "left", "long gone"]
    slots: dict[str, list[dict[str, Any]]] = {}
    for slot in tables.get("slots", ()):
        slots.setdefault(slot["meeting"], []).append(slot)
    for meeting in tables["meetings"]:
        name = meeting["meeting"]
        times = slots.get(name) or [meeting]
        seats = [seat for seat in tables["seats"] if seat["meeting"] == name]
        for seat in seats:
            if rng.random() < 0.3:
                when = rng.choice(times)
                late = timedelta(minutes=rng.choice([0, 0, 0, 30]))
                row = {"meeting": name, "facilitator": rng.choice(people), "role": seat["role"]}
                row |= {"start": when["start"] + late, "end": when["end"] + late}
                tables["history"].append(row | {"seat": rng.choice([None, seat["seat"], seat["seat"], "elsewhere"])})
        told = {(row["meeting"], row["seat"]) for row in tables.get("published", ())}
        tables["published"] = tables.get("published", []) + [
            {
                "meeting": name,
                "seat": seat["seat"],
                "facilitator": rng.choice([None, *people]),
                "slot_start": rng.choice([None, rng.choice(times)["start"]]),
            }
            for seat in seats
            if (name, seat["seat"]) not in told and rng.random() < 0.6
        ]


def _add_programme(rng: random.Random, tables: dict[str, list[dict[str, Any]]], names: list[str], most: int) -> None:
    """Add what programmes have to a problem's tables: flexible meetings, numbered series, duties, pairs, externals."""
    for person in tables["facilitators"]:
        roles = {*person["roles"].split(";"), *rng.choices(["trainee", "co", "observer"], k=2)}
        external = rng.random() < 0.3
        person |= {"roles": ";".join(sorted(roles)), "min_meetings": rng.choice([None, None, 0, 1, 2])}
        person |= {"external": external, "hourly_cost": rng.choice([None, 80, 92.5]) if external else None}
        if rng.random() < 0.7:
            person["organisation"] = STAKEHOLDERS[0]
    slots: list[dict[str, Any]] = []
    for meeting in tables["meetings"]:
        end = meeting["end"]
        if rng.random() < 0.6:
            meeting["series"] = "course"
        if rng.random() < 0.4:
            later = timedelta(hours=rng.choice([-5, 3, 24, 48]))
            for shift in (timedelta(0), later):
                cost = rng.choice([None, 0, 1.5])
                start, finish = meeting["start"] + shift, end + shift
                slots.append({"meeting": meeting["meeting"], "start": start, "end": finish, "cost": cost})
    flexible = {row["meeting"] for row in slots}
    first = {row["meeting"]: row["start"] for row in tables["meetings"]}
    for slot in slots:
        slot["start"] = max(slot["start"], datetime(FIRST.year, FIRST.month, FIRST.day, 1, tzinfo=UTC))
        first[slot["meeting"]] = min(first[slot["meeting"]], slot["start"])
    slots = [row for row in slots if row["start"] < min(row["end"], datetime(2026, 3, 31, 21, tzinfo=UTC))]
    slots = list({(row["meeting"], row["start"]): row for row in slots}.values())
    flexible &= {row["meeting"] for row in slots}
    members = sorted((row for row in tables["meetings"] if row["series"]), key=lambda row: first[row["meeting"]])
    numbered = rng.random() < 0.6
    for number, row in enumerate(members, 1):
        row["session"] = number if numbered else None
    for row in tables["meetings"]:
        if row["meeting"] in flexible:
            row |= {"start": None, "end": None}
    tables["slots"] = slots
    if len(members) > 1 and rng.random() < 0.6:
        tables["spacing"] = [
            {"series": "course", "min_days": rng.choice([0, 1, 2]), "max_days": rng.choice([None, None, 2, 3])}
        ]
    words = {f"s{place}": rng.choice(["none", "prefer", "same", "same", "rotate"]) for place in range(9)}
    in_series = {row["meeting"] for row in members}
    for seat in tables["seats"]:
        if rng.random() < 0.5:
            seat["role"] = rng.choice(["trainee", "trainee", "observer", "co", "lead", "mentor"])
        seat["required"] = rng.random() < 0.75
        seat["continuity"] = words[seat["seat"]] if seat["meeting"] in in_series else "none"
        if rng.random() < 0.3:
            skill = {"skill": rng.choice(["intake", "listening"]), "level": rng.randint(1, 4)}
            tables["requirements"].append({"meeting": seat["meeting"], "seat": None, **skill})
    tables["requirements"] = list(
        {(row["meeting"], row["seat"], row["skill"]): row for row in tables["requirements"]}.values()
    )
    if len(names) > 1:
        pairs = rng.sample(list(itertools.combinations(names, 2)), min(len(names) - 1, rng.randint(0, 2)))
        kinds = ("require", "prefer", "avoid", "forbid")
        tables["pairings"] = [{"first": a, "second": b, "kind": rng.choice(kinds)} for a, b in pairs]
    for row in tables["history"]:
        if rng.random() < 0.7:
            row |= {"series": "course", "seat": "s0"}
    tables["published"] = [
        {
            "meeting": seat["meeting"],
            "seat": seat["seat"],
            "facilitator": rng.choice([None, *names, "left"]),
            "slot_start": rng.choice([None, first[seat["meeting"]], FIRST_MOMENT]),
        }
        for seat in tables["seats"]
        if rng.random() < 0.4
    ]
    starts = {row["meeting"]: row["start"] for row in slots}
    for pin in tables["pins"]:
        if rng.random() < 0.5:
            pin["slot_start"] = starts.get(pin["meeting"])
    per_seat = [1 + len(names) * sum(row["meeting"] == seat["meeting"] for row in slots) for seat in tables["seats"]]
    rosters = math.prod(max(count, 1 + len(names)) for count in per_seat)
    duties = [
        {
            "duty": f"D{number}",
            "kind": rng.choice(["coaching", "coaching", "report"]),
            "hours": rng.choice([0.5, 2, 6]),
            "role": rng.choice([None, "lead", "co"]),
            "organisation": rng.choice([None, *STAKEHOLDERS]),
            "series": rng.choice([None, "course"]),
            "priority": rng.randint(1, 5),
        }
        for number in range(rng.randint(0, 2))
    ]
    while duties and rosters * (1 + len(names)) ** len(duties) > most:
        duties.pop()
    tables["duties"] = duties
    for duty in duties:
        if rng.random() < 0.4:
            skill = {"skill": "listening", "level": rng.randint(1, 3)}
            tables["requirements"].append({"meeting": duty["duty"], "seat": rng.choice([None, duty["kind"]]), **skill})


def _add_membership(rng: random.Random, tables: Mapping[str, list[dict[str, Any]]]) -> None:
    """Let a few people join or leave about the period, go on leave, or have an employer in dated ties or none."""
    for person in tables["facilitators"]:
        name, around = person["facilitator"], FIRST + timedelta(days=rng.randrange(-2, 8))
        if rng.random() < 0.2:
            person |= rng.choice([{"joined": around}, {"left": around}, {"joined": FIRST, "left": max(FIRST, around)}])
        if rng.random() < 0.15:
            start = FIRST - timedelta(days=rng.choice([80, 20, 7, 5]))
            end = start + timedelta(days=rng.choice([5, 6, 8]))
            tables["availability"].append({"facilitator": name, "start": start, "end": end, "kind": "unavailable"})
        if rng.random() < 0.2:
            person["organisation"] = None
            changes = FIRST + timedelta(days=rng.randrange(4))
            ties = [{"end": changes}, {"start": changes + timedelta(days=rng.choice([0, 1, 2]))}]
            for organisation, cells in zip(rng.sample(STAKEHOLDERS, 2), ties[: rng.randrange(3)], strict=False):
                tie = {"facilitator": name, "kind": "employee", "organisation": organisation}
                tables["ties"].append(tie | cells)


def _random_tie(rng: random.Random, name: str, meetings: Sequence[str]) -> dict[str, Any]:
    """Return a tie of any kind; if it has ended, then about now, or a year or three years ago."""
    kind = rng.choice(
        ("director", "former_employee", "former_employee", "family", "adviser", "resident", "dossier", "position")
    )
    target = {"dossier": {"meeting": rng.choice(meetings)}, "position": {"theme": "housing"}}
    end = date(2026 - rng.choice([0, 1, 3]), FIRST.month, FIRST.day) + timedelta(days=rng.randrange(4))
    return {
        "facilitator": name,
        "kind": kind,
        "end": end if kind == "former_employee" or rng.random() < 0.5 else None,
        **target.get(kind, {"organisation": rng.choice(STAKEHOLDERS)}),
    }


def _random_waivers(
    rng: random.Random, person: Mapping[str, Any], tables: Mapping[str, Sequence[Mapping[str, Any]]]
) -> Iterator[dict[str, Any]]:
    """Yield consents to someone's employment or tie, mostly of every party and in time, now and then for the series."""
    name = person["facilitator"]
    tied = {tie.get("organisation") for tie in tables["ties"] if tie["facilitator"] == name} | {person["organisation"]}
    told: set[tuple[str, str, str]] = set()
    for organisation, meeting in itertools.product(sorted(filter(None, tied)), tables["meetings"]):
        if rng.random() < 0.4:
            continue
        whole = meeting["series"] is not None and rng.random() < 0.4
        target = {"series": meeting["series"]} if whole else {"meeting": meeting["meeting"]}
        for stake in tables["stakes"]:
            key = organisation, stake["organisation"], *target.values()
            if stake["meeting"] == meeting["meeting"] and key not in told and rng.random() < 0.9:
                told.add(key)
                yield {
                    "facilitator": name,
                    "organisation": organisation,
                    "party": stake["organisation"],
                    "consented_on": FIRST - timedelta(days=1) if rng.random() < 0.8 else FIRST + timedelta(days=2),
                    "expires": None if rng.random() < 0.8 else FIRST + timedelta(days=2),
                    **target,
                }


def tiny_problems(
    people: int = 3,
    meetings: int = 3,
    seats: int = 1,
    pins: bool = True,
    teams: bool = False,
    programme: bool = False,
    past: bool = False,
) -> SearchStrategy[Problem]:
    """Return a hypothesis strategy of small problems; parameters as of `random_problem`.

    Raises
    ------
    MissingExtra
        hypothesis is not installed.
    """
    try:
        from hypothesis import strategies
    except ImportError as error:
        from poolmatch.errors import MissingExtra

        raise MissingExtra("hypothesis", "dev") from error
    randoms = strategies.randoms(use_true_random=False)
    return randoms.map(lambda rng: random_problem(rng, people, meetings, seats, pins, teams, programme, past))
