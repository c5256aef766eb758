"""How many desks and phones one process keeps in touch with, and how soon they all hear of a change."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from urllib.parse import urlsplit

import psutil
from uuid_utils.compat import uuid7

from enforcement import journal, people
from enforcement.config import Clock
from enforcement.simulation.stack import OUR_WEB, ROOT, Stack, free_port

from .bare_feed import RING
from .harness import Figure, Figures, Tell, at_most, case
from .town import Town, town

AT_ONCE = 50  # clients that connect at the same time
WITHIN = 120.0  # seconds
EMAIL, PASSWORD = "sunita@bench.example", "only within a benchmark"
MEGABYTE = 1e6
HELLO, CHANGE = b"event: hello", b"event: change"


@case("live-clients", "live-clients-event", tiny={"clients": 5, "durable": False})
def live_clients(tell: Tell, clients: int = 2000, durable: bool = True) -> Figures:
    """All the memory of the process that serves them, our whole application included, and the seconds until the
    last of them has an event. The limit: an application on the same server that only holds such streams."""
    with Stack(durable=durable) as stack, town(stack) as place:
        cookie = _signed_in(place)
        stack.serve(Clock())
        tell(f"{clients} clients of the live feed")
        pid = stack.pid("web-1")
        ours = asyncio.run(_hold(f"{stack.url}/api/v1/live", cookie, clients, pid, partial(_change, place)))
    with _bare_server() as (url, pid):
        tell(f"{clients} clients of a bare one")
        bare = asyncio.run(_hold(url, "", clients, pid, lambda: os.kill(_serving(pid).pid, RING)))
    yield Figure("live-clients", ours[0], "MB", bare[0], at_most(150))
    yield Figure("live-clients-event", ours[1], "s", bare[1], at_most(1.0))


def _signed_in(place: Town) -> str:
    now = datetime.now(UTC)
    with place.session() as session:
        people.create_person(session, EMAIL, "Sunita", "supervisor", PASSWORD, "bench", now)
    with place.session() as session:
        return f"openpatrol={people.sign_in(session, EMAIL, PASSWORD, 'bench', now)[1]}"


def _change(place: Town) -> None:
    """Something happened; the bell rings after the commit, as workers ring it."""
    with place.session() as session:
        journal.record(session, "bay.known", uuid7(), at=datetime.now(UTC))
    with place.engine.begin() as connection:
        journal.ring(connection)


async def _hold(
    url: str, cookie: str, clients: int, pid: int | None, ring: Callable[[], None]
) -> tuple[float, float]:
    """Megabytes with so many clients, and seconds until the last one heard."""
    gate = asyncio.Semaphore(AT_ONCE)
    async with asyncio.timeout(WITHIN):
        streams = await asyncio.gather(*(_connect(url, cookie, gate) for _ in range(clients)))
        memory = _serving(pid).memory_info().rss / MEGABYTE
        heard = [asyncio.create_task(_until(reader, CHANGE)) for reader, _ in streams]
        began = time.monotonic()
        await asyncio.to_thread(ring)
        await asyncio.gather(*heard)
        seconds = time.monotonic() - began
    for _, writer in streams:
        writer.close()
    return memory, seconds


async def _connect(
    url: str, cookie: str, gate: asyncio.Semaphore
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    parts = urlsplit(url)
    async with gate:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        writer.write(
            f"GET {parts.path or '/'} HTTP/1.1\r\nHost: {parts.netloc}\r\nCookie: {cookie}\r\n\r\n".encode()
        )
        await _until(reader, HELLO)
    return reader, writer


async def _until(reader: asyncio.StreamReader, event: bytes) -> None:
    while line := await reader.readline():
        if line.startswith(event):
            return
    raise ConnectionError("the stream ended")


def _serving(pid: int | None) -> psutil.Process:
    """Of granian's processes the one that serves."""
    return max(psutil.Process(pid).children(), key=lambda child: child.memory_info().rss)


@contextmanager
def _bare_server() -> Iterator[tuple[str, int]]:
    port = free_port()
    command = [
        sys.executable,
        *OUR_WEB,
        "--port",
        str(port),
        "--log-level",
        "critical",
        f"{__package__}.bare_feed:app",
    ]
    child = subprocess.Popen(command, cwd=ROOT)
    try:
        asyncio.run(_listening(port))
        yield f"http://127.0.0.1:{port}/", child.pid
    finally:
        child.terminate()
        try:
            child.wait(15)
        except subprocess.TimeoutExpired:
            child.kill()
            raise


async def _listening(port: int) -> None:
    async with asyncio.timeout(WITHIN):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                return writer.close()
