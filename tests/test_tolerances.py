"""Tolerances: how they are written, and how many units they are."""

import re
from dataclasses import replace

import pytest
from tests.rule_sets import standing

from poolmatch import STANDARD_RULES
from poolmatch.tolerances import NONE, Tolerance


@pytest.mark.parametrize(
    ("written", "value", "scale", "units"),
    [
        (0, 10**9, 6000, 0),
        (2, 10**9, 60, 120),
        (0.1, 5, 30, 3),  # exactly a tenth, though no binary number is
        (0.1, 5, 29, 2),
        (10**6, 0, 1, 10**6),
        ("1 %", 199, 1, 1),
        ("1 %", 200, 1, 2),
        ("0.7%", 1000, 60, 7),
        ("33.3 %", -1000, 4, 333),  # as much above -1000 as above 1000
        ("100 %", 17, 1, 17),
        (" 100% ", -17, 1, 17),
        ("0 %", 17, 1, 0),
    ],
)
def test_points_are_rounded_down_to_units(written: float | str, value: int, scale: int, units: int) -> None:
    assert Tolerance.of(written).units(value, scale) == units
    assert Tolerance.of(Tolerance.of(written).written) == Tolerance.of(written)


@pytest.mark.parametrize(
    "written",
    [
        -1,
        -0.001,
        10**6 + 1,
        float("nan"),
        float("inf"),
        True,
        None,
        [1],
        "",
        "1",
        "%",
        "101 %",
        "1.2.3 %",
        "-1 %",
        "1 %%",
    ],
)
def test_what_is_no_tolerance(written: object) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(str(written))}$"):
        Tolerance.of(written)
    with pytest.raises(ValueError, match=r"^the tolerance of tier 5 is .*; write points from 0 on"):
        replace(STANDARD_RULES, keep=((5, written),))  # type: ignore[arg-type]


@pytest.mark.parametrize("share", ["1 %", "37.5 %", "99.9 %", "100 %"])
def test_a_lower_value_never_allows_more(share: str) -> None:
    tolerance = Tolerance.of(share)
    most = [value + tolerance.units(value, 1) for value in range(-500, 500)]
    assert most == sorted(most)


def test_tolerances_of_a_rule_set() -> None:
    rules = STANDARD_RULES.keeping({5: "1 %", 6: 3})
    assert rules.tolerance_of(5) == Tolerance.of("1 %")
    assert rules.tolerance_of(4) == NONE
    assert rules.tolerance_of(6) == NONE  # nothing is below it
    assert rules.weighted().tolerance_of(5) == NONE  # nothing is kept
    assert rules.keeping({4: 1}).tolerance_of(5) == NONE
    assert replace(standing(cost=7), keep=rules.keep).tolerance_of(6) == Tolerance.of(3)


@pytest.mark.parametrize(
    ("keep", "error"),
    [
        (((7, 1),), "tier 7 has a tolerance but no rule; tiers: 1, 2, 3, 4, 5, 6"),
        (((5.5, 1),), "tier 5.5 has a tolerance but no rule; tiers: 1, 2, 3, 4, 5, 6"),
        (((5, 1), (5, "1 %")), "a tier has two tolerances; keep one"),
    ],
)
def test_tolerances_that_do_not_go_together(keep: tuple[tuple[float, float | str], ...], error: str) -> None:
    with pytest.raises(ValueError, match=f"^{error}$"):
        replace(STANDARD_RULES, keep=keep)
