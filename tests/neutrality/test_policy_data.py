"""A policy is data: read from TOML, changed from another, checked, versioned and fingerprinted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.builders import PARTY, facilitator, out, problem, roster
from tests.neutrality.asking import DAY, GRADES, degree, on, paths, tie
from tests.neutrality.naive import POLICY

from poolmatch import STANDARD_RULES, ProblemError, RuleSet, check
from poolmatch.arrays import Arrays
from poolmatch.domain.degree import Degree
from poolmatch.errors import Issue
from poolmatch.neutrality import BUILT_IN, INTERNAL, STRICT, Policy, PolicyRow
from poolmatch.neutrality.policy import KINDS, as_policy
from poolmatch.neutrality.table import degrees
from poolmatch.rules.neutral import NeutralRule
from poolmatch.rules.neutral_choice import NeutralChoiceRule
from poolmatch.rules.team_mix import TeamMixRule

HEAD = 'name = "own"\nversion = 3\n'
ROW = """
[[rows]]
rule = "volunteers"
ties = ["employee"]
chain = ["none"]
decider = "blocked"
commissioner = "blocked"
interest = "waivable"
contributor = "disclose"
observer = "avoid"
"""
UNKNOWN_ONLY = "says ties, chain, look_back or once_ended, but is about who has no employer on record"
STRICTLY = HEAD + 'base = "strict"\n'


def row(**cells: Any) -> dict[str, Any]:
    return {"rule": "mine", "ties": ["employee"], "chain": ["none"], **dict.fromkeys(GRADES, "disclose"), **cells}


def own(*rows: Mapping[str, Any], **keys: Any) -> Policy:
    return Policy.from_data({"name": "own", "version": 1, "rows": list(rows), **keys})


def issues(data: str | Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return place, reason and remedy of everything that is wrong with a policy."""
    with pytest.raises(ProblemError) as caught:
        Policy.from_toml(data) if isinstance(data, str) else Policy.from_data(data)
    assert {(issue.table, issue.rows) for issue in caught.value.issues} == {("policy", ())}
    return [(issue.column, issue.reason, issue.remedy) for issue in caught.value.issues]


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


# --- what is wrong is told with its row --------------------------------------------------------------------

DEGREES = "write one of: neutral, avoid, disclose, waivable, blocked"
YEARS = 'write a whole number from 0 to 100, or "unlimited"'
EVERY_KEY = "correct it; strict.toml shows every key"


@pytest.mark.parametrize(
    ("cells", "place", "reason", "remedy"),
    [
        ({"decider": "blokked"}, "mine.decider", "is not a degree", f'did you mean "blocked"? {DEGREES}'),
        ({"observer": "Blocked"}, "mine.observer", "is not a degree", f'did you mean "blocked"? {DEGREES}'),
        ({"interest": 4}, "mine.interest", "is not a degree", DEGREES),
        ({"interest": True}, "mine.interest", "is not a degree", DEGREES),
        ({"contributor": ["no"]}, "mine.contributor", "is not a degree", DEGREES),
        ({"look_back": -1}, "mine.look_back", "is not a number of years", YEARS),
        ({"look_back": 101}, "mine.look_back", "is not a number of years", YEARS),
        ({"look_back": 1.0}, "mine.look_back", "is not a number of years", YEARS),
        ({"look_back": "1"}, "mine.look_back", "is not a number of years", YEARS),
        ({"look_back": True}, "mine.look_back", "is not a number of years", YEARS),
        ({"look_back": "forever"}, "mine.look_back", "is not a number of years", YEARS),
        (
            {"chain": ["nun"]},
            "mine.chain.0",
            "input should be 'none', 'group', 'affiliate', 'funds' or 'membership'",
            EVERY_KEY,
        ),
        (
            {"target": "themes"},
            "mine.target",
            "input should be 'organisation', 'dossier', 'theme' or 'unknown'",
            EVERY_KEY,
        ),
        ({"ties": "employee"}, "mine.ties", "input should be a valid tuple", EVERY_KEY),
        ({"ties": []}, "mine", "names no kind of tie", 'say which, such as ties = ["employee"]'),
        ({"target": "unknown", "chain": []}, "mine", UNKNOWN_ONLY, "leave them out"),
        ({"target": "unknown", "ties": []}, "mine", UNKNOWN_ONLY, "leave them out"),
        ({"target": "unknown", "ties": [], "chain": [], "look_back": 1}, "mine", UNKNOWN_ONLY, "leave them out"),
        (
            {"target": "unknown", "ties": [], "chain": [], "once_ended": "avoid"},
            "mine",
            UNKNOWN_ONLY,
            "leave them out",
        ),
        ({"chian": ["none"]}, "mine.chian", "is not a key of a row", f'did you mean "chain"? {EVERY_KEY}'),
        (
            {"ties": ["employe"]},
            "mine",
            "names the kind of tie 'employe', which is not known",
            'did you mean "employee"? correct it, or name it in kinds',
        ),
        (
            {"ties": ["ended employe"], "look_back": 1},
            "mine",
            "names the kind of tie 'employe', which is not known",
            'did you mean "employee"? correct it, or name it in kinds',
        ),
        ({"chain": []}, "mine", "has no chain", 'say how the tie reaches the party, such as chain = ["none"]'),
        (
            {"target": "dossier", "ties": ["dossier"]},
            "mine",
            "has a chain, but a tie to a dossier has none",
            "leave chain out",
        ),
        (
            {"target": "theme", "chain": [], "observer": "waivable"},
            "mine",
            "grades a tie to a theme waivable",
            "grade it disclose at most: there is no one who could consent",
        ),
        (
            {"ties": ["employee", "ended director"]},
            "mine",
            "counts the tie 'ended director' for no time at all",
            "give look_back in years, or leave the ended ties out",
        ),
        (
            {"ties": ["former_employee"]},
            "mine",
            "counts the tie 'former_employee' for no time at all",
            "give look_back in years, or leave the ended ties out",
        ),
        (
            {"once_ended": "avoid"},
            "mine",
            "says once_ended, but looks back for no time at all",
            "give look_back in years",
        ),
        (
            {"ties": ["employee", "ended employee"], "look_back": 1},
            "mine",
            "names 'employee' both active and ended",
            "keep one of the two",
        ),
    ],
)
def test_a_row_that_is_wrong(cells: dict[str, Any], place: str, reason: str, remedy: str) -> None:
    assert issues({"name": "own", "rows": [row(**cells)]}) == [(place, reason, remedy)]


def test_what_just_fits_is_accepted() -> None:
    assert own(row(look_back=100)).rows[0].look_back == 100
    assert own(row(look_back=0)).rows[0].look_back == 0
    assert own(row(look_back="unlimited", once_ended="avoid")).rows[0].once_ended == Degree.AVOID
    assert own(row(ties=["ended employee", "former_employee"], look_back="unlimited")).rows[0].look_back == "unlimited"
    theme = row(target="theme", chain=[], ties=["position"])
    assert own(theme).rows[0].degree("observer") == Degree.DISCLOSE
    assert own(row(once_ended="neutral", look_back=1)).rows[0].degree("decider", ended=True) == Degree.NEUTRAL


def test_once_ended_never_makes_a_tie_worse() -> None:
    (only,) = own(row(look_back=1, once_ended="waivable")).rows
    assert [only.degree("decider", ended=ended) for ended in (False, True)] == [Degree.DISCLOSE, Degree.DISCLOSE]
    (only,) = own(row(look_back=1, once_ended="avoid")).rows
    assert [only.degree("decider", ended=ended) for ended in (False, True)] == [Degree.DISCLOSE, Degree.AVOID]
    (reason,) = {reason for _, reason, _ in issues({"name": "own", "rows": [row(look_back=1, once_ended="less")]})}
    assert reason == "is not a degree"


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


def test_a_row_without_a_name_is_told_by_its_number() -> None:
    nameless = {key: value for key, value in row().items() if key != "rule"}
    assert issues({"name": "own", "rows": [row(), nameless]}) == [("rows.2.rule", "field required", EVERY_KEY)]
    ((place, *_),) = issues({"name": "own", "rows": ["employee"]})
    assert place == "rows.1"


def test_two_rows_of_one_name() -> None:
    data = {"name": "own", "rows": [row(), row(rule="other"), row(decider="avoid")]}
    assert issues(data) == [("mine", "stands twice, in rows 1 and 3", "give each row a name of its own")]
    assert issues({"name": "own", "base": "strict", "rows": [row(rule="resident")]}) == [
        ("resident", "stands twice, in rows 10 and 14", "give each row a name of its own")
    ]


@pytest.mark.parametrize(
    ("text", "place", "reason", "remedy"),
    [
        (
            'name = "own"\nversio = 1\n' + ROW,
            "versio",
            "is not a key of a policy",
            'did you mean "version"? leave it out',
        ),
        (HEAD, "rows", "are missing, so that nobody would have a tie", "give rows, or a base"),
        (
            STRICTLY.replace("strict", "strickt"),
            "base",
            "is not a policy that comes with poolmatch",
            'did you mean "strict"? write one of: strict, internal',
        ),
        (HEAD + 'base = ["strict"]', "base", "is of the wrong kind", "give the name of a policy"),
        (HEAD + "rows = 5", "rows", "is of the wrong kind", "give a list of rows"),
        (HEAD + 'kinds = "volunteer"\n' + ROW, "kinds", "is of the wrong kind", "give a list of words"),
        (HEAD + 'mixed_teams = "no"\n' + ROW, "mixed_teams", "is of the wrong kind", "give true or false"),
        (HEAD + "mixed_teams = 0\n" + ROW, "mixed_teams", "is of the wrong kind", "give true or false"),
        (STRICTLY + 'drop = "resident"', "drop", "is of the wrong kind", "give a list of rows by name"),
        (STRICTLY + "regrade = 5", "regrade", "is of the wrong kind", "give a table by row"),
        (
            STRICTLY + "[regrade]\nresident = 5",
            "regrade.resident",
            "is of the wrong kind",
            'give a table, such as decider = "avoid"',
        ),
        (
            STRICTLY + 'drop = ["rezident"]',
            "rezident",
            "is not a row of strict",
            'did you mean "resident"? correct the name',
        ),
        (
            STRICTLY + '[regrade.rezident]\ndecider = "avoid"',
            "rezident",
            "is not a row of strict",
            'did you mean "resident"? correct the name',
        ),
        (
            STRICTLY + 'drop = [["resident"]]',
            "['resident']",
            "is not a row of strict",
            'did you mean "resident"? correct the name',
        ),
        (
            STRICTLY + 'drop = ["resident"]\n[regrade.resident]\ndecider = "avoid"',
            "resident",
            "is dropped and regraded",
            "do one of the two",
        ),
        (STRICTLY + '[regrade.resident]\ndecider = "never"', "regrade.resident.decider", "is not a degree", DEGREES),
        (
            STRICTLY + '[regrade.resident]\ndesider = "avoid"',
            "regrade.resident.desider",
            "is not a key of a row",
            f'did you mean "decider"? {EVERY_KEY}',
        ),
        (
            STRICTLY + '[regrade.public-position]\ninterest = "blocked"',
            "public-position",
            "grades a tie to a theme blocked",
            "grade it disclose at most: there is no one who could consent",
        ),
        (
            HEAD + 'drop = ["resident"]\n' + ROW,
            "drop",
            "is given without a base",
            "name the policy that it changes in base",
        ),
        (
            HEAD + ROW + '[regrade.volunteers]\ndecider = "avoid"',
            "regrade",
            "is given without a base",
            "name the policy that it changes in base",
        ),
        ('name = "own"\nversion = 0\n' + ROW, "version", "input should be greater than or equal to 1", EVERY_KEY),
        ('name = "own"\nversion = true\n' + ROW, "version", "input should be a valid integer", EVERY_KEY),
        ('name = "own"\nversion = "1"\n' + ROW, "version", "is of the wrong kind", "give a whole number"),
        ("version = 1\n" + ROW, "name", "string should have at least 1 character", EVERY_KEY),
        ("name = 5\n" + ROW, "name", "is of the wrong kind", "give text"),
    ],
)
def test_a_file_that_is_wrong(text: str, place: str, reason: str, remedy: str) -> None:
    assert (place, reason, remedy) in issues(text)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    text = (
        STRICTLY
        + 'dorp = ["x"]\ndrop = ["nobody"]\n[regrade.resident]\ndecider = "no"\n'
        + ROW.replace("blocked", "harsh")
    )
    assert sorted(place for place, *_ in issues(text)) == [
        "dorp",
        "nobody",
        "regrade.resident.decider",
        "volunteers.commissioner",
        "volunteers.decider",
    ]
    both = Policy.model_construct(name="own", version=1, kinds=(), rows=(PolicyRow(**row(chain=[], ties=["x"])),))
    assert [issue.reason.split(",")[0] for issue in both.contradictions()] == [
        "names the kind of tie 'x'",
        "has no chain",
    ]


def test_what_is_not_toml() -> None:
    ((place, reason, remedy),) = issues('name = "own')
    assert (place, remedy) == ("", "correct it there")
    assert reason.startswith("is not TOML: ")


def test_what_is_no_policy() -> None:
    assert as_policy("internal") is INTERNAL
    assert as_policy(STRICT) is STRICT
    assert as_policy({"name": "own", "rows": [row()]}) == own(row())
    for value, reason, remedy in (
        ("mild", "is not a policy that comes with poolmatch", "write one of: strict, internal"),
        (5, "is neither a name nor a policy", "give a name, a policy or its data"),
    ):
        with pytest.raises(ProblemError) as caught:
            as_policy(value)
        assert caught.value.issues == (Issue("policy", (), "policy", reason, remedy),)


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


# --- rule sets ---------------------------------------------------------------------------------------------


def test_a_rule_set_names_a_policy_or_holds_one() -> None:
    assert RuleSet.from_toml("").policy == STRICT == STANDARD_RULES.policy
    assert RuleSet.from_toml('policy = "internal"').policy == INTERNAL
    text = '[policy]\nname = "own"\nversion = 2\nbase = "strict"\ndrop = ["resident"]\n'
    rules = RuleSet.from_toml(text)
    assert (rules.policy.name, rules.policy.version, len(rules.policy.rows)) == ("own", 2, 12)
    case = on(DAY, [tie("resident")])
    assert check(case, roster({"M1": "F1"}), rules).roster.rows[0].degree == "neutral"
    assert check(case, roster({"M1": "F1"})).roster.rows[0].degree == "disclose"


def test_every_rule_of_a_set_has_its_policy_and_the_fingerprint_tells_which() -> None:
    rules = STANDARD_RULES.with_policy(INTERNAL)
    for name in ("neutral", "team-mix", "neutral-choice"):
        assert rules[name].policy == INTERNAL  # type: ignore[attr-defined]
    assert rules.fingerprint != STANDARD_RULES.fingerprint
    assert rules.with_policy(STRICT).fingerprint == STANDARD_RULES.fingerprint
    assert rules.to_dict()["policy"]["name"] == "internal"
    with pytest.raises(ValueError, match="rules with different policy settings"):
        STANDARD_RULES.plus(NeutralRule(policy=INTERNAL))
    two = NeutralRule(policy=INTERNAL), NeutralChoiceRule(policy=INTERNAL)
    with pytest.raises(ValueError, match="neutral, team-mix, neutral-choice"):
        STANDARD_RULES.plus(*two)
    assert STANDARD_RULES.plus(*two, TeamMixRule(policy=INTERNAL)).policy == INTERNAL


@pytest.mark.parametrize(
    ("text", "table", "column"),
    [
        ('policy = "mild"', "policy", "policy"),
        ('[policy]\nname = "own"\nbase = "strict"\ndrop = ["nobody"]', "policy", "nobody"),
        ('[rules.neutral]\npolicy = "internal"', "rules.neutral", "policy"),
        ("policy = 5", "rules", "policy"),
    ],
)
def test_a_rule_set_with_a_wrong_policy_is_refused(text: str, table: str, column: str) -> None:
    with pytest.raises(ProblemError) as caught:
        RuleSet.from_toml(text)
    assert (table, column) in [(issue.table, issue.column) for issue in caught.value.issues]


def test_rules_take_a_policy_by_name_or_data() -> None:
    assert NeutralRule.model_validate({"policy": "internal"}).policy == INTERNAL
    assert NeutralRule.model_validate({"policy": {"name": "own", "rows": [row()]}}).policy == own(row())


# --- ties that no policy knows -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "column"),
    [
        ("dossier", "organisation"),
        ("position", "organisation"),
        ("employee", "theme"),
        ("family", "meeting"),
        ("resident", "series"),
        ("position", "meeting"),
        ("dossier", "theme"),
    ],
)
def test_a_kind_and_a_target_that_no_row_has_are_an_error(kind: str, column: str) -> None:
    cells = {"organisation": PARTY, "theme": "housing", "meeting": "M1", "series": "course"}
    bond = {"facilitator": "F1", "kind": kind, column: cells[column]}
    case = on(DAY, [tie("family"), bond], about={"theme": "housing", "series": "course"})
    with pytest.raises(ProblemError) as caught:
        check(case, roster({}))
    (found,) = caught.value.errors
    assert (found.table, found.rows, found.column) == ("ties", (2,), column)
    assert f"a tie of kind {kind}" in found.reason


@pytest.mark.parametrize(
    "bond",
    [
        *(tie(kind) for kind in ("employee", "director", "financial_interest", "family", "adviser", "resident")),
        tie("former_employee", end="2026-01-01"),
        tie("dossier", meeting="M1"),
        tie("dossier", series="course"),
        tie("position", theme="housing"),
    ],
)
def test_every_kind_to_what_it_can_be_to_is_accepted(bond: dict[str, Any]) -> None:
    about = {"theme": "housing", "series": "course"}
    policy = Policy.from_data({"name": "little", "rows": [row()]})
    for rules in (STANDARD_RULES, STANDARD_RULES.with_policy(policy)):
        assert check(on(DAY, [bond], about=about), roster({}), rules).legal


def test_a_former_employee_without_an_end_is_an_error() -> None:
    with pytest.raises(ProblemError, match="ties, row 1, column end: is blank for a former employee"):
        problem(ties=[tie("former_employee")])


def test_an_organisation_nobody_knows_and_two_stakes_of_one_are_errors() -> None:
    case = problem()
    with pytest.raises(ProblemError, match="ties, row 1, column organisation: is not in organisations"):
        case.replace(ties=[tie("family", "Nowhere")])
    with pytest.raises(ProblemError, match="stakes, rows 1, 2: repeats meeting, organisation"):
        case.replace(stakes=[*case.stakes, {"meeting": "M1", "organisation": PARTY, "grade": "observer"}])


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


def test_a_row_of_any_name_is_told_by_it() -> None:
    assert issues({"name": "own", "rows": [row(rule="X", decider="no")]})[0][0] == "X.decider"


def test_one_wrong_change_does_not_hide_the_next() -> None:
    text = STRICTLY + '[regrade]\nemployed-by-party = 5\n[regrade.resident]\ndecider = "no"'
    assert [place for place, *_ in issues(text)] == ["regrade.employed-by-party", "regrade.resident.decider"]
