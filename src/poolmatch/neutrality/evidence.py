"""The neutrality certificate of a roster, and what must be disclosed to the parties of each meeting."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any, Literal

from poolmatch.domain.assignments import Assignment
from poolmatch.domain.degree import Degree
from poolmatch.domain.digest import digest
from poolmatch.domain.employers import employer_unknown, employers
from poolmatch.domain.frozen import Departed
from poolmatch.domain.people import Tie, Waiver
from poolmatch.domain.plan import Plan
from poolmatch.domain.problem import Problem
from poolmatch.domain.roster import Roster
from poolmatch.neutrality.assessment import Assessment, Path, assessed
from poolmatch.neutrality.consents import consents, deciding
from poolmatch.neutrality.policy import STRICT, Policy, must_be_policy
from poolmatch.neutrality.words import Naming, named, path_words, tie_words
from poolmatch.views import COORDINATOR, Audience, Record, View, must_exist
from poolmatch.vocabulary.closed_words import DEGREES, GRADES, POLICIES, seat_name
from poolmatch.words import Language, Words, joined, pattern

Employer = Literal["known", "none", "unknown"]
"""Whether somebody's employer is on record, they are said to have none, or nobody knows."""


@dataclass(frozen=True)
class Entry:
    """One assignment of the certificate.

    Attributes
    ----------
    meeting, seat, facilitator, day
        The assignment.
    degree
        The worst degree, after waivers.
    checked
        The parties that were looked at, with their grades.
    ties
        The facilitator's ties that were followed.
    paths
        A shortest path for each tie, party and form of chain that was found.
    waivers
        The consents that were used.
    employer
        Whether an employer is on record on the day; None where the audience is a party.
    """

    meeting: str
    seat: str
    facilitator: str
    day: date
    degree: Degree
    checked: tuple[tuple[str, str], ...]
    ties: tuple[Tie, ...]
    paths: tuple[Path, ...]
    waivers: tuple[Waiver, ...]
    employer: Employer | None = None


@dataclass(frozen=True)
class Certificate:
    """Why each assigned facilitator is neutral, and who says so.

    Attributes
    ----------
    problem
        The problem; its fingerprint is cited.
    policy
        The policy; its name, version and fingerprint are cited.
    audience
        For whom it is written.
    entries
        One for each assignment that the audience may see.
    unjudged
        The seats of the past that the audience may see, held by people who are no longer in the pool: nothing is on
        record of them any more.
    """

    problem: Problem
    policy: Policy
    audience: Audience
    entries: tuple[Entry, ...]
    unjudged: tuple[Departed, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the certificate as data for a JSON document."""
        return {
            "problem": self.problem.fingerprint,
            "policy": {
                "name": self.policy.name,
                "version": self.policy.version,
                "fingerprint": self.policy.fingerprint,
            },
            "audience": {"kind": self.audience.kind, "id": self.audience.id},
            "assignments": [self._entry(entry) for entry in self.entries],
            "unjudged": [
                {"meeting": item.meeting.meeting, "seat": item.seat.seat, "facilitator": item.facilitator}
                for item in self.unjudged
            ],
        }

    def _entry(self, entry: Entry) -> dict[str, Any]:
        naming = named(self.problem)
        return {
            "meeting": entry.meeting,
            "seat": entry.seat,
            "facilitator": entry.facilitator,
            "day": entry.day.isoformat(),
            "degree": entry.degree.word,
            **({} if entry.employer is None else {"employer": entry.employer}),
            "checked": [{"organisation": party, "grade": grade} for party, grade in entry.checked],
            "ties": [tie.model_dump(mode="json", exclude_none=True) for tie in entry.ties],
            "paths": [
                {
                    "tie": path.tie.kind,
                    "organisations": list(path.organisations),
                    "links": [{"kind": step.kind, "forward": step.forward} for step in path.steps],
                    "linked": None if path.linked is None else path.linked.isoformat(),
                    "party": path.party,
                    "grade": path.grade,
                    "degree": path.degree.word,
                    "rule": path.rule,
                    "raised": path.raised,
                    "waived": path.waived,
                    "balanced": path.balanced or None,
                    "en": words.en,
                    "nl": words.nl,
                }
                for path, words in ((path, path_words(path, naming)) for path in entry.paths)
            ],
            "waivers": [waiver.model_dump(mode="json", exclude_none=True) for waiver in entry.waivers],
        }

    def to_json(self, indent: int | None = 2) -> str:
        """Return the certificate as a JSON document."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    @cached_property
    def fingerprint(self) -> str:
        """Digest of the content: two that say the same of the same roster, for the same audience, have the same."""
        return digest(self.to_dict())

    def to_text(self, language: Language = "en") -> str:
        """Return the certificate to read, with the names of facilitators and organisations."""
        return "".join(f"{line.say(language)}\n" for line in _lines(self))


NEVER = datetime.max.replace(tzinfo=UTC)
HEAD = Words("Neutrality certificate – {period}", "Neutraliteitsverklaring – {period}")
DUTY = Words("Duty", "Taak")
SOURCE = Words(
    "Judged by policy {policy}, version {version} (fingerprint {fingerprint}), on the ties, links and consents of "
    "problem {problem}.\nIt says what was on record, not what nobody wrote down.",
    "Beoordeeld volgens beleid {policy}, versie {version} (vingerafdruk {fingerprint}), op grond van de banden, "
    "verbindingen en toestemmingen van probleem {problem}.\nHet zegt wat bekend was, niet wat niemand heeft "
    "opgeschreven.",
)
CHECKED = Words("Parties looked at: {parties}.", "Bekeken partijen: {parties}.")
NO_PARTY = Words("The meeting has no parties.", "De bijeenkomst heeft geen partijen.")
TIES_ARE = Words("On record: {ties}.", "Bekend is: {ties}.")
NO_TIES = Words("No tie is on record.", "Er is geen band bekend.")
EMPLOYERS: Mapping[Employer, Words] = {
    "none": Words("Has no employer.", "Heeft geen werkgever."),
    "unknown": Words(
        "Employer unknown: nobody wrote down for whom, so that nothing was looked at for it.",
        "Werkgever onbekend: niemand heeft opgeschreven voor wie, dus daarvoor is niets bekeken.",
    ),
}
NO_PATH = Words(
    "None of this leads to a party of this meeting.",
    "Niets daarvan leidt naar een partij van deze bijeenkomst.",
)
UNJUDGED = Words(
    "not judged: no longer in the pool, so that nothing is on record",
    "niet beoordeeld: niet meer in de pool, zodat er niets bekend is",
)
NEUTRAL_TO_PARTY = Words("Nothing to disclose.", "Niets te melden.")
CONSENT = Words("Consent: {party} on {day}", "Toestemming: {party} op {day}")
CONSENT_UNTIL = Words("Consent: {party} on {day}, until {end}", "Toestemming: {party} op {day}, tot en met {end}")
TIE_FROM = Words("{tie} from {day}", "{tie} vanaf {day}")


def _lines(certificate: Certificate) -> Iterator[Words]:
    problem, policy = certificate.problem, certificate.policy
    naming = named(problem)
    yield HEAD.fill(period=problem.period.name)
    yield SOURCE.fill(
        policy=POLICIES.get(policy.name, policy.name),
        version=policy.version,
        fingerprint=policy.fingerprint[:12],
        problem=problem.fingerprint[:12],
    )
    for entry in certificate.entries:
        meeting, person = problem.meeting(entry.meeting), problem.facilitator(entry.facilitator)
        yield pattern("")
        title = [meeting.title] if meeting.title else []
        yield joined(" ", [DUTY if problem.is_duty(entry.meeting) else entry.day, entry.meeting, *title])
        seat = problem.seat(entry.meeting, entry.seat)
        called = seat_name(seat.seat, seat.role or "")
        yield pattern("  {who} ({seat}): {degree}", who=person.name, seat=called, degree=DEGREES[entry.degree.word])
        for line in _said(certificate.audience, entry, naming):
            yield pattern("  {line}", line=line)
        for path in entry.paths:
            yield pattern("  – {who} → {path}", who=person.name, path=path_words(path, naming))
        for waiver in entry.waivers:
            consent = CONSENT_UNTIL if waiver.expires else CONSENT
            about = {"party": naming(waiver.party), "day": waiver.consented_on, "end": waiver.expires}
            yield pattern("    {consent}", consent=consent.fill(**about))
    for item in certificate.unjudged:
        yield pattern("")
        yield joined(" ", [problem.period.local_day(item.start), item.meeting.meeting])
        called = seat_name(item.seat.seat, item.seat.role or "")
        yield pattern("  {who} ({seat}): {unjudged}", who=item.facilitator, seat=called, unjudged=UNJUDGED)


def _said(audience: Audience, entry: Entry, naming: Naming) -> Iterator[Words]:
    """Yield what is said of an assignment besides its paths and consents."""
    if audience.record is Record.TOLD:
        if not entry.paths:
            yield NEUTRAL_TO_PARTY
        return
    parties = [pattern("{party} ({grade})", party=naming(name), grade=GRADES[grade]) for name, grade in entry.checked]
    yield CHECKED.fill(parties=joined(", ", parties)) if parties else NO_PARTY
    known = [_recorded(tie, entry.day, naming) for tie in entry.ties]
    yield TIES_ARE.fill(ties=joined("; ", known)) if known else NO_TIES
    if entry.employer is not None and entry.employer in EMPLOYERS:
        yield EMPLOYERS[entry.employer]
    if known and not entry.paths:
        yield NO_PATH


def _recorded(tie: Tie, day: date, naming: Naming) -> Words:
    """Return a tie as it stood on the day: it may have ended, and it may not have begun."""
    words = tie_words(tie, tie.end is not None and tie.end < day, naming)
    return TIE_FROM.fill(tie=words, day=tie.start) if tie.start is not None and tie.start > day else words


def certificate(
    problem: Problem, roster: Roster, policy: Policy = STRICT, audience: Audience = COORDINATOR
) -> Certificate:
    """Return the neutrality certificate of a roster.

    Parameters
    ----------
    problem
        The problem.
    roster
        A roster of it.
    policy
        What counts as a tie.
    audience
        For whom: a coordinator sees all, a party what it must be told about its meetings, a facilitator what is about
        themselves.

    Raises
    ------
    ProblemError
        The roster does not fit the problem.
    UnknownId
        The problem has no such party or facilitator as the audience; a KeyError.
    """
    return certificate_of(_view(problem, roster, policy, audience), policy)


def certificate_of(view: View, policy: Policy) -> Certificate:
    """Return what a view shows of the neutrality certificate, as `certificate`.

    Parameters
    ----------
    view
        The roster, as the audience sees it.
    policy
        What counts as a tie.
    """
    plan, audience = view.plan, view.audience
    work = sorted(plan.assignments, key=lambda item: (item.day, item.start or NEVER, item.meeting.meeting))
    entries = tuple(_entry(view, item, policy) for item in work if _seen(view, item))
    gone = sorted(plan.departed, key=lambda item: (item.start, item.meeting.meeting))
    unjudged = tuple(item for item in gone if view.record(item.meeting.meeting, item.facilitator) is not Record.NOTHING)
    return Certificate(plan.problem, policy, audience, entries, unjudged)


def _view(problem: Problem, roster: Roster, policy: Policy, audience: Audience) -> View:
    must_be_policy(policy)
    must_exist(problem, audience)
    return View(Plan(problem, roster), audience)


def _seen(view: View, item: Assignment) -> bool:
    return view.record(item.meeting.meeting, item.facilitator.facilitator) is not Record.NOTHING


def _entry(view: View, item: Assignment, policy: Policy) -> Entry:
    problem, name, meeting = view.plan.problem, item.facilitator.facilitator, item.meeting.meeting
    found = assessed(view.plan, policy)[name, meeting, item.start]
    common = (meeting, item.seat.seat, name, item.day)
    checked = tuple((stake.organisation, stake.grade) for stake in problem.stakes_of(meeting))
    if view.audience.record is Record.TOLD:
        told = tuple(path for path in found.paths if path.effect >= Degree.DISCLOSE)
        return Entry(*common, found.degree if told else Degree.NEUTRAL, checked, (), told, ())
    employer = _employer(problem, name, item.day)
    return Entry(*common, found.degree, checked, problem.ties_of(name), found.paths, _used(problem, found), employer)


def _used(problem: Problem, found: Assessment) -> tuple[Waiver, ...]:
    """Return the consents that were used, in the order of the problem: for a balanced tie not of those who decide."""
    name, where, day = found.facilitator, found.meeting, found.day
    used, deciders = set[Waiver](), deciding(problem, where, day)
    for path in found.paths:
        if path.waived or path.balanced:
            given = consents(problem, name, path.organisations[0], where, day)
            used |= {row for row in given if path.waived or problem.webs.same_of(row.party, day) not in deciders}
    return tuple(row for row in problem.about(name, "waivers") if row in used)


def _employer(problem: Problem, facilitator: str, day: date) -> Employer:
    if employer_unknown(problem, facilitator, day):
        return "unknown"
    return "known" if employers(problem, facilitator, day) else "none"


@dataclass(frozen=True)
class Disclosure:
    """What the parties of a meeting are to be told about a facilitator.

    Attributes
    ----------
    meeting, facilitator
        Ids.
    words
        One sentence for each tie that must be told, with the names of organisations.
    """

    meeting: str
    facilitator: str
    words: tuple[Words, ...]

    @property
    def en(self) -> tuple[str, ...]:
        """The sentences in English."""
        return tuple(words.en for words in self.words)

    @property
    def nl(self) -> tuple[str, ...]:
        """The sentences in Dutch."""
        return tuple(words.nl for words in self.words)


def disclosures(
    problem: Problem, roster: Roster, policy: Policy = STRICT, audience: Audience = COORDINATOR
) -> tuple[Disclosure, ...]:
    """Return what must be told to the parties, per meeting, and nothing else.

    Parameters
    ----------
    problem, roster, policy
        As for `certificate`.
    audience
        For whom: a coordinator sees all meetings, a party its own, a facilitator what is told about themselves.
    """
    return disclosures_of(_view(problem, roster, policy, audience), policy)


def disclosures_of(view: View, policy: Policy) -> tuple[Disclosure, ...]:
    """Return what must be told to the parties of the meetings that a view shows, as `disclosures`.

    Parameters
    ----------
    view
        The roster, as the audience sees it.
    policy
        What counts as a tie.
    """
    naming = named(view.plan.problem)
    known = assessed(view.plan, policy)  # asked once: to look it up takes longer than the look at an assignment
    result = []
    for item in view.plan.assignments:
        name, meeting = item.facilitator.facilitator, item.meeting.meeting
        found = known[name, meeting, item.start]
        if found.told and _seen(view, item):
            told = {words.en: words for words in (path_words(path, naming) for path in found.told)}
            result.append(Disclosure(meeting, name, tuple(told.values())))
    return tuple(result)
