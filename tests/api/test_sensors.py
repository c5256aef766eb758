"""How sensors are: silent ones first, how many of their reports came late, which lie nowhere."""

from datetime import timedelta
from typing import Any

import pytest

from ..builders import Council, at


@pytest.fixture
def town(council: Council) -> Council:
    for reference in ("B1", "B2", "B3"):
        council.bay(reference)
    return council


def sensors(council: Council, query: str = "") -> list[str]:
    return [each["reference"] for each in council.supervisor.get(f"/sensors{query}")["items"]]


def report(council: Council, bay: str, minutes_ago: float, **more: Any) -> None:
    when = council.clock() - timedelta(minutes=minutes_ago)
    item = {"sensor": f"S-{bay}", "state": "free", "at": when.isoformat(), **more}
    council.network.post("/readings", {"readings": [item]})


def test_silent_sensors_come_by_how_long_they_were_not_heard(town: Council):
    report(town, "B1", 0)
    town.clock.forward(days=1)
    report(town, "B2", 0)
    assert sensors(town, "?silent=true") == ["S-B3"], "it was never heard"
    town.clock.forward(days=2)
    assert sensors(town, "?silent=true") == ["S-B3", "S-B1"]
    assert sensors(town, "?silent=false") == ["S-B2"]
    town.clock.forward(days=2)
    page = town.supervisor.get("/sensors?silent=true&limit=1")
    seen = [page["items"][0]["reference"]]
    while page["next"]:
        page = town.supervisor.get(f"/sensors?silent=true&limit=1&cursor={page['next']}")
        seen.append(page["items"][0]["reference"])
    assert seen == ["S-B3", "S-B1", "S-B2"]


def test_the_late_share_is_of_the_last_days(town: Council):
    town.clock.set("09:00", "2026-06-20")
    report(town, "B1", 30)
    town.clock.set("09:00")
    for minutes in (0, 4, 30):
        report(town, "B1", minutes, battery_percent=42)
    [sensor] = town.supervisor.get("/sensors?reference=s-b1")["items"]
    assert (sensor["reports"], sensor["late"], sensor["silent"]) == (3, 1, False)
    assert sensor["health"]["battery_percent"] == 42
    assert sensor["bay"]["street"] == "Judd Street"


def test_one_that_lies_in_no_bay_is_found_by_that(town: Council):
    town.supervisor.post("/sensors", {"reference": "LOOSE"})
    assert sensors(town, "?unmapped=true") == ["LOOSE"]
    bay = town.supervisor.get("/bays?reference=B1")["items"][0]["id"]
    assert sensors(town, f"?bay_id={bay}") == ["S-B1"]


def test_an_unknown_sensor_that_is_put_on_the_books_is_listed_no_more(town: Council):
    item = {"sensor": "NEW", "state": "occupied", "at": at("09:00").isoformat()}
    town.network.post("/readings", {"readings": [item]})
    assert [each["reference"] for each in town.supervisor.get("/sensors/unknown")["items"]] == ["NEW"]
    made = town.supervisor.post("/sensors", {"reference": "NEW", "bay": "B3"})
    assert made["bay"]["reference"] == "B3"
    assert town.supervisor.get("/sensors/unknown")["items"] == []
    assert town.supervisor.get("/bays?reference=B3")["items"][0]["state"] == "occupied"
