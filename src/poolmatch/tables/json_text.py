"""JSON documents with a line for each row: to be read and compared, and written far quicker than fully indented."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def json_text(document: Mapping[str, Any]) -> str:
    """Return a JSON document in which objects have a line for each key, and lists one for each element.

    What is inside an element stands on its line.
    """
    return _object(document, "") + "\n"


def _object(value: Mapping[str, Any], margin: str) -> str:
    inner = margin + "  "
    lines = (f"{inner}{json.dumps(key, ensure_ascii=False)}: {_value(item, inner)}" for key, item in value.items())
    return "{\n" + ",\n".join(lines) + f"\n{margin}}}" if value else "{}"


def _value(value: Any, margin: str) -> str:
    if isinstance(value, Mapping):
        return _object(value, margin)
    if isinstance(value, list) and value:
        rows = ",\n".join(f"{margin}  {json.dumps(item, ensure_ascii=False)}" for item in value)
        return f"[\n{rows}\n{margin}]"
    return json.dumps(value, ensure_ascii=False)
