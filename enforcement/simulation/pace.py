"""Waiting by the settings' clock, which may run many times as fast as ours; a stop ends every wait."""

from dataclasses import dataclass, field
from datetime import datetime
from threading import Event

from ..config import Clock

LONGEST_NAP = 3600.0  # seconds of ours; more is waited for in parts


@dataclass(frozen=True, slots=True)
class Pace:
    """The clock that a simulation lives by, and the wish to end it."""

    clock: Clock
    stop: Event = field(default_factory=Event)

    @property
    def stopping(self) -> bool:
        return self.stop.is_set()

    def real_seconds(self, seconds: float) -> float:
        """How long simulated seconds take on a real watch."""
        return max(0.0, seconds / self.clock.speed)

    def sleep(self, seconds: float) -> bool:
        """Wait so many simulated seconds; False if the simulation is to end."""
        return not self.stop.wait(min(self.real_seconds(seconds), LONGEST_NAP))

    def rest(self, real_seconds: float) -> bool:
        """Wait so many real seconds; False if the simulation is to end."""
        return not self.stop.wait(real_seconds)

    def until(self, moment: datetime) -> bool:
        """Wait for a moment of the simulation's clock; False if the simulation is to end."""
        while (missing := (moment - self.clock()).total_seconds()) > 0:
            if not self.sleep(missing):
                return False
        return not self.stopping
