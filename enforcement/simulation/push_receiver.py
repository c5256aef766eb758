"""A push service on this machine that takes every message, notes when, and rings the phone it is for."""

import json
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from os import urandom
from threading import Event, Thread
from typing import Any, Self
from uuid import uuid4

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

LARGEST = 4096  # bytes of a message (RFC 8030 §7.2)


@dataclass(frozen=True, slots=True)
class Phone:
    """A browser that subscribed; `rang` is set when a message comes."""

    endpoint: str
    private: ec.EllipticCurvePrivateKey
    secret: bytes
    rang: Event = field(default_factory=Event)

    @property
    def subscription(self) -> dict[str, Any]:
        """As a browser's `PushSubscription.toJSON()` gives it."""
        point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"endpoint": self.endpoint, "keys": {"p256dh": _text(point), "auth": _text(self.secret)}}


@dataclass(frozen=True, slots=True)
class Pushed:
    """A message as it came; `arrived` is time.monotonic()."""

    phone: Phone
    body: bytes
    arrived: float

    def read(self) -> dict[str, Any]:
        """The message as the phone would show it."""
        content = http_ece.decrypt(
            self.body, private_key=self.phone.private, auth_secret=self.phone.secret, version="aes128gcm"
        )
        message: dict[str, Any] = json.loads(content)
        return message


class PushReceiver:
    """As a context: listening on loopback. `pushed` holds what came, in order."""

    def __init__(self) -> None:
        self.pushed: list[Pushed] = []
        self._phones: dict[str, Phone] = {}
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.receiver = self
        self._thread = Thread(target=self._server.serve_forever, args=(0.1,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def phone(self) -> Phone:
        """A new phone, with keys of its own."""
        path = f"/push/{uuid4().hex}"
        endpoint = f"http://127.0.0.1:{self._server.server_port}{path}"
        phone = self._phones[path] = Phone(endpoint, ec.generate_private_key(ec.SECP256R1()), urandom(16))
        return phone

    def take(self, path: str, body: bytes) -> int:
        """The status to answer with."""
        arrived, phone = time.monotonic(), self._phones.get(path)
        if phone is None:
            return 410
        self.pushed.append(Pushed(phone, body, arrived))
        phone.rang.set()
        return 201


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


class _Server(ThreadingHTTPServer):
    daemon_threads, block_on_close = True, False
    receiver: PushReceiver


class _Handler(BaseHTTPRequestHandler):
    protocol_version, disable_nagle_algorithm = "HTTP/1.1", True
    server: _Server

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        status = 413 if length > LARGEST else self.server.receiver.take(self.path, self.rfile.read(length))
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()
        self.close_connection = status == 413

    def log_message(self, *_: Any) -> None:
        pass
