"""Which addresses providers may have: those of the open internet, by https."""

import contextlib
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from ...domain.refusals import Invalid
from ..push_endpoints import LOOPBACK_HOSTS, Resolve, addresses_of, is_loopback, is_public

LONGEST_URL = 500  # characters


@dataclass(frozen=True, slots=True)
class ProviderAddresses:
    """`allow_loopback` is for development: http and any port, on this machine only."""

    allow_loopback: bool = False
    resolve: Resolve = addresses_of

    def is_local(self, host: str) -> bool:
        return self.allow_loopback and host in LOOPBACK_HOSTS

    def vetted(self, host: str, port: int) -> list[str]:
        """The host's addresses, all fit to be called. Raises Invalid, or OSError if it has none now."""
        fits = is_loopback if self.is_local(host) else is_public
        found = self.resolve(host, port)
        if not all(fits(address) for address in found):
            raise Invalid("The provider has an address that must not be called from here.")
        return found


def check_base_url(url: str, addresses: ProviderAddresses) -> str:
    """The address under which a provider's resources lie, without a slash at its end. Raises Invalid.

    A name that can't be resolved just now passes: it is vetted again at every call.
    """
    wanted = "Give an https address, such as https://rights.example.org/v1, without user, query or fragment."
    if len(url) > LONGEST_URL or not re.fullmatch(r"https?://[0-9A-Za-z.:\[\]-]+(/[0-9A-Za-z._~/-]*)?", url):
        raise Invalid(wanted)
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise Invalid(wanted) from None
    if not host or (parts.scheme != "https" and not addresses.is_local(host)):
        raise Invalid(wanted)
    with contextlib.suppress(OSError):
        addresses.vetted(host, port or 443)
    return url.rstrip("/")
