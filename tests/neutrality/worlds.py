"""Random problems in which neutrality has much to say: every kind of tie, link, date, consent and contention."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise, permutations
from typing import Any
from zoneinfo import ZoneInfo

from poolmatch import Problem
from poolmatch.domain.values import midnight

Rows = list[dict[str, Any]]

ORGANISATIONS = ("Town", "Works", "Mill", "Bank", "Union", "School")
LADDER = ("Desk", "Team", "Unit", "Branch", "Region", "Head")
"""More organisations: with a town at its top or foot, a group six links tall."""
EVERY = (*ORGANISATIONS, *LADDER)
LINKS = ("controls", "unit_of", "controls", "unit_of", "funds", "affiliate", "joint_venture", "member_of", "member_of")
GRADES = ("decider", "commissioner", "interest", "contributor", "observer")
DRAWN = (*GRADES, "contributor", "contributor")
WITH_ORGANISATION = (
    "employee", "director", "financial_interest", "former_employee", "former_employee",
    "family", "family", "adviser", "resident", "resident",
)  # fmt: skip
DAYS: tuple[tuple[str, date, date, Sequence[date]], ...] = (
    # The last days of a leap February: a tie that ended on 29 February, or three years before a meeting on one.
    ("Europe/Amsterdam", date(2028, 2, 1), date(2028, 4, 1), [date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1)]),
    # The year after and three years after a 29 February: the look-back ends on the 28th.
    ("Europe/Amsterdam", date(2025, 2, 1), date(2025, 4, 1), [date(2025, 2, 28), date(2025, 3, 1)]),
    ("America/New_York", date(2027, 2, 1), date(2027, 4, 1), [date(2027, 2, 28), date(2027, 3, 1)]),
    # The clock goes forward in the night to the 29th, and west of Greenwich the day in UTC is another one.
    ("Europe/Amsterdam", date(2026, 3, 1), date(2026, 4, 1), [date(2026, 3, 28), date(2026, 3, 29), date(2026, 3, 30)]),
    ("Pacific/Auckland", date(2026, 4, 1), date(2026, 5, 1), [date(2026, 4, 4), date(2026, 4, 5), date(2026, 4, 6)]),
)
EMPLOYMENT = ("employee", "former_employee")
CLOCKS = ((0, 0), (0, 30), (9, 0), (19, 30), (23, 30))


def years_before(day: date, years: int) -> date:
    """Return the same day some years before; 1 March for a 29 February that was not."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)


def rich_problem(rng: random.Random, people: int = 5, meetings: int = 4) -> Problem:
    """Return a problem in which ties end, links begin and consents expire on, before and after days of meetings."""
    zone, opens, closes, days = rng.choice(DAYS)
    period = {"name": "test", "start": opens, "end": closes - timedelta(days=1), "timezone": zone}
    return Problem(
        period=period,
        organisations=[{"organisation": name, "name": name} for name in EVERY],
        **_tables(rng, zone, days, [f"F{n}" for n in range(people)], [f"M{n}" for n in range(meetings)]),
    )


def _tables(
    rng: random.Random, zone: str, days: Sequence[date], people: Sequence[str], meetings: Sequence[str]
) -> dict[str, Rows]:
    tables: dict[str, Rows] = {name: [] for name in ("meetings", "slots", "stakes", "seats", "ties", "waivers")}
    tables["facilitators"] = [
        {
            "facilitator": name,
            "name": name,
            "organisation": rng.choice([None, None, None, None, *ORGANISATIONS, *LADDER[:2]]),
            "external": rng.random() < 0.2,
        }
        for name in people
    ]
    series = {name: rng.choice([None, "course", "plein"]) for name in meetings}
    for name in meetings:
        tables["meetings"].append(
            {
                "meeting": name,
                "series": series[name],
                "theme": rng.choice([None, "housing", "housing", "water"]),
                "contention": rng.choice(["low", "normal", "normal", "high"]),
            }
        )
        spans = [_span(rng, zone, rng.choice(days)) for _ in range(rng.choice([1, 1, 1, 3]))]
        if len(spans) == 1:
            tables["meetings"][-1] |= spans[0]
        else:
            tables["slots"] += [{"meeting": name, **span} for span in {span["start"]: span for span in spans}.values()]
        parties = rng.sample((*ORGANISATIONS, *LADDER[-2:]), rng.choice([0, 1, 1, 1, 2, 3]))
        kinds = rng.choice([DRAWN, DRAWN, DRAWN, ("observer",)])
        tables["stakes"] += [{"meeting": name, "organisation": party, "grade": rng.choice(kinds)} for party in parties]
        tables["seats"].append({"meeting": name, "seat": "lead", "role": "lead"})
    used = sorted({word for word in series.values() if word})
    for name in people:
        parties = sorted({stake["organisation"] for stake in tables["stakes"]})
        tables["ties"] += _ties(rng, name, days, meetings, used, parties)
    tables["links"] = list(_links(rng, days, tables["ties"]))
    for person in tables["facilitators"]:
        employed = [tie for tie in tables["ties"] if tie["facilitator"] == person["facilitator"]]
        if not person["organisation"] and not any(tie["kind"] in EMPLOYMENT for tie in employed):
            person["independent"] = rng.random() < 0.4
    for person in tables["facilitators"]:
        tables["waivers"] += _waivers(rng, person, tables, days, series)
    return tables


def _span(rng: random.Random, zone: str, day: date) -> dict[str, Any]:
    start = midnight(day, ZoneInfo(zone))
    for _ in range(2):  # the clock may change between midnight and then
        hour, minute = rng.choice(CLOCKS)
        moment = start + timedelta(hours=hour, minutes=minute)
        if moment.astimezone(ZoneInfo(zone)).date() == day:
            start = moment
            break
    return {"start": start, "end": start + timedelta(hours=2)}


def _near(rng: random.Random, days: Sequence[date], years: Sequence[int] = (0,)) -> date:
    """Return a day of a meeting, or some years before it, or the day before or after that."""
    return years_before(rng.choice(days), rng.choice(years)) + timedelta(days=rng.choice([-1, 0, 0, 1]))


def _links(rng: random.Random, days: Sequence[date], ties: Rows) -> Iterator[dict[str, Any]]:
    """Yield links at random; then perhaps a tall group, a ring of ids of one organisation, and a reorganisation."""
    links: Rows = []

    def add(source: str, target: str, kind: str, **dates: date) -> None:
        if source != target and not any((source, target, kind) == tuple(row.values())[:3] for row in links):
            links.append({"source": source, "target": target, "kind": kind, **dates})

    for source, target in rng.sample(list(permutations(ORGANISATIONS, 2)), rng.randrange(4, 10)):
        what = rng.random()
        dates = {"start": _near(rng, days)} if what < 0.25 else {"end": _near(rng, days)} if what < 0.44 else {}
        add(source, target, rng.choice(LINKS), **dates)
    if rng.random() < 0.5:
        steps = [*LADDER, rng.choice(ORGANISATIONS)]
        for below, above in pairwise(steps):
            dates = {rng.choice(["start", "end"]): _near(rng, days)} if rng.random() < 0.08 else {}
            source, target, kind = rng.choice([(below, above, "unit_of"), (above, below, "controls")])
            add(source, target, kind, **dates)
    if rng.random() < 0.5:
        ring = rng.sample((*ORGANISATIONS, *LADDER[2:4]), rng.choice([2, 3, 4]))
        for one, other in zip(ring, [*ring[1:], ring[0]], strict=True):
            dates = {rng.choice(["start", "end"]): _near(rng, days)} if rng.random() < 0.2 else {}
            add(one, other, "same_as", **dates)
    left = [tie for tie in ties if "organisation" in tie and tie.get("end", days[0]) < days[0]]
    for tie in rng.sample(left, min(len(left), rng.choice([0, 1, 2]))):
        # The tied organisation leaves one group, about when the tie ended, and joins another.
        day = tie["end"] + timedelta(days=rng.choice([-1, 0, 0, 30]))
        before, after = rng.sample(ORGANISATIONS, 2)
        kinds = rng.choice([("unit_of", "unit_of"), ("unit_of", "affiliate"), ("funds", "controls"), ("same_as",) * 2])
        add(tie["organisation"], before, kinds[0], end=day)
        add(tie["organisation"], after, kinds[1], start=day + timedelta(days=1))
    yield from links


def _ties(
    rng: random.Random,
    name: str,
    days: Sequence[date],
    meetings: Sequence[str],
    series: Sequence[str],
    parties: Sequence[str],
) -> Iterator[dict[str, Any]]:
    seen = set()
    for _ in range(rng.choice([0, 1, 1, 1, 2, 3, 4])):
        tie: dict[str, Any] = {"facilitator": name}
        what = rng.random()
        if what < 0.08:
            tie |= {"kind": "dossier", "meeting": rng.choice(meetings)}
        elif what < 0.14 and series:
            tie |= {"kind": "dossier", "series": rng.choice(series)}
        elif what < 0.28:
            tie |= {"kind": "position", "theme": rng.choice(["housing", "water"])}
        else:
            where = rng.choice([*ORGANISATIONS, *LADDER[:2], *parties])
            tie |= {"kind": rng.choice(WITH_ORGANISATION), "organisation": where}
        if tie["kind"] == "former_employee" or rng.random() < 0.6:
            tie["end"] = _near(rng, days, (0, 1, 1, 2, 3, 3, 4))
        start = rng.random()
        if start < 0.15:
            tie["start"] = _near(rng, days)
        elif start < 0.3 and "end" in tie:
            tie["start"] = tie["end"] - timedelta(days=rng.choice([0, 1, 400]))
        if "start" in tie and "end" in tie and tie["end"] < tie["start"]:
            del tie["start"]
        key = tuple(sorted((column, str(value)) for column, value in tie.items() if column != "end"))
        if key not in seen:
            seen.add(key)
            yield tie


def _waivers(
    rng: random.Random, person: dict[str, Any], tables: dict[str, Rows], days: Sequence[date], series: Any
) -> Iterator[dict[str, Any]]:
    """Yield consents, most of them from every party that must: some late, expired, or for the series."""
    name = person["facilitator"]
    tied = {tie.get("organisation") for tie in tables["ties"] if tie["facilitator"] == name} | {person["organisation"]}
    seen = set()
    also: dict[str, list[str]] = {}
    for link in tables["links"]:
        if link["kind"] == "same_as":
            also.setdefault(link["source"], []).append(link["target"])

    def written(name: str) -> str:
        """Return an organisation, perhaps under another of its ids."""
        return rng.choice(also[name]) if name in also and rng.random() < 0.3 else name

    for organisation in sorted(filter(None, tied)):
        for meeting in series:
            if rng.random() < 0.4:
                continue
            whole = rng.random() < 0.6
            for stake in tables["stakes"]:
                if stake["meeting"] != meeting or (not whole and rng.random() < 0.4):
                    continue
                row: dict[str, Any] = {
                    "facilitator": name,
                    "organisation": written(organisation),
                    "party": written(stake["organisation"]),
                }
                if series[meeting] and rng.random() < 0.3:
                    row["series"] = series[meeting]
                else:
                    row["meeting"] = meeting
                row["consented_on"] = date(2020, 1, 1) if rng.random() < 0.7 else _near(rng, days)
                if rng.random() < 0.3:
                    row["expires"] = max(row["consented_on"], _near(rng, days))
                key = tuple(sorted((c, v) for c, v in row.items() if isinstance(v, str)))
                if key not in seen:
                    seen.add(key)
                    yield row
