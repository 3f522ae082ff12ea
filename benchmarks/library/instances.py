"""Which instances there are, and how each is made: by a family, sizes and a seed, or from a published file.

A name says all of it: ``teams-60x250x15-1`` is the family ``teams`` with 60 facilitators, 250 meetings and 15
organisations from seed 1, under the standard rules in tiers; ``…-weighted`` is the same problem under their weighted
sum. ``national-`` stands before families of many regions. Of reviewers the sizes are papers and reviewers. What a
problem was when it came into the library stands in ``descriptions.json``: a generator that changes makes another
problem, of which nothing is known.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from benchmarks.cases import reviewers, smptsp
from benchmarks.cases.registry import COVERAGE, LOAD, PUBLISHED, SCORES, WEIGHTED, Case, sized
from poolmatch import STANDARD_RULES, Problem
from poolmatch.arrays import Arrays
from poolmatch.eligibility import eligibility
from poolmatch.ruleset import RuleSet

LIBRARY = Path(__file__).parent
DESCRIPTIONS = LIBRARY / "descriptions.json"
IN_TIERS = (
    *("teams-6x12x3-1", "teams-12x40x6-1", "teams-12x40x6-2", "teams-12x40x6-3", "teams-30x120x10-1"),
    *("teams-30x120x10-2", "teams-60x250x15-1", "teams-60x250x15-2", "teams-60x250x15-3", "teams-100x400x25-1"),
    *("teams-300x1500x60-1", "teams-1000x6000x150-1"),
    *("national-teams-100x400x60-1", "national-teams-3000x25000x342-1"),
    *("pools-12x40x6-1", "pools-12x40x6-2", "pools-30x120x10-1", "pools-60x250x15-1", "pools-60x250x15-2"),
    *("pools-300x1500x60-1", "national-pools-300x1500x120-1"),
    *("programmes-10x24x5-1", "programmes-10x24x5-2", "programmes-20x60x8-1", "programmes-40x120x15-1"),
    *("programmes-80x240x30-1",),
    *("pleinen-12x30x8-1", "pleinen-20x60x12-1", "pleinen-40x120x24-1", "pleinen-100x400x40-1"),
    *("reviewers-40x60-1", "reviewers-60x90-1", "reviewers-118x177-1"),
)
"""Of made-up families, in the default mode."""
AS_SUMS = (
    *("teams-12x40x6-1", "teams-60x250x15-1", "pools-12x40x6-1", "pools-60x250x15-1", "pools-60x250x15-2"),
    *("pools-300x1500x60-1", "national-pools-3000x25000x342-1", "programmes-10x24x5-1", "pleinen-12x30x8-1"),
)
"""And as one sum."""
OF_REVIEWERS = "reviewers-118x177-published"
"""A published matrix of scores; the file is named by POOLMATCH_REVIEWERS."""
OF_SHIFTS = (
    *("1_23_40_66", "12_49_119_33", "23_74_180_66", "34_152_240_33", "45_67_420_33", "56_163_500_66", "67_371_600_66"),
    *("78_199_688_66", "89_88_788_33", "100_194_956_66", "111_155_1211_33", "122_422_1358_66", "133_211_1647_33"),
)
"""Published instances of shift minimisation: number, workers, tasks, tightness. POOLMATCH_SMPTSP names their folder."""
NAMES = (
    *IN_TIERS,
    *(f"{name}-weighted" for name in AS_SUMS),
    OF_REVIEWERS,
    *(f"smptsp-{name}" for name in OF_SHIFTS),
)
"""All instances, in the order of tables."""
MADE_UP = re.compile(
    r"(?P<national>national-)?(?P<family>[a-z]+)-(?P<sizes>\d+(x\d+)+)-(?P<seed>\d+)(?P<mode>-weighted)?"
)


class NoInstance(Exception):
    """An instance that is not in the library, cannot be made here, or is no longer what it was."""


@dataclass(frozen=True)
class Description:
    """What an instance was when it came into the library.

    Attributes
    ----------
    seats
        Seats of its meetings, and duties.
    candidates
        Eligible pairs of a person and a seat; in a flexible meeting one for each slot.
    problem
        Fingerprint of its tables.
    """

    seats: int
    candidates: int
    problem: str

    @classmethod
    def of(cls, problem: Problem, rules: RuleSet) -> Description:
        """Return the description of a problem under rules."""
        candidates = eligibility(Arrays(problem), rules).candidates
        return cls(len(problem.all_seats), len(candidates.person), problem.fingerprint)


def case_of(name: str) -> Case:
    """Return how an instance is made, and its rules; whatever the seed of the case, it is the same problem.

    Raises
    ------
    NoInstance
        It is not in the library, or its published file is not here.
    """
    if name not in NAMES:
        raise NoInstance(f"no instance {name!r}; `python -m benchmarks library` lists them")
    if name == OF_REVIEWERS:
        if not SCORES:
            raise NoInstance(f"{name} is not ours to hand on: POOLMATCH_REVIEWERS must name its file")
        return Case(lambda _: reviewers.problem(reviewers.read(SCORES), LOAD, COVERAGE), 60, rules=reviewers.SUM_FIRST)
    if name.startswith("smptsp-"):
        if not PUBLISHED:
            raise NoInstance(f"{name} is not ours to hand on: POOLMATCH_SMPTSP must name the folder of its file")
        file = Path(PUBLISHED) / f"data_{name.removeprefix('smptsp-')}.dat"
        return Case(lambda _: smptsp.read(file), 60, rules=smptsp.WEIGHTED)
    found = MADE_UP.fullmatch(name)
    assert found is not None, "every other name says how it is made"
    sizes, seed = [int(size) for size in found["sizes"].split("x")], int(found["seed"])
    if found["family"] == "reviewers":
        papers, people = sizes
        return Case(
            lambda _: reviewers.problem(reviewers.made_up(papers, people, seed), LOAD, COVERAGE),
            60,
            rules=reviewers.SUM_FIRST,
        )
    make = partial(sized(found["family"], *sizes, national=bool(found["national"])), seed)
    return Case(lambda _: make(), 60, rules=WEIGHTED if found["mode"] else STANDARD_RULES)


def descriptions(path: Path = DESCRIPTIONS) -> dict[str, Description]:
    """Return by name what instances were when they came into the library."""
    return {name: Description(**row) for name, row in json.loads(path.read_text("utf-8")).items()}


def describe(names: Iterable[str], path: Path = DESCRIPTIONS) -> None:
    """Make instances, and write down what they are now; what stands there of others stays."""
    known = descriptions(path) if path.exists() else {}
    for name in names:
        case = case_of(name)
        known[name] = Description.of(case.make(0), case.rules)
    lines = [f"{json.dumps(name)}: {json.dumps(asdict(known[name]))}" for name in NAMES if name in known]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


def made(name: str, known: Mapping[str, Description] | None = None) -> tuple[Problem, RuleSet]:
    """Return the problem and the rules of an instance.

    Parameters
    ----------
    name
        Which one.
    known
        What instances were; None is what the library says.

    Raises
    ------
    NoInstance
        As of `case_of`; or what is made here is another problem than the one in the library.
    """
    case = case_of(name)
    problem = case.make(0)
    was = (descriptions() if known is None else known).get(name)
    if was is not None and was.problem != problem.fingerprint:
        raise NoInstance(
            f"{name} is not what it was when it came into the library (fingerprint {problem.fingerprint[:12]}, and not "
            f"{was.problem[:12]}): what is known of it does not hold for what is made here"
        )
    return problem, case.rules
