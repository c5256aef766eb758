import copy
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enforcement.adapters.sensor_networks import chirpstack, decoders
from enforcement.adapters.sensor_networks.envelopes import Malformed
from enforcement.domain.readings import State
from enforcement.domain.refusals import Invalid, Refusal

NOW = datetime(2026, 6, 29, 10, 13, tzinfo=UTC)
DEVICE = {
    "tenantName": "Council",
    "applicationName": "kerb",
    "deviceProfileName": "TPS110",
    "deviceName": "CHALK-LN-014",
    "devEui": "70b3d57ed0051a2b",
    "deviceClassEnabled": "CLASS_A",
    "tags": {"bay_id": "CHALK-LN-014"},
}
UP = {
    "deduplicationId": "1f6f8f0c-5c43-4a6f-9a43-2c6a6d0a1c55",
    "time": "2026-06-29T10:12:14.998Z",
    "deviceInfo": DEVICE,
    "devAddr": "260b4c3d",
    "adr": True,
    "fCnt": 2841,
    "fPort": 1,
    "confirmed": False,
    "data": "AQ==",
    "object": {"type": "parking status", "occupied": True},
    "rxInfo": [{"gatewayId": "ac1f09fffe0a1b2c", "nsTime": "2026-06-29T10:12:14.99Z", "rssi": -97}],
    "txInfo": {"frequency": 868300000, "modulation": {"lora": {"bandwidth": 125000}}},
}
STATUS = {
    "deduplicationId": "5b5f1d0e-8a52-4c53-8f0e-4a1c62c10b70",
    "time": "2026-06-29T10:12:20Z",
    "deviceInfo": DEVICE,
    "margin": 11,
    "externalPowerSource": False,
    "batteryLevelUnavailable": False,
    "batteryLevel": 87.4,
}


def event(sent, **members):
    changed = copy.deepcopy(sent) | members
    return {name: value for name, value in changed.items() if value is not None}


def tagged(**tags):
    return event(UP, deviceInfo={**DEVICE, "tags": tags})


def uplink(sent=UP, name="up"):
    return chirpstack.uplink(json.dumps(sent).encode(), name, NOW)


def test_an_uplink_carries_its_device_time_port_and_payload():
    received = uplink()
    assert received.source == "chirpstack"
    assert received.sensor == "70B3D57ED0051A2B"
    assert received.key == UP["deduplicationId"]
    assert received.at == datetime(2026, 6, 29, 10, 12, 14, 998_000, tzinfo=UTC)
    assert (received.f_port, received.payload) == (1, {"type": "parking status", "occupied": True})
    assert received.raw == UP


def test_the_sample_reads_as_an_occupied_bay():
    assert decoders.reading(uplink(), model=None, threshold_mm=None).state is State.OCCUPIED


def test_the_device_profile_names_the_model_unless_a_tag_does():
    assert uplink().model == "TPS110"
    assert uplink(tagged(model="PlacePod")).model == "PlacePod"


def test_a_tag_hints_at_the_bay():
    assert uplink().bay_hint == "CHALK-LN-014"
    assert uplink(tagged()).bay_hint is None
    assert uplink(tagged(bay_id=" ")).bay_hint is None


def test_a_device_without_tags_or_codec_is_taken():
    bare = {"devEui": "70b3d57ed0051a2b"}
    received = uplink(event(UP, deviceInfo=bare, object=None, fPort=None))
    assert (received.model, received.bay_hint, received.payload) == (None, None, None)


def test_a_status_tells_of_the_battery_and_not_of_the_bay():
    reading = decoders.reading(uplink(STATUS, "status"), model=None, threshold_mm=None)
    assert (reading.state, reading.health) == (State.DEVICE, {"battery_percent": 87.4})


@pytest.mark.parametrize(
    ("members", "health"),
    [
        ({"batteryLevelUnavailable": True, "batteryLevel": 0}, {}),
        ({"externalPowerSource": True, "batteryLevel": 0}, {"external_power": True}),
        ({"batteryLevel": None}, {}),
    ],
)
def test_a_battery_that_is_not_known_is_not_an_empty_one(members, health):
    assert uplink(event(STATUS, **members), "status").health == health


@pytest.mark.parametrize("name", ["join", "ack", "txack", "log", "location", "integration", "", "news"])
def test_other_events_are_acknowledged_and_ignored_unread(name):
    assert chirpstack.uplink(b"\xff", name, NOW) is None


@pytest.mark.parametrize("at", ["2026-06-29T10:18:01Z", "1999-12-31T23:59:59Z"])
def test_a_time_that_cannot_be_is_refused(at):
    with pytest.raises(Invalid, match="/time"):
        uplink(event(UP, time=at))


def test_nanoseconds_are_read():
    assert uplink(event(UP, time="2026-06-29T10:12:14.998000123Z")).at == uplink().at


@pytest.mark.parametrize(
    ("members", "pointer"),
    [
        ({"deduplicationId": None}, "/deduplicationId"),
        ({"deduplicationId": ""}, "/deduplicationId"),
        ({"time": "2026-06-29T10:12:14"}, "/time"),
        ({"deviceInfo": {}}, "/deviceInfo/devEui"),
        ({"deviceInfo": {"devEui": "x"}}, "/deviceInfo/devEui"),
        ({"deviceInfo": {**DEVICE, "tags": {"bay_id": 14}}}, "/deviceInfo/tags"),
        ({"fPort": 256}, "/fPort"),
        ({"object": [1]}, "/object"),
        ({"object": {"a/b": ["\0"]}}, "/object/a~1b/0"),
    ],
)
def test_a_field_that_cannot_be_is_named(members, pointer):
    with pytest.raises(Malformed) as refusal:
        uplink(event(UP, **members))
    assert refusal.value.extra["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize("body", [b"", b"\x0a\x24\x31", b"[]", b"{}", b'{"a":' * 50_000])
def test_a_body_that_is_no_event_is_malformed(body):
    for name in ("up", "status"):
        with pytest.raises(Malformed):
            chirpstack.uplink(body, name, NOW)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(10**500),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
nearly = st.builds(
    lambda sent, name, value: event(sent, **{name: value}),
    st.sampled_from([UP, STATUS]),
    st.sampled_from(sorted(UP.keys() | STATUS.keys())),
    anything,
)


@settings(max_examples=150, deadline=None)
@given(
    (nearly | anything).map(lambda sent: json.dumps(sent).encode()) | st.binary(),
    st.sampled_from(["up", "status"]),
)
def test_whatever_comes_is_read_ignored_or_refused(body, name):
    try:
        received = chirpstack.uplink(body, name, NOW)
    except Refusal:
        return
    decoders.reading(received, model=None, threshold_mm=None)
