"""Push services that don't answer: they are let alone for a while, so that messages to the others get through."""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from time import monotonic

import requests
from urllib3.exceptions import HTTPError

from ..domain.breaker import Breaker

NO_ANSWER = (requests.RequestException, HTTPError, OSError)
SLOW_SECONDS = 2.0  # a healthy push service has answered by then


class NotAnswering(Exception):
    """Not tried: this push service has not answered lately, or has too many of our senders waiting."""


class Patience:
    """Shared by the threads of one process. No more than `most_waiting` of them wait for a slow service."""

    def __init__(self, most_waiting: int) -> None:
        self._most_waiting = most_waiting
        self._lock = threading.Lock()
        self._breakers: dict[str, Breaker] = defaultdict(Breaker)
        self._began: dict[str, list[float]] = defaultdict(list)

    @contextmanager
    def sending(self, service: str, now: datetime) -> Iterator[None]:
        """Around one message to this service (its origin). Raises NotAnswering."""
        began = self._begin(service, now)
        try:
            yield
        except NO_ANSWER:
            self._judge(service, lambda breaker: breaker.failed(now))
            raise
        else:
            self._judge(service, Breaker.answered)
        finally:
            with self._lock:
                self._began[service].remove(began)

    def _begin(self, service: str, now: datetime) -> float:
        with self._lock:
            began, breaker = monotonic(), self._breakers[service]
            slow = sum(began - each > SLOW_SECONDS for each in self._began[service])
            if slow >= self._most_waiting or not breaker.lets_through(now):
                raise NotAnswering
            self._breakers[service] = breaker.tried(now)
            self._began[service].append(began)
            return began

    def _judge(self, service: str, verdict: Callable[[Breaker], Breaker]) -> None:
        with self._lock:
            self._breakers[service] = verdict(self._breakers[service])
