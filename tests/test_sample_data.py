"""The sample of the Westerkwartier is what its README says it is."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from poolmatch.domain.problem import Problem
from poolmatch.tables import read

SAMPLE = Path(__file__).parent.parent / "data" / "samples" / "westerkwartier-2026-03"


@pytest.fixture(scope="module")
def sample() -> Problem:
    return read(SAMPLE)


def test_it_reads_without_a_doubt(sample: Problem) -> None:
    assert sample.warnings == ()


def test_eleven_facilitators_without_names(sample: Problem) -> None:
    assert [person.facilitator for person in sample.facilitators] == [f"F{k:02d}" for k in range(1, 12)]
    assert all(re.fullmatch(r"Facilitator \d\d", person.name) for person in sample.facilitators)


def test_every_meeting_asks_for_one_lead(sample: Problem) -> None:
    assert 35 <= len(sample.meetings) <= 45
    for meeting in sample.meetings:
        assert [seat.role for seat in sample.seats_of(meeting.meeting)] == ["lead"]
        assert len(sample.stakes_of(meeting.meeting)) >= 2


def test_meetings_lie_in_the_westerkwartier_or_online(sample: Problem) -> None:
    for meeting in sample.meetings:
        if not meeting.online:
            assert meeting.lat is not None
            assert meeting.lon is not None
            assert 53.09 < meeting.lat < 53.37
            assert 6.16 < meeting.lon < 6.55


def test_the_night_of_the_clock_change_is_too_short_for_rest(sample: Problem) -> None:
    by_day = {sample.period.local_day(row.start): row for row in sample.meetings if row.start}
    before, after = by_day[date(2026, 3, 28)], by_day[date(2026, 3, 29)]
    assert before.end is not None
    assert after.start is not None
    ends = before.end + timedelta(minutes=before.wrapup_minutes)
    starts = after.start - timedelta(minutes=after.setup_minutes)
    assert starts - ends == timedelta(hours=10)
    by_the_clock = [moment.astimezone(sample.period.zone).replace(tzinfo=None) for moment in (ends, starts)]
    assert by_the_clock[1] - by_the_clock[0] == timedelta(hours=11)


def test_the_licence_of_the_points_is_named() -> None:
    line = "Contains data from GeoNames (geonames.org), licensed under CC BY 4.0; modified by poolmatch."
    assert line in (SAMPLE / "README.md").read_text(encoding="utf-8")
    assert line in (SAMPLE.parent.parent / "gemeenten.SOURCE.txt").read_text(encoding="utf-8")
