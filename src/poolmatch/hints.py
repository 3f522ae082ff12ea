"""What was probably meant: the known word that is nearest to what was written."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from poolmatch.words import Words, pattern

MEANT = Words('did you mean "{word}"?', 'bedoelt u "{word}"?')


def nearest_word(word: str, words: Iterable[str], cutoff: float = 0.6) -> str | None:
    """Return the known word that is closest to one that was written; None when none is close.

    Parameters
    ----------
    word
        What was written.
    words
        What could have been meant.
    cutoff
        How alike the two must be, from 0 to 1.
    """
    known = {candidate.casefold(): candidate for candidate in words}
    found = get_close_matches(word.casefold(), known, n=1, cutoff=cutoff)
    return known[found[0]] if found else None


def nearest(word: str, words: Iterable[str]) -> Words | None:
    """Return the opening words of a remedy, which name the closest known word; None when none is close.

    Parameters
    ----------
    word, words
        As of `nearest_word`.
    """
    near = nearest_word(word, words)
    return None if near is None else meant(near)


def meant(word: str) -> Words:
    """Return the opening words of a remedy that names what was probably meant."""
    return pattern("{meant} ", meant=MEANT.fill(word=word))


def meant_by(said: Words, word: str, words: Iterable[str]) -> Words:
    """Return what is said of a word, with the closest known word where there is one.

    Parameters
    ----------
    said
        What is wrong with it.
    word, words
        As of `nearest_word`.
    """
    near = nearest_word(word, words)
    return said if near is None else pattern("{said}; {meant}", said=said, meant=MEANT.fill(word=near))


def slip_of(word: str, words: Iterable[str]) -> str:
    """Return the known word of which this is a slip of the pen, or "" when it is a word of its own.

    Capitals, spaces and ``_`` do not count. One sign may be wrong, missing, too many or swapped with the next; two in
    words of eight signs or more.

    Parameters
    ----------
    word
        What was written.
    words
        What could have been meant.
    """
    bare = _bare(word)
    for known in words:
        other = _bare(known)
        longest = max(len(bare), len(other))
        if bare == other or (longest >= 4 and _distance(bare, other) <= (1 if longest < 8 else 2)):
            return known
    return ""


def _bare(word: str) -> str:
    return "".join(sign for sign in word.casefold() if sign.isalnum())


def _distance(first: str, second: str) -> int:
    """Return how many signs must be put in, left out, changed or swapped with their neighbour."""
    if abs(len(first) - len(second)) > 2:
        return 3  # enough to know that it is more than two
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, sign in enumerate(first, 1):
        before, above, row = row, before, [i]
        for j, other in enumerate(second, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (sign != other))
            if i > 1 and j > 1 and sign == second[j - 2] and first[i - 2] == other:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
    return row[-1]
