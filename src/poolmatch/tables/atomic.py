"""Files are written beside their place and moved there, so that a failure leaves the old file as it was."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary file to write to; when the block ends well it takes the place of ``path``, at once.

    Parameters
    ----------
    path
        The file that is to be written. Its folder must exist.

    Raises
    ------
    ValueError
        The path is a symbolic link, or a name that Windows keeps for devices.
    OSError
        The file cannot be written; what stood there before is still there.
    """
    if path.is_symlink():
        raise ValueError(f"{path.name} is a symbolic link: name the file itself")
    if path.name.split(".")[0].strip().casefold() in _RESERVED:
        raise ValueError(f"{path.name} is a name that Windows keeps for devices: choose another")
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())  # a move without it may survive a power cut that the content does not
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
