"""Web push: which addresses we send to, and sending, with every fault of the outside turned into a value.

An endpoint is a URL that a client chose, so it is checked when a phone subscribes and again at each
sending. The address behind its name is looked up, vetted and dialled in one step as a connection opens:
a name that changes its address in between (DNS rebinding) gains nothing, and certificates are still
checked against the name. No redirect is followed, and no proxy of the environment is used, for then the
proxy would do the looking up.
"""

import binascii
import io
import ipaddress
import json
import re
import socket
from base64 import urlsafe_b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from http.cookiejar import DefaultCookiePolicy
from typing import Any, ClassVar
from urllib.parse import urlsplit

import requests
from cryptography.hazmat.primitives.asymmetric import ec
from pywebpush import WebPusher, WebPushException
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

from enforcement.adapters.push_keys import PushKeys, Tokens
from enforcement.domain.notices import Urgency, shortened
from enforcement.domain.refusals import Invalid

PUSH_SERVICES = frozenset(
    {
        "fcm.googleapis.com",
        "jmt17.google.com",
        "updates.push.services.mozilla.com",
        "*.push.apple.com",
        "*.notify.windows.com",
    }
)
LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
LONGEST_ENDPOINT = 2048  # characters
LARGEST_PAYLOAD = 3993  # bytes that fit one 4,096-byte record (RFC 8291 §4)
LARGEST_ANSWER = 4096  # bytes of an answer that we read
LONGEST_WAIT = timedelta(days=1)
MOST_ADDRESSES = 4  # tried in turn when a name has many, so that an outage can't hold a thread for minutes

Resolve = Callable[[str, int], list[str]]


def addresses_of(host: str, port: int) -> list[str]:
    """The IP addresses of a host, as the system resolves it. Raises OSError."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@dataclass(frozen=True, slots=True)
class EndpointPolicy:
    """Where messages may go. `extra_hosts` are names like those of PUSH_SERVICES (`*.` for any below).

    `allow_loopback` is for development: http and any port, on this machine only.
    """

    extra_hosts: frozenset[str] = frozenset()
    allow_loopback: bool = False
    resolve: Resolve = addresses_of

    def is_local(self, host: str) -> bool:
        return self.allow_loopback and host in LOOPBACK_HOSTS

    def knows(self, host: str) -> bool:
        """Is the host a push service of the list, or this machine where that is allowed?"""
        above = "*." + host.partition(".")[2]
        return self.is_local(host) or bool({host, above} & (PUSH_SERVICES | self.extra_hosts))

    def vetted(self, host: str, port: int) -> list[str]:
        """The host's addresses, all fit to be sent to. Raises Invalid, or OSError if it has none now."""
        if not self.knows(host):
            raise Invalid(f"{host} is not a push service that this system sends to")
        fits = is_loopback if self.is_local(host) else is_public
        found = self.resolve(host, port)
        if not all(fits(address) for address in found):
            raise Invalid(f"{host} has an address that messages must not be sent to")
        return found


@dataclass(frozen=True, slots=True)
class Subscription:
    """A phone's address at its push service, with the keys to encrypt for it (base64url)."""

    endpoint: str
    p256dh: str
    auth: str

    @property
    def info(self) -> dict[str, Any]:
        """As a browser's `PushSubscription.toJSON()` gives it."""
        return {"endpoint": self.endpoint, "keys": {"p256dh": self.p256dh, "auth": self.auth}}


@dataclass(frozen=True, slots=True)
class Message:
    """What to send: `ttl` in seconds above 0; `topic` at most 32 characters of base64url."""

    payload: bytes | dict[str, Any]
    ttl: int
    urgency: Urgency
    topic: str

    def __post_init__(self) -> None:
        if self.ttl <= 0:
            raise ValueError("a message needs a time to live above 0: some push services refuse 0")
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,32}", self.topic):
            raise ValueError("a topic is 1 to 32 characters of base64url")
        if not self.payload:
            raise ValueError("a message without content shows nothing, which costs a subscription on iOS")

    @property
    def content(self) -> bytes:
        if isinstance(self.payload, bytes):
            return self.payload
        text = json.dumps(self.payload, ensure_ascii=False, separators=(",", ":"))
        return text.encode(errors="replace")


class Kind(StrEnum):
    """What became of a message, by what is to be done next."""

    ACCEPTED = "accepted"  # by the push service; only the phone's own receipt proves delivery
    GONE = "gone"  # delete the subscription
    MISCONFIGURED = "misconfigured"  # our header or setting is wrong: alert, delete nothing
    RENEW = "renew"  # made with another key of ours: the phone must subscribe again
    QUARANTINE = "quarantine"  # this one may be dead: rest it until the phone posts it again
    TOO_LARGE = "too_large"  # send it `shrunk`
    RETRY = "retry"  # later, not before `retry_after`, until the message's time to live is over
    REFUSED_ENDPOINT = "refused_endpoint"  # not sent: it fails our own checks


@dataclass(frozen=True, slots=True)
class PushResult:
    """`status` is None where no answer came. `detail` is for the log and holds no endpoint."""

    kind: Kind
    status: int | None = None
    retry_after: timedelta | None = None
    detail: str = ""


def is_loopback(address: str) -> bool:
    return ipaddress.ip_address(address).is_loopback


def is_public(address: str) -> bool:
    """Is it an address of the open internet? One that wraps an IPv4 address is judged by that one too."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv4Address):
        return ip.is_global and not ip.is_multicast
    wrapped = ip.ipv4_mapped or ip.sixtofour
    if ip in ipaddress.ip_network("64:ff9b::/96"):  # NAT64: the last four bytes
        wrapped = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    if wrapped is not None:
        return is_public(str(wrapped))
    return ip.is_global and not (ip.is_multicast or ip.is_site_local or ip.is_reserved)


def check_subscription(subscription: Subscription, policy: EndpointPolicy) -> None:
    """Raises Invalid if the endpoint or one of the keys can't be right."""
    check_endpoint(subscription.endpoint, policy)
    _check_keys(subscription)


def check_endpoint(url: str, policy: EndpointPolicy) -> None:
    """Raises Invalid unless `url` is one of a push service that we send to, at public addresses.

    A name that can't be resolved just now passes: a fault of our DNS must not cost an officer the
    subscription, and nothing is sent anywhere before the name has been resolved and vetted again.
    """
    host, port = _check_form(url, policy)
    try:
        policy.vetted(host, port)
    except OSError:
        return


def _check_form(url: str, policy: EndpointPolicy) -> tuple[str, int]:
    """The host and port of an endpoint, from its text alone. Raises Invalid."""
    if len(url) > LONGEST_ENDPOINT:
        raise Invalid(f"A push endpoint has at most {LONGEST_ENDPOINT} characters")
    if not re.fullmatch(r"https?://[0-9A-Za-z.:\[\]-]+/[!-\[\]-~]*", url):  # no user, space or backslash
        raise Invalid("A push endpoint is an https address, without a user name or spaces")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise Invalid("The push endpoint's host or port can't be read") from error
    if not policy.knows(host):
        raise Invalid(f"{shortened(host, 100)} is not a push service that this system sends to")
    if port is None:
        port = {"https": 443, "http": 80}[parts.scheme]
    if not policy.is_local(host) and (parts.scheme, port) != ("https", 443):
        raise Invalid("A push endpoint uses https on port 443")
    return host, port


def _check_keys(subscription: Subscription) -> None:
    point = _decoded(subscription.p256dh)
    if len(point) != 65 or point[0] != 4:
        raise Invalid("p256dh must be an uncompressed P-256 point: 65 bytes, base64url")
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError as error:
        raise Invalid("p256dh is not a point of the curve P-256") from error
    if len(_decoded(subscription.auth)) != 16:
        raise Invalid("auth must be 16 bytes, base64url")


def _decoded(text: str) -> bytes:
    """The bytes of base64url text, with or without padding; none if it is something else."""
    bare = text.rstrip("=")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,200}", bare):
        return b""
    try:
        return urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
    except binascii.Error:
        return b""


def shrunk(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The least that still shows something and opens its task: title, address, and the tag with the id."""
    full = payload["notification"]
    least = {"title": shortened(full["title"], 60), "navigate": full["navigate"], "tag": full["tag"]}
    return {"web_push": payload["web_push"], "notification": least}


class PushSender:
    """Sends messages; one for a process, shared by its threads (a pooled connection for each).

    `subject` is how a push service's people reach us: a mailto: or https: address (RFC 8292 §2.1).
    Apple answers 403 to one whose host can't be real, so such a one is refused here, in development
    excepted. `timeout` is (to connect, between bytes) in seconds.
    """

    def __init__(
        self,
        keys: PushKeys,
        subject: str,
        policy: EndpointPolicy,
        *,
        threads: int = 64,
        timeout: tuple[float, float] = (5.0, 10.0),
    ) -> None:
        _check_subject(subject, policy)
        self.session = PushSession(policy, threads)
        self._tokens, self._policy, self._timeout = Tokens(keys, subject), policy, timeout

    def send(self, subscription: Subscription, message: Message, now: datetime) -> PushResult:
        """Encrypt and send one message; never raises for what others got wrong.

        `now` is the real time, also in a simulation: push services compare our token with their clocks.
        """
        if len(message.content) > LARGEST_PAYLOAD:
            return PushResult(Kind.TOO_LARGE, detail=f"more than {LARGEST_PAYLOAD} bytes")
        try:
            _check_form(subscription.endpoint, self._policy)
            _check_keys(subscription)
            answer = self._post(subscription, message, now)
        except Invalid as refusal:
            return PushResult(Kind.REFUSED_ENDPOINT, detail=refusal.detail)
        except (WebPushException, ValueError, IndexError) as fault:  # what pywebpush stumbles over
            return PushResult(Kind.REFUSED_ENDPOINT, detail=f"can't be sent to: {type(fault).__name__}")
        except (requests.RequestException, HTTPError, OSError) as fault:  # their texts show the endpoint
            return PushResult(Kind.RETRY, detail=f"no answer: {type(fault).__name__}")
        return judged(subscription.endpoint, answer, now)

    def close(self) -> None:
        self.session.close()

    def _post(self, subscription: Subscription, message: Message, now: datetime) -> requests.Response:
        headers = {
            "Authorization": self._tokens.header(_origin(subscription.endpoint), now),
            "Urgency": message.urgency.value,
            "Topic": message.topic,
        }
        pusher = WebPusher(subscription.info, requests_session=self.session)
        answer: requests.Response = pusher.send(
            message.content, headers, ttl=message.ttl, timeout=self._timeout
        )
        return answer


def _check_subject(subject: str, policy: EndpointPolicy) -> None:
    if not (match := re.fullmatch(r"mailto:[^@\s]+@([^@\s]+)|https://([^/\s]+)(/\S*)?", subject)):
        raise ValueError("the push subject must be mailto:someone@example.org or an https address")
    host = match[1] or match[2]
    if not policy.allow_loopback and re.search(r"^[^.]*$|\.(local|localhost|invalid|test|example)$", host):
        raise ValueError(f"the push subject's host {host} can't be reached; Apple refuses such a subject")


def _origin(url: str) -> str:
    parts = urlsplit(url)
    default = {"https": ":443", "http": ":80"}[parts.scheme]
    return f"{parts.scheme}://{parts.netloc.lower().removesuffix(default)}"


KEY_MISMATCH = re.compile(  # Mozilla's words, Apple's, Google's of today and of before
    r"VAPID public key mismatch|VapidPkHashMismatch|credentials used to create the subscription"
    r"|does not correspond to the sender ID|UnauthorizedRegistration",
    re.IGNORECASE,
)


def judged(endpoint: str, answer: requests.Response, now: datetime) -> PushResult:
    """What a push service's answer means for the message and its subscription."""
    status, body = answer.status_code, answer.text
    kind = _kind(status, body, apple=(urlsplit(endpoint).hostname or "").endswith(".push.apple.com"))
    wait = retry_after(answer.headers.get("Retry-After"), now)
    return PushResult(kind, status, wait, detail=shortened(body, 300))


def _kind(status: int, body: str, *, apple: bool) -> Kind:
    if 200 <= status < 300:
        return Kind.ACCEPTED
    if status in (404, 410):
        return Kind.GONE
    if status == 413:
        return Kind.TOO_LARGE
    if status in (406, 408, 425, 429) or status >= 500:  # 406: how Windows says "too many"
        return Kind.RETRY
    if status in (400, 401, 403) and KEY_MISMATCH.search(body):
        return Kind.RENEW
    return Kind.QUARANTINE if apple and status == 403 else Kind.MISCONFIGURED


def retry_after(header: str | None, now: datetime) -> timedelta | None:
    """How long a Retry-After (seconds or an HTTP date) asks us to wait: at most a day, None if odd."""
    text = (header or "").strip()
    if re.fullmatch(r"[0-9]{1,9}", text):
        return min(timedelta(seconds=int(text)), LONGEST_WAIT)
    try:
        wait = parsedate_to_datetime(text) - now
    except (ValueError, TypeError, OverflowError):  # TypeError: a date that doesn't say its zone
        return None
    return min(max(wait, timedelta(0)), LONGEST_WAIT)


class PushSession(requests.Session):
    """The pooled session behind pywebpush: vetted addresses, short answers, no proxy, cookie or redirect."""

    def __init__(self, policy: EndpointPolicy, threads: int) -> None:
        super().__init__()
        self.trust_env = False
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self.headers.clear()
        self.headers.update({"User-Agent": "OpenPatrol", "Accept-Encoding": "identity"})
        self.mount("https://", _VettingAdapter(policy, threads))
        self.mount("http://", _VettingAdapter(policy, threads))

    def post(self, url: str | bytes, *args: Any, **kwargs: Any) -> requests.Response:
        answer = super().post(url, *args, stream=True, allow_redirects=False, **kwargs)
        answer.raw, answer.encoding = io.BytesIO(_start_of(answer)), "utf-8"
        return answer

    def get_redirect_target(self, resp: requests.Response) -> None:
        """None: even an unfollowed redirect would be read whole and its target parsed."""


def _start_of(answer: requests.Response) -> bytes:
    """The first bytes of an answer; its status counts even if the rest never comes."""
    try:
        return bytes(answer.raw.read(LARGEST_ANSWER, decode_content=False))
    except (HTTPError, OSError):
        return b""
    finally:
        answer.close()  # keeps the connection if that was all of it


class _VettingConnection(HTTPConnection):
    """Resolves, vets and dials in one step."""

    policy: ClassVar[EndpointPolicy]

    def _new_conn(self) -> socket.socket:
        name = self.host
        try:
            return self._dial(self.policy.vetted(name.strip("[]"), self.port))
        finally:
            self.host = name  # what the certificate is checked against

    def _dial(self, addresses: list[str]) -> socket.socket:
        fault: Exception = OSError("the name has no address")
        for address in addresses[:MOST_ADDRESSES]:
            self.host = address
            try:
                return super()._new_conn()
            except (HTTPError, OSError) as error:
                fault = error
        raise fault


class _VettingTlsConnection(_VettingConnection, HTTPSConnection):
    pass


class _VettingAdapter(HTTPAdapter):
    def __init__(self, policy: EndpointPolicy, threads: int) -> None:
        super().__init__(pool_connections=64, pool_maxsize=threads)
        plain = type("Connection", (_VettingConnection,), {"policy": policy})
        tls = type("TlsConnection", (_VettingTlsConnection,), {"policy": policy})
        self.poolmanager.pool_classes_by_scheme = {
            "http": type("Pool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("TlsPool", (HTTPSConnectionPool,), {"ConnectionCls": tls}),
        }
