"""The connections that go out: to vetted addresses only.

The address behind a name is looked up, vetted and dialled in one step as a connection opens:
a name that changes its address in between (DNS rebinding) gains nothing, and certificates are still
checked against the name. No redirect is followed, and no proxy of the environment is used, for then the
proxy would do the looking up.
"""

import contextlib
import logging
import socket
from http.cookiejar import DefaultCookiePolicy
from typing import ClassVar, Protocol
from weakref import WeakSet

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

MOST_ADDRESSES = 4  # tried in turn when a name has many, so that an outage can't hold a thread for minutes

# It logs whole addresses, in which there are plates and the secrets of push subscriptions.
logging.getLogger("urllib3").setLevel(logging.ERROR)


class Vets(Protocol):
    """Who says which addresses of a host may be dialled. Raises Invalid, or OSError if it has none now."""

    def vetted(self, host: str, port: int) -> list[str]: ...


class VettedSession(requests.Session):
    """A pooled session: vetted addresses, no proxy, cookie or redirect."""

    def __init__(self, policy: Vets, threads: int) -> None:
        super().__init__()
        self.trust_env = False
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self.headers.clear()
        self.headers.update({"User-Agent": "OpenPatrol", "Accept-Encoding": "identity"})
        self._vetting = [_VettingAdapter(policy, threads) for _ in range(2)]
        for scheme, adapter in zip(("https://", "http://"), self._vetting, strict=True):
            self.mount(scheme, adapter)

    def get_redirect_target(self, resp: requests.Response) -> None:
        """None: even an unfollowed redirect would be read whole and its target parsed."""

    def hang_up(self) -> None:
        """End every open connection at once, from another thread too: what waits for it fails."""
        for adapter in self._vetting:
            for connection in list(adapter.dialled):
                with contextlib.suppress(OSError, AttributeError):  # it has just ended by itself
                    connection.sock.shutdown(socket.SHUT_RDWR)


class _VettingConnection(HTTPConnection):
    """Resolves, vets and dials in one step."""

    policy: ClassVar[Vets]
    dialled: ClassVar["WeakSet[HTTPConnection]"]

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
                opened = super()._new_conn()
            except (HTTPError, OSError) as error:
                fault = error
            else:
                self.dialled.add(self)
                return opened
        raise fault


class _VettingTlsConnection(_VettingConnection, HTTPSConnection):
    pass


class _VettingAdapter(HTTPAdapter):
    def __init__(self, policy: Vets, threads: int) -> None:
        super().__init__(pool_connections=64, pool_maxsize=threads)
        self.dialled: WeakSet[HTTPConnection] = WeakSet()
        shared = {"policy": policy, "dialled": self.dialled}
        plain = type("Connection", (_VettingConnection,), shared)
        tls = type("TlsConnection", (_VettingTlsConnection,), shared)
        self.poolmanager.pool_classes_by_scheme = {
            "http": type("Pool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("TlsPool", (HTTPSConnectionPool,), {"ConnectionCls": tls}),
        }
