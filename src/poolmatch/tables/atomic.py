"""Files are written beside their place and moved there, so that a failure leaves the old files as they were.

What would be lost by that is refused, or kept beside it as ``.bak``.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from poolmatch.errors import NotWritten, WouldOverwrite
from poolmatch.messages import writing
from poolmatch.words import Words, joined

_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
_SHOWN = 5
_BLOCK = 2**20


@contextmanager
def replacing(path: Path, *, force: bool = False) -> Iterator[Path]:
    """Give a temporary file to write to; when the block ends well it takes the place of ``path``, at once.

    Parameters
    ----------
    path
        The file that is to be written. Its folder must exist.
    force
        As for ``replacing_all``.

    Raises
    ------
    ValueError, WouldOverwrite, NotWritten
        As for ``replacing_all``.
    """
    with replacing_all(force=force) as fresh:
        yield fresh(path)


@contextmanager
def replacing_all(*, force: bool = False, written: Mapping[str, str] | None = None) -> Iterator[Callable[[Path], Path]]:
    """Give a function that gives a temporary file for a path; when the block ends well all take their places.

    All are whole before the first is moved. A file that stands in such a place with other content is lost by that,
    unless poolmatch wrote it and nobody changed it since: then nothing is moved, or with ``force`` it is kept as a
    file whose name ends in ``.bak``, of which there is one.

    Parameters
    ----------
    force
        Whether to replace what would be lost.
    written
        Digest, by name, of the files in that folder that poolmatch wrote, as they were then.

    Raises
    ------
    ValueError
        A path is a symbolic link, or a name that Windows keeps for devices.
    WouldOverwrite
        Something would be lost; nothing was written.
    NotWritten
        A file cannot be written; what stood there before is still there.
    """
    places: dict[Path, Path] = {}
    last = Path()

    def fresh(path: Path) -> Path:
        nonlocal last
        last = path
        check_name(path)
        places[path] = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
        return places[path]

    try:
        with telling(lambda: last):
            yield fresh
            for path, temporary in places.items():
                last = path
                with temporary.open("rb+") as file:
                    os.fsync(file.fileno())  # a move without it may survive a power cut that the content does not
            lost = [
                path
                for path, temporary in places.items()
                if path.exists() and digest(path) not in (digest(temporary), (written or {}).get(path.name))
            ]
            if lost and not force:
                raise would_overwrite(lost, writing.THERE_ALREADY if written is None else writing.CHANGED)
            for last in lost:
                _keep(last)
            for last, temporary in places.items():
                temporary.replace(last)
    finally:
        for temporary in places.values():
            temporary.unlink(missing_ok=True)


def _keep(path: Path) -> None:
    """Keep a file as it is, under its name with ``.bak``."""
    kept = path.with_name(f"{path.name}.bak")
    with replacing_all(written={kept.name: digest(kept)} if kept.exists() else {}) as fresh:
        shutil.copyfile(path, fresh(kept))


def check_name(path: Path) -> None:
    """Make sure that a file may be written under a name.

    Raises
    ------
    ValueError
        It is a symbolic link, or a name that Windows keeps for devices.
    """
    if path.is_symlink():
        raise ValueError(writing.SYMBOLIC_LINK.fill(path=path))
    if path.name.split(".")[0].strip().casefold() in _RESERVED:
        raise ValueError(writing.RESERVED.fill(path=path))


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def would_overwrite(paths: Iterable[Path], reason: Words) -> WouldOverwrite:
    """Return the error that files would be lost.

    Parameters
    ----------
    paths
        The files.
    reason
        What is said of each of them.
    """
    names = [str(path) for path in paths]
    files = joined(", ", [reason.fill(file=name) for name in names[:_SHOWN]])
    hidden = len(names) - _SHOWN
    if hidden > 0:
        files = (writing.ONE_MORE if hidden == 1 else writing.MORE).fill(files=files, more=hidden)
    return WouldOverwrite(writing.WOULD_OVERWRITE.fill(files=files))


def check_folder(folder: Path) -> None:
    """Make sure that files can be written in a folder, which is made for that moment if need be.

    Raises
    ------
    ValueError
        The folder has a name that Windows keeps for devices.
    NotWritten
        They cannot; nothing has changed.
    """
    made: list[Path] = []
    with telling(lambda: folder):
        if folder.exists() and not folder.is_dir():
            raise FileExistsError(errno.EEXIST, "")
        if not folder.is_symlink():  # a link to a folder will do
            check_name(folder)
        try:
            for part in (*reversed(folder.parents), folder):
                if not part.exists():
                    part.mkdir()
                    made.append(part)
            probe = folder / f".{secrets.token_hex(4)}.tmp"
            probe.touch()
            probe.unlink()
        finally:
            for part in reversed(made):
                part.rmdir()


@contextmanager
def telling(path: Callable[[], Path]) -> Iterator[None]:
    """Say in words, with the path and a remedy, what the system says of a file that cannot be written.

    Parameters
    ----------
    path
        Returns the file that is being written, for errors that do not name one.

    Raises
    ------
    NotWritten
        What is raised in the place of any other OSError.
    """
    try:
        yield
    except NotWritten:
        raise
    except OSError as error:
        reason, remedy = writing.reason_of(error)
        raise NotWritten(writing.NOT_WRITTEN.fill(path=path(), reason=reason, remedy=remedy)) from error
