"""What poolmatch is to show: the first table that ``python -m benchmarks`` prints, and the one of mode ``weighted``.

A further promise is one line.
"""

from __future__ import annotations

from benchmarks.cases.registry import OF_POOLS, OF_TIERS, PUBLISHED_REVIEWERS
from benchmarks.measuring.promises import (
    Promise,
    all_of,
    as_good,
    flat,
    from_files,
    gap_by,
    memory_below,
    no_slower_than,
    not_proven_by,
    others_at,
    overhead,
    promises,
    proven,
    published,
    to_report,
)
from benchmarks.measuring.promises_in_tiers import (
    beside,
    every_one,
    files_within,
    limits_kept,
    near_the_fastest,
    no_worse,
    proven_within,
    tiers_at,
)
from benchmarks.measuring.results import Results

SMALL, MIDDLE, BIG = "pool 12x40, weighted", "pool 60x250, weighted", "pool 300x1500, weighted"
PLAIN, NATION = "plain 300x1500, weighted", "nation 3000x25000x342, weighted"
OF_WEIGHTED = (
    Promise(
        SMALL,
        "proven, files to report < 1 s; no slower than a model by hand",
        all_of(proven(SMALL), to_report(SMALL, 1.0), no_slower_than(SMALL, "hand-written", 1.0)),
    ),
    Promise(
        MIDDLE,
        "gap ≤ 0.5 % at 10 s, ≤ 0.25 % at 60 s; HiGHS and CP-SAT worse at 30 s",
        all_of(
            gap_by(MIDDLE, 10, 0.005),
            gap_by(MIDDLE, 60, 0.0025),
            others_at(MIDDLE, 30, 1, ("highs", "cpsat", "hand-written")),
        ),
    ),
    Promise(
        BIG,
        "gap ≤ 1 % at 60 s; every peer ≥ 5 × that",
        all_of(gap_by(BIG, 60, 0.01), others_at(BIG, 60, 5, OF_POOLS)),
    ),
    Promise(
        PLAIN,
        "proven, in ≤ 1.5 × the time of HiGHS; CP-SAT not in 60 s",
        all_of(proven(PLAIN), no_slower_than(PLAIN, "highs", 1.5), not_proven_by(PLAIN, "cpsat")),
    ),
    Promise(
        NATION,
        "first roster ≤ 90 s from files, gap ≤ 3 % in 15 min, ≤ 8 GiB; every peer ≥ 5 × that gap",
        all_of(
            from_files(NATION, 90),
            gap_by(NATION, 900, 0.03),
            memory_below(NATION, 8192),
            others_at(NATION, 900, 5, OF_POOLS),
        ),
    ),
    Promise(f"{NATION}, Dask", "at least as good; what 8 and 32 workers would add", as_good(NATION)),
    Promise(
        "SMPTSP, 13 files",
        "legal; best known or better on ≥ 10 within 60 s, within 3 % on the rest",
        published,
    ),
    Promise("memory", "flat over 200 solves", flat),
    Promise(BIG, "building and judging ≤ 20 % of the time", overhead(BIG, 0.2)),
)
"""Mode ``weighted``, and what bears on both modes."""
TEAMS, OTHERS = "teams 60x250", ("cpsat-whole", "highs")
FASTEST = ("cpsat-whole", "cpsat", "highs", "scip")
NATION_OF_TEAMS, MADE_UP_REVIEWERS = "nation with teams 3000x25000", "reviewers 118x177, made up"
OF_DEFAULTS = (
    Promise(
        "every family, every size",
        "at 10, 30 and 60 s no worse than any other, tier by tier, value and bound",
        no_worse(OF_TIERS),
    ),
    Promise(
        "teams 12x40",
        "all proven in 1 s; ≤ 1.2 × the fastest",
        all_of(proven_within("teams 12x40", 1), near_the_fastest("teams 12x40", FASTEST, 1.2)),
    ),
    Promise(
        "teams 30x120",
        "all proven in 10 s; ≤ 1.2 × the fastest",
        all_of(proven_within("teams 30x120", 10), near_the_fastest("teams 30x120", FASTEST, 1.2)),
    ),
    Promise(TEAMS, "all six tiers proven in 60 s", all_of(proven_within(TEAMS, 60), beside(TEAMS, OTHERS))),
    Promise(
        "pool 60x250",
        "tiers 1–5 proven, tier 6 ≤ 1 % in 60 s",
        all_of(tiers_at("pool 60x250", 60, 0, 0, 0, 0, 0, 0.01), beside("pool 60x250", OTHERS)),
    ),
    Promise(
        "teams 100x400",
        "tiers 1–4 proven, 5 and 6 ≤ 1 % in 120 s",
        all_of(tiers_at("teams 100x400", 120, 0, 0, 0, 0, 0.01), beside("teams 100x400", OTHERS)),
    ),
    Promise(
        "teams 300x1500",
        "tier 1 ≤ 2 % in 60 s; every tier ≤ 3 % in 180 s",
        all_of(tiers_at("teams 300x1500", 60, 0.02, only=(1,)), tiers_at("teams 300x1500", 180, 0.03)),
    ),
    Promise(
        "teams 1000x6000",
        "tier 1 ≤ 2 %, every tier ≤ 5 % in 5 min",
        tiers_at("teams 1000x6000", 300, 0.02, 0.05),
    ),
    Promise(
        NATION_OF_TEAMS,
        "first legal roster ≤ 90 s; tier 1 ≤ 1 %, every tier ≤ 5 % in 15 min; files within 60 s more; ≤ 8 GiB",
        all_of(
            from_files(NATION_OF_TEAMS, 90),
            tiers_at(NATION_OF_TEAMS, 900, 0.01, 0.05),
            files_within(NATION_OF_TEAMS, 60),
            memory_below(NATION_OF_TEAMS, 8192),
        ),
    ),
    Promise("mode weighted", "all that is asked of it below", every_one(OF_WEIGHTED)),
    Promise(
        "reviewers' data",
        "made up and published: the optimum in 2 s",
        all_of(
            proven_within(MADE_UP_REVIEWERS, 2),
            proven_within(PUBLISHED_REVIEWERS, 2),
            beside(PUBLISHED_REVIEWERS, ("highs",)),
        ),
    ),
    Promise("limits", "never more than 1 s or 5 % over", limits_kept),
)
"""The default mode, from files to files on the command line."""


def promised(results: Results) -> str:
    """Return both tables as Markdown, the first of which is README's."""
    return f"{promises(results, OF_DEFAULTS)}\n\n### Mode weighted\n\n{promises(results, OF_WEIGHTED)}"
