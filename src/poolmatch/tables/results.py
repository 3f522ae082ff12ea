"""Writes what solving gave: the roster to work with, and what the rules and the solver say of it."""

from __future__ import annotations

import logging
import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from poolmatch.domain.roster import RosterRow
from poolmatch.errors import MissingExtra
from poolmatch.explain import empty_seats_of, outsiders_of
from poolmatch.neutrality import certificate
from poolmatch.neutrality.words import Language
from poolmatch.tables.atomic import replacing
from poolmatch.tables.csv_file import write_csv
from poolmatch.tables.extras import need
from poolmatch.tables.json_text import json_text

if TYPE_CHECKING:
    from poolmatch.solving.result import Result  # the solver is slow to import, and writing needs none

_log = logging.getLogger(__name__)


def write_result(result: Result, folder: str | os.PathLike[str], language: Language = "en") -> tuple[Path, ...]:
    """Write the roster as CSV and workbook, report and run as JSON, and the certificate as JSON and text.

    All files are whole before the first takes its place. Without the extra ``excel`` there is no workbook, and the
    log says so.

    Parameters
    ----------
    result
        What ``solve`` returned.
    folder
        Where the files go; made if need be.
    language
        Language of the certificate that is to be read.

    Returns
    -------
    tuple of Path
        The files that were written.

    Raises
    ------
    ValueError
        A file is a symbolic link.
    OSError
        A file cannot be written; what stood there before is still there.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    rows, zone = result.roster.rows, result.problem.period.zone
    empty = [seat.to_dict() for seat in empty_seats_of(result)]
    outside = [item.to_dict() for item in outsiders_of(result)]
    settlement = [row.to_dict() for row in result.ledger.settlement()]
    content = result.report.to_dict() | {"empty_seats": empty, "outsiders": outside}
    content |= {"ledger": settlement, "fairness": result.fairness.to_dict()}
    content["warnings"] = [str(issue) for issue in (*result.problem.warnings, *result.report.warnings)]
    written: list[Path] = []
    with ExitStack() as stack:

        def fresh(name: str) -> Path:
            written.append(folder / name)
            return stack.enter_context(replacing(written[-1]))

        write_csv(fresh("roster.csv"), RosterRow, rows, zone)
        try:
            need("excel", "xlsxwriter")
        except MissingExtra as missing:
            _log.warning("no roster.xlsx: %s", missing)
        else:
            from poolmatch.tables.workbook_write import write_sheets

            write_sheets(fresh("roster.xlsx"), {RosterRow: rows}, zone)
        fresh("report.json").write_text(json_text(content), encoding="utf-8")
        proof = certificate(result.problem, result.roster, result.rules.policy)
        fresh("certificate.json").write_text(json_text(proof.to_dict()), encoding="utf-8")
        fresh("certificate.txt").write_text(proof.to_text(language), encoding="utf-8")
        fresh("run.json").write_text(json_text(result.run_dict()), encoding="utf-8")
    return tuple(written)
