"""The bare minimum of the same work, on the same machine at the same time."""

import time
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from uuid import uuid4

import psycopg

from enforcement.adapters.push import Message, PushSender
from enforcement.adapters.push_endpoints import EndpointPolicy, Subscription
from enforcement.adapters.push_keys import load_or_make
from enforcement.domain.notices import Urgency
from enforcement.simulation.push_receiver import PushReceiver
from enforcement.simulation.stack import Stack

EVERY = 0.5  # seconds
TABLE = "CREATE TABLE IF NOT EXISTS bench_floor (id uuid PRIMARY KEY, at timestamptz)"
KEEP = "INSERT INTO bench_floor VALUES (%s, now())"
RING, BELL = "NOTIFY bench_floor", "LISTEN bench_floor"
CONTENT = {"notification": {"body": "x" * 300, "data": {"kind": "floor"}}}


def connected(stack: Stack) -> psycopg.Connection:
    """As the owner of the tables, who sees every authority's rows."""
    return psycopg.connect(stack.env["DATABASE_OWNER_URL"].replace("+psycopg", ""), autocommit=True)


class Floors:
    """`push`: seconds from the insert of a row to a push request of the one whom its commit notified.
    `timer`: seconds from a moment to the commit of a row that was due then."""

    def __init__(self, stack: Stack, receiver: PushReceiver) -> None:
        self.push, self.timer = list[float](), list[float]()
        self._stack, self._receiver, self._phone = stack, receiver, receiver.phone()
        with connected(stack) as database:
            database.execute(TABLE)

    def keep(self, stop: Event) -> None:
        """Commits rows on time, and rings."""
        self._began = list[float]()
        with connected(self._stack) as database:
            due = time.monotonic()
            while not stop.wait(due - time.monotonic()):
                self._began.append(time.monotonic())
                with database.transaction():
                    database.execute(KEEP, [uuid4()])
                    database.execute(RING)
                self.timer.append(time.monotonic() - due)
                due += EVERY

    def send(self, stop: Event) -> None:
        """Hears the bell and sends."""
        keys = self._phone.subscription["keys"]
        to = Subscription(self._phone.endpoint, keys["p256dh"], keys["auth"])
        pair = load_or_make(Path(self._stack.env["INSTANCE_FOLDER"]) / "push-key.pem")
        sender = PushSender(
            pair, "mailto:bench@example.org", EndpointPolicy(frozenset(), allow_loopback=True)
        )
        with connected(self._stack) as database:
            database.execute(BELL)
            while not stop.is_set():
                for _ in database.notifies(timeout=0.1):
                    sender.send(to, Message(CONTENT, 60, Urgency.HIGH, "bench"), datetime.now(UTC))
        sender.close()

    def settle(self) -> None:
        """Work out the seconds, when all is over."""
        arrived = [each.arrived for each in self._receiver.pushed if each.phone is self._phone]
        self.push = [end - begin for begin, end in zip(self._began, arrived, strict=False)]
