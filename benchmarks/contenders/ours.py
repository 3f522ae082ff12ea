"""poolmatch as one of the contenders: ``python -m benchmarks.contenders.ours FOLDER --out FOLDER [--rules FILE]``.

It is ``python -m poolmatch solve`` in this very process, which alone is told what value and bound are when: the six
files are written as ever, and ``curve.jsonl`` and ``times.json`` beside them as other contenders write them (see
`benchmarks.contenders.peers.exchange`). ``--set`` is for `benchmarks.measuring.ablation`.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable
from math import lcm
from typing import Any
from unittest.mock import patch

from benchmarks.contenders.clock import CURVE, Clock, arguments
from benchmarks.contenders.tweaks import params_of
from poolmatch import Problem, Progress, Result
from poolmatch.checking import tier_scale
from poolmatch.cli import main as command_line
from poolmatch.ruleset import RuleSet


def scale_of(rules: RuleSet, tier: float) -> int:
    """Return the units per point of a tier; of the weighted sum, which is tier 0."""
    return tier_scale(rules, tier) if tier else lcm(*(rule.scale for rule in rules.preferences))


def main() -> int:
    """Solve a problem as a contender."""
    parser = arguments()
    parser.add_argument("--set", action="append", default=[], metavar="PATH=VALUE", help="a parameter of the search")
    given = parser.parse_args()
    params = params_of(given.set)
    given.out.mkdir(parents=True, exist_ok=True)
    clock = Clock(given.began)
    module = importlib.import_module("poolmatch.solving.solve")
    solve = module.solve
    words = ["solve", str(given.problem), "--out", str(given.out), "--force"]
    words += ["--time-limit", f"{given.limit:g}", "--seed", str(given.seed)]
    words += [] if given.rules is None else ["--rules", str(given.rules)]
    more = {"workers": given.workers, "params": params}
    with (given.out / CURVE).open("w", encoding="utf-8", buffering=1) as curve:

        def watched(
            problem: Problem, rules: RuleSet, *, on_progress: Callable[[Progress], object], **settings: Any
        ) -> Result:
            def note(news: Progress) -> None:
                scale = scale_of(rules, news.tier)
                point = {"seconds": round(time.time() - clock.began, 3), "tier": news.tier}
                point |= {"value": round(news.value * scale), "bound": round(news.bound * scale)}
                curve.write(json.dumps(point) + "\n")
                on_progress(news)

            clock.read = time.time()
            result: Result = solve(problem, rules, **settings, **more, on_progress=note)
            clock.write(given.out)
            return result

        with patch.object(module, "solve", watched), patch.object(sys, "argv", ["poolmatch", *words]):
            return command_line()


if __name__ == "__main__":
    sys.exit(main())
