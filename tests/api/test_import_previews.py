"""What a file would change is shown before anything is written, and is what then happens."""

import json
from typing import Any

from ..builders import Council
from .test_imports import HEADING, bay, collection, feature, imports
from .walk import rows_of


def preview(council: Council, what: str, body: bytes) -> Any:
    answer = council.supervisor.call("POST", f"/import/{what}/preview", data=body)
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def test_a_preview_of_bays_says_what_is_new_changed_the_same_and_faulty_and_writes_nothing(council: Council):
    imports(council, "bays", collection(bay("B1"), bay("B2"), bay("B3"), bay("B4")))
    council.supervisor.delete(f"/bays/{council.supervisor.get('/bays?reference=B4')['items'][0]['id']}", 204)
    before = rows_of(council)
    file = collection(
        bay("B1"), bay("B2", street="Elm Road", permitted_minutes=30), bay("B3", lon=-0.13), bay("B4"),
        bay("B5"), bay("B6", hours="never ever"), bay("B5"),
    )  # fmt: skip
    said = preview(council, "bays", file)
    assert (said["new"], said["changed"], said["same"]) == (1, 3, 1)
    assert said["changes"] == [
        {"index": 1, "reference": "B2", "news": ["street", "restriction"]},
        {"index": 2, "reference": "B3", "news": ["lon"]},
        {"index": 3, "reference": "B4", "news": ["retired"]},
    ]
    assert [(fault["index"], fault["reference"]) for fault in said["refused"]] == [(5, "B6"), (6, "B5")]
    assert rows_of(council) == before
    taken = imports(council, "bays", file)
    assert (taken["taken"], taken["updated"], taken["refused"]) == (1, 4, said["refused"])
    again = preview(council, "bays", file)
    assert (again["new"], again["changed"], again["same"]) == (0, 0, 5)


def test_a_preview_of_sensors_says_the_same_of_them(council: Council):
    imports(council, "bays", collection(bay("B1"), bay("B2")))
    imports(council, "sensors", f"{HEADING}\nS1,B1,tps110,,30\nS2,,,,\nS3,,,,\n".encode())
    gone = next(each for each in council.supervisor.get("/sensors")["items"] if each["reference"] == "S3")
    council.supervisor.patch(f"/sensors/{gone['id']}", {"retired": True})
    before = rows_of(council)
    file = f"{HEADING}\nS1,B1,,,\nS2,B2,tps110,,\nS3,,,,\nS4,B1,,,\nS5,nowhere,,,\n".encode()
    said = preview(council, "sensors", file)
    assert (said["new"], said["changed"], said["same"]) == (1, 2, 1)
    assert [(each["reference"], each["news"]) for each in said["changes"]] == [
        ("S2", ["model", "bay"]),
        ("S3", ["retired"]),
    ]
    assert said["refused"][0]["detail"] == "bay: there is no bay 'nowhere'"
    assert rows_of(council) == before
    imports(council, "sensors", file)
    assert preview(council, "sensors", file)["same"] == 4


def test_a_file_of_several_pieces_comes_in_whole_with_its_zones_and_what_the_bays_allow(council: Council):
    zone = council.zone(lon=-0.12, lat=51.5)
    file = collection(*(bay(f"B{number}", permitted_minutes=30 + number % 2) for number in range(2200)))
    assert imports(council, "bays", file)["taken"] == 2200
    assert preview(council, "bays", file)["same"] == 2200
    [found] = council.supervisor.get("/zones")["items"]
    assert (found["id"], found["bays"]) == (zone, 2200)
    assert len(council.supervisor.get("/restrictions")["items"]) == 2
    [last] = council.supervisor.get("/bays?reference=B2199")["items"]
    assert last["restriction"]["permitted_minutes"] == 31


def test_a_bay_cannot_take_the_reference_of_a_place_that_a_patrol_has(council: Council):
    council.zone(lon=-0.12, lat=51.5)
    gate = {"street": "Judd Street", "at": "the school gate", "lon": -0.12, "lat": 51.5}
    patrol = {"name": "School run", "place": gate, "code": "26", "hours": "Mo-Fr 08:15-09:15", "minutes": 20}
    council.supervisor.post("/patrols", patrol, 201)
    with council.session() as session:
        taken = session.connection().exec_driver_sql("SELECT reference FROM bays WHERE spot").scalar_one()
    said = imports(council, "bays", collection(bay(taken), bay("B1")))
    assert (said["taken"], len(said["refused"])) == (1, 1)


def test_who_imported_is_on_record(council: Council):
    point = {"type": "Point", "coordinates": [-0.12, 51.5]}
    imports(council, "bays", collection(bay("B1")))
    imports(council, "bays", collection(feature(point, reference="B1", street="Elm Road")))
    [made] = council.supervisor.get("/bays")["items"]
    entries = council.supervisor.get(f"/journal?subject_id={made['id']}")["items"]
    assert [entry["kind"] for entry in entries] == ["bay.created", "bay.restriction", "bay.changed"]
    assert all(entry["actor"].startswith("person:") for entry in entries)
    assert "Elm" not in json.dumps(entries)
