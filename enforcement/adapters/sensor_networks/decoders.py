"""What a sensor means, by device model: an uplink becomes a reading.

Health, where a device tells it: `battery_percent` (0-100), `battery_volts` (V), `temperature_c`
(degrees Celsius), `tilted` (true or false), `distance_mm`, `external_power`, `recalibrated`,
`reset_cause`, `distance_exception`. Two more speak of us: `undecoded` says why nothing could be
made of a payload, `needs` which setting of the sensor is missing.

A decoder claims a state only when the device does. Anything doubtful becomes State.DEVICE, which
is kept and changes nothing at the bay.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from ...domain.readings import Reading, State
from .envelopes import Uplink

Payload = Mapping[str, Any]


class Decoded(NamedTuple):
    """What a decoder made of a payload."""

    state: State
    health: dict[str, Any]


class Frame(NamedTuple):
    """What a decoder looks at. `threshold_mm`: nearer than this, something stands in the bay."""

    payload: Payload
    f_port: int | None
    threshold_mm: int | None


Decoder = Callable[[Frame], Decoded]

_WORDS = {"occupied": State.OCCUPIED, "free": State.FREE}
_PLAUSIBLE = {"battery_percent": (0, 100), "battery_volts": (0, 60), "temperature_c": (-60, 125)}
_MEASURABLE_MM = (1, 30_000)  # beyond it, 0 and 65535 stand for "nothing measured"
_BEYOND = float("inf")  # the radar looked and saw nothing


def reading(uplink: Uplink, *, model: str | None, threshold_mm: int | None) -> Reading:
    """The reading in an uplink. `model` is what our own record of the sensor says, and wins over
    the network's. Never refuses: what can't be decoded is kept as State.DEVICE."""
    known_model = (model or "").strip() or uplink.model
    state, health = _decoded(uplink, known_model, threshold_mm)
    return Reading(
        source=uplink.source,
        key=uplink.key,
        sensor=uplink.sensor,
        state=state,
        at=uplink.at,
        model=known_model,
        health={**uplink.health, **health},
        raw=uplink.raw,
    )


def _decoded(uplink: Uplink, model: str | None, threshold_mm: int | None) -> Decoded:
    if uplink.state is not None:
        return Decoded(uplink.state, {})
    if uplink.payload is None:
        return _undecoded({}, "the network sent no decoded payload; it needs a payload formatter")
    return decoder_for(model or "")(Frame(uplink.payload, uplink.f_port, threshold_mm))


def plain(frame: Frame) -> Decoded:
    """Any device with an `occupied` field: true or false, 1 or 0, "occupied" or "free" (Nwave)."""
    names = {name: name for name in _PLAUSIBLE}
    return _claimed(frame.payload.get("occupied"), _health(frame.payload, names))


def bosch_tps110(frame: Frame) -> Decoded:
    """Bosch Parking Lot Sensor. Ports 1 (change) and 2 (heartbeat) assert a state; the start-up on
    port 3 repeats a state from before calibration and asserts none; 4 to 6 speak of the device.
    Where a field mask took the port away, the report's `type` tells.
    Source: TheThingsNetwork/lorawan-devices, vendor/bosch.
    """
    payload = frame.payload
    health = _health(payload, {"temperature_c": "temperature"})
    kind = payload.get("type")
    if frame.f_port in (1, 2) or (frame.f_port is None and kind in ("parking status", "heartbeat")):
        return _claimed(payload.get("occupied"), health)
    cause = payload.get("resetCause")
    return Decoded(State.DEVICE, {**health, "reset_cause": cause} if isinstance(cause, str) else health)


def pni_placepod(frame: Frame) -> Decoded:
    """PNI PlacePod. One uplink may hold several statuses: a presence, from a change (channel 21) or
    a keep-alive (55), wins over reboots and the like, unless a recalibration is flagged, for then
    the presence rests on the old baseline. `digital_input_33` and `digital_input_55` come from
    sensors that count vehicles (0-127, and round again): a count of 1 is not a car in a bay.
    Source: PNI-Cloud/PlacePod-Api.
    """
    payload = frame.payload
    health = _health(payload, {"temperature_c": "temperature_2", "battery_volts": "analog_in_3"})
    health |= _health(payload, {"battery_volts": "analog_input_3"})
    if _recalibrated(payload):
        return Decoded(State.DEVICE, {**health, "recalibrated": True})
    for channel in ("presence_21", "presence_55"):
        state = _state(payload.get(channel))
        if state:
            return Decoded(state, health)
    if "digital_input_33" in payload or "digital_input_55" in payload:
        return _undecoded(health, "counts vehicles; set the sensor to report presence")
    return Decoded(State.DEVICE, health)


def _recalibrated(payload: Payload) -> bool:
    """The answer to a recalibration (channel 1), or the top bit of the count."""
    count = payload.get("digital_input_33")
    answers = ("digital_input_1", "digital_in_1", "digital_output_1", "digital_out_1", "presence_1")
    return (isinstance(count, int) and bool(count & 0x80)) or any(payload.get(name) for name in answers)


def milesight_distance(frame: Frame) -> Decoded:
    """Milesight EM400-MUD, EM310-UDL, EM410-RDL: a distance in mm.

    A tilted sensor looks elsewhere, so that its distance says nothing of the bay. Of the radar's
    exceptions, *no target* means nothing within its range, hence free; in the *blind zone*
    something is too near to measure, as likely leaves or snow on the sensor as a low car, and with
    a *sensor exception* nothing was measured: neither asserts a state. A *release* ends an
    exception and comes with a good distance.
    Source: Milesight-IoT/SensorDecoders.
    """
    payload = frame.payload
    health = _health(payload, {"battery_percent": "battery", "temperature_c": "temperature"})
    position, exception = payload.get("position"), payload.get("distance_exception")
    if position in ("normal", "tilt"):
        health["tilted"] = position == "tilt"
    if exception is not None:
        health["distance_exception"] = exception if isinstance(exception, str) else "unknown"
    trouble = health.get("distance_exception", "release").lower()
    out_of_range = "no target" in trouble
    if health.get("tilted") or not ("release" in trouble or out_of_range):
        return Decoded(State.DEVICE, health)
    distance = _BEYOND if out_of_range else payload.get("distance")
    return _measured(distance, frame.threshold_mm, health)


def dragino_radar(frame: Frame) -> Decoded:
    """Dragino LMDS200 and MDS200: distance in mm of the nearest thing, on port 2, and the battery
    in volts; the other ports speak of settings and history. Source: dragino-end-node-decoder.
    """
    payload = frame.payload
    health = _health(payload, {"battery_volts": "Bat"})
    if frame.f_port not in (None, 2):
        return Decoded(State.DEVICE, health)
    return _measured(payload.get("dis1", payload.get("distance1")), frame.threshold_mm, health)


_REGISTRY: dict[str, Decoder] = {
    "parkinglotsensor": bosch_tps110,
    "tps110": bosch_tps110,
    "placepod": pni_placepod,
    "em400mud": milesight_distance,
    "em310udl": milesight_distance,
    "em410rdl": milesight_distance,
    "mds200": dragino_radar,  # and LMDS200
}


@lru_cache(maxsize=512)
def decoder_for(model: str) -> Decoder:
    """The decoder for a model, however it is written ("bosch/parking-lot-sensor", "Bosch TPS110",
    "EM400 MUD-868M"); `plain` for those that we don't know."""
    squeezed = "".join(filter(str.isalnum, model.lower()))
    return next((decoder for name, decoder in _REGISTRY.items() if name in squeezed), plain)


def _measured(distance: Any, threshold_mm: int | None, health: dict[str, Any]) -> Decoded:
    if distance is not _BEYOND:
        if not _number(distance, *_MEASURABLE_MM):
            return _undecoded(health, "no distance between 1 and 30,000 mm")
        health["distance_mm"] = distance
    if threshold_mm is None:
        return Decoded(State.DEVICE, {**health, "needs": "threshold_mm"})
    return Decoded(State.OCCUPIED if distance < threshold_mm else State.FREE, health)


def _claimed(value: Any, health: dict[str, Any]) -> Decoded:
    state = _state(value)
    return Decoded(state, health) if state else _undecoded(health, "no `occupied` that can be understood")


def _state(value: Any) -> State | None:
    if isinstance(value, str):
        return _WORDS.get(value.strip().lower())
    if isinstance(value, int | float) and value in (0, 1):
        return State.OCCUPIED if value else State.FREE
    return None


def _undecoded(health: dict[str, Any], why: str) -> Decoded:
    return Decoded(State.DEVICE, {**health, "undecoded": why})


def _health(payload: Payload, names: dict[str, str]) -> dict[str, Any]:
    """Facts of the device, under our names; values that can't be are left out."""
    return {
        fact: payload[name] for fact, name in names.items() if _number(payload.get(name), *_PLAUSIBLE[fact])
    }


def _number(value: Any, low: float, high: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high
