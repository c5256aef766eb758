"""People, keys, sign-in."""

from typing import Any

from marshmallow import Schema, fields, validate

from enforcement.adapters.catalogue import languages
from enforcement.domain.policy_changes import tag_of
from enforcement.people import ROLES, SCOPES

from .base import Change, ChangeOfSeen, Strict, Text, Time
from .desk_messages import DeskMessageOut
from .safety import SosOut
from .shifts import ShiftOut

LANGUAGES = languages()
ROLE: dict[str, Any] = {"validate": validate.OneOf(ROLES)}


class SignInIn(Strict):
    email = Text(254, required=True)
    password = fields.String(required=True, load_only=True, validate=validate.Length(1, 1000))
    device = Text(200, load_default=None, allow_none=True)
    phone_id = fields.UUID(
        load_default=None,
        allow_none=True,
        metadata={"description": "made by the phone once and kept: by it a lost phone is known again"},
    )


class PersonIn(Strict):
    email = fields.Email(required=True, validate=validate.Length(max=254))
    name = Text(required=True)
    role = fields.String(required=True, **ROLE)
    password = fields.String(load_default=None, load_only=True, validate=validate.Length(10, 1000))


class PersonChange(ChangeOfSeen):
    name = Text()
    role = fields.String(**ROLE)
    disabled = fields.Boolean()


class PersonOut(Schema):
    id = fields.UUID()
    email = fields.String()
    name = fields.String()
    role = fields.String()
    disabled_at = Time(allow_none=True)
    version = fields.Integer()


class AuthorityName(Schema):
    id = fields.UUID()
    slug = fields.String()
    name = fields.String()
    time_zone = fields.String()


class AuthorityOut(AuthorityName):
    country = fields.String()
    subdivision = fields.String(allow_none=True)
    policy = fields.Dict()
    policy_tag = fields.Function(
        lambda authority: tag_of(authority.policy),
        metadata={"type": "string", "description": "another one with each policy"},
    )


class AuthorityChange(Change):
    name = Text()
    policy = fields.Dict()
    policy_tag = Text(
        16, metadata={"description": "of the policy that this one rests on: 409 if it is another by now"}
    )


class Bounds(Schema):
    pointer = fields.String(metadata={"description": "the member's place in a policy"})
    low = fields.Float()
    high = fields.Float()
    usual = fields.Float()


class PolicyCode(Schema):
    code = fields.String()
    gist = fields.String()
    presence = fields.Boolean(
        metadata={"description": "turns on a permit, payment or badge alone: off unless switched on"}
    )


class PolicyForm(Schema):
    bounds = fields.List(fields.Nested(Bounds))
    codes = fields.List(fields.Nested(PolicyCode))
    samples = fields.List(fields.Dict())


class Contact(Schema):
    """The control room's numbers, from the policy."""

    phone = fields.String(allow_none=True)
    sms = fields.String(allow_none=True)


class Me(Schema):
    person = fields.Nested(PersonOut)
    language = fields.String(
        allow_none=True, metadata={"enum": [*LANGUAGES, None], "description": "null: as the phone is set"}
    )
    contact = fields.Nested(Contact)
    authority = fields.Nested(AuthorityName)
    now = Time()
    push_key = fields.String(metadata={"description": "applicationServerKey for pushManager.subscribe"})
    shift = fields.Nested(ShiftOut, allow_none=True)
    sos = fields.Nested(SosOut, allow_none=True, metadata={"description": "your call for help that is open"})
    messages = fields.List(
        fields.Nested(DeskMessageOut),
        metadata={"description": "from the desk, waiting to be read; the newest first"},
    )
    phone_pin = fields.Boolean(metadata={"description": "the council wants a PIN on each officer's phone"})
    phone_lost = fields.Boolean(
        metadata={
            "description": "this phone was reported lost: what it sends is kept apart until it was found"
        }
    )


class MeChange(Strict):
    language = fields.String(required=True, allow_none=True, validate=validate.OneOf(LANGUAGES))


class ResetLinkIn(Strict):
    person_id = fields.UUID(required=True)


class ResetLinkOut(Schema):
    url = fields.String()
    expires_at = Time()


class PasswordIn(Strict):
    token = fields.String(required=True, load_only=True, validate=validate.Length(1, 300))
    password = fields.String(required=True, load_only=True, validate=validate.Length(10, 1000))


class KeyIn(Strict):
    name = Text(required=True)
    scopes = fields.List(
        fields.String(validate=validate.OneOf(SCOPES)), required=True, validate=validate.Length(1)
    )


class KeyOut(Schema):
    id = fields.UUID()
    name = fields.String()
    hint = fields.String()
    scopes = fields.List(fields.String())
    created_at = Time()
    last_used_at = Time(allow_none=True)
    revoked_at = Time(allow_none=True)


class NewKeyOut(KeyOut):
    key = fields.String(metadata={"description": "shown this once"})
