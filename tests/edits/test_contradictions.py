"""Edits that contradict one another are told both, whichever comes first; all others are made one after the other."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import combinations

import pytest
from tests.edits.edited_world import EVERY, moment, world
from tests.rings import enough, scaled

from poolmatch import EditRefused, UnknownId
from poolmatch.edits import (
    ContinuityLoosened,
    Edit,
    ExternalAdded,
    LimitRaised,
    MeetingCancelled,
    MeetingMoved,
    PartyAdded,
    PersonOut,
    PinReleased,
    SeatGivenUp,
    SlotAdded,
    TieAdded,
    TimeGiven,
    scenario,
)

CONTRADICTORY: Sequence[tuple[Edit, Edit]] = [
    (MeetingCancelled("M1"), MeetingMoved("M1", moment(7, 9), moment(7, 11))),
    (MeetingCancelled("M1"), PartyAdded("M1", "Elsewhere")),
    (MeetingCancelled("M1"), TieAdded("F2", "dossier", meeting="M1")),
    (MeetingCancelled("M1"), ContinuityLoosened("course", "mentor")),
    (MeetingMoved("M1", moment(6, 9), moment(6, 11)), MeetingMoved("M1", moment(7, 9), moment(7, 11))),
    (SlotAdded("M1", moment(6, 9), moment(6, 11)), MeetingMoved("M1", moment(7, 9), moment(7, 11))),
    (PersonOut("F2"), TimeGiven("F2", moment(5, 9), moment(5, 11))),
    (PartyAdded("M1", "Elsewhere"), PartyAdded("M1", "Elsewhere", "observer")),
    (SeatGivenUp("M1", "co"), PinReleased("M1", "co")),
]


def refused(*edits: Edit) -> str | None:
    """What is said of edits that contradict one another in Dutch; None where they can be made."""
    try:
        scenario(world(), *edits)
    except EditRefused as error:
        return error.words.nl
    return None


@pytest.mark.parametrize("pair", CONTRADICTORY, ids=lambda pair: "-".join(edit.kind for edit in pair))
def test_both_are_named_with_what_to_do(pair: tuple[Edit, Edit]) -> None:
    for first, second in (pair, pair[::-1]):
        said = f'"{first.words.clause.nl}" en "{second.words.clause.nl}" spreken elkaar tegen; laat een van beide weg'
        assert refused(first, second) == said
        assert refused(PersonOut("F1"), first, LimitRaised("F1", "max_hours", 4), second) == said
    with pytest.raises(EditRefused, match=r'".*[^.]" and ".*[^.]" contradict one another; leave out one of the two'):
        scenario(world(), *pair)


def test_of_any_two_edits_both_hold_or_both_are_named_whichever_comes_first() -> None:
    told, pairs = 0, list(combinations(EVERY, 2))
    for pair in random.Random(1).sample(pairs, min(len(pairs), scaled(200))):
        said = [refused(*pair), refused(*pair[::-1])]
        if {edit.kind for edit in pair} == {ExternalAdded.kind}:
            continue  # who brings all that another does is there already, and not the other way round
        assert (said[0] is None) == (said[1] is None), pair
        if said[0] is None:
            edited = scenario(world(), *pair)
            assert all(edit.holds(edited) for edit in pair)
        else:
            told += 1
            assert all(edit.words.clause.nl in text for edit in pair for text in said if text)
    assert told >= enough(4)


def test_an_edit_that_is_given_twice_is_made_once() -> None:
    twice = MeetingCancelled("M1")
    assert scenario(world(), twice, MeetingCancelled("M1")) == scenario(world(), twice)


def test_what_cannot_be_made_in_any_case_is_no_contradiction() -> None:
    with pytest.raises(UnknownId, match="M9"):
        scenario(world(), MeetingCancelled("M1"), PartyAdded("M9", "Town"))
    with pytest.raises(EditRefused, match="is required; make it optional first"):
        scenario(world(), PersonOut("F1"), SeatGivenUp("M3", "lead"))
