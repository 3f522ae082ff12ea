"""Required seats that nobody takes: who fell away where, by name, and what could help."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from poolmatch.arrays import Bools
from poolmatch.checking import Report
from poolmatch.domain.meetings import Seat
from poolmatch.eligibility import objecting
from poolmatch.explain import Remedies
from poolmatch.explain.funnel import funnel
from poolmatch.explain.proposals import MOVING, Proposal, proposals
from poolmatch.explain.remedies import TIER
from poolmatch.report.sections.meetings import heading_of
from poolmatch.report.sections.names import named_words, person_name
from poolmatch.report.sections.occasions import Occasion, Post, occasions_of
from poolmatch.report.sections.section import Cell, Column, Section
from poolmatch.views import View
from poolmatch.vocabulary import rule_name
from poolmatch.words import Words, joined

MOST_TOLD = 3
"""So many things that could help are told of a seat."""
MOST_LOOKED_AT = 15
"""So many proposals for a seat are gone through."""
MOST_TRIED = 100
"""So many people at most are tried in a seat."""
MOST_SECONDS = 2.0
"""So long at most is looked for what could help, for all seats together."""

Row = tuple[Cell, ...]
WHAT, WHO = Column(Words("why or what", "waarom of wat")), Column(Words("who or how", "wie of hoe"))
OUT = Words("not possible: {rule}", "valt af: {rule}")
KEPT_OUT = Words("possible, but not in this roster: {rule}", "kan wel, maar niet in dit rooster: {rule}")
FREE = Words("could come", "zou kunnen komen")
UNTRIED = Words("possible; not looked at any further", "mogelijk; niet verder bekeken")
COULD_HELP = Words("could help (not verified)", "zou kunnen helpen (niet nagegaan)")
HELPS = Words("helps (verified)", "helpt (nagegaan)")
NOTHING = Words("looked for (verified)", "gezocht (nagegaan)")
TAKES = Words("{who} takes the seat.", "{who} neemt de plaats.")
TAKES_OVER = Words("{who} takes the seat, and others move.", "{who} neemt de plaats, en anderen schuiven op.")
UNVERIFIED = Words(
    "Whether what could help really does, the command explain finds out for this seat: {meeting}/{seat}.",
    "Of dat wat zou kunnen helpen echt helpt, gaat de opdracht explain na voor deze plaats: {meeting}/{seat}.",
)
NOT_YET = Words(
    "What could help, the command explain finds out for this seat: {meeting}/{seat}.",
    "Wat zou kunnen helpen, zoekt de opdracht explain uit voor deze plaats: {meeting}/{seat}.",
)


@dataclass(frozen=True)
class Way:
    """A way to fill a seat, in sentences: what to do, and what the roster would be worth, where that is known."""

    steps: tuple[Words, ...]
    worth: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Opening:
    """A required seat that is empty.

    Attributes
    ----------
    occasion, post
        The seat.
    left
        Where the pool is left on its way to it, and who.
    ways
        What fills it, or could.
    verified
        What was looked for, made and checked: the ways, or in words that there is none; None where nobody looked.
    """

    occasion: Occasion
    post: Post
    left: tuple[tuple[Words, Words], ...]
    ways: tuple[Way, ...]
    verified: Remedies | None


def openings_of(
    report: Report, view: View, verified: Iterable[Remedies] = (), *, most_seconds: float = MOST_SECONDS
) -> tuple[Opening, ...]:
    """Return each required seat that is empty; the arguments are as of `opening_sections`."""
    if not view.whole:
        return ()
    shown = {item.seats[0]: item for item in verified if len(item.seats) == 1}
    empty = [
        (occasion, post)
        for occasion in occasions_of(report, view)
        for post in occasion.posts
        if post.required and post.facilitator is None
    ]
    out = objecting(report.world, report.rules, ((occasion.id, post.seat) for occasion, post in empty))
    until = time.thread_time() + most_seconds
    found = []
    for occasion, post in empty:
        key = occasion.id, post.seat
        seat, known = report.problem.seat(*key), shown.get(key)
        left = tuple(_left(report, seat, out[key], until))
        ways = _proposed(report, seat, out[key], until) if known is None else _verified(report, known)
        found.append(Opening(occasion, post, left, ways, known))
    return tuple(found)


def opening_sections(
    report: Report, view: View, verified: Iterable[Remedies] = (), *, most_seconds: float = MOST_SECONDS
) -> tuple[Section, ...]:
    """Return each required seat that is empty: where the pool fell away, by name, and what could help.

    What could help is what the rules propose; no search has shown that it does, and the section says so. Only who sees
    everything is told any of it.

    Parameters
    ----------
    report
        What the rules say of the roster.
    view
        What its reader may see.
    verified
        What `poolmatch.remedies` found; of the seats they are about, that is told instead.
    most_seconds
        So long people are tried in the seats, and is looked for what could help; what takes longer is left out, and the
        sections say so.
    """
    return tuple(_section(item) for item in openings_of(report, view, verified, most_seconds=most_seconds))


def _section(item: Opening) -> Section:
    says = COULD_HELP if item.verified is None else HELPS
    rows: list[Row] = [*item.left, *((says, joined(" ", [*way.steps, *way.worth])) for way in item.ways)]
    foot = None
    if item.verified is None:
        foot = (UNVERIFIED if item.ways else NOT_YET).fill(
            meeting=item.occasion.id, seat=item.occasion.seat_of(item.post)
        )
    elif not item.ways:
        rows.append((NOTHING, joined(" ", item.verified.words)))
    name = f"opening {item.occasion.id} {item.post.seat}"
    heading = joined(": ", [heading_of(item.occasion), item.post.role_name])
    return Section(name, heading, (WHAT, WHO), tuple(rows), foot=foot)


def _left(report: Report, seat: Seat, out: Bools, until: float) -> Iterator[tuple[Words, Words]]:
    """Yield where the pool is left on its way to a seat, and who."""
    left = funnel(report, seat, out, MOST_TRIED if time.thread_time() < until else 0)
    for item in left.fell:
        yield OUT.fill(rule=rule_name(item.rule)), _people(report, item.facilitators)
    for item in left.kept_out:
        yield KEPT_OUT.fill(rule=rule_name(item.rule)), _people(report, item.facilitators)
    for words, who in ((FREE, left.free), (UNTRIED, left.untried)):
        if who:
            yield words, _people(report, who)


def _people(report: Report, facilitators: Sequence[str]) -> Words:
    return joined(", ", [person_name(report.problem, name) for name in facilitators])


def _verified(report: Report, item: Remedies) -> tuple[Way, ...]:
    ways = []
    for remedy in item.remedies:
        worth = tuple(words for words in remedy.words if words.templates == TIER.templates)
        ways.append(Way(_named(report, (words for words in remedy.words if words not in worth)), worth))
    return tuple(ways)


def _proposed(report: Report, seat: Seat, out: Bools, until: float) -> tuple[Way, ...]:
    """Return what could help, the least first, by different people and in different ways; nothing when it is too late.

    What would be asked of whoever takes the seat is told once of each kind: of a meeting at many times, one.
    """
    chosen = dict[object, Proposal]()
    for item in islice(proposals(report, seat, out), MOST_LOOKED_AT) if time.thread_time() < until else ():
        chosen.setdefault(item.facilitator or tuple(edit.kind for edit in item.edits), item)
        if len(chosen) == MOST_TOLD or time.thread_time() >= until:
            break
    return tuple(Way(_named(report, _asked(item))) for item in chosen.values())


def _asked(item: Proposal) -> Iterator[Words]:
    """Yield what is proposed: what would change, and who would take the seat."""
    yield from (edit.words for edit in item.edits)
    if item.facilitator is not None:
        yield (TAKES_OVER if item.stage == MOVING else TAKES).fill(who=item.facilitator)


def _named(report: Report, words: Iterable[Words]) -> tuple[Words, ...]:
    return tuple(named_words(report.problem, item) for item in words)
