"""Paths in words: every tie, link, grade, degree and note, in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from tests.neutrality.asking import DAY, link, on, paths, tie
from tests.neutrality.westerkwartier import westerkwartier

from poolmatch.neutrality import Policy, assess
from poolmatch.neutrality.words import ENDED_TIES, STEPS, TIES, named, path_words


def test_the_example_of_the_page() -> None:
    # The page's example has a link in it, so that the rule is employed-in-group.
    case = westerkwartier()
    (path,) = paths(case, "F3")
    naming = named(case)
    assert f"Facilitator 03 → {path_words(path, naming).nl}" == (
        "Facilitator 03 → werkt bij Woonzorg Noord → onderdeel van Gemeente Westerkwartier (beslisser): "
        "geblokkeerd, regel ‘in dienst in de groep van een partij’"
    )
    assert path_words(path, naming).en == (
        "works for Woonzorg Noord → a unit of Gemeente Westerkwartier (decider): blocked, rule employed-in-group"
    )
    # Without names, as in logs and errors.
    assert path_words(path).en == "works for wzn → a unit of wk (decider): blocked, rule employed-in-group"


BOTH = tuple[str, str]
TYPICAL: list[tuple[dict[str, Any], BOTH]] = [
    (tie("employee"), ("works for Town", "werkt bij Town")),
    (tie("employee", end="2026-01-31"), ("worked for Town until 2026-01-31", "werkte tot en met 31-1-2026 bij Town")),
    (tie("director"), ("is a director of Town", "is bestuurder van Town")),
    (
        tie("director", end="2026-01-31"),
        ("was a director of Town until 2026-01-31", "was tot en met 31-1-2026 bestuurder van Town"),
    ),
    (tie("former_employee", end="2026-03-05"), ("works for Town", "werkt bij Town")),
    (
        tie("former_employee", end="2026-03-04"),
        ("worked for Town until 2026-03-04", "werkte tot en met 4-3-2026 bij Town"),
    ),
    (tie("financial_interest"), ("has a financial interest in Town", "heeft een financieel belang in Town")),
    (
        tie("financial_interest", end="2026-01-31"),
        (
            "had a financial interest in Town until 2026-01-31",
            "had tot en met 31-1-2026 een financieel belang in Town",
        ),
    ),
    (tie("family"), ("has family at Town", "heeft familie bij Town")),
    (
        tie("family", end="2026-01-31"),
        ("had family at Town until 2026-01-31", "had tot en met 31-1-2026 familie bij Town"),
    ),
    (tie("adviser"), ("advises Town", "adviseert Town")),
    (tie("adviser", end="2026-01-31"), ("advised Town until 2026-01-31", "adviseerde Town tot en met 31-1-2026")),
    (tie("resident"), ("is a resident of Town", "is inwoner van Town")),
    (
        tie("resident", end="2026-01-31"),
        ("was a resident of Town until 2026-01-31", "was tot en met 31-1-2026 inwoner van Town"),
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
            "heeft gewerkt aan het dossier van M1 → Town (beslisser): geblokkeerd, regel ‘werkte aan het dossier’",
        ),
    ),
    (
        tie("dossier", series="course", end="2020-01-01"),
        (
            "has worked on the dossier of course → Town (decider): blocked, rule worked-on-dossier",
            "heeft gewerkt aan het dossier van course → Town (beslisser): geblokkeerd, regel ‘werkte aan het dossier’",
        ),
    ),
    (
        tie("position", theme="housing"),
        (
            "holds a public position on housing → Town (decider): disclose, rule public-position",
            "bekleedt een openbare functie op het gebied van housing → Town (beslisser): melden, regel ‘openbaar "
            "standpunt’",
        ),
    ),
    (
        tie("position", theme="housing", end="2026-01-31"),
        (
            "held a public position on housing until 2026-01-31 → Town (decider): disclose, rule public-position",
            "bekleedde tot en met 31-1-2026 een openbare functie op het gebied van housing → Town (beslisser): "
            "melden, regel ‘openbaar standpunt’",
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
            ("(observer): neutral, rule family-at-party", "(toehoorder): neutraal, regel ‘familie bij een partij’"),
        ),
        (
            "resident",
            "contributor",
            ("(contributor): avoid, rule resident", "(meedenker): liever niet, regel ‘bewoner’"),
        ),
        ("resident", "interest", ("(interest): disclose, rule resident", "(belanghebbende): melden, regel ‘bewoner’")),
        (
            "family",
            "commissioner",
            (
                "(commissioner): waivable, rule family-at-party",
                "(opdrachtgever): alleen met toestemming, regel ‘familie bij een partij’",
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
        "alleen met toestemming, regel ‘bewoner’, verzwaard door hoge spanning, alle partijen geven toestemming"
    )


def test_a_path_without_a_rule_in_words() -> None:
    links = [link("Org", "member_of", "Mid"), link("Town", "unit_of", "Mid")]
    (path,) = paths(on(DAY, [tie("employee", "Org")], links=links))
    assert path_words(path).en.endswith("which includes Town (decider): neutral, no rule applies")
    assert path_words(path).nl.endswith("met als onderdeel Town (beslisser): neutraal, geen regel van toepassing")


def test_a_dossier_of_a_meeting_without_parties_has_a_path_of_its_own() -> None:
    case = westerkwartier(stakes=[], ties=[{"facilitator": "F5", "kind": "dossier", "meeting": "M1"}])
    (path,) = paths(case, "F5")
    assert (path.party, path.grade, path.organisations) == ("", "", ())
    assert path_words(path).en == "has worked on the dossier of M1: blocked, rule worked-on-dossier"
    found = assess(case, "F5", "M1")
    assert (found.facilitator, found.meeting, found.paths) == ("F5", "M1", (path,))


def test_a_kind_of_ones_own_in_words() -> None:
    row = {"rule": "volunteers", "ties": ["volunteer"], "chain": ["none"], "look_back": 1}
    row |= dict.fromkeys(("decider", "commissioner", "interest", "contributor", "observer"), "avoid")
    policy = Policy.from_data({"name": "own", "base": "strict", "kinds": ["volunteer"], "rows": [row]})
    (now,) = paths(on(DAY, [tie("volunteer")]), policy=policy)
    assert path_words(now).en == "has a tie of kind volunteer to Town (decider): avoid, rule volunteers"
    assert path_words(now).nl == "heeft een band (volunteer) met Town (beslisser): liever niet, regel ‘volunteers’"
    (then,) = paths(on(DAY, [tie("volunteer", end="2026-01-31")]), policy=policy)
    assert path_words(then).en.startswith("had a tie of kind volunteer to Town (decider) until 2026-01-31: ")
    assert path_words(then).nl.startswith("had tot en met 31-1-2026 een band (volunteer) met Town (beslisser): ")


def test_an_organisation_without_a_name_is_called_by_its_id() -> None:
    naming = named(westerkwartier())
    assert (naming("wk"), naming("gone")) == ("Gemeente Westerkwartier", "gone")


def test_every_kind_of_tie_and_link_has_words_of_its_own() -> None:
    for table in (TIES, STEPS):
        assert len({words.en for words in table.values()}) >= len(table) - 3  # the three symmetric links read alike
    assert set(ENDED_TIES) == set(TIES) - {"dossier", "unknown"}
