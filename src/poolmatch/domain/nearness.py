"""Which of many texts are nearly equal: a slip of the pen apart, but for accents, punctuation and white space.

Numbers, single letters and other short parts are labels, such as those of course 1 and course 2, team A and team B, or
the initials of two people: where they differ, the texts are meant to differ.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from poolmatch.domain.values import fold

_PARTS = re.compile(r"\d+|[^\W\d_]+")
_SIGNS = re.compile(r"\d+|[^\W\d_]+|[#+]")
"""What tells labels apart: not the hyphen of R-1, nor the question mark of R1?."""
_LABEL = re.compile(r"\d+|\w{1,2}|[ivx]+")
"""A number, a part of one or two letters, or a Roman numeral."""
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.)+[^\W\d_]?\b\.?")
"""Letters with full stops between them, such as B.V. and J.P., are one part."""
_VOWELS = str.maketrans("", "", "aeiouy")
LEAST = 4
"""Letters of the shortest text that is compared with a letter more, a letter less, or two letters swapped."""
LEAST_REPLACED = 8
"""Letters of the shortest text that is compared with another letter in one place: many short words differ so."""
FEW_CONSONANTS = 3
CROWD = 50
"""Texts with the same consonants above which only those are compared that share all letters but one."""


@dataclass(frozen=True)
class Gist:
    """What counts of a text when it is compared with others.

    Attributes
    ----------
    parts
        Its words, folded and without accents, without those that are labels or left out.
    labels
        What tells it apart on purpose; all of it where it has no words.
    """

    parts: tuple[str, ...]
    labels: str

    @property
    def letters(self) -> str:
        """The words without white space: a space more or less is no difference."""
        return "".join(self.parts)


def gist_of(text: str, without: Collection[str] = ()) -> Gist:
    """Return what counts of a text.

    Parameters
    ----------
    text
        A word or a name.
    without
        Words, folded and without accents, that count for nothing, unless the text has no others.
    """
    bare = fold(text)
    if not bare.isascii():
        bare = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
    bare = _DOTTED.sub(lambda found: found[0].replace(".", "") + " ", bare)
    every = _PARTS.findall(bare)
    kept = [part for part in every if part not in without] or every
    words = tuple(part for part in kept if not _LABEL.fullmatch(part))
    if not words:  # such as C# and C++
        labels = " ".join(part for part in _SIGNS.findall(bare) if part not in without)
        return Gist((), labels or bare)
    return Gist(words, " ".join(part for part in kept if _LABEL.fullmatch(part)))


def near_pairs(gists: Sequence[Gist]) -> Iterator[tuple[int, int]]:
    """Yield the places of texts that are nearly equal, each pair once, in order.

    Whatever is one slip apart is found: it shares its consonants, but for one. So only texts that do are compared,
    and the cost grows with their number, not with its square.
    """
    letters = [gist.letters for gist in gists]
    alike: defaultdict[tuple[str, bool, str], list[int]] = defaultdict(list)
    for place, gist in enumerate(gists):
        bones = letters[place].translate(_VOWELS)
        if len(bones) >= FEW_CONSONANTS:
            for key in _without_one(bones):
                alike[gist.labels, False, key].append(place)
        if len(bones) <= FEW_CONSONANTS:  # of three both, so that texts on either side of the border meet
            for key in _without_one(letters[place]):
                alike[gist.labels, True, key].append(place)
    pairs: set[tuple[int, int]] = set()
    for places in alike.values():
        for group in [places] if len(places) <= CROWD else _regrouped(places, letters):
            pairs.update(combinations(group, 2))
    yield from sorted(pair for pair in pairs if near(gists[pair[0]], gists[pair[1]]))


def _without_one(text: str) -> set[str]:
    """Return a text, and what is left of it without any one letter."""
    return {text, *(text[:k] + text[k + 1 :] for k in range(len(text)))}


def _regrouped(places: Sequence[int], letters: Sequence[str]) -> Iterable[list[int]]:
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for place in places:
        for key in _without_one(letters[place]):
            groups[key].append(place)
    return groups.values()


def near(one: Gist, other: Gist) -> bool:
    """Tell whether two texts are nearly equal.

    They are when one slip lies between them, or one slip in each of two words: a letter more or less, two neighbours
    swapped, or in longer texts another letter in one place.
    """
    if one.labels != other.labels:
        return False
    if _one_slip(one.letters, other.letters):
        return True
    if len(one.parts) != len(other.parts):
        return False
    differ = [(a, b) for a, b in zip(one.parts, other.parts, strict=True) if a != b]
    return len(differ) == 2 and all(_one_slip(a, b) for a, b in differ)


def _one_slip(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1 or len(short) < LEAST:
        return False
    start = next((k for k, letter in enumerate(short) if letter != long[k]), len(short))
    if len(long) > len(short):
        return short[start:] == long[start + 1 :]
    if short[start + 1 :] == long[start + 1 :]:
        return len(short) >= LEAST_REPLACED
    swapped = long[start + 1 : start + 2] + long[start : start + 1]
    return short[start : start + 2] == swapped and short[start + 2 :] == long[start + 2 :]
