from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enforcement.adapters.sensor_networks import decoders
from enforcement.adapters.sensor_networks.envelopes import Uplink
from enforcement.domain.readings import State

AT = datetime(2026, 6, 29, 10, 12, tzinfo=UTC)
BOSCH, PLACEPOD = "bosch/parking-lot-sensor", "PlacePod"


def decode(payload, *, model=None, f_port=None, threshold_mm=None, own_model=None):
    uplink = Uplink("things_stack", "k", "70B3D57ED0051A2B", AT, model, f_port, payload, raw={"sent": 1})
    return decoders.reading(uplink, model=own_model, threshold_mm=threshold_mm)


def test_a_reading_keeps_what_the_uplink_was():
    reading = decode({"occupied": True}, model="Acme")
    assert (reading.source, reading.key, reading.sensor) == ("things_stack", "k", "70B3D57ED0051A2B")
    assert (reading.at, reading.since, reading.model, reading.raw) == (AT, None, "Acme", {"sent": 1})


@pytest.mark.parametrize(
    ("occupied", "state"),
    [
        (True, State.OCCUPIED),
        (1, State.OCCUPIED),
        (1.0, State.OCCUPIED),
        ("occupied", State.OCCUPIED),
        (" Occupied ", State.OCCUPIED),
        (False, State.FREE),
        (0, State.FREE),
        ("free", State.FREE),
    ],
)
def test_a_model_that_we_do_not_know_is_read_by_its_occupied_field(occupied, state):
    assert decode({"occupied": occupied}, model="Acme 3").state is state
    assert decode({"occupied": occupied}).state is state


@pytest.mark.parametrize(
    "payload", [{}, {"occupied": None}, {"occupied": 2}, {"occupied": "yes"}, {"occupied": []}, None]
)
def test_what_cannot_be_decoded_is_kept_and_says_why(payload):
    reading = decode(payload)
    assert reading.state is State.DEVICE
    assert reading.health["undecoded"]


def test_health_in_plain_fields_is_taken_where_it_can_be_true():
    reading = decode({"occupied": 1, "battery_volts": 3.6, "battery_percent": 255, "temperature_c": True})
    assert reading.health == {"battery_volts": 3.6}


def test_our_own_record_of_the_model_wins():
    startup = {"type": "startup", "occupied": True}
    assert decode(startup, model="Acme", own_model="TPS110", f_port=3).state is State.DEVICE
    assert decode(startup, model=BOSCH, own_model="Acme", f_port=3).state is State.OCCUPIED
    assert decode(startup, model=BOSCH, own_model=" ", f_port=3).state is State.DEVICE


@pytest.mark.parametrize(
    ("written", "decoder"),
    [
        ("bosch/parking-lot-sensor", decoders.bosch_tps110),
        ("Bosch Parking Lot Sensor TPS110", decoders.bosch_tps110),
        ("pni/PLACEPOD", decoders.pni_placepod),
        ("milesight-iot/em400-mud", decoders.milesight_distance),
        ("EM310 UDL-868M", decoders.milesight_distance),
        ("em410_rdl", decoders.milesight_distance),
        ("dragino/lmds200", decoders.dragino_radar),
        ("MDS200-LB", decoders.dragino_radar),
        ("EM300-TH", decoders.plain),
        ("", decoders.plain),
    ],
)
def test_models_are_recognised_however_they_are_written(written, decoder):
    assert decoders.decoder_for(written) is decoder


@pytest.mark.parametrize("f_port", [1, 2])
def test_bosch_asserts_a_state_at_a_change_and_at_a_heartbeat(f_port):
    reading = decode({"type": "heartbeat", "occupied": False, "temperature": 21}, model=BOSCH, f_port=f_port)
    assert (reading.state, reading.health) == (State.FREE, {"temperature_c": 21})


@pytest.mark.parametrize("f_port", [3, 4, 5, 6, 99])
def test_a_bosch_that_starts_up_or_speaks_of_itself_says_nothing_of_the_bay(f_port):
    reading = decode(
        {"type": "startup", "occupied": True, "resetCause": "watchdog"}, model=BOSCH, f_port=f_port
    )
    assert (reading.state, reading.health) == (State.DEVICE, {"reset_cause": "watchdog"})


def test_without_its_port_a_bosch_report_is_known_by_its_type():
    assert decode({"type": "parking status", "occupied": True}, model=BOSCH).state is State.OCCUPIED
    assert decode({"type": "startup", "occupied": True}, model=BOSCH).state is State.DEVICE


@pytest.mark.parametrize("channel", ["presence_21", "presence_55"])
def test_a_placepod_asserts_a_state_at_a_change_and_to_keep_alive(channel):
    reading = decode({channel: 1, "temperature_2": 18.5, "analog_in_3": 3.58}, model=PLACEPOD)
    assert reading.state is State.OCCUPIED
    assert reading.health == {"temperature_c": 18.5, "battery_volts": 3.58}
    assert decode({channel: 0}, model=PLACEPOD).state is State.FREE


def test_of_two_presences_in_one_uplink_the_change_wins():
    assert decode({"presence_55": 1, "presence_21": 0}, model=PLACEPOD).state is State.FREE


def test_a_presence_wins_over_a_reboot_in_the_same_uplink():
    assert decode({"digital_input_63": 1, "presence_21": 1}, model=PLACEPOD).state is State.OCCUPIED


@pytest.mark.parametrize("flag", [{"digital_input_33": 0x80}, {"digital_input_1": 1}, {"digital_in_1": 1}])
def test_a_recalibration_wins_over_the_presence_beside_it(flag):
    reading = decode({"presence_21": 1, **flag}, model=PLACEPOD)
    assert (reading.state, reading.health) == (State.DEVICE, {"recalibrated": True})


@pytest.mark.parametrize(
    "payload", [{"digital_input_63": 1}, {"digital_input_28": 1}, {"analog_input_3": 3.6}]
)
def test_a_placepod_that_speaks_of_itself_says_nothing_of_the_bay(payload):
    reading = decode(payload, model=PLACEPOD)
    assert reading.state is State.DEVICE
    assert "undecoded" not in reading.health


@pytest.mark.parametrize("channel", ["digital_input_33", "digital_input_55"])
def test_a_count_of_one_vehicle_is_not_a_car_in_a_bay(channel):
    reading = decode({channel: 1}, model=PLACEPOD)
    assert reading.state is State.DEVICE
    assert "counts vehicles" in reading.health["undecoded"]


@pytest.mark.parametrize(
    ("model", "member"),
    [
        ("EM400-MUD", "distance"),
        ("EM310-UDL", "distance"),
        ("EM410-RDL", "distance"),
        ("LMDS200", "dis1"),
        ("MDS200", "dis1"),
    ],
)
def test_nearer_than_the_threshold_is_occupied(model, member):
    def state(distance):
        return decode({member: distance}, model=model, threshold_mm=900).state

    assert [state(899), state(900), state(2400)] == [State.OCCUPIED, State.FREE, State.FREE]


@pytest.mark.parametrize(("model", "member"), [("EM400-MUD", "distance"), ("LMDS200", "dis1")])
def test_without_a_threshold_a_distance_is_no_state(model, member):
    reading = decode({member: 899}, model=model)
    assert (reading.state, reading.health) == (State.DEVICE, {"distance_mm": 899, "needs": "threshold_mm"})


@pytest.mark.parametrize("distance", [0, -1, 65535, None, "899", True, float("nan"), 10**500])
def test_a_distance_that_was_not_measured_is_no_state(distance):
    reading = decode({"distance": distance}, model="EM400-MUD", threshold_mm=900)
    assert reading.state is State.DEVICE
    assert "undecoded" in reading.health


def test_a_tilted_sensor_asserts_nothing():
    tilted = {"distance": 400, "position": "tilt", "battery": 92, "temperature": 25.7}
    reading = decode(tilted, model="EM400-MUD", threshold_mm=900)
    assert reading.state is State.DEVICE
    assert reading.health == {"battery_percent": 92, "temperature_c": 25.7, "tilted": True}
    assert (
        decode({**tilted, "position": "normal"}, model="EM400-MUD", threshold_mm=900).state is State.OCCUPIED
    )


@pytest.mark.parametrize(
    ("exception", "state"),
    [
        ("blind zone alarm", State.DEVICE),
        ("sensor exception", State.DEVICE),
        ("something new", State.DEVICE),
        (3, State.DEVICE),
        ("no target", State.FREE),
        ("blind zone alarm release", State.OCCUPIED),
        (None, State.OCCUPIED),
    ],
)
def test_a_radar_in_trouble_never_asserts_a_car(exception, state):
    payload = {"distance": 400, "distance_exception": exception}
    assert decode(payload, model="EM410-RDL", threshold_mm=900).state is state


def test_no_target_still_needs_a_threshold():
    reading = decode({"distance_exception": "no target"}, model="EM410-RDL")
    assert (reading.state, reading.health["needs"]) == (State.DEVICE, "threshold_mm")


@pytest.mark.parametrize("f_port", [3, 4, 5])
def test_a_dragino_that_speaks_of_its_settings_says_nothing_of_the_bay(f_port):
    reading = decode({"Bat": 3.61, "dis1": 400}, model="LMDS200", f_port=f_port, threshold_mm=900)
    assert (reading.state, reading.health) == (State.DEVICE, {"battery_volts": 3.61})


MEMBERS = [
    "occupied", "type", "temperature", "resetCause", "presence_21", "presence_55", "digital_input_33",
    "digital_input_55", "digital_input_1", "analog_input_3", "battery", "distance", "position",
    "distance_exception", "Bat", "dis1", "distance1", "battery_percent",
]  # fmt: skip
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(10**500)
anything = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=5
)


@settings(max_examples=300, deadline=None)
@given(
    payload=st.none() | st.dictionaries(st.sampled_from(MEMBERS) | st.text(), anything, max_size=6),
    model=st.none() | st.sampled_from([BOSCH, PLACEPOD, "EM410-RDL", "LMDS200"]) | st.text(),
    f_port=st.none() | st.integers(0, 255),
    threshold_mm=st.none() | st.integers(),
)
def test_no_payload_brings_a_decoder_down(payload, model, f_port, threshold_mm):
    reading = decode(payload, model=model, f_port=f_port, threshold_mm=threshold_mm)
    assert reading.state in (State.OCCUPIED, State.FREE, State.DEVICE)
