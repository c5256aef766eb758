"""A circuit breaker: who has failed several times in a row is left in peace, and tried again after a while.

Pure, with the clock passed in: its state is kept beside the provider in the database, so that all processes
share it and a screen can show it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

FAULTS_IN_A_ROW = 3
REST = timedelta(seconds=30)
LONGEST_REST = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Breaker:
    """Closed while `open_since` is None. Open, it lets one call through at `try_at`."""

    faults: int = 0
    open_since: datetime | None = None
    try_at: datetime | None = None

    def state(self, now: datetime) -> str:
        """closed, open, or half-open: open, with a call due that tries it out."""
        if self.open_since is None:
            return "closed"
        return "half-open" if self.lets_through(now) else "open"

    def lets_through(self, now: datetime) -> bool:
        """May it be called?"""
        return self.try_at is None or now >= self.try_at

    def tried(self, now: datetime) -> "Breaker":
        """One call goes out to an open one: no second one until it has rested again."""
        if self.open_since is None:
            return self
        return Breaker(self.faults, self.open_since, now + REST)

    def answered(self) -> "Breaker":
        """It works."""
        return Breaker()

    def failed(self, now: datetime, wait: timedelta | None = None) -> "Breaker":
        """It does not; `wait` is how long it asks to be left in peace, which opens the breaker at once."""
        faults = self.faults + 1
        if faults < FAULTS_IN_A_ROW and wait is None and self.open_since is None:
            return Breaker(faults)
        rest = min(max(wait or REST, REST), LONGEST_REST)
        return Breaker(faults, self.open_since or now, now + rest)
