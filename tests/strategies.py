"""Hypothesis strategies for small valid problems that use every table and every kind of cell."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from poolmatch.domain.meetings import Grade
from poolmatch.domain.organisations import LinkKind
from poolmatch.domain.people import ROLES
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Roster, RosterRow
from poolmatch.domain.values import fold, tidy
from poolmatch.tables.grid import is_total

Cells = dict[str, Any]
Draw = Callable[[st.SearchStrategy[Any]], Any]

NASTY = (
    "007", "1e5", "NA", "N/A", "nan", "null", "None", "True", "no", "0", "-3.5", "12,5", "2026-03-01", "#N/A", "1/2",
    "=cmd|' /C calc'!A0", "'=x", "''-1", "+31", "@sum", "-", "'", "'s-Hertogenbosch", "a,b", 'say "no"', '"', "a|b",
    "café", "cafe\u0301", "ß", "_x000D_", "x005F_", "_x005F_x0041_", "<r>x</r>",
    "<script>", "&amp;", "http://a", "a  b", "\u2028x",
)  # fmt: skip
"""Text that one program or another takes for something else."""
ZONES = ("Europe/Amsterdam", "UTC", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Monrovia")
TWICE = (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
"""Half past two in Amsterdam, twice: the night the clock goes back."""
GRADES = get_args(get_args(Grade)[0])
LINK_KINDS = get_args(get_args(LinkKind)[0])


def blank_or(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def texts(extra: str = "") -> st.SearchStrategy[str]:
    """Words for people; ``extra`` are the control characters that may stand in them."""
    letters = st.characters(exclude_categories=["C"]) | st.sampled_from(extra or "'")
    return (st.sampled_from(NASTY) | st.text(letters, min_size=1, max_size=8)).map(tidy).filter(bool)


TITLES = texts("\n\t;'=,\"") | st.sampled_from(("=1+1\n=2", "a\tb", "a;b", "two\n\nlines"))
WORDS = texts().map(lambda text: text.replace(";", ":")).filter(lambda text: not is_total(text))
"""Ids and words that every form can hold: in tables of cells a word for a total is no id."""
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31)) | st.sampled_from(
    (date(1900, 1, 1), date(1900, 2, 28), date(1900, 3, 1), date(2199, 12, 31))
)
INSTANTS = (
    st.integers(0, int(timedelta(days=109_572).total_seconds()) - 1)
    .map(lambda seconds: datetime(1900, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds))
    .filter(lambda moment: moment.year < 2200)
) | st.sampled_from(TWICE)
HOURS = st.floats(0, 100_000) | st.sampled_from((0.1, 0.1 + 0.2, 5e-324, 1e-7, 2.0, 99999.99999999999))
COUNTS = st.integers(0, 10**9)
ROLE = st.sampled_from(ROLES)
LEVEL = st.integers(1, 5)


def unique(rows: Sequence[Cells], *key: str) -> list[Cells]:
    """Return the rows without those that repeat a key, in whatever capitals."""

    def fold(value: object) -> Hashable:
        return value.casefold() if isinstance(value, str) else value

    return list({tuple(fold(row.get(name)) for name in key): row for row in rows}.values())


def drop_blank(row: Cells) -> Cells:
    return {name: value for name, value in row.items() if value is not None}


@st.composite
def problems(draw: Draw) -> Problem:
    """Small valid problems; nearly every cell is drawn."""

    def some(row: st.SearchStrategy[Cells], most: int = 2) -> list[Cells]:
        return [drop_blank(cells) for cells in draw(st.lists(row, max_size=most))]

    def ids(most: int, least: int = 1) -> list[str]:
        found: list[str] = draw(
            st.lists(
                WORDS,
                min_size=least,
                max_size=most,
                unique_by=fold,  # free words are one in every spelling
            )
        )
        return found

    zone = draw(st.sampled_from(ZONES))
    october = st.just((date(2026, 10, 1), 31))
    anywhere = st.tuples(st.dates(date(1900, 1, 5), date(2199, 11, 1)), st.integers(1, 40))
    first, length = draw(october | anywhere)
    period = {"name": draw(TITLES), "start": first, "end": first + timedelta(days=length - 1), "timezone": zone}
    period |= drop_blank({"today": draw(blank_or(DAYS))})
    opens = datetime(first.year, first.month, first.day, tzinfo=ZoneInfo(zone)).astimezone(UTC) + timedelta(hours=3)
    seconds = st.integers(0, (length - 1) * 86_400 + 60_000)  # clear of clock changes at either end
    inside = seconds.map(lambda n: opens + timedelta(seconds=n))
    if first <= date(2026, 10, 25) < first + timedelta(days=length - 1):
        inside |= st.sampled_from(TWICE)

    organisations, people, occasions = ids(3), ids(3), ids(5, least=2)
    meetings, duty_ids = occasions[:-1], occasions[-1:]
    regions, themes, series_names, skills, seat_names = ids(2), ids(2), ids(2), ids(2), ids(2)
    one_of = st.sampled_from
    organisation, person, meeting = one_of(organisations), one_of(people), one_of(meetings)
    region, theme, skill, seat = one_of(regions), one_of(themes), one_of(skills), one_of(seat_names)

    def point() -> Cells:
        if draw(st.booleans()):
            return {}
        return {"lat": draw(st.floats(-90, 90)), "lon": draw(st.floats(-180, 180))}

    def ordered(row: Cells, start: str, end: str) -> Cells:
        """Swap two dates that stand the wrong way round."""
        if start in row and end in row and row[end] < row[start]:
            row[start], row[end] = row[end], row[start]
        return row

    org_rows = [
        drop_blank(
            {
                "organisation": name,
                "name": draw(TITLES),
                "kind": draw(blank_or(WORDS)),
                "region": draw(blank_or(region)),
            }
        )
        | point()
        for name in organisations
    ]
    facilitators = [
        ordered(
            drop_blank(
                {
                    "joined": draw(blank_or(DAYS)),
                    "left": draw(blank_or(DAYS)),
                }
            ),
            "joined",
            "left",
        )
        | drop_blank(
            {
                "facilitator": name,
                "name": draw(TITLES),
                "organisation": draw(blank_or(organisation)),
                "region": draw(blank_or(region)),
                "roles": draw(blank_or(st.lists(ROLE, unique=True, max_size=3))),
                "max_meetings": draw(blank_or(COUNTS)),
                "max_hours": draw(blank_or(HOURS)),
                "max_per_day": draw(blank_or(COUNTS)),
                "max_per_week": draw(blank_or(COUNTS)),
                "contract_hours": draw(blank_or(HOURS)),
                "min_meetings": draw(blank_or(COUNTS)),
                "max_travel_km": draw(blank_or(HOURS)),
                "external": draw(st.booleans()),
                "hourly_cost": draw(blank_or(st.floats(0, 10**9))),
            }
        )
        | point()
        for name in people
    ]
    for cells in facilitators:
        cells["independent"] = "organisation" not in cells and draw(st.booleans())

    meeting_rows, slots = [], []
    series_of: dict[str, str | None] = {}
    for name in meetings:
        start = draw(inside)
        series_of[name] = draw(blank_or(one_of(series_names)))
        row: Cells = {
            "meeting": name,
            "title": draw(blank_or(TITLES)),
            "region": draw(blank_or(region)),
            "online": draw(st.booleans()),
            "priority": draw(blank_or(LEVEL)),
            "theme": draw(blank_or(theme)),
            "series": series_of[name],
            "contention": draw(blank_or(one_of(("low", "normal", "high")))),
            "setup_minutes": draw(blank_or(st.integers(0, 100_000))),
            "wrapup_minutes": draw(blank_or(st.integers(0, 100_000))),
            "preparation_hours": draw(blank_or(HOURS)),
            "participants": draw(blank_or(COUNTS)),
        }
        if draw(st.booleans()):
            row |= {"start": start, "end": start + timedelta(seconds=draw(st.integers(1, 90_000)))}
        else:
            for slot in draw(st.lists(inside, min_size=1, max_size=2, unique=True)):
                end = slot + timedelta(minutes=draw(st.integers(1, 600)))
                slots.append(drop_blank({"meeting": name, "start": slot, "end": end, "cost": draw(blank_or(HOURS))}))
        meeting_rows.append(drop_blank(row) | point())
    for name in series_names:
        if draw(st.booleans()):
            members = [row for row in meeting_rows if row.get("series") == name]
            for number, row in enumerate(
                sorted(members, key=lambda row: row.get("start", opens)), draw(st.integers(0, 9))
            ):
                row["session"] = number
    used_series = [name for name in series_names if name in series_of.values()]

    duties = [
        drop_blank(
            {
                "duty": name,
                "kind": draw(seat),
                "hours": draw(HOURS),
                "role": draw(blank_or(ROLE)),
                "organisation": draw(blank_or(organisation)),
                "series": draw(blank_or(one_of(series_names))),
                "priority": draw(blank_or(LEVEL)),
            }
        )
        for name in duty_ids
    ]
    seats = []
    continuity: dict[tuple[str | None, str], str] = {}
    for row in some(
        st.fixed_dictionaries({"meeting": meeting, "seat": seat, "role": ROLE, "required": blank_or(st.booleans())}), 4
    ):
        series = series_of[row["meeting"]]
        if series is not None:
            key = series, row["seat"]
            continuity.setdefault(key, draw(one_of(("none", "prefer", "same", "rotate"))))
            row["continuity"] = continuity[key]
        seats.append(row)
    seats = unique(seats, "meeting", "seat")
    places = [(row["meeting"], row["seat"]) for row in seats] + [(row["duty"], row["kind"]) for row in duties]
    place = one_of(places)

    def target(*columns: str) -> Cells:
        """Fill exactly one of the columns."""
        options = {"organisation": organisation, "theme": theme, "meeting": meeting, "region": region}
        known = [name for name in columns if name != "series" or used_series]
        column = draw(one_of(known))
        return {column: draw(one_of(used_series) if column == "series" else options[column])}

    ties = []
    for row in some(
        st.fixed_dictionaries({"facilitator": person, "kind": WORDS, "start": blank_or(DAYS), "end": DAYS})
    ):
        ties.append(ordered(row | target("organisation", "theme", "meeting", "series"), "start", "end"))
    waivers = []
    fixed = {
        "facilitator": person,
        "organisation": organisation,
        "party": organisation,
        "consented_on": DAYS,
        "expires": blank_or(DAYS),
    }
    for row in some(st.fixed_dictionaries(fixed)):
        waivers.append(ordered(row | target("meeting", "series"), "consented_on", "expires"))
    preferences = []
    score = st.integers(-100_000, 100_000).map(lambda n: n / 10_000)
    for row in some(st.fixed_dictionaries({"facilitator": person, "score": score})):
        preferences.append(row | target("meeting", "theme", "region", "organisation"))

    availability = []
    for row in some(
        st.fixed_dictionaries(
            {
                "facilitator": person,
                "start": inside | inside.map(lambda moment: moment.date()),
                "kind": one_of(("available", "unavailable", "prefer", "avoid")),
                "rrule": blank_or(one_of(("FREQ=WEEKLY;BYDAY=FR", "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3"))),
            }
        ),
        3,
    ):
        later = timedelta(days=draw(st.integers(1, 3)))
        row["end"] = row["start"] + later
        if "rrule" in row:
            left_out = st.lists(st.integers(0, length - 1), unique=True, max_size=3)
            row["except"] = [first + timedelta(days=n) for n in draw(left_out)]
        availability.append(row)

    requirements, pins = [], []
    for row in some(
        st.fixed_dictionaries({"skill": skill, "level": LEVEL, "kind": blank_or(one_of(("required", "preferred")))})
    ):
        occasion, name = draw(place)
        requirements.append(row | {"meeting": occasion} | ({"seat": name} if draw(st.booleans()) else {}))
    for row in some(st.fixed_dictionaries({"facilitator": blank_or(person)})):
        occasion, name = draw(place)
        starts = [slot["start"] for slot in slots if slot["meeting"] == occasion]
        when = {"slot_start": draw(one_of(starts))} if starts and draw(st.booleans()) else {}
        pins.append(row | {"meeting": occasion, "seat": name} | when)

    history = []
    for row in some(
        st.fixed_dictionaries(
            {
                "meeting": WORDS,
                "facilitator": WORDS,
                "role": ROLE,
                "start": blank_or(INSTANTS.filter(lambda moment: moment.year < 2199)),
                "seat": blank_or(WORDS),
                "organisations": blank_or(st.lists(WORDS, unique=True, max_size=3)),
                "series": blank_or(WORDS),
                "session": blank_or(COUNTS),
                "hours": HOURS,
            }
        ),
        3,
    ):
        if "start" in row:
            row["end"] = row["start"] + timedelta(seconds=draw(st.integers(1, 10**6)))
        history.append(row)

    pairs = st.lists(person, min_size=2, max_size=2, unique=True) if len(people) > 1 else st.nothing()
    pairings = [
        {"first": first, "second": second, "kind": draw(one_of(("require", "prefer", "avoid", "forbid")))}
        for first, second in (draw(st.lists(pairs, max_size=1)) if len(people) > 1 else [])
    ]
    links = [
        ordered(row, "start", "end")
        for row in some(
            st.fixed_dictionaries(
                {
                    "source": organisation,
                    "target": organisation,
                    "kind": one_of(LINK_KINDS),
                    "start": blank_or(DAYS),
                    "end": blank_or(DAYS),
                }
            )
        )
        if row["source"] != row["target"]
    ]
    skill_rows = [
        ordered(row, "valid_from", "valid_until")
        for row in some(
            st.fixed_dictionaries(
                {
                    "facilitator": person,
                    "skill": skill,
                    "level": LEVEL,
                    "valid_from": blank_or(DAYS),
                    "valid_until": blank_or(DAYS),
                }
            )
        )
    ]
    spacing = [
        drop_blank(
            {
                "series": name,
                "min_days": draw(blank_or(st.integers(0, 9))),
                "max_days": draw(blank_or(st.integers(9, 99))),
            }
        )
        for name in used_series
    ]
    return Problem.model_validate(
        {
            "period": period,
            "organisations": org_rows,
            "links": unique(links, "source", "target", "kind", "start"),
            "facilitators": facilitators,
            "serves": unique(
                some(st.fixed_dictionaries({"facilitator": person, "region": region})), "facilitator", "region"
            ),
            "skills": unique(skill_rows, "facilitator", "skill", "valid_from"),
            "ties": unique(ties, "facilitator", "kind", "organisation", "theme", "meeting", "series", "start"),
            "availability": availability,
            "meetings": meeting_rows,
            "slots": slots,
            "spacing": spacing,
            "duties": duties,
            "stakes": unique(
                some(
                    st.fixed_dictionaries({"meeting": meeting, "organisation": organisation, "grade": one_of(GRADES)}),
                    4,
                ),
                "meeting",
                "organisation",
            ),
            "seats": seats,
            "requirements": unique(requirements, "meeting", "seat", "skill"),
            "waivers": unique(waivers, "facilitator", "organisation", "meeting", "series", "party"),
            "strikes": unique(
                some(
                    st.fixed_dictionaries(
                        {"organisation": organisation, "facilitator": person, "meeting": blank_or(meeting)}
                    )
                ),
                "organisation",
                "facilitator",
                "meeting",
            ),
            "pairings": pairings,
            "preferences": preferences,
            "pins": unique(pins, "meeting", "seat"),
            "history": history,
            "ledger": unique(
                some(
                    st.fixed_dictionaries({"organisation": organisation, "hours_given": HOURS, "hours_received": HOURS})
                ),
                "organisation",
            ),
            "published": unique(
                some(
                    st.fixed_dictionaries(
                        {
                            "meeting": WORDS,
                            "seat": WORDS,
                            "facilitator": blank_or(WORDS),
                            "slot_start": blank_or(INSTANTS),
                        }
                    )
                ),
                "meeting",
                "seat",
            ),
        }
    )


ROSTERS = st.lists(
    st.fixed_dictionaries(
        {
            "meeting": WORDS,
            "seat": WORDS,
            "role": blank_or(ROLE),
            "facilitator": blank_or(WORDS),
            "start": blank_or(INSTANTS),
            "end": blank_or(INSTANTS),
            "degree": blank_or(st.sampled_from(("neutral", "avoid", "disclose", "waivable", "blocked"))),
            "disclosure": blank_or(TITLES),
        }
    ),
    max_size=5,
).map(lambda rows: Roster(rows=tuple(RosterRow.model_validate(row) for row in rows)))
"""Rosters whose rows are right by themselves."""
