"""The connections that messages go out by: to the addresses that were vetted, and no further."""

import json
import logging
import socket
import ssl
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from enforcement.adapters.push import Kind, PushSender
from enforcement.adapters.push_endpoints import EndpointPolicy, check_endpoint

from .push_scenes import FCM, KEYS, LOOPBACK, MESSAGE, NOW, SUBJECT, no_name
from .push_service import PushService


@pytest.fixture
def closed_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


# What comes back


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


def test_nothing_of_a_subscription_gets_into_the_log(sender, service, caplog, closed_port):
    phone = replace(service.subscribe(), endpoint=f"http://localhost:{closed_port}/push/secret-name")
    with caplog.at_level(logging.INFO):
        sender.send(phone, MESSAGE, NOW)
    assert "secret-name" not in caplog.text
    assert json.dumps(phone.info["keys"]) not in caplog.text


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


# Which address is dialled


def test_a_name_that_cannot_be_resolved_is_tried_again_later(service):
    lost = PushSender(KEYS, SUBJECT, EndpointPolicy(resolve=no_name))
    assert lost.send(replace(service.subscribe(), endpoint=FCM), MESSAGE, NOW).kind is Kind.RETRY
    lost.close()


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
