"""A push service that runs, and what sends to it."""

import pytest

from enforcement.adapters.push import PushSender

from .push_scenes import KEYS, LOOPBACK, SUBJECT
from .push_service import PushService


@pytest.fixture(scope="module")
def running_service():
    with PushService() as service:
        yield service


@pytest.fixture
def service(running_service):
    running_service.answer(201)
    running_service.received.clear()
    running_service.refused.clear()
    return running_service


@pytest.fixture
def sender():
    with_loopback = PushSender(KEYS, SUBJECT, LOOPBACK, timeout=(2.0, 2.0))
    yield with_loopback
    with_loopback.close()
