"""Organisations and people that were probably entered twice: a warning with both ids, and never a name."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

import pytest
from benchmarks.cases import pools, programmes
from tests.builders import MARCH, Cells, facilitator, problem

from poolmatch import Problem
from poolmatch.domain.names import alike_names
from poolmatch.domain.organisations import Organisation
from poolmatch.errors import Issue

GEMEENTEN = Path(__file__).parent.parent / "data" / "gemeenten.csv"


def alike(case: Problem, table: str = "organisations") -> list[Issue]:
    return [issue for issue in case.warnings if (issue.table, issue.column) == (table, "name")]


def organisations(*names: str, links: Sequence[Cells] = ()) -> Problem:
    """Organisations O1, O2 … with these names."""
    rows = [{"organisation": f"O{n}", "name": name} for n, name in enumerate(names, 1)]
    return Problem(period=MARCH, organisations=rows, facilitators=[], meetings=[], stakes=[], links=links)


def people(*names: str) -> Problem:
    """Facilitators F1, F2 … with these names."""
    return problem(facilitators=[{**facilitator(f"F{n}"), "name": name} for n, name in enumerate(names, 1)])


@pytest.mark.parametrize(
    "name",
    [
        "Woonzorg Noord",
        "WOONZORG NOORD",
        "W\u00f3onzorg  Noord",
        "Woonzorg-Noord",
        "Woonzorg Noord.",
        "Stichting Woonzorg Noord",
        "Woonzorg Noord B.V.",
        "Woonzorg Noord BV",
        "Co\u00f6peratie Woonzorg Noord U.A.",
        "Woonzorg Noord N.V.",
        "Gemeente Woonzorg Noord",
        "De vereniging Woonzorg Noord",
        "Het Woonzorg Noord",
        "Noord, Woonzorg",
    ],
)
def test_one_name_but_for_its_form(name: str) -> None:
    (issue,) = alike(organisations("Woonzorg Noord", "Waterschap Hunze", name))
    assert (issue.rows, issue.severity) == ((1, 3), "warning")
    assert issue.reason == "is the same for O1 and O3"
    assert issue.remedy == ("if they are one organisation, add a link of kind same_as between them, or use one id")


@pytest.mark.parametrize(
    "name", ["Woonzorg Nord", "Woonzorrg Noord", "Woonzogr Noord", "Woonzorgnoord", "Woonzurg Noord"]
)
def test_nearly_one_name(name: str) -> None:
    (issue,) = alike(organisations(name, "Waterschap Hunze", "Stichting Woonzorg Noord"))
    assert (issue.rows, issue.reason) == ((1, 3), "is nearly the same for O1 and O3")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Woonzorg Noord", "Woonzorg Zuid"),
        ("School 1", "School 2"),
        ("Facilitator 01", "Facilitator 11"),
        ("Bergen (L)", "Bergen (NH)"),
        ("Basisschool De Linde", "Basisschool De Beuk"),
        ("Provincie Groningen", "Gemeente Groningen"),
        ("Gemeente Heusden", "Gemeente Leusden"),
        ("Stichting", "Vereniging"),
    ],
)
def test_two_names(one: str, other: str) -> None:
    assert alike(organisations(one, other)) == []


def test_no_name_is_told() -> None:
    for case in (organisations("Woonzorg Noord", "Woonzorg Nord", "Woonzorg Noord"), people("Anna Bos", "Anna Bos")):
        text = " ".join(f"{issue} {issue.value}" for issue in case.warnings)
        assert "oon" not in text.replace("person", "")
        assert "Anna" not in text


def test_all_ids_of_a_name_are_in_one_line() -> None:
    (issue,) = alike(organisations(*["Woonzorg Noord"] * 3))
    assert (issue.rows, issue.reason) == ((1, 2, 3), "is the same for O1, O2, O3")
    (issue,) = alike(organisations(*["Woonzorg Noord"] * 7))
    assert issue.reason == "is the same for O1, O2, O3, O4, O5 and 2 more"


def same(*pairs: tuple[str, str], kind: str = "same_as") -> list[dict[str, str]]:
    return [{"source": a, "target": b, "kind": kind} for a, b in pairs]


def test_organisations_that_are_known_to_be_one_are_not_told() -> None:
    names = ("Woonzorg Noord", "Woonzorg Noord", "Woonzorg Nord")
    assert alike(organisations(*names, links=same(("O1", "O2"), ("O3", "O2")))) == []
    assert alike(organisations(*names, "Hunze", links=same(("O1", "O4"), ("O4", "O2"), ("O2", "O3")))) == []
    assert len(alike(organisations(*names, links=same(("O1", "O2"), kind="controls")))) == 2
    (left,) = alike(organisations(*names, links=same(("O2", "O1"))))
    assert left.reason == "is nearly the same for O1 and O3"
    (left,) = alike(organisations(*names, links=same(("O1", "O3"))))
    assert left.reason == "is the same for O1 and O2"


def test_of_people_the_advice_is_one_id() -> None:
    case = people("Anna de Vries", "Bram Bos", "Vries, Anna de", "mw. \u00c1nna Vries", "Brram Bos")
    assert [(issue.rows, issue.reason, issue.remedy) for issue in alike(case, "facilitators")] == [
        ((1, 3, 4), "is the same for F1, F3, F4", "if they are one person, use one id"),
        ((2, 5), "is nearly the same for F2 and F5", "if they are one person, use one id"),
    ]


@pytest.mark.parametrize(
    ("one", "other"), [("A. de Vries", "B. de Vries"), ("Jan Bos", "Jan Vos"), ("Facilitator 1", "Facilitator 2")]
)
def test_two_people(one: str, other: str) -> None:
    assert alike(people(one, other), "facilitators") == []


def test_people_are_not_compared_with_organisations() -> None:
    case = problem(facilitators=[{**facilitator("F1"), "name": "Town"}])  # as the party is called
    assert case.warnings == problem().warnings


# --- no storm ----------------------------------------------------------------------------------------------


def test_the_municipalities_of_the_netherlands_are_all_different() -> None:
    with GEMEENTEN.open(encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    assert len(names) == 342
    assert alike(organisations(*names)) == []
    assert alike(organisations(*(f"Gemeente {name}" for name in names))) == []


@pytest.mark.parametrize("national", [False, True])
def test_made_up_pools_have_no_names_alike(national: bool) -> None:
    case = pools.pool(300, 200, 342, 1, national=national)
    assert [issue for issue in case.warnings if issue.column == "name"] == []
    assert [issue for issue in case.warnings if "close to another" in issue.reason] == []


def test_made_up_programmes_have_no_words_alike() -> None:
    assert [issue for issue in programmes.programme(30, 60, 12, 1).warnings if "close to" in issue.reason] == []


@pytest.mark.slow
def test_ten_times_as_many_organisations_take_about_ten_times_as_long() -> None:
    def seconds(number: int) -> float:
        rows = [
            (n, Organisation(organisation=f"O{n}", name=f"Stichting {a}{b}{c}{d} {e}school"))
            for n, (a, b, c, d, e) in enumerate(
                (x, y, z, w, v)
                for x in SYLLABLES
                for y in SYLLABLES
                for z in SYLLABLES
                for w in SYLLABLES
                for v in "abc"
            )
            if n % (30_000 // number) == 0
        ]
        start = perf_counter()
        list(alike_names({"organisations": rows, "facilitators": [], "links": []}))
        return perf_counter() - start

    few, many = seconds(1_000), seconds(10_000)
    assert many < 40 * few + 1  # if all were compared with all it would be a hundred times


SYLLABLES = ("boer", "dijk", "hof", "kamp", "land", "meer", "poel", "rijs", "veld", "zand")
