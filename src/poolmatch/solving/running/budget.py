"""How long a search may go on: one clock for all of solving."""

from __future__ import annotations

import time
from collections.abc import Callable

from poolmatch.solving.running.stopping import POLL_SECONDS, Stop


class Budget:
    """Seconds, or deterministic units of CP-SAT, that a search may take, and whether it has been asked to stop.

    Parameters
    ----------
    limit
        Seconds or units, 0 or more.
    stop
        Whether somebody asks to stop; None is nobody.
    deterministic
        Whether the limit is in units, which searches report by `spend`, rather than in seconds that go by.
    clock
        Returns the time in seconds; it begins to run at once.
    """

    def __init__(
        self,
        limit: float,
        stop: Stop | None = None,
        *,
        deterministic: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.stop = stop or Stop(None)
        self.deterministic = deterministic
        self._limit, self._clock, self._began, self._spent = limit, clock, clock(), 0.0
        self._of: Budget | None = None

    @property
    def gone(self) -> float:
        """Seconds since it began, also where it is counted in units."""
        return self._clock() - self._began

    @property
    def left(self) -> float:
        """Seconds or units that are left; less than 0 when it took longer."""
        mine = self._limit - (self._spent if self.deterministic else self.gone)
        return mine if self._of is None else min(mine, self._of.left)

    @property
    def over(self) -> bool:
        """Whether nothing is left, or it has been asked to stop."""
        return self.stop.asked() or self.left <= 0

    def spend(self, units: float) -> None:
        """Take off deterministic units that a search has reported; seconds go by themselves."""
        self._spent += units
        if self._of is not None:
            self._of.spend(units)

    def use_up(self) -> None:
        """Take off all that is left: a search was stopped by the limit, which CP-SAT may be a little before it."""
        self._limit = self._spent if self.deterministic else self.gone

    def wait(self, seconds: float, unless: Callable[[], bool]) -> bool:
        """Wait so long; return False, at once, when it is over before or a condition holds."""
        until = self._clock() + seconds
        while self._clock() < until:
            if self.over or unless():
                return False
            time.sleep(max(0.0, min(POLL_SECONDS, until - self._clock())))
        return not (self.over or unless())

    def at_most(self, limit: float) -> Budget:
        """Return a part of this budget: so many seconds or units, and no more than are left here."""
        return self._part(limit, self.stop)

    def unless(self, condition: Callable[[], bool]) -> Budget:
        """Return the same budget, which is over as well once a condition holds, such as that an event is set."""
        return self._part(self.left, self.stop.also(condition))

    def _part(self, limit: float, stop: Stop) -> Budget:
        part = Budget(limit, stop, deterministic=self.deterministic, clock=self._clock)
        part._of = self
        return part
