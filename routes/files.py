"""A file of the web app as it goes out: in as few bytes as the browser can read, known again by its content."""

import gzip
import mimetypes
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import brotli
from flask import Response, abort, request
from werkzeug.security import safe_join

mimetypes.add_type("text/plain", ".ftl")  # the catalogues of words

TEXTS = ("text/", "application/manifest+json", "image/svg+xml")
WORTH_IT = 256  # bytes
AT_LENGTH = 256 * 1024  # bytes; brotli's best takes seconds for more


def file_in(folder: Path, path: str) -> Response:
    """A file of this folder; 404 where there is none."""
    found = safe_join(str(folder), path)
    if found is None or not Path(found).is_file():
        abort(404)
    kind, _ = mimetypes.guess_type(found)
    return packed(Path(found).read_bytes(), kind or "application/octet-stream")


def packed(content: bytes, kind: str) -> Response:
    """This content, packed once for all who ask for it; 304 for who has it. Asked for anew each time, unless the
    caller says otherwise."""
    how = _packing() if kind.startswith(TEXTS) and len(content) >= WORTH_IT else None
    response = Response(PACKERS[how](content) if how else content, mimetype=kind)
    response.headers["Cache-Control"] = "no-cache"
    response.vary.add("Accept-Encoding")
    if how:
        response.headers["Content-Encoding"] = how
    response.set_etag(f"{sha256(content).hexdigest()[:16]}{how or ''}")
    response.make_conditional(request)
    return response


def _packing() -> str | None:
    return next((how for how in PACKERS if request.accept_encodings[how]), None)


@lru_cache(maxsize=512)
def _by_brotli(content: bytes) -> bytes:
    packed: bytes = brotli.compress(content, quality=11 if len(content) <= AT_LENGTH else 5)
    return packed


@lru_cache(maxsize=512)
def _by_gzip(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)


PACKERS: dict[str, Callable[[bytes], bytes]] = {"br": _by_brotli, "gzip": _by_gzip}
