"""Going on when the server is away: what could not be said is said again, at growing intervals."""

from collections.abc import Callable
from typing import TypeVar

import structlog

from .client import ApiFault, ServerAway
from .pace import Pace

log = structlog.get_logger(__name__)

FIRST_WAIT, LONGEST_WAIT = 0.5, 15.0  # real seconds

T = TypeVar("T")


class Stopped(Exception):
    """The simulation is to end."""


def insist(pace: Pace, call: Callable[[], T], *, longest: float = LONGEST_WAIT) -> T:
    """What `call` answers, once it gets through. Raises Stopped, or the ApiFault that waiting won't mend."""
    wait = FIRST_WAIT
    while not pace.stopping:
        try:
            return call()
        except ServerAway as fault:
            log.info("server away", fault=str(fault), again_in=wait)
        except ApiFault as fault:
            if not fault.passing:
                raise
            log.info("server busy", fault=str(fault), again_in=wait)
        pace.rest(wait)
        wait = min(wait * 2, longest)
    raise Stopped
