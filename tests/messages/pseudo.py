"""A language that nobody speaks, and what has been left in English."""

from __future__ import annotations

import re
from collections import UserDict
from string import Formatter, ascii_lowercase, ascii_uppercase
from typing import Any

STRANGE = {ord(sign): 0x24B6 + place for place, sign in enumerate(ascii_uppercase + ascii_lowercase)}
"""Letters in circles."""
COMMON = """
    about again all already also although an and another any are as at be because been before between both but by can
    cannot change choose column correct could date different did does each either else every file fill for from give
    given has have held here hold holds how if into it its keep last leave less lies look made make many may meant
    missing month more most must name need needs neither never next nobody nor not nothing number on once one only other
    others out own part people person remove required row rows same say seen set several shorten shown so some stands
    starts such than that the their them then there these they this those though through time times to together too
    twice under unit until used what when where whether which while who whole why will with within without word write
    written wrong year you your
"""
ENGLISH = frozenset(COMMON.split())
"""Common words of English that are no words of Dutch, and no ids of tables, columns, values or rules."""
WORDS = re.compile(r"[A-Za-z][A-Za-z_-]*")
QUOTED = re.compile(r'"[^"]*"|\'[^\']*\'|\[[^\]]*\]')
"""Ids, words of files and what is to be typed."""


class Pseudo(UserDict[str, str]):
    """Translations of whatever is asked, into strange letters."""

    def get(self, key: str, default: Any = None) -> Any:
        if " / " in key and default is not None:  # a word with its sense: there is one sense here
            return default
        return strange(key)


def strange(template: str) -> str:
    """Return a template whose own letters are strange; what is filled in is left as it is."""
    parts = []
    for text, name, spec, conversion in Formatter().parse(template):
        parts.append(text.translate(STRANGE))
        if name is not None:
            parts.append("{" + name + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "") + "}")
    return "".join(parts)


def left_in_english(text: str) -> set[str]:
    """Return common words of English in a text, what is quoted aside."""
    return {
        word
        for word in WORDS.findall(QUOTED.sub("", text))
        if word in ENGLISH or (word.capitalize() == word and word.lower() in ENGLISH)
    }
