"""Whether all that runs by itself does run."""

from marshmallow import Schema, fields

from .base import Named, Time


class WatchOut(Schema):
    looked_at = Time(allow_none=True, metadata={"description": "when a worker last looked at this authority"})
    nobody_works = fields.Boolean(
        metadata={"description": "no worker has for a minute: nothing is raised, planned or sent"}
    )
    sensors = fields.Integer(metadata={"description": "those in use"})
    silent_sensors = fields.Integer(
        metadata={"description": "not heard for three times their heartbeat, or never"}
    )
    unreached = fields.List(
        fields.Nested(Named),
        metadata={"description": "officers on shift without a phone that takes messages"},
    )
