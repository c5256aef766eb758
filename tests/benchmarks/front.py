"""A second door to a stack, as a phone in the street comes in: TLS, HTTP/2, compressed; and what goes through it."""

import select
import socket
import subprocess
import sys
import threading
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path

import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import NameOID

from enforcement.simulation.stack import OUR_WEB, ROOT, Stack, free_port

READY_WITHIN = 60.0  # seconds
CHUNK = 65_536


class Meter:
    """A door on loopback that passes bytes on, and counts those that come back. `down`: bytes so far."""

    def __init__(self, port: int) -> None:
        self._behind = ("127.0.0.1", port)
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        self.down, self._lock = 0, threading.Lock()
        threading.Thread(target=self._let_in, daemon=True).start()

    def close(self) -> None:
        self._door.close()

    def _let_in(self) -> None:
        with suppress(OSError):  # the door was closed
            while True:
                phone, _ = self._door.accept()
                threading.Thread(target=self._pass_on, args=(phone,), daemon=True).start()

    def _pass_on(self, phone: socket.socket) -> None:
        with suppress(OSError), phone, socket.create_connection(self._behind) as server:
            while True:
                ready, _, _ = select.select([phone, server], [], [])
                for each in ready:
                    content = each.recv(CHUNK)
                    if not content:
                        return
                    (server if each is phone else phone).sendall(content)
                    if each is server:
                        with self._lock:
                            self.down += len(content)


@dataclass(frozen=True, slots=True)
class Door:
    """`trust`: the flag by which a Chromium takes its certificate for a good one, and so caches what comes."""

    url: str
    meter: Meter
    trust: str


@contextmanager
def front(stack: Stack) -> Iterator[Door]:
    """A door to this stack, whose own web server goes on."""
    port = free_port()
    meter = Meter(port)
    key, certificate = _key(stack.folder)
    secured = ("--ssl-keyfile", str(key), "--ssl-certificate", str(certificate), "--http", "auto")
    command = [sys.executable, *OUR_WEB, "--port", str(port), *secured, "--log-level", "critical"]
    env = {**stack.env, "PORT": str(meter.port), "PUBLIC_URL": f"https://localhost:{meter.port}"}
    child = subprocess.Popen([*command, f"{__package__}.compressed:app"], cwd=ROOT, env=env)
    url = f"https://localhost:{meter.port}"
    try:
        _wait_for(url, child, certificate)
        yield Door(url, meter, f"--ignore-certificate-errors-spki-list={_fingerprint(certificate)}")
    finally:
        child.terminate()
        child.wait(15)
        meter.close()


def _wait_for(url: str, child: subprocess.Popen[bytes], certificate: Path) -> None:
    give_up_at = time.monotonic() + READY_WITHIN
    while time.monotonic() < give_up_at and child.poll() is None:
        with suppress(requests.RequestException):
            requests.get(f"{url}/healthz", verify=str(certificate), timeout=2)
            return
        time.sleep(0.1)
    raise TimeoutError("the door did not open")


def _fingerprint(certificate: Path) -> str:
    public = x509.load_pem_x509_certificate(certificate.read_bytes()).public_key()
    spki = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return b64encode(sha256(spki).digest()).decode()


def _key(folder: Path) -> tuple[Path, Path]:
    """A key and a certificate for it that nobody else vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    places = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(places, critical=False)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "front.key", folder / "front.pem"
    paths[0].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    paths[1].write_bytes(certificate.public_bytes(Encoding.PEM))
    return paths
