"""Reviewers for papers, from a matrix of scores: ``python -m benchmarks.cases.reviewers MATRIX --load 6 --coverage 3``.

The matrix has a row per paper and a column per reviewer, separated by commas or white space. A score says how well
they fit, 0 to 10 (similarities lie from 0 to 1); −1 is a conflict of interest. Each paper wants ``coverage``
reviewers, each reviewer takes ``load`` papers at most. What is best: the largest sum of scores, or the largest sum of
the paper that is served worst (Stelmakh, Shah and Singh, "PeerReview4All: Fair and Accurate Reviewer Assignment in Peer
Review", ALT 2019).

Here a paper is a meeting with ``coverage`` seats and a reviewer is a facilitator with ``max_meetings``. A score is a
preference for that one meeting, and a conflict is a strike: the committee, a party of all papers, objects to that one
pair. Papers are meetings and not duties because a facilitator has one duty of a kind at most, and because
``worst-served`` looks at meetings. All are held at one hour: nobody has to be in one place at a time here.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from poolmatch.domain.problem import Problem
from poolmatch.rules.fill_seats import FillSeatsRule
from poolmatch.rules.max_meetings import MaxMeetingsRule
from poolmatch.rules.one_per_seat import OnePerSeatRule
from poolmatch.rules.struck import StruckRule
from poolmatch.rules.wishes import WishesRule
from poolmatch.rules.worst_served import WorstServedRule
from poolmatch.ruleset import RuleSet

Floats = NDArray[np.float64]

CONFLICT = -1.0
DECIMALS = 4
"""Scores are rounded to what a preference can hold."""
MOST = 10.0
WORST_FIRST = RuleSet(
    "reviewers",
    1,
    (StruckRule(), OnePerSeatRule(), MaxMeetingsRule(), FillSeatsRule(), WorstServedRule(), WishesRule()),
)
"""Tiers: all papers are covered, then the paper that is served worst, then the sum."""
SUM_FIRST = replace(WORST_FIRST, tiers_of=(("wishes", 5),))
"""Tiers: all papers are covered, then the sum, then the paper that is served worst."""
ORDERS = {"worst": WORST_FIRST, "sum": SUM_FIRST}
WHAT = {
    FillSeatsRule.tier: "points for missing reviewers",
    WorstServedRule.tier: "worst-served paper",
    **{rules.tier_of(WishesRule()): "sum" for rules in ORDERS.values()},
}
"""What a tier is about."""
COMMITTEE = "committee"


def read(path: str | Path) -> Floats:
    """Return the matrix in a file, papers × reviewers; −1 is a conflict.

    Raises
    ------
    ValueError
        Lines differ in length, a cell is no number, or a score is neither −1 nor from 0 to 10.
    """
    lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    rows = [line.replace(",", " ").split() for line in lines if line.strip()]
    return checked(np.array([[float(cell) for cell in row] for row in rows], float))


def checked(scores: ArrayLike) -> Floats:
    """Return scores as an array of papers × reviewers. Raises as `read`."""
    matrix = np.asarray(scores, float)
    if matrix.ndim != 2:
        raise ValueError("the matrix needs a row per paper and a column per reviewer")
    wrong = np.argwhere(~((matrix == CONFLICT) | ((matrix >= 0) & (matrix <= MOST))))
    if len(wrong):
        paper, reviewer = wrong[0]
        raise ValueError(
            f"the score of paper {paper} and reviewer {reviewer} is {matrix[paper, reviewer]:g}: scores lie from 0 to "
            f"{MOST:g}, and {CONFLICT:g} is a conflict"
        )
    return matrix


def paper_id(paper: int) -> str:
    """Return the id of the meeting that a paper is: ``p0012``."""
    return f"p{paper:04}"


def reviewer_id(reviewer: int) -> str:
    """Return the id of the facilitator that a reviewer is: ``r0012``."""
    return f"r{reviewer:04}"


def problem(scores: ArrayLike, load: int | Sequence[int], coverage: int | Sequence[int]) -> Problem:
    """Return the assignment of reviewers as a problem.

    Parameters
    ----------
    scores
        Papers × reviewers, 0 to 10; −1 is a conflict.
    load
        Most papers of a reviewer: one number, or one for each.
    coverage
        Reviewers that a paper wants: one number, or one for each.

    Raises
    ------
    ValueError
        As of `read`; or there are not as many loads as reviewers, or not as many coverages as papers.
    """
    matrix = np.round(checked(scores), DECIMALS)
    papers, reviewers = matrix.shape
    loads, coverages = np.broadcast_to(load, reviewers).tolist(), np.broadcast_to(coverage, papers).tolist()
    names = [paper_id(paper) for paper in range(papers)]
    people = [reviewer_id(reviewer) for reviewer in range(reviewers)]
    place = {"lat": 52.0, "lon": 5.0}
    cells: dict[str, Any] = {
        "period": {"name": "review", "start": "2026-01-01", "end": "2026-01-01", "timezone": "UTC"},
        "organisations": [{"organisation": COMMITTEE, "name": COMMITTEE}, {"organisation": "field", "name": "field"}],
        "facilitators": [
            {"facilitator": name, "name": name, "organisation": "field", "max_meetings": most, **place}
            for name, most in zip(people, loads, strict=True)
        ],
        "meetings": [
            {"meeting": name, "start": "2026-01-01 09:00", "end": "2026-01-01 10:00", **place} for name in names
        ],
        "stakes": [{"meeting": name, "organisation": COMMITTEE, "grade": "commissioner"} for name in names],
        "seats": [
            {"meeting": name, "seat": f"reviewer {number}", "role": "co"}
            for name, wanted in zip(names, coverages, strict=True)
            for number in range(1, wanted + 1)
        ],
        "strikes": [
            {"organisation": COMMITTEE, "facilitator": people[reviewer], "meeting": names[paper]}
            for paper, reviewer in np.argwhere(matrix == CONFLICT).tolist()
        ],
        "preferences": [
            {"facilitator": people[reviewer], "meeting": names[paper], "score": float(matrix[paper, reviewer])}
            for paper, reviewer in np.argwhere(matrix > 0).tolist()
        ],
    }
    return Problem.model_validate(cells)


def made_up(papers: int, reviewers: int, seed: int, conflicts: float = 0.1) -> Floats:
    """Return a made-up matrix of scores from 0 to 1 with two decimals; the same arguments give the same matrix.

    Papers and reviewers lie in a square of two topics, and the nearer they are the higher is the score.

    Parameters
    ----------
    papers, reviewers
        How many of each.
    seed
        Of all that is drawn.
    conflicts
        About which part of the pairs has a conflict of interest.
    """
    rng = np.random.default_rng(seed)
    topics, skills = rng.random((papers, 1, 2)), rng.random((1, reviewers, 2))
    scores = np.round(np.exp(-3 * np.hypot(*np.moveaxis(topics - skills, 2, 0))), 2)
    scores[rng.random(scores.shape) < conflicts] = CONFLICT
    return np.asarray(scores)


def main(arguments: Sequence[str] | None = None) -> None:
    """Assign the reviewers of a matrix and print what came of it."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.cases.reviewers", description="Assign reviewers to papers."
    )
    parser.add_argument("matrix", type=Path, help="scores, a line per paper")
    parser.add_argument("--load", type=int, required=True, help="most papers of a reviewer")
    parser.add_argument("--coverage", type=int, required=True, help="reviewers that a paper wants")
    parser.add_argument("--first", choices=[*ORDERS], default="worst", help="what counts first; default worst")
    parser.add_argument("--limit", type=float, default=60.0, help="seconds; default 60")
    parser.add_argument("--seed", type=int, default=1, help="seed of solve; default 1")
    given = parser.parse_args(arguments)
    from poolmatch import solve

    scores = read(given.matrix)
    case = problem(scores, given.load, given.coverage)
    result = solve(case, ORDERS[given.first], time_limit=given.limit, seed=given.seed, workers=2)
    papers, reviewers = scores.shape
    print(f"{papers} papers, {reviewers} reviewers, {int((scores == CONFLICT).sum())} conflicts")
    print(f"{result.status.value} after {result.runtime:.1f} s; legal: {result.report.legal}")
    for tier in result.tiers:
        sign = 1 if tier.tier == FillSeatsRule.tier else -1
        reached, best = (sign * points + 0.0 for points in (tier.points, tier.bound / tier.scale))  # no minus zero
        print(f"{WHAT[tier.tier]}: {reached:g}, none better than {best:g}")


if __name__ == "__main__":
    main()
