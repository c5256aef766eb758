"""A push service in changing moods: it answers every status of the table, redirects, or hangs."""

from collections import Counter
from random import Random

from enforcement.simulation.pace import Pace

from ..adapters.push_service import PushService
from .history import History

WELL = 0.55  # the share of time in which it answers as it should
STATUSES = (202, 400, 401, 403, 404, 406, 410, 413, 429, 500, 502, 503)
LASTS = (2.0, 12.0)  # seconds


class Moods:
    """`seen` counts them."""

    def __init__(self, service: PushService, random: Random, history: History) -> None:
        self.seen: Counter[str] = Counter()
        self._service, self._random, self._history = service, random, history

    def run(self, pace: Pace) -> None:
        """Change it until the pace is stopped; leaves it well."""
        while pace.rest(self._random.uniform(*LASTS)):
            mood = self._next()
            self.seen[mood] += 1
            self._history.note("push service", mood=mood)
        self._service.answer(201)

    def _next(self) -> str:
        if self._random.random() < WELL:
            self._service.answer(201)
            return "well"
        mood = self._random.choice(("hangs", "redirects", "busy", *map(str, STATUSES)))
        if mood == "hangs":
            self._service.hang(self._random.uniform(3.0, 20.0))
        elif mood == "redirects":
            self._service.redirect("http://127.0.0.1:1/elsewhere")
        elif mood == "busy":
            self._service.answer(429, Retry_After=str(self._random.randint(1, 5)))
        else:
            self._service.answer(int(mood))
        return mood
