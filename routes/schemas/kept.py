"""What officers recorded and the line could not take."""

from marshmallow import Schema, fields

from .base import Named, PageQuery, Time
from .photos import PhotoOut


class KeptQuery(PageQuery):
    taken = fields.Boolean(
        load_default=False, metadata={"description": "also those that took effect after all"}
    )
    put_away = fields.Boolean(
        load_default=False, metadata={"description": "also those that a supervisor has dealt with"}
    )


class KeptRecordOut(Schema):
    id = fields.UUID()
    record_id = fields.UUID(metadata={"description": "the phone's own id of it"})
    officer = fields.Nested(Named)
    task_id = fields.UUID(allow_none=True)
    found_id = fields.UUID(
        allow_none=True,
        metadata={"description": "instead of a task: what its officer raised themselves, kept as well"},
    )
    kind = fields.String(
        metadata={"description": "found, sighting, misread, addendum, preparation or outcome"}
    )
    said = fields.Dict(metadata={"description": "as the phone sent it"})
    why = fields.String(metadata={"description": "the type of the refusal, as the phone was told it"})
    recorded_at = Time()
    received_at = Time()
    taken_at = Time(
        allow_none=True, metadata={"description": "when it took effect after all, sent again by its officer"}
    )
    put_away_at = Time(allow_none=True, metadata={"description": "when a supervisor had dealt with it"})
    put_away_by = fields.Nested(Named, allow_none=True)
    photos = fields.List(fields.Nested(PhotoOut))


class KeptCount(Schema):
    waiting = fields.Integer(metadata={"description": "that nobody has dealt with yet"})
