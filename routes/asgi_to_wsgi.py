"""Flask behind an ASGI server: a request is read to its end, answered in a thread, and sent in one piece.

PEP 3333 on one side, the ASGI specification (HTTP, version 2) on the other. A thread is taken only for a
request that has come in whole: a slow phone holds none.
"""

import asyncio
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from starlette.types import Receive, Scope, Send

IN_MEMORY = 1024 * 1024  # bytes; more of a body is kept in a file
Headers = list[tuple[str, str]]


class Disconnected(Exception):
    """The client went away before its request was whole."""


class InThreads:
    """A WSGI application as an ASGI one. `most_bytes`: a longer body is not read on; the application is told
    its length, or that it is longer, and refuses it."""

    def __init__(self, app: Any, threads: int, most_bytes: int) -> None:
        self.app, self.most_bytes = app, most_bytes
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix="request")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with SpooledTemporaryFile(IN_MEMORY) as body:
            try:
                length = await self._read(receive, body)
            except Disconnected:
                return
            environ = _environ(scope, body, length)
            loop = asyncio.get_running_loop()
            status, headers, content = await loop.run_in_executor(self.threads, _answer, self.app, environ)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": content})

    async def _read(self, receive: Receive, body: IO[bytes]) -> int:
        length = 0
        while length <= self.most_bytes:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise Disconnected
            chunk = message.get("body", b"")
            length += len(chunk)
            body.write(chunk)
            if not message.get("more_body"):
                break
        body.seek(0)
        return length


def _answer(app: Any, environ: dict[str, Any]) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    began: list[tuple[str, Headers]] = []

    def start_response(status: str, headers: Headers, fault: Any = None) -> Any:
        began.append((status, headers))

    parts: Iterable[bytes] = app(environ, start_response)
    try:
        content = b"".join(parts)
    finally:
        if close := getattr(parts, "close", None):
            close()
    status, headers = began[-1]
    return int(status[:3]), [(n.lower().encode("latin-1"), v.encode("latin-1")) for n, v in headers], content


def _environ(scope: Scope, body: IO[bytes], length: int) -> dict[str, Any]:
    host, port = scope.get("server") or ("localhost", 80)
    environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": (scope.get("client") or ("",))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in _headers(scope):
        environ[name] = f"{environ[name]},{value}" if name in environ else value
    environ["CONTENT_LENGTH"] = str(length)
    return environ


def _headers(scope: Scope) -> Iterable[tuple[str, str]]:
    """Names with `_` are left out: to the application they would look like a proxy's own, written with `-`."""
    for raw, value in scope["headers"]:
        if b"_" not in raw:
            name = raw.decode("latin-1").upper().replace("-", "_")
            yield name if name == "CONTENT_TYPE" else f"HTTP_{name}", value.decode("latin-1")
