"""One case with one seed: the problem as a file, the model as a file, and the verdict on what contenders return."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.cases.registry import Case
from benchmarks.contenders.peers.exchange import Model
from poolmatch import Problem, Roster, check
from poolmatch.arrays import Candidates
from poolmatch.checking import TierValue
from poolmatch.ruleset import RuleSet
from poolmatch.solving.model.blocks import Blocks
from poolmatch.solving.model.decoding import roster_of
from poolmatch.solving.model.goal import Goal
from poolmatch.solving.prepared import Prepared

SCRATCH = Path(__file__).parents[1] / "scratch"


class BadAnswer(Exception):
    """A contender's answer is not what it says it is."""


class Instance:
    """A case with a seed.

    Parameters
    ----------
    name, case, seed
        The case, and the seed of its problem and of the order of its columns.
    scratch
        Folder in which it has one of its own.
    """

    def __init__(self, name: str, case: Case, seed: int, scratch: Path = SCRATCH) -> None:
        self.name, self.case, self.seed = name, case, seed
        self.folder = scratch / name.replace(" ", "-") / str(seed)
        shutil.rmtree(self.folder, ignore_errors=True)  # nothing of an earlier run is taken for an answer
        self.folder.mkdir(parents=True)

    @cached_property
    def problem(self) -> Problem:
        """The problem."""
        return self.case.make(self.seed)

    @cached_property
    def problem_file(self) -> Path:
        """The problem as a JSON document."""
        path = self.folder / "problem.json"
        path.write_text(self.problem.to_json(), "utf-8")
        return path

    @cached_property
    def candidates(self) -> Candidates:
        """The candidates, in the order of the columns."""
        return Prepared.of(self.problem, self.case.rules, self.seed).candidates

    @cached_property
    def model_file(self) -> Path:
        """The weighted sum as a model file."""
        path = self.folder / "model.npz"
        model_of(self.candidates, self.case.rules).write(path)
        return path

    def roster(self, folder: Path) -> Roster | None:
        """Return the roster that a contender left in a folder, as rows or as columns; None when it found none."""
        rows, columns = folder / "roster.json", folder / "columns.npz"
        if columns.exists():
            with np.load(columns) as file:
                return roster_of(self.problem, self.candidates, file["values"])
        return roster_of_rows(self.problem, json.loads(rows.read_text("utf-8"))) if rows.exists() else None

    def judged(self, roster: Roster) -> tuple[TierValue, ...]:
        """Return what a roster is worth: its tiers, or in mode ``weighted`` the one sum.

        Raises
        ------
        BadAnswer
            The roster is illegal.
        """
        report = check(self.problem, roster, self.case.rules)
        if not report.legal:
            first = report.violations[0]
            count = len(report.violations)
            raise BadAnswer(
                f"the roster is illegal, {count} violations; the first is of {first.rule}: {first.words.en}"
            )
        return (report.weighted,) if self.case.rules.mode == "weighted" else report.tiers


def model_of(candidates: Candidates, rules: RuleSet) -> Model:
    """Return the model that poolmatch solves, for others to solve: the weighted sum of rules in mode ``weighted``."""
    blocks = Blocks.of(candidates, rules)
    system, objective = blocks.system, blocks.objectives(rules)[0]
    return Model(
        *system.bounds,
        *system.matrix,
        *system.row_bounds,
        *system.groups,
        objective.column,
        objective.weight,
        objective.constant,
        objective.unit,
        objective.scale,
        Goal.of(blocks, objective, rules).unavoidable,
    )


def roster_of_rows(problem: Problem, rows: list[dict[str, Any]]) -> Roster:
    """Return the roster of rows with meeting, seat, facilitator and start; seats that are not named are empty."""
    holders = {(row["meeting"], row["seat"]): row["facilitator"] for row in rows}
    starts = {
        row["meeting"]: datetime.fromisoformat(row["start"]) for row in rows if row["start"] and row["facilitator"]
    }
    return Roster.of(problem, holders, starts)


def rows_of(roster: Roster) -> list[dict[str, Any]]:
    """Return the rows of a roster as `roster_of_rows` reads them."""
    return [
        {
            "meeting": row.meeting,
            "seat": row.seat,
            "facilitator": row.facilitator,
            "start": row.start and row.start.isoformat(),
        }
        for row in roster.rows
    ]


def disagreement(value: int, claimed: int | None, bound: int | None) -> str | None:
    """Return what is wrong with an answer: worse than was claimed, or better than is possible; None when all is well.

    Parameters
    ----------
    value
        What the judge says the roster is worth, in units.
    claimed
        What the contender said it is worth.
    bound
        What someone proved that no roster is below.
    """
    if claimed is not None and value > claimed:
        return f"the roster is worth {value}, and not {claimed} as was claimed"
    if bound is not None and value < bound:
        return f"the roster is worth {value}, below the bound {bound}"
    return None
