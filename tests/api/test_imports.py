"""Bays, zones and sensors from files, by the API and from a terminal: what was taken, what was refused and why."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from ..builders import Council, square
from .walk import is_problem, rows_of

RULE = {
    "bay_class": "limited-waiting",
    "hours": "Mo-Sa 08:00-18:30",
    "permitted_minutes": 60,
    "code": "30",
    "reason": "period_ended",
}


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def bay(reference: Any = "B1", lon: Any = -0.12, lat: Any = 51.5, **properties: Any) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [lon, lat]}
    return feature(point, **{"reference": reference, "street": "Judd Street", **RULE, **properties})


def collection(*features: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def imports(council: Council, what: str, body: bytes, *, strict: bool = False, status: int = 200) -> Any:
    answer = council.supervisor.call("POST", f"/import/{what}?strict={strict}", data=body)
    assert answer.status_code == status, answer.text
    assert status == 200 or is_problem(answer)
    return answer.get_json()


def refused(council: Council, what: str, *items: Any) -> str:
    """Why the one item was refused."""
    body = "\n".join(items).encode() if what == "sensors" else collection(*items)
    said = imports(council, what, body)
    assert (said["taken"], said["updated"]) == (0, 0)
    (fault,) = said["refused"]
    assert fault["index"] == 0
    return fault["detail"]


def test_bays_come_in_with_what_they_allow_and_where_they_lie(council: Council):
    zone = council.zone(lon=-0.12, lat=51.5)
    outline = square(lon=-0.12, lat=51.5, half=0.0001)
    shaped = feature(
        outline, reference="B2", street="Judd Street", **RULE, suffix="r", carried=True, name="By hand"
    )
    assert imports(council, "bays", collection(bay("B1"), shaped)) == {
        "taken": 2,
        "updated": 0,
        "refused": [],
    }
    second, first = council.supervisor.get("/bays")["items"]
    assert (first["lon"], first["lat"], first["zones"], first["outline"]) == (-0.12, 51.5, [zone], None)
    assert (first["restriction"]["hours"], first["restriction"]["code"]) == (RULE["hours"], "30")
    assert (second["outline"], second["zones"]) == (outline, [zone])
    assert (second["restriction"]["suffix"], second["restriction"]["carried"]) == ("r", True)


def test_a_new_bay_must_say_what_it_allows_and_a_known_one_may_leave_it_as_it_is(council: Council):
    point = {"type": "Point", "coordinates": [-0.12, 51.5]}
    bare = feature(point, reference="B1", street="Judd Street")
    (refused,) = imports(council, "bays", collection(bare))["refused"]
    assert refused["detail"] == "bay_class is missing"
    imports(council, "bays", collection(bay("B1")))
    assert imports(council, "bays", collection(bare))["updated"] == 1
    (known,) = council.supervisor.get("/bays")["items"]
    assert known["restriction"]["hours"] == RULE["hours"]


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (bay(lon=51.5, lat=-120.1), "latitude"),
        (bay(lon=-0.12, lat=91), "latitude beyond ±90°: are longitude and latitude swapped?"),
        (bay(lon=181), "longitude beyond ±180°"),
        (bay(lon=float("nan")), "geometry"),
        (bay(lon=float("inf")), "geometry"),
        (bay(lon="west"), "can't be read"),
        (bay(lon=None), "can't be read"),
        (feature(None, reference="B1", street="S"), "geometry"),
        (feature({"type": "Point"}, reference="B1", street="S"), "can't be read"),
        (feature({"type": "Point", "coordinates": []}, reference="B1", street="S"), "Point or a Polygon"),
        (feature({"type": "Blob", "coordinates": [1, 2]}, reference="B1", street="S"), "can't be read"),
        (
            feature({"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}, reference="B1", street="S"),
            "geometry",
        ),
        (
            feature({"type": "LineString", "coordinates": [[0, 0], [1, 1]]}, reference="B1", street="S"),
            "must be a Point or a Polygon",
        ),
        (bay(hours="Mo-Fr 08:00-"), "Mo-Fr 08:00-"),
        (bay(hours=["Mo-Fr"]), "hours must be a text"),
        (bay(hours="x" * 1001), "longer than 1000"),
        (bay(code="00"), "not a known contravention code"),
        (bay(code=30), "code must be a text"),
        (bay(permitted_minutes="60"), "whole number"),
        (bay(permitted_minutes=10**30), "0 to a week"),
        (bay(permitted_minutes=-1), "0 to a week"),
        (bay(reason="because"), "reason must be one of"),
        (bay(reason=[]), "reason must be a text"),
        (bay(suffix={"a": 1}), "suffix must be a text"),
        (bay(name=7), "name must be a text"),
        (bay(carried="no"), "carried must be true or false"),
        (bay(street="Judd\0Street"), "NUL"),
        (bay(street="Judd \ud800 Street"), "half a character"),
        (bay(bay_class="a\0b"), "NUL"),
        (bay(street=""), "street is missing"),
        (bay(reference=""), "reference is missing"),
        (bay(reference=7), "reference must be a text"),
        (bay(reference="x" * 101), "longer than 100"),
        ("not a feature", "reference is missing"),
        (None, "reference is missing"),
        ({"type": "Feature", "properties": []}, "reference is missing"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else None,
)
def test_a_bay_that_cannot_be_is_refused_with_the_reason(council: Council, item, said):
    assert said in refused(council, "bays", item)
    assert council.supervisor.get("/bays")["items"] == []
    assert council.supervisor.get("/restrictions")["items"] == []


CROSSING = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}


@pytest.mark.parametrize(
    ("geometry", "said"),
    [
        (CROSSING, "crosses itself at 0.5, 0.5"),
        (square(lon=51.5, lat=-100), "latitude beyond ±90°: are longitude and latitude swapped?"),
        (square(lon=0, lat=90), "latitude"),
        ({"type": "Point", "coordinates": [0, 51]}, "must be a Polygon"),
        ({"type": "Polygon", "coordinates": []}, "is empty"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0], [0, 0]]]}, "not a valid shape"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [float("nan"), 1], [0, 0]]]}, "outline"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], ["a", 1], [0, 0]]]}, "can't be read"),
        ({"type": "Polygon", "coordinates": {"a": 1}}, "can't be read"),
        ({"type": "Polygon", "coordinates": 7}, "can't be read"),
        ({"type": ["Polygon"], "coordinates": []}, "can't be read"),
        ({"type": "GeometryCollection", "geometries": [CROSSING]}, "must be a Polygon"),
        ({"type": "Polygon", "coordinates": [[[1e308, 0], [1, 1e308], [0, 1], [1e308, 0]]]}, "outline"),
        (
            {"type": "Polygon", "coordinates": [[[x / 10001, 1 / (x + 1)] for x in range(10001)]]},
            "2000 points are the most",
        ),
        ({}, "can't be read"),
        ([], "must be a GeoJSON geometry"),
        (None, "must be a GeoJSON geometry"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else None,
)
def test_a_shape_that_cannot_be_is_refused_by_file_and_by_hand(council: Council, geometry, said):
    by_file = refused(council, "zones", feature(geometry, name="Z"))
    assert said.replace("outline", "geometry") in by_file
    body = json.dumps({"name": "Z", "outline": geometry})
    by_hand = council.supervisor.call("POST", "/zones", data=body, content_type="application/json")
    assert by_hand.status_code in (400, 422), by_hand.text
    assert is_problem(by_hand)
    assert council.supervisor.get("/zones")["items"] == []


@pytest.mark.parametrize(
    ("properties", "said"),
    [
        ({}, "name is missing"),
        ({"name": 7}, "name must be a text"),
        ({"name": "Z", "colour": "red"}, "colour must be #rrggbb"),
        ({"name": "Z", "colour": {"r": 1}}, "colour must be #rrggbb"),
        ({"name": "x" * 101}, "longer than 100"),
    ],
)
def test_a_zone_without_a_proper_name_and_colour_is_refused(council: Council, properties, said):
    assert said in refused(council, "zones", feature(square(lon=0, lat=51), **properties))


def test_zones_come_in_with_their_bays_and_a_colour(council: Council):
    made = council.bay("B1", sensor=False)
    shape = square(lon=made["lon"], lat=made["lat"])
    body = collection(feature(shape, name="A"), feature(shape, name="B", colour="#ABCDEF"))
    assert imports(council, "zones", body)["taken"] == 2
    first, second = council.supervisor.get("/zones")["items"]
    assert (first["bays"], second["bays"], second["colour"]) == (1, 1, "#ABCDEF")


def test_sensors_come_in_with_their_bays(council: Council):
    council.bay("B1", sensor=False)
    body = (
        "reference,bay,model,threshold_mm,heartbeat_minutes\r\n"
        "70-b3-d5-49-91-aa-bb-cc,B1,em400-udl,600,30\r\n"
        '"S,2",,,,\r\n'
    ).encode("utf-8-sig")
    assert imports(council, "sensors", body) == {"taken": 2, "updated": 0, "refused": []}
    second, first = council.supervisor.get("/sensors")["items"]
    assert (first["reference"], first["model"], first["threshold_mm"]) == (
        "70B3D54991AABBCC",
        "em400-udl",
        600,
    )
    assert first["bay_id"] == council.supervisor.get("/bays")["items"][0]["id"]
    assert (second["reference"], second["bay_id"], second["heartbeat_minutes"]) == ("S,2", None, 1440)


HEADING = "reference,bay,model,threshold_mm,heartbeat_minutes"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("S1,nowhere,,,", "there is no bay 'nowhere'"),
        (",,,,", "reference is missing"),
        ("S1,,,tall,", "threshold_mm must be a whole number above 0, not 'tall'"),
        ("S1,,,-5,", "threshold_mm"),
        ("S1,,,,0", "heartbeat_minutes"),
        ("S1,,,," + "9" * 30, "heartbeat_minutes"),
        ("S1,,,,٣", "heartbeat_minutes"),
        ("S1,,,,,too,many", "more cells than the heading"),
        ("x" * 101 + ",,,,", "longer than 100"),
        ("S1,," + "m" * 101 + ",,", "model is longer"),
        ("S\0001,,,,", "NUL"),
        ("S1,,m\0,,", "NUL"),
    ],
    ids=lambda value: value[:40].replace("\0", "NUL"),
)
def test_a_sensor_that_cannot_be_is_refused_with_the_reason(council: Council, row, said):
    assert said in refused(council, "sensors", HEADING, row)
    assert council.supervisor.get("/sensors")["items"] == []


@pytest.mark.parametrize(
    ("what", "body", "said"),
    [
        ("bays", b"", "not JSON"),
        ("bays", b"{", "not JSON"),
        ("bays", b"\xff\xfe{", "not JSON"),
        ("bays", b"[" * 100_000, "not JSON"),
        ("bays", b'{"type":"FeatureCollection","features":[' + b"1" * 5000 + b"]}", "not JSON"),
        ("bays", b"[]", "FeatureCollection"),
        ("bays", b"null", "FeatureCollection"),
        ("bays", b'{"type": "FeatureCollection"}', "FeatureCollection"),
        ("bays", b'{"type": "FeatureCollection", "features": {}}', "FeatureCollection"),
        ("zones", b'{"type": "Feature", "features": []}', "FeatureCollection"),
        ("sensors", b"", "missing: bay, reference"),
        ("sensors", b"reference\nS1\n", "missing: bay"),
        ("sensors", b"reference,bay,colour\nS1,,red\n", "unknown: colour"),
        ("sensors", "reference,bay\nÄ1,\n".encode("latin-1"), "UTF-8"),
        ("sensors", b'reference,bay\n"S1,\n', "CSV"),
        ("sensors", b"reference,bay\r\rS1,", "CSV"),
        ("sensors", b"reference,bay\n" + b"x" * 200_000, "CSV"),
    ],
    ids=lambda value: None if isinstance(value, bytes) else value,
)
def test_a_file_that_is_not_what_it_should_be_is_refused_as_a_whole(council: Council, what, body, said):
    problem = imports(council, what, body, status=400)
    assert problem["type"].endswith("/unreadable")
    assert said in problem["detail"]


def test_one_bad_item_among_good_ones_is_named_and_leaves_nothing_behind(council: Council):
    body = collection(bay("B1"), bay("B2", hours="never ever"), bay("B3", lat=100), bay("B4"))
    said = imports(council, "bays", body)
    assert (said["taken"], said["updated"]) == (2, 0)
    assert [(fault["index"], fault["reference"]) for fault in said["refused"]] == [(1, "B2"), (2, "B3")]
    assert [bay["reference"] for bay in council.supervisor.get("/bays")["items"]] == ["B4", "B1"]


def test_a_reference_that_stands_twice_in_a_file_is_taken_once(council: Council):
    said = imports(council, "bays", collection(bay("B1"), bay(" B1 ", lon=1)))
    assert (said["taken"], said["updated"], len(said["refused"])) == (1, 0, 1)
    assert said["refused"][0]["detail"] == "'B1' stands more than once in this file"
    assert council.supervisor.get("/bays")["items"][0]["lon"] == -0.12
    said = imports(council, "sensors", f"{HEADING}\nab-cd,,,,\nAB-CD,,,,\n".encode())
    assert (said["taken"], said["refused"][0]["index"]) == (1, 1)


def test_after_a_faulty_item_its_correction_further_down_is_taken(council: Council):
    said = imports(council, "bays", collection(bay("B1", lat=100), bay("B1")))
    assert (said["taken"], len(said["refused"])) == (1, 1)


FILES = {
    "bays": collection(bay("B1"), bay("B2")),
    "zones": collection(feature(square(lon=-0.12, lat=51.5), name="Z")),
    "sensors": f"{HEADING}\nS1,B1,tps110,,30\n".encode(),
}


def test_the_same_files_again_change_nothing(council: Council):
    first = [imports(council, what, body)["taken"] for what, body in FILES.items()]
    before = rows_of(council)
    again = [imports(council, what, body) for what, body in FILES.items()]
    assert first == [2, 1, 1]
    assert again == [{"taken": 0, "updated": count, "refused": []} for count in first]
    assert rows_of(council) == before


def test_a_later_file_updates_what_is_there(council: Council):
    for what, body in FILES.items():
        imports(council, what, body)
    old = council.supervisor.get("/bays?reference=B1")["items"][0]
    council.clock.forward(hours=1)
    changed = bay("B1", lon=1.0, street="Other Street", permitted_minutes=30)
    assert imports(council, "bays", collection(changed))["updated"] == 1
    new = council.supervisor.get("/bays?reference=B1")["items"][0]
    assert (new["id"], new["street"], new["zones"]) == (old["id"], "Other Street", [])
    assert new["restriction"]["permitted_minutes"] == 30
    moved = collection(feature(square(lon=1.0, lat=51.5), name="Z"))
    assert imports(council, "zones", moved)["updated"] == 1
    assert council.supervisor.get("/zones")["items"][0]["bays"] == 1
    assert imports(council, "sensors", f"{HEADING}\nS1,B2,,,\n".encode())["updated"] == 1
    (sensor,) = council.supervisor.get("/sensors")["items"]
    assert (sensor["model"], sensor["heartbeat_minutes"]) == ("tps110", 30), "an empty cell says nothing"
    assert sensor["bay_id"] == council.supervisor.get("/bays?reference=B2")["items"][0]["id"]


def test_what_was_retired_is_back_in_use_when_a_file_names_it(council: Council):
    for what, body in FILES.items():
        imports(council, what, body)
    old = council.supervisor.get("/bays?reference=B1")["items"][0]["id"]
    sensor = council.supervisor.get("/sensors")["items"][0]["id"]
    council.supervisor.delete(f"/bays/{old}", 204)
    council.supervisor.patch(f"/sensors/{sensor}", {"retired": True}, 200)
    council.zone("Drawn meanwhile", lon=-0.12, lat=51.5)
    council.clock.forward(hours=1)
    for what in ("bays", "sensors"):
        imports(council, what, FILES[what])
    back = council.supervisor.get("/bays?reference=B1")["items"][0]
    assert (back["id"], len(back["zones"])) == (old, 2)
    assert council.supervisor.get("/sensors")["items"][0]["bay_id"] == old


@pytest.mark.parametrize(
    ("what", "good", "bad"),
    [
        ("bays", bay("B7"), bay("B8", code="00")),
        ("zones", feature(square(lon=1, lat=51), name="Good"), feature(CROSSING, name="Bad")),
    ],
)
def test_a_strict_import_with_a_fault_leaves_nothing_in_the_database(council: Council, what, good, bad):
    for each, body in FILES.items():
        imports(council, each, body)
    before = rows_of(council)
    problem = imports(council, what, collection(good, bad), strict=True, status=422)
    assert problem["type"].endswith("/all-or-nothing")
    assert [fault["index"] for fault in problem["refused"]] == [1]
    assert rows_of(council) == before
    assert imports(council, what, collection(good), strict=True)["taken"] == 1


def test_a_strict_import_of_sensors_with_a_fault_takes_none(council: Council):
    body = f"{HEADING}\nS1,,,,\nS2,nowhere,,,\n".encode()
    assert imports(council, "sensors", body, strict=True, status=422)["refused"][0]["reference"] == "S2"
    assert council.supervisor.get("/sensors")["items"] == []


# From a terminal


def flask_import(terminal: Flask, council: Council, what: str, path: Path, *more: str) -> Result:
    words = ["import", what, str(path), "--authority", council.slug, *more]
    return terminal.test_cli_runner().invoke(args=words)


def test_files_are_taken_from_a_terminal(terminal: Flask, council: Council, tmp_path: Path):
    for what, body in FILES.items():
        path = tmp_path / what
        path.write_bytes(body)
        first, again = (flask_import(terminal, council, what, path) for _ in range(2))
        assert (first.exit_code, again.exit_code) == (0, 0), first.output + again.output
        assert "new, 0 updated, 0 refused" in first.output
        assert again.output.startswith("0 new")
    assert len(council.supervisor.get("/bays")["items"]) == 2
    assert council.supervisor.get("/zones")["items"][0]["bays"] == 2
    assert council.supervisor.get("/sensors")["items"][0]["bay_id"]


def test_what_is_refused_is_listed_on_the_terminal(terminal: Flask, council: Council, tmp_path: Path):
    path = tmp_path / "bays.geojson"
    path.write_bytes(collection(bay("B1"), bay("B2", hours="Mo-Fr 08:00-"), bay("", lat=95)))
    lenient = flask_import(terminal, council, "bays", path)
    assert lenient.exit_code == 0
    assert "feature 2: B2: " in lenient.output
    assert "Mo-Fr 08:00-" in lenient.output
    assert "feature 3: (no reference): reference is missing" in lenient.output
    assert "1 new, 0 updated, 2 refused." in lenient.output


def test_a_strict_import_from_a_terminal_is_all_or_nothing(terminal: Flask, council: Council, tmp_path: Path):
    path = tmp_path / "bays.geojson"
    path.write_bytes(collection(bay("B1"), bay("B2", code="00")))
    strict = flask_import(terminal, council, "bays", path, "--strict")
    assert strict.exit_code == 1
    assert "feature 2: B2: " in strict.output
    assert "all or nothing" in strict.output
    assert council.supervisor.get("/bays")["items"] == []


@pytest.mark.parametrize(
    ("what", "body", "said"),
    [("bays", b"{", "not JSON"), ("sensors", b"\xff", "UTF-8"), ("zones", b"[]", "FeatureCollection")],
)
def test_an_unreadable_file_is_a_line_on_the_terminal(terminal, council: Council, tmp_path, what, body, said):
    path = tmp_path / "file"
    path.write_bytes(body)
    result = flask_import(terminal, council, what, path)
    assert (result.exit_code, isinstance(result.exception, SystemExit)) == (1, True)
    assert said in result.output
