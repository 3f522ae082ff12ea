"""What pydantic and the reader of TOML find wrong, in every language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from poolmatch.issues import Message
from poolmatch.words import Words

FAULTS: Mapping[str, Words] = {
    "bool_type": Words("input should be a valid boolean", "moet true of false zijn"),
    "bool_parsing": Words(
        "input should be a valid boolean, unable to interpret input", "moet true of false zijn, en is niet te duiden"
    ),
    "int_type": Words("input should be a valid integer", "moet een geheel getal zijn"),
    "int_from_float": Words(
        "input should be a valid integer, got a number with a fractional part",
        "moet een geheel getal zijn, en heeft cijfers achter de punt",
    ),
    "float_type": Words("input should be a valid number", "moet een getal zijn"),
    "string_type": Words("input should be a valid string", "moet tekst zijn"),
    "string_too_short": Words(
        "string should have at least {min_length} character", "moet minstens {min_length} teken hebben"
    ),
    "tuple_type": Words("input should be a valid tuple", "moet een lijst zijn"),
    "list_type": Words("input should be a valid list", "moet een lijst zijn"),
    "dict_type": Words("input should be a valid dictionary", "moet een tabel zijn"),
    "model_type": Words(
        "input should be a valid dictionary or instance of {class_name}", "moet een tabel zijn, zoals {class_name}"
    ),
    "missing": Words("field required", "is verplicht"),
    "greater_than": Words("input should be greater than {gt}", "moet meer dan {gt} zijn"),
    "greater_than_equal": Words("input should be greater than or equal to {ge}", "moet {ge} of meer zijn"),
    "less_than": Words("input should be less than {lt}", "moet minder dan {lt} zijn"),
    "less_than_equal": Words("input should be less than or equal to {le}", "mag hoogstens {le} zijn"),
    "finite_number": Words("input should be a finite number", "moet een eindig getal zijn"),
    "extra_forbidden": Words("extra inputs are not permitted", "is geen parameter"),
}
"""By what pydantic calls it."""
ONE_OF = Words("input should be {first} or {last}", "moet {first} of {last} zijn")
ONLY = Words("input should be {word}", "moet {word} zijn")
OTHER = Words("is not taken", "wordt niet aangenomen")


def fault_of(detail: Mapping[str, Any]) -> Words:
    """Return what is wrong in words.

    Parameters
    ----------
    detail
        One of the errors that pydantic lists.
    """
    context = limits_of(detail)
    if isinstance(context.get("error"), Words):  # raised as a ValueError with words
        return context["error"]  # type: ignore[no-any-return]
    if isinstance(context.get("message"), Message):  # raised by a kind of value that cells hold too
        return context["message"].reason  # type: ignore[no-any-return]
    if detail["type"] == "literal_error":
        first, comma, last = context["expected"].rpartition(" or ")
        return ONE_OF.fill(first=first, last=last) if comma else ONLY.fill(word=last)
    return FAULTS.get(detail["type"], OTHER).fill(**context)


def limits_of(detail: Mapping[str, Any]) -> dict[str, Any]:
    """Return what pydantic tells with an error, such as a limit, by name."""
    return {name: _plain(value) for name, value in detail.get("ctx", {}).items()}


def _plain(value: Any) -> Any:
    """Return what pydantic tells of a limit as it is shown: 1 for 1.0, and the words of an error."""
    if isinstance(value, ValueError) and value.args:
        return value.args[0]
    return int(value) if isinstance(value, float) and value.is_integer() else value


_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


def toml_fault(said: str) -> Words:
    """Return what the reader of TOML says: it speaks English, of which other languages keep the place."""
    found = _PLACE.search(said)
    return Words(said, f"zie regel {found[1]}, teken {found[2]}" if found else "zie het einde")
