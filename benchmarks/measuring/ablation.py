"""What poolmatch loses when one of its strategies, or any other setting, is set aside.

``python -m benchmarks.measuring.ablation CASE … --set PATH=VALUE … [--without STRATEGY …] [--seeds 1 2 3] [--limit S]``

Each ``--set`` is one variant, and so is each ``--without``, which is ``--set portfolio.without=["STRATEGY"]``. All run
as poolmatch does in `benchmarks`, from files to files, each beside poolmatch as it is. A strategy is needed when some
case is worse without it: in value or bound, tier by tier, at a moment; or proven much later. What nothing is worse
without is better taken out.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.cases.registry import CASES, case_of
from benchmarks.contenders.instances import SCRATCH, Instance
from benchmarks.contenders.registry import CONTENDERS, Contender, run
from benchmarks.contenders.tweaks import params_of
from benchmarks.measuring.comparison import compared
from benchmarks.measuring.results import Run
from benchmarks.measuring.table import MOMENTS, middle, rows_of, seconds

NOTICED = 1.25
"""A proof that takes longer by less than this factor, or by less than ``LEAST`` seconds, is noise."""
LEAST = 0.5
FULL = "poolmatch"
Runs = Mapping[str, Sequence[Run]]
"""By variant, a run for each seed."""


def variants(settings: Sequence[str]) -> dict[str, Contender]:
    """Return poolmatch as it is, and with each of some settings.

    Raises
    ------
    ValueError
        A setting sets nothing that there is.
    """
    ours = CONTENDERS[FULL]
    params_of(settings)
    return {FULL: ours} | {
        text: Contender(text, ours.module, ours.reads, settings=("--set", text)) for text in settings
    }


def measured(case: str, seeds: Sequence[int], limit: float | None, of: Mapping[str, Contender], scratch: Path) -> Runs:
    """Run all variants on a case, seed by seed."""
    found: dict[str, list[Run]] = {name: [] for name in of}
    for seed in seeds:
        instance = Instance(f"{case} ablation", case_of(case), seed, scratch)
        for name in of:
            done = run(instance, name, limit or instance.case.limit, contenders=of)
            print(f"{case}, seed {seed}, {name}: {done.outcome} {done.reason}", file=sys.stderr)
            found[name].append(done)
    return found


def loss(runs: Runs, name: str) -> str:
    """Return in words in what a variant is worse than poolmatch as it is, in most seeds; empty where it is not."""
    pairs = list(zip(runs[FULL], runs[name], strict=True))
    if any(full.outcome != "done" for full, _ in pairs):
        raise RuntimeError(f"poolmatch itself failed: {next(full.reason for full, _ in pairs if full.reason)}")
    broken = [other.reason for _, other in pairs if not other.goals]
    if broken:
        return f"no roster: {broken[0]}"
    words = []
    for moment in MOMENTS:
        if moment <= min(run.limit for pair in pairs for run in pair):
            worse = [item for item in (compared(other, full, moment) for full, other in pairs) if item.worse]
            if 2 * len(worse) > len(pairs):
                words.append(f"{worse[0].words.removeprefix('**worse**: ')} at {moment:g} s")
    before, after = (middle(runs[item], Run.proven_after) for item in (FULL, name))
    if after > max(NOTICED * before, before + LEAST) and not math.isinf(before):
        words.append(f"proven after {seconds(after)} instead of {seconds(before)}")
    return "; ".join(words)


def table(found: Mapping[str, Runs]) -> str:
    """Return what is worse without what, case by case, and whether each variant is worse anywhere."""
    names = [name for name in next(iter(found.values())) if name != FULL]
    lost = {(name, case): loss(runs, name) for case, runs in found.items() for name in names}
    rows = [[name, *(lost[name, case] or "no worse" for case in found), _verdict(name, lost)] for name in names]
    return rows_of(["set otherwise", *found, "needed as it is"], rows)


def _verdict(name: str, lost: Mapping[tuple[str, str], str]) -> str:
    return "yes" if any(words for (item, _), words in lost.items() if item == name) else "**no**"


def main(arguments: Sequence[str] | None = None, scratch: Path = SCRATCH) -> None:
    """Run all variants on some cases, and print what is lost by each."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.measuring.ablation", description=__doc__)
    parser.add_argument("cases", nargs="+", metavar="CASE", help=f"some of: {', '.join(CASES)}")
    parser.add_argument("--set", action="append", default=[], metavar="PATH=VALUE", help="a variant")
    parser.add_argument("--without", action="append", default=[], metavar="STRATEGY", help="a strategy to set aside")
    parser.add_argument("--seeds", nargs="+", type=int)
    parser.add_argument("--limit", type=float, help="seconds; else what each case says")
    given = parser.parse_args(arguments)
    try:
        of = variants([*given.set, *(f'portfolio.without=["{name}"]' for name in given.without)])
        cases = {name: case_of(name) for name in given.cases}
    except ValueError as error:
        parser.error(str(error))
    found = {name: measured(name, given.seeds or case.seeds, given.limit, of, scratch) for name, case in cases.items()}
    print(table(found))


if __name__ == "__main__":
    main()
