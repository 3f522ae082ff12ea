"""What answers have in common: their sentences, all of them for the coordinator, and for others what they may read."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection

from poolmatch.rule import Rule
from poolmatch.views import View
from poolmatch.vocabulary import rule_name
from poolmatch.words import Words

NOT_THEIRS = Words(
    "Only the coordinator may see this; please ask the coordinator.",
    "Alleen de coördinator mag dit inzien; vraag het de coördinator.",
)
IN_THE_WAY = Words('The rule "{rule}" stands in the way.', 'De regel "{rule}" staat in de weg.')


class Answer(ABC):
    """Base of what answers a question about a roster or a pool.

    Its attributes, `words` and `to_dict` are for the coordinator. Whoever answers somebody else does so by `said_to`,
    which hides whatever an answer does not say that they may read: an answer that says nothing of it hides all.
    """

    @property
    @abstractmethod
    def words(self) -> tuple[Words, ...]:
        """The answer in sentences, for the coordinator."""

    def said_to(self, view: View) -> tuple[Words, ...]:
        """Return the answer in sentences, as an audience may read it: of what is not theirs, that it is not.

        Parameters
        ----------
        view
            Who reads, and the roster that is asked about; of two rosters, the second.
        """
        return self.words if view.whole else self._theirs(view) or (NOT_THEIRS,)

    def _theirs(self, view: View) -> tuple[Words, ...]:  # noqa: ARG002 - most have nothing for others
        """Return what somebody may read who is not the coordinator; nothing where it is not theirs to see."""
        return ()


def to_themselves(rule: Rule, words: Words, about: Collection[str], who: str) -> Words:
    """Return what somebody may read of what a rule says against them.

    Parameters
    ----------
    rule, words, about
        The rule, what it says, and ids of the facilitators whom that is about.
    who
        Id of who reads.

    Returns
    -------
    Words
        All of it where the rule is discreet and says it of nobody else; otherwise which rule it is.
    """
    return words if is_their_own(rule, about, who) else IN_THE_WAY.fill(rule=rule_name(rule.id))


def is_their_own(rule: Rule, about: Collection[str], who: str) -> bool:
    """Tell whether somebody may read what a rule says against them; parameters as of `to_themselves`."""
    return rule.discreet and set(about) == {who}
