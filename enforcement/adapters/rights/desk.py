"""Asking several providers at once, within a time that holds whatever they do."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog
from prometheus_client import Counter

from ...domain.rights import Answer, unknown
from .questions import Provider, Question, Unanswered

AT_ONCE = 16  # questions that one process has open

ASKED = Counter("openpatrol_rights_asked_total", "Questions to providers of rights", ["answer"])

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, and for the breaker: did the provider fail, and how long does it ask to be left in peace?"""

    answer: Answer
    fault: bool = False
    wait: timedelta | None = None


class Desk:
    """Where a process asks from; one for a process, safe among threads.

    Each question has a thread of its own, so that a provider that hangs (in its name server even) holds up
    nobody; of these threads there are so many and no more.
    """

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._places = threading.BoundedSemaphore(at_once)

    def ask(self, asked: Sequence[tuple[Provider, Question]], seconds: float) -> list[Reply]:
        """The reply of each, in order, no later than after so many seconds."""
        calls = [_Call(provider, question, self._places) for provider, question in asked]
        by = time.monotonic() + seconds
        replies = [call.reply(max(0.0, by - time.monotonic())) for call in calls]
        for reply in replies:
            ASKED.labels(reply.answer.status.value).inc()
        return replies


class _Call:
    """One question on its way."""

    def __init__(self, provider: Provider, question: Question, places: threading.BoundedSemaphore) -> None:
        self._provider, self._question, self._places = provider, question, places
        self._done = threading.Event()
        self._reply: Reply | None = None
        self._busy = not places.acquire(blocking=False)
        if not self._busy:
            threading.Thread(target=self._run, name="rights", daemon=True).start()

    def reply(self, seconds: float) -> Reply:
        if self._busy:
            return self._unknown("was not asked: too many questions are open")
        if not self._done.wait(seconds) or self._reply is None:
            self._provider.hang_up()
            return self._unknown("did not answer in time", fault=True)
        return self._reply

    def _run(self) -> None:
        try:
            self._reply = self._asked()
        finally:
            self._places.release()
            self._done.set()

    def _asked(self) -> Reply:
        try:
            answer = self._provider.ask(self._question)
        except Unanswered as fault:
            return self._unknown(fault.reason, fault=True, wait=fault.wait)
        except Exception as fault:  # whatever it stumbled over, it was no answer; its text may hold a plate
            log.warning("provider of rights failed", fault=type(fault).__name__)
            return self._unknown("answered something unexpected", fault=True)
        return Reply(answer)

    def _unknown(self, reason: str, fault: bool = False, wait: timedelta | None = None) -> Reply:
        return Reply(unknown(self._provider.name, reason, self._question.at), fault, wait)
