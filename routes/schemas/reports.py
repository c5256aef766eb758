"""The figures of a period. What each of them means comes with them, in a sentence each, as `means`."""

from marshmallow import Schema, fields, validate

from enforcement.domain.reports import FEWEST_OFFICERS, MOST_DAYS, USUAL_DAYS

from .base import Strict, of_our_time

PART = {"description": "from 0 to 1; null: of nothing"}


class ReportQuery(Strict):
    """Which days, by the council's own clocks, and where."""

    first = fields.Date(
        data_key="from",
        load_default=None,
        validate=of_our_time,
        metadata={
            "description": f"the first day; without it the last {USUAL_DAYS} days, {MOST_DAYS} at most"
        },
    )
    last = fields.Date(
        data_key="to",
        load_default=None,
        validate=of_our_time,
        metadata={"description": "the last day, with all of it; without it today"},
    )
    zone_id = fields.UUID(load_default=None, metadata={"description": "the bays of this zone only"})


class Report(Schema):
    first = fields.Date(data_key="from")
    last = fields.Date(data_key="to")
    zone_id = fields.UUID(allow_none=True)
    means = fields.Dict(
        keys=fields.String(), values=fields.String(), metadata={"description": "what each term means"}
    )


class PerStay(Schema):
    stays = fields.Integer()
    overstays = fields.Integer()
    share = fields.Float(allow_none=True, metadata={"description": "overstays per stay; null without stays"})


class Before(PerStay):
    first = fields.Date(data_key="from")
    last = fields.Date(data_key="to")


class WeekOut(PerStay):
    week = fields.Date(metadata={"description": "its Monday"})
    whole = fields.Boolean(metadata={"description": "all of its days are in the period"})


class WeeksOut(Report):
    total = fields.Nested(PerStay)
    before = fields.Nested(Before, metadata={"description": "as many days, just before the period"})
    weeks = fields.List(fields.Nested(WeekOut))


class CountedOut(Schema):
    overstays = fields.Integer()
    attended = fields.Integer()
    share = fields.Float(allow_none=True, metadata=PART)


class HourOut(CountedOut):
    hour = fields.Integer(metadata={"description": "of the day, in which they began"})


class ZoneCountOut(CountedOut):
    zone_id = fields.UUID(allow_none=True, metadata={"description": "null: bays in no zone"})
    name = fields.String(allow_none=True)


class CodeOut(CountedOut):
    code = fields.String(allow_none=True)
    suffix = fields.String(allow_none=True)
    gist = fields.String(allow_none=True)


class OverstaysOut(Report):
    total = fields.Nested(CountedOut)
    hours = fields.List(fields.Nested(HourOut))
    zones = fields.List(fields.Nested(ZoneCountOut))
    codes = fields.List(fields.Nested(CodeOut))


class BandOut(Schema):
    up_to_minutes = fields.Integer(allow_none=True, metadata={"description": "null: longer than all others"})
    overstays = fields.Integer()


class WaitsOut(Report):
    attended = fields.Integer()
    half = fields.Float(allow_none=True, metadata={"description": "half of them within so many minutes"})
    nine_in_ten = fields.Float(allow_none=True, metadata={"description": "nine in ten within so many"})
    bands = fields.List(fields.Nested(BandOut))


class WayOut(Schema):
    became = fields.String()
    words = fields.String()
    wasted = fields.Boolean()
    walks = fields.Integer()


class WalksOut(Report):
    walks = fields.Integer(metadata={"description": "those that are over"})
    wasted = fields.Integer()
    share = fields.Float(allow_none=True, metadata=PART)
    ways = fields.List(fields.Nested(WayOut))


class RepeatOut(CountedOut):
    bay_id = fields.UUID()
    reference = fields.String()
    street = fields.String()
    lon = fields.Float()
    lat = fields.Float()


class RepeatsOut(Report):
    most = fields.Integer(metadata={"description": "so many bays are listed at most"})
    bays = fields.List(fields.Nested(RepeatOut))


class SpreadOut(Schema):
    """How visits spread over streets."""

    streets = fields.Integer()
    visits = fields.Integer()
    none = fields.Integer(metadata={"description": "streets without a visit"})
    top = fields.Integer(metadata={"description": "how many streets are the tenth with most visits"})
    top_share = fields.Float(allow_none=True, metadata={"description": "their part of all visits"})
    gini = fields.Float(allow_none=True)


class StreetVisitsOut(Schema):
    street = fields.String()
    bays = fields.Integer()
    visits = fields.Integer()


class StreetsOut(Report):
    spread = fields.Nested(SpreadOut)
    streets = fields.List(fields.Nested(StreetVisitsOut))


class RangeOut(Schema):
    figure = fields.String()
    least = fields.Float()
    middle = fields.Float()
    most = fields.Float()


class WorkloadOut(Report):
    officers = fields.Integer(
        allow_none=True, metadata={"description": f"null: fewer than {FEWEST_OFFICERS}, and no ranges"}
    )
    ranges = fields.List(fields.Nested(RangeOut))


TABLES = ("weeks", "hours", "zones", "codes", "waits", "walks", "bays", "streets", "workload")


class FileQuery(ReportQuery):
    table = fields.String(load_default="weeks", validate=validate.OneOf(TABLES))
