"""The files of a result: each a face of its own, registered here by one line."""

from __future__ import annotations

from poolmatch.report.faces import certificate_json, certificate_text, report_json, roster_csv, roster_workbook
from poolmatch.report.faces.face import Face

FACES: dict[str, Face] = {
    "roster.csv": Face(roster_csv.write),
    "roster.xlsx": Face(roster_workbook.write, extra="excel", packages=("xlsxwriter",)),
    "report.json": Face(report_json.write),
    "certificate.json": Face(certificate_json.write),
    "certificate.txt": Face(certificate_text.write),
}
"""By the name of the file, in the order in which they are written."""
