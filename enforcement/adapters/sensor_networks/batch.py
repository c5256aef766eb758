"""Our own format: up to 1,000 readings in one body, each judged by itself.

    {"readings": [{"sensor": "BAY-14", "state": "over", "at": "2026-06-29T11:02:10+01:00",
                   "since": "2026-06-29T11:02:00+01:00", "key": "a-71", "battery_percent": 87}]}

`state` is occupied, free or over; `since` goes with over alone; `key`, `model` and
`battery_percent` may be left out. Members that we don't know are kept in `raw` and change nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from ...domain.readings import Reading, State, sensor_reference
from .envelopes import (
    AHEAD,
    UNREADABLE,
    Fault,
    Instant,
    Malformed,
    Name,
    Text,
    TooMany,
    blemish,
    fault_of,
    suspect,
    untimely,
)

SOURCE = "batch"
MOST = 1000
LONGEST_REFERENCE = 100
NO_SUCH_STATE = Fault("must be occupied, free or over", "/state")


@dataclass(frozen=True, slots=True)
class Refused:
    """A reading that was turned down: its place in the batch, why, and a JSON pointer (RFC 6901)."""

    index: int
    detail: str
    pointer: str


@dataclass(frozen=True, slots=True)
class ParsedBatch:
    """The good readings and the refused ones, each with its place in the batch."""

    readings: list[tuple[int, Reading]]
    refused: list[Refused]


class _Item(msgspec.Struct, gc=False):
    sensor: str
    state: State
    at: Instant
    since: Instant | None = None
    key: Name | None = None
    model: Text | None = None
    battery_percent: Annotated[float, Meta(ge=0, le=100)] | None = None


class _Batch(msgspec.Struct):
    readings: list[_Item]


class _Envelope(msgspec.Struct):
    readings: list[msgspec.Raw]


_Judged = tuple[_Item, dict[str, Any]] | Fault

_batch = msgspec.json.Decoder(_Batch)
_envelope = msgspec.json.Decoder(_Envelope)
_item = msgspec.json.Decoder(_Item)
_anything = msgspec.json.Decoder()


def parse(body: bytes, now: datetime) -> ParsedBatch:
    """The readings in `body`, and those refused; `now` is aware UTC.

    Raises Malformed when the body is not the envelope, TooMany above 1,000 readings.
    """
    items = _whole(body)
    if items is None:
        items = _one_by_one(body)
    parsed = ParsedBatch([], [])
    latest = now + AHEAD
    for index, item in enumerate(items):
        judged = item if isinstance(item, Fault) else _reading(*item, latest)
        if isinstance(judged, Fault):
            parsed.refused.append(Refused(index, judged.detail, f"/readings/{index}{judged.pointer}"))
        else:
            parsed.readings.append((index, judged))
    return parsed


def _whole(body: bytes) -> Sequence[_Judged] | None:
    """All items in one go, or None when one of them needs a closer look: the usual case made fast."""
    try:
        items = _batch.decode(body).readings
        _check_number(items)
        if suspect(body, nesting=len(items) + 2):
            return None
        received = _anything.decode(body)["readings"]
    except UNREADABLE:
        return None
    return list(zip(items, received, strict=True))


def _one_by_one(body: bytes) -> Sequence[_Judged]:
    try:
        items = _envelope.decode(body).readings
    except UNREADABLE as error:
        raise fault_of(error).refuse(Malformed) from None
    _check_number(items)
    return [_judged(bytes(item)) for item in items]


def _judged(text: bytes) -> _Judged:
    try:
        item, received = _item.decode(text), _anything.decode(text)
    except UNREADABLE as error:
        fault = fault_of(error)
        return NO_SUCH_STATE if fault.pointer == NO_SUCH_STATE.pointer else fault
    return blemish(received, text) or (item, received)


def _check_number(items: Sequence[Any]) -> None:
    if len(items) > MOST:
        raise TooMany(f"{len(items)} readings in one batch; {MOST} are taken at once", most=MOST)


def _reading(item: _Item, received: dict[str, Any], latest: datetime) -> Reading | Fault:
    sensor = sensor_reference(item.sensor)
    fault = _doubt(item, sensor, latest)
    if fault:
        return fault
    since = _utc(item.since) if item.since else None
    return Reading(
        SOURCE,
        f"{sensor}:{item.key or _default_key(item.state, since)}",
        sensor,
        item.state,
        _utc(item.at),
        since,
        item.model,
        {} if item.battery_percent is None else {"battery_percent": item.battery_percent},
        received,
    )


def _doubt(item: _Item, sensor: str, latest: datetime) -> Fault | None:
    if not sensor:
        return Fault("is empty", "/sensor")
    if len(sensor) > LONGEST_REFERENCE:
        return Fault(f"is longer than {LONGEST_REFERENCE} characters", "/sensor")
    if item.state is State.DEVICE:
        return NO_SUCH_STATE
    reason = untimely(item.at, latest)
    return Fault(reason, "/at") if reason else _doubt_since(item, latest)


def _doubt_since(item: _Item, latest: datetime) -> Fault | None:
    if item.since is None:
        return Fault("is required when the state is over", "/since") if item.state is State.OVER else None
    if item.state is not State.OVER:
        return Fault("goes with the state over alone", "/since")
    if item.since > item.at:
        return Fault("is later than `at`", "/since")
    reason = untimely(item.since, latest)
    return Fault(reason, "/since") if reason else None


def _default_key(state: State, since: datetime | None) -> str:
    """The same assertion sent again has the same key; its time is told apart by the line itself."""
    return f"{state}@{since.isoformat()}" if since else str(state)


def _utc(at: datetime) -> datetime:
    return at if at.tzinfo is UTC else at.astimezone(UTC)
