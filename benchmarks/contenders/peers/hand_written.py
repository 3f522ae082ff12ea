"""A peer: the model of a pool as one writes it by hand with CP-SAT, in plain loops.

``python benchmarks/contenders/peers/hand_written.py PROBLEM.json --limit 60 --seed 1 --workers 2 --out FOLDER``

It knows the standard rules in mode ``weighted``, as far as they bear on the pools of ``benchmarks/cases/pools.py``:
fixed meetings with one lead seat each, no series, no externals. Who is eligible, and how neutral, it asks poolmatch;
all other rules are written out here. The solver runs as it comes, but for its seed and number of workers.
"""

from __future__ import annotations

import argparse
import json
import math
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

from ortools.sat.python import cp_model

from poolmatch import STANDARD_RULES, Problem
from poolmatch.arrays import Arrays
from poolmatch.domain.calendar import Span, merged
from poolmatch.domain.degree import Degree
from poolmatch.domain.meetings import Meeting
from poolmatch.domain.people import Facilitator
from poolmatch.domain.values import midnight
from poolmatch.eligibility import eligibility
from poolmatch.neutrality import STRICT
from poolmatch.neutrality.table import degrees

Pair = tuple[str, str]
"""A facilitator and a meeting whose seat is theirs to take."""
News = Callable[[int | None, int | None], None]
"""Told of the value and the bound in units of the model, each None while there is none."""

POINT = 30_000
"""Units of the model in a weighted point: a hundredth of a minute of load, 2/6000 point, is 10 units, and a
ten-thousandth of a wish is 3."""
REPORTED = 900_000_000 // POINT
"""Units of `Report.weighted` in a unit of the model: poolmatch counts 900 million in a weighted point."""
COVERAGE, NEUTRALITY, FAIRNESS, COMFORT = 1000 * POINT, 100 * POINT, 2 * POINT, POINT
"""Units of a point of tiers 1, 2, 5 and 6."""
DEGREE_POINTS = {Degree.AVOID: 2, Degree.DISCLOSE: 4}
WAIVED_POINTS = 8
LOAD_STEPS = ((110, 1), (125, 2), (150, 4), (200, 8))
"""From so many percent of the target on a further hour costs so many points."""
BALANCE_STEPS = ((0, 1), (8, 2), (24, 4))
"""From so many hours of balance on, either way, a further hour costs so many points."""
REST_SECONDS, DAY_SECONDS = 11 * 3600, 24 * 3600
CARRY_OVER_DAYS = 91
DETOUR, KM_PER_HOUR, PARKING_SECONDS = 1.3, 60, 600
AVOIDED_TIME, PREFERRED_TIME, MISSING_SKILL = 5, 5, 2
SCORE_PARTS = 10_000
"""Scores have four decimals."""


# --- what the rules speak of -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Work:
    """A meeting as numbers: seconds since 1970, the local day, and the whole minutes it takes."""

    meeting: Meeting
    seat: str
    opens: int
    closes: int
    day: date
    minutes: int
    receivers: tuple[str, ...]

    @property
    def week(self) -> tuple[int, int]:
        return self.day.isocalendar()[:2]


def not_covered(problem: Problem) -> list[str]:
    """Return what a problem holds that this model knows nothing of."""
    found = [name for name in ("slots", "duties", "pairings", "pins", "published") if getattr(problem, name)]
    seats = Counter(seat.meeting for seat in problem.meeting_seats if seat.role == "lead" and seat.required)
    if len(seats) < len(problem.meetings) or seats.total() > len(seats) or len(problem.meeting_seats) > len(seats):
        found.append("meetings with other seats than one lead")
    if any(row.series is not None for row in problem.meetings):
        found.append("series")
    if any(row.seat is None for row in problem.requirements):
        found.append("skills of teams")
    if any(row.external or row.min_meetings or "trainee" in row.roles for row in problem.facilitators):
        found.append("externals, trainees or least numbers of meetings")
    if any(row.start and row.start.second for row in problem.meetings) or any(
        Fraction(str(row.preparation_hours)) * 60 % 1 for row in problem.meetings
    ):
        found.append("parts of minutes")
    return found


def works(problem: Problem) -> dict[str, Work]:
    """Return the meetings as numbers, by id."""
    seats = {seat.meeting: seat.seat for seat in problem.meeting_seats}
    found = {}
    for row in problem.meetings:
        assert row.start is not None  # meetings are fixed
        assert row.end is not None
        opens = int(row.start.timestamp()) - 60 * row.setup_minutes
        closes = int(row.end.timestamp()) + 60 * row.wrapup_minutes
        found[row.meeting] = Work(
            meeting=row,
            seat=seats[row.meeting],
            opens=opens,
            closes=closes,
            day=problem.period.local_day(row.start),
            minutes=(closes - opens) // 60 + int(Fraction(str(row.preparation_hours)) * 60),
            receivers=receivers(problem, row.meeting),
        )
    return found


def receivers(problem: Problem, meeting: str) -> tuple[str, ...]:
    """Return who receives the hours of a meeting: its commissioners, else its deciders, else all but observers."""
    by_grade: defaultdict[str, list[str]] = defaultdict(list)
    for stake in problem.stakes_of(meeting):
        by_grade[stake.grade].append(stake.organisation)
    everyone = [*by_grade["interest"], *by_grade["contributor"]]
    return tuple(by_grade["commissioner"] or by_grade["decider"] or everyone)


def eligible(problem: Problem, seed: int) -> dict[Pair, int]:
    """Return the pairs that eligibility leaves, each with its points of `neutral-choice`."""
    world = Arrays(problem, seed)
    candidates = eligibility(world, STANDARD_RULES).candidates
    points: dict[Pair, int] = {}
    for position, person in enumerate(world.people):
        mine = candidates.occasion[candidates.of_person(position)].tolist()
        found = degrees(world.person(position), world.occasions, STRICT)
        for row in mine:
            meeting = world.meetings[world.occasions.meeting[row]].meeting
            degree = DEGREE_POINTS.get(Degree(int(found.degree[row])), 0)
            points[person.facilitator, meeting] = WAIVED_POINTS if found.waived[row] else degree
    return points


def half_up(number: Fraction) -> int:
    """Round to the nearest whole number; halves go up."""
    return math.floor(number + Fraction(1, 2))


def great_circle(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Return kilometres between two points in degrees, by the haversine formula."""
    north_a, east_a, north_b, east_b = map(math.radians, (lat_a, lon_a, lat_b, lon_b))
    chord = (
        math.sin((north_b - north_a) / 2) ** 2
        + math.cos(north_a) * math.cos(north_b) * math.sin((east_b - east_a) / 2) ** 2
    )
    return round(2 * 6371 * math.asin(math.sqrt(min(1.0, chord))), 9)


def kilometres(person: Facilitator, meeting: Meeting) -> int:
    """Return whole kilometres of road from home to meeting; 0 online and where a point is unknown."""
    if meeting.online or meeting.lat is None or meeting.lon is None or person.lat is None or person.lon is None:
        return 0
    return math.floor(DETOUR * great_circle(person.lat, person.lon, meeting.lat, meeting.lon) + 0.5)


def travel_seconds(first: Meeting, second: Meeting) -> int:
    """Return the seconds of travel between two meetings; 0 online, on one spot, and where a point is unknown."""
    if first.online or second.online or (first.lat, first.lon) == (second.lat, second.lon):
        return 0
    if first.lat is None or first.lon is None or second.lat is None or second.lon is None:
        return 0
    km = DETOUR * great_circle(first.lat, first.lon, second.lat, second.lon)
    return math.ceil(km / KM_PER_HOUR * 3600 + PARKING_SECONDS - 1e-6)


def days_of(problem: Problem, person: Facilitator, first: int, last: int) -> list[date]:
    """Return the days on which someone is in the pool and not on leave, counted from the period's start.

    On leave is who is away for seven whole days on end or more.
    """
    period = problem.period
    wide = period.model_copy(update={"start": period.start - timedelta(days=CARRY_OVER_DAYS)})
    spans = [
        span
        for row in problem.about(person.facilitator, "availability")
        if row.kind == "unavailable" and type(row.start) is date and type(row.end) is date
        for span in row.spans(wide)
    ]
    # A run shows itself within a week of the days that are asked for.
    around = [period.start + timedelta(days=number) for number in range(first - 7, last + 8)]
    away, leave = set(), set()
    for opens, closes in merged(spans):
        away |= {
            day
            for day in around
            if opens <= midnight(day, period.zone) and midnight(day + timedelta(days=1), period.zone) <= closes
        }
    for day in away:
        week = {day + timedelta(days=number) for number in range(7)}
        if week <= away:
            leave |= week
    return [day for day in around[7:-7] if day not in leave and (person.joined or day) <= day <= (person.left or day)]


def weights(problem: Problem, first: int, last: int) -> dict[str, Fraction]:
    """Return everyone's contract hours times the days they are there, of those so long after the period's start."""
    given = {row.facilitator: row.contract_hours for row in problem.facilitators}
    known = [Fraction(str(hours)) for hours in given.values() if hours is not None]
    mean = sum(known, Fraction(0)) / len(known) if known else Fraction(1)
    found = {
        row.facilitator: (mean if row.contract_hours is None else Fraction(str(row.contract_hours)))
        * len(days_of(problem, row, first, last))
        for row in problem.facilitators
    }
    return found if any(found.values()) else dict.fromkeys(found, Fraction(1))


def targets(problem: Problem, work: Mapping[str, Work]) -> dict[str, int]:
    """Return everyone's fair number of minutes: a share of the work, less a surplus of the past."""
    now = weights(problem, 0, (problem.period.end - problem.period.start).days)
    before = weights(problem, -CARRY_OVER_DAYS, -1)
    past = dict.fromkeys(now, Fraction(0))
    for row in problem.past:
        days = None if row.start is None else (problem.period.start - problem.period.local_day(row.start)).days
        if row.facilitator in past and (days is None or 0 < days <= CARRY_OVER_DAYS):
            past[row.facilitator] += past_minutes(row.hours, row.start, row.end)
    asked, done = sum(item.minutes for item in work.values()), sum(past.values())
    found = {}
    for name, mine in now.items():
        surplus = half_up(past[name]) - half_up(before[name] / sum(before.values()) * done)
        found[name] = max(0, half_up(mine / sum(now.values()) * asked) - max(0, surplus))
    return found


def employers_of(problem: Problem, person: Facilitator, day: date) -> set[str]:
    """Return whom someone works for on a day: the employer on record, else those in ties."""
    if person.organisation is not None:
        return {person.organisation}
    return {
        tie.organisation
        for tie in problem.ties
        if tie.facilitator == person.facilitator
        and tie.kind in ("employee", "former_employee")
        and (tie.start or day) <= day <= (tie.end or day)
        and tie.organisation is not None
    }


def past_minutes(hours: float | None, start: datetime | None, end: datetime | None) -> Fraction:
    """Return the minutes that past work took."""
    if hours is not None:
        return Fraction(str(hours)) * 60
    assert start is not None  # work without hours has times
    assert end is not None
    return Fraction(int((end - start).total_seconds()), 60)


def wish(problem: Problem, person: Facilitator, work: Work) -> int:
    """Return what the wishes on a pair cost, in parts of a point: scores, times, preferred skills."""
    name, meeting = person.facilitator, work.meeting
    parties = {stake.organisation for stake in problem.stakes_of(meeting.meeting)}
    cost = 0
    for row in problem.about(name, "preferences"):
        if (
            (row.meeting is not None and row.meeting == meeting.meeting)
            or (row.theme is not None and row.theme == meeting.theme)
            or (row.region is not None and row.region == meeting.region)
            or row.organisation in parties
        ):
            cost -= int(Fraction(str(row.score)) * SCORE_PARTS)
    for row in problem.requirements_of(meeting.meeting, work.seat):
        if row.kind == "preferred" and not problem.masters(name, row.skill, row.level, work.day):
            cost += MISSING_SKILL * SCORE_PARTS
    return cost


def wished_times(problem: Problem, kind: str) -> dict[str, list[tuple[float, float]]]:
    """Return when people would like to work, or would rather not: disjoint spans in seconds."""
    spans: defaultdict[str, list[Span]] = defaultdict(list)
    for row in problem.availability:
        if row.kind == kind:
            spans[row.facilitator] += row.spans(problem.period)
    return {name: [(a.timestamp(), b.timestamp()) for a, b in merged(found)] for name, found in spans.items()}


# --- the model -------------------------------------------------------------------------------------------


class HandWritten:
    """The model of one problem.

    Parameters
    ----------
    problem
        The problem.
    seed
        Of the order in which people and meetings stand in the model.

    Raises
    ------
    ValueError
        The problem has something in it that this model knows nothing of.
    """

    def __init__(self, problem: Problem, seed: int = 0) -> None:
        unknown = not_covered(problem)
        if unknown:
            raise ValueError(f"the hand-written model does not cover {', '.join(unknown)}")
        self.problem = problem
        self.work = works(problem)
        self.people = {row.facilitator: row for row in problem.facilitators}
        points = eligible(problem, seed)
        tired = self._tired(points)
        self.model = cp_model.CpModel()
        self.taken = {pair: self.model.new_bool_var("_".join(pair)) for pair in points if pair not in tired}
        self.of_person: defaultdict[str, list[Work]] = defaultdict(list)
        self.of_meeting: defaultdict[str, list[str]] = defaultdict(list)
        for name, meeting in self.taken:
            self.of_person[name].append(self.work[meeting])
            self.of_meeting[meeting].append(name)
        self.costs: list[cp_model.LinearExprT] = []
        self._fill_seats()
        for name, mine in self.of_person.items():
            mine.sort(key=lambda item: (item.opens, item.closes))
            self._one_place_at_a_time(name, mine)
            self._limits(name, mine)
        self._pair_costs(points)
        self._fair_load()
        self._reciprocity()
        self.model.minimize(sum(self.costs))

    def _tired(self, pairs: Mapping[Pair, int]) -> set[Pair]:
        """Return the pairs without rest after, or before, past work."""
        past = defaultdict(list)
        for row in self.problem.past:
            if row.start is not None and row.end is not None:
                day = self.problem.period.local_day(row.start)
                past[row.facilitator].append((day, row.start.timestamp(), row.end.timestamp()))
        return {
            (name, meeting)
            for name, meeting in pairs
            for day, start, end in past[name]
            if day != self.work[meeting].day
            and self.work[meeting].opens < end + REST_SECONDS
            and start < self.work[meeting].closes + REST_SECONDS
        }

    def _fill_seats(self) -> None:
        """Give each seat one facilitator, or leave it empty at a price."""
        for name, work in self.work.items():
            empty = self.model.new_bool_var(f"{name}_empty")
            self.model.add_exactly_one(empty, *(self.taken[person, name] for person in self.of_meeting[name]))
            self.costs.append(2 ** (work.meeting.priority - 1) * COVERAGE * empty)

    def _one_place_at_a_time(self, name: str, mine: Sequence[Work]) -> None:
        """Keep a person's meetings apart: no overlap, rest between two days, time to travel besides online meetings."""
        intervals = [
            self.model.new_optional_fixed_size_interval_var(
                work.opens, work.closes - work.opens, self.taken[name, work.meeting.meeting], ""
            )
            for work in mine
        ]
        self.model.add_no_overlap(intervals)
        calls = [work for work in mine if work.meeting.online]
        for first, second in combinations(mine, 2):
            gap = second.opens - first.closes
            if not 0 <= gap < DAY_SECONDS:
                continue
            pair = [self.taken[name, work.meeting.meeting] for work in (first, second)]
            travel = travel_seconds(first.meeting, second.meeting)
            if gap < travel or (first.day != second.day and gap < REST_SECONDS):
                self.model.add_at_most_one(pair)
            elif travel:
                between = [work for work in calls if first.closes <= work.opens and work.closes <= second.opens]
                if sum(work.closes - work.opens for work in between) > gap - travel:
                    online = sum((w.closes - w.opens) * self.taken[name, w.meeting.meeting] for w in between)
                    self.model.add(online <= gap - travel).only_enforce_if(pair)

    def _limits(self, name: str, mine: Sequence[Work]) -> None:
        """Keep a person's limits per day, per week and in the period; past work counts for the week."""
        person = self.people[name]
        taken = {work.meeting.meeting: self.taken[name, work.meeting.meeting] for work in mine}
        by_day: defaultdict[date, list[Any]] = defaultdict(list)
        by_week: defaultdict[tuple[int, int], list[Any]] = defaultdict(list)
        for work in mine:
            by_day[work.day].append(taken[work.meeting.meeting])
            by_week[work.week].append(taken[work.meeting.meeting])
        for day in by_day.values():
            if len(day) > person.max_per_day:
                self.model.add(sum(day) <= person.max_per_day)
        if person.max_per_week is not None:
            past = self._past_weeks(name)
            for week, listed in by_week.items():
                left = max(0, person.max_per_week - past[week])
                if len(listed) > left:
                    self.model.add(sum(listed) <= left)
        if person.max_meetings is not None and len(mine) > person.max_meetings:
            self.model.add(sum(taken.values()) <= person.max_meetings)
        if person.max_hours is not None:
            minutes = sum(work.minutes * taken[work.meeting.meeting] for work in mine)
            self.model.add(minutes <= math.floor(Fraction(str(person.max_hours)) * 60))

    def _past_weeks(self, name: str) -> Counter[tuple[int, int]]:
        """Return how many past meetings someone had in each ISO week."""
        period = self.problem.period
        rows = (row for row in self.problem.past if row.facilitator == name)
        return Counter(
            week for _, week in {(row.meeting, period.local_week(row.start)) for row in rows if row.start is not None}
        )

    def _pair_costs(self, points: Mapping[Pair, int]) -> None:
        """Charge each pair its degree of neutrality, its kilometres and its wishes."""
        disliked, liked = (wished_times(self.problem, kind) for kind in ("avoid", "prefer"))
        for pair, taken in self.taken.items():
            name, work = pair[0], self.work[pair[1]]
            person = self.people[name]
            cost = points[pair] * NEUTRALITY + kilometres(person, work.meeting) * COMFORT
            cost += wish(self.problem, person, work) * COMFORT // SCORE_PARTS
            if any(start < work.closes and work.opens < end for start, end in disliked.get(name, ())):
                cost += AVOIDED_TIME * COMFORT
            if any(start <= work.opens and work.closes <= end for start, end in liked.get(name, ())):
                cost -= PREFERRED_TIME * COMFORT
            if cost:
                self.costs.append(cost * taken)

    def _fair_load(self) -> None:
        """Charge the hours of each person above their target."""
        for name, target in targets(self.problem, self.work).items():
            mine = self.of_person[name]
            most = sum(work.minutes for work in mine)
            steps = [(percent * target, rate) for percent, rate in LOAD_STEPS]
            if 100 * most > steps[0][0]:
                load = self.model.new_int_var(0, most, f"{name}_load")
                self.model.add(load == sum(work.minutes * self.taken[name, work.meeting.meeting] for work in mine))
                self._charge([100 * load], steps, 100 * most, FAIRNESS // 6000)

    def _reciprocity(self) -> None:
        """Charge the hours that each organisation gives more, or less, than it receives."""
        flows: defaultdict[str, Counter[Pair]] = defaultdict(Counter)
        for pair in self.taken:
            work = self.work[pair[1]]
            givers = employers_of(self.problem, self.people[pair[0]], work.day)
            for name in givers:
                flows[name][pair] += half_up(Fraction(work.minutes, len(givers)))
            for party in work.receivers:
                flows[party][pair] -= half_up(Fraction(work.minutes, len(work.receivers)))
        opening = {
            row.organisation: half_up((Fraction(str(row.hours_given)) - Fraction(str(row.hours_received))) * 60)
            for row in self.problem.ledger
        }
        steps = [(60 * hours, rate) for hours, rate in BALANCE_STEPS]
        for row in self.problem.organisations:
            flow, start = flows[row.organisation], opening.get(row.organisation, 0)
            least = start + sum(minutes for minutes in flow.values() if minutes < 0)
            most = start + sum(minutes for minutes in flow.values() if minutes > 0)
            balance = self.model.new_int_var(least, most, f"{row.organisation}_balance")
            self.model.add(balance == start + sum(minutes * self.taken[pair] for pair, minutes in flow.items()))
            self._charge([balance, -balance], steps, max(-least, most), FAIRNESS // 60)

    def _charge(
        self, amounts: Sequence[cp_model.LinearExprT], steps: Sequence[tuple[int, int]], most: int, units: int
    ) -> None:
        """Charge the largest of some amounts at rates that rise: the cost lies above the line of each step.

        Parameters
        ----------
        amounts
            What is charged.
        steps
            From which amount on a further one costs how much; rates rise.
        most
            The largest amount there can be.
        units
            Units of the model in what an amount costs at rate 1.
        """
        cost = self.model.new_int_var(0, steps[-1][1] * most, "")
        for amount in amounts:
            saved = before = 0
            for begin, rate in steps:
                saved += (rate - before) * begin
                before = rate
                self.model.add(cost >= rate * amount - saved)
        self.costs.append(units * cost)

    def solve(self, limit: float, seed: int, workers: int, news: News) -> tuple[str, dict[str, str]]:
        """Search, and return how it ended and who leads each meeting that is led.

        Parameters
        ----------
        limit
            Seconds.
        seed
            Of the search.
        workers
            Threads.
        news
            Told of every new roster and bound, one at a time, on threads of the solver.
        """
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = limit
        solver.parameters.random_seed = seed
        solver.parameters.num_workers = workers
        watch = _Watch(news)
        solver.best_bound_callback = watch.bound_found
        status = solver.solve(self.model, watch)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return solver.status_name(status), {}
        watch.tell(solver.objective_value, solver.best_objective_bound)
        leads = {meeting: name for (name, meeting), taken in self.taken.items() if solver.boolean_value(taken)}
        return solver.status_name(status), leads


class _Watch(cp_model.CpSolverSolutionCallback):
    """Passes on value and bound when either is better than before."""

    def __init__(self, news: News) -> None:
        super().__init__()
        self._news = news
        self._lock = threading.Lock()
        self._value: int | None = None
        self._bound: int | None = None

    def on_solution_callback(self) -> None:
        self.tell(self.objective_value, self.best_objective_bound)

    def bound_found(self, bound: float) -> None:
        self.tell(None, bound)

    def tell(self, value: float | None, bound: float) -> None:
        with self._lock:
            before = self._value, self._bound
            if value is not None and (self._value is None or value < self._value):
                self._value = round(value)
            if abs(bound) < 2**53:  # before there is a bound the solver says something enormous
                least = math.ceil(bound - 1e-6)
                self._bound = least if self._bound is None else max(self._bound, least)
            if (self._value, self._bound) != before:
                self._news(self._value, self._bound)


# --- the script ------------------------------------------------------------------------------------------


def run(path: Path, limit: float, seed: int, workers: int, out: Path) -> None:
    """Build and solve the problem of a JSON document, and write what happened when.

    Parameters
    ----------
    path
        The document.
    limit
        Seconds for building and searching together.
    seed, workers
        As of `HandWritten.solve`.
    out
        Folder. ``curve.jsonl``: value and bound in units of `Report.weighted`, over the seconds since building began;
        ``roster.json``: who leads which meeting; ``times.json``: seconds of reading, building and solving, and status.
    """
    out.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    problem = Problem.from_json(path.read_bytes())
    read = time.perf_counter()
    hand_written = HandWritten(problem, seed)
    built = time.perf_counter()
    with (out / "curve.jsonl").open("w", encoding="utf-8") as curve:

        def note(value: int | None, bound: int | None) -> None:
            point = {
                "seconds": time.perf_counter() - read,
                "value": None if value is None else REPORTED * value,
                "bound": None if bound is None else REPORTED * bound,
            }
            curve.write(json.dumps(point) + "\n")

        left = max(0.0, limit - (built - read))
        status, leads = hand_written.solve(left, seed, workers, note)
    solved = time.perf_counter()
    roster = [
        {
            "meeting": name,
            "seat": work.seat,
            "facilitator": leads.get(name),
            "start": None if work.meeting.start is None else work.meeting.start.isoformat(),
        }
        for name, work in hand_written.work.items()
    ]
    (out / "roster.json").write_text(json.dumps(roster, indent=1) + "\n", encoding="utf-8")
    times = {"read": read - began, "build": built - read, "solve": solved - built, "status": status}
    (out / "times.json").write_text(json.dumps(times) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Solve a problem with the hand-written model."""
    parser = argparse.ArgumentParser(prog="hand_written.py", description=main.__doc__)
    parser.add_argument("problem", type=Path, help="JSON document of a problem")
    parser.add_argument("--limit", type=float, default=60.0, help="seconds for building and searching")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    given = parser.parse_args(arguments)
    run(given.problem, given.limit, given.seed, given.workers, given.out)


if __name__ == "__main__":
    main()
