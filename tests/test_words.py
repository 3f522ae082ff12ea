"""Free words are one word in whatever spelling; words that are nearly one are told, however often they stand."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import Cells, facilitator, meeting, out, problem, roster

from poolmatch import Problem, ProblemError, check, solve
from poolmatch.domain.nearness import CROWD, gist_of, near, near_pairs
from poolmatch.domain.people import Skill, Tie
from poolmatch.domain.values import fold
from poolmatch.errors import Issue

TEXTS = st.text(st.characters(exclude_categories=["C"], max_codepoint=0x2FF), min_size=1, max_size=12)
SPACES = st.sampled_from([" ", "  ", "\u00a0", "\t", "\u2003 "])


def wide(text: str) -> str:
    """The text in full-width letters, as East Asian keyboards write them."""
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


# --- folding -----------------------------------------------------------------------------------------------


@given(st.text(max_size=12))
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_form_and_width_do_not_count(text: str) -> None:
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert fold(unicodedata.normalize(form, text)) == fold(text)
    assert fold(wide(text)) == fold(text)


@given(TEXTS.filter(lambda text: "\u0131" not in text))  # the Turkish letter whose capital is that of another
def test_case_does_not_count(text: str) -> None:
    for other in (text.upper(), text.lower(), text.title(), text.swapcase()):
        assert fold(other) == fold(text)


@given(st.lists(st.text("abc\u00e9", min_size=1, max_size=4), min_size=1, max_size=4), SPACES)
def test_runs_of_white_space_do_not_count(parts: list[str], space: str) -> None:
    assert fold(space + space.join(parts) + space) == fold(" ".join(parts))


def test_letters_accents_and_signs_do_count() -> None:
    words = ["wonen", "w\u00f6nen", "wo-nen", "wo nen", "wonen.", "woned"]
    assert len({fold(word) for word in words}) == len(words)


def test_examples() -> None:
    assert fold("  Stra\u00dfe  \u2460 ") == "strasse 1"
    assert fold("\uff37onen") == fold("WONEN") == "wonen"
    assert fold("\ufb01jn") == "fijn"


# --- rows --------------------------------------------------------------------------------------------------


def notes(case: Problem) -> list[tuple[str, tuple[int, ...], str, str]]:
    """Table, rows, column and the other spellings, of every note on a spelling."""
    return [
        (issue.table, issue.rows, issue.column, str(issue.value))
        for issue in case.warnings
        if issue.reason == "is a word in another spelling"
    ]


def themed(*themes: str, tie: str) -> Problem:
    """One meeting on each theme, and someone with a position on a theme."""
    meetings = [
        meeting(f"M{n}", f"2026-03-0{n} 10:00", f"2026-03-0{n} 12:00", theme=t) for n, t in enumerate(themes, 2)
    ]
    return problem(meetings, ties=[{"facilitator": "F1", "kind": "position", "theme": tie}])


@pytest.mark.parametrize("tie", ["Wonen", " WONEN ", "\uff57onen"])
def test_a_position_on_a_theme_in_another_spelling_is_disclosed(tie: str) -> None:
    case = themed("wonen", "wonen", tie=tie)
    assert case.ties[0].theme == "wonen"
    assert [row.degree for row in check(case, roster({"M2": "F1", "M3": "F1"})).roster.rows] == ["disclose", "disclose"]
    assert notes(case) == [("ties", (1,), "theme", tie.strip())]
    (note,) = [issue for issue in case.warnings if issue.table == "ties"]
    assert 'shown as "wonen"' in note.remedy


def test_the_most_frequent_spelling_is_shown_then_the_first_by_code_point() -> None:
    assert {row.theme for row in themed("Wonen", "wonen", "wonen", tie="Wonen").meetings} == {"Wonen"}
    assert {row.theme for row in themed("Wonen", "wonen", "wonen", tie="wonen").meetings} == {"wonen"}
    assert {row.theme for row in themed("wonen", tie="WONEN").meetings} == {"WONEN"}


def test_a_note_names_all_other_spellings() -> None:
    case = themed("Wonen", "wonen", "wonen", "WONEN", "wonen", tie="wonen")
    assert notes(case) == [("meetings", (1, 4), "theme", "WONEN, Wonen")]
    assert notes(themed("wonen", tie="wonen")) == []


def test_many_words_of_a_column_are_one_note() -> None:
    words = ["aarde", "brood", "cacao", "dadel", "eiken", "fruit"]
    skills = [{"facilitator": "F1", "skill": word, "level": 1} for word in words]
    skills += [{"facilitator": "F2", "skill": word.upper(), "level": 1} for word in words]
    case = problem(facilitators=["F1", "F2"], skills=skills)
    assert notes(case) == [("skills", (1, 2, 3, 4, 5, 6), "skill", "aarde, brood, cacao, dadel, eiken and 1 more")]
    assert {row.skill for row in case.skills} == {word.upper() for word in words}


def test_regions_are_one_in_the_rule_and_in_wishes() -> None:
    case = problem(
        [meeting(region="Het Noorden")],
        serves=[{"facilitator": "F1", "region": "het  noorden"}],
        preferences=[{"facilitator": "F1", "region": "HET NOORDEN", "score": 2}],
    )
    assert out(case) == set()
    assert check(case, roster({"M1": "F1"})).penalty("wishes") < 0


def test_skills_are_one_in_requirements() -> None:
    case = problem(
        skills=[{"facilitator": "F1", "skill": "Deep  Democracy", "level": 3}],
        requirements=[{"meeting": "M1", "seat": "lead", "skill": "deep democracy", "level": 3}],
    )
    assert out(case) == set()


def test_rows_made_in_python_are_settled_and_stay_as_they_are() -> None:
    mine = Tie(facilitator="F1", kind="position", theme="Wonen")
    case = themed("wonen", "wonen", tie="wonen").replace(ties=[mine])
    assert (case.ties[0].theme, mine.theme) == ("wonen", "Wonen")
    skill = Skill(facilitator="F1", skill="INTAKE", level=2)
    assert case.replace(
        skills=[skill, {"facilitator": "F1", "skill": "intake", "level": 2, "valid_from": "2026-01-01"}]
    )


def test_other_columns_keep_their_spelling() -> None:
    people = [facilitator("f1"), facilitator("F2")]
    case = problem([meeting("M1", series="wijk"), meeting("M2", "2026-03-06 10:00", "2026-03-06 12:00")], people)
    case = case.replace(organisations=[*case.organisations, {"organisation": "X", "name": "x", "kind": "School"}])
    case = case.replace(organisations=[*case.organisations, {"organisation": "Y", "name": "y", "kind": "school"}])
    assert [row.kind for row in case.organisations[-2:]] == ["School", "school"]
    assert notes(case) == []


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("serves", [{"facilitator": "F1", "region": "Noord"}, {"facilitator": "F1", "region": "NOORD"}]),
        (
            "skills",
            [
                {"facilitator": "F1", "skill": "intake", "level": 1},
                {"facilitator": "F1", "skill": "Intake", "level": 2},
            ],
        ),
        (
            "requirements",
            [
                {"meeting": "M1", "seat": "lead", "skill": "intake", "level": 1},
                {"meeting": "M1", "seat": "lead", "skill": "in\uff54ake", "level": 2},
            ],
        ),
        ("ties", [{"facilitator": "F1", "kind": "position", "theme": word} for word in ("wonen", "Wonen")]),
    ],
)
def test_words_fold_in_keys_too(table: str, rows: list[Cells]) -> None:
    tables: dict[str, Any] = {table: rows}
    with pytest.raises(ProblemError) as caught:
        problem(**tables)
    (error,) = caught.value.errors
    assert (error.table, error.rows) == (table, (1, 2))
    assert error.reason.startswith("repeats ")


def test_a_wrong_row_repeats_a_key_in_another_spelling_too() -> None:
    rows = [{"facilitator": "F1", "skill": "intake", "level": 1}, {"facilitator": "F1", "skill": "Intake", "level": 9}]
    with pytest.raises(ProblemError) as caught:
        problem(skills=rows)
    assert [(issue.rows, issue.column) for issue in caught.value.errors] == [((1, 2), ""), ((2,), "level")]


def test_series_and_seats_are_ids() -> None:
    sessions = [
        meeting("M1", series="wijk", session=1),
        meeting("M2", "2026-03-06 10:00", "2026-03-06 12:00", series="Wijk", session=1),
    ]
    case = problem(sessions)
    assert set(case.series) == {"wijk", "Wijk"}
    (issue,) = [issue for issue in case.warnings if issue.column == "series"]
    assert "is close to another series" in issue.reason
    with pytest.raises(ProblemError, match="is not a seat of that meeting"):
        problem(pins=[{"meeting": "M1", "seat": "Lead"}])


def test_a_problem_in_the_shown_spelling_is_the_same_problem() -> None:
    case = themed("wonen", "wonen", tie="Wonen")
    plain = themed("wonen", "wonen", tie="wonen")
    assert case == plain
    assert case.fingerprint == plain.fingerprint
    again = Problem.from_json(case.to_json())
    assert again == case
    assert notes(again) == []
    assert case.replace() == case


# --- duties ------------------------------------------------------------------------------------------------


def coached(**tables: Any) -> Problem:
    kinds = ("Coaching", "coaching", "coaching")
    duties = [{"duty": f"D{n}", "kind": kind, "hours": 2} for n, kind in enumerate(kinds, 1)]
    return problem(facilitators=["F1", "F2", "F3"], duties=duties, **tables)


def test_two_duties_of_a_kind_in_two_spellings_are_two_of_a_kind() -> None:
    report = check(coached(), roster({("D1", "coaching"): "F1", ("D2", "coaching"): "F1"}))
    assert len(report.by_rule["one-duty"]) == 1


def test_the_seat_of_a_duty_is_its_kind_in_any_spelling() -> None:
    case = coached(
        pins=[{"meeting": "D1", "seat": "COACHING", "facilitator": "F2"}],
        requirements=[{"meeting": "D2", "seat": "Coaching", "skill": "intake", "level": 1}],
        skills=[{"facilitator": "F3", "skill": "intake", "level": 1}],
        published=[{"meeting": "D3", "seat": "Coaching", "facilitator": "F1"}],
    )
    assert case.pins[0].seat == case.requirements[0].seat == case.published[0].seat == "coaching"
    assert [issue for issue in case.warnings if issue.column == "seat"] == []
    found = solve(case, time_limit=5).roster
    assert [found.holder(f"D{n}", "coaching") for n in (1, 2, 3)] == ["F2", "F3", "F1"]


def test_a_roster_may_write_the_kind_in_another_spelling() -> None:
    report = check(coached(), roster({("D1", "Coaching"): "F1", ("D2", "CO\uff21CHING"): "F2"}))
    assert report.legal
    held = {(row.meeting, row.seat): row.facilitator for row in report.roster.rows if row.facilitator}
    assert held == {("D1", "coaching"): "F1", ("D2", "coaching"): "F2"}
    with pytest.raises(ProblemError, match="is not a seat of that meeting"):
        check(coached(), roster({("M1", "Lead"): "F1"}))


# --- near words --------------------------------------------------------------------------------------------


def close(one: str, other: str) -> bool:
    return near(gist_of(one), gist_of(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("westerkwartier", "westerkwartir"),
        ("westerkwartier", "westerkwartiier"),
        ("westerkwartier", "westerkwatrier"),
        ("westerkwartier", "westerkwattier"),
        ("wonen", "wonenn"),
        ("woen", "wone"),
        ("deep democracy", "deep-democracy"),
        ("deep democracy", "deepdemocracy"),
        ("collective sensemaking", "colective sensmaking"),
        ("zuidoost", "Zuid Oost"),
        ("caf\u00e9s", "cafes"),
        ("module 2", "modulle 2"),
        ("R1", "R1?"),
        ("R1", "r 1"),
        ("R1", "R-1 *"),
    ],
)
def test_near(one: str, other: str) -> None:
    assert close(one, other)
    assert close(other, one)
    assert list(near_pairs([gist_of(one), gist_of("heel iets anders"), gist_of(other)])) == [(0, 2)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("course 1", "course 2"),
        ("course1", "course2"),
        ("course 11", "course 1"),
        ("team A", "team B"),
        ("niveau II", "niveau III"),
        ("1a", "1b"),
        ("C#", "C++"),
        ("C", "C++"),
        ("?", "!"),
        ("oost", "west"),
        ("zuidoost", "zuidwest"),
        ("landelijk noordoost", "landelijk noordwest"),
        ("Assen", "Asten"),
        ("Heusden", "Leusden"),
        ("ede", "epe"),
        ("energie", "energietransitie"),
        ("dep demcracy", "deep democratie"),
    ],
)
def test_not_near(one: str, other: str) -> None:
    assert not close(one, other)
    assert list(near_pairs([gist_of(one), gist_of(other)])) == []


LETTERS = st.text("abdeinorst", min_size=4, max_size=12)


@given(st.lists(LETTERS, max_size=30))
def test_the_index_finds_every_pair_that_is_one_slip_apart(words: list[str]) -> None:
    gists = [gist_of(word) for word in words]
    slow = [(a, b) for b in range(len(gists)) for a in range(b) if near(gists[a], gists[b])]
    assert list(near_pairs(gists)) == sorted(slow)


def test_a_crowd_of_words_with_the_same_consonants_hides_none() -> None:
    vowels = "aeiou"
    crowd = [f"b{a}d{b}k{c}l{d}" for a in vowels for b in vowels for c in vowels for d in "aeo"]
    assert len(crowd) > CROWD
    gists = [gist_of(word) for word in (*crowd, "badakalat", "bedakalla")]
    slow = [(a, b) for b in range(len(gists)) for a in range(b) if near(gists[a], gists[b])]
    assert list(near_pairs(gists)) == sorted(slow)


def slips(case: Problem) -> list[Issue]:
    return [issue for issue in case.warnings if "is close to another" in issue.reason]


def test_words_that_are_close_are_told_however_often_they_stand() -> None:
    served = [("F1", "westerkwartier"), ("F2", "westerkwartier"), ("F3", "westerkwartier")]
    served += [("F1", "westerkwartir"), ("F2", "westerkwartir")]
    serves = [{"facilitator": name, "region": region} for name, region in served]
    case = problem([meeting(region="westerkwartier")], ["F1", "F2", "F3"], serves=serves)
    (issue,) = slips(case)
    assert (issue.table, issue.rows, issue.column, issue.value) == ("serves", (4, 5), "region", "westerkwartir")
    assert issue.reason == "stands twice and is close to another region"
    assert issue.remedy.startswith('did you mean "westerkwartier", which stands 4 times? ')


def test_the_word_that_stands_less_often_is_told_in_each_table() -> None:
    homes = [facilitator("F1", region="meierij"), facilitator("F2", region="meierijj")]
    meetings = [meeting(f"M{n}", f"2026-03-0{n} 10:00", f"2026-03-0{n} 12:00", region="meierij") for n in (2, 3)]
    found = slips(problem([*meetings, meeting("M4", region="meierijj")], homes))
    assert [(issue.table, issue.rows) for issue in found] == [("facilitators", (2,)), ("meetings", (3,))]


@pytest.mark.parametrize("word", ["theme", "region", "series", "skill", "kind"])
def test_every_sort_of_word_is_compared(word: str) -> None:
    pair = ["leefomgeving", "leefomgevving"]
    two = [meeting(), meeting("M2", "2026-03-06 10:00", "2026-03-06 12:00")]
    if word == "skill":
        case = problem(skills=[{"facilitator": "F1", "skill": text, "level": 1} for text in pair])
    elif word == "kind":
        case = problem(duties=[{"duty": f"D{n}", "kind": text, "hours": 1} for n, text in enumerate(pair)])
    else:
        case = problem([{**row, word: text} for row, text in zip(two, pair, strict=True)])
    assert [(issue.column, issue.rows, issue.value) for issue in slips(case)] == [(word, (2,), "leefomgevving")]


def test_a_slip_that_makes_a_tie_idle_is_told_once_as_that() -> None:
    case = themed("energietransitie", tie="energitransitie")
    (issue,) = [issue for issue in case.warnings if issue.column == "theme"]
    assert issue.reason == "is the theme of no meeting here"
    assert issue.remedy.startswith('did you mean "energietransitie"? the tie has no effect')
