"""Fields and habits that all schemas share."""

from datetime import UTC, date, datetime
from typing import Any

from marshmallow import INCLUDE, RAISE, Schema, ValidationError, fields, validate, validates_schema
from shapely.geometry import mapping

# Years that leave room for reckoning on both sides.
FIRST_YEAR, LAST_YEAR = 1970, 2199


def of_our_time(day: date) -> None:
    """Raises ValidationError for a year that nobody can mean."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(f"Not a year from {FIRST_YEAR} to {LAST_YEAR}.")


class Strict(Schema):
    """A body from outside: members that we don't know are refused by name."""

    class Meta:
        unknown = RAISE


class Change(Strict):
    """What is to be changed: some of the members, one at least."""

    @validates_schema
    def says_what(self, data: dict[str, Any], **kwargs: Any) -> None:
        if not data.keys() - {"version"}:
            raise ValidationError("Say what to change.")


class ChangeOfSeen(Change):
    """A change of what somebody else may change meanwhile."""

    version = fields.Integer(
        strict=True,
        metadata={"description": "as it was seen: 409 if it was changed since; left out: whatever it is"},
    )


class Text(fields.String):
    """A text without NUL, which PostgreSQL would refuse; trimmed; not empty unless `empty` says so."""

    def __init__(self, longest: int = 200, *, empty: bool = False, **kwargs: Any) -> None:
        super().__init__(validate=validate.Length(min=0 if empty else 1, max=longest), **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs).strip()
        if "\0" in text:
            raise ValidationError("Has a NUL character.")
        return text


class Time(fields.AwareDateTime):
    """RFC 3339 with an offset, of our time; answered in UTC."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="iso", **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> datetime:
        at: datetime = super()._deserialize(value, attr, data, **kwargs)
        of_our_time(at)
        return at

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        if value is None:
            return None
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


class Geometry(fields.Dict):
    """GeoJSON, lon before lat."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return None if value is None else mapping(value)


LON: dict[str, Any] = {"validate": validate.Range(-180, 180)}
LAT: dict[str, Any] = {"validate": validate.Range(-90, 90)}


class Problem(Schema):
    """RFC 9457; some kinds carry members of their own, such as the task as it is now."""

    class Meta:
        unknown = INCLUDE

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String()
    errors = fields.List(fields.Dict(keys=fields.String(), values=fields.String()))


class PageQuery(Strict):
    """Where to go on, and how many at once."""

    cursor = fields.UUID(load_default=None, metadata={"description": "`next` of the page before"})
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class Named(Schema):
    id = fields.UUID()
    name = fields.String()


def page_of(item: type[Schema]) -> type[Schema]:
    """A list by cursor of these items."""
    name = item.__name__.removesuffix("Out") + "Page"
    return Schema.from_dict(
        {"items": fields.List(fields.Nested(item)), "next": fields.UUID(allow_none=True)}, name=name
    )
