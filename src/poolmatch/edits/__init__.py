"""Edits: changes of a problem that have words and a price, one file per kind, registered here by one line each.

A rule says which edits would take away what it objects to (`Rule.cures`); remedies, scenarios and replanning do with
every kind that is registered. `docs/edits.md` has the kinds with their prices, and how to add one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from poolmatch.edits.consent import Consent
from poolmatch.edits.continuity_loosened import ContinuityLoosened
from poolmatch.edits.edit import Edit
from poolmatch.edits.external_added import ExternalAdded
from poolmatch.edits.farther_travel import FartherTravel
from poolmatch.edits.limit_raised import LimitRaised
from poolmatch.edits.meeting_added import MeetingAdded
from poolmatch.edits.meeting_cancelled import MeetingCancelled
from poolmatch.edits.meeting_moved import MeetingMoved
from poolmatch.edits.party_added import PartyAdded
from poolmatch.edits.person_out import PersonOut
from poolmatch.edits.pin_released import PinReleased
from poolmatch.edits.region_served import RegionServed
from poolmatch.edits.role_added import RoleAdded
from poolmatch.edits.scenario import scenario
from poolmatch.edits.seat_given_up import SeatGivenUp
from poolmatch.edits.seat_made_optional import SeatMadeOptional
from poolmatch.edits.skill_raised import SkillRaised
from poolmatch.edits.slot_added import SlotAdded
from poolmatch.edits.tie_added import TieAdded
from poolmatch.edits.time_given import TimeGiven
from poolmatch.hints import nearest_word

__all__ = [
    "ALL_EDITS",
    "Consent",
    "ContinuityLoosened",
    "Edit",
    "ExternalAdded",
    "FartherTravel",
    "LimitRaised",
    "MeetingAdded",
    "MeetingCancelled",
    "MeetingMoved",
    "PartyAdded",
    "PersonOut",
    "PinReleased",
    "RegionServed",
    "RoleAdded",
    "SeatGivenUp",
    "SeatMadeOptional",
    "SkillRaised",
    "SlotAdded",
    "TieAdded",
    "TimeGiven",
    "edit_from_dict",
    "scenario",
]

ALL_EDITS: tuple[type[Edit], ...] = (
    Consent,
    SeatGivenUp,
    TimeGiven,
    SlotAdded,
    PinReleased,
    LimitRaised,
    FartherTravel,
    RegionServed,
    ContinuityLoosened,
    MeetingMoved,
    SkillRaised,
    RoleAdded,
    ExternalAdded,
    SeatMadeOptional,
    PersonOut,
    TieAdded,
    PartyAdded,
    MeetingAdded,
    MeetingCancelled,
)
"""Every kind of edit that poolmatch brings: what can be asked for, the cheapest first, then what happens."""


def edit_from_dict(data: Mapping[str, Any], kinds: Sequence[type[Edit]] = ALL_EDITS) -> Edit:
    """Return the edit that `Edit.to_dict` wrote down.

    Parameters
    ----------
    data
        The kind, under ``kind``, and the fields.
    kinds
        The kinds that are known; with one's own where there are any.

    Raises
    ------
    ValueError
        No kind is called so, or a field is missing, wrong or not known.
    """
    known = {kind.kind: kind for kind in kinds}
    name = str(data.get("kind", ""))
    if name not in known:
        near = nearest_word(name, known)
        raise ValueError(f'no edit is of kind "{name}"; {f"did you mean {near}?" if near else ", ".join(known)}')
    fields = {key: value for key, value in data.items() if key != "kind"}
    return known[name].from_fields(fields)
