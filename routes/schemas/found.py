"""What an officer raises themselves, and the list of contraventions that they choose from."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validates_schema

from .base import LAT, LON, Strict, Text
from .shifts import Step
from .tasks import Placed


class FoundPlaceIn(Strict):
    """A place that is no bay: a point in a street, and in words where exactly it is."""

    street = Text(required=True)
    where = Text(100, required=True, metadata={"description": "where exactly: “outside the bakery”"})
    lon = fields.Float(required=True, **LON)
    lat = fields.Float(required=True, **LAT)


class FoundIn(Placed, Step):
    """`id` is also that of the task. `lon`, `lat` and `accuracy_m` say where the phone was."""

    bay_id = fields.UUID(load_default=None, allow_none=True)
    place = fields.Nested(FoundPlaceIn, load_default=None, allow_none=True)
    code = Text(2, required=True)
    suffix = Text(10, load_default="", empty=True)

    @validates_schema
    def says_where(self, data: dict[str, Any], **kwargs: Any) -> None:
        if (data["bay_id"] is None) == (data["place"] is None):
            raise ValidationError("Give bay_id or place, one of them.", "place")

    @post_load
    def lower_suffix(self, data: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        return {**data, "suffix": data["suffix"].lower()}


class SuffixOut(Schema):
    suffix = fields.String()
    meaning = fields.String(allow_none=True)


class ObservationOut(Schema):
    minutes = fields.Integer()
    sightings = fields.Integer()
    start_rule = fields.String()


class ContraventionOut(Schema):
    code = fields.String()
    gist = fields.String(metadata={"description": "shortened; never the wording that a notice must carry"})
    level = fields.String(metadata={"enum": ["higher", "lower", "n/a"]})
    street = fields.String(metadata={"enum": ["on", "off"]})
    suffixes = fields.List(fields.Nested(SuffixOut), metadata={"description": "advice, not a limit"})
    observation = fields.Nested(ObservationOut)
    by_suffix = fields.Dict(
        keys=fields.String(),
        values=fields.Nested(ObservationOut),
        metadata={"description": "where the authority asks for something else with a suffix"},
    )


class ContraventionList(Schema):
    items = fields.List(fields.Nested(ContraventionOut))
