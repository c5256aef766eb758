"""The API as it describes itself, for schemathesis: where it is served, by whom it is called, what is a fault."""

import os
from collections.abc import Iterator
from contextvars import Context
from functools import partial
from typing import Any

import schemathesis
from flask import Flask
from schemathesis import BaseSchema
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from enforcement.adapters.tables import db

from ..builders import Caller, address_of_its_own

SEED = int(os.environ.get("SEED", "20260629"))
THOROUGH = int(os.environ.get("THOROUGH", "1"))
FEED = "/api/v1/live"  # served by asgi.py, not by Flask
# The guards have tests of their own; the rules of the trade refuse more than a schema can say.
NOT_HERE = [ignored_auth, positive_data_acceptance]
ITEM_BY_ITEM = {"POST /api/v1/readings"}  # answered by 200, with what was refused


def described(app: Flask, **config: Any) -> BaseSchema:
    """The API by its description."""
    made = schemathesis.Config.from_dict({"generation": {"with-security-parameters": False}, **config})
    return schemathesis.openapi.from_wsgi("/api/openapi.json", partial(served, app), config=made)


def served(app: Flask, environ: dict[str, Any], start_response: Any) -> Any:
    """The application, each request in a context and from an address of its own."""
    db.session.remove()
    environ["REMOTE_ADDR"] = address_of_its_own()
    environ.pop("HTTP_ACCEPT_ENCODING", None)  # what is compressed nobody here unpacks
    return Context().run(app, environ, start_response)


def credentials(caller: Caller) -> dict[str, Any]:
    """What the caller sends with every request."""
    cookie = caller.client.get_cookie("openpatrol")
    return {"headers": caller.headers, "cookies": {"openpatrol": cookie.value} if cookie else {}}


def faults(group: BaseException) -> Iterator[BaseException]:
    if isinstance(group, BaseExceptionGroup):
        for each in group.exceptions:
            yield from faults(each)
    else:
        yield group
