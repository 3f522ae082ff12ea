"""Opening what a command is about: the problem, rosters of it, the rules, and what these say."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from poolmatch.cli.called import put_ids
from poolmatch.errors import PoolmatchError

if TYPE_CHECKING:
    from poolmatch.checking import Report
    from poolmatch.domain.problem import Problem
    from poolmatch.domain.roster import Roster
    from poolmatch.ruleset import RuleSet
    from poolmatch.tables.reading import Reading
    from poolmatch.views import Audience
    from poolmatch.words import Language


@dataclass(frozen=True)
class Opened:
    """What a command is about.

    Attributes
    ----------
    problem
        The problem.
    rosters
        Rosters of it, in the order in which they were asked for.
    rules
        The rules.
    readings
        The files that all but the rules were read from.
    audience
        Who reads the answer.
    """

    problem: Problem
    rosters: tuple[Roster, ...]
    rules: RuleSet
    readings: tuple[Reading, ...]
    audience: Audience

    @property
    def roster(self) -> Roster:
        """The only roster."""
        (roster,) = self.rosters
        return roster

    @contextmanager
    def placing(self) -> Iterator[None]:
        """Say of errors that are found later in which cells or lines they are."""
        with ExitStack() as stack:
            for reading in self.readings:
                stack.enter_context(reading.placing())
            yield

    def located(self, report: Report) -> Report:
        """Return what the rules say of a roster, with names and cells of the problem's file in what is doubtful."""
        return report.with_warnings(map(self.readings[0].located, report.warnings))

    def called(self, problem: Problem) -> Problem:
        """Return a problem that was made of this one, with names and cells of its file in what is doubtful."""
        return problem.with_warnings(map(self.readings[0].located, problem.warnings))

    def reports(self) -> list[Report]:
        """Return what the rules say of each roster."""
        from poolmatch.checking import check

        with self.placing():
            return [self.located(check(self.problem, roster, self.rules)) for roster in self.rosters]

    def unfilled(self) -> Report:
        """Return what the rules say of the problem alone: of a roster in which nobody holds a seat that is to come."""
        from poolmatch.checking import check
        from poolmatch.domain.roster import Roster

        with self.placing():
            return self.located(check(self.problem, Roster(), self.rules))


def opened(options: Namespace, *rosters: Path) -> Opened:
    """Return the problem that a command is given, with rosters of it.

    Parameters
    ----------
    options
        The arguments of the command, see `flags.problem`.
    rosters
        Files of rosters.

    Raises
    ------
    PoolmatchError, ValueError, OSError
        As for ``read``, ``read_roster`` and `RuleSet.from_file`; or the problem has nobody who is to read the answer.
    """
    from poolmatch import tables
    from poolmatch.ruleset import STANDARD_RULES, RuleSet
    from poolmatch.views import Audience, must_exist

    reading = reading_of(options, options.problem)
    problem = reading.problem()
    put_ids(options, problem)
    audience = Audience(*options.audience)
    must_exist(problem, audience)
    rules = STANDARD_RULES if options.rules is None else RuleSet.from_file(options.rules)
    readings, found = [reading], []
    for path in rosters:
        readings.append(tables.roster_reading_of(path, **_how(options)))
        found.append(tables.roster_of(readings[-1], problem))
    return Opened(problem, tuple(found), rules, tuple(readings), audience)


def reading_of(options: Namespace, path: Path) -> Reading:
    """Return what the files of a problem hold, before it is judged.

    A workbook that says itself which language it is in is answered in that language, unless another is asked for.

    Parameters
    ----------
    options
        The arguments of the command, see `flags.problem`.
    path
        The files.
    """
    from poolmatch import tables

    reading = tables.reading_of(path, **_how(options))
    if reading.language is not None and not options.asked:
        options.language = reading.language
    return reading


def language_of_workbooks(arguments: Sequence[str]) -> Language | None:
    """Return the language of the first workbook that is named in arguments which nobody could read, if it says so."""
    for path in (Path(text) for text in arguments if text.lower().endswith(".xlsx")):
        with suppress(PoolmatchError, OSError, ImportError):
            from poolmatch.tables.limits import LIMITS
            from poolmatch.tables.naming import language_of
            from poolmatch.tables.workbook_open import opened as opened_workbook

            with opened_workbook(path, LIMITS, results=False) as book:
                language = language_of(book.sheetnames)
            if language is not None:
                return language
    return None


def _how(options: Namespace) -> dict[str, Any]:
    return {"decimal": options.decimal, "encoding": options.encoding, "locale": options.locale}
