"""What is told of people who balance one another: in the roster, the disclosure list and the certificate."""

from __future__ import annotations

import json

import pytest
from tests.builders import PARTY, roster
from tests.neutrality.policies import INSIDERS, own, row
from tests.rules.insiders import BALANCED, consent, holding, team

from poolmatch import Audience, Policy, ProblemError, RuleSet, check
from poolmatch.neutrality import BUILT_IN, INTERNAL, STRICT, certificate, disclosures

PAIR = roster(holding("F1", "F2"))
TOLD = (
    "works for Town (decider): waivable, rule employed-by-party, only beside as many people of each other party that "
    "decides"
)
VERTELD = (
    "werkt bij Town (beslisser): alleen met toestemming, regel ‘in dienst van een partij’, alleen naast evenveel "
    "mensen van elke andere partij die beslist"
)


def test_the_roster_and_the_disclosure_list_say_so() -> None:
    report = check(team(), PAIR, BALANCED)
    assert report.legal
    assert [(item.degree, item.disclosure) for item in report.roster.rows] == [
        ("disclose", TOLD),
        ("disclose", TOLD.replace(PARTY, "Corp")),
    ]
    told = disclosures(team(), PAIR, INSIDERS)
    assert [(item.facilitator, item.en) for item in told] == [("F1", (TOLD,)), ("F2", (TOLD.replace(PARTY, "Corp"),))]
    assert told[0].nl == (VERTELD,)


def test_a_party_reads_no_more_than_the_disclosure() -> None:
    proof = certificate(team(), PAIR, INSIDERS, Audience.party("School"))
    assert [len(entry.paths) for entry in proof.entries] == [1, 1]
    assert all(not entry.waivers and not entry.ties for entry in proof.entries)


def test_the_certificate_names_the_side_and_the_consents_that_were_used() -> None:
    # The corporation has consented too, which nobody needed.
    waivers = [consent("F1"), consent("F1", party="Corp"), consent("F2")]
    first, _ = json.loads(certificate(team(waivers=waivers), PAIR, INSIDERS).to_json())["assignments"]
    (path,) = first["paths"]
    assert (path["degree"], path["waived"], path["balanced"]) == ("waivable", False, PARTY)
    assert [item["party"] for item in first["waivers"]] == ["School"]
    # By consent of all of them there is no side.
    waivers.append(consent("F1", party=PARTY))
    first, _ = json.loads(certificate(team(waivers=waivers), PAIR, INSIDERS).to_json())["assignments"]
    (path,) = first["paths"]
    assert (path["waived"], path["balanced"]) == (True, None)
    assert [item["party"] for item in first["waivers"]] == ["School", "Corp", PARTY]


# --- the policy ----------------------------------------------------------------------------------------------


def test_the_word_is_part_of_the_content_only_where_it_is_said() -> None:
    for policy in BUILT_IN.values():
        assert not policy.balanced_teams
        assert "balanced_teams" not in policy.model_dump()
    without, balanced = own(row()), own(row(), balanced_teams=True)
    assert own(row(), balanced_teams=False).fingerprint == without.fingerprint != balanced.fingerprint
    assert Policy.model_validate(json.loads(balanced.model_dump_json())) == balanced
    assert balanced.model_dump()["balanced_teams"] is True


def test_the_word_is_not_taken_over_and_never_part_of_a_policy_that_comes_with_poolmatch() -> None:
    assert not Policy.from_data({"name": "own", "base": "internal"}).balanced_teams
    for name in BUILT_IN:
        with pytest.raises(ProblemError) as caught:
            Policy.from_data({"name": name, "base": name, "balanced_teams": True})
        assert [issue.code for issue in caught.value.issues] == ["policy-built-in-balanced"]
    with pytest.raises(ProblemError, match="give true or false"):
        Policy.from_data({"name": "own", "base": "strict", "balanced_teams": "yes"})


def test_a_rule_set_says_what_is_otherwise() -> None:
    plain = BALANCED.with_policy(INSIDERS.model_copy(update={"balanced_teams": False}))
    words = [item.en for item in plain.diff(BALANCED)]
    assert words == ["balanced_teams of the policy is yes; before it was no."]
    assert [item.nl for item in plain.diff(BALANCED)] == ["teams in evenwicht van het beleid is ja; eerder nee."]
    assert plain.fingerprint != BALANCED.fingerprint


def test_a_file_says_it_in_a_table() -> None:
    text = '[policy]\nname = "insiders"\nbase = "internal"\nbalanced_teams = true\n[rules.balanced-team]\n'
    assert RuleSet.from_toml(text).policy == INSIDERS
    assert STRICT != INTERNAL != INSIDERS
