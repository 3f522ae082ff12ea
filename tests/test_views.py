"""What an audience may not see shows up in nothing that is written for it.

Every id, name and free word of a sample becomes a canary: a word that is found nowhere else. What is written for an
audience may hold those canaries only that the table in `poolmatch.views` allows it, read here once more by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from tests.canaries import canaries, in_canaries
from tests.results import result

from poolmatch import Audience, Result, Roster, assess, certificate, disclosures, read
from poolmatch.domain.degree import Degree
from poolmatch.errors import UnknownId
from poolmatch.report import calendar_of, report_page, summary
from poolmatch.report.sections.of_result import content_of_result
from poolmatch.views import COORDINATOR, PUBLIC, Record, View
from poolmatch.words import LANGUAGES

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
NAMES = ("westerkwartier-2026-03", "extern-2026-06")


@cache
def case(name: str) -> Result:
    """Return a sample in canaries, with a roster in which many sit where they are tied: there is much to tell."""
    problem = in_canaries(read(SAMPLES / name))
    people = [row.facilitator for row in problem.facilitators]
    holders = {(s.meeting, s.seat): people[n * 5 % len(people)] for n, s in enumerate(problem.all_seats) if n % 6}
    return result(problem, Roster.of(problem, holders))


def written(case: Result, audience: Audience) -> Mapping[str, str]:
    """Return everything that is written for an audience."""
    given = case.problem, case.roster, case.rules.policy, audience
    proof, told = certificate(*given), disclosures(*given)
    texts = {"certificate.json": proof.to_json(), "content": repr(content_of_result(case, audience))}
    for language in LANGUAGES:
        if audience != PUBLIC:
            texts[f"calendar {language}"] = calendar_of(case.report, audience, language).decode().replace("\r\n ", "")
        texts[f"page {language}"] = report_page(case, language, audience)
        texts[f"summary {language}"] = summary(case, language, audience)
        texts[f"certificate {language}"] = proof.to_text(language)
        texts[f"disclosures {language}"] = " ".join(words.say(language) for item in told for words in item.words)
    return texts | {"disclosures of": repr([(item.meeting, item.facilitator) for item in told])}


def allowed(case: Result, audience: Audience) -> set[str]:
    """Return the canaries that an audience may see, by a reading of the table that is as plain as it can be."""
    problem = case.problem
    of = {row.organisation: row for row in problem.organisations}
    found = canaries()
    if audience == PUBLIC:
        return found
    for row in case.roster.rows:
        parties = problem.stakes_of(row.meeting)
        if audience.kind == "party":
            if audience.id not in {stake.organisation for stake in parties}:
                continue
        elif audience.id not in {other.facilitator for other in case.roster.rows if other.meeting == row.meeting}:
            continue
        meeting = problem.meeting(row.meeting)
        found |= canaries(row.meeting, meeting.title, meeting.region, row.facilitator)
        found |= canaries([(stake.organisation, of[stake.organisation].name) for stake in parties])
        if row.facilitator:
            found |= canaries(problem.facilitator(row.facilitator).name)
            paths = assess(problem, row.facilitator, row.meeting, row.start, policy=case.rules.policy).paths
            told = audience.id == row.facilitator
            for path in paths:
                if told or (audience.kind == "party" and path.effect >= Degree.DISCLOSE):
                    found |= canaries(path.tie.theme, path.tie.series, path.tie.meeting)
                    found |= canaries([(name, of[name].name) for name in path.organisations])
    if audience.kind == "facilitator":
        about = [row for table in ("ties", "waivers") for row in getattr(problem, table)]
        about = [problem.facilitator(audience.id), *(row for row in about if row.facilitator == audience.id)]
        named = [row for row in problem.organisations if row.organisation in canaries(about)]
        return found | canaries([problem.ties_of(audience.id), about[0].facilitator, about[0].name, about[1:]], named)
    return found | canaries(audience.id, of[audience.id].name)


def audiences(name: str) -> Iterator[Audience]:
    yield PUBLIC
    yield from (Audience.party(row.organisation) for row in case(name).problem.organisations)
    yield from (Audience.facilitator(row.facilitator) for row in case(name).problem.facilitators)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_that_is_written_for_an_audience_holds_what_it_may_not_see(name: str) -> None:
    everything = canaries(written(case(name), COORDINATOR))
    for audience in audiences(name):
        may_see = allowed(case(name), audience)
        assert len(everything - may_see) > 5  # there is something to keep from it
        for what, text in written(case(name), audience).items():
            assert canaries(text) <= may_see, (audience, what)


@pytest.mark.parametrize("name", NAMES)
def test_each_audience_is_shown_what_is_its_own(name: str) -> None:
    made = case(name)
    for audience in audiences(name):
        shown = canaries(written(made, audience))
        stakes = {row.meeting for row in made.problem.stakes if row.organisation == audience.id}
        seats = {row.meeting for row in made.roster.rows if row.facilitator == audience.id}
        own = stakes if audience.kind == "party" else seats
        assert own <= shown
        assert bool(own) <= bool(shown)


def test_what_is_written_for_a_coordinator_is_what_is_written_for_nobody_in_particular() -> None:
    made = case(NAMES[0])
    assert summary(made) == summary(made, "en", COORDINATOR)
    assert content_of_result(made) == content_of_result(made, COORDINATOR)


def test_every_kind_of_audience_is_tried() -> None:
    tried = {audience.kind for name in NAMES for audience in audiences(name)}
    assert tried | {"coordinator"} == set(get_args(get_type_hints(Audience)["kind"]))


def test_the_pins_that_clash_are_for_the_coordinator() -> None:
    made = case(NAMES[0])
    clash = replace(made, clash=made.problem.pins)
    assert made.problem.pins
    assert summary(clash) != summary(made)
    for audience in (PUBLIC, next(audiences(NAMES[0]))):
        assert summary(clash, audience=audience) == summary(made, audience=audience)


def test_a_view_of_somebody_who_is_not_there_is_refused() -> None:
    plan = case(NAMES[0]).report.plan
    for nobody in (Audience.party("nobody"), Audience.facilitator("nobody")):
        with pytest.raises(UnknownId):
            View(plan, nobody)


def test_how_much_of_the_record_is_seen() -> None:
    made = case(NAMES[0])
    row = next(row for row in made.roster.rows if row.facilitator)
    party = made.problem.stakes_of(row.meeting)[0].organisation
    who = str(row.facilitator)
    other = next(item.facilitator for item in made.problem.facilitators if item.facilitator != who)
    seen = {
        COORDINATOR: Record.ALL,
        PUBLIC: Record.NOTHING,
        Audience.party(party): Record.TOLD,
        Audience.facilitator(who): Record.ALL,
        Audience.facilitator(other): Record.NOTHING,
    }
    for audience, record in seen.items():
        assert View(made.report.plan, audience).record(row.meeting, who) is record
