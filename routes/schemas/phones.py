"""Where people are signed in, phones that were lost, and what a phone keeps."""

from marshmallow import Schema, fields

from .base import Named, Strict, Time


class SignInOut(Schema):
    id = fields.UUID()
    device = fields.String(
        metadata={"description": "the browser's own words, or those that it signed in with"}
    )
    created_at = Time()
    last_seen_at = Time()
    push = fields.String(
        allow_none=True, metadata={"description": "state of its push subscription; null without one"}
    )
    current = fields.Boolean(metadata={"description": "it is the one that asks"})
    lost = fields.Boolean(metadata={"description": "its phone was reported lost, and is not found yet"})


class SignInList(Schema):
    items = fields.List(fields.Nested(SignInOut))


class EndSignIn(Strict):
    lost = fields.Boolean(
        required=True,
        metadata={"description": "the phone is lost: what it still sends is kept apart until it was found"},
    )


class LostPhoneOut(Schema):
    id = fields.UUID(metadata={"description": "the phone's own id"})
    officer = fields.Nested(Named, metadata={"description": "who was signed in on it"})
    lost_at = Time()


class LostPhoneList(Schema):
    items = fields.List(fields.Nested(LostPhoneOut))


class Vault(Schema):
    key = fields.String(metadata={"description": "base64url of 32 bytes, yours alone, on all your phones"})
