"""What is asked of rosters near a given one: what the quick answers say is so, by the judge."""

import numpy as np
import pytest
from tests.rings import seeds
from tests.solving.programmes import lively

from poolmatch import Roster, check, solve
from poolmatch.explain.asking import in_exchange, nearby_of, nearest_in, prepared_of
from poolmatch.solving.model.system import Objective, summed
from poolmatch.solving.nearby import Asked
from poolmatch.solving.running.budget import Budget


def test_the_sum_of_objectives_is_worth_what_they_are_together() -> None:
    one = Objective(2, 10, np.array([0, 2]), np.array([3, -1]), 7, unit=5)
    other = Objective(3, 1, np.array([1, 2]), np.array([2, 5]), -4)
    both = summed([one, other])
    assert both.column.tolist() == [0, 1]  # of the third column nothing is left
    for row in np.ndindex(3, 3, 3):
        values = np.array(row)
        assert both.value(values) == one.value(values) + other.value(values)


@pytest.mark.parametrize("seed", seeds(20))
def test_a_roster_nearest_by_is_worth_what_the_judge_says(seed: int) -> None:
    case = lively(seed + 300)
    report = solve(case, seed=seed, time_limit=0).report  # the quick start leaves seats empty
    if not report.legal:
        return
    prepared, nearby = prepared_of(report), nearby_of(report)
    candidates, world = prepared.candidates, prepared.world
    for place in np.unique(candidates.seat[candidates.open & (nearby.taken == 0)]).tolist():
        asked = Asked(some=(candidates.of_seat(place),))
        if asked.done_by(nearby.taken):
            continue
        seat = world.seats[place]
        for position in np.unique(candidates.person[asked.some[0]]).tolist():
            mine = candidates.find(position, place)[:1]
            start = case.times(case.meeting(seat.meeting))
            wish = Roster.of(case, {(seat.meeting, seat.seat): world.people[position].facilitator}).rows
            small = Roster(rows=tuple(row for row in wish if row.facilitator and row.meeting not in case.frozen))
            free = in_exchange(report, asked, small)
            assert free[asked.some[0]].all()
            found = nearest_in(report, Asked(some=(mine, asked.some[0])), free, Budget(20.0))
            if found is None or len(start) > 1:
                continue
            changed = report.roster
            for change in found[0].seats:
                changed = changed.with_holder(change.meeting, change.seat, change.after)
            after = check(case, changed)
            assert after.legal
            assert changed.holder(seat.meeting, seat.seat) == world.people[position].facilitator
            assert [item.after for item in found[0].tiers] == [item.points for item in after.tiers]
            assert [item.before for item in found[0].tiers] == [item.points for item in report.tiers]
