"""Stopping what runs in other processes: a file that appears."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory


class StopFile(threading.Event):
    """An event that pickles, and that the processes of one machine share. It is asked, not waited for.

    Where its folder was never seen, as on another machine, it is never set: that is how work goes on there.

    Parameters
    ----------
    path
        The file; its folder exists for as long as anybody is interested in the work.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._seen = path.parent.exists()

    @classmethod
    @contextmanager
    def made(cls) -> Iterator[StopFile]:
        """Make one in a folder of its own, which is removed in the end: that too stops what still runs."""
        with TemporaryDirectory(prefix="poolmatch-") as folder:
            yield cls(Path(folder) / "stop")

    def is_set(self) -> bool:
        """Tell whether someone asked to stop."""
        return self._path.exists() or (self._seen and not self._path.parent.exists())

    def set(self) -> None:
        """Ask to stop."""
        with suppress(FileNotFoundError):  # the folder is gone: that says the same
            self._path.touch()

    def __reduce__(self) -> tuple[type[StopFile], tuple[Path]]:
        return StopFile, (self._path,)
