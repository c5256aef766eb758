"""The web app's files: pages, what they share, and the browser libraries that npm installed."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Response, abort, redirect

from . import shell
from .auth import open_to_all
from .files import file_in, packed
from .headers import DOCS

blueprint = Blueprint("pages", __name__)

ROOT, STATIC, VENDOR = shell.ROOT, shell.STATIC, shell.VENDOR
FOLDERS = ("patrol", "desk", "board", "shared", "password", "docs")
LIBRARIES = ("@fluent/bundle/", "chart.js/", "idb/", "leaflet/", "swagger-ui-dist/")


@blueprint.get("/")
@open_to_all
def home() -> Response:
    """Officers are the many."""
    return redirect("/patrol/")  # type: ignore[return-value]


@blueprint.get("/patrol/")
@open_to_all
def app_page() -> Response:
    """The officers' app, with all that it needs named in it; asked for anew as any other file."""
    return packed(shell.shell().page, "text/html")


@blueprint.get("/<any(patrol, desk, board, shared, password):folder>/", defaults={"path": "index.html"})
@blueprint.get("/<any(patrol, desk, board, shared, password):folder>/<path:path>")
@open_to_all
def page(folder: str, path: str) -> Response:
    """A file of the web app, always asked for anew and answered by 304 where it is the same."""
    return file_in(STATIC / folder, path)


@blueprint.get("/sw.js")
@open_to_all
def service_worker() -> Response:
    """From the root, so that it may serve every page; never cached by itself."""
    response = packed(shell.worker().encode(), "text/javascript")
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/api/docs")
@open_to_all
def api_docs() -> Response:
    """The API, to read and to try."""
    response = file_in(STATIC / "docs", "index.html")
    response.headers["Content-Security-Policy"] = DOCS
    return response


@blueprint.get("/api/docs.js")
@open_to_all
def api_docs_script() -> Response:
    return file_in(STATIC / "docs", "docs.js")


@blueprint.get("/vendor/<path:path>")
@open_to_all
def vendor(path: str) -> Response:
    """A browser library, as npm installed it."""
    if not path.startswith(LIBRARIES):
        abort(404)
    response = file_in(VENDOR, path)
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


def version_of(*folders: str) -> str:
    """What a page is made of, as 16 hex digits: others when any file in one of these folders is another."""
    files = sorted(path for folder in folders for path in (STATIC / folder).rglob("*") if path.is_file())
    return _version(tuple((path, path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=8)
def _version(marks: tuple[tuple[Path, int], ...]) -> str:
    whole = sha256()
    for path, _ in marks:
        whole.update(path.relative_to(STATIC).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()[:16]
