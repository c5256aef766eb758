"""The log of a shift."""

from marshmallow import Schema, fields, validate

from .base import Text, Time
from .shifts import Step


class LogOut(Schema):
    document = fields.String(
        metadata={"description": "the log as it stands; once signed, the file that `flask verify` checks"}
    )
    sha256 = fields.String(metadata={"description": "of the log without signatures: what its officer signs"})
    signed_at = Time(allow_none=True)


class LogSignature(Step):
    sha256 = fields.String(required=True, validate=validate.Regexp("^[0-9a-f]{64}$"))
    name = Text(100, required=True, metadata={"description": "typed by the officer who signs"})
