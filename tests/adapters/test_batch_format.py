import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enforcement.adapters.sensor_networks import batch
from enforcement.adapters.sensor_networks.envelopes import Malformed, TooMany
from enforcement.domain.readings import State
from enforcement.domain.refusals import Refusal

NOW = datetime(2026, 6, 29, 12, 0, tzinfo=UTC)


def item(**members):
    return {"sensor": "BAY-14", "state": "occupied", "at": "2026-06-29T11:00:00Z", **members}


def parse(*items):
    return batch.parse(json.dumps({"readings": items}).encode(), NOW)


def only(*items):
    parsed = parse(*items)
    assert parsed.refused == []
    return parsed.readings[0][1]


def refused(member, **members):
    """The one item is refused at `member`; a good neighbour is kept."""
    parsed = parse(item(), item(**members))
    assert [index for index, _ in parsed.readings] == [0]
    (refusal,) = parsed.refused
    assert refusal.index == 1
    assert refusal.pointer == f"/readings/1/{member}"
    return refusal.detail


def test_a_reading_has_its_sensor_in_upper_case_and_its_time_in_utc():
    reading = only(item(sensor=" bay-14 ", at="2026-06-29T12:00:00.5+01:00"))
    assert (reading.source, reading.sensor, reading.state) == ("batch", "BAY-14", State.OCCUPIED)
    assert reading.at == datetime(2026, 6, 29, 11, 0, 0, 500_000, tzinfo=UTC)
    assert reading.at.tzinfo is UTC


def test_what_was_received_is_kept_as_it_came():
    sent = item(at="2026-06-29T12:00:00+01:00", level=-2)
    assert only(sent).raw == sent


def test_nanoseconds_are_read():
    assert only(item(at="2026-06-29T10:12:14.998870123Z")).at.microsecond == 998_870


def test_model_and_battery_are_taken_along():
    reading = only(item(model="Acme 3", battery_percent=87))
    assert (reading.model, reading.health) == ("Acme 3", {"battery_percent": 87})


def test_over_says_since_when():
    reading = only(item(state="over", since="2026-06-29T11:30:00+01:00"))
    assert reading.state is State.OVER
    assert reading.since == datetime(2026, 6, 29, 10, 30, tzinfo=UTC)


def test_over_without_since_is_refused():
    assert "required" in refused("since", state="over")


@pytest.mark.parametrize("state", ["occupied", "free"])
def test_since_goes_with_over_alone(state):
    refused("since", state=state, since="2026-06-29T10:00:00Z")


def test_since_later_than_the_report_is_refused():
    refused("since", state="over", since="2026-06-29T11:00:01Z")


def test_the_same_assertion_sent_twice_is_one_however_its_times_are_written():
    first = only(item(state="over", since="2026-06-29T10:00:00Z"))
    again = only(item(state="over", since="2026-06-29T11:00:00+01:00"))
    assert (first.key, first.at) == (again.key, again.at)


def test_another_assertion_of_the_same_sensor_is_another():
    over = [item(state="over", since=f"2026-06-29T10:0{minute}:00Z") for minute in (0, 1)]
    assert len({only(sent).key for sent in (item(), item(state="free"), *over)}) == 4


def test_the_same_key_from_two_sensors_is_two_readings():
    assert only(item(key="7")).key == "BAY-14:7"
    assert only(item(key="7", sensor="bay-15")).key == "BAY-15:7"


@pytest.mark.parametrize("at", ["2026-06-29T12:05:00Z", "2000-01-01T00:00:00Z"])
def test_times_up_to_the_limits_are_taken(at):
    only(item(at=at))


@pytest.mark.parametrize(
    "at",
    [
        "2026-06-29T12:05:01Z",
        "9999-12-31T23:59:59-05:00",
        "1999-12-31T23:59:59Z",
        "0001-01-01T00:00:00+05:00",
        "2026-06-29T11:00:00",
        "2026-06-29",
        "noon",
        "",
        1782730800,
        None,
    ],
)
def test_times_that_cannot_be_are_refused(at):
    refused("at", at=at)


@pytest.mark.parametrize("since", ["1999-12-31T23:59:59Z", "2026-06-29T10:00:00"])
def test_a_since_that_cannot_be_is_refused(since):
    refused("since", state="over", since=since)


@pytest.mark.parametrize("sensor", ["", "  ", "x" * 101, "ß" * 51, "BAY\0", 14, None])
def test_a_sensor_reference_that_cannot_be_is_refused(sensor):
    refused("sensor", sensor=sensor)


@pytest.mark.parametrize("state", ["device", "parked", "", "OCCUPIED", True])
def test_an_unknown_state_is_refused_and_the_known_ones_are_named(state):
    assert refused("state", state=state) == "must be occupied, free or over"


@pytest.mark.parametrize("key", ["", "k" * 201, "\0", 7])
def test_a_key_that_cannot_be_is_refused(key):
    refused("key", key=key)


@pytest.mark.parametrize("battery", [-1, 100.5, "full", 10**400])
def test_a_battery_beyond_its_percents_is_refused(battery):
    refused("battery_percent", battery_percent=battery)


def test_a_nul_is_refused_even_in_a_member_that_we_do_not_know():
    parsed = parse(item(), item(**{"no/te": ["a", {"b": "\0"}]}))
    assert [(r.index, r.pointer) for r in parsed.refused] == [(1, "/readings/1/no~1te/1/b")]


def test_a_backslash_before_u0000_is_no_nul():
    assert only(item(key="\\u0000")).key == "BAY-14:\\u0000"


def test_a_missing_member_is_named():
    parsed = parse({"sensor": "BAY-14", "state": "free"})
    assert [(r.pointer, r.index) for r in parsed.refused] == [("/readings/0/at", 0)]


def test_a_deeply_nested_member_costs_only_its_own_reading():
    nested = json.loads("[" * 40 + "]" * 40)
    parsed = parse(item(), item(extra=nested))
    assert len(parsed.readings) == len(parsed.refused) == 1


def test_bytes_that_are_not_utf_8_cost_only_their_own_reading():
    good = json.dumps(item()).encode()
    parsed = batch.parse(b'{"readings":[' + good + b"," + good.replace(b"BAY", b"\xff") + b"]}", NOW)
    assert [index for index, _ in parsed.readings] == [0]
    assert [refusal.index for refusal in parsed.refused] == [1]


def test_a_thousand_readings_are_taken_and_one_more_is_too_many():
    assert len(parse(*[item()] * 1000).readings) == 1000
    for extra in (item(), item(sensor=7)):
        with pytest.raises(TooMany) as refusal:
            parse(*[item()] * 1000, extra)
        assert refusal.value.status == 413


def test_an_empty_batch_is_nothing():
    assert parse() == batch.ParsedBatch([], [])


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (b"", ""),
        (b"hello", ""),
        (b'{"readings":[', ""),
        (b"\xff\xfe", ""),
        (b"[]", ""),
        (b"{}", "/readings"),
        (b'{"readings":{}}', "/readings"),
        (b'{"readings":null}', "/readings"),
        (b'{"readings":[NaN]}', ""),
        (b'{"readings":' + b"[" * 100_000, ""),
    ],
)
def test_a_body_that_is_no_batch_is_refused_and_told_where(body, pointer):
    with pytest.raises(Malformed) as refusal:
        batch.parse(body, NOW)
    assert refusal.value.status == 400
    assert [error["pointer"] for error in refusal.value.extra["errors"]] == [pointer]


def test_an_item_that_is_no_object_is_refused_in_its_place():
    parsed = parse(None, item(), 7)
    assert [(r.index, r.pointer) for r in parsed.refused] == [(0, "/readings/0"), (2, "/readings/2")]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(10**500),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
nearly = st.fixed_dictionaries(
    {},
    optional={
        "sensor": st.text() | anything,
        "state": st.sampled_from(["occupied", "free", "over", "device"]) | anything,
        "at": st.datetimes(timezones=st.timezones()).map(datetime.isoformat) | anything,
        "since": st.datetimes(timezones=st.timezones()).map(datetime.isoformat) | anything,
        "key": anything,
        "battery_percent": anything,
        "extra": anything,
    },
)


@settings(max_examples=150, deadline=None)
@given(st.lists(nearly | anything, max_size=5))
def test_every_item_is_either_kept_or_refused(items):
    parsed = refuses_only(json.dumps({"readings": items}).encode())
    if parsed:
        indices = [index for index, _ in parsed.readings] + [r.index for r in parsed.refused]
        assert sorted(indices) == list(range(len(items)))
        assert all(r.at <= NOW + timedelta(minutes=5) and "\0" not in r.key for _, r in parsed.readings)


@settings(max_examples=100, deadline=None)
@given(st.binary() | st.binary().map(lambda junk: b'{"readings":[' + junk + b"]}"))
def test_arbitrary_bytes_are_refused_and_nothing_worse(body):
    refuses_only(body)


def refuses_only(body):
    try:
        return batch.parse(body, NOW)
    except Refusal:
        return None


@given(st.lists(st.sampled_from([item(), item(state="free", key="k"), item(at="2026-06-29T12:00:00+01:00")])))
@settings(max_examples=30, deadline=None)
def test_a_bad_neighbour_changes_nothing_about_the_good_ones(items):
    assert parse(*items).readings == parse(*items, {"sensor": None}).readings
