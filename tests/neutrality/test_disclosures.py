"""What must be told: the disclosure list, what the roster says of it, and who may read what."""

from __future__ import annotations

import json

from tests.neutrality.asking import DAY
from tests.neutrality.westerkwartier import CONSENTS, KIN, NAMES, held, several, westerkwartier

from poolmatch import Audience, check
from poolmatch.neutrality import COORDINATOR, Policy, certificate, disclosures

# --- the disclosure list -----------------------------------------------------------------------------------


def test_the_disclosure_list_holds_what_must_be_told_and_nothing_else() -> None:
    ties = [
        *KIN,
        {"facilitator": "F4", "kind": "resident", "organisation": "school"},
        {"facilitator": "F4", "kind": "resident", "organisation": "dorp"},
        {"facilitator": "F4", "kind": "family", "organisation": "wk"},
    ]
    case = westerkwartier(ties=ties, waivers=CONSENTS)
    told = disclosures(case, held(case, M1="F5", M2="F4"))
    assert [(item.meeting, item.facilitator) for item in told] == [("M1", "F5"), ("M2", "F4")]
    assert told[0].en == (
        "has family at Gemeente Westerkwartier (decider): waivable, rule family-at-party, waived by every party",
    )
    # Family at an observer is neutral, and not told.
    assert told[1].en == ("is a resident of Basisschool De Wierde (commissioner): disclose, rule resident",)
    assert told[1].nl == ("is inwoner van Basisschool De Wierde (opdrachtgever): melden, regel ‘bewoner’",)


def test_what_is_to_avoid_is_not_told() -> None:
    case = westerkwartier(ties=[{"facilitator": "F4", "kind": "resident", "organisation": "dorp"}])
    plan = held(case, M1="F4")
    assert check(case, plan).roster.rows[0].degree == "avoid"
    assert disclosures(case, plan) == ()


def test_one_sentence_is_told_once() -> None:
    # Two ties of one kind to the same organisation, one of them dated, make two paths and one sentence.
    ties = [{"facilitator": "F4", "kind": "resident", "organisation": "school", "start": day} for day in (None, DAY)]
    case = westerkwartier(ties=ties)
    (entry,) = certificate(case, held(case, M2="F4")).entries
    assert len(entry.paths) == 2
    assert [len(item.en) for item in disclosures(case, held(case, M2="F4"))] == [1]


def test_disclosures_follow_the_policy() -> None:
    case = westerkwartier()
    policy = Policy.from_data({"name": "mild", "base": "strict", "drop": ["employed-in-group"]})
    assert len(disclosures(case, held(case, M2="F3"))) == 1
    assert disclosures(case, held(case, M2="F3"), policy) == ()


def test_disclosures_of_a_flexible_meeting_are_of_the_slot_that_was_chosen() -> None:
    row = {"facilitator": "F5", "kind": "resident", "organisation": "wk", "end": "2026-03-05"}
    slots = [{"meeting": "M1", "start": f"2026-03-0{day} 10:00", "end": f"2026-03-0{day} 12:00"} for day in (5, 6)]
    case = westerkwartier(
        meetings=[{"meeting": "M1"}],
        slots=slots,
        stakes=[{"meeting": "M1", "organisation": "wk", "grade": "decider"}],
        seats=[{"meeting": "M1", "seat": "lead", "role": "lead"}],
        ties=[row],
    )
    first = held(case, M1="F5")
    second = first.with_rows(lambda _: {"start": case.slots[1].start, "end": case.slots[1].end})
    assert [len(disclosures(case, plan)) for plan in (first, second)] == [1, 0]


# --- who may read what -------------------------------------------------------------------------------------


def test_a_coordinator_sees_everything() -> None:
    case, plan = several()
    assert [(entry.meeting, entry.facilitator) for entry in certificate(case, plan).entries] == [
        ("M1", "F5"),
        ("M1", "F4"),
        ("M2", "F4"),
        ("M2", "F3"),
    ]
    assert [(item.meeting, item.facilitator) for item in disclosures(case, plan, audience=COORDINATOR)] == [
        ("M1", "F5"),
        ("M2", "F4"),
        ("M2", "F3"),
    ]


def test_a_party_sees_what_it_must_be_told_of_its_own_meetings_and_nothing_else() -> None:
    case, plan = several()
    school = Audience.party("school")
    proof = certificate(case, plan, audience=school)
    assert [(entry.meeting, entry.facilitator) for entry in proof.entries] == [("M2", "F4"), ("M2", "F3")]
    assert [len(entry.paths) for entry in proof.entries] == [1, 1]
    assert [(item.meeting, item.facilitator) for item in disclosures(case, plan, audience=school)] == [
        ("M2", "F4"),
        ("M2", "F3"),
    ]
    for shown in (proof.to_json(), proof.to_text(), proof.to_text("nl"), repr(proof.entries)):
        assert "M1" not in shown
        assert "F5" not in shown
        assert "Facilitator 05" not in shown
        assert "bp" not in shown
        assert "Brede Plein" not in shown
    assert json.loads(proof.to_json())["audience"] == {"kind": "party", "id": "school"}


def test_a_party_is_not_told_what_is_only_to_avoid_nor_what_leads_nowhere() -> None:
    case, plan = several()
    proof = certificate(case, plan, audience=Audience.party("dorp"))
    kin, resident = proof.entries
    assert (kin.facilitator, kin.degree.word, len(kin.paths)) == ("F5", "disclose", 1)
    assert (kin.ties, kin.waivers) == ((), ())
    assert (resident.facilitator, resident.degree.word) == ("F4", "neutral")
    assert (resident.ties, resident.paths, resident.waivers) == ((), (), ())
    assert proof.to_text().endswith("  Facilitator 04 (scribe, seat s2): neutral\n  Nothing to disclose.\n")
    assert proof.to_text("nl").endswith("  Facilitator 04 (verslaglegger, plaats s2): neutraal\n  Niets te melden.\n")
    assert "On record" not in proof.to_text()


def test_who_has_no_stake_sees_nothing() -> None:
    case, plan = several()
    stranger = Audience.party("away")
    assert certificate(case, plan, audience=stranger).entries == ()
    assert disclosures(case, plan, audience=stranger) == ()


def test_an_observer_is_a_party_too() -> None:
    case, plan = several()
    assert {entry.meeting for entry in certificate(case, plan, audience=Audience.party("wk")).entries} == {"M1", "M2"}


def test_a_facilitator_sees_only_what_is_about_themselves() -> None:
    case, plan = several()
    mine = certificate(case, plan, audience=Audience.facilitator("F4"))
    assert [(entry.meeting, entry.facilitator, entry.degree.word) for entry in mine.entries] == [
        ("M1", "F4", "avoid"),
        ("M2", "F4", "disclose"),
    ]
    assert len(mine.entries[0].ties) == 4  # the employer and three rows
    for shown in (mine.to_json(), mine.to_text(), mine.to_text("nl")):
        assert not any(word in shown for word in ("F5", "F3", "Facilitator 05", "Facilitator 03", "Woonzorg"))
    assert [
        (item.meeting, item.facilitator) for item in disclosures(case, plan, audience=Audience.facilitator("F4"))
    ] == [("M2", "F4")]
    (kin,) = certificate(case, plan, audience=Audience.facilitator("F5")).entries
    assert [row.party for row in kin.waivers] == ["wk", "dorp"]


def test_an_audience_is_what_it_says() -> None:
    assert Audience.party("wk") == Audience("party", "wk")
    assert Audience.facilitator("F4") == Audience("facilitator", "F4")
    assert Audience("coordinator") == COORDINATOR
    case, plan = several()
    shown = certificate(case, plan, audience=Audience.facilitator("F4")).to_dict()["audience"]
    assert shown == {"kind": "facilitator", "id": "F4"}


# --- the roster and its messages ---------------------------------------------------------------------------


def test_the_roster_says_who_is_waived_and_who_is_disclosed() -> None:
    case, plan = several()
    rows = {(row.meeting, row.facilitator): row for row in check(case, plan).roster.rows}
    assert rows["M1", "F5"].degree == "disclose"
    assert rows["M1", "F5"].disclosure == (
        "has family at Gemeente Westerkwartier (decider): waivable, rule family-at-party, waived by every party"
    )
    assert (rows["M1", "F4"].degree, rows["M1", "F4"].disclosure) == ("avoid", None)
    assert rows["M2", "F4"].degree == "disclose"


def test_findings_hold_ids_and_no_names() -> None:
    case = westerkwartier()
    (finding,) = check(case, held(case, M1="F3")).violations
    for words in (finding.words.en, finding.words.nl):
        assert "F3" in words
        assert not any(name in words for name in ("Facilitator 03", *NAMES.values()))
