"""The map that phones draw by themselves, and what goes on in its bays."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from ..builders import HOME, Caller, Council, Officer, at, square

LON, LAT = HOME


def shown(caller: Caller, kind: str, query: str = "") -> dict[str, Any]:
    """The features of a kind, by name or reference."""
    features = caller.get(f"/map{query}")["features"]
    ours = [f for f in features if f["properties"]["kind"] == kind]
    return {f["properties"].get("name") or f["properties"]["reference"]: f for f in ours}


def states(caller: Caller, query: str = "") -> dict[str, str]:
    return {each["bay_id"]: each["state"] for each in caller.get(f"/map/states{query}")["items"]}


def draw_street(council: Council, name: str, *points: tuple[float, float]) -> None:
    line = {"type": "LineString", "coordinates": points}
    feature = {"type": "Feature", "geometry": line, "properties": {"name": name}}
    council.supervisor.post(
        f"/import/streets?name={name}", {"type": "FeatureCollection", "features": [feature]}
    )


@pytest.fixture
def centre(council: Council) -> str:
    return council.zone()


@pytest.fixture
def officer(council: Council, centre: str) -> Officer:
    return council.on_duty(centre)


def test_a_map_has_zones_streets_and_bays_with_their_names(council: Council, centre: str):
    bay = council.bay("B1", hours="Mo-Sa 08:30-18:30")
    draw_street(council, "Judd Street", (LON, LAT), (LON, LAT + 0.002))
    zone = shown(council.supervisor, "zone")["Centre"]
    assert zone["properties"] == {"kind": "zone", "id": centre, "name": "Centre", "colour": "#005a5b"}
    assert zone["geometry"]["type"] == "Polygon"
    street = shown(council.supervisor, "street")["Judd Street"]
    assert street["properties"].pop("id")
    assert street["properties"] == {"kind": "street", "name": "Judd Street", "guessed": False}
    assert shown(council.supervisor, "bay")["B1"] == {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [LON, LAT]},
        "properties": {
            "kind": "bay",
            "id": bay["id"],
            "reference": "B1",
            "street": "Judd Street",
            "allows": "limited waiting, 2 h, Mo-Sa 08:30-18:30",
            "code": "30",
            "suspended": False,
            "paused": False,
        },
    }


def test_a_bay_whose_outline_is_known_is_drawn_by_it(council: Council, centre: str):
    outline = square(LON, LAT, half=0.00002)
    rule = {"bay_class": "paid", "hours": "24/7", "permitted_minutes": 60, "code": "05"}
    feature = {
        "type": "Feature",
        "geometry": outline,
        "properties": {"reference": "B1", "street": "S", **rule},
    }
    council.supervisor.post("/import/bays", {"type": "FeatureCollection", "features": [feature]})
    geometry = shown(council.supervisor, "bay")["B1"]["geometry"]
    assert geometry["type"] == "Polygon"
    assert geometry["coordinates"][0][0] == [-0.12762, 51.50718]


def test_no_place_is_told_more_exactly_than_it_shows(council: Council, centre: str):
    council.bay("B1", lon=LON + 1 / 3e4, lat=LAT + 1 / 3e4)
    draw_street(council, "Judd Street", (LON + 1 / 3e4, LAT), (LON, LAT + 1 / 3e3))

    def decimals(coordinates: Any) -> int:
        if isinstance(coordinates, list):
            return max(map(decimals, coordinates))
        return len(str(coordinates).partition(".")[2])

    assert decimals(shown(council.supervisor, "bay")["B1"]["geometry"]["coordinates"]) == 6
    assert decimals(shown(council.supervisor, "street")["Judd Street"]["geometry"]["coordinates"]) == 5


def test_what_is_suspended_or_paused_now_says_so(council: Council, centre: str):
    first, second = council.bay("B1"), council.bay("B2")
    council.supervisor.post(
        "/suspensions",
        {
            "bay_id": first["id"], "why": "Filming",
            "starts_at": at("08:00").isoformat(), "ends_at": at("10:00").isoformat(),
        },
    )  # fmt: skip
    council.supervisor.patch(f"/bays/{second['id']}", {"paused_why": "Sign is missing"})
    bays = shown(council.supervisor, "bay")
    flags = {name: (f["properties"]["suspended"], f["properties"]["paused"]) for name, f in bays.items()}
    assert flags == {"B1": (True, False), "B2": (False, True)}
    council.clock.set("10:00")
    assert not shown(council.supervisor, "bay")["B1"]["properties"]["suspended"]


def test_an_officer_is_shown_the_zones_of_their_shift(council: Council, officer: Officer):
    council.zone("North", lat=LAT + 0.1)
    council.bay("B1")
    council.bay("B2", lat=LAT + 0.1)
    assert set(shown(officer.phone, "zone")) == {"Centre"}
    assert set(shown(officer.phone, "bay")) == {"B1"}
    assert len(states(officer.phone)) == 1
    assert set(shown(council.supervisor, "zone")) == {"Centre", "North"}


def test_an_officer_cannot_ask_for_another_zone(council: Council, officer: Officer, centre: str):
    north = council.zone("North", lat=LAT + 0.1)
    council.bay("B2", lat=LAT + 0.1)
    assert officer.phone.get(f"/map?zones={north}")["features"] == []
    assert states(officer.phone, f"?zones={north}") == {}
    assert set(shown(officer.phone, "zone", f"?zones={north}&zones={centre}")) == {"Centre"}


def test_before_the_shift_it_is_the_next_one_and_without_one_the_map_is_empty(council: Council, centre: str):
    council.bay("B1")
    officer = council.officer(centre)
    assert set(shown(officer.phone, "bay")) == {"B1"}
    _, nobody = council.person("officer")
    assert nobody.get("/map") == {"type": "FeatureCollection", "tiles": None, "features": []}
    assert states(nobody) == {}


def test_a_supervisor_may_ask_for_some_zones_only(council: Council, centre: str):
    north = council.zone("North", lat=LAT + 0.1)
    council.bay("B1")
    council.bay("B2", lat=LAT + 0.1)
    assert set(shown(council.supervisor, "bay", f"?zones={north}")) == {"B2"}
    assert len(states(council.supervisor, f"?zones={north}")) == 1
    assert set(shown(council.supervisor, "bay", f"?zones={north}&zones={centre}")) == {"B1", "B2"}


def test_the_marks_of_some_bays_are_told_without_those_of_all(council: Council, officer: Officer):
    wanted = council.bay("B1")["id"]
    council.bay("B2")
    away = council.bay("B3", lat=LAT + 0.1)["id"]
    council.reads(("B1", "free", "08:59"), ("B2", "free", "08:59"))
    assert states(council.supervisor, f"?bays={wanted}") == {wanted: "free"}
    assert states(officer.phone, f"?bays={away}") == {}


def test_the_way_there_is_shown_and_streets_far_away_are_not(council: Council, centre: str):
    draw_street(council, "Near", (LON + 0.0105, LAT), (LON + 0.012, LAT))
    draw_street(council, "Long", (LON, LAT), (LON + 1, LAT))
    draw_street(council, "Far", (LON + 0.1, LAT), (LON + 0.2, LAT))
    streets = shown(council.supervisor, "street")
    assert set(streets) == {"Near", "Long"}
    (_, (east, _)) = streets["Long"]["geometry"]["coordinates"]
    assert LON + 0.010 < east < LON + 0.015


def test_without_a_file_of_streets_they_are_guessed_from_the_bays_and_say_so(council: Council, centre: str):
    for number in range(3):
        council.bay(f"B{number}", lat=LAT + number * 0.0002, sensor=False)
    (street,) = shown(council.supervisor, "street").values()
    assert street["properties"] == {"kind": "street", "id": None, "name": "Judd Street", "guessed": True}
    assert sorted(street["geometry"]["coordinates"]) == [[LON, LAT], [LON, round(LAT + 0.0004, 5)]]
    draw_street(council, "Drawn", (LON, LAT), (LON + 0.001, LAT))
    assert set(shown(council.supervisor, "street")) == {"Drawn"}


def test_a_retired_bay_and_a_spot_are_not_on_the_map(council: Council, centre: str):
    bay = council.bay("B1", sensor=False)
    council.supervisor.delete(f"/bays/{bay['id']}", 204)
    gate = {"street": "Judd Street", "at": "the school gate", "lon": LON, "lat": LAT}
    patrol = {"name": "School run", "place": gate, "code": "26", "hours": "Mo-Fr 08:15-09:15", "minutes": 20}
    council.supervisor.post("/patrols", patrol, 201)
    assert shown(council.supervisor, "bay") == {}


def tag(caller: Caller) -> str:
    answer = caller.call("GET", "/map")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.headers["ETag"]


def test_what_a_phone_has_already_is_not_sent_again(council: Council, officer: Officer):
    council.bay("B1")
    known = tag(officer.phone)
    assert not known.startswith("W/")
    for sent in (known, f"W/{known}", f'"other", {known}'):  # a proxy that compresses makes a tag a weak one
        again = officer.phone.call("GET", "/map", headers={"If-None-Match": sent})
        assert (again.status_code, again.get_data()) == (304, b"")
    council.clock.forward(hours=1)
    assert tag(officer.phone) == known


@pytest.mark.parametrize("change", ["bay", "zone", "street", "pause", "rule"])
def test_what_has_changed_has_another_tag(council: Council, officer: Officer, centre: str, change: str):
    bay = council.bay("B1")
    known = tag(officer.phone)
    if change == "bay":
        council.bay("B2")
    elif change == "zone":
        council.supervisor.put(
            f"/zones/{centre}", {"name": "Core", "outline": square(LON, LAT, 0.01), "version": 1}
        )
    elif change == "street":
        draw_street(council, "Mill Lane", (LON, LAT), (LON + 0.001, LAT))
    elif change == "pause":
        council.supervisor.patch(f"/bays/{bay['id']}", {"paused_why": "Sign is missing"})
    else:
        rule = {"bay_class": "loading", "hours": "24/7", "permitted_minutes": 20, "code": "25"}
        made = council.supervisor.post("/restrictions", rule)
        council.supervisor.post(f"/bays/{bay['id']}/restrictions", {"restriction_id": made["id"]})
    answer = officer.phone.call("GET", "/map", headers={"If-None-Match": known})
    assert answer.status_code == 200


def test_bays_are_marked_as_cars_come_stay_too_long_and_go(council: Council, officer: Officer):
    bay = council.bay("B1")["id"]

    def now(clock: str) -> tuple[str, str | None]:
        council.clock.set(clock)
        council.sweep()
        (item,) = council.supervisor.get("/map/states")["items"]
        assert item["bay_id"] == bay
        return item["state"], item["since"]

    assert now("09:00") == ("unknown", None)
    council.reads(("B1", "free", "08:59"))
    assert now("09:01") == ("free", None)
    council.clock.set("09:03")
    council.reads(("B1", "occupied", "09:02"))
    assert now("09:10") == ("occupied", "2026-06-29T08:02:00Z")
    assert now("11:05") == ("over", "2026-06-29T10:02:00Z")
    assert now("11:20") == ("lawful", "2026-06-29T10:13:00Z")
    council.reads(("B1", "free", "11:20"))
    assert now("11:20:10") == ("may-have-left", "2026-06-29T10:20:00Z")
    assert now("11:21") == ("free", "2026-06-29T10:20:00Z")
    council.clock.forward(days=4)
    council.sweep()
    assert list(states(council.supervisor).values()) == ["unknown"]


def test_a_car_that_an_officer_has_dealt_with_is_a_car_in_a_bay(council: Council, officer: Officer):
    council.bay("B1")
    council.clock.set("11:20")
    council.says_over("B1", since="11:00", clock="11:19")
    council.sweep()
    assert list(states(officer.phone).values()) == ["lawful"]
    (task,) = officer.mine()
    task = officer.step(officer.step(task, "accept"), "arrive")
    officer.step(task, "outcome", outcome="right_seen", details={"which": "permit"})
    council.sweep()
    assert list(states(officer.phone).values()) == ["occupied"]


def test_a_car_that_an_officer_found_is_marked_where_no_sensor_saw_it(council: Council, officer: Officer):
    bay = council.bay("B1", sensor=False)
    seen = {"id": str(uuid4()), "recorded_at": council.clock().isoformat(), "code": "23", "bay_id": bay["id"]}
    officer.phone.post("/found", {**seen, "lon": LON, "lat": LAT, "accuracy_m": 5}, 201)
    (item,) = officer.phone.get("/map/states")["items"]
    assert (item["state"], item["since"]) == ("lawful", "2026-06-29T08:00:00Z")
    (task,) = officer.mine()
    officer.step(task, "outcome", outcome="advised_and_moved")
    assert list(states(officer.phone).values()) == ["unknown"]


def test_a_suspended_bay_is_marked_so_while_it_lasts(council: Council, centre: str):
    bay = council.bay("B1", sensor=False)
    begins = council.clock() + timedelta(minutes=10)
    ends = begins + timedelta(hours=1)
    times = {"starts_at": begins.isoformat(), "ends_at": ends.isoformat()}
    council.supervisor.post("/suspensions", {"bay_id": bay["id"], "why": "Filming", **times})
    told = []
    for _ in range(3):
        (item,) = council.supervisor.get("/map/states")["items"]
        told.append((item["state"], item["since"]))
        council.clock.forward(minutes=40)
    assert told == [("unknown", None), ("suspended", "2026-06-29T08:10:00Z"), ("unknown", None)]


def test_tiles_are_told_where_there_are_any(council: Council, centre: str):
    services = council.app.extensions["openpatrol"]
    before = tag(council.supervisor)
    tiles = "https://tiles.example.org/{z}/{x}/{y}.png"
    settings = replace(services.settings, map_tiles=tiles, map_tiles_credit="© Camford")
    council.app.extensions["openpatrol"] = replace(services, settings=settings)
    assert council.supervisor.get("/map")["tiles"] == {"url": tiles, "credit": "© Camford"}
    assert tag(council.supervisor) != before
