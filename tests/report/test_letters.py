"""What is written to each person when a roster is told: their own work and what changes of it, and nobody else's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from tests.builders import Cells, facilitator, meeting, problem, roster

from poolmatch import Problem, check, read, write
from poolmatch.report import publish
from poolmatch.report.sections.letters import gone, letters

DAYS = {"M1": "2026-03-05", "M2": "2026-03-10", "M3": "2026-03-12", "M4": "2026-03-16"}


def case(*without: str, published: Sequence[Cells] = ()) -> Problem:
    """Four meetings, each with a lead and an assistant, and four people."""
    names = [name for name in DAYS if name not in without]
    people = [
        {**facilitator(f"F{number}"), "name": name} for number, name in enumerate(("Anna", "Bram", "Carla", "Dirk"), 1)
    ]
    seats = [{"meeting": name, "seat": seat, "role": seat} for name in names for seat in ("lead", "co")]
    return problem(
        [
            meeting(name, f"{DAYS[name]} 19:30", f"{DAYS[name]} 21:30", title=f"Plein {name[1]}", region="north")
            for name in names
        ],
        people,
        seats=seats,
        published=published,
    )


def told(case: Problem, held: Mapping[tuple[str, str], str]) -> Mapping[str, str]:
    """Return what is written, in Dutch, by person."""
    return {item.facilitator: item.text("nl") for item in letters(check(case, roster(dict(held))))}


BEFORE = {
    ("M1", "lead"): "F1",
    ("M1", "co"): "F2",
    ("M2", "lead"): "F3",
    ("M3", "lead"): "F1",
    ("M4", "lead"): "F4",
}


def published(*more: Cells) -> list[Cells]:
    rows: list[Cells] = [
        {"meeting": name, "seat": seat, "facilitator": who, "slot_start": f"{DAYS[name]} 19:30"}
        for (name, seat), who in BEFORE.items()
    ]
    return [*rows, *more]


def test_a_first_letter_has_everything_of_ones_own_and_who_sits_beside() -> None:
    found = told(case(), BEFORE)
    assert set(found) == {"F1", "F2", "F3", "F4"}
    assert found["F1"] == (
        "Beste Anna,\n"
        "\n"
        "Dit is uw rooster voor March 2026.\n"
        "\n"
        "Uw bijeenkomsten\n"
        "- do 5-3-2026 19:30–21:30: Plein 1 (M1)\n"
        "  north, als leider, samen met Bram (medebegeleider)\n"
        "- do 12-3-2026 19:30–21:30: Plein 3 (M3)\n"
        "  north, als leider\n"
        "\n"
        "Samen 2 bijeenkomsten, 4,0 uur met voorbereiding.\n"
    )
    assert "Carla" not in found["F1"] + found["F2"] + found["F4"]


def test_each_kind_of_change_is_told_to_whom_it_concerns() -> None:
    # M1: Bram leaves and Dirk comes beside Anna. M2: Carla assists where she led. M3: Anna as before.
    # M4 is cancelled: Dirk. Nothing of it is Carla's but her role.
    after = {("M1", "lead"): "F1", ("M1", "co"): "F4", ("M2", "lead"): "F2", ("M2", "co"): "F3", ("M3", "lead"): "F1"}
    now = case("M4", published=published())
    found = {who: text.split("\n\n")[2].split("\n")[1:] for who, text in told(now, after).items()}
    assert found == {
        "F1": ["- Andere mensen naast u: do 5-3-2026 19:30–21:30: Plein 1 (M1)"],
        "F2": [
            "- Niet meer voor u: do 5-3-2026 19:30: Plein 1 (M1)",
            "- Nieuw voor u: di 10-3-2026 19:30–21:30: Plein 2 (M2), als leider",
        ],
        "F3": ["- Een andere rol: di 10-3-2026 19:30–21:30: Plein 2 (M2), als medebegeleider"],
        "F4": [
            "- Gaat niet door: ma 16-3-2026 19:30: M4",
            "- Nieuw voor u: do 5-3-2026 19:30–21:30: Plein 1 (M1), als medebegeleider",
        ],
    }


def test_another_time_is_told_with_the_one_before_and_who_keeps_all_reads_that_nothing_changes() -> None:
    rows = [{**row, **({"slot_start": "2026-03-11 14:00"} if row["meeting"] == "M2" else {})} for row in published()]
    found = told(case(published=rows), BEFORE)
    moved = "- Een andere tijd: di 10-3-2026 19:30–21:30: Plein 2 (M2) (was wo 11-3-2026 14:00)"
    assert moved in found["F3"]
    assert "is veranderd" in found["F3"]
    for who in ("F1", "F2", "F4"):
        assert "voor u niets veranderd" in found[who]
        assert "Wat er anders is" not in found[who]


def test_who_has_left_the_pool_is_named_apart() -> None:
    now = case(published=published({"meeting": "M2", "seat": "co", "facilitator": "F9"}))
    report = check(now, roster(dict(BEFORE)))
    assert gone(report) == ("F9",)
    assert "F9" not in {item.facilitator for item in letters(report)}


@pytest.mark.parametrize("name", ["pool.xlsx", "pool.json", "pool"])
def test_what_is_published_is_kept_to_in_whatever_form_the_problem_has(name: str, tmp_path: Path) -> None:
    write(case(), tmp_path / name)
    report = check(read(tmp_path / name), roster(dict(BEFORE)))
    messages, calendars, problem = publish(report, tmp_path / "told", tmp_path / name, "en")
    assert (messages.name, calendars.name, problem.name) == ("messages 1", "calendars", name)
    back = read(problem)
    assert {(row.meeting, row.seat): row.facilitator for row in back.published if row.facilitator} == BEFORE
    assert all(row.slot_start for row in back.published if row.facilitator)
    # once more, from what was told: the next number, and nobody is to be written
    again, _, problem = publish(check(back, roster(dict(BEFORE))), tmp_path / "told", problem, "en")
    assert again.name == "messages 2"
    assert "0 to be sent a message, 4 for whom nothing changes" in (again / "overview.txt").read_text("utf-8")
    assert read(problem).published == back.published
