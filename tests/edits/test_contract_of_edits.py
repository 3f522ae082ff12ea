"""The contract of an edit, held against every kind; and what catches one that breaks it."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import ClassVar

import pytest
from tests.edits.edited_world import EDITS, EVERY, world
from tests.rings import seeds

from poolmatch import EditRefused, ProblemError, UnknownId, Words
from poolmatch.domain.problem import Problem
from poolmatch.edits import ALL_EDITS, Consent, Edit, SkillRaised, edit_from_dict
from poolmatch.edits.edit import Changes
from poolmatch.testing import check_edit, random_problem


def test_every_kind_is_tried_and_kinds_are_told_apart() -> None:
    assert list(EDITS) == list(ALL_EDITS)
    assert len({kind.kind for kind in ALL_EDITS}) == len(ALL_EDITS)


@pytest.mark.parametrize("edit", EVERY, ids=lambda edit: edit.kind)
def test_every_edit_keeps_the_contract(edit: Edit) -> None:
    check_edit(edit, world())


@pytest.mark.parametrize("kind", ALL_EDITS, ids=lambda kind: kind.kind)
def test_every_kind_changes_something_once(kind: type[Edit]) -> None:
    case = world()
    edit = EDITS[kind][0]
    assert not edit.holds(case)
    assert edit.holds(edit.apply(case))


@pytest.mark.parametrize("edit", EVERY, ids=lambda edit: edit.kind)
def test_ids_that_are_not_there_are_refused(edit: Edit) -> None:
    data = edit.to_dict()
    for column in ("facilitator", "meeting"):
        if column in data and edit.kind != "external":
            with pytest.raises(UnknownId):
                edit_from_dict(data | {column: "nobody"}).apply(world())
    if "organisation" in data:
        with pytest.raises(ProblemError):
            edit_from_dict(data | {"organisation": "nowhere"}).apply(world())


@pytest.mark.parametrize("seed", seeds(30))
def test_every_kind_keeps_the_contract_on_random_problems(seed: int) -> None:
    rng = random.Random(seed)
    case = random_problem(rng, people=3, meetings=3, seats=2, teams=True, programme=seed % 2 > 0, past=seed % 3 > 1)
    for edit in on(case, rng):
        try:
            check_edit(edit, case)
        except (EditRefused, ProblemError):  # past, required, over, or out of the period
            assert edit.kind in ("slot", "moved", "given-up", "optional", "cancelled", "party", "consent", "out")


def on(case: Problem, rng: random.Random) -> Sequence[Edit]:
    """Return edits like those of the little world, about what a random problem has."""
    person, row = rng.choice(case.facilitators), rng.choice(case.meetings)
    seat = rng.choice(case.seats_of(row.meeting)).seat
    about = {
        "facilitator": person.facilitator,
        "meeting": row.meeting,
        "seat": seat,
        "organisation": "A",
        "series": row.series,
    }
    names = {"consent": {"parties": ["A", "B"], "consented_on": case.period.start}}
    changed = []
    for edit in EVERY:
        data = edit.to_dict()
        if edit.kind == "added":
            continue
        if edit.kind == "continuity" and row.series is None:
            continue
        data |= {name: value for name, value in about.items() if name in data and edit.kind != "external"}
        changed.append(edit_from_dict(data | names.get(edit.kind, {})))
    return changed


@dataclass(frozen=True)
class Broken(Edit):
    """An edit that can be made to break each part of the contract."""

    kind: ClassVar[str] = "broken"
    tables: ClassVar[tuple[str, ...]] = ("skills",)

    how: str

    @property
    def words(self) -> Words:
        return Words("It is broken.", "It is broken." if self.how == "words" else "Het is stuk.")

    @property
    def price(self) -> float:
        return -1.0 if self.how == "price" else 1.0

    def changes(self, problem: Problem) -> Changes:
        if self.how == "other tables":
            return {"waivers": [], "ties": ()}
        if self.how == "again":
            return {"skills": problem.skills[1:]}
        return {} if not problem.skills else {"skills": ()}


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ("", None),
        ("words", "says the same in two languages"),
        ("price", "has a price below 0"),
        ("other tables", "changes ties as well"),
        ("again", "does not hold once it has been made"),
    ],
)
def test_an_edit_of_ones_own_is_held_to_the_contract(how: str, message: str | None) -> None:
    if message is None:
        check_edit(Broken(how), world(), (*ALL_EDITS, Broken))
    else:
        with pytest.raises(AssertionError, match=message):
            check_edit(Broken(how), world(), (*ALL_EDITS, Broken))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"kind": "skil", "facilitator": "F1"}, 'no edit is of kind "skil"; did you mean skill?'),
        ({}, 'no edit is of kind ""; consent, '),
        ({"kind": "skill", "facilitator": "F1", "skill": "intake"}, "level"),
        ({"kind": "skill", "facilitator": "F1", "skill": "intake", "level": "high"}, "level"),
        ({"kind": "skill", "facilitator": "F1", "skill": "intake", "level": 3, "day": "2026"}, "skill has no day"),
    ],
)
def test_what_is_written_down_wrongly_is_refused(data: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        edit_from_dict(data)


def test_an_edit_is_written_down_with_its_kind_and_fields() -> None:
    edit = SkillRaised("F1", "intake", 3, 1)
    assert edit.to_dict() == {"kind": "skill", "facilitator": "F1", "skill": "intake", "level": 3, "before": 1}
    out = EDITS[ALL_EDITS[-5]][1].to_dict()
    assert out == {"kind": "out", "facilitator": "F2", "first": "2026-03-05", "last": "2026-03-05"}
    assert date.fromisoformat(out["first"])


def test_the_page_on_edits_tells_every_kind_with_its_price() -> None:
    text = (Path(__file__).parents[2] / "docs" / "edits.md").read_text("utf-8")
    rows = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("| `")]
    told = [(kind.strip(" `"), name.strip(" `"), float(price.split()[0])) for kind, name, _, price in rows]
    one_party = Consent("F1", "Town", "M1", ("Town",), date(2026, 3, 5))
    least: dict[type[Edit], Edit] = {Consent: one_party, SkillRaised: SkillRaised("F1", "intake", 1)}
    prices = [least.get(kind, EDITS[kind][0]).price for kind in ALL_EDITS]
    assert told == [(kind.kind, kind.__name__, price) for kind, price in zip(ALL_EDITS, prices, strict=True)]
    assert sorted(filter(None, prices)) == [price for price in prices if price]  # what can be asked for, in order
