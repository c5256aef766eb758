"""The Things Stack (v3): its uplink webhook in JSON.

Its proto-JSON leaves out zeros and false, so that the first frame of a session has no `f_cnt`.
Frame counters start again at a rejoin, hence the session in the key. The time is that of the
network server, `uplink_message.received_at`: retries may deliver more than an hour later, and
gateways' clocks can't be relied on.
"""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from .envelopes import (
    Eui,
    Fault,
    Instant,
    Malformed,
    Port,
    Text,
    Uplink,
    document,
    instant,
    message,
)

SOURCE = "things_stack"


class _Device(msgspec.Struct):
    dev_eui: Eui


class _Version(msgspec.Struct):
    brand_id: Text = ""
    model_id: Text = ""


class _UplinkMessage(msgspec.Struct):
    received_at: Instant
    session_key_id: Text = ""
    f_cnt: Annotated[int, Meta(ge=0, lt=2**32)] = 0
    f_port: Port | None = None
    decoded_payload: dict[str, Any] | None = None
    version_ids: _Version | None = None


class _Message(msgspec.Struct):
    end_device_ids: _Device
    uplink_message: _UplinkMessage


def uplink(body: bytes, now: datetime) -> Uplink | None:
    """The uplink in `body`, or None for a message of another kind and for simulated uplinks.

    Raises Malformed for what is no message of The Things Stack, Invalid for an impossible time.
    """
    raw = document(body)
    if "end_device_ids" not in raw:
        raise Fault("is missing; every message names its device", "/end_device_ids").refuse(Malformed)
    if raw.get("uplink_message") is None or raw.get("simulated") is True:
        return None
    received = message(raw, _Message)
    said, eui = received.uplink_message, received.end_device_ids.dev_eui.upper()
    return Uplink(
        source=SOURCE,
        key=f"{eui}:{said.session_key_id}:{said.f_cnt}",
        sensor=eui,
        at=instant(said.received_at, now, "/uplink_message/received_at"),
        model=_model(said.version_ids),
        f_port=said.f_port,
        payload=said.decoded_payload,
        raw=raw,
    )


def _model(version: _Version | None) -> str | None:
    if version is None:
        return None
    return "/".join(filter(None, (version.brand_id, version.model_id))) or None
