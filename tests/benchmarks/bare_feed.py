"""A bare application that holds server-sent events and tells all of them on a signal: what `feed` is set against."""

import asyncio
import signal
from collections.abc import AsyncIterator

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Route

RING = signal.SIGUSR1
QUEUES: set[asyncio.Queue[str]] = set()


async def events(request: Request) -> StreamingResponse:
    return StreamingResponse(_stream(), media_type="text/event-stream")


async def _stream() -> AsyncIterator[str]:
    if not QUEUES:
        asyncio.get_running_loop().add_signal_handler(RING, _tell)
    queue: asyncio.Queue[str] = asyncio.Queue()
    QUEUES.add(queue)
    yield "event: hello\ndata: {}\n\n"
    while True:
        yield await queue.get()


def _tell() -> None:
    for queue in QUEUES:
        queue.put_nowait("event: change\ndata: {}\n\n")


app = Starlette(routes=[Route("/", events)])
