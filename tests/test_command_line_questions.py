"""Questions about a roster on the command line: what differs, why, who can step in, and what to do now."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from tests.builders import facilitator, meeting, problem

from poolmatch import Roster, check, compare, read, read_roster, substitutes, write, write_roster
from poolmatch.cli import main

SAMPLE = Path(__file__).parents[1] / "data" / "samples" / "westerkwartier-2026-03"


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    assert main(["solve", str(SAMPLE), "--out", str(folder), "--seed", "1"]) == 0
    return folder


def by_id(told: str) -> str:
    """Return what was told with an id for each name with its id, as "F04" for "Facilitator 04 (F04)"."""
    problem = read(SAMPLE)
    called = [(row.name, row.facilitator) for row in problem.facilitators]
    for name, known in (*called, *((row.title, row.meeting) for row in problem.meetings)):
        assert name is not None
        told = told.replace(f"{name} ({known})", known)
    return told


@pytest.mark.parametrize(
    ("reader", "seen"), [("coordinator", ["M1", "M2"]), ("party:Town", ["M1"]), ("party:Elsewhere", []), ("public", [])]
)
def test_who_may_not_know_of_a_meeting_is_not_told_that_a_seat_of_it_is_empty(
    reader: str, seen: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    days = [meeting("M1"), meeting("M2", "2026-03-12 19:30", "2026-03-12 21:30")]
    stakes = {"M1": {"Town": "decider"}, "M2": {"School": "decider"}}
    case = problem(days, [facilitator("F1", roles="co")], stakes)
    write(case, tmp_path / "pool.json")
    write_roster(Roster.of(case, {}), tmp_path / "roster.csv", case)
    files = [str(tmp_path / name) for name in ("pool.json", "roster.csv", "answer.json")]
    assert main(["explain", *files[:2], "--audience", reader, "--out", files[2], "--time-limit", "1"]) == 0
    shown = capsys.readouterr().out
    assert [name for name in ("M1", "M2") if name in shown] == seen
    assert [name for name in ("M1", "M2") if name in Path(files[2]).read_text("utf-8")] == seen
    assert ("Only the coordinator may see this" in shown) == (reader != "coordinator")
    # Whoever names a seat is answered about it.
    assert main(["explain", *files[:2], "--seat", "M2/lead", "--audience", reader, "--time-limit", "1"]) == 0
    assert capsys.readouterr().out.startswith("M2, lead\n")


@pytest.mark.slow
def test_two_rosters_are_compared(solved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problem = read(SAMPLE)
    roster = read_roster(solved / "roster.csv", problem)
    who = roster.holder("M14", "lead")
    write_roster(roster.with_holder("M14", "lead", None), tmp_path / "other.csv", problem)
    files = [str(SAMPLE), str(solved / "roster.csv"), str(tmp_path / "other.csv")]
    assert main(["compare", *files, "--language", "nl"]) == 0
    told = capsys.readouterr().out
    assert "Plein: ruimte voor de houtsingel (M14)" in told
    told = by_id(told)
    assert told.startswith(
        f"Er verandert 1 plaats of bijeenkomst, voor 1 persoon.\n  Plaats leider van M14 is leeg; {who} zat er.\n"
    )
    assert f"  {who} gaat van plaats leider van M14 af." in told
    assert re.search(r"^  1 bezetting +52 +\d+$", told, re.MULTILINE)
    assert main(["compare", *files[:2], files[1]]) == 0
    assert capsys.readouterr().out.startswith("The rosters are the same.\n")


@pytest.mark.slow
def test_empty_seats_are_explained_with_what_would_help(solved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(SAMPLE), str(solved / "roster.csv")]
    assert main(["explain", *files, "--language", "nl", "--time-limit", "4"]) == 0
    told = by_id(capsys.readouterr().out)
    assert re.findall(r"^(M\d+), leider$", told, re.MULTILINE) == ["M12", "M18", "M22", "M25", "M30"]
    assert "In elk geldig rooster is ze leeg" in told
    assert main(["explain", *files, "--seat", "M30/lead", "--facilitator", "F02"]) == 0
    told = by_id(capsys.readouterr().out)
    assert told.startswith("F02 in seat lead of M30\n")
    assert "F02 is not neutral" in told
    assert main(["explain", *files, "--facilitator", "F04"]) == 0
    assert by_id(capsys.readouterr().out).startswith("What F04 has to do\n  F04 works ")


@pytest.mark.slow
def test_who_can_step_in_is_told_for_a_seat_and_for_a_day(solved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problem = read(SAMPLE)
    row = next(row for row in read_roster(solved / "roster.csv", problem).rows if row.facilitator == "F04")
    files = [str(SAMPLE), str(solved / "roster.csv")]
    assert main(["substitute", *files, "--seat", f"{row.meeting}/{row.seat}"]) == 0
    one = capsys.readouterr().out
    assert one.strip()
    assert main(["substitute", *files, "--facilitator", "F04", "--day", f"{row.start:%Y-%m-%d}"]) == 0
    assert capsys.readouterr().out.strip()
    for wrong in ([], ["--seat", "M14"], ["--facilitator", "F04"], ["--facilitator", "F04", "--day", "5 maart"]):
        assert main(["substitute", *files, *wrong]) == 2
    assert "is no day; write it as 2026-03-05" in capsys.readouterr().err


@pytest.mark.slow
def test_an_illness_is_replanned_and_each_person_told(
    solved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = read(SAMPLE)
    files = [str(SAMPLE), str(solved / "roster.csv"), "--out", str(tmp_path / "new.csv")]
    assert main(["replan", *files, "--ill", "F04"]) == 0
    told = by_id(capsys.readouterr().out)
    assert "F04 cannot keep seat lead of M14: F04 is not available throughout." in told
    assert re.search(r"^F04\n(  F04 .*\n)+", told, re.MULTILINE)
    assert told.endswith(
        f"\nWrite it down in {SAMPLE} too, or a later roster does not know of it:\n"
        "  availability, a row more: F04, 2026-03-01, 2026-03-31, unavailable\n"
        "  pins, take away the row of seat lead of M14\n"
    )
    before, after = (read_roster(path, problem) for path in (solved / "roster.csv", tmp_path / "new.csv"))
    assert "F04" not in {row.facilitator for row in after.rows}
    kept = [row for row in before.rows if row.facilitator not in ("F04", None)]
    assert all(after.holder(row.meeting, row.seat) == row.facilitator for row in kept)
    assert main(["replan", *files[:2], "--ill", "F99"]) == 2


@pytest.mark.slow
def test_somebody_is_ill_on_some_days_alone(solved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problem = read(SAMPLE)
    before = read_roster(solved / "roster.csv", problem)
    held = sorted(row.start.date().isoformat() for row in before.rows if row.facilitator == "F04" and row.start)
    files = [str(SAMPLE), str(solved / "roster.csv"), "--out", str(tmp_path / "new.csv")]
    assert main(["replan", *files, "--ill", "F04", "--from", held[0], "--until", held[0]]) == 0
    after = read_roster(tmp_path / "new.csv", problem)
    kept = sorted(row.start.date().isoformat() for row in after.rows if row.facilitator == "F04" and row.start)
    assert held[0] not in kept
    assert set(held[1:]) - {held[0]} <= set(kept)
    assert main(["replan", *files[:2], "--from", held[0]]) == 2
    assert "give --ill ID as well" in capsys.readouterr().err


@pytest.mark.slow
def test_a_changed_problem_is_replanned(solved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A late tie, and a meeting that is moved, added or cancelled come from the problem as it is now."""
    problem = read(SAMPLE)
    roster = read_roster(solved / "roster.csv", problem)
    kept = [row for row in problem.meetings if row.meeting != "M14"]
    moved = next(row for row in kept if row.meeting == "M01")
    later = {name: getattr(moved, name) + timedelta(hours=1) for name in ("start", "end")}
    meetings = [row.model_copy(update=later) if row.meeting == "M01" else row for row in kept]
    without = {
        name: [row for row in getattr(problem, name) if getattr(row, "meeting", None) != "M14"]
        for name in ("stakes", "seats", "requirements", "pins", "slots", "waivers", "strikes", "preferences", "ties")
    }
    deciders = {row.meeting: row.organisation for row in problem.stakes if row.grade == "decider"}
    held = (row for row in roster.rows if row.facilitator and row.meeting not in ("M01", "M14"))
    where, who, party = next(
        (row.meeting, row.facilitator, deciders[row.meeting]) for row in held if row.meeting in deciders
    )
    without["ties"] = [*without["ties"], {"facilitator": who, "kind": "director", "organisation": party}]
    now = problem.replace(meetings=meetings, **without)
    write(now, tmp_path / "now")
    new = tmp_path / "new.csv"
    assert main(["replan", str(tmp_path / "now"), str(solved / "roster.csv"), "--out", str(new)]) == 0
    told = by_id(capsys.readouterr().out)
    after = read_roster(new, now)
    assert "M14" not in {row.meeting for row in after.rows}
    assert after.holder(where, "lead") != who
    assert f"{who} cannot keep seat lead of {where}" in told
    assert check(now, after).legal


@pytest.mark.slow
def test_a_substitute_is_taken(solved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problem = read(SAMPLE)
    files = [str(SAMPLE), str(solved / "roster.csv")]
    report = check(problem, read_roster(solved / "roster.csv", problem))
    taken = 0
    for row in report.roster.rows[:12]:
        found = substitutes(report, row.meeting, row.seat, time_limit=5)
        for item in found.ranked[:2]:
            after = check(problem, item.stepped_in(report.roster))
            assert after.legal
            assert after.roster.holder(row.meeting, row.seat) == item.facilitator
            changed = compare(report, after)
            assert (changed.seats, changed.times) == (item.changes.seats, item.changes.times)
            assert [tier.after for tier in changed.tiers] == pytest.approx([tier.after for tier in item.changes.tiers])
            taken += 1
            if taken == 1:
                new = tmp_path / "new.csv"
                words = ["--seat", f"{row.meeting}/{row.seat}", "--take", item.facilitator, "--out", str(new)]
                assert main(["substitute", *files, *words, "--language", "nl"]) == 0
                told = by_id(capsys.readouterr().out)
                assert f"{item.facilitator} komt op plaats leider van {row.meeting}." in told
                assert read_roster(new, problem).fingerprint == after.roster.fingerprint
    assert taken >= 5
    seat = ["--seat", "M12/lead", "--take", "F02"]
    assert main(["substitute", *files, *seat, "--out", str(tmp_path / "no.csv")]) == 2
    assert "F02 cannot take seat lead of M12" in capsys.readouterr().err
    assert main(["substitute", *files, *seat]) == 2
    assert "--out FILE for the new roster" in capsys.readouterr().err
    assert main(["substitute", *files, *seat, "--out", str(tmp_path / "no.txt")]) == 2
    assert "does not end in .csv, .xlsx or .parquet" in capsys.readouterr().err
    public = ["--audience", "public", "--out", str(tmp_path / "no.csv")]
    assert main(["substitute", *files, *seat, *public]) == 2
    assert "a whole roster is the coordinator's" in capsys.readouterr().err
    assert not (tmp_path / "no.csv").exists()
