"""What officers are told before they go out, and that they read it."""

from marshmallow import Schema, fields, validate

from .base import ChangeOfSeen, Named, PageQuery, Strict, Text, Time, of_our_time
from .shifts import Step

SHA256 = validate.Regexp("^[0-9a-f]{64}$")


class ToldNote(Schema):
    id = fields.UUID()
    kind = fields.String(metadata={"enum": ["note", "unsafe"]})
    text = fields.String()
    zone = fields.Nested(Named, allow_none=True, metadata={"description": "none: everywhere"})


class Hazard(ToldNote):
    street = fields.String(allow_none=True, metadata={"description": "of an unsafe place, like the rest"})
    lon = fields.Float(allow_none=True)
    lat = fields.Float(allow_none=True)
    radius_m = fields.Float(allow_none=True)
    since = Time(allow_none=True)


class ToldSuspension(Schema):
    id = fields.UUID()
    bay_id = fields.UUID()
    reference = fields.String()
    street = fields.String()
    why = fields.String()
    starts_at = Time()
    ends_at = Time()


class ToldDay(Schema):
    day = fields.Date()
    holiday = fields.String(allow_none=True, metadata={"description": "what a public holiday is called"})
    events = fields.List(fields.String())


class ToldWindow(Schema):
    window_from = Time()
    window_until = Time()


class ToldPatrol(Schema):
    id = fields.UUID()
    name = fields.String()
    instructions = fields.String()
    minutes = fields.Integer()
    street = fields.String()
    reference = fields.String(metadata={"description": "a bay's reference, or where in the street a spot is"})
    spot = fields.Boolean()
    windows = fields.List(fields.Nested(ToldWindow))


class LastRead(Schema):
    sha256 = fields.String()
    read_at = Time()


class BriefingOut(Schema):
    shift_id = fields.UUID()
    hazards = fields.List(fields.Nested(Hazard))
    notes = fields.List(fields.Nested(ToldNote))
    suspensions = fields.List(fields.Nested(ToldSuspension))
    days = fields.List(fields.Nested(ToldDay))
    patrols = fields.List(fields.Nested(ToldPatrol))
    equipment = fields.List(fields.String())
    sha256 = fields.String(metadata={"description": "of all of the above: what its officer says they read"})
    last_read = fields.Nested(
        LastRead,
        allow_none=True,
        metadata={"description": "with another `sha256` than this one: it has changed since"},
    )


class CheckedItem(Strict):
    item = Text(80, required=True)
    ok = fields.Boolean(required=True)
    note = Text(200, load_default=None, allow_none=True)


class BriefingStep(Step):
    sha256 = fields.String(required=True, validate=SHA256)
    equipment = fields.List(fields.Nested(CheckedItem), required=True, validate=validate.Length(max=50))


class CheckedItemOut(Schema):
    item = fields.String()
    ok = fields.Boolean()
    note = fields.String(allow_none=True)


class BriefingReadOut(Schema):
    id = fields.UUID()
    shift_id = fields.UUID()
    officer = fields.Nested(Named)
    sha256 = fields.String()
    equipment = fields.List(fields.Nested(CheckedItemOut))
    faults = fields.Integer(metadata={"description": "how many items were not in order"})
    read_at = Time()
    received_at = Time()


class BriefingsQuery(PageQuery):
    faults = fields.Boolean(
        load_default=False, metadata={"description": "only those with equipment that was not in order"}
    )


class BriefingNoteIn(Strict):
    text = Text(
        500, required=True, metadata={"description": "no plates, and nobody's name: all officers read it"}
    )
    zone_id = fields.UUID(load_default=None, allow_none=True, metadata={"description": "none: everywhere"})
    first_day = fields.Date(
        load_default=None, allow_none=True, validate=of_our_time, metadata={"description": "none: today"}
    )
    last_day = fields.Date(
        load_default=None,
        allow_none=True,
        validate=of_our_time,
        metadata={"description": "none: until it is put away"},
    )
    hazard = fields.Boolean(load_default=False)


class BriefingNoteChange(ChangeOfSeen):
    first_day = fields.Date(validate=of_our_time)
    last_day = fields.Date(
        allow_none=True, validate=of_our_time, metadata={"description": "null: until it is put away"}
    )


class BriefingNoteOut(Schema):
    id = fields.UUID()
    text = fields.String()
    zone_id = fields.UUID(allow_none=True)
    first_day = fields.Date()
    last_day = fields.Date(allow_none=True)
    hazard = fields.Boolean()
    made_by = fields.UUID()
    created_at = Time()
    version = fields.Integer()


class BriefingNoteList(Schema):
    items = fields.List(fields.Nested(BriefingNoteOut))
