"""What is wrong with a policy is told with its row and its key, and what just fits is accepted."""

from __future__ import annotations

from typing import Any

import pytest
from tests.neutrality.policies import HEAD, ROW, STRICTLY, issues, own, row

from poolmatch import ProblemError
from poolmatch.domain.degree import Degree
from poolmatch.errors import Issue
from poolmatch.neutrality import INTERNAL, STRICT, Policy, PolicyRow
from poolmatch.neutrality.policy import as_policy

UNKNOWN_ONLY = "says ties, chain, look_back or once_ended, but is about who has no employer on record"
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


def test_a_row_without_a_name_is_told_by_its_number() -> None:
    nameless = {key: value for key, value in row().items() if key != "rule"}
    assert issues({"name": "own", "rows": [row(), nameless]}) == [("rows.2.rule", "field required", EVERY_KEY)]
    ((place, *_),) = issues({"name": "own", "rows": ["employee"]})
    assert place == "rows.1"


def test_a_row_of_any_name_is_told_by_it() -> None:
    assert issues({"name": "own", "rows": [row(rule="X", decider="no")]})[0][0] == "X.decider"


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


def test_one_wrong_change_does_not_hide_the_next() -> None:
    text = STRICTLY + '[regrade]\nemployed-by-party = 5\n[regrade.resident]\ndecider = "no"'
    assert [place for place, *_ in issues(text)] == ["regrade.employed-by-party", "regrade.resident.decider"]


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


@pytest.mark.parametrize(
    ("kind", "known"),
    [
        ("adviseur", "adviser"),
        ("Adviser", "adviser"),
        ("public position", "position"),
        ("oud-werknemer", "former_employee"),
    ],
)
def test_a_kind_of_ones_own_is_no_other_word_for_one_that_is_known(kind: str, known: str) -> None:
    """A workbook would be read as having ties of the other kind, which may be judged more mildly."""
    (told,) = issues({"name": "own", "version": 1, "kinds": [kind], "rows": [row(ties=[kind])]})
    assert told[:2] == ("kinds", f"names the kind of tie {kind!r}, which workbooks read as {known!r}")


def test_a_kind_that_is_known_may_be_named_again() -> None:
    assert own(row(), kinds=["adviser", "vrijwilliger"]).all_kinds > {"adviser", "vrijwilliger"}
