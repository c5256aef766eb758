"""Sending to phones: against a real push service on loopback, and to nowhere that is none."""

import ipaddress
import json
import logging
import socket
import ssl
import threading
from base64 import urlsafe_b64encode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from uuid import uuid4

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given
from hypothesis import strategies as st

from enforcement.adapters.push import (
    LARGEST_PAYLOAD,
    EndpointPolicy,
    Kind,
    Message,
    PushSender,
    Subscription,
    check_endpoint,
    check_subscription,
    is_public,
    judged,
    retry_after,
    shrunk,
)
from enforcement.adapters.push_keys import PushKeys
from enforcement.domain import notices
from enforcement.domain.notices import Urgency
from enforcement.domain.refusals import Invalid
from tests.adapters.push_service import PushService

NOW = datetime.now(UTC)  # push services compare tokens with their own clocks
KEYS = PushKeys(ec.generate_private_key(ec.SECP256R1()))
SUBJECT = "mailto:patrol@openpatrol.org.uk"
LOOPBACK = EndpointPolicy(allow_loopback=True)
PUBLIC = EndpointPolicy(resolve=lambda host, port: ["142.250.180.10"])
FCM = "https://fcm.googleapis.com/fcm/send/abc:def"
MESSAGE = Message({"notification": {"title": "Judd Street, bay 14"}}, 60, Urgency.HIGH, "task")


@pytest.fixture(scope="module")
def running():
    with PushService() as service:
        yield service


@pytest.fixture
def service(running):
    running.answer(201)
    running.received.clear()
    running.refused.clear()
    return running


@pytest.fixture
def sender():
    with_loopback = PushSender(KEYS, SUBJECT, LOOPBACK, timeout=(2.0, 2.0))
    yield with_loopback
    with_loopback.close()


@pytest.fixture
def closed_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


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


def test_a_redirect_is_never_followed(sender, service):
    with PushService() as elsewhere:
        service.redirect(elsewhere.subscribe().endpoint)
        result = sender.send(service.subscribe(), MESSAGE, NOW)
        assert (result.kind, result.status) == (Kind.MISCONFIGURED, 307)
        assert elsewhere.connections == 0


def test_a_redirect_to_nonsense_is_a_value_too(sender, service):
    service.redirect("http://[")
    assert sender.send(service.subscribe(), MESSAGE, NOW).kind is Kind.MISCONFIGURED


def test_of_a_long_answer_only_the_start_is_read(sender, service, monkeypatch):
    phone = service.subscribe()
    service.answer(500, body="x" * 50_000_000)
    result = sender.send(phone, MESSAGE, NOW)
    assert result.kind is Kind.RETRY
    assert len(result.detail) <= 300
    monkeypatch.setattr(service, "take", lambda *_: service._told)
    assert len(sender.session.post(phone.endpoint, timeout=2).content) == 4096


def test_an_answer_that_breaks_off_still_counts_by_its_status(service):
    service.answer(410, body="gone", Content_Length="999")
    impatient = PushSender(KEYS, SUBJECT, LOOPBACK, timeout=(1.0, 0.2))
    assert impatient.send(service.subscribe(), MESSAGE, NOW).kind is Kind.GONE
    impatient.close()


def test_a_push_service_that_hangs_is_left_after_the_timeout(service):
    service.hang(30)
    impatient = PushSender(KEYS, SUBJECT, LOOPBACK, timeout=(0.2, 0.2))
    result = impatient.send(service.subscribe(), MESSAGE, NOW)
    assert (result.kind, result.status) == (Kind.RETRY, None)
    impatient.close()


def test_a_push_service_that_is_down_is_tried_again_later(sender, service, closed_port):
    phone = replace(service.subscribe(), endpoint=f"http://localhost:{closed_port}/push/secret-name")
    result = sender.send(phone, MESSAGE, NOW)
    assert (result.kind, result.status) == (Kind.RETRY, None)
    assert "secret-name" not in result.detail


def test_a_proxy_of_the_environment_gets_nothing(sender, service, monkeypatch):
    with PushService() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.origin)
        monkeypatch.setenv("NO_PROXY", "")
        assert sender.send(service.subscribe(), MESSAGE, NOW).kind is Kind.ACCEPTED
        assert proxy.connections == 0


def test_a_cookie_is_not_carried_from_one_phone_to_the_next(sender, service):
    service.answer(201, Set_Cookie="who=first")
    for _ in range(2):
        sender.send(service.subscribe(), MESSAGE, NOW)
    assert all("cookie" not in m.headers for m in service.received)


# Many at once


def test_sixteen_threads_share_one_sender(sender, service):
    phones = [service.subscribe(key=KEYS.public) for _ in range(40)]
    before = service.connections
    with ThreadPoolExecutor(16) as threads:
        results = list(threads.map(lambda n: sender.send(phones[n % 40], _numbered(n), NOW), range(160)))
    assert {r.kind for r in results} == {Kind.ACCEPTED}
    sent = {(phones[n % 40].endpoint, n) for n in range(160)}
    assert {(m.subscription.endpoint, m.json["n"]) for m in service.received} == sent
    assert service.connections - before <= 16
    assert len({m.headers["authorization"] for m in service.received}) == 1


def _numbered(n):
    return replace(MESSAGE, payload={"n": n})


@pytest.mark.parametrize(("status", "body"), [(201, ""), (503, "busy"), (404, "x" * 4000)])
def test_a_connection_is_used_again_whatever_was_answered(sender, service, status, body):
    service.answer(status, body=body)
    before = service.connections
    for _ in range(3):
        sender.send(service.subscribe(), MESSAGE, NOW)
    assert service.connections == before + 1


# Where messages may go


@pytest.mark.parametrize(
    "url",
    [
        FCM,
        "https://fcm.googleapis.com:443/wp/abc",
        "https://FCM.googleapis.com/wp/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAA=",
        "https://web.push.apple.com/QGu",
        "https://wns2-par02p.notify.windows.com/w/?token=BQYAAA%3d%3d",
        "https://jmt17.google.com/fcm/send/x",
    ],
)
def test_the_push_services_of_the_browsers_are_known(url):
    check_endpoint(url, PUBLIC)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://fcm.googleapis.com/wp/abc", "https on port 443"),
        ("https://fcm.googleapis.com:8443/wp/abc", "https on port 443"),
        ("https://fcm.googleapis.com:80/wp/abc", "https on port 443"),
        ("https://fcm.googleapis.com:0/wp/abc", "https on port 443"),
        ("https://fcm.googleapis.com:99999/wp", "port can't be read"),
        ("https://me:secret@fcm.googleapis.com/wp", "user name"),
        ("https://fcm.googleapis.com@evil.org/wp", "user name"),
        ("https://evil.org\\@fcm.googleapis.com/wp", "user name"),
        ("https://evil.org#@fcm.googleapis.com/wp", "https address"),
        ("https://evil.org/fcm.googleapis.com/", "not a push service"),
        ("https://fcm.googleapis.com.evil.org/wp", "not a push service"),
        ("https://evilfcm.googleapis.com/wp", "not a push service"),
        ("https://push.apple.com/x", "not a push service"),
        ("https://evilpush.apple.com/x", "not a push service"),
        ("https://a.b.push.apple.com/x", "not a push service"),
        ("https://fcm.googleapis.com./wp", "not a push service"),
        ("https://localhost/wp", "not a push service"),
        ("https://127.0.0.1/wp", "not a push service"),
        ("https://[::1]/wp", "not a push service"),
        ("https://[::1/wp", "can't be read"),
        ("https://169.254.169.254/latest/meta-data", "not a push service"),
        ("https://fcm.googleapis.com/w p", "spaces"),
        ("https://fcm.googleapis.com/wp\n", "spaces"),
        ("https://fcm.googleapis.com\t/wp", "https address"),
        ("https://ｆcm.googleapis.com/wp", "https address"),
        ("ftp://fcm.googleapis.com/wp", "https address"),
        ("file:///etc/passwd", "https address"),
        ("//fcm.googleapis.com/wp", "https address"),
        ("", "https address"),
        ("https://fcm.googleapis.com/" + "x" * 2100, "2048"),
    ],
)
def test_any_other_address_is_refused_with_its_reason(url, reason):
    with pytest.raises(Invalid, match=reason):
        check_endpoint(url, PUBLIC)


def test_more_push_services_can_be_allowed_by_a_setting():
    policy = replace(PUBLIC, extra_hosts=frozenset({"push.council.example", "*.push.example"}))
    check_endpoint("https://push.council.example/x", policy)
    check_endpoint("https://eu.push.example/x", policy)
    with pytest.raises(Invalid, match="not a push service"):
        check_endpoint("https://push.example/x", policy)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "172.16.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "240.0.0.1",
        "198.18.0.1",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%2",
        "fc00::1",
        "fec0::1",
        "ff0e::1",
        "::ffff:10.0.0.1",
        "::7f00:1",
        "2002:7f00:1::",
        "64:ff9b::a00:1",
    ],
)
def test_a_known_name_at_an_address_that_is_not_public_is_refused(address):
    assert not is_public(address)
    with pytest.raises(Invalid, match="must not be sent to"):
        check_endpoint(FCM, EndpointPolicy(resolve=lambda host, port: ["142.250.180.10", address]))


@pytest.mark.parametrize("address", ["142.250.180.10", "2a00:1450:4009::200a", "64:ff9b::8efa:b40a"])
def test_an_address_of_the_open_internet_is_public(address):
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_judged_alike_however_it_is_wrapped(ip):
    wrapped = ipaddress.IPv6Address(int(ipaddress.IPv6Address("64:ff9b::")) + int(ip))
    assert is_public(f"::ffff:{ip}") == is_public(str(ip)) == is_public(str(wrapped))


def test_a_name_that_cannot_be_resolved_just_now_costs_no_subscription():
    check_endpoint(FCM, EndpointPolicy(resolve=_no_name))


def _no_name(host, port):
    raise socket.gaierror(-2, "Name or service not known")


def test_a_name_that_cannot_be_resolved_is_tried_again_later(service):
    lost = PushSender(KEYS, SUBJECT, EndpointPolicy(resolve=_no_name))
    assert lost.send(replace(service.subscribe(), endpoint=FCM), MESSAGE, NOW).kind is Kind.RETRY
    lost.close()


def test_loopback_is_for_development_only(sender, service):
    phone = service.subscribe()
    check_subscription(phone, LOOPBACK)
    with pytest.raises(Invalid, match="not a push service"):
        check_subscription(phone, PUBLIC)
    strict = PushSender(KEYS, SUBJECT, PUBLIC)
    before = service.connections
    assert strict.send(phone, MESSAGE, NOW).kind is Kind.REFUSED_ENDPOINT
    assert service.connections == before
    strict.close()


@pytest.mark.parametrize(
    "url",
    [
        "http://fcm.googleapis.com/wp",
        "https://fcm.googleapis.com:8443/wp",
        "https://a:b@fcm.googleapis.com/wp",
    ],
)
def test_an_endpoint_is_checked_again_at_sending_before_anything_is_looked_up(service, url):
    asked = []
    policy = EndpointPolicy(resolve=lambda host, port: asked.append(host) or ["142.250.180.10"])
    sender = PushSender(KEYS, SUBJECT, policy, timeout=(0.1, 0.1))
    result = sender.send(replace(service.subscribe(), endpoint=url), MESSAGE, NOW)
    assert (result.kind, asked) == (Kind.REFUSED_ENDPOINT, [])
    sender.close()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_in_development_any_port_of_this_machine_will_do(sender, service, host):
    phone = service.subscribe()
    phone = replace(phone, endpoint=phone.endpoint.replace("localhost", host))
    check_endpoint(phone.endpoint, LOOPBACK)
    expected = Kind.ACCEPTED if host == "localhost" else Kind.MISCONFIGURED  # the token is for another origin
    assert sender.send(phone, MESSAGE, NOW).kind is expected
    check_endpoint("http://[::1]:5000/push/x", LOOPBACK)


def test_a_name_that_turns_to_this_machine_after_the_check_reaches_nothing(service):
    answers = [["142.250.180.10"], ["127.0.0.1"]]
    rebound = EndpointPolicy(resolve=lambda host, port: answers.pop(0))
    check_endpoint(FCM, rebound)
    sender = PushSender(KEYS, SUBJECT, rebound)
    result = sender.send(replace(service.subscribe(), endpoint=FCM), MESSAGE, NOW)
    assert result.kind is Kind.REFUSED_ENDPOINT
    assert "must not be sent to" in result.detail
    assert answers == []
    sender.close()


def test_only_the_address_that_was_vetted_is_dialled(service):
    asked = []
    policy = replace(LOOPBACK, resolve=lambda host, port: asked.append((host, port)) or ["127.0.0.1"])
    sender = PushSender(KEYS, SUBJECT, policy)
    for _ in range(3):
        sender.send(service.subscribe(), MESSAGE, NOW)
    port = int(service.origin.rpartition(":")[2])
    assert asked == [("localhost", port)]  # once for the connection, which was then used again
    sender.close()


def test_a_dead_first_address_is_passed_over(service):
    sender = PushSender(
        KEYS, SUBJECT, replace(LOOPBACK, resolve=lambda host, port: ["127.0.0.2", "127.0.0.1"])
    )
    assert sender.send(service.subscribe(), MESSAGE, NOW).kind is Kind.ACCEPTED
    sender.close()


# Over TLS


def _certificate(folder, name):
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder(who, who, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(NOW - timedelta(days=1)).not_valid_after(NOW + timedelta(days=1))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    pem = folder / f"{name}.pem"
    pem.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        + builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return pem, context


@pytest.mark.parametrize(("name", "kind"), [("localhost", Kind.ACCEPTED), ("elsewhere.example", Kind.RETRY)])
def test_a_certificate_is_checked_against_the_name_and_not_the_address(sender, tmp_path, name, kind):
    pem, context = _certificate(tmp_path, name)
    sender.session.verify = str(pem)
    with PushService(tls=context) as service:
        assert sender.send(service.subscribe(), MESSAGE, NOW).kind is kind


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(sender, tmp_path):
    _, context = _certificate(tmp_path, "localhost")
    with PushService(tls=context) as service:
        result = sender.send(service.subscribe(), MESSAGE, NOW)
        assert (result.kind, result.detail) == (Kind.RETRY, "no answer: SSLError")
        assert service.received == []


# Keys


def _b64(raw):
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"p256dh": ""}, "65 bytes"),
        ({"p256dh": "A"}, "65 bytes"),
        ({"p256dh": _b64(b"\x04" + b"\x01" * 64)}, "not a point"),
        ({"p256dh": _b64(b"\x02" + b"\x01" * 32)}, "65 bytes"),
        ({"p256dh": _b64(b"\x05" + b"\x01" * 64)}, "65 bytes"),
        ({"p256dh": "é" * 87}, "65 bytes"),
        ({"p256dh": "A" * 100_000}, "65 bytes"),
        ({"auth": ""}, "16 bytes"),
        ({"auth": _b64(b"x" * 15)}, "16 bytes"),
        ({"auth": "+/+/+/+/+/+/+/+/+/+/+w"}, "16 bytes"),
    ],
)
def test_keys_that_no_browser_makes_are_refused_at_subscribing_and_at_sending(sender, service, wrong, reason):
    phone, before = replace(service.subscribe(), **wrong), service.requests
    with pytest.raises(Invalid, match=reason):
        check_subscription(phone, LOOPBACK)
    assert sender.send(phone, MESSAGE, NOW).kind is Kind.REFUSED_ENDPOINT
    assert service.requests == before


def test_keys_with_padding_are_taken(sender, service):
    phone = service.subscribe()
    padded = replace(phone, p256dh=phone.p256dh + "=", auth=phone.auth + "==")
    check_subscription(padded, LOOPBACK)
    assert sender.send(padded, MESSAGE, NOW).kind is Kind.ACCEPTED


ENDPOINTS = st.one_of(
    st.text(max_size=80),
    st.from_regex(r"https://fcm\.googleapis\.com[:/?#][!-~]{0,40}", fullmatch=True),
    st.from_regex(r"http://(localhost|\[::1\]|127\.0\.0\.1)(:[0-9]{0,6})?[/?#]?[!-~]{0,40}", fullmatch=True),
)


@given(ENDPOINTS, st.text(max_size=100), st.binary(min_size=1, max_size=50))
def test_no_subscription_however_odd_makes_sending_raise(endpoint, junk, content):
    sender = PushSender(KEYS, SUBJECT, EndpointPolicy(allow_loopback=True, resolve=_no_name))
    point = "BMlr1HEDCBM60yXt9JYiuj6lQmCKylBG4Pdo0zYbzq9o98AY3zGmMDzRcRwNvnBAurDzTWZ40iNcHMWaDUmlYkE"
    for phone in (Subscription(endpoint, point, "A" * 22), Subscription(endpoint, junk, junk)):
        result = sender.send(phone, replace(MESSAGE, payload=content), NOW)
        assert result.kind in (Kind.RETRY, Kind.REFUSED_ENDPOINT)
        assert result.status is None
    sender.close()


# The push service itself: it must notice what a careless sender does


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


def test_nothing_of_a_subscription_gets_into_the_log(sender, service, caplog, closed_port):
    phone = replace(service.subscribe(), endpoint=f"http://localhost:{closed_port}/push/secret-name")
    with caplog.at_level(logging.INFO):
        sender.send(phone, MESSAGE, NOW)
    assert "secret-name" not in caplog.text
    assert json.dumps(phone.info["keys"]) not in caplog.text
