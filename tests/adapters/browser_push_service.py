"""A push service for a real browser: senders post to it (RFC 8030, 8292), and the browser listens by WebSocket.

What is sent stays encrypted: the browser's own push client opens it. The browser's side is the protocol that Firefox
speaks with its maker's service (https://mozilla-push-service.readthedocs.io, "Push Service to User Agent").
"""

import json
import threading
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from os import urandom
from typing import Any, Self
from uuid import uuid4

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

from enforcement.adapters.push_endpoints import Subscription

from .push_service import PushService, Received, Refused, _check_headers, _vapid_claims

MOST_BYTES = 4096


@dataclass(frozen=True)
class _Channel:
    """One subscription of the browser; `key` is the applicationServerKey that it was made with."""

    id: str
    key: str | None
    line: ServerConnection


class BrowserPushService(PushService):
    """`acknowledged` has the versions of messages that the browser says it has opened."""

    def __init__(self) -> None:
        super().__init__()
        self.acknowledged: list[str] = []
        self._channels: dict[str, _Channel] = {}
        self._line = serve(self._listen, "127.0.0.1", 0)
        self._listening = threading.Thread(target=self._line.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        super().__enter__()
        self._listening.start()
        return self

    def __exit__(self, *stopped: object) -> None:
        self._line.shutdown()
        self._listening.join()
        super().__exit__(*stopped)

    @property
    def address(self) -> str:
        """Where the browser listens: its `dom.push.serverURL`."""
        return f"ws://127.0.0.1:{self._line.socket.getsockname()[1]}/"

    def forget_all(self) -> None:
        """Every endpoint answers 410 from now on."""
        self._channels.clear()

    def _open(self, path: str, headers: dict[str, str], body: bytes) -> Received:
        channel = self._channels.get(path.removeprefix("/push/"))
        if channel is None:
            raise Refused(410, "no such subscription")
        claims = _vapid_claims(headers.get("authorization", ""), self.origin, channel.key)
        _check_headers(headers)
        if len(body) > MOST_BYTES:
            raise Refused(413, "more than 4,096 bytes")
        said = {
            "messageType": "notification",
            "channelID": channel.id,
            "version": uuid4().hex,
            "headers": {"encoding": "aes128gcm"},
            "data": urlsafe_b64encode(body).rstrip(b"=").decode(),
        }
        channel.line.send(json.dumps(said))
        return Received(Subscription(self.origin + path, "", ""), b"", headers, claims, time.monotonic())

    def _listen(self, line: ServerConnection) -> None:
        try:
            for text in line:
                answer = self._answer(json.loads(text), line)
                if answer is not None:
                    line.send(json.dumps(answer))
        except ConnectionClosed:
            return

    def _answer(self, said: dict[str, Any], line: ServerConnection) -> dict[str, Any] | None:
        kind = said.get("messageType")
        if not said or kind == "ping":
            return {}
        if kind == "hello":
            uaid = said.get("uaid") or uuid4().hex
            return {
                "messageType": "hello",
                "status": 200,
                "uaid": uaid,
                "use_webpush": True,
                "broadcasts": {},
            }
        if kind == "register":
            name = urlsafe_b64encode(urandom(12)).decode()
            key = said.get("key")
            self._channels[name] = _Channel(said["channelID"], key and key.rstrip("="), line)
            endpoint = f"{self.origin}/push/{name}"
            return {
                "messageType": kind,
                "status": 200,
                "channelID": said["channelID"],
                "pushEndpoint": endpoint,
            }
        if kind == "unregister":
            self._channels = {
                name: each for name, each in self._channels.items() if each.id != said["channelID"]
            }
            return {"messageType": kind, "status": 200, "channelID": said["channelID"]}
        if kind == "ack":
            self.acknowledged += [each["version"] for each in said["updates"]]
        return None
