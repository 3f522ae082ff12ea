"""Made-up problems to try rules on."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from poolmatch.domain.problem import Problem
from poolmatch.testing.past import add_past
from poolmatch.testing.programmes import add_programme
from poolmatch.testing.rosters import MOST_ROSTERS
from poolmatch.testing.setting import FIRST, LINKS, PLACES, STAKEHOLDERS

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


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
        add_programme(rng, tables, names, MOST_ROSTERS)
    _add_membership(rng, tables)  # last, so that what was drawn before stays as it was
    period = {"name": "test", "start": FIRST, "end": date(2026, 3, 31), "timezone": "Europe/Amsterdam"}
    if past:
        period["today"] = FIRST + timedelta(days=rng.choice([2, 2, 3, 3, 5]))
        add_past(rng, tables, names)
    return Problem(period=period, **tables)


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
