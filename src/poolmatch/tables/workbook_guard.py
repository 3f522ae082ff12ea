"""What a workbook must be before any of it is unpacked: no macros, no password, no bomb."""

from __future__ import annotations

import zipfile
from pathlib import Path

from poolmatch.errors import ProblemError
from poolmatch.issues import Message
from poolmatch.messages import files
from poolmatch.tables.limits import Limits
from poolmatch.words import grouped

COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")
"""How an encrypted workbook begins, and how every workbook began before 2007."""
_MACRO_PARTS = ("vbaproject.bin", "macrosheets/")
_CONTENT_TYPES = "[Content_Types].xml"
_MIMETYPE = "mimetype"
"""The part in which LibreOffice says what the file is."""


def check_package(path: Path, limits: Limits) -> None:
    """Make sure that a file is a workbook that is safe to open.

    Raises
    ------
    ProblemError
        It is encrypted, holds macros, unpacks to too much, or is no workbook.
    """
    with path.open("rb") as file:
        if file.read(8) == COMPOUND_FILE:
            raise refused(path, _compound(file.read(limits.file_bytes)))
    if path.stat().st_size > limits.file_bytes:
        raise refused(path, files.TOO_LARGE.fill(most=grouped(limits.file_bytes)))
    try:
        with zipfile.ZipFile(path) as package:
            _check_parts(path, package, limits)
    except zipfile.BadZipFile:
        raise refused(path, files.NOT_A_WORKBOOK) from None


def _check_parts(path: Path, package: zipfile.ZipFile, limits: Limits) -> None:
    parts = package.infolist()
    if len(parts) > limits.parts or sum(part.file_size for part in parts) > limits.unpacked_bytes:
        most = {"bytes": grouped(limits.unpacked_bytes), "parts": grouped(limits.parts)}
        raise refused(path, files.BOMB.fill(**most))
    if any(part.flag_bits & 1 for part in parts):
        raise refused(path, files.ENCRYPTED)
    names = {part.filename for part in parts}
    if _MIMETYPE in names and package.getinfo(_MIMETYPE).file_size < 100 and b".spreadsheet" in package.read(_MIMETYPE):
        raise refused(path, files.OTHER_FORM.fill(form=".ods"))
    if "xl/workbook.bin" in names:
        raise refused(path, files.OTHER_FORM.fill(form=".xlsb"))
    if _CONTENT_TYPES not in names:
        raise refused(path, files.NOT_A_WORKBOOK)
    has_macro_part = any(mark in name.casefold() for name in names for mark in _MACRO_PARTS)
    if has_macro_part or b"macroEnabled" in package.read(_CONTENT_TYPES):
        raise refused(path, files.MACROS)


def _compound(data: bytes) -> Message:
    """Return what a file of before 2007, or one with a password, is: the names of its parts tell."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return files.ENCRYPTED
    if "Workbook".encode("utf-16-le") in data:
        return files.OTHER_FORM.fill(form=".xls")
    return files.OLD_WORKBOOK


def refused(path: Path, message: Message) -> ProblemError:
    """Return the error that a file as a whole is refused."""
    return ProblemError([message.at(path.name or path.resolve().name)])  # "." has no name
