"""Rule `region`: out where the facilitator serves other regions only."""

from typing import Any

import pytest
from tests.builders import facilitator, meeting, out, problem

from poolmatch import Problem


def serving(*regions: str, who: str = "F1", **of_meeting: Any) -> Problem:
    return problem([meeting(**of_meeting)], serves=[{"facilitator": who, "region": region} for region in regions])


@pytest.mark.parametrize(
    ("served", "region", "expected"),
    [
        (["north"], "north", set()),
        (["north"], "south", {"region"}),
        (["north", "south"], "south", set()),
        (["north", "south"], "east", {"region"}),
        (["nowhere"], "north", {"region"}),
        ([], "north", set()),  # no rows: every region
        (["north"], None, set()),  # a meeting without a region binds no one
        ([], None, set()),
    ],
)
def test_served_regions(served: list[str], region: str | None, expected: set[str]) -> None:
    assert out(serving(*served, region=region)) == expected


def test_an_online_meeting_with_a_region_binds_and_without_does_not() -> None:
    assert out(serving("north", region="south", online=True)) == {"region"}
    assert out(serving("north", region="north", online=True)) == set()
    assert out(serving("north", online=True)) == set()


def test_the_region_of_the_home_does_not_count() -> None:
    people = [facilitator("F1", region="north"), facilitator("F2", region="south")]
    case = problem([meeting(region="north")], people, serves=[{"facilitator": "F1", "region": "south"}])
    assert out(case, "F1") == {"region"}  # lives there, serves elsewhere
    assert out(case, "F2") == set()  # lives elsewhere, serves everywhere


def test_regions_are_compared_without_their_case() -> None:
    assert out(serving("North", region="north")) == set()
    assert out(serving("Norths", region="north")) == {"region"}
