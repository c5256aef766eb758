"""Streets from files: what was taken, what was refused, and what the next file of a list replaces."""

import json
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from ..builders import Council
from .walk import is_problem, rows_of

EAST = [[-0.13, 51.5], [-0.129, 51.5]]
FURTHER = [[-0.129, 51.5], [-0.128, 51.5]]
FAR = [[-0.13, 51.51], [-0.129, 51.51]]


def street(name: Any = "Judd Street", coordinates: Any = EAST, kind: str = "LineString") -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "geometry": geometry, "properties": {"name": name}}


def collection(*features: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def imports(council: Council, *features: Any, query: str = "", status: int = 200) -> Any:
    sent = {"data": collection(*features), "content_type": "application/geo+json"}
    answer = council.supervisor.call("POST", f"/import/streets{query}", **sent)
    assert answer.status_code == status, answer.text
    assert status == 200 or is_problem(answer)
    return answer.get_json()


def drawn(council: Council) -> dict[str, Any]:
    """The streets on the map, by name."""
    shown = council.supervisor.get("/map")["features"]
    return {f["properties"]["name"]: f["geometry"] for f in shown if f["properties"]["kind"] == "street"}


@pytest.fixture
def council(council: Council) -> Council:
    """One with a zone around the streets."""
    council.zone(lon=-0.13, lat=51.505)
    return council


def test_a_street_of_many_pieces_is_one_line_where_they_meet(council: Council):
    assert imports(council, street(), street(coordinates=FURTHER), street("Quill Street", FAR)) == {
        "taken": 2,
        "updated": 0,
        "refused": [],
    }
    assert drawn(council)["Judd Street"]["coordinates"] == [[-0.13, 51.5], [-0.128, 51.5]]
    imports(council, street(coordinates=[EAST, FAR], kind="MultiLineString"))
    assert len(drawn(council)["Judd Street"]["coordinates"]) == 2


def test_a_file_replaces_the_list_of_its_name_and_no_other(council: Council):
    imports(council, street("Judd Street"), street("Quill Street", FAR))
    imports(council, street("Canal Path", FAR), query="?name=paths")
    before = {row.split(",")[1] for row in rows_of(council)["streets"] if "Judd" in row}
    said = imports(council, street("Judd Street", FAR), street("Mill Lane", FURTHER))
    assert (said["taken"], said["updated"]) == (1, 1)
    assert set(drawn(council)) == {"Judd Street", "Mill Lane", "Canal Path"}
    assert {row.split(",")[1] for row in rows_of(council)["streets"] if "Judd" in row} == before


def test_the_same_file_again_changes_nothing_that_is_kept(council: Council):
    imports(council, street())
    before = rows_of(council)["streets"]
    assert imports(council, street()) == {"taken": 0, "updated": 1, "refused": []}
    assert rows_of(council)["streets"] == before


def test_a_faulty_street_is_named_and_stays_as_it_was(council: Council):
    imports(council, street("Judd Street"), street("Quill Street", FAR))
    said = imports(council, street("Judd Street", [[181, 0], [0, 0]]), street("Quill Street", FAR))
    (fault,) = said["refused"]
    assert (fault["index"], fault["reference"]) == (0, "Judd Street")
    assert "longitude beyond ±180°" in fault["detail"]
    assert set(drawn(council)) == {"Judd Street", "Quill Street"}


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (street(coordinates=[[51.5, -100], [51.6, -100]]), "are longitude and latitude swapped?"),
        (street(coordinates=[[0, 51]]), "can't be read"),
        (street(coordinates=[[0, 51], [0, 51]]), "not a valid line"),
        (street(coordinates=[[0, 51], [float("nan"), 51], [0, 52]]), "geometry"),
        (street(coordinates=[[0, 51], [float("inf"), 51]]), "geometry"),
        (street(coordinates=[]), "is empty"),
        (street(coordinates=[0, 51], kind="Point"), "must be a LineString or a MultiLineString"),
        (street(coordinates=[[0, 51]] * 10_001), "10000 points are the most"),
        (street(name=""), "name is missing"),
        (street(name=7), "name must be a text"),
        (street(name="Judd\0Street"), "NUL"),
        (street(name="x" * 201), "longer than 200"),
        ({"type": "Feature", "properties": {"name": "Judd Street"}}, "must be a GeoJSON geometry"),
        ("not a feature", "name is missing"),
        (None, "name is missing"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else None,
)
def test_a_street_that_cannot_be_is_refused_with_the_reason(council: Council, item, said):
    answer = imports(council, item)
    (fault,) = answer["refused"]
    assert said in fault["detail"]
    assert (answer["taken"], rows_of(council)["streets"]) == (0, [])


def test_all_or_nothing_takes_nothing_and_drops_nothing(council: Council):
    imports(council, street("Mill Lane"))
    imports(council, street(), street(name=""), query="?strict=true", status=422)
    assert set(drawn(council)) == {"Mill Lane"}


def test_what_is_no_collection_takes_nothing(council: Council):
    for body in (b"", b"[]", b'{"type": "Feature"}', b"\xff", b'{"type": "FeatureCollection"}'):
        answer = council.supervisor.call("POST", "/import/streets", data=body)
        assert (answer.status_code, is_problem(answer)) == (400, True), body


def test_a_file_of_streets_may_be_as_large_as_any_and_no_larger(council: Council):
    fits = collection(street()) + b" " * (3 * 1024 * 1024)
    assert council.supervisor.call("POST", "/import/streets", data=fits).status_code == 200
    over = b" " * (32 * 1024 * 1024 + 1)
    assert council.supervisor.call("POST", "/import/streets", data=over).status_code == 413


def test_streets_are_drawn_by_who_draws_the_rest_of_the_map(council: Council):
    body = {"data": collection(street())}
    assert council.with_key("places:write").call("POST", "/import/streets", **body).status_code == 200
    assert council.with_key("places:read").call("POST", "/import/streets", **body).status_code == 403
    assert council.person("officer")[1].call("POST", "/import/streets", **body).status_code == 403


def test_a_file_can_be_taken_from_a_terminal(terminal: Flask, council: Council, tmp_path):
    path = tmp_path / "streets.geojson"
    path.write_bytes(collection(street(), street(name="")))
    told: Result = terminal.test_cli_runner().invoke(
        args=["import", "streets", str(path), "--authority", council.slug]
    )
    assert told.exit_code == 0, told.output
    assert "feature 2: (no reference): name is missing" in told.output
    assert "1 new, 0 updated, 1 refused." in told.output
    assert set(drawn(council)) == {"Judd Street"}
