"""Decoders meet arbitrary bytes: a reading, nothing, or a refusal; and what is taken fits into the database."""

import copy
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from enforcement.adapters.sensor_networks import batch, chirpstack, decoders, things_stack
from enforcement.adapters.sensor_networks.envelopes import Uplink
from enforcement.domain.readings import Reading, State
from enforcement.domain.refusals import Refusal

from ..builders import Council

NOW = datetime(2026, 6, 29, 8, 0, tzinfo=UTC)
SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "payloads"
MODELS = [
    None, "", "Acme", "bosch/parking-lot-sensor", "TPS110", "PlacePod", "EM400-MUD", "EM310UDL", "EM410-RDL",
    "LMDS200", "MDS200", "\ud800", "🚗" * 300,
]  # fmt: skip
OFTEN = settings(max_examples=200, deadline=None, derandomize=True)
POSTED = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

BATCH: dict[str, Any] = {
    "readings": [
        {
            "sensor": "S-B1",
            "state": "occupied",
            "at": "2026-06-29T07:58:00Z",
            "key": "a",
            "battery_percent": 87,
        },
        {"sensor": "S-B2", "state": "over", "at": "2026-06-29T07:59:00Z", "since": "2026-06-29T06:00:00Z"},
    ]
}
THINGS: dict[str, Any] = {
    "end_device_ids": {"dev_eui": "70B3D57ED0051A2B", "device_id": "bay-14"},
    "uplink_message": {
        "received_at": "2026-06-29T07:58:00.123456789Z",
        "session_key_id": "AYfg",
        "f_cnt": 71,
        "f_port": 1,
        "decoded_payload": {"occupied": True, "type": "parking status", "temperature": 21.5},
        "version_ids": {"brand_id": "bosch", "model_id": "parking-lot-sensor"},
    },
}
CHIRP: dict[str, Any] = {
    "deduplicationId": "3ac7e3c4-4401-4b8d-9386-a5c902f9202d",
    "time": "2026-06-29T07:58:00.123+00:00",
    "deviceInfo": {"devEui": "70b3d57ed0051a2b", "deviceProfileName": "PlacePod", "tags": {"bay_id": "14"}},
    "fPort": 2,
    "object": {"presence_21": 1, "temperature_2": 21.5, "analog_in_3": 3.6, "distance": 1200, "battery": 88},
    "batteryLevel": 75.5,
}
FORMATS = {
    "batch": (lambda body: batch.parse(body, NOW), BATCH, "/readings"),
    "things stack": (lambda body: things_stack.uplink(body, NOW), THINGS, "/webhooks/things-stack"),
    "chirpstack up": (lambda body: chirpstack.uplink(body, "up", NOW), CHIRP, "/webhooks/chirpstack?event=up"),
    "chirpstack status": (
        lambda body: chirpstack.uplink(body, "status", NOW), CHIRP, "/webhooks/chirpstack?event=status",
    ),
}  # fmt: skip

STRANGE = st.sampled_from(
    [
        None,
        True,
        False,
        0,
        -1,
        1,
        2**31,
        2**53 + 1,
        2**63,
        2**64,
        10**30,
        -(10**400),
        0.1,
        1e308,
        -0.0,
        "",
        " ",
        "\0",
        "a\0b",
        "\ud800",
        "\udcff\ud83d",
        "\u202e",
        "x" * 5000,
        [],
        {},
        [[[[]]]],
        {"": {}},
        {"\0": 1},
        "NaN",
        "0001-01-01",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
        "2026-06-29T07:58:00",
        "2026-06-29T24:00:00Z",
        "2026-06-29T07:58:60Z",
        "1999-12-31T23:59:59Z",
        "-2026-06-29T07:58:00Z",
        "2026-02-30T00:00:00Z",
    ]
)
ANYTHING = st.recursive(
    STRANGE | st.integers() | st.floats() | st.text(max_size=20) | st.booleans(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=8,
)
FACTS = st.sampled_from(
    [
        "occupied",
        "type",
        "temperature",
        "resetCause",
        "presence_21",
        "presence_55",
        "presence_1",
        "digital_input_33",
        "digital_input_55",
        "digital_input_1",
        "temperature_2",
        "analog_in_3",
        "analog_input_3",
        "distance",
        "position",
        "distance_exception",
        "battery",
        "Bat",
        "dis1",
        "distance1",
        "battery_percent",
        "battery_volts",
        "temperature_c",
    ]
)
CLAIMS = st.sampled_from(
    [
        0,
        1,
        1.0,
        True,
        "occupied",
        "free",
        "normal",
        "tilt",
        "No Target",
        "parking status",
        "heartbeat",
        65535,
        1200,
    ]
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every member of a document."""
    members = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    return [path] + [place for name, inner in members for place in places(inner, (*path, name))]


@st.composite
def mutated(draw: st.DrawFn, good: Any) -> bytes:
    """A good document with something in it changed, dropped, added or cut off."""
    document = copy.deepcopy(good)
    for _ in range(draw(st.integers(1, 3))):
        inside = [place for place in places(document) if place]
        if not inside:
            break
        *way, last = draw(st.sampled_from(inside))
        inner = document
        for name in way:
            inner = inner[name]
        if draw(st.integers(0, 4)) == 0:
            del inner[last]
        else:
            inner[last] = draw(ANYTHING)
    text = json.dumps(document, ensure_ascii=draw(st.booleans()))
    body = text.encode("utf-8", "surrogatepass")
    return body[: draw(st.integers(0, len(body)))] if draw(st.integers(0, 3)) == 0 else body


def bodies(good: Any) -> st.SearchStrategy[bytes]:
    return st.binary(max_size=200) | ANYTHING.map(lambda value: json.dumps(value).encode()) | mutated(good)


DEEP = b'{"readings": ' * 50_000
LONG = b'{"readings": [{"sensor": 1' + b"0" * 100_000 + b"}]}"


def judged(decode: Any, body: bytes) -> Any:
    """What the decoder makes of it; a refusal has to be the sender's fault, and to say what is wrong."""
    found = None
    refused: list[Refusal] = []
    try:
        found = decode(body)
    except Refusal as refusal:
        refused.append(refusal)
    assert all(400 <= refusal.status < 500 and refusal.detail for refusal in refused)
    return found


@pytest.mark.parametrize("name", FORMATS)
def test_whatever_comes_is_read_left_or_refused(name: str):
    decode, good, _ = FORMATS[name]

    @OFTEN
    @given(body=bodies(good))
    @example(body=DEEP)
    @example(body=LONG)
    @example(body=b"\xef\xbb\xbf{}")
    @example(body=b"")
    def hold(body: bytes) -> None:
        found = judged(decode, body)
        if isinstance(found, Uplink):
            for model in MODELS:
                assert isinstance(decoders.reading(found, model=model, threshold_mm=300), Reading)

    hold()


@OFTEN
@given(
    payload=st.none() | st.dictionaries(FACTS | st.text(max_size=5), CLAIMS | ANYTHING, max_size=8),
    model=st.sampled_from(MODELS),
    port=st.none() | st.integers(0, 255),
    threshold=st.none() | st.integers(1, 30_000),
)
def test_no_device_says_anything_that_its_decoder_cannot_hear(payload, model, port, threshold):
    uplink = Uplink("things_stack", "k", "70B3D57ED0051A2B", NOW, None, port, payload, raw={})
    reading = decoders.reading(uplink, model=model, threshold_mm=threshold)
    assert reading.state in (State.OCCUPIED, State.FREE, State.DEVICE)
    assert json.dumps(reading.health, allow_nan=False)


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_taken_fits_into_the_database_and_what_is_not_is_the_senders_fault(
    app: Flask, council: Council, name: str
):
    _, good, path = FORMATS[name]
    for bay in ("B1", "B2"):
        council.bay(bay)
    council.supervisor.post(
        "/sensors", {"reference": "70B3D57ED0051A2B", "model": "EM400-MUD", "threshold_mm": 300}
    )
    network = council.network

    @POSTED
    @given(body=bodies(good))
    def hold(body: bytes) -> None:
        answer = network.call("POST", path, data=body, content_type="application/json")
        assert answer.status_code in (200, 400, 413, 415, 422), answer.text
        said = answer.get_json()
        assert said["detail"] if answer.status_code >= 400 else "taken" in said

    hold()
    council.supervisor.get("/readings?limit=200")
    council.supervisor.get("/sensors/unknown")
    council.sweep()


@pytest.mark.parametrize("sample", ["cds_events_push.json", "cds_policy.json", "dtro_bay_v4.json"])
def test_other_peoples_formats_are_not_taken_for_ours(app: Flask, council: Council, sample: str):
    if not (SAMPLES / sample).is_file():
        pytest.skip(f"samples of other formats are not here: {SAMPLES} is missing")
    good = json.loads((SAMPLES / sample).read_text())

    @POSTED
    @given(body=mutated(good) | st.just(json.dumps(good).encode()))
    def hold(body: bytes) -> None:
        for decode, _, _ in FORMATS.values():
            found = judged(decode, body)
            assert found is None or isinstance(found, Uplink) or not found.readings

    hold()
    for _, _, path in FORMATS.values():
        answer = council.network.call("POST", path, data=json.dumps(good), content_type="application/json")
        assert answer.status_code in (200, 400, 422)
        assert answer.status_code >= 400 or answer.get_json()["taken"] == 0
