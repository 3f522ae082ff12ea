"""The few figures at the head of a page."""

from __future__ import annotations

from dataclasses import dataclass

from poolmatch.domain.shares import targets
from poolmatch.report.page.cells import number
from poolmatch.report.page.part import Reader
from poolmatch.report.sections.occasions import Occasion, occasions_of
from poolmatch.report.sections.section import Kind
from poolmatch.words import Words, grouped, untranslated


@dataclass(frozen=True)
class Figure:
    """A figure: what it is called, how much, and a word beside it."""

    heading: Words
    value: Words
    beside: Words | None = None


SEATS = Words("Required seats filled", "Verplichte plaatsen bezet")
MEETINGS = Words("Meetings", "Bijeenkomsten")
OWN_MEETINGS = Words("Your meetings", "Uw bijeenkomsten")
PEOPLE = Words("Facilitators at work", "Begeleiders aan het werk")
TOLD = Words("To be told to parties", "Te melden aan partijen")
HOURS = Words("Your hours", "Uw uren")
OF = Words("of {count}", "van de {count}")
DUTIES = Words("and {count} duties", "en {count} taken")
ONE_DUTY = Words("and 1 duty", "en 1 taak")
FAIR = Words("{hours} would be fair", "{hours} zou eerlijk zijn")


def figures_of(reader: Reader) -> tuple[Figure, ...]:
    """Return the figures at the head of a page: those that its reader may see, and cares for."""
    view = reader.view
    occasions = occasions_of(reader.report, view)
    meetings = _meetings(OWN_MEETINGS if reader.own else MEETINGS, occasions)
    told = Figure(TOLD, grouped(sum(len(post.disclosures) for item in occasions for post in item.held)))
    if view.audience.kind == "facilitator":
        return meetings, _hours(reader), told
    if view.audience.kind == "party":
        return meetings, told
    return (_seats(reader), meetings, _people(reader), told) if view.whole else (_seats(reader),)


def _seats(reader: Reader) -> Figure:
    required = [seat for seat in reader.report.problem.all_seats if seat.required]
    filled = sum((seat.meeting, seat.seat) in reader.report.plan.filled for seat in required)
    return Figure(SEATS, grouped(filled), OF.fill(count=grouped(len(required))))


def _meetings(heading: Words, occasions: tuple[Occasion, ...]) -> Figure:
    duties = sum(item.duty for item in occasions)
    beside = ONE_DUTY if duties == 1 else DUTIES.fill(count=grouped(duties)) if duties else None
    return Figure(heading, grouped(len(occasions) - duties), beside)


def _people(reader: Reader) -> Figure:
    everyone = OF.fill(count=grouped(len(reader.report.problem.facilitators)))
    return Figure(PEOPLE, grouped(len(reader.report.plan.work_of)), everyone)


def _hours(reader: Reader) -> Figure:
    who = reader.view.audience.id
    hours = sum(item.hours for item in reader.report.plan.work_of.get(who, ()))
    goal = targets(reader.report.problem).get(who)
    beside = None if goal is None else FAIR.fill(hours=_told(goal / 60, reader))
    return Figure(HOURS, untranslated(_told(hours, reader)), beside)


def _told(hours: float, reader: Reader) -> str:
    return number(hours, Kind.HOURS, reader.language)
