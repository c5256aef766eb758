"""Bays that are closed for a while, and the signs that say so."""

from marshmallow import Schema, fields

from .base import ChangeOfSeen, PageQuery, Strict, Text, Time
from .places import Place

LONGEST_NOTICE = 2000


class SuspensionIn(Strict):
    bay_id = fields.UUID(required=True)
    starts_at = Time(required=True)
    ends_at = Time(required=True)
    why = Text(500, required=True)
    sign_up_at = Time(
        load_default=None,
        allow_none=True,
        metadata={"description": "when its sign went up; a car that came before raises no task by it"},
    )
    notice = Text(
        LONGEST_NOTICE, load_default=None, allow_none=True, metadata={"description": "what the sign says"}
    )


class SuspensionChange(ChangeOfSeen):
    starts_at = Time()
    ends_at = Time()
    why = Text(500)
    sign_up_at = Time(allow_none=True)
    notice = Text(LONGEST_NOTICE, allow_none=True)


class SuspensionQuery(PageQuery):
    bay_id = fields.UUID(load_default=None)
    over = fields.Boolean(
        load_default=None,
        allow_none=True,
        metadata={"description": "false: only those that hold now or will; true: only the others"},
    )


class SuspensionOut(Schema):
    id = fields.UUID()
    bay_id = fields.UUID()
    bay = fields.Nested(Place)
    starts_at = Time()
    ends_at = Time()
    why = fields.String()
    notice = fields.String(allow_none=True)
    sign_up_at = Time(allow_none=True)
    sign_photo = fields.String(allow_none=True, metadata={"description": "the SHA-256 of the sign's picture"})
    cancelled_at = Time(allow_none=True)
    version = fields.Integer()
