"""How large the input may be. What is larger is refused before memory is taken.

The number of rows is the domain's own limit, ``poolmatch.domain.problem.MAX_ROWS``.
"""

from __future__ import annotations

MAX_FILE_BYTES = 200 * 2**20
"""Bytes of one file."""
MAX_UNPACKED_BYTES = 256 * 2**20
"""Bytes of all parts of a workbook, or of all columns of a Parquet file, unpacked."""
MAX_PARTS = 10_000
"""Parts of a workbook."""
MAX_COLUMNS = 100
"""Columns of a table."""
MAX_CELLS = 20_000_000
"""Cells of a table: rows times columns."""
MAX_BLANK_ROWS = 1_000
"""Blank rows in one stretch within a table. A cell that stands farther down got there by mistake."""
MAX_MERGED = 1_000
"""Blocks of merged cells of a worksheet that are told."""
SHEET_ROWS = 1_048_576
"""Rows of a worksheet, as the workbook format has it."""
