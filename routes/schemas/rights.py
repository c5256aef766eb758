"""Providers of rights, their answers, and imports of lists."""

from typing import Any

from marshmallow import Schema, fields, validate

from .base import Change, Strict, Text, Time
from .places import ImportQuery

PLACE_BY: dict[str, Any] = {"validate": validate.OneOf(["bay", "zone"])}
SECONDS: dict[str, Any] = {"validate": validate.Range(0.1, 3.0)}
MINUTES: dict[str, Any] = {"strict": True, "validate": validate.Range(1, 366 * 24 * 60)}
STATUS: dict[str, Any] = {"metadata": {"enum": ["covered", "none", "unknown"]}}


def _places(**kwargs: Any) -> fields.Dict:
    return fields.Dict(
        keys=Text(100),
        values=Text(200),
        validate=validate.Length(max=5000),
        metadata={
            "description": "our reference → the provider's own; one that is not named is used as it is"
        },
        **kwargs,
    )


class ProviderIn(Strict):
    kind = fields.String(required=True, validate=validate.OneOf(["apds", "list"]))
    name = Text(100, required=True)
    base_url = Text(500, load_default=None, allow_none=True)
    token = Text(1000, load_default=None, allow_none=True, load_only=True)
    place_by = fields.String(load_default="bay", **PLACE_BY)
    places = _places(load_default=dict)
    about_bays = fields.Boolean(load_default=False)
    about_plates = fields.Boolean(load_default=True)
    timeout_seconds = fields.Float(load_default=2.0, **SECONDS)
    fresh_minutes = fields.Integer(load_default=36 * 60, **MINUTES)


class ProviderChange(Change):
    name = Text(100)
    base_url = Text(500)
    token = Text(1000, load_only=True)
    place_by = fields.String(**PLACE_BY)
    places = _places()
    about_bays = fields.Boolean()
    about_plates = fields.Boolean()
    timeout_seconds = fields.Float(**SECONDS)
    fresh_minutes = fields.Integer(**MINUTES)


class ProviderOut(Schema):
    id = fields.UUID()
    kind = fields.String()
    name = fields.String()
    base_url = fields.String(allow_none=True)
    has_token = fields.Boolean(metadata={"description": "the token itself is never shown"})
    place_by = fields.String()
    places = fields.Dict()
    about_bays = fields.Boolean()
    about_plates = fields.Boolean()
    timeout_seconds = fields.Float()
    fresh_minutes = fields.Integer()
    state = fields.String(metadata={"enum": ["closed", "open", "half-open"]})
    faults = fields.Integer(metadata={"description": "in a row"})
    open_since = Time(allow_none=True)
    try_at = Time(allow_none=True)
    last_answer_at = Time(allow_none=True)
    last_fault_at = Time(allow_none=True)
    last_fault = fields.String(allow_none=True)
    listed_at = Time(allow_none=True)


class ProviderList(Schema):
    items = fields.List(fields.Nested(ProviderOut))


class TrialIn(Strict):
    place = Text(200, load_default=None, allow_none=True)
    plate = Text(20, load_default=None, allow_none=True)


class AnswerOut(Schema):
    status = fields.String(**STATUS)
    provider = fields.String()
    right_type = fields.String(allow_none=True)
    valid_from = Time(allow_none=True)
    valid_to = Time(allow_none=True)
    checked_at = Time()
    reason = fields.String()


class KeptAnswerOut(AnswerOut):
    id = fields.UUID()
    question_id = fields.UUID()
    about = fields.String(metadata={"enum": ["bay", "plate"]})
    plate = fields.String(allow_none=True)


class KeptAnswerList(Schema):
    items = fields.List(fields.Nested(KeptAnswerOut))


class PlateIn(Strict):
    plate = Text(20, required=True)


class ListQuery(ImportQuery):
    name = Text(100, load_default="permits", metadata={"description": "the list that this file replaces"})
