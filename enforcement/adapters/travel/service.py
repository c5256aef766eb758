"""Walks as the operator's routing service tells them: asked in parts, kept, left in peace when it fails."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from datetime import UTC, datetime
from time import monotonic

import numpy as np
import requests
from urllib3.exceptions import HTTPError

from ...domain.breaker import Breaker
from ..push_endpoints import addresses_of
from ..vetted_session import VettedSession
from .formats import Format, Place, WrongAnswer
from .line import Floats, StraightLine
from .memory import MOST_COLUMNS, MOST_ROWS, Memory
from .tables import Tables, unknown

MOST_SOURCES, MOST_TARGETS = 20, 80
"""Within the usual limits of both: 100 places a table for OSRM, 2,500 pairs for Valhalla, and of URLs."""
AT_ONCE = 4
LARGEST_ANSWER = 2 * 2**20  # bytes
ORIGIN_DECIMALS, DESTINATION_DECIMALS = 4, 5
"""An officer's place to about ten metres: who stands still is the same place, and no more is given away."""
KEPT_SECONDS = 6 * 3600.0
AWAY_M = 600.0  # a service takes both places to its nearest streets and counts no walk to them
FASTEST_KMH, SHORT_M = 10.0, 50.0
CANT_TELL = -1.0
"""In the memory: it was asked, and what it said can't be."""

LATE = "the routing service did not answer in time"

Part = tuple[list[Place], list[Place]]


class Anywhere:
    """The operator chose the address: it may be on their own network."""

    def vetted(self, host: str, port: int) -> list[str]:
        return addresses_of(host, port)


class RoutingService:
    """One for each process. Not for several threads at once: plans come one after the other."""

    def __init__(
        self, form: Format, base_url: str, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._form, self._base, self._now = form, base_url, now
        self._session = VettedSession(Anywhere(), threads=AT_ONCE)
        self._session.headers["Accept"] = "application/json"
        self._threads = ThreadPoolExecutor(AT_ONCE, "routing")
        self._breaker = Breaker()
        self._memory, self._began = Memory(), monotonic()

    def tables(self, origins: Floats, destinations: Floats, until: float) -> Tables:
        """Asks for what is not known yet, until `until` (of `monotonic`). Never raises."""
        if monotonic() - self._began > KEPT_SECONDS:
            self._memory, self._began = Memory(), monotonic()
        here, there = _rounded(origins, ORIGIN_DECIMALS), _rounded(destinations, DESTINATION_DECIMALS)
        if len(set(here)) > MOST_ROWS or len(set(there)) > MOST_COLUMNS:
            return unknown(
                len(here), len(there), "there are more places than the routing service is asked about"
            )
        seconds, metres = self._memory.recall(here, there)
        fault = None
        if np.isnan(seconds).any():
            fault = self._ask(_parts(here, there, np.isnan(seconds)), until)
            seconds, metres = self._memory.recall(here, there)
        known = seconds >= 0
        if fault is None and not known.all():
            fault = "the routing service tells of walks that can't be"
        return Tables(np.where(known, seconds, np.inf), np.where(known, metres, np.inf), known, fault)

    def _ask(self, parts: list[Part], until: float) -> str | None:
        """Why some parts have no answer, in words."""
        now = self._now()
        if not self._breaker.lets_through(now):
            return "the routing service failed and is left in peace for a while"
        if monotonic() >= until:
            return LATE
        self._breaker = self._breaker.tried(now)
        asked = {self._threads.submit(self._answer, part, until): part for part in parts}
        answered, fault = 0, None
        for done in self._in_time(asked, until):
            try:
                self._memory.keep(*asked.pop(done), done.result())
                answered += 1
            except WrongAnswer as wrong:
                fault = f"the routing service {wrong}"
        if asked and not fault:
            fault = LATE
        self._breaker = self._breaker.answered() if answered else self._breaker.failed(now)
        return fault

    def _in_time(self, asked: dict[Future, Part], until: float) -> Iterator[Future]:
        try:
            yield from as_completed(list(asked), timeout=max(until - monotonic(), 0.0))
        except TimeoutError:
            for late in asked:
                late.cancel()
            self._session.hang_up()

    def _answer(self, part: Part, until: float) -> tuple[Floats, Floats]:
        """Seconds and metres; raises WrongAnswer."""
        sources, targets = part
        request = self._session.prepare_request(self._form.request(self._base, sources, targets))
        left = max(until - monotonic(), 0.001)
        try:
            with self._session.send(request, timeout=left, stream=True, allow_redirects=False) as answer:
                if answer.status_code != 200:
                    raise WrongAnswer(f"answered with the status {answer.status_code}")
                body = bytes(answer.raw.read(LARGEST_ANSWER + 1, decode_content=False))
        except (requests.RequestException, HTTPError, OSError):  # their texts show the whole URL
            raise WrongAnswer("did not answer") from None
        if len(body) > LARGEST_ANSWER:
            raise WrongAnswer("answered with too much")
        return _possible(part, *self._form.read(body, len(sources), len(targets)))


def _parts(here: list[Place], there: list[Place], missing: np.ndarray) -> list[Part]:
    """What to ask together, so that nothing is asked twice."""
    parts: list[Part] = []
    wanted = dict.fromkeys(here[row] for row in np.flatnonzero(missing.any(axis=1)))
    rows = {place: [i for i, other in enumerate(here) if other == place] for place in wanted}
    origins = list(wanted)
    for first in range(0, len(origins), MOST_SOURCES):
        sources = origins[first : first + MOST_SOURCES]
        lacking = missing[[row for place in sources for row in rows[place]]].any(axis=0)
        targets = list(dict.fromkeys(there[column] for column in np.flatnonzero(lacking)))
        parts += [(sources, targets[at : at + MOST_TARGETS]) for at in range(0, len(targets), MOST_TARGETS)]
    return parts


def _possible(part: Part, seconds: Floats, metres: Floats) -> tuple[Floats, Floats]:
    """Nobody walks as fast as a car, nor less far than the straight line."""
    walks = np.isfinite(seconds)
    fast = seconds[walks] * FASTEST_KMH / 3.6 < metres[walks] - SHORT_M
    if 2 * fast.sum() > len(fast):  # a ferry or two is no fault
        raise WrongAnswer("does not answer for walking: its times are too short")
    straight = StraightLine(factor=1.0).metres(*(np.array(places) for places in part))
    short = metres < straight - AWAY_M
    return np.where(short, CANT_TELL, seconds), np.where(short, CANT_TELL, metres)


def _rounded(lonlat: Floats, decimals: int) -> list[Place]:
    return [
        (lon, lat) for lon, lat in np.round(np.asarray(lonlat, dtype=float).reshape(-1, 2), decimals).tolist()
    ]
