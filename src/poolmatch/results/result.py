"""What solving returns: a roster, how good it is, and what has been proven about it."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from poolmatch.checking import Report
from poolmatch.domain.meetings import Pin
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Roster
from poolmatch.figures import Fairness, Ledger, externals_of, fairness_of, ledger_of
from poolmatch.neutrality.evidence import Certificate, certificate_of
from poolmatch.results.status import Status
from poolmatch.results.tier import Tier
from poolmatch.ruleset import RuleSet
from poolmatch.views import COORDINATOR, View


@dataclass(frozen=True)
class Result:
    """A roster with its status, values, bounds and origin.

    Attributes
    ----------
    status
        How solving ended.
    report
        What the rules say of the roster.
    tiers
        Value, proven bound and gap of each tier, the highest first.
    runtime
        Seconds.
    seed
        Seed of the lottery between equally good rosters.
    versions
        Version of poolmatch and of what it stands on.
    clash
        Pins that no roster can keep together; empty unless INFEASIBLE.
    weighted
        Value, proven bound and gap of the weighted sum, when the rules ask for it. Then the bounds of the tiers are
        those that hold for each by itself.
    settings
        How it was searched, besides the seed: ``time_limit``, ``workers``, ``deterministic``, and whether it
        ``started`` from a roster that was given.
    """

    status: Status
    report: Report
    tiers: tuple[Tier, ...]
    runtime: float
    seed: int
    versions: Mapping[str, str]
    clash: tuple[Pin, ...] = ()
    weighted: Tier | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def goals(self) -> tuple[Tier, ...]:
        """What was minimised: the tiers, or their weighted sum."""
        return self.tiers if self.weighted is None else (self.weighted,)

    @property
    def problem(self) -> Problem:
        """The problem that was solved."""
        return self.report.problem

    @property
    def rules(self) -> RuleSet:
        """The rules it was solved under."""
        return self.report.rules

    @property
    def roster(self) -> Roster:
        """The roster: every seat of every meeting."""
        return self.report.roster

    @property
    def objective(self) -> tuple[float, ...]:
        """Value of each tier in penalty points, the highest tier first; or of the weighted sum alone."""
        return tuple(tier.points for tier in self.goals)

    @property
    def bound(self) -> tuple[float, ...]:
        """Proven bound of each tier in penalty points, the highest tier first; or of the weighted sum alone."""
        return tuple(tier.bound / tier.scale for tier in self.goals)

    @property
    def gap(self) -> float:
        """The largest gap of any tier; 0 when everything is proven and no tier is kept by a tolerance."""
        return max((tier.gap for tier in self.goals), default=0.0)

    @property
    def seats(self) -> dict[str, int]:
        """Number of required seats, duties included, and how many of them are filled."""
        required = {(seat.meeting, seat.seat) for seat in self.problem.all_seats if seat.required}
        filled = sum(row.facilitator is not None and (row.meeting, row.seat) in required for row in self.roster.rows)
        return {"required": len(required), "filled": filled}

    @property
    def ledger(self) -> Ledger:
        """Hours that organisations give and receive in the roster, split as the rules say."""
        return ledger_of(self.report)

    @property
    def fairness(self) -> Fairness:
        """How evenly the work is shared, before and after the roster."""
        return fairness_of(self.report)

    @cached_property
    def certificate(self) -> Certificate:
        """Why each who is assigned is neutral, and who says so; for the coordinator."""
        return certificate_of(View(self.report.plan, COORDINATOR), self.rules.policy)

    @property
    def externals(self) -> dict[str, float]:
        """How many assignments externals have, their hours, and their share of all hours assigned, from 0 to 1."""
        return externals_of(self.report)

    def run_dict(self) -> dict[str, Any]:
        """Return what happened as data, without the roster: the content of ``run.json``; see `RunRecord`."""
        return {
            "status": self.status.value,
            "seconds": round(self.runtime, 3),
            "seed": self.seed,
            "settings": dict(self.settings),
            "versions": dict(self.versions),
            "fingerprints": {
                "problem": self.problem.fingerprint,
                "rules": self.rules.fingerprint,
                "policy": self.rules.policy.fingerprint,
                "roster": self.roster.fingerprint,
                "certificate": self.certificate.fingerprint,
            },
            "rule_set": self.rules.to_dict(),
            "seats": self.seats,
            "externals": self.externals,
            "tiers": [tier.to_dict() for tier in self.tiers],
            "weighted": None if self.weighted is None else self.weighted.to_dict(),
            "clash": [{"meeting": pin.meeting, "seat": pin.seat, "facilitator": pin.facilitator} for pin in self.clash],
        }

    def to_dict(self) -> dict[str, Any]:
        """Return what happened and the roster as data; ``Roster.model_validate`` reads it back from key ``roster``."""
        return self.run_dict() | {"roster": self.roster.model_dump(mode="json", exclude_none=True)}

    def to_json(self, indent: int | None = 2) -> str:
        """Return what happened and the roster as a JSON document."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    def __repr__(self) -> str:
        seats = self.seats
        return f"<Result {self.status}: {seats['filled']} of {seats['required']} required seats, gap {self.gap:.2%}>"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{tier.tier}</td><td>{tier.points:g}</td>"
            f"<td>{tier.bound / tier.scale:g}</td><td>{tier.gap:.2%}</td></tr>"
            for tier in self.tiers
        )
        head = "<tr><th>tier</th><th>value</th><th>bound</th><th>gap</th></tr>"
        return f"<p>{html.escape(repr(self)[1:-1])}</p><table>{head}{rows}</table>"
