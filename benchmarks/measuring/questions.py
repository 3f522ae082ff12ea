"""Questions on the command line: ``python -m benchmarks.measuring.questions [CASE …] [--asked 3] [--seed 1]``.

Each case is solved from files to files, as in ``python -m benchmarks``. Then, as often as told, somebody falls ill for
a week in the middle of the period: ``replan``, ``substitute`` and ``explain`` are asked, each a process from files to
files in its default settings, and so is why somebody else does not sit in one of the seats.

Beside ``replan`` and ``explain`` stands the simplest thing that could work: the roster that people were told is written
as the published one, the person is out or pinned, and the whole is solved again, by the model in plain CP-SAT, tier by
tier, in ten seconds. A line tells the median seconds of each, how often its roster was worse than ours, and how many
people besides the one who is asked about hear of a change. Of two rosters after ``explain`` the one is worse that is so
in the highest tier in which they differ; after ``replan`` people come behind the first tier.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from benchmarks.cases.registry import CASES
from benchmarks.contenders.clock import ROSTER
from benchmarks.contenders.instances import Instance
from benchmarks.contenders.registry import COMPILED, run
from benchmarks.measuring.processes import watched
from benchmarks.measuring.replans import ahead
from poolmatch import Problem, Report, Roster, check, compare, read_roster, scenario
from poolmatch.domain.meetings import Pin
from poolmatch.domain.told import as_published
from poolmatch.edits import PersonOut

KINDS = ("teams 60x250", "pool 60x250", "programme 40x120", "pleinen 60x200", "teams 300x1500")
RIVAL, PATIENCE = "cpsat-whole", 120.0


@dataclass(frozen=True)
class Answered:
    """What came of a question that a rival was asked too.

    Attributes
    ----------
    seconds, theirs
        Seconds that it took poolmatch, and the rival.
    worse
        Whether the rival's roster is worse than poolmatch's; None where one of the two has none.
    people, told_by_them
        How many people have to be told of a change.
    """

    seconds: float
    theirs: float
    worse: bool | None
    people: int
    told_by_them: int


class Asking:
    """A case that was solved, with its files.

    Parameters
    ----------
    name
        The case.
    seed
        Of its problem.
    """

    def __init__(self, name: str, seed: int) -> None:
        self.name, self.seed, self.case = name, seed, CASES[name]
        self.instance = Instance(name, self.case, seed)
        run(self.instance, "poolmatch")
        self.roster_file = self.instance.folder / "poolmatch" / ROSTER
        self.report = check(
            self.instance.problem, read_roster(self.roster_file, self.instance.problem), self.case.rules
        )
        period = self.report.problem.period
        self.today = period.start + (period.end - period.start) // 2
        self._number = 0

    def command(self, question: str, *settings: str) -> tuple[float, Path]:
        """Ask on the command line, and return seconds and the folder of what was written.

        Raises
        ------
        RuntimeError
            The command ended in an error.
        """
        self._number += 1
        folder = self.instance.folder / f"{question}-{self._number}"
        folder.mkdir()
        rules = ["--rules", str(self.instance.rules_file)] if self.instance.rules_file else []
        files = [str(self.instance.problem_folder), str(self.roster_file), *rules]
        written = [item.replace("FOLDER", str(folder)) for item in settings]
        command = [sys.executable, "-m", "poolmatch", question, *files, *written]
        ended = watched(command, folder / "log.txt", PATIENCE, COMPILED)
        if ended.code not in (0, 1):  # 1: something is left to look at
            raise RuntimeError(f"{' '.join(command)}: {ended.words}")
        return ended.seconds, folder

    def again(self, problem: Problem, limit: float) -> tuple[float, Roster | None]:
        """Let the rival solve another problem, and return seconds and its roster."""
        self._number += 1
        case = replace(self.case, make=lambda _: problem, limit=limit, peer_limit=limit)
        instance = Instance(f"{self.name} again {self._number}", case, self.seed)
        took = run(instance, RIVAL).seconds or 0.0
        return took, instance.roster(instance.folder / RIVAL)

    def replanned(self, who: str, until: date) -> Answered:
        """Replan after somebody fell ill."""
        days = ("--from", str(self.today), "--until", str(until))
        files = ("--out", f"FOLDER/{ROSTER}", "--changes", "FOLDER/changes.json")
        took, folder = self.command("replan", "--today", str(self.today), "--ill", who, *days, *files)
        period = self.report.problem.period.model_copy(update={"today": self.today})
        told = as_published(self.report.problem.replace(period=period), self.report.roster)
        now = scenario(told, PersonOut(who, self.today, until))
        ours = check(now, read_roster(folder / ROSTER, now), self.case.rules)
        theirs, roster = self.again(now, max(10.0, took))
        other = None if roster is None else check(now, roster, self.case.rules)
        return self._answered((took, theirs), (ours, other), who)

    def why_not(self, meeting: str, seat: str, who: str) -> Answered | None:
        """Ask why somebody does not sit in a seat; None where a rule objects, or it is not known what would be."""
        settings = ("--seat", f"{meeting}/{seat}", "--facilitator", who, "--out", "FOLDER/answer.json")
        took, folder = self.command("explain", *settings)
        said = json.loads((folder / "answer.json").read_text("utf-8"))
        answer = said.get("answer", said)
        instead = answer.get("instead")
        if instead is None:
            return None
        pins = [*self.report.problem.pins, Pin(meeting=meeting, seat=seat, facilitator=who)]
        pinned = self.report.problem.replace(pins=pins)
        theirs, roster = self.again(pinned, max(10.0, took))
        other = None if roster is None else check(pinned, roster, self.case.rules)
        after = [item["after"] for item in instead["tiers"]]
        worse = None if other is None or not other.legal else [tier.points for tier in other.tiers] > after
        changed = 0 if other is None else self._people(other, who)
        return Answered(took, theirs, worse, len({item["facilitator"] for item in instead["people"]} - {who}), changed)

    def _answered(self, seconds: tuple[float, float], reports: tuple[Report, Report | None], who: str) -> Answered:
        ours, theirs = reports
        if theirs is None:
            return Answered(*seconds, None, self._people(ours, who), 0)
        people = self._people(ours, who), self._people(theirs, who)
        worse = (theirs.tiers[0].value, people[1]) > (ours.tiers[0].value, people[0])
        return Answered(*seconds, worse if theirs.legal else None, *people)

    def _people(self, after: Report, who: str) -> int:
        """Return how many others something changes for."""
        changes = compare(self.report.roster.told_in(after.problem), after.roster)
        return sum(item.facilitator != who for item in changes.people)


def lines(name: str, seed: int, asked: int) -> Iterator[str]:
    """Yield a line for each question about a case.

    Parameters
    ----------
    name, seed
        The case.
    asked
        How often each is asked.
    """
    asking, draw = Asking(name, seed), random.Random(seed)
    until = asking.today + timedelta(days=6)
    held = ahead(asking.report, asking.today)
    rows = draw.sample(held, min(asked, len(held)))
    if not rows:
        yield f"{name}: nothing is held in the week from {asking.today} on"
        return
    people = [row.facilitator for row in asking.report.problem.facilitators]
    replans = [asking.replanned(str(row.facilitator), until) for row in rows]
    yield f"{name}: replan {_beside(replans)}"
    found = [asking.command("substitute", "--seat", f"{row.meeting}/{row.seat}")[0] for row in rows]
    yield f"{name}: substitute {median(found):.1f} s"
    reasons = list[Answered]()
    for row in rows:
        for who in draw.sample(people, len(people)):
            clear = asking.report.problem, asking.report.roster.with_holder(row.meeting, row.seat, who)
            if who != row.facilitator and check(*clear, asking.case.rules).legal:
                reasons += [item for item in [asking.why_not(row.meeting, row.seat, who)] if item is not None]
                break
    yield f"{name}: explain --facilitator {_beside(reasons)}"
    yield f"{name}: explain, every empty seat {asking.command('explain')[0]:.1f} s"


def _beside(answers: Sequence[Answered]) -> str:
    if not answers:
        return "not asked"
    ours, theirs = (median(values) for values in zip(*((item.seconds, item.theirs) for item in answers), strict=True))
    known = [item.worse for item in answers if item.worse is not None]
    people = [sum(values) / len(answers) for values in zip(*((a.people, a.told_by_them) for a in answers), strict=True)]
    return (
        f"{ours:.1f} s, {people[0]:.1f} others hear of it ({len(answers)} asked); "
        f"solved again {theirs:.1f} s, {people[1]:.1f} others, worse {sum(known)} of {len(known)}"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print the lines."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.measuring.questions", description=main.__doc__)
    parser.add_argument("cases", nargs="*", default=KINDS, metavar="CASE")
    parser.add_argument("--asked", type=int, default=3, help="how often each question is asked")
    parser.add_argument("--seed", type=int, default=1, help="of the problems and of what is asked")
    given = parser.parse_args(arguments)
    for name in given.cases:
        for line in lines(name, given.seed, given.asked):
            print(line, flush=True)


if __name__ == "__main__":
    main()
