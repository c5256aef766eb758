"""Which addresses messages may go to, and with which keys."""

import ipaddress
from base64 import urlsafe_b64encode
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcement.adapters.push import Kind, PushSender
from enforcement.adapters.push_endpoints import (
    EndpointPolicy,
    Subscription,
    check_endpoint,
    check_subscription,
    is_public,
)
from enforcement.domain.refusals import Invalid

from .push_scenes import FCM, KEYS, LOOPBACK, MESSAGE, NOW, PUBLIC, SUBJECT, no_name

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
    check_endpoint(FCM, EndpointPolicy(resolve=no_name))


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
    sender = PushSender(KEYS, SUBJECT, EndpointPolicy(allow_loopback=True, resolve=no_name))
    point = "BMlr1HEDCBM60yXt9JYiuj6lQmCKylBG4Pdo0zYbzq9o98AY3zGmMDzRcRwNvnBAurDzTWZ40iNcHMWaDUmlYkE"
    for phone in (Subscription(endpoint, point, "A" * 22), Subscription(endpoint, junk, junk)):
        result = sender.send(phone, replace(MESSAGE, payload=content), NOW)
        assert result.kind in (Kind.RETRY, Kind.REFUSED_ENDPOINT)
        assert result.status is None
    sender.close()
