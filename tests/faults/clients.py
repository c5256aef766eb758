"""Clients that note what a server must never answer, whatever was killed under it."""

from ipaddress import IPv6Address
from typing import Any
from uuid import uuid4

from enforcement.simulation.client import ApiClient, ApiFault

from .history import History

AWAY = 503  # with a Retry-After: the one fault of the server's own that a client may see


class Watched(ApiClient):
    """An `ApiClient` under whose eyes a 5xx is wrong, unless it says that the database is away."""

    def __init__(self, base: str, history: History, *, key: str | None = None) -> None:
        super().__init__(base, key=key)
        self._session.headers["X-Forwarded-For"] = str(IPv6Address(0xFD00 << 112 | uuid4().int >> 16))
        self.history = history

    def _send(self, method: str, path: str, **how: Any) -> Any:
        try:
            return super()._send(method, path, **how)
        except ApiFault as fault:
            if fault.status >= 500 and fault.status != AWAY:
                self.history.fault(f"answered {fault.status}: {fault}")
            raise
