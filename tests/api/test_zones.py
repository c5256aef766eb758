"""What supervisors do to zones: what may be drawn, split, taken back; who changed what; files of them."""

import json
from typing import Any

import pytest

from ..builders import HOME, Council, at, square
from .test_imports import collection, feature
from .walk import is_problem

LON, LAT = HOME
SHOPS = "Mo-Sa 08:00-18:30; PH off"


def body(name: str = "Centre", **more: Any) -> dict[str, Any]:
    return {"name": name, "outline": square(lon=LON, lat=LAT), **more}


def entry(council: Council, zone: str) -> dict[str, Any]:
    """The last thing that the journal says of it."""
    told: dict[str, Any] = council.supervisor.get(f"/journal?subject_id={zone}")["items"][-1]
    return told


def halves() -> list[dict[str, Any]]:
    west = square(lon=LON - 0.0005, lat=LAT, half=0.0005)
    east = square(lon=LON + 0.0005, lat=LAT, half=0.0005)
    return [{"name": "West", "outline": west}, {"name": "East", "outline": east}]


def test_a_polygon_of_ten_thousand_points_is_refused_with_how_many_may_be(council: Council):
    ring = [[LON + x / 10_000, LAT + (x % 2) / 1000] for x in range(9_998)]
    many = {"type": "Polygon", "coordinates": [[*ring, [LON, LAT + 1], ring[0]]]}
    refused = council.supervisor.call("POST", "/zones", {"name": "Z", "outline": many})
    assert (refused.status_code, is_problem(refused)) == (422, True)
    [error] = refused.get_json()["errors"]
    assert error["pointer"] == "/outline"
    assert "has 10000 points, and 2000 points are the most" in error["detail"]


def test_a_zone_with_room_for_no_patrol_is_refused(council: Council):
    tiny = council.supervisor.call("POST", "/zones", body(outline=square(lon=LON, lat=LAT, half=0.00001)))
    assert tiny.status_code == 422
    assert "less than 25 m²" in tiny.get_json()["errors"][0]["detail"]


def test_a_zone_says_whether_it_is_active_and_until_when(council: Council):
    zone = council.supervisor.post("/zones", body(hours=SHOPS), 201)
    assert (zone["hours"], zone["active"], zone["changes_at"]) == (SHOPS, True, "2026-06-29T17:30:00Z")
    council.clock.set("19:00")
    now = council.supervisor.get(f"/zones/{zone['id']}")
    assert (now["active"], now["changes_at"]) == (False, "2026-06-30T07:00:00Z")
    always = council.supervisor.post("/zones", body("Always"), 201)
    assert (always["hours"], always["active"], always["changes_at"]) == (None, True, None)


@pytest.mark.parametrize("hours", ["Mo-Fr 08:00-", "EV:match 10:00-12:00", "Mo-Fr sunrise-sunset"])
def test_hours_of_a_zone_that_cannot_be_read_are_refused_as_those_of_a_bay_are(council: Council, hours: str):
    refused = council.supervisor.call("POST", "/zones", body(hours=hours))
    assert refused.status_code == 422
    assert [each["pointer"] for each in refused.get_json()["errors"]] == ["/hours"]


def test_the_journal_says_who_changed_what_of_a_zone(council: Council):
    council.bay("B1", sensor=False)
    zone = council.supervisor.post("/zones", body(), 201)["id"]
    assert entry(council, zone)["facts"] == {"name": "Centre", "bays": 1}
    council.administrator.put(
        f"/zones/{zone}", {**body("Middle", outline=square(lon=1, lat=LAT)), "version": 1}
    )
    told = entry(council, zone)
    assert told["kind"] == "zone.redrawn"
    assert told["actor"] == f"person:{council.administrator.get('/me')['person']['id']}"
    assert told["facts"] == {
        "version": 2, "bays": 0, "bays_before": 1, "outline": True,
        "was": {"name": "Centre"}, "now": {"name": "Middle"},
    }  # fmt: skip


def test_saving_a_zone_as_it_is_changes_nothing(council: Council):
    zone = council.supervisor.post("/zones", body(), 201)["id"]
    same = {**body(), "version": 1}
    assert council.supervisor.put(f"/zones/{zone}", same)["version"] == 1
    assert council.journal(zone) == ["zone.created"]


def test_a_retired_zone_comes_back_with_its_bays_and_its_shifts(council: Council):
    bay, zone = council.bay("B1", sensor=False)["id"], council.zone()
    officer = council.officer(zone)
    council.supervisor.delete(f"/zones/{zone}", 204)
    back = council.supervisor.post(f"/zones/{zone}/restore", {}, 200)
    assert (back["id"], back["bays"], back["version"]) == (zone, 1, 1)
    assert council.supervisor.get(f"/bays/{bay}")["zones"] == [zone]
    assert [each["id"] for each in zones_of(council, officer)] == [zone]
    assert council.supervisor.post(f"/zones/{zone}/restore", {}, 200) == back, (
        "restoring twice is restoring once"
    )
    assert council.journal(zone) == ["zone.created", "zone.retired", "zone.restored"]


def test_a_retired_zone_does_not_come_back_over_one_that_took_its_name(council: Council):
    zone = council.zone("Centre")
    council.supervisor.delete(f"/zones/{zone}", 204)
    council.supervisor.post("/zones", body("Centre", outline=square(lon=1, lat=51)), 201)
    assert council.supervisor.call("POST", f"/zones/{zone}/restore", {}).status_code == 409


def test_a_zone_is_split_in_two_and_its_officers_have_both(council: Council):
    west = council.bay("W", lon=LON - 0.0005, sensor=False)["id"]
    east = council.bay("E", lon=LON + 0.0005, sensor=False)["id"]
    zone = council.supervisor.post("/zones", body(), 201)["id"]
    officer, ended = council.officer(zone), council.on_duty(zone)
    council.supervisor.post(f"/shifts/{ended.shift['id']}/release", {})
    first, second = council.supervisor.post(f"/zones/{zone}/split", {"version": 1, "parts": halves()})[
        "items"
    ]
    assert (first["id"], first["name"], first["bays"], second["bays"]) == (zone, "West", 1, 1)
    assert council.supervisor.get(f"/bays/{west}")["zones"] == [zone]
    assert council.supervisor.get(f"/bays/{east}")["zones"] == [second["id"]]
    assert [zone["name"] for zone in zones_of(council, officer)] == ["East", "West"]
    assert [zone["name"] for zone in zones_of(council, ended)] == ["West"]
    assert entry(council, second["id"])["facts"]["split_from"] == zone


def zones_of(council: Council, officer: Any) -> list[dict[str, Any]]:
    shifts = council.supervisor.get("/shifts?day=2026-06-29")["items"]
    [shift] = [shift for shift in shifts if shift["id"] == officer.shift["id"]]
    return sorted(shift["zones"], key=lambda zone: zone["name"])


def test_of_a_split_that_fails_nothing_is_kept(council: Council):
    zone = council.supervisor.post("/zones", body(), 201)["id"]
    council.zone("East", lon=1)
    before = council.supervisor.get("/zones")
    split = council.supervisor.call("POST", f"/zones/{zone}/split", {"version": 1, "parts": halves()})
    assert split.status_code == 409, "the name of the second part is taken"
    stale = council.supervisor.call("POST", f"/zones/{zone}/split", {"version": 7, "parts": halves()})
    assert stale.get_json()["type"].endswith("/stale-zone")
    assert council.supervisor.get("/zones") == before


def test_who_draws_knows_every_bay_also_those_in_no_zone(council: Council):
    council.bay("B2", lon=1.0, sensor=False)
    council.bay("B1", sensor=False)
    told = council.supervisor.get("/zones/ground")
    assert told["bays"] == [["B1", "Judd Street", LON, LAT], ["B2", "Judd Street", 1.0, LAT]]
    assert told["limits"] == {"most_corners": 2000, "least_m2": 25.0}
    assert [street["properties"]["name"] for street in told["streets"]] == ["Judd Street"]


# Files


def imported(council: Council, file: bytes, query: str = "", status: int = 200) -> Any:
    answer = council.supervisor.call("POST", f"/import/zones{query}", data=file)
    assert answer.status_code == status, answer.text
    return answer.get_json()


def test_what_is_exported_can_be_imported_and_changes_nothing(council: Council):
    council.supervisor.post("/zones", body("Shops", hours=SHOPS, colour="#123abc"), 201)
    council.zone("Always")
    answer = council.supervisor.call("GET", "/export/zones")
    assert answer.mimetype == "application/geo+json"
    assert "zones.geojson" in answer.headers["Content-Disposition"]
    before = council.supervisor.get("/zones")
    assert imported(council, answer.data)["updated"] == 2
    assert council.supervisor.get("/zones") == before
    names = [each["properties"]["name"] for each in json.loads(answer.data)["features"]]
    assert names == ["Always", "Shops"]


def test_a_file_may_leave_hours_as_they_are_set_them_or_take_them_away(council: Council):
    council.supervisor.post("/zones", body("Z", hours=SHOPS), 201)
    shape = square(lon=LON, lat=LAT)

    def hours_after(**said: Any) -> str | None:
        imported(council, collection(feature(shape, name="Z", **said)))
        return council.supervisor.get("/zones")["items"][0]["hours"]

    assert hours_after() == SHOPS
    assert hours_after(hours="Mo-Fr 09:00-17:00") == "Mo-Fr 09:00-17:00"
    assert hours_after(hours=None) is None


def test_a_preview_says_what_would_change_and_changes_nothing(council: Council):
    council.bay("B1", sensor=False)
    council.zone("Kept")
    moved = council.zone("Moved")
    file = collection(
        feature(square(lon=1, lat=LAT), name="Moved"),
        feature(square(lon=LON, lat=LAT), name="New", hours=SHOPS),
        feature({"type": "Point", "coordinates": [0, 51]}, name="Dot"),
        feature(square(lon=LON, lat=LAT, half=0.01), name="Kept"),
    )
    before = council.supervisor.get("/zones")
    told = imported(council, file, "?preview=true")
    assert (told["taken"], told["updated"], told["loose"], told["loose_then"]) == (1, 1, 0, 0)
    assert told["refused"] == [{"index": 2, "reference": "Dot", "detail": "geometry: must be a Polygon"}]
    changes = [
        (zone["name"], zone["new"], zone["changed"], zone["bays_before"], zone["bays"])
        for zone in told["zones"]
    ]
    assert changes == [("Moved", False, ["outline"], 1, 0), ("New", True, [], 0, 1)]
    assert council.supervisor.get("/zones") == before
    assert council.journal(moved) == ["zone.created"]


def test_a_preview_counts_the_bays_that_would_lie_in_no_zone(council: Council):
    council.bay("B1", sensor=False)
    council.bay("elsewhere", lon=2.0, sensor=False)
    council.zone("Centre")
    told = imported(council, collection(feature(square(lon=1, lat=LAT), name="Centre")), "?preview=true")
    assert (told["loose"], told["loose_then"]) == (1, 2)


def test_who_imports_what_they_saw_is_told_when_a_zone_was_changed_since(council: Council):
    zone = council.supervisor.post("/zones", body("Z"), 201)["id"]
    file = collection(feature(square(lon=1, lat=LAT), name="Z"))
    seen = imported(council, file, "?preview=true")["seen"]
    council.administrator.put(f"/zones/{zone}", {**body("Z", colour="#9c1c1c"), "version": 1})
    refused = imported(council, file, f"?seen={seen}", 409)
    assert refused["type"].endswith("/zones-changed")
    assert council.supervisor.get(f"/zones/{zone}")["version"] == 2
    seen = imported(council, file, "?preview=true")["seen"]
    assert imported(council, file, f"?seen={seen}")["updated"] == 1


def test_an_event_day_makes_a_zone_active_on_it(council: Council):
    day = council.supervisor.post("/event-days", {"name": "match", "day": "2026-07-04"}, 201)["id"]
    zone = council.supervisor.post("/zones", body(hours="EV:match 10:00-20:00"), 201)
    assert (zone["active"], zone["changes_at"]) == (False, "2026-07-04T09:00:00Z")
    council.supervisor.post("/event-days", {"name": "match", "day": "2026-06-29"}, 201)
    council.clock.now = at("10:30")
    assert council.supervisor.get(f"/zones/{zone['id']}")["active"]
    council.supervisor.delete(f"/event-days/{day}", 204)
    assert council.supervisor.get("/zones")["items"][0]["active"], "an event with fewer days is still known"
