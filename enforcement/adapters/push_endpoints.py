"""Which addresses we send to: an endpoint is a URL that a client chose.

It is checked when a phone subscribes and again at each sending.
"""

import binascii
import ipaddress
import re
import socket
from base64 import urlsafe_b64decode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec

from ..domain.notices import shortened
from ..domain.refusals import Invalid

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
    check_keys(subscription)


def check_endpoint(url: str, policy: EndpointPolicy) -> None:
    """Raises Invalid unless `url` is one of a push service that we send to, at public addresses.

    A name that can't be resolved just now passes: a fault of our DNS must not cost an officer the
    subscription, and nothing is sent anywhere before the name has been resolved and vetted again.
    """
    host, port = check_form(url, policy)
    try:
        policy.vetted(host, port)
    except OSError:
        return


def check_form(url: str, policy: EndpointPolicy) -> tuple[str, int]:
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


def check_keys(subscription: Subscription) -> None:
    """Raises Invalid unless the keys are such as a browser makes."""
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
