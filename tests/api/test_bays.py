"""The books of bays: found, changed one by one and many at once, taken off the street and put back."""

from typing import Any

import pytest

from ..builders import EVERY_HOUR, HOME, Council, at
from .walk import RESTRICTION


def references(council: Council, query: str = "") -> list[str]:
    return [bay["reference"] for bay in council.supervisor.get(f"/bays?order=street{query}")["items"]]


@pytest.fixture
def town(council: Council) -> Council:
    """Three bays in Judd Street, one of them in no zone, one whose car the sensor sees."""
    council.zone()
    for reference, lon in (("B2", HOME[0]), ("B10", HOME[0] + 1), ("B1", HOME[0])):
        council.bay(reference, lon=lon)
    council.reads(("B1", "occupied", "09:00"))
    return council


def test_bays_are_found_by_words_zone_state_and_what_they_allow(town: Council):
    assert references(town) == ["B1", "B10", "B2"]
    assert references(town, "&text=judd b1") == ["B1", "B10"]
    assert references(town, "&text=elm") == []
    assert references(town, f"&zone_id={town.supervisor.get('/zones')['items'][0]['id']}") == ["B1", "B2"]
    assert references(town, "&state=occupied") == ["B1"]
    assert references(town, "&state=unknown") == ["B10", "B2"]
    rule = town.supervisor.get("/restrictions")["items"][0]["id"]
    assert len(references(town, f"&restriction_id={rule}")) == 3
    other = town.supervisor.post("/restrictions", RESTRICTION)["id"]
    assert references(town, f"&restriction_id={other}") == []


def test_a_percent_sign_is_a_percent_sign(town: Council):
    assert references(town, "&text=%25") == []


def test_pages_go_on_where_the_last_one_ended_in_the_order_of_streets(town: Council):
    town.supervisor.patch(f"/bays/{_id(town, 'B2')}", {"street": "Elm Road"})
    seen, cursor = [], ""
    while True:
        page = town.supervisor.get(f"/bays?order=street&limit=1{cursor}")
        seen += [bay["reference"] for bay in page["items"]]
        if not page["next"]:
            break
        cursor = f"&cursor={page['next']}"
    assert seen == ["B2", "B1", "B10"]


def test_paused_suspended_and_retired_bays_are_found_by_that(town: Council):
    town.supervisor.patch(f"/bays/{_id(town, 'B1')}", {"paused_why": "Sign turned"})
    times = {"starts_at": at("08:00").isoformat(), "ends_at": at("18:00").isoformat()}
    town.supervisor.post("/suspensions", {"bay_id": _id(town, "B2"), "why": "Filming", **times})
    town.supervisor.delete(f"/bays/{_id(town, 'B10')}", 204)
    assert references(town, "&state=paused") == ["B1"]
    assert references(town, "&state=suspended") == ["B2"]
    assert references(town, "&state=retired") == ["B10"]
    assert references(town) == ["B1", "B2"]


def test_a_bay_that_was_retired_by_mistake_comes_back_with_its_sensor_and_its_zones(town: Council):
    bay = town.supervisor.get(f"/bays/{_id(town, 'B1')}")
    town.supervisor.delete(f"/bays/{bay['id']}", 204)
    assert town.supervisor.get("/bays?state=retired")["items"][0]["retired_at"]
    town.supervisor.post("/bays", {"reference": "B1", "street": "S", "lon": 0, "lat": 51}, 409)
    town.clock.forward(seconds=5)
    back = town.supervisor.post(f"/bays/{bay['id']}/restore")
    assert (back["zones"], back["restriction"], back["retired_at"]) == (
        bay["zones"],
        bay["restriction"],
        None,
    )
    assert _sensor(town, "S-B1")["bay_id"] == bay["id"]
    assert town.supervisor.post(f"/bays/{bay['id']}/restore")["id"] == bay["id"], "twice is as good as once"


def test_a_sensor_that_was_moved_meanwhile_stays_where_it_is(town: Council):
    bay, elsewhere = _id(town, "B1"), _id(town, "B2")
    town.supervisor.delete(f"/bays/{bay}", 204)
    town.clock.forward(minutes=5)
    town.supervisor.post(f"/sensors/{_sensor(town, 'S-B1')['id']}/bay", {"bay_id": elsewhere})
    town.supervisor.post(f"/bays/{bay}/restore")
    assert _sensor(town, "S-B1")["bay_id"] == elsewhere


def test_a_bay_is_renamed_and_never_like_another(town: Council):
    bay = _id(town, "B1")
    assert town.supervisor.patch(f"/bays/{bay}", {"reference": "JS-1"})["reference"] == "JS-1"
    town.supervisor.patch(f"/bays/{bay}", {"reference": "B2"}, 409)
    assert (
        town.supervisor.patch(f"/bays/{bay}", {"reference": "JS-1", "street": "Judd St"})["street"]
        == "Judd St"
    )


def test_what_a_bay_allowed_before_and_will_allow_is_told(town: Council):
    bay, rule = _id(town, "B1"), town.supervisor.post("/restrictions", RESTRICTION)["id"]
    later = at("12:00").isoformat()
    town.supervisor.post(f"/bays/{bay}/restrictions", {"restriction_id": rule, "valid_from": later})
    to_come, before = town.supervisor.get(f"/bays/{bay}/restrictions")["items"]
    assert (to_come["restriction"]["id"], to_come["valid_to"]) == (rule, None)
    assert (before["restriction"]["permitted_minutes"], before["valid_to"]) == (120, to_come["valid_from"])


# Many at once


def many(town: Council, rule: str, **more: Any) -> dict[str, Any]:
    return {"which": {"text": "Judd"}, "restriction_id": rule, **more}


def test_many_bays_change_in_one_go_after_a_preview_that_changes_nothing(town: Council):
    rule = town.supervisor.post("/restrictions", RESTRICTION)["id"]
    town.supervisor.post(f"/bays/{_id(town, 'B1')}/restrictions", {"restriction_id": rule})
    town.clock.forward(minutes=1)
    said = town.supervisor.post("/bays/restrictions/preview", many(town, rule))
    assert said == {"changed": 2, "same": 1}
    assert len(references(town, f"&restriction_id={rule}")) == 1
    done = town.supervisor.post("/bays/restrictions", many(town, rule, expected=2))
    assert done == said
    assert len(references(town, f"&restriction_id={rule}")) == 3
    entries = town.supervisor.get(f"/journal?subject_id={town.id}")["items"]
    [entry] = [each for each in entries if each["kind"] == "authority.restricted"]
    assert (entry["facts"]["bays"], entry["actor"].partition(":")[0]) == (2, "person")
    assert "bay.restriction" in town.journal(_id(town, "B2"))


def test_where_other_bays_are_meant_by_now_nothing_is_changed(town: Council):
    rule = town.supervisor.post("/restrictions", RESTRICTION)["id"]
    refused = town.supervisor.post("/bays/restrictions", many(town, rule, expected=2), 409)
    assert refused["bays"] == 3
    assert references(town, f"&restriction_id={rule}") == []


def test_cars_that_stand_there_are_judged_by_the_new_rule(town: Council):
    short = {**RESTRICTION, "hours": EVERY_HOUR, "permitted_minutes": 15}
    rule = town.supervisor.post("/restrictions", short)["id"]
    town.clock.set("09:30")
    town.sweep()
    assert town.tasks() == []
    body = many(town, rule, expected=3, valid_from=at("08:00").isoformat())
    town.supervisor.post("/bays/restrictions", body)
    town.sweep()
    assert [task["bay"]["reference"] for task in town.tasks()] == ["B1"]


def test_another_council_s_bays_are_not_meant(town: Council, neighbour: Council):
    theirs = neighbour.bay("B1")
    rule = town.supervisor.post("/restrictions", RESTRICTION)["id"]
    town.supervisor.post("/bays/restrictions", {"which": {}, "restriction_id": rule, "expected": 3})
    assert neighbour.supervisor.get(f"/bays/{theirs['id']}")["restriction"] == theirs["restriction"]
    town.supervisor.post("/bays/restrictions/preview", many(town, theirs["restriction"]["id"]), 404)


def _id(council: Council, reference: str) -> str:
    return council.supervisor.get(f"/bays?reference={reference}")["items"][0]["id"]


def _sensor(council: Council, reference: str) -> dict[str, Any]:
    found = council.supervisor.get(f"/sensors?reference={reference}")["items"]
    return next(each for each in found if each["reference"] == reference)
