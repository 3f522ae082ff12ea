"""What each command does: it reads, lets the library work, and says what came of it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from poolmatch.messages import commands as said
from poolmatch.words import Language, Words

if TYPE_CHECKING:
    from poolmatch.checking import Report
    from poolmatch.ruleset import RuleSet

DONE, ILLEGAL, BAD_INPUT = 0, 1, 2


def _solve(options: argparse.Namespace) -> int:
    from poolmatch import report, tables
    from poolmatch.solving.solve import solve

    reading = tables.reading_of(options.problem, **_reading(options))
    problem = reading.problem()
    report.check_target(options.out, force=options.force)
    with reading.placing():
        result = solve(
            problem, _rules(options), time_limit=options.time_limit, seed=options.seed, display=options.progress
        )
    try:  # what came to stand there while it was solved is no reason to lose the roster: it is kept as .bak
        written = report.write_result(result, options.out, options.language, force=True)
    finally:
        print(report.summary(result, options.language))
    print("\n" + "\n".join(str(path) for path in written))
    return DONE


def _check(options: argparse.Namespace) -> int:
    from poolmatch import report

    (found,) = _checked(options, options.roster)
    print(report.verdict(found, options.language))
    return DONE if found.legal else ILLEGAL


def _compare(options: argparse.Namespace) -> int:
    from poolmatch import report
    from poolmatch.explain import compare

    print(report.changes(compare(*_checked(options, options.first, options.second)), options.language))
    return DONE


def _explain(options: argparse.Namespace) -> int:
    from poolmatch.explain import remedies, why_empty, why_empty_all, why_not, why_these

    (report,) = _checked(options, options.roster)
    seat, who, limit = _seat(options), options.facilitator, options.time_limit
    if seat and who:
        _say(why_not(report, *seat, who, time_limit=limit).words, options.language)
    elif who:
        _say(why_these(report, who, time_limit=limit).words, options.language)
    else:
        found = (
            [why_empty(report, *seat, time_limit=limit / 2)] if seat else why_empty_all(report, time_limit=limit / 2)
        )
        for item in found:
            print(f"{item.meeting}/{item.seat}")
            _say(item.words, options.language)
            if item.holder is None:
                help_in_time = limit / 2 / len(found)
                _say(remedies(report, item.meeting, item.seat, time_limit=help_in_time).words, options.language)
    return DONE


def _substitute(options: argparse.Namespace) -> int:
    from poolmatch.explain import substitutes, substitutes_for

    seat = _seat(options)
    if bool(seat) == bool(options.facilitator and options.day):
        raise ValueError(said.SEAT_OR_PERSON)
    (report,) = _checked(options, options.roster)
    if seat:
        _say(substitutes(report, *seat, time_limit=options.time_limit).words, options.language)
    else:
        day = _day(options.day)
        absence = substitutes_for(report, options.facilitator, day, time_limit=options.time_limit)
        _say(absence.words, options.language)
    return DONE


def _replan(options: argparse.Namespace) -> int:
    from poolmatch import tables
    from poolmatch.edits import PersonOut
    from poolmatch.explain import replan

    reading = tables.reading_of(options.problem, **_reading(options))
    problem = reading.problem()
    of_roster = tables.roster_reading_of(options.roster, **_reading(options))
    roster = tables.roster_of(of_roster, problem)
    today = None if options.today is None else _day(options.today)
    out = [PersonOut(name) for name in options.ill]
    with reading.placing(), of_roster.placing():
        found = replan(problem, roster, today, out, _rules(options), options.time_limit)
    _say(found.words, options.language)
    for notice in found.notices:
        print(notice.facilitator)
        _say(notice.words, options.language)
    if options.out is not None:
        tables.write_roster(found.roster, options.out, found.problem, force=options.force)
        print(options.out)
    return DONE


def _say(sentences: Iterable[Words], language: Language) -> None:
    for words in sentences:
        print(f"  {words.say(language)}")


def _seat(options: argparse.Namespace) -> tuple[str, str] | None:
    """Return meeting and seat of an argument; ids may hold strokes, and then the last one parts them."""
    if options.seat is None:
        return None
    meeting, stroke, seat = options.seat.rpartition("/")
    if not (meeting and stroke and seat):
        raise ValueError(said.NO_SEAT.fill(given=options.seat))
    return meeting, seat


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(said.NO_DAY.fill(given=text)) from None


def _checked(options: argparse.Namespace, *rosters: Path) -> list[Report]:
    """Return what the rules say of some rosters of the problem."""
    from poolmatch import tables
    from poolmatch.checking import check

    reading = tables.reading_of(options.problem, **_reading(options))
    problem, rules, found = reading.problem(), _rules(options), []
    for path in rosters:
        of_roster = tables.roster_reading_of(path, **_reading(options))
        roster = tables.roster_of(of_roster, problem)
        with reading.placing(), of_roster.placing():
            found.append(check(problem, roster, rules))
    return found


def _template(options: argparse.Namespace) -> int:
    from poolmatch import tables

    tables.write_template(options.out, force=options.force)
    print(options.out)
    return DONE


def _reading(options: argparse.Namespace) -> dict[str, Any]:
    return {"decimal": options.decimal, "encoding": options.encoding, "locale": options.locale}


def _rules(options: argparse.Namespace) -> RuleSet:
    from poolmatch.ruleset import STANDARD_RULES, RuleSet

    return STANDARD_RULES if options.rules is None else RuleSet.from_file(options.rules)


COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "solve": _solve,
    "check": _check,
    "compare": _compare,
    "explain": _explain,
    "substitute": _substitute,
    "replan": _replan,
    "template": _template,
}
