"""Two places with a journey between them, and the rule `travel-gap`."""

from typing import Any

RULE = "travel-gap"
HERE: dict[str, Any] = {"lat": 53.0, "lon": 6.0}
THERE: dict[str, Any] = {"lat": 53.1, "lon": 6.0}
