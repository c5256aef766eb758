"""The replay's phones get what our own sender sends, and say when."""

import time
from datetime import UTC, datetime

import requests

from enforcement.adapters.push import Kind, Message, PushSender
from enforcement.adapters.push_endpoints import EndpointPolicy, Subscription
from enforcement.adapters.push_keys import load_or_make
from enforcement.domain.notices import Urgency
from enforcement.simulation.push_receiver import PushReceiver


def test_a_message_reaches_the_phone_it_is_for_and_can_be_read(tmp_path):
    policy = EndpointPolicy(allow_loopback=True)
    sender = PushSender(load_or_make(tmp_path / "key.pem"), "mailto:ops@example.org", policy)
    with PushReceiver() as push:
        phone, other = push.phone(), push.phone()
        keys = phone.subscription["keys"]
        message = Message({"notification": {"title": "Quill Street"}}, 60, Urgency.HIGH, "topic")
        began = time.monotonic()
        result = sender.send(Subscription(phone.endpoint, **keys), message, datetime.now(UTC))
        sender.close()
        assert result.kind is Kind.ACCEPTED
        assert phone.rang.is_set()
        assert not other.rang.is_set()
    [pushed] = push.pushed
    assert pushed.read() == {"notification": {"title": "Quill Street"}}
    assert began <= pushed.arrived <= time.monotonic()


def test_a_phone_that_never_subscribed_is_gone():
    with PushReceiver() as push:
        nobody = push.phone().endpoint + "0"
        assert requests.post(nobody, b"x", timeout=5).status_code == 410
    assert push.pushed == []
