"""Writes what is derived from the sample: its workbook and its expected tier values.

Run it with ``make sample`` after a change to the sample or to the rules, and look at what has changed.
"""

from __future__ import annotations

import json
from pathlib import Path

from poolmatch import Status, read, solve, write

SAMPLES = Path(__file__).parents[1] / "data" / "samples"


def main() -> None:
    for folder in sorted(path for path in SAMPLES.iterdir() if path.is_dir()):
        problem = read(folder)
        result = solve(problem)
        assert result.status is Status.OPTIMAL, f"{folder.name} is not proven"
        expected = {
            "seats": result.seats,
            "tiers": [{"tier": tier.tier, "value": tier.value, "scale": tier.scale} for tier in result.tiers],
            "empty": [[row.meeting, row.seat] for row in result.roster.rows if row.facilitator is None],
        }
        (folder / "expected.json").write_text(json.dumps(expected, indent=2) + "\n", "utf-8")
        folder.with_suffix(".xlsx").unlink(missing_ok=True)  # version control keeps what it held
        write(problem, folder.with_suffix(".xlsx"))


if __name__ == "__main__":
    main()
