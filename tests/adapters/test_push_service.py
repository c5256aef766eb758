"""The push service of the tests: it must notice what a careless sender does."""

import threading

import pytest
import requests

from enforcement.adapters.push import PushSender

from .push_scenes import KEYS, LOOPBACK, MESSAGE, NOW, SUBJECT
from .push_service import PushService


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"TTL": "0"}, 400),
        ({"Topic": "x" * 33}, 400),
        ({"Urgency": "now"}, 400),
        ({"Authorization": "none"}, 401),
        ({"Authorization": "vapid t=a.b.c,k=d"}, 403),
        ({"Content-Encoding": "gzip"}, 415),
        ({}, 400),
    ],
)
def test_the_local_push_service_refuses_a_careless_sender(sender, service, headers, status):
    phone = service.subscribe()
    sender.send(phone, MESSAGE, NOW)
    right = {name.title(): value for name, value in service.received[0].headers.items()}
    for name in ("Host", "Content-Length"):
        right.pop(name)
    answer = requests.post(phone.endpoint, data=b"x" * 120, headers=right | headers, timeout=5)
    assert answer.status_code == status
    assert len(service.received) == 1
    assert len(service.refused) == 1


def test_the_local_push_service_says_what_it_waited_for_in_vain(service):
    with pytest.raises(TimeoutError, match="0 of 1"):
        service.wait_for(1, seconds=0.01)


def test_the_local_push_service_leaves_no_thread_behind():
    before = set(threading.enumerate())
    with PushService() as own:
        own.hang(60)
        impatient = PushSender(KEYS, SUBJECT, LOOPBACK, timeout=(1.0, 0.1))
        impatient.send(own.subscribe(), MESSAGE, NOW)
        impatient.close()
    left = set(threading.enumerate()) - before
    for thread in left:
        thread.join(2)
    assert not any(thread.is_alive() for thread in left)
