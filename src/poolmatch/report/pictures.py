"""Pictures: drawn with matplotlib (extra ``plot``), text never read as markup."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from poolmatch.errors import MissingExtra
from poolmatch.results import Axis, Frontier

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK, PROVEN = "#1f4e5f", "#2e7d32"


def plot_frontier(front: Frontier, to: Axes | str | Path | None = None) -> Axes:
    """Draw the points of a Pareto front: each step to the right costs the first objective and saves on the second.

    Parameters
    ----------
    front
        What ``frontier`` returned.
    to
        Axes to draw on, or the file to write (its ending says the format); None is new axes.

    Raises
    ------
    MissingExtra
        matplotlib is not installed.
    """
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtra("matplotlib", "plot") from error
    with rc_context({"text.parse_math": False}):
        own = to is None or isinstance(to, str | Path)
        axes = Figure(figsize=(6, 4), layout="constrained").add_subplot() if own else to
        first, second = [item.first for item in front.points], [item.second for item in front.points]
        axes.step(first, second, where="post", color=INK, linewidth=1)  # type: ignore[union-attr]
        for label, kept, face in (("proven", True, PROVEN), ("not proven", False, "white")):
            marks = [item for item in front.points if item.proven is kept]
            if marks:
                axes.scatter(  # type: ignore[union-attr]
                    [item.first for item in marks],
                    [item.second for item in marks],
                    zorder=3,
                    facecolor=face,
                    edgecolor=INK,
                    label=label,
                )
        # Axes that were given may have been made where text is read as markup.
        axes.set_xlabel(f"{_name(front.first)}, penalty points", parse_math=False)  # type: ignore[union-attr]
        axes.set_ylabel(f"{_name(front.second)}, penalty points", parse_math=False)  # type: ignore[union-attr]
        if front.points:
            axes.legend()  # type: ignore[union-attr]
        if isinstance(to, str | Path):
            axes.figure.savefig(to)  # type: ignore[union-attr]
    return axes  # type: ignore[return-value]


def _name(axis: Axis) -> str:
    return axis if isinstance(axis, str) else f"tier {axis:g}"
