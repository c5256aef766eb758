"""How a JSON body is read: strictly, so that what gets past here can be kept."""

from typing import Any

import flask_smorest
from flask import Request
from marshmallow import Schema
from webargs import core
from webargs.flaskparser import FlaskParser

from enforcement.adapters.sensor_networks.envelopes import document
from enforcement.domain.refusals import Refusal


class NotJson(Refusal):
    """A body of another kind than JSON."""

    status, type, title = 415, "not-json", "That is not JSON"


class JsonBodies(FlaskParser):
    """JSON objects only: no NUL, no NaN, no half characters, no nesting without end."""

    def load_json(self, req: Request, schema: Schema) -> Any:
        body = req.get_data()
        if not body:
            return core.missing
        if not req.is_json:
            raise NotJson(f"Send application/json, not {req.mimetype or 'a body without a type'}.")
        return document(body)


class Blueprint(flask_smorest.Blueprint):
    """A blueprint whose routes read their bodies so."""

    ARGUMENTS_PARSER = JsonBodies()
