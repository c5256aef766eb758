"""What an officer does at the car, in a real browser: evidence, its photos, and how the visit ends."""

import re
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect

from enforcement.simulation.client import ApiClient
from enforcement.simulation.stack import Stack

from .axe import violations_day_and_night
from .conftest import Street, phone_in, signed_in, wants
from .officer import SENT_WITHIN, at_the_car, finds_a_fault, on_shift, opened, typing_is_kept

HIDDEN = "taken in front of number 12"
PLATE, NOTE = "AB12 CDE", "Nobody in or near the vehicle."


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """As a camera makes it: large, lying on its side, with more in it than the picture."""
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = HIDDEN, 6
    file = tmp_path / "photo.jpg"
    Image.effect_noise((2400, 1800), 40).convert("RGB").save(file, exif=exif)
    return file


@pytest.fixture
def supervisor(street: Street) -> ApiClient:
    return signed_in(street, street.supervisor)


def plate(page: Page) -> Any:
    return page.get_by_label("Number plate")


def look(page: Page, text: str) -> None:
    plate(page).fill(text)
    page.get_by_role("button", name="Record this look").click()


def observe(page: Page, code: str) -> None:
    page.get_by_label("Contravention").fill(code)
    page.get_by_role("button", name=re.compile(f"^{code}")).click()
    page.get_by_role("button", name="Begin to observe").click()
    expect(page.get_by_role("heading", name="What you see")).to_be_visible()


def test_what_is_filled_in_survives_a_reload_and_the_evidence_arrives_with_its_photo(
    chromium: Browser, stack: Stack, street: Street, supervisor: ApiClient, photo: Path
):
    context = phone_in(chromium, street)
    page = at_the_car(context, street)
    plate(page).press_sequentially("abi2cde")
    page.get_by_role("button", name=f"Is it {PLATE}?").click()
    page.get_by_role("button", name="Front: not seen").click()
    page.locator("#face-front label").filter(has_text=re.compile("^3$")).click()
    page.locator("#face-rear label").filter(has_text=re.compile("^9$")).click()
    page.get_by_text("Phrases to put in").click()
    page.get_by_role("button", name=NOTE).click()
    page.locator("input[capture]").set_input_files(photo)
    expect(page.get_by_text("1 photo of 10")).to_be_visible()

    typing_is_kept(page)
    page.reload()
    expect(plate(page)).to_have_value(PLATE)
    expect(page.get_by_role("button", name="Front: 3 o’clock")).to_be_visible()
    expect(page.get_by_role("button", name="Rear: 9 o’clock")).to_be_visible()
    expect(page.get_by_label("Note", exact=True)).to_have_value(NOTE)
    expect(page.locator(".thumbs canvas")).to_have_count(1)

    page.get_by_role("button", name="Record this look").click()
    expect(page.get_by_text("The evidence is complete.")).to_be_visible()
    expect(page.get_by_text("With the server")).to_be_visible(timeout=SENT_WITHIN)
    page.get_by_role("button", name="Begin a notice").click()
    page.get_by_label("The notice’s number").fill("WK04815162")
    page.get_by_role("button", name="Notice served").click()
    expect(page.get_by_role("heading", name="Nothing to do now")).to_be_visible()
    page.get_by_role("link", name="Found").click()
    expect(page.get_by_text("Notice served · WK04815162")).to_be_visible()
    expect(page.get_by_text("Not sent yet")).to_have_count(0, timeout=SENT_WITHIN)

    [task] = of(street, supervisor)
    assert task["notice_number"] == "WK04815162"
    [sighting] = supervisor.get(f"/tasks/{task['id']}/sightings")["items"]
    told = {name: sighting[name] for name in ("plate", "valve_front", "valve_rear", "note")}
    assert told == {"plate": "AB12CDE", "valve_front": 3, "valve_rear": 9, "note": NOTE}
    [taken] = sighting["photos"]
    assert taken["received_at"]
    assert abs(taken["lon"] - street.lon) < 0.001
    photos = f"{stack.url}/api/v1/sightings/{sighting['id']}/photos"
    content = context.request.get(f"{photos}/{taken['sha256']}").body()
    assert HIDDEN.encode() not in content
    with Image.open(BytesIO(content)) as picture:
        assert (picture.size, dict(picture.getexif())) == ((1200, 1600), {})
    context.close()


def test_two_observations_run_side_by_side_without_a_signal_and_arrive_when_it_is_back(
    chromium: Browser, street: Street, supervisor: ApiClient
):
    context = phone_in(chromium, street)
    page = on_shift(context, street)
    page.get_by_role("link", name="Found").click()
    page.get_by_role("link", name="New observation").click()
    page.get_by_role("button", name=street.name).click()
    observe(page, "30")
    look(page, PLATE)
    expect(page.get_by_text("Look 2 is possible at")).to_be_visible()

    context.set_offline(True)
    page.get_by_role("link", name="Found").click()
    page.get_by_role("link", name="New observation").click()
    page.get_by_role("button", name="Not in a bay").click()
    page.get_by_label("Street", exact=True).fill("Elm Road")
    page.get_by_label("Where in it").fill("outside the bakery")
    observe(page, "27")
    plate(page).fill("XY34 ZZZ")
    expect(page.get_by_text("not checked at")).to_be_visible()
    expect(page.get_by_role("navigation", name="All that is in your hand").get_by_role("link")).to_have_count(
        2
    )
    typing_is_kept(page)
    page.reload()
    expect(plate(page)).to_have_value("XY34 ZZZ")
    page.get_by_role("button", name="Record this look").click()
    expect(page.get_by_text("waits to be sent")).to_be_visible()
    page.get_by_role("button", name="Advised and moved").click()
    expect(page.get_by_text("Closed.", exact=True)).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="outside the bakery")).to_be_visible()
    page.get_by_role("button", name="Advised and moved").click()
    page.get_by_role("link", name="Found").click()
    expect(page.locator("visits-list").get_by_text("outside the bakery")).to_be_visible()

    context.set_offline(False)
    page.get_by_text("outside the bakery").click()
    expect(page.get_by_text("XY34 ZZZ")).to_be_visible()
    page.get_by_role("link", name="Outbox").click()
    expect(page.get_by_text("Everything is sent.")).to_be_visible(timeout=30_000)
    mine = {each["bay"]["street"]: each for each in of(street, supervisor)}
    assert (mine["Judd Street"]["state"], mine["Judd Street"]["sightings"]) == ("arrived", 1)
    assert mine["Elm Road"]["outcome"] == "advised_and_moved"
    context.close()


def of(street: Street, supervisor: ApiClient) -> list[dict[str, Any]]:
    """The tasks of this street's officer."""
    officer = street.shift["officer"]["id"]
    return [
        each
        for each in supervisor.get("/tasks", limit=200)["items"]
        if (each["officer"] or {}).get("id") == officer
    ]


def test_a_plate_and_valves_by_keyboard(chromium: Browser, street: Street):
    context = phone_in(chromium, street)
    page = at_the_car(context, street)
    plate(page).press_sequentially("ab2cde")
    for _ in "2cde":
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("1")
    expect(plate(page)).to_have_value(PLATE)
    assert plate(page).evaluate("(field) => field.selectionStart") == 3
    page.get_by_role("button", name="Front: not seen").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Front: 1 o’clock")).to_be_visible()
    expect(page.locator("#face-front")).to_be_visible()
    context.close()


def test_what_is_added_to_a_look_outlives_a_crash_and_is_gone_once_recorded(
    chromium: Browser, street: Street
):
    context = phone_in(chromium, street)
    page = at_the_car(context, street)
    look(page, PLATE)
    page.get_by_text("Add a note").click()
    note = page.get_by_label("What do you add to this look?")
    note.fill("A blue badge fell")
    typing_is_kept(page)
    page.reload()
    expect(note).to_have_value("A blue badge fell")
    page.get_by_role("button", name="Add it").click()
    expect(page.locator("#announcer")).to_have_text("Recorded.")
    page.reload()
    expect(page.get_by_text("Add a note")).to_be_visible()
    expect(note).to_have_value("")
    context.close()


def test_what_is_typed_about_an_end_or_put_right_outlives_a_crash(chromium: Browser, street: Street):
    context = phone_in(chromium, street)
    page = at_the_car(context, street)
    page.get_by_text("More", exact=True).click()
    page.get_by_text("Incident", exact=True).click()
    reference = page.get_by_label("The incident’s reference")
    reference.fill("INC-7")
    typing_is_kept(page)
    page.reload()
    expect(reference).to_have_value("INC-7")
    link = page.get_by_role("link", name="Another contravention than this?")
    assert str(link.get_attribute("href")).startswith("#found/new/")

    page.route("**/sightings", finds_a_fault)
    look(page, PLATE)
    page.locator("needs-line").get_by_role("link").click()
    page.get_by_label("Number plate").fill("AB12 CDF")
    typing_is_kept(page)
    page.reload()
    expect(page.get_by_label("Number plate")).to_have_value("AB12 CDF")
    context.close()


def test_what_is_missing_is_said_before_it_is_recorded_and_a_paper_on_the_car_is_the_supervisors(
    chromium: Browser, street: Street, supervisor: ApiClient
):
    context = phone_in(chromium, street)
    page = at_the_car(context, street)
    page.get_by_role("button", name="Record this look").click()
    expect(page.get_by_text("an empty look proves nothing")).to_be_visible()
    page.get_by_label("Note", exact=True).fill("The plate can’t be read.")
    page.locator("input[capture]").set_input_files(Path(__file__))
    expect(page.get_by_text("This photo can’t be read.")).to_be_visible()
    page.get_by_role("button", name="Record this look").click()
    page.get_by_role("button", name="Begin a notice").click()
    expect(page.get_by_text("The plate has not been recorded yet.")).to_be_visible()
    page.get_by_role("button", name="Notice served").click()
    page.get_by_label("The notice’s number").fill("WK00123")
    page.get_by_role("button", name="The paper is on the car: tell the supervisor").click()
    expect(page.get_by_text("The visit ends as an incident.")).to_be_visible()
    page.get_by_role("link", name="Outbox").click()
    expect(page.get_by_text("Everything is sent.")).to_be_visible(timeout=30_000)
    assert [each["outcome"] for each in of(street, supervisor)] == ["incident"]
    kept = supervisor.get("/kept-records")["items"]
    assert "WK00123" in [each["said"].get("details", {}).get("notice_number") for each in kept]
    context.close()


def test_every_state_of_a_visit_is_within_wcag(chromium: Browser, street: Street, photo: Path):
    context = phone_in(chromium, street)
    page = at_the_car(context, street)
    look(page, "")
    expect(page.get_by_text("an empty look proves nothing")).to_be_visible()
    page.get_by_role("button", name="Front: not seen").click()
    plate(page).fill("ABI2CDE")
    page.get_by_text("Phrases to put in").click()
    page.get_by_text("More", exact=True).click()
    page.get_by_text("Incident", exact=True).click()
    page.locator("input[capture]").set_input_files(photo)
    expect(page.locator(".thumbs canvas")).to_be_visible()
    assert violations_day_and_night(page) == []
    assert_fits(page, street)
    look(page, PLATE)
    page.get_by_text("Add a note").click()
    assert violations_day_and_night(page) == []
    page.get_by_role("button", name="Begin a notice").click()
    expect(page.get_by_label("The notice’s number")).to_be_visible()
    expect(page.locator("undo-bar button")).to_have_count(0, timeout=SENT_WITHIN)
    assert violations_day_and_night(page) == []
    page.get_by_role("button", name="Drove away after").click()
    page.get_by_role("link", name="Found").click()
    page.locator("visits-list summary").first.click()
    assert violations_day_and_night(page) == []
    page.get_by_role("link", name="New observation").click()
    expect(page.get_by_role("button", name=street.name)).to_be_visible()
    assert violations_day_and_night(page) == []
    page.get_by_role("button", name="Not in a bay").click()
    page.get_by_label("Contravention").fill("30")
    page.get_by_role("button", name=re.compile("^30")).click()
    page.get_by_role("button", name="Begin to observe").click()
    assert violations_day_and_night(page) == []
    assert_fits(page, street)
    context.close()


def test_bays_and_position_that_come_late_come_into_the_form_that_waits_for_them(
    chromium: Browser, street: Street
):
    context = phone_in(chromium, street, service_workers="block")
    here = {"longitude": street.lon, "latitude": street.lat - 0.0027, "accuracy": 8}
    context.set_geolocation(None)
    late: list[Route] = []
    context.route("**/api/v1/map?*", lambda route: late.append(route))
    page = on_shift(context, street)
    page.evaluate("location.hash = 'found/new'")
    expect(page.get_by_text("there are no bays to pick from")).to_be_visible()
    page.get_by_label("Contravention").fill("30")
    page.get_by_role("button", name=re.compile("^30")).click()
    page.get_by_role("button", name="Not in a bay").click()
    page.get_by_label("Street", exact=True).fill("Elm Road")
    page.get_by_label("Where in it").fill("outside the ")
    with page.expect_response("**/api/v1/map?*"):
        for route in late:
            route.continue_()
    page.get_by_label("Where in it").press_sequentially("bakery")
    page.get_by_role("button", name="Begin to observe").click()
    expect(page.get_by_text("This phone doesn’t know where it is")).to_be_visible()
    context.set_geolocation(here)
    expect(page.get_by_label("Where in it")).to_have_value("outside the bakery")
    page.get_by_role("button", name="It is in a bay").click()
    bay = page.get_by_role("button", name=f"{street.name} · 300 m")
    expect(bay).to_be_visible()
    page.get_by_role("button", name="Not in a bay").click()
    page.get_by_role("button", name="Begin to observe").click()
    expect(page.get_by_role("heading", name="outside the bakery")).to_be_visible()
    context.close()


def assert_fits(page: Page, street: Street) -> None:
    """Nothing is wider than the phone, with text twice as large either."""
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wide)
    for size in ("200", "100"):
        page.evaluate(wants(street, text=size) + "dispatchEvent(new Event('openpatrol-settings'))")
        expect(page.locator("html")).to_have_attribute("data-text", size)
        assert not page.evaluate(wide)


SLOW_CAMERA = """() => {
    const draw = window.createImageBitmap;
    const drawn = new Promise((resolve) => { window.drawPhotos = resolve; });
    window.createImageBitmap = async (...picture) => { await drawn; return draw(...picture); };
}"""


def test_a_photo_stays_with_its_car_and_holds_its_look_back_until_it_is_kept(
    chromium: Browser, street: Street, photo: Path
):
    context = phone_in(chromium, street)
    page = at_the_car(context, street)
    plate(page).fill(PLATE)
    page.evaluate(SLOW_CAMERA)
    page.locator("input[capture]").set_input_files(photo)
    expect(page.get_by_role("button", name="Record this look")).to_be_disabled()
    page.get_by_role("link", name="Found").click()
    page.get_by_role("link", name="New observation").click()
    page.get_by_role("button", name=street.name).click()
    observe(page, "30")
    expect(page.get_by_role("button", name="Record this look")).to_be_enabled()
    page.evaluate("window.drawPhotos()")
    page.get_by_role("navigation", name="All that is in your hand").get_by_role("link").first.click()
    expect(plate(page)).to_have_value(PLATE)
    expect(page.locator(".thumbs canvas")).to_have_count(1)
    page.get_by_role("navigation", name="All that is in your hand").get_by_role("link").last.click()
    expect(plate(page)).to_have_value("")
    expect(page.locator(".thumbs canvas")).to_have_count(0)
    context.close()


NO_ROOM = """() => {
    IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };
}"""


def test_a_look_that_comes_from_elsewhere_takes_nothing_away_from_what_is_being_typed(
    chromium: Browser, street: Street, supervisor: ApiClient
):
    context = phone_in(chromium, street)
    page = at_the_car(context, street)
    plate(page).fill("AB12")
    page.evaluate(NO_ROOM)
    plate(page).fill(PLATE)
    [task] = of(street, supervisor)
    other = signed_in(street, street.officer)
    now = datetime.now(UTC).isoformat()
    seen = {
        "id": str(uuid4()),
        "recorded_at": now,
        "version": task["version"],
        "note": "From the other phone",
    }
    other.post(f"/tasks/{task['id']}/sightings", seen)
    expect(page.get_by_text("From the other phone")).to_be_visible()
    expect(plate(page)).to_have_value(PLATE)
    expect(plate(page)).to_be_visible()
    context.close()


def test_what_was_filled_in_off_shift_is_still_there_when_the_shift_begins(chromium: Browser, street: Street):
    context = phone_in(chromium, street)
    page = opened(context, street, "found/new")
    page.get_by_role("button", name=street.name).click()
    page.get_by_label("Contravention").fill("30")
    page.get_by_role("button", name=re.compile("^30")).click()
    for _ in range(2):
        page.get_by_role("button", name="Begin to observe").click()
        expect(page.get_by_text("You are not on shift")).to_be_visible()
        page.get_by_role("button", name="Close").click()
    page.reload()
    page.evaluate("location.hash = 'task'")
    page.get_by_role("button", name="Start my shift").click()
    expect(page.get_by_role("link", name=re.compile("^On patrol"))).to_be_visible()
    page.evaluate("location.hash = 'found/new'")
    page.get_by_role("button", name="Begin to observe").click()
    expect(page.get_by_role("heading", name="What you see")).to_be_visible()
    context.close()
