"""A few words from the desk to an officer."""

from marshmallow import Schema, fields

from .base import Named, Strict, Text, Time

LONGEST = 300


class DeskMessageIn(Strict):
    id = fields.UUID(required=True, metadata={"description": "made by the client, new for every message"})
    text = Text(LONGEST, required=True, metadata={"description": "no plates, and nobody's name"})


class DeskMessageOut(Schema):
    id = fields.UUID()
    text = fields.String()
    sent_by = fields.Nested(Named)
    sent_at = Time()
    read_at = Time(allow_none=True, metadata={"description": "when the officer said that they had read it"})


class DeskMessageList(Schema):
    items = fields.List(fields.Nested(DeskMessageOut))
