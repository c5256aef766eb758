"""The API's description (OpenAPI 3.1), with what flask-smorest can't see: the feed, raw bodies, who may."""

import re
from typing import Any

from flask import Flask
from flask_smorest import Api

from .links import METHODS, add_links

VERSION = "0.1.0"
FEED = "/api/v1/live"  # served beside Flask, so that it has no route to be documented by

API: dict[str, Any] = {
    "API_TITLE": "OpenPatrol",
    "API_VERSION": VERSION,
    "OPENAPI_VERSION": "3.1.0",
    "OPENAPI_URL_PREFIX": "/api",
    "OPENAPI_JSON_PATH": "openapi.json",
    "API_SPEC_OPTIONS": {
        "info": {
            "description": "How much one caller may ask for in a minute is limited, and how large a body may be "
            "(2 MB; files of an import 32 MB; 1,000 readings in a batch; 256 KiB of a photo): beyond it 413, "
            "or 429 with `Retry-After` in seconds. What was refused had no effect: send it again later.\n\n"
            "A page may name the person that it speaks for in `OpenPatrol-Person` (their id): while somebody else is "
            "signed in in this browser each request is answered by 401. Without it whoever is signed in is asked for."
        }
    },
}

PICTURES = {
    "/api/v1/sightings/{sighting_id}/photos/{sha256}": "application/octet-stream",
    "/api/v1/suspensions/{suspension_id}/sign": "image/jpeg",
}
RAW_BODIES = {
    "/api/v1/readings": ("application/json", {"$ref": "#/components/schemas/ReadingBatch"}),
    "/api/v1/webhooks/things-stack": ("application/json", {"type": "object"}),
    "/api/v1/webhooks/chirpstack": ("application/json", {"type": "object"}),
    "/api/v1/import/bays": ("application/geo+json", {"type": "object"}),
    "/api/v1/import/bays/preview": ("application/geo+json", {"type": "object"}),
    "/api/v1/import/zones": ("application/geo+json", {"type": "object"}),
    "/api/v1/import/streets": ("application/geo+json", {"type": "object"}),
    "/api/v1/import/sensors": ("text/csv", {"type": "string"}),
    "/api/v1/import/sensors/preview": ("text/csv", {"type": "string"}),
    "/api/v1/import/rights": ("text/csv", {"type": "string"}),
}

READING_BATCH: dict[str, Any] = {
    "type": "object",
    "required": ["readings"],
    "properties": {
        "readings": {
            "type": "array",
            "maxItems": 1000,
            "items": {
                "type": "object",
                "required": ["sensor", "state", "at"],
                "properties": {
                    "sensor": {"type": "string", "minLength": 1, "maxLength": 100},
                    "state": {"enum": ["occupied", "free", "over"]},
                    "at": {"type": "string", "format": "date-time"},
                    "since": {"type": "string", "format": "date-time", "description": "with `over` only"},
                    "key": {"type": "string", "minLength": 1, "maxLength": 200},
                    "model": {"type": "string", "maxLength": 200},
                    "battery_percent": {"type": "number", "minimum": 0, "maximum": 100},
                },
            },
        }
    },
}

LIVE: dict[str, Any] = {
    "get": {
        "operationId": "live",
        "tags": ["journal"],
        "summary": "The live feed: the journal as it grows",
        "description": "Server-sent events. `hello` with a cursor first, then `change` with one journal entry "
        "each and its cursor as id; `reload` when everything has to be loaded afresh. An officer is sent what "
        "concerns them. A wall screen (a key with board:read) hears that a subject changed, and no more.",
        "parameters": [{"name": "cursor", "in": "query", "schema": {"type": "string"}}],
        "responses": {"200": {"description": "the feed", "content": {"text/event-stream": {}}}},
        "security": [{"cookie": []}, {"key": ["board:read"]}],
    }
}


PROBLEM = "application/problem+json"
PROBLEM_SCHEMA = {"$ref": "#/components/schemas/Problem"}
LIMITED: dict[str, Any] = {
    "429": {
        "description": "Too many requests: wait, then send it again",
        "headers": {
            "Retry-After": {"required": True, "schema": {"type": "integer"}, "description": "seconds to wait"}
        },
        "content": {PROBLEM: {"schema": PROBLEM_SCHEMA}},
    },
    "413": {"description": "Too large", "content": {PROBLEM: {"schema": PROBLEM_SCHEMA}}},
}


def document_the_rest(app: Flask, api: Api) -> None:
    """Add the feed, the raw bodies, and what each route demands of who asks."""
    components, paths = api.spec.components, api.spec._paths
    components.schema("ReadingBatch", READING_BATCH)
    components.security_scheme("cookie", {"type": "apiKey", "in": "cookie", "name": "openpatrol"})
    components.security_scheme("key", {"type": "http", "scheme": "bearer"})
    endpoints = {
        (as_openapi(rule.rule), method.lower()): rule.endpoint
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
    }
    for path, operations in paths.items():
        for method in METHODS:
            if method in operations:
                endpoint = endpoints[path, method]
                operations[method]["operationId"] = endpoint.replace(".", "_")
                _secure(operations[method], getattr(app.view_functions[endpoint], "guard", None))
                if method != "get":
                    operations[method]["responses"].update(LIMITED)
    for path, (media, schema) in RAW_BODIES.items():
        paths[path]["post"]["requestBody"] = {"required": True, "content": {media: {"schema": schema}}}
    for path, media in PICTURES.items():
        paths[path]["put"]["requestBody"] = {"content": {media: {"schema": {}}}}
    paths[FEED] = LIVE
    for name, link in add_links(paths, components.schemas).items():
        components.links[name] = link
    for response in components.responses.values():  # of the errors; routes' own answers stand in the paths
        response["content"] = {PROBLEM: response["content"].pop("application/json")}


def _secure(operation: dict[str, Any], guard: dict[str, Any] | None) -> None:
    if guard is None or guard["roles"] is None:
        return
    either: list[dict[str, list[str]]] = [{"cookie": []}] if guard["roles"] else []
    either += [{"key": [guard["scope"]]}] if guard["scope"] else []
    operation["security"] = either
    who = [f"{role}s" for role in guard["roles"]] + (
        [f"keys with {guard['scope']}"] if guard["scope"] else []
    )
    operation["description"] = f"{operation.get('description', '')}\n\nOpen to {', '.join(who)}.".strip()


def as_openapi(rule: str) -> str:
    """Flask's `<uuid:task_id>` as OpenAPI's `{task_id}`."""
    return re.sub(r"<(?:[^:>]+:)?([^>]+)>", r"{\1}", rule)
