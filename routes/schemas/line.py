"""Readings, stays, the journal, messages."""

from marshmallow import Schema, fields, validate

from .base import PageQuery, Strict, Text, Time


class RefusedReading(Schema):
    index = fields.Integer()
    detail = fields.String()
    pointer = fields.String()


class TakenOut(Schema):
    taken = fields.Integer()
    repeated = fields.Integer()
    late = fields.Integer()
    unmapped = fields.Integer()
    refused = fields.List(fields.Nested(RefusedReading))


class ReadingOut(Schema):
    id = fields.Integer()
    source = fields.String()
    sensor = fields.String()
    bay_id = fields.UUID(allow_none=True)
    state = fields.String()
    since = Time(allow_none=True)
    event_at = Time()
    received_at = Time()
    folded = fields.Boolean()
    fate = fields.String(
        metadata={
            "description": "taken, unmapped (no bay has its sensor) or late (it came too late to count)"
        }
    )
    health = fields.Dict(allow_none=True)


class LogQuery(Strict):
    bay = fields.UUID(load_default=None)
    sensor = Text(100, load_default=None)
    late = fields.Boolean(
        load_default=False, metadata={"description": "only those of a bay that came too late to count"}
    )
    cursor = fields.Integer(load_default=None, validate=validate.Range(0, 2**62))
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class ReadingPage(Schema):
    items = fields.List(fields.Nested(ReadingOut))
    next = fields.Integer(allow_none=True)


class StayQuery(PageQuery):
    bay = fields.UUID(load_default=None)
    open = fields.Boolean(load_default=False)


class StayOut(Schema):
    id = fields.UUID()
    bay_id = fields.UUID()
    arrived_at = Time()
    arrived_after = Time(allow_none=True)
    counted_from = Time()
    claimed_since = Time(allow_none=True)
    departed_at = Time(allow_none=True)
    possible_swap = fields.Boolean()
    superseded_at = Time(allow_none=True)
    overstay_from = Time(allow_none=True)
    lawful_from = Time(allow_none=True)
    lawful_until = Time(allow_none=True)
    covered_by = fields.String(allow_none=True)


class JournalQuery(Strict):
    cursor = Text(100, load_default=None)
    subject_id = fields.UUID(
        load_default=None, metadata={"description": "the story of one thing, oldest first"}
    )
    limit = fields.Integer(load_default=200, validate=validate.Range(1, 500))


class JournalItem(Schema):
    cursor = fields.String()
    at = Time()
    kind = fields.String()
    subject = fields.String()
    subject_id = fields.UUID()
    officer_id = fields.UUID(allow_none=True)
    actor = fields.String(allow_none=True)
    facts = fields.Dict()


class JournalPage(Schema):
    items = fields.List(fields.Nested(JournalItem))
    cursor = fields.String(metadata={"description": "go on from here"})


class SubscriptionKeys(Strict):
    p256dh = Text(200, required=True)
    auth = Text(100, required=True)


class DeviceIn(Strict):
    endpoint = Text(2000, required=True)
    keys = fields.Nested(SubscriptionKeys, required=True)
    expirationTime = fields.Raw(load_default=None, allow_none=True)


class DeviceOut(Schema):
    id = fields.UUID()
    state = fields.String()


class PushKey(Schema):
    key = fields.String()
