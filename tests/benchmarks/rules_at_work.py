"""Small problems of each family in which rules are at work, and why others are idle there."""

from __future__ import annotations

from collections.abc import Mapping

Size = tuple[int, int, int]

AT_WORK: Mapping[tuple[str, Size, int, str | None], str] = {
    ("pools", (12, 30, 9), 1, None): "neutral skilled available max-per-week exposure-cap fill-seats neutral-choice "
    "fair-load reciprocity wishes",
    ("pools", (12, 30, 9), 2, None): "rest",
    ("pools", (12, 30, 9), 5, None): "travel-limit max-per-day",
    ("pools", (12, 30, 9), 6, None): "region short-travel",
    ("pools", (12, 30, 9), 7, None): "travel-gap max-meetings",
    ("pools", (12, 60, 9), 4, None): "no-double-booking",
    ("teams", (16, 24, 15), 1, None): "neutral struck role skilled available max-per-day pairing same-team "
    "exposure-cap fill-seats neutral-choice external-last keep-published continuity",
    ("teams", (16, 24, 15), 2, None): "travel-limit team-mix lead-first practice",
    ("teams", (16, 24, 15), 3, None): "region team-skills fair-load reciprocity",
    ("teams", (16, 24, 15), 4, None): "one-per-seat no-double-booking",
    ("teams", (16, 24, 15), 5, None): "one-slot",
    ("teams", (16, 24, 15), 8, None): "optional-seats",
    ("teams", (16, 24, 15), 9, None): "pinned",
    ("teams", (16, 24, 15), 11, None): "max-meetings",
    ("teams", (16, 24, 15), 12, None): "max-hours",
    ("teams", (14, 50, 18), 1, None): "one-duty",
    ("teams", (14, 50, 18), 3, None): "travel-gap",
    ("teams", (14, 50, 18), 10, None): "rest",
    ("teams", (14, 50, 18), 11, None): "max-per-week",
    ("teams", (20, 60, 20), 5, None): "short-travel wishes",
    ("teams", (30, 24, 20), 8, None): "cost",
    ("teams", (12, 60, 18), 1, "2026-03-12"): "past",
    ("programmes", (10, 12, 9), 1, None): "one-slot team-mix skilled same-team continuity fair-load fill-seats "
    "reciprocity",
    ("programmes", (10, 12, 9), 2, None): "available neutral neutral-choice",
    ("programmes", (10, 12, 9), 3, None): "exposure-cap",
    ("programmes", (10, 12, 9), 4, None): "wishes",
    ("programmes", (10, 12, 9), 7, None): "short-travel",
    ("programmes", (12, 12, 9), 3, None): "region",
    ("programmes", (12, 24, 9), 3, None): "max-per-day",
    ("programmes", (12, 24, 9), 5, None): "travel-limit",
    ("pleinen", (14, 20, 18), 1, None): "neutral role skilled available travel-limit one-per-seat rest team-mix "
    "lead-first pairing same-team exposure-cap fill-seats neutral-choice external-last",
    ("pleinen", (14, 20, 18), 2, None): "region max-per-day max-hours team-skills keep-published fair-load reciprocity",
    ("pleinen", (14, 20, 18), 5, None): "one-slot continuity optional-seats",
    ("pleinen", (20, 30, 24), 1, None): "practice",
    ("pleinen", (20, 30, 24), 3, None): "no-double-booking",
    ("pleinen", (14, 20, 18), 18, None): "pinned",
    ("pleinen", (14, 50, 18), 1, None): "struck one-duty",
    ("pleinen", (14, 50, 18), 4, None): "max-meetings",
    ("pleinen", (14, 50, 18), 5, None): "short-travel",
    ("pleinen", (14, 50, 18), 18, None): "travel-gap",
    ("pleinen", (20, 60, 24), 3, None): "max-per-week",
    ("pleinen", (40, 24, 24), 6, None): "cost",
    ("pleinen", (40, 24, 24), 14, None): "wishes",
    ("pleinen", (16, 50, 24), 16, "2026-05-13"): "past",
    ("all rules", (16, 24, 15), 1, None): "max-evenings growth team-limit travel-budget",
    ("all rules", (16, 24, 15), 2, None): "balanced-team max-on-end practice-window few-people",
    ("all rules", (16, 24, 15), 3, None): "worst-served",
    ("all rules", (16, 24, 15), 11, None): "growth-step",
    ("all rules", (16, 24, 15), 13, None): "weekend travel-share evenings",
    ("all rules", (16, 24, 6), 6, None): "quid-pro-quo",
    ("all rules", (20, 60, 20), 11, None): "one-trip",
    ("all rules", (20, 60, 20), 12, None): "known-faces",
}
"""Rules that are at work, by family, size, seed and the day on which it is planned anew."""
NO_LIMIT = "no row says how many of a team may have a skill"
AS_IT_COMES = "nobody was told anything, nothing is fixed, and nobody is hired or refused"
NO_KILOMETRES = "nobody has a limit of kilometres"
NO_EVENINGS = "nobody has a limit of evenings"
IDLE: Mapping[str, Mapping[str, str]] = {
    "teams": {NO_LIMIT: "team-limit", NO_EVENINGS: "max-evenings", NO_KILOMETRES: "travel-budget"},
    "pleinen": {NO_LIMIT: "team-limit", NO_EVENINGS: "max-evenings", NO_KILOMETRES: "travel-budget"},
    "pools": {
        NO_LIMIT: "team-limit",
        NO_KILOMETRES: "travel-budget",
        AS_IT_COMES: "struck past pinned external-last keep-published cost",
        NO_EVENINGS: "max-evenings",
        "a meeting has one seat": "one-per-seat team-mix lead-first pairing team-skills practice optional-seats",
        "no meeting is of a series, or flexible": "same-team continuity one-slot",
        "everyone may lead": "role",
        "nobody has a limit of hours": "max-hours",
        "all work has a time": "one-duty",
    },
    "programmes": {
        NO_LIMIT: "team-limit",
        NO_KILOMETRES: "travel-budget",
        AS_IT_COMES: "struck past pinned external-last keep-published cost",
        NO_EVENINGS: "max-evenings",
        "a team is a lead and a co, whoever they are": "lead-first pairing team-skills optional-seats",
        "a session goes to the one of its slots where nothing is in its way": "one-per-seat no-double-booking "
        "travel-gap rest",
        "people have limits per day alone": "max-per-week max-meetings max-hours practice",
        "everyone may take each seat": "role",
        "all work has a time": "one-duty",
    },
}
"""Rules that are idle in a family by its nature, by the reason why."""
