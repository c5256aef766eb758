"""What a sensor says: an assertion of a state at a time, never an edge."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

EUI = re.compile(r"[0-9A-F]{16}")


class State(StrEnum):
    """What a reading asserts of its bay."""

    OCCUPIED = "occupied"
    FREE = "free"
    OVER = "over"  # occupied, and the network itself counts it as over its time since `since`
    DEVICE = "device"  # start-up, recalibration, tamper: speaks of the device, not of the bay


@dataclass(frozen=True, slots=True)
class Reading:
    """One report of a sensor, as our line takes it in.

    `source` names the format it came by and `key` is its idempotency key: together with `at` they
    tell a repetition from news (standards: TTS `dev_eui`+`session_key_id`+`f_cnt`, ChirpStack
    `deduplicationId`). `sensor` is the device's own reference, upper case. Times are aware UTC.
    `since` is set for OVER alone. `health` holds facts about the device (`battery_percent`,
    `battery_volts`, `temperature_c`, `tilted`, …), `raw` what was received, for the record.
    """

    source: str
    key: str
    sensor: str
    state: State
    at: datetime
    since: datetime | None = None
    model: str | None = None
    health: dict[str, Any] = field(default_factory=dict)
    raw: Any = None


@dataclass(frozen=True, slots=True, order=True)
class Assertion:
    """The part of a reading that the fold looks at: a state of one bay at a time (aware UTC)."""

    at: datetime
    state: State
    since: datetime | None = None


def sensor_reference(written: str) -> str:
    """A sensor's reference as all sides write it: upper case, and an EUI-64 without its separators."""
    name = written.strip().upper()
    if "-" in name or ":" in name:
        bare = name.replace("-", "").replace(":", "")
        return bare if EUI.fullmatch(bare) else name
    return name
