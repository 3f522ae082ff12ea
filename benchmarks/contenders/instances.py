"""One case with one seed: the problem and its rules as files, and the verdict on the rosters that contenders return."""

from __future__ import annotations

import shutil
from functools import cached_property
from pathlib import Path

from benchmarks.cases.registry import Case
from benchmarks.cases.rule_files import toml_of
from benchmarks.contenders.clock import ROSTER
from poolmatch import STANDARD_RULES, Problem, Report, Roster, check, read_roster, write
from poolmatch.checking import TierValue

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
        self.folder = scratch / name.replace(" ", "-").replace(",", "") / str(seed)
        shutil.rmtree(self.folder, ignore_errors=True)  # nothing of an earlier run is taken for an answer
        self.folder.mkdir(parents=True)

    @cached_property
    def problem(self) -> Problem:
        """The problem."""
        return self.case.make(self.seed)

    @cached_property
    def problem_folder(self) -> Path:
        """The problem as a folder of CSV files."""
        path = self.folder / "problem"
        write(self.problem, path)
        return path

    @cached_property
    def rules_file(self) -> Path | None:
        """The rules as a file; None where they are those that hold without one."""
        if self.case.rules.fingerprint == STANDARD_RULES.fingerprint:
            return None
        path = self.folder / "rules.toml"
        path.write_text(toml_of(self.case.rules), "utf-8")
        return path

    def roster(self, folder: Path) -> Roster | None:
        """Return the roster that a contender left in a folder; None when it found none."""
        path = folder / ROSTER
        return read_roster(path, self.problem) if path.exists() else None

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
        return worth(report)


def worth(report: Report) -> tuple[TierValue, ...]:
    """Return what a roster is worth as the judge says: its tiers, or in mode ``weighted`` the one sum."""
    return (report.weighted,) if report.rules.mode == "weighted" else report.tiers


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
