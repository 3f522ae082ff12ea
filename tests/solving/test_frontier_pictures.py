"""Pictures of a front: to a file, on axes, without points, and with names that look like formulas."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from tests.builders import problem

from poolmatch import STANDARD_RULES, frontier
from poolmatch.arrays import Candidates
from poolmatch.domain.plan import Plan
from poolmatch.domain.roster import Roster
from poolmatch.errors import MissingExtra
from poolmatch.report.pictures import plot_frontier
from poolmatch.results import Frontier, Point
from poolmatch.rule import Finding, Model, PreferenceRule, Words

NOBODY = Roster()
DRAWN = Frontier(
    5, "wishes", (Point(0, -10, True, NOBODY), Point(2.6, -15, False, NOBODY), Point(10.6, -20, True, NOBODY)), False
)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "begins"), [("front.png", b"\x89PNG\r\n"), ("front.svg", b"<?xml"), ("front.pdf", b"%PDF")]
)
def test_a_picture_is_written_to_a_file(tmp_path: Path, name: str, begins: bytes) -> None:
    plot_frontier(DRAWN, tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(begins)
    plot_frontier(DRAWN, str(tmp_path / f"again-{name}"))
    assert (tmp_path / f"again-{name}").stat().st_size > 1000


def test_a_picture_is_drawn_on_given_axes() -> None:
    from matplotlib.figure import Figure

    given = Figure().add_subplot()
    axes = plot_frontier(DRAWN, given)
    assert axes is given
    assert axes.get_xlabel() == "tier 5, penalty points"
    assert axes.get_ylabel() == "wishes, penalty points"
    (line,) = axes.get_lines()
    assert list(zip(line.get_xdata(), line.get_ydata(), strict=True)) == [(0, -10), (2.6, -15), (10.6, -20)]  # type: ignore[arg-type]
    marks = {str(item.get_label()): item.get_offsets().tolist() for item in axes.collections}  # type: ignore[union-attr]
    assert marks == {"proven": [[0, -10], [10.6, -20]], "not proven": [[2.6, -15]]}


def test_axes_of_its_own_are_returned() -> None:
    assert plot_frontier(DRAWN).get_figure() is not None


def test_a_front_without_points_is_drawn_too(tmp_path: Path) -> None:
    plot_frontier(Frontier(5, 6, (), False), tmp_path / "empty.svg")  # a warning would be an error here
    assert (tmp_path / "empty.svg").exists()


class Priced(PreferenceRule):
    """A rule whose id looks like a formula, and like markup."""

    id: ClassVar[str] = "$\\frac{<b>$"
    sentence: ClassVar[Words] = Words("Nothing.", "Niets.")
    tier: ClassVar[float] = 6

    def penalty(self, candidates: Candidates, model: Model) -> None: ...

    def judge(self, plan: Plan) -> Iterator[Finding]:  # noqa: ARG002
        return iter(())


@pytest.mark.parametrize("given", [False, True])
def test_names_are_never_read_as_formulas(tmp_path: Path, given: bool) -> None:
    from matplotlib.figure import Figure

    front = frontier(problem(), STANDARD_RULES.plus(Priced()), 5, Priced.id, workers=1)
    axes = plot_frontier(front, Figure().add_subplot() if given else None)
    axes.get_figure().savefig(tmp_path / "front.svg")  # type: ignore[union-attr]
    assert axes.get_ylabel() == "$\\frac{<b>$, penalty points"


def test_without_matplotlib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("matplotlib", "matplotlib.figure"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(MissingExtra, match=r"matplotlib: pip install 'poolmatch\[plot\]'"):
        plot_frontier(DRAWN)
