"""A prepared problem and its variants: the best of each is that of the rosters it leaves, gone through one by one."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
import pytest
from tests.builders import facilitator, meeting, problem
from tests.rings import enough, seeds
from tests.solving.enumeration import judged_rosters
from tests.solving.optima import STRICTER, best_by_enumeration
from tests.solving.programmes import lively

from poolmatch import STANDARD_RULES, Problem
from poolmatch.arrays import Ints
from poolmatch.checking import Report
from poolmatch.domain.meetings import Pin
from poolmatch.rules.pinned import PinnedRule
from poolmatch.solving.backends.cpsat import Search, Settings
from poolmatch.solving.model.forced import ForcedBlocks
from poolmatch.solving.model.system import Assumption
from poolmatch.solving.prepared import Prepared
from poolmatch.solving.running.stopping import Stop

Worth = tuple[int, ...]
Keeps = Callable[[Report, Ints], bool]
"""Whether a roster is left in a variant, by what the judge says of it and which candidates it takes."""
Variant = tuple[Prepared, Keeps]


def best_of(prepared: Prepared) -> Worth | None:
    """Return what the best roster is worth, tier by tier; None when there is none. The judge agrees with the system."""
    if prepared.system.contradictory:
        return None
    search, values = Search(prepared.system, Settings(1, 0, False)), np.zeros(0, np.int64)
    worth: list[int] = []
    for objective in prepared.tiers:
        answer = search.minimise(objective, 20.0, Stop(None))
        if answer.infeasible:
            return None
        assert answer.values is not None
        values = answer.values
        worth.append(objective.value(values))
        search.keep(objective, worth[-1])
        search.hint(values)
    report = prepared.judged(values)
    assert report.legal
    assert worth_of(report) == tuple(worth)
    return tuple(worth)


def worth_of(report: Report) -> Worth:
    return tuple(tier.value for tier in report.tiers)


@cache
def prepared_case(seed: int) -> tuple[Prepared, Sequence[tuple[Report, Ints]]]:
    """Return a small problem, and all its legal rosters with the candidates that they take."""
    rules = STRICTER if seed % 3 else STANDARD_RULES
    prepared = Prepared.of(lively(seed), rules, seed)
    legal = [report for report in judged_rosters(prepared.problem, rules) if report.legal]
    return prepared, [(report, prepared.columns_of(report.roster)) for report in legal]


# --- variants ------------------------------------------------------------------------------------------------


def some(rng: random.Random, prepared: Prepared, most: int) -> Ints:
    """Draw one candidate, or some."""
    return np.array(rng.sample(range(len(prepared.candidates)), rng.randint(1, most)), np.int64)


def fixing(rng: random.Random, prepared: Prepared) -> Variant:
    chosen = some(rng, prepared, 2)
    return prepared.fixing(chosen), lambda _, taken: bool(taken[chosen].all())


def forbidding(rng: random.Random, prepared: Prepared) -> Variant:
    chosen = some(rng, prepared, 8)
    return prepared.forbidding(chosen), lambda _, taken: not taken[chosen].any()


def filling(rng: random.Random, prepared: Prepared) -> Variant:
    seat = rng.choice(prepared.problem.all_seats)
    key = seat.meeting, seat.seat
    return prepared.filling(*key), lambda report, _: report.roster.holder(*key) is not None


def keeping(rng: random.Random, prepared: Prepared) -> Variant:
    """Keep one tier at what it is worth in a roster of some candidates, legal or not, give or take one unit."""
    place = rng.randrange(len(prepared.tiers))
    taken = np.zeros(len(prepared.candidates), np.int64)
    taken[some(rng, prepared, 3)] = 1
    value = worth_of(prepared.judged(taken))[place] + rng.choice([-1, 0, 0, 1])
    return prepared.keeping(prepared.tiers[place], value), lambda report, _: worth_of(report)[place] <= value


def assuming(rng: random.Random, prepared: Prepared) -> Variant:
    """Make two assumptions, and some of them: the others ask for nothing."""
    chosen = [(some(rng, prepared, 3) if rng.random() < 0.7 else None, some(rng, prepared, 2)) for _ in range(2)]
    assumed, columns = prepared.assuming([Assumption(*one) for one in chosen])
    made = [place for place in range(2) if rng.random() < 0.7]

    def holds(_: Report, taken: Ints) -> bool:
        return all(
            (any_of is None or bool(taken[any_of].any())) and not taken[none].any()
            for any_of, none in (chosen[place] for place in made)
        )

    return assumed.fixing(columns[made]), holds


VARIANTS = (fixing, forbidding, filling, keeping, assuming)


def check_variant(prepared: Prepared, variant: Prepared, keeps: Keeps, rosters: Sequence[tuple[Report, Ints]]) -> bool:
    """Hold the best of a variant against all rosters that it leaves; tell whether there is one."""
    expected = min((worth_of(report) for report, taken in rosters if keeps(report, taken)), default=None)
    assert best_of(variant) == expected
    assert variant.candidates is prepared.candidates
    assert variant.blocks is prepared.blocks
    assert (variant.problem, variant.rules, variant.seed) == (prepared.problem, prepared.rules, prepared.seed)
    return expected is not None


@pytest.mark.parametrize("change", VARIANTS)
def test_a_variant_has_the_best_of_the_rosters_that_it_leaves(
    change: Callable[[random.Random, Prepared], Variant],
) -> None:
    possible = changed = tried = 0
    for seed in seeds(10):
        prepared, rosters = prepared_case(seed)
        before = best_of(prepared)
        assert before == min(worth_of(report) for report, _ in rosters), seed
        for number in range(5):
            tried += 1
            variant, keeps = change(random.Random(5 * seed + number), prepared)
            if check_variant(prepared, variant, keeps, rosters):
                possible += 1
                changed += best_of(variant) != before
        assert best_of(prepared) == before, seed  # it is what it was
    assert tried >= possible >= enough(10)
    assert changed >= enough(3)


def test_variants_of_variants_keep_what_each_asks_for() -> None:
    possible = 0
    for seed in seeds(30):
        rng = random.Random(seed)
        prepared, rosters = prepared_case(seed % 10)
        variant, asked = prepared, list[Keeps]()
        for change in rng.sample(VARIANTS, 2):
            variant, keeps = change(rng, variant)
            asked.append(keeps)

        def all_of(report: Report, taken: Ints, asked: Sequence[Keeps] = tuple(asked)) -> bool:
            return all(keeps(report, taken) for keeps in asked)

        possible += check_variant(prepared, variant, all_of, rosters)
    assert possible >= enough(5)


def test_nothing_is_asked_by_assumptions_that_are_not_made() -> None:
    for seed in seeds(6):
        prepared, _ = prepared_case(seed)
        everybody = np.arange(len(prepared.candidates))
        assumed, columns = prepared.assuming([Assumption(everybody[:0], everybody), Assumption(None, everybody)])
        assert len(columns) == 2
        assert best_of(assumed) == best_of(prepared), seed
        assert best_of(assumed.fixing(columns[:1])) is None, seed  # none of no candidates is taken
        empty = prepared.judged(np.zeros(len(everybody), np.int64))
        assert best_of(assumed.fixing(columns[1:])) == worth_of(empty), seed


def test_a_seat_that_does_not_exist_cannot_be_filled() -> None:
    with pytest.raises(KeyError):
        Prepared.of(problem()).filling("M1", "nobody's")


def test_what_cannot_be_taken_leaves_nothing_when_it_is_fixed() -> None:
    prepared = Prepared.of(problem())
    assert prepared.forbidding(np.array([0])).fixing(np.array([0])).system.contradictory
    assert not prepared.fixing(np.array([0])).system.contradictory


# --- other rules, and edits ----------------------------------------------------------------------------------


def test_under_other_rules_the_candidates_are_the_same() -> None:
    changed = 0
    for seed in seeds(10):
        prepared, _ = prepared_case(seed)
        rng, rules = random.Random(seed), prepared.rules
        ids = [rule.id for rule in (*rules.constraints, *rules.preferences) if rule.id != "one-per-seat"]
        fewer = rules.without(*rng.sample(ids, 3))
        variant = prepared.under(fewer)
        assert variant.candidates is prepared.candidates
        assert variant.rules is fewer
        assert best_of(variant) == best_by_enumeration(prepared.problem, fewer), seed
        changed += best_of(variant) != best_of(prepared)
    assert changed >= enough(3)


def without_a_meeting(rng: random.Random) -> Callable[[Problem], Problem]:
    def edit(case: Problem) -> Problem:
        gone = rng.choice(case.meetings).meeting
        tables = (
            "meetings",
            "stakes",
            "seats",
            "slots",
            "requirements",
            "spacing",
            "preferences",
            "published",
            "waivers",
        )
        kept = {
            name: tuple(
                row
                for row in getattr(case, name)
                if gone
                not in (getattr(row, "meeting", None), getattr(row, "first", None), getattr(row, "second", None))
            )
            for name in tables
        }
        return case.replace(**kept)

    return edit


def test_an_edit_is_prepared_like_any_problem() -> None:
    changed = 0
    for seed in seeds(10):
        prepared, _ = prepared_case(seed)
        edited = prepared.edited(without_a_meeting(random.Random(seed)))
        assert (edited.rules, edited.seed) == (prepared.rules, prepared.seed)
        assert len(edited.problem.meetings) == len(prepared.problem.meetings) - 1
        assert best_of(edited) == best_by_enumeration(edited.problem, edited.rules), seed
        fresh = Prepared.of(edited.problem, edited.rules, seed)
        assert edited.candidates.person.tolist() == fresh.candidates.person.tolist()
        assert edited.candidates.occasion.tolist() == fresh.candidates.occasion.tolist()
        changed += len(edited.candidates) != len(prepared.candidates)
    assert changed >= enough(6)


# --- pins ----------------------------------------------------------------------------------------------------


def pinned(rng: random.Random, case: Problem) -> Problem:
    """Return a problem with three pins: of anybody, or of nobody, and of meetings with slots most in one of these."""
    pins = []
    for seat in rng.sample(case.all_seats, min(3, len(case.all_seats))):
        starts = [start for start, _ in case.times(case.meeting(seat.meeting))]
        slot = rng.choice(starts) if len(starts) > 1 and rng.random() < 0.8 else None
        person = rng.choice([None, *(row.facilitator for row in case.facilitators)])
        pins.append({"meeting": seat.meeting, "seat": seat.seat, "facilitator": person, "slot_start": slot})
    return case.replace(pins=pins)


def keeps_pin(report: Report, pin: Pin) -> bool:
    """Tell whether a roster has in a seat who is pinned there, and nobody in another slot than the pinned one."""
    rows = [row for row in report.roster.rows if row.meeting == pin.meeting]
    elsewhere = any(row.facilitator and row.start != pin.slot_start for row in rows) and pin.slot_start is not None
    return not elsewhere and [row.facilitator for row in rows if row.seat == pin.seat] == [pin.facilitator]


def test_assuming_that_pins_are_kept_is_having_them() -> None:
    """Each pin by itself, all together, and all but the first, without the rule that keeps pins."""
    kept = clashing = slots = 0
    for seed in seeds(10):
        case, rules = pinned(random.Random(seed), lively(seed)), STANDARD_RULES.without_pins
        pins, unpinned = case.open_pins, Prepared.of(case, STANDARD_RULES, seed).under(rules)
        assumed, columns = unpinned.assuming([unpinned.keeping_pin(pin) for pin in pins])
        legal = [report for report in judged_rosters(case, rules) if report.legal]
        for chosen in [*([place] for place in range(len(pins))), range(len(pins)), range(1, len(pins))]:
            left = [report for report in legal if all(keeps_pin(report, pins[place]) for place in chosen)]
            expected = min(map(worth_of, left), default=None)
            assert best_of(assumed.fixing(columns[list(chosen)])) == expected, (seed, chosen)
            assert best_of(Prepared.of(case.replace(pins=[pins[place] for place in chosen]))) == expected, (
                seed,
                chosen,
            )
            kept += expected is not None
            clashing += expected is None
        slots += sum(pin.slot_start is not None for pin in pins)
    assert kept >= enough(10)
    assert clashing >= enough(10)
    assert slots >= enough(3)


def test_a_pin_to_a_slot_is_kept_in_it() -> None:
    """Also an empty one: nobody then sits in that seat, and the meeting is in that slot."""
    slots = [{"meeting": "M1", "start": f"2026-03-{day} 10:00", "end": f"2026-03-{day} 12:00"} for day in ("05", "12")]
    seats = [{"meeting": "M1", "seat": name, "role": "lead"} for name in ("a", "b")]
    pins = [
        {"meeting": "M1", "seat": "a", "facilitator": "F1", "slot_start": "2026-03-12 10:00"},
        {"meeting": "M1", "seat": "b", "facilitator": "", "slot_start": "2026-03-05 10:00"},
    ]
    case = problem([{"meeting": "M1"}], ["F1", "F2"], slots=slots, seats=seats, pins=pins)
    prepared = Prepared.of(case).under(STANDARD_RULES.without_pins)
    person, empty = (prepared.keeping_pin(pin) for pin in case.pins)
    world, candidates = prepared.world, prepared.candidates

    def who(columns: Ints | None) -> set[tuple[str, str, int]]:
        assert columns is not None
        days = (candidates.column("start")[columns] - candidates.column("start").min()) // 86_400
        people = [world.people[place].facilitator for place in candidates.person[columns].tolist()]
        names = [world.seats[place].seat for place in candidates.seat[columns].tolist()]
        return set(zip(people, names, days.tolist(), strict=True))

    assert who(person.some) == {("F1", "a", 7)}
    assert who(person.none) == {(name, seat, 0) for name in ("F1", "F2") for seat in "ab"}
    assert empty.some is None
    assert who(empty.none) == {(name, "b", 0) for name in ("F1", "F2")} | {
        (name, seat, 7) for name in ("F1", "F2") for seat in "ab"
    }


def test_who_is_pinned_by_force_is_a_candidate() -> None:
    """F1 does not take the role."""
    pins = [{"meeting": "M1", "seat": "lead", "facilitator": "F1"}]
    case = problem([meeting()], [facilitator("F1", roles="scribe"), "F2"], pins=pins)
    for rules, count in ((STANDARD_RULES, 1), (STANDARD_RULES.plus(PinnedRule(force=True)), 2)):
        prepared = Prepared.of(case, rules)
        assert len(prepared.candidates) == count
        assert isinstance(prepared.blocks, ForcedBlocks) == (count == 2)
        assert prepared.system.contradictory == (count == 1)


# --- from and to rosters -------------------------------------------------------------------------------------


def test_columns_and_rosters_say_the_same() -> None:
    for seed in seeds(10):
        prepared, rosters = prepared_case(seed)
        assert len({tuple(taken.tolist()) for _, taken in rosters}) == len(rosters), seed
        for report, taken in random.Random(seed).sample(rosters, min(20, len(rosters))):
            again = prepared.judged(taken)
            held = {
                (row.meeting, row.seat): (row.facilitator, row.start) for row in again.roster.rows if row.facilitator
            }
            assert held == {
                (row.meeting, row.seat): (row.facilitator, row.start) for row in report.roster.rows if row.facilitator
            }, seed
            assert worth_of(again) == worth_of(report), seed
            assert again.legal


def test_the_start_takes_candidates_that_are_free() -> None:
    filled = 0
    for seed in seeds(10):
        prepared, _ = prepared_case(seed)
        taken = prepared.start()
        assert taken.shape == (len(prepared.candidates),)
        assert set(taken.tolist()) <= {0, 1}
        chosen = np.flatnonzero(taken)
        assert not prepared.forbidding(chosen).start()[chosen].any()
        filled += len(chosen)
    assert filled >= enough(10)


def test_each_part_is_made_once_and_variants_share_it() -> None:
    prepared = Prepared.of(problem(), STANDARD_RULES.weighted())
    variant = prepared.forbidding(np.zeros(0, np.int64))
    for name in ("eligibility", "candidates", "blocks", "system", "tiers", "objectives", "features"):
        assert getattr(prepared, name) is getattr(prepared, name), name
    assert variant.blocks is prepared.blocks
    assert variant.world is prepared.world
    assert [objective.tier for objective in prepared.objectives] == [0]
    assert [objective.tier for objective in prepared.tiers] == list(STANDARD_RULES.tiers)


def test_the_seed_shuffles_the_world_and_changes_no_optimum() -> None:
    case = lively(0)
    orders = {tuple(row.facilitator for row in Prepared.of(case, seed=seed).world.people) for seed in range(6)}
    assert len(orders) > 1
    assert len({best_of(Prepared.of(case, seed=seed)) for seed in range(6)}) == 1
