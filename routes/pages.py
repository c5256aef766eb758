"""The web app's files: pages, what they share, and the browser libraries that npm installed."""

from pathlib import Path

from flask import Blueprint, Flask, Response, abort, redirect, send_from_directory

from .auth import open_to_all

blueprint = Blueprint("pages", __name__)

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "static"
VENDOR = ROOT / "node_modules"
FOLDERS = ("patrol", "desk", "shared", "password", "docs")
LIBRARIES = {"swagger-ui-dist"}

POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
# Swagger UI writes style attributes; scripts stay ours alone.
DOCS_POLICY = POLICY + "; style-src 'self' 'unsafe-inline'"


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
    response.headers["Content-Security-Policy"] = DOCS_POLICY
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


def add_headers(app: Flask) -> None:
    """What every answer says to browsers."""

    @app.after_request
    def harden(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "camera=(self), geolocation=(self), microphone=()"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        if response.mimetype in ("application/json", "application/problem+json"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response
