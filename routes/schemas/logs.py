"""The log of a shift."""

from marshmallow import Schema, fields, validate

from .base import Text, Time
from .shifts import Step


class CountsOut(Schema):
    attended = fields.Integer()
    notices = fields.Integer()
    called_off = fields.Integer()
    raised = fields.Integer()
    breaks = fields.Integer()
    break_minutes = fields.Integer()


class LogOut(Schema):
    document = fields.String(
        metadata={"description": "the log as it stands; once signed, the file that `flask verify` checks"}
    )
    sha256 = fields.String(metadata={"description": "of the log without signatures: what its officer signs"})
    signed_at = Time(allow_none=True)
    differs = fields.Boolean(metadata={"description": "something of the shift came after it was signed"})
    counts = fields.Nested(
        CountsOut, allow_none=True, metadata={"description": "the shift in numbers, until it is signed"}
    )


class LogSignature(Step):
    sha256 = fields.String(required=True, validate=validate.Regexp("^[0-9a-f]{64}$"))
    name = Text(100, required=True, metadata={"description": "typed by the officer who signs"})
