"""The library on the command line: ``python -m benchmarks library [NAME …] [--to FOLDER | --solve | --describe]``.

Alone it prints the table. ``--to`` writes instances as files for any solver: in a folder of its name the tables as CSV
files in ``problem``, the rules as ``rules.toml``, and a label by which ``verify`` knows its rosters. ``--solve`` lets
poolmatch, or another contender of the benchmarks, look for a better roster and better bounds, and keeps them.
``--describe`` writes down anew what instances are: for those that are new. Exit codes: 0 all is done, 1 a contender
failed or contradicts what is known, 2 an instance cannot be made here.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.cases.rule_files import toml_of
from benchmarks.contenders.instances import SCRATCH, Instance
from benchmarks.contenders.registry import CONTENDERS, run
from benchmarks.library.instances import NoInstance, case_of, describe, descriptions, made
from benchmarks.library.records import BEST_KNOWN, Contradiction, Record, record, today
from benchmarks.library.table import README, refresh, table
from benchmarks.library.verify import LABEL
from poolmatch import write
from poolmatch.versions import versions

DONE, FAILED, BAD_INPUT = 0, 1, 2


def written(name: str, folder: Path) -> Path:
    """Write an instance as files into a folder of its name, which is returned. Raises as `made`."""
    problem, rules = made(name)
    target = folder / name
    write(problem, target / "problem")
    (target / "rules.toml").write_text(toml_of(rules), "utf-8")
    label = {"instance": name} | asdict(descriptions()[name])
    (target / LABEL).write_text(json.dumps(label, indent=2) + "\n", "utf-8")
    return target


def signature(contender: str) -> str:
    """Return by what name a contender's finds are recorded: with the version of poolmatch, whose model it solves."""
    found = versions()
    if contender == "poolmatch":
        return f"poolmatch {found['poolmatch']}"
    title, home = CONTENDERS[contender].title, CONTENDERS[contender].environment
    return f"{title}, of poolmatch {found['poolmatch']}" + (f", ortools {found['ortools']}" if home is None else "")


def solved(name: str, given: argparse.Namespace, folder: Path, scratch: Path) -> bool:
    """Let a contender solve an instance, keep what is better, and say what came of it; whether nothing went wrong.

    Parameters
    ----------
    name
        The instance.
    given
        Who solves it (``contender``), and with how many seconds (``limit``), ``workers`` and which ``seed``.
    folder
        Where records are kept.
    scratch
        Folder for what contenders read and write.

    Raises
    ------
    NoInstance
        As of `made`.
    """
    problem, _ = made(name)
    instance = Instance(name, case_of(name), given.seed, scratch)
    ran = run(instance, given.contender, given.limit, given.workers)
    if ran.outcome != "done":
        print(f"{name}: {ran.outcome}, {ran.reason}", flush=True)
        return False
    roster = instance.roster(instance.folder / given.contender)
    assert roster is not None, "who is done has left a roster"
    found = Record.of(ran.goals, signature(given.contender), today())
    try:
        words = record(name, found, roster, problem, folder)
    except Contradiction as alarm:
        print(f"{name}: ALARM: {alarm}. Nothing is recorded.", flush=True)
        return False
    print(f"{name}: {words}, after {ran.seconds:.1f} s", flush=True)
    return True


def main(
    arguments: Sequence[str], folder: Path = BEST_KNOWN, scratch: Path = SCRATCH / "library", page: Path = README
) -> int:
    """Show, write, describe or solve instances, and return the exit code.

    Parameters
    ----------
    arguments
        Words after ``library``.
    folder
        Where records are kept.
    scratch
        Folder for what contenders read and write.
    page
        The page whose table is brought up to date.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks library", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="instances")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--to", type=Path, metavar="FOLDER", help="write the instances as files")
    what.add_argument("--solve", action="store_true", help="look for better rosters and bounds, and keep them")
    what.add_argument("--describe", action="store_true", help="write down what the instances are now")
    parser.add_argument("--contender", choices=list(CONTENDERS), default="poolmatch", help="who solves")
    parser.add_argument("--limit", type=float, default=60.0, metavar="SECONDS", help="for each; default 60")
    parser.add_argument("--seed", type=int, default=1, help="of the search; default 1")
    parser.add_argument("--workers", type=int, default=2, help="threads; default 2")
    given = parser.parse_args(arguments)
    acts = given.to is not None or given.solve or given.describe
    if acts != bool(given.names):
        parser.error("name instances and what to do with them, or neither to see the table")
    fine = True
    try:
        if given.describe:
            describe(given.names)
        for name in given.names:
            if given.to is not None:
                print(written(name, given.to))
            elif given.solve:
                fine = solved(name, given, folder, scratch) and fine
    except NoInstance as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    if given.to is not None:
        return DONE
    if given.solve or given.describe:
        refresh(folder, page)
    else:
        print(table(folder))
    return DONE if fine else FAILED
