"""Reviewers for papers: matrices written here or made up, and the best assignment found by trying every one."""

from collections import Counter
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pytest
from benchmarks.cases import reviewers
from benchmarks.cases.reviewers import SUM_FIRST, WORST_FIRST, Floats, made_up
from tests.rings import seeds

from poolmatch import Result, Roster, RuleSet, Status, check, solve

AGREE = [[0.9, 0.8, 0.1], [0.8, 0.5, 0.0]]
"""Two papers that want one reviewer, three reviewers with one paper each: 0.8 and 0.8 is best both ways."""
TORN = [[1.0, 0.3], [0.4, 0.0]]
"""Straight 1.0 + 0.0 has the larger sum; crosswise 0.3 + 0.4 serves the worst-served paper better."""

Best = tuple[float, float, float]


def best(scores: Floats, load: int, coverage: int, worst_first: bool) -> Best:
    """Return missing reviewers, worst-served paper and sum of the best assignment, by trying every one."""
    papers, people = scores.shape
    teams = [
        [
            team
            for size in range(coverage + 1)
            for team in combinations(range(people), size)
            if all(scores[paper, one] >= 0 for one in team)
        ]
        for paper in range(papers)
    ]
    found = []
    for given in product(*teams):
        work = Counter(one for team in given for one in team)
        if work and max(work.values()) > load:
            continue
        sums = [sum(scores[paper, list(team)]) for paper, team in enumerate(given) if team]
        missing = papers * coverage - sum(work.values())
        values = (min(sums, default=0.0), sum(sums))
        found.append((missing, *(-value for value in (values if worst_first else values[::-1]))))
    missing, *rest = min(found)
    worst, total = (-value for value in (rest if worst_first else rest[::-1]))
    return missing, worst, total


def reached(scores: Floats, result: Result) -> Best:
    """Return the same three of a result, counted from its roster alone."""
    rows = [
        (int(row.meeting[1:]), int(row.facilitator[1:])) for row in result.roster.rows if row.facilitator is not None
    ]
    sums: Counter[int] = Counter()
    for paper, reviewer in rows:
        sums[paper] += scores[paper, reviewer]
    return len(result.roster.rows) - len(rows), min(sums.values(), default=0.0), sum(sums.values())


# --- the mapping -------------------------------------------------------------------------------------------


def test_the_worst_served_paper_or_the_sum_comes_first() -> None:
    scores = np.array(TORN)
    problem = reviewers.problem(scores, load=1, coverage=1)
    assert reached(scores, solve(problem, WORST_FIRST, seed=1)) == pytest.approx((0, 0.3, 0.7))
    assert reached(scores, solve(problem, SUM_FIRST, seed=1)) == pytest.approx((0, 0.0, 1.0))


@pytest.mark.parametrize("rules", [WORST_FIRST, SUM_FIRST])
def test_where_both_agree(rules: RuleSet) -> None:
    problem = reviewers.problem(AGREE, load=1, coverage=1)
    assert reached(np.array(AGREE), solve(problem, rules, seed=1)) == pytest.approx((0, 0.8, 1.6))


def test_nobody_reviews_more_than_the_load() -> None:
    scores = np.array([[0.9], [0.8], [0.7]])
    result = solve(reviewers.problem(scores, load=2, coverage=1), SUM_FIRST, seed=1)
    assert reached(scores, result) == pytest.approx((1, 0.8, 1.7))
    problem = reviewers.problem(scores, load=2, coverage=1)
    everything = Roster.of(problem, {(row.meeting, "reviewer 1"): "r0000" for row in problem.meetings})
    assert set(check(problem, everything, SUM_FIRST).by_rule) >= {"max-meetings"}
    assert not check(problem, everything, SUM_FIRST).legal


def test_nobody_reviews_with_a_conflict_of_interest() -> None:
    scores = np.array([[-1.0, 0.1], [0.5, 0.2]])
    problem = reviewers.problem(scores, load=2, coverage=1)
    result = solve(problem, SUM_FIRST, seed=1)
    assert reached(scores, result) == pytest.approx((0, 0.1, 0.6))
    assert not check(problem, Roster.of(problem, {("p0000", "reviewer 1"): "r0000"}), SUM_FIRST).legal
    assert check(problem, Roster.of(problem, {("p0001", "reviewer 1"): "r0000"}), SUM_FIRST).legal


def test_a_score_of_zero_is_no_conflict() -> None:
    scores = np.array([[0.0]])
    assert reached(scores, solve(reviewers.problem(scores, 1, 1), SUM_FIRST, seed=1)) == (0, 0, 0)


def test_one_person_is_one_reviewer_of_a_paper() -> None:
    scores = np.array([[0.9, -1.0]])
    assert reached(scores, solve(reviewers.problem(scores, 5, 2), SUM_FIRST, seed=1)) == pytest.approx((1, 0.9, 0.9))


def test_loads_and_coverages_may_differ() -> None:
    problem = reviewers.problem(np.ones((2, 3)), load=[1, 2, 3], coverage=[1, 2])
    assert [row.max_meetings for row in problem.facilitators] == [1, 2, 3]
    assert [len(problem.seats_of(row.meeting)) for row in problem.meetings] == [1, 2]
    with pytest.raises(ValueError, match="broadcast"):
        reviewers.problem(np.ones((2, 3)), load=[1, 2], coverage=1)


def test_scores_are_rounded_to_four_decimals() -> None:
    problem = reviewers.problem([[0.12345678, 0.00001]], load=1, coverage=1)
    assert [(row.facilitator, row.score) for row in problem.preferences] == [("r0000", 0.1235)]
    assert problem.warnings == ()


# --- against trying everything -----------------------------------------------------------------------------


@pytest.mark.parametrize("seed", seeds(6))
@pytest.mark.parametrize(("papers", "people", "load", "coverage"), [(3, 4, 2, 2), (4, 3, 2, 1), (2, 5, 1, 3)])
@pytest.mark.parametrize(("rules", "worst_first"), [(WORST_FIRST, True), (SUM_FIRST, False)])
def test_the_best_of_all_assignments_is_found(
    rules: RuleSet, worst_first: bool, papers: int, people: int, load: int, coverage: int, seed: int
) -> None:
    scores = made_up(papers, people, seed, conflicts=0.25)
    result = solve(reviewers.problem(scores, load, coverage), rules, seed=seed)
    assert result.status is Status.OPTIMAL
    assert reached(scores, result) == pytest.approx(best(scores, load, coverage, worst_first))


def test_made_up_matrices_are_the_same_for_the_same_seed_and_hold_what_a_matrix_holds() -> None:
    one = made_up(30, 20, 7)
    assert (one == made_up(30, 20, 7)).all()
    assert (one != made_up(30, 20, 8)).any()
    assert reviewers.checked(one).shape == (30, 20)
    assert 0 < (one == reviewers.CONFLICT).mean() < 0.2
    assert one.max() <= 1


# --- files and the command ---------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["0.5 -1 3\n\n0 1 10\n", "0.5,-1,3\n0, 1, 10", "\ufeff0.5\t-1\t3\r\n0\t1\t10\r\n"])
def test_commas_and_white_space_separate(tmp_path: Path, text: str) -> None:
    path = tmp_path / "scores.txt"
    path.write_text(text, encoding="utf-8", newline="")
    assert reviewers.read(path).tolist() == [[0.5, -1, 3], [0, 1, 10]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0.5 -0.5", "paper 0 and reviewer 1 is -0.5"),
        ("0 1\n0 10.5", "paper 1 and reviewer 1 is 10.5"),
        ("0 nan", "paper 0 and reviewer 1 is nan"),
        ("0 1\n0", "inhomogeneous"),
        ("0 x", "could not convert"),
        ("", "a row per paper"),
    ],
)
def test_a_matrix_that_is_wrong_is_refused(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "scores.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=words):
        reviewers.read(path)


@pytest.mark.parametrize(
    ("first", "lines"),
    [
        ("worst", ["worst-served paper: 0.3, none better than 0.3", "sum: 0.7, none better than 0.7"]),
        ("sum", ["sum: 1, none better than 1", "worst-served paper: 0, none better than 0"]),
    ],
)
def test_the_command_prints_what_was_reached_and_proven(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], first: str, lines: list[str]
) -> None:
    path = tmp_path / "scores.txt"
    path.write_text("\n".join(" ".join(map(str, row)) for row in TORN), encoding="utf-8")
    reviewers.main([str(path), "--load", "1", "--coverage", "1", "--first", first])
    size, status, *tiers = capsys.readouterr().out.splitlines()
    assert size == "2 papers, 2 reviewers, 0 conflicts"
    assert status.startswith("OPTIMAL after ")
    assert status.endswith("legal: True")
    assert tiers == ["points for missing reviewers: 0, none better than 0", *lines]
