"""What an officer saw and photographed, on the desk."""

from typing import Any

from playwright.sync_api import Browser, expect

from enforcement.simulation.client import ApiClient
from enforcement.simulation.stack import Stack

from ..builders import PASSWORD, step
from ..pictures import hash_of, jpeg
from .axe import violations
from .conftest import DESK, Street, sign_in

PHOTO = jpeg(width=400, height=300)


def test_a_supervisor_sees_what_was_seen_and_a_photo_as_soon_as_it_has_come(
    chromium: Browser, stack: Stack, street: Street
):
    officer = Camera(stack.url)
    officer.sign_in(street.officer, PASSWORD)
    task, sighting = looked(street, officer)
    context = chromium.new_context(viewport=DESK)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto(f"{stack.url}/desk/#live/{task['id']}")
    sign_in(page, street.supervisor)
    expect(page.get_by_text("AB12CDE")).to_be_visible(timeout=15_000)
    expect(page.get_by_text("One photo is still on the phone.")).to_be_visible()
    officer.send_photo(sighting)
    photo = page.get_by_role("img", name="Photo taken")
    expect(photo).to_be_visible(timeout=15_000)
    page.wait_for_function("() => document.querySelector('.photos img').naturalWidth === 400")
    expect(page.get_by_text("still on the phone")).to_have_count(0)
    assert violations(page) == []
    with page.expect_popup() as opened:
        photo.click()
    opened.value.wait_for_function("() => document.images[0]?.naturalWidth === 400")
    assert [each for each in faults if "401" not in each] == []  # nobody was signed in yet
    context.close()


class Camera(ApiClient):
    """A phone that sends what it has taken."""

    def send_photo(self, sighting: str) -> None:
        path = f"/sightings/{sighting}/photos/{hash_of(PHOTO)}"
        assert self._send("PUT", path, params={"offset": 0, "size": len(PHOTO)}, data=PHOTO)["complete"]


def looked(street: Street, officer: Camera) -> tuple[dict[str, Any], str]:
    """The officer looked at the street's car and took a photo: the task, and the sighting's id."""
    officer.post(f"/shifts/{street.shift['id']}/start", step())
    street.car_is_over(minutes=25)
    for _ in range(200):
        if tasks := officer.get("/tasks", state="open")["items"]:
            break
    [task] = tasks
    for what in ("accept", "arrive"):
        task = officer.post(f"/tasks/{task['id']}/{what}", {**step(), "version": task["version"]})
    seen = step()
    photos = [{"sha256": hash_of(PHOTO), "taken_at": seen["recorded_at"]}]
    said = {**seen, "version": task["version"], "plate": "AB12CDE", "photos": photos}
    return officer.post(f"/tasks/{task['id']}/sightings", said), seen["id"]
