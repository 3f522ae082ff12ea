"""Every kind of message has a code of its own, and says the same in English and Dutch."""

from __future__ import annotations

import re
from collections import Counter
from string import Formatter

import pytest
from tests.messages.pseudo import left_in_english
from tests.messages.regenerate_page import PAGE, page
from tests.messages.walk import every_message

from poolmatch.issues import Message

MESSAGES = {message.code: message for message in every_message()}


def placeholders(template: str) -> list[tuple[str | None, str | None, str | None]]:
    return sorted((part[1:] for part in Formatter().parse(template) if part[1] is not None), key=str)


def test_no_two_kinds_have_one_code() -> None:
    assert [code for code, count in Counter(item.code for item in every_message()).items() if count > 1] == []
    assert len(MESSAGES) > 240


def test_the_page_is_what_is_written_from_the_code() -> None:
    assert PAGE.read_text("utf-8") == page()


@pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES)
def test_a_kind_of_message(message: Message) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", message.code)
    for words in (message.reason, message.remedy):
        english, dutch = words.templates
        assert words.values == ()
        assert placeholders(english) == placeholders(dutch)
        assert english != dutch or english in ("{fault}", "{hint}parameters: {known}")
        assert left_in_english(re.sub(r"\{[^}]*\}", "", dutch)) == set()
        assert not english.endswith(".")
        assert not dutch.endswith(".")
    english, dutch = message.remedy.templates
    assert ("{hint}" in english) == english.startswith("{hint}")
    assert ("{hint}" in dutch) == dutch.startswith("{hint}")
