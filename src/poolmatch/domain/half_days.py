"""What half-days are, by the local clock: morning, afternoon and evening share a whole day among them.

They touch, so that whoever can in the morning and in the afternoon can also over lunch. The morning ends at half past
twelve: meetings of a morning are over by then, and setting up for an afternoon may begin.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time

from poolmatch.domain.evenings import EVENING

HALF_DAYS: Mapping[str, time] = {"morning": time(0), "afternoon": time(12, 30), "evening": EVENING}
"""When each begins, in the order of the day; it lasts until the next one begins, the last until midnight."""
