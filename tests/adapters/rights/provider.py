"""A provider of rights on loopback that speaks APDS, and can be slow, wrong or down.

with FakeProvider() as provider:
    provider.covers("AB12CDE", until="2026-06-29T13:20:00Z")
    provider.hang()
"""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

TOKEN = "a-token-that-nobody-may-see"


def right(plate: str | None = None, **more: Any) -> dict[str, Any]:
    """An assigned right as providers write it; `type` is that of its specification."""
    held = [{"type": "licensePlate", "identifier": {"id": plate, "className": "UKNumberPlate"}}]
    return {
        "id": "523bd4af",
        "version": 1,
        "rightHolder": {"credentials": held if plate else []},
        "rightSpecification": {"id": "0eb95b73", "version": 1, "type": more.pop("type", "oneTimeUseParking")},
        "issuanceTime": "2026-06-29 06:00:00",
        **more,
    }


class FakeProvider:
    """`asked` holds the query of every request, as names and values."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        self.rights: list[dict[str, Any]] = []
        self.page_size = 100
        self._told: dict[str, Any] = {}
        self._closing, self._was_asked = threading.Event(), threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.provider = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def covers(self, plate: str | None = None, until: str = "2026-06-29T13:20:00Z", **more: Any) -> None:
        """From now on this plate (or the place itself) has a right."""
        self.rights.append(right(plate, expiry=until, **more))

    def works(self) -> None:
        """Answer in order again."""
        self._told = {}

    def answers(self, status: int = 200, body: Any = b"", **headers: str) -> None:
        """Answer this, whatever is asked."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        self._told = {"status": status, "body": raw, "headers": headers}

    def hang(self) -> None:
        """Take questions and never answer."""
        self._told = {"hang": True}

    def drip(self) -> None:
        """Answer so slowly that no wait between two bytes is long, and that it never ends."""
        self._told = {"drip": True}

    def wait_for_a_question(self, seconds: float = 10) -> None:
        """Until somebody asks; raises TimeoutError."""
        if not self._was_asked.wait(seconds):
            raise TimeoutError("nobody asked")

    def take(self, path: str, token: str | None) -> dict[str, Any]:
        parts = urlsplit(path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.asked.append(query)
        self._was_asked.set()
        if self._told.get("hang"):
            self._closing.wait()
        if self._told or parts.path != "/v1/rights/assigned":
            return {"status": 404, "body": b"", "headers": {}, **self._told}
        if token != TOKEN:
            return {"status": 401, "body": b"{}", "headers": {}}
        return {"status": 200, "body": json.dumps(self._found(query)).encode(), "headers": {}}

    def pause(self) -> bool:
        """Between two bytes of a drip; whether it is to go on."""
        return not self._closing.wait(0.05)

    def _found(self, query: dict[str, str]) -> dict[str, Any]:
        plate = query.get("credential_id")
        held = [(each, each["rightHolder"]["credentials"]) for each in self.rights]
        found = [
            each
            for each, credentials in held
            if plate is None or any(c["identifier"]["id"] == plate for c in credentials)
        ]
        offset = int(query.get("offset", 0))
        meta = {
            "referenceInstant": 1,
            "offset": offset,
            "pageSize": self.page_size,
            "total": len(found),
        }
        return {"meta": meta, "data": found[offset : offset + self.page_size]}


class _Server(ThreadingHTTPServer):
    daemon_threads, block_on_close = True, False
    provider: FakeProvider

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that went away is its own business."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        told = self.server.provider.take(self.path, self.headers.get("X-MCC-Access-Token"))
        if told.get("drip"):
            self._drip()
            return
        self.send_response(told["status"])
        for name, value in {"Content-Length": str(len(told["body"])), **told["headers"]}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(told["body"])

    def _drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        while self.server.provider.pause():
            self.wfile.write(b" ")

    def log_message(self, *_: Any) -> None:
        pass
