"""What the adapters of sensor networks share: the uplink, their refusals, and careful reading of JSON."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta

from ...domain.readings import State
from ...domain.refusals import Invalid, Refusal

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
AHEAD = timedelta(minutes=5)  # how far a sensor's clock may run ahead of ours
DEEPEST = 32  # levels of nesting; what we keep as received has to be written again

Instant = Annotated[datetime, Meta(tz=True)]
Text = Annotated[str, Meta(max_length=200)]
Name = Annotated[str, Meta(min_length=1, max_length=200)]
Eui = Annotated[str, Meta(pattern=r"^[0-9A-Fa-f]{16}\Z")]
Port = Annotated[int, Meta(ge=0, le=255)]

# All that msgspec lets out for bytes that it can't take.
UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)

T = TypeVar("T")

_anything = msgspec.json.Decoder()
_MISSING = re.compile(r"Object missing required field `(\w+)`")


class Malformed(Refusal):
    """Not JSON, or not the envelope that was agreed; `extra["errors"]` points at the place."""

    status, type, title = 400, "malformed", "That can't be read"


class TooMany(Refusal):
    """More readings in one body than are taken at once."""

    status, type, title = 413, "too-many", "Too many readings at once"


@dataclass(frozen=True, slots=True)
class Uplink:
    """One message of a device, as its network server passed it on; not yet decoded by model.

    `sensor` is the device's EUI in upper case, `at` aware UTC, `payload` what the network's own
    formatter made of the bytes (None without one). `bay_hint` is the bay that the network's
    operator wrote on the device. `state` is set where the message itself settles it, as a report
    on the battery does; `health` has the units of `decoders`.
    """

    source: str
    key: str
    sensor: str
    at: datetime
    model: str | None = None
    f_port: int | None = None
    payload: dict[str, Any] | None = None
    raw: Any = None
    health: dict[str, Any] = field(default_factory=dict)
    bay_hint: str | None = None
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a value, and where: `pointer` is a JSON pointer (RFC 6901)."""

    detail: str
    pointer: str = ""

    def refuse(self, refusal: type[Refusal]) -> Refusal:
        """The fault as a refusal of the whole body."""
        where = self.pointer or "body"
        errors = [{"pointer": self.pointer, "detail": self.detail}]
        return refusal(f"{where}: {self.detail}", errors=errors)


def document(body: bytes) -> dict[str, Any]:
    """The JSON object in `body`, fit to be kept. Raises Malformed."""
    try:
        value = _anything.decode(body)
    except UNREADABLE as error:
        raise fault_of(error).refuse(Malformed) from None
    if not isinstance(value, dict):
        raise Fault("must be a JSON object").refuse(Malformed)
    fault = blemish(value, body)
    if fault:
        raise fault.refuse(Malformed)
    return value


def message(value: dict[str, Any], shape: type[T]) -> T:
    """`value` in the shape that is expected of it. Raises Malformed, which names the field."""
    try:
        return msgspec.convert(value, shape)
    except msgspec.ValidationError as error:
        raise fault_of(error).refuse(Malformed) from None


def instant(at: datetime, now: datetime, pointer: str) -> datetime:
    """`at` in UTC. Raises Invalid when it can't be the time of a reading."""
    reason = untimely(at, now + AHEAD)
    if reason:
        raise Fault(reason, pointer).refuse(Invalid)
    return at.astimezone(UTC)


def untimely(at: datetime, latest: datetime) -> str | None:
    """Why `at` can't be the time of something that happened, or None."""
    if at > latest:
        return "is more than five minutes in the future"
    if at < EARLIEST:
        return "is before the year 2000"
    return None


def fault_of(error: Exception) -> Fault:
    """What msgspec found, with its path (`$.readings[0].at`) as a JSON pointer."""
    if isinstance(error, RecursionError):
        return Fault("is nested too deeply")
    if isinstance(error, UnicodeDecodeError):
        return Fault("is not UTF-8 text")
    detail, found, path = str(error).rpartition(" - at `$")
    if not found:
        detail, path = path, ""
    pointer = path.rstrip("`").partition("[...]")[0].replace(".", "/")
    pointer = re.sub(r"\[(\d+)\]", r"/\1", pointer)
    missing = _MISSING.match(detail)
    return Fault(detail, f"{pointer}/{missing[1]}" if missing else pointer)


def suspect(body: bytes, nesting: int) -> bool:
    """Whether a look at the values is needed to know that there is no NUL and little nesting.

    JSON can only spell a NUL one way, and each level needs a bracket of its own, so that a count
    of the bytes spares the walk in nearly every case.
    """
    return b"\\u0000" in body or body.count(b"{") + body.count(b"[") > nesting


def blemish(value: Any, body: bytes) -> Fault | None:
    """What makes a decoded value (written as `body`) unfit to be kept: a NUL, or too deep nesting."""
    return _blemish(value, "", 0) if suspect(body, DEEPEST) else None


def _blemish(value: Any, pointer: str, depth: int) -> Fault | None:
    if isinstance(value, str):
        return Fault("holds a NUL character", pointer) if "\0" in value else None
    if not isinstance(value, dict | list):
        return None
    if depth == DEEPEST:
        return Fault("is nested too deeply", pointer)
    members = value.items() if isinstance(value, dict) else enumerate(value)
    for name, member in members:
        fault = _blemish(name, pointer, depth) or _blemish(member, f"{pointer}/{_token(name)}", depth + 1)
        if fault:
            return fault
    return None


def _token(name: str | int) -> str:
    return str(name).replace("~", "~0").replace("/", "~1")
