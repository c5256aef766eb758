"""Sending to phones: against a real push service on loopback."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from uuid import uuid4

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import ec

from enforcement.adapters.push import LARGEST_PAYLOAD, Kind, Message, PushSender, judged, retry_after, shrunk
from enforcement.adapters.push_keys import PushKeys
from enforcement.domain import notices

from .push_scenes import FCM, KEYS, LOOPBACK, MESSAGE, NOW, PUBLIC, SUBJECT
from .push_service import PushService


def answered(status, body="", **headers):
    """An answer as a push service gives it, by its words alone."""
    answer = requests.Response()
    answer.status_code, answer.encoding = status, "utf-8"
    answer._content = body.encode()
    answer.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    return answer


# What the phone gets


def test_a_phone_gets_what_was_written_and_nobody_else_can_read_it(sender, service):
    task = uuid4()
    notice = notices.task_offered(task, "Judd Street", "14", 47, None, 240)
    content = notices.payload(notice, badge=3)
    message = Message(content, int(notice.ttl.total_seconds()), notice.urgency, notice.topic)
    subscription = service.subscribe(key=KEYS.public)
    assert sender.send(subscription, message, NOW).kind is Kind.ACCEPTED
    [received] = service.wait_for(1)
    assert received.subscription == subscription
    assert received.json == content
    assert received.headers["ttl"] == "60"
    assert received.headers["urgency"] == "high"
    assert received.headers["topic"] == notice.topic
    assert received.claims["sub"] == SUBJECT


def test_letters_arrive_as_they_were_written(sender, service):
    sender.send(service.subscribe(), replace(MESSAGE, payload={"title": "Rue de l’Église 🅿"}), NOW)
    assert service.wait_for(1)[0].json == {"title": "Rue de l’Église 🅿"}


def test_bytes_are_sent_as_they_are(sender, service):
    sender.send(service.subscribe(), replace(MESSAGE, payload=b"\x00\xff"), NOW)
    assert service.wait_for(1)[0].content == b"\x00\xff"


@pytest.mark.parametrize(
    "wrong", [{"ttl": 0}, {"topic": "x" * 33}, {"topic": "a b"}, {"topic": ""}, {"payload": b""}]
)
def test_a_message_that_push_services_would_refuse_is_not_made(wrong):
    with pytest.raises(ValueError, match=r"time to live|topic|content"):
        replace(MESSAGE, **wrong)


def test_the_largest_payload_goes_through_and_one_byte_more_is_never_sent(sender, service):
    phone, before = service.subscribe(), service.requests
    assert sender.send(phone, replace(MESSAGE, payload=b"x" * LARGEST_PAYLOAD), NOW).kind is Kind.ACCEPTED
    assert (
        sender.send(phone, replace(MESSAGE, payload=b"x" * (LARGEST_PAYLOAD + 1)), NOW).kind is Kind.TOO_LARGE
    )
    assert service.requests == before + 1


def test_a_message_that_was_too_large_is_shrunk_to_its_title_and_its_task():
    task = uuid4()
    full = notices.payload(notices.task_withdrawn(task, "Judd Street", "14"), 1, "https://patrol.example.org")
    assert shrunk(full) == {
        "web_push": 8030,
        "notification": {
            "title": "The car has left",
            "navigate": f"https://patrol.example.org/patrol/?task={task}",
            "tag": f"task-{task}",
        },
    }


# Who we say we are


def test_each_push_service_gets_a_token_of_its_own(sender, service):
    with PushService() as other:
        for _ in range(2):
            assert sender.send(service.subscribe(), MESSAGE, NOW).kind is Kind.ACCEPTED
            assert sender.send(other.subscribe(), MESSAGE, NOW).kind is Kind.ACCEPTED
        assert {m.claims["aud"] for m in other.received} == {other.origin}
    assert {m.claims["aud"] for m in service.received} == {service.origin}


def test_a_token_is_used_again_for_hours_and_renewed_before_it_ends(sender, service):
    phone = service.subscribe()
    for hours in (0, 10.9, 11, 11.5):
        assert sender.send(phone, MESSAGE, NOW + timedelta(hours=hours)).kind is Kind.ACCEPTED
    first, still, renewed, again = (m.headers["authorization"] for m in service.received)
    assert first == still != renewed == again


def test_a_token_is_renewed_when_the_clock_was_set_back(sender, service):
    phone = service.subscribe()
    for hours in (5, 0):
        sender.send(phone, MESSAGE, NOW + timedelta(hours=hours))
    assert [m.claims["exp"] for m in service.received] == [
        int((NOW + timedelta(hours=h)).timestamp()) for h in (17, 12)
    ]


def test_a_token_out_of_date_is_our_fault_and_costs_no_subscription(sender, service):
    result = sender.send(service.subscribe(), MESSAGE, NOW - timedelta(days=2))
    assert (result.kind, result.status) == (Kind.MISCONFIGURED, 403)


def test_a_subscription_made_with_another_key_must_be_renewed(sender, service):
    other = PushKeys(ec.generate_private_key(ec.SECP256R1())).public
    assert sender.send(service.subscribe(key=other), MESSAGE, NOW).kind is Kind.RENEW


@pytest.mark.parametrize(
    "subject", ["", "patrol@example.org", "mailto:patrol", "mailto:a@b c.org", "http://a.org"]
)
def test_a_subject_that_names_nobody_is_refused_at_the_start(subject):
    with pytest.raises(ValueError, match="subject"):
        PushSender(KEYS, subject, LOOPBACK)


def test_a_subject_that_apple_refuses_is_refused_outside_development():
    for subject in ("mailto:a@localhost", "mailto:a@patrol.local", "https://patrol.invalid/contact"):
        with pytest.raises(ValueError, match="Apple"):
            PushSender(KEYS, subject, PUBLIC)
    PushSender(KEYS, "mailto:a@localhost", LOOPBACK).close()
    PushSender(KEYS, "https://openpatrol.org.uk/contact", PUBLIC).close()


# What push services answer


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (200, Kind.ACCEPTED),
        (201, Kind.ACCEPTED),
        (202, Kind.ACCEPTED),
        (307, Kind.MISCONFIGURED),
        (400, Kind.MISCONFIGURED),
        (401, Kind.MISCONFIGURED),
        (403, Kind.MISCONFIGURED),
        (404, Kind.GONE),
        (405, Kind.MISCONFIGURED),
        (406, Kind.RETRY),
        (408, Kind.RETRY),
        (410, Kind.GONE),
        (413, Kind.TOO_LARGE),
        (429, Kind.RETRY),
        (500, Kind.RETRY),
        (503, Kind.RETRY),
    ],
)
def test_each_status_says_what_to_do(sender, service, status, kind):
    service.answer(status, body="because")
    result = sender.send(service.subscribe(), MESSAGE, NOW)
    assert (result.kind, result.status, result.detail) == (kind, status, "because")


def test_a_phone_that_unsubscribed_is_gone(sender, service):
    phone = service.subscribe()
    service.forget(phone)
    assert sender.send(phone, MESSAGE, NOW).kind is Kind.GONE


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (401, '{"code":401,"errno":109,"error":"Unauthorized","message":"VAPID public key mismatch"}'),
        (400, '{"reason":"VapidPkHashMismatch"}'),
        (
            403,
            "the VAPID credentials do not correspond to the credentials used to create the subscriptions.",
        ),
        (403, "the key in the authorization header does not correspond to the sender ID used to subscribe"),
        (400, "<HTML><TITLE>UnauthorizedRegistration</TITLE></HTML>"),
    ],
)
def test_each_push_service_has_its_own_words_for_another_key(status, body):
    assert judged("https://web.push.apple.com/x", answered(status, body), NOW).kind is Kind.RENEW


def test_one_dead_phone_at_apple_is_rested_and_not_taken_for_our_fault():
    forbidden = answered(403, '{"reason":"BadJwtToken"}')
    assert judged("https://web.push.apple.com/x", forbidden, NOW).kind is Kind.QUARANTINE
    assert judged(FCM, forbidden, NOW).kind is Kind.MISCONFIGURED


def test_a_busy_push_service_says_how_long_to_wait(sender, service):
    service.answer(429, Retry_After="120")
    assert sender.send(service.subscribe(), MESSAGE, NOW).retry_after == timedelta(minutes=2)


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        (None, None),
        ("", None),
        ("0", timedelta(0)),
        (" 30 ", timedelta(seconds=30)),
        (format_datetime(datetime(2026, 6, 3, 10, 5, tzinfo=UTC), usegmt=True), timedelta(minutes=5)),
        ("Wed, 03 Jun 2026 09:00:00 GMT", timedelta(0)),
        ("999999999", timedelta(days=1)),
        ("9" * 5000, None),
        ("Fri, 31 Dec 9999 23:59:59 GMT", timedelta(days=1)),
        ("Wed, 03 Jun 2026 10:05:00 -0000", None),
        ("-5", None),
        ("soon", None),
    ],
)
def test_a_wait_is_read_in_seconds_or_as_a_date(header, wait):
    assert retry_after(header, datetime(2026, 6, 3, 10, 0, tzinfo=UTC)) == wait
