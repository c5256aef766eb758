"""Cars come and go by a seeded process; devices tell of them in order, now and then late or twice."""

import json
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise, takewhile
from random import Random

import pytest

from enforcement.adapters.sensor_networks import batch, chirpstack, decoders
from enforcement.domain.readings import Assertion, State
from enforcement.domain.stays import fold
from enforcement.simulation.borough import BOSCH, DemoSensor
from enforcement.simulation.sensor_reports import (
    Report,
    as_chirpstack,
    as_reading,
    deliveries,
    reports,
    together,
)
from enforcement.simulation.traffic import Visit, late_from_the_start, visits

NOON = datetime(2026, 6, 29, 12, tzinfo=UTC)
OURS = DemoSensor("70B3D57E00010001", "CF01-01", "", "", 5)
FROM_BOSCH = DemoSensor("0004A30B00010000", "CF01-02", BOSCH, "", 15)


def said(sensor=OURS, *, seed=1, permitted=60, hours=6, taken=False):
    random = Random(seed)
    cars = visits(random, permitted, NOON, taken=taken)
    until = NOON + timedelta(hours=hours)
    return list(takewhile(lambda report: report.at < until, reports(sensor, cars, NOON, random)))


def test_the_same_seed_brings_the_same_cars():
    assert list(islice(visits(Random(3), 60, NOON, taken=False), 50)) == list(
        islice(visits(Random(3), 60, NOON, taken=False), 50)
    )


def test_most_cars_stay_within_the_limit_and_some_overstay_by_the_recorded_curve():
    cars = list(islice(visits(Random(4), 60, NOON, taken=False), 4000))
    over = sorted((car.leaves - car.arrives).total_seconds() / 60 - 60 for car in cars)
    overstayed = [minutes for minutes in over if minutes > 0]
    assert 0.11 < len(overstayed) / len(cars) < 0.17
    assert 26 < overstayed[len(overstayed) // 2] < 40


def test_one_car_leaves_before_the_next_comes_and_the_gap_is_longer_than_a_debounce():
    cars = list(islice(visits(Random(5), 5, NOON, taken=False), 500))
    assert all(before.leaves + timedelta(seconds=30) < after.arrives for before, after in pairwise(cars))


def test_reports_come_in_order_and_each_device_is_heard_within_its_heartbeat():
    spoken = said(hours=12)
    gaps = [after.at - before.at for before, after in pairwise(spoken)]
    assert min(gaps) > timedelta()
    assert max(gaps) <= timedelta(minutes=OURS.heartbeat_minutes)


def test_heartbeats_repeat_the_state_and_changes_change_it():
    state = False
    for report in said(hours=12):
        assert report.occupied == (state if report.heartbeat else not state)
        state = report.occupied


def test_a_car_that_was_there_before_is_not_reported_as_arriving():
    first_change = next(report for report in said(taken=True) if not report.heartbeat)
    assert not first_change.occupied


def test_the_devices_of_a_borough_are_heard_in_order_of_time():
    times = [report.at for report in together([iter(said()), iter(said(FROM_BOSCH, seed=2))])]
    assert times == sorted(times)
    assert len(times) > 50


def test_nothing_is_lost_on_the_way_a_little_is_late_and_a_little_comes_twice():
    spoken = [Report(NOON + timedelta(seconds=n), OURS, bool(n % 2), heartbeat=False) for n in range(5000)]
    arrived = list(deliveries(spoken, Random(6)))
    assert {each.report for each in arrived} == set(spoken)
    assert 20 < len(arrived) - len(spoken) < 90
    late = [each for each in arrived if each.due - each.report.at > timedelta(seconds=3)]
    assert 50 < len(late) < 150
    assert [each.due for each in arrived] == sorted(each.due for each in arrived)


@pytest.mark.parametrize("occupied", [True, False])
@pytest.mark.parametrize("heartbeat", [True, False])
def test_what_a_bosch_device_says_is_understood_by_our_chirpstack_adapter(occupied, heartbeat):
    body = json.dumps(as_chirpstack(Report(NOON, FROM_BOSCH, occupied, heartbeat))).encode()
    uplink = chirpstack.uplink(body, "up", NOON)
    reading = decoders.reading(uplink, model=FROM_BOSCH.model, threshold_mm=None)
    assert reading.state is (State.OCCUPIED if occupied else State.FREE)
    assert (reading.sensor, reading.at) == (FROM_BOSCH.reference, NOON)


def test_a_repetition_is_the_same_message_and_another_report_is_not():
    report = Report(NOON, FROM_BOSCH, True, heartbeat=False)
    beat = Report(NOON, FROM_BOSCH, True, heartbeat=True)
    assert as_chirpstack(report) == as_chirpstack(report)
    assert as_chirpstack(report)["deduplicationId"] != as_chirpstack(beat)["deduplicationId"]


def test_our_own_batch_tells_of_the_very_visits_that_were():
    car = Visit(NOON + timedelta(minutes=10), NOON + timedelta(minutes=50))
    later = Visit(NOON + timedelta(hours=9), NOON + timedelta(hours=10))
    spoken = takewhile(
        lambda report: report.at < NOON + timedelta(hours=2),
        reports(OURS, iter([car, later]), NOON, Random(1)),
    )
    body = json.dumps({"readings": [as_reading(report) for report in spoken]}).encode()
    parsed = batch.parse(body, NOON + timedelta(hours=3))
    assert not parsed.refused
    (stay,), _ = fold([Assertion(r.at, r.state) for _, r in parsed.readings], timedelta(seconds=30))
    assert (stay.arrived_at, stay.departed_at) == (car.arrives, car.leaves)


def test_at_a_drop_off_bay_the_first_car_of_a_demo_is_over_its_time():
    now = datetime(2026, 6, 29, 10, tzinfo=UTC)
    first, second = islice(late_from_the_start(Random(7), 5, now), 2)
    assert timedelta(minutes=8) <= now - first.arrives <= timedelta(minutes=25)
    assert first.leaves >= now + timedelta(minutes=20)
    assert second.arrives > first.leaves
