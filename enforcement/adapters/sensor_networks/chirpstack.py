"""ChirpStack (v4): its HTTP integration in JSON, one POST an event, named in the query `?event=`.

Of the events, `up` carries what the sensor said and `status` its battery; the others are of no
use here. Repetitions share `deduplicationId`. EUIs come in lower case.
"""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from ...domain.readings import State
from .envelopes import (
    Eui,
    Instant,
    Name,
    Port,
    Text,
    Uplink,
    document,
    instant,
    message,
)

SOURCE = "chirpstack"


class _Device(msgspec.Struct, rename="camel"):
    dev_eui: Eui
    device_profile_name: Text = ""
    tags: dict[Text, Text] = {}


class _Event(msgspec.Struct, rename="camel"):
    deduplication_id: Name
    time: Instant
    device_info: _Device


class _Up(_Event, rename="camel"):
    f_port: Port | None = None
    object: dict[str, Any] | None = None


class _Status(_Event, rename="camel"):
    battery_level: Annotated[float, Meta(ge=0, le=100)] | None = None
    battery_level_unavailable: bool = False
    external_power_source: bool = False


def uplink(body: bytes, event: str, now: datetime) -> Uplink | None:
    """The uplink in `body`, or None for events that say nothing of a bay or its sensor.

    Raises Malformed for what is no such event, Invalid for an impossible time.
    """
    if event == "up":
        return _up(document(body), now)
    if event == "status":
        return _status(document(body), now)
    return None


def _up(raw: dict[str, Any], now: datetime) -> Uplink:
    said = message(raw, _Up)
    return _uplink(said, raw, now, f_port=said.f_port, payload=said.object)


def _status(raw: dict[str, Any], now: datetime) -> Uplink:
    said = message(raw, _Status)
    return _uplink(said, raw, now, state=State.DEVICE, health=_health(said))


def _uplink(said: _Event, raw: dict[str, Any], now: datetime, **rest: Any) -> Uplink:
    device = said.device_info
    return Uplink(
        source=SOURCE,
        key=said.deduplication_id,
        sensor=device.dev_eui.upper(),
        at=instant(said.time, now, "/time"),
        model=device.tags.get("model") or device.device_profile_name or None,
        bay_hint=device.tags.get("bay_id", "").strip() or None,
        raw=raw,
        **rest,
    )


def _health(said: _Status) -> dict[str, Any]:
    """A level is only known on a battery: on mains, and when the device can't tell, it is sent as 0."""
    if said.external_power_source:
        return {"external_power": True}
    if said.battery_level is None or said.battery_level_unavailable:
        return {}
    return {"battery_percent": said.battery_level}
