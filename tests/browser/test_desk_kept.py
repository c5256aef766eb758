"""What was left with the supervisors: it is counted, shown with its photos, put away and taken up again."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from enforcement.simulation.client import ApiFault

from ..builders import PASSWORD, step
from ..pictures import hash_of, jpeg
from .axe import violations_day_and_night
from .conftest import Street, desk_of
from .test_desk_photos import Camera

PHOTO = jpeg(width=400, height=300)
COUNTED = "Shifts (1 left with you)"


def left(street: Street) -> tuple[Camera, dict[str, Any], str]:
    """A look at a car whose task was called off meanwhile: the phone, the task, the phone's id of the look."""
    officer = Camera(street.stack.url)
    officer.sign_in(street.officer, PASSWORD)
    officer.post(f"/shifts/{street.shift['id']}/start", step())
    street.car_is_over(minutes=25)
    while not (tasks := officer.get("/tasks", state="open")["items"]):
        pass
    task = officer.post(f"/tasks/{tasks[0]['id']}/accept", {**step(), "version": tasks[0]["version"]})
    street.admin.post(f"/tasks/{task['id']}/withdraw", {"why": "A funeral"})
    seen = step()
    photos = [{"sha256": hash_of(PHOTO), "taken_at": seen["recorded_at"]}]
    with pytest.raises(ApiFault):
        officer.post(
            f"/tasks/{task['id']}/sightings",
            {**seen, "version": task["version"], "plate": "AB12CDE", "photos": photos},
        )
    return officer, task, seen["id"]


def nobody_left_anything(street: Street) -> None:
    """All tests share one council."""
    for record in street.admin.get("/kept-records", limit=200)["items"]:
        street.admin.post(f"/kept-records/{record['id']}/put-away")


def test_it_is_put_away_and_taken_up_again(chromium: Browser, street: Street):
    nobody_left_anything(street)
    desk: Page = desk_of(chromium, street, screen="shifts/kept")
    expect(desk.get_by_text("Nothing is left with you.")).to_be_visible()
    officer, _, look = left(street)
    expect(desk.get_by_role("link", name=COUNTED)).to_be_visible()
    card = desk.locator("kept-list li")
    expect(card).to_contain_text("AB12CDE")
    expect(card).to_contain_text("One photo is still on the phone.")
    officer.send_photo(look)
    expect(card.get_by_role("img", name="Photo taken")).to_be_visible()
    assert violations_day_and_night(desk) == []

    card.get_by_role("button", name="Dealt with").click()
    expect(card).to_have_count(0)
    expect(desk.get_by_role("heading", name="Left with you")).to_be_focused()
    expect(desk.get_by_role("link", name="Shifts", exact=True)).to_be_visible()
    desk.get_by_role("button", name="Undo").click()
    expect(card).to_contain_text("AB12CDE")
    expect(desk.get_by_role("link", name=COUNTED)).to_be_visible()

    card.get_by_role("button", name="Dealt with").click()
    desk.get_by_label("Show also what was dealt with").check()
    mine = card.filter(has_text="Dealt with by Sunita").first
    expect(mine).to_contain_text("AB12CDE")
    mine.get_by_role("button", name="Take it up again").click()
    expect(desk.get_by_role("link", name="Left with you (1)")).to_be_visible()
    desk.context.close()
