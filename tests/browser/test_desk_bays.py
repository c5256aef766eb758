"""The books of bays and sensors on the desk: files with faults, signs of suspensions, sensors that nobody knew."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from enforcement.simulation.stack import Stack

from ..pictures import with_gps
from .axe import violations_day_and_night
from .conftest import Street, desk_of

RULE = {"bay_class": "limited-waiting", "hours": "24/7", "permitted_minutes": 30, "code": "30"}
SWEPT_WITHIN = 20_000  # ms


@pytest.fixture
def page(chromium: Browser, stack: Stack, street: Street) -> Iterator[Page]:
    page = desk_of(chromium, street)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    page.context.close()
    assert faults == []


def screen(page: Page, name: str) -> None:
    page.evaluate("(name) => { location.hash = name; }", name)


def bay(street: Street, reference: str, **says: Any) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [street.lon, street.lat]}
    properties = {"reference": reference, "street": "Elm Road", **RULE, **says}
    return {"type": "Feature", "geometry": point, "properties": properties}


def test_a_file_with_faults_is_previewed_then_taken(page: Page, street: Street, tmp_path: Path):
    good, bad = f"{street.name}-1", f"{street.name}-2"
    path = tmp_path / "bays.geojson"
    features = [bay(street, good), bay(street, bad, hours="never ever"), bay(street, street.name)]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    screen(page, "bays/import")
    page.get_by_label("A file of bays").set_input_files(path)
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("heading", name="What bays.geojson would change")).to_be_focused()
    expect(page.get_by_role("row", name=bad)).to_contain_text("never ever")
    expect(page.get_by_role("row", name=bad).get_by_role("cell").first).to_have_text("2")
    expect(page.get_by_role("row", name=street.name).last).to_contain_text("its street, what it allows")
    assert street.admin.get("/bays", reference=good)["items"] == [], "nothing is written yet"
    assert violations_day_and_night(page) == []
    page.get_by_role("button", name="Take it: 2 bays").click()
    expect(page.get_by_role("heading", name="bays.geojson is taken")).to_be_visible()
    page.get_by_role("link", name="To the bays").click()
    page.get_by_label("Street or bay").fill(f"elm {street.name}")
    expect(page.get_by_role("row", name=good)).to_contain_text("30 min, code 30, 24/7")
    expect(page.get_by_role("row", name=bad)).to_have_count(0)
    assert violations_day_and_night(page) == []


def test_a_car_that_was_there_before_the_sign_raises_no_task(page: Page, street: Street, tmp_path: Path):
    car_comes(street, minutes_ago=60)
    screen(page, "bays/suspensions")
    page.get_by_text("Suspend a bay").click()
    page.get_by_label("Bay (its reference)").fill(street.name)
    begun = (datetime.now(UTC) - timedelta(minutes=30)).isoformat()
    page.get_by_label("From", exact=True).fill(local(page, begun))
    page.get_by_label("Why (for officers)").fill("Water main")
    page.get_by_label("What the sign says").fill("No parking. Works.")
    page.get_by_role("button", name="Suspend this bay").click()
    card = page.get_by_role("listitem").filter(has_text=f"bay {street.name}")
    expect(card).to_contain_text("every car there raises a task")
    expect_tasks(page, street, ["21"])
    card.get_by_text("The sign is up").click()
    card.get_by_label("The sign went up").fill(local(page, begun))
    photo = tmp_path / "sign.jpg"
    photo.write_bytes(with_gps())
    card.get_by_label("A photo of it").set_input_files(photo)
    card.get_by_role("button", name="Save").click()
    expect(card.get_by_role("img", name=f"The sign at bay {street.name}")).to_be_visible()
    expect_tasks(page, street, [])
    [made] = [
        each for each in street.admin.get("/suspensions")["items"] if each["bay"]["reference"] == street.name
    ]
    assert made["sign_photo"], "taken without what the camera had written beside it"
    page.wait_for_function("() => document.querySelector('.sign img').naturalWidth === 64")
    assert violations_day_and_night(page) == []
    card.get_by_role("button", name="Call it off").click()
    expect(card).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(card).to_have_count(1)


def test_a_sensor_that_nobody_knew_is_put_on_the_books(page: Page, street: Street):
    new = f"NEW-{uuid4().hex[:6].upper()}"
    reading = {"sensor": new, "state": "occupied", "at": datetime.now(UTC).isoformat()}
    street.sensors.post("/readings", {"readings": [reading]})
    screen(page, "sensors/unknown")
    card = page.get_by_role("listitem").filter(has_text=new)
    expect(card).to_contain_text("1 report")
    assert violations_day_and_night(page) == []
    card.get_by_label("It lies in bay").fill("nowhere")
    card.get_by_role("button", name="Put it on the books").click()
    expect(card.get_by_role("alert")).to_contain_text("There is no bay 'nowhere'.")
    card.get_by_label("It lies in bay").fill(street.name)
    card.get_by_role("button", name="Put it on the books").click()
    expect(card).to_have_count(0)
    screen(page, "sensors")
    page.get_by_label("Sensor", exact=True).fill(new)
    expect(page.get_by_role("row", name=new)).to_contain_text(f"bay {street.name}")
    assert violations_day_and_night(page) == []


def test_a_bay_is_paused_retired_and_put_back_with_its_story_on_one_page(page: Page, street: Street):
    street.car_is_over(minutes=25)
    [known] = street.admin.get("/bays", reference=street.name)["items"]
    screen(page, f"bays/{known['id']}")
    expect(page.get_by_role("heading", name=f"Judd Street, bay {street.name}")).to_be_visible()
    expect(page.get_by_role("region", name="What it allows")).to_contain_text("2 h, code 30, 24/7")
    expect(page.get_by_role("region", name="Tasks lately")).to_contain_text(
        "Over a 2 h limit", timeout=SWEPT_WITHIN
    )
    assert violations_day_and_night(page) == []
    page.get_by_label("Pause it, because").fill("Sign turned")
    page.get_by_role("button", name="Pause", exact=True).click()
    expect(page.get_by_text("It raises no tasks.")).to_be_visible()
    screen(page, "bays/check")
    row = page.get_by_role("row", name=f"bay {street.name}")
    expect(row).to_contain_text("Sign turned")
    assert violations_day_and_night(page) == []
    row.get_by_role("button", name="Put back").click()
    expect(row).to_have_count(0)
    screen(page, f"bays/{known['id']}")
    page.get_by_role("button", name="Take it off the street").click()
    expect(page.get_by_text("Out of use. What happened there")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("region", name="Sensor")).to_contain_text(f"S-{street.name}")


def test_many_bays_change_what_they_allow_after_their_number_was_shown(page: Page, street: Street):
    made = street.admin.post("/restrictions", {**RULE, "name": f"Half an hour {street.name}"})
    screen(page, "bays/together")
    page.get_by_label("Street or bay").fill(street.name)
    page.get_by_label("From then on they allow").select_option(made["id"])
    page.get_by_role("button", name="Show how many would change").click()
    expect(page.get_by_text("1 bay changes")).to_be_visible()
    assert violations_day_and_night(page) == []
    page.get_by_role("button", name="Change 1 bay").click()
    expect(page.get_by_text("1 bay was changed.")).to_be_visible()
    [known] = street.admin.get("/bays", reference=street.name)["items"]
    assert known["restriction"]["id"] == made["id"]


def test_event_days_are_added_and_removed_with_a_way_back(page: Page, street: Street):
    screen(page, "bays/events")
    name = f"fair-{street.name}"
    page.get_by_label("Event").fill(name)
    page.get_by_label("Day").fill((datetime.now(UTC) + timedelta(days=9)).date().isoformat())
    page.get_by_role("button", name="Add this day").click()
    row = page.get_by_role("row", name=name)
    expect(row).to_have_count(1)
    assert violations_day_and_night(page) == []
    row.get_by_role("button", name="Remove").click()
    expect(row).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(row).to_have_count(1)


def car_comes(street: Street, minutes_ago: float) -> None:
    at = datetime.now(UTC) - timedelta(minutes=minutes_ago)
    reading = {"sensor": f"S-{street.name}", "state": "occupied", "at": at.isoformat()}
    street.sensors.post("/readings", {"readings": [reading]})


def local(page: Page, instant: str) -> str:
    """As a field for date and time has it, in the council's zone."""
    told: str = page.evaluate(
        "async (at) => (await import('/shared/words.js')).wallClock(at, (await import('/shared/clock.js')).zone())",
        instant,
    )
    return told


def expect_tasks(page: Page, street: Street, codes: list[str]) -> None:
    for _ in range(SWEPT_WITHIN // 200):
        found = [
            task["code"]
            for task in street.admin.get("/tasks", state="open")["items"]
            if task["bay"]["reference"] == street.name
        ]
        if found == codes:
            return
        page.wait_for_timeout(200)
    raise AssertionError(f"{found} and not {codes}")
