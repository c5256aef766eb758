"""Logs: constant messages, ids in fields, one JSON object a line. Never a body, a header or a query string.

Nor what an exception says, for it quotes what it could not take (PostgreSQL a whole row): its kind and
the places that it came through are told.
"""

import json
import logging
import sys
import time
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import structlog
from flask import Flask, Response, g, request

log = structlog.get_logger()


def trace(fault: BaseException | None) -> list[str]:
    """What went wrong, the first cause last: kinds, PostgreSQL's codes, and places in the code."""
    return list(_trace(fault))


def _trace(fault: BaseException | None) -> Iterator[str]:
    while fault is not None:
        code = getattr(fault, "sqlstate", None)
        yield type(fault).__name__ + (f" {code}" if code else "")
        for frame in reversed(traceback.extract_tb(fault.__traceback__)):
            yield f"  {frame.filename}:{frame.lineno} {frame.name}"
        fault = fault.__cause__ or fault.__context__


class WithoutData(logging.Formatter):
    """Libraries' log records, as one JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "event": record.getMessage(),
            "logger": record.name,
            "level": record.levelname.lower(),
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(),
        }
        fault = record.exc_info[1] if record.exc_info else None
        return json.dumps(said | ({"trace": trace(fault)} if fault else {}))


def _tells_of_a_fault(record: logging.LogRecord) -> bool:
    return bool(record.exc_info) or record.levelno >= logging.WARNING


def _trace_exc_info(logger: Any, name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    fault = event.pop("exc_info", None)
    if fault is True:
        fault = sys.exc_info()[1]
    if isinstance(fault, BaseException):
        event["trace"] = trace(fault)
    return event


def configure(level: str) -> None:
    """Set up logging for this process: our own, and libraries' from their warnings on; a job's first fault too."""
    handler = logging.StreamHandler()
    handler.setFormatter(WithoutData())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    jobs = logging.getLogger("procrastinate.worker")  # warns only of a fault after which it tries no more
    jobs.setLevel(logging.INFO)
    jobs.addFilter(_tells_of_a_fault)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _trace_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level)),
        cache_logger_on_first_use=True,
    )


def log_requests(app: Flask) -> None:
    """One line for each request that is not a mere look, and one for each fault of ours."""

    def log_exception(exc_info: Any) -> None:
        log.error("fault", trace=trace(exc_info[1]))

    app.log_exception = log_exception  # type: ignore[method-assign]

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
