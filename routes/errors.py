"""One shape for every refusal: a problem document (RFC 9457)."""

from collections.abc import Iterator
from itertools import islice
from typing import Any
from uuid import UUID

import structlog
from flask import Flask, Response, json
from flask_smorest import Api
from psycopg.errors import DeadlockDetected, LockNotAvailable, QueryCanceled, UniqueViolation
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from enforcement import queries
from enforcement.domain.refusals import Conflict, Refusal

from .auth import current
from .database import session
from .schemas.base import Problem
from .schemas.tasks import TaskOut

log = structlog.get_logger()
MOST_ERRORS = 50  # pointed at in one answer
# Somebody was in the way for too long.
BUSY = (DeadlockDetected, LockNotAvailable, QueryCanceled, PoolTimeout)
TYPES = "https://openpatrol.org/problems/"


def problem(
    status: int,
    type_: str,
    title: str,
    detail: str | None,
    headers: dict[str, str] | None = None,
    **extra: Any,
) -> Response:
    """An answer of type `application/problem+json`."""
    body = {"type": TYPES + type_, "title": title, "status": status, "detail": detail, **extra}
    body = {name: value for name, value in body.items() if value is not None}
    response = Response(json.dumps(body, default=str), status, mimetype="application/problem+json")
    response.headers.update(headers or {})
    return response


class ProblemApi(Api):
    """flask-smorest, answering errors in our one shape."""

    ERROR_SCHEMA = Problem

    def handle_http_exception(self, error: HTTPException) -> Response:
        data = getattr(error, "data", None) or {}
        headers = dict(data.get("headers") or {})
        if isinstance(error, MethodNotAllowed) and error.valid_methods:
            headers["Allow"] = ", ".join(error.valid_methods)
        errors = list(islice(_pointed(data.get("messages") or data.get("errors") or {}), MOST_ERRORS))
        title = "Some values can't be used" if errors else error.name
        type_ = "invalid" if errors else error.name.lower().replace(" ", "-")
        said = "; ".join(f"{each['pointer']}: {each['detail']}".removeprefix(": ") for each in errors[:5])
        detail = data.get("message") or said or error.description
        return problem(error.code or 500, type_, title, detail, headers, errors=errors or None)


def _pointed(messages: Any, pointer: str = "") -> Iterator[dict[str, str]]:
    """marshmallow's nested messages as JSON pointers; the outermost name says where (json, query, …)."""
    if isinstance(messages, dict):
        for name, inner in messages.items():
            outer = name == "_schema" or (pointer == "" and name in ("json", "query", "path", "headers"))
            yield from _pointed(inner, pointer if outer else f"{pointer}/{name}")
    elif isinstance(messages, list):
        for inner in messages:
            yield from _pointed(inner, pointer)
    else:
        yield {"pointer": pointer, "detail": str(messages)}


def register(app: Flask) -> None:
    """Map refusals and faults to answers."""

    @app.errorhandler(Refusal)
    def refused(refusal: Refusal) -> Response:
        extra = dict(refusal.extra)
        _let_go()
        if "task_id" in extra:
            try:
                extra["task"] = _as_it_is(extra.pop("task_id"))
            except DBAPIError as fault:
                return database_fault(fault)
        headers = {"Retry-After": str(extra["retry_after"])} if "retry_after" in extra else None
        if refusal.status == 401:
            headers = {"WWW-Authenticate": "Bearer"}
        return problem(refusal.status, refusal.type, refusal.title, refusal.detail, headers, **extra)

    @app.errorhandler(IntegrityError)
    def clashed(error: IntegrityError) -> Response:
        """Two made the same thing at the same moment, each after seeing that it wasn't there."""
        if not isinstance(error.orig, UniqueViolation):
            raise error
        return refused(Conflict("Somebody did the same at this moment. Load it afresh, then try again."))

    @app.errorhandler(OperationalError)
    @app.errorhandler(InterfaceError)
    @app.errorhandler(PoolTimeout)
    def no_answer(error: Exception) -> Response:
        fault = getattr(error, "orig", None) or error
        type_, title = "database-away", "The database can't be reached"
        if isinstance(fault, BUSY):
            type_, title = "database-busy", "The database is busy"
        log.error(title, fault=type(fault).__name__)
        _let_go()
        return problem(503, type_, title, "Try again in a moment.", {"Retry-After": "5"})

    @app.errorhandler(DBAPIError)
    def database_fault(error: DBAPIError) -> Response:
        if error.connection_invalidated or isinstance(error, OperationalError):
            return no_answer(error)
        raise error

    @app.teardown_appcontext
    def leave(error: BaseException | None) -> None:
        """Before the session is closed, which would make a fault of an answer that is ready."""
        _let_go()


def _as_it_is(task_id: UUID) -> Any:
    """The task as it is now; to an officer without what is a colleague's, if it is theirs by now."""
    task = queries.task(session, task_id)
    holder = task["officer"]
    if holder and current.is_a("officer") and holder["id"] != current.person.id:
        task |= {"officer": None, "assignment": None, "missing_for_notice": []}
    return TaskOut().dump(task)


def _let_go() -> None:
    """End the transaction; under a database that went away it has ended by itself."""
    try:
        session.rollback()
    except DBAPIError:
        session.invalidate()
