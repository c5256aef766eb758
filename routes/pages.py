"""The web app's files: pages, what they share, and the browser libraries that npm installed."""

from pathlib import Path

from flask import Blueprint, Response, abort, redirect, send_from_directory

from .auth import open_to_all
from .headers import DOCS

blueprint = Blueprint("pages", __name__)

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "static"
VENDOR = ROOT / "node_modules"
FOLDERS = ("patrol", "desk", "shared", "password", "docs")
LIBRARIES = {"swagger-ui-dist"}


@blueprint.get("/")
@open_to_all
def home() -> Response:
    """Officers are the many."""
    return redirect("/patrol/")  # type: ignore[return-value]


@blueprint.get("/<any(patrol, desk, shared, password):folder>/", defaults={"path": "index.html"})
@blueprint.get("/<any(patrol, desk, shared, password):folder>/<path:path>")
@open_to_all
def page(folder: str, path: str) -> Response:
    """A file of the web app, always asked for anew and answered by 304 where it is the same."""
    response = send_from_directory(STATIC / folder, path)
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/sw.js")
@open_to_all
def service_worker() -> Response:
    """From the root, so that it may serve every page; never cached by itself."""
    response = send_from_directory(STATIC / "patrol", "sw.js", mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/api/docs")
@open_to_all
def api_docs() -> Response:
    """The API, to read and to try."""
    response = send_from_directory(STATIC / "docs", "index.html")
    response.headers["Content-Security-Policy"] = DOCS
    return response


@blueprint.get("/api/docs.js")
@open_to_all
def api_docs_script() -> Response:
    return send_from_directory(STATIC / "docs", "docs.js")


@blueprint.get("/vendor/<library>/<path:path>")
@open_to_all
def vendor(library: str, path: str) -> Response:
    """A browser library, as npm installed it."""
    if library not in LIBRARIES:
        abort(404)
    response = send_from_directory(VENDOR / library, path)
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
