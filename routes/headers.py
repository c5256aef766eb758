"""What every answer says to browsers: what may run, who may frame, and what is not to be kept."""

from flask import Flask, Response, current_app, request

YEAR = 365 * 24 * 3600

PAGES = "; ".join(
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
DOCS = PAGES + "; style-src 'self' 'unsafe-inline'"
# An answer that is no page: even if a browser took it for one, nothing in it would run.
DATA = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def always(public_url: str) -> dict[str, str]:
    """The headers of any answer; where people come by https, browsers are told never to come otherwise."""
    if not public_url.startswith("https:"):
        return ALWAYS
    return {**ALWAYS, "Strict-Transport-Security": f"max-age={YEAR}"}


def pages(tiles_origin: str | None) -> str:
    """The policy of our pages; where a council has tiles under its map, their images may come from there."""
    return PAGES.replace("img-src 'self'", f"img-src 'self' {tiles_origin}") if tiles_origin else PAGES


def is_data(path: str) -> bool:
    """Everything under /api but its reading room."""
    return path.startswith("/api/") and not path.startswith("/api/docs")


def add_headers(app: Flask) -> None:
    """To every answer of the application; the feed, which is served beside it, has its own."""

    @app.after_request
    def harden(response: Response) -> Response:
        settings = current_app.extensions["openpatrol"].settings
        response.headers.update(always(settings.public_url))
        policy = DATA if is_data(request.path) else pages(settings.tiles_origin)
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Cache-Control", "no-store")
        return response
