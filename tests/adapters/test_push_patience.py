"""A push service that hangs keeps its own messages waiting, and nobody else's."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from enforcement.adapters import push_patience
from enforcement.adapters.push import Kind, PushSender
from enforcement.adapters.push_endpoints import Subscription
from enforcement.domain.breaker import FAULTS_IN_A_ROW, REST

from .push_scenes import KEYS, LOOPBACK, MESSAGE, NOW, SUBJECT
from .push_service import PushService

THREADS = 8


@pytest.fixture
def hanging() -> Iterator[PushService]:
    with PushService() as service:
        service.hang(60)
        yield service


@pytest.fixture
def impatient() -> Iterator[PushSender]:
    sender = PushSender(KEYS, SUBJECT, LOOPBACK, threads=THREADS, timeout=(1.0, 0.2))
    yield sender
    sender.close()


def given_up(sender: PushSender, service: PushService, times: int = FAULTS_IN_A_ROW) -> None:
    for _ in range(times):
        assert sender.send(service.subscribe(), MESSAGE, NOW).kind is Kind.RETRY


def test_who_does_not_answer_several_times_is_let_alone(hanging: PushService, impatient: PushSender):
    given_up(impatient, hanging)
    result = impatient.send(hanging.subscribe(), MESSAGE, NOW)
    assert (result.kind, result.retry_after, result.status) == (Kind.RETRY, None, None)
    assert hanging.requests == FAULTS_IN_A_ROW


def test_other_services_get_their_messages_meanwhile(
    hanging: PushService, impatient: PushSender, service: PushService
):
    given_up(impatient, hanging)
    assert impatient.send(service.subscribe(), MESSAGE, NOW).kind is Kind.ACCEPTED


def test_who_answers_again_after_a_rest_gets_everything(hanging: PushService, impatient: PushSender):
    given_up(impatient, hanging)
    hanging.answer(201)
    rested = NOW + REST
    assert [impatient.send(hanging.subscribe(), MESSAGE, rested).kind for _ in range(3)] == [
        Kind.ACCEPTED
    ] * 3


def test_after_a_rest_one_message_tries_it_out(hanging: PushService, impatient: PushSender):
    given_up(impatient, hanging)
    rested = NOW + REST
    given_up(impatient, hanging, times=4)
    assert hanging.requests == FAULTS_IN_A_ROW
    for _ in range(3):
        impatient.send(hanging.subscribe(), MESSAGE, rested)
    assert hanging.requests == FAULTS_IN_A_ROW + 1
    assert impatient.send(hanging.subscribe(), MESSAGE, rested + timedelta(seconds=1)).kind is Kind.RETRY


def test_an_answer_of_any_kind_is_an_answer(service: PushService, impatient: PushSender):
    service.answer(503)
    given_up(impatient, service, times=5)
    service.answer(201)
    assert impatient.send(service.subscribe(), MESSAGE, NOW).kind is Kind.ACCEPTED


def test_a_bad_subscription_is_not_held_against_its_service(service: PushService, impatient: PushSender):
    good = service.subscribe()
    bad = Subscription(good.endpoint, "not a key", good.auth)
    for _ in range(5):
        assert impatient.send(bad, MESSAGE, NOW).kind is Kind.REFUSED_ENDPOINT
    assert impatient.send(good, MESSAGE, NOW).kind is Kind.ACCEPTED


def test_half_of_the_senders_wait_for_a_slow_service_at_the_most(
    hanging: PushService, service: PushService, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(push_patience, "SLOW_SECONDS", 0.0)
    sender = PushSender(KEYS, SUBJECT, LOOPBACK, threads=THREADS, timeout=(1.0, 5.0))
    slow = [hanging.subscribe() for _ in range(THREADS * 3)]
    with ThreadPoolExecutor(len(slow)) as pool:
        waiting = [pool.submit(sender.send, subscription, MESSAGE, NOW) for subscription in slow]
        assert sender.send(service.subscribe(), MESSAGE, NOW).kind is Kind.ACCEPTED
        results = [each.result() for each in waiting]
    sender.close()
    assert {result.kind for result in results} == {Kind.RETRY}
    assert hanging.requests == THREADS // 2
