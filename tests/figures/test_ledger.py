"""The ledger between organisations: who gives, who receives, and what is to be settled, exactly."""

import random
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import EMPLOYER, PARTY, facilitator, meeting, problem, roster
from tests.rings import scaled

from poolmatch import Problem, ProblemError, Roster
from poolmatch.domain.employers import employers
from poolmatch.domain.hours import TICKS
from poolmatch.domain.plan import Plan
from poolmatch.domain.reciprocity import Split
from poolmatch.domain.roster import RosterRow
from poolmatch.figures import Ledger, ledger
from poolmatch.figures.ledger import NOBODY
from poolmatch.testing import every_roster, tiny_problems

SPLITS: tuple[Split, ...] = ("commissioner", "parties")
CENT = Decimal("0.01")


def received(book: Ledger) -> dict[str, Fraction]:
    """Return what those who receive anything receive."""
    return {item.organisation: item.received for item in book.accounts if item.received}


# --- who receives ------------------------------------------------------------------------------------------

# Three hours in all: 19:30 to 21:30 is two, half an hour of setup and half an hour of preparation.
THREE_HOURS = meeting(setup_minutes=30, preparation_hours=0.5)
ALL_GRADES = {"A": "commissioner", "B": "commissioner", "C": "decider", "D": "interest", "E": "contributor"}


@pytest.mark.parametrize(
    ("stakes", "split", "shares"),
    [
        (ALL_GRADES, "commissioner", {"A": Fraction(3, 2), "B": Fraction(3, 2)}),
        ({"C": "decider", "D": "interest", "E": "contributor"}, "commissioner", {"C": Fraction(3)}),
        ({"C": "contributor", "D": "interest", "E": "observer"}, "commissioner", dict.fromkeys("CD", Fraction(3, 2))),
        ({"C": "decider", "D": "decider", "E": "decider"}, "commissioner", dict.fromkeys("CDE", Fraction(1))),
        (ALL_GRADES, "parties", dict.fromkeys("ABCDE", Fraction(3, 5))),
        (ALL_GRADES | {"E": "observer"}, "parties", dict.fromkeys("ABCD", Fraction(3, 4))),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_commissioners_receive_else_deciders_else_all_but_observers(
    stakes: Mapping[str, str], split: Split, shares: Mapping[str, Fraction], turned: bool
) -> None:
    rows = list(stakes.items())
    case = problem([THREE_HOURS], stakes={"M1": dict(rows[::-1] if turned else rows)})
    book = ledger(case, roster({"M1": "F1"}), split)
    assert received(book) == shares
    assert book.of(EMPLOYER).given == 3
    assert [item.organisation for item in book.accounts] == [row.organisation for row in case.organisations]


def test_every_seat_counts_and_parts_are_exact() -> None:
    # 2 h 20 is 7/3 hours; two people are 14/3, a third of it each is 14/9.
    long = meeting(end="2026-03-05 21:50")
    seats = [{"meeting": "M1", "seat": name, "role": name} for name in ("lead", "co")]
    case = problem([long], ["F1", "F2"], stakes={"M1": dict.fromkeys("ABC", "commissioner")}, seats=seats)
    book = ledger(case, roster({"M1": "F1", ("M1", "co"): "F2"}))
    assert book.of(EMPLOYER).given == Fraction(14, 3)
    assert received(book) == dict.fromkeys("ABC", Fraction(14, 9))


def test_hours_for_ones_own_meeting_count_on_both_sides() -> None:
    case = problem(stakes={"M1": {EMPLOYER: "commissioner", PARTY: "commissioner"}})
    own = ledger(case, roster({"M1": "F1"})).of(EMPLOYER)
    assert [own.given, own.received, own.balance] == [2, 1, 1]


def test_a_flexible_meeting_counts_by_the_slot_that_is_chosen() -> None:
    slots = [
        {"meeting": "M1", "start": "2026-03-05 19:00", "end": "2026-03-05 20:00"},
        {"meeting": "M1", "start": "2026-03-06 19:00", "end": "2026-03-06 22:00"},
    ]
    case = problem([{"meeting": "M1"}], slots=slots)
    starts = [slot.start for slot in case.slots_of("M1")]
    rosters = [Roster.of(case, {("M1", "lead"): "F1"}, {"M1": start}) for start in starts]
    assert [ledger(case, item).of(EMPLOYER).given for item in rosters] == [1, 3]


# --- those without an employer, and hours that nobody receives ---------------------------------------------


@pytest.mark.parametrize("external", [False, True])
@pytest.mark.parametrize("employer", [EMPLOYER, None])
def test_only_people_without_an_employer_are_a_column_of_their_own(external: bool, employer: str | None) -> None:
    case = problem(facilitators=[facilitator(organisation=employer, external=external)])
    book = ledger(case, roster({"M1": "F1"}))
    town, own = book.of(PARTY), book.of(EMPLOYER)
    assert own.given == (2 if employer else 0)
    assert [town.received, town.external] == ([2, 0] if employer else [0, 2])
    assert town.closing == -2  # whoever gave them
    assert town.balance == (-2 if employer else 0)  # nobody is to be paid for hours that no organisation gave


def test_nobody_receives_the_hours_of_a_meeting_of_observers_or_of_a_duty_without_an_organisation() -> None:
    duties = [
        {"duty": "D1", "kind": "coaching", "hours": 1.5},
        {"duty": "D2", "kind": "report", "hours": 0.25, "organisation": "A"},
    ]
    people = [facilitator("F1"), facilitator("F2", organisation=None)]
    case = problem(facilitators=people, stakes={"M1": {"A": "observer"}}, duties=duties)
    book = ledger(case, roster({"M1": "F2", ("D1", "coaching"): "F1", ("D2", "report"): "F1"}))
    assert received(book) == {NOBODY: Fraction(3, 2), "A": Fraction(1, 4)}
    assert [book.of(NOBODY).external, book.of("A").external] == [2, 0]
    assert book.of(EMPLOYER).given == Fraction(7, 4)
    assert [item.organisation for item in book.accounts][-1] == NOBODY


@pytest.mark.parametrize(("who", "there"), [(None, False), ("F1", True), ("F2", True)])
def test_nobody_has_an_account_only_when_it_receives(who: str | None, there: bool) -> None:
    people = [facilitator("F1"), facilitator("F2", organisation=None)]
    meetings = [meeting(), meeting("M2", "2026-03-09 19:30", "2026-03-09 21:30")]
    book = ledger(problem(meetings, people, stakes={"M2": {"A": "observer"}}), roster({"M1": "F1", "M2": who}))
    assert (NOBODY in [item.organisation for item in book.accounts]) == there


def test_who_employs_on_the_day_gives_exactly() -> None:
    # 2 h 20 on the 5th for one employer, on the 9th for two, on the 12th for nobody.
    days = ("05", "09", "12")
    meetings = [meeting(f"M{day}", f"2026-03-{day} 19:30", f"2026-03-{day} 21:50") for day in days]
    ties = [
        {"facilitator": "F1", "kind": "employee", "organisation": name, "start": start, "end": end}
        for name, start, end in (("A", None, "2026-03-09"), ("B", "2026-03-09", "2026-03-11"))
    ]
    case = problem(meetings, [facilitator(organisation=None)], ties=ties)
    book = ledger(case, roster({row["meeting"]: "F1" for row in meetings}))
    assert [book.of(name).given for name in ("A", "B")] == [Fraction(7, 3) + Fraction(7, 6), Fraction(7, 6)]
    town = book.of(PARTY)
    assert [town.received, town.external] == [Fraction(14, 3), Fraction(7, 3)]
    assert sum(item.balance for item in book.accounts) == 0


# --- balances and settlement -------------------------------------------------------------------------------


def test_the_opening_balance_is_exact_and_is_not_settled() -> None:
    # 0.3 − 0.1 is a fifth of an hour, which no two floats make; two hours are given on top of it.
    rows = [
        {"organisation": EMPLOYER, "hours_given": 0.3, "hours_received": 0.1},
        {"organisation": "Gone quiet", "hours_given": 0, "hours_received": 7},
    ]
    case = problem(ledger=rows)
    book = ledger(case, roster({"M1": "F1"}))
    assert [(book.of(name).opening, book.of(name).closing) for name in (EMPLOYER, PARTY, "Gone quiet")] == [
        (Fraction(1, 5), Fraction(11, 5)),
        (0, -2),
        (-7, -7),
    ]
    balances = {row.organisation: row.balance for row in book.settlement()}
    assert balances == {PARTY: -2, EMPLOYER: 2, "Gone quiet": 0}


def test_an_amount_is_balance_times_rate_and_a_lost_cent_is_found_again() -> None:
    # Two hours at 10 are 20.00; a third of it is 6.66⅔, so one of the three pays a cent less.
    case = problem(stakes={"M1": dict.fromkeys("ABC", "commissioner")})
    rows = {row.organisation: row for row in ledger(case, roster({"M1": "F1"})).settlement(10)}
    assert rows[EMPLOYER].amount == Decimal("20.00")
    assert sorted(row.amount for name, row in rows.items() if name in "ABC" and row.amount is not None) == [
        Decimal("-6.67"),
        Decimal("-6.67"),
        Decimal("-6.66"),
    ]
    assert rows[PARTY].amount == 0


def test_a_settlement_without_a_rate_has_no_amounts_and_is_plain_data() -> None:
    case = problem(facilitators=["F1", facilitator("F2", organisation=None)])
    rows = ledger(case, roster({"M1": "F2"})).settlement()
    assert [row.to_dict() for row in rows] == [
        {"organisation": PARTY, "given": 0, "received": 0, "balance": 0, "external": 2, "amount": None},
        {"organisation": EMPLOYER, "given": 0, "received": 0, "balance": 0, "external": 0, "amount": None},
    ]
    at_rate = ledger(case, roster({"M1": "F1"})).settlement(92.5)
    assert [row.to_dict()["amount"] for row in at_rate] == [-185, 185]


def test_a_roster_of_another_problem_is_refused() -> None:
    with pytest.raises(ProblemError, match="is not in the problem"):
        ledger(problem(), roster({"M9": "F1"}))


# --- it always balances ------------------------------------------------------------------------------------


def assert_balanced(case: Problem, chosen: Roster, split: Split, rate: float) -> None:
    """Hold the ledger against the hours of the roster, added up without looking at who receives."""
    plan = Plan(case, chosen)
    work = [
        (bool(employers(case, item.facilitator.facilitator, item.day)), Fraction(item.ticks, TICKS * 60))
        for item in plan.assignments
    ]
    book = ledger(case, chosen, split)
    accounts = book.accounts
    assert sum(item.given for item in accounts) == sum(hours for employed, hours in work if employed)
    assert sum(item.given for item in accounts) == sum(item.received for item in accounts)
    assert sum(item.external for item in accounts) == sum(hours for employed, hours in work if not employed)
    assert sum(item.closing - item.opening + item.external for item in accounts) == 0
    rows = book.settlement(rate)
    assert sum(row.balance for row in rows) == 0
    assert sum(row.amount or 0 for row in rows) == 0
    for row in rows:
        assert row.amount is not None
        assert row.amount == round(row.amount, 2)
        assert abs(Fraction(row.amount) - row.balance * Fraction(repr(rate))) < Fraction(CENT)


def random_roster(case: Problem, rng: random.Random) -> Roster:
    """Return any roster, legal or not; the time of a flexible meeting is anyone's."""
    people = [None, *(row.facilitator for row in case.facilitators)]
    rows = []
    for seat in case.all_seats:
        times = case.times(case.meeting(seat.meeting))
        start = rng.choice(times)[0] if times else None
        rows.append(RosterRow(meeting=seat.meeting, seat=seat.seat, facilitator=rng.choice(people), start=start))
    return Roster(rows=tuple(rows))


@settings(max_examples=scaled(100), deadline=None)
@given(tiny_problems(seats=3, teams=True, programme=True), st.randoms(use_true_random=False))
def test_the_ledger_of_any_roster_balances_to_the_last_second(case: Problem, rng: random.Random) -> None:
    people = [
        row.model_copy(update={"organisation": rng.choice([None, row.organisation])}) for row in case.facilitators
    ]
    books = [
        {"organisation": row.organisation, "hours_given": rng.choice([0, 0.1, 12.35]), "hours_received": rng.random()}
        for row in case.organisations
        if rng.random() < 0.5
    ]
    case = case.replace(facilitators=people, ledger=books)
    for split in SPLITS:
        for rate in (0.0, 92.5, 1 / 3):
            assert_balanced(case, random_roster(case, rng), split, rate)


@pytest.mark.parametrize("split", SPLITS)
def test_every_roster_of_a_month_with_all_kinds_of_people_and_work_balances(split: Split) -> None:
    people = [
        facilitator("F1"),
        facilitator("F2", organisation="A"),
        facilitator("F3", organisation="B", external=True),
        facilitator("F4", organisation=None, external=True),
    ]
    stakes = {
        "M1": {"A": "commissioner", "B": "decider", "C": "interest"},
        "M2": dict.fromkeys("ABC", "contributor"),
        "M3": {"B": "observer"},
    }
    meetings = [meeting(f"M{n}", f"2026-03-0{n} 19:00", f"2026-03-0{n} 20:0{n}") for n in (1, 2, 3)]
    case = problem(meetings, people, stakes, duties=[{"duty": "D1", "kind": "coaching", "hours": 0.1}])
    rosters = list(every_roster(case))
    assert len(rosters) == 5**4
    for chosen in rosters:
        assert_balanced(case, chosen, split, 61.37)
