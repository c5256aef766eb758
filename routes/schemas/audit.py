"""The journal as people search it."""

from marshmallow import Schema, fields, validate

from .base import Strict, Text, Time

WORD = validate.Regexp(r"^[a-z_.-]{1,50}\Z", error="At most 50 small letters, dots, - and _.")


class AuditQuery(Strict):
    subject = fields.String(
        load_default=None,
        validate=WORD,
        metadata={"description": "such as `zone`"},
    )
    subject_id = fields.UUID(load_default=None, metadata={"description": "one thing's own story"})
    kind = fields.String(
        load_default=None,
        validate=WORD,
        metadata={"description": "such as `zone.redrawn`"},
    )
    person = fields.UUID(load_default=None, metadata={"description": "who did it, or whose work it is about"})
    since = Time(load_default=None)
    until = Time(load_default=None)
    everything = fields.Boolean(
        load_default=False,
        metadata={"description": "also what officers and the system did in the run of work"},
    )
    cursor = Text(50, load_default=None, metadata={"description": "`next` of the page before"})
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class AuditItem(Schema):
    at = Time()
    kind = fields.String()
    subject = fields.String()
    subject_id = fields.UUID()
    about = fields.String(allow_none=True, metadata={"description": "what the subject is called now"})
    actor = fields.String(allow_none=True)
    who = fields.String(allow_none=True, metadata={"description": "the actor by name: a person, or a key"})
    officer_id = fields.UUID(allow_none=True)
    officer = fields.String(allow_none=True)
    facts = fields.Dict()


class AuditPage(Schema):
    items = fields.List(fields.Nested(AuditItem))
    next = fields.String(allow_none=True)
