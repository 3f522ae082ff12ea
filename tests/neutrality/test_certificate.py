"""The certificate of a roster: what was looked at and found of each assignment, to read and as data."""

from __future__ import annotations

import json
from datetime import date

import pytest
from tests.builders import facilitator, meeting, problem, roster
from tests.neutrality.asking import link
from tests.neutrality.westerkwartier import CONSENTS, KIN, held, westerkwartier

from poolmatch import ProblemError
from poolmatch.neutrality import INTERNAL, STRICT, certificate

# --- the certificate ---------------------------------------------------------------------------------------


def test_the_certificate_cites_policy_and_problem() -> None:
    case = westerkwartier()
    for policy in (STRICT, INTERNAL):
        data = json.loads(certificate(case, held(case, M1="F4"), policy).to_json())
        assert data["policy"] == {"name": policy.name, "version": 2, "fingerprint": policy.fingerprint}
        assert data["problem"] == case.fingerprint
        assert data["audience"] == {"kind": "coordinator", "id": ""}
        text = certificate(case, held(case, M1="F4"), policy).to_text()
        assert f"policy {policy.name}, version 2 (fingerprint {policy.fingerprint[:12]})" in text
        assert f"problem {case.fingerprint[:12]}" in text


def test_the_certificate_judges_by_its_policy() -> None:
    case = westerkwartier()
    plan = held(case, M1="F3")
    assert [certificate(case, plan, policy).entries[0].degree.word for policy in (STRICT, INTERNAL)] == [
        "blocked",
        "waivable",
    ]


def test_someone_neutral_is_told_which_organisations_were_checked() -> None:
    case = westerkwartier()
    proof = certificate(case, held(case, M1="F4", M2="F5"))
    (first, second) = json.loads(proof.to_json())["assignments"]
    assert first == {
        "meeting": "M1",
        "seat": "lead",
        "facilitator": "F4",
        "day": "2026-03-05",
        "degree": "neutral",
        "employer": "known",
        "checked": [
            {"organisation": "wk", "grade": "decider"},
            {"organisation": "dorp", "grade": "contributor"},
        ],
        "ties": [{"facilitator": "F4", "kind": "employee", "organisation": "away"}],
        "paths": [],
        "waivers": [],
    }
    assert (second["facilitator"], second["employer"], second["ties"], second["paths"]) == ("F5", "none", [], [])


def test_the_certificate_to_read_in_english() -> None:
    case = westerkwartier(ties=KIN, waivers=CONSENTS)
    text = certificate(case, held(case, M1="F5", M2="F4")).to_text()
    assert text == (
        "Neutrality certificate – March 2026\n"
        f"Judged by policy strict, version 2 (fingerprint {STRICT.fingerprint[:12]}), on the ties, links "
        f"and consents of problem {case.fingerprint[:12]}.\n"
        "It says what was on record, not what nobody wrote down.\n"
        "\n"
        "2026-03-05 M1 Dorpsvisie\n"
        "  Facilitator 05 (lead): disclose\n"
        "  Parties looked at: Gemeente Westerkwartier (decider), Dorpsbelangen Aduard (contributor).\n"
        "  On record: has family at Gemeente Westerkwartier.\n"
        "  Has no employer.\n"
        "  – Facilitator 05 → has family at Gemeente Westerkwartier (decider): waivable, rule family-at-party, "
        "waived by every party\n"
        "    Consent: Gemeente Westerkwartier on 2026-03-01\n"
        "    Consent: Dorpsbelangen Aduard on 2026-03-02, until 2026-03-31\n"
        "\n"
        "2026-03-12 M2\n"
        "  Facilitator 04 (lead): neutral\n"
        "  Parties looked at: Basisschool De Wierde (commissioner), Gemeente Westerkwartier (observer).\n"
        "  On record: works for Elders.\n"
        "  None of this leads to a party of this meeting.\n"
    )


def test_the_certificate_to_read_in_dutch() -> None:
    case = westerkwartier(ties=KIN, waivers=CONSENTS)
    text = certificate(case, held(case, M1="F5", M2="F3")).to_text("nl")
    assert text == (
        "Neutraliteitsverklaring – March 2026\n"
        f"Beoordeeld volgens beleid streng, versie 2 (vingerafdruk {STRICT.fingerprint[:12]}), op grond van de banden, "
        f"verbindingen en toestemmingen van probleem {case.fingerprint[:12]}.\n"
        "Het zegt wat bekend was, niet wat niemand heeft opgeschreven.\n"
        "\n"
        "5-3-2026 M1 Dorpsvisie\n"
        "  Facilitator 05 (leider): melden\n"
        "  Bekeken partijen: Gemeente Westerkwartier (beslisser), Dorpsbelangen Aduard (meedenker).\n"
        "  Bekend is: heeft familie bij Gemeente Westerkwartier.\n"
        "  Heeft geen werkgever.\n"
        "  – Facilitator 05 → heeft familie bij Gemeente Westerkwartier (beslisser): alleen met toestemming, "
        "regel ‘familie bij een partij’, alle partijen geven toestemming\n"
        "    Toestemming: Gemeente Westerkwartier op 1-3-2026\n"
        "    Toestemming: Dorpsbelangen Aduard op 2-3-2026, tot en met 31-3-2026\n"
        "\n"
        "12-3-2026 M2\n"
        "  Facilitator 03 (leider): melden\n"
        "  Bekeken partijen: Basisschool De Wierde (opdrachtgever), Gemeente Westerkwartier (toehoorder).\n"
        "  Bekend is: werkt bij Woonzorg Noord.\n"
        "  – Facilitator 03 → werkt bij Woonzorg Noord → onderdeel van Gemeente Westerkwartier (toehoorder): melden, "
        "regel ‘in dienst in de groep van een partij’\n"
    )


def test_who_has_no_tie_and_meetings_without_parties() -> None:
    case = westerkwartier(stakes=[])
    text = certificate(case, held(case, M1="F5")).to_text()
    assert "  The meeting has no parties.\n  No tie is on record.\n  Has no employer.\n" in text
    assert "  De bijeenkomst heeft geen partijen.\n  Er is geen band bekend.\n  Heeft geen werkgever.\n" in certificate(
        case, held(case, M1="F5")
    ).to_text("nl")


def test_what_is_on_record_is_told_as_it_was_on_the_day() -> None:
    ties = [
        {"facilitator": "F5", "kind": "family", "organisation": "away", "end": "2026-01-31"},
        {"facilitator": "F5", "kind": "adviser", "organisation": "away", "end": "2026-03-05"},
        {"facilitator": "F5", "kind": "director", "organisation": "away", "start": "2026-03-06"},
        {"facilitator": "F5", "kind": "dossier", "meeting": "M2"},
        {"facilitator": "F5", "kind": "position", "theme": "wonen"},
    ]
    case = westerkwartier(ties=ties)
    proof = certificate(case, held(case, M1="F5"))
    assert (
        "On record: had family at Elders until 2026-01-31; advises Elders; is a director of Elders from "
        "2026-03-06; has worked on the dossier of M2; holds a public position on wonen.\n"
        "  Has no employer.\n"
        "  None of this leads to a party of this meeting.\n"
    ) in proof.to_text()
    assert (
        "Bekend is: had tot en met 31-1-2026 familie bij Elders; adviseert Elders; is bestuurder van Elders vanaf "
        "6-3-2026; heeft gewerkt aan het dossier van M2; bekleedt een openbare functie op het gebied van wonen.\n"
        "  Heeft geen werkgever.\n"
        "  Niets daarvan leidt naar een partij van deze bijeenkomst.\n"
    ) in proof.to_text("nl")


def test_a_tie_that_begins_on_the_day_has_begun() -> None:
    ties = [{"facilitator": "F5", "kind": "adviser", "organisation": "away", "start": "2026-03-05"}]
    case = westerkwartier(ties=ties)
    assert "On record: advises Elders.\n" in certificate(case, held(case, M1="F5")).to_text()


def test_paths_in_the_certificate() -> None:
    case = westerkwartier()
    (entry,) = json.loads(certificate(case, held(case, M2="F3")).to_json())["assignments"]
    assert entry["degree"] == "disclose"
    assert entry["paths"] == [
        {
            "tie": "employee",
            "organisations": ["wzn", "wk"],
            "links": [{"kind": "unit_of", "forward": True}],
            "linked": "2026-03-12",
            "party": "wk",
            "grade": "observer",
            "degree": "disclose",
            "rule": "employed-in-group",
            "raised": False,
            "waived": False,
            "balanced": None,
            "en": "works for Woonzorg Noord → a unit of Gemeente Westerkwartier (observer): disclose, "
            "rule employed-in-group",
            "nl": "werkt bij Woonzorg Noord → onderdeel van Gemeente Westerkwartier (toehoorder): melden, "
            "regel ‘in dienst in de groep van een partij’",
        }
    ]


def test_entries_stand_in_order_of_time_and_empty_seats_have_none() -> None:
    case = westerkwartier()
    turned = case.replace(meetings=case.meetings[::-1], seats=case.seats[::-1])
    assert [entry.meeting for entry in certificate(turned, held(turned, M1="F4", M2="F4")).entries] == ["M1", "M2"]
    assert [entry.meeting for entry in certificate(case, held(case, M2="F4")).entries] == ["M2"]


def test_only_consents_that_were_used_are_cited() -> None:
    unused = [
        CONSENTS[0] | {"meeting": "", "series": "reeks"},  # another series
        CONSENTS[0] | {"organisation": "away"},  # another tie
        CONSENTS[0] | {"facilitator": "F4"},  # someone else
        CONSENTS[0] | {"party": "school"},  # no stake in this meeting
    ]
    case = westerkwartier(ties=KIN, waivers=[*unused, *CONSENTS])
    (entry,) = certificate(case, held(case, M1="F5")).entries
    assert [(row.party, row.organisation) for row in entry.waivers] == [("wk", "wk"), ("dorp", "wk")]
    # With one short there is no waiver, and no consent that was used.
    case = westerkwartier(ties=KIN, waivers=CONSENTS[:1])
    (entry,) = certificate(case, held(case, M1="F5")).entries
    assert entry.waivers == ()
    assert entry.degree.word == "waivable"


@pytest.mark.parametrize(
    "dates", [{"consented_on": "2026-01-01", "expires": "2026-03-04"}, {"consented_on": "2026-03-06"}]
)
def test_a_consent_that_was_not_in_time_is_not_cited(dates: dict[str, str]) -> None:
    rows = [meeting("M1", series="reeks")]
    stakes = [{"meeting": "M1", "organisation": "wk", "grade": "decider"}]
    seats = [{"meeting": "M1", "seat": "lead", "role": "lead"}]
    good = CONSENTS[0] | {"meeting": "", "series": "reeks"}
    waivers = [CONSENTS[0] | dates, good]
    case = westerkwartier(meetings=rows, stakes=stakes, seats=seats, ties=KIN, waivers=waivers)
    (entry,) = certificate(case, held(case, M1="F5")).entries
    assert entry.degree.word == "disclose"
    assert [row.series for row in entry.waivers] == ["reeks"]


def test_a_roster_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ProblemError, match="is not in the pool"):
        certificate(westerkwartier(), roster({"M1": "Nobody"}))


def test_a_certificate_of_a_flexible_meeting_is_of_the_slot_that_was_chosen() -> None:
    row = {"facilitator": "F5", "kind": "family", "organisation": "wk", "end": "2026-03-05"}
    slots = [{"meeting": "M1", "start": f"2026-03-0{day} 10:00", "end": f"2026-03-0{day} 12:00"} for day in (5, 6)]
    case = westerkwartier(
        meetings=[{"meeting": "M1"}],
        slots=slots,
        stakes=[{"meeting": "M1", "organisation": "wk", "grade": "decider"}],
        seats=[{"meeting": "M1", "seat": "lead", "role": "lead"}],
        ties=[row],
    )
    plan = held(case, M1="F5")
    for n, (day, word) in enumerate([(date(2026, 3, 5), "waivable"), (date(2026, 3, 6), "neutral")]):
        chosen = plan.with_rows(lambda _, n=n: {"start": case.slots[n].start, "end": case.slots[n].end})  # type: ignore[misc]
        (entry,) = certificate(case, chosen).entries
        assert (entry.day, entry.degree.word) == (day, word)


def test_facilitators_may_have_names_like_patterns() -> None:
    case = problem(facilitators=[{**facilitator("F1"), "name": "{0} {x}"}])
    assert "{0} {x} (lead): neutral" in certificate(case, roster({"M1": "F1"})).to_text()


# --- as data -----------------------------------------------------------------------------------------------


def test_dates_and_blanks_in_the_json() -> None:
    ties = [{**KIN[0], "start": "2020-01-01", "end": "2026-12-31"}]
    case = westerkwartier(ties=ties, waivers=CONSENTS)
    (entry,) = json.loads(certificate(case, held(case, M1="F5")).to_json())["assignments"]
    assert entry["ties"] == ties
    assert entry["waivers"] == CONSENTS  # the first without expires, the second with


def test_the_json_is_for_people_too() -> None:
    case = westerkwartier(links=[link("wzn", "unit_of", "wk")])
    proof = certificate(case, held(case, M2="F3"))
    text = proof.to_json()
    assert "→" in text
    assert text == json.dumps(proof.to_dict(), ensure_ascii=False, indent=2)
    assert "\n" not in proof.to_json(indent=None)
    assert proof.to_json(indent=None) == json.dumps(proof.to_dict(), ensure_ascii=False)
