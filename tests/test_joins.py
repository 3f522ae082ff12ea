"""Whatever refers to nothing is told: every column that names something is held against where it must stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import Field
from tests.joined_world import POINT, WORLD, of, told, with_cell
from tests.rings import scaled

from poolmatch.domain.assembly import TABLES
from poolmatch.domain.join_issues import MOST_HINTS
from poolmatch.domain.joins import JOINS, UNJOINED, columns_of
from poolmatch.domain.row import Row, names_of, references
from poolmatch.domain.values import Id
from poolmatch.tables import schema
from poolmatch.tables.schema import Kind


def test_nothing_is_said_where_all_that_is_named_is_there() -> None:
    assert told(WORLD) == ()


# --- no column is forgotten --------------------------------------------------------------------------------

VIEWS = {
    "places": {"meeting", "series", "seat"},
    "continued": {"series", "seat"},
    "parties": {"meeting", "series", "organisation"},
    "relations": {"facilitator", "organisation"},
}
SIDES = [side for join in JOINS for side in (join.asks, *join.stands)]


def loose(kinds: Mapping[str, type[Row]]) -> Iterator[str]:
    """Columns of text that are neither an id, nor refer to one, nor are joined, nor declared as free."""
    joined = {f"{side.split('.')[0]}.{column}" for side in SIDES for column in columns_of(side)}
    joined |= {"seats.seat", "duties.kind"}  # by way of the view of places
    for table, kind in kinds.items():
        for column in schema.columns_of(kind):
            place = f"{table}.{column.name}"
            names = column.kind in (Kind.TEXT, Kind.ITEMS) and not column.words
            placed = kind.key == (column.name,) or place in joined or place in UNJOINED
            if names and not placed and column.name not in references(kind):
                yield place


def test_every_column_of_every_table_is_joined_or_says_why_not() -> None:
    assert list(loose(TABLES)) == []


def test_a_new_table_cannot_be_forgotten() -> None:
    class Room(Row):
        table: ClassVar[str] = "rooms"
        key: ClassVar[tuple[str, ...]] = ("room",)
        room: Annotated[Id, Field(description="Room.")]
        fits: Annotated[Id | None, Field(description="Kind of meeting it fits.")] = None

    assert list(loose({**TABLES, "rooms": Room})) == ["rooms.fits"]


def test_what_is_declared_free_exists_and_is_not_joined() -> None:
    for place in UNJOINED:
        table, column = place.split(".")
        assert column in TABLES[table].model_fields
        assert column not in references(TABLES[table])
    asked = {f"{join.table}.{column}" for join in JOINS for column in columns_of(join.asks)}
    # a past seat is looked for in its series, where that goes on; the series itself need not
    assert asked & UNJOINED.keys() == {"history.series"}


@pytest.mark.parametrize("side", sorted(set(SIDES)))
def test_both_sides_of_every_join_are_columns(side: str) -> None:
    name = side.split(".")[0]
    known = VIEWS[name] if name in VIEWS else TABLES[name].model_fields.keys()
    assert known >= set(columns_of(side))


def test_a_word_that_is_joined_is_marked_as_one_so_that_it_is_folded() -> None:
    words = {"theme": "theme", "region": "region", "skill": "skill", "series": "series"}
    for table, kind in TABLES.items():
        for column in kind.model_fields.keys() & words.keys():
            assert names_of(kind)[column].what == words[column], (table, column)


# --- a slip in any joined column is told -------------------------------------------------------------------


def joined_cells() -> Iterator[tuple[str, int, str]]:
    """Every cell with the name of something: table, row, column."""
    sides = {(side.split(".")[0], column) for side in SIDES for column in columns_of(side)}
    for table, rows in WORLD.items():
        kind = TABLES[table]
        for number, cells in enumerate(rows):
            for column, value in cells.items():
                named = column in references(kind) or column in names_of(kind) or (table, column) in sides
                if (named or kind.key == (column,)) and isinstance(value, str) and column != "role":
                    yield table, number, column


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, int, str, str]:
    table, row, column = draw(st.sampled_from(list(joined_cells())))
    word = WORLD[table][row][column]
    at = draw(st.integers(0, len(word) - 2))
    options = [word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:]]
    options += [word[:at] + word[at + 1] + word[at] + word[at + 2 :]] * (word[at] != word[at + 1])
    options += [word[:at] + "z" + word[at + 1 :]] * (len(word) >= 8 and word[at] != "z")
    return table, row, column, draw(st.sampled_from(options))


@settings(max_examples=scaled(300), deadline=None)
@given(slips())
def test_a_slip_in_any_joined_column_is_told(slip: tuple[str, int, str, str]) -> None:
    table, row, column, word = slip
    right = WORLD[table][row][column]
    if word == right:
        return
    issues = told(with_cell(table, row, **{column: word}))
    about = [item for item in issues if {word, right} & {item.value, *item.remedy.split('"')}]
    assert about, (slip, issues)


@pytest.mark.parametrize(
    "cell", [("facilitators", 0, "organisation"), ("stakes", 1, "meeting"), ("pins", 1, "facilitator")]
)
def test_an_unknown_id_is_an_error_with_the_nearest(cell: tuple[str, int, str]) -> None:
    table, row, column = cell
    right = WORLD[table][row][column]
    found = [item for item in told(with_cell(table, row, **{column: right + "x"})) if item.severity == "error"]
    assert [(item.table, item.rows, item.column, item.value) for item in found] == [
        (table, (row + 1,), column, right + "x")
    ]
    assert f'did you mean "{right}"?' in found[0].remedy


def test_thousands_of_unknown_ids_are_all_told_and_some_with_the_nearest() -> None:
    stakes = [{"meeting": f"gesprek-{n}", "organisation": "waterschap", "grade": "decider"} for n in range(3_000)]
    errors = [item for item in told({**WORLD, "stakes": stakes}) if item.severity == "error"]
    assert sorted(row for item in errors for row in item.rows) == list(range(1, 3_001))
    assert sum(len(item.rows) for item in errors if "did you mean" in item.remedy) <= MOST_HINTS


# --- each join, on both sides ------------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["theme", "series"])
def test_a_tie_to_what_no_meeting_has(column: str) -> None:
    row = {"theme": 0, "series": 1}[column]
    word = WORLD["ties"][row][column]
    for wrong, hint in ((word[:-3], f'did you mean "{word}"? '), ("anders", "")):
        (issue,) = [item for item in told(with_cell("ties", row, **{column: wrong})) if item.table == "ties"]
        assert (issue.rows, issue.column, issue.value, issue.severity) == ((row + 1,), column, wrong, "warning")
        assert issue.remedy.startswith(hint)
        assert ("did you mean" in issue.remedy) == bool(hint)


def test_the_other_side_of_a_tie_to_a_theme_is_looked_at_too() -> None:
    issues = told(with_cell("meetings", 0, theme="ontmoeten"))
    assert of(issues, "ties.theme") == [((1,), "energietransitie")]
    assert of(issues, "preferences.theme") == [((1,), "energietransitie")]


def test_a_skill_that_nobody_has_and_one_that_nothing_asks_for() -> None:
    issues = told(with_cell("requirements", 0, skill="verkenning"))
    assert of(issues, "requirements.skill") == [((1,), "verkenning")]
    both = [{**row, "skill": "verkenning"} for row in WORLD["requirements"]]
    assert of(told({**WORLD, "requirements": both}), "requirements.skill") == [((1, 2), "verkenning")]
    assert of(told({**WORLD, "requirements": both}), "skills.skill") == [((1,), "groepsproces")]


def test_many_words_of_one_join_are_one_line() -> None:
    more = [{"facilitator": "anneke", "skill": f"vak {letter * 3}", "level": 1} for letter in "hgfedcba"]
    issues = told({**WORLD, "skills": [*WORLD["skills"], *more]})
    (line,) = of(issues, "skills.skill")
    assert line == (tuple(range(2, 10)), "vak aaa, vak bbb, vak ccc, vak ddd, vak eee and 3 more")


def test_a_region_is_nobodys_only_where_everybody_has_said_which_they_serve() -> None:
    elsewhere = with_cell("meetings", 0, region="buitengebied")
    assert of(told(elsewhere), "meetings.region") == [((1,), "buitengebied")]
    everywhere = {**elsewhere, "serves": WORLD["serves"][:1]}  # Berend serves every region
    assert of(told(everywhere), "meetings.region") == []


def test_a_region_that_is_served_and_has_no_meeting() -> None:
    assert of(told(with_cell("serves", 1, region="stadskanaal")), "serves.region") == [((2,), "stadskanaal")]


@pytest.mark.parametrize(
    ("column", "row", "value"),
    [("theme", 0, "ontmoeten"), ("region", 1, "stadskanaal"), ("organisation", 2, "gemeente")],
)
def test_a_preference_for_what_does_not_occur(column: str, row: int, value: str) -> None:
    assert of(told(with_cell("preferences", row, **{column: value})), f"preferences.{column}") == [((row + 1,), value)]


def test_a_duty_has_a_party_whom_one_can_prefer() -> None:
    assert told(with_cell("preferences", 2, organisation="onderwijs")) == ()


def test_a_strike_or_consent_without_a_stake() -> None:
    for row in (0, 1):
        assert of(told(with_cell("strikes", row, organisation="gemeente")), "strikes.organisation") == [
            ((row + 1,), "gemeente")
        ]
        assert of(told(with_cell("waivers", row, party="gemeente")), "waivers.party") == [((row + 1,), "gemeente")]


def test_a_consent_to_a_tie_that_is_not_there() -> None:
    issues = told(with_cell("waivers", 0, organisation="gemeente"))
    assert of(issues, "waivers.organisation") == [((1,), "gemeente")]
    assert told(with_cell("waivers", 0, organisation="onderwijs")) == ()  # the employer


def test_an_organisation_that_is_the_same_has_the_stake_and_the_tie() -> None:
    same = [*WORLD["links"], {"source": "gemeente", "target": "waterschap", "kind": "same_as"}]
    for changed in (
        with_cell("strikes", 0, organisation="gemeente"),
        with_cell("strikes", 1, organisation="gemeente"),
        with_cell("waivers", 0, party="gemeente"),
        with_cell("waivers", 1, party="gemeente"),
        with_cell("waivers", 0, organisation="gemeente"),
    ):
        assert told({**changed, "links": same}) == ()
        assert told(changed) != ()


def test_preferences_go_by_id() -> None:
    same = [*WORLD["links"], {"source": "gemeente", "target": "waterschap", "kind": "same_as"}]
    issues = told({**with_cell("preferences", 2, organisation="gemeente"), "links": same})
    assert of(issues, "preferences.organisation") == [((3,), "gemeente")]


@pytest.mark.parametrize("table", ["requirements", "pins"])
def test_a_seat_of_another_meeting_is_an_error(table: str) -> None:
    (issue,) = told(with_cell(table, 0, seat="gespreksleder"))
    assert (issue.table, issue.column, issue.severity) == (table, "seat", "error")
    assert issue.remedy == 'did you mean "gespreksleider"? write one of its seats'


def test_a_role_that_nobody_has() -> None:
    assert of(told(with_cell("seats", 0, role="mentor")), "seats.role") == [((1,), "mentor")]
    assert of(told(with_cell("duties", 0, role="mentor")), "duties.role") == [((1,), "mentor")]


def test_a_past_seat_of_another_name_than_those_of_its_series() -> None:
    assert of(told(with_cell("history", 0, seat="procesleider")), "history.seat") == [((1,), "procesleider")]
    (slip,) = told(with_cell("history", 0, seat="gespreksleidr"))
    assert slip.remedy.startswith('did you mean "gespreksleider"? correct it')
    loose_seats = [{**row, "continuity": "none"} for row in WORLD["seats"]]
    assert told({**with_cell("history", 0, seat="procesleider"), "seats": loose_seats}) == ()
    ended = with_cell("history", 0, seat="procesleider", series="oeverplan")
    assert of(told(ended), "history.seat") == []


def sessions(*seats: tuple[str, str, str] | None, history: str | None = None) -> list[tuple[str, str, object, object]]:
    """What is said of a series with a session for each seat: its name, role and continuity; None names no seat."""
    names = [f"S{number}" for number in range(1, len(seats) + 1)]
    times = [{"start": f"2026-03-{10 + n} 19:30", "end": f"2026-03-{10 + n} 21:30"} for n in range(len(seats))]
    tables: dict[str, Any] = {
        "meetings": [
            *WORLD["meetings"],
            *(
                {"meeting": name, "series": "leerkring", **POINT, **time}
                for name, time in zip(names, times, strict=True)
            ),
        ],
        "stakes": [
            *WORLD["stakes"],
            *({"meeting": name, "organisation": "waterschap", "grade": "interest"} for name in names),
        ],
        "seats": [
            *WORLD["seats"],
            *(
                {"meeting": name, "seat": seat[0], "role": seat[1], "continuity": seat[2]}
                for name, seat in zip(names, seats, strict=True)
                if seat
            ),
        ],
    }
    if history:
        past = {"meeting": "S0", "facilitator": "anneke", "role": "lead", "start": "2026-02-03 19:30"}
        past |= {"end": "2026-02-03 21:30", "series": "leerkring", "seat": history}
        tables["history"] = [*WORLD["history"], past]
    codes = ("continuity-of-one-session", "seat-named-otherwise-in-series", "seat-not-named-in-series")
    return [
        (issue.table, issue.code, issue.rows, str(issue.values["hint"] or ""))
        for issue in told({**WORLD, **tables})
        if issue.code in codes
    ]


ALONE, OTHERWISE, UNNAMED = "continuity-of-one-session", "seat-named-otherwise-in-series", "seat-not-named-in-series"
LEADS = ("leider", "lead", "same"), ("leider", "lead", "same")


def test_a_slip_in_the_name_of_a_seat_that_keeps_its_people_is_told_with_the_nearest() -> None:
    meant = 'did you mean "leider"? '
    assert sessions(*LEADS) == []
    assert sessions(*LEADS, ("lieder", "lead", "same")) == [("seats", ALONE, (5,), meant)]
    assert sessions(*LEADS, ("lieder", "lead", "none")) == [("seats", OTHERWISE, (5,), meant)]
    assert sessions(*LEADS, ("gast", "lead", "none")) == [("seats", OTHERWISE, (5,), "")]
    assert sessions(*LEADS, ("gast", "co", "none")) == []  # another role is another seat
    assert sessions(*LEADS, None) == [("meetings", UNNAMED, (5,), "")]
    assert sessions(("lead", "lead", "same"), None, None) == []
    assert sessions(("leider", "lead", "rotate"), ("lieder", "lead", "rotate")) == [
        ("seats", ALONE, (3,), 'did you mean "lieder"? '),
        ("seats", ALONE, (4,), meant),
    ]


def test_a_seat_that_goes_on_from_the_past_or_in_another_period_is_not_alone() -> None:
    assert sessions(LEADS[0]) == []
    assert sessions(LEADS[0], ("gast", "co", "none")) == [("seats", ALONE, (3,), "")]
    assert sessions(LEADS[0], ("gast", "co", "none"), history="leider") == []
    assert sessions(("leider", "lead", "none"), ("gast", "lead", "none")) == []


def test_the_meeting_is_told_and_not_its_seat_where_the_meeting_is_gone() -> None:
    issues = told(with_cell("published", 0, meeting="verdwenen"))
    assert of(issues, "published.meeting") == [((1,), "verdwenen")]
    assert of(issues, "published.seat") == []


def test_an_empty_table_is_the_cause_and_what_misses_it_is_not_told() -> None:
    nobody = {"facilitators": [], "organisations": [], "meetings": WORLD["meetings"][:1], "stakes": []}
    nobody |= {"requirements": [{"meeting": "intakegesprek", "skill": "groepsproces", "level": 3}]}
    assert [str(item).split(";")[0] for item in told(nobody)] == ["facilitators: is empty"]


def test_rows_of_a_wrong_table_are_not_called_unmatched_because_another_cell_of_theirs_is_wrong() -> None:
    issues = told(with_cell("skills", 0, level=9))
    assert of(issues, "requirements.skill") == []
    assert of(issues, "skills.level") == [((1,), "9")]


def test_half_a_link_joins_nothing_and_stops_nothing() -> None:
    half = [*WORLD["links"], {"source": "gemeente", "kind": "same_as"}]
    issues = told({**with_cell("strikes", 0, organisation="gemeente"), "links": half})
    assert of(issues, "links.target") == [((2,), "")]
    assert of(issues, "strikes.organisation") == [((1,), "gemeente")]


# --- days --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("start", "late"), [("2026-03-12", False), ("2026-03-13", True)])
def test_a_tie_that_begins_after_the_last_session_of_its_series(start: str, late: bool) -> None:
    assert bool(of(told(with_cell("ties", 1, start=start)), "ties.start")) == late


@pytest.mark.parametrize(("start", "late"), [("2026-03-05", False), ("2026-03-06", True)])
def test_a_tie_that_begins_after_all_meetings_on_its_theme(start: str, late: bool) -> None:
    assert bool(of(told(with_cell("ties", 0, start=start)), "ties.start")) == late


@pytest.mark.parametrize(("day", "late"), [("2026-03-12", False), ("2026-03-13", True)])
def test_a_consent_given_after_the_meeting(day: str, late: bool) -> None:
    for row in (0, 1):
        assert bool(of(told(with_cell("waivers", row, consented_on=day)), "waivers.consented_on")) == late


@pytest.mark.parametrize(("day", "late"), [("2026-03-12", False), ("2026-03-11", True)])
def test_a_consent_that_has_expired_before_the_meeting(day: str, late: bool) -> None:
    assert bool(of(told(with_cell("waivers", 1, expires=day)), "waivers.expires")) == late
