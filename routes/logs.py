"""Logs: constant messages, ids in fields, one JSON object a line. Never a body, a header or a query string."""

import logging
import time

import structlog
from flask import Flask, Response, g, request

log = structlog.get_logger()


def configure(level: str) -> None:
    """Set up logging for this process."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level)),
        cache_logger_on_first_use=True,
    )


def log_requests(app: Flask) -> None:
    """One line for each request that is not a mere look."""

    @app.before_request
    def begin() -> None:
        structlog.contextvars.clear_contextvars()
        g.log_began = time.perf_counter()

    @app.after_request
    def note(response: Response) -> Response:
        if request.method not in ("GET", "HEAD") or response.status_code >= 500:
            log.info(
                "request",
                method=request.method,
                route=request.url_rule.rule if request.url_rule else None,
                status=response.status_code,
                ms=round((time.perf_counter() - g.get("log_began", time.perf_counter())) * 1000, 1),
            )
        return response
