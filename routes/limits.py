"""How often a stranger may try: counted in each process, by address. Accounts have their own lock besides."""

import time
from math import ceil

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, storage_uri="memory://", strategy="moving-window")


def seconds_to_wait() -> int:
    """Until the limit that this request ran into lets the next one through."""
    limit = limiter.current_limit
    return max(1, ceil(limit.reset_at - time.time())) if limit else 60
