"""A policy is data: built in, read from TOML, changed from another, versioned and fingerprinted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.builders import PARTY, facilitator, out, roster
from tests.neutrality.asking import DAY, GRADES, degree, on, paths, tie
from tests.neutrality.naive import POLICY
from tests.neutrality.policies import HEAD, ROW, STRICTLY, own, row

from poolmatch import STANDARD_RULES, ProblemError, check, neutral_pool
from poolmatch.arrays import Arrays
from poolmatch.domain.degree import Degree
from poolmatch.errors import Issue
from poolmatch.neutrality import BUILT_IN, INTERNAL, STRICT, Policy, assess, certificate, disclosures
from poolmatch.neutrality.policy import KINDS
from poolmatch.neutrality.table import degrees

# --- the policies that come with it ------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["strict", "internal"])
def test_the_built_in_policies_are_those_of_the_page(name: str) -> None:
    policy = BUILT_IN[name]
    assert (policy.name, policy.version, policy.kinds) == (name, 2, ())
    page: dict[str, list[tuple[str, ...]]] = {}
    for rule, kinds, _, words, look_back in POLICY[name]:
        ended = any(kind.startswith("ended ") for kind in kinds) and rule == "adviser-to-party"
        page.setdefault(rule, []).append((*words, str(look_back), "ended" if ended else ""))
    assert [item.rule for item in policy.rows] == list(page)
    for item in policy.rows:
        for decider, contributor, observer, years, once_ended in page[item.rule]:
            found = [item.degree(grade, ended=bool(once_ended)).word for grade in GRADES]
            assert found == [decider, decider, decider, contributor, observer]
            if item.rule != "adviser-to-party" or once_ended:
                assert ("1000" if item.look_back == "unlimited" else str(item.look_back)) == years


def test_built_in_policies_know_every_kind_and_contradict_themselves_nowhere() -> None:
    for policy in BUILT_IN.values():
        assert list(policy.contradictions()) == []
        assert {kind for item in policy.rows for kind in item.kinds} == set(KINDS) == policy.all_kinds
    assert (BUILT_IN["strict"], BUILT_IN["internal"]) == (STRICT, INTERNAL)
    assert repr(STRICT) == str(STRICT) == f"<Policy strict 2, 13 rows, {STRICT.fingerprint[:12]}>"


# --- reading -----------------------------------------------------------------------------------------------


def test_a_policy_of_ones_own() -> None:
    policy = Policy.from_toml(HEAD + ROW)
    assert (policy.name, policy.version, len(policy.rows)) == ("own", 3, 1)
    (only,) = policy.rows
    assert (only.rule, only.ties, only.chain, only.target, only.look_back, only.once_ended) == (
        "volunteers",
        ("employee",),
        ("none",),
        "organisation",
        0,
        None,
    )
    assert [only.degree(grade).word for grade in GRADES] == ["blocked", "blocked", "waivable", "disclose", "avoid"]
    assert degree(on(DAY, [tie("employee")], stakes={"M1": {PARTY: "interest"}}), policy=policy) == "waivable"
    assert Policy.from_toml('name = "own"\n' + ROW).version == 1


def test_a_base_gives_its_rows_in_their_order_and_added_rows_follow() -> None:
    policy = Policy.from_toml(STRICTLY + ROW)
    assert policy.rows[:-1] == STRICT.rows
    assert policy.rows[-1].rule == "volunteers"
    assert (policy.name, policy.version) == ("own", 3)


def test_a_row_is_dropped() -> None:
    policy = Policy.from_toml(STRICTLY + 'drop = ["resident", "public-position"]')
    assert [item.rule for item in policy.rows] == [
        item.rule for item in STRICT.rows if item.rule not in ("resident", "public-position")
    ]
    case = on(DAY, [tie("resident")])
    assert (degree(case), degree(case, policy=policy)) == ("disclose", "neutral")


def test_a_row_is_regraded_in_its_place_and_the_rest_of_it_stays() -> None:
    text = (
        STRICTLY
        + '[regrade.resident]\ndecider = "avoid"\nlook_back = 2\n[regrade.adviser-to-party]\nonce_ended = "avoid"'
    )
    policy = Policy.from_toml(text)
    changes: dict[str, dict[str, Any]] = {
        "resident": {"decider": Degree.AVOID, "look_back": 2},
        "adviser-to-party": {"once_ended": Degree.AVOID},
    }
    for before, after in zip(STRICT.rows, policy.rows, strict=True):
        assert after == before.model_copy(update=changes.get(before.rule, {}))
    assert degree(on(DAY, [tie("resident")]), policy=policy) == "avoid"
    assert degree(on(DAY, [tie("resident", end="2024-03-05")]), policy=policy) == "avoid"
    assert degree(on(DAY, [tie("adviser", end="2026-03-01")]), policy=policy) == "avoid"


def test_a_kind_of_ones_own() -> None:
    policy = own(row(ties=["volunteer", "ended volunteer"][:1], look_back=1), kinds=["volunteer"], base="strict")
    assert policy.all_kinds == {*KINDS, "volunteer"}
    case = on(DAY, [tie("volunteer")])
    rules = STANDARD_RULES.with_policy(policy)
    assert degree(case, policy=policy) == "disclose"
    assert out(case, rules=rules) == set()
    with pytest.raises(ProblemError, match="is not a kind of tie that the policy knows"):
        check(case, roster({}))
    with pytest.raises(ProblemError, match='did you mean "volunteer"'):
        check(on(DAY, [tie("volunter")]), roster({}), rules)


@pytest.mark.parametrize("unfit", [tie("vriend"), tie("dossier")])
def test_a_tie_that_nothing_can_match_is_never_no_tie(unfit: dict[str, Any]) -> None:
    case = on(DAY, [unfit])
    questions: tuple[Callable[[], object], ...] = (
        lambda: assess(case, "F1", "M1"),
        lambda: neutral_pool(case, "M1"),
        lambda: certificate(case, roster({"M1": "F1"})),
        lambda: disclosures(case, roster({"M1": "F1"})),
    )
    for ask in questions:
        with pytest.raises(ProblemError) as caught:
            ask()
        assert [(issue.table, issue.rows) for issue in caught.value.errors] == [("ties", (1,))]


def test_what_a_policy_drops_on_purpose_is_no_tie() -> None:
    policy = own(row(ties=["family"]))
    assert degree(on(DAY, [tie("resident")]), policy=policy) == "neutral"


def test_other_kinds_of_tie_to_a_dossier_or_theme() -> None:
    policy = own(
        row(rule="a", ties=["adviser"], chain=[], target="theme", look_back=1),
        row(rule="b", ties=["family"], chain=[], target="dossier"),
        base="strict",
    )
    rules = STANDARD_RULES.with_policy(policy)
    case = on(DAY, [tie("adviser", theme="housing"), tie("family", meeting="M1")], about={"theme": "housing"})
    assert check(case, roster({}), rules).legal
    assert degree(case, policy=policy) == "disclose"
    with pytest.raises(ProblemError) as caught:
        check(case, roster({}))
    assert [(issue.rows, issue.column) for issue in caught.value.errors] == [((1,), "theme"), ((2,), "meeting")]


@pytest.mark.parametrize(
    ("base", "said", "mixed"),
    [
        ("strict", None, True),
        ("internal", None, False),
        ("strict", False, False),
        ("internal", True, True),
        (None, None, True),
        (None, False, False),
    ],
)
def test_teams_are_mixed_unless_the_policy_or_its_base_says_otherwise(
    base: str | None, said: bool | None, mixed: bool
) -> None:
    given = {"base": base, "mixed_teams": said, "rows": [] if base else [row()]}
    data = {"name": "own", **{key: value for key, value in given.items() if value is not None}}
    policy = Policy.from_data(data)
    assert policy.mixed_teams is mixed
    other = Policy.from_data(data | {"mixed_teams": not mixed})
    assert other.fingerprint != policy.fingerprint


def test_the_row_on_unknown_employers_can_be_regraded_dropped_and_written_anew() -> None:
    case = on(DAY, [], facilitators=[facilitator(organisation=None)])
    regraded = Policy.from_toml(STRICTLY + '[regrade.unknown-employer]\ndecider = "blocked"')
    dropped = Policy.from_toml(STRICTLY + 'drop = ["unknown-employer"]')
    grades = "".join(f'{grade} = "avoid"\n' for grade in GRADES)
    anew = Policy.from_toml(HEAD + '[[rows]]\nrule = "whoever"\ntarget = "unknown"\n' + grades)
    for policy, expected in ((STRICT, "disclose"), (regraded, "blocked"), (dropped, "neutral"), (anew, "avoid")):
        assert degree(case, policy=policy) == expected
        assert Policy.model_validate(policy.model_dump()) == policy
    assert [path.rule for path in paths(case, policy=anew)] == ["whoever"]
    assert paths(case, policy=dropped) == ()


def test_a_meeting_without_parties_is_as_one_with_a_decider() -> None:
    """Who has dealt with the matter is tied to it all the same, though nobody is named who decides on it."""
    grades = {"decider": "waivable", **dict.fromkeys(GRADES[1:], "avoid")}
    policy = Policy.from_data({"name": "own", "base": "strict", "regrade": {"worked-on-dossier": grades}})
    case = on(DAY, [tie("dossier", meeting="M1")], stakes={"M1": {}})
    assert degree(case, policy=policy) == "waivable"
    assert degree(case) == "blocked"


def test_a_row_speaks_of_active_ties_unless_asked() -> None:
    adviser = next(item for item in STRICT.rows if item.rule == "adviser-to-party")
    assert [adviser.degree("decider"), adviser.degree("decider", ended=True)] == [Degree.WAIVABLE, Degree.DISCLOSE]


def test_files_are_read(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text("\ufeff" + HEAD + ROW, "utf-8")
    assert Policy.from_file(path) == Policy.from_toml(HEAD + ROW)
    path.write_bytes(b'name = "\xff"')
    for wrong, reason in (
        (path, "is not UTF-8 text"),
        (tmp_path / "none.toml", "cannot be read"),
        (tmp_path, "cannot be read"),
    ):
        with pytest.raises(ProblemError) as caught:
            Policy.from_file(wrong)
        assert caught.value.issues == (Issue(wrong.name, (), "", reason, "give the path of a TOML file"),)


# --- fingerprint -------------------------------------------------------------------------------------------


def test_the_fingerprint_is_of_the_content_whatever_it_was_read_from() -> None:
    text = STRICTLY + '[regrade.resident]\ndecider = "avoid"'
    policy = Policy.from_toml(text)
    again = Policy.model_validate(json.loads(policy.model_dump_json()))
    assert again == policy
    assert again.fingerprint == policy.fingerprint
    spelled_out = Policy.from_data({"name": "own", "version": 3, "rows": [item.model_dump() for item in policy.rows]})
    assert spelled_out.fingerprint == policy.fingerprint
    assert len(policy.fingerprint) == 64


def test_the_fingerprint_changes_with_the_content() -> None:
    cells: list[dict[str, Any]] = [
        {},
        {"rule": "yours"},
        {"ties": ["director"]},
        {"ties": ["employee", "director"]},
        {"chain": ["group"]},
        {"target": "theme", "chain": []},
        {"look_back": 1},
        {"look_back": 2},
        {"look_back": 1, "once_ended": "avoid"},
        *({grade: "avoid"} for grade in GRADES),
    ]
    policies = [own(row(**item)) for item in cells]
    policies += [own(row(), name="other"), own(row(), version=2), own(row(), kinds=["volunteer"])]
    policies += [own(row(), row(rule="b")), own(row(rule="b"), row()), STRICT, INTERNAL]
    assert len({policy.fingerprint for policy in policies}) == len(policies)


def test_a_changed_copy_has_a_fingerprint_and_degrees_of_its_own() -> None:
    assert STRICT.fingerprint  # worked out before the copy is made
    assert STRICT.all_kinds
    mild = STRICT.model_copy(update={"name": "mild", "kinds": ("x",), "rows": STRICT.rows[1:]})
    assert mild.fingerprint != STRICT.fingerprint
    assert mild.fingerprint == Policy(name="mild", version=2, kinds=("x",), rows=STRICT.rows[1:]).fingerprint
    assert "x" in mild.all_kinds
    assert STRICT.model_copy().fingerprint == STRICT.fingerprint
    world = Arrays(on(DAY, [tie("employee")]))
    found = [degrees(world.person(0), world.occasions, policy).degree[0] for policy in (STRICT, mild)]
    assert found == [Degree.BLOCKED, Degree.NEUTRAL]
