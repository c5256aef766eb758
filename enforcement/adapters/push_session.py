"""The connections that messages go out by: to vetted addresses only.

The address behind an endpoint's name is looked up, vetted and dialled in one step as a connection opens:
a name that changes its address in between (DNS rebinding) gains nothing, and certificates are still
checked against the name. No redirect is followed, and no proxy of the environment is used, for then the
proxy would do the looking up.
"""

import io
import socket
from http.cookiejar import DefaultCookiePolicy
from typing import Any, ClassVar

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

from .push_endpoints import EndpointPolicy

LARGEST_ANSWER = 4096  # bytes of an answer that we read
MOST_ADDRESSES = 4  # tried in turn when a name has many, so that an outage can't hold a thread for minutes


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
