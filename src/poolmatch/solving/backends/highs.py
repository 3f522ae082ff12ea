"""A mixed-integer program, searched by HiGHS in a process of its own.

HiGHS is Huangfu and Hall, "Parallelizing the dual revised simplex method", Mathematical Programming Computation 10,
2018. scipy has it within, beside which ortools can live; but there a search can be neither watched nor ended. So it
runs in another process, whose log says what is proven while it goes on, and which can be ended at any moment.
"""

from __future__ import annotations

import logging
import re
import subprocess
import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from poolmatch.arrays import Ints
from poolmatch.solving.backends.linear_program import Program

logger = logging.getLogger("poolmatch")
PROGRAM = Path(__file__).with_name("highs_process.py")
BOUND = re.compile(r"^ *[A-Za-z]? +\d+ +\d+ +\d+ +[\d.]+% +(-?[\d.]+(?:e[+-]?\d+)?) ")
"""A row of the log, whose first number after the percentage is what is proven."""


class HighsProcess:
    """A search by HiGHS that goes on in another process until it is over or ended.

    Parameters
    ----------
    program
        A linear program, whose columns are all whole.
    limit
        Seconds.

    Raises
    ------
    OSError
        No process can be started here.
    """

    def __init__(self, program: Program, limit: float) -> None:
        self._folder = TemporaryDirectory(prefix="poolmatch-")
        matrix, folder = program.matrix, self._folder.name
        np.savez(
            Path(folder) / "program.npz",
            cost=program.cost,
            low=program.low,
            high=program.high,
            row_low=program.row_low,
            row_high=program.row_high,
            data=matrix.data,
            indices=matrix.indices,
            indptr=matrix.indptr,
            limit=limit,
        )
        self._bound = -np.inf
        try:
            # Ctrl-C is for the process that asked; it ends this one.
            self._process = subprocess.Popen(
                [sys.executable, "-P", str(PROGRAM), folder],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            )
        except OSError:
            self._folder.cleanup()
            raise
        self._last = ""
        self._reader = threading.Thread(target=self._read, name="highs log")
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._last = line
            found = BOUND.match(line)
            if found:
                self._bound = max(self._bound, float(found[1]))

    @property
    def bound(self) -> float:
        """What no solution costs less than, as far as it has told; minus infinity where it has not."""
        return self._bound

    def over(self, seconds: float) -> bool:
        """Wait for the end, so long at most; tell whether it is over."""
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def answer(self) -> tuple[Ints | None, float] | None:
        """Return the best solution and what none costs less than, after it is over; None where it failed."""
        path = Path(self._folder.name) / "answer.npz"
        if not path.exists():
            logger.info("HiGHS ended with code %s: %s", self._process.returncode, self._last.strip())
            return None
        with np.load(path) as file:
            values, bound = file["values"], float(file["bound"])
        return (np.rint(values).astype(np.int64) if len(values) else None), bound

    def end(self) -> None:
        """End it, and forget what it wrote."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._folder.cleanup()
