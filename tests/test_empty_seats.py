"""Empty seats and externals explained: at which rule people fell away, and what keeps out those who could have come."""

import random
from collections import Counter
from collections.abc import Iterator

import pytest
from benchmarks.cases import teams
from tests.builders import Cells, facilitator, meeting, problem, roster
from tests.rings import seeds

from poolmatch import STANDARD_RULES, Problem, Roster, check, empty_seats, outsiders
from poolmatch.domain.plan import Plan
from poolmatch.domain.roster import RosterRow
from poolmatch.explain import EmptySeat, empty_seats_of, outsiders_of
from poolmatch.explain.emptiness import MOST_TRIALS

SMALL = (11, 40, 6)
AT_SEVEN = meeting("M1", "2026-03-05 19:00", "2026-03-05 21:00")
AT_EIGHT = meeting("M2", "2026-03-05 20:00", "2026-03-05 22:00")


def explained(case: Problem, held: Roster, most_trials: int = MOST_TRIALS) -> dict[tuple[str, str], EmptySeat]:
    """Return the empty seats; whoever asks for a report of the roster must be told the same."""
    found = empty_seats(case, held, STANDARD_RULES, most_trials=most_trials)
    assert found == empty_seats_of(check(case, held), most_trials=most_trials)
    return {(seat.meeting, seat.seat): seat for seat in found}


# --- by hand -----------------------------------------------------------------------------------------------


def test_a_roster_without_empty_seats_has_nothing_to_explain() -> None:
    assert explained(problem(), roster({"M1": "F1"})) == {}


def test_who_is_elsewhere_is_kept_out_and_who_is_free_could_be_added() -> None:
    people: list[str | Cells] = ["F1", "F2", facilitator("F3", roles="scribe"), facilitator("F4", organisation="Town")]
    case = problem([AT_SEVEN, AT_EIGHT], people)
    seat = explained(case, roster({"M2": "F1"}))["M1", "lead"]
    assert (seat.fell, seat.eligible, seat.kept_out) == ({"neutral": 1, "role": 1}, 2, {"no-double-booking": 1})
    assert (seat.addable, seat.untried) == (1, 0)


def test_each_person_counts_at_the_first_constraint_that_keeps_them_out() -> None:
    # F1 would be in two places and above both limits; F2 would only have too many meetings.
    three = [AT_SEVEN, AT_EIGHT, meeting("M3", "2026-03-12 19:00", "2026-03-12 21:00")]
    people = [facilitator("F1", max_per_day=1, max_meetings=1), facilitator("F2", max_meetings=1)]
    seat = explained(problem(three, people), roster({"M2": "F1", "M3": "F2"}))["M1", "lead"]
    assert seat.kept_out == {"no-double-booking": 1, "max-meetings": 1}
    assert list(seat.kept_out) == ["no-double-booking", "max-meetings"]


def test_what_a_roster_breaks_already_keeps_nobody_out() -> None:
    # F1 has two meetings too many on the 12th; one more on the 5th is another matter.
    day = [meeting(f"M{n}", f"2026-03-12 {n}:00", f"2026-03-12 {n}:45") for n in (10, 12, 14)]
    case = problem([AT_SEVEN, *day], [facilitator("F1", max_per_day=1)])
    assert explained(case, roster({"M10": "F1", "M12": "F1", "M14": "F1"}))["M1", "lead"].addable == 1


def flexible(*days: int) -> list[Cells]:
    return [{"meeting": "M1", "start": f"2026-03-{d:02d} 19:00", "end": f"2026-03-{d:02d} 21:00"} for d in days]


def test_one_free_slot_is_enough_unless_the_meeting_is_held_in_another() -> None:
    seats = [{"meeting": "M1", "seat": name, "role": name} for name in ("lead", "co")]
    people: list[str | Cells] = ["F1", facilitator("F2", organisation="Other")]
    case = problem([{"meeting": "M1"}, AT_EIGHT], people, seats=seats, slots=flexible(5, 6))
    assert explained(case, roster({"M2": "F1"}))["M1", "lead"].addable == 2
    fifth, sixth = (start for start, _ in case.times(case.meeting("M1")))
    for start, kept_out in ((fifth, {"no-double-booking": 1, "one-per-seat": 1}), (sixth, {"one-per-seat": 1})):
        lead = RosterRow(meeting="M1", seat="lead", facilitator="F2", start=start)
        held = Roster(rows=(lead, *roster({"M2": "F1"}).rows))
        assert explained(case, held)["M1", "co"].kept_out == kept_out


def test_the_series_of_a_seat_is_looked_at() -> None:
    sessions = [meeting(f"M{n}", f"2026-03-{n:02d} 19:00", f"2026-03-{n:02d} 21:00", series="S") for n in (5, 12)]
    seats = [{"meeting": row["meeting"], "seat": "lead", "role": "lead", "continuity": "same"} for row in sessions]
    seat = explained(problem(sessions, ["F1", "F2", "F3"], seats=seats), roster({"M12": "F1"}))["M5", "lead"]
    assert (seat.kept_out, seat.addable) == ({"same-team": 2}, 1)


def test_a_duty_is_explained_like_a_seat() -> None:
    duties = [{"duty": name, "kind": "coaching", "hours": 2.0} for name in ("D1", "D2")]
    case = problem([], ["F1"], duties=duties)
    seat = explained(case, roster({("D1", "coaching"): "F1"}))["D2", "coaching"]
    assert (seat.eligible, seat.kept_out) == (1, {"one-duty": 1})


# --- against a search through the whole roster ---------------------------------------------------------------


def naive(case: Problem, held: Roster, meeting: str, seat: str, name: str) -> str | None:
    """Return the first constraint that says more once somebody is added to the whole roster, in every slot."""

    def judged(rows: tuple[RosterRow, ...]) -> Iterator[tuple[str, list[object]]]:
        plan = Plan(case, Roster(rows=rows))
        for rule in STANDARD_RULES.constraints:
            yield rule.id, list(rule.judge(plan))

    rows = tuple(row for row in held.rows if row.facilitator is not None)
    chosen = [row.start for row in rows if row.meeting == meeting]
    starts = chosen[:1] or [start for start, _ in case.times(case.meeting(meeting))] or [None]
    before = dict(judged(rows))
    answers = []
    for start in starts:
        trial = RosterRow(meeting=meeting, seat=seat, facilitator=name, start=start)
        after = judged((*rows, trial))
        answers.append(next((rule for rule, found in after if any(item not in before[rule] for item in found)), None))
    return None if None in answers else answers[0]


@pytest.mark.slow
@pytest.mark.parametrize("seed", seeds(4, first=1))
def test_trials_on_part_of_a_roster_say_what_the_whole_says(seed: int) -> None:
    case, rng = teams.pool(*SMALL, seed), random.Random(seed)
    people = [row.facilitator for row in case.facilitators]
    holders = {(row.meeting, row.seat): rng.choice([*people, None, None]) for row in case.all_seats}
    held = Roster.of(case, holders)  # broken in many ways
    for (place, name), seat in explained(case, held).items():
        eligible = [
            row.facilitator
            for row in case.facilitators
            if not any(
                item.rule in {rule.id for rule in STANDARD_RULES.eligibility}
                for item in check(case, Roster.of(case, {(place, name): row.facilitator})).violations
            )
        ]
        if case.slots_of(place):
            continue  # eligible in some slot, and `check` above was asked about the first
        kept_out = Counter(naive(case, held, place, name, who) for who in eligible)
        assert seat.eligible == len(eligible)
        assert seat.addable == kept_out.pop(None, 0)
        assert seat.kept_out == kept_out


# --- so many that not all are tried --------------------------------------------------------------------------


def crowd() -> tuple[Problem, Roster]:
    """Return three empty meetings at one time for five people, of whom F1 is elsewhere then."""
    rows = [meeting(f"M{n}", "2026-03-05 19:00", "2026-03-05 21:00") for n in range(4)]
    return problem(rows, [f"F{n}" for n in range(1, 6)]), roster({"M0": "F1"})


@pytest.mark.parametrize(
    ("most", "tried"),
    [(15, [5, 5, 5]), (14, [4, 5, 5]), (7, [2, 2, 3]), (3, [1, 1, 1]), (2, [0, 1, 1]), (0, [0, 0, 0])],
)
def test_who_was_not_tried_is_counted_and_each_seat_has_its_share(most: int, tried: list[int]) -> None:
    found = explained(*crowd(), most)
    assert [seat.eligible - seat.untried for seat in found.values()] == tried
    for seat in found.values():
        looked_at = 5 - seat.untried
        assert seat.kept_out == ({"no-double-booking": 1} if looked_at else {})  # F1 comes first
        assert seat.addable == max(0, looked_at - 1)
        assert seat.to_dict()["untried"] == seat.untried


def test_what_one_seat_does_not_need_passes_to_the_next() -> None:
    case, held = crowd()
    scarce = case.replace(requirements=[{"meeting": "M1", "seat": "lead", "skill": "intake", "level": 3}])
    assert [seat.untried for seat in explained(scarce, held, 6).values()] == [0, 2, 2]


# --- worked out once -----------------------------------------------------------------------------------------


def test_a_report_is_explained_once_however_many_ask() -> None:
    case = problem([AT_SEVEN, AT_EIGHT], ["F1", facilitator("X", external=True)])
    report = check(case, roster({"M1": "X"}))
    empty, outside = empty_seats_of(report), outsiders_of(report)
    assert empty == empty_seats(case, report.roster, report.rules) != ()
    assert outside == outsiders(case, report.roster, report.rules) != ()
    assert empty_seats_of(report) is empty
    assert outsiders_of(report) is outside
