"""Every answer can be read back: paths in words, the certificate, the disclosure list, and who may read what."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from tests.builders import MARCH, facilitator, meeting, problem, roster
from tests.neutrality.asking import DAY, link, on, paths, tie

from poolmatch import Audience, Problem, ProblemError, Roster, check
from poolmatch.neutrality import COORDINATOR, INTERNAL, STRICT, Policy, assess, certificate, disclosures
from poolmatch.neutrality.words import ENDED_TIES, STEPS, TIES, named, path_words

OVER = timedelta(days=1)
NAMES = {
    "wzn": "Woonzorg Noord",
    "wk": "Gemeente Westerkwartier",
    "bp": "Brede Plein",
    "rn": "Regio Noord",
    "school": "Basisschool De Wierde",
    "dorp": "Dorpsbelangen Aduard",
    "away": "Elders",
}


def westerkwartier(**tables: Any) -> Problem:
    """Return two meetings in the Westerkwartier, at one of which F3's employer is a unit of the party that decides."""
    people = [
        {"facilitator": "F3", "name": "Facilitator 03", "organisation": "wzn"},
        {"facilitator": "F4", "name": "Facilitator 04", "organisation": "away"},
        {"facilitator": "F5", "name": "Facilitator 05", "independent": True},
    ]
    rows: dict[str, Any] = {
        "period": MARCH,
        "organisations": [{"organisation": key, "name": name} for key, name in NAMES.items()],
        "facilitators": people,
        "meetings": [
            meeting("M1", title="Dorpsvisie"),
            meeting("M2", "2026-03-12 19:30", "2026-03-12 21:30", theme="wonen", series="reeks"),
        ],
        "links": [{"source": "wzn", "target": "wk", "kind": "unit_of"}],
        "stakes": [
            {"meeting": "M1", "organisation": "wk", "grade": "decider"},
            {"meeting": "M1", "organisation": "dorp", "grade": "contributor"},
            {"meeting": "M2", "organisation": "school", "grade": "commissioner"},
            {"meeting": "M2", "organisation": "wk", "grade": "observer"},
        ],
        "seats": [{"meeting": name, "seat": "lead", "role": "lead"} for name in ("M1", "M2")],
    }
    return Problem(**(rows | tables))


# --- paths in words ----------------------------------------------------------------------------------------


def test_the_example_of_the_page() -> None:
    # The page's example has a link in it, so that the rule is employed-in-group.
    case = westerkwartier()
    (path,) = paths(case, "F3")
    naming = named(case)
    assert f"Facilitator 03 → {path_words(path, naming).nl}" == (
        "Facilitator 03 → werkt bij Woonzorg Noord → onderdeel van Gemeente Westerkwartier (beslisser): "
        "geblokkeerd, regel employed-in-group"
    )
    assert path_words(path, naming).en == (
        "works for Woonzorg Noord → a unit of Gemeente Westerkwartier (decider): blocked, rule employed-in-group"
    )
    # Without names, as in logs and errors.
    assert path_words(path).en == "works for wzn → a unit of wk (decider): blocked, rule employed-in-group"


BOTH = tuple[str, str]
TYPICAL: list[tuple[dict[str, Any], BOTH]] = [
    (tie("employee"), ("works for Town", "werkt bij Town")),
    (tie("employee", end="2026-01-31"), ("worked for Town until 2026-01-31", "werkte tot en met 2026-01-31 bij Town")),
    (tie("director"), ("is a director of Town", "is bestuurder van Town")),
    (
        tie("director", end="2026-01-31"),
        ("was a director of Town until 2026-01-31", "was tot en met 2026-01-31 bestuurder van Town"),
    ),
    (tie("former_employee", end="2026-03-05"), ("works for Town", "werkt bij Town")),
    (
        tie("former_employee", end="2026-03-04"),
        ("worked for Town until 2026-03-04", "werkte tot en met 2026-03-04 bij Town"),
    ),
    (tie("financial_interest"), ("has a financial interest in Town", "heeft een financieel belang in Town")),
    (
        tie("financial_interest", end="2026-01-31"),
        (
            "had a financial interest in Town until 2026-01-31",
            "had tot en met 2026-01-31 een financieel belang in Town",
        ),
    ),
    (tie("family"), ("has family at Town", "heeft familie bij Town")),
    (
        tie("family", end="2026-01-31"),
        ("had family at Town until 2026-01-31", "had tot en met 2026-01-31 familie bij Town"),
    ),
    (tie("adviser"), ("advises Town", "adviseert Town")),
    (tie("adviser", end="2026-01-31"), ("advised Town until 2026-01-31", "adviseerde Town tot en met 2026-01-31")),
    (tie("resident"), ("is a resident of Town", "is inwoner van Town")),
    (
        tie("resident", end="2026-01-31"),
        ("was a resident of Town until 2026-01-31", "was tot en met 2026-01-31 inwoner van Town"),
    ),
]


@pytest.mark.parametrize(("bond", "words"), TYPICAL)
def test_ties_in_words(bond: dict[str, Any], words: BOTH) -> None:
    (path,) = paths(on(DAY, [bond]))
    for language, expected, grade in zip(("en", "nl"), words, ("decider", "beslisser"), strict=True):
        assert path_words(path).say(language).startswith(expected.replace("Town", f"Town ({grade})") + ": ")


MATTER: list[tuple[dict[str, Any], BOTH]] = [
    (
        tie("dossier", meeting="M1"),
        (
            "has worked on the dossier of M1 → Town (decider): blocked, rule worked-on-dossier",
            "heeft gewerkt aan het dossier van M1 → Town (beslisser): geblokkeerd, regel worked-on-dossier",
        ),
    ),
    (
        tie("dossier", series="course", end="2020-01-01"),
        (
            "has worked on the dossier of course → Town (decider): blocked, rule worked-on-dossier",
            "heeft gewerkt aan het dossier van course → Town (beslisser): geblokkeerd, regel worked-on-dossier",
        ),
    ),
    (
        tie("position", theme="housing"),
        (
            "holds a public position on housing → Town (decider): disclose, rule public-position",
            "bekleedt een openbare functie op het gebied van housing → Town (beslisser): melden, regel public-position",
        ),
    ),
    (
        tie("position", theme="housing", end="2026-01-31"),
        (
            "held a public position on housing until 2026-01-31 → Town (decider): disclose, rule public-position",
            "bekleedde tot en met 2026-01-31 een openbare functie op het gebied van housing → Town (beslisser): "
            "melden, regel public-position",
        ),
    ),
]


@pytest.mark.parametrize(("bond", "words"), MATTER)
def test_ties_to_the_matter_in_words(bond: dict[str, Any], words: BOTH) -> None:
    (path,) = paths(on(DAY, [bond], about={"theme": "housing", "series": "course"}))
    assert (path_words(path).en, path_words(path).nl) == words


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (link("Org", "controls", "Town"), ("which controls Town", "met zeggenschap over Town")),
        (link("Town", "controls", "Org"), ("controlled by Town", "onder zeggenschap van Town")),
        (link("Org", "unit_of", "Town"), ("a unit of Town", "onderdeel van Town")),
        (link("Town", "unit_of", "Org"), ("which includes Town", "met als onderdeel Town")),
        (link("Org", "member_of", "Town"), ("a member of Town", "lid van Town")),
        (link("Org", "funds", "Town"), ("which funds Town", "financier van Town")),
        (link("Town", "funds", "Org"), ("funded by Town", "gefinancierd door Town")),
        (link("Org", "affiliate", "Town"), ("affiliated with Town", "gelieerd aan Town")),
        (link("Town", "affiliate", "Org"), ("affiliated with Town", "gelieerd aan Town")),
        (
            link("Org", "joint_venture", "Town"),
            ("in a joint venture with Town", "in een samenwerkingsverband met Town"),
        ),
        (
            link("Town", "joint_venture", "Org"),
            ("in a joint venture with Town", "in een samenwerkingsverband met Town"),
        ),
        (link("Org", "same_as", "Town"), ("the same organisation as Town", "dezelfde organisatie als Town")),
        (link("Town", "same_as", "Org"), ("the same organisation as Town", "dezelfde organisatie als Town")),
    ],
)
def test_links_in_words(row: dict[str, Any], words: BOTH) -> None:
    (path,) = paths(on(DAY, [tie("employee", "Org")], links=[row]))
    assert path_words(path).en.startswith(f"works for Org → {words[0]} (decider): ")
    assert path_words(path).nl.startswith(f"werkt bij Org → {words[1]} (beslisser): ")


@pytest.mark.parametrize(
    ("bond", "grade", "words"),
    [
        (
            "family",
            "observer",
            ("(observer): neutral, rule family-at-party", "(toehoorder): neutraal, regel family-at-party"),
        ),
        (
            "resident",
            "contributor",
            ("(contributor): avoid, rule resident", "(meedenker): liever niet, regel resident"),
        ),
        ("resident", "interest", ("(interest): disclose, rule resident", "(belanghebbende): melden, regel resident")),
        (
            "family",
            "commissioner",
            (
                "(commissioner): waivable, rule family-at-party",
                "(opdrachtgever): alleen met toestemming, regel family-at-party",
            ),
        ),
    ],
)
def test_degrees_and_grades_in_words(bond: str, grade: str, words: BOTH) -> None:
    (path,) = paths(on(DAY, [tie(bond)], stakes={"M1": {"Town": grade}}))
    for language, expected in zip(("en", "nl"), words, strict=True):
        assert path_words(path).say(language).endswith(expected)


def test_notes_in_words() -> None:
    consent = {"facilitator": "F1", "organisation": "Town", "meeting": "M1", "party": "Town", "consented_on": DAY}
    case = on(DAY, [tie("resident")], about={"contention": "high"}, waivers=[consent])
    (path,) = paths(case)
    assert path_words(path).en.endswith("waivable, rule resident, raised by high contention, waived by every party")
    assert path_words(path).nl.endswith(
        "alleen met toestemming, regel resident, verzwaard door hoge spanning, alle partijen geven toestemming"
    )


def test_a_path_without_a_rule_in_words() -> None:
    links = [link("Org", "member_of", "Mid"), link("Town", "unit_of", "Mid")]
    (path,) = paths(on(DAY, [tie("employee", "Org")], links=links))
    assert path_words(path).en.endswith("which includes Town (decider): neutral, no rule applies")
    assert path_words(path).nl.endswith("met als onderdeel Town (beslisser): neutraal, geen regel van toepassing")


def test_a_kind_of_ones_own_in_words() -> None:
    row = {"rule": "volunteers", "ties": ["volunteer"], "chain": ["none"], "look_back": 1}
    row |= dict.fromkeys(("decider", "commissioner", "interest", "contributor", "observer"), "avoid")
    policy = Policy.from_data({"name": "own", "base": "strict", "kinds": ["volunteer"], "rows": [row]})
    (now,) = paths(on(DAY, [tie("volunteer")]), policy=policy)
    assert path_words(now).en == "has a tie of kind volunteer to Town (decider): avoid, rule volunteers"
    assert path_words(now).nl == "heeft een band (volunteer) met Town (beslisser): liever niet, regel volunteers"
    (then,) = paths(on(DAY, [tie("volunteer", end="2026-01-31")]), policy=policy)
    assert path_words(then).en.startswith("had a tie of kind volunteer to Town (decider) until 2026-01-31: ")
    assert path_words(then).nl.startswith("had tot en met 2026-01-31 een band (volunteer) met Town (beslisser): ")


def test_every_kind_of_tie_and_link_has_words_of_its_own() -> None:
    for table in (TIES, STEPS):
        assert len({words.en for words in table.values()}) >= len(table) - 3  # the three symmetric links read alike
    assert set(ENDED_TIES) == set(TIES) - {"dossier", "unknown"}


# --- the certificate ---------------------------------------------------------------------------------------


def held(case: Problem, **holders: str) -> Roster:
    return Roster.of(case, {(name, "lead"): who for name, who in holders.items()})


CONSENTS = [
    {"facilitator": "F5", "organisation": "wk", "meeting": "M1", "party": "wk", "consented_on": "2026-03-01"},
    {
        "facilitator": "F5",
        "organisation": "wk",
        "meeting": "M1",
        "party": "dorp",
        "consented_on": "2026-03-02",
        "expires": "2026-03-31",
    },
]
KIN = [{"facilitator": "F5", "kind": "family", "organisation": "wk"}]


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
        f"Beoordeeld volgens beleid strict, versie 2 (vingerafdruk {STRICT.fingerprint[:12]}), op grond van de banden, "
        f"verbindingen en toestemmingen van probleem {case.fingerprint[:12]}.\n"
        "Het zegt wat bekend was, niet wat niemand heeft opgeschreven.\n"
        "\n"
        "2026-03-05 M1 Dorpsvisie\n"
        "  Facilitator 05 (lead): melden\n"
        "  Bekeken partijen: Gemeente Westerkwartier (beslisser), Dorpsbelangen Aduard (meedenker).\n"
        "  Bekend is: heeft familie bij Gemeente Westerkwartier.\n"
        "  Heeft geen werkgever.\n"
        "  – Facilitator 05 → heeft familie bij Gemeente Westerkwartier (beslisser): alleen met toestemming, "
        "regel family-at-party, alle partijen geven toestemming\n"
        "    Toestemming: Gemeente Westerkwartier op 2026-03-01\n"
        "    Toestemming: Dorpsbelangen Aduard op 2026-03-02, tot en met 2026-03-31\n"
        "\n"
        "2026-03-12 M2\n"
        "  Facilitator 03 (lead): melden\n"
        "  Bekeken partijen: Basisschool De Wierde (opdrachtgever), Gemeente Westerkwartier (toehoorder).\n"
        "  Bekend is: werkt bij Woonzorg Noord.\n"
        "  – Facilitator 03 → werkt bij Woonzorg Noord → onderdeel van Gemeente Westerkwartier (toehoorder): melden, "
        "regel employed-in-group\n"
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
        "Bekend is: had tot en met 2026-01-31 familie bij Elders; adviseert Elders; is bestuurder van Elders vanaf "
        "2026-03-06; heeft gewerkt aan het dossier van M2; bekleedt een openbare functie op het gebied van wonen.\n"
        "  Heeft geen werkgever.\n"
        "  Niets daarvan leidt naar een partij van deze bijeenkomst.\n"
    ) in proof.to_text("nl")


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
            "en": "works for Woonzorg Noord → a unit of Gemeente Westerkwartier (observer): disclose, "
            "rule employed-in-group",
            "nl": "werkt bij Woonzorg Noord → onderdeel van Gemeente Westerkwartier (toehoorder): melden, "
            "regel employed-in-group",
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
    assert told[1].nl == ("is inwoner van Basisschool De Wierde (opdrachtgever): melden, regel resident",)


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


# --- who may read what -------------------------------------------------------------------------------------


def several() -> tuple[Problem, Roster]:
    """Return a roster with something to tell about F4 at both meetings, and about F5 at the first."""
    ties = [
        *KIN,
        {"facilitator": "F4", "kind": "resident", "organisation": "school"},
        {"facilitator": "F4", "kind": "resident", "organisation": "dorp"},
        {"facilitator": "F4", "kind": "family", "organisation": "bp"},
    ]
    seats = [{"meeting": name, "seat": seat, "role": "scribe"} for name in ("M1", "M2") for seat in ("s1", "s2")]
    case = westerkwartier(ties=ties, waivers=CONSENTS, seats=seats)
    return case, Roster.of(case, {("M1", "s1"): "F5", ("M1", "s2"): "F4", ("M2", "s1"): "F4", ("M2", "s2"): "F3"})


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
    assert proof.to_text().endswith("  Facilitator 04 (s2): neutral\n  Nothing to disclose.\n")
    assert proof.to_text("nl").endswith("  Facilitator 04 (s2): neutraal\n  Niets te melden.\n")
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


def test_the_certificate_judges_by_its_policy() -> None:
    case = westerkwartier()
    plan = held(case, M1="F3")
    assert [certificate(case, plan, policy).entries[0].degree.word for policy in (STRICT, INTERNAL)] == [
        "blocked",
        "waivable",
    ]


def test_a_tie_that_begins_on_the_day_has_begun() -> None:
    ties = [{"facilitator": "F5", "kind": "adviser", "organisation": "away", "start": "2026-03-05"}]
    case = westerkwartier(ties=ties)
    assert "On record: advises Elders.\n" in certificate(case, held(case, M1="F5")).to_text()


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


def test_an_audience_is_what_it_says() -> None:
    assert Audience.party("wk") == Audience("party", "wk")
    assert Audience.facilitator("F4") == Audience("facilitator", "F4")
    assert Audience("coordinator") == COORDINATOR
    case, plan = several()
    shown = certificate(case, plan, audience=Audience.facilitator("F4")).to_dict()["audience"]
    assert shown == {"kind": "facilitator", "id": "F4"}


def test_an_organisation_without_a_name_is_called_by_its_id() -> None:
    naming = named(westerkwartier())
    assert (naming("wk"), naming("gone")) == ("Gemeente Westerkwartier", "gone")


def test_a_dossier_of_a_meeting_without_parties_has_a_path_of_its_own() -> None:
    case = westerkwartier(stakes=[], ties=[{"facilitator": "F5", "kind": "dossier", "meeting": "M1"}])
    (path,) = paths(case, "F5")
    assert (path.party, path.grade, path.organisations) == ("", "", ())
    assert path_words(path).en == "has worked on the dossier of M1: blocked, rule worked-on-dossier"
    found = assess(case, "F5", "M1")
    assert (found.facilitator, found.meeting, found.paths) == ("F5", "M1", (path,))
