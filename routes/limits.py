"""How much one caller may ask of this process: counted in its memory, so that asking costs nothing.

With several web processes each counts for itself. Wrong passwords are another matter: see `people.sign_ins`.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from math import ceil
from threading import Lock
from typing import Any

from flask import current_app, request

from enforcement.config import Settings
from enforcement.domain.refusals import Refusal

SIGN_INS_A_MINUTE = 30  # from one address, right or wrong
PASSWORDS_A_MINUTE = 20  # chosen by reset links, from one address
MINUTE = 60.0
MANY = 10_000  # callers that are remembered before those who have rested are forgotten

View = Callable[..., Any]


class TooMuch(Refusal):
    """More than one caller may ask for; `extra["retry_after"]` is in seconds."""

    status, type, title = 429, "too-many-requests", "Too many requests"


class Allowance:
    """So much a minute for each caller, all at once or spread: a bucket that fills steadily."""

    def __init__(self, a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.most, self._clock = a_minute, clock
        self._full_at: dict[str, float] = {}  # when a caller's bucket will be full again
        self._lock = Lock()

    def take(self, caller: str, amount: int = 1) -> None:
        """Raises TooMuch, with the time to wait, and then takes nothing.

        Whoever has rested may take any amount at once: a batch is not cut in two.
        """
        with self._lock:
            now = self._clock()
            full_at = max(self._full_at.get(caller, now), now)
            wait = full_at + min(amount, self.most) * MINUTE / self.most - now - MINUTE
            if wait > 1e-6:
                raise TooMuch(f"{self.most} a minute are taken.", retry_after=ceil(wait))
            self._full_at[caller] = full_at + amount * MINUTE / self.most
            if len(self._full_at) > MANY:
                self._full_at = {name: at for name, at in self._full_at.items() if at > now}


@dataclass(frozen=True, slots=True)
class Limits:
    """What each caller may ask of this process in a minute."""

    readings: Allowance
    writes: Allowance
    sign_ins: Allowance = field(default_factory=lambda: Allowance(SIGN_INS_A_MINUTE))
    passwords: Allowance = field(default_factory=lambda: Allowance(PASSWORDS_A_MINUTE))


def limits_of(settings: Settings) -> Limits:
    return Limits(Allowance(settings.readings_per_minute), Allowance(settings.writes_per_minute))


def limits() -> Limits:
    """Those of this process."""
    ours: Limits = current_app.extensions["openpatrol.limits"]
    return ours


def per_address(allowance: Callable[[Limits], Allowance]) -> Callable[[View], View]:
    """A route that strangers may use, so often from one address."""

    def limit(view: View) -> View:
        @wraps(view)
        def limited(*args: Any, **kwargs: Any) -> Any:
            allowance(limits()).take(request.remote_addr or "")
            return view(*args, **kwargs)

        return limited

    return limit
