"""The demo borough is one that a council could have, and always the same for a seed."""

import csv
from collections import Counter
from io import StringIO

import pytest
from shapely.geometry import Point, shape

from enforcement.adapters.sensor_networks.decoders import bosch_tps110, decoder_for, plain
from enforcement.domain.codes import contravention
from enforcement.domain.hours import Calendar, check_hours
from enforcement.domain.policy import Reason
from enforcement.domain.safety import metres_away
from enforcement.simulation.borough import KINDS, borough


@pytest.fixture(scope="module")
def camford():
    return borough(seed=1)


def test_the_same_seed_makes_the_same_borough_and_another_seed_another(camford):
    assert borough(seed=1) == camford
    assert borough(seed=2) != camford


def test_there_are_a_dozen_streets_with_twenty_bays_each(camford):
    assert set(Counter(bay.street for bay in camford.bays).values()) == {20}
    assert len({bay.street for bay in camford.bays}) == 12
    assert len({bay.reference for bay in camford.bays}) == 240


def test_no_two_bays_lie_on_each_other(camford):
    places = [bay.at for bay in camford.bays]
    nearest = min(a.metres_to(b) for number, a in enumerate(places) for b in places[:number])
    assert nearest > 5


def test_every_bay_lies_in_a_zone_and_some_where_two_zones_overlap(camford):
    zones = [shape(zone["geometry"]) for zone in camford.zones_geojson["features"]]
    covered = Counter(
        sum(zone.covers(Point(*bay["geometry"]["coordinates"])) for zone in zones)
        for bay in camford.bays_geojson["features"]
    )
    assert all(zone.is_valid for zone in zones)
    assert set(covered) == {1, 2}
    assert 10 <= covered[2] <= 60


def test_every_bay_stands_at_the_kerb_of_its_street(camford):
    courses = {f["properties"]["name"]: shape(f["geometry"]) for f in camford.streets_geojson["features"]}
    assert set(courses) == {bay.street for bay in camford.bays}
    for bay in camford.bays:
        away = -metres_away(courses[bay.street].buffer(1e-9), lon=bay.at.lon, lat=bay.at.lat)
        assert -4.4 < away < -4.0, bay


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.bay_class}-{kind.permitted_minutes}")
def test_every_kind_of_bay_has_hours_codes_and_reasons_that_exist(kind):
    check_hours(kind.hours, Calendar())
    assert contravention(kind.code).code == kind.code
    assert Reason(kind.reason)


def test_drop_off_bays_let_tasks_appear_soon(camford):
    short = [bay for bay in camford.bays if bay.kind.permitted_minutes == 5]
    assert len(short) >= 6
    assert all(bay.kind.hours == "Mo-Su 00:00-24:00" for bay in short)


def test_each_bay_has_a_sensor_half_of_them_bosch_devices_and_each_is_understood(camford):
    rows = list(csv.DictReader(StringIO(camford.sensors_csv)))
    assert [row["bay"] for row in rows] == [bay.reference for bay in camford.bays]
    assert all(len(row["reference"]) == 16 and int(row["reference"], 16) for row in rows)
    assert len({row["reference"] for row in rows}) == 240
    assert Counter(decoder_for(row["model"]) for row in rows) == {bosch_tps110: 120, plain: 120}


def test_the_beat_of_an_officer_is_the_bays_of_their_zones(camford):
    west, market = (camford.bays_in([name]) for name in ("Camford West", "Camford Market"))
    assert 60 < len(west) < 140
    assert set(west) & set(market)
    assert set(camford.bays_in(["Camford West", "Camford Market"])) == {*west, *market}
    assert camford.bays_in([]) == []
