"""How many messages a second one worker gets out: real offers, queued as the line queues them."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

from pywebpush import WebPusher
from sqlalchemy import insert, select, text
from uuid_utils.compat import uuid7

from enforcement.adapters.push_endpoints import Subscription
from enforcement.adapters.push_keys import Tokens, load_or_make
from enforcement.adapters.tables import Bay, Task
from enforcement.config import Clock
from enforcement.domain.dispatch import Proposal
from enforcement.pipeline import offers
from enforcement.pipeline.rules import policy_of
from enforcement.simulation.push_receiver import PushReceiver
from enforcement.simulation.stack import Stack

from .harness import Figure, Figures, Tell, at_least, case, in_process
from .town import Officer, Town, town

WITHIN = 120.0  # seconds
IN_A_PLAN = 500  # officers
TARGET = 500  # messages/s: every officer of a country in a few seconds
PUT_OFF = text("UPDATE procrastinate_jobs SET scheduled_at = now() + interval '1 hour' WHERE status = 'todo'")
DUE = text("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE task_name = 'messages.deliver'")


@case("push-sending", tiny={"messages": 10, "durable": False})
def push_sending(tell: Tell, messages: int = 2000, durable: bool = True) -> Figures:
    """From the first message at the push service to the last. The limit: one thread that encrypts, signs and
    posts the same content over a kept connection, and writes nothing down."""
    with PushReceiver() as push, Stack(durable=durable) as stack, town(stack) as place:
        tell(f"setting up {messages} offers")
        officers = place.officers(messages, push)
        _offer_all(place, officers)
        with place.engine.begin() as connection:
            connection.execute(PUT_OFF)
        stack.serve(Clock())
        tell(f"sending {messages} messages")
        with place.engine.begin() as connection:
            connection.execute(DUE)
        per_second = _rate(stack, push, messages)
        content = push.pushed[0].read()
        tell("the same, bare")
        subscriptions = [officer.phone.subscription for officer in officers]
        limit = in_process(_bare, stack.env["INSTANCE_FOLDER"], subscriptions, str(content).encode())
        yield Figure("push-sending", per_second, "1/s", limit, at_least(TARGET))


def _offer_all(place: Town, officers: Sequence[Officer]) -> None:
    """A task for each officer, offered by the line itself."""
    place.bays("P", len(officers), 60)
    now = datetime.now(UTC)
    with place.session() as session:
        bays = session.scalars(select(Bay.id).order_by(Bay.id)).all()
        work = [_task(place, bay, now) for bay in bays]
        session.execute(insert(Task), work)
    proposals = [
        Proposal(officer.shift_id, task["id"], 1.0, 60.0, 80.0, "nearest of two")
        for task, officer in zip(work, officers, strict=True)
    ]
    for first in range(0, len(proposals), IN_A_PLAN):
        with place.session() as session:
            some = proposals[first : first + IN_A_PLAN]
            if len(offers.offer_all(session, some, policy_of(session), now)) < len(some):
                raise RuntimeError("an officer is not free")


def _task(place: Town, bay_id: UUID, now: datetime) -> dict:
    return {
        "authority_id": place.id, "id": uuid7(), "bay_id": bay_id, "state": "waiting", "version": 1,
        "why": "Over a 1 h limit", "code": "30", "suffix": "", "overstay_from": now, "lawful_from": now,
        "sightings_needed": 1, "rights": "not checked", "priority": 1.0, "priority_reasons": [],
        "offers": 0, "raised_at": now,
    }  # fmt: skip


def _rate(stack: Stack, push: PushReceiver, messages: int) -> float:
    """Messages per second, once they begin to come."""
    give_up_at = time.monotonic() + WITHIN
    while len(push.pushed) < messages:
        stack.check()
        if time.monotonic() > give_up_at:
            raise TimeoutError(f"{len(push.pushed)} of {messages} messages came within {WITHIN:g} s")
        time.sleep(0.05)
    arrived = [each.arrived for each in push.pushed[:messages]]
    return (messages - 1) / (arrived[-1] - arrived[0])


def _bare(folder: str, subscriptions: Sequence[dict], content: bytes) -> float:
    """The same messages per second without a database, a queue or a check."""
    tokens = Tokens(load_or_make(Path(folder) / "push-key.pem"), "mailto:bench@example.org")
    service = urlsplit(subscriptions[0]["endpoint"])
    connection = HTTPConnection(service.netloc)
    began = time.perf_counter()
    for subscription in subscriptions:
        endpoint, keys = subscription["endpoint"], subscription["keys"]
        pusher = WebPusher(Subscription(endpoint, keys["p256dh"], keys["auth"]).info)
        headers = {
            "Authorization": tokens.header(f"{service.scheme}://{service.netloc}", datetime.now(UTC)),
            "Content-Encoding": "aes128gcm",
            "TTL": "60",
        }
        connection.request("POST", urlsplit(endpoint).path, pusher.encode(content)["body"], headers)
        connection.getresponse().read()
    seconds = time.perf_counter() - began
    connection.close()
    return len(subscriptions) / seconds
