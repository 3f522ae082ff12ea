"""Tables in files and DataFrames: the only home of pandas.

Every form yields the same cells, and the domain alone judges them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from poolmatch.on_use import exported

if TYPE_CHECKING:
    from poolmatch.tables.busy_times import read_busy
    from poolmatch.tables.days_off import public_holiday_rows, school_holiday_rows
    from poolmatch.tables.frames import read_frames, to_frames
    from poolmatch.tables.marking import marked_copy
    from poolmatch.tables.readers import read, read_roster, reading_of, roster_reading_of
    from poolmatch.tables.roster import roster_from_frame, roster_of, roster_to_frame
    from poolmatch.tables.template import write_template, write_to_finish
    from poolmatch.tables.writers import write, write_roster

__all__ = [
    "marked_copy",
    "public_holiday_rows",
    "read",
    "read_busy",
    "read_frames",
    "read_roster",
    "reading_of",
    "roster_from_frame",
    "roster_of",
    "roster_reading_of",
    "roster_to_frame",
    "school_holiday_rows",
    "to_frames",
    "write",
    "write_roster",
    "write_template",
    "write_to_finish",
]

__getattr__ = exported(
    __name__,
    {
        "marked_copy": "marking",
        "public_holiday_rows": "days_off",
        "read": "readers",
        "read_busy": "busy_times",
        "read_frames": "frames",
        "read_roster": "readers",
        "reading_of": "readers",
        "roster_from_frame": "roster",
        "roster_of": "roster",
        "roster_reading_of": "readers",
        "roster_to_frame": "roster",
        "school_holiday_rows": "days_off",
        "to_frames": "frames",
        "write": "writers",
        "write_roster": "writers",
        "write_template": "template",
        "write_to_finish": "template",
    },
)
