"""Small things that evidence, errors and dates must get right; each once let a deliberate fault pass."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from poolmatch import Audience, Problem, ProblemError, Roster, assess, certificate, disclosures
from poolmatch.arrays import Arrays
from poolmatch.domain.degree import Degree
from poolmatch.domain.roster import RosterRow
from poolmatch.neutrality import INTERNAL, STRICT, Policy
from poolmatch.neutrality.policy import as_policy
from poolmatch.neutrality.table import degrees
from poolmatch.neutrality.words import named

NAMES = {"N": "Neutraal", "P": "Pekela", "Q": "Kwartiér"}


def case(**tables: Any) -> Problem:
    """Return one person with a tie or two, and one meeting that the organisation P decides."""
    return Problem(
        **{
            "period": {"name": "p", "start": "2026-03-01", "end": "2026-03-31", "timezone": "Europe/Amsterdam"},
            "organisations": [{"organisation": key, "name": name} for key, name in NAMES.items()],
            "facilitators": [{"facilitator": "F", "name": "Facilitator 01", "organisation": "N"}],
            "meetings": [{"meeting": "M", "start": "2026-03-05 23:30", "end": "2026-03-06 01:00"}],
            "stakes": [{"meeting": "M", "organisation": "P", "grade": "decider"}],
            "seats": [{"meeting": "M", "seat": "s", "role": "lead"}],
        }
        | tables
    )


def roster(start: Any = None) -> Roster:
    return Roster(rows=(RosterRow(meeting="M", seat="s", facilitator="F", start=start),))


FAMILY = {"facilitator": "F", "kind": "family", "organisation": "P"}
CONSENT = {"facilitator": "F", "organisation": "P", "meeting": "M", "party": "P", "consented_on": date(2026, 3, 1)}


def test_the_certificate_as_json_holds_dates_as_text_and_leaves_blanks_out() -> None:
    problem = case(ties=[FAMILY | {"start": date(2020, 1, 1)}], waivers=[CONSENT])
    document = certificate(problem, roster()).to_json()
    assert document.startswith('{\n  "problem"')
    (entry,) = json.loads(document)["assignments"]
    assert entry["ties"][1] == {"facilitator": "F", "kind": "family", "organisation": "P", "start": "2020-01-01"}
    assert entry["waivers"] == [
        {"facilitator": "F", "organisation": "P", "meeting": "M", "party": "P", "consented_on": "2026-03-01"}
    ]


def test_the_certificate_as_json_is_bilingual_and_keeps_accents() -> None:
    problem = case(
        ties=[FAMILY | {"organisation": "Q"}], stakes=[{"meeting": "M", "organisation": "Q", "grade": "decider"}]
    )
    document = certificate(problem, roster()).to_json()
    assert "Kwartiér" in document
    (path,) = json.loads(document)["assignments"][0]["paths"]
    assert path["en"].startswith("has family at Kwartiér (decider)")
    assert path["nl"].startswith("heeft familie bij Kwartiér (beslisser)")


def test_the_certificate_judges_by_the_policy_it_cites() -> None:
    problem = case(ties=[{"facilitator": "F", "kind": "director", "organisation": "P"}])
    found = [certificate(problem, roster(), policy).entries[0].degree for policy in (STRICT, INTERNAL)]
    assert found == [Degree.BLOCKED, Degree.WAIVABLE]


def test_disclosures_are_those_of_the_slot_that_was_chosen() -> None:
    slots = [{"meeting": "M", "start": f"2026-03-{day} 10:00", "end": f"2026-03-{day} 12:00"} for day in ("05", "19")]
    problem = case(
        meetings=[{"meeting": "M"}],
        slots=slots,
        ties=[{"facilitator": "F", "kind": "resident", "organisation": "P", "start": date(2026, 3, 10)}],
    )
    early, late = (slot.start for slot in problem.slots)
    assert disclosures(problem, roster(early)) == ()
    assert len(disclosures(problem, roster(late))) == 1


def test_a_meeting_belongs_to_the_day_it_starts() -> None:
    """It runs from 5 March 23:30 past midnight; a tie that begins on the 6th has not begun."""
    assert assess(case(ties=[FAMILY | {"start": date(2026, 3, 6)}]), "F", "M").degree == Degree.NEUTRAL
    assert assess(case(ties=[FAMILY | {"start": date(2026, 3, 5)}]), "F", "M").degree == Degree.WAIVABLE


def test_an_assessment_says_whose_it_is() -> None:
    found = assess(case(), "F", "M")
    assert (found.facilitator, found.meeting) == ("F", "M")


def test_a_dossier_without_parties_names_none() -> None:
    problem = case(stakes=[], ties=[{"facilitator": "F", "kind": "dossier", "meeting": "M"}])
    (path,) = assess(problem, "F", "M").paths
    assert (path.party, path.grade, path.degree) == ("", "", Degree.BLOCKED)


def test_a_matter_without_parties_is_graded_as_by_its_decider() -> None:
    policy = STRICT.model_copy(
        update={"rows": tuple(row.model_copy(update={"commissioner": Degree.AVOID}) for row in STRICT.rows)}
    )
    problem = case(stakes=[], ties=[{"facilitator": "F", "kind": "dossier", "meeting": "M"}])
    world = Arrays(problem)
    assert degrees(world.person(0), world.occasions, policy).degree.tolist() == [Degree.BLOCKED]
    assert assess(problem, "F", "M", policy=policy).degree == Degree.BLOCKED


def test_a_position_that_ended_counts_for_what_the_policy_says() -> None:
    rows = tuple(
        row.model_copy(update={"once_ended": Degree.AVOID}) if row.rule == "public-position" else row
        for row in STRICT.rows
    )
    policy = STRICT.model_copy(update={"rows": rows})
    problem = case(
        meetings=[{"meeting": "M", "start": "2026-03-05 19:00", "end": "2026-03-05 21:00", "theme": "wonen"}],
        ties=[{"facilitator": "F", "kind": "position", "theme": "wonen", "end": date(2026, 1, 1)}],
    )
    world = Arrays(problem)
    assert degrees(world.person(0), world.occasions, policy).degree.tolist() == [Degree.AVOID]
    assert assess(problem, "F", "M", policy=policy).degree == Degree.AVOID


def test_a_tie_that_begins_on_the_day_is_not_told_as_one_to_come() -> None:
    texts = [
        certificate(case(ties=[FAMILY | {"organisation": "Q", "start": date(2026, 3, day)}]), roster()).to_text()
        for day in (5, 6)
    ]
    assert texts[0].count("2026-03-05") == 1  # the day of the meeting
    assert texts[1].count("2026-03-06") == 1  # the day on which the tie will begin


def test_a_wrong_row_is_called_by_its_whole_name() -> None:
    with pytest.raises(ProblemError) as error:
        Policy.from_data({"name": "own", "base": "strict", "rows": [{"rule": "X.rule.X", "ties": ["family"]}]})
    assert {issue.column.rsplit(".", 1)[0] for issue in error.value.issues} == {"X.rule.X"}


def test_who_is_not_in_the_table_is_called_by_their_id() -> None:
    assert [named(case())(name) for name in ("P", "gone")] == ["Pekela", "gone"]


def test_the_audience_of_a_facilitator() -> None:
    assert Audience.facilitator("F") == Audience("facilitator", "F")


def test_a_policy_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as error:
        Policy.from_file(tmp_path / "gone.toml")
    (issue,) = error.value.issues
    assert (issue.table, issue.rows, issue.column) == ("gone.toml", (), "")
    assert issue.remedy == "give the path of a TOML file"


def test_what_is_no_policy() -> None:
    with pytest.raises(ProblemError) as error:
        as_policy("strickt")
    assert str(error.value.issues[0]) == (
        "policy, column policy: is not a policy that comes with poolmatch; "
        'did you mean "strict"? write one of: strict, internal'
    )
    with pytest.raises(ProblemError) as error:
        as_policy(3)
    assert str(error.value.issues[0]) == (
        "policy, column policy: is neither a name nor a policy; give a name, a policy or its data"
    )


def test_rows_after_one_that_is_dropped_are_kept() -> None:
    policy = Policy.from_data({"name": "own", "base": "strict", "drop": ["family-at-party"]})
    assert [row.rule for row in policy.rows] == [row.rule for row in STRICT.rows if row.rule != "family-at-party"]


def test_every_wrong_regrade_is_told() -> None:
    data = {"name": "own", "base": "strict", "regrade": {"family-at-party": 1, "resident": 2}}
    with pytest.raises(ProblemError) as error:
        Policy.from_data(data)
    assert {issue.column for issue in error.value.issues} == {"regrade.family-at-party", "regrade.resident"}
