"""A routing service on loopback that answers in the shapes of OSRM and Valhalla: walks are straight, × 2, at 1 m/s.

It can be told to answer something else, slowly, in drips, or too much.
"""

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

import numpy as np

from enforcement.adapters.travel import StraightLine

Place = tuple[float, float]
Change = Callable[[dict[str, Any]], Any]
TWICE = StraightLine(factor=2.0)


class RoutingServer:
    """`asked` has the sources and targets of each request; `no_way` is a place that nobody can walk to."""

    def __init__(self) -> None:
        self.asked: list[tuple[list[Place], list[Place]]] = []
        self.status, self.headers = 200, {}
        self.change: Change | None = None
        self.pad = b""
        self.drip = False
        self.no_way: Place | None = None
        self.speed = 1.0
        self.released = threading.Event()
        self.released.set()
        self._server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"service": self}))
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def hold(self) -> None:
        """Answer nobody until `released` is set."""
        self.released.clear()

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()

    def walks(self, sources: list[Place], targets: list[Place]) -> tuple[np.ndarray, np.ndarray]:
        self.asked.append((sources, targets))
        metres = TWICE.metres(np.array(sources), np.array(targets))
        return metres / self.speed, metres

    def cell(self, target: Place, amount: float, digits: int) -> float | None:
        return None if target == self.no_way else round(float(amount), digits)


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Whoever asked has hung up; a request that is not in order shows by its missing answer."""


class _Handler(BaseHTTPRequestHandler):
    service: RoutingServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        *_, service, version, profile, written = url.path.split("/")
        assert (service, version, profile) == ("table", "v1", "foot"), self.path
        query = {name: value[0] for name, value in parse_qs(url.query, separator="&").items()}
        assert set(query.pop("annotations").split(",")) == {"duration", "distance"}
        places = [tuple(map(float, place.split(","))) for place in written.split(";")]
        assert len(places) <= 100, "TooBig"
        sources, targets = (
            [places[int(i)] for i in query[name].split(";")] for name in ("sources", "destinations")
        )
        seconds, metres = self.service.walks(sources, targets)
        self._answer(
            {
                "code": "Ok",
                "durations": self._rows(seconds, targets, 1),
                "distances": self._rows(metres, targets, 1),
                "sources": [
                    {"hint": "", "distance": 4.2, "name": "Rue", "location": place} for place in sources
                ],
                "destinations": [
                    {"hint": "", "distance": 1.0, "name": "", "location": place} for place in targets
                ],
            }
        )

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert urlsplit(self.path).path.endswith("/sources_to_targets")
        assert (asked["costing"], asked["units"]) == ("pedestrian", "kilometers")
        sources, targets = (
            [(each["lon"], each["lat"]) for each in asked[name]] for name in ("sources", "targets")
        )
        assert len(sources) * len(targets) <= 2500
        seconds, metres = self.service.walks(sources, targets)
        seconds, km = self._rows(seconds, targets, 0), self._rows(metres / 1000, targets, 3)
        rows = [
            [
                {"from_index": i, "to_index": j, "time": seconds[i][j], "distance": km[i][j]}
                for j in range(len(targets))
            ]
            for i in range(len(sources))
        ]
        self._answer(
            {
                "sources_to_targets": rows,
                "units": "kilometers",
                "sources": [],
                "targets": [],
                "algorithm": "timedistancematrix",
            }
        )

    def _rows(self, table: np.ndarray, targets: list[Place], digits: int) -> list[list[float | None]]:
        return [
            [self.service.cell(*each, digits) for each in zip(targets, row, strict=True)] for row in table
        ]

    def _answer(self, told: Any) -> None:
        service = self.service
        service.released.wait(30)
        if service.change:
            told = service.change(told)
        body = (told if isinstance(told, bytes) else json.dumps(told).encode()) + service.pad
        try:
            self.send_response(service.status)
            for name, value in service.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if service.drip:
                for byte in body:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    threading.Event().wait(0.05)
            else:
                self.wfile.write(body)
        except OSError:
            self.close_connection = True  # it was given up

    def log_message(self, *_: object) -> None:
        """Quietly."""
