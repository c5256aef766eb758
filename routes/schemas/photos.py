"""Photos of sightings, and the sightings that they belong to."""

from marshmallow import Schema, fields, validate

from enforcement.domain.photos import MOST_BYTES

from .base import Named, Strict, Time


class PieceQuery(Strict):
    """Which bytes of a photo the body is."""

    offset = fields.Integer(required=True, validate=validate.Range(0, MOST_BYTES))
    size = fields.Integer(
        required=True,
        validate=validate.Range(1, MOST_BYTES),
        metadata={"description": "how many bytes the whole photo has"},
    )


class ReceiptOut(Schema):
    received = fields.Integer(metadata={"description": "bytes that are here: go on from there"})
    size = fields.Integer()
    complete = fields.Boolean(metadata={"description": "it is kept: the phone may forget it"})


class PhotoOut(Schema):
    sha256 = fields.String()
    taken_at = Time(allow_none=True)
    chosen = fields.Boolean(
        metadata={
            "description": "among the phone's pictures, not taken there and then: its time is the file's"
        }
    )
    lon = fields.Float(allow_none=True)
    lat = fields.Float(allow_none=True)
    accuracy_m = fields.Float(allow_none=True)
    size = fields.Integer(allow_none=True)
    received_at = Time(allow_none=True, metadata={"description": "when all of it was here; null until then"})


class AddendumOut(Schema):
    id = fields.UUID()
    text = fields.String()
    recorded_at = Time()


class SightingOut(Schema):
    id = fields.UUID()
    officer = fields.Nested(Named)
    recorded_at = Time()
    received_at = Time()
    plate = fields.String(allow_none=True)
    valve_front = fields.Integer(allow_none=True)
    valve_rear = fields.Integer(allow_none=True)
    note = fields.String(allow_none=True)
    misread_at = Time(
        allow_none=True,
        metadata={"description": "when its officer marked it as misread: it counts for nothing since"},
    )
    lon = fields.Float(allow_none=True)
    lat = fields.Float(allow_none=True)
    accuracy_m = fields.Float(allow_none=True)
    photos = fields.List(fields.Nested(PhotoOut))
    addenda = fields.List(fields.Nested(AddendumOut))


class SightingList(Schema):
    items = fields.List(fields.Nested(SightingOut))
