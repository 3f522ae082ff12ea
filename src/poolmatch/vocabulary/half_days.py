"""What half-days are called, and the marks that say of one whether somebody can."""

from __future__ import annotations

from collections.abc import Mapping

from poolmatch.vocabulary.closed_words import AVAILABILITY_KINDS, TRUTH
from poolmatch.words import Words

HALF_DAYS: Mapping[str, Words] = {
    "morning": Words("morning", "ochtend"),
    "afternoon": Words("afternoon", "middag"),
    "evening": Words("evening", "avond"),
}
"""In the order of the day."""

MARKS: Mapping[str, Words] = {
    "unavailable": Words("x", "x"),
    "available": Words("v", "v"),
    "prefer": Words("g", "g"),
    "avoid": Words("r", "l"),
}
"""By kind of availability; no mark of one language means another thing in another."""

MEANINGS: Mapping[str, Words] = {
    "unavailable": Words("cannot", "kan niet"),
    "available": Words("can", "kan"),
    "prefer": Words("gladly", "kan, en graag"),
    "avoid": Words("rather not", "kan, maar liever niet"),
}
"""What each mark means."""

SPELLINGS: Mapping[str, str] = {
    **{kind: kind for kind in AVAILABILITY_KINDS},
    **{text: kind for kind, words in AVAILABILITY_KINDS.items() for text in (words.en, words.nl)},
    **{text: kind for kind, words in MEANINGS.items() for text in (words.en, words.nl)},
    **{text: kind for kind, words in MARKS.items() for text in (words.en, words.nl)},
    **dict.fromkeys((TRUTH[True].en, TRUTH[True].nl, "✓", "√"), "available"),
    **dict.fromkeys((TRUTH[False].en, TRUTH[False].nl, "×"), "unavailable"),
}
"""Everything that is read as a mark, in small letters, and the kind it stands for. A dash is not: it may mean two."""
