"""A real push service on loopback: checks what RFC 8030, 8291 and 8292 ask of a sender, and decrypts.

    with PushService() as service:
        subscription = service.subscribe()
        ...
        [message] = service.wait_for(1)
        assert message.json["notification"]["title"] == "Judd Street, bay 14"

It can be told to answer any status, to redirect, or to hang.
"""

import json
import re
import ssl
import threading
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from os import urandom
from typing import Any, Self
from urllib.parse import urlsplit

import http_ece
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid.jwt import decode

from enforcement.adapters.push_endpoints import Subscription

DAY = 24 * 60 * 60
KEY_MISMATCH = "the VAPID credentials do not match the credentials used to create the subscriptions"


@dataclass(frozen=True)
class Received:
    """One message as the phone would get it. `headers` have lower-case names; `at` is time.monotonic()."""

    subscription: Subscription
    content: bytes
    headers: dict[str, str]
    claims: dict[str, Any]
    at: float

    @property
    def json(self) -> Any:
        return json.loads(self.content)


@dataclass(frozen=True)
class _Phone:
    subscription: Subscription
    private: ec.EllipticCurvePrivateKey
    secret: bytes
    key: str | None  # the applicationServerKey it was made with; None takes any


@dataclass(frozen=True)
class _Told:
    """What to do with a request that is in order."""

    status: int = 201
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    wait: float = 0


class Refused(Exception):
    """The request breaks a rule; the service answers with `status` and says which."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class PushService:
    """`received` holds what was accepted, `refused` why the rest was not; `requests` and `connections` count.

    `tls` makes it speak https.
    """

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.received: list[Received] = []
        self.refused: list[str] = []
        self.requests = self.connections = 0
        self._phones: dict[str, _Phone] = {}
        self._told = _Told()
        self._news = threading.Condition()
        self._closing = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.service = self
        self._scheme = "https" if tls else "http"
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join()

    @property
    def origin(self) -> str:
        return f"{self._scheme}://localhost:{self._server.server_port}"

    def subscribe(self, key: str | None = None) -> Subscription:
        """A new phone's subscription; with `key` (an applicationServerKey) bound to that key."""
        private, secret = ec.generate_private_key(ec.SECP256R1()), urandom(16)
        point = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        name = _text(urandom(12))
        subscription = Subscription(f"{self.origin}/push/{name}", _text(point), _text(secret))
        self._phones[name] = _Phone(subscription, private, secret, key)
        return subscription

    def forget(self, subscription: Subscription) -> None:
        """The phone unsubscribed: its endpoint answers 410 from now on."""
        del self._phones[subscription.endpoint.rpartition("/")[2]]

    def answer(self, status: int = 201, body: str | bytes = b"", **headers: str) -> None:
        """Answer this to every request in order from now on: `answer(503, Retry_After="5")`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._told = _Told(status, named, body.encode() if isinstance(body, str) else body)

    def redirect(self, to: str) -> None:
        self.answer(307, Location=to)

    def hang(self, seconds: float) -> None:
        """Take requests but answer them only after so many seconds, or when the service closes."""
        self._told = _Told(wait=seconds)

    def wait_for(self, count: int, seconds: float = 10) -> list[Received]:
        """The messages once there are `count` of them; raises TimeoutError with what was refused."""
        with self._news:
            if not self._news.wait_for(lambda: len(self.received) >= count, seconds):
                raise TimeoutError(f"{len(self.received)} of {count} messages came; refused: {self.refused}")
        return list(self.received)

    def take(self, path: str, headers: dict[str, str], body: bytes) -> _Told:
        """Judge a request, and say what to answer."""
        told = self._told
        try:
            message = self._open(path, headers, body)
        except Refused as refusal:
            with self._news:
                self.requests += 1
                self.refused.append(str(refusal))
            return _Told(refusal.status, body=str(refusal).encode())
        with self._news:
            self.requests += 1
            if told.status < 300 and not told.wait:
                self.received.append(message)
                self._news.notify_all()
        self._closing.wait(told.wait)
        return told

    def _open(self, path: str, headers: dict[str, str], body: bytes) -> Received:
        phone = self._phones.get(path.removeprefix("/push/"))
        if phone is None:
            raise Refused(410, "no such subscription")
        claims = _vapid_claims(headers.get("authorization", ""), self.origin, phone.key)
        _check_headers(headers)
        if len(body) > 4096:
            raise Refused(413, "more than 4,096 bytes")
        return Received(phone.subscription, _decrypted(phone, body), headers, claims, time.monotonic())


def _vapid_claims(header: str, origin: str, key: str | None) -> dict[str, Any]:
    """The claims of a token that is right in every point of RFC 8292."""
    found = re.fullmatch(r"vapid t=([\w-]+\.[\w-]+\.[\w-]+), ?k=([\w-]+)", header)
    if not found:
        raise Refused(401, "no VAPID header")
    try:
        claims: dict[str, Any] = decode(found[1], found[2])
    except InvalidSignature as error:
        raise Refused(403, "the token's signature is wrong") from error
    if key is not None and found[2] != key:
        raise Refused(403, KEY_MISMATCH)
    if claims.get("aud") != origin:
        raise Refused(403, f"the token is for {claims.get('aud')}")
    if not time.time() < claims.get("exp", 0) <= time.time() + DAY:
        raise Refused(403, "the token has expired or lives more than a day")
    if urlsplit(claims.get("sub", "")).scheme not in ("mailto", "https"):
        raise Refused(403, "the token names nobody to write to")
    return claims


def _check_headers(headers: dict[str, str]) -> None:
    if not re.fullmatch(r"[1-9][0-9]{0,9}", headers.get("ttl", "")):
        raise Refused(400, "TTL must be above 0")
    if headers.get("urgency", "normal") not in ("very-low", "low", "normal", "high"):
        raise Refused(400, "no such Urgency")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,32}", headers.get("topic", "none")):
        raise Refused(400, "a Topic is at most 32 characters of base64url")
    if headers.get("content-encoding") != "aes128gcm":
        raise Refused(415, "the content must be aes128gcm")


def _decrypted(phone: _Phone, body: bytes) -> bytes:
    try:
        content: bytes = http_ece.decrypt(
            body, private_key=phone.private, auth_secret=phone.secret, version="aes128gcm"
        )
    except (http_ece.ECEException, InvalidTag, ValueError, IndexError) as error:
        raise Refused(400, "the content can't be decrypted") from error
    return content


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


class _Server(ThreadingHTTPServer):
    daemon_threads, block_on_close, request_queue_size = True, False, 256
    service: PushService

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._open: set[Any] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        self.service.connections += 1
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        for connection in list(self._open):
            self.shutdown_request(connection)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A sender that went away is its own business."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version, disable_nagle_algorithm = "HTTP/1.1", True
    server: _Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        told = self.server.service.take(self.path, headers, body)
        self.send_response(told.status)
        for name, value in {"Content-Length": str(len(told.body)), **told.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(told.body)

    def log_message(self, *_: Any) -> None:
        pass
