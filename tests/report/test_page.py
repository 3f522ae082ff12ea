"""The page: what stands in it for whom, that nothing of it can be markup, and that it needs nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder
from tests.results import result

from poolmatch import (
    Audience,
    MissingExtra,
    Problem,
    Roster,
    UnknownId,
    WouldOverwrite,
    check,
    read,
    read_roster,
    solve,
    write_page,
)
from poolmatch import report_page as page
from poolmatch.report.page import check_page, parts
from poolmatch.results import Result, RunRecord
from poolmatch.rules import ALL_RULES
from poolmatch.views import COORDINATOR, PUBLIC
from poolmatch.vocabulary import rule_name

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
VOID = {"meta", "rect", "path", "br"}
HOSTILE = ("<script>alert(1)</script>", "</style><b>", '" onload="x" \'', "\u05d0\u05d1", "{{ 7 * 7 }}", "&lt;i&gt;")


@dataclass
class Element:
    """An element of a page, with its text."""

    tag: str
    attributes: Mapping[str, str]
    text: str = ""
    within: tuple[str, ...] = ()


@dataclass
class Parsed(HTMLParser):
    """A page, taken apart; elements must be closed in order."""

    elements: list[Element] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs}, within=tuple(item.tag for item in self.open))
        self.elements.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for item in self.open:
            item.text += data

    def of(self, *tags: str) -> list[Element]:
        return [item for item in self.elements if item.tag in tags]

    def texts(self, *tags: str) -> list[str]:
        return [" ".join(item.text.split()) for item in self.of(*tags)]


def parsed(text: str) -> Parsed:
    made = Parsed()
    made.feed(text)
    made.close()
    assert not made.open
    return made


@cache
def made(name: str = "extern-2026-06") -> Result:
    problem = read(SAMPLES / name)
    return result(problem, read_roster(SAMPLES / f"{name}.hand-made.csv", problem))


def audiences(case: Result) -> Sequence[Audience]:
    busiest = max(case.report.plan.work_of, key=lambda name: len(case.report.plan.work_of[name]))
    party = case.problem.stakes[0].organisation
    return COORDINATOR, Audience.facilitator(busiest), Audience.party(party), PUBLIC


# --- what stands in it ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "nl"])
def test_rules_are_called_by_their_names_for_every_reader_of_a_roster_that_was_checked(language: str) -> None:
    """Of a roster that was not made, but checked, what each rule costs is told instead of what is proven."""
    report = check(made().problem, made().roster)
    costly = [rule for rule in report.rules.preferences if any(item.penalty for item in report.by_rule[rule.id])]
    assert costly
    for who in (COORDINATOR, PUBLIC):
        cells = parsed(page(report, language, who)).texts("th") + parsed(page(report, language, who)).texts("td")
        assert {rule_name(rule.id).say(language) for rule in costly} <= set(cells)
        assert not {rule.id for rule in ALL_RULES if "-" in rule.id} & set(cells)


def test_each_audience_has_the_parts_that_are_for_them() -> None:
    everybody, own, party, public = (parsed(page(made(), "nl", who)).texts("h2") for who in audiences(made()))
    assert everybody == [
        "Kalender",
        "Lege plaatsen",
        "Externen",
        "Neutraliteit",
        "Belasting en eerlijkheid",
        "Grootboek",
        "Hoe goed het is",
        "Wat de regels zeggen",
    ]
    assert own == ["Uw kalender", "Neutraliteit", "Uw belasting", "Hoe goed het is"]
    assert party == ["Kalender", "Neutraliteit", "Grootboek", "Hoe goed het is"]
    assert public == ["Hoe goed het is"]


def test_a_facilitator_has_their_own_meetings_and_load_and_nobody_elses() -> None:
    case = made()
    who = audiences(case)[1].id
    own = {row.meeting for row in case.roster.rows if row.facilitator == who}
    elements = parsed(page(case, "nl", Audience.facilitator(who)))
    held = [item for item in elements.of("li") if "td" in item.within]
    assert len(held) == len(own)
    names = {row.name for row in case.problem.facilitators}
    load = next(item for item in elements.of("section") if item.attributes["id"] == "load")
    assert {name for name in names if name in load.text} == {case.problem.facilitator(who).name}


def test_the_calendar_has_each_day_of_the_month_and_each_meeting_on_its_day() -> None:
    case = made()
    elements = parsed(page(case, "nl"))
    days = [item.attributes["datetime"] for item in elements.of("time")]
    assert days == [f"2026-06-{day:02}" for day in range(1, 31)]
    calendar = next(item for item in elements.of("table") if item.attributes.get("class") == "month")
    for meeting in case.problem.meetings:
        assert calendar.text.count(str(meeting.title)) >= 1
    empty = [row for row in case.roster.rows if row.facilitator is None]
    assert len(empty) == 1
    assert calendar.text.count("nog leeg: ") == 1


def test_weeks_without_anything_are_left_out_where_most_are_such() -> None:
    case = made("samenspel-2026-10")  # four months, and everybody has a few meetings in them
    who = audiences(case)[1].id
    weeks = {item.start.isocalendar()[:2] for item in case.report.plan.of_facilitator[who]}
    elements = parsed(page(case, "nl", Audience.facilitator(who)))
    rows = [item for item in elements.of("th") if item.attributes == {"scope": "row", "class": "week"}]
    assert 2 * len(weeks) < 18  # weeks of October to January
    assert len(rows) == len(weeks)


def test_a_day_with_much_says_how_much_and_the_list_what() -> None:
    meetings = [
        {"meeting": f"M{n}", "title": f"Title {n}", "start": "2026-04-02 10:00", "end": "2026-04-02 11:00"}
        for n in range(parts.CROWDED + 1)
    ]
    month = {"name": "April", "start": "2026-04-01", "end": "2026-04-30", "timezone": "Europe/Amsterdam"}
    stakes = [{"meeting": row["meeting"], "organisation": "O", "grade": "decider"} for row in meetings]
    owner = [{"organisation": "O", "name": "Owner"}]
    case = Problem(period=month, organisations=owner, facilitators=[], meetings=meetings, stakes=stakes)
    text = page(check(case, Roster.of(case, {})), "nl")
    calendar = next(item for item in parsed(text).of("table") if item.attributes.get("class") == "month")
    assert "7 bijeenkomsten" in calendar.text
    assert "7 plaatsen leeg" in calendar.text
    assert "Title 3" not in calendar.text
    assert "Title 3 (M3)" in text


def test_what_is_proven_is_told_of_a_result_and_not_of_a_check() -> None:
    case = made()
    assert "bewezen dat het niet beter kan" in page(case, "nl")
    checked = page(case.report, "nl")
    assert "bewezen dat het niet beter kan" not in checked
    assert "Hier is niets bewezen" in checked


def test_the_record_of_a_run_proves_its_own_roster_and_no_other() -> None:
    solved = solve(read(SAMPLES / "extern-2026-06"), time_limit=10, seed=1)
    record = RunRecord.of(solved)
    again = record.result(check(solved.problem, solved.roster))
    assert again is not None
    assert again.tiers == solved.tiers
    assert page(again, "nl") == page(solved, "nl")
    other = next(row for row in solved.roster.rows if row.facilitator)
    emptied = solved.roster.with_holder(other.meeting, other.seat, None)
    assert record.result(check(solved.problem, emptied)) is None


def test_empty_seats_say_what_would_fill_them_verified_only_where_that_was_searched() -> None:
    case, steps = made(), list[tuple[int, int]]()
    quick = page(case, "nl")
    assert "niet nagegaan" in quick
    assert "stuk voor stuk nagegaan" not in quick
    searched = page(case, "nl", time_limit=20, on_progress=lambda done, whole: steps.append((done, whole)))
    assert steps == [(1, 2), (2, 2)]  # one empty seat: why, and what would fill it
    assert "stuk voor stuk nagegaan" in searched
    assert "niet nagegaan" not in searched
    assert "In elk geldig rooster is ze leeg" in searched


def test_nobody_but_a_coordinator_is_searched_for() -> None:
    steps = list[object]()
    for audience in audiences(made())[1:]:
        page(made(), "nl", audience, time_limit=5, on_progress=lambda *step: steps.append(step))
    assert not steps


def test_what_changed_is_told_to_whom_it_is_about() -> None:
    case = made("samenspel-2026-10")
    row = next(row for row in case.roster.rows if row.facilitator)
    told = [
        {"meeting": item.meeting, "seat": item.seat, "facilitator": item.facilitator, "slot_start": item.start}
        for item in case.roster.rows
    ]
    same = result(case.problem.replace(published=told), case.roster)
    assert "Er is niets veranderd." in page(same, "nl")
    moved = result(same.problem, case.roster.with_holder(row.meeting, row.seat, None))
    other = next(item.facilitator for item in case.problem.facilitators if item.facilitator != row.facilitator)
    assert "gaat van plaats" in page(moved, "nl", Audience.facilitator(str(row.facilitator)))
    assert "gaat van plaats" not in page(moved, "nl", Audience.facilitator(other))
    assert "gaat van plaats" in page(moved, "nl")


def test_a_roster_without_empty_seats_says_so() -> None:
    problem = read(SAMPLES / "samenspel-2026-10")
    solved = solve(problem, time_limit=10, seed=1)
    assert solved.seats["filled"] == solved.seats["required"]
    assert "Alle verplichte plaatsen zijn bezet." in page(solved, "nl")


def test_nobody_is_no_reader() -> None:
    with pytest.raises(UnknownId):
        page(made(), "nl", Audience.facilitator("nobody"))
    with pytest.raises(ValueError, match="no language has the code"):
        page(made(), "xx")
    with pytest.raises(ValueError, match="time_limit"):
        page(made(), time_limit=-1)


# --- text is text --------------------------------------------------------------------------------------------


@cache
def hostile() -> Result:
    """Return a sample in which every name and title tries to be something else."""
    problem = made().problem

    def named(rows: Sequence[object], column: str) -> list[dict[str, object]]:
        return [
            row.model_dump() | {column: f"{HOSTILE[n % len(HOSTILE)]} {hashlib.sha256(bytes([n])).hexdigest()[:16]}"}  # type: ignore[attr-defined]
            for n, row in enumerate(rows)
        ]

    changed = problem.replace(
        facilitators=named(problem.facilitators, "name"),
        organisations=named(problem.organisations, "name"),
        meetings=named(problem.meetings, "title"),
        period=problem.period.model_dump() | {"name": "<script>"},
    )
    return result(changed, made().roster)


@pytest.mark.parametrize("place", range(4))
def test_whatever_people_wrote_is_text(place: int) -> None:
    text = page(hostile(), "nl", audiences(hostile())[place])
    elements = parsed(text)
    plain = parsed(page(made(), "nl", audiences(made())[place]))
    assert [item.tag for item in elements.elements] == [item.tag for item in plain.elements]
    for item, same in zip(elements.elements, plain.elements, strict=True):
        assert item.attributes.keys() <= same.attributes.keys() | {"class"}
        for name, value in item.attributes.items():  # none holds what people wrote; of a width, how long that is
            drawn = item.tag in ("rect", "path") or value == "short" or same.attributes.get(name) == "short"
            assert drawn or value == same.attributes[name]
    outside = re.sub(r"<(bdi|li|p|td|th|h1|h3|caption|title|summary)\b[^>]*>[^<]*", "", text)
    assert not re.search("[\u05d0-\u05ea]", outside)  # what runs from right to left does so in an element of its own


def test_the_hostile_names_are_all_there() -> None:
    text = parsed(page(hostile(), "nl")).of("main")[0].text
    assert all(sign in text for sign in HOSTILE)


def test_the_page_needs_nothing_from_elsewhere_and_forbids_it() -> None:
    for audience in audiences(made()):
        text = page(made(), "nl", audience)
        elements = parsed(text)
        assert not elements.of("script", "link", "img", "iframe", "object", "form", "input", "base")
        (style,) = elements.of("style")
        assert style.text == (files("poolmatch.report.page") / "templates" / "page.css").read_text("utf-8")
        assert not re.search(r"url\(|@import|https?:", text)
        (policy,) = (item for item in elements.of("meta") if item.attributes.get("http-equiv"))
        digest = base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
        assert policy.attributes["content"] == (
            f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        )
        ids = [item.attributes["id"] for item in elements.elements if "id" in item.attributes]
        assert len(ids) == len(set(ids))
        assert {item.attributes["href"] for item in elements.of("a")} <= {f"#{name}" for name in ids}


def test_headings_go_down_step_by_step_and_tables_say_what_they_are() -> None:
    for name in ("extern-2026-06", "westerkwartier-2026-03", "train-de-trainer-2026-09"):
        elements = parsed(page(made(name), "nl"))
        assert [item.attributes["lang"] for item in elements.of("html")] == ["nl"]
        levels = [int(item.tag[1]) for item in elements.of("h1", "h2", "h3", "h4")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        assert len(elements.of("table")) == len(elements.of("caption"))
        assert all(item.attributes.get("scope") in ("col", "row") for item in elements.of("th"))
        assert all(elements.texts("caption"))


# --- files ---------------------------------------------------------------------------------------------------


def test_a_page_is_written_whole_and_nothing_is_lost(tmp_path: Path) -> None:
    place = tmp_path / "report.html"
    check_page(place)
    write_page("one", place)
    write_page("one", place)
    with pytest.raises(WouldOverwrite):
        check_page(place)
    with pytest.raises(WouldOverwrite):
        write_page("two", place)
    assert place.read_text("utf-8") == "one"
    write_page("two", place, force=True)
    assert place.read_text("utf-8") == "two"
    assert (tmp_path / "report.html.bak").read_text("utf-8") == "one"


def test_without_its_package_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("poolmatch.tables.extras.find_spec", lambda _name: None)
    with pytest.raises(MissingExtra, match=r"poolmatch\[report\]"):
        page(made())


def test_the_wheel_has_the_templates() -> None:
    builder = WheelBuilder(str(SAMPLES.parents[1]))
    packed = {item.distribution_path for item in builder.recurse_included_files()}
    for name in ("page.html", "parts.html", "page.css"):
        assert f"poolmatch/report/page/templates/{name}" in packed


def test_a_page_is_the_same_whenever_it_is_made() -> None:
    assert page(made(), "en") == page(replace(made(), runtime=99.0), "en")
