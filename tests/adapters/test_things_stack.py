import copy
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enforcement.adapters.sensor_networks import decoders, things_stack
from enforcement.adapters.sensor_networks.envelopes import Malformed
from enforcement.domain.readings import State
from enforcement.domain.refusals import Invalid, Refusal

NOW = datetime(2026, 6, 29, 10, 13, tzinfo=UTC)
SAMPLE = {
    "end_device_ids": {
        "device_id": "bay-chalk-014",
        "application_ids": {"application_id": "camden-kerb"},
        "dev_eui": "70B3D57ED0051A2B",
        "join_eui": "70B3D57ED0000001",
        "dev_addr": "260B4C3D",
    },
    "correlation_ids": ["gs:uplink:01J9Z5", "ns:uplink:01J9Z6", "as:up:01J9Z7"],
    "received_at": "2026-06-29T10:12:15.204117Z",
    "uplink_message": {
        "session_key_id": "AZM3ZkQ1",
        "f_port": 1,
        "f_cnt": 2841,
        "frm_payload": "AQ==",
        "decoded_payload": {"type": "parking status", "occupied": True},
        "rx_metadata": [{"gateway_ids": {"gateway_id": "roof-01"}, "time": "2026-06-29T10:12:14.961Z"}],
        "settings": {"data_rate": {"lora": {"bandwidth": 125000, "spreading_factor": 9}}},
        "received_at": "2026-06-29T10:12:14.998870Z",
        "version_ids": {"brand_id": "bosch", "model_id": "parking-lot-sensor", "firmware_version": "1.0"},
    },
}


def message(*path, **members):
    """The sample with members of the object at `path` replaced; None takes a member away."""
    changed = copy.deepcopy(SAMPLE)
    place = changed
    for step in path:
        place = place[step]
    place.update(members)
    for name in [name for name, value in members.items() if value is None]:
        del place[name]
    return changed


def uplink(sent=SAMPLE, now=NOW):
    return things_stack.uplink(json.dumps(sent).encode(), now)


def test_an_uplink_carries_its_device_time_port_and_payload():
    received = uplink()
    assert received.source == "things_stack"
    assert received.sensor == "70B3D57ED0051A2B"
    assert received.key == "70B3D57ED0051A2B:AZM3ZkQ1:2841"
    assert received.at == datetime(2026, 6, 29, 10, 12, 14, 998_870, tzinfo=UTC)
    assert received.model == "bosch/parking-lot-sensor"
    assert (received.f_port, received.payload) == (1, {"type": "parking status", "occupied": True})
    assert received.raw == SAMPLE


def test_the_sample_reads_as_an_occupied_bay():
    reading = decoders.reading(uplink(), model=None, threshold_mm=None)
    assert (reading.state, reading.sensor) == (State.OCCUPIED, "70B3D57ED0051A2B")


def test_an_absent_frame_counter_is_zero():
    assert uplink(message("uplink_message", f_cnt=None)).key == "70B3D57ED0051A2B:AZM3ZkQ1:0"


def test_a_counter_that_starts_again_after_a_rejoin_is_news():
    assert uplink(message("uplink_message", session_key_id="other")).key != uplink().key


def test_an_eui_in_lower_case_is_the_same_device():
    sent = message("end_device_ids", dev_eui="70b3d57ed0051a2b")
    assert (uplink(sent).sensor, uplink(sent).key) == (uplink().sensor, uplink().key)


def test_nine_digits_of_a_second_are_read():
    sent = message("uplink_message", received_at="2026-06-29T10:12:14.998870123Z")
    assert uplink(sent).at == uplink().at


def test_fields_that_a_mask_took_away_are_not_needed():
    sent = message("uplink_message", f_port=None, decoded_payload=None, version_ids=None)
    received = uplink(sent)
    assert (received.f_port, received.payload, received.model) == (None, None, None)


@pytest.mark.parametrize("kind", ["join_accept", "downlink_ack", "location_solved", "service_data"])
def test_messages_of_other_kinds_are_acknowledged_and_ignored(kind):
    assert uplink({"end_device_ids": SAMPLE["end_device_ids"], kind: {"received_at": "x"}}) is None


def test_a_simulated_uplink_is_ignored():
    assert uplink(message(simulated=True)) is None
    assert uplink(message(simulated=False)) is not None


@pytest.mark.parametrize("at", ["2026-06-29T10:18:00.000001Z", "1999-12-31T23:59:59Z"])
def test_a_time_that_cannot_be_is_refused(at):
    with pytest.raises(Invalid, match="/uplink_message/received_at"):
        uplink(message("uplink_message", received_at=at))


def test_a_time_five_minutes_ahead_is_taken():
    assert uplink(message("uplink_message", received_at="2026-06-29T10:18:00Z"))


@pytest.mark.parametrize(
    ("path", "name", "value"),
    [
        ((), "end_device_ids", None),
        ((), "end_device_ids", []),
        ((), "uplink_message", 7),
        (("end_device_ids",), "dev_eui", None),
        (("end_device_ids",), "dev_eui", "70B3D57ED0051A2"),
        (("end_device_ids",), "dev_eui", "70B3D57ED0051A2B\n"),
        (("uplink_message",), "received_at", None),
        (("uplink_message",), "received_at", "2026-06-29T10:12:14"),
        (("uplink_message",), "f_cnt", -1),
        (("uplink_message",), "f_cnt", 10**400),
        (("uplink_message",), "f_port", "1"),
        (("uplink_message",), "decoded_payload", [1]),
        (("uplink_message",), "session_key_id", "\0"),
        (("uplink_message", "decoded_payload"), "note", "\0"),
        (("uplink_message", "version_ids"), "model_id", "m" * 201),
    ],
)
def test_a_field_that_cannot_be_is_named(path, name, value):
    with pytest.raises(Malformed) as refusal:
        uplink(message(*path, **{name: value}))
    assert refusal.value.status == 400
    assert refusal.value.extra["errors"][0]["pointer"] == "/" + "/".join((*path, name))


@pytest.mark.parametrize("body", [b"", b"\x0a\x1f\x0a", b"[]", b"7", b"{}", b'{"a":' * 50_000])
def test_what_is_no_message_is_malformed(body):
    with pytest.raises(Malformed):
        things_stack.uplink(body, NOW)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(10**500),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
nearly = st.one_of(
    st.builds(lambda name, value: message(**{name: value}), st.sampled_from(sorted(SAMPLE)), anything),
    st.builds(
        lambda name, value: message("uplink_message", **{name: value}),
        st.sampled_from(sorted(SAMPLE["uplink_message"])),
        anything,
    ),
    anything,
)


@settings(max_examples=150, deadline=None)
@given(nearly.map(lambda sent: json.dumps(sent).encode()) | st.binary())
def test_whatever_comes_is_read_ignored_or_refused(body):
    try:
        received = things_stack.uplink(body, NOW)
    except Refusal:
        return
    if received:
        decoders.reading(received, model=None, threshold_mm=None)
