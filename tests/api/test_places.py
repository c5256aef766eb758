"""The map over the API: bays, zones, what bays allow, suspensions, and the sensors in them."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from werkzeug.test import TestResponse

from ..builders import EVERY_HOUR, HOME, Council, at, square
from .walk import RESTRICTION, is_problem

LON, LAT = HOME


def bay_of(council: Council, bay_id: str) -> dict:
    return council.supervisor.get(f"/bays/{bay_id}")


def outline(*points: tuple[float, float]) -> dict:
    return {"type": "Polygon", "coordinates": [[*points, points[0]]]}


def pointers(answer) -> list[str]:
    assert is_problem(answer), answer.text
    return [error["pointer"] for error in answer.get_json()["errors"]]


# Bays


def test_a_new_bay_is_empty_of_news_and_allows_what_it_was_given(council: Council):
    bay = council.bay("B1", sensor=False)
    assert (bay["reference"], bay["street"], bay["lon"], bay["lat"]) == ("B1", "Judd Street", LON, LAT)
    assert (bay["state"], bay["zones"], bay["suspended"], bay["paused_at"]) == ("unknown", [], False, None)
    assert (bay["restriction"]["code"], bay["restriction"]["permitted_minutes"]) == ("30", 120)
    assert bay_of(council, bay["id"]) == bay
    assert council.supervisor.get("/bays?reference=B1")["items"] == [bay]


def test_a_reference_is_given_to_one_bay(council: Council):
    council.bay("B1", sensor=False)
    body = {"reference": "B1", "street": "Other Street", "lon": 0, "lat": 51}
    assert is_problem(council.supervisor.call("POST", "/bays", body))
    assert council.supervisor.call("POST", "/bays", body).status_code == 409
    assert len(council.supervisor.get("/bays")["items"]) == 1


def test_bays_with_the_same_content_share_a_restriction(council: Council):
    first, second = council.bay("B1", sensor=False), council.bay("B2", sensor=False)
    assert first["restriction"]["id"] == second["restriction"]["id"]
    assert len(council.supervisor.get("/restrictions")["items"]) == 1


def test_a_bay_shows_its_state_as_its_sensor_told_it(council: Council):
    bay = council.bay("B1")
    council.reads(("B1", "occupied", "09:00"))
    assert bay_of(council, bay["id"])["state"] == "occupied"
    council.clock.forward(minutes=1)
    council.reads(("B1", "free", "09:01"))
    assert bay_of(council, bay["id"])["state"] == "free"


def test_a_paused_bay_says_why_until_it_is_back_in_use(council: Council):
    bay = council.bay("B1", sensor=False)["id"]
    paused = council.supervisor.patch(f"/bays/{bay}", {"paused_why": "No sign"}, 200)
    assert (paused["paused_at"], paused["paused_why"]) == ("2026-06-29T08:00:00Z", "No sign")
    back = council.supervisor.patch(f"/bays/{bay}", {"paused_why": None}, 200)
    assert (back["paused_at"], back["paused_why"]) == (None, None)


def test_a_retired_bay_is_gone_from_every_list_and_keeps_its_reference(council: Council):
    zone, bay = council.zone(), council.bay("B1")["id"]
    council.supervisor.delete(f"/bays/{bay}", 204)
    assert council.supervisor.call("GET", f"/bays/{bay}").status_code == 404
    assert council.supervisor.call("DELETE", f"/bays/{bay}").status_code == 404
    assert council.supervisor.get("/bays")["items"] == []
    assert council.supervisor.get(f"/zones/{zone}")["bays"] == 0
    assert council.supervisor.get("/sensors")["items"][0]["bay_id"] is None
    assert council.journal(bay)[-1] == "bay.retired"
    again = {"reference": "B1", "street": "Judd Street", "lon": LON, "lat": LAT}
    assert council.supervisor.call("POST", "/bays", again).status_code == 409


def test_a_bay_with_a_sensor_on_its_way_can_be_retired(council: Council):
    bay, other = council.bay("B1")["id"], council.bay("B2", sensor=False)["id"]
    sensor = council.supervisor.get("/sensors")["items"][0]["id"]
    tomorrow = at("09:00", "2026-06-30").isoformat()
    council.supervisor.post(f"/sensors/{sensor}/bay", {"bay_id": other, "valid_from": tomorrow}, 200)
    council.supervisor.delete(f"/bays/{other}", 204)
    council.supervisor.delete(f"/bays/{bay}", 204)
    assert council.supervisor.get("/sensors")["items"][0]["bay_id"] is None


def test_retiring_a_bay_withdraws_its_task(council: Council):
    zone = council.zone()
    bay = council.bay("B1")["id"]
    officer = council.on_duty(zone)
    council.clock.set("11:20")
    council.reads(("B1", "occupied", "09:00"))
    council.sweep()
    assert len(officer.mine()) == 1
    council.supervisor.delete(f"/bays/{bay}", 204)
    assert officer.mine() == []
    (task,) = council.tasks("withdrawn")
    assert task["ended_why"] == "The bay is no longer in use."


def test_lists_go_on_where_the_last_page_ended(council: Council):
    made = [council.bay(f"B{number}", sensor=False)["id"] for number in range(5)]
    first = council.supervisor.get("/bays?limit=2")
    second = council.supervisor.get(f"/bays?limit=2&cursor={first['next']}")
    third = council.supervisor.get(f"/bays?limit=2&cursor={second['next']}")
    shown = [bay["id"] for page in (first, second, third) for bay in page["items"]]
    assert shown == made[::-1]
    assert third["next"] is None


# Zones


def test_bays_on_the_edge_and_the_corner_lie_inside(council: Council):
    zone = council.supervisor.post("/zones", {"name": "Z", "outline": square(lon=1, lat=51, half=0.5)}, 201)
    for reference, lon, lat in (
        ("in", 1, 51),
        ("edge", 0.5, 51),
        ("corner", 1.5, 51.5),
        ("out", 1.500001, 51),
    ):
        bay = council.bay(reference, lon=lon, lat=lat, sensor=False)
        assert bay["zones"] == ([] if reference == "out" else [zone["id"]]), reference
    assert council.supervisor.get(f"/zones/{zone['id']}")["bays"] == 3


def test_membership_is_by_shape_and_not_by_its_box(council: Council):
    zone = council.supervisor.post(
        "/zones",
        {"name": "L", "outline": outline((0, 50), (2, 50), (2, 50.5), (0.5, 50.5), (0.5, 52), (0, 52))},
        201,
    )
    ring = outline((5, 50), (6, 50), (6, 51), (5, 51))
    ring["coordinates"].append([[5.4, 50.4], [5.6, 50.4], [5.6, 50.6], [5.4, 50.6], [5.4, 50.4]])
    hollow = council.supervisor.post("/zones", {"name": "O", "outline": ring}, 201)
    assert council.bay("notch", lon=1, lat=51, sensor=False)["zones"] == []
    assert council.bay("foot", lon=1, lat=50.2, sensor=False)["zones"] == [zone["id"]]
    assert council.bay("hole", lon=5.5, lat=50.5, sensor=False)["zones"] == []
    assert council.bay("rim", lon=5.1, lat=50.5, sensor=False)["zones"] == [hollow["id"]]


def test_a_bay_lies_in_every_zone_that_covers_it(council: Council):
    bay = council.bay("B1", sensor=False)["id"]
    zones = {council.zone("North"), council.zone("South")}
    assert set(bay_of(council, bay)["zones"]) == zones


def test_redrawing_a_zone_moves_its_bays_at_once(council: Council):
    here, there = council.bay("here", sensor=False)["id"], council.bay("there", lon=1.0, sensor=False)["id"]
    zone = council.zone()
    body = {"name": "Moved", "colour": "#123abc", "outline": square(lon=1.0, lat=LAT), "version": 1}
    redrawn = council.supervisor.put(f"/zones/{zone}", body, 200)
    assert (redrawn["version"], redrawn["name"], redrawn["colour"], redrawn["bays"]) == (
        2,
        "Moved",
        "#123abc",
        1,
    )
    assert redrawn["outline"] == body["outline"]
    assert bay_of(council, here)["zones"] == []
    assert bay_of(council, there)["zones"] == [zone]


def test_moving_a_bay_moves_it_between_zones(council: Council):
    zone, bay = council.zone(), council.bay("B1", sensor=False)["id"]
    council.supervisor.patch(f"/bays/{bay}", {"street": "Renamed Street"}, 200)
    assert bay_of(council, bay)["zones"] == [zone]
    assert council.supervisor.patch(f"/bays/{bay}", {"lon": 1.0}, 200)["zones"] == []


def test_of_two_who_redraw_at_once_the_second_is_told_and_nothing_is_overwritten(council: Council):
    zone, bay = council.zone(), council.bay("B1", sensor=False)["id"]
    mine = {"name": "Mine", "outline": square(lon=LON, lat=LAT, half=0.02), "version": 1}
    theirs = {"name": "Theirs", "outline": square(lon=5, lat=LAT), "version": 1}
    council.supervisor.put(f"/zones/{zone}", mine, 200)
    refused = council.administrator.call("PUT", f"/zones/{zone}", theirs)
    assert (refused.status_code, refused.get_json()["version"]) == (409, 2)
    assert refused.get_json()["type"].endswith("/stale-zone")
    kept = council.supervisor.get(f"/zones/{zone}")
    assert (kept["name"], kept["outline"], kept["version"]) == ("Mine", mine["outline"], 2)
    assert bay_of(council, bay)["zones"] == [zone]
    assert council.journal(zone) == ["zone.created", "zone.redrawn"]


def test_a_zones_name_is_free_again_once_it_is_retired(council: Council):
    zone, bay = council.zone("Centre"), council.bay("B1", sensor=False)["id"]
    body = {"name": "Centre", "outline": square(lon=2, lat=51)}
    assert council.supervisor.call("POST", "/zones", body).status_code == 409
    council.supervisor.delete(f"/zones/{zone}", 204)
    assert council.supervisor.call("GET", f"/zones/{zone}").status_code == 404
    assert council.supervisor.call("PUT", f"/zones/{zone}", {**body, "version": 1}).status_code == 404
    assert bay_of(council, bay)["zones"] == []
    assert [each["name"] for each in council.supervisor.get("/zones")["items"]] == []
    council.supervisor.post("/zones", body, 201)


# What bays allow


@pytest.mark.parametrize(
    ("wrong", "pointer", "said"),
    [
        ({"hours": "Mo-Fr 08:00-"}, "/hours", "expected"),
        ({"hours": "always"}, "/hours", "expected"),
        ({"hours": "Mo-Fr sunrise-sunset"}, "/hours", "sun"),
        ({"hours": "EV:match 10:00-12:00"}, "/hours", "match"),
        ({"code": "999"}, "/code", "contravention"),
        ({"code": "30r"}, "/code", "contravention"),
        ({"permitted_minutes": -1}, "/permitted_minutes", "0"),
        ({"permitted_minutes": 1.5}, "/permitted_minutes", "integer"),
        ({"reason": "revenue"}, "/reason", "one of"),
        ({"bay_class": " "}, "/bay_class", "Length"),
        ({"carried": "maybe"}, "/carried", "boolean"),
    ],
    ids=str,
)
def test_a_restriction_that_cannot_be_is_refused_in_words(council: Council, wrong, pointer, said):
    refused = council.supervisor.call("POST", "/restrictions", {**RESTRICTION, **wrong})
    assert refused.status_code == 422
    assert pointers(refused) == [pointer]
    assert said in refused.get_json()["errors"][0]["detail"]
    body = {"reference": "B1", "street": "S", "lon": 0, "lat": 51, "restriction": {**RESTRICTION, **wrong}}
    assert pointers(council.supervisor.call("POST", "/bays", body)) == [f"/restriction{pointer}"]
    assert council.supervisor.get("/bays")["items"] == []


def test_bad_hours_are_answered_with_the_parsers_own_words(council: Council):
    refused = council.supervisor.call("POST", "/restrictions", {**RESTRICTION, "hours": "Mo-Fr 08:00-"})
    assert "Mo-Fr 08:00-" in refused.get_json()["detail"]
    assert "1:13" in refused.get_json()["detail"], "the place of the mistake, line and column"


def test_the_same_restriction_twice_is_one(council: Council):
    first = council.supervisor.post("/restrictions", RESTRICTION, 201)
    assert council.supervisor.post("/restrictions", {**RESTRICTION, "name": "Another name"}, 201) == first
    other = council.supervisor.post("/restrictions", {**RESTRICTION, "suffix": "r"}, 201)
    assert other["id"] != first["id"]


def test_what_a_bay_allows_changes_on_its_day(council: Council):
    bay = council.bay("B1", sensor=False)
    new = council.supervisor.post("/restrictions", RESTRICTION, 201)
    body = {"restriction_id": new["id"], "valid_from": at("09:00", "2026-06-30").isoformat()}
    now = council.supervisor.post(f"/bays/{bay['id']}/restrictions", body, 200)
    assert now["restriction"] == bay["restriction"]
    council.clock.forward(days=1)
    assert bay_of(council, bay["id"])["restriction"]["id"] == new["id"]


def test_a_bay_takes_one_restriction_and_not_two(council: Council):
    known = council.supervisor.post("/restrictions", RESTRICTION, 201)["id"]
    body = {
        "reference": "B1",
        "street": "S",
        "lon": 0,
        "lat": 51,
        "restriction": RESTRICTION,
        "restriction_id": known,
    }
    assert council.supervisor.call("POST", "/bays", body).status_code == 422
    del body["restriction"]
    assert council.supervisor.post("/bays", body, 201)["restriction"]["id"] == known


# Suspensions


def test_a_bay_is_suspended_from_the_start_of_a_suspension_to_its_end(council: Council):
    bay = council.bay("B1", sensor=False)["id"]
    body = {
        "bay_id": bay,
        "starts_at": at("10:00").isoformat(),
        "ends_at": at("11:00").isoformat(),
        "why": "Skip",
    }
    made = council.supervisor.post("/suspensions", body, 201)
    suspended = {}
    for clock in ("09:59", "10:00", "10:59", "11:00"):
        council.clock.set(clock)
        suspended[clock] = bay_of(council, bay)["suspended"]
    assert suspended == {"09:59": False, "10:00": True, "10:59": True, "11:00": False}
    council.clock.set("10:30")
    council.supervisor.delete(f"/suspensions/{made['id']}", 204)
    council.supervisor.delete(f"/suspensions/{made['id']}", 204)
    assert not bay_of(council, bay)["suspended"]
    assert council.supervisor.get("/suspensions")["items"][0]["cancelled_at"]
    assert council.journal(made["id"]) == ["suspension.created", "suspension.cancelled"]


def test_a_suspension_ends_after_it_begins(council: Council):
    bay = council.bay("B1", sensor=False)["id"]
    body = {
        "bay_id": bay,
        "starts_at": at("10:00").isoformat(),
        "ends_at": at("10:00").isoformat(),
        "why": "Skip",
    }
    assert pointers(council.supervisor.call("POST", "/suspensions", body)) == ["/ends_at"]
    assert council.supervisor.get("/suspensions")["items"] == []


# Sensors


def test_a_sensor_is_known_as_its_network_writes_it(council: Council):
    made = council.supervisor.post("/sensors", {"reference": " 70-b3:d5-49-91-aa-bb-cc "}, 201)
    assert (made["reference"], made["heartbeat_minutes"], made["bay_id"]) == ("70B3D54991AABBCC", 1440, None)
    again = council.supervisor.call("POST", "/sensors", {"reference": "70b3d54991aabbcc"})
    assert again.status_code == 409


def test_a_sensor_for_a_bay_that_is_not_there_is_not_made(council: Council):
    refused = council.supervisor.call("POST", "/sensors", {"reference": "S1", "bay": "nowhere"})
    assert (refused.status_code, pointers(refused)) == (422, ["/bay"])
    assert council.supervisor.get("/sensors")["items"] == []


def test_a_sensor_moves_to_another_bay_and_its_past_stays(council: Council):
    first, second = council.bay("B1")["id"], council.bay("B2", sensor=False)["id"]
    sensor = council.supervisor.get("/sensors")["items"][0]["id"]
    council.reads(("B1", "occupied", "09:00"))
    council.clock.set("10:00")
    moved = council.supervisor.post(f"/sensors/{sensor}/bay", {"bay_id": second}, 200)
    assert moved["bay_id"] == second
    council.clock.set("10:01")
    council.reads(("B1", "occupied", "10:01"))
    assert [len(council.supervisor.get(f"/readings?bay={bay}")["items"]) for bay in (first, second)] == [1, 1]
    out = council.supervisor.post(f"/sensors/{sensor}/bay", {"bay_id": None}, 200)
    assert out["bay_id"] is None


def test_a_move_on_a_later_day_shows_on_that_day(council: Council):
    first, second = council.bay("B1")["id"], council.bay("B2", sensor=False)["id"]
    sensor = council.supervisor.get("/sensors")["items"][0]["id"]
    body = {"bay_id": second, "valid_from": at("09:00", "2026-06-30").isoformat()}
    assert council.supervisor.post(f"/sensors/{sensor}/bay", body, 200)["bay_id"] == first
    council.clock.forward(days=1)
    assert council.supervisor.get("/sensors")["items"][0]["bay_id"] == second


def test_a_retired_sensor_is_gone_and_what_it_says_is_unknown_again(council: Council):
    council.bay("B1")
    sensor = council.supervisor.get("/sensors")["items"][0]["id"]
    gone = council.supervisor.patch(f"/sensors/{sensor}", {"retired": True}, 200)
    assert gone["bay_id"] is None
    assert council.supervisor.get("/sensors")["items"] == []
    assert council.supervisor.call("PATCH", f"/sensors/{sensor}", {"model": "x"}).status_code == 404
    assert council.reads(("B1", "occupied", "09:00"))["unmapped"] == 1


def test_what_is_known_of_a_sensor_can_be_changed(council: Council):
    council.bay("B1")
    sensor = council.supervisor.get("/sensors")["items"][0]["id"]
    body = {"model": "em400-udl", "threshold_mm": 600, "heartbeat_minutes": 30}
    changed = council.supervisor.patch(f"/sensors/{sensor}", body, 200)
    assert {name: changed[name] for name in body} == body


def test_an_unknown_sensor_is_listed_until_it_is_mapped_and_then_its_past_is_its_own(council: Council):
    for clock in ("09:00", "09:10"):
        council.clock.set(clock)
        council.reads(("X", "occupied", clock))
    (unknown,) = council.supervisor.get("/sensors/unknown")["items"]
    assert (unknown["reference"], unknown["readings"], unknown["source"]) == ("S-X", 2, "batch")
    assert (unknown["first_seen_at"], unknown["last_seen_at"]) == (
        "2026-06-29T08:00:00Z",
        "2026-06-29T08:10:00Z",
    )
    bay = council.bay("X")["id"]
    assert council.supervisor.get("/sensors/unknown")["items"] == []
    council.clock.set("09:20")
    council.reads(("X", "occupied", "09:20"))
    assert len(council.supervisor.get("/readings?sensor=s-x")["items"]) == 3
    assert bay_of(council, bay)["state"] == "occupied"


def test_the_busiest_unknown_sensor_comes_first(council: Council):
    council.reads(("A", "occupied", "09:00"))
    council.reads(("B", "occupied", "08:58"), ("B", "free", "08:59"))
    assert [each["reference"] for each in council.supervisor.get("/sensors/unknown")["items"]] == [
        "S-B",
        "S-A",
    ]


def test_a_machine_with_its_scope_keeps_the_map(council: Council):
    machine = council.with_key("places:write", "places:read")
    zone = machine.post("/zones", {"name": "Z", "outline": square(lon=LON, lat=LAT)}, 201)
    body = {"reference": "M1", "street": "Judd Street", "lon": LON, "lat": LAT}
    body["restriction"] = {**RESTRICTION, "hours": EVERY_HOUR}
    assert machine.post("/bays", body, 201)["zones"] == [zone["id"]]
    assert machine.get("/zones")["items"][0]["bays"] == 1


# Two at once


RENAMED = {
    "bays": ("reference", {"reference": "B1", "street": "Judd Street", "lon": LON, "lat": LAT}),
    "zones": ("name", {"name": "Z", "outline": square(lon=LON, lat=LAT)}),
    "sensors": ("reference", {"reference": "S1"}),
    "restrictions": ("suffix", {**RESTRICTION, "suffix": "r"}),
}


@pytest.mark.parametrize("what", RENAMED)
def test_of_two_who_add_the_same_thing_at_once_the_second_is_told(council: Council, what):
    name, body = RENAMED[what]
    council.supervisor.post(f"/{what}", {**body, name: "X"}, 201)
    second = council.administrator

    def add() -> TestResponse:
        with council.app.app_context():
            return second.call("POST", f"/{what}", body)

    with council.session() as other, ThreadPoolExecutor(1) as pool:
        rename = text(f"UPDATE {what} SET {name} = :name")
        other.execute(rename, {"name": body[name]})  # and not committed yet
        answer = pool.submit(add)
        while not other.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")) and not answer.done():
            time.sleep(0.01)
        other.commit()
        assert answer.result().status_code == 409
        assert is_problem(answer.result())
